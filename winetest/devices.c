/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * devices.c - RasEnumDevices: the size negotiation, what is listed, and that all of it can
 * be dialled with.
 */
#include "dialing.h"

#include <stdio.h>
#include <string.h>

#define DEVICES_MAX 24

static const DWORD sizes[2] = {152, 296}; /* A, W; the same for both widths */

static const char *const function[2] = {"RasEnumDevicesA", "RasEnumDevicesW"};

static DWORD enum_devices(BOOL wide, void *buffer, DWORD *size, DWORD *count)
{
    return wide ? pRasEnumDevicesW(buffer, size, count) : pRasEnumDevicesA(buffer, size, count);
}

static void test_pointers(BOOL wide)
{
    static struct guard guard;
    DWORD size = 0, count = 0, error, *buffer = guard_init(&guard);

    *buffer = sizes[wide];
    error = enum_devices(wide, NULL, NULL, NULL);
    ok_error_of(function[wide], error, ERROR_INVALID_PARAMETER);
    error = enum_devices(wide, NULL, &size, NULL);
    ok_error_of(function[wide], error, ERROR_INVALID_PARAMETER);
    error = enum_devices(wide, NULL, NULL, &count);
    ok_error_of(function[wide], error, ERROR_INVALID_PARAMETER);
    error = enum_devices(wide, buffer, NULL, NULL);
    ok_error_of(function[wide], error, ERROR_INVALID_PARAMETER);
    error = enum_devices(wide, buffer, &size, NULL);
    ok_error_of(function[wide], error, ERROR_INVALID_PARAMETER);
    error = enum_devices(wide, buffer, NULL, &count);
    ok_error_of(function[wide], error, ERROR_INVALID_PARAMETER);
    ok(!size && !count, "%lu bytes, %lu.\n", size, count);
    guard_check(&guard, sizeof(DWORD));
}

/* Every dwSize but the right one is refused, also where the buffer is too small. */
static void test_dwsize(BOOL wide)
{
    static struct guard guard;
    DWORD *buffer, size, count, error, i, lengths[] = {0, sizes[wide] - 1, sizes[wide], GUARD_MAX}, j;

    for (i = 0; i <= sizes[wide] + 64; i++)
    {
        if (i == sizes[wide]) continue;
        push_context("dwSize %lu", i);
        for (j = 0; j < ARRAYSIZE(lengths); j++)
        {
            buffer = guard_init(&guard);
            *buffer = i;
            size = lengths[j];
            count = 4711;
            error = enum_devices(wide, buffer, &size, &count);
            if (!broken(error == ERROR_INVALID_USER_BUFFER) /* 98 */)
                ok_error_of(function[wide], error, ERROR_INVALID_SIZE);
            ok(size == lengths[j] && count == 4711, "%lu bytes, %lu.\n", size, count);
            ok(*buffer == i, "dwSize is %lu.\n", *buffer);
            guard_check(&guard, sizeof(DWORD));
        }
        pop_context();
    }
}

