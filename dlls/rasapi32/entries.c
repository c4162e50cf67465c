/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * entries.c - the entries of phone books as wholes: RasEnumEntries, RasRenameEntry,
 * RasDeleteEntry and RasValidateEntryName.  What is in an entry is not known here.
 */
#include "rasapi32.h"

#include <limits.h>
#include <stdlib.h>

#include "credstore.h"
#include "custom.h"
#include "entry.h"
#include "list.h"

/* ---- RasEnumEntries ---------------------------------------------------------------------------- */

/* Large phone books have thousands of entries, and a RASENTRYNAME has a kilobyte: only
 * the names are kept until it is known whether they fit. */
struct listed
{
    bool all_users;
    DWORD path; /* where in the texts */
    DWORD name;
};

struct names
{
    struct list listed;
    struct list texts;
};

static void names_free(struct names *names)
{
    free(names->listed.items);
    free(names->texts.items);
}

static const struct listed *get_listed(const struct names *names, DWORD i)
{
    return (const struct listed *)names->listed.items + i;
}

static const WCHAR *get_text(const struct names *names, DWORD at)
{
    return (const WCHAR *)names->texts.items + at;
}

/* The entries of a book come one after the other: its path is kept once. */
static bool add_path(struct names *names, const WCHAR *path, DWORD *at)
{
    DWORD count = names->listed.count;

    if (count) *at = get_listed(names, count - 1)->path;
    return (count && !wcscmp(get_text(names, *at), path)) || list_add_text(&names->texts, path, at);
}

static bool add_name(const struct phonebook_name *entry, void *context)
{
    struct names *names = context;
    struct listed *listed, item = {entry->all_users, 0, 0};

    if (!add_path(names, entry->path, &item.path) || !list_add_text(&names->texts, entry->name, &item.name) ||
        !(listed = list_add(&names->listed, sizeof(item))))
        return false;
    *listed = item;
    return true;
}

static DWORD enum_entries(const WCHAR *phonebook, struct names *names)
{
    DWORD error = phonebook_enum(phonebook, add_name, names);

    if (names->listed.failed || names->texts.failed || names->listed.count > INT_MAX / sizeof(RASENTRYNAMEW))
        return ERROR_NOT_ENOUGH_MEMORY;
    return phonebook_one_error(error);
}

/* A text of the list into an array of a structure, the rest of which becomes zero. */
static void put_text(WCHAR *dst, size_t size, const WCHAR *src)
{
    size_t len = wcsnlen(src, size - 1);

    memcpy(dst, src, len * sizeof(*dst));
    memset(dst + len, 0, (size - len) * sizeof(*dst));
}

static void get_item(const struct names *names, DWORD i, RASENTRYNAMEW *item)
{
    const struct listed *listed = get_listed(names, i);

    item->dwSize = sizeof(*item);
    item->dwFlags = listed->all_users ? REN_AllUsers : REN_User;
    put_text(item->szEntryName, ARRAYSIZE(item->szEntryName), get_text(names, listed->name));
    put_text(item->szPhonebookPath, ARRAYSIZE(item->szPhonebookPath), get_text(names, listed->path));
}

DWORD WINAPI RasEnumEntriesW(LPCWSTR reserved, LPCWSTR phonebook, LPRASENTRYNAMEW array, LPDWORD size, LPDWORD count)
{
    struct names names = {0};
    RASENTRYNAMEW item;
    DWORD error, i;

    TRACE("reserved %s, phonebook %s, array %p, size %p, count %p.\n", debugstr_w(reserved), debugstr_w(phonebook),
          array, size, count);
    if ((error = version_array_enter(VERSION_RASENTRYNAMEW, array, size, count))) return error;
    if (reserved) return ERROR_INVALID_PARAMETER;
    if (!(error = enum_entries(phonebook, &names)))
        error = version_array_fits(VERSION_RASENTRYNAMEW, array, size, count, names.listed.count);
    for (i = 0; !error && i < names.listed.count; i++)
    {
        get_item(&names, i, &item);
        version_array_put(VERSION_RASENTRYNAMEW, array, i, &item);
    }
    TRACE("%lu entries, %s.\n", names.listed.count, debugstr_error(error));
    names_free(&names);
    return error;
}

DWORD WINAPI RasEnumEntriesA(LPCSTR reserved, LPCSTR phonebook, LPRASENTRYNAMEA array, LPDWORD size, LPDWORD count)
{
    struct names names = {0};
    RASENTRYNAMEW item;
    RASENTRYNAMEA narrow;
    WCHAR *phonebook_w;
    DWORD error, i;

    TRACE("reserved %s, phonebook %s, array %p, size %p, count %p.\n", debugstr_a(reserved), debugstr_a(phonebook),
          array, size, count);
    if ((error = version_array_enter(VERSION_RASENTRYNAMEA, array, size, count))) return error;
    if (reserved) return ERROR_INVALID_PARAMETER;
    if (!aw_dup(phonebook, &phonebook_w)) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(error = enum_entries(phonebook_w, &names)))
        error = version_array_fits(VERSION_RASENTRYNAMEA, array, size, count, names.listed.count);
    for (i = 0; !error && i < names.listed.count; i++)
    {
        get_item(&names, i, &item);
        aw_to_a(&aw_rasentryname, &item, &narrow);
        version_array_put(VERSION_RASENTRYNAMEA, array, i, &narrow);
    }
    TRACE("%lu entries, %s.\n", names.listed.count, debugstr_error(error));
    names_free(&names);
    aw_free(phonebook_w);
    return error;
}

/* ---- RasRenameEntry ------------------------------------------------------------------------------ */

