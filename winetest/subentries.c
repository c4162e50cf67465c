/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * subentries.c - the links of an entry: RasGetSubEntryProperties, RasSetSubEntryProperties,
 * RasDeleteSubEntry; and RasGetCustomAuthData and RasSetCustomAuthData.
 */
#include "properties.h"

#include "books.h"

#include <stdlib.h>
#include <string.h>

#define SIZE_A 288
#define SIZE_W 564

#define ENTRY                                                                                                          \
    "[Sub]\r\nEncoding=1\r\nType=1\r\nPreferredPort=COM1\r\nPreferredDevice=Test Modem\r\nForeign=1\r\n\r\n"           \
    "MEDIA=serial\r\nPort=COM1\r\nDevice=Test Modem\r\n\r\nDEVICE=modem\r\nPhoneNumber=111\r\nLastSelectedPhone=0\r\n" \
    "\r\nMEDIA=isdn\r\nPort=ISDN1\r\nDevice=Card\r\nOther=7\r\n\r\nDEVICE=isdn\r\nPhoneNumber=222\r\n"                \
    "PhoneNumber=333\r\nLastSelectedPhone=0\r\nLineType=1\r\n\r\n[Next]\r\nType=1\r\n"

static DWORD size_of(BOOL wide)
{
    return wide ? SIZE_W : SIZE_A;
}

static DWORD get(BOOL wide, const char *phonebook, const char *entry, DWORD index, void *buffer, DWORD *size)
{
    WCHAR phonebook_w[MAX_PATH], entry_w[MAX_PATH];

    if (!wide) return pRasGetSubEntryPropertiesA(phonebook, entry, index, buffer, size, NULL, NULL);
    MultiByteToWideChar(CP_ACP, 0, phonebook, -1, phonebook_w, MAX_PATH);
    if (entry) MultiByteToWideChar(CP_ACP, 0, entry, -1, entry_w, MAX_PATH);
    return pRasGetSubEntryPropertiesW(phonebook_w, entry ? entry_w : NULL, index, buffer, size, NULL, NULL);
}

static DWORD set(BOOL wide, const char *phonebook, const char *entry, DWORD index, void *buffer, DWORD size)
{
    WCHAR phonebook_w[MAX_PATH], entry_w[MAX_PATH];

    if (!wide) return pRasSetSubEntryPropertiesA(phonebook, entry, index, buffer, size, NULL, 0);
    MultiByteToWideChar(CP_ACP, 0, phonebook, -1, phonebook_w, MAX_PATH);
    if (entry) MultiByteToWideChar(CP_ACP, 0, entry, -1, entry_w, MAX_PATH);
    return pRasSetSubEntryPropertiesW(phonebook_w, entry ? entry_w : NULL, index, buffer, size, NULL, 0);
}

static DWORD delete_sub(BOOL wide, const char *phonebook, const char *entry, DWORD index)
{
    WCHAR phonebook_w[MAX_PATH], entry_w[MAX_PATH];

    if (!wide) return pRasDeleteSubEntryA(phonebook, entry, index);
    MultiByteToWideChar(CP_ACP, 0, phonebook, -1, phonebook_w, MAX_PATH);
    if (entry) MultiByteToWideChar(CP_ACP, 0, entry, -1, entry_w, MAX_PATH);
    return pRasDeleteSubEntryW(phonebook_w, entry ? entry_w : NULL, index);
}

/* ---- get --------------------------------------------------------------------------------------- */

