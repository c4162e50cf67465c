/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * eap_data.c - RasGetEapUserData and RasSetEapUserData.
 */
#include "saving.h"

#include <string.h>

#include "dialing.h"

#define NO_BOOK "c:\\no\\such.pbk"

static char book[MAX_PATH];

static DWORD get_data(BOOL wide, HANDLE token, const char *phonebook, const char *entry, BYTE *data, DWORD *size)
{
    WCHAR phonebook_w[MAX_PATH], entry_w[300];

    if (!wide) return pRasGetEapUserDataA(token, phonebook, entry, data, size);
    MultiByteToWideChar(CP_ACP, 0, phonebook, -1, phonebook_w, ARRAYSIZE(phonebook_w));
    if (entry) MultiByteToWideChar(CP_ACP, 0, entry, -1, entry_w, ARRAYSIZE(entry_w));
    return pRasGetEapUserDataW(token, phonebook_w, entry ? entry_w : NULL, data, size);
}

static DWORD set_data(BOOL wide, HANDLE token, const char *phonebook, const char *entry, BYTE *data, DWORD size)
{
    WCHAR phonebook_w[MAX_PATH], entry_w[300];

    if (!wide) return pRasSetEapUserDataA(token, phonebook, entry, data, size);
    MultiByteToWideChar(CP_ACP, 0, phonebook, -1, phonebook_w, ARRAYSIZE(phonebook_w));
    if (entry) MultiByteToWideChar(CP_ACP, 0, entry, -1, entry_w, ARRAYSIZE(entry_w));
    return pRasSetEapUserDataW(token, phonebook_w, entry ? entry_w : NULL, data, size);
}

static void test_errors(BOOL wide)
{
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
    BYTE data[16] = {1, 2, 3};
    DWORD size = sizeof(data);

    check_twin(wide, RasGetEapUserData, get_data(wide, NULL, book, NULL, data, &size), (DWORD)E_INVALIDARG);
    check_twin(wide, RasGetEapUserData, get_data(wide, NULL, book, "EAP", data, NULL), (DWORD)E_INVALIDARG);
    check_twin(wide, RasGetEapUserData, get_data(wide, NULL, book, "EAP", NULL, &size), (DWORD)E_INVALIDARG);
    uncertain check_twin(wide, RasGetEapUserData, get_data(wide, event, book, "EAP", data, &size), (DWORD)E_INVALIDARG);
    check_twin(wide, RasGetEapUserData, get_data(wide, NULL, NO_BOOK, "EAP", data, &size), ERROR_CANNOT_OPEN_PHONEBOOK);
    check_twin(wide, RasGetEapUserData, get_data(wide, NULL, book, "nowhere", data, &size),
               ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    ok(size == sizeof(data), "size is %lu.\n", size);
    check_twin(wide, RasSetEapUserData, set_data(wide, NULL, book, NULL, data, 3), (DWORD)E_INVALIDARG);
    check_twin(wide, RasSetEapUserData, set_data(wide, NULL, book, "EAP", NULL, 3), (DWORD)E_INVALIDARG);
    uncertain check_twin(wide, RasSetEapUserData, set_data(wide, event, book, "EAP", data, 3), (DWORD)E_INVALIDARG);
    check_twin(wide, RasSetEapUserData, set_data(wide, NULL, NO_BOOK, "EAP", data, 3), ERROR_CANNOT_OPEN_PHONEBOOK);
    check_twin(wide, RasSetEapUserData, set_data(wide, NULL, book, "nowhere", data, 3),
               ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    CloseHandle(event);
}

static void check_none(BOOL wide, const char *entry)
{
    DWORD size = 0, error;

    error = get_data(wide, NULL, book, entry, NULL, &size);
    uncertain check_twin(wide, RasGetEapUserData, error, ERROR_SUCCESS);
    ok(!size, "%s has %lu bytes.\n", entry, size);
}

static void check_data(BOOL wide, HANDLE token, const BYTE *expected, DWORD expected_size)
{
    static struct guard guard;
    BYTE *data = guard_init(&guard), filled = data[0];
    DWORD size = 0, error;

    error = get_data(wide, token, book, "eap", NULL, &size);
    check_twin(wide, RasGetEapUserData, error, ERROR_BUFFER_TOO_SMALL);
    ok(size == expected_size, "needs %lu bytes.\n", size);
    size = expected_size - 1;
    error = get_data(wide, token, book, "EAP", data, &size);
    check_twin(wide, RasGetEapUserData, error, ERROR_BUFFER_TOO_SMALL);
    ok(size == expected_size, "needs %lu bytes.\n", size);
    guard_check(&guard, 0);
    size = expected_size + 10;
    error = get_data(wide, token, book, "EAP", data, &size);
    check_twin(wide, RasGetEapUserData, error, ERROR_SUCCESS);
    ok(size == expected_size && !memcmp(data, expected, size), "%lu bytes.\n", size);
    ok(data[size] == filled, "a byte more was written.\n");
    guard_check(&guard, expected_size);
}

static void test_data(BOOL wide, HANDLE token)
{
    static BYTE small[] = {0, 1, 0, 0xff}, large[5000];
    unsigned int i;
    DWORD error;

    for (i = 0; i < sizeof(large); i++) large[i] = (BYTE)(i * 7);
    error = set_data(wide, token, book, "EAP", small, sizeof(small));
    check_twin(wide, RasSetEapUserData, error, ERROR_SUCCESS);
    check_data(wide, token, small, sizeof(small));
    check_data(!wide, token, small, sizeof(small));
    check_data(wide, NULL, small, sizeof(small));
    check_none(wide, "Other");
    error = set_data(wide, token, book, "eap", large, sizeof(large));
    check_twin(wide, RasSetEapUserData, error, ERROR_SUCCESS);
    check_data(wide, token, large, sizeof(large));
    error = set_data(wide, token, book, "EAP", NULL, 0);
    uncertain check_twin(wide, RasSetEapUserData, error, ERROR_SUCCESS);
    check_none(wide, "EAP");
    error = set_data(wide, token, book, "EAP", NULL, 0);
    uncertain check_twin(wide, RasSetEapUserData, error, ERROR_SUCCESS);
}

/* A token of the caller's own does not change whom the thread stands for. */
static void test_token(BOOL wide)
{
    HANDLE process, thread;

    ok(OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &process), "error %lu.\n", GetLastError());
    test_data(wide, process);
    ok(!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &thread), "the thread stands for somebody.\n");
    ok(ImpersonateSelf(SecurityImpersonation), "error %lu.\n", GetLastError());
    test_data(wide, process);
    ok(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &thread), "error %lu.\n", GetLastError());
    CloseHandle(thread);
    RevertToSelf();
    CloseHandle(process);
}

START_TEST(eap_data)
{
    BOOL wide;

    if (!load_rasapi32()) return;
    write_phonebook(book, PHONEBOOK_TEXT("EAP", "eap", "AuthRestrictions=128\r\n")
                              PHONEBOOK_TEXT("Other", "eap", "AuthRestrictions=128\r\n"));
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        push_context("%c", wide ? 'W' : 'A');
        test_errors(wide);
        test_data(wide, NULL);
        test_token(wide);
        pop_context();
    }
    DeleteFileA(book);
}
