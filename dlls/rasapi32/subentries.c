/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * subentries.c - RasGetSubEntryProperties, RasSetSubEntryProperties, RasDeleteSubEntry.  Subentry
 * 1 is the device of the entry itself.
 */
#include <stdlib.h>

#include "entry.h"
#include "numbered.h"

/* ---- get --------------------------------------------------------------------------------------- */

static DWORD read_link(const WCHAR *phonebook, const WCHAR *name, DWORD index, RASSUBENTRYW *sub, WCHAR **alternates)
{
    struct phonebook_record *record;
    struct entry_link link;
    DWORD error;

    memset(sub, 0, sizeof(*sub));
    sub->dwSize = sizeof(*sub);
    if ((error = phonebook_read(phonebook, name, &record))) return phonebook_one_error(error);
    if (index > 1 && index > pbk_entry_links(record->entry))
        error = ERROR_INVALID_PARAMETER;
    else
        error = entry_link_get(record, index - 1, &link);
    phonebook_record_free(record);
    if (error == ERROR_CORRUPT_PHONEBOOK) error = ERROR_CANNOT_FIND_PHONEBOOK_ENTRY;
    if (error) return error;
    wcscpy(sub->szDeviceType, link.device_type);
    wcscpy(sub->szDeviceName, link.device_name);
    wcscpy(sub->szLocalPhoneNumber, link.number);
    *alternates = link.alternates;
    return ERROR_SUCCESS;
}

static DWORD get_sub_entry(const struct numbered_type *type, const WCHAR *phonebook, const WCHAR *name, DWORD index,
                           void *buffer, DWORD *size, DWORD *device_size)
{
    WCHAR *alternates = NULL;
    RASSUBENTRYW sub;
    DWORD error;

    if ((error = numbered_check_out(type, buffer, size))) return error;
    if (!name || !index) return ERROR_INVALID_PARAMETER;
    if (!(error = read_link(phonebook, name, index, &sub, &alternates)))
        error = numbered_leave(type, &sub, alternates, buffer, size);
    if (device_size && (!error || error == ERROR_BUFFER_TOO_SMALL)) *device_size = 0;
    free(alternates);
    return error;
}

DWORD WINAPI RasGetSubEntryPropertiesW(LPCWSTR phonebook, LPCWSTR entry, DWORD index, LPRASSUBENTRYW buffer,
                                       LPDWORD size, LPBYTE device, LPDWORD device_size)
{
    DWORD error;

    TRACE("phonebook %s, entry %s, index %lu, buffer %p, size %p, device %p, device_size %p.\n", debugstr_w(phonebook),
          debugstr_w(entry), index, buffer, size, device, device_size);
    error = get_sub_entry(&numbered_rassubentry_w, phonebook, entry, index, buffer, size, device_size);
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

DWORD WINAPI RasGetSubEntryPropertiesA(LPCSTR phonebook, LPCSTR entry, DWORD index, LPRASSUBENTRYA buffer,
                                       LPDWORD size, LPBYTE device, LPDWORD device_size)
{
    struct aw_texts texts;
    DWORD error;

    TRACE("phonebook %s, entry %s, index %lu, buffer %p, size %p, device %p, device_size %p.\n", debugstr_a(phonebook),
          debugstr_a(entry), index, buffer, size, device, device_size);
    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = get_sub_entry(&numbered_rassubentry_a, texts.first, texts.second, index, buffer, size, device_size);
    aw_texts_leave(&texts);
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

/* ---- set --------------------------------------------------------------------------------------- */

struct change
{
    DWORD index;
    struct entry_link link;
};

static DWORD edit_link(struct phonebook_record *record, bool is_new, void *context)
{
    const struct change *change = context;
    struct entry_link old;
    DWORD error;
    bool usable;

    (void)is_new;
    error = entry_link_get(record, change->index - 1, &old);
    usable = entry_link_is_usable(&change->link, error ? NULL : &old);
    free(old.alternates);
    if (error && error != ERROR_CORRUPT_PHONEBOOK) return error;
    return usable ? entry_link_set(record, change->index - 1, &change->link) : ERROR_INVALID_PARAMETER;
}

static DWORD set_sub_entry(const struct numbered_type *type, const WCHAR *phonebook, const WCHAR *name, DWORD index,
                           const void *buffer, DWORD size)
{
    struct change change = {.index = index};
    RASSUBENTRYW sub;
    DWORD end, error;

    if ((error = numbered_enter(type, buffer, size, &sub, &end, &change.link.alternates))) return error;
    wcscpy(change.link.device_type, sub.szDeviceType);
    wcscpy(change.link.device_name, sub.szDeviceName);
    wcscpy(change.link.number, sub.szLocalPhoneNumber);
    if (!name || !index || !sub.szDeviceType[0])
        error = ERROR_INVALID_PARAMETER;
    else
        error = phonebook_update(phonebook, name, false, edit_link, &change);
    free(change.link.alternates);
    return phonebook_one_error(error);
}

DWORD WINAPI RasSetSubEntryPropertiesW(LPCWSTR phonebook, LPCWSTR entry, DWORD index, LPRASSUBENTRYW buffer,
                                       DWORD size, LPBYTE device, DWORD device_size)
{
    DWORD error;

    TRACE("phonebook %s, entry %s, index %lu, buffer %p, size %lu, device %p, device_size %lu.\n",
          debugstr_w(phonebook), debugstr_w(entry), index, buffer, size, device, device_size);
    error = set_sub_entry(&numbered_rassubentry_w, phonebook, entry, index, buffer, size);
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

DWORD WINAPI RasSetSubEntryPropertiesA(LPCSTR phonebook, LPCSTR entry, DWORD index, LPRASSUBENTRYA buffer, DWORD size,
                                       LPBYTE device, DWORD device_size)
{
    struct aw_texts texts;
    DWORD error;

    TRACE("phonebook %s, entry %s, index %lu, buffer %p, size %lu, device %p, device_size %lu.\n",
          debugstr_a(phonebook), debugstr_a(entry), index, buffer, size, device, device_size);
    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = set_sub_entry(&numbered_rassubentry_a, texts.first, texts.second, index, buffer, size);
    aw_texts_leave(&texts);
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

/* ---- delete ------------------------------------------------------------------------------------- */

/* An entry has at least one. */
static DWORD delete_link(struct phonebook_record *record, bool is_new, void *context)
{
    DWORD index = *(DWORD *)context, links = pbk_entry_links(record->entry);

    (void)is_new;
    if (links < 2 || index > links) return ERROR_INVALID_PARAMETER;
    return entry_link_remove(record, index - 1);
}

DWORD WINAPI RasDeleteSubEntryW(LPCWSTR phonebook, LPCWSTR entry, DWORD index)
{
    DWORD error;

    TRACE("phonebook %s, entry %s, index %lu.\n", debugstr_w(phonebook), debugstr_w(entry), index);
    if (!entry || !index) return ERROR_INVALID_PARAMETER;
    error = phonebook_one_error(phonebook_update(phonebook, entry, false, delete_link, &index));
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

DWORD WINAPI RasDeleteSubEntryA(LPCSTR phonebook, LPCSTR entry, DWORD index)
{
    struct aw_texts texts;
    DWORD error;

    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = RasDeleteSubEntryW(texts.first, texts.second, index);
    aw_texts_leave(&texts);
    return error;
}