static DWORD before_rename(struct phonebook_record *record, bool is_new, void *context)
{
    struct credstore_key old_key, new_key;
    const WCHAR *new_name = context;

    (void)is_new;
    credstore_key_for(&old_key, record->path, record->name);
    credstore_key_for(&new_key, record->path, new_name);
    /* The case of letters is none of the key's. */
    if (!wcscmp(old_key.target, new_key.target)) return ERROR_SUCCESS;
    return credstore_rename(&old_key, &new_key);
}

DWORD WINAPI RasRenameEntryW(LPCWSTR phonebook, LPCWSTR entry, LPCWSTR new_name)
{
    TRACE("phonebook %s, entry %s, new_name %s.\n", debugstr_w(phonebook), debugstr_w(entry), debugstr_w(new_name));
    if (!entry || !new_name) return ERROR_INVALID_PARAMETER;
    if (!phonebook_name_is_valid(new_name)) return ERROR_INVALID_NAME;
    return phonebook_one_error(phonebook_rename(phonebook, entry, new_name, before_rename, (void *)new_name));
}

DWORD WINAPI RasRenameEntryA(LPCSTR phonebook, LPCSTR entry, LPCSTR new_name)
{
    struct aw_texts texts;
    DWORD error;

    if (!(error = aw_texts_enter(&texts, phonebook, entry, new_name)))
        error = RasRenameEntryW(texts.first, texts.second, texts.third);
    aw_texts_leave(&texts);
    return error;
}

/* ---- RasDeleteEntry ------------------------------------------------------------------------------ */

/* Starts no manager. */
static DWORD is_connected(const struct phonebook_record *record, bool *connected)
{
    DWORD size = 0, count = 0, error, i;
    RASCONNW *conns = NULL;

    *connected = false;
    while ((error = RasEnumConnectionsW(conns, &size, &count)) == ERROR_BUFFER_TOO_SMALL)
    {
        free(conns);
        if (!(conns = calloc(1, size))) return ERROR_NOT_ENOUGH_MEMORY;
        conns->dwSize = sizeof(*conns);
    }
    for (i = 0; !error && conns && i < count; i++)
        if (CompareStringOrdinal(conns[i].szEntryName, -1, record->name, -1, TRUE) == CSTR_EQUAL &&
            CompareStringOrdinal(conns[i].szPhonebook, -1, record->path, -1, TRUE) == CSTR_EQUAL)
            *connected = true;
    free(conns);
    return error;
}

/* What the dialer of the entry, if it has one, is told when it is gone. */
struct deleted
{
    WCHAR *path;
    WCHAR *name;
    bool all_users;
    RASENTRYW properties;
};

static DWORD before_delete(struct phonebook_record *record, bool is_new, void *context)
{
    struct deleted *deleted = context;
    struct credstore_key key;
    bool connected = false;
    DWORD error;

    (void)is_new;
    /* Before Vista a connected entry could be deleted. */
    if (LOBYTE(GetVersion()) >= 6 && (error = is_connected(record, &connected))) return error;
    if (connected) return ERROR_CANNOT_DELETE;
    /* One that cannot be dialled is told to nobody. */
    if (entry_get(record, &deleted->properties, NULL)) deleted->properties.szCustomDialDll[0] = 0;
    deleted->all_users = record->all_users;
    if (!(deleted->path = _wcsdup(record->path)) || !(deleted->name = _wcsdup(record->name)))
        return ERROR_NOT_ENOUGH_MEMORY;
    credstore_key_for(&key, record->path, record->name);
    return credstore_remove(&key);
}

DWORD WINAPI RasDeleteEntryW(LPCWSTR phonebook, LPCWSTR entry)
{
    struct deleted deleted = {NULL};
    DWORD error;

    TRACE("phonebook %s, entry %s.\n", debugstr_w(phonebook), debugstr_w(entry));
    if (!entry) return ERROR_INVALID_PARAMETER;
    if (!phonebook_name_is_valid(entry)) return ERROR_INVALID_NAME;
    error = phonebook_remove(phonebook, entry, before_delete, &deleted);
    if (!error)
        custom_delete_notify(deleted.properties.szCustomDialDll, deleted.path, deleted.name,
                             custom_flags(&deleted.properties, deleted.all_users));
    free(deleted.name);
    free(deleted.path);
    /* The one that is documented. */
    return error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY ? ERROR_INVALID_NAME : phonebook_one_error(error);
}

DWORD WINAPI RasDeleteEntryA(LPCSTR phonebook, LPCSTR entry)
{
    struct aw_texts texts;
    DWORD error;

    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL))) error = RasDeleteEntryW(texts.first, texts.second);
    aw_texts_leave(&texts);
    return error;
}

/* ---- RasValidateEntryName ---------------------------------------------------------------------- */

DWORD WINAPI RasValidateEntryNameW(LPCWSTR phonebook, LPCWSTR entry)
{
    struct phonebook_record *record;
    DWORD error;

    TRACE("phonebook %s, entry %s.\n", debugstr_w(phonebook), debugstr_w(entry));
    if (!entry) return ERROR_INVALID_PARAMETER;
    if (!phonebook_name_is_valid(entry)) return ERROR_INVALID_NAME;
    if (!(error = phonebook_read(phonebook, entry, &record)))
    {
        phonebook_record_free(record);
        return ERROR_ALREADY_EXISTS;
    }
    return error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY ? ERROR_SUCCESS : phonebook_one_error(error);
}

DWORD WINAPI RasValidateEntryNameA(LPCSTR phonebook, LPCSTR entry)
{
    struct aw_texts texts;
    DWORD error;

    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = RasValidateEntryNameW(texts.first, texts.second);
    aw_texts_leave(&texts);
    return error;
}
