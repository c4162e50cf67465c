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

static DWORD resume_number_as(HRASCONN *conn, const char *number, DWORD size)
{
    RASDIALPARAMSA params = {.dwSize = size};

    strcpy(params.szUserName, "user");
    strcpy(params.szPassword, "password");
    strcpy(params.szCallbackNumber, number);
    return pRasDialA(NULL, NULL, &params, 0, NULL, conn);
}

static DWORD resume_number(HRASCONN conn, const char *number)
{
    HRASCONN handle = conn;
    DWORD error = resume_number_as(&handle, number, sizeof(RASDIALPARAMSA));

    ok(handle == conn, "handle %p, expected %p.\n", handle, conn);
    return error;
}

static HRASCONN dial_asked(const char *number, DWORD (*hook)(const struct notice *notice))
{
    HRASCONN conn = NULL;
    DWORD error;

    ResetEvent(paused);
    ResetEvent(pause_go_on);
    error = dial_number_callback(number, 2, hook, RDEOPT_PausedStates, "*", &conn);
    ok(!error && conn, "%s: got %lu, handle %p.\n", number, error, conn);
    wait_event(paused);
    return conn;
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
    HRASCONN conn, handle;
    DWORD error;

    conn = dial_asked("callback", signal_pause);
    check_paused(conn, RASCS_CallbackSetByCaller);
    error = resume_number(conn, "555 1234");
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    CHECK_STATES(number);
    error = resume_number(conn, "555");
    uncertain ok(error == ERROR_INVALID_PARAMETER, "connected: got %lu.\n", error);
    hang_up(conn);

    conn = dial_asked("callback", signal_pause);
    error = resume_number(conn, "");
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    CHECK_STATES(none);
    hang_up(conn);

    conn = dial_asked("callback", wait_in_pause);
    handle = conn;
    error = resume_number_as(&handle, "555", 1);
    ok(error == ERROR_INVALID_SIZE, "dwSize 1: got %lu.\n", error);
    handle = (HRASCONN)0x12345678;
    error = resume_number_as(&handle, "555", sizeof(RASDIALPARAMSA));
    uncertain ok(error == ERROR_INVALID_HANDLE, "wrong handle: got %lu.\n", error);
    /* The user may type another one. */
    error = resume_number(conn, "555;1");
    uncertain ok(error == ERROR_INVALID_CALLBACK_NUMBER, "bad number: got %lu.\n", error);
    check_paused(conn, RASCS_CallbackSetByCaller);
    error = resume_number(conn, "555");
    ok(!error, "got %lu.\n", error);
    error = resume_number(conn, "556");
    uncertain ok(error == ERROR_DIAL_ALREADY_IN_PROGRESS, "second: got %lu.\n", error);
    SetEvent(pause_go_on);
    wait_event(recorder.ended);
    CHECK_STATES(number);
    hang_up(conn);

    conn = dial_asked("callback", resume_in_pause);
    uncertain ok(pause_in_hook == ERROR_DIAL_ALREADY_IN_PROGRESS, "in the handler: got %lu.\n", pause_in_hook);
    check_paused(conn, RASCS_CallbackSetByCaller);
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

static void test_hangup(void)
{
    static const RASCONNSTATE in_handler[] = {ASKED};
    static const RASCONNSTATE outside[] = {ASKED, RASCS_Disconnected};
    HRASCONN conn;
    DWORD error;

    conn = dial_asked("callback", hangup_in_pause);
    ok(!pause_in_hook, "got %lu.\n", pause_in_hook);
    wait_gone(conn);
    CHECK_STATES(in_handler);
    error = resume_number(conn, "555");
    uncertain ok(error == ERROR_INVALID_HANDLE, "hung up: got %lu.\n", error);

    conn = dial_asked("callback", signal_pause);
    hang_up(conn);
    wait_event(recorder.ended);
    uncertain CHECK_STATES(outside);
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
    test_hangup();
    test_hangup_later();
    test_failures();
    pausing_cleanup();
}
