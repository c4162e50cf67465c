/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * messages.c - a hostile manager on the plugin's socket, message after message: the
 * real session code in whatever state the link can be, a mock of pppd, a peer that refuses,
 * asks and calls back.  Each session begins with the plugin as pppd loads it: its variables
 * are in a section of their own, which is put back.
 *
 *   messages [-messages=N] [-seed=N]
 *
 * Counted is what the plugin has read from its socket.  The same seed gives the same
 * messages.  In a run that is long enough for it, every kind must have come in every state.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "../../plugin/cbcp_packets.h"
#include "../../plugin/peer_packets.h"
#include "../../plugin/plugin.h"
#include "../pppd_mock.h"
#include "plugin_state.h"
#include "random.h"

#define PACKET_MAX  8192u /* twice of what the plugin takes */
#define BURST_MAX   12u
#define SCENES_MAX  24u /* of a session */
#define LONG_RUN    1000000u

#define CHECK(condition) do { if (!(condition)) failed(#condition, __LINE__); } while (0)

static const char secret[] = "Zebra7319-Okapi"; /* in every password */

/* ---- what is known of the run ----------------------------------------------------------- */

/* What happens to the link between messages. */
enum scene
{
    UNOPENED, /* in the socket before the option is read */
    STARTED,
    LCP,
    AUTH_PAP,
    AUTH_CHAP,
    AUTH_MSCHAP,
    AUTH_EAP,
    HELD_PAP,
    HELD_CHAP,
    HELD_CHAP_CHALLENGE,
    HELD_MSCHAP_1,
    HELD_MSCHAP_2,
    HELD_EXPIRED,
    HELD_EAP_NAME,
    HELD_EAP_PASSWORD,
    HELD_EAP_MSCHAP,
    CALLBACK_OPEN,
    CALLBACK_ASKED,
    CALLBACK_ANSWERED,
    NETWORK,
    UP,
    ENDING,
    SCENES
};

static const char *const scene_names[SCENES] =
{
    "unopened", "started", "lcp", "pap", "chap", "mschap", "eap", "held pap", "held chap", "held chap, challenge",
    "held mschap", "held mschapv2", "held expired", "held eap name", "held eap password", "held eap-mschapv2",
    "callback", "callback asked", "callback answered", "network", "up", "ending",
};

enum kind
{
    CONFIG,
    CONFIG_VERSION,
    CREDENTIALS,
    PASSWORD,
    CALLBACK,
    ROUTES,
    HANGUP,
    FOREIGN,   /* a good message that is not the manager's to a plugin */
    REPEATED,  /* what was sent before, again */
    CHANGED,   /* some bytes */
    TRUNCATED,
    TRAILING,  /* bytes behind its end */
    OVERSIZED,
    GARBAGE,
    EMPTY,
    KINDS
};

static const char *const kind_names[KINDS] =
{
    "config", "version", "credentials", "password", "callback", "routes", "hangup", "foreign", "repeated", "changed",
    "truncated", "trailing", "oversized", "garbage", "empty",
};

static unsigned long long wanted = 200000, seed = 1, messages, sessions, opened;
static unsigned long long seen[SCENES][KINDS];

static void failed(const char *condition, int line)
{
    fprintf(stderr, "messages.c:%d: %s; seed %llu, session %llu, message %llu\n", line, condition, seed, sessions,
            messages);
    abort();
}

/* ---- what the plugin asks of the system --------------------------------------------------- */

ssize_t __real_recv(int fd, void *buf, size_t len, int flags);
ssize_t __wrap_recv(int fd, void *buf, size_t len, int flags);
ssize_t __wrap_getrandom(void *buf, size_t len, unsigned int flags);
int __wrap_clock_gettime(clockid_t id, struct timespec *now);

static int plugin_fd = -1;
static unsigned int in_socket; /* sent and not read */
static enum { CAN_GO_ON, MUST_END } verdict;

