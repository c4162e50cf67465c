/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * custom.c - entries with a dialer of their own (szCustomDialDll): RasDial and RasHangUp
 * leave the work to the DLL that entry and registry name, and RasDeleteEntry tells it.
 */
#include "dialing.h"

#include <stdlib.h>
#include <string.h>

#define PARAMETERS_KEY "System\\CurrentControlSet\\Services\\Rasman\\Parameters"
#define OWN_HANDLE     ((HRASCONN)(ULONG_PTR)0x1234567)

#if defined(_WIN64)
#define DLL(name) name ".cross64.dll"
#else
#define DLL(name) name ".cross32.dll"
#endif

static char phonebook[MAX_PATH], dialer[MAX_PATH], no_dialer[MAX_PATH];
static WCHAR phonebook_w[MAX_PATH];

/* The path of a file beside this program. */
static void path_beside(char *path, const char *name)
{
    GetModuleFileNameA(NULL, path, MAX_PATH);
    strcpy(strrchr(path, '\\') + 1, name);
}

static void forget_calls(void)
{
    SetEnvironmentVariableW(L"CUSTOM_DLL_DIAL", NULL);
    SetEnvironmentVariableW(L"CUSTOM_DLL_HANG_UP", NULL);
    SetEnvironmentVariableW(L"CUSTOM_DLL_DELETED", NULL);
}

static void check_call(int line, const WCHAR *name, const WCHAR *expected)
{
    WCHAR text[1024] = L"";

    GetEnvironmentVariableW(name, text, ARRAYSIZE(text));
    test_ok(__FILE__, line, !lstrcmpW(text, expected), "%ls: got \"%ls\", expected \"%ls\".\n", name, text, expected);
}
static void check_last_word(int line, const WCHAR *name, const WCHAR *expected)
{
    WCHAR text[1024] = L"", *last;

    GetEnvironmentVariableW(name, text, ARRAYSIZE(text));
    last = wcsrchr(text, ' ');
    test_ok(__FILE__, line, last && !lstrcmpW(last + 1, expected), "%ls: got \"%ls\".\n", name, text);
}

#define CHECK_CALL(name, expected) check_call(__LINE__, L"CUSTOM_DLL_" name, expected)

static void check_hang_up(int line, HRASCONN conn)
{
    WCHAR expected[32];

    _snwprintf(expected, ARRAYSIZE(expected), L"%p", conn);
    check_call(line, L"CUSTOM_DLL_HANG_UP", expected);
}
#define CHECK_HANG_UP(conn) check_hang_up(__LINE__, conn)

/* The list of custom dialers: one, and another that is of no importance. */
static void set_list(HKEY key, const char *path)
{
    char list[2 * MAX_PATH + 8] = "C:\\other.dll";
    size_t len = strlen(list) + 1;

    strcpy(list + len, path);
    len += strlen(path) + 1;
    list[len++] = 0;
    RegSetValueExA(key, "CustomDLL", 0, REG_MULTI_SZ, (BYTE *)list, len);
}

static DWORD dial_entry(const char *entry, const char *user, HRASCONN *conn)
{
    forget_calls();
    *conn = NULL;
    return dial_book_entry(phonebook, entry, user, "password", NOTIFIER_SYNC, NULL, 0, conn);
}

/* Whatever keeps the dialer from being run is 755, and the entry is not dialled. */
static void check_refused(int line, const char *entry)
{
    HRASCONN conn;
    DWORD error = dial_entry(entry, "own", &conn);

    test_ok(__FILE__, line, error == ERROR_CANNOT_DO_CUSTOMDIAL, "got %lu.\n", error);
    test_ok(__FILE__, line, !conn, "handle %p.\n", conn);
    check_call(line, L"CUSTOM_DLL_DIAL", L"");
}
#define CHECK_REFUSED(entry) check_refused(__LINE__, entry)

static void test_refused(HKEY key)
{
    char short_name[MAX_PATH];

    RegDeleteValueA(key, "CustomDLL");
    CHECK_REFUSED("dialer");
    set_list(key, "C:\\windows\\another.dll");
    CHECK_REFUSED("dialer");
    set_list(key, no_dialer);
    CHECK_REFUSED("no export");
    set_list(key, "C:\\no such folder\\no.dll");
    CHECK_REFUSED("no file");
    /* In the folder of the program, not in the system's. */
    set_list(key, DLL("custom_dll"));
    CHECK_REFUSED("name");
    snprintf(short_name, sizeof(short_name), ".\\%s", DLL("custom_dll"));
    set_list(key, short_name);
    CHECK_REFUSED("relative");
}

