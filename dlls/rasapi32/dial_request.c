/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_request.c - turns what RasDial was given, and the phone book entry, into
 * the one message that the manager gets.  After this no phone book is needed.
 */
#include "dial.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "dial_auth.h"
#include "dial_entry.h"
#include "unix_path.h"

/* Flags of RASENTRY that are one of the manager's options each. */
static const struct
{
    size_t member;
    DWORD flag;
    bool set; /* the option is on with the flag, or without it */
    uint32_t option;
} ppp_options[] =
{
    {offsetof(RASENTRYW, dwfOptions), RASEO_RemoteDefaultGateway, true, WIRE_PPP_DEFAULT_ROUTE},
    {offsetof(RASENTRYW, dwfOptions), RASEO_SpecificNameServers, false, WIRE_PPP_PEER_DNS},
    {offsetof(RASENTRYW, dwfOptions), RASEO_IpHeaderCompression, true, WIRE_PPP_HEADER_COMPRESS},
    {offsetof(RASENTRYW, dwfOptions), RASEO_SwCompression, true, WIRE_PPP_SW_COMPRESS},
    {offsetof(RASENTRYW, dwfOptions), RASEO_DisableLcpExtensions, true, WIRE_PPP_NO_LCP_EXT},
    {offsetof(RASENTRYW, dwfOptions2), RASEO2_IPv6RemoteDefaultGateway, true, WIRE_PPP_IPV6_DEFAULT_ROUTE},
    {offsetof(RASENTRYW, dwfOptions2), RASEO2_DisableClassBasedStaticRoute, false, WIRE_PPP_CLASS_ROUTE},
};

/* Settings of a modem: of the link's device, and of the preferred one. */
static const struct
{
    const char *key;
    const char *preferred_key;
    uint32_t on;
    uint32_t off;
} modem_options[] =
{
    {"HwFlowControl", "PreferredHwFlow", WIRE_MODEM_FLOW_ON, WIRE_MODEM_FLOW_OFF},
    {"Protocol", "PreferredProtocol", WIRE_MODEM_PROTOCOL_ON, WIRE_MODEM_PROTOCOL_OFF},
    {"Compression", "PreferredCompression", WIRE_MODEM_COMPRESSION_ON, WIRE_MODEM_COMPRESSION_OFF},
};

#define NOT_GIVEN 0xfffffffeu

bool dial_set_text(char *dst, size_t dst_size, const WCHAR *src, size_t src_len)
{
    size_t len = 0;
    int made = 0;

    while (len < src_len && src[len]) len++;
    if (len) made = WideCharToMultiByte(CP_UTF8, 0, src, len, dst, dst_size - 1, NULL, NULL);
    dst[made] = 0;
    return made || !len;
}

/* "" for 0.0.0.0, which is none. */
static void fill_address(char *text, size_t size, const RASIPADDR *address)
{
    text[0] = 0;
    if (address->a | address->b | address->c | address->d)
        snprintf(text, size, "%u.%u.%u.%u", address->a, address->b, address->c, address->d);
}
#define FILL_ADDRESS(text, address) fill_address((text), sizeof(text), (address))

/* "" for ::, which is none. */
static void fill_address6(char *text, size_t size, const RASIPV6ADDR *address)
{
    const uint8_t *bytes = (const uint8_t *)address;
    size_t i, len = 0;
    bool any = false;

    for (i = 0; i < 16; i++) any |= bytes[i] != 0;
    text[0] = 0;
    for (i = 0; any && i < 16; i += 2)
        len += (size_t)snprintf(text + len, size - len, "%s%x", i ? ":" : "", bytes[i] << 8 | bytes[i + 1]);
}
#define FILL_ADDRESS6(text, address) fill_address6((text), sizeof(text), (address))

