/* parse: CoNLL-U -> qi_parsed, and back.
 * A sentence is a block of lines that ends at an empty one; the block is copied into the arena once
 * and everything else points into that copy. The document's text grows alongside, so that tokens
 * have byte ranges as those from the segmenter do.
 *
 * "1-2 don't", "1 do", "2 n't SpaceAfter=No on the range", "3 ." ->
 *   text "don't.", tokens do [0,2) mwt 1, n't [2,5) mwt 1 no space after, "." [5,6). */
#include "parse/conllu.h"

#include "base/utf8.h"
#include "base/vec.h"

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC, N_COLUMNS };

/* One sentence on its way in. */
typedef struct block {
  qi_conllu *in;
  qi_arena *arena;
  quid_error *err;
  size_t line;             /* number of the current line */
  qi_slice text;           /* of the current line */
  qi_slice col[N_COLUMNS]; /* its columns, if it is a row */
  qi_sentence *s;
  uint32_t range_end;   /* words with index < range_end belong to the range being read; 0 none */
  uint32_t range_start; /* index of its first word */
  qi_slice range_form;
  bool range_space;
  uint16_t n_ranges;
} block;

void qi_conllu_open(qi_conllu *in, qi_slice data, const char *file, bool keep_trees) {
  if (qi_slice_starts(data, QI_SLICE("\xEF\xBB\xBF"))) data = qi_slice_sub(data, 3, data.len);
  *in = (qi_conllu){.rest = data, .file = file, .keep_trees = keep_trees, .line = 1};
  qi_builder_init(&in->text, QI_MAX_DOCUMENT_BYTES);
}

void qi_conllu_close(qi_conllu *in) { qi_builder_clear(&in->text); }

/* An error at column `c` of the current row, 0 for the line as a whole. */
static quid_status fault(block *b, int c, const char *what, qi_slice subject) {
  size_t column = 1;
  if (c > 0 && b->col[c].ptr) {
    qi_slice before = qi_slice_sub(b->text, 0, (size_t)(b->col[c].ptr - b->text.ptr));
    column = qi_utf8_count(before) + 1;
  }
  subject = qi_utf8_cut(subject, 60);
  return qi_error_at(b->err, QUID_ERR_FORMAT, b->in->file, b->line, column, "%s '%.*s'", what,
                     QI_SLICE_ARG(subject));
}

static quid_status over(block *b, const char *what, size_t ceiling) {
  return qi_error_at(b->err, QUID_ERR_LIMIT, b->in->file, b->line, 1, "%s longer than %zu", what,
                     ceiling);
}

/* Digits only, at most 9 of them. */
static bool to_number(qi_slice s, uint32_t *out) {
  uint32_t value = 0;
  if (s.len == 0 || s.len > 9) return false;
  for (size_t i = 0; i < s.len; i++) {
    if (!qi_ascii_is_digit(s.ptr[i])) return false;
    value = value * 10 + (uint32_t)(s.ptr[i] - '0');
  }
  *out = value;
  return true;
}

static qi_slice or_empty(qi_slice column) {
  return qi_slice_eq_str(column, "_") ? qi_slice_sub(column, 0, 0) : column;
}

/* "key=value" among the fields of MISC. */
static bool misc_get(qi_slice misc, qi_slice key, qi_slice *value) {
  qi_slice rest = misc, field;
  while (qi_slice_split(&rest, '|', &field)) {
    if (!qi_slice_starts(field, key)) continue;
    *value = qi_slice_sub(field, key.len, field.len);
    return true;
  }
  return false;
}

static bool has_space_after(qi_slice misc) {
  qi_slice value;
  return !misc_get(misc, QI_SLICE("SpaceAfter="), &value) || !qi_slice_eq_str(value, "No");
}

static void read_entities(qi_token *t, const qi_token *before, qi_slice misc) {
  static const char *const kinds[] = {"", "PER", "ORG", "LOC"};
  qi_slice value;
  if (misc_get(misc, QI_SLICE("NER="), &value) && value.len == 5)
    for (uint8_t k = QI_NER_PER; k <= QI_NER_LOC; k++)
      if (qi_slice_eq_str(qi_slice_sub(value, 2, 5), kinds[k])) t->ner = k;
  if (t->ner) t->ner_begin = value.ptr[0] != 'I' || !before || before->ner != t->ner;
  if (misc_get(misc, QI_SLICE("EType="), &value))
    for (uint8_t k = 1; k < QI_N_ETYPES; k++)
      if (qi_slice_eq_str(value, qi_etype_name((qi_etype)k))) t->etype = k;
}

