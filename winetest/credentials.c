/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * credentials.c - what is saved for an entry: RasGetCredentials, RasGetEntryDialParams and
 * their Set functions, and RasDial with stand-ins for what is saved.
 */
#include "pausing.h"

#include <string.h>

#define ASTERISKS "****************"

#ifdef _WIN64
#define BITS(size32, size64) size64
#else
#define BITS(size32, size64) size32
#endif

static char book[MAX_PATH];
static WCHAR book_w[MAX_PATH];

static void set(DWORD mask, const char *user, const char *password, const char *domain, BOOL clear)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = mask};
    DWORD error;

    strcpy(credentials.szUserName, user);
    strcpy(credentials.szPassword, password);
    strcpy(credentials.szDomain, domain);
    error = pRasSetCredentialsA(book, "Good", &credentials, clear);
    ok(!error, "got %lu.\n", error);
}

#define check_saved(mask, user, password, domain) check_saved_(__LINE__, mask, user, password, domain)
static void check_saved_(int line, DWORD mask, const WCHAR *user, const WCHAR *password, const WCHAR *domain)
{
    RASCREDENTIALSW wide = {.dwSize = sizeof(wide), .dwMask = RASCM_UserName | RASCM_Password | RASCM_Domain};
    RASCREDENTIALSA ansi = {.dwSize = sizeof(ansi), .dwMask = RASCM_UserName | RASCM_Password | RASCM_Domain};
    WCHAR text[UNLEN + 1];
    DWORD error;

    push_context("line %d", line);
    memset(wide.szUserName, 'x', sizeof(wide.szUserName));
    error = pRasGetCredentialsW(book_w, L"good", &wide);
    ok(!error && wide.dwMask == mask, "got %lu, mask %#lx.\n", error, wide.dwMask);
    ok(!lstrcmpW(wide.szUserName, user), "user name.\n");
    ok(!lstrcmpW(wide.szPassword, password), "password.\n");
    ok(!lstrcmpW(wide.szDomain, domain), "domain.\n");
    error = pRasGetCredentialsA(book, "Good", &ansi);
    ok(!error && ansi.dwMask == mask, "A: got %lu, mask %#lx.\n", error, ansi.dwMask);
    MultiByteToWideChar(CP_ACP, 0, ansi.szUserName, -1, text, ARRAYSIZE(text));
    ok(!lstrcmpW(text, user), "A: user name %s.\n", ansi.szUserName);
    pop_context();
}

static void test_parts(void)
{
    RASCREDENTIALSA some = {.dwSize = sizeof(some), .dwMask = RASCM_UserName};
    DWORD error;

    error = pRasGetCredentialsA(book, "Good", &some);
    ok(error == ERROR_FILE_NOT_FOUND, "nothing saved: got %lu.\n", error);
    some.dwMask = 0;
    error = pRasGetCredentialsA(book, "Good", &some);
    uncertain ok(!error && !some.dwMask, "mask 0: got %lu, mask %#lx.\n", error, some.dwMask);

    set(RASCM_UserName | RASCM_Domain, "anna", "not wanted", "HOME", FALSE);
    uncertain check_saved(RASCM_UserName | RASCM_Domain, L"anna", L"", L"HOME");
    set(RASCM_Password, "", "secret", "", FALSE);
    check_saved(RASCM_UserName | RASCM_Password | RASCM_Domain, L"anna", L"" ASTERISKS, L"HOME");
    set(RASCM_UserName, "berta", "", "", FALSE);
    check_saved(RASCM_UserName | RASCM_Password | RASCM_Domain, L"berta", L"" ASTERISKS, L"HOME");
    some.dwMask = RASCM_Password;
    strcpy(some.szUserName, "x");
    error = pRasGetCredentialsA(book, "Good", &some);
    ok(!error && some.dwMask == RASCM_Password && !some.szUserName[0] && !strcmp(some.szPassword, ASTERISKS),
       "password alone: got %lu, mask %#lx.\n", error, some.dwMask);
    set(RASCM_Password | RASCM_Domain, "", "", "", TRUE);
    check_saved(RASCM_UserName, L"berta", L"", L"");
    set(RASCM_UserName, "", "", "", TRUE);
    some.dwMask = RASCM_UserName;
    error = pRasGetCredentialsA(book, "Good", &some);
    uncertain ok(error == ERROR_FILE_NOT_FOUND, "all cleared: got %lu.\n", error);
    some.dwMask = RASCM_DefaultCreds | RASCM_UserName;
    error = pRasSetCredentialsA(book, "Good", &some, FALSE);
    ok(error == ERROR_ACCESS_DENIED, "default credentials: got %lu.\n", error);
    some.dwMask = RASCM_PreSharedKey;
    error = pRasSetCredentialsA(book, "Good", &some, FALSE);
    ok(!error, "pre-shared key: got %lu.\n", error);
}

