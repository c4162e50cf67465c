/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_request.c - turns what RasDial was given, and the phone book entry, into
 * the one message that the manager gets.  After this no phone book is needed.
 */
#include "dial.h"

#include <stdlib.h>

#include "dial_entry.h"

/* AuthRestrictions of the phone book to methods of the manager. */
static const struct
{
    DWORD restriction;
    uint32_t method;
} auth_methods[] =
{
    {0x008, WIRE_AUTH_PAP},
    {0x020, WIRE_AUTH_CHAP},
    {0x040, WIRE_AUTH_MSCHAP},
    {0x400, WIRE_AUTH_MSCHAP},
    {0x200, WIRE_AUTH_MSCHAPV2},
    {0x080, WIRE_AUTH_EAP},
};

bool dial_set_text(char *dst, size_t dst_size, const WCHAR *src, size_t src_len)
{
    size_t len = 0;
    int made = 0;

    while (len < src_len && src[len]) len++;
    if (len) made = WideCharToMultiByte(CP_UTF8, 0, src, len, dst, dst_size - 1, NULL, NULL);
    dst[made] = 0;
    return made || !len;
}

static uint32_t auth_allowed(DWORD restrictions)
{
    uint32_t methods = 0;
    size_t i;

    for (i = 0; i < ARRAYSIZE(auth_methods); i++)
        if (restrictions & auth_methods[i].restriction) methods |= auth_methods[i].method;
    return methods;
}

static uint32_t encryption(DWORD value)
{
    switch (value)
    {
        case 0: return WIRE_ENCRYPT_NONE;
        case 256: return WIRE_ENCRYPT_REQUIRE;
        case 512: return WIRE_ENCRYPT_MAX;
        default: return WIRE_ENCRYPT_OPTIONAL;
    }
}

/* Settings that an entry has and a dial without entry takes from the defaults. */
static void fill_settings(struct wire_dial *dial, const struct dial_entry *entry)
{
    dial->auth_allowed = auth_allowed(entry->auth_restrictions);
    dial->encryption = encryption(entry->data_encryption);
    if (!(entry->excluded_protocols & 4)) dial->protocols |= WIRE_PROTO_IPV4;
    if (!(entry->excluded_protocols & 8)) dial->protocols |= WIRE_PROTO_IPV6;
    if (entry->ip_prioritize_remote) dial->ppp_options |= WIRE_PPP_DEFAULT_ROUTE;
    if (entry->ip_name_assign != 2) dial->ppp_options |= WIRE_PPP_PEER_DNS;
    if (entry->ip_header_compression) dial->ppp_options |= WIRE_PPP_HEADER_COMPRESS;
    if (entry->sw_compression) dial->ppp_options |= WIRE_PPP_SW_COMPRESS;
    if (!entry->lcp_extensions) dial->ppp_options |= WIRE_PPP_NO_LCP_EXT;
    if (entry->idle_seconds != 0xffffffff) dial->idle_seconds = entry->idle_seconds;
}

/* Without any wish the speaker stays as it is: not every modem knows the command. */
static void fill_speaker(struct wire_dial *dial, DWORD options, DWORD speaker)
{
    if (options & RDEOPT_IgnoreModemSpeaker) speaker = (options & RDEOPT_SetModemSpeaker) != 0;
    if (speaker == DIAL_ENTRY_NOT_GIVEN) return;
    dial->options |= speaker ? WIRE_DIAL_SPEAKER_ON : WIRE_DIAL_SPEAKER_OFF;
}

static void fill_extensions(struct wire_dial *dial, const RASDIALEXTENSIONS *ext, bool synchronous)
{
    if (!synchronous) dial->options |= WIRE_DIAL_ACKNOWLEDGED;
    /* Nobody could resume a synchronous dial. */
    if (!synchronous && (ext->dwfOptions & RDEOPT_PausedStates)) dial->options |= WIRE_DIAL_PAUSED_STATES;
    if (ext->fSkipPppAuth) dial->options |= WIRE_DIAL_SKIP_AUTH;
    if (!(ext->dwfOptions & RDEOPT_IgnoreSoftwareCompression)) return;
    dial->ppp_options &= ~WIRE_PPP_SW_COMPRESS;
    if (ext->dwfOptions & RDEOPT_SetSoftwareCompression) dial->ppp_options |= WIRE_PPP_SW_COMPRESS;
}

/* A name that begins with a full stop belongs to a dial without entry: it is what
 * RasEnumConnections gave, "." and the number, unless an entry really has it. */
DWORD dial_find_entry(const WCHAR *phonebook, const RASDIALPARAMSW *params, struct dial_entry *entry)
{
    WCHAR name[RAS_MaxEntryName + 1];
    DWORD error;

    dial_entry_defaults(entry);
    lstrcpynW(name, params->szEntryName, ARRAYSIZE(name));
    if (!name[0]) return ERROR_SUCCESS;
    error = dial_entry_find(phonebook, name, entry);
    return name[0] == '.' ? ERROR_SUCCESS : error;
}

