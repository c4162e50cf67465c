/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * entry.h - what the keys of a phone book entry mean: RASENTRY and its lines, both ways
 * (entry_keys.def has the table), and the links of an entry.  Opens no file.
 *
 * What is read and then set unchanged leaves the lines as they are: a key is written only when
 * its meaning differs from what is wanted, and a missing key means its default.
 *
 * Errors: 8 no memory; 87 a text with a line end; 625 a link that is not there or has no
 * device.  Alternate numbers are a list of texts that an empty one ends, NULL: none; free().
 */
#ifndef RASAPI32_ENTRY_H
#define RASAPI32_ENTRY_H

#include "phonebook.h"

/* What a device type means. */
enum device_class
{
    DEVICE_PHONE,
    DEVICE_VPN,
    DEVICE_BROADBAND,
    DEVICE_CLASSES
};

struct device_type
{
    const char *name;  /* as a file spells it */
    const char *media; /* of its MEDIA group */
    enum device_class class;
    bool needs_number; /* cannot be dialled without */
};

/* Compares without case; takes "RASDT_Vpn" for vpn.  A type that nobody knows gets a row of its
 * own: name NULL. */
const struct device_type *device_type_find(const WCHAR *name);

/* A device and its numbers: RASSUBENTRY, and the part of RASENTRY that has the same. */
struct entry_link
{
    WCHAR device_type[RAS_MaxDeviceType + 1];
    WCHAR device_name[RAS_MaxDeviceName + 1];
    WCHAR number[RAS_MaxPhoneNumber + 1];
    WCHAR *alternates;
};

/* ---- reading ---- */

/* RASENTRY in its newest edition; dwAlternateOffset is 0, the list is the caller's.  alternates
 * may be NULL. */
DWORD entry_get(const struct phonebook_record *record, RASENTRYW *entry, WCHAR **alternates);

/* That of an entry with this name "": what a new entry is unless its maker says otherwise. */
void entry_defaults(RASENTRYW *entry);

/* link counts from 0.  Free link->alternates. */
DWORD entry_link_get(const struct phonebook_record *record, unsigned int link, struct entry_link *result);

/* Where the lines stand that RASENTRY has no members for.  False: no such group; the others of
 * pbk_entry.h then read nothing. */
enum entry_place
{
    ENTRY_GENERAL,
    ENTRY_NETCOMPONENTS,
    ENTRY_MEDIA,         /* the link */
    ENTRY_DEVICE,        /* its device that dials */
    ENTRY_NUMBER,        /* the first number of that */
    ENTRY_SWITCH_BEFORE, /* terminal before dialling */
    ENTRY_SWITCH_AFTER,  /* terminal and scripts after it */
    ENTRY_X25,           /* PAD, or the device itself when it is one of X.25 */
    ENTRY_PLACES
};
bool entry_find_place(const struct pbk_entry *entry, unsigned int link, enum entry_place place,
                      struct pbk_group *group);

/* A number or text of any key; fallback and "" for one that is not there. */
DWORD entry_number(const struct phonebook_record *record, enum entry_place place, const char *key, DWORD fallback);
void entry_text(const struct phonebook_record *record, enum entry_place place, const char *key, WCHAR *text,
                size_t size);

/* ---- changing ---- */

/* A record without lines becomes an entry with one link and every key at its default. */
DWORD entry_create(struct phonebook_record *record, const struct entry_link *link);

DWORD entry_set(struct phonebook_record *record, const RASENTRYW *entry, const WCHAR *alternates);

/* Changes a link, or appends one when link is beyond the last.  Another device makes the link's
 * lines anew. */
DWORD entry_link_set(struct phonebook_record *record, unsigned int link, const struct entry_link *wanted);

/* May a program set this?  What the file left open before, old, may stay so; NULL: a new link. */
bool entry_link_is_usable(const struct entry_link *wanted, const struct entry_link *old);

/* Those behind it move down. */
DWORD entry_link_remove(struct phonebook_record *record, unsigned int link);

/* Members of entry from byte end on, which a program's edition of RASENTRYW lacks, become those of
 * old. */
void entry_merge(RASENTRYW *entry, size_t end, const RASENTRYW *old);

/* ---- for entry.c and entry_link.c ---- */

/* The value of a line as text, cut to fit. */
void entry_decode(const struct phonebook_record *record, const struct pbk_span *span, WCHAR *text, size_t size);

/* The same lines in UTF-8, with Encoding=1. */
DWORD entry_become_utf8(struct phonebook_record *record);

/* Sets a key; the entry becomes UTF-8 when its encoding lacks a character. */
DWORD entry_set_text(struct phonebook_record *record, const struct pbk_group *group, const char *key,
                     const WCHAR *text);

/* Writes the keys that a new group of this place begins with; type may be NULL where none counts. */
DWORD entry_fill_place(struct phonebook_record *record, const struct pbk_group *group, enum entry_place place,
                       const struct device_type *type);

/* As entry_find_place() for link 0, but makes what is missing. */
DWORD entry_make_place(struct phonebook_record *record, enum entry_place place, struct pbk_group *group);

#endif
