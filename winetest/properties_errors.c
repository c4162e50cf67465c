/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * properties_errors.c - RasGetEntryProperties and RasSetEntryProperties: sizes, editions, buffers
 * and every error.
 */
#include "properties.h"

#include "books.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ASCII_ENTRY                                                                                                    \
    "[One]\r\nEncoding=1\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=COM1\r\nDevice=Test Modem\r\n\r\nDEVICE=modem\r\n"      \
    "PhoneNumber=5550100\r\nLastSelectedPhone=0\r\n"

/* ---- both widths ------------------------------------------------------------------------------ */

static WCHAR *widen(const char *text)
{
    static WCHAR wide[4][MAX_PATH];
    static unsigned int next;

    if (!text) return NULL;
    next = (next + 1) % ARRAYSIZE(wide);
    MultiByteToWideChar(CP_ACP, 0, text, -1, wide[next], ARRAYSIZE(wide[next]));
    return wide[next];
}

static DWORD get(BOOL wide, const char *phonebook, const char *entry, void *buffer, DWORD *size)
{
    return wide ? pRasGetEntryPropertiesW(widen(phonebook), widen(entry), buffer, size, NULL, NULL)
                : pRasGetEntryPropertiesA(phonebook, entry, buffer, size, NULL, NULL);
}

static DWORD set(BOOL wide, const char *phonebook, const char *entry, void *buffer, DWORD size)
{
    return wide ? pRasSetEntryPropertiesW(widen(phonebook), widen(entry), buffer, size, NULL, 0)
                : pRasSetEntryPropertiesA(phonebook, entry, buffer, size, NULL, 0);
}

static const DWORD *sizes(BOOL wide)
{
    return wide ? rasentry_sizes_w : rasentry_sizes_a;
}

static DWORD newest(BOOL wide)
{
    return sizes(wide)[RASENTRY_EDITIONS - 1];
}

static BOOL is_size(BOOL wide, DWORD size)
{
    unsigned int i;

    for (i = 0; i < RASENTRY_EDITIONS; i++)
        if (sizes(wide)[i] == size) return TRUE;
    return FALSE;
}

/* A good entry of this dwSize in a buffer that is large enough for all. */
static void *fill(BOOL wide, DWORD size)
{
    static union
    {
        RASENTRYA ansi;
        RASENTRYW wide;
        char room[GUARD_MAX];
    } buffer;

    memset(&buffer, 0, sizeof(buffer));
    if (wide)
        fill_entry_w(&buffer.wide, size);
    else
        fill_entry_a(&buffer.ansi, size);
    return &buffer;
}

static void check_get(BOOL wide, DWORD got, DWORD expected)
{
    if (wide)
        ok_error(RasGetEntryPropertiesW, got, expected);
    else
        ok_error(RasGetEntryPropertiesA, got, expected);
}

static void check_set(BOOL wide, DWORD got, DWORD expected)
{
    if (wide)
        ok_error(RasSetEntryPropertiesW, got, expected);
    else
        ok_error(RasSetEntryPropertiesA, got, expected);
}

/* ---- sizes ------------------------------------------------------------------------------------- */

