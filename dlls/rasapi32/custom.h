/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * custom.h - entries that another DLL dials (szCustomDialDll), for RasDial, RasHangUp and
 * RasDeleteEntry.
 *
 * A phone book is a file that anybody may have written, so an entry alone makes no program
 * load a DLL: it must be in the list of custom dialers too, value CustomDLL (REG_MULTI_SZ) of
 * HKLM\System\CurrentControlSet\Services\Rasman\Parameters, by the same path, which is a full one or
 * the name of a file in the system's folder.  Once loaded a dialer stays in the process: its threads
 * and handlers may still run when its connection is gone.
 */
#ifndef RASAPI32_CUSTOM_H
#define RASAPI32_CUSTOM_H

#include <stdbool.h>

#include "rasapi32.h"

/* A call of RasDial, as the program made it. */
struct custom_call
{
    LPRASDIALEXTENSIONS ext; /* may be NULL */
    const WCHAR *phonebook;
    LPRASDIALPARAMSW params;
    DWORD notifier_type;
    void *notifier;
    HRASCONN *conn;
    DWORD flags; /* RCD_* of the entry */
};

/* Let the dialer do it.  What it says, or 755 when it can't be had. */
DWORD custom_dial(const WCHAR *dll, const struct custom_call *call);

/* The same for a handle that a dialer has given, which is known by itself.  False: it is of none. */
bool custom_resume(const struct custom_call *call, DWORD *error);

/* RasHangUp: let the dialer hang up its connection, also one that another process has dialled.
 * False: the connection is of no dialer, or this is the call that the dialer itself makes. */
bool custom_hang_up(HRASCONN conn, DWORD *error);

/* RCD_* of an entry. */
DWORD custom_flags(const RASENTRYW *properties, bool all_users);

/* Tell the dialer of an entry that it has been deleted; path is that of its phone book. */
void custom_delete_notify(const WCHAR *dll, const WCHAR *path, const WCHAR *name, DWORD flags);

#endif