/* The words [from, to) stand in text[start, end). Where their letters follow one another there,
 * each gets its own part; otherwise each has the whole. */
static void place_words(block *b, uint32_t from, uint32_t to, uint32_t start, uint32_t end) {
  qi_slice surface = {b->in->text.ptr + start, end - start};
  size_t at = 0;
  bool fits = true;
  for (uint32_t i = from; fits && i < to; i++) {
    qi_slice form = b->s->tokens[i].form;
    fits = qi_slice_eq(qi_slice_sub(surface, at, at + form.len), form);
    at += form.len;
  }
  fits = fits && at == surface.len;
  for (uint32_t i = from; i < to; i++) {
    qi_token *t = &b->s->tokens[i];
    t->start = start;
    t->end = fits ? start + (uint32_t)t->form.len : end;
    if (fits) start = t->end;
  }
}

/* A surface token is complete: its form goes to the text. Its words are tokens [from, n_tokens). */
static quid_status end_surface(block *b, uint32_t from, qi_slice form, bool space_after) {
  qi_builder *text = &b->in->text;
  uint32_t start = (uint32_t)text->len;
  if (!qi_builder_slice(text, form)) {
    if (text->failed == QUID_ERR_LIMIT) return over(b, "document", QI_MAX_DOCUMENT_BYTES);
    return qi_error_memory(b->err, "the text of the document");
  }
  place_words(b, from, b->s->n_tokens, start, (uint32_t)text->len);
  b->s->tokens[b->s->n_tokens - 1].space_after = space_after;
  b->s->end = (uint32_t)text->len;
  if (space_after) qi_builder_char(text, ' '); /* a failure sticks and is seen at the next form */
  return QUID_OK;
}

/* "3-4 don't": the next words up to 4 share a surface token. */
static quid_status read_range(block *b, size_t dash) {
  uint32_t first, last, n = b->s->n_tokens;
  if (!to_number(qi_slice_sub(b->col[ID], 0, dash), &first) ||
      !to_number(qi_slice_sub(b->col[ID], dash + 1, b->col[ID].len), &last))
    return fault(b, ID, "not a token number", b->col[ID]);
  if (b->range_end || first != n + 1 || last < first)
    return fault(b, ID, "range of words out of place", b->col[ID]);
  b->range_start = n;
  b->range_end = last;
  b->range_form = b->col[FORM];
  b->range_space = has_space_after(b->col[MISC]);
  b->n_ranges++;
  return QUID_OK;
}

static quid_status read_tree_columns(block *b, qi_token *t) {
  uint32_t head;
  t->lemma = qi_slice_eq_str(b->col[FORM], "_") ? b->col[LEMMA] : or_empty(b->col[LEMMA]);
  t->upos = (uint8_t)qi_upos_of(b->col[UPOS]);
  t->xpos = or_empty(b->col[XPOS]);
  t->feats = or_empty(b->col[FEATS]);
  t->deprel = or_empty(b->col[DEPREL]);
  t->rel = (uint8_t)qi_rel_of(t->deprel);
  if (!to_number(b->col[HEAD], &head)) return fault(b, HEAD, "not a head", b->col[HEAD]);
  if (head > INT32_MAX) return fault(b, HEAD, "head outside the sentence", b->col[HEAD]);
  t->head = (int32_t)head - 1; /* 0, the root, becomes QI_ROOT */
  read_entities(t, b->s->n_tokens ? t - 1 : NULL, b->col[MISC]);
  return QUID_OK;
}

static quid_status read_word(block *b) {
  uint32_t number, n = b->s->n_tokens;
  if (!to_number(b->col[ID], &number)) return fault(b, ID, "not a token number", b->col[ID]);
  if (number != n + 1) return fault(b, ID, "token number out of order", b->col[ID]);
  if (n >= QI_MAX_SENTENCE_TOKENS) return over(b, "sentence", QI_MAX_SENTENCE_TOKENS);
  qi_token *t = &b->s->tokens[n];
  *t = (qi_token){.form = b->col[FORM], .head = QI_ROOT, .upos = QI_X, .rel = QI_REL_DEP};
  if (b->in->keep_trees) {
    quid_status status = read_tree_columns(b, t);
    if (status) return status;
  }
  b->s->n_tokens = n + 1;
  if (!b->range_end) return end_surface(b, n, t->form, has_space_after(b->col[MISC]));
  t->mwt = b->n_ranges;
  if (n + 1 < b->range_end) return QUID_OK;
  b->range_end = 0;
  return end_surface(b, b->range_start, b->range_form, b->range_space);
}

