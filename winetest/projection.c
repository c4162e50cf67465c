/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * projection.c - RasGetProjectionInfo of every kind, in every edition, A and W side by side, and
 * RasGetProjectionInfoEx.
 */
#include "dialing.h"

#include <stddef.h>
#include <string.h>

#define BAD_HANDLE ((HRASCONN)(ULONG_PTR)0x77)
#define NAME(base) (wide ? base "W" : base "A")

static BOOL wide;

static DWORD get_info(HRASCONN conn, RASPROJECTION kind, void *buffer, DWORD *size)
{
    return wide ? pRasGetProjectionInfoW(conn, kind, buffer, size) : pRasGetProjectionInfoA(conn, kind, buffer, size);
}

static BOOL is_text(const void *text, const char *expected)
{
    WCHAR copy[32];

    MultiByteToWideChar(CP_ACP, 0, expected, -1, copy, ARRAYSIZE(copy));
    return wide ? !lstrcmpW(text, copy) : !strcmp(text, expected);
}

static void check_ip(const void *buffer, DWORD size)
{
    const RASPPPIPW *w = buffer;
    const RASPPPIPA *a = buffer;

    ok(!a->dwError, "dwError %lu.\n", a->dwError);
    ok(is_text(wide ? (void *)w->szIpAddress : (void *)a->szIpAddress, "192.0.2.2"), "the address differs.\n");
    if (size >= (wide ? 72 : 40))
        ok(is_text(wide ? (void *)w->szServerIpAddress : (void *)a->szServerIpAddress, "192.0.2.1"),
           "the server's address differs.\n");
    if (size == sizeof(*w) || size == sizeof(*a))
        ok((wide ? w->dwOptions : a->dwOptions) == RASIPO_VJ && !(wide ? w->dwServerOptions : a->dwServerOptions),
           "options differ.\n");
}

static void check_lcp(const void *buffer, DWORD size)
{
    const RASPPPLCPA *a = buffer; /* as W, up to the text */

    ok(!a->fBundled, "fBundled %d.\n", a->fBundled);
    if (size == 8) return;
    ok(!a->dwError && !a->fMultilink, "dwError %lu, fMultilink %d.\n", a->dwError, a->fMultilink);
    ok(a->dwAuthenticationProtocol == RASLCPAP_CHAP, "protocol %#lx.\n", a->dwAuthenticationProtocol);
    ok(a->dwAuthenticationData == RASLCPAD_CHAP_MSV2 && !a->dwEapTypeId, "data %#lx, EAP type %lu.\n",
       a->dwAuthenticationData, a->dwEapTypeId);
    ok(!a->dwServerAuthenticationProtocol, "server's protocol %#lx.\n", a->dwServerAuthenticationProtocol);
    ok(!a->dwTerminateReason && !a->dwServerTerminateReason, "terminated.\n");
}

static void check_nothing(const void *buffer, DWORD size)
{
    (void)buffer;
    (void)size;
}

static const struct kind
{
    const char *name;
    RASPROJECTION kind;
    void (*check)(const void *buffer, DWORD size); /* NULL: 731 */
    DWORD sizes[2][4];                             /* of A and of W */
} kinds[] = {
    {"IP", RASP_PppIp, check_ip, {{24, 40, 48}, {40, 72, 80}}},
    {"LCP", RASP_PppLcp, check_lcp, {{8, 1080}, {8, 2104}}},
    {"IPv6", RASP_PppIpv6, NULL, {{28}, {28}}},
    {"CCP", RASP_PppCcp, NULL, {{24}, {24}}},
    {"IPX", RASP_PppIpx, NULL, {{32}, {52}}},
    {"NBF", RASP_PppNbf, NULL, {{48}, {84}}},
    {"AMB", RASP_Amb, NULL, {{28}, {44}}},
    {"SLIP", RASP_Slip, NULL, {{24}, {40}}},
};

static void test_edition(HRASCONN conn, const struct kind *kind, DWORD edition)
{
    static struct guard guard;
    DWORD *buffer = guard_init(&guard), size = edition - 1, error;

    push_context("%lu", edition);
    *buffer = edition;
    error = get_info(conn, kind->kind, buffer, &size);
    ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_BUFFER_TOO_SMALL);
    ok(size == edition, "%lu bytes.\n", size);
    guard_check(&guard, sizeof(DWORD));

    size = edition;
    error = get_info(conn, kind->kind, buffer, &size);
    uncertain ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_SUCCESS);
    ok(size == edition && *buffer == edition, "%lu bytes, dwSize %lu.\n", size, *buffer);
    guard_check(&guard, edition);
    if (!error) kind->check(buffer, edition);
    pop_context();
}

