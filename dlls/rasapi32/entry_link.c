/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * entry_link.c - the links of a phone book entry: MEDIA groups, the device that dials in each,
 * its numbers, and the groups around it.
 */
#include "entry.h"

#include <stdlib.h>

#define TYPE_VPN       2u
#define TYPE_BROADBAND 5u

/* ---- where things stand --------------------------------------------------------------- */

static bool is_device(const struct pbk_entry *entry, unsigned int link, unsigned int device, const char *type)
{
    struct pbk_group group = {PBK_DEVICE, link, device, 0};
    struct pbk_span span;

    return pbk_entry_get(entry, &group, "DEVICE", &span) && pbk_equal_nocase(&span, type);
}

/* Switches and PADs stand around the device that dials; a PAD may be that itself. */
static bool find_device(const struct pbk_entry *entry, unsigned int link, unsigned int *device)
{
    unsigned int count = pbk_entry_devices(entry, link), i;

    for (i = 0; i < count; i++)
    {
        *device = i;
        if (!is_device(entry, link, i, "switch") && !is_device(entry, link, i, "pad")) return true;
    }
    for (i = 0; i < count; i++)
    {
        *device = i;
        if (is_device(entry, link, i, "pad")) return true;
    }
    return false;
}

/* The first device of this type among those from first to before end. */
static bool find_type(const struct pbk_entry *entry, unsigned int link, const char *type, unsigned int first,
                      unsigned int end, unsigned int *device)
{
    for (*device = first; *device < end; ++*device)
        if (is_device(entry, link, *device, type)) return true;
    return false;
}

bool entry_find_place(const struct pbk_entry *entry, unsigned int link, enum entry_place place,
                      struct pbk_group *group)
{
    unsigned int count = pbk_entry_devices(entry, link), dials = 0;
    struct pbk_span span;

    memset(group, 0, sizeof(*group));
    group->kind = place == ENTRY_NETCOMPONENTS ? PBK_NETCOMPONENTS : PBK_GENERAL;
    if (place == ENTRY_GENERAL) return true;
    if (place == ENTRY_NETCOMPONENTS) return pbk_entry_get(entry, group, "NETCOMPONENTS", &span);
    group->link = link;
    group->kind = PBK_MEDIA;
    if (place == ENTRY_MEDIA) return link < pbk_entry_links(entry);
    group->kind = PBK_DEVICE;
    if (!find_device(entry, link, &dials)) return false;
    group->device = dials;
    switch (place)
    {
    case ENTRY_NUMBER:
        group->kind = PBK_NUMBER;
        return pbk_entry_numbers(entry, link, dials) != 0;
    case ENTRY_SWITCH_BEFORE:
        return find_type(entry, link, "switch", 0, dials, &group->device);
    case ENTRY_SWITCH_AFTER:
        return find_type(entry, link, "switch", dials + 1, count, &group->device);
    case ENTRY_X25:
        return is_device(entry, link, dials, "x25") || find_type(entry, link, "pad", 0, count, &group->device);
    default:
        return true;
    }
}

static bool add_group(struct phonebook_record *record, const struct pbk_group *group, const char *value)
{
    return pbk_entry_add_group(record->entry, group, value, strlen(value));
}

DWORD entry_make_place(struct phonebook_record *record, enum entry_place place, struct pbk_group *group)
{
    const char *value = "";

    if (entry_find_place(record->entry, 0, place, group)) return ERROR_SUCCESS;
    if (!find_device(record->entry, 0, &group->device)) return ERROR_CORRUPT_PHONEBOOK;
    switch (place)
    {
    case ENTRY_NUMBER:
        break;
    case ENTRY_SWITCH_BEFORE:
        value = "switch";
        break;
    case ENTRY_X25:
        value = "pad";
        group->device++;
        break;
    case ENTRY_SWITCH_AFTER:
        value = "switch";
        group->device = pbk_entry_devices(record->entry, 0);
        break;
    default:
        return ERROR_CORRUPT_PHONEBOOK;
    }
    if (!add_group(record, group, value)) return ERROR_NOT_ENOUGH_MEMORY;
    return entry_fill_place(record, group, place, NULL);
}

/* ---- reading ---------------------------------------------------------------------------- */

/* Files of 2000 and XP say "rastapi" for what newer ones name. */
static void resolve_type(const struct phonebook_record *record, struct entry_link *link)
{
    DWORD type = entry_number(record, ENTRY_GENERAL, "Type", 0);

    if (CompareStringOrdinal(link->device_type, -1, L"rastapi", -1, TRUE) != CSTR_EQUAL) return;
    if (type == TYPE_BROADBAND || wcsstr(link->device_name, L"PPPOE") || wcsstr(link->device_name, L"PPPoE"))
        wcscpy(link->device_type, L"PPPoE");
    else if (type == TYPE_VPN || wcsstr(link->device_name, L"PPTP") || wcsstr(link->device_name, L"L2TP"))
        wcscpy(link->device_type, L"vpn");
}