static void test_errors(void)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = RASCM_UserName};
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    BOOL has;
    DWORD error;

    error = pRasGetCredentialsA(book, "nowhere", &credentials);
    ok(error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, "get: got %lu.\n", error);
    error = pRasSetCredentialsA(book, "nowhere", &credentials, FALSE);
    ok(error == ERROR_INVALID_PARAMETER, "set: got %lu.\n", error);
    error = pRasGetCredentialsA("c:\\no\\such.pbk", "Good", &credentials);
    ok(error == ERROR_CANNOT_OPEN_PHONEBOOK, "get: got %lu.\n", error);
    error = pRasSetCredentialsA("c:\\no\\such.pbk", "Good", &credentials, FALSE);
    ok(error == ERROR_CANNOT_OPEN_PHONEBOOK, "set: got %lu.\n", error);
    error = pRasGetCredentialsA(book, "Good", NULL);
    ok(error == ERROR_INVALID_PARAMETER, "get NULL: got %lu.\n", error);
    error = pRasSetCredentialsA(book, "Good", NULL, FALSE);
    ok(error == ERROR_INVALID_PARAMETER, "set NULL: got %lu.\n", error);

    strcpy(params.szEntryName, "nowhere");
    error = pRasGetEntryDialParamsA(book, &params, &has);
    ok(error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, "get: got %lu.\n", error);
    error = pRasSetEntryDialParamsA(book, &params, FALSE);
    ok(error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, "set: got %lu.\n", error);
    strcpy(params.szEntryName, "Good");
    error = pRasGetEntryDialParamsA("c:\\no\\such.pbk", &params, &has);
    ok(error == ERROR_CANNOT_OPEN_PHONEBOOK, "get: got %lu.\n", error);
    error = pRasSetEntryDialParamsA("c:\\no\\such.pbk", &params, FALSE);
    ok(error == ERROR_CANNOT_OPEN_PHONEBOOK, "set: got %lu.\n", error);
    error = pRasGetEntryDialParamsA(book, NULL, &has);
    ok(error == ERROR_BUFFER_INVALID, "get NULL: got %lu.\n", error);
    error = pRasGetEntryDialParamsA(book, &params, NULL);
    ok(error == ERROR_BUFFER_INVALID, "get NULL: got %lu.\n", error);
    error = pRasSetEntryDialParamsA(book, NULL, FALSE);
    ok(error == ERROR_BUFFER_INVALID, "set NULL: got %lu.\n", error);
}

/* Every dwSize: the editions and no others are taken, and only they are written. */
static DWORD get_params_a(void *buffer)
{
    BOOL has;

    strcpy(((RASDIALPARAMSA *)buffer)->szEntryName, "Good");
    return pRasGetEntryDialParamsA(book, buffer, &has);
}

static DWORD get_params_w(void *buffer)
{
    BOOL has;

    lstrcpyW(((RASDIALPARAMSW *)buffer)->szEntryName, L"Good");
    return pRasGetEntryDialParamsW(book_w, buffer, &has);
}

static DWORD set_params_a(void *buffer)
{
    memset((char *)buffer + sizeof(DWORD), 0, 1048);
    strcpy(((RASDIALPARAMSA *)buffer)->szEntryName, "Good");
    return pRasSetEntryDialParamsA(book, buffer, FALSE);
}

static DWORD set_params_w(void *buffer)
{
    memset((char *)buffer + sizeof(DWORD), 0, 2092);
    lstrcpyW(((RASDIALPARAMSW *)buffer)->szEntryName, L"Good");
    return pRasSetEntryDialParamsW(book_w, buffer, FALSE);
}

static DWORD get_credentials_a(void *buffer)
{
    ((RASCREDENTIALSA *)buffer)->dwMask = 0;
    return pRasGetCredentialsA(book, "Good", buffer);
}

