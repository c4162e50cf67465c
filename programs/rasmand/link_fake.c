/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * link_fake.c - a scripted link for tests of the API: no PPP, no interface.  It
 * proves that states, notices and errors reach the program, and nothing about
 * real connections.  Everything is in one table; no time passes and the order is
 * always the same.  The addresses are from the ranges for documentation.
 */
#include "fake.h"
#include "errors.h"

#include <stdlib.h>
#include <string.h>

#define REFUSED  (FAKE_UNLESS_GOOD | ERROR_AUTHENTICATION_FAILURE)
#define EXPIRED  (FAKE_UNLESS_GOOD | ERROR_PASSWD_EXPIRED)
#define ASKED    {EV_EAP_WANTED, FAKE_UNLESS_GOOD | ERROR_INTERACTIVE_MODE}
#define ACCEPTED {EV_AUTH_OK, 0}, {EV_NETWORK, 0}, {EV_IP_UP, 0}
#define OFFERS(types) {EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_OK, 0}, {EV_CALLBACK_ASKED, (types)}, \
    {EV_NETWORK, 0}, {EV_IP_UP, 0}
#define NO_CALLBACK (1u << WIRE_CALLBACK_NONE)
#define BY_CALLER   (1u << WIRE_CALLBACK_CALLER)
#define PRESET      (1u << WIRE_CALLBACK_PRESET)
#define UP       {EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, ACCEPTED
#define LOGIN \
    {{"\r\nlogin: ", "alice"}, {"Password: ", FAKE_PASSWORD}, {"\r\nPPP from 192.0.2.1\r\n", NULL}}

#define ADDRESSES \
    .ifname = "fake0", .local = "192.0.2.2", .remote = "192.0.2.1", .options = WIRE_IP_VJ, .dns1 = "198.51.100.1", \
    .dns2 = "198.51.100.2", .wins1 = "198.51.100.3", .wins2 = "198.51.100.4"
#define MSCHAP_V2 .auth_protocol = 0xc223, .auth_data = 0x81

static const struct wire_projection usual = {
    ADDRESSES, MSCHAP_V2, .error6 = ERROR_PROTOCOL_NOT_CONFIGURED, .ccp_error = ERROR_PROTOCOL_NOT_CONFIGURED,
};

static const struct wire_projection with_ipv6 = {
    ADDRESSES, MSCHAP_V2, .local6 = "fe80::1:2:3:4", .remote6 = "fe80::5:6:7:8",
    .ccp_error = ERROR_PROTOCOL_NOT_CONFIGURED,
};

/* Each side has its own: what is ours must not show as the peer's. */
static const struct wire_projection encrypted = {
    ADDRESSES, MSCHAP_V2, .error6 = ERROR_PPP_CP_REJECTED, .reply = "Welcome", .server_auth_protocol = 0xc223,
    .server_auth_data = 5, .lcp_options = WIRE_LCP_PFC | WIRE_LCP_SSHF, .lcp_server_options = WIRE_LCP_ACFC,
    .multilink = 1, .bundled = 1, .ccp = WIRE_CCP_MPPE, .ccp_options = WIRE_MPPE_STATELESS | WIRE_MPPE_128,
    .ccp_server = WIRE_CCP_MPPE, .ccp_server_options = WIRE_MPPE_MPPC | WIRE_MPPE_56 | WIRE_MPPE_40,
};

/* Compression that has no number in Windows one way, and none the other. */
static const struct wire_projection deflated = {
    ADDRESSES, .auth_protocol = 0xc227, .auth_data = 4, .error6 = ERROR_PROTOCOL_NOT_CONFIGURED,
    .server_auth_protocol = 0xc227, .server_auth_data = 13, .ccp = WIRE_CCP_DEFLATE,
};

static const struct wire_projection ccp_refused = {
    ADDRESSES, MSCHAP_V2, .error6 = ERROR_PROTOCOL_NOT_CONFIGURED, .ccp_error = ERROR_PPP_CP_REJECTED,
};

static const struct wire_projection stac = {
    ADDRESSES, MSCHAP_V2, .error6 = ERROR_PROTOCOL_NOT_CONFIGURED, .ccp_server = WIRE_CCP_STAC,
};

