/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * properties.c - RASENTRY and the phone book: each member and each flag alone, there and back.
 * The keys and values here are those of [MS-RRASM] and of published files.
 */
#include "properties.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- flags ----------------------------------------------------------------------------------- */

#define MODEM  "DEVICE=modem"
#define AUTH   (RASEO_RequirePAP | RASEO_RequireSPAP | RASEO_RequireCHAP | RASEO_RequireMsCHAP |                      \
                RASEO_RequireMsCHAP2 | RASEO_RequireW95MSCHAP | RASEO_RequireEAP | RASEO_RequireEncryptedPw |         \
                RASEO_RequireMsEncryptedPw)

static const struct flag
{
    DWORD options;
    DWORD options2;
    const char *group;
    const char *key;
    const char *on;
    const char *off;
    BOOL guess; /* the documentation names no key, or we chose the value */
} flags[] =
{
    {RASEO_UseCountryAndAreaCodes, 0, MODEM ">PhoneNumber=5550100", "UseDialingRules", "1", "0", FALSE},
    {RASEO_SpecificIpAddr, 0, NULL, "IpAssign", "2", "1", FALSE},
    {RASEO_SpecificNameServers, 0, NULL, "IpNameAssign", "2", "1", FALSE},
    {RASEO_IpHeaderCompression, 0, NULL, "IpHeaderCompression", "1", "0", FALSE},
    {RASEO_RemoteDefaultGateway, 0, NULL, "IpPrioritizeRemote", "1", "0", FALSE},
    {RASEO_DisableLcpExtensions, 0, NULL, "LcpExtensions", "0", "1", FALSE},
    {RASEO_ModemLights, 0, NULL, "ShowMonitorIconInTaskBar", "1", "0", FALSE},
    {RASEO_SwCompression, 0, NULL, "SwCompression", "1", "0", FALSE},
    {RASEO_NetworkLogon, 0, NULL, "WinerasOptions", "8192", "0", TRUE},
    {RASEO_UseLogonCredentials, 0, NULL, "AutoLogon", "1", "0", FALSE},
    {RASEO_PromoteAlternates, 0, MODEM, "PromoteAlternates", "1", "0", FALSE},
    {RASEO_SecureLocalFiles, 0, NULL, "WinerasOptions", "65536", "0", TRUE},
    {RASEO_Custom, 0, NULL, "WinerasOptions", "1048576", "0", TRUE},
    {RASEO_PreviewPhoneNumber, 0, NULL, "PreviewPhoneNumber", "1", "0", FALSE},
    {RASEO_SharedPhoneNumbers, RASEO2_SharePhoneNumbers, NULL, "SharedPhoneNumbers", "1", "0", FALSE},
    {RASEO_PreviewUserPw, 0, NULL, "PreviewUserPw", "1", "0", FALSE},
    {RASEO_PreviewDomain, 0, NULL, "PreviewDomain", "1", "0", FALSE},
    {RASEO_ShowDialingProgress, 0, NULL, "ShowDialingProgress", "1", "0", FALSE},
    {0, RASEO2_SecureFileAndPrint, NULL, "ShareMsFilePrint", "0", "1", FALSE},
    {0, RASEO2_SecureFileAndPrint, "NETCOMPONENTS=", "ms_server", "0", "1", FALSE},
    {0, RASEO2_SecureClientForMSNet, NULL, "BindMsNetClient", "0", "1", FALSE},
    {0, RASEO2_SecureClientForMSNet, "NETCOMPONENTS=", "ms_msclient", "0", "1", FALSE},
    {0, RASEO2_DontNegotiateMultilink, NULL, "NegotiateMultilinkAlways", "0", "1", FALSE},
    {0, RASEO2_DontUseRasCredentials, NULL, "UseRasCredentials", "0", "1", FALSE},
    {0, RASEO2_UsePreSharedKey, NULL, "IpSecFlags", "1", "0", FALSE},
    {0, RASEO2_Internet, NULL, "WinerasOptions2", "32", "0", TRUE},
    {0, RASEO2_DisableNbtOverIP, NULL, "IpNBTFlags", "0", "1", FALSE},
    {0, RASEO2_UseGlobalDeviceSettings, NULL, "GlobalDeviceSettings", "1", "0", FALSE},
    {0, RASEO2_ReconnectIfDropped, NULL, "RedialOnLinkFailure", "1", "0", FALSE},
    {0, RASEO2_SecureRoutingCompartment, NULL, "ForceSecureCompartment", "1", "0", FALSE},
    {0, RASEO2_UseTypicalSettings, NULL, "TypicalAuth", "1", "0", TRUE},
    {0, RASEO2_IPv6SpecificNameServers, NULL, "Ipv6NameAssign", "2", "1", FALSE},
    {0, RASEO2_IPv6RemoteDefaultGateway, NULL, "Ipv6PrioritizeRemote", "1", "0", FALSE},
    {0, RASEO2_RegisterIpWithDNS, NULL, "IpDnsFlags", "1", "0", FALSE},
    {0, RASEO2_UseDNSSuffixForRegistration, NULL, "IpDnsFlags", "2", "0", FALSE},
    {0, RASEO2_DisableIKENameEkuCheck, NULL, "DisableIKENameEkuCheck", "1", "0", FALSE},
    {0, RASEO2_DisableClassBasedStaticRoute, NULL, "DisableClassBasedDefaultRoute", "1", "0", FALSE},
    {0, RASEO2_SpecificIPv6Addr, NULL, "Ipv6Assign", "2", "1", FALSE},
    {0, RASEO2_DisableMobility, NULL, "DisableMobility", "1", "0", FALSE},
    {0, RASEO2_UsePreSharedKeyForIkev2Responder, NULL, "IpSecFlags", "2", "0", FALSE},
    {0, RASEO2_CacheCredentials, NULL, "CacheCredentials", "1", "0", FALSE},
    {0, RASEO2_AutoTriggerCapable, NULL, "AutoTiggerCapable", "1", "0", FALSE},
    {0, RASEO2_IsThirdPartyProfile, NULL, "WinerasOptions2", "134217728", "0", TRUE},
    {0, RASEO2_AuthTypeIsOtp, NULL, "AuthTypeOTP", "1", "0", TRUE},
    {0, RASEO2_IsAlwaysOn, NULL, "AlwaysOnCapable", "1", "0", TRUE},
    {0, RASEO2_IsPrivateNetwork, NULL, "PrivateNetwork", "1", "0", TRUE},
    {0, RASEO2_PlumbIKEv2TSAsRoutes, NULL, "PlumbIKEv2TSAsRoutes", "1", "0", FALSE},
};

