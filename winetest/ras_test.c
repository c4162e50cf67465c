/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * ras_test.c - what all tests of rasapi32.dll share.
 */
#include "ras_test.h"

#include <string.h>

#define FILLER 0xa5

HMODULE rasapi32;

#define RAS_FUNCTION(name) __typeof__(name) *p##name;
#include "functions.def"
#undef RAS_FUNCTION

BOOL load_rasapi32(void)
{
    if (rasapi32)
        return TRUE;
    rasapi32 = LoadLibraryA("rasapi32.dll");
    ok(rasapi32 != NULL, "rasapi32.dll: error %lu.\n", GetLastError());
#define RAS_FUNCTION(name) p##name = (void *)GetProcAddress(rasapi32, #name);
#include "functions.def"
#undef RAS_FUNCTION
    return rasapi32 != NULL;
}

void *guard_init(struct guard *guard)
{
    memset(guard->bytes, FILLER, sizeof(guard->bytes));
    return guard->bytes + GUARD_SIZE;
}

void guard_check_(const char *file, int line, const struct guard *guard, size_t used)
{
    size_t i, changed = 0;

    for (i = 0; i < GUARD_SIZE; i++) changed += guard->bytes[i] != FILLER;
    test_ok(file, line, !changed, "%u bytes before the buffer changed.\n", (unsigned int)changed);
    for (changed = 0, i = GUARD_SIZE + used; i < sizeof(guard->bytes); i++) changed += guard->bytes[i] != FILLER;
    test_ok(file, line, !changed, "%u bytes behind byte %u changed.\n", (unsigned int)changed, (unsigned int)used);
}
