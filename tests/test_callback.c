/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_callback.c - packets of CBCP, and what the plugin does with an offer to call
 * back, with a mock of pppd.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../plugin/cbcp_packets.h"
#include "../plugin/plugin.h"
#include "check_main.h"
#include "plugin_fixture.h"
#include "pppd_mock.h"
#include "tables.h"

/* ---- packets -------------------------------------------------------------------- */

#define NONE   (1u << WIRE_CALLBACK_NONE)
#define CALLER (1u << WIRE_CALLBACK_CALLER)
#define PRESET (1u << WIRE_CALLBACK_PRESET)
#define LIST   (1u << WIRE_CALLBACK_LIST)

static const struct
{
    size_t len;
    const char *data;
    uint32_t types; /* 0: refused */
} packets[] = {
    {6, "\1\7\0\6\1\2", NONE},
    {14, "\1\7\0\16\1\2\2\5\0\1\0\3\3\0", NONE | CALLER | PRESET}, /* as Windows */
    {12, "\1\7\0\14\1\2\2\3\0\3\3\0", NONE | CALLER | PRESET},     /* no address */
    {10, "\1\7\0\12\2\4\0\1\1\2", NONE | CALLER},                  /* an address without its NUL */
    {18, "\1\7\0\22\4\16\5\1" "123\0\1" "456\0", LIST},
    {8, "\1\7\0\6\1\2zz", NONE},                                   /* more than its length says */
    {8, "\1\7\0\10\1\2\x63\2", NONE},                              /* a kind that nobody knows */
    {9, "\1\7\0\11\1\2\2\3\0", NONE | CALLER},
    {7, "\1\7\0\7\3\3\5", PRESET},
    {0, "", 0},
    {3, "\1\7\0", 0},
    {4, "\1\7\0\4", 0},            /* nothing is offered */
    {6, "\1\7\0\3\1\2", 0},        /* shorter than its header */
    {6, "\1\7\0\7\1\2", 0},        /* longer than it is */
    {5, "\1\7\0\5\1", 0},          /* cut */
    {6, "\1\7\0\6\1\1", 0},        /* options that never end */
    {6, "\1\7\0\6\1\0", 0},
    {6, "\1\7\0\6\1\3", 0},
    {6, "\1\7\0\6\2\2", 0},        /* without a delay */
    {11, "\1\7\0\13\2\7\0\1" "123", 0}, /* a number without end */
};

START_TEST(parse)
{
    struct cbcp_packet packet = {0, 0, 0};
    size_t len = packets[_i].len, cut;
    uint8_t *exact;
    bool good;

    /* In memory of just that size, for the sanitizers. */
    for (cut = 0; cut <= len; cut++)
    {
        exact = malloc(cut ? cut : 1);
        ck_assert_ptr_nonnull(exact);
        memcpy(exact, packets[_i].data, cut);
        good = cbcp_parse(&packet, exact, cut);
        free(exact);
        if (cut == len) ck_assert_int_eq(good, packets[_i].types != 0);
    }
    if (!packets[_i].types) return;
    ck_assert_uint_eq(packet.code, CBCP_REQUEST);
    ck_assert_uint_eq(packet.id, 7);
    ck_assert_uint_eq(packet.types, packets[_i].types);
}
END_TEST

START_TEST(build)
{
    uint8_t packet[CBCP_RESPONSE_MAX];
    char number[CBCP_NUMBER_MAX + 2];

    ck_assert_uint_eq(cbcp_build_response(packet, 9, WIRE_CALLBACK_NONE, 5, ""), 6);
    ck_assert(!memcmp(packet, "\2\11\0\6\1\2", 6));
    ck_assert_uint_eq(cbcp_build_response(packet, 9, WIRE_CALLBACK_PRESET, 5, ""), 7);
    ck_assert(!memcmp(packet, "\2\11\0\7\3\3\5", 7));
    ck_assert_uint_eq(cbcp_build_response(packet, 9, WIRE_CALLBACK_CALLER, 255, "12-3"), 13);
    ck_assert(!memcmp(packet, "\2\11\0\15\2\11\xff\1" "12-3\0", 13));
    ck_assert_uint_eq(cbcp_build_response(packet, 9, WIRE_CALLBACK_CALLER, 5, ""), 0);
    ck_assert_uint_eq(cbcp_build_response(packet, 9, WIRE_CALLBACK_CALLER, 5, "*"), 0);
    ck_assert_uint_eq(cbcp_build_response(packet, 9, WIRE_CALLBACK_CALLER, 5, "1\r2"), 0);
    ck_assert_uint_eq(cbcp_build_response(packet, 9, WIRE_CALLBACK_LIST, 5, "1"), 0);
    ck_assert_uint_eq(cbcp_build_response(packet, 9, 0, 5, "1"), 0);
    memset(number, '1', sizeof(number));
    number[CBCP_NUMBER_MAX] = 0;
    ck_assert_uint_eq(cbcp_build_response(packet, 9, WIRE_CALLBACK_CALLER, 5, number), CBCP_RESPONSE_MAX);
    number[CBCP_NUMBER_MAX] = '1';
    number[CBCP_NUMBER_MAX + 1] = 0;
    ck_assert_uint_eq(cbcp_build_response(packet, 9, WIRE_CALLBACK_CALLER, 5, number), 0);
}
END_TEST

