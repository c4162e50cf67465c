/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_terminal.c - RASCS_Interactive in sessions of programs: where the dial pauses, the
 * bytes of the port, and what ends a pause.
 */
#include "client_fixture.h"

#include <string.h>

#define PAUSED WIRE_DIAL_ACKNOWLEDGED | WIRE_DIAL_PAUSED_STATES
#define INTERACTIVE 0x1000u

static uint32_t request(struct session *s, struct wire_msg *msg)
{
    struct wire_msg answer;

    ck_assert(session_answer(s, session_send(s, msg), &answer));
    ck_assert_uint_eq(answer.type, WIRE_result);
    return answer.u.result.error;
}

static uint32_t port_open(struct session *s, uint32_t handle)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_port_open, 0);
    msg.u.port_open.handle = handle;
    return request(s, &msg);
}

static uint32_t port_send(struct session *s, uint32_t handle, const char *text)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_port_send, 0);
    msg.u.port_send.handle = handle;
    msg.u.port_send.data_len = (uint16_t)strlen(text);
    memcpy(msg.u.port_send.data, text, strlen(text));
    return request(s, &msg);
}

static uint32_t port_settings(struct session *s, uint32_t handle, uint32_t parity, uint32_t stop, uint32_t bits)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_port_settings, 0);
    msg.u.port_settings.handle = handle;
    msg.u.port_settings.parity = parity;
    msg.u.port_settings.stop = stop;
    msg.u.port_settings.bits = bits;
    return request(s, &msg);
}

static uint32_t script_done(struct session *s, uint32_t handle, uint32_t error)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_script_done, 0);
    msg.u.script_done.handle = handle;
    msg.u.script_done.error = error;
    return request(s, &msg);
}

static uint32_t resume(struct session *s, uint32_t handle, const char *user)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_resume, 0);
    msg.u.resume.handle = handle;
    WIRE_SET_TEXT(msg.u.resume.user, user);
    return request(s, &msg);
}

static void ask(struct session *s, uint32_t handle, uint32_t max)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_port_receive, 0);
    msg.u.port_receive.handle = handle;
    msg.u.port_receive.max = max;
    msg.serial = 0;
    session_send(s, &msg);
}

static bool next_data(struct session *s, struct wire_port_data *data)
{
    struct wire_msg msg;

    while (session_recv(s, &msg))
        if (msg.type == WIRE_port_data)
        {
            *data = msg.u.port_data;
            return true;
        }
    return false;
}

/* Ask for a byte at a time until the text has come. */
static void expect(struct session *s, uint32_t handle, const char *text)
{
    struct wire_port_data data;

    for (; *text; text++)
    {
        ask(s, handle, 1);
        ck_assert(next_data(s, &data));
        ck_assert_uint_eq(data.error, 0);
        ck_assert_uint_eq(data.data_len, 1);
        ck_assert_int_eq(data.data[0], *text);
    }
}

/* Notices up to the first pause, acknowledged, as "0 1 2 4096". */
static struct wire_notice until_pause(struct session *s, char *states, size_t size)
{
    struct wire_notice notice;
    size_t len = 0;

    do
    {
        ck_assert(next_notice(s, &notice));
        len += (size_t)snprintf(states + len, size - len, "%s%u", len ? " " : "", (unsigned int)notice.state);
        session_notice_done(s, &notice);
    } while (notice.state != INTERACTIVE && !(notice.flags & WIRE_NOTICE_LAST));
    return notice;
}

static uint32_t dial_paused(const char *number, uint32_t options)
{
    struct wire_notice notice;
    uint32_t handle;
    char states[256];

    ck_assert_uint_eq(session_dial(&a, "Entry", number, PAUSED | options, &handle, NULL), 0);
    notice = until_pause(&a, states, sizeof(states));
    ck_assert_uint_eq(notice.state, INTERACTIVE);
    ck_assert_uint_eq(notice.error, 0);
    ck_assert_uint_eq(notice.flags, options & WIRE_DIAL_SCRIPT ? WIRE_NOTICE_SCRIPT : 0);
    return handle;
}

static void check_end(const char *expected)
{
    char buf[256];

    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), expected);
}

START_TEST(test_script)
{
    uint32_t handle = dial_paused("login", WIRE_DIAL_SCRIPT);
    struct wire_port_data data;
    struct wire_status status;

    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.state, INTERACTIVE);
    ck_assert_uint_eq(status.error, 0);
    ck_assert_uint_eq(port_send(&a, handle, "too early"), 601);
    ck_assert_uint_eq(port_open(&b, handle), 601);
    ck_assert_uint_eq(port_open(&a, handle), 0);
    ck_assert_uint_eq(port_settings(&a, handle, 0, 0, 9), 605);
    ck_assert_uint_eq(port_settings(&a, handle, 2, 0, 7), 0);
    expect(&a, handle, "\r\nlogin: ");
    ck_assert_uint_eq(port_send(&a, handle, "alice\r"), 0);
    expect(&a, handle, "Password: ");
    ck_assert_uint_eq(port_send(&a, handle, "open sesame\r"), 0);
    expect(&a, handle, "\r\nPPP");
    ck_assert_uint_eq(script_done(&b, handle, 0), 6);
    ck_assert_uint_eq(script_done(&a, handle, 0), 0);
    /* The end is told to whom had the port open, then the dial goes on. */
    ck_assert(next_data(&a, &data));
    ck_assert_uint_eq(data.error, 618);
    check_end("3 4 5 6 10 14 18 C");
    ck_assert_uint_eq(port_open(&a, handle), 601);
    ck_assert_uint_eq(script_done(&a, handle, 0), 6);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
}
END_TEST

