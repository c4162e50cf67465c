/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * credentials.c - what is stored for an entry: RasGetCredentials, RasGetEntryDialParams and
 * their Set functions.
 */
#include "saving.h"

#include <string.h>

#include "dialing.h"

#ifdef _WIN64
#define BITS(size32, size64) size64
#else
#define BITS(size32, size64) size32
#endif

#define NO_BOOK "c:\\no\\such.pbk"

static char book[MAX_PATH];
static WCHAR book_w[MAX_PATH];

/* ---- errors ------------------------------------------------------------------------------- */

static void test_credentials_errors(BOOL wide)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = RASCM_UserName};

    check_twin(wide, RasGetCredentials, get_credentials(wide, book, "Good", NULL), ERROR_INVALID_PARAMETER);
    check_twin(wide, RasSetCredentials, set_credentials(wide, book, "Good", NULL, FALSE), ERROR_INVALID_PARAMETER);
    uncertain check_twin(wide, RasGetCredentials, get_credentials(wide, book, NULL, &credentials),
                         ERROR_INVALID_PARAMETER);
    check_twin(wide, RasSetCredentials, set_credentials(wide, book, NULL, &credentials, FALSE),
               ERROR_INVALID_PARAMETER);
    check_twin(wide, RasGetCredentials, get_credentials(wide, book, "nowhere", &credentials),
               ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    check_twin(wide, RasSetCredentials, set_credentials(wide, book, "nowhere", &credentials, FALSE),
               ERROR_INVALID_PARAMETER);
    uncertain check_twin(wide, RasGetCredentials, get_credentials(wide, book, "", &credentials),
                         ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    check_twin(wide, RasGetCredentials, get_credentials(wide, NULL, "no such entry", &credentials),
               ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    check_twin(wide, RasGetCredentials, get_credentials(wide, NO_BOOK, "Good", &credentials),
               ERROR_CANNOT_OPEN_PHONEBOOK);
    check_twin(wide, RasSetCredentials, set_credentials(wide, NO_BOOK, "Good", &credentials, FALSE),
               ERROR_CANNOT_OPEN_PHONEBOOK);
    check_twin(wide, RasGetCredentials, get_credentials(wide, book, "Good", &credentials), ERROR_FILE_NOT_FOUND);
}

/* Flags that are none, and one text for two secrets, go before a phone book that is not there. */
static void test_masks_errors(BOOL wide)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = 0x80};
    DWORD mask, error, expected;
    unsigned int secrets;

    uncertain check_twin(wide, RasGetCredentials, get_credentials(wide, NO_BOOK, "Good", &credentials),
                         ERROR_INVALID_PARAMETER);
    uncertain check_twin(wide, RasSetCredentials, set_credentials(wide, NO_BOOK, "Good", &credentials, TRUE),
                         ERROR_INVALID_PARAMETER);
    for (mask = 0; mask < 0x80; mask++)
    {
        push_context("mask %#lx", mask);
        secrets = !!(mask & RASCM_Password) + !!(mask & RASCM_PreSharedKey) + !!(mask & RASCM_ServerPreSharedKey) +
                  !!(mask & RASCM_DDMPreSharedKey);
        expected = mask & RASCM_DefaultCreds ? ERROR_ACCESS_DENIED : ERROR_SUCCESS;
        credentials.dwMask = mask;
        error = set_credentials(wide, book, "Good", &credentials, FALSE);
        uncertain check_twin(wide, RasSetCredentials, error, secrets > 1 ? ERROR_INVALID_PARAMETER : expected);
        error = set_credentials(wide, book, "Good", &credentials, TRUE);
        uncertain check_twin(wide, RasSetCredentials, error, expected);
        credentials.dwMask = mask;
        error = get_credentials(wide, book, "Good", &credentials);
        uncertain check_twin(wide, RasGetCredentials, error, mask ? ERROR_FILE_NOT_FOUND : ERROR_SUCCESS);
        ok(credentials.dwMask == mask, "mask is %#lx.\n", credentials.dwMask);
        pop_context();
    }
}

