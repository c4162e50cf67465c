/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * sizes.c - every dwSize that Windows headers have had is accepted, every other
 * one refused, and nothing is written where the caller did not ask for it.  The
 * numbers here are those of the Windows headers, not of our declarations.
 *
 * Needs no connection: a size that is accepted shows by the error that comes
 * after the check.
 */
#include "ras_test.h"

#include <string.h>

#define NO_ENTRY_W   L"no entry of this name \x2013 4711"
#define NO_ENTRY_A   "no entry of this name - 4711"
#define SIZES        8
#define BAD_HANDLE   ((HRASCONN)(ULONG_PTR)0x7ffffff1)
#define BEYOND       64 /* how far above the newest edition to look */

#ifdef _WIN64
#define BITS(size32, size64) size64
#else
#define BITS(size32, size64) size32
#endif

struct sizes
{
    const char *name;
    DWORD accepted[SIZES]; /* ascending, ends with 0 */
    DWORD refused;         /* of Windows NT 3.5, whose names were shorter */
};

static const struct sizes rasconn_a = {"RASCONNA", {BITS(412, 416), BITS(676, 680), BITS(692, 696), BITS(704, 708),
                                                    BITS(720, 724)}, BITS(32, 36)};
static const struct sizes rasconn_w = {"RASCONNW", {BITS(816, 820), BITS(1340, 1344), BITS(1356, 1360),
                                                    BITS(1368, 1372), BITS(1384, 1388)}, BITS(52, 56)};
static const struct sizes rasconnstatus_a = {"RASCONNSTATUSA", {160, 288, 332}, 64};
static const struct sizes rasconnstatus_w = {"RASCONNSTATUSW", {304, 564, 608}, 112};
static const struct sizes rasdialparams_a = {"RASDIALPARAMSA", {1052, BITS(1060, 1064), BITS(1064, 1068),
                                                                BITS(1068, 1076)}, 736};
static const struct sizes rasdialparams_w = {"RASDIALPARAMSW", {2096, BITS(2104, 2108), BITS(2108, 2112),
                                                                BITS(2112, 2120)}, 1464};
static const struct sizes rasdialextensions = {"RASDIALEXTENSIONS", {BITS(16, 24), BITS(28, 44), BITS(40, 60)}};
static const struct sizes ras_stats = {"RAS_STATS", {60}};

static DWORD newest(const struct sizes *sizes)
{
    unsigned int i = 0;

    while (sizes->accepted[i + 1]) i++;
    return sizes->accepted[i];
}

static BOOL is_accepted(const struct sizes *sizes, DWORD size)
{
    unsigned int i;

    for (i = 0; sizes->accepted[i]; i++)
    {
        if (sizes->accepted[i] == size)
            return TRUE;
    }
    return FALSE;
}

static DWORD enum_connections(void *buffer, DWORD *size, DWORD *count, BOOL wide)
{
    return wide ? pRasEnumConnectionsW(buffer, size, count) : pRasEnumConnectionsA(buffer, size, count);
}

static DWORD enum_connections_a(void *buffer)
{
    DWORD size = GUARD_MAX, count;

    return pRasEnumConnectionsA(buffer, &size, &count);
}

static DWORD enum_connections_w(void *buffer)
{
    DWORD size = GUARD_MAX, count;

    return pRasEnumConnectionsW(buffer, &size, &count);
}

/* Without any connection; the answers with some are in the tests that dial. */
static void test_enum_connections(const struct sizes *sizes, BOOL wide)
{
    const char *name = wide ? "RasEnumConnectionsW" : "RasEnumConnectionsA";
    static struct guard guard;
    DWORD size, count, error, *buffer;

    size = count = 0xdeadbeef;
    error = enum_connections(NULL, &size, &count, wide);
    ok_error_of(name, error, ERROR_SUCCESS, "NULL");
    ok(!size && !count, "%s: NULL: %lu bytes, %lu.\n", name, size, count);

    size = count = 0;
    error = enum_connections(NULL, NULL, &count, wide);
    ok_error_of(name, error, ERROR_INVALID_PARAMETER, "no size");
    error = enum_connections(NULL, &size, NULL, wide);
    ok_error_of(name, error, ERROR_INVALID_PARAMETER, "no count");
    error = enum_connections(NULL, NULL, NULL, wide);
    ok_error_of(name, error, ERROR_INVALID_PARAMETER, "neither");

    buffer = guard_init(&guard);
    *buffer = 0;
    size = count = 0;
    error = enum_connections(buffer, &size, &count, wide);
    ok_error_of(name, error, ERROR_INVALID_SIZE, "dwSize and size 0");
    *buffer = newest(sizes);
    size = 0;
    count = 0xdeadbeef;
    error = enum_connections(buffer, &size, &count, wide);
    uncertain ok(!error && !size && !count, "%s: size 0: got %lu, %lu bytes, %lu.\n", name, error, size, count);
    guard_check(&guard, sizeof(DWORD));
}

