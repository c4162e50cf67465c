/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial.c - RasDial and RasHangUp: parameters, the states of success and of each
 * failure by every kind of notifier, and what real programs rely on (D1 to D10).
 */
#include "dialing.h"

#include <stdlib.h>
#include <string.h>

static const RASCONNSTATE up_states[] =
{
    RASCS_OpenPort, RASCS_PortOpened, RASCS_ConnectDevice, RASCS_DeviceConnected, RASCS_AllDevicesConnected,
    RASCS_Authenticate, RASCS_AuthNotify, RASCS_AuthProject, RASCS_Authenticated, RASCS_Projected, RASCS_Connected,
};

static const struct failure
{
    const char *number;
    DWORD error;
    RASCONNSTATE state;
} failures[] =
{
    {"port-busy", ERROR_PORT_NOT_AVAILABLE, RASCS_OpenPort},
    {"busy", ERROR_LINE_BUSY, RASCS_ConnectDevice},
    {"voice", ERROR_VOICE_ANSWER, RASCS_ConnectDevice},
    {"no-answer", ERROR_NO_ANSWER, RASCS_ConnectDevice},
    {"no-carrier", ERROR_NO_CARRIER, RASCS_ConnectDevice},
    {"no-dialtone", ERROR_NO_DIALTONE, RASCS_ConnectDevice},
    {"bad-auth", ERROR_AUTHENTICATION_FAILURE, RASCS_AuthNotify},
    {"hours", ERROR_RESTRICTED_LOGON_HOURS, RASCS_AuthNotify},
    {"account-disabled", ERROR_ACCT_DISABLED, RASCS_AuthNotify},
    {"password-expired", ERROR_PASSWD_EXPIRED, RASCS_AuthNotify},
    {"no-permission", ERROR_NO_DIALIN_PERMISSION, RASCS_AuthNotify},
};

static const DWORD notifiers[] = {0, 1, 2, NOTIFIER_WINDOW};

/* ---- parameters --------------------------------------------------------------- */

static void test_parameters(void)
{
    static const DWORD bad_sizes[] = {0, 4, 1051, 1053, 0xffffffff};
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    HRASCONN conn = NULL;
    unsigned int i;
    DWORD error;

    error = pRasDialA(NULL, NULL, NULL, 0, NULL, &conn);
    ok_error(RasDialA, error, ERROR_INVALID_PARAMETER, "no params");
    strcpy(params.szPhoneNumber, "ok");
    error = pRasDialA(NULL, NULL, &params, 0, NULL, NULL);
    ok_error(RasDialA, error, ERROR_INVALID_PARAMETER, "no handle");
    error = pRasDialA(NULL, NULL, &params, 3, (void *)1, &conn);
    uncertain ok_error(RasDialA, error, ERROR_INVALID_PARAMETER, "notifier 3");
    for (i = 0; i < ARRAYSIZE(bad_sizes); i++)
    {
        params.dwSize = bad_sizes[i];
        conn = (HRASCONN)(ULONG_PTR)0x55;
        error = pRasDialA(NULL, NULL, &params, 0, NULL, &conn);
        ok(error == ERROR_INVALID_SIZE, "size %lu: got %lu.\n", bad_sizes[i], error);
        ok(conn == (HRASCONN)(ULONG_PTR)0x55, "size %lu: handle %p.\n", bad_sizes[i], conn);
    }
    params.dwSize = sizeof(params);
    error = pRasDialA(NULL, NULL, &params, 0, NULL, &conn);
    uncertain ok_error(RasDialA, error, ERROR_INVALID_HANDLE, "handle never given");
    conn = NULL;
    params.szPhoneNumber[0] = 0;
    error = pRasDialA(NULL, NULL, &params, 0, NULL, &conn);
    uncertain ok_error(RasDialA, error, ERROR_BAD_PHONE_NUMBER, "nothing to dial");
    strcpy(params.szEntryName, "no entry of this name");
    error = pRasDialA(NULL, "C:\\no such folder\\no.pbk", &params, 0, NULL, &conn);
    ok_error(RasDialA, error, ERROR_CANNOT_OPEN_PHONEBOOK, "no phone book");
    error = pRasDialA(NULL, NULL, &params, 0, NULL, &conn);
    ok_error(RasDialA, error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, "no entry");
    ok(!conn, "handle %p.\n", conn);
}

