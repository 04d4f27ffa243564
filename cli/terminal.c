/* cli: everything that is said to a person: messages, colour, width, the progress line. */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define DEFAULT_WIDTH 100
#define MIN_WIDTH 40
#define REDRAW_S 0.1

void cli_say(const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  fputs("quid: ", stderr);
  vfprintf(stderr, fmt, args);
  fputc('\n', stderr);
  va_end(args);
}

/* A line is named as compilers do; a file that the message does not name already is added. */
void cli_say_error(const quid_error *err) {
  if (err->line && err->column)
    cli_say("%s:%zu:%zu: %s", err->file, err->line, err->column, err->message);
  else if (err->line)
    cli_say("%s:%zu: %s", err->file, err->line, err->message);
  else if (err->file[0] && !strstr(err->message, err->file))
    cli_say("%s: %s", err->file, err->message);
  else
    cli_say("%s", err->message);
}

int cli_finish(int code) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return code;
  if (errno != EPIPE) cli_say("cannot write to standard output: %s", strerror(errno));
  return CLI_FAILED;
}

void cli_say_skipped(const quid_error *err) {
  quid_error said = *err;
  snprintf(said.message, sizeof said.message, "%.220s; skipped", err->message);
  cli_say_error(&said);
}

quid_status cli_write(const char *bytes, size_t n_bytes, quid_error *err) {
  if (fwrite(bytes, 1, n_bytes, stdout) == n_bytes && fflush(stdout) == 0) return QUID_OK;
  err->code = QUID_ERR_IO;
  snprintf(err->message, sizeof err->message, "cannot write to standard output: %s", strerror(errno));
  return QUID_ERR_IO;
}

/* https://no-color.org: set and not empty means no colour, unless asked for by an option. */
bool cli_wants_color(const char *choice, FILE *stream) {
  if (strcmp(choice, "always") == 0) return true;
  const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
  if (strcmp(choice, "never") == 0 || (no_color && *no_color)) return false;
  return isatty(fileno(stream)) && !(term && strcmp(term, "dumb") == 0);
}

unsigned cli_width(void) {
  struct winsize size;
  const char *columns = getenv("COLUMNS");
  unsigned long width = 0;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  if (width == 0 && columns) width = strtoul(columns, NULL, 10);
  if (width == 0 || width > 10000) width = DEFAULT_WIDTH;
  return width < MIN_WIDTH ? MIN_WIDTH : (unsigned)width;
}

static double now_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void cli_progress_open(cli_progress *p) {
  *p = (cli_progress){.on = isatty(STDERR_FILENO), .started_s = now_s()};
}

/* Where the size of all input is known, the time of day at which it will be read. */
static void print_end(const cli_progress *p, const quid_run_totals *t, double now) {
  if (t->total_bytes == 0 || t->done_bytes == 0 || t->done_bytes > t->total_bytes) return;
  double share = (double)t->done_bytes / (double)t->total_bytes;
  double left_s = (now - p->started_s) * (1 - share) / share;
  time_t end = time(NULL) + (time_t)left_s;
  struct tm local;
  char clock[16] = "";
  if (localtime_r(&end, &local)) strftime(clock, sizeof clock, "%H:%M:%S", &local);
  fprintf(stderr, ", %.0f%%, ends at %s", share * 100, clock);
}

void cli_progress_show(cli_progress *p, const quid_run_totals *so_far) {
  if (!p->on || so_far->n_documents + so_far->n_skipped < 2) return;
  double now = now_s();
  if (now - p->started_s < REDRAW_S || now - p->drawn_s < REDRAW_S) return;
  p->drawn_s = now;
  p->stands = true;
  fprintf(stderr, "\r\033[K%llu documents, %llu events, %.0f documents/s",
          (unsigned long long)so_far->n_documents, (unsigned long long)so_far->n_events,
          (double)so_far->n_documents / (now - p->started_s));
  print_end(p, so_far, now);
}

void cli_progress_wipe(cli_progress *p) {
  if (p->stands) fputs("\r\033[K", stderr);
  p->stands = false;
}
