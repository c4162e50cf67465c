/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pppd_mppe.c - MPPE with a peer that can do it, and the link without it otherwise.
 *
 * pppd knows MPPE as required or as refused.  So it is required just before CCP opens, which
 * makes pppd put the network protocols off until it is agreed on; and whatever would make
 * pppd end the link for want of it makes it not required any more, before pppd gets to see
 * that.  Once agreed on it stays required.
 */
#include "config.h"

#include "pppd_symbols.h"

#include "mppe_packets.h"

/* Three requests of CCP without an agreement: this peer does not even reject protocols. */
#define LIMIT_MS 8000u
#define MPPE_KEY 16u

static bool (*is_wanted)(void);
static void (*open_ccp)(int);
static void (*ccp_input)(int, unsigned char *, int);
static void (*ccp_rejected)(int);
static bool is_asked;   /* pppd's options are ours */
static bool is_pending; /* and the network protocols wait */
static ccp_options want, allow; /* as they were */

/* Requests of network protocols that the peer makes meanwhile.  pppd, whose own are closed, would
 * turn them down, and the peer repeat them after 3 seconds. */
static struct early
{
    void (*input)(int, unsigned char *, int);
    unsigned char packet[256];
    int len;
} early_ip, early_ip6;

static void keep_or_pass(struct early *early, int unit, unsigned char *packet, int len)
{
    if (!is_pending || len < 4 || (size_t)len > sizeof(early->packet) || packet[0] != CP_CONF_REQ)
    {
        early->input(unit, packet, len);
        return;
    }
    memcpy(early->packet, packet, (size_t)len);
    early->len = len;
}

static void ip_input(int unit, unsigned char *packet, int len)
{
    keep_or_pass(&early_ip, unit, packet, len);
}

static void ip6_input(int unit, unsigned char *packet, int len)
{
    keep_or_pass(&early_ip6, unit, packet, len);
}

static void pass(struct early *early)
{
    int len = early->len;

    early->len = 0;
    if (len) early->input(UNIT, early->packet, len);
}

/* The network protocols have begun. */
static void pass_early(void)
{
    pass(&early_ip);
    pass(&early_ip6);
}

static void hook(struct early *early, struct protent *protocol, void (*input)(int, unsigned char *, int))
{
    if (!protocol) return;
    early->input = protocol->input;
    protocol->input = input;
}

/* pppd would end the link. */
static bool kernel_has_mppe(void)
{
    unsigned char option[MPPE_LENGTH + MPPE_KEY] = {MPPE_OPTION, MPPE_LENGTH, 1, 0, 0, 0x40};

    return sym_ccp_test(UNIT, option, sizeof(option), 0) > 0;
}

static void give_up(void);

static void settle(void)
{
    pppd_stop_timer(give_up);
    is_pending = false;
}

static void restore_options(void)
{
    if (!is_asked) return;
    is_asked = false;
    sym_ccp_wantoptions[UNIT] = want;
    sym_ccp_allowoptions[UNIT] = allow;
}

void pppd_forget_mppe(void)
{
    if (is_pending) settle();
    early_ip.len = early_ip6.len = 0;
    restore_options();
}

static void not_required(void)
{
    settle();
    restore_options();
    sym_ccp_gotoptions[UNIT].mppe = 0;
    sym_warn("wineras: no encryption with this peer");
}

static void begin_networks(void)
{
    sym_continue_networks(UNIT);
    pass_early();
}

/* Begin CCP anew, for compression alone, or end it. */
static void go_on_without(bool reopen)
{
    not_required();
    sym_ccp.lowerdown(UNIT);
    sym_ccp.close(UNIT, NULL);
    sym_ccp.lowerup(UNIT);
    if (reopen) open_ccp(UNIT);
    begin_networks();
}

static void give_up(void)
{
    go_on_without(true);
}

static void offer_and_open(int unit)
{
    pppd_forget_mppe();
    if (!sym_ccp_wantoptions[UNIT].mppe && is_wanted() && kernel_has_mppe())
    {
        want = sym_ccp_wantoptions[UNIT];
        allow = sym_ccp_allowoptions[UNIT];
        is_asked = true;
        sym_ccp_wantoptions[UNIT].mppe = sym_ccp_allowoptions[UNIT].mppe = MPPE_40 | MPPE_128;
    }
    open_ccp(unit);
    if (!is_asked) return;
    if ((is_pending = sym_ccp_gotoptions[UNIT].mppe != 0)) pppd_start_timer(give_up, LIMIT_MS);
}

/* Without MPPE being allowed pppd just rejects the request. */
static void decline(int unit, unsigned char *packet, int len)
{
    unsigned char allowed = sym_ccp_allowoptions[UNIT].mppe;

    sym_ccp_allowoptions[UNIT].mppe = 0;
    ccp_input(unit, packet, len);
    if (is_asked) sym_ccp_allowoptions[UNIT].mppe = allowed;
}

static void judged_input(int unit, unsigned char *packet, int len)
{
    enum mppe_verdict verdict = MPPE_GO_ON;

    if (is_pending && len > 0)
        verdict = mppe_judge(packet, (size_t)len, sym_ccp_fsm[UNIT].reqid, sym_ccp_allowoptions[UNIT].mppe);
    switch (verdict)
    {
    case MPPE_REFUSED:
        go_on_without(true);
        return;
    case MPPE_DECLINE:
        decline(unit, packet, len);
        return;
    case MPPE_ENDED:
        go_on_without(false);
        break;
    case MPPE_GO_ON:
        break;
    }
    ccp_input(unit, packet, len);
    if (!is_pending || sym_ccp_fsm[UNIT].state != OPENED) return;
    settle();
    pass_early();
}

static void rejected(int unit)
{
    bool was_pending = is_pending;

    if (was_pending) not_required();
    ccp_rejected(unit);
    if (was_pending) begin_networks();
}

void pppd_offer_mppe(bool (*wanted)(void))
{
    const struct symbol needed[] = {
        ENTRY("ccp_protent", sym_ccp), ENTRY("ccp_fsm", sym_ccp_fsm),
        ENTRY("ccp_wantoptions", sym_ccp_wantoptions), ENTRY("ccp_gotoptions", sym_ccp_gotoptions),
        ENTRY("ccp_allowoptions", sym_ccp_allowoptions),
        ENTRY("ccp_test", sym_ccp_test), ENTRY("continue_networks", sym_continue_networks),
        {"mppe_set_keys2", is_25() ? (const void *)&sym25_mppe_v2 : (const void *)&sym24_mppe_v2},
    };
    size_t i;

    if (is_wanted) return;
    for (i = 0; i < sizeof(needed) / sizeof(*needed); i++)
        if (!needed[i].address) return;
    is_wanted = wanted;
    open_ccp = sym_ccp.open;
    sym_ccp.open = offer_and_open;
    ccp_input = sym_ccp.input;
    sym_ccp.input = judged_input;
    ccp_rejected = sym_ccp.protrej;
    sym_ccp.protrej = rejected;
    hook(&early_ip, &sym_ipcp, ip_input);
    hook(&early_ip6, &sym_ipv6cp, ip6_input);
}