START_TEST(test_terminals)
{
    struct wire_notice notice;
    uint32_t handle;
    char states[256];

    ck_assert_uint_eq(session_dial(&a, "Entry", "login",
                                   PAUSED | WIRE_DIAL_TERMINAL_BEFORE | WIRE_DIAL_TERMINAL_AFTER, &handle, NULL), 0);
    notice = until_pause(&a, states, sizeof(states));
    ck_assert_str_eq(states, "0 1 2 4096");
    ck_assert_uint_eq(notice.flags, 0);
    /* The scripted port has no line before the call. */
    ck_assert_uint_eq(port_open(&a, handle), 606);
    ck_assert_uint_eq(script_done(&a, handle, 0), 6);
    ck_assert_uint_eq(resume(&a, handle, ""), 0);
    notice = until_pause(&a, states, sizeof(states));
    ck_assert_str_eq(states, "3 2 3 2 4096");
    ck_assert_uint_eq(notice.flags, 0);
    ck_assert_uint_eq(port_open(&a, handle), 0);
    expect(&a, handle, "\r\nlog");
    ck_assert_uint_eq(resume(&a, handle, "bob"), 0);
    check_end("3 4 5 6 10 14 18 C");
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
}
END_TEST

/* Nobody could be asked: a terminal is left out, a script is an error. */
START_TEST(test_not_wanted)
{
    uint32_t handle;

    ck_assert_uint_eq(session_dial(&a, "Entry", "login", WIRE_DIAL_ACKNOWLEDGED | WIRE_DIAL_SCRIPT, &handle, NULL), 0);
    check_end("0 1 2 3 2 2:703");
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
}
END_TEST

static const struct
{
    const char *number;
    uint32_t error; /* of the script, 0: the line is lost */
    const char *end;
} failures[] = {
    {"login", 752, "2:752"},
    {"login-silent", 638, "2:638"},
    {"login-lost", 0, "2:619"},
};

START_TEST(test_failure)
{
    uint32_t handle = dial_paused(failures[_i].number, WIRE_DIAL_SCRIPT);
    struct wire_port_data data;

    ck_assert_uint_eq(port_open(&a, handle), 0);
    if (failures[_i].error)
        ck_assert_uint_eq(script_done(&a, handle, failures[_i].error), 0);
    else
    {
        expect(&a, handle, "\r\nlogin: ");
        ck_assert_uint_eq(port_send(&a, handle, "alice\r"), 0);
        expect(&a, handle, "Password: ");
        ask(&a, handle, 1);
    }
    ck_assert(next_data(&a, &data));
    ck_assert_uint_eq(data.error, 618);
    check_end(failures[_i].end);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
}
END_TEST

/* A line that goes down while nobody reads: seen by the clock alone. */
START_TEST(test_lost_unread)
{
    uint32_t handle = dial_paused("login-lost", WIRE_DIAL_TERMINAL_AFTER);
    struct wire_notice notice;
    int i;

    ck_assert_uint_eq(port_open(&a, handle), 0);
    ck_assert_uint_eq(port_send(&a, handle, "alice\r"), 0);
    expect(&a, handle, "\r\nlogin: Password: ");
    for (i = 0; i < 1000 && conn_first()->state == ST_PAUSE_AFTER; i++) event_base_loop(loop, EVLOOP_ONCE);
    ck_assert(next_notice(&a, &notice));
    ck_assert_uint_eq(notice.state, 2);
    ck_assert_uint_eq(notice.error, 619);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
}
END_TEST

START_TEST(test_ends)
{
    uint32_t handle = dial_paused("login", _i % 2 ? WIRE_DIAL_SCRIPT : WIRE_DIAL_TERMINAL_AFTER);

    ck_assert_uint_eq(port_open(&a, handle), 0);
    ask(&a, handle, 1500);
    if (_i < 2)
    {
        ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
        check_end("D");
    }
    else
    {
        session_close(&a);
        pump();
    }
    assert_gone(&b, handle);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_script);
    tcase_add_test(tcase, test_terminals);
    tcase_add_test(tcase, test_not_wanted);
    tcase_add_loop_test(tcase, test_failure, 0, 3);
    tcase_add_test(tcase, test_lost_unread);
    tcase_add_loop_test(tcase, test_ends, 0, 4);
}

int main(void)
{
    return fixture_run("terminal", add_tests);
}