/* ---- the plugin ------------------------------------------------------------------ */

static void receive(const char *packet, size_t len)
{
    mock.cbcp_input((const uint8_t *)packet, len);
}
#define RECEIVE(text) receive(text, sizeof(text) - 1)

#define REQUEST "\1\7\0\16\1\2\2\5\0\1\0\3\3\0"

/* A link whose peer is content, and has agreed to CBCP or not. */
static void begin(uint32_t hold, bool agreed)
{
    int plugin;

    mock_reset();
    mock.can_watch = true; /* timers are those of CBCP alone */
    plugin = make_pair();
    put_config(WIRE_VERSION, hold, 60);
    ck_assert_ptr_null(session_open(plugin));
    report_start();
    mock.handlers->phase(PPPD_SERIALCONN);
    mock.handlers->phase(PPPD_ESTABLISH);
    mock.handlers->phase(PPPD_AUTHENTICATE);
    while (get()) {}
    mock.networks_wait = agreed;
    mock.handlers->phase(PPPD_NETWORK);
    ck_assert_int_eq(get(), WIRE_link_auth_ok);
    ck_assert_int_eq(get(), WIRE_link_phase);
    ck_assert_uint_eq(msg.u.link_phase.phase, agreed ? PPPD_CALLBACK : PPPD_NETWORK);
    ck_assert_int_eq(get(), 0);
}

static uint32_t expect_question(uint32_t types)
{
    ck_assert_int_eq(get(), WIRE_link_callback_asked);
    ck_assert_uint_ne(msg.u.link_callback_asked.hold, 0);
    ck_assert_uint_eq(msg.u.link_callback_asked.types, types);
    ck_assert_int_eq(get(), 0);
    return msg.u.link_callback_asked.hold;
}

static void answer(uint32_t hold, uint32_t type, const char *number)
{
    struct wire_msg m;

    wire_init(&m, WIRE_link_callback, 0);
    m.u.link_callback.hold = hold;
    m.u.link_callback.type = type;
    m.u.link_callback.delay = 10;
    WIRE_SET_TEXT(m.u.link_callback.number, number);
    put(&m);
    mock.auth[0] = 0;
    mock.watch_fn();
}

/* The last that was sent, and since the answer nothing else was done. */
static void check_sent_(int line, const char *packet, size_t len)
{
    char note[64];

    snprintf(note, sizeof(note), "send(c029,%02x,%02x,%u)", packet[0], packet[1], (unsigned int)len);
    ck_assert_msg(!strcmp(mock.auth, note) && !memcmp(mock.packet, packet, len), "line %d: %s", line, mock.auth);
    mock.auth[0] = 0;
}
#define CHECK_SENT(text) check_sent_(__LINE__, text, sizeof(text) - 1)

static void expect_networks(void)
{
    ck_assert_int_eq(get(), WIRE_link_phase);
    ck_assert_uint_eq(msg.u.link_phase.phase, PPPD_NETWORK);
    ck_assert_int_eq(get(), 0);
    ck_assert_uint_eq(mock.hang_ups, 0);
}

START_TEST(no_callback)
{
    uint32_t hold;

    begin(WIRE_HOLD_CALLBACK, true);
    RECEIVE(REQUEST);
    hold = expect_question(NONE | CALLER | PRESET);
    RECEIVE(REQUEST); /* it waits */
    ck_assert_int_eq(get(), 0);
    answer(hold + 1, WIRE_CALLBACK_PRESET, ""); /* stale */
    ck_assert_str_eq(mock.auth, "");
    answer(hold, WIRE_CALLBACK_NONE, "");
    CHECK_SENT("\2\7\0\6\1\2");
    ck_assert_int_eq(get(), 0);
    RECEIVE("\3\7\0\6\1\2");
    ck_assert_ptr_nonnull(strstr(mock.auth, "networks()"));
    expect_networks();
    RECEIVE("\3\7\0\6\1\2"); /* once more: over */
    RECEIVE(REQUEST);
    ck_assert_int_eq(get(), 0);
}
END_TEST

