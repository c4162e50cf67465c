/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_fsm.c - the states of a connection: one list of states (conn.h), one of
 * events (rasmand.h), one table, and conn_event(), the only place that changes a
 * state.  It knows neither programs nor pppd: notices go out by conn_notice(),
 * ports and links are asked through their own tables.
 *
 * A state that is announced waits for EV_NOTICE_DONE before the connection's own
 * next step; what the peer does meanwhile waits in the queue.
 */
#include "conn.h"
#include "errors.h"

const struct conn_state_info conn_states[ST_COUNT] = {
#define STATE(name, published, timeout, holds, final) \
    [ST_##name] = {#name, RAS_STATE_##published, timeout, HOLDS_##holds, final},
    CONN_STATES(STATE)
#undef STATE
};

/* ---- actions --------------------------------------------------------------------- */

static void stop_link(struct conn *c)
{
    if (c->link_running)
        c->link->stop(c);
    else
        conn_post(c, EV_LINK_GONE, 0);
}

static void close_port(struct conn *c)
{
    if (c->port)
        c->port->device->transport->close(c->port);
    else
        conn_post(c, EV_PORT_CLOSED, 0);
}

/* Begin to take down what the state holds. */
static void take_down(struct conn *c, enum conn_event event)
{
    if (conn_states[c->state].holds == HOLDS_DOWN)
    {
        /* What is left is on its way already. */
        if (!c->link_running && !c->port) conn_post(c, EV_PORT_CLOSED, 0);
        return;
    }
    if (event == EV_LINK_GONE) c->link_running = false;
    if (conn_states[c->state].holds == HOLDS_LINK && event != EV_LINK_GONE)
        stop_link(c);
    else
        close_port(c);
}

static void act_open(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    error = 0;
    c->waits_for_port = false;
    c->switches = c->dial.options & (WIRE_DIAL_TERMINAL_BEFORE | SWITCHES_AFTER);
    if ((c->port = port_acquire(c, c->dial.device_type, c->dial.device_name, &error)))
    {
        wire_set_text(c->device_type, sizeof(c->device_type), c->port->device->transport->ras_type);
        wire_set_text(c->device_name, sizeof(c->device_name), c->port->device->name);
        c->port->device->transport->open(c->port);
    }
    /* A program that hangs up and dials again at once must not find the port busy. */
    else if (error == ERROR_PORT_NOT_AVAILABLE && conn_port_will_be_free(c))
        c->waits_for_port = true;
    else
        conn_post(c, EV_PORT_FAILED, error ? error : ERROR_PORT_NOT_AVAILABLE);
}

static void act_pause(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->switches &= c->state == ST_SWITCH_BEFORE ? ~WIRE_DIAL_TERMINAL_BEFORE : ~SWITCHES_AFTER;
    terminal_begin(c);
}

static void act_unpause(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->resumed = false;
}

static void act_connect(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->port->device->transport->connect(c->port, c->dial.number);
}

static void act_start_link(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    c->joined = false;
    c->link = c->port->device->transport->link;
    if (!(error = c->link->start(c)))
        c->link_running = true;
    else
        conn_post(c, EV_LINK_DOWN, error);
}

static void act_start_bundle(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    c->link = &link_bundle;
    c->link_running = true;
    if ((error = c->link->start(c))) conn_post(c, EV_LINK_DOWN, error);
}

/* The dial fails. */
static void act_fail(struct conn *c, enum conn_event event, uint32_t error)
{
    conn_tell_failure(c, event, error);
    take_down(c, event);
}

/* ---- refused: the program is asked, with or without the link ---------------------- */

/* The link is of no use any more. */
static void act_drop(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    stop_link(c);
}

static void act_dropped(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->link_running = false;
    close_port(c);
}

static void act_line_down(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    if (c->port) port_release(c->port);
    c->port = NULL;
    conn_port_became_free();
    if (c->state == ST_REDIAL) conn_post(c, EV_PORT_FREE, 0);
    if (c->state == ST_LOST) conn_reconnect_wait(c);
}

static void act_retry(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    c->resumed = false;
    if ((error = c->link->resume(c))) conn_post(c, EV_LINK_DOWN, error);
}

static void act_change_password(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    c->resumed = false;
    if ((error = c->link->change_password(c))) conn_post(c, EV_LINK_DOWN, error);
}

static void act_redial(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->resumed = false;
    c->called_back = false;
    if (!c->link_running && !c->port) conn_post(c, EV_PORT_FREE, 0);
}

/* The link has ended and the port stays. */
static void act_let_go(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->link_running = false;
}

/* The link is lost after it was up: no notice, the status tells. */
static void act_lost(struct conn *c, enum conn_event event, uint32_t error)
{
    c->error = error ? error : ERROR_DISCONNECTION;
    log_info(c->handle, "lost: %u %s", (unsigned int)c->error,
             ras_error_name(c->error) ? ras_error_name(c->error) : "");
    take_down(c, event);
}

/* It is lost, or another try has failed, and is dialled again. */
static void act_again(struct conn *c, enum conn_event event, uint32_t error)
{
    conn_reconnect(c, error);
    take_down(c, event);
}

static void act_hangup(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)error;
    c->error = 0;
    conn_notices_drop(c);
    if (event == EV_HANGUP && !c->end_told) conn_notice(c, RAS_STATE_Disconnected, 0, true);
    if (conn_states[c->state].holds <= HOLDS_LINK) take_down(c, event);
}

