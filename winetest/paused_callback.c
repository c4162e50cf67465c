/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * paused_callback.c - call back: the three kinds of account, szCallbackNumber empty, a
 * number and "*", RASCS_CallbackSetByCaller and its resume, a server that does not call
 * or does not wait.
 */
#include "pausing.h"

#include <string.h>

#define CALLED_BACK RASCS_PrepareForCallback, RASCS_WaitForModemReset, RASCS_WaitForCallback, \
    RASCS_ReAuthenticate, RASCS_AuthNotify, UNTIL_CONNECTED
#define ASKED UNTIL_AUTH_NOTIFY, RASCS_AuthCallback, RASCS_CallbackSetByCaller

static DWORD resume_number(HRASCONN conn, const char *number)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    HRASCONN handle = conn;
    DWORD error;

    strcpy(params.szUserName, "user");
    strcpy(params.szPassword, "password");
    strcpy(params.szCallbackNumber, number);
    error = pRasDialA(NULL, NULL, &params, 0, NULL, &handle);
    ok(handle == conn, "handle %p, expected %p.\n", handle, conn);
    return error;
}

static HRASCONN dial_asked_by(DWORD notifier_type, const char *number, DWORD (*hook)(const struct notice *notice))
{
    DWORD error;

    ResetEvent(paused);
    ResetEvent(pause_go_on);
    pause_conn = NULL;
    error = dial_number_callback(number, notifier_type, hook, RDEOPT_PausedStates, "*", &pause_conn);
    ok(!error && pause_conn, "%s: got %lu, handle %p.\n", number, error, pause_conn);
    wait_event(paused);
    return pause_conn;
}

static HRASCONN dial_asked(const char *number, DWORD (*hook)(const struct notice *notice))
{
    return dial_asked_by(2, number, hook);
}

static HRASCONN dial_edge(DWORD notifier_type, DWORD (*hook)(const struct notice *notice))
{
    return dial_asked_by(notifier_type, "callback", hook);
}

/* Without a pause, with and without the flag. */
static void test_accounts(void)
{
    static const RASCONNSTATE none[] = {UNTIL_AUTH_NOTIFY, UNTIL_CONNECTED};
    static const RASCONNSTATE preset[] = {UNTIL_AUTH_NOTIFY, CALLED_BACK};
    static const RASCONNSTATE number[] = {UNTIL_AUTH_NOTIFY, RASCS_AuthCallback, CALLED_BACK};
    static const struct
    {
        const char *account;
        const char *callback;
        const RASCONNSTATE *states;
        unsigned int count;
    } tests[] =
    {
        {"callback-none", "", none, ARRAYSIZE(none)},
        {"callback-none", "555", none, ARRAYSIZE(none)},
        {"callback-none", "*", none, ARRAYSIZE(none)},
        {"callback-preset", "", preset, ARRAYSIZE(preset)},
        {"callback-preset", "555", preset, ARRAYSIZE(preset)},
        {"callback-preset", "*", preset, ARRAYSIZE(preset)},
        {"callback", "", none, ARRAYSIZE(none)},
        {"callback", "(555) 12-34@TPW", number, ARRAYSIZE(number)},
        {"callback-must", "555", number, ARRAYSIZE(number)},
    };
    unsigned int i, flag;
    HRASCONN conn;
    DWORD error;

    for (i = 0; i < ARRAYSIZE(tests); i++)
        for (flag = 0; flag < 2; flag++)
        {
            push_context("%s, \"%s\", %u", tests[i].account, tests[i].callback, flag);
            conn = NULL;
            error = dial_number_callback(tests[i].account, 2, NULL, flag ? RDEOPT_PausedStates : 0,
                                         tests[i].callback, &conn);
            ok(!error, "got %lu.\n", error);
            wait_event(recorder.ended);
            uncertain check_states_(__FILE__, __LINE__, tests[i].states, tests[i].count);
            hang_up(conn);
            pop_context();
        }
}

/* Returns only after the call back. */
static void test_synchronous(void)
{
    HRASCONN conn = NULL;
    DWORD error;

    error = dial_number_callback("callback", NOTIFIER_SYNC, NULL, 0, "555", &conn);
    ok(!error, "got %lu.\n", error);
    wait_state(conn, RASCS_Connected);
    hang_up(conn);
    conn = NULL;
    error = dial_number_callback("callback-never", NOTIFIER_SYNC, NULL, 0, "555", &conn);
    ok(error == ERROR_REQUEST_TIMEOUT, "got %lu.\n", error);
    hang_up(conn);
}

