/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * phonebook_update.c - entries into files: one is changed, added, renamed or removed, and
 * the bytes of all others stay.
 */
#include "entry.h"
#include "phonebook_parts.h"

#include <stdlib.h>

/* "[name]" on its line, in any encoding. */
#define HEADER_MAX (4 * RAS_MaxEntryName + 5)

struct update
{
    const WCHAR *name;
    const WCHAR *new_name;
    bool create;
    bool searches; /* through the files of the user and of all users */
    phonebook_edit_fn *edit;
    void *context;
    DWORD (*apply)(struct update *update);
    /* the file that has the entry */
    WCHAR path[PHONEBOOK_PATH_SIZE];
    bool all_users;
    struct phonebook_change change;
    struct phonebook_index *index;
    struct phonebook_record *record;
    uint32_t section; /* or none, when the entry is new */
};

/* ---- the new text ------------------------------------------------------------------------------ */

static const struct phonebook_section *section_of(const struct update *update)
{
    return &update->index->sections[update->section];
}

/* How many line ends, of at most two, the old file has before this offset; the beginning of the
 * text is as good as two. */
static unsigned int line_ends_before(const struct update *update, uint32_t offset)
{
    uint32_t len = min(offset - update->index->text_start, 4);
    unsigned int found;
    char tail[4];

    if (!phonebook_file_read(update->change.book, offset - len, tail, len)) return 0;
    for (found = 0; found < 2 && len; found++)
    {
        if (tail[--len] != '\n') return found;
        if (len && tail[len - 1] == '\r') len--;
    }
    return 2;
}

static void write_line_ends(struct update *update, unsigned int count)
{
    while (count--) phonebook_change_write(&update->change, "\r\n", 2);
}

/* 0, or 123 when the encoding has no such name. */
static DWORD write_header(struct update *update, const WCHAR *name, UINT codepage)
{
    bool is_utf8 = codepage == CP_UTF8 || GetACP() == CP_UTF8;
    DWORD flags = is_utf8 ? WC_ERR_INVALID_CHARS : WC_NO_BEST_FIT_CHARS;
    BOOL replaced = FALSE, *tell = is_utf8 ? NULL : &replaced;
    char header[HEADER_MAX];
    int len;

    header[0] = '[';
    len = WideCharToMultiByte(codepage, flags, name, (int)wcslen(name), header + 1, HEADER_MAX - 4, NULL, tell);
    if (!len || replaced) return ERROR_INVALID_NAME;
    memcpy(header + 1 + len, "]\r\n", 3);
    phonebook_change_write(&update->change, header, len + 4);
    return ERROR_SUCCESS;
}

/* The lines of the entry.  A new one is set apart from what may follow it. */
static DWORD write_lines(struct update *update, bool is_new)
{
    size_t len;
    char *lines = pbk_entry_format(update->record->entry, &len);

    if (!lines) return ERROR_NOT_ENOUGH_MEMORY;
    phonebook_change_write(&update->change, lines, len);
    if (is_new) write_line_ends(update, 1);
    free(lines);
    return ERROR_SUCCESS;
}

/* The old text before the entry, and behind it. */
static void copy_before(struct update *update)
{
    phonebook_change_copy(&update->change, update->index->text_start, section_of(update)->start);
}

static void copy_after(struct update *update)
{
    phonebook_change_copy(&update->change, section_of(update)[1].start, update->change.identity.size);
}

static DWORD commit(struct update *update)
{
    DWORD error = phonebook_change_commit(&update->change) ? ERROR_SUCCESS : ERROR_CANNOT_WRITE_PHONEBOOK;

    phonebook_index_forget(update->path);
    return error;
}

/* What hangs on the entry's name follows when the new text is safe on the disk. */
static DWORD call_and_commit(struct update *update)
{
    DWORD error;

    if (!phonebook_change_flush(&update->change)) return ERROR_CANNOT_WRITE_PHONEBOOK;
    if (update->edit && (error = update->edit(update->record, false, update->context))) return error;
    return commit(update);
}

/* ---- the kinds of changes ------------------------------------------------------------------------ */

static DWORD add_entry(struct update *update)
{
    uint32_t size = update->change.identity.size;
    DWORD error;

    phonebook_change_copy(&update->change, update->index->text_start, size);
    write_line_ends(update, 2 - line_ends_before(update, size));
    if ((error = write_header(update, update->name, update->record->codepage))) return error;
    return write_lines(update, true);
}

static DWORD change_entry(struct update *update, UINT old_codepage)
{
    const struct phonebook_section *section = section_of(update);
    DWORD error;

    copy_before(update);
    if (update->record->codepage != old_codepage)
    {
        if ((error = write_header(update, update->record->name, update->record->codepage))) return error;
    }
    else
    {
        phonebook_change_copy(&update->change, section->start, section->body);
        if (!line_ends_before(update, section->body)) write_line_ends(update, 1);
    }
    if ((error = write_lines(update, false))) return error;
    copy_after(update);
    return ERROR_SUCCESS;
}

static DWORD apply_edit(struct update *update)
{
    bool is_new = update->section == PHONEBOOK_NO_SECTION;
    UINT codepage = update->record->codepage;
    DWORD error;

    if ((error = update->edit(update->record, is_new, update->context))) return error;
    if (!is_new && codepage == update->record->codepage && !pbk_entry_changed(update->record->entry))
        return ERROR_SUCCESS;
    if ((error = is_new ? add_entry(update) : change_entry(update, codepage))) return error;
    if (!phonebook_change_flush(&update->change)) return ERROR_CANNOT_WRITE_PHONEBOOK;
    return commit(update);
}

