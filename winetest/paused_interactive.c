/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * paused_interactive.c - RASCS_Interactive: terminals, login scripts (.SCP files, sections
 * of SWITCH.INF) and custom script DLLs of phone book entries.
 */
#include "pausing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSWORD GOOD_PASSWORD

static char phonebook[MAX_PATH], folder[MAX_PATH];

#define SCP(text) "proc main\r\n" text "\r\nendproc\r\n"

static const struct
{
    const char *name, *text;
} files[] = {
    {"ras_test_good.scp", SCP("waitfor \"ogin:\" until 30\r\nif $FAILURE then\r\nhalt\r\nendif\r\n"
                              "transmit $USERID + \"^M\"\r\nwaitfor \"assword:\"\r\ntransmit $PASSWORD, raw\r\n"
                              "transmit \"<cr>\"\r\nwaitfor \"PPP\"")},
    {"ras_test_bad.scp", SCP("waitfor \"ogin:\"\r\ntransmit \"" PASSWORD "^M\r\n")},
    {"ras_test_halt.scp", SCP("halt")},
    {"ras_test_late.scp", SCP("waitfor \"never\"")},
    {"ras_test_address.scp", SCP("set ipaddr \"192.0.2.7\"")},
    {"switch.inf", "[Good Login]\r\nCOMMAND=\r\nOK=<match>\"login:\"\r\nCOMMAND=<username><cr>\r\n"
                   "OK=<match>\"Password:\"\r\nLOOP=<ignore>\r\nCOMMAND=<password><cr>\r\nCONNECT=<match>\"PPP\"\r\n"
                   "[Bad Login]\r\nCOMMAND=x<cr>\r\nWRONG=" PASSWORD "\r\n"},
};

/* name, number that the device gets, keys of the switch before and after it */
static const struct
{
    const char *name, *number, *before, *after;
} entries[] = {
    {"good", "login", NULL, "Terminal=0\r\nName=ras_test_good.scp\r\nScript=1\r\n"},
    {"bad", "login", NULL, "Terminal=0\r\nName=ras_test_bad.scp\r\nScript=1\r\n"},
    {"halt", "login", NULL, "Terminal=0\r\nName=ras_test_halt.scp\r\nScript=1\r\n"},
    {"late", "login", NULL, "Terminal=0\r\nName=ras_test_late.scp\r\nScript=1\r\n"},
    {"address", "login", NULL, "Terminal=0\r\nName=ras_test_address.scp\r\nScript=1\r\n"},
    {"missing", "login", NULL, "Terminal=0\r\nName=ras_test_missing.scp\r\nScript=1\r\n"},
    {"lost", "login-lost", NULL, "Terminal=0\r\nName=ras_test_good.scp\r\nScript=1\r\n"},
    {"section", "login", NULL, "Terminal=0\r\nName=[good login]\r\nScript=1\r\n"},
    {"bare section", "login", NULL, "Terminal=0\r\nName=Good Login\r\nScript=1\r\n"},
    {"bad section", "login", NULL, "Terminal=0\r\nName=[Bad Login]\r\nScript=1\r\n"},
    {"no section", "login", NULL, "Terminal=0\r\nName=[No Login]\r\nScript=1\r\n"},
    {"unused", "login", NULL, "Terminal=0\r\nName=ras_test_bad.scp\r\nScript=0\r\n"},
    {"terminals", "ok", "Terminal=1\r\n", "Terminal=1\r\nName=\r\nScript=0\r\n"},
    {"terminal", "login-auth", NULL, "Terminal=1\r\nName=\r\nScript=0\r\n"},
    {"both", "login", NULL, "Terminal=1\r\nName=ras_test_good.scp\r\nScript=1\r\n"},
    {"custom", "login-auth", NULL, "Terminal=0\r\nName=\r\nScript=0\r\nCustomScript=1\r\n"},
    {"custom silent", "login-silent", NULL, "Terminal=0\r\nName=\r\nScript=0\r\nCustomScript=1\r\n"},
};

static BOOL write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    ok(file != NULL, "%s can't be written.\n", path);
    if (!file) return FALSE;
    fputs(text, file);
    fclose(file);
    return TRUE;
}

