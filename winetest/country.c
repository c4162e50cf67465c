/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * country.c - RasGetCountryInfo: the whole list, in both widths, and the errors.
 */
#include "ras_test.h"

#include <string.h>

#define COUNTRIES_MAX 400

static const char *const function[2] = {"RasGetCountryInfoA", "RasGetCountryInfoW"};

static DWORD get(BOOL wide, void *buffer, DWORD *size)
{
    return wide ? pRasGetCountryInfoW(buffer, size) : pRasGetCountryInfoA(buffer, size);
}

/* A filled buffer that asks for this country. */
static RASCTRYINFO *ask(struct guard *guard, DWORD dwsize, DWORD id)
{
    RASCTRYINFO *info = guard_init(guard);

    info->dwSize = dwsize;
    info->dwCountryID = id;
    return info;
}

#define ASKED FIELD_OFFSET(RASCTRYINFO, dwNextCountryID)

static void test_errors(BOOL wide)
{
    static const DWORD unknown[] = {0, 2, 999, 0x7fffffff, 0xffffffff};
    static struct guard guard;
    RASCTRYINFO *info;
    DWORD size, error, i;
    BYTE *page;

    size = 4711;
    error = get(wide, NULL, &size);
    uncertain ok_error_of(function[wide], error, ERROR_INVALID_USER_BUFFER);
    error = get(wide, ask(&guard, 20, 1), NULL);
    uncertain ok_error_of(function[wide], error, ERROR_INVALID_PARAMETER);
    guard_check(&guard, ASKED);
    error = get(wide, (void *)16, &size);
    uncertain ok_error_of(function[wide], error, ERROR_INVALID_USER_BUFFER);

    page = VirtualAlloc(NULL, 4096, MEM_COMMIT, PAGE_READWRITE);
    info = (RASCTRYINFO *)page;
    info->dwSize = 20;
    info->dwCountryID = 1;
    VirtualProtect(page, 4096, PAGE_READONLY, &i);
    size = 4096;
    error = get(wide, page, &size);
    uncertain ok_error_of(function[wide], error, ERROR_INVALID_USER_BUFFER);
    ok(size == 4096, "%lu bytes.\n", size);
    VirtualFree(page, 0, MEM_RELEASE);

    for (i = 0; i <= 84; i++)
    {
        if (i == 20) continue;
        push_context("dwSize %lu", i);
        size = GUARD_MAX;
        error = get(wide, ask(&guard, i, 1), &size);
        uncertain ok_error_of(function[wide], error, ERROR_INVALID_SIZE);
        ok(size == GUARD_MAX, "%lu bytes.\n", size);
        guard_check(&guard, ASKED);
        pop_context();
    }
    for (i = 0; i < ARRAYSIZE(unknown); i++)
    {
        push_context("country %lu", unknown[i]);
        size = GUARD_MAX;
        error = get(wide, ask(&guard, 20, unknown[i]), &size);
        if (unknown[i])
            ok_error_of(function[wide], error, ERROR_INVALID_PARAMETER);
        else
            uncertain ok_error_of(function[wide], error, ERROR_INVALID_PARAMETER);
        ok(size == GUARD_MAX, "%lu bytes.\n", size);
        guard_check(&guard, ASKED);
        pop_context();
    }
}

