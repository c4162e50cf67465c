/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_mppe_packets.c - what packets of CCP mean for MPPE that is optional, and when the plugin
 * would like to have it.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "../plugin/cause.h"
#include "../plugin/mppe_packets.h"
#include "check_main.h"

#define ID   7
#define BOTH (MPPE_40 | MPPE_128)
#define P(text) text, sizeof(text) - 1

/* The option is 12 06 and four bytes: 01 in the first is stateless, 20 and 40 in the last are the
 * strengths. */
static const struct
{
    const char *packet;
    size_t len;
    uint32_t asked;
    enum mppe_verdict verdict;
} rows[] = {
    /* requests */
    {P("\x01\x01\x00\x04"), BOTH, MPPE_LATER},
    {P("\x01\x01\x00\x0a\x12\x06\x01\x00\x00\x40"), BOTH, MPPE_GO_ON},
    {P("\x01\x01\x00\x0a\x12\x06\x01\x00\x00\x60"), BOTH, MPPE_GO_ON},
    {P("\x01\x01\x00\x0a\x12\x06\x01\x00\x00\xe1"), BOTH, MPPE_GO_ON},
    {P("\x01\x01\x00\x0a\x12\x06\x01\x00\x00\x01"), BOTH, MPPE_GO_ON},
    {P("\x01\x01\x00\x0a\x12\x06\x01\x00\x00\x20"), MPPE_128, MPPE_DECLINE},
    {P("\x01\x01\x00\x0a\x12\x06\x01\x00\x00\x60"), MPPE_128, MPPE_GO_ON},
    {P("\x01\x01\x00\x0a\x12\x06\x00\x00\x00\x40"), BOTH, MPPE_DECLINE},
    {P("\x01\x01\x00\x08\x1a\x04\x78\x00"), BOTH, MPPE_LATER},
    {P("\x01\x01\x00\x0e\x1a\x04\x78\x00\x12\x06\x01\x00\x00\x40"), BOTH, MPPE_GO_ON},
    {P("\x01\x01\x00\x09\x12\x05\x01\x00\x40"), BOTH, MPPE_DECLINE},
    {P("\x01\x01\x00\x08\x12\x06\x01\x00"), BOTH, MPPE_LATER},
    {P("\x01\x01\x00\x08\x12\x00\x01\x00"), BOTH, MPPE_LATER},
    /* another strength than was asked for */
    {P("\x03\x07\x00\x0a\x12\x06\x01\x00\x00\x40"), BOTH, MPPE_GO_ON},
    {P("\x03\x07\x00\x0a\x12\x06\x01\x00\x00\x20"), BOTH, MPPE_GO_ON},
    {P("\x03\x07\x00\x0a\x12\x06\x01\x00\x00\x20"), MPPE_128, MPPE_REFUSED},
    {P("\x03\x07\x00\x0a\x12\x06\x01\x00\x00\x80"), BOTH, MPPE_REFUSED},
    {P("\x03\x07\x00\x0a\x12\x06\x01\x00\x00\x41"), BOTH, MPPE_REFUSED},
    {P("\x03\x07\x00\x0a\x12\x06\x01\x00\x00\x00"), BOTH, MPPE_REFUSED},
    {P("\x03\x07\x00\x0a\x12\x06\x00\x00\x00\x40"), BOTH, MPPE_REFUSED},
    {P("\x03\x06\x00\x0a\x12\x06\x00\x00\x00\x40"), BOTH, MPPE_GO_ON},
    {P("\x03\x07\x00\x08\x1a\x04\x78\x00"), BOTH, MPPE_GO_ON},
    /* refused */
    {P("\x04\x07\x00\x0a\x12\x06\x01\x00\x00\x60"), BOTH, MPPE_REFUSED},
    {P("\x04\x06\x00\x0a\x12\x06\x01\x00\x00\x60"), BOTH, MPPE_GO_ON},
    {P("\x04\x07\x00\x08\x1a\x04\x78\x00"), BOTH, MPPE_GO_ON},
    {P("\x04\x07\x00\x0b\x12\x06\x01\x00\x00\x60"), BOTH, MPPE_GO_ON},
    {P("\x04\x07\x00\x03"), BOTH, MPPE_GO_ON},
    {P("\x05\x09\x00\x04"), BOTH, MPPE_ENDED},
    {P("\x05\x09\x00\x06no"), BOTH, MPPE_ENDED},
    /* agreed on, and what is none of our business */
    {P("\x02\x07\x00\x0a\x12\x06\x01\x00\x00\x60"), BOTH, MPPE_GO_ON},
    {P("\x06\x07\x00\x04"), BOTH, MPPE_GO_ON},
    {P("\x04"), BOTH, MPPE_GO_ON},
};

START_TEST(verdicts)
{
    uint8_t *copy = malloc(rows[_i].len); /* a sanitizer sees one byte too many */

    memcpy(copy, rows[_i].packet, rows[_i].len);
    ck_assert_int_eq(mppe_judge(copy, rows[_i].len, ID, rows[_i].asked), rows[_i].verdict);
    free(copy);
}
END_TEST

START_TEST(keys)
{
    static const struct
    {
        uint32_t protocol, data;
        uint32_t ours;
        bool declined, has_keys;
    } logins[] = {
        {0, 0, 0, false, false},
        {PPP_PROTO_PAP, 0, 0, false, false},
        {PPP_PROTO_CHAP, CHAP_ALGORITHM_MD5, 0, false, false},
        {PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP, 0, false, true},
        {PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2, 0, false, true},
        {PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2, 0, true, false},
        /* Each other's keys: pppd ends the link. */
        {PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2, PPP_PROTO_CHAP, false, false},
        {PPP_PROTO_EAP, CHAP_ALGORITHM_MSCHAP_V2, 0, false, false},
    };
    struct link link;
    size_t i;

    for (i = 0; i < sizeof(logins) / sizeof(*logins); i++)
    {
        cause_init(&link, 0);
        link.peers.auth_protocol = logins[i].protocol;
        link.peers.auth_data = logins[i].data;
        link.ours.auth_protocol = logins[i].ours;
        link.auth_declined = logins[i].declined;
        ck_assert_msg(cause_has_keys(&link) == logins[i].has_keys, "login %zu", i);
    }
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_loop_test(tests, verdicts, 0, (int)(sizeof(rows) / sizeof(*rows)));
    tcase_add_test(tests, keys);
}

int main(void)
{
    return check_main("mppe_packets", add_tests);
}
