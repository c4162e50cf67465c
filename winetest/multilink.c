/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * multilink.c - entries with several links that are one connection: their notices, their
 * handles, what becomes of the connection when a link fails, ends or is not needed.
 */
#include "dialing.h"

#include <string.h>

#define LINK(device, number)                                                                                          \
    "MEDIA=serial\r\nPort=\r\nDevice=" device "\r\n\r\nDEVICE=modem\r\nPhoneNumber=" number "\r\n\r\n"
#define ENTRY(name, mode, first, second)                                                                              \
    "[" name "]\r\nEncoding=1\r\nType=1\r\nDialMode=" mode "\r\nDialPercent=50\r\nDialSeconds=1\r\n"                 \
    "HangUpPercent=10\r\nHangUpSeconds=1\r\n\r\n" LINK("Test Modem", first) LINK("Second Modem", second)

static char phonebook[MAX_PATH];

static const RASCONNSTATE states[] =
{
    RASCS_OpenPort, RASCS_PortOpened, RASCS_ConnectDevice, RASCS_DeviceConnected, RASCS_AllDevicesConnected,
    RASCS_Authenticate, RASCS_AuthNotify, RASCS_AuthProject, RASCS_Authenticated, RASCS_Projected,
    RASCS_SubEntryConnected,
};

static DWORD dial(const char *entry, DWORD type, DWORD (*hook)(const struct notice *notice), HRASCONN *conn)
{
    return dial_book_entry(phonebook, entry, "user", "password", type, hook, 0, conn);
}

static HRASCONN get_link(HRASCONN conn, DWORD number)
{
    HRASCONN link = NULL;
    DWORD error = pRasGetSubEntryHandleA(conn, number, &link);

    ok_error(RasGetSubEntryHandleA, error, ERROR_SUCCESS);
    return link;
}

static void check_no_link(HRASCONN conn, DWORD number, DWORD expected)
{
    HRASCONN link = NULL;
    DWORD error;

    error = pRasGetSubEntryHandleA(conn, number, &link);
    ok_error(RasGetSubEntryHandleA, error, expected);
    error = pRasGetSubEntryHandleW(conn, number, &link);
    ok_error(RasGetSubEntryHandleW, error, expected);
    ok(!link, "link %lu: handle %p.\n", number, link);
}

/* The notices of one link, in their order. */
static void check_notices(DWORD link, HRASCONN conn)
{
    unsigned int i, next = 0;

    for (i = 0; i + 1 < recorder.count; i++)
    {
        const struct notice *notice = &recorder.notices[i];

        if (notice->sub_entry != link) continue;
        uncertain ok(next < ARRAYSIZE(states) && notice->state == states[next], "link %lu: state %#x, %u.\n", link,
                     notice->state, next);
        ok(!notice->error, "link %lu: error %lu.\n", link, notice->error);
        uncertain ok(notice->conn == conn, "link %lu: handle %p.\n", link, notice->conn);
        next++;
    }
    ok(next == ARRAYSIZE(states), "link %lu: %u notices.\n", link, next);
}

static void check_status(HRASCONN link, const char *device)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    DWORD error = pRasGetConnectStatusA(link, &status);

    ok(!error && status.rasconnstate == RASCS_Connected, "%s: got %lu, state %#x.\n", device, error,
       status.rasconnstate);
    ok(!strcmp(status.szDeviceName, device), "device %s, not %s.\n", status.szDeviceName, device);
}

static void check_projection(HRASCONN handle)
{
    RASPPPIPA ip = {.dwSize = sizeof(ip)};
    DWORD size = sizeof(ip), error = pRasGetProjectionInfoA(handle, RASP_PppIp, &ip, &size);

    ok(!error && !strcmp(ip.szIpAddress, "192.0.2.2"), "got %lu, %s.\n", error, ip.szIpAddress);
}

