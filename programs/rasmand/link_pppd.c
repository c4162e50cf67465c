/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * link_pppd.c - PPP by pppd: starts it, feeds its plugin wineras.so, and turns what
 * the plugin reports into events of the connection.  pppd's exit status counts
 * only where the plugin has named no cause.
 */
#include "config.h"

#include "args.h"
#include "errors.h"
#include "errtab.h"
#include "link_count.h"
#include "rasmand.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define PLUGIN_FD       3 /* in pppd */
#define KILL_SECONDS    8 /* a silent peer makes pppd wait 6 */
#define NETWORK_SECONDS (WIRE_NETWORK_SECONDS + 10) /* from the network phase to an address */
#define HOLD_SECONDS    3600 /* for which a link waits for another password, or a number */
#define CALLBACK_DELAY  10   /* seconds that the peer waits with its call: hanging up takes time */

#define PHASE_AUTHENTICATE 5 /* of pppd.h */
#define PHASE_NETWORK      7
#define PHASE_MASTER      12

struct pppd
{
    struct conn *conn;
    uint32_t id;
    pid_t pid;
    int socket;            /* to the plugin, -1 when it has closed it */
    int log;               /* pppd's stderr, -1 at its end */
    struct event *on_message;
    struct event *on_log;
    struct event *on_kill;
    struct event *on_network;
    bool said_hello;
    bool stopping;
    bool is_master;        /* of a bundle: has its interface */
    bool stays;            /* its link is down and the bundle is not: conn is the bundle */
    bool has_cause;
    uint32_t error;        /* RAS error of the first cause */
    uint32_t hold;         /* number of what waits for an answer, or 0 */
    struct link_counters begin; /* what the port had counted before */
    size_t line_len;
    char line[512];        /* of the log, not complete yet */
};

static void pppd_stop(struct conn *conn);

/* ---- what pppd prints ---------------------------------------------------------- */

static void log_text(struct pppd *pppd, const char *data, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++)
    {
        unsigned char c = (unsigned char)data[i];

        if (c != '\n' && pppd->line_len < sizeof(pppd->line) - 1)
            pppd->line[pppd->line_len++] = c < 0x20 || c == 0x7f ? '?' : (char)c;
        else if (c == '\n')
        {
            pppd->line[pppd->line_len] = 0;
            if (pppd->line_len) log_info(pppd->id, "pppd: %s", pppd->line);
            pppd->line_len = 0;
        }
    }
}

static void drop_log(struct pppd *pppd)
{
    log_text(pppd, "\n", 1);
    if (pppd->on_log) event_free(pppd->on_log);
    pppd->on_log = NULL;
    if (pppd->log >= 0) close(pppd->log);
    pppd->log = -1;
}

/* limit: pppd's children may hold the pipe open and write for ever. */
static void read_log(struct pppd *pppd, unsigned int limit)
{
    char data[1024];
    ssize_t len;

    while (pppd->log >= 0 && limit--)
    {
        if ((len = read(pppd->log, data, sizeof(data))) > 0)
            log_text(pppd, data, (size_t)len);
        else if (!len || (errno != EAGAIN && errno != EINTR))
            drop_log(pppd);
        else
            break;
    }
}

static void on_log(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    read_log(context, 4);
}

/* ---- what the plugin says -------------------------------------------------------- */

static void drop_socket(struct pppd *pppd)
{
    if (pppd->on_message) event_free(pppd->on_message);
    pppd->on_message = NULL;
    if (pppd->socket >= 0) close(pppd->socket);
    pppd->socket = -1;
}

/* Has the tty been hung up, or the socket been closed?  pppd then can't open it, finds no
 * such option, or is gone before it has loaded the plugin. */
static bool is_line_lost(const struct conn *conn)
{
    struct termios settings;
    int fd = conn_port(conn)->fd;
    ssize_t got;
    char byte;

    if (fd < 0 || !tcgetattr(fd, &settings)) return false;
    if (errno == EIO) return true;
    got = recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return !got || (got < 0 && errno != EAGAIN && errno != EINTR && errno != ENOTSOCK);
}

/* Only the first cause is the cause. */
static void link_down(struct pppd *pppd, uint32_t error)
{
    if (pppd->has_cause) return;
    if ((error == 633 || error == 635) && is_line_lost(pppd->conn)) error = ERROR_PORT_DISCONNECTED;
    pppd->has_cause = true;
    pppd->error = error;
    conn_post(pppd->conn, EV_LINK_DOWN, error);
}

