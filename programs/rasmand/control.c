/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * control.c - the manager's own socket, over which programs' sockets are handed
 * to it, and its life time: it leaves some seconds after the last program and
 * the last connection, and leaves nothing behind.  Programs that have begun to watch do not
 * keep it: they see the next manager come.
 */
#include "config.h"

#include "client.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#define LINGER_MS     3000
#define HAND_OVER_MS  5000
#define HAND_OVER_MAX 32 /* handing over at a time */
#define RETRY_MS      10
#define PART_MS       2000 /* for programs to close */
#define FULL_MS       100 /* without a free descriptor */

/* Somebody who has connected and has not handed over yet. */
struct hand_over
{
    struct hand_over *next;
    int fd;
    struct event *event;
};

static struct hand_over *hand_overs;
static unsigned int hand_overs_count;
static struct event *listener;
static struct event *listen_again;
static struct event *linger;
static struct event *locker;
static int control_listen_fd = -1, control_lock_fd = -1, control_dir_fd = -1;
static char *control_dir;
static unsigned int linger_ms = LINGER_MS;
static bool leaving;
static bool parted; /* nobody finds us any more */

static void hand_over_destroy(struct hand_over *hand_over)
{
    struct hand_over **link;

    for (link = &hand_overs; *link != hand_over; link = &(*link)->next);
    *link = hand_over->next;
    hand_overs_count--;
    if (hand_over->event) event_free(hand_over->event);
    close(hand_over->fd);
    free(hand_over);
}

/* Who means it hands over at once, so the one that has waited longest does not. */
static void make_room(void)
{
    struct hand_over *oldest = hand_overs;

    if (hand_overs_count < HAND_OVER_MAX) return;
    while (oldest->next) oldest = oldest->next;
    log_warnx(0, "too many connect and hand nothing over");
    hand_over_destroy(oldest);
}

/* Exactly one descriptor, or none at all: others are closed.  Returns it or -1. */
static int receive_fd(int from)
{
    union
    {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(4 * sizeof(int))];
    } control;
    int fd = -1, many[4];
    struct cmsghdr *cmsg;
    struct msghdr msg;
    struct iovec iov;
    size_t i, count;
    char byte;

    memset(&msg, 0, sizeof(msg));
    iov.iov_base = &byte;
    iov.iov_len = 1;
    msg.msg_iov = &iov;
    msg.msg_iovlen = 1;
    msg.msg_control = &control;
    msg.msg_controllen = sizeof(control);
    if (recvmsg(from, &msg, MSG_CMSG_CLOEXEC) != 1) return -1;
    for (cmsg = CMSG_FIRSTHDR(&msg); cmsg; cmsg = CMSG_NXTHDR(&msg, cmsg))
    {
        if (cmsg->cmsg_level != SOL_SOCKET || cmsg->cmsg_type != SCM_RIGHTS) continue;
        count = (cmsg->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(many, CMSG_DATA(cmsg), count * sizeof(int));
        for (i = 0; i < count; i++)
        {
            if (fd != -1) close(fd);
            fd = many[i];
        }
        if (count != 1)
        {
            close(fd);
            fd = -1;
        }
    }
    return fd;
}

static bool is_stream_socket(int fd)
{
    socklen_t len = sizeof(int);
    int type;

    return !getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) && type == SOCK_STREAM;
}

static void on_hand_over(evutil_socket_t fd, short what, void *context)
{
    int program;

    if (what & EV_TIMEOUT)
        log_warnx(0, "a socket that was to be handed over did not come");
    else if ((program = receive_fd(fd)) != -1)
    {
        if (leaving)
            close(program);
        else if (!is_stream_socket(program))
        {
            log_warnx(0, "what was handed over is not a stream socket");
            close(program);
        }
        else if (client_create(program) && send(fd, "y", 1, MSG_NOSIGNAL) != 1)
            log_warn(0, "cannot accept what was handed over");
    }
    hand_over_destroy(context);
}

static void on_listen_again(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    (void)context;
    event_add(listener, NULL);
}