static void read_number(const struct phonebook_record *record, struct pbk_group group, unsigned int number,
                        WCHAR *text)
{
    struct pbk_span span;

    group.kind = PBK_NUMBER;
    group.number = number;
    text[0] = 0;
    if (pbk_entry_get(record->entry, &group, "PhoneNumber", &span))
        entry_decode(record, &span, text, RAS_MaxPhoneNumber + 1);
}

/* The numbers after the first, of which empty ones are left out: they would end the list. */
static DWORD read_alternates(const struct phonebook_record *record, const struct pbk_group *device, WCHAR **alternates)
{
    size_t count = pbk_entry_numbers(record->entry, device->link, device->device), i;
    WCHAR *next;

    *alternates = NULL;
    if (count < 2) return ERROR_SUCCESS;
    /* A file may have so many that their size is none; calloc() sees it. */
    if (!(next = calloc(count, (RAS_MaxPhoneNumber + 1) * sizeof(*next)))) return ERROR_NOT_ENOUGH_MEMORY;
    *alternates = next;
    for (i = 1; i < count; i++)
    {
        read_number(record, *device, i, next);
        if (next[0]) next += wcslen(next) + 1;
    }
    *next = 0;
    if (next != *alternates) return ERROR_SUCCESS;
    free(*alternates);
    *alternates = NULL;
    return ERROR_SUCCESS;
}

DWORD entry_link_get(const struct phonebook_record *record, unsigned int link, struct entry_link *result)
{
    struct pbk_group media = {PBK_MEDIA, link, 0, 0}, device;
    struct pbk_span span;

    memset(result, 0, sizeof(*result));
    if (!entry_find_place(record->entry, link, ENTRY_DEVICE, &device)) return ERROR_CORRUPT_PHONEBOOK;
    pbk_entry_get(record->entry, &device, "DEVICE", &span);
    entry_decode(record, &span, result->device_type, ARRAYSIZE(result->device_type));
    if (pbk_entry_get(record->entry, &media, "Device", &span))
        entry_decode(record, &span, result->device_name, ARRAYSIZE(result->device_name));
    resolve_type(record, result);
    read_number(record, device, 0, result->number);
    return read_alternates(record, &device, &result->alternates);
}

/* ---- changing ------------------------------------------------------------------------------ */

static bool is_same_type(const WCHAR *one, const WCHAR *other)
{
    const struct device_type *type = device_type_find(one);

    if (type->name) return type == device_type_find(other);
    return CompareStringOrdinal(one, -1, other, -1, TRUE) == CSTR_EQUAL;
}

static DWORD set_number(struct phonebook_record *record, struct pbk_group device, unsigned int number,
                        const WCHAR *text)
{
    device.kind = PBK_NUMBER;
    device.number = number;
    if (number >= pbk_entry_numbers(record->entry, device.link, device.device))
    {
        if (!add_group(record, &device, "")) return ERROR_NOT_ENOUGH_MEMORY;
        entry_fill_place(record, &device, ENTRY_NUMBER, NULL);
    }
    return entry_set_text(record, &device, "PhoneNumber", text);
}

/* What of the first number holds for the others too, when they are new. */
static DWORD copy_rules(struct phonebook_record *record, struct pbk_group device, unsigned int number)
{
    static const char *const keys[] = {"AreaCode", "CountryCode", "CountryID", "UseDialingRules"};
    struct pbk_group first = device;
    size_t i;

    first.kind = device.kind = PBK_NUMBER;
    device.number = number;
    for (i = 0; i < ARRAYSIZE(keys); i++)
        if (!pbk_entry_copy(record->entry, &first, &device, keys[i])) return ERROR_NOT_ENOUGH_MEMORY;
    return ERROR_SUCCESS;
}

static bool is_same_list(const WCHAR *one, const WCHAR *other)
{
    if (!one) one = L"";
    if (!other) other = L"";
    while (*one && !wcscmp(one, other))
    {
        one += wcslen(one) + 1;
        other += wcslen(other) + 1;
    }
    return !*one && !*other;
}

static DWORD set_alternates(struct phonebook_record *record, const struct pbk_group *device, const WCHAR *list)
{
    struct pbk_group number = {PBK_NUMBER, device->link, device->device, 1};
    bool is_new;
    DWORD error;

    if (list && *list && !pbk_entry_numbers(record->entry, device->link, device->device) &&
        (error = set_number(record, *device, 0, L"")))
        return error;
    for (; list && *list; list += wcslen(list) + 1, number.number++)
    {
        is_new = number.number >= pbk_entry_numbers(record->entry, device->link, device->device);
        if ((error = set_number(record, *device, number.number, list))) return error;
        if (is_new && (error = copy_rules(record, *device, number.number))) return error;
    }
    while (number.number < pbk_entry_numbers(record->entry, device->link, device->device))
        pbk_entry_remove_group(record->entry, &number);
    return ERROR_SUCCESS;
}