/* Arrays without their NUL are as long as they are. */
static void test_unterminated(void)
{
    RASDIALPARAMSA params;
    HRASCONN conn = NULL;
    DWORD error;

    memset(&params, 'x', sizeof(params));
    /* Others are no callback number. */
    memset(params.szCallbackNumber, '1', sizeof(params.szCallbackNumber));
    params.dwSize = sizeof(params);
    error = pRasDialA(NULL, NULL, &params, 0, NULL, &conn);
    ok_error(RasDialA, error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    params.szEntryName[0] = 0;
    error = pRasDialA(NULL, NULL, &params, 0, NULL, &conn);
    ok_error(RasDialA, error, ERROR_NO_ANSWER);
    ok(conn != NULL, "no handle.\n");
    if (conn) hang_up(conn);
}

/* Each edition of the structures dials. */
static void test_editions(void)
{
    static const DWORD wide = sizeof(void *) == 8;
    const DWORD sizes_a[] = {1052, wide ? 1064 : 1060, wide ? 1068 : 1064, wide ? 1076 : 1068};
    const DWORD sizes_w[] = {2096, wide ? 2108 : 2104, wide ? 2112 : 2108, wide ? 2120 : 2112};
    const DWORD sizes_ext[] = {wide ? 24 : 16, wide ? 44 : 28, wide ? 60 : 40};
    RASDIALEXTENSIONS ext = {0};
    RASDIALPARAMSA params = {0};
    RASDIALPARAMSW params_w = {0};
    HRASCONN conn;
    unsigned int i;
    DWORD error;

    strcpy(params.szPhoneNumber, "busy");
    for (i = 0; i < ARRAYSIZE(sizes_a); i++)
    {
        conn = NULL;
        params.dwSize = sizes_a[i];
        error = pRasDialA(NULL, NULL, &params, 0, NULL, &conn);
        ok(error == ERROR_LINE_BUSY, "A, size %lu: got %lu.\n", sizes_a[i], error);
        if (conn) hang_up(conn);
    }
    lstrcpyW(params_w.szPhoneNumber, L"busy");
    for (i = 0; i < ARRAYSIZE(sizes_w); i++)
    {
        conn = NULL;
        params_w.dwSize = sizes_w[i];
        error = pRasDialW(NULL, NULL, &params_w, 0, NULL, &conn);
        ok(error == ERROR_LINE_BUSY, "W, size %lu: got %lu.\n", sizes_w[i], error);
        if (conn) hang_up(conn);
    }
    for (i = 0; i < ARRAYSIZE(sizes_ext); i++)
    {
        conn = NULL;
        ext.dwSize = sizes_ext[i];
        error = pRasDialW(&ext, NULL, &params_w, 0, NULL, &conn);
        ok(error == ERROR_LINE_BUSY, "extensions, size %lu: got %lu.\n", sizes_ext[i], error);
        if (conn) hang_up(conn);
    }
}

/* What is too long or no text at all is nobody's phone book, number or entry. */
static void test_overlong(void)
{
    static WCHAR path[0x8000];
    RASDIALPARAMSW params = {.dwSize = sizeof(params)};
    HRASCONN conn = NULL;
    unsigned int i;
    DWORD error;

    lstrcpyW(path, L"C:\\");
    for (i = 3; i < ARRAYSIZE(path) - 1; i++) path[i] = 'x';
    lstrcpyW(params.szEntryName, L"entry");
    error = pRasDialW(NULL, path, &params, 0, NULL, &conn);
    ok(error == ERROR_CANNOT_OPEN_PHONEBOOK && !conn, "phone book: got %lu, handle %p.\n", error, conn);
    for (i = 0; i < RAS_MaxEntryName; i++) params.szEntryName[i] = 0xd800; /* half a character each */
    error = pRasDialW(NULL, NULL, &params, 0, NULL, &conn);
    ok(error && !conn, "entry: got %lu, handle %p.\n", error, conn);
    if (conn) hang_up(conn);
}

/* ---- states -------------------------------------------------------------------- */

static void check_notice(unsigned int i, DWORD type, HRASCONN conn, RASCONNSTATE state, DWORD error)
{
    const struct notice *notice = &recorder.notices[i];

    if (i >= recorder.count) return;
    uncertain ok(notice->state == state, "notice %u: state %#x, expected %#x.\n", i, notice->state, state);
    ok(notice->error == error, "notice %u: error %lu.\n", i, notice->error);
    ok(!notice->ext_error, "notice %u: extended error %lu.\n", i, notice->ext_error);
    if (type != NOTIFIER_WINDOW) ok(notice->msg == WM_RASDIALEVENT, "notice %u: message %#x.\n", i, notice->msg);
    if (type == 1 || type == 2) ok(notice->conn == conn, "notice %u: handle %p.\n", i, notice->conn);
    if (type != 2) return;
    ok(notice->id == (ULONG_PTR)0x123456789abcull, "notice %u: id %p.\n", i, (void *)notice->id);
    uncertain ok(notice->sub_entry == 1, "notice %u: subentry %lu.\n", i, notice->sub_entry);
}

static void test_success(DWORD type)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    HRASCONN conn = NULL;
    unsigned int i;
    DWORD error;
    BOOL found;

    error = dial_number("ok", type, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    ok(conn && conn != INVALID_HANDLE_VALUE, "handle %p.\n", conn);
    uncertain ok((ULONG_PTR)conn == (DWORD)(ULONG_PTR)conn, "no handle of a 32-bit process: %p.\n", conn);
    if (type != NOTIFIER_SYNC)
    {
        wait_event(recorder.ended);
        for (i = 0; i < ARRAYSIZE(up_states); i++) check_notice(i, type, conn, up_states[i], 0);
    }
    error = pRasGetConnectStatusA(conn, &status);
    ok_error(RasGetConnectStatusA, error, ERROR_SUCCESS, "status");
    ok(status.rasconnstate == RASCS_Connected && !status.dwError, "status: state %#x, error %lu.\n",
       status.rasconnstate,
       status.dwError);
    count_connections(conn, &found);
    ok(found, "not among the connections.\n");
    hang_up(conn);
    count_connections(conn, &found);
    ok(!found, "still among the connections.\n");
    if (type != NOTIFIER_SYNC) uncertain ok(recorder.count == ARRAYSIZE(up_states), "%u notices.\n", recorder.count);
}

static void test_failure(const struct failure *failure, DWORD type)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    HRASCONN conn = NULL;
    unsigned int i = 0;
    DWORD error;

    push_context("%s, notifier %#lx", failure->number, type);
    error = dial_number(failure->number, type, NULL, &conn);
    ok(error == (type == NOTIFIER_SYNC ? failure->error : 0), "got %lu.\n", error);
    ok(conn != NULL, "no handle.\n");
    if (type != NOTIFIER_SYNC)
    {
        wait_event(recorder.ended);
        for (; up_states[i] != failure->state; i++) check_notice(i, type, conn, up_states[i], 0);
        check_notice(i++, type, conn, failure->state, 0);
        check_notice(i++, type, conn, failure->state, failure->error);
    }
    error = pRasGetConnectStatusA(conn, &status);
    ok_error(RasGetConnectStatusA, error, ERROR_SUCCESS, "status");
    uncertain ok(status.rasconnstate == RASCS_Disconnected, "status: state %#x.\n", status.rasconnstate);
    ok(status.dwError == failure->error, "status: error %lu.\n", status.dwError);
    hang_up(conn);
    if (type != NOTIFIER_SYNC) uncertain ok(recorder.count == i, "%u notices, expected %u.\n", recorder.count, i);
    pop_context();
}

