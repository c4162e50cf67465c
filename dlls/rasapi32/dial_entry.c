/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_entry.c - the keys of an entry that matter to a dial.  Writes nothing.
 */
#include "dial_entry.h"

#include <stddef.h>
#include <stdlib.h>

#include "dial.h"
#include "phonebook.h"

#define TEXT_MAX 1040

#define TYPE_VPN       2u
#define TYPE_BROADBAND 5u
#define AUTH_EAP       0x80u /* AuthRestrictions */

static const struct
{
    const char *key;
    size_t offset;
} number_keys[] =
{
    {"Type", offsetof(struct dial_entry, type)},
    {"AuthRestrictions", offsetof(struct dial_entry, auth_restrictions)},
    {"DataEncryption", offsetof(struct dial_entry, data_encryption)},
    {"ExcludedProtocols", offsetof(struct dial_entry, excluded_protocols)},
    {"LcpExtensions", offsetof(struct dial_entry, lcp_extensions)},
    {"SwCompression", offsetof(struct dial_entry, sw_compression)},
    {"IdleDisconnectSeconds", offsetof(struct dial_entry, idle_seconds)},
    {"IpPrioritizeRemote", offsetof(struct dial_entry, ip_prioritize_remote)},
    {"IpHeaderCompression", offsetof(struct dial_entry, ip_header_compression)},
    {"IpNameAssign", offsetof(struct dial_entry, ip_name_assign)},
    {"Speaker", offsetof(struct dial_entry, speaker)},
};

/* Of the switch after the device that dials; the one before it has a terminal alone. */
static const struct
{
    const char *key;
    size_t offset;
} switch_keys[] =
{
    {"Terminal", offsetof(struct dial_entry, terminal_after)},
    {"Script", offsetof(struct dial_entry, script)},
    {"CustomScript", offsetof(struct dial_entry, custom_script)},
};

/* Where the reader of an entry is. */
struct parser
{
    struct dial_entry *entry;
    UINT codepage;
    unsigned int media;   /* MEDIA groups seen; only the first link is read */
    bool in_device;       /* in the DEVICE group that dials */
    bool in_switch;       /* in that of a terminal or script */
    bool have_device;
    bool have_number;
};

void dial_entry_defaults(struct dial_entry *entry)
{
    memset(entry, 0, sizeof(*entry));
    entry->type = 1;
    entry->data_encryption = 8;
    entry->excluded_protocols = 3;
    entry->lcp_extensions = 1;
    entry->sw_compression = 1;
    entry->ip_prioritize_remote = 1;
    entry->ip_header_compression = 1;
    entry->ip_name_assign = 1;
    entry->speaker = DIAL_ENTRY_NOT_GIVEN;
}

/* A piece of the file as WCHARs; too long texts are cut.  Returns their number. */
static size_t decode(UINT codepage, const struct pbk_span *span, WCHAR *text, size_t size)
{
    size_t len = min(span->len, 4 * size);
    int made = 0;

    while (len && !(made = MultiByteToWideChar(codepage, 0, span->text, len, text, size - 1))) len--;
    text[made] = 0;
    return made;
}

static void set_text(const struct parser *parser, const struct pbk_span *value, char *dst, size_t size)
{
    WCHAR text[TEXT_MAX];
    size_t len = decode(parser->codepage, value, text, ARRAYSIZE(text));

    dial_set_text(dst, size, text, len);
}

/* Switches and PADs stand before and after the device that dials. */
static void begin_device(struct parser *parser, const struct pbk_span *type)
{
    struct dial_entry *entry = parser->entry;

    parser->in_switch = parser->media == 1 && pbk_equal_nocase(type, "switch");
    parser->in_device = parser->media == 1 && !parser->have_device && !pbk_equal_nocase(type, "switch") &&
                        !pbk_equal_nocase(type, "pad");
    if (!parser->in_device) return;
    parser->have_device = true;
    if (pbk_equal_nocase(type, "rastapi") && entry->type == TYPE_BROADBAND)
        wire_set_text(entry->device_type, sizeof(entry->device_type), "PPPoE");
    else if (pbk_equal_nocase(type, "rastapi") && entry->type == TYPE_VPN)
        wire_set_text(entry->device_type, sizeof(entry->device_type), "vpn");
    else
        set_text(parser, type, entry->device_type, sizeof(entry->device_type));
}

