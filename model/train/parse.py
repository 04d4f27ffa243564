#!/usr/bin/python3
"""Development aid: parses CoNLL-U (tokens given) or plain lines (split naively) with a checkpoint.

    model/train/parse.py --out RUN_DIR FILE.txt > trees.conllu
"""
import argparse
import os
import pickle
import re

import torch

import data as D
from net import Net
from train import Batcher


def tokens(line):
    line = re.sub(r"([.,;:!?\"“”()\[\]])(?=\s|$)", r" \1", line)
    line = re.sub(r"(^|\s)([\"“”(\[])", r"\1\2 ", line)
    line = re.sub(r"(n['’]t|['’]s|['’]ll|['’]re|['’]ve|['’]d)\b", r" \1", line)
    return line.split()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--out", required=True)
    ap.add_argument("file")
    args = ap.parse_args()
    torch.set_num_threads(1)
    vocab, vectors = pickle.load(open(os.path.join(args.out, "vocab.pkl"), "rb"))
    batcher = Batcher(vocab)
    if args.file.endswith(".conllu"):
        sents = [s.forms for s in D.read_conllu(args.file)]
    else:
        sents = [tokens(l) for l in open(args.file, encoding="utf-8") if l.strip()]
    ids = [[batcher.forms.id(f) for f in s] for s in sents]
    table = torch.from_numpy(batcher.forms.table())
    net = Net(vectors, len(vocab["word"]), 192, {k: len(vocab[k]) for k in
              ("upos", "xpos", "feats", "lemma", "ner", "etype", "deprel")})
    net.load_state_dict(torch.load(os.path.join(args.out, "last.pt"))["net"])
    net.eval()
    with torch.no_grad():
        for forms, f in zip(sents, ids):
            h, tag, arcs = net(table[torch.tensor([f])], torch.tensor([len(f)]))
            heads = arcs.argmax(2)
            labels = net.labels(h, heads).argmax(2)[0]
            get = {k: net.tags[k](tag).argmax(2)[0].tolist() for k in net.tags}
            print("# text =", " ".join(forms))
            for i, w in enumerate(forms):
                script = vocab["lemma"][get["lemma"][i]]
                if script[0] == "=":
                    lemma = script[1:]
                else:
                    base = {"l": w.lower(), "k": w, "t": w[:1].upper() + w[1:].lower()}[script[0]]
                    cut = int(script[1])
                    lemma = (base[:-cut] if cut else base) + script[2:]
                misc = []
                if get["ner"][i]:
                    misc.append("NER=" + vocab["ner"][get["ner"][i]])
                if get["etype"][i]:
                    misc.append("EType=" + vocab["etype"][get["etype"][i]])
                print(i + 1, w, lemma, vocab["upos"][get["upos"][i]], vocab["xpos"][get["xpos"][i]],
                      vocab["feats"][get["feats"][i]], heads[0, i].item(), vocab["deprel"][labels[i]], "_",
                      "|".join(misc) or "_", sep="\t")
            print()


if __name__ == "__main__":
    main()
