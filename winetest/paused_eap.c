/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * paused_eap.c - RASCS_InvokeEapUI: RasInvokeEapUI with its dialog, the resume, and the
 * identities of RasGetEapUserIdentity.
 */
#include "pausing.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define IDC_USER     101 /* of our dialog */
#define IDC_PASSWORD 102

#define BEGINNING UNTIL_AUTH_NOTIFY, RASCS_InvokeEapUI

static char book[MAX_PATH];
static WCHAR book_w[MAX_PATH];

static DWORD invoke(HRASCONN conn, DWORD size)
{
    RASDIALEXTENSIONS extensions = {.dwSize = size, .dwfOptions = RDEOPT_PausedStates};

    return pRasInvokeEapUI(conn, 1, &extensions, NULL);
}

static void test_resume(void)
{
    static const RASCONNSTATE good[] = {BEGINNING, RASCS_Authenticate, RASCS_AuthNotify, UNTIL_CONNECTED};
    static const RASCONNSTATE wrong[] =
    {
        BEGINNING, RASCS_Authenticate, RASCS_AuthNotify, RASCS_RetryAuthentication, RASCS_AuthRetry,
        RASCS_ConnectDevice, RASCS_DeviceConnected, RASCS_AllDevicesConnected, RASCS_Authenticate, RASCS_AuthNotify,
        UNTIL_CONNECTED
    };
    HRASCONN conn;
    DWORD error;

    conn = dial_paused("eap", signal_pause);
    check_paused(conn, RASCS_InvokeEapUI);
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain CHECK_STATES(good);
    hang_up(conn);

    conn = dial_paused("eap", signal_pause);
    error = resume(conn, "wrong");
    ok(!error, "got %lu.\n", error);
    wait_event(paused);
    check_paused(conn, RASCS_RetryAuthentication);
    error = invoke(conn, sizeof(RASDIALEXTENSIONS));
    ok_error(RasInvokeEapUI, error, ERROR_INVALID_HANDLE, "retry");
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain CHECK_STATES(wrong);
    hang_up(conn);

    /* The server does not wait: it is called again, or was answered just in time. */
    conn = dial_paused("eap-drop", signal_pause);
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    check_end(RASCS_Connected, ERROR_SUCCESS);
    error = invoke(conn, sizeof(RASDIALEXTENSIONS));
    ok_error(RasInvokeEapUI, error, ERROR_INVALID_HANDLE, "connected");
    hang_up(conn);
}

static HRASCONN dial_asked(DWORD notifier_type, DWORD (*hook)(const struct notice *notice))
{
    return dial_paused_by(notifier_type, "eap", hook);
}

static void test_end(void)
{
    static const RASCONNSTATE outside[] = {BEGINNING, RASCS_Disconnected};
    HRASCONN conn = NULL;
    DWORD error;

    conn = dial_paused("eap", signal_pause);
    hang_up(conn);
    wait_event(recorder.ended);
    error = invoke(conn, sizeof(RASDIALEXTENSIONS));
    ok_error(RasInvokeEapUI, error, ERROR_INVALID_HANDLE, "hung up");
    conn = dial_paused("eap-drop", signal_pause);
    hang_up(conn);
    wait_event(recorder.ended);
    uncertain CHECK_STATES(outside);

    /* Not wanted, or nobody there to be asked. */
    conn = NULL;
    error = dial_number_options("eap", 2, NULL, 0, &conn);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain check_end(RASCS_AuthNotify, ERROR_INTERACTIVE_MODE);
    hang_up(conn);
    conn = NULL;
    error = dial_number_options("eap", NOTIFIER_SYNC, NULL, RDEOPT_PausedStates, &conn);
    uncertain ok(error == ERROR_INTERACTIVE_MODE, "synchronous: got %lu.\n", error);
    hang_up(conn);
    conn = NULL;
    error = dial_number_options("eap-tls", 2, NULL, RDEOPT_PausedStates, &conn);
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    uncertain check_end(RASCS_AuthNotify, ERROR_NO_EAPTLS_CERTIFICATE);
    hang_up(conn);
}

static void test_invoke(void)
{
    HRASCONN conn;
    DWORD error;

    error = invoke(NULL, sizeof(RASDIALEXTENSIONS));
    ok_error(RasInvokeEapUI, error, ERROR_INVALID_HANDLE, "NULL");
    error = invoke((HRASCONN)0x12345678, sizeof(RASDIALEXTENSIONS));
    ok_error(RasInvokeEapUI, error, ERROR_INVALID_HANDLE, "wrong handle");
    conn = dial_paused("eap", signal_pause);
    error = invoke(conn, sizeof(RASDIALEXTENSIONS) + 1);
    ok_error(RasInvokeEapUI, error, ERROR_INVALID_SIZE, "dwSize");
    error = pRasInvokeEapUI(conn, 1, NULL, NULL);
    uncertain ok_error(RasInvokeEapUI, error, ERROR_INVALID_PARAMETER, "NULL");
    check_paused(conn, RASCS_InvokeEapUI);
    hang_up(conn);
    wait_event(recorder.ended);
}

