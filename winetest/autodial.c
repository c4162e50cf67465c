/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * autodial.c - the eight AutoDial functions, A and W side by side: what one stores both give back,
 * and every code that they return.  On Windows only what needs no change of the user's settings.
 */
#include "dialing.h"

#include <stdlib.h>
#include <string.h>

#define ADDRESS "wineras-test.example"
#define UNKNOWN "no such address.example"

/* The function under test, A or W. */
#define NAME(base) (wide ? base "W" : base "A")
static BOOL wide;

/* An address or a name for the functions in use. */
static const void *text(const char *ansi)
{
    static WCHAR texts[4][300];
    static unsigned int next;
    WCHAR *copy = texts[next++ % ARRAYSIZE(texts)];

    if (!ansi || !wide) return ansi;
    MultiByteToWideChar(CP_ACP, 0, ansi, -1, copy, ARRAYSIZE(texts[0]));
    return copy;
}

static DWORD element_size(void)
{
    return wide ? sizeof(RASAUTODIALENTRYW) : sizeof(RASAUTODIALENTRYA);
}

static void fill(void *array, unsigned int index, DWORD location, const char *entry)
{
    RASAUTODIALENTRYW *w = (RASAUTODIALENTRYW *)array + index;
    RASAUTODIALENTRYA *a = (RASAUTODIALENTRYA *)array + index;

    if (wide)
    {
        w->dwSize = sizeof(*w);
        w->dwFlags = 0;
        w->dwDialingLocation = location;
        lstrcpyW(w->szEntry, text(entry));
        return;
    }
    a->dwSize = sizeof(*a);
    a->dwFlags = 0;
    a->dwDialingLocation = location;
    strcpy(a->szEntry, entry);
}

static DWORD set_address(const char *address, DWORD reserved, void *entries, DWORD size, DWORD count)
{
    return wide ? pRasSetAutodialAddressW(text(address), reserved, entries, size, count)
                : pRasSetAutodialAddressA(text(address), reserved, entries, size, count);
}

static DWORD get_address(const char *address, DWORD *reserved, void *entries, DWORD *size, DWORD *count)
{
    return wide ? pRasGetAutodialAddressW(text(address), reserved, entries, size, count)
                : pRasGetAutodialAddressA(text(address), reserved, entries, size, count);
}

static DWORD enum_addresses(void *buffer, DWORD *size, DWORD *count)
{
    return wide ? pRasEnumAutodialAddressesW(buffer, size, count) : pRasEnumAutodialAddressesA(buffer, size, count);
}

