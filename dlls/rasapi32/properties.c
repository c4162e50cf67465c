/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * properties.c - RasGetEntryProperties and RasSetEntryProperties.
 */
#include <stdlib.h>

#include "entry.h"
#include "numbered.h"

/* ---- get --------------------------------------------------------------------------------------- */

/* The device of a new entry; without one its name stays empty. */
static void first_modem(RASENTRYW *entry)
{
    DWORD size = 0, count = 0, i;
    RASDEVINFOW *devices;

    if (RasEnumDevicesW(NULL, &size, &count) != ERROR_BUFFER_TOO_SMALL) return;
    if (!(devices = calloc(1, size))) return;
    devices->dwSize = sizeof(*devices);
    if (RasEnumDevicesW(devices, &size, &count)) count = 0;
    for (i = 0; i < count; i++)
    {
        if (CompareStringOrdinal(devices[i].szDeviceType, -1, entry->szDeviceType, -1, TRUE) != CSTR_EQUAL) continue;
        wcscpy(entry->szDeviceName, devices[i].szDeviceName);
        break;
    }
    free(devices);
}

static DWORD read_entry(const WCHAR *phonebook, const WCHAR *name, RASENTRYW *entry, WCHAR **alternates)
{
    struct phonebook_record *record;
    DWORD error;

    if ((error = phonebook_read(phonebook, name, &record))) return phonebook_one_error(error);
    error = entry_get(record, entry, alternates);
    phonebook_record_free(record);
    /* What is damaged is not there, says the documentation of this function. */
    return error == ERROR_CORRUPT_PHONEBOOK ? ERROR_CANNOT_FIND_PHONEBOOK_ENTRY : error;
}

/* Without an entry the answer is the default; without a buffer too nobody asks for it, just for
 * its size. */
static DWORD get_properties(const struct numbered_type *type, const WCHAR *phonebook, const WCHAR *name,
                            void *buffer, DWORD *size, DWORD *device_size)
{
    WCHAR *alternates = NULL;
    RASENTRYW entry;
    DWORD error;

    if ((error = numbered_check_out(type, buffer, size))) return error;
    if (!name && buffer) return ERROR_INVALID_PARAMETER;
    if (name && name[0])
        error = read_entry(phonebook, name, &entry, &alternates);
    else
    {
        entry_defaults(&entry);
        if (buffer) first_modem(&entry);
    }
    if (!error) error = numbered_leave(type, &entry, alternates, buffer, size);
    if (device_size && (!error || error == ERROR_BUFFER_TOO_SMALL)) *device_size = 0;
    free(alternates);
    return error;
}