/* The dialer gets what the program gave; its answer is RasDial's. */
static void test_arguments(void)
{
    RASDIALEXTENSIONS extensions = {.dwSize = sizeof(extensions)};
    RASDIALPARAMSW params = {.dwSize = 2096};
    HRASCONN conn = NULL;
    WCHAR expected[1024];
    DWORD error;

    forget_calls();
    lstrcpyW(params.szEntryName, L"dialer");
    lstrcpyW(params.szUserName, L"refuse");
    error = pRasDialW(&extensions, phonebook_w, &params, 0xffffffff, recorder.window, &conn);
    ok(error == 1234, "got %lu.\n", error);
    ok(!conn, "handle %p.\n", conn);
    _snwprintf(expected, ARRAYSIZE(expected), L"1 %p %ls 2096 dialer ffffffff %p %p %p 0", &extensions, phonebook_w,
              recorder.window, &conn, NULL);
    CHECK_CALL(L"DIAL", expected);

    /* RCD_Eap, RCD_Logon. */
    forget_calls();
    extensions.dwfOptions = RDEOPT_NoUser;
    lstrcpyW(params.szEntryName, L"dialer eap");
    error = pRasDialW(&extensions, phonebook_w, &params, 0, NULL, &conn);
    ok(error == 1234, "got %lu.\n", error);
    _snwprintf(expected, ARRAYSIZE(expected), L"1 %p %ls 2096 dialer eap 0 %p %p %p 6", &extensions, phonebook_w, NULL,
              &conn, NULL);
    uncertain CHECK_CALL(L"DIAL", expected);

    /* What is wrong by itself does not reach it. */
    forget_calls();
    error = pRasDialW(&extensions, phonebook_w, &params, 3, recorder.window, &conn);
    uncertain ok(error == ERROR_INVALID_PARAMETER, "got %lu.\n", error);
    params.dwSize = 1;
    error = pRasDialW(&extensions, phonebook_w, &params, 0, NULL, &conn);
    ok(error == ERROR_INVALID_SIZE, "got %lu.\n", error);
    CHECK_CALL(L"DIAL", L"");
}

/* An ANSI program's arguments reach it as Unicode, in the newest edition. */
static void test_ansi(void)
{
    RASDIALPARAMSA params = {.dwSize = 1052};
    HRASCONN conn = NULL;
    WCHAR expected[1024];
    DWORD error;

    forget_calls();
    strcpy(params.szEntryName, "DIALER");
    strcpy(params.szUserName, "refuse");
    error = pRasDialA(NULL, phonebook, &params, 0, NULL, &conn);
    ok(error == 1234, "got %lu.\n", error);
    _snwprintf(expected, ARRAYSIZE(expected), L"1 %p %ls %u DIALER 0 %p %p %p 0", NULL, phonebook_w,
              (unsigned int)sizeof(RASDIALPARAMSW), NULL, &conn, NULL);
    CHECK_CALL(L"DIAL", expected);
}

/* A handle of the dialer's own: RasDial gives it back to the dialer, and so does RasHangUp. */
static void test_own_handle(void)
{
    RASDIALPARAMSW params = {.dwSize = sizeof(params)};
    HRASCONN conn;
    WCHAR expected[1024];
    DWORD error;

    error = dial_entry("dialer", "own", &conn);
    ok(!error && conn == OWN_HANDLE, "got %lu, handle %p.\n", error, conn);
    forget_calls();
    lstrcpyW(params.szEntryName, L"dialer");
    lstrcpyW(params.szUserName, L"own");
    error = pRasDialW(NULL, NULL, &params, 0, NULL, &conn);
    ok(!error && conn == OWN_HANDLE, "again: got %lu, handle %p.\n", error, conn);
    _snwprintf(expected, ARRAYSIZE(expected), L"1 %p (null) %u dialer 0 %p %p %p 0", NULL, (unsigned int)sizeof(params),
              NULL, &conn, OWN_HANDLE);
    CHECK_CALL(L"DIAL", expected);

    SetEnvironmentVariableW(L"CUSTOM_DLL_FAILS", L"1");
    error = pRasHangUpA(conn);
    ok(error == ERROR_HANGUP_FAILED, "got %lu.\n", error);
    SetEnvironmentVariableW(L"CUSTOM_DLL_FAILS", NULL);
    forget_calls();
    error = pRasHangUpW(conn);
    ok(!error, "got %lu.\n", error);
    CHECK_HANG_UP(conn);
    forget_calls();
    error = pRasHangUpW(conn);
    ok(error == ERROR_INVALID_HANDLE, "again: got %lu.\n", error);
    CHECK_CALL(L"HANG_UP", L"");
}

