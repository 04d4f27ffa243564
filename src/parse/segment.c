/* parse: text -> sentences of tokens.
 *
 * piece.c cuts the text as finely as it may ever be cut; before each piece a small network says what
 * stands there: nothing, a new word of the same token (do|n't), a new token, a new sentence. Some
 * forty features of the neighbourhood are looked up in a table by their hash, the rows found there
 * are added up (a layer of 16 units), and the largest of four sums wins. All numbers are integers, so
 * every machine cuts alike. Blank lines always end a sentence. The net is that of Bojanowski et al.,
 * "Bag of Tricks", 2016, with a ReLU; the table is their hashed one, but with a tag in each row, so
 * that features never seen in training find nothing instead of something wrong.
 *
 * "Mr. Kim said. He left." -> Mr|.||Kim||said|.   "." after "Mr" joins it, the next "." is a token of
 * its own, and "He" starts a sentence.
 *
 * Blob (little endian): "QSEG", u32 version, u32 buckets (a power of two), u32 word slots (same), then
 * i16 bias[16], i8 out[4][16], i32 out_bias[4], u16 tags[buckets][4] (0: empty), i8
 * table[buckets][4][16], 8 bytes for each word slot. */
#include "parse/segment.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "parse/piece.h"

#define H QI_SEGMENT_HIDDEN
#define VERSION 1u
#define HEADER_BYTES 16u
#define MAX_BUCKETS (1u << 20)
#define BUCKET 4u /* rows */
#define MAX_WORDS (1u << 22)

enum {
  BEHIND = 8,  /* pieces before the current one that stay in the window */
  AHEAD = 48,  /* pieces that must be known behind it, or the paragraph has ended */
  WINDOW = 2048 /* pieces */
};

typedef struct network {
  int16_t bias[H];
  int8_t out[QI_N_CUTS][H];
  int32_t out_bias[QI_N_CUTS];
  const char *tags;    /* u16 [n_buckets][BUCKET], any alignment */
  const int8_t *table; /* [n_buckets][BUCKET][H] */
  uint32_t n_buckets;
  qi_piece_words words;
} network;

/* The sentence and the line so far. A line, here, ends at a paragraph's end or a deliberate new line. */
typedef struct context {
  uint32_t n_sentence;      /* pieces in the sentence so far */
  uint8_t first_kind;       /* of its first piece */
  uint8_t before_kind;      /* of the last piece of the sentence before it, in this line */
  uint8_t last_cut;         /* before the piece just read */
  bool in_quote;            /* double quotation marks opened in this line */
  uint32_t n_quote;         /* pieces since then */
  uint8_t depth;            /* brackets open in this sentence */
  uint8_t style;            /* of the line: 0 mixed, 1 capitals, 2 no capitals, 3 titles */
  uint32_t line_end;        /* piece of the window that starts the next line, or how far none does */
} context;

typedef struct segmenter {
  network net;
  qi_piece_reader reader;
  qi_arena *arena;
  qi_segment_tape *tape; /* NULL when not training */
  qi_parsed *doc;
  qi_piece *p;           /* [WINDOW], p[0] the oldest */
  uint32_t n;            /* pieces in the window */
  context c;
  QI_VEC(qi_sentence) sentences; /* in the arena */
  QI_VEC(qi_token) tokens;       /* of the current sentence, on the heap */
  bool new_paragraph;
  uint16_t mwt;          /* last number given in this sentence */
  uint32_t surface_start; /* byte, of the current surface token */
} segmenter;

/* --- The blob --- */

