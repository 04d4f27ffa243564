#!/usr/bin/python3
"""A model of random numbers for the tests: all the sections of quid.model, none of the sense.

    model/train/tiny.py --out tests/data

Writes tiny.model and tiny-forms.tsv. The second is what the C code (src/parse/lexicon.c) must make of
some forty forms with this model: for each form its rows in the tables and its whole input vector,
computed here from data.py and, for the character convolution, as net.py computes it. Needs numpy and
xxhsum, not torch. numpy's RandomState gives the same numbers for ever, so both files come out the same
on every machine; after a change of the format or the features run it again and look at the difference.
"""
import argparse
import os
import re
import struct

import numpy as np

import data as D
from pack import CONV_SCALE, LISTS, linear, words_section, write

HIDDEN, PRE, WORD, AFFIX, CONV, TAG, ARC, LAB = 16, 8, 8, 4, 12, 16, 16, 16
D.N_BUCKETS = 64
CLIPS = {"tag": 3.0, "arc": 3.0, "lab": 4.0, "conv": 2.0}
SEGMENT_BUCKETS, SEGMENT_SLOTS = 64, 64

WORDS = """the of to and a in that is was he for it with as his on be at by had said not are from or
have an they which one you were her all she there would their we him been has when who will more no
president minister government army troops attack talks agreement russia ukraine north korea moscow
pyongyang putin kim u.s. united states security council n't 's ' " . , - ( ) ? ! ; : ... élysée
são tomé missile 10,000 2024 3.5 met accused sent fired signed""".split()
VOCAB = {
    "upos": "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split(),
    "xpos": "NN NNP NNS VBD VBZ IN DT , .".split(),
    "feats": ["_", "Number=Sing", "Number=Plur", "Mood=Ind|Tense=Past|VerbForm=Fin"],
    "lemma": ["k0", "l0", "t0", "l1", "l2", "l1y", "l3ve", "=be", "=have", "=-"],
    "ner": D.NER,
    "etype": D.ETYPES,
    "deprel": """acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound conj cop det
        fixed flat mark nmod nmod:poss nsubj nsubj:pass nummod obj obl obl:agent parataxis punct root
        xcomp""".split(),
}
LEMMAS = {"meet": 1, "say": 1, "send": 1, "attack": 3, "agreement": 2, "missile": 2, "fire": 3, "good": 4, "sign": 3}
IRREGULAR = "a better good\nn men man\nv met meet\nv said say\nv sent send"
# Left out, because C and Python differ and it does not matter: capital I with a dot (C makes one letter
# of it, Python two), the sigma at a word's end, capitals that are no letters, titlecase digraphs.
FORMS = """Russia russia RUSSIA U.S. North-Korean don’t don't “ ” " ‘ ’ ` « – — − - … ... 10,000 3.5 2024
A a I Kyiv’s e-mail O'Brien McDonald's iPhone São TOMÉ Élysée Łódź Ístanbul Ünlü naïve café
北京 Москва МИД Ελλάδα العربية km² CO₂ ½ 😀 😀😀😀 €5 %
co-operation-minded counterrevolutionary counterrevolutionaries
http://www.example.com/a/very/long/address?with=query&and=more
Donaudampfschifffahrtsgesellschaft 1234567890123456789 12345678901234567890 123456789012345678901
Ab1 aB1 ABC123def x. .x 'tis""".split() + ["e\u0301te\u0301", "\u00ad", "\ufffd", "n\u200bo"]


def weights(rng, n, k, std):
    return rng.normal(0, std, (n, k)), rng.normal(0, 0.3, n)


def segmenter(rng):
    """Cuts mostly where there is white space; layout in src/parse/segment.c."""
    header = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/parse/segment.h")).read()
    hidden, cuts, rows = int(re.search(r"QI_SEGMENT_HIDDEN (\d+)", header)[1]), 4, SEGMENT_BUCKETS * 4
    blob = b"QSEG" + struct.pack("<III", 1, SEGMENT_BUCKETS, SEGMENT_SLOTS)
    blob += rng.randint(-50, 50, hidden).astype("<i2").tobytes()
    blob += rng.randint(-20, 20, (cuts, hidden)).astype("i1").tobytes()
    blob += np.array([2000, -6000, 4000, -6000], dtype="<i4").tobytes()
    blob += rng.randint(0, 1 << 16, rows).astype("<u2").tobytes()
    blob += rng.randint(-12, 12, (rows, hidden)).astype("i1").tobytes()
    return blob + bytes(8 * SEGMENT_SLOTS)


