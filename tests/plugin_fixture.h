/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * plugin_fixture.h - the manager's end of the socket for tests of the plugin.
 */
#ifndef PLUGIN_FIXTURE_H
#define PLUGIN_FIXTURE_H

#include "ras_wire.h"

extern int manager;         /* our end, -1: none */
extern struct wire_msg msg; /* last message that was read */

/* Make the pair.  Returns the plugin's end. */
int make_pair(void);

void put(const struct wire_msg *m);
/* Type of the next message, 0 when there is none. */
int get(void);

/* What put_config() says besides: WIRE_PROTO_*, WIRE_ENCRYPT_*. */
extern uint32_t config_protocols;

/* The manager's messages; hold 0: the first ones. */
void put_config(uint32_t version, uint32_t hold, uint32_t hold_seconds);
void put_credentials(uint32_t hold, const char *user, const char *password);

#endif
