/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * autodial.c - the data of AutoDial: which entry reaches an address, the entry of the Internet,
 * switches and parameters.  They are kept and given back; nothing here dials by itself.
 */
#include "autodial_store.h"

#include <stdlib.h>
#include <lm.h>

#include "phonebook.h"

/* Without telephony there is one place to dial from. */
#define FIRST_LOCATION 1

/* ---- addresses ------------------------------------------------------------------ */

/* As many pointers as there are addresses, and the addresses behind them. */
static DWORD enum_addresses(bool wide, void *buffer, DWORD *size, DWORD *count)
{
    DWORD error, found, given, i, room;
    WCHAR *addresses, *address;
    char *text;

    if (!size || !count) return ERROR_INVALID_PARAMETER;
    if ((error = autodial_list_addresses(&addresses, &found))) return error;
    for (i = room = 0, address = addresses; i < found; i++, address += wcslen(address) + 1)
        room += wide ? (DWORD)((wcslen(address) + 1) * sizeof(*address))
                     : (DWORD)WideCharToMultiByte(CP_ACP, 0, address, -1, NULL, 0, NULL, NULL);
    given = *size;
    *count = found;
    *size = found * (DWORD)sizeof(void *) + room;
    if (found && (!buffer || given < *size)) error = ERROR_BUFFER_TOO_SMALL;
    text = (char *)buffer + found * sizeof(void *);
    for (i = 0, address = addresses; !error && i < found; i++, address += wcslen(address) + 1)
    {
        DWORD length = (DWORD)((wcslen(address) + 1) * sizeof(*address));

        ((void **)buffer)[i] = text;
        if (wide)
            memcpy(text, address, length);
        else
            length = (DWORD)WideCharToMultiByte(CP_ACP, 0, address, -1, text, (int)room, NULL, NULL);
        text += length;
        room -= length;
    }
    free(addresses);
    return error;
}

DWORD WINAPI RasEnumAutodialAddressesW(LPWSTR *addresses, LPDWORD size, LPDWORD count)
{
    TRACE("addresses %p, size %p, count %p.\n", addresses, size, count);
    return enum_addresses(true, addresses, size, count);
}

DWORD WINAPI RasEnumAutodialAddressesA(LPSTR *addresses, LPDWORD size, LPDWORD count)
{
    TRACE("addresses %p, size %p, count %p.\n", addresses, size, count);
    return enum_addresses(false, addresses, size, count);
}

/* Of address NULL: the entry of the Internet, or none. */
static DWORD read_entries(const WCHAR *address, RASAUTODIALENTRYW **entries, DWORD *count)
{
    if (address) return autodial_read_address(address, entries, count);
    *count = 0;
    if (!(*entries = calloc(1, sizeof(**entries)))) return ERROR_NOT_ENOUGH_MEMORY;
    autodial_read_default((*entries)->szEntry);
    (*entries)->dwSize = sizeof(**entries);
    (*entries)->dwDialingLocation = FIRST_LOCATION;
    if ((*entries)->szEntry[0]) *count = 1;
    return ERROR_SUCCESS;
}

DWORD WINAPI RasGetAutodialAddressW(LPCWSTR address, LPDWORD reserved, LPRASAUTODIALENTRYW array, LPDWORD size,
                                    LPDWORD count)
{
    RASAUTODIALENTRYW *entries;
    DWORD error, found;

    TRACE("address %s, reserved %p, array %p, size %p, count %p.\n", debugstr_w(address), reserved, array, size, count);
    if ((error = version_array_enter(VERSION_RASAUTODIALENTRYW, array, size, count))) return error;
    if (reserved) return ERROR_INVALID_PARAMETER;
    if (!(error = read_entries(address, &entries, &found)))
        error = version_array_leave(VERSION_RASAUTODIALENTRYW, array, size, count, entries, found);
    free(entries);
    return error;
}

DWORD WINAPI RasGetAutodialAddressA(LPCSTR address, LPDWORD reserved, LPRASAUTODIALENTRYA array, LPDWORD size,
                                    LPDWORD count)
{
    RASAUTODIALENTRYW *entries = NULL;
    struct aw_texts texts;
    DWORD error, found;

    TRACE("address %s, reserved %p, array %p, size %p, count %p.\n", debugstr_a(address), reserved, array, size, count);
    if ((error = version_array_enter(VERSION_RASAUTODIALENTRYA, array, size, count))) return error;
    if (reserved) return ERROR_INVALID_PARAMETER;
    if ((error = aw_texts_enter(&texts, address, NULL, NULL))) return error;
    if (!(error = read_entries(texts.first, &entries, &found)))
        error = aw_array_leave(VERSION_RASAUTODIALENTRYA, &aw_rasautodialentry, array, size, count, entries, found);
    free(entries);
    aw_texts_leave(&texts);
    return error;
}

