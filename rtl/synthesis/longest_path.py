#!/usr/bin/env python3
"""longest_path.py NETLIST.json: the most LUTs in a row between registers, ports and block RAM of a netlist by Yosys
(write_json after synth_xilinx -flatten). A LUT, an inverter and a read of LUT RAM count 1; carry chains and the
multiplexers behind LUTs nothing. Of modules whose hierarchy is kept those without cells are wires, others registers.
Prints the number and the path."""

import json
import re
import sys


def step_of(cell_type):
    """LUTs a signal passes in this cell; None: it ends and begins there."""
    if re.match(r"LUT[1-6]$|INV$|RAM(32|64|128|256)", cell_type):
        return 1
    if re.match(r"MUXF|CARRY|IBUF|OBUF|BUFG", cell_type):
        return 0
    return None


def is_read_by(cell_type, port):
    """Whether an input of a cell reaches its outputs within a cycle: of LUT RAM only the read addresses do."""
    return not cell_type.startswith("RAM") or re.match(r"ADDR[A-G]$|DPRA", port)


def is_wires(module):
    """Whether a module of the design, not a cell of the library, only connects."""
    return not module["cells"] and not {"blackbox", "whitebox"} & module["attributes"].keys()


def drivers_of(top, modules):
    """Bit -> (cell type, LUTs, bits it is made of)."""
    found = {}
    for cell in top["cells"].values():
        kind, pins, directions = cell["type"], cell["connections"], cell["port_directions"]
        step = step_of(kind)
        if kind in modules and is_wires(modules[kind]):
            ports = modules[kind]["ports"]
            inside = {bit: outer for name, port in ports.items() if port["direction"] == "input"
                      for bit, outer in zip(port["bits"], pins[name])}
            for name, port in ports.items():
                if port["direction"] == "output":
                    for bit, outer in zip(port["bits"], pins[name]):
                        found[outer] = (kind, 0, [inside.get(bit, bit)])
            continue
        if step is None:
            continue
        sources = [bit for name, bits in pins.items() if directions[name] == "input" and is_read_by(kind, name)
                   for bit in bits if isinstance(bit, int)]
        for name, bits in pins.items():
            if directions[name] == "output":
                found.update((bit, (kind, step, sources)) for bit in bits)
    return found


def longest(drivers):
    """Bit -> (LUTs up to it, bit before it), for every bit that a cell drives."""
    depths = {}
    for end in drivers:
        waiting = [end]
        while waiting:
            bit = waiting[-1]
            if bit in depths or bit not in drivers:
                waiting.pop()
                continue
            _, step, sources = drivers[bit]
            missing = [source for source in sources if source in drivers and source not in depths]
            if missing:
                waiting += missing
                continue
            before = max(sources, key=lambda source: depths.get(source, (0,))[0], default=None)
            depths[bit] = (depths.get(before, (0,))[0] + step, before)
            waiting.pop()
    return depths


def main():
    modules = json.load(open(sys.argv[1]))["modules"]
    top = next(module for module in modules.values() if "top" in module["attributes"])
    drivers = drivers_of(top, modules)
    depths = longest(drivers)
    names = {bit: f"{name}[{i}]" for name, net in sorted(top["netnames"].items(), reverse=True)
             for i, bit in enumerate(net["bits"])}
    end = max(depths, key=lambda bit: depths[bit][0])
    print("LUT levels:", depths[end][0])
    while end is not None:
        print("  ", drivers[end][0] if end in drivers else "register or port", names.get(end, end))
        end = depths[end][1] if end in depths else None


main()
