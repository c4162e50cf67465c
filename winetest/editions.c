/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * editions.c - with a connection up: each edition of RASCONN and RASCONNSTATUS is
 * filled as far as it goes and not a byte further; the size negotiation of
 * RasEnumConnections with something to list.
 */
#include "ras_test.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN64
#define BITS(size32, size64) size64
#else
#define BITS(size32, size64) size32
#endif

/* An edition: its dwSize and the first byte behind its last member, where padding or
 * a member of a later edition begins. */
struct edition
{
    DWORD size;
    DWORD end;
};

static const struct edition conn_a[] = {
    {BITS(412, 416), BITS(411, 415)}, {BITS(676, 680), BITS(676, 680)}, {BITS(692, 696), BITS(692, 696)},
    {BITS(704, 708), BITS(704, 708)}, {BITS(720, 724), BITS(720, 724)},
};
static const struct edition conn_w[] = {
    {BITS(816, 820), BITS(814, 818)},     {BITS(1340, 1344), BITS(1340, 1344)}, {BITS(1356, 1360), BITS(1356, 1360)},
    {BITS(1368, 1372), BITS(1368, 1372)}, {BITS(1384, 1388), BITS(1384, 1388)},
};
static const struct edition status_a[] = {{160, 158}, {288, 287}, {332, 332}};
static const struct edition status_w[] = {{304, 304}, {564, 562}, {608, 608}};

static HRASCONN dial(void)
{
    RASDIALPARAMSW params = {sizeof(params)};
    HRASCONN hrasconn = NULL;
    DWORD error;

    lstrcpyW(params.szPhoneNumber, L"ok");
    error = pRasDialW(NULL, NULL, &params, 0, NULL, &hrasconn);
    ok_error(RasDialW, error, ERROR_SUCCESS, "dial");
    if (error && hrasconn)
    {
        pRasHangUpW(hrasconn);
        hrasconn = NULL;
    }
    return hrasconn;
}

static DWORD enum_connections(BOOL wide, void *buffer, DWORD *size, DWORD *count)
{
    return wide ? pRasEnumConnectionsW(buffer, size, count) : pRasEnumConnectionsA(buffer, size, count);
}

static void check_conn(BOOL wide, const void *buffer, HRASCONN hrasconn)
{
    const RASCONNW *w = buffer;
    const RASCONNA *a = buffer;

    ok((wide ? w->hrasconn : a->hrasconn) == hrasconn, "handle %p, not %p.\n", wide ? w->hrasconn : a->hrasconn,
       hrasconn);
    /* Dialled without an entry. */
    if (wide)
        uncertain ok(!lstrcmpW(w->szEntryName, L".ok"), "szEntryName differs.\n");
    else
        uncertain ok(!strcmp(a->szEntryName, ".ok"), "szEntryName is %s.\n", a->szEntryName);
    ok(wide ? w->szDeviceName[0] : a->szDeviceName[0], "no device name.\n");
}

static void test_enum(BOOL wide, const struct edition *editions, unsigned int count_editions, HRASCONN hrasconn)
{
    const char *name = wide ? "RasEnumConnectionsW" : "RasEnumConnectionsA";
    static struct guard guard;
    DWORD *buffer, size, count, error;
    unsigned int i;

    push_context("%s", name);
    size = count = 0;
    error = enum_connections(wide, NULL, &size, &count);
    ok_error_of(name, error, ERROR_BUFFER_TOO_SMALL);
    ok(size == editions[count_editions - 1].size, "NULL: %lu bytes.\n", size);
    uncertain ok(count == 1, "NULL: %lu.\n", count);

    for (i = 0; i < count_editions; i++)
    {
        push_context("%lu", editions[i].size);
        buffer = guard_init(&guard);
        *buffer = editions[i].size;

        size = editions[i].size - 1;
        error = enum_connections(wide, buffer, &size, &count);
        ok(error == ERROR_BUFFER_TOO_SMALL, "one byte short: got %lu.\n", error);
        ok(size == editions[i].size && count == 1, "one byte short: %lu bytes, %lu.\n", size, count);
        guard_check(&guard, sizeof(DWORD));

        size = 0;
        error = enum_connections(wide, buffer, &size, &count);
        ok(error == ERROR_BUFFER_TOO_SMALL || broken(error == ERROR_INVALID_SIZE) /* Vista */, "0: got %lu.\n", error);
        guard_check(&guard, sizeof(DWORD));

        size = editions[i].size;
        error = enum_connections(wide, buffer, &size, &count);
        ok_error_of(name, error, ERROR_SUCCESS);
        ok(size == editions[i].size && count == 1, "fits: %lu bytes, %lu.\n", size, count);
        ok(*buffer == editions[i].size, "dwSize is %lu.\n", *buffer);
        guard_check(&guard, test_is_wine() ? editions[i].end : editions[i].size);
        check_conn(wide, buffer, hrasconn);

        *buffer = editions[i].size;
        size = editions[i].size + 100;
        error = enum_connections(wide, buffer, &size, &count);
        ok(!error && size == editions[i].size && count == 1, "roomy: %lu, %lu bytes, %lu.\n", error, size, count);

        *buffer = editions[i].size + 2;
        error = enum_connections(wide, buffer, &size, &count);
        ok_error_of(name, error, ERROR_INVALID_SIZE);
        pop_context();
    }
    pop_context();
}

static void test_status(BOOL wide, const struct edition *editions, unsigned int count, HRASCONN hrasconn)
{
    static struct guard guard;
    RASCONNSTATUSW *w;
    RASCONNSTATUSA *a;
    DWORD error;
    unsigned int i;

    for (i = 0; i < count; i++)
    {
        push_context("%lu", editions[i].size);
        w = guard_init(&guard);
        a = (RASCONNSTATUSA *)w;
        w->dwSize = editions[i].size;
        error = wide ? pRasGetConnectStatusW(hrasconn, w) : pRasGetConnectStatusA(hrasconn, a);
        ok_error_of(wide ? "RasGetConnectStatusW" : "RasGetConnectStatusA", error, ERROR_SUCCESS);
        ok(w->dwSize == editions[i].size, "dwSize is %lu.\n", w->dwSize);
        ok(w->rasconnstate == RASCS_Connected, "state %#x.\n", w->rasconnstate);
        ok(!w->dwError, "dwError %lu.\n", w->dwError);
        guard_check(&guard, test_is_wine() ? editions[i].end : editions[i].size);
        if (editions[i].size >= editions[1].size && wide)
            ok(!lstrcmpW(w->szPhoneNumber, L"ok"), "szPhoneNumber differs.\n");
        else if (editions[i].size >= editions[1].size)
            ok(!strcmp(a->szPhoneNumber, "ok"), "szPhoneNumber is %s.\n", a->szPhoneNumber);
        pop_context();
    }
}

START_TEST(editions)
{
    HRASCONN hrasconn;
    DWORD error;

    if (!load_rasapi32())
        return;
    if (!getenv("WINERAS_TEST_FAKE"))
    {
        skip("no scripted connections.\n");
        return;
    }
    if (!(hrasconn = dial()))
        return;
    test_enum(FALSE, conn_a, ARRAYSIZE(conn_a), hrasconn);
    test_enum(TRUE, conn_w, ARRAYSIZE(conn_w), hrasconn);
    test_status(FALSE, status_a, ARRAYSIZE(status_a), hrasconn);
    test_status(TRUE, status_w, ARRAYSIZE(status_w), hrasconn);
    error = pRasHangUpW(hrasconn);
    ok_error(RasHangUpW, error, ERROR_SUCCESS, "hang up");
}
