/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_client.c - sessions with the manager in this process: watches, requests
 * about connections, and what becomes of programs that send rubbish.
 */
#include "client_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- watches -------------------------------------------------------------------------- */

static bool next_change(struct session *s, struct wire_change *change)
{
    struct wire_msg msg;

    while (session_recv(s, &msg))
        if (msg.type == WIRE_change)
        {
            *change = msg.u.change;
            return true;
        }
    return false;
}

#define expect_change(s, id_, flags_, connections_)              \
    do                                                           \
    {                                                            \
        struct wire_change change_;                              \
                                                                 \
        ck_assert(next_change((s), &change_));                   \
        ck_assert_uint_eq(change_.id, (id_));                    \
        ck_assert_uint_eq(change_.flags, (flags_));              \
        ck_assert_uint_eq(change_.connections, (connections_));  \
        ck_assert_uint_gt(change_.number, last_number);          \
        last_number = change_.number;                            \
    } while (0)

static uint64_t last_number;

START_TEST(test_watch)
{
    uint32_t handle;

    ck_assert_uint_eq(session_watch(&b, 1, 12345, 2), 6);
    ck_assert_uint_eq(session_watch(&b, 1, WIRE_ANY_CONNECTION, 0), 87);
    ck_assert_uint_eq(session_watch(&b, 1, WIRE_ANY_CONNECTION, 0x80), 87);
    ck_assert_uint_eq(session_watch(&b, 1, WIRE_ANY_CONNECTION, 3), 0);
    assert_silent(&b);
    handle = dial_up(&a, "ok");
    expect_change(&b, 1, 1, 1);
    /* Seen in the list before it is told. */
    ck_assert_int_eq(session_count(&b, 0), 1);
    ck_assert_uint_eq(session_watch(&b, 2, handle, 2), 0);
    ck_assert_uint_eq(session_watch(&b, 2, handle, 0xa), 0);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    expect_change(&b, 1, 2, 0);
    last_number--; /* the same change, to another watch */
    expect_change(&b, 2, 0xa, 0);
    ck_assert_int_eq(session_count(&b, 0), 0);
    ck_assert_uint_eq(session_watch(&b, 2, handle, 2), 6);
}
END_TEST

/* Each hears of what it asked for; those who watch all also of how many there are. */
START_TEST(test_watch_flags)
{
    uint32_t handle;

    ck_assert_uint_eq(session_watch(&b, 7, WIRE_ANY_CONNECTION, 2), 0);
    handle = dial_up(&a, "ok");
    expect_change(&b, 7, 0, 1);
    ck_assert_uint_eq(session_watch(&b, 8, handle, 1), 0);
    /* The same id: replaced. */
    ck_assert_uint_eq(session_watch(&b, 7, WIRE_ANY_CONNECTION, 8), 0);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    expect_change(&b, 7, 8, 0);
    last_number--;
    expect_change(&b, 8, 2, 0); /* that it is over ends the watch */
}
END_TEST

