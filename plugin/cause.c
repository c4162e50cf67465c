/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * cause.c - why the link ends.  pppd's exit status alone does not tell: a
 * wrong password, a dead peer and a lost carrier can all give 16.
 */
#include "config.h"
#include "cause.h"

#include <string.h>

#include "pppd_compat.h"
#include "ras_wire.h"

/* pppd repeats a request every 3 s: with nothing heard for this long, at least
 * two requests in a row went without an answer. */
#define SILENCE_MS 7000u

void cause_init(struct link *link, uint32_t protocols)
{
    memset(link, 0, sizeof(*link));
    link->ip.wanted = (protocols & WIRE_PROTO_IPV4) != 0;
    link->ip6.wanted = (protocols & WIRE_PROTO_IPV6) != 0;
    link->ours.mru = link->peers.mru = 1500;
}

void cause_set(struct link *link, enum ras_cause cause, uint32_t error, const char *detail)
{
    if (link->known) return;
    link->known = true;
    link->cause = cause;
    link->error = error;
    WIRE_SET_TEXT(link->detail, detail);
}

static void network_begins(struct network *network)
{
    network->up = network->heard = false;
    network->failed = CAUSE_NONE;
}

void cause_phase(struct link *link, int phase)
{
    switch (phase)
    {
    case PPPD_SERIALCONN:
        link->is_closing = false;
        break;
    case PPPD_TERMINATE:
        link->is_closing = true;
        break;
    case PPPD_ESTABLISH:
        /* At the start and when the peer renegotiates LCP, but also on the way
         * down, where what was going on must not be forgotten. */
        if (link->is_closing) break;
        link->stage = STAGE_LCP;
        link->auth_declined = link->auth_answered = link->auth_succeeded = link->eap_tls_declined = false;
        link->eap_type = 0;
        link->eap_error = 0;
        link->address_rejected = link->address_missing = false;
        link->address_asked = link->address_offered = 0;
        link->sends_vj = link->receives_vj = false;
        network_begins(&link->ip);
        network_begins(&link->ip6);
        break;
    case PPPD_AUTHENTICATE:
        link->stage = STAGE_AUTH;
        break;
    case PPPD_CALLBACK:
    case PPPD_NETWORK:
        link->stage = STAGE_NETWORK;
        break;
    default:
        break;
    }
}

/* Maybe late: given up already, or for a time. */
static void network_came(struct network *network)
{
    network->up = true;
    network->failed = CAUSE_NONE;
}

void cause_ip_up(struct link *link)
{
    network_came(&link->ip);
    link->stage = STAGE_UP;
}

void cause_ip6_up(struct link *link)
{
    network_came(&link->ip6);
}

void cause_joined(struct link *link)
{
    link->stage = STAGE_UP;
}

bool cause_has_keys(const struct link *link)
{
    return !link->auth_declined && !link->ours.auth_protocol && link->peers.auth_protocol == PPP_PROTO_CHAP &&
           (link->peers.auth_data == CHAP_ALGORITHM_MSCHAP || link->peers.auth_data == CHAP_ALGORITHM_MSCHAP_V2);
}

bool cause_network_is_up(struct link *link)
{
    bool is_up = link->ip.up || (link->ip6.up && (!link->ip.wanted || link->ip.failed));

    if (is_up) link->stage = STAGE_UP;
    return is_up;
}

static bool is_pending(const struct link *link, const struct network *network)
{
    return link->stage == STAGE_NETWORK && network->wanted && !network->failed;
}

/* One protocol is no reason for the other to go, and one that was not wanted is none at all. */
static void network_failed(struct link *link, struct network *network, enum ras_cause cause)
{
    network->up = false;
    network->failed = cause;
    if (!network->wanted || link->ip.up || link->ip6.up) return;
    if (is_pending(link, &link->ip) || is_pending(link, &link->ip6)) return;
    cause_set(link, link->ip.wanted && link->ip.failed ? link->ip.failed : cause, 0, "");
}

static enum ras_cause refused(const struct link *link)
{
    return link->eap_tls_declined ? CAUSE_EAP_NO_CERTIFICATE : CAUSE_AUTH_REFUSED;
}

