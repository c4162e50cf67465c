/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * rasbench.c - measures calls of rasapi32.dll from a Windows program.
 *
 *   rasbench enum COUNT                          RasEnumConnections, nothing dialled
 *   rasbench watch COUNT                         RasConnectionNotification, nothing dialled
 *   rasbench dial COUNT PHONEBOOK ENTRY USER     RasDial until it returns, hung up between
 *   rasbench notices COUNT ECHO                  calls of a handler while scripted connections are dialled,
 *                                                each beside a round trip to the native program ECHO
 *   rasbench stay NUMBER USER                    RasDial, or the attempt, and stays until standard input ends
 *
 * The password is RASBENCH_PASSWORD of the environment.  Prints one time a line,
 * in milliseconds (notices: with a name, and "dial" before those of each dial); what they mean is
 * said by run and guest.
 */
#include <winsock2.h>

#include <windows.h>

#include <ras.h>
#include <raserror.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ras_wire.h"

#define HANGUP_TIMEOUT_MS 60000
#define SETTLE_MS 1000 /* for what the far end still has to do */

static double now_ms(void)
{
    LARGE_INTEGER now, frequency;

    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&frequency);
    return now.QuadPart * 1000.0 / frequency.QuadPart;
}

static int bench_enum(int count)
{
    RASCONNA conns[4] = {{.dwSize = sizeof(conns[0])}};
    DWORD size, found, error;
    double begun;

    while (count--)
    {
        size = sizeof(conns);
        conns[0].dwSize = sizeof(conns[0]);
        begun = now_ms();
        error = RasEnumConnectionsA(conns, &size, &found);
        printf("%.4f\n", now_ms() - begun);
        if (error || found)
        {
            fprintf(stderr, "RasEnumConnections: error %lu, %lu connections\n", error, found);
            return 1;
        }
    }
    return 0;
}

static bool set_user(RASDIALPARAMSA *params, const char *user)
{
    const char *password = getenv("RASBENCH_PASSWORD");

    if (strlen(user) > UNLEN || !password || strlen(password) > PWLEN) return false;
    strcpy(params->szUserName, user);
    strcpy(params->szPassword, password);
    return true;
}

static int bench_dial(int count, char **args)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    double begun, taken;
    HRASCONN conn;
    DWORD error;

    if (strlen(args[1]) > RAS_MaxEntryName || !set_user(&params, args[2])) return 2;
    strcpy(params.szEntryName, args[1]);
    while (count--)
    {
        conn = NULL;
        Sleep(SETTLE_MS);
        begun = now_ms();
        error = RasDialA(NULL, args[0], &params, 0, NULL, &conn);
        taken = now_ms() - begun;
        if (error)
        {
            fprintf(stderr, "RasDial: error %lu\n", error);
            if (conn) RasHangUpA(conn);
            return 1;
        }
        printf("%.2f\n", taken);
        fflush(stdout);
        RasHangUpA(conn);
        for (begun = now_ms(); !RasGetConnectStatusA(conn, &status); Sleep(1))
            if (now_ms() - begun > HANGUP_TIMEOUT_MS) return 1;
    }
    return 0;
}

/* With Wine's own rasapi32.dll the dial fails: then it is the program without a connection. */
static int stay(const char *number, const char *user)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    HRASCONN conn = NULL;

    if (strlen(number) > RAS_MaxPhoneNumber || !set_user(&params, user)) return 2;
    strcpy(params.szPhoneNumber, number);
    printf("RasDial: %lu\n", RasDialA(NULL, NULL, &params, 0, NULL, &conn));
    fflush(stdout);
    while (getchar() != EOF) continue;
    if (conn) RasHangUpA(conn);
    return 0;
}

/* ---- a handler, and the bare socket ----------------------------------------------------- */

#define NOTICES_MAX 32

static struct
{
    SOCKET echo;
    int asked, answered; /* sizes of what a program says when it is done with a notice, and of a notice */
    HANDLE over;
    DWORD error;
    double done; /* when the handler returned last */
    unsigned int count;
    struct
    {
        RASCONNSTATE state;
        double notice, echo;
    } times[NOTICES_MAX];
} dialled;

/* A socket as rasapi32.dll has one to the manager, with a native program at its other end. */
static SOCKET start_echo(const char *program)
{
    struct sockaddr_in addr = {.sin_family = AF_INET};
    SOCKET listener, ours, theirs;
    PROCESS_INFORMATION process;
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    char path[MAX_PATH], command[MAX_PATH];
    int len = sizeof(addr);
    BOOL on = TRUE;
    WSADATA data;

    if (WSAStartup(MAKEWORD(2, 2), &data)) return INVALID_SOCKET;
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    ours = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&addr, len) || listen(listener, 1) ||
        getsockname(listener, (struct sockaddr *)&addr, &len) || connect(ours, (struct sockaddr *)&addr, len) ||
        (theirs = accept(listener, NULL, NULL)) == INVALID_SOCKET)
        return INVALID_SOCKET;
    setsockopt(ours, IPPROTO_TCP, TCP_NODELAY, (const char *)&on, sizeof(on));
    setsockopt(theirs, IPPROTO_TCP, TCP_NODELAY, (const char *)&on, sizeof(on));
    closesocket(listener);
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = startup.hStdOutput = (HANDLE)theirs;
    snprintf(path, sizeof(path), "\\\\?\\unix%s", program);
    strcpy(command, "connbench - echo");
    if (!CreateProcessA(path, command, NULL, NULL, FALSE, DETACHED_PROCESS, NULL, NULL, &startup, &process))
        return INVALID_SOCKET;
    closesocket(theirs);
    return ours;
}