/* An error that the peer named, when it is one that RAS knows. */
static bool is_ras_error(uint32_t error)
{
    return error >= 600 && ras_error_name(error);
}

static void on_cause(struct pppd *pppd, const struct wire_link_cause *cause)
{
    uint32_t error = ras_cause_error(cause->cause, conn_is_connected(pppd->conn));

    log_info(pppd->id, "cause: %s (%s) %s", ras_cause_name(cause->cause), ras_cause_text(cause->cause), cause->detail);
    link_down(pppd, is_ras_error(cause->error) ? cause->error : error);
}

static void on_auth_ok(struct pppd *pppd, const struct wire_link_auth_ok *auth_ok)
{
    struct wire_projection *ip = conn_ip(pppd->conn);

    ip->auth_protocol = auth_ok->protocol;
    ip->auth_data = auth_ok->data;
    WIRE_SET_TEXT(ip->reply, auth_ok->message);
    conn_post(pppd->conn, EV_AUTH_OK, 0);
}

static void on_lcp_up(struct pppd *pppd, const struct wire_link_lcp_up *lcp)
{
    struct wire_projection *ip = conn_ip(pppd->conn);

    ip->server_auth_protocol = lcp->peer_auth_protocol;
    ip->server_auth_data = lcp->peer_auth_data;
    ip->mru = lcp->our_mru;
    ip->server_mru = lcp->peer_mru;
    ip->lcp_options = lcp->options;
    ip->lcp_server_options = lcp->peer_options;
    ip->multilink = lcp->multilink;
    conn_post(pppd->conn, EV_LCP_UP, 0);
}

static void on_ccp(struct pppd *pppd, const struct wire_link_ccp *ccp)
{
    struct wire_projection *ip = conn_ip(pppd->conn);

    ip->ccp_error = 0;
    if (!ccp->up) ip->ccp_error = ccp->cause ? ras_cause_error(ccp->cause, false) : ERROR_PROJECTION_NOT_COMPLETE;
    ip->ccp = ccp->sent;
    ip->ccp_options = ccp->sent_options;
    ip->ccp_server = ccp->received;
    ip->ccp_server_options = ccp->received_options;
}

static uint32_t protocols(const struct wire_dial *dial)
{
    return dial->protocols ? dial->protocols : WIRE_PROTO_IPV4;
}

/* What has become of a network protocol, now that one is up. */
static uint32_t protocol_error(const struct wire_dial *dial, uint32_t protocol, const char *address, uint32_t cause)
{
    if (!(protocols(dial) & protocol)) return ERROR_PROTOCOL_NOT_CONFIGURED;
    if (address[0]) return 0;
    return cause ? ras_cause_error(cause, false) : ERROR_PROJECTION_NOT_COMPLETE;
}

static void on_ip_up(struct pppd *pppd, const struct wire_link_ip_up *up)
{
    const struct wire_dial *dial = conn_dial(pppd->conn);
    struct wire_projection *ip = conn_ip(pppd->conn);

    if (pppd->on_network) event_del(pppd->on_network);
    if (!conn_has_network(pppd->conn))
    {
        /* It has an interface to itself: the peer has no bundle, or is another. */
        link_down(pppd, ERROR_BUNDLE_NOT_FOUND);
        pppd_stop(pppd->conn);
        return;
    }
    pppd->is_master = true;
    WIRE_SET_TEXT(ip->ifname, up->ifname);
    ip->error = protocol_error(dial, WIRE_PROTO_IPV4, up->local, up->cause);
    WIRE_SET_TEXT(ip->local, up->local);
    WIRE_SET_TEXT(ip->remote, up->remote);
    ip->error6 = protocol_error(dial, WIRE_PROTO_IPV6, up->local6, up->cause6);
    WIRE_SET_TEXT(ip->local6, up->local6);
    WIRE_SET_TEXT(ip->remote6, up->remote6);
    ip->options = up->options;
    ip->server_options = up->server_options;
    WIRE_SET_TEXT(ip->dns1, up->dns1);
    WIRE_SET_TEXT(ip->dns2, up->dns2);
    WIRE_SET_TEXT(ip->wins1, up->wins1);
    WIRE_SET_TEXT(ip->wins2, up->wins2);
    conn_post(pppd->conn, EV_IP_UP, 0);
}

