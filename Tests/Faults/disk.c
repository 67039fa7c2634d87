// Intercepts the calls of a program on the files under one folder: logs them, and makes one of them fail.
// `.ci/faults` compiles this library and loads it with LD_PRELOAD.
//
// FAULT_ROOT: the folder. Calls on other files are not intercepted.
//
// FAULT_LOG: the log file. It has a line for each call, and for each write to standard output or error.
//
// FAULT_AT: the number of the call that fails, counted from 1 (default: no call fails).
//
// FAULT_HOW: how the call fails:
//
// - `fail`: with ENOSPC if it needs room, and otherwise with EIO.
// - `short`: a read or a write moves half of the bytes.
// - `full`: a write moves half of the bytes, and later calls that need room fail.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MOST = 1024 };

static char root[PATH_MAX];
static int log_file = -1;
static int target;
static int calls;
static bool is_short, is_full;
static bool is_ours[MOST];

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("FAULT_ROOT"), *log = getenv("FAULT_LOG"), *at = getenv("FAULT_AT");
  const char *how = getenv("FAULT_HOW");
  if (folder == NULL || log == NULL) return;
  snprintf(root, sizeof root, "%s/", folder);
  target = at == NULL ? 0 : atoi(at);
  is_short = how != NULL && strcmp(how, "short") == 0;
  is_full = how != NULL && strcmp(how, "full") == 0;
  int file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  log_file = (int)syscall(SYS_fcntl, file, F_DUPFD_CLOEXEC, 900);
  syscall(SYS_close, file);
}

// Returns whether a path is under the root. Every relative path is, because the program runs in the root.
static bool under_root(const char *path) {
  size_t length = strlen(root) - 1;
  return log_file >= 0
    && (path[0] != '/' || (strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0)));
}

static bool held(int file) { return log_file >= 0 && file >= 0 && file < MOST && is_ours[file]; }

static void put(const char *text, size_t length) { syscall(SYS_write, log_file, text, length); }

static void note(const char *format, ...) {
  int code = errno;
  char line[3 * PATH_MAX];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  put(line, (size_t)length);
  errno = code;
}

static void note_bytes(const char *start, const void *bytes, size_t count) {
  int code = errno;
  size_t length = strlen(start);
  char *line = malloc(length + 2 * count + 1);
  memcpy(line, start, length);
  for (size_t i = 0; i < count; i++) sprintf(line + length + 2 * i, "%02x", ((const unsigned char *)bytes)[i]);
  line[length + 2 * count] = '\n';
  put(line, length + 2 * count + 1);
  free(line);
  errno = code;
}

// The outcome of a call.
enum fate { FINE, SHORT, FAILS };

// Counts and logs a call, and decides its outcome. A call that needs room can find the disk full.
static enum fate meet(const char *name, bool needs_room, bool can_be_short) {
  calls += 1;
  bool is_it = calls == target;
  bool has_room = !(is_full && target > 0 && calls > target);
  note("call %d %s\n", calls, name);
  if (is_it && (is_short || is_full)) return can_be_short && (needs_room || is_short) ? SHORT : FINE;
  if (is_it || (!has_room && needs_room)) {
    errno = needs_room ? ENOSPC : EIO;
    note("fault %d\n", errno);
    return FAILS;
  }
  return FINE;
}

static unsigned long number(int file) {
  struct stat status;
  return fstat(file, &status) == 0 ? (unsigned long)status.st_ino : 0;
}