/* What was before the program came. */
START_TEST(test_watch_since)
{
    struct wire_watching watching = {0};
    uint64_t before_end;
    uint32_t handle;

    session_watch_since(&b, 1, WIRE_ANY_CONNECTION, RASCN_ALL, 0, &watching);
    ck_assert_uint_eq(watching.connections, 0);
    before_end = watching.number;
    handle = dial_up(&a, "ok");
    pump();
    session_watch_since(&b, 2, WIRE_ANY_CONNECTION, 3, before_end, &watching);
    ck_assert_uint_eq(watching.id, 2);
    ck_assert_uint_eq(watching.error, 0);
    ck_assert_uint_eq(watching.flags, 1);
    ck_assert_uint_eq(watching.connections, 1);
    ck_assert_uint_gt(watching.number, before_end);
    before_end = watching.number;
    session_watch_since(&b, 3, handle, 5, 0, &watching);
    ck_assert_uint_eq(watching.flags, 5);
    session_watch_since(&b, 3, handle, 5, before_end, &watching);
    ck_assert_uint_eq(watching.flags, 0);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    pump();
    session_watch_since(&b, 4, WIRE_ANY_CONNECTION, 0xf, 0, &watching);
    ck_assert_uint_eq(watching.flags, 0xf);
    ck_assert_uint_eq(watching.connections, 0);
    session_watch_since(&b, 4, WIRE_ANY_CONNECTION, 0xf, before_end, &watching);
    ck_assert_uint_eq(watching.flags, 0xa);
    session_watch_since(&b, 4, WIRE_ANY_CONNECTION, 0xf, watching.number, &watching);
    ck_assert_uint_eq(watching.flags, 0);
    session_watch_since(&b, 4, WIRE_ANY_CONNECTION, 0xf, WIRE_WATCH_FROM_NOW, &watching);
    ck_assert_uint_eq(watching.flags, 0);
}
END_TEST

/* A dial that fails was no connection for those who watch all; for those who watch
 * the handle it ends.  The change comes although the handler of a notice blocks. */
START_TEST(test_watch_dialing)
{
    struct wire_notice notice;
    uint32_t handle;

    ck_assert_uint_eq(session_watch(&b, 1, WIRE_ANY_CONNECTION, 0xf), 0);
    handle = dial(&a, "slow");
    ck_assert(next_notice(&a, &notice));
    ck_assert_uint_eq(session_watch(&a, 2, handle, 0xf), 0);
    ck_assert_uint_eq(session_hangup(&b, handle, 0), 0);
    expect_change(&a, 2, 2, 0);
    assert_silent(&b);
}
END_TEST

START_TEST(test_watch_lost)
{
    struct wire_status status;
    uint32_t handle;

    ck_assert_uint_eq(session_watch(&b, 1, WIRE_ANY_CONNECTION, 3), 0);
    handle = dial_up(&a, "drop-after-connect");
    expect_change(&b, 1, 1, 1);
    expect_change(&b, 1, 2, 0);
    ck_assert_int_eq(session_count(&b, 0), 0);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.error, 629);
}
END_TEST

START_TEST(test_watches_full)
{
    uint32_t id;

    for (id = 0; id < CLIENT_WATCHES_MAX; id++) ck_assert_uint_eq(session_watch(&b, id, WIRE_ANY_CONNECTION, 1), 0);
    ck_assert_uint_eq(session_watch(&b, id, WIRE_ANY_CONNECTION, 1), 8);
    ck_assert_uint_eq(session_watch(&b, 5, WIRE_ANY_CONNECTION, 2), 0);
}
END_TEST

/* ---- other requests ------------------------------------------------------------------- */

START_TEST(test_projection)
{
    struct wire_notice notice;
    struct wire_msg msg;
    uint32_t handle = dial(&a, "ok");

    for (;;)
    {
        ck_assert(next_notice(&a, &notice));
        if (notice.state == 18) break;
        wire_init(&msg, WIRE_get_projection, 0);
        msg.u.get_projection.handle = handle;
        ck_assert(session_answer(&b, session_send(&b, &msg), &msg));
        ck_assert_uint_eq(msg.type, WIRE_result);
        ck_assert_uint_eq(msg.u.result.error, 730);
        session_notice_done(&a, &notice);
    }
    wire_init(&msg, WIRE_get_projection, 0);
    msg.u.get_projection.handle = handle;
    ck_assert(session_answer(&b, session_send(&b, &msg), &msg));
    ck_assert_uint_eq(msg.type, WIRE_projection);
    ck_assert_str_eq(msg.u.projection.local, "192.0.2.2");
    ck_assert_str_eq(msg.u.projection.remote, "192.0.2.1");
}
END_TEST