static void test_access(BOOL wide)
{
    static const DWORD keys[] = {RASCM_PreSharedKey, RASCM_ServerPreSharedKey, RASCM_DDMPreSharedKey};
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials)};
    unsigned int i;
    DWORD error;

    if (!be_plain_user()) return;
    for (i = 0; i < ARRAYSIZE(keys); i++)
    {
        credentials.dwMask = keys[i];
        error = set_credentials(wide, book, "Good", &credentials, FALSE);
        check_twin(wide, RasSetCredentials, error, ERROR_ACCESS_DENIED);
        error = set_credentials(wide, book, "nowhere", &credentials, FALSE);
        uncertain check_twin(wide, RasSetCredentials, error, ERROR_INVALID_PARAMETER);
    }
    credentials.dwMask = PARTS;
    error = set_credentials(wide, book, "Good", &credentials, FALSE);
    check_twin(wide, RasSetCredentials, error, ERROR_SUCCESS);
    error = set_credentials(wide, book, "Good", &credentials, TRUE);
    check_twin(wide, RasSetCredentials, error, ERROR_SUCCESS);
    stop_being_plain_user();
}

static void test_params_errors(BOOL wide)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "nowhere"}, none = {.dwSize = sizeof(none)};
    BOOL has;

    check_twin(wide, RasGetEntryDialParams, get_params(wide, book, NULL, &has), ERROR_BUFFER_INVALID);
    check_twin(wide, RasGetEntryDialParams, get_params(wide, book, &params, NULL), ERROR_BUFFER_INVALID);
    check_twin(wide, RasSetEntryDialParams, set_params(wide, book, NULL, FALSE), ERROR_BUFFER_INVALID);
    check_twin(wide, RasGetEntryDialParams, get_params(wide, book, &params, &has), ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    check_twin(wide, RasSetEntryDialParams, set_params(wide, book, &params, FALSE), ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    uncertain check_twin(wide, RasGetEntryDialParams, get_params(wide, book, &none, &has),
                         ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    uncertain check_twin(wide, RasSetEntryDialParams, set_params(wide, book, &none, FALSE),
                         ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    strcpy(params.szEntryName, "Good");
    check_twin(wide, RasGetEntryDialParams, get_params(wide, NO_BOOK, &params, &has), ERROR_CANNOT_OPEN_PHONEBOOK);
    check_twin(wide, RasSetEntryDialParams, set_params(wide, NO_BOOK, &params, FALSE), ERROR_CANNOT_OPEN_PHONEBOOK);
}

/* Pointers that are none: in memory that is not there, and with its end in such. */
static void test_bad_pointers(void)
{
    char *pages = VirtualAlloc(NULL, 0x2000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    RASDIALPARAMSA ansi = {.dwSize = sizeof(ansi), .szEntryName = "Good"};
    RASDIALPARAMSW wide = {.dwSize = sizeof(wide), .szEntryName = L"Good"};
    DWORD old;
    BOOL has;

    ok(pages && VirtualProtect(pages + 0x1000, 0x1000, PAGE_NOACCESS, &old), "error %lu.\n", GetLastError());
    *(DWORD *)(pages + 0x1000 - 8) = sizeof(RASDIALPARAMSA);
    ok_error(RasGetEntryDialParamsA, pRasGetEntryDialParamsA(book, (void *)(pages + 0xff8), &has),
             ERROR_BUFFER_INVALID);
    ok_error(RasSetEntryDialParamsA, pRasSetEntryDialParamsA(book, (void *)(pages + 0xff8), FALSE),
             ERROR_BUFFER_INVALID);
    *(DWORD *)(pages + 0x1000 - 8) = sizeof(RASDIALPARAMSW);
    ok_error(RasGetEntryDialParamsW, pRasGetEntryDialParamsW(book_w, (void *)(pages + 0xff8), &has),
             ERROR_BUFFER_INVALID);
    ok_error(RasSetEntryDialParamsW, pRasSetEntryDialParamsW(book_w, (void *)(pages + 0xff8), FALSE),
             ERROR_BUFFER_INVALID);
    pages += 0x1000;
    ok_error(RasGetEntryDialParamsA, pRasGetEntryDialParamsA(book, (void *)pages, &has), ERROR_BUFFER_INVALID);
    ok_error(RasGetEntryDialParamsW, pRasGetEntryDialParamsW(book_w, (void *)pages, &has), ERROR_BUFFER_INVALID);
    ok_error(RasGetEntryDialParamsA, pRasGetEntryDialParamsA(book, &ansi, (void *)pages), ERROR_BUFFER_INVALID);
    ok_error(RasGetEntryDialParamsW, pRasGetEntryDialParamsW(book_w, &wide, (void *)pages), ERROR_BUFFER_INVALID);
    ok_error(RasSetEntryDialParamsA, pRasSetEntryDialParamsA(book, (void *)pages, FALSE), ERROR_BUFFER_INVALID);
    ok_error(RasSetEntryDialParamsW, pRasSetEntryDialParamsW(book_w, (void *)pages, FALSE), ERROR_BUFFER_INVALID);
    VirtualFree(pages - 0x1000, 0, MEM_RELEASE);
}

/* ---- sizes ---------------------------------------------------------------------------------- */

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
                uncertain ok_error_of(tests[i].name, error, ERROR_SUCCESS);
            else
                ok_error_of(tests[i].name, error, ERROR_INVALID_SIZE);
            ok(*buffer == size, "dwSize is %lu.\n", *buffer);
            guard_check(&guard, accepted && size > tests[i].writes ? size : tests[i].writes);
            pop_context();
        }
    }
}

/* ---- parts ---------------------------------------------------------------------------------- */

static void test_parts(void)
{
    save(book, "Good", RASCM_UserName | RASCM_Domain, "anna", "not wanted", "HOME");
    check_stored(book, "good", PARTS, RASCM_UserName | RASCM_Domain, "anna", "HOME");
    save(book, "Good", RASCM_Password, "", "secret", "");
    check_stored(book, "good", PARTS, PARTS, "anna", "HOME");
    save(book, "Good", RASCM_UserName, "berta", "", "");
    check_stored(book, "good", PARTS, PARTS, "berta", "HOME");
    check_stored(book, "Good", RASCM_Password, RASCM_Password, "", "");
    check_stored(book, "Good", RASCM_UserName, RASCM_UserName, "berta", "");
    uncertain check_stored(book, "Good", 0, 0, "", "");
    /* Stand-ins leave what is stored; an empty password is one. */
    save(book, "Good", RASCM_Password, "", ASTERISKS, "");
    uncertain save(book, "Good", RASCM_Domain, "", "", "*");
    uncertain check_stored(book, "good", PARTS, PARTS, "berta", "HOME");
    save(book, "Good", RASCM_Password, "", "", "");
    uncertain check_stored(book, "good", PARTS, PARTS, "berta", "HOME");
    forget(book, "Good", RASCM_Password | RASCM_Domain);
    check_stored(book, "good", PARTS, RASCM_UserName, "berta", "");
    uncertain check_stored(book, "good", RASCM_Domain, 0, "", "");
    /* The handle of a password that is not there. */
    save(book, "Good", RASCM_Password, "", ASTERISKS, "");
    check_stored(book, "good", PARTS, RASCM_UserName, "berta", "");
    forget(book, "Good", RASCM_UserName);
}

/* Texts that fill their arrays: cut to what is documented, also without NUL. */
static void test_long_texts(void)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = PARTS};
    DWORD error;

    memset(credentials.szUserName, 'u', sizeof(credentials.szUserName));
    memset(credentials.szPassword, 'p', sizeof(credentials.szPassword));
    memset(credentials.szDomain, 'd', sizeof(credentials.szDomain));
    error = pRasSetCredentialsA(book, "Good", &credentials, FALSE);
    ok_error(RasSetCredentialsA, error, ERROR_SUCCESS);
    error = pRasGetCredentialsA(book, "Good", &credentials);
    ok_error(RasGetCredentialsA, error, ERROR_SUCCESS);
    ok(strlen(credentials.szUserName) == UNLEN && strlen(credentials.szDomain) == DNLEN, "lengths %u and %u.\n",
       (unsigned int)strlen(credentials.szUserName), (unsigned int)strlen(credentials.szDomain));
    ok(!strcmp(credentials.szPassword, ASTERISKS), "password %s.\n", credentials.szPassword);
    forget(book, "Good", PARTS);
}

