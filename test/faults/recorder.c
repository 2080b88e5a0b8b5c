/*
 * Records what a program asks of the disk below one folder, in the order in which it asked, so that the disk after a power
 * cut at any moment can be made from the record (disk.ts), and lets chosen calls fail. It is preloaded before the C library;
 * README.md beside this file says what is recorded and what is assumed.
 *
 *   FAULTS_FOLDER   what lies below this folder is watched
 *   FAULTS_RECORD   the file that the record is appended to, outside the folder
 *   FAULTS_WITNESS  what the program writes to this path goes into the record between the other events; a line that
 *                   begins with "!" is an order to this recorder:
 *                     !fail sync|write N once|on ERRNO NAME   the N-th call from now on a file whose path ends in NAME
 *                                                             ("*" for any) fails with ERRNO, only that one or from then on
 *                     !fail off
 *
 * Flushes are not passed on to the real disk: the record alone says what was flushed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind {
  CREATE = 1, WRITE, TRUNCATE, SYNC_BEGIN, SYNC_END, RENAME, UNLINK, MAKE_DIRECTORY, REMOVE_DIRECTORY, LINK, WITNESS,
  UNSUPPORTED, REFUSED_WRITE
};

/* One event: this header, the path, the data. Numbers are in the machine's own order, which is little-endian. */
struct header {
  uint32_t kind, error;
  uint64_t inode, number, path_length, data_length;
};

/* What the program has open below the folder. A number may be closed and given away behind our back, so that the inode is
   looked at again before each use. */
struct handle {
  char *path;
  dev_t device;
  ino_t inode;
};

enum { HANDLES = 4096, PATH_BYTES = PATH_MAX * 2 };
static struct handle handles[HANDLES];
static struct { int armed, writes, on, error; long countdown; char name[256]; } failing;
static int witness = -1, record = -1;
static const char *folder;
static size_t folder_length;
static uint64_t sync_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (real == NULL) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static void stop(const char *why) {
  dprintf(2, "The recorder stops: %s\n", why);
  abort();
}

static ssize_t plain_writev(int file, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  return real(file, parts, count);
}

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("FAULTS_RECORD");
  folder = getenv("FAULTS_FOLDER");
  if (path == NULL || folder == NULL) stop("FAULTS_RECORD and FAULTS_FOLDER must be set");
  folder_length = strlen(folder);
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  /* High up, out of the way of programs that count on low numbers. */
  record = file < 0 ? -1 : fcntl(file, F_DUPFD_CLOEXEC, 900);
  if (record < 0) stop("FAULTS_RECORD cannot be written");
  syscall(SYS_close, file);
}

/* One call appends the whole event, so that a kill leaves at most one half event, at the end. */
static void put(enum kind kind, int error, uint64_t inode, uint64_t number, const char *path, const void *data, size_t length) {
  struct header header = {kind, (uint32_t)error, inode, number, path == NULL ? 0 : strlen(path), length};
  struct iovec parts[3] = {{&header, sizeof header}, {(void *)path, header.path_length}, {(void *)data, length}};
  int before = errno;
  if (record < 0) return;
  if (plain_writev(record, parts, 3) != (ssize_t)(sizeof header + header.path_length + length)) stop("the record is cut off");
  errno = before;
}

