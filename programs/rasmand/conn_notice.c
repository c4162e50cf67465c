/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_notice.c - notices of one connection, one at a time: the next goes out
 * when the program's handler has returned from the one before.
 */
#include "client.h"

#include <string.h>

static void send_notices(struct conn *c)
{
    struct conn_notice notice;

    while (c->client && c->notices_len && !c->outstanding)
    {
        notice = c->notices[0];
        c->notices_len--;
        memmove(&c->notices[0], &c->notices[1], c->notices_len * sizeof(*c->notices));
        c->sequence++;
        if (notice.last)
            c->end_told = true;
        else if (c->dial.options & WIRE_DIAL_ACKNOWLEDGED)
        {
            c->outstanding = true;
            c->outstanding_state = notice.state;
        }
        client_send_notice(c->client, c, &notice);
    }
}

void conn_notice(struct conn *c, uint32_t state, uint32_t error, bool last)
{
    c->noticed = state;
    c->any_noticed = true;
    if (!c->muted && !c->end_told && c->client)
    {
        if (c->notices_len < CONN_NOTICES_MAX)
        {
            c->notices[c->notices_len].state = state;
            c->notices[c->notices_len].error = error;
            c->notices[c->notices_len].last = last;
            c->notices_len++;
        }
        else
            log_warnx(c->handle, "too many notices, %s dropped", ras_state_name(state));
        send_notices(c);
    }
    if (!c->outstanding && !last) conn_post(c, EV_NOTICE_DONE, 0);
}

void conn_notices_drop(struct conn *c)
{
    c->notices_len = 0;
}

void conn_notice_done(struct conn *c, uint32_t sequence)
{
    if (!c->outstanding || sequence != c->sequence)
    {
        log_debug(c->handle, "notice %u is not out", (unsigned int)sequence);
        return;
    }
    c->outstanding = false;
    if (c->hangup_pending)
        conn_post(c, EV_HANGUP, 0);
    else
        send_notices(c);
    if (!c->outstanding && !c->hangup_pending) conn_post(c, EV_NOTICE_DONE, 0);
    c->hangup_pending = false;
}
