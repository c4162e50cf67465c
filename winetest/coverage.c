/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * coverage.c - ok_error: checks of return codes, each noted when it has really run and
 * passed.  With WINETEST_COVERAGE=FILE a test appends to FILE a line for each function and
 * code that it noted, which winetest/api makes doc/api.md of:
 *
 *     FUNCTION CODE TEST      CODE by its name in api.def, by its number when it is not there
 */
#include "test.h"

#include <raserror.h>
#include <stdlib.h>
#include <string.h>

static const struct documented
{
    const char *function; /* without A or W */
    const char *name;
    DWORD code;
} documented[] = {
#define CODE(function, code) {#function, #code, (DWORD)(code)},
#define NO_TEST(function, code, reason)
#define TODO(function, code, reason)
#define VOID_FUNCTION(function, test)
#include "api.def"
#undef CODE
#undef NO_TEST
#undef TODO
#undef VOID_FUNCTION
};

static struct covered
{
    const char *function;
    DWORD code;
} *covered;
static unsigned int covered_count;
static SRWLOCK covered_lock = SRWLOCK_INIT;

/* function outlives the test: a literal. */
static void note(const char *function, DWORD code)
{
    unsigned int i;

    AcquireSRWLockExclusive(&covered_lock);
    for (i = 0; i < covered_count; i++)
        if (covered[i].code == code && !strcmp(covered[i].function, function)) break;
    if (i == covered_count)
    {
        if (!(covered_count & (covered_count - 1)) &&
            !(covered = realloc(covered, (covered_count ? covered_count * 2 : 1) * sizeof(*covered))))
            abort();
        covered[covered_count].function = function;
        covered[covered_count++].code = code;
    }
    ReleaseSRWLockExclusive(&covered_lock);
}

BOOL test_ok_error(const char *file, int line, const char *function, DWORD got, DWORD expected,
                   const char *text)
{
    BOOL todo = test_in_todo(), passed;

    passed = test_ok(file, line, got == expected, "%s: %s%sgot %lu, not %lu.\n", function, text, *text ? ": " : "", got,
                     expected);
    if (passed && !todo) note(function, expected);
    return passed;
}

static const char *code_name(const char *function, DWORD code)
{
    static char number[16];
    unsigned int i;
    size_t length;

    for (i = 0; i < ARRAYSIZE(documented); i++)
    {
        length = strlen(documented[i].function);
        if (documented[i].code == code && !strncmp(function, documented[i].function, length) &&
            (!function[length] || !strcmp(function + length, "A") || !strcmp(function + length, "W")))
            return documented[i].name;
    }
    snprintf(number, sizeof(number), "%lu", code);
    return number;
}

void test_coverage_end(const char *test)
{
    const char *name = getenv("WINETEST_COVERAGE");
    unsigned int i;
    FILE *file;

    if (covered_count && name)
    {
        if (!(file = fopen(name, "ab")))
        {
            printf("%s: cannot be written.\n", name);
            exit(2);
        }
        for (i = 0; i < covered_count; i++)
            fprintf(file, "%s %s %s\n", covered[i].function, code_name(covered[i].function, covered[i].code), test);
        fclose(file);
    }
    covered_count = 0;
    free(covered);
    covered = NULL;
}