static void act_link_gone(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->link_running = false;
    close_port(c);
}

static void act_port_closed(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    if (c->port) port_release(c->port);
    c->port = NULL;
    conn_port_became_free();
    /* Nobody is left who could want to know the error; a link's handle tells it. */
    if (LIST_EMPTY(&c->holders) && !c->bundle) conn_post(c, EV_CLIENT_LOST, 0);
}

/* ---- the table -------------------------------------------------------------------- */

struct cell
{
    enum conn_state next;
    void (*act)(struct conn *c, enum conn_event event, uint32_t error);
};

#define STAY(state) {ST_##state, NULL} /* expected, and nothing to do */

/* Every state of a dial can be hung up, and loses its program. */
#define HANGS_UP(ending)                       \
    [EV_HANGUP] = {ST_##ending, act_hangup},   \
    [EV_CLIENT_LOST] = {ST_##ending, act_hangup}

/* The line may go down as soon as it is up, before there is a link. */
#define LINE_FAILS                                 \
    [EV_DEVICE_FAILED] = {ST_FAILING_PORT, act_fail}, \
    [EV_LINK_DOWN] = {ST_FAILING_PORT, act_fail}

/* Each state of a link that is not up yet. */
#define LINK_ENDS                                     \
    [EV_DEVICE_FAILED] = {ST_FAILING_LINK, act_fail}, \
    [EV_LINK_DOWN] = {ST_FAILING_LINK, act_fail},     \
    [EV_LINK_GONE] = {ST_FAILING_PORT, act_fail}

#define LINK_FAILS \
    LINK_ENDS,     \
    [EV_TIME_OUT] = {ST_FAILING_LINK, act_fail}

/* What may still come while a link is taken down. */
#define LATE_LINK_EVENTS(state)           \
    [EV_DEVICE_FAILED] = STAY(state),     \
    [EV_LCP_UP] = STAY(state),            \
    [EV_AUTHENTICATE] = STAY(state),      \
    [EV_AUTH_OK] = STAY(state),           \
    [EV_AUTH_FAILED] = STAY(state),       \
    [EV_AUTH_HELD] = STAY(state),         \
    [EV_AUTH_EXPIRED] = STAY(state),      \
    [EV_CALLBACK_DECIDED] = STAY(state),  \
    [EV_CALLBACK_ASKED] = STAY(state),    \
    [EV_CALLBACK_AGREED] = STAY(state),   \
    [EV_EAP_WANTED] = STAY(state),        \
    [EV_NETWORK] = STAY(state),           \
    [EV_IP_UP] = STAY(state),             \
    [EV_LINKS_UP] = STAY(state),          \
    [EV_LINK_DOWN] = STAY(state)

/* And when the connection ends, too. */
#define LATE_EVENTS(state)                \
    LATE_LINK_EVENTS(state),              \
    [EV_RESUME] = STAY(state),            \
    [EV_NOTICE_DONE] = STAY(state),       \
    [EV_TIME_OUT] = STAY(state)

/* And what a port may have said before it heard that it shall close. */
#define LATE_PORT_EVENTS(state)           \
    LATE_EVENTS(state),                   \
    [EV_PORT_FREE] = STAY(state),         \
    [EV_PORT_OPENED] = STAY(state),       \
    [EV_PORT_FAILED] = STAY(state),       \
    [EV_DEVICE_READY] = STAY(state),      \
    [EV_DEVICE_UP] = STAY(state)

/* Refused, and the peer lets us try again: what it may do while the program thinks. */
#define HELD(state)                                        \
    [EV_LCP_UP] = STAY(state),                             \
    [EV_AUTHENTICATE] = STAY(state),                       \
    [EV_AUTH_HELD] = STAY(state),                          \
    [EV_EAP_WANTED] = STAY(state),                         \
    [EV_AUTH_FAILED] = {ST_##state##_DOWN, act_drop},      \
    [EV_DEVICE_FAILED] = {ST_##state##_DOWN, act_drop},    \
    [EV_LINK_DOWN] = {ST_##state##_DOWN, act_drop},        \
    [EV_LINK_GONE] = {ST_##state##_DOWN, act_dropped},     \
    HANGS_UP(ENDING_LINK)

/* Expired, and the peer waits for another password. */
#define EXPIRED_HELD(state)                            \
    [EV_LCP_UP] = STAY(state),                         \
    [EV_AUTHENTICATE] = STAY(state),                   \
    [EV_AUTH_EXPIRED] = STAY(state),                   \
    [EV_AUTH_FAILED] = {ST_FAILING_LINK, act_fail},    \
    LINK_ENDS,                                         \
    HANGS_UP(ENDING_LINK)

/* The program has answered.  A link that ends without a refusal was going down already
 * when the answer went out: it has not been heard, so it is given again. */
#define ANSWERED(state)                                 \
    [EV_LCP_UP] = STAY(state),                          \
    [EV_AUTHENTICATE] = STAY(state),                    \
    [EV_AUTH_OK] = {ST_AUTH_NOTIFY, NULL},              \
    [EV_AUTH_FAILED] = {ST_FAILING_LINK, act_fail},     \
    [EV_AUTH_HELD] = {ST_REFUSED, NULL},                \
    [EV_AUTH_EXPIRED] = {ST_EXPIRED, NULL},             \
    [EV_AUTH_LOST] = {ST_REFUSED_DOWN, act_drop},       \
    [EV_EAP_WANTED] = {ST_EAP_NOTIFY, NULL},            \
    [EV_DEVICE_FAILED] = {ST_REDIAL, act_drop},         \
    [EV_LINK_DOWN] = {ST_REDIAL, act_drop},             \
    [EV_LINK_GONE] = {ST_REDIAL, act_dropped},          \
    [EV_TIME_OUT] = {ST_FAILING_LINK, act_fail},        \
    HANGS_UP(ENDING_LINK)

/* The link goes down while the connection lives on. */
#define GOES_DOWN(state)                            \
    LATE_LINK_EVENTS(state),                        \
    [EV_LINK_GONE] = {ST_##state, act_dropped},     \
    [EV_PORT_CLOSED] = {ST_##state, act_line_down}, \
    HANGS_UP(ENDING_LINK)

/* Accepted, and call back is negotiated; the peer may begin again at LCP. */
#define CALLBACK_OPEN(state)                       \
    [EV_LCP_UP] = STAY(state),                     \
    [EV_AUTHENTICATE] = STAY(state),               \
    [EV_AUTH_OK] = STAY(state),                    \
    [EV_AUTH_FAILED] = {ST_FAILING_LINK, act_fail}, \
    LINK_FAILS,                                    \
    HANGS_UP(ENDING_LINK)

/* The peer has been told how to call back, or that it need not. */
#define CALLBACK_IS_SAID(state)                                      \
    CALLBACK_OPEN(state),                                            \
    [EV_CALLBACK_ASKED] = {ST_##state, conn_callback_answer},        \
    [EV_CALLBACK_DECIDED] = {ST_##state, conn_callback_answer},      \
    [EV_CALLBACK_AGREED] = {ST_PREPARE, conn_callback_agreed},       \
    [EV_NETWORK] = {ST_AUTH_PROJECT, conn_callback_none}

static const struct cell table[ST_COUNT][EV_COUNT] = {
    [ST_NEW] = {
        [EV_DIAL] = {ST_OPEN_PORT, NULL},
        [EV_BUNDLE] = {ST_BUNDLE, act_start_bundle},
        HANGS_UP(ENDING_PORT),
    },
    [ST_OPEN_PORT] = {
        [EV_NOTICE_DONE] = {ST_OPENING, act_open},
        HANGS_UP(ENDING_PORT),
    },
    [ST_OPENING] = {
        [EV_PORT_FREE] = {ST_OPENING, act_open},
        [EV_PORT_OPENED] = {ST_PORT_OPENED, NULL},
        [EV_PORT_FAILED] = {ST_FAILING_PORT, act_fail},
        [EV_TIME_OUT] = {ST_FAILING_PORT, act_fail},
        HANGS_UP(ENDING_PORT),
    },
    [ST_PORT_OPENED] = {
        [EV_NOTICE_DONE] = {ST_CONNECT_DEVICE, NULL},
        [EV_INTERACTIVE] = {ST_SWITCH_BEFORE, NULL},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_SWITCH_BEFORE] = {
        [EV_NOTICE_DONE] = {ST_PAUSE_BEFORE, act_pause},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_PAUSE_BEFORE] = {
        [EV_NOTICE_DONE] = STAY(PAUSE_BEFORE),
        [EV_RESUME] = {ST_SWITCHED_BEFORE, act_unpause},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_SWITCHED_BEFORE] = {
        [EV_NOTICE_DONE] = {ST_CONNECT_DEVICE, NULL},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_CONNECT_DEVICE] = {
        [EV_NOTICE_DONE] = {ST_CONNECTING, act_connect},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_CONNECTING] = {
        [EV_DEVICE_UP] = {ST_DEVICE_CONNECTED, NULL},
        [EV_NEXT_NUMBER] = {ST_NEXT_NUMBER, conn_numbers_next},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_NEXT_NUMBER] = {
        [EV_DEVICE_READY] = {ST_CONNECT_DEVICE, NULL},
        [EV_TIME_OUT] = {ST_FAILING_PORT, act_fail},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_DEVICE_CONNECTED] = {
        [EV_NOTICE_DONE] = {ST_ALL_CONNECTED, NULL},
        [EV_INTERACTIVE] = {ST_SWITCH_AFTER, NULL},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_SWITCH_AFTER] = {
        [EV_NOTICE_DONE] = {ST_PAUSE_AFTER, act_pause},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_PAUSE_AFTER] = {
        [EV_NOTICE_DONE] = STAY(PAUSE_AFTER),
        [EV_RESUME] = {ST_DEVICE_CONNECTED, act_unpause},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_ALL_CONNECTED] = {
        [EV_NOTICE_DONE] = {ST_LCP, act_start_link},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_LCP] = {
        [EV_LCP_UP] = STAY(LCP),
        [EV_AUTHENTICATE] = {ST_AUTHENTICATE, NULL},
        [EV_AUTH_FAILED] = {ST_FAILING_LINK, act_fail},
        LINK_FAILS,
        HANGS_UP(ENDING_LINK),
    },
    [ST_AUTHENTICATE] = {
        [EV_LCP_UP] = STAY(AUTHENTICATE),
        [EV_AUTHENTICATE] = STAY(AUTHENTICATE),
        [EV_AUTH_OK] = {ST_AUTH_NOTIFY, NULL},
        [EV_AUTH_FAILED] = {ST_FAILING_LINK, act_fail},
        [EV_AUTH_HELD] = {ST_REFUSED, NULL},
        [EV_AUTH_EXPIRED] = {ST_EXPIRED, NULL},
        [EV_AUTH_LOST] = {ST_REFUSED_DOWN, act_drop},
        [EV_EAP_WANTED] = {ST_EAP_NOTIFY, NULL},
        [EV_NOTICE_DONE] = STAY(AUTHENTICATE),
        LINK_FAILS,
        HANGS_UP(ENDING_LINK),
    },
    [ST_REFUSED] = {
        HELD(REFUSED),
        [EV_NOTICE_DONE] = {ST_RETRY, NULL},
    },
    [ST_REFUSED_DOWN] = {
        GOES_DOWN(REFUSED_DOWN),
        [EV_NOTICE_DONE] = {ST_RETRY_DOWN, NULL},
    },
    [ST_RETRY] = {
        HELD(RETRY),
        [EV_NOTICE_DONE] = STAY(RETRY),
        [EV_RESUME] = {ST_AUTH_RETRY, act_retry},
    },
    [ST_RETRY_DOWN] = {
        GOES_DOWN(RETRY_DOWN),
        [EV_NOTICE_DONE] = STAY(RETRY_DOWN),
        [EV_RESUME] = {ST_REDIAL, act_redial},
    },
    [ST_EAP_NOTIFY] = {
        HELD(EAP_NOTIFY),
        [EV_NOTICE_DONE] = {ST_EAP_UI, NULL},
    },
    [ST_EAP_NOTIFY_DOWN] = {
        GOES_DOWN(EAP_NOTIFY_DOWN),
        [EV_NOTICE_DONE] = {ST_EAP_UI_DOWN, NULL},
    },
    [ST_EAP_UI] = {
        HELD(EAP_UI),
        [EV_NOTICE_DONE] = STAY(EAP_UI),
        [EV_RESUME] = {ST_EAP_ANSWERED, act_retry},
    },
    [ST_EAP_UI_DOWN] = {
        GOES_DOWN(EAP_UI_DOWN),
        [EV_NOTICE_DONE] = STAY(EAP_UI_DOWN),
        [EV_RESUME] = {ST_REDIAL, act_redial},
    },
    [ST_EAP_ANSWERED] = {
        [EV_NOTICE_DONE] = STAY(EAP_ANSWERED),
        ANSWERED(EAP_ANSWERED),
    },
    [ST_AUTH_RETRY] = {
        [EV_NOTICE_DONE] = STAY(AUTH_RETRY),
        ANSWERED(AUTH_RETRY),
    },
    [ST_REDIAL] = {
        GOES_DOWN(REDIAL),
        [EV_PORT_FREE] = {ST_REOPENING, act_open},
        [EV_NOTICE_DONE] = STAY(REDIAL),
    },
    [ST_REOPENING] = {
        [EV_PORT_FREE] = {ST_REOPENING, act_open},
        [EV_PORT_OPENED] = {ST_CONNECT_DEVICE, NULL},
        [EV_INTERACTIVE] = {ST_SWITCH_BEFORE, NULL},
        [EV_PORT_FAILED] = {ST_FAILING_PORT, act_fail},
        [EV_NOTICE_DONE] = STAY(REOPENING),
        [EV_TIME_OUT] = {ST_FAILING_PORT, act_fail},
        HANGS_UP(ENDING_PORT),
    },
    [ST_EXPIRED] = {
        EXPIRED_HELD(EXPIRED),
        [EV_NOTICE_DONE] = {ST_PASSWORD, NULL},
    },
    [ST_PASSWORD] = {
        EXPIRED_HELD(PASSWORD),
        [EV_NOTICE_DONE] = STAY(PASSWORD),
        [EV_RESUME] = {ST_CHANGE_PASSWORD, act_change_password},
    },
    [ST_CHANGE_PASSWORD] = {
        [EV_AUTH_OK] = {ST_AUTH_NOTIFY, NULL},
        [EV_AUTH_FAILED] = {ST_FAILING_LINK, act_fail},
        [EV_AUTH_HELD] = {ST_REFUSED, NULL},
        [EV_AUTH_EXPIRED] = {ST_EXPIRED, NULL},
        [EV_AUTH_LOST] = {ST_REFUSED_DOWN, act_drop},
        [EV_LCP_UP] = STAY(CHANGE_PASSWORD),
        [EV_AUTHENTICATE] = STAY(CHANGE_PASSWORD),
        [EV_NOTICE_DONE] = STAY(CHANGE_PASSWORD),
        LINK_FAILS,
        HANGS_UP(ENDING_LINK),
    },
    [ST_AUTH_NOTIFY] = {
        [EV_LCP_UP] = STAY(AUTH_NOTIFY),
        [EV_AUTHENTICATE] = STAY(AUTH_NOTIFY),
        [EV_AUTH_OK] = STAY(AUTH_NOTIFY),
        [EV_AUTH_FAILED] = {ST_FAILING_LINK, act_fail},
        [EV_CALLBACK_ASKED] = {ST_AUTH_CALLBACK, NULL},
        [EV_CALLBACK_DECIDED] = {ST_AUTH_NOTIFY, conn_callback_answer},
        [EV_CALLBACK_AGREED] = {ST_PREPARE, conn_callback_agreed},
        [EV_NETWORK] = {ST_AUTH_PROJECT, NULL},
        [EV_NOTICE_DONE] = STAY(AUTH_NOTIFY),
        LINK_FAILS,
        HANGS_UP(ENDING_LINK),
    },
    [ST_AUTH_CALLBACK] = {
        CALLBACK_OPEN(AUTH_CALLBACK),
        [EV_CALLBACK_ASKED] = STAY(AUTH_CALLBACK),
        [EV_CALLBACK_OPEN] = {ST_CALLBACK_SET, NULL},
        [EV_NOTICE_DONE] = {ST_CALLBACK_SENT, conn_callback_answer},
    },
    [ST_CALLBACK_SENT] = {
        CALLBACK_IS_SAID(CALLBACK_SENT),
    },
    [ST_CALLBACK_SET] = {
        CALLBACK_OPEN(CALLBACK_SET),
        [EV_CALLBACK_ASKED] = STAY(CALLBACK_SET),
        [EV_CALLBACK_DECIDED] = STAY(CALLBACK_SET), /* the number may have come before the event */
        [EV_NOTICE_DONE] = STAY(CALLBACK_SET),
        [EV_RESUME] = {ST_CALLBACK_GIVEN, conn_callback_answer},
    },
    [ST_CALLBACK_GIVEN] = {
        CALLBACK_IS_SAID(CALLBACK_GIVEN),
        [EV_NOTICE_DONE] = STAY(CALLBACK_GIVEN),
    },
    /* From here on the end of the link is no failure. */
    [ST_PREPARE] = {
        LATE_LINK_EVENTS(PREPARE),
        [EV_NOTICE_DONE] = {ST_PREPARED, NULL},
        [EV_LINK_GONE] = {ST_PREPARE_DOWN, act_let_go},
        HANGS_UP(ENDING_LINK),
    },
    [ST_PREPARED] = {
        LATE_LINK_EVENTS(PREPARED),
        [EV_LINK_GONE] = {ST_RESET, act_let_go},
        HANGS_UP(ENDING_LINK),
    },
    [ST_PREPARE_DOWN] = {
        LATE_LINK_EVENTS(PREPARE_DOWN),
        [EV_NOTICE_DONE] = {ST_RESET, NULL},
        HANGS_UP(ENDING_PORT),
    },
    [ST_RESET] = {
        LATE_LINK_EVENTS(RESET),
        [EV_NOTICE_DONE] = {ST_RESETTING, conn_callback_reset},
        HANGS_UP(ENDING_PORT),
    },
    [ST_RESETTING] = {
        [EV_DEVICE_READY] = {ST_AWAIT_CALL, NULL},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_AWAIT_CALL] = {
        [EV_NOTICE_DONE] = {ST_AWAITING_CALL, conn_callback_await},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_AWAITING_CALL] = {
        [EV_DEVICE_UP] = {ST_CALLED, NULL},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_CALLED] = {
        [EV_NOTICE_DONE] = {ST_REAUTHENTICATE, act_start_link},
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_REAUTHENTICATE] = {
        [EV_LCP_UP] = STAY(REAUTHENTICATE),
        [EV_AUTHENTICATE] = STAY(REAUTHENTICATE),
        [EV_AUTH_OK] = {ST_AUTH_NOTIFY, NULL},
        [EV_AUTH_FAILED] = {ST_FAILING_LINK, act_fail},
        [EV_AUTH_HELD] = {ST_REFUSED, NULL},
        [EV_AUTH_LOST] = {ST_REFUSED_DOWN, act_drop},
        [EV_NOTICE_DONE] = STAY(REAUTHENTICATE),
        LINK_FAILS,
        HANGS_UP(ENDING_LINK),
    },
    [ST_AUTH_PROJECT] = {
        [EV_NOTICE_DONE] = {ST_AUTHENTICATED, NULL},
        LINK_FAILS,
        HANGS_UP(ENDING_LINK),
    },
    [ST_AUTHENTICATED] = {
        [EV_LCP_UP] = STAY(AUTHENTICATED),
        [EV_AUTHENTICATE] = STAY(AUTHENTICATED),
        [EV_AUTH_OK] = STAY(AUTHENTICATED),
        [EV_AUTH_FAILED] = {ST_FAILING_LINK, act_fail},
        [EV_NETWORK] = STAY(AUTHENTICATED),
        [EV_IP_UP] = {ST_PROJECTED, NULL},
        [EV_NOTICE_DONE] = STAY(AUTHENTICATED),
        LINK_FAILS,
        HANGS_UP(ENDING_LINK),
    },
    [ST_PROJECTED] = {
        [EV_NOTICE_DONE] = {ST_CONNECTED, NULL},
        [EV_IP_UP] = STAY(PROJECTED), /* the other protocol */
        LINK_FAILS,
        HANGS_UP(ENDING_LINK),
    },
    [ST_BUNDLE] = {
        [EV_LINKS_UP] = {ST_CONNECTED, NULL},
        [EV_NOTICE_DONE] = STAY(BUNDLE),
        LINK_ENDS,
        HANGS_UP(ENDING_LINK),
    },
    /* The peer may negotiate again at any time.  A program that leaves leaves the
     * link up. */
    [ST_CONNECTED] = {
        [EV_LCP_UP] = STAY(CONNECTED),
        [EV_AUTHENTICATE] = STAY(CONNECTED),
        [EV_AUTH_OK] = STAY(CONNECTED),
        [EV_NETWORK] = STAY(CONNECTED),
        [EV_IP_UP] = STAY(CONNECTED),
        [EV_LINKS_UP] = STAY(CONNECTED),
        [EV_NOTICE_DONE] = STAY(CONNECTED),
        [EV_CLIENT_LOST] = STAY(CONNECTED),
        [EV_AUTH_FAILED] = {ST_FAILING_LINK, act_lost},
        [EV_DEVICE_FAILED] = {ST_FAILING_LINK, act_lost},
        [EV_LINK_DOWN] = {ST_FAILING_LINK, act_lost},
        [EV_LINK_GONE] = {ST_FAILING_PORT, act_lost},
        [EV_HANGUP] = {ST_ENDING_LINK, act_hangup},
    },
    [ST_LOST] = {
        GOES_DOWN(LOST),
        [EV_PORT_FREE] = {ST_OPENING, act_open},
        [EV_BUNDLE] = {ST_BUNDLE, act_start_bundle},
        [EV_NOTICE_DONE] = STAY(LOST),
    },
    [ST_FAILING_LINK] = {
        LATE_EVENTS(FAILING_LINK),
        [EV_LINK_GONE] = {ST_FAILING_PORT, act_link_gone},
        [EV_PORT_CLOSED] = {ST_FAILED, act_port_closed},
        HANGS_UP(ENDING_LINK),
    },
    [ST_FAILING_PORT] = {
        LATE_PORT_EVENTS(FAILING_PORT),
        [EV_PORT_CLOSED] = {ST_FAILED, act_port_closed},
        HANGS_UP(ENDING_PORT),
    },
    [ST_FAILED] = {
        LATE_PORT_EVENTS(FAILED),
        HANGS_UP(GONE),
    },
    [ST_ENDING_LINK] = {
        LATE_EVENTS(ENDING_LINK),
        [EV_HANGUP] = STAY(ENDING_LINK),
        [EV_CLIENT_LOST] = STAY(ENDING_LINK),
        [EV_LINK_GONE] = {ST_ENDING_PORT, act_link_gone},
        [EV_PORT_CLOSED] = {ST_GONE, act_port_closed},
    },
    [ST_ENDING_PORT] = {
        LATE_PORT_EVENTS(ENDING_PORT),
        [EV_HANGUP] = STAY(ENDING_PORT),
        [EV_CLIENT_LOST] = STAY(ENDING_PORT),
        [EV_PORT_CLOSED] = {ST_GONE, act_port_closed},
    },
    [ST_GONE] = {
        LATE_PORT_EVENTS(GONE),
        [EV_HANGUP] = STAY(GONE),
        [EV_CLIENT_LOST] = STAY(GONE),
    },
};
_Static_assert(sizeof(table) / sizeof(*table) == ST_COUNT, "a row for each state");
_Static_assert(sizeof(*table) / sizeof(**table) == EV_COUNT, "a column for each event");

/* An event that the state does not expect: our bug or the link's.  The link is
 * closed; where it is being closed already nothing changes. */
static const struct cell *unexpected(const struct conn *c)
{
    static const struct cell fail_port = {ST_FAILING_PORT, act_fail}, fail_link = {ST_FAILING_LINK, act_fail};
    static const struct cell lose_link = {ST_FAILING_LINK, act_lost};

    if (c->state == ST_CONNECTED) return &lose_link;
    switch (conn_states[c->state].holds)
    {
    case HOLDS_NOTHING:
    case HOLDS_PORT: return &fail_port;
    case HOLDS_DOWN:
    case HOLDS_LINK: return &fail_link;
    case HOLDS_CLOSING:
    case HOLDS_CLOSED: break;
    }
    return NULL;
}

/* What fails or is lost may be dialled again. */
static const struct cell *again(const struct conn *c, const struct cell *cell, uint32_t error)
{
    static const struct cell lost = {ST_LOST, act_again};

    if (cell->next != ST_FAILING_LINK && cell->next != ST_FAILING_PORT) return cell;
    return conn_states[c->state].holds <= HOLDS_LINK && conn_reconnects(c, error) ? &lost : cell;
}

enum conn_state conn_fsm_next(enum conn_state state, enum conn_event event, bool *acts)
{
    *acts = table[state][event].act != NULL;
    return table[state][event].next;
}

/* ---- entering states ---------------------------------------------------------------- */

static void enter_state(struct conn *c, enum conn_state old)
{
    const struct conn_state_info *was = &conn_states[old], *is = &conn_states[c->state];
    struct timeval limit = {is->timeout / 1000, is->timeout % 1000 * 1000};

    if (was->timeout)
    {
        event_del(c->timer);
        conn_queue_drop(c, EV_TIME_OUT);
    }
    if (is->timeout) event_add(c->timer, &limit);

    if (c->state == ST_CONNECTED)
    {
        c->connected_at = conn_clock_ms();
        conn_notice(c, is->published, 0, true);
        conn_changed(c, RASCN_CONNECTION | RASCN_BANDWIDTH_ADDED | (c->reconnecting ? RASCN_RECONNECTION : 0));
        conn_reconnect_end(c);
        if (c->links) bundle_up(c);
        if (c->bundle) bundle_link_up(c);
    }
    else if (c->state == ST_BUNDLE)
        return; /* its links have more to tell */
    else if (old == ST_CONNECTED && c->state == ST_LOST)
        conn_changed(c, RASCN_DORMANT | RASCN_BANDWIDTH_REMOVED);
    else if (is->holds <= HOLDS_LINK && (old == ST_NEW || old == ST_NEXT_NUMBER || is->published != was->published))
        conn_notice(c, is->published, 0, false);
    else if (is->holds > HOLDS_LINK && was->holds <= HOLDS_LINK)
    {
        conn_changed(c, RASCN_DISCONNECTION | (old == ST_CONNECTED ? RASCN_BANDWIDTH_REMOVED : 0));
        conn_reconnect_end(c);
        if (c->bundle) bundle_link_down(c, old);
    }
}

void conn_event(struct conn *c, enum conn_event event, uint32_t error)
{
    enum conn_state old = c->state;
    const struct cell *cell;

    event = conn_wishes_event(c, event, &error);
    if (event == EV_COUNT) return;
    cell = &table[old][event];
    if (cell->next == ST_NONE)
    {
        log_warnx(c->handle, "%s: unexpected %s", conn_states[old].name, conn_event_name(event));
        if (!(cell = unexpected(c))) return;
        error = ERROR_UNKNOWN;
        event = EV_COUNT;
    }
    cell = again(c, cell, error);
    if (c->terminal && cell->next != old) terminal_end(c);
    if (cell->act) cell->act(c, event, error);
    if (cell->next == old) return;
    log_debug(c->handle, "%s -> %s (%s)", conn_states[old].name, conn_states[cell->next].name,
              conn_event_name(event));
    c->state = cell->next;
    enter_state(c, old);
}
