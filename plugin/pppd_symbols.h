/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pppd_symbols.h - pppd's headers and symbols, for the pppd_*.c alone.
 *
 * Everything taken from pppd is a weak reference under a name of our own, so that a symbol
 * that was renamed in 2.5 is simply absent.  Only structures are used whose layout is the
 * same in all of them: struct option, struct protent, lcp_options, ccp_options, the beginning
 * of fsm.  The headers give the types and prove the numbers; they may be those of either edition.
 */
#ifndef PPPD_SYMBOLS_H
#define PPPD_SYMBOLS_H

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* Before stdbool.h: pppd 2.4 has a typedef named bool. */
#include <pppd/pppd.h>
#ifdef PPPD_VERSION
#include <pppd/options.h>
#include <pppd/chap.h>
#define HEADERS_25 1
#else
#include <pppd/chap-new.h>
#define HEADERS_25 0
#endif
#include <pppd/fsm.h>
#include <pppd/lcp.h>
#include <pppd/ccp.h>
/* Of CHAP only the type of its algorithms is wanted; peer_packets.h has these names. */
#undef CHAP_CHALLENGE
#undef CHAP_RESPONSE
#undef CHAP_SUCCESS
#undef CHAP_FAILURE

#include "cbcp_packets.h"
#include "peer_packets.h"
#include "pppd_compat.h"
#include "ras_wire.h"

#define ASSERT(name, condition) typedef char assert_##name[(condition) ? 1 : -1] __attribute__((unused))

#if HEADERS_25
typedef struct option pppd_option;
#else
typedef option_t pppd_option;
#endif

/* The notifications that are used; numbers for 2.5, lists in 2.4. */
enum notification
{
    NOTIFY_PHASE = 1,
    NOTIFY_EXIT = 2,
    NOTIFY_SIGNAL = 3,
    NOTIFY_IP_UP = 4,
    NOTIFY_IP_DOWN = 5,
    NOTIFY_IPV6_UP = 6,
    NOTIFY_AUTH_UP = 8,
    NOTIFY_FORK = 10
};
#if HEADERS_25
ASSERT(nf_phase, (int)NOTIFY_PHASE == NF_PHASE_CHANGE);
ASSERT(nf_exit, (int)NOTIFY_EXIT == NF_EXIT);
ASSERT(nf_signal, (int)NOTIFY_SIGNAL == NF_SIGNALED);
ASSERT(nf_ip_up, (int)NOTIFY_IP_UP == NF_IP_UP);
ASSERT(nf_ip_down, (int)NOTIFY_IP_DOWN == NF_IP_DOWN);
ASSERT(nf_ipv6_up, (int)NOTIFY_IPV6_UP == NF_IPV6_UP);
ASSERT(nf_auth_up, (int)NOTIFY_AUTH_UP == NF_AUTH_UP);
ASSERT(nf_fork, (int)NOTIFY_FORK == NF_FORK);
#endif

#define SYMBOL(name) __asm__(name) __attribute__((weak, visibility("default")))

/* In every pppd. */
extern char **sym_script_env SYMBOL("script_env");
extern char sym_user[PPPD_NAME_SIZE] SYMBOL("user");
extern char sym_passwd[PPPD_NAME_SIZE] SYMBOL("passwd");
extern void (*sym_snoop_recv_hook)(unsigned char *, int) SYMBOL("snoop_recv_hook");
extern void (*sym_snoop_send_hook)(unsigned char *, int) SYMBOL("snoop_send_hook");
extern int (*sym_pap_check_hook)(void) SYMBOL("pap_check_hook");
extern int (*sym_chap_check_hook)(void) SYMBOL("chap_check_hook");
extern int (*sym_pap_passwd_hook)(char *, char *) SYMBOL("pap_passwd_hook");
extern int (*sym_chap_passwd_hook)(char *, char *) SYMBOL("chap_passwd_hook");
extern void (*sym_multilink_join_hook)(void) SYMBOL("multilink_join_hook"); /* NULL: without multilink */
extern struct protent sym_chap SYMBOL("chap_protent");
extern struct protent sym_pap SYMBOL("pap_protent");
extern struct protent sym_eap SYMBOL("eap_protent");
extern void sym_eap_authwithpeer(int, char *) SYMBOL("eap_authwithpeer");
extern void sym_chap_auth_with_peer(int, char *, int) SYMBOL("chap_auth_with_peer");
extern void sym_upap_authwithpeer(int, char *, char *) SYMBOL("upap_authwithpeer");
extern struct chap_digest_type *sym_chap_find_digest(int) SYMBOL("chap_find_digest");
extern void sym_output(int, unsigned char *, int) SYMBOL("output");
extern void sym_record_child(int, char *, void (*)(void *), void *, int) SYMBOL("record_child");
extern void sym_warn(const char *, ...) SYMBOL("warn");
extern struct protent *sym_protocols[] SYMBOL("protocols");
extern lcp_options sym_lcp_wantoptions[] SYMBOL("lcp_wantoptions");
extern lcp_options sym_lcp_gotoptions[] SYMBOL("lcp_gotoptions");

