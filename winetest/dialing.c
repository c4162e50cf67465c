/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dialing.c - helpers of the tests that dial.  WINERAS_TEST_FAKE in the environment
 * promises a device of type "fake" and no other; without it nothing is dialled, for the
 * modem might be a real one.
 */
#include "dialing.h"

#include <stdlib.h>
#include <string.h>

struct recorder recorder;

static DWORD record(const struct notice *notice)
{
    DWORD (*hook)(const struct notice *) = recorder.hook;
    BOOL end = notice->error || (notice->state & RASCS_DONE);
    DWORD go_on;

    EnterCriticalSection(&recorder.lock);
    if (recorder.count < NOTICES_MAX) recorder.notices[recorder.count] = *notice;
    recorder.count++;
    LeaveCriticalSection(&recorder.lock);
    go_on = hook ? hook(notice) : 1;
    if (end) SetEvent(recorder.ended);
    return go_on;
}

static VOID WINAPI on_func(UINT msg, RASCONNSTATE state, DWORD error)
{
    struct notice notice = {.msg = msg, .state = state, .error = error};

    record(&notice);
}

static VOID WINAPI on_func1(HRASCONN conn, UINT msg, RASCONNSTATE state, DWORD error, DWORD ext_error)
{
    struct notice notice = {.msg = msg, .conn = conn, .state = state, .error = error, .ext_error = ext_error};

    record(&notice);
}

static DWORD WINAPI on_func2(ULONG_PTR id, DWORD sub_entry, HRASCONN conn, UINT msg, RASCONNSTATE state, DWORD error,
                             DWORD ext_error)
{
    struct notice notice = {msg, id, sub_entry, conn, state, error, ext_error};

    return record(&notice);
}

static LRESULT CALLBACK window_proc(HWND window, UINT msg, WPARAM wparam, LPARAM lparam)
{
    struct notice notice = {.msg = msg, .state = (RASCONNSTATE)wparam, .error = (DWORD)lparam};

    if (msg != RegisterWindowMessageA("RasDialEvent")) return DefWindowProcA(window, msg, wparam, lparam);
    record(&notice);
    return TRUE;
}

BOOL dialing_init(void)
{
    WNDCLASSA class = {.lpfnWndProc = window_proc, .lpszClassName = "ras_test"};
    HRASCONN conn = NULL;
    DWORD error;

    if (!load_rasapi32()) return FALSE;
    if (!getenv("WINERAS_TEST_FAKE"))
    {
        skip("no scripted device (WINERAS_TEST_FAKE is not set).\n");
        return FALSE;
    }
    InitializeCriticalSection(&recorder.lock);
    recorder.ended = CreateEventA(NULL, TRUE, FALSE, NULL);
    RegisterClassA(&class);
    recorder.window = CreateWindowA("ras_test", "", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    ok(recorder.window != NULL, "no window, error %lu.\n", GetLastError());
    error = dial_number("ok", NOTIFIER_SYNC, NULL, &conn);
    ok(!error, "the scripted device: got %lu.\n", error);
    if (conn) hang_up(conn);
    return !error;
}

void dialing_cleanup(void)
{
    DestroyWindow(recorder.window);
    UnregisterClassA("ras_test", NULL);
    CloseHandle(recorder.ended);
    DeleteCriticalSection(&recorder.lock);
    memset(&recorder, 0, sizeof(recorder));
}

static void *notifier(DWORD type)
{
    switch (type)
    {
        case 0: return on_func;
        case 1: return on_func1;
        case 2: return on_func2;
        case NOTIFIER_WINDOW: return recorder.window;
        default: return NULL;
    }
}

DWORD dial_number(const char *number, DWORD notifier_type, DWORD (*hook)(const struct notice *notice), HRASCONN *conn)
{
    return dial_number_options(number, notifier_type, hook, 0, conn);
}

static void reset_recorder(DWORD (*hook)(const struct notice *notice))
{
    EnterCriticalSection(&recorder.lock);
    recorder.count = 0;
    recorder.hook = hook;
    ResetEvent(recorder.ended);
    LeaveCriticalSection(&recorder.lock);
}

DWORD dial_book_entry_callback(const char *phonebook, const char *entry, const char *user, const char *password,
                               DWORD notifier_type, DWORD (*hook)(const struct notice *notice), DWORD options,
                               const char *callback, HRASCONN *conn)
{
    RASDIALEXTENSIONS extensions = {.dwSize = sizeof(extensions), .dwfOptions = options};
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};

    reset_recorder(hook);
    strcpy(params.szEntryName, entry);
    strcpy(params.szUserName, user);
    strcpy(params.szCallbackNumber, callback);
    strcpy(params.szPassword, password);
    return pRasDialA(&extensions, phonebook, &params, notifier_type, notifier(notifier_type), conn);
}

