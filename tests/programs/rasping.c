/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * rasping.c - dials like any Windows program, shows each state with its time and
 * the addresses, asks the peer for an answer through the link, hangs up.  Exit code: the RAS
 * error, 0 when all went well.
 *
 * Built twice: for the console, and as a GUI program (rasping_gui), which has
 * no console and so writes to the file of --output.  Not a conformance test.
 */
#include <winsock2.h>
#include <windows.h>
#include <iphlpapi.h>
#include <icmpapi.h>

#include <ras.h>
#include <raserror.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tables.h"

#define DIAL_TIMEOUT_MS   180000
#define HANGUP_TIMEOUT_MS 60000
#define PING_TIMEOUT_MS   10000
#define ECHO_PORT         7

#define RASPING_NO_ANSWER 1 /* exit code: connected, but nothing came back */
#define RASPING_USAGE     2

static const char usage[] =
    "usage: rasping [option...]\n"
    "  --number N         dial this number; without --entry: on the first free modem\n"
    "  --entry E          dial this phone book entry\n"
    "  --phonebook FILE   ... of this file\n"
    "  --device NAME      dial on this device, by a phone book entry made for it\n"
    "  --type TYPE        its type as RasEnumDevices gives it: modem (default), null, tcp\n"
    "  --list-devices     show all devices; that of --device has the type which is listed\n"
    "  --auth N           ... which allows these methods, as AuthRestrictions in a phone book\n"
    "  --properties       ... which RasSetEntryProperties makes, from its defaults and:\n"
    "  --options N        ... these RASEO_* flags in their place\n"
    "  --encryption N     ... this dwEncryptionType\n"
    "  --area-code N      ... this area code, by the rules of dialling\n"
    "  --alternate N      ... this number, too\n"
    "  --user U           name; the password is RASPING_PASSWORD of the environment\n"
    "  --password-stdin   ... or the first line of standard input\n"
    "  --domain D\n"
    "  --notifier KIND    func, func1, func2 (default), window, sync\n"
    "  --paused           want paused states; resume with the passwords of\n"
    "                     RASPING_RETRY, one a line, hang up when there is none\n"
    "  --script           want paused states for the entry's login script; it resumes\n"
    "  --retry-user U     ... and with this name\n"
    "  --think MS         ... after this time\n"
    "  --callback NUMBER  to be called back at; \"*\": decide when asked, by --callback-answer\n"
    "  --callback-answer NUMBER\n"
    "  --save             save name, domain and the password RASPING_SAVE for the entry first\n"
    "  --only-save        ... and nothing else\n"
    "  --forget           forget them after the dial\n"
    "  --ping ADDRESS     whom to ask for an answer (default: the peer)\n"
    "  --no-ping\n"
    "  --links STEPS      then, for a connection with links, a letter each: 1 to 9 hang up that link,\n"
    "                     p ping and show the links, - wait until a link is lost, + ping until\n"
    "                     there are two\n"
    "  --stay             exit while connected, without hanging up\n"
    "  --until-lost       stay connected until the connection is lost or hung up by others\n"
    "  --hangup-at STATE  hang up inside the handler, at a state without its RASCS_\n"
    "  --output FILE      write there\n";

static struct
{
    const char *device;
    const char *type;
    const char *auth;
    bool properties;
    const char *raseo;
    const char *encryption;
    const char *area_code;
    const char *alternate;
    const char *phonebook;
    const char *ping;
    const char *links;
    const char *notifier;
    const char *hangup_at;
    bool list_devices;
    bool no_ping;
    bool stay;
    bool paused;
    bool script;
    const char *retry_user;
    const char *retries; /* passwords that are left */
    const char *callback_answer;
    DWORD think_ms;
    bool until_lost;
    bool save;
    bool only_save;
    bool forget;
    RASDIALPARAMSA params;
} options = {.type = "modem", .notifier = "func2"};

