/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_callback.c - the peer offers to call back: whether, and at which number, from
 * what the program has said and from what the account allows.  The order of things is in
 * conn_fsm.c.
 *
 * The account shows in what is offered: only "no callback"; "preset", which is taken
 * whatever the program wants; or the number is the caller's choice.
 */
#include "conn.h"
#include "errors.h"

#include <string.h>

static bool offers(const struct conn *c, uint32_t type)
{
    return (c->callback_types & 1u << type) != 0;
}

static bool is_open(const struct conn *c)
{
    return !strcmp(c->dial.callback_number, "*");
}

enum conn_event conn_callback_event(struct conn *c, enum conn_event event, uint32_t *error)
{
    if (event == EV_CALLBACK_ASKED)
    {
        c->callback_types = *error;
        *error = 0;
        return offers(c, WIRE_CALLBACK_CALLER) && c->dial.callback_number[0] ? EV_CALLBACK_ASKED : EV_CALLBACK_DECIDED;
    }
    if (c->state == ST_AUTH_CALLBACK && event == EV_NOTICE_DONE && is_open(c) &&
        (c->dial.options & WIRE_DIAL_PAUSED_STATES))
        return EV_CALLBACK_OPEN;
    return event;
}

/* Answer the peer.  "*" has no meaning any more: no number is stored, and who was asked
 * must give one. */
void conn_callback_answer(struct conn *c, enum conn_event event, uint32_t error)
{
    bool chooses = offers(c, WIRE_CALLBACK_CALLER) && c->dial.callback_number[0];

    (void)event;
    if (chooses && is_open(c))
        error = ERROR_BAD_CALLBACK_NUMBER;
    else if (chooses)
        error = c->link->callback(c, WIRE_CALLBACK_CALLER, c->dial.callback_number);
    else if (offers(c, WIRE_CALLBACK_NONE) && (offers(c, WIRE_CALLBACK_CALLER) || !offers(c, WIRE_CALLBACK_PRESET)))
        error = c->link->callback(c, WIRE_CALLBACK_NONE, "");
    else if (offers(c, WIRE_CALLBACK_PRESET))
        error = c->link->callback(c, WIRE_CALLBACK_PRESET, "");
    else
        error = ERROR_BAD_CALLBACK_NUMBER; /* it insists, and there is none */
    if (error) conn_post(c, EV_LINK_DOWN, error);
}

void conn_callback_none(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->resumed = false;
}

void conn_callback_agreed(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->resumed = false;
    c->called_back = true;
    c->link->stop(c);
}

void conn_callback_reset(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->port->device->transport->reset(c->port);
}

void conn_callback_await(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->port->device->transport->answer(c->port);
}
