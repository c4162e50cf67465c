/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * autodial_store.c - see autodial_store.h.
 */
#include "autodial_store.h"

#include <stdlib.h>

#include "list.h"

#define ROOT          L"Software\\Microsoft\\RAS AutoDial\\"
#define ADDRESSES     L"Addresses"
#define DEFAULT       L"Default"
#define DEFAULT_VALUE L"DefaultInternet"
#define NAME_MAX_REG  16383 /* characters of a value's name */
#define LOCATION_MAX  11    /* digits of a location, and '=' */

/* A key of ours; write makes it when it is not there. */
static DWORD open_key(HKEY root, const WCHAR *name, bool write, HKEY *key)
{
    WCHAR path[64] = ROOT;
    DWORD options = wcscmp(name, AUTODIAL_SESSION) ? REG_OPTION_NON_VOLATILE : REG_OPTION_VOLATILE;

    wcscat(path, name);
    if (!write) return (DWORD)RegOpenKeyExW(root, path, 0, KEY_QUERY_VALUE, key);
    return (DWORD)RegCreateKeyExW(root, path, 0, NULL, options, KEY_QUERY_VALUE | KEY_SET_VALUE, NULL, key, NULL);
}

/* ---- values ------------------------------------------------------------------ */

DWORD autodial_read_number(const WCHAR *key_name, const WCHAR *name, DWORD *number)
{
    DWORD error, type, value, size = sizeof(value);
    HKEY key;

    if (!(error = open_key(HKEY_CURRENT_USER, key_name, false, &key)))
    {
        error = (DWORD)RegQueryValueExW(key, name, NULL, &type, (BYTE *)&value, &size);
        if (!error && type == REG_DWORD && size == sizeof(value)) *number = value;
        RegCloseKey(key);
    }
    return error == ERROR_FILE_NOT_FOUND || error == ERROR_MORE_DATA ? ERROR_SUCCESS : error;
}

DWORD autodial_write_number(const WCHAR *key_name, const WCHAR *name, DWORD number)
{
    DWORD error;
    HKEY key;

    if (!(error = open_key(HKEY_CURRENT_USER, key_name, true, &key)))
    {
        error = (DWORD)RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&number, sizeof(number));
        RegCloseKey(key);
    }
    return error;
}

static bool read_default(HKEY root, WCHAR name[RAS_MaxEntryName + 1])
{
    DWORD type, size = (RAS_MaxEntryName + 1) * sizeof(*name);
    bool found = false;
    HKEY key;

    memset(name, 0, (RAS_MaxEntryName + 1) * sizeof(*name));
    if (open_key(root, DEFAULT, false, &key)) return false;
    if (!RegQueryValueExW(key, DEFAULT_VALUE, NULL, &type, (BYTE *)name, &size) && type == REG_SZ) found = name[0] != 0;
    RegCloseKey(key);
    name[RAS_MaxEntryName] = 0; /* what others have written need not end */
    return found;
}

void autodial_read_default(WCHAR name[RAS_MaxEntryName + 1])
{
    if (!read_default(HKEY_CURRENT_USER, name) && !read_default(HKEY_LOCAL_MACHINE, name)) name[0] = 0;
}

static DWORD remove_default(HKEY root)
{
    DWORD error;
    HKEY key;

    if (!(error = open_key(root, DEFAULT, false, &key)))
    {
        error = (DWORD)RegQueryValueExW(key, DEFAULT_VALUE, NULL, NULL, NULL, NULL);
        RegCloseKey(key);
        /* Asks for the right to write only where there is something to remove. */
        if (!error && !(error = open_key(root, DEFAULT, true, &key)))
        {
            error = (DWORD)RegDeleteValueW(key, DEFAULT_VALUE);
            RegCloseKey(key);
        }
    }
    return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error;
}

DWORD autodial_remove_default(void)
{
    DWORD error;

    if ((error = remove_default(HKEY_CURRENT_USER))) return error;
    return remove_default(HKEY_LOCAL_MACHINE);
}

DWORD autodial_write_default(const WCHAR *name, bool all_users)
{
    HKEY root = all_users ? HKEY_LOCAL_MACHINE : HKEY_CURRENT_USER, key;
    DWORD error;

    if (!(error = open_key(root, DEFAULT, true, &key)))
    {
        error = (DWORD)RegSetValueExW(key, DEFAULT_VALUE, 0, REG_SZ, (const BYTE *)name,
                                      (DWORD)((wcslen(name) + 1) * sizeof(*name)));
        RegCloseKey(key);
    }
    /* A user's own default would hide that of all users. */
    if (!error && all_users) error = remove_default(HKEY_CURRENT_USER);
    return error;
}

/* ---- addresses ---------------------------------------------------------------- */

