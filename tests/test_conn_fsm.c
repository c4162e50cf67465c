/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_conn_fsm.c - every cell of the table of connection states: what it does,
 * and the rules that all rows keep.
 */
#include "check_main.h"
#include "conn_stubs.h"

#include <stdlib.h>
#include <string.h>

#define CELLS (ST_COUNT * EV_COUNT)

/* The error with which an event comes. */
static uint32_t error_of(enum conn_event event)
{
    switch (event)
    {
    case EV_PORT_FAILED: return 633;
    case EV_DEVICE_FAILED: return 676;
    case EV_AUTH_FAILED:
    case EV_AUTH_HELD:
    case EV_AUTH_LOST: return 691;
    case EV_LINK_DOWN: return 629;
    case EV_CALLBACK_ASKED: return 1u << WIRE_CALLBACK_CALLER;
    default: return 0;
    }
}

static enum conn_holds holds(enum conn_state state)
{
    return conn_states[state].holds;
}

/* States whose link may go without the connection's failing: the program is asked,
 * or has just answered. */
static bool survives(enum conn_state state)
{
    return state == ST_REFUSED || state == ST_RETRY || state == ST_AUTH_RETRY || state == ST_EAP_NOTIFY ||
           state == ST_EAP_UI || state == ST_EAP_ANSWERED;
}

/* The link ends as it should. */
static bool lets_go(enum conn_state state)
{
    return state == ST_PREPARE || state == ST_PREPARED;
}

START_TEST(test_cell)
{
    enum conn_state state = (enum conn_state)(_i / EV_COUNT), next;
    enum conn_event event = (enum conn_event)(_i % EV_COUNT);
    struct conn *c;
    bool acts;

    if (state == ST_NONE) return;
    next = conn_fsm_next(state, event, &acts);
    c = conn_stubs_conn(state);
    strcpy(c->dial.callback_number, "555");
    conn_event(c, event, error_of(event));

    if (next == ST_NONE)
    {
        /* Unexpected: said, and the link closed, with the error for the program. */
        ck_assert_ptr_nonnull(strstr(conn_stubs_calls, "warn()"));
        if (holds(state) > HOLDS_LINK)
        {
            ck_assert_int_eq(c->state, state);
            ck_assert_str_eq(conn_stubs_calls, "warn()");
            return;
        }
        ck_assert_int_eq(c->state, holds(state) == HOLDS_LINK || holds(state) == HOLDS_DOWN ? ST_FAILING_LINK
                                                                                           : ST_FAILING_PORT);
        ck_assert_uint_eq(c->error, 635);
    }
    else
    {
        ck_assert_ptr_null(strstr(conn_stubs_calls, "warn()"));
        ck_assert_int_eq(c->state, next);
        if (next == state && !acts) ck_assert_str_eq(conn_stubs_calls, "");
    }

    /* What was held is taken down, once, and what is not held isn't touched. */
    if (holds(state) <= HOLDS_LINK && holds(c->state) > HOLDS_LINK)
    {
        bool stops = holds(state) == HOLDS_LINK && event != EV_LINK_GONE;

        ck_assert_int_eq(strstr(conn_stubs_calls, "stop()") != NULL, stops);
        ck_assert_int_eq(strstr(conn_stubs_calls, "close()") != NULL, !stops && holds(state) >= HOLDS_PORT);
        ck_assert_int_eq(strcmp(conn_stubs_posts, "PORT_CLOSED") == 0, holds(state) <= HOLDS_DOWN);
        /* Everybody who watches it hears that it ends. */
        ck_assert_ptr_nonnull(strstr(conn_stubs_calls, state == ST_CONNECTED ? "down()" : "ended()"));
        /* A failing dial ends with exactly one notice with its error, a loss with none. */
        ck_assert_int_eq(strstr(conn_stubs_calls, "!)") != NULL, state != ST_CONNECTED && event != EV_CLIENT_LOST);
        ck_assert_int_eq(c->error == 0, event == EV_HANGUP || event == EV_CLIENT_LOST);
    }
    else
    {
        ck_assert_int_eq(strstr(conn_stubs_calls, "stop()") != NULL,
                         (holds(state) == HOLDS_LINK && holds(c->state) == HOLDS_DOWN && event != EV_LINK_GONE) ||
                             (c->state == ST_PREPARE && state != ST_PREPARE));
        ck_assert_int_eq(strstr(conn_stubs_calls, "!)") != NULL, c->state == ST_CONNECTED && state != ST_CONNECTED);
        ck_assert_int_eq(strstr(conn_stubs_calls, "up()") != NULL, c->state == ST_CONNECTED && state != ST_CONNECTED);
    }
    /* A state that is published anew is told, others aren't; each number is. */
    if (holds(c->state) <= HOLDS_LINK && state != ST_NEW)
        ck_assert_int_eq(strstr(conn_stubs_calls, "notice(") != NULL,
                         conn_states[state].published != conn_states[c->state].published ||
                             (state == ST_NEXT_NUMBER && c->state != state));
}
END_TEST