static uint32_t resume(struct session *s, uint32_t handle, uint32_t flags)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_resume, 0);
    msg.u.resume.handle = handle;
    msg.u.resume.flags = flags;
    if (!session_answer(s, session_send(s, &msg), &msg)) return UINT32_MAX;
    return msg.u.result.error;
}

START_TEST(test_resume_not_paused)
{
    struct wire_notice notice;
    uint32_t handle = dial(&a, "ok");
    char buf[256];

    ck_assert(next_notice(&a, &notice));
    ck_assert_uint_eq(resume(&a, handle, 0), 756);
    ck_assert_uint_eq(resume(&a, handle, WIRE_RESUME_IN_HANDLER), 756);
    ck_assert_uint_eq(resume(&b, handle, 0), 6);
    session_notice_done(&a, &notice);
    session_notices(&a, buf, sizeof(buf));
    ck_assert_uint_eq(resume(&a, handle, 0), 87);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    ck_assert_uint_eq(resume(&a, handle, 0), 6);
}
END_TEST

/* Resume with this password. */
static uint32_t answer(struct session *s, uint32_t handle, const char *password)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_resume, 0);
    msg.u.resume.handle = handle;
    WIRE_SET_TEXT(msg.u.resume.user, "user");
    WIRE_SET_TEXT(msg.u.resume.password, password);
    if (!session_answer(s, session_send(s, &msg), &msg)) return UINT32_MAX;
    return msg.u.result.error;
}

/* Notices until the paused one, which is not acknowledged. */
static const char *until_paused(struct session *s, struct wire_notice *notice)
{
    static char states[256];
    size_t pos = 0;

    states[0] = 0;
    while (next_notice(s, notice))
    {
        pos += (size_t)snprintf(states + pos, sizeof(states) - pos, "%s%x", pos ? " " : "", notice->state);
        if (notice->error) pos += (size_t)snprintf(states + pos, sizeof(states) - pos, ":%u", notice->error);
        if (notice->state == 0x1001 || (notice->flags & WIRE_NOTICE_LAST)) break;
        session_notice_done(s, notice);
    }
    return states;
}

static uint32_t dial_paused(const char *number, struct wire_notice *notice)
{
    uint32_t handle;

    ck_assert_uint_eq(session_dial(&a, "Entry", number, WIRE_DIAL_ACKNOWLEDGED | WIRE_DIAL_PAUSED_STATES, &handle,
                                   NULL), 0);
    ck_assert_str_eq(until_paused(&a, notice), "0 1 2 3 4 5 6 1001");
    ck_assert_uint_eq(notice->flags, 0);
    return handle;
}

static const struct
{
    const char *number, *first, *second; /* notices after each resume */
} retries[] = {
    {"retry", "7 6", "7 6"},
    /* The second resume comes before the peer has hung up. */
    {"retry-drop", "7 2 3 4 5 6", "7 6"},
    {"retry-redial", "7 2 3 4 5 6", "7 2 3 4 5 6"},
};

/* Refused, refused again, accepted. */
START_TEST(test_retry)
{
    struct wire_notice notice;
    struct wire_status status;
    uint32_t handle;
    char buf[256], again[64];

    handle = dial_paused(retries[_i].number, &notice);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.state, 0x1001);
    ck_assert_uint_eq(status.error, 0);
    session_notice_done(&a, &notice);
    assert_silent(&a);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.state, 0x1001);
    ck_assert_uint_eq(status.error, 0);
    ck_assert_uint_eq(session_dial(&b, "Entry", "ok", 0, &handle, NULL), 756);
    handle = notice.handle;

    ck_assert_uint_eq(answer(&b, handle, "open sesame"), 6);
    ck_assert_uint_eq(resume(&a, handle, WIRE_RESUME_IN_HANDLER), 756);
    ck_assert_uint_eq(answer(&a, handle, "wrong"), 0);
    snprintf(again, sizeof(again), "%s 1001", retries[_i].first);
    ck_assert_str_eq(until_paused(&a, &notice), again);
    /* From another thread, while the handler still runs. */
    ck_assert_uint_eq(answer(&a, handle, "open sesame"), 0);
    ck_assert_uint_eq(answer(&a, handle, "wrong"), 756);
    assert_silent(&a);
    session_notice_done(&a, &notice);
    snprintf(again, sizeof(again), "%s 10 14 18 C", retries[_i].second);
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), again);
    ck_assert_uint_eq(answer(&a, handle, "open sesame"), 87);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
    ck_assert_uint_eq(answer(&a, handle, "open sesame"), 6);
}
END_TEST

