/* Stop or refuse the n-th call that changes a file.
 *
 * Preloaded into the process of the driver. Only a process that called faults_arm counts: the
 * driver itself, and programs that a command starts, go on undisturbed. Calls are noted by letters:
 * c create, d remove a folder, l link, m make a folder, p permissions, r rename, s sync,
 * t truncate, u unlink, w write; and i for a read, which changes nothing and can fail as well.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { OFF, COUNT, BEFORE, AFTER, TORN, SHORT, ONCE, FROM_THEN_ON };

static char calls[1 << 16];
static long count, target;
static int mode = OFF, reason;

void faults_arm(int what, long at, int error) {
    memset(calls, 0, sizeof calls);
    count = 0;
    target = at;
    reason = error;
    mode = what;
}

const char *faults_calls(void) {
    mode = OFF;
    return calls;
}

static void die(void) {
    for (;;)
        kill(getpid(), SIGKILL);
}

/* A full disk still shortens, syncs, renames and removes; a failing one does nothing. */
static int can_fail(char kind) {
    return reason != ENOSPC || strchr("clmw", kind) != NULL;
}

static int refused(char kind) {
    if (mode == OFF)
        return 0;
    if (count < (long)sizeof calls - 1)
        calls[count] = kind;
    count++;
    if (mode == BEFORE && count == target)
        die();
    if (((mode == ONCE && count == target) || (mode == FROM_THEN_ON && count >= target)) &&
        can_fail(kind)) {
        errno = reason;
        return 1;
    }
    return 0;
}

static void done(void) {
    if (mode == AFTER && count == target)
        die();
}

static size_t written(size_t size) {
    return (mode == TORN || mode == SHORT) && count == target && size > 1 ? size / 2 : size;
}

static void torn(void) {
    if (mode == TORN && count == target)
        die();
}

/* Standard streams, pipes and devices are no files that could be lost. */
static int is_file(int fd) {
    struct stat status;
    return mode != OFF && fd > 2 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

#define REAL(type, name, parameters)                                                               \
    static type(*real) parameters;                                                                 \
    if (real == NULL)                                                                              \
        real = dlsym(RTLD_NEXT, #name);

#define CALL(kind, name, parameters, arguments)                                                    \
    int name parameters {                                                                          \
        REAL(int, name, parameters)                                                                \
        if (refused(kind))                                                                         \
            return -1;                                                                             \
        int result = real arguments;                                                               \
        done();                                                                                    \
        return result;                                                                             \
    }

/* A killed process loses nothing that it wrote, so nobody waits for a disk. */
#define SYNC(name)                                                                                 \
    int name(int fd) {                                                                             \
        (void)fd;                                                                                  \
        if (refused('s'))                                                                          \
            return -1;                                                                             \
        done();                                                                                    \
        return 0;                                                                                  \
    }

#define WRITE(name, parameters, arguments)                                                         \
    ssize_t name parameters {                                                                      \
        REAL(ssize_t, name, parameters)                                                            \
        if (!is_file(fd))                                                                          \
            return real arguments;                                                                 \
        if (refused('w'))                                                                          \
            return -1;                                                                             \
        size = written(size);                                                                      \
        ssize_t result = real arguments;                                                           \
        torn();                                                                                    \
        done();                                                                                    \
        return result;                                                                             \
    }

#define READ(name, parameters, arguments)                                                          \
    ssize_t name parameters {                                                                      \
        REAL(ssize_t, name, parameters)                                                            \
        if (is_file(fd) && refused('i'))                                                           \
            return -1;                                                                             \
        return real arguments;                                                                     \
    }

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...) {                                                   \
        REAL(int, name, (const char *, int, ...))                                                  \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode_t rights = flags & O_CREAT ? va_arg(rest, mode_t) : 0;                                \
        va_end(rest);                                                                              \
        if (!(flags & (O_CREAT | O_TRUNC)))                                                        \
            return real(path, flags, rights);                                                      \
        if (refused('c'))                                                                          \
            return -1;                                                                             \
        int result = real(path, flags, rights);                                                    \
        done();                                                                                    \
        return result;                                                                             \
    }

WRITE(write, (int fd, const void *data, size_t size), (fd, data, size))
WRITE(pwrite, (int fd, const void *data, size_t size, off_t place), (fd, data, size, place))
WRITE(pwrite64, (int fd, const void *data, size_t size, off64_t place), (fd, data, size, place))
READ(read, (int fd, void *data, size_t size), (fd, data, size))
READ(pread, (int fd, void *data, size_t size, off_t place), (fd, data, size, place))
READ(pread64, (int fd, void *data, size_t size, off64_t place), (fd, data, size, place))
SYNC(fsync)
SYNC(fdatasync)
OPEN(open)
OPEN(open64)
CALL('t', ftruncate, (int fd, off_t size), (fd, size))
CALL('t', ftruncate64, (int fd, off64_t size), (fd, size))
CALL('u', unlink, (const char *path), (path))
CALL('r', rename, (const char *from, const char *to), (from, to))
CALL('l', link, (const char *from, const char *to), (from, to))
CALL('l', linkat, (int there, const char *from, int here, const char *to, int flags),
     (there, from, here, to, flags))
CALL('m', mkdir, (const char *path, mode_t rights), (path, rights))
CALL('d', rmdir, (const char *path), (path))
CALL('p', chmod, (const char *path, mode_t rights), (path, rights))
CALL('p', fchmod, (int fd, mode_t rights), (fd, rights))