static LARGE_INTEGER started;
static HANDLE finished;      /* the last notice has come */
static HANDLE paused;        /* a paused one has come */
static RASCONNSTATE paused_state;
static DWORD dial_error;     /* of the last notice */
static HRASCONN connection;
static bool hung_up;         /* by the handler */
static char phonebook_made[MAX_PATH];

static double elapsed_ms(const LARGE_INTEGER *since)
{
    LARGE_INTEGER now, frequency;

    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&frequency);
    return (now.QuadPart - since->QuadPart) * 1000.0 / frequency.QuadPart;
}

static void print_error(const char *what, DWORD error)
{
    char text[512];

    if (RasGetErrorStringA(error, text, sizeof(text))) text[0] = 0;
    printf("%s: error %lu %s\n", what, error, text);
    fflush(stdout);
}

/* ---- handlers -------------------------------------------------------------- */

static void hang_up_in_handler(void)
{
    DWORD error = RasHangUpA(connection);

    printf("RasHangUp in the handler: %lu\n", error);
    fflush(stdout);
    hung_up = true;
    SetEvent(finished);
}

static void show_state(RASCONNSTATE state, DWORD error)
{
    printf("%8.1f ms  RASCS_%s", elapsed_ms(&started), ras_state_name(state));
    if (error) printf("  error %lu", error);
    printf("\n");
    fflush(stdout);
    if (!error && (state & RASCS_PAUSED) && !(options.script && state == RASCS_Interactive))
    {
        paused_state = state;
        SetEvent(paused);
    }
    if (options.hangup_at && !hung_up && !strcmp(ras_state_name(state), options.hangup_at)) hang_up_in_handler();
    if (state == RASCS_SubEntryDisconnected || (!error && !(state & RASCS_DONE))) return;
    dial_error = error ? error : state == RASCS_Connected ? 0 : ERROR_DISCONNECTION;
    SetEvent(finished);
}

static VOID WINAPI on_func(UINT msg, RASCONNSTATE state, DWORD error)
{
    (void)msg;
    show_state(state, error);
}

static VOID WINAPI on_func1(HRASCONN conn, UINT msg, RASCONNSTATE state, DWORD error, DWORD ext_error)
{
    (void)conn;
    (void)msg;
    (void)ext_error;
    show_state(state, error);
}

static DWORD WINAPI on_func2(ULONG_PTR id, DWORD sub_entry, HRASCONN conn, UINT msg, RASCONNSTATE state, DWORD error,
                             DWORD ext_error)
{
    (void)id;
    (void)sub_entry;
    (void)conn;
    (void)msg;
    (void)ext_error;
    show_state(state, error);
    return 1;
}

static LRESULT CALLBACK window_proc(HWND window, UINT msg, WPARAM wparam, LPARAM lparam)
{
    if (msg != RegisterWindowMessageA(RASDIALEVENT)) return DefWindowProcA(window, msg, wparam, lparam);
    show_state((RASCONNSTATE)wparam, (DWORD)lparam);
    return TRUE;
}