def make(rng):
    """-> sections, and what the forms need: word indices and tables."""
    h, inputs = HIDDEN, PRE + WORD + D.N_AFFIX * AFFIX + CONV
    pre_words, words = ["<unk>"] + WORDS[::2] + WORDS[1::4], ["<unk>"] + WORDS[1:]
    tables = {"pre": rng.randint(1, 128, (len(pre_words), PRE)).astype(np.uint8),
              "word": rng.randint(1, 128, (len(words), WORD)).astype(np.uint8),
              "affix": rng.randint(1, 128, (D.N_AFFIX, D.N_BUCKETS, AFFIX)).astype(np.uint8),
              "conv": np.rint(rng.normal(0, 0.7, (3, 128, CONV)) * CONV_SCALE).astype(np.int16),
              "conv_bias": np.rint(rng.normal(0, 0.3, CONV) * CONV_SCALE).astype(np.int16)}
    n_tags = sum(len(VOCAB[k]) for k in LISTS if k != "deprel")
    s = {"in1": linear(*weights(rng, 8 * h, inputs, 0.5), 1 / 63, 64)}
    for name in ("hh1f", "hh1b", "hh2f", "hh2b"):
        s[name] = linear(rng.normal(0, 0.5, (4 * h, h)), np.zeros(4 * h), 1 / 63, 64)
    s["in2"] = linear(*weights(rng, 8 * h, 2 * h, 0.6), 1 / 63, 64)
    s["proj"] = linear(*weights(rng, TAG + 2 * ARC + 2 * LAB, 2 * h, 0.8), 1 / 63, 64)
    s["arcu"] = linear(*weights(rng, ARC, ARC, 0.6), CLIPS["arc"] / 127, 0)
    s["tags"] = linear(*weights(rng, n_tags, TAG, 0.6), CLIPS["tag"] / 127, 0)
    s["label"] = linear(*weights(rng, len(VOCAB["deprel"]), LAB, 0.6), CLIPS["lab"] / 127, 0)
    s["root"] = rng.normal(0, 0.5, LAB).astype("<f4").tobytes() + rng.randint(0, 128, ARC).astype(np.uint8).tobytes()
    dims = [h, PRE, WORD, AFFIX, D.N_AFFIX, D.N_BUCKETS, CONV, D.MAX_CHARS, TAG, ARC, LAB, len(pre_words), len(words)]
    s["meta"] = struct.pack("<16I", *dims, 0, 0, 0) + struct.pack("<4f", *(CLIPS[k] for k in ("tag", "arc", "lab", "conv")))
    s["words"] = words_section(pre_words, words, LEMMAS)
    s["irregular"] = IRREGULAR.encode()
    for name in ("pre", "word", "affix"):
        s[name] = tables[name].tobytes()
    s["conv"] = tables["conv"].tobytes() + tables["conv_bias"].tobytes()
    for k in LISTS:
        s["list." + k] = "\n".join(VOCAB[k]).encode()
    s["segment"] = segmenter(rng)
    tables["pre_index"] = {w: i for i, w in enumerate(pre_words) if i}
    tables["word_index"] = {w: i for i, w in enumerate(words) if i}
    return s, tables


def convolve(t, chars):
    """net.py: a convolution of width 3 with nothing beyond both ends, positions without a character
    masked, maximum over the others, ReLU. Then as 64 + round(63 v / clip)."""
    out = np.zeros(CONV, dtype=np.int32)
    for p, c in enumerate(chars):
        if c:
            v = t["conv_bias"].astype(np.int32) + t["conv"][1, c]
            v += t["conv"][0, chars[p - 1]] if p > 0 else 0
            v += t["conv"][2, chars[p + 1]] if p + 1 < len(chars) else 0
            out = np.maximum(out, v)
    f = np.float32
    q = out.astype(f) * f(1 / CONV_SCALE) * (f(63) / f(CLIPS["conv"])) + f(0.5)
    return 64 + np.minimum(q, 63).astype(np.uint8)


def expected(t, form):
    row = D.Forms(t["pre_index"], t["word_index"])
    row.id(form)
    pre, word, *rest = row.rows[0]
    buckets, chars = rest[:D.N_AFFIX], rest[D.N_AFFIX:]
    vector = np.concatenate([t["pre"][pre], t["word"][word],
                             *(t["affix"][k, b] for k, b in enumerate(buckets)), convolve(t, chars)])
    return [form, str(pre), str(word), " ".join(map(str, buckets)), vector.tobytes().hex()]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    sections, tables = make(np.random.RandomState(7))
    write(os.path.join(args.out, "tiny.model"), sections)
    with open(os.path.join(args.out, "tiny-forms.tsv"), "w", encoding="utf-8") as out:
        out.write("# made by model/train/tiny.py; form, row of pre, row of word, rows of affix, input vector\n")
        for form in FORMS:
            out.write("\t".join(expected(tables, form)) + "\n")


if __name__ == "__main__":
    main()