static void check_statistics(HRASCONN conn)
{
    RAS_STATS stats = {.dwSize = sizeof(stats)};
    DWORD error, link, bps = 0;

    for (link = 1; link <= 2; link++)
    {
        stats.dwBytesXmited = 0;
        error = pRasGetLinkStatistics(conn, link, &stats);
        ok(!error && stats.dwBytesXmited == 1001, "link %lu: got %lu, %lu bytes.\n", link, error,
           stats.dwBytesXmited);
        ok(stats.dwBps == 33600, "link %lu: %lu bits/s.\n", link, stats.dwBps);
        bps += stats.dwBps;
    }
    error = pRasClearLinkStatistics(conn, 2);
    ok(!error, "got %lu.\n", error);
    error = pRasGetLinkStatistics(conn, 2, &stats);
    ok(!error && !stats.dwBytesXmited, "got %lu, %lu bytes.\n", error, stats.dwBytesXmited);
    error = pRasGetLinkStatistics(conn, 1, &stats);
    ok(!error && stats.dwBytesXmited == 1001, "got %lu, %lu bytes.\n", error, stats.dwBytesXmited);
    /* Of the interface, and both ports, and both speeds. */
    error = pRasGetConnectionStatistics(conn, &stats);
    ok(!error && stats.dwBytesXmited == 1001, "got %lu, %lu bytes.\n", error, stats.dwBytesXmited);
    ok(stats.dwHardwareOverrunErr == 12 && stats.dwFramingErr == 14 && stats.dwBufferOverrunErr == 16,
       "errors %lu, %lu, %lu.\n", stats.dwHardwareOverrunErr, stats.dwFramingErr, stats.dwBufferOverrunErr);
    ok(stats.dwBps == bps, "%lu bits/s, not %lu.\n", stats.dwBps, bps);
    error = pRasGetLinkStatistics(conn, 3, &stats);
    ok(error == ERROR_INVALID_PARAMETER, "link 3: got %lu.\n", error);
}

static HANDLE watch(HRASCONN conn, DWORD flags)
{
    HANDLE event = CreateEventA(NULL, FALSE, FALSE, NULL);
    DWORD error = pRasConnectionNotificationA(conn, event, flags);

    ok(!error, "got %lu.\n", error);
    return event;
}

/* Both links are one connection; one is hung up, then the other. */
static void test_all(void)
{
    RAS_STATS stats = {.dwSize = sizeof(stats)};
    HRASCONN conn = NULL, first, second;
    HANDLE less, end;
    BOOL found;
    DWORD error;

    error = dial("all", 2, NULL, &conn);
    ok(!error && conn, "got %lu, %p.\n", error, conn);
    wait_event(recorder.ended);
    check_notices(1, conn);
    check_notices(2, conn);
    ok(recorder.notices[recorder.count - 1].state == RASCS_Connected, "last state %#x.\n",
       recorder.notices[recorder.count - 1].state);
    ok(count_connections(conn, &found) == 1 && found, "not the only connection.\n");
    first = get_link(conn, 1);
    second = get_link(conn, 2);
    ok(first != second && first != conn && second != conn, "handles %p, %p, %p.\n", conn, first, second);
    check_no_link(conn, 3, ERROR_NO_MORE_ITEMS);
    check_status(first, "Test Modem");
    check_status(second, "Second Modem");
    uncertain check_status(conn, "Test Modem");
    check_projection(conn);
    check_projection(first);
    check_projection(second);
    check_statistics(conn);

    less = watch(conn, RASCN_BandwidthRemoved);
    end = watch(conn, RASCN_Disconnection);
    hang_up(second);
    wait_event(less);
    error = pRasGetConnectionStatistics(conn, &stats);
    ok(!error && stats.dwBps == 33600 && stats.dwFramingErr == 14, "got %lu, %lu bits/s, %lu errors.\n", error,
       stats.dwBps, stats.dwFramingErr);
    check_status(conn, "Test Modem");
    check_no_link(conn, 2, ERROR_PORT_NOT_OPEN);
    ok(WaitForSingleObject(end, 0) == WAIT_TIMEOUT, "the connection ended.\n");
    error = pRasHangUpA(first);
    uncertain ok(!error, "got %lu.\n", error);
    wait_event(end);
    uncertain wait_gone(conn);
    CloseHandle(less);
    CloseHandle(end);
}

/* RasHangUp of the connection ends all links, also those that are dialling. */
static void test_hangup(void)
{
    HRASCONN conn = NULL, link;

    dial("all", 2, NULL, &conn);
    wait_event(recorder.ended);
    link = get_link(conn, 2);
    hang_up(conn);
    wait_gone(link);
    conn = NULL;
    dial("slow", 2, NULL, &conn);
    hang_up(conn);
    wait_event(recorder.ended);
    ok(!count_connections(NULL, NULL), "a connection is left.\n");
    conn = NULL;
    ok(!dial("all", NOTIFIER_SYNC, NULL, &conn), "a device is left.\n");
    hang_up(conn);
}

static const struct notice *find_notice(DWORD link, RASCONNSTATE state)
{
    unsigned int i;

    for (i = 0; i < recorder.count; i++)
        if (recorder.notices[i].sub_entry == link && recorder.notices[i].state == state) return &recorder.notices[i];
    return NULL;
}

