/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_peer_packets.c - the parsers of what peers send.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "../plugin/peer_packets.h"
#include "check_main.h"
#include "ras_wire.h"

#define BYTES(text) (const uint8_t *)(text), sizeof(text) - 1

/* A copy that ends where the allocation ends, so that a sanitizer sees one byte too many. */
static uint8_t *exact(const uint8_t *data, size_t len)
{
    uint8_t *copy = malloc(len ? len : 1);

    memcpy(copy, data, len);
    return copy;
}

START_TEST(frames)
{
    static const uint8_t frame[] = {0xff, 0x03, 0xc2, 0x23, 4, 7, 0, 6, 'h', 'i', 'x'};
    struct ppp_packet p = {0, 0, 0, NULL, 0};
    size_t len;
    uint8_t *copy;

    ck_assert(ppp_packet_parse(&p, frame, sizeof(frame)));
    ck_assert_uint_eq(p.protocol, PPP_PROTO_CHAP);
    ck_assert_uint_eq(p.code, 4);
    ck_assert_uint_eq(p.id, 7);
    ck_assert_uint_eq(p.len, 2); /* padding is not data */
    ck_assert_mem_eq(p.data, "hi", 2);
    ck_assert(ppp_packet_parse(&p, frame + 2, sizeof(frame) - 2));
    ck_assert_uint_eq(p.protocol, PPP_PROTO_CHAP);
    for (len = 0; len < sizeof(frame) - 1; len++)
    {
        copy = exact(frame, len);
        ck_assert_msg(!ppp_packet_parse(&p, copy, len), "cut at %zu", len);
        free(copy);
    }
    ck_assert(!ppp_packet_parse(&p, BYTES("\xff\x03\xc0\x21\x01\x01\x00\x03")));
}
END_TEST

START_TEST(lcp_options)
{
    static const uint8_t options[] = {1, 4, 0x05, 0x78, 3, 5, 0xc2, 0x23, 0x81, 5, 6, 1, 2, 3, 4};
    struct lcp_settings s = {0, 0, 0, 0, false};
    uint8_t *copy;
    size_t len;

    ck_assert(lcp_settings_parse(&s, options, sizeof(options)));
    ck_assert_uint_eq(s.mru, 1400);
    ck_assert_uint_eq(s.auth_protocol, PPP_PROTO_CHAP);
    ck_assert_uint_eq(s.auth_data, CHAP_ALGORITHM_MSCHAP_V2);
    ck_assert(lcp_settings_parse(&s, NULL, 0));
    ck_assert_uint_eq(s.mru, 1500);
    ck_assert_uint_eq(s.auth_protocol, 0);
    for (len = 0; len < sizeof(options); len++)
    {
        copy = exact(options, len);
        ck_assert_int_eq(lcp_settings_parse(&s, copy, len), len == 0 || len == 4 || len == 9);
        free(copy);
    }
    ck_assert(!lcp_settings_parse(&s, BYTES("\x01\x00\x05\x78")));
    ck_assert(!lcp_settings_parse(&s, BYTES("\x01\x01\x05\x78")));
    ck_assert_uint_eq(s.options, 0);
    ck_assert(lcp_settings_parse(&s, BYTES("\x07\x02\x11\x04\x05\xdc")));
    ck_assert_uint_eq(s.options, WIRE_LCP_PFC);
    ck_assert(s.multilink);
    ck_assert(lcp_settings_parse(&s, BYTES("\x08\x02\x12\x02\x11\x03\x05")));
    ck_assert_uint_eq(s.options, WIRE_LCP_ACFC | WIRE_LCP_SSHF);
    ck_assert(!s.multilink);
}
END_TEST

START_TEST(ccp_options)
{
    static const struct
    {
        const char *options;
        size_t len;
        bool good;
        uint32_t method, bits;
    } rows[] = {
        {"", 0, true, 0, 0},
        {"\x12\x06\x01\x00\x00\x40", 6, true, WIRE_CCP_MPPE, WIRE_MPPE_STATELESS | WIRE_MPPE_128},
        {"\x12\x06\x00\x00\x00\x21\x1a\x04\x78\x00", 10, true, WIRE_CCP_MPPE, WIRE_MPPE_40 | WIRE_MPPE_MPPC},
        {"\x12\x05\x00\x00\x40", 5, true, WIRE_CCP_MPPE, 0},
        {"\x1a\x04\x78\x00\x18\x04\x78\x00\x15\x03\x2f", 11, true, WIRE_CCP_DEFLATE, 0},
        {"\x00\x06\x00\x00\x0c\x01\x15\x03\x2f", 9, true, WIRE_CCP_BSD, 0},
        {"\x1a\x04\x78\x00\x18", 5, false, 0, 0},
        {"\x1a\x01", 2, false, 0, 0},
    };
    struct ccp_settings s = {99, 99};
    uint8_t *copy = exact((const uint8_t *)rows[_i].options, rows[_i].len);

    ck_assert_int_eq(ccp_settings_parse(&s, copy, rows[_i].len), rows[_i].good);
    ck_assert_uint_eq(s.method, rows[_i].good ? rows[_i].method : 99);
    ck_assert_uint_eq(s.options, rows[_i].good ? rows[_i].bits : 99);
    free(copy);
}
END_TEST