/* Is anything of this kind stored for the user? */
static BOOL has_values(const char *name)
{
    char path[64];
    DWORD count = 0;
    HKEY key;

    snprintf(path, sizeof(path), "Software\\Microsoft\\RAS AutoDial\\%s", name);
    if (RegOpenKeyExA(HKEY_CURRENT_USER, path, 0, KEY_QUERY_VALUE, &key)) return FALSE;
    RegQueryInfoKeyA(key, NULL, NULL, NULL, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    return count != 0;
}

static DWORD set_one(const char *address, DWORD location, const char *entry)
{
    RASAUTODIALENTRYW one = {0};

    fill(&one, 0, location, entry);
    return set_address(address, 0, &one, element_size(), 1);
}

#define check_entry(array, index, location, entry) check_entry_(__LINE__, array, index, location, entry)
static void check_entry_(int line, const void *array, unsigned int index, DWORD location, const char *entry)
{
    const RASAUTODIALENTRYW *w = (const RASAUTODIALENTRYW *)array + index;
    const RASAUTODIALENTRYA *a = (const RASAUTODIALENTRYA *)array + index;
    DWORD got = wide ? w->dwDialingLocation : a->dwDialingLocation;

    push_context("line %d, entry %u", line, index);
    ok((wide ? w->dwSize : a->dwSize) == element_size(), "dwSize.\n");
    ok(!(wide ? w->dwFlags : a->dwFlags), "dwFlags.\n");
    ok(got == location, "location %lu.\n", got);
    ok(wide ? !lstrcmpW(w->szEntry, text(entry)) : !strcmp(a->szEntry, entry), "the name differs.\n");
    pop_context();
}

/* ---- addresses ------------------------------------------------------------------ */

static void test_address_errors(void)
{
    RASAUTODIALENTRYW one = {0};
    DWORD size, count, error, reserved = 0;

    fill(&one, 0, 1, "Somewhere");
    size = count = 0;
    error = get_address(ADDRESS, NULL, NULL, NULL, &count);
    ok_error_of(NAME("RasGetAutodialAddress"), error, ERROR_INVALID_PARAMETER);
    error = get_address(ADDRESS, NULL, NULL, &size, NULL);
    ok_error_of(NAME("RasGetAutodialAddress"), error, ERROR_INVALID_PARAMETER);
    error = get_address(ADDRESS, &reserved, NULL, &size, &count);
    uncertain ok_error_of(NAME("RasGetAutodialAddress"), error, ERROR_INVALID_PARAMETER);
    size = count = 77;
    error = get_address(UNKNOWN, NULL, NULL, &size, &count);
    ok_error_of(NAME("RasGetAutodialAddress"), error, ERROR_FILE_NOT_FOUND);
    ok(size == 77 && count == 77, "%lu bytes, %lu.\n", size, count);
    size = sizeof(one);
    one.dwSize = element_size() + 4;
    error = get_address(UNKNOWN, NULL, &one, &size, &count);
    ok_error_of(NAME("RasGetAutodialAddress"), error, ERROR_INVALID_SIZE);

    error = set_address(ADDRESS, 0, &one, element_size() + 4, 1);
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_INVALID_SIZE);
    fill(&one, 0, 1, "Somewhere");
    error = set_address(NULL, 0, NULL, 0, 0);
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_INVALID_PARAMETER);
    error = set_address(ADDRESS, 1, &one, element_size(), 1);
    uncertain ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_INVALID_PARAMETER);
    error = set_address(ADDRESS, 0, &one, element_size() - 1, 1);
    uncertain ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_INVALID_PARAMETER);
    error = set_address(ADDRESS, 0, &one, element_size(), 0);
    uncertain ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_INVALID_PARAMETER);
    error = set_address(ADDRESS, 0, NULL, element_size(), 1);
    uncertain ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_INVALID_PARAMETER);
    error = set_address(NULL, 0, &one, element_size(), 2);
    uncertain ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_INVALID_PARAMETER);
    fill(&one, 0, 1, "");
    error = set_address(ADDRESS, 0, &one, element_size(), 1);
    uncertain ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_INVALID_PARAMETER);
    error = set_address(UNKNOWN, 0, NULL, 0, 0);
    uncertain ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_FILE_NOT_FOUND);
    error = set_one(NULL, 1, "no entry of this name - 4711");
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_CANNOT_FIND_PHONEBOOK_ENTRY);

    size = count = 0;
    error = enum_addresses(NULL, NULL, &count);
    ok_error_of(NAME("RasEnumAutodialAddresses"), error, ERROR_INVALID_PARAMETER);
    error = enum_addresses(NULL, &size, NULL);
    ok_error_of(NAME("RasEnumAutodialAddresses"), error, ERROR_INVALID_PARAMETER);
}

/* The size negotiation and the bytes written. */
static void test_get_address(void)
{
    static struct guard guard;
    DWORD *buffer, size, count, error;

    size = count = 0;
    error = get_address(ADDRESS, NULL, NULL, &size, &count);
    ok_error_of(NAME("RasGetAutodialAddress"), error, ERROR_BUFFER_TOO_SMALL);
    ok(size == 2 * element_size(), "%lu bytes.\n", size);
    uncertain ok(count == 2, "count %lu.\n", count);

    buffer = guard_init(&guard);
    *buffer = element_size();
    size = 2 * element_size() - 1;
    error = get_address(ADDRESS, NULL, buffer, &size, &count);
    ok_error_of(NAME("RasGetAutodialAddress"), error, ERROR_BUFFER_TOO_SMALL);
    ok(size == 2 * element_size() && count == 2, "%lu bytes, %lu.\n", size, count);
    guard_check(&guard, sizeof(DWORD));

    size = 2 * element_size() + 3;
    error = get_address(ADDRESS, NULL, buffer, &size, &count);
    ok_error_of(NAME("RasGetAutodialAddress"), error, ERROR_SUCCESS);
    ok(size == 2 * element_size() && count == 2, "%lu bytes, %lu.\n", size, count);
    guard_check(&guard, 2 * element_size());
    check_entry(buffer, 0, 1, "First \xe4");
    check_entry(buffer, 1, 7, "Second");
}