/* Scripts lie where Windows has them; a SWITCH.INF that is there is not touched. */
static BOOL write_files(void)
{
    char path[MAX_PATH + 32], dir[MAX_PATH];
    FILE *file;
    size_t i;

    GetSystemDirectoryA(folder, sizeof(folder) - 4);
    strcat(folder, "\\ras");
    CreateDirectoryA(folder, NULL);
    snprintf(path, sizeof(path), "%s\\switch.inf", folder);
    if (GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES)
    {
        skip("there is a SWITCH.INF.\n");
        return FALSE;
    }
    for (i = 0; i < ARRAYSIZE(files); i++)
    {
        snprintf(path, sizeof(path), "%s\\%s", folder, files[i].name);
        if (!write_file(path, files[i].text)) return FALSE;
    }
    GetTempPathA(sizeof(dir), dir);
    snprintf(phonebook, sizeof(phonebook), "%.200s\\ras_test.pbk", dir);
    if (!(file = fopen(phonebook, "wb"))) return FALSE;
    for (i = 0; i < ARRAYSIZE(entries); i++)
    {
        fprintf(file, "[%s]\r\nEncoding=1\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=\r\nDevice=\r\n\r\n", entries[i].name);
        if (entries[i].before) fprintf(file, "DEVICE=switch\r\n%s\r\n", entries[i].before);
        fprintf(file, "DEVICE=modem\r\nPhoneNumber=%s\r\n\r\n", entries[i].number);
        fprintf(file, "DEVICE=switch\r\n%s\r\n", entries[i].after);
    }
    fclose(file);
    return TRUE;
}

static void delete_files(void)
{
    char path[MAX_PATH + 32];
    size_t i;

    for (i = 0; i < ARRAYSIZE(files); i++)
    {
        snprintf(path, sizeof(path), "%s\\%s", folder, files[i].name);
        DeleteFileA(path);
    }
    DeleteFileA(phonebook);
}

static HRASCONN dial_as(const char *entry, const char *user, const char *password, DWORD options)
{
    HRASCONN conn = NULL;
    DWORD error;

    ResetEvent(paused);
    error = dial_book_entry(phonebook, entry, user, password, 2, signal_pause, options, &conn);
    ok(!error && conn, "%s: got %lu, handle %p.\n", entry, error, conn);
    return conn;
}

static HRASCONN dial(const char *entry, DWORD options)
{
    return dial_as(entry, "alice", PASSWORD, options);
}

static DWORD log_in(HRASCONN conn, const char *password)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    HRASCONN handle = conn;

    if (*password) strcpy(params.szUserName, "alice");
    strcpy(params.szPassword, password);
    return pRasDialA(NULL, NULL, &params, 0, NULL, &handle);
}

/* The states, and the error of the last one. */
static void check_entry(const char *entry, const RASCONNSTATE *states, unsigned int count, DWORD error)
{
    DWORD expected;
    unsigned int i;

    uncertain ok(recorder.count == count, "%s: %u notices, expected %u.\n", entry, recorder.count, count);
    for (i = 0; i < count && i < recorder.count; i++)
    {
        expected = i + 1 == count ? error : 0;
        uncertain ok(recorder.notices[i].state == states[i] && recorder.notices[i].error == expected,
                     "%s, %u: state %#x, error %lu, expected %#x, %lu.\n", entry, i, recorder.notices[i].state,
                     recorder.notices[i].error, states[i], expected);
    }
}
#define CHECK_ENTRY(entry, states, error) check_entry(entry, states, ARRAYSIZE(states), error)

#define CALL  RASCS_OpenPort, RASCS_PortOpened, RASCS_ConnectDevice, RASCS_DeviceConnected
#define PAUSE RASCS_ConnectDevice, RASCS_Interactive
#define END   RASCS_AllDevicesConnected, RASCS_Authenticate, RASCS_AuthNotify, RASCS_AuthProject, RASCS_Authenticated, \
    RASCS_Projected, RASCS_Connected

static const RASCONNSTATE plain[] = {CALL, END};
static const RASCONNSTATE scripted[] = {CALL, PAUSE, RASCS_DeviceConnected, END};
static const RASCONNSTATE failed[] = {CALL, PAUSE, RASCS_ConnectDevice};