/* Whatever happens, a hang-up and what follows from it ends the connection. */
START_TEST(test_hangup_ends)
{
    enum conn_state state = (enum conn_state)_i;
    struct conn *c = conn_stubs_conn(state);
    int i;

    conn_event(c, EV_HANGUP, 0);
    for (i = 0; i < 2 && c->state != ST_GONE; i++)
    {
        if (c->state == ST_ENDING_LINK)
            conn_event(c, EV_LINK_GONE, 0);
        else
            conn_event(c, EV_PORT_CLOSED, 0);
    }
    ck_assert_int_eq(c->state, ST_GONE);
    ck_assert_ptr_null(c->port);
    ck_assert(!c->link_running);
    ck_assert_uint_eq(c->error, 0);
}
END_TEST

/* And any end of a link, from any state that has one, comes to FAILED and stays there
 * with its error. */
START_TEST(test_failure_ends)
{
    enum conn_state state = (enum conn_state)_i;
    struct conn *c = conn_stubs_conn(state);

    if (holds(state) != HOLDS_LINK || survives(state) || lets_go(state)) return;
    conn_event(c, EV_LINK_DOWN, 721);
    ck_assert_int_eq(c->state, ST_FAILING_LINK);
    conn_event(c, EV_LINK_GONE, 0);
    ck_assert_int_eq(c->state, ST_FAILING_PORT);
    conn_event(c, EV_PORT_CLOSED, 0);
    ck_assert_int_eq(c->state, ST_FAILED);
    ck_assert_uint_eq(c->error, 721);
    ck_assert_ptr_null(c->port);
    conn_event(c, EV_HANGUP, 0);
    ck_assert_int_eq(c->state, ST_GONE);
}
END_TEST

START_TEST(test_rules)
{
    enum conn_state state = (enum conn_state)_i;
    bool acts;

    ck_assert_ptr_nonnull(conn_states[state].name);
    if (holds(state) <= HOLDS_LINK)
    {
        /* Each state can be hung up and survives its program in a defined way. */
        ck_assert_int_ne(conn_fsm_next(state, EV_HANGUP, &acts), ST_NONE);
        ck_assert_int_ne(conn_fsm_next(state, EV_CLIENT_LOST, &acts), ST_NONE);
    }
    if (holds(state) == HOLDS_LINK && survives(state))
    {
        ck_assert_int_eq(holds(conn_fsm_next(state, EV_LINK_DOWN, &acts)), HOLDS_DOWN);
        ck_assert_int_eq(holds(conn_fsm_next(state, EV_LINK_GONE, &acts)), HOLDS_DOWN);
    }
    else if (lets_go(state))
    {
        ck_assert_int_eq(conn_fsm_next(state, EV_LINK_DOWN, &acts), state);
        ck_assert_int_eq(holds(conn_fsm_next(state, EV_LINK_GONE, &acts)), HOLDS_PORT);
    }
    else if (holds(state) == HOLDS_LINK)
    {
        ck_assert_int_eq(conn_fsm_next(state, EV_LINK_DOWN, &acts), ST_FAILING_LINK);
        ck_assert_int_eq(conn_fsm_next(state, EV_LINK_GONE, &acts), ST_FAILING_PORT);
    }
    /* A time limit that nobody handles would be forgotten. */
    if (conn_states[state].timeout) ck_assert_int_ne(conn_fsm_next(state, EV_TIME_OUT, &acts), ST_NONE);
    if (conn_states[state].final)
    {
        enum conn_event event;

        for (event = 0; event < EV_COUNT; event++)
        {
            enum conn_state next = conn_fsm_next(state, event, &acts);

            ck_assert(next == ST_NONE || next == state);
        }
    }
}
END_TEST

