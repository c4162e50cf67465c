/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_hold.c - what the plugin does with a refusal that it holds, with a mock of
 * pppd.  Each test runs in a process of its own and so finds the plugin unused.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../plugin/plugin.h"
#include "check_main.h"
#include "plugin_fixture.h"
#include "pppd_mock.h"
#include "tables.h"

static void receive(uint16_t protocol, uint8_t code, uint8_t id, const void *data, size_t len)
{
    uint8_t frame[1600] = {0xff, 3, (uint8_t)(protocol >> 8), (uint8_t)protocol, code, id,
                           (uint8_t)((len + 4) >> 8), (uint8_t)(len + 4)};

    memcpy(frame + 8, data, len);
    mock.handlers->received(frame, len + 8);
}

static bool can_watch = true; /* timers are those of the hold alone */

/* A link whose peer checks us by this protocol, and has had our answer. */
static void begin_as(uint16_t protocol, uint8_t algorithm, uint32_t hold, const char *user, const char *password)
{
    uint8_t ack[] = {0xff, 3, 0xc0, 0x21, CP_CONF_ACK, 1, 0, 9, 3, 5, (uint8_t)(protocol >> 8), (uint8_t)protocol,
                     algorithm};
    uint8_t request[] = {0xff, 3, (uint8_t)(protocol >> 8), (uint8_t)protocol, 1, 1, 0, 4};
    int plugin;

    mock_reset();
    mock.can_watch = can_watch;
    mock.can_wait = !can_watch;
    plugin = make_pair();
    put_config(WIRE_VERSION, hold, 60);
    put_credentials(0, user, password);
    ck_assert_ptr_null(session_open(plugin));
    report_start();
    mock.handlers->phase(PPPD_SERIALCONN);
    mock.handlers->phase(PPPD_ESTABLISH);
    mock.handlers->sent(ack, sizeof(ack));
    mock.handlers->phase(PPPD_AUTHENTICATE);
    if (protocol == PPP_PROTO_CHAP)
    {
        receive(protocol, CHAP_CHALLENGE, 7, "\x10" "0123456789abcdefserver", 23);
        request[4] = CHAP_RESPONSE;
    }
    if (protocol != PPP_PROTO_EAP) mock.handlers->sent(request, sizeof(request));
    while (get()) {}
    ck_assert(!mock.swallow || !mock.swallow(protocol));
}

static void begin(uint16_t protocol, uint8_t algorithm, uint32_t hold)
{
    begin_as(protocol, algorithm, hold, "alice", "wrong");
}

/* The same without a name or without a password; EAP. */
static void begin_eap(const char *user, uint32_t hold)
{
    begin_as(PPP_PROTO_EAP, 0, hold, user, "");
}

static void expect_refusal(uint32_t error, bool retry)
{
    ck_assert_int_eq(get(), WIRE_link_auth_fail);
    ck_assert_uint_ne(msg.u.link_auth_fail.hold, 0);
    ck_assert_uint_eq(msg.u.link_auth_fail.error, error);
    ck_assert_uint_eq(msg.u.link_auth_fail.retry, retry);
    ck_assert_int_eq(get(), 0); /* and no cause */
    ck_assert_uint_eq(mock.hang_ups, 0);
}

static void fail_chap(const char *text)
{
    receive(PPP_PROTO_CHAP, CHAP_FAILURE, 7, text, strlen(text));
}

static void answer(const char *password)
{
    mock.auth[0] = 0;
    put_credentials(msg.u.link_auth_fail.hold, "bob", password);
    mock.watch_fn();
}

#define V2_FAILURE "E=691 R=1 C=00112233445566778899AABBCCDDEEFF V=3 M=No"

