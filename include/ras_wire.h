/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * ras_wire.h - the messages of ras_wire.def as C: enum, structs, union, and
 * the functions that turn them into bytes and back.  Compiled by the native and
 * by both cross compilers; makes no OS call and never allocates.
 *
 * The header of a message is 12 bytes, little-endian, without padding:
 * u32 length of the whole message, u16 type, u16 reserved (0), u32 serial
 * (0 = an event, else the number that request and answers share).
 */
#ifndef RAS_WIRE_H
#define RAS_WIRE_H

#include <stddef.h>
#include <stdint.h>

#define WIRE_MAGIC        0x31534152u /* "RAS1" */
#define WIRE_VERSION      7u
#define WIRE_HEADER_SIZE  12u
#define WIRE_MESSAGE_MAX  16384u /* bytes, header included */

/* Who may send a message. */
#define WIRE_CLIENT  1u
#define WIRE_MANAGER 2u
#define WIRE_PLUGIN  4u

/* dial.options */
#define WIRE_DIAL_PAUSED_STATES  0x01u /* RDEOPT_PausedStates, asynchronous */
#define WIRE_DIAL_ACKNOWLEDGED   0x02u /* notices wait for notice_done */
#define WIRE_DIAL_SKIP_AUTH      0x04u /* fSkipPppAuth */
#define WIRE_DIAL_SPEAKER_OFF    0x08u /* modem speaker: ATM0 */
#define WIRE_DIAL_SPEAKER_ON     0x10u /* ATM1; neither bit: leave it alone */
#define WIRE_DIAL_ALL_USERS      0x20u /* the entry is one of all users' */
#define WIRE_DIAL_GLOBAL_CREDS   0x40u /* dialled with the credentials of all users */
#define WIRE_DIAL_RECONNECT      0x80u /* redial when the link is lost */
#define WIRE_DIAL_AS_NEEDED      0x100u/* RASEDM_DialAsNeeded: not all links at first */
/* What the entry wants besides the call itself: a pause in RASCS_Interactive. */
#define WIRE_DIAL_TERMINAL_BEFORE 0x1000u
#define WIRE_DIAL_TERMINAL_AFTER  0x2000u
#define WIRE_DIAL_SCRIPT          0x4000u /* after the call; without paused states error 703 */

/* dial.auth_allowed; 0 = all */
#define WIRE_AUTH_PAP      0x01u
#define WIRE_AUTH_CHAP     0x02u
#define WIRE_AUTH_MSCHAP   0x04u
#define WIRE_AUTH_MSCHAPV2 0x08u
#define WIRE_AUTH_EAP      0x10u

/* dial.encryption: ET_None, ET_Require, ET_RequireMax, ET_Optional */
#define WIRE_ENCRYPT_NONE     0u
#define WIRE_ENCRYPT_REQUIRE  1u
#define WIRE_ENCRYPT_MAX      2u
#define WIRE_ENCRYPT_OPTIONAL 3u

/* dial.protocols */
#define WIRE_PROTO_IPV4 0x1u
#define WIRE_PROTO_IPV6 0x2u

/* dial.ppp_options */
#define WIRE_PPP_DEFAULT_ROUTE   0x01u
#define WIRE_PPP_PEER_DNS        0x02u
#define WIRE_PPP_HEADER_COMPRESS 0x04u
#define WIRE_PPP_SW_COMPRESS     0x08u
#define WIRE_PPP_NO_LCP_EXT      0x10u
#define WIRE_PPP_IPV6_DEFAULT_ROUTE 0x20u
#define WIRE_PPP_CLASS_ROUTE     0x40u /* without a default route: one to the network of our address */

#define WIRE_METRIC_MAX 9999u

/* Of dial.dns_suffix no other goes to the plugin. */
#define WIRE_SUFFIX_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_"

/* link_network.flags */
#define WIRE_NETWORK_DEFAULT  0x1u
#define WIRE_NETWORK_CLASS    0x2u
#define WIRE_NETWORK_DEFAULT6 0x4u
#define WIRE_PPP_MULTILINK       0x10000u /* the manager's own: a link of a bundle */

/* dial.modem_options; neither bit of a pair: as the device has it */
#define WIRE_MODEM_FLOW_ON         0x01u /* hardware flow control */
#define WIRE_MODEM_FLOW_OFF        0x02u
#define WIRE_MODEM_PROTOCOL_ON     0x04u /* error control */
#define WIRE_MODEM_PROTOCOL_OFF    0x08u
#define WIRE_MODEM_COMPRESSION_ON  0x10u
#define WIRE_MODEM_COMPRESSION_OFF 0x20u

/* connection.flags: RASCF_* */
#define WIRE_CONNECTION_ALL_USERS    0x1u
#define WIRE_CONNECTION_GLOBAL_CREDS 0x2u

/* status.substate: RASCONNSUBSTATE */
#define WIRE_SUBSTATE_NONE         0u
#define WIRE_SUBSTATE_DORMANT      1u
#define WIRE_SUBSTATE_RECONNECTING 2u
#define WIRE_SUBSTATE_RECONNECTED  0x2000u

/* dialing.flags */
#define WIRE_DIALING_EXISTING 0x1u

/* resume.flags, hangup.flags */
#define WIRE_HANGUP_IN_HANDLER 0x1u
#define WIRE_RESUME_IN_HANDLER 0x1u

/* enum_connections.flags */
#define WIRE_ENUM_ALL 0x1u

/* watch.handle */
#define WIRE_ANY_CONNECTION 0xffffffffu

