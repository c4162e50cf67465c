/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * session.c - the socket to the manager: an inherited SOCK_SEQPACKET descriptor,
 * one message a packet.
 *
 * Until pppd 2.5.2 a plugin cannot be called when a descriptor becomes readable.
 * There the socket is looked at every 50 ms while the link is being made; while the user is
 * asked, a child of pppd waits for the answer; once the link is up the kernel signals a
 * message or the end of the manager.  So neither a held link nor an idle one is woken.
 */
#include "config.h"
#include "plugin.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pppd_compat.h"

#define POLL_MS   50u
#define LOG_LINES 32u

static int session_fd = -1;
static bool configured;
static bool is_started;
static bool is_ended; /* nothing is read any more: hang-up is under way */
static bool is_mute;  /* nothing can be sent any more */
static bool is_watched;
static bool is_awaited;
static bool is_signalled;
static unsigned int log_lines;
static struct wire_msg message;
static uint8_t packet[4096];

static void end(const char *why)
{
    if (is_ended) return;
    is_ended = true;
    report_hang_up(why);
}

/* NULL when done, else what is wrong with it. */
static const char *dispatch(const struct wire_msg *msg)
{
    const char *why;

    switch (msg->type)
    {
    case WIRE_link_config:
        if (configured) return "a second configuration";
        if (msg->u.link_config.version != WIRE_VERSION) return "the manager has another version";
        configured = true;
        report_configure(msg->u.link_config.protocols);
        hold_configure(msg->u.link_config.hold, msg->u.link_config.hold_seconds);
        callback_configure(msg->u.link_config.hold, msg->u.link_config.hold_seconds);
        return NULL;
    case WIRE_link_network:
        if (!configured || is_started) return "a network too late or too soon";
        return network_configure(&msg->u.link_network);
    case WIRE_link_credentials:
        if (!configured) return "credentials before the configuration";
        why = credentials_set(&msg->u.link_credentials);
        if (!why && msg->u.link_credentials.hold) hold_answer(msg->u.link_credentials.hold);
        return why;
    case WIRE_link_password:
        if (!configured) return "a password before the configuration";
        if ((why = credentials_set_password(msg->u.link_password.password))) return why;
        hold_change_password(msg->u.link_password.hold, msg->u.link_password.old_password);
        return NULL;
    case WIRE_link_callback:
        return callback_answer(&msg->u.link_callback);
    case WIRE_link_hangup:
        report_hang_up("");
        return NULL;
    }
    return "an unexpected message";
}

/* Read one packet.  1: one was handled, 0: none is there, -1: *why says what is wrong. */
static int read_packet(const char **why)
{
    static struct wire_msg received;
    ssize_t len;
    int used;

    do
        len = recv(session_fd, packet, sizeof(packet), MSG_DONTWAIT | MSG_TRUNC);
    while (len < 0 && errno == EINTR);
    if (len < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return 0;
    if (len <= 0)
    {
        *why = "the manager is gone";
        return -1;
    }
    if ((size_t)len > sizeof(packet))
        *why = "a message is too long";
    else
    {
        used = wire_decode(&received, packet, (size_t)len, WIRE_MANAGER);
        *why = used == (int)len ? dispatch(&received) : "a malformed message";
        wire_wipe(&received);
    }
    wire_wipe_memory(packet, sizeof(packet));
    return *why ? -1 : 1;
}

static void read_packets(void)
{
    const char *why = NULL;
    int result = 0;

    while (!is_ended && (result = read_packet(&why)) > 0) {}
    if (result < 0) end(why);
    if (is_ended && is_watched)
    {
        /* It would be readable for ever. */
        pppd_unwatch_fd(session_fd);
        is_watched = false;
    }
}

static void look(void)
{
    pppd_stop_timer(look);
    read_packets();
    if (is_ended || is_watched || is_signalled) return;
    if (is_awaited && waiter_start(session_fd, look)) return;
    pppd_start_timer(look, POLL_MS);
}

void session_await(bool on)
{
    if (is_watched || is_awaited == on) return;
    is_awaited = on;
    if (!on)
        waiter_stop();
    else if (waiter_start(session_fd, look))
        pppd_stop_timer(look);
}

const char *session_open(int fd)
{
    int type = 0, domain = 0, flags;
    struct ucred peer = {0, (uid_t)-1, (gid_t)-1};
    socklen_t len = sizeof(type);
    const char *why = NULL;
    int result;

    if (session_fd >= 0) return "option given twice";
    if (fd < 3) return "not a descriptor for this";
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &len) || domain != AF_UNIX) return "not a local socket";
    len = sizeof(type);
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) || type != SOCK_SEQPACKET) return "not a packet socket";
    len = sizeof(peer);
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) || len != sizeof(peer)) return "unknown peer";
    if (peer.uid != getuid()) return "the socket belongs to another user";
    if ((flags = fcntl(fd, F_GETFD)) < 0 || fcntl(fd, F_SETFD, flags | FD_CLOEXEC) < 0) return "descriptor flags";

    session_fd = fd;
    while ((result = read_packet(&why)) > 0) {}
    if (result < 0) return why;
    return configured ? NULL : "no configuration in the socket";
}

void session_start(void)
{
    if (session_fd < 0 || is_started) return;
    is_started = true;
    is_watched = pppd_watch_fd(session_fd, read_packets);
    look();
}

/* Runs as a signal handler: pppd acts upon SIGTERM when it is back in its loop.
 * The kernel signals room for sending too, hence the look. */
static void on_signal(int number)
{
    int saved_errno = errno;
    char byte;

    (void)number;
    if (recv(session_fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || (errno != EAGAIN && errno != EINTR))
        kill(getpid(), SIGTERM);
    errno = saved_errno;
}

void session_link_up(void)
{
    struct sigaction action;
    int flags;

    if (is_watched || is_signalled || is_ended) return;
    memset(&action, 0, sizeof(action));
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGIO, &action, NULL) || fcntl(session_fd, F_SETOWN, getpid()) < 0 ||
        (flags = fcntl(session_fd, F_GETFL)) < 0 || fcntl(session_fd, F_SETFL, flags | O_ASYNC) < 0)
        return; /* the timer goes on */
    is_signalled = true;
    pppd_stop_timer(look);
    read_packets(); /* what came before the flag was set */
}

struct wire_msg *session_message(enum wire_type type)
{
    wire_init(&message, type, 0);
    return &message;
}

void session_send(void)
{
    static uint8_t out[4096];
    size_t len = wire_encode(&message, out, sizeof(out));
    ssize_t sent;

    if (!len || session_fd < 0 || is_mute) return;
    do
        sent = send(session_fd, out, len, MSG_DONTWAIT | MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    if (sent >= 0) return;
    is_mute = true;
    end(errno == EPIPE || errno == ECONNRESET ? "the manager is gone" : "the manager does not read");
}

void session_log(int level, const char *text)
{
    struct wire_msg *msg;

    if (log_lines >= LOG_LINES) return;
    log_lines++;
    msg = session_message(WIRE_link_log);
    msg->u.link_log.level = (uint32_t)level;
    WIRE_SET_TEXT(msg->u.link_log.text, text);
    session_send();
}

void session_forget(void)
{
    if (session_fd >= 0) close(session_fd);
    session_fd = -1;
}