/* Any other dwSize is none. */
static void test_sizes(HRASCONN conn, const struct kind *kind)
{
    const DWORD *editions = kind->sizes[wide];
    static struct guard guard;
    DWORD *buffer, given, size, error, last = 0;
    unsigned int i;

    for (i = 0; editions[i]; i++) test_edition(conn, kind, last = editions[i]);
    for (given = 0; given <= last + 64; given++)
    {
        for (i = 0; editions[i] && editions[i] != given; i++) {}
        if (editions[i]) continue;
        push_context("%lu", given);
        buffer = guard_init(&guard);
        *buffer = given;
        size = GUARD_MAX;
        error = get_info(conn, kind->kind, buffer, &size);
        ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_INVALID_SIZE);
        guard_check(&guard, sizeof(DWORD));
        pop_context();
    }
}

static void test_kind(HRASCONN conn, const struct kind *kind)
{
    RASPPPLCPW buffer = {.dwSize = kind->sizes[wide][0]};
    DWORD size = sizeof(buffer), error;

    push_context("%s", kind->name);
    if (kind->check)
        test_sizes(conn, kind);
    else
    {
        error = get_info(conn, kind->kind, &buffer, &size);
        ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_PROTOCOL_NOT_CONFIGURED);
        buffer.dwSize = 3;
        error = get_info(conn, kind->kind, &buffer, &size);
        uncertain ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_PROTOCOL_NOT_CONFIGURED);
    }
    error = get_info(conn, kind->kind, NULL, &size);
    ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_INVALID_PARAMETER);
    error = get_info(conn, kind->kind, &buffer, NULL);
    ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_INVALID_PARAMETER);
    error = get_info(BAD_HANDLE, kind->kind, &buffer, &size);
    ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_INVALID_HANDLE);
    pop_context();
}

static void test_early(HRASCONN conn)
{
    RASPPPIPW ip = {.dwSize = wide ? 80 : 48};
    DWORD size = sizeof(ip), error;

    error = get_info(conn, RASP_PppIp, &ip, &size);
    ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_PROJECTION_NOT_COMPLETE);
    error = get_info(conn, RASP_PppIpx, &ip, &size);
    uncertain ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_PROJECTION_NOT_COMPLETE);
    error = get_info(conn, (RASPROJECTION)0x1234, &ip, &size);
    uncertain ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_INVALID_PARAMETER);
    error = get_info(BAD_HANDLE, RASP_PppIp, NULL, NULL);
    uncertain ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_INVALID_HANDLE);
}

/* ---- RasGetProjectionInfoEx ----------------------------------------------------------- */

static void test_ex_early(HRASCONN conn)
{
    RAS_PROJECTION_INFO info = {.version = RASAPIVERSION_601};
    DWORD size = sizeof(info), error;

    error = pRasGetProjectionInfoEx(conn, &info, &size);
    ok_error(RasGetProjectionInfoEx, error, ERROR_PROJECTION_NOT_COMPLETE);
    error = pRasGetProjectionInfoEx(BAD_HANDLE, NULL, NULL);
    uncertain ok_error(RasGetProjectionInfoEx, error, ERROR_INVALID_HANDLE);
}