/* Keys that nobody needs are not in a new entry. */
static BOOL has_value(const struct flag *flag, const char *value)
{
    const char *got = book_key("Flags", flag->group, flag->key);

    return !strcmp(got, value) || (!strcmp(value, "0") && !strcmp(got, "(none)"));
}

static void check_flag(const struct flag *flag, const char *value)
{
    BOOL has = has_value(flag, value);

    if (flag->guess)
        uncertain ok(has, "%s=%s, not %s.\n", flag->key, book_key("Flags", flag->group, flag->key), value);
    else
        ok(has, "%s=%s, not %s.\n", flag->key, book_key("Flags", flag->group, flag->key), value);
}

static void test_flags_w(void)
{
    RASENTRYW base, entry, got;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(flags); i++)
    {
        const struct flag *flag = &flags[i];

        push_context("%#lx %#lx", flag->options, flag->options2);
        DeleteFileA(book);
        fill_entry_w(&entry, sizeof(entry));
        set_entry_w(L"Flags", &entry);
        check_flag(flag, flag->off);
        get_entry_w(L"Flags", &base);
        ok(!(base.dwfOptions & ~AUTH) && !base.dwfOptions2, "off: %#lx %#lx.\n", base.dwfOptions, base.dwfOptions2);
        entry.dwfOptions = flag->options;
        entry.dwfOptions2 = flag->options2;
        set_entry_w(L"Flags", &entry);
        check_flag(flag, flag->on);
        get_entry_w(L"Flags", &got);
        ok((got.dwfOptions ^ base.dwfOptions) == flag->options, "on: %#lx.\n", got.dwfOptions);
        ok(got.dwfOptions2 == flag->options2, "on: %#lx.\n", got.dwfOptions2);
        fill_entry_w(&entry, sizeof(entry));
        set_entry_w(L"Flags", &entry);
        check_flag(flag, flag->off);
        get_entry_w(L"Flags", &got);
        ok(!memcmp(&got, &base, sizeof(got)), "off again: %#lx %#lx.\n", got.dwfOptions, got.dwfOptions2);
        pop_context();
    }
}

static void test_flags_a(void)
{
    RASENTRYA entry, got;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(flags); i++)
    {
        const struct flag *flag = &flags[i];

        push_context("A %#lx %#lx", flag->options, flag->options2);
        DeleteFileA(book);
        fill_entry_a(&entry, sizeof(entry));
        entry.dwfOptions = flag->options;
        entry.dwfOptions2 = flag->options2;
        set_entry_a("Flags", &entry);
        check_flag(flag, flag->on);
        get_entry_a("Flags", &got);
        ok((got.dwfOptions & ~AUTH) == flag->options, "on: %#lx.\n", got.dwfOptions);
        ok(got.dwfOptions2 == flag->options2, "on: %#lx.\n", got.dwfOptions2);
        pop_context();
    }
}

