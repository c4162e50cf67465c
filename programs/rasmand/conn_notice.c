/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_notice.c - notices of one connection, one at a time: the next goes out
 * when the program's handler has returned from the one before.  Those of a bundle's links are
 * the bundle's, in one queue.
 */
#include "client.h"

#include <string.h>

/* Does a link of the bundle wait for a notice that is not out yet? */
static bool is_queued(const struct conn *c, const struct conn *link)
{
    unsigned int i;

    for (i = 0; i < c->notices_len && c->notices[i].link != link; i++);
    return i < c->notices_len;
}

static void send_notices(struct conn *c)
{
    struct conn_notice notice;

    while (c->client && c->notices_len && !c->outstanding)
    {
        /* The program answers one pause at a time. */
        if (c->links && !c->notices[0].last && bundle_paused(c) && c->notices[0].link != bundle_paused(c)) return;
        notice = c->notices[0];
        c->notices_len--;
        memmove(&c->notices[0], &c->notices[1], c->notices_len * sizeof(*c->notices));
        c->sequence++;
        if (notice.last)
        {
            c->end_told = true;
            c->notices_len = 0;
        }
        else if (c->dial.options & WIRE_DIAL_ACKNOWLEDGED)
        {
            c->outstanding = true;
            c->outstanding_state = notice.state;
            c->outstanding_link = notice.link;
        }
        client_send_notice(c->client, c, &notice);
    }
}

/* The end of a link is not that of the bundle. */
static void queue(struct conn *c, struct conn *from, uint32_t state, uint32_t error, bool last)
{
    struct conn_notice *notice = &c->notices[c->notices_len];

    if (c->notices_len == c->notices_max)
    {
        log_warnx(c->handle, "too many notices, %s dropped", ras_state_name(state));
        return;
    }
    if (from->bundle && last) state = state == RAS_STATE_Connected ? RAS_STATE_SubEntryConnected
                                                                   : RAS_STATE_SubEntryDisconnected;
    notice->link = from->bundle && !last ? from : NULL;
    notice->sub_entry = conn_sub_entry(from);
    notice->state = state;
    notice->error = error;
    notice->last = last && !from->bundle;
    c->notices_len++;
    if (notice->link) from->outstanding = (c->dial.options & WIRE_DIAL_ACKNOWLEDGED) != 0;
}

void conn_notices_go_on(struct conn *c)
{
    send_notices(c);
}

void conn_notice(struct conn *from, uint32_t state, uint32_t error, bool last)
{
    struct conn *c = from->bundle ? from->bundle : from;

    from->noticed = state;
    from->any_noticed = true;
    if (!c->muted && !c->end_told && c->client)
    {
        queue(c, from, state, error, last);
        send_notices(c);
    }
    if (!from->outstanding && !last) conn_post(from, EV_NOTICE_DONE, 0);
}

static void let_go(struct conn *link)
{
    if (!link->outstanding) return;
    link->outstanding = false;
    conn_post(link, EV_NOTICE_DONE, 0);
}

void conn_notices_drop(struct conn *c)
{
    while (c->notices_len)
    {
        struct conn *link = c->notices[--c->notices_len].link;

        if (link && (!c->outstanding || link != c->outstanding_link)) let_go(link);
    }
    if (!c->outstanding && c->outstanding_link) let_go(c->outstanding_link);
}

void conn_notices_forget(struct conn *link)
{
    struct conn *c = link->bundle;
    unsigned int i;

    for (i = 0; i < c->notices_len; i++)
        if (c->notices[i].link == link) c->notices[i].link = NULL;
    if (c->outstanding_link == link) c->outstanding_link = NULL;
}

void conn_notice_done(struct conn *c, uint32_t sequence)
{
    struct conn *link = c->outstanding_link;

    if (!c->outstanding || sequence != c->sequence)
    {
        log_debug(c->handle, "notice %u is not out", (unsigned int)sequence);
        return;
    }
    c->outstanding = false;
    c->outstanding_link = NULL;
    if (link && !is_queued(c, link)) let_go(link);
    if (c->hangup_pending)
        conn_post(c, EV_HANGUP, 0);
    else
        send_notices(c);
    if (!c->outstanding && !c->hangup_pending) conn_post(c, EV_NOTICE_DONE, 0);
    c->hangup_pending = false;
}