static void test_query(BOOL wide)
{
    DWORD size, error, device_size = 7;
    static struct guard guard;

    push_context("query %c", wide ? 'W' : 'A');
    write_book(ASCII_ENTRY);
    size = 0;
    check_get(wide, get(wide, NULL, NULL, NULL, &size), ERROR_BUFFER_TOO_SMALL);
    uncertain ok(size == newest(wide), "NULL: %lu bytes.\n", size);
    size = 0;
    check_get(wide, get(wide, NULL, "", NULL, &size), ERROR_BUFFER_TOO_SMALL);
    uncertain ok(size == newest(wide), "\"\": %lu bytes.\n", size);
    size = 0;
    check_get(wide, get(wide, book, "One", NULL, &size), ERROR_BUFFER_TOO_SMALL);
    uncertain ok(size == newest(wide), "entry: %lu bytes.\n", size);
    size = 7;
    error = wide ? pRasGetEntryPropertiesW(book_w, L"One", NULL, &size, NULL, &device_size)
                 : pRasGetEntryPropertiesA(book, "One", NULL, &size, NULL, &device_size);
    uncertain ok(error == ERROR_BUFFER_TOO_SMALL && !device_size, "got %lu, device %lu.\n", error, device_size);
    /* With a dwSize, what this edition needs; larger is fine and is told. */
    *(DWORD *)guard_init(&guard) = sizes(wide)[3];
    size = sizes(wide)[3] - 1;
    check_get(wide, get(wide, book, "One", guard.bytes + GUARD_SIZE, &size), ERROR_BUFFER_TOO_SMALL);
    ok(size == sizes(wide)[3], "%lu bytes.\n", size);
    guard_check(&guard, sizeof(DWORD));
    size = newest(wide);
    check_get(wide, get(wide, book, "One", guard.bytes + GUARD_SIZE, &size), ERROR_SUCCESS);
    uncertain ok(size == sizes(wide)[3], "%lu bytes.\n", size);
    guard_check(&guard, sizes(wide)[3]);
    pop_context();
}

/* Every dwSize from nothing to beyond the newest. */
static void test_dwsizes(BOOL wide)
{
    static struct guard guard;
    DWORD size, room, error, *buffer;
    void *entry;

    write_book(ASCII_ENTRY);
    for (size = 0; size <= newest(wide) + 64; size++)
    {
        push_context("%c %lu", wide ? 'W' : 'A', size);
        buffer = guard_init(&guard);
        *buffer = size;
        room = GUARD_MAX;
        error = get(wide, book, "One", buffer, &room);
        if (is_size(wide, size))
            uncertain ok(!error, "get: %lu.\n", error);
        else
        {
            check_get(wide, error, ERROR_INVALID_SIZE);
            ok(room == GUARD_MAX, "%lu bytes.\n", room);
        }
        ok(*buffer == size, "dwSize is %lu.\n", *buffer);
        guard_check(&guard, is_size(wide, size) ? size : sizeof(DWORD));
        entry = fill(wide, size);
        error = set(wide, book, "One", entry, GUARD_MAX);
        if (is_size(wide, size))
            uncertain ok(!error, "set: %lu.\n", error);
        else
            check_set(wide, error, ERROR_INVALID_SIZE);
        pop_context();
    }
}

/* ---- editions ----------------------------------------------------------------------------------- */

/* The members that came with each edition. */
static const struct
{
    size_t offset;
    DWORD value;
    unsigned int edition; /* index of the size that has it */
} members[] =
{
    {offsetof(RASENTRYW, dwFrameSize), 1500, 0},
    {offsetof(RASENTRYW, dwDialMode), RASEDM_DialAsNeeded, 1},
    {offsetof(RASENTRYW, dwIdleDisconnectSeconds), 77, 1},
    {offsetof(RASENTRYW, dwType), RASET_Internet, 2},
    {offsetof(RASENTRYW, dwEncryptionType), ET_None, 2},
    {offsetof(RASENTRYW, dwVpnStrategy), VS_L2tpFirst, 2},
    {offsetof(RASENTRYW, dwfOptions2), RASEO2_ReconnectIfDropped | RASEO2_Internet | RASEO2_DisableMobility, 3},
    {offsetof(RASENTRYW, szDnsSuffix), 'x', 3},
    {offsetof(RASENTRYW, dwRedialCount), 9, 3},
    {offsetof(RASENTRYW, dwRedialPause), 17, 3},
    {offsetof(RASENTRYW, ipv6addrDns), 0x12345678, 4},
    {offsetof(RASENTRYW, dwIPv6PrefixLength), 48, 5},
    {offsetof(RASENTRYW, dwNetworkOutageTime), 5, 5},
    {offsetof(RASENTRYW, szIDi), 'y', 6},
    {offsetof(RASENTRYW, IdrType), IKEV2_ID_PAYLOAD_TYPE_FQDN, 6},
    {offsetof(RASENTRYW, fDisableIKEv2Fragmentation), 1, 7},
};