/* Hung up in the handler, hung up after it, the program dies. */
START_TEST(test_retry_abandoned)
{
    struct wire_notice notice;
    uint32_t handle = dial_paused(retries[_i / 3].number, &notice);

    switch (_i % 3)
    {
    case 0:
        ck_assert_uint_eq(session_hangup(&a, handle, WIRE_HANGUP_IN_HANDLER), 0);
        ck_assert_uint_eq(answer(&a, handle, "open sesame"), 6);
        session_notice_done(&a, &notice);
        break;
    case 1:
        session_notice_done(&a, &notice);
        ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
        ck_assert_str_eq(until_paused(&a, &notice), "2001");
        break;
    case 2:
        session_close(&a);
        a.fd = -1;
        pump();
        pump();
        ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 0);
        ck_assert_ptr_null(conn_first());
        return;
    }
    assert_gone(&a, handle);
    assert_silent(&a);
}
END_TEST

/* Without the flag the same refusals end the dial. */
START_TEST(test_retry_not_wanted)
{
    uint32_t handle = dial(&a, retries[_i].number);
    char buf[256];

    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), "0 1 2 3 4 5 6 6:691");
    ck_assert_uint_eq(answer(&a, handle, "open sesame"), 6);
}
END_TEST

START_TEST(test_devices)
{
    uint32_t serial, handle = dial_up(&a, "ok");
    struct wire_msg msg;
    int count = 0;

    wire_init(&msg, WIRE_enum_devices, 0);
    serial = session_send(&b, &msg);
    while (session_answer(&b, serial, &msg) && msg.type == WIRE_device)
    {
        ck_assert_str_eq(msg.u.device.type, "modem");
        ck_assert_uint_eq(msg.u.device.handle, count ? 0 : handle);
        count++;
    }
    ck_assert_int_eq(count, 4);
}
END_TEST

/* ---- bad programs ---------------------------------------------------------------------- */

START_TEST(test_version)
{
    struct session c;
    struct wire_msg msg;

    session_init(&c, connect_client(), pump);
    wire_init(&msg, WIRE_hello, 0);
    msg.u.hello.magic = WIRE_MAGIC;
    msg.u.hello.version = WIRE_VERSION + 1;
    ck_assert(session_answer(&c, session_send(&c, &msg), &msg));
    ck_assert_uint_eq(msg.type, WIRE_hello);
    ck_assert_uint_eq(msg.u.hello.version, WIRE_VERSION);
    ck_assert(session_is_closed(&c));
    session_close(&c);
}
END_TEST

START_TEST(test_no_hello)
{
    struct session c;
    uint32_t handle;

    session_init(&c, connect_client(), pump);
    ck_assert_uint_eq(session_dial(&c, "", "ok", 0, &handle, NULL), UINT32_MAX);
    ck_assert(session_is_closed(&c));
    session_close(&c);
    ck_assert_int_eq(session_count(&a, WIRE_ENUM_ALL), 0);
}
END_TEST

