/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pppd_compat.c - the only file that knows pppd's headers and symbols.
 *
 * One object serves pppd 2.4 and 2.5: everything taken from pppd is a weak
 * reference under a name of our own, so that a symbol that was renamed in 2.5
 * is simply absent, and pppd_lacks() says in plain words what an unknown pppd
 * lacks.  For the same reason there is no symbol pppd_version (pppd compares it
 * for equality), and only structures are used whose layout is the same in all of
 * them: struct option, struct protent, lcp_options.  The headers give the types and prove the
 * numbers; it compiles against either edition.
 */
#include "config.h"

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

ASSERT(dead, (int)PPPD_DEAD == PHASE_DEAD);
ASSERT(initialize, (int)PPPD_INITIALIZE == PHASE_INITIALIZE);
ASSERT(serialconn, (int)PPPD_SERIALCONN == PHASE_SERIALCONN);
ASSERT(dormant, (int)PPPD_DORMANT == PHASE_DORMANT);
ASSERT(establish, (int)PPPD_ESTABLISH == PHASE_ESTABLISH);
ASSERT(authenticate, (int)PPPD_AUTHENTICATE == PHASE_AUTHENTICATE);
ASSERT(callback, (int)PPPD_CALLBACK == PHASE_CALLBACK);
ASSERT(network, (int)PPPD_NETWORK == PHASE_NETWORK);
ASSERT(running, (int)PPPD_RUNNING == PHASE_RUNNING);
ASSERT(terminate, (int)PPPD_TERMINATE == PHASE_TERMINATE);
ASSERT(disconnect, (int)PPPD_DISCONNECT == PHASE_DISCONNECT);
ASSERT(holdoff, (int)PPPD_HOLDOFF == PHASE_HOLDOFF);
ASSERT(master, (int)PPPD_MASTER == PHASE_MASTER);
ASSERT(fatal, (int)PPPD_EXIT_FATAL == EXIT_FATAL_ERROR);
ASSERT(options, (int)PPPD_EXIT_OPTIONS == EXIT_OPTION_ERROR);
ASSERT(no_kernel, (int)PPPD_EXIT_NO_KERNEL == EXIT_NO_KERNEL_SUPPORT);
ASSERT(user_request, (int)PPPD_EXIT_USER_REQUEST == EXIT_USER_REQUEST);
ASSERT(lock_failed, (int)PPPD_EXIT_LOCK_FAILED == EXIT_LOCK_FAILED);
ASSERT(open_failed, (int)PPPD_EXIT_OPEN_FAILED == EXIT_OPEN_FAILED);
ASSERT(idle, (int)PPPD_EXIT_IDLE == EXIT_IDLE_TIMEOUT);
ASSERT(time_limit, (int)PPPD_EXIT_TIME_LIMIT == EXIT_CONNECT_TIME);
ASSERT(peer_dead, (int)PPPD_EXIT_PEER_DEAD == EXIT_PEER_DEAD);
ASSERT(hangup, (int)PPPD_EXIT_HANGUP == EXIT_HANGUP);
ASSERT(loopback, (int)PPPD_EXIT_LOOPBACK == EXIT_LOOPBACK);
#ifdef EXIT_TRAFFIC_LIMIT /* 2.4 defines it for MAXOCTETS builds only */
ASSERT(traffic_limit, (int)PPPD_EXIT_TRAFFIC_LIMIT == EXIT_TRAFFIC_LIMIT);
#endif
ASSERT(name_size, PPPD_NAME_SIZE == MAXNAMELEN);
ASSERT(secret_size, PPPD_NAME_SIZE == MAXSECRETLEN);

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
    NOTIFY_AUTH_UP = 8,
    NOTIFY_FORK = 10
};
#if HEADERS_25
ASSERT(nf_phase, (int)NOTIFY_PHASE == NF_PHASE_CHANGE);
ASSERT(nf_exit, (int)NOTIFY_EXIT == NF_EXIT);
ASSERT(nf_signal, (int)NOTIFY_SIGNAL == NF_SIGNALED);
ASSERT(nf_ip_up, (int)NOTIFY_IP_UP == NF_IP_UP);
ASSERT(nf_ip_down, (int)NOTIFY_IP_DOWN == NF_IP_DOWN);
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
extern volatile int sym24_status SYMBOL("status");
extern void *sym24_phasechange SYMBOL("phasechange");
extern void *sym24_exitnotify SYMBOL("exitnotify");
extern void *sym24_sigreceived SYMBOL("sigreceived");
extern void *sym24_ip_up_notifier SYMBOL("ip_up_notifier");
extern void *sym24_ip_down_notifier SYMBOL("ip_down_notifier");
extern void *sym24_auth_up_notifier SYMBOL("auth_up_notifier");
extern void *sym24_fork_notifier SYMBOL("fork_notifier");