#define VALUE_AT(entry, member) (*(DWORD *)((char *)(entry) + (member).offset))

/* A program that does not know a member leaves it as it is, and gets the default in a new entry. */
static void test_editions(BOOL wide)
{
    RASENTRYW full, empty, got;
    unsigned int edition, i;
    DWORD error;
    void *entry;

    for (edition = 0; edition < RASENTRY_EDITIONS; edition++)
    {
        push_context("%c %lu", wide ? 'W' : 'A', sizes(wide)[edition]);
        DeleteFileA(book);
        entry = fill(wide, sizes(wide)[edition]);
        error = set(wide, book, "New", entry, sizes(wide)[edition]);
        check_set(wide, error, ERROR_SUCCESS);
        get_entry_w(L"New", &empty);
        ok(empty.dwType == RASET_Phone, "dwType %lu.\n", empty.dwType);
        ok(empty.dwEncryptionType == ET_Optional, "dwEncryptionType %lu.\n", empty.dwEncryptionType);
        if (edition < 1) uncertain ok(empty.dwDialExtraPercent == 75, "percent %lu.\n", empty.dwDialExtraPercent);
        if (edition < 3) uncertain ok(empty.dwRedialCount == 3, "redial %lu.\n", empty.dwRedialCount);

        fill_entry_w(&full, sizeof(full));
        for (i = 0; i < ARRAYSIZE(members); i++) VALUE_AT(&full, members[i]) = members[i].value;
        set_entry_w(L"Old", &full);
        error = set(wide, book, "Old", entry, sizes(wide)[edition]);
        check_set(wide, error, ERROR_SUCCESS);
        get_entry_w(L"Old", &got);
        for (i = 0; i < ARRAYSIZE(members); i++)
        {
            push_context("member %u", i);
            if (members[i].edition > edition)
                uncertain ok(VALUE_AT(&got, members[i]) == members[i].value, "got %#lx.\n", VALUE_AT(&got, members[i]));
            else
                ok(VALUE_AT(&got, members[i]) == VALUE_AT(&empty, members[i]), "got %#lx, not %#lx.\n",
                   VALUE_AT(&got, members[i]), VALUE_AT(&empty, members[i]));
            pop_context();
        }
        pop_context();
    }
}

/* Written with one edition, read with another. */
static void test_mixed(void)
{
    RASENTRYW entry, got;
    DWORD size, error;

    DeleteFileA(book);
    fill_entry_w(&entry, 5616);
    entry.dwRedialPause = 33;
    set_entry_w(L"Mixed", &entry);
    memset(&got, 0, sizeof(got));
    got.dwSize = 5680;
    size = sizeof(got);
    error = pRasGetEntryPropertiesW(book_w, L"Mixed", &got, &size, NULL, NULL);
    ok_error(RasGetEntryPropertiesW, error, ERROR_SUCCESS);
    ok(size == 5680 && got.dwRedialPause == 33, "%lu bytes, pause %lu.\n", size, got.dwRedialPause);
    got.dwRedialPause = 44;
    error = pRasSetEntryPropertiesW(book_w, L"Mixed", &got, sizeof(got), NULL, 0);
    ok_error(RasSetEntryPropertiesW, error, ERROR_SUCCESS);
    memset(&got, 0, sizeof(got));
    got.dwSize = 5616;
    size = sizeof(got);
    error = pRasGetEntryPropertiesW(book_w, L"Mixed", &got, &size, NULL, NULL);
    ok_error(RasGetEntryPropertiesW, error, ERROR_SUCCESS);
    ok(size == 5616 && got.dwRedialPause == 44, "%lu bytes, pause %lu.\n", size, got.dwRedialPause);
}