/* The state in which an error is told; errors that belong to a later state enter it. */
static const struct
{
    enum conn_state state;
    enum conn_event event;
    uint32_t error;
    const char *calls;
} failures[] = {
    {ST_OPENING, EV_PORT_FAILED, 633, "notice(0:633!) close() ended()"},
    {ST_OPENING, EV_TIME_OUT, 0, "notice(0:633!) close() ended()"},
    {ST_CONNECTING, EV_DEVICE_FAILED, 680, "notice(2:680!) close() ended()"},
    {ST_DEVICE_CONNECTED, EV_DEVICE_FAILED, 619, "notice(3:619!) close() ended()"},
    {ST_PAUSE_BEFORE, EV_DEVICE_FAILED, 619, "notice(2:619!) close() ended()"},
    {ST_PAUSE_AFTER, EV_DEVICE_FAILED, 752, "notice(2:752!) close() ended()"},
    {ST_PAUSE_AFTER, EV_HANGUP, 0, "notice(8193!) close() ended()"},
    {ST_LCP, EV_LINK_DOWN, 619, "notice(4:619!) stop() ended()"},
    {ST_LCP, EV_LINK_DOWN, 628, "notice(4:628!) stop() ended()"},
    {ST_LCP, EV_LINK_DOWN, 711, "notice(4:711!) stop() ended()"},
    {ST_LCP, EV_LINK_DOWN, 721, "notice(5) notice(5:721!) stop() ended()"},
    {ST_LCP, EV_LINK_DOWN, 718, "notice(5) notice(5:718!) stop() ended()"},
    {ST_LCP, EV_LINK_DOWN, 732, "notice(5) notice(5:732!) stop() ended()"},
    {ST_LCP, EV_LINK_DOWN, 734, "notice(5) notice(5:734!) stop() ended()"},
    {ST_LCP, EV_LINK_DOWN, 737, "notice(5) notice(5:737!) stop() ended()"},
    {ST_LCP, EV_LINK_DOWN, 919, "notice(5) notice(6) notice(6:919!) stop() ended()"},
    {ST_LCP, EV_LINK_GONE, 0, "notice(4:630!) close() ended()"},
    {ST_LCP, EV_TIME_OUT, 0, "notice(5) notice(5:718!) stop() ended()"},
    {ST_AUTHENTICATE, EV_LINK_DOWN, 629, "notice(5:629!) stop() ended()"},
    {ST_AUTHENTICATE, EV_LINK_DOWN, 718, "notice(5:718!) stop() ended()"},
    {ST_AUTHENTICATE, EV_LINK_DOWN, 691, "notice(6) notice(6:691!) stop() ended()"},
    {ST_AUTHENTICATE, EV_AUTH_FAILED, 649, "notice(6) notice(6:649!) stop() ended()"},
    {ST_AUTHENTICATE, EV_AUTH_FAILED, 709, "notice(6) notice(6:709!) stop() ended()"},
    {ST_AUTH_NOTIFY, EV_LINK_DOWN, 691, "notice(6:691!) stop() ended()"},
    {ST_AUTH_NOTIFY, EV_LINK_DOWN, 720, "notice(10) notice(10:720!) stop() ended()"},
    {ST_AUTH_NOTIFY, EV_LINK_DOWN, 742, "notice(10) notice(10:742!) stop() ended()"},
    {ST_AUTH_PROJECT, EV_LINK_DOWN, 733, "notice(10:733!) stop() ended()"},
    {ST_AUTHENTICATED, EV_LINK_DOWN, 735, "notice(18) notice(18:735!) stop() ended()"},
    {ST_AUTHENTICATED, EV_LINK_DOWN, 718, "notice(18) notice(18:718!) stop() ended()"},
    {ST_AUTHENTICATED, EV_LINK_DOWN, 629, "notice(14:629!) stop() ended()"},
    {ST_PROJECTED, EV_LINK_DOWN, 629, "notice(18:629!) stop() ended()"},
    {ST_CONNECTED, EV_LINK_DOWN, 828, "stop() down()"},
    {ST_CONNECTED, EV_HANGUP, 0, "stop() down()"},
    {ST_CONNECTING, EV_HANGUP, 0, "notice(8193!) close() ended()"},
    {ST_AUTHENTICATE, EV_HANGUP, 0, "notice(8193!) stop() ended()"},
    {ST_AUTHENTICATE, EV_CLIENT_LOST, 0, "stop() ended()"},
};

START_TEST(test_failure)
{
    struct conn *c = conn_stubs_conn(failures[_i].state);

    conn_event(c, failures[_i].event, failures[_i].error);
    ck_assert_str_eq(conn_stubs_calls, failures[_i].calls);
}
END_TEST

START_TEST(test_success)
{
    static const struct
    {
        enum conn_event event;
        enum conn_state state;
        const char *calls;
    } steps[] = {
        {EV_DIAL, ST_OPEN_PORT, "notice(0)"},
        {EV_NOTICE_DONE, ST_OPENING, "acquire() open()"},
        {EV_PORT_OPENED, ST_PORT_OPENED, "notice(1)"},
        {EV_NOTICE_DONE, ST_CONNECT_DEVICE, "notice(2)"},
        {EV_NOTICE_DONE, ST_CONNECTING, "connect(5551234)"},
        {EV_DEVICE_UP, ST_DEVICE_CONNECTED, "notice(3)"},
        {EV_NOTICE_DONE, ST_ALL_CONNECTED, "notice(4)"},
        {EV_NOTICE_DONE, ST_LCP, "start()"},
        {EV_LCP_UP, ST_LCP, ""},
        {EV_AUTHENTICATE, ST_AUTHENTICATE, "notice(5)"},
        {EV_NOTICE_DONE, ST_AUTHENTICATE, ""},
        {EV_AUTH_OK, ST_AUTH_NOTIFY, "notice(6)"},
        {EV_NOTICE_DONE, ST_AUTH_NOTIFY, ""},
        {EV_NETWORK, ST_AUTH_PROJECT, "notice(10)"},
        {EV_NOTICE_DONE, ST_AUTHENTICATED, "notice(14)"},
        {EV_NOTICE_DONE, ST_AUTHENTICATED, ""},
        {EV_IP_UP, ST_PROJECTED, "notice(18)"},
        {EV_NOTICE_DONE, ST_CONNECTED, "notice(8192!) up()"},
    };
    struct conn *c = conn_stubs_conn(ST_NEW);
    size_t i;

    for (i = 0; i < sizeof(steps) / sizeof(*steps); i++)
    {
        conn_stubs_clear();
        conn_event(c, steps[i].event, 0);
        ck_assert_int_eq(c->state, steps[i].state);
        ck_assert_str_eq(conn_stubs_calls, steps[i].calls);
        ck_assert_int_eq(event_pending(c->timer, EV_TIMEOUT, NULL) != 0, conn_states[c->state].timeout != 0);
    }
}
END_TEST

#define NO_CALLBACK (1u << WIRE_CALLBACK_NONE)
#define BY_CALLER   (1u << WIRE_CALLBACK_CALLER)
#define PRESET      (1u << WIRE_CALLBACK_PRESET)

