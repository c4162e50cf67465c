/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * paused.c - RASCS_RetryAuthentication: RDEOPT_PausedStates, the resume by a second
 * RasDial, what is refused, and what else ends a pause.
 */
#include "dialing.h"

#include <stdlib.h>
#include <string.h>

#define GOOD_PASSWORD "open sesame"

static HANDLE paused; /* a paused notice came; its handler may not have returned yet */
static HANDLE go_on;  /* lets the handler return */
static DWORD in_hook; /* what a call inside the handler returned */

static DWORD resume_as(HRASCONN *conn, const char *password, DWORD size, DWORD type, void *notifier)
{
    RASDIALPARAMSA params = {.dwSize = size};

    strcpy(params.szUserName, "user");
    strcpy(params.szPassword, password);
    return pRasDialA(NULL, NULL, &params, type, notifier, conn);
}

static DWORD resume(HRASCONN conn, const char *password)
{
    HRASCONN handle = conn;
    DWORD error = resume_as(&handle, password, sizeof(RASDIALPARAMSA), 0, NULL);

    ok(handle == conn, "handle %p, expected %p.\n", handle, conn);
    return error;
}

static DWORD signal_pause(const struct notice *notice)
{
    if (notice->state & RASCS_PAUSED) SetEvent(paused);
    return 1;
}

static DWORD wait_in_pause(const struct notice *notice)
{
    if (!(notice->state & RASCS_PAUSED)) return 1;
    SetEvent(paused);
    WaitForSingleObject(go_on, WAIT_MS);
    return 1;
}

static DWORD resume_in_pause(const struct notice *notice)
{
    if (!(notice->state & RASCS_PAUSED)) return 1;
    in_hook = resume(notice->conn, GOOD_PASSWORD);
    SetEvent(paused);
    return 1;
}

static DWORD hangup_in_pause(const struct notice *notice)
{
    if (!(notice->state & RASCS_PAUSED)) return 1;
    in_hook = pRasHangUpA(notice->conn);
    SetEvent(paused);
    return 1;
}

/* Dial with the wrong password and wait for the pause. */
static HRASCONN dial_paused(const char *number, DWORD (*hook)(const struct notice *notice))
{
    HRASCONN conn = NULL;
    DWORD error;

    ResetEvent(paused);
    ResetEvent(go_on);
    error = dial_number_options(number, 2, hook, RDEOPT_PausedStates, &conn);
    ok(!error && conn, "%s: got %lu, handle %p.\n", number, error, conn);
    wait_event(paused);
    return conn;
}

static void check_states(const RASCONNSTATE *states, unsigned int count)
{
    unsigned int i;

    ok(recorder.count == count, "%u notices, expected %u.\n", recorder.count, count);
    for (i = 0; i < count && i < recorder.count; i++)
    {
        ok(recorder.notices[i].state == states[i], "%u: state %#x, expected %#x.\n", i, recorder.notices[i].state,
           states[i]);
        ok(!recorder.notices[i].error, "%u: error %lu.\n", i, recorder.notices[i].error);
    }
}
#define CHECK_STATES(states) check_states(states, ARRAYSIZE(states))

#define BEGINNING RASCS_OpenPort, RASCS_PortOpened, RASCS_ConnectDevice, RASCS_DeviceConnected, \
    RASCS_AllDevicesConnected, RASCS_Authenticate, RASCS_AuthNotify, RASCS_RetryAuthentication
#define END RASCS_AuthProject, RASCS_Authenticated, RASCS_Projected, RASCS_Connected

static void check_paused(HRASCONN conn)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    DWORD error = pRasGetConnectStatusA(conn, &status);

    ok(!error && status.rasconnstate == RASCS_RetryAuthentication, "got %lu, state %#x.\n", error,
       status.rasconnstate);
    uncertain ok(!status.dwError, "error %lu.\n", status.dwError);
}

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
    check_paused(conn);
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
    HRASCONN conn, handle;
    DWORD error;

    conn = dial_paused("retry", wait_in_pause);
    handle = conn;
    error = resume_as(&handle, GOOD_PASSWORD, 1, 0, NULL);
    ok(error == ERROR_INVALID_SIZE, "dwSize 1: got %lu.\n", error);
    handle = (HRASCONN)0x12345678;
    error = resume_as(&handle, GOOD_PASSWORD, sizeof(RASDIALPARAMSA), 0, NULL);
    uncertain ok(error == ERROR_INVALID_HANDLE, "wrong handle: got %lu.\n", error);
    check_paused(conn);
    /* From another thread, while the handler runs; a second one comes too late. */
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    error = resume(conn, "wrong");
    uncertain ok(error == ERROR_DIAL_ALREADY_IN_PROGRESS, "second: got %lu.\n", error);
    SetEvent(go_on);
    wait_event(recorder.ended);
    hang_up(conn);

    conn = dial_paused("retry", resume_in_pause);
    uncertain ok(in_hook == ERROR_DIAL_ALREADY_IN_PROGRESS, "in the handler: got %lu.\n", in_hook);
    check_paused(conn);
    recorder.hook = signal_pause;
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    hang_up(conn);
}

static void test_hangup(void)
{
    static const RASCONNSTATE in_handler[] = {BEGINNING};
    static const RASCONNSTATE outside[] = {BEGINNING, RASCS_Disconnected};
    HRASCONN conn;
    DWORD error;

    conn = dial_paused("retry", hangup_in_pause);
    ok(!in_hook, "got %lu.\n", in_hook);
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
    ok(recorder.notices[recorder.count - 1].state == RASCS_AuthNotify &&
           recorder.notices[recorder.count - 1].error == ERROR_AUTHENTICATION_FAILURE,
       "state %#x, error %lu.\n", recorder.notices[recorder.count - 1].state,
       recorder.notices[recorder.count - 1].error);
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
    if (!dialing_init()) return;
    paused = CreateEventA(NULL, FALSE, FALSE, NULL);
    go_on = CreateEventA(NULL, TRUE, FALSE, NULL);
    test_resume();
    test_wrong_resume();
    test_hangup();
    test_not_wanted();
    CloseHandle(paused);
    CloseHandle(go_on);
    dialing_cleanup();
}