/* The texts of one address as they stand in the registry, with two NULs behind whatever is there. */
static DWORD read_texts(const WCHAR *address, WCHAR **texts)
{
    DWORD error, type, size = 0;
    HKEY key;

    *texts = NULL;
    if ((error = open_key(HKEY_CURRENT_USER, ADDRESSES, false, &key))) return error;
    if (!(error = (DWORD)RegQueryValueExW(key, address, NULL, &type, NULL, &size)))
    {
        if (type != REG_MULTI_SZ)
            error = ERROR_FILE_NOT_FOUND;
        else if (!(*texts = calloc(1, size + 2 * sizeof(**texts))))
            error = ERROR_NOT_ENOUGH_MEMORY;
        else
            error = (DWORD)RegQueryValueExW(key, address, NULL, &type, (BYTE *)*texts, &size);
    }
    RegCloseKey(key);
    return error;
}

/* LOCATION=ENTRY.  Anything else is none of ours. */
static bool parse_text(const WCHAR *text, RASAUTODIALENTRYW *entry)
{
    WCHAR *end;

    memset(entry, 0, sizeof(*entry));
    entry->dwSize = sizeof(*entry);
    entry->dwDialingLocation = wcstoul(text, &end, 10);
    if (end == text || *end != '=' || !end[1] || wcslen(end + 1) > RAS_MaxEntryName) return false;
    wcscpy(entry->szEntry, end + 1);
    return true;
}

DWORD autodial_read_address(const WCHAR *address, RASAUTODIALENTRYW **entries, DWORD *count)
{
    WCHAR *texts, *text;
    DWORD error, texts_count = 0;

    *entries = NULL;
    *count = 0;
    if (!(error = read_texts(address, &texts)))
    {
        for (text = texts; *text; text += wcslen(text) + 1) texts_count++;
        if (texts_count && !(*entries = malloc(texts_count * sizeof(**entries)))) error = ERROR_NOT_ENOUGH_MEMORY;
        for (text = texts; !error && *text; text += wcslen(text) + 1)
            if (parse_text(text, &(*entries)[*count])) ++*count;
    }
    free(texts);
    return error;
}

static DWORD make_texts(const RASAUTODIALENTRYW *entries, DWORD count, WCHAR **texts, DWORD *size)
{
    size_t room = 1;
    WCHAR *end;
    DWORD i;

    for (i = 0; i < count; i++) room += LOCATION_MAX + wcslen(entries[i].szEntry) + 1;
    if (!(*texts = calloc(room, sizeof(**texts)))) return ERROR_NOT_ENOUGH_MEMORY;
    for (i = 0, end = *texts; i < count; i++)
        end += _snwprintf(end, room - (size_t)(end - *texts), L"%lu=%s", entries[i].dwDialingLocation,
                          entries[i].szEntry) + 1;
    *size = (DWORD)((size_t)(end + 1 - *texts) * sizeof(**texts));
    return ERROR_SUCCESS;
}

DWORD autodial_write_address(const WCHAR *address, const RASAUTODIALENTRYW *entries, DWORD count)
{
    DWORD error, size = 0;
    WCHAR *texts = NULL;
    HKEY key;

    if (count && (error = make_texts(entries, count, &texts, &size))) return error;
    if (!(error = open_key(HKEY_CURRENT_USER, ADDRESSES, true, &key)))
    {
        error = count ? (DWORD)RegSetValueExW(key, address, 0, REG_MULTI_SZ, (const BYTE *)texts, size)
                      : (DWORD)RegDeleteValueW(key, address);
        RegCloseKey(key);
    }
    free(texts);
    return error;
}

DWORD autodial_list_addresses(WCHAR **addresses, DWORD *count)
{
    struct list list = {0};
    DWORD error, i, type, length, at;
    WCHAR *name;
    HKEY key;

    *addresses = NULL;
    *count = 0;
    error = open_key(HKEY_CURRENT_USER, ADDRESSES, false, &key);
    if (error) return error == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : error;
    if (!(name = malloc((NAME_MAX_REG + 1) * sizeof(*name)))) error = ERROR_NOT_ENOUGH_MEMORY;
    for (i = 0; !error; i++)
    {
        length = NAME_MAX_REG + 1;
        error = (DWORD)RegEnumValueW(key, i, name, &length, NULL, &type, NULL, NULL);
        if (error || type != REG_MULTI_SZ || !length) continue;
        if (list_add_text(&list, name, &at))
            ++*count;
        else
            error = ERROR_NOT_ENOUGH_MEMORY;
    }
    free(name);
    RegCloseKey(key);
    if (error == ERROR_NO_MORE_ITEMS) error = ERROR_SUCCESS;
    if (error)
    {
        free(list.items);
        list.items = NULL;
        *count = 0;
    }
    *addresses = list.items;
    return error;
}