/* One country: every size around the needed one.  The name goes into name. */
static DWORD check_country(BOOL wide, DWORD id, RASCTRYINFO *found, WCHAR *name)
{
    static struct guard guard;
    RASCTRYINFO *info = ask(&guard, 20, id);
    DWORD needed = 0, size, error, lengths[4], i;

    error = get(wide, info, &needed);
    ok_error_of(function[wide], error, ERROR_BUFFER_TOO_SMALL);
    ok(needed > 20 && needed <= 256, "%lu bytes.\n", needed);
    guard_check(&guard, ASKED);

    lengths[0] = 7, lengths[1] = 20, lengths[2] = needed - 1, lengths[3] = needed + 100;
    for (i = 0; i < ARRAYSIZE(lengths); i++)
    {
        info = ask(&guard, 20, id);
        size = lengths[i];
        error = get(wide, info, &size);
        if (size < lengths[i])
            ok_error_of(function[wide], error, ERROR_SUCCESS);
        else
            ok_error_of(function[wide], error, ERROR_BUFFER_TOO_SMALL);
        ok(size == needed, "%lu of %lu bytes: %lu.\n", lengths[i], needed, size);
        guard_check(&guard, error ? ASKED : needed);
    }
    info = ask(&guard, 20, id);
    size = needed;
    error = get(wide, info, &size);
    ok_error_of(function[wide], error, ERROR_SUCCESS);
    ok(size == needed, "%lu of %lu bytes.\n", size, needed);
    guard_check(&guard, needed);
    ok(info->dwSize == 20 && info->dwCountryID == id, "dwSize %lu, dwCountryID %lu.\n", info->dwSize,
       info->dwCountryID);
    ok(info->dwCountryNameOffset >= 20 && info->dwCountryNameOffset < needed, "offset %lu.\n",
       info->dwCountryNameOffset);
    *found = *info;
    name[0] = 0;
    if (info->dwCountryNameOffset >= needed) return error;
    if (wide)
        lstrcpynW(name, (WCHAR *)((BYTE *)info + info->dwCountryNameOffset), 128);
    else
        MultiByteToWideChar(CP_ACP, 0, (char *)info + info->dwCountryNameOffset, -1, name, 128);
    ok(name[0], "no name.\n");
    /* Nothing is given away. */
    size = info->dwCountryNameOffset + (wide ? (lstrlenW(name) + 1) * sizeof(WCHAR)
                                             : strlen((char *)info + info->dwCountryNameOffset) + 1);
    ok(size == needed, "the name ends at %lu of %lu bytes.\n", size, needed);
    return error;
}

static BOOL begins_with(DWORD number, DWORD prefix)
{
    while (number > prefix) number /= 10;
    return number == prefix;
}

/* The list ends, has every ID once, and IDs that are TAPI's; A and W have the same one. */
static void test_list(void)
{
    static DWORD ids[COUNTRIES_MAX];
    WCHAR name[128], ansi_name[128], back[128];
    DWORD count = 0, id, i, error;
    RASCTRYINFO info, ansi;
    char text[512];

    for (id = 1; id && count < COUNTRIES_MAX; id = info.dwNextCountryID)
    {
        push_context("country %lu", id);
        for (i = 0; i < count; i++) ok(ids[i] != id, "twice.\n");
        ids[count++] = id;
        error = check_country(TRUE, id, &info, name);
        if (!error) error = check_country(FALSE, id, &ansi, ansi_name);
        if (!error)
        {
            ok(info.dwNextCountryID == ansi.dwNextCountryID && info.dwCountryCode == ansi.dwCountryCode,
               "A: code %lu, next %lu.\n", ansi.dwCountryCode, ansi.dwNextCountryID);
            WideCharToMultiByte(CP_ACP, 0, name, -1, text, sizeof(text), NULL, NULL);
            MultiByteToWideChar(CP_ACP, 0, text, -1, back, 128);
            ok(!lstrcmpW(back, ansi_name), "A: another name, not %s.\n", text);
            ok(info.dwCountryCode > 0 && info.dwCountryCode < 1000, "code %lu.\n", info.dwCountryCode);
            /* +1 684 got its ID before it joined +1; the Vatican City keeps to the code of Rome. */
            ok(begins_with(id, info.dwCountryCode) || id == 684 || id == 379, "code %lu.\n", info.dwCountryCode);
        }
        pop_context();
        if (error) break;
    }
    ok(!id, "the list does not end: %lu.\n", count);
    ok(count > 200, "only %lu countries.\n", count);
}

/* Some that everybody knows. */
static void test_known(void)
{
    static const DWORD known[][2] = {{1, 1}, {7, 7}, {33, 33}, {39, 39}, {44, 44}, {49, 49}, {81, 81}, {86, 86},
                                     {107, 1}, {112, 1}, {121, 1}, {353, 353}, {380, 380}, {886, 886}};
    RASCTRYINFO info;
    WCHAR name[128];
    DWORD i;

    for (i = 0; i < ARRAYSIZE(known); i++)
    {
        push_context("country %lu", known[i][0]);
        if (!check_country(TRUE, known[i][0], &info, name))
            ok(info.dwCountryCode == known[i][1], "code %lu.\n", info.dwCountryCode);
        pop_context();
    }
}

START_TEST(country)
{
    DWORD wide;

    if (!load_rasapi32()) return;
    for (wide = 0; wide < 2; wide++)
    {
        push_context("%c", wide ? 'W' : 'A');
        test_errors(wide);
        pop_context();
    }
    test_list();
    test_known();
}