static void test_ex(HRASCONN conn)
{
    static const unsigned char local[] = {192, 0, 2, 2}, remote[] = {192, 0, 2, 1};
    static struct guard guard;
    RAS_PROJECTION_INFO *info;
    DWORD size, error, version;

    error = pRasGetProjectionInfoEx(conn, NULL, NULL);
    ok_error(RasGetProjectionInfoEx, error, ERROR_INVALID_PARAMETER);
    size = 0;
    error = pRasGetProjectionInfoEx(conn, NULL, &size);
    ok_error(RasGetProjectionInfoEx, error, ERROR_BUFFER_TOO_SMALL);
    ok(size == 108, "%lu bytes.\n", size);
    info = guard_init(&guard);
    info->version = RASAPIVERSION_601;
    size = 107;
    error = pRasGetProjectionInfoEx(conn, info, &size);
    ok_error(RasGetProjectionInfoEx, error, ERROR_BUFFER_TOO_SMALL);
    ok(size == 108, "%lu bytes.\n", size);
    guard_check(&guard, sizeof(DWORD));

    for (version = 0; version <= RASAPIVERSION_601 + 1; version++)
    {
        push_context("version %lu", version);
        info = guard_init(&guard);
        info->version = (RASAPIVERSION)version;
        size = 200;
        error = pRasGetProjectionInfoEx(conn, info, &size);
        if (version < RASAPIVERSION_500 || version > RASAPIVERSION_601)
        {
            uncertain ok_error(RasGetProjectionInfoEx, error, ERROR_INVALID_PARAMETER);
            guard_check(&guard, sizeof(DWORD));
            pop_context();
            continue;
        }
        uncertain ok_error(RasGetProjectionInfoEx, error, ERROR_SUCCESS);
        ok(size == 108, "%lu bytes.\n", size);
        guard_check(&guard, 108);
        ok(info->version == (RASAPIVERSION)version && info->type == PROJECTION_INFO_TYPE_PPP, "version %d, type %d.\n",
           info->version, info->type);
        ok(!info->ppp.dwIPv4NegotiationError, "IPv4: %lu.\n", info->ppp.dwIPv4NegotiationError);
        ok(!memcmp(&info->ppp.ipv4Address, local, 4) && !memcmp(&info->ppp.ipv4ServerAddress, remote, 4),
           "the addresses differ.\n");
        ok(info->ppp.dwIPv6NegotiationError == ERROR_PROTOCOL_NOT_CONFIGURED, "IPv6: %lu.\n",
           info->ppp.dwIPv6NegotiationError);
        ok(info->ppp.dwAuthenticationProtocol == RASLCPAP_CHAP && info->ppp.dwAuthenticationData == RASLCPAD_CHAP_MSV2,
           "protocol %#lx, data %#lx.\n", info->ppp.dwAuthenticationProtocol, info->ppp.dwAuthenticationData);
        ok(info->ppp.dwCcpError == ERROR_PROTOCOL_NOT_CONFIGURED, "CCP: %lu.\n", info->ppp.dwCcpError);
        ok(!info->ppp.fBundled && !info->ppp.fMultilink && !info->ppp.dwEapTypeId, "more than there is.\n");
        pop_context();
    }
}

/* ---- IPv6 beside IPv4 ----------------------------------------------------------------- */

static const BYTE local6[8] = {0, 1, 0, 2, 0, 3, 0, 4}, remote6[8] = {0, 5, 0, 6, 0, 7, 0, 8};

static void test_ipv6(HRASCONN conn)
{
    static struct guard guard;
    RASPPPIPV6 *info = guard_init(&guard);
    DWORD size = sizeof(*info), error;

    info->dwSize = sizeof(*info);
    error = get_info(conn, RASP_PppIpv6, info, &size);
    ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_SUCCESS);
    guard_check(&guard, sizeof(*info));
    ok(size == 28 && !info->dwError, "%lu bytes, dwError %lu.\n", size, info->dwError);
    ok(!memcmp(info->bLocalInterfaceIdentifier, local6, 8), "the identifier differs.\n");
    ok(!memcmp(info->bPeerInterfaceIdentifier, remote6, 8), "the peer's identifier differs.\n");
}

static void test_ex_ipv6(HRASCONN conn)
{
    RAS_PROJECTION_INFO info = {.version = RASAPIVERSION_601};
    DWORD size = sizeof(info), error;

    error = pRasGetProjectionInfoEx(conn, &info, &size);
    ok_error(RasGetProjectionInfoEx, error, ERROR_SUCCESS);
    ok(!info.ppp.dwIPv4NegotiationError && !info.ppp.dwIPv6NegotiationError, "IPv4: %lu, IPv6: %lu.\n",
       info.ppp.dwIPv4NegotiationError, info.ppp.dwIPv6NegotiationError);
    ok(info.ppp.dwIPv4Options == RASIPO_VJ && !info.ppp.dwIPv4ServerOptions, "options %#lx, server's %#lx.\n",
       info.ppp.dwIPv4Options, info.ppp.dwIPv4ServerOptions);
    ok(!memcmp(info.ppp.bInterfaceIdentifier, local6, 8), "the identifier differs.\n");
    ok(!memcmp(info.ppp.bServerInterfaceIdentifier, remote6, 8), "the server's identifier differs.\n");
}

/* ---- what was negotiated -------------------------------------------------------------- */