/* ---- what programs rely on ------------------------------------------------------- */

static HANDLE dial_returned;
static DWORD hook_result;

static DWORD wait_for_dial(const struct notice *notice)
{
    (void)notice;
    hook_result = WaitForSingleObject(dial_returned, WAIT_MS);
    return 1;
}

/* RasDial returns although the handler of the first notice has not. */
static void test_d1_returns_first(void)
{
    HRASCONN conn = NULL;
    DWORD error;

    dial_returned = CreateEventA(NULL, TRUE, FALSE, NULL);
    hook_result = ~0u;
    error = dial_number("busy", 2, wait_for_dial, &conn);
    SetEvent(dial_returned);
    ok(!error && conn, "got %lu, handle %p.\n", error, conn);
    wait_event(recorder.ended);
    ok(!hook_result, "the handler waited in vain, %lu.\n", hook_result);
    hang_up(conn);
    CloseHandle(dial_returned);
}

static DWORD find_myself(const struct notice *notice)
{
    BOOL found;

    if (notice->state != RASCS_Connected) return 1;
    count_connections(notice->conn, &found);
    hook_result = found;
    return 1;
}

/* At Connected the handle is among the connections. */
static void test_d2_listed(void)
{
    HRASCONN conn = NULL;

    hook_result = 0;
    dial_number("ok", 1, find_myself, &conn);
    wait_event(recorder.ended);
    ok(hook_result, "not found in the handler.\n");
    hang_up(conn);
}

