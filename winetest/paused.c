/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * paused.c - RASCS_RetryAuthentication: RDEOPT_PausedStates, the resume by a second
 * RasDial, what is refused, and what else ends a pause.
 */
#include "pausing.h"

#include <stdlib.h>
#include <string.h>

#define BEGINNING UNTIL_AUTH_NOTIFY, RASCS_RetryAuthentication
#define END UNTIL_CONNECTED

static void test_resume(void)
{
    static const RASCONNSTATE same_link[] = {BEGINNING, RASCS_AuthRetry, RASCS_AuthNotify, END};
    static const RASCONNSTATE two_rounds[] =
    {
        BEGINNING, RASCS_AuthRetry, RASCS_AuthNotify, RASCS_RetryAuthentication, RASCS_AuthRetry, RASCS_AuthNotify, END
    };
    static const RASCONNSTATE redial[] =
    {
        BEGINNING, RASCS_AuthRetry, RASCS_ConnectDevice, RASCS_DeviceConnected, RASCS_AllDevicesConnected,
        RASCS_Authenticate, RASCS_AuthNotify, END
    };
    HRASCONN conn;
    DWORD error;

    conn = dial_paused("retry", signal_pause);
    check_paused(conn, RASCS_RetryAuthentication);
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    CHECK_STATES(same_link);
    error = resume(conn, GOOD_PASSWORD);
    uncertain ok(error == ERROR_INVALID_PARAMETER, "connected: got %lu.\n", error);
    wait_state(conn, RASCS_Connected);
    hang_up(conn);
    error = resume(conn, GOOD_PASSWORD);
    uncertain ok(error == ERROR_INVALID_HANDLE, "hung up: got %lu.\n", error);

    conn = dial_paused("retry", signal_pause);
    ResetEvent(paused);
    error = resume(conn, "wrong again");
    ok(!error, "got %lu.\n", error);
    wait_event(paused);
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    CHECK_STATES(two_rounds);
    hang_up(conn);

    conn = dial_paused("retry-redial", signal_pause);
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    CHECK_STATES(redial);
    hang_up(conn);
}

static void test_wrong_resume(void)
{
    static const DWORD kinds[] = {0, 1, 2, NOTIFIER_WINDOW};
    HRASCONN conn, handle;
    unsigned int i;
    DWORD error;

    conn = dial_paused("retry", wait_in_pause);
    handle = conn;
    error = resume_as(&handle, GOOD_PASSWORD, 1, 0, NULL);
    ok(error == ERROR_INVALID_SIZE, "dwSize 1: got %lu.\n", error);
    handle = (HRASCONN)0x12345678;
    error = resume_as(&handle, GOOD_PASSWORD, sizeof(RASDIALPARAMSA), 0, NULL);
    uncertain ok(error == ERROR_INVALID_HANDLE, "wrong handle: got %lu.\n", error);
    check_paused(conn, RASCS_RetryAuthentication);
    /* From another thread, while the handler runs; a second one comes too late. */
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    error = resume(conn, "wrong");
    uncertain ok(error == ERROR_DIAL_ALREADY_IN_PROGRESS, "second: got %lu.\n", error);
    SetEvent(pause_go_on);
    wait_event(recorder.ended);
    hang_up(conn);

    for (i = 0; i < ARRAYSIZE(kinds); i++)
    {
        push_context("notifier %#lx", kinds[i]);
        conn = dial_paused_by(kinds[i], "retry", resume_in_pause);
        uncertain ok(pause_in_hook == ERROR_DIAL_ALREADY_IN_PROGRESS, "in the handler: got %lu.\n", pause_in_hook);
        check_paused(conn, RASCS_RetryAuthentication);
        recorder.hook = signal_pause;
        error = resume(conn, GOOD_PASSWORD);
        ok(!error, "got %lu.\n", error);
        wait_event(recorder.ended);
        check_end(RASCS_Connected, ERROR_SUCCESS);
        hang_up(conn);
        pop_context();
    }
}