/* Of scripted numbers. */
static const struct negotiated
{
    const char *number;
    RASPPPLCPA lcp; /* as W, up to the text */
    const char *reply;
    DWORD error; /* of the call for CCP */
    RASPPPCCP ccp;
} negotiated[] = {
    {"ok", {.dwAuthenticationProtocol = RASLCPAP_CHAP, .dwAuthenticationData = RASLCPAD_CHAP_MSV2}, "",
     ERROR_PROTOCOL_NOT_CONFIGURED, {0}},
    {"encrypted",
     {.fBundled = TRUE, .fMultilink = TRUE, .dwAuthenticationProtocol = RASLCPAP_CHAP,
      .dwAuthenticationData = RASLCPAD_CHAP_MSV2, .dwServerAuthenticationProtocol = RASLCPAP_CHAP,
      .dwServerAuthenticationData = RASLCPAD_CHAP_MD5, .dwOptions = RASLCPO_PFC | RASLCPO_SSHF,
      .dwServerOptions = RASLCPO_ACFC},
     "Welcome", ERROR_SUCCESS,
     {.dwOptions = RASCCPO_HistoryLess | RASCCPO_Encryption128bit, .dwServerCompressionAlgorithm = RASCCPCA_MPPC,
      .dwServerOptions = RASCCPO_Compression | RASCCPO_Encryption56bit | RASCCPO_Encryption40bit}},
    {"deflated",
     {.dwAuthenticationProtocol = RASLCPAP_EAP, .dwEapTypeId = 4, .dwServerAuthenticationProtocol = RASLCPAP_EAP,
      .dwServerEapTypeId = 13},
     "", ERROR_SUCCESS, {.dwOptions = RASCCPO_Compression}},
    {"ccp-refused", {.dwAuthenticationProtocol = RASLCPAP_CHAP, .dwAuthenticationData = RASLCPAD_CHAP_MSV2}, "",
     ERROR_SUCCESS, {.dwError = ERROR_PPP_CP_REJECTED}},
    {"stac", {.dwAuthenticationProtocol = RASLCPAP_CHAP, .dwAuthenticationData = RASLCPAD_CHAP_MSV2}, "",
     ERROR_SUCCESS, {.dwServerCompressionAlgorithm = RASCCPCA_STAC, .dwServerOptions = RASCCPO_Compression}},
};

static void check_negotiated_lcp(HRASCONN conn, const struct negotiated *row)
{
    static struct guard guard;
    void *buffer = guard_init(&guard);
    const RASPPPLCPA *a = buffer, *expected = &row->lcp;
    const RASPPPLCPW *w = buffer;
    DWORD size = wide ? sizeof(*w) : sizeof(*a), error;

    *(DWORD *)buffer = size;
    error = get_info(conn, RASP_PppLcp, buffer, &size);
    ok_error_of(NAME("RasGetProjectionInfo"), error, ERROR_SUCCESS);
    guard_check(&guard, size);
    ok(!memcmp(&a->fBundled, &expected->fBundled,
               offsetof(RASPPPLCPA, szReplyMessage) - offsetof(RASPPPLCPA, fBundled)),
       "bundled %d, multilink %d, %#lx %#lx %lu, server's %#lx %#lx %lu.\n", a->fBundled, a->fMultilink,
       a->dwAuthenticationProtocol, a->dwAuthenticationData, a->dwEapTypeId, a->dwServerAuthenticationProtocol,
       a->dwServerAuthenticationData, a->dwServerEapTypeId);
    ok(is_text(wide ? (const void *)w->szReplyMessage : (const void *)a->szReplyMessage, row->reply),
       "the reply differs.\n");
    uncertain ok((wide ? w->dwOptions : a->dwOptions) == expected->dwOptions &&
                 (wide ? w->dwServerOptions : a->dwServerOptions) == expected->dwServerOptions, "options differ.\n");
}

static void check_negotiated_ccp(HRASCONN conn, const struct negotiated *row)
{
    static struct guard guard;
    RASPPPCCP *ccp = guard_init(&guard);
    DWORD size = sizeof(*ccp), error;

    ccp->dwSize = sizeof(*ccp);
    error = get_info(conn, RASP_PppCcp, ccp, &size);
    ok_error_of(NAME("RasGetProjectionInfo"), error, row->error);
    guard_check(&guard, error ? sizeof(DWORD) : sizeof(*ccp));
    if (error) return;
    ok(size == 24 && ccp->dwError == row->ccp.dwError, "%lu bytes, dwError %lu.\n", size, ccp->dwError);
    uncertain ok(!memcmp(&ccp->dwCompressionAlgorithm, &row->ccp.dwCompressionAlgorithm,
                         sizeof(*ccp) - offsetof(RASPPPCCP, dwCompressionAlgorithm)),
                 "algorithm %lu, options %#lx, server's %lu, %#lx.\n", ccp->dwCompressionAlgorithm, ccp->dwOptions,
                 ccp->dwServerCompressionAlgorithm, ccp->dwServerOptions);
}

