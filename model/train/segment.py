#!/usr/bin/env python3
"""Trains the segmenter and writes its blob (the model section `segment`; layout in src/parse/segment.c).

    taskset -c 1 model/train/segment.py --treebank ../shared/data/treebank --out model/segment.bin

Features come from the C code itself (segment_lib.c), so training and running see the same. Seeded:
the same data give the same blob on the same machine.
"""
import argparse
import collections
import ctypes
import glob
import os
import random
import struct
import subprocess
import sys
import tempfile

import numpy as np
import torch
import torch.nn.functional as F

import segment_data as D

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HIDDEN, FEATURES, CUTS, BUCKET = 16, 48, 4, 4
SCALE = 24.0            # table units per 1.0
OUT_SCALE = 32.0
SLOT_BYTES = 8

# --- The word list: classes that the features see ---

LOWER, MIXED, NAME, TITLE, CALENDAR, FIRM, NUMBERED, SHORT, STATE, DOMAIN, UNIT = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
LISTS = {
    TITLE: "mr mrs ms dr prof gen sen rep gov lt col maj capt sgt adm cmdr rev hon st fr pres amb brig cpl pvt supt insp sec "
           "atty messrs sens reps gens drs profs govs lts cols mme mlle msgr sr br cmdr comdr asst assoc dep det",
    CALENDAR: "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun",
    FIRM: "inc corp co ltd bros plc llc llp jr esq cos dept univ assn intl natl mfg bldg gmbh assn",
    NUMBERED: "no nos art arts vol vols pp p fig figs sect secs ch chap para paras ed eds ex op tel fax ext par vv",
    SHORT: "vs etc al cf e.g i.e eg ie viz approx est ca c a.k.a aka incl esp ft mt mts ave blvd rd hwy min max cont",
    STATE: "calif fla mass conn ariz pa va md ill mich tenn wash wis colo minn ga okla ore ont que del kan ky la mo mont neb nev "
           "tex vt wyo ala ark ind miss",
    DOMAIN: "com org net edu gov mil info biz uk ru cn de fr eu io tv html htm php pdf aspx jpg gif txt doc xls exe asp ca au",
    UNIT: "km cm mm kg kg mph kph lb lbs oz hz khz mhz ghz mb gb kb tb ml hrs hr min mins sec secs yr yrs am pm bn mn tn m",
}
COMMON = ("a an and but the this that these those he she it they we you i in on at by for from his her its their my your our "
          "if when while as after before since there here what who how why which not no so or to of with")
SPLITS = {"cannot": (3,), "gonna": (3,), "gotta": (3,), "wanna": (3,), "gimme": (3,), "lemme": (3,), "dunno": (2, 3)}


def fnv(text):
    h = 2166136261
    for byte in text.encode():
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return h or 1


def word_list(documents):
    """-> bytes of the slots, their number. Case is counted away from the start of sentences."""
    lower, upper = collections.Counter(), collections.Counter()
    split, whole = collections.Counter(), collections.Counter()
    for _, paragraphs in documents:
        for sentence in (s for p in paragraphs for s in p):
            for i, t in enumerate(sentence):
                whole.update([t.form.lower()])
                for w in t.words:
                    if w.isalpha() and len(w) > 1:
                        (upper if w[0].isupper() else lower)[w.lower()] += 1 if i or w[0].islower() else 0
                if len(t.words) > 1 and t.form.isalpha() and t.form.isascii():
                    ends = np.cumsum([len(w) for w in t.words])[:-1]
                    if len(ends) <= 2 and max(ends) < 16:
                        split[(t.form.lower(), tuple(int(e) for e in ends))] += 1
    slots = {}
    for w in set(lower) | set(upper):
        n = lower[w] + upper[w]
        if n >= 3:
            share = lower[w] / n
            slots[w] = [LOWER if share > 0.8 else MIXED if share > 0.2 else NAME, 0]
    for kind, words in LISTS.items():
        for w in words.split():
            slots[w] = [kind, 0]
    for w in COMMON.split():
        slots.setdefault(w, [LOWER, 0])
    for (w, ends), n in split.items():
        if n >= 0.3 * whole[w]:
            SPLITS.setdefault(w, ends)
    for w, ends in SPLITS.items():
        slots.setdefault(w, [0, 0])[1] = ends[0] | (ends[1] << 4 if len(ends) > 1 else 0)
    cap = 2
    while cap < 2 * len(slots):
        cap *= 2
    table = bytearray(cap * SLOT_BYTES)
    seen = set()
    for w in sorted(slots):
        key = fnv(w)
        if key in seen:
            continue
        seen.add(key)
        at = key & (cap - 1)
        while any(table[at * SLOT_BYTES:at * SLOT_BYTES + 4]):
            at = (at + 1) & (cap - 1)
        table[at * SLOT_BYTES:at * SLOT_BYTES + 6] = struct.pack("<IBB", key, *slots[w])
    print(f"word list: {len(slots)} words, {len(SPLITS)} with splits: {' '.join(sorted(SPLITS))}")
    return bytes(table), cap


