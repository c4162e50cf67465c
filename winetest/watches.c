/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * watches.c - RasConnectionNotification in programs that only watch, before any manager runs: what other
 * programs do later signals, and nothing else does.  Each case is a program of its own with a runtime
 * folder of its own; the programs that dial are of the other width where winetest/run names one.
 */
#include "dialing.h"

#include <stdlib.h>
#include <string.h>

/* One event for each flag. */
static const struct
{
    const char *name;
    DWORD flag;
} kinds[] = {
    {"Connection", RASCN_Connection},
    {"Disconnection", RASCN_Disconnection},
    {"BandwidthAdded", RASCN_BandwidthAdded},
    {"BandwidthRemoved", RASCN_BandwidthRemoved},
    {"Dormant", RASCN_Dormant},
    {"ReConnection", RASCN_ReConnection},
    {"EPDGPacketArrival", RASCN_EPDGPacketArrival},
};
static HANDLE events[ARRAYSIZE(kinds)];

#define LINK_UP   (RASCN_Connection | RASCN_BandwidthAdded)
#define LINK_DOWN (RASCN_Disconnection | RASCN_BandwidthRemoved)

static void watch_all(HRASCONN conn)
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(kinds); i++)
    {
        events[i] = CreateEventA(NULL, TRUE, FALSE, NULL);
        ok(!pRasConnectionNotificationA(conn, events[i], kinds[i].flag), "%s: cannot watch.\n", kinds[i].name);
    }
}

/* Wait for these, see that no other one is set, and reset. */
#define expect_events(flags) expect_events_(__FILE__, __LINE__, flags)
static void expect_events_(const char *file, int line, DWORD flags)
{
    unsigned int i;
    DWORD got;

    for (i = 0; i < ARRAYSIZE(kinds); i++)
    {
        got = WaitForSingleObject(events[i], kinds[i].flag & flags ? WAIT_MS : 0);
        test_ok(file, line, got == (kinds[i].flag & flags ? WAIT_OBJECT_0 : WAIT_TIMEOUT), "%s: %s.\n", kinds[i].name,
                got ? "not set" : "set");
        ResetEvent(events[i]);
    }
}

/* ---- the programs that dial -------------------------------------------------------------- */

/* Leave the connection to others, or end it at once. */
static void dial_and_go(const char *number, BOOL ends)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    HRASCONN conn = NULL;

    strcpy(params.szPhoneNumber, number);
    pRasDialA(NULL, NULL, &params, 0, NULL, &conn);
    if (ends) hang_up(conn);
}

static void other_program(const char *role, const char *number)
{
    char path[MAX_PATH], argument[64];

    snprintf(argument, sizeof(argument), "%s %s", role, number);
    ok(!run_child_of(GetEnvironmentVariableA("WINERAS_TEST_OTHER", path, sizeof(path)) ? path : NULL, "watches",
                     argument), "%s fails.\n", argument);
}

/* ---- the manager's folder ------------------------------------------------------------------ */

static void runtime_path(char *path, size_t size, const char *name)
{
    snprintf(path, size, "\\\\?\\unix%s%s", getenv("XDG_RUNTIME_DIR"), name);
}