/* Where there is MPPE. */
extern void sym24_mppe_v1(unsigned char *, unsigned char *) SYMBOL("mppe_set_keys");
extern void sym24_mppe_v2(unsigned char *, unsigned char *, int) SYMBOL("mppe_set_keys2");
extern void sym25_mppe_v1(unsigned char *, unsigned char *) SYMBOL("mppe_set_chapv1");
extern void sym25_mppe_v2(unsigned char *, unsigned char *, int) SYMBOL("mppe_set_chapv2");

/* From 2.5 on. */
extern void sym25_add_options(pppd_option *) SYMBOL("ppp_add_options");
extern void sym25_option_error(const char *, ...) SYMBOL("ppp_option_error");
extern void sym25_timeout(void (*)(void *), void *, int, int) SYMBOL("ppp_timeout");
extern void sym25_untimeout(void (*)(void *), void *) SYMBOL("ppp_untimeout");
extern void sym25_add_notify(int, void (*)(void *, int), void *) SYMBOL("ppp_add_notify");
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

static const struct pppd_handlers *handlers;
static void (*next_snoop_recv)(unsigned char *, int);
static void (*next_snoop_send)(unsigned char *, int);
static int (*next_pap_check)(void);
static int (*next_chap_check)(void);
static int (*next_pap_passwd)(char *, char *);
static int (*next_chap_passwd)(char *, char *);
static bool (*option_set)(const char *value);
static void (*watch_fn)(void);
static bool (*auth_swallow)(uint16_t protocol);
static void (*chap_input)(int, unsigned char *, int);
static void (*pap_input)(int, unsigned char *, int);
static void (*eap_input)(int, unsigned char *, int);

static bool is_25(void)
{
    return sym25_add_notify != NULL;
}

const char *pppd_lacks(void)
{
    const struct symbol both[] = {
        ENTRY("script_env", sym_script_env), ENTRY("user", sym_user),
        ENTRY("passwd", sym_passwd),
        ENTRY("snoop_recv_hook", sym_snoop_recv_hook), ENTRY("snoop_send_hook", sym_snoop_send_hook),
        ENTRY("pap_check_hook", sym_pap_check_hook), ENTRY("chap_check_hook", sym_chap_check_hook),
        ENTRY("pap_passwd_hook", sym_pap_passwd_hook), ENTRY("chap_passwd_hook", sym_chap_passwd_hook),
        ENTRY("chap_protent", sym_chap),
        ENTRY("pap_protent", sym_pap),
        ENTRY("chap_auth_with_peer", sym_chap_auth_with_peer),
        ENTRY("upap_authwithpeer", sym_upap_authwithpeer),
        ENTRY("chap_find_digest", sym_chap_find_digest),
        ENTRY("output", sym_output),
        ENTRY("eap_protent", sym_eap),
        ENTRY("eap_authwithpeer", sym_eap_authwithpeer),
        ENTRY("record_child", sym_record_child), ENTRY("warn", sym_warn),
        {NULL, NULL}
    };
    const struct symbol until_24[] = {
        ENTRY("add_options", sym24_add_options),
        ENTRY("option_error", sym24_option_error),
        ENTRY("timeout", sym24_timeout),
        ENTRY("untimeout", sym24_untimeout),
        ENTRY("add_notifier", sym24_add_notifier),
        ENTRY("status", sym24_status),
        ENTRY("phasechange", sym24_phasechange),
        ENTRY("exitnotify", sym24_exitnotify),
        ENTRY("sigreceived", sym24_sigreceived),
        ENTRY("ip_up_notifier", sym24_ip_up_notifier),
        ENTRY("ip_down_notifier", sym24_ip_down_notifier),
        ENTRY("fork_notifier", sym24_fork_notifier),
        {NULL, NULL}
    };
    const struct symbol from_25[] = {
        ENTRY("ppp_add_options", sym25_add_options),
        ENTRY("ppp_option_error", sym25_option_error),
        ENTRY("ppp_timeout", sym25_timeout),
        ENTRY("ppp_untimeout", sym25_untimeout),
        ENTRY("ppp_status", sym25_status),
        {NULL, NULL}
    };
    const struct symbol *s;

    for (s = both; s->name; s++)
        if (!s->address) return s->name;
    for (s = is_25() ? from_25 : until_24; s->name; s++)
        if (!s->address) return s->name;
    return NULL;
}

