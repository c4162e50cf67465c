/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * notify.h - the program's handler of a dial: one of three kinds of function, or a
 * window.
 */
#ifndef RASAPI32_NOTIFY_H
#define RASAPI32_NOTIFY_H

#include <stdbool.h>

#include <windows.h>

#include "ras_wire.h"

/* notifierType of RasDial; any other is an error. */
#define NOTIFIER_FUNC   0u
#define NOTIFIER_FUNC1  1u
#define NOTIFIER_FUNC2  2u
#define NOTIFIER_WINDOW 0xffffffffu

struct notifier
{
    DWORD type;
    void *target; /* function or HWND; NULL: none, the dial is synchronous */
    ULONG_PTR callback_id;
};

bool notifier_type_is_valid(DWORD type);

/* Call the handler and wait for its return; no lock may be held.  False: it wants no
 * further notice. */
bool notifier_call(const struct notifier *notifier, const struct wire_notice *notice);

/* Does the calling thread run the handler, which the thread caller has called? */
bool notifier_runs_here(const struct notifier *notifier, DWORD caller);

#endif