/* With everything stored, each mask gets what it asks for. */
static void check_all_masks(const char *phonebook, BOOL has_all_users)
{
    DWORD mask;

    for (mask = 1; mask < 0x80; mask++)
    {
        if ((mask & RASCM_DefaultCreds) && !has_all_users) continue;
        push_context("mask %#lx", mask);
        uncertain check_stored(phonebook, "Good", mask, mask,
                               mask & RASCM_UserName ? mask & RASCM_DefaultCreds ? "all" : "anna" : "",
                               mask & RASCM_Domain ? mask & RASCM_DefaultCreds ? "WORLD" : "HOME" : "");
        pop_context();
    }
}

static void save_keys(const char *phonebook)
{
    save(phonebook, "Good", RASCM_PreSharedKey, "not wanted", "key", "not wanted");
    save(phonebook, "Good", RASCM_ServerPreSharedKey, "", "server's key", "");
    save(phonebook, "Good", RASCM_DDMPreSharedKey, "", "other key", "");
}

static void test_keys(void)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = PARTS};
    DWORD error;

    /* One alone, and only that one. */
    save(book, "Good", RASCM_PreSharedKey, "not wanted", "key", "not wanted");
    check_stored(book, "Good", RASCM_PreSharedKey, RASCM_PreSharedKey, "", "");
    uncertain check_stored(book, "Good", PARTS | SHARED_KEYS, RASCM_PreSharedKey, "", "");
    error = pRasGetCredentialsA(book, "Good", &credentials);
    ok_error(RasGetCredentialsA, error, ERROR_FILE_NOT_FOUND);
    credentials.dwMask = RASCM_DDMPreSharedKey;
    error = pRasGetCredentialsA(book, "Good", &credentials);
    uncertain ok_error(RasGetCredentialsA, error, ERROR_FILE_NOT_FOUND);
    save(book, "Good", RASCM_PreSharedKey, "", ASTERISKS, "");
    check_stored(book, "Good", RASCM_PreSharedKey, RASCM_PreSharedKey, "", "");

    save(book, "Good", PARTS, "anna", "secret", "HOME");
    save_keys(book);
    check_all_masks(book, FALSE);
    forget(book, "Good", RASCM_ServerPreSharedKey | RASCM_UserName);
    check_stored(book, "Good", PARTS | SHARED_KEYS,
                 RASCM_Password | RASCM_Domain | RASCM_PreSharedKey | RASCM_DDMPreSharedKey, "", "HOME");
    forget(book, "Good", PARTS | SHARED_KEYS);
    credentials.dwMask = PARTS | SHARED_KEYS;
    error = pRasGetCredentialsA(book, "Good", &credentials);
    uncertain ok_error(RasGetCredentialsA, error, ERROR_FILE_NOT_FOUND);
}