static void on_connection(evutil_socket_t listen_fd, short what, void *context)
{
    struct timeval limit = {HAND_OVER_MS / 1000, 0}, wait = {0, FULL_MS * 1000};
    struct hand_over *hand_over;
    socklen_t len;
    struct ucred who;
    int fd;

    (void)what;
    (void)context;
    if ((fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) < 0)
    {
        if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) return;
        /* Who waits is still there, and would make us look again at once. */
        event_del(listener);
        event_add(listen_again, &wait);
        return;
    }
    len = sizeof(who);
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) || who.uid != geteuid())
    {
        log_warnx(0, "user %u is not served", (unsigned int)who.uid);
        close(fd);
        return;
    }
    make_room();
    if (!(hand_over = calloc(1, sizeof(*hand_over))))
    {
        close(fd);
        return;
    }
    hand_over->fd = fd;
    hand_over->next = hand_overs;
    hand_overs = hand_over;
    hand_overs_count++;
    if (!(hand_over->event = event_new(loop, fd, EV_READ, on_hand_over, hand_over)) ||
        event_add(hand_over->event, &limit))
        hand_over_destroy(hand_over);
}

/* ---- life time ----------------------------------------------------------------------- */

/* Whoever attaches holds the lock until its socket is adopted: with the lock in our
 * hands nobody is on the way. */
static bool try_leave(void)
{
    if (flock(control_lock_fd, LOCK_EX | LOCK_NB)) return false;
    attach_remove_files(control_dir_fd, control_dir);
    flock(control_lock_fd, LOCK_UN);
    event_del(locker);
    leaving = parted = true;
    return true;
}

/* Who attaches while we hang up waits for the lock, and for the next manager. */
static void on_locker(evutil_socket_t fd, short what, void *context)
{
    struct timeval wait = {0, RETRY_MS * 1000};

    (void)fd;
    (void)what;
    (void)context;
    if (flock(control_lock_fd, LOCK_EX | LOCK_NB)) event_add(locker, &wait);
}

static void arm_linger(unsigned int ms)
{
    struct timeval wait = {ms / 1000, ms % 1000 * 1000};

    event_add(linger, &wait);
}

/* A connection that is over waits for its program's handler; when we have to leave,
 * nobody waits for that. */
static bool is_needed(void)
{
    return leaving ? conn_any_alive() : conn_first() || client_needs_manager();
}

static void on_linger(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    (void)context;
    if (is_needed()) return;
    if (parted)
        client_destroy_all(); /* those that did not close */
    else if (try_leave())
        client_part_all();
    if (!parted)
        arm_linger(leaving ? RETRY_MS : LINGER_MS);
    else if (client_any())
        arm_linger(PART_MS);
    else if (conn_first())
        arm_linger(0);
    else
        event_base_loopbreak(loop);
}

void control_life_check(void)
{
    if (!linger) return;
    if (parted)
    {
        if (!client_any()) arm_linger(0);
    }
    else if (is_needed())
        event_del(linger);
    else if (!event_pending(linger, EV_TIMEOUT, NULL))
        arm_linger(leaving ? 0 : linger_ms);
}

void control_leave(void)
{
    leaving = true;
    event_active(locker, EV_TIMEOUT, 0);
    conn_hangup_all();
    event_del(linger);
    control_life_check();
}

void control_init(int listen_fd, int lock_fd, int dir_fd, const char *dir)
{
    const char *env = getenv("WINERAS_LINGER_MS");

    if (env) linger_ms = (unsigned int)strtoul(env, NULL, 10);
    control_listen_fd = listen_fd;
    control_lock_fd = lock_fd;
    control_dir_fd = dir_fd;
    evutil_make_socket_nonblocking(listen_fd);
    if (!(control_dir = strdup(dir)) || !(linger = evtimer_new(loop, on_linger, NULL)) ||
        !(locker = evtimer_new(loop, on_locker, NULL)) ||
        !(listen_again = evtimer_new(loop, on_listen_again, NULL)) ||
        !(listener = event_new(loop, listen_fd, EV_READ | EV_PERSIST, on_connection, NULL)) ||
        event_add(listener, NULL))
        fatal("out of memory");
    control_life_check();
}

void control_cleanup(void)
{
    while (hand_overs) hand_over_destroy(hand_overs);
    event_free(listener);
    event_free(listen_again);
    event_free(linger);
    event_free(locker);
    linger = NULL;
    close(control_listen_fd);
    close(control_lock_fd);
    close(control_dir_fd);
    free(control_dir);
}