static const struct fake_script scripts[] = {
    /* number            what happens */
    {"ok", .steps = {UP}},
    {"load", .is_loaded = true, .steps = {UP}},
    {"uncounted", .is_uncounted = true, .steps = {UP}},
    {"ipv6", .gives = &with_ipv6, .steps = {UP}},
    {"encrypted", .gives = &encrypted, .steps = {UP}},
    {"deflated", .gives = &deflated, .steps = {UP}},
    {"ccp-refused", .gives = &ccp_refused, .steps = {UP}},
    {"stac", .gives = &stac, .steps = {UP}},
    {"port-busy", .open_error = ERROR_PORT_NOT_AVAILABLE},
    {"port-missing", .open_error = ERROR_PORT_NOT_FOUND},
    {"slow", .never_connects = true},
    {"busy", .connect_error = ERROR_LINE_BUSY},
    {"voice", .connect_error = ERROR_VOICE_ANSWER},
    {"no-answer", .connect_error = ERROR_NO_ANSWER},
    {"no-carrier", .connect_error = ERROR_NO_CARRIER},
    {"no-dialtone", .connect_error = ERROR_NO_DIALTONE},
    {"modem-error", .connect_error = ERROR_FROM_DEVICE},
    {"modem-silent", .connect_error = ERROR_PORT_OR_DEVICE},
    {"no-pppd", .start_error = ERROR_RASMAN_CANNOT_INITIALIZE},
    {"carrier-lost", .steps = {{EV_LINK_DOWN, ERROR_PORT_DISCONNECTED}}},
    {"lcp-silent", .steps = {{EV_LINK_DOWN, ERROR_PPP_NO_RESPONSE}}},
    {"lcp-timeout", .steps = {{EV_LCP_UP, 0}, {EV_LINK_DOWN, ERROR_PPP_TIMEOUT}}},
    {"lcp-loopback", .steps = {{EV_LINK_DOWN, ERROR_PPP_LOOPBACK_DETECTED}}},
    {"link-died", .steps = {{EV_LCP_UP, 0}, {EV_LINK_GONE, 0}}},
    {"stays-in-lcp", .steps = {{EV_LCP_UP, 0}}},
    {"bad-auth", .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_FAILED, ERROR_AUTHENTICATION_FAILURE}}},
    {"hours", .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_FAILED, ERROR_RESTRICTED_LOGON_HOURS}}},
    {"account-disabled", .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_FAILED, ERROR_ACCT_DISABLED}}},
    {"password-expired", .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_EXPIRED, EXPIRED}, ACCEPTED}},
    {"password-expired-drop", .drops = true,
     .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_EXPIRED, EXPIRED}, ACCEPTED}},
    {"no-permission", .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_FAILED, ERROR_NO_DIALIN_PERMISSION}}},
    {"retry", .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_HELD, REFUSED}, ACCEPTED}},
    {"retry-drop", .drops = true,
     .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_HELD, REFUSED}, ACCEPTED}},
    {"retry-redial", .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_FAILED, REFUSED}, ACCEPTED}},
    {"callback-none", .steps = {OFFERS(NO_CALLBACK)}},
    {"callback-preset", .steps = {OFFERS(PRESET)}},
    {"callback", .steps = {OFFERS(NO_CALLBACK | BY_CALLER)}},
    {"callback-must", .steps = {OFFERS(BY_CALLER)}},
    {"callback-drop", .drops = true, .steps = {OFFERS(NO_CALLBACK | BY_CALLER)}},
    {"callback-never", .callback_error = ERROR_REQUEST_TIMEOUT, .steps = {OFFERS(NO_CALLBACK | BY_CALLER)}},
    {"eap", .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, ASKED, {EV_AUTH_FAILED, REFUSED}, ACCEPTED}},
    {"eap-drop", .drops = true, .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, ASKED, ACCEPTED}},
    {"eap-tls",
     .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_FAILED, ERROR_NO_EAPTLS_CERTIFICATE}}},
    {"auth-lost", .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_LINK_DOWN, ERROR_REMOTE_DISCONNECTION}}},
    {"no-ip",
     .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_OK, 0}, {EV_NETWORK, 0},
               {EV_LINK_DOWN, ERROR_PPP_NO_PROTOCOLS_CONFIGURED}}},
    {"ip-rejected",
     .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_OK, 0}, {EV_NETWORK, 0},
               {EV_LINK_DOWN, ERROR_PPP_CP_REJECTED}}},
    {"drop-after-connect", .steps = {UP, {EV_LINK_DOWN, ERROR_REMOTE_DISCONNECTION}}},
    {"drop-once", .drops_once = true, .steps = {UP, {EV_LINK_DOWN, ERROR_REMOTE_DISCONNECTION}}},
    {"drop-and-hide", .drops_once = true, .hides_then = true,
     .steps = {UP, {EV_LINK_DOWN, ERROR_REMOTE_DISCONNECTION}}},
    {"idle-after-connect", .steps = {UP, {EV_LINK_DOWN, ERROR_IDLE_TIMEOUT}}},
    {"login", .talk = LOGIN, .steps = {UP}},
    {"login-auth", .talk = LOGIN,
     .steps = {{EV_LCP_UP, 0}, {EV_AUTHENTICATE, 0}, {EV_AUTH_FAILED, REFUSED}, ACCEPTED}},
    {"login-lost", .talk = {{"\r\nlogin: ", "alice"}, {"Password: ", NULL}}, .hangs_up = true, .steps = {UP}},
    {"login-silent", .talk = {{"", "never"}}, .steps = {UP}},
    {"unexpected", .steps = {{EV_LCP_UP, 0}, {EV_IP_UP, 0}}},
};

#define LOADED_SAMPLES 4

/* What link_data points at: how far the script has come. */
struct fake_link
{
    const struct fake_script *script;
    unsigned int step;
    unsigned int samples; /* of the counters, while there is load */
    bool held;    /* refused, or asked about a call back: waits for the program */
    bool changes; /* the program has named another password */
};