ssize_t __wrap_recv(int fd, void *buf, size_t len, int flags)
{
    ssize_t got = __real_recv(fd, buf, len, flags);

    if (fd == plugin_fd && !(flags & MSG_PEEK) && got >= 0 && in_socket)
    {
        messages++;
        in_socket--;
    }
    return got;
}

ssize_t __wrap_getrandom(void *buf, size_t len, unsigned int flags)
{
    (void)flags;
    memset(buf, (int)random_below(256), len);
    return (ssize_t)len;
}

int __wrap_clock_gettime(clockid_t id, struct timespec *now)
{
    static time_t seconds;

    (void)id;
    now->tv_sec = seconds += random_below(4);
    now->tv_nsec = 0;
    return 0;
}

static volatile sig_atomic_t terms;

static void on_term(int number)
{
    (void)number;
    terms = terms + 1;
}

/* ---- the manager --------------------------------------------------------------------------- */

static int manager_fd = -1;
static enum scene scene;
static bool can_watch, can_wait;
static bool is_open;            /* pppd's options are read, its loop runs */
static bool is_deaf;            /* the manager does not read */
static bool is_over;            /* the plugin reads no more */
static uint32_t hold;           /* what the plugin asked last */
static uint8_t last[PACKET_MAX];
static size_t last_len;

/* Whatever the plugin says is a message of a plugin. */
static void listen_to_plugin(void)
{
    static struct wire_msg said;
    uint8_t packet[4096];
    ssize_t len;

    while ((len = __real_recv(manager_fd, packet, sizeof(packet), MSG_DONTWAIT)) > 0)
    {
        CHECK(wire_decode(&said, packet, (size_t)len, WIRE_PLUGIN) == len);
        if (said.type == WIRE_link_auth_fail) hold = said.u.link_auth_fail.hold;
        if (said.type == WIRE_link_eap_wanted) hold = said.u.link_eap_wanted.hold;
        if (said.type == WIRE_link_callback_asked) hold = said.u.link_callback_asked.hold;
    }
}

/* A hold that is over mostly, as the right one changes the state. */
static uint32_t some_hold(void)
{
    return one_in(6) ? hold : one_in(2) ? some_number() : hold + 1;
}

/* size: with its end.  Mostly short, sometimes as long as it can be. */
static void some_text(char *text, size_t size, const char *begin)
{
    static const char letters[] = "alice;|`$'\"\\ \n\r\t%s-@/.\x01\x7f\xc3\xa4\xff\xed\xa0\x80";
    size_t len = strlen(begin), end = one_in(8) ? size - 1 : random_below(24);

    memcpy(text, begin, len);
    if (end < len) end = len;
    if (end > size - 1) end = size - 1;
    for (; len < end; len++) text[len] = letters[random_below(sizeof(letters) - 1)];
    text[len] = 0;
}

static void some_secret(char *text, size_t size)
{
    if (one_in(8))
        text[0] = 0;
    else
        some_text(text, size, secret);
}

static void fill_config(struct wire_link_config *config, bool good)
{
    config->version = good ? WIRE_VERSION : WIRE_VERSION + 1 + some_number() % 0xfffffff0;
    config->connection = some_number();
    config->hold = one_in(4) ? some_number() : WIRE_HOLD_AUTH_FAIL | WIRE_HOLD_EAP | WIRE_HOLD_CALLBACK;
    config->hold_seconds = some_number();
    config->protocols = one_in(4) ? some_number() : WIRE_PROTO_IPV4 | WIRE_PROTO_IPV6;
}

static void fill_credentials(struct wire_link_credentials *credentials)
{
    credentials->hold = some_hold();
    if (one_in(3))
        credentials->user[0] = 0;
    else
        some_text(credentials->user, sizeof(credentials->user), "");
    some_secret(credentials->password, sizeof(credentials->password));
}

static void some_server(char *text, size_t size)
{
    static const char *const servers[] = {"", "10.0.0.53", "fe80::1", "fe80::1%eth0", "10.0.0", "10.0.0.53;id"};

    if (one_in(4))
        some_text(text, size, "");
    else
        wire_set_text(text, size, servers[random_below(one_in(4) ? 6 : 2)]);
}

