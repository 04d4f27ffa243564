/* code: collecting remarks. See explain.h. */
#include "code/explain.h"

void qi_explain_add(qi_explain *e, uint32_t sentence, int32_t token, const char *fmt, ...) {
  if (!e) return;
  va_list args;
  va_start(args, fmt);
  qi_slice text = qi_arena_vprintf(e->arena, fmt, args);
  va_end(args);
  if (text.ptr) (void)QI_VEC_PUSH_IN(e->arena, &e->lines, (qi_explain_line){sentence, token, -1, text});
}
