/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_bundle.c - dials with several links in sessions of programs: what is refused, what a
 * program that dies or hangs up leaves, notices in one row.  Links are scripted.
 */
#include "client_fixture.h"
#include "conn.h"
#include "errors.h"

#include <stdlib.h>
#include <string.h>

static uint32_t dial_links(uint32_t links, const char *first, uint32_t options, uint32_t *handle)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_dial, 0);
    strcpy(msg.u.dial.entry, "Entry");
    strcpy(msg.u.dial.number, first);
    msg.u.dial.options = options;
    msg.u.dial.links = links;
    msg.u.dial.sub_entry = 1;
    msg.u.dial.sub_entries = links;
    return session_dial_message(&a, &msg, handle, NULL);
}

static uint32_t add_link(struct session *s, uint32_t handle, uint32_t number, const char *dials)
{
    struct wire_msg msg;
    uint32_t serial;

    wire_init(&msg, WIRE_dial_link, 0);
    msg.u.dial_link.handle = handle;
    msg.u.dial_link.sub_entry = number;
    strcpy(msg.u.dial_link.number, dials);
    serial = session_send(s, &msg);
    ck_assert(session_answer(s, serial, &msg));
    ck_assert_uint_eq(msg.type, WIRE_result);
    return msg.u.result.error;
}

/* The link's handle; 0 and *error when there is none. */
static uint32_t find_link(uint32_t handle, uint32_t number, uint32_t *error)
{
    struct wire_msg msg;
    uint32_t serial;

    wire_init(&msg, WIRE_get_link, 0);
    msg.u.get_link.handle = handle;
    msg.u.get_link.sub_entry = number;
    serial = session_send(&b, &msg);
    ck_assert(session_answer(&b, serial, &msg));
    *error = msg.type == WIRE_result ? msg.u.result.error : 0;
    return msg.type == WIRE_link ? msg.u.link.handle : 0;
}

static uint32_t dial_two(const char *first, const char *second, uint32_t options)
{
    uint32_t handle;

    ck_assert_uint_eq(dial_links(2, first, options, &handle), 0);
    ck_assert_uint_eq(add_link(&a, handle, 2, second), 0);
    return handle;
}

/* Both notices in one row, never two at a time; then one Connected. */
START_TEST(test_notices)
{
    uint32_t handle = dial_two("ok", "ok", WIRE_DIAL_ACKNOWLEDGED), error;
    unsigned int of[3] = {0}, connected[3] = {0};
    struct wire_notice notice;

    for (;;)
    {
        ck_assert(next_notice(&a, &notice));
        ck_assert_uint_eq(notice.handle, handle);
        ck_assert(notice.sub_entry == 1 || notice.sub_entry == 2);
        ck_assert_uint_eq(!!(notice.flags & WIRE_NOTICE_OTHER_LINK), notice.sub_entry == 2);
        if (notice.flags & WIRE_NOTICE_LAST) break;
        assert_silent(&a);
        of[notice.sub_entry]++;
        if (notice.state == RAS_STATE_SubEntryConnected) connected[notice.sub_entry]++;
        session_notice_done(&a, &notice);
    }
    ck_assert_uint_eq(notice.state, RAS_STATE_Connected);
    ck_assert_uint_eq(of[1], 11);
    ck_assert_uint_eq(of[2], 11);
    ck_assert(connected[1] == 1 && connected[2] == 1);
    ck_assert_int_eq(session_count(&b, 0), 1);
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 1);
    ck_assert_uint_ne(find_link(handle, 1, &error), find_link(handle, 2, &error));
    ck_assert_uint_eq(find_link(handle, 3, &error), 0);
    ck_assert_uint_eq(error, ERROR_NO_MORE_ITEMS);
    find_link(handle, 0, &error);
    ck_assert_uint_eq(error, ERROR_INVALID_PARAMETER);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 0);
}
END_TEST

/* What no dial waits for. */
START_TEST(test_refused)
{
    uint32_t handle;

    ck_assert_uint_eq(dial_links(BUNDLE_LINKS_MAX + 1, "ok", 0, &handle), ERROR_PORT_LIMIT_REACHED);
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 0);
    ck_assert_uint_eq(add_link(&a, 77, 2, "ok"), ERROR_INVALID_HANDLE);
    ck_assert_uint_eq(dial_links(2, "ok", 0, &handle), 0);
    ck_assert_uint_eq(add_link(&b, handle, 2, "ok"), ERROR_INVALID_HANDLE);
    ck_assert_uint_eq(add_link(&a, handle, 2, "slow"), 0);
    ck_assert_uint_eq(add_link(&a, handle, 3, "ok"), ERROR_INVALID_HANDLE);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
    handle = dial_up(&a, "ok");
    ck_assert_uint_eq(add_link(&a, handle, 2, "ok"), ERROR_INVALID_HANDLE);
}
END_TEST