def blob_of(buckets, tags, table, bias, out, out_bias, words, cap):
    head = b"QSEG" + struct.pack("<III", 1, buckets, cap)
    return (head + bias.astype("<i2").tobytes() + out.astype("i1").tobytes() + out_bias.astype("<i4").tobytes() +
            tags.astype("<u2").tobytes() + table.astype("i1").tobytes() + words)


def empty_blob(words, cap):
    return blob_of(2, np.zeros(2 * BUCKET), np.zeros((2 * BUCKET, HIDDEN)), np.zeros(HIDDEN), np.zeros((CUTS, HIDDEN)),
                   np.zeros(CUTS), words, cap)


def place(hashes, order, buckets):
    """Bucket rows for features, the first in `order` first. -> row of each feature, -1 where there was no room; tags."""
    rows, tags, used = np.full(len(hashes), -1, np.int64), np.zeros(buckets * BUCKET, np.uint16), np.zeros(buckets, np.int64)
    for i in order:
        b, tag = int(hashes[i]) & (buckets - 1), (int(hashes[i]) >> 16) or 1
        if used[b] == BUCKET or tag in tags[b * BUCKET:b * BUCKET + used[b]]:
            continue
        rows[i] = b * BUCKET + used[b]
        tags[rows[i]] = tag
        used[b] += 1
    return rows, tags


# --- The C side ---

class Tape(ctypes.Structure):
    _fields_ = [("gold", ctypes.c_void_p), ("max", ctypes.c_size_t), ("n", ctypes.c_size_t),
                ("features", ctypes.c_void_p), ("at", ctypes.c_void_p), ("allowed", ctypes.c_void_p)]


def build_library():
    out = os.path.join(tempfile.mkdtemp(prefix="quid-segment-"), "segment.so")
    sources = [os.path.join(ROOT, f) for f in ("src/parse/segment.c", "src/parse/piece.c", "model/train/segment_lib.c")]
    sources += glob.glob(os.path.join(ROOT, "src/base/*.c"))
    subprocess.run(["cc", "-std=c11", "-O2", "-fPIC", "-shared", "-D_POSIX_C_SOURCE=200809L", "-I", ROOT + "/src",
                    "-I", ROOT + "/include", *sources, "-lutf8proc", "-lm", "-o", out], check=True)
    lib = ctypes.CDLL(out)
    lib.qi_segment_record.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(Tape)]
    lib.trainer_cuts.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p]
    return lib


def record(lib, blob, text, gold):
    """-> rows [n, FEATURES], labels [n], allowed [n] of the places to decide."""
    cap = len(text) + 1
    rows, at, allowed = np.empty((cap, FEATURES), np.uint32), np.empty(cap, np.uint32), np.empty(cap, np.uint8)
    gold = np.frombuffer(bytes(gold) + b"\0", np.uint8)
    tape = Tape(gold.ctypes.data, cap, 0, rows.ctypes.data, at.ctypes.data, allowed.ctypes.data)
    status = lib.qi_segment_record(blob, len(blob), text, len(text), ctypes.byref(tape))
    assert status == 0, status
    n = tape.n
    labels = gold[at[:n]].astype(np.int64)
    keep = (allowed[:n] >> labels) & 1 == 1
    return rows[:n][keep], labels[keep], allowed[:n][keep]


# --- Scores: spans of words, tokens and sentences, as in the CoNLL 2018 shared task ---

def spans(text, cuts, least):
    """Spans of non-space characters that start at a cut of at least that strength."""
    out, start, n = set(), None, 0
    for i, byte in enumerate(text):
        if byte in b" \n\t":
            continue
        if cuts[i] >= least:
            if start is not None:
                out.add((start, n))
            start = n
        n += 1
    if start is not None:
        out.add((start, n))
    return out


def score(lib, blob, documents, layout="plain"):
    total = collections.Counter()
    for k, (_, paragraphs) in enumerate(documents):
        text, gold = D.render(paragraphs, layout, random.Random(k))
        cuts = np.zeros(len(text) + 1, np.uint8)
        status = lib.trainer_cuts(blob, len(blob), text, len(text), cuts.ctypes.data)
        assert status == 0, status
        for name, least in (("tokens", D.TOKEN), ("words", D.WORD), ("sentences", D.SENTENCE)):
            a, b = spans(text, gold, least), spans(text, cuts, least)
            total[name, "gold"] += len(a)
            total[name, "system"] += len(b)
            total[name, "both"] += len(a & b)
    return {name: 200 * total[name, "both"] / (total[name, "gold"] + total[name, "system"])
            for name in ("tokens", "words", "sentences")}


# --- The network ---

class Net(torch.nn.Module):
    """Row 0 of the table is for features without a row; it stays zero."""
    def __init__(self, rows):
        super().__init__()
        self.table = torch.nn.Parameter(torch.randn(rows, HIDDEN) * 0.1)
        self.bias = torch.nn.Parameter(torch.zeros(HIDDEN))
        self.out = torch.nn.Linear(HIDDEN, CUTS)

    def forward(self, rows, weights):
        total = F.embedding_bag(rows, self.table, mode="sum", per_sample_weights=weights) + self.bias
        return self.out(F.relu(total))


