/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_reconnect.c - connections that are lost and dialled again by the manager: how often, what
 * programs see of it, who can stop it, and how long a password is kept.
 */
#include "client_fixture.h"
#include "conn.h"

#include <string.h>

static uint32_t dial_entry(struct session *s, const char *number, uint32_t options, uint32_t count, uint32_t pause)
{
    uint32_t handle = 0;
    struct wire_msg msg;

    wire_init(&msg, WIRE_dial, 0);
    WIRE_SET_TEXT(msg.u.dial.entry, "Entry");
    WIRE_SET_TEXT(msg.u.dial.number, number);
    WIRE_SET_TEXT(msg.u.dial.password, "password");
    msg.u.dial.options = options | WIRE_DIAL_ACKNOWLEDGED;
    msg.u.dial.redial_count = count;
    msg.u.dial.redial_pause = pause;
    ck_assert_uint_eq(session_dial_message(s, &msg, &handle, NULL), 0);
    return handle;
}

/* The changes that have come before the answer to a request, as "1 2 33". */
static const char *changes(struct session *s, char *buf, size_t size)
{
    struct wire_msg msg;
    uint32_t serial;
    size_t len = 0;

    buf[0] = 0;
    wire_init(&msg, WIRE_enum_connections, 0);
    serial = session_send(s, &msg);
    do
    {
        ck_assert(session_recv(s, &msg));
        if (msg.type == WIRE_change)
            len += (size_t)snprintf(buf + len, size - len, "%s%u", len ? " " : "", (unsigned int)msg.u.change.flags);
    } while (msg.type != WIRE_result || msg.serial != serial);
    return buf;
}

/* The peer drops whatever is connected: each time it is dialled again, as often as the entry
 * says and once at least; the notices have ended with the first. */
START_TEST(test_count)
{
    static const struct { uint32_t options, count; const char *number, *changes; uint32_t error; } rows[] = {
        {0, 3, "drop-after-connect", "1 2", 629},
        {WIRE_DIAL_RECONNECT, 0, "drop-after-connect", "1 2 33 2", 629},
        {WIRE_DIAL_RECONNECT, 1, "drop-after-connect", "1 2 33 2", 629},
        {WIRE_DIAL_RECONNECT, 3, "drop-after-connect", "1 2 33 2 33 2 33 2", 629},
        {WIRE_DIAL_RECONNECT | WIRE_DIAL_PAUSED_STATES, 2, "drop-after-connect", "1 2 33 2 33 2", 629},
        {WIRE_DIAL_RECONNECT, 3, "idle-after-connect", "1 2", 828},
    };
    struct wire_status status;
    char buf[256];
    uint32_t handle;

    ck_assert_uint_eq(session_watch(&b, 1, WIRE_ANY_CONNECTION, 1 | 2 | 0x20), 0);
    handle = dial_entry(&a, rows[_i].number, rows[_i].options, rows[_i].count, 0);
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), UP);
    pump();
    ck_assert_str_eq(changes(&b, buf, sizeof(buf)), rows[_i].changes);
    assert_silent(&a);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.state, 0x2001);
    ck_assert_uint_eq(status.substate, WIRE_SUBSTATE_NONE);
    ck_assert_uint_eq(status.error, rows[_i].error);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&b, handle);
}
END_TEST

/* After the second loss the manager waits: the handle lives, the connection is not listed, it
 * can't be dialled twice, and whoever hangs up ends it. */
START_TEST(test_pause)
{
    struct wire_status status;
    uint32_t handle, other;
    char buf[256];

    handle = dial_entry(&a, "drop-after-connect", WIRE_DIAL_RECONNECT, 3, 3600);
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), UP);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.state, 0);
    ck_assert_uint_eq(status.substate, WIRE_SUBSTATE_DORMANT);
    ck_assert_uint_eq(status.error, 0);
    ck_assert_int_eq(session_count(&b, 0), 0);
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 1);
    ck_assert_uint_eq(session_dial(&b, "Entry", "ok", 0, &other, NULL), 756);
    if (_i == 1)
    {
        /* A program that ends leaves a connection, also one that is on its way back. */
        session_close(&a);
        pump();
        ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    }
    ck_assert_uint_eq(session_hangup(_i ? &b : &a, handle, 0), 0);
    assert_gone(&b, handle);
}
END_TEST

/* Without a pause, and for ever: the manager has time for others. */
START_TEST(test_no_pause)
{
    struct wire_status status;
    uint32_t handle;
    char buf[256];

    handle = dial_entry(&a, "drop-after-connect", WIRE_DIAL_RECONNECT, UINT32_MAX, 0);
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), UP);
    pump(); /* until it waits */
    ck_assert_int_eq(conn_find(handle)->state, ST_LOST);
    ck_assert_uint_gt(conn_find(handle)->redials, 3);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.error, 0);
    ck_assert_uint_eq(session_hangup(&b, handle, 0), 0);
    assert_gone(&b, handle);
}
END_TEST

/* What is refused once is not tried again: the account could be locked. */
START_TEST(test_refused)
{
    uint32_t handle = dial_entry(&a, "drop-after-connect", WIRE_DIAL_RECONNECT, 3, 3600);
    struct wire_status status;
    struct conn *c = conn_find(handle);
    char buf[256];

    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), UP);
    ck_assert_int_eq(c->state, ST_LOST);
    ck_assert_str_eq(c->dial.password, "password");
    strcpy(c->dial.number, _i ? "busy" : "bad-auth");
    conn_post(c, EV_PORT_FREE, 0);
    pump();
    ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    ck_assert_uint_eq(status.state, _i ? 0 : 0x2001);
    ck_assert_uint_eq(status.error, _i ? 0 : 691);
    ck_assert_int_eq(strlen(c->dial.password) == 0, !_i);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&b, handle);
}
END_TEST

/* A password is kept no longer than a dial may need it. */
START_TEST(test_password)
{
    uint32_t handle = dial_entry(&a, "ok", _i ? WIRE_DIAL_RECONNECT : 0, 1, 0);
    const struct conn *c = conn_find(handle);
    char buf[256];

    ck_assert_str_eq(c->dial.password, "password");
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), UP);
    ck_assert_str_eq(c->dial.password, _i ? "password" : "");
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
}
END_TEST

/* Each dial of the entry is hung up for itself, as long as it is connected. */
START_TEST(test_references)
{
    uint32_t handle = dial_entry(&a, "ok", WIRE_DIAL_RECONNECT, 3, 3600), same = 0;
    struct wire_status status;
    struct conn *c = conn_find(handle);
    char buf[256];

    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), UP);
    ck_assert_uint_eq(session_dial(&b, "Entry", "ok", 0, &same, NULL), 0);
    ck_assert_uint_eq(same, handle);
    strcpy(c->dial.number, "slow");
    conn_post(c, EV_LINK_DOWN, 629);
    pump();
    ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    ck_assert_uint_eq(status.state, 2);
    ck_assert_uint_eq(status.substate, WIRE_SUBSTATE_RECONNECTING);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    ck_assert_uint_eq(status.state, 2);
    ck_assert_uint_eq(session_hangup(&b, handle, 0), 0);
    assert_gone(&b, handle);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, test_count, 0, 6);
    tcase_add_loop_test(tcase, test_pause, 0, 2);
    tcase_add_test(tcase, test_no_pause);
    tcase_add_loop_test(tcase, test_refused, 0, 2);
    tcase_add_loop_test(tcase, test_password, 0, 2);
    tcase_add_test(tcase, test_references);
}

int main(void)
{
    return fixture_run("reconnect", add_tests);
}