static quid_status read_row(block *b) {
  qi_slice rest = b->text, field;
  int n = 0;
  for (; qi_slice_split(&rest, '\t', &field); n++)
    if (n < N_COLUMNS) b->col[n] = field;
  if (n != N_COLUMNS)
    return qi_error_at(b->err, QUID_ERR_FORMAT, b->in->file, b->line, 1,
                       "%d columns instead of %d in '%.*s'", n, N_COLUMNS,
                       QI_SLICE_ARG(qi_utf8_cut(b->text, 60)));
  for (int c = 0; c < N_COLUMNS; c++)
    if (b->col[c].len == 0) return fault(b, c, "an empty column in", b->text);
  if (qi_slice_find_char(b->col[ID], '.') != QI_NOT_FOUND) return QUID_OK; /* an empty node */
  if (b->col[FORM].ptr[0] == ' ' || b->col[FORM].ptr[b->col[FORM].len - 1] == ' ')
    return fault(b, FORM, "white space around the form", b->col[FORM]);
  if (b->col[FORM].len > QI_MAX_TOKEN_BYTES) return over(b, "token", QI_MAX_TOKEN_BYTES);
  size_t dash = qi_slice_find_char(b->col[ID], '-');
  return dash == QI_NOT_FOUND ? read_word(b) : read_range(b, dash);
}

/* "# key = value" */
static bool comment_get(qi_slice line, qi_slice key, qi_slice *value) {
  line = qi_slice_trim(qi_slice_sub(line, 1, line.len));
  if (!qi_slice_starts(line, key)) return false;
  line = qi_slice_trim(qi_slice_sub(line, key.len, line.len));
  if (line.len && line.ptr[0] != '=') return false;
  *value = qi_slice_trim(qi_slice_sub(line, 1, line.len));
  return true;
}

static bool is_paragraph(qi_slice line) {
  qi_slice value;
  return comment_get(line, QI_SLICE("newpar id"), &value) ||
         comment_get(line, QI_SLICE("newpar"), &value);
}

static bool is_document(qi_slice line, qi_slice *id) {
  return comment_get(line, QI_SLICE("newdoc id"), id) || comment_get(line, QI_SLICE("newdoc"), id);
}

/* One root, and from every word the heads lead there. Linear: a walk stops at words seen before. */
static quid_status check_tree(block *b) {
  qi_sentence *s = b->s;
  uint32_t n_roots = 0;
  uint32_t *walk = QI_NEW_ARRAY(b->arena, uint32_t, (size_t)s->n_tokens + 1);
  if (!walk) return qi_error_memory(b->err, "a sentence");
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    if (s->tokens[i].head >= (int32_t)s->n_tokens)
      return qi_error_at(b->err, QUID_ERR_FORMAT, b->in->file, b->line, 1,
                         "head outside the sentence for '%.*s'", QI_SLICE_ARG(s->tokens[i].form));
    n_roots += s->tokens[i].head == QI_ROOT;
  }
  if (n_roots != 1)
    return qi_error_at(b->err, QUID_ERR_FORMAT, b->in->file, b->line, 1,
                       "%u roots instead of 1 in the sentence", n_roots);
  for (uint32_t i = 0; i < s->n_tokens; i++) {
    int32_t at = (int32_t)i;
    while (at != QI_ROOT && !walk[at]) walk[at] = i + 1, at = s->tokens[at].head;
    if (at != QI_ROOT && walk[at] == i + 1)
      return qi_error_at(b->err, QUID_ERR_FORMAT, b->in->file, b->line, 1,
                         "heads run in a circle at '%.*s'", QI_SLICE_ARG(s->tokens[at].form));
  }
  if (!qi_sentence_link(s, b->arena)) return qi_error_memory(b->err, "a sentence");
  return QUID_OK;
}

/* Before the first token: what separates this sentence from the one before, in the text. */
static void start_sentence(block *b, bool first) {
  qi_builder *text = &b->in->text;
  if (b->s->new_paragraph && !first) {
    while (text->len && text->ptr[text->len - 1] == ' ') qi_builder_truncate(text, text->len - 1);
    qi_builder_str(text, "\n\n");
  }
  b->s->start = (uint32_t)text->len;
}