/* ---- the dialog ------------------------------------------------------------------------- */

static WORD button;

static DWORD WINAPI user(void *context)
{
    DWORD start = GetTickCount();
    HWND dialog = NULL;

    (void)context;
    /* It is shown when all of it is there. */
    while ((!(dialog = FindWindowA("#32770", "Connection")) || !IsWindowVisible(dialog)) &&
           GetTickCount() - start < WAIT_MS)
        Sleep(1);
    ok(dialog != NULL, "no dialog.\n");
    ok(SetDlgItemTextA(dialog, IDC_USER, "someone"), "no user name.\n");
    ok(SetDlgItemTextA(dialog, IDC_PASSWORD, GOOD_PASSWORD), "no password.\n");
    SendMessageA(dialog, WM_COMMAND, button, 0);
    return 0;
}

static DWORD invoke_and_press(HRASCONN conn, WORD what)
{
    HANDLE thread;
    DWORD error;

    button = what;
    thread = CreateThread(NULL, 0, user, NULL, 0, NULL);
    error = invoke(conn, sizeof(RASDIALEXTENSIONS));
    WaitForSingleObject(thread, WAIT_MS);
    CloseHandle(thread);
    return error;
}

static void test_dialog(void)
{
    HRASCONN conn;
    DWORD error;

    if (!getenv("WINERAS_TEST_UNSEEN"))
    {
        skip("a dialog would be seen, or can't be (WINERAS_TEST_UNSEEN is not set).\n");
        return;
    }
    conn = dial_paused("eap", signal_pause);
    error = invoke_and_press(conn, IDCANCEL);
    uncertain ok_error(RasInvokeEapUI, error, ERROR_CANCELLED, "cancel");
    check_paused(conn, RASCS_InvokeEapUI);
    error = invoke_and_press(conn, IDOK);
    ok_error(RasInvokeEapUI, error, ERROR_SUCCESS, "OK");
    check_paused(conn, RASCS_InvokeEapUI);
    /* With the values of the first dial. */
    error = resume(conn, "password");
    ok(!error, "got %lu.\n", error);
    wait_event(recorder.ended);
    check_end(RASCS_Connected, ERROR_SUCCESS);
    hang_up(conn);
}

/* ---- identities ------------------------------------------------------------------------ */

static DWORD dial_with(const RASEAPUSERIDENTITYA *identity, BYTE *info, DWORD size)
{
    RASDIALEXTENSIONS extensions = {.dwSize = sizeof(extensions)};
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    HRASCONN conn = NULL;
    DWORD error;

    strcpy(params.szEntryName, "EAP");
    strcpy(params.szUserName, identity->szUserName);
    extensions.RasEapInfo.dwSizeofEapInfo = size;
    extensions.RasEapInfo.pbEapInfo = info;
    error = pRasDialA(&extensions, book, &params, 0, NULL, &conn);
    if (conn) hang_up(conn);
    return error;
}

