/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * attach.c - the way of a program's socket to the manager.  One lock in the
 * runtime directory makes that exactly one manager exists: whoever attaches holds
 * it until the socket is adopted, a manager that leaves holds it while it leaves.
 */
#include "config.h"

#include "client.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define ANSWER_SECONDS 10
/* A manager that was asked to leave holds the lock until it has hung up.  Who only
 * asks what there is does not wait for that. */
#define LOCK_SECONDS         15
#define LOCK_SECONDS_RUNNING 5
#define RETRY_MS             20

/* $XDG_RUNTIME_DIR/wineras, else $HOME/.cache/wineras.  rasapi32.dll looks in the
 * same places. */
static int find_dir(char *dir, size_t size, bool make)
{
    const char *env;
    int n;

    if ((env = getenv("XDG_RUNTIME_DIR")) && env[0] == '/')
        n = snprintf(dir, size, "%s/wineras", env);
    else if ((env = getenv("HOME")) && env[0] == '/')
    {
        n = snprintf(dir, size, "%s/.cache", env);
        if (make && n > 0 && (size_t)n < size && mkdir(dir, 0700) && errno != EEXIST) return -1;
        n = snprintf(dir, size, "%s/.cache/wineras", env);
    }
    else
    {
        errno = ENOENT;
        return -1;
    }
    if (n < 0 || (size_t)n >= size)
    {
        errno = ENAMETOOLONG;
        return -1;
    }
    return 0;
}

static volatile sig_atomic_t time_is_up;

static void on_alarm(int sig)
{
    (void)sig;
    time_is_up = 1;
}

/* All waiting for the lock together; 0 seconds: no limit any more.  The interval is
 * for a signal that comes just before the wait. */
static void limit_waiting(unsigned int seconds)
{
    struct itimerval timer = {{seconds ? 1 : 0, 0}, {(time_t)seconds, 0}};
    struct sigaction action;

    memset(&action, 0, sizeof(action));
    action.sa_handler = seconds ? on_alarm : SIG_DFL;
    if (seconds) sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
    if (!seconds) sigaction(SIGALRM, &action, NULL);
}

static int open_dir(const char *dir, bool make)
{
    struct stat st;
    int fd;

    if (make && mkdir(dir, 0700) && errno != EEXIST) return -1;
    if ((fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)) < 0) return -1;
    if (!fstat(fd, &st) && st.st_uid == geteuid() && !(st.st_mode & 077)) return fd;
    log_warnx(0, "%s is not a directory of this user alone", dir);
    close(fd);
    errno = EPERM;
    return -1;
}

/* Wait for the lock.  The file may have been removed by a manager that left: then
 * it is not the lock any more, and neither may the directory be. */
static int take_lock(int dir_fd, bool make, bool *again)
{
    struct stat ours, named;
    int fd;

    *again = false;
    fd = openat(dir_fd, LOCK_NAME, O_RDWR | O_CLOEXEC | O_NOFOLLOW | (make ? O_CREAT : 0), 0600);
    if (fd < 0)
    {
        struct stat st;

        /* The directory was removed after it was opened. */
        *again = make && errno == ENOENT && !fstat(dir_fd, &st) && !st.st_nlink;
        return -1;
    }
    while (flock(fd, LOCK_EX))
        if (errno != EINTR || time_is_up) goto fail;
    if (fstat(fd, &ours)) goto fail;
    if (!fstatat(dir_fd, LOCK_NAME, &named, AT_SYMLINK_NOFOLLOW) && ours.st_dev == named.st_dev &&
        ours.st_ino == named.st_ino)
        return fd;
    *again = true;
fail:
    close(fd);
    return -1;
}

/* A path through the directory that was checked; sun_path is short. */
static socklen_t socket_address(struct sockaddr_un *address, int dir_fd)
{
    memset(address, 0, sizeof(*address));
    address->sun_family = AF_UNIX;
    snprintf(address->sun_path, sizeof(address->sun_path), "/proc/self/fd/%d/" SOCKET_NAME, dir_fd);
    return sizeof(*address);
}

static int connect_manager(int dir_fd)
{
    struct timeval limit = {ANSWER_SECONDS, 0};
    struct sockaddr_un address;
    socklen_t len = socket_address(&address, dir_fd);
    int fd, error;

    if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    if (!connect(fd, (struct sockaddr *)&address, len)) return fd;
    error = errno;
    close(fd);
    errno = error;
    return -1;
}

