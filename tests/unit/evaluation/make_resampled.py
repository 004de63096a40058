#!/usr/bin/env python3
"""Writes resampled.txt: what Pillow's Image.resize() makes of small pictures. Needs Debian's python3-pil.

A line: filter, height and width of the picture, height and width wanted, the bytes made, in hexadecimal. A picture's
byte i is the top byte of the i-th state of x -> 1664525 x + 1013904223 (mod 2^32) from 1 on; every third case is stretched
to 0 and 255, so that filters with negative lobes must clip.
"""
import os

from PIL import Image

FILTERS = ["nearest", "box", "bilinear", "hamming", "bicubic", "lanczos"]
SIZES = [(7, 5, 3, 4), (4, 6, 9, 8), (13, 17, 13, 6), (16, 9, 5, 9), (31, 23, 8, 8), (3, 3, 10, 7), (1, 2, 5, 3), (40, 64, 9, 11)]


def picture(height, width, stretched):
    state, data = 1, bytearray()
    for _ in range(height * width * 3):
        state = (1664525 * state + 1013904223) % 2**32
        value = state >> 24
        data.append((255 if value > 127 else 0) if stretched else value)
    return Image.frombytes("RGB", (width, height), bytes(data))


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "resampled.txt"), "w") as out:
    for number, (height, width, to_height, to_width) in enumerate(SIZES):
        for name in FILTERS:
            made = picture(height, width, number % 3 == 2).resize(
                (to_width, to_height), getattr(Image.Resampling, name.upper()))
            out.write(f"{name} {height} {width} {to_height} {to_width} {made.tobytes().hex()}\n")