/* The peer closes LCP. */
static void terminated(struct link *link, const uint8_t *data, size_t len)
{
    static const char mppe[] = "MPPE required";
    enum ras_cause cause = CAUSE_PEER_TERMINATED;
    uint32_t error = 0;
    char text[256];

    if (term_req_error(&error, data, len))
        text[0] = 0;
    else
        peer_text(text, sizeof(text), data, len);

    if (link->stage != STAGE_UP && link->auth_declined)
        cause = CAUSE_AUTH_NO_PROTOCOL;
    else if (link->stage == STAGE_LCP)
        cause = CAUSE_LCP_TERMINATED;
    else if (link->stage == STAGE_AUTH)
        cause = link->auth_answered ? refused(link) : CAUSE_AUTH_TIMEOUT;
    else if (link->stage == STAGE_NETWORK && !strncmp(text, mppe, sizeof(mppe) - 1))
        cause = CAUSE_ENCRYPTION_LOCAL;
    cause_set(link, cause, error, text);
}

static void lcp_received(struct link *link, const struct ppp_packet *packet)
{
    uint16_t protocol;

    switch (packet->code)
    {
    case CP_CONF_ACK:
        lcp_settings_parse(&link->ours, packet->data, packet->len);
        break;
    case CP_TERM_REQ:
        terminated(link, packet->data, packet->len);
        break;
    case LCP_PROT_REJ:
        if (link->stage < STAGE_NETWORK || !prot_rej_parse(&protocol, packet->data, packet->len)) break;
        if (protocol == PPP_PROTO_IPCP && !link->ip.up) network_failed(link, &link->ip, CAUSE_NCP_REJECTED);
        if (protocol == PPP_PROTO_IPV6CP && !link->ip6.up) network_failed(link, &link->ip6, CAUSE_NCP_REJECTED);
        break;
    }
}

bool cause_acceptance_is_open(const struct link *link)
{
    return link->stage == STAGE_NETWORK && link->auth_declined;
}

static void network_received(struct link *link, struct network *network, const struct ppp_packet *packet,
                             uint64_t now_ms)
{
    network->heard = true;
    network->heard_ms = now_ms;
    if (packet->code == CP_TERM_REQ && link->stage >= STAGE_NETWORK)
        network_failed(link, network, CAUSE_NCP_TERMINATED);
}

static void ipcp_received(struct link *link, const struct ppp_packet *packet)
{
    struct ipcp_settings settings;

    switch (packet->code)
    {
    case CP_CONF_ACK:
        if (!ipcp_settings_parse(&settings, packet->data, packet->len)) break;
        link->address_missing = !settings.has_address || !settings.address;
        link->receives_vj = settings.compresses;
        break;
    case CP_CONF_NAK:
        if (link->address_asked && ipcp_settings_parse(&settings, packet->data, packet->len) && settings.has_address)
            link->address_offered = settings.address;
        break;
    case CP_CONF_REJ:
        if (ipcp_settings_parse(&settings, packet->data, packet->len) && settings.has_address)
            link->address_rejected = true;
        break;
    }
}

static void chap_received(struct link *link, const struct ppp_packet *packet)
{
    struct mschap_failure failure;
    char text[256];

    if (packet->code == CHAP_SUCCESS) link->auth_succeeded = true;
    if (packet->code != CHAP_FAILURE) return;
    if (link->peers.auth_data == CHAP_ALGORITHM_MSCHAP || link->peers.auth_data == CHAP_ALGORITHM_MSCHAP_V2)
    {
        mschap_failure_parse(&failure, packet->data, packet->len);
        peer_text(text, sizeof(text), (const uint8_t *)failure.message, strlen(failure.message));
        cause_set(link, CAUSE_AUTH_REFUSED, failure.error, text);
        return;
    }
    peer_text(text, sizeof(text), packet->data, packet->len);
    cause_set(link, CAUSE_AUTH_REFUSED, 0, text);
}

static void eap_received(struct link *link, const struct ppp_packet *packet)
{
    struct mschap_failure failure;
    struct eap_request request;

    if (packet->code == EAP_FAILURE) cause_set(link, refused(link), link->eap_error, "");
    if (packet->code != EAP_REQUEST || !eap_request_parse(&request, packet->data, packet->len)) return;
    if (request.type != EAP_NOTIFICATION) link->eap_type = request.type;
    if (request.type != EAP_MSCHAP_V2 || request.chap_code != CHAP_FAILURE) return;
    mschap_failure_parse(&failure, request.message, request.len);
    link->eap_error = failure.error;
}