/* ---- alternate numbers ------------------------------------------------------------------------------ */

static void put_list(BOOL wide, void *entry, DWORD offset, const char *list, DWORD length)
{
    DWORD i;

    *(DWORD *)((char *)entry + (wide ? offsetof(RASENTRYW, dwAlternateOffset)
                                     : offsetof(RASENTRYA, dwAlternateOffset))) = offset;
    for (i = 0; i < length; i++)
    {
        WCHAR c = (unsigned char)list[i];

        memcpy((char *)entry + offset + i * (wide ? 2 : 1), &c, wide ? 2 : 1);
    }
}

static void check_list(BOOL wide, const void *entry, const char *list, DWORD length)
{
    DWORD offset = *(const DWORD *)((const char *)entry + (wide ? offsetof(RASENTRYW, dwAlternateOffset)
                                                                  : offsetof(RASENTRYA, dwAlternateOffset)));
    DWORD i;

    ok(offset >= *(const DWORD *)entry, "offset %lu.\n", offset);
    for (i = 0; i < length; i++)
    {
        WCHAR c = 0;

        memcpy(&c, (const char *)entry + offset + i * (wide ? 2 : 1), wide ? 2 : 1);
        ok(c == (unsigned char)list[i], "character %lu is %#x.\n", i, c);
    }
}

static void test_alternates(BOOL wide)
{
    static const char three[] = "111\0" "222\0" "333\0", one[] = "444\0";
    DWORD width = wide ? 2 : 1, dwsize, size, error, needed;
    static struct guard guard;
    unsigned int edition;
    DWORD *buffer;
    void *entry;

    for (edition = 0; edition < RASENTRY_EDITIONS; edition++)
    {
        dwsize = sizes(wide)[edition];
        push_context("alternates %c %lu", wide ? 'W' : 'A', dwsize);
        DeleteFileA(book);
        entry = fill(wide, dwsize);
        /* Anywhere behind the structure. */
        put_list(wide, entry, dwsize + 3, three, sizeof(three));
        error = set(wide, book, "Numbers", entry, dwsize + 3 + sizeof(three) * width);
        check_set(wide, error, ERROR_SUCCESS);
        check_key("Numbers", "DEVICE=modem>PhoneNumber=5550100>PhoneNumber=111>PhoneNumber=222>PhoneNumber=333",
                  "UseDialingRules", "0");
        needed = dwsize + sizeof(three) * width;
        buffer = guard_init(&guard);
        *buffer = dwsize;
        size = needed - 1;
        error = get(wide, book, "Numbers", buffer, &size);
        check_get(wide, error, ERROR_BUFFER_TOO_SMALL);
        ok(size == needed, "%lu bytes.\n", size);
        guard_check(&guard, sizeof(DWORD));
        error = get(wide, book, "Numbers", buffer, &size);
        check_get(wide, error, ERROR_SUCCESS);
        ok(size == needed, "%lu bytes.\n", size);
        guard_check(&guard, needed);
        check_list(wide, buffer, three, sizeof(three));
        size = 0;
        error = get(wide, book, "Numbers", NULL, &size);
        ok(size == newest(wide) + sizeof(three) * width, "query: %lu bytes.\n", size);

        entry = fill(wide, dwsize);
        put_list(wide, entry, dwsize, one, sizeof(one));
        error = set(wide, book, "Numbers", entry, dwsize + sizeof(one) * width);
        check_set(wide, error, ERROR_SUCCESS);
        check_key("Numbers", "DEVICE=modem>PhoneNumber=5550100>PhoneNumber=444", "LastSelectedPhone", "0");
        check_key("Numbers", "DEVICE=modem>PhoneNumber=111", "Comment", "(no group)");
        entry = fill(wide, dwsize);
        error = set(wide, book, "Numbers", entry, dwsize);
        check_set(wide, error, ERROR_SUCCESS);
        check_key("Numbers", "DEVICE=modem>PhoneNumber=444", "Comment", "(no group)");
        check_key("Numbers", "DEVICE=modem>PhoneNumber=5550100", "LastSelectedPhone", "0");

        /* Inside the structure, behind the buffer, without an end. */
        put_list(wide, entry, dwsize - 8, one, sizeof(one));
        uncertain check_set(wide, set(wide, book, "Numbers", entry, GUARD_MAX), ERROR_INVALID_PARAMETER);
        entry = fill(wide, dwsize);
        put_list(wide, entry, dwsize + 4, one, sizeof(one));
        uncertain check_set(wide, set(wide, book, "Numbers", entry, dwsize + 4), ERROR_INVALID_PARAMETER);
        uncertain check_set(wide, set(wide, book, "Numbers", entry, dwsize + 4 + 4 * width), ERROR_INVALID_PARAMETER);
        pop_context();
    }
}

