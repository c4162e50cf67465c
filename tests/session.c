/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * session.c - see session.h.
 */
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

void session_init(struct session *s, int fd, void (*pump)(void))
{
    memset(s, 0, sizeof(*s));
    s->fd = fd;
    s->pump = pump;
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

void session_close(struct session *s)
{
    close(s->fd);
    s->fd = -1;
    if (s->pump) s->pump();
}

uint32_t session_send(struct session *s, struct wire_msg *msg)
{
    uint8_t frame[WIRE_MESSAGE_MAX];
    size_t len;

    if (msg->type != WIRE_notice_done) msg->serial = ++s->serial;
    len = wire_encode(msg, frame, sizeof(frame));
    if (send(s->fd, frame, len, MSG_NOSIGNAL) != (ssize_t)len) return 0;
    if (s->pump) s->pump();
    return msg->serial;
}

bool session_recv(struct session *s, struct wire_msg *msg)
{
    struct pollfd poll_fd = {s->fd, POLLIN, 0};
    time_t end = time(NULL) + SESSION_WAIT_MAX;
    ssize_t got;
    int len;

    for (;;)
    {
        if ((len = wire_decode(msg, s->in, s->in_len, WIRE_MANAGER)) > 0)
        {
            s->in_len -= (size_t)len;
            memmove(s->in, s->in + len, s->in_len);
            return true;
        }
        if (len < 0) return false;
        if (s->pump) s->pump();
        got = recv(s->fd, s->in + s->in_len, sizeof(s->in) - s->in_len, 0);
        if (!got || (got < 0 && errno != EAGAIN)) return false;
        if (got > 0) s->in_len += (size_t)got;
        if (got < 0 && time(NULL) >= end) return false;
        if (got < 0) poll(&poll_fd, 1, s->pump ? 1 : 1000);
    }
}

bool session_answer(struct session *s, uint32_t serial, struct wire_msg *msg)
{
    do
        if (!session_recv(s, msg)) return false;
    while (msg->serial != serial);
    return true;
}

bool session_is_closed(struct session *s)
{
    struct wire_msg msg;

    while (session_recv(s, &msg));
    if (s->pump) s->pump();
    return recv(s->fd, s->in, 1, 0) == 0 || errno == ECONNRESET;
}

bool session_hello(struct session *s)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_hello, 0);
    msg.u.hello.magic = WIRE_MAGIC;
    msg.u.hello.version = WIRE_VERSION;
    WIRE_SET_TEXT(msg.u.hello.program, "test");
    return session_answer(s, session_send(s, &msg), &msg) && msg.type == WIRE_hello &&
           msg.u.hello.magic == WIRE_MAGIC && msg.u.hello.version == WIRE_VERSION;
}

uint32_t session_dial(struct session *s, const char *entry, const char *number, uint32_t options, uint32_t *handle,
                      uint32_t *flags)
{
    return session_dial_numbers(s, entry, number, "", options, handle, flags);
}

uint32_t session_dial_numbers(struct session *s, const char *entry, const char *number, const char *alternates,
                              uint32_t options, uint32_t *handle, uint32_t *flags)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_dial, 0);
    WIRE_SET_TEXT(msg.u.dial.entry, entry);
    WIRE_SET_TEXT(msg.u.dial.number, number);
    WIRE_SET_TEXT(msg.u.dial.alternates, alternates);
    WIRE_SET_TEXT(msg.u.dial.user, "user");
    WIRE_SET_TEXT(msg.u.dial.password, "password");
    msg.u.dial.options = options;
    return session_dial_message(s, &msg, handle, flags);
}

uint32_t session_dial_message(struct session *s, struct wire_msg *msg, uint32_t *handle, uint32_t *flags)
{
    if (!session_answer(s, session_send(s, msg), msg) || msg->type != WIRE_dialing) return UINT32_MAX;
    *handle = msg->u.dialing.handle;
    if (flags) *flags = msg->u.dialing.flags;
    return msg->u.dialing.error;
}

static uint32_t result_of(struct session *s, struct wire_msg *msg)
{
    if (!session_answer(s, session_send(s, msg), msg) || msg->type != WIRE_result) return UINT32_MAX;
    return msg->u.result.error;
}

uint32_t session_hangup(struct session *s, uint32_t handle, uint32_t flags)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_hangup, 0);
    msg.u.hangup.handle = handle;
    msg.u.hangup.flags = flags;
    return result_of(s, &msg);
}

uint32_t session_status(struct session *s, uint32_t handle, struct wire_status *status)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_get_status, 0);
    msg.u.get_status.handle = handle;
    if (!session_answer(s, session_send(s, &msg), &msg)) return UINT32_MAX;
    if (msg.type == WIRE_result) return msg.u.result.error;
    *status = msg.u.status;
    return 0;
}

uint32_t session_watch(struct session *s, uint32_t id, uint32_t handle, uint32_t flags)
{
    struct wire_watching watching = {.error = UINT32_MAX};

    session_watch_since(s, id, handle, flags, WIRE_WATCH_FROM_NOW, &watching);
    return watching.error;
}

void session_watch_since(struct session *s, uint32_t id, uint32_t handle, uint32_t flags, uint64_t since,
                         struct wire_watching *watching)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_watch, 0);
    msg.u.watch.id = id;
    msg.u.watch.handle = handle;
    msg.u.watch.flags = flags;
    msg.u.watch.since = since;
    if (session_answer(s, session_send(s, &msg), &msg) && msg.type == WIRE_watching) *watching = msg.u.watching;
}

void session_notice_done(struct session *s, const struct wire_notice *notice)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_notice_done, 0);
    msg.u.notice_done.handle = notice->handle;
    msg.u.notice_done.sequence = notice->sequence;
    session_send(s, &msg);
}

uint32_t session_flags(struct session *s)
{
    struct wire_msg msg;
    uint32_t serial, flags = UINT32_MAX;

    wire_init(&msg, WIRE_enum_connections, 0);
    serial = session_send(s, &msg);
    while (session_answer(s, serial, &msg) && msg.type == WIRE_connection) flags = msg.u.connection.flags;
    return flags;
}

int session_count(struct session *s, uint32_t flags)
{
    struct wire_msg msg;
    uint32_t serial;
    int count = 0;

    wire_init(&msg, WIRE_enum_connections, 0);
    msg.u.enum_connections.flags = flags;
    serial = session_send(s, &msg);
    while (session_answer(s, serial, &msg))
    {
        if (msg.type == WIRE_result) return msg.u.result.error ? -1 : count;
        count++;
    }
    return -1;
}

const char *session_notices(struct session *s, char *buf, size_t size)
{
    const struct wire_notice *notice;
    struct wire_msg msg;
    size_t pos = 0;

    buf[0] = 0;
    while (session_recv(s, &msg))
    {
        if (msg.type != WIRE_notice) continue;
        notice = &msg.u.notice;
        if (notice->state == 0x2000)
            pos += (size_t)snprintf(buf + pos, size - pos, "C");
        else if (notice->state == 0x2001)
            pos += (size_t)snprintf(buf + pos, size - pos, "D");
        else
            pos += (size_t)snprintf(buf + pos, size - pos, "%u", notice->state);
        if (notice->error) pos += (size_t)snprintf(buf + pos, size - pos, ":%u", notice->error);
        if (notice->flags & WIRE_NOTICE_LAST) return buf;
        pos += (size_t)snprintf(buf + pos, size - pos, " ");
        session_notice_done(s, notice);
    }
    return "(no last notice)";
}
