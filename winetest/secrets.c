/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * secrets.c - dials with passwords that must not show in any trace; winetest/run
 * looks at the traces of this test.
 */
#include "dialing.h"

#include <stdlib.h>
#include <string.h>

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
    ok(!error, "credentials: got %lu.\n", error);
    error = pRasSetEntryDialParamsA(book, params, FALSE);
    ok(!error, "parameters: got %lu.\n", error);
    strcpy(params->szPassword, "****************");
    error = pRasDialA(NULL, book, params, 0, NULL, &hrasconn);
    ok(error == ERROR_LINE_BUSY, "saved: got %lu.\n", error);
    pRasHangUpA(hrasconn);
    error = pRasSetCredentialsA(book, "Trace", &credentials, TRUE);
    ok(!error, "clear: got %lu.\n", error);
    DeleteFileA(book);
}

START_TEST(secrets)
{
    RASDIALPARAMSW wide = {sizeof(wide)};
    RASDIALPARAMSA ansi = {sizeof(ansi)};
    HRASCONN hrasconn = NULL;
    DWORD error;

    if (!load_rasapi32())
        return;
    if (!getenv("WINERAS_TEST_FAKE"))
    {
        skip("no scripted connections.\n");
        return;
    }
    lstrcpyW(wide.szPhoneNumber, L"busy");
    lstrcpyW(wide.szUserName, L"TraceUser");
    lstrcpyW(wide.szPassword, L"TraceSecret");
    error = pRasDialW(NULL, NULL, &wide, 0, NULL, &hrasconn);
    ok(error == ERROR_LINE_BUSY, "got %lu.\n", error);
    ok(hrasconn != NULL, "no handle.\n");
    error = pRasHangUpW(hrasconn);
    ok(!error, "hang up: got %lu.\n", error);

    hrasconn = NULL;
    strcpy(ansi.szPhoneNumber, "busy");
    strcpy(ansi.szUserName, "TraceUser");
    strcpy(ansi.szPassword, "TraceSecret");
    error = pRasDialA(NULL, NULL, &ansi, 0, NULL, &hrasconn);
    ok(error == ERROR_LINE_BUSY, "A: got %lu.\n", error);
    ok(hrasconn != NULL, "A: no handle.\n");
    error = pRasHangUpA(hrasconn);
    ok(!error, "A: hang up: got %lu.\n", error);

    if (pRasSetCredentialsW)
        save(&ansi);

    /* An entry that does not exist. */
    hrasconn = NULL;
    lstrcpyW(wide.szEntryName, L"no such entry");
    error = pRasDialW(NULL, NULL, &wide, 0, NULL, &hrasconn);
    ok(error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, "no entry: got %lu.\n", error);
    ok(!hrasconn, "no entry: handle %p.\n", hrasconn);
}
