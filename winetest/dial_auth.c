/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_auth.c - every combination of the RASEO_Require* flags and of dwEncryptionType: which
 * methods of authentication and which encryption the manager is told to allow.
 */
#include "test.h"

#include "../dlls/rasapi32/dial_auth.h"
#include "ras_wire.h"

static const struct
{
    DWORD flag;
    uint32_t method;
} flags[] =
{
    {RASEO_RequirePAP, WIRE_AUTH_PAP}, {RASEO_RequireSPAP, 0}, {RASEO_RequireCHAP, WIRE_AUTH_CHAP},
    {RASEO_RequireMsCHAP, WIRE_AUTH_MSCHAP}, {RASEO_RequireMsCHAP2, WIRE_AUTH_MSCHAPV2},
    {RASEO_RequireW95MSCHAP, WIRE_AUTH_MSCHAP}, {RASEO_RequireEAP, WIRE_AUTH_EAP},
};
#define WAYS (RASEO_RequireEncryptedPw | RASEO_RequireMsEncryptedPw)

/* What is documented of the flags, one sentence each. */
static void check_methods(DWORD options)
{
    uint32_t methods = ~0u, named = 0, expected;
    DWORD names = 0;
    unsigned int i;
    bool good;

    for (i = 0; i < ARRAYSIZE(flags); i++)
    {
        names |= options & flags[i].flag;
        if (options & flags[i].flag) named |= flags[i].method;
    }
    good = dial_auth_methods(options, &methods);
    if (!names && !(options & WAYS))
    {
        ok(good && !methods, "%#lx: any method expected, got %#x.\n", options, methods);
        return;
    }
    expected = names ? named : WIRE_AUTH_PAP | WIRE_AUTH_CHAP | WIRE_AUTH_MSCHAP | WIRE_AUTH_MSCHAPV2;
    if (options & WAYS) expected &= ~(uint32_t)WIRE_AUTH_PAP;
    if (options & RASEO_RequireMsEncryptedPw) expected &= ~(uint32_t)WIRE_AUTH_CHAP;
    ok(good == (expected != 0), "%#lx: good %u.\n", options, good);
    ok(methods == expected, "%#lx: methods %#x, expected %#x.\n", options, methods, expected);
}

static void test_methods(void)
{
    unsigned int bits, i;
    DWORD options;

    for (bits = 0; bits < 4u << ARRAYSIZE(flags); bits++)
    {
        options = RASEO_SwCompression; /* of no meaning here */
        for (i = 0; i < ARRAYSIZE(flags); i++)
            if (bits & (4u << i)) options |= flags[i].flag;
        if (bits & 1) options |= RASEO_RequireEncryptedPw;
        if (bits & 2) options |= RASEO_RequireMsEncryptedPw;
        check_methods(options);
    }
}

static void test_encryption(void)
{
    static const struct
    {
        DWORD options;
        DWORD type;
        uint32_t expected;
    } rows[] =
    {
        {0, ET_None, WIRE_ENCRYPT_NONE},
        {0, ET_Optional, WIRE_ENCRYPT_OPTIONAL},
        {0, ET_Require, WIRE_ENCRYPT_REQUIRE},
        {0, ET_RequireMax, WIRE_ENCRYPT_MAX},
        {0, 77, WIRE_ENCRYPT_OPTIONAL},
        /* Ignored without the other flag. */
        {RASEO_RequireDataEncryption, ET_None, WIRE_ENCRYPT_NONE},
        {RASEO_RequireDataEncryption, ET_Optional, WIRE_ENCRYPT_OPTIONAL},
        {RASEO_RequireMsEncryptedPw, ET_Optional, WIRE_ENCRYPT_OPTIONAL},
        {RASEO_RequireDataEncryption | RASEO_RequireMsEncryptedPw, ET_None, WIRE_ENCRYPT_REQUIRE},
        {RASEO_RequireDataEncryption | RASEO_RequireMsEncryptedPw, ET_Optional, WIRE_ENCRYPT_REQUIRE},
        {RASEO_RequireDataEncryption | RASEO_RequireMsEncryptedPw, ET_Require, WIRE_ENCRYPT_REQUIRE},
        {RASEO_RequireDataEncryption | RASEO_RequireMsEncryptedPw, ET_RequireMax, WIRE_ENCRYPT_MAX},
    };
    unsigned int i;
    uint32_t got;

    for (i = 0; i < ARRAYSIZE(rows); i++)
    {
        got = dial_auth_encryption(rows[i].options, rows[i].type);
        ok(got == rows[i].expected, "%#lx, type %lu: got %u.\n", rows[i].options, rows[i].type, got);
    }
}

START_TEST(dial_auth)
{
    test_methods();
    test_encryption();
}