/* ---- errors -------------------------------------------------------------------------------------------- */

static void test_get_errors(BOOL wide)
{
    static const char no_media[] =
        "[None]\r\nEncoding=1\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=COM1\r\n[Bare]\r\nType=1\r\n";
    DWORD size = newest(wide), error;
    void *entry = fill(wide, newest(wide));

    push_context("get %c", wide ? 'W' : 'A');
    write_book(ASCII_ENTRY);
    check_get(wide, get(wide, book, "One", entry, NULL), ERROR_INVALID_PARAMETER);
    check_get(wide, get(wide, book, "One", NULL, NULL), ERROR_INVALID_PARAMETER);
    check_get(wide, get(wide, book, NULL, entry, &size), ERROR_INVALID_PARAMETER);
    uncertain check_get(wide, get(wide, book, "One", (void *)16, &size), ERROR_BUFFER_INVALID);
    *(DWORD *)entry = newest(wide) + 1;
    check_get(wide, get(wide, book, "One", entry, &size), ERROR_INVALID_SIZE);
    /* The size comes before the file, the file before the entry, both before the room. */
    check_get(wide, get(wide, "c:\\no\\such.pbk", "One", entry, &size), ERROR_INVALID_SIZE);
    *(DWORD *)entry = newest(wide);
    size = 0;
    check_get(wide, get(wide, "c:\\no\\such.pbk", "One", entry, &size), ERROR_CANNOT_OPEN_PHONEBOOK);
    check_get(wide, get(wide, "c:\\no\\such.pbk", "One", NULL, &size), ERROR_CANNOT_OPEN_PHONEBOOK);
    check_get(wide, get(wide, book, "nowhere", entry, &size), ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    check_get(wide, get(wide, book, "nowhere", NULL, &size), ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    ok(!size, "%lu bytes.\n", size);
    /* Damaged. */
    write_book(no_media);
    size = newest(wide);
    error = get(wide, book, "None", entry, &size);
    check_get(wide, error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    error = get(wide, book, "Bare", entry, &size);
    check_get(wide, error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);
    pop_context();
}

static void test_set_errors(BOOL wide)
{
    DWORD size = newest(wide), i;
    RASENTRYW *entry_w;
    RASENTRYA *entry_a;
    void *entry;

    push_context("set %c", wide ? 'W' : 'A');
    DeleteFileA(book);
    entry = fill(wide, size);
    check_set(wide, set(wide, book, NULL, entry, size), ERROR_INVALID_PARAMETER);
    check_set(wide, set(wide, book, "New", NULL, size), ERROR_BUFFER_INVALID);
    uncertain check_set(wide, set(wide, book, "New", (void *)16, size), ERROR_BUFFER_INVALID);
    uncertain check_set(wide, set(wide, book, "New", entry, size - 1), ERROR_BUFFER_INVALID);
    *(DWORD *)entry = size - 1;
    check_set(wide, set(wide, book, "New", entry, size), ERROR_INVALID_SIZE);
    *(DWORD *)entry = size;
    check_set(wide, set(wide, book, "", entry, size), ERROR_INVALID_NAME);
    check_set(wide, set(wide, book, ".New", entry, size), ERROR_INVALID_NAME);
    check_set(wide, set(wide, book, "a*b", entry, size), ERROR_INVALID_NAME);
    ok(GetFileAttributesA(book) == INVALID_FILE_ATTRIBUTES, "there is a file.\n");

    for (i = 0; i < 6; i++)
    {
        push_context("without member %lu", i);
        entry_w = fill(wide, size);
        entry_a = (RASENTRYA *)entry_w;
        if (i == 0) *(wide ? &entry_w->dwFramingProtocol : &entry_a->dwFramingProtocol) = 0;
        if (i == 1) *(wide ? &entry_w->dwType : &entry_a->dwType) = 0;
        if (i == 2) memset(wide ? (void *)entry_w->szDeviceType : entry_a->szDeviceType, 0, 2);
        if (i == 3) memset(wide ? (void *)entry_w->szDeviceName : entry_a->szDeviceName, 0, 2);
        if (i == 4) memset(wide ? (void *)entry_w->szLocalPhoneNumber : entry_a->szLocalPhoneNumber, 0, 2);
        if (i == 5) *(wide ? &entry_w->dwFramingProtocol : &entry_a->dwFramingProtocol) = 3;
        check_set(wide, set(wide, book, "New", entry_w, size), ERROR_INVALID_PARAMETER);
        pop_context();
    }
    /* A line has no line ends. */
    entry_w = fill(wide, size);
    entry_a = (RASENTRYA *)entry_w;
    *(wide ? (char *)entry_w->szDnsSuffix : entry_a->szDnsSuffix) = '\n';
    uncertain check_set(wide, set(wide, book, "New", entry_w, size), ERROR_INVALID_PARAMETER);
    /* A file that is none: Windows calls that a book that cannot be opened. */
    write_book("x");
    DeleteFileA(book);
    CreateDirectoryA(book, NULL);
    entry = fill(wide, size);
    check_set(wide, set(wide, book, "New", entry, size), ERROR_CANNOT_OPEN_PHONEBOOK);
    RemoveDirectoryA(book);
    pop_context();
}

static void test_read_only(BOOL wide)
{
    static char before[BOOK_MAX];
    char path[MAX_PATH];
    void *entry = fill(wide, newest(wide));

    push_context("read-only %c", wide ? 'W' : 'A');
    lock_book(FALSE, path);
    read_book(before);
    check_set(wide, set(wide, path, "One", entry, newest(wide)), ERROR_CANNOT_WRITE_PHONEBOOK);
    check_set(wide, set(wide, path, "New", entry, newest(wide)), ERROR_CANNOT_WRITE_PHONEBOOK);
    book_check(path, before, strlen(before));
    unlock_book(path);
    lock_book(TRUE, path);
    check_set(wide, set(wide, path, "One", entry, newest(wide)), ERROR_ACCESS_DENIED);
    book_check(path, before, strlen(before));
    unlock_book(path);
    pop_context();
}

/* The service name may be empty, and is what the number is. */
static void test_broadband(void)
{
    RASENTRYW entry, got;

    DeleteFileA(book);
    fill_entry_w(&entry, sizeof(entry));
    lstrcpyW(entry.szDeviceType, L"RASDT_PPPoE");
    lstrcpyW(entry.szDeviceName, L"WAN Miniport (PPPOE)");
    entry.dwType = RASET_Broadband;
    entry.szLocalPhoneNumber[0] = 0;
    set_entry_w(L"Broadband", &entry);
    check_key("Broadband", "MEDIA=rastapi", "Device", "WAN Miniport (PPPOE)");
    check_key("Broadband", "MEDIA=rastapi>DEVICE=PPPoE", "TryNextAlternateOnFail", "1");
    check_key("Broadband", NULL, "Type", "5");
    get_entry_w(L"Broadband", &got);
    ok(!lstrcmpiW(got.szDeviceType, L"PPPoE"), "the type.\n");
    ok(!got.szLocalPhoneNumber[0], "the number.\n");
    lstrcpyW(entry.szLocalPhoneNumber, L"service");
    set_entry_w(L"Broadband", &entry);
    check_key("Broadband", "MEDIA=rastapi>DEVICE=PPPoE", "PhoneNumber", "service");
}

/* ---- defaults ------------------------------------------------------------------------------------------- */

static void test_defaults(void)
{
    RASENTRYW entry, got;
    RASENTRYA ansi;
    DWORD error;

    DeleteFileA(book);
    memset(&entry, 0, sizeof(entry));
    entry.dwSize = sizeof(entry);
    error = sizeof(entry);
    error = pRasGetEntryPropertiesW(NULL, L"", &entry, &error, NULL, NULL);
    ok_error(RasGetEntryPropertiesW, error, ERROR_SUCCESS);
    uncertain ok(entry.dwfOptions == (RASEO_SwCompression | RASEO_IpHeaderCompression | RASEO_RemoteDefaultGateway |
                                      RASEO_ModemLights | RASEO_PreviewUserPw | RASEO_ShowDialingProgress),
                 "options %#lx.\n", entry.dwfOptions);
    ok(entry.dwType == RASET_Phone && entry.dwFramingProtocol == RASFP_Ppp, "type %lu, framing %lu.\n", entry.dwType,
       entry.dwFramingProtocol);
    uncertain ok(entry.dwfNetProtocols == RASNP_Ip, "protocols %#lx.\n", entry.dwfNetProtocols);
    uncertain ok(entry.dwEncryptionType == ET_Optional, "encryption %lu.\n", entry.dwEncryptionType);
    ok(!lstrcmpiW(entry.szDeviceType, L"modem"), "device type.\n");
    ok(!entry.szLocalPhoneNumber[0] && !entry.dwAlternateOffset, "number.\n");
    if (getenv("WINERAS_TEST_FAKE")) ok(!lstrcmpW(entry.szDeviceName, L"Test Modem"), "device name.\n");
    memset(&ansi, 0, sizeof(ansi));
    ansi.dwSize = sizeof(ansi);
    error = sizeof(ansi);
    error = pRasGetEntryPropertiesA(NULL, "", &ansi, &error, NULL, NULL);
    ok_error(RasGetEntryPropertiesA, error, ERROR_SUCCESS);
    ok(ansi.dwfOptions == entry.dwfOptions && !lstrcmpiA(ansi.szDeviceType, "modem"), "A: %#lx.\n", ansi.dwfOptions);

    /* Good for a new entry when the missing is filled in. */
    lstrcpyW(entry.szLocalPhoneNumber, L"1");
    lstrcpyW(entry.szDeviceName, L"Any");
    set_entry_w(L"Default", &entry);
    get_entry_w(L"Default", &got);
    ok((got.dwfOptions & entry.dwfOptions) == entry.dwfOptions && got.dwfOptions2 == entry.dwfOptions2,
       "%#lx, %#lx.\n", got.dwfOptions, got.dwfOptions2);
}

START_TEST(properties_errors)
{
    int wide;

    if (!properties_init()) return;
    for (wide = 0; wide < 2; wide++)
    {
        test_query(wide);
        test_dwsizes(wide);
        test_editions(wide);
        test_alternates(wide);
        test_get_errors(wide);
        test_set_errors(wide);
        test_read_only(wide);
    }
    test_mixed();
    test_broadband();
    test_defaults();
    properties_cleanup();
}