static HWND make_window(void)
{
    WNDCLASSA class = {.lpfnWndProc = window_proc, .lpszClassName = "rasping"};

    RegisterClassA(&class);
    return CreateWindowA("rasping", "", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
}

/* Returns the notifier for RasDial and its type. */
static void *choose_notifier(DWORD *type)
{
    *type = 0;
    if (!strcmp(options.notifier, "sync")) return NULL;
    if (!strcmp(options.notifier, "func")) return on_func;
    *type = 1;
    if (!strcmp(options.notifier, "func1")) return on_func1;
    *type = 0xffffffff;
    if (!strcmp(options.notifier, "window")) return make_window();
    *type = 2;
    return on_func2;
}

/* A value into an array.  False: too long. */
static bool copy(char *dst, size_t size, const char *value)
{
    if (strlen(value) >= size) return false;
    strcpy(dst, value);
    return true;
}

/* ---- dialling ---------------------------------------------------------------- */

/* The next password, or a number.  False: there is none. */
static bool choose_answer(RASDIALPARAMSA *params)
{
    size_t len = options.retries ? strcspn(options.retries, "\n") : 0;

    if (paused_state == RASCS_CallbackSetByCaller)
        return options.callback_answer &&
               copy(params->szCallbackNumber, sizeof(params->szCallbackNumber), options.callback_answer);
    if (!len || len >= sizeof(params->szPassword)) return false;
    memcpy(params->szPassword, options.retries, len);
    params->szPassword[len] = 0;
    options.retries += len + (options.retries[len] != 0);
    if (options.retry_user) strcpy(params->szUserName, options.retry_user);
    return true;
}

/* What the user would do: think, then type the answer.  False: give up. */
static bool resume(DWORD type, void *notifier, HRASCONN *conn)
{
    RASDIALPARAMSA *params = &options.params;
    DWORD error;

    Sleep(options.think_ms);
    if (!choose_answer(params)) return false;
    printf("%8.1f ms  resume\n", elapsed_ms(&started));
    error = RasDialA(NULL, options.phonebook, params, type, notifier, conn);
    SecureZeroMemory(params->szPassword, sizeof(params->szPassword));
    if (error) print_error("RasDial (resume)", error);
    return !error;
}

/* Wait for the last notice, and resume when paused; sent messages arrive meanwhile. */
static bool wait_finished(DWORD type, void *notifier, HRASCONN *conn)
{
    DWORD deadline = GetTickCount() + DIAL_TIMEOUT_MS, left, result;
    HANDLE events[] = {finished, paused};
    MSG msg;

    while ((left = deadline - GetTickCount()) <= DIAL_TIMEOUT_MS)
    {
        result = MsgWaitForMultipleObjects(2, events, FALSE, left, QS_ALLINPUT);
        if (result == WAIT_OBJECT_0) return true;
        if (result == WAIT_OBJECT_0 + 1 && !resume(type, notifier, conn))
        {
            /* The dial may have ended while the user was thinking. */
            if (WaitForSingleObject(finished, 0)) dial_error = ERROR_USER_DISCONNECTION;
            return true;
        }
        while (PeekMessageA(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageA(&msg);
    }
    return false;
}

/* The entry as a program makes it that knows nothing of files. */
static DWORD set_properties(void)
{
    struct
    {
        RASENTRYA entry;
        char alternates[RAS_MaxPhoneNumber + 2];
    } made = {.entry.dwSize = sizeof(made.entry)};
    RASENTRYA *entry = &made.entry;
    DWORD size = sizeof(made.entry), error;

    if ((error = RasGetEntryPropertiesA(NULL, "", entry, &size, NULL, NULL))) return error;
    if (options.raseo) entry->dwfOptions = strtoul(options.raseo, NULL, 16);
    if (options.encryption) entry->dwEncryptionType = strtoul(options.encryption, NULL, 10);
    if (options.area_code)
    {
        entry->dwfOptions |= RASEO_UseCountryAndAreaCodes;
        entry->dwCountryID = entry->dwCountryCode = 1;
        copy(entry->szAreaCode, sizeof(entry->szAreaCode), options.area_code);
    }
    if (options.alternate && copy(made.alternates, RAS_MaxPhoneNumber + 1, options.alternate))
        entry->dwAlternateOffset = (DWORD)(made.alternates - (char *)&made);
    copy(entry->szDeviceType, sizeof(entry->szDeviceType), options.type);
    copy(entry->szDeviceName, sizeof(entry->szDeviceName), options.device);
    copy(entry->szLocalPhoneNumber, sizeof(entry->szLocalPhoneNumber), options.params.szPhoneNumber);
    options.params.szPhoneNumber[0] = 0;
    return RasSetEntryPropertiesA(options.phonebook, options.params.szEntryName, entry, sizeof(made), NULL, 0);
}

static bool write_entry(void)
{
    FILE *file;

    if (!(file = fopen(phonebook_made, "wb"))) return false;
    fprintf(file, "[rasping]\r\nEncoding=1\r\nType=1\r\n");
    if (options.auth) fprintf(file, "AuthRestrictions=%s\r\n", options.auth);
    fprintf(file, "\r\nMEDIA=%s\r\nPort=\r\nDevice=%s\r\n\r\n",
            !_stricmp(options.type, "modem") ? "serial" : "rastapi", options.device);
    fprintf(file, "DEVICE=%s\r\nPhoneNumber=%s\r\n", options.type, options.params.szPhoneNumber);
    fclose(file);
    return true;
}

/* A phone book with one entry for the device, because only an entry names one. */
static DWORD make_phonebook(void)
{
    char dir[MAX_PATH];
    DWORD error;

    if (!GetTempPathA(sizeof(dir), dir) || !GetTempFileNameA(dir, "ras", 0, phonebook_made)) return GetLastError();
    strcpy(options.params.szEntryName, "rasping");
    options.phonebook = phonebook_made;
    if (!options.properties) return write_entry() ? 0 : ERROR_CANNOT_WRITE_PHONEBOOK;
    if ((error = set_properties())) print_error("RasSetEntryProperties", error);
    return error;
}

static DWORD dial(void)
{
    RASDIALEXTENSIONS extensions = {.dwSize = sizeof(extensions)};
    DWORD type, error;
    void *notifier = choose_notifier(&type);

    finished = CreateEventW(NULL, TRUE, FALSE, NULL);
    paused = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (options.paused || options.script) extensions.dwfOptions = RDEOPT_PausedStates;
    QueryPerformanceCounter(&started);
    error = RasDialA(&extensions, options.phonebook, &options.params, type, notifier, &connection);
    SecureZeroMemory(options.params.szPassword, sizeof(options.params.szPassword));
    if (error || !notifier) return error;
    if (wait_finished(type, notifier, &connection)) return dial_error;
    printf("No end of the dial after %d seconds.\n", DIAL_TIMEOUT_MS / 1000);
    return WAIT_TIMEOUT;
}

/* ---- the link in use ----------------------------------------------------------- */

static bool ping_icmp(const char *address)
{
    char reply[sizeof(ICMP_ECHO_REPLY) + 64] = {0};
    HANDLE icmp = IcmpCreateFile();
    LARGE_INTEGER since;
    char data[] = "rasping";
    DWORD count;

    if (icmp == INVALID_HANDLE_VALUE) return false;
    QueryPerformanceCounter(&since);
    count = IcmpSendEcho(icmp, inet_addr(address), data, sizeof(data), NULL, reply, sizeof(reply), PING_TIMEOUT_MS);
    IcmpCloseHandle(icmp);
    if (!count || ((ICMP_ECHO_REPLY *)reply)->Status) return false;
    printf("Ping %s: ICMP echo answered after %.1f ms.\n", address, elapsed_ms(&since));
    return true;
}

/* Without the right to send ICMP: a TCP connection from our address.  A peer that
 * refuses it has answered as well. */
static bool ping_tcp(const char *address, const char *local)
{
    struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET};
    bool connected = false, refused = false;
    LARGE_INTEGER since;
    SOCKET sock;

    from.sin_addr.s_addr = inet_addr(local);
    to.sin_addr.s_addr = inet_addr(address);
    to.sin_port = htons(ECHO_PORT);
    if ((sock = socket(AF_INET, SOCK_STREAM, 0)) == INVALID_SOCKET) return false;
    QueryPerformanceCounter(&since);
    if (!bind(sock, (struct sockaddr *)&from, sizeof(from)))
    {
        connected = !connect(sock, (struct sockaddr *)&to, sizeof(to));
        refused = !connected && WSAGetLastError() == WSAECONNREFUSED;
    }
    closesocket(sock);
    if (connected || refused)
        printf("Ping %s: no ICMP here; TCP port %d %s after %.1f ms.\n", address, ECHO_PORT,
               connected ? "accepted" : "refused, so the peer answered,", elapsed_ms(&since));
    return connected || refused;
}

/* How the peer knows us, and what went over the link. */
static void show_link(HRASCONN conn)
{
    RASPPPLCPA lcp = {.dwSize = sizeof(lcp)};
    RAS_STATS stats = {.dwSize = sizeof(stats)};
    DWORD size = sizeof(lcp), error;

    if ((error = RasGetProjectionInfoA(conn, RASP_PppLcp, &lcp, &size)))
        print_error("RasGetProjectionInfo", error);
    else
        printf("Authenticated by %#lx %#lx\n", lcp.dwAuthenticationProtocol, lcp.dwAuthenticationData);
    if ((error = RasGetConnectionStatistics(conn, &stats)))
        print_error("RasGetConnectionStatistics", error);
    else
        printf("Counted %lu bytes in %lu frames sent, %lu in %lu received\n", stats.dwBytesXmited,
               stats.dwFramesXmited, stats.dwBytesRcved, stats.dwFramesRcved);
    fflush(stdout);
}

static DWORD use_link(HRASCONN conn)
{
    RASPPPIPA ip = {.dwSize = sizeof(ip)};
    DWORD size = sizeof(ip), error;
    const char *address;

    if ((error = RasGetProjectionInfoA(conn, RASP_PppIp, &ip, &size)))
    {
        print_error("RasGetProjectionInfo", error);
        return error;
    }
    printf("Address %s, peer %s\n", ip.szIpAddress, ip.szServerIpAddress);
    fflush(stdout);
    address = options.ping ? options.ping : ip.szServerIpAddress;
    if (!options.no_ping && !ping_icmp(address) && !ping_tcp(address, ip.szIpAddress))
    {
        printf("Ping %s: no answer.\n", address);
        return RASPING_NO_ANSWER;
    }
    show_link(conn);
    return 0;
}

#define LINKS_MAX 9

/* How many are up?  show: print what is known of them. */
static unsigned int count_links(HRASCONN conn, bool show)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    RAS_STATS stats = {.dwSize = sizeof(stats)};
    unsigned int count = 0, i;
    DWORD error;
    HRASCONN link;

    for (i = 1; i <= LINKS_MAX; i++)
    {
        if ((error = RasGetSubEntryHandleA(conn, i, &link)) == ERROR_NO_MORE_ITEMS) break;
        if (!error) count++;
        if (!show) continue;
        if (error)
            printf("Link %u: %lu\n", i, error);
        else if (!(error = RasGetConnectStatusA(link, &status)))
            printf("Link %u: RASCS_%s, %s\n", i, ras_state_name(status.rasconnstate), status.szDeviceName);
        if (!error && !(error = RasGetLinkStatistics(conn, i, &stats)))
            printf("Link %u: %lu bytes sent, %lu received\n", i, stats.dwBytesXmited, stats.dwBytesRcved);
        else if (error != ERROR_PORT_NOT_OPEN)
            printf("Link %u: statistics %lu\n", i, error);
    }
    return count;
}

static DWORD hang_up_link(HRASCONN conn, DWORD number)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    HRASCONN link;
    DWORD error;

    if ((error = RasGetSubEntryHandleA(conn, number, &link)) || (error = RasHangUpA(link)))
    {
        print_error("RasHangUp of a link", error);
        return error;
    }
    while (!RasGetConnectStatusA(link, &status)) Sleep(1);
    printf("Link %lu hung up\n", number);
    return 0;
}