static DWORD get_connect_status_a(void *buffer)
{
    return pRasGetConnectStatusA(BAD_HANDLE, buffer);
}

static DWORD get_connect_status_w(void *buffer)
{
    return pRasGetConnectStatusW(BAD_HANDLE, buffer);
}

static DWORD get_statistics(void *buffer)
{
    return pRasGetConnectionStatistics(BAD_HANDLE, buffer);
}

static DWORD get_link_statistics(void *buffer)
{
    return pRasGetLinkStatistics(BAD_HANDLE, 1, buffer);
}

static void test_null(void)
{
    DWORD error;

    error = pRasGetConnectStatusA(BAD_HANDLE, NULL);
    uncertain ok_error(RasGetConnectStatusA, error, ERROR_INVALID_PARAMETER, "A");
    error = pRasGetConnectStatusW(BAD_HANDLE, NULL);
    uncertain ok_error(RasGetConnectStatusW, error, ERROR_INVALID_PARAMETER, "W");
    if (!pRasGetConnectionStatistics || !pRasGetLinkStatistics)
    {
        win_skip("no statistics before Windows 2000.\n");
        return;
    }
    error = pRasGetConnectionStatistics(BAD_HANDLE, NULL);
    ok_error(RasGetConnectionStatistics, error, (DWORD)E_INVALIDARG, "statistics");
    error = pRasGetLinkStatistics(BAD_HANDLE, 1, NULL);
    ok_error(RasGetLinkStatistics, error, (DWORD)E_INVALIDARG, "link statistics");
}

/* RasDial of an entry that does not exist: the sizes are looked at first. */
static DWORD dial_a(void *buffer)
{
    RASDIALPARAMSA *params = buffer;
    HRASCONN hrasconn = NULL;
    DWORD error;

    strcpy(params->szEntryName, NO_ENTRY_A);
    params->szPhoneNumber[0] = 0;
    error = pRasDialA(NULL, NULL, params, 0, NULL, &hrasconn);
    ok(!hrasconn, "handle %p.\n", hrasconn);
    ok(!strcmp(params->szEntryName, NO_ENTRY_A), "szEntryName is %s.\n", params->szEntryName);
    memset((char *)buffer + sizeof(DWORD), 0xa5, sizeof(*params) - sizeof(DWORD));
    return error;
}

static DWORD dial_w(void *buffer)
{
    RASDIALPARAMSW *params = buffer;
    HRASCONN hrasconn = NULL;
    DWORD error;

    lstrcpyW(params->szEntryName, NO_ENTRY_W);
    params->szPhoneNumber[0] = 0;
    error = pRasDialW(NULL, NULL, params, 0, NULL, &hrasconn);
    ok(!hrasconn, "handle %p.\n", hrasconn);
    ok(!lstrcmpW(params->szEntryName, NO_ENTRY_W), "szEntryName changed.\n");
    memset((char *)buffer + sizeof(DWORD), 0xa5, sizeof(*params) - sizeof(DWORD));
    return error;
}

static DWORD dial_extensions(void *buffer, BOOL wide)
{
    RASDIALEXTENSIONS *extensions = buffer;
    RASDIALPARAMSW params_w = {sizeof(params_w)};
    RASDIALPARAMSA params_a = {sizeof(params_a)};
    HRASCONN hrasconn = NULL;
    DWORD error;

    memset(&extensions->dwfOptions, 0, sizeof(*extensions) - sizeof(DWORD));
    lstrcpyW(params_w.szEntryName, NO_ENTRY_W);
    strcpy(params_a.szEntryName, NO_ENTRY_A);
    error = wide ? pRasDialW(extensions, NULL, &params_w, 0, NULL, &hrasconn)
                 : pRasDialA(extensions, NULL, &params_a, 0, NULL, &hrasconn);
    ok(!hrasconn, "handle %p.\n", hrasconn);
    memset(&extensions->dwfOptions, 0xa5, sizeof(*extensions) - sizeof(DWORD));
    return error;
}