/* Routes and name servers; without an explicit metric the link's come first. */
static void fill_network(struct wire_dial *dial, const RASENTRYW *properties)
{
    if (properties->dwfOptions2 & RASEO2_IPv4ExplicitMetric) dial->metric = properties->dwIPv4InterfaceMetric;
    if (properties->dwfOptions2 & RASEO2_IPv6ExplicitMetric) dial->metric6 = properties->dwIPv6InterfaceMetric;
    DIAL_SET_TEXT(dial->dns_suffix, properties->szDnsSuffix);
    if (!(properties->dwfOptions2 & RASEO2_IPv6SpecificNameServers)) return;
    FILL_ADDRESS6(dial->dns61, &properties->ipv6addrDns);
    FILL_ADDRESS6(dial->dns62, &properties->ipv6addrDnsAlt);
}

static void fill_addresses(struct wire_dial *dial, const RASENTRYW *properties)
{
    if (properties->dwfOptions & RASEO_SpecificIpAddr) FILL_ADDRESS(dial->ip_address, &properties->ipaddr);
    if (!(properties->dwfOptions & RASEO_SpecificNameServers)) return;
    FILL_ADDRESS(dial->dns1, &properties->ipaddrDns);
    FILL_ADDRESS(dial->dns2, &properties->ipaddrDnsAlt);
    FILL_ADDRESS(dial->wins1, &properties->ipaddrWins);
    FILL_ADDRESS(dial->wins2, &properties->ipaddrWinsAlt);
}

/* What no link can have is an error before any dial. */
static DWORD fill_settings(struct wire_dial *dial, const RASENTRYW *properties)
{
    bool on;
    size_t i;

    if (properties->dwFramingProtocol != RASFP_Ppp) return ERROR_PROTOCOL_NOT_CONFIGURED;
    if (!(properties->dwfNetProtocols & (RASNP_Ip | RASNP_Ipv6))) return ERROR_PPP_NO_PROTOCOLS_CONFIGURED;
    if (!dial_auth_methods(properties->dwfOptions, &dial->auth_allowed)) return ERROR_PEER_REFUSED_AUTH;
    dial->encryption = dial_auth_encryption(properties->dwfOptions, properties->dwEncryptionType);
    if (properties->dwfNetProtocols & RASNP_Ip) dial->protocols |= WIRE_PROTO_IPV4;
    if (properties->dwfNetProtocols & RASNP_Ipv6) dial->protocols |= WIRE_PROTO_IPV6;
    for (i = 0; i < ARRAYSIZE(ppp_options); i++)
    {
        on = *(const DWORD *)((const char *)properties + ppp_options[i].member) & ppp_options[i].flag;
        if (on == ppp_options[i].set) dial->ppp_options |= ppp_options[i].option;
    }
    dial->idle_seconds = properties->dwIdleDisconnectSeconds;
    fill_addresses(dial, properties);
    fill_network(dial, properties);
    dial->redial_count = properties->dwRedialCount;
    dial->redial_pause = properties->dwRedialPause;
    if (properties->dwfOptions2 & RASEO2_ReconnectIfDropped) dial->options |= WIRE_DIAL_RECONNECT;
    return ERROR_SUCCESS;
}

/* A setting of the device: those of the preferred one stand among the general keys. */
static DWORD device_setting(const struct dial_entry *entry, enum entry_place place, const char *key,
                            const char *preferred_key)
{
    if (entry->is_preferred) return dial_entry_number(entry, ENTRY_GENERAL, preferred_key, NOT_GIVEN);
    return dial_entry_number(entry, place, key, NOT_GIVEN);
}