/* A dialer that has RasDial do the work. */
static void test_pass_on(DWORD type)
{
    HRASCONN conn = NULL;
    DWORD error;

    push_context("notifier %#lx", type);
    forget_calls();
    error = dial_book_entry(phonebook, "dialer", "pass on", "password", type, NULL, 0, &conn);
    ok(!error, "got %lu.\n", error);
    if (type != NOTIFIER_SYNC) wait_event(recorder.ended);
    wait_state(conn, RASCS_Connected);
    forget_calls();
    hang_up(conn);
    CHECK_HANG_UP(conn);
    CHECK_CALL(L"DIAL", L"");
    pop_context();
}

/* A program that is the dialer itself, and entries without one. */
static void test_option(HKEY key)
{
    HRASCONN conn = NULL;
    DWORD error;

    forget_calls();
    error = dial_book_entry(phonebook, "dialer", "user", "password", NOTIFIER_SYNC, NULL, RDEOPT_CustomDial, &conn);
    ok(!error, "got %lu.\n", error);
    hang_up(conn);
    RegDeleteValueA(key, "CustomDLL");
    conn = NULL;
    error = dial_book_entry(phonebook, "dialer", "user", "password", NOTIFIER_SYNC, NULL, RDEOPT_CustomDial, &conn);
    ok(!error, "without the list: got %lu.\n", error);
    hang_up(conn);
    set_list(key, dialer);
    error = dial_entry("plain", "user", &conn);
    ok(!error, "plain: got %lu.\n", error);
    hang_up(conn);
    CHECK_CALL(L"DIAL", L"");
    CHECK_CALL(L"HANG_UP", L"");
}

/* Another process has dialled: the entry of the connection names the dialer. */
static void test_processes(void)
{
    char argument[MAX_PATH + 8];
    DWORD size, count = 0, error;
    RASCONNA conns[4];

    snprintf(argument, sizeof(argument), "stay \"%s\"", phonebook);
    ok(!run_child("custom", argument), "the child failed.\n");
    size = sizeof(conns);
    conns[0].dwSize = sizeof(conns[0]);
    error = pRasEnumConnectionsA(conns, &size, &count);
    ok(!error && count == 1, "got %lu, %lu connections.\n", error, count);
    if (count != 1) return;
    forget_calls();
    hang_up(conns[0].hrasconn);
    CHECK_HANG_UP(conns[0].hrasconn);
}

static void make_folders(const char *path)
{
    char part[MAX_PATH];
    const char *end;

    for (end = strchr(path + 3, '\\'); end; end = strchr(end + 1, '\\'))
    {
        lstrcpynA(part, path, (int)(end - path) + 1);
        CreateDirectoryA(part, NULL);
    }
    CreateDirectoryA(path, NULL);
}

/* An entry of all users, in their folder. */
static void test_all_users(void)
{
    WCHAR expected[1024], path_w[MAX_PATH];
    char path[MAX_PATH];
    HRASCONN conn = NULL;
    DWORD error;

    GetEnvironmentVariableA("ProgramData", path, sizeof(path));
    strcat(path, "\\Microsoft\\Network\\Connections\\Pbk");
    make_folders(path);
    strcat(path, "\\ras_test_custom.pbk");
    if (!CopyFileA(phonebook, path, FALSE))
    {
        skip("no right to write phone books of all users.\n");
        return;
    }
    MultiByteToWideChar(CP_ACP, 0, path, -1, path_w, ARRAYSIZE(path_w));
    forget_calls();
    error = dial_book_entry(path, "dialer", "refuse", "password", NOTIFIER_SYNC, NULL, 0, &conn);
    ok(error == 1234, "got %lu.\n", error);
    check_last_word(__LINE__, L"CUSTOM_DLL_DIAL", L"1");
    error = pRasDeleteEntryA(path, "dialer");
    ok_error(RasDeleteEntryA, error, ERROR_SUCCESS);
    _snwprintf(expected, ARRAYSIZE(expected), L"%ls dialer 1", path_w);
    CHECK_CALL(L"DELETED", expected);
    DeleteFileA(path);
}

