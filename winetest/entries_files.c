/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * entries_files.c - phone books that are none, and changes that are cut short or come at
 * the same time: a file is changed as a whole or not at all, and what is not understood never.
 */
#include "books.h"
#include "dialing.h"

#include <stdlib.h>
#include <string.h>

#define ENTRY(name) "[" name "]\r\nEncoding=1\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=COM1\r\n\r\nDEVICE=modem\r\n\r\n"

static char book[MAX_PATH], other_file[MAX_PATH];

#define check_book(text) book_check(book, text, (DWORD)strlen(text))

static DWORD dial(BOOL wide, const char *path, const char *name)
{
    RASDIALPARAMSA a = {.dwSize = sizeof(a)};
    RASDIALPARAMSW w = {.dwSize = sizeof(w)};
    WCHAR path_w[MAX_PATH];
    HRASCONN conn = NULL;
    DWORD error;

    strcpy(a.szEntryName, name);
    MultiByteToWideChar(CP_ACP, 0, name, -1, w.szEntryName, ARRAYSIZE(w.szEntryName));
    MultiByteToWideChar(CP_ACP, 0, path, -1, path_w, ARRAYSIZE(path_w));
    error = wide ? pRasDialW(NULL, path_w, &w, 0, NULL, &conn) : pRasDialA(NULL, path, &a, 0, NULL, &conn);
    ok(!conn, "a handle.\n");
    return error;
}

/* An entry with the default settings of a modem. */
static DWORD set_entry(BOOL wide, const char *path, const char *name)
{
    RASENTRYA a = {.dwSize = sizeof(a)};
    RASENTRYW w = {.dwSize = sizeof(w)};
    WCHAR path_w[MAX_PATH], name_w[64];
    DWORD size = wide ? sizeof(w) : sizeof(a), error;

    if (!wide)
    {
        error = pRasGetEntryPropertiesA(NULL, "", &a, &size, NULL, NULL);
        ok(!error, "got %lu.\n", error);
        strcpy(a.szLocalPhoneNumber, "5550100");
        strcpy(a.szDeviceType, RASDT_Modem);
        strcpy(a.szDeviceName, "Test Modem");
        return pRasSetEntryPropertiesA(path, name, &a, sizeof(a), NULL, 0);
    }
    MultiByteToWideChar(CP_ACP, 0, path, -1, path_w, ARRAYSIZE(path_w));
    MultiByteToWideChar(CP_ACP, 0, name, -1, name_w, ARRAYSIZE(name_w));
    error = pRasGetEntryPropertiesW(NULL, L"", &w, &size, NULL, NULL);
    ok(!error, "got %lu.\n", error);
    lstrcpyW(w.szLocalPhoneNumber, L"5550100");
    lstrcpyW(w.szDeviceType, L"modem");
    lstrcpyW(w.szDeviceName, L"Test Modem");
    return pRasSetEntryPropertiesW(path_w, name_w, &w, sizeof(w), NULL, 0);
}