static DWORD use_links(HRASCONN conn)
{
    unsigned int count = count_links(conn, true);
    const char *step;
    DWORD error = 0;

    for (step = options.links; *step && !error; step++)
    {
        switch (*step)
        {
        case '-':
            while (count_links(conn, false) >= count) Sleep(10);
            break;
        case '+':
            while (count_links(conn, false) < 2 && !(error = use_link(conn))) {}
            count = count_links(conn, false);
            break;
        case 'p':
            error = use_link(conn);
            count = count_links(conn, true);
            break;
        default:
            error = hang_up_link(conn, *step - '0');
        }
        printf("Links %u\n", count_links(conn, false));
        fflush(stdout);
    }
    return error;
}

/* Until the connection ends by itself or by others; its error. */
static DWORD wait_lost(HRASCONN conn)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    DWORD error;

    while (!(error = RasGetConnectStatusA(conn, &status)) && !status.dwError) Sleep(20);
    if (error)
        printf("Lost: the handle is gone, %lu\n", error);
    else
        printf("Lost: RASCS_%s, error %lu\n", ras_state_name(status.rasconnstate), status.dwError);
    fflush(stdout);
    return error ? error : status.dwError;
}

/* After a failed dial: the error stays readable until RasHangUp. */
static void show_status(HRASCONN conn)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    DWORD error = RasGetConnectStatusA(conn, &status);

    if (error)
        print_error("RasGetConnectStatus", error);
    else
        printf("Status RASCS_%s, error %lu\n", ras_state_name(status.rasconnstate), status.dwError);
}

