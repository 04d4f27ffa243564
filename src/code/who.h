/* code: what the files that find out "who" share. Not for other folders.
 *
 *   spot.c     a sentence -> spans: dictionary names, named entities, agents' words
 *   phrase.c   spans + tree -> qi_who: one record a mention, with its titles, owners, appositions
 *   reading.c  an ambiguous name -> the reading that fits date, titles, and the rest of the text
 *   resolve.c  names and agents -> refs: whom they mean at the document's date
 *   short.c    "Doe", "Mrs. Doe" -> Jane Doe of the same story
 *   office.c   "the president", "the ousted premier" -> who holds or held the office, of which country
 *   describe.c "the country", "the rebels", "the bloc" -> refs named before
 *   group.c    "the two leaders", "each other", "the latter" -> refs named before
 *   coref.c    pronouns -> refs named before
 *   speaker.c  "I" and "we" -> who speaks, or for whom
 *   mention.c  runs these, and turns the outcome into qi_mentions
 *
 * Everything lives in the document's arena. */
#ifndef QI_CODE_WHO_H
#define QI_CODE_WHO_H

#include "base/map.h"
#include "base/vec.h"
#include "code/mention.h"
#include "know/actors.h"

#define QI_MAX_OWNERS 6u  /* countries before one agent: "U.S., British and French troops" */
#define QI_MAX_GROUP 6u   /* members of "the six leaders" */
#define QI_MAX_TREE_STEPS 64u /* heads that are climbed; no sentence of a writer is deeper */
#define QI_NO_REF UINT32_MAX
#define QI_NO_TOKEN UINT32_MAX

typedef enum qi_who_how {
  QI_WHO_NAME,    /* in the dictionary: n_names readings */
  QI_WHO_UNKNOWN, /* a name that is not */
  QI_WHO_AGENT,   /* generic words: "Russian troops", "the minister" */
  QI_WHO_NOUN,    /* some other person or body: "the plumber" */
  QI_WHO_PRONOUN,
  QI_WHO_GROUP    /* "the two leaders" */
} qi_who_how;

/* Where in a sentence something was spotted. */
typedef struct qi_spot {
  uint32_t sentence;          /* set by phrase.c */
  uint32_t first, last, head; /* tokens */
  const qi_name **names;      /* [n_names]; NULL for an agent or an unknown name */
  uint32_t n_names;
  uint32_t agent;             /* QI_NO_AGENT */
  uint8_t ner;                /* qi_ner of an unknown name */
  bool modifier;              /* an adjective: names nobody by itself */
  bool backed;                /* "Iran-backed", "pro-Russian": not the owner of what follows */
} qi_spot;

typedef struct qi_spots {
  qi_spot *items;
  uint32_t len;
  int32_t *at;     /* [n_tokens]: the name that covers the token, -1 */
  int32_t *agent;  /* [n_tokens]: the agent whose words cover the token, -1 */
} qi_spots;

/* To whom an agent belongs, or the country of a name: a spot of the same sentence, or a pronoun. */
typedef struct qi_owner {
  uint32_t token; /* head of the owner */
  int32_t spot;   /* -1: the pronoun or mention at `token` */
} qi_owner;

typedef struct qi_who {
  uint32_t sentence, head, first, last;
  uint8_t how;         /* qi_who_how */
  uint8_t ner;         /* qi_ner, of the name or guessed from the entity type */
  int32_t spot;        /* of the name, -1 none */
  uint32_t agent;      /* of the title or the agent, QI_NO_AGENT */
  uint32_t agent_head; /* token */
  const qi_title *title;
  qi_owner owners[QI_MAX_OWNERS];
  uint32_t n_owners;
  int32_t same;        /* the mention that this one stands in apposition to, -1 */
  int32_t from;        /* the mention whose meaning it took: an antecedent, -1 */
  char gender;         /* 'm', 'f', 0 */
  bool plural, definite, indefinite, former, person, body;
  bool subject, object;   /* of its clause */
  bool actor_place;       /* a capital or seat that stands where an actor does */
  bool first_person;      /* I, we, our */
  bool dateline;          /* "SEOUL (AP) -": says where the report is from, no actor */
  bool thing;             /* "artillery" that is sent, "intelligence" that is shared: no actor here */
  uint8_t count;          /* of a group: 2 for "the two leaders", 0 not said */
  const char *via;
  uint32_t refs[QI_MAX_GROUP];
  uint32_t n_refs;
} qi_who;