/* Either of the two flags is enough, and an old program knows one alone. */
static void test_shared_numbers(void)
{
    RASENTRYW entry;

    DeleteFileA(book);
    fill_entry_w(&entry, sizeof(entry));
    entry.dwfOptions2 = RASEO2_SharePhoneNumbers;
    set_entry_w(L"Shared", &entry);
    check_key("Shared", NULL, "SharedPhoneNumbers", "1");
    fill_entry_w(&entry, 3468);
    set_entry_w(L"Shared", &entry);
    check_key("Shared", NULL, "SharedPhoneNumbers", "0");
    entry.dwfOptions = RASEO_SharedPhoneNumbers;
    set_entry_w(L"Shared", &entry);
    check_key("Shared", NULL, "SharedPhoneNumbers", "1");
}

/* ---- authentication and encryption ------------------------------------------------------------- */

static const struct
{
    DWORD options;
    DWORD options2;
    const char *key;
    DWORD read;  /* dwfOptions & AUTH that come back */
    BOOL guess;
} auths[] =
{
    {0, 0, "552", RASEO_RequirePAP | RASEO_RequireCHAP | RASEO_RequireMsCHAP2, TRUE},
    {RASEO_RequirePAP, 0, "8", RASEO_RequirePAP, FALSE},
    {RASEO_RequireSPAP, 0, "16", RASEO_RequireSPAP | RASEO_RequireEncryptedPw, FALSE},
    {RASEO_RequireCHAP, 0, "32", RASEO_RequireCHAP | RASEO_RequireEncryptedPw, FALSE},
    {RASEO_RequireMsCHAP, 0, "64", RASEO_RequireMsCHAP | RASEO_RequireEncryptedPw | RASEO_RequireMsEncryptedPw, FALSE},
    {RASEO_RequireEAP, 0, "128", RASEO_RequireEAP, FALSE},
    {RASEO_RequireMsCHAP2, 0, "512", RASEO_RequireMsCHAP2 | RASEO_RequireEncryptedPw | RASEO_RequireMsEncryptedPw,
     FALSE},
    {RASEO_RequireMsCHAP | RASEO_RequireW95MSCHAP, 0, "1088",
     RASEO_RequireMsCHAP | RASEO_RequireW95MSCHAP | RASEO_RequireEncryptedPw | RASEO_RequireMsEncryptedPw, FALSE},
    {RASEO_RequireEncryptedPw, 0, "544", RASEO_RequireCHAP | RASEO_RequireMsCHAP2 | RASEO_RequireEncryptedPw, TRUE},
    {RASEO_RequireMsEncryptedPw, 0, "512",
     RASEO_RequireMsCHAP2 | RASEO_RequireEncryptedPw | RASEO_RequireMsEncryptedPw, TRUE},
    {RASEO_RequirePAP | RASEO_RequireCHAP | RASEO_RequireMsCHAP2 | RASEO_RequireEncryptedPw, 0, "544",
     RASEO_RequireCHAP | RASEO_RequireMsCHAP2 | RASEO_RequireEncryptedPw, TRUE},
    {RASEO_RequirePAP | RASEO_RequireEncryptedPw, 0, "544",
     RASEO_RequireCHAP | RASEO_RequireMsCHAP2 | RASEO_RequireEncryptedPw, TRUE},
    {RASEO_RequireEAP | RASEO_RequireMsEncryptedPw, 0, "128", RASEO_RequireEAP, TRUE},
    {RASEO_RequirePAP | RASEO_RequireSPAP | RASEO_RequireCHAP | RASEO_RequireMsCHAP | RASEO_RequireMsCHAP2, 0, "632",
     RASEO_RequirePAP | RASEO_RequireSPAP | RASEO_RequireCHAP | RASEO_RequireMsCHAP | RASEO_RequireMsCHAP2, FALSE},
    {0, RASEO2_RequireMachineCertificates, "2048", 0, TRUE},
    {0, RASEO2_UsePreSharedKeyForIkev2Initiator, "4096", 0, TRUE},
};

