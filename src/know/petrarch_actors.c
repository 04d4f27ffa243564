/* know: PETRARCH actors, agents and discards.
 *
 *   GOLLUM                          a name begins an actor; no code yet
 *   +SMEAGOL                        another name of the same
 *   \t[HOB <950601]                 codes: before a day, between two days, after one
 *   \t[HOBGOV 19950601-19990815]
 *
 * The codes hold for all names of the actor. Of several the first that holds on a day is taken, those
 * with days before those without. Days of six digits are of 1931 to 2030. */
#include "know/petrarch_impl.h"

/* ---- days ---- */

static int two_digits(const char *c) { return (c[0] - '0') * 10 + (c[1] - '0'); }

/* "06/01/1995", month first. */
static qi_day day_of_parts(qi_slice text) {
  qi_slice part;
  long number[3];
  int n = 0;
  while (n < 3 && qi_slice_split(&text, '/', &part))
    if (part.len > 4 || !qi_slice_to_long(part, &number[n++])) return QI_DAY_NONE;
  return n == 3 && !text.ptr ? qi_day_from_ymd((int)number[2], (int)number[0], (int)number[1]) : QI_DAY_NONE;
}

/* "950601", "19950601", "06/01/1995". QI_DAY_NONE for what is no day. */
static qi_day day_of(qi_slice digits) {
  if (qi_slice_find_char(digits, '/') != QI_NOT_FOUND) return day_of_parts(digits);
  if (digits.len != 6 && digits.len != 8) return QI_DAY_NONE;
  for (size_t i = 0; i < digits.len; i++)
    if (!qi_ascii_is_digit(digits.ptr[i])) return QI_DAY_NONE;
  int year = two_digits(digits.ptr);
  const char *rest = digits.ptr + 2;
  if (digits.len == 8) year = year * 100 + two_digits(rest), rest += 2;
  else year += year > 30 ? 1900 : 2000;
  return qi_day_from_ymd(year, two_digits(rest), two_digits(rest + 2));
}

/* "< 950601", "> 990816", "19950601 - 19990815", "19950601-" without an end, "990101". */
static bool read_days(qi_petr_reader *r, qi_slice text, qi_petr_code *code) {
  bool before = text.ptr[0] == '<', after = text.ptr[0] == '>';
  size_t dash = qi_slice_find_char(text, '-');
  qi_slice first = qi_slice_trim(qi_slice_sub(text, before || after, dash == QI_NOT_FOUND ? text.len : dash));
  qi_slice last = dash == QI_NOT_FOUND ? first : qi_slice_trim(qi_slice_sub(text, dash + 1, text.len));
  qi_day from = day_of(first), to = dash != QI_NOT_FOUND && !last.len ? QI_DAY_MAX : day_of(last);
  if (from == QI_DAY_NONE) return qi_petr_fault(r, first.ptr, "no day '%.*s'", QI_SLICE_ARG(first));
  if (to == QI_DAY_NONE) return qi_petr_fault(r, last.ptr, "no day '%.*s'", QI_SLICE_ARG(last));
  if (from > to) return qi_petr_fault(r, first.ptr, "days in the wrong order '%.*s'", QI_SLICE_ARG(text));
  code->dated = true;
  code->from = before ? QI_DAY_MIN : after ? from + 1 : from;
  code->to = before ? from - 1 : after ? QI_DAY_MAX : to;
  return true;
}

/* ---- codes ---- */

static bool is_code(qi_slice s) {
  for (size_t i = 0; i < s.len; i++) {
    char c = s.ptr[i];
    if (!qi_ascii_is_alpha(c) && !qi_ascii_is_digit(c) && c != '/' && c != '-' && c != '+' && c != '#') return false;
  }
  return s.len >= 3;
}

static char *upper(qi_arena *arena, qi_slice s) {
  char *copy = qi_arena_strdup(arena, s);
  for (char *c = copy; c && *c; c++)
    if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 'a' + 'A');
  return copy;
}