/* Somebody the document talks about. */
typedef struct qi_ref {
  const char *id, *name, *country, *sector, *role;
  uint32_t actor;  /* of the dictionary, QI_NO_ACTOR */
  uint8_t ner;     /* qi_ner */
  char gender;
  bool person, state, body, plural;
  bool unnamed;    /* who writes, or those for whom he does: told apart from others, but nobody knows who it is */
  uint32_t side;   /* the body that a person speaks for, into refs, QI_NO_REF unknown */
  qi_slice full;   /* an unknown name as first written in full, "" for others */
  uint32_t count;  /* mentions so far */
  uint32_t last;   /* the last mention so far, into items */
  uint32_t born;   /* the first mention by name, into items */
} qi_ref;

/* Refs by a word of their name: "doe" -> Jane Doe. */
typedef struct qi_word_ref {
  uint32_t ref, next; /* next: older one of the same word, UINT32_MAX none */
  bool last_word;
} qi_word_ref;

/* A document while its people are being found. */
typedef struct qi_whos {
  const qi_know *know;
  const qi_actors *actors;
  const qi_parsed *doc;
  qi_day day;
  qi_arena *arena;
  qi_spots *spots;            /* [n_sentences] */
  QI_VEC(qi_who) items;       /* in order of the text, by the first token of the head's phrase */
  QI_VEC(qi_ref) refs;
  int32_t **at;               /* at[sentence][token]: mention, -1 */
  bool **quoted;              /* [sentence][token]: between quotation marks */
  qi_map country_count;       /* alpha-3 -> how often the document names it */
  QI_VEC(qi_slice) countries; /* keys of it, in order of appearance */
  qi_map ref_of;              /* key of a ref -> refs */
  qi_map word_refs_of;        /* folded word -> word_refs */
  QI_VEC(qi_word_ref) word_refs;
  qi_map words;               /* folded words of the document; filled when first asked */
  bool words_filled;
  int8_t politics;            /* 1: the text is about those who rule, -1 it is not; 0 not yet asked */
  uint8_t placing;            /* how many names are being placed, each by the one behind it */
  bool *open_at;              /* [sentence]: does it begin between quotation marks? */
  int32_t *turn;              /* [sentence]: the mention of who has the word in a transcript, -1; NULL until asked */
  uint32_t giver;             /* ref: whose statement the document is, QI_NO_REF none; once giver_found */
  uint32_t giver_who;         /* its mention */
  bool giver_found;
  bool failed;                /* out of memory somewhere on the way */
} qi_whos;

/* ---- tree.c: small questions to the tree ---- */

/* The token of [first, last] whose head lies outside; a noun where several do. */
uint32_t qi_tree_span_head(const qi_sentence *s, uint32_t first, uint32_t last);
/* The preposition (first word) of the token, lower case; "" none. */
qi_slice qi_tree_case(const qi_sentence *s, uint32_t token);
/* A child of `token` with that relation, QI_NO_TOKEN none. */
uint32_t qi_tree_child(const qi_sentence *s, uint32_t token, qi_rel rel);
/* The first token of the conjunction chain that `token` hangs on ("Kim" in "Putin and Kim" -> Putin). */
uint32_t qi_tree_conj_top(const qi_sentence *s, uint32_t token);
bool qi_tree_form_in(const qi_token *t, const char *const *words, size_t n); /* ASCII case ignored */
bool qi_tree_lemma_in(const qi_token *t, const char *const *words, size_t n);
bool qi_tree_is_noun(const qi_token *t); /* NOUN, PROPN, or an adjective, numeral that stands for one */
bool qi_tree_under(const qi_sentence *s, uint32_t token, uint32_t above); /* below or equal */

/* ---- mention.c ---- */
/* Spots, phrases and resolves all names of w->doc; w holds know, actors, doc, day and arena. Clear it
 * whatever the status. */
quid_status qi_whos_find(qi_whos *w, quid_error *err);
void qi_whos_clear(qi_whos *w);

/* ---- spot.c ---- */
quid_status qi_spot_sentence(qi_whos *w, uint32_t sentence, quid_error *err);

