/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pppd_callback.c - a place for CBCP in pppd, between authentication and the network
 * protocols.
 */
#include "config.h"

#include "pppd_symbols.h"

/* pppd's own part is neither in every build nor of use: a protocol of ours takes its
 * place, or that of ECP, which no pppd has ever had more than the name of.  pppd must not see
 * that the peer agreed, or it starts its own; so it opens the network protocols at once, and
 * these openings are put off, in pppd's order. */
static const uint16_t put_off[] = {PPP_PROTO_CCP, PPP_PROTO_IPCP, PPP_PROTO_IPV6CP};
#define PUT_OFF (sizeof(put_off) / sizeof(*put_off))
#define ECP 0x8053

static void (*open_network[PUT_OFF])(int);
static bool wants_open[PUT_OFF];
static bool networks_wait;
static void (*cbcp_input)(const uint8_t *, size_t);
static void (*cbcp_rejected)(void);

static void open_or_wait(size_t index, int unit)
{
    if (networks_wait)
        wants_open[index] = true;
    else
        open_network[index](unit);
}

static void open_ccp(int unit)
{
    open_or_wait(0, unit);
}

static void open_ipcp(int unit)
{
    open_or_wait(1, unit);
}

static void open_ipv6cp(int unit)
{
    open_or_wait(2, unit);
}

/* The link is up and the peer content. */
static void auth_up(void *context, int unused)
{
    (void)context;
    (void)unused;
    networks_wait = sym_lcp_gotoptions[UNIT].neg_cbcp;
    sym_lcp_gotoptions[UNIT].neg_cbcp = 0;
}

static void callback_input(int unit, unsigned char *packet, int len)
{
    (void)unit;
    if (len > 0) cbcp_input(packet, (size_t)len);
}

static void callback_rejected(int unit)
{
    (void)unit;
    cbcp_rejected();
}

static void ignore_unit(int unit)
{
    (void)unit;
}

static void ignore_close(int unit, char *reason)
{
    (void)unit;
    (void)reason;
}

static int print_nothing(unsigned char *packet, int len, void (*printer)(void *, char *, ...), void *context)
{
    (void)packet;
    (void)len;
    (void)printer;
    (void)context;
    return 0;
}

/* The slot of a protocol, or NULL. */
static struct protent **find_protocol(uint16_t protocol)
{
    struct protent **slot;

    for (slot = sym_protocols; *slot; slot++)
        if ((*slot)->protocol == protocol) return slot;
    return NULL;
}

void pppd_offer_callback(void (*input)(const uint8_t *packet, size_t len), void (*rejected)(void))
{
    static void (*const openers[PUT_OFF])(int) = {open_ccp, open_ipcp, open_ipv6cp};
    static struct protent cbcp = {
        .protocol = PPP_PROTO_CBCP,
        .init = ignore_unit,
        .input = callback_input,
        .protrej = callback_rejected,
        .lowerup = ignore_unit,
        .lowerdown = ignore_unit,
        .open = ignore_unit,
        .close = ignore_close,
        .printpkt = print_nothing,
        .enabled_flag = 1,
        .name = (char *)"CBCP",
    };
    const struct symbol needed[] = {
        ENTRY("protocols", sym_protocols),
        ENTRY("lcp_wantoptions", sym_lcp_wantoptions),
        ENTRY("lcp_gotoptions", sym_lcp_gotoptions),
        ENTRY("ccp_gotoptions", sym_ccp_gotoptions),
        {"auth_up_notifier", is_25() ? (const void *)&sym_output : (const void *)&sym24_auth_up_notifier},
    };
    struct protent **slot, **network;
    size_t i;

    if (cbcp_input) return;
    for (i = 0; i < sizeof(needed) / sizeof(*needed); i++)
        if (!needed[i].address) return;
    if (!(slot = find_protocol(PPP_PROTO_CBCP)) && !(slot = find_protocol(ECP))) return;
    for (i = 0; i < PUT_OFF; i++)
    {
        if (!(network = find_protocol(put_off[i])) || !(*network)->open) continue;
        open_network[i] = (*network)->open;
        (*network)->open = openers[i];
    }
    cbcp_input = input;
    cbcp_rejected = rejected;
    *slot = &cbcp;
    sym_lcp_wantoptions[UNIT].neg_cbcp = 1;
    pppd_notify(NOTIFY_AUTH_UP, auth_up);
}

bool pppd_networks_wait(void)
{
    return networks_wait;
}

void pppd_forget_networks(void)
{
    networks_wait = false;
    memset(wants_open, 0, sizeof(wants_open));
}

void pppd_start_networks(void)
{
    size_t i;

    networks_wait = false;
    for (i = 0; i < PUT_OFF; i++)
    {
        if (!wants_open[i]) continue;
        wants_open[i] = false;
        open_network[i](UNIT);
        /* As in pppd: the others come when MPPE is agreed on, and pppd begins them. */
        if (put_off[i] == PPP_PROTO_CCP && sym_ccp_gotoptions[UNIT].mppe) break;
    }
}

void pppd_send(uint16_t protocol, const uint8_t *packet, size_t len)
{
    static unsigned char frame[1500];

    if (len > sizeof(frame) - 4) return;
    frame[0] = 0xff;
    frame[1] = 0x03;
    frame[2] = (unsigned char)(protocol >> 8);
    frame[3] = (unsigned char)protocol;
    memcpy(frame + 4, packet, len);
    sym_output(UNIT, frame, (int)len + 4);
    wire_wipe_memory(frame, sizeof(frame));
}
