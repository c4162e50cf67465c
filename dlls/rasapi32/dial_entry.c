/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_entry.c - see dial_entry.h.
 *
 * Which link and which device are dialled: Windows has ports, whose names (COM3, VPN2-0) mean
 * nothing here, so it is the device that counts.  An entry with several links and not all of them
 * to dial goes to the first whose device is there and free, beginning with the one that the program
 * names; otherwise the links are one connection, and a busy device is the manager's to tell.  Of a
 * link it is the entry's PreferredDevice if there is one, else the link's own.  A device that is not
 * there any more is left to the manager, who takes a free one of the same type.
 */
#include "dial_entry.h"

#include <stdlib.h>

#include "client.h"
#include "dial.h"
#include "list.h"

#define LINKS_MAX 16 /* the manager takes no more */

DWORD dial_entry_find(const WCHAR *phonebook, const WCHAR *name, struct dial_entry *entry)
{
    DWORD error = ERROR_SUCCESS;

    memset(entry, 0, sizeof(*entry));
    if (name[0] && !(error = phonebook_read(phonebook, name, &entry->record)))
    {
        if ((error = entry_get(entry->record, &entry->properties, NULL))) dial_entry_free(entry);
        return error;
    }
    entry_defaults(&entry->properties);
    entry->properties.dwfNetProtocols = RASNP_Ip | RASNP_Ipv6;
    wcscpy(entry->device_type, L"modem");
    return name[0] == '.' ? ERROR_SUCCESS : error;
}

void dial_entry_free(struct dial_entry *entry)
{
    phonebook_record_free(entry->record);
    entry->record = NULL;
}

DWORD dial_entry_number(const struct dial_entry *entry, enum entry_place place, const char *key, DWORD fallback)
{
    struct pbk_group group;
    uint32_t number = fallback;

    if (entry->record && entry_find_place(entry->record->entry, entry->link, place, &group))
        pbk_entry_get_number(entry->record->entry, &group, key, &number);
    return number;
}

/* ---- devices ----------------------------------------------------------------------- */

struct device
{
    WCHAR type[RAS_MaxDeviceType + 1];
    WCHAR name[RAS_MaxDeviceName + 1];
    bool in_use;
};

static void take_device(const struct wire_msg *answer, void *context)
{
    struct device *device;

    if (answer->type != WIRE_device || !(device = list_add(context, sizeof(*device)))) return;
    GET_TEXT(device->type, answer->u.device.type);
    GET_TEXT(device->name, answer->u.device.name);
    device->in_use = answer->u.device.handle != 0;
}

/* No devices when there is no manager: RasDial will hear of it. */
static DWORD list_devices(struct list *devices)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_enum_devices, 0);
    client_request(TRANSPORT_START, &msg, take_device, devices);
    return devices->failed ? ERROR_NOT_ENOUGH_MEMORY : ERROR_SUCCESS;
}

static bool is_equal(const WCHAR *one, const WCHAR *other)
{
    return CompareStringOrdinal(one, -1, other, -1, TRUE) == CSTR_EQUAL;
}

/* Is there such a device?  No name: any of the type.  free_only: that no connection has. */
static bool has_device(const struct list *devices, const WCHAR *type, const WCHAR *name, bool free_only)
{
    const struct device *device = devices->items;
    DWORD i;

    for (i = 0; i < devices->count; i++, device++)
        if (is_equal(device->type, type) && (!name[0] || is_equal(device->name, name)) &&
            !(free_only && device->in_use))
            return true;
    return false;
}

/* ---- links -------------------------------------------------------------------------- */

static DWORD get_link(const struct dial_entry *entry, unsigned int link, struct entry_link *result)
{
    DWORD error = entry_link_get(entry->record, link, result);

    free(result->alternates);
    result->alternates = NULL;
    return error;
}

/* Can this link be dialled now? */
static bool is_ready(const struct dial_entry *entry, unsigned int number, const struct list *devices)
{
    struct entry_link link;
    const WCHAR *name;

    if (get_link(entry, number, &link)) return false;
    /* For a device that is not there stands any of its type. */
    name = has_device(devices, link.device_type, link.device_name, false) ? link.device_name : L"";
    return has_device(devices, link.device_type, name, true);
}

static unsigned int choose_link(const struct dial_entry *entry, unsigned int first, const struct list *devices)
{
    unsigned int count = pbk_entry_links(entry->record->entry), i;

    for (i = 0; i < count; i++)
        if (is_ready(entry, (first + i) % count, devices)) return (first + i) % count;
    return first;
}

static void choose_device(struct dial_entry *entry, const struct list *devices, const WCHAR *preferred)
{
    struct entry_link link;

    if (get_link(entry, entry->link, &link)) return;
    wcscpy(entry->device_type, link.device_type);
    wcscpy(entry->device_name, link.device_name);
    entry->is_preferred = preferred[0] && (is_equal(preferred, link.device_name) ||
                                           has_device(devices, link.device_type, preferred, false));
    if (entry->is_preferred) wcscpy(entry->device_name, preferred);
}

unsigned int dial_entry_links(const struct dial_entry *entry)
{
    DWORD mode = entry->properties.dwDialMode;
    unsigned int count;

    if (!entry->record || (mode != RASEDM_DialAll && mode != RASEDM_DialAsNeeded)) return 1;
    count = pbk_entry_links(entry->record->entry);
    return count > LINKS_MAX ? LINKS_MAX : count > 1 ? count : 1;
}

DWORD dial_entry_take_link(struct dial_entry *entry, unsigned int link)
{
    WCHAR preferred[RAS_MaxDeviceName + 1] = L"";
    struct list devices = {0};
    DWORD error = ERROR_SUCCESS;

    entry->link = link;
    if (!link) entry_text(entry->record, ENTRY_GENERAL, "PreferredDevice", preferred, ARRAYSIZE(preferred));
    if (preferred[0]) error = list_devices(&devices);
    choose_device(entry, &devices, preferred);
    free(devices.items);
    return error;
}

DWORD dial_entry_choose_link(struct dial_entry *entry, DWORD sub_entry)
{
    unsigned int count, first = 0;
    WCHAR preferred[RAS_MaxDeviceName + 1];
    struct list devices = {0};
    DWORD error = ERROR_SUCCESS;

    if (!entry->record) return ERROR_SUCCESS;
    count = pbk_entry_links(entry->record->entry);
    entry_text(entry->record, ENTRY_GENERAL, "PreferredDevice", preferred, ARRAYSIZE(preferred));
    if (entry->properties.dwDialMode != RASEDM_DialAll && sub_entry >= 1 && sub_entry <= count) first = sub_entry - 1;
    if (dial_entry_links(entry) > 1) return dial_entry_take_link(entry, first);
    /* Most entries leave no choice. */
    if (count > 1 || preferred[0]) error = list_devices(&devices);
    entry->link = count > 1 ? choose_link(entry, first, &devices) : first;
    choose_device(entry, &devices, entry->link ? L"" : preferred);
    free(devices.items);
    return error;
}