static void test_enum(unsigned int others)
{
    static struct guard guard;
    DWORD size, count, error, needed;
    void **buffer = guard_init(&guard);
    BOOL found = FALSE;
    unsigned int i;

    size = count = 0;
    error = enum_addresses(NULL, &size, &count);
    ok_error_of(NAME("RasEnumAutodialAddresses"), error, ERROR_BUFFER_TOO_SMALL);
    needed = size;
    ok(count == others + 1 && size > count * sizeof(void *), "%lu bytes, %lu.\n", size, count);
    if (needed > GUARD_MAX) return;
    size = needed - 1;
    error = enum_addresses(buffer, &size, &count);
    ok_error_of(NAME("RasEnumAutodialAddresses"), error, ERROR_BUFFER_TOO_SMALL);
    ok(size == needed && count == others + 1, "%lu bytes, %lu.\n", size, count);
    guard_check(&guard, 0);
    size = needed;
    error = enum_addresses(buffer, &size, &count);
    ok_error_of(NAME("RasEnumAutodialAddresses"), error, ERROR_SUCCESS);
    ok(size == needed && count == others + 1, "%lu bytes, %lu.\n", size, count);
    guard_check(&guard, needed);
    for (i = 0; i < count; i++)
    {
        ok((char *)buffer[i] >= (char *)(buffer + count) && (char *)buffer[i] < (char *)buffer + needed,
           "address %u is at %p.\n", i, buffer[i]);
        found |= wide ? !lstrcmpiW(buffer[i], text(ADDRESS)) : !lstrcmpiA(buffer[i], ADDRESS);
    }
    ok(found, "not among them.\n");
}

static void test_addresses(void)
{
    RASAUTODIALENTRYW two[2] = {{0}, {0}};
    DWORD size, count, error, others;

    size = others = 0;
    error = enum_addresses(NULL, &size, &others);
    if (!others)
    {
        ok_error_of(NAME("RasEnumAutodialAddresses"), error, ERROR_SUCCESS);
        ok(!size, "nothing stored: %lu bytes.\n", size);
    }
    else
        skip("there are addresses.\n");

    fill(two, 0, 1, "First");
    fill(two, 1, 7, "Second");
    error = set_address(ADDRESS, 0, two, 2 * element_size(), 2);
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_SUCCESS);
    uncertain ok(has_values("Addresses"), "not in the registry.\n");
    /* The same location: another entry of it, and no third one. */
    error = set_one(ADDRESS, 1, "First \xe4");
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_SUCCESS);
    test_get_address();
    wide = !wide;
    push_context("the other width");
    test_get_address();
    test_enum(others);
    pop_context();
    wide = !wide;
    test_enum(others);
    error = set_address(ADDRESS, 0, NULL, 0, 0);
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_SUCCESS);
    size = count = 0;
    error = get_address(ADDRESS, NULL, NULL, &size, &count);
    ok_error_of(NAME("RasGetAutodialAddress"), error, ERROR_FILE_NOT_FOUND);
}

/* Every dwSize; only one is an edition. */
static void test_sizes(void)
{
    static struct guard guard;
    DWORD *buffer, size, cb, count, error;

    for (size = 0; size <= element_size() + 64; size++)
    {
        push_context("%lu", size);
        buffer = guard_init(&guard);
        *buffer = size;
        cb = GUARD_MAX;
        count = 0;
        error = get_address(UNKNOWN, NULL, buffer, &cb, &count);
        ok_error_of(NAME("RasGetAutodialAddress"), error,
                    size == element_size() ? ERROR_FILE_NOT_FOUND : ERROR_INVALID_SIZE);
        guard_check(&guard, sizeof(DWORD));
        error = set_address(UNKNOWN, 1, buffer, GUARD_MAX, 1);
        ok_error_of(NAME("RasSetAutodialAddress"), error,
                    size == element_size() ? ERROR_INVALID_PARAMETER : ERROR_INVALID_SIZE);
        guard_check(&guard, sizeof(DWORD));
        pop_context();
    }
}

/* ---- the entry of the Internet --------------------------------------------------- */

static void write_book(const char *variable, const char *name, char *path)
{
    static const char *const parts[] = {"\\Microsoft", "\\Network", "\\Connections", "\\Pbk"};
    char folder[MAX_PATH];
    unsigned int i;
    FILE *file;

    snprintf(folder, sizeof(folder), "%.150s", getenv(variable) ? getenv(variable) : "c:");
    for (i = 0; i < ARRAYSIZE(parts); i++)
    {
        strcat(folder, parts[i]);
        CreateDirectoryA(folder, NULL);
    }
    snprintf(path, MAX_PATH, "%s\\wineras_autodial_test.pbk", folder);
    file = fopen(path, "wb");
    ok(file != NULL, "%s cannot be written.\n", path);
    if (!file) return;
    fprintf(file, "[%s]\r\nEncoding=1\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=\r\nDevice=\r\n\r\nDEVICE=modem\r\n"
                  "PhoneNumber=ok\r\n\r\n", name);
    fclose(file);
}

