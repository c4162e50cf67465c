/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * secrets.c - dials with passwords that must not show in any trace; winetest/run
 * looks at the traces of this test.  "secrets keep" leaves some stored, for a look at the
 * prefix; "secrets kept" and "secrets lost" see whether they can be had.
 */
#include "dialing.h"

#include <stdlib.h>
#include <string.h>

#define KEEP_BOOK "c:\\ras_test_keep.pbk"

/* What is saved, and given to RasDial as 16 asterisks. */
static void save(RASDIALPARAMSA *params)
{
    RASCREDENTIALSA credentials = {sizeof(credentials), RASCM_UserName | RASCM_Password};
    HRASCONN hrasconn = NULL;
    char book[MAX_PATH];
    DWORD error;

    write_phonebook(book, PHONEBOOK_TEXT("Trace", "busy", ""));
    strcpy(params->szEntryName, "Trace");
    strcpy(credentials.szUserName, "TraceUser");
    strcpy(credentials.szPassword, "TraceSecret");
    error = pRasSetCredentialsA(book, "Trace", &credentials, FALSE);
    ok_error(RasSetCredentialsA, error, ERROR_SUCCESS, "credentials");
    error = pRasSetEntryDialParamsA(book, params, FALSE);
    ok_error(RasSetEntryDialParamsA, error, ERROR_SUCCESS, "parameters");
    strcpy(params->szPassword, "****************");
    error = pRasDialA(NULL, book, params, 0, NULL, &hrasconn);
    ok_error(RasDialA, error, ERROR_LINE_BUSY, "saved");
    pRasHangUpA(hrasconn);
    error = pRasSetCredentialsA(book, "Trace", &credentials, TRUE);
    ok_error(RasSetCredentialsA, error, ERROR_SUCCESS, "clear");
    DeleteFileA(book);
}

/* ---- what is left in the prefix ------------------------------------------------------- */

static void keep(void)
{
    static const DWORD masks[] = {RASCM_UserName | RASCM_Password | RASCM_Domain, RASCM_PreSharedKey,
                                  RASCM_ServerPreSharedKey, RASCM_DDMPreSharedKey};
    static BYTE eap_data[] = "TraceSecret of EAP";
    RASCREDENTIALSW credentials = {sizeof(credentials)};
    char book[MAX_PATH];
    unsigned int i;
    DWORD error;

    write_phonebook(book, PHONEBOOK_TEXT("Keep", "busy", ""));
    ok(CopyFileA(book, KEEP_BOOK, FALSE), "error %lu.\n", GetLastError());
    DeleteFileA(book);
    lstrcpyW(credentials.szUserName, L"TraceUser");
    lstrcpyW(credentials.szPassword, L"TraceSecret");
    for (i = 0; i < ARRAYSIZE(masks); i++)
    {
        credentials.dwMask = masks[i];
        error = pRasSetCredentialsW(L"" KEEP_BOOK, L"Keep", &credentials, FALSE);
        ok(!error, "%u: got %lu.\n", i, error);
    }
    error = pRasSetEapUserDataA(NULL, KEEP_BOOK, "Keep", eap_data, sizeof(eap_data));
    ok_error(RasSetEapUserDataA, error, ERROR_SUCCESS, "EAP");
}

/* Another process, for which all is still there; or nothing, without the secret. */
static void look(BOOL there)
{
    static const DWORD masks[] = {RASCM_Password, RASCM_PreSharedKey, RASCM_ServerPreSharedKey, RASCM_DDMPreSharedKey};
    RASCREDENTIALSA credentials = {sizeof(credentials)};
    DWORD error, size = 64;
    unsigned int i;
    BYTE data[64];

    for (i = 0; i < ARRAYSIZE(masks); i++)
    {
        credentials.dwMask = masks[i];
        error = pRasGetCredentialsA(KEEP_BOOK, "Keep", &credentials);
        ok(error == (there ? ERROR_SUCCESS : ERROR_FILE_NOT_FOUND), "%u: got %lu.\n", i, error);
    }
    error = pRasGetEapUserDataA(NULL, KEEP_BOOK, "Keep", data, &size);
    ok(!error && (size != 0) == there, "EAP: got %lu, size %lu.\n", error, size);
}

START_TEST(secrets)
{
    RASDIALPARAMSW wide = {sizeof(wide)};
    RASDIALPARAMSA ansi = {sizeof(ansi)};
    HRASCONN hrasconn = NULL;
    DWORD error;

    if (!load_rasapi32())
        return;
    if (test_argc == 1)
    {
        if (!strcmp(test_argv[0], "keep")) keep();
        if (!strcmp(test_argv[0], "kept")) look(TRUE);
        if (!strcmp(test_argv[0], "lost")) look(FALSE);
        return;
    }
    if (!getenv("WINERAS_TEST_FAKE"))
    {
        skip("no scripted connections.\n");
        return;
    }
    lstrcpyW(wide.szPhoneNumber, L"busy");
    lstrcpyW(wide.szUserName, L"TraceUser");
    lstrcpyW(wide.szPassword, L"TraceSecret");
    error = pRasDialW(NULL, NULL, &wide, 0, NULL, &hrasconn);
    ok_error(RasDialW, error, ERROR_LINE_BUSY);
    ok(hrasconn != NULL, "no handle.\n");
    error = pRasHangUpW(hrasconn);
    ok_error(RasHangUpW, error, ERROR_SUCCESS, "hang up");

    hrasconn = NULL;
    strcpy(ansi.szPhoneNumber, "busy");
    strcpy(ansi.szUserName, "TraceUser");
    strcpy(ansi.szPassword, "TraceSecret");
    error = pRasDialA(NULL, NULL, &ansi, 0, NULL, &hrasconn);
    ok_error(RasDialA, error, ERROR_LINE_BUSY, "A");
    ok(hrasconn != NULL, "A: no handle.\n");
    error = pRasHangUpA(hrasconn);
    ok_error(RasHangUpA, error, ERROR_SUCCESS, "A: hang up");

    if (pRasSetCredentialsW)
        save(&ansi);

    /* An entry that does not exist. */
    hrasconn = NULL;
    lstrcpyW(wide.szEntryName, L"no such entry");
    error = pRasDialW(NULL, NULL, &wide, 0, NULL, &hrasconn);
    ok_error(RasDialW, error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, "no entry");
    ok(!hrasconn, "no entry: handle %p.\n", hrasconn);
}
