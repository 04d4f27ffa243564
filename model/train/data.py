"""Treebanks -> training sentences and per-form features.

Features are a function of the word form alone, so that the C side can compute them once per
word type and cache them. `Forms` mirrors src/parse/lexicon.c: change both or neither.
"""
import json
import os
import re
from collections import Counter

import numpy as np

MAX_CHARS = 20          # longer forms keep their first and last ten characters
N_BUCKETS = 4096        # rows of each hashed affix table
N_AFFIX = 8
ETYPES = ["-", "person", "place", "organization", "object", "event", "time", "substance", "animal",
          "plant", "abstract"]
NER = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
GUM_NER = {"person": "PER", "organization": "ORG", "place": "LOC"}
NEWS = ("news", "speech", "interview")
IGNORE = -100

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'",
                         "–": "-", "—": "-", "−": "-", "…": "."})


def normal(form):
    """Typographic quotes and dashes look like their ASCII forms to the model."""
    return form.translate(_QUOTES)


class Sentence:
    __slots__ = ("forms", "upos", "xpos", "feats", "lemmas", "heads", "deprels", "ner", "etype",
                 "news", "text", "doc")


def read_conllu(path):
    """Yields Sentence objects; MISC NER= (EWT) and Entity= (GUM) become ner and etype."""
    rows, genre, doc, text, named = [], "", "", "", False
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            doc = line.split("=", 1)[1].strip()
            genre = doc.split("_")[1] if doc.startswith("GUM_") else ""
        elif line.startswith("# text ="):
            text = line[8:].strip()
        elif line.startswith("# ner ="):
            named = line[7:].strip() == "yes"   # names are annotated, though there may be none
        elif not line:
            if rows:
                yield make_sentence(rows, genre, doc, text, named)
            rows, named = [], False
        elif line[0] != "#":
            cols = line.split("\t")
            if cols[0].isdigit():
                rows.append(cols)
    if rows:
        yield make_sentence(rows, genre, doc, text, named)


def make_sentence(rows, genre, doc, text, named):
    s = Sentence()
    s.doc, s.text = doc, text
    s.forms = [r[1] for r in rows]
    s.lemmas = [r[2] for r in rows]
    s.upos = [r[3] for r in rows]
    s.xpos = [r[4] for r in rows]
    s.feats = [r[5] for r in rows]
    s.heads = [int(r[6]) for r in rows]
    s.deprels = [r[7] for r in rows]
    s.news = genre in NEWS
    s.ner, s.etype = None, None
    misc = [r[9] for r in rows]
    if doc.startswith("GUM_"):
        gum_entities(s, misc)
    elif named:
        s.ner = [(re.search(r"NER=([A-Z-]+)", m) or [None, "O"])[1] for m in misc]
        s.ner = [t if t in NER else "O" for t in s.ner]
    return s


def gum_entities(s, misc):
    """Mention types on their head words; names among them as flat PER/ORG/LOC spans."""
    n = len(s.forms)
    open_at, spans = {}, []
    for i, m in enumerate(misc):
        hit = re.search(r"(?:^|\|)Entity=([^|]*)", m)
        if not hit:
            continue
        for opening, closing in re.findall(r"\(([^()]+\)?)|([^()]+)\)", hit.group(1)):
            if opening:
                body = opening.rstrip(")").split("-")
                if opening.endswith(")"):
                    spans.append((i, i, body[1]))
                else:
                    open_at.setdefault(body[0], []).append((i, body[1]))
            elif open_at.get(closing):
                start, kind = open_at[closing].pop()
                spans.append((start, i, kind))
    s.etype = ["-"] * n
    s.ner = ["O"] * n
    for start, end, kind in sorted(spans, key=lambda x: x[0] - x[1]):   # longest first
        heads = [i for i in range(start, end + 1) if not start <= s.heads[i] - 1 <= end]
        if not heads or kind not in ETYPES:
            continue
        head = heads[0]
        if s.etype[head] == "-":
            s.etype[head] = kind
        if kind in GUM_NER and s.upos[head] == "PROPN" and s.ner[head] == "O":
            a = b = head
            while a > start and s.upos[a - 1] == "PROPN":
                a -= 1
            while b < end and s.upos[b + 1] == "PROPN":
                b += 1
            for i in range(a, b + 1):
                s.ner[i] = ("B-" if i == a else "I-") + GUM_NER[kind]


def lemma_script(form, lemma):
    """Edit script: case mode (l lower, k keep, t title), characters to strip, suffix to add."""
    for mode, base in (("l", form.lower()), ("k", form), ("t", form[:1].upper() + form[1:].lower())):
        c = len(os.path.commonprefix([base, lemma]))
        if c == len(base) or c == len(lemma) or c >= 1:
            strip, add = len(base) - c, lemma[c:]
            if strip <= 4 and len(add) <= 4:
                return f"{mode}{strip}{add}"
    return f"={lemma}"


def shape(form):
    out = []
    for ch in form[:12]:
        k = "X" if ch.isupper() else "x" if ch.isalpha() else "9" if ch.isdigit() else ch
        if len(out) < 2 or out[-1] != k or out[-2] != k:
            out.append(k)
    return "".join(out)


def fnv1a(data, seed):
    h = 2166136261 ^ seed
    for byte in data:
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return h


def affixes(form):
    low = form.lower()
    parts = (low[-1:], low[-2:], low[-3:], low[-4:], low[:2], low[:3], shape(form), low[:5] + "|" + low[-5:])
    return [fnv1a(p.encode(), 97 * k) % N_BUCKETS for k, p in enumerate(parts)]


def char_ids(form):
    if len(form) > MAX_CHARS:
        form = form[:MAX_CHARS // 2] + form[-MAX_CHARS // 2:]
    ids = [ord(c) - 31 if 32 <= ord(c) < 127 else 96 + ord(c) % 32 for c in form]
    return ids + [0] * (MAX_CHARS - len(ids))


class Forms:
    """Interns forms and holds their feature rows as growing arrays."""

    def __init__(self, pre_index, word_index):
        self.pre_index, self.word_index = pre_index, word_index
        self.ids, self.rows = {}, []

    def id(self, form):
        i = self.ids.get(form)
        if i is None:
            i = self.ids[form] = len(self.rows)
            f = normal(form)
            low = f.lower()
            self.rows.append([self.pre_index.get(low, 0), self.word_index.get(low, 0)] + affixes(f) + char_ids(f))
        return i

    def table(self):
        return np.array(self.rows, dtype=np.int64)


def load_vectors(path, limit, must_have):
    """-> (words, float32 [n, 100]); row 0 is the unknown word. The file is in order of frequency."""
    raw = open(path, encoding="utf-8").read()
    data = json.loads(raw)
    words, vecs = data["words"], data["vectors"]
    keep = [w for i, w in enumerate(words) if i < limit or w in must_have]
    mat = np.zeros((len(keep) + 1, 100), dtype=np.float32)
    for i, w in enumerate(keep):
        mat[i + 1] = vecs[w][:100]
    return ["<unk>"] + keep, mat


def vocab(counter, least, first=()):
    items = list(first) + sorted((k for k, c in counter.items() if c >= least and k not in first))
    return items, {k: i for i, k in enumerate(items)}


def count(sentences, field):
    c = Counter()
    for s in sentences:
        c.update(getattr(s, field))
    return c
