/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * link_count.h - what the kernel counts of a link.
 */
#ifndef LINK_COUNT_H
#define LINK_COUNT_H

#include "rasmand.h"

/* What goes over an interface.  packed: what compresses there is a compression, too, not
 * encryption alone.  false: there is no such interface. */
bool link_count_interface(const char *ifname, bool packed, struct link_counters *counters);

/* What a serial port counts, since it was made, into the same; a descriptor that is none counts
 * nothing. */
void link_count_port(int fd, struct link_counters *counters);

#endif