static void fill_network(struct wire_link_network *network)
{
    network->flags = one_in(8) ? some_number() : random_below(8);
    network->metric = one_in(4) ? some_number() : random_below(100);
    network->metric6 = one_in(4) ? some_number() : random_below(100);
    some_server(network->dns1, sizeof(network->dns1));
    some_server(network->dns2, sizeof(network->dns2));
    if (one_in(2)) some_server(network->dns61, sizeof(network->dns61));
    if (one_in(2)) some_server(network->dns62, sizeof(network->dns62));
    if (one_in(2)) some_text(network->dns_suffix, sizeof(network->dns_suffix), one_in(2) ? "example.org" : "");
}

/* One of those that are others' to send, or to others. */
static const uint16_t foreign[] = {
#define MESSAGE(name, number, senders) WIRE_##name,
#include "ras_wire.def"
};

static bool is_for_plugin(uint16_t type)
{
    return type == WIRE_link_config || type == WIRE_link_credentials || type == WIRE_link_password ||
           type == WIRE_link_callback || type == WIRE_link_network || type == WIRE_link_hangup;
}

/* A message that is whole. */
static size_t make_message(uint8_t *packet, enum kind kind)
{
    static struct wire_msg msg;
    uint16_t type;

    switch (kind)
    {
    case CONFIG:
    case CONFIG_VERSION:
        wire_init(&msg, WIRE_link_config, some_number());
        fill_config(&msg.u.link_config, kind == CONFIG);
        break;
    case CREDENTIALS:
        wire_init(&msg, WIRE_link_credentials, some_number());
        fill_credentials(&msg.u.link_credentials);
        break;
    case PASSWORD:
        wire_init(&msg, WIRE_link_password, some_number());
        msg.u.link_password.hold = some_hold();
        some_secret(msg.u.link_password.password, sizeof(msg.u.link_password.password));
        some_secret(msg.u.link_password.old_password, sizeof(msg.u.link_password.old_password));
        break;
    case CALLBACK:
        wire_init(&msg, WIRE_link_callback, some_number());
        msg.u.link_callback.hold = some_hold();
        msg.u.link_callback.type = some_number();
        msg.u.link_callback.delay = some_number();
        some_text(msg.u.link_callback.number, sizeof(msg.u.link_callback.number), one_in(2) ? "5551234" : "");
        break;
    case ROUTES:
        wire_init(&msg, WIRE_link_network, some_number());
        fill_network(&msg.u.link_network);
        break;
    case HANGUP:
        wire_init(&msg, WIRE_link_hangup, some_number());
        break;
    default:
        do
            type = foreign[random_below(sizeof(foreign) / sizeof(*foreign))];
        while (is_for_plugin(type));
        wire_init(&msg, type, some_number());
        break;
    }
    return wire_encode(&msg, packet, PACKET_MAX);
}

static void fill_random(uint8_t *bytes, size_t len)
{
    while (len--) *bytes++ = (uint8_t)random_below(256);
}

static size_t make_packet(uint8_t *packet, enum kind kind)
{
    static const enum kind whole[] = {CONFIG, CREDENTIALS, PASSWORD, CALLBACK, ROUTES, HANGUP, FOREIGN};
    size_t len, more;
    unsigned int n;

    if (kind <= FOREIGN) return make_message(packet, kind);
    if (kind == REPEATED && last_len)
    {
        memcpy(packet, last, last_len);
        return last_len;
    }
    len = make_message(packet, whole[random_below(7)]);
    switch (kind)
    {
    case CHANGED:
        for (n = 1 + random_below(6); n; n--) packet[random_below((uint32_t)len)] ^= (uint8_t)(1 + random_below(255));
        return len;
    case TRUNCATED:
        len = 1 + random_below((uint32_t)len - 1);
        if (one_in(2) && len >= 4) /* and says so */
        {
            packet[0] = (uint8_t)len;
            packet[1] = (uint8_t)(len >> 8);
        }
        return len;
    case TRAILING:
        more = 1 + random_below(one_in(4) ? 2000 : 16);
        fill_random(packet + len, more);
        return len + more;
    case OVERSIZED:
        memset(packet + len, (int)random_below(256), PACKET_MAX - len);
        return 4097 + random_below(PACKET_MAX - 4097);
    case GARBAGE:
        len = 1 + random_below(one_in(4) ? PACKET_MAX - 1 : 64);
        fill_random(packet, len);
        if (one_in(2)) memcpy(packet, "\x20\0\0\0\x41\0\0\0", len < 8 ? len : 8);
        return len;
    case EMPTY:
        return 0;
    default:
        return len;
    }
}

