/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_entry.h - the entry that a dial is for: its properties, the link that is dialled, the
 * numbers of that.
 */
#ifndef RASAPI32_DIAL_ENTRY_H
#define RASAPI32_DIAL_ENTRY_H

#include "entry.h"
#include "ras_wire.h"

struct dial_entry
{
    struct phonebook_record *record; /* NULL: a dial without entry, by the defaults */
    RASENTRYW properties;
    unsigned int link; /* from 0 */
    WCHAR device_type[RAS_MaxDeviceType + 1]; /* of the link */
    WCHAR device_name[RAS_MaxDeviceName + 1]; /* on which to dial it; may be empty */
    bool is_preferred; /* the device is the entry's PreferredDevice */
};

/* What a dial of this name means: phonebook and name as for phonebook_read(); no name, or one of a
 * connection without entry (".5550100"), gives the defaults.  0 or an error of phonebook_read() or
 * entry_get(). */
DWORD dial_entry_find(const WCHAR *phonebook, const WCHAR *name, struct dial_entry *entry);
void dial_entry_free(struct dial_entry *entry);

/* Choose the link and its device.  sub_entry: RASDIALPARAMS's.  0, or 8. */
DWORD dial_entry_choose_link(struct dial_entry *entry, DWORD sub_entry);

/* How many links are dialled as one connection?  1 unless the entry has several and does not want
 * the first that works. */
unsigned int dial_entry_links(const struct dial_entry *entry);
/* Turn to this link of them, from 0, and its device. */
DWORD dial_entry_take_link(struct dial_entry *entry, unsigned int link);

/* A number of the link, or of its device; fallback when the entry does not say. */
DWORD dial_entry_number(const struct dial_entry *entry, enum entry_place place, const char *key, DWORD fallback);

/* ---- dial_numbers.c ---- */

/* The number of the entry and those to try after it, as they are dialled.  0, or 749. */
DWORD dial_numbers_fill(struct wire_dial *dial, const struct dial_entry *entry);

/* What is needed to put the number that worked first (RASEO_PromoteAlternates). */
struct dial_promotion;
/* NULL: the entry does not want it, or no memory.  dial_promotion_free() takes NULL. */
struct dial_promotion *dial_promotion_new(const struct wire_dial *dial, const struct dial_entry *entry);
void dial_promotion_free(struct dial_promotion *promotion);
/* The connection is up: ask the manager which number it was, and write that to the file. */
void dial_promotion_run(DWORD handle, const struct dial_promotion *promotion);

#endif