static void test_resume(void)
{
    static const RASCONNSTATE number[] = {ASKED, CALLED_BACK};
    static const RASCONNSTATE none[] = {ASKED, UNTIL_CONNECTED};
    HRASCONN conn;
    DWORD error;

    conn = dial_asked("callback", signal_pause);
    check_paused(conn, RASCS_CallbackSetByCaller);
    error = resume_number(conn, "555 1234");
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain CHECK_STATES(number);
    error = resume_number(conn, "555");
    uncertain ok(error == ERROR_INVALID_PARAMETER, "connected: got %lu.\n", error);
    hang_up(conn);

    conn = dial_asked("callback", signal_pause);
    error = resume_number(conn, "");
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain CHECK_STATES(none);
    hang_up(conn);

    /* The user may type another one. */
    conn = dial_asked("callback", signal_pause);
    error = resume_number(conn, "555;1");
    uncertain ok(error == ERROR_INVALID_CALLBACK_NUMBER, "bad number: got %lu.\n", error);
    check_paused(conn, RASCS_CallbackSetByCaller);
    error = resume_number(conn, "555");
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain CHECK_STATES(number);
    hang_up(conn);

    /* Asked, and no answer. */
    conn = dial_asked("callback", signal_pause);
    error = resume_number(conn, "*");
    uncertain ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain check_end(RASCS_AuthCallback, ERROR_BAD_CALLBACK_NUMBER);
    hang_up(conn);

    conn = dial_asked("callback-must", signal_pause);
    error = resume_number(conn, "");
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain check_end(RASCS_AuthCallback, ERROR_BAD_CALLBACK_NUMBER);
    hang_up(conn);
}

static RASCONNSTATE hang_up_at;

static DWORD hangup_at_state(const struct notice *notice)
{
    if (notice->state != hang_up_at) return 1;
    pause_in_hook = pRasHangUpA(notice->conn);
    SetEvent(paused);
    return 1;
}

static void test_hangup_later(void)
{
    static const RASCONNSTATE states[] =
    {
        RASCS_AuthCallback, RASCS_PrepareForCallback, RASCS_WaitForModemReset, RASCS_WaitForCallback,
        RASCS_ReAuthenticate
    };
    HRASCONN conn;
    unsigned int i;
    DWORD error;

    for (i = 0; i < ARRAYSIZE(states); i++)
    {
        push_context("state %#x", states[i]);
        hang_up_at = states[i];
        conn = NULL;
        error = dial_number_callback("callback", 2, hangup_at_state, 0, "555", &conn);
        ok(!error, "got %lu.\n", error);
        wait_event(paused);
        ok(!pause_in_hook, "got %lu.\n", pause_in_hook);
        wait_gone(conn);
        check_end(states[i], ERROR_SUCCESS);
        pop_context();
    }
}

static void test_failures(void)
{
    static const struct
    {
        const char *account;
        const char *callback;
        RASCONNSTATE state;
        DWORD error;
    } tests[] =
    {
        {"callback", "*", RASCS_AuthCallback, ERROR_BAD_CALLBACK_NUMBER},
        {"callback-must", "", RASCS_AuthNotify, ERROR_BAD_CALLBACK_NUMBER},
        {"callback-never", "555", RASCS_WaitForCallback, ERROR_REQUEST_TIMEOUT},
    };
    HRASCONN conn = NULL;
    unsigned int i;
    DWORD error;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        push_context("%s, \"%s\"", tests[i].account, tests[i].callback);
        conn = NULL;
        error = dial_number_callback(tests[i].account, 2, NULL, 0, tests[i].callback, &conn);
        ok(!error, "got %lu.\n", error);
        wait_event(recorder.ended);
        uncertain check_end(tests[i].state, tests[i].error);
        ok(recorder.notices[recorder.count - 2].state == tests[i].state, "state %#x before the end.\n",
           recorder.notices[recorder.count - 2].state);
        hang_up(conn);
        pop_context();
    }

    /* Nobody there to be asked. */
    conn = NULL;
    error = dial_number_callback("callback", NOTIFIER_SYNC, NULL, RDEOPT_PausedStates, "*", &conn);
    uncertain ok(error == ERROR_BAD_CALLBACK_NUMBER, "synchronous: got %lu.\n", error);
    hang_up(conn);

    /* The server gives up first. */
    conn = dial_asked("callback-drop", signal_pause);
    wait_event(recorder.ended);
    uncertain check_end(RASCS_AuthCallback, ERROR_REMOTE_DISCONNECTION);
    error = resume_number(conn, "555");
    uncertain ok(error == ERROR_INVALID_HANDLE, "got %lu.\n", error);
    hang_up(conn);
}

START_TEST(paused_callback)
{
    if (!pausing_init()) return;
    test_accounts();
    test_synchronous();
    test_resume();
    check_pause_edges(RASCS_CallbackSetByCaller, dial_edge);
    test_hangup_later();
    test_failures();
    pausing_cleanup();
}
