/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * credentials_dial.c - RasDial with stand-ins for what is stored, and what it stores itself.
 */
#include "pausing.h"
#include "saving.h"

#include <string.h>

static char book[MAX_PATH];

/* Stays connected when it can. */
static DWORD connect_book(const char *phonebook, const char *entry, const char *user, const char *password,
                          const char *domain, const char *callback, HRASCONN *conn)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};

    strcpy(params.szEntryName, entry);
    strcpy(params.szUserName, user);
    strcpy(params.szPassword, password);
    strcpy(params.szDomain, domain);
    strcpy(params.szCallbackNumber, callback);
    *conn = NULL;
    return pRasDialA(NULL, phonebook, &params, 0, NULL, conn);
}

static DWORD dial_with(const char *entry, const char *user, const char *password, const char *domain,
                       const char *callback)
{
    HRASCONN conn;
    DWORD error = connect_book(book, entry, user, password, domain, callback, &conn);

    if (conn) hang_up(conn);
    return error;
}

static DWORD dial_entry(const char *entry, const char *user, const char *password)
{
    return dial_with(entry, user, password, "", "");
}

static DWORD dial(const char *user, const char *password)
{
    return dial_entry("Good", user, password);
}

static DWORD WINAPI on_notice(ULONG_PTR id, DWORD sub_entry, HRASCONN conn, UINT msg, RASCONNSTATE state, DWORD error,
                              DWORD ext_error)
{
    (void)id;
    (void)sub_entry;
    (void)conn;
    (void)msg;
    (void)ext_error;
    if (state & RASCS_PAUSED) SetEvent(paused);
    if (error || (state & RASCS_DONE)) SetEvent(recorder.ended);
    return 1;
}

/* Holds the handler of a paused state. */
static DWORD WINAPI on_notice_waiting(ULONG_PTR id, DWORD sub_entry, HRASCONN conn, UINT msg, RASCONNSTATE state,
                                      DWORD error, DWORD ext_error)
{
    on_notice(id, sub_entry, conn, msg, state, error, ext_error);
    if (state & RASCS_PAUSED) WaitForSingleObject(pause_go_on, WAIT_MS);
    return 1;
}

/* 16 asterisks at a resume mean the entry that was dialled. */
static void test_resume(void)
{
    RASDIALEXTENSIONS extensions = {.dwSize = sizeof(extensions), .dwfOptions = RDEOPT_PausedStates};
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    HRASCONN conn = NULL;
    DWORD error;

    ResetEvent(paused);
    ResetEvent(recorder.ended);
    strcpy(params.szEntryName, "Good");
    strcpy(params.szUserName, "anna");
    strcpy(params.szPassword, "wrong");
    error = pRasDialA(&extensions, book, &params, 2, on_notice, &conn);
    ok(!error, "got %lu.\n", error);
    wait_event(paused);
    error = resume(conn, ASTERISKS);
    ok(!error, "resume: got %lu.\n", error);
    wait_event(recorder.ended);
    wait_state(conn, RASCS_Connected);
    hang_up(conn);
    uncertain check_stored(book, "Good", PARTS, RASCM_UserName | RASCM_Password, "user", "");
}

/* A changed password replaces the one that is saved, and is not saved where none was. */
static void test_changed(BOOL saved)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = RASCM_UserName | RASCM_Password};
    RASDIALEXTENSIONS extensions = {.dwSize = sizeof(extensions), .dwfOptions = RDEOPT_PausedStates};
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    HRASCONN conn = NULL;
    DWORD error;

    push_context("%s", saved ? "saved" : "not saved");
    strcpy(credentials.szUserName, "anna");
    strcpy(credentials.szPassword, "expired");
    error = pRasSetCredentialsA(book, "Expired", &credentials, !saved);
    ok(!error, "got %lu.\n", error);
    ResetEvent(paused);
    ResetEvent(recorder.ended);
    strcpy(params.szEntryName, "Expired");
    strcpy(params.szUserName, "anna");
    strcpy(params.szPassword, saved ? ASTERISKS : "expired");
    error = pRasDialA(&extensions, book, &params, 2, on_notice, &conn);
    ok(!error, "got %lu.\n", error);
    wait_event(paused);
    check_paused(conn, RASCS_PasswordExpired);
    error = resume(conn, GOOD_PASSWORD);
    ok(!error, "resume: got %lu.\n", error);
    wait_event(recorder.ended);
    wait_state(conn, RASCS_Connected);
    hang_up(conn);
    error = dial_entry("Expired", "anna", ASTERISKS);
    uncertain ok(error == (saved ? ERROR_SUCCESS : ERROR_PASSWD_EXPIRED), "the next dial: got %lu.\n", error);
    uncertain check_stored(book, "Expired", PARTS, RASCM_UserName | (saved ? RASCM_Password : 0), "anna", "");
    forget(book, "Expired", PARTS);
    pop_context();
}

