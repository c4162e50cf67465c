/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_networks.c - IPv4 and IPv6 in the plugin, with a mock of pppd: when the manager hears
 * that there is a network, what it hears of each protocol, and what ends the link.
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
#define BOTH (WIRE_PROTO_IPV4 | WIRE_PROTO_IPV6)

static void begin(uint32_t protocols)
{
    static const struct mock_env env[] = {{"IFNAME", "ppp7"}, {"IPLOCAL", "10.9.0.2"}, {"IPREMOTE", "10.9.0.1"},
                                          {"DNS1", "10.9.0.53"}, {"WINS1", "10.9.0.54"}, {"LLLOCAL", "fe80::2"},
                                          {"LLREMOTE", "fe80::1"}, {NULL, NULL}};
    int plugin;

    mock_reset();
    mock.env = env;
    plugin = make_pair();
    config_protocols = protocols;
    put_config(WIRE_VERSION, 0, 0);
    put_credentials(0, "alice", "open sesame");
    ck_assert_ptr_null(session_open(plugin));
    report_start();
    mock.handlers->phase(PPPD_SERIALCONN);
    mock.handlers->phase(PPPD_ESTABLISH);
    mock.handlers->phase(PPPD_AUTHENTICATE);
    mock.handlers->phase(PPPD_NETWORK);
    while (get()) {}
}

static void happens(char what)
{
    switch (what)
    {
    case '4': mock.handlers->ip_up(); break;
    case 'd': mock.handlers->ip_down(); break;
    case '6': mock.handlers->ip6_up(); break;
    case 'r': mock.handlers->received(FRAME("\xff\x03\xc0\x21\x08\x01\x00\x08\x80\x21\x01\x01")); break;
    case 's': mock.handlers->received(FRAME("\xff\x03\xc0\x21\x08\x01\x00\x08\x80\x57\x01\x01")); break;
    case 't': mock.handlers->received(FRAME("\xff\x03\x80\x21\x05\x01\x00\x04")); break;
    case 'u': mock.handlers->received(FRAME("\xff\x03\x80\x57\x05\x01\x00\x04")); break;
    /* The peer takes no address from us, and pppd gives up. */
    case 'j': mock.handlers->received(FRAME("\xff\x03\x80\x21\x04\x01\x00\x0a\x03\x06\x0a\x01\x02\x03")); break;
    case 'x': mock.handlers->sent(FRAME("\xff\x03\x80\x21\x05\x01\x00\x04")); break;
    /* We ask for an address, get another one offered, ask for that; and are left without. */
    case 'q': mock.handlers->sent(FRAME("\xff\x03\x80\x21\x01\x01\x00\x0a\x03\x06\x0a\x01\x02\x03")); break;
    case 'z': mock.handlers->sent(FRAME("\xff\x03\x80\x21\x01\x01\x00\x0a\x03\x06\x00\x00\x00\x00")); break;
    case 'n': mock.handlers->received(FRAME("\xff\x03\x80\x21\x03\x01\x00\x0a\x03\x06\x0a\x09\x00\x02")); break;
    case 'a': mock.handlers->sent(FRAME("\xff\x03\x80\x21\x01\x01\x00\x0a\x03\x06\x0a\x09\x00\x02")); break;
    case 'm': mock.handlers->received(FRAME("\xff\x03\x80\x21\x02\x01\x00\x04")); break;
    case 'c': mock.handlers->sent(FRAME("\xff\x03\xc0\x21\x05\x01\x00\x04")); break;
    case 'l': mock_run_timers(); break;
    default: ck_abort();
    }
}

static void tell(char *text, size_t size)
{
    const struct wire_link_ip_up *up = &msg.u.link_ip_up;
    size_t pos = 0;

    text[0] = 0;
    while (get())
    {
        if (msg.type == WIRE_link_cause)
            pos += (size_t)snprintf(text + pos, size - pos, "cause %s; ", ras_cause_name(msg.u.link_cause.cause));
        if (msg.type != WIRE_link_ip_up) continue;
        ck_assert_str_eq(up->ifname, "ppp7");
        pos += (size_t)snprintf(text + pos, size - pos, "up %s/%s/%s/%s %s, %s/%s %s; ", up->local, up->remote,
                                up->dns1, up->wins1, up->cause ? ras_cause_name(up->cause) : "-", up->local6,
                                up->remote6, up->cause6 ? ras_cause_name(up->cause6) : "-");
    }
}

