/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * client.h - the process's one session with the connection manager.
 *
 * It is opened when it is needed first and kept until the process ends, the manager
 * leaves or is lost; then the next need opens another.  A reader thread takes
 * what the manager sends: answers go to client_request(), notices to dial.c,
 * changes to watch.c.  Any thread may call; no lock is held while a handler of the
 * program runs.
 */
#ifndef RASAPI32_CLIENT_H
#define RASAPI32_CLIENT_H

#include <stdbool.h>

#include <windows.h>

#include "ras_wire.h"
#include "transport.h"

/* Guards everything that the reader thread shares with others: dials, watches,
 * known handles.  Held for moments only; waits use condition variables. */
extern SRWLOCK client_lock;

/* Takes an answer to a request; runs with client_lock held and must be short. */
typedef void client_answer_fn(const struct wire_msg *answer, void *context);

/* Send a request (its serial is filled in here) and wait for the end of its answer.
 * The request is wiped.  Each answer other than a result goes to answer (may be
 * NULL).  Returns the error of the result, 0 if there was none, or:
 * ERROR_RASMAN_CANNOT_INITIALIZE  no manager can be had (TRANSPORT_START),
 * ERROR_SERVICE_NOT_ACTIVE        none runs (TRANSPORT_RUNNING), or it was lost
 *                                 before it had answered. */
DWORD client_request(enum transport_mode mode, struct wire_msg *request, client_answer_fn *answer, void *context);

/* Is there a session?  With client_lock held. */
bool client_is_open(void);

/* Have a session with a manager that runs: 0 or an error as above. */
DWORD client_attach(void);

/* Send a message whose answer nobody waits for, with client_lock held; nothing happens
 * when there is no session. */
void client_tell(struct wire_msg *msg);

/* The process ends, no other thread runs any more: let the manager hear of it.  It would by
 * itself, but wineserver (8.0) keeps a socket open until its own end when a program ends
 * inside a receive.  Against the same in a send there is no remedy on this side. */
void client_process_ends(void);

#endif