/* The absolute path in `into` without "." and ".."; whether it lies below the folder. The folder's own path is below it. */
static int watched(int directory, const char *path, char *into) {
  char whole[PATH_BYTES];
  if (path == NULL || folder == NULL) return 0;
  size_t used = 0;
  if (path[0] != '/') {
    char link[64];
    snprintf(link, sizeof link, directory == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", directory);
    ssize_t length = readlink(link, whole, PATH_MAX);
    if (length <= 0) return 0;
    used = (size_t)length;
    whole[used++] = '/';
  }
  if (used + strlen(path) + 1 > sizeof whole) return 0;
  strcpy(whole + used, path);
  size_t end = 0;
  for (char *rest = NULL, *part = strtok_r(whole, "/", &rest); part != NULL; part = strtok_r(NULL, "/", &rest)) {
    if (strcmp(part, ".") == 0) continue;
    if (strcmp(part, "..") == 0) {
      while (end > 0 && into[--end] != '/') {}
      continue;
    }
    into[end++] = '/';
    memcpy(into + end, part, strlen(part));
    end += strlen(part);
  }
  into[end] = 0;
  return strncmp(into, folder, folder_length) == 0 && (into[folder_length] == 0 || into[folder_length] == '/');
}

static struct handle *handle_of(int file) {
  struct stat now;
  if (file < 0 || file >= HANDLES || handles[file].path == NULL) return NULL;
  if (fstat(file, &now) == 0 && now.st_dev == handles[file].device && now.st_ino == handles[file].inode) return &handles[file];
  free(handles[file].path);
  handles[file].path = NULL;
  return NULL;
}

static void unsupported(const char *what) { put(UNSUPPORTED, 0, 0, 0, NULL, what, strlen(what)); }

static void opened(int file, const char *path, int flags, int is_new) {
  struct stat found;
  if (file < 0) return;
  if (file >= HANDLES) stop("too many open files");
  if (fstat(file, &found) != 0) return;
  free(handles[file].path);
  handles[file] = (struct handle){strdup(path), found.st_dev, found.st_ino};
  if (is_new) put(CREATE, 0, found.st_ino, 0, path, NULL, 0);
  else if ((flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY) put(TRUNCATE, 0, found.st_ino, 0, path, NULL, 0);
  if ((flags & O_TMPFILE) == O_TMPFILE) unsupported("O_TMPFILE");
}

static int open_watched(int directory, const char *path, int flags, mode_t mode) {
  char whole[PATH_BYTES];
  const char *said = getenv("FAULTS_WITNESS");
  REAL(int, "openat64", int, const char *, int, ...);
  if (said != NULL && path != NULL && strcmp(path, said) == 0) return witness = real(directory, path, flags, mode);
  if (!watched(directory, path, whole)) return real(directory, path, flags, mode);
  pthread_mutex_lock(&lock);
  struct stat before;
  int is_new = (flags & O_CREAT) != 0 && lstat(whole, &before) != 0;
  int file = real(directory, path, flags, mode);
  opened(file, whole, flags, is_new);
  pthread_mutex_unlock(&lock);
  return file;
}

#define MODE_ARGUMENT(flags) \
  mode_t mode = 0; \
  if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int open(const char *path, int flags, ...) { MODE_ARGUMENT(flags) return open_watched(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_ARGUMENT(flags) return open_watched(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE_ARGUMENT(flags) return open_watched(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE_ARGUMENT(flags) return open_watched(at, path, flags, mode); }
int creat(const char *path, mode_t mode) { return open_watched(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open_watched(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* Whether this call is the one that has to fail. */
static int fails(int writes, const char *path) {
  size_t length = strlen(path), name = strlen(failing.name);
  if (!failing.armed || failing.writes != writes) return 0;
  if (strcmp(failing.name, "*") != 0 && (length < name || strcmp(path + length - name, failing.name) != 0)) return 0;
  failing.countdown -= 1;
  if (failing.countdown == 0 && !failing.on) failing.armed = 0;
  return failing.countdown <= 0;
}

static void obey(const char *text, size_t length) {
  char line[512], what[8], how[8];
  if (length == 0 || text[0] != '!') return;
  snprintf(line, sizeof line, "%.*s", (int)(length < 500 ? length : 500), text);
  failing.armed = 0;
  if (strcmp(line, "!fail off\n") == 0) return;
  if (sscanf(line, "!fail %7s %ld %7s %d %255s", what, &failing.countdown, how, &failing.error, failing.name) != 5) stop(line);
  failing.writes = strcmp(what, "write") == 0;
  failing.on = strcmp(how, "on") == 0;
  failing.armed = 1;
}

/* Notes what was written, from the file itself where it did not come as one piece of memory. */
static void wrote(int file, struct handle *to, off_t offset, const void *data, ssize_t length) {
  if (length <= 0) return;
  if (data != NULL) {
    put(WRITE, 0, to->inode, (uint64_t)offset, to->path, data, (size_t)length);
    return;
  }
  char name[64], *copy = malloc((size_t)length);
  snprintf(name, sizeof name, "/proc/self/fd/%d", file);
  int again = (int)syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC);
  if (copy == NULL || again < 0 || pread(again, copy, (size_t)length, offset) != length) stop("what was written cannot be read");
  syscall(SYS_close, again);
  put(WRITE, 0, to->inode, (uint64_t)offset, to->path, copy, (size_t)length);
  free(copy);
}

/* Runs a writing call on a watched file and notes it. `at` is -1 where the file's own position counts. */
#define RECORDED_WRITE(file, at, data, call) \
  do { \
    pthread_mutex_lock(&lock); \
    struct handle *written = handle_of(file); \
    int refused = written != NULL && fails(1, written->path); \
    ssize_t done = refused ? -1 : (call); \
    if (refused) put(REFUSED_WRITE, failing.error, written->inode, 0, written->path, NULL, 0); \
    if (written != NULL) wrote(file, written, (at) >= 0 ? (off_t)(at) : lseek(file, 0, SEEK_CUR) - done, data, done); \
    pthread_mutex_unlock(&lock); \
    if (refused) errno = failing.error; \
    return done; \
  } while (0)

static int is_watched(int file) { return file >= 0 && file < HANDLES && handles[file].path != NULL; }

ssize_t write(int file, const void *data, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (file >= 0 && file == witness) {
    pthread_mutex_lock(&lock);
    put(WITNESS, 0, 0, 0, NULL, data, length);
    obey(data, length);
    pthread_mutex_unlock(&lock);
    return (ssize_t)length;
  }
  if (!is_watched(file)) return real(file, data, length);
  RECORDED_WRITE(file, -1, data, real(file, data, length));
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  if (!is_watched(file)) return plain_writev(file, parts, count);
  RECORDED_WRITE(file, -1, NULL, plain_writev(file, parts, count));
}

#define POSITIONED_WRITE(name) \
  ssize_t name(int file, const void *data, size_t length, off64_t at) { \
    REAL(ssize_t, #name, int, const void *, size_t, off64_t); \
    if (!is_watched(file)) return real(file, data, length, at); \
    RECORDED_WRITE(file, at, data, real(file, data, length, at)); \
  }
POSITIONED_WRITE(pwrite)
POSITIONED_WRITE(pwrite64)
#define POSITIONED_PARTS(name) \
  ssize_t name(int file, const struct iovec *parts, int count, off64_t at) { \
    REAL(ssize_t, #name, int, const struct iovec *, int, off64_t); \
    if (!is_watched(file)) return real(file, parts, count, at); \
    RECORDED_WRITE(file, at, NULL, real(file, parts, count, at)); \
  }
POSITIONED_PARTS(pwritev)
POSITIONED_PARTS(pwritev64)
#define COPYING(name) \
  ssize_t name(int to_file, int from_file, off64_t *from, size_t length) { \
    REAL(ssize_t, #name, int, int, off64_t *, size_t); \
    if (!is_watched(to_file)) return real(to_file, from_file, from, length); \
    RECORDED_WRITE(to_file, -1, NULL, real(to_file, from_file, from, length)); \
  }
COPYING(sendfile)
COPYING(sendfile64)

ssize_t copy_file_range(int from_file, off64_t *from, int to_file, off64_t *to, size_t length, unsigned flags) {
  off64_t at = to == NULL ? -1 : *to;
  REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
  if (!is_watched(to_file)) return real(from_file, from, to_file, to, length, flags);
  RECORDED_WRITE(to_file, at, NULL, real(from_file, from, to_file, to, length, flags));
}

/* Node's library of system calls makes some of them by number. */
long syscall(long number, ...) {
  long a[6];
  va_list rest;
  va_start(rest, number);
  for (int index = 0; index < 6; index += 1) a[index] = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_copy_file_range && is_watched((int)a[2]))
    return copy_file_range((int)a[0], (off64_t *)a[1], (int)a[2], (off64_t *)a[3], (size_t)a[4], (unsigned)a[5]);
  if ((number == SYS_pwritev2 || number == SYS_fallocate) && is_watched((int)a[0])) unsupported("a call by number");
  REAL(long, "syscall", long, ...);
  return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

#define TRUNCATING(name) \
  int name(int file, off64_t length) { \
    REAL(int, #name, int, off64_t); \
    if (!is_watched(file)) return real(file, length); \
    pthread_mutex_lock(&lock); \
    struct handle *of = handle_of(file); \
    int result = real(file, length); \
    if (of != NULL && result == 0) put(TRUNCATE, 0, of->inode, (uint64_t)length, of->path, NULL, 0); \
    pthread_mutex_unlock(&lock); \
    return result; \
  }
TRUNCATING(ftruncate)
TRUNCATING(ftruncate64)

/* What was written before the flush began is on the disk when it has ended, and no more: another thread may write meanwhile. */
static int flush(int file) {
  pthread_mutex_lock(&lock);
  struct handle *of = handle_of(file);
  if (of == NULL) {
    pthread_mutex_unlock(&lock);
    return (int)syscall(SYS_fsync, file);
  }
  char *path = strdup(of->path);
  ino_t inode = of->inode;
  uint64_t number = ++sync_count;
  int error = fails(0, path) ? failing.error : 0;
  put(SYNC_BEGIN, 0, inode, number, path, NULL, 0);
  pthread_mutex_unlock(&lock);
  /* A flush in the background takes a while on a real disk, in which the program goes on. */
  if (syscall(SYS_gettid) != getpid()) usleep(2000);
  put(SYNC_END, error, inode, number, path, NULL, 0);
  free(path);
  errno = error;
  return error == 0 ? 0 : -1;
}
int fsync(int file) { return flush(file); }
int fdatasync(int file) { return flush(file); }

/* Calls that change names: done, and noted where the name lies below the folder. */
#define NAMING(kind, at, path, call, also) \
  do { \
    char whole[PATH_BYTES]; \
    if (!watched(at, path, whole)) return (call); \
    pthread_mutex_lock(&lock); \
    struct stat found = {0}; \
    lstat(whole, &found); \
    int result = (call); \
    const char *second = (also); \
    if (result == 0) put(kind, 0, found.st_ino, 0, whole, second, second == NULL ? 0 : strlen(second)); \
    pthread_mutex_unlock(&lock); \
    return result; \
  } while (0)

int renameat2(int at, const char *from, int to_at, const char *to, unsigned flags) {
  char target[PATH_BYTES];
  if (!watched(to_at, to, target) && watched(at, from, target)) unsupported("a name that leaves the folder");
  if (flags != 0) unsupported("renameat2 with flags");
  NAMING(RENAME, at, from, (int)syscall(SYS_renameat2, at, from, to_at, to, flags), watched(to_at, to, target) ? target : NULL);
}
int renameat(int at, const char *from, int to_at, const char *to) { return renameat2(at, from, to_at, to, 0); }
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int at, const char *path, int flags) {
  NAMING((flags & AT_REMOVEDIR) ? REMOVE_DIRECTORY : UNLINK, at, path, (int)syscall(SYS_unlinkat, at, path, flags), NULL);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
  struct stat found;
  return lstat(path, &found) == 0 && S_ISDIR(found.st_mode) ? rmdir(path) : unlink(path);
}

int mkdirat(int at, const char *path, mode_t mode) {
  NAMING(MAKE_DIRECTORY, at, path, (int)syscall(SYS_mkdirat, at, path, mode), NULL);
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int linkat(int at, const char *from, int to_at, const char *to, int flags) {
  char target[PATH_BYTES];
  if (!watched(to_at, to, target)) return (int)syscall(SYS_linkat, at, from, to_at, to, flags);
  NAMING(LINK, at, from, (int)syscall(SYS_linkat, at, from, to_at, to, flags), target);
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

/* What the record has no event for is said in it, and whoever reads it stops there instead of guessing. */
#define NOT_RECORDED(type, name, watching, arguments, ...) \
  type name(__VA_ARGS__) { \
    char whole[PATH_BYTES] = ""; \
    REAL(type, #name, __VA_ARGS__); \
    if (whole[0] == 0 && (watching)) unsupported(#name); \
    return real arguments; \
  }
NOT_RECORDED(int, truncate, watched(AT_FDCWD, path, whole), (path, length), const char *path, off64_t length)
NOT_RECORDED(int, truncate64, watched(AT_FDCWD, path, whole), (path, length), const char *path, off64_t length)
NOT_RECORDED(int, symlink, watched(AT_FDCWD, path, whole), (to, path), const char *to, const char *path)
NOT_RECORDED(int, fallocate, is_watched(file), (file, mode, at, length), int file, int mode, off64_t at, off64_t length)
NOT_RECORDED(int, fallocate64, is_watched(file), (file, mode, at, length), int file, int mode, off64_t at, off64_t length)
NOT_RECORDED(int, posix_fallocate, is_watched(file), (file, at, length), int file, off64_t at, off64_t length)
NOT_RECORDED(int, posix_fallocate64, is_watched(file), (file, at, length), int file, off64_t at, off64_t length)
NOT_RECORDED(int, syncfs, 1, (file), int file)
NOT_RECORDED(int, dup, is_watched(file), (file), int file)
NOT_RECORDED(int, dup2, is_watched(file), (file, to), int file, int to)
NOT_RECORDED(int, dup3, is_watched(file), (file, to, flags), int file, int to, int flags)

#define MAPPING(name) \
  void *name(void *start, size_t length, int access, int flags, int file, off64_t at) { \
    REAL(void *, #name, void *, size_t, int, int, int, off64_t); \
    if ((flags & MAP_SHARED) && (access & PROT_WRITE) && is_watched(file)) unsupported("a file that is written through memory"); \
    return real(start, length, access, flags, file, at); \
  }
MAPPING(mmap)
MAPPING(mmap64)

FILE *fopen64(const char *path, const char *how) {
  char whole[PATH_BYTES];
  REAL(FILE *, "fopen64", const char *, const char *);
  if (strpbrk(how, "wa+") != NULL && watched(AT_FDCWD, path, whole)) unsupported("fopen");
  return real(path, how);
}
