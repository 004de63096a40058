import itertools
import re
import sqlite3
import tempfile
import unittest
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd

import ernsim
from support import SMALL, command

AXES = {"accelerator.clock_mhz": [100.5, 200], "convolution.lane_mapping": ["kernel_columns", "pixels"], "convolution.lanes": [1, 2],
        "dram.refresh": [True, False]}
QUESTION = {**SMALL, "axes": AXES, "best": ["max fps", "min lut"], "want": "fps >= 500", "set": {"schedule": {"candidates": 1}}}
FILE = {"networks": ["ERNs18x075"], "input_sizes": ["32x32"], "axes": AXES, "objectives": ["max fps", "min lut"],
        "constraints": ["fps >= 500"], "set": {"schedule.candidates": 1}}


class ASweep(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.points = ernsim.sweep(**QUESTION)

    def test_has_a_row_for_each_point_of_the_grid(self):
        rows = {tuple(str(value).lower() for value in row) for row in self.points[list(AXES)].itertuples(index=False)}
        grid = {tuple(str(float(value) if key == "accelerator.clock_mhz" else value).lower() for key, value in zip(AXES, values))
                for values in itertools.product(*AXES.values())}
        self.assertEqual(rows, grid)
        self.assertEqual(len(self.points), len(grid))

    def test_has_a_typed_column_for_each_axis_and_figure(self):
        types = self.points.dtypes
        self.assertEqual([str(types[axis]) for axis in AXES], ["float64", "object", "Int64", "object"])
        for figure in ernsim.figures().index:
            self.assertEqual(str(types[figure]), "float64", figure)
        self.assertEqual(str(types["number"]), "Int64")

    def test_has_the_columns_that_its_page_says(self):
        page = (Path(__file__).parents[2] / "sweep" / "COLUMNS.md").read_text()
        rows = [[cell.strip() for cell in line.split("|")[1:4]] for line in page.splitlines() if line.startswith("| `")]
        of_both = set(ernsim.figures().index) | set(AXES)
        with tempfile.TemporaryDirectory() as folder:
            frame = ernsim.sweep({**FILE, "sample": 1}, out=folder, resume=True)
            with closing(sqlite3.connect(Path(folder) / "sweep.sqlite")) as database:
                kept = {name for _, name, *_ in database.execute("PRAGMA table_info(points)")}
        for place, columns in ((1, kept), (2, set(frame.columns))):
            named = {name for row in rows if row[place] != "-" for name in re.findall(r"`(\w+)`", row[0])}
            self.assertEqual(columns, named | of_both)

    def test_is_the_same_asked_by_keywords_by_a_mapping_or_by_a_file(self):
        pd.testing.assert_frame_equal(ernsim.sweep(FILE), self.points)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "it.toml"
            file.write_text(ernsim.toml.document(FILE))
            again = ernsim.sweep(file)
        pd.testing.assert_frame_equal(again, self.points)
        self.assertEqual(again.attrs, self.points.attrs)

    def test_says_its_answer_and_its_front(self):
        self.assertIn("The largest fps", self.points.attrs["answer"])
        front = self.points[self.points["standing"] == "front"]
        self.assertEqual(list(front["number"]), self.points.attrs["pareto"])
        self.assertTrue((front["fps"] >= 500).all())

    def test_leaves_unknown_what_was_not_simulated_and_says_why(self):
        points = ernsim.sweep({**FILE, "axes": {"convolution.lanes": [1, 8]}})
        skipped = points[points["standing"] == "not simulated"].iloc[0]
        self.assertTrue(np.isnan(skipped["fps"]))
        self.assertGreater(skipped["lut"], 0)
        self.assertIn("does not fit", skipped["reason"])
        self.assertEqual(set(points["reason"]) - {skipped["reason"]}, {""})

    def test_takes_ranges_as_numpy_and_python_have_them(self):
        points = ernsim.sweep({**FILE, "axes": {"convolution.lanes": range(1, 3), "accelerator.clock_mhz": np.linspace(100, 200, 3)}})
        self.assertEqual(len(points), 6)

    def test_leaves_out_no_setting_of_a_platform_given_as_settings(self):
        points = ernsim.sweep(**{**QUESTION, "axes": {"convolution.lanes": [1]}, "platform": {"dram": {"ranks": 2}}})
        result = ernsim.run(**SMALL, data=False, platform={"convolution.lanes": 1, "dram.ranks": 2, "schedule.candidates": 1})
        self.assertEqual(points["cycles"].iloc[0], result["cycles"])

    def test_takes_one_of_a_question_or_several(self):
        one = {"axes": {"convolution.lanes": [1]}, "set": {"schedule.candidates": 1}}
        several = ernsim.sweep(network=["ERNs18x075"], input_size=["32x32", "32x64"], best=["max fps"], **one)
        self.assertEqual(set(several["input_size"]), {"32x32", "32x64"})
        self.assertEqual(set(ernsim.sweep(**SMALL, best="max fps", **one)["input_size"]), {"32x32"})

    def test_takes_sizes_in_words_or_numbers_one_or_several(self):
        one = {"axes": {"convolution.lanes": [1]}, "set": "schedule.candidates=1"}
        for sizes, expected in ((np.array([32, 32]), {"32x32"}), ([(32, 32), (40, 32)], {"32x32", "40x32"}),
                                (np.array([[32, 32]]), {"32x32"}), ["32x32", {"32x32"}], (["32x32", (40, 32)], {"32x32", "40x32"})):
            points = ernsim.sweep(network="ERNs18x075", input_size=sizes, **one)
            self.assertEqual(set(points["input_size"]), expected, sizes)
            pd.testing.assert_frame_equal(ernsim.sweep({"networks": ["ERNs18x075"], "input_sizes": sizes, "axes": one["axes"]},
                                                       set=one["set"]), points)

    def test_takes_none_as_not_given(self):
        nothing = dict.fromkeys(("want", "best", "stem", "set", "platform", "must_fit", "sample", "merge"))
        axes = {"convolution.lanes": [1, 2]}
        pd.testing.assert_frame_equal(ernsim.sweep(**SMALL, **nothing, axes=axes), ernsim.sweep(**SMALL, axes=axes))
        definition = {"networks": ["ERNs18x075"], "input_sizes": ["32x32"], "axes": axes}
        pd.testing.assert_frame_equal(ernsim.sweep({**definition, "stems": None}, network=None, **nothing), ernsim.sweep(definition))
        self.assertEqual(set(ernsim.sweep(network=None, input_size=None, axes={"convolution.lanes": [8]})["network"]), {"ERNs18"})
        none_but_the_network = {**dict.fromkeys(("best", "stem", "platform")), "want": "lut <= 1000", "set": "fpga.device=XC7Z020"}
        self.assertEqual(set(ernsim.sweep(**SMALL, **none_but_the_network)["standing"]), {"not simulated"})

    def test_has_the_accuracy_that_is_given_and_what_it_is_not_known_of(self):
        asked = {"input_size": (32, 32), "best": ["max accuracy", "max fps"], "axes": {"convolution.lanes": [1]}}
        points = ernsim.sweep(network=["ERNs18", "ERNs18x075"], accuracy={"ERNs18": 0.25}, **asked).set_index("network")
        self.assertEqual(points.at["ERNs18", "accuracy"], 0.25)
        self.assertEqual(points.at["ERNs18", "accuracy_source"], "given")
        self.assertTrue(np.isnan(points.at["ERNs18x075", "accuracy"]))
        self.assertEqual(list(points["standing"]), ["front", "not compared"])
        self.assertIn("accuracy is not known of one point (ERNs18x075)", points.attrs["answer"])
        wanted = ernsim.sweep(**SMALL, accuracy={"ERNs18x075": 0.25}, want="accuracy >= 0.5")
        self.assertEqual(set(wanted["reason"]), {"accuracy is 0.25, and must be >= 0.5"})

    def test_takes_settings_as_the_command_line_has_them(self):
        one = {**SMALL, "axes": {"convolution.lanes": [1]}}
        expected = ernsim.sweep(**one, set={"dram.ranks": 2, "dram": {"refresh": False}})
        pd.testing.assert_frame_equal(ernsim.sweep(**one, set=["dram.ranks=2", "dram.refresh=false"]), expected)
        pd.testing.assert_frame_equal(ernsim.sweep(**one, set="dram.ranks=2", platform={"dram.refresh": False}), expected)
        self.assertNotEqual(ernsim.sweep(**one)["cycles"].iloc[0], expected["cycles"].iloc[0])

    def test_takes_paths_wherever_a_name_may_be_one(self):
        with tempfile.TemporaryDirectory() as folder:
            network, platform = Path(folder) / "mine.toml", Path(folder) / "platform.toml"
            network.write_text(command("networks", "--toml", "ERNs18x075"))
            platform.write_text(command("platforms", "--toml", "kv260") + "\n")
            part = Path(folder) / "part.toml"
            part.write_text((Path(__file__).parents[2] / "models/dram/parts/ddr4_3200_x8.toml").read_text())
            axes = {"dram.part": [part]}
            points = ernsim.sweep(network=[network], input_size=(32, 32), platform=platform, axes=axes)
            self.assertEqual((points["network"].iloc[0], points["dram.part"].iloc[0]), (str(network), str(part)))
            definition = {"networks": (network,), "input_sizes": [(32, 32)], "platform": platform, "axes": axes}
            pd.testing.assert_frame_equal(ernsim.sweep(definition), points)

    def test_keeps_its_database_where_it_is_told_to_and_goes_on_with_it(self):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "kept"
            ernsim.sweep(FILE, out=out)
            with closing(sqlite3.connect(out / "sweep.sqlite")) as database:
                database.execute("DELETE FROM points WHERE number % 2 = 0")
                database.commit()
            pd.testing.assert_frame_equal(ernsim.sweep(FILE, out=out, resume=True), self.points)
            with self.assertRaisesRegex(ernsim.InputError, "exists; --resume goes on with it"):
                ernsim.sweep(FILE, out=out)

    def test_joins_shards_that_were_simulated_elsewhere(self):
        with tempfile.TemporaryDirectory() as folder:
            file, out = Path(folder) / "it.toml", Path(folder) / "shards"
            file.write_text(ernsim.toml.document(FILE))
            for shard in ("0/2", "1/2"):
                command("sweep", str(file), "--out", str(out), "--shard", shard)
            pd.testing.assert_frame_equal(ernsim.sweep(file, out=out, merge=True), self.points)

    def test_asks_the_usual_axes_if_it_is_told_none(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "it.toml"
            words = ("--network", "ERNs18x075", "--input-size", "32x32", "--want", "fps >= 1e9", "--set", "fpga.device=XC7Z020")
            command("sweep", *words, "--init", str(file))
            usual = {line.split('"')[1] for line in file.read_text().split("[axes]")[1].splitlines() if line.startswith('"')}
        self.assertTrue(usual)
        points = ernsim.sweep(**SMALL, want="lut <= 1000", best="max fps", set={"fpga.device": "XC7Z020"})
        self.assertLessEqual(usual, set(points.columns))


if __name__ == "__main__":
    unittest.main()
