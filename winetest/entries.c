/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * entries.c - entries as wholes: RasEnumEntries, RasRenameEntry, RasDeleteEntry and
 * RasValidateEntryName; which file they take, and what they leave of it.
 */
#include "books.h"
#include "dialing.h"

#include <stdlib.h>
#include <string.h>

#define NOWHERE "c:\\no such folder\\rasphone.pbk"

/* Unknown keys, blanks, other line ends, and no line end at the end: none of it is changed. */
#define BEFORE "; lines before the first entry\r\n\r\n"
#define LINES  "Encoding=1\r\nType=1\r\nUnknown = x \r\n\r\nMEDIA=serial\r\n\r\nDEVICE=modem\r\n\r\n"
#define FIRST  BEFORE "[First]\r\n" LINES
#define SECOND "[Second]\nEncoding=1\nMEDIA=serial\nDEVICE=modem\n\n\n"
#define THIRD  "[Third]\r\nEncoding=0\r\nDevice=\xe4\r\nMEDIA=rastapi"

static char book[MAX_PATH];

static void write_book(void)
{
    book_write(book, FIRST SECOND THIRD, strlen(FIRST SECOND THIRD));
}

#define check_book(text) book_check(book, text, (DWORD)strlen(text))

/* ---- names ------------------------------------------------------------------------------ */

