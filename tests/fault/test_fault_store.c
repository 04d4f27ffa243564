/* A disk that fails: the nth write, sync or lengthening of a file fails, for every n of a load, as a full disk or as an I/O error. The load says so,
 * the store stays sound, and the next load makes up for it. (An SQLite VFS in front of the real one; tests/cli/crash.py has real full disks.) */
#include "unit/unit.h"

#include "store/store.h"

#include <stdio.h>
#include <unistd.h>

/* ---- a disk that fails ---- */

static struct {
  long left; /* operations that still go well; -1 all do */
  int code;
  bool failed, for_good; /* for_good: a full disk stays full */
} disk = {.left = -1};

typedef struct file {
  sqlite3_file base;
  sqlite3_file *real; /* behind this struct */
} file;

static sqlite3_file *real_of(sqlite3_file *f) { return ((file *)f)->real; }

static int fate(void) {
  if (disk.left < 0) return SQLITE_OK;
  if (disk.left > 0) return disk.left--, SQLITE_OK;
  if (disk.failed && !disk.for_good) return SQLITE_OK;
  disk.failed = true;
  return disk.code;
}

static int f_close(sqlite3_file *f) { return real_of(f)->pMethods->xClose(real_of(f)); }
static int f_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) { return real_of(f)->pMethods->xRead(real_of(f), to, n, at); }
static int f_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
  int code = fate();
  return code ? code : real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
}
static int f_truncate(sqlite3_file *f, sqlite3_int64 size) { return real_of(f)->pMethods->xTruncate(real_of(f), size); }
static int f_sync(sqlite3_file *f, int flags) {
  int code = disk.code == SQLITE_FULL ? SQLITE_OK : fate();
  return code ? SQLITE_IOERR_FSYNC : real_of(f)->pMethods->xSync(real_of(f), flags);
}
static int f_size(sqlite3_file *f, sqlite3_int64 *size) { return real_of(f)->pMethods->xFileSize(real_of(f), size); }
static int f_lock(sqlite3_file *f, int lock) { return real_of(f)->pMethods->xLock(real_of(f), lock); }
static int f_unlock(sqlite3_file *f, int lock) { return real_of(f)->pMethods->xUnlock(real_of(f), lock); }
static int f_reserved(sqlite3_file *f, int *out) { return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out); }
static int f_control(sqlite3_file *f, int op, void *arg) { return real_of(f)->pMethods->xFileControl(real_of(f), op, arg); }
static int f_sector(sqlite3_file *f) { return real_of(f)->pMethods->xSectorSize(real_of(f)); }
static int f_device(sqlite3_file *f) { return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f)); }
static int f_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) { return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out); }
static int f_shm_lock(sqlite3_file *f, int offset, int n, int flags) { return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags); }
static void f_shm_barrier(sqlite3_file *f) { real_of(f)->pMethods->xShmBarrier(real_of(f)); }
static int f_shm_unmap(sqlite3_file *f, int remove) { return real_of(f)->pMethods->xShmUnmap(real_of(f), remove); }

static const sqlite3_io_methods methods = {2, f_close, f_read, f_write, f_truncate, f_sync, f_size, f_lock, f_unlock, f_reserved,
                                           f_control, f_sector, f_device, f_shm_map, f_shm_lock, f_shm_barrier, f_shm_unmap, NULL, NULL};

static int open_through(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out) {
  sqlite3_vfs *real = vfs->pAppData;
  file *own = (file *)f;
  own->real = (sqlite3_file *)(own + 1);
  own->base.pMethods = NULL;
  int code = real->xOpen(real, name, own->real, flags, out);
  if (own->real->pMethods) own->base.pMethods = &methods;
  return code;
}

static sqlite3_vfs failing;

static int register_disk(void **state) {
  (void)state;
  sqlite3_vfs *real = sqlite3_vfs_find(NULL);
  failing = *real;
  failing.zName = "failing";
  failing.pAppData = real;
  failing.szOsFile = (int)sizeof(file) + real->szOsFile;
  failing.xOpen = open_through;
  return sqlite3_vfs_register(&failing, 1);
}

