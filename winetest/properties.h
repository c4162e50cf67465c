/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * properties.h - what the tests of RASENTRY share: a phone book of their own, whose lines
 * they look at themselves.
 */
#ifndef WINETEST_PROPERTIES_H
#define WINETEST_PROPERTIES_H

#include "ras_test.h"

#include <stddef.h>

#define BOOK_MAX 65536

extern char book[MAX_PATH];   /* full path; no such file at first */
extern WCHAR book_w[MAX_PATH];

/* FALSE: skip. */
BOOL properties_init(void);
void properties_cleanup(void);

/* The file as it is, made into another, or away. */
DWORD read_book(char *text);
void write_book(const char *text);

/* The file with an entry "One" in a modem, that nobody may write: the test's own phone book, or one
 * of all users, whose path is given out.  Then unlocked and away. */
void lock_book(BOOL all_users, char *path);
void unlock_book(const char *path);

/* The value of a line; "(none)" if there is none.  group NULL: among the general keys; else
 * the text of the group's own line, or "A>B": that of the first B after A. */
const char *book_key(const char *entry, const char *group, const char *key);

#define check_key(entry, group, key, expected) check_key_(__FILE__, __LINE__, (entry), (group), (key), (expected))
void check_key_(const char *file, int line, const char *entry, const char *group, const char *key,
                const char *expected);

/* A modem entry that lacks nothing, of this dwSize. */
void fill_entry_a(RASENTRYA *entry, DWORD size);
void fill_entry_w(RASENTRYW *entry, DWORD size);

/* Get in the newest edition, without alternate numbers; it must succeed. */
#define get_entry_w(name, entry) get_entry_w_(__FILE__, __LINE__, (name), (entry))
void get_entry_w_(const char *file, int line, const WCHAR *name, RASENTRYW *entry);
#define set_entry_w(name, entry) set_entry_w_(__FILE__, __LINE__, (name), (entry))
void set_entry_w_(const char *file, int line, const WCHAR *name, RASENTRYW *entry);
void get_entry_a(const char *name, RASENTRYA *entry);
void set_entry_a(const char *name, RASENTRYA *entry);

extern const DWORD rasentry_sizes_a[];
extern const DWORD rasentry_sizes_w[];
#define RASENTRY_EDITIONS 8

#endif
