/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * entries.c - the entries of phone books as wholes: RasEnumEntries, RasRenameEntry,
 * RasDeleteEntry and RasValidateEntryName.  What is in an entry is not known here.
 */
#include "rasapi32.h"

#include <stdlib.h>

#include "credstore.h"
#include "custom.h"
#include "phonebook.h"

/* These functions know one error for a phone book that is no good. */
static DWORD as_documented(DWORD error)
{
    switch (error)
    {
        case ERROR_CANNOT_LOAD_PHONEBOOK:
        case ERROR_CORRUPT_PHONEBOOK: return ERROR_CANNOT_OPEN_PHONEBOOK;
        default: return error;
    }
}

/* ---- RasEnumEntries ---------------------------------------------------------------------------- */

struct list
{
    RASENTRYNAMEW *items;
    DWORD count;
    DWORD room;
    bool failed; /* no memory */
};

static bool list_add(const struct phonebook_name *entry, void *context)
{
    struct list *list = context;
    DWORD room = list->room ? 2 * list->room : 16;
    RASENTRYNAMEW *items, *item;

    if (list->count == list->room)
    {
        if (room > 0x7fffffff / sizeof(*items) || !(items = realloc(list->items, room * sizeof(*items))))
        {
            list->failed = true;
            return false;
        }
        list->items = items;
        list->room = room;
    }
    item = &list->items[list->count++];
    item->dwSize = sizeof(*item);
    item->dwFlags = entry->all_users ? REN_AllUsers : REN_User;
    lstrcpynW(item->szEntryName, entry->name, ARRAYSIZE(item->szEntryName));
    lstrcpynW(item->szPhonebookPath, entry->path, ARRAYSIZE(item->szPhonebookPath));
    return true;
}

static DWORD enum_entries(const WCHAR *phonebook, struct list *list)
{
    DWORD error = phonebook_enum(phonebook, list_add, list);

    return list->failed ? ERROR_NOT_ENOUGH_MEMORY : as_documented(error);
}

DWORD WINAPI RasEnumEntriesW(LPCWSTR reserved, LPCWSTR phonebook, LPRASENTRYNAMEW array, LPDWORD size, LPDWORD count)
{
    struct list list = {0};
    DWORD error;

    TRACE("reserved %s, phonebook %s, array %p, size %p, count %p.\n", debugstr_w(reserved), debugstr_w(phonebook),
          array, size, count);
    if ((error = version_array_enter(VERSION_RASENTRYNAMEW, array, size, count))) return error;
    if (reserved) return ERROR_INVALID_PARAMETER;
    if (!(error = enum_entries(phonebook, &list)))
        error = version_array_leave(VERSION_RASENTRYNAMEW, array, size, count, list.items, list.count);
    TRACE("%lu entries, %s.\n", list.count, debugstr_error(error));
    free(list.items);
    return error;
}

DWORD WINAPI RasEnumEntriesA(LPCSTR reserved, LPCSTR phonebook, LPRASENTRYNAMEA array, LPDWORD size, LPDWORD count)
{
    struct list list = {0};
    WCHAR *phonebook_w;
    DWORD error;

    TRACE("reserved %s, phonebook %s, array %p, size %p, count %p.\n", debugstr_a(reserved), debugstr_a(phonebook),
          array, size, count);
    if ((error = version_array_enter(VERSION_RASENTRYNAMEA, array, size, count))) return error;
    if (reserved) return ERROR_INVALID_PARAMETER;
    if (!aw_dup(phonebook, &phonebook_w)) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(error = enum_entries(phonebook_w, &list)))
        error = aw_array_leave(VERSION_RASENTRYNAMEA, &aw_rasentryname, array, size, count, list.items, list.count);
    TRACE("%lu entries, %s.\n", list.count, debugstr_error(error));
    free(list.items);
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
    return as_documented(phonebook_rename(phonebook, entry, new_name, before_rename, (void *)new_name));
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
    struct dial_entry entry;
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
    dial_entry_find(record->path, record->name, &deleted->entry);
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
    if (!error && deleted.entry.custom_dll[0])
        custom_delete_notify(deleted.entry.custom_dll, deleted.path, deleted.name,
                             dial_entry_custom_flags(&deleted.entry));
    free(deleted.name);
    free(deleted.path);
    /* The one that is documented. */
    return error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY ? ERROR_INVALID_NAME : as_documented(error);
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
    return error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY ? ERROR_SUCCESS : as_documented(error);
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