static int open_noted(const char *path, int flags, mode_t mode) {
  if (!under_root(path)) return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  struct stat status;
  bool was_there = stat(path, &status) == 0;
  bool creates = (flags & O_CREAT) && !was_there;
  if (meet(creates ? "create" : "open", creates, false) == FAILS) return -1;
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  if (file >= 0 && file < MOST) {
    is_ours[file] = true;
    if (creates) note("create %lu %s\n", number(file), path);
    if (was_there && (flags & O_TRUNC)) note("truncate %lu 0\n", number(file));
  }
  return file;
}

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return open_noted(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return open_noted(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  if (folder == AT_FDCWD) return open_noted(path, flags, mode);
  return (int)syscall(SYS_openat, folder, path, flags, mode);
}

int close(int file) {
  bool fails = false;
  if (held(file)) {
    fails = meet("close", false, false) == FAILS;
    is_ours[file] = false;
  }
  int result = (int)syscall(SYS_close, file);
  if (!fails) return result;
  errno = EIO;
  return -1;
}

static ssize_t write_noted(int file, const void *bytes, size_t count, off_t at) {
  if (log_file >= 0 && (file == STDOUT_FILENO || file == STDERR_FILENO)) note_bytes("say ", bytes, count);
  if (!held(file)) {
    return at < 0 ? syscall(SYS_write, file, bytes, count) : syscall(SYS_pwrite64, file, bytes, count, at);
  }
  enum fate fate = meet("write", true, true);
  if (fate == FAILS) return -1;
  if (fate == SHORT && count > 1) count /= 2;
  off_t place = at;
  if (place < 0) {
    struct stat status;
    bool appends = syscall(SYS_fcntl, file, F_GETFL) & O_APPEND;
    place = appends && fstat(file, &status) == 0 ? status.st_size : syscall(SYS_lseek, file, 0, SEEK_CUR);
  }
  ssize_t done = at < 0 ? syscall(SYS_write, file, bytes, count) : syscall(SYS_pwrite64, file, bytes, count, at);
  if (done > 0) {
    char start[64];
    snprintf(start, sizeof start, "write %lu %ld ", number(file), (long)place);
    note_bytes(start, bytes, (size_t)done);
  }
  return done;
}

ssize_t write(int file, const void *bytes, size_t count) { return write_noted(file, bytes, count, -1); }
ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) { return write_noted(file, bytes, count, at); }
ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at) { return write_noted(file, bytes, count, at); }

static ssize_t read_noted(int file, void *bytes, size_t count, off_t at) {
  if (held(file)) {
    enum fate fate = meet("read", false, true);
    if (fate == FAILS) return -1;
    if (fate == SHORT && count > 1) count /= 2;
  }
  return at < 0 ? syscall(SYS_read, file, bytes, count) : syscall(SYS_pread64, file, bytes, count, at);
}

ssize_t read(int file, void *bytes, size_t count) { return read_noted(file, bytes, count, -1); }
ssize_t pread(int file, void *bytes, size_t count, off_t at) { return read_noted(file, bytes, count, at); }
ssize_t pread64(int file, void *bytes, size_t count, off_t at) { return read_noted(file, bytes, count, at); }

static int sync_noted(int file, long call) {
  if (!held(file)) return (int)syscall(call, file);
  if (meet("sync", false, false) == FAILS) return -1;
  // A real sync is not needed: the files are deleted after the run, and the log records what is synced.
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  path[length < 0 ? 0 : length] = 0;
  note("sync %lu %s\n", number(file), path);
  return 0;
}

int fsync(int file) { return sync_noted(file, SYS_fsync); }
int fdatasync(int file) { return sync_noted(file, SYS_fdatasync); }

static int truncate_noted(int file, off_t size) {
  if (held(file)) {
    if (meet("truncate", false, false) == FAILS) return -1;
    note("truncate %lu %ld\n", number(file), (long)size);
  }
  return (int)syscall(SYS_ftruncate, file, size);
}

int ftruncate(int file, off_t size) { return truncate_noted(file, size); }
int ftruncate64(int file, off_t size) { return truncate_noted(file, size); }

int rename(const char *old, const char *new) {
  bool ours = under_root(old);
  if (ours && meet("rename", true, false) == FAILS) return -1;
  int result = (int)syscall(SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, 0);
  if (ours && result == 0) note("rename %s\nto %s\n", old, new);
  return result;
}

int unlink(const char *path) {
  bool ours = under_root(path) && access(path, F_OK) == 0;
  if (ours && meet("unlink", false, false) == FAILS) return -1;
  int result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (ours && result == 0) note("unlink %s\n", path);
  return result;
}

int mkdir(const char *path, mode_t mode) {
  bool ours = under_root(path) && access(path, F_OK) != 0;
  if (ours && meet("mkdir", true, false) == FAILS) return -1;
  int result = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  if (ours && result == 0) note("mkdir %s\n", path);
  return result;
}

int chmod(const char *path, mode_t mode) {
  if (under_root(path) && meet("chmod", false, false) == FAILS) return -1;
  return (int)syscall(SYS_fchmodat, AT_FDCWD, path, mode);
}

int fchmod(int file, mode_t mode) {
  if (held(file) && meet("chmod", false, false) == FAILS) return -1;
  return (int)syscall(SYS_fchmod, file, mode);
}

int flock(int file, int operation) {
  if (held(file) && meet("lock", false, false) == FAILS) return -1;
  return (int)syscall(SYS_flock, file, operation);
}