static HRASCONN hook_conn;
static RASCONNSTATE hang_up_state;
static BOOL hang_up_error;
static HANDLE hook_done;

static DWORD hang_up_inside(const struct notice *notice)
{
    if (notice->state != hang_up_state || (hang_up_error && !notice->error)) return 1;
    WaitForSingleObject(dial_returned, WAIT_MS);
    hook_result = pRasHangUpA(hook_conn);
    SetEvent(hook_done);
    return 1;
}

/* RasHangUp in the handler, or in the window procedure. */
static void test_d3_hang_up_inside(const char *number, DWORD type, RASCONNSTATE state, BOOL at_error)
{
    unsigned int count;

    push_context("%s, notifier %#lx, state %#x", number, type, state);
    dial_returned = CreateEventA(NULL, TRUE, FALSE, NULL);
    hook_done = CreateEventA(NULL, TRUE, FALSE, NULL);
    hang_up_state = state;
    hang_up_error = at_error;
    hook_result = ~0u;
    hook_conn = NULL;
    ok(!dial_number(number, type, hang_up_inside, &hook_conn), "cannot dial.\n");
    SetEvent(dial_returned);
    wait_event(hook_done);
    if (at_error || (state & RASCS_DONE)) wait_event(recorder.ended); /* set behind the hook */
    ok(!hook_result, "RasHangUp: got %lu.\n", hook_result);
    count = recorder.count;
    wait_gone(hook_conn);
    ok(recorder.count == count, "%u notices after RasHangUp.\n", recorder.count - count);
    CloseHandle(hook_done);
    CloseHandle(dial_returned);
    pop_context();
}

static HANDLE disconnected;

static DWORD wait_disconnected(const struct notice *notice)
{
    if (notice->state != RASCS_Connected) return 0xdead0000; /* garbage, as of a void function */
    SetEvent(dial_returned);
    hook_result = WaitForSingleObject(disconnected, WAIT_MS);
    return 0;
}

