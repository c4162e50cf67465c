/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * native_process.h - programs of the system that Wine runs on.
 */
#ifndef NATIVE_PROCESS_H
#define NATIVE_PROCESS_H

#include <stdbool.h>

#include "rasapi32.h"

/* Start a native program with this handle, which need not be inheritable, as its standard input and
 * output, in the environment of this process.  path: for Win32, below \\?\unix.  Nobody learns how it
 * ends.  FALSE and GetLastError(): it could not be started. */
bool native_process_start(const WCHAR *path, const WCHAR *command, HANDLE standard);

#endif