static void test_identity_errors(void)
{
    RASEAPUSERIDENTITYW *wide = (void *)1;
    RASEAPUSERIDENTITYA *identity;
    DWORD error;

    error = pRasGetEapUserIdentityA(book, "EAP", 0, NULL, NULL);
    ok_error(RasGetEapUserIdentityA, error, (DWORD)E_INVALIDARG, "NULL");
    error = pRasGetEapUserIdentityA(book, "EAP", 0x10, NULL, &identity);
    ok_error(RasGetEapUserIdentityA, error, (DWORD)E_INVALIDARG, "flags");
    error = pRasGetEapUserIdentityA(book, "nowhere", RASEAPF_NonInteractive, NULL, &identity);
    ok_error(RasGetEapUserIdentityA, error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, "no entry");
    error = pRasGetEapUserIdentityA("c:\\no\\such.pbk", "EAP", RASEAPF_NonInteractive, NULL, &identity);
    ok_error(RasGetEapUserIdentityA, error, ERROR_CANNOT_OPEN_PHONEBOOK, "no file");
    error = pRasGetEapUserIdentityA(book, "Plain", 0, NULL, &identity);
    ok_error(RasGetEapUserIdentityA, error, ERROR_INVALID_FUNCTION_FOR_ENTRY, "without EAP");
    error = pRasGetEapUserIdentityW(book_w, L"EAP", RASEAPF_NonInteractive, NULL, &wide);
    ok_error(RasGetEapUserIdentityW, error, ERROR_INTERACTIVE_MODE, "W");
    error = pRasGetEapUserIdentityA(book, "EAP", RASEAPF_NonInteractive, NULL, &identity);
    ok_error(RasGetEapUserIdentityA, error, ERROR_INTERACTIVE_MODE, "A");
    error = pRasGetEapUserIdentityW(book_w, L"Plain", 0, NULL, &wide);
    ok_error(RasGetEapUserIdentityW, error, ERROR_INVALID_FUNCTION_FOR_ENTRY, "without EAP");
    error = pRasGetEapUserIdentityW(book_w, L"EAP", 0x10, NULL, &wide);
    ok_error(RasGetEapUserIdentityW, error, (DWORD)E_INVALIDARG, "flags");
    error = pRasGetEapUserIdentityW(book_w, L"nowhere", 0, NULL, &wide);
    ok_error(RasGetEapUserIdentityW, error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, "no entry");
    error = pRasGetEapUserIdentityW(L"c:\\no\\such.pbk", L"EAP", 0, NULL, &wide);
    ok_error(RasGetEapUserIdentityW, error, ERROR_CANNOT_OPEN_PHONEBOOK, "no file");
    ok(!wide, "identity %p.\n", wide);
    pRasFreeEapUserIdentityA(NULL);
    pRasFreeEapUserIdentityW(NULL);
}

static void test_identity(void)
{
    RASCREDENTIALSA saved = {.dwSize = sizeof(saved), .dwMask = RASCM_UserName | RASCM_Password};
    RASEAPUSERIDENTITYA *identity = NULL;
    RASEAPUSERIDENTITYW *wide = NULL;
    BYTE foreign[] = "other data";
    DWORD error;

    strcpy(saved.szUserName, "anna");
    strcpy(saved.szPassword, GOOD_PASSWORD);
    error = pRasSetCredentialsA(book, "EAP", &saved, FALSE);
    ok_error(RasSetCredentialsA, error, ERROR_SUCCESS, "RasSetCredentials");
    error = pRasGetEapUserIdentityW(book_w, L"eap", 0, NULL, &wide);
    ok_error(RasGetEapUserIdentityW, error, ERROR_SUCCESS);
    if (wide)
    {
        ok(!lstrcmpW(wide->szUserName, L"anna"), "another name.\n");
        uncertain ok(wide->dwSizeofEapInfo, "no data.\n");
    }
    pRasFreeEapUserIdentityW(wide);
    error = pRasGetEapUserIdentityA(book, "EAP", RASEAPF_NonInteractive, NULL, &identity);
    ok_error(RasGetEapUserIdentityA, error, ERROR_SUCCESS);
    if (identity)
    {
        ok(!strcmp(identity->szUserName, "anna"), "name %s.\n", identity->szUserName);
        error = dial_with(identity, identity->pbEapInfo, identity->dwSizeofEapInfo);
        ok(!error, "dial: got %lu.\n", error);
        error = dial_with(identity, NULL, 0);
        ok(error == ERROR_AUTHENTICATION_FAILURE, "without data: got %lu.\n", error);
        error = dial_with(identity, foreign, sizeof(foreign));
        uncertain ok(error == ERROR_AUTHENTICATION_FAILURE, "foreign data: got %lu.\n", error);
        error = dial_with(identity, NULL, 1);
        uncertain ok(error == ERROR_INVALID_PARAMETER, "no data: got %lu.\n", error);
        error = dial_with(identity, identity->pbEapInfo, 0x10001);
        uncertain ok(error == ERROR_INVALID_PARAMETER, "much data: got %lu.\n", error);
    }
    pRasFreeEapUserIdentityA(identity);
    error = pRasSetCredentialsA(book, "EAP", &saved, TRUE);
    ok_error(RasSetCredentialsA, error, ERROR_SUCCESS, "clear");
}

START_TEST(paused_eap)
{
    if (!pausing_init()) return;
    write_phonebook(book, PHONEBOOK_TEXT("EAP", "retry", "AuthRestrictions=128\r\n")
                          PHONEBOOK_TEXT("Plain", "ok", "AuthRestrictions=552\r\n"));
    MultiByteToWideChar(CP_ACP, 0, book, -1, book_w, ARRAYSIZE(book_w));
    test_resume();
    check_pause_edges(RASCS_InvokeEapUI, dial_asked);
    test_end();
    test_invoke();
    test_dialog();
    test_identity_errors();
    test_identity();
    DeleteFileA(book);
    pausing_cleanup();
}
