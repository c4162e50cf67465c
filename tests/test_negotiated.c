/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_negotiated.c - what the manager hears of LCP, of the peer's words when it accepts us, and
 * of CCP, with a mock of pppd.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "../plugin/peer_packets.h"
#include "../plugin/plugin.h"
#include "check_main.h"
#include "plugin_fixture.h"
#include "pppd_mock.h"
#include "tables.h"

#define FRAME(text) (const uint8_t *)(text), sizeof(text) - 1

/* CCP */
#define REQ      "\xff\x03\x80\xfd\x01\x01"
#define ACK      "\xff\x03\x80\xfd\x02\x01"
#define TERM     "\xff\x03\x80\xfd\x05\x01\x00\x04"
#define MPPE     "\x00\x0a\x12\x06\x01\x00\x00\x40"
#define BITS_40  "\x00\x0a\x12\x06\x00\x00\x00\x21"
#define DEFLATE  "\x00\x0b\x1a\x04\x78\x00\x15\x03\x2f"
#define NONE     "\x00\x04"
#define PROT_REJ "\xff\x03\xc0\x21\x08\x01\x00\x08\x80\xfd\x01\x01"

static void setup(void)
{
    int plugin;

    mock_reset();
    plugin = make_pair();
    put_config(WIRE_VERSION, 0, 0);
    put_credentials(0, "alice", "open sesame");
    ck_assert_ptr_null(session_open(plugin));
    report_start();
    mock.handlers->phase(PPPD_SERIALCONN);
    mock.handlers->phase(PPPD_ESTABLISH);
    while (get()) {}
}

/* ---- LCP ---------------------------------------------------------------------- */

START_TEST(lcp)
{
    /* Ours is acknowledged: MRU 1400, EAP, PFC, MRRU; and we acknowledge ACFC and MRRU. */
    mock.handlers->received(FRAME("\xff\x03\xc0\x21\x02\x01\x00\x12\x01\x04\x05\x78\x03\x04\xc2\x27\x07\x02\x11\x04\x05"
                                  "\xdc"));
    mock.handlers->sent(FRAME("\xff\x03\xc0\x21\x02\x01\x00\x0a\x08\x02\x11\x04\x05\xdc"));
    mock.handlers->phase(PPPD_AUTHENTICATE);
    ck_assert_int_eq(get(), WIRE_link_lcp_up);
    ck_assert_uint_eq(msg.u.link_lcp_up.our_mru, 1400);
    ck_assert_uint_eq(msg.u.link_lcp_up.peer_mru, 1500);
    ck_assert_uint_eq(msg.u.link_lcp_up.auth_protocol, 0);
    ck_assert_uint_eq(msg.u.link_lcp_up.peer_auth_protocol, PPP_PROTO_EAP);
    ck_assert_uint_eq(msg.u.link_lcp_up.options, WIRE_LCP_ACFC);
    ck_assert_uint_eq(msg.u.link_lcp_up.peer_options, WIRE_LCP_PFC);
    ck_assert_uint_eq(msg.u.link_lcp_up.multilink, 1);

    /* Anew, and the peer wants no multilink. */
    mock.handlers->phase(PPPD_ESTABLISH);
    mock.handlers->sent(FRAME("\xff\x03\xc0\x21\x02\x02\x00\x06\x08\x02"));
    mock.handlers->phase(PPPD_AUTHENTICATE);
    while (get() != WIRE_link_lcp_up) {}
    ck_assert_uint_eq(msg.u.link_lcp_up.multilink, 0);
}
END_TEST

/* ---- the peer's words ------------------------------------------------------------ */

static const struct
{
    const char *asked;  /* the peer's option of authentication, as we acknowledge it */
    size_t asked_len;
    const char *heard;
    size_t heard_len;
    uint32_t protocol, data;
    const char *message;
} replies[] = {
#define ROW(asked, heard) (asked), sizeof(asked) - 1, (heard), sizeof(heard) - 1
    {ROW("\x00\x08\x03\x04\xc0\x23", "\xff\x03\xc0\x23\x02\x01\x00\x0d\x08Login ok"), PPP_PROTO_PAP, 0, "Login ok"},
    {ROW("\x00\x09\x03\x05\xc2\x23\x05", "\xff\x03\xc2\x23\x03\x01\x00\x0bWelcome"), PPP_PROTO_CHAP, 5, "Welcome"},
    {ROW("\x00\x09\x03\x05\xc2\x23\x81", "\xff\x03\xc2\x23\x03\x01\x00\x0eS=0 M=Good"), PPP_PROTO_CHAP, 0x81, "Good"},
    {ROW("\x00\x09\x03\x05\xc2\x23\x05", "\xff\x03\xc0\x23\x02\x01\x00\x0d\x08Login ok"), PPP_PROTO_CHAP, 5, ""},
    {ROW("\x00\x08\x03\x04\xc2\x27", "\xff\x03\xc2\x27\x01\x01\x00\x13\x1a\x03\x07\x00\x0eS=0 M=Good"), PPP_PROTO_EAP,
     26, "Good"},
#undef ROW
};

START_TEST(reply)
{
    uint8_t ack[32] = {0xff, 3, 0xc0, 0x21, CP_CONF_ACK, 1};

    memcpy(ack + 6, replies[_i].asked, replies[_i].asked_len);
    mock.handlers->sent(ack, 6 + replies[_i].asked_len);
    mock.handlers->phase(PPPD_AUTHENTICATE);
    mock.handlers->received((const uint8_t *)replies[_i].heard, replies[_i].heard_len);
    mock.handlers->phase(PPPD_NETWORK);
    while (get() != WIRE_link_auth_ok) ck_assert_int_ne(msg.type, 0);
    ck_assert_uint_eq(msg.u.link_auth_ok.protocol, replies[_i].protocol);
    ck_assert_uint_eq(msg.u.link_auth_ok.data, replies[_i].data);
    ck_assert_str_eq(msg.u.link_auth_ok.message, replies[_i].message);
}
END_TEST

