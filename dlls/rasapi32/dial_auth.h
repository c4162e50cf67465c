/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_auth.h - what an entry demands of authentication and encryption, as the manager takes it.
 */
#ifndef RASAPI32_DIAL_AUTH_H
#define RASAPI32_DIAL_AUTH_H

#include <stdbool.h>
#include <stdint.h>

#include <winsock2.h>
#include <windows.h>

#include <ras.h>

/* WIRE_AUTH_* of dwfOptions; 0 is any method, as for a dial without entry.  False: the entry allows
 * none that there is. */
bool dial_auth_methods(DWORD options, uint32_t *methods);

/* WIRE_ENCRYPT_*. */
uint32_t dial_auth_encryption(DWORD options, DWORD encryption_type);

#endif