static DWORD dial_extensions_a(void *buffer)
{
    return dial_extensions(buffer, FALSE);
}

static DWORD dial_extensions_w(void *buffer)
{
    return dial_extensions(buffer, TRUE);
}

static DWORD invoke_eap_ui(void *buffer)
{
    return pRasInvokeEapUI(BAD_HANDLE, 1, buffer, NULL);
}

static const struct call
{
    const struct sizes *sizes;
    const char *name;
    DWORD (*call)(void *buffer);
    DWORD accepted; /* what comes after the check */
    DWORD refused;
} enum_calls[] = {
    {&rasconn_a, "RasEnumConnectionsA", enum_connections_a, ERROR_SUCCESS, ERROR_INVALID_SIZE},
    {&rasconn_w, "RasEnumConnectionsW", enum_connections_w, ERROR_SUCCESS, ERROR_INVALID_SIZE},
}, calls[] = {
    {&rasconnstatus_a, "RasGetConnectStatusA", get_connect_status_a, ERROR_INVALID_HANDLE, ERROR_INVALID_SIZE},
    {&rasconnstatus_w, "RasGetConnectStatusW", get_connect_status_w, ERROR_INVALID_HANDLE, ERROR_INVALID_SIZE},
    {&rasdialparams_a, "RasDialA", dial_a, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, ERROR_INVALID_SIZE},
    {&rasdialparams_w, "RasDialW", dial_w, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, ERROR_INVALID_SIZE},
    {&rasdialextensions, "RasDialA", dial_extensions_a, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, ERROR_INVALID_SIZE},
    {&rasdialextensions, "RasDialW", dial_extensions_w, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, ERROR_INVALID_SIZE},
}, newer_calls[] = {
    {&rasdialextensions, "RasInvokeEapUI", invoke_eap_ui, ERROR_INVALID_HANDLE, ERROR_INVALID_SIZE},
    {&ras_stats, "RasGetConnectionStatistics", get_statistics, ERROR_INVALID_HANDLE, (DWORD)E_INVALIDARG},
    {&ras_stats, "RasGetLinkStatistics", get_link_statistics, ERROR_INVALID_HANDLE, (DWORD)E_INVALIDARG},
};

/* Calls a function with every dwSize from 0 to well above the newest edition.  Nothing is written. */
static void test_all_sizes(const struct call *call)
{
    static struct guard guard;
    DWORD *buffer, size, error;

    for (size = 0; size <= newest(call->sizes) + BEYOND; size++)
    {
        push_context("%s %lu", call->sizes->name, size);
        buffer = guard_init(&guard);
        *buffer = size;
        error = call->call(buffer);
        /* No public source says that a Windows takes all editions older than itself. */
        if (is_accepted(call->sizes, size))
            uncertain ok_error_of(call->name, error, call->accepted);
        else if (size && size == call->sizes->refused)
            uncertain ok_error_of(call->name, error, call->refused);
        else
            ok_error_of(call->name, error, call->refused);
        ok(*buffer == size, "dwSize is %lu.\n", *buffer);
        guard_check(&guard, sizeof(DWORD));
        pop_context();
    }
    buffer = guard_init(&guard);
    error = call->call(buffer);
    ok_error_of(call->name, error, call->refused, "no size at all");
}

static void test_calls(const struct call *call, unsigned int count)
{
    for (; count; count--, call++) test_all_sizes(call);
}

START_TEST(sizes)
{
    DWORD size = 0, count = 0;

    if (!load_rasapi32())
        return;
    if (pRasEnumConnectionsW(NULL, &size, &count))
        skip("there are connections.\n");
    else
    {
        test_enum_connections(&rasconn_a, FALSE);
        test_enum_connections(&rasconn_w, TRUE);
        test_calls(enum_calls, ARRAYSIZE(enum_calls));
    }
    test_null();
    test_calls(calls, ARRAYSIZE(calls));
    if (pRasGetConnectionStatistics && pRasGetLinkStatistics && pRasInvokeEapUI)
        test_calls(newer_calls, ARRAYSIZE(newer_calls));
}
