/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_stats.c - the counters of a connection, since they were cleared.  The link has them from
 * the kernel; nothing is counted here.
 */
#include "conn.h"

void conn_count(struct conn *c, bool clear, struct wire_stats *stats)
{
    struct link_counters now = {{0}};
    uint32_t *const fields[COUNTERS] =
    {
        [COUNT_BYTES_SENT] = &stats->bytes_sent,         [COUNT_BYTES_RECEIVED] = &stats->bytes_received,
        [COUNT_FRAMES_SENT] = &stats->frames_sent,       [COUNT_FRAMES_RECEIVED] = &stats->frames_received,
        [COUNT_CRC_ERRORS] = &stats->crc_errors,         [COUNT_OVERRUNS] = &stats->overruns,
        [COUNT_FRAMING_ERRORS] = &stats->framing_errors, [COUNT_BUFFER_OVERRUNS] = &stats->buffer_overruns,
    };
    unsigned int i;

    if (c->state != ST_CONNECTED || !c->link->count(c, &now)) return;
    if (clear) c->cleared = now;
    for (i = 0; i < COUNTERS; i++) *fields[i] = (uint32_t)(now.values[i] - c->cleared.values[i]);
    if (c->port) stats->bps = c->port->bps;
    stats->duration_ms = (uint32_t)(conn_clock_ms() - c->connected_at);
}