static void test_get(BOOL wide)
{
    DWORD width = wide ? 2 : 1, size, *buffer;
    static struct guard guard;
    RASSUBENTRYA *ansi;
    RASSUBENTRYW *sub;
    DWORD error;

    push_context("get %c", wide ? 'W' : 'A');
    write_book(ENTRY);
    size = 0;
    error = get(wide, book, "Sub", 1, NULL, &size);
    ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_BUFFER_TOO_SMALL);
    ok(size == size_of(wide), "%lu bytes.\n", size);
    size = 0;
    error = get(wide, book, "Sub", 2, NULL, &size);
    ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_BUFFER_TOO_SMALL);
    ok(size == size_of(wide) + 5 * width, "%lu bytes.\n", size);

    buffer = guard_init(&guard);
    *buffer = size_of(wide);
    size--;
    error = get(wide, book, "Sub", 2, buffer, &size);
    ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_BUFFER_TOO_SMALL);
    guard_check(&guard, sizeof(DWORD));
    size = GUARD_MAX;
    error = get(wide, book, "Sub", 2, buffer, &size);
    ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_SUCCESS);
    ok(size == size_of(wide) + 5 * width, "%lu bytes.\n", size);
    guard_check(&guard, size_of(wide) + 5 * width);
    ansi = (RASSUBENTRYA *)buffer;
    sub = (RASSUBENTRYW *)buffer;
    if (wide)
    {
        ok(!lstrcmpW(sub->szDeviceType, L"isdn") && !lstrcmpW(sub->szDeviceName, L"Card"), "device.\n");
        ok(!lstrcmpW(sub->szLocalPhoneNumber, L"222") && sub->dwAlternateOffset == SIZE_W, "number.\n");
        ok(!memcmp((char *)sub + SIZE_W, L"333\0", 10), "the other number.\n");
    }
    else
    {
        ok(!strcmp(ansi->szDeviceType, "isdn") && !strcmp(ansi->szDeviceName, "Card"), "device.\n");
        ok(!strcmp(ansi->szLocalPhoneNumber, "222") && ansi->dwAlternateOffset == SIZE_A, "number.\n");
        ok(!memcmp((char *)ansi + SIZE_A, "333\0", 5), "the other number.\n");
    }
    ok(!sub->dwfFlags, "flags %#lx.\n", sub->dwfFlags);
    pop_context();
}

/* ---- set --------------------------------------------------------------------------------------- */

static void *fill(BOOL wide, const char *type, const char *name, const char *number)
{
    static union
    {
        RASSUBENTRYA ansi;
        RASSUBENTRYW wide;
        char room[1024];
    } buffer;

    memset(&buffer, 0, sizeof(buffer));
    buffer.ansi.dwSize = size_of(wide);
    if (wide)
    {
        MultiByteToWideChar(CP_ACP, 0, type, -1, buffer.wide.szDeviceType, ARRAYSIZE(buffer.wide.szDeviceType));
        MultiByteToWideChar(CP_ACP, 0, name, -1, buffer.wide.szDeviceName, ARRAYSIZE(buffer.wide.szDeviceName));
        MultiByteToWideChar(CP_ACP, 0, number, -1, buffer.wide.szLocalPhoneNumber,
                            ARRAYSIZE(buffer.wide.szLocalPhoneNumber));
    }
    else
    {
        strcpy(buffer.ansi.szDeviceType, type);
        strcpy(buffer.ansi.szDeviceName, name);
        strcpy(buffer.ansi.szLocalPhoneNumber, number);
    }
    return &buffer;
}

static DWORD links(void)
{
    RASENTRYW entry;

    get_entry_w(L"Sub", &entry);
    return entry.dwSubEntries;
}

static void check_links(DWORD expected)
{
    DWORD got = links();

    ok(got == expected, "%lu links, not %lu.\n", got, expected);
}