/* The way of the documentation: hang up, then wait until the handle is gone. */
static DWORD hang_up(HRASCONN conn)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    LARGE_INTEGER since;
    DWORD error;

    QueryPerformanceCounter(&since);
    if (!hung_up && (error = RasHangUpA(conn)))
    {
        print_error("RasHangUp", error);
        return error;
    }
    while (!(error = RasGetConnectStatusA(conn, &status)) && elapsed_ms(&since) < HANGUP_TIMEOUT_MS) Sleep(1);
    printf("Hung up after %.1f ms, status now %lu\n", elapsed_ms(&since), error);
    fflush(stdout);
    return error == ERROR_INVALID_HANDLE ? 0 : ERROR_HANGUP_FAILED;
}

static DWORD set_credentials(bool clear)
{
    RASCREDENTIALSA credentials = {.dwSize = sizeof(credentials)};
    const char *saved = getenv("RASPING_SAVE");
    DWORD error;

    credentials.dwMask = RASCM_UserName | RASCM_Password | RASCM_Domain;
    strcpy(credentials.szUserName, options.params.szUserName);
    strcpy(credentials.szDomain, options.params.szDomain);
    if (saved && strlen(saved) <= PWLEN) strcpy(credentials.szPassword, saved);
    error = RasSetCredentialsA(options.phonebook, options.params.szEntryName, &credentials, clear);
    SecureZeroMemory(credentials.szPassword, sizeof(credentials.szPassword));
    if (error) print_error("RasSetCredentials", error);
    return error;
}