/* What a program sees after a refusal, and when the peer offers to call back. */
static const struct pause
{
    const char *name;
    bool wants;
    struct
    {
        enum conn_event event;
        uint32_t error;
        enum conn_state state;
        const char *calls;
        const char *posts;
    } steps[16];
    const char *callback; /* number of the dial */
    uint32_t switches;
} pauses[] = {
    {"the same link, twice", true,
     {{EV_AUTH_HELD, 691, ST_REFUSED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY, "notice(4097)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY, "", ""},
      {EV_RESUME, 0, ST_AUTH_RETRY, "resume(alice) notice(7)", ""},
      {EV_NOTICE_DONE, 0, ST_AUTH_RETRY, "", ""},
      {EV_AUTH_HELD, 691, ST_REFUSED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY, "notice(4097)", ""},
      {EV_RESUME, 0, ST_AUTH_RETRY, "resume(alice) notice(7)", ""},
      {EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_NETWORK, 0, ST_AUTH_PROJECT, "notice(10)", ""}}},
    {"the peer hangs up while the program thinks", true,
     {{EV_AUTH_HELD, 691, ST_REFUSED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY, "notice(4097)", ""},
      {EV_LINK_DOWN, 629, ST_RETRY_DOWN, "stop()", ""},
      {EV_LINK_GONE, 0, ST_RETRY_DOWN, "close()", ""},
      {EV_PORT_CLOSED, 0, ST_RETRY_DOWN, "release()", ""},
      {EV_RESUME, 0, ST_REDIAL, "notice(7)", "PORT_FREE"},
      {EV_NOTICE_DONE, 0, ST_REDIAL, "", ""},
      {EV_PORT_FREE, 0, ST_REOPENING, "acquire() open()", ""},
      {EV_PORT_OPENED, 0, ST_CONNECT_DEVICE, "notice(2)", ""},
      {EV_NOTICE_DONE, 0, ST_CONNECTING, "connect(5551234)", ""}}},
    {"refused without a link, resumed before it is down", true,
     {{EV_AUTH_FAILED, 691, ST_REFUSED_DOWN, "stop() notice(6)", ""},
      {EV_LINK_DOWN, 691, ST_REFUSED_DOWN, "", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY_DOWN, "notice(4097)", ""},
      {EV_RESUME, 0, ST_REDIAL, "notice(7)", ""},
      {EV_LINK_GONE, 0, ST_REDIAL, "close()", ""},
      {EV_PORT_CLOSED, 0, ST_REDIAL, "release()", "PORT_FREE"},
      {EV_PORT_FREE, 0, ST_REOPENING, "acquire() open()", ""},
      {EV_PORT_FAILED, 633, ST_FAILING_PORT, "notice(7:633!) close() ended()", ""}}},
    {"refused by hanging up", true, {{EV_LINK_DOWN, 691, ST_REFUSED_DOWN, "stop() notice(6)", ""}}},
    {"the end crosses the answer", true,
     {{EV_AUTH_HELD, 691, ST_REFUSED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY, "notice(4097)", ""},
      {EV_RESUME, 0, ST_AUTH_RETRY, "resume(alice) notice(7)", ""},
      {EV_LINK_DOWN, 691, ST_REDIAL, "stop()", ""},
      {EV_LINK_GONE, 0, ST_REDIAL, "close()", ""}}},
    {"the second refusal ends the link", true,
     {{EV_AUTH_HELD, 691, ST_REFUSED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY, "notice(4097)", ""},
      {EV_RESUME, 0, ST_AUTH_RETRY, "resume(alice) notice(7)", ""},
      {EV_AUTH_FAILED, 691, ST_REFUSED_DOWN, "stop() notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY_DOWN, "notice(4097)", ""}}},
    {"expired, changed", true,
     {{EV_AUTH_EXPIRED, 648, ST_EXPIRED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_PASSWORD, "notice(4099)", ""},
      {EV_NOTICE_DONE, 0, ST_PASSWORD, "", ""},
      {EV_RESUME, 0, ST_CHANGE_PASSWORD, "change(alice) notice(9)", ""},
      {EV_NOTICE_DONE, 0, ST_CHANGE_PASSWORD, "", ""},
      {EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""}}},
    {"expired, the change fails", true,
     {{EV_AUTH_EXPIRED, 648, ST_EXPIRED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_PASSWORD, "notice(4099)", ""},
      {EV_RESUME, 0, ST_CHANGE_PASSWORD, "change(alice) notice(9)", ""},
      {EV_AUTH_FAILED, 709, ST_FAILING_LINK, "notice(6) notice(6:709!) stop() ended()", ""}}},
    {"expired, the peer hangs up after the change", true,
     {{EV_AUTH_EXPIRED, 648, ST_EXPIRED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_PASSWORD, "notice(4099)", ""},
      {EV_RESUME, 0, ST_CHANGE_PASSWORD, "change(alice) notice(9)", ""},
      {EV_LINK_DOWN, 691, ST_FAILING_LINK, "notice(6) notice(6:709!) stop() ended()", ""}}},
    {"expired, the old password was wrong", true,
     {{EV_AUTH_EXPIRED, 648, ST_EXPIRED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_PASSWORD, "notice(4099)", ""},
      {EV_RESUME, 0, ST_CHANGE_PASSWORD, "change(alice) notice(9)", ""},
      {EV_AUTH_HELD, 691, ST_REFUSED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY, "notice(4097)", ""}}},
    {"expired, the peer gives up", true,
     {{EV_AUTH_EXPIRED, 648, ST_EXPIRED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_PASSWORD, "notice(4099)", ""},
      {EV_LINK_DOWN, 691, ST_FAILING_LINK, "notice(6:648!) stop() ended()", ""}}},
    {"expired, the line is lost", true,
     {{EV_AUTH_EXPIRED, 648, ST_EXPIRED, "notice(6)", ""},
      {EV_LINK_DOWN, 619, ST_FAILING_LINK, "notice(6:619!) stop() ended()", ""}}},
    {"expired after a refusal", true,
     {{EV_AUTH_HELD, 691, ST_REFUSED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY, "notice(4097)", ""},
      {EV_RESUME, 0, ST_AUTH_RETRY, "resume(alice) notice(7)", ""},
      {EV_AUTH_EXPIRED, 648, ST_EXPIRED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_PASSWORD, "notice(4099)", ""}}},
    {"EAP, a name, then a password", true,
     {{EV_EAP_WANTED, 0, ST_EAP_NOTIFY, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_EAP_UI, "notice(4100)", ""},
      {EV_NOTICE_DONE, 0, ST_EAP_UI, "", ""},
      {EV_RESUME, 0, ST_EAP_ANSWERED, "resume(alice) notice(5)", ""},
      {EV_NOTICE_DONE, 0, ST_EAP_ANSWERED, "", ""},
      {EV_EAP_WANTED, 0, ST_EAP_NOTIFY, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_EAP_UI, "notice(4100)", ""},
      {EV_RESUME, 0, ST_EAP_ANSWERED, "resume(alice) notice(5)", ""},
      {EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""}}},
    {"EAP, refused in the end", true,
     {{EV_EAP_WANTED, 0, ST_EAP_NOTIFY, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_EAP_UI, "notice(4100)", ""},
      {EV_RESUME, 0, ST_EAP_ANSWERED, "resume(alice) notice(5)", ""},
      {EV_AUTH_FAILED, 691, ST_REFUSED_DOWN, "stop() notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY_DOWN, "notice(4097)", ""}}},
    {"EAP, the peer does not wait", true,
     {{EV_EAP_WANTED, 0, ST_EAP_NOTIFY, "notice(6)", ""},
      {EV_AUTH_FAILED, 691, ST_EAP_NOTIFY_DOWN, "stop()", ""},
      {EV_NOTICE_DONE, 0, ST_EAP_UI_DOWN, "notice(4100)", ""},
      {EV_LINK_GONE, 0, ST_EAP_UI_DOWN, "close()", ""},
      {EV_PORT_CLOSED, 0, ST_EAP_UI_DOWN, "release()", ""},
      {EV_RESUME, 0, ST_REDIAL, "notice(7)", "PORT_FREE"}}},
    {"EAP, nobody can be asked", false,
     {{EV_AUTH_FAILED, 703, ST_FAILING_LINK, "notice(6) notice(6:703!) stop() ended()", ""}}},
    {"EAP, no certificate", true,
     {{EV_AUTH_FAILED, 798, ST_FAILING_LINK, "notice(6) notice(6:798!) stop() ended()", ""}}},
    {"the second attempt fails otherwise", true,
     {{EV_AUTH_HELD, 691, ST_REFUSED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY, "notice(4097)", ""},
      {EV_RESUME, 0, ST_AUTH_RETRY, "resume(alice) notice(7)", ""},
      {EV_AUTH_FAILED, 648, ST_FAILING_LINK, "notice(6) notice(6:648!) stop() ended()", ""}}},
    {"not a refusal", true, {{EV_AUTH_FAILED, 648, ST_FAILING_LINK, "notice(6) notice(6:648!) stop() ended()", ""}}},
    {"the link is lost", true, {{EV_LINK_DOWN, 629, ST_FAILING_LINK, "notice(5:629!) stop() ended()", ""}}},
    {"hang-up while paused", true,
     {{EV_AUTH_HELD, 691, ST_REFUSED, "notice(6)", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY, "notice(4097)", ""},
      {EV_HANGUP, 0, ST_ENDING_LINK, "notice(8193!) stop() ended()", ""},
      {EV_RESUME, 0, ST_ENDING_LINK, "", ""},
      {EV_LINK_GONE, 0, ST_ENDING_PORT, "close()", ""},
      {EV_PORT_CLOSED, 0, ST_GONE, "release()", ""}}},
    {"hang-up while the port closes", true,
     {{EV_AUTH_FAILED, 691, ST_REFUSED_DOWN, "stop() notice(6)", ""},
      {EV_LINK_GONE, 0, ST_REFUSED_DOWN, "close()", ""},
      {EV_HANGUP, 0, ST_ENDING_LINK, "notice(8193!) ended()", ""},
      {EV_PORT_CLOSED, 0, ST_GONE, "release()", ""}}},
    {"hang-up without a link", true,
     {{EV_AUTH_FAILED, 691, ST_REFUSED_DOWN, "stop() notice(6)", ""},
      {EV_LINK_GONE, 0, ST_REFUSED_DOWN, "close()", ""},
      {EV_PORT_CLOSED, 0, ST_REFUSED_DOWN, "release()", ""},
      {EV_CLIENT_LOST, 0, ST_ENDING_LINK, "ended()", "PORT_CLOSED"},
      {EV_PORT_CLOSED, 0, ST_GONE, "", ""}}},
    {"called back at a number", false,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_ASKED, BY_CALLER, ST_AUTH_CALLBACK, "notice(8)", ""},
      {EV_NOTICE_DONE, 0, ST_CALLBACK_SENT, "callback(2,555)", ""},
      {EV_CALLBACK_AGREED, 0, ST_PREPARE, "stop() notice(15)", ""},
      {EV_NOTICE_DONE, 0, ST_PREPARED, "", ""},
      {EV_LINK_GONE, 0, ST_RESET, "notice(16)", ""},
      {EV_NOTICE_DONE, 0, ST_RESETTING, "reset()", ""},
      {EV_DEVICE_READY, 0, ST_AWAIT_CALL, "notice(17)", ""},
      {EV_NOTICE_DONE, 0, ST_AWAITING_CALL, "answer()", ""},
      {EV_DEVICE_UP, 0, ST_CALLED, "notice(13)", ""},
      {EV_NOTICE_DONE, 0, ST_REAUTHENTICATE, "start()", ""},
      {EV_LCP_UP, 0, ST_REAUTHENTICATE, "", ""},
      {EV_AUTHENTICATE, 0, ST_REAUTHENTICATE, "", ""},
      {EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_NETWORK, 0, ST_AUTH_PROJECT, "notice(10)", ""}}, "555"},
    {"the program says the number", true,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_ASKED, BY_CALLER, ST_AUTH_CALLBACK, "notice(8)", ""},
      {EV_NOTICE_DONE, 0, ST_CALLBACK_SET, "notice(4098)", ""},
      {EV_NOTICE_DONE, 0, ST_CALLBACK_SET, "", ""},
      {EV_LCP_UP, 0, ST_CALLBACK_SET, "", ""},
      {EV_CALLBACK_ASKED, BY_CALLER, ST_CALLBACK_SET, "", ""},
      {EV_RESUME, 0, ST_CALLBACK_GIVEN, "", "LINK_DOWN:704"}, /* still "*" */
      {EV_LINK_DOWN, 704, ST_FAILING_LINK, "notice(8:704!) stop() ended()", ""}}, "*"},
    {"the program is asked, the peer gives up", true,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_ASKED, BY_CALLER, ST_AUTH_CALLBACK, "notice(8)", ""},
      {EV_NOTICE_DONE, 0, ST_CALLBACK_SET, "notice(4098)", ""},
      {EV_LINK_DOWN, 629, ST_FAILING_LINK, "notice(8:629!) stop() ended()", ""}}, "*"},
    {"hang-up while asked for the number", true,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_ASKED, BY_CALLER, ST_AUTH_CALLBACK, "notice(8)", ""},
      {EV_NOTICE_DONE, 0, ST_CALLBACK_SET, "notice(4098)", ""},
      {EV_HANGUP, 0, ST_ENDING_LINK, "notice(8193!) stop() ended()", ""}}, "*"},
    {"the program cannot be asked for the number", false,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_ASKED, BY_CALLER, ST_AUTH_CALLBACK, "notice(8)", ""},
      {EV_NOTICE_DONE, 0, ST_CALLBACK_SENT, "", "LINK_DOWN:704"},
      {EV_LINK_DOWN, 704, ST_FAILING_LINK, "notice(8:704!) stop() ended()", ""}}, "*"},
    {"no call back wanted", true,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_ASKED, BY_CALLER | NO_CALLBACK, ST_AUTH_NOTIFY, "callback(1)", ""},
      {EV_NETWORK, 0, ST_AUTH_PROJECT, "notice(10)", ""}}, ""},
    {"the peer insists, and there is no number", true,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_ASKED, BY_CALLER, ST_AUTH_NOTIFY, "", "LINK_DOWN:704"},
      {EV_LINK_DOWN, 704, ST_FAILING_LINK, "notice(6:704!) stop() ended()", ""}}, ""},
    {"preset, whatever the program wants", true,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_ASKED, PRESET | NO_CALLBACK, ST_AUTH_NOTIFY, "callback(3)", ""},
      {EV_CALLBACK_AGREED, 0, ST_PREPARE, "stop() notice(15)", ""},
      {EV_LINK_DOWN, 631, ST_PREPARE, "", ""},
      {EV_LINK_GONE, 0, ST_PREPARE_DOWN, "", ""},
      {EV_NOTICE_DONE, 0, ST_RESET, "notice(16)", ""},
      {EV_NOTICE_DONE, 0, ST_RESETTING, "reset()", ""},
      {EV_DEVICE_FAILED, 619, ST_FAILING_PORT, "notice(16:619!) close() ended()", ""}}, "*"},
    {"no call back for this account", true,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_ASKED, NO_CALLBACK, ST_AUTH_NOTIFY, "callback(1)", ""}}, "*"},
    {"a list alone is of no use", true,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_ASKED, 1u << WIRE_CALLBACK_LIST, ST_AUTH_NOTIFY, "", "LINK_DOWN:704"}}, "555"},
    {"nobody calls", false,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_AGREED, 0, ST_PREPARE, "stop() notice(15)", ""},
      {EV_NOTICE_DONE, 0, ST_PREPARED, "", ""},
      {EV_LINK_GONE, 0, ST_RESET, "notice(16)", ""},
      {EV_NOTICE_DONE, 0, ST_RESETTING, "reset()", ""},
      {EV_DEVICE_READY, 0, ST_AWAIT_CALL, "notice(17)", ""},
      {EV_NOTICE_DONE, 0, ST_AWAITING_CALL, "answer()", ""},
      {EV_DEVICE_FAILED, 638, ST_FAILING_PORT, "notice(17:638!) close() ended()", ""}}, "555"},
    {"called back by a silent peer", false,
     {{EV_AUTH_OK, 0, ST_AUTH_NOTIFY, "notice(6)", ""},
      {EV_CALLBACK_AGREED, 0, ST_PREPARE, "stop() notice(15)", ""},
      {EV_LINK_GONE, 0, ST_PREPARE_DOWN, "", ""},
      {EV_NOTICE_DONE, 0, ST_RESET, "notice(16)", ""},
      {EV_NOTICE_DONE, 0, ST_RESETTING, "reset()", ""},
      {EV_DEVICE_READY, 0, ST_AWAIT_CALL, "notice(17)", ""},
      {EV_NOTICE_DONE, 0, ST_AWAITING_CALL, "answer()", ""},
      {EV_DEVICE_UP, 0, ST_CALLED, "notice(13)", ""},
      {EV_NOTICE_DONE, 0, ST_REAUTHENTICATE, "start()", ""},
      {EV_LINK_DOWN, 721, ST_FAILING_LINK, "notice(13:721!) stop() ended()", ""}}, "555"},
    {"a redial begins with its script again", true,
     {{EV_AUTH_FAILED, 691, ST_REFUSED_DOWN, "stop() notice(6)", ""},
      {EV_LINK_GONE, 0, ST_REFUSED_DOWN, "close()", ""},
      {EV_PORT_CLOSED, 0, ST_REFUSED_DOWN, "release()", ""},
      {EV_NOTICE_DONE, 0, ST_RETRY_DOWN, "notice(4097)", ""},
      {EV_RESUME, 0, ST_REDIAL, "notice(7)", "PORT_FREE"},
      {EV_PORT_FREE, 0, ST_REOPENING, "acquire() open()", ""},
      {EV_PORT_OPENED, 0, ST_CONNECT_DEVICE, "notice(2)", ""},
      {EV_NOTICE_DONE, 0, ST_CONNECTING, "connect(5551234)", ""},
      {EV_DEVICE_UP, 0, ST_DEVICE_CONNECTED, "notice(3)", ""},
      {EV_NOTICE_DONE, 0, ST_SWITCH_AFTER, "notice(2)", ""},
      {EV_NOTICE_DONE, 0, ST_PAUSE_AFTER, "terminal() notice(4096)", ""},
      {EV_RESUME, 0, ST_DEVICE_CONNECTED, "no_terminal() notice(3)", ""}}, .switches = WIRE_DIAL_SCRIPT},
    {"not wanted", false, {{EV_AUTH_FAILED, 691, ST_FAILING_LINK, "notice(6) notice(6:691!) stop() ended()", ""}}},
};

