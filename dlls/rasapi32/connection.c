/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * connection.c - what a program asks about a connection by its handle, and
 * RasHangUp.  The answers are the manager's; without a manager there is none.
 */
#include "rasapi32.h"

#include "client.h"
#include "custom.h"
#include "dial.h"
#include "handles.h"

/* The manager does not have this connection (any more). */
static DWORD hangup_unknown(DWORD handle)
{
    DWORD error = ERROR_INVALID_HANDLE;

    AcquireSRWLockExclusive(&client_lock);
    if (handle_lost_error(handle))
    {
        handle_set_lost(handle, 0);
        error = ERROR_SUCCESS;
    }
    else if (handle_is_known(handle))
        error = ERROR_NO_CONNECTION;
    ReleaseSRWLockExclusive(&client_lock);
    return error;
}

DWORD WINAPI RasHangUpW(HRASCONN conn)
{
    DWORD handle = handle_value(conn), error;
    struct wire_msg msg;

    TRACE("conn %p.\n", conn);
    if (conn && custom_hang_up(conn, &error)) return error;
    if (!handle) return ERROR_INVALID_HANDLE;
    wire_init(&msg, WIRE_hangup, 0);
    msg.u.hangup.handle = handle;
    if (dial_hangup_in_handler(handle)) msg.u.hangup.flags = WIRE_HANGUP_IN_HANDLER;
    error = client_request(TRANSPORT_RUNNING, &msg, NULL, NULL);
    if (error == ERROR_SERVICE_NOT_ACTIVE || error == ERROR_INVALID_HANDLE || error == ERROR_NO_CONNECTION)
        error = hangup_unknown(handle);
    TRACE("conn %p: %s.\n", conn, debugstr_error(error));
    return error;
}

DWORD WINAPI RasHangUpA(HRASCONN conn)
{
    return RasHangUpW(conn);
}

static void take_status(const struct wire_msg *answer, void *context)
{
    const struct wire_status *status = &answer->u.status;
    RASCONNSTATUSW *newest = context;

    if (answer->type != WIRE_status) return;
    newest->rasconnstate = (RASCONNSTATE)status->state;
    newest->dwError = status->error;
    GET_TEXT(newest->szDeviceType, status->device_type);
    GET_TEXT(newest->szDeviceName, status->device_name);
    GET_TEXT(newest->szPhoneNumber, status->number);
}

/* A dial that ended with its manager keeps its error until RasHangUp. */
static DWORD lost_status(DWORD handle, RASCONNSTATUSW *newest)
{
    DWORD error;

    AcquireSRWLockExclusive(&client_lock);
    error = handle_lost_error(handle);
    ReleaseSRWLockExclusive(&client_lock);
    if (!error) return ERROR_INVALID_HANDLE;
    newest->rasconnstate = RASCS_Disconnected;
    newest->dwError = error;
    return ERROR_SUCCESS;
}

/* newest: zero but for its size. */
static DWORD get_status(HRASCONN conn, RASCONNSTATUSW *newest)
{
    DWORD handle = handle_value(conn), error;
    struct wire_msg msg;

    if (!handle) return ERROR_INVALID_HANDLE;
    wire_init(&msg, WIRE_get_status, 0);
    msg.u.get_status.handle = handle;
    error = client_request(TRANSPORT_RUNNING, &msg, take_status, newest);
    if (error == ERROR_SERVICE_NOT_ACTIVE || error == ERROR_INVALID_HANDLE) error = lost_status(handle, newest);
    return error;
}

DWORD WINAPI RasGetConnectStatusW(HRASCONN conn, LPRASCONNSTATUSW status)
{
    RASCONNSTATUSW newest = {0};
    DWORD error;

    TRACE("conn %p, status %p.\n", conn, status);
    if ((error = version_check(VERSION_RASCONNSTATUSW, status))) return error;
    if ((error = get_status(conn, &newest))) return error;
    TRACE("%s, %s.\n", ras_state_name(newest.rasconnstate), debugstr_error(newest.dwError));
    version_leave(VERSION_RASCONNSTATUSW, &newest, status);
    return ERROR_SUCCESS;
}