/* As programs do that choose a device. */
static DWORD list_devices(void)
{
    static RASDEVINFOA devices[32];
    DWORD size = sizeof(devices), count = 0, error, i;

    devices[0].dwSize = sizeof(devices[0]);
    if ((error = RasEnumDevicesA(devices, &size, &count)))
    {
        print_error("RasEnumDevices", error);
        return error;
    }
    for (i = 0; i < count; i++)
    {
        printf("Device %s, %s\n", devices[i].szDeviceType, devices[i].szDeviceName);
        if (options.device && !strcmp(options.device, devices[i].szDeviceName)) options.type = devices[i].szDeviceType;
    }
    return 0;
}

static DWORD run(void)
{
    DWORD error, hangup_error;
    bool dial_failed;

    if (options.list_devices && (error = list_devices())) return error;
    if (options.list_devices && !options.device) return 0;
    if (options.device && (error = make_phonebook())) return error;
    if (options.save && ((error = set_credentials(false)) || options.only_save)) return error;
    error = dial();
    if (options.forget && !error) error = set_credentials(true);
    if (phonebook_made[0]) DeleteFileA(phonebook_made);
    dial_failed = error != 0;
    if (error)
        print_error("RasDial", error);
    else if (!hung_up)
    {
        printf("%8.1f ms  connected\n", elapsed_ms(&started));
        error = use_link(connection);
        if (options.links && !error) error = use_links(connection);
        if (options.until_lost && !error) error = wait_lost(connection);
    }
    if (!connection || (options.stay && !error)) return error;
    if (dial_failed) show_status(connection);
    hangup_error = hang_up(connection);
    return error ? error : hangup_error;
}

