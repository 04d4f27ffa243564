#!/usr/bin/env python3
"""Puts one section of the model file anew, the rest as it is.

    model/train/repack.py model/quid.model segment model/segment.bin
"""
import struct
import sys

from pack import write


def read(path):
    data = open(path, "rb").read()
    assert data[:8] == b"QUIDMDL1", "not a quid model"
    sections = {}
    for i in range(struct.unpack_from("<I", data, 12)[0]):
        name, at, size = struct.unpack_from("<32sQQ", data, 64 + 48 * i)
        sections[name.rstrip(b"\0").decode()] = data[at:at + size]
    return sections


def main():
    path, name, blob = sys.argv[1:]
    sections = read(path)
    sections[name] = open(blob, "rb").read()
    write(path, sections)


if __name__ == "__main__":
    main()