DWORD dial_book_entry(const char *phonebook, const char *entry, const char *user, const char *password,
                      DWORD notifier_type, DWORD (*hook)(const struct notice *notice), DWORD options, HRASCONN *conn)
{
    return dial_book_entry_callback(phonebook, entry, user, password, notifier_type, hook, options, "", conn);
}

DWORD dial_number_options(const char *number, DWORD notifier_type, DWORD (*hook)(const struct notice *notice),
                          DWORD options, HRASCONN *conn)
{
    return dial_number_callback(number, notifier_type, hook, options, "", conn);
}

DWORD dial_number_callback(const char *number, DWORD notifier_type, DWORD (*hook)(const struct notice *notice),
                           DWORD options, const char *callback, HRASCONN *conn)
{
    RASDIALEXTENSIONS extensions = {.dwSize = sizeof(extensions), .dwfOptions = options};
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};

    reset_recorder(hook);
    strcpy(params.szPhoneNumber, number);
    strcpy(params.szUserName, "user");
    strcpy(params.szPassword, "password");
    strcpy(params.szCallbackNumber, callback);
    params.dwCallbackId = (ULONG_PTR)0x123456789abcull;
    return pRasDialA(options ? &extensions : NULL, NULL, &params, notifier_type, notifier(notifier_type), conn);
}

void write_phonebook(char *path, const char *entries)
{
    char dir[MAX_PATH];
    DWORD written = 0;
    HANDLE file;

    GetTempPathA(sizeof(dir), dir);
    GetTempFileNameA(dir, "ras", 0, path);
    file = CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    WriteFile(file, entries, (DWORD)strlen(entries), &written, NULL);
    ok(written == strlen(entries), "no phone book, error %lu.\n", GetLastError());
    CloseHandle(file);
}

void wait_event_(const char *file, int line, HANDLE event)
{
    DWORD deadline = GetTickCount() + WAIT_MS, left;
    MSG msg;

    while ((left = deadline - GetTickCount()) <= WAIT_MS)
    {
        if (MsgWaitForMultipleObjects(1, &event, FALSE, left, QS_ALLINPUT) == WAIT_OBJECT_0) return;
        while (PeekMessageA(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageA(&msg);
    }
    test_ok(file, line, FALSE, "the event did not come.\n");
}

void wait_gone_(const char *file, int line, HRASCONN conn)
{
    DWORD start = GetTickCount(), error;
    RASCONNSTATUSA status;

    do
    {
        status.dwSize = sizeof(status);
        if ((error = pRasGetConnectStatusA(conn, &status))) break;
        Sleep(1);
    } while (GetTickCount() - start < WAIT_MS);
    test_ok(file, line, error == ERROR_INVALID_HANDLE, "status: got %lu.\n", error);
}

void hang_up_(const char *file, int line, HRASCONN conn)
{
    DWORD error = pRasHangUpA(conn);

    test_ok_error(file, line, "RasHangUpA", error, ERROR_SUCCESS, "");
    wait_gone_(file, line, conn);
}

void wait_state_(const char *file, int line, HRASCONN conn, RASCONNSTATE state)
{
    DWORD start = GetTickCount(), error;
    RASCONNSTATUSA status;

    do
    {
        status.dwSize = sizeof(status);
        error = pRasGetConnectStatusA(conn, &status);
        if (error || status.rasconnstate == state) break;
        Sleep(1);
    } while (GetTickCount() - start < WAIT_MS);
    test_ok(file, line, !error && status.rasconnstate == state, "got %lu, state %#x.\n", error, status.rasconnstate);
}

DWORD count_connections(HRASCONN conn, BOOL *found)
{
    RASCONNA conns[16];
    DWORD size = sizeof(conns), count = 0, error, i;

    conns[0].dwSize = sizeof(conns[0]);
    error = pRasEnumConnectionsA(conns, &size, &count);
    ok_error(RasEnumConnectionsA, error, ERROR_SUCCESS);
    if (found) *found = FALSE;
    for (i = 0; !error && found && i < count; i++)
        if (conns[i].hrasconn == conn) *found = TRUE;
    return error ? 0 : count;
}

DWORD run_child(const char *test, const char *argument)
{
    return run_child_of(NULL, test, argument);
}

DWORD run_child_of(const char *program, const char *test, const char *argument)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    char path[MAX_PATH], command[MAX_PATH + 64];
    PROCESS_INFORMATION process;
    DWORD code = ~0u;

    if (!program) GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" %s %s", program ? program : path, test, argument);
    if (!CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
    {
        ok(0, "%s: error %lu.\n", command, GetLastError());
        return code;
    }
    ok(!WaitForSingleObject(process.hProcess, 2 * WAIT_MS), "%s does not end.\n", command);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return code;
}
