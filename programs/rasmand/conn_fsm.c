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

const char *conn_event_name(enum conn_event event)
{
    static const char *const names[] = {
#define EVENT(name) [EV_##name] = #name
        EVENT(DIAL), EVENT(PORT_FREE), EVENT(PORT_OPENED), EVENT(PORT_FAILED), EVENT(DEVICE_UP),
        EVENT(DEVICE_FAILED), EVENT(LCP_UP), EVENT(AUTHENTICATE), EVENT(AUTH_OK), EVENT(AUTH_FAILED),
        EVENT(AUTH_HELD), EVENT(AUTH_EXPIRED), EVENT(AUTH_LOST), EVENT(EAP_WANTED), EVENT(RESUME), EVENT(NETWORK),
        EVENT(IP_UP), EVENT(LINK_DOWN), EVENT(LINK_GONE), EVENT(PORT_CLOSED), EVENT(HANGUP),
        EVENT(CLIENT_LOST), EVENT(NOTICE_DONE), EVENT(TIME_OUT)
#undef EVENT
    };
    _Static_assert(sizeof(names) / sizeof(*names) == EV_COUNT, "every event has a name");

    return event < EV_COUNT ? names[event] : "unknown";
}

/* ---- failures: which state they belong to -------------------------------------- */

/* The published states in their order. */
static const uint32_t ladder[] = {
    RAS_STATE_OpenPort, RAS_STATE_PortOpened, RAS_STATE_ConnectDevice, RAS_STATE_DeviceConnected,
    RAS_STATE_AllDevicesConnected, RAS_STATE_Authenticate, RAS_STATE_AuthNotify, RAS_STATE_AuthProject,
    RAS_STATE_Authenticated, RAS_STATE_Projected
};
#define RUNGS (sizeof(ladder) / sizeof(*ladder))

static size_t rung(uint32_t published)
{
    size_t i;

    switch (published)
    {
    case RAS_STATE_AuthRetry:
    case RAS_STATE_AuthChangePassword: published = RAS_STATE_Authenticate; break;
    case RAS_STATE_RetryAuthentication:
    case RAS_STATE_InvokeEapUI:
    case RAS_STATE_PasswordExpired: published = RAS_STATE_AuthNotify; break;
    }
    for (i = 0; i < RUNGS; i++)
        if (ladder[i] == published) return i;
    return RUNGS; /* a state beside the ladder */
}

static uint32_t later(uint32_t a, uint32_t b)
{
    return rung(a) > rung(b) ? a : b;
}

/* The state in which a program expects to hear of this error (rules of RasDial). */
static uint32_t failing_state(const struct conn *c, enum conn_event event, uint32_t error)
{
    uint32_t now = conn_states[c->state].published;

    if (conn_states[c->state].holds != HOLDS_LINK) return now;
    /* A pause itself does not fail: what led to it has. */
    if (conn_is_paused(c)) now = ladder[rung(now)];
    if (event == EV_AUTH_FAILED) return later(now, RAS_STATE_AuthNotify);
    switch (error)
    {
    case ERROR_PPP_TIMEOUT:
        if (now == RAS_STATE_Authenticated) return RAS_STATE_Projected;
        return later(now, RAS_STATE_Authenticate);
    case ERROR_PPP_NO_RESPONSE:
    case ERROR_PPP_NOT_CONVERGING:
    case ERROR_PPP_LCP_TERMINATED:
    case ERROR_PPP_LOOPBACK_DETECTED:
        return later(now, RAS_STATE_Authenticate);
    case ERROR_RESTRICTED_LOGON_HOURS:
    case ERROR_ACCT_DISABLED:
    case ERROR_PASSWD_EXPIRED:
    case ERROR_NO_DIALIN_PERMISSION:
    case ERROR_AUTHENTICATION_FAILURE:
    case ERROR_CHANGING_PASSWORD:
    case ERROR_UNABLE_TO_AUTHENTICATE_SERVER:
    case ERROR_PEER_REFUSED_AUTH:
    case ERROR_NO_EAPTLS_CERTIFICATE:
        return later(now, RAS_STATE_AuthNotify);
    case ERROR_PPP_NO_PROTOCOLS_CONFIGURED:
    case ERROR_PPP_CP_REJECTED:
    case ERROR_PPP_REQUIRED_ADDRESS_REJECTED:
    case ERROR_PPP_NCP_TERMINATED:
    case ERROR_PPP_NO_ADDRESS_ASSIGNED:
    case ERROR_NO_LOCAL_ENCRYPTION:
    case ERROR_NO_REMOTE_ENCRYPTION:
        if (now == RAS_STATE_Authenticated) return RAS_STATE_Projected;
        return later(now, RAS_STATE_AuthProject);
    default:
        return now;
    }
}

/* The failing state is entered first, with those before it that the program has
 * not heard of yet; then it comes again with the error. */
static void tell_failure(struct conn *c, uint32_t published, uint32_t error)
{
    size_t i;

    for (i = c->any_noticed ? rung(c->noticed) + 1 : 0; i <= rung(published) && i < RUNGS; i++)
        conn_notice(c, ladder[i], 0, false);
    conn_notice(c, published, error, true);
}

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

static void act_connect(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    (void)error;
    c->port->device->transport->connect(c->port, c->dial.number);
}