/* One link fails, and the connection has the other. */
static void check_half(const char *entry, DWORD bad, DWORD expected)
{
    const struct notice *notice;
    HRASCONN conn = NULL;
    DWORD error;

    error = dial(entry, 2, NULL, &conn);
    ok(!error, "%s: got %lu.\n", entry, error);
    wait_state(conn, RASCS_Connected);
    while (recorder.notices[recorder.count - 1].state != RASCS_Connected) Sleep(1);
    notice = find_notice(bad, RASCS_SubEntryDisconnected);
    uncertain ok(notice && notice->error == expected, "%s: error %lu.\n", entry, notice ? notice->error : 0);
    ok(find_notice(3 - bad, RASCS_SubEntryConnected) != NULL, "%s: the good link is missing.\n", entry);
    check_no_link(conn, bad, ERROR_PORT_NOT_OPEN);
    get_link(conn, 3 - bad);
    hang_up(conn);
}

static void test_all_fail(void)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    HRASCONN conn = NULL;
    const struct notice *last;
    DWORD error;

    dial("none", 2, NULL, &conn);
    wait_state(conn, RASCS_Disconnected);
    for (last = recorder.notices; last->state != RASCS_ConnectDevice || !last->error;)
    {
        Sleep(1);
        last = &recorder.notices[recorder.count - 1];
    }
    uncertain ok(last->error == ERROR_LINE_BUSY && last->sub_entry == 1, "error %lu, link %lu.\n", last->error,
                 last->sub_entry);
    error = pRasGetConnectStatusA(conn, &status);
    ok(!error && status.dwError == ERROR_LINE_BUSY, "got %lu, %lu.\n", error, status.dwError);
    hang_up(conn);
    conn = NULL;
    error = dial("none", NOTIFIER_SYNC, NULL, &conn);
    ok(error == ERROR_LINE_BUSY, "got %lu.\n", error);
    hang_up(conn);
}

/* Who can't tell the links apart hears of the first one. */
static void test_notifiers(void)
{
    static const DWORD types[] = {0, 1, NOTIFIER_WINDOW};
    HRASCONN conn;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(types); i++)
    {
        conn = NULL;
        dial("all", types[i], NULL, &conn);
        wait_event(recorder.ended);
        uncertain ok(recorder.count == ARRAYSIZE(states) + 1, "type %#lx: %u notices.\n", types[i], recorder.count);
        hang_up(conn);
    }
}

/* The peer hangs up one link, or both. */
static void test_lost(void)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    HRASCONN conn = NULL;
    DWORD error;

    dial("half lost", 2, NULL, &conn);
    wait_event(recorder.ended);
    while (!pRasGetSubEntryHandleA(conn, 2, &(HRASCONN){NULL})) Sleep(1);
    check_no_link(conn, 2, ERROR_PORT_NOT_OPEN);
    check_status(conn, "Test Modem");
    hang_up(conn);
    conn = NULL;
    dial("lost", 2, NULL, &conn);
    wait_state(conn, RASCS_Disconnected);
    error = pRasGetConnectStatusA(conn, &status);
    ok(!error && status.dwError == ERROR_REMOTE_DISCONNECTION, "got %lu, %lu.\n", error, status.dwError);
    hang_up(conn);
}