const char *pppd_family(void)
{
    if (!is_25()) return "2.4";
    return sym253_add_fd_callback ? "2.5.3" : "2.5";
}

/* ---- options ---------------------------------------------------------------- */

static int set_option(char **argv)
{
    return option_set(argv[0]);
}

void pppd_add_option(const char *name, const char *help, bool (*set)(const char *value))
{
    static pppd_option table[2];

    option_set = set;
    table[0].name = (char *)name;
    table[0].type = o_special;
    table[0].addr = (void *)set_option;
    table[0].description = (char *)help;
    table[0].flags = OPT_NOPRINT;
    if (is_25())
        sym25_add_options(table);
    else
        sym24_add_options(table);
}

/* ---- hooks ------------------------------------------------------------------- */

static void phase_changed(void *context, int new_phase)
{
    (void)context;
    handlers->phase(new_phase);
}

static void leaving(void *context, int exit_status)
{
    (void)context;
    handlers->leaving(exit_status);
}

static void signalled(void *context, int number)
{
    (void)context;
    handlers->signalled(number);
}

static void ip_up(void *context, int unused)
{
    (void)context;
    (void)unused;
    handlers->ip_up();
}

static void ip_down(void *context, int unused)
{
    (void)context;
    (void)unused;
    handlers->ip_down();
}

static void forked(void *context, int unused)
{
    (void)context;
    (void)unused;
    handlers->forked();
}

static void snoop_recv(unsigned char *frame, int len)
{
    if (len > 0) handlers->received(frame, (size_t)len);
    if (next_snoop_recv) next_snoop_recv(frame, len);
}

static void snoop_send(unsigned char *frame, int len)
{
    if (len > 0) handlers->sent(frame, (size_t)len);
    if (next_snoop_send) next_snoop_send(frame, len);
}

static int pap_check(void)
{
    if (handlers->has_password()) return 1;
    return next_pap_check ? next_pap_check() : -1;
}

static int chap_check(void)
{
    if (handlers->has_password()) return 1;
    return next_chap_check ? next_chap_check() : -1;
}

/* password NULL: pppd asks only whether there would be one. */
static int pap_passwd(char *name, char *password)
{
    if (!password && handlers->has_password()) return 1;
    if (password && handlers->get_password(password)) return 1;
    return next_pap_passwd ? next_pap_passwd(name, password) : -1;
}

static int chap_passwd(char *name, char *password)
{
    if (handlers->get_password(password)) return 0;
    return next_chap_passwd ? next_chap_passwd(name, password) : -1;
}

static void add_notify(enum notification which, void (*fn)(void *, int))
{
    void **list = NULL;

    if (is_25())
    {
        sym25_add_notify(which, fn, NULL);
        return;
    }
    switch (which)
    {
    case NOTIFY_PHASE: list = &sym24_phasechange; break;
    case NOTIFY_EXIT: list = &sym24_exitnotify; break;
    case NOTIFY_SIGNAL: list = &sym24_sigreceived; break;
    case NOTIFY_IP_UP: list = &sym24_ip_up_notifier; break;
    case NOTIFY_IP_DOWN: list = &sym24_ip_down_notifier; break;
    case NOTIFY_AUTH_UP: list = &sym24_auth_up_notifier; break;
    case NOTIFY_FORK: list = &sym24_fork_notifier; break;
    }
    sym24_add_notifier(list, fn, NULL);
}

void pppd_set_handlers(const struct pppd_handlers *h)
{
    handlers = h;
    add_notify(NOTIFY_PHASE, phase_changed);
    add_notify(NOTIFY_EXIT, leaving);
    add_notify(NOTIFY_SIGNAL, signalled);
    add_notify(NOTIFY_IP_UP, ip_up);
    add_notify(NOTIFY_IP_DOWN, ip_down);
    add_notify(NOTIFY_FORK, forked);

    next_snoop_recv = sym_snoop_recv_hook;
    sym_snoop_recv_hook = snoop_recv;
    next_snoop_send = sym_snoop_send_hook;
    sym_snoop_send_hook = snoop_send;
    next_pap_check = sym_pap_check_hook;
    sym_pap_check_hook = pap_check;
    next_chap_check = sym_chap_check_hook;
    sym_chap_check_hook = chap_check;
    next_pap_passwd = sym_pap_passwd_hook;
    sym_pap_passwd_hook = pap_passwd;
    next_chap_passwd = sym_chap_passwd_hook;
    sym_chap_passwd_hook = chap_passwd;
}