START_TEST(mschap_v2)
{
    char password[PPPD_NAME_SIZE];

    begin(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2, WIRE_HOLD_AUTH_FAIL);
    fail_chap(V2_FAILURE);
    expect_refusal(691, true);
    ck_assert_str_eq(mock.auth, "stop(c223)");
    ck_assert(mock.swallow(PPP_PROTO_CHAP));
    ck_assert(!mock.swallow(PPP_PROTO_PAP));
    put_credentials(msg.u.link_auth_fail.hold + 1, "mallory", "x"); /* stale */
    mock.watch_fn();
    ck_assert_str_eq(mock.auth, "stop(c223)");
    answer("right");
    ck_assert_str_eq(mock.auth, "start(c223,81,bob,)"
                                  "input(c223,0108001b1000112233445566778899aabbccddeeff736572766572)");
    ck_assert(!mock.swallow(PPP_PROTO_CHAP));
    /* The password is responder.c's alone. */
    ck_assert(mock.handlers->get_password(password));
    ck_assert_str_eq(password, "");
    /* Another round. */
    fail_chap(V2_FAILURE);
    expect_refusal(691, true);
    ck_assert(mock.swallow(PPP_PROTO_CHAP));
    mock.handlers->phase(PPPD_TERMINATE);
    ck_assert(!mock.swallow(PPP_PROTO_CHAP));
}
END_TEST

START_TEST(mschap_v1)
{
    begin(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP, WIRE_HOLD_AUTH_FAIL);
    fail_chap("E=691 R=1 C=0011223344556677 V=2");
    expect_refusal(691, true);
    answer("right");
    ck_assert_str_eq(mock.auth, "start(c223,80,bob,)input(c223,01080013080011223344556677736572766572)");
}
END_TEST

START_TEST(pap)
{
    begin(PPP_PROTO_PAP, 0, WIRE_HOLD_AUTH_FAIL);
    receive(PPP_PROTO_PAP, PAP_NAK, 1, "\x02No", 3);
    expect_refusal(691, true);
    ck_assert_str_eq(msg.u.link_auth_fail.message, "No");
    ck_assert_str_eq(mock.auth, "stop(c023)");
    answer("right");
    ck_assert_str_eq(mock.auth, "start(c023,0,bob,right)");
}
END_TEST

/* No challenge to answer: one must come soon, before or after the answer. */
START_TEST(new_challenge)
{
    begin(PPP_PROTO_CHAP, _i & 1 ? CHAP_ALGORITHM_MD5 : CHAP_ALGORITHM_MSCHAP_V2, WIRE_HOLD_AUTH_FAIL);
    fail_chap("E=691 R=0 V=3");
    expect_refusal(691, false);
    if (_i & 2)
    {
        receive(PPP_PROTO_CHAP, CHAP_CHALLENGE, 9, "\x02xysrv", 6);
        ck_assert(mock.swallow(PPP_PROTO_CHAP));
        answer("right");
        ck_assert_ptr_nonnull(strstr(mock.auth, ")input(c223,0109000a027879737276)"));
    }
    else
    {
        put_credentials(msg.u.link_auth_fail.hold, "bob", "right");
        mock.auth[0] = 0;
        mock.watch_fn();
        ck_assert_str_eq(mock.auth, "");
        receive(PPP_PROTO_CHAP, CHAP_CHALLENGE, 9, "\x02xysrv", 6);
        ck_assert_ptr_nonnull(strstr(mock.auth, "bob,)"));
        ck_assert_ptr_null(strstr(mock.auth, "input"));
        ck_assert(!mock.swallow(PPP_PROTO_CHAP)); /* pppd gets the packet itself */
    }
}
END_TEST

/* The peer keeps silent, or nobody answers. */
START_TEST(times_out)
{
    begin(PPP_PROTO_CHAP, CHAP_ALGORITHM_MD5, WIRE_HOLD_AUTH_FAIL);
    fail_chap("No");
    expect_refusal(691, false);
    ck_assert_uint_eq(mock_timers(), 1);
    mock_run_timers();
    ck_assert_int_eq(get(), WIRE_link_cause);
    ck_assert_str_eq(ras_cause_name(msg.u.link_cause.cause), "AUTH_REFUSED");
    ck_assert_uint_eq(mock.hang_ups, 1);
    ck_assert(!mock.swallow(PPP_PROTO_CHAP));
}
END_TEST

