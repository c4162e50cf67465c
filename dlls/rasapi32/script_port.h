/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * script_port.h - the raw bytes of the port of a paused connection that this process
 * dials.  What is not received stays in the port, and is PPP's after the pause.
 */
#ifndef RASAPI32_SCRIPT_PORT_H
#define RASAPI32_SCRIPT_PORT_H

#include <stdbool.h>

#include <windows.h>

#include "ras_wire.h"

/* Bytes of one buffer, as custom script DLLs know them. */
#define SCRIPT_BUFFER_MAX 1500

struct script_port;

/* Returns 0, 601 (the connection is not paused), 606 (there is no line yet), or the
 * manager's error. */
DWORD script_port_open(DWORD handle, struct script_port **port);
/* Whoever still waits for bytes is sent home. */
void script_port_close(struct script_port *port);

/* The open port of this connection, to be given back by script_port_release; or NULL. */
struct script_port *script_port_find(DWORD handle);
void script_port_release(struct script_port *port);

/* They return 0 or an error after which the port is of no use: 618 the pause is over,
 * or the reason of its loss. */
DWORD script_port_send(struct script_port *port, const void *data, size_t len);
DWORD script_port_settings(struct script_port *port, DWORD parity, DWORD stop, DWORD bits);
/* Wait until there is something to take; 0 also when the time is over. */
DWORD script_port_wait(struct script_port *port, DWORD size, DWORD timeout);
/* What is there, at most *size bytes; 0 bytes if there is nothing. */
DWORD script_port_take(struct script_port *port, void *data, DWORD *size);
/* Do nothing for so long. */
DWORD script_port_delay(struct script_port *port, DWORD timeout);

/* For the reader thread; with client_lock held. */
void script_port_data(const struct wire_port_data *data);
void script_port_session_lost(void);

#endif
