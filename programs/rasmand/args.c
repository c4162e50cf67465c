/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * args.c - what pppd is told on its command line.  Name and password go to the
 * plugin; privileged options are in the peers file, which only root writes.
 */
#include "config.h"

#include "args.h"

#include <arpa/inet.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void args_init(struct args *args)
{
    memset(args, 0, sizeof(*args));
}

void args_clear(struct args *args)
{
    unsigned int i;

    for (i = 0; i < args->count; i++) free(args->argv[i]);
    args_init(args);
}

void args_add(struct args *args, const char *arg)
{
    if (args->count >= ARGS_MAX || !(args->argv[args->count] = strdup(arg)))
        args->failed = true;
    else
        args->argv[++args->count] = NULL;
}

void args_addf(struct args *args, const char *format, ...)
{
    char buf[256];
    va_list list;
    int n;

    va_start(list, format);
    n = vsnprintf(buf, sizeof(buf), format, list);
    va_end(list);
    if (n < 0 || (size_t)n >= sizeof(buf))
        args->failed = true;
    else
        args_add(args, buf);
}

/* What each method is called when it is refused, and whether it gives MPPE its keys. */
static const struct
{
    uint32_t bit;
    const char *refuse;
    bool has_keys;
} methods[] = {
    {WIRE_AUTH_PAP, "refuse-pap", false},
    {WIRE_AUTH_CHAP, "refuse-chap", false},
    {WIRE_AUTH_MSCHAP, "refuse-mschap", true},
    {WIRE_AUTH_MSCHAPV2, "refuse-mschap-v2", true},
    {WIRE_AUTH_EAP, "refuse-eap", true},
};
#define METHODS (sizeof(methods) / sizeof(*methods))

static bool requires_encryption(const struct wire_dial *dial)
{
    return dial->encryption == WIRE_ENCRYPT_REQUIRE || dial->encryption == WIRE_ENCRYPT_MAX;
}

/* The methods that are left, no bit set being all of them.  Where encryption is required the
 * peer must not choose one without keys, unless there is no other: then it ends for that. */
static uint32_t allowed_methods(const struct wire_dial *dial)
{
    uint32_t allowed = 0, with_keys = 0;
    size_t i;

    for (i = 0; i < METHODS; i++)
    {
        if (dial->auth_allowed && !(dial->auth_allowed & methods[i].bit)) continue;
        allowed |= methods[i].bit;
        if (methods[i].has_keys) with_keys |= methods[i].bit;
    }
    return requires_encryption(dial) && with_keys ? with_keys : allowed;
}

static void add_authentication(struct args *args, const struct wire_dial *dial)
{
    uint32_t allowed = allowed_methods(dial);
    size_t i;

    for (i = 0; i < METHODS; i++)
        if (!(allowed & methods[i].bit)) args_add(args, methods[i].refuse);
}

bool args_want_ccp(const struct wire_dial *dial)
{
    return (dial->ppp_options & WIRE_PPP_SW_COMPRESS) || requires_encryption(dial);
}

/* Not in a bundle: a pppd whose own link is down ignores what the peer says of a lost packet, which
 * these methods can't do without. */
static bool compresses(const struct wire_dial *dial)
{
    return (dial->ppp_options & (WIRE_PPP_SW_COMPRESS | WIRE_PPP_MULTILINK)) == WIRE_PPP_SW_COMPRESS;
}

static void add_compression(struct args *args, const struct wire_dial *dial)
{
    switch (dial->encryption)
    {
    case WIRE_ENCRYPT_NONE:
        args_add(args, "nomppe");
        break;
    case WIRE_ENCRYPT_REQUIRE:
        args_add(args, "require-mppe");
        break;
    case WIRE_ENCRYPT_MAX:
        args_add(args, "require-mppe-128");
        break;
    default: /* optional: pppd can only require it, so the plugin asks for it */
        args_add(args, "wineras-mppe");
        break;
    }
    /* MPPE is negotiated by the same protocol as compression, so that goes off
     * as a whole only when there is no MPPE either. */
    if (!compresses(dial))
    {
        args_add(args, "nobsdcomp");
        args_add(args, "nodeflate");
        if (dial->encryption == WIRE_ENCRYPT_NONE) args_add(args, "noccp");
    }
    if (!(dial->ppp_options & WIRE_PPP_HEADER_COMPRESS)) args_add(args, "novj");
    /* Of RFC 1570 pppd has call back alone, which is the plugin's (conn_offers_callback()). */
    if (dial->ppp_options & WIRE_PPP_NO_LCP_EXT) args_add(args, "noendpoint");
}

