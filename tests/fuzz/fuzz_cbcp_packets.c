/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * fuzz_cbcp_packets.c - packets of a hostile server, and numbers of a hostile
 * manager: a byte for type, then both from the same bytes.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "../../plugin/cbcp_packets.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cbcp_packet packet, again;
    uint8_t *response, *whole;
    char *number;
    size_t len;

    if (!size || !(whole = malloc(size)) || !(response = malloc(CBCP_RESPONSE_MAX))) return 0;
    memcpy(whole, data + 1, size - 1);
    if (cbcp_parse(&packet, whole, size - 1) && !packet.types) abort();
    /* What we build is what we understand. */
    number = (char *)whole;
    number[size - 1] = 0;
    len = cbcp_build_response(response, 1, data[0], 10, number);
    if (len > CBCP_RESPONSE_MAX) abort();
    if (len && (!cbcp_parse(&again, response, len) || again.types != 1u << data[0] || again.code != CBCP_RESPONSE))
        abort();
    free(response);
    free(whole);
    return 0;
}
