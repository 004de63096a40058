import copy
import html
import json
import os
import pickle
import re
import shlex
import tempfile
import unittest
from pathlib import Path

import numpy as np

import ernsim
from ernsim.scratch import Scratch
from ernsim.tensors import Tensors
from support import SMALL, SMALL_OPTIONS, ProgramOf, command


class ARun(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.result = ernsim.run(**SMALL)

    def test_is_the_json_that_the_program_writes(self):
        written = command("run", *SMALL_OPTIONS, "--json", "-")
        self.assertEqual(self.result.json, written)
        self.assertEqual(dict(self.result), json.loads(written))

    def test_takes_settings_by_section_by_key_or_both(self):
        by_key = ernsim.run(**SMALL, data=False, platform={"convolution.lanes": 1, "dram.refresh": False})
        by_section = ernsim.run(**SMALL, data=False, platform={"convolution": {"lanes": np.int64(1)}, "dram.refresh": np.False_})
        self.assertEqual(by_key.json, by_section.json)
        self.assertEqual(by_key["settings"], ["convolution.lanes=1", "dram.refresh=false"])

    def test_moves_data_unless_it_is_told_not_to(self):
        for data, words in ((None, ""), (True, ""), (False, " --data off"), (np.False_, " --data off"), ("off", " --data off"), ("on", " --data on")):
            self.assertEqual(ernsim.run(**SMALL, data=data)["command"], f"ernsim run {' '.join(SMALL_OPTIONS)}{words}", data)

    def test_takes_a_platform_and_settings_beside_it(self):
        result = ernsim.run(**SMALL, data=False, platform="kv260", set={"traffic": {"camera": {"rate_mb_s": 3000}}})
        self.assertEqual([user["name"] for user in result["traffic"]], ["camera"])

    def test_has_a_row_for_each_layer_with_what_lies_below_its_keys(self):
        layers = self.result.layers
        self.assertEqual(list(layers.index), [layer["name"] for layer in self.result["layers"]])
        self.assertEqual(layers["cycles"].sum(), self.result["cycles"])
        slots = layers[[column for column in layers if column.startswith("array_slots.")]].sum()
        self.assertEqual({name.split(".")[1]: count for name, count in slots.items()}, self.result["array_slots"])

    def test_has_a_row_for_each_unit_whose_cycles_add_up(self):
        units = self.result.units
        stalled = units[[column for column in units if column.startswith("stall_cycles.")]].sum(axis=1)
        self.assertTrue((units["busy_cycles"] + stalled + units["idle_cycles"] == self.result["cycles"]).all())

    def test_has_frames_typed_as_the_json_is(self):
        kinds = {int: "i", float: "f", str: "O"}
        for frame, first in ((self.result.layers, self.result["layers"][0]), (self.result.units, self.result["units"]["store"])):
            for name, value in first.items():
                columns = [f"{name}.{part}" for part in value] if isinstance(value, dict) else [name] if name in frame else []
                values = value.values() if isinstance(value, dict) else [value]
                for column, each in zip(columns, values):
                    self.assertEqual(frame[column].dtype.kind, kinds[type(each)], column)

    def test_gives_logits_and_tensors_as_the_program_dumps_them(self):
        with tempfile.TemporaryDirectory() as folder:
            command("run", *SMALL_OPTIONS, "--dump-tensors", folder)
            files = {path.stem: path for path in Path(folder).glob("*.npy")}
            self.assertEqual(set(self.result.tensors), set(files))
            for name, path in files.items():
                np.testing.assert_array_equal(self.result.tensors[name], np.load(path))
        best = self.result["top5"][0]
        self.assertEqual(self.result.logits.argmax(), best["class"])
        self.assertAlmostEqual(float(self.result.logits.max()), best["logit"], places=5)

    def test_names_tensors_as_the_network_does_where_files_cannot(self):
        folder = Scratch()
        for name in ("plain", "a_b~1"):
            np.save(folder.path / f"{name}.npy", np.arange(3))
        (folder.path / "index.json").write_text(json.dumps({"a_b~1.npy": "a/b.npy"}))
        self.assertEqual(set(Tensors(folder)), {"plain", "a/b"})

    def test_has_a_map_that_is_the_result_and_what_its_integers_are_worth(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "map.toml"
            file.write_text(command("networks", "--toml", "ERNs18x075") + "\n[head1]\nstage = 4\nchannels = 6\nkernel = 3\npool = false\n")
            tensors = ernsim.run(file, input_size=(32, 32)).tensors
            self.assertEqual((tensors["head1"].dtype, tensors["head1"].shape), (np.int16, (6, 1, 1)))
            self.assertEqual((tensors["head1.scale"].dtype, tensors["head1.scale"].shape), (np.float64, (6,)))

    def test_does_not_pickle_the_folder_of_its_tensors(self):
        for attempt in (pickle.dumps, copy.copy):
            with self.assertRaisesRegex(TypeError, "^tensors lie in a temporary folder and are not pickled; pickle the result"):
                attempt(self.result.tensors)
        again = pickle.loads(pickle.dumps(dict(self.result.tensors)))
        np.testing.assert_array_equal(again["logits"], self.result.logits)

    def test_lets_go_of_the_folder_with_its_tensors(self):
        tensors = ernsim.run(**SMALL).tensors
        folder = tensors._folder.path
        self.assertTrue(os.path.isdir(folder))
        del tensors
        self.assertFalse(os.path.exists(folder))

    def test_refuses_tensors_of_files_that_have_changed(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "mine.toml"
            text = command("networks", "--toml", "ERNs18x075")
            file.write_text(text)
            result = ernsim.run(file, input_size=(32, 32))
            file.write_text(text.replace("thermometer = 10", "thermometer = 4"))
            self.assertNotEqual(file.read_text(), text)
            with self.assertRaisesRegex(ernsim.InputError, "files that the run had read have changed"):
                result.tensors

    def test_refuses_tensors_of_another_picture_of_which_no_figure_tells(self):
        with tempfile.TemporaryDirectory() as folder:
            net, picture = Path(folder) / "map.toml", Path(folder) / "picture.ppm"
            net.write_text('classes = 3\ninput_height = 8\ninput_width = 8\n[stage1]\nwidth = 8\nblocks = 1\n'
                           '[head1]\nstage = 1\nchannels = 3\npool = false\n')
            picture.write_bytes(b"P6 8 8 255\n" + bytes(8 * 8 * 3))
            result = ernsim.run(net, image=picture)
            self.assertEqual(result["top5"], [])
            picture.write_bytes(b"P6 8 8 255\n" + bytes(range(8 * 8 * 3)))
            with self.assertRaisesRegex(ernsim.InputError, "picture.ppm: has changed since the run"):
                result.tensors

    def test_finds_its_files_again_when_the_notebook_has_moved(self):
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            Path("my net's.toml").write_text(command("networks", "--toml", "ERNs18x075"))
            try:
                result = ernsim.run("my net's.toml", input_size=(32, 32))
            finally:
                os.chdir(before)
            self.assertEqual(result.logits.shape, (1000,))

    def test_is_the_same_behind_a_file_or_a_pickle(self):
        for again in (ernsim.Result(self.result.json), pickle.loads(pickle.dumps(self.result))):
            self.assertEqual(again, self.result)
            np.testing.assert_array_equal(again.logits, self.result.logits)

    def test_says_what_was_run_in_a_line(self):
        self.assertRegex(repr(self.result), r"^<ernsim run of ERNs18x075 32x32 on kv260: [\d,]+ cycles, [\d.]+ ms, [\d.]+ FPS>$")

    def test_shows_its_page_in_a_notebook(self):
        shown = re.fullmatch(r'<iframe title="ernsim" srcdoc="([^"]*)" style="[^"]*"></iframe>', self.result._repr_html_())
        self.assertEqual(html.unescape(shown[1]), self.result.page)
        self.assertIn("</html>", self.result.page)

    def test_shows_a_line_in_a_notebook_where_the_program_has_no_pages(self):
        with ProgramOf("echo 'ernsim: built without <pages>' >&2; exit 2"):
            shown = self.result._repr_html_()
        self.assertEqual(shown, f"<p>{html.escape(repr(self.result))}</p><p>built without &lt;pages&gt;</p>")

    def test_leaves_an_unknown_figure_unknown(self):
        result = ernsim.run(**SMALL, data=False, set={"dram.part": "ddr4_3200_x8"})
        self.assertTrue(np.isnan(result.figures["energy_mj"]))  # whose prices nobody gave
        self.assertGreater(result.figures["lut"], 0)


class AllOptions(unittest.TestCase):
    def test_of_the_program_are_keywords(self):
        result = ernsim.run(**SMALL, seed=3, frames=2, engine="step", data=False, require_fit=True, rtl=None)
        words = shlex.split(result["command"])
        self.assertEqual(words[words.index("--seed") + 1], "3")
        self.assertEqual(result["frames"], 2)


if __name__ == "__main__":
    unittest.main()