static void test_auth(void)
{
    static char before[BOOK_MAX], after[BOOK_MAX];
    RASENTRYW entry, got;
    unsigned int i;
    const char *key;

    for (i = 0; i < ARRAYSIZE(auths); i++)
    {
        push_context("%#lx %#lx", auths[i].options, auths[i].options2);
        DeleteFileA(book);
        fill_entry_w(&entry, sizeof(entry));
        entry.dwfOptions = auths[i].options;
        entry.dwfOptions2 = auths[i].options2;
        set_entry_w(L"Auth", &entry);
        key = book_key("Auth", NULL, "AuthRestrictions");
        if (auths[i].guess)
            uncertain ok(!strcmp(key, auths[i].key), "%s.\n", key);
        else
            ok(!strcmp(key, auths[i].key), "%s.\n", key);
        get_entry_w(L"Auth", &got);
        uncertain ok((got.dwfOptions & AUTH) == auths[i].read, "read: %#lx.\n", got.dwfOptions & AUTH);
        ok(got.dwfOptions2 == auths[i].options2, "read: %#lx.\n", got.dwfOptions2);
        /* Neither the same again nor what was read changes anything. */
        read_book(before);
        set_entry_w(L"Auth", &entry);
        set_entry_w(L"Auth", &got);
        read_book(after);
        ok(!strcmp(before, after), "not the same when set again.\n");
        pop_context();
    }
    /* Bits that have no flag stay. */
    write_book("[Auth]\r\nAuthRestrictions=33280\r\n\r\nMEDIA=serial\r\nPort=COM1\r\nDevice=Test Modem\r\n\r\n"
               "DEVICE=modem\r\nPhoneNumber=5550100\r\n");
    get_entry_w(L"Auth", &got);
    got.dwfOptions &= ~AUTH;
    got.dwfOptions |= RASEO_RequireCHAP;
    set_entry_w(L"Auth", &got);
    check_key("Auth", NULL, "AuthRestrictions", "32800");
}

static void test_encryption(void)
{
    static const struct
    {
        DWORD type;
        DWORD options;
        const char *key;
        DWORD read_type;
        DWORD read_options;
    } tests[] =
    {
        {ET_None, 0, "0", ET_None, 0},
        {ET_Optional, 0, "8", ET_Optional, 0},
        {ET_Require, 0, "256", ET_Require, RASEO_RequireDataEncryption},
        {ET_RequireMax, 0, "512", ET_RequireMax, RASEO_RequireDataEncryption},
        {ET_None, RASEO_RequireDataEncryption, "256", ET_Require, RASEO_RequireDataEncryption},
        {ET_Optional, RASEO_RequireDataEncryption, "256", ET_Require, RASEO_RequireDataEncryption},
        {ET_RequireMax, RASEO_RequireDataEncryption, "512", ET_RequireMax, RASEO_RequireDataEncryption},
    };
    static char before[BOOK_MAX], after[BOOK_MAX];
    RASENTRYW entry, got;
    const char *key;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        push_context("%lu %#lx", tests[i].type, tests[i].options);
        DeleteFileA(book);
        fill_entry_w(&entry, sizeof(entry));
        entry.dwEncryptionType = tests[i].type;
        entry.dwfOptions = tests[i].options;
        set_entry_w(L"Encryption", &entry);
        key = book_key("Encryption", NULL, "DataEncryption");
        if (tests[i].options)
            uncertain ok(!strcmp(key, tests[i].key), "%s.\n", key);
        else
            ok(!strcmp(key, tests[i].key), "%s.\n", key);
        get_entry_w(L"Encryption", &got);
        ok(got.dwEncryptionType == tests[i].read_type, "type %lu.\n", got.dwEncryptionType);
        got.dwfOptions &= RASEO_RequireDataEncryption;
        uncertain ok(got.dwfOptions == tests[i].read_options, "%#lx.\n", got.dwfOptions);
        read_book(before);
        set_entry_w(L"Encryption", &entry);
        read_book(after);
        ok(!strcmp(before, after), "not the same when set again.\n");
        pop_context();
    }
    /* A program of NT 4 has the flag alone. */
    DeleteFileA(book);
    fill_entry_w(&entry, 3468);
    entry.dwfOptions = RASEO_RequireDataEncryption;
    set_entry_w(L"Encryption", &entry);
    check_key("Encryption", NULL, "DataEncryption", "256");
    entry.dwfOptions = 0;
    set_entry_w(L"Encryption", &entry);
    check_key("Encryption", NULL, "DataEncryption", "8");
}

