/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * numbered.c - see numbered.h.
 */
#include "numbered.h"

#include <stdlib.h>

#define NUMBERED(id, type, convert, table)                                                                             \
    {                                                                                                                  \
        VERSION_##id, VERSION_##type, convert, table, offsetof(type, dwAlternateOffset)                                \
    }
const struct numbered_type numbered_rasentry_a = NUMBERED(RASENTRYA, RASENTRYW, &aw_rasentry, &aw_rasentry);
const struct numbered_type numbered_rasentry_w = NUMBERED(RASENTRYW, RASENTRYW, NULL, &aw_rasentry);
const struct numbered_type numbered_rassubentry_a =
    NUMBERED(RASSUBENTRYA, RASSUBENTRYW, &aw_rassubentry, &aw_rassubentry);
const struct numbered_type numbered_rassubentry_w = NUMBERED(RASSUBENTRYW, RASSUBENTRYW, NULL, &aw_rassubentry);

static DWORD *offset_of(const struct numbered_type *type, void *newest)
{
    return (DWORD *)((char *)newest + type->offset_member);
}

/* ---- out -------------------------------------------------------------------------------------- */

DWORD numbered_check_out(const struct numbered_type *type, const void *buffer, const DWORD *size)
{
    DWORD error;

    if (!size) return ERROR_INVALID_PARAMETER;
    if (!buffer) return ERROR_SUCCESS;
    if (IsBadReadPtr(buffer, sizeof(DWORD))) return ERROR_BUFFER_INVALID;
    if ((error = version_check(type->id, buffer))) return error;
    /* Where it claims to be large enough it has to be. */
    if (*size >= *(const DWORD *)buffer && IsBadWritePtr((void *)buffer, *(const DWORD *)buffer))
        return ERROR_BUFFER_INVALID;
    return ERROR_SUCCESS;
}

/* Its bytes, with the empty text at the end; written to out if that is not NULL. */
static DWORD list_out(const struct numbered_type *type, const WCHAR *list, char *out)
{
    DWORD used = 0, made;

    if (!list) return 0;
    for (;; list += wcslen(list) + 1)
    {
        if (type->convert)
            made = WideCharToMultiByte(CP_ACP, 0, list, -1, out ? out + used : NULL, out ? INT_MAX : 0, NULL, NULL);
        else
        {
            made = (wcslen(list) + 1) * sizeof(*list);
            if (out) memcpy(out + used, list, made);
        }
        used += made;
        if (!*list) return used;
    }
}

DWORD numbered_leave(const struct numbered_type *type, void *newest, const WCHAR *list, void *buffer, DWORD *size)
{
    DWORD structure = buffer ? *(DWORD *)buffer : version_newest(type->id);
    DWORD needed = structure + list_out(type, list, NULL), given = *size;

    *size = needed;
    if (!buffer || given < needed) return ERROR_BUFFER_TOO_SMALL;
    *offset_of(type, newest) = list ? structure : 0;
    if (type->convert)
        aw_leave(type->id, type->convert, newest, buffer);
    else
        version_leave(type->id, newest, buffer);
    list_out(type, list, (char *)buffer + structure);
    return ERROR_SUCCESS;
}

/* ---- in ----------------------------------------------------------------------------------------- */

/* One character of the list, which need not be aligned. */
static WCHAR char_at(const struct numbered_type *type, const char *text, DWORD index)
{
    WCHAR c;

    if (type->convert) return (unsigned char)text[index];
    memcpy(&c, text + index * sizeof(c), sizeof(c));
    return c;
}

/* Characters up to and with the empty text that ends the list; 0: it does not end, or a number is
 * longer than one can be. */
static DWORD list_length(const struct numbered_type *type, const char *text, DWORD room)
{
    DWORD i, start = 0;

    for (i = 0; i < room; i++)
    {
        if (char_at(type, text, i))
        {
            if (i - start >= RAS_MaxPhoneNumber) return 0;
            continue;
        }
        if (i == start) return i + 1;
        start = i + 1;
    }
    return 0;
}

static DWORD list_in(const struct numbered_type *type, const char *text, DWORD room, WCHAR **list)
{
    DWORD length = list_length(type, text, room), made;

    if (!length) return ERROR_INVALID_PARAMETER;
    if (length == 1) return ERROR_SUCCESS;
    if (!(*list = calloc(length + 1, sizeof(**list)))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!type->convert)
    {
        memcpy(*list, text, length * sizeof(**list));
        return ERROR_SUCCESS;
    }
    made = MultiByteToWideChar(CP_ACP, 0, text, length, *list, length);
    return made ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;
}

DWORD numbered_enter(const struct numbered_type *type, const void *buffer, DWORD size, void *newest, DWORD *end,
                     WCHAR **list)
{
    DWORD structure, offset, error;

    *list = NULL;
    if (!buffer || IsBadReadPtr(buffer, sizeof(DWORD))) return ERROR_BUFFER_INVALID;
    if ((error = version_check(type->id, buffer))) return error;
    structure = *(const DWORD *)buffer;
    if (size < structure || IsBadReadPtr(buffer, size)) return ERROR_BUFFER_INVALID;
    if (type->convert)
        error = aw_enter(type->id, type->convert, buffer, newest);
    else
        error = version_enter(type->id, buffer, newest);
    if (error) return error;
    aw_end_texts(type->texts, newest);
    *end = version_end(type->id, buffer, type->wide);
    offset = *offset_of(type, newest);
    *offset_of(type, newest) = 0;
    if (!offset) return ERROR_SUCCESS;
    if (offset < structure || offset >= size) return ERROR_INVALID_PARAMETER;
    error = list_in(type, (const char *)buffer + offset, (size - offset) / (type->convert ? 1 : sizeof(WCHAR)), list);
    if (error)
    {
        free(*list);
        *list = NULL;
    }
    return error;
}
