/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * projection.c - RasGetProjectionInfo and RasGetProjectionInfoEx: what PPP negotiated, as far as
 * the manager knows.  Members that nobody can tell are 0.
 */
#include "rasapi32.h"

#include <ws2tcpip.h>
#include "client.h"
#include "handles.h"

#define PPP_EAP 0xc227

/* Of ntdll; not every edition of the headers has it. */
LONG NTAPI RtlIpv6StringToAddressA(const char *text, const char **end, struct in6_addr *address);

_Static_assert(sizeof(RAS_PROJECTION_INFO) == 108, "as the documentation says, in both widths");

union projection
{
    RASPPPIPW ip;
    RASPPPIPV6 ipv6;
    RASPPPLCPW lcp;
    RASPPPCCP ccp;
};

static void take_projection(const struct wire_msg *answer, void *context)
{
    struct wire_projection *projection = context;

    if (answer->type == WIRE_projection) *projection = answer->u.projection;
}

/* 6 or 730. */
static DWORD get_projection(HRASCONN conn, struct wire_projection *projection)
{
    DWORD handle = handle_value(conn), error;
    struct wire_msg msg;

    memset(projection, 0, sizeof(*projection));
    if (!handle) return ERROR_INVALID_HANDLE;
    wire_init(&msg, WIRE_get_projection, 0);
    msg.u.get_projection.handle = handle;
    error = client_request(TRANSPORT_RUNNING, &msg, take_projection, projection);
    return error == ERROR_SERVICE_NOT_ACTIVE ? ERROR_INVALID_HANDLE : error;
}

/* ---- one kind --------------------------------------------------------------------- */

/* Fillers of the newest edition, which is zero.  731: nobody asked for the protocol. */
static DWORD fill_ip(const struct wire_projection *projection, union projection *newest)
{
    if (projection->error == ERROR_PROTOCOL_NOT_CONFIGURED) return projection->error;
    newest->ip.dwError = projection->error;
    if (projection->options & WIRE_IP_VJ) newest->ip.dwOptions = RASIPO_VJ;
    if (projection->server_options & WIRE_IP_VJ) newest->ip.dwServerOptions = RASIPO_VJ;
    GET_TEXT(newest->ip.szIpAddress, projection->local);
    GET_TEXT(newest->ip.szServerIpAddress, projection->remote);
    return ERROR_SUCCESS;
}

/* The manager has link-local addresses; their second half is the interface's own. */
static void get_identifier(BYTE identifier[8], const char *text)
{
    struct in6_addr address;
    const char *end;

    if (!RtlIpv6StringToAddressA(text, &end, &address)) memcpy(identifier, &address.u.Byte[8], 8);
}

static DWORD fill_ipv6(const struct wire_projection *projection, union projection *newest)
{
    if (projection->error6 == ERROR_PROTOCOL_NOT_CONFIGURED) return projection->error6;
    newest->ipv6.dwError = projection->error6;
    get_identifier(newest->ipv6.bLocalInterfaceIdentifier, projection->local6);
    get_identifier(newest->ipv6.bPeerInterfaceIdentifier, projection->remote6);
    return ERROR_SUCCESS;
}

static DWORD fill_lcp(const struct wire_projection *projection, union projection *newest)
{
    RASPPPLCPW *lcp = &newest->lcp;

    lcp->fBundled = projection->bundled != 0;
    lcp->fMultilink = projection->multilink != 0;
    lcp->dwAuthenticationProtocol = projection->auth_protocol;
    if (projection->auth_protocol == PPP_EAP)
        lcp->dwEapTypeId = projection->auth_data;
    else
        lcp->dwAuthenticationData = projection->auth_data;
    lcp->dwServerAuthenticationProtocol = projection->server_auth_protocol;
    if (projection->server_auth_protocol == PPP_EAP)
        lcp->dwServerEapTypeId = projection->server_auth_data;
    else
        lcp->dwServerAuthenticationData = projection->server_auth_data;
    lcp->dwOptions = projection->lcp_options;
    lcp->dwServerOptions = projection->lcp_server_options;
    GET_TEXT(lcp->szReplyMessage, projection->reply);
    return ERROR_SUCCESS;
}

/* The structure has no names but for the methods of Windows.  Another one that compresses shows
 * as an option; encryption alone is no compression. */