/* One link at first: that of dwSubEntry; the other one when it fails. */
static void test_as_needed(void)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "needed", .dwSubEntry = 2};
    RASCONNA list = {.dwSize = sizeof(list)};
    DWORD size = sizeof(list), count = 0, error;
    HRASCONN conn = NULL;

    dial("needed", 2, NULL, &conn);
    wait_event(recorder.ended);
    check_notices(1, conn);
    check_no_link(conn, 2, ERROR_PORT_NOT_OPEN);
    hang_up(conn);
    conn = NULL;
    error = pRasDialA(NULL, phonebook, &params, 0, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    check_no_link(conn, 1, ERROR_PORT_NOT_OPEN);
    get_link(conn, 2);
    error = pRasEnumConnectionsA(&list, &size, &count);
    ok(!error && list.dwSubEntry == 2, "got %lu, link %lu.\n", error, list.dwSubEntry);
    hang_up(conn);
    conn = NULL;
    error = dial("needed busy", NOTIFIER_SYNC, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    get_link(conn, 2);
    hang_up(conn);
}

/* The scripted peer of this number is busy for some seconds after the call, then silent. */
static void test_load(void)
{
    HRASCONN conn = NULL;
    HANDLE more, less;

    dial("load", 2, NULL, &conn);
    wait_event(recorder.ended);
    more = watch(conn, RASCN_BandwidthAdded);
    less = watch(conn, RASCN_BandwidthRemoved);
    wait_event(more);
    get_link(conn, 2);
    wait_event(less);
    check_no_link(conn, 2, ERROR_PORT_NOT_OPEN);
    check_status(conn, "Test Modem");
    hang_up(conn);
    CloseHandle(more);
    CloseHandle(less);
}

/* The line of the second link counts nothing, so that nobody can tell. */
static void test_uncounted(void)
{
    RAS_STATS stats = {.dwSize = sizeof(stats)};
    HRASCONN conn = NULL;
    DWORD error;

    dial("uncounted", NOTIFIER_SYNC, NULL, &conn);
    error = pRasGetLinkStatistics(conn, 2, &stats);
    ok(!error || error == ERROR_NOT_SUPPORTED, "got %lu.\n", error);
    todo_wine ok(!error, "got %lu.\n", error);
    error = pRasClearLinkStatistics(conn, 2);
    todo_wine ok(!error, "got %lu.\n", error);
    error = pRasGetLinkStatistics(conn, 1, &stats);
    ok(!error && stats.dwBytesXmited == 1001, "got %lu, %lu bytes.\n", error, stats.dwBytesXmited);
    error = pRasGetConnectionStatistics(conn, &stats);
    ok(!error && stats.dwBytesXmited == 1001, "got %lu, %lu bytes.\n", error, stats.dwBytesXmited);
    hang_up(conn);
}

static HANDLE paused;

static DWORD on_pause(const struct notice *notice)
{
    if (notice->state & RASCS_PAUSED) SetEvent(paused);
    return 1;
}

/* In the handler's last moment it is still too early. */
static void resume(HRASCONN conn, RASDIALPARAMSA *params)
{
    DWORD error;

    do
        error = pRasDialA(NULL, phonebook, params, 2, NULL, &conn);
    while (error == ERROR_DIAL_ALREADY_IN_PROGRESS);
    ok(!error, "got %lu.\n", error);
}

/* Both are refused; the pauses come one after the other. */
static void test_retry(void)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "retry", .szUserName = "user",
                             .szPassword = "open sesame"};
    HRASCONN conn = NULL;

    dial_book_entry(phonebook, "retry", "user", "wrong", 2, on_pause, RDEOPT_PausedStates, &conn);
    wait_event(paused);
    wait_state(conn, RASCS_RetryAuthentication);
    resume(conn, &params);
    wait_event(paused);
    resume(conn, &params);
    wait_event(recorder.ended);
    get_link(conn, 1);
    get_link(conn, 2);
    hang_up(conn);
}

/* One link is up; that the other one waits is what the connection does. */
static void test_retry_second(void)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "half retry", .szUserName = "user",
                             .szPassword = "open sesame"};
    HRASCONN conn = NULL;

    dial_book_entry(phonebook, "half retry", "user", "wrong", 2, on_pause, RDEOPT_PausedStates, &conn);
    wait_event(paused);
    ok(find_notice(2, RASCS_RetryAuthentication) && !find_notice(1, RASCS_RetryAuthentication), "another link.\n");
    uncertain wait_state(conn, RASCS_RetryAuthentication);
    resume(conn, &params);
    wait_event(recorder.ended);
    get_link(conn, 1);
    get_link(conn, 2);
    hang_up(conn);
    /* Who hangs up in the pause ends both. */
    conn = NULL;
    dial_book_entry(phonebook, "half retry", "user", "wrong", 2, on_pause, RDEOPT_PausedStates, &conn);
    wait_event(paused);
    hang_up(conn);
    ok(!count_connections(NULL, NULL), "a connection is left.\n");
}

/* Each link wants to be called back. */
static void test_callback(void)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "callback", .szUserName = "user",
                             .szPassword = "password", .szCallbackNumber = "5550199"};
    HRASCONN conn = NULL;
    DWORD error;

    error = pRasDialA(NULL, phonebook, &params, 0, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    get_link(conn, 1);
    get_link(conn, 2);
    hang_up(conn);
    /* The program is asked for the number of each. */
    conn = NULL;
    dial_book_entry_callback(phonebook, "callback", "user", "password", 2, on_pause, RDEOPT_PausedStates, "*", &conn);
    wait_event(paused);
    wait_state(conn, RASCS_CallbackSetByCaller);
    resume(conn, &params);
    wait_event(paused);
    resume(conn, &params);
    wait_event(recorder.ended);
    ok(find_notice(1, RASCS_WaitForCallback) && find_notice(2, RASCS_WaitForCallback), "no call back.\n");
    get_link(conn, 1);
    get_link(conn, 2);
    hang_up(conn);
}

