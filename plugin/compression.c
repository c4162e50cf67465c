/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * compression.c - CCP.  A request names what its sender can take apart, so the acknowledgement
 * that we send settles what we send, and the one that comes settles what comes.
 */
#include "compression.h"

#include <string.h>

void compression_init(struct compression *ccp)
{
    memset(ccp, 0, sizeof(*ccp));
}

/* Negotiation begins again, of itself or after a failure. */
static bool begins(struct compression *ccp, bool *agreed)
{
    bool was_up = compression_is_up(ccp), had_failed = ccp->failed != CAUSE_NONE;

    if (was_up) ccp->sent_agreed = ccp->received_agreed = false;
    *agreed = false;
    ccp->failed = CAUSE_NONE;
    return was_up || had_failed;
}

static bool agreed(struct compression *ccp, const struct ppp_packet *packet, struct ccp_settings *settings, bool *done)
{
    if (!ccp_settings_parse(settings, packet->data, packet->len)) return false;
    *done = true;
    ccp->failed = CAUSE_NONE;
    return compression_is_up(ccp);
}

static bool failed(struct compression *ccp, enum ras_cause cause)
{
    if (ccp->failed) return false;
    compression_init(ccp);
    ccp->failed = cause;
    return true;
}

bool compression_heard(struct compression *ccp, const struct ppp_packet *packet)
{
    uint16_t protocol;

    if (packet->protocol == PPP_PROTO_LCP && packet->code == LCP_PROT_REJ)
        return prot_rej_parse(&protocol, packet->data, packet->len) && protocol == PPP_PROTO_CCP &&
               failed(ccp, CAUSE_NCP_REJECTED);
    if (packet->protocol != PPP_PROTO_CCP) return false;
    switch (packet->code)
    {
    case CP_CONF_REQ: return begins(ccp, &ccp->sent_agreed);
    case CP_CONF_ACK: return agreed(ccp, packet, &ccp->received, &ccp->received_agreed);
    case CP_TERM_REQ: return failed(ccp, CAUSE_NCP_TERMINATED);
    }
    return false;
}

/* What we ask for anew is not agreed on yet; what the peer has asked for stays, unless CCP was
 * open. */
bool compression_said(struct compression *ccp, const struct ppp_packet *packet)
{
    if (packet->protocol != PPP_PROTO_CCP) return false;
    switch (packet->code)
    {
    case CP_CONF_REQ: return begins(ccp, &ccp->received_agreed);
    case CP_CONF_ACK: return agreed(ccp, packet, &ccp->sent, &ccp->sent_agreed);
    case CP_TERM_REQ: return failed(ccp, CAUSE_NCP_NONE);
    }
    return false;
}