const struct fake_script *fake_script(const char *number)
{
    static const struct fake_script unknown = {.connect_error = ERROR_NO_ANSWER};
    size_t i;

    for (i = 0; i < sizeof(scripts) / sizeof(*scripts); i++)
        if (!strcmp(scripts[i].number, number)) return &scripts[i];
    return &unknown;
}

/* One at a time is enough for tests. */
static uint32_t last_dropped;

bool fake_was_dropped(const struct conn *conn)
{
    return fake_script(conn_dial(conn)->number)->drops_once && conn_id(conn) == last_dropped;
}

static void gone(struct conn *conn)
{
    free(conn_link(conn));
    conn_set_link(conn, NULL);
}

static uint32_t fake_start(struct conn *conn)
{
    const struct fake_script *script = fake_script(conn_dial(conn)->number);
    struct fake_link *link;

    if (script->start_error) return script->start_error;
    if (!(link = calloc(1, sizeof(*link)))) return ERROR_NOT_ENOUGH_MEMORY;
    link->script = script;
    conn_set_link(conn, link);
    return 0;
}

static void fake_stop(struct conn *conn)
{
    if (!conn_link(conn)) return;
    gone(conn);
    conn_post(conn, EV_LINK_GONE, 0);
}

static uint32_t fake_resume(struct conn *conn)
{
    struct fake_link *link = conn_link(conn);

    link->held = false;
    return 0;
}

static uint32_t fake_change_password(struct conn *conn)
{
    struct fake_link *link = conn_link(conn);

    link->held = false;
    link->changes = true;
    return 0;
}

static uint32_t fake_callback(struct conn *conn, uint32_t type, const char *number)
{
    struct fake_link *link = conn_link(conn);

    (void)number;
    link->held = false;
    if (type == WIRE_CALLBACK_NONE) return 0;
    link->step = FAKE_STEPS_MAX;
    conn_post(conn, EV_CALLBACK_AGREED, 0);
    return 0;
}

/* The peer is asked for an opinion about the password. */
static void authenticate(struct conn *conn, struct fake_link *link, const struct fake_step *step)
{
    uint32_t error = step->error & ~FAKE_UNLESS_GOOD;

    if (!strcmp(conn_dial(conn)->password, FAKE_PASSWORD))
        link->step++;
    else if (step->event != EV_AUTH_FAILED && (conn_dial(conn)->options & WIRE_DIAL_PAUSED_STATES) && !link->changes)
    {
        link->held = true;
        /* EAP asks once and then judges. */
        if (step->event == EV_EAP_WANTED) link->step++;
        conn_post(conn, step->event, step->event == EV_EAP_WANTED ? 0 : error);
    }
    else
    {
        link->step = FAKE_STEPS_MAX;
        conn_post(conn, EV_AUTH_FAILED, link->changes ? ERROR_CHANGING_PASSWORD : error);
    }
}

static void fake_idle(struct conn *conn)
{
    struct fake_link *link = conn_link(conn);
    const struct fake_step *step;

    if (!link) return;
    if (link->held)
    {
        if (!link->script->drops) return;
        link->held = false;
        link->step = FAKE_STEPS_MAX;
        conn_post(conn, EV_LINK_DOWN, ERROR_REMOTE_DISCONNECTION);
    }
    if (link->step == FAKE_STEPS_MAX) return;
    while ((step = &link->script->steps[link->step])->error & FAKE_UNLESS_GOOD)
    {
        authenticate(conn, link, step);
        if (link->held || link->step == FAKE_STEPS_MAX) return;
    }
    if (step->event == EV_CALLBACK_ASKED && !conn_offers_callback(conn)) step = &link->script->steps[++link->step];
    if (step->event == EV_DIAL || (step->event == EV_LINK_DOWN && fake_was_dropped(conn))) return;
    if (step->event == EV_LINK_DOWN) last_dropped = conn_id(conn);
    link->held = step->event == EV_CALLBACK_ASKED;
    link->step++;
    if (step->event == EV_IP_UP) *conn_ip(conn) = link->script->gives ? *link->script->gives : usual;
    if (step->event == EV_LINK_GONE) gone(conn);
    conn_post(conn, step->event, step->error);
}

static bool fake_count(struct conn *conn, struct link_counters *counters)
{
    static const struct link_counters fixed = {{FAKE_COUNTERS}};
    struct fake_link *link = conn_link(conn);

    *counters = fixed;
    if (!link || !link->script->is_loaded) return true;
    if (link->samples < LOADED_SAMPLES) link->samples++;
    counters->values[COUNT_BYTES_SENT] += link->samples * 1000000;
    return true;
}

const struct link_ops link_fake = {
    .name = "fake",
    .start = fake_start,
    .stop = fake_stop,
    .resume = fake_resume,
    .change_password = fake_change_password,
    .callback = fake_callback,
    .count = fake_count,
    .idle = fake_idle,
};
