#!/usr/bin/python3
"""Trains the second opinion (src/code/judge.c): which deed links two phrases of a sentence.

    model/train/judge.py --data ../shared/data --out RUN/judge.bin                # train, and write the section
    model/train/judge.py --data ../shared/data --cross-validate                   # measure on PLV
    ... --report bench/results/relate.txt                                         # and keep what was measured

Learns from knowledge/examples/*.tsv (our own; every fifth sentence by md5 is held out) and the training half of
PLV. Features come from the C code itself (judge_lib.c over build/libquid.a) with the model and dictionaries at hand:
after a new parser or many new frames, train again. Seeded; some minutes on one core.
"""
import argparse
import csv
import ctypes
import glob
import hashlib
import json
import os
import random
import struct
import subprocess
import tempfile

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TYPES = ("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
         "MOBILIZE COERCE ASSAULT").split()
STATUSES = "asserted reported claimed denied negated planned expected possible requested recommended".split()
DEEDS = TYPES + ["NONE"]
YIELD = [TYPES.index("CONCEDE"), TYPES.index("RETREAT")]   # one class in PLV
QUADS = dict(zip(TYPES, "vc vc vc mc mc mc mc vf vf vf vf mf mf mf mf mf".split()), YIELD="mc", NONE="n")
DIMS, SCORE, HEADS, HIDDEN, LEMMA = 128, 64, 4, 128, 24
VECTOR, BUCKETS = 100, 4096
ELSEWHERE = ("191", "192")   # blockade, occupation: COERCE in the table of 2021, ASSAULT in PLV, which decides the relation


LINES = []   # of the report


def say(text):
    print(text, flush=True)
    LINES.append(text)


# ---- data ----

class Features:
    """Rows -> features, by the C code."""

    def __init__(self, model, knowledge):
        out = os.path.join(tempfile.mkdtemp(), "judge.so")
        subprocess.run(["gcc", "-std=c11", "-D_GNU_SOURCE", "-O2", "-fPIC", "-shared", f"-I{ROOT}/src", f"-I{ROOT}/include",
                        "-o", out, f"{ROOT}/model/train/judge_lib.c", "-Wl,--whole-archive", f"{ROOT}/build/libquid.a",
                        "-Wl,--no-whole-archive", "-lxxhash", "-lutf8proc", "-lcjson", "-lm", "-lpthread"], check=True)
        self.lib = ctypes.CDLL(out)
        self.lib.trainer_open.restype = ctypes.c_void_p
        p, n = ctypes.c_void_p, ctypes.c_size_t
        self.lib.trainer_pair.argtypes = [p, *[ctypes.c_char_p] * 3, ctypes.c_int, ctypes.c_int, p, p, p, n]
        message = ctypes.create_string_buffer(512)
        self.handle = self.lib.trainer_open(model.encode(), knowledge.encode(), message, 512)
        if not self.handle:
            raise SystemExit(message.value.decode())
        self.n = self.lib.trainer_n_features()
        self.first_type, self.first_holds, self.first_in = (self.lib.trainer_group(k) for k in range(3))
        self.words, self.vectors = np.zeros((1024, 3), np.int32), np.zeros((1024, VECTOR), np.uint8)
        self.ids = np.zeros(1 << 18, np.uint16)

    def add(self, row, trigger=-1):
        phrases = [b"" if row[k] == "-" else row[k].encode() for k in ("source", "target")]
        self.vectors[:] = 64
        n = self.lib.trainer_pair(self.handle, row["sentence"].encode(), *phrases, trigger, 1024, self.words.ctypes.data,
                                  self.vectors.ctypes.data, self.ids.ctypes.data, len(self.ids))
        if n < 0:
            raise SystemExit(f"cannot read: {row['sentence']}")
        at, lists = 0, []
        for _ in range(n):
            ids = []
            for _ in range(2):   # those of the word, those of the pair
                k = int(self.ids[at])
                ids += self.ids[at + 1:at + 1 + k].tolist()
                at += 1 + k
            lists.append(ids)
        width = max(map(len, lists), default=1)
        feats = np.full((n, width), self.n, np.int64)
        for i, ids in enumerate(lists):
            feats[i, :len(ids)] = ids
        hit = lambda k: (feats == k).any(1)
        row.update(n=n, vectors=(self.vectors[:n].astype(np.float32) - 64) / 63, lemma=self.words[:n, 1].astype(np.int64),
                   name=self.words[:n, 2].astype(bool), feats=feats,
                   side=np.stack([hit(self.first_in), hit(self.first_in + 1)], 1).astype(np.float32))
        deed = DEEDS.index(row["deed"]) if row["deed"] in TYPES else -1
        row["trigger"] = hit(self.first_type + deed) if deed >= 0 else np.zeros(n, bool)
        row["others"] = np.stack([hit(self.first_holds + t) for t in range(len(TYPES))]).any(0) & ~row["trigger"] & ~row["side"].any(1)
        return row

    def asked(self, row, rng):
        """The row once more with a word given: one that the frames know for the deed, which it is; and one whose frame says
        another deed, which it is not."""
        for words, deed in ((row["trigger"], row["deed"]), (row["others"], "NONE")):
            places = np.flatnonzero(words)
            if len(places) and row["deed"]:
                yield self.add(dict(row, label="", mode="", status="", deed=deed), int(rng.choice(places)))