#define IP4 "10.9.0.2/10.9.0.1/10.9.0.53/10.9.0.54 "
#define IP6 "fe80::2/fe80::1 "

static const struct
{
    uint32_t protocols;
    const char *events;
    const char *told;
} rows[] = {
    {WIRE_PROTO_IPV4, "4", "up " IP4 "-, / -; "},
    {WIRE_PROTO_IPV4, "r", "cause NCP_REJECTED; "},
    {WIRE_PROTO_IPV4, "t", "cause NCP_TERMINATED; "},
    {WIRE_PROTO_IPV4, "4t", "up " IP4 "-, / -; cause NCP_TERMINATED; "},
    {WIRE_PROTO_IPV4, "jxc", "cause NCP_ADDRESS_REJECTED; "},
    {WIRE_PROTO_IPV4, "qnqnmxc", "cause NCP_ADDRESS_REJECTED; "},
    {WIRE_PROTO_IPV4, "qnamxc", "cause NCP_NO_ADDRESS; "},
    {WIRE_PROTO_IPV4, "znmxc", "cause NCP_NO_ADDRESS; "},
    {WIRE_PROTO_IPV4, "qnl", "cause NCP_ADDRESS_REJECTED; "},
    {WIRE_PROTO_IPV4, "qnal", "cause NCP_NONE; "},
    {WIRE_PROTO_IPV4, "l", "cause NCP_TIMEOUT; "},
    /* A protocol that was not asked for has no say. */
    {WIRE_PROTO_IPV4, "4u", "up " IP4 "-, / -; up " IP4 "-, / NCP_TERMINATED; "},
    {WIRE_PROTO_IPV4, "u4", "up " IP4 "-, / NCP_TERMINATED; "},
    /* Negotiated anew. */
    {WIRE_PROTO_IPV4, "4d4", "up " IP4 "-, / -; up " IP4 "-, / -; "},
    {WIRE_PROTO_IPV4, "s4", "up " IP4 "-, / NCP_REJECTED; "},
    {WIRE_PROTO_IPV6, "6", "up /// -, " IP6 "-; "},
    {WIRE_PROTO_IPV6, "66", "up /// -, " IP6 "-; up /// -, " IP6 "-; "},
    {WIRE_PROTO_IPV6, "s", "cause NCP_REJECTED; "},
    {WIRE_PROTO_IPV6, "u", "cause NCP_TERMINATED; "},
    {WIRE_PROTO_IPV6, "6u", "up /// -, " IP6 "-; cause NCP_TERMINATED; "},
    {WIRE_PROTO_IPV6, "l", "cause NCP_TIMEOUT; "},
    /* IPv4 need not wait, IPv6 does. */
    {BOTH, "46", "up " IP4 "-, / -; up " IP4 "-, " IP6 "-; "},
    {BOTH, "64", "up " IP4 "-, " IP6 "-; "},
    {BOTH, "s4", "up " IP4 "-, / NCP_REJECTED; "},
    {BOTH, "4s", "up " IP4 "-, / -; up " IP4 "-, / NCP_REJECTED; "},
    {BOTH, "6r", "up /// NCP_REJECTED, " IP6 "-; "},
    {BOTH, "r6", "up /// NCP_REJECTED, " IP6 "-; "},
    {BOTH, "6l", "up /// NCP_TIMEOUT, " IP6 "-; "},
    {BOTH, "6jx", "up /// NCP_ADDRESS_REJECTED, " IP6 "-; "},
    /* What came late has not failed. */
    {BOTH, "6l4", "up /// NCP_TIMEOUT, " IP6 "-; up " IP4 "-, " IP6 "-; "},
    {BOTH, "4s6", "up " IP4 "-, / -; up " IP4 "-, / NCP_REJECTED; up " IP4 "-, " IP6 "-; "},
    {BOTH, "6l4du", "up /// NCP_TIMEOUT, " IP6 "-; up " IP4 "-, " IP6 "-; up /// -, " IP6 "-; cause NCP_TERMINATED; "},
    {BOTH, "jx6", "up /// NCP_ADDRESS_REJECTED, " IP6 "-; "},
    {BOTH, "jxl", "cause NCP_ADDRESS_REJECTED; "},
    {BOTH, "rs", "cause NCP_REJECTED; "},
    {BOTH, "sr", "cause NCP_REJECTED; "},
    {BOTH, "ts", "cause NCP_TERMINATED; "},
    {BOTH, "l", "cause NCP_TIMEOUT; "},
    /* One goes, the other stays. */
    {BOTH, "46t", "up " IP4 "-, / -; up " IP4 "-, " IP6 "-; up /// NCP_TERMINATED, " IP6 "-; "},
    {BOTH, "46td", "up " IP4 "-, / -; up " IP4 "-, " IP6 "-; up /// NCP_TERMINATED, " IP6 "-; "},
    {BOTH, "46d4", "up " IP4 "-, / -; up " IP4 "-, " IP6 "-; up /// -, " IP6 "-; up " IP4 "-, " IP6 "-; "},
    {BOTH, "64u", "up " IP4 "-, " IP6 "-; up " IP4 "-, / NCP_TERMINATED; "},
    {BOTH, "64ut", "up " IP4 "-, " IP6 "-; up " IP4 "-, / NCP_TERMINATED; cause NCP_TERMINATED; "},
    {BOTH, "4t", "up " IP4 "-, / -; cause NCP_TERMINATED; "},
};

