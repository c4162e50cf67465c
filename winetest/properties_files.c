/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * properties_files.c - what RasSetEntryProperties makes of the lines of a file: what is read and
 * set again changes no byte, of files of every Windows; new entries; other devices; encodings.
 */
#include "properties.h"

#include "books.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- nothing changes ---------------------------------------------------------------------------- */

static union
{
    RASENTRYA ansi;
    RASENTRYW wide;
    char room[GUARD_MAX];
} buffer;

static BOOL is_ascii(const WCHAR *text)
{
    while (*text && *text < 128) text++;
    return !*text;
}

/* The same back, in each edition, A and W. */
static void same_again(const WCHAR *name, const char *text, DWORD len)
{
    DWORD size, error, edition;
    char name_a[512];

    for (edition = 0; edition < RASENTRY_EDITIONS; edition++)
    {
        push_context("W %lu", rasentry_sizes_w[edition]);
        memset(&buffer, 0, sizeof(buffer));
        buffer.wide.dwSize = rasentry_sizes_w[edition];
        size = sizeof(buffer);
        error = pRasGetEntryPropertiesW(book_w, name, &buffer.wide, &size, NULL, NULL);
        ok_error(RasGetEntryPropertiesW, error, ERROR_SUCCESS);
        error = pRasSetEntryPropertiesW(book_w, name, &buffer.wide, size, NULL, 0);
        ok_error(RasSetEntryPropertiesW, error, ERROR_SUCCESS);
        book_check(book, text, len);
        pop_context();
        if (!is_ascii(name)) continue;
        push_context("A %lu", rasentry_sizes_a[edition]);
        WideCharToMultiByte(CP_ACP, 0, name, -1, name_a, sizeof(name_a), NULL, NULL);
        memset(&buffer, 0, sizeof(buffer));
        buffer.ansi.dwSize = rasentry_sizes_a[edition];
        size = sizeof(buffer);
        error = pRasGetEntryPropertiesA(book, name_a, &buffer.ansi, &size, NULL, NULL);
        ok_error(RasGetEntryPropertiesA, error, ERROR_SUCCESS);
        error = pRasSetEntryPropertiesA(book, name_a, &buffer.ansi, size, NULL, 0);
        ok_error(RasSetEntryPropertiesA, error, ERROR_SUCCESS);
        book_check(book, text, len);
        pop_context();
    }
}

static void same_links(const WCHAR *name, const char *text, DWORD len, DWORD links)
{
    union
    {
        RASSUBENTRYW sub;
        char room[4096];
    } sub;
    DWORD size, error, i;

    for (i = 1; i <= links; i++)
    {
        push_context("subentry %lu", i);
        memset(&sub, 0, sizeof(sub));
        sub.sub.dwSize = sizeof(sub.sub);
        size = sizeof(sub);
        error = pRasGetSubEntryPropertiesW(book_w, name, i, &sub.sub, &size, NULL, NULL);
        ok_error(RasGetSubEntryPropertiesW, error, ERROR_SUCCESS);
        error = pRasSetSubEntryPropertiesW(book_w, name, i, &sub.sub, size, NULL, 0);
        ok_error(RasSetSubEntryPropertiesW, error, ERROR_SUCCESS);
        book_check(book, text, len);
        pop_context();
    }
}

/* Every entry of the book as it stands. */
static void test_book(const char *text, DWORD len)
{
    DWORD size = 0, count = 0, error, i;
    RASENTRYNAMEW *names;
    RASENTRYW entry;

    book_write(book, text, len);
    pRasEnumEntriesW(NULL, book_w, NULL, &size, &count);
    names = calloc(1, size + sizeof(*names));
    names->dwSize = sizeof(*names);
    error = pRasEnumEntriesW(NULL, book_w, names, &size, &count);
    ok(!error && count, "got %lu, %lu entries.\n", error, count);
    for (i = 0; i < count; i++)
    {
        push_context("entry %lu", i);
        same_again(names[i].szEntryName, text, len);
        get_entry_w(names[i].szEntryName, &entry);
        same_links(names[i].szEntryName, text, len, entry.dwSubEntries);
        pop_context();
    }
    free(names);
}