static void on_hello(struct pppd *pppd, const struct wire_link_hello *hello)
{
    pppd->said_hello = true;
    log_info(pppd->id, "pppd %s, process %u", hello->pppd_version, (unsigned int)hello->pid);
    if (hello->version == WIRE_VERSION) return;
    log_warnx(pppd->id, "the plugin speaks version %u of the protocol, not %u", (unsigned int)hello->version,
              WIRE_VERSION);
    link_down(pppd, ERROR_RASMAN_CANNOT_INITIALIZE);
    pppd_stop(pppd->conn);
}

/* The bundle has the network protocols. */
static void on_joined(struct pppd *pppd)
{
    event_del(pppd->on_network);
    conn_joined(pppd->conn);
}

/* The link is down and the port free, but pppd goes on for the others of the bundle. */
static void stay(struct pppd *pppd)
{
    struct conn *bundle;

    event_del(pppd->on_kill);
    event_del(pppd->on_network);
    pppd->stopping = false;
    if (!(bundle = conn_link_stays(pppd->conn))) return;
    log_info(pppd->id, "pppd stays for the other links");
    pppd->stays = true;
    pppd->conn = bundle;
}

static void on_phase(struct pppd *pppd, uint32_t phase)
{
    struct timeval limit = {NETWORK_SECONDS, 0};

    if (phase == PHASE_MASTER) stay(pppd);
    if (phase == PHASE_AUTHENTICATE) conn_post(pppd->conn, EV_AUTHENTICATE, 0);
    if (phase != PHASE_NETWORK) return;
    conn_post(pppd->conn, EV_NETWORK, 0);
    if (!conn_is_connected(pppd->conn)) event_add(pppd->on_network, &limit);
}

static void on_auth_fail(struct pppd *pppd, const struct wire_link_auth_fail *fail)
{
    uint32_t error = is_ras_error(fail->error) ? fail->error : ERROR_AUTHENTICATION_FAILURE;

    if (fail->message[0]) log_info(pppd->id, "refused: %s", fail->message);
    pppd->hold = fail->hold;
    if (!fail->hold || !(conn_dial(pppd->conn)->options & WIRE_DIAL_PAUSED_STATES))
        conn_post(pppd->conn, EV_AUTH_FAILED, error);
    else if (conn_is_refusal(error))
        conn_post(pppd->conn, EV_AUTH_HELD, error);
    else
        conn_post(pppd->conn, error == ERROR_PASSWD_EXPIRED && fail->retry ? EV_AUTH_EXPIRED : EV_AUTH_FAILED, error);
}

static void on_callback_asked(struct pppd *pppd, const struct wire_link_callback_asked *asked)
{
    pppd->hold = asked->hold;
    conn_post(pppd->conn, EV_CALLBACK_ASKED, asked->types);
}

/* What ends the link is known, and no failure. */
static void on_callback_agreed(struct pppd *pppd)
{
    if (pppd->has_cause) return;
    pppd->has_cause = true;
    conn_post(pppd->conn, EV_CALLBACK_AGREED, 0);
}

/* Without paused states nobody can be asked. */
static void on_eap_wanted(struct pppd *pppd, const struct wire_link_eap_wanted *eap)
{
    log_info(pppd->id, "EAP method %u asks for a name or password", (unsigned int)eap->method);
    pppd->hold = eap->hold;
    if (eap->hold && (conn_dial(pppd->conn)->options & WIRE_DIAL_PAUSED_STATES))
        conn_post(pppd->conn, EV_EAP_WANTED, 0);
    else
        conn_post(pppd->conn, EV_AUTH_FAILED, ERROR_INTERACTIVE_MODE);
}