/* Has the plugin to end the link when it reads this, whatever went before? */
static bool is_fatal(const uint8_t *packet, size_t len)
{
    static struct wire_msg msg;

    if (!len || len > 4096 || wire_decode(&msg, packet, len, WIRE_MANAGER) != (int)len) return true;
    if (!is_for_plugin(msg.type)) return true;
    /* These have been sent by the time the session runs, and come once. */
    return is_open && (msg.type == WIRE_link_config || msg.type == WIRE_link_network);
}

static bool send_packet(enum kind kind)
{
    uint8_t packet[PACKET_MAX];
    size_t len = make_packet(packet, kind);

    if (is_fatal(packet, len)) verdict = MUST_END;
    if (send(manager_fd, packet, len, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)len) return false;
    in_socket++;
    seen[scene][kind]++;
    memcpy(last, packet, last_len = len);
    return true;
}

/* What does not end the link, mostly. */
static enum kind some_kind(unsigned int malice)
{
    static const enum kind polite[] = {CREDENTIALS, CREDENTIALS, PASSWORD, CALLBACK, HANGUP};

    if (one_in(malice)) return (enum kind)random_below(KINDS);
    return polite[random_below(5 - !one_in(16))];
}

/* pppd's loop runs once.  What was sent is read, or never will be. */
static void run_pppd(void)
{
    unsigned int before = in_socket;
    void (*waited)(void) = mock.wait_fn;

    mock.auth[0] = 0;
    if (mock.watched_fd >= 0)
        mock.watch_fn();
    else if (waited)
    {
        mock.wait_fn = NULL;
        waited();
    }
    else
        mock_run_timers();
    if (before && in_socket == before) is_over = true;
    if (verdict == MUST_END && !in_socket) CHECK(mock.hang_ups);
    CHECK(memchr(mock.user, 0, sizeof(mock.user)));
    if (!is_deaf) listen_to_plugin();
}

/* ---- the peer and pppd ----------------------------------------------------------------------- */

static void receive(uint16_t protocol, uint8_t code, const void *data, size_t len)
{
    uint8_t frame[1600] = {0xff, 3, (uint8_t)(protocol >> 8), (uint8_t)protocol, code, (uint8_t)random_below(4),
                           (uint8_t)((len + 4) >> 8), (uint8_t)(len + 4)};

    memcpy(frame + 8, data, len);
    if (one_in(32)) frame[8 + random_below((uint32_t)len + 1)] ^= (uint8_t)random_below(256);
    mock.handlers->received(frame, len + 8);
}

static void sent(uint16_t protocol, uint8_t code)
{
    uint8_t frame[] = {0xff, 3, (uint8_t)(protocol >> 8), (uint8_t)protocol, code, 1, 0, 4};

    mock.handlers->sent(frame, sizeof(frame));
}

