/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * arrival.h - tells when a manager may have come, without looking again and again: by the
 * change notifications of the folders that lead to its socket.  For one thread.
 */
#ifndef RASAPI32_ARRIVAL_H
#define RASAPI32_ARRIVAL_H

#include <stdbool.h>

#include <windows.h>

/* From now on changes are noticed; to be called before a look whether a manager runs. */
void arrival_arm(void);

/* Wait until a folder changes (true) or the event is set (false). */
bool arrival_wait(HANDLE wake);

/* Nobody waits for the next time. */
void arrival_disarm(void);

#endif
