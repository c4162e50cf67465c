/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * entry.c - RASENTRY and the keys of a phone book entry, by the table entry_keys.def.
 */
#include "entry.h"

#include <stddef.h>
#include <stdlib.h>

#include <ws2tcpip.h>
#include <mstcpip.h>
#include <ntsecapi.h>

#define TYPE_OFFSET offsetof(RASENTRYW, dwType)

/* ---- several members in one key ---------------------------------------------------------- */

/* AuthRestrictions */
#define AUTH_PAP      8u
#define AUTH_SPAP     16u
#define AUTH_CHAP     32u
#define AUTH_MSCHAP   64u
#define AUTH_EAP      128u
#define AUTH_MSCHAP2  512u
#define AUTH_W95      1024u
#define AUTH_MACHINE  2048u
#define AUTH_IKE_PSK  4096u
#define AUTH_BITS                                                                                                      \
    (AUTH_PAP | AUTH_SPAP | AUTH_CHAP | AUTH_MSCHAP | AUTH_EAP | AUTH_MSCHAP2 | AUTH_W95 | AUTH_MACHINE | AUTH_IKE_PSK)
#define AUTH_PLAIN    (AUTH_PAP)
#define AUTH_NOT_MS   (AUTH_PAP | AUTH_SPAP | AUTH_CHAP)
#define AUTH_MS       (AUTH_MSCHAP | AUTH_MSCHAP2 | AUTH_W95)
#define AUTH_DEFAULT  (AUTH_PAP | AUTH_CHAP | AUTH_MSCHAP2)

/* DataEncryption */
#define ENCRYPT_OPTIONAL 8u
#define ENCRYPT_REQUIRED 256u
#define ENCRYPT_MAXIMUM  512u

struct special
{
    void (*from_key)(DWORD value, RASENTRYW *entry);
    DWORD (*to_key)(const RASENTRYW *entry);
};

static const struct
{
    DWORD key;
    DWORD flag;
    DWORD flag2;
} auth_flags[] =
{
    {AUTH_PAP, RASEO_RequirePAP, 0},
    {AUTH_SPAP, RASEO_RequireSPAP, 0},
    {AUTH_CHAP, RASEO_RequireCHAP, 0},
    {AUTH_MSCHAP, RASEO_RequireMsCHAP, 0},
    {AUTH_EAP, RASEO_RequireEAP, 0},
    {AUTH_MSCHAP2, RASEO_RequireMsCHAP2, 0},
    {AUTH_W95, RASEO_RequireW95MSCHAP, 0},
    {AUTH_MACHINE, 0, RASEO2_RequireMachineCertificates},
    {AUTH_IKE_PSK, 0, RASEO2_UsePreSharedKeyForIkev2Initiator},
};

static void auth_from_key(DWORD value, RASENTRYW *entry)
{
    size_t i;

    for (i = 0; i < ARRAYSIZE(auth_flags); i++)
    {
        if (!(value & auth_flags[i].key)) continue;
        entry->dwfOptions |= auth_flags[i].flag;
        entry->dwfOptions2 |= auth_flags[i].flag2;
    }
    if (!(value & AUTH_PLAIN) && (value & (AUTH_SPAP | AUTH_CHAP | AUTH_MS)))
        entry->dwfOptions |= RASEO_RequireEncryptedPw;
    if (!(value & AUTH_NOT_MS) && (value & AUTH_MS)) entry->dwfOptions |= RASEO_RequireMsEncryptedPw;
}

/* The two flags that tell how a password travels narrow the methods that are named, or name them. */
static DWORD auth_to_key(const RASENTRYW *entry)
{
    DWORD value = 0, forbidden = 0;
    size_t i;

    for (i = 0; i < ARRAYSIZE(auth_flags); i++)
        if ((entry->dwfOptions & auth_flags[i].flag) || (entry->dwfOptions2 & auth_flags[i].flag2))
            value |= auth_flags[i].key;
    if (entry->dwfOptions & RASEO_RequireEncryptedPw) forbidden = AUTH_PLAIN;
    if (entry->dwfOptions & RASEO_RequireMsEncryptedPw) forbidden = AUTH_NOT_MS;
    if (!(value & ~forbidden)) value = AUTH_DEFAULT;
    return value & ~forbidden;
}

