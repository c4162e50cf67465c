/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * unix_path.h - files as programs of other Wine prefixes can find them.
 */
#ifndef RASAPI32_UNIX_PATH_H
#define RASAPI32_UNIX_PATH_H

#include <stdbool.h>
#include <stdint.h>

#include <windows.h>

/* The path that Unix has for a file, UTF-8, with links in it; "" when it is not known. */
void unix_path_of(const WCHAR *path, char *unix_path, size_t size);

/* The path of Windows, in this prefix, for one of Unix; false when there is none or no room. */
bool unix_path_to_dos(const char *unix_path, WCHAR *path, size_t size);

/* A number for this prefix, that others do not have; 0 when it is not known. */
uint64_t unix_path_prefix(void);

#endif
