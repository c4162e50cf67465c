/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * entry_text.c - the texts of a phone book entry in the encoding that it has, and what the
 * types of devices mean.
 */
#include "entry.h"

#include <stdlib.h>

/* ---- device types ----------------------------------------------------------------- */

static const struct device_type device_types[] =
{
    {"modem", "serial", DEVICE_PHONE, true},
    {"isdn", "isdn", DEVICE_PHONE, true},
    {"x25", "x25", DEVICE_PHONE, false},
    {"pad", "serial", DEVICE_PHONE, false},
    {"null", "serial", DEVICE_PHONE, false},
    {"vpn", "rastapi", DEVICE_VPN, true},
    {"PPPoE", "rastapi", DEVICE_BROADBAND, false},
    {"generic", "rastapi", DEVICE_PHONE, false},
    {"serial", "rastapi", DEVICE_PHONE, false},
    {"framerelay", "rastapi", DEVICE_PHONE, true},
    {"atm", "rastapi", DEVICE_PHONE, true},
    {"sonet", "rastapi", DEVICE_PHONE, true},
    {"sw56", "rastapi", DEVICE_PHONE, true},
    {"irda", "rastapi", DEVICE_PHONE, false},
    {"parallel", "rastapi", DEVICE_PHONE, false},
};

static bool equal_nocase(const WCHAR *text, const char *name)
{
    WCHAR wide[RAS_MaxDeviceType + 1];

    return MultiByteToWideChar(CP_ACP, 0, name, -1, wide, ARRAYSIZE(wide)) &&
           CompareStringOrdinal(text, -1, wide, -1, TRUE) == CSTR_EQUAL;
}

const struct device_type *device_type_find(const WCHAR *name)
{
    static const struct device_type unknown = {NULL, "rastapi", DEVICE_PHONE, true};
    static const WCHAR prefix[] = L"RASDT_";
    size_t i, len = ARRAYSIZE(prefix) - 1;

    /* Programs are known that have quoted the name of the constant. */
    if (wcslen(name) > len && CompareStringOrdinal(name, len, prefix, len, TRUE) == CSTR_EQUAL) name += len;
    for (i = 0; i < ARRAYSIZE(device_types); i++)
        if (equal_nocase(name, device_types[i].name)) return &device_types[i];
    return &unknown;
}

/* ---- reading ------------------------------------------------------------------------ */

void entry_decode(const struct phonebook_record *record, const struct pbk_span *span, WCHAR *text, size_t size)
{
    /* No encoding has more bytes than this for a character of the text. */
    size_t len = min(span->len, 4 * size);
    int made = 0;

    while (len && !(made = MultiByteToWideChar(record->codepage, 0, span->text, len, text, size - 1))) len--;
    text[made] = 0;
}

DWORD entry_number(const struct phonebook_record *record, enum entry_place place, const char *key, DWORD fallback)
{
    struct pbk_group group;
    uint32_t number;

    if (entry_find_place(record->entry, 0, place, &group) &&
        pbk_entry_get_number(record->entry, &group, key, &number))
        return number;
    return fallback;
}

void entry_text(const struct phonebook_record *record, enum entry_place place, const char *key, WCHAR *text,
                size_t size)
{
    struct pbk_group group;
    struct pbk_span span;

    text[0] = 0;
    if (entry_find_place(record->entry, 0, place, &group) && pbk_entry_get(record->entry, &group, key, &span))
        entry_decode(record, &span, text, size);
}

/* ---- writing ------------------------------------------------------------------------ */

/* Makes the text bytes of the code page; NULL: no memory.  *lossy: it lacks a character. */
static char *encode(UINT codepage, const WCHAR *text, size_t text_len, size_t *len, bool *lossy)
{
    bool utf8 = codepage == CP_UTF8 || (codepage == CP_ACP && GetACP() == CP_UTF8);
    DWORD flags = utf8 ? 0 : WC_NO_BEST_FIT_CHARS;
    BOOL used_default = FALSE;
    char *bytes;
    int made;

    made = text_len ? WideCharToMultiByte(codepage, flags, text, text_len, NULL, 0, NULL, NULL) : 0;
    if (!(bytes = malloc(made + 1))) return NULL;
    if (made) WideCharToMultiByte(codepage, flags, text, text_len, bytes, made, NULL, utf8 ? NULL : &used_default);
    *len = made;
    *lossy = used_default;
    return bytes;
}

DWORD entry_become_utf8(struct phonebook_record *record)
{
    static const struct pbk_group general;
    struct pbk_entry *entry = NULL;
    size_t len, utf8_len = 0;
    char *lines, *utf8 = NULL;
    WCHAR *wide = NULL;
    bool lossy;
    int made;

    if (!(lines = pbk_entry_format(record->entry, &len))) return ERROR_NOT_ENOUGH_MEMORY;
    made = len ? MultiByteToWideChar(record->codepage, 0, lines, len, NULL, 0) : 0;
    if ((wide = malloc((made + 1) * sizeof(*wide))))
    {
        if (made) MultiByteToWideChar(record->codepage, 0, lines, len, wide, made);
        utf8 = encode(CP_UTF8, wide, made, &utf8_len, &lossy);
    }
    if (utf8) entry = pbk_entry_parse(utf8, utf8_len);
    free(lines);
    free(wide);
    free(utf8);
    if (!entry || !pbk_entry_set_number(entry, &general, "Encoding", 1))
    {
        pbk_entry_free(entry);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    pbk_entry_free(record->entry);
    record->entry = entry;
    record->codepage = CP_UTF8;
    return ERROR_SUCCESS;
}

DWORD entry_set_text(struct phonebook_record *record, const struct pbk_group *group, const char *key,
                     const WCHAR *text)
{
    DWORD error = ERROR_SUCCESS;
    size_t len;
    char *bytes;
    bool lossy;

    if (wcspbrk(text, L"\r\n")) return ERROR_INVALID_PARAMETER;
    bytes = encode(record->codepage, text, wcslen(text), &len, &lossy);
    if (bytes && lossy)
    {
        free(bytes);
        if ((error = entry_become_utf8(record))) return error;
        bytes = encode(record->codepage, text, wcslen(text), &len, &lossy);
    }
    if (!bytes || !pbk_entry_set(record->entry, group, key, bytes, len)) error = ERROR_NOT_ENOUGH_MEMORY;
    free(bytes);
    return error;
}
