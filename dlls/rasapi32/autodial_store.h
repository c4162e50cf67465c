/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * autodial_store.h - what AutoDial keeps in the registry, below Software\Microsoft\RAS AutoDial:
 *
 *   Addresses        a REG_MULTI_SZ for each address, with a text LOCATION=ENTRY for each entry
 *   Control          the parameters, and below Locations a switch for each dialing location
 *   Control\Session  what lasts as long as the session
 *   Default          DefaultInternet, the entry that the Internet is dialled with
 *
 * All of it is the user's; the default is also looked for in HKEY_LOCAL_MACHINE.
 */
#ifndef RASAPI32_AUTODIAL_STORE_H
#define RASAPI32_AUTODIAL_STORE_H

#include <stdbool.h>

#include "rasapi32.h"

#define AUTODIAL_CONTROL   L"Control"
#define AUTODIAL_LOCATIONS L"Control\\Locations"
#define AUTODIAL_SESSION   L"Control\\Session"

/* Entries of an address, of the newest edition, to be freed.  2: there is no such address. */
DWORD autodial_read_address(const WCHAR *address, RASAUTODIALENTRYW **entries, DWORD *count);

/* Without entries the address is removed; 2 when it is not there. */
DWORD autodial_write_address(const WCHAR *address, const RASAUTODIALENTRYW *entries, DWORD count);

/* All addresses one after the other, each with its NUL; to be freed. */
DWORD autodial_list_addresses(WCHAR **addresses, DWORD *count);

/* A number in one of the keys above, left as it is when there is none. */
DWORD autodial_read_number(const WCHAR *key, const WCHAR *name, DWORD *number);
DWORD autodial_write_number(const WCHAR *key, const WCHAR *name, DWORD number);

/* The entry of the Internet: the user's, else that of all users, else "". */
void autodial_read_default(WCHAR name[RAS_MaxEntryName + 1]);
DWORD autodial_write_default(const WCHAR *name, bool all_users);

/* Of the user and of all users. */
DWORD autodial_remove_default(void);

#endif