START_TEST(at_a_number)
{
    uint32_t hold;

    begin(WIRE_HOLD_CALLBACK, true);
    RECEIVE(REQUEST);
    hold = expect_question(NONE | CALLER | PRESET);
    answer(hold, WIRE_CALLBACK_CALLER, "555");
    CHECK_SENT("\2\7\0\14\2\10\12\1" "555\0");
    RECEIVE("\1\10\0\6\2\3\0"); /* malformed */
    ck_assert_str_eq(mock.auth, "");
    RECEIVE("\1\10\0\16\1\2\2\5\0\1\0\3\3\0"); /* lost: again, with its number */
    CHECK_SENT("\2\10\0\14\2\10\12\1" "555\0");
    mock_run_timers();
    CHECK_SENT("\2\10\0\14\2\10\12\1" "555\0");
    RECEIVE("\3\10\0\6\1\2"); /* not what was said */
    ck_assert_int_eq(get(), 0);
    RECEIVE("\3\10\0\14\2\10\12\1" "555\0");
    ck_assert_int_eq(get(), WIRE_link_callback_agreed);
    ck_assert_uint_eq(msg.u.link_callback_agreed.type, WIRE_CALLBACK_CALLER);
    ck_assert_int_eq(get(), WIRE_link_cause);
    ck_assert_str_eq(ras_cause_name(msg.u.link_cause.cause), "LOCAL_HANGUP");
    ck_assert_uint_eq(mock.hang_ups, 1);
    ck_assert_ptr_null(strstr(mock.auth, "networks()"));
    mock.handlers->phase(PPPD_TERMINATE);
    ck_assert_uint_eq(mock_timers(), 0);
    ck_assert(!callback_is_open());
}
END_TEST

START_TEST(bad_number)
{
    begin(WIRE_HOLD_CALLBACK, true);
    RECEIVE(REQUEST);
    answer(expect_question(NONE | CALLER | PRESET), WIRE_CALLBACK_CALLER, "1;2");
    ck_assert_str_eq(mock.auth, "");
    ck_assert_uint_eq(mock.hang_ups, 1);
}
END_TEST

/* The peer ends the link while the program thinks. */
START_TEST(peer_gives_up)
{
    static const uint8_t end[] = {0xff, 3, 0xc0, 0x21, CP_TERM_REQ, 2, 0, 4};
    uint32_t hold;

    begin(WIRE_HOLD_CALLBACK, true);
    RECEIVE(REQUEST);
    hold = expect_question(NONE | CALLER | PRESET);
    mock.handlers->received(end, sizeof(end));
    ck_assert_int_eq(get(), WIRE_link_cause);
    ck_assert_str_eq(ras_cause_name(msg.u.link_cause.cause), "PEER_TERMINATED");
    mock.handlers->phase(PPPD_ESTABLISH);
    ck_assert_uint_eq(mock_timers(), 0);
    answer(hold, WIRE_CALLBACK_NONE, "");
    ck_assert_str_eq(mock.auth, "");
}
END_TEST

START_TEST(nobody_answers)
{
    begin(WIRE_HOLD_CALLBACK, true);
    RECEIVE(REQUEST);
    expect_question(NONE | CALLER | PRESET);
    ck_assert_uint_eq(mock_timers(), 1);
    mock_run_timers();
    ck_assert_int_eq(get(), WIRE_link_cause);
    ck_assert_uint_eq(mock.hang_ups, 1);
}
END_TEST

/* It agreed in LCP, and does not care. */
START_TEST(peer_goes_on)
{
    static const uint8_t ipcp[] = {0xff, 3, 0x80, 0x21, CP_CONF_REQ, 1, 0, 4};

    begin(WIRE_HOLD_CALLBACK, true);
    if (_i)
        mock.cbcp_rejected();
    else
        mock.handlers->received(ipcp, sizeof(ipcp));
    ck_assert_str_eq(mock.auth, "networks()");
    expect_networks();
}
END_TEST

START_TEST(not_offered)
{
    begin(0, false);
    ck_assert_ptr_null((void *)(uintptr_t)mock.cbcp_input);
}
END_TEST

START_TEST(not_agreed)
{
    begin(WIRE_HOLD_CALLBACK, false);
    RECEIVE(REQUEST);
    ck_assert_int_eq(get(), 0);
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_loop_test(tests, parse, 0, sizeof(packets) / sizeof(*packets));
    tcase_add_test(tests, build);
    tcase_add_test(tests, no_callback);
    tcase_add_test(tests, at_a_number);
    tcase_add_test(tests, bad_number);
    tcase_add_test(tests, peer_gives_up);
    tcase_add_test(tests, nobody_answers);
    tcase_add_loop_test(tests, peer_goes_on, 0, 2);
    tcase_add_test(tests, not_offered);
    tcase_add_test(tests, not_agreed);
}

int main(void)
{
    return check_main("callback", add_tests);
}
