/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_queue.c - events that wait for their connection, and which of them may be
 * handled now.  It decides the order, never what an event does.
 */
#include "conn.h"

#include <string.h>

/* Lower goes first. */
enum event_class
{
    CLASS_AT_ONCE, /* also while the program's handler runs */
    CLASS_STEP,    /* the handler has returned: the connection's own next step */
    CLASS_PEER,    /* waits for the handler, in order */
    CLASS_COUNT
};

static enum event_class event_class(enum conn_event event)
{
    switch (event)
    {
    case EV_HANGUP:
    case EV_CLIENT_LOST:
    case EV_LINK_DOWN:
    case EV_LINK_GONE:
    case EV_PORT_CLOSED:
        return CLASS_AT_ONCE;
    case EV_NOTICE_DONE:
        return CLASS_STEP;
    default:
        return CLASS_PEER;
    }
}

/* The queue is full of what the peer did: one of these may go, the end may not. */
static void make_room(struct conn *c, enum conn_event event, uint32_t error)
{
    unsigned int i;

    if (event_class(event) == CLASS_PEER) return;
    for (i = CONN_QUEUE_MAX; i-- > 0;)
    {
        if (event_class(c->queue[i].event) != CLASS_PEER) continue;
        c->queue[i].event = event;
        c->queue[i].error = error;
        return;
    }
}

void conn_post(struct conn *c, enum conn_event event, uint32_t error)
{
    if (c->queue_len < CONN_QUEUE_MAX)
    {
        c->queue[c->queue_len].event = event;
        c->queue[c->queue_len].error = error;
        c->queue_len++;
    }
    else
    {
        c->overflow = true;
        make_room(c, event, error);
    }
    event_active(c->run, 0, 0);
}

static void take(struct conn *c, unsigned int index, struct conn_queued *next)
{
    *next = c->queue[index];
    c->queue_len--;
    memmove(&c->queue[index], &c->queue[index + 1], (c->queue_len - index) * sizeof(*c->queue));
}

static int find(const struct conn *c, enum conn_event event)
{
    unsigned int i;

    for (i = 0; i < c->queue_len; i++)
        if (c->queue[i].event == event) return (int)i;
    return -1;
}

static bool is_link_end(enum conn_event event)
{
    return event == EV_LINK_DOWN || event == EV_LINK_GONE;
}

/* A program that wants to be asked after a refusal must first hear of what led to
 * it: there the end of a link keeps its place behind what the peer did before.  So it does
 * where the peer will call back: it is no failure then. */
static enum event_class class_here(const struct conn *c, unsigned int index)
{
    enum conn_event event = c->queue[index].event;
    unsigned int i;

    for (i = 0; is_link_end(event) && i < index; i++)
        if (c->queue[i].event == EV_CALLBACK_AGREED ||
            ((c->dial.options & WIRE_DIAL_PAUSED_STATES) && event_class(c->queue[i].event) == CLASS_PEER))
            return CLASS_PEER;
    return event_class(event);
}

bool conn_queue_next(struct conn *c, struct conn_queued *next)
{
    unsigned int class, i;
    int refused;

    for (class = 0; class < CLASS_COUNT; class++)
    {
        if (class == CLASS_PEER && c->outstanding) break;
        for (i = 0; i < c->queue_len; i++)
        {
            if (class_here(c, i) != class) continue;
            /* The end of a link that the peer refused says less than the refusal. */
            if (is_link_end(c->queue[i].event) && (refused = find(c, EV_AUTH_FAILED)) >= 0) i = (unsigned int)refused;
            take(c, i, next);
            return true;
        }
    }
    return false;
}

void conn_queue_drop(struct conn *c, enum conn_event event)
{
    struct conn_queued dropped;
    int index;

    while ((index = find(c, event)) >= 0) take(c, (unsigned int)index, &dropped);
}
