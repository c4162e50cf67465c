/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * peer_packets.h - what peers send, parsed.  Pure functions on bytes from a
 * hostile network: no pppd, no OS, no allocation; the fuzzers link them alone.
 * A result is written on success only.
 */
#ifndef PEER_PACKETS_H
#define PEER_PACKETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PPP_PROTO_IPCP 0x8021
#define PPP_PROTO_IPV6CP 0x8057
#define PPP_PROTO_CCP  0x80fd
#define PPP_PROTO_LCP  0xc021
#define PPP_PROTO_PAP  0xc023
#define PPP_PROTO_CHAP 0xc223
#define PPP_PROTO_EAP  0xc227

/* Codes of LCP, IPCP and CCP. */
enum
{
    CP_CONF_REQ = 1,
    CP_CONF_ACK = 2,
    CP_CONF_NAK = 3,
    CP_CONF_REJ = 4,
    CP_TERM_REQ = 5,
    LCP_PROT_REJ = 8
};

enum
{
    PAP_REQUEST = 1,
    PAP_ACK = 2,
    PAP_NAK = 3,
    CHAP_CHALLENGE = 1,
    CHAP_RESPONSE = 2,
    CHAP_SUCCESS = 3,
    CHAP_FAILURE = 4,
    EAP_REQUEST = 1,
    EAP_RESPONSE = 2,
    EAP_FAILURE = 4
};

enum eap_type
{
    EAP_IDENTITY = 1,
    EAP_NOTIFICATION = 2,
    EAP_NAK = 3,
    EAP_MD5 = 4,
    EAP_TLS = 13,
    EAP_MSCHAP_V2 = 26
};

#define CHAP_ALGORITHM_MD5       5u
#define CHAP_ALGORITHM_MSCHAP    0x80u
#define CHAP_ALGORITHM_MSCHAP_V2 0x81u

/* A control packet; data points into the frame. */
struct ppp_packet
{
    uint16_t protocol;
    uint8_t code;
    uint8_t id;
    const uint8_t *data;
    size_t len;
};

/* Parse a frame, with or without its ff 03.  false: not a whole control packet. */
bool ppp_packet_parse(struct ppp_packet *packet, const uint8_t *frame, size_t len);

/* What a list of LCP options says; with what holds when one is absent. */
struct lcp_settings
{
    uint32_t mru;
    uint32_t auth_protocol; /* 0: none */
    uint32_t auth_data;     /* CHAP algorithm */
    uint32_t options;       /* WIRE_LCP_* */
    bool multilink;
};

bool lcp_settings_parse(struct lcp_settings *settings, const uint8_t *options, size_t len);

struct ipcp_settings
{
    bool has_address;
    uint32_t address; /* host order */
    bool compresses;  /* headers, by Van Jacobson's method */
};

bool ipcp_settings_parse(struct ipcp_settings *settings, const uint8_t *options, size_t len);

/* What a list of CCP options says: the first option is the one that counts. */
struct ccp_settings
{
    uint32_t method;  /* number of the option, 0: none */
    uint32_t options; /* of MPPE, its bits (RFC 3078) */
};

bool ccp_settings_parse(struct ccp_settings *settings, const uint8_t *options, size_t len);

/* Protocol that an LCP Protocol-Reject is about. */
bool prot_rej_parse(uint16_t *protocol, const uint8_t *data, size_t len);

/* Windows puts a RAS error into its Terminate-Request: four bytes of magic number,
 * 00 3c cd 74, error.  false: no such thing. */
bool term_req_error(uint32_t *error, const uint8_t *data, size_t len);

/* A failure message of MS-CHAP: "E=691 R=1 C=hex V=3 M=text". */
struct mschap_failure
{
    uint32_t error; /* 691 when E= is missing or no RAS error */
    bool retry;
    uint32_t version; /* 0 without V= */
    uint8_t challenge[16];
    size_t challenge_len; /* 16, 8 (version 1) or 0 */
    char message[1025];   /* M=, or the whole text without it */
};

void mschap_failure_parse(struct mschap_failure *failure, const uint8_t *data, size_t len);

/* What a Request of EAP is: its type and what it says.  message: the CHAP packet inside
 * EAP-MSCHAPv2, its code and data; for other methods the code is 0. */
struct eap_request
{
    uint8_t type;
    uint8_t chap_code;
    const uint8_t *message;
    size_t len;
};

/* data: of a packet of code EAP_REQUEST. */
bool eap_request_parse(struct eap_request *request, const uint8_t *data, size_t len);

/* What MS-CHAP's success says to people: "S=proof M=text", or text alone. */
void mschap_success_message(char *text, size_t size, const uint8_t *data, size_t len);

/* Message of a PAP Ack or Nak. */
void pap_message(char *text, size_t size, const uint8_t *data, size_t len);

/* Text of a peer as UTF-8 without control characters; too long is cut. */
void peer_text(char *text, size_t size, const uint8_t *data, size_t len);

/* May a peer name this number as a RAS error? */
bool is_ras_error(uint32_t error);

#endif
