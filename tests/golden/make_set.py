#!/usr/bin/env python3
"""Makes tests/golden/set from the reference data: tests/golden/make_set.py REFERENCE_FOLDER [OUTPUT_FOLDER]

Run by hand, needs python3-numpy and python3-pil; the same data give the same bytes. set/README.md says what is made."""
import hashlib
import io
import json
import pathlib
import sys
import zipfile

import numpy
from PIL import Image

NETWORK = "ERNs18x075"
SIZES = ["64x64", "64x96"]
PARAMETERS = ["weight_bits", "weight_magnitude", "bn_gamma", "bn_beta", "bn_mean", "bn_var"]


def summary(array):
    """The sum is of the elements in C order, little end first."""
    elements = numpy.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes()
    return {"shape": list(array.shape), "sha256": hashlib.sha256(elements).hexdigest()}


def write_npz(path, arrays):
    """numpy.savez_compressed without the time of day."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(arrays):
            data = io.BytesIO()
            numpy.lib.format.write_array(data, numpy.ascontiguousarray(arrays[name]), version=(1, 0))
            entry = zipfile.ZipInfo(name + ".npy", (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, data.getvalue(), zipfile.ZIP_DEFLATED, 9)


def text_of(made):
    """JSON with a line for every node and every array."""
    nodes = ",\n".join("  " + json.dumps(node) for node in made["nodes"])
    groups = ",\n".join(
        f'  "{group}": {{\n' + ",\n".join(f'   "{name}": {json.dumps(each)}' for name, each in arrays.items()) + "}"
        for group, arrays in made["arrays"].items())
    return f'{{"network": "{made["network"]}",\n "nodes": [\n{nodes}],\n "arrays": {{\n{groups}}}}}\n'


def main(reference, output):
    nodes = json.loads((reference / f"{NETWORK}_graph.json").read_text())["nodes"]
    names = {node["key"]: node["name"] for node in nodes}

    def arrays_of(part):
        """By (node, what), and by name where an array belongs to no node."""
        made = {}
        for key, array in numpy.load(reference / f"{NETWORK}_{part}.npz").items():
            node, _, what = key.rpartition(".")
            made[(names[node], what) if node in names else key] = array
        return made

    parameters = arrays_of("params")
    unscaled = {node["name"] for node in nodes if node.get("weight_quantizer") == "BinaryPower2Scaling"}
    arrays = {f"{node}.{what}": array for (node, what), array in parameters.items()
              if what in PARAMETERS and not (what == "weight_magnitude" and node in unscaled)}
    logits = {}
    made = {"network": NETWORK, "nodes": nodes, "arrays": {}}
    made["arrays"]["folded"] = {
        f"{key[0]}.{key[1]}": summary(array)
        for key, array in parameters.items() if key[1] in ("thresholds", "direction")}
    for size in SIZES:
        golden = arrays_of(f"golden_{size}")
        Image.fromarray(golden["image"]).save(output / f"{size}.png", optimize=True)
        logits[size] = golden["logits_float64"]
        made["arrays"][size] = {"image": summary(golden["image"])} | {
            f"{key[0]}.{key[1]}": summary(array) for key, array in golden.items() if key[1] in ("acc", "out")}
    write_npz(output / f"{NETWORK}_parameters.npz", arrays)
    write_npz(output / f"{NETWORK}_logits.npz", logits)
    (output / f"{NETWORK}.json").write_text(text_of(made))


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).parent / "set")
