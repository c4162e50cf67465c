/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_routes.c - the plugin's routes and name servers: what it takes from a manager, what root
 * allows, and what it asks of the kernel and of root's program for it.
 * Each test runs in a process of its own.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "../plugin/plugin.h"
#include "check_main.h"
#include "plugin_fixture.h"
#include "pppd_mock.h"

static struct wire_msg network;
static int plugin = -1;

static const struct mock_env env[] = {
    {"IFNAME", "ppp3"}, {"IPLOCAL", "172.16.5.9"}, {"DNS1", "10.9.0.53"}, {"DNS2", "10.9.0.54"}, {NULL, NULL}
};

static void setup(void)
{
    mock_reset();
    mock.env = env;
    mock.can_keep = true;
    plugin = make_pair();
    wire_init(&network, WIRE_link_network, 0);
}

static const char *configure(void)
{
    put_config(WIRE_VERSION, 0, 0);
    put(&network);
    return session_open(plugin);
}

/* A manager is an ordinary user's program. */
START_TEST(test_refused)
{
    static const struct
    {
        const char *dns1, *dns2, *dns61, *dns62, *suffix;
        uint32_t flags, metric, metric6;
    } rows[] = {
        {"", "", "", "", "", 8, 0, 0},
        {"", "", "", "", "", 0xffffffff, 0, 0},
        {"", "", "", "", "", 0, 10000, 0},
        {"", "", "", "", "", 0, 0, 0xffffffff},
        {"1.2.3", "", "", "", "", 0, 0, 0},
        {"", "::1", "", "", "", 0, 0, 0},
        {"", "", "10.1.2.3", "", "", 0, 0, 0},
        {"", "", "", "fe80::1 x", "", 0, 0, 0},
        {"", "", "", "", "a b", 0, 0, 0},
        {"", "", "", "", "a\nnameserver", 0, 0, 0},
        {"", "", "", "", "-x", 0, 0, 0},
        {"", "", "", "", ".", 0, 0, 0},
        {"", "", "", "", "$(id)", 0, 0, 0},
        {"-a", "", "", "", "", 0, 0, 0},
    };

    WIRE_SET_TEXT(network.u.link_network.dns1, rows[_i].dns1);
    WIRE_SET_TEXT(network.u.link_network.dns2, rows[_i].dns2);
    WIRE_SET_TEXT(network.u.link_network.dns61, rows[_i].dns61);
    WIRE_SET_TEXT(network.u.link_network.dns62, rows[_i].dns62);
    WIRE_SET_TEXT(network.u.link_network.dns_suffix, rows[_i].suffix);
    network.u.link_network.flags = rows[_i].flags;
    network.u.link_network.metric = rows[_i].metric;
    network.u.link_network.metric6 = rows[_i].metric6;
    ck_assert_ptr_nonnull(configure());
}
END_TEST

START_TEST(test_too_soon)
{
    put(&network);
    ck_assert_str_eq(session_open(plugin), "a network too late or too soon");
}
END_TEST

/* flags, metric, our address, what is asked of the kernel for IPv4 and then for IPv6 */
START_TEST(test_routes)
{
    static const struct { uint32_t flags, metric; const char *local, *routes; } rows[] = {
        {0, 0, "10.1.2.3", ""},
        {1, 0, "10.1.2.3", "pin(0)route(ppp3,0.0.0.0/0,0,before)"},
        {1, 7, "10.1.2.3", "pin(0)route(ppp3,0.0.0.0/0,7,before)"},
        {3, 0, "10.1.2.3", "pin(0)route(ppp3,0.0.0.0/0,0,before)"},
        {2, 0, "10.1.2.3", "pin(0)route(ppp3,10.0.0.0/8,0)"},
        {2, 0, "127.1.2.3", "pin(0)"},
        {2, 0, "128.1.2.3", "pin(0)route(ppp3,128.1.0.0/16,0)"},
        {2, 5, "191.255.2.3", "pin(0)route(ppp3,191.255.0.0/16,5)"},
        {2, 0, "192.1.2.3", "pin(0)route(ppp3,192.1.2.0/24,0)"},
        {2, 0, "223.1.2.3", "pin(0)route(ppp3,223.1.2.0/24,0)"},
        {2, 0, "224.1.2.3", "pin(0)"},
        {2, 0, "", "pin(0)"},
        {4, 0, "10.1.2.3", "pin(0)route(ppp3,::/0,1,before)"},
        {5, 30, "10.1.2.3", "pin(0)route(ppp3,0.0.0.0/0,30,before)route(ppp3,::/0,30,before)"},
    };
    struct mock_env here[] = {{"IFNAME", "ppp3"}, {"IPLOCAL", rows[_i / 2].local}, {NULL, NULL}};

    mock.env = here;
    network_may_route = _i % 2;
    network.u.link_network.flags = rows[_i / 2].flags;
    network.u.link_network.metric = network.u.link_network.metric6 = rows[_i / 2].metric;
    ck_assert_ptr_null(configure());
    network_ip_up();
    network_ip6_up(false);
    ck_assert_str_eq(mock.auth, network_may_route ? rows[_i / 2].routes : "");
}
END_TEST