/* Buffers of every kind.  Returns how many devices there are. */
static DWORD test_buffers(BOOL wide)
{
    static struct guard guard;
    DWORD size = 0, count = 4711, needed, devices, error, *buffer, i;

    error = enum_devices(wide, NULL, &size, &count);
    ok_error_of(function[wide], error, ERROR_BUFFER_TOO_SMALL);
    ok(size >= sizes[wide] && !(size % sizes[wide]), "NULL: %lu bytes.\n", size);
    needed = size;
    devices = needed / sizes[wide];
    uncertain ok(count == devices, "NULL: %lu.\n", count);
    size = GUARD_MAX;
    error = enum_devices(wide, NULL, &size, &count);
    ok_error_of(function[wide], error, ERROR_BUFFER_TOO_SMALL);
    ok(size == needed, "NULL, large: %lu bytes.\n", size);
    ok(needed + 1000 <= GUARD_MAX && devices <= DEVICES_MAX, "too many devices for this test.\n");
    if (!devices || needed + 1000 > GUARD_MAX || devices > DEVICES_MAX) return 0;

    for (i = 0; i < 3; i++)
    {
        const DWORD lengths[] = {0, 3, needed - 1};

        push_context("%lu of %lu bytes", lengths[i], needed);
        buffer = guard_init(&guard);
        *buffer = sizes[wide];
        size = lengths[i];
        count = 4711;
        error = enum_devices(wide, buffer, &size, &count);
        if (!broken(!i && error == ERROR_INVALID_SIZE) /* Vista */)
            ok_error_of(function[wide], error, ERROR_BUFFER_TOO_SMALL);
        if (error == ERROR_BUFFER_TOO_SMALL) ok(size == needed, "%lu bytes.\n", size);
        if (error == ERROR_BUFFER_TOO_SMALL) ok(count == devices, "%lu.\n", count);
        ok(*buffer == sizes[wide], "dwSize is %lu.\n", *buffer);
        guard_check(&guard, sizeof(DWORD));
        pop_context();
    }
    for (i = 0; i < 2; i++)
    {
        push_context("%lu bytes more", i * 1000);
        buffer = guard_init(&guard);
        *buffer = sizes[wide];
        size = needed + i * 1000;
        count = 4711;
        error = enum_devices(wide, buffer, &size, &count);
        ok_error_of(function[wide], error, ERROR_SUCCESS);
        ok(size == needed && count == devices, "%lu bytes, %lu.\n", size, count);
        guard_check(&guard, needed);
        pop_context();
    }
    return devices;
}

static void test_bad_memory(BOOL wide)
{
    DWORD size = 1 << 20, count, error, old, *page;

    error = enum_devices(wide, (void *)16, &size, &count);
    uncertain ok_error_of(function[wide], error, ERROR_INVALID_USER_BUFFER);
    page = VirtualAlloc(NULL, 1 << 20, MEM_COMMIT, PAGE_READWRITE);
    *page = sizes[wide];
    VirtualProtect(page, 1 << 20, PAGE_READONLY, &old);
    size = 1 << 20;
    error = enum_devices(wide, page, &size, &count);
    uncertain ok_error_of(function[wide], error, ERROR_INVALID_USER_BUFFER);
    ok(size == 1 << 20, "%lu bytes.\n", size);
    size = 0;
    error = enum_devices(wide, page, &size, &count);
    uncertain ok_error_of(function[wide], error, ERROR_BUFFER_TOO_SMALL);
    VirtualFree(page, 0, MEM_RELEASE);
}

static DWORD list(BOOL wide, void *devices)
{
    DWORD size = DEVICES_MAX * sizes[wide], count = 0, error, i;

    memset(devices, 0xa5, size);
    *(DWORD *)devices = sizes[wide];
    error = enum_devices(wide, devices, &size, &count);
    ok(!error, "got %lu.\n", error);
    if (error) return 0;
    for (i = 0; i < count; i++)
        ok(*(DWORD *)((char *)devices + i * sizes[wide]) == sizes[wide], "%lu: another dwSize.\n", i);
    return count;
}

/* A and W tell the same, in the same order; names are unique in either case. */
static void test_contents(void)
{
    static const char *const types[] = {"modem", "isdn", "x25", "vpn", "pad", "GENERIC", "SERIAL", "FRAMERELAY", "ATM",
                                        "SONET", "SW56", "IRDA", "PARALLEL", "PPPoE", "RASTAPI"};
    static RASDEVINFOA a[DEVICES_MAX];
    static RASDEVINFOW w[DEVICES_MAX];
    DWORD count = list(FALSE, a), i, j;
    char text[RAS_MaxDeviceName + 1];

    ok(count && count == list(TRUE, w), "%lu devices.\n", count);
    for (i = 0; i < count; i++)
    {
        push_context("%s (%s)", a[i].szDeviceName, a[i].szDeviceType);
        for (j = 0; j < ARRAYSIZE(types) && lstrcmpiA(a[i].szDeviceType, types[j]); j++) continue;
        ok(j < ARRAYSIZE(types), "no RASDT_.\n");
        ok(a[i].szDeviceName[0] != 0, "no name.\n");
        WideCharToMultiByte(CP_ACP, 0, w[i].szDeviceName, -1, text, sizeof(text), NULL, NULL);
        ok(!strcmp(text, a[i].szDeviceName), "W has %s.\n", text);
        WideCharToMultiByte(CP_ACP, 0, w[i].szDeviceType, -1, text, sizeof(text), NULL, NULL);
        ok(!strcmp(text, a[i].szDeviceType), "W has type %s.\n", text);
        for (j = 0; j < i; j++) ok(lstrcmpiA(a[i].szDeviceName, a[j].szDeviceName), "twice.\n");
        pop_context();
    }
}

