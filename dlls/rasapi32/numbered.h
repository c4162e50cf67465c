/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * numbered.h - structures with a list of alternate numbers behind them, RASENTRY and RASSUBENTRY,
 * as programs give and take them: any edition, A or W.  A list is as in entry.h.
 */
#ifndef RASAPI32_NUMBERED_H
#define RASAPI32_NUMBERED_H

#include <stddef.h>

#include "rasapi32.h"

struct numbered_type
{
    enum version_id id;
    enum version_id wide;            /* the same structure with WCHARs */
    const struct aw_struct *convert; /* NULL: id has WCHARs itself */
    const struct aw_struct *texts;   /* the members of the structure */
    size_t offset_member;            /* dwAlternateOffset in the newest wide structure */
};

extern const struct numbered_type numbered_rasentry_a;
extern const struct numbered_type numbered_rasentry_w;
extern const struct numbered_type numbered_rassubentry_a;
extern const struct numbered_type numbered_rassubentry_w;

/* For the functions that fill a buffer: 87 without size, 610 a bad address, 632.  A buffer that is
 * NULL asks for the size. */
DWORD numbered_check_out(const struct numbered_type *type, const void *buffer, const DWORD *size);

/* Writes newest, which is wide, and the list.  603 with *size needed when there is no room. */
DWORD numbered_leave(const struct numbered_type *type, void *newest, const WCHAR *list, void *buffer, DWORD *size);

/* For those that read one: 610 for an address or size that is bad, 632; newest is wide, *end is where
 * the members of the caller's edition end in it.  87 for a list that lies or ends badly. */
DWORD numbered_enter(const struct numbered_type *type, const void *buffer, DWORD size, void *newest, DWORD *end,
                     WCHAR **list);

#endif