/* lines: all lines of the sentence, in the arena. first: of the document. */
static quid_status read_block(block *b, qi_slice lines, bool first) {
  qi_slice rest = lines, value;
  size_t n_rows = 0;
  for (qi_slice line; qi_slice_line(&rest, &line);) n_rows += line.len && line.ptr[0] != '#';
  if (n_rows > QI_MAX_SENTENCE_TOKENS) n_rows = QI_MAX_SENTENCE_TOKENS;
  b->s->tokens = QI_NEW_ARRAY(b->arena, qi_token, n_rows + 1);
  if (!b->s->tokens) return qi_error_memory(b->err, "a sentence");
  b->s->new_paragraph = first;
  quid_status status = QUID_OK;
  bool in_rows = false;
  for (rest = lines; !status && qi_slice_line(&rest, &b->text); b->line++) {
    if (b->text.len && memchr(b->text.ptr, 0, b->text.len))
      return fault(b, 0, "a NUL byte in", QI_SLICE("line"));
    if (!qi_utf8_is_valid(b->text)) return fault(b, 0, "not UTF-8 in", QI_SLICE("line"));
    if (b->text.ptr[0] != '#') {
      if (!in_rows) start_sentence(b, first);
      in_rows = true;
      status = read_row(b);
    } else if (is_paragraph(b->text)) {
      b->s->new_paragraph = true;
    } else if (is_document(b->text, &value)) {
      in_rows = false;
      if (value.len && !(b->in->doc_id = qi_arena_strdup(b->arena, value)))
        return qi_error_memory(b->err, "a sentence");
    } else if (comment_get(b->text, QI_SLICE("sent_id"), &value)) {
      if (!(b->s->id = qi_arena_strdup(b->arena, value)))
        return qi_error_memory(b->err, "a sentence");
    }
  }
  if (status) return status;
  b->line--;
  if (b->range_end) return fault(b, 0, "words missing of the range", b->range_form);
  return b->in->keep_trees && b->s->n_tokens ? check_tree(b) : QUID_OK;
}

/* The lines up to the next empty one, and whether one of them starts a document. */
static qi_slice next_block(qi_conllu *in, bool *new_document) {
  qi_slice rest = in->rest, line, id;
  while (rest.len && qi_slice_line(&rest, &line) && line.len == 0) in->rest = rest, in->line++;
  rest = in->rest;
  *new_document = false;
  const char *end = rest.ptr;
  while (rest.len && qi_slice_line(&rest, &line) && line.len) {
    end = line.ptr + line.len;
    if (line.ptr[0] == '#' && is_document(line, &id)) *new_document = true;
  }
  return (qi_slice){in->rest.ptr, in->rest.len ? (size_t)(end - in->rest.ptr) : 0};
}

quid_status qi_conllu_next(qi_parsed *doc, qi_conllu *in, qi_arena *arena, quid_error *err) {
  QI_VEC(qi_sentence) sentences = {0};
  quid_status status = QUID_OK;
  bool new_document;
  *doc = (qi_parsed){0};
  in->doc_id = NULL;
  qi_builder_reset(&in->text);
  for (;;) {
    qi_slice lines = next_block(in, &new_document);
    if (lines.len == 0 || (new_document && sentences.len)) break;
    qi_slice copy = qi_arena_slice(arena, lines);
    if (!copy.ptr) return qi_error_memory(err, "a sentence");
    qi_sentence s = {.index = (uint32_t)sentences.len};
    block b = {.in = in, .arena = arena, .err = err, .line = in->line, .s = &s};
    status = read_block(&b, copy, sentences.len == 0);
    if (status) return status;
    in->rest = qi_slice_sub(in->rest, lines.len, in->rest.len);
    in->line = b.line;
    if (s.n_tokens && !QI_VEC_PUSH_IN(arena, &sentences, s))
      return qi_error_memory(err, "a document");
  }
  while (in->text.len && in->text.ptr[in->text.len - 1] == ' ')
    qi_builder_truncate(&in->text, in->text.len - 1);
  doc->text = qi_arena_slice(arena, qi_builder_view(&in->text));
  if (!doc->text.ptr || in->text.failed) return qi_error_memory(err, "the text of the document");
  doc->sentences = sentences.items;
  doc->n_sentences = (uint32_t)sentences.len;
  return QUID_OK;
}