static void handle_message(struct pppd *pppd, const struct wire_msg *msg)
{
    char dump[512];

    log_debug(pppd->id, "plugin: %s", wire_dump(msg, dump, sizeof(dump)));
    if (pppd->stays) return;
    if (!pppd->said_hello && msg->type != WIRE_link_hello && msg->type != WIRE_link_log)
    {
        log_warnx(pppd->id, "the plugin did not say hello first");
        pppd_stop(pppd->conn);
        return;
    }
    switch (msg->type)
    {
    case WIRE_link_hello: on_hello(pppd, &msg->u.link_hello); break;
    case WIRE_link_phase: on_phase(pppd, msg->u.link_phase.phase); break;
    case WIRE_link_lcp_up: on_lcp_up(pppd, &msg->u.link_lcp_up); break;
    case WIRE_link_auth_ok: on_auth_ok(pppd, &msg->u.link_auth_ok); break;
    case WIRE_link_auth_fail: on_auth_fail(pppd, &msg->u.link_auth_fail); break;
    case WIRE_link_callback_asked: on_callback_asked(pppd, &msg->u.link_callback_asked); break;
    case WIRE_link_callback_agreed: on_callback_agreed(pppd); break;
    case WIRE_link_eap_wanted: on_eap_wanted(pppd, &msg->u.link_eap_wanted); break;
    case WIRE_link_joined: on_joined(pppd); break;
    case WIRE_link_ip_up: on_ip_up(pppd, &msg->u.link_ip_up); break;
    case WIRE_link_ccp: on_ccp(pppd, &msg->u.link_ccp); break;
    case WIRE_link_cause: on_cause(pppd, &msg->u.link_cause); break;
    case WIRE_link_log: log_info(pppd->id, "plugin: %s", msg->u.link_log.text); break;
    default: break; /* in the log above */
    }
}

static void read_messages(struct pppd *pppd)
{
    static uint8_t buf[WIRE_MESSAGE_MAX];
    struct wire_msg msg;
    ssize_t len;

    while (pppd->socket >= 0)
    {
        len = recv(pppd->socket, buf, sizeof(buf), MSG_DONTWAIT);
        /* A peer that closes before it has read all resets, once; what it sent
         * comes after that. */
        if (len < 0 && (errno == EINTR || errno == ECONNRESET)) continue;
        if (len < 0 && errno == EAGAIN) return;
        if (len <= 0) /* closed; pppd's end tells the rest */
        {
            drop_socket(pppd);
            return;
        }
        if (wire_decode(&msg, buf, (size_t)len, WIRE_PLUGIN) != len)
        {
            log_warnx(pppd->id, "malformed message from the plugin");
            drop_socket(pppd);
            pppd_stop(pppd->conn);
            return;
        }
        handle_message(pppd, &msg);
    }
}

static void on_message(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    read_messages(context);
}

/* ---- its end ------------------------------------------------------------------------ */

static void destroy(struct pppd *pppd)
{
    drop_socket(pppd);
    drop_log(pppd);
    if (pppd->on_kill) event_free(pppd->on_kill);
    if (pppd->on_network) event_free(pppd->on_network);
    free(pppd);
}

static void on_exit_status(void *context, int status)
{
    struct pppd *pppd = context;
    struct conn *conn = pppd->conn;
    bool stopped = pppd->stopping;

    pppd->pid = 0;
    read_messages(pppd);
    read_log(pppd, 64);
    if (WIFEXITED(status))
        log_info(pppd->id, "pppd ended with status %d", WEXITSTATUS(status));
    else
        log_info(pppd->id, "pppd ended by signal %d", WTERMSIG(status));
    if (pppd->stays)
    {
        /* What leaves by itself leaves as the last. */
        destroy(pppd);
        conn_link_left(conn, WIFEXITED(status) ? 0 : errtab_pppd(status, true));
        return;
    }
    if (!pppd->said_hello && !stopped && is_line_lost(conn))
        link_down(pppd, ERROR_PORT_DISCONNECTED);
    else if (!pppd->said_hello && !stopped)
    {
        log_warnx(pppd->id, "pppd did not load the plugin; 'wineras doctor' tells what is missing");
        link_down(pppd, ERROR_RASMAN_CANNOT_INITIALIZE);
    }
    else if (!pppd->has_cause)
        link_down(pppd, errtab_pppd(status, conn_is_connected(conn)));
    if (pppd->is_master) conn_bundle_lost(conn, pppd->error ? pppd->error : ERROR_DISCONNECTION);
    conn_set_link(conn, NULL);
    destroy(pppd);
    conn_post(conn, EV_LINK_GONE, 0);
}

static void on_kill(evutil_socket_t fd, short what, void *context)
{
    struct pppd *pppd = context;

    (void)fd;
    (void)what;
    log_warnx(pppd->id, "pppd does not end, killed");
    kill(pppd->pid, SIGKILL);
}

