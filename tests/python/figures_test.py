"""The same figures in JSON, CSV, SQLite, on the page and in Python, on runs that are drawn."""

import csv
import io
import json
import math
import os
import random
import re
import sqlite3
import tempfile
import unittest
from contextlib import closing
from pathlib import Path

import ernsim
from support import SMALL, SMALL_OPTIONS, command, words_of

SEED = int(os.environ.get("ERNSIM_TEST_SEED", "1"))
RUNS = 5
DECIMALS = 5.1e-7
"""A run's JSON has six decimals, a sweep all of them."""


def drawn(draw):
    """Settings of which any may be together."""
    listed = ernsim.parameters()
    choices = {
        "convolution.lanes": [1, 2, 3, 4],
        "convolution.block_channels": [32, 64],
        "accelerator.clock_mhz": [100, 123.09, 250.5],
        "interconnect.ports": [1, 2, 3, 4],
        "memory.residuals_words": [512, 1024, 2048],
        "dram.refresh": [True, False],
        "dram.part": draw.sample(listed.at["dram.part", "names"], 2),
        "fpga.device": listed.at["fpga.device", "names"],
        "schedule.candidates": [1, 2],
    }
    return {key: draw.choice(values) for key, values in choices.items() if draw.random() < 0.7}


def as_words(settings):
    return {key: str(value).lower() if isinstance(value, bool) else value for key, value in settings.items()}


def exactly(one, other, tolerance=0.0):
    """Whether numbers are the same; None and NaN are what is not known."""
    one, other = (math.nan if value is None else float(value) for value in (one, other))
    return math.isnan(one) and math.isnan(other) or math.isclose(one, other, rel_tol=0, abs_tol=tolerance)


def rounded(one, other):
    return exactly(one, other, DECIMALS)


class Figures(unittest.TestCase):
    def test_of_a_run_are_the_same_wherever_they_are_written(self):
        draw = random.Random(SEED)
        for number in range(RUNS):
            settings = drawn(draw)
            with self.subTest(number=number, settings=settings), tempfile.TemporaryDirectory() as folder:
                result = ernsim.run(**SMALL, data=False, platform=settings)
                self.check_run(result, as_words(settings), folder)
                self.check_sweep(result, settings, Path(folder) / "out")

    def test_that_lie_half_way_between_decimals_are_rounded_alike(self):
        with tempfile.TemporaryDirectory() as folder:
            settings = {"convolution.lanes": 2}
            result = ernsim.run(**SMALL, data=False, platform=settings)
            halves = result.layers["macs"] / result.layers["cycles"] / (2 * 64 * 64) * 1e6 % 1 == 0.5
            self.assertTrue(halves.any())
            self.check_run(result, settings, folder)

    def check_run(self, result, settings, folder):
        command("run", *SMALL_OPTIONS, "--data", "off", *words_of(settings), "--json", "run.json", "--csv", "run.csv", "--html", "run.html",
                directory=folder)
        text, table, page = ((Path(folder) / f"run.{ending}").read_text() for ending in ("json", "csv", "html"))
        self.assertEqual(result.json, text)
        self.assertEqual(result.page, page)
        on_page = re.search(r'<script type="application/json" id="ernsim-data">(.*?)</script>', page, re.S)[1]
        self.assertEqual(json.loads(on_page), json.loads(text))
        for row in csv.DictReader(io.StringIO(table)):
            layer = result.layers.loc[row.pop("name")]
            for column, written in row.items():
                value = layer[column]
                self.assertTrue(value == written if isinstance(value, str) else exactly(value, written or None), (layer.name, column, value, written))

    def check_sweep(self, result, settings, out):
        definition = {"networks": ["ERNs18x075"], "input_sizes": ["32x32"], "must_fit": False,
                      "axes": {key: [value] for key, value in settings.items()} or {"convolution.lanes": [3]}}
        row = ernsim.sweep(definition, out=out).iloc[0]
        with closing(sqlite3.connect(out / "sweep.sqlite")) as database:
            database.row_factory = sqlite3.Row
            stored = dict(database.execute("SELECT * FROM points").fetchone())
        point = json.loads(command("sweep", str(self.file_of(definition, out)), "--out", str(out), "--resume", "--json", "-"))["points"][0]
        for figure, meaning in ernsim.figures().iterrows():
            self.assertTrue(exactly(row[figure], stored[figure]), figure)
            self.assertTrue(rounded(row[figure], point[figure]), figure)
            if meaning["in_run"] is not None and not math.isnan(result.figures[figure]):
                self.assertTrue(rounded(row[figure], result.figures[figure]), (figure, row[figure], result.figures[figure]))
        for key, value in as_words(settings).items():
            self.assertEqual(row[key], stored[key], key)
            self.assertEqual(row[key], value, key)

    def file_of(self, definition, out):
        file = out / "it.toml"
        file.write_text(ernsim.toml.document(definition))
        return file


if __name__ == "__main__":
    unittest.main()
