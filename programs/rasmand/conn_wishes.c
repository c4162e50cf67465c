/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_wishes.c - what an event means to a connection depends on what its program and its
 * entry want: to be asked after a refusal, a terminal, a script, another number, a call
 * back.  The order of things is in conn_fsm.c.
 */
#include "conn.h"
#include "errors.h"

/* A program that wants paused states is asked after every refusal, also when the
 * peer does not keep the link, or closes it without another word. */
static enum conn_event refusal(const struct conn *c, enum conn_event event, uint32_t error)
{
    if (!(c->dial.options & WIRE_DIAL_PAUSED_STATES) || !conn_is_refusal(error)) return event;
    if ((c->state == ST_AUTHENTICATE || c->state == ST_REAUTHENTICATE) &&
        (event == EV_AUTH_FAILED || event == EV_LINK_DOWN))
        return EV_AUTH_LOST;
    if (event != EV_AUTH_FAILED) return event;
    if (c->state == ST_AUTH_RETRY || c->state == ST_EAP_ANSWERED || c->state == ST_CHANGE_PASSWORD) return EV_AUTH_LOST;
    return event;
}

/* A step of the dial is done.  Does the entry want a terminal or a script before the
 * next one?  Where nobody can be asked, a script is an error. */
static enum conn_event next_step(const struct conn *c, enum conn_event event, uint32_t *error)
{
    switch (c->state)
    {
    case ST_PORT_OPENED:
    case ST_REOPENING:
        if (event != (c->state == ST_REOPENING ? EV_PORT_OPENED : EV_NOTICE_DONE)) return event;
        return c->switches & WIRE_DIAL_TERMINAL_BEFORE ? EV_INTERACTIVE : event;
    case ST_DEVICE_CONNECTED:
        return event == EV_NOTICE_DONE && (c->switches & SWITCHES_AFTER) ? EV_INTERACTIVE : event;
    case ST_SWITCH_AFTER:
        if (event != EV_NOTICE_DONE || !(c->switches & WIRE_DIAL_SCRIPT)) return event;
        if (c->dial.options & WIRE_DIAL_PAUSED_STATES) return event;
        *error = ERROR_INTERACTIVE_MODE;
        return EV_DEVICE_FAILED;
    default:
        return event;
    }
}

enum conn_event conn_wishes_event(struct conn *c, enum conn_event event, uint32_t *error)
{
    /* It was connected: it needs no program. */
    if (event == EV_CLIENT_LOST && c->reconnecting) return EV_COUNT;
    if (c->links && (event == EV_DIAL || (event == EV_PORT_FREE && c->state == ST_LOST))) return EV_BUNDLE;
    event = refusal(c, event, *error);
    event = conn_callback_event(c, event, error);
    event = conn_numbers_event(c, event, error);
    return next_step(c, event, error);
}