static DWORD get_credentials_w(void *buffer)
{
    ((RASCREDENTIALSW *)buffer)->dwMask = 0;
    return pRasGetCredentialsW(book_w, L"Good", buffer);
}

static DWORD set_credentials_a(void *buffer)
{
    ((RASCREDENTIALSA *)buffer)->dwMask = 0;
    return pRasSetCredentialsA(book, "Good", buffer, FALSE);
}

static DWORD set_credentials_w(void *buffer)
{
    ((RASCREDENTIALSW *)buffer)->dwMask = 0;
    return pRasSetCredentialsW(book_w, L"Good", buffer, FALSE);
}

static void test_sizes(void)
{
    static const struct
    {
        const char *name;
        DWORD (*call)(void *buffer);
        DWORD accepted[5];
        DWORD writes; /* at least, by the test or by the function */
    } tests[] =
    {
#define PARAMS_A {1052, BITS(1060, 1064), BITS(1064, 1068), BITS(1068, 1076)}
#define PARAMS_W {2096, BITS(2104, 2108), BITS(2108, 2112), BITS(2112, 2120)}
        {"RasGetEntryDialParamsA", get_params_a, PARAMS_A, 265},
        {"RasGetEntryDialParamsW", get_params_w, PARAMS_W, 524},
        {"RasSetEntryDialParamsA", set_params_a, PARAMS_A, 1052},
        {"RasSetEntryDialParamsW", set_params_w, PARAMS_W, 2096},
        {"RasGetCredentialsA", get_credentials_a, {540}, 8}, {"RasGetCredentialsW", get_credentials_w, {1068}, 8},
        {"RasSetCredentialsA", set_credentials_a, {540}, 8}, {"RasSetCredentialsW", set_credentials_w, {1068}, 8},
    };
    static struct guard guard;
    DWORD *buffer, size, error, last;
    unsigned int i, j;
    BOOL accepted;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        for (j = last = 0; j < ARRAYSIZE(tests[i].accepted); j++)
            if (tests[i].accepted[j]) last = tests[i].accepted[j];
        for (size = 0; size <= last + 64; size++)
        {
            push_context("%s %lu", tests[i].name, size);
            for (j = 0, accepted = FALSE; j < ARRAYSIZE(tests[i].accepted); j++)
                if (size && tests[i].accepted[j] == size) accepted = TRUE;
            /* Each accepted call looks the entry up in its file. */
            buffer = guard_init(&guard);
            *buffer = size;
            error = tests[i].call(buffer);
            if (accepted)
                uncertain ok(!error, "got %lu.\n", error);
            else
                ok(error == ERROR_INVALID_SIZE, "got %lu.\n", error);
            ok(*buffer == size, "dwSize is %lu.\n", *buffer);
            guard_check(&guard, accepted && size > tests[i].writes ? size : tests[i].writes);
            pop_context();
        }
    }
}

