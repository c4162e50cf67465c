/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pbkbench.c - measures what rasapi32.dll takes for a large phone book, beside what Windows' own
 * functions take for the same bytes in the same run.
 *
 *   pbkbench make FILE ENTRIES       write a phone book
 *   pbkbench enum FILE ROUNDS        RasEnumEntries, beside reading and splitting into lines
 *   pbkbench entry FILE ROUNDS       RasGetEntryProperties, beside GetPrivateProfileString
 *   pbkbench memory FILE             the peak of the working set
 *
 * Prints NAME VALUE, times in milliseconds, of each round.  Cold: the file has been changed since
 * the last call, so that what is remembered of it is worth nothing; its bytes are in the system's
 * cache all the same.
 */
#include <windows.h>

#include <psapi.h>
#include <ras.h>
#include <raserror.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEYS_ASKED_FOR 80

/* The keys of an entry that Windows 10 has written, without those that are rare. */
static const char *const keys[] = {
    "Encoding=1", "PBVersion=6", "Type=1", "AutoLogon=0", "UseRasCredentials=1", "LowDateTime=-1046373056",
    "HighDateTime=30789562", "DialParamsUID=22593281", "Guid=00112233445566778899AABBCCDDEEFF", "VpnStrategy=0",
    "ExcludedProtocols=3", "LcpExtensions=1", "DataEncryption=8", "SwCompression=1", "NegotiateMultilinkAlways=0",
    "SkipDoubleDialDialog=0", "DialMode=1", "OverridePref=15", "RedialAttempts=3", "RedialSeconds=60",
    "IdleDisconnectSeconds=0", "RedialOnLinkFailure=1", "CallbackMode=0", "CustomDialDll=", "CustomDialFunc=",
    "CustomRasDialDll=", "ForceSecureCompartment=0", "DisableIKENameEkuCheck=0", "AuthenticateServer=0",
    "ShareMsFilePrint=1", "BindMsNetClient=1", "SharedPhoneNumbers=0", "GlobalDeviceSettings=0", "PrerequisiteEntry=",
    "PrerequisitePbk=", "PreferredPort=COM1", "PreferredDevice=Standard Modem", "PreferredBps=0", "PreferredHwFlow=1",
    "PreferredProtocol=1", "PreferredCompression=1", "PreferredSpeaker=1", "PreferredMdmProtocol=0",
    "PreviewUserPw=1", "PreviewDomain=0", "PreviewPhoneNumber=1", "ShowDialingProgress=1",
    "ShowMonitorIconInTaskBar=1", "CustomAuthKey=0", "AuthRestrictions=544", "IpPrioritizeRemote=1",
    "IpInterfaceMetric=0", "IpHeaderCompression=1", "IpAddress=0.0.0.0", "IpDnsAddress=0.0.0.0",
    "IpDns2Address=0.0.0.0", "IpWinsAddress=0.0.0.0", "IpWins2Address=0.0.0.0", "IpAssign=1", "IpNameAssign=1",
    "IpDnsFlags=0", "IpNBTFlags=1", "TcpWindowSize=0", "UseFlags=2", "IpSecFlags=0", "IpDnsSuffix=", "Ipv6Assign=1",
    "Ipv6Address=::", "Ipv6PrefixLength=0", "Ipv6PrioritizeRemote=1", "Ipv6InterfaceMetric=0", "Ipv6NameAssign=1",
    "Ipv6DnsAddress=::", "Ipv6Dns2Address=::", "Ipv6Prefix=0000000000000000", "Ipv6InterfaceId=0000000000000000",
    "DisableClassBasedDefaultRoute=0", "DisableMobility=0", "NetworkOutageTime=0", "ProvisionType=0",
};
_Static_assert(ARRAYSIZE(keys) == KEYS_ASKED_FOR, "the number that is asked for");

static const char groups[] =
    "\r\nNETCOMPONENTS=\r\nms_msclient=1\r\nms_server=1\r\n\r\nMEDIA=serial\r\nPort=COM1\r\nDevice=Standard Modem\r\n"
    "ConnectBPS=115200\r\n\r\nDEVICE=modem\r\nPhoneNumber=5550100\r\nAreaCode=\r\nCountryCode=1\r\nCountryID=1\r\n"
    "UseDialingRules=0\r\nComment=\r\nFriendlyName=\r\nLastSelectedPhone=0\r\nPromoteAlternates=0\r\n"
    "TryNextAlternateOnFail=1\r\nHwFlowControl=1\r\nProtocol=1\r\nCompression=1\r\nSpeaker=1\r\nMdmProtocol=0\r\n\r\n";

static const WCHAR *path;
static WCHAR entry_name[RAS_MaxEntryName + 1]; /* in the middle of the file */
static DWORD entries;

static void fail(const char *what, DWORD error)
{
    fprintf(stderr, "pbkbench: %s: error %lu\n", what, error);
    exit(1);
}

static double now_ms(void)
{
    LARGE_INTEGER now, frequency;

    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&frequency);
    return now.QuadPart * 1000.0 / frequency.QuadPart;
}

static void print(const char *name, double value)
{
    printf("%s %.4f\n", name, value);
}

static int make(DWORD count)
{
    FILE *file = _wfopen(path, L"wb");
    unsigned int i, k;

    if (!file) fail("make", GetLastError());
    for (i = 0; i < count; i++)
    {
        fprintf(file, "[Connection %05u]\r\n", i);
        for (k = 0; k < ARRAYSIZE(keys); k++) fprintf(file, "%s\r\n", keys[k]);
        fputs(groups, file);
    }
    if (fclose(file)) fail("make", GetLastError());
    return 0;
}