/* Those of all users and the user's own know nothing of each other. */
static void test_all_users(void)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = PARTS};
    char all_users[MAX_PATH];
    BOOL has, wide;
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "Good"};
    DWORD error;

    if (!write_all_users_phonebook(all_users, PHONEBOOK_TEXT("Good", "retry", ""))) return;
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        credentials.dwMask = PARTS | RASCM_DefaultCreds;
        strcpy(credentials.szUserName, "all");
        strcpy(credentials.szPassword, "open to all");
        strcpy(credentials.szDomain, "WORLD");
        error = set_credentials(wide, all_users, "Good", &credentials, FALSE);
        check_twin(wide, RasSetCredentials, error, ERROR_SUCCESS);
        error = set_credentials(wide, book, "Good", &credentials, FALSE);
        check_twin(wide, RasSetCredentials, error, ERROR_ACCESS_DENIED);
        error = set_credentials(wide, book, "Good", &credentials, TRUE);
        check_twin(wide, RasSetCredentials, error, ERROR_ACCESS_DENIED);
        credentials.dwMask = PARTS;
        error = get_credentials(wide, all_users, "Good", &credentials);
        check_twin(wide, RasGetCredentials, error, ERROR_FILE_NOT_FOUND);
        error = get_params(wide, all_users, &params, &has);
        check_twin(wide, RasGetEntryDialParams, error, ERROR_SUCCESS);
        uncertain ok(!has && !params.szUserName[0], "the user has %s.\n", params.szUserName);
    }
    check_stored(all_users, "Good", PARTS | RASCM_DefaultCreds, PARTS | RASCM_DefaultCreds, "all", "WORLD");
    save(all_users, "Good", PARTS, "anna", "secret", "HOME");
    save_keys(all_users);
    check_all_masks(all_users, TRUE);
    forget(all_users, "Good", PARTS);
    check_stored(all_users, "Good", PARTS | RASCM_DefaultCreds, PARTS | RASCM_DefaultCreds, "all", "WORLD");
    save(all_users, "Good", PARTS, "anna", "secret", "HOME");
    forget(all_users, "Good", PARTS | RASCM_DefaultCreds | SHARED_KEYS);
    check_stored(all_users, "Good", PARTS | SHARED_KEYS, PARTS, "anna", "HOME");
    forget(all_users, "Good", PARTS);
    DeleteFileA(all_users);
}

