/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * cbcp_packets.h - packets of the Callback Control Protocol [MS-CBCP], parsed and
 * built.  As in peer_packets.h: pure functions, the fuzzers link them alone, a result
 * is written on success only.
 */
#ifndef CBCP_PACKETS_H
#define CBCP_PACKETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PPP_PROTO_CBCP 0xc029

enum
{
    CBCP_REQUEST = 1,
    CBCP_RESPONSE = 2,
    CBCP_ACK = 3
};

#define CBCP_NUMBER_MAX   128u
#define CBCP_RESPONSE_MAX (4u + 4u + CBCP_NUMBER_MAX + 1u)

/* A Request or an Ack. */
struct cbcp_packet
{
    uint8_t code;
    uint8_t id;
    uint32_t types; /* a bit, 1 << WIRE_CALLBACK_*, for each kind that it names */
};

/* Parse a packet; it begins with its code.  Kinds that are unknown are passed over; a
 * packet that is not whole, or has no kind that is known, is none. */
bool cbcp_parse(struct cbcp_packet *packet, const uint8_t *data, size_t len);

/* Is it a number that may be asked for?  Digits, T P W ( ) - @ and space. */
bool cbcp_number_is_good(const char *number);

/* Build a Response into packet (CBCP_RESPONSE_MAX bytes).  type: WIRE_CALLBACK_*;
 * number goes with WIRE_CALLBACK_CALLER.  Returns its length, 0 when that cannot be asked. */
size_t cbcp_build_response(uint8_t *packet, uint8_t id, uint32_t type, uint8_t delay, const char *number);

#endif
