/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * links.c - the handle of a connection's link, and the functions that need what is not here:
 * IKEv2, network access protection, mobile phones.
 */
#include "dialing.h"

#include <string.h>

#define BAD_HANDLE ((HRASCONN)(ULONG_PTR)0x77)
#define NAME(base) (wide ? base "W" : base "A")

static BOOL wide;

static DWORD get_link(HRASCONN conn, DWORD index, HRASCONN *link)
{
    return wide ? pRasGetSubEntryHandleW(conn, index, link) : pRasGetSubEntryHandleA(conn, index, link);
}

static void test_link_early(HRASCONN conn)
{
    HRASCONN link = NULL;
    DWORD error;

    error = get_link(conn, 1, &link);
    ok_error_of(NAME("RasGetSubEntryHandle"), error, ERROR_PORT_NOT_OPEN);
    ok(!link, "handle %p.\n", link);
}

/* The handle stands for the connection, but nobody dials on by it. */
static void test_link(HRASCONN conn)
{
    RASCONNSTATUSW status = {.dwSize = sizeof(status)};
    RASDIALPARAMSW params = {.dwSize = sizeof(params)};
    RASPPPIPW ip = {.dwSize = sizeof(ip)};
    HRASCONN link = NULL, again = NULL, dialled;
    DWORD error, size = sizeof(ip);

    error = get_link(conn, 1, NULL);
    uncertain ok_error_of(NAME("RasGetSubEntryHandle"), error, ERROR_INVALID_PARAMETER);
    error = get_link(conn, 0, &link);
    uncertain ok_error_of(NAME("RasGetSubEntryHandle"), error, ERROR_INVALID_PARAMETER);
    error = get_link(conn, 2, &link);
    ok_error_of(NAME("RasGetSubEntryHandle"), error, ERROR_NO_MORE_ITEMS);
    error = get_link(BAD_HANDLE, 1, &link);
    ok_error_of(NAME("RasGetSubEntryHandle"), error, ERROR_INVALID_HANDLE);
    ok(!link, "handle %p.\n", link);

    error = get_link(conn, 1, &link);
    ok_error_of(NAME("RasGetSubEntryHandle"), error, ERROR_SUCCESS);
    uncertain ok(link && link != conn, "handle %p of %p.\n", link, conn);
    error = get_link(conn, 1, &again);
    ok(!error && again == link, "again: got %lu, %p.\n", error, again);
    error = pRasGetConnectStatusW(link, &status);
    ok(!error && status.rasconnstate == RASCS_Connected, "status: got %lu, state %#x.\n", error, status.rasconnstate);
    error = pRasGetProjectionInfoW(link, RASP_PppIp, &ip, &size);
    ok(!error && !lstrcmpW(ip.szIpAddress, L"192.0.2.2"), "projection: got %lu.\n", error);
    dialled = link;
    lstrcpyW(params.szPhoneNumber, L"ok");
    error = pRasDialW(NULL, NULL, &params, 0, NULL, &dialled);
    uncertain ok_error(RasDialW, error, ERROR_INVALID_HANDLE);
}

static void test_update(HRASCONN conn)
{
    RASUPDATECONN update = {.version = RASAPIVERSION_601, .dwSize = sizeof(update)};
    DWORD error;

    error = pRasUpdateConnection(conn, NULL);
    ok_error(RasUpdateConnection, error, ERROR_INVALID_PARAMETER);
    error = pRasUpdateConnection(BAD_HANDLE, &update);
    ok_error(RasUpdateConnection, error, ERROR_INVALID_HANDLE);
    error = pRasUpdateConnection(conn, &update);
    uncertain ok_error(RasUpdateConnection, error, ERROR_MOBIKE_DISABLED);
    for (update.dwSize = 0; update.dwSize < 128; update.dwSize++)
    {
        if (update.dwSize == 56) continue;
        error = pRasUpdateConnection(conn, &update);
        uncertain ok_error(RasUpdateConnection, error, ERROR_INVALID_SIZE);
    }
}

static void test_nap(HRASCONN conn)
{
    static struct guard guard;
    RASNAPSTATE *state;
    DWORD error, size;

    error = pRasGetNapStatus(conn, NULL);
    uncertain ok_error(RasGetNapStatus, error, ERROR_INVALID_PARAMETER);
    for (size = 0; size <= sizeof(*state) + 64; size++)
    {
        push_context("%lu", size);
        state = guard_init(&guard);
        state->dwSize = size;
        error = pRasGetNapStatus(conn, state);
        if (size == 20)
            uncertain ok_error(RasGetNapStatus, error, ERROR_NOT_NAP_CAPABLE);
        else
            ok_error(RasGetNapStatus, error, ERROR_INVALID_SIZE);
        guard_check(&guard, sizeof(DWORD));
        pop_context();
    }
    state = guard_init(&guard);
    state->dwSize = sizeof(*state);
    error = pRasGetNapStatus(BAD_HANDLE, state);
    uncertain ok_error(RasGetNapStatus, error, ERROR_INVALID_HANDLE);
}

START_TEST(links)
{
    HRASCONN conn = NULL, link = NULL;
    WCHAR address[64];
    DWORD error;

    if (!dialing_init()) return;
    dial_number("slow", 2, NULL, &conn);
    for (wide = FALSE; wide <= TRUE; wide++) test_link_early(conn);
    hang_up(conn);
    wait_event(recorder.ended);
    conn = NULL;
    error = dial_number("ok", NOTIFIER_SYNC, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    for (wide = FALSE; wide <= TRUE; wide++) test_link(conn);
    if (pRasUpdateConnection)
        test_update(conn);
    else
        win_skip("no RasUpdateConnection before Windows 7.\n");
    if (pRasGetNapStatus)
        test_nap(conn);
    else
        win_skip("no RasGetNapStatus before Windows Vista.\n");
    if (pRasGetPCscf)
    {
        error = pRasGetPCscf(address);
        uncertain ok_error(RasGetPCscf, error, ERROR_CALL_NOT_IMPLEMENTED);
    }
    else
        win_skip("no RasGetPCscf before Windows 8.1.\n");

    /* The only link is the connection. */
    wide = TRUE;
    error = get_link(conn, 1, &link);
    ok(!error, "got %lu.\n", error);
    hang_up(link);
    uncertain wait_gone(conn);
    dialing_cleanup();
}