/* ---- loads ---- */

enum { N_EVENTS = 60 };

static char path[64];

static void remove_store(void) {
  char other[80];
  static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
  for (int i = 0; i < 4; i++) snprintf(other, sizeof other, "%s%s", path, ends[i]), unlink(other);
}

static quid_status load(quid_error *err) {
  quid_store *s;
  char room[1024];
  quid_status status = quid_store_open(&s, path, QUID_STORE_WRITE, err);
  if (!status) quid_store_set_batch(s, 10);
  for (int i = 0; !status && i < N_EVENTS; i++) {
    snprintf(room, sizeof room,
             "{\"id\":\"%016x\",\"document\":{\"id\":\"d%d\",\"published\":\"2024-01-01\"},\"sentence\":{\"index\":%d,\"start\":%d,\"end\":%d,\"text\":\"Norland "
             "shipped grain to Ostria.\"},\"actor\":[{\"id\":\"NOR\",\"country\":\"NOR\"}],\"recipient\":[{\"id\":\"OST\",\"country\":\"OST\"}],\"event\":\"AID\",\"score\":7,"
             "\"status\":\"asserted\"}", i + 1, i / 5, i % 5, i % 5 * 10, i % 5 * 10 + 9);
    status = quid_store_add(s, room, strlen(room), err);
  }
  if (!status) status = quid_store_index(s, err);
  quid_store_close(s);
  return status;
}

static int64_t number_of(const char *sql) {
  sqlite3 *db;
  sqlite3_stmt *q;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
  if (sqlite3_prepare_v2(db, sql, -1, &q, NULL)) fail_msg("%s: %s", sql, sqlite3_errmsg(db));
  assert_int_equal(sqlite3_step(q), SQLITE_ROW);
  int64_t n = sqlite3_column_int64(q, 0);
  sqlite3_finalize(q);
  sqlite3_close(db);
  return n;
}

static void check_sound(void) {
  assert_int_equal(number_of("SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
  if (number_of("PRAGMA user_version") == 0) return;
  assert_int_equal(number_of("SELECT count(*) FROM event e WHERE (SELECT count(*) FROM participant WHERE event = e.id) <> 2"), 0);
  assert_int_equal(number_of("SELECT count(*) = coalesce((SELECT sum(n) FROM dyad_month), 0) FROM dyad"), 1);
}

static void fail_each(int code, bool for_good) {
  long n = 0;
  size_t n_failed = 0;
  snprintf(path, sizeof path, "/tmp/quid-test-fault-%ld", (long)getpid());
  do {
    quid_error err = {0};
    remove_store();
    disk.left = n, disk.code = code, disk.failed = false, disk.for_good = for_good;
    quid_status status = load(&err);
    disk.left = -1;
    if (status) {
      n_failed++;
      assert_true(disk.failed);
      assert_int_equal(status, QUID_ERR_IO);
      assert_string_equal(err.file, path);
      assert_true(err.message[0]);
    }
    check_sound();
    assert_int_equal(load(NULL), QUID_OK);
    check_sound();
    assert_int_equal(number_of("SELECT count(*) FROM event"), N_EVENTS);
    assert_int_equal(number_of("SELECT sum(n) FROM dyad_month"), N_EVENTS);
    assert_int_equal(number_of("SELECT count(*) FROM sentence_text WHERE sentence_text MATCH 'grain'"), N_EVENTS);
    n += n < 40 ? 1 : n / 12;
  } while (disk.failed);
  assert_true(n_failed > 20);
  remove_store();
}

static void the_disk_is_full(void **state) {
  (void)state;
  fail_each(SQLITE_FULL, true);
}

static void a_write_fails(void **state) {
  (void)state;
  fail_each(SQLITE_IOERR_WRITE, false);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_disk_is_full), cmocka_unit_test(a_write_fails)};
  return cmocka_run_group_tests_name("fault_store", tests, register_disk, NULL);
}
