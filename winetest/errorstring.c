/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * errorstring.c - RasGetErrorStringA and RasGetErrorStringW.
 */
#include "ras_test.h"

#include <string.h>

#define LAST_ERROR 0xdeadbeef

static const struct
{
    UINT code;
    const char *text;
} texts[] = {
#define ERR(code, name, text) {code, text},
#include "ras_errors.def"
#undef ERR
};

static const char *our_text(UINT code)
{
    unsigned int i;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
    {
        if (texts[i].code == code)
            return texts[i].text;
    }
    return NULL;
}

static BOOL is_english(void)
{
    return PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_ENGLISH;
}

static void test_texts(void)
{
    WCHAR wide[512], back[512];
    char ansi[512];
    DWORD error;
    UINT code;

    for (code = RASBASE; code <= RASBASEEND; code++)
    {
        push_context("%u", code);
        memset(wide, 0xa5, sizeof(wide));
        memset(ansi, 0xa5, sizeof(ansi));
        SetLastError(LAST_ERROR);
        error = pRasGetErrorStringW(code, wide, 512);
        ok(GetLastError() == LAST_ERROR, "last error %lu.\n", GetLastError());
        if (code == PENDING)
            uncertain ok(!error, "got %lu.\n", error);
        else
            ok(!error || broken(code > 870 && error == ERROR_INVALID_PARAMETER) /* before Windows 10 */, "got %lu.\n",
               error);
        if (!error)
        {
            ok(wide[0] != 0, "empty.\n");
            ok(wcsnlen(wide, 512) < 512, "not terminated.\n");
            if (is_english())
                uncertain ok(wide[0] && wide[wcsnlen(wide, 511) - 1] == '.', "does not end in a full stop.\n");
            SetLastError(LAST_ERROR);
            error = pRasGetErrorStringA(code, ansi, 512);
            ok(GetLastError() == LAST_ERROR, "A: last error %lu.\n", GetLastError());
            ok_error(RasGetErrorStringA, error, ERROR_SUCCESS);
            MultiByteToWideChar(CP_ACP, 0, ansi, -1, back, 512);
            ok(!lstrcmpW(wide, back), "A and W differ: %s.\n", ansi);
            if (test_is_wine() && is_english())
                ok(our_text(code) && !strcmp(ansi, our_text(code)), "got %s.\n", ansi);
        }
        pop_context();
    }
}

static void test_unknown(void)
{
    static const UINT codes[] = {0, 1, 8, 87, 599, 876, 899, 957, 1000, 65536 + 600, 0x80070057, 0xffffffff};
    struct guard guard;
    DWORD error;
    unsigned int i;

    for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
    {
        push_context("%u", codes[i]);
        error = pRasGetErrorStringW(codes[i], guard_init(&guard), 512);
        ok_error(RasGetErrorStringW, error, ERROR_INVALID_PARAMETER);
        guard_check(&guard, 0);
        error = pRasGetErrorStringA(codes[i], guard_init(&guard), 512);
        ok_error(RasGetErrorStringA, error, ERROR_INVALID_PARAMETER);
        guard_check(&guard, 0);
        pop_context();
    }
    /* Codes of the MPR administration functions. */
    for (i = 900; i <= 956; i += 56)
    {
        error = pRasGetErrorStringW(i, guard_init(&guard), 512);
        uncertain ok_error(RasGetErrorStringW, error, ERROR_INVALID_PARAMETER);
    }
    error = pRasGetErrorStringW(599, guard_init(&guard), 1);
    uncertain ok_error(RasGetErrorStringW, error, ERROR_INVALID_PARAMETER);
}

static void test_buffer(void)
{
    struct guard guard;
    WCHAR wide[512];
    char ansi[512];
    DWORD error, length;
    WCHAR *out;

    error = pRasGetErrorStringW(ERROR_LINE_BUSY, wide, 512);
    ok_error(RasGetErrorStringW, error, ERROR_SUCCESS);
    length = lstrlenW(wide);

    out = guard_init(&guard);
    error = pRasGetErrorStringW(ERROR_LINE_BUSY, out, length + 1);
    ok(!error && !lstrcmpW(wide, out), "exact fit: got %lu.\n", error);
    guard_check(&guard, (length + 1) * sizeof(WCHAR));
    error = pRasGetErrorStringW(ERROR_LINE_BUSY, guard_init(&guard), length);
    ok_error(RasGetErrorStringW, error, ERROR_INSUFFICIENT_BUFFER);
    guard_check(&guard, length * sizeof(WCHAR));
    error = pRasGetErrorStringW(ERROR_LINE_BUSY, guard_init(&guard), 1);
    ok_error(RasGetErrorStringW, error, ERROR_INSUFFICIENT_BUFFER);
    guard_check(&guard, sizeof(WCHAR));
    error = pRasGetErrorStringW(ERROR_LINE_BUSY, guard_init(&guard), 0);
    uncertain ok_error(RasGetErrorStringW, error, ERROR_INSUFFICIENT_BUFFER);
    guard_check(&guard, 0);
    error = pRasGetErrorStringW(ERROR_LINE_BUSY, NULL, 512);
    uncertain ok_error(RasGetErrorStringW, error, ERROR_INVALID_PARAMETER);

    error = pRasGetErrorStringA(ERROR_LINE_BUSY, ansi, 512);
    ok_error(RasGetErrorStringA, error, ERROR_SUCCESS);
    length = lstrlenA(ansi);
    error = pRasGetErrorStringA(ERROR_LINE_BUSY, guard_init(&guard), length + 1);
    ok_error(RasGetErrorStringA, error, ERROR_SUCCESS);
    guard_check(&guard, length + 1);
    error = pRasGetErrorStringA(ERROR_LINE_BUSY, guard_init(&guard), length);
    ok_error(RasGetErrorStringA, error, ERROR_INSUFFICIENT_BUFFER);
    guard_check(&guard, length);
    error = pRasGetErrorStringA(ERROR_LINE_BUSY, guard_init(&guard), 0);
    uncertain ok_error(RasGetErrorStringA, error, ERROR_INSUFFICIENT_BUFFER);
    guard_check(&guard, 0);
    error = pRasGetErrorStringA(ERROR_LINE_BUSY, NULL, 512);
    uncertain ok_error(RasGetErrorStringA, error, ERROR_INVALID_PARAMETER);
}

START_TEST(errorstring)
{
    if (!load_rasapi32())
        return;
    test_texts();
    test_unknown();
    test_buffer();
}