static void on_network(evutil_socket_t fd, short what, void *context)
{
    struct pppd *pppd = context;

    (void)fd;
    (void)what;
    log_info(pppd->id, "no network protocol came up");
    link_down(pppd, ras_cause_error(CAUSE_NCP_TIMEOUT, 0));
    pppd_stop(pppd->conn);
}

static void pppd_stop(struct conn *conn)
{
    struct timeval limit = {KILL_SECONDS, 0};
    struct pppd *pppd = conn_link(conn);

    if (!pppd || pppd->stopping || !pppd->pid) return;
    pppd->stopping = true;
    /* SIGTERM would end the whole bundle, if this pppd has it. */
    if (kill(pppd->pid, !pppd->stays && conn_bundle_stays(conn) ? SIGHUP : SIGTERM))
        log_warn(pppd->id, "signal to pppd");
    event_add(pppd->on_kill, &limit);
}

/* ---- its start ------------------------------------------------------------------------ */

static int send_message(int fd, const struct wire_msg *msg)
{
    uint8_t buf[2048];
    size_t len = wire_encode(msg, buf, sizeof(buf));
    ssize_t sent = len ? send(fd, buf, len, MSG_DONTWAIT | MSG_NOSIGNAL) : -1;

    wire_wipe_memory(buf, sizeof(buf));
    return sent == (ssize_t)len ? 0 : -1;
}

static uint32_t send_credentials(int fd, const struct wire_dial *dial, uint32_t hold)
{
    struct wire_msg msg;
    uint32_t error = 0;
    int n;

    wire_init(&msg, WIRE_link_credentials, 0);
    msg.u.link_credentials.hold = hold;
    n = snprintf(msg.u.link_credentials.user, sizeof(msg.u.link_credentials.user), "%s%s%s", dial->domain,
                 dial->domain[0] ? "\\" : "", dial->user);
    /* pppd has room for 255 bytes of each; no peer can know a longer one. */
    if (n < 0 || (size_t)n >= sizeof(msg.u.link_credentials.user) || strlen(dial->password) > 255 ||
        WIRE_SET_TEXT(msg.u.link_credentials.password, dial->password))
        error = ERROR_AUTHENTICATION_FAILURE;
    else if (send_message(fd, &msg))
        error = ERROR_NOT_ENOUGH_MEMORY;
    wire_wipe(&msg);
    return error;
}

static uint32_t send_password(int fd, struct conn *conn, uint32_t hold)
{
    struct wire_msg msg;
    uint32_t error;

    wire_init(&msg, WIRE_link_password, 0);
    msg.u.link_password.hold = hold;
    WIRE_SET_TEXT(msg.u.link_password.password, conn_dial(conn)->password);
    WIRE_SET_TEXT(msg.u.link_password.old_password, conn_old_password(conn));
    error = send_message(fd, &msg) ? ERROR_NOT_ENOUGH_MEMORY : 0;
    wire_wipe(&msg);
    return error;
}

static uint32_t metric(uint32_t wanted)
{
    return wanted < WIRE_METRIC_MAX ? wanted : WIRE_METRIC_MAX;
}

static uint32_t send_network(int fd, const struct wire_dial *dial)
{
    struct wire_msg msg;
    struct wire_link_network *network = &msg.u.link_network;

    wire_init(&msg, WIRE_link_network, 0);
    if (dial->ppp_options & WIRE_PPP_DEFAULT_ROUTE)
        network->flags |= WIRE_NETWORK_DEFAULT;
    else if (dial->ppp_options & WIRE_PPP_CLASS_ROUTE)
        network->flags |= WIRE_NETWORK_CLASS;
    if (dial->ppp_options & WIRE_PPP_IPV6_DEFAULT_ROUTE) network->flags |= WIRE_NETWORK_DEFAULT6;
    network->metric = metric(dial->metric);
    network->metric6 = metric(dial->metric6);
    WIRE_SET_TEXT(network->dns1, dial->dns1);
    WIRE_SET_TEXT(network->dns2, dial->dns2);
    WIRE_SET_TEXT(network->dns61, dial->dns61);
    WIRE_SET_TEXT(network->dns62, dial->dns62);
    if (!dial->dns_suffix[strspn(dial->dns_suffix, WIRE_SUFFIX_CHARACTERS)])
        WIRE_SET_TEXT(network->dns_suffix, dial->dns_suffix);
    return send_message(fd, &msg) ? ERROR_NOT_ENOUGH_MEMORY : 0;
}

