/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * mppe_packets.h - what a packet of CCP means for MPPE that this side would like and can do
 * without.  Pure functions on bytes from a hostile network.
 */
#ifndef MPPE_PACKETS_H
#define MPPE_PACKETS_H

#include <stddef.h>
#include <stdint.h>

/* The option of CCP. */
#define MPPE_OPTION 18u
#define MPPE_LENGTH 6u

/* Strengths, as pppd counts them. */
#define MPPE_40  0x01u
#define MPPE_128 0x02u

enum mppe_verdict
{
    MPPE_GO_ON,   /* pppd does with it what is right */
    MPPE_LATER,   /* a request without MPPE: the answer depends on what becomes of ours */
    MPPE_DECLINE, /* a request of MPPE that cannot be agreed to; what becomes of ours is open */
    MPPE_REFUSED, /* ours is refused */
    MPPE_ENDED    /* the peer wants no CCP at all */
};

/* packet begins with its code; id: of our last request; asked: what is asked for and allowed. */
enum mppe_verdict mppe_judge(const uint8_t *packet, size_t len, uint8_t id, uint32_t asked);

#endif
