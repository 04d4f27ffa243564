"""The network: type features -> two-layer BiLSTM -> tags, arcs, labels. See ../README.md for a drawing.

Shapes: B sentences, T words, D inputs, H hidden units each direction.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

from data import N_AFFIX, N_BUCKETS, MAX_CHARS

PRE, WORD, AFFIX, CHAR, CONV = 100, 100, 24, 32, 100
ARC, LAB, TAG = 160, 128, 128


class Net(nn.Module):
    def __init__(self, vectors, n_words, hidden, heads):
        """heads: dict name -> number of classes for the tag heads, and 'deprel' for labels."""
        super().__init__()
        self.H = hidden
        self.pre = nn.Embedding.from_pretrained(torch.tensor(vectors), freeze=True)
        self.word = nn.Embedding(n_words, WORD)
        self.affix = nn.ModuleList(nn.Embedding(N_BUCKETS, AFFIX) for _ in range(N_AFFIX))
        self.char = nn.Embedding(128, CHAR)
        self.conv = nn.Conv1d(CHAR, CONV, 3, padding=1)
        d = PRE + WORD + N_AFFIX * AFFIX + CONV
        self.lstm1 = nn.LSTM(d, hidden, batch_first=True, bidirectional=True)
        self.lstm2 = nn.LSTM(2 * hidden, hidden, batch_first=True, bidirectional=True)
        self.tag_hidden = nn.Linear(2 * hidden, TAG)
        self.tags = nn.ModuleDict({k: nn.Linear(TAG, n) for k, n in heads.items() if k != "deprel"})
        self.arc_dep = nn.Linear(2 * hidden, ARC)
        self.arc_head = nn.Linear(2 * hidden, ARC)
        self.arc_u = nn.Linear(ARC, ARC)                  # bilinear, with the head's own bias
        self.arc_root = nn.Parameter(torch.zeros(ARC))
        self.lab_dep = nn.Linear(2 * hidden, LAB)
        self.lab_head = nn.Linear(2 * hidden, LAB, bias=False)
        self.lab_root = nn.Parameter(torch.zeros(LAB))
        self.lab_out = nn.Linear(LAB, heads["deprel"])
        for e in [self.word, *self.affix]:
            nn.init.normal_(e.weight, std=0.1)
        for lstm in (self.lstm1, self.lstm2):
            for name, p in lstm.named_parameters():
                if "weight" in name:
                    nn.init.xavier_uniform_(p) if "ih" in name else [nn.init.orthogonal_(g) for g in p.data.chunk(4)]
                else:
                    p.data.zero_()
                    p.data[hidden:2 * hidden] = 0.5       # forget gate open at first (two biases add up)

    def embed(self, feats, drop=0.0, word_drop=0.0):
        """feats [..., 2 + N_AFFIX + MAX_CHARS] -> [..., D]"""
        shape = feats.shape[:-1]
        feats = feats.reshape(-1, feats.shape[-1])
        rows, back = torch.unique(feats, dim=0, return_inverse=True) if not self.training else (feats, None)
        pre, word = rows[:, 0], rows[:, 1]
        if self.training and word_drop:
            gone = torch.rand(len(rows)) < word_drop
            pre = pre.masked_fill(gone, 0)
            hidden = gone | (torch.rand(len(rows)) < self.word_drop[word])
            word = word.masked_fill(hidden, 0)
        chars = rows[:, 2 + N_AFFIX:]
        c = self.conv(self.char(chars).transpose(1, 2))
        c = c.masked_fill((chars == 0).unsqueeze(1), -1e4).amax(2).relu()
        x = [self.pre(pre), self.word(word)]
        x += [e(rows[:, 2 + k]) for k, e in enumerate(self.affix)]
        x.append(c)
        if self.training and drop:
            keep = 1 - drop
            x = [p * (torch.rand(len(rows), 1) < keep) / keep if k else p for k, p in enumerate(x)]
            x[-2] = x[-2] * ~hidden[:, None]       # first and last letters together all but name the word
        x = torch.cat(x, -1)
        if back is not None:
            x = x[back]
        return x.reshape(*shape, -1)

    def encode(self, feats, lens, drop):
        x = self.embed(feats, drop=0.1, word_drop=0.1)
        x = shared_dropout(x, 0.25 if drop else 0, self.training)
        pack = nn.utils.rnn.pack_padded_sequence
        unpack = nn.utils.rnn.pad_packed_sequence
        h, _ = unpack(self.lstm1(pack(x, lens, True, True))[0], True)
        h = shared_dropout(h, drop, self.training)
        h, _ = unpack(self.lstm2(pack(h, lens, True, True))[0], True)
        return shared_dropout(h, drop, self.training)

    def forward(self, feats, lens, drop=0.33):
        """-> h [B,T,2H], tag hidden [B,T,TAG], arc scores [B,T,T+1] (column 0 is the root)"""
        h = self.encode(feats, lens, drop)
        t = F.dropout(self.tag_hidden(h).relu(), drop, self.training)
        dep = shared_dropout(self.arc_dep(h).relu(), drop, self.training)
        head = shared_dropout(self.arc_head(h).relu(), drop, self.training)
        root = self.arc_root.relu().expand(len(head), 1, -1)
        arcs = self.arc_u(dep) @ torch.cat([root, head], 1).transpose(1, 2)
        valid = torch.arange(arcs.shape[2] - 1)[None] < lens[:, None]
        arcs[:, :, 1:] = arcs[:, :, 1:].masked_fill(~valid[:, None], -1e4)
        return h, t, arcs

    def labels(self, h, heads, drop=0.33):
        """heads [B,T] (0 root) -> label scores [B,T,L]"""
        up = torch.cat([self.lab_root.expand(len(h), 1, -1), self.lab_head(h)], 1)
        up = up.gather(1, heads.unsqueeze(2).expand(-1, -1, LAB))
        return self.lab_out(F.dropout((self.lab_dep(h) + up).relu(), drop, self.training))


def shared_dropout(x, p, training):
    """One mask for all words of a sentence (variational dropout)."""
    if not training or not p:
        return x
    return x * (torch.rand(x.shape[0], 1, x.shape[2]) > p).float() / (1 - p)
