/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * cause.h - why the link ends.  Collects facts from packets and phases and names
 * the first cause seen; later ones are consequences.  Knows no pppd and no socket;
 * time comes from the caller.
 */
#ifndef CAUSE_H
#define CAUSE_H

#include <stdbool.h>
#include <stdint.h>

#include "peer_packets.h"
#include "tables.h"

enum link_stage
{
    STAGE_LCP,
    STAGE_AUTH,
    STAGE_NETWORK,
    STAGE_UP
};

/* A network protocol. */
struct network
{
    bool wanted;
    bool up;
    enum ras_cause failed; /* why it is not, CAUSE_NONE while it may come */
    bool heard;
    uint64_t heard_ms;
};

struct link
{
    enum link_stage stage;
    bool is_closing;

    /* Settings that both sides have agreed on. */
    struct lcp_settings ours;
    struct lcp_settings peers;

    /* What was seen. */
    bool lcp_heard;
    uint64_t lcp_heard_ms;
    bool auth_declined;  /* we nak or reject the protocol the peer wants to check us with */
    bool auth_answered;  /* a response, a PAP request or an EAP response went out */
    uint8_t eap_type;    /* of the peer's last request, other than a notification */
    uint32_t eap_error;  /* E= of a failure inside EAP-MSCHAPv2, or 0 */
    bool eap_tls_declined; /* pppd has no certificate */
    bool auth_succeeded; /* the peer said so, or wants nothing */
    struct network ip;
    struct network ip6;
    bool sends_vj;
    bool receives_vj;
    uint32_t address_asked;  /* by us, host order, 0 for any */
    uint32_t address_offered; /* instead of it; until we ask for that */
    bool address_rejected;
    bool address_missing;
    bool hung_up;              /* the kernel told pppd that the line is gone */
    bool ended_for_mppe;       /* this side closed LCP for want of encryption ... */
    bool ended_for_mppe_local; /* ... that its own kernel lacks */

    bool known;
    enum ras_cause cause;
    uint32_t error; /* RAS error that the peer named, or 0 */
    char detail[256];
};

/* protocols: WIRE_PROTO_* that pppd speaks. */
void cause_init(struct link *link, uint32_t protocols);

/* Name the cause, unless one is known already.  detail is UTF-8. */
void cause_set(struct link *link, enum ras_cause cause, uint32_t error, const char *detail);

/* Does the way in which we have proved who we are give keys to encrypt with? */
bool cause_has_keys(const struct link *link);

/* Facts.  phase: enum pppd_phase. */
void cause_phase(struct link *link, int phase);
void cause_received(struct link *link, const struct ppp_packet *packet, uint64_t now_ms);
void cause_sent(struct link *link, const struct ppp_packet *packet);
void cause_ip_up(struct link *link);
void cause_ip6_up(struct link *link);
void cause_joined(struct link *link);

/* Nobody waits any longer for a protocol that is not there.  true: the other one is. */
bool cause_network_limit(struct link *link, uint64_t now_ms);

/* Is the network up as far as it will be?  IPv6 alone has to wait for what becomes of IPv4. */
bool cause_network_is_up(struct link *link);

/* We have declined the authentication that the peer wanted, LCP is open all the
 * same, and the peer has not shown yet whether it goes on or closes the link. */
bool cause_acceptance_is_open(const struct link *link);

/* The link ends on this side's account: find the cause from the facts and from
 * pppd's exit status as it stands. */
void cause_ending(struct link *link, int status, uint64_t now_ms);

#endif
