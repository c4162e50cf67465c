/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * reconnect.c - entries whose link is lost and dialled again (RASEO2_ReconnectIfDropped): what is
 * signalled to those who watch, and what the status tells meanwhile and afterwards.
 */
#include "dialing.h"

#include <string.h>

#define AGAIN(name, number, seconds)                                                                                  \
    PHONEBOOK_TEXT(name, number, "RedialOnLinkFailure=1\r\nRedialAttempts=3\r\nRedialSeconds=" seconds "\r\n")

static char phonebook[MAX_PATH];

enum watched
{
    ALL,
    HANDLE_ONLY,
    WATCHED
};

static const struct
{
    const char *name;
    DWORD flag;
} kinds[] = {
    {"Disconnection", RASCN_Disconnection},
    {"BandwidthAdded", RASCN_BandwidthAdded},
    {"BandwidthRemoved", RASCN_BandwidthRemoved},
    {"Dormant", RASCN_Dormant},
    {"ReConnection", RASCN_ReConnection},
};
static HANDLE events[WATCHED][ARRAYSIZE(kinds)];

static void watch(enum watched which, HRASCONN conn)
{
    unsigned int i;
    DWORD error;

    for (i = 0; i < ARRAYSIZE(kinds); i++)
    {
        events[which][i] = CreateEventA(NULL, TRUE, FALSE, NULL);
        if (which == ALL)
            error = pRasConnectionNotificationA(conn, events[which][i], kinds[i].flag);
        else
            error = pRasConnectionNotificationW(conn, events[which][i], kinds[i].flag);
        ok(!error, "%s: got %lu.\n", kinds[i].name, error);
    }
}

/* The dial does not go on before we return: nothing is missed. */
static DWORD watch_before(const struct notice *notice)
{
    if (notice->state == RASCS_Projected) watch(HANDLE_ONLY, notice->conn);
    return 1;
}

#define wait_kind(which, flag) wait_kind_(__FILE__, __LINE__, which, flag)
static void wait_kind_(const char *file, int line, enum watched which, DWORD flag)
{
    unsigned int i;

    for (i = 0; kinds[i].flag != flag; i++) {}
    test_ok(file, line, WaitForSingleObject(events[which][i], WAIT_MS) == WAIT_OBJECT_0, "%s: %s is not signalled.\n",
            which == ALL ? "all" : "handle", kinds[i].name);
}

static BOOL is_signalled(enum watched which, DWORD flag)
{
    unsigned int i;

    for (i = 0; kinds[i].flag != flag; i++) {}
    return WaitForSingleObject(events[which][i], 0) == WAIT_OBJECT_0;
}

static void close_events(void)
{
    unsigned int which, i;

    for (which = 0; which < WATCHED; which++)
        for (i = 0; i < ARRAYSIZE(kinds); i++)
        {
            CloseHandle(events[which][i]);
            events[which][i] = NULL;
        }
}

static HRASCONN dial(const char *entry, DWORD options)
{
    HRASCONN conn = NULL;
    DWORD error;

    watch(ALL, INVALID_HANDLE_VALUE);
    error = dial_book_entry(phonebook, entry, "user", "password", 2, watch_before, options, &conn);
    ok(!error && conn, "%s: got %lu, %p.\n", entry, error, conn);
    wait_event(recorder.ended);
    return conn;
}

static void get_status(HRASCONN conn, RASCONNSTATUSA *status)
{
    DWORD error;

    memset(status, 0xcc, sizeof(*status));
    status->dwSize = sizeof(*status);
    error = pRasGetConnectStatusA(conn, status);
    ok_error(RasGetConnectStatusA, error, ERROR_SUCCESS);
}

/* Until the state and what is below it are these, and stay. */
static BOOL reaches(HRASCONN conn, RASCONNSTATE state, RASCONNSUBSTATE substate)
{
    DWORD start = GetTickCount();
    RASCONNSTATUSW wide = {.dwSize = sizeof(wide)};
    RASCONNSTATUSA status;
    DWORD error;

    do
    {
        get_status(conn, &status);
        if (status.rasconnstate == state && status.rasconnsubstate == substate) break;
        Sleep(1);
    } while (GetTickCount() - start < WAIT_MS);
    error = pRasGetConnectStatusW(conn, &wide);
    ok_error(RasGetConnectStatusW, error, ERROR_SUCCESS);
    return wide.rasconnstate == state && wide.rasconnsubstate == substate;
}