static void test_files(void)
{
    const char *folder = getenv("WINERAS_TEST_PBK");
    char path[MAX_PATH], *text;
    WIN32_FIND_DATAA data;
    unsigned int files = 0;
    HANDLE find;
    DWORD len;

    if (!folder)
    {
        skip("no folder of phone books.\n");
        return;
    }
    snprintf(path, sizeof(path), "%s\\*.pbk", folder);
    find = FindFirstFileA(path, &data);
    ok(find != INVALID_HANDLE_VALUE, "%s: error %lu.\n", path, GetLastError());
    if (find == INVALID_HANDLE_VALUE) return;
    do
    {
        push_context("%s", data.cFileName);
        snprintf(path, sizeof(path), "%s\\%s", folder, data.cFileName);
        text = book_read(path, &len);
        ok(text != NULL, "not read.\n");
        if (text) test_book(text, len);
        free(text);
        files++;
        pop_context();
    } while (FindNextFileA(find, &data));
    FindClose(find);
    ok(files >= 6, "%u files.\n", files);
}

/* Other spellings of the same, keys that are not there, and text that nobody knows. */
static void test_spellings(void)
{
    static const char text[] =
        "junk\r\n[Odd]\r\nRedialSeconds=0060\r\nType=01\r\nnoequals\r\nTYPE=2\r\nIpAddress=none\r\nVpnStrategy=x\r\n"
        "Guid=12\r\nIpv6Address=2001:DB8:0::1\r\nMEDIA=serial\r\nDEVICE=modem\r\nPhoneNumber=1\r\nPhoneNumber=\r\n"
        "PhoneNumber=2\r\n[Other]\r\nMEDIA=rastapi\nPort=VPN1-0\n\nDEVICE=rastapi\nPhoneNumber=x";
    RASENTRYW entry;

    push_context("spellings");
    test_book(text, sizeof(text) - 1);
    get_entry_w(L"Odd", &entry);
    ok(entry.dwRedialPause == 60 && entry.dwType == RASET_Phone, "got %lu, %lu.\n", entry.dwRedialPause, entry.dwType);
    pop_context();
}

/* Published files have no more than this. */
static void test_bare(void)
{
    RASENTRYW entry;

    write_book("[Bare]\r\nMEDIA=serial\r\nPort=COM1\r\nDevice=Test Modem\r\n\r\nDEVICE=modem\r\nPhoneNumber=1\r\n"
               "[Tunnel]\r\nMEDIA=rastapi\r\nPort=VPN1-0\r\nDevice=PPTP\r\n\r\nDEVICE=vpn\r\nPhoneNumber=host\r\n"
               "[Broadband]\r\nMEDIA=rastapi\r\nPort=PPPoE1-0\r\nDevice=PPPoE\r\n\r\nDEVICE=PPPoE\r\nPhoneNumber=\r\n");
    get_entry_w(L"Bare", &entry);
#define CHECK_DEFAULT(member, value) uncertain ok(entry.member == (value), #member " is %#lx.\n", (DWORD)entry.member)
    CHECK_DEFAULT(dwfOptions, RASEO_SwCompression | RASEO_RemoteDefaultGateway | RASEO_IpHeaderCompression |
                                  RASEO_RequirePAP | RASEO_RequireCHAP | RASEO_RequireMsCHAP2);
    CHECK_DEFAULT(dwfOptions2, RASEO2_SecureFileAndPrint | RASEO2_SecureClientForMSNet |
                                   RASEO2_DontNegotiateMultilink | RASEO2_DisableNbtOverIP);
    CHECK_DEFAULT(dwType, RASET_Phone);
    CHECK_DEFAULT(dwFramingProtocol, RASFP_Ppp);
    CHECK_DEFAULT(dwfNetProtocols, RASNP_Ip | RASNP_Ipv6);
    CHECK_DEFAULT(dwVpnStrategy, VS_Default);
    CHECK_DEFAULT(dwEncryptionType, ET_Optional);
    CHECK_DEFAULT(dwFrameSize, 1006);
    CHECK_DEFAULT(dwDialMode, RASEDM_DialAll);
    CHECK_DEFAULT(dwDialExtraPercent, 75);
    CHECK_DEFAULT(dwDialExtraSampleSeconds, 120);
    CHECK_DEFAULT(dwHangUpExtraPercent, 10);
    CHECK_DEFAULT(dwHangUpExtraSampleSeconds, 120);
    CHECK_DEFAULT(dwIdleDisconnectSeconds, 0);
    CHECK_DEFAULT(dwRedialCount, 3);
    CHECK_DEFAULT(dwRedialPause, 60);
    get_entry_w(L"Tunnel", &entry);
    CHECK_DEFAULT(dwType, RASET_Vpn);
    uncertain ok(!(entry.dwfOptions & RASEO_IpHeaderCompression), "options %#lx.\n", entry.dwfOptions);
    get_entry_w(L"Broadband", &entry);
    CHECK_DEFAULT(dwType, RASET_Broadband);
    uncertain ok(!(entry.dwfOptions & RASEO_IpHeaderCompression), "options %#lx.\n", entry.dwfOptions);
#undef CHECK_DEFAULT
}

