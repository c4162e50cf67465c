/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * client_stubs.h - what the manager's core has beside it in a test: the loop, devices and ports
 * that are always there, and a life without an end.
 */
#ifndef CLIENT_STUBS_H
#define CLIENT_STUBS_H

#include "client.h"
#include "fake.h"

#define FIXTURE_PORTS 4

extern struct device fixture_devices[FIXTURE_PORTS];
extern struct port fixture_ports[FIXTURE_PORTS];

/* Name the devices; their links are scripted. */
void client_stubs_init(void);

#endif