/* The handler blocks until the connection ends; what it returns is garbage. */
static void test_d4_blocking_handler(void)
{
    HRASCONN conn = NULL;
    DWORD error;

    dial_returned = CreateEventA(NULL, TRUE, FALSE, NULL);
    disconnected = CreateEventA(NULL, FALSE, FALSE, NULL);
    hook_result = ~0u;
    dial_number("ok", 2, wait_disconnected, &conn);
    wait_event(dial_returned);
    error = pRasConnectionNotificationA(conn, disconnected, RASCN_Disconnection);
    ok_error(RasConnectionNotificationA, error, ERROR_SUCCESS);
    hang_up(conn);
    wait_event(recorder.ended);
    ok(!hook_result, "got %lu.\n", hook_result);
    CloseHandle(disconnected);
    CloseHandle(dial_returned);
}

/* The handle is stored also when RasDial fails, and can be hung up. */
static void test_d5_handle_of_failure(DWORD type)
{
    HRASCONN conn = NULL;
    DWORD error;

    error = dial_number("busy", type, NULL, &conn);
    ok(error == (type == NOTIFIER_SYNC ? ERROR_LINE_BUSY : 0), "got %lu.\n", error);
    ok(conn != NULL, "no handle.\n");
    if (type != NOTIFIER_SYNC) wait_event(recorder.ended);
    error = pRasHangUpA(conn);
    ok_error(RasHangUpA, error, ERROR_SUCCESS, "RasHangUp");
    wait_gone(conn);
}

/* After RasHangUp the status is soon 6, whatever the connection was doing, and stays so. */
static void test_d6_status_after_hang_up(void)
{
    static const char *const numbers[] = {"ok", "busy", "slow"};
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    HRASCONN conn;
    unsigned int i;
    DWORD error;

    for (i = 0; i < ARRAYSIZE(numbers); i++)
    {
        push_context("%s", numbers[i]);
        conn = NULL;
        ok(!dial_number(numbers[i], 2, NULL, &conn), "cannot dial.\n");
        wait_state(conn, i == 0 ? RASCS_Connected : i == 1 ? RASCS_Disconnected : RASCS_ConnectDevice);
        hang_up(conn); /* waits for the 6 */
        wait_event(recorder.ended);
        error = pRasGetConnectStatusA(conn, &status);
        ok_error(RasGetConnectStatusA, error, ERROR_INVALID_HANDLE, "again");
        pop_context();
    }
}