START_TEST(test_pause)
{
    const struct pause *pause = &pauses[_i];
    struct conn *c = conn_stubs_conn(ST_AUTHENTICATE);
    size_t i;

    if (pause->wants) c->dial.options = WIRE_DIAL_PAUSED_STATES | pause->switches;
    strcpy(c->dial.user, "alice");
    if (pause->callback) strcpy(c->dial.callback_number, pause->callback);
    for (i = 0; i < sizeof(pause->steps) / sizeof(*pause->steps) && pause->steps[i].state; i++)
    {
        conn_stubs_clear();
        conn_event(c, pause->steps[i].event, pause->steps[i].error);
        ck_assert_msg(c->state == pause->steps[i].state && !strcmp(conn_stubs_calls, pause->steps[i].calls) &&
                          !strcmp(conn_stubs_posts, pause->steps[i].posts),
                      "%s, step %u: %s, calls %s, posts %s", pause->name, (unsigned int)i, conn_states[c->state].name,
                      conn_stubs_calls, conn_stubs_posts);
    }
}
END_TEST

/* A number that fails, and the next. */
START_TEST(test_numbers)
{
    static const struct
    {
        uint32_t error;
        bool next;
    } rows[] = {
        {676, true},  {677, true},  {678, true},  {679, true},  {651, true},  {749, true}, {868, true},
        {680, false}, {638, false}, {619, false}, {652, false}, {608, false}, {8, false},
    };
    struct conn *c;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
    {
        c = conn_stubs_conn(ST_CONNECTING);
        strcpy(c->dial.alternates, "1\n22");
        conn_event(c, EV_DEVICE_FAILED, rows[i].error);
        ck_assert_int_eq(c->state, rows[i].next ? ST_NEXT_NUMBER : ST_FAILING_PORT);
        ck_assert_uint_eq(c->error, rows[i].next ? 0 : rows[i].error);
    }

    c = conn_stubs_conn(ST_CONNECTING);
    strcpy(c->dial.alternates, "1\n22");
    conn_event(c, EV_DEVICE_FAILED, 676);
    ck_assert_str_eq(conn_stubs_calls, "");
    ck_assert_str_eq(conn_stubs_posts, "DEVICE_READY");
    ck_assert_str_eq(c->dial.number, "1");
    ck_assert_uint_eq(c->number_index, 1);
    conn_event(c, EV_DEVICE_READY, 0);
    ck_assert_int_eq(c->state, ST_CONNECT_DEVICE);
    ck_assert_str_eq(conn_stubs_calls, "notice(2)");
    conn_stubs_clear();
    conn_event(c, EV_NOTICE_DONE, 0);
    ck_assert_str_eq(conn_stubs_calls, "connect(1)");

    /* The modem is not done with the number yet. */
    conn_stubs_clear();
    c->port->connected = true;
    conn_event(c, EV_DEVICE_FAILED, 678);
    ck_assert_str_eq(conn_stubs_calls, "reset()");
    ck_assert_str_eq(conn_stubs_posts, "");
    c->port->connected = false;
    conn_event(c, EV_DEVICE_READY, 0);
    conn_stubs_clear();
    conn_event(c, EV_NOTICE_DONE, 0);
    ck_assert_str_eq(conn_stubs_calls, "connect(22)");
    ck_assert_uint_eq(c->number_index, 2);

    /* It was the last. */
    conn_stubs_clear();
    conn_event(c, EV_DEVICE_FAILED, 679);
    ck_assert_str_eq(conn_stubs_calls, "notice(2:679!) close() ended()");
    ck_assert_uint_eq(c->number_index, 2);

    /* A link that fails is no number that fails. */
    c = conn_stubs_conn(ST_LCP);
    strcpy(c->dial.alternates, "1");
    conn_event(c, EV_LINK_DOWN, 679);
    ck_assert_int_eq(c->state, ST_FAILING_LINK);

    /* One that is too long for the wire's own number. */
    c = conn_stubs_conn(ST_CONNECTING);
    memset(c->dial.alternates, '1', sizeof(c->dial.number));
    strcpy(c->dial.alternates + sizeof(c->dial.number), "\n5");
    conn_event(c, EV_DEVICE_FAILED, 676);
    ck_assert_str_eq(c->dial.number, "");
    conn_event(c, EV_DEVICE_READY, 0);
    conn_event(c, EV_NOTICE_DONE, 0);
    conn_event(c, EV_DEVICE_FAILED, 749);
    ck_assert_str_eq(c->dial.number, "5");
}
END_TEST