/* ---- phrase.c ---- */
quid_status qi_phrase_sentence(qi_whos *w, uint32_t sentence, quid_error *err);

/* ---- resolve.c ---- */
/* Counts the countries that the document names; then every mention in order. */
quid_status qi_resolve_all(qi_whos *w, quid_error *err);
/* A new ref under that key. QI_NO_REF: out of memory. */
uint32_t qi_resolve_add_ref(qi_whos *w, qi_slice key, qi_ref ref);
/* The ref of a dictionary actor, new if need be; QI_NO_REF out of memory. */
uint32_t qi_resolve_actor_ref(qi_whos *w, uint32_t actor);
uint32_t qi_resolve_country_ref(qi_whos *w, qi_slice country);
/* The dictionary's reading of a spotted name in this document, NULL when none fits. `who` (may be
 * NULL) adds its titles and owners to what is known. */
const qi_name *qi_resolve_reading(qi_whos *w, const qi_spot *spot, const qi_who *who);
/* A ref for "COUNTRY.SECTOR" or "SECTOR"; kind keeps apart what coreference must. QI_NO_REF: memory. */
uint32_t qi_resolve_agent_ref(qi_whos *w, qi_slice country, const qi_agent *agent);
/* The ref of an organisation that no dictionary knows. */
uint32_t qi_resolve_unknown_org(qi_whos *w, qi_slice name);
void qi_resolve_add(qi_whos *w, qi_who *who, uint32_t ref);
/* A name further on in the sentence, ahead of its turn: "In his speech, Putin said". */
void qi_resolve_ahead(qi_whos *w, uint32_t who);

/* ---- short.c ---- */
/* The bearer of the one-word name in this story, the one named last before mention `now`. QI_NO_REF none, as below. */
uint32_t qi_short_bearer(const qi_whos *w, qi_slice word, const qi_who *who, uint32_t now);
/* Capitals of the words: "Syrian Observatory for Human Rights" -> SOHR. ptr NULL: memory. */
qi_slice qi_short_initials(qi_whos *w, qi_slice name);
/* Does the longer name have all words of the shorter one, in order? */
bool qi_short_has_words(qi_slice longer, qi_slice shorter);
/* "Abu Jandal" after "Abu Jandal al-Kuwaiti", "Jane Doe" after "Jane A. Doe". */
uint32_t qi_short_person(const qi_whos *w, qi_slice text);
/* "Scientology" after "Church of Scientology". */
uint32_t qi_short_body(const qi_whos *w, qi_slice text);
/* "Donald John Trump": known without the names in the middle. */
uint32_t qi_short_known(qi_whos *w, const qi_who *who, qi_slice text);

/* ---- reading.c ---- */

/* What speaks for or against one reading of a name. */
typedef enum qi_evidence {
  QI_EVIDENCE_NAME,    /* a full name, not a surname; a name, not a capital */
  QI_EVIDENCE_DATE,    /* in office, or there at all, on that day */
  QI_EVIDENCE_COUNTRY, /* its country is named elsewhere in the text */
  QI_EVIDENCE_OWNER,   /* the country beside the name: "Russian", "of Syria" */
  QI_EVIDENCE_ROLE,    /* the title or office beside the name */
  QI_EVIDENCE_STATE,   /* a state before what else is called so */
  QI_N_EVIDENCE
} qi_evidence;

typedef enum qi_fate {
  QI_FATE_BEATEN,    /* another reading has more points */
  QI_FATE_CHOSEN,
  QI_FATE_WEAK,      /* a surname with too little to back it */
  QI_FATE_ELSEWHERE, /* a party of a country that the text does not name */
  QI_FATE_TIED,      /* two fit alike */
  QI_FATE_CLASH      /* names/clashes.tsv: the text speaks for what else the name means */
} qi_fate;

typedef struct qi_reading {
  int part[QI_N_EVIDENCE], score; /* points; score is their sum */
  uint8_t fate;
} qi_reading;

