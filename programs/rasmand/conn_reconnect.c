/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_reconnect.c - a link that was up is lost, and the entry wants it back
 * (RASEO2_ReconnectIfDropped): it is dialled again, at once and then after pauses, as often as
 * the entry redials.  The handle stays; programs hear that the connection is gone and is there
 * again.  The order of things is in conn_fsm.c.
 */
#include "conn.h"
#include "errors.h"

#define PAUSE_MAX 86400 /* seconds */
#define QUICK_MAX 10    /* without a pause; one whose device is gone must not keep us busy */
#define STEADY_MS 60000 /* a link that was up as long counts as one: what it took is forgotten */

bool conn_is_final(uint32_t error)
{
    switch (error)
    {
    case ERROR_USER_DISCONNECTION:
    case ERROR_IDLE_TIMEOUT:
    case ERROR_PASSWD_EXPIRED:
    case ERROR_CHANGING_PASSWORD:
    case ERROR_PEER_REFUSED_AUTH:
    case ERROR_UNABLE_TO_AUTHENTICATE_SERVER:
    case ERROR_NO_EAPTLS_CERTIFICATE:
    case ERROR_NO_LOCAL_ENCRYPTION:
    case ERROR_NO_REMOTE_ENCRYPTION:
    case ERROR_INTERACTIVE_MODE:
    case ERROR_BAD_CALLBACK_NUMBER:
    case ERROR_RASMAN_CANNOT_INITIALIZE:
        return true;
    default:
        return conn_is_refusal(error);
    }
}

static bool was_steady(const struct conn *c)
{
    return c->state == ST_CONNECTED && conn_clock_ms() - c->connected_at >= STEADY_MS;
}

/* A login script runs in the program, which may be gone. */
bool conn_reconnects(const struct conn *c, uint32_t error)
{
    const uint32_t asks = WIRE_DIAL_TERMINAL_BEFORE | WIRE_DIAL_TERMINAL_AFTER | WIRE_DIAL_SCRIPT;

    if (!(c->dial.options & WIRE_DIAL_RECONNECT) || (c->dial.options & asks) || conn_is_final(error)) return false;
    if (c->state != ST_CONNECTED && !c->reconnecting) return false;
    return was_steady(c) || !c->redials || c->redials < c->dial.redial_count;
}

void conn_reconnect(struct conn *c, uint32_t error)
{
    log_info(c->handle, "%s: %u %s; dialled again", c->reconnecting ? "failed" : "lost", (unsigned int)error,
             ras_error_name(error) ? ras_error_name(error) : "");
    if (was_steady(c)) c->redials = 0;
    c->reconnecting = true;
    c->called_back = false;
    c->waits_for_port = false;
    /* The notices have ended with the first Connected: nobody would resume. */
    c->dial.options &= ~WIRE_DIAL_PAUSED_STATES;
}

static void pause_over(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    conn_post(context, EV_PORT_FREE, 0);
}

void conn_reconnect_wait(struct conn *c)
{
    struct timeval pause = {c->dial.redial_pause < PAUSE_MAX ? c->dial.redial_pause : PAUSE_MAX, 0};

    if (!pause.tv_sec && c->redials >= QUICK_MAX) pause.tv_sec = 1;
    if (!c->redials++)
    {
        conn_post(c, EV_PORT_FREE, 0);
        return;
    }
    if (!c->redial) c->redial = evtimer_new(loop, pause_over, c);
    if (!c->redial || event_add(c->redial, &pause)) conn_post(c, EV_PORT_FREE, 0);
}

uint32_t conn_substate(const struct conn *c)
{
    if (c->state == ST_LOST) return WIRE_SUBSTATE_DORMANT;
    if (c->reconnecting) return WIRE_SUBSTATE_RECONNECTING;
    return c->state == ST_CONNECTED && c->reconnected ? WIRE_SUBSTATE_RECONNECTED : WIRE_SUBSTATE_NONE;
}

void conn_reconnect_end(struct conn *c)
{
    c->reconnected = c->reconnecting;
    c->reconnecting = false;
    if (c->redial) event_free(c->redial);
    c->redial = NULL;
    if (c->state == ST_CONNECTED && (c->dial.options & WIRE_DIAL_RECONNECT)) return;
    /* From now on nobody asks for them. */
    wire_wipe_memory(c->dial.password, sizeof(c->dial.password));
    wire_wipe_memory(c->old_password, sizeof(c->old_password));
}