/* What a program must not send ends its session, and no other. */
START_TEST(test_bad_frame)
{
    static const uint8_t frames[][24] = {
        {0, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0},             /* no length */
        {11, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0},            /* shorter than a header */
        {1, 64, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0},            /* too long */
        {255, 255, 255, 255, 20, 0, 0, 0, 1, 0, 0, 0},     /* much too long */
        {12, 0, 0, 0, 255, 255, 0, 0, 1, 0, 0, 0},         /* no such message */
        {16, 0, 0, 0, 20, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0}, /* reserved is not 0 */
        {15, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0},   /* field cut */
        {17, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}, /* more than its fields */
        {16, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}, /* result: only the manager's */
        {12, 0, 0, 0, 102, 0, 0, 0, 1, 0, 0, 0},           /* link_ip_down: only the plugin's */
    };
    uint32_t handle = dial_up(&a, "ok");

    ck_assert_int_eq(send(b.fd, frames[_i], frames[_i][0] < 24 ? 24 : 12, 0), frames[_i][0] < 24 ? 24 : 12);
    ck_assert(session_is_closed(&b));
    ck_assert_int_eq(session_count(&a, 0), 1);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
}
END_TEST

/* Whole messages byte by byte. */
START_TEST(test_slow_sender)
{
    uint8_t frame[WIRE_MESSAGE_MAX];
    struct wire_msg msg;
    size_t len, i;

    wire_init(&msg, WIRE_enum_connections, 77);
    len = wire_encode(&msg, frame, sizeof(frame));
    for (i = 0; i < len; i++)
    {
        ck_assert_int_eq(send(b.fd, frame + i, 1, 0), 1);
        pump();
    }
    ck_assert(session_answer(&b, 77, &msg));
    ck_assert_uint_eq(msg.type, WIRE_result);
}
END_TEST

START_TEST(test_garbage)
{
    struct session c;
    uint8_t bytes[256];
    int round;
    size_t i;

    srand(1);
    for (round = 0; round < 300; round++)
    {
        session_init(&c, connect_client(), pump);
        ck_assert(session_hello(&c));
        for (i = 0; i < sizeof(bytes); i++) bytes[i] = (uint8_t)rand();
        /* Half of them with a header that is nearly right. */
        if (round % 2)
        {
            bytes[0] = (uint8_t)(12 + rand() % 200);
            bytes[1] = bytes[2] = bytes[3] = bytes[5] = bytes[6] = bytes[7] = 0;
            bytes[4] = (uint8_t)(rand() % 32);
        }
        ck_assert_int_eq(send(c.fd, bytes, sizeof(bytes), 0), sizeof(bytes));
        pump();
        session_close(&c);
    }
    ck_assert_int_eq(session_count(&a, WIRE_ENUM_ALL), 0);
}
END_TEST

/* A program that asks and never reads is dropped before it costs much memory. */
START_TEST(test_never_reads)
{
    uint8_t frame[WIRE_MESSAGE_MAX];
    struct wire_msg msg;
    size_t len;
    int i;

    fcntl(b.fd, F_SETFL, fcntl(b.fd, F_GETFL) | O_NONBLOCK);
    wire_init(&msg, WIRE_enum_devices, 1);
    len = wire_encode(&msg, frame, sizeof(frame));
    for (i = 0; i < 100000; i++)
    {
        if (send(b.fd, frame, len, MSG_NOSIGNAL) < 0) break;
        pump();
    }
    ck_assert_int_lt(i, 100000);
    ck_assert_int_eq(session_count(&a, 0), 0);
    close(b.fd);
    b.fd = -1;
}
END_TEST

/* ---- Wine's server -------------------------------------------------------------------- */

static pid_t begin_process(const char *name)
{
    pid_t pid;

    if ((pid = fork())) return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, name);
    kill(getpid(), SIGSTOP); /* the name is there */
    for (;;) pause();
}

