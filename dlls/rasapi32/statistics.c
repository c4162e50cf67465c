/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * statistics.c - the counters of a connection.  So far only the answers to bad
 * arguments, which these functions give as HRESULT.
 */
#include "rasapi32.h"

static DWORD check_stats(const RAS_STATS *stats)
{
    return version_check(VERSION_RAS_STATS, stats) ? (DWORD)E_INVALIDARG : ERROR_SUCCESS;
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
    FIXME("Not implemented.\n");
    return ERROR_CALL_NOT_IMPLEMENTED;
}

/***********************************************************************
 *      RasClearConnectionStatistics
 */
DWORD WINAPI RasClearConnectionStatistics(HRASCONN hrasconn)
{
    TRACE("hrasconn %p.\n", hrasconn);
    FIXME("Not implemented.\n");
    return ERROR_CALL_NOT_IMPLEMENTED;
}

/***********************************************************************
 *      RasClearLinkStatistics
 */
DWORD WINAPI RasClearLinkStatistics(HRASCONN hrasconn, DWORD sub_entry)
{
    TRACE("hrasconn %p, sub_entry %lu.\n", hrasconn, sub_entry);
    if (!sub_entry)
        return ERROR_INVALID_PARAMETER;
    FIXME("Not implemented.\n");
    return ERROR_CALL_NOT_IMPLEMENTED;
}