START_TEST(peer_terminates)
{
    begin(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2, WIRE_HOLD_AUTH_FAIL);
    fail_chap(V2_FAILURE);
    expect_refusal(691, true);
    receive(PPP_PROTO_LCP, CP_TERM_REQ, 2, "bye", 3);
    put_credentials(msg.u.link_auth_fail.hold, "bob", "right");
    ck_assert_int_eq(get(), WIRE_link_cause);
    ck_assert_str_eq(ras_cause_name(msg.u.link_cause.cause), "AUTH_REFUSED");
    mock.auth[0] = 0;
    mock.watch_fn();
    ck_assert_uint_eq(mock_timers(), 0);
    ck_assert_str_eq(mock.auth, "");
    ck_assert(!mock.swallow(PPP_PROTO_CHAP));
}
END_TEST

START_TEST(not_wanted)
{
    begin(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2, 0);
    fail_chap(V2_FAILURE);
    ck_assert_int_eq(get(), WIRE_link_auth_fail);
    ck_assert_uint_eq(msg.u.link_auth_fail.hold, 0);
    ck_assert_uint_eq(msg.u.link_auth_fail.retry, 1);
    ck_assert_int_eq(get(), WIRE_link_cause);
    ck_assert_str_eq(mock.auth, "");
}
END_TEST

static void put_password(const char *password, const char *old_password)
{
    struct wire_msg m;

    wire_init(&m, WIRE_link_password, 0);
    m.u.link_password.hold = msg.u.link_auth_fail.hold;
    WIRE_SET_TEXT(m.u.link_password.password, password);
    WIRE_SET_TEXT(m.u.link_password.old_password, old_password);
    put(&m);
    mock.auth[0] = 0;
    mock.watch_fn();
}

#define V2_EXPIRED "E=648 R=0 C=00112233445566778899AABBCCDDEEFF V=3 M=Password expired"

/* What is in the packet is test_mschap's business; here it is when, and with whose keys. */
START_TEST(expired)
{
    static const uint8_t accepted[] = "S=407A5589115FD0D6209F510FE9C04566932CDA56";

    begin(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2, WIRE_HOLD_AUTH_FAIL);
    fail_chap(V2_EXPIRED);
    expect_refusal(648, true); /* whatever R= says */
    ck_assert_str_eq(mock.auth, "stop(c223)");
    put_password("MyPw", "wrong");
    /* Hash of the hash of "MyPw". */
    ck_assert_str_eq(mock.auth, "keys(81,874f)start(c223,81,alice,)send(c223,07,08,586)");
    ck_assert(!mock.swallow(PPP_PROTO_CHAP));
    ck_assert(!mock.check(accepted, sizeof(accepted) - 1));
    ck_assert(!mock.check(accepted, 10));
    /* The peer does not like it: held again, as any refusal. */
    fail_chap("E=709 R=0 C=00112233445566778899AABBCCDDEEFF V=3");
    expect_refusal(709, false);
}
END_TEST

START_TEST(expired_v1)
{
    begin(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP, WIRE_HOLD_AUTH_FAIL);
    fail_chap("E=648 R=1 C=0011223344556677 V=2");
    expect_refusal(648, true);
    put_password("MyPw", "wrong");
    ck_assert_str_eq(mock.auth, "keys(80,874f)start(c223,80,alice,)send(c223,06,08,1118)");
    ck_assert_str_eq((const char *)mock.packet + 1118, "");
}
END_TEST

/* A change that can't be made ends the link; one that comes too late does nothing. */
START_TEST(expired_for_good)
{
    begin(PPP_PROTO_CHAP, _i == 1 ? CHAP_ALGORITHM_MD5 : CHAP_ALGORITHM_MSCHAP_V2, WIRE_HOLD_AUTH_FAIL);
    switch (_i)
    {
    case 0: fail_chap("E=648 R=0 V=3"); break; /* no challenge */
    case 1: fail_chap("E=648"); break;         /* no MS-CHAP */
    default: fail_chap(V2_EXPIRED); break;
    }
    ck_assert_int_eq(get(), WIRE_link_auth_fail);
    ck_assert_uint_ne(msg.u.link_auth_fail.hold, 0);
    ck_assert_uint_eq(msg.u.link_auth_fail.retry, _i >= 2);
    if (_i == 3) receive(PPP_PROTO_LCP, CP_TERM_REQ, 2, "bye", 3);
    put_password(_i == 2 ? "\xff" : "MyPw", "wrong"); /* 2: not UTF-8 */
    ck_assert_str_eq(mock.auth, "");
    ck_assert_uint_eq(mock.hang_ups, _i < 3);
    ck_assert_uint_eq(mock_timers(), 0);
}
END_TEST