/* ---- arguments --------------------------------------------------------------- */

static bool read_password(void)
{
    RASDIALPARAMSA *params = &options.params;

    if (!fgets(params->szPassword, sizeof(params->szPassword), stdin)) return false;
    params->szPassword[strcspn(params->szPassword, "\r\n")] = 0;
    return true;
}

/* 0 unknown, 1 without value, 2 with value, -1 bad value. */
static int parse_option(const char *name, const char *value)
{
    RASDIALPARAMSA *params = &options.params;
    bool good = true;

    if (!strcmp(name, "--no-ping")) return options.no_ping = 1;
    if (!strcmp(name, "--list-devices")) return options.list_devices = 1;
    if (!strcmp(name, "--properties")) return options.properties = 1;
    if (!strcmp(name, "--stay")) return options.stay = 1;
    if (!strcmp(name, "--paused")) return options.paused = 1;
    if (!strcmp(name, "--script")) return options.script = 1;
    if (!strcmp(name, "--until-lost")) return options.until_lost = 1;
    if (!strcmp(name, "--save")) return options.save = 1;
    if (!strcmp(name, "--only-save")) return options.save = options.only_save = 1;
    if (!strcmp(name, "--forget")) return options.forget = 1;
    if (!strcmp(name, "--password-stdin")) return read_password() ? 1 : -1;
    if (!value) return 0;
    if (!strcmp(name, "--number")) good = copy(params->szPhoneNumber, sizeof(params->szPhoneNumber), value);
    else if (!strcmp(name, "--entry")) good = copy(params->szEntryName, sizeof(params->szEntryName), value);
    else if (!strcmp(name, "--user")) good = copy(params->szUserName, sizeof(params->szUserName), value);
    else if (!strcmp(name, "--domain")) good = copy(params->szDomain, sizeof(params->szDomain), value);
    else if (!strcmp(name, "--callback"))
        good = copy(params->szCallbackNumber, sizeof(params->szCallbackNumber), value);
    else if (!strcmp(name, "--callback-answer")) options.callback_answer = value;
    else if (!strcmp(name, "--think")) options.think_ms = strtoul(value, NULL, 10);
    else if (!strcmp(name, "--auth")) options.auth = value;
    else if (!strcmp(name, "--options")) options.raseo = value;
    else if (!strcmp(name, "--encryption")) options.encryption = value;
    else if (!strcmp(name, "--area-code")) options.area_code = value;
    else if (!strcmp(name, "--alternate")) options.alternate = value;
    else if (!strcmp(name, "--retry-user")) options.retry_user = strlen(value) <= UNLEN ? value : "";
    else if (!strcmp(name, "--phonebook")) options.phonebook = value;
    else if (!strcmp(name, "--device")) options.device = value;
    else if (!strcmp(name, "--type")) options.type = value;
    else if (!strcmp(name, "--links")) options.links = value;
    else if (!strcmp(name, "--ping")) options.ping = value;
    else if (!strcmp(name, "--notifier")) options.notifier = value;
    else if (!strcmp(name, "--hangup-at")) options.hangup_at = value;
    else if (!strcmp(name, "--output")) good = freopen(value, "w", stdout) != NULL;
    else return 0;
    return good ? 2 : -1;
}

int main(int argc, char **argv)
{
    const char *password = getenv("RASPING_PASSWORD");
    WSADATA data;
    int i, taken;
    DWORD error;

    options.params.dwSize = sizeof(options.params);
    options.retries = getenv("RASPING_RETRY");
    if (password) copy(options.params.szPassword, sizeof(options.params.szPassword), password);
    for (i = 1; i < argc; i += taken)
    {
        if ((taken = parse_option(argv[i], argv[i + 1])) > 0) continue;
        fprintf(stderr, "rasping: bad option %s\n%s", argv[i], usage);
        return RASPING_USAGE;
    }
    WSAStartup(MAKEWORD(2, 2), &data);
    error = run();
    printf("Exit code %lu\n", error);
    fflush(stdout);
    return error;
}