/* ---- new entries ----------------------------------------------------------------------------------- */

/* The values that differ each time. */
static void mask(char *text, const char *key)
{
    char *value = strstr(text, key);

    if (value)
        for (value += strlen(key); *value && *value != '\r'; value++) *value = '*';
}

static void test_new(void)
{
    static const char expected[] =
        "[New]\r\nEncoding=1\r\nType=1\r\nAutoLogon=0\r\nUseRasCredentials=1\r\nDialParamsUID=*\r\nGuid="
        "********************************\r\nBaseProtocol=1\r\nVpnStrategy=0\r\nExcludedProtocols=11\r\n"
        "LcpExtensions=1\r\nDataEncryption=8\r\nSwCompression=0\r\nNegotiateMultilinkAlways=1\r\nSkipNwcWarning=0\r\n"
        "SkipDownLevelDialog=0\r\nSkipDoubleDialDialog=0\r\nDialMode=0\r\nDialPercent=0\r\nDialSeconds=0\r\n"
        "HangUpPercent=0\r\nHangUpSeconds=0\r\nOverridePref=15\r\nRedialAttempts=0\r\nRedialSeconds=0\r\n"
        "IdleDisconnectSeconds=0\r\nRedialOnLinkFailure=0\r\nCallbackMode=0\r\nCustomDialDll=\r\nCustomDialFunc=\r\n"
        "CustomRasDialDll=\r\nForceSecureCompartment=0\r\nDisableIKENameEkuCheck=0\r\nAuthenticateServer=0\r\n"
        "ShareMsFilePrint=1\r\nBindMsNetClient=1\r\nSharedPhoneNumbers=0\r\nGlobalDeviceSettings=0\r\n"
        "PrerequisiteEntry=\r\nPrerequisitePbk=\r\nPreferredPort=\r\nPreferredDevice=\r\nPreferredBps=0\r\n"
        "PreferredHwFlow=1\r\nPreferredProtocol=1\r\nPreferredCompression=1\r\nPreferredSpeaker=1\r\n"
        "PreferredMdmProtocol=0\r\nPreviewUserPw=0\r\nPreviewDomain=0\r\nPreviewPhoneNumber=0\r\n"
        "ShowDialingProgress=0\r\nShowMonitorIconInTaskBar=0\r\nCustomAuthKey=0\r\nAuthRestrictions=552\r\n"
        "IpPrioritizeRemote=0\r\nIpInterfaceMetric=0\r\nIpHeaderCompression=0\r\nIpAddress=0.0.0.0\r\n"
        "IpDnsAddress=0.0.0.0\r\nIpDns2Address=0.0.0.0\r\nIpWinsAddress=0.0.0.0\r\nIpWins2Address=0.0.0.0\r\n"
        "IpAssign=1\r\nIpNameAssign=1\r\nIpFrameSize=0\r\nIpDnsFlags=0\r\nIpNBTFlags=1\r\nTcpWindowSize=0\r\n"
        "UseFlags=0\r\nIpSecFlags=0\r\nIpDnsSuffix=\r\nIpv6Assign=1\r\nIpv6Address=::\r\nIpv6PrefixLength=0\r\n"
        "Ipv6PrioritizeRemote=0\r\nIpv6InterfaceMetric=0\r\nIpv6NameAssign=1\r\nIpv6DnsAddress=::\r\n"
        "Ipv6Dns2Address=::\r\nDisableClassBasedDefaultRoute=0\r\nDisableMobility=0\r\nNetworkOutageTime=0\r\n"
        "\r\nNETCOMPONENTS=\r\nms_msclient=1\r\nms_server=1\r\n"
        "\r\nMEDIA=serial\r\nPort=\r\nDevice=Test Modem\r\nConnectBPS=115200\r\n"
        "\r\nDEVICE=modem\r\nPhoneNumber=5550100\r\nAreaCode=\r\nCountryCode=0\r\nCountryID=0\r\nUseDialingRules=0\r\n"
        "Comment=\r\nLastSelectedPhone=0\r\nPromoteAlternates=0\r\nTryNextAlternateOnFail=1\r\nHwFlowControl=1\r\n"
        "Protocol=1\r\nCompression=1\r\nSpeaker=1\r\nMdmProtocol=0\r\n\r\n";
    char text[BOOK_MAX], *uid;
    RASENTRYW entry;

    DeleteFileA(book);
    fill_entry_w(&entry, sizeof(entry));
    set_entry_w(L"New", &entry);
    read_book(text);
    mask(text, "Guid=");
    mask(text, "DialParamsUID=");
    uid = strstr(text, "DialParamsUID=");
    if (uid) memmove(strchr(uid, '*') + 1, strchr(uid, '\r'), strlen(strchr(uid, '\r')) + 1);
    uncertain ok(!strcmp(text, expected), "got %s\n", text);
}

