/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pending.c - transports whose own file is not in the tree yet: a port of theirs
 * can't be opened, and says so.  Each goes from here when its file comes.
 */
#include "rasmand.h"

static void pending_open(struct port *port)
{
    conn_post(port->conn, EV_PORT_FAILED, 633);
}

static void pending_close(struct port *port)
{
    conn_post(port->conn, EV_PORT_CLOSED, 0);
}

const struct transport transport_modem = {
    .type = "modem", .ras_type = "modem", .needs_path = true, .is_modem = true, .open = pending_open, .close = pending_close,
};
const struct transport transport_tcp = {
    .type = "tcp", .ras_type = "tcp", .open = pending_open, .close = pending_close,
};