/* ---- dial parameters ------------------------------------------------------------------------ */

static void check_saved_params(const WCHAR *user, BOOL has_password)
{
    RASDIALPARAMSW params = {.dwSize = sizeof(params), .szEntryName = L"Good"};
    DWORD error;
    BOOL has;

    error = pRasGetEntryDialParamsW(book_w, &params, &has);
    ok(!error && has == has_password, "got %lu, %d.\n", error, has);
    ok(!lstrcmpW(params.szUserName, user) && !lstrcmpW(params.szDomain, L"HOME"), "user or domain.\n");
    check_stored(book, "good", RASCM_Password | RASCM_Domain, RASCM_Password | RASCM_Domain, "", "HOME");
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
    check_saved_params(L"\x00e4nna", TRUE);

    /* Nothing given: nothing changed. */
    strcpy(ansi.szEntryName, "Good");
    strcpy(ansi.szPassword, "other");
    error = pRasSetEntryDialParamsA(book, &ansi, FALSE);
    ok(!error, "A: got %lu.\n", error);
    check_saved_params(L"\x00e4nna", TRUE);
    error = pRasGetEntryDialParamsA(book, &ansi, &has);
    ok(!error && has && !strcmp(ansi.szPassword, ASTERISKS) && !strcmp(ansi.szDomain, "HOME"), "A: got %lu, %d.\n",
       error, has);
    error = pRasSetEntryDialParamsA(book, &ansi, TRUE);
    ok(!error, "remove: got %lu.\n", error);
    error = pRasGetEntryDialParamsA(book, &ansi, &has);
    ok(!error && !has && !ansi.szPassword[0] && ansi.szUserName[0], "removed: got %lu, %d.\n", error, has);
    forget(book, "Good", PARTS);
}

