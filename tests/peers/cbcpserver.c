/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * cbcpserver.c - plugin for a pppd that is the server: accepts the LCP option for call
 * back and speaks the server's part of CBCP, which pppd does not have.
 *
 *   callback-offers KINDS   digits: 1 none, 2 the caller's number, 3 preset, 4 list
 *   callback-patience N     end the link when there is no answer for so many seconds
 *   callback-resend N       repeat the request after so many seconds (3)
 *   callback-mute           never acknowledge
 *   callback-never          agree, but exit as if nothing had been agreed
 *   callback-freeze         agree, and do nothing any more
 *
 * Where a call back was agreed its pppd exits with 14, by which hayes.c knows.
 * For pppd 2.4; a test tool.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <pppd/pppd.h>
#include <pppd/cbcp.h>
#include <pppd/fsm.h>
#include <pppd/lcp.h>

void plugin_init(void);

#define UNIT     0
#define REQUEST  1
#define RESPONSE 2
#define ACK      3
#define CONF_ACK 2 /* of LCP */
#define EXIT_CALLS_BACK 14

static char *offers;
static int patience, resend_seconds = 3;
static bool is_mute, never, freezes;
static bool accepted; /* the LCP option */
static bool agreed;
static int (*judge)(fsm *, u_char *, int *, int);
static fsm_callbacks lcp_callbacks;

static void send_packet(int code, int id, const u_char *data, int len)
{
    u_char frame[300] = {0xff, 3, PPP_CBCP >> 8, PPP_CBCP & 0xff, (u_char)code, (u_char)id, 0, (u_char)(len + 4)};

    memcpy(frame + 8, data, (size_t)len);
    output(UNIT, frame, 8 + len);
}

/* As Windows does it: an empty address with the caller's number. */
static void send_request(void *context)
{
    static const u_char kinds[][16] = {{0}, {1, 2}, {2, 5, 0, 1, 0}, {3, 3, 0},
                                       {4, 15, 0, 1, '1', '2', '3', '4', 0, 1, '5', '6', '7', '8', 0}};
    u_char options[64];
    const char *kind;
    int len = 0;

    (void)context;
    for (kind = offers; *kind; kind++)
    {
        if (*kind < '1' || *kind > '4') continue;
        memcpy(options + len, kinds[*kind - '0'], kinds[*kind - '0'][1]);
        len += kinds[*kind - '0'][1];
    }
    info("cbcpserver: request");
    send_packet(REQUEST, 7, options, len);
    timeout(send_request, NULL, resend_seconds, 0);
}

static void give_up(void *context)
{
    (void)context;
    info("cbcpserver: gives up");
    untimeout(send_request, NULL);
    lcp_close(UNIT, (char *)"No answer");
}

static void open_cbcp(int unit)
{
    (void)unit;
    send_request(NULL);
    if (patience) timeout(give_up, NULL, patience, 0);
}

static void received(int unit, u_char *packet, int len)
{
    char number[256] = "";
    int total;

    (void)unit;
    if (len < 6 || packet[0] != RESPONSE || (total = packet[2] << 8 | packet[3]) > len || total > 250) return;
    untimeout(send_request, NULL);
    untimeout(give_up, NULL);
    if (packet[4] == 2 && total > 9) snprintf(number, sizeof(number), "%.*s", total - 9, packet + 8);
    info("cbcpserver: response %d number '%s'", packet[4], number);
    if (is_mute) return;
    agreed = packet[4] != 1;
    send_packet(ACK, packet[1], packet + 4, total - 4);
    if (!agreed) start_networks(UNIT);
    if (agreed && freezes) raise(SIGSTOP);
}

/* pppd would reject the option: it gets the request without it. */
static int judge_request(fsm *f, u_char *options, int *len, int reject)
{
    u_char whole[1500], *p;
    int total = *len, code;

    accepted = 0;
    if (total > (int)sizeof(whole)) return judge(f, options, len, reject);
    memcpy(whole, options, (size_t)total);
    for (p = options; p + 1 < options + total && p[1] >= 2; p += p[1])
    {
        if (p[0] != CI_CALLBACK || p[1] != 3 || p[2] != CBCP_OPT) continue;
        memmove(p, p + 3, (size_t)(options + total - p - 3));
        *len = total - 3;
        accepted = 1;
        break;
    }
    code = judge(f, options, len, reject);
    if (!accepted || code != CONF_ACK) return code;
    memcpy(options, whole, (size_t)total);
    *len = total;
    return code;
}

static void phase_changed(void *context, int phase)
{
    (void)context;
    if (phase != PHASE_SERIALCONN || judge || !offers) return;
    lcp_callbacks = *lcp_fsm[UNIT].callbacks;
    judge = lcp_callbacks.reqci;
    lcp_callbacks.reqci = judge_request;
    lcp_fsm[UNIT].callbacks = &lcp_callbacks;
}

static void auth_up(void *context, int unused)
{
    (void)context;
    (void)unused;
    info("cbcpserver: the caller %s be called back", accepted ? "can" : "cannot");
    if (accepted) lcp_gotoptions[UNIT].neg_cbcp = 1;
}

static void leaving(void *context, int exit_status)
{
    (void)context;
    (void)exit_status;
    if (agreed && !never) _exit(EXIT_CALLS_BACK);
}

static void nothing(int unit)
{
    (void)unit;
}

void plugin_init(void)
{
    static option_t options[] = {
        {"callback-offers", o_string, &offers, "kinds of call back", 0, NULL, 0, 0, NULL, 0, 0},
        {"callback-patience", o_int, &patience, "seconds", 0, NULL, 0, 0, NULL, 0, 0},
        {"callback-resend", o_int, &resend_seconds, "seconds", 0, NULL, 0, 0, NULL, 0, 0},
        {"callback-mute", o_bool, &is_mute, "no acknowledgement", 1, NULL, 0, 0, NULL, 0, 0},
        {"callback-never", o_bool, &never, "nobody calls back", 1, NULL, 0, 0, NULL, 0, 0},
        {"callback-freeze", o_bool, &freezes, "stop when all is agreed", 1, NULL, 0, 0, NULL, 0, 0},
        {NULL, o_wild, NULL, NULL, 0, NULL, 0, 0, NULL, 0, 0},
    };

    add_options(options);
    cbcp_protent.enabled_flag = 1;
    cbcp_protent.open = open_cbcp;
    cbcp_protent.input = received;
    cbcp_protent.lowerup = nothing;
    add_notifier(&phasechange, phase_changed, NULL);
    add_notifier(&auth_up_notifier, auth_up, NULL);
    add_notifier(&exitnotify, leaving, NULL);
}
