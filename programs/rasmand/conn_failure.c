/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_failure.c - how a dial that fails tells it: which error, in which state.  It changes
 * nothing but the connection's error and its notices.
 */
#include "conn.h"
#include "errors.h"

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
    case RAS_STATE_ReAuthenticate:
    case RAS_STATE_AuthChangePassword: published = RAS_STATE_Authenticate; break;
    case RAS_STATE_AuthCallback:
    case RAS_STATE_CallbackSetByCaller:
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
    return rung(a) >= rung(b) ? a : b;
}

/* The state in which a program expects to hear of this error (rules of RasDial). */
static uint32_t failing_state(const struct conn *c, enum conn_event event, uint32_t error)
{
    uint32_t now = conn_states[c->state].published;

    if (now == RAS_STATE_Interactive) return RAS_STATE_ConnectDevice; /* the switch does not connect */
    if (conn_states[c->state].holds != HOLDS_LINK) return now;
    /* A pause itself does not fail: what led to it has. */
    if (now == RAS_STATE_CallbackSetByCaller) now = RAS_STATE_AuthCallback;
    else if (conn_is_paused(c)) now = ladder[rung(now)];
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

/* The error that the event has, or means. */
static uint32_t error_of(const struct conn *c, enum conn_event event, uint32_t error)
{
    if (event == EV_TIME_OUT)
        return conn_states[c->state].holds == HOLDS_LINK ? ERROR_PPP_TIMEOUT : ERROR_PORT_NOT_AVAILABLE;
    if (event == EV_LINK_GONE && !error) return ERROR_HARDWARE_FAILURE;
    return error ? refused_error(c, event, error) : ERROR_UNKNOWN;
}

void conn_tell_failure(struct conn *c, enum conn_event event, uint32_t error)
{
    error = error_of(c, event, error);
    c->error = error;
    log_info(c->handle, "failed: %u %s", (unsigned int)error, ras_error_name(error) ? ras_error_name(error) : "");
    if (c->links)
        conn_notice(c, bundle_failed_state(c), error, true);
    else
        tell_failure(c, failing_state(c, event, error), error);
}
