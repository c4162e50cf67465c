/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * raslook.c - another program than the one that has dialled: finds the connection and shows what
 * was negotiated and counted, then hangs up.  Exit code: the RAS error, 0 when all went well.
 */
#include <windows.h>

#include <ras.h>
#include <raserror.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CCP_WAIT_MS 10000
#define A_LITTLE    1000 /* bytes that may go over a link meanwhile */

static void print_identifier(const BYTE *identifier)
{
    unsigned int i;

    for (i = 0; i < 8; i++) printf("%02x", identifier[i]);
}

static void show_ip(HRASCONN conn)
{
    RASPPPIPA ip = {.dwSize = sizeof(ip)};
    RASPPPIPV6 ip6 = {.dwSize = sizeof(ip6)};
    DWORD size = sizeof(ip), error;

    error = RasGetProjectionInfoA(conn, RASP_PppIp, &ip, &size);
    printf("IPv4: %lu, error %lu, <%s> <%s>, options %#lx, server's %#lx\n", error, ip.dwError, ip.szIpAddress,
           ip.szServerIpAddress, ip.dwOptions, ip.dwServerOptions);
    size = sizeof(ip6);
    error = RasGetProjectionInfoA(conn, RASP_PppIpv6, &ip6, &size);
    printf("IPv6: %lu, error %lu, ", error, ip6.dwError);
    print_identifier(ip6.bLocalInterfaceIdentifier);
    printf(" ");
    print_identifier(ip6.bPeerInterfaceIdentifier);
    printf("\n");
}

static void show_lcp(HRASCONN conn, RASPPPLCPA *lcp)
{
    DWORD size = sizeof(*lcp), error;

    lcp->dwSize = sizeof(*lcp);
    error = RasGetProjectionInfoA(conn, RASP_PppLcp, lcp, &size);
    printf("LCP: %lu, error %lu, options %#lx, server's %#lx, bundled %d, multilink %d\n", error, lcp->dwError,
           lcp->dwOptions, lcp->dwServerOptions, lcp->fBundled, lcp->fMultilink);
    printf("Authentication: %#lx %#lx %lu, server's %#lx %#lx %lu, reply <%s>\n", lcp->dwAuthenticationProtocol,
           lcp->dwAuthenticationData, lcp->dwEapTypeId, lcp->dwServerAuthenticationProtocol,
           lcp->dwServerAuthenticationData, lcp->dwServerEapTypeId, lcp->szReplyMessage);
}

/* CCP may come a moment after the network protocols. */
static DWORD get_ccp(HRASCONN conn, RASPPPCCP *ccp)
{
    DWORD size = sizeof(*ccp), error, end = GetTickCount() + CCP_WAIT_MS;

    ccp->dwSize = sizeof(*ccp);
    while (!(error = RasGetProjectionInfoA(conn, RASP_PppCcp, ccp, &size)) &&
           ccp->dwError == ERROR_PROJECTION_NOT_COMPLETE && (LONG)(end - GetTickCount()) > 0)
        Sleep(50);
    return error;
}

static void show_ccp(HRASCONN conn, RASPPPCCP *ccp)
{
    DWORD error = get_ccp(conn, ccp);

    printf("CCP: %lu, error %lu, %lu %#lx, server's %lu %#lx\n", error, ccp->dwError, ccp->dwCompressionAlgorithm,
           ccp->dwOptions, ccp->dwServerCompressionAlgorithm, ccp->dwServerOptions);
}

/* RasGetProjectionInfoEx says the same. */
static void show_all(HRASCONN conn, const RASPPPLCPA *lcp, const RASPPPCCP *ccp)
{
    RAS_PROJECTION_INFO info = {.version = RASAPIVERSION_601};
    const RASPPP_PROJECTION_INFO *ppp = &info.ppp;
    DWORD size = sizeof(info), error = RasGetProjectionInfoEx(conn, &info, &size);
    bool same = ppp->dwAuthenticationProtocol == lcp->dwAuthenticationProtocol &&
                ppp->dwAuthenticationData == lcp->dwAuthenticationData && ppp->dwEapTypeId == lcp->dwEapTypeId &&
                ppp->dwLcpOptions == lcp->dwOptions && ppp->dwLcpServerOptions == lcp->dwServerOptions &&
                ppp->dwCcpOptions == ccp->dwOptions && ppp->dwCcpServerOptions == ccp->dwServerOptions &&
                ppp->dwCcpCompressionAlgorithm == ccp->dwCompressionAlgorithm &&
                ppp->fMultilink == lcp->fMultilink && ppp->fBundled == lcp->fBundled;

    printf("All: %lu, errors %lu %lu %lu, %s\n", error, ppp->dwIPv4NegotiationError, ppp->dwIPv6NegotiationError,
           ppp->dwCcpError, same ? "the same" : "others");
}

static void show_stats(const char *what, DWORD error, const RAS_STATS *stats)
{
    printf("%s: %lu, sent %lu in %lu, received %lu in %lu, ", what, error, stats->dwBytesXmited,
           stats->dwFramesXmited, stats->dwBytesRcved, stats->dwFramesRcved);
    printf("errors %lu %lu %lu %lu %lu %lu, ratios %lu %lu, bps %lu, %s\n", stats->dwCrcErr, stats->dwTimeoutErr,
           stats->dwAlignmentErr, stats->dwHardwareOverrunErr, stats->dwFramingErr, stats->dwBufferOverrunErr,
           stats->dwCompressionRatioIn, stats->dwCompressionRatioOut, stats->dwBps,
           stats->dwConnectDuration ? "some time" : "no time");
}

static void show_statistics(HRASCONN conn)
{
    RAS_STATS stats = {.dwSize = sizeof(stats)};
    DWORD error = RasGetConnectionStatistics(conn, &stats);

    show_stats("Connection", error, &stats);
    error = RasGetLinkStatistics(conn, 1, &stats);
    show_stats("Link", error, &stats);
    error = RasClearConnectionStatistics(conn);
    printf("Cleared: %lu\n", error);
    error = RasGetConnectionStatistics(conn, &stats);
    printf(!error && stats.dwBytesXmited < A_LITTLE && stats.dwConnectDuration ? "Counted anew\n" : "Not cleared\n");
}

static DWORD hang_up(HRASCONN conn)
{
    RASCONNSTATUSA status = {.dwSize = sizeof(status)};
    DWORD error = RasHangUpA(conn);

    while (!error && !RasGetConnectStatusA(conn, &status)) Sleep(10);
    return error;
}

int main(void)
{
    static RASCONNA connections[8];
    DWORD size = sizeof(connections), count = 0, error;
    RASPPPLCPA lcp = {0};
    RASPPPCCP ccp = {0};

    connections[0].dwSize = sizeof(connections[0]);
    if (!(error = RasEnumConnectionsA(connections, &size, &count)) && count == 1)
    {
        show_ip(connections[0].hrasconn);
        show_lcp(connections[0].hrasconn, &lcp);
        show_ccp(connections[0].hrasconn, &ccp);
        show_all(connections[0].hrasconn, &lcp, &ccp);
        show_statistics(connections[0].hrasconn);
        error = hang_up(connections[0].hrasconn);
    }
    else
        printf("%lu connections\n", count);
    printf("Exit code %lu\n", error);
    fflush(stdout);
    return error;
}