/* Another notifier, or none: the first one stays, and the call does not wait. */
static void test_other_notifier(void)
{
    static const RASCONNSTATE good[] = {BEGINNING, RASCS_AuthRetry, RASCS_AuthNotify, END};
    HRASCONN conn, handle;
    unsigned int i;
    DWORD error;

    for (i = 0; i < 2; i++)
    {
        handle = conn = dial_paused("retry", signal_pause);
        error = resume_as(&handle, GOOD_PASSWORD, sizeof(RASDIALPARAMSA), NOTIFIER_WINDOW, i ? NULL : recorder.window);
        uncertain ok(!error, "%u: got %lu.\n", i, error);
        ok(handle == conn, "%u: handle %p, expected %p.\n", i, handle, conn);
        wait_event(recorder.ended);
        uncertain CHECK_STATES(good);
        ok(recorder.notices[recorder.count - 1].conn == conn, "%u: the window got the notice.\n", i);
        hang_up(conn);
    }
}

static void test_other_process(void)
{
    char argument[32];
    HRASCONN conn;
    DWORD code;

    conn = dial_paused("retry", signal_pause);
    snprintf(argument, sizeof(argument), "%lu", (unsigned long)(ULONG_PTR)conn);
    code = run_child("paused", argument);
    uncertain ok(code == ERROR_INVALID_HANDLE, "another process: got %lu.\n", code);
    check_paused(conn, RASCS_RetryAuthentication);
    code = resume(conn, GOOD_PASSWORD);
    ok(!code, "got %lu.\n", code);
    wait_event(recorder.ended);
    hang_up(conn);

    /* One that ends while its dial is paused. */
    code = run_child("paused", "leave");
    ok(code && code != ~0u, "no dial of another process.\n");
    wait_gone((HRASCONN)(ULONG_PTR)code);
}

/* In the child: resume what the parent has dialled, or dial and leave. */
static DWORD run_as_child(const char *argument)
{
    DWORD handle;

    if (strcmp(argument, "leave")) return resume((HRASCONN)(ULONG_PTR)strtoul(argument, NULL, 10), GOOD_PASSWORD);
    handle = (DWORD)(ULONG_PTR)dial_paused("retry", signal_pause);
    /* wineserver (8.0) may keep a socket until its own end when the program ends inside a send: let
     * the notice be acknowledged, of which nothing tells. */
    Sleep(200);
    return handle;
}

static void test_hangup(void)
{
    static const RASCONNSTATE in_handler[] = {BEGINNING};
    static const RASCONNSTATE outside[] = {BEGINNING, RASCS_Disconnected};
    HRASCONN conn;
    DWORD error;

    conn = dial_paused("retry", hangup_in_pause);
    ok(!pause_in_hook, "got %lu.\n", pause_in_hook);
    wait_gone(conn);
    CHECK_STATES(in_handler);
    error = resume(conn, GOOD_PASSWORD);
    uncertain ok(error == ERROR_INVALID_HANDLE, "hung up: got %lu.\n", error);

    conn = dial_paused("retry-drop", signal_pause);
    hang_up(conn);
    wait_event(recorder.ended);
    uncertain CHECK_STATES(outside);
}

/* Without the flag, and where nobody could resume, the refusal is the end. */
static void test_not_wanted(void)
{
    HRASCONN conn = NULL;
    DWORD error;

    error = dial_number_options("retry", 2, NULL, 0, &conn);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    check_end(RASCS_AuthNotify, ERROR_AUTHENTICATION_FAILURE);
    error = resume(conn, GOOD_PASSWORD);
    uncertain ok(error == ERROR_INVALID_HANDLE, "failed: got %lu.\n", error);
    hang_up(conn);

    conn = NULL;
    error = dial_number_options("retry", NOTIFIER_SYNC, NULL, RDEOPT_PausedStates, &conn);
    uncertain ok(error == ERROR_AUTHENTICATION_FAILURE, "synchronous: got %lu.\n", error);
    if (conn) hang_up(conn);
}

START_TEST(paused)
{
    if (!pausing_init()) return;
    if (test_argc) ExitProcess(run_as_child(test_argv[0]));
    test_resume();
    test_wrong_resume();
    test_other_notifier();
    test_other_process();
    test_hangup();
    test_not_wanted();
    pausing_cleanup();
}