static void parse_switch_key(struct parser *parser, const struct pbk_span *key, const struct pbk_span *value)
{
    struct dial_entry *entry = parser->entry;
    size_t i;

    if (!parser->have_device)
    {
        if (pbk_equal_nocase(key, "Terminal")) pbk_number(value, &entry->terminal_before);
        return;
    }
    if (pbk_equal_nocase(key, "Name")) set_text(parser, value, entry->script_name, sizeof(entry->script_name));
    for (i = 0; i < ARRAYSIZE(switch_keys); i++)
        if (pbk_equal_nocase(key, switch_keys[i].key))
            pbk_number(value, (uint32_t *)((char *)entry + switch_keys[i].offset));
}

static void parse_key(struct parser *parser, const struct pbk_span *key, const struct pbk_span *value)
{
    struct dial_entry *entry = parser->entry;
    WCHAR dll[TEXT_MAX];
    size_t i;

    if (pbk_equal(key, "MEDIA"))
        parser->media++;
    else if (pbk_equal(key, "DEVICE"))
        begin_device(parser, value);
    else if (parser->in_switch)
        parse_switch_key(parser, key, value);
    else if (parser->media == 1 && pbk_equal_nocase(key, "Device"))
        set_text(parser, value, entry->device_name, sizeof(entry->device_name));
    else if (parser->in_device && !parser->have_number && pbk_equal_nocase(key, "PhoneNumber"))
    {
        set_text(parser, value, entry->number, sizeof(entry->number));
        parser->have_number = true;
    }
    else if (!parser->media && pbk_equal_nocase(key, "CustomRasDialDll"))
    {
        if (decode(parser->codepage, value, dll, ARRAYSIZE(dll)) < MAX_PATH) wcscpy(entry->custom_dll, dll);
    }
    else if (pbk_equal_nocase(key, "Guid"))
        entry->has_guid = pbk_guid(value, entry->guid);
    else
        for (i = 0; i < ARRAYSIZE(number_keys); i++)
            if (pbk_equal_nocase(key, number_keys[i].key))
                pbk_number(value, (uint32_t *)((char *)entry + number_keys[i].offset));
}

/* Read the entry that begins at the cursor. */
static DWORD read_entry(struct pbk_cursor cursor, UINT codepage, struct dial_entry *entry)
{
    struct parser parser = {.entry = entry, .codepage = codepage};
    struct pbk_span key, value;

    dial_entry_defaults(entry);
    entry->auth_restrictions = 552;
    entry->ip_header_compression = DIAL_ENTRY_NOT_GIVEN;
    while (pbk_next(&cursor, &key, &value) == PBK_KEY) parse_key(&parser, &key, &value);
    if (entry->ip_header_compression == DIAL_ENTRY_NOT_GIVEN)
        entry->ip_header_compression = entry->type != TYPE_VPN && entry->type != TYPE_BROADBAND;
    return parser.have_device ? ERROR_SUCCESS : ERROR_CORRUPT_PHONEBOOK;
}

/* The lines of the record, for the reader above. */
static DWORD read_record(const struct phonebook_record *record, struct dial_entry *entry)
{
    struct pbk_cursor cursor;
    DWORD error;
    size_t len;
    char *lines = pbk_entry_format(record->entry, &len);

    if (!lines) return ERROR_NOT_ENOUGH_MEMORY;
    cursor.next = lines;
    cursor.end = lines + len;
    error = read_entry(cursor, record->codepage, entry);
    free(lines);
    return error;
}

DWORD dial_entry_find(const WCHAR *phonebook, const WCHAR *name, struct dial_entry *entry)
{
    struct phonebook_record *record;
    DWORD error;

    if (!(error = phonebook_read(phonebook, name, &record)))
    {
        error = read_record(record, entry);
        entry->all_users = record->all_users;
        if (!error && (!dial_set_text(entry->name, sizeof(entry->name), record->name, wcslen(record->name)) ||
                       !dial_set_text(entry->phonebook, sizeof(entry->phonebook), record->path, wcslen(record->path))))
            error = ERROR_CANNOT_OPEN_PHONEBOOK;
        phonebook_record_free(record);
    }
    if (error) dial_entry_defaults(entry);
    return error;
}

DWORD dial_entry_custom_flags(const struct dial_entry *entry)
{
    return (entry->all_users ? RCD_AllUsers : RCD_SingleUser) | (entry->auth_restrictions & AUTH_EAP ? RCD_Eap : 0);
}