/* Everything that the plugin needs is in the socket before pppd runs. */
static uint32_t send_settings(int fd, struct conn *conn)
{
    const struct wire_dial *dial = conn_dial(conn);
    struct wire_msg msg;

    wire_init(&msg, WIRE_link_config, 0);
    msg.u.link_config.version = WIRE_VERSION;
    msg.u.link_config.connection = conn_id(conn);
    msg.u.link_config.protocols = protocols(dial);
    msg.u.link_config.hold = WIRE_HOLD_EAP;
    if (dial->options & WIRE_DIAL_PAUSED_STATES) msg.u.link_config.hold |= WIRE_HOLD_AUTH_FAIL;
    if (conn_offers_callback(conn)) msg.u.link_config.hold |= WIRE_HOLD_CALLBACK;
    msg.u.link_config.hold_seconds = HOLD_SECONDS;
    if (send_message(fd, &msg) || send_network(fd, dial)) return ERROR_NOT_ENOUGH_MEMORY;
    return send_credentials(fd, dial, 0);
}

/* A pppd that has closed its socket is on its way out. */
static uint32_t pppd_resume(struct conn *conn)
{
    struct pppd *pppd = conn_link(conn);

    if (!pppd || pppd->socket < 0) return ERROR_PORT_DISCONNECTED;
    return send_credentials(pppd->socket, conn_dial(conn), pppd->hold);
}

static uint32_t pppd_change_password(struct conn *conn)
{
    struct pppd *pppd = conn_link(conn);

    if (!pppd || pppd->socket < 0) return ERROR_PORT_DISCONNECTED;
    return send_password(pppd->socket, conn, pppd->hold);
}

static uint32_t pppd_callback(struct conn *conn, uint32_t type, const char *number)
{
    struct pppd *pppd = conn_link(conn);
    struct wire_msg msg;

    if (!pppd || pppd->socket < 0) return ERROR_PORT_DISCONNECTED;
    wire_init(&msg, WIRE_link_callback, 0);
    msg.u.link_callback.hold = pppd->hold;
    msg.u.link_callback.type = type;
    msg.u.link_callback.delay = CALLBACK_DELAY;
    if (type == WIRE_CALLBACK_CALLER &&
        (number[strspn(number, "0123456789TPWtpw()-@ ")] || WIRE_SET_TEXT(msg.u.link_callback.number, number)))
        return ERROR_INVALID_CALLBACK_NUMBER;
    return send_message(pppd->socket, &msg) ? ERROR_NOT_ENOUGH_MEMORY : 0;
}

/* In the child: only async-signal-safe calls.  Leaves 0, 1, 2 and the plugin's
 * socket open. */
static void exec_pppd(const char *path, char **argv, int line, int plugin, int log)
{
    static char *const environment[] = {(char *)"PATH=/usr/sbin:/usr/bin:/sbin:/bin", (char *)"LC_ALL=C", NULL};
    const char *text;
    int null, i, top;

    /* A group of its own: pppd signals its whole group.  No session of its own,
     * else the tty would become its controlling terminal. */
    setpgid(0, 0);

    /* Out of the way of 0 to 3 first. */
    if ((null = open("/dev/null", O_RDWR)) < 0) _exit(127);
    if ((null = fcntl(null, F_DUPFD, 10)) < 0 || (plugin = fcntl(plugin, F_DUPFD, 10)) < 0 ||
        (log = fcntl(log, F_DUPFD, 10)) < 0 || (line >= 0 && (line = fcntl(line, F_DUPFD, 10)) < 0))
        _exit(127);
    if (line < 0) line = null;
    if (dup2(line, 0) < 0 || dup2(line, 1) < 0 || dup2(log, 2) < 0 || dup2(plugin, PLUGIN_FD) < 0) _exit(127);
    if (close_range(PLUGIN_FD + 1, ~0u, 0))
    {
        top = (int)sysconf(_SC_OPEN_MAX);
        for (i = PLUGIN_FD + 1; i < top; i++) close(i);
    }
    if (chdir("/")) _exit(127);
    execve(path, argv, environment);
    text = errno == EACCES ? "may not be run: is this user in group dip?\n" : "cannot be run\n";
    if (write(2, text, strlen(text)) < 0) _exit(126);
    _exit(127);
}

