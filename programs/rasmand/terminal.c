/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * terminal.c - the raw bytes of a port for the program that dialled, while its connection
 * is paused in RASCS_Interactive.  Nothing is read that the program has not asked for: the
 * rest stays in the kernel, and is pppd's when the pause is over.
 */
#include "client.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#define BYTES_MAX   sizeof(((struct wire_port_data *)0)->data)
#define TICK_MS     250 /* how soon the loss of a line is seen of which nobody reads */
#define SEND_TICKS  40  /* 10 s; shorter than programs wait for an answer */

struct terminal
{
    struct conn *conn;
    int fd;                 /* -1: there is no line yet */
    bool open;              /* the program uses it */
    uint32_t wanted;        /* bytes that it has asked for */
    struct event *readable;
    struct event *writable;
    struct event *tick;
    bool changed;           /* settings were, saved has the old ones */
    struct termios saved;
    uint32_t serial;        /* of the request whose bytes are being sent, 0: none */
    unsigned int ticks_left;
    size_t send_len;
    uint8_t send[BYTES_MAX]; /* may be a password: wiped */
};

/* Programs set parity, stop bits and data bits as Windows numbers them. */
enum { PARITY_NONE, PARITY_ODD, PARITY_EVEN, PARITY_MARK, PARITY_SPACE, PARITY_COUNT };
enum { STOP_ONE, STOP_ONE_AND_HALF, STOP_TWO };

static struct client *program(const struct conn *c)
{
    return c->bundle ? c->bundle->client : c->client;
}

static void answer_send(struct terminal *terminal, uint32_t error)
{
    uint32_t serial = terminal->serial;

    terminal->serial = 0;
    wire_wipe_memory(terminal->send, sizeof(terminal->send));
    event_del(terminal->writable);
    if (serial && program(terminal->conn)) client_send_result(program(terminal->conn), serial, error);
}

static void line_lost(struct terminal *terminal)
{
    event_del(terminal->readable);
    event_del(terminal->writable);
    event_del(terminal->tick);
    conn_post(terminal->conn, EV_DEVICE_FAILED, ERROR_PORT_DISCONNECTED);
}

/* Without taking a byte away. */
static bool is_lost(const struct terminal *terminal)
{
    const struct port *port = terminal->conn->port;
    struct pollfd state = {.fd = terminal->fd, .events = POLLIN};
    char byte;

    if (poll(&state, 1, 0) > 0)
    {
        if (state.revents & (POLLHUP | POLLERR | POLLNVAL)) return true;
        if ((state.revents & POLLIN) && !recv(terminal->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT)) return true;
    }
    return port->device->transport->is_lost && port->device->transport->is_lost(port);
}

static void on_readable(evutil_socket_t fd, short what, void *context)
{
    struct terminal *terminal = context;
    uint8_t data[BYTES_MAX];
    ssize_t len;

    (void)what;
    if (!terminal->wanted || !program(terminal->conn)) return; /* the program is gone, and soon the line */
    len = read(fd, data, terminal->wanted);
    if (len > 0)
    {
        terminal->wanted = 0;
        client_send_port_data(program(terminal->conn), terminal->conn, 0, data, (size_t)len);
        wire_wipe_memory(data, (size_t)len);
    }
    else if (len < 0 && (errno == EAGAIN || errno == EINTR))
        event_add(terminal->readable, NULL);
    else
        line_lost(terminal);
}

/* A socket that is pppd's soon blocks, ttys do not. */
static ssize_t write_some(const struct terminal *terminal)
{
    ssize_t len = send(terminal->fd, terminal->send, terminal->send_len, MSG_DONTWAIT | MSG_NOSIGNAL);

    if (len < 0 && errno == ENOTSOCK) len = write(terminal->fd, terminal->send, terminal->send_len);
    return len;
}

static void send_more(struct terminal *terminal)
{
    ssize_t len = write_some(terminal);

    if (len < 0 && errno != EAGAIN && errno != EINTR)
    {
        answer_send(terminal, ERROR_PORT_DISCONNECTED);
        line_lost(terminal);
        return;
    }
    if (len > 0)
    {
        terminal->send_len -= (size_t)len;
        memmove(terminal->send, terminal->send + len, terminal->send_len);
    }
    if (terminal->send_len)
        event_add(terminal->writable, NULL);
    else
        answer_send(terminal, 0);
}

static void on_writable(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    send_more(context);
}

static void on_tick(evutil_socket_t fd, short what, void *context)
{
    struct terminal *terminal = context;

    (void)fd;
    (void)what;
    if (is_lost(terminal))
        line_lost(terminal);
    else if (terminal->serial && !--terminal->ticks_left)
        answer_send(terminal, ERROR_REQUEST_TIMEOUT);
}

