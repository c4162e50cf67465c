/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * credentials_follow.c - all that is stored for an entry goes along when the entry is renamed, and
 * goes when it is deleted.
 */
#include "pausing.h"
#include "saving.h"

#include <string.h>

#define STORED (PARTS | SHARED_KEYS)
#define ENTRY(name) PHONEBOOK_TEXT(name, "retry", "")

static BYTE eap_data[] = {1, 0, 2, 0xfe};

/* Write it anew: the way of programs that know nothing of what is stored. */
static void rewrite(const char *book, const char *entries)
{
    char made[MAX_PATH];

    write_phonebook(made, entries);
    ok(CopyFileA(made, book, FALSE), "error %lu.\n", GetLastError());
    DeleteFileA(made);
}

static void store_all(const char *book, const char *entry, BOOL all_users)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szCallbackNumber = "555", .dwSubEntry = 3};
    DWORD error;

    strcpy(params.szEntryName, entry);
    error = pRasSetEntryDialParamsA(book, &params, FALSE);
    ok(!error, "parameters: got %lu.\n", error);
    save(book, entry, PARTS, "anna", GOOD_PASSWORD, "HOME");
    save(book, entry, RASCM_PreSharedKey, "", "key", "");
    save(book, entry, RASCM_ServerPreSharedKey, "", "server's key", "");
    save(book, entry, RASCM_DDMPreSharedKey, "", "other key", "");
    if (all_users) save(book, entry, PARTS | RASCM_DefaultCreds, "all", "password", "WORLD");
    error = pRasSetEapUserDataA(NULL, book, entry, eap_data, sizeof(eap_data));
    ok(!error, "EAP: got %lu.\n", error);
}

#define check_all(book, entry, all_users) check_all_(__LINE__, book, entry, all_users)
static void check_all_(int line, const char *book, const char *entry, BOOL all_users)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    DWORD error, size = sizeof(eap_data);
    BYTE data[sizeof(eap_data)] = {0};
    HRASCONN conn = NULL;
    BOOL has;

    push_context("line %d", line);
    check_stored(book, entry, STORED, STORED, "anna", "HOME");
    if (all_users)
        check_stored(book, entry, PARTS | RASCM_DefaultCreds, PARTS | RASCM_DefaultCreds, "all", "WORLD");
    strcpy(params.szEntryName, entry);
    error = pRasGetEntryDialParamsA(book, &params, &has);
    ok(!error && has && params.dwSubEntry == 3 && !strcmp(params.szCallbackNumber, "555"), "parameters: got %lu.\n",
       error);
    error = pRasGetEapUserDataA(NULL, book, entry, data, &size);
    ok(!error && size == sizeof(data) && !memcmp(data, eap_data, size), "EAP: got %lu, size %lu.\n", error, size);
    error = pRasDialA(NULL, book, &params, 0, NULL, &conn);
    ok(!error, "the stored password: got %lu.\n", error);
    if (conn) hang_up(conn);
    pop_context();
}

#define check_nothing(book, entry) check_nothing_(__LINE__, book, entry)
static void check_nothing_(int line, const char *book, const char *entry)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = STORED};
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    DWORD error, size = 0;
    BOOL has;

    push_context("line %d", line);
    error = pRasGetCredentialsA(book, entry, &credentials);
    ok(error == ERROR_FILE_NOT_FOUND, "got %lu, mask %#lx.\n", error, credentials.dwMask);
    credentials.dwMask = PARTS | RASCM_DefaultCreds;
    error = pRasGetCredentialsA(book, entry, &credentials);
    ok(error == ERROR_FILE_NOT_FOUND, "all users: got %lu, mask %#lx.\n", error, credentials.dwMask);
    strcpy(params.szEntryName, entry);
    error = pRasGetEntryDialParamsA(book, &params, &has);
    ok(!error && !has && !params.dwSubEntry && !params.szCallbackNumber[0], "parameters: got %lu.\n", error);
    error = pRasGetEapUserDataA(NULL, book, entry, NULL, &size);
    ok(!error && !size, "EAP: got %lu, size %lu.\n", error, size);
    pop_context();
}

static DWORD rename_entry(BOOL wide, const char *book, const char *entry, const char *new_name)
{
    WCHAR book_w[MAX_PATH], entry_w[64], new_w[64];

    if (!wide) return pRasRenameEntryA(book, entry, new_name);
    MultiByteToWideChar(CP_ACP, 0, book, -1, book_w, ARRAYSIZE(book_w));
    MultiByteToWideChar(CP_ACP, 0, entry, -1, entry_w, ARRAYSIZE(entry_w));
    MultiByteToWideChar(CP_ACP, 0, new_name, -1, new_w, ARRAYSIZE(new_w));
    return pRasRenameEntryW(book_w, entry_w, new_w);
}