static uint32_t read_u32(const char *p) {
  const unsigned char *b = (const unsigned char *)p;
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static bool is_power(uint32_t n, uint32_t max) { return n >= 2 && n <= max && (n & (n - 1)) == 0; }

static quid_status load(network *net, qi_slice blob, quid_error *err) {
  const char *p = blob.ptr;
  if (blob.len < HEADER_BYTES || memcmp(p, "QSEG", 4) != 0)
    return qi_error_set(err, QUID_ERR_FORMAT, "no segmenter in the model");
  uint32_t version = read_u32(p + 4), buckets = read_u32(p + 8), slots = read_u32(p + 12);
  if (version != VERSION)
    return qi_error_set(err, QUID_ERR_FORMAT, "segmenter of version %u where %u is wanted", version,
                        VERSION);
  size_t head = HEADER_BYTES + 2 * H + QI_N_CUTS * H + 4 * QI_N_CUTS;
  if (!is_power(buckets, MAX_BUCKETS) || !is_power(slots, MAX_WORDS) ||
      blob.len != head + (size_t)buckets * BUCKET * (2 + H) + (size_t)slots * QI_PIECE_SLOT_BYTES)
    return qi_error_set(err, QUID_ERR_FORMAT, "segmenter of the wrong size");
  p += HEADER_BYTES;
  for (uint32_t i = 0; i < H; i++, p += 2)
    net->bias[i] = (int16_t)((unsigned char)p[0] | (unsigned char)p[1] << 8);
  memcpy(net->out, p, sizeof net->out);
  p += sizeof net->out;
  for (uint32_t i = 0; i < QI_N_CUTS; i++, p += 4) net->out_bias[i] = (int32_t)read_u32(p);
  net->tags = p;
  net->table = (const int8_t *)p + (size_t)buckets * BUCKET * 2;
  net->n_buckets = buckets;
  net->words = (qi_piece_words){.slots = p + (size_t)buckets * BUCKET * (2 + H), .cap = slots};
  bool some_empty = false;
  for (uint32_t i = 0; i < slots && !some_empty; i++)
    some_empty = read_u32(net->words.slots + (size_t)i * QI_PIECE_SLOT_BYTES) == 0;
  if (!some_empty) return qi_error_set(err, QUID_ERR_FORMAT, "segmenter with a full word list");
  /* |bias| + 48 rows stay in 16 bits; 16 units times 8 bits, with a bias below, in 32 bits. */
  for (uint32_t i = 0; i < H; i++)
    if (net->bias[i] > 20000 || net->bias[i] < -20000)
      return qi_error_set(err, QUID_ERR_FORMAT, "segmenter out of range");
  for (uint32_t i = 0; i < QI_N_CUTS; i++)
    if (net->out_bias[i] > (1 << 24) || net->out_bias[i] < -(1 << 24))
      return qi_error_set(err, QUID_ERR_FORMAT, "segmenter out of range");
  return QUID_OK;
}

/* --- Features --- */

static const qi_piece beyond = {.kind = QI_PIECE_NONE, .gap = QI_GAP_LINE};

/* The piece `step` places from i: negative ones stand before the cut. */
static const qi_piece *look(const segmenter *s, uint32_t i, int step) {
  int64_t at = (int64_t)i + step;
  return at < 0 || at >= (int64_t)s->n ? &beyond : &s->p[at];
}

static uint32_t mix(uint32_t a, uint32_t b) {
  a = (a ^ b) * 0x85EBCA6Bu;
  return a ^ (a >> 15);
}

/* Sizes as classes that grow: 0 1 2 3 4-5 6-8 9-14 15-24 25-40 more. */
static uint32_t size_class(uint32_t n) {
  static const uint8_t ends[] = {0, 1, 2, 3, 5, 8, 14, 24, 40};
  uint32_t k = 0;
  while (k < sizeof ends && n > ends[k]) k++;
  return k;
}

static uint32_t form(const qi_piece *p) { return p->kind | (uint32_t)p->gap << 6; }
static uint32_t word(const qi_piece *p) { return mix(p->sym, p->gap > QI_GAP_INNER); }

/* Hashes of the features of the place before piece i. Each feature is a number; its place in the list
 * is mixed in, so that equal numbers of different features do not meet. */
static void features(const segmenter *s, uint32_t i, uint32_t f[QI_SEGMENT_FEATURES]) {
  const context *c = &s->c;
  const qi_piece *l4 = look(s, i, -4), *l3 = look(s, i, -3), *l2 = look(s, i, -2),
                 *l1 = look(s, i, -1), *r1 = look(s, i, 0), *r2 = look(s, i, 1),
                 *r3 = look(s, i, 2), *r4 = look(s, i, 3);
  uint32_t gap = r1->gap, kl1 = l1->kind, kr1 = r1->kind;
  uint32_t kinds = kl1 | kr1 << 6 | gap << 12; /* 15 bits */
  uint32_t n = 0;
  uint32_t lengths = size_class(c->n_sentence);
  uint32_t quote = c->in_quote ? 1 + (c->n_quote > 40) : 0;
  uint32_t depth = c->depth > 2 ? 2 : c->depth;
  uint32_t left_all = size_class(c->line_end - i);
  bool is_stop = kl1 == QI_PIECE_PERIOD && l1->gap == QI_GAP_NONE;
  const qi_piece *last = is_stop ? l2 : l1; /* the last word */
  uint32_t lex1 = last->lex | (uint32_t)is_stop << 4, len = size_class(last->end - last->start);
  uint32_t inside = gap <= QI_GAP_INNER ? r1->left : 1;
  uint32_t right = r1->sym; /* of the next pieces of the chunk */
  for (int k = 1; k < 4; k++)
    if (look(s, i, k)->gap == QI_GAP_NONE) right = mix(right, look(s, i, k)->sym);
  /* 0: the words around */
  f[n++] = word(l4);
  f[n++] = word(l3);
  f[n++] = word(l2);
  f[n++] = mix(l1->sym, gap);
  f[n++] = mix(r1->sym, gap);
  f[n++] = word(r2);
  f[n++] = word(r3);
  f[n++] = word(r4);
  /* 8: pairs and triples of words and kinds */
  f[n++] = mix(mix(l1->sym, r1->sym), gap);
  f[n++] = mix(mix(l2->sym, l1->sym), gap | (uint32_t)l1->gap << 3);
  f[n++] = mix(mix(r1->sym, r2->sym), gap | (uint32_t)r2->gap << 3);
  f[n++] = mix(l1->sym, kr1 | gap << 6);
  f[n++] = mix(r1->sym, kl1 | gap << 6);
  f[n++] = mix(mix(l2->sym, l1->sym), kr1 | gap << 6 | (uint32_t)l1->gap << 9);
  f[n++] = mix(mix(l2->sym, r1->sym), kinds);
  f[n++] = mix(l2->sym, kinds);
  f[n++] = mix(mix(l3->sym, l2->sym), kinds);
  /* 17: kinds */
  f[n++] = kinds;
  f[n++] = mix(form(l2) | form(l1) << 9, form(r1));
  f[n++] = mix(form(l1) | form(r1) << 9, form(r2));
  f[n++] = mix(form(l2) | form(l1) << 9, form(r1) | form(r2) << 9);
  f[n++] = mix(mix(form(l3) | form(l2) << 9, form(l1) | form(r1) << 9), form(r2) | form(r3) << 9);
  f[n++] = mix(mix(form(l4) | form(l3) << 9, form(l2) | form(l1) << 9), form(r1));
  f[n++] = mix(mix(form(l1) | form(r1) << 9, form(r2) | form(r3) << 9), form(r4));
  /* 24: the chunk */
  f[n++] = mix(kinds, r1->chunk | (uint32_t)(gap <= QI_GAP_INNER) << 8);
  f[n++] = mix(kinds, l1->chunk | (uint32_t)l1->chunk_left << 8);
  f[n++] = mix(inside, gap);
  f[n++] = mix(mix(inside, kr1 | gap << 6), r2->kind | (uint32_t)r2->gap << 6);
  f[n++] = mix(right, kl1 | gap << 6);
  f[n++] = mix(size_class(l1->chunk_left) | size_class(r1->chunk_right) << 4, kinds);
  f[n++] = mix((uint32_t)r1->in_address | (uint32_t)r1->tail << 1 | (uint32_t)l1->tail << 2, kinds);
  f[n++] = mix(form(r1) | (uint32_t)r1->tail << 9, mix(form(l1) | form(l2) << 9, r1->chunk));
  /* 32: the sentence and the line */
  f[n++] = mix(lengths, kinds);
  f[n++] = mix(lengths | left_all << 4, kl1 | gap << 6);
  f[n++] = mix(left_all | (uint32_t)c->style << 4, kinds);
  f[n++] = mix(quote | depth << 2, kinds);
  f[n++] = mix(mix(quote | depth << 2, kinds), l2->kind | (uint32_t)r2->kind << 6);
  f[n++] = mix(c->first_kind | lengths << 6, gap | kr1 << 6);
  /* 38: the word list */
  f[n++] = mix(lex1 | (uint32_t)r1->lex << 5, kinds);
  f[n++] = mix(lex1 | len << 5 | (uint32_t)last->kind << 9, kinds);
  f[n++] = mix(r1->lex | (uint32_t)r2->lex << 4 | (uint32_t)r2->kind << 8, kinds);
  f[n++] = mix(lex1 | (uint32_t)r1->lex << 5 | lengths << 9, mix(kinds, l2->kind));
  f[n++] = mix(mix(lex1 | gap << 5, r1->sym), kr1);
  f[n++] = mix(mix(last->sym, r1->lex | (uint32_t)is_stop << 4), kinds);
  /* 44: the cut before: what held together on one side of a hyphen does so on the other */
  f[n++] = mix(c->last_cut, kinds);
  f[n++] = mix(c->last_cut | (uint32_t)l2->kind << 2, mix(kinds, l1->sym));
  /* 46: how this writer ended the sentence before */
  f[n++] = mix(c->before_kind, kinds);
  f[n++] = mix(c->before_kind | (uint32_t)c->first_kind << 6, mix(kinds, lengths));
  for (uint32_t k = 0; k < QI_SEGMENT_FEATURES; k++)
    f[k] = mix(f[k] * 0x9E3779B1u, k * 0xC2B2AE35u + 1);
}

/* The row of a feature, NULL when it has none. The bucket comes from the low bits of the hash, the
 * tag from the high ones; tag 0 means an empty row, so that one is never looked for. */
static const int8_t *find_row(const network *net, uint32_t hash) {
  uint32_t bucket = hash & (net->n_buckets - 1);
  uint64_t tags, tag = hash >> 16 ? hash >> 16 : 1;
  memcpy(&tags, net->tags + (size_t)bucket * 2 * BUCKET, sizeof tags);
  tags ^= tag * UINT64_C(0x0001000100010001);
  uint64_t zero = (tags - UINT64_C(0x0001000100010001)) & ~tags & UINT64_C(0x8000800080008000);
  if (!zero) return NULL;
  uint32_t k = (uint32_t)__builtin_ctzll(zero) / 16; /* the lowest is exact */
  return net->table + ((size_t)bucket * BUCKET + k) * H;
}

static qi_cut best_cut(const network *net, const uint32_t f[QI_SEGMENT_FEATURES], unsigned allowed) {
  int16_t sum[H];
  memcpy(sum, net->bias, sizeof sum);
  for (uint32_t k = 0; k < QI_SEGMENT_FEATURES; k++) {
    const int8_t *row = find_row(net, f[k]);
    if (!row) continue;
    for (uint32_t j = 0; j < H; j++) sum[j] = (int16_t)(sum[j] + row[j]);
  }
  qi_cut best = QI_CUT_NONE;
  int32_t best_score = INT32_MIN;
  for (uint32_t cut = 0; cut < QI_N_CUTS; cut++) {
    if (!(allowed >> cut & 1)) continue;
    int32_t score = net->out_bias[cut];
    for (uint32_t j = 0; j < H; j++) score += (sum[j] > 0 ? sum[j] : 0) * net->out[cut][j];
    if (score > best_score) best_score = score, best = (qi_cut)cut;
  }
  return best;
}

/* --- Sentences --- */

static quid_status end_sentence(segmenter *s, uint32_t n_tokens, quid_error *err) {
  if (n_tokens == 0) return QUID_OK;
  qi_token *tokens = QI_NEW_ARRAY(s->arena, qi_token, n_tokens);
  if (!tokens) return qi_error_memory(err, "a sentence");
  memcpy(tokens, s->tokens.items, n_tokens * sizeof *tokens);
  qi_sentence sentence = {.index = (uint32_t)s->sentences.len,
                          .start = tokens[0].start,
                          .end = tokens[n_tokens - 1].end,
                          .new_paragraph = s->new_paragraph,
                          .n_tokens = n_tokens,
                          .tokens = tokens};
  if (!QI_VEC_PUSH_IN(s->arena, &s->sentences, sentence)) return qi_error_memory(err, "a sentence");
  s->new_paragraph = false;
  size_t left = s->tokens.len - n_tokens;
  memmove(s->tokens.items, s->tokens.items + n_tokens, left * sizeof *tokens);
  s->tokens.len = left;
  if (left == 0) s->mwt = 0;
  return QUID_OK;
}

/* How well a sentence that is too long may be cut behind the token. */
static int cut_rank(qi_slice text, const qi_token *t, const qi_token *next) {
  if (t->mwt && t->mwt == next->mwt) return -1;
  char c = text.ptr[t->start];
  if (t->end - t->start != 1 || !memchr(",:;.!?", c, 6)) return t->space_after;
  return c == ',' ? 2 : c == ':' ? 3 : 4;
}

/* The sentence has as many tokens as it may have: end it at the best place in its second half. */
static quid_status cut_sentence(segmenter *s, quid_error *err) {
  uint32_t n = (uint32_t)s->tokens.len, best = n - 1;
  int best_rank = -1;
  for (uint32_t i = n - 1; i > n / 2; i--) { /* the last token may still grow: never behind it */
    int rank = cut_rank(s->doc->text, &s->tokens.items[i - 1], &s->tokens.items[i]);
    if (rank > best_rank) best_rank = rank, best = i;
  }
  return end_sentence(s, best, err);
}

/* The piece starts a word; same_surface: of the same surface token as the one before. */
static quid_status start_token(segmenter *s, const qi_piece *p, bool same_surface, quid_error *err) {
  if (s->tokens.len >= QI_MAX_SENTENCE_TOKENS) {
    quid_status status = cut_sentence(s, err);
    if (status) return status;
  }
  qi_token t = {.start = p->start, .end = p->end, .head = QI_ROOT, .upos = QI_X, .rel = QI_REL_DEP,
                .space_after = true};
  if (s->tokens.len) {
    qi_token *before = &s->tokens.items[s->tokens.len - 1];
    before->space_after = p->gap > QI_GAP_INNER;
    if (same_surface) {
      if (!before->mwt) before->mwt = s->mwt = (uint16_t)(s->mwt % UINT16_MAX + 1);
      t.mwt = before->mwt;
    }
  }
  if (!same_surface) s->surface_start = p->start;
  if (!QI_VEC_PUSH(&s->tokens, t)) return qi_error_memory(err, "a sentence");
  return QUID_OK;
}

/* Adds the piece to the last token. A surface token that grows too long is cut, between letters. */
static quid_status grow_token(segmenter *s, uint32_t end, quid_error *err) {
  qi_token *t = &s->tokens.items[s->tokens.len - 1];
  t->end = end;
  while (t->end - s->surface_start > QI_MAX_TOKEN_BYTES) {
    qi_slice whole = qi_slice_sub(s->doc->text, s->surface_start, t->end);
    uint32_t cut = s->surface_start + (uint32_t)qi_utf8_cut(whole, QI_MAX_TOKEN_BYTES).len;
    qi_piece rest = {.start = cut, .end = end};
    t->end = cut;
    quid_status status = start_token(s, &rest, false, err);
    if (status) return status;
    t = &s->tokens.items[s->tokens.len - 1];
  }
  return QUID_OK;
}

/* The piece is read. before: the one before it; starts: it starts a sentence. */
static void follow(context *c, const qi_piece *before, const qi_piece *p, bool starts) {
  if (starts) {
    c->before_kind = before->kind;
    c->n_sentence = 0;
    c->first_kind = p->kind;
    c->depth = 0;
  }
  c->n_sentence++;
  c->n_quote++;
  switch (p->kind) {
  case QI_PIECE_DOUBLE_OPEN: c->in_quote = true, c->n_quote = 0; break;
  case QI_PIECE_DOUBLE_CLOSE: c->in_quote = false; break;
  case QI_PIECE_DOUBLE: c->in_quote = !c->in_quote, c->n_quote = 0; break;
  case QI_PIECE_OPEN: case QI_PIECE_SQUARE_OPEN:
    c->depth = (uint8_t)(c->depth + (c->depth < 9));
    break;
  case QI_PIECE_CLOSE: case QI_PIECE_SQUARE_CLOSE:
    c->depth = (uint8_t)(c->depth - (c->depth > 0));
    break;
  default: break;
  }
}

/* Is there nothing to decide? Between two words in small letters, or a colon and one, there is not. */
static bool is_plain(const qi_piece *left, const qi_piece *right) {
  return right->gap == QI_GAP_SPACE && right->kind == QI_PIECE_LOWER &&
         (left->kind == QI_PIECE_LOWER || left->kind == QI_PIECE_COLON);
}

/* Is the piece in a web address, where nothing is cut but brackets and marks at its end? */
static bool is_address(const qi_piece *p) {
  if (p->gap != QI_GAP_NONE || !p->in_address || p->tail) return false;
  return p->kind <= QI_PIECE_QUESTION || (p->kind >= QI_PIECE_HYPHEN && p->kind != QI_PIECE_LESS &&
                                          p->kind != QI_PIECE_GREATER);
}

/* Is it the mark behind an address, "www.un.org.", "press@un.org,"? */
static bool is_behind_address(const qi_piece *left, const qi_piece *p) {
  bool address = p->in_address || p->chunk & QI_CHUNK_AT;
  return p->gap == QI_GAP_NONE && address && p->tail && !left->tail &&
         p->kind >= QI_PIECE_PERIOD && p->kind <= QI_PIECE_CLOSE;
}

static qi_cut decide(segmenter *s, uint32_t i) {
  const qi_piece *p = &s->p[i];
  if (is_plain(&s->p[i - 1], p)) return QI_CUT_TOKEN;
  if (is_address(p)) return QI_CUT_NONE;
  if (is_behind_address(&s->p[i - 1], p)) return QI_CUT_TOKEN;
  unsigned allowed = (1u << QI_N_CUTS) - 1;
  if (p->gap > QI_GAP_INNER) allowed = 1u << QI_CUT_TOKEN | 1u << QI_CUT_SENTENCE;
  else if (p->gap == QI_GAP_INNER) allowed &= ~(1u << QI_CUT_SENTENCE);
  uint32_t f[QI_SEGMENT_FEATURES];
  features(s, i, f);
  qi_segment_tape *tape = s->tape;
  if (!tape) return best_cut(&s->net, f, allowed);
  if (tape->n < tape->max) {
    memcpy(tape->features[tape->n], f, sizeof f);
    tape->at[tape->n] = p->start;
    tape->allowed[tape->n] = (uint8_t)allowed;
  }
  tape->n++;
  qi_cut gold = (qi_cut)tape->gold[p->start];
  return allowed >> gold & 1 ? gold : p->gap > QI_GAP_INNER ? QI_CUT_TOKEN : QI_CUT_NONE;
}

/* Capitals throughout, none, or as in titles: judged by the first pieces of the line. */
static uint8_t style_of(const qi_piece *p, uint32_t n) {
  uint32_t n_lower = 0, n_title = 0, n_upper = 0;
  for (uint32_t i = 0; i < n && i < AHEAD; i++) {
    n_lower += p[i].kind == QI_PIECE_LOWER;
    n_title += i && p[i].kind == QI_PIECE_TITLE;
    n_upper += p[i].kind == QI_PIECE_UPPER;
  }
  if (n_upper > 2 && n_upper > 4 * (n_lower + n_title)) return 1;
  if (n_title + n_upper == 0 && n_lower > 3) return 2;
  return n_title > 2 && n_title > n_lower ? 3 : 0;
}

static void follow_line(segmenter *s, uint32_t i, bool first) {
  context *c = &s->c;
  bool starts = first || s->p[i].gap == QI_GAP_LINE;
  if (starts) c->line_end = i + 1;
  while (c->line_end < s->n && s->p[c->line_end].gap != QI_GAP_LINE) c->line_end++;
  if (!starts) return;
  c->in_quote = false;
  c->style = style_of(s->p + i, c->line_end - i);
}

/* The place before piece i, and the piece itself. first: of the paragraph. */
static quid_status step(segmenter *s, uint32_t i, bool first, quid_error *err) {
  const qi_piece *p = &s->p[i];
  follow_line(s, i, first);
  qi_cut cut = first ? QI_CUT_SENTENCE : decide(s, i);
  quid_status status = QUID_OK;
  follow(&s->c, first ? &beyond : p - 1, p, cut == QI_CUT_SENTENCE);
  s->c.last_cut = (uint8_t)cut;
  if (cut == QI_CUT_SENTENCE && s->tokens.len) {
    s->tokens.items[s->tokens.len - 1].space_after = p->gap > QI_GAP_INNER;
    status = end_sentence(s, (uint32_t)s->tokens.len, err);
  }
  if (status) return status;
  if (cut != QI_CUT_NONE) {
    bool fits = p->end - s->surface_start <= QI_MAX_TOKEN_BYTES;
    status = start_token(s, p, cut == QI_CUT_WORD && fits, err);
    if (status) return status;
  }
  return grow_token(s, p->end, err);
}

/* Reads chunks until the window is full or the paragraph ends. */
static bool fill(segmenter *s, bool *end_of_text) {
  while (s->n + QI_PIECE_CHUNK_MAX <= WINDOW) {
    uint32_t more = qi_piece_chunk(&s->reader, s->p + s->n, end_of_text);
    if (more == 0) return true;
    s->n += more;
  }
  return false;
}

static quid_status read_paragraph(segmenter *s, bool *end_of_text, quid_error *err) {
  uint32_t i = 0;
  bool first = true, ended;
  s->n = 0;
  s->c = (context){0};
  do {
    ended = fill(s, end_of_text);
    s->new_paragraph = s->new_paragraph || (first && s->n > 0);
    uint32_t stop = ended ? s->n : s->n - AHEAD;
    for (; i < stop; i++, first = false) {
      quid_status status = step(s, i, first, err);
      if (status) return status;
    }
    if (!ended) { /* keep what the next features look back at */
      uint32_t keep = s->n - (i - BEHIND);
      memmove(s->p, s->p + (i - BEHIND), keep * sizeof *s->p);
      s->n = keep;
      s->c.line_end -= i - BEHIND;
      i = BEHIND;
    }
  } while (!ended);
  return end_sentence(s, (uint32_t)s->tokens.len, err);
}

static void take_forms(qi_parsed *doc) {
  for (uint32_t i = 0; i < doc->n_sentences; i++)
    for (uint32_t k = 0; k < doc->sentences[i].n_tokens; k++) {
      qi_token *t = &doc->sentences[i].tokens[k];
      t->form = qi_slice_sub(doc->text, t->start, t->end);
    }
}

static quid_status run(qi_parsed *out, qi_slice blob, qi_slice text, qi_arena *arena,
                       qi_segment_tape *tape, quid_error *err) {
  *out = (qi_parsed){.text = text};
  if (text.len > QI_MAX_DOCUMENT_BYTES)
    return qi_error_set(err, QUID_ERR_LIMIT, "document longer than %u bytes", QI_MAX_DOCUMENT_BYTES);
  segmenter s = {.arena = arena, .doc = out, .tape = tape};
  quid_status status = load(&s.net, blob, err);
  if (status) return status;
  s.p = malloc(WINDOW * sizeof *s.p);
  if (!s.p) status = qi_error_memory(err, "segmenting");
  qi_piece_open(&s.reader, text, s.net.words);
  for (bool end = false; !status && !end;) status = read_paragraph(&s, &end, err);
  free(s.p);
  QI_VEC_CLEAR(&s.tokens);
  if (status) return status;
  out->sentences = s.sentences.items;
  out->n_sentences = (uint32_t)s.sentences.len;
  take_forms(out);
  return QUID_OK;
}

quid_status qi_segment_blob(qi_parsed *out, qi_slice blob, qi_slice text, qi_arena *arena,
                            quid_error *err) {
  return run(out, blob, text, arena, NULL, err);
}

quid_status qi_segment(const qi_model *model, qi_slice text, qi_arena *arena, qi_parsed *out,
                       quid_error *err) {
  return run(out, qi_model_section(model, "segment"), text, arena, NULL, err);
}

int qi_segment_record(const char *blob, size_t blob_bytes, const char *text, size_t text_bytes,
                      qi_segment_tape *tape) {
  qi_arena arena;
  qi_parsed doc;
  qi_arena_init(&arena, 0);
  quid_status status = run(&doc, qi_slice_of(blob, blob_bytes), qi_slice_of(text, text_bytes),
                           &arena, tape, NULL);
  qi_arena_clear(&arena);
  return (int)status;
}
