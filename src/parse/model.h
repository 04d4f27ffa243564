/* parse: the mapped model file as typed tables. Only the parser's own files include this. */
#ifndef QI_PARSE_MODEL_H
#define QI_PARSE_MODEL_H

#include "base/file.h"
#include "base/map.h"
#include "parse/kernel.h"
#include "parse/parser.h"

#define QI_N_AFFIX 8u

/* The tag heads, in the order of the columns of `tags`. */
enum { QI_HEAD_UPOS, QI_HEAD_XPOS, QI_HEAD_FEATS, QI_HEAD_LEMMA, QI_HEAD_NER, QI_HEAD_ETYPE, QI_N_TAG_HEADS };

typedef struct qi_names { /* one list of labels */
  qi_slice *items;        /* [n] */
  uint32_t n;
} qi_names;

enum { QI_LEMMA_VERB = 1, QI_LEMMA_NOUN = 2, QI_LEMMA_OTHER = 4 };

typedef struct qi_word_entry { /* one word of the vocabulary, as in the file */
  uint32_t at;                 /* bytes into word_text */
  uint16_t len;                /* bytes */
  uint16_t lemma;              /* QI_LEMMA_* : what it is known as */
  uint32_t pre, word;          /* rows of tab_pre and tab_word, 0 unknown */
} qi_word_entry;

struct qi_model {
  qi_slice bytes;       /* the whole file */
  qi_mapping file;      /* where it is mapped; zeroed when the bytes are somebody else's */
  const char *reading;  /* while loading: the section, for messages */
  char version[17];
  /* Dimensions. */
  uint32_t hidden;                      /* H, LSTM units in each direction */
  uint32_t d_pre, d_word, d_affix, n_affix, n_buckets, d_conv, max_chars;
  uint32_t d_input;                     /* all of the above concatenated */
  uint32_t d_tag, d_arc, d_lab;
  uint32_t n_pre, n_word;
  float clip_tag, clip_arc, clip_lab, clip_conv;
  /* Embeddings, already quantised: 64 + 63 v / clip. */
  const uint8_t *tab_pre;   /* [n_pre][d_pre] */
  const uint8_t *tab_word;  /* [n_word][d_word] */
  const uint8_t *tab_affix; /* [n_affix][n_buckets][d_affix] */
  const int16_t *conv;      /* [3][128][d_conv], times 1024 */
  const int16_t *conv_bias; /* [d_conv] */
  /* Vocabulary: open addressing on FNV-1a. */
  const uint32_t *word_slots;       /* [word_cap], entry + 1, 0 empty */
  const qi_word_entry *word_entries; /* [n_words] */
  const char *word_text;
  uint32_t word_cap, n_words;
  /* Layers. */
  qi_linear in1;        /* [8H x d_input]: forward gates i f g o, then backward */
  qi_linear hh1[2];     /* [4H x H] */
  qi_linear in2;        /* [8H x 2H] */
  qi_linear hh2[2];     /* [4H x H] */
  qi_linear proj;       /* [tag | arc dep | arc head | label dep | label head  x 2H] */
  qi_linear arcu;       /* [arc x arc] */
  qi_linear tags;       /* [sum of tag heads x tag] */
  qi_linear label;      /* [n_deprel x lab] */
  const float *root_lab;   /* [d_lab] */
  const uint8_t *root_arc; /* [d_arc] */
  qi_names heads[QI_N_TAG_HEADS];
  qi_names deprel;
  uint8_t *upos_of, *rel_of, *etype_of; /* label index -> qi_upos, qi_rel, qi_etype */
  qi_map irregular;                     /* "v shot" -> place of "shoot" in the section */
  uint32_t root_label;                  /* index of "root" in deprel */
  qi_arena arena;
};

/* As qi_model_open, from bytes that must stay until close, at an address that 16 divides. name: for messages. */
quid_status qi_model_from_bytes(qi_model **out, qi_slice bytes, const char *name, quid_error *err);

/* The lemma of an irregular form, key "v shot"; empty when there is none. *borrowed* from the file. */
qi_slice qi_model_irregular(const qi_model *model, qi_slice key);

#endif
