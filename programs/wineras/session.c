/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * session.c - a session with the manager that runs, if one does.
 *
 * The manager serves sockets that are handed to it over its own socket; so does
 * this.  Nothing is ever started here.
 */
#include "wineras.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define ANSWER_WAIT 30000 /* ms; the manager never blocks */

char *runtime_directory(void)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR"), *home = getenv("HOME");

    if (runtime && *runtime == '/') return format_text("%s/wineras", runtime);
    return format_text("%s/.cache/wineras", home ? home : "");
}

/* Hand fd over.  1 when it was taken, 0 when the manager has just left, -1 with errno. */
static int hand_over(int manager, int fd)
{
    struct timeval limit = {ANSWER_WAIT / 1000, 0};
    char byte = 'a';
    struct iovec iov = {&byte, 1};
    union
    {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {.bytes = {0}};
    struct msghdr msg = {
        .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control.bytes)};
    struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
    ssize_t got;

    cmsg->cmsg_level = SOL_SOCKET;
    cmsg->cmsg_type = SCM_RIGHTS;
    cmsg->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(cmsg), &fd, sizeof(fd));
    setsockopt(manager, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    if (sendmsg(manager, &msg, MSG_NOSIGNAL) != 1) return errno == EPIPE || errno == ECONNRESET ? 0 : -1;
    while ((got = recv(manager, &byte, 1, 0)) < 0 && errno == EINTR) {}
    if (got == 1) return 1;
    return !got || errno == ECONNRESET ? 0 : -1;
}

/* The manager's socket: 1 connected, 0 nobody is there, -1 complained. */
static int connect_manager(int *manager)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char *dir = runtime_directory(), *path = format_text("%s/manager", dir);
    struct stat st;
    int result = -1;

    *manager = -1;
    if (lstat(dir, &st))
    {
        result = errno == ENOENT || errno == ENOTDIR ? 0 : complain_errno("can't look at %s", dir);
    }
    else if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid() || st.st_mode & 077)
    {
        complain("%s is not a folder of yours alone (mode 0700)", dir);
    }
    else if (strlen(path) >= sizeof(address.sun_path))
    {
        complain("the name %s is too long for a socket", path);
    }
    else if ((*manager = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0)
    {
        complain_errno("can't make a socket");
    }
    else
    {
        memcpy(address.sun_path, path, strlen(path));
        if (!connect(*manager, (struct sockaddr *)&address, sizeof(address))) result = 1;
        else if (errno == ENOENT || errno == ECONNREFUSED) result = 0;
        else complain_errno("can't reach the manager at %s", path);
    }
    if (result != 1 && *manager >= 0) close(*manager);
    free(path);
    free(dir);
    return result;
}

static int send_message(struct session *session, const struct wire_msg *msg)
{
    uint8_t bytes[WIRE_MESSAGE_MAX];
    size_t len = wire_encode(msg, bytes, sizeof(bytes)), done = 0;
    ssize_t sent;

    if (!len) return complain("the request is too long");
    while (done < len)
    {
        sent = send(session->fd, bytes + done, len - done, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return complain_errno("the manager does not listen");
        done += sent;
    }
    return 0;
}

int session_send(struct session *session, struct wire_msg *msg)
{
    msg->serial = ++session->serial;
    return send_message(session, msg);
}

static int receive_any(struct session *session, struct wire_msg *msg)
{
    struct pollfd ready = {.fd = session->fd, .events = POLLIN};
    ssize_t got;
    int len, polled;

    for (;;)
    {
        len = wire_decode(msg, session->buffer, session->used, WIRE_MANAGER);
        if (len > 0)
        {
            memmove(session->buffer, session->buffer + len, session->used - len);
            session->used -= len;
            return 0;
        }
        if (len < 0 || session->used == sizeof(session->buffer)) return complain("the manager speaks nonsense");
        polled = poll(&ready, 1, ANSWER_WAIT);
        if (polled < 0 && errno == EINTR) continue;
        if (polled < 0) return complain_errno("can't wait for the manager");
        if (!polled) return complain("the manager does not answer");
        got = recv(session->fd, session->buffer + session->used, sizeof(session->buffer) - session->used, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return complain_errno("can't hear the manager");
        if (!got) return complain("the manager has closed the session");
        session->used += got;
    }
}

int session_receive(struct session *session, struct wire_msg *msg)
{
    do
    {
        if (receive_any(session, msg)) return -1;
    } while (msg->serial != session->serial);
    return 0;
}

int session_open(struct session *session)
{
    struct wire_msg *msg;
    int manager, pair[2], result;

    memset(session, 0, sizeof(*session));
    session->fd = -1;
    if ((result = connect_manager(&manager)) != 1) return result;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
    {
        complain_errno("can't make a socket");
        close(manager);
        return -1;
    }
    session->fd = pair[0];
    result = hand_over(manager, pair[1]);
    if (result < 0) complain_errno("can't hand a socket to the manager");
    close(pair[1]);
    close(manager);
    if (result != 1)
    {
        session_close(session);
        return result;
    }

    msg = grow(NULL, 1, sizeof(*msg));
    wire_init(msg, WIRE_hello, 0);
    msg->u.hello.magic = WIRE_MAGIC;
    msg->u.hello.version = WIRE_VERSION;
    WIRE_SET_TEXT(msg->u.hello.program, "wineras");
    result = send_message(session, msg) || receive_any(session, msg) ? -1 : 1;
    if (result == 1 && (msg->type != WIRE_hello || msg->u.hello.magic != WIRE_MAGIC))
        result = complain("the manager speaks nonsense");
    else if (result == 1 && msg->u.hello.version != WIRE_VERSION)
        result = complain("the manager that runs is of another version (wire %u, wanted %u); it ends by itself "
                          "when its connections are gone", msg->u.hello.version, WIRE_VERSION);
    free(msg);
    if (result == 1) return 1;
    session_close(session);
    return -1;
}

void session_close(struct session *session)
{
    if (session->fd >= 0) close(session->fd);
    session->fd = -1;
}
