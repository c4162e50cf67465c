/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * notify.c - RasConnectionNotification.
 */
#include "dialing.h"

#include <string.h>

#define WATCH_BOTH (RASCN_Connection | RASCN_Disconnection)

static BOOL is_set(HANDLE event)
{
    return WaitForSingleObject(event, 0) == WAIT_OBJECT_0;
}

static void test_parameters(void)
{
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
    DWORD error;

    error = pRasConnectionNotificationA(INVALID_HANDLE_VALUE, NULL, WATCH_BOTH);
    ok_error(RasConnectionNotificationA, error, ERROR_INVALID_HANDLE, "no event");
    error = pRasConnectionNotificationA(INVALID_HANDLE_VALUE, (HANDLE)(ULONG_PTR)0xdead0, WATCH_BOTH);
    ok_error(RasConnectionNotificationA, error, ERROR_INVALID_HANDLE, "bad event");
    error = pRasConnectionNotificationA(NULL, event, WATCH_BOTH);
    ok_error(RasConnectionNotificationA, error, ERROR_INVALID_HANDLE, "no connection");
    error = pRasConnectionNotificationW((HRASCONN)(ULONG_PTR)0x77, event, RASCN_Disconnection);
    ok_error(RasConnectionNotificationW, error, ERROR_INVALID_HANDLE, "unknown connection");
    error = pRasConnectionNotificationA(INVALID_HANDLE_VALUE, event, 0);
    uncertain ok_error(RasConnectionNotificationA, error, ERROR_INVALID_PARAMETER, "no flags");
    error = pRasConnectionNotificationW(INVALID_HANDLE_VALUE, event, 0);
    uncertain ok_error(RasConnectionNotificationW, error, ERROR_INVALID_PARAMETER, "no flags");
    error = pRasConnectionNotificationA(INVALID_HANDLE_VALUE, event, 0x80000000);
    uncertain ok_error(RasConnectionNotificationA, error, ERROR_INVALID_PARAMETER, "unknown flag");
    ok(!is_set(event), "the event is set.\n");
    CloseHandle(event);
}

/* D12: what .NET and wininet do at their start. */
static void test_nothing_happens(void)
{
    HANDLE event = CreateEventA(NULL, FALSE, FALSE, NULL);
    DWORD error;

    error = pRasConnectionNotificationW(INVALID_HANDLE_VALUE, event, WATCH_BOTH);
    ok_error(RasConnectionNotificationW, error, ERROR_SUCCESS);
    ok(!is_set(event), "the event is set.\n");
    CloseHandle(event); /* what comes later must not hit another handle */
}

static void test_all_connections(BOOL manual)
{
    HANDLE connection = CreateEventA(NULL, manual, FALSE, NULL);
    HANDLE disconnection = CreateEventA(NULL, manual, FALSE, NULL);
    HRASCONN conn = NULL;

    push_context("manual reset %d", manual);
    ok(!pRasConnectionNotificationA(INVALID_HANDLE_VALUE, connection, RASCN_Connection), "cannot watch.\n");
    ok(!pRasConnectionNotificationW(INVALID_HANDLE_VALUE, disconnection, RASCN_Disconnection), "cannot watch.\n");
    ok(dial_number("busy", NOTIFIER_SYNC, NULL, &conn) == ERROR_LINE_BUSY, "not busy.\n");
    hang_up(conn);
    ok(!is_set(connection) && !is_set(disconnection), "an event is set by a dial that failed.\n");

    conn = NULL;
    ok(!dial_number("ok", NOTIFIER_SYNC, NULL, &conn), "cannot dial.\n");
    wait_event(connection);
    ok(!is_set(disconnection), "the event for the end is set.\n");
    if (manual) ResetEvent(connection);
    hang_up(conn);
    wait_event(disconnection);
    ok(!is_set(connection), "the event for the beginning is set.\n");
    CloseHandle(connection);
    CloseHandle(disconnection);
    pop_context();
}