/* Characters that pppd itself can't send. */
START_TEST(unicode)
{
    static const uint8_t challenge[16] = {1, 2, 3};
    uint8_t value[49] = {0}, zero[49] = {0};

    begin(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2, WIRE_HOLD_AUTH_FAIL);
    put_credentials(0, "alice", "\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c");
    mock.watch_fn();
    mock.respond(value, 0x81, challenge, "alice");
    ck_assert(memcmp(value + 24, zero, 24));
    put_credentials(0, "alice", "\xff");
    mock.watch_fn();
    mock.respond(value, 0x81, challenge, "alice");
    ck_assert(!memcmp(value, zero, sizeof(value)));
    ck_assert(!mock.check((const uint8_t *)"S=0000000000000000000000000000000000000000", 42));
    ck_assert_int_eq(get(), WIRE_link_log);
}
END_TEST

/* Until pppd 2.5.2 a child waits while the link is held; else the socket is looked at. */
START_TEST(waits)
{
    void (*waited)(void);

    can_watch = false;
    begin(PPP_PROTO_CHAP, CHAP_ALGORITHM_MSCHAP_V2, WIRE_HOLD_AUTH_FAIL);
    ck_assert_uint_eq(mock_timers(), 1);
    ck_assert_ptr_null(mock.wait_fn);
    fail_chap(V2_FAILURE);
    expect_refusal(691, true);
    ck_assert_ptr_nonnull(waited = mock.wait_fn);
    ck_assert_uint_eq(mock_timers(), 1); /* the limit alone */
    mock.auth[0] = 0;
    put_credentials(msg.u.link_auth_fail.hold, "bob", "right");
    mock.wait_fn = NULL;
    waited();
    ck_assert_ptr_nonnull(strstr(mock.auth, "start(c223,81,bob,)"));
    ck_assert_ptr_null(mock.wait_fn);
    ck_assert_uint_eq(mock_timers(), 1);

    fail_chap(V2_FAILURE);
    expect_refusal(691, true);
    ck_assert_ptr_nonnull(mock.wait_fn);
    receive(PPP_PROTO_LCP, CP_TERM_REQ, 2, "bye", 3);
    ck_assert_ptr_null(mock.wait_fn); /* sent home */
    ck_assert_uint_eq(mock_timers(), 1);
}
END_TEST

/* Rubbish as challenge while held. */
START_TEST(bad_challenge)
{
    uint8_t big[700] = {0};

    begin(PPP_PROTO_CHAP, CHAP_ALGORITHM_MD5, WIRE_HOLD_AUTH_FAIL);
    fail_chap("No");
    expect_refusal(691, false);
    receive(PPP_PROTO_CHAP, CHAP_CHALLENGE, 9, "", 0);
    receive(PPP_PROTO_CHAP, CHAP_CHALLENGE, 9, "\x03xy", 3);
    receive(PPP_PROTO_CHAP, CHAP_CHALLENGE, 9, big, sizeof(big));
    answer("right");
    ck_assert_str_eq(mock.auth, "");
}
END_TEST

/* ---- EAP ---- */

#define MD5_CHALLENGE     "\x04\x02xysrv"
#define MSCHAP_CHALLENGE  "\x1a\x01\x05\x00\x18\x10" "0123456789abcdefsrv"

static void ask(uint8_t id, const char *data, size_t len)
{
    receive(PPP_PROTO_EAP, EAP_REQUEST, id, data, len);
}
#define ASK(id, data) ask(id, data, sizeof(data) - 1)

static void expect_wanted(uint32_t method, uint32_t wants)
{
    ck_assert_int_eq(get(), WIRE_link_eap_wanted);
    ck_assert_uint_ne(msg.u.link_eap_wanted.hold, 0);
    ck_assert_uint_eq(msg.u.link_eap_wanted.method, method);
    ck_assert_uint_eq(msg.u.link_eap_wanted.wants, wants);
    ck_assert_int_eq(get(), 0);
    ck_assert_str_eq(mock.auth, "stop(c227)");
    ck_assert(mock.swallow(PPP_PROTO_EAP));
}

