/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_auth.c - see dial_auth.h.
 */
#include "dial_auth.h"

#include "ras_wire.h"

/* Authentication methods of RASENTRY to those of the manager. */
static const struct
{
    DWORD flag;
    uint32_t method;
} auth_methods[] =
{
    {RASEO_RequirePAP, WIRE_AUTH_PAP},
    {RASEO_RequireCHAP, WIRE_AUTH_CHAP},
    {RASEO_RequireMsCHAP, WIRE_AUTH_MSCHAP},
    {RASEO_RequireW95MSCHAP, WIRE_AUTH_MSCHAP},
    {RASEO_RequireMsCHAP2, WIRE_AUTH_MSCHAPV2},
    {RASEO_RequireEAP, WIRE_AUTH_EAP},
    {RASEO_RequireSPAP, 0}, /* nobody speaks it any more */
};

#define AUTH_PASSWORD (WIRE_AUTH_PAP | WIRE_AUTH_CHAP | WIRE_AUTH_MSCHAP | WIRE_AUTH_MSCHAPV2)
#define AUTH_MS       (WIRE_AUTH_MSCHAP | WIRE_AUTH_MSCHAPV2 | WIRE_AUTH_EAP)

/* The two flags that tell how a password travels say nothing of EAP: it must be named. */
bool dial_auth_methods(DWORD options, uint32_t *methods)
{
    bool named = false;
    size_t i;

    *methods = 0;
    for (i = 0; i < ARRAYSIZE(auth_methods); i++)
    {
        if (!(options & auth_methods[i].flag)) continue;
        *methods |= auth_methods[i].method;
        named = true;
    }
    if (!named && !(options & (RASEO_RequireEncryptedPw | RASEO_RequireMsEncryptedPw))) return true;
    if (!named) *methods = AUTH_PASSWORD;
    if (options & RASEO_RequireEncryptedPw) *methods &= ~WIRE_AUTH_PAP;
    if (options & RASEO_RequireMsEncryptedPw) *methods &= AUTH_MS;
    return *methods != 0;
}

/* RASEO_RequireDataEncryption counts with RASEO_RequireMsEncryptedPw only, as documented. */
uint32_t dial_auth_encryption(DWORD options, DWORD encryption_type)
{
    static const DWORD both = RASEO_RequireDataEncryption | RASEO_RequireMsEncryptedPw;

    switch (encryption_type)
    {
        case ET_Require: return WIRE_ENCRYPT_REQUIRE;
        case ET_RequireMax: return WIRE_ENCRYPT_MAX;
    }
    if ((options & both) == both) return WIRE_ENCRYPT_REQUIRE;
    return encryption_type == ET_None ? WIRE_ENCRYPT_NONE : WIRE_ENCRYPT_OPTIONAL;
}
