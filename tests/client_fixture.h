/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * client_fixture.h - two programs, a and b, with sessions to the manager's core in
 * this process.  Links are scripted; the ports are stand-ins.
 */
#ifndef CLIENT_FIXTURE_H
#define CLIENT_FIXTURE_H

#include "client_stubs.h"
#include "session.h"

#include <check.h>

#define UP            "0 1 2 3 4 5 6 10 14 18 C"

extern struct session a, b;

/* Run the manager until it waits. */
void pump(void);
/* A new program's end of a session. */
int connect_client(void);

/* Dial without an entry: the handle. */
uint32_t dial(struct session *s, const char *number);
/* The same until connected. */
uint32_t dial_up(struct session *s, const char *number);
/* The next notice, not acknowledged.  false: none came. */
bool next_notice(struct session *s, struct wire_notice *notice);
/* Nothing but the answer of a request comes: no notice was sent. */
void assert_silent(struct session *s);
/* The handle is not known any more. */
void assert_gone(struct session *s, uint32_t handle);

/* Run what add_tests adds, each test with fresh sessions; main()'s result. */
int fixture_run(const char *name, void (*add_tests)(TCase *tcase));

#endif
