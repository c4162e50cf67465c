/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_no_memory.c - the life of programs and their connections, again and again: each time
 * another allocation of the manager fails, it alone or with all that follow.  A program may be
 * refused or dropped then.  Nobody may wait for ever, nothing may stay of it, and the connection
 * of another program must not notice.
 */
#include "client_fixture.h"

#include <event2/event.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TURNS 8 /* of the manager without a word: it has nothing more to say */

/* ---- what fails ------------------------------------------------------------------------- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static unsigned int allocations, fails_at;
static bool all_fail; /* from there on */
static bool armed;    /* it is the manager who allocates */

static bool fails(void)
{
    if (!armed) return false;
    allocations++;
    return allocations == fails_at || (all_fail && allocations > fails_at);
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

/* ---- a program -------------------------------------------------------------------------- */

static void armed_pump(void)
{
    armed = true;
    pump();
    armed = false;
}

static bool is_over; /* the session was closed */

/* The next message; false: the session is over.  The manager must have something to say. */
static bool next(struct session *s, struct wire_msg *msg)
{
    unsigned int turns;
    ssize_t got;
    int len;

    for (turns = 0; !is_over && turns < TURNS; turns++)
    {
        if ((len = wire_decode(msg, s->in, s->in_len, WIRE_MANAGER)) > 0)
        {
            s->in_len -= (size_t)len;
            memmove(s->in, s->in + len, s->in_len);
            return true;
        }
        ck_assert_int_eq(len, WIRE_INCOMPLETE);
        s->pump();
        if ((got = recv(s->fd, s->in + s->in_len, sizeof(s->in) - s->in_len, 0)) > 0) s->in_len += (size_t)got;
        is_over = !got;
    }
    ck_assert_msg(is_over, "allocation %u fails%s: the manager is silent", fails_at, all_fail ? " and all more" : "");
    return false;
}

/* Answers to this, up to the last one that is wanted; notices are acknowledged meanwhile. */
static bool ask(struct session *s, struct wire_msg *msg, uint16_t last)
{
    uint32_t serial = session_send(s, msg);

    if (!serial) is_over = true;
    while (next(s, msg))
    {
        if (msg->type == WIRE_notice)
            session_notice_done(s, &msg->u.notice);
        else if (msg->serial == serial && (msg->type == last || msg->type == WIRE_result))
            return msg->type == last;
    }
    return false;
}

static bool ask_about(struct session *s, uint16_t type, uint32_t handle, uint16_t last)
{
    struct wire_msg msg;

    wire_init(&msg, type, 0);
    msg.u.get_status.handle = handle; /* the first field of all that are asked so */
    return ask(s, &msg, last);
}

/* Until the last notice, or the state. */
static bool until(struct session *s, uint32_t state, struct wire_notice *notice)
{
    struct wire_msg msg;

    while (next(s, &msg))
    {
        if (msg.type != WIRE_notice) continue;
        *notice = msg.u.notice;
        if (notice->state == state) return true;
        session_notice_done(s, notice);
        if (notice->flags & WIRE_NOTICE_LAST) return false;
    }
    return false;
}

static bool greet(struct session *s)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_hello, 0);
    msg.u.hello.magic = WIRE_MAGIC;
    msg.u.hello.version = WIRE_VERSION;
    return ask(s, &msg, WIRE_hello);
}

static uint32_t call(struct session *s, const char *number, uint32_t options, uint32_t links)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_dial, 0);
    WIRE_SET_TEXT(msg.u.dial.entry, number);
    WIRE_SET_TEXT(msg.u.dial.number, number);
    msg.u.dial.options = WIRE_DIAL_ACKNOWLEDGED | options;
    msg.u.dial.sub_entry = links ? 1 : 0;
    msg.u.dial.sub_entries = msg.u.dial.links = links;
    return ask(s, &msg, WIRE_dialing) && !msg.u.dialing.error ? msg.u.dialing.handle : 0;
}

/* Each is true when it came to its end. */

static bool plain(struct session *s)
{
    struct wire_notice notice;
    struct wire_msg msg;
    uint32_t handle;

    wire_init(&msg, WIRE_watch, 0);
    msg.u.watch.handle = WIRE_ANY_CONNECTION;
    msg.u.watch.flags = RASCN_ALL;
    ask(s, &msg, WIRE_watching);
    wire_init(&msg, WIRE_enum_devices, 0);
    ask(s, &msg, WIRE_result);
    if (!(handle = call(s, "ok", 0, 0)) || !until(s, RAS_STATE_Connected, &notice)) return false;
    ask_about(s, WIRE_get_status, handle, WIRE_status);
    ask_about(s, WIRE_get_projection, handle, WIRE_projection);
    ask_about(s, WIRE_get_stats, handle, WIRE_stats);
    return ask_about(s, WIRE_hangup, handle, WIRE_result);
}