/* The entry's script runs for each link, one after the other. */
static void test_scripts(void)
{
    static const char script[] = "proc main\r\nwaitfor \"ogin:\" until 30\r\ntransmit \"alice^M\"\r\n"
        "waitfor \"assword:\"\r\ntransmit $PASSWORD, raw\r\ntransmit \"<cr>\"\r\nwaitfor \"PPP\"\r\nendproc\r\n";
    char path[MAX_PATH], book[MAX_PATH], entry[3 * MAX_PATH];
    HRASCONN conn = NULL;
    unsigned int i, scripts = 0;

    write_phonebook(path, script);
    snprintf(entry, sizeof(entry), "[scripts]\r\nEncoding=1\r\nType=1\r\nDialMode=1\r\n\r\n" LINK("Test Modem", "login")
             "DEVICE=switch\r\nTerminal=0\r\nName=%s\r\nScript=1\r\n\r\n" LINK("Second Modem", "login")
             "DEVICE=switch\r\nTerminal=0\r\nName=%s\r\nScript=1\r\n\r\n", path, path);
    write_phonebook(book, entry);
    dial_book_entry(book, "scripts", "alice", "open sesame", 2, NULL, RDEOPT_PausedStates, &conn);
    wait_event(recorder.ended);
    for (i = 0; i < recorder.count; i++) scripts += recorder.notices[i].state == RASCS_Interactive;
    ok(scripts == 2, "%u scripts.\n", scripts);
    ok(recorder.notices[recorder.count - 1].state == RASCS_Connected, "state %#x, error %lu.\n",
       recorder.notices[recorder.count - 1].state, recorder.notices[recorder.count - 1].error);
    get_link(conn, 1);
    get_link(conn, 2);
    hang_up(conn);
    /* Nobody can be asked. */
    conn = NULL;
    dial_book_entry(book, "scripts", "alice", "open sesame", 2, NULL, 0, &conn);
    wait_state(conn, RASCS_Disconnected);
    wait_event(recorder.ended);
    ok(recorder.notices[recorder.count - 1].error == ERROR_INTERACTIVE_MODE, "error %lu.\n",
       recorder.notices[recorder.count - 1].error);
    hang_up(conn);
    DeleteFileA(path);
    DeleteFileA(book);
}

#define RUN(call)         \
    do                    \
    {                     \
        push_context(#call); \
        call;             \
        pop_context();    \
    } while (0)

START_TEST(multilink)
{
    if (!dialing_init()) return;
    write_phonebook(phonebook, ENTRY("all", "1", "ok", "ok") ENTRY("slow", "1", "ok", "slow")
                    ENTRY("half", "1", "ok", "busy") ENTRY("other half", "1", "bad-auth", "ok")
                    ENTRY("none", "1", "busy", "no-answer") ENTRY("half lost", "1", "ok", "drop-after-connect")
                    ENTRY("lost", "1", "drop-after-connect", "drop-after-connect")
                    ENTRY("needed", "2", "ok", "ok") ENTRY("needed busy", "2", "busy", "ok")
                    ENTRY("load", "2", "load", "ok") ENTRY("retry", "1", "retry", "retry")
                    ENTRY("half retry", "1", "ok", "retry") ENTRY("callback", "1", "callback", "callback")
                    ENTRY("uncounted", "1", "ok", "uncounted")
                    "[one device]\r\nEncoding=1\r\nType=1\r\nDialMode=1\r\n\r\n" LINK("Test Modem", "ok")
                    LINK("Test Modem", "ok"));
    RUN(test_all());
    RUN(test_hangup());
    RUN(check_half("half", 2, ERROR_LINE_BUSY));
    RUN(check_half("other half", 1, ERROR_AUTHENTICATION_FAILURE));
    RUN(check_half("one device", 2, ERROR_PORT_NOT_AVAILABLE));
    RUN(test_all_fail());
    RUN(test_notifiers());
    RUN(test_lost());
    RUN(test_as_needed());
    RUN(test_load());
    RUN(test_uncounted());
    paused = CreateEventA(NULL, FALSE, FALSE, NULL);
    RUN(test_retry());
    RUN(test_retry_second());
    RUN(test_callback());
    RUN(test_scripts());
    CloseHandle(paused);
    DeleteFileA(phonebook);
    dialing_cleanup();
}