/* A second RasHangUp. */
static void test_d7_hang_up_again(void)
{
    HRASCONN conn = NULL;
    DWORD error;

    error = pRasHangUpA(NULL);
    ok_error(RasHangUpA, error, ERROR_INVALID_HANDLE, "NULL");
    error = pRasHangUpA(INVALID_HANDLE_VALUE);
    ok_error(RasHangUpA, error, ERROR_INVALID_HANDLE, "-1");
    error = pRasHangUpA((HRASCONN)(ULONG_PTR)0x77);
    ok_error(RasHangUpA, error, ERROR_INVALID_HANDLE, "never given");
    error = dial_number("ok", NOTIFIER_SYNC, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    hang_up(conn);
    error = pRasHangUpA(conn);
    uncertain ok_error(RasHangUpA, error, ERROR_NO_CONNECTION, "again");
    error = pRasHangUpW(conn);
    uncertain ok_error(RasHangUpW, error, ERROR_NO_CONNECTION, "and again");
}

/* The dialling process ends while connected, another lists and hangs up; and one that ends
 * while it dials. */
static void test_d8_processes(void)
{
    RASCONNA conns[4];
    DWORD size = sizeof(conns), count = 0, start, error;
    HRASCONN conn = NULL;

    ok(!run_child("dial", "stay"), "the child failed.\n");
    conns[0].dwSize = sizeof(conns[0]);
    error = pRasEnumConnectionsA(conns, &size, &count);
    ok(!error && count == 1, "got %lu, %lu connections.\n", error, count);
    if (count == 1)
    {
        uncertain ok(!strcmp(conns[0].szEntryName, ".ok"), "entry %s.\n", conns[0].szEntryName);
        hang_up(conns[0].hrasconn);
    }
    ok(!count_connections(NULL, NULL), "there are connections.\n");
    ok(!run_child("dial", "leave"), "the child failed.\n");
    /* Its attempt is given up: the same can be dialled again. */
    start = GetTickCount();
    while ((error = dial_number("slow", 2, NULL, &conn)) && GetTickCount() - start < WAIT_MS) Sleep(1);
    ok(!error, "got %lu.\n", error);
    if (error) return;
    hang_up(conn);
    wait_event(recorder.ended);
}

/* What is being dialled, again; and resumes that are wrong. */
static void test_d10_dialing_already(void)
{
    HRASCONN conn = NULL, second = NULL;
    DWORD error;
    BOOL found;

    error = dial_number("slow", 2, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    wait_state(conn, RASCS_ConnectDevice);
    count_connections(conn, &found);
    uncertain ok(!found, "among the connections before it is one.\n");
    error = dial_number("slow", 2, NULL, &second);
    ok(error == ERROR_DIAL_ALREADY_IN_PROGRESS, "got %lu.\n", error);
    ok(!second, "handle %p.\n", second);
    second = conn;
    error = dial_number("slow", 2, NULL, &second);
    uncertain ok(error == ERROR_DIAL_ALREADY_IN_PROGRESS, "resume: got %lu.\n", error);
    hang_up(conn);
    wait_event(recorder.ended);
}

static DWORD tell_connect_device(const struct notice *notice)
{
    if (notice->state == RASCS_ConnectDevice) SetEvent(hook_done);
    return 1;
}

/* RasHangUp from outside while dialling: one Disconnected. */
static void test_cancel(DWORD type)
{
    HRASCONN conn = NULL;

    hook_done = CreateEventA(NULL, TRUE, FALSE, NULL);
    dial_number("slow", type, tell_connect_device, &conn);
    wait_event(hook_done);
    hang_up(conn);
    wait_event(recorder.ended);
    uncertain ok(recorder.count == 4 && recorder.notices[3].state == RASCS_Disconnected && !recorder.notices[3].error,
                 "%u notices, state %#x, error %lu.\n", recorder.count, recorder.notices[3].state,
                 recorder.notices[3].error);
    CloseHandle(hook_done);
}

static void test_twice(void)
{
    HRASCONN first = NULL, second = NULL;
    DWORD error;

    ok(!dial_number("ok", NOTIFIER_SYNC, NULL, &first), "cannot dial.\n");
    error = dial_number("ok", 2, NULL, &second);
    ok(!error, "got %lu.\n", error);
    uncertain ok(first == second, "handles %p and %p.\n", first, second);
    wait_event(recorder.ended);
    uncertain ok(recorder.count == 1 && recorder.notices[0].state == RASCS_Connected, "%u notices.\n", recorder.count);
    error = dial_number("ok", NOTIFIER_SYNC, NULL, &second);
    uncertain ok(error == ERROR_INVALID_PARAMETER, "resume of a connected one: got %lu.\n", error);
    ok(!pRasHangUpA(first), "first RasHangUp.\n");
    wait_state(second, RASCS_Connected);
    hang_up(second);
}

/* A process that never dialled ends the connection, whatever others hold of it. */
static void test_hang_up_of_other(void)
{
    HRASCONN conn = NULL, second = NULL;
    char argument[32];

    ok(!dial_number("ok", NOTIFIER_SYNC, NULL, &conn), "cannot dial.\n");
    ok(!dial_number("ok", NOTIFIER_SYNC, NULL, &second), "cannot dial.\n");
    snprintf(argument, sizeof(argument), "hang-up %lu", (DWORD)(ULONG_PTR)conn);
    ok(!run_child("dial", argument), "the child failed.\n");
    uncertain wait_gone(conn);
    pRasHangUpA(conn);
    pRasHangUpA(conn);
}

static DWORD stop_at_once(const struct notice *notice)
{
    (void)notice;
    return 0;
}

/* Zero from RasDialFunc2 ends the notices, not the dial. */
static void test_no_more_notices(void)
{
    HRASCONN conn = NULL;

    ok(!dial_number("ok", 2, stop_at_once, &conn), "cannot dial.\n");
    wait_state(conn, RASCS_Connected);
    ok(recorder.count == 1, "%u notices.\n", recorder.count);
    hang_up(conn);
    ok(recorder.count == 1, "%u notices.\n", recorder.count);
}

static DWORD return_2(const struct notice *notice)
{
    (void)notice;
    return 2;
}

/* 2 means no more than 1. */
static void test_return_2(void)
{
    HRASCONN conn = NULL;

    ok(!dial_number("ok", 2, return_2, &conn), "cannot dial.\n");
    wait_event(recorder.ended);
    uncertain ok(recorder.count == ARRAYSIZE(up_states), "%u notices.\n", recorder.count);
    hang_up(conn);
}

static DWORD hook_thread, hook_threads; /* the first one, and how often there was another */
static BOOL hook_sent;

static DWORD note_thread(const struct notice *notice)
{
    (void)notice;
    if (!hook_thread) hook_thread = GetCurrentThreadId();
    hook_threads += hook_thread != GetCurrentThreadId();
    hook_sent = hook_sent && InSendMessage();
    return 1;
}

/* One thread of our process, which is not the caller's; windows are sent their messages. */
static void test_threads(DWORD type)
{
    HRASCONN conn = NULL;

    push_context("notifier %#lx", type);
    hook_thread = hook_threads = 0;
    hook_sent = TRUE;
    ok(!dial_number("ok", type, note_thread, &conn), "cannot dial.\n");
    wait_event(recorder.ended);
    if (type == NOTIFIER_WINDOW)
        uncertain ok(hook_sent, "a message was posted.\n");
    else
        uncertain ok(hook_thread != GetCurrentThreadId() && !hook_threads, "thread %#lx, %lu times another.\n",
                     hook_thread, hook_threads);
    hang_up(conn);
    pop_context();
}

static DWORD other_result;

static DWORD dial_inside(const struct notice *notice)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szPhoneNumber = "ok"};
    HRASCONN conn = NULL;

    if (notice->state != RASCS_ConnectDevice) return 1;
    hook_result = pRasDialA(NULL, NULL, &params, 0, NULL, &conn);
    if (conn) pRasHangUpA(conn);
    conn = NULL;
    strcpy(params.szPhoneNumber, "busy");
    other_result = pRasDialA(NULL, NULL, &params, 0, NULL, &conn);
    if (conn) pRasHangUpA(conn);
    return 1;
}