static void test_identity(void)
{
    RASENTRYW entry, got, other;
    char guid[64], uid[32];

    DeleteFileA(book);
    fill_entry_w(&entry, sizeof(entry));
    memset(&entry.guidId, 0x11, sizeof(entry.guidId));
    set_entry_w(L"One", &entry);
    set_entry_w(L"Two", &entry);
    strcpy(guid, book_key("One", NULL, "Guid"));
    strcpy(uid, book_key("One", NULL, "DialParamsUID"));
    ok(strlen(guid) == 32 && strspn(guid, "0123456789ABCDEF") == 32, "Guid=%s.\n", guid);
    ok(strcmp(guid, "11111111111111111111111111111111"), "the caller's GUID.\n");
    ok(atol(uid) > 0, "DialParamsUID=%s.\n", uid);
    ok(strcmp(book_key("Two", NULL, "Guid"), guid), "two of one GUID.\n");
    ok(strcmp(book_key("Two", NULL, "DialParamsUID"), uid), "two of one DialParamsUID.\n");
    get_entry_w(L"One", &got);
    get_entry_w(L"Two", &other);
    ok(memcmp(&got.guidId, &other.guidId, sizeof(got.guidId)), "the same.\n");
    snprintf(uid, sizeof(uid), "%02X%02X", ((BYTE *)&got.guidId)[0], ((BYTE *)&got.guidId)[15]);
    ok(!strncmp(guid, uid, 2) && !strcmp(guid + 30, uid + 2), "%s is not in the order of memory.\n", guid);
    strcpy(uid, book_key("One", NULL, "DialParamsUID"));
    entry.dwfOptions = RASEO_SwCompression;
    lstrcpyW(entry.szDeviceType, L"vpn");
    set_entry_w(L"One", &entry);
    check_key("One", NULL, "Guid", guid);
    check_key("One", NULL, "DialParamsUID", uid);
}

/* ---- other devices ---------------------------------------------------------------------------------- */

#define MODEM_ENTRY                                                                                                    \
    "[Modem]\r\nEncoding=1\r\nType=1\r\nForeign=general\r\nPreferredPort=COM1\r\nPreferredDevice=Test Modem\r\n\r\n"   \
    "MEDIA=serial\r\nPort=COM1\r\nDevice=Test Modem\r\nForeign=media\r\n\r\nDEVICE=switch\r\nTerminal=1\r\n\r\n"       \
    "DEVICE=modem\r\nPhoneNumber=111\r\nComment=mine\r\nForeign=number\r\nPhoneNumber=222\r\nSpeaker=0\r\n\r\n"        \
    "MEDIA=isdn\r\nPort=ISDN1\r\nDevice=Card\r\n\r\nDEVICE=isdn\r\nPhoneNumber=333\r\n\r\n[Next]\r\nForeign=next\r\n"