/* Refused, asked, accepted; its program leaves the connection alone. */
static bool paused(struct session *s)
{
    struct wire_notice notice;
    struct wire_msg msg;
    uint32_t handle;

    if (!(handle = call(s, "retry", WIRE_DIAL_PAUSED_STATES, 0)) || !until(s, 0x1001, &notice))
        return false;
    session_notice_done(s, &notice);
    wire_init(&msg, WIRE_resume, 0);
    msg.u.resume.handle = handle;
    WIRE_SET_TEXT(msg.u.resume.password, FAKE_PASSWORD);
    return ask(s, &msg, WIRE_result) && until(s, RAS_STATE_Connected, &notice);
}

/* Somebody types a name into a terminal, and leaves. */
static bool terminal(struct session *s)
{
    struct wire_notice notice;
    struct wire_msg msg;
    uint32_t handle;

    if (!(handle = call(s, "login", WIRE_DIAL_PAUSED_STATES | WIRE_DIAL_TERMINAL_AFTER, 0)) ||
        !until(s, RAS_STATE_Interactive, &notice))
        return false;
    session_notice_done(s, &notice);
    if (!ask_about(s, WIRE_port_open, handle, WIRE_result)) return false;
    wire_init(&msg, WIRE_port_send, 0);
    msg.u.port_send.handle = handle;
    memcpy(msg.u.port_send.data, "alice\r", 6);
    msg.u.port_send.data_len = 6;
    return ask(s, &msg, WIRE_result) && !msg.u.result.error;
}

/* Two links, the program dies while they are up. */
static bool bundle(struct session *s)
{
    struct wire_notice notice;
    struct wire_msg msg;
    uint32_t handle;

    if (!(handle = call(s, "ok", 0, 2))) return false;
    wire_init(&msg, WIRE_dial_link, 0);
    msg.u.dial_link.handle = handle;
    msg.u.dial_link.sub_entry = 2;
    WIRE_SET_TEXT(msg.u.dial_link.number, "ok");
    if (!ask(s, &msg, WIRE_result) || msg.u.result.error) return false;
    return until(s, RAS_STATE_Connected, &notice);
}

static bool (*const lives[])(struct session *s) = {plain, paused, terminal, bundle};

/* ---- what must hold ------------------------------------------------------------------------ */

/* It begins without memory, too. */
static bool live(bool (*life)(struct session *s))
{
    static struct session s;
    struct client *client;
    bool done;
    int fds[2];

    is_over = false;
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    armed = true;
    client = client_create(fds[1]);
    armed = false;
    session_init(&s, fds[0], armed_pump);
    done = client && greet(&s) && life(&s);
    session_close(&s);
    return done;
}

static void expect_untouched(uint32_t kept)
{
    struct wire_status status;
    unsigned int i;
    struct conn *c;

    /* What has outlived its program. */
    while ((c = conn_first()) && (c->handle != kept || (c = LIST_NEXT(c, all))))
    {
        ck_assert_uint_eq(session_hangup(&b, c->bundle ? c->bundle->handle : c->handle, 0), 0);
        pump();
    }
    for (i = 1; i < FIXTURE_PORTS; i++) ck_assert_ptr_null(fixture_ports[i].conn);
    ck_assert_ptr_nonnull(fixture_ports[0].conn);
    ck_assert_uint_eq(session_status(&a, kept, &status), 0);
    ck_assert_uint_eq(status.state, RAS_STATE_Connected);
    assert_silent(&a);
}

START_TEST(test_no_memory)
{
    uint32_t kept = dial_up(&a, "load");
    bool done;

    signal(SIGPIPE, SIG_IGN); /* as the manager does */
    all_fail = _i % 2;
    for (fails_at = 1;; fails_at++)
    {
        allocations = 0;
        done = live(lives[_i / 2]);
        if (allocations < fails_at) break;
        expect_untouched(kept);
    }
    /* The last life had all the memory that it wanted. */
    ck_assert(done);
    ck_assert_uint_gt(fails_at, 10);
    expect_untouched(kept);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, test_no_memory, 0, 2 * sizeof(lives) / sizeof(*lives));
}

int main(void)
{
    event_set_mem_functions(__wrap_malloc, __wrap_realloc, free);
    return fixture_run("no_memory", add_tests);
}
