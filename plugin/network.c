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

#include "pppd_compat.h"

bool network_may_route;
char network_resolver[256];
static struct wire_link_network wanted;
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
}

/* The kernel takes metric 0 of IPv6 for 1024. */
void network_ip6_up(void)
{
    struct route route = {.family = AF_INET6, .metric = wanted.metric6 ? wanted.metric6 : 1, .before = true};

    if (wanted.flags & WIRE_NETWORK_DEFAULT6) add_route(&route);
}

void network_ip_down(void)
{
}

bool network_is_ready(void (*fn)(void))
{
    ready = fn;
    return !is_pending;
}