static void fill_entry(struct wire_dial *dial, const struct dial_entry *entry)
{
    memcpy(dial->entry_guid, entry->guid, sizeof(dial->entry_guid));
    dial->entry_guid_len = entry->has_guid ? sizeof(dial->entry_guid) : 0;
    wire_set_text(dial->entry, sizeof(dial->entry), entry->name);
    wire_set_text(dial->phonebook, sizeof(dial->phonebook), entry->phonebook);
    wire_set_text(dial->device_type, sizeof(dial->device_type), entry->device_type);
    wire_set_text(dial->device_name, sizeof(dial->device_name), entry->device_name);
    wire_set_text(dial->number, sizeof(dial->number), entry->number);
}

static void widen(WCHAR *dst, size_t size, const char *src)
{
    if (!MultiByteToWideChar(CP_UTF8, 0, src, -1, dst, size)) dst[0] = 0;
}

/* Terminals are for programs that want to be paused; a script without them ends the dial. */
static DWORD fill_switches(struct wire_dial *dial, const struct dial_entry *entry, const RASDIALEXTENSIONS *ext,
                           const RASDIALPARAMSW *params, struct script_plan **plan)
{
    bool custom = entry->custom_script && (ext->dwfOptions & RDEOPT_UseCustomScripting);
    bool paused = dial->options & WIRE_DIAL_PAUSED_STATES;

    if (paused && entry->terminal_before) dial->options |= WIRE_DIAL_TERMINAL_BEFORE;
    if (paused && entry->terminal_after) dial->options |= WIRE_DIAL_TERMINAL_AFTER;
    if (!custom && !(entry->script && entry->script_name[0])) return ERROR_SUCCESS;
    dial->options |= WIRE_DIAL_SCRIPT;
    if (!paused) return ERROR_SUCCESS;
    if (!(*plan = calloc(1, sizeof(**plan)))) return ERROR_NOT_ENOUGH_MEMORY;
    (*plan)->custom = custom;
    (*plan)->terminal_after = entry->terminal_after != 0;
    (*plan)->owner = ext->hwndParent;
    (*plan)->params = *params;
    widen((*plan)->name, ARRAYSIZE((*plan)->name), entry->script_name);
    widen((*plan)->phonebook, ARRAYSIZE((*plan)->phonebook), entry->phonebook);
    return ERROR_SUCCESS;
}

/* "*": the program will say the number when it is asked. */
bool dial_is_callback_number(const WCHAR *number, size_t size)
{
    size_t i;

    if (number[0] == '*' && !number[1]) return true;
    for (i = 0; i < size && number[i]; i++)
        if (number[i] >= 0x80 || !strchr("0123456789TPWtpw()-@ ", number[i])) return false;
    return true;
}

/* The program's number goes before that of the entry, with all that belongs to it. */
static DWORD fill_number(struct wire_dial *dial, const struct dial_entry *entry, const RASDIALPARAMSW *params)
{
    const WCHAR *name = params->szEntryName;

    if (params->szPhoneNumber[0])
        return DIAL_SET_TEXT(dial->number, params->szPhoneNumber) ? ERROR_SUCCESS : ERROR_BAD_PHONE_NUMBER;
    if (entry->name[0]) return ERROR_SUCCESS;
    if (name[0] != '.' || !name[1] ||
        !dial_set_text(dial->number, sizeof(dial->number), name + 1, ARRAYSIZE(params->szEntryName) - 1))
        return ERROR_BAD_PHONE_NUMBER;
    return ERROR_SUCCESS;
}

DWORD dial_fill_request(struct wire_dial *dial, const RASDIALEXTENSIONS *ext, const struct dial_entry *entry,
                        RASDIALPARAMSW *params, bool synchronous, struct credstore_key *key,
                        struct script_plan **plan)
{
    DWORD error;

    credstore_key(key, entry);
    if (entry->name[0]) fill_entry(dial, entry);
    if ((error = fill_number(dial, entry, params))) return error;
    if (!dial_is_callback_number(params->szCallbackNumber, ARRAYSIZE(params->szCallbackNumber)))
        return ERROR_INVALID_CALLBACK_NUMBER;
    if ((error = eap_take_info(&ext->RasEapInfo, params))) return error;
    if (dial_take_stored(params, key, true)) dial->options |= WIRE_DIAL_GLOBAL_CREDS;
    if (entry->all_users) dial->options |= WIRE_DIAL_ALL_USERS;
    DIAL_FILL_CREDENTIALS(dial, params);
    dial->sub_entry = params->dwSubEntry;
    fill_settings(dial, entry);
    fill_extensions(dial, ext, synchronous);
    fill_speaker(dial, ext->dwfOptions, entry->speaker);
    return fill_switches(dial, entry, ext, params, plan);
}