/* The device that last worked goes before the one that is named. */
static DWORD forget_preferred(struct phonebook_record *record)
{
    static const char *const keys[] = {"PreferredPort", "PreferredDevice"};
    static const struct pbk_group general;
    struct pbk_span span;
    size_t i;

    for (i = 0; i < ARRAYSIZE(keys); i++)
        if (pbk_entry_get(record->entry, &general, keys[i], &span) && span.len &&
            !pbk_entry_set(record->entry, &general, keys[i], "", 0))
            return ERROR_NOT_ENOUGH_MEMORY;
    return ERROR_SUCCESS;
}

/* The port was the old device's; dialling finds one by the name. */
static DWORD set_name(struct phonebook_record *record, unsigned int link, const WCHAR *name)
{
    struct pbk_group media = {PBK_MEDIA, link, 0, 0};
    DWORD error;

    if (link == 0 && (error = forget_preferred(record))) return error;
    if (!pbk_entry_set(record->entry, &media, "Port", "", 0)) return ERROR_NOT_ENOUGH_MEMORY;
    return entry_set_text(record, &media, "Device", name);
}

/* A link without numbers. */
static DWORD make_link(struct phonebook_record *record, unsigned int link, const struct entry_link *wanted)
{
    const struct device_type *type = device_type_find(wanted->device_type);
    struct pbk_group media = {PBK_MEDIA, link, 0, 0}, device = {PBK_DEVICE, link, 0, 0};
    bool is_x25 = type->name && (!strcmp(type->name, "x25") || !strcmp(type->name, "pad"));
    DWORD error;

    if (link < pbk_entry_links(record->entry)) pbk_entry_remove_group(record->entry, &media);
    if (!add_group(record, &media, type->media)) return ERROR_NOT_ENOUGH_MEMORY;
    if ((error = entry_fill_place(record, &media, ENTRY_MEDIA, type))) return error;
    if ((error = set_name(record, link, wanted->device_name))) return error;
    if (!add_group(record, &device, type->name ? type->name : "")) return ERROR_NOT_ENOUGH_MEMORY;
    if (!type->name && (error = entry_set_text(record, &device, "DEVICE", wanted->device_type))) return error;
    if (is_x25) return entry_fill_place(record, &device, ENTRY_X25, type);
    if (type->needs_number && (error = set_number(record, device, 0, L""))) return error;
    return entry_fill_place(record, &device, ENTRY_DEVICE, type);
}

static DWORD change_link(struct phonebook_record *record, unsigned int link, const struct entry_link *old,
                         const struct entry_link *wanted)
{
    struct pbk_group device;
    DWORD error;

    if (wcscmp(old->device_name, wanted->device_name) && (error = set_name(record, link, wanted->device_name)))
        return error;
    if (!entry_find_place(record->entry, link, ENTRY_DEVICE, &device)) return ERROR_CORRUPT_PHONEBOOK;
    if (wcscmp(old->number, wanted->number) && (error = set_number(record, device, 0, wanted->number))) return error;
    if (is_same_list(old->alternates, wanted->alternates)) return ERROR_SUCCESS;
    return set_alternates(record, &device, wanted->alternates);
}

bool entry_link_is_usable(const struct entry_link *wanted, const struct entry_link *old)
{
    if (!wanted->device_type[0]) return false;
    if (!wanted->device_name[0] && (!old || old->device_name[0])) return false;
    return wanted->number[0] || !device_type_find(wanted->device_type)->needs_number || (old && !old->number[0]);
}

DWORD entry_link_set(struct phonebook_record *record, unsigned int link, const struct entry_link *wanted)
{
    struct entry_link old;
    DWORD error;

    link = min(link, pbk_entry_links(record->entry));
    error = entry_link_get(record, link, &old);
    if (error == ERROR_CORRUPT_PHONEBOOK || (!error && !is_same_type(old.device_type, wanted->device_type)))
    {
        free(old.alternates);
        old.alternates = NULL;
        if ((error = make_link(record, link, wanted))) return error;
        error = entry_link_get(record, link, &old);
    }
    if (!error) error = change_link(record, link, &old, wanted);
    free(old.alternates);
    return error;
}

DWORD entry_link_remove(struct phonebook_record *record, unsigned int link)
{
    struct pbk_group media = {PBK_MEDIA, link, 0, 0};

    pbk_entry_remove_group(record->entry, &media);
    return link == 0 ? forget_preferred(record) : ERROR_SUCCESS;
}
