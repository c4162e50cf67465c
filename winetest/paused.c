/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * paused.c - RASCS_RetryAuthentication: RDEOPT_PausedStates, the resume by a second
 * RasDial, what is refused, and what else ends a pause.
 */
#include "pausing.h"

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
    uncertain CHECK_STATES(same_link);
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
    uncertain CHECK_STATES(two_rounds);
    hang_up(conn);

    conn = dial_paused("retry-redial", signal_pause);
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain CHECK_STATES(redial);
    hang_up(conn);
}

static HRASCONN dial_refused(DWORD notifier_type, DWORD (*hook)(const struct notice *notice))
{
    return dial_paused_by(notifier_type, "retry", hook);
}

/* The peer hangs up while the user thinks, and so does the user. */
static void test_dropped(void)
{
    static const RASCONNSTATE outside[] = {BEGINNING, RASCS_Disconnected};
    HRASCONN conn;

    conn = dial_paused("retry-drop", signal_pause);
    hang_up(conn);
    wait_event(recorder.ended);
    uncertain CHECK_STATES(outside);
}

/* Another program that ends while its dial is paused. */
static void test_program_ends(void)
{
    DWORD code = run_child("paused", "leave");

    ok(code && code != ~0u, "no dial of another process.\n");
    wait_gone((HRASCONN)(ULONG_PTR)code);
}

/* Without the flag, and where nobody could resume, the refusal is the end. */
static void test_not_wanted(void)
{
    HRASCONN conn = NULL;
    DWORD error;

    error = dial_number_options("retry", 2, NULL, 0, &conn);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain check_end(RASCS_AuthNotify, ERROR_AUTHENTICATION_FAILURE);
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
    if (test_argc) ExitProcess(pause_child(test_argv[0]));
    test_resume();
    check_pause_edges(RASCS_RetryAuthentication, dial_refused);
    test_dropped();
    test_program_ends();
    test_not_wanted();
    pausing_cleanup();
}