/* pppd pays no attention to authentication packets once that is over, nor may a
 * stray one become the cause of whatever ends the link later. */
void cause_received(struct link *link, const struct ppp_packet *packet, uint64_t now_ms)
{
    char text[256];

    /* A peer that speaks a network protocol (RFC 1661, section 2) goes on without
     * the authentication that was declined. */
    if (link->stage == STAGE_NETWORK && (packet->protocol & 0xc000) == 0x8000) link->auth_declined = false;

    switch (packet->protocol)
    {
    case PPP_PROTO_LCP:
        link->lcp_heard = true;
        link->lcp_heard_ms = now_ms;
        lcp_received(link, packet);
        break;
    case PPP_PROTO_IPCP:
        ipcp_received(link, packet);
        network_received(link, &link->ip, packet, now_ms);
        break;
    case PPP_PROTO_IPV6CP:
        network_received(link, &link->ip6, packet, now_ms);
        break;
    case PPP_PROTO_CHAP:
        if (link->stage == STAGE_AUTH && link->peers.auth_protocol == PPP_PROTO_CHAP) chap_received(link, packet);
        break;
    case PPP_PROTO_PAP:
        if (link->stage != STAGE_AUTH || link->peers.auth_protocol != PPP_PROTO_PAP) break;
        if (packet->code == PAP_ACK) link->auth_succeeded = true;
        if (packet->code == PAP_NAK)
        {
            pap_message(text, sizeof(text), packet->data, packet->len);
            cause_set(link, CAUSE_AUTH_REFUSED, 0, text);
        }
        break;
    case PPP_PROTO_EAP:
        if (link->stage == STAGE_AUTH && link->peers.auth_protocol == PPP_PROTO_EAP) eap_received(link, packet);
        break;
    }
}

static enum ras_cause address_cause(const struct link *link)
{
    if (link->address_rejected || link->address_offered) return CAUSE_NCP_ADDRESS_REJECTED;
    return link->address_missing ? CAUSE_NCP_NO_ADDRESS : CAUSE_NONE;
}

/* This side closes LCP: pppd's reason is in the packet.  While MPPE is on that is "disabled" whatever
 * it closes for. */
static void term_req_sent(struct link *link, const struct ppp_packet *packet)
{
    static const char mppe[] = "MPPE ";
    static const char local[] = "MPPE required but not available in kernel";
    static const char any[] = "MPPE disabled";
    size_t len = packet->len;

    if (len < sizeof(mppe) - 1 || memcmp(packet->data, mppe, sizeof(mppe) - 1)) return;
    if (len == sizeof(any) - 1 && !memcmp(packet->data, any, len) && address_cause(link)) return;
    link->ended_for_mppe = true;
    link->ended_for_mppe_local = len >= sizeof(local) - 1 && !memcmp(packet->data, local, sizeof(local) - 1);
}

static void ipcp_sent(struct link *link, const struct ppp_packet *packet)
{
    struct ipcp_settings settings;

    if (packet->code == CP_CONF_ACK && ipcp_settings_parse(&settings, packet->data, packet->len))
        link->sends_vj = settings.compresses;
    if (packet->code == CP_CONF_REQ && ipcp_settings_parse(&settings, packet->data, packet->len) &&
        settings.has_address)
    {
        link->address_asked = settings.address;
        if (settings.address == link->address_offered) link->address_offered = 0;
    }
    /* pppd is not content with what the peer gave; the end of the link is its own matter. */
    if (packet->code == CP_TERM_REQ && link->stage == STAGE_NETWORK)
        link->ip.failed = address_cause(link) ? address_cause(link) : CAUSE_NCP_NONE;
}

