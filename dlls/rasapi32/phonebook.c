/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * phonebook.c - see phonebook.h: entries out of files.
 */
#include "phonebook_parts.h"

#include <stdlib.h>

/* How often to look again when a file is changed while it is read. */
#define ATTEMPTS 5

DWORD phonebook_one_error(DWORD error)
{
    switch (error)
    {
        case ERROR_CANNOT_LOAD_PHONEBOOK:
        case ERROR_CORRUPT_PHONEBOOK: return ERROR_CANNOT_OPEN_PHONEBOOK;
        default: return error;
    }
}

static DWORD make_record(const WCHAR *path, bool all_users, const WCHAR *name, const void *text, size_t len,
                         struct phonebook_record **made)
{
    struct phonebook_record *record = calloc(1, sizeof(*record));

    if (!record) return ERROR_NOT_ENOUGH_MEMORY;
    record->all_users = all_users;
    record->codepage = CP_UTF8;
    if (!(record->path = _wcsdup(path)) || !(record->name = _wcsdup(name)) ||
        !(record->entry = pbk_entry_parse(text, len)))
    {
        phonebook_record_free(record);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    *made = record;
    return ERROR_SUCCESS;
}

DWORD phonebook_record_create(const WCHAR *path, bool all_users, const WCHAR *name, struct phonebook_record **record)
{
    return make_record(path, all_users, name, NULL, 0, record);
}

void phonebook_record_free(struct phonebook_record *record)
{
    if (!record) return;
    if (record->entry) pbk_entry_free(record->entry);
    free(record->name);
    free(record->path);
    free(record);
}

/* An index may be older than the file. */
static bool is_name(const struct pbk_span *bytes, UINT codepage, const WCHAR *name)
{
    WCHAR text[RAS_MaxEntryName + 1];
    int len = MultiByteToWideChar(codepage, 0, bytes->text, (int)bytes->len, text, RAS_MaxEntryName);

    text[len] = 0;
    return !wcscmp(text, name);
}

DWORD phonebook_record_load(const struct phonebook_index *index, HANDLE file, uint32_t section, const WCHAR *path,
                            bool all_users, struct phonebook_record **record)
{
    uint32_t start = index->sections[section].start, len = index->sections[section + 1].start - start;
    const WCHAR *name = phonebook_section_name(index, section);
    UINT codepage = phonebook_section_codepage(index, section);
    DWORD error = ERROR_CANNOT_LOAD_PHONEBOOK;
    struct pbk_span found, value;
    struct pbk_cursor cursor;
    char *text = malloc(len);

    if (!text) return ERROR_NOT_ENOUGH_MEMORY;
    if (phonebook_file_read(file, start, text, len))
    {
        cursor.next = text;
        cursor.end = text + len;
        if (pbk_next(&cursor, &found, &value) == PBK_SECTION && is_name(&found, codepage, name))
            error = make_record(path, all_users, name, cursor.next, cursor.end - cursor.next, record);
        else
            error = ERROR_CANNOT_FIND_PHONEBOOK_ENTRY;
    }
    free(text);
    if (!error) (*record)->codepage = codepage;
    return error;
}

/* ---- reading an entry -------------------------------------------------------------------------- */

struct search
{
    const WCHAR *name;
    struct phonebook_record *record;
};

/* stale: the index does not fit the file any more. */
static DWORD read_once(const WCHAR *path, bool all_users, struct search *search, bool anew, bool *stale)
{
    struct phonebook_identity identity;
    struct phonebook_index *index;
    unsigned int count;
    uint32_t section;
    HANDLE file;
    DWORD error;

    *stale = false;
    if ((error = phonebook_file_open(path, &file, &identity))) return error;
    if (!(error = phonebook_index_get(path, file, &identity, anew, &index)))
    {
        section = phonebook_index_find(index, search->name, &count);
        if (section == PHONEBOOK_NO_SECTION)
            error = ERROR_CANNOT_FIND_PHONEBOOK_ENTRY;
        else if ((error = phonebook_record_load(index, file, section, path, all_users, &search->record)))
            *stale = error != ERROR_NOT_ENOUGH_MEMORY;
        phonebook_index_release(index);
    }
    CloseHandle(file);
    return error;
}

static DWORD read_in_file(const WCHAR *path, bool all_users, void *context)
{
    unsigned int attempt;
    bool stale = false;
    DWORD error = 0;

    for (attempt = 0; attempt < ATTEMPTS && (!attempt || stale); attempt++)
        error = read_once(path, all_users, context, stale, &stale);
    return stale ? ERROR_CANNOT_LOAD_PHONEBOOK : error;
}

DWORD phonebook_read(const WCHAR *phonebook, const WCHAR *name, struct phonebook_record **record)
{
    struct search search = {.name = name};
    DWORD error = phonebook_each_file(phonebook, read_in_file, &search);

    if (!error) *record = search.record;
    TRACE("%s of %s: %s.\n", debugstr_w(name), debugstr_w(phonebook), debugstr_error(error));
    return error;
}

/* ---- the names of all entries ------------------------------------------------------------------ */

struct visit
{
    phonebook_visit_fn *visit;
    void *context;
};

static bool visit_sections(const struct phonebook_index *index, struct phonebook_name *entry, const struct visit *visit)
{
    uint32_t i;

    for (i = 0; i < index->count; i++)
    {
        if (!index->sections[i].name_len) continue;
        entry->name = phonebook_section_name(index, i);
        if (!visit->visit(entry, visit->context)) return false;
    }
    return true;
}

static DWORD visit_file(const WCHAR *path, bool all_users, void *context)
{
    struct phonebook_name entry = {.path = path, .all_users = all_users};
    struct phonebook_identity identity;
    struct phonebook_index *index;
    struct visit *visit = context;
    bool go_on = true;
    HANDLE file;
    DWORD error;

    if ((error = phonebook_file_open(path, &file, &identity))) return error;
    if (!(error = phonebook_index_get(path, file, &identity, false, &index)))
    {
        go_on = visit_sections(index, &entry, visit);
        phonebook_index_release(index);
    }
    CloseHandle(file);
    if (error) return error;
    return go_on ? ERROR_CANNOT_FIND_PHONEBOOK_ENTRY : ERROR_SUCCESS;
}

DWORD phonebook_enum(const WCHAR *phonebook, phonebook_visit_fn *visit, void *context)
{
    struct visit visits = {.visit = visit, .context = context};
    DWORD error = phonebook_each_file(phonebook, visit_file, &visits);

    return error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY ? ERROR_SUCCESS : error;
}
