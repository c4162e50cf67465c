/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * aw.c - ANSI and Unicode editions of the structures, by tables.  ANSI is the
 * code page of the process.  No checks of sizes (version.c) or of content.
 */
#include "rasapi32.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(type, field) (sizeof(((type *)0)->field) / sizeof(((type *)0)->field[0]))
#define TEXT_FIELD(name, field)                                                                                        \
    {                                                                                                                  \
        1, offsetof(name##A, field), LENGTH(name##A, field), offsetof(name##W, field), LENGTH(name##W, field)          \
    }
/* Plain members from first to last: laid out alike in both structures. */
#define PLAIN_RUN(name, first, last)                                                                                   \
    {                                                                                                                  \
        0, offsetof(name##A, first), RUN(name##A, first, last), offsetof(name##W, first), RUN(name##W, first, last)    \
    }
#define RUN(type, first, last) (offsetof(type, last) + sizeof(((type *)0)->last) - offsetof(type, first))
#define STRUCT(table, type)                                                                                            \
    const struct aw_struct aw_##table = {#type, sizeof(type##A), sizeof(type##W), table,                              \
                                         sizeof(table) / sizeof(table[0])}

static const struct aw_field rasdialparams[] = {
    TEXT_FIELD(RASDIALPARAMS, szEntryName),
    TEXT_FIELD(RASDIALPARAMS, szPhoneNumber),
    TEXT_FIELD(RASDIALPARAMS, szCallbackNumber),
    TEXT_FIELD(RASDIALPARAMS, szUserName),
    TEXT_FIELD(RASDIALPARAMS, szPassword),
    TEXT_FIELD(RASDIALPARAMS, szDomain),
    PLAIN_RUN(RASDIALPARAMS, dwSubEntry, szEncPassword),
};
STRUCT(rasdialparams, RASDIALPARAMS);

static const struct aw_field rasconn[] = {
    PLAIN_RUN(RASCONN, hrasconn, hrasconn),
    TEXT_FIELD(RASCONN, szEntryName),
    TEXT_FIELD(RASCONN, szDeviceType),
    TEXT_FIELD(RASCONN, szDeviceName),
    TEXT_FIELD(RASCONN, szPhonebook),
    PLAIN_RUN(RASCONN, dwSubEntry, guidCorrelationId),
};
STRUCT(rasconn, RASCONN);

static const struct aw_field rasconnstatus[] = {
    PLAIN_RUN(RASCONNSTATUS, rasconnstate, dwError),
    TEXT_FIELD(RASCONNSTATUS, szDeviceType),
    TEXT_FIELD(RASCONNSTATUS, szDeviceName),
    TEXT_FIELD(RASCONNSTATUS, szPhoneNumber),
    PLAIN_RUN(RASCONNSTATUS, localEndPoint, rasconnsubstate),
};
STRUCT(rasconnstatus, RASCONNSTATUS);

static const struct aw_field rascredentials[] = {
    PLAIN_RUN(RASCREDENTIALS, dwMask, dwMask),
    TEXT_FIELD(RASCREDENTIALS, szUserName),
    TEXT_FIELD(RASCREDENTIALS, szPassword),
    TEXT_FIELD(RASCREDENTIALS, szDomain),
};
STRUCT(rascredentials, RASCREDENTIALS);

static const struct aw_field rasentryname[] = {
    TEXT_FIELD(RASENTRYNAME, szEntryName),
    PLAIN_RUN(RASENTRYNAME, dwFlags, dwFlags),
    TEXT_FIELD(RASENTRYNAME, szPhonebookPath),
};
STRUCT(rasentryname, RASENTRYNAME);

static const struct aw_field rasentry[] = {
    PLAIN_RUN(RASENTRY, dwfOptions, dwCountryCode),
    TEXT_FIELD(RASENTRY, szAreaCode),
    TEXT_FIELD(RASENTRY, szLocalPhoneNumber),
    PLAIN_RUN(RASENTRY, dwAlternateOffset, dwFramingProtocol),
    TEXT_FIELD(RASENTRY, szScript),
    TEXT_FIELD(RASENTRY, szAutodialDll),
    TEXT_FIELD(RASENTRY, szAutodialFunc),
    TEXT_FIELD(RASENTRY, szDeviceType),
    TEXT_FIELD(RASENTRY, szDeviceName),
    TEXT_FIELD(RASENTRY, szX25PadType),
    TEXT_FIELD(RASENTRY, szX25Address),
    TEXT_FIELD(RASENTRY, szX25Facilities),
    TEXT_FIELD(RASENTRY, szX25UserData),
    PLAIN_RUN(RASENTRY, dwChannels, guidId),
    TEXT_FIELD(RASENTRY, szCustomDialDll),
    PLAIN_RUN(RASENTRY, dwVpnStrategy, dwfOptions3),
    TEXT_FIELD(RASENTRY, szDnsSuffix),
    PLAIN_RUN(RASENTRY, dwTcpWindowSize, dwTcpWindowSize),
    TEXT_FIELD(RASENTRY, szPrerequisitePbk),
    TEXT_FIELD(RASENTRY, szPrerequisiteEntry),
    PLAIN_RUN(RASENTRY, dwRedialCount, dwNetworkOutageTime),
    TEXT_FIELD(RASENTRY, szIDi),
    TEXT_FIELD(RASENTRY, szIDr),
    PLAIN_RUN(RASENTRY, fIsImsConfig, fDisableIKEv2Fragmentation),
};
STRUCT(rasentry, RASENTRY);

static const struct aw_field rassubentry[] = {
    PLAIN_RUN(RASSUBENTRY, dwfFlags, dwfFlags),
    TEXT_FIELD(RASSUBENTRY, szDeviceType),
    TEXT_FIELD(RASSUBENTRY, szDeviceName),
    TEXT_FIELD(RASSUBENTRY, szLocalPhoneNumber),
    PLAIN_RUN(RASSUBENTRY, dwAlternateOffset, dwAlternateOffset),
};
STRUCT(rassubentry, RASSUBENTRY);

static const struct aw_field rasdevinfo[] = {
    TEXT_FIELD(RASDEVINFO, szDeviceType),
    TEXT_FIELD(RASDEVINFO, szDeviceName),
};
STRUCT(rasdevinfo, RASDEVINFO);

static const struct aw_field rasautodialentry[] = {
    PLAIN_RUN(RASAUTODIALENTRY, dwFlags, dwDialingLocation),
    TEXT_FIELD(RASAUTODIALENTRY, szEntry),
};
STRUCT(rasautodialentry, RASAUTODIALENTRY);

static const struct aw_field rasamb[] = {
    PLAIN_RUN(RASAMB, dwError, dwError),
    TEXT_FIELD(RASAMB, szNetBiosError),
    PLAIN_RUN(RASAMB, bLana, bLana),
};
STRUCT(rasamb, RASAMB);

static const struct aw_field raspppnbf[] = {
    PLAIN_RUN(RASPPPNBF, dwError, dwNetBiosError),
    TEXT_FIELD(RASPPPNBF, szNetBiosError),
    TEXT_FIELD(RASPPPNBF, szWorkstationName),
    PLAIN_RUN(RASPPPNBF, bLana, bLana),
};
STRUCT(raspppnbf, RASPPPNBF);

static const struct aw_field raspppipx[] = {
    PLAIN_RUN(RASPPPIPX, dwError, dwError),
    TEXT_FIELD(RASPPPIPX, szIpxAddress),
};
STRUCT(raspppipx, RASPPPIPX);

static const struct aw_field raspppip[] = {
    PLAIN_RUN(RASPPPIP, dwError, dwError),
    TEXT_FIELD(RASPPPIP, szIpAddress),
    TEXT_FIELD(RASPPPIP, szServerIpAddress),
    PLAIN_RUN(RASPPPIP, dwOptions, dwServerOptions),
};
STRUCT(raspppip, RASPPPIP);

static const struct aw_field rasppplcp[] = {
    PLAIN_RUN(RASPPPLCP, fBundled, dwServerTerminateReason),
    TEXT_FIELD(RASPPPLCP, szReplyMessage),
    PLAIN_RUN(RASPPPLCP, dwOptions, dwServerOptions),
};
STRUCT(rasppplcp, RASPPPLCP);

static const struct aw_field rasslip[] = {
    PLAIN_RUN(RASSLIP, dwError, dwError),
    TEXT_FIELD(RASSLIP, szIpAddress),
};
STRUCT(rasslip, RASSLIP);

const struct aw_struct *const aw_structs[] = {
    &aw_rasdialparams,
    &aw_rasconn,
    &aw_rasconnstatus,
    &aw_rascredentials,
    &aw_rasentryname,
    &aw_rasentry,
    &aw_rassubentry,
    &aw_rasdevinfo,
    &aw_rasautodialentry,
    &aw_rasamb,
    &aw_raspppnbf,
    &aw_raspppipx,
    &aw_raspppip,
    &aw_rasppplcp,
    &aw_rasslip,
};
const unsigned int aw_structs_count = sizeof(aw_structs) / sizeof(aw_structs[0]);

/* Converts what fits into room characters plus NUL and clears the rest of the
 * array, so that nothing of an earlier text stays behind. */
static BOOL text_to_w(const char *in, unsigned int in_length, WCHAR *out, unsigned int out_length)
{
    unsigned int length = (unsigned int)strnlen(in, in_length), room = out_length - 1, used = 0;
    BOOL whole = length < in_length;

    /* A lead byte without its other half would become a wrong character. */
    if (!whole)
        length--;
    while (length && (used = (unsigned int)MultiByteToWideChar(CP_ACP, 0, in, (int)length, NULL, 0)) > room)
    {
        whole = FALSE;
        length--;
    }
    if (length)
        used = (unsigned int)MultiByteToWideChar(CP_ACP, 0, in, (int)length, out, (int)room);
    memset(out + used, 0, (out_length - used) * sizeof(*out));
    return whole;
}

static BOOL text_to_a(const WCHAR *in, unsigned int in_length, char *out, unsigned int out_length)
{
    unsigned int length = (unsigned int)wcsnlen(in, in_length), room = out_length - 1, used = 0;
    BOOL whole = length < in_length;

    if (!whole)
        length--;
    while (length &&
           (used = (unsigned int)WideCharToMultiByte(CP_ACP, 0, in, (int)length, NULL, 0, NULL, NULL)) > room)
    {
        whole = FALSE;
        length--;
        if (length && IS_HIGH_SURROGATE(in[length - 1]))
            length--;
    }
    if (length)
        used = (unsigned int)WideCharToMultiByte(CP_ACP, 0, in, (int)length, out, (int)room, NULL, NULL);
    memset(out + used, 0, out_length - used);
    return whole;
}

BOOL aw_to_w(const struct aw_struct *type, const void *a, void *w)
{
    BOOL whole = TRUE;
    unsigned int i;

    memset(w, 0, type->size_w);
    *(DWORD *)w = type->size_w;
    for (i = 0; i < type->count; i++)
    {
        const struct aw_field *field = &type->fields[i];
        const char *in = (const char *)a + field->offset_a;
        char *out = (char *)w + field->offset_w;

        if (!field->text)
            memcpy(out, in, field->length_a);
        else if (!text_to_w(in, field->length_a, (WCHAR *)out, field->length_w))
            whole = FALSE;
    }
    return whole;
}

BOOL aw_to_a(const struct aw_struct *type, const void *w, void *a)
{
    BOOL whole = TRUE;
    unsigned int i;

    memset(a, 0, type->size_a);
    *(DWORD *)a = type->size_a;
    for (i = 0; i < type->count; i++)
    {
        const struct aw_field *field = &type->fields[i];
        const char *in = (const char *)w + field->offset_w;
        char *out = (char *)a + field->offset_a;

        if (!field->text)
            memcpy(out, in, field->length_a);
        else if (!text_to_a((const WCHAR *)in, field->length_w, out, field->length_a))
            whole = FALSE;
    }
    return whole;
}

void aw_end_texts(const struct aw_struct *type, void *w)
{
    const struct aw_field *field;

    for (field = type->fields; field < type->fields + type->count; field++)
        if (field->text) ((WCHAR *)((char *)w + field->offset_w))[field->length_w - 1] = 0;
}

/* The largest structure is RASENTRYA. */
#define NEWEST_MAX sizeof(RASENTRYA)

DWORD aw_enter(enum version_id id_a, const struct aw_struct *type, const void *caller, void *wide)
{
    unsigned char newest[NEWEST_MAX];
    DWORD error;

    if (type->size_a > sizeof(newest))
        return ERROR_INVALID_SIZE;
    if (!(error = version_enter(id_a, caller, newest)))
        aw_to_w(type, newest, wide);
    SecureZeroMemory(newest, type->size_a);
    return error;
}

void aw_leave(enum version_id id_a, const struct aw_struct *type, const void *wide, void *caller)
{
    unsigned char newest[NEWEST_MAX];

    if (type->size_a > sizeof(newest))
        return;
    aw_to_a(type, wide, newest);
    version_leave(id_a, newest, caller);
    SecureZeroMemory(newest, type->size_a);
}

DWORD aw_array_leave(enum version_id id, const struct aw_struct *type, void *array, DWORD *size, DWORD *count,
                     const void *items, DWORD items_count)
{
    char *narrow = NULL;
    DWORD error, i;

    if (!type) return version_array_leave(id, array, size, count, items, items_count);
    if (items_count && !(narrow = malloc((size_t)items_count * type->size_a)))
        return ERROR_NOT_ENOUGH_MEMORY;
    for (i = 0; i < items_count; i++)
        aw_to_a(type, (const char *)items + (size_t)i * type->size_w, narrow + (size_t)i * type->size_a);
    error = version_array_leave(id, array, size, count, narrow, items_count);
    free(narrow);
    return error;
}

DWORD aw_texts_enter(struct aw_texts *texts, const char *first, const char *second, const char *third)
{
    memset(texts, 0, sizeof(*texts));
    if (aw_dup(first, &texts->first) && aw_dup(second, &texts->second) && aw_dup(third, &texts->third))
        return ERROR_SUCCESS;
    aw_texts_leave(texts);
    return ERROR_NOT_ENOUGH_MEMORY;
}

void aw_texts_leave(struct aw_texts *texts)
{
    aw_free(texts->first);
    aw_free(texts->second);
    aw_free(texts->third);
    memset(texts, 0, sizeof(*texts));
}

void text_from_utf8(WCHAR *dst, int size, const char *src)
{
    WCHAR text[1600];

    if (!MultiByteToWideChar(CP_UTF8, 0, src, -1, text, ARRAYSIZE(text)))
        text[0] = 0;
    lstrcpynW(dst, text, size);
}

BOOL aw_dup(const char *text, WCHAR **copy)
{
    int length;

    *copy = NULL;
    if (!text)
        return TRUE;
    length = MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0);
    if (length <= 0 || !(*copy = malloc((size_t)length * sizeof(**copy))))
        return FALSE;
    MultiByteToWideChar(CP_ACP, 0, text, -1, *copy, length);
    return TRUE;
}

void aw_free(WCHAR *text)
{
    if (text)
        SecureZeroMemory(text, wcslen(text) * sizeof(*text));
    free(text);
}
