/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * client_fixture.c - see client_fixture.h.
 */
#include "check_main.h"
#include "client_fixture.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

struct session a, b;

void pump(void)
{
    event_base_loop(loop, EVLOOP_NONBLOCK);
    event_base_loop(loop, EVLOOP_NONBLOCK);
}

int connect_client(void)
{
    int fds[2];

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    ck_assert_ptr_nonnull(client_create(fds[1]));
    return fds[0];
}

static void fixture_setup(void)
{
    log_init(true, 0);
    ck_assert_ptr_nonnull(loop = event_base_new());
    client_stubs_init();
    session_init(&a, connect_client(), pump);
    session_init(&b, connect_client(), pump);
    ck_assert(session_hello(&a));
    ck_assert(session_hello(&b));
}

static void fixture_teardown(void)
{
    if (a.fd != -1) session_close(&a);
    if (b.fd != -1) session_close(&b);
    conn_hangup_all();
    pump();
    pump();
    ck_assert_ptr_null(conn_first());
    ck_assert(!client_any());
    event_base_free(loop);
}

uint32_t dial(struct session *s, const char *number)
{
    uint32_t handle = 0, flags;

    ck_assert_uint_eq(session_dial(s, "", number, WIRE_DIAL_ACKNOWLEDGED, &handle, &flags), 0);
    ck_assert_uint_ne(handle, 0);
    ck_assert_uint_lt(handle, 0x80000000u);
    ck_assert_uint_eq(flags, 0);
    return handle;
}

uint32_t dial_up(struct session *s, const char *number)
{
    uint32_t handle = dial(s, number);
    char buf[256];

    ck_assert_str_eq(session_notices(s, buf, sizeof(buf)), UP);
    return handle;
}

bool next_notice(struct session *s, struct wire_notice *notice)
{
    struct wire_msg msg;

    while (session_recv(s, &msg))
        if (msg.type == WIRE_notice)
        {
            *notice = msg.u.notice;
            return true;
        }
    return false;
}

/* Nothing but the answer of a request comes: no notice was sent. */
void assert_silent(struct session *s)
{
    struct wire_msg msg;
    uint32_t serial;

    wire_init(&msg, WIRE_enum_connections, 0);
    serial = session_send(s, &msg);
    do
    {
        ck_assert(session_recv(s, &msg));
        ck_assert_uint_eq(msg.serial, serial);
    } while (msg.type != WIRE_result);
}

void assert_gone(struct session *s, uint32_t handle)
{
    struct wire_status status;

    ck_assert_uint_eq(session_status(s, handle, &status), 6);
    ck_assert_uint_eq(session_hangup(s, handle, 0), 668);
}

int fixture_run(const char *name, void (*add_tests)(TCase *tcase))
{
    return check_main_between(name, fixture_setup, fixture_teardown, 60, add_tests);
}