void cause_sent(struct link *link, const struct ppp_packet *packet)
{
    struct lcp_settings settings;

    switch (packet->protocol)
    {
    case PPP_PROTO_LCP:
        if (packet->code == CP_TERM_REQ) term_req_sent(link, packet);
        if (packet->code != CP_CONF_ACK && packet->code != CP_CONF_NAK && packet->code != CP_CONF_REJ) break;
        if (!lcp_settings_parse(&settings, packet->data, packet->len)) break;
        if (packet->code == CP_CONF_ACK)
        {
            link->peers = settings;
            if (settings.auth_protocol) link->auth_declined = false;
        }
        else if (settings.auth_protocol)
            link->auth_declined = true;
        break;
    case PPP_PROTO_CHAP:
    case PPP_PROTO_EAP:
        if (packet->code == CHAP_RESPONSE) link->auth_answered = true;
        if (packet->protocol == PPP_PROTO_EAP && packet->code == EAP_RESPONSE && packet->len)
            link->eap_tls_declined = packet->data[0] == EAP_NAK && link->eap_type == EAP_TLS;
        break;
    case PPP_PROTO_PAP:
        if (packet->code == PAP_REQUEST) link->auth_answered = true;
        break;
    case PPP_PROTO_IPCP:
        ipcp_sent(link, packet);
        break;
    }
}

static enum ras_cause cause_of_network(const struct link *link, uint64_t now_ms)
{
    const struct network *network = link->ip.wanted ? &link->ip : &link->ip6;

    if (network->failed) return network->failed;
    if (link->ip.wanted && address_cause(link)) return address_cause(link);
    return network->heard && now_ms - network->heard_ms <= SILENCE_MS ? CAUSE_NCP_NONE : CAUSE_NCP_TIMEOUT;
}

bool cause_network_limit(struct link *link, uint64_t now_ms)
{
    if (!link->ip6.up) return false;
    link->ip.failed = cause_of_network(link, now_ms);
    return true;
}

/* No status says it: what was going on? */
static enum ras_cause cause_of_stage(const struct link *link, uint64_t now_ms)
{
    switch (link->stage)
    {
    case STAGE_LCP:
        if (link->auth_declined) return CAUSE_AUTH_NO_PROTOCOL;
        if (!link->lcp_heard) return CAUSE_LCP_NO_REPLY;
        return now_ms - link->lcp_heard_ms > SILENCE_MS ? CAUSE_LCP_TIMEOUT : CAUSE_LCP_NOT_CONVERGING;
    case STAGE_AUTH:
        /* The peer was content and pppd was not: MS-CHAPv2's proof was wrong. */
        return link->auth_succeeded ? CAUSE_AUTH_SERVER_UNVERIFIED : CAUSE_AUTH_TIMEOUT;
    case STAGE_NETWORK:
        return link->auth_declined ? CAUSE_AUTH_NO_PROTOCOL : cause_of_network(link, now_ms);
    case STAGE_UP:
        break;
    }
    return CAUSE_NONE;
}

void cause_ending(struct link *link, int status, uint64_t now_ms)
{
    enum ras_cause cause;

    if (link->known) return;
    switch (status)
    {
    case PPPD_EXIT_FATAL:
    case PPPD_EXIT_CRASHED: cause = CAUSE_PPPD_DIED; break;
    case PPPD_EXIT_OPTIONS: cause = CAUSE_PPPD_OPTIONS; break;
    case PPPD_EXIT_NO_KERNEL: cause = CAUSE_NO_KERNEL_PPP; break;
    case PPPD_EXIT_USER_REQUEST: cause = link->hung_up ? CAUSE_CARRIER_LOST : CAUSE_LOCAL_HANGUP; break;
    case PPPD_EXIT_LOCK_FAILED: cause = CAUSE_PORT_LOCKED; break;
    case PPPD_EXIT_OPEN_FAILED: cause = CAUSE_PORT_OPEN; break;
    case PPPD_EXIT_IDLE: cause = CAUSE_IDLE; break;
    case PPPD_EXIT_TIME_LIMIT: cause = CAUSE_TIME_LIMIT; break;
    case PPPD_EXIT_PEER_DEAD: cause = CAUSE_PEER_DEAD; break;
    case PPPD_EXIT_HANGUP: cause = CAUSE_CARRIER_LOST; break;
    case PPPD_EXIT_LOOPBACK: cause = CAUSE_LCP_LOOPBACK; break;
    case PPPD_EXIT_TRAFFIC_LIMIT: cause = CAUSE_TRAFFIC_LIMIT; break;
    default:
        /* No keys, because there was no authentication: that comes first. */
        if (link->ended_for_mppe && !link->auth_declined)
            cause = link->ended_for_mppe_local ? CAUSE_ENCRYPTION_LOCAL : CAUSE_ENCRYPTION_REMOTE;
        else
            cause = cause_of_stage(link, now_ms);
        break;
    }
    cause_set(link, cause, 0, "");
}
