/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * watch.h - RasConnectionNotification: events of the program that are set when
 * connections change.  With client_lock held.
 */
#ifndef RASAPI32_WATCH_H
#define RASAPI32_WATCH_H

#include <stdbool.h>

#include "rasapi32.h"
#include "ras_wire.h"

void watch_change(const struct wire_change *change);
/* The manager has, or has not, the watch of which a session was told. */
void watch_told(const struct wire_watching *watching);
/* Tell a new session of the watches. */
void watch_session_open(void);
/* left: the manager said so, else it may be there still. */
void watch_session_over(bool left);

#endif