static void authenticate(uint16_t protocol, uint8_t algorithm)
{
    uint8_t ack[] = {0xff, 3, 0xc0, 0x21, CP_CONF_ACK, 1, 0, 9, 3, 5, (uint8_t)(protocol >> 8), (uint8_t)protocol,
                     algorithm};

    mock.networks_wait = false;
    mock.handlers->phase(PPPD_ESTABLISH);
    mock.handlers->sent(ack, sizeof(ack));
    mock.handlers->phase(PPPD_AUTHENTICATE);
    if (protocol == PPP_PROTO_CHAP) receive(protocol, CHAP_CHALLENGE, "\x10" "0123456789abcdefserver", 23);
    if (protocol == PPP_PROTO_CHAP) sent(protocol, CHAP_RESPONSE);
    if (protocol == PPP_PROTO_PAP) sent(protocol, PAP_REQUEST);
}

static void fail_mschap(const char *message)
{
    receive(PPP_PROTO_CHAP, CHAP_FAILURE, message, strlen(message));
}

#define CHALLENGE_V2 "C=00112233445566778899AABBCCDDEEFF"

static void ask_eap(uint8_t type, const void *data, size_t len)
{
    uint8_t request[128];

    request[0] = type;
    memcpy(request + 1, data, len);
    receive(PPP_PROTO_EAP, EAP_REQUEST, request, len + 1);
}

static void fail_eap_mschap(void)
{
    static const char failure[] = "\x04\x07\x00\x34" "E=691 R=1 " CHALLENGE_V2 " V=3";

    ask_eap(EAP_MSCHAP_V2, failure, sizeof(failure) - 1);
}

static void call_back(uint8_t code)
{
    static const uint8_t types[] = {1, 2, 2, 5, 0, 1, 0, 3, 3, 0};
    uint8_t packet[4 + sizeof(types)] = {code, (uint8_t)random_below(4), 0, sizeof(packet)};

    memcpy(packet + 4, types, sizeof(types));
    if (code == CBCP_ACK && one_in(2)) packet[4] = (uint8_t)(1 + random_below(4));
    if (one_in(16)) packet[random_below(sizeof(packet))] ^= (uint8_t)random_below(256);
    if (mock.cbcp_input) mock.cbcp_input(packet, sizeof(packet));
}

static void begin_callback(void)
{
    authenticate(PPP_PROTO_PAP, 0);
    receive(PPP_PROTO_PAP, PAP_ACK, "\0", 1);
    mock.networks_wait = mock.cbcp_input != NULL;
    mock.handlers->phase(PPPD_NETWORK);
}

/* The answer that fits, so that it goes on. */
static void answer_callback(void)
{
    static struct wire_msg msg;
    uint8_t packet[512];
    size_t len;

    listen_to_plugin();
    wire_init(&msg, WIRE_link_callback, 0);
    msg.u.link_callback.hold = hold;
    msg.u.link_callback.type = WIRE_CALLBACK_NONE;
    len = wire_encode(&msg, packet, sizeof(packet));
    if (send(manager_fd, packet, len, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)len) return;
    in_socket++;
    seen[CALLBACK_ASKED][CALLBACK]++;
    run_pppd();
}

/* What the link is really in, when the plugin did not ask: it may not hold, or have asked before. */
static enum scene reached(enum scene next)
{
    switch (next)
    {
    case HELD_PAP: return hold ? next : AUTH_PAP;
    case HELD_CHAP:
    case HELD_CHAP_CHALLENGE: return hold ? next : AUTH_CHAP;
    case HELD_MSCHAP_1:
    case HELD_MSCHAP_2:
    case HELD_EXPIRED: return hold ? next : AUTH_MSCHAP;
    case HELD_EAP_NAME:
    case HELD_EAP_PASSWORD:
    case HELD_EAP_MSCHAP: return hold ? next : AUTH_EAP;
    case CALLBACK_OPEN: return mock.networks_wait ? next : NETWORK;
    case CALLBACK_ASKED: return hold && mock.networks_wait ? next : NETWORK;
    case CALLBACK_ANSWERED: return strstr(mock.auth, "send(c029") ? next : NETWORK;
    default: return next;
    }
}