/* The program dies before all links are there, while they are dialled, when one is up. */
START_TEST(test_program_dies)
{
    uint32_t handle, error;

    switch (_i)
    {
    case 0: ck_assert_uint_eq(dial_links(3, "ok", 0, &handle), 0); break;
    case 1: handle = dial_two("slow", "slow", WIRE_DIAL_ACKNOWLEDGED); break;
    default: handle = dial_two("ok", "slow", 0); break;
    }
    pump();
    session_close(&a);
    pump();
    find_link(handle, 1, &error);
    ck_assert_uint_eq(error, ERROR_INVALID_HANDLE);
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 0);
}
END_TEST

/* Hang-up of each link: by its handle, without a handle of the program's own. */
START_TEST(test_hang_up_links)
{
    uint32_t handle = dial_two("ok", "ok", 0), first, second, error;
    struct wire_status status;

    pump();
    first = find_link(handle, 1, &error);
    second = find_link(handle, 2, &error);
    ck_assert(first && second);
    ck_assert_uint_eq(session_hangup(&b, first, 0), 0);
    assert_gone(&b, first);
    ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    ck_assert_uint_eq(status.state, RAS_STATE_Connected);
    find_link(handle, 1, &error);
    ck_assert_uint_eq(error, ERROR_PORT_NOT_OPEN);
    ck_assert_uint_eq(session_hangup(&b, second, 0), 0);
    assert_gone(&b, handle);
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 0);
}
END_TEST

/* Of two links that fail the first one's error counts, whichever fails first. */
START_TEST(test_both_fail)
{
    uint32_t handle = _i ? dial_two("bad-auth", "busy", 0) : dial_two("busy", "bad-auth", 0);
    struct wire_status status;

    pump();
    ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    ck_assert_uint_eq(status.state, RAS_STATE_Disconnected);
    ck_assert_uint_eq(status.error, _i ? 691 : 676);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
}
END_TEST

/* Both are lost, and the entry wants them back. */
START_TEST(test_reconnect)
{
    struct wire_msg msg;
    struct wire_status status;
    uint32_t handle, error, first;

    wire_init(&msg, WIRE_dial, 0);
    strcpy(msg.u.dial.entry, "Entry");
    strcpy(msg.u.dial.number, "ok");
    msg.u.dial.options = WIRE_DIAL_RECONNECT;
    msg.u.dial.redial_count = 3;
    msg.u.dial.links = msg.u.dial.sub_entries = 2;
    msg.u.dial.sub_entry = 1;
    ck_assert_uint_eq(session_dial_message(&a, &msg, &handle, NULL), 0);
    ck_assert_uint_eq(add_link(&a, handle, 2, "ok"), 0);
    pump();
    first = find_link(handle, 1, &error);
    ck_assert(first);
    conn_post(conn_find(handle), EV_LINK_DOWN, 629);
    pump();
    ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    ck_assert_uint_eq(status.state, RAS_STATE_Connected);
    ck_assert_uint_ne(find_link(handle, 1, &error), first);
    ck_assert(find_link(handle, 2, &error));
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
}
END_TEST

static void assert_lost(uint32_t handle, uint32_t error)
{
    struct wire_status status;

    pump();
    ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    ck_assert_uint_eq(status.state, RAS_STATE_Disconnected);
    ck_assert_uint_eq(status.error, error);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 0);
}

/* The process that has the interface dies: with its link, after it, or ends after it as it should. */
START_TEST(test_interface_lost)
{
    uint32_t handle = dial_two("ok", "ok", 0), error;
    struct conn *bundle = conn_find(handle), *first;
    struct wire_status status;

    pump();
    first = conn_find(find_link(handle, 1, &error));
    ck_assert(conn_has_network(first));
    conn_joined(conn_find(find_link(handle, 2, &error)));
    if (_i)
    {
        ck_assert(conn_link_stays(first) == bundle);
        conn_post(first, EV_LINK_DOWN, ERROR_PORT_DISCONNECTED);
        pump();
        free(conn_link(bundle));
        conn_link_left(bundle, _i == 1 ? ERROR_HARDWARE_FAILURE : 0);
    }
    else
        conn_bundle_lost(first, ERROR_HARDWARE_FAILURE);
    if (_i < 2)
    {
        assert_lost(handle, ERROR_HARDWARE_FAILURE);
        return;
    }
    pump();
    ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    ck_assert_uint_eq(status.state, RAS_STATE_Connected);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
}
END_TEST

