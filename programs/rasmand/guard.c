/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * guard.c - a small process beside the manager.  It waits for the manager's end, and puts
 * right what a manager leaves behind that was killed: children, settings and locks of
 * ttys, the files by which programs find it.  After an ordinary end nothing is left to do.
 *
 * Until it is done it holds the lock of the runtime directory, so the next manager finds
 * everything as the dead one did.
 */
#include "config.h"

#include "client.h"
#include "guard.h"
#include "tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CHILDREN_MAX 2000
#define PATH_LEN     1024
#define TERM_MS      8000 /* a silent peer makes pppd wait 3 s */
#define KILL_MS      2000
#define LOCK_MS      1000 /* who has it now attaches, and becomes the next manager */
#define RETRY_MS     20

enum kind { CHILD, CHILD_GONE, TTY, TTY_GONE };

struct record
{
    enum kind kind;
    pid_t pid;
    struct termios settings;
    char path[PATH_LEN];
};

static int guard_fd = -1;

/* ---- the manager's side ------------------------------------------------------------- */

static void tell(const struct record *record)
{
    if (guard_fd >= 0 && send(guard_fd, record, sizeof(*record), MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
        log_warn(0, "the guard");
}

static void tell_child(enum kind kind, pid_t pid)
{
    struct record record = {.kind = kind, .pid = pid};

    tell(&record);
}

static void tell_tty(enum kind kind, const char *path, const struct termios *settings)
{
    struct record record = {.kind = kind};

    if (strlen(path) >= sizeof(record.path)) return;
    strcpy(record.path, path);
    if (settings) record.settings = *settings;
    tell(&record);
}

void guard_child(pid_t pid)
{
    tell_child(CHILD, pid);
}

void guard_child_gone(pid_t pid)
{
    tell_child(CHILD_GONE, pid);
}

void guard_tty(const char *path, const struct termios *settings)
{
    tell_tty(TTY, path, settings);
}

void guard_tty_gone(const char *path)
{
    tell_tty(TTY_GONE, path, NULL);
}

/* ---- the guard's side ----------------------------------------------------------------- */

struct tty_record
{
    struct tty_record *next;
    struct termios settings;
    char path[PATH_LEN];
};

static struct pollfd children[CHILDREN_MAX]; /* descriptors of processes */
static pid_t child_pids[CHILDREN_MAX];
static unsigned int children_count;
static struct tty_record *ttys;

static void add_child(pid_t pid)
{
    int fd;

    if (children_count == CHILDREN_MAX || (fd = (int)syscall(SYS_pidfd_open, pid, 0)) < 0) return;
    children[children_count].fd = fd;
    children[children_count].events = POLLIN;
    child_pids[children_count++] = pid;
}

static void remove_child(unsigned int i)
{
    close(children[i].fd);
    children_count--;
    children[i] = children[children_count];
    child_pids[i] = child_pids[children_count];
}

static void add_tty(const struct record *record)
{
    struct tty_record *tty = malloc(sizeof(*tty));

    if (!tty) return;
    tty->settings = record->settings;
    memcpy(tty->path, record->path, sizeof(tty->path));
    tty->next = ttys;
    ttys = tty;
}

static void remove_tty(const char *path)
{
    struct tty_record **link, *tty;

    for (link = &ttys; (tty = *link); link = &tty->next)
    {
        if (strcmp(tty->path, path)) continue;
        *link = tty->next;
        free(tty);
        return;
    }
}

static void note(const struct record *record)
{
    unsigned int i;

    switch (record->kind)
    {
    case CHILD:
        add_child(record->pid);
        break;
    case CHILD_GONE:
        for (i = 0; i < children_count && child_pids[i] != record->pid; i++);
        if (i < children_count) remove_child(i);
        break;
    case TTY:
        add_tty(record);
        break;
    case TTY_GONE:
        remove_tty(record->path);
        break;
    }
}

static void signal_children(int sig)
{
    unsigned int i;

    for (i = 0; i < children_count; i++) syscall(SYS_pidfd_send_signal, children[i].fd, sig, NULL, 0);
}

/* Wait until all have ended, or ms are over. */
static void await_children(uint64_t ms)
{
    uint64_t end = conn_clock_ms() + ms, now;
    unsigned int i;

    while (children_count && (now = conn_clock_ms()) < end)
    {
        poll(children, children_count, (int)(end - now));
        for (i = children_count; i-- > 0;)
            if (children[i].revents) remove_child(i);
    }
}

/* The descriptor of the runtime directory's lock, or -1: somebody else has it. */
static int take_lock(int dir_fd)
{
    struct timespec pause = {0, RETRY_MS * 1000000};
    int fd = openat(dir_fd, LOCK_NAME, O_RDWR | O_CLOEXEC | O_NOFOLLOW), i;

    if (fd < 0) return -1;
    for (i = 0; flock(fd, LOCK_EX | LOCK_NB); i++)
    {
        if (i == LOCK_MS / RETRY_MS)
        {
            close(fd);
            return -1;
        }
        nanosleep(&pause, NULL);
    }
    return fd;
}

static void clean_up(pid_t manager, int dir_fd, const char *dir)
{
    int lock_fd = take_lock(dir_fd);
    struct tty_record *tty;

    signal_children(SIGTERM);
    await_children(TERM_MS);
    signal_children(SIGKILL);
    await_children(KILL_MS);
    for (tty = ttys; tty; tty = tty->next) tty_give_back(tty->path, &tty->settings, manager);
    if (lock_fd >= 0 && !attach_manager_runs(dir_fd)) attach_remove_files(dir_fd, dir);
}

/* What a process has open is closed in no particular order while it ends. */
static void await_end(int manager_fd)
{
    struct pollfd end = {manager_fd, POLLIN, 0};

    if (manager_fd >= 0) poll(&end, 1, KILL_MS);
}

static void guard(int fd, pid_t manager, int dir_fd, const char *dir)
{
    struct record record;
    int manager_fd;
    ssize_t got;
    int i, null;

    prctl(PR_SET_NAME, "rasmand-guard");
    setsid();
    for (i = 1; i < NSIG; i++)
        if (i == SIGTERM || i == SIGINT || i == SIGHUP || i == SIGQUIT) signal(i, SIG_IGN);
    if ((null = open("/dev/null", O_RDWR)) < 0) return;
    dup2(null, 0);
    dup2(null, 1);
    dup2(null, 2);
    dup2(fd, 3);
    dup2(dir_fd, 4);
    close_range(5, ~0u, 0);
    manager_fd = (int)syscall(SYS_pidfd_open, manager, 0);
    while ((got = recv(3, &record, sizeof(record), 0)) > 0 || (got < 0 && errno == EINTR))
        if (got == sizeof(record)) note(&record);
    await_end(manager_fd);
    clean_up(manager, 4, dir);
}

void guard_start(int dir_fd, const char *dir)
{
    pid_t manager = getpid(), pid = -1;
    int fds[2], high[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds)) return;
    if (!(pid = child_fork()))
    {
        close(fds[0]);
        /* Out of the way of 0 to 4. */
        if ((high[0] = fcntl(fds[1], F_DUPFD, 10)) >= 0 && (high[1] = fcntl(dir_fd, F_DUPFD, 10)) >= 0)
            guard(high[0], manager, high[1], dir);
        _exit(0);
    }
    close(fds[1]);
    guard_fd = fds[0];
    if (pid > 0) return;
    log_warn(0, "no guard");
    close(guard_fd);
    guard_fd = -1;
}