/* Whether the registry of this root names an entry, which is documented. */
static BOOL is_stored(HKEY root)
{
    BOOL stored = FALSE;
    HKEY key;

    if (RegOpenKeyExA(root, "Software\\Microsoft\\RAS AutoDial\\Default", 0, KEY_QUERY_VALUE, &key)) return FALSE;
    stored = !RegQueryValueExA(key, "DefaultInternet", NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    return stored;
}

static void check_default(const char *entry)
{
    RASAUTODIALENTRYW one = {0};
    DWORD size = element_size(), count = 77, error;

    one.dwSize = element_size();
    error = get_address(NULL, NULL, &one, &size, &count);
    ok_error_of(NAME("RasGetAutodialAddress"), error, ERROR_SUCCESS);
    ok(size == (entry ? element_size() : 0) && count == (entry ? 1 : 0), "%lu bytes, %lu.\n", size, count);
    if (!entry || !count) return;
    check_entry(&one, 0, 1, entry);
}

static void test_default(void)
{
    char user_book[MAX_PATH], global_book[MAX_PATH], longest[RAS_MaxEntryName + 1];
    DWORD size, count, error;

    write_book("APPDATA", "The user's", user_book);
    write_book("ProgramData", "Of all users", global_book);
    check_default(NULL);
    size = count = 77;
    error = get_address(NULL, NULL, NULL, &size, &count);
    ok(!error && !size && !count, "none: got %lu, %lu bytes, %lu.\n", error, size, count);

    error = set_one(NULL, 0, "Of all users");
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_SUCCESS);
    ok(is_stored(HKEY_LOCAL_MACHINE) && !is_stored(HKEY_CURRENT_USER), "not in HKEY_LOCAL_MACHINE alone.\n");
    check_default("Of all users");
    error = set_one(NULL, 0, "The user's");
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_SUCCESS);
    ok(is_stored(HKEY_LOCAL_MACHINE) && is_stored(HKEY_CURRENT_USER), "not in both.\n");
    check_default("The user's");
    error = set_one(NULL, 0, "Of all users");
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_SUCCESS);
    check_default("Of all users");
    /* A user's entry of the same name wins. */
    write_book("APPDATA", "Of all users", user_book);
    error = set_one(NULL, 0, "Of all users");
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_SUCCESS);
    ok(is_stored(HKEY_CURRENT_USER), "not the user's.\n");
    error = set_address("", 0, NULL, 0, 0);
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_SUCCESS);
    ok(!is_stored(HKEY_CURRENT_USER), "the user's is left.\n");
    uncertain ok(!is_stored(HKEY_LOCAL_MACHINE), "that of all users is left.\n");
    check_default(NULL);

    memset(longest, 'x', RAS_MaxEntryName);
    longest[RAS_MaxEntryName] = 0;
    write_book("APPDATA", longest, user_book);
    error = set_one(NULL, 0, longest);
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_SUCCESS);
    check_default(longest);
    error = set_address("", 0, NULL, 0, 0);
    ok_error_of(NAME("RasSetAutodialAddress"), error, ERROR_SUCCESS);
    DeleteFileA(user_book);
    DeleteFileA(global_book);
}

/* ---- switches and parameters ------------------------------------------------------- */

static DWORD get_enable(DWORD location, BOOL *enabled)
{
    return wide ? pRasGetAutodialEnableW(location, enabled) : pRasGetAutodialEnableA(location, enabled);
}

static DWORD set_enable(DWORD location, BOOL enabled)
{
    return wide ? pRasSetAutodialEnableW(location, enabled) : pRasSetAutodialEnableA(location, enabled);
}

static DWORD get_param(DWORD key, void *value, DWORD *size)
{
    return wide ? pRasGetAutodialParamW(key, value, size) : pRasGetAutodialParamA(key, value, size);
}

static DWORD set_param(DWORD key, void *value, DWORD size)
{
    return wide ? pRasSetAutodialParamW(key, value, size) : pRasSetAutodialParamA(key, value, size);
}