bool attach_manager_runs(int dir_fd)
{
    int fd = connect_manager(dir_fd);

    if (fd < 0) return errno != ENOENT && errno != ECONNREFUSED;
    close(fd);
    return true;
}

/* Fails with ECONNRESET when the manager closes instead of an answer: it leaves. */
static int hand_over(int manager, int fd)
{
    union
    {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct cmsghdr *cmsg;
    struct msghdr msg;
    struct iovec iov;
    ssize_t got;
    char answer;

    memset(&msg, 0, sizeof(msg));
    memset(&control, 0, sizeof(control));
    iov.iov_base = &answer;
    iov.iov_len = 1;
    answer = 'a';
    msg.msg_iov = &iov;
    msg.msg_iovlen = 1;
    msg.msg_control = &control;
    msg.msg_controllen = sizeof(control);
    cmsg = CMSG_FIRSTHDR(&msg);
    cmsg->cmsg_level = SOL_SOCKET;
    cmsg->cmsg_type = SCM_RIGHTS;
    cmsg->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(cmsg), &fd, sizeof(int));
    if (sendmsg(manager, &msg, MSG_NOSIGNAL) != 1)
    {
        if (errno == EPIPE) errno = ECONNRESET;
        return -1;
    }
    answer = 0;
    if ((got = recv(manager, &answer, 1, 0)) >= 0) errno = got ? EIO : ECONNRESET;
    return got == 1 && answer == 'y' ? 0 : -1;
}

static int listen_here(int dir_fd)
{
    struct sockaddr_un address;
    socklen_t len = socket_address(&address, dir_fd);
    mode_t mask;
    int fd;

    /* The socket of a manager that was killed. */
    if (unlinkat(dir_fd, SOCKET_NAME, 0) && errno != ENOENT) return -1;
    if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0) return -1;
    mask = umask(0077);
    if (!bind(fd, (struct sockaddr *)&address, len) && !listen(fd, 64))
    {
        umask(mask);
        return fd;
    }
    umask(mask);
    log_warn(0, "cannot listen");
    close(fd);
    return -1;
}

void attach_remove_files(int dir_fd, const char *dir)
{
    unlinkat(dir_fd, SOCKET_NAME, 0);
    unlinkat(dir_fd, LOCK_NAME, 0);
    rmdir(dir);
}

/* One attempt.  *again: a manager is leaving, or has just left. */
static enum attach_result try_attach(struct attach *attach, int fd, bool only_running, bool *again)
{
    enum attach_result result = only_running ? ATTACH_NOBODY : ATTACH_FAILED;
    int manager;

    *again = false;
    attach->listen_fd = -1;
    if (find_dir(attach->dir, sizeof(attach->dir), !only_running) ||
        (attach->dir_fd = open_dir(attach->dir, !only_running)) < 0)
    {
        if (!only_running) log_warn(0, "no runtime directory");
        return result;
    }
    if ((attach->lock_fd = take_lock(attach->dir_fd, !only_running, again)) < 0)
    {
        if (!only_running && !*again) log_warn(0, "no lock in %s", attach->dir);
        if (!only_running) rmdir(attach->dir); /* only if it is empty: we may have made it in vain */
        close(attach->dir_fd);
        return result;
    }

    if ((manager = connect_manager(attach->dir_fd)) >= 0)
    {
        if (!hand_over(manager, fd))
            result = ATTACH_HANDED_OVER;
        else if (!(*again = errno == ECONNRESET))
        {
            log_warn(0, "the manager does not answer");
            result = ATTACH_FAILED;
        }
        close(manager);
    }
    else if (errno != ENOENT && errno != ECONNREFUSED)
    {
        log_warn(0, "cannot reach the manager");
        result = ATTACH_FAILED;
    }
    else if (!only_running)
    {
        if ((attach->listen_fd = listen_here(attach->dir_fd)) >= 0) return ATTACH_BECOME;
        attach_remove_files(attach->dir_fd, attach->dir);
    }

    close(attach->lock_fd);
    close(attach->dir_fd);
    return result;
}

enum attach_result attach_or_become(struct attach *attach, int fd, bool only_running)
{
    struct timespec pause = {0, RETRY_MS * 1000000};
    enum attach_result result;
    bool again;

    limit_waiting(only_running ? LOCK_SECONDS_RUNNING : LOCK_SECONDS);
    while ((result = try_attach(attach, fd, only_running, &again)), again && !time_is_up)
        nanosleep(&pause, NULL); /* a manager that leaves wants the lock */
    limit_waiting(0);
    if (again && !only_running) log_warnx(0, "the manager neither serves nor leaves");
    return result;
}