static void test_devices(void)
{
    RASENTRYW entry;

    /* Of the same type: the port goes, all else stays. */
    write_book(MODEM_ENTRY);
    get_entry_w(L"Modem", &entry);
    entry.dwAlternateOffset = 0;
    lstrcpyW(entry.szDeviceName, L"Second Modem");
    set_entry_w(L"Modem", &entry);
    check_key("Modem", "MEDIA=serial", "Device", "Second Modem");
    uncertain check_key("Modem", "MEDIA=serial", "Port", "");
    check_key("Modem", "MEDIA=serial", "Foreign", "media");
    check_key("Modem", NULL, "Foreign", "general");
    uncertain check_key("Modem", NULL, "PreferredPort", "");
    uncertain check_key("Modem", NULL, "PreferredDevice", "");
    check_key("Modem", "DEVICE=modem", "Foreign", "number");
    check_key("Modem", "DEVICE=modem", "Comment", "mine");
    check_key("Modem", "DEVICE=modem", "Speaker", "0");
    check_key("Modem", "DEVICE=modem>PhoneNumber=222", "Speaker", "(no group)");
    check_key("Modem", "MEDIA=isdn>DEVICE=isdn", "PhoneNumber", "333");
    check_key("Next", NULL, "Foreign", "next");
    /* Of another: its group is new, the other links stay. */
    lstrcpyW(entry.szDeviceType, L"vpn");
    lstrcpyW(entry.szDeviceName, L"WAN Miniport (PPTP)");
    lstrcpyW(entry.szLocalPhoneNumber, L"vpn.example.com");
    entry.dwType = RASET_Vpn;
    entry.dwfOptions &= ~RASEO_TerminalBeforeDial;
    set_entry_w(L"Modem", &entry);
    check_key("Modem", "MEDIA=rastapi>DEVICE=vpn", "PhoneNumber", "vpn.example.com");
    check_key("Modem", "MEDIA=rastapi", "Device", "WAN Miniport (PPTP)");
    check_key("Modem", "MEDIA=serial", "Device", "(no group)");
    check_key("Modem", "DEVICE=switch", "Terminal", "(no group)");
    check_key("Modem", "MEDIA=rastapi>MEDIA=isdn>DEVICE=isdn", "PhoneNumber", "333");
    check_key("Modem", NULL, "Foreign", "general");
    get_entry_w(L"Modem", &entry);
    ok(entry.dwSubEntries == 2, "%lu links.\n", entry.dwSubEntries);
    /* A program that knows no dwType changes it with the device. */
    write_book(MODEM_ENTRY);
    fill_entry_w(&entry, 3468);
    lstrcpyW(entry.szDeviceType, L"VPN");
    set_entry_w(L"Modem", &entry);
    uncertain check_key("Modem", NULL, "Type", "2");
    fill_entry_w(&entry, 3496);
    lstrcpyW(entry.szDeviceType, L"pppoe");
    set_entry_w(L"Modem", &entry);
    uncertain check_key("Modem", NULL, "Type", "5");
    check_key("Modem", "MEDIA=rastapi>DEVICE=PPPoE", "PhoneNumber", "5550100");
    /* Devices of X.25, and one that we have never heard of. */
    fill_entry_w(&entry, sizeof(entry));
    lstrcpyW(entry.szDeviceType, L"x25");
    entry.szLocalPhoneNumber[0] = 0;
    lstrcpyW(entry.szX25Address, L"31101234567");
    lstrcpyW(entry.szX25UserData, L"data");
    set_entry_w(L"X25", &entry);
    check_key("X25", "MEDIA=x25>DEVICE=x25", "X25Address", "31101234567");
    check_key("X25", "MEDIA=x25>DEVICE=x25", "UserData", "data");
    check_key("X25", "MEDIA=x25>DEVICE=x25", "X25Pad", "(none)");
    fill_entry_w(&entry, sizeof(entry));
    lstrcpyW(entry.szDeviceType, L"carrier pigeon");
    set_entry_w(L"Pigeon", &entry);
    check_key("Pigeon", "MEDIA=rastapi>DEVICE=carrier pigeon", "PhoneNumber", "5550100");
    get_entry_w(L"Pigeon", &entry);
    ok(!lstrcmpW(entry.szDeviceType, L"carrier pigeon"), "device type.\n");
}