static void test_scripts(void)
{
    static const struct
    {
        const char *entry;
        DWORD error;
    } dials[] = {
        {"good", 0},
        {"section", 0},
        {"bare section", 0},
        {"bad", ERROR_SCRIPT_SYNTAX},
        {"bad section", ERROR_SCRIPT_SYNTAX},
        {"no section", ERROR_DEVICENAME_NOT_FOUND},
        {"missing", ERROR_FILE_COULD_NOT_BE_OPENED},
        {"halt", ERROR_INTERACTIVE_MODE},
        {"lost", ERROR_PORT_DISCONNECTED},
    };
    HRASCONN conn;
    size_t i;

    for (i = 0; i < ARRAYSIZE(dials); i++)
    {
        conn = dial(dials[i].entry, RDEOPT_PausedStates);
        wait_event(recorder.ended);
        if (dials[i].error)
            CHECK_ENTRY(dials[i].entry, failed, dials[i].error);
        else
            CHECK_ENTRY(dials[i].entry, scripted, 0);
        hang_up(conn);
    }
    conn = dial("unused", RDEOPT_PausedStates);
    wait_event(recorder.ended);
    CHECK_ENTRY("unused", plain, 0);
    hang_up(conn);
}

/* set ipaddr is for SLIP; that PPP asks for the address is not implemented. */
static void test_address(void)
{
    HRASCONN conn = dial("address", RDEOPT_PausedStates);

    wait_event(recorder.ended);
    todo_wine ok(!recorder.notices[recorder.count - 1].error, "error %lu.\n",
                 recorder.notices[recorder.count - 1].error);
    hang_up(conn);
}

/* Tells what is wrong and where, and no word of the script. */
static void test_log(void)
{
    char path[MAX_PATH + 32], text[4096] = "";
    FILE *file;

    snprintf(path, sizeof(path), "%s\\device.log", folder);
    file = fopen(path, "rb");
    uncertain ok(file != NULL, "no %s.\n", path);
    if (!file) return;
    text[fread(text, 1, sizeof(text) - 1, file)] = 0;
    fclose(file);
    uncertain ok(strstr(text, "ras_test_bad.scp(3): error 752") != NULL, "got %s.\n", text);
    ok(!strstr(text, PASSWORD) && !strstr(text, "sesame"), "the password is in device.log.\n");
}

static void wait_paused(HRASCONN conn)
{
    wait_event(paused);
    check_paused(conn, RASCS_Interactive);
}

static HRASCONN dial_edge(DWORD notifier_type, DWORD (*hook)(const struct notice *notice))
{
    DWORD error;

    ResetEvent(paused);
    ResetEvent(pause_go_on);
    pause_conn = NULL;
    error = dial_book_entry(phonebook, "terminal", "alice", PASSWORD, notifier_type, hook, RDEOPT_PausedStates,
                            &pause_conn);
    ok(!error && pause_conn, "got %lu, handle %p.\n", error, pause_conn);
    wait_event(paused);
    return pause_conn;
}

