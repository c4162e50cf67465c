/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * connections.c - RasEnumConnections and RasGetConnectStatus with connections; sizes.c looks at them without.
 */
#include "dialing.h"

#include <string.h>

#define PHONEBOOK_ENTRY "Test \xc3\xa9ntry" /* UTF-8 */

static char phonebook[MAX_PATH];

/* A second connection needs a name of its own, so it has an entry. */
static void make_phonebook(void)
{
    static const char text[] =
        "[other]\r\nEncoding=1\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=\r\nDevice=nowhere\r\n\r\nDEVICE=modem\r\n"
        "PhoneNumber=busy\r\n\r\n"
        "[" PHONEBOOK_ENTRY "]\r\nEncoding=1\r\nType=1\r\nGuid=00112233445566778899AABBCCDDEEFF\r\n\r\n"
        "MEDIA=serial\r\nPort=\r\nDevice=\r\n\r\nDEVICE=modem\r\nPhoneNumber=ok\r\nAreaCode=\r\n\r\n"
        "[.named]\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=\r\nDevice=\r\n\r\nDEVICE=modem\r\nPhoneNumber=busy\r\n\r\n"
        "[no device]\r\nEncoding=1\r\nType=1\r\n";
    char dir[MAX_PATH];
    HANDLE file;
    DWORD done;

    GetTempPathA(sizeof(dir), dir);
    ok(GetTempFileNameA(dir, "ras", 0, phonebook) != 0, "no file, error %lu.\n", GetLastError());
    file = CreateFileA(phonebook, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    WriteFile(file, text, sizeof(text) - 1, &done, NULL);
    CloseHandle(file);
}

static DWORD dial_entry(const WCHAR *entry, HRASCONN *conn)
{
    RASDIALPARAMSW params = {.dwSize = sizeof(params)};
    WCHAR path[MAX_PATH];

    MultiByteToWideChar(CP_ACP, 0, phonebook, -1, path, ARRAYSIZE(path));
    lstrcpyW(params.szEntryName, entry);
    *conn = NULL;
    return pRasDialW(NULL, path, &params, 0, NULL, conn);
}

static void test_entries(void)
{
    RASDIALPARAMSA both = {.dwSize = sizeof(both), .szEntryName = ".ok", .szPhoneNumber = "busy"};
    HRASCONN conn;
    DWORD error;

    error = dial_entry(L"no such entry", &conn);
    ok(error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY && !conn, "got %lu, handle %p.\n", error, conn);
    error = dial_entry(L"no device", &conn);
    uncertain ok(error == ERROR_CORRUPT_PHONEBOOK && !conn, "got %lu, handle %p.\n", error, conn);
    error = dial_entry(L".ok", &conn);
    uncertain ok(!error, "number after the full stop: got %lu.\n", error);
    if (conn) hang_up(conn);
    /* Such a name in the phone book goes before, and the program's number, too. */
    error = dial_entry(L".named", &conn);
    uncertain ok(error == ERROR_LINE_BUSY, "name after the full stop: got %lu.\n", error);
    if (conn) hang_up(conn);
    conn = NULL;
    error = pRasDialA(NULL, phonebook, &both, 0, NULL, &conn);
    uncertain ok_error(RasDialA, error, ERROR_LINE_BUSY, "another number");
    if (conn) hang_up(conn);
}

/* Rows 2 to 6 of the size negotiation, for one edition. */
static void test_enum_sizes(DWORD edition, DWORD connections, HRASCONN conn)
{
    static struct guard guard;
    DWORD size, count, error, needed = connections * edition, i;
    RASCONNA *conns = guard_init(&guard);
    BOOL found = FALSE;

    push_context("edition %lu", edition);
    conns->dwSize = edition;
    size = needed - 1;
    count = 0;
    error = pRasEnumConnectionsA(conns, &size, &count);
    ok(error == ERROR_BUFFER_TOO_SMALL && size == needed, "too small: got %lu, %lu bytes.\n", error, size);
    uncertain ok(count == connections, "too small: %lu connections.\n", count);
    ok(conns->dwSize == edition, "too small: dwSize is %lu.\n", conns->dwSize);
    guard_check(&guard, sizeof(DWORD));

    conns->dwSize = edition;
    size = needed + 100;
    error = pRasEnumConnectionsA(conns, &size, &count);
    ok(!error && size == needed && count == connections, "got %lu, %lu bytes, %lu.\n", error, size, count);
    guard_check(&guard, needed);
    for (i = 0; !error && i < count; i++)
    {
        RASCONNA *item = (RASCONNA *)((char *)conns + i * edition);

        ok(item->dwSize == edition, "element %lu: dwSize is %lu.\n", i, item->dwSize);
        if (item->hrasconn != conn) continue;
        found = TRUE;
        uncertain ok(!strcmp(item->szEntryName, ".ok"), "entry %s.\n", item->szEntryName);
        ok(!_stricmp(item->szDeviceType, "modem"), "device type %s.\n", item->szDeviceType);
        ok(item->szDeviceName[0], "no device name.\n");
        if (edition < 676) continue;
        uncertain ok(!item->szPhonebook[0], "phone book %s.\n", item->szPhonebook);
        uncertain ok(item->dwSubEntry == 1, "subentry %lu.\n", item->dwSubEntry);
    }
    ok(found, "the connection is not there.\n");
    pop_context();
}

static void test_enum(HRASCONN conn, DWORD connections)
{
    static const DWORD extra = sizeof(void *) - 4;
    static const DWORD editions[] = {412, 676, 692, 704, 720};
    DWORD size = 0, count = 0, error;
    unsigned int i;

    error = pRasEnumConnectionsA(NULL, &size, &count);
    ok(error == ERROR_BUFFER_TOO_SMALL && size == connections * (720 + extra), "NULL: got %lu, %lu bytes.\n", error,
       size);
    uncertain ok(count == connections, "NULL: %lu connections.\n", count);
    for (i = 0; i < ARRAYSIZE(editions); i++) test_enum_sizes(editions[i] + extra, connections, conn);
}

/* A connection of a phone book entry. */
static void test_enum_entry(HRASCONN conn)
{
    static const GUID none, guid = {0x33221100, 0x5544, 0x7766, {0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff}};
    RASCONNW conns[4];
    DWORD size = sizeof(conns), count = 0, error, i;
    WCHAR path[MAX_PATH];

    MultiByteToWideChar(CP_ACP, 0, phonebook, -1, path, ARRAYSIZE(path));
    conns[0].dwSize = sizeof(conns[0]);
    error = pRasEnumConnectionsW(conns, &size, &count);
    ok_error(RasEnumConnectionsW, error, ERROR_SUCCESS);
    for (i = 0; i < count && conns[i].hrasconn != conn; i++) {}
    ok(i < count, "the connection is not there.\n");
    if (i >= count) return;
    ok(!lstrcmpW(conns[i].szEntryName, L"Test \x00e9ntry"), "another name.\n");
    ok(!lstrcmpiW(conns[i].szPhonebook, path), "another phone book.\n");
    ok(!memcmp(&conns[i].guidEntry, &guid, sizeof(guid)), "another GUID.\n");
    uncertain ok(RASCF_IsOwner(conns[i].dwFlags), "flags %#lx.\n", conns[i].dwFlags);
    /* The other connection has other ones. */
    ok(count == 2, "%lu connections.\n", count);
    ok(memcmp(&conns[0].luid, &conns[1].luid, sizeof(LUID)), "the same LUID.\n");
    ok(memcmp(&conns[0].guidCorrelationId, &conns[1].guidCorrelationId, sizeof(GUID)), "the same correlation id.\n");
    ok(memcmp(&conns[i].guidCorrelationId, &none, sizeof(GUID)), "no correlation id.\n");
}

static void test_status(HRASCONN conn)
{
    static const DWORD editions[] = {160, 288, 332};
    static struct guard guard;
    RASCONNSTATUSA *status;
    RASCONNSTATUSW wide = {.dwSize = sizeof(wide)};
    unsigned int i;
    DWORD error;

    for (i = 0; i < ARRAYSIZE(editions); i++)
    {
        push_context("edition %lu", editions[i]);
        status = guard_init(&guard);
        status->dwSize = editions[i];
        error = pRasGetConnectStatusA(conn, status);
        ok_error(RasGetConnectStatusA, error, ERROR_SUCCESS);
        ok(status->dwSize == editions[i], "dwSize is %lu.\n", status->dwSize);
        ok(status->rasconnstate == RASCS_Connected && !status->dwError, "state %#x, error %lu.\n", status->rasconnstate,
           status->dwError);
        ok(!_stricmp(status->szDeviceType, "modem"), "device type %s.\n", status->szDeviceType);
        if (editions[i] >= 288) ok(!strcmp(status->szPhoneNumber, "ok"), "number %s.\n", status->szPhoneNumber);
        guard_check(&guard, editions[i]);
        pop_context();
    }
    error = pRasGetConnectStatusW(conn, &wide);
    ok(!error && !lstrcmpW(wide.szPhoneNumber, L"ok"), "W: got %lu.\n", error);
}

static DWORD dial_callback(const char *number, HRASCONN *conn)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szPhoneNumber = "ok"};

    strcpy(params.szCallbackNumber, number);
    *conn = NULL;
    return pRasDialA(NULL, NULL, &params, 0, NULL, conn);
}

