/* show: the names of the formats, and what they share. The choice is made in run/document.c. */
#include "show/show.h"

#include "base/utf8.h"
#include <math.h>

#define MAX_EXACT 9e15 /* below 2^53 a double tells whole numbers apart */

const char *quid_format_name(quid_format format) {
  switch (format) {
  case QUID_FORMAT_JSONL: return "jsonl";
  case QUID_FORMAT_TSV: return "tsv";
  case QUID_FORMAT_TABLE: return "table";
  case QUID_N_FORMATS: break;
  }
  return "unknown";
}

const char *quid_show_head(const quid_show_options *options) {
  if (!options || options->format != QUID_FORMAT_TSV) return "";
  if (options->records == QUID_RECORDS_LINKS) return qi_show_tsv_link_head;
  return options->records == QUID_RECORDS_OPTIONS ? qi_show_tsv_option_head : qi_show_tsv_head;
}

qi_slice qi_show_words(const quid_document *doc, quid_span span) {
  return qi_slice_sub(qi_slice_of(quid_document_text(doc), quid_document_text_bytes(doc)), span.start,
                      span.end);
}

void qi_show_clean(qi_builder *out, qi_slice text) {
  bool space = false;
  for (size_t at = 0; at < text.len;) {
    size_t start = at;
    uint32_t cp = qi_utf8_decode(text, &at);
    bool blank = cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || qi_cp_is_space(cp);
    if (blank && !space) qi_builder_char(out, ' ');
    if (!blank) qi_builder_slice(out, qi_slice_sub(text, start, at));
    space = blank;
  }
}

void qi_show_number(qi_builder *out, double value, int decimals) {
  double scale = 1;
  for (int i = 0; i < decimals; i++) scale *= 10;
  if (!isfinite(value)) {
    qi_builder_str(out, "null");
    return;
  }
  if (fabs(value) >= MAX_EXACT / scale) { /* no fraction worth telling; %.0f has no decimal point */
    qi_builder_printf(out, "%.0f", value);
    return;
  }
  long long scaled = llround(value * scale), unit = (long long)scale;
  if (scaled < 0) qi_builder_char(out, '-');
  if (scaled < 0) scaled = -scaled;
  qi_builder_printf(out, "%lld", scaled / unit);
  long long rest = scaled % unit;
  if (rest) qi_builder_char(out, '.');
  for (; rest; rest %= unit) {
    unit /= 10;
    qi_builder_char(out, (char)('0' + rest / unit));
  }
}