/* The same in one piece. */
static void check_negotiated_ex(HRASCONN conn, const struct negotiated *row)
{
    const RASPPPLCPA *lcp = &row->lcp;
    const RASPPPCCP *ccp = &row->ccp;
    RAS_PROJECTION_INFO info = {.version = RASAPIVERSION_601};
    const RASPPP_PROJECTION_INFO *ppp = &info.ppp;
    DWORD size = sizeof(info), error;

    error = pRasGetProjectionInfoEx(conn, &info, &size);
    ok_error(RasGetProjectionInfoEx, error, ERROR_SUCCESS);
    ok(ppp->fBundled == lcp->fBundled && ppp->fMultilink == lcp->fMultilink, "bundled %d, multilink %d.\n",
       ppp->fBundled, ppp->fMultilink);
    ok(ppp->dwAuthenticationProtocol == lcp->dwAuthenticationProtocol &&
       ppp->dwAuthenticationData == lcp->dwAuthenticationData && ppp->dwEapTypeId == lcp->dwEapTypeId,
       "authenticated by %#lx %#lx %lu.\n", ppp->dwAuthenticationProtocol, ppp->dwAuthenticationData,
       ppp->dwEapTypeId);
    ok(ppp->dwServerAuthenticationProtocol == lcp->dwServerAuthenticationProtocol &&
       ppp->dwServerAuthenticationData == lcp->dwServerAuthenticationData &&
       ppp->dwServerEapTypeId == lcp->dwServerEapTypeId, "the server by %#lx %#lx %lu.\n",
       ppp->dwServerAuthenticationProtocol, ppp->dwServerAuthenticationData, ppp->dwServerEapTypeId);
    uncertain ok(ppp->dwLcpOptions == lcp->dwOptions && ppp->dwLcpServerOptions == lcp->dwServerOptions,
                 "LCP %#lx, server's %#lx.\n", ppp->dwLcpOptions, ppp->dwLcpServerOptions);
    ok(ppp->dwCcpError == (row->error ? row->error : ccp->dwError), "CCP: %lu.\n", ppp->dwCcpError);
    uncertain ok(ppp->dwCcpCompressionAlgorithm == ccp->dwCompressionAlgorithm &&
                 ppp->dwCcpServerCompressionAlgorithm == ccp->dwServerCompressionAlgorithm &&
                 ppp->dwCcpOptions == ccp->dwOptions && ppp->dwCcpServerOptions == ccp->dwServerOptions,
                 "CCP %lu %#lx, server's %lu %#lx.\n", ppp->dwCcpCompressionAlgorithm, ppp->dwCcpOptions,
                 ppp->dwCcpServerCompressionAlgorithm, ppp->dwCcpServerOptions);
}

static void test_negotiated(const struct negotiated *row)
{
    static const struct kind ccp = {"CCP", RASP_PppCcp, check_nothing, {{24}, {24}}};
    HRASCONN conn = NULL;
    DWORD error;

    push_context("%s", row->number);
    error = dial_number(row->number, NOTIFIER_SYNC, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        push_context("%c", wide ? 'W' : 'A');
        check_negotiated_lcp(conn, row);
        check_negotiated_ccp(conn, row);
        if (!row->error) test_kind(conn, &ccp);
        pop_context();
    }
    if (pRasGetProjectionInfoEx) check_negotiated_ex(conn, row);
    hang_up(conn);
    pop_context();
}

START_TEST(projection)
{
    HRASCONN conn = NULL;
    unsigned int i;
    DWORD error;

    if (!dialing_init()) return;
    dial_number("slow", 2, NULL, &conn);
    for (wide = FALSE; wide <= TRUE; wide++) test_early(conn);
    if (pRasGetProjectionInfoEx) test_ex_early(conn);
    hang_up(conn);
    wait_event(recorder.ended);
    conn = NULL;
    error = dial_number("ok", NOTIFIER_SYNC, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    for (wide = FALSE; wide <= TRUE; wide++)
    {
        push_context("%c", wide ? 'W' : 'A');
        for (i = 0; i < ARRAYSIZE(kinds); i++) test_kind(conn, &kinds[i]);
        pop_context();
    }
    if (pRasGetProjectionInfoEx)
        test_ex(conn);
    else
        win_skip("no RasGetProjectionInfoEx before Windows 7.\n");
    hang_up(conn);

    conn = NULL;
    error = dial_number("ipv6", NOTIFIER_SYNC, NULL, &conn);
    ok(!error, "got %lu.\n", error);
    for (wide = FALSE; wide <= TRUE; wide++) test_ipv6(conn);
    if (pRasGetProjectionInfoEx) test_ex_ipv6(conn);
    hang_up(conn);
    for (i = 0; i < ARRAYSIZE(negotiated); i++) test_negotiated(&negotiated[i]);
    dialing_cleanup();
}
