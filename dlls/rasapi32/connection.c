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

_Static_assert(RASCSS_Dormant == WIRE_SUBSTATE_DORMANT && RASCSS_Reconnecting == WIRE_SUBSTATE_RECONNECTING &&
               RASCSS_Reconnected == WIRE_SUBSTATE_RECONNECTED, "the manager's numbers are those of the API");

static void take_status(const struct wire_msg *answer, void *context)
{
    const struct wire_status *status = &answer->u.status;
    RASCONNSTATUSW *newest = context;

    if (answer->type != WIRE_status) return;
    newest->rasconnstate = (RASCONNSTATE)status->state;
    newest->rasconnsubstate = (RASCONNSUBSTATE)status->substate;
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

/* ---- what has links, and what has none of it ---------------------------------------- */

static void take_link(const struct wire_msg *answer, void *context)
{
    if (answer->type == WIRE_link) *(DWORD *)context = answer->u.link.handle;
}

DWORD handle_find_link(HRASCONN conn, DWORD sub_entry, DWORD *link)
{
    DWORD handle = handle_value(conn), error;
    struct wire_msg msg;

    if (!handle) return ERROR_INVALID_HANDLE;
    wire_init(&msg, WIRE_get_link, 0);
    msg.u.get_link.handle = handle;
    msg.u.get_link.sub_entry = sub_entry;
    error = client_request(TRANSPORT_RUNNING, &msg, take_link, link);
    return error == ERROR_SERVICE_NOT_ACTIVE ? ERROR_INVALID_HANDLE : error;
}

/* The handle of the only link stands for the connection. */
DWORD WINAPI RasGetSubEntryHandleW(HRASCONN conn, DWORD sub_entry, LPHRASCONN link)
{
    DWORD handle, error;

    TRACE("conn %p, sub_entry %lu, link %p.\n", conn, sub_entry, link);
    if (!link || !sub_entry) return ERROR_INVALID_PARAMETER;
    if ((error = handle_find_link(conn, sub_entry, &handle))) return error;
    *link = handle_of_link(handle);
    return ERROR_SUCCESS;
}

DWORD WINAPI RasGetSubEntryHandleA(HRASCONN conn, DWORD sub_entry, LPHRASCONN link)
{
    return RasGetSubEntryHandleW(conn, sub_entry, link);
}

/* Moves an IKEv2 connection to another interface, and there is no IKEv2.  dwSize is not the first
 * member here, so this structure is none of version.def. */
DWORD WINAPI RasUpdateConnection(HRASCONN conn, LPRASUPDATECONN update)
{
    RASCONNSTATUSW status = {0};
    DWORD error;

    TRACE("conn %p, update %p.\n", conn, update);
    if (!update) return ERROR_INVALID_PARAMETER;
    if (update->dwSize != sizeof(*update)) return ERROR_INVALID_SIZE;
    if ((error = get_status(conn, &status))) return error;
    return ERROR_MOBIKE_DISABLED;
}

/* There is no network access protection. */
DWORD WINAPI RasGetNapStatus(HRASCONN conn, LPRASNAPSTATE state)
{
    RASCONNSTATUSW status = {0};
    DWORD error;

    TRACE("conn %p, state %p.\n", conn, state);
    if ((error = version_check(VERSION_RASNAPSTATE, state))) return error;
    if ((error = get_status(conn, &status))) return error;
    return ERROR_NOT_NAP_CAPABLE;
}

/* Of mobile phones alone. */
DWORD WINAPI RasGetPCscf(LPWSTR address)
{
    FIXME("address %p: not implemented.\n", address);
    return ERROR_CALL_NOT_IMPLEMENTED;
}
