/* The library in forty lines: who did what to whom, in the text given on the command line.
 *
 *   cc minimal.c $(pkg-config --cflags --libs quid) && ./a.out "Norway sent tanks to Ukraine." */
#include <quid/quid.h>
#include <stdio.h>
#include <string.h>

static void print_names(const quid_entity *list, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) printf("%s%s", i ? " + " : "", list[i].name);
}

static void print_events(const quid_document *doc) {
  for (size_t i = 0; i < quid_document_n_events(doc); i++) {
    const quid_event *e = quid_document_event(doc, i);
    print_names(e->actors, e->n_actors);
    printf(" -> %s (%s) -> ", quid_event_type_name(e->type), quid_event_status_name(e->status));
    print_names(e->recipients, e->n_recipients);
    printf("\n");
  }
}

int main(int argc, char **argv) {
  const char *text = argc > 1 ? argv[1] : "North Korea sent 10,000 troops to Russia.";
  quid_context *context = NULL; /* the model and the dictionaries: once a program */
  quid_worker *worker = NULL;   /* the parser: once a thread */
  quid_document *doc = NULL;
  quid_error err = {0};
  quid_document_input input = {.text = text, .text_bytes = strlen(text), .published = "2024-11-25"};

  quid_status status = quid_context_new(&context, NULL, &err);
  if (!status) status = quid_worker_new(&worker, context, &err);
  if (!status) status = quid_document_code(&doc, worker, &input, &err);
  if (status) fprintf(stderr, "%s\n", err.message);
  else print_events(doc);

  quid_document_free(doc);
  quid_worker_free(worker);
  quid_context_free(context);
  return status ? 1 : 0;
}