/* watch.since */
#define WIRE_WATCH_FROM_NOW UINT64_MAX

/* notice.flags */
#define WIRE_NOTICE_LAST   0x1u /* no notice follows and none is waited for */
#define WIRE_NOTICE_OTHER_LINK 0x4u /* of a link that is not the connection's first */
#define WIRE_NOTICE_SCRIPT 0x2u /* RASCS_Interactive for the entry's script */

/* link_config.hold: where the plugin stops and asks */
#define WIRE_HOLD_AUTH_FAIL 0x1u
#define WIRE_HOLD_CALLBACK  0x10u /* offer the peer to be called back */
#define WIRE_HOLD_EAP       0x20u /* EAP asks for a name or password that is empty */

/* How long the plugin waits in the network phase for an address.  What it says then counts, so
 * the manager must not be tired of waiting at the same moment. */
#define WIRE_NETWORK_SECONDS 60u

/* projection and link_ip_up: options, what we send; server_options, what the peer does */
#define WIRE_IP_VJ 0x1u /* compressed headers */

/* link_lcp_up and projection: RASLCPO_* */
#define WIRE_LCP_PFC  0x1u /* protocol numbers of one byte */
#define WIRE_LCP_ACFC 0x2u /* frames without ff 03 */
#define WIRE_LCP_SSHF 0x4u /* short sequence numbers of multilink */

/* link_ccp and projection: CCP's options, and the bits of MPPE (RFC 3078) */
#define WIRE_CCP_STAC          17u
#define WIRE_CCP_MPPE          18u
#define WIRE_CCP_BSD           21u
#define WIRE_CCP_DEFLATE_DRAFT 24u /* older peers */
#define WIRE_CCP_DEFLATE       26u
#define WIRE_MPPE_STATELESS 0x01000000u
#define WIRE_MPPE_56        0x80u
#define WIRE_MPPE_128       0x40u
#define WIRE_MPPE_40        0x20u
#define WIRE_MPPE_MPPC      0x01u /* compresses, too */

/* link_callback.type; bits 1 << type in link_callback_asked.types.  The numbers are CBCP's. */
#define WIRE_CALLBACK_NONE   1u
#define WIRE_CALLBACK_CALLER 2u /* at the number that the caller gives */
#define WIRE_CALLBACK_PRESET 3u /* at a number that the peer knows */
#define WIRE_CALLBACK_LIST   4u /* at one of several that the peer knows */

/* link_eap_wanted.wants */
#define WIRE_EAP_NAME     1u
#define WIRE_EAP_PASSWORD 2u

/* windows.h has a TEXT of its own. */
#pragma push_macro("TEXT")
#undef TEXT

enum wire_type
{
#define MESSAGE(name, number, senders) WIRE_##name = number,
#include "ras_wire.def"
};

/* One struct a message.  Texts are NUL-terminated here and as long as max
 * allows; bytes carry their length beside them. */
#define MESSAGE(name, number, senders) struct wire_##name { uint32_t no_empty_struct_;
#define U32(field)         uint32_t field;
#define U64(field)         uint64_t field;
#define TEXT(field, max)   char field[(max) + 1];
#define SECRET(field, max) char field[(max) + 1];
#define BYTES(field, max)  uint16_t field##_len; uint8_t field[max];
#define END(name)          };
#include "ras_wire.def"

/* Any message with its header, decoded. */
struct wire_msg
{
    uint16_t type;
    uint32_t serial;
    union
    {
#define MESSAGE(name, number, senders) struct wire_##name name;
#include "ras_wire.def"
    } u;
};

#pragma pop_macro("TEXT")

/* Result of wire_decode besides a positive length. */
enum wire_decode_result
{
    WIRE_INCOMPLETE = 0, /* more bytes are needed */
    WIRE_MALFORMED = -1, /* drop the sender */
    WIRE_FORBIDDEN = -2  /* known, but not from this sender: drop it too */
};

/* Make *msg an empty message of this type: all numbers 0, all texts "". */
void wire_init(struct wire_msg *msg, enum wire_type type, uint32_t serial);

/* Encode into buf.  Returns the length in bytes, or 0 when size is too small or
 * the message is not valid (unknown type, a text without its end). */
size_t wire_encode(const struct wire_msg *msg, void *buf, size_t size);

/* How many bytes, at least, the first message in buf lacks: 0 when it can be decoded, which may
 * find it malformed. */
size_t wire_missing(const void *buf, size_t len);

/* Decode the first message in buf, sent by senders (WIRE_CLIENT ...).  Returns
 * its length (> 0), or an enum wire_decode_result.  *msg is defined only on success. */
int wire_decode(struct wire_msg *msg, const void *buf, size_t len, unsigned int senders);

/* Overwrite the whole message, secrets included, so that the compiler can't
 * leave it out. */
void wire_wipe(struct wire_msg *msg);

/* As wire_wipe, for other memory. */
void wire_wipe_memory(void *mem, size_t len);

/* Name of a message type; "unknown" when there is none. */
const char *wire_name(uint16_t type);

/* One line that shows the message, secrets as ***, always NUL-terminated.
 * Returns buf. */
const char *wire_dump(const struct wire_msg *msg, char *buf, size_t size);

/* Set a text field.  Returns 0, or -1 when src (bytes, NUL-terminated UTF-8) does
 * not fit; then dst is "". */
int wire_set_text(char *dst, size_t dst_size, const char *src);
#define WIRE_SET_TEXT(field, src) wire_set_text((field), sizeof(field), (src))

#endif