START_TEST(test_no_port)
{
    struct conn *c = conn_stubs_conn(ST_OPEN_PORT);

    conn_stubs_port_error = 608;
    conn_event(c, EV_NOTICE_DONE, 0);
    ck_assert_str_eq(conn_stubs_posts, "PORT_FAILED:608");
    conn_stubs_clear();
    conn_event(c, EV_PORT_FAILED, 608);
    ck_assert_str_eq(conn_stubs_calls, "notice(0:608!) ended()");
    ck_assert_str_eq(conn_stubs_posts, "PORT_CLOSED");
}
END_TEST

START_TEST(test_no_link)
{
    struct conn *c = conn_stubs_conn(ST_ALL_CONNECTED);

    conn_stubs_link_error = 711;
    conn_event(c, EV_NOTICE_DONE, 0);
    ck_assert_str_eq(conn_stubs_posts, "LINK_DOWN:711");
    conn_stubs_clear();
    conn_event(c, EV_LINK_DOWN, 711);
    ck_assert_str_eq(conn_stubs_calls, "notice(4:711!) ended()");
    ck_assert_str_eq(conn_stubs_posts, "LINK_GONE");
}
END_TEST

/* The last who could want to know the error has left while the port was closing. */
START_TEST(test_nobody_left)
{
    struct conn *c = conn_stubs_conn(ST_FAILING_PORT);

    LIST_INIT(&c->holders);
    conn_event(c, EV_PORT_CLOSED, 0);
    ck_assert_str_eq(conn_stubs_posts, "CLIENT_LOST");
    conn_event(c, EV_CLIENT_LOST, 0);
    ck_assert_int_eq(c->state, ST_GONE);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, test_cell, 0, CELLS);
    tcase_add_loop_test(tcase, test_hangup_ends, ST_NEW, ST_COUNT);
    tcase_add_loop_test(tcase, test_failure_ends, ST_NEW, ST_COUNT);
    tcase_add_loop_test(tcase, test_rules, ST_NEW, ST_COUNT);
    tcase_add_loop_test(tcase, test_failure, 0, (int)(sizeof(failures) / sizeof(*failures)));
    tcase_add_test(tcase, test_success);
    tcase_add_loop_test(tcase, test_pause, 0, (int)(sizeof(pauses) / sizeof(*pauses)));
    tcase_add_test(tcase, test_numbers);
    tcase_add_test(tcase, test_no_port);
    tcase_add_test(tcase, test_no_link);
    tcase_add_test(tcase, test_nobody_left);
}

int main(void)
{
    return check_main("conn_fsm", add_tests);
}
