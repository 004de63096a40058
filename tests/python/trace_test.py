import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np

import ernsim
from support import SMALL, SMALL_OPTIONS, ProgramOf, command, needs_traces


class ATraceThatNothingReads(unittest.TestCase):
    def test_is_not_simulated(self):
        with ProgramOf("touch {folder}/ran") as folder, mock.patch.dict(sys.modules, {"ernsim._trace": None}):
            with self.assertRaisesRegex(ImportError, "traces are read by ernsim._trace, which is built where"):
                ernsim.trace(**SMALL)
            self.assertFalse((folder / "ran").exists())


@needs_traces
class ATrace(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.trace = ernsim.trace(**SMALL)
        cls.result = ernsim.run(**SMALL)

    def test_iterates_over_all_beats_of_the_file_in_the_order_of_time(self):
        printed = command("trace", *SMALL_OPTIONS, "--out", str(self.trace._scratch.path / "again"))
        self.assertEqual((self.trace._scratch.path / "again").read_bytes(), self.trace.file.read_bytes())
        cycles = np.fromiter((beat.cycle for beat in self.trace), np.int64)
        self.assertEqual(f"{len(cycles)} beats", printed.split(", ")[1])
        self.assertEqual(len(cycles), len(self.trace))
        self.assertTrue((np.diff(cycles) >= 0).all())

    def test_has_the_beats_that_the_program_writes_for_a_bench(self):
        layer = "backbone.layer2.0.conv2"
        with tempfile.TemporaryDirectory() as folder:
            command("vectors", *SMALL_OPTIONS, "--layer", layer, "--out", folder)
            for name in ("quantization.codes_out", "quantization.accumulators_in", "convolution.weights_in", "store.data"):
                lines = {part: (Path(folder) / f"{name}.{part}.memh").read_text().split() for part in ("address", "data")}
                beats = [beat for beat in self.trace.beats(name) if beat.layer == layer]
                self.assertEqual([beat.address for beat in beats], [int(line, 16) for line in lines["address"]], name)
                self.assertEqual([beat.word[::-1].hex() for beat in beats], lines["data"], name)
                self.assertTrue(beats)

    def test_decodes_codes_and_sums_to_what_the_tensors_hold(self):
        layer = "backbone.layer1.0.conv2"
        for channel, name in (("quantization.codes_out", "backbone.layer1.1.act0"), ("quantization.sums_out", "backbone.layer1.0.add")):
            tensor = self.result.tensors[name]
            pixels = tensor.transpose(1, 2, 0).reshape(-1, tensor.shape[0])
            made = [beat.values for beat in self.trace.beats(channel) if beat.layer == layer]
            self.assertEqual(made[0].dtype, tensor.dtype)
            self.assertEqual(sorted(values[: tensor.shape[0]].tolist() for values in made), sorted(pixels.tolist()), channel)

    def test_has_runs_that_are_its_beats_as_arrays(self):
        for channel in ("convolution.activations_in", "control.interrupt", "convolution.stall"):
            beats = list(self.trace.beats(channel))
            cycles = np.concatenate([run.cycles for run in self.trace.runs(channel)])
            self.assertEqual([beat.cycle for beat in beats], list(cycles))
            self.assertEqual(sum(map(len, self.trace.runs(channel))), len(beats))

    def test_says_where_stalls_of_a_unit_went(self):
        for unit, row in self.result.units.iterrows():
            waited = sum(int.from_bytes(beat.word, "little") for beat in self.trace.beats(f"{unit}.stall"))
            self.assertEqual(waited, sum(row[column] for column in row.index if column.startswith("stall_cycles.")), unit)

    def test_knows_its_platform_and_layers(self):
        self.assertEqual(self.trace.parameters["convolution.lanes"], "3")
        self.assertEqual(self.trace.layers, list(self.result.layers.index))
        self.assertEqual(self.trace.channels["quantization.codes_out"].kind, "codes")
        with self.assertRaises(KeyError):
            next(self.trace.beats("quantization.nothing"))

    def test_keeps_only_what_is_selected_and_stays_where_it_is_told_to(self):
        with tempfile.TemporaryDirectory() as folder:
            trace = ernsim.trace(**SMALL, units="store", cycles=":5000", out=Path(folder) / "kept")
            self.assertTrue((Path(folder) / "kept").exists())
            self.assertEqual({name.split(".")[0] for name in trace.channels}, {"store"})
            self.assertTrue(all(beat.cycle <= 5000 for beat in trace))

    def test_of_hashes_has_runs_and_no_beats(self):
        trace = ernsim.trace(**SMALL, units="store", detail="hash")
        hashed = [run for run in trace.runs("store.data") if run.hashed]
        self.assertTrue(hashed)
        self.assertEqual(hashed[0].words.shape, (0, 16))
        self.assertEqual(len(hashed[0].cycles), 2)
        with self.assertRaisesRegex(ernsim.InputError, "a trace of hashes has runs and no beats"):
            list(trace.beats("store.data"))

    def test_goes_with_its_file_when_nobody_holds_it_but_not_under_an_iterator(self):
        runs = ernsim.trace(**SMALL, units="store").runs("store.data")
        self.assertTrue(all(len(run.cycles) == len(run) for run in runs))

    def test_that_is_damaged_warns_and_has_what_comes_before(self):
        whole = self.trace.file.read_bytes()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "damaged"
            file.write_bytes(whole[: len(whole) // 2])
            with self.assertWarnsRegex(UserWarning, "it ends at byte"):
                trace = ernsim.Trace(file)
            self.assertTrue(0 < sum(1 for _ in trace) < len(self.trace))

    def test_that_is_none_is_refused_in_one_line(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "text"
            file.write_text("no trace\n")
            for name in (file, Path(folder) / "missing", Path(folder)):
                with self.assertRaisesRegex(ernsim.InputError, "^[^\n]+$"):
                    ernsim.Trace(name)


if __name__ == "__main__":
    unittest.main()