/* The dialer hears of it, and only of what is its own. */
static void test_delete(HKEY key)
{
    WCHAR expected[1024];
    DWORD error;

    forget_calls();
    error = pRasDeleteEntryW(phonebook_w, L"plain");
    ok_error(RasDeleteEntryW, error, ERROR_SUCCESS);
    error = pRasDeleteEntryW(phonebook_w, L"plain");
    ok_error(RasDeleteEntryW, error, ERROR_INVALID_NAME);
    error = pRasDeleteEntryW(phonebook_w, L"no file");
    ok_error(RasDeleteEntryW, error, ERROR_SUCCESS);
    CHECK_CALL(L"DELETED", L"");
    error = pRasDeleteEntryW(phonebook_w, L"DIALER EAP");
    ok_error(RasDeleteEntryW, error, ERROR_SUCCESS);
    _snwprintf(expected, ARRAYSIZE(expected), L"%ls dialer eap 2", phonebook_w);
    uncertain CHECK_CALL(L"DELETED", expected);
    /* One that may not be loaded hears nothing; the entry goes all the same. */
    forget_calls();
    RegDeleteValueA(key, "CustomDLL");
    error = pRasDeleteEntryA(phonebook, "dialer");
    ok_error(RasDeleteEntryA, error, ERROR_SUCCESS);
    CHECK_CALL(L"DELETED", L"");
}

/* The other program of test_processes. */
static void child(const char *book)
{
    HRASCONN conn = NULL;
    DWORD error;

    error = dial_book_entry(book, "dialer", "pass on", "password", NOTIFIER_SYNC, NULL, 0, &conn);
    ok(!error, "got %lu.\n", error);
}

static void write_entries(void)
{
    static const char format[] =
        PHONEBOOK_TEXT("dialer", "ok", "CustomRasDialDll=%s\r\nAuthRestrictions=512\r\n")
        PHONEBOOK_TEXT("dialer eap", "ok", "CustomRasDialDll=%%CUSTOM_DLL%%\r\nAuthRestrictions=128\r\n")
        PHONEBOOK_TEXT("no export", "ok", "CustomRasDialDll=%s\r\n")
        PHONEBOOK_TEXT("no file", "ok", "CustomRasDialDll=C:\\no such folder\\no.dll\r\n")
        PHONEBOOK_TEXT("name", "ok", "CustomRasDialDll=" DLL("custom_dll") "\r\n")
        PHONEBOOK_TEXT("relative", "ok", "CustomRasDialDll=.\\" DLL("custom_dll") "\r\n")
        PHONEBOOK_TEXT("plain", "ok", "CustomRasDialDll=\r\n");
    char text[sizeof(format) + 2 * MAX_PATH];

    path_beside(dialer, DLL("custom_dll"));
    path_beside(no_dialer, DLL("script_dll"));
    SetEnvironmentVariableA("CUSTOM_DLL", dialer);
    snprintf(text, sizeof(text), format, dialer, no_dialer);
    write_phonebook(phonebook, text);
    MultiByteToWideChar(CP_ACP, 0, phonebook, -1, phonebook_w, ARRAYSIZE(phonebook_w));
}

START_TEST(custom)
{
    static const DWORD types[] = {NOTIFIER_SYNC, 0, 2, NOTIFIER_WINDOW};
    unsigned int i;
    HKEY key;

    if (!dialing_init()) return;
    if (test_argc)
    {
        child(test_argv[1]);
        return;
    }
    if (RegCreateKeyExA(HKEY_LOCAL_MACHINE, PARAMETERS_KEY, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL))
    {
        skip("no right to name a custom dialer.\n");
        return;
    }
    write_entries();
    test_refused(key);
    set_list(key, dialer);
    test_arguments();
    test_ansi();
    test_own_handle();
    for (i = 0; i < ARRAYSIZE(types); i++) test_pass_on(types[i]);
    test_option(key);
    test_processes();
    test_all_users();
    test_delete(key);
    RegDeleteValueA(key, "CustomDLL");
    RegCloseKey(key);
    DeleteFileA(phonebook);
    dialing_cleanup();
}
