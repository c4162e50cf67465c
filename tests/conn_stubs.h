/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_stubs.h - everything around conn_fsm.c, as stand-ins that write down what
 * they were asked to do.
 */
#ifndef CONN_STUBS_H
#define CONN_STUBS_H

#include "conn.h"

/* "notice(5:721!) stop() ..." since conn_stubs_clear(); "!" marks a last notice. */
extern char conn_stubs_calls[4096];
/* The events that were posted, "LINK_GONE ...". */
extern char conn_stubs_posts[1024];
/* What the next calls give back. */
extern uint32_t conn_stubs_port_error, conn_stubs_link_error;

void conn_stubs_clear(void);
/* A connection in this state, with the port and the link that it has there. */
struct conn *conn_stubs_conn(enum conn_state state);

#endif