static int message_size(uint16_t type)
{
    static unsigned char buf[WIRE_MESSAGE_MAX];
    static struct wire_msg msg;

    wire_init(&msg, type, 0);
    return (int)wire_encode(&msg, buf, sizeof(buf));
}

static double echo_once(void)
{
    static char buf[WIRE_MESSAGE_MAX];
    double begun = now_ms();
    int got, len = 0;

    if (send(dialled.echo, buf, dialled.asked, 0) != dialled.asked) return -1;
    for (; len < dialled.answered; len += got)
        if ((got = recv(dialled.echo, buf, sizeof(buf), 0)) <= 0) return -1;
    return now_ms() - begun;
}

/* The next change of state begins when it returns. */
static void CALLBACK handler(HRASCONN conn, UINT msg, RASCONNSTATE state, DWORD error, DWORD ext_error)
{
    double called = now_ms();

    (void)conn;
    (void)msg;
    (void)ext_error;
    if (dialled.count < NOTICES_MAX)
    {
        dialled.times[dialled.count].state = state;
        dialled.times[dialled.count].notice = dialled.count ? called - dialled.done : 0;
        dialled.times[dialled.count].echo = echo_once();
        dialled.count++;
    }
    if (!error && dialled.count && dialled.times[dialled.count - 1].echo < 0) error = ERROR_NO_CONNECTION;
    if (error || state == RASCS_Connected)
    {
        dialled.error = error;
        SetEvent(dialled.over);
    }
    dialled.done = now_ms();
}

static int bench_notices(int count, const char *echo)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params), .szPhoneNumber = "ok", .szUserName = "alice"};
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    HRASCONN conn;
    unsigned int i;
    DWORD error;

    if ((dialled.echo = start_echo(echo)) == INVALID_SOCKET)
    {
        fprintf(stderr, "no echo: %d, %lu\n", WSAGetLastError(), GetLastError());
        return 1;
    }
    dialled.asked = message_size(WIRE_notice_done);
    dialled.answered = message_size(WIRE_notice);
    dialled.over = CreateEventW(NULL, FALSE, FALSE, NULL);
    while (count--)
    {
        conn = NULL;
        dialled.count = 0;
        if ((error = RasDialA(NULL, NULL, &params, 1, handler, &conn)) ||
            WaitForSingleObject(dialled.over, HANGUP_TIMEOUT_MS) || dialled.error)
        {
            fprintf(stderr, "RasDial: error %lu, in the handler %lu\n", error, dialled.error);
            return 1;
        }
        RasHangUpA(conn);
        while (!RasGetConnectStatusA(conn, &status)) Sleep(1);
        puts("dial");
        for (i = 0; i < dialled.count; i++)
        {
            printf("echo %.4f\n", dialled.times[i].echo);
            if (i) printf("%s %.4f\n", dialled.times[i].state == RASCS_Connected ? "connected" : "notice",
                          dialled.times[i].notice);
        }
    }
    return 0;
}

/* What frameworks do when a program starts; the first call is the dearest. */
static int bench_watch(int count)
{
    HANDLE event = CreateEventA(NULL, FALSE, FALSE, NULL);
    double begun;
    DWORD error;

    while (count--)
    {
        begun = now_ms();
        error = RasConnectionNotificationA(INVALID_HANDLE_VALUE, event, RASCN_Connection | RASCN_Disconnection);
        printf("%.4f\n", now_ms() - begun);
        if (error)
        {
            fprintf(stderr, "RasConnectionNotification: error %lu\n", error);
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && !strcmp(argv[1], "enum")) return bench_enum(atoi(argv[2]));
    if (argc == 3 && !strcmp(argv[1], "watch")) return bench_watch(atoi(argv[2]));
    if (argc == 6 && !strcmp(argv[1], "dial")) return bench_dial(atoi(argv[2]), argv + 3);
    if (argc == 4 && !strcmp(argv[1], "notices")) return bench_notices(atoi(argv[2]), argv[3]);
    if (argc == 4 && !strcmp(argv[1], "stay")) return stay(argv[2], argv[3]);
    fprintf(stderr, "usage: rasbench enum COUNT | watch COUNT | dial COUNT PHONEBOOK ENTRY USER | "
                    "notices COUNT ECHO | stay NUMBER USER\n");
    return 2;
}
