/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * serial.c - a null modem, or any tty with PPP on its other end.  Nothing is
 * dialled.  Windows' own null modem server wants to be asked with CLIENT first and
 * says CLIENTSERVER; that is done where devices.conf asks for it.
 */
#include "config.h"

#include "tty.h"
#include "args.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ASK "CLIENT"
#define ANSWER "CLIENTSERVER"
#define ASK_SECONDS 3

struct serial
{
    struct tty tty;
    struct event *readable;
    struct event *again;   /* ask once more */
    struct event *give_up;
    unsigned int matched;  /* characters of ANSWER */
};

static void stop_events(struct serial *serial)
{
    if (serial->readable) event_free(serial->readable);
    if (serial->again) event_free(serial->again);
    if (serial->give_up) event_free(serial->give_up);
    serial->readable = serial->again = serial->give_up = NULL;
}

static void serial_open(struct port *port)
{
    struct serial *serial;
    uint32_t error = 8; /* ERROR_NOT_ENOUGH_MEMORY */

    if ((serial = calloc(1, sizeof(*serial))) && !(error = tty_open(&serial->tty, port->device)))
    {
        port->transport_data = serial;
        port->fd = serial->tty.fd;
        conn_post(port->conn, EV_PORT_OPENED, 0);
        return;
    }
    free(serial);
    conn_post(port->conn, EV_PORT_FAILED, error);
}

static void finish(struct port *port, uint32_t error)
{
    stop_events(port->transport_data);
    port->connected = !error;
    if (!error) port->bps = tty_get_speed(port->fd);
    if (!error) tty_share(&((struct serial *)port->transport_data)->tty);
    conn_post(port->conn, error ? EV_DEVICE_FAILED : EV_DEVICE_UP, error);
}

static void on_readable(evutil_socket_t fd, short what, void *context)
{
    struct port *port = context;
    struct serial *serial = port->transport_data;
    ssize_t len;
    char c;

    (void)what;
    /* A byte at a time: what follows the answer is PPP, and pppd's. */
    while ((len = read(fd, &c, 1)) == 1)
    {
        /* ANSWER begins like itself only at its first letter. */
        serial->matched = c == ANSWER[serial->matched] ? serial->matched + 1 : c == ANSWER[0];
        if (ANSWER[serial->matched]) continue;
        finish(port, 0);
        return;
    }
    if (!len || (errno != EAGAIN && errno != EINTR)) finish(port, 619); /* ERROR_PORT_DISCONNECTED */
}

static void ask(evutil_socket_t fd, short what, void *context)
{
    struct serial *serial = ((struct port *)context)->transport_data;

    (void)fd;
    (void)what;
    if (write(serial->tty.fd, ASK, sizeof(ASK) - 1) < 0 && errno != EAGAIN)
        log_debug(0, "null modem: %s", strerror(errno));
}

static void on_give_up(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    finish(context, 678); /* ERROR_NO_ANSWER */
}

static void serial_connect(struct port *port, const char *number)
{
    struct serial *serial = port->transport_data;
    unsigned int limit = port->device->answer_timeout;
    struct timeval interval = {ASK_SECONDS, 0}, end = {limit / 1000, limit % 1000 * 1000};

    (void)number;
    if (!port->device->handshake)
    {
        finish(port, 0);
        return;
    }
    serial->matched = 0;
    serial->readable = event_new(loop, serial->tty.fd, EV_READ | EV_PERSIST, on_readable, port);
    serial->again = event_new(loop, -1, EV_PERSIST, ask, port);
    serial->give_up = event_new(loop, -1, 0, on_give_up, port);
    if (!serial->readable || !serial->again || !serial->give_up || event_add(serial->readable, NULL) ||
        event_add(serial->again, &interval) || event_add(serial->give_up, &end))
    {
        finish(port, 8);
        return;
    }
    ask(-1, 0, port);
}

static void serial_close(struct port *port)
{
    struct serial *serial = port->transport_data;

    if (serial)
    {
        stop_events(serial);
        tty_close(&serial->tty);
        free(serial);
    }
    port->transport_data = NULL;
    port->fd = -1;
    port->connected = false;
    conn_post(port->conn, EV_PORT_CLOSED, 0);
}

static int serial_pppd_args(const struct port *port, struct args *args)
{
    tty_pppd_args(&((const struct serial *)port->transport_data)->tty, port->device, false, args);
    return -1;
}

const struct transport transport_serial = {
    .type = "serial",
    .ras_type = "SERIAL",
    .old_ras_type = "null",
    .link = &link_pppd,
    .needs_path = true,
    .open = serial_open,
    .connect = serial_connect,
    .close = serial_close,
    .count = line_count,
    .pppd_args = serial_pppd_args,
};