/* A program whose wineserver is killed may hang for ever, with its socket. */
START_TEST(test_server)
{
    static const struct
    {
        const char *name;
        bool ends;
    } cases[] = {{"wineserver", true}, {"wineserver64", true}, {"bash", false}};
    struct wire_msg msg;
    int status;
    pid_t pid;
    char byte;

    dial(&a, "slow");
    ck_assert_int_gt(pid = begin_process(cases[_i].name), 0);
    ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
    wire_init(&msg, WIRE_server, 0);
    msg.u.server.process = (uint32_t)pid;
    session_send(&a, &msg);
    pump();
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 1);
    kill(pid, SIGKILL);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    pump();
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), cases[_i].ends ? 0 : 1);
    if (!cases[_i].ends) return;
    while (recv(a.fd, &byte, 1, 0) > 0) {}
    ck_assert_int_eq(recv(a.fd, &byte, 1, 0), 0);
}
END_TEST

/* Numbers that are no process, and a server that has ended already. */
START_TEST(test_no_server)
{
    static const uint32_t numbers[] = {0, 0x7fffffff, 0xffffffff};
    struct wire_msg msg;
    size_t i;

    for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
    {
        wire_init(&msg, WIRE_server, 0);
        msg.u.server.process = numbers[i];
        session_send(&a, &msg);
        pump();
    }
    dial_up(&a, "ok");
}
END_TEST

/* A watcher that reads no changes is dropped when they have become too many; others hear of each. */
START_TEST(test_never_reads_changes)
{
    enum { WATCHES = 200, CHANGES_MAX = 2000 };
    struct session watcher;
    uint32_t handle, id;
    int i;

    session_init(&watcher, connect_client(), pump);
    ck_assert(session_hello(&watcher));
    ck_assert_uint_eq(session_watch(&watcher, 1, WIRE_ANY_CONNECTION, 3), 0);
    for (id = 0; id < WATCHES; id++) ck_assert_uint_eq(session_watch(&b, id, WIRE_ANY_CONNECTION, 3), 0);
    for (i = 0; i < CHANGES_MAX && send(b.fd, "", 0, MSG_NOSIGNAL) == 0; i++)
    {
        handle = dial_up(&a, "ok");
        expect_change(&watcher, 1, 1, 1);
        ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
        expect_change(&watcher, 1, 2, 0);
    }
    ck_assert_int_gt(i, 0);
    ck_assert_int_lt(i, CHANGES_MAX);
    session_close(&watcher);
    close(b.fd);
    b.fd = -1;
}
END_TEST

#define REQUESTS 1000

/* The same message of 16 bytes again and again, at once. */
static void put_frames(int fd, uint8_t *frames, const struct wire_msg *msg, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) ck_assert_uint_eq(wire_encode(msg, frames + i * 16, 16), 16);
    ck_assert_int_eq(send(fd, frames, count * 16, MSG_NOSIGNAL), (ssize_t)count * 16);
}

/* A thousand requests at once: what others ask meanwhile is answered between them. */
START_TEST(test_flood)
{
    uint8_t frames[REQUESTS * 16], in[65536];
    struct wire_msg msg;
    ssize_t got, total;
    int i;

    wire_init(&msg, WIRE_get_status, 1);
    put_frames(b.fd, frames, &msg, REQUESTS);
    put_frames(a.fd, frames, &msg, 1);
    for (i = 0; i < 10000 && recv(a.fd, in, 1, MSG_PEEK | MSG_DONTWAIT) < 0; i++)
        event_base_loop(loop, EVLOOP_ONCE | EVLOOP_NONBLOCK);
    total = recv(b.fd, in, sizeof(in), MSG_DONTWAIT);
    ck_assert_int_lt(total, 10 * 16);
    if (total < 0) total = 0;
    ck_assert_int_eq(recv(a.fd, in, sizeof(in), MSG_DONTWAIT), 16);
    for (i = 0; i < 10000 && total < REQUESTS * 16; i++)
    {
        event_base_loop(loop, EVLOOP_ONCE | EVLOOP_NONBLOCK);
        if ((got = recv(b.fd, in, sizeof(in), MSG_DONTWAIT)) > 0) total += got;
    }
    ck_assert_int_eq(total, REQUESTS * 16);
    ck_assert_int_eq(session_count(&b, 0), 0);
}
END_TEST

