/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_stats.c - the counters of a connection, since they were cleared.  The link has them from
 * the kernel; nothing is counted here.
 */
#include "conn.h"

/* What is left of data that was compressed, in percent. */
static uint32_t ratio(const struct link_counters *counters, enum link_counter plain, enum link_counter packed)
{
    uint64_t whole = (uint32_t)counters->values[plain], left = (uint32_t)counters->values[packed];

    return whole ? (uint32_t)((left * 100 + whole / 2) / whole) : 0;
}

/* The interface is the bundle's: of each of its links the line alone can tell. */
static bool count(struct conn *c, struct link_counters *counters)
{
    if (!c->bundle) return c->link->count(c, counters);
    return c->port->device->transport->count && c->port->device->transport->count(c->port, counters);
}

uint32_t conn_count(struct conn *c, uint32_t sub_entry, bool clear, struct wire_stats *stats)
{
    struct link_counters now = {{0}};
    unsigned int i;

    if (sub_entry)
    {
        switch (conn_find_link(c, sub_entry, &c))
        {
        case 0: break;
        case ERROR_PORT_NOT_OPEN: return ERROR_NO_CONNECTION;
        default: return ERROR_INVALID_PARAMETER;
        }
    }
    if (c->state != ST_CONNECTED) return 0;
    if (!count(c, &now)) return c->bundle ? ERROR_NOT_SUPPORTED : 0;
    if (clear) c->cleared = now;
    for (i = 0; i < COUNTERS; i++) now.values[i] -= c->cleared.values[i];
    stats->bytes_sent = (uint32_t)now.values[COUNT_BYTES_SENT];
    stats->bytes_received = (uint32_t)now.values[COUNT_BYTES_RECEIVED];
    stats->frames_sent = (uint32_t)now.values[COUNT_FRAMES_SENT];
    stats->frames_received = (uint32_t)now.values[COUNT_FRAMES_RECEIVED];
    stats->crc_errors = (uint32_t)now.values[COUNT_CRC_ERRORS];
    stats->overruns = (uint32_t)now.values[COUNT_OVERRUNS];
    stats->framing_errors = (uint32_t)now.values[COUNT_FRAMING_ERRORS];
    stats->buffer_overruns = (uint32_t)now.values[COUNT_BUFFER_OVERRUNS];
    stats->ratio_in = ratio(&now, COUNT_PLAIN_RECEIVED, COUNT_PACKED_RECEIVED);
    stats->ratio_out = ratio(&now, COUNT_PLAIN_SENT, COUNT_PACKED_SENT);
    if (c->links)
        stats->bps = bundle_bps(c);
    else if (c->port)
        stats->bps = c->port->bps;
    stats->duration_ms = (uint32_t)(conn_clock_ms() - c->connected_at);
    return 0;
}
