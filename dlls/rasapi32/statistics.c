/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * statistics.c - the counters of a connection.  So far only the answers to bad
 * arguments; sizes and pointers these functions refuse with an HRESULT.
 */
#include "rasapi32.h"

static DWORD check_stats(const RAS_STATS *stats)
{
    return version_check(VERSION_RAS_STATS, stats) ? (DWORD)E_INVALIDARG : ERROR_SUCCESS;
}

static DWORD check_connection(HRASCONN hrasconn)
{
    RASCONNSTATUSW status = {.dwSize = sizeof(status)};

    return RasGetConnectStatusW(hrasconn, &status);
}

/* There is one link. */
static DWORD check_link(HRASCONN hrasconn, DWORD sub_entry)
{
    RASCONNSTATUSW status = {.dwSize = sizeof(status)};
    DWORD error;

    if ((error = RasGetConnectStatusW(hrasconn, &status)))
        return error;
    if (sub_entry > 1)
        return ERROR_INVALID_PARAMETER;
    return status.rasconnstate == RASCS_Connected ? ERROR_SUCCESS : ERROR_NO_CONNECTION;
}

/***********************************************************************
 *      RasGetConnectionStatistics
 */
DWORD WINAPI RasGetConnectionStatistics(HRASCONN hrasconn, RAS_STATS *stats)
{
    DWORD error;

    TRACE("hrasconn %p, stats %p.\n", hrasconn, stats);
    if ((error = check_stats(stats)))
        return error;
    if ((error = check_connection(hrasconn)))
        return error;
    FIXME("Not implemented.\n");
    return ERROR_CALL_NOT_IMPLEMENTED;
}

/***********************************************************************
 *      RasGetLinkStatistics
 *
 * sub_entry counts from 1.
 */
DWORD WINAPI RasGetLinkStatistics(HRASCONN hrasconn, DWORD sub_entry, RAS_STATS *stats)
{
    DWORD error;

    TRACE("hrasconn %p, sub_entry %lu, stats %p.\n", hrasconn, sub_entry, stats);
    if (!sub_entry)
        return (DWORD)E_INVALIDARG;
    if ((error = check_stats(stats)))
        return error;
    if ((error = check_link(hrasconn, sub_entry)))
        return error;
    FIXME("Not implemented.\n");
    return ERROR_CALL_NOT_IMPLEMENTED;
}

/***********************************************************************
 *      RasClearConnectionStatistics
 */
DWORD WINAPI RasClearConnectionStatistics(HRASCONN hrasconn)
{
    DWORD error;

    TRACE("hrasconn %p.\n", hrasconn);
    if ((error = check_connection(hrasconn)))
        return error;
    FIXME("Not implemented.\n");
    return ERROR_CALL_NOT_IMPLEMENTED;
}

/***********************************************************************
 *      RasClearLinkStatistics
 */
DWORD WINAPI RasClearLinkStatistics(HRASCONN hrasconn, DWORD sub_entry)
{
    DWORD error;

    TRACE("hrasconn %p, sub_entry %lu.\n", hrasconn, sub_entry);
    if (!sub_entry)
        return ERROR_INVALID_PARAMETER;
    if ((error = check_link(hrasconn, sub_entry)))
        return error;
    FIXME("Not implemented.\n");
    return ERROR_CALL_NOT_IMPLEMENTED;
}