static void enter(enum scene next)
{
    hold = 0;
    mock.auth[0] = 0;
    switch (next)
    {
    case LCP: mock.handlers->phase(PPPD_SERIALCONN); mock.handlers->phase(PPPD_ESTABLISH); break;
    case AUTH_PAP: authenticate(PPP_PROTO_PAP, 0); break;
    case AUTH_CHAP: authenticate(PPP_PROTO_CHAP, CHAP_ALGORITHM_MD5); break;
    case AUTH_MSCHAP: authenticate(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2); break;
    case AUTH_EAP: authenticate(PPP_PROTO_EAP, 0); break;
    case HELD_PAP:
        authenticate(PPP_PROTO_PAP, 0);
        receive(PPP_PROTO_PAP, PAP_NAK, "\x03" "no!", 4);
        break;
    case HELD_CHAP:
    case HELD_CHAP_CHALLENGE:
        authenticate(PPP_PROTO_CHAP, CHAP_ALGORITHM_MD5);
        receive(PPP_PROTO_CHAP, CHAP_FAILURE, "no!", 3);
        if (next == HELD_CHAP_CHALLENGE) receive(PPP_PROTO_CHAP, CHAP_CHALLENGE, "\x04" "abcdserver", 11);
        break;
    case HELD_MSCHAP_1:
        authenticate(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP);
        fail_mschap("E=691 R=1 C=0011223344556677 V=2");
        break;
    case HELD_MSCHAP_2:
        authenticate(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2);
        fail_mschap("E=691 R=1 " CHALLENGE_V2 " V=3 M=Wrong");
        break;
    case HELD_EXPIRED:
        authenticate(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2);
        fail_mschap("E=648 R=0 " CHALLENGE_V2 " V=3 M=Expired");
        break;
    case HELD_EAP_NAME: authenticate(PPP_PROTO_EAP, 0); ask_eap(EAP_IDENTITY, "", 0); break;
    case HELD_EAP_PASSWORD:
        authenticate(PPP_PROTO_EAP, 0);
        ask_eap(EAP_MD5, "\x10" "0123456789abcdefserver", 23);
        break;
    case HELD_EAP_MSCHAP: authenticate(PPP_PROTO_EAP, 0); fail_eap_mschap(); break;
    case CALLBACK_OPEN: begin_callback(); break;
    case CALLBACK_ASKED: begin_callback(); call_back(CBCP_REQUEST); break;
    case CALLBACK_ANSWERED: begin_callback(); call_back(CBCP_REQUEST); answer_callback(); break;
    case NETWORK: mock.networks_wait = false; mock.handlers->phase(PPPD_NETWORK); break;
    case UP:
        mock.networks_wait = false;
        mock.handlers->phase(PPPD_NETWORK);
        mock.handlers->ip_up();
        if (one_in(2)) mock.handlers->ip6_up();
        mock.handlers->phase(PPPD_RUNNING);
        break;
    case ENDING: mock.handlers->phase(PPPD_TERMINATE); break;
    default: break;
    }
    if (!is_deaf) listen_to_plugin();
    scene = reached(next);
}

/* What pppd asks, and what comes of itself. */
static void happen(void)
{
    char password[PPPD_NAME_SIZE];
    uint8_t value[64] = {0};

    switch (random_below(12))
    {
    case 0: receive(PPP_PROTO_LCP, CP_TERM_REQ, "bye", 3); break;
    case 1: receive(PPP_PROTO_CHAP, CHAP_CHALLENGE, "\x08" "01234567server", 15); break;
    case 2: call_back(one_in(2) ? CBCP_ACK : CBCP_REQUEST); break;
    case 3: mock_run_timers(); break;
    case 4: receive(PPP_PROTO_IPCP, CP_CONF_REQ, "\x03\x06\x0a\x01\x01\x01", 6); break;
    case 5:
        if (mock.handlers->has_password() && mock.handlers->get_password(password))
            CHECK(memchr(password, 0, sizeof(password)));
        break;
    case 6: mock.respond(value, one_in(2) ? 0x80 : 0x81, value, mock.user); break;
    case 7: mock.handlers->signalled(one_in(2) ? SIGHUP : SIGTERM); break;
    case 8: mock.handlers->ip_down(); break;
    default: break;
    }
}