static void get_compression(DWORD *algorithm, DWORD *options, uint32_t ccp, uint32_t mppe)
{
    static const struct
    {
        uint32_t mppe;
        DWORD option;
    } bits[] = {
        {WIRE_MPPE_MPPC, RASCCPO_Compression},     {WIRE_MPPE_STATELESS, RASCCPO_HistoryLess},
        {WIRE_MPPE_56, RASCCPO_Encryption56bit},   {WIRE_MPPE_40, RASCCPO_Encryption40bit},
        {WIRE_MPPE_128, RASCCPO_Encryption128bit},
    };
    unsigned int i;

    *algorithm = *options = 0;
    if (ccp == WIRE_CCP_STAC) *algorithm = RASCCPCA_STAC;
    if (ccp == WIRE_CCP_MPPE && (mppe & WIRE_MPPE_MPPC)) *algorithm = RASCCPCA_MPPC;
    if (ccp && ccp != WIRE_CCP_MPPE) *options = RASCCPO_Compression;
    for (i = 0; ccp == WIRE_CCP_MPPE && i < ARRAYSIZE(bits); i++)
        if (mppe & bits[i].mppe) *options |= bits[i].option;
}

static DWORD fill_ccp(const struct wire_projection *projection, union projection *newest)
{
    RASPPPCCP *ccp = &newest->ccp;

    if (projection->ccp_error == ERROR_PROTOCOL_NOT_CONFIGURED) return projection->ccp_error;
    ccp->dwError = projection->ccp_error;
    get_compression(&ccp->dwCompressionAlgorithm, &ccp->dwOptions, projection->ccp, projection->ccp_options);
    get_compression(&ccp->dwServerCompressionAlgorithm, &ccp->dwServerOptions, projection->ccp_server,
                    projection->ccp_server_options);
    return ERROR_SUCCESS;
}

static DWORD fill_nothing(const struct wire_projection *projection, union projection *newest)
{
    (void)projection;
    (void)newest;
    return ERROR_PROTOCOL_NOT_CONFIGURED;
}

static const struct kind
{
    RASPROJECTION kind;
    enum version_id id_a;
    enum version_id id_w;
    const struct aw_struct *type; /* NULL: A and W are the same */
    DWORD (*fill)(const struct wire_projection *projection, union projection *newest);
} kinds[] = {
    {RASP_PppIp, VERSION_RASPPPIPA, VERSION_RASPPPIPW, &aw_raspppip, fill_ip},
    {RASP_PppLcp, VERSION_RASPPPLCPA, VERSION_RASPPPLCPW, &aw_rasppplcp, fill_lcp},
    {RASP_PppIpv6, VERSION_RASPPPIPV6, VERSION_RASPPPIPV6, NULL, fill_ipv6},
    {RASP_PppCcp, VERSION_RASPPPCCP, VERSION_RASPPPCCP, NULL, fill_ccp},
    {RASP_Amb, VERSION_RASAMBA, VERSION_RASAMBW, &aw_rasamb, fill_nothing},
    {RASP_PppNbf, VERSION_RASPPPNBFA, VERSION_RASPPPNBFW, &aw_raspppnbf, fill_nothing},
    {RASP_PppIpx, VERSION_RASPPPIPXA, VERSION_RASPPPIPXW, &aw_raspppipx, fill_nothing},
    {RASP_Slip, VERSION_RASSLIPA, VERSION_RASSLIPW, &aw_rasslip, fill_nothing},
};

static const struct kind *find_kind(RASPROJECTION kind)
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(kinds); i++)
        if (kinds[i].kind == kind) return &kinds[i];
    return NULL;
}

/* The checks of the caller's structure, which come last. */
static DWORD check_buffer(enum version_id id, const void *buf, DWORD *size)
{
    DWORD needed, error;

    if (*size < sizeof(needed))
    {
        *size = version_newest(id);
        return ERROR_BUFFER_TOO_SMALL;
    }
    if ((error = version_check(id, buf))) return error;
    needed = *(const DWORD *)buf;
    error = *size < needed ? ERROR_BUFFER_TOO_SMALL : ERROR_SUCCESS;
    *size = needed;
    return error;
}

/* In this order: 6, 87, 730, 731, 632, 603. */
static DWORD get_info(HRASCONN conn, RASPROJECTION kind_value, void *buf, DWORD *size, bool wide)
{
    const struct kind *kind = find_kind(kind_value);
    struct wire_projection projection;
    union projection newest = {0};
    enum version_id id;
    DWORD error;

    error = get_projection(conn, &projection);
    if (error == ERROR_INVALID_HANDLE) return error;
    if (!buf || !size || !kind) return ERROR_INVALID_PARAMETER;
    if (error || (error = kind->fill(&projection, &newest))) return error;
    id = wide ? kind->id_w : kind->id_a;
    if ((error = check_buffer(id, buf, size))) return error;
    if (wide || !kind->type)
        version_leave(id, &newest, buf);
    else
        aw_leave(id, kind->type, &newest, buf);
    return ERROR_SUCCESS;
}

