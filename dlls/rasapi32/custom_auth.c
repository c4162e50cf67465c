/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * custom_auth.c - RasGetCustomAuthData and RasSetCustomAuthData: what an EAP method keeps in
 * the entry, for all its users.  Bytes of the method's own making; they are never traced.
 */
#include "phonebook.h"

#define KEY "CustomAuthData"

static const struct pbk_group general = {PBK_GENERAL, 0, 0, 0};

DWORD WINAPI RasGetCustomAuthDataW(LPCWSTR phonebook, LPCWSTR entry, BYTE *data, DWORD *size)
{
    struct phonebook_record *record;
    struct pbk_span span;
    size_t len = 0;
    DWORD error, room;

    TRACE("phonebook %s, entry %s, data %p, size %p.\n", debugstr_w(phonebook), debugstr_w(entry), data, size);
    if (!entry || !size) return E_INVALIDARG;
    if ((error = phonebook_read(phonebook, entry, &record))) return phonebook_one_error(error);
    room = data ? *size : 0;
    if (pbk_entry_get(record->entry, &general, KEY, &span) &&
        !pbk_entry_get_blob(record->entry, &general, KEY, NULL, 0, &len))
        error = ERROR_CORRUPT_PHONEBOOK;
    else if (len > room)
        error = ERROR_BUFFER_TOO_SMALL;
    else if (len)
        pbk_entry_get_blob(record->entry, &general, KEY, data, room, &len);
    if (error != ERROR_CORRUPT_PHONEBOOK) *size = len;
    phonebook_record_free(record);
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

DWORD WINAPI RasGetCustomAuthDataA(LPCSTR phonebook, LPCSTR entry, BYTE *data, DWORD *size)
{
    struct aw_texts texts;
    DWORD error;

    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = RasGetCustomAuthDataW(texts.first, texts.second, data, size);
    aw_texts_leave(&texts);
    return error;
}

struct change
{
    const BYTE *data;
    DWORD size;
};

static DWORD edit_data(struct phonebook_record *record, bool is_new, void *context)
{
    const struct change *change = context;

    (void)is_new;
    return pbk_entry_set_blob(record->entry, &general, KEY, change->data, change->size) ? ERROR_SUCCESS
                                                                                         : ERROR_NOT_ENOUGH_MEMORY;
}

/* Without data those that are there go. */
DWORD WINAPI RasSetCustomAuthDataW(LPCWSTR phonebook, LPCWSTR entry, BYTE *data, DWORD size)
{
    struct change change = {data, size};
    DWORD error;

    TRACE("phonebook %s, entry %s, data %p, size %lu.\n", debugstr_w(phonebook), debugstr_w(entry), data, size);
    if (!entry || (!data && size) || (size && IsBadReadPtr(data, size))) return E_INVALIDARG;
    error = phonebook_one_error(phonebook_update(phonebook, entry, false, edit_data, &change));
    TRACE("%s.\n", debugstr_error(error));
    return error;
}

DWORD WINAPI RasSetCustomAuthDataA(LPCSTR phonebook, LPCSTR entry, BYTE *data, DWORD size)
{
    struct aw_texts texts;
    DWORD error;

    if (!(error = aw_texts_enter(&texts, phonebook, entry, NULL)))
        error = RasSetCustomAuthDataW(texts.first, texts.second, data, size);
    aw_texts_leave(&texts);
    return error;
}