static void test_dial(void)
{
    DWORD error;

    error = dial("", "");
    ok(error == ERROR_AUTHENTICATION_FAILURE, "nothing saved: got %lu.\n", error);
    error = dial("anna", ASTERISKS);
    uncertain ok(error == ERROR_AUTHENTICATION_FAILURE, "nothing saved: got %lu.\n", error);
    save(book, "Good", RASCM_UserName | RASCM_Password, "anna", GOOD_PASSWORD, "");
    error = dial("anna", ASTERISKS);
    ok(!error, "asterisks: got %lu.\n", error);
    error = dial("", "");
    uncertain ok(!error, "empty: got %lu.\n", error);
    error = dial("anna", "");
    ok(error == ERROR_AUTHENTICATION_FAILURE, "a name alone: got %lu.\n", error);
    error = dial("anna", "wrong");
    ok(error == ERROR_AUTHENTICATION_FAILURE, "wrong: got %lu.\n", error);
    test_resume();
    forget(book, "Good", PARTS);
    error = dial("anna", ASTERISKS);
    ok(error == ERROR_AUTHENTICATION_FAILURE, "cleared: got %lu.\n", error);
    /* An empty password is one, and so is the handle of it. */
    save(book, "Good", RASCM_UserName | RASCM_Password, "anna", "", "");
    error = dial("anna", ASTERISKS);
    ok(error == ERROR_AUTHENTICATION_FAILURE, "an empty one: got %lu.\n", error);
    forget(book, "Good", PARTS);
}


/* ---- what a dial stores ----------------------------------------------------------------- */

#define check_params(user, domain, callback, has) check_params_(__LINE__, user, domain, callback, has)
static void check_params_(int line, const char *user, const char *domain, const char *callback, BOOL has)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "Good"};
    BOOL got_has;
    DWORD error = pRasGetEntryDialParamsA(book, &params, &got_has);

    test_ok(__FILE__, line, !error && got_has == has, "got %lu, password %d.\n", error, got_has);
    test_ok(__FILE__, line, !strcmp(params.szUserName, user), "user %s.\n", params.szUserName);
    test_ok(__FILE__, line, !strcmp(params.szDomain, domain), "domain %s.\n", params.szDomain);
    test_ok(__FILE__, line, !strcmp(params.szCallbackNumber, callback), "number %s.\n", params.szCallbackNumber);
    test_ok(__FILE__, line, !strcmp(params.szPassword, has ? ASTERISKS : ""), "password %s.\n", params.szPassword);
}

static void test_stores(void)
{
    DWORD error;

    error = dial_with("Good", "anna", "wrong", "HOME", "555");
    ok_error(RasDialA, error, ERROR_AUTHENTICATION_FAILURE);
    check_params("", "", "", FALSE);
    /* Not the password, against the user's will. */
    error = dial_with("Good", "anna", GOOD_PASSWORD, "HOME", "555");
    ok_error(RasDialA, error, ERROR_SUCCESS);
    uncertain check_params("anna", "HOME", "555", FALSE);
    error = dial_with("Good", "berta", GOOD_PASSWORD, "*", "");
    ok_error(RasDialA, error, ERROR_SUCCESS);
    uncertain check_params("berta", "HOME", "", FALSE);
    error = dial_with("Good", "anna", GOOD_PASSWORD, "", "*");
    ok_error(RasDialA, error, ERROR_SUCCESS);
    uncertain check_params("anna", "", "", FALSE);
    error = dial("anna", ASTERISKS);
    uncertain ok_error(RasDialA, error, ERROR_AUTHENTICATION_FAILURE);
    check_params("anna", "", "", FALSE);
    /* The one that works takes the place of the stored one; one that does not leaves it. */
    save(book, "Good", RASCM_Password, "", "old", "");
    error = dial("anna", ASTERISKS);
    ok_error(RasDialA, error, ERROR_AUTHENTICATION_FAILURE);
    error = dial("anna", GOOD_PASSWORD);
    ok_error(RasDialA, error, ERROR_SUCCESS);
    error = dial("anna", "wrong");
    ok_error(RasDialA, error, ERROR_AUTHENTICATION_FAILURE);
    error = dial("anna", ASTERISKS);
    uncertain ok_error(RasDialA, error, ERROR_SUCCESS);
    error = dial("", "");
    uncertain ok_error(RasDialA, error, ERROR_SUCCESS);
    uncertain check_params("anna", "", "", TRUE);
    forget(book, "Good", PARTS);
    check_params("", "", "", FALSE);
}

/* A second dial of a connection that is up asks nobody for the password. */
static void test_second_dial(void)
{
    HRASCONN first, second;
    DWORD error;

    save(book, "Good", RASCM_UserName | RASCM_Password, "anna", GOOD_PASSWORD, "");
    error = connect_book(book, "Good", "anna", ASTERISKS, "", "", &first);
    ok_error(RasDialA, error, ERROR_SUCCESS);
    error = connect_book(book, "Good", "berta", "wrong", "HOME", "555", &second);
    uncertain ok_error(RasDialA, error, ERROR_SUCCESS);
    uncertain check_params("anna", "", "", TRUE);
    if (second) pRasHangUpA(second);
    hang_up(first);
    error = dial("anna", ASTERISKS);
    ok_error(RasDialA, error, ERROR_SUCCESS);
    forget(book, "Good", PARTS);
}

