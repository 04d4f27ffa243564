/* know: the files of a dictionary folder, in an order that does not depend on the machine. */
#ifndef QI_KNOW_FILES_H
#define QI_KNOW_FILES_H

#include "base/error.h"

typedef struct qi_know_files {
  char **paths; /* [len]: DIR/FOLDER/NAME, sorted by byte */
  size_t len, cap;
} qi_know_files;

/* The files of DIR/FOLDER whose name ends in `suffix`, hidden ones left out. Clear it after use,
 * whatever the status. A missing folder is an error. */
quid_status qi_know_files_list(qi_know_files *out, const char *dir, const char *folder,
                               const char *suffix, quid_error *err);
void qi_know_files_clear(qi_know_files *files);

#endif
