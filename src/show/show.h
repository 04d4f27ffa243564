/* show: events -> bytes. One file a format; quid_document_show (run/document.c) chooses. All
 * append to a builder, whose failure sticks, so a format only writes; the caller asks at the end. */
#ifndef QI_SHOW_SHOW_H
#define QI_SHOW_SHOW_H

#include "base/builder.h"
#include "code/explain.h"
#include "parse/sentence.h"
#include "quid/document.h"
#include "quid/show.h"
#include "quid/who.h"

void qi_show_jsonl(qi_builder *out, const quid_document *doc, quid_records records);
void qi_show_tsv(qi_builder *out, const quid_document *doc, quid_records records);
/* parsed, explain: of the same document; explain NULL for a table without explanations. */
void qi_show_table(qi_builder *out, const quid_document *doc, const quid_show_options *options,
                   const qi_parsed *parsed, const qi_explain *explain);
/* The tree of one sentence and the remarks about it. *next: the first remark not yet shown, moved on. */
void qi_show_explain(qi_builder *out, const qi_sentence *s, const qi_explain *explain, size_t *next);
extern const char qi_show_tsv_head[], qi_show_tsv_option_head[], qi_show_tsv_link_head[];
/* The meanings of a name; its members instead, where it has some. */
void qi_show_who(qi_builder *out, const quid_who *who, const quid_show_options *options);

/* --- what several formats need: show.c --- */

/* The words of a span; empty for an empty span or one that is not within the text. */
qi_slice qi_show_words(const quid_document *doc, quid_span span);
/* Appends text for a terminal: control characters and runs of white space become one space. */
void qi_show_clean(qi_builder *out, qi_slice text);
/* A string of JSON with its quotes; null for "" and NULL. */
void qi_show_json_text(qi_builder *out, const char *text);
/* A field of TSV: tabs, line breaks and backslashes written \t, \n, \\. */
void qi_show_tsv_text(qi_builder *out, qi_slice text);
/* Rounded to `decimals` (0 to 6), zeros at the end dropped: 0.8, 10000. Not by printf, whose decimal
 * point follows the locale. What is no finite number gives "null". */
void qi_show_number(qi_builder *out, double value, int decimals);

#endif