/* ---- the pause ---------------------------------------------------------------------- */

static void destroy(struct terminal *terminal)
{
    if (terminal->readable) event_free(terminal->readable);
    if (terminal->writable) event_free(terminal->writable);
    if (terminal->tick) event_free(terminal->tick);
    wire_wipe_memory(terminal->send, sizeof(terminal->send));
    free(terminal);
}

void terminal_begin(struct conn *c)
{
    static const struct timeval interval = {TICK_MS / 1000, TICK_MS % 1000 * 1000};
    struct terminal *terminal;

    if (!(terminal = calloc(1, sizeof(*terminal)))) goto fail;
    terminal->conn = c;
    terminal->fd = c->port->fd;
    terminal->readable = event_new(loop, terminal->fd, EV_READ, on_readable, terminal);
    terminal->writable = event_new(loop, terminal->fd, EV_WRITE, on_writable, terminal);
    terminal->tick = event_new(loop, -1, EV_PERSIST, on_tick, terminal);
    if (!terminal->readable || !terminal->writable || !terminal->tick) goto destroy;
    if (terminal->fd >= 0 && event_add(terminal->tick, &interval)) goto destroy;
    c->terminal = terminal;
    return;

destroy:
    destroy(terminal);
fail:
    conn_post(c, EV_DEVICE_FAILED, ERROR_NOT_ENOUGH_MEMORY);
}

void terminal_end(struct conn *c)
{
    struct terminal *terminal = c->terminal;

    c->terminal = NULL;
    answer_send(terminal, ERROR_PORT_NOT_OPEN);
    if (terminal->changed) tcsetattr(terminal->fd, TCSANOW, &terminal->saved);
    if (terminal->open && program(c)) client_send_port_data(program(c), c, ERROR_PORT_NOT_OPEN, "", 0);
    destroy(terminal);
}

/* ---- requests ------------------------------------------------------------------------ */

uint32_t terminal_open(struct conn *c)
{
    if (!c) return ERROR_INVALID_PORT_HANDLE;
    if (c->terminal->fd < 0) return ERROR_PORT_NOT_CONNECTED; /* before the call, and it is not a tty */
    c->terminal->open = true;
    return 0;
}

static bool is_open(const struct conn *c)
{
    return c && c->terminal->open;
}

void terminal_send(struct conn *c, struct client *client, uint32_t serial, const uint8_t *data, size_t len)
{
    struct terminal *terminal;

    if (!is_open(c) || c->terminal->serial || !len)
    {
        client_send_result(client, serial, !is_open(c) ? ERROR_INVALID_PORT_HANDLE
                                           : c->terminal->serial ? ERROR_PORT_NOT_AVAILABLE : 0);
        return;
    }
    terminal = c->terminal;
    memcpy(terminal->send, data, len);
    terminal->send_len = len;
    terminal->serial = serial;
    terminal->ticks_left = SEND_TICKS;
    send_more(terminal);
}

void terminal_receive(struct conn *c, uint32_t max)
{
    if (!is_open(c)) return;
    c->terminal->wanted = max < BYTES_MAX ? max : BYTES_MAX;
    if (max)
        event_add(c->terminal->readable, NULL);
    else
        event_del(c->terminal->readable);
}

uint32_t terminal_settings(struct conn *c, const struct wire_port_settings *settings)
{
    static const tcflag_t sizes[] = {CS5, CS6, CS7, CS8};
    static const tcflag_t parities[PARITY_COUNT] = {
        [PARITY_ODD] = PARENB | PARODD, [PARITY_EVEN] = PARENB,
        [PARITY_MARK] = PARENB | PARODD | CMSPAR, [PARITY_SPACE] = PARENB | CMSPAR,
    };
    struct terminal *terminal;
    struct termios tty;

    if (!is_open(c)) return ERROR_INVALID_PORT_HANDLE;
    if (settings->parity >= PARITY_COUNT || settings->stop > STOP_TWO || settings->bits < 5 || settings->bits > 8)
        return ERROR_CANNOT_SET_PORT_INFO;
    terminal = c->terminal;
    if (tcgetattr(terminal->fd, &tty)) return 0; /* a line without characters, such as TCP */
    if (!terminal->changed) terminal->saved = tty;
    tty.c_cflag &= ~(tcflag_t)(CSIZE | PARENB | PARODD | CMSPAR | CSTOPB);
    tty.c_cflag |= sizes[settings->bits - 5] | parities[settings->parity];
    if (settings->stop != STOP_ONE) tty.c_cflag |= CSTOPB;
    if (tcsetattr(terminal->fd, TCSANOW, &tty)) return ERROR_CANNOT_SET_PORT_INFO;
    terminal->changed = true;
    return 0;
}