/* Without any wish the modem stays as it is: not every one knows the commands. */
static void fill_modem(struct wire_dial *dial, DWORD options, const struct dial_entry *entry)
{
    DWORD speaker = NOT_GIVEN, setting;
    size_t i;

    if (!(entry->properties.dwfOptions2 & RASEO2_UseGlobalDeviceSettings))
    {
        speaker = device_setting(entry, ENTRY_DEVICE, "Speaker", "PreferredSpeaker");
        setting = device_setting(entry, ENTRY_MEDIA, "ConnectBPS", "PreferredBps");
        if (setting != NOT_GIVEN) dial->modem_bps = setting;
        for (i = 0; i < ARRAYSIZE(modem_options); i++)
        {
            setting = device_setting(entry, ENTRY_DEVICE, modem_options[i].key, modem_options[i].preferred_key);
            if (setting != NOT_GIVEN) dial->modem_options |= setting ? modem_options[i].on : modem_options[i].off;
        }
    }
    if (options & RDEOPT_IgnoreModemSpeaker) speaker = (options & RDEOPT_SetModemSpeaker) != 0;
    if (speaker == NOT_GIVEN) return;
    dial->options |= speaker ? WIRE_DIAL_SPEAKER_ON : WIRE_DIAL_SPEAKER_OFF;
}

static void fill_extensions(struct wire_dial *dial, const RASDIALEXTENSIONS *ext, bool synchronous)
{
    if (!synchronous) dial->options |= WIRE_DIAL_ACKNOWLEDGED;
    /* Nobody could resume a synchronous dial. */
    if (!synchronous && (ext->dwfOptions & RDEOPT_PausedStates)) dial->options |= WIRE_DIAL_PAUSED_STATES;
    if (ext->fSkipPppAuth) dial->options |= WIRE_DIAL_SKIP_AUTH;
    if (ext->dwfOptions & RDEOPT_DisableReconnect) dial->options &= ~WIRE_DIAL_RECONNECT;
    if (!(ext->dwfOptions & RDEOPT_IgnoreSoftwareCompression)) return;
    dial->ppp_options &= ~WIRE_PPP_SW_COMPRESS;
    if (ext->dwfOptions & RDEOPT_SetSoftwareCompression) dial->ppp_options |= WIRE_PPP_SW_COMPRESS;
}

static DWORD fill_entry(struct wire_dial *dial, const struct dial_entry *entry)
{
    const struct phonebook_record *record = entry->record;
    static const GUID none;

    dial->sub_entry = dial->sub_entries = entry->link + 1;
    if (!record) return ERROR_SUCCESS;
    dial->sub_entries = pbk_entry_links(record->entry);
    dial->links = dial_entry_links(entry);
    if (entry->properties.dwDialMode == RASEDM_DialAsNeeded) dial->options |= WIRE_DIAL_AS_NEEDED;
    dial->extra_percent = entry->properties.dwDialExtraPercent;
    dial->extra_seconds = entry->properties.dwDialExtraSampleSeconds;
    dial->less_percent = entry->properties.dwHangUpExtraPercent;
    dial->less_seconds = entry->properties.dwHangUpExtraSampleSeconds;
    if (record->all_users) dial->options |= WIRE_DIAL_ALL_USERS;
    if (memcmp(&entry->properties.guidId, &none, sizeof(none)))
    {
        memcpy(dial->entry_guid, &entry->properties.guidId, sizeof(dial->entry_guid));
        dial->entry_guid_len = sizeof(dial->entry_guid);
    }
    DIAL_SET_TEXT(dial->device_type, entry->device_type);
    DIAL_SET_TEXT(dial->device_name, entry->device_name);
    /* They are the connection's identity. */
    if (!dial_set_text(dial->entry, sizeof(dial->entry), record->name, wcslen(record->name)) ||
        !dial_set_text(dial->phonebook, sizeof(dial->phonebook), record->path, wcslen(record->path)))
        return ERROR_CANNOT_OPEN_PHONEBOOK;
    unix_path_of(record->path, dial->phonebook_file, sizeof(dial->phonebook_file));
    dial->prefix = unix_path_prefix();
    return ERROR_SUCCESS;
}

