/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * args.h - pppd's argument list.
 */
#ifndef ARGS_H
#define ARGS_H

#include "rasmand.h"

#define ARGS_MAX 64

/* A list that execv() takes.  Owned texts; failed: one did not fit. */
struct args
{
    char *argv[ARGS_MAX + 1];
    unsigned int count;
    bool failed;
};

void args_init(struct args *args);
void args_clear(struct args *args);
/* printf for one argument. */
void args_addf(struct args *args, const char *format, ...) LOG_FORMAT(2, 3);

/* Everything that pppd is told on its command line for this dial request: a
 * closed list, nothing privileged, no secret and no text of the user's.  fd:
 * number of the plugin's socket; the port's part is the transport's. */
void args_build(struct args *args, const struct wire_dial *dial, uint32_t connection, int fd);

/* Is there anything that pppd has to agree on by CCP? */
bool args_want_ccp(const struct wire_dial *dial);

#endif
