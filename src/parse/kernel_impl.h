/* parse: what the kernels' own files share. */
#ifndef QI_PARSE_KERNEL_IMPL_H
#define QI_PARSE_KERNEL_IMPL_H

#include "parse/kernel.h"
#include <string.h>

#if defined(__x86_64__)
extern const qi_kernel qi_kernel_vnni, qi_kernel_avx2;
#endif

#endif
