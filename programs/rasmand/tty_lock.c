/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tty_lock.c - UUCP lock files: LCK..NAME with the owner's pid as ten digits.
 */
#include "config.h"

#include "tty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_DIR "/var/lock"

/* As pppd names it: what follows /dev/, with '_' for '/'. */
static int lock_path(const char *path, char *buf, size_t size)
{
    const char *name = strncmp(path, "/dev/", 5) ? strrchr(path, '/') : path + 4;
    char *p;
    int n;

    n = snprintf(buf, size, LOCK_DIR "/LCK..%s", name ? name + 1 : path);
    if (n < 0 || (size_t)n >= size)
    {
        errno = ENAMETOOLONG;
        return -1;
    }
    for (p = buf + sizeof(LOCK_DIR); *p; p++)
        if (*p == '/') *p = '_';
    return 0;
}

/* The pid in the lock file, 0 when it holds none, -1 when it can't be read. */
static pid_t lock_owner(const char *lock)
{
    char text[16];
    ssize_t len;
    int fd, pid;

    if ((fd = open(lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) < 0) return -1;
    len = read(fd, text, sizeof(text) - 1);
    close(fd);
    if (len < 0) return -1;
    if (len == sizeof(pid)) /* the old binary style */
    {
        memcpy(&pid, text, sizeof(pid));
        return pid > 0 ? pid : 0;
    }
    text[len] = 0;
    pid = atoi(text);
    return pid > 0 ? pid : 0;
}

static bool is_alive(pid_t pid)
{
    return !kill(pid, 0) || errno != ESRCH;
}

int tty_lock(const char *path)
{
    char lock[PATH_MAX], text[16];
    int fd, attempt, len;
    pid_t owner;

    if (lock_path(path, lock, sizeof(lock))) return -1;
    for (attempt = 0; attempt < 3; attempt++)
    {
        if ((fd = open(lock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644)) >= 0)
        {
            len = snprintf(text, sizeof(text), "%10d\n", (int)getpid());
            /* Whatever the umask: others must be able to read whose it is. */
            if (fchmod(fd, 0644) || write(fd, text, (size_t)len) != len)
            {
                /* Nobody's, and nobody would remove it: better none. */
                log_warn(0, "%s", lock);
                unlink(lock);
            }
            close(fd);
            return 0;
        }
        if (errno != EEXIST)
        {
            log_debug(0, "%s: no lock: %s", lock, strerror(errno));
            return 0;
        }
        owner = lock_owner(lock);
        if (owner == getpid()) return 0;
        if (owner < 0 && errno == ENOENT) continue;
        if (owner < 0 || (owner > 0 && is_alive(owner))) break;
        if (unlink(lock)) break;
        log_info(0, "%s: stale lock removed", lock);
    }
    errno = EBUSY;
    return -1;
}

void tty_unlock_of(const char *path, pid_t owner)
{
    char lock[PATH_MAX];

    if (!lock_path(path, lock, sizeof(lock)) && lock_owner(lock) == owner) unlink(lock);
}

void tty_unlock(const char *path)
{
    tty_unlock_of(path, getpid());
}

bool tty_was_locked_by(const char *path, pid_t owner)
{
    char lock[PATH_MAX];
    pid_t now;

    if (lock_path(path, lock, sizeof(lock))) return false;
    now = lock_owner(lock);
    return now == owner || (now < 0 && errno == ENOENT);
}
