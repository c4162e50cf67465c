/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * raswatch.c - a program that dials nothing: it says what RasConnectionNotification tells of all
 * connections, each time with the list that RasEnumConnections then gives.
 *
 *   raswatch COUNT    leave after so many changes
 *   raswatch list     say the list once
 *   raswatch hangup   hang up all of them
 */
#include <winsock2.h>
#include <windows.h>

#include <ras.h>
#include <raserror.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONNECTIONS_MAX 16

static void say_guid(const char *name, const GUID *guid)
{
    unsigned int i;

    printf(" %s %08lX-%04X-%04X-", name, guid->Data1, guid->Data2, guid->Data3);
    for (i = 0; i < 8; i++) printf("%02X", guid->Data4[i]);
}

/* What a program can know of a connection by its handle alone. */
static void say_connection(const RASCONNA *conn)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    RASPPPIPA ip = {.dwSize = sizeof(ip)};
    RAS_STATS stats = {.dwSize = sizeof(stats)};
    DWORD size = sizeof(ip);

    printf("  handle %p entry %s book %s device %s (%s) flags %lu luid %lx:%lx", (void *)conn->hrasconn,
           conn->szEntryName, conn->szPhonebook, conn->szDeviceName, conn->szDeviceType, conn->dwFlags,
           conn->luid.HighPart, conn->luid.LowPart);
    say_guid("entry-id", &conn->guidEntry);
    say_guid("correlation", &conn->guidCorrelationId);
    if (!RasGetConnectStatusA(conn->hrasconn, &status)) printf(" state %#x", status.rasconnstate);
    if (!RasGetProjectionInfoA(conn->hrasconn, RASP_PppIp, &ip, &size)) printf(" address %s", ip.szIpAddress);
    if (!RasGetConnectionStatistics(conn->hrasconn, &stats)) printf(" bytes %lu", stats.dwBytesRcved);
    printf("\n");
}

static DWORD list(RASCONNA *conns)
{
    DWORD size = CONNECTIONS_MAX * sizeof(*conns), count = 0, error;

    conns[0].dwSize = sizeof(*conns);
    error = RasEnumConnectionsA(conns, &size, &count);
    if (!error) return count;
    printf("RasEnumConnections: error %lu\n", error);
    return 0;
}

static void say_list(void)
{
    static RASCONNA conns[CONNECTIONS_MAX];
    DWORD count = list(conns), i;

    printf("%lu connections\n", count);
    for (i = 0; i < count; i++) say_connection(&conns[i]);
    fflush(stdout);
}

static int hang_up_all(void)
{
    static RASCONNA conns[CONNECTIONS_MAX];
    DWORD count = list(conns), error;

    while (count--)
    {
        error = RasHangUpA(conns[count].hrasconn);
        printf("RasHangUp: error %lu\n", error);
    }
    return 0;
}

static int watch(int changes)
{
    static const struct
    {
        DWORD flag;
        const char *name;
    } kinds[] = {{RASCN_Connection, "Connection"}, {RASCN_Disconnection, "Disconnection"}};
    HANDLE events[2];
    DWORD i, error;

    for (i = 0; i < 2; i++)
    {
        events[i] = CreateEventA(NULL, FALSE, FALSE, NULL);
        error = RasConnectionNotificationA(INVALID_HANDLE_VALUE, events[i], kinds[i].flag);
        if (error) printf("RasConnectionNotification: error %lu\n", error);
        if (error) return 1;
    }
    printf("Watching\n");
    fflush(stdout);
    while (changes--)
    {
        i = WaitForMultipleObjects(2, events, FALSE, INFINITE) - WAIT_OBJECT_0;
        if (i >= 2) return 1;
        printf("%s: ", kinds[i].name);
        say_list();
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "hangup")) return hang_up_all();
    if (argc == 2 && strcmp(argv[1], "list")) return watch(atoi(argv[1]));
    say_list();
    return 0;
}
