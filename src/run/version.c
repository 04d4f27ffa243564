/* run: which library this is. */
#include "quid/quid.h"

const char *quid_version(void) { return QUID_VERSION; }