static void encryption_from_key(DWORD value, RASENTRYW *entry)
{
    if (value >= ENCRYPT_REQUIRED) entry->dwfOptions |= RASEO_RequireDataEncryption;
    if (value >= ENCRYPT_MAXIMUM)
        entry->dwEncryptionType = ET_RequireMax;
    else if (value >= ENCRYPT_REQUIRED)
        entry->dwEncryptionType = ET_Require;
    else
        entry->dwEncryptionType = value ? ET_Optional : ET_None;
}

/* The flag raises what the type leaves open; it cannot lower what that requires. */
static DWORD encryption_to_key(const RASENTRYW *entry)
{
    switch (entry->dwEncryptionType)
    {
    case ET_RequireMax:
        return ENCRYPT_MAXIMUM;
    case ET_Require:
        return ENCRYPT_REQUIRED;
    default:
        if (entry->dwfOptions & RASEO_RequireDataEncryption) return ENCRYPT_REQUIRED;
        return entry->dwEncryptionType == ET_None ? 0 : ENCRYPT_OPTIONAL;
    }
}

static void base_protocol_from_key(DWORD value, RASENTRYW *entry)
{
    entry->dwFramingProtocol = value == 3 ? RASFP_Ras : value == 2 ? RASFP_Slip : RASFP_Ppp;
}

static DWORD base_protocol_to_key(const RASENTRYW *entry)
{
    return entry->dwFramingProtocol == RASFP_Ras ? 3 : entry->dwFramingProtocol == RASFP_Slip ? 2 : 1;
}

/* One key for two flags of the same meaning. */
static void shared_numbers_from_key(DWORD value, RASENTRYW *entry)
{
    if (!value) return;
    entry->dwfOptions |= RASEO_SharedPhoneNumbers;
    entry->dwfOptions2 |= RASEO2_SharePhoneNumbers;
}

static DWORD shared_numbers_to_key(const RASENTRYW *entry)
{
    return (entry->dwfOptions & RASEO_SharedPhoneNumbers) || (entry->dwfOptions2 & RASEO2_SharePhoneNumbers);
}

static void custom_auth_from_key(DWORD value, RASENTRYW *entry)
{
    entry->dwCustomAuthKey = value == 0xffffffff ? 0 : value;
}

static DWORD custom_auth_to_key(const RASENTRYW *entry)
{
    return entry->dwCustomAuthKey == 0xffffffff ? 0 : entry->dwCustomAuthKey;
}

static void typical_auth_from_key(DWORD value, RASENTRYW *entry)
{
    if (value) entry->dwfOptions2 |= RASEO2_UseTypicalSettings;
}

static DWORD typical_auth_to_key(const RASENTRYW *entry)
{
    if (!(entry->dwfOptions2 & RASEO2_UseTypicalSettings)) return 0;
    return auth_to_key(entry) & AUTH_PLAIN ? 1 : 2;
}

/* A metric of 0 is chosen by the system. */
static void ipv4_metric_from_key(DWORD value, RASENTRYW *entry)
{
    entry->dwIPv4InterfaceMetric = value;
    if (value) entry->dwfOptions2 |= RASEO2_IPv4ExplicitMetric;
}

static DWORD ipv4_metric_to_key(const RASENTRYW *entry)
{
    return entry->dwfOptions2 & RASEO2_IPv4ExplicitMetric ? entry->dwIPv4InterfaceMetric : 0;
}

static void ipv6_metric_from_key(DWORD value, RASENTRYW *entry)
{
    entry->dwIPv6InterfaceMetric = value;
    if (value) entry->dwfOptions2 |= RASEO2_IPv6ExplicitMetric;
}

static DWORD ipv6_metric_to_key(const RASENTRYW *entry)
{
    return entry->dwfOptions2 & RASEO2_IPv6ExplicitMetric ? entry->dwIPv6InterfaceMetric : 0;
}

/* ---- the table ------------------------------------------------------------------------------- */

enum row_kind
{
    ROW_NUMBER,
    ROW_FLAG,
    ROW_BIT,
    ROW_SPECIAL,
    ROW_NUMBERS = ROW_SPECIAL, /* the last of those that are numbers in the file */
    ROW_TEXT,
    ROW_IPV4,
    ROW_IPV6,
    ROW_MIRROR,
    ROW_SCRIPT,
    ROW_FIXED
};

