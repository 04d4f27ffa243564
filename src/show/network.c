/* show: a network -> GraphML, GEXF or a list of edges, for Gephi, Cytoscape, NetworkX, igraph.
 *
 *   PRK > RUS, 3 events -> <edge id="0" source="PRK" target="RUS"><data key="events">3</data> ...
 *
 * GraphML after graphdrawing.org's 1.0, GEXF after gexf.net's 1.3 with the first and last date of each edge, which Gephi's timeline reads.
 * Weights are above 0 there by rule: the number of events. The edge list is TSV with a heading. */
#include "ask/pairs.h"
#include "show/show.h"

#include <math.h>

typedef enum field { BLOC, BROKER, ISOLATION, COOPERATION, CONFLICT, SCORE, N_FIELDS } field;

static const char *const NAMES[N_FIELDS] = {"bloc", "broker", "isolation", "cooperation", "conflict", "score"};
static const char *const TYPES[N_FIELDS] = {"int", "double", "double", "int", "int", "double"};

static void put_xml(qi_builder *b, const char *text) {
  for (; *text; text++) switch (*text) {
    case '&': qi_builder_str(b, "&amp;"); break;
    case '<': qi_builder_str(b, "&lt;"); break;
    case '>': qi_builder_str(b, "&gt;"); break;
    case '"': qi_builder_str(b, "&quot;"); break;
    default: qi_builder_char(b, (unsigned char)*text < 0x20 ? ' ' : *text); break;
    }
}

static void put_attribute(qi_builder *b, const char *name, const char *value) {
  qi_builder_char(b, ' ');
  qi_builder_str(b, name);
  qi_builder_str(b, "=\"");
  put_xml(b, value);
  qi_builder_char(b, '"');
}

/* Not by the locale's decimal point. */
static void put_value(qi_builder *b, double value, bool whole) {
  char text[64];
  sqlite3_snprintf((int)sizeof text, text, whole ? "%.0f" : "%.6g", value);
  qi_builder_str(b, text);
}

static double value_of(const quid_party *p, field f) {
  switch (f) {
  case BLOC: return p->bloc;
  case BROKER: return p->broker;
  case ISOLATION: return p->isolation;
  case COOPERATION: return (double)p->n_cooperation;
  case CONFLICT: return (double)p->n_conflict;
  case SCORE: return p->score;
  case N_FIELDS: break;
  }
  return NAN;
}

static double edge_value(const quid_tie *t, field f) {
  return f == COOPERATION ? (double)t->n_cooperation : f == CONFLICT ? (double)t->n_conflict : t->score;
}

static bool is_whole(field f) { return TYPES[f][0] == 'i'; }

/* ---- GraphML ---- */

static void put_key(qi_builder *b, const char *scope, const char *prefix, const char *name, const char *type) {
  qi_builder_printf(b, "  <key id=\"%s%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", prefix, name, scope, name, type);
}

static void put_data(qi_builder *b, const char *prefix, const char *key, const char *text) {
  qi_builder_printf(b, "<data key=\"%s%s\">", prefix, key);
  put_xml(b, text);
  qi_builder_str(b, "</data>");
}

static void put_data_number(qi_builder *b, const char *prefix, const char *key, double value, bool whole) {
  if (isnan(value)) return;
  qi_builder_printf(b, "<data key=\"%s%s\">", prefix, key);
  put_value(b, value, whole);
  qi_builder_str(b, "</data>");
}

