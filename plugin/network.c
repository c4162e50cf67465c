/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * network.c - which routes and name servers a link has.  The manager says what the entry
 * wants, root's options what an entry may want (wineras-routes, wineras-resolver); all that
 * comes from the manager or the peer is read as addresses and written anew.
 */
#include "config.h"
#include "plugin.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pppd_compat.h"

#define SERVERS_MAX 4
#define RESOLVER_MS 10000u /* no longer does anybody wait for root's program */

bool network_may_route;
char network_resolver[256];
static struct wire_link_network wanted;
static char servers[SERVERS_MAX][INET6_ADDRSTRLEN];
static unsigned int server_count;
static char peers[2][INET6_ADDRSTRLEN];
static bool is_pending; /* the name servers are being set */
static void (*ready)(void);

/* ---- what may be set --------------------------------------------------------------- */

static bool is_server(const char *text, int family)
{
    uint8_t address[16];

    return !*text || inet_pton(family, text, address) == 1;
}

const char *network_configure(const struct wire_link_network *network)
{
    const uint32_t known = WIRE_NETWORK_DEFAULT | WIRE_NETWORK_CLASS | WIRE_NETWORK_DEFAULT6;

    if (network->flags & ~known) return "an unknown route";
    if (network->metric > WIRE_METRIC_MAX || network->metric6 > WIRE_METRIC_MAX) return "a metric is too high";
    if (!is_server(network->dns1, AF_INET) || !is_server(network->dns2, AF_INET) ||
        !is_server(network->dns61, AF_INET6) || !is_server(network->dns62, AF_INET6))
        return "a name server without an address";
    if (network->dns_suffix[0] == '-' || network->dns_suffix[0] == '.' ||
        network->dns_suffix[strspn(network->dns_suffix, WIRE_SUFFIX_CHARACTERS)])
        return "a suffix that is no domain";
    wanted = *network;
    /* Standard input may be the line. */
    if (network_may_route && wanted.flags) routes_pin(0);
    return NULL;
}

/* ---- routes ------------------------------------------------------------------------ */

static void add_route(const struct route *route)
{
    const char *ifname = pppd_script_value("IFNAME");
    char text[128];
    int error;

    if (!network_may_route) return;
    if (!(error = routes_add(ifname, route))) return;
    snprintf(text, sizeof(text), "a route through %s: %s", ifname, strerror(error));
    session_log(4, text);
}

/* The network of the address as it was before there were masks. */
static bool class_route(struct route *route, const char *local)
{
    uint8_t *address = route->address;

    if (inet_pton(AF_INET, local, address) != 1) return false;
    if (address[0] >= 224 || !address[0] || address[0] == 127) return false;
    route->prefix = address[0] < 128 ? 8 : address[0] < 192 ? 16 : 24;
    memset(address + route->prefix / 8, 0, 4 - route->prefix / 8);
    return true;
}

/* ---- name servers ------------------------------------------------------------------ */

static void add_server(int family, const char *text)
{
    uint8_t address[16];
    unsigned int i;

    if (server_count == SERVERS_MAX || inet_pton(family, text, address) != 1) return;
    inet_ntop(family, address, servers[server_count], INET6_ADDRSTRLEN);
    /* A peer that has one may name it twice. */
    for (i = 0; strcmp(servers[i], servers[server_count]); i++) {}
    if (i == server_count) server_count++;
}

/* Those of the entry, else the peer's; no others are asked for. */
static void find_servers(void)
{
    bool own = wanted.dns1[0] || wanted.dns2[0];

    server_count = 0;
    add_server(AF_INET, own ? wanted.dns1 : peers[0]);
    add_server(AF_INET, own ? wanted.dns2 : peers[1]);
    add_server(AF_INET6, wanted.dns61);
    add_server(AF_INET6, wanted.dns62);
}

/* Scripts of other packages would set them a second time, and not take them back when pppd is
 * killed: they get none. */
static void take_peers(void)
{
    static const char *const names[] = {"DNS1", "DNS2"};
    unsigned int i;

    pppd_unset_script_value("USEPEERDNS");
    for (i = 0; i < 2; i++)
    {
        wire_set_text(peers[i], sizeof(peers[i]), pppd_script_value(names[i]));
        pppd_unset_script_value(names[i]);
    }
}

const char *network_peer_server(unsigned int index)
{
    return peers[index];
}

static void resolver_set(void);

static void resolver_late(void)
{
    session_log(4, "the program that sets name servers takes too long");
    resolver_set();
}

static void resolver_set(void)
{
    if (!is_pending) return;
    is_pending = false;
    pppd_stop_timer(resolver_late);
    if (ready) ready();
}

static void set_resolver(void)
{
    static unsigned int count;
    static char id[32], interface[17];
    char *argv[6 + SERVERS_MAX + 1] = {NULL, NULL, id, interface};
    unsigned int i;

    take_peers();
    find_servers();
    if (!network_resolver[0] || !server_count) return;
    if (wire_set_text(interface, sizeof(interface), pppd_script_value("IFNAME"))) return;
    snprintf(id, sizeof(id), "%d-%u", (int)getpid(), ++count);
    argv[4] = (char *)(wanted.flags & (WIRE_NETWORK_DEFAULT | WIRE_NETWORK_DEFAULT6) ? "yes" : "no");
    argv[5] = wanted.dns_suffix;
    for (i = 0; i < server_count; i++) argv[6 + i] = servers[i];
    if (!(is_pending = keeper_start(network_resolver, argv, resolver_set)))
        session_log(4, "the program that sets name servers can't be run");
    else
        pppd_start_timer(resolver_late, RESOLVER_MS);
}

/* ---- the link ---------------------------------------------------------------------- */

void network_ip_up(void)
{
    struct route route = {.family = AF_INET, .metric = wanted.metric, .before = true};

    if (wanted.flags & WIRE_NETWORK_DEFAULT)
        add_route(&route);
    else if ((wanted.flags & WIRE_NETWORK_CLASS) && class_route(&route, pppd_script_value("IPLOCAL")))
    {
        route.before = false;
        add_route(&route);
    }
    set_resolver();
}

/* The kernel takes metric 0 of IPv6 for 1024. */
void network_ip6_up(bool alone)
{
    struct route route = {.family = AF_INET6, .metric = wanted.metric6 ? wanted.metric6 : 1, .before = true};

    if (wanted.flags & WIRE_NETWORK_DEFAULT6) add_route(&route);
    if (alone) set_resolver();
}

void network_ip_down(void)
{
    pppd_stop_timer(resolver_late);
    is_pending = false;
    keeper_stop();
}

bool network_is_ready(void (*fn)(void))
{
    ready = fn;
    return !is_pending;
}