/* What it has sent before it left holds. */
START_TEST(test_last_words)
{
    uint32_t handle = dial_up(&a, "ok");
    uint8_t frames[REQUESTS * 16];
    struct wire_msg msg;

    signal(SIGPIPE, SIG_IGN); /* as the manager does */
    wire_init(&msg, WIRE_get_status, 1);
    put_frames(b.fd, frames, &msg, REQUESTS);
    wire_init(&msg, WIRE_hangup, 1);
    msg.u.hangup.handle = handle;
    b.pump = NULL; /* the manager sees all of it after that */
    ck_assert_uint_ne(session_send(&b, &msg), 0);
    session_close(&b);
    pump();
    assert_gone(&a, handle);
}
END_TEST

START_TEST(test_limits)
{
    uint32_t handle = 0;
    char name[32];
    int i;

    for (i = 0; i < CLIENT_DIALS_MAX; i++)
    {
        snprintf(name, sizeof(name), "Entry %d", i);
        ck_assert_uint_eq(session_dial(&a, name, "slow", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 0);
    }
    ck_assert_uint_eq(session_dial(&a, "one more", "slow", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 8);
    ck_assert_uint_eq(session_dial(&b, "one more", "slow", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 0);
    ck_assert_uint_eq(session_dial(&b, "", "", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 749);
}
END_TEST

/* As many connections as there can be, with the longest names: all are listed. */
START_TEST(test_list_all)
{
    enum { PROGRAMS = CONN_MAX / CLIENT_DIALS_MAX };
    static struct session programs[PROGRAMS];
    char name[1500], number[500];
    uint32_t handle;
    int i;

    memset(name, 'n', sizeof(name));
    memset(number, '1', sizeof(number));
    name[sizeof(name) - 1] = number[sizeof(number) - 1] = 0;
    for (i = 0; i < CONN_MAX; i++)
    {
        struct session *s = &programs[i / CLIENT_DIALS_MAX];

        if (i % CLIENT_DIALS_MAX == 0)
        {
            session_init(s, connect_client(), pump);
            ck_assert(session_hello(s));
        }
        snprintf(name, 5, "%04d", i);
        name[4] = 'n';
        ck_assert_uint_eq(session_dial(s, name, number, 0, &handle, NULL), 0);
    }
    ck_assert_int_eq(session_count(&a, WIRE_ENUM_ALL), CONN_MAX);
    for (i = 0; i < PROGRAMS; i++) session_close(&programs[i]);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_watch);
    tcase_add_test(tcase, test_watch_flags);
    tcase_add_test(tcase, test_watch_since);
    tcase_add_test(tcase, test_watches_full);
    tcase_add_test(tcase, test_watch_dialing);
    tcase_add_test(tcase, test_watch_lost);
    tcase_add_test(tcase, test_projection);
    tcase_add_test(tcase, test_resume_not_paused);
    tcase_add_loop_test(tcase, test_retry, 0, 3);
    tcase_add_loop_test(tcase, test_retry_abandoned, 0, 9);
    tcase_add_loop_test(tcase, test_retry_not_wanted, 0, 3);
    tcase_add_test(tcase, test_devices);
    tcase_add_test(tcase, test_version);
    tcase_add_test(tcase, test_no_hello);
    tcase_add_loop_test(tcase, test_bad_frame, 0, 10);
    tcase_add_test(tcase, test_slow_sender);
    tcase_add_test(tcase, test_garbage);
    tcase_add_test(tcase, test_never_reads);
    tcase_add_loop_test(tcase, test_server, 0, 3);
    tcase_add_test(tcase, test_no_server);
    tcase_add_test(tcase, test_never_reads_changes);
    tcase_add_test(tcase, test_flood);
    tcase_add_test(tcase, test_last_words);
    tcase_add_test(tcase, test_limits);
    tcase_add_test(tcase, test_list_all);
}

int main(void)
{
    return fixture_run("client", add_tests);
}