/* Until 2.4. */
extern void sym24_add_options(pppd_option *) SYMBOL("add_options");
extern void sym24_option_error(const char *, ...) SYMBOL("option_error");
extern void sym24_timeout(void (*)(void *), void *, int, int) SYMBOL("timeout");
extern void sym24_untimeout(void (*)(void *), void *) SYMBOL("untimeout");
extern void sym24_add_notifier(void **, void (*)(void *, int), void *) SYMBOL("add_notifier");
extern void sym24_script_unsetenv(char *) SYMBOL("script_unsetenv");
extern volatile int sym24_status SYMBOL("status");
extern void *sym24_phasechange SYMBOL("phasechange");
extern void *sym24_exitnotify SYMBOL("exitnotify");
extern void *sym24_sigreceived SYMBOL("sigreceived");
extern void *sym24_ip_up_notifier SYMBOL("ip_up_notifier");
extern void *sym24_ip_down_notifier SYMBOL("ip_down_notifier");
extern void *sym24_ipv6_up_notifier SYMBOL("ipv6_up_notifier");
extern void *sym24_auth_up_notifier SYMBOL("auth_up_notifier");
extern void *sym24_fork_notifier SYMBOL("fork_notifier");

/* CCP and what comes after it; in every pppd, IPv6CP in most. */
extern struct protent sym_ccp SYMBOL("ccp_protent");
extern struct protent sym_ipcp SYMBOL("ipcp_protent");
extern struct protent sym_ipv6cp SYMBOL("ipv6cp_protent");
extern fsm sym_ccp_fsm[] SYMBOL("ccp_fsm");
extern ccp_options sym_ccp_wantoptions[] SYMBOL("ccp_wantoptions");
extern ccp_options sym_ccp_gotoptions[] SYMBOL("ccp_gotoptions");
extern ccp_options sym_ccp_allowoptions[] SYMBOL("ccp_allowoptions");
extern int sym_ccp_test(int, unsigned char *, int, int) SYMBOL("ccp_test");
extern void sym_continue_networks(int) SYMBOL("continue_networks");

/* Where there is MPPE. */
extern void sym24_mppe_v1(unsigned char *, unsigned char *) SYMBOL("mppe_set_keys");
extern void sym24_mppe_v2(unsigned char *, unsigned char *, int) SYMBOL("mppe_set_keys2");
extern void sym25_mppe_keys(unsigned char *, unsigned char *, int) SYMBOL("mppe_set_keys");
extern void sym25_mppe_v2(unsigned char *, unsigned char *, int) SYMBOL("mppe_set_chapv2");

/* From 2.5 on. */
extern void sym25_add_options(pppd_option *) SYMBOL("ppp_add_options");
extern void sym25_option_error(const char *, ...) SYMBOL("ppp_option_error");
extern void sym25_timeout(void (*)(void *), void *, int, int) SYMBOL("ppp_timeout");
extern void sym25_untimeout(void (*)(void *), void *) SYMBOL("ppp_untimeout");
extern void sym25_add_notify(int, void (*)(void *, int), void *) SYMBOL("ppp_add_notify");
extern void sym25_script_unsetenv(char *) SYMBOL("ppp_script_unsetenv");
extern int sym25_status(void) SYMBOL("ppp_status");

/* From 2.5.3 on. */
extern void sym253_add_fd_callback(int, void (*)(int, void *), void *) SYMBOL("add_fd_callback");
extern void sym_remove_fd(int) SYMBOL("remove_fd");

struct symbol
{
    const char *name;
    const void *address;
};

#define ENTRY(name, symbol) {name, (const void *)&symbol}

static inline bool is_25(void)
{
    return sym25_add_notify != NULL;
}

#define UNIT 0 /* the only link of a pppd */

/* Call fn when this happens. */
void pppd_notify(enum notification which, void (*fn)(void *, int));

#endif