static void put_graphml(qi_builder *b, const quid_network *n) {
  qi_builder_str(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
  put_key(b, "node", "n_", "label", "string");
  for (field f = 0; f < N_FIELDS; f++) put_key(b, "node", "n_", NAMES[f], TYPES[f]);
  put_key(b, "edge", "e_", "weight", "double");
  for (field f = COOPERATION; f < N_FIELDS; f++) put_key(b, "edge", "e_", NAMES[f], TYPES[f]);
  put_key(b, "edge", "e_", "first", "string");
  put_key(b, "edge", "e_", "last", "string");
  put_key(b, "edge", "e_", "example", "string");
  qi_builder_str(b, "  <graph edgedefault=\"directed\">\n");
  for (size_t i = 0; i < n->n_parties; i++) {
    qi_builder_str(b, "    <node");
    put_attribute(b, "id", n->parties[i].id);
    qi_builder_char(b, '>');
    put_data(b, "n_", "label", n->parties[i].name);
    for (field f = n->is_measured ? BLOC : COOPERATION; f < N_FIELDS; f++) put_data_number(b, "n_", NAMES[f], value_of(&n->parties[i], f), is_whole(f));
    qi_builder_str(b, "</node>\n");
  }
  for (size_t i = 0; i < n->n_ties; i++) {
    const quid_tie *t = &n->ties[i];
    qi_builder_printf(b, "    <edge id=\"%zu\"", i);
    put_attribute(b, "source", n->parties[t->from].id);
    put_attribute(b, "target", n->parties[t->to].id);
    qi_builder_char(b, '>');
    put_data_number(b, "e_", "weight", (double)t->n, true);
    for (field f = COOPERATION; f < N_FIELDS; f++) put_data_number(b, "e_", NAMES[f], edge_value(t, f), is_whole(f));
    put_data(b, "e_", "first", t->first);
    put_data(b, "e_", "last", t->last);
    put_data(b, "e_", "example", t->example);
    qi_builder_str(b, "</edge>\n");
  }
  qi_builder_str(b, "  </graph>\n</graphml>\n");
}

/* ---- GEXF ---- */

static void put_attvalue(qi_builder *b, const char *name, double value, bool whole) {
  if (isnan(value)) return;
  qi_builder_printf(b, "<attvalue for=\"%s\" value=\"", name);
  put_value(b, value, whole);
  qi_builder_str(b, "\"/>");
}

static void put_gexf_attributes(qi_builder *b, const char *of, field first, const char *more) {
  qi_builder_printf(b, "    <attributes class=\"%s\">\n", of);
  for (field f = first; f < N_FIELDS; f++)
    qi_builder_printf(b, "      <attribute id=\"%s\" title=\"%s\" type=\"%s\"/>\n", NAMES[f], NAMES[f], is_whole(f) ? "integer" : "double");
  if (more) qi_builder_printf(b, "      <attribute id=\"%s\" title=\"%s\" type=\"string\"/>\n", more, more);
  qi_builder_str(b, "    </attributes>\n");
}

static void put_gexf(qi_builder *b, const quid_network *n) {
  qi_builder_str(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
                    "  <graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\">\n");
  put_gexf_attributes(b, "node", BLOC, NULL);
  put_gexf_attributes(b, "edge", COOPERATION, "example");
  qi_builder_str(b, "    <nodes>\n");
  for (size_t i = 0; i < n->n_parties; i++) {
    qi_builder_str(b, "      <node");
    put_attribute(b, "id", n->parties[i].id);
    put_attribute(b, "label", n->parties[i].name);
    qi_builder_str(b, "><attvalues>");
    for (field f = n->is_measured ? BLOC : COOPERATION; f < N_FIELDS; f++) put_attvalue(b, NAMES[f], value_of(&n->parties[i], f), is_whole(f));
    qi_builder_str(b, "</attvalues></node>\n");
  }
  qi_builder_str(b, "    </nodes>\n    <edges>\n");
  for (size_t i = 0; i < n->n_ties; i++) {
    const quid_tie *t = &n->ties[i];
    qi_builder_printf(b, "      <edge id=\"%zu\"", i);
    put_attribute(b, "source", n->parties[t->from].id);
    put_attribute(b, "target", n->parties[t->to].id);
    qi_builder_printf(b, " weight=\"%llu\" start=\"%s\" end=\"%s\"><attvalues>", (unsigned long long)t->n, t->first, t->last);
    for (field f = COOPERATION; f < N_FIELDS; f++) put_attvalue(b, NAMES[f], edge_value(t, f), is_whole(f));
    qi_builder_printf(b, "<attvalue for=\"example\" value=\"%s\"/></attvalues></edge>\n", t->example);
  }
  qi_builder_str(b, "    </edges>\n  </graph>\n</gexf>\n");
}

static void put_edges(qi_builder *b, const quid_network *n) {
  qi_builder_str(b, "from\tto\tevents\tcooperation\tconflict\tscore\tfirst\tlast\texample\n");
  for (size_t i = 0; i < n->n_ties; i++) {
    const quid_tie *t = &n->ties[i];
    qi_show_tsv_text(b, qi_slice_str(n->parties[t->from].id));
    qi_builder_char(b, '\t');
    qi_show_tsv_text(b, qi_slice_str(n->parties[t->to].id));
    qi_builder_printf(b, "\t%llu\t%llu\t%llu\t", (unsigned long long)t->n, (unsigned long long)t->n_cooperation, (unsigned long long)t->n_conflict);
    put_value(b, t->score, false);
    qi_builder_printf(b, "\t%s\t%s\t%s\n", t->first, t->last, t->example);
  }
}

quid_status quid_network_show(char **text, size_t *n_bytes, quid_network *n, quid_network_format format, quid_error *err) {
  qi_builder b;
  quid_status status = QUID_OK;
  *text = NULL;
  for (size_t i = 0; !status && i < n->n_ties; i++) status = qi_network_example(n, &n->ties[i], err);
  if (status) return status;
  qi_builder_init(&b, 0);
  qi_builder_reserve(&b, 1);
  if (format == QUID_NETWORK_GRAPHML) put_graphml(&b, n);
  else if (format == QUID_NETWORK_GEXF) put_gexf(&b, n);
  else put_edges(&b, n);
  status = qi_builder_status(&b, "the network", err);
  size_t len = 0;
  if (!status) *text = qi_builder_take(&b, &len);
  if (n_bytes) *n_bytes = len;
  qi_builder_clear(&b);
  return status;
}
