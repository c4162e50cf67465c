/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * fuzz_peer_packets.c - bytes of a hostile peer: frames, each after a length
 * byte (high bit: one that we send), go through the parsers and through
 * cause.c and compression.c.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "../../plugin/cause.h"
#include "../../plugin/compression.h"
#include "../../plugin/mppe_packets.h"
#include "../../plugin/peer_packets.h"
#include "../../plugin/pppd_compat.h"
#include "fuzz.h"
#include "ras_wire.h"

/* Everything that parses, on any data at all. */
static void parse(const uint8_t *data, size_t len)
{
    struct lcp_settings lcp;
    struct ipcp_settings ipcp;
    struct ccp_settings ccp;
    struct mschap_failure failure;
    struct eap_request eap;
    uint16_t protocol;
    uint32_t error;
    char text[40];

    lcp_settings_parse(&lcp, data, len);
    ipcp_settings_parse(&ipcp, data, len);
    ccp_settings_parse(&ccp, data, len);
    prot_rej_parse(&protocol, data, len);
    if (mppe_judge(data, len, len > 1 ? data[1] : 0, MPPE_40 | MPPE_128) > MPPE_ENDED) abort();
    if (term_req_error(&error, data, len) && !is_ras_error(error)) abort();
    mschap_failure_parse(&failure, data, len);
    if (!is_ras_error(failure.error) || !memchr(failure.message, 0, sizeof(failure.message))) abort();
    if (eap_request_parse(&eap, data, len) && (eap.message < data || eap.message + eap.len > data + len)) abort();
    mschap_success_message(text, sizeof(text), data, len);
    if (!memchr(text, 0, sizeof(text))) abort();
    pap_message(text, sizeof(text), data, len);
    peer_text(text, sizeof(text), data, len);
    if (!memchr(text, 0, sizeof(text))) abort();
}

/* One link whose pppd speaks these protocols. */
static void run(uint32_t protocols, const uint8_t *data, size_t size)
{
    struct ppp_packet packet;
    struct compression ccp;
    struct link link;
    uint8_t *frame;
    size_t len;
    bool ours;

    cause_init(&link, protocols);
    compression_init(&ccp);
    while (size)
    {
        ours = data[0] & 0x80;
        len = data[0] & 0x7f;
        data++;
        size--;
        if (len == 0x7f)
        {
            cause_phase(&link, size ? data[0] % 13 : 0);
            continue;
        }
        if (len > size) len = size;
        if (!(frame = malloc(len ? len : 1))) return;
        memcpy(frame, data, len);
        parse(frame, len);
        if (ppp_packet_parse(&packet, frame, len))
        {
            parse(packet.data, packet.len);
            if (ours)
                cause_sent(&link, &packet);
            else
                cause_received(&link, &packet, size);
            if ((ours ? compression_said : compression_heard)(&ccp, &packet) && ccp.failed && compression_is_up(&ccp))
                abort();
        }
        free(frame);
        data += len;
        size -= len;
    }
    cause_ending(&link, 10, 0);
    if (!link.known || link.cause >= CAUSE_COUNT) abort();
    if (link.error && !is_ras_error(link.error)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint32_t protocols[] = {WIRE_PROTO_IPV4, WIRE_PROTO_IPV6, WIRE_PROTO_IPV4 | WIRE_PROTO_IPV6};
    size_t i;

    for (i = 0; i < sizeof(protocols) / sizeof(*protocols); i++) run(protocols[i], data, size);
    return 0;
}