/* What a refused resume said is not stored. */
static void test_refused_resume(void)
{
    RASDIALEXTENSIONS extensions = {.dwSize = sizeof(extensions), .dwfOptions = RDEOPT_PausedStates};
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "Good", .szUserName = "anna"};
    HRASCONN conn = NULL;
    DWORD error;

    ResetEvent(paused);
    ResetEvent(pause_go_on);
    ResetEvent(recorder.ended);
    error = pRasDialA(&extensions, book, &params, 2, on_notice_waiting, &conn);
    ok_error(RasDialA, error, ERROR_SUCCESS);
    wait_event(paused);
    error = resume(conn, GOOD_PASSWORD);
    ok_error(RasDialA, error, ERROR_SUCCESS);
    strcpy(params.szUserName, "berta");
    strcpy(params.szPassword, "late");
    error = pRasDialA(NULL, NULL, &params, 0, NULL, &conn);
    uncertain ok_error(RasDialA, error, ERROR_DIAL_ALREADY_IN_PROGRESS);
    SetEvent(pause_go_on);
    wait_event(recorder.ended);
    wait_state(conn, RASCS_Connected);
    hang_up(conn);
    uncertain check_params("user", "", "", FALSE);
    forget(book, "Good", PARTS);
}

/* ---- credentials of all users --------------------------------------------------------------- */

static DWORD connection_flags(HRASCONN conn)
{
    RASCONNA conns[8] = {{.dwSize = sizeof(*conns)}};
    DWORD size = sizeof(conns), count = 0, i, error = pRasEnumConnectionsA(conns, &size, &count);

    ok(!error, "got %lu.\n", error);
    for (i = 0; i < count && !error; i++)
        if (conns[i].hrasconn == conn) return conns[i].dwFlags & (RASCF_AllUsers | RASCF_GlobalCreds);
    ok(FALSE, "the connection is not there.\n");
    return 0;
}

static void check_flags(const char *phonebook, const char *user, const char *password, DWORD flags)
{
    HRASCONN conn;
    DWORD error = connect_book(phonebook, "Good", user, password, "", "", &conn), got;

    ok_error(RasDialA, error, ERROR_SUCCESS);
    if (!error)
    {
        got = connection_flags(conn);
        ok(got == flags, "flags %#lx, expected %#lx.\n", got, flags);
    }
    if (conn) hang_up(conn);
}

static void test_all_users(void)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials)};
    char all_users[MAX_PATH];
    HRASCONN conn;
    DWORD error;

    if (!write_all_users_phonebook(all_users, PHONEBOOK_TEXT("Good", "retry", ""))) return;
    error = connect_book(all_users, "Good", "", "", "", "", &conn);
    ok_error(RasDialA, error, ERROR_AUTHENTICATION_FAILURE);
    if (conn) hang_up(conn);
    save(all_users, "Good", PARTS | RASCM_DefaultCreds, "all", GOOD_PASSWORD, "");
    uncertain check_flags(all_users, "", "", RASCF_AllUsers | RASCF_GlobalCreds);
    uncertain check_flags(all_users, "all", ASTERISKS, RASCF_AllUsers | RASCF_GlobalCreds);
    /* They have not become the user's. */
    credentials.dwMask = PARTS;
    error = pRasGetCredentialsA(all_users, "Good", &credentials);
    uncertain ok_error(RasGetCredentialsA, error, ERROR_FILE_NOT_FOUND);
    check_flags(all_users, "anna", GOOD_PASSWORD, RASCF_AllUsers);
    /* Who has some of his own does not use them. */
    error = connect_book(all_users, "Good", "anna", ASTERISKS, "", "", &conn);
    uncertain ok_error(RasDialA, error, ERROR_AUTHENTICATION_FAILURE);
    if (conn) hang_up(conn);
    save(all_users, "Good", PARTS, "anna", GOOD_PASSWORD, "");
    check_flags(all_users, "", "", RASCF_AllUsers);
    forget(all_users, "Good", PARTS | RASCM_DefaultCreds);
    forget(all_users, "Good", PARTS);
    DeleteFileA(all_users);

    save(book, "Good", PARTS, "anna", GOOD_PASSWORD, "");
    check_flags(book, "", "", 0);
    forget(book, "Good", PARTS);
}

START_TEST(credentials_dial)
{
    if (!pausing_init()) return;
    write_phonebook(book, PHONEBOOK_TEXT("Good", "retry", "") PHONEBOOK_TEXT("Expired", "password-expired", ""));
    test_dial();
    test_changed(TRUE);
    test_changed(FALSE);
    test_stores();
    test_second_dial();
    test_refused_resume();
    test_all_users();
    DeleteFileA(book);
    pausing_cleanup();
}
