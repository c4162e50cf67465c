/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * eap.c - identities for EAP.  RasGetEapUserIdentity gives none out, so there is
 * nothing to free.
 */
#include "rasapi32.h"

/***********************************************************************
 *      RasFreeEapUserIdentityW
 *
 * NULL is harmless.
 */
void WINAPI RasFreeEapUserIdentityW(LPRASEAPUSERIDENTITYW identity)
{
    TRACE("identity %p.\n", identity);
    if (identity)
        WARN("%p is not from RasGetEapUserIdentity.\n", identity);
}

/***********************************************************************
 *      RasFreeEapUserIdentityA
 */
void WINAPI RasFreeEapUserIdentityA(LPRASEAPUSERIDENTITYA identity)
{
    RasFreeEapUserIdentityW((LPRASEAPUSERIDENTITYW)identity);
}
