#!/usr/bin/python3
"""Checkpoint + segmenter blob -> quid.model: integers only, ready to be mapped.

    model/train/export.py --run RUN_DIR --vectors wink.json --segment segment.bin --data DIR --out model/quid.model

pack.py says how numbers are stored.
"""
import argparse
import os
import pickle
import struct

import numpy as np
import torch

import data as D
from net import Net, ARC, LAB, TAG, CONV
from pack import CONV_SCALE, LISTS, linear, quantise, words_section, write
from train import Batcher


def calibrate(net, batcher, table, items):
    """Largest useful values after each ReLU, from training sentences."""
    seen = {"tag": [], "arc": [], "lab": []}
    with torch.no_grad():
        for ids in batcher.batches(items, 2000):
            part = sorted((items[i] for i in ids), key=lambda e: -e["n"])
            t = batcher.tensors(part)
            ok = t["head"] >= 0
            h = net.encode(table[t["form"]], t["len"], 0)
            up = torch.cat([net.lab_root.expand(len(h), 1, -1), net.lab_head(h)], 1)
            up = up.gather(1, t["head"].clamp(0).unsqueeze(2).expand(-1, -1, LAB))
            seen["tag"].append(net.tag_hidden(h)[ok].relu().numpy())
            seen["arc"].append(torch.cat([net.arc_dep(h)[ok], net.arc_head(h)[ok]]).relu().numpy())
            seen["lab"].append((net.lab_dep(h) + up)[ok].relu().numpy())
    return {k: float(np.quantile(np.concatenate(v), 0.9998)) for k, v in seen.items()}


WORDNET = {"verb": (1, "v"), "noun": (2, "n"), "adj": (4, "a"), "adv": (4, "a")}


def known_lemmas(folder, train, vocabulary):
    """-> ({word: flags}, text of irregular forms "v shot shoot"), from WordNet and the training part."""
    flags, irregular = {}, set()
    for part, (flag, letter) in WORDNET.items():
        for line in open(os.path.join(folder, "index." + part), encoding="utf-8"):
            word = line.split(" ", 1)[0]
            if word.isalpha() and len(word) > 1 and word in vocabulary:
                flags[word] = flags.get(word, 0) | flag
        for line in open(os.path.join(folder, part + ".exc"), encoding="utf-8"):
            form, lemma = line.split()[:2]
            if form.isalpha() and lemma.isalpha() and form != lemma:
                irregular.add(f"{letter} {form} {lemma}")
    count = D.Counter((l.lower(), u) for s in train for l, u in zip(s.lemmas, s.upos))
    for (word, upos), n in count.items():
        flag = {"VERB": 1, "AUX": 1, "NOUN": 2, "ADJ": 4, "ADV": 4}.get(upos, 0)
        if flag and n >= 2 and word.isalpha():
            flags[word] = flags.get(word, 0) | flag
    first = {}
    for line in sorted(irregular):
        first.setdefault(tuple(line.split()[:2]), line)
    return flags, "\n".join(first[k] for k in sorted(first))


