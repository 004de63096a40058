"""What goes wrong ends in an exception of one line, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path
from unittest import mock

import ernsim
from ernsim import program
from support import SMALL, ProgramOf, command, needs_traces


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def interrupt_when_there(file):
    """Ctrl-C, as soon as the program has begun."""
    def wait():
        while not file.exists() or not file.read_text().strip():
            time.sleep(0.01)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    threading.Thread(target=wait, daemon=True).start()


class WhatIsGivenWrong(unittest.TestCase):
    def refused(self, text, call, *arguments, **keywords):
        with self.assertRaises(ernsim.InputError) as caught:
            call(*arguments, **keywords)
        self.assertIn(text, str(caught.exception))
        self.assertNotIn("\n", str(caught.exception))
        self.assertIsInstance(caught.exception, ValueError)

    def test_is_said_with_what_was_probably_meant(self):
        self.refused("no network 'ERNs18x'; did you mean ERNs18?", ernsim.run, "ERNs18x")
        self.refused("unknown option --netwrk; did you mean --network?", ernsim.run, "ERNs18", netwrk="ERNs50")
        self.refused("convolution.lane: no such key; did you mean lanes?", ernsim.run, "ERNs18", platform={"convolution": {"lane": 3}})
        self.refused("convolution.lanes = 99: must be", ernsim.run, "ERNs18", {"convolution.lanes": 99})
        self.refused("--network NAME", ernsim.run, None)
        self.refused("unknown option --wnt; did you mean --want?", ernsim.sweep, **SMALL, wnt="fps > 1")

    def test_in_a_sweep_of_ones_own_names_no_file_that_the_user_does_not_know(self):
        self.refused("sweep.toml:2: axis: no such key; did you mean axes?", ernsim.sweep, {"networks": ["ERNs18"], "axis": {}})
        with self.assertRaises(ernsim.InputError) as caught:
            ernsim.sweep(network="ERNs18", axes={"convolution.lane": [1]})
        self.assertTrue(str(caught.exception).startswith("sweep.toml:"), caught.exception)
        with tempfile.TemporaryDirectory() as folder:
            other = Path(folder) / "other.toml"
            other.write_text(command("networks", "--toml", "ERNs18x075").replace('stem = "released"', 'stem = "other"'))
            for out in ({}, {"out": Path(folder) / "kept"}):
                with self.assertRaisesRegex(ernsim.InputError, "^networks: ERNs18x075 has released, "):
                    ernsim.sweep(network=["ERNs18x075", other], input_size="32x32", **out)

    def test_is_refused_before_anything_runs_where_a_call_could_not_give_it_back(self):
        axes = {"axes": {"convolution.lanes": [1]}}
        with ProgramOf("touch {folder}/ran") as folder:
            for name, value in {"csv": "a.csv", "json": Path("a.json"), "init": "a.toml", "shard": "0/2", "slurm": 2, "help": True}.items():
                for more in ({}, axes):
                    self.refused(f"{name}: not in Python: ", ernsim.sweep, **SMALL, **more, **{name: value})
                self.refused(f"{name}: not in Python: ", ernsim.sweep, "grid.toml", **{name: value})
            for name, value in {"json": "a.json", "help": True}.items():
                self.refused(f"{name}: not in Python: ", ernsim.run, **SMALL, **{name: value})
            self.refused("help: not in Python: ", ernsim.trace, **SMALL, help=True)
            for name, value in {"csv": "-", "html": Path("/dev/stdout"), "save_schedule": "-"}.items():
                self.refused(f"{name}: {value} is standard output", ernsim.run, **SMALL, **{name: value})
            self.refused("out: - is standard output", ernsim.trace, **SMALL, out="-")
            self.assertFalse((folder / "ran").exists())

    def test_is_no_option_where_it_begins_as_one(self):
        for name in ("--help", "-h", "--frames"):
            self.refused(f"no network '{name}'", ernsim.run, name)
            self.refused(f"./{name}: cannot be read", ernsim.sweep, name)
            self.refused(f"{name}: no such picture", ernsim.run, **SMALL, image=name)
            self.refused(f"--want '{name}': ", ernsim.sweep, **SMALL, want=name)

    def test_is_a_text_that_no_argument_can_be(self):
        for name in ("ERNs\0", "ERNs\ud800"):
            self.refused("no words for a program: ", ernsim.run, name)
            self.refused("no words for a program: ", ernsim.sweep, network=name)

    def test_is_a_switch_where_a_value_is_needed(self):
        self.refused("option '--frames' is missing", ernsim.run, **SMALL, frames=True)
        self.refused("option '--frames' is missing", ernsim.run, frames=True, **SMALL, seed=3, set={"dram.ranks": 2})
        self.refused("option '--best' is missing", ernsim.sweep, best=True, **SMALL)

    def test_in_a_question_without_axes_is_that_it_takes_several_sizes_or_stems(self):
        with ProgramOf("touch {folder}/ran") as folder:
            self.refused("input_size: a question over the usual axes is about one;", ernsim.sweep, network="ERNs18",
                         input_size=["32x32", "40x40"])
            self.refused("stem: a question over the usual axes is about one;", ernsim.sweep, network="ERNs18", stem=["released", "paper"])
            self.assertFalse((folder / "ran").exists())

    def test_beside_a_sweep_file_is_not_left_out(self):
        with ProgramOf("touch {folder}/ran") as folder:
            for file in ("grid.toml", Path("grid.toml")):
                self.refused("axes: grid.toml is a sweep file, which says them itself", ernsim.sweep, file, axes={"convolution.lanes": [1]})
            self.assertFalse((folder / "ran").exists())

    def test_is_said_before_anything_runs_where_it_is_no_value_at_all(self):
        with ProgramOf("touch {folder}/ran") as folder:
            for value in (None, object(), {1, 2}):
                self.refused("is no number, text, boolean, list or table", ernsim.run, "ERNs18", {"convolution.lanes": value})
            self.assertFalse((folder / "ran").exists())

    def test_is_bytes_or_nothing_at_all(self):
        with ProgramOf("touch {folder}/ran") as folder:
            for call in (ernsim.run, ernsim.sweep, lambda name: ernsim.sweep(network=name), lambda name: ernsim.run("ERNs18", name),
                         lambda name: ernsim.sweep(network=name, axes={}), lambda name: ernsim.sweep({"networks": name})):
                with self.assertRaisesRegex(TypeError, "^b'ERNs18': bytes are no text; [^\n]*$"):
                    call(b"ERNs18")
            for empty, name in (({"dram.part": {"x": {}}}, "dram.part.x"), ({"convolution": {}}, "convolution")):
                for call in (ernsim.run, ernsim.sweep):
                    self.refused(f"{name}: there is nothing in it", call, network="ERNs18", platform=empty)
                    self.refused(f"{name}: there is nothing in it", call, network="ERNs18", set={"dram.ranks": 2, **empty})
            self.assertFalse((folder / "ran").exists())

    def test_is_said_in_colours_too(self):
        self.refused("no network 'ERNs18x'; did you mean", ernsim.run, "ERNs18x", color="always")
        self.refused("no network 'ERNs18x'; did you mean", ernsim.sweep, network="ERNs18x", axes={"convolution.lanes": [1]}, color="always")

    @needs_traces
    def test_of_a_trace_is_said_as_of_a_run(self):
        self.refused("unknown option --unit; did you mean --units?", ernsim.trace, **SMALL, unit="store")
        self.refused("no network '--help'", ernsim.trace, "--help")
        self.refused("no network 'ERNs18x'; did you mean", ernsim.trace, "ERNs18x", color="always")
        self.refused("convolution: there is nothing in it", ernsim.trace, "ERNs18", {"convolution": {}})
        with self.assertRaisesRegex(TypeError, "bytes are no text"):
            ernsim.trace(b"ERNs18")

    def test_is_said_once_more_behind_notes(self):
        with ProgramOf("echo 'ernsim: note: one' >&2; echo 'ernsim: what is wrong' >&2; exit 2"):
            with self.assertRaisesRegex(ernsim.InputError, "^what is wrong$"):
                ernsim.run("ERNs18")


class AProgram(unittest.TestCase):
    def test_that_is_missing_is_asked_for(self):
        with mock.patch.dict(os.environ, {"PATH": "/nowhere"}), mock.patch.object(program, "__file__", "/nowhere/a/b/c/ernsim/program.py"):
            del os.environ["ERNSIM"]
            with self.assertRaisesRegex(FileNotFoundError, "there is no program ernsim: .*set ERNSIM"):
                ernsim.run("ERNs18")

    def test_that_cannot_be_started_is_named(self):
        for file in ("/nowhere/ernsim", "/dev/null"):
            with mock.patch.dict(os.environ, ERNSIM=file), self.assertRaisesRegex(FileNotFoundError, f"^{file}: the program cannot be started"):
                ernsim.run("ERNs18")

    def test_is_found_beside_the_package(self):
        environment = {name: value for name, value in os.environ.items() if name != "ERNSIM"} | {"PATH": "/nowhere"}
        asked = [sys.executable, "-c", "from ernsim import program; print(program.find())"]
        found = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True).stdout.strip()
        self.assertTrue(os.path.samefile(found, os.environ["ERNSIM"]))

    def test_that_was_killed_is_an_internal_error_and_the_next_run_works(self):
        with ProgramOf("kill -9 $$"), self.assertRaisesRegex(ernsim.InternalError, "^ernsim run was ended by SIGKILL$"):
            ernsim.run("ERNs18")
        with ProgramOf("echo 'ernsim: 3 points are kept' >&2; kill -15 $$"):
            with self.assertRaisesRegex(ernsim.InternalError, "^ernsim run was ended by SIGTERM: 3 points are kept$"):
                ernsim.run("ERNs18")
        self.assertEqual(ernsim.run(**SMALL, data=False)["network"], "ERNs18x075")

    def test_that_fails_is_an_internal_error_with_its_line(self):
        with ProgramOf("echo 'ernsim: a fault' >&2; exit 1"), self.assertRaisesRegex(ernsim.InternalError, "^a fault$"):
            ernsim.run("ERNs18")
        with ProgramOf("exit 1"), self.assertRaisesRegex(ernsim.InternalError, "^ernsim run ended with status 1$"):
            ernsim.run("ERNs18")

    def test_says_the_version_of_the_package(self):
        self.assertEqual(ernsim.__version__, ernsim.version())
        self.assertRegex(ernsim.__version__, r"^\d+\.\d+\.\d+$")


class AnInterrupt(unittest.TestCase):
    def test_ends_the_program(self):
        with ProgramOf("echo $$ > {folder}/process; exec sleep 60") as folder:
            interrupt_when_there(folder / "process")
            with self.assertRaises(KeyboardInterrupt):
                ernsim.run("ERNs18")
            self.assertFalse(is_alive(int((folder / "process").read_text())))

    def test_ends_a_program_that_does_not_listen(self):
        script = "trap '' TERM INT; echo $$ > {folder}/process; while :; do sleep 0.1; done"
        with ProgramOf(script) as folder, mock.patch.object(program, "_SECONDS_TO_END", 0.2):
            interrupt_when_there(folder / "process")
            with self.assertRaises(KeyboardInterrupt):
                ernsim.run("ERNs18")
            self.assertFalse(is_alive(int((folder / "process").read_text())))

    def test_leaves_a_sweep_that_can_be_gone_on_with(self):
        definition = {"networks": ["ERNs18"], "axes": {"convolution.lanes": [1, 2, 3], "interconnect.ports": [1, 2, 3, 4]}, "must_fit": False,
                      "set": {"schedule.candidates": 1}, "input_sizes": ["64x64"]}
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "kept"
            timer = threading.Timer(0.5, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT))
            timer.start()
            try:
                ernsim.sweep(definition, out=out)
            except KeyboardInterrupt:
                pass
            timer.cancel()
            self.assertEqual(len(ernsim.sweep(definition, out=out, resume=True)), 12)

    @needs_traces
    def test_leaves_no_temporary_folder(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(tempfile, "tempdir", folder):
            with ProgramOf("echo $$ > {folder}/process; exec sleep 60") as scratch:
                before = set(os.listdir(folder))
                interrupt_when_there(scratch / "process")
                with self.assertRaises(KeyboardInterrupt):
                    ernsim.trace("ERNs18")
                self.assertEqual(set(os.listdir(folder)), before)


if __name__ == "__main__":
    unittest.main()