START_TEST(mschap_success)
{
    static const struct
    {
        const char *data, *text;
    } rows[] = {
        {"S=0123456789ABCDEF0123456789ABCDEF01234567 M=Access granted", "Access granted"},
        {"S=0123456789ABCDEF0123456789ABCDEF01234567", ""},
        {"S=0 M=", ""},
        {"S= M", ""},
        {"S=", ""},
        {"S=1 M=2 M=3", "2 M=3"},
        {"Welcome M=1", "Welcome M=1"},
        {"", ""},
        {"M=\x01", "M=?"},
    };
    size_t len = strlen(rows[_i].data);
    uint8_t *copy = exact((const uint8_t *)rows[_i].data, len);
    char text[64];

    mschap_success_message(text, sizeof(text), copy, len);
    ck_assert_str_eq(text, rows[_i].text);
    free(copy);
}
END_TEST

START_TEST(ipcp_options)
{
    struct ipcp_settings s = {false, 0};

    ck_assert(ipcp_settings_parse(&s, BYTES("\x02\x06\x00\x2d\x0f\x01\x03\x06\x0a\x09\x00\x02")));
    ck_assert(s.has_address);
    ck_assert_uint_eq(s.address, 0x0a090002);
    ck_assert(ipcp_settings_parse(&s, BYTES("\x03\x04\x0a\x09"))); /* too short to be an address */
    ck_assert(!s.has_address);
    ck_assert(!ipcp_settings_parse(&s, BYTES("\x03\x06\x0a\x09\x00")));
}
END_TEST

START_TEST(protocol_reject)
{
    uint16_t protocol = 0;

    ck_assert(prot_rej_parse(&protocol, BYTES("\x80\x21\x01\x02")));
    ck_assert_uint_eq(protocol, PPP_PROTO_IPCP);
    ck_assert(!prot_rej_parse(&protocol, BYTES("\x80")));
}
END_TEST

START_TEST(terminate_request)
{
    uint32_t error = 5;

    ck_assert(term_req_error(&error, BYTES("\x1b<M-\x00\x3c\xcd\x74\x00\x00\x02\xb3")));
    ck_assert_uint_eq(error, 691);
    ck_assert(term_req_error(&error, BYTES("1234\x00\x3c\xcd\x74\x00\x00\x02\xe6")));
    ck_assert_uint_eq(error, 742);
    error = 5;
    ck_assert(!term_req_error(&error, BYTES("1234\x00\x3c\xcd\x74\x00\x00\x02")));
    ck_assert(!term_req_error(&error, BYTES("1234\x00\x3c\xcd\x74\x00\x00\x00\x00")));
    ck_assert(!term_req_error(&error, BYTES("1234\x00\x3c\xcd\x74\xff\xff\xff\xff")));
    ck_assert(!term_req_error(&error, BYTES("Authentication failed")));
    ck_assert_uint_eq(error, 5);
}
END_TEST

static const struct failure_case
{
    const char *text;
    uint32_t error;
    bool retry;
    uint32_t version;
    size_t challenge_len;
    const char *message;
} failures[] = {
    {"E=691 R=1 C=00112233445566778899AABBCCDDEEFF V=3 M=Bad credentials", 691, true, 3, 16, "Bad credentials"},
    {"E=648 R=0 C=00112233445566778899aabbccddeeff V=3 M=", 648, false, 3, 16, ""},
    {"E=649 R=0 C=0011223344556677 V=2", 649, false, 2, 8, "E=649 R=0 C=0011223344556677 V=2"},
    {"E=646 R=0", 646, false, 0, 0, "E=646 R=0"},
    {"R=1 E=647", 647, true, 0, 0, "R=1 E=647"},
    {"E=691 M=text R=1 V=3", 691, false, 0, 0, "text R=1 V=3"},
    {"", 691, false, 0, 0, ""},
    {"E=", 691, false, 0, 0, "E="},
    {"E=0 R=0", 691, false, 0, 0, "E=0 R=0"},
    {"E=99999999999999999999", 691, false, 0, 0, "E=99999999999999999999"},
    {"E=-648", 691, false, 0, 0, "E=-648"},
    {"E=691 R=10", 691, false, 0, 0, "E=691 R=10"},
    {"E=691 C=00112233445566778899AABBCCDDEE V=3", 691, false, 3, 0, "E=691 C=00112233445566778899AABBCCDDEE V=3"},
    {"E=691 C=00112233445566778899AABBCCDDEEFF0 V=3", 691, false, 3, 0,
     "E=691 C=00112233445566778899AABBCCDDEEFF0 V=3"},
    {"Access denied", 691, false, 0, 0, "Access denied"},
};