/* What is left as it is, and what is not. */
static void test_params_rules(BOOL wide)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "Good"}, got = params;
    DWORD error;
    BOOL has;

    strcpy(params.szUserName, "anna");
    strcpy(params.szPassword, "secret");
    strcpy(params.szDomain, "HOME");
    strcpy(params.szCallbackNumber, "555");
    strcpy(params.szPhoneNumber, "not used");
    params.dwSubEntry = 2;
    params.dwCallbackId = 0x1234;
    error = set_params(wide, book, &params, FALSE);
    check_twin(wide, RasSetEntryDialParams, error, ERROR_SUCCESS);
    /* The edition that has no sub-entry: it stays. */
    memset(&params, 0, sizeof(params));
    params.dwSize = wide ? 2096 : 1052;
    strcpy(params.szEntryName, "Good");
    strcpy(params.szPassword, "without a name");
    error = set_params(wide, book, &params, FALSE);
    check_twin(wide, RasSetEntryDialParams, error, ERROR_SUCCESS);
    error = get_params(wide, book, &got, &has);
    check_twin(wide, RasGetEntryDialParams, error, ERROR_SUCCESS);
    uncertain ok(got.dwSubEntry == 2 && got.dwCallbackId == 0x1234, "sub-entry %lu.\n", got.dwSubEntry);
    ok(has && !strcmp(got.szUserName, "anna") && !strcmp(got.szDomain, "HOME"), "user %s.\n", got.szUserName);
    ok(!strcmp(got.szCallbackNumber, "555") && !got.szPhoneNumber[0], "number %s.\n", got.szPhoneNumber);
    /* The newest: it goes.  Stand-ins leave what is stored. */
    params.dwSize = sizeof(params);
    strcpy(params.szUserName, "berta");
    strcpy(params.szPassword, ASTERISKS);
    strcpy(params.szDomain, "*");
    error = set_params(wide, book, &params, FALSE);
    check_twin(wide, RasSetEntryDialParams, error, ERROR_SUCCESS);
    error = get_params(wide, book, &got, &has);
    check_twin(wide, RasGetEntryDialParams, error, ERROR_SUCCESS);
    ok(!got.dwSubEntry && !got.dwCallbackId, "sub-entry %lu.\n", got.dwSubEntry);
    ok(has && !strcmp(got.szUserName, "berta"), "user %s.\n", got.szUserName);
    uncertain ok(!strcmp(got.szDomain, "HOME"), "domain %s.\n", got.szDomain);
    /* An empty password is one; removed, it is none, whatever the members say. */
    params.szPassword[0] = 0;
    error = set_params(wide, book, &params, FALSE);
    check_twin(wide, RasSetEntryDialParams, error, ERROR_SUCCESS);
    error = get_params(wide, book, &got, &has);
    check_twin(wide, RasGetEntryDialParams, error, ERROR_SUCCESS);
    uncertain ok(has && !strcmp(got.szPassword, ASTERISKS), "password %s.\n", got.szPassword);
    strcpy(params.szPassword, "other");
    error = set_params(wide, book, &params, TRUE);
    check_twin(wide, RasSetEntryDialParams, error, ERROR_SUCCESS);
    error = get_params(wide, book, &got, &has);
    check_twin(wide, RasGetEntryDialParams, error, ERROR_SUCCESS);
    ok(!has && !got.szPassword[0] && !strcmp(got.szUserName, "berta"), "password %s.\n", got.szPassword);
    forget(book, "Good", PARTS);
}

START_TEST(credentials)
{
    BOOL wide;

    if (!load_rasapi32()) return;
    write_phonebook(book, PHONEBOOK_TEXT("Good", "retry", ""));
    MultiByteToWideChar(CP_ACP, 0, book, -1, book_w, ARRAYSIZE(book_w));
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        test_credentials_errors(wide);
        test_masks_errors(wide);
        test_access(wide);
        test_params_errors(wide);
    }
    test_bad_pointers();
    test_sizes();
    test_parts();
    test_long_texts();
    test_keys();
    test_all_users();
    test_params();
    test_params_rules(FALSE);
    test_params_rules(TRUE);
    DeleteFileA(book);
}