/* --- Writing --- */

/* One past the last token of the surface token that starts at i. */
static uint32_t surface_end(const qi_sentence *s, uint32_t i) {
  uint32_t end = i + 1;
  if (s->tokens[i].mwt)
    while (end < s->n_tokens && s->tokens[end].mwt == s->tokens[i].mwt) end++;
  return end;
}

/* The letters of the surface token of tokens [i, end). */
static void write_surface(qi_builder *out, const qi_parsed *doc, const qi_sentence *s, uint32_t i,
                          uint32_t end) {
  const qi_token *first = &s->tokens[i], *last = &s->tokens[end - 1];
  if (!first->mwt) qi_builder_slice(out, first->form);
  else if (first->start < last->end && last->end <= doc->text.len)
    qi_builder_slice(out, qi_slice_sub(doc->text, first->start, last->end));
  else
    for (; i < end; i++) qi_builder_slice(out, s->tokens[i].form);
}

static void write_comments(qi_builder *out, const qi_parsed *doc, const qi_sentence *s) {
  if (s->new_paragraph) qi_builder_str(out, "# newpar\n");
  if (s->id) qi_builder_printf(out, "# sent_id = %s\n", s->id);
  else qi_builder_printf(out, "# sent_id = %u\n", s->index + 1);
  qi_builder_str(out, "# text = ");
  for (uint32_t i = 0, end; i < s->n_tokens; i = end) {
    end = surface_end(s, i);
    write_surface(out, doc, s, i, end);
    if (s->tokens[end - 1].space_after && end < s->n_tokens) qi_builder_char(out, ' ');
  }
  qi_builder_char(out, '\n');
}

static void write_column(qi_builder *out, qi_slice value) {
  if (value.len) qi_builder_slice(out, value);
  else qi_builder_char(out, '_');
  qi_builder_char(out, '\t');
}

static void write_misc(qi_builder *out, const qi_token *t, bool space_after) {
  static const char *const kinds[] = {"", "PER", "ORG", "LOC"};
  size_t start = out->len;
  if (t->etype) qi_builder_printf(out, "EType=%s", qi_etype_name((qi_etype)t->etype));
  if (t->ner && t->ner <= QI_NER_LOC)
    qi_builder_printf(out, "%sNER=%c-%s", out->len > start ? "|" : "", t->ner_begin ? 'B' : 'I',
                      kinds[t->ner]);
  if (!space_after) qi_builder_printf(out, "%sSpaceAfter=No", out->len > start ? "|" : "");
  if (out->len == start) qi_builder_char(out, '_');
  qi_builder_char(out, '\n');
}

static void write_word(qi_builder *out, const qi_token *t, uint32_t number) {
  bool tagged = t->deprel.len || t->xpos.len || t->lemma.len;
  qi_builder_printf(out, "%u\t", number);
  write_column(out, t->form);
  write_column(out, t->lemma);
  write_column(out, tagged ? qi_slice_str(qi_upos_name((qi_upos)t->upos)) : qi_slice_str(""));
  write_column(out, t->xpos);
  write_column(out, t->feats);
  if (tagged) qi_builder_printf(out, "%d\t", t->head + 1);
  else write_column(out, qi_slice_str(""));
  write_column(out, t->deprel);
  write_column(out, qi_slice_str("")); /* DEPS */
  write_misc(out, t, t->mwt || t->space_after);
}

static void write_sentence(qi_builder *out, const qi_parsed *doc, const qi_sentence *s) {
  write_comments(out, doc, s);
  for (uint32_t i = 0, end; i < s->n_tokens; i = end) {
    end = surface_end(s, i);
    if (s->tokens[i].mwt) {
      qi_builder_printf(out, "%u-%u\t", i + 1, end);
      write_surface(out, doc, s, i, end);
      qi_builder_printf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n",
                        s->tokens[end - 1].space_after ? "_" : "SpaceAfter=No");
    }
    for (uint32_t k = i; k < end; k++) write_word(out, &s->tokens[k], k + 1);
  }
  qi_builder_char(out, '\n');
}

void qi_conllu_write(qi_builder *out, const qi_parsed *doc, const char *doc_id) {
  if (doc_id) qi_builder_printf(out, "# newdoc id = %s\n", doc_id);
  for (uint32_t i = 0; i < doc->n_sentences; i++) write_sentence(out, doc, &doc->sentences[i]);
}