def part(key, n):
    return int(hashlib.md5(key.encode()).hexdigest(), 16) % n


def read_plv(data):
    with open(os.path.join(data, "events/plv/plv-train.tsv"), encoding="utf-8") as f:
        return [dict(id=r["sentence_id"], sentence=r["sentence"], source=r["source"], target=r["target"], label=r["root"],
                     deed="", mode="-", status="") for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)]


def read_examples():
    rows = []
    for path in sorted(glob.glob(os.path.join(ROOT, "knowledge/examples/*.tsv"))):
        with open(path, encoding="utf-8") as f:
            for r in csv.DictReader((x for x in f if x[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE):
                rows.append(dict(id=r["sentence"], sentence=r["sentence"], source=r["actor"], target=r["recipient"],
                                 label="" if r["cameo"] in ELSEWHERE else r["relate"], deed=r["event"], mode=r["mode"], status=r["status"]))
    return rows


def held_out(row):
    return part(row["sentence"], 5) == 0


def mode_names(rows):
    seen = {(r["deed"], r["mode"]) for r in rows if r["deed"] in TYPES} | {(t, "-") for t in TYPES}
    return sorted(seen, key=lambda m: (TYPES.index(m[0]), m[1]))


def batch(rows, modes, n_feats):
    n, width, words = max(r["n"] for r in rows), max(r["feats"].shape[1] for r in rows), sum(r["n"] for r in rows)
    feats, place = np.full((words, width), n_feats, np.int64), np.zeros(words, np.int64)
    side, trigger, at = np.zeros((len(rows), n, 2), np.float32), np.zeros((len(rows), n), np.float32), 0
    for k, r in enumerate(rows):
        feats[at:at + r["n"], :r["feats"].shape[1]] = r["feats"]
        place[at:at + r["n"]] = k * n + np.arange(r["n"])
        side[k, :r["n"]], trigger[k, :r["n"]] = r["side"], r["trigger"]
        at += r["n"]
    cat = lambda k: torch.from_numpy(np.concatenate([r[k] for r in rows]))
    index = lambda names, key: torch.tensor([names.index(r[key]) if r[key] in names else -1 for r in rows])
    mode = [modes.index((r["deed"], r["mode"])) if r["label"] == r["deed"] and (r["deed"], r["mode"]) in modes else -1 for r in rows]
    return dict(rows=len(rows), n=n, feats=torch.from_numpy(feats), place=torch.from_numpy(place), side=torch.from_numpy(side),
                trigger=torch.from_numpy(trigger), vectors=cat("vectors"), lemma=cat("lemma"), name=cat("name"),
                label=index(DEEDS + ["YIELD"], "label"), deed=index(DEEDS, "deed"), status=index(STATUSES, "status"),
                mode=torch.tensor(mode))


# ---- the network: see the head of judge.c ----

class Net(nn.Module):
    def __init__(self, n_feats, n_modes):
        super().__init__()
        self.n_feats = n_feats
        self.vector = nn.Linear(VECTOR, DIMS)
        self.lemma_rows, self.lemma = nn.Embedding(BUCKETS, LEMMA, padding_idx=0), nn.Linear(LEMMA, DIMS, bias=False)
        self.feats = nn.EmbeddingBag(n_feats + 1, DIMS, mode="sum", padding_idx=n_feats)
        nn.init.normal_(self.feats.weight, std=0.08)
        nn.init.normal_(self.lemma_rows.weight, std=0.08)
        self.score, self.heads = nn.Linear(DIMS, SCORE), nn.Linear(SCORE, HEADS)
        self.hidden = nn.Linear((HEADS + 2) * DIMS, HIDDEN)
        self.relation, self.deed = nn.Linear(HIDDEN, len(DEEDS)), nn.Linear(HIDDEN, len(DEEDS))
        self.status, self.mode = nn.Linear(HIDDEN, len(STATUSES)), nn.Linear(HIDDEN, n_modes)
        with torch.no_grad():
            self.feats.weight[n_feats] = 0
            self.lemma_rows.weight[0] = 0

    def forward(self, b, drop=0.3):
        v, lemma, feats = b["vectors"], b["lemma"], b["feats"]
        if self.training:   # names are hidden half of the time: who does it must not decide what is done
            v = v * (torch.rand(len(v)) > torch.where(b["name"], 0.5, 0.1))[:, None]
            lemma = lemma * (torch.rand(len(v)) > 0.3)
            feats = feats.masked_fill(torch.rand(feats.shape) < 0.1, self.n_feats)
        h = self.vector(v) + self.lemma(self.lemma_rows(lemma)) + self.feats(feats)
        h = F.dropout(h.relu(), drop, self.training)
        s = self.heads(self.score(h).tanh())
        words = h.new_zeros(b["rows"] * b["n"], DIMS).index_copy(0, b["place"], h).view(b["rows"], b["n"], -1)
        scores = s.new_full((b["rows"] * b["n"], HEADS), -1e4).index_copy(0, b["place"], s).view(b["rows"], b["n"], -1)
        attention = scores.softmax(1)
        side = b["side"] / b["side"].sum(1, keepdim=True).clamp(min=1)
        pools = torch.cat([attention.transpose(1, 2) @ words, side.transpose(1, 2) @ words], 1).flatten(1)
        z = F.dropout(self.hidden(F.dropout(pools, drop, self.training)).relu(), drop, self.training)
        return dict(relation=self.relation(z), deed=self.deed(z), status=self.status(z), mode=self.mode(z), attention=attention)


def loss_of(out, b, smooth=0.05):
    rows = b["label"] >= 0   # where a word was given only the deed counts
    logp = out["relation"][rows].log_softmax(1)
    label = b["label"][rows]
    one = logp.gather(1, label.clamp(max=len(DEEDS) - 1)[:, None])[:, 0]
    gold = torch.where(label == len(DEEDS), torch.logsumexp(logp[:, YIELD], 1), one)
    loss = -((1 - smooth) * gold + smooth * logp.mean(1)).sum() / max(1, rows.sum().item())
    for key, weight in (("deed", 0.5), ("status", 0.2), ("mode", 0.15)):
        known = b[key] >= 0
        if known.any():
            loss = loss + weight * F.cross_entropy(out[key][known], b[key][known]) * known.float().mean()
    seen = b["trigger"].sum(1) > 0
    if seen.any():   # the first head looks at the words that the frames know for the deed
        mass = (out["attention"][:, :, 0] * b["trigger"]).sum(1)[seen]
        loss = loss - 0.1 * mass.clamp(min=1e-4).log().mean() * seen.float().mean()
    return loss


def learn(net, opt, rows, modes, rate):
    """One step down the gradient on these rows."""
    for g in opt.param_groups:
        g["lr"] = rate
    b = batch(rows, modes, net.n_feats)
    loss = loss_of(net(b), b)
    opt.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 5)
    opt.step()


def train(rows, modes, n_feats, epochs, seed, lr=2e-3, size=32):
    torch.manual_seed(seed)
    rng = random.Random(seed)
    net = Net(n_feats, len(modes))
    opt = torch.optim.AdamW(net.parameters(), lr=lr, weight_decay=0.02)
    total, step = epochs * (len(rows) // size + 1), 0
    for _ in range(epochs):
        order = sorted(rng.sample(range(len(rows)), len(rows)), key=lambda i: rows[i]["n"] // 5)
        cuts = [order[i:i + size] for i in range(0, len(order), size)]
        rng.shuffle(cuts)
        for cut in cuts:
            learn(net, opt, [rows[i] for i in cut], modes, lr * min(1, (step + 1) / 100) * max(0.01, 1 - step / total))
            step += 1
    net.eval()
    return net


def tune(net, plv, ours, asked, modes, epochs=8, lr=6e-4, size=32):
    """A second stage: PLV's own conventions, which ours sometimes are not. Beside it, so that they are not forgotten, pairs without a
    deed, which PLV has not, and as many rows of ours, and of words asked about, whose relation is left out."""
    torch.manual_seed(7)
    rng = random.Random(7)
    net.train()
    opt = torch.optim.AdamW(net.parameters(), lr=lr, weight_decay=0.02)
    some = lambda rows, n: rng.sample(rows, min(n, len(rows)))
    nones = [r for r in ours if r["label"] == "NONE"]
    total, step = epochs * (7 * len(plv) // 2 // size + 1), 0
    for _ in range(epochs):
        rows = plv + [dict(r, label="") for r in some(ours, len(plv))] + some(asked, len(plv)) + some(nones, len(plv) // 2)
        rng.shuffle(rows)
        for i in range(0, len(rows), size):
            learn(net, opt, rows[i:i + size], modes, lr * max(0.05, 1 - step / total))
            step += 1
    net.eval()
    return net


def predict(net, rows, modes, key="relation"):
    out = np.zeros((len(rows), getattr(net, key).out_features), np.float32)
    order = sorted(range(len(rows)), key=lambda i: rows[i]["n"])
    with torch.no_grad():
        for i in range(0, len(order), 64):
            cut = order[i:i + 64]
            out[cut] = net(batch([rows[k] for k in cut], modes, net.n_feats))[key].numpy()
    return out


# ---- measuring ----

def macro(gold, got, labels):
    f = [2 * sum(g == l == p for g, p in zip(gold, got)) / max(1, gold.count(l) + got.count(l)) for l in labels]
    return 100 * sum(f) / len(f)


def scores(gold, got):
    """Macro F1: 15 types, 4 quad classes, cooperation and conflict."""
    quad = lambda x: [QUADS[l] for l in x]
    roots = [t for t in TYPES if t not in ("CONCEDE", "RETREAT")] + ["YIELD"]
    binary = lambda x: [q[-1] for q in quad(x)]
    return [round(macro(*x), 1) for x in ((gold, got, roots), (quad(gold), quad(got), ["vc", "mc", "vf", "mf"]),
                                          (binary(gold), binary(got), ["c", "f"]))]


def names(probabilities):
    """Class names with CONCEDE and RETREAT as one."""
    q = np.concatenate([probabilities, probabilities[:, YIELD].sum(1, keepdims=True)], 1)
    q[:, YIELD] = -1
    return [(DEEDS + ["YIELD"])[k] for k in q.argmax(1)]


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def as_yield(label):
    return "YIELD" if label in ("CONCEDE", "RETREAT") else label


def cross_validate(plv, examples, modes, n_feats, args):
    ours = [r for r in examples if not held_out(r)]
    out = np.zeros((len(plv), len(DEEDS)), np.float32)
    for k in range(5):
        test = [i for i, r in enumerate(plv) if part(r["id"], 5) == k]
        rest = [r for r in plv if part(r["id"], 5) != k]
        for seed in range(args.seeds):
            net = tune(train(rest * args.repeat + ours, modes, n_feats, args.epochs, seed + 1), rest, ours, [], modes)
            out[test] += softmax(predict(net, [plv[i] for i in test], modes)) / args.seeds
    gold, got = [r["label"] for r in plv], names(out)
    say("PLV training half, 5 folds by sentence, macro F1: root %s quad %s binary %s" % tuple(scores(gold, got)))
    for odd in (0, 1):
        keep = [i for i, r in enumerate(plv) if int(r["id"]) % 2 == odd]
        say("  %s ids: root %s quad %s binary %s" % ("odd (no sentence ever looked at)" if odd else "even", *scores([gold[i] for i in keep], [got[i] for i in keep])))
    wrong = {}
    for g, p in zip(gold, got):
        if g != p:
            wrong[g, p] = wrong.get((g, p), 0) + 1
    print("  ", sorted(wrong.items(), key=lambda x: -x[1])[:12])


def sharpness(logits, gold):
    """1 / temperature (Guo et al. 2017) with the least cross-entropy on held-out rows."""
    grid = np.linspace(0.3, 3, 109)
    nll = lambda b: -np.log(softmax(logits * b)[np.arange(len(gold)), gold] + 1e-9).mean()
    return min(grid, key=nll)


def coded(data, documents):
    """Events of texts in the data folder, by document and the place of the deed word."""
    out = {}
    for name in documents:
        done = subprocess.run([os.path.join(ROOT, "build/quid"), "code", "--format", "jsonl", "--input",
                               "jsonl" if name.endswith(".json") else "plain", os.path.join(data, name)],
                              capture_output=True, text=True)   # some may be skipped
        for line in done.stdout.splitlines():
            e = json.loads(line)
            out[(name, str(e["trigger"]["start"]), e["event"], e["status"], ids(e["actor"]), ids(e["recipient"]))] = e
    return out


def ids(entities):
    return ";".join(x["id"] for x in entities) or "-"


def calibrate(args):
    """Logistic weights of the confidence, on events that were judged by hand (judged.tsv): right are those whose type, status,
    actors and recipients are what the text says. Events that the program no longer codes are passed over."""
    with open(os.path.join(ROOT, "model/train/judged.tsv"), encoding="utf-8") as f:
        rows = list(csv.DictReader((x for x in f if x[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE))
    events = coded(args.data, sorted({r["document"] for r in rows}))
    x, y = [], []
    logit = lambda p: np.log(p / (1 - p))
    for r in rows:
        e = events.get((r["document"], r["start"], r["event"], r["status"], r["actor"], r["recipient"]))
        if e and "second_opinion" in e["why"]:
            x.append([1, logit(np.clip(e["why"]["second_opinion"], 0.001, 0.999)), logit(e["why"]["prior"]),
                      bool(e["actor"]), bool(e["recipient"]), e["why"]["part"] == "v", e["status"] in STATUSES[:3]])
            y.append(float(r["right"]))
    x, y = np.array(x, float), np.array(y)
    folds, p = np.arange(len(x)) % 5, np.zeros(len(x))
    for k in range(5):   # shown on parts that it was not fitted on
        p[folds == k] = 1 / (1 + np.exp(-x[folds == k] @ logistic(x[folds != k], y[folds != k])))
    w = logistic(x, y)
    say(f"confidence: {len(x)} events of news judged by hand, {100 * y.mean():.1f} % right; weights {np.round(w, 2).tolist()}; in five parts, each by weights from the others:")
    cuts = np.quantile(p, np.linspace(0, 1, 9))
    for low, high in zip(cuts, cuts[1:]):
        cut = (p >= low) & ((p < high) | (high == cuts[-1]))
        if cut.any():
            say(f"  said {p[cut].mean():.2f}  right {y[cut].mean():.2f}  of {cut.sum()}")
    return [float(v) for v in w]


def logistic(x, y):
    """Newton's method with a small ridge."""
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + 0.5 * np.eye(len(w)), x.T @ (y - p) - 0.5 * w)
    return w


# ---- the section ----

def matrix(w, bias=None):
    """w [n_in, n_out] -> bytes: a scale and 8-bit weights for each input."""
    w = np.asarray(w, np.float32)
    scale = np.maximum(np.abs(w).max(1), 1e-8) / 127
    q = np.clip(np.rint(w / scale[:, None]), -127, 127).astype(np.int8)
    out = struct.pack("<3I", *w.shape, bias is not None)
    if bias is not None:
        out += np.asarray(bias, "<f4").tobytes()
    return out + b"".join(struct.pack("<f", s) + row.tobytes() for s, row in zip(scale, q))


def section(net, modes, sharp, confidence=(0, 1, 0, 0, 0, 0, 0)):
    w = {k: v.detach().numpy() for k, v in net.state_dict().items()}
    linear = lambda k: matrix(w[k + ".weight"].T, w.get(k + ".bias"))
    out = b"QJ04" + struct.pack("<4I10f", DIMS, SCORE, HEADS, HIDDEN, *sharp, *confidence) + struct.pack("<I", len(modes))
    for kind, name in modes:
        name = name.encode() if name != "-" else b""
        out += struct.pack("<2I", TYPES.index(kind), len(name)) + name
    return out + (linear("vector") + matrix(w["lemma_rows.weight"]) + linear("lemma") + matrix(w["feats.weight"][:-1]) +
                  b"".join(map(linear, ("score", "heads", "hidden", "relation", "deed", "status", "mode"))))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True, help="the folder with events/plv")
    ap.add_argument("--model", default=os.path.join(ROOT, "model/quid.model"))
    ap.add_argument("--knowledge", default=os.path.join(ROOT, "knowledge"))
    ap.add_argument("--out", help="where the section goes")
    ap.add_argument("--epochs", type=int, default=14)
    ap.add_argument("--repeat", type=int, default=2, help="how often a PLV row counts")
    ap.add_argument("--seeds", type=int, default=1, help="networks averaged in --cross-validate")
    ap.add_argument("--report", help="where the measured lines go too")
    ap.add_argument("--calibrate", action="store_true", help="with --out as trained before, packed into --model: set the weights of the confidence")
    ap.add_argument("--cross-validate", action="store_true")
    args = ap.parse_args()
    torch.set_num_threads(1)
    if args.calibrate:
        had = torch.load(args.out + ".pt")
        net = Net(had["n_feats"], len(had["modes"]))
        net.load_state_dict(had["net"])
        open(args.out, "wb").write(section(net, had["modes"], had["sharp"], calibrate(args)))
        report(args)
        return
    features = Features(args.model, args.knowledge)
    plv = [features.add(r) for r in read_plv(args.data)]
    examples = [features.add(r) for r in read_examples()]
    modes = mode_names(examples)
    say(f"{len(plv)} rows of PLV, {len(examples)} examples ({sum(map(held_out, examples))} held out), {features.n} features, {len(modes)} modes")
    if args.cross_validate:
        cross_validate(plv, examples, modes, features.n, args)
    if args.out:
        ship(plv, examples, modes, features, args)
    report(args)


def report(args):
    """Appends, so that training, cross-validation and calibration make one file."""
    if args.report:
        command = "model/train/judge.py" + "".join(" --" + k for k in ("cross-validate", "calibrate", "out") if getattr(args, k.replace("-", "_")))
        with open(args.report, "a", encoding="utf-8") as f:
            print(f"command  {command} --epochs {args.epochs} --repeat {args.repeat} --seeds {args.seeds}", *LINES, sep="\n", file=f)


def ship(plv, examples, modes, features, args):
    """Trains on all but the held-out fifth of our examples, measures on that, and writes the section."""
    ours, rng = [r for r in examples if not held_out(r)], random.Random(1)
    asked = [a for r in ours for a in features.asked(r, rng)]
    net = tune(train(plv * args.repeat + ours + asked, modes, features.n, args.epochs, 1), plv, ours, asked, modes)
    test = [r for r in examples if held_out(r)]
    sharp, heads = [], (("relation", "label", DEEDS), ("deed", "deed", DEEDS), ("status", "status", STATUSES))
    for key, field, classes in heads:
        known = [r for r in test if r[field] in classes]
        logits, gold = predict(net, known, modes, key), np.array([classes.index(r[field]) for r in known])
        sharp.append(float(sharpness(logits, gold)))
        say(f"held-out examples, {key}: right {100 * (logits.argmax(1) == gold).mean():.1f} % of {len(known)}, sharpness {sharp[-1]:.2f}")
    filed = [r for r in test if r["label"]]
    say("held-out examples, macro F1: root %s quad %s binary %s" %
        tuple(scores([as_yield(r["label"]) for r in filed], names(predict(net, filed, modes)))))
    open(args.out, "wb").write(section(net, modes, sharp))
    torch.save({"net": net.state_dict(), "modes": modes, "sharp": sharp, "n_feats": features.n}, args.out + ".pt")


if __name__ == "__main__":
    main()