START_TEST(mschap_failures)
{
    const struct failure_case *c = &failures[_i];
    struct mschap_failure f;
    uint8_t *copy;
    size_t len;

    copy = exact((const uint8_t *)c->text, strlen(c->text));
    mschap_failure_parse(&f, copy, strlen(c->text));
    free(copy);
    ck_assert_uint_eq(f.error, c->error);
    ck_assert_int_eq(f.retry, c->retry);
    ck_assert_uint_eq(f.version, c->version);
    ck_assert_uint_eq(f.challenge_len, c->challenge_len);
    ck_assert_str_eq(f.message, c->message);
    if (f.challenge_len) ck_assert_mem_eq(f.challenge, "\x00\x11\x22\x33\x44\x55\x66\x77", 8);
    for (len = 0; len < strlen(c->text); len++)
    {
        copy = exact((const uint8_t *)c->text, len);
        mschap_failure_parse(&f, copy, len);
        free(copy);
        ck_assert(is_ras_error(f.error));
    }
}
END_TEST

START_TEST(pap_messages)
{
    char text[16];

    pap_message(text, sizeof(text), BYTES("\x05no wa"));
    ck_assert_str_eq(text, "no wa");
    pap_message(text, sizeof(text), BYTES("\xffno")); /* claims more than there is */
    ck_assert_str_eq(text, "no");
    pap_message(text, sizeof(text), NULL, 0);
    ck_assert_str_eq(text, "");
    pap_message(text, sizeof(text), BYTES("\x1e" "012345678901234567890123456789"));
    ck_assert_str_eq(text, "012345678901234");
}
END_TEST

START_TEST(texts)
{
    char text[64];

    peer_text(text, sizeof(text), BYTES("a\0b\nc\x1b[2J\x7f"));
    ck_assert_str_eq(text, "a?b?c?[2J?");
    peer_text(text, sizeof(text), BYTES("gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80"));
    ck_assert_str_eq(text, "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80");
    peer_text(text, sizeof(text), BYTES("Latin \xfc, overlong \xc0\xaf \xe0\x80\x80, half \xe2\x82"));
    ck_assert_str_eq(text, "Latin ?, overlong ?? ???, half ??");
    peer_text(text, sizeof(text), BYTES("\xed\xa0\x80\xf4\x90\x80\x80\xc2\x85"));
    ck_assert_str_eq(text, "????????");
    peer_text(text, 4, BYTES("ab\xe2\x82\xac")); /* a character is not cut in two */
    ck_assert_str_eq(text, "ab");
    peer_text(text, 1, BYTES("ab"));
    ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(eap_requests)
{
    struct eap_request request = {7, 7, NULL, 7};

    ck_assert(!eap_request_parse(&request, BYTES("")));
    ck_assert(!eap_request_parse(&request, BYTES("\x1a\x01\x05\x00")));         /* no room for the length */
    ck_assert(!eap_request_parse(&request, BYTES("\x1a\x01\x05\x00\x03\x10"))); /* shorter than its header */
    ck_assert(!eap_request_parse(&request, BYTES("\x1a\x01\x05\x00\x06\x10"))); /* longer than the packet */
    ck_assert_uint_eq(request.type, 7);
    ck_assert(eap_request_parse(&request, BYTES("\x01Who?")));
    ck_assert_uint_eq(request.type, EAP_IDENTITY);
    ck_assert_uint_eq(request.chap_code, 0);
    ck_assert_uint_eq(request.len, 4);
    ck_assert(eap_request_parse(&request, BYTES("\x1a\x04\x05\x00\x06no and more")));
    ck_assert_uint_eq(request.chap_code, CHAP_FAILURE);
    ck_assert_uint_eq(request.len, 2);
    ck_assert_mem_eq(request.message, "no", 2);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, frames);
    tcase_add_test(tests, lcp_options);
    tcase_add_loop_test(tests, ccp_options, 0, 8);
    tcase_add_loop_test(tests, mschap_success, 0, 9);
    tcase_add_test(tests, ipcp_options);
    tcase_add_test(tests, protocol_reject);
    tcase_add_test(tests, terminate_request);
    tcase_add_loop_test(tests, mschap_failures, 0, (int)(sizeof(failures) / sizeof(*failures)));
    tcase_add_test(tests, pap_messages);
    tcase_add_test(tests, texts);
    tcase_add_test(tests, eap_requests);
}

int main(void)
{
    return check_main("peer_packets", add_tests);
}
