/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pppd_mppe.c - MPPE with a peer that can do it, and the link without it otherwise.
 *
 * pppd knows MPPE as required or as refused.  So it is required just before CCP opens, which makes
 * pppd put the network protocols off until it is agreed on; and whatever would make pppd end the
 * link for want of it makes it not required any more, before pppd gets to see that: pppd reads a
 * refusal that names nothing, and asks anew for what else there is.  CCP itself goes on; a peer that
 * already has its answer would not ask again.  The network protocols begin when it is open: the
 * kernel drops what its compressor makes before.
 */
#include "config.h"

#include "pppd_symbols.h"

#include "mppe_packets.h"

/* Three requests of CCP without an agreement: this peer does not even reject protocols. */
#define LIMIT_MS 8000u
#define MPPE_KEY 16u

/* A request of the peer's that must wait, the last one. */
struct early
{
    void (*input)(int, unsigned char *, int);
    unsigned char packet[256];
    int len;
};

static bool (*is_wanted)(void);
static void (*open_ccp)(int);
static void (*ccp_rejected)(int);
static bool is_asked;   /* pppd's options are ours */
static bool is_pending; /* the network protocols wait */
static ccp_options want, allow; /* as they were */
/* pppd, whose own network protocols are closed, would turn their requests down, and the peer
 * repeat them after 3 seconds. */
static struct early early_ccp, early_ip, early_ip6;

static bool keep(struct early *early, const unsigned char *packet, int len)
{
    if (len < 4 || (size_t)len > sizeof(early->packet)) return false;
    memcpy(early->packet, packet, (size_t)len);
    early->len = len;
    return true;
}

static void keep_or_pass(struct early *early, int unit, unsigned char *packet, int len)
{
    if (!is_pending || len < 1 || packet[0] != CP_CONF_REQ || !keep(early, packet, len))
        early->input(unit, packet, len);
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

static void restore_options(void)
{
    if (!is_asked) return;
    is_asked = false;
    sym_ccp_wantoptions[UNIT] = want;
    sym_ccp_allowoptions[UNIT] = allow;
}

static void settle(void)
{
    pppd_stop_timer(give_up);
    is_pending = false;
}

void pppd_forget_mppe(void)
{
    if (is_pending) settle();
    early_ccp.len = early_ip.len = early_ip6.len = 0;
    restore_options();
}

static void begin_networks(void)
{
    bool is_encrypted = sym_ccp_gotoptions[UNIT].mppe != 0;

    settle();
    if (!is_encrypted) sym_continue_networks(UNIT); /* else pppd has begun them */
    pass(&early_ip);
    pass(&early_ip6);
}

/* What else is wanted of CCP, and what this kernel has of it. */
static void not_required(void)
{
    if (!is_asked) return;
    restore_options();
    sym_ccp_gotoptions[UNIT].mppe = 0;
    sym_ccp_fsm[UNIT].callbacks->resetci(&sym_ccp_fsm[UNIT]);
    sym_warn("wineras: no encryption with this peer");
}

static void give_up(void)
{
    not_required();
    sym_ccp.close(UNIT, NULL);
    begin_networks();
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
    early_ccp.input(unit, packet, len);
    if (is_asked) sym_ccp_allowoptions[UNIT].mppe = allowed;
}

static void refuse(int unit, uint8_t id)
{
    unsigned char nothing[] = {CP_CONF_REJ, id, 0, 4};

    not_required();
    early_ccp.input(unit, nothing, sizeof(nothing));
}

/* Ours has its answer.  A peer that agrees to MPPE and asks for something else gets nothing of that. */
static void answer_early(void)
{
    int len = early_ccp.len;

    if (!len || (is_asked && sym_ccp_fsm[UNIT].state != ACKRCVD)) return;
    early_ccp.len = 0;
    if (is_asked && len > 4)
        decline(UNIT, early_ccp.packet, len);
    else
        early_ccp.input(UNIT, early_ccp.packet, len);
}

static enum mppe_verdict judge(const unsigned char *packet, int len)
{
    if (!is_pending || !is_asked || len < 1) return MPPE_GO_ON;
    return mppe_judge(packet, (size_t)len, sym_ccp_fsm[UNIT].reqid, sym_ccp_allowoptions[UNIT].mppe);
}

static void judged_input(int unit, unsigned char *packet, int len)
{
    switch (judge(packet, len))
    {
    case MPPE_LATER:
        if (!keep(&early_ccp, packet, len)) decline(unit, packet, len);
        break;
    case MPPE_DECLINE:
        decline(unit, packet, len);
        break;
    case MPPE_REFUSED:
        refuse(unit, packet[1]);
        break;
    case MPPE_ENDED:
        not_required();
        early_ccp.input(unit, packet, len);
        begin_networks();
        return;
    case MPPE_GO_ON:
        early_ccp.input(unit, packet, len);
        break;
    }
    if (!is_pending) return;
    answer_early();
    if (sym_ccp_fsm[UNIT].state == OPENED) begin_networks();
}

static void rejected(int unit)
{
    if (is_pending) not_required();
    ccp_rejected(unit);
    if (is_pending) begin_networks();
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
    ccp_rejected = sym_ccp.protrej;
    sym_ccp.protrej = rejected;
    hook(&early_ccp, &sym_ccp, judged_input);
    hook(&early_ip, &sym_ipcp, ip_input);
    hook(&early_ip6, &sym_ipv6cp, ip6_input);
}
