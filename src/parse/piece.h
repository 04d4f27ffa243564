/* parse: text -> pieces, the smallest parts between which the segmenter may cut. Only segment.c and
 * its tests include this. */
#ifndef QI_PARSE_PIECE_H
#define QI_PARSE_PIECE_H

#include "base/slice.h"
#include <stdint.h>

/* What a piece is. Quotation marks are told apart by what stands around them, so that straight and
 * curly ones look alike. */
typedef enum qi_piece_kind {
  QI_PIECE_LOWER,   /* "deal" */
  QI_PIECE_TITLE,   /* "Deal" */
  QI_PIECE_UPPER,   /* "DEAL" */
  QI_PIECE_INITIAL, /* "D" */
  QI_PIECE_LETTER,  /* "d" */
  QI_PIECE_MIXED,   /* "eMail" */
  QI_PIECE_SCRIPT,  /* letters without case */
  QI_PIECE_DIGIT1, QI_PIECE_DIGIT2, QI_PIECE_DIGIT3, QI_PIECE_DIGIT4, QI_PIECE_DIGITS,
  QI_PIECE_PERIOD, QI_PIECE_COMMA, QI_PIECE_SEMICOLON, QI_PIECE_COLON, QI_PIECE_EXCLAIM,
  QI_PIECE_QUESTION, QI_PIECE_ELLIPSIS,
  QI_PIECE_DOUBLE_OPEN, QI_PIECE_DOUBLE_CLOSE, QI_PIECE_DOUBLE, /* quotation marks */
  QI_PIECE_SINGLE_OPEN, QI_PIECE_SINGLE_CLOSE, QI_PIECE_SINGLE, /* the last: an apostrophe */
  QI_PIECE_OPEN, QI_PIECE_CLOSE, /* round brackets */
  QI_PIECE_SQUARE_OPEN, QI_PIECE_SQUARE_CLOSE,
  QI_PIECE_HYPHEN, QI_PIECE_EN_DASH, QI_PIECE_EM_DASH, QI_PIECE_SLASH, QI_PIECE_AT,
  QI_PIECE_PERCENT, QI_PIECE_CURRENCY, QI_PIECE_HASH, QI_PIECE_AMPERSAND, QI_PIECE_STAR,
  QI_PIECE_UNDERSCORE, QI_PIECE_LESS, QI_PIECE_GREATER, QI_PIECE_EQUALS, QI_PIECE_PLUS,
  QI_PIECE_TILDE, QI_PIECE_BULLET, QI_PIECE_MARK /* any other */, QI_PIECE_SYMBOL,
  QI_PIECE_NONE, /* beyond the paragraph */
  QI_N_PIECE_KINDS
} qi_piece_kind;

/* What stands before a piece. */
typedef enum qi_gap {
  QI_GAP_NONE,
  QI_GAP_INNER, /* nothing, inside a word: can|not, do|n't */
  QI_GAP_SPACE,
  QI_GAP_SPACES, /* two or more, or a tab */
  QI_GAP_WRAP,   /* a new line where a line is full */
  QI_GAP_LINE,   /* a new line before that */
  QI_N_GAPS
} qi_gap;

/* Signs of the chunk (what stands between white space) that a piece is in. */
enum {
  QI_CHUNK_AT = 1, QI_CHUNK_ADDRESS = 2 /* "://", "www" */, QI_CHUNK_DOMAIN = 4 /* ".com" */,
  QI_CHUNK_SLASH = 8, QI_CHUNK_UNDERSCORE = 16, QI_CHUNK_LETTER = 32, QI_CHUNK_DIGIT = 64,
  QI_CHUNK_LONG = 128 /* over 8 pieces */
};

typedef struct qi_piece {
  uint32_t start, end; /* bytes */
  uint32_t sym;        /* hash of what it says: lower case, digits as their number */
  uint32_t left;       /* hash of the syms before it in its chunk */
  uint8_t kind, gap;
  uint8_t lex;         /* class in the word list, 0 unknown */
  uint8_t chunk;       /* signs */
  uint8_t chunk_left;  /* pieces before it in its chunk, cut at 255 */
  uint8_t chunk_right; /* pieces behind it */
  bool in_address;     /* "://" or "www" stands before it in its chunk */
  bool tail;           /* only marks from here to the end of the chunk */
} qi_piece;

/* The word list of the model: open addressing on the hash of the lower-case word. */
typedef struct qi_piece_words {
  const char *slots; /* [cap] of u32 hash (0 empty), u8 class, u8 splits, u16 0; any alignment */
  uint32_t cap;      /* a power of two, at least one slot empty; 0 for no list */
} qi_piece_words; /* splits: letters before the first cut in the low four bits, the second in the high */
#define QI_PIECE_SLOT_BYTES 8u
#define QI_LEX_DOMAIN 10 /* the class of "com", "org" */

/* Walks through a text, paragraph by paragraph. */
typedef struct qi_piece_reader {
  qi_slice text; /* valid UTF-8 */
  qi_piece_words words;
  size_t at;
  uint32_t width;       /* characters of a full line, 0 when lines are not wrapped */
  size_t line_start;    /* of the line at `at` */
  uint32_t line_indent; /* spaces at its start */
  qi_gap gap;           /* before the next piece */
  bool paragraph;       /* the next piece starts one */
} qi_piece_reader;

#define QI_PIECE_CHUNK_MAX 64u /* longer chunks are read in parts */

void qi_piece_open(qi_piece_reader *in, qi_slice text, qi_piece_words words);
/* Reads the next chunk into out, at least QI_PIECE_CHUNK_MAX long. Returns the number of pieces, 0
 * at the end of the paragraph; the next call then starts the next one. *end_of_text tells whether
 * there is one. */
uint32_t qi_piece_chunk(qi_piece_reader *in, qi_piece *out, bool *end_of_text);
/* FNV-1a of lower-case letters, never 0. */
uint32_t qi_piece_hash(qi_slice lower);

#endif