/* Another time of the last change, long enough ago, is another file. */
static void touch(void)
{
    static unsigned int seconds = 1000;
    HANDLE file = CreateFileW(path, FILE_WRITE_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0,
                              NULL);
    ULARGE_INTEGER time;
    FILETIME now;

    GetSystemTimeAsFileTime(&now);
    time.LowPart = now.dwLowDateTime;
    time.HighPart = now.dwHighDateTime;
    time.QuadPart -= seconds++ * 10000000ull;
    now.dwLowDateTime = time.LowPart;
    now.dwHighDateTime = time.HighPart;
    if (!SetFileTime(file, NULL, NULL, &now)) fail("SetFileTime", GetLastError());
    CloseHandle(file);
}

/* What the others are held against: the bytes of the file, and its lines. */
static void read_lines(void)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD size = GetFileSize(file, NULL), got, lines = 0;
    const char *line, *end, *line_end;
    char *text = malloc(size);

    if (!text || !ReadFile(file, text, size, &got, NULL) || got != size) fail("ReadFile", GetLastError());
    for (line = text, end = text + size; line < end; line = line_end + 1, lines++)
        if (!(line_end = memchr(line, '\n', end - line))) break;
    if (lines < size / 1000) fail("too few lines", 0);
    free(text);
    CloseHandle(file);
}

static void enum_entries(void)
{
    RASENTRYNAMEW *names;
    DWORD size = 0, error;

    if ((error = RasEnumEntriesW(NULL, path, NULL, &size, &entries)) != ERROR_BUFFER_TOO_SMALL)
        fail("RasEnumEntries", error);
    if (!(names = malloc(size))) fail("malloc", ERROR_NOT_ENOUGH_MEMORY);
    names->dwSize = sizeof(*names);
    if ((error = RasEnumEntriesW(NULL, path, names, &size, &entries))) fail("RasEnumEntries", error);
    lstrcpyW(entry_name, names[entries / 2].szEntryName);
    free(names);
}

static void get_properties(void)
{
    DWORD size = 0, error;
    RASENTRYW *entry;

    error = RasGetEntryPropertiesW(path, entry_name, NULL, &size, NULL, NULL);
    if (error != ERROR_BUFFER_TOO_SMALL || !(entry = malloc(size))) fail("RasGetEntryProperties", error);
    entry->dwSize = sizeof(*entry);
    if ((error = RasGetEntryPropertiesW(path, entry_name, entry, &size, NULL, NULL)))
        fail("RasGetEntryProperties", error);
    if (lstrcmpW(entry->szLocalPhoneNumber, L"5550100")) fail("another number", 0);
    free(entry);
}

static void get_profile_strings(void)
{
    WCHAR value[256], key[64];
    unsigned int i, k;

    for (i = 0; i < ARRAYSIZE(keys); i++)
    {
        for (k = 0; keys[i][k] != '='; k++) key[k] = keys[i][k];
        key[k] = 0;
        GetPrivateProfileStringW(entry_name, key, L"none", value, ARRAYSIZE(value), path);
        if (!lstrcmpW(value, L"none")) fail("GetPrivateProfileString", 0);
    }
}

static void measure(const char *name, void (*call)(void))
{
    double begun = now_ms();

    call();
    print(name, now_ms() - begun);
}

static int bench_enum(int rounds)
{
    read_lines();
    while (rounds--)
    {
        touch();
        measure("lines", read_lines);
        measure("enum_cold", enum_entries);
        measure("enum_warm", enum_entries);
    }
    return 0;
}

static int bench_entry(int rounds)
{
    enum_entries();
    get_properties();
    get_profile_strings();
    while (rounds--)
    {
        measure("entry_warm", get_properties);
        measure("profile_warm", get_profile_strings);
        touch();
        measure("entry_cold", get_properties);
        measure("profile_cold", get_profile_strings);
    }
    return 0;
}

static double peak_kib(void)
{
    PROCESS_MEMORY_COUNTERS counters = {.cb = sizeof(counters)};

    if (!K32GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters)))
        fail("GetProcessMemoryInfo", GetLastError());
    return counters.PeakWorkingSetSize / 1024.0;
}

static int bench_memory(void)
{
    double before = peak_kib();
    WIN32_FILE_ATTRIBUTE_DATA data;

    enum_entries();
    GetFileAttributesExW(path, GetFileExInfoStandard, &data);
    print("file_kib", data.nFileSizeLow / 1024.0);
    print("peak_before_kib", before);
    print("peak_kib", peak_kib());
    return 0;
}

/* mingw-w64 calls it and declares it nowhere. */
int wmain(int argc, WCHAR **argv);

int wmain(int argc, WCHAR **argv)
{
    if (argc > 2) path = argv[2];
    if (argc == 4 && !wcscmp(argv[1], L"make")) return make(_wtoi(argv[3]));
    if (argc == 4 && !wcscmp(argv[1], L"enum")) return bench_enum(_wtoi(argv[3]));
    if (argc == 4 && !wcscmp(argv[1], L"entry")) return bench_entry(_wtoi(argv[3]));
    if (argc == 3 && !wcscmp(argv[1], L"memory")) return bench_memory();
    fprintf(stderr, "usage: pbkbench make FILE ENTRIES | enum FILE ROUNDS | entry FILE ROUNDS | memory FILE\n");
    return 2;
}
