#!/usr/bin/python3
"""Trains the head for names anew on a finished network: all else stays as it is, to the bit.

    taskset -c 0 model/train/names.py --data DATA --run RUN --checkpoint best.pt --out RUN/named.pt

The network gives each training word its hidden vector once; a softmax over those is then a matter of
seconds. Prints the F1 of spans on EWT dev, decoded as src/parse/decode.c does. Seeded.
"""
import argparse
import os
import pickle

import numpy as np
import torch
import torch.nn.functional as F

import data as D
from net import Net
from train import Batcher

HEADS = ("upos", "xpos", "feats", "lemma", "ner", "etype", "deprel")
EWT, GUM = "entities/en_ewt-v2.16-ner-{}.conllu", "treebank/gum/gum-open-{}.conllu"


def hidden(net, batcher, sentences):
    """-> per sentence: hidden vectors [n, TAG] and tags [n]; sentences without annotation left out."""
    items = [batcher.encode(s) for s in sentences if s.ner]
    table = torch.from_numpy(batcher.forms.table())
    out = [None] * len(items)
    with torch.no_grad():
        for ids in batcher.batches(items, 3000):
            ids = sorted(ids, key=lambda i: -items[i]["n"])
            t = batcher.tensors([items[i] for i in ids])
            x = net.tag_hidden(net.encode(table[t["form"]], t["len"], 0)).relu()
            for r, i in enumerate(ids):
                out[i] = (x[r, :items[i]["n"]], torch.tensor(items[i]["ner"]))
    return out


def best_tags(scores):
    """The best sequence in which I-X follows B-X or I-X alone. scores [n, 7]"""
    legal = np.array([[t == 0 or t % 2 == 1 or b in (t, t - 1) for b in range(7)] for t in range(7)])
    block = np.where(legal, 0.0, -1e30)
    total, back = scores[0] + block[:, 0], []
    for row in scores[1:]:
        via = total[None, :] + block
        back.append(via.argmax(1))
        total = via.max(1) + row
    tags = [int(total.argmax())]
    for b in reversed(back):
        tags.append(int(b[tags[-1]]))
    return tags[::-1]


def spans(tags):
    out, start = set(), None
    for i, t in enumerate(list(tags) + [0]):
        if start is not None and (t == 0 or t % 2 == 1):
            out.add((start, i, tags[start]))
            start = None
        if t % 2 == 1:
            start = i
    return out


def score(weight, bias, rows):
    hit = gold = system = 0
    for x, y in rows:
        g, p = spans(y.tolist()), spans(best_tags((x @ weight.T + bias).detach().numpy()))
        hit, gold, system = hit + len(g & p), gold + len(g), system + len(p)
    return f"F1 {200 * hit / max(1, gold + system):.2f} ({gold} gold, {system} found, {hit} right)"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "run", "out"):
        ap.add_argument("--" + name, required=True)
    ap.add_argument("--checkpoint", default="best.pt")
    ap.add_argument("--epochs", type=int, default=30)
    ap.add_argument("--gum", type=float, default=0.3, help="weight of GUM, whose names are guessed from its mentions")
    args = ap.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    vocab, vectors = pickle.load(open(os.path.join(args.run, "vocab.pkl"), "rb"))
    saved = torch.load(os.path.join(args.run, args.checkpoint))
    state = saved["net"]
    net = Net(vectors, len(vocab["word"]), state["lstm1.weight_hh_l0"].shape[1], {k: len(vocab[k]) for k in HEADS})
    net.load_state_dict(state)
    net.eval()
    batcher = Batcher(vocab)
    read = lambda name, part: hidden(net, batcher, D.read_conllu(os.path.join(args.data, name.format(part))))
    ewt, gum, dev = read(EWT, "train"), read(GUM, "train"), read(EWT, "dev")
    head = net.tags["ner"]
    print("before:", score(head.weight, head.bias, dev), flush=True)
    x, y = (torch.cat([r[k] for r in ewt + gum]) for k in (0, 1))
    importance = torch.cat([torch.full((len(r[1]),), w) for rows, w in ((ewt, 1.0), (gum, args.gum)) for r in rows])
    opt = torch.optim.Adam(head.parameters(), lr=3e-3, weight_decay=1e-5)
    for epoch in range(args.epochs):
        for g in opt.param_groups:
            g["lr"] = 3e-3 * (1 - epoch / args.epochs)
        for part in torch.randperm(len(y)).split(4096):
            scores = head(F.dropout(x[part], 0.2))
            loss = (F.cross_entropy(scores, y[part], reduction="none") * importance[part]).mean()
            opt.zero_grad()
            loss.backward()
            opt.step()
    print("after: ", score(head.weight, head.bias, dev))
    state["tags.ner.weight"], state["tags.ner.bias"] = head.weight.detach(), head.bias.detach()
    torch.save(saved, args.out)


if __name__ == "__main__":
    main()