START_TEST(test_networks)
{
    const char *event;
    char text[512];

    begin(rows[_i].protocols);
    for (event = rows[_i].events; *event; event++) happens(*event);
    tell(text, sizeof(text));
    ck_assert_msg(!strcmp(text, rows[_i].told), "%u, %s: %s", (unsigned int)rows[_i].protocols, rows[_i].events, text);
}
END_TEST

/* Headers are compressed as each side has acknowledged it to the other. */
START_TEST(test_vj)
{
    begin(WIRE_PROTO_IPV4);
    if (_i & 1) mock.handlers->sent(FRAME("\xff\x03\x80\x21\x02\x01\x00\x0a\x02\x06\x00\x2d\x0f\x01"));
    if (_i & 2)
        mock.handlers->received(FRAME("\xff\x03\x80\x21\x02\x01\x00\x10\x02\x06\x00\x2d\x0f\x01"
                                      "\x03\x06\x0a\x09\x00\x02"));
    /* Another method. */
    if (!_i) mock.handlers->sent(FRAME("\xff\x03\x80\x21\x02\x01\x00\x0a\x02\x06\x00\x61\x0f\x01"));
    mock.handlers->ip_up();
    ck_assert_int_eq(get(), WIRE_link_ip_up);
    ck_assert_uint_eq(msg.u.link_ip_up.options, _i & 1 ? WIRE_IP_VJ : 0);
    ck_assert_uint_eq(msg.u.link_ip_up.server_options, _i & 2 ? WIRE_IP_VJ : 0);
}
END_TEST

/* Encryption is offered always, and wanted where it is optional and there are keys. */
START_TEST(test_mppe)
{
    report_may_encrypt = _i & 1;
    begin(WIRE_PROTO_IPV4);
    ck_assert(!mock.mppe_wanted());
    mock.mppe_forgotten = 0;
    mock.handlers->phase(PPPD_RUNNING);
    mock.handlers->phase(PPPD_NETWORK);
    ck_assert_uint_eq(mock.mppe_forgotten, 0);
    mock.handlers->phase(PPPD_ESTABLISH);
    ck_assert_uint_eq(mock.mppe_forgotten, 1);
    /* We agree to MS-CHAPv2. */
    mock.handlers->sent(FRAME("\xff\x03\xc0\x21\x02\x02\x00\x09\x03\x05\xc2\x23\x81"));
    ck_assert(mock.mppe_wanted() == report_may_encrypt);
    report_may_encrypt = false;
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_loop_test(tests, test_networks, 0, (int)(sizeof(rows) / sizeof(*rows)));
    tcase_add_loop_test(tests, test_vj, 0, 4);
    tcase_add_loop_test(tests, test_mppe, 0, 2);
}

int main(void)
{
    return check_main("networks", add_tests);
}