static uint32_t spawn(struct pppd *pppd, int plugin, int log)
{
    struct port *port = conn_port(pppd->conn);
    const char *path = getenv("WINERAS_PPPD");
    struct args args;
    uint32_t error = ERROR_NOT_ENOUGH_MEMORY;
    int line;

    if (!path || !*path) path = PPPD_PATH;
    args_init(&args);
    args_build(&args, conn_dial(pppd->conn), conn_id(conn_bundle(pppd->conn) ? conn_bundle(pppd->conn) : pppd->conn),
               PLUGIN_FD);
    line = port->device->transport->pppd_args(port, &args);
    if (args.failed) goto done;
    if (!(pppd->pid = child_fork())) exec_pppd(path, args.argv, line, plugin, log);
    if (pppd->pid < 0)
    {
        log_warn(pppd->id, "fork");
        goto done;
    }
    error = 0;
done:
    args_clear(&args);
    return error;
}

/* Nothing of an earlier link holds for this one, unless it joins that. */
static void forget_projection(struct conn *conn)
{
    struct wire_projection *ip = conn_ip(conn);

    if (conn_is_connected(conn)) return;
    memset(ip, 0, sizeof(*ip));
    ip->ccp_error = args_want_ccp(conn_dial(conn)) ? ERROR_PROJECTION_NOT_COMPLETE : ERROR_PROTOCOL_NOT_CONFIGURED;
}

static uint32_t pppd_start(struct conn *conn)
{
    int sockets[2] = {-1, -1}, pipes[2] = {-1, -1};
    uint32_t error = ERROR_NOT_ENOUGH_MEMORY;
    struct pppd *pppd;

    if (is_line_lost(conn)) return ERROR_PORT_DISCONNECTED;
    forget_projection(conn);
    if (!(pppd = calloc(1, sizeof(*pppd)))) return error;
    pppd->conn = conn;
    pppd->id = conn_id(conn);
    pppd->socket = pppd->log = -1;
    link_count_port(conn_port(conn)->fd, &pppd->begin);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets)) goto fail;
    pppd->socket = sockets[0];
    if (pipe2(pipes, O_CLOEXEC)) goto fail;
    pppd->log = pipes[0];
    if (fcntl(pppd->log, F_SETFL, O_NONBLOCK)) goto fail;
    pppd->on_message = event_new(loop, pppd->socket, EV_READ | EV_PERSIST, on_message, pppd);
    pppd->on_log = event_new(loop, pppd->log, EV_READ | EV_PERSIST, on_log, pppd);
    pppd->on_kill = event_new(loop, -1, 0, on_kill, pppd);
    pppd->on_network = event_new(loop, -1, 0, on_network, pppd);
    if (!pppd->on_message || !pppd->on_log || !pppd->on_kill || !pppd->on_network ||
        event_add(pppd->on_message, NULL) || event_add(pppd->on_log, NULL))
        goto fail;
    if ((error = send_settings(pppd->socket, conn)) || (error = spawn(pppd, sockets[1], pipes[1]))) goto fail;
    close(sockets[1]);
    close(pipes[1]);
    conn_set_link(conn, pppd);
    child_watch(pppd->pid, on_exit_status, pppd);
    return 0;

fail:
    if (sockets[1] >= 0) close(sockets[1]);
    if (pipes[1] >= 0) close(pipes[1]);
    destroy(pppd);
    return error;
}

static bool is_compression(uint32_t ccp, uint32_t options)
{
    return ccp && (ccp != WIRE_CCP_MPPE || (options & WIRE_MPPE_MPPC));
}

static bool pppd_count(struct conn *conn, struct link_counters *counters)
{
    const struct wire_projection *ip = conn_ip(conn);
    const struct pppd *pppd = conn_link(conn);
    unsigned int i;
    bool packed = is_compression(ip->ccp, ip->ccp_options) || is_compression(ip->ccp_server, ip->ccp_server_options);

    if (!link_count_interface(ip->ifname, packed, counters)) return false;
    link_count_port(conn_port(conn) ? conn_port(conn)->fd : -1, counters);
    for (i = 0; pppd && i < COUNTERS; i++) counters->values[i] -= pppd->begin.values[i];
    return true;
}

const struct link_ops link_pppd = {
    .name = "pppd",
    .start = pppd_start,
    .stop = pppd_stop,
    .resume = pppd_resume,
    .change_password = pppd_change_password,
    .callback = pppd_callback,
    .count = pppd_count,
};