/* No public source tells whether the call or the dial fails. */
static void test_callback_number(void)
{
    static const char *const bad[] = {"abc", "1+2", "**", "*1", "1,2"};
    static const char *const good[] = {"", "*", "0123456789TPW()-@ "};
    HRASCONN conn;
    unsigned int i;
    DWORD error;

    for (i = 0; i < ARRAYSIZE(bad); i++)
    {
        error = dial_callback(bad[i], &conn);
        uncertain ok(error == ERROR_INVALID_CALLBACK_NUMBER && !conn, "%s: got %lu, handle %p.\n", bad[i], error, conn);
        if (conn) hang_up(conn);
    }
    for (i = 0; i < ARRAYSIZE(good); i++)
    {
        error = dial_callback(good[i], &conn);
        ok(!error, "\"%s\": got %lu.\n", good[i], error);
        if (conn) hang_up(conn);
    }
}

START_TEST(connections)
{
    HRASCONN conn = NULL, second = NULL;
    DWORD error;

    if (!dialing_init()) return;
    make_phonebook();
    test_entries();
    test_callback_number();
    error = dial_number("ok", NOTIFIER_SYNC, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    test_enum(conn, 1);
    test_status(conn);
    error = dial_entry(L"TEST \x00c9NTRY", &second);
    ok(!error, "entry: got %lu.\n", error);
    if (!error)
    {
        test_enum(conn, 2);
        test_enum_entry(second);
    }
    if (second) hang_up(second);
    hang_up(conn);
    DeleteFileA(phonebook);
    dialing_cleanup();
}