static void test_set(BOOL wide)
{
    static char before[BOOK_MAX], after[BOOK_MAX];
    DWORD size, error;
    void *sub;

    push_context("set %c", wide ? 'W' : 'A');
    write_book(ENTRY);
    check_links(2);
    /* What was read changes nothing. */
    read_book(before);
    sub = fill(wide, "", "", "");
    size = 1024;
    error = get(wide, book, "Sub", 2, sub, &size);
    ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_SUCCESS);
    error = set(wide, book, "Sub", 2, sub, size);
    ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_SUCCESS);
    read_book(after);
    ok(!strcmp(before, after), "the same, and the file differs.\n");

    /* Another number alone, without the alternate. */
    error = set(wide, book, "Sub", 2, fill(wide, "ISDN", "Card", "999"), size_of(wide));
    ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_SUCCESS);
    check_key("Sub", "MEDIA=isdn", "Port", "ISDN1");
    check_key("Sub", "MEDIA=isdn", "Other", "7");
    check_key("Sub", "MEDIA=isdn>DEVICE=isdn>PhoneNumber=999", "LineType", "1");
    check_key("Sub", "MEDIA=isdn>PhoneNumber=333", "LineType", "(no group)");
    /* Another device of the type, another type. */
    error = set(wide, book, "Sub", 2, fill(wide, "isdn", "Other Card", "999"), size_of(wide));
    ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_SUCCESS);
    check_key("Sub", "MEDIA=isdn", "Device", "Other Card");
    check_key("Sub", "MEDIA=isdn", "Port", "");
    check_key("Sub", "MEDIA=isdn", "Other", "7");
    error = set(wide, book, "Sub", 2, fill(wide, "modem", "Second Modem", "888"), size_of(wide));
    ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_SUCCESS);
    check_key("Sub", "MEDIA=isdn", "Device", "(no group)");
    check_key("Sub", "MEDIA=serial>MEDIA=serial", "Device", "Second Modem");
    check_key("Sub", "MEDIA=serial>MEDIA=serial>DEVICE=modem", "PhoneNumber", "888");
    check_key("Sub", "MEDIA=serial", "Device", "Test Modem");
    check_key("Sub", NULL, "PreferredDevice", "Test Modem");
    check_links(2);

    /* A new one, however far beyond. */
    error = set(wide, book, "Sub", 99, fill(wide, "RASDT_Vpn", "Tunnel", "vpn.example.com"), size_of(wide));
    ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_SUCCESS);
    check_links(3);
    check_key("Sub", "MEDIA=serial>MEDIA=serial>MEDIA=rastapi>DEVICE=vpn", "PhoneNumber", "vpn.example.com");
    /* The first is the entry's own; the device that last worked counts no more. */
    error = set(wide, book, "Sub", 1, fill(wide, "modem", "Third", "777"), size_of(wide));
    ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_SUCCESS);
    check_key("Sub", "MEDIA=serial", "Device", "Third");
    check_key("Sub", NULL, "PreferredDevice", "");
    check_key("Sub", NULL, "Foreign", "1");
    check_key("Next", NULL, "Type", "1");

    /* Later ones move down. */
    error = delete_sub(wide, book, "Sub", 2);
    ok_twin(wide, "RasDeleteSubEntry", error, ERROR_SUCCESS);
    check_links(2);
    check_key("Sub", "MEDIA=serial>MEDIA=rastapi", "Device", "Tunnel");
    error = delete_sub(wide, book, "Sub", 1);
    ok_twin(wide, "RasDeleteSubEntry", error, ERROR_SUCCESS);
    check_links(1);
    check_key("Sub", "MEDIA=rastapi", "Device", "Tunnel");
    error = delete_sub(wide, book, "Sub", 1);
    uncertain ok_twin(wide, "RasDeleteSubEntry", error, ERROR_INVALID_PARAMETER);
    check_links(1);
    pop_context();
}

/* ---- errors -------------------------------------------------------------------------------------- */