/* Terminals are for programs that want to be paused; a script without them ends the dial. */
static DWORD fill_switches(struct wire_dial *dial, const struct dial_entry *entry, const RASDIALEXTENSIONS *ext,
                           const RASDIALPARAMSW *params, struct script_plan **plan)
{
    DWORD options = entry->properties.dwfOptions;
    bool custom = (options & RASEO_CustomScript) && (ext->dwfOptions & RDEOPT_UseCustomScripting);
    bool paused = dial->options & WIRE_DIAL_PAUSED_STATES;

    if (paused && (options & RASEO_TerminalBeforeDial)) dial->options |= WIRE_DIAL_TERMINAL_BEFORE;
    if (paused && (options & RASEO_TerminalAfterDial)) dial->options |= WIRE_DIAL_TERMINAL_AFTER;
    if (!custom && !entry->properties.szScript[0]) return ERROR_SUCCESS;
    dial->options |= WIRE_DIAL_SCRIPT;
    if (!paused) return ERROR_SUCCESS;
    if (!(*plan = calloc(1, sizeof(**plan)))) return ERROR_NOT_ENOUGH_MEMORY;
    (*plan)->custom = custom;
    (*plan)->terminal_after = options & RASEO_TerminalAfterDial;
    (*plan)->owner = ext->hwndParent;
    (*plan)->params = *params;
    lstrcpynW((*plan)->name, entry->properties.szScript, ARRAYSIZE((*plan)->name));
    lstrcpynW((*plan)->phonebook, entry->record->path, ARRAYSIZE((*plan)->phonebook));
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
    if (entry->record) return dial_numbers_fill(dial, entry);
    if (name[0] != '.' || !name[1] ||
        !dial_set_text(dial->number, sizeof(dial->number), name + 1, ARRAYSIZE(params->szEntryName) - 1))
        return ERROR_BAD_PHONE_NUMBER;
    return ERROR_SUCCESS;
}

DWORD dial_fill_link(struct wire_dial_link *link, const RASDIALEXTENSIONS *ext, const struct dial_entry *entry,
                     const RASDIALPARAMSW *params)
{
    struct wire_dial *dial = calloc(1, sizeof(*dial));
    DWORD error;

    if (!dial) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(error = fill_number(dial, entry, params)))
    {
        fill_modem(dial, ext->dwfOptions, entry);
        link->sub_entry = entry->link + 1;
        link->modem_bps = dial->modem_bps;
        link->modem_options = dial->modem_options;
        WIRE_SET_TEXT(link->number, dial->number);
        WIRE_SET_TEXT(link->alternates, dial->alternates);
        DIAL_SET_TEXT(link->device_type, entry->device_type);
        DIAL_SET_TEXT(link->device_name, entry->device_name);
    }
    free(dial);
    return error;
}

void dial_later_free(struct dial_later *later)
{
    script_plan_free(later->script);
    dial_promotion_free(later->promotion);
    memset(later, 0, sizeof(*later));
}

DWORD dial_fill_request(struct wire_dial *dial, const RASDIALEXTENSIONS *ext, const struct dial_entry *entry,
                        RASDIALPARAMSW *params, bool synchronous, struct dial_later *later)
{
    DWORD error;

    if ((error = fill_number(dial, entry, params))) return error;
    if (!dial_is_callback_number(params->szCallbackNumber, ARRAYSIZE(params->szCallbackNumber)))
        return ERROR_INVALID_CALLBACK_NUMBER;
    if ((error = eap_take_info(&ext->RasEapInfo, params))) return error;
    if ((error = fill_settings(dial, &entry->properties))) return error;
    if ((error = fill_entry(dial, entry))) return error;
    credstore_key(&later->key, entry->record);
    if (dial_take_stored(params, &later->key, true)) dial->options |= WIRE_DIAL_GLOBAL_CREDS;
    DIAL_FILL_CREDENTIALS(dial, params);
    fill_extensions(dial, ext, synchronous);
    fill_modem(dial, ext->dwfOptions, entry);
    if ((error = fill_switches(dial, entry, ext, params, &later->script))) return error;
    later->promotion = dial_promotion_new(dial, entry);
    return ERROR_SUCCESS;
}
