/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * script_run.h - the login script of an entry, run by the process that dials while the
 * connection is paused in RASCS_Interactive.
 */
#ifndef RASAPI32_SCRIPT_RUN_H
#define RASAPI32_SCRIPT_RUN_H

#include <stdbool.h>

#include "rasapi32.h"
#include "script_port.h"

/* What a script needs to know of its dial.  Has a password: script_plan_free. */
struct script_plan
{
    bool custom;         /* the custom script DLL, not a file */
    bool terminal_after; /* after the script it is the program's turn */
    WCHAR name[MAX_PATH];
    WCHAR phonebook[1041];
    HWND owner;
    RASDIALPARAMSW params;
};

struct script_plan *script_plan_copy(const struct script_plan *plan);
void script_plan_free(struct script_plan *plan);

/* Run it and tell the manager how it ended; returns when it has ended, or the pause. */
void script_run(DWORD handle, struct script_plan *plan);

/* The custom script DLL.  Its result, or why it can't be called; it may change the plan's
 * params. */
DWORD script_run_custom(DWORD handle, struct script_plan *plan);

#endif