/* ---- CCP ------------------------------------------------------------------------ */

struct step
{
    char who; /* h: heard, s: said */
    const char *frame;
    size_t len;
    const char *news; /* NULL: none */
};
#define HEARD(frame, news) {'h', (frame), sizeof(frame) - 1, (news)}
#define SAID(frame, news)  {'s', (frame), sizeof(frame) - 1, (news)}

/* news: "up/failed sent:options received:options" */
static const struct step talks[][8] = {
    /* Both ways encrypted, in either order. */
    {SAID(REQ MPPE, NULL), HEARD(REQ BITS_40, NULL), SAID(ACK BITS_40, NULL),
     HEARD(ACK MPPE, "up 18:0x21 18:0x1000040")},
    {HEARD(REQ MPPE, NULL), SAID(REQ MPPE, NULL), HEARD(ACK MPPE, NULL),
     SAID(ACK MPPE, "up 18:0x1000040 18:0x1000040")},
    /* The peer asks once more before ours is acknowledged. */
    {SAID(REQ MPPE, NULL), HEARD(REQ BITS_40, NULL), SAID(ACK BITS_40, NULL), HEARD(REQ MPPE, NULL),
     HEARD(ACK MPPE, NULL), SAID(ACK MPPE, "up 18:0x1000040 18:0x1000040")},
    /* One way only; no way. */
    {SAID(REQ DEFLATE, NULL), HEARD(REQ NONE, NULL), SAID(ACK NONE, NULL), HEARD(ACK DEFLATE, "up 0:0 26:0")},
    {SAID(REQ NONE, NULL), HEARD(REQ NONE, NULL), SAID(ACK NONE, NULL), HEARD(ACK NONE, "up 0:0 0:0")},
    /* The peer does not know it. */
    {SAID(REQ DEFLATE, NULL), HEARD(PROT_REJ, "NCP_REJECTED 0:0 0:0"), HEARD(PROT_REJ, NULL)},
    /* Ended by one of us, and begun again. */
    {HEARD(TERM, "NCP_TERMINATED 0:0 0:0"), HEARD(TERM, NULL), HEARD(REQ MPPE, "NONE 0:0 0:0"), SAID(ACK MPPE, NULL),
     SAID(REQ MPPE, NULL), HEARD(ACK MPPE, "up 18:0x1000040 18:0x1000040"), SAID(TERM, "NCP_NONE 0:0 0:0")},
    /* Negotiated anew by the peer. */
    {SAID(ACK DEFLATE, NULL), HEARD(ACK DEFLATE, "up 26:0 26:0"), HEARD(REQ NONE, "NONE 0:0 0:0"),
     SAID(REQ DEFLATE, NULL), SAID(ACK NONE, NULL), HEARD(ACK DEFLATE, "up 0:0 26:0")},
    /* What is no list of options agrees on nothing. */
    {SAID(ACK DEFLATE, NULL), HEARD("\xff\x03\x80\xfd\x02\x01\x00\x06\x1a\x09", NULL)},
    /* Of another protocol. */
    {SAID(ACK DEFLATE, NULL), HEARD("\xff\x03\x80\x57\x02\x01\x00\x04", NULL),
     HEARD("\xff\x03\xc0\x21\x08\x01\x00\x08\x80\x57\x01\x01", NULL)},
};

static const char *news(void)
{
    static char text[128];
    const struct wire_link_ccp *ccp = &msg.u.link_ccp;

    if (get() != WIRE_link_ccp) return NULL;
    snprintf(text, sizeof(text), "%s %u:%#x %u:%#x", ccp->up ? "up" : ras_cause_name(ccp->cause),
             (unsigned int)ccp->sent, (unsigned int)ccp->sent_options, (unsigned int)ccp->received,
             (unsigned int)ccp->received_options);
    return text;
}

START_TEST(ccp)
{
    const struct step *step;
    const char *got;

    mock.handlers->phase(PPPD_AUTHENTICATE);
    mock.handlers->phase(PPPD_NETWORK);
    while (get()) {}
    for (step = talks[_i]; step->frame; step++)
    {
        (step->who == 'h' ? mock.handlers->received : mock.handlers->sent)((const uint8_t *)step->frame, step->len);
        got = news();
        ck_assert_msg(step->news ? got && !strcmp(got, step->news) : !got, "step %d: %s, not %s",
                      (int)(step - talks[_i]), got ? got : "nothing", step->news ? step->news : "nothing");
    }
    ck_assert_uint_eq(mock.hang_ups, 0);
}
END_TEST

/* LCP begins anew: so does CCP. */
START_TEST(ccp_anew)
{
    mock.handlers->phase(PPPD_AUTHENTICATE);
    mock.handlers->phase(PPPD_NETWORK);
    mock.handlers->sent(FRAME(ACK DEFLATE));
    mock.handlers->phase(PPPD_ESTABLISH);
    mock.handlers->phase(PPPD_NETWORK);
    while (get()) {}
    mock.handlers->received(FRAME(ACK DEFLATE));
    ck_assert_int_eq(get(), 0);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, lcp);
    tcase_add_loop_test(tests, reply, 0, (int)(sizeof(replies) / sizeof(*replies)));
    tcase_add_loop_test(tests, ccp, 0, (int)(sizeof(talks) / sizeof(*talks)));
    tcase_add_test(tests, ccp_anew);
}

int main(void)
{
    return check_main("negotiated", add_tests);
}