/* The same while another link dials: that one makes an interface of its own. */
START_TEST(test_interface_lost_dialing)
{
    uint32_t handle, error;
    struct conn *first, *second, *third;
    struct wire_status status;

    ck_assert_uint_eq(dial_links(3, "ok", 0, &handle), 0);
    ck_assert_uint_eq(add_link(&a, handle, 2, "ok"), 0);
    ck_assert_uint_eq(add_link(&a, handle, 3, "slow"), 0);
    pump();
    first = conn_find(find_link(handle, 1, &error));
    second = conn_find(find_link(handle, 2, &error));
    third = bundle_link(conn_find(handle), 3);
    ck_assert(first && second && third && conn_has_network(first));
    conn_joined(second);
    ck_assert(!conn_has_network(third));
    conn_post(first, EV_LINK_DOWN, ERROR_HARDWARE_FAILURE);
    conn_bundle_lost(first, ERROR_HARDWARE_FAILURE);
    pump();
    find_link(handle, 2, &error);
    ck_assert_uint_eq(error, ERROR_PORT_NOT_OPEN);
    ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    ck_assert_uint_ne(status.state, RAS_STATE_Disconnected);
    ck_assert(conn_has_network(third));
    conn_post(third, EV_DEVICE_FAILED, ERROR_NO_CARRIER);
    assert_lost(handle, ERROR_HARDWARE_FAILURE);
}
END_TEST

/* A link that is added later asks nobody, because the notices have ended; refused, it is not tried again. */
START_TEST(test_later_refused)
{
    uint32_t handle, refused;
    struct wire_msg msg;
    struct conn *c;

    wire_init(&msg, WIRE_dial, 0);
    strcpy(msg.u.dial.entry, "Entry");
    strcpy(msg.u.dial.number, "load");
    msg.u.dial.options = WIRE_DIAL_AS_NEEDED | WIRE_DIAL_PAUSED_STATES;
    msg.u.dial.links = msg.u.dial.sub_entries = 2;
    msg.u.dial.sub_entry = msg.u.dial.extra_seconds = 1;
    msg.u.dial.extra_percent = 50;
    ck_assert_uint_eq(session_dial_message(&a, &msg, &handle, NULL), 0);
    ck_assert_uint_eq(add_link(&a, handle, 2, "retry"), 0);
    pump();
    c = conn_find(handle);
    ck_assert_int_eq(c->state, ST_CONNECTED);
    ck_assert_ptr_null(bundle_link(c, 2));
    while (!bundle_link(c, 2)) event_base_loop(loop, EVLOOP_ONCE); /* the first sample */
    pump();
    ck_assert_int_eq(bundle_link(c, 2)->state, ST_FAILED);
    ck_assert_uint_eq(bundle_link(c, 2)->error, ERROR_AUTHENTICATION_FAILURE);
    refused = bundle_link(c, 2)->handle;
    event_base_loop(loop, EVLOOP_ONCE); /* the second one */
    pump();
    ck_assert_uint_eq(bundle_link(c, 2)->handle, refused);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
}
END_TEST

/* All links fail while the program thinks: it hears all that led to it, and the end. */
START_TEST(test_many_notices)
{
    uint32_t handle, i, ended = 0;
    struct wire_notice notice = {0};
    struct conn *c;

    ck_assert_uint_eq(dial_links(FIXTURE_PORTS, "stays-in-lcp", WIRE_DIAL_ACKNOWLEDGED, &handle), 0);
    for (i = 2; i <= FIXTURE_PORTS; i++) ck_assert_uint_eq(add_link(&a, handle, i, "stays-in-lcp"), 0);
    c = conn_find(handle);
    while (bundle_link(c, FIXTURE_PORTS)->state != ST_LCP)
    {
        ck_assert(next_notice(&a, &notice));
        session_notice_done(&a, &notice);
        pump();
    }
    for (i = 1; i <= FIXTURE_PORTS; i++)
    {
        ck_assert_int_eq(bundle_link(c, i)->state, ST_LCP);
        conn_notice(bundle_link(c, i), RAS_STATE_AuthRetry, 0, false);
        conn_notice(bundle_link(c, i), RAS_STATE_AuthRetry, 0, false);
        conn_post(bundle_link(c, i), EV_LINK_DOWN, ERROR_PPP_NO_PROTOCOLS_CONFIGURED);
    }
    for (i = 0; !(notice.flags & WIRE_NOTICE_LAST); i++)
    {
        ck_assert(next_notice(&a, &notice));
        if (notice.state == RAS_STATE_SubEntryDisconnected) ended++;
        session_notice_done(&a, &notice);
    }
    ck_assert_uint_eq(ended, FIXTURE_PORTS);
    ck_assert_uint_eq(i, 5 * FIXTURE_PORTS + 1);
    ck_assert_uint_eq(notice.error, ERROR_PPP_NO_PROTOCOLS_CONFIGURED);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_notices);
    tcase_add_test(tcase, test_refused);
    tcase_add_loop_test(tcase, test_program_dies, 0, 3);
    tcase_add_test(tcase, test_hang_up_links);
    tcase_add_loop_test(tcase, test_both_fail, 0, 2);
    tcase_add_test(tcase, test_reconnect);
    tcase_add_loop_test(tcase, test_interface_lost, 0, 3);
    tcase_add_test(tcase, test_interface_lost_dialing);
    tcase_add_test(tcase, test_later_refused);
    tcase_add_test(tcase, test_many_notices);
}

int main(void)
{
    return fixture_run("bundle", add_tests);
}