DWORD WINAPI RasGetEntryPropertiesW(LPCWSTR phonebook, LPCWSTR entry, LPRASENTRYW buffer, LPDWORD size,
                                    LPBYTE device, LPDWORD device_size)
{
    DWORD error;

    TRACE("phonebook %s, entry %s, buffer %p, size %p, device %p, device_size %p.\n", debugstr_w(phonebook),
          debugstr_w(entry), buffer, size, device, device_size);
    error = get_properties(&numbered_rasentry_w, phonebook, entry, buffer, size, device_size);
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

DWORD WINAPI RasGetEntryPropertiesA(LPCSTR phonebook, LPCSTR entry, LPRASENTRYA buffer, LPDWORD size, LPBYTE device,
                                    LPDWORD device_size)
{
    struct aw_texts texts;
    DWORD error;

    TRACE("phonebook %s, entry %s, buffer %p, size %p, device %p, device_size %p.\n", debugstr_a(phonebook),
          debugstr_a(entry), buffer, size, device, device_size);
    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = get_properties(&numbered_rasentry_a, texts.first, texts.second, buffer, size, device_size);
    aw_texts_leave(&texts);
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

/* ---- set --------------------------------------------------------------------------------------- */

struct change
{
    const WCHAR *name;
    bool narrow; /* the program has CHARs */
    RASENTRYW given;
    DWORD end; /* of the members that the program knows */
    WCHAR *alternates;
};

/* Members without which there is no entry, whatever it was before. */
static bool is_complete(const struct change *change)
{
    const RASENTRYW *given = &change->given;

    if (!given->szDeviceType[0]) return false;
    if (given->dwFramingProtocol != RASFP_Ppp && given->dwFramingProtocol != RASFP_Slip &&
        given->dwFramingProtocol != RASFP_Ras)
        return false;
    /* dwType is required since Windows XP, whose edition has dwfOptions2. */
    if (change->end > offsetof(RASENTRYW, dwfOptions2) && !given->dwType) return false;
    return given->dwEncryptionType <= ET_Optional;
}

static void link_of(const RASENTRYW *entry, WCHAR *alternates, struct entry_link *link)
{
    wcscpy(link->device_type, entry->szDeviceType);
    wcscpy(link->device_name, entry->szDeviceName);
    wcscpy(link->number, entry->szLocalPhoneNumber);
    link->alternates = alternates;
}

/* Texts that the program could not see whole are still what they were when they come back as it saw
 * them. */
static void keep_wide_texts(RASENTRYW *given, const RASENTRYW *old)
{
    const struct aw_field *field;
    RASENTRYA narrow;
    RASENTRYW seen;

    aw_to_a(&aw_rasentry, old, &narrow);
    aw_to_w(&aw_rasentry, &narrow, &seen);
    for (field = aw_rasentry.fields; field < aw_rasentry.fields + aw_rasentry.count; field++)
    {
        WCHAR *text = (WCHAR *)((char *)given + field->offset_w);

        if (field->text && !wcscmp(text, (WCHAR *)((char *)&seen + field->offset_w)))
            wcscpy(text, (const WCHAR *)((const char *)old + field->offset_w));
    }
}

/* What is new, or was damaged, gets the defaults first. */
static DWORD edit_entry(struct phonebook_record *record, bool is_new, void *context)
{
    struct change *change = context;
    struct entry_link link, old_link;
    RASENTRYW old;
    DWORD error;

    if (is_new && !phonebook_name_is_valid(change->name)) return ERROR_INVALID_NAME;
    error = is_new ? ERROR_CORRUPT_PHONEBOOK : entry_get(record, &old, NULL);
    if (error && error != ERROR_CORRUPT_PHONEBOOK) return error;
    if (!error && change->narrow) keep_wide_texts(&change->given, &old);
    link_of(&change->given, change->alternates, &link);
    if (!error) link_of(&old, NULL, &old_link);
    if (!entry_link_is_usable(&link, error ? NULL : &old_link)) return ERROR_INVALID_PARAMETER;
    if (error)
    {
        error = is_new ? entry_create(record, &link) : entry_link_set(record, 0, &link);
        if (!error) error = entry_get(record, &old, NULL);
    }
    if (error) return error;
    entry_merge(&change->given, change->end, &old);
    return entry_set(record, &change->given, change->alternates);
}

static DWORD set_properties(const struct numbered_type *type, const WCHAR *phonebook, const WCHAR *name,
                            const void *buffer, DWORD size)
{
    struct change change = {.name = name, .narrow = type->convert != NULL};
    DWORD error;

    if (!name) return ERROR_INVALID_PARAMETER;
    if ((error = numbered_enter(type, buffer, size, &change.given, &change.end, &change.alternates))) return error;
    if (!name[0])
        error = ERROR_INVALID_NAME;
    else if (!is_complete(&change))
        error = ERROR_INVALID_PARAMETER;
    else
        error = phonebook_update(phonebook, name, true, edit_entry, &change);
    free(change.alternates);
    return phonebook_one_error(error);
}

DWORD WINAPI RasSetEntryPropertiesW(LPCWSTR phonebook, LPCWSTR entry, LPRASENTRYW buffer, DWORD size, LPBYTE device,
                                    DWORD device_size)
{
    DWORD error;

    TRACE("phonebook %s, entry %s, buffer %p, size %lu, device %p, device_size %lu.\n", debugstr_w(phonebook),
          debugstr_w(entry), buffer, size, device, device_size);
    error = set_properties(&numbered_rasentry_w, phonebook, entry, buffer, size);
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

DWORD WINAPI RasSetEntryPropertiesA(LPCSTR phonebook, LPCSTR entry, LPRASENTRYA buffer, DWORD size, LPBYTE device,
                                    DWORD device_size)
{
    struct aw_texts texts;
    DWORD error;

    TRACE("phonebook %s, entry %s, buffer %p, size %lu, device %p, device_size %lu.\n", debugstr_a(phonebook),
          debugstr_a(entry), buffer, size, device, device_size);
    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = set_properties(&numbered_rasentry_a, texts.first, texts.second, buffer, size);
    aw_texts_leave(&texts);
    TRACE("%s.\n", debugstr_error(error));
    return error;
}