/* An address of the entry is one that the peer must agree to: without ipcp-accept-local pppd
 * asks for it until the peer gives in or either of them gives up. */
static void add_ipv4(struct args *args, const struct wire_dial *dial)
{
    struct in_addr address;

    if (!dial->ip_address[0])
    {
        args_add(args, "noipdefault");
        args_add(args, "ipcp-accept-local");
    }
    else if (inet_pton(AF_INET, dial->ip_address, &address) == 1)
        args_addf(args, "%s:", dial->ip_address);
    else
        args->failed = true;
    args_add(args, "ipcp-accept-remote");
    /* Routes are the plugin's. */
    args_add(args, "nodefaultroute");
    if (dial->ppp_options & WIRE_PPP_PEER_DNS) args_add(args, "usepeerdns");
}

static void add_ipv6(struct args *args)
{
    args_add(args, "+ipv6");
    args_add(args, "nodefaultroute6");
}

/* 0 leaves it to root's own options of pppd, to which 0 says never. */
static void add_idle(struct args *args, const struct wire_dial *dial)
{
    if (!dial->idle_seconds) return;
    args_add(args, "idle");
    args_addf(args, "%u", dial->idle_seconds <= INT_MAX ? (unsigned int)dial->idle_seconds : 0);
}

/* The links of a bundle find each other by its name here, and by the endpoint at the peer. */
static void add_multilink(struct args *args, const struct wire_dial *dial, uint32_t connection)
{
    if (!(dial->ppp_options & WIRE_PPP_MULTILINK))
    {
        args_add(args, "nomp");
        return;
    }
    args_add(args, "mp");
    args_add(args, "bundle");
    args_addf(args, "wineras-%u-%u", (unsigned int)getuid(), connection);
    if (dial->ppp_options & WIRE_PPP_NO_LCP_EXT) return;
    args_add(args, "endpoint");
    args_addf(args, "local:%02x.%02x.%02x.%02x.%02x.%02x.%02x.%02x", (unsigned int)getuid() >> 24 & 0xff,
              (unsigned int)getuid() >> 16 & 0xff, (unsigned int)getuid() >> 8 & 0xff, (unsigned int)getuid() & 0xff,
              connection >> 24 & 0xff, connection >> 16 & 0xff, connection >> 8 & 0xff, connection & 0xff);
}

void args_build(struct args *args, const struct wire_dial *dial, uint32_t connection, int fd)
{
    args_add(args, "pppd");
    args_add(args, "call");
    args_add(args, "wineras");
    args_add(args, "wineras-fd");
    args_addf(args, "%d", fd);
    args_add(args, "nodetach");
    args_add(args, "nopersist");
    args_add(args, "hide-password");
    /* Standard output may be the line itself. */
    args_add(args, "logfd");
    args_add(args, "2");
    args_add(args, "ipparam");
    args_addf(args, "wineras-%u", connection);
    /* Debian's options file asks every two minutes; a dead peer shows earlier. */
    args_add(args, "lcp-echo-interval");
    args_add(args, "10");
    args_add(args, "lcp-echo-failure");
    args_add(args, "4");
    /* One request to end, then the line is hung up anyway: a dead peer must not
     * hold RasHangUp for long. */
    args_add(args, "lcp-max-terminate");
    args_add(args, "1");
    add_authentication(args, dial);
    add_compression(args, dial);
    add_multilink(args, dial, connection);
    if (!dial->protocols || (dial->protocols & WIRE_PROTO_IPV4))
        add_ipv4(args, dial);
    else
        args_add(args, "noip");
    if (dial->protocols & WIRE_PROTO_IPV6)
        add_ipv6(args);
    else
        args_add(args, "noipv6");
    add_idle(args, dial);
}
