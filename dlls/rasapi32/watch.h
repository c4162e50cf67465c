/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * watch.h - RasConnectionNotification: events of the program that are set when
 * connections change.  With client_lock held.
 */
#ifndef RASAPI32_WATCH_H
#define RASAPI32_WATCH_H

#include "rasapi32.h"
#include "ras_wire.h"

void watch_change(const struct wire_change *change);
/* Tell a new session of the watches that outlive sessions. */
void watch_session_open(void);
void watch_session_lost(void);

#endif
