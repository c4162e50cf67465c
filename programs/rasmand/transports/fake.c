/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * fake.c - the transport of scripted connections: a device of type "fake" that
 * needs nothing.  The number that is dialled says what happens (../fake.h).  It
 * proves the API's side only: no modem, no PPP, no address is real.
 */
#include "../fake.h"

static void fake_open(struct port *port)
{
    uint32_t error = fake_script(conn_dial(port->conn)->number)->open_error;

    conn_post(port->conn, error ? EV_PORT_FAILED : EV_PORT_OPENED, error);
}

static void fake_connect(struct port *port, const char *number)
{
    const struct fake_script *script = fake_script(number);

    if (script->never_connects) return;
    conn_post(port->conn, script->connect_error ? EV_DEVICE_FAILED : EV_DEVICE_UP, script->connect_error);
}

static void fake_close(struct port *port)
{
    conn_post(port->conn, EV_PORT_CLOSED, 0);
}

static void fake_reset(struct port *port)
{
    conn_post(port->conn, EV_DEVICE_READY, 0);
}

static void fake_answer(struct port *port)
{
    uint32_t error = fake_script(conn_dial(port->conn)->number)->callback_error;

    conn_post(port->conn, error ? EV_DEVICE_FAILED : EV_DEVICE_UP, error);
}

static int fake_pppd_args(const struct port *port, struct args *args)
{
    (void)port;
    (void)args;
    return -1;
}

const struct transport transport_fake = {
    .type = "fake",
    .ras_type = "modem",
    .link = &link_fake,
    .is_modem = true,
    .open = fake_open,
    .connect = fake_connect,
    .close = fake_close,
    .reset = fake_reset,
    .answer = fake_answer,
    .pppd_args = fake_pppd_args,
};