static void test_params(void)
{
    RASDIALPARAMSW params = {.dwSize = sizeof(params)}, got = {.dwSize = sizeof(got)};
    RASDIALPARAMSA ansi = {.dwSize = sizeof(ansi)};
    BOOL has = 7;
    DWORD error;

    lstrcpyW(got.szEntryName, L"good");
    lstrcpyW(got.szPhoneNumber, L"123");
    lstrcpyW(got.szPassword, L"x");
    error = pRasGetEntryDialParamsW(book_w, &got, &has);
    ok(!error && !has, "nothing saved: got %lu, %d.\n", error, has);
    ok(!got.szPhoneNumber[0] && !got.szPassword[0] && !got.szUserName[0] && !got.szDomain[0], "not empty.\n");

    lstrcpyW(params.szEntryName, L"Good");
    lstrcpyW(params.szUserName, L"\x00e4nna");
    lstrcpyW(params.szPassword, L"secret");
    lstrcpyW(params.szDomain, L"HOME");
    lstrcpyW(params.szCallbackNumber, L"555");
    params.dwSubEntry = 2;
    params.dwCallbackId = 0x1234;
    error = pRasSetEntryDialParamsW(book_w, &params, FALSE);
    ok(!error, "set: got %lu.\n", error);
    error = pRasGetEntryDialParamsW(book_w, &got, &has);
    ok(!error && has == TRUE, "got %lu, %d.\n", error, has);
    ok(!lstrcmpW(got.szUserName, L"\x00e4nna") && !lstrcmpW(got.szDomain, L"HOME"), "user or domain.\n");
    ok(!lstrcmpW(got.szPassword, L"" ASTERISKS), "the password.\n");
    ok(!lstrcmpW(got.szCallbackNumber, L"555") && got.dwSubEntry == 2 && got.dwCallbackId == 0x1234, "the others.\n");
    check_saved(RASCM_UserName | RASCM_Password | RASCM_Domain, L"\x00e4nna", L"" ASTERISKS, L"HOME");

    /* Nothing given: nothing changed. */
    strcpy(ansi.szEntryName, "Good");
    strcpy(ansi.szPassword, "other");
    error = pRasSetEntryDialParamsA(book, &ansi, FALSE);
    ok(!error, "A: got %lu.\n", error);
    check_saved(RASCM_UserName | RASCM_Password | RASCM_Domain, L"\x00e4nna", L"" ASTERISKS, L"HOME");
    error = pRasGetEntryDialParamsA(book, &ansi, &has);
    ok(!error && has && !strcmp(ansi.szPassword, ASTERISKS) && !strcmp(ansi.szDomain, "HOME"), "A: got %lu, %d.\n",
       error, has);
    error = pRasSetEntryDialParamsA(book, &ansi, TRUE);
    ok(!error, "remove: got %lu.\n", error);
    error = pRasGetEntryDialParamsA(book, &ansi, &has);
    ok(!error && !has && !ansi.szPassword[0] && ansi.szUserName[0], "removed: got %lu, %d.\n", error, has);
    set(RASCM_UserName | RASCM_Domain, "", "", "", TRUE);
}

/* ---- RasDial ------------------------------------------------------------------------- */

static DWORD dial_entry(const char *entry, const char *user, const char *password)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    HRASCONN conn = NULL;
    DWORD error;

    strcpy(params.szEntryName, entry);
    strcpy(params.szUserName, user);
    strcpy(params.szPassword, password);
    error = pRasDialA(NULL, book, &params, 0, NULL, &conn);
    if (conn) hang_up(conn);
    return error;
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
}

/* A changed password replaces the one that is saved, and is not saved where none was. */
static void test_changed(BOOL saved)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = RASCM_UserName | RASCM_Password};
    RASDIALEXTENSIONS extensions = {.dwSize = sizeof(extensions), .dwfOptions = RDEOPT_PausedStates};
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    HRASCONN conn = NULL;
    DWORD error;

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
}

static void test_dial(void)
{
    DWORD error;

    error = dial("", "");
    ok(error == ERROR_AUTHENTICATION_FAILURE, "nothing saved: got %lu.\n", error);
    error = dial("anna", ASTERISKS);
    uncertain ok(error == ERROR_AUTHENTICATION_FAILURE, "nothing saved: got %lu.\n", error);
    set(RASCM_UserName | RASCM_Password, "anna", GOOD_PASSWORD, "", FALSE);
    error = dial("anna", ASTERISKS);
    ok(!error, "asterisks: got %lu.\n", error);
    error = dial("", "");
    uncertain ok(!error, "empty: got %lu.\n", error);
    error = dial("anna", "");
    ok(error == ERROR_AUTHENTICATION_FAILURE, "a name alone: got %lu.\n", error);
    error = dial("anna", "wrong");
    ok(error == ERROR_AUTHENTICATION_FAILURE, "wrong: got %lu.\n", error);
    test_resume();
    set(RASCM_UserName | RASCM_Password, "", "", "", TRUE);
    error = dial("anna", ASTERISKS);
    ok(error == ERROR_AUTHENTICATION_FAILURE, "cleared: got %lu.\n", error);
}

START_TEST(credentials)
{
    if (!pausing_init()) return;
    write_phonebook(book, PHONEBOOK_TEXT("Good", "retry", "") PHONEBOOK_TEXT("Expired", "password-expired", ""));
    MultiByteToWideChar(CP_ACP, 0, book, -1, book_w, ARRAYSIZE(book_w));
    test_errors();
    test_sizes();
    test_parts();
    test_params();
    test_dial();
    test_changed(TRUE);
    test_changed(FALSE);
    DeleteFileA(book);
    pausing_cleanup();
}