static void test_errors(BOOL wide)
{
    DWORD size = size_of(wide), error, i, *buffer;
    static struct guard guard;
    void *sub;

    push_context("errors %c", wide ? 'W' : 'A');
    write_book(ENTRY);
    buffer = guard_init(&guard);
    *buffer = size;
    error = get(wide, book, "Sub", 0, buffer, &size);
    uncertain ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_INVALID_PARAMETER);
    error = get(wide, book, "Sub", 3, buffer, &size);
    uncertain ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_INVALID_PARAMETER);
    error = get(wide, book, "Sub", 1, buffer, NULL);
    ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_INVALID_PARAMETER);
    error = get(wide, book, NULL, 1, buffer, &size);
    ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_INVALID_PARAMETER);
    error = get(wide, book, "Sub", 1, (void *)16, &size);
    uncertain ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_BUFFER_INVALID);
    error = get(wide, "c:\\no\\such.pbk", "Sub", 1, buffer, &size);
    ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = get(wide, book, "nowhere", 1, buffer, &size);
    ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    error = get(wide, book, "Next", 1, buffer, &size);
    uncertain ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    guard_check(&guard, sizeof(DWORD));
    for (i = 0; i < 640; i++)
    {
        if (i == size_of(wide)) continue;
        buffer = guard_init(&guard);
        *buffer = i;
        size = GUARD_MAX;
        error = get(wide, book, "Sub", 1, buffer, &size);
        ok_twin(wide, "RasGetSubEntryProperties", error, ERROR_INVALID_SIZE);
        guard_check(&guard, sizeof(DWORD));
        sub = fill(wide, "modem", "Modem", "1");
        *(DWORD *)sub = i;
        error = set(wide, book, "Sub", 1, sub, 1024);
        ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_INVALID_SIZE);
    }

    size = size_of(wide);
    error = set(wide, book, "Sub", 0, fill(wide, "modem", "Modem", "1"), size);
    uncertain ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_INVALID_PARAMETER);
    error = set(wide, book, NULL, 1, fill(wide, "modem", "Modem", "1"), size);
    ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_INVALID_PARAMETER);
    error = set(wide, book, "Sub", 1, fill(wide, "", "Modem", "1"), size);
    uncertain ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_INVALID_PARAMETER);
    error = set(wide, book, "Sub", 1, fill(wide, "modem", "", "1"), size);
    uncertain ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_INVALID_PARAMETER);
    error = set(wide, book, "Sub", 3, fill(wide, "modem", "Modem", ""), size);
    uncertain ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_INVALID_PARAMETER);
    error = set(wide, book, "Sub", 1, NULL, size);
    ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_BUFFER_INVALID);
    error = set(wide, book, "Sub", 1, fill(wide, "modem", "Modem", "1"), size - 1);
    uncertain ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_BUFFER_INVALID);
    error = set(wide, "c:\\no\\such.pbk", "Sub", 1, fill(wide, "modem", "Modem", "1"), size);
    ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = set(wide, book, "nowhere", 1, fill(wide, "modem", "Modem", "1"), size);
    ok_twin(wide, "RasSetSubEntryProperties", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);

    error = delete_sub(wide, book, "Sub", 0);
    uncertain ok_twin(wide, "RasDeleteSubEntry", error, ERROR_INVALID_PARAMETER);
    error = delete_sub(wide, book, "Sub", 3);
    uncertain ok_twin(wide, "RasDeleteSubEntry", error, ERROR_INVALID_PARAMETER);
    error = delete_sub(wide, book, NULL, 1);
    ok_twin(wide, "RasDeleteSubEntry", error, ERROR_INVALID_PARAMETER);
    error = delete_sub(wide, "c:\\no\\such.pbk", "Sub", 1);
    uncertain ok_twin(wide, "RasDeleteSubEntry", error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = delete_sub(wide, book, "nowhere", 1);
    uncertain ok_twin(wide, "RasDeleteSubEntry", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    check_links(2);
    pop_context();
}

/* ---- custom authentication data --------------------------------------------------------------------- */

static DWORD get_data(BOOL wide, const char *phonebook, const char *entry, BYTE *data, DWORD *size)
{
    WCHAR phonebook_w[MAX_PATH], entry_w[MAX_PATH];

    if (!wide) return pRasGetCustomAuthDataA(phonebook, entry, data, size);
    MultiByteToWideChar(CP_ACP, 0, phonebook, -1, phonebook_w, MAX_PATH);
    if (entry) MultiByteToWideChar(CP_ACP, 0, entry, -1, entry_w, MAX_PATH);
    return pRasGetCustomAuthDataW(phonebook_w, entry ? entry_w : NULL, data, size);
}

static DWORD set_data(BOOL wide, const char *phonebook, const char *entry, BYTE *data, DWORD size)
{
    WCHAR phonebook_w[MAX_PATH], entry_w[MAX_PATH];

    if (!wide) return pRasSetCustomAuthDataA(phonebook, entry, data, size);
    MultiByteToWideChar(CP_ACP, 0, phonebook, -1, phonebook_w, MAX_PATH);
    if (entry) MultiByteToWideChar(CP_ACP, 0, entry, -1, entry_w, MAX_PATH);
    return pRasSetCustomAuthDataW(phonebook_w, entry ? entry_w : NULL, data, size);
}

static void test_data(BOOL wide)
{
    static struct guard guard;
    BYTE data[100], *got = guard_init(&guard);
    DWORD size, error, i;
    char path[MAX_PATH];

    push_context("data %c", wide ? 'W' : 'A');
    write_book(ENTRY);
    for (i = 0; i < sizeof(data); i++) data[i] = (BYTE)(i * 7 + 1);
    size = 7;
    error = get_data(wide, book, "Sub", NULL, &size);
    uncertain ok_twin(wide, "RasGetCustomAuthData", error, ERROR_SUCCESS);
    ok(!size, "nothing: %lu bytes.\n", size);
    /* More than a line of the file has. */
    error = set_data(wide, book, "Sub", data, sizeof(data));
    ok_twin(wide, "RasSetCustomAuthData", error, ERROR_SUCCESS);
    ok(!strncmp(book_key("Sub", NULL, "CustomAuthData"), "01080F16", 8), "the file: %s.\n",
       book_key("Sub", NULL, "CustomAuthData"));
    ok(strlen(book_key("Sub", NULL, "CustomAuthData")) == 128, "the file: %s.\n",
       book_key("Sub", NULL, "CustomAuthData"));
    size = 0;
    error = get_data(wide, book, "Sub", NULL, &size);
    ok_twin(wide, "RasGetCustomAuthData", error, ERROR_BUFFER_TOO_SMALL);
    ok(size == sizeof(data), "%lu bytes.\n", size);
    size = sizeof(data) - 1;
    error = get_data(wide, book, "Sub", got, &size);
    ok_twin(wide, "RasGetCustomAuthData", error, ERROR_BUFFER_TOO_SMALL);
    ok(size == sizeof(data), "%lu bytes.\n", size);
    guard_check(&guard, 0);
    size = GUARD_MAX;
    error = get_data(wide, book, "Sub", got, &size);
    ok_twin(wide, "RasGetCustomAuthData", error, ERROR_SUCCESS);
    ok(size == sizeof(data) && !memcmp(got, data, sizeof(data)), "%lu bytes.\n", size);
    guard_check(&guard, sizeof(data));
    /* What Windows 10 writes. */
    write_book("[Sub]\r\nCustomAuthData=314442431A000000\r\nCustomAuthData=0800\r\n");
    size = GUARD_MAX;
    error = get_data(wide, book, "Sub", got, &size);
    ok_twin(wide, "RasGetCustomAuthData", error, ERROR_SUCCESS);
    ok(size == 10 && !memcmp(got, "1DBC\x1a\0\0\0\x08", 10), "%lu bytes.\n", size);
    write_book("[Sub]\r\nCustomAuthData=3144424\r\n");
    error = get_data(wide, book, "Sub", got, &size);
    uncertain ok_twin(wide, "RasGetCustomAuthData", error, ERROR_CORRUPT_PHONEBOOK);
    error = set_data(wide, book, "Sub", NULL, 0);
    ok_twin(wide, "RasSetCustomAuthData", error, ERROR_SUCCESS);
    check_key("Sub", NULL, "CustomAuthData", "(none)");

    error = get_data(wide, book, NULL, got, &size);
    ok_twin(wide, "RasGetCustomAuthData", error, (DWORD)E_INVALIDARG);
    error = get_data(wide, book, "Sub", got, NULL);
    ok_twin(wide, "RasGetCustomAuthData", error, (DWORD)E_INVALIDARG);
    error = get_data(wide, "c:\\no\\such.pbk", "Sub", got, &size);
    ok_twin(wide, "RasGetCustomAuthData", error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = get_data(wide, book, "nowhere", got, &size);
    ok_twin(wide, "RasGetCustomAuthData", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    error = set_data(wide, book, NULL, data, 1);
    ok_twin(wide, "RasSetCustomAuthData", error, (DWORD)E_INVALIDARG);
    error = set_data(wide, book, "Sub", NULL, 1);
    ok_twin(wide, "RasSetCustomAuthData", error, (DWORD)E_INVALIDARG);
    error = set_data(wide, "c:\\no\\such.pbk", "Sub", data, 1);
    ok_twin(wide, "RasSetCustomAuthData", error, ERROR_CANNOT_OPEN_PHONEBOOK);
    error = set_data(wide, book, "nowhere", data, 1);
    ok_twin(wide, "RasSetCustomAuthData", error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    lock_book(TRUE, path);
    error = set_data(wide, path, "One", data, 1);
    ok_twin(wide, "RasSetCustomAuthData", error, ERROR_ACCESS_DENIED);
    unlock_book(path);
    pop_context();
}

START_TEST(subentries)
{
    int wide;

    if (!properties_init()) return;
    for (wide = 0; wide < 2; wide++)
    {
        test_get(wide);
        test_set(wide);
        test_errors(wide);
        test_data(wide);
    }
    properties_cleanup();
}
