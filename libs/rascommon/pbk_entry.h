/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pbk_entry.h - one entry of a phone book as lines that can be changed.  Lines that
 * nobody changes stay byte for byte, those that nobody knows too.  Works on bytes in
 * memory; which encoding they have, and what values mean, is not known here.
 *
 * An entry has general keys, and groups: NETCOMPONENTS=, MEDIA=... for each link, and below a
 * MEDIA group its DEVICE=... groups, each with number groups that begin with PhoneNumber=.
 * A device's own keys (pbk_keys.def) may be between those of its numbers and below them; any other
 * line belongs to what the line before it belongs to.  Only the first NETCOMPONENTS counts; a DEVICE
 * that is below no MEDIA, or has NETCOMPONENTS between, is kept and can't be asked for.
 * Source: [MS-RRASM] 2.2.2.
 */
#ifndef RAS_PBK_ENTRY_H
#define RAS_PBK_ENTRY_H

#include "pbk.h"

struct pbk_entry;

enum pbk_group_kind
{
    PBK_GENERAL,
    PBK_NETCOMPONENTS,
    PBK_MEDIA,  /* link */
    PBK_DEVICE, /* link, device: keys of the group that are not those of a number */
    PBK_NUMBER, /* link, device, number */
    PBK_GROUP_KINDS
};

/* A group of lines; indexes count from 0, those that the kind does not have are 0. */
struct pbk_group
{
    enum pbk_group_kind kind;
    unsigned int link;
    unsigned int device;
    unsigned int number;
};

/* The lines of an entry, without its [name]; they are copied.  NULL: no memory.  len 0 gives
 * an entry without any line. */
struct pbk_entry *pbk_entry_parse(const void *text, size_t len);
void pbk_entry_free(struct pbk_entry *entry);

/* The lines as they stand in a file, and a NUL that is not counted; the caller frees them.  Lines
 * that were added end with CR LF, changed ones as before.  NULL: no memory. */
char *pbk_entry_format(const struct pbk_entry *entry, size_t *len);

/* Has any line been changed, added or removed since pbk_entry_parse()? */
bool pbk_entry_changed(const struct pbk_entry *entry);

/* How many there are; 0 also for a link or device that is not there. */
unsigned int pbk_entry_links(const struct pbk_entry *entry);
unsigned int pbk_entry_devices(const struct pbk_entry *entry, unsigned int link);
unsigned int pbk_entry_numbers(const struct pbk_entry *entry, unsigned int link, unsigned int device);

/* The value of the first line with this key in the group, or of line index of those that share
 * it.  Case is regarded only for MEDIA, DEVICE and Device.  The value of the group's own line is
 * that of key "MEDIA", "DEVICE", "NETCOMPONENTS" or "PhoneNumber".  The span is valid until the
 * entry is changed.  False, and an empty span: no such line. */
bool pbk_entry_get(const struct pbk_entry *entry, const struct pbk_group *group, const char *key,
                   struct pbk_span *value);
bool pbk_entry_get_index(const struct pbk_entry *entry, const struct pbk_group *group, const char *key,
                         unsigned int index, struct pbk_span *value);
/* A decimal number; false, and *number untouched, when there is none. */
bool pbk_entry_get_number(const struct pbk_entry *entry, const struct pbk_group *group, const char *key,
                          uint32_t *number);

/* Set the first line with the key, or insert one where the documented order (pbk_keys.def) wants
 * it; a key that is not in the order goes to the end of the group.  A line that has this value
 * already is not touched; for numbers, a spelling of the same number is the same value ("-1" and
 * "4294967295"), and a new one is written without a sign.  False, and nothing changed: no memory, no
 * such group, a value with CR, LF or NUL, or a new key that belongs to another kind of group. */
bool pbk_entry_set(struct pbk_entry *entry, const struct pbk_group *group, const char *key, const char *value,
                   size_t len);
bool pbk_entry_set_number(struct pbk_entry *entry, const struct pbk_group *group, const char *key, uint32_t number);
/* Give another group the first line with the key, when there is one.  False: as pbk_entry_set(). */
bool pbk_entry_copy(struct pbk_entry *entry, const struct pbk_group *from, const struct pbk_group *to, const char *key);
/* Remove all lines with the key, but not the group's own line. */
void pbk_entry_remove(struct pbk_entry *entry, const struct pbk_group *group, const char *key);

/* Hex text in several lines of one key, 128 digits each, joined in order.  get: *len is the number of
 * bytes, 0 also without any line; data (room bytes) may be NULL to ask for it.  False: a digit is none
 * or has no second (*len 0), or there is not room enough.
 * set: replaces all lines of the key, unless they have these bytes already; len 0 removes them.  False,
 * and nothing changed: as pbk_entry_set(), or the group's own line. */
bool pbk_entry_get_blob(const struct pbk_entry *entry, const struct pbk_group *group, const char *key, uint8_t *data,
                        size_t room, size_t *len);
bool pbk_entry_set_blob(struct pbk_entry *entry, const struct pbk_group *group, const char *key, const uint8_t *data,
                        size_t len);

/* Insert an empty group so that it becomes number index of its siblings: a MEDIA group of this media
 * ("serial"), a DEVICE group of this type ("modem"), a number group with this PhoneNumber, or
 * NETCOMPONENTS.  All but numbers get an empty line before them, as files have it.  index beyond the last:
 * appended.  False, and nothing changed: no memory, no parent, a bad value, or a second NETCOMPONENTS. */
bool pbk_entry_add_group(struct pbk_entry *entry, const struct pbk_group *group, const char *value, size_t len);
/* Remove a group with all that is below it, and the empty line before it.  The keys that are the device's
 * stay when a number is removed.  False: no such group, or PBK_GENERAL. */
bool pbk_entry_remove_group(struct pbk_entry *entry, const struct pbk_group *group);

#endif