static void test_resume(void)
{
    static const RASCONNSTATE two[] =
    {
        RASCS_OpenPort, RASCS_PortOpened, PAUSE, RASCS_DeviceConnected, RASCS_ConnectDevice, RASCS_DeviceConnected,
        PAUSE, RASCS_DeviceConnected, END
    };
    static const RASCONNSTATE ended[] = {CALL, PAUSE, RASCS_Disconnected};
    HRASCONN conn;
    DWORD error;

    conn = dial("terminals", RDEOPT_PausedStates);
    wait_paused(conn);
    error = log_in(conn, PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_paused(conn);
    error = log_in(conn, PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    CHECK_ENTRY("terminals", two, 0);
    hang_up(conn);

    /* A new name and password are used, and none leave those of the dial. */
    conn = dial_as("terminal", "bob", "wrong", RDEOPT_PausedStates);
    wait_paused(conn);
    error = log_in(conn, PASSWORD);
    ok(!error, "got %lu.\n", error);
    error = log_in(conn, PASSWORD);
    uncertain ok(error == ERROR_DIAL_ALREADY_IN_PROGRESS || error == ERROR_INVALID_PARAMETER, "twice: got %lu.\n",
                 error);
    wait_event(recorder.ended);
    CHECK_ENTRY("new login", scripted, 0);
    hang_up(conn);
    conn = dial("terminal", RDEOPT_PausedStates);
    wait_paused(conn);
    error = log_in(conn, "");
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    CHECK_ENTRY("no login", scripted, 0);
    hang_up(conn);

    /* The script is not finished, and ends. */
    conn = dial("late", RDEOPT_PausedStates);
    wait_paused(conn);
    error = log_in(conn, PASSWORD);
    uncertain ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    CHECK_ENTRY("late", scripted, 0);
    hang_up(conn);

    conn = dial("late", RDEOPT_PausedStates);
    wait_paused(conn);
    hang_up(conn);
    wait_event(recorder.ended);
    CHECK_ENTRY("late", ended, 0);

    /* Script and terminal: it is the program that resumes. */
    conn = dial("both", RDEOPT_PausedStates);
    wait_paused(conn);
    error = log_in(conn, PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    CHECK_ENTRY("both", scripted, 0);
    hang_up(conn);
}

static void test_not_wanted(void)
{
    static const RASCONNSTATE refused[] = {CALL, RASCS_ConnectDevice, RASCS_ConnectDevice};
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "good"};
    HRASCONN conn;
    DWORD error;

    conn = dial("good", 0);
    wait_event(recorder.ended);
    CHECK_ENTRY("good", refused, ERROR_INTERACTIVE_MODE);
    hang_up(conn);
    conn = dial("terminals", 0);
    wait_event(recorder.ended);
    CHECK_ENTRY("terminals", plain, 0);
    hang_up(conn);
    conn = NULL;
    error = pRasDialA(NULL, phonebook, &params, 0, NULL, &conn);
    uncertain ok_error(RasDialA, error, ERROR_INTERACTIVE_MODE, "synchronous");
    if (conn) hang_up(conn);
}

static void check_result(const char *expected)
{
    char result[64] = "";

    GetEnvironmentVariableA("SCRIPT_DLL_RESULT", result, sizeof(result));
    ok(!strcmp(result, expected), "the DLL's result is %s, expected %s.\n", result, expected);
}

static void wait_result(const char *expected)
{
    DWORD start = GetTickCount();
    char result[64] = "";

    while (strcmp(result, expected) && GetTickCount() - start < WAIT_MS)
    {
        Sleep(1);
        GetEnvironmentVariableA("SCRIPT_DLL_RESULT", result, sizeof(result));
    }
    check_result(expected);
}

/* Beside this program. */
static void set_dll(HKEY key)
{
    char path[MAX_PATH], *base;

    GetModuleFileNameA(NULL, path, sizeof(path));
    base = strrchr(path, '\\') + 1;
    strcpy(base, sizeof(void *) == 8 ? "script_dll.cross64.dll" : "script_dll.cross32.dll");
    RegSetValueExA(key, "CustomScriptDllPath", 0, REG_EXPAND_SZ, (BYTE *)path, strlen(path) + 1);
}

static void test_custom(void)
{
    static const DWORD wanted = RDEOPT_PausedStates | RDEOPT_UseCustomScripting;
    static const RASCONNSTATE refused[] = {CALL, RASCS_ConnectDevice, RASCS_ConnectDevice};
    HRASCONN conn;
    HKEY key;

    if (RegCreateKeyExA(HKEY_LOCAL_MACHINE, "System\\CurrentControlSet\\Services\\Rasman\\Parameters", 0, NULL, 0,
                        KEY_ALL_ACCESS, NULL, &key, NULL))
    {
        skip("no right to name a custom script DLL.\n");
        return;
    }
    conn = dial("custom", wanted);
    wait_event(recorder.ended);
    CHECK_ENTRY("no DLL", failed, ERROR_FILE_NOT_FOUND);
    hang_up(conn);

    set_dll(key);
    conn = dial_as("custom", "alice", "not that one", wanted);
    wait_event(recorder.ended);
    CHECK_ENTRY("custom", scripted, 0);
    check_result("good");
    hang_up(conn);

    conn = dial_as("custom silent", "wrong", PASSWORD, wanted);
    wait_event(recorder.ended);
    CHECK_ENTRY("wrong", failed, 1234);
    check_result("good");
    hang_up(conn);

    conn = dial_as("custom silent", "loss", PASSWORD, wanted);
    wait_result("waits");
    hang_up(conn);
    wait_result("good");
    wait_event(recorder.ended);

    /* Without the option the entry's bit has no effect. */
    conn = dial("custom", RDEOPT_PausedStates);
    wait_event(recorder.ended);
    CHECK_ENTRY("option", plain, 0);
    hang_up(conn);
    conn = dial("custom", RDEOPT_UseCustomScripting);
    wait_event(recorder.ended);
    CHECK_ENTRY("flag", refused, ERROR_INTERACTIVE_MODE);
    hang_up(conn);
    RegDeleteValueA(key, "CustomScriptDllPath");
    RegCloseKey(key);
}

START_TEST(paused_interactive)
{
    if (!pausing_init()) return;
    if (write_files())
    {
        test_scripts();
        test_log();
        test_address();
        test_resume();
        check_pause_edges(RASCS_Interactive, dial_edge);
        test_not_wanted();
        test_custom();
        delete_files();
    }
    pausing_cleanup();
}