/* As qi_resolve_reading; all: [spot->n_names], or NULL when nobody asks why. */
const qi_name *qi_reading_choose(qi_whos *w, const qi_spot *spot, const qi_who *who, qi_reading *all);
bool qi_reading_says_word(qi_whos *w, qi_slice word); /* folded: does the document have it? */
/* A name that clashes: does the document have a word that speaks for the actor? true without clash. */
bool qi_reading_speaks_for(qi_whos *w, qi_slice word);
/* The words of the document alone: does it speak of the other place of that name, and not of the actor? */
bool qi_reading_speaks_of_place(qi_whos *w, const qi_spot *spot);
/* The country of the place that the name means otherwise: that behind the comma ("Moscow, Idaho"), else
 * the one that clashes.tsv gives: USA for "Georgia". "" none. */
qi_slice qi_reading_other_country(qi_whos *w, const qi_spot *spot);

/* Counts the countries that the document names. false: out of memory. */
bool qi_reading_count_countries(qi_whos *w);
/* The country most named, when it clearly is; "" otherwise. */
qi_slice qi_reading_main_country(const qi_whos *w);

/* ---- office.c ---- */
/* Who holds that office in the country on the document's day, or held it until a few days before when
 * the mention is said to be deposed or nobody holds it now; QI_NO_ACTOR none. */
uint32_t qi_office_holder(qi_whos *w, const qi_who *who, qi_slice country, qi_slice role);
/* The ref named last who holds that office, or held it ("former"), or leads the opposition. QI_NO_REF none. */
uint32_t qi_office_named_before(const qi_whos *w, uint32_t who, const qi_agent *agent);
/* The country that an office or force without an owner belongs to; "" where it is not evident. */
qi_slice qi_office_country(const qi_whos *w, uint32_t who);
bool qi_office_is_of_other(const qi_whos *w, const qi_who *who); /* "the Liberal leader": not of the country */
bool qi_office_newcomer(qi_whos *w, uint32_t who, const qi_agent *agent); /* "the new premier". true: resolved */

/* ---- speaker.c ---- */
uint32_t qi_speaker_giver(qi_whos *w); /* ref: whose statement the document says it is, QI_NO_REF none */
bool qi_speaker_mark(qi_whos *w); /* before all mentions; false: out of memory */
void qi_speaker_resolve(qi_whos *w, uint32_t who); /* a mention of the first person */
void qi_speaker_remain(qi_whos *w, uint32_t who);  /* one that nobody known says: of the writer, or of his side */

/* ---- coref.c ---- */
/* Pronouns, groups and definite descriptions; called in order of the text. */
quid_status qi_coref(qi_whos *w, uint32_t who, quid_error *err);
/* How well the earlier mention `c` would suit the pronoun. */
int qi_coref_points(const qi_whos *w, const qi_who *pronoun, const qi_who *c);
/* `who` means what `from` means. */
void qi_coref_copy(qi_whos *w, qi_who *who, const qi_who *from);

/* Is the pronoun's or description's meaning an earlier mention of the same refs? */
bool qi_coref_same(const qi_who *a, const qi_who *b);

/* ---- group.c ---- */
/* "both", "the pair", "neither", "each other", "the latter": does the token stand for members by itself? *count: of how many, 1 for
 * one of two. */
bool qi_group_stands(const qi_sentence *s, uint32_t token, uint8_t *count);
/* "two", "both", "neither" before "leaders": how many; 0 no such word. *whole: needs no article. */
uint8_t qi_group_counted(const qi_token *t, bool *whole);
void qi_group_resolve(qi_whos *w, uint32_t who);

/* ---- describe.c ---- */
/* "the Coalition", "Alliance aircraft", "the regime": the body of that kind named before; of one with a
 * capital that is not, an unknown organisation. true: resolved. */
bool qi_describe_body(qi_whos *w, uint32_t who);
/* Definite agents without an owner: "the president", "the rebels", "the country". true: resolved. */
bool qi_describe_definite(qi_whos *w, uint32_t who);
/* "the former British premier", "the Russian minister". true: resolved. */
bool qi_describe_of_country(qi_whos *w, uint32_t who, qi_slice country);
/* "our nation" of somebody unnamed. true: resolved. */
bool qi_describe_land(qi_whos *w, uint32_t who);
/* "the visitors", "his guest", "his counterpart": the other party of those named last. true: resolved. */
bool qi_describe_other(qi_whos *w, uint32_t who);
/* "the group", "the company": other nouns. */
void qi_describe_noun(qi_whos *w, uint32_t who);

#endif