/* Lost once, and there again at once, with the same handle. */
static void test_back(void)
{
    HRASCONN conn = dial("back", 0), same = NULL;
    BOOL found;

    uncertain wait_kind(ALL, RASCN_Dormant);
    uncertain wait_kind(HANDLE_ONLY, RASCN_Dormant);
    wait_kind(HANDLE_ONLY, RASCN_BandwidthRemoved);
    uncertain wait_kind(ALL, RASCN_ReConnection);
    uncertain wait_kind(HANDLE_ONLY, RASCN_ReConnection);
    uncertain ok(reaches(conn, RASCS_Connected, RASCSS_Reconnected), "not reconnected.\n");
    uncertain ok(is_signalled(ALL, RASCN_Disconnection), "those who watch all see no end.\n");
    uncertain ok(!is_signalled(HANDLE_ONLY, RASCN_Disconnection), "the connection has ended.\n");
    ok(count_connections(conn, &found) == 1 && found, "not among the connections.\n");
    ok(recorder.notices[recorder.count - 1].state == RASCS_Connected, "another notice came.\n");
    ok(!dial_book_entry(phonebook, "back", "user", "password", NOTIFIER_SYNC, NULL, 0, &same), "not dialled twice.\n");
    ok(same == conn, "handle %p, not %p.\n", same, conn);
    ok(!pRasHangUpA(conn), "cannot hang up.\n");
    ok(reaches(conn, RASCS_Connected, RASCSS_Reconnected), "one of two hang-ups ends it.\n");
    hang_up(conn);
    wait_kind(HANDLE_ONLY, RASCN_Disconnection);
    close_events();
}

/* Lost, and nobody answers: a dial of which no notice tells. */
static void test_dialing(void)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "hidden"};
    HRASCONN conn = dial("hidden", 0), other = NULL;
    BOOL found;
    DWORD error;

    uncertain ok(reaches(conn, RASCS_ConnectDevice, RASCSS_Reconnecting), "not dialled again.\n");
    count_connections(conn, &found);
    uncertain ok(!found, "among the connections.\n");
    ok(!is_signalled(ALL, RASCN_ReConnection), "it is not back.\n");
    ok(recorder.notices[recorder.count - 1].state == RASCS_Connected, "another notice came.\n");
    error = pRasDialA(NULL, phonebook, &params, 0, NULL, &other);
    uncertain ok(error == ERROR_DIAL_ALREADY_IN_PROGRESS && !other, "got %lu, %p.\n", error, other);
    hang_up(conn);
    wait_kind(HANDLE_ONLY, RASCN_Disconnection);
    close_events();
}

/* Lost, back, lost: now there is a pause. */
static void test_dormant(void)
{
    HRASCONN conn = dial("dormant", 0);
    RASCONNSTATUSA status;
    BOOL found;

    wait_kind(ALL, RASCN_ReConnection);
    uncertain ok(reaches(conn, RASCS_OpenPort, RASCSS_Dormant), "not dormant.\n");
    get_status(conn, &status);
    ok(!status.dwError, "error %lu.\n", status.dwError);
    count_connections(conn, &found);
    uncertain ok(!found, "among the connections.\n");
    hang_up(conn);
    wait_kind(HANDLE_ONLY, RASCN_Disconnection);
    close_events();
}

/* The entry wants it, the program does not; and a connection that was never lost. */
static void test_not_wanted(void)
{
    HRASCONN conn = dial("back", RDEOPT_DisableReconnect);
    RASCONNSTATUSA status;

    wait_kind(ALL, RASCN_Disconnection);
    wait_state(conn, RASCS_Disconnected);
    get_status(conn, &status);
    ok(status.dwError == ERROR_REMOTE_DISCONNECTION && status.rasconnsubstate == RASCSS_None,
       "error %lu, substate %#x.\n", status.dwError, status.rasconnsubstate);
    ok(!is_signalled(ALL, RASCN_Dormant) && !is_signalled(HANDLE_ONLY, RASCN_Dormant), "it is dormant.\n");
    hang_up(conn);
    close_events();

    conn = dial("steady", 0);
    get_status(conn, &status);
    ok(status.rasconnstate == RASCS_Connected && status.rasconnsubstate == RASCSS_None, "state %#x, substate %#x.\n",
       status.rasconnstate, status.rasconnsubstate);
    hang_up(conn);
    close_events();
}

START_TEST(reconnect)
{
    if (!dialing_init()) return;
    write_phonebook(phonebook, AGAIN("back", "drop-once", "3600") AGAIN("hidden", "drop-and-hide", "3600")
                    AGAIN("dormant", "drop-after-connect", "3600") AGAIN("steady", "ok", "0"));
    test_back();
    test_dialing();
    test_dormant();
    test_not_wanted();
    DeleteFileA(phonebook);
    dialing_cleanup();
}