/* The ANSI code page lacks a character of the new name: the entry becomes UTF-8. */
static DWORD write_as_utf8(struct update *update)
{
    DWORD error;

    if ((error = entry_become_utf8(update->record))) return error;
    error = write_header(update, update->new_name, update->record->codepage);
    return error ? error : write_lines(update, false);
}

static DWORD apply_rename(struct update *update)
{
    unsigned int count;
    uint32_t other = phonebook_index_find(update->index, update->new_name, &count);
    DWORD error;

    if (other != PHONEBOOK_NO_SECTION && other != update->section) return ERROR_ALREADY_EXISTS;
    if (!wcscmp(update->record->name, update->new_name)) return ERROR_SUCCESS;
    copy_before(update);
    error = write_header(update, update->new_name, update->record->codepage);
    if (!error)
        phonebook_change_copy(&update->change, section_of(update)->body, section_of(update)[1].start);
    else if (error == ERROR_INVALID_NAME && update->record->codepage == CP_ACP)
        error = write_as_utf8(update);
    if (error) return error;
    copy_after(update);
    return call_and_commit(update);
}

static DWORD apply_remove(struct update *update)
{
    copy_before(update);
    copy_after(update);
    return call_and_commit(update);
}

/* ---- finding and locking the file --------------------------------------------------------------- */

static DWORD find_section(struct update *update)
{
    unsigned int count;

    if (!update->index->is_text) return ERROR_CORRUPT_PHONEBOOK;
    update->section = phonebook_index_find(update->index, update->name, &count);
    if (update->section == PHONEBOOK_NO_SECTION) return ERROR_CANNOT_FIND_PHONEBOOK_ENTRY;
    return count > 1 ? ERROR_CORRUPT_PHONEBOOK : ERROR_SUCCESS;
}

/* Whether a file has the entry is learnt without lock: often that is all. */
static DWORD look_into_file(const WCHAR *path, bool all_users, void *context)
{
    struct phonebook_identity identity;
    struct update *update = context;
    HANDLE file;
    DWORD error;

    wcscpy(update->path, path);
    update->all_users = all_users;
    if ((error = phonebook_file_open(path, &file, &identity))) return error;
    if (!(error = phonebook_index_get(path, file, &identity, false, &update->index)))
        /* A file that is no text has no entries, and keeps nobody from those of others. */
        error = update->searches && !update->index->is_text ? ERROR_CANNOT_FIND_PHONEBOOK_ENTRY : find_section(update);
    phonebook_index_release(update->index);
    update->index = NULL;
    CloseHandle(file);
    return error;
}

static DWORD find_file(struct update *update, const WCHAR *phonebook)
{
    DWORD error;

    update->searches = !phonebook || !phonebook[0];
    error = phonebook_each_file(phonebook, look_into_file, update);
    if (!update->create) return error;
    if (error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY && update->searches)
    {
        update->all_users = false;
        return phonebook_path(NULL, update->path, ARRAYSIZE(update->path));
    }
    /* The file itself may be missing. */
    return error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY || (error == ERROR_CANNOT_OPEN_PHONEBOOK && update->path[0])
               ? ERROR_SUCCESS : error;
}

static DWORD load_record(struct update *update)
{
    DWORD error = find_section(update);

    if (error == ERROR_CANNOT_FIND_PHONEBOOK_ENTRY && update->create)
        return phonebook_record_create(update->path, update->all_users, update->name, &update->record);
    if (error) return error;
    return phonebook_record_load(update->index, update->change.book, update->section, update->path, update->all_users,
                                 &update->record);
}

static DWORD run(struct update *update, const WCHAR *phonebook)
{
    DWORD error;

    if ((error = find_file(update, phonebook))) goto done;
    if (!(error = phonebook_change_begin(&update->change, update->path, update->create)))
    {
        error = phonebook_index_get(update->path, update->change.book, &update->change.identity, true, &update->index);
        if (!error && !(error = load_record(update))) error = update->apply(update);
        phonebook_record_free(update->record);
        phonebook_index_release(update->index);
        phonebook_change_end(&update->change);
    }
    if (error == ERROR_CANNOT_WRITE_PHONEBOOK && update->all_users) error = ERROR_ACCESS_DENIED;
done:
    TRACE("%s of %s: %s.\n", debugstr_w(update->name), debugstr_w(phonebook), debugstr_error(error));
    return error;
}

DWORD phonebook_update(const WCHAR *phonebook, const WCHAR *name, bool create, phonebook_edit_fn *edit, void *context)
{
    struct update update = {.name = name, .create = create, .edit = edit, .context = context, .apply = apply_edit};

    return run(&update, phonebook);
}

DWORD phonebook_rename(const WCHAR *phonebook, const WCHAR *name, const WCHAR *new_name, phonebook_edit_fn *before,
                       void *context)
{
    struct update update = {.name = name, .new_name = new_name, .edit = before, .context = context,
                            .apply = apply_rename};

    return run(&update, phonebook);
}

DWORD phonebook_remove(const WCHAR *phonebook, const WCHAR *name, phonebook_edit_fn *before, void *context)
{
    struct update update = {.name = name, .edit = before, .context = context, .apply = apply_remove};

    return run(&update, phonebook);
}