/* inside: what stands between the brackets. *memory: out of it. */
static bool read_actor_code(qi_petr_reader *r, qi_slice inside, qi_petr_code *code, bool *memory) {
  qi_slice text = qi_slice_trim(inside);
  size_t n = 0;
  while (n < text.len && !qi_ascii_is_space(text.ptr[n]) && text.ptr[n] != '<' && text.ptr[n] != '>') n++;
  qi_slice word = qi_slice_sub(text, 0, n), days = qi_slice_trim(qi_slice_sub(text, n, text.len));
  if (!is_code(word)) return qi_petr_fault(r, inside.ptr, "no actor code '%.*s'", QI_SLICE_ARG(text));
  *code = (qi_petr_code){.from = QI_DAY_MIN, .to = QI_DAY_MAX};
  if (days.len && !read_days(r, days, code)) return false;
  bool none = strchr("+#-", word.ptr[0]) != NULL;
  code->text = none ? "---" : upper(&r->p->arena, word);
  *memory = !code->text;
  return !*memory;
}

/* All "[...]" of `text`, for the last actor. false: out of memory. */
static bool add_codes(qi_petr_reader *r, qi_slice text) {
  qi_petrarch *p = r->p;
  bool memory = false;
  for (size_t open; (open = qi_slice_find_char(text, '[')) != QI_NOT_FOUND;) {
    qi_slice before = qi_slice_trim(qi_slice_sub(text, 0, open));
    if (before.len) qi_petr_fault(r, before.ptr, "words between codes '%.*s'", QI_SLICE_ARG(before));
    text = qi_slice_sub(text, open + 1, text.len);
    size_t close = qi_slice_find_char(text, ']');
    if (close == QI_NOT_FOUND) return qi_petr_fault(r, text.ptr, "bracket without end"), true;
    qi_petr_code code;
    if (p->actors.len && read_actor_code(r, qi_slice_sub(text, 0, close), &code, &memory)) {
      qi_petr_actor *a = &p->actors.items[p->actors.len - 1];
      if (!a->n_codes) a->first_code = (uint32_t)p->codes.len;
      if (!QI_VEC_PUSH(&p->codes, code)) return false;
      a->n_codes++;
    }
    if (memory) return false;
    text = qi_slice_sub(text, close + 1, text.len);
  }
  return true;
}

/* ---- actors ---- */

static bool add_actor_name(qi_petr_reader *r, qi_slice name) {
  uint32_t atoms[QI_PETR_NAME_ATOMS], n;
  bool known;
  size_t plus = qi_slice_find_char(name, '+');
  bool inside = plus != QI_NOT_FOUND && plus > 0 && plus + 1 < name.len;
  bool letter = inside && qi_ascii_is_alpha(name.ptr[plus - 1]) && qi_ascii_is_alpha(name.ptr[plus + 1]); /* "B+H" */
  if (plus != QI_NOT_FOUND && !letter) return qi_petr_fault(r, name.ptr + plus, "sign inside the name '%.*s'", QI_SLICE_ARG(name)), true;
  n = qi_petr_name_atoms(r->p, name, false, atoms);
  if (n == QI_PETR_NONE) return qi_petr_fault(r, name.ptr, "name too long '%.*s'", QI_SLICE_ARG(name)), true;
  if (n == 0) return qi_petr_fault(r, name.ptr ? name.ptr : r->text.ptr, "no name"), true;
  r->p->counts.names++;
  return qi_petr_add_name(&r->p->actor_names, atoms, n, (uint32_t)r->p->actors.len - 1, &known);
}

typedef struct open_actor {
  uint32_t line; /* where it begins, 0 none */
  bool reported;
} open_actor;

/* An actor whose file goes on without having given it a code. */
static void close_actor(qi_petr_reader *r, open_actor *open) {
  qi_petrarch *p = r->p;
  if (open->line && p->actors.items[p->actors.len - 1].n_codes == 0) {
    qi_petr_reader at = *r;
    at.line = open->line;
    at.raw = at.text = (qi_slice){"", 0};
    qi_petr_fault(&at, NULL, "actor without a code");
  }
  open->line = 0;
}

