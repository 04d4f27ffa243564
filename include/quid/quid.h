/* quid: reads news into events. This header includes all others; examples/minimal.c shows the use. */
#ifndef QUID_QUID_H
#define QUID_QUID_H

#include "quid/ask.h"
#include "quid/check.h"
#include "quid/context.h"
#include "quid/document.h"
#include "quid/error.h"
#include "quid/event.h"
#include "quid/load.h"
#include "quid/network.h"
#include "quid/option.h"
#include "quid/parse.h"
#include "quid/recode.h"
#include "quid/relate.h"
#include "quid/run.h"
#include "quid/show.h"
#include "quid/store.h"
#include "quid/who.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "0.1.0", the version of the library that is running. A static string. */
const char *quid_version(void);

#ifdef __cplusplus
}
#endif
#endif
