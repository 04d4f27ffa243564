/* What tests share: where things are, and how to say that data is not there. */
#ifndef QUID_TEST_SUPPORT_H
#define QUID_TEST_SUPPORT_H

/* Path of a file of the repository ("knowledge/actors"), *borrowed until the 4th next call*. */
const char *test_root(const char *relative);

/* Path below ../shared/data ("treebank/ewt/dev.conllu"), or below $QUID_TEST_DATA when that is set;
 * NULL, with a note that names it, when it is absent. *borrowed until the 4th next call*. */
const char *test_data(const char *relative);

/* In a cmocka test: the path, or the test is skipped by name. */
#define TEST_NEED_DATA(path, relative)                                                             \
  const char *path = test_data(relative);                                                          \
  if (!path) skip()

#endif
