/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * rasmand_stubs.h - what stands in for log.c and conn.c in the tests of single
 * modules of rasmand.
 */
#ifndef RASMAND_STUBS_H
#define RASMAND_STUBS_H

#include "rasmand.h"

/* A connection that only remembers what was posted to it. */
struct conn
{
    uint32_t id;
    struct port *port;
    struct wire_dial dial;
    const char *old_password;
    struct wire_projection ip;
    bool connected;
    bool offers_callback;
    void *link;
    unsigned int count;
    struct
    {
        enum conn_event event;
        uint32_t error;
    } events[64];
};

/* Everything that was logged since stub_log_clear(), a line each. */
extern char stub_log[65536];
void stub_log_clear(void);

/* Run the loop until the connection has count events, at most some seconds. */
bool stub_wait_events(struct conn *conn, unsigned int count);

#endif