static void answer_eap(const char *user, const char *password)
{
    mock.auth[0] = 0;
    put_credentials(msg.u.link_eap_wanted.hold, user, password);
    mock.watch_fn();
    ck_assert(!mock.swallow(PPP_PROTO_EAP));
}

/* Neither name nor password: one question for both, even when the peer repeats itself. */
START_TEST(eap_identity)
{
    char password[PPPD_NAME_SIZE];

    begin_eap("", WIRE_HOLD_EAP);
    ASK(1, "\x01Who?");
    expect_wanted(EAP_IDENTITY, WIRE_EAP_NAME | WIRE_EAP_PASSWORD);
    ASK(2, "\x01Who?"); /* repeated */
    ck_assert_int_eq(get(), 0);
    answer_eap("bob", "right");
    ck_assert_str_eq(mock.auth, "start(c227,0,bob,)input(c227,010200090157686f3f)");
    ASK(3, MD5_CHALLENGE);
    ck_assert_int_eq(get(), 0);
    ck_assert(!mock.swallow(PPP_PROTO_EAP));
    ck_assert(mock.handlers->get_password(password));
    ck_assert_str_eq(password, "right");
}
END_TEST

/* A name alone is no answer to a method that wants a password, but an empty one is, in the end. */
START_TEST(eap_password)
{
    begin_eap(_i & 1 ? "" : "alice", WIRE_HOLD_EAP);
    ASK(1, "\x01");
    if (_i & 1)
    {
        expect_wanted(EAP_IDENTITY, WIRE_EAP_NAME | WIRE_EAP_PASSWORD);
        answer_eap("alice", "");
        mock.auth[0] = 0;
    }
    ck_assert_int_eq(get(), 0);
    if (_i & 2)
        ASK(2, MSCHAP_CHALLENGE);
    else
        ASK(2, MD5_CHALLENGE);
    expect_wanted(_i & 2 ? EAP_MSCHAP_V2 : EAP_MD5, WIRE_EAP_PASSWORD);
    answer_eap("alice", "");
    ck_assert_ptr_nonnull(strstr(mock.auth, "start(c227,0,alice,)input(c227,0102"));
    ASK(3, MD5_CHALLENGE);
    ck_assert_int_eq(get(), 0);
    ck_assert(!mock.swallow(PPP_PROTO_EAP));
}
END_TEST

/* responder.c answers MS-CHAP, also inside EAP. */
START_TEST(eap_mschap)
{
    char password[PPPD_NAME_SIZE];

    begin_as(PPP_PROTO_EAP, 0, WIRE_HOLD_EAP, "alice", "\xc3\xa4");
    ASK(1, MD5_CHALLENGE);
    ck_assert(mock.handlers->get_password(password));
    ck_assert_str_eq(password, "\xc3\xa4");
    ASK(2, MSCHAP_CHALLENGE);
    ck_assert(mock.handlers->get_password(password));
    ck_assert_str_eq(password, "");
    ck_assert_int_eq(get(), 0);
}
END_TEST

/* Not wanted, not complete, or too long to be kept: pppd has it. */
START_TEST(eap_not_held)
{
    static char big[600] = "\x01";

    begin_eap("", _i ? WIRE_HOLD_EAP : WIRE_HOLD_AUTH_FAIL);
    if (_i)
    {
        ask(1, "", 0);
        ASK(1, "\x02" "Notice");
        ASK(1, "\x1a\x01\x05\x00\xff\x10");
        ask(1, big, sizeof(big));
    }
    else
        ASK(1, "\x01");
    ck_assert_int_eq(get(), 0);
    ck_assert_str_eq(mock.auth, "");
}
END_TEST

/* The peer does not wait. */
START_TEST(eap_ends)
{
    begin_eap("", WIRE_HOLD_EAP);
    ASK(1, "\x01");
    expect_wanted(EAP_IDENTITY, WIRE_EAP_NAME | WIRE_EAP_PASSWORD);
    if (_i)
    {
        receive(PPP_PROTO_LCP, CP_TERM_REQ, 2, "bye", 3);
        ck_assert_int_eq(get(), WIRE_link_cause);
        ck_assert_str_eq(ras_cause_name(msg.u.link_cause.cause), "AUTH_TIMEOUT");
    }
    else
    {
        receive(PPP_PROTO_EAP, EAP_FAILURE, 1, "", 0);
        ck_assert_int_eq(get(), WIRE_link_auth_fail);
        ck_assert_uint_eq(msg.u.link_auth_fail.hold, 0);
        ck_assert_int_eq(get(), WIRE_link_cause);
    }
    ck_assert(!mock.swallow(PPP_PROTO_EAP));
    ck_assert_uint_eq(mock_timers(), 0);
}
END_TEST

