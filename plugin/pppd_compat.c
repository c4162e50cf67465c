/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pppd_compat.c - pppd as the rest of the plugin sees it.
 *
 * One object serves pppd 2.4 and 2.5: pppd_lacks() says in plain words what an unknown pppd
 * lacks.  For the same reason there is no symbol pppd_version, which pppd compares for
 * equality.
 */
#include "config.h"

#include "pppd_symbols.h"

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

/* pppd keeps the table, whose last row is empty. */
static void add_option(pppd_option *table, const char *name, enum opt_type type, const char *help, void *address)
{
    table->name = (char *)name;
    table->type = type;
    table->addr = address;
    table->description = (char *)help;
    if (is_25())
        sym25_add_options(table);
    else
        sym24_add_options(table);
}

void pppd_add_option(const char *name, const char *help, bool (*set)(const char *value))
{
    static pppd_option table[2];

    option_set = set;
    table->flags = OPT_NOPRINT;
    add_option(table, name, o_special, help, (void *)set_option);
}

void pppd_add_flag(const char *name, const char *help, bool *flag, bool privileged)
{
    static pppd_option tables[2][2];
    pppd_option *table = tables[privileged];

    table->flags = (privileged ? OPT_PRIV : 0) | 1; /* its value when it is given */
    add_option(table, name, o_bool, help, flag);
}

void pppd_add_text(const char *name, const char *help, char *text, size_t size)
{
    static pppd_option table[2];

    table->flags = OPT_PRIV | OPT_STATIC;
    table->upper_limit = (int)size;
    add_option(table, name, o_string, help, text);
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

static void ip6_up(void *context, int unused)
{
    (void)context;
    (void)unused;
    handlers->ip6_up();
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

void pppd_notify(enum notification which, void (*fn)(void *, int))
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
    case NOTIFY_IPV6_UP: list = &sym24_ipv6_up_notifier; break;
    case NOTIFY_AUTH_UP: list = &sym24_auth_up_notifier; break;
    case NOTIFY_FORK: list = &sym24_fork_notifier; break;
    }
    sym24_add_notifier(list, fn, NULL);
}

static void (*next_joined)(void);

static void joined(void)
{
    handlers->joined();
    if (next_joined) next_joined();
}

void pppd_set_handlers(const struct pppd_handlers *h)
{
    handlers = h;
    pppd_notify(NOTIFY_PHASE, phase_changed);
    pppd_notify(NOTIFY_EXIT, leaving);
    pppd_notify(NOTIFY_SIGNAL, signalled);
    pppd_notify(NOTIFY_IP_UP, ip_up);
    if (is_25() || &sym24_ipv6_up_notifier) pppd_notify(NOTIFY_IPV6_UP, ip6_up);
    pppd_notify(NOTIFY_IP_DOWN, ip_down);
    pppd_notify(NOTIFY_FORK, forked);

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
    if (!&sym_multilink_join_hook) return;
    next_joined = sym_multilink_join_hook;
    sym_multilink_join_hook = joined;
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

void pppd_unset_script_value(const char *name)
{
    void (*unset)(char *) = is_25() ? sym25_script_unsetenv : sym24_script_unsetenv;

    if (unset && *pppd_script_value(name)) unset((char *)name);
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

/* pppd wipes what it is given: two copies. */
static void set_start_key(const uint8_t *key)
{
    unsigned char sent[MSCHAP_KEY_SIZE], received[MSCHAP_KEY_SIZE];

    memcpy(sent, key, sizeof(sent));
    memcpy(received, key, sizeof(received));
    sym25_mppe_keys(sent, received, sizeof(sent));
    wire_wipe_memory(sent, sizeof(sent));
    wire_wipe_memory(received, sizeof(received));
}

void pppd_set_mppe_keys(uint32_t algorithm, const uint8_t *challenge, const uint8_t *hash_hash,
                        const uint8_t *nt_response, const uint8_t start_key[MSCHAP_KEY_SIZE])
{
    void (*v2)(unsigned char *, unsigned char *, int) = is_25() ? sym25_mppe_v2 : sym24_mppe_v2;

    if (!v2) return;
    if (algorithm == ALGORITHM_V2)
        v2((unsigned char *)hash_hash, (unsigned char *)nt_response, 0);
    else if (!is_25())
        sym24_mppe_v1((unsigned char *)challenge, (unsigned char *)hash_hash);
    else
        set_start_key(start_key);
}

/* ---- CHAP, PAP and EAP --------------------------------------------------------------- */

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