/* An entry whose link is damaged gets a new one. */
static void test_damaged(void)
{
    RASENTRYW entry;

    write_book("[Damaged]\r\nType=1\r\nForeign=1\r\n\r\nMEDIA=serial\r\nPort=COM1\r\n\r\n[Next]\r\nType=1\r\n");
    fill_entry_w(&entry, sizeof(entry));
    set_entry_w(L"Damaged", &entry);
    uncertain check_key("Damaged", "MEDIA=serial>DEVICE=modem", "PhoneNumber", "5550100");
    check_key("Damaged", NULL, "Foreign", "1");
    get_entry_w(L"Damaged", &entry);
    ok(entry.dwSubEntries == 1, "%lu links.\n", entry.dwSubEntries);
}

/* ---- encodings ---------------------------------------------------------------------------------------- */

/* A text that the code page has is written in it; one that it lacks makes the entry UTF-8, name and all. */
static void test_encodings(void)
{
    static const char old[] =
        "[K\xe4rnten]\r\nEncoding=0\r\nForeign=\xf6\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=COM1\r\nDevice=Ger\xe4t\r\n"
        "\r\nDEVICE=modem\r\nPhoneNumber=1\r\n";
    static const char narrow[] =
        "[K\xe4rnten]\r\nEncoding=0\r\nForeign=\xf6\r\nType=1\r\nIpDnsSuffix=\xfc\r\n\r\nMEDIA=serial\r\nPort=COM1\r\n"
        "Device=Ger\xe4t\r\n\r\nDEVICE=modem\r\nPhoneNumber=1\r\n";
    static const char utf8[] =
        "[K\xc3\xa4rnten]\r\nEncoding=1\r\nForeign=\xc3\xb6\r\nType=1\r\nIpDnsSuffix=\xe4\xb8\xad\r\n\r\n"
        "MEDIA=serial\r\nPort=COM1\r\nDevice=Ger\xc3\xa4t\r\n\r\nDEVICE=modem\r\nPhoneNumber=1\r\n";
    RASENTRYW entry, got;

    if (GetACP() != 1252)
    {
        skip("another code page.\n");
        return;
    }
    write_book(old);
    get_entry_w(L"K\x00e4rnten", &entry);
    ok(!lstrcmpW(entry.szDeviceName, L"Ger\x00e4t"), "device name.\n");
    lstrcpyW(entry.szDnsSuffix, L"\x00fc");
    set_entry_w(L"K\x00e4rnten", &entry);
    book_check(book, narrow, sizeof(narrow) - 1);
    lstrcpyW(entry.szDnsSuffix, L"\x4e2d");
    set_entry_w(L"K\x00e4rnten", &entry);
    uncertain ok(!strcmp(book_key("K\xc3\xa4rnten", NULL, "Encoding"), "1"), "not UTF-8.\n");
    book_check(book, utf8, sizeof(utf8) - 1);
    get_entry_w(L"k\x00c4rnten", &got);
    ok(!lstrcmpW(got.szDnsSuffix, L"\x4e2d") && !lstrcmpW(got.szDeviceName, L"Ger\x00e4t"), "read back.\n");
}

/* What A cannot see it does not change. */
static void test_beyond_ansi(void)
{
    RASENTRYW wide, got;
    RASENTRYA ansi;

    DeleteFileA(book);
    fill_entry_w(&wide, sizeof(wide));
    lstrcpyW(wide.szDeviceName, L"\x5fae modem");
    lstrcpyW(wide.szDnsSuffix, L"\x4e2d");
    set_entry_w(L"Wide", &wide);
    get_entry_a("Wide", &ansi);
    ansi.dwRedialCount = 77;
    strcpy(ansi.szDnsSuffix, "plain");
    set_entry_a("Wide", &ansi);
    get_entry_w(L"Wide", &got);
    ok(got.dwRedialCount == 77 && !lstrcmpW(got.szDnsSuffix, L"plain"), "not changed.\n");
    uncertain ok(!lstrcmpW(got.szDeviceName, L"\x5fae modem"), "changed.\n");
}

START_TEST(properties_files)
{
    if (!properties_init()) return;
    test_files();
    test_spellings();
    test_bare();
    test_new();
    test_identity();
    test_devices();
    test_damaged();
    test_encodings();
    test_beyond_ansi();
    properties_cleanup();
}