static void act_start_link(struct conn *c, enum conn_event event, uint32_t error)
{
    (void)event;
    c->link = c->port->device->transport->link;
    if (!(error = c->link->start(c)))
        c->link_running = true;
    else
        conn_post(c, EV_LINK_DOWN, error);
}

/* A peer that hangs up instead of an answer has refused: but what? */
static uint32_t refused_error(const struct conn *c, enum conn_event event, uint32_t error)
{
    if (event != EV_LINK_DOWN || !conn_is_refusal(error)) return error;
    switch (c->state)
    {
    case ST_EXPIRED:
    case ST_PASSWORD: return ERROR_PASSWD_EXPIRED;
    case ST_CHANGE_PASSWORD: return ERROR_CHANGING_PASSWORD;
    default: return error;
    }
}

/* The dial fails. */
static void act_fail(struct conn *c, enum conn_event event, uint32_t error)
{
    if (event == EV_TIME_OUT)
        error = conn_states[c->state].holds == HOLDS_LINK ? ERROR_PPP_TIMEOUT : ERROR_PORT_NOT_AVAILABLE;
    else if (event == EV_LINK_GONE && !error)
        error = ERROR_HARDWARE_FAILURE;
    else if (!error)
        error = ERROR_UNKNOWN;
    error = refused_error(c, event, error);
    c->error = error;
    log_info(c->handle, "failed: %u %s", (unsigned int)error, ras_error_name(error) ? ras_error_name(error) : "");
    tell_failure(c, failing_state(c, event, error), error);
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
    if (!c->link_running && !c->port) conn_post(c, EV_PORT_FREE, 0);
}

/* The link is lost after it was up: no notice, the status tells. */
static void act_lost(struct conn *c, enum conn_event event, uint32_t error)
{
    c->error = error ? error : ERROR_DISCONNECTION;
    log_info(c->handle, "lost: %u %s", (unsigned int)c->error,
             ras_error_name(c->error) ? ras_error_name(c->error) : "");
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
    /* Nobody is left who could want to know the error. */
    if (!c->holders) conn_post(c, EV_CLIENT_LOST, 0);
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
    [EV_EAP_WANTED] = STAY(state),        \
    [EV_NETWORK] = STAY(state),           \
    [EV_IP_UP] = STAY(state),             \
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

static const struct cell table[ST_COUNT][EV_COUNT] = {
    [ST_NEW] = {
        [EV_DIAL] = {ST_OPEN_PORT, NULL},
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
        LINE_FAILS,
        HANGS_UP(ENDING_PORT),
    },
    [ST_DEVICE_CONNECTED] = {
        [EV_NOTICE_DONE] = {ST_ALL_CONNECTED, NULL},
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
        [EV_NETWORK] = {ST_AUTH_PROJECT, NULL},
        [EV_NOTICE_DONE] = STAY(AUTH_NOTIFY),
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
        LINK_FAILS,
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
        [EV_NOTICE_DONE] = STAY(CONNECTED),
        [EV_CLIENT_LOST] = STAY(CONNECTED),
        [EV_AUTH_FAILED] = {ST_FAILING_LINK, act_lost},
        [EV_DEVICE_FAILED] = {ST_FAILING_LINK, act_lost},
        [EV_LINK_DOWN] = {ST_FAILING_LINK, act_lost},
        [EV_LINK_GONE] = {ST_FAILING_PORT, act_lost},
        [EV_HANGUP] = {ST_ENDING_LINK, act_hangup},
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
        conn_changed(c, true, false);
    }
    else if (is->holds <= HOLDS_LINK && (old == ST_NEW || is->published != was->published))
        conn_notice(c, is->published, 0, false);
    else if (is->holds > HOLDS_LINK && was->holds <= HOLDS_LINK)
        conn_changed(c, false, old == ST_CONNECTED);
}

/* A program that wants paused states is asked after every refusal, also when the
 * peer does not keep the link, or closes it without another word. */
static enum conn_event refusal(const struct conn *c, enum conn_event event, uint32_t error)
{
    if (!(c->dial.options & WIRE_DIAL_PAUSED_STATES) || !conn_is_refusal(error)) return event;
    if (c->state == ST_AUTHENTICATE && (event == EV_AUTH_FAILED || event == EV_LINK_DOWN)) return EV_AUTH_LOST;
    if (event != EV_AUTH_FAILED) return event;
    if (c->state == ST_AUTH_RETRY || c->state == ST_EAP_ANSWERED || c->state == ST_CHANGE_PASSWORD) return EV_AUTH_LOST;
    return event;
}

void conn_event(struct conn *c, enum conn_event event, uint32_t error)
{
    enum conn_state old = c->state;
    const struct cell *cell;

    event = refusal(c, event, error);
    cell = &table[old][event];
    if (cell->next == ST_NONE)
    {
        log_warnx(c->handle, "%s: unexpected %s", conn_states[old].name, conn_event_name(event));
        if (!(cell = unexpected(c))) return;
        error = ERROR_UNKNOWN;
        event = EV_COUNT;
    }
    if (cell->act) cell->act(c, event, error);
    if (cell->next == old) return;
    log_debug(c->handle, "%s -> %s (%s)", conn_states[old].name, conn_states[cell->next].name,
              conn_event_name(event));
    c->state = cell->next;
    enter_state(c, old);
}
