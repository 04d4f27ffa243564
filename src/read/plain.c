/* read: a file of plain text -> whether it is text at all. The whole file is one document, so there is
 * nothing to cut; what matters is not to take a photograph for an article.
 *
 * A file is refused when it starts with the mark of a known format, or when more than a tenth of
 * its first 64 KiB are control characters or broken UTF-8 sequences (a page of Latin-1 prose has
 * some two in a hundred and passes, with its letters replaced; a compressed file has half).
 * Example: "%PDF-1.7 ..." -> "'a.txt' is a PDF file, not plain text". */
#include "read/read.h"

#include "base/utf8.h"

#define MAX_BAD_PERCENT 10
#define MIN_BAD 4 /* fewer prove nothing */

typedef struct magic {
  size_t at;
  qi_slice bytes;
  const char *what;
} magic;

static const magic magics[] = {
    {0, QI_SLICE_INIT("%PDF-"), "a PDF file"},
    {0, QI_SLICE_INIT("\x7F""ELF"), "a program"},
    {0, QI_SLICE_INIT("MZ\x90"), "a program"},
    {0, QI_SLICE_INIT("\x89PNG"), "an image"},
    {0, QI_SLICE_INIT("\xFF\xD8\xFF"), "an image"},
    {0, QI_SLICE_INIT("GIF8"), "an image"},
    {0, QI_SLICE_INIT("II*\0"), "an image"},
    {0, QI_SLICE_INIT("MM\0*"), "an image"},
    {8, QI_SLICE_INIT("WEBP"), "an image"},
    {0, QI_SLICE_INIT("PK\x03\x04"), "a ZIP archive or an office document"},
    {0, QI_SLICE_INIT("\xD0\xCF\x11\xE0"), "an office document"},
    {0, QI_SLICE_INIT("{\\rtf"), "an RTF document"},
    {0, QI_SLICE_INIT("\x1F\x8B"), "compressed by gzip"},
    {0, QI_SLICE_INIT("BZh"), "compressed by bzip2"},
    {0, QI_SLICE_INIT("\xFD""7zXZ"), "compressed by xz"},
    {0, QI_SLICE_INIT("\x28\xB5\x2F\xFD"), "compressed by zstd"},
    {0, QI_SLICE_INIT("7z\xBC\xAF"), "a 7z archive"},
    {0, QI_SLICE_INIT("Rar!"), "a RAR archive"},
    {257, QI_SLICE_INIT("ustar"), "a tar archive"},
    {0, QI_SLICE_INIT("SQLite format 3"), "an SQLite database"},
    {0, QI_SLICE_INIT("PAR1"), "a Parquet file"},
    {0, QI_SLICE_INIT("ID3"), "a sound file"},
    {0, QI_SLICE_INIT("OggS"), "a sound file"},
    {0, QI_SLICE_INIT("RIFF"), "a sound or video file"},
    {4, QI_SLICE_INIT("ftyp"), "a video file"},
    {0, QI_SLICE_INIT("\xFF\xFE"), "UTF-16 text: convert it to UTF-8 with iconv"},
    {0, QI_SLICE_INIT("\xFE\xFF"), "UTF-16 text: convert it to UTF-8 with iconv"},
};

static const char *known_format(qi_slice bytes) {
  for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
    const magic *m = &magics[i];
    if (qi_slice_eq(qi_slice_sub(bytes, m->at, m->at + m->bytes.len), m->bytes)) return m->what;
  }
  return NULL;
}

/* Control characters that no text has (NUL among them), and broken sequences. */
static size_t count_bad(qi_slice s) {
  size_t n = 0;
  for (size_t at = 0; at < s.len;) {
    bool ok;
    uint32_t cp = qi_utf8_decode_checked(s, &at, &ok);
    n += !ok || cp == 0x7F || (cp < 0x20 && !qi_ascii_is_space((char)cp) && cp != '\b' && cp != 0x1B);
  }
  return n;
}

quid_status qi_plain_check(qi_slice bytes, const char *name, quid_error *err) {
  const char *what = known_format(bytes);
  if (what)
    return qi_error_at(err, QUID_ERR_FORMAT, name, 0, 0, "not plain text: '%s' is %s", name, what);
  if (qi_slice_starts(bytes, QI_SLICE("\xEF\xBB\xBF"))) bytes = qi_slice_sub(bytes, 3, bytes.len);
  if (bytes.len == 0) return qi_error_at(err, QUID_ERR_FORMAT, name, 0, 0, "empty file '%s'", name);
  if (qi_slice_trim(bytes).len == 0)
    return qi_error_at(err, QUID_ERR_FORMAT, name, 0, 0, "nothing but white space in '%s'", name);
  qi_slice head = qi_slice_sub(bytes, 0, QI_SNIFF_BYTES);
  size_t bad = count_bad(head);
  if (bad >= MIN_BAD && bad * 100 > head.len * MAX_BAD_PERCENT)
    return qi_error_at(err, QUID_ERR_FORMAT, name, 0, 0,
                       "not plain text: %zu%% of '%s' is control characters or broken UTF-8",
                       bad * 100 / head.len, name);
  return QUID_OK;
}