static DWORD delete_entry(BOOL wide, const char *book, const char *entry)
{
    WCHAR book_w[MAX_PATH], entry_w[64];

    if (!wide) return pRasDeleteEntryA(book, entry);
    MultiByteToWideChar(CP_ACP, 0, book, -1, book_w, ARRAYSIZE(book_w));
    MultiByteToWideChar(CP_ACP, 0, entry, -1, entry_w, ARRAYSIZE(entry_w));
    return pRasDeleteEntryW(book_w, entry_w);
}

static void test_rename(BOOL wide, const char *book, BOOL all_users)
{
    store_all(book, "One", all_users);
    check_twin(wide, RasRenameEntry, rename_entry(wide, book, "One", "Two"), ERROR_ALREADY_EXISTS);
    check_all(book, "One", all_users);
    check_nothing(book, "Two");
    check_twin(wide, RasRenameEntry, rename_entry(wide, book, "one", "A new name"), ERROR_SUCCESS);
    check_all(book, "A new name", all_users);
    check_twin(wide, RasRenameEntry, rename_entry(wide, book, "A new name", "A NEW NAME"), ERROR_SUCCESS);
    check_all(book, "A new name", all_users);
    rewrite(book, ENTRY("One") ENTRY("Two") ENTRY("A New Name"));
    check_nothing(book, "One");
    check_all(book, "A new name", all_users);
    /* The name of an entry for which something is stored, and which is gone. */
    save(book, "One", STORED & ~SHARED_KEYS, "berta", "wrong", "AWAY");
    rewrite(book, ENTRY("Two") ENTRY("A New Name"));
    check_twin(wide, RasRenameEntry, rename_entry(wide, book, "A new name", "One"), ERROR_SUCCESS);
    check_all(book, "One", all_users);
    rewrite(book, ENTRY("One") ENTRY("Two"));
    check_twin(wide, RasRenameEntry, rename_entry(wide, book, "Two", "Three"), ERROR_SUCCESS);
    check_nothing(book, "Three");
    check_twin(wide, RasRenameEntry, rename_entry(wide, book, "Three", "Two"), ERROR_SUCCESS);
}

static void test_delete(BOOL wide, const char *book, BOOL all_users)
{
    store_all(book, "One", all_users);
    check_twin(wide, RasDeleteEntry, delete_entry(wide, book, "Two"), ERROR_SUCCESS);
    check_all(book, "One", all_users);
    check_twin(wide, RasDeleteEntry, delete_entry(wide, book, "ONE"), ERROR_SUCCESS);
    rewrite(book, ENTRY("One") ENTRY("Two"));
    check_nothing(book, "One");
    check_nothing(book, "Two");
}

/* A change that fails moves and removes nothing. */
static void test_read_only(const char *book)
{
    store_all(book, "One", FALSE);
    save(book, "Two", PARTS, "berta", "wrong", "AWAY");
    SetFileAttributesA(book, FILE_ATTRIBUTE_READONLY);
    check_twin(FALSE, RasRenameEntry, rename_entry(FALSE, book, "One", "Three"), ERROR_CANNOT_WRITE_PHONEBOOK);
    check_twin(FALSE, RasDeleteEntry, delete_entry(FALSE, book, "One"), ERROR_CANNOT_WRITE_PHONEBOOK);
    check_twin(TRUE, RasDeleteEntry, delete_entry(TRUE, book, "Two"), ERROR_CANNOT_WRITE_PHONEBOOK);
    SetFileAttributesA(book, FILE_ATTRIBUTE_NORMAL);
    check_all(book, "One", FALSE);
    check_stored(book, "Two", PARTS, PARTS, "berta", "AWAY");
    forget(book, "Two", PARTS);
}

/* What is stored is of an entry of one file, not of its copies. */
static void test_copy(const char *book)
{
    char copy[MAX_PATH];

    store_all(book, "One", FALSE);
    write_phonebook(copy, ENTRY("One"));
    uncertain check_nothing(copy, "One");
    save(copy, "One", PARTS, "berta", "wrong", "AWAY");
    check_all(book, "One", FALSE);
    check_twin(FALSE, RasDeleteEntry, delete_entry(FALSE, copy, "One"), ERROR_SUCCESS);
    check_all(book, "One", FALSE);
    check_twin(FALSE, RasDeleteEntry, delete_entry(FALSE, book, "One"), ERROR_SUCCESS);
    DeleteFileA(copy);
}

START_TEST(credentials_follow)
{
    char book[MAX_PATH];
    BOOL wide;

    if (!pausing_init()) return;
    write_phonebook(book, ENTRY("One") ENTRY("Two"));
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        test_rename(wide, book, FALSE);
        test_delete(wide, book, FALSE);
    }
    test_read_only(book);
    test_copy(book);
    DeleteFileA(book);
    if (write_all_users_phonebook(book, ENTRY("One") ENTRY("Two")))
    {
        test_rename(FALSE, book, TRUE);
        test_delete(TRUE, book, TRUE);
        DeleteFileA(book);
    }
    pausing_cleanup();
}