/* RasDial in the handler: of the same, and of what has nothing to do with it. */
static void test_dial_inside(void)
{
    HRASCONN conn = NULL;

    hook_result = other_result = ~0u;
    ok(!dial_number("ok", 2, dial_inside, &conn), "cannot dial.\n");
    wait_event(recorder.ended);
    uncertain ok(hook_result == ERROR_DIAL_ALREADY_IN_PROGRESS, "the same: got %lu.\n", hook_result);
    uncertain ok(other_result == ERROR_LINE_BUSY, "another: got %lu.\n", other_result);
    hang_up(conn);
}

/* A window that is none: nobody hears of the dial. */
static void test_no_window(void)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szPhoneNumber = "ok"};
    HRASCONN conn = NULL;
    DWORD error;

    error = pRasDialA(NULL, NULL, &params, NOTIFIER_WINDOW, (void *)(ULONG_PTR)0xdead0, &conn);
    uncertain ok_error(RasDialA, error, ERROR_SUCCESS, "no window");
    if (!conn) return;
    uncertain wait_state(conn, RASCS_Connected);
    hang_up(conn);
}

/* The caller's memory is its own again when RasDial has returned. */
static void test_copies(void)
{
    RASDIALPARAMSA *params = calloc(1, sizeof(*params));
    RASDIALEXTENSIONS *ext = calloc(1, sizeof(*ext));
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    HRASCONN conn = NULL;
    DWORD error;

    params->dwSize = sizeof(*params);
    ext->dwSize = sizeof(*ext);
    strcpy(params->szPhoneNumber, "slow");
    ResetEvent(recorder.ended);
    error = pRasDialA(ext, NULL, params, NOTIFIER_WINDOW, recorder.window, &conn);
    memset(params, 0xcc, sizeof(*params));
    memset(ext, 0xcc, sizeof(*ext));
    ok(!error, "got %lu.\n", error);
    error = pRasGetConnectStatusA(conn, &status);
    ok(!error && !strcmp(status.szPhoneNumber, "slow"), "got %lu, number %s.\n", error, status.szPhoneNumber);
    hang_up(conn);
    wait_event(recorder.ended);
    free(params);
    free(ext);
}