/* What is in an entry, and what hangs on it. */
static void check_no_entry(const char *path)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials), .dwMask = RASCM_UserName};
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szEntryName = "First"};
    RASSUBENTRYA sub = {.dwSize = sizeof(sub), .szDeviceType = RASDT_Modem, .szDeviceName = "Test Modem",
                        .szLocalPhoneNumber = "1"};
    RASENTRYA entry = {.dwSize = sizeof(entry)};
    DWORD size = sizeof(entry), error;
    BYTE data[4] = {0};
    BOOL has_password;

    error = pRasGetEntryPropertiesA(path, "First", &entry, &size, NULL, NULL);
    ok_error(RasGetEntryPropertiesA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    size = sizeof(sub);
    error = pRasGetSubEntryPropertiesA(path, "First", 1, &sub, &size, NULL, NULL);
    ok_error(RasGetSubEntryPropertiesA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = pRasSetSubEntryPropertiesA(path, "First", 1, &sub, sizeof(sub), NULL, 0);
    ok_error(RasSetSubEntryPropertiesA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = pRasDeleteSubEntryA(path, "First", 1);
    ok_error(RasDeleteSubEntryA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    size = sizeof(data);
    error = pRasGetCustomAuthDataA(path, "First", data, &size);
    ok_error(RasGetCustomAuthDataA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = pRasSetCustomAuthDataA(path, "First", data, sizeof(data));
    ok_error(RasSetCustomAuthDataA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = pRasGetEapUserDataA(NULL, path, "First", data, &size);
    ok_error(RasGetEapUserDataA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = pRasSetEapUserDataA(NULL, path, "First", data, sizeof(data));
    ok_error(RasSetEapUserDataA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = pRasGetCredentialsA(path, "First", &credentials);
    ok_error(RasGetCredentialsA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = pRasSetCredentialsA(path, "First", &credentials, FALSE);
    ok_error(RasSetCredentialsA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = pRasGetEntryDialParamsA(path, &params, &has_password);
    ok_error(RasGetEntryDialParamsA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = pRasSetEntryDialParamsA(path, &params, FALSE);
    ok_error(RasSetEntryDialParamsA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = pRasCreatePhonebookEntryA(NULL, path);
    ok_error(RasCreatePhonebookEntryA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = pRasEditPhonebookEntryA(NULL, path, "First");
    ok_error(RasEditPhonebookEntryA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
    if (GetFileAttributesA(path) == INVALID_FILE_ATTRIBUTES) return; /* it would be made */
    error = set_entry(FALSE, path, "First");
    ok_error(RasSetEntryPropertiesA, error, ERROR_CANNOT_OPEN_PHONEBOOK);
}

/* What all functions say of a file that they cannot read. */
static void check_unreadable(const char *path, DWORD dial_error)
{
    DWORD size, count, error;
    BOOL wide;

    push_context("%s", path);
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        size = 0;
        error = enum_entries(wide, path, NULL, &size, &count);
        ok_twin(wide, "RasEnumEntries", error, ERROR_CANNOT_OPEN_PHONEBOOK);
        error = rename_entry(wide, path, "First", "Other");
        ok_twin(wide, "RasRenameEntry", error, ERROR_CANNOT_OPEN_PHONEBOOK);
        error = delete_entry(wide, path, "First");
        ok_twin(wide, "RasDeleteEntry", error, ERROR_CANNOT_OPEN_PHONEBOOK);
        error = validate_name(wide, path, "First");
        ok_twin(wide, "RasValidateEntryName", error, ERROR_CANNOT_OPEN_PHONEBOOK);
        error = dial(wide, path, "First");
        ok_twin(wide, "RasDial", error, dial_error);
    }
    check_no_entry(path);
    pop_context();
}

static void check_no_new_file(void)
{
    ok(GetFileAttributesA(other_file) == INVALID_FILE_ATTRIBUTES, "%s is left.\n", other_file);
}

/* ---- files that are no phone books ----------------------------------------------------------- */

static void test_no_text(void)
{
    static const struct
    {
        const char *name;
        const char *text;
        DWORD len;
    } tests[] =
    {
        {"UTF-16LE", "\xff\xfe[\0A\0]\0\r\0\n\0", 12},
        {"UTF-16BE", "\xfe\xff\0[\0A\0]\0\r\0\n", 12},
        {"without a mark", "[\0A\0]\0\r\0\n\0", 10},
        {"a NUL at the end", ENTRY("A") "\0", sizeof(ENTRY("A"))},
        {"only NUL", "\0\0\0\0", 4},
        {"only a mark", "\xff\xfe", 2},
    };
    DWORD size, count, error;
    unsigned int i;
    BOOL wide;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        push_context("%s", tests[i].name);
        for (wide = FALSE; wide <= TRUE; wide++)
        {
            book_write(book, tests[i].text, tests[i].len);
            size = count = 7;
            error = enum_entries(wide, book, NULL, &size, &count);
            ok(!error && !size && !count, "got %lu, %lu bytes, %lu entries.\n", error, size, count);
            error = rename_entry(wide, book, "A", "B");
            ok_twin(wide, "RasRenameEntry", error, ERROR_CANNOT_OPEN_PHONEBOOK);
            error = delete_entry(wide, book, "A");
            ok_twin(wide, "RasDeleteEntry", error, ERROR_CANNOT_OPEN_PHONEBOOK);
            error = dial(wide, book, "A");
            ok_twin(wide, "RasDial", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
            book_check(book, tests[i].text, tests[i].len);
        }
        pop_context();
    }
    check_no_new_file();
}

/* Bytes of any value but NUL: what looks like an entry is one, and the rest stays. */
static void test_binary(void)
{
    char text[1024], expected[1024];
    DWORD len, error;

    for (len = 0; len < 255; len++) text[len] = (char)(len + 1);
    strcpy(text + len, "\r\n[A]\r\n\xff\xfe\x80=\xc3\r\n");
    memcpy(expected, text, sizeof(text));
    *strchr(expected + len, 'A') = 'B';
    len = (DWORD)(len + strlen(text + len));
    book_write(book, text, len);
    error = rename_entry(FALSE, book, "nothing", "B");
    ok_error(RasRenameEntryA, error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    book_check(book, text, len);
    error = rename_entry(FALSE, book, "A", "B");
    ok(!error, "got %lu.\n", error);
    book_check(book, expected, len);
}

/* Each beginning of a file: entries are there or not, and all that is there stays. */
static void test_truncated(void)
{
    static const char text[] = "; x\r\n" ENTRY("First") ENTRY("Second");
    static const DWORD header = 5 + 7;
    char expected[sizeof(text) + 2];
    DWORD len, expected_len, error;

    for (len = 0; len < sizeof(text); len++)
    {
        push_context("%lu bytes", len);
        book_write(book, text, len);
        error = rename_entry(len & 1, book, "Third", "Other");
        ok(error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY, "got %lu.\n", error);
        error = delete_entry(len & 1, book, "Third");
        ok(error == ERROR_INVALID_NAME, "got %lu.\n", error);
        book_check(book, text, len);
        error = rename_entry(len & 1, book, "First", "Other");
        ok(error == (len < header ? ERROR_CANNOT_FIND_PHONEBOOK_ENTRY : 0), "got %lu.\n", error);
        if (len < header)
            book_check(book, text, len);
        else
        {
            error = rename_entry(len & 1, book, "Other", "First");
            ok(!error, "got %lu.\n", error);
            /* The line with the name is a whole one now. */
            expected_len = max(len, header + 2);
            memcpy(expected, text, sizeof(text));
            book_check(book, expected, expected_len);
        }
        pop_context();
    }
    check_no_new_file();
}

/* Longer than a phone book may be; it has no bytes on the disk. */
static void test_huge(void)
{
    LARGE_INTEGER size = {.QuadPart = 1 << 30}, got = {.QuadPart = 0};
    HANDLE file = CreateFileA(book, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);

    ok(SetFilePointerEx(file, size, NULL, FILE_BEGIN) && SetEndOfFile(file), "error %lu.\n", GetLastError());
    CloseHandle(file);
    check_unreadable(book, ERROR_CANNOT_LOAD_PHONEBOOK);
    file = CreateFileA(book, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    ok(GetFileSizeEx(file, &got) && got.QuadPart == size.QuadPart, "another size.\n");
    CloseHandle(file);
    DeleteFileA(book);
}

/* A line of a megabyte, in which every piece looks like an entry. */
static void test_long_line(void)
{
    static const char before[] = "[First]\r\nKey=", after[] = "\r\n[Second]\r\nEncoding=1\r\n";
    const DWORD middle = 3 * 400000, len = (DWORD)(strlen(before) + middle + strlen(after));
    char *text = malloc(len), names[256];
    DWORD i, error;

    memcpy(text, before, strlen(before));
    for (i = 0; i < middle; i++) text[strlen(before) + i] = "[x]"[i % 3];
    memcpy(text + len - strlen(after), after, strlen(after));
    book_write(book, text, len);
    book_names(book, names, sizeof(names));
    ok(!strcmp(names, "First\nSecond\n"), "got %s.\n", names);
    error = rename_entry(FALSE, book, "Second", "SECOND");
    ok(!error, "got %lu.\n", error);
    memcpy(text + len - strlen(after) + 2, "[SECOND]", 8);
    book_check(book, text, len);
    free(text);
}

static void test_duplicates(void)
{
    static const char text[] = ENTRY("First") ENTRY("Twice") ENTRY("tWICE");
    DWORD error;
    BOOL wide;

    book_write(book, text, sizeof(text) - 1);
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        error = rename_entry(wide, book, "twice", "Once");
        ok_twin(wide, "RasRenameEntry", error, ERROR_CANNOT_OPEN_PHONEBOOK);
        error = delete_entry(wide, book, "twice");
        ok_twin(wide, "RasDeleteEntry", error, ERROR_CANNOT_OPEN_PHONEBOOK);
        error = rename_entry(wide, book, "First", "twice");
        ok_twin(wide, "RasRenameEntry", error, ERROR_ALREADY_EXISTS);
        error = validate_name(wide, book, "TWICE");
        ok_twin(wide, "RasValidateEntryName", error, ERROR_ALREADY_EXISTS);
    }
    check_book(text);
}

/* An entry that lacks what a dial needs is an entry all the same. */
static void test_missing_groups(void)
{
    static const char text[] = "[Empty]\r\n[Media]\r\nMEDIA=serial\r\n[Device]\r\nDEVICE=modem\r\n";
    static const char *const names[] = {"Empty", "Media"};
    char got[256];
    unsigned int i;
    DWORD error;
    BOOL wide;

    book_write(book, text, sizeof(text) - 1);
    book_names(book, got, sizeof(got));
    ok(!strcmp(got, "Empty\nMedia\nDevice\n"), "got %s.\n", got);
    for (wide = FALSE; wide <= TRUE; wide++)
        for (i = 0; i < ARRAYSIZE(names); i++)
        {
            error = dial(wide, book, names[i]);
            ok_twin(wide, "RasDial", error, ERROR_CORRUPT_PHONEBOOK);
        }
    check_book(text);
}

static void test_directory(void)
{
    DeleteFileA(book);
    ok(CreateDirectoryA(book, NULL), "error %lu.\n", GetLastError());
    check_unreadable(book, ERROR_CANNOT_OPEN_PHONEBOOK);
    ok(RemoveDirectoryA(book), "error %lu.\n", GetLastError());
    check_no_new_file();
}

static void test_mark(void)
{
    DWORD error;

    book_write(book, "\xef\xbb\xbf" ENTRY("First"), sizeof("\xef\xbb\xbf" ENTRY("First")) - 1);
    error = rename_entry(FALSE, book, "First", "Other");
    uncertain ok_error(RasRenameEntryA, error, ERROR_SUCCESS);
    check_book(ENTRY("Other"));
}

/* What only Unix has; winetest/run makes it. */
static void test_odd_files(void)
{
    const char *folder = getenv("WINERAS_TEST_ODD_FILES");
    char path[MAX_PATH], real[MAX_PATH], names[64];
    DWORD error;

    if (!folder)
    {
        skip("no odd files.\n");
        return;
    }
    snprintf(path, sizeof(path), "%s\\fifo.pbk", folder);
    check_unreadable(path, ERROR_CANNOT_LOAD_PHONEBOOK);
    snprintf(path, sizeof(path), "%s\\device.pbk", folder);
    check_unreadable(path, ERROR_CANNOT_LOAD_PHONEBOOK);
    snprintf(path, sizeof(path), "%s\\nowhere.pbk", folder);
    check_unreadable(path, ERROR_CANNOT_OPEN_PHONEBOOK);

    /* A link stays one: its file is changed. */
    snprintf(path, sizeof(path), "%s\\link.pbk", folder);
    snprintf(real, sizeof(real), "%s\\real\\real.pbk", folder);
    book_write(real, ENTRY("First"), strlen(ENTRY("First")));
    error = rename_entry(FALSE, path, "First", "Linked");
    ok(!error, "got %lu.\n", error);
    book_check(real, ENTRY("Linked"), strlen(ENTRY("Linked")));
    book_check(path, ENTRY("Linked"), strlen(ENTRY("Linked")));

    /* A new file is made where a link leads. */
    snprintf(path, sizeof(path), "%s\\nowhere.pbk", folder);
    snprintf(real, sizeof(real), "%s\\no-such-file", folder);
    error = set_entry(FALSE, path, "New");
    ok(!error, "got %lu.\n", error);
    book_names(real, names, sizeof(names));
    ok(!strcmp(names, "New\n"), "got %s.\n", names);
    ok(DeleteFileA(real), "error %lu.\n", GetLastError());
}

/* ---- files that must not be written ------------------------------------------------------------ */

static void check_read_only(const char *path, DWORD expected)
{
    DWORD error;
    BOOL wide;

    book_write(path, ENTRY("First"), strlen(ENTRY("First")));
    SetFileAttributesA(path, FILE_ATTRIBUTE_READONLY);
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        error = rename_entry(wide, path, "First", "Other");
        ok_twin(wide, "RasRenameEntry", error, expected);
        error = delete_entry(wide, path, "First");
        ok_twin(wide, "RasDeleteEntry", error, expected);
        error = set_entry(wide, path, "First");
        ok_twin(wide, "RasSetEntryProperties", error, expected);
        error = rename_entry(wide, path, "Second", "Other");
        ok_twin(wide, "RasRenameEntry", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    }
    book_check(path, ENTRY("First"), strlen(ENTRY("First")));
    SetFileAttributesA(path, FILE_ATTRIBUTE_NORMAL);
    DeleteFileA(path);
}

/* The new file cannot be made beside the old one. */
static void test_no_room(void)
{
    DWORD error;

    book_write(book, ENTRY("First"), strlen(ENTRY("First")));
    ok(CreateDirectoryA(other_file, NULL), "error %lu.\n", GetLastError());
    error = rename_entry(FALSE, book, "First", "Other");
    ok_error(RasRenameEntryA, error, ERROR_CANNOT_WRITE_PHONEBOOK);
    check_book(ENTRY("First"));
    ok(RemoveDirectoryA(other_file), "error %lu.\n", GetLastError());
}

/* A file that winetest/run has put on a disk that is read-only: it has one entry, "First". */
static void test_read_only_disk(const char *path)
{
    char before[256], after[256];
    DWORD error;
    BOOL wide;

    book_names(path, before, sizeof(before));
    ok(!strcmp(before, "First\n"), "got %s.\n", before);
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        error = rename_entry(wide, path, "First", "Other");
        ok_twin(wide, "RasRenameEntry", error, ERROR_CANNOT_WRITE_PHONEBOOK);
        error = delete_entry(wide, path, "First");
        ok_twin(wide, "RasDeleteEntry", error, ERROR_CANNOT_WRITE_PHONEBOOK);
    }
    book_names(path, after, sizeof(after));
    ok(!strcmp(before, after), "got %s.\n", after);
}

/* ---- at the same time ---------------------------------------------------------------------------- */

static DWORD WINAPI rename_first(void *error)
{
    *(DWORD *)error = rename_entry(FALSE, book, "First", "Other");
    return 0;
}

static HANDLE start_rename(DWORD *error)
{
    HANDLE thread;

    book_write(book, ENTRY("First"), strlen(ENTRY("First")));
    thread = CreateThread(NULL, 0, rename_first, error, 0, NULL);
    ok(thread != NULL, "no thread.\n");
    return thread;
}

static void end_rename(HANDLE thread, const DWORD *error, DWORD expected)
{
    ok(!WaitForSingleObject(thread, WAIT_MS), "the rename does not end.\n");
    ok(*error == expected, "got %lu.\n", *error);
    book_check(book, expected ? ENTRY("First") : ENTRY("Other"), strlen(ENTRY("First")));
    CloseHandle(thread);
}

/* Someone has the file open for a moment, when it is to be replaced. */
static void test_open(void)
{
    DWORD error = 7, begun = GetTickCount();
    WIN32_FILE_ATTRIBUTE_DATA data;
    HANDLE thread, file;

    book_write(book, ENTRY("First"), strlen(ENTRY("First")));
    file = CreateFileA(book, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    ok(file != INVALID_HANDLE_VALUE, "error %lu.\n", GetLastError());
    thread = CreateThread(NULL, 0, rename_first, &error, 0, NULL);
    do
    {
        if (GetFileAttributesExA(other_file, GetFileExInfoStandard, &data) && data.nFileSizeLow) break;
        Sleep(1);
    } while (GetTickCount() - begun < WAIT_MS);
    CloseHandle(file);
    end_rename(thread, &error, ERROR_SUCCESS);
    check_no_new_file();
}

/* Another process is about to change the file, and its change takes long, or too long. */
static void test_locked(void)
{
    OVERLAPPED region = {.OffsetHigh = 0x40000000};
    HANDLE thread, lock;
    DWORD error;

    lock = CreateFileA(other_file, GENERIC_READ | GENERIC_WRITE | DELETE,
                       FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, CREATE_ALWAYS, 0, NULL);
    ok(LockFileEx(lock, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &region), "error %lu.\n",
       GetLastError());
    thread = start_rename(&error);
    ok(WaitForSingleObject(thread, 200) == WAIT_TIMEOUT, "it does not wait.\n");
    book_check(book, ENTRY("First"), strlen(ENTRY("First")));
    end_rename(thread, &error, ERROR_CANNOT_WRITE_PHONEBOOK);
    thread = start_rename(&error);
    ok(WaitForSingleObject(thread, 200) == WAIT_TIMEOUT, "it does not wait.\n");
    CloseHandle(lock);
    end_rename(thread, &error, ERROR_SUCCESS);
    check_no_new_file();
}

/* What a process left that died is no obstacle. */
static void test_left_behind(void)
{
    DWORD error;

    book_write(book, ENTRY("First"), strlen(ENTRY("First")));
    book_write(other_file, "[nonsense", 9);
    error = rename_entry(FALSE, book, "First", "Other");
    ok(!error, "got %lu.\n", error);
    check_book(ENTRY("Other"));
    check_no_new_file();
}

/* The child's part of the next test: change the file until killed. */
static void change_for_ever(void)
{
    HANDLE changes = OpenSemaphoreA(SEMAPHORE_ALL_ACCESS, FALSE, "ras_test_changes");

    while (!rename_entry(FALSE, book, "First", "Other") && !rename_entry(FALSE, book, "Other", "First"))
        ReleaseSemaphore(changes, 1, NULL);
}

static HANDLE start_child(const char *argument)
{
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    char path[MAX_PATH], command[MAX_PATH + 64];
    PROCESS_INFORMATION process;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" entries_files %s", path, argument);
    if (!CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
    {
        ok(0, "%s: error %lu.\n", command, GetLastError());
        return NULL;
    }
    CloseHandle(process.hThread);
    return process.hProcess;
}

static void test_killed(void)
{
    HANDLE changes = CreateSemaphoreA(NULL, 0, 1000000, "ras_test_changes"), child;
    static const char first[] = ENTRY("Before") ENTRY("First") ENTRY("After");
    static const char other[] = ENTRY("Before") ENTRY("Other") ENTRY("After");
    unsigned int round, i;
    char *text;
    DWORD len, error;

    for (round = 0; round < 20; round++)
    {
        push_context("round %u", round);
        book_write(book, first, sizeof(first) - 1);
        if (!(child = start_child("change"))) break;
        for (i = 0; i <= round; i++)
            ok(!WaitForSingleObject(changes, WAIT_MS), "no change %u.\n", i);
        TerminateProcess(child, 0);
        ok(!WaitForSingleObject(child, WAIT_MS), "the child lives.\n");
        CloseHandle(child);
        while (!WaitForSingleObject(changes, 0)) continue;
        text = book_read(book, &len);
        ok(text && (!strcmp(text, first) || !strcmp(text, other)), "got:\n%s", text);
        error = rename_entry(FALSE, book, text && strcmp(text, first) ? "Other" : "First", "Other");
        ok(!error, "got %lu.\n", error);
        check_book(other);
        free(text);
        pop_context();
    }
    CloseHandle(changes);
    /* After a change that changes nothing too there is no other file. */
    error = rename_entry(FALSE, book, "Other", "First");
    ok(!error, "got %lu.\n", error);
    check_no_new_file();
}

/* Each of two processes changes its own entries and makes others, and all is there in the end. */
#define CHANGES 25

static int change_own(const char *which)
{
    char name[16], new_name[16];
    unsigned int i;
    DWORD error;

    for (i = 0; i < CHANGES; i++)
    {
        snprintf(name, sizeof(name), "%s %u", which, i);
        snprintf(new_name, sizeof(new_name), "%s %u done", which, i);
        error = rename_entry(FALSE, book, name, new_name);
        ok(!error, "%s: got %lu.\n", name, error);
        snprintf(new_name, sizeof(new_name), "%s %u new", which, i);
        if (!error) error = set_entry(FALSE, book, new_name);
        ok(!error, "%s: got %lu.\n", new_name, error);
        if (error) return 1;
    }
    return 0;
}

static void test_two_processes(void)
{
    char text[2 * CHANGES * 64] = "", expected[2 * CHANGES * 64] = "", names[2 * CHANGES * 64], name[16], *got;
    HANDLE children[2];
    unsigned int i, k;
    DWORD code, len;

    for (i = 0; i < CHANGES; i++)
        for (k = 0; k < 2; k++)
        {
            sprintf(text + strlen(text), "[%c %u]\r\nEncoding=1\r\n\r\n", "ab"[k], i);
            sprintf(expected + strlen(expected), "[%c %u done]\r\nEncoding=1\r\n\r\n", "ab"[k], i);
        }
    book_write(book, text, (DWORD)strlen(text));
    children[0] = start_child("own a");
    children[1] = start_child("own b");
    for (k = 0; k < 2 && children[k]; k++)
    {
        ok(!WaitForSingleObject(children[k], 4 * WAIT_MS), "child %u does not end.\n", k);
        ok(GetExitCodeProcess(children[k], &code) && !code, "child %u: exit code %lu.\n", k, code);
        CloseHandle(children[k]);
    }
    got = book_read(book, &len);
    ok(got && !strncmp(got, expected, strlen(expected)), "got:\n%s", got);
    free(got);
    book_names(book, names, sizeof(names));
    for (i = 0; i < 2 * CHANGES; i++)
    {
        snprintf(name, sizeof(name), "%c %u new\n", "ab"[i % 2], i / 2);
        ok(strstr(names, name) != NULL, "no %s", name);
    }
    check_no_new_file();
}

START_TEST(entries_files)
{
    char path[MAX_PATH];

    if (!load_rasapi32()) return;
    book_path(book, "ras_test_files.pbk");
    snprintf(other_file, sizeof(other_file), "%s.new", book);
    if (test_argc == 1 && !strcmp(test_argv[0], "change"))
    {
        change_for_ever();
        return;
    }
    if (test_argc == 2 && !strcmp(test_argv[0], "own"))
    {
        change_own(test_argv[1]);
        return;
    }
    if (test_argc == 2 && !strcmp(test_argv[0], "read-only"))
    {
        test_read_only_disk(test_argv[1]);
        return;
    }
    test_directory();
    test_no_text();
    test_binary();
    test_truncated();
    test_huge();
    test_long_line();
    test_duplicates();
    test_missing_groups();
    test_mark();
    test_odd_files();
    check_read_only(book, ERROR_CANNOT_WRITE_PHONEBOOK);
    if (getenv("WINERAS_TEST_FAKE"))
    {
        snprintf(path, sizeof(path), "%s\\Microsoft\\Network\\Connections\\Pbk", getenv("ProgramData"));
        make_folders(path);
        strcat(path, "\\ras_test.pbk");
        check_read_only(path, ERROR_ACCESS_DENIED);
    }
    test_no_room();
    test_open();
    test_locked();
    test_left_behind();
    test_killed();
    test_two_processes();
    DeleteFileA(book);
}