/* Typical settings: with all methods, and with those that keep the password secret. */
static void test_typical_auth(void)
{
    RASENTRYW entry, got;

    DeleteFileA(book);
    fill_entry_w(&entry, sizeof(entry));
    entry.dwfOptions2 = RASEO2_UseTypicalSettings;
    entry.dwfOptions = RASEO_RequirePAP | RASEO_RequireCHAP | RASEO_RequireMsCHAP2;
    set_entry_w(L"Typical", &entry);
    uncertain check_key("Typical", NULL, "TypicalAuth", "1");
    entry.dwfOptions = RASEO_RequireCHAP | RASEO_RequireMsCHAP2;
    set_entry_w(L"Typical", &entry);
    uncertain check_key("Typical", NULL, "TypicalAuth", "2");
    get_entry_w(L"Typical", &got);
    uncertain ok(got.dwfOptions2 == RASEO2_UseTypicalSettings, "got %#lx.\n", got.dwfOptions2);
}

/* ---- members ------------------------------------------------------------------------------------ */

#define FIELD(member) offsetof(RASENTRYA, member), offsetof(RASENTRYW, member)
#define NUMBER_GROUP  MODEM ">PhoneNumber=5550100"

static const struct number
{
    size_t offset_a;
    size_t offset_w;
    DWORD value;
    const char *group;
    const char *key;
    const char *text;
    BOOL guess; /* as above */
} numbers[] =
{
    {FIELD(dwCountryID), 49, NUMBER_GROUP, "CountryID", "49"},
    {FIELD(dwCountryCode), 43, NUMBER_GROUP, "CountryCode", "43"},
    {FIELD(dwFrameSize), 1500, NULL, "IpFrameSize", "1500"},
    {FIELD(dwfNetProtocols), RASNP_NetBEUI, NULL, "ExcludedProtocols", "14"},
    {FIELD(dwfNetProtocols), RASNP_Ipx, NULL, "ExcludedProtocols", "13"},
    {FIELD(dwfNetProtocols), RASNP_Ip, NULL, "ExcludedProtocols", "11"},
    {FIELD(dwfNetProtocols), RASNP_Ipv6, NULL, "ExcludedProtocols", "7"},
    {FIELD(dwfNetProtocols), RASNP_Ip | RASNP_Ipv6, NULL, "ExcludedProtocols", "3"},
    {FIELD(dwFramingProtocol), RASFP_Ppp, NULL, "BaseProtocol", "1"},
    {FIELD(dwFramingProtocol), RASFP_Slip, NULL, "BaseProtocol", "2", TRUE},
    {FIELD(dwFramingProtocol), RASFP_Ras, NULL, "BaseProtocol", "3", TRUE},
    {FIELD(dwDialMode), RASEDM_DialAll, NULL, "DialMode", "1"},
    {FIELD(dwDialMode), RASEDM_DialAsNeeded, NULL, "DialMode", "2"},
    {FIELD(dwDialMode), 0, NULL, "DialMode", "0"},
    {FIELD(dwDialExtraPercent), 80, NULL, "DialPercent", "80"},
    {FIELD(dwDialExtraSampleSeconds), 99, NULL, "DialSeconds", "99"},
    {FIELD(dwHangUpExtraPercent), 20, NULL, "HangUpPercent", "20"},
    {FIELD(dwHangUpExtraSampleSeconds), 98, NULL, "HangUpSeconds", "98"},
    {FIELD(dwIdleDisconnectSeconds), 300, NULL, "IdleDisconnectSeconds", "300"},
    {FIELD(dwIdleDisconnectSeconds), RASIDS_Disabled, NULL, "IdleDisconnectSeconds", "4294967295", TRUE},
    {FIELD(dwType), RASET_Vpn, NULL, "Type", "2"},
    {FIELD(dwType), RASET_Direct, NULL, "Type", "3"},
    {FIELD(dwType), RASET_Internet, NULL, "Type", "4"},
    {FIELD(dwType), RASET_Broadband, NULL, "Type", "5"},
    {FIELD(dwCustomAuthKey), 25, NULL, "CustomAuthKey", "25"},
    {FIELD(dwVpnStrategy), VS_PptpOnly, NULL, "VpnStrategy", "1"},
    {FIELD(dwVpnStrategy), VS_Ikev2Only, NULL, "VpnStrategy", "7"},
    {FIELD(dwVpnStrategy), VS_ProtocolList, NULL, "VpnStrategy", "15"},
    {FIELD(dwTcpWindowSize), 65535, NULL, "TcpWindowSize", "65535"},
    {FIELD(dwRedialCount), 99, NULL, "RedialAttempts", "99"},
    {FIELD(dwRedialPause), 600, NULL, "RedialSeconds", "600"},
    {FIELD(dwIPv6PrefixLength), 64, NULL, "Ipv6PrefixLength", "64"},
    {FIELD(dwNetworkOutageTime), 1800, NULL, "NetworkOutageTime", "1800", TRUE},
    {FIELD(fIsImsConfig), 1, NULL, "ImsConfig", "1"},
    {FIELD(IdiType), IKEV2_ID_PAYLOAD_TYPE_FQDN, NULL, "IdiType", "2"},
    {FIELD(IdrType), IKEV2_ID_PAYLOAD_TYPE_KEY_ID, NULL, "IdrType", "11"},
    {FIELD(fDisableIKEv2Fragmentation), 1, NULL, "Disable_IKEv2_Fragmentation", "1"},
};