bool qi_petr_read_actors(qi_petr_reader *r) {
  qi_petrarch *p = r->p;
  open_actor open = {0};
  while (qi_petr_next(r)) {
    qi_slice text = r->text;
    size_t bracket = qi_slice_find_char(text, '[');
    qi_slice name = qi_slice_trim(qi_slice_sub(text, 0, bracket == QI_NOT_FOUND ? text.len : bracket));
    bool more = text.ptr[0] == '+';
    if ((more || !name.len) && !open.line) {
      qi_petr_fault(r, text.ptr, "no actor above that this could belong to");
      continue;
    }
    if (name.len && !more) {
      close_actor(r, &open);
      if (!QI_VEC_PUSH(&p->actors, (qi_petr_actor){0, 0})) return false;
      open.line = r->line;
    }
    if (name.len && !add_actor_name(r, more ? qi_slice_trim(qi_slice_sub(name, 1, name.len)) : name)) return false;
    if (bracket != QI_NOT_FOUND && !add_codes(r, qi_slice_sub(text, bracket, text.len))) return false;
  }
  close_actor(r, &open);
  return true;
}

/* ---- agents ---- */

qi_slice qi_petr_plural(qi_arena *arena, qi_slice noun) {
  size_t n = noun.len;
  char last = n ? noun.ptr[n - 1] : 0, before = n > 1 ? noun.ptr[n - 2] : 0;
  bool hiss = last == 'S' || last == 'X' || last == 'Z' || (last == 'H' && (before == 'C' || before == 'S'));
  if (last == 'Y' && !strchr("AEIOU", before))
    return qi_arena_printf(arena, "%.*sIES", (int)n - 1, noun.ptr);
  return qi_arena_printf(arena, "%.*s%s", QI_SLICE_ARG(noun), hiss ? "ES" : "S");
}

static bool add_agent_name(qi_petr_reader *r, qi_slice name, uint32_t agent) {
  uint32_t atoms[QI_PETR_NAME_ATOMS];
  uint32_t n = qi_petr_name_atoms(r->p, name, true, atoms);
  if (n == 0 || n == QI_PETR_NONE) return qi_petr_fault(r, NULL, "no agent '%.*s'", QI_SLICE_ARG(name)), true;
  return qi_petr_add_name(&r->p->agent_names, atoms, n, agent, NULL);
}

/* The name, and its plural when `plural`; "!PERSON!" once for each word of the list. */
static bool add_agent_names(qi_petr_reader *r, qi_slice name, uint32_t agent, bool plural) {
  qi_petrarch *p = r->p;
  size_t first = qi_slice_find_char(name, '!');
  if (first != QI_NOT_FOUND) {
    qi_slice behind = qi_slice_sub(name, first + 1, name.len);
    size_t last = qi_slice_find_char(behind, '!');
    uint32_t list = last == QI_NOT_FOUND ? QI_MAP_NONE : qi_map_find(&p->substitutions, qi_slice_sub(behind, 0, last), QI_MAP_NONE);
    if (list == QI_MAP_NONE) return qi_petr_fault(r, name.ptr + first, "unknown substitution '%.*s'", QI_SLICE_ARG(name)), true;
    qi_slice rest = p->lists.items[list], word;
    while (qi_slice_split(&rest, ',', &word)) {
      word = qi_slice_trim(word);
      qi_slice full = qi_arena_printf(&p->arena, "%.*s%.*s%.*s", (int)first, name.ptr, QI_SLICE_ARG(word),
                                      (int)(behind.len - last - 1), behind.ptr + last + 1);
      if (!full.ptr || !add_agent_name(r, full, agent)) return false;
    }
    return true;
  }
  while (name.len && name.ptr[name.len - 1] == '_') name.len--;
  if (!add_agent_name(r, name, agent)) return false;
  if (!plural) return true;
  qi_slice many = qi_petr_plural(&p->arena, name);
  return many.ptr && add_agent_name(r, many, agent);
}

/* "!PERSON! = MAN, MEN" */
static bool read_substitution(qi_petr_reader *r) {
  qi_petrarch *p = r->p;
  qi_slice behind = qi_slice_sub(r->text, 1, r->text.len);
  size_t end = qi_slice_find_char(behind, '!'), equals = qi_slice_find_char(behind, '=');
  if (end == QI_NOT_FOUND || equals == QI_NOT_FOUND || equals < end)
    return qi_petr_fault(r, NULL, "no substitution '%.*s'", QI_SLICE_ARG(r->text)), true;
  qi_slice name = qi_arena_slice(&p->arena, qi_slice_sub(behind, 0, end));
  qi_slice list = qi_arena_slice(&p->arena, qi_slice_sub(behind, equals + 1, behind.len));
  uint32_t at = (uint32_t)p->lists.len;
  return name.ptr && list.ptr && QI_VEC_PUSH(&p->lists, list) && qi_map_put(&p->substitutions, name, at);
}

