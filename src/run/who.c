/* run: a name -> its meanings, with the lines of the dictionaries that say so; see quid/who.h.
 * Example: "Lavrov", 2015-03-01 -> RUS.GOV.SERGEY_LAVROV, foreign minister from 2004-03-09,
 * actors/ministers.tsv:12, chosen. */
#include "quid/who.h"

#include "base/utf8.h"
#include "code/meaning.h"
#include "code/who.h"
#include "run/context.h"
#include "show/show.h"
#include <stdlib.h>

#define MAX_SHOWN_BYTES ((size_t)1 << 28)

struct quid_who {
  qi_arena arena;
  QI_VEC(quid_meaning) meanings;
  QI_VEC(quid_member) members;
  const char *reason, *words;
};

static const char *day_text(quid_who *who, qi_day day) {
  char text[QI_DATE_BYTES];
  return qi_arena_strdup(&who->arena, qi_slice_str(qi_date_format(text, day)));
}

static const char *kind_words(const qi_meaning *m) {
  static const char *const words[QI_N_NAME_KINDS] = {"name", "adjective", "people", "capital", "seat", "surname",
                                                     "abbreviation"};
  return m->name ? words[m->name->kind] : "id";
}

/* ---- meanings ---- */

/* Posts of one line of the files: "head of state; president". *n of them, from `first`. */
static const char *roles_of(quid_who *who, const qi_actors *a, const qi_post *posts, uint32_t n_posts, uint32_t *n) {
  qi_slice file, other, roles = {"", 0};
  uint32_t line, at;
  qi_actors_source(a, posts, &file, &line);
  for (*n = 0; *n < n_posts; ++*n) {
    qi_actors_source(a, &posts[*n], &other, &at);
    if (at != line || !qi_slice_eq(file, other)) break;
    roles = qi_arena_printf(&who->arena, "%.*s%s%.*s", QI_SLICE_ARG(roles), roles.len ? "; " : "",
                            QI_SLICE_ARG(posts[*n].role));
    if (!roles.ptr) return NULL;
  }
  return roles.ptr;
}

/* The line that counts on that day: of a person what he is then, of others the one in force. */
static const qi_post *post_of(const qi_actors *a, const qi_actor *actor, qi_day day) {
  return qi_actors_post_at(a, actor, day, NULL);
}

static quid_status add_meaning(quid_who *who, const qi_actors *a, const qi_meaning *m, bool chosen, qi_day day,
                               quid_error *err) {
  const qi_actor *actor = qi_actors_get(a, m->actor);
  const qi_post *posts = qi_actors_posts(a, actor), *now = post_of(a, actor, day);
  for (uint32_t i = 0, n; i < actor->n_posts; i += n) {
    qi_slice file;
    uint32_t line;
    qi_actors_source(a, &posts[i], &file, &line);
    quid_meaning x = {.id = actor->id.ptr, .name = actor->name.ptr, .type = qi_actor_type_name(actor->type),
                      .country = posts[i].country.ptr, .sector = posts[i].sector.ptr,
                      .role = roles_of(who, a, &posts[i], actor->n_posts - i, &n),
                      .from = day_text(who, posts[i].from), .to = day_text(who, posts[i].to),
                      .kind = kind_words(m), .file = qi_arena_strdup(&who->arena, file), .line = line};
    x.holds = day == QI_DAY_NONE || (posts[i].from <= day && day <= posts[i].to);
    x.chosen = chosen && now >= &posts[i] && now < &posts[i] + n;
    if (!x.role || !x.from || !x.to || !x.file || !QI_VEC_PUSH(&who->meanings, x))
      return qi_error_memory(err, "the meanings");
  }
  return QUID_OK;
}

/* ---- members ---- */

static quid_status add_member(quid_who *who, const qi_actors *a, const qi_member *m, quid_error *err) {
  const qi_actor *member = qi_actors_get(a, m->member);
  qi_slice file;
  uint32_t line;
  qi_actors_member_source(a, m, &file, &line);
  quid_member x = {.body = qi_actors_get(a, m->body)->id.ptr, .id = member->id.ptr, .name = member->name.ptr,
                   .from = day_text(who, m->from), .to = day_text(who, m->to),
                   .file = qi_arena_strdup(&who->arena, file), .line = line};
  if (!x.from || !x.to || !x.file || !QI_VEC_PUSH(&who->members, x)) return qi_error_memory(err, "the members");
  return QUID_OK;
}

/* Of the chosen body, else of the first that has some. */
static quid_status add_members(quid_who *who, const qi_actors *a, const qi_meanings *found, qi_day day,
                               quid_error *err) {
  for (uint32_t i = 0; i < found->len; i++) {
    if (found->chosen != QI_NO_MEANING && found->chosen != i) continue;
    size_t n;
    const qi_member *m = qi_actors_members(a, found->items[i].actor, &n);
    for (size_t k = 0; k < n; k++) {
      if (day != QI_DAY_NONE && (m[k].from > day || m[k].to < day)) continue;
      quid_status status = add_member(who, a, &m[k], err);
      if (status) return status;
    }
    if (n) break;
  }
  return QUID_OK;
}

/* ---- all of it ---- */