static void check_number(const struct number *number)
{
    if (number->guess)
        uncertain check_key("Number", number->group, number->key, number->text);
    else
        check_key("Number", number->group, number->key, number->text);
}

static void test_numbers(void)
{
    RASENTRYA ansi, got_a;
    RASENTRYW wide, got_w;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(numbers); i++)
    {
        const struct number *number = &numbers[i];

        push_context("%s=%s", number->key, number->text);
        DeleteFileA(book);
        fill_entry_w(&wide, sizeof(wide));
        *(DWORD *)((char *)&wide + number->offset_w) = number->value;
        set_entry_w(L"Number", &wide);
        check_number(number);
        get_entry_w(L"Number", &got_w);
        ok(*(DWORD *)((char *)&got_w + number->offset_w) == number->value, "W: %lu.\n",
           *(DWORD *)((char *)&got_w + number->offset_w));
        get_entry_a("Number", &got_a);
        ok(*(DWORD *)((char *)&got_a + number->offset_a) == number->value, "A: %lu.\n",
           *(DWORD *)((char *)&got_a + number->offset_a));
        DeleteFileA(book);
        fill_entry_a(&ansi, sizeof(ansi));
        *(DWORD *)((char *)&ansi + number->offset_a) = number->value;
        set_entry_a("Number", &ansi);
        check_number(number);
        pop_context();
    }
}

static const struct text
{
    size_t offset_a;
    size_t offset_w;
    size_t length;
    const char *group;
    const char *key;
} texts[] =
{
#define TEXT_FIELD(member) FIELD(member), sizeof(((RASENTRYA *)0)->member)
    {TEXT_FIELD(szAreaCode), NUMBER_GROUP, "AreaCode"},
    {TEXT_FIELD(szLocalPhoneNumber), MODEM, "PhoneNumber"},
    {TEXT_FIELD(szAutodialDll), NULL, "CustomDialDll"},
    {TEXT_FIELD(szAutodialFunc), NULL, "CustomDialFunc"},
    {TEXT_FIELD(szDeviceName), "MEDIA=serial", "Device"},
    {TEXT_FIELD(szX25PadType), "DEVICE=pad", "X25Pad"},
    {TEXT_FIELD(szX25Address), "DEVICE=pad", "X25Address"},
    {TEXT_FIELD(szX25Facilities), "DEVICE=pad", "Facilities"},
    {TEXT_FIELD(szX25UserData), "DEVICE=pad", "UserData"},
    {TEXT_FIELD(szCustomDialDll), NULL, "CustomRasDialDll"},
    {TEXT_FIELD(szDnsSuffix), NULL, "IpDnsSuffix"},
    {TEXT_FIELD(szPrerequisitePbk), NULL, "PrerequisitePbk"},
    {TEXT_FIELD(szPrerequisiteEntry), NULL, "PrerequisiteEntry"},
    {TEXT_FIELD(szIDi), NULL, "IDI"},
    {TEXT_FIELD(szIDr), NULL, "IDR"},
    {TEXT_FIELD(szScript), "DEVICE=modem>DEVICE=switch", "Name"},
};

