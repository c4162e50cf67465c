/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * books.h - what the tests of whole entries share: A and W by one call, phone books as texts.
 */
#ifndef WINETEST_BOOKS_H
#define WINETEST_BOOKS_H

#include "ras_test.h"

/* NAME is that of a function without its letter, "RasRenameEntry". */
#define ok_twin(wide, name, got, expected) ok_error_of((wide) ? name "W" : name "A", got, expected)

DWORD rename_entry(BOOL wide, const char *book, const char *name, const char *new_name);
DWORD delete_entry(BOOL wide, const char *book, const char *name);
DWORD validate_name(BOOL wide, const char *book, const char *name);
DWORD enum_entries(BOOL wide, const char *book, void *array, DWORD *size, DWORD *count);

/* A path in the folder of temporary files. */
void book_path(char *path, const char *name);

/* All folders of the path, which has no backslash at its end. */
void make_folders(const char *path);

/* Write a file, or check that it is this text. */
void book_write(const char *path, const void *text, DWORD len);
#define book_check(path, text, len) book_check_(__FILE__, __LINE__, path, text, len)
void book_check_(const char *file, int line, const char *path, const void *text, DWORD len);

/* The whole file, to be freed; NULL: it cannot be read. */
char *book_read(const char *path, DWORD *len);

/* The names that RasEnumEntriesA tells, each followed by a newline. */
void book_names(const char *path, char *names, size_t size);

#endif
