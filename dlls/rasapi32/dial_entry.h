/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_entry.h - finds a phone book entry and reads what a dial needs of it.
 */
#ifndef RASAPI32_DIAL_ENTRY_H
#define RASAPI32_DIAL_ENTRY_H

#include "rasapi32.h"

#include <stdbool.h>
#include <stdint.h>

/* Value of a setting that an entry may leave open. */
#define DIAL_ENTRY_NOT_GIVEN 0xfffffffeu

/* Texts are UTF-8. */
struct dial_entry
{
    char name[1537];      /* as the file spells it */
    char phonebook[1041]; /* full path */
    bool all_users;       /* it lies below the folder of all users */
    uint8_t guid[16];
    bool has_guid;
    char device_type[65];
    char device_name[517];
    char number[517];
    uint32_t type;
    uint32_t auth_restrictions; /* 0: any method */
    uint32_t data_encryption;
    uint32_t excluded_protocols;
    uint32_t lcp_extensions;
    uint32_t sw_compression;
    uint32_t idle_seconds;
    uint32_t ip_prioritize_remote;
    uint32_t ip_header_compression;
    uint32_t ip_name_assign;
    uint32_t speaker; /* may be not given */
    uint32_t terminal_before;
    uint32_t terminal_after;
    uint32_t script;        /* after the call */
    uint32_t custom_script;
    char script_name[781];  /* a file, or a section of SWITCH.INF */
    WCHAR custom_dll[MAX_PATH]; /* of a dialer (custom.h), or "" */
};

/* No entry, each setting at its default, any authentication method. */
void dial_entry_defaults(struct dial_entry *entry);

/* phonebook NULL or "": the user's phone books, then those of all users.  Returns
 * 0, 621 (no such file), 623 (no such entry) or 625 (the entry has no device). */
DWORD dial_entry_find(const WCHAR *phonebook, const WCHAR *name, struct dial_entry *entry);

/* RCD_* of the entry, for a dialer. */
DWORD dial_entry_custom_flags(const struct dial_entry *entry);

#endif