DWORD WINAPI RasGetProjectionInfoW(HRASCONN conn, RASPROJECTION kind, LPVOID buf, LPDWORD size)
{
    TRACE("conn %p, kind %#x, buf %p, size %p.\n", conn, kind, buf, size);
    return get_info(conn, kind, buf, size, true);
}

DWORD WINAPI RasGetProjectionInfoA(HRASCONN conn, RASPROJECTION kind, LPVOID buf, LPDWORD size)
{
    TRACE("conn %p, kind %#x, buf %p, size %p.\n", conn, kind, buf, size);
    return get_info(conn, kind, buf, size, false);
}

/* ---- all of them ------------------------------------------------------------------ */

/* An address as text in network order, 0 when there is none. */
static RASIPV4ADDR parse_address(const char *text)
{
    RASIPV4ADDR address = {.S_un.S_addr = inet_addr(text)};

    if (address.S_un.S_addr == INADDR_NONE) address.S_un.S_addr = 0;
    return address;
}

static void fill_all(const struct wire_projection *projection, RASPPP_PROJECTION_INFO *info)
{
    union projection lcp = {0}, ccp = {0};

    fill_lcp(projection, &lcp);
    fill_ccp(projection, &ccp);
    info->dwIPv4NegotiationError = projection->error;
    if (projection->options & WIRE_IP_VJ) info->dwIPv4Options = RASIPO_VJ;
    if (projection->server_options & WIRE_IP_VJ) info->dwIPv4ServerOptions = RASIPO_VJ;
    info->ipv4Address = parse_address(projection->local);
    info->ipv4ServerAddress = parse_address(projection->remote);
    info->dwIPv6NegotiationError = projection->error6;
    get_identifier(info->bInterfaceIdentifier, projection->local6);
    get_identifier(info->bServerInterfaceIdentifier, projection->remote6);
    info->fBundled = lcp.lcp.fBundled;
    info->fMultilink = lcp.lcp.fMultilink;
    info->dwAuthenticationProtocol = lcp.lcp.dwAuthenticationProtocol;
    info->dwAuthenticationData = lcp.lcp.dwAuthenticationData;
    info->dwServerAuthenticationProtocol = lcp.lcp.dwServerAuthenticationProtocol;
    info->dwServerAuthenticationData = lcp.lcp.dwServerAuthenticationData;
    info->dwEapTypeId = lcp.lcp.dwEapTypeId;
    info->dwServerEapTypeId = lcp.lcp.dwServerEapTypeId;
    info->dwLcpOptions = lcp.lcp.dwOptions;
    info->dwLcpServerOptions = lcp.lcp.dwServerOptions;
    info->dwCcpError = projection->ccp_error;
    info->dwCcpCompressionAlgorithm = ccp.ccp.dwCompressionAlgorithm;
    info->dwCcpServerCompressionAlgorithm = ccp.ccp.dwServerCompressionAlgorithm;
    info->dwCcpOptions = ccp.ccp.dwOptions;
    info->dwCcpServerOptions = ccp.ccp.dwServerOptions;
}

/* In this order: 6, 87, 730, 603, where the version says what a buffer that is there may hold. */
DWORD WINAPI RasGetProjectionInfoEx(HRASCONN conn, PRAS_PROJECTION_INFO buf, LPDWORD size)
{
    RAS_PROJECTION_INFO info = {.type = PROJECTION_INFO_TYPE_PPP};
    struct wire_projection projection;
    DWORD error, given;

    TRACE("conn %p, buf %p, size %p.\n", conn, buf, size);
    error = get_projection(conn, &projection);
    if (error == ERROR_INVALID_HANDLE) return error;
    if (!size) return ERROR_INVALID_PARAMETER;
    if (buf && *size >= sizeof(buf->version))
    {
        info.version = buf->version;
        if (info.version < RASAPIVERSION_500 || info.version > RASAPIVERSION_601) return ERROR_INVALID_PARAMETER;
    }
    if (error) return error;
    given = *size;
    *size = sizeof(info);
    if (!buf || given < sizeof(info)) return ERROR_BUFFER_TOO_SMALL;
    fill_all(&projection, &info.ppp);
    *buf = info;
    return ERROR_SUCCESS;
}