/* As long as the member allows. */
static void test_texts(void)
{
    RASENTRYA ansi, got_a;
    RASENTRYW wide, got_w;
    char text[300];
    WCHAR text_w[300];
    unsigned int i, j;

    for (i = 0; i < ARRAYSIZE(texts); i++)
    {
        const struct text *member = &texts[i];

        push_context("%s", member->key);
        for (j = 0; j + 1 < member->length; j++) text[j] = (char)('a' + j % 26);
        text[j] = 0;
        MultiByteToWideChar(CP_ACP, 0, text, -1, text_w, ARRAYSIZE(text_w));
        DeleteFileA(book);
        fill_entry_w(&wide, sizeof(wide));
        lstrcpyW((WCHAR *)((char *)&wide + member->offset_w), text_w);
        set_entry_w(L"Text", &wide);
        check_key("Text", member->group, member->key, text);
        get_entry_w(L"Text", &got_w);
        ok(!lstrcmpW((WCHAR *)((char *)&got_w + member->offset_w), text_w), "W: differs.\n");
        get_entry_a("Text", &got_a);
        ok(!strcmp((char *)&got_a + member->offset_a, text), "A: differs.\n");
        /* Longer than that, without an end. */
        fill_entry_w(&wide, sizeof(wide));
        text_w[j] = 'z';
        memcpy((char *)&wide + member->offset_w, text_w, member->length * sizeof(*text_w));
        set_entry_w(L"Text", &wide);
        check_key("Text", member->group, member->key, text);
        fill_entry_a(&ansi, sizeof(ansi));
        strcpy((char *)&ansi + member->offset_a, "b=[x]");
        set_entry_a("Text", &ansi);
        check_key("Text", member->group, member->key, "b=[x]");
        get_entry_a("Text", &got_a);
        ok(!strcmp((char *)&got_a + member->offset_a, "b=[x]"), "A: %s.\n", (char *)&got_a + member->offset_a);
        pop_context();
    }
}

static void test_addresses(void)
{
    static const struct
    {
        size_t offset;
        BYTE bytes[16];
        const char *key;
        const char *text;
        size_t length;
    } tests[] =
    {
        {offsetof(RASENTRYW, ipaddr), {192, 0, 2, 1}, "IpAddress", "192.0.2.1", 4},
        {offsetof(RASENTRYW, ipaddrDns), {192, 0, 2, 2}, "IpDnsAddress", "192.0.2.2", 4},
        {offsetof(RASENTRYW, ipaddrDnsAlt), {192, 0, 2, 3}, "IpDns2Address", "192.0.2.3", 4},
        {offsetof(RASENTRYW, ipaddrWins), {192, 0, 2, 4}, "IpWinsAddress", "192.0.2.4", 4},
        {offsetof(RASENTRYW, ipaddrWinsAlt), {255, 255, 255, 255}, "IpWins2Address", "255.255.255.255", 4},
        {offsetof(RASENTRYW, ipv6addr), {0x20, 1, 0xd, 0xb8, [15] = 1}, "Ipv6Address", "2001:db8::1", 16},
        {offsetof(RASENTRYW, ipv6addrDns), {0x20, 1, 0xd, 0xb8, [15] = 2}, "Ipv6DnsAddress", "2001:db8::2", 16},
        {offsetof(RASENTRYW, ipv6addrDnsAlt), {0xfe, 0x80, [15] = 3}, "Ipv6Dns2Address", "fe80::3", 16},
    };
    RASENTRYW entry, got;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(tests); i++)
    {
        push_context("%s", tests[i].key);
        DeleteFileA(book);
        fill_entry_w(&entry, sizeof(entry));
        set_entry_w(L"Address", &entry);
        check_key("Address", NULL, tests[i].key, tests[i].length == 4 ? "0.0.0.0" : "::");
        memcpy((char *)&entry + tests[i].offset, tests[i].bytes, tests[i].length);
        set_entry_w(L"Address", &entry);
        check_key("Address", NULL, tests[i].key, tests[i].text);
        get_entry_w(L"Address", &got);
        ok(!memcmp((char *)&got + tests[i].offset, tests[i].bytes, tests[i].length), "read back.\n");
        pop_context();
    }
}

/* A metric counts with its flag alone, and 0 is no metric. */
static void test_metrics(void)
{
    RASENTRYW entry, got;

    DeleteFileA(book);
    fill_entry_w(&entry, sizeof(entry));
    entry.dwIPv4InterfaceMetric = 44;
    entry.dwIPv6InterfaceMetric = 66;
    set_entry_w(L"Metric", &entry);
    uncertain check_key("Metric", NULL, "IpInterfaceMetric", "0");
    uncertain check_key("Metric", NULL, "Ipv6InterfaceMetric", "0");
    entry.dwfOptions2 = RASEO2_IPv4ExplicitMetric;
    set_entry_w(L"Metric", &entry);
    check_key("Metric", NULL, "IpInterfaceMetric", "44");
    uncertain check_key("Metric", NULL, "Ipv6InterfaceMetric", "0");
    get_entry_w(L"Metric", &got);
    ok(got.dwfOptions2 == RASEO2_IPv4ExplicitMetric && got.dwIPv4InterfaceMetric == 44 && !got.dwIPv6InterfaceMetric,
       "got %#lx, %lu, %lu.\n", got.dwfOptions2, got.dwIPv4InterfaceMetric, got.dwIPv6InterfaceMetric);
    entry.dwfOptions2 = RASEO2_IPv6ExplicitMetric;
    set_entry_w(L"Metric", &entry);
    check_key("Metric", NULL, "Ipv6InterfaceMetric", "66");
    get_entry_w(L"Metric", &got);
    ok(got.dwfOptions2 == RASEO2_IPv6ExplicitMetric && got.dwIPv6InterfaceMetric == 66 && !got.dwIPv4InterfaceMetric,
       "got %#lx, %lu, %lu.\n", got.dwfOptions2, got.dwIPv4InterfaceMetric, got.dwIPv6InterfaceMetric);
}