struct row
{
    enum row_kind kind;
    enum entry_place place;
    const char *key;
    size_t offset;   /* of the member */
    size_t length;   /* of a text */
    DWORD flag;      /* of the member */
    DWORD on;        /* of the key: value, or its bit, with the flag */
    DWORD off;       /* without it */
    DWORD bits;      /* of the key that are this row's */
    bool is_new;
    DWORD fallback[DEVICE_CLASSES];
    const struct special *special;
    const char *text; /* of a FIXED key */
    const char *only; /* device type */
};

#define MEMBER(member)      offsetof(RASENTRYW, member)
#define ALL                 0xffffffff
#define ALWAYS(n)           {(n), (n), (n)}
#define BY_CLASS(...)       {__VA_ARGS__}
#define SPECIAL_OF(name)    &(const struct special){name##_from_key, name##_to_key}
#define NUMBER(place, key, member, new, ...)                                                                           \
    {ROW_NUMBER, ENTRY_##place, key, MEMBER(member), 0, 0, 0, 0, ALL, new, __VA_ARGS__, NULL, NULL, NULL},
#define FLAG(place, key, member, flag, on, off, new, ...)                                                              \
    {ROW_FLAG, ENTRY_##place, key, MEMBER(member), 0, flag, on, off, ALL, new, __VA_ARGS__, NULL, NULL, NULL},
#define BIT(place, key, bit, member, flag, set, new, ...)                                                              \
    {ROW_BIT, ENTRY_##place, key, MEMBER(member), 0, flag, (set) ? (bit) : 0, (set) ? 0 : (bit), bit, new,             \
     __VA_ARGS__, NULL, NULL, NULL},
#define SPECIAL(place, key, name, bits, new, ...)                                                                      \
    {ROW_SPECIAL, ENTRY_##place, key, 0, 0, 0, 0, 0, bits, new, __VA_ARGS__, SPECIAL_OF(name), NULL, NULL},
#define TEXT_ROW(kind, place, key, member, length, new)                                                                \
    {kind, ENTRY_##place, key, MEMBER(member), length, 0, 0, 0, 0, new, {0, 0, 0}, NULL, NULL, NULL},
#define STRING(place, key, member, new)                                                                                \
    TEXT_ROW(ROW_TEXT, place, key, member, ARRAYSIZE(((RASENTRYW *)0)->member), new)
#define IPV4(place, key, member, new) TEXT_ROW(ROW_IPV4, place, key, member, 0, new)
#define IPV6(place, key, member, new) TEXT_ROW(ROW_IPV6, place, key, member, 0, new)
#define SCRIPT(place, member)                                                                                          \
    TEXT_ROW(ROW_SCRIPT, place, "Name", member, ARRAYSIZE(((RASENTRYW *)0)->member), 1)
#define MIRROR(place, key, member, flag, on, off)                                                                      \
    {ROW_MIRROR, ENTRY_##place, key, MEMBER(member), 0, flag, on, off, ALL, true, {0, 0, 0}, NULL, NULL, NULL},
#define FIXED(place, key, text, type)                                                                                  \
    {ROW_FIXED, ENTRY_##place, key, 0, 0, 0, 0, 0, 0, true, {0, 0, 0}, NULL, text, type},
static const struct row rows[] =
{
#include "entry_keys.def"
};

#define MEMBER_OF(type, row, entry) ((type *)((char *)(entry) + (row)->offset))

static void from_key(const struct row *row, DWORD value, RASENTRYW *entry)
{
    bool flag;

    switch (row->kind)
    {
    case ROW_NUMBER:
        *MEMBER_OF(DWORD, row, entry) = value;
        return;
    case ROW_SPECIAL:
        row->special->from_key(value, entry);
        return;
    default:
        /* Whatever is not the value for off, if that is 0, is on. */
        value &= row->bits;
        flag = row->off ? value == row->on : value != 0;
        if (flag) *MEMBER_OF(DWORD, row, entry) |= row->flag;
    }
}

static DWORD to_key(const struct row *row, const RASENTRYW *entry)
{
    switch (row->kind)
    {
    case ROW_NUMBER:
        return *MEMBER_OF(const DWORD, row, entry);
    case ROW_SPECIAL:
        return row->special->to_key(entry);
    default:
        return *MEMBER_OF(const DWORD, row, entry) & row->flag ? row->on : row->off;
    }
}

/* ---- addresses --------------------------------------------------------------------------------- */

#define ADDRESS_SIZE 66

/* What is no address is none. */
static void parse_address(const struct row *row, const char *text, void *address)
{
    const char *end;
    USHORT port;
    ULONG scope;

    if (row->kind == ROW_IPV4)
    {
        memset(address, 0, sizeof(IN_ADDR));
        if (RtlIpv4StringToAddressA(text, TRUE, (LPSTR *)&end, address) || *end) memset(address, 0, sizeof(IN_ADDR));
    }
    else if (RtlIpv6StringToAddressExA(text, address, &scope, &port))
        memset(address, 0, sizeof(IN6_ADDR));
}

static void format_address(const struct row *row, const void *address, char text[ADDRESS_SIZE])
{
    if (row->kind == ROW_IPV4)
        RtlIpv4AddressToStringA(address, text);
    else
        RtlIpv6AddressToStringA(address, text);
}

static size_t address_size(const struct row *row)
{
    return row->kind == ROW_IPV4 ? sizeof(IN_ADDR) : sizeof(IN6_ADDR);
}

/* ---- reading ------------------------------------------------------------------------------------- */

static bool get_line(const struct phonebook_record *record, const struct row *row, struct pbk_span *span)
{
    struct pbk_group group;

    return entry_find_place(record->entry, 0, row->place, &group) &&
           pbk_entry_get(record->entry, &group, row->key, span);
}

static void read_text(const struct phonebook_record *record, const struct row *row, RASENTRYW *entry)
{
    char text[ADDRESS_SIZE];
    struct pbk_span span;

    /* Windows NT 4 has a name alone. */
    if (row->kind == ROW_SCRIPT && !entry_number(record, row->place, "Script", 1)) return;
    if (!get_line(record, row, &span)) return;
    if (row->kind == ROW_TEXT || row->kind == ROW_SCRIPT)
        entry_decode(record, &span, MEMBER_OF(WCHAR, row, entry), row->length);
    else if (span.len < sizeof(text))
    {
        memcpy(text, span.text, span.len);
        text[span.len] = 0;
        parse_address(row, text, MEMBER_OF(void, row, entry));
    }
}

static void read_rows(const struct phonebook_record *record, enum device_class class, RASENTRYW *entry)
{
    const struct row *row;

    for (row = rows; row < rows + ARRAYSIZE(rows); row++)
    {
        if (row->kind <= ROW_NUMBERS)
            from_key(row, entry_number(record, row->place, row->key, row->fallback[class]), entry);
        else if (row->kind != ROW_FIXED && row->kind != ROW_MIRROR)
            read_text(record, row, entry);
    }
}

static void read_guid(const struct phonebook_record *record, RASENTRYW *entry)
{
    static const struct pbk_group general;
    struct pbk_span span;

    if (pbk_entry_get(record->entry, &general, "Guid", &span)) pbk_guid(&span, (uint8_t *)&entry->guidId);
}

DWORD entry_get(const struct phonebook_record *record, RASENTRYW *entry, WCHAR **alternates)
{
    struct entry_link link;
    DWORD error;

    memset(entry, 0, sizeof(*entry));
    entry->dwSize = sizeof(*entry);
    if (alternates) *alternates = NULL;
    if ((error = entry_link_get(record, 0, &link))) return error;
    read_rows(record, device_type_find(link.device_type)->class, entry);
    read_guid(record, entry);
    wcscpy(entry->szDeviceType, link.device_type);
    wcscpy(entry->szDeviceName, link.device_name);
    wcscpy(entry->szLocalPhoneNumber, link.number);
    entry->dwSubEntries = pbk_entry_links(record->entry);
    if (alternates)
        *alternates = link.alternates;
    else
        free(link.alternates);
    return ERROR_SUCCESS;
}

void entry_defaults(RASENTRYW *entry)
{
    const struct row *row;

    memset(entry, 0, sizeof(*entry));
    entry->dwSize = sizeof(*entry);
    for (row = rows; row < rows + ARRAYSIZE(rows); row++)
        if (row->kind <= ROW_NUMBERS) from_key(row, row->fallback[DEVICE_PHONE], entry);
    entry->dwfOptions = RASEO_SwCompression | RASEO_IpHeaderCompression | RASEO_RemoteDefaultGateway |
                        RASEO_ModemLights | RASEO_PreviewUserPw | RASEO_ShowDialingProgress;
    entry->dwfNetProtocols = RASNP_Ip;
    wcscpy(entry->szDeviceType, L"modem");
}

/* ---- changing -------------------------------------------------------------------------------------- */

void entry_merge(RASENTRYW *entry, size_t end, const RASENTRYW *old)
{
    bool same_type = device_type_find(entry->szDeviceType)->class == device_type_find(old->szDeviceType)->class;

    memcpy((char *)entry + end, (const char *)old + end, sizeof(*entry) - end);
    if (end <= TYPE_OFFSET)
    {
        static const DWORD types[DEVICE_CLASSES] = {RASET_Phone, RASET_Vpn, RASET_Broadband};

        if (!same_type) entry->dwType = types[device_type_find(entry->szDeviceType)->class];
        /* The flag was all there was. */
        if ((entry->dwfOptions ^ old->dwfOptions) & RASEO_RequireDataEncryption)
            entry->dwEncryptionType = entry->dwfOptions & RASEO_RequireDataEncryption ? ET_Require : ET_Optional;
    }
    if (end <= offsetof(RASENTRYW, dwfOptions2))
    {
        entry->dwfOptions2 &= ~RASEO2_SharePhoneNumbers;
        if (entry->dwfOptions & RASEO_SharedPhoneNumbers) entry->dwfOptions2 |= RASEO2_SharePhoneNumbers;
    }
}

static DWORD write_number(struct phonebook_record *record, const struct row *row, DWORD value, DWORD fallback)
{
    struct pbk_group group;
    uint32_t current = fallback;
    DWORD error;

    if ((error = entry_make_place(record, row->place, &group))) return error;
    pbk_entry_get_number(record->entry, &group, row->key, &current);
    value = (current & ~row->bits) | (value & row->bits);
    return pbk_entry_set_number(record->entry, &group, row->key, value) ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

static DWORD write_script(struct phonebook_record *record, const struct row *row, const WCHAR *text)
{
    struct pbk_group group;
    DWORD error;

    if ((error = entry_make_place(record, row->place, &group))) return error;
    if ((error = entry_set_text(record, &group, row->key, text))) return error;
    return pbk_entry_set_number(record->entry, &group, "Script", text[0] != 0) ? ERROR_SUCCESS
                                                                                : ERROR_NOT_ENOUGH_MEMORY;
}

static DWORD write_address(struct phonebook_record *record, const struct row *row, const RASENTRYW *entry)
{
    struct pbk_group group;
    char text[ADDRESS_SIZE];
    DWORD error;

    if ((error = entry_make_place(record, row->place, &group))) return error;
    format_address(row, MEMBER_OF(const void, row, entry), text);
    return pbk_entry_set(record->entry, &group, row->key, text, strlen(text)) ? ERROR_SUCCESS
                                                                              : ERROR_NOT_ENOUGH_MEMORY;
}

/* Writes the row when it says something else than before. */
static DWORD write_row(struct phonebook_record *record, const struct row *row, enum device_class class,
                       const RASENTRYW *entry, const RASENTRYW *old)
{
    const WCHAR *text = MEMBER_OF(const WCHAR, row, entry);
    struct pbk_group group;
    DWORD error;

    switch (row->kind)
    {
    case ROW_TEXT:
        if (!wcscmp(text, MEMBER_OF(const WCHAR, row, old))) return ERROR_SUCCESS;
        if ((error = entry_make_place(record, row->place, &group))) return error;
        return entry_set_text(record, &group, row->key, text);
    case ROW_SCRIPT:
        return wcscmp(text, MEMBER_OF(const WCHAR, row, old)) ? write_script(record, row, text) : ERROR_SUCCESS;
    case ROW_IPV4:
    case ROW_IPV6:
        if (!memcmp(text, MEMBER_OF(const void, row, old), address_size(row))) return ERROR_SUCCESS;
        return write_address(record, row, entry);
    case ROW_FIXED:
        return ERROR_SUCCESS;
    case ROW_MIRROR:
        if (!entry_find_place(record->entry, 0, row->place, &group)) return ERROR_SUCCESS;
        break;
    default:
        break;
    }
    if (!((to_key(row, entry) ^ to_key(row, old)) & row->bits)) return ERROR_SUCCESS;
    return write_number(record, row, to_key(row, entry), row->fallback[class]);
}

static DWORD write_rows(struct phonebook_record *record, const RASENTRYW *entry)
{
    enum device_class class = device_type_find(entry->szDeviceType)->class;
    const struct row *row;
    RASENTRYW *old;
    DWORD error;

    if (!(old = malloc(sizeof(*old)))) return ERROR_NOT_ENOUGH_MEMORY;
    error = entry_get(record, old, NULL);
    for (row = rows; !error && row < rows + ARRAYSIZE(rows); row++) error = write_row(record, row, class, entry, old);
    free(old);
    return error;
}

DWORD entry_set(struct phonebook_record *record, const RASENTRYW *entry, const WCHAR *alternates)
{
    struct entry_link link = {{0}};
    DWORD error;

    wcscpy(link.device_type, entry->szDeviceType);
    wcscpy(link.device_name, entry->szDeviceName);
    wcscpy(link.number, entry->szLocalPhoneNumber);
    link.alternates = (WCHAR *)alternates;
    if ((error = entry_link_set(record, 0, &link))) return error;
    return write_rows(record, entry);
}

/* ---- new entries ------------------------------------------------------------------------------------- */

static bool fill_row(struct phonebook_record *record, const struct pbk_group *group, const struct row *row,
                     enum device_class class)
{
    const char *text = "";

    if (row->kind <= ROW_NUMBERS || row->kind == ROW_MIRROR)
        return pbk_entry_set_number(record->entry, group, row->key, row->fallback[class]);
    if (row->kind == ROW_IPV4) text = "0.0.0.0";
    if (row->kind == ROW_IPV6) text = "::";
    if (row->kind == ROW_FIXED) text = row->text;
    if (!pbk_entry_set(record->entry, group, row->key, text, strlen(text))) return false;
    return row->kind != ROW_SCRIPT || pbk_entry_set_number(record->entry, group, "Script", 0);
}

DWORD entry_fill_place(struct phonebook_record *record, const struct pbk_group *group, enum entry_place place,
                       const struct device_type *type)
{
    const struct row *row;

    for (row = rows; row < rows + ARRAYSIZE(rows); row++)
    {
        if (row->place != place || !row->is_new) continue;
        if (row->only && (!type || !type->name || strcmp(row->only, type->name))) continue;
        if (!fill_row(record, group, row, type ? type->class : DEVICE_PHONE)) return ERROR_NOT_ENOUGH_MEMORY;
    }
    return ERROR_SUCCESS;
}

/* What tells this entry from every other. */
static DWORD set_identity(struct phonebook_record *record, const struct pbk_group *general)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned char random[20];
    char text[32];
    uint32_t uid;
    size_t i;

    if (!RtlGenRandom(random, sizeof(random))) return ERROR_NOT_ENOUGH_MEMORY;
    memcpy(&uid, random + 16, sizeof(uid));
    uid = (uid & 0x7fffffff) | 1;
    /* In memory order; version 4 of RFC 4122. */
    random[7] = (random[7] & 0x0f) | 0x40;
    random[8] = (random[8] & 0x3f) | 0x80;
    for (i = 0; i < 16; i++)
    {
        text[2 * i] = digits[random[i] >> 4];
        text[2 * i + 1] = digits[random[i] & 15];
    }
    return pbk_entry_set_number(record->entry, general, "DialParamsUID", uid) &&
           pbk_entry_set(record->entry, general, "Guid", text, sizeof(text)) ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

DWORD entry_create(struct phonebook_record *record, const struct entry_link *link)
{
    const struct device_type *type = device_type_find(link->device_type);
    struct pbk_group general = {PBK_GENERAL, 0, 0, 0}, components = {PBK_NETCOMPONENTS, 0, 0, 0};
    DWORD error;

    record->codepage = CP_UTF8;
    if (!pbk_entry_set_number(record->entry, &general, "Encoding", 1)) return ERROR_NOT_ENOUGH_MEMORY;
    if ((error = entry_fill_place(record, &general, ENTRY_GENERAL, type))) return error;
    if ((error = set_identity(record, &general))) return error;
    if (!pbk_entry_add_group(record->entry, &components, "", 0)) return ERROR_NOT_ENOUGH_MEMORY;
    if ((error = entry_fill_place(record, &components, ENTRY_NETCOMPONENTS, type))) return error;
    return entry_link_set(record, 0, link);
}