static quid_status check(const quid_context *ctx, const char *name, const quid_who_options *o, qi_day *day,
                         quid_error *err) {
  qi_slice date = qi_slice_trim(qi_slice_str(o->date));
  if (!ctx->has_know) return qi_error_set(err, QUID_ERR_ARGUMENT, "no dictionaries in this context");
  if (qi_slice_trim(qi_slice_str(name)).len == 0) return qi_error_set(err, QUID_ERR_ARGUMENT, "empty name");
  if (strlen(name) > QUID_MAX_NAME_BYTES)
    return qi_error_set(err, QUID_ERR_LIMIT, "name of more than %zu bytes", QUID_MAX_NAME_BYTES);
  if (o->text && strlen(o->text) > QUID_MAX_WHO_TEXT_BYTES)
    return qi_error_set(err, QUID_ERR_LIMIT, "text of more than %zu bytes", QUID_MAX_WHO_TEXT_BYTES);
  *day = QI_DAY_NONE;
  if (date.len && !qi_date_parse(date, day, NULL))
    return qi_error_set(err, QUID_ERR_ARGUMENT, "no date '%.*s'", QI_SLICE_ARG(date));
  return QUID_OK;
}

static quid_status find_in_text(qi_meanings *out, quid_who *who, const quid_context *ctx, qi_slice name, qi_slice given,
                                qi_day day, quid_error *err) {
  qi_builder text;
  qi_parsed doc;
  qi_utf8_repairs repairs;
  qi_parser *parser = NULL;
  qi_builder_init(&text, 0);
  qi_utf8_repair(&text, given, &repairs);
  quid_status status = qi_builder_status(&text, "the text", err);
  qi_slice kept = status ? (qi_slice){0} : qi_arena_slice(&who->arena, qi_builder_view(&text));
  qi_builder_clear(&text);
  if (!status && !kept.ptr) status = qi_error_memory(err, "the text");
  if (!status) status = qi_parser_new(&parser, ctx->model, err);
  if (!status) status = qi_segment(ctx->model, kept, &who->arena, &doc, err);
  if (!status) status = qi_parser_run(parser, &doc, &who->arena, err);
  if (!status) status = qi_meanings_in(out, &ctx->know, name, &doc, day, &who->arena, err);
  if (parser) qi_parser_free(parser);
  return status;
}

static qi_slice repaired(quid_who *who, const char *name) {
  qi_builder b;
  qi_utf8_repairs repairs;
  qi_builder_init(&b, 0);
  qi_utf8_repair(&b, qi_slice_str(name), &repairs);
  qi_slice out = b.failed ? (qi_slice){0} : qi_arena_slice(&who->arena, qi_builder_view(&b));
  qi_builder_clear(&b);
  return out;
}

static quid_status find(quid_who *who, const quid_context *ctx, const char *name, const quid_who_options *o,
                        qi_day day, quid_error *err) {
  const qi_actors *a = ctx->know.actors;
  qi_meanings found;
  qi_slice text = qi_slice_trim(qi_slice_str(o->text)), clean = repaired(who, name);
  if (!clean.ptr) return qi_error_memory(err, "the name");
  quid_status status = text.len ? find_in_text(&found, who, ctx, clean, text, day, err)
                                : qi_meanings_alone(&found, &ctx->know, clean, day, &who->arena, err);
  for (uint32_t i = 0; !status && i < found.len; i++)
    status = add_meaning(who, a, &found.items[i], i == found.chosen, day, err);
  if (!status && o->members) status = add_members(who, a, &found, day, err);
  if (status) return status;
  who->reason = found.reason;
  who->words = qi_arena_strdup(&who->arena, found.words);
  return who->words ? QUID_OK : qi_error_memory(err, "the meanings");
}

quid_status quid_who_new(quid_who **out, const quid_context *ctx, const char *name,
                         const quid_who_options *options, quid_error *err) {
  static const quid_who_options defaults = {0};
  qi_day day;
  *out = NULL;
  if (!options) options = &defaults;
  quid_status status = check(ctx, name, options, &day, err);
  if (status) return status;
  quid_who *who = calloc(1, sizeof *who);
  if (!who) return qi_error_memory(err, "the meanings");
  qi_arena_init(&who->arena, 0);
  status = find(who, ctx, name, options, day, err);
  if (status) quid_who_free(who);
  else *out = who;
  return status;
}

void quid_who_free(quid_who *who) {
  if (!who) return;
  QI_VEC_CLEAR(&who->meanings);
  QI_VEC_CLEAR(&who->members);
  qi_arena_clear(&who->arena);
  free(who);
}

size_t quid_who_n_meanings(const quid_who *who) { return who->meanings.len; }
const quid_meaning *quid_who_meaning(const quid_who *who, size_t index) {
  return index < who->meanings.len ? &who->meanings.items[index] : NULL;
}
const char *quid_who_reason(const quid_who *who) { return who->reason; }
const char *quid_who_words(const quid_who *who) { return who->words; }
size_t quid_who_n_members(const quid_who *who) { return who->members.len; }
const quid_member *quid_who_member(const quid_who *who, size_t index) {
  return index < who->members.len ? &who->members.items[index] : NULL;
}

quid_status quid_who_show(char **out, size_t *n_bytes, const quid_who *who, const quid_show_options *options,
                          quid_error *err) {
  static const quid_show_options defaults = {0};
  qi_builder b;
  qi_builder_init(&b, MAX_SHOWN_BYTES);
  qi_builder_reserve(&b, 1);
  qi_show_who(&b, who, options ? options : &defaults);
  quid_status status = qi_builder_status(&b, "the meanings", err);
  size_t len = 0;
  *out = status ? NULL : qi_builder_take(&b, &len);
  if (n_bytes) *n_bytes = len;
  qi_builder_clear(&b);
  return status;
}
