/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * rasbench.c - measures calls of rasapi32.dll from a Windows program.
 *
 *   rasbench enum COUNT                          RasEnumConnections, nothing dialled
 *   rasbench dial COUNT PHONEBOOK ENTRY USER     RasDial until it returns, hung up between
 *
 * The password is RASBENCH_PASSWORD of the environment.  Prints one time a line,
 * in milliseconds; what they mean is said by bench.sh.
 */
#include <windows.h>

#include <ras.h>
#include <raserror.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static int bench_dial(int count, char **args)
{
    RASDIALPARAMSA params = {.dwSize = sizeof(params)};
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    const char *password = getenv("RASBENCH_PASSWORD");
    double begun, taken;
    HRASCONN conn;
    DWORD error;

    if (strlen(args[1]) > RAS_MaxEntryName || strlen(args[2]) > UNLEN) return 2;
    strcpy(params.szEntryName, args[1]);
    strcpy(params.szUserName, args[2]);
    if (password && strlen(password) <= PWLEN) strcpy(params.szPassword, password);
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

int main(int argc, char **argv)
{
    if (argc == 3 && !strcmp(argv[1], "enum")) return bench_enum(atoi(argv[2]));
    if (argc == 6 && !strcmp(argv[1], "dial")) return bench_dial(atoi(argv[2]), argv + 3);
    fprintf(stderr, "usage: rasbench enum COUNT | rasbench dial COUNT PHONEBOOK ENTRY USER\n");
    return 2;
}