static BOOL manager_is_there(void)
{
    char path[MAX_PATH];

    runtime_path(path, sizeof(path), "/wineras");
    return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

/* Nobody who only watches keeps it. */
static void wait_manager_gone(void)
{
    DWORD start = GetTickCount();

    while (manager_is_there() && GetTickCount() - start < WAIT_MS) Sleep(1);
    ok(!manager_is_there(), "the manager stays.\n");
}

static HRASCONN the_connection(void)
{
    RASCONNA conns[2] = {{.dwSize = sizeof(conns[0])}};
    DWORD size = sizeof(conns), count = 0, error;

    error = pRasEnumConnectionsA(conns, &size, &count);
    ok(!error && count == 1, "got %lu, %lu connections.\n", error, count);
    return count == 1 ? conns[0].hrasconn : NULL;
}

/* ---- cases ----------------------------------------------------------------------------------- */

/* From manager to manager; the list is as the event says. */
static void case_managers(void)
{
    unsigned int i;

    watch_all(INVALID_HANDLE_VALUE);
    ok(!manager_is_there(), "watching starts a manager.\n");
    for (i = 0; i < 3; i++)
    {
        push_context("manager %u", i);
        other_program("stay", "ok");
        expect_events(LINK_UP);
        hang_up(the_connection());
        expect_events(LINK_DOWN);
        ok(!count_connections(NULL, NULL), "the connection is still there.\n");
        wait_manager_gone();
        expect_events(0);
        pop_context();
    }
}

/* Over before we can have joined the manager: both are told. */
static void case_short(void)
{
    watch_all(INVALID_HANDLE_VALUE);
    other_program("end", "ok");
    expect_events(LINK_UP | LINK_DOWN);
    wait_manager_gone();
    expect_events(0);
}

/* A dial that fails is no connection; and what was before a watch is not told to it. */
static void case_failed(void)
{
    HANDLE late = CreateEventA(NULL, TRUE, FALSE, NULL);

    watch_all(INVALID_HANDLE_VALUE);
    other_program("end", "busy");
    count_connections(NULL, NULL);
    expect_events(0);
    other_program("stay", "ok");
    expect_events(LINK_UP);
    ok(!pRasConnectionNotificationA(INVALID_HANDLE_VALUE, late, LINK_UP), "cannot watch.\n");
    hang_up(the_connection());
    expect_events(LINK_DOWN);
    ok(WaitForSingleObject(late, 0) == WAIT_TIMEOUT, "told of what was before.\n");
    other_program("stay", "ok");
    expect_events(LINK_UP);
    ok(WaitForSingleObject(late, WAIT_MS) == WAIT_OBJECT_0, "not told of what comes.\n");
    hang_up(the_connection());
    expect_events(LINK_DOWN);
    CloseHandle(late);
}

/* A watch of one connection of another program. */
static void case_handle(void)
{
    HRASCONN conn;

    other_program("stay", "ok");
    conn = the_connection();
    watch_all(conn);
    expect_events(0);
    hang_up(conn);
    expect_events(LINK_DOWN);
    other_program("end", "ok");
    expect_events(0);
    wait_manager_gone();
}

/* The program lets go of the DLL, and of events: it is told all the same, of those that somebody has. */
static void case_unloaded(void)
{
    HMODULE module = GetModuleHandleA("rasapi32.dll");
    HANDLE closed, kept;
    unsigned int i;

    for (i = 0; i < 1000; i++)
    {
        closed = CreateEventA(NULL, TRUE, FALSE, NULL);
        ok(!pRasConnectionNotificationA(INVALID_HANDLE_VALUE, closed, RASCN_Connection), "%u: cannot watch.\n", i);
        CloseHandle(closed);
    }
    closed = CreateEventA(NULL, TRUE, FALSE, NULL);
    DuplicateHandle(GetCurrentProcess(), closed, GetCurrentProcess(), &kept, 0, FALSE, DUPLICATE_SAME_ACCESS);
    ok(!pRasConnectionNotificationA(INVALID_HANDLE_VALUE, closed, RASCN_Connection), "cannot watch.\n");
    CloseHandle(closed);
    FreeLibrary(module);
    other_program("end", "ok");
    uncertain ok(WaitForSingleObject(kept, test_is_wine() ? WAIT_MS : 1000) == WAIT_OBJECT_0, "not told.\n");
    CloseHandle(kept);
}

/* The manager comes to a program that has its own session, and leaves it again. */
static void case_own_dials(void)
{
    unsigned int i;

    watch_all(INVALID_HANDLE_VALUE);
    for (i = 0; i < 3; i++)
    {
        dial_and_go("ok", FALSE);
        expect_events(LINK_UP);
        hang_up(the_connection());
        expect_events(LINK_DOWN);
        if (i == 1) wait_manager_gone();
        expect_events(0);
    }
}

static void (*const cases[])(void) = {case_managers, case_short, case_failed, case_handle, case_unloaded,
                                      case_own_dials};

static void run_case(unsigned int number)
{
    const char *old = getenv("XDG_RUNTIME_DIR");
    char path[MAX_PATH], folder[MAX_PATH], argument[16];

    push_context("case %u", number);
    snprintf(folder, sizeof(folder), "%s/watches%u", old, number);
    snprintf(path, sizeof(path), "\\\\?\\unix%s", folder);
    ok(CreateDirectoryA(path, NULL), "%s: error %lu.\n", path, GetLastError());
    snprintf(argument, sizeof(argument), "case %u", number);
    SetEnvironmentVariableA("XDG_RUNTIME_DIR", folder);
    SetEnvironmentVariableA("WINERAS_LINGER_MS", "50");
    ok(!run_child("watches", argument), "the program fails.\n");
    SetEnvironmentVariableA("WINERAS_LINGER_MS", NULL);
    SetEnvironmentVariableA("XDG_RUNTIME_DIR", old);
    pop_context();
}

START_TEST(watches)
{
    unsigned int i;

    if (!test_argc)
    {
        if (!dialing_init()) return;
        for (i = 0; i < ARRAYSIZE(cases); i++) run_case(i);
        dialing_cleanup();
        return;
    }
    if (!load_rasapi32() || test_argc != 2) return;
    if (!strcmp(test_argv[0], "case"))
        cases[atoi(test_argv[1])]();
    else
        dial_and_go(test_argv[1], !strcmp(test_argv[0], "end"));
}