/* ---- timers and descriptors ---------------------------------------------------- */

/* pppd passes one pointer; a function pointer fits into it wherever pppd runs. */
static void timer_expired(void *context)
{
    void (*fn)(void) = (void (*)(void))(uintptr_t)context;

    fn();
}

void pppd_start_timer(void (*fn)(void), unsigned int milliseconds)
{
    void *context = (void *)(uintptr_t)fn;
    int seconds = (int)(milliseconds / 1000), microseconds = (int)(milliseconds % 1000) * 1000;

    if (is_25())
        sym25_timeout(timer_expired, context, seconds, microseconds);
    else
        sym24_timeout(timer_expired, context, seconds, microseconds);
}

void pppd_stop_timer(void (*fn)(void))
{
    void *context = (void *)(uintptr_t)fn;

    if (is_25())
        sym25_untimeout(timer_expired, context);
    else
        sym24_untimeout(timer_expired, context);
}

static void fd_readable(int fd, void *context)
{
    (void)fd;
    (void)context;
    watch_fn();
}

bool pppd_watch_fd(int fd, void (*fn)(void))
{
    if (!sym253_add_fd_callback) return false;
    watch_fn = fn;
    sym253_add_fd_callback(fd, fd_readable, NULL);
    return true;
}

void pppd_unwatch_fd(int fd)
{
    if (sym253_add_fd_callback && sym_remove_fd) sym_remove_fd(fd);
}

void pppd_child_forked(void)
{
    handlers->forked();
}

void pppd_watch_child(pid_t pid, void (*fn)(void *))
{
    sym_record_child(pid, (char *)"wineras", fn, NULL, 0);
}

/* ---- values ------------------------------------------------------------------------ */

int pppd_status(void)
{
    return is_25() ? sym25_status() : sym24_status;
}

void pppd_set_user(const char *name)
{
    size_t len = strlen(name);

    if (len >= sizeof(sym_user)) return;
    memcpy(sym_user, name, len + 1);
}

void pppd_wipe_password(void)
{
    wire_wipe_memory(sym_passwd, sizeof(sym_passwd));
}

const char *pppd_script_value(const char *name)
{
    size_t len = strlen(name);
    char **entry;

    for (entry = sym_script_env; entry && *entry; entry++)
        if (!strncmp(*entry, name, len) && (*entry)[len] == '=') return *entry + len + 1;
    return "";
}

/* ---- MS-CHAP ------------------------------------------------------------------------- */

#define ALGORITHM_V1 0x80
#define ALGORITHM_V2 0x81
#define VALUE_SIZE   49

static void (*mschap_respond)(uint8_t *value, uint32_t algorithm, const uint8_t *challenge, const char *user);
static bool (*mschap_check)(const uint8_t *message, size_t len);

/* A length comes before challenge and response. */
static void respond_v1(unsigned char *response, int id, char *name, unsigned char *challenge, char *secret,
                       int secret_len, unsigned char *private)
{
    (void)id;
    (void)secret;
    (void)secret_len;
    (void)private;
    response[0] = VALUE_SIZE;
    mschap_respond(response + 1, ALGORITHM_V1, challenge + 1, name);
}

static void respond_v2(unsigned char *response, int id, char *name, unsigned char *challenge, char *secret,
                       int secret_len, unsigned char *private)
{
    (void)id;
    (void)secret;
    (void)secret_len;
    (void)private;
    response[0] = VALUE_SIZE;
    mschap_respond(response + 1, ALGORITHM_V2, challenge + 1, name);
}

static int check_v2(int id, unsigned char *message, int len)
{
    (void)id;
    if (len > 0 && mschap_check(message, (size_t)len)) return 1;
    sym_warn("wineras: the server could not prove that it knows the password");
    return 0;
}

void pppd_take_mschap(void (*respond)(uint8_t *value, uint32_t algorithm, const uint8_t *challenge, const char *user),
                      bool (*check)(const uint8_t *message, size_t len))
{
    struct chap_digest_type *v1 = sym_chap_find_digest(ALGORITHM_V1), *v2 = sym_chap_find_digest(ALGORITHM_V2);

    mschap_respond = respond;
    mschap_check = check;
    if (v1) v1->make_response = respond_v1;
    if (!v2) return;
    v2->make_response = respond_v2;
    v2->check_success = check_v2;
}