static unsigned int ready_count;

static void ready(void)
{
    ready_count++;
}

/* The entry's name servers, or the peer's; addresses in the kernel's words. */
START_TEST(test_servers)
{
    static const struct { const char *dns1, *dns61, *suffix; uint32_t flags; const char *run; } rows[] = {
        {"", "", "", 0, "resolver(/r,ppp3,no,,10.9.0.53,10.9.0.54)"},
        {"", "", "corp.example", 1, "resolver(/r,ppp3,yes,corp.example,10.9.0.53,10.9.0.54)"},
        {"192.0.2.53", "", "", 0, "resolver(/r,ppp3,no,,192.0.2.53)"},
        {"10.9.0.54", "", "", 0, "resolver(/r,ppp3,no,,10.9.0.54)"},
        {"192.0.2.53", "2001:db8:0:0:0:0:0:53", "", 0, "resolver(/r,ppp3,no,,192.0.2.53,2001:db8::53)"},
    };

    strcpy(network_resolver, "/r");
    WIRE_SET_TEXT(network.u.link_network.dns1, rows[_i].dns1);
    if (rows[_i].dns1[0]) WIRE_SET_TEXT(network.u.link_network.dns2, rows[_i].dns1);
    WIRE_SET_TEXT(network.u.link_network.dns61, rows[_i].dns61);
    WIRE_SET_TEXT(network.u.link_network.dns_suffix, rows[_i].suffix);
    network.u.link_network.flags = rows[_i].flags;
    ck_assert_ptr_null(configure());
    network_ip_up();
    ck_assert_str_eq(mock.auth, rows[_i].run);
    /* Nobody hears of the link before they are set. */
    ck_assert(!network_is_ready(ready));
    mock.keeper_fn();
    ck_assert_uint_eq(ready_count, 1);
    ck_assert(network_is_ready(ready));
    ck_assert_uint_eq(mock_timers(), 0);
    network_ip_down();
    ck_assert_uint_eq(mock.keeper_stops, 1);
}
END_TEST

/* No program, none that runs, one that does not end, one that ends when the link has. */
START_TEST(test_resolver_fails)
{
    strcpy(network_resolver, _i ? "/r" : "");
    mock.can_keep = _i != 1;
    ck_assert_ptr_null(configure());
    network_ip_up();
    ck_assert_int_eq(network_is_ready(ready), _i < 2);
    if (_i == 2) ck_assert_uint_eq(mock_run_timers(), 1);
    if (_i == 3) network_ip_down();
    ck_assert(network_is_ready(ready));
    if (_i >= 2) mock.keeper_fn();
    ck_assert_uint_eq(ready_count, _i == 2);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_loop_test(tcase, test_refused, 0, 14);
    tcase_add_test(tcase, test_too_soon);
    tcase_add_loop_test(tcase, test_routes, 0, 28);
    tcase_add_loop_test(tcase, test_servers, 0, 5);
    tcase_add_loop_test(tcase, test_resolver_fails, 0, 4);
}

int main(void)
{
    return check_main("routes", add_tests);
}
