/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * ras_test.h - the functions of rasapi32.dll for the tests: pRasDialA for
 * RasDialA and so on, NULL when this Windows lacks it.
 */
#ifndef WINETEST_RAS_TEST_H
#define WINETEST_RAS_TEST_H

#include <windows.h>

#include <ras.h>
#include <raserror.h>

#include "test.h"

#define RAS_FUNCTION(name) extern __typeof__(name) *p##name;
#include "functions.def"
#undef RAS_FUNCTION

/* Loads rasapi32.dll once.  FALSE: it cannot be loaded, which is a failure. */
BOOL load_rasapi32(void);
extern HMODULE rasapi32;

/* A buffer between two filled areas.  guard_check fails the test when a byte
 * before the buffer, or behind its first used bytes, has changed. */
#define GUARD_SIZE 64
#define GUARD_MAX  8192
struct guard
{
    unsigned char bytes[GUARD_SIZE + GUARD_MAX + GUARD_SIZE];
};

/* The 4-aligned buffer, all of it filled. */
void *guard_init(struct guard *guard);
#define guard_check(guard, used) guard_check_(__FILE__, __LINE__, guard, used)
void guard_check_(const char *file, int line, const struct guard *guard, size_t used);

#endif
