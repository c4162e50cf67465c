/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * cbcp_packets.c - see cbcp_packets.h.  An option of CBCP: type, length, then but for
 * "no callback" a delay in seconds, then addresses, each a byte for its kind and a text
 * with its NUL.
 */
#include "cbcp_packets.h"

#include <string.h>

#include "ras_wire.h"

#define ADDRESS_PSTN 1

/* Do addresses fill the rest of an option?  Some servers leave the NUL of an empty
 * one out. */
static bool are_addresses(const uint8_t *data, size_t len)
{
    const uint8_t *end;

    while (len)
    {
        if (len == 1) return true;
        if (!(end = memchr(data + 1, 0, len - 1))) return false;
        len -= (size_t)(end + 1 - data);
        data = end + 1;
    }
    return true;
}

static bool option_is_good(uint8_t type, const uint8_t *data, size_t len)
{
    switch (type)
    {
    case WIRE_CALLBACK_NONE: return true;
    case WIRE_CALLBACK_PRESET: return len >= 1;
    case WIRE_CALLBACK_CALLER:
    case WIRE_CALLBACK_LIST: return len >= 1 && are_addresses(data + 1, len - 1);
    }
    return false;
}

bool cbcp_parse(struct cbcp_packet *packet, const uint8_t *data, size_t len)
{
    size_t total, option;
    uint32_t types = 0;
    const uint8_t *p;

    if (len < 4) return false;
    total = (size_t)(data[2] << 8 | data[3]);
    if (total < 4 || total > len) return false;
    for (p = data + 4, total -= 4; total; p += option, total -= option)
    {
        if (total < 2 || (option = p[1]) < 2 || option > total) return false;
        if (option_is_good(p[0], p + 2, option - 2)) types |= 1u << p[0];
    }
    if (!types) return false;
    packet->code = data[0];
    packet->id = data[1];
    packet->types = types;
    return true;
}

bool cbcp_number_is_good(const char *number)
{
    size_t len = strlen(number);

    return len && len <= CBCP_NUMBER_MAX && strspn(number, "0123456789TPWtpw()-@ ") == len;
}

size_t cbcp_build_response(uint8_t *packet, uint8_t id, uint32_t type, uint8_t delay, const char *number)
{
    size_t option = 3, len;

    switch (type)
    {
    case WIRE_CALLBACK_NONE:
        option = 2;
        break;
    case WIRE_CALLBACK_PRESET:
        break;
    case WIRE_CALLBACK_CALLER:
        if (!cbcp_number_is_good(number)) return 0;
        len = strlen(number) + 1;
        option = 4 + len;
        packet[7] = ADDRESS_PSTN;
        memcpy(packet + 8, number, len);
        break;
    default:
        return 0;
    }
    packet[0] = CBCP_RESPONSE;
    packet[1] = id;
    packet[2] = 0;
    packet[3] = (uint8_t)(4 + option);
    packet[4] = (uint8_t)type;
    packet[5] = (uint8_t)option;
    if (type != WIRE_CALLBACK_NONE) packet[6] = delay;
    return 4 + option;
}