/* "[~GOV]", "[NGO~]" -> *agent. */
static bool read_agent_code(qi_petr_reader *r, size_t open, qi_petr_agent *agent, bool *memory) {
  qi_slice code = qi_slice_sub(r->text, open + 1, r->text.len);
  size_t close = qi_slice_find_char(code, ']');
  if (close == QI_NOT_FOUND) return qi_petr_fault(r, code.ptr, "bracket without end");
  code = qi_slice_trim(qi_slice_sub(code, 0, close));
  bool behind = code.len && code.ptr[0] == '~', before = code.len && code.ptr[code.len - 1] == '~';
  qi_slice word = behind ? qi_slice_sub(code, 1, code.len) : qi_slice_sub(code, 0, code.len - (before ? 1 : 0));
  if (behind == before || !is_code(word)) return qi_petr_fault(r, r->text.ptr + open, "no agent code '%.*s'", QI_SLICE_ARG(code));
  *agent = (qi_petr_agent){upper(&r->p->arena, word), before};
  *memory = !agent->code;
  return !*memory;
}

/* NAME {PLURALS} [~CODE]; without braces a regular plural, with empty ones none. */
static bool read_agent(qi_petr_reader *r) {
  qi_petrarch *p = r->p;
  size_t open = qi_slice_find_char(r->text, '[');
  if (open == QI_NOT_FOUND) return qi_petr_fault(r, NULL, "agent without a code '%.*s'", QI_SLICE_ARG(r->text)), true;
  qi_petr_agent agent;
  bool memory = false;
  if (!read_agent_code(r, open, &agent, &memory)) return !memory;
  qi_slice names = qi_slice_trim(qi_slice_sub(r->text, 0, open)), plurals = {0};
  size_t brace = qi_slice_find_char(names, '{');
  if (brace != QI_NOT_FOUND) {
    plurals = qi_slice_sub(names, brace + 1, names.len);
    size_t close = qi_slice_find_char(plurals, '}');
    if (close == QI_NOT_FOUND) return qi_petr_fault(r, plurals.ptr, "brace without end"), true;
    plurals = qi_slice_sub(plurals, 0, close);
    names = qi_slice_trim(qi_slice_sub(names, 0, brace));
  }
  if (!names.len) return qi_petr_fault(r, NULL, "no agent"), true;
  uint32_t at = (uint32_t)p->agents.len;
  if (!QI_VEC_PUSH(&p->agents, agent)) return false;
  if (!add_agent_names(r, names, at, brace == QI_NOT_FOUND)) return false;
  for (qi_slice word; qi_slice_word(&plurals, &word);)
    if (!add_agent_names(r, word, at, false)) return false;
  p->counts.agents++;
  return true;
}

bool qi_petr_read_agents(qi_petr_reader *r) {
  while (qi_petr_next(r))
    if (!(r->text.ptr[0] == '!' && qi_slice_find_char(r->text, '=') != QI_NOT_FOUND ? read_substitution(r) : read_agent(r)))
      return false;
  return true;
}

/* ---- discards ---- */

bool qi_petr_read_discards(qi_petr_reader *r) {
  qi_petrarch *p = r->p;
  while (qi_petr_next(r)) {
    uint32_t atoms[QI_PETR_NAME_ATOMS];
    bool story = r->text.ptr[0] == '+';
    qi_slice words = qi_slice_sub(r->text, story, r->text.len);
    size_t open = qi_slice_find_char(words, '[');
    uint32_t n = qi_petr_name_atoms(p, qi_slice_sub(words, 0, open == QI_NOT_FOUND ? words.len : open), true, atoms);
    if (n == 0 || n == QI_PETR_NONE) {
      qi_petr_fault(r, NULL, "no words '%.*s'", QI_SLICE_ARG(r->text));
      continue;
    }
    if (!qi_petr_add_name(&p->discard_names, atoms, n, story ? 2 : 1, NULL)) return false;
    p->counts.discards++;
  }
  return true;
}