void pppd_set_mppe_keys(uint32_t algorithm, const uint8_t *challenge, const uint8_t *hash_hash,
                        const uint8_t *nt_response)
{
    void (*v1)(unsigned char *, unsigned char *) = is_25() ? sym25_mppe_v1 : sym24_mppe_v1;
    void (*v2)(unsigned char *, unsigned char *, int) = is_25() ? sym25_mppe_v2 : sym24_mppe_v2;

    if (algorithm == ALGORITHM_V1 && v1) v1((unsigned char *)challenge, (unsigned char *)hash_hash);
    if (algorithm == ALGORITHM_V2 && v2) v2((unsigned char *)hash_hash, (unsigned char *)nt_response, 0);
}

/* ---- CHAP, PAP and EAP --------------------------------------------------------------- */

#define UNIT 0 /* the only link of a pppd */

static void filtered_chap(int unit, unsigned char *packet, int len)
{
    if (!auth_swallow(PPP_PROTO_CHAP)) chap_input(unit, packet, len);
}

static void filtered_pap(int unit, unsigned char *packet, int len)
{
    if (!auth_swallow(PPP_PROTO_PAP)) pap_input(unit, packet, len);
}

static void filtered_eap(int unit, unsigned char *packet, int len)
{
    if (!auth_swallow(PPP_PROTO_EAP)) eap_input(unit, packet, len);
}

void pppd_filter_auth(bool (*swallow)(uint16_t protocol))
{
    auth_swallow = swallow;
    chap_input = sym_chap.input;
    sym_chap.input = filtered_chap;
    pap_input = sym_pap.input;
    sym_pap.input = filtered_pap;
    eap_input = sym_eap.input;
    sym_eap.input = filtered_eap;
}

void pppd_auth_stop(uint16_t protocol)
{
    if (protocol == PPP_PROTO_CHAP) sym_chap.lowerdown(UNIT);
    if (protocol == PPP_PROTO_PAP) sym_pap.lowerdown(UNIT);
    if (protocol == PPP_PROTO_EAP) sym_eap.lowerdown(UNIT);
}

void pppd_auth_start(uint16_t protocol, uint32_t algorithm, const char *password)
{
    if (protocol == PPP_PROTO_CHAP)
    {
        sym_chap.lowerup(UNIT);
        sym_chap_auth_with_peer(UNIT, sym_user, (int)algorithm);
    }
    if (protocol == PPP_PROTO_EAP)
    {
        sym_eap.lowerup(UNIT);
        sym_eap_authwithpeer(UNIT, sym_user);
    }
    if (protocol != PPP_PROTO_PAP || strlen(password) >= sizeof(sym_passwd)) return;
    wire_wipe_memory(sym_passwd, sizeof(sym_passwd));
    memcpy(sym_passwd, password, strlen(password) + 1);
    sym_pap.lowerup(UNIT);
    sym_upap_authwithpeer(UNIT, sym_user, sym_passwd);
}

void pppd_auth_input(uint16_t protocol, uint8_t *packet, size_t len)
{
    if (protocol == PPP_PROTO_CHAP && chap_input) chap_input(UNIT, packet, (int)len);
    if (protocol == PPP_PROTO_PAP && pap_input) pap_input(UNIT, packet, (int)len);
    if (protocol == PPP_PROTO_EAP && eap_input) eap_input(UNIT, packet, (int)len);
}

/* ---- CBCP ------------------------------------------------------------------------------- */

/* pppd's own part is neither in every build nor of use: a protocol of ours takes its
 * place, or that of ECP, which no pppd has ever had more than the name of.  pppd must not see
 * that the peer agreed, or it starts its own; so it opens the network protocols at once, and
 * these openings are put off, in pppd's order. */
static const uint16_t put_off[] = {PPP_PROTO_CCP, PPP_PROTO_IPCP, 0x8057 /* IPV6CP */};
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
    add_notify(NOTIFY_AUTH_UP, auth_up);
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

/* SIGTERM is what pppd acts upon in every phase, also while a script of its own
 * runs and with the option persist; it closes LCP first when that is open. */
void pppd_hang_up(void)
{
    kill(getpid(), SIGTERM);
}

void pppd_warn(const char *text)
{
    sym_warn("wineras: %s", text);
}

void pppd_option_error(const char *text)
{
    if (is_25())
        sym25_option_error("wineras: %s", text);
    else
        sym24_option_error("wineras: %s", text);
}
