/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dialogs.c - RasCreatePhonebookEntry and RasEditPhonebookEntry, with a rasdlg.dll that
 * answers without a user, and with Wine's own, which has no dialog.
 */
#include "properties.h"

#include "books.h"

#include <rasdlg.h>
#include <stdio.h>
#include <string.h>

#define OWNER ((HWND)(ULONG_PTR)0x4711)

#if defined(_WIN64)
#define DLL(name) name ".cross64.dll"
#else
#define DLL(name) name ".cross32.dll"
#endif

#define ENTRY                                                                                                          \
    "[One]\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=COM1\r\nDevice=Test Modem\r\n\r\nDEVICE=modem\r\nPhoneNumber=1\r\n"

static DWORD create(BOOL wide, const char *phonebook)
{
    WCHAR phonebook_w[MAX_PATH];

    if (!wide) return pRasCreatePhonebookEntryA(OWNER, phonebook);
    if (phonebook) MultiByteToWideChar(CP_ACP, 0, phonebook, -1, phonebook_w, MAX_PATH);
    return pRasCreatePhonebookEntryW(OWNER, phonebook ? phonebook_w : NULL);
}

static DWORD edit(BOOL wide, const char *phonebook, const char *entry)
{
    WCHAR phonebook_w[MAX_PATH], entry_w[MAX_PATH];

    if (!wide) return pRasEditPhonebookEntryA(OWNER, phonebook, entry);
    MultiByteToWideChar(CP_ACP, 0, phonebook, -1, phonebook_w, MAX_PATH);
    if (entry) MultiByteToWideChar(CP_ACP, 0, entry, -1, entry_w, MAX_PATH);
    return pRasEditPhonebookEntryW(OWNER, phonebook_w, entry ? entry_w : NULL);
}

static void check_call(int line, const char *phonebook, const char *entry, DWORD flags)
{
    char text[1024] = "", expected[1024];

    GetEnvironmentVariableA("DIALOG_DLL_CALL", text, sizeof(text));
    snprintf(expected, sizeof(expected), "%s,%s,%u,%p,%lx", phonebook, entry, (unsigned int)sizeof(RASENTRYDLGW),
             (void *)OWNER, flags);
    test_ok(__FILE__, line, !lstrcmpiA(text, expected), "got \"%s\", expected \"%s\".\n", text, expected);
    SetEnvironmentVariableA("DIALOG_DLL_CALL", NULL);
}
#define CHECK_CALL(phonebook, entry, flags) check_call(__LINE__, phonebook, entry, flags)

static void check_not_called(int line)
{
    char text[1024] = "";

    GetEnvironmentVariableA("DIALOG_DLL_CALL", text, sizeof(text));
    test_ok(__FILE__, line, !text[0], "called: \"%s\".\n", text);
}
#define CHECK_NOT_CALLED() check_not_called(__LINE__)

static void test_errors(BOOL wide)
{
    DWORD error;

    error = create(wide, "c:\\no\\such.pbk");
    ok_twin(wide, "RasCreatePhonebookEntry", error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = edit(wide, book, NULL);
    ok_twin(wide, "RasEditPhonebookEntry", error, ERROR_BUFFER_INVALID);
    error = edit(wide, "c:\\no\\such.pbk", "One");
    ok_twin(wide, "RasEditPhonebookEntry", error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = edit(wide, book, "nowhere");
    ok_twin(wide, "RasEditPhonebookEntry", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    CHECK_NOT_CALLED();
}

/* No dialog, no success. */
static void test_without(BOOL wide)
{
    DWORD error;

    error = create(wide, book);
    ok(error == ERROR_CALL_NOT_IMPLEMENTED, "create: got %lu.\n", error);
    error = edit(wide, book, "One");
    ok(error == ERROR_CALL_NOT_IMPLEMENTED, "edit: got %lu.\n", error);
}

static void test_with(BOOL wide)
{
    DWORD error;

    SetEnvironmentVariableA("DIALOG_DLL_ANSWER", "save");
    error = create(wide, NULL);
    ok_twin(wide, "RasCreatePhonebookEntry", error, ERROR_SUCCESS);
    CHECK_CALL("(null)", "(null)", RASEDFLAG_NewEntry);
    error = create(wide, book);
    ok_twin(wide, "RasCreatePhonebookEntry", error, ERROR_SUCCESS);
    CHECK_CALL(book, "(null)", RASEDFLAG_NewEntry);
    error = edit(wide, book, "one");
    ok_twin(wide, "RasEditPhonebookEntry", error, ERROR_SUCCESS);
    CHECK_CALL(book, "One", 0);

    SetEnvironmentVariableA("DIALOG_DLL_ANSWER", "cancel");
    error = create(wide, book);
    uncertain ok_twin(wide, "RasCreatePhonebookEntry", error, ERROR_SUCCESS);
    CHECK_CALL(book, "(null)", RASEDFLAG_NewEntry);
    error = edit(wide, book, "One");
    uncertain ok_twin(wide, "RasEditPhonebookEntry", error, ERROR_SUCCESS);
    CHECK_CALL(book, "One", 0);

    SetEnvironmentVariableA("DIALOG_DLL_ANSWER", "711");
    error = create(wide, book);
    uncertain ok(error == ERROR_RASMAN_CANNOT_INITIALIZE, "create: got %lu.\n", error);
    error = edit(wide, book, "One");
    uncertain ok(error == ERROR_RASMAN_CANNOT_INITIALIZE, "edit: got %lu.\n", error);
    SetEnvironmentVariableA("DIALOG_DLL_CALL", NULL);
}

START_TEST(dialogs)
{
    char own[MAX_PATH], copy[MAX_PATH];
    HMODULE rasdlg;
    int wide;

    if (!properties_init()) return;
    write_book(ENTRY);
    for (wide = 0; wide < 2; wide++) test_errors(wide);
    if (!test_is_wine())
        skip("here is a dialog that waits for its user.\n");
    else
    {
        for (wide = 0; wide < 2; wide++) test_without(wide);
        GetModuleFileNameA(NULL, own, ARRAYSIZE(own));
        strcpy(strrchr(own, '\\') + 1, DLL("dialog_dll"));
        book_path(copy, "rasdlg.dll");
        ok(CopyFileA(own, copy, FALSE), "%s: error %lu.\n", own, GetLastError());
        rasdlg = LoadLibraryA(copy);
        ok(rasdlg != NULL, "%s: error %lu.\n", copy, GetLastError());
        for (wide = 0; rasdlg && wide < 2; wide++) test_with(wide);
        if (rasdlg) FreeLibrary(rasdlg);
        DeleteFileA(copy);
    }
    properties_cleanup();
}