/* The window's message is the registered one, and comes to a program that pumps by
 * PeekMessage, as wait_event does. */
static void test_d9_window_messages(void)
{
    const UINT msg = RegisterWindowMessageA(RASDIALEVENT);
    HRASCONN conn = NULL;
    unsigned int i;

    dial_number("ok", NOTIFIER_WINDOW, NULL, &conn);
    wait_event(recorder.ended);
    for (i = 0; i < recorder.count && i < NOTICES_MAX; i++)
        ok(recorder.notices[i].msg == msg, "notice %u: message %#x.\n", i, recorder.notices[i].msg);
    uncertain ok(recorder.count == ARRAYSIZE(up_states), "%u messages.\n", recorder.count);
    hang_up(conn);
}

/* The other program of test_d8_processes. */
static void child(const char *what)
{
    HRASCONN conn = NULL;

    if (!strcmp(what, "stay"))
        ok(!dial_number("ok", NOTIFIER_SYNC, NULL, &conn), "cannot dial.\n");
    else
    {
        ok(!dial_number("slow", 2, NULL, &conn), "cannot dial.\n");
        wait_state(conn, RASCS_ConnectDevice);
    }
}

START_TEST(dial)
{
    unsigned int i, j;

    if (test_argc == 2)
    {
        /* The program of test_hang_up_of_other must not dial. */
        if (load_rasapi32()) ok(!pRasHangUpA((HRASCONN)(ULONG_PTR)strtoul(test_argv[1], NULL, 10)), "RasHangUp.\n");
        return;
    }
    if (!dialing_init()) return;
    if (test_argc)
    {
        child(test_argv[0]);
        return;
    }
    test_parameters();
    test_unterminated();
    test_overlong();
    test_editions();
    for (i = 0; i < ARRAYSIZE(notifiers); i++)
    {
        push_context("notifier %#lx", notifiers[i]);
        test_success(notifiers[i]);
        test_d3_hang_up_inside("ok", notifiers[i], RASCS_OpenPort, FALSE);
        test_d3_hang_up_inside("ok", notifiers[i], RASCS_Authenticate, FALSE);
        test_d3_hang_up_inside("ok", notifiers[i], RASCS_Connected, FALSE);
        test_d3_hang_up_inside("busy", notifiers[i], RASCS_ConnectDevice, TRUE);
        test_threads(notifiers[i]);
        pop_context();
        for (j = 0; j < ARRAYSIZE(failures); j++) test_failure(&failures[j], notifiers[i]);
    }
    test_success(NOTIFIER_SYNC);
    for (j = 0; j < ARRAYSIZE(failures); j++) test_failure(&failures[j], NOTIFIER_SYNC);
    test_d1_returns_first();
    test_d2_listed();
    test_d4_blocking_handler();
    test_d5_handle_of_failure(NOTIFIER_SYNC);
    test_d5_handle_of_failure(2);
    test_d6_status_after_hang_up();
    test_d7_hang_up_again();
    test_d8_processes();
    test_d10_dialing_already();
    test_cancel(2);
    test_twice();
    test_hang_up_of_other();
    test_no_more_notices();
    test_return_2();
    test_dial_inside();
    test_no_window();
    test_copies();
    test_d9_window_messages();
    dialing_cleanup();
}