/* ---- terminals and scripts ------------------------------------------------------------------------ */

static void test_switches(void)
{
    RASENTRYW entry, got;

    DeleteFileA(book);
    fill_entry_w(&entry, sizeof(entry));
    set_entry_w(L"Switch", &entry);
    check_key("Switch", "DEVICE=switch", "Terminal", "(no group)");
    entry.dwfOptions = RASEO_TerminalBeforeDial;
    set_entry_w(L"Switch", &entry);
    check_key("Switch", "MEDIA=serial>DEVICE=switch>DEVICE=modem", "PhoneNumber", "5550100");
    check_key("Switch", "MEDIA=serial>DEVICE=switch", "Terminal", "1");
    get_entry_w(L"Switch", &got);
    ok((got.dwfOptions & (RASEO_TerminalBeforeDial | RASEO_TerminalAfterDial)) == RASEO_TerminalBeforeDial,
       "got %#lx.\n", got.dwfOptions);
    entry.dwfOptions = RASEO_TerminalAfterDial;
    set_entry_w(L"Switch", &entry);
    check_key("Switch", "MEDIA=serial>DEVICE=switch", "Terminal", "0");
    check_key("Switch", "DEVICE=modem>DEVICE=switch", "Terminal", "1");
    check_key("Switch", "DEVICE=modem>DEVICE=switch", "Script", "0");
    get_entry_w(L"Switch", &got);
    ok((got.dwfOptions & (RASEO_TerminalBeforeDial | RASEO_TerminalAfterDial)) == RASEO_TerminalAfterDial,
       "got %#lx.\n", got.dwfOptions);
    entry.dwfOptions = RASEO_CustomScript;
    lstrcpyW(entry.szScript, L"[Login]");
    set_entry_w(L"Switch", &entry);
    check_key("Switch", "DEVICE=modem>DEVICE=switch", "Terminal", "0");
    check_key("Switch", "DEVICE=modem>DEVICE=switch", "Name", "[Login]");
    check_key("Switch", "DEVICE=modem>DEVICE=switch", "Script", "1");
    uncertain check_key("Switch", "DEVICE=modem>DEVICE=switch", "CustomScript", "1");
    get_entry_w(L"Switch", &got);
    ok(!lstrcmpW(got.szScript, L"[Login]") && (got.dwfOptions & RASEO_CustomScript), "got %#lx.\n", got.dwfOptions);
    fill_entry_w(&entry, sizeof(entry));
    set_entry_w(L"Switch", &entry);
    check_key("Switch", "DEVICE=modem>DEVICE=switch", "Script", "0");
    get_entry_w(L"Switch", &got);
    ok(!got.szScript[0] && !(got.dwfOptions & ~AUTH), "got %#lx.\n", got.dwfOptions);
    /* The PAD stands between the modem and what comes after it. */
    entry.dwfOptions = RASEO_TerminalBeforeDial | RASEO_TerminalAfterDial;
    lstrcpyW(entry.szX25PadType, L"CompuServe");
    lstrcpyW(entry.szX25Address, L"123456");
    DeleteFileA(book);
    set_entry_w(L"Switch", &entry);
    check_key("Switch", "DEVICE=switch>DEVICE=modem>DEVICE=pad>DEVICE=switch", "Terminal", "1");
    check_key("Switch", "DEVICE=pad", "X25Pad", "CompuServe");
    get_entry_w(L"Switch", &got);
    ok(!lstrcmpW(got.szX25Address, L"123456") && !lstrcmpW(got.szX25PadType, L"CompuServe"), "PAD.\n");
    ok(!lstrcmpW(got.szLocalPhoneNumber, L"5550100"), "number.\n");
}

START_TEST(properties)
{
    if (!properties_init()) return;
    test_flags_w();
    test_flags_a();
    test_shared_numbers();
    test_auth();
    test_encryption();
    test_typical_auth();
    test_numbers();
    test_texts();
    test_addresses();
    test_metrics();
    test_switches();
    properties_cleanup();
}