/* ---- a session ------------------------------------------------------------------------------- */

static void send_some(unsigned int malice)
{
    unsigned int n = 1 + random_below(BURST_MAX);

    while (n-- && verdict == CAN_GO_ON && send_packet(some_kind(malice))) {}
    /* The last of some bursts ends it. */
    if (verdict == CAN_GO_ON && one_in(12)) send_packet((enum kind)random_below(KINDS));
}

/* What is in the socket when the option is read. */
static void put_first(unsigned int malice)
{
    scene = UNOPENED;
    if (!one_in(32)) send_packet(CONFIG);
    if (one_in(8)) send_packet((enum kind)random_below(KINDS));
    if (one_in(4)) send_packet(ROUTES);
    if (!one_in(16)) send_packet(CREDENTIALS);
    if (one_in(8)) send_some(malice);
}

static void live(unsigned int malice)
{
    unsigned int scenes = 1 + random_below(SCENES_MAX);

    is_open = true;
    opened++;
    report_start();
    mock.handlers->phase(PPPD_INITIALIZE);
    scene = STARTED;
    mock.handlers->phase(PPPD_SERIALCONN);
    while (scenes-- && !is_over && !terms)
    {
        if (!one_in(12)) enter((enum scene)random_below(SCENES));
        if (scene == UNOPENED) scene = STARTED;
        send_some(malice);
        run_pppd();
        happen();
        if (one_in(4)) run_pppd();
    }
    mock.handlers->phase(PPPD_DISCONNECT);
    mock.handlers->phase(PPPD_DEAD);
    mock.handlers->leaving(5);
    CHECK(!plugin_state_has(secret));
}

static void run_session(void)
{
    unsigned int malice;
    const char *why;
    int pair[2];

    plugin_state_put_back();
    random_begin(seed, sessions);
    mock_reset();
    can_watch = one_in(2);
    mock.can_watch = can_watch;
    mock.can_wait = can_wait = one_in(2);
    network_may_route = one_in(2); /* the mock sets none */
    malice = one_in(4) ? 2 : 100;
    is_open = is_over = false;
    is_deaf = one_in(64);
    verdict = CAN_GO_ON;
    in_socket = hold = 0;
    last_len = 0;
    terms = 0;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair)) abort();
    manager_fd = pair[0];
    plugin_fd = pair[1];
    put_first(malice);
    why = session_open(plugin_fd);
    if (verdict == MUST_END) CHECK(why);
    if (!why) live(malice);
    close(manager_fd);
    close(plugin_fd);
    manager_fd = plugin_fd = -1;
    sessions++;
}

/* ---- the run ----------------------------------------------------------------------------------- */

static int print_seen(void)
{
    unsigned int s, k, missing = 0;

    printf("%-22s", "");
    for (k = 0; k < KINDS; k++) printf("%12s", kind_names[k]);
    for (s = 0; s < SCENES; s++)
    {
        printf("\n%-22s", scene_names[s]);
        for (k = 0; k < KINDS; k++)
        {
            printf("%12llu", seen[s][k]);
            missing += !seen[s][k];
        }
    }
    printf("\n");
    if (!missing || wanted < LONG_RUN) return 0;
    printf("%u kinds did not come in a state\n", missing);
    return 1;
}

int main(int argc, char **argv)
{
    int i;

    for (i = 1; i < argc; i++)
    {
        if (!strncmp(argv[i], "-messages=", 10)) wanted = strtoull(argv[i] + 10, NULL, 10);
        if (!strncmp(argv[i], "-seed=", 6)) seed = strtoull(argv[i] + 6, NULL, 10);
    }
    signal(SIGTERM, on_term);
    plugin_state_save();
    while (messages < wanted) run_session();
    i = print_seen();
    printf("seed %llu: %llu messages read by the plugin in %llu sessions, %llu of them accepted\n", seed, messages,
           sessions, opened);
    return i;
}
