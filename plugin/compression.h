/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * compression.h - what becomes of CCP (RFC 1962), from its packets and from LCP's rejection of it.
 * Knows no pppd, no socket and no time.
 */
#ifndef COMPRESSION_H
#define COMPRESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "peer_packets.h"
#include "tables.h"

struct compression
{
    bool sent_agreed; /* what we send: the peer has asked for it */
    bool received_agreed;
    enum ras_cause failed; /* CAUSE_NONE while it may come */
    struct ccp_settings sent;
    struct ccp_settings received;
};

/* LCP begins anew. */
void compression_init(struct compression *ccp);

/* A packet of CCP or LCP, before pppd has it, or after pppd has made it.  True: there is news. */
bool compression_heard(struct compression *ccp, const struct ppp_packet *packet);
bool compression_said(struct compression *ccp, const struct ppp_packet *packet);

static inline bool compression_is_up(const struct compression *ccp)
{
    return ccp->sent_agreed && ccp->received_agreed;
}

#endif