DWORD WINAPI RasGetConnectStatusA(HRASCONN conn, LPRASCONNSTATUSA status)
{
    RASCONNSTATUSW wide = {0};
    RASCONNSTATUSA newest;
    DWORD error;

    TRACE("conn %p, status %p.\n", conn, status);
    if ((error = version_check(VERSION_RASCONNSTATUSA, status))) return error;
    if ((error = get_status(conn, &wide))) return error;
    aw_to_a(&aw_rasconnstatus, &wide, &newest);
    version_leave(VERSION_RASCONNSTATUSA, &newest, status);
    return ERROR_SUCCESS;
}

/* ---- projections --------------------------------------------------------- */

struct projection
{
    DWORD error;
    WCHAR local[RAS_MaxIpAddress + 1];
    WCHAR remote[RAS_MaxIpAddress + 1];
};

static void take_projection(const struct wire_msg *answer, void *context)
{
    struct projection *projection = context;

    if (answer->type != WIRE_ip_projection) return;
    projection->error = answer->u.ip_projection.error;
    GET_TEXT(projection->local, answer->u.ip_projection.local);
    GET_TEXT(projection->remote, answer->u.ip_projection.remote);
}

static bool is_projection(RASPROJECTION kind)
{
    switch (kind)
    {
        case RASP_Amb:
        case RASP_PppNbf:
        case RASP_PppIpx:
        case RASP_PppIp:
        case RASP_PppCcp:
        case RASP_PppLcp:
        case RASP_PppIpv6:
        case RASP_Slip: return true;
        default: return false;
    }
}

/* Everything but the caller's structure, in this order: 6, 87, 730, 731.  has_buffer:
 * the caller gave all pointers. */
static DWORD get_projection(HRASCONN conn, RASPROJECTION kind, bool has_buffer, struct projection *projection)
{
    DWORD handle = handle_value(conn), error;
    struct wire_msg msg;

    if (!handle) return ERROR_INVALID_HANDLE;
    wire_init(&msg, WIRE_get_ip_projection, 0);
    msg.u.get_ip_projection.handle = handle;
    error = client_request(TRANSPORT_RUNNING, &msg, take_projection, projection);
    if (error == ERROR_SERVICE_NOT_ACTIVE) error = ERROR_INVALID_HANDLE;
    if (error == ERROR_INVALID_HANDLE) return error;
    if (!has_buffer || !is_projection(kind)) return ERROR_INVALID_PARAMETER;
    if (error) return error;
    switch (kind)
    {
        case RASP_PppIp:
            return ERROR_SUCCESS;
        case RASP_PppLcp:
        case RASP_PppIpv6:
        case RASP_PppCcp:
            FIXME("Projection %#x is not implemented.\n", kind);
            return ERROR_PROTOCOL_NOT_CONFIGURED;
        default:
            return ERROR_PROTOCOL_NOT_CONFIGURED;
    }
}

/* The checks that follow, in the caller's edition. */
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

DWORD WINAPI RasGetProjectionInfoW(HRASCONN conn, RASPROJECTION kind, LPVOID buf, LPDWORD size)
{
    struct projection projection = {0};
    RASPPPIPW newest = {0};
    DWORD error;

    TRACE("conn %p, kind %#x, buf %p, size %p.\n", conn, kind, buf, size);
    if ((error = get_projection(conn, kind, size && buf, &projection))) return error;
    if ((error = check_buffer(VERSION_RASPPPIPW, buf, size))) return error;
    newest.dwError = projection.error;
    lstrcpyW(newest.szIpAddress, projection.local);
    lstrcpyW(newest.szServerIpAddress, projection.remote);
    version_leave(VERSION_RASPPPIPW, &newest, buf);
    return ERROR_SUCCESS;
}

/* Dotted addresses are ASCII. */
static void narrow(char *dst, const WCHAR *src)
{
    while ((*dst++ = (char)*src++)) {}
}

DWORD WINAPI RasGetProjectionInfoA(HRASCONN conn, RASPROJECTION kind, LPVOID buf, LPDWORD size)
{
    struct projection projection = {0};
    RASPPPIPA newest = {0};
    DWORD error;

    TRACE("conn %p, kind %#x, buf %p, size %p.\n", conn, kind, buf, size);
    if ((error = get_projection(conn, kind, size && buf, &projection))) return error;
    if ((error = check_buffer(VERSION_RASPPPIPA, buf, size))) return error;
    newest.dwError = projection.error;
    narrow(newest.szIpAddress, projection.local);
    narrow(newest.szServerIpAddress, projection.remote);
    version_leave(VERSION_RASPPPIPA, &newest, buf);
    return ERROR_SUCCESS;
}