static void test_validate(BOOL wide)
{
    static const char *const good[] = {"a", "New", "firs", "first ", " First", "a.b", "[x", "1", "\xe4", "-"};
    static const char *const bad[] = {"", " ", "\t", ".a", ".", "a|b", "a>b", "a<b", "a?b", "a*b", "a\\b", "a/b", "a:b",
                                      "a\nb"};
    static const char *const doubtful[] = {"a\"b", "a]b"};
    static const char *const there[] = {"First", "first", "THIRD"};
    char name[RAS_MaxEntryName + 2];
    unsigned int i;
    DWORD error;

    write_book();
    for (i = 0; i < ARRAYSIZE(good); i++)
    {
        push_context("%s", good[i]);
        error = validate_name(wide, book, good[i]);
        if (strpbrk(good[i], "[- "))
            uncertain ok_twin(wide, "RasValidateEntryName", error, ERROR_SUCCESS);
        else
            ok_twin(wide, "RasValidateEntryName", error, ERROR_SUCCESS);
        pop_context();
    }
    for (i = 0; i < ARRAYSIZE(bad); i++)
    {
        push_context("%s", bad[i]);
        error = validate_name(wide, book, bad[i]);
        ok_twin(wide, "RasValidateEntryName", error, ERROR_INVALID_NAME);
        error = rename_entry(wide, book, "First", bad[i]);
        ok_twin(wide, "RasRenameEntry", error, ERROR_INVALID_NAME);
        error = delete_entry(wide, book, bad[i]);
        uncertain ok_twin(wide, "RasDeleteEntry", error, ERROR_INVALID_NAME);
        pop_context();
    }
    for (i = 0; i < ARRAYSIZE(doubtful); i++)
    {
        error = validate_name(wide, book, doubtful[i]);
        uncertain ok_twin(wide, "RasValidateEntryName", error, ERROR_INVALID_NAME);
    }
    for (i = 0; i < ARRAYSIZE(there); i++)
    {
        error = validate_name(wide, book, there[i]);
        ok_twin(wide, "RasValidateEntryName", error, ERROR_ALREADY_EXISTS);
    }
    memset(name, 'n', sizeof(name));
    name[RAS_MaxEntryName] = 0;
    error = validate_name(wide, book, name);
    ok(!error, "256 characters: got %lu.\n", error);
    name[RAS_MaxEntryName] = 'n';
    name[RAS_MaxEntryName + 1] = 0;
    error = validate_name(wide, book, name);
    ok_twin(wide, "RasValidateEntryName", error, ERROR_INVALID_NAME);
    error = validate_name(wide, NOWHERE, "New");
    ok_twin(wide, "RasValidateEntryName", error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = validate_name(wide, book, NULL);
    ok_twin(wide, "RasValidateEntryName", error, ERROR_INVALID_PARAMETER);
    check_book(FIRST SECOND THIRD);
}

/* ---- renaming and deleting ------------------------------------------------------------------ */

#define RENAMED BEFORE "[Fir st]\r\n" LINES
#define CASED   "[SECOND]\r\nEncoding=1\nMEDIA=serial\nDEVICE=modem\n\n\n"
#define ANSI    "[\xfc]\r\nEncoding=0\r\nDevice=\xe4\r\nMEDIA=rastapi"
#define UTF8    "[\xce\xa9]\r\nEncoding=1\r\nDevice=\xc3\xa4\r\nMEDIA=rastapi"

static void test_rename(BOOL wide)
{
    DWORD error;

    write_book();
    error = rename_entry(wide, book, "first", "Fir st");
    ok_twin(wide, "RasRenameEntry", error, ERROR_SUCCESS);
    check_book(RENAMED SECOND THIRD);
    error = rename_entry(wide, book, "First", "Other");
    ok_twin(wide, "RasRenameEntry", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    error = rename_entry(wide, book, "", "Other");
    ok_twin(wide, "RasRenameEntry", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    error = rename_entry(wide, book, "Fir st", "third");
    ok_twin(wide, "RasRenameEntry", error, ERROR_ALREADY_EXISTS);
    error = rename_entry(wide, book, "Second", "Second");
    ok(!error, "the same: got %lu.\n", error);
    check_book(RENAMED SECOND THIRD);
    error = rename_entry(wide, book, "Second", "SECOND");
    uncertain ok_twin(wide, "RasRenameEntry", error, ERROR_SUCCESS);
    check_book(RENAMED CASED THIRD);
    error = rename_entry(wide, NOWHERE, "First", "Other");
    ok_twin(wide, "RasRenameEntry", error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = rename_entry(wide, book, NULL, "Other");
    ok_twin(wide, "RasRenameEntry", error, ERROR_INVALID_PARAMETER);
    error = rename_entry(wide, book, "First", NULL);
    ok_twin(wide, "RasRenameEntry", error, ERROR_INVALID_PARAMETER);
    check_book(RENAMED CASED THIRD);
}

/* The name has the encoding of its entry. */
static void test_encodings(void)
{
    static const WCHAR omega[] = L"\x03a9";
    WCHAR book_w[MAX_PATH];
    DWORD error;

    if (GetACP() != 1252)
    {
        skip("the code page is %u.\n", GetACP());
        return;
    }
    write_book();
    MultiByteToWideChar(CP_ACP, 0, book, -1, book_w, ARRAYSIZE(book_w));
    error = pRasRenameEntryW(book_w, L"Third", L"\xfc");
    ok_error(RasRenameEntryW, error, ERROR_SUCCESS);
    check_book(FIRST SECOND ANSI);
    error = pRasValidateEntryNameW(book_w, L"\xdc");
    ok_error(RasValidateEntryNameW, error, ERROR_ALREADY_EXISTS);
    error = pRasRenameEntryW(book_w, L"Second", L"\xdc");
    ok_error(RasRenameEntryW, error, ERROR_ALREADY_EXISTS);
    /* No such character in that code page: the whole entry becomes UTF-8. */
    error = pRasRenameEntryW(book_w, L"\xfc", omega);
    uncertain ok_error(RasRenameEntryW, error, ERROR_SUCCESS);
    check_book(FIRST SECOND UTF8);
    error = pRasDeleteEntryW(book_w, L"\x03c9");
    ok_error(RasDeleteEntryW, error, ERROR_SUCCESS);
    check_book(FIRST SECOND);
}

static void test_delete(BOOL wide)
{
    DWORD error;

    write_book();
    error = delete_entry(wide, book, "Fourth");
    ok_twin(wide, "RasDeleteEntry", error, ERROR_INVALID_NAME);
    error = delete_entry(wide, NOWHERE, "First");
    ok_twin(wide, "RasDeleteEntry", error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = delete_entry(wide, book, NULL);
    ok_twin(wide, "RasDeleteEntry", error, ERROR_INVALID_PARAMETER);
    check_book(FIRST SECOND THIRD);
    error = delete_entry(wide, book, "second");
    ok_twin(wide, "RasDeleteEntry", error, ERROR_SUCCESS);
    check_book(FIRST THIRD);
    error = delete_entry(wide, book, "second");
    ok_twin(wide, "RasDeleteEntry", error, ERROR_INVALID_NAME);
    error = delete_entry(wide, book, "Third");
    ok(!error, "got %lu.\n", error);
    check_book(FIRST);
    error = delete_entry(wide, book, "First");
    ok(!error, "got %lu.\n", error);
    check_book(BEFORE);
}

/* ---- RasEnumEntries --------------------------------------------------------------------------- */

static const DWORD editions_a[] = {264, 532};
static const DWORD editions_w[] = {520, 1048};

static void check_names(BOOL wide, const void *array, DWORD edition)
{
    static const char *const names[] = {"First", "Second", "Third"};
    char name[RAS_MaxEntryName + 1], path[MAX_PATH + 1];
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(names); i++)
    {
        const RASENTRYNAMEA *a = (const void *)((const char *)array + i * edition);
        const RASENTRYNAMEW *w = (const void *)a;

        ok(a->dwSize == edition, "%u: dwSize %lu.\n", i, a->dwSize);
        strcpy(name, "?");
        if (wide)
            WideCharToMultiByte(CP_ACP, 0, w->szEntryName, -1, name, sizeof(name), NULL, NULL);
        else
            strcpy(name, a->szEntryName);
        ok(!strcmp(name, names[i]), "%u: name %s.\n", i, name);
        if (edition < 500 || (wide && edition < 1000)) continue;
        strcpy(path, "?");
        if (wide)
            WideCharToMultiByte(CP_ACP, 0, w->szPhonebookPath, -1, path, sizeof(path), NULL, NULL);
        else
            strcpy(path, a->szPhonebookPath);
        ok(!strcmp(path, book), "%u: path %s.\n", i, path);
        ok((wide ? w->dwFlags : a->dwFlags) == REN_User, "%u: flags.\n", i);
    }
}

static void test_enum_errors(BOOL wide)
{
    DWORD size = 0, count = 0, error;
    RASENTRYNAMEW entry = {.dwSize = wide ? sizeof(RASENTRYNAMEW) : sizeof(RASENTRYNAMEA)};

    error = enum_entries(wide, book, NULL, NULL, &count);
    ok_twin(wide, "RasEnumEntries", error, ERROR_INVALID_PARAMETER);
    error = enum_entries(wide, book, NULL, &size, NULL);
    ok_twin(wide, "RasEnumEntries", error, ERROR_INVALID_PARAMETER);
    error = wide ? pRasEnumEntriesW(L"", NULL, &entry, &size, &count)
                 : pRasEnumEntriesA("", NULL, (RASENTRYNAMEA *)&entry, &size, &count);
    uncertain ok_twin(wide, "RasEnumEntries", error, ERROR_INVALID_PARAMETER);
    size = sizeof(entry);
    error = enum_entries(wide, NOWHERE, &entry, &size, &count);
    uncertain ok_twin(wide, "RasEnumEntries", error, ERROR_CANNOT_OPEN_PHONEBOOK);
    ok(size == sizeof(entry), "size %lu.\n", size);
}

static void test_enum(BOOL wide)
{
    const DWORD *editions = wide ? editions_w : editions_a, newest = editions[1];
    DWORD size, count, error, edition, i, *buffer;
    static struct guard guard;

    push_context("%s", wide ? "W" : "A");
    write_book();
    test_enum_errors(wide);
    size = count = 0;
    error = enum_entries(wide, book, NULL, &size, &count);
    ok_twin(wide, "RasEnumEntries", error, ERROR_BUFFER_TOO_SMALL);
    ok(size == 3 * newest, "%lu bytes.\n", size);
    uncertain ok(count == 3, "%lu entries.\n", count);
    for (edition = 0; edition <= newest + 64; edition++)
    {
        if (edition == editions[0] || edition == editions[1]) continue;
        buffer = guard_init(&guard);
        *buffer = edition;
        size = 3 * newest;
        error = enum_entries(wide, book, buffer, &size, &count);
        if (edition == (wide ? 48 : 28)) /* that of Windows NT 3.5 */
            uncertain ok_twin(wide, "RasEnumEntries", error, ERROR_INVALID_SIZE);
        else
            ok_twin(wide, "RasEnumEntries", error, ERROR_INVALID_SIZE);
        guard_check(&guard, sizeof(DWORD));
    }
    for (i = 0; i < 2; i++)
    {
        edition = editions[i];
        push_context("%lu", edition);
        buffer = guard_init(&guard);
        *buffer = edition;
        size = 3 * edition - 1;
        error = enum_entries(wide, book, buffer, &size, &count);
        ok_twin(wide, "RasEnumEntries", error, ERROR_BUFFER_TOO_SMALL);
        ok(size == 3 * edition, "%lu bytes.\n", size);
        guard_check(&guard, sizeof(DWORD));
        size = 3 * edition + 100;
        error = enum_entries(wide, book, buffer, &size, &count);
        ok_twin(wide, "RasEnumEntries", error, ERROR_SUCCESS);
        ok(size == 3 * edition && count == 3, "%lu bytes, %lu entries.\n", size, count);
        guard_check(&guard, 3 * edition);
        check_names(wide, buffer, edition);
        pop_context();
    }
    book_write(book, "", 0);
    buffer = guard_init(&guard);
    *buffer = newest;
    size = newest;
    count = 7;
    error = enum_entries(wide, book, buffer, &size, &count);
    ok(!error && !size && !count, "no entries: got %lu, %lu bytes, %lu.\n", error, size, count);
    guard_check(&guard, sizeof(DWORD));
    check_book("");
    pop_context();
}

/* ---- no phone book given ------------------------------------------------------------------------- */

static char user_folder[MAX_PATH], all_users_folder[MAX_PATH];

/* A phone book in one of the two folders. */
static void write_default(const char *folder, const char *name, const char *text)
{
    char path[2 * MAX_PATH];

    make_folders(folder);
    snprintf(path, sizeof(path), "%s\\%s", folder, name);
    book_write(path, text, (DWORD)strlen(text));
}

static void check_default(int line, const char *folder, const char *name, const char *text)
{
    char path[2 * MAX_PATH];

    snprintf(path, sizeof(path), "%s\\%s", folder, name);
    if (text)
        book_check_(__FILE__, line, path, text, (DWORD)strlen(text));
    else
        DeleteFileA(path);
}
#define CHECK_DEFAULT(folder, name, text) check_default(__LINE__, folder, name, text)

static void check_default_names(BOOL wide)
{
    static const struct
    {
        const char *name;
        const char *folder;
        const char *file;
        DWORD flags;
    } expected[] =
    {
        {"Mine", user_folder, "rasphone.pbk", REN_User},   {"Both", user_folder, "rasphone.pbk", REN_User},
        {"Aside", user_folder, "a.pbk", REN_User},         {"Ours", all_users_folder, "rasphone.pbk", REN_AllUsers},
        {"Both", all_users_folder, "rasphone.pbk", REN_AllUsers},
    };
    static union
    {
        RASENTRYNAMEA a[8];
        RASENTRYNAMEW w[8];
    } entries;
    DWORD size = wide ? sizeof(entries.w) : sizeof(entries.a), count, error, i;
    char name[RAS_MaxEntryName + 1], path[MAX_PATH + 1], full[2 * MAX_PATH];

    entries.a[0].dwSize = size / 8;
    error = enum_entries(wide, wide ? "" : NULL, &entries, &size, &count);
    ok_twin(wide, "RasEnumEntries", error, ERROR_SUCCESS);
    ok(count == ARRAYSIZE(expected), "%lu entries.\n", count);
    for (i = 0; i < count && i < ARRAYSIZE(expected); i++)
    {
        strcpy(name, entries.a[i].szEntryName);
        strcpy(path, entries.a[i].szPhonebookPath);
        if (wide) WideCharToMultiByte(CP_ACP, 0, entries.w[i].szEntryName, -1, name, sizeof(name), NULL, NULL);
        if (wide) WideCharToMultiByte(CP_ACP, 0, entries.w[i].szPhonebookPath, -1, path, sizeof(path), NULL, NULL);
        snprintf(full, sizeof(full), "%s\\%s", expected[i].folder, expected[i].file);
        uncertain ok(!strcmp(name, expected[i].name), "%lu: %s.\n", i, name);
        uncertain ok(!strcmp(path, full), "%lu: %s.\n", i, path);
        uncertain ok((wide ? entries.w[i].dwFlags : entries.a[i].dwFlags) == expected[i].flags, "%lu: flags.\n", i);
    }
}

/* One that is nowhere yet goes into the user's phone book. */
static void check_new_entry(void)
{
    RASENTRYA entry = {.dwSize = sizeof(entry), .szLocalPhoneNumber = "1", .szDeviceType = "modem",
                       .szDeviceName = "Test Modem", .dwFramingProtocol = RASFP_Ppp, .dwType = RASET_Phone};
    char path[2 * MAX_PATH], names[64];
    DWORD error;

    error = pRasSetEntryPropertiesA(NULL, "Fresh", &entry, sizeof(entry), NULL, 0);
    ok_error(RasSetEntryPropertiesA, error, ERROR_SUCCESS);
    snprintf(path, sizeof(path), "%s\\rasphone.pbk", user_folder);
    book_names(path, names, sizeof(names));
    uncertain ok(strstr(names, "Fresh\n") != NULL, "in the user's phone book: %s.\n", names);
    error = delete_entry(FALSE, NULL, "Fresh");
    ok(!error, "got %lu.\n", error);
}

#define E(name) "[" name "]\r\nEncoding=1\r\n\r\n"

static void test_default(BOOL wide)
{
    DWORD error;

    snprintf(user_folder, sizeof(user_folder), "%s\\Microsoft\\Network\\Connections\\Pbk", getenv("APPDATA"));
    snprintf(all_users_folder, sizeof(all_users_folder), "%s\\Microsoft\\Network\\Connections\\Pbk",
             getenv("ProgramData"));
    write_default(user_folder, "a.pbk", E("Aside"));
    write_default(user_folder, "a.pbk.new", E("A file that is about to be written"));
    /* No text: nothing is in it, and nothing is kept from what is in others. */
    write_default(user_folder, "b.pbk", "\xff\xfe[");
    write_default(user_folder, "rasphone.pbk", E("Mine") E("Both"));
    write_default(all_users_folder, "rasphone.pbk", E("Ours") E("Both"));
    check_default_names(wide);
    error = validate_name(wide, NULL, "Aside");
    ok_twin(wide, "RasValidateEntryName", error, ERROR_ALREADY_EXISTS);
    error = validate_name(wide, NULL, "ours");
    ok_twin(wide, "RasValidateEntryName", error, ERROR_ALREADY_EXISTS);
    error = validate_name(wide, "", "New");
    ok_twin(wide, "RasValidateEntryName", error, ERROR_SUCCESS);
    /* The user's entry goes first. */
    error = rename_entry(wide, NULL, "Both", "One");
    ok_twin(wide, "RasRenameEntry", error, ERROR_SUCCESS);
    CHECK_DEFAULT(user_folder, "rasphone.pbk", E("Mine") E("One"));
    error = rename_entry(wide, "", "aside", "Astray");
    ok_twin(wide, "RasRenameEntry", error, ERROR_SUCCESS);
    CHECK_DEFAULT(user_folder, "a.pbk", E("Astray"));
    error = delete_entry(wide, NULL, "Both");
    ok_twin(wide, "RasDeleteEntry", error, ERROR_SUCCESS);
    CHECK_DEFAULT(all_users_folder, "rasphone.pbk", E("Ours"));
    error = delete_entry(wide, NULL, "Both");
    ok_twin(wide, "RasDeleteEntry", error, ERROR_INVALID_NAME);
    error = rename_entry(wide, NULL, "Both", "Other");
    ok_twin(wide, "RasRenameEntry", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    check_new_entry();
    CHECK_DEFAULT(user_folder, "a.pbk", NULL);
    CHECK_DEFAULT(user_folder, "a.pbk.new", NULL);
    CHECK_DEFAULT(user_folder, "b.pbk", "\xff\xfe[");
    CHECK_DEFAULT(user_folder, "b.pbk", NULL);
    CHECK_DEFAULT(user_folder, "rasphone.pbk", NULL);
    CHECK_DEFAULT(all_users_folder, "rasphone.pbk", NULL);
}

/* A path that begins in the current folder. */
static void test_relative(BOOL wide)
{
    static const char relative[] = "ras_test_entries.pbk";
    RASENTRYNAMEA entries[3] = {{.dwSize = sizeof(entries[0])}};
    char before[MAX_PATH], folder[MAX_PATH];
    DWORD size = sizeof(entries), count, error;

    GetCurrentDirectoryA(sizeof(before), before);
    GetTempPathA(sizeof(folder), folder);
    SetCurrentDirectoryA(folder);
    write_book();
    error = rename_entry(wide, relative, "Second", "SECOND");
    ok(!error, "got %lu.\n", error);
    check_book(FIRST CASED THIRD);
    error = pRasEnumEntriesA(NULL, relative, entries, &size, &count);
    ok(!error && count == 3 && !strcmp(entries[0].szPhonebookPath, book), "got %lu, %lu, %s.\n", error, count,
       entries[0].szPhonebookPath);
    SetCurrentDirectoryA(before);
}

/* ---- what hangs on an entry ------------------------------------------------------------------------ */

static void check_user(int line, const char *entry, const char *user)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = RASCM_UserName};
    DWORD error = pRasGetCredentialsA(book, entry, &credentials);

    test_ok(__FILE__, line, error == (user ? 0 : ERROR_FILE_NOT_FOUND), "%s: got %lu.\n", entry, error);
    if (user) test_ok(__FILE__, line, !strcmp(credentials.szUserName, user), "got %s.\n", credentials.szUserName);
}

/* Stored credentials follow their entry. */
static void test_credentials(BOOL wide)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = RASCM_UserName, .szUserName = "anna"};
    DWORD error;

    write_book();
    error = pRasSetCredentialsA(book, "First", &credentials, FALSE);
    ok(!error, "got %lu.\n", error);
    error = rename_entry(wide, book, "first", "FIRST");
    ok(!error, "got %lu.\n", error);
    check_user(__LINE__, "First", "anna");
    error = rename_entry(wide, book, "First", "Other");
    ok(!error, "got %lu.\n", error);
    check_user(__LINE__, "Other", "anna");
    /* A change that fails takes nothing along. */
    error = rename_entry(wide, book, "Other", "Second");
    ok(error == ERROR_ALREADY_EXISTS, "got %lu.\n", error);
    check_user(__LINE__, "Other", "anna");
    check_user(__LINE__, "Second", NULL);
    write_book();
    check_user(__LINE__, "First", NULL);
    error = rename_entry(wide, book, "First", "Other");
    ok(!error, "got %lu.\n", error);
    check_user(__LINE__, "Other", NULL);
    error = pRasSetCredentialsA(book, "Other", &credentials, FALSE);
    ok(!error, "got %lu.\n", error);
    error = delete_entry(wide, book, "Other");
    ok(!error, "got %lu.\n", error);
    write_book();
    error = rename_entry(wide, book, "First", "Other");
    ok(!error, "got %lu.\n", error);
    check_user(__LINE__, "Other", NULL);
}

/* Windows before Vista, which a program may be told it is, deletes what is connected. */
static void test_connected_long_ago(void)
{
    static const char text[] = PHONEBOOK_TEXT("Up", "ok", "");
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "Up"};
    HRASCONN conn = NULL;
    DWORD error;

    ok(LOBYTE(GetVersion()) < 6, "version %#lx.\n", GetVersion());
    book_write(book, text, sizeof(text) - 1);
    error = pRasDialA(NULL, book, &params, 0, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    error = delete_entry(TRUE, book, "Up");
    uncertain ok_error(RasDeleteEntryW, error, ERROR_SUCCESS);
    check_book("");
    if (conn) hang_up(conn);
}

/* In a process of its own. */
static void run_long_ago(void)
{
    char own[MAX_PATH], path[MAX_PATH + 64];
    HKEY key;

    if (!test_is_wine())
    {
        skip("this Windows cannot be told to be another.\n");
        return;
    }
    GetModuleFileNameA(NULL, own, sizeof(own));
    snprintf(path, sizeof(path), "Software\\Wine\\AppDefaults\\%s", strrchr(own, '\\') + 1);
    RegCreateKeyExA(HKEY_CURRENT_USER, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL);
    RegSetValueExA(key, "Version", 0, REG_SZ, (const BYTE *)"winxp64", sizeof("winxp64"));
    ok(!run_child("entries", "long-ago"), "the child failed.\n");
    RegDeleteValueA(key, "Version");
    RegCloseKey(key);
}

static void test_connected(void)
{
    static const char text[] = PHONEBOOK_TEXT("Up", "ok", "") PHONEBOOK_TEXT("Down", "ok", "");
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "Up", .szUserName = "anna"};
    HRASCONN conn = NULL;
    DWORD error;

    book_write(book, text, sizeof(text) - 1);
    error = pRasDialA(NULL, book, &params, 0, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    error = delete_entry(FALSE, book, "Up");
    uncertain ok_error(RasDeleteEntryA, error, ERROR_CANNOT_DELETE);
    error = delete_entry(TRUE, book, "UP");
    uncertain ok_error(RasDeleteEntryW, error, ERROR_CANNOT_DELETE);
    check_book(text);
    error = delete_entry(TRUE, book, "Down");
    ok_error(RasDeleteEntryW, error, ERROR_SUCCESS);
    error = rename_entry(TRUE, book, "Up", "Still up");
    uncertain ok_error(RasRenameEntryW, error, ERROR_SUCCESS);
    check_book(PHONEBOOK_TEXT("Still up", "ok", ""));
    if (conn) hang_up(conn);
    error = delete_entry(FALSE, book, "Still up");
    ok_error(RasDeleteEntryA, error, ERROR_SUCCESS);
    check_book("");
}

START_TEST(entries)
{
    BOOL wide;

    if (!load_rasapi32()) return;
    book_path(book, "ras_test_entries.pbk");
    if (test_argc)
    {
        if (dialing_init()) test_connected_long_ago();
        return;
    }
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        test_validate(wide);
        test_rename(wide);
        test_delete(wide);
        test_enum(wide);
        test_relative(wide);
    }
    test_encodings();
    if (dialing_init())
    {
        /* All phone books are the test's own. */
        for (wide = FALSE; wide <= TRUE; wide++)
        {
            test_default(wide);
            test_credentials(wide);
        }
        test_connected();
        run_long_ago();
        dialing_cleanup();
    }
    DeleteFileA(book);
}
