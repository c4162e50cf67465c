/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * native_process.c - see native_process.h.
 */
#include "native_process.h"

#include <winternl.h>

/* The beginning of RTL_USER_PROCESS_PARAMETERS, of which winternl.h tells less. */
struct parameters
{
    ULONG allocated;
    ULONG size;
    ULONG flags;
    ULONG debug_flags;
    HANDLE console;
};

PEB *NTAPI RtlGetCurrentPeb(void);

/* What programs have there that are started from a Unix shell. */
#define CONSOLE_OF_SHELL ((HANDLE)(LONG_PTR)-4)

/* Wine gives a native program its standard handles when its parent has a console; from others
 * (measured with GUI programs) Wine 8 does it with DETACHED_PROCESS, which is what takes them away
 * in Wine 10.  So a process without a console has one while it starts the program: some
 * milliseconds in which AllocConsole would be refused. */
bool native_process_start(const WCHAR *path, const WCHAR *command, HANDLE standard)
{
    struct parameters *parameters = (struct parameters *)RtlGetCurrentPeb()->ProcessParameters;
    STARTUPINFOW startup = {.cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process = {0};
    WCHAR line[64];
    BOOL started;
    bool alone;

    lstrcpynW(line, command, ARRAYSIZE(line));
    startup.hStdInput = startup.hStdOutput = standard;
    alone = !InterlockedCompareExchangePointer(&parameters->console, CONSOLE_OF_SHELL, NULL);
    started = CreateProcessW(path, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process);
    if (alone) InterlockedCompareExchangePointer(&parameters->console, NULL, CONSOLE_OF_SHELL);
    if (process.hThread) CloseHandle(process.hThread);
    if (process.hProcess) CloseHandle(process.hProcess);
    return started;
}