def train(net, ids, labels, allowed, epochs, rate, args):
    masks = ((allowed[:, None] >> np.arange(CUTS)) & 1).astype(np.float32)
    penalty = torch.from_numpy((1 - masks) * -30)
    ids, labels = torch.from_numpy(ids), torch.from_numpy(labels)
    steps = epochs * (len(labels) // args.batch)
    best = torch.optim.Adam(net.parameters(), lr=rate, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.LambdaLR(best, lambda k: min(1, k / 50) * max(0.0, 1 - k / steps))
    for epoch in range(epochs):
        order = torch.randperm(len(labels))
        loss_sum = 0.0
        for k in range(len(labels) // args.batch):
            pick = order[k * args.batch:(k + 1) * args.batch]
            weights = (torch.rand(len(pick), FEATURES) > args.dropout).float() / (1 - args.dropout)
            weights *= ids[pick] > 0
            loss = F.cross_entropy(net(ids[pick], weights) + penalty[pick], labels[pick])
            best.zero_grad()
            loss.backward()
            best.step()
            schedule.step()
            with torch.no_grad():
                net.table.clamp_(-127 / SCALE, 127 / SCALE)
                net.out.weight.clamp_(-127 / OUT_SCALE, 127 / OUT_SCALE)
            loss_sum += float(loss)
        print(f"epoch {epoch}: loss {loss_sum / (len(labels) // args.batch):.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebank", default=os.path.join(ROOT, "../shared/data/treebank"))
    parser.add_argument("--out", default=os.path.join(ROOT, "model/segment.bin"))
    parser.add_argument("--buckets", type=int, default=32768)
    parser.add_argument("--least", type=int, default=9, help="features must occur this often, in all copies")
    parser.add_argument("--copies", type=int, default=5, help="variations of each document, beside itself")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--more-epochs", type=int, default=2, help="with the features that were kept")
    parser.add_argument("--batch", type=int, default=2048)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--dropout", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    rng = random.Random(args.seed)
    find = lambda part: sorted(glob.glob(os.path.join(args.treebank, "*", f"*{part}.conllu")))
    documents = [d for path in find("train") for d in D.read_documents(path)]
    lib = build_library()
    words, cap = word_list(documents)
    parts = []
    for _, paragraphs in documents:
        parts.append(record(lib, empty_blob(words, cap), *D.render(paragraphs)))
        for _ in range(args.copies):
            parts.append(record(lib, empty_blob(words, cap), *D.variation(paragraphs, rng)))
    rows, labels, allowed = (np.concatenate([p[i] for p in parts]) for i in range(3))
    print(f"{len(documents)} documents, {len(labels)} places, cuts {np.bincount(labels).tolist()}", flush=True)
    # All features that are not rare: a first network, which says what each is worth.
    hashes, ids, counts = np.unique(rows, return_inverse=True, return_counts=True)
    common = counts >= args.least
    number = np.where(common, np.cumsum(common), 0)
    ids = number[ids].reshape(rows.shape).astype(np.int32)
    hashes, counts = hashes[common], counts[common]
    print(f"{len(hashes)} features", flush=True)
    net = Net(len(hashes) + 1)
    train(net, ids, labels, allowed, args.epochs, args.rate, args)
    # The best of them fill the table, and learn to do without the others.
    worth = net.table.detach().norm(dim=1).numpy()[1:] * np.sqrt(counts)
    slot, tags = place(hashes, np.argsort(-worth, kind="stable"), args.buckets)
    keep = slot >= 0
    number = np.concatenate([[0], np.where(keep, np.cumsum(keep), 0)])
    small = Net(int(keep.sum()) + 1)
    with torch.no_grad():
        small.table[1:] = net.table[1:][torch.from_numpy(keep)]
        small.bias.copy_(net.bias)
        small.out.load_state_dict(net.out.state_dict())
    print(f"{keep.sum()} features kept", flush=True)
    train(small, number[ids].astype(np.int32), labels, allowed, args.more_epochs, args.rate / 2, args)
    table = np.zeros((args.buckets * BUCKET, HIDDEN))
    with torch.no_grad():
        table[slot[keep]] = torch.round(small.table[1:] * SCALE).clamp(-127, 127).numpy()
        bias = torch.round(small.bias * SCALE).clamp(-20000, 20000).numpy()
        out = torch.round(small.out.weight * OUT_SCALE).clamp(-127, 127).numpy()
        out_bias = torch.round(small.out.bias * SCALE * OUT_SCALE).numpy()
    blob = blob_of(args.buckets, tags, table, bias, out, out_bias, words, cap)
    open(args.out, "wb").write(blob)
    print(args.out, len(blob), "bytes")
    for path in find("dev"):
        dev = list(D.read_documents(path))
        for layout in ("plain", "wrapped", "lines"):
            print(os.path.basename(path), layout, {k: round(v, 2) for k, v in score(lib, blob, dev, layout).items()})


if __name__ == "__main__":
    sys.exit(main())
