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
#define LINES  "Encoding=1\r\nType=1\r\nUnknown = x \r\n\r\nMEDIA=serial\r\n\r\n"
#define FIRST  BEFORE "[First]\r\n" LINES
#define SECOND "[Second]\nEncoding=1\nPort=\n\n\n"
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
        if (strpbrk(good[i], "[-"))
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
#define CASED   "[SECOND]\r\nEncoding=1\nPort=\n\n\n"
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

START_TEST(entries)
{
    BOOL wide;

    if (!load_rasapi32()) return;
    book_path(book, "ras_test_entries.pbk");
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        test_validate(wide);
        test_rename(wide);
        test_delete(wide);
        test_enum(wide);
    }
    test_encodings();
    DeleteFileA(book);
}
