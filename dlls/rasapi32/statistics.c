/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * statistics.c - the counters of a connection, and of each of its links.  Sizes and pointers
 * these functions refuse with an HRESULT.  Nobody counts time-outs or frames that are not
 * aligned: those members are 0.
 */
#include "rasapi32.h"

#include "client.h"
#include "handles.h"

static DWORD check_stats(const RAS_STATS *stats)
{
    return version_check(VERSION_RAS_STATS, stats) ? (DWORD)E_INVALIDARG : ERROR_SUCCESS;
}

static void take_stats(const struct wire_msg *answer, void *context)
{
    const struct wire_stats *stats = &answer->u.stats;
    RAS_STATS *newest = context;

    if (answer->type != WIRE_stats) return;
    newest->dwBytesXmited = stats->bytes_sent;
    newest->dwBytesRcved = stats->bytes_received;
    newest->dwFramesXmited = stats->frames_sent;
    newest->dwFramesRcved = stats->frames_received;
    newest->dwCrcErr = stats->crc_errors;
    newest->dwHardwareOverrunErr = stats->overruns;
    newest->dwFramingErr = stats->framing_errors;
    newest->dwBufferOverrunErr = stats->buffer_overruns;
    newest->dwCompressionRatioIn = stats->ratio_in;
    newest->dwCompressionRatioOut = stats->ratio_out;
    newest->dwBps = stats->bps;
    newest->dwConnectDuration = stats->duration_ms;
}

/* sub_entry: of a link, or 0 for the connection.  6, 87, 668.  stats may be NULL. */
static DWORD get_stats(HRASCONN conn, DWORD sub_entry, bool clear, RAS_STATS *stats)
{
    DWORD handle = handle_value(conn), error;
    RAS_STATS newest = {0};
    struct wire_msg msg;

    if (!handle) return ERROR_INVALID_HANDLE;
    wire_init(&msg, WIRE_get_stats, 0);
    msg.u.get_stats.handle = handle;
    msg.u.get_stats.sub_entry = sub_entry;
    msg.u.get_stats.clear = clear;
    error = client_request(TRANSPORT_RUNNING, &msg, take_stats, &newest);
    if (error == ERROR_NOT_SUPPORTED) FIXME("conn %p, link %lu: nobody counts its line.\n", conn, sub_entry);
    if (!error && stats) version_leave(VERSION_RAS_STATS, &newest, stats);
    return error == ERROR_SERVICE_NOT_ACTIVE ? ERROR_INVALID_HANDLE : error;
}

DWORD WINAPI RasGetConnectionStatistics(HRASCONN conn, RAS_STATS *stats)
{
    DWORD error;

    TRACE("conn %p, stats %p.\n", conn, stats);
    if ((error = check_stats(stats))) return error;
    return get_stats(conn, 0, false, stats);
}

DWORD WINAPI RasGetLinkStatistics(HRASCONN conn, DWORD sub_entry, RAS_STATS *stats)
{
    DWORD error;

    TRACE("conn %p, sub_entry %lu, stats %p.\n", conn, sub_entry, stats);
    if (!sub_entry) return (DWORD)E_INVALIDARG;
    if ((error = check_stats(stats))) return error;
    return get_stats(conn, sub_entry, false, stats);
}

/* The counters, not the duration. */
DWORD WINAPI RasClearConnectionStatistics(HRASCONN conn)
{
    TRACE("conn %p.\n", conn);
    return get_stats(conn, 0, true, NULL);
}

DWORD WINAPI RasClearLinkStatistics(HRASCONN conn, DWORD sub_entry)
{
    TRACE("conn %p, sub_entry %lu.\n", conn, sub_entry);
    if (!sub_entry) return ERROR_INVALID_PARAMETER;
    return get_stats(conn, sub_entry, true, NULL);
}