def main():
    ap = argparse.ArgumentParser()
    for name in ("run", "vectors", "segment", "data", "out"):
        ap.add_argument("--" + name, required=True)
    ap.add_argument("--wordnet", default="/usr/share/wordnet", help="Debian's wordnet-base")
    ap.add_argument("--n-vectors", type=int, default=85000, help="frozen vectors: more may ship than were trained with")
    ap.add_argument("--checkpoint", default="best.pt")
    args = ap.parse_args()
    torch.set_num_threads(1)
    vocab, vectors = pickle.load(open(os.path.join(args.run, "vocab.pkl"), "rb"))
    state = torch.load(os.path.join(args.run, args.checkpoint))["net"]
    hidden = state["lstm1.weight_hh_l0"].shape[1]
    net = Net(vectors, len(vocab["word"]), hidden, {k: len(vocab[k]) for k in LISTS})
    net.load_state_dict(state)
    net.eval()
    pre_words, pre = D.load_vectors(args.vectors, args.n_vectors, set(vocab["pre"]))
    batcher = Batcher(vocab)
    sents = list(D.read_conllu(os.path.join(args.data, "treebank/gum/gum-open-train.conllu")))[::4]
    items = [batcher.encode(s) for s in sents]
    table = torch.from_numpy(batcher.forms.table())
    clips = calibrate(net, batcher, table, items)
    g = {k: v.numpy() for k, v in net.state_dict().items()}
    at = {w: i for i, w in enumerate(pre_words)}
    for i, w in enumerate(vocab["pre"]):   # as trained; words beyond the training's list keep their vectors
        pre[at[w]] = g["pre.weight"][i]
    # character convolution as table look-ups: out[p] = bias + T0[c[p-1]] + T1[c[p]] + T2[c[p+1]]
    conv = np.einsum("ce,oek->kco", g["char.weight"], g["conv.weight"])          # [3, 128, CONV]
    conv = np.rint(conv * CONV_SCALE).astype(np.int16)
    conv_bias = np.rint(g["conv.bias"] * CONV_SCALE).astype(np.int16)
    with torch.no_grad():
        x = net.embed(table[:20000])
        clips["conv"] = float(np.quantile(x[:, -CONV:].numpy(), 0.9998))
    affix = np.stack([g[f"affix.{k}.weight"] for k in range(D.N_AFFIX)])
    clips["pre"] = float(np.quantile(np.abs(pre[1:20000]), 0.9998))
    clips["word"] = float(np.quantile(np.abs(g["word.weight"]), 0.9999))
    clips["affix"] = float(np.quantile(np.abs(affix), 0.9999))
    print({k: round(v, 3) for k, v in clips.items()})
    col = np.concatenate([np.full(pre.shape[1], clips["pre"]), np.full(g["word.weight"].shape[1], clips["word"]),
                          np.full(affix.shape[0] * affix.shape[2], clips["affix"]), np.full(CONV, clips["conv"])])
    both = lambda name: np.concatenate([g[name], g[name + "_reverse"]])
    sections = {}
    sections["in1"] = linear(both("lstm1.weight_ih_l0") * col[None], both("lstm1.bias_ih_l0") + both("lstm1.bias_hh_l0"), 1 / 63, 64)
    zeros = np.zeros(4 * hidden)
    for layer in ("1", "2"):
        for d, suffix in (("f", ""), ("b", "_reverse")):
            sections[f"hh{layer}{d}"] = linear(g[f"lstm{layer}.weight_hh_l0{suffix}"], zeros, 1 / 63, 64)
    sections["in2"] = linear(both("lstm2.weight_ih_l0"), both("lstm2.bias_ih_l0") + both("lstm2.bias_hh_l0"), 1 / 63, 64)
    sections["proj"] = linear(
        np.concatenate([g[k + ".weight"] for k in ("tag_hidden", "arc_dep", "arc_head", "lab_dep", "lab_head")]),
        np.concatenate([g["tag_hidden.bias"], g["arc_dep.bias"], g["arc_head.bias"], g["lab_dep.bias"], np.zeros(LAB)]), 1 / 63, 64)
    sections["arcu"] = linear(g["arc_u.weight"], g["arc_u.bias"], clips["arc"] / 127, 0)
    heads = [k for k in LISTS if k != "deprel"]
    sections["tags"] = linear(np.concatenate([g[f"tags.{k}.weight"] for k in heads]),
                              np.concatenate([g[f"tags.{k}.bias"] for k in heads]), clips["tag"] / 127, 0)
    sections["label"] = linear(g["lab_out.weight"], g["lab_out.bias"], clips["lab"] / 127, 0)
    root = np.clip(np.rint(127 * np.maximum(g["arc_root"], 0) / clips["arc"]), 0, 127).astype(np.uint8)
    sections["root"] = g["lab_root"].astype(np.float32).tobytes() + root.tobytes()
    dims = [hidden, pre.shape[1], g["word.weight"].shape[1], affix.shape[2], D.N_AFFIX, D.N_BUCKETS, CONV, D.MAX_CHARS,
            TAG, ARC, LAB, len(pre), len(vocab["word"])]
    sections["meta"] = struct.pack("<16I", *dims, *[0] * (16 - len(dims))) + struct.pack(
        "<4f", clips["tag"], clips["arc"], clips["lab"], clips["conv"])
    train = [s for f in ("treebank/ewt/en_ewt-ud-train.conllu", "treebank/gum/gum-open-train.conllu")
             for s in D.read_conllu(os.path.join(args.data, f))]
    lemmas, irregular = known_lemmas(args.wordnet, train, set(pre_words))
    sections["words"] = words_section(pre_words, vocab["word"], lemmas)
    sections["irregular"] = irregular.encode()
    sections["pre"] = quantise(pre, clips["pre"]).tobytes()
    sections["word"] = quantise(g["word.weight"], clips["word"]).tobytes()
    sections["affix"] = quantise(affix, clips["affix"]).tobytes()
    sections["conv"] = conv.tobytes() + conv_bias.tobytes()
    for k in LISTS:
        sections["list." + k] = "\n".join(vocab[k]).encode()
    if os.path.exists(args.segment):
        sections["segment"] = open(args.segment, "rb").read()
    write(args.out, sections)


if __name__ == "__main__":
    main()