static bool is_in_domain(void)
{
    DWORD(WINAPI *get_join)(const WCHAR *, WCHAR **, NETSETUP_JOIN_STATUS *);
    DWORD(WINAPI *free_buffer)(void *);
    NETSETUP_JOIN_STATUS status = NetSetupUnknownStatus;
    HMODULE module = LoadLibraryW(L"netapi32.dll");
    WCHAR *name;

    if (!module) return false;
    get_join = (void *)GetProcAddress(module, "NetGetJoinInformation");
    free_buffer = (void *)GetProcAddress(module, "NetApiBufferFree");
    if (get_join && free_buffer && !get_join(NULL, &name, &status)) free_buffer(name);
    FreeLibrary(module);
    return status == NetSetupDomainName;
}

/* A user's entry of this name goes before that of all users. */
static DWORD set_default(const WCHAR *name)
{
    struct phonebook_record *record;
    DWORD error;

    if ((error = phonebook_read(NULL, name, &record))) return error;
    error = autodial_write_default(record->name, record->all_users && !is_in_domain());
    phonebook_record_free(record);
    return error;
}

/* An entry of the same location gives way. */
static DWORD add_entries(const WCHAR *address, const RASAUTODIALENTRYW *added, DWORD added_count)
{
    RASAUTODIALENTRYW *entries, *more;
    DWORD error, count, i, j;

    error = autodial_read_address(address, &entries, &count);
    if (error && error != ERROR_FILE_NOT_FOUND) return error;
    if (!(more = realloc(entries, (count + added_count) * sizeof(*entries))))
    {
        free(entries);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    for (entries = more, i = 0; i < added_count; i++)
    {
        for (j = 0; j < count && entries[j].dwDialingLocation != added[i].dwDialingLocation; j++) {}
        entries[j] = added[i];
        if (j == count) count++;
    }
    error = autodial_write_address(address, entries, count);
    free(entries);
    return error;
}

/* The program's array as one of the newest W edition, to be freed.  Element 0 tells the edition. */
static DWORD enter_entries(enum version_id id, const void *array, DWORD size, DWORD count, RASAUTODIALENTRYW **entries)
{
    DWORD error, element = *(const DWORD *)array, i;
    union
    {
        RASAUTODIALENTRYA a;
        RASAUTODIALENTRYW w;
    } caller;

    *entries = NULL;
    if ((error = version_check(id, array))) return error;
    if (!count || size / element < count) return ERROR_INVALID_PARAMETER;
    if (!(*entries = calloc(count, sizeof(**entries)))) return ERROR_NOT_ENOUGH_MEMORY;
    for (i = 0; !error && i < count; i++)
    {
        memcpy(&caller, (const char *)array + (size_t)i * element, element);
        *(DWORD *)&caller = element;
        if (id == VERSION_RASAUTODIALENTRYA)
            error = aw_enter(id, &aw_rasautodialentry, &caller, &(*entries)[i]);
        else
            error = version_enter(id, &caller, &(*entries)[i]);
        (*entries)[i].szEntry[RAS_MaxEntryName] = 0;
        if (!error && !(*entries)[i].szEntry[0]) error = ERROR_INVALID_PARAMETER;
    }
    return error;
}

/* Both widths; array is of the edition id. */
static DWORD set_address(enum version_id id, const WCHAR *address, DWORD reserved, const void *array, DWORD size,
                         DWORD count)
{
    RASAUTODIALENTRYW *entries = NULL;
    DWORD error;

    if (!array && (!address || size || count)) return ERROR_INVALID_PARAMETER;
    if (array && (error = enter_entries(id, array, size, count, &entries))) goto done;
    error = ERROR_INVALID_PARAMETER;
    if (reserved || (!address && count != 1)) goto done;
    if (!address)
        error = set_default(entries->szEntry);
    else if (!address[0])
        error = autodial_remove_default();
    else if (!array)
        error = autodial_write_address(address, NULL, 0);
    else
        error = add_entries(address, entries, count);
done:
    free(entries);
    return error;
}

DWORD WINAPI RasSetAutodialAddressW(LPCWSTR address, DWORD reserved, LPRASAUTODIALENTRYW entries, DWORD size,
                                    DWORD count)
{
    TRACE("address %s, reserved %lu, entries %p, size %lu, count %lu.\n", debugstr_w(address), reserved, entries, size,
          count);
    return set_address(VERSION_RASAUTODIALENTRYW, address, reserved, entries, size, count);
}

DWORD WINAPI RasSetAutodialAddressA(LPCSTR address, DWORD reserved, LPRASAUTODIALENTRYA entries, DWORD size,
                                    DWORD count)
{
    struct aw_texts texts;
    DWORD error;

    TRACE("address %s, reserved %lu, entries %p, size %lu, count %lu.\n", debugstr_a(address), reserved, entries, size,
          count);
    if ((error = aw_texts_enter(&texts, address, NULL, NULL))) return error;
    error = set_address(VERSION_RASAUTODIALENTRYA, texts.first, reserved, entries, size, count);
    aw_texts_leave(&texts);
    return error;
}

/* ---- switches and parameters ----------------------------------------------------- */

static void location_name(DWORD location, WCHAR name[16])
{
    _snwprintf(name, 16, L"%lu", location);
}

DWORD WINAPI RasGetAutodialEnableW(DWORD location, LPBOOL enabled)
{
    DWORD error, number = FALSE;
    WCHAR name[16];

    TRACE("location %lu, enabled %p.\n", location, enabled);
    if (!enabled) return ERROR_INVALID_PARAMETER;
    location_name(location, name);
    if (!(error = autodial_read_number(AUTODIAL_LOCATIONS, name, &number))) *enabled = number != 0;
    return error;
}

DWORD WINAPI RasGetAutodialEnableA(DWORD location, LPBOOL enabled)
{
    return RasGetAutodialEnableW(location, enabled);
}

DWORD WINAPI RasSetAutodialEnableW(DWORD location, BOOL enabled)
{
    WCHAR name[16];

    TRACE("location %lu, enabled %d.\n", location, enabled);
    location_name(location, name);
    return autodial_write_number(AUTODIAL_LOCATIONS, name, enabled != 0);
}

DWORD WINAPI RasSetAutodialEnableA(DWORD location, BOOL enabled)
{
    return RasSetAutodialEnableW(location, enabled);
}

/* Where each is kept, and what it is as long as nobody has set it. */
static const struct parameter
{
    const WCHAR *key;
    const WCHAR *name;
    DWORD initial;
} parameters[] = {
    [RASADP_DisableConnectionQuery] = {AUTODIAL_CONTROL, L"DisableConnectionQuery", 0},
    [RASADP_LoginSessionDisable] = {AUTODIAL_SESSION, L"LoginSessionDisable", 0},
    [RASADP_SavedAddressesLimit] = {AUTODIAL_CONTROL, L"SavedAddressesLimit", 100},
    [RASADP_FailedConnectionTimeout] = {AUTODIAL_CONTROL, L"FailedConnectionTimeout", 5},
    [RASADP_ConnectionQueryTimeout] = {AUTODIAL_CONTROL, L"ConnectionQueryTimeout", 60},
};

DWORD WINAPI RasGetAutodialParamW(DWORD key, LPVOID value, LPDWORD size)
{
    DWORD error, number, given;

    TRACE("key %lu, value %p, size %p.\n", key, value, size);
    if (!value || !size || key >= ARRAYSIZE(parameters)) return ERROR_INVALID_PARAMETER;
    given = *size;
    *size = sizeof(number);
    if (given < sizeof(number)) return ERROR_INVALID_SIZE;
    number = parameters[key].initial;
    if (!(error = autodial_read_number(parameters[key].key, parameters[key].name, &number)))
        memcpy(value, &number, sizeof(number));
    return error;
}

DWORD WINAPI RasGetAutodialParamA(DWORD key, LPVOID value, LPDWORD size)
{
    return RasGetAutodialParamW(key, value, size);
}

DWORD WINAPI RasSetAutodialParamW(DWORD key, LPVOID value, DWORD size)
{
    DWORD number;

    TRACE("key %lu, value %p, size %lu.\n", key, value, size);
    if (!value || key >= ARRAYSIZE(parameters)) return ERROR_INVALID_PARAMETER;
    if (size != sizeof(number)) return ERROR_INVALID_SIZE;
    memcpy(&number, value, sizeof(number));
    return autodial_write_number(parameters[key].key, parameters[key].name, number);
}

DWORD WINAPI RasSetAutodialParamA(DWORD key, LPVOID value, DWORD size)
{
    return RasSetAutodialParamW(key, value, size);
}