/* EAP-MSCHAPv2 names the next challenge as MS-CHAPv2 does. */
START_TEST(eap_again)
{
    begin(PPP_PROTO_EAP, 0, WIRE_HOLD_AUTH_FAIL | WIRE_HOLD_EAP);
    ASK(1, MSCHAP_CHALLENGE);
    ask(2, "\x1a\x04\x05\x00\x39" V2_FAILURE, 5 + sizeof(V2_FAILURE) - 1);
    expect_refusal(691, true);
    ck_assert_str_eq(mock.auth, "stop(c227)");
    ck_assert(mock.swallow(PPP_PROTO_EAP));
    answer("right");
    ck_assert_str_eq(mock.auth, "start(c227,81,bob,)"
                                "input(c227,0102001d1a01060018" "1000112233445566778899aabbccddeeff737276)");
    ck_assert(!mock.swallow(PPP_PROTO_EAP));
    /* Not allowed, or expired: the method ends. */
    ASK(3, "\x1a\x04\x06\x00\x0d" "E=691 R=0");
    ASK(4, "\x1a\x04\x06\x00\x34" "E=648 R=1 C=00112233445566778899AABBCCDDEEFF V=3");
    ck_assert_int_eq(get(), 0);
    ck_assert(!mock.swallow(PPP_PROTO_EAP));
}
END_TEST

/* What the failure is about: the method's own error, or a certificate that is not there. */
START_TEST(eap_errors)
{
    static const uint8_t nak[] = {0xff, 3, 0xc2, 0x27, EAP_RESPONSE, 2, 0, 6, EAP_NAK, 4};

    begin(PPP_PROTO_EAP, 0, WIRE_HOLD_EAP);
    ASK(1, "\x01");
    if (_i == 0) ASK(2, "\x1a\x04\x05\x00\x0d" "E=649 R=0");
    if (_i == 1) ASK(2, "\x0d\x20");
    if (_i == 2) ASK(2, "\x63");
    if (_i) mock.handlers->sent(nak, sizeof(nak));
    receive(PPP_PROTO_EAP, EAP_FAILURE, 2, "", 0);
    ck_assert_int_eq(get(), WIRE_link_auth_fail);
    ck_assert_uint_eq(msg.u.link_auth_fail.error, _i == 0 ? 649 : _i == 1 ? 798 : 691);
    ck_assert_int_eq(get(), WIRE_link_cause);
    ck_assert_uint_eq(msg.u.link_cause.error, _i == 0 ? 649 : 0);
    ck_assert_str_eq(ras_cause_name(msg.u.link_cause.cause), _i == 1 ? "EAP_NO_CERTIFICATE" : "AUTH_REFUSED");
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, mschap_v2);
    tcase_add_test(tests, mschap_v1);
    tcase_add_test(tests, pap);
    tcase_add_loop_test(tests, new_challenge, 0, 4);
    tcase_add_test(tests, times_out);
    tcase_add_test(tests, peer_terminates);
    tcase_add_test(tests, not_wanted);
    tcase_add_test(tests, bad_challenge);
    tcase_add_test(tests, waits);
    tcase_add_test(tests, expired);
    tcase_add_test(tests, expired_v1);
    tcase_add_loop_test(tests, expired_for_good, 0, 4);
    tcase_add_test(tests, unicode);
    tcase_add_test(tests, eap_identity);
    tcase_add_loop_test(tests, eap_password, 0, 4);
    tcase_add_test(tests, eap_mschap);
    tcase_add_loop_test(tests, eap_not_held, 0, 2);
    tcase_add_loop_test(tests, eap_ends, 0, 2);
    tcase_add_test(tests, eap_again);
    tcase_add_loop_test(tests, eap_errors, 0, 3);
}

int main(void)
{
    return check_main("hold", add_tests);
}
