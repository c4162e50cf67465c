/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * raspeek.c - what this user's programs can see and do of a connection whose handle they were
 * told: raspeek HANDLE.  Prints the connections that are listed, then each function's
 * error; hanging up comes last.  Not a conformance test.
 */
#include <windows.h>

#include <ras.h>
#include <raserror.h>

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    RASCONNW connections[16];
    DWORD size = sizeof(connections), count = 0, error;
    RASCONNSTATUSW status;
    RAS_STATS stats;
    RASPPPIPW ip;
    HRASCONN conn;
    HANDLE event;

    if (argc != 2) return 2;
    conn = (HRASCONN)(ULONG_PTR)strtoul(argv[1], NULL, 0);
    memset(connections, 0, sizeof(connections));
    connections[0].dwSize = sizeof(*connections);
    error = RasEnumConnectionsW(connections, &size, &count);
    printf("RasEnumConnections %lu, %lu connections\n", error, count);

    memset(&status, 0, sizeof(status));
    status.dwSize = sizeof(status);
    printf("RasGetConnectStatus %lu\n", RasGetConnectStatusW(conn, &status));
    memset(&ip, 0, sizeof(ip));
    size = ip.dwSize = sizeof(ip);
    printf("RasGetProjectionInfo %lu\n", RasGetProjectionInfoW(conn, RASP_PppIp, &ip, &size));
    memset(&stats, 0, sizeof(stats));
    stats.dwSize = sizeof(stats);
    printf("RasGetConnectionStatistics %lu\n", RasGetConnectionStatistics(conn, &stats));
    event = CreateEventW(NULL, TRUE, FALSE, NULL);
    printf("RasConnectionNotification %lu\n", RasConnectionNotificationW(conn, event, RASCN_Disconnection));
    printf("RasHangUp %lu\n", RasHangUpW(conn));
    return 0;
}
