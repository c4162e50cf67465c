/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * no_manager.c - where no connection manager can be started: what needs one says 711, and what
 * asks for connections that there are none.  winetest/run makes it so, and tells by
 * WINERAS_TEST_NO_MANAGER.
 */
#include "ras_test.h"

#include <stdlib.h>
#include <string.h>

static void test_dial(void)
{
    RASDIALPARAMSA ansi = {.dwSize = sizeof(ansi), .szPhoneNumber = "ok"};
    RASDIALPARAMSW wide = {.dwSize = sizeof(wide), .szPhoneNumber = L"ok"};
    HRASCONN conn = NULL;
    DWORD error;

    error = pRasDialA(NULL, NULL, &ansi, 0, NULL, &conn);
    ok_error(RasDialA, error, ERROR_RASMAN_CANNOT_INITIALIZE);
    error = pRasDialW(NULL, NULL, &wide, 0, NULL, &conn);
    ok_error(RasDialW, error, ERROR_RASMAN_CANNOT_INITIALIZE);
    ok(!conn, "handle %p.\n", conn);
}

static void test_devices(void)
{
    DWORD size = 0, count = 0, error;

    error = pRasEnumDevicesA(NULL, &size, &count);
    ok_error(RasEnumDevicesA, error, ERROR_RASMAN_CANNOT_INITIALIZE);
    error = pRasEnumDevicesW(NULL, &size, &count);
    ok_error(RasEnumDevicesW, error, ERROR_RASMAN_CANNOT_INITIALIZE);
}

static void test_nothing_there(void)
{
    RASCONNSTATUSW status = {.dwSize = sizeof(status)};
    DWORD size = 0, count = 7, error;

    error = pRasEnumConnectionsW(NULL, &size, &count);
    ok_error(RasEnumConnectionsW, error, ERROR_SUCCESS);
    ok(!size && !count, "%lu bytes, %lu.\n", size, count);
    error = pRasGetConnectStatusW((HRASCONN)(ULONG_PTR)0x77, &status);
    ok_error(RasGetConnectStatusW, error, ERROR_INVALID_HANDLE);
    error = pRasHangUpW((HRASCONN)(ULONG_PTR)0x77);
    ok_error(RasHangUpW, error, ERROR_INVALID_HANDLE);
}

START_TEST(no_manager)
{
    if (!load_rasapi32()) return;
    if (!getenv("WINERAS_TEST_NO_MANAGER"))
    {
        skip("a manager can be started.\n");
        return;
    }
    test_nothing_there();
    test_dial();
    test_devices();
}
