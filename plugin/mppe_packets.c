/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * mppe_packets.c - CCP as far as MPPE (RFC 3078 section 2.1) goes.  pppd ends the link where
 * this says that a packet refuses MPPE.
 */
#include "mppe_packets.h"

#include <stdbool.h>

#include "peer_packets.h"

#define BIT_STATELESS 0x01 /* in the first byte */
#define BIT_40        0x20 /* in the last byte */
#define BIT_128       0x40

/* What is said of MPPE. */
struct mppe_option
{
    bool is_there;
    bool is_good; /* it has the right length */
    bool is_stateful;
    bool has_more; /* than strength and state */
    uint32_t strengths;
};

static void read_option(struct mppe_option *mppe, const uint8_t *option)
{
    mppe->is_there = true;
    mppe->is_good = option[1] == MPPE_LENGTH;
    if (!mppe->is_good) return;
    mppe->is_stateful = !(option[2] & BIT_STATELESS);
    mppe->has_more = (option[2] & ~BIT_STATELESS) || option[3] || option[4] || (option[5] & ~(BIT_40 | BIT_128));
    mppe->strengths = (option[5] & BIT_40 ? MPPE_40 : 0) | (option[5] & BIT_128 ? MPPE_128 : 0);
}

static struct mppe_option find_option(const uint8_t *options, size_t len)
{
    struct mppe_option mppe = {false, false, false, false, 0};

    for (; len >= 2 && options[1] >= 2 && options[1] <= len; len -= options[1], options += options[1])
        if (options[0] == MPPE_OPTION && !mppe.is_there) read_option(&mppe, options);
    return mppe;
}

/* pppd asks again for another strength or fewer features; it rejects the rest. */
static bool is_negotiable(const struct mppe_option *mppe, uint32_t asked)
{
    if (!mppe->is_good || mppe->is_stateful) return false;
    return !mppe->strengths || (mppe->strengths & asked);
}

static bool is_what_we_can(const struct mppe_option *mppe, uint32_t asked)
{
    return mppe->is_good && !mppe->is_stateful && !mppe->has_more && mppe->strengths && !(mppe->strengths & ~asked);
}

enum mppe_verdict mppe_judge(const uint8_t *packet, size_t len, uint8_t id, uint32_t asked)
{
    struct mppe_option mppe;
    size_t total;

    if (len < 4 || (total = (size_t)(packet[2] << 8 | packet[3])) < 4 || total > len) return MPPE_GO_ON;
    mppe = find_option(packet + 4, total - 4);
    switch (packet[0])
    {
    case CP_CONF_REQ:
        if (!mppe.is_there) return MPPE_LATER;
        return is_negotiable(&mppe, asked) ? MPPE_GO_ON : MPPE_DECLINE;
    case CP_CONF_NAK:
        return packet[1] == id && mppe.is_there && !is_what_we_can(&mppe, asked) ? MPPE_REFUSED : MPPE_GO_ON;
    case CP_CONF_REJ:
        return packet[1] == id && mppe.is_there ? MPPE_REFUSED : MPPE_GO_ON;
    case CP_TERM_REQ:
        return MPPE_ENDED;
    }
    return MPPE_GO_ON;
}