static void test_enable(void)
{
    BOOL enabled = 7;
    DWORD error;

    error = get_enable(1, NULL);
    uncertain ok_error_of(NAME("RasGetAutodialEnable"), error, ERROR_INVALID_PARAMETER);
    if (!test_is_wine()) return;
    error = get_enable(1, &enabled);
    ok_error_of(NAME("RasGetAutodialEnable"), error, ERROR_SUCCESS);
    uncertain ok(!enabled, "at first %d.\n", enabled);
    error = set_enable(1, 5);
    ok_error_of(NAME("RasSetAutodialEnable"), error, ERROR_SUCCESS);
    error = get_enable(1, &enabled);
    ok(!error && enabled == TRUE, "got %lu, %d.\n", error, enabled);
    error = get_enable(2, &enabled);
    ok(!error && enabled == FALSE, "another location: got %lu, %d.\n", error, enabled);
    wide = !wide;
    error = get_enable(1, &enabled);
    ok(!error && enabled == TRUE, "the other width: got %lu, %d.\n", error, enabled);
    error = set_enable(1, FALSE);
    ok(!error, "got %lu.\n", error);
    wide = !wide;
    error = get_enable(1, &enabled);
    ok(!error && enabled == FALSE, "off: got %lu, %d.\n", error, enabled);
}

static void test_param_errors(void)
{
    DWORD value = 0xdeadbeef, size = sizeof(value), error;

    error = get_param(RASADP_SavedAddressesLimit, NULL, &size);
    ok_error_of(NAME("RasGetAutodialParam"), error, ERROR_INVALID_PARAMETER);
    error = get_param(RASADP_SavedAddressesLimit, &value, NULL);
    ok_error_of(NAME("RasGetAutodialParam"), error, ERROR_INVALID_PARAMETER);
    error = get_param(RASADP_ConnectionQueryTimeout + 1, &value, &size);
    ok_error_of(NAME("RasGetAutodialParam"), error, ERROR_INVALID_PARAMETER);
    size = sizeof(value) - 1;
    error = get_param(RASADP_SavedAddressesLimit, &value, &size);
    ok_error_of(NAME("RasGetAutodialParam"), error, ERROR_INVALID_SIZE);
    ok(value == 0xdeadbeef, "value %#lx.\n", value);
    error = set_param(RASADP_SavedAddressesLimit, NULL, sizeof(value));
    ok_error_of(NAME("RasSetAutodialParam"), error, ERROR_INVALID_PARAMETER);
    error = set_param(RASADP_ConnectionQueryTimeout + 1, &value, sizeof(value));
    ok_error_of(NAME("RasSetAutodialParam"), error, ERROR_INVALID_PARAMETER);
    error = set_param(RASADP_SavedAddressesLimit, &value, sizeof(value) - 1);
    ok_error_of(NAME("RasSetAutodialParam"), error, ERROR_INVALID_SIZE);
    error = set_param(RASADP_SavedAddressesLimit, &value, sizeof(value) + 1);
    ok_error_of(NAME("RasSetAutodialParam"), error, ERROR_INVALID_SIZE);
}

static void test_params(void)
{
    static const DWORD initial[] = {0, 0, 100, 5, 60};
    DWORD values[2], size, error, key, value;

    for (key = RASADP_DisableConnectionQuery; key <= RASADP_ConnectionQueryTimeout; key++)
    {
        push_context("%lu", key);
        values[0] = values[1] = 0xa5a5a5a5;
        size = sizeof(values);
        error = get_param(key, values, &size);
        ok_error_of(NAME("RasGetAutodialParam"), error, ERROR_SUCCESS);
        ok(size == sizeof(DWORD) && values[1] == 0xa5a5a5a5, "%lu bytes, %#lx.\n", size, values[1]);
        uncertain ok(values[0] == initial[key], "at first %lu.\n", values[0]);
        value = 1000 + key;
        error = set_param(key, &value, sizeof(value));
        ok_error_of(NAME("RasSetAutodialParam"), error, ERROR_SUCCESS);
        uncertain ok(has_values("Control"), "not in the registry.\n");
        wide = !wide;
        error = get_param(key, values, &size);
        ok(!error && values[0] == 1000 + key, "the other width: got %lu, %lu.\n", error, values[0]);
        value = initial[key];
        error = set_param(key, &value, sizeof(value));
        ok(!error, "got %lu.\n", error);
        wide = !wide;
        pop_context();
    }
}

START_TEST(autodial)
{
    if (!load_rasapi32()) return;
    if (!pRasEnumAutodialAddressesA)
    {
        win_skip("no AutoDial.\n");
        return;
    }
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        push_context("%c", wide ? 'W' : 'A');
        test_param_errors();
        test_enable();
        if (test_is_wine())
        {
            test_address_errors();
            test_sizes();
            test_addresses();
            test_default();
            test_params();
        }
        pop_context();
    }
}
