"""Arrays -> the sections of quid.model, and the file around them. Needs numpy, and `xxhsum` for the checksum.

Activations are 7-bit unsigned so that AVX2's 16-bit pair sums cannot saturate (127 * 127 * 2 < 2^15).
Signed values v in [-clip, clip] are stored as 64 + round(63 v / clip); values after a ReLU as
round(127 v / clip). Weights are 8-bit with one scale a row. See src/parse/kernel.h for the layout and
../README.md for the file.
"""
import os
import struct
import subprocess

import numpy as np

import data as D

PANEL = 64
LISTS = ("upos", "xpos", "feats", "lemma", "ner", "etype", "deprel")
CONV_SCALE = 1 << 10


def quantise(x, clip):
    return np.clip(64 + np.rint(63 * x / clip), 1, 127).astype(np.uint8)


def linear(w, bias, in_scale, zero):
    """w float [n, k]; inputs are (q - zero) * in_scale -> section bytes."""
    n, k = w.shape
    n_pad, k_pad = -(-n // PANEL) * PANEL, -(-k // 4) * 4
    row = np.maximum(np.abs(w).max(1), 1e-8) / 127
    q = np.zeros((n_pad, k_pad), dtype=np.int8)
    q[:n, :k] = np.clip(np.rint(w / row[:, None]), -127, 127)
    scale, off = np.zeros(n_pad, np.float32), np.zeros(n_pad, np.float32)
    scale[:n] = row * in_scale
    off[:n] = bias - zero * q[:n].astype(np.int64).sum(1) * scale[:n]
    packed = q.reshape(n_pad // PANEL, PANEL, k_pad // 4, 4).transpose(0, 2, 1, 3)
    head = struct.pack("<4I", n, k, n_pad, k_pad).ljust(64, b"\0")
    return head + scale.tobytes() + off.tobytes() + np.ascontiguousarray(packed).tobytes()


def words_section(pre, word, lemmas=None):
    """Open-addressing hash table over the union of both vocabularies (FNV-1a, see lexicon.c).

    lemmas: word -> flags, 1 verb, 2 noun, 4 adjective or adverb: what is known as a lemma."""
    ids, lemmas = {}, lemmas or {}
    for w in lemmas:
        ids[w] = [0, 0]
    for i, w in enumerate(pre):
        if i:
            ids.setdefault(w, [0, 0])[0] = i
    for i, w in enumerate(word):
        if i:
            ids.setdefault(w, [0, 0])[1] = i
    items = sorted(ids.items())
    cap = 1 << (2 * len(items)).bit_length()
    slots = np.zeros(cap, dtype=np.uint32)
    blob, entries = bytearray(), []
    for e, (w, (p, t)) in enumerate(items):
        b = w.encode()
        entries.append((len(blob), len(b) | lemmas.get(w, 0) << 16, p, t))
        blob += b
        at = D.fnv1a(b, 0) & (cap - 1)
        while slots[at]:
            at = (at + 1) & (cap - 1)
        slots[at] = e + 1
    head = struct.pack("<4I", len(items), cap, len(blob), 0)
    return head + slots.tobytes() + np.array(entries, dtype=np.uint32).tobytes() + bytes(blob)


def write(path, sections):
    at = 64 + 48 * len(sections)
    table, body = b"", b""
    for name, blob in sections.items():
        pad = -(at + len(body)) % 64
        body += b"\0" * pad
        table += struct.pack("<32sQQ", name.encode(), at + len(body), len(blob))
        body += blob
    rest = table + body
    tmp = path + ".tmp"
    head = struct.pack("<8sIIQ", b"QUIDMDL1", 1, len(sections), 64 + len(rest))
    open(tmp, "wb").write(rest)
    digest = int(subprocess.run(["xxhsum", "-H3", tmp], capture_output=True, text=True, check=True).stdout.split()[-1], 16)
    open(tmp, "wb").write((head + struct.pack("<Q", digest)).ljust(64, b"\0") + rest)
    os.replace(tmp, path)
    print(path, 64 + len(rest), "bytes")
