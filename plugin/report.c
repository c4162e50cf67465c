/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * report.c - tells the manager what happens in pppd, in the order in which a
 * program may hear of it: LCP up before the authentication phase, acceptance
 * before the network phase, the cause before the exit.
 */
#include "config.h"
#include "plugin.h"

#include <net/if.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "cause.h"
#include "compression.h"
#include "pppd_compat.h"

/* pppd waits for ever in the network phase when the peer rejects IPCP, and some
 * peers never start it. */
#define NETWORK_LIMIT_MS (WIRE_NETWORK_SECONDS * 1000u)

static struct link ppp;
static struct compression ccp;
static char reply[sizeof(((struct wire_link_auth_ok *)0)->message)]; /* with which the peer accepts us */
static bool cause_sent_to_manager;
static bool acceptance_reported;
static bool network_put_off; /* the network phase is not reported before the acceptance */
static uint32_t protocols = WIRE_PROTO_IPV4;
static bool ip_is_up;
bool report_may_encrypt;
static struct /* what the manager knows */
{
    bool ip, ip6;
    enum ras_cause cause, cause6;
} told;

static uint64_t now_ms(void)
{
    struct timespec now = {0, 0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

static void send_cause(void)
{
    struct wire_msg *msg;

    if (!ppp.known || cause_sent_to_manager) return;
    cause_sent_to_manager = true;
    msg = session_message(WIRE_link_cause);
    msg->u.link_cause.cause = ppp.cause;
    msg->u.link_cause.error = ppp.error;
    WIRE_SET_TEXT(msg->u.link_cause.detail, ppp.detail);
    session_send();
}

void report_hang_up(const char *detail)
{
    cause_set(&ppp, CAUSE_LOCAL_HANGUP, 0, detail);
    send_cause();
    pppd_hang_up();
}

void report_refused(void)
{
    cause_set(&ppp, CAUSE_AUTH_REFUSED, 0, "");
    send_cause();
    pppd_hang_up();
}

static void network_changed(void);

static void network_limit(void)
{
    if (cause_network_limit(&ppp, now_ms()))
    {
        network_changed();
        return;
    }
    cause_ending(&ppp, 0, now_ms());
    send_cause();
    pppd_hang_up();
}

static void send_lcp_up(void)
{
    struct wire_msg *msg = session_message(WIRE_link_lcp_up);

    msg->u.link_lcp_up.our_mru = ppp.ours.mru;
    msg->u.link_lcp_up.peer_mru = ppp.peers.mru;
    msg->u.link_lcp_up.auth_protocol = ppp.peers.auth_protocol;
    msg->u.link_lcp_up.auth_data = ppp.peers.auth_data;
    msg->u.link_lcp_up.peer_auth_protocol = ppp.ours.auth_protocol;
    msg->u.link_lcp_up.peer_auth_data = ppp.ours.auth_data;
    /* Each side says what it can read. */
    msg->u.link_lcp_up.options = ppp.peers.options;
    msg->u.link_lcp_up.peer_options = ppp.ours.options;
    msg->u.link_lcp_up.multilink = ppp.ours.multilink && ppp.peers.multilink;
    session_send();
}

static void send_ccp(void)
{
    struct wire_msg *msg = session_message(WIRE_link_ccp);
    struct wire_link_ccp *news = &msg->u.link_ccp;

    if (compression_is_up(&ccp))
    {
        news->up = 1;
        news->sent = ccp.sent.method;
        news->sent_options = ccp.sent.options;
        news->received = ccp.received.method;
        news->received_options = ccp.received.options;
    }
    news->cause = ccp.failed;
    session_send();
}

static void send_auth_ok(void)
{
    struct wire_msg *msg;

    if (acceptance_reported) return;
    acceptance_reported = true;
    msg = session_message(WIRE_link_auth_ok);
    msg->u.link_auth_ok.protocol = ppp.peers.auth_protocol;
    msg->u.link_auth_ok.data = ppp.peers.auth_protocol == PPP_PROTO_EAP ? ppp.eap_type : ppp.peers.auth_data;
    WIRE_SET_TEXT(msg->u.link_auth_ok.message, reply);
    session_send();
}

static void send_phase(int phase)
{
    struct wire_msg *msg = session_message(WIRE_link_phase);

    msg->u.link_phase.phase = (uint32_t)phase;
    session_send();
}

/* The peer goes on: it has accepted us. */
static void send_network(void)
{
    network_put_off = false;
    send_auth_ok();
    send_phase(PPPD_NETWORK);
}

void report_network(void)
{
    pppd_start_timer(network_limit, NETWORK_LIMIT_MS);
    network_put_off = cause_acceptance_is_open(&ppp);
    if (!network_put_off) send_network();
}

void report_callback_asked(uint32_t hold, uint32_t types)
{
    struct wire_msg *msg;

    send_auth_ok(); /* it has gone on */
    msg = session_message(WIRE_link_callback_asked);
    msg->u.link_callback_asked.hold = hold;
    msg->u.link_callback_asked.types = types;
    session_send();
}

void report_callback_agreed(uint32_t type)
{
    struct wire_msg *msg = session_message(WIRE_link_callback_agreed);

    msg->u.link_callback_agreed.type = type;
    session_send();
    report_hang_up("the peer calls back");
}

static void phase_changed(int phase)
{
    if (phase > PPPD_INITIALIZE) session_start();
    if (phase == PPPD_SERIALCONN || phase == PPPD_ESTABLISH) credentials_apply();
    if (phase != PPPD_AUTHENTICATE) hold_cancel();
    if (phase != PPPD_NETWORK && phase != PPPD_RUNNING) pppd_forget_mppe();
    /* For pppd this is the network phase already, where nothing happens yet. */
    if (phase == PPPD_NETWORK && callback_is_open())
        phase = PPPD_CALLBACK;
    else
        callback_cancel();
    cause_phase(&ppp, phase);
    network_put_off = false;
    switch (phase)
    {
    case PPPD_ESTABLISH:
        acceptance_reported = false;
        memset(&told, 0, sizeof(told));
        reply[0] = 0;
        compression_init(&ccp);
        pppd_stop_timer(network_limit);
        break;
    case PPPD_AUTHENTICATE:
        send_lcp_up();
        break;
    case PPPD_CALLBACK:
        if (!cause_acceptance_is_open(&ppp)) send_auth_ok();
        break;
    case PPPD_NETWORK:
        report_network();
        return;
    case PPPD_TERMINATE:
        pppd_stop_timer(network_limit);
        break;
    case PPPD_DISCONNECT:
    case PPPD_DEAD:
        network_ip_down();
        pppd_stop_timer(network_limit);
        cause_ending(&ppp, pppd_status(), now_ms());
        send_cause();
        break;
    }
    send_phase(phase);
}

static bool is_mschap(void)
{
    return ppp.peers.auth_data == CHAP_ALGORITHM_MSCHAP || ppp.peers.auth_data == CHAP_ALGORITHM_MSCHAP_V2;
}

/* True: the link waits for the manager's answer. */
static bool send_auth_fail(const struct ppp_packet *packet)
{
    struct wire_msg *msg = session_message(WIRE_link_auth_fail);
    struct wire_link_auth_fail *fail = &msg->u.link_auth_fail;
    const struct mschap_failure *named = NULL;
    struct mschap_failure failure;
    bool retry = false;

    fail->protocol = packet->protocol;
    fail->error = 691;
    if (packet->protocol == PPP_PROTO_PAP)
        pap_message(fail->message, sizeof(fail->message), packet->data, packet->len);
    else if (packet->protocol == PPP_PROTO_CHAP)
    {
        fail->data = ppp.peers.auth_data;
        if (is_mschap())
        {
            mschap_failure_parse(&failure, packet->data, packet->len);
            named = &failure;
            retry = failure.retry;
            fail->error = failure.error;
            fail->version = failure.version;
            WIRE_SET_TEXT(fail->message, failure.message);
        }
        else
            peer_text(fail->message, sizeof(fail->message), packet->data, packet->len);
    }
    else
        fail->error = ppp.eap_tls_declined ? 798 : ppp.eap_error ? ppp.eap_error : 691;
    fail->hold = hold_begin(packet, fail->data, named, &retry);
    fail->retry = retry;
    retry = fail->hold != 0;
    session_send();
    return retry;
}

/* EAP-MSCHAPv2 refuses; the end of EAP itself comes only when that is acknowledged. */
static void eap_refused(const struct ppp_packet *packet, const struct eap_request *request)
{
    struct mschap_failure failure;
    struct wire_link_auth_fail *fail;
    struct wire_msg *msg;
    uint32_t hold;

    mschap_failure_parse(&failure, request->message, request->len);
    if (!(hold = hold_eap_failure(packet, &failure))) return;
    msg = session_message(WIRE_link_auth_fail);
    fail = &msg->u.link_auth_fail;
    fail->protocol = packet->protocol;
    fail->data = request->type;
    fail->hold = hold;
    fail->retry = true;
    fail->error = failure.error;
    fail->version = failure.version;
    WIRE_SET_TEXT(fail->message, failure.message);
    session_send();
}

/* The peer asks by EAP, maybe for what is not there. */
static void eap_request(const struct ppp_packet *packet)
{
    struct eap_request request;
    uint32_t hold, wants = 0;
    struct wire_msg *msg;

    if (!eap_request_parse(&request, packet->data, packet->len)) return;
    if (request.type == EAP_MSCHAP_V2 && request.chap_code == CHAP_FAILURE) eap_refused(packet, &request);
    if (!(hold = hold_eap(packet, &request, &wants))) return;
    msg = session_message(WIRE_link_eap_wanted);
    msg->u.link_eap_wanted.hold = hold;
    msg->u.link_eap_wanted.method = request.type;
    msg->u.link_eap_wanted.wants = wants;
    session_send();
}

/* Is it the peer's refusal, in the protocol that was agreed on? */
static bool is_refusal(const struct ppp_packet *packet)
{
    if (ppp.stage != STAGE_AUTH || packet->protocol != ppp.peers.auth_protocol) return false;
    switch (packet->protocol)
    {
    case PPP_PROTO_PAP: return packet->code == PAP_NAK;
    case PPP_PROTO_CHAP: return packet->code == CHAP_FAILURE;
    case PPP_PROTO_EAP: return packet->code == EAP_FAILURE;
    }
    return false;
}

/* What the peer says when it accepts us. */
static void note_reply(const struct ppp_packet *packet)
{
    struct eap_request request;

    if (ppp.stage != STAGE_AUTH || packet->protocol != ppp.peers.auth_protocol) return;
    switch (packet->protocol)
    {
    case PPP_PROTO_PAP:
        if (packet->code == PAP_ACK) pap_message(reply, sizeof(reply), packet->data, packet->len);
        break;
    case PPP_PROTO_CHAP:
        if (packet->code != CHAP_SUCCESS) break;
        if (is_mschap())
            mschap_success_message(reply, sizeof(reply), packet->data, packet->len);
        else
            peer_text(reply, sizeof(reply), packet->data, packet->len);
        break;
    case PPP_PROTO_EAP:
        if (packet->code == EAP_REQUEST && eap_request_parse(&request, packet->data, packet->len) &&
            request.type == EAP_MSCHAP_V2 && request.chap_code == CHAP_SUCCESS)
            mschap_success_message(reply, sizeof(reply), request.message, request.len);
        break;
    }
}

static void received(const uint8_t *frame, size_t len)
{
    struct ppp_packet packet;
    bool was_known = ppp.known;

    if (!ppp_packet_parse(&packet, frame, len)) return;
    if (ppp.stage == STAGE_AUTH && packet.protocol == PPP_PROTO_CHAP && packet.code == CHAP_CHALLENGE)
        hold_challenge(&packet);
    if (ppp.stage == STAGE_AUTH && packet.protocol == ppp.peers.auth_protocol && packet.protocol == PPP_PROTO_EAP &&
        packet.code == EAP_REQUEST)
        eap_request(&packet);
    /* A refusal that is held is no cause yet. */
    if (is_refusal(&packet) && !was_known && send_auth_fail(&packet)) return;
    if ((packet.protocol & 0xc000) == 0x8000) callback_skip();
    note_reply(&packet);
    cause_received(&ppp, &packet, now_ms());
    if (compression_heard(&ccp, &packet)) send_ccp();
    if (network_put_off && !cause_acceptance_is_open(&ppp)) send_network();
    network_changed();
    if (ppp.known) hold_cancel();
    send_cause();
    if (!was_known && ppp.known && ppp.cause == CAUSE_NCP_REJECTED) pppd_hang_up();
}

static void sent(const uint8_t *frame, size_t len)
{
    struct ppp_packet packet;

    if (!ppp_packet_parse(&packet, frame, len)) return;
    cause_sent(&ppp, &packet);
    if (compression_said(&ccp, &packet)) send_ccp();
    network_changed();
    if (packet.protocol != PPP_PROTO_LCP || packet.code != CP_TERM_REQ) return;
    cause_ending(&ppp, pppd_status(), now_ms());
    send_cause();
}

static uint32_t interface_mtu(const char *name)
{
    struct ifreq request;
    uint32_t mtu = 0;
    int fd;

    memset(&request, 0, sizeof(request));
    if (wire_set_text(request.ifr_name, sizeof(request.ifr_name), name)) return 0;
    if ((fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0) return 0;
    if (!ioctl(fd, SIOCGIFMTU, &request) && request.ifr_mtu > 0) mtu = (uint32_t)request.ifr_mtu;
    close(fd);
    return mtu;
}

static void send_ip_up(void)
{
    struct wire_msg *msg = session_message(WIRE_link_ip_up);
    struct wire_link_ip_up *ip = &msg->u.link_ip_up;

    WIRE_SET_TEXT(ip->ifname, pppd_script_value("IFNAME"));
    if (ppp.ip.up)
    {
        WIRE_SET_TEXT(ip->local, pppd_script_value("IPLOCAL"));
        WIRE_SET_TEXT(ip->remote, pppd_script_value("IPREMOTE"));
        WIRE_SET_TEXT(ip->dns1, network_peer_server(0));
        WIRE_SET_TEXT(ip->dns2, network_peer_server(1));
        WIRE_SET_TEXT(ip->wins1, pppd_script_value("WINS1"));
        WIRE_SET_TEXT(ip->wins2, pppd_script_value("WINS2"));
        ip->options = ppp.sends_vj ? WIRE_IP_VJ : 0;
        ip->server_options = ppp.receives_vj ? WIRE_IP_VJ : 0;
    }
    if (ppp.ip6.up)
    {
        WIRE_SET_TEXT(ip->local6, pppd_script_value("LLLOCAL"));
        WIRE_SET_TEXT(ip->remote6, pppd_script_value("LLREMOTE"));
    }
    ip->cause = ppp.ip.failed;
    ip->cause6 = ppp.ip6.failed;
    ip->mtu = interface_mtu(ip->ifname);
    session_send();
}

/* The manager hears when there is a network, and when a protocol comes or goes after that. */
static void network_changed(void)
{
    if (ppp.is_closing || !cause_network_is_up(&ppp)) return;
    if (!network_is_ready(network_changed)) return;
    if (told.ip == ppp.ip.up && told.ip6 == ppp.ip6.up && told.cause == ppp.ip.failed && told.cause6 == ppp.ip6.failed)
        return;
    if (!told.ip && !told.ip6)
    {
        pppd_stop_timer(network_limit);
        session_link_up();
    }
    told.ip = ppp.ip.up;
    told.ip6 = ppp.ip6.up;
    told.cause = ppp.ip.failed;
    told.cause6 = ppp.ip6.failed;
    send_ip_up();
}

static void ip_up(void)
{
    ip_is_up = true;
    network_ip_up();
    cause_ip_up(&ppp);
    network_changed();
}

/* Maybe anew, with another address: pppd's notice of its end is not asked for. */
static void ip6_up(void)
{
    told.ip6 = false;
    network_ip6_up(!(protocols & WIRE_PROTO_IPV4));
    cause_ip6_up(&ppp);
    network_changed();
}

static void joined(void)
{
    struct wire_msg *msg;

    pppd_stop_timer(network_limit);
    if (network_put_off) send_network();
    cause_joined(&ppp);
    session_link_up();
    msg = session_message(WIRE_link_joined);
    WIRE_SET_TEXT(msg->u.link_joined.ifname, pppd_script_value("IFNAME"));
    session_send();
}

/* pppd also says so when IPCP opened without an address and never was up. */
static void ip_down(void)
{
    bool ip6_stays = told.ip && told.ip6 && !ppp.known && !ppp.is_closing;

    if (!ip_is_up) return;
    network_ip_down();
    ip_is_up = told.ip = ppp.ip.up = false;
    session_message(WIRE_link_ip_down);
    session_send();
    if (ip6_stays) send_ip_up();
}

static void leaving(int status)
{
    struct wire_msg *msg;

    cause_ending(&ppp, status, now_ms());
    send_cause();
    keeper_wait();
    msg = session_message(WIRE_link_exit);
    msg->u.link_exit.status = (uint32_t)status;
    session_send();
    credentials_wipe();
}

/* A line that is lost may show as SIGHUP before it shows as the end of the tty; pppd
 * takes that for a request of the user's. */
static void signalled(int number)
{
    if (number == SIGHUP) ppp.hung_up = true;
}

static void forked(void)
{
    session_forget();
    credentials_wipe();
}

static bool get_password(char *password)
{
    uint32_t algorithm = ppp.peers.auth_protocol == PPP_PROTO_CHAP ? ppp.peers.auth_data : 0;

    if (ppp.peers.auth_protocol == PPP_PROTO_EAP && ppp.eap_type == EAP_MSCHAP_V2) algorithm = CHAP_ALGORITHM_MSCHAP_V2;
    return credentials_password(password, algorithm);
}

static bool wants_mppe(void)
{
    return report_may_encrypt && cause_has_keys(&ppp);
}

void report_configure(uint32_t wanted)
{
    protocols = wanted;
    pppd_offer_mppe(wants_mppe);
}

void report_start(void)
{
    static const struct pppd_handlers table = {
        .phase = phase_changed,
        .received = received,
        .sent = sent,
        .ip_up = ip_up,
        .ip6_up = ip6_up,
        .ip_down = ip_down,
        .joined = joined,
        .leaving = leaving,
        .signalled = signalled,
        .forked = forked,
        .has_password = credentials_are_set,
        .get_password = get_password,
    };
    struct wire_msg *msg;

    cause_init(&ppp, protocols);
    pppd_set_handlers(&table);
    pppd_take_mschap(responder_respond, responder_check);
    credentials_apply();
    msg = session_message(WIRE_link_hello);
    msg->u.link_hello.version = WIRE_VERSION;
    msg->u.link_hello.pid = (uint32_t)getpid();
    WIRE_SET_TEXT(msg->u.link_hello.pppd_version, pppd_family());
    session_send();
}