static void test_one_connection(void)
{
    HANDLE event = CreateEventA(NULL, FALSE, FALSE, NULL), other = CreateEventA(NULL, FALSE, FALSE, NULL);
    HRASCONN conn = NULL;
    DWORD error;

    ok(!dial_number("ok", NOTIFIER_SYNC, NULL, &conn), "cannot dial.\n");
    error = pRasConnectionNotificationA(conn, event, RASCN_Disconnection);
    ok_error(RasConnectionNotificationA, error, ERROR_SUCCESS);
    error = pRasConnectionNotificationA(conn, event, RASCN_Disconnection);
    ok_error(RasConnectionNotificationA, error, ERROR_SUCCESS, "twice");
    error = pRasConnectionNotificationA(conn, other, RASCN_BandwidthRemoved | RASCN_Disconnection);
    ok_error(RasConnectionNotificationA, error, ERROR_SUCCESS, "another event");
    ok(!is_set(event), "the event is set.\n");
    hang_up(conn);
    wait_event(event);
    wait_event(other);
    error = pRasConnectionNotificationA(conn, event, RASCN_Disconnection);
    ok_error(RasConnectionNotificationA, error, ERROR_INVALID_HANDLE, "a connection that is over");

    /* Its watch has ended with it. */
    conn = NULL;
    ok(!dial_number("ok", NOTIFIER_SYNC, NULL, &conn), "cannot dial.\n");
    hang_up(conn);
    ok(!is_set(event), "the event is set again.\n");
    CloseHandle(other);
    CloseHandle(event);
}

/* The same event for the same connection again: what it is to tell is replaced. */
static void test_replaced(void)
{
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL), other = CreateEventA(NULL, TRUE, FALSE, NULL);
    HRASCONN conn = NULL;

    ok(!pRasConnectionNotificationA(INVALID_HANDLE_VALUE, event, RASCN_Connection), "cannot watch.\n");
    ok(!pRasConnectionNotificationA(INVALID_HANDLE_VALUE, event, RASCN_Disconnection), "cannot watch.\n");
    ok(!pRasConnectionNotificationA(INVALID_HANDLE_VALUE, other, RASCN_Connection), "cannot watch.\n");
    ok(!dial_number("ok", NOTIFIER_SYNC, NULL, &conn), "cannot dial.\n");
    wait_event(other);
    uncertain ok(!is_set(event), "the first watch still holds.\n");
    ResetEvent(event);
    hang_up(conn);
    wait_event(event);
    CloseHandle(other);
    CloseHandle(event);
}

/* That the program closes its handle ends no watch: the event may have others. */
static void test_handle_closed(void)
{
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL), other = CreateEventA(NULL, TRUE, FALSE, NULL), kept;
    HRASCONN conn = NULL;

    DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &kept, 0, FALSE, DUPLICATE_SAME_ACCESS);
    ok(!pRasConnectionNotificationA(INVALID_HANDLE_VALUE, event, RASCN_Connection), "cannot watch.\n");
    ok(!pRasConnectionNotificationA(INVALID_HANDLE_VALUE, other, RASCN_Connection), "cannot watch.\n");
    CloseHandle(event);
    ok(!dial_number("ok", NOTIFIER_SYNC, NULL, &conn), "cannot dial.\n");
    wait_event(other);
    uncertain ok(WaitForSingleObject(kept, test_is_wine() ? WAIT_MS : 1000) == WAIT_OBJECT_0, "no watch any more.\n");
    hang_up(conn);
    CloseHandle(other);
    CloseHandle(kept);
}

/* The link drops: every kind of watch hears of it. */
static void test_drop(void)
{
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    HRASCONN conn = NULL;
    DWORD error;
    BOOL found;

    ok(!pRasConnectionNotificationA(INVALID_HANDLE_VALUE, event, RASCN_Disconnection), "cannot watch.\n");
    error = dial_number("drop-after-connect", NOTIFIER_SYNC, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    wait_event(event);
    count_connections(conn, &found);
    ok(!found, "still among the connections.\n");
    error = pRasGetConnectStatusA(conn, &status);
    ok(!error && status.rasconnstate == RASCS_Disconnected && status.dwError == ERROR_REMOTE_DISCONNECTION,
       "got %lu, state %#x, error %lu.\n", error, status.rasconnstate, status.dwError);
    hang_up(conn);
    CloseHandle(event);
}

START_TEST(notify)
{
    if (!dialing_init()) return;
    test_parameters();
    test_nothing_happens();
    test_all_connections(TRUE);
    test_all_connections(FALSE);
    test_one_connection();
    test_replaced();
    test_handle_closed();
    test_drop();
    dialing_cleanup();
}