static void write_entry(char *book, const char *type, const char *name, const char *number)
{
    char text[1024];

    snprintf(text, sizeof(text), "[E]\r\nEncoding=1\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=\r\nDevice=%s\r\n\r\n"
             "DEVICE=%s\r\nPhoneNumber=%s\r\n\r\n", name, type, number);
    write_phonebook(book, text);
}

/* What is there in a test run, the last one without a line in devices.conf.  An entry that names
 * it gets it, and no other.  Other devices are real ones of this machine. */
static void test_dialable(void)
{
    static const struct
    {
        const char *type;
        const char *name;
        const char *number;
        DWORD error;
    } known[] = {
        {"modem", "Test Modem", "ok", ERROR_SUCCESS},
        {"modem", "Second Modem", "ok", ERROR_SUCCESS},
        {"GENERIC", "PPP over TCP", "no port", ERROR_BAD_PHONE_NUMBER},
    };
    static RASDEVINFOA devices[DEVICES_MAX];
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    DWORD count = list(FALSE, devices), i, j, error;
    char book[MAX_PATH];
    HRASCONN conn;

    for (i = 0; i < ARRAYSIZE(known); i++)
    {
        push_context("%s", known[i].name);
        for (j = 0; j < count && strcmp(devices[j].szDeviceName, known[i].name); j++) continue;
        ok(j < count, "is not listed.\n");
        if (j < count) ok(!strcmp(devices[j].szDeviceType, known[i].type), "is a %s.\n", devices[j].szDeviceType);
        write_entry(book, known[i].type, known[i].name, known[i].number);
        conn = NULL;
        error = dial_book_entry(book, "E", "user", "password", NOTIFIER_SYNC, NULL, 0, &conn);
        ok(error == known[i].error, "dial: got %lu.\n", error);
        error = pRasGetConnectStatusA(conn, &status);
        ok(!error, "status: got %lu.\n", error);
        ok(!strcmp(status.szDeviceName, known[i].name), "%s was used.\n", status.szDeviceName);
        ok(!strcmp(status.szDeviceType, known[i].type), "a %s was used.\n", status.szDeviceType);
        if (conn) hang_up(conn);
        DeleteFileA(book);
        pop_context();
    }
}

/* In a child, which has no session with a manager yet. */
static void without_manager(void)
{
    DWORD size = 0, count = 4711, error, wide;

    SetEnvironmentVariableA("WINERAS_RASMAND", "/nonexistent/rasmand");
    for (wide = 0; wide < 2; wide++)
    {
        error = enum_devices(wide, NULL, &size, &count);
        ok_error_of(function[wide], error, ERROR_RASMAN_CANNOT_INITIALIZE);
        ok(!size && count == 4711, "%lu: %lu bytes, %lu.\n", wide, size, count);
        error = enum_devices(wide, NULL, NULL, &count);
        ok(error == ERROR_INVALID_PARAMETER, "%lu, no size: got %lu.\n", wide, error);
    }
}

START_TEST(devices)
{
    DWORD count[2], wide;

    if (!load_rasapi32()) return;
    if (test_argc)
    {
        without_manager();
        return;
    }
    for (wide = 0; wide < 2; wide++)
    {
        push_context("RasEnumDevices%c", wide ? 'W' : 'A');
        test_pointers(wide);
        test_dwsize(wide);
        count[wide] = test_buffers(wide);
        test_bad_memory(wide);
        pop_context();
    }
    ok(count[0] == count[1], "A: %lu devices, W: %lu.\n", count[0], count[1]);
    test_contents();
    if (!dialing_init()) return;
    test_dialable();
    ok(!run_child("devices", "alone"), "the child failed.\n");
    dialing_cleanup();
}
