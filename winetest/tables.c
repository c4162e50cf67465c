/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tables.c - the DLL's own tables, linked in: the A/W tables cover every byte of
 * their structures and convert there and back without loss; editions copy what
 * they should and nothing else.  Needs no rasapi32.dll.
 */
#include "test.h"

#include "../dlls/rasapi32/rasapi32.h"

#include <stdlib.h>
#include <string.h>

#define FILLER 0x5a

/* Every byte but padding before a run of plain data or at the end belongs to a field. */
static void test_cover(const struct aw_struct *type)
{
    DWORD a = sizeof(DWORD), w = sizeof(DWORD);
    unsigned int i;

    for (i = 0; i < type->count; i++)
    {
        const struct aw_field *field = &type->fields[i];

        push_context("field %u", i);
        ok(field->offset_a >= a && field->offset_a - a < (field->text ? 1 : 4), "A: starts at %u, not at %lu.\n",
           field->offset_a, a);
        ok(field->offset_w >= w && field->offset_w - w < (field->text ? 1 : 4), "W: starts at %u, not at %lu.\n",
           field->offset_w, w);
        ok(field->length_a == field->length_w, "%u and %u.\n", field->length_a, field->length_w);
        a = field->offset_a + field->length_a;
        w = field->offset_w + field->length_w * (field->text ? sizeof(WCHAR) : 1);
        pop_context();
    }
    ok(((a + 3) & ~3u) == type->size_a, "A: fields end at %lu of %lu.\n", a, type->size_a);
    ok(((w + 3) & ~3u) == type->size_w, "W: fields end at %lu of %lu.\n", w, type->size_w);
}

/* Fills each field with its own contents, texts to the last character. */
static void fill_w(const struct aw_struct *type, unsigned char *w)
{
    unsigned int i, j;

    memset(w, 0, type->size_w);
    *(DWORD *)w = type->size_w;
    for (i = 0; i < type->count; i++)
    {
        const struct aw_field *field = &type->fields[i];

        if (!field->text)
            for (j = 0; j < field->length_w; j++) w[field->offset_w + j] = (unsigned char)(i * 31 + j + 1);
        else
            for (j = 0; j + 1 < field->length_w; j++)
                ((WCHAR *)(w + field->offset_w))[j] = (WCHAR)('A' + (i + j) % 26);
    }
}

static void test_round_trip(const struct aw_struct *type)
{
    unsigned char *w = malloc(type->size_w), *a = malloc(type->size_a), *back = malloc(type->size_w);
    BOOL whole;

    fill_w(type, w);
    memset(a, FILLER, type->size_a);
    memset(back, FILLER, type->size_w);
    whole = aw_to_a(type, w, a);
    ok(whole, "to A: cut.\n");
    ok(*(DWORD *)a == type->size_a, "A: dwSize %lu.\n", *(DWORD *)a);
    whole = aw_to_w(type, a, back);
    ok(whole, "to W: cut.\n");
    ok(!memcmp(w, back, type->size_w), "differs.\n");
    free(w);
    free(a);
    free(back);
}

/* A text without NUL is cut, and so is one that grows. */
static void test_overlong(const struct aw_struct *type)
{
    unsigned char *w = malloc(type->size_w), *a = malloc(type->size_a);
    unsigned int i, j, length;
    BOOL whole;

    for (i = 0; i < type->count; i++)
    {
        const struct aw_field *field = &type->fields[i];

        if (!field->text)
            continue;
        push_context("field %u", i);
        memset(a, 0, type->size_a);
        memset(a + field->offset_a, 'x', field->length_a);
        whole = aw_to_w(type, a, w);
        ok(!whole, "A without NUL: not cut.\n");
        length = (unsigned int)wcsnlen((WCHAR *)(w + field->offset_w), field->length_w);
        ok(length == field->length_w - 1u, "A without NUL: length %u.\n", length);

        memset(w, 0, type->size_w);
        for (j = 0; j < field->length_w; j++) ((WCHAR *)(w + field->offset_w))[j] = 'x';
        whole = aw_to_a(type, w, a);
        ok(!whole, "W without NUL: not cut.\n");
        length = (unsigned int)strnlen((char *)(a + field->offset_a), field->length_a);
        ok(length == field->length_a - 1u, "W without NUL: length %u.\n", length);
        pop_context();
    }
    free(w);
    free(a);
}

static const struct
{
    enum version_id id;
    const char *name;
    DWORD size;
    DWORD end;
} editions[] = {
#ifdef _WIN64
#define EDITION_SIZE(size32, size64) size64
#else
#define EDITION_SIZE(size32, size64) size32
#endif
#define VERSION(type, ...) __VA_ARGS__
#define EDITION(type, last, size32, size64)                                                                            \
    {VERSION_##type, #type, EDITION_SIZE(size32, size64), offsetof(type, last) + sizeof(((type *)0)->last)},
#include "../dlls/rasapi32/version.def"
#undef EDITION
#undef VERSION
};

static void test_edition(enum version_id id, DWORD size, DWORD end)
{
    DWORD newest = version_newest(id), error, i;
    unsigned char *in = malloc(size), *full = malloc(newest);

    ok(version_accepts(id, size), "not accepted.\n");
    for (i = 0; i < size; i++) in[i] = (unsigned char)(i + 1);
    *(DWORD *)in = size;
    memset(full, FILLER, newest);
    error = version_enter(id, in, full);
    ok(!error, "enter: %lu.\n", error);
    ok(*(DWORD *)full == newest, "dwSize %lu.\n", *(DWORD *)full);
    ok(!memcmp(full + sizeof(DWORD), in + sizeof(DWORD), end - sizeof(DWORD)), "members differ.\n");
    for (i = end; i < newest && !full[i]; i++) ;
    ok(i == newest, "byte %lu is not 0.\n", i);

    memset(full + sizeof(DWORD), FILLER, newest - sizeof(DWORD));
    version_leave(id, full, in);
    ok(*(DWORD *)in == size, "leave: dwSize %lu.\n", *(DWORD *)in);
    for (i = sizeof(DWORD); i < end && in[i] == FILLER; i++) ;
    ok(i == end, "leave: byte %lu not written.\n", i);
    for (i = end; i < size && in[i] == (unsigned char)(i + 1); i++) ;
    ok(i == size, "leave: padding byte %lu written.\n", i);
    free(in);
    free(full);
}

static void test_array(enum version_id id, DWORD size, DWORD end)
{
    DWORD newest = version_newest(id), error, count, cb, i;
    unsigned char *items = malloc(newest * 2), *array = malloc(size * 2 + 4);

    memset(items, FILLER, newest * 2);
    memset(array, 0, size * 2 + 4);

    error = version_array_enter(id, array, &cb, &count);
    ok(error == ERROR_INVALID_SIZE, "dwSize 0: %lu.\n", error);
    *(DWORD *)array = size;
    ok(version_array_enter(id, array, NULL, &count) == ERROR_INVALID_PARAMETER, "cb NULL.\n");
    ok(version_array_enter(id, array, &cb, NULL) == ERROR_INVALID_PARAMETER, "count NULL.\n");
    error = version_array_enter(id, array, &cb, &count);
    ok(!error, "got %lu.\n", error);

    cb = size * 2 + 1;
    error = version_array_leave(id, NULL, &cb, &count, items, 2);
    ok(error == ERROR_BUFFER_TOO_SMALL && cb == newest * 2 && count == 2, "NULL: %lu, %lu bytes, %lu.\n", error, cb,
       count);
    cb = 77;
    error = version_array_leave(id, NULL, &cb, &count, items, 0);
    ok(!error && !cb && !count, "NULL, nothing: %lu, %lu bytes, %lu.\n", error, cb, count);
    cb = 77;
    error = version_array_leave(id, array, &cb, &count, items, 0);
    ok(!error && !cb && !count, "nothing: %lu, %lu bytes, %lu.\n", error, cb, count);

    cb = size * 2 - 1;
    error = version_array_leave(id, array, &cb, &count, items, 2);
    ok(error == ERROR_BUFFER_TOO_SMALL && cb == size * 2 && count == 2, "small: %lu, %lu bytes, %lu.\n", error, cb,
       count);
    for (i = sizeof(DWORD); i < size * 2 && !array[i]; i++) ;
    ok(i == size * 2, "small: byte %lu written.\n", i);

    cb = size * 2 + 3;
    error = version_array_leave(id, array, &cb, &count, items, 2);
    ok(!error && cb == size * 2 && count == 2, "got %lu, %lu bytes, %lu.\n", error, cb, count);
    ok(*(DWORD *)array == size && *(DWORD *)(array + size) == size, "dwSize %lu, %lu.\n", *(DWORD *)array,
       *(DWORD *)(array + size));
    for (i = sizeof(DWORD); i < end && array[i] == FILLER && array[size + i] == FILLER; i++) ;
    ok(i == end, "byte %lu not written.\n", i);
    ok(!*(DWORD *)(array + size * 2), "behind the array.\n");
    free(items);
    free(array);
}

/* ---- the keys of phone books ------------------------------------------------------------------ */

struct key_row
{
    size_t offset;
    size_t size;
    DWORD flag;
};

static const struct key_row key_rows[] = {
#define MEMBER_ROW(member, flag) {offsetof(RASENTRYW, member), sizeof(((RASENTRYW *)0)->member), flag},
#define NUMBER(place, key, member, ...)                        MEMBER_ROW(member, 0)
#define FLAG(place, key, member, flag, ...)                    MEMBER_ROW(member, flag)
#define BIT(place, key, bit, member, flag, ...)                MEMBER_ROW(member, flag)
#define STRING(place, key, member, new)                        MEMBER_ROW(member, 0)
#define IPV4(place, key, member, new)                          MEMBER_ROW(member, 0)
#define IPV6(place, key, member, new)                          MEMBER_ROW(member, 0)
#define SCRIPT(place, member)                                  MEMBER_ROW(member, 0)
#define SPECIAL(place, key, functions, ...)
#define MIRROR(place, key, member, flag, on, off)
#define FIXED(place, key, text, type)
#include "../dlls/rasapi32/entry_keys.def"
#undef NUMBER
#undef FLAG
#undef BIT
#undef STRING
#undef IPV4
#undef IPV6
#undef SCRIPT
#undef SPECIAL
#undef MIRROR
#undef FIXED
    /* Those of SPECIAL rows, and of groups; reserved ones. */
    MEMBER_ROW(dwSize, 0) MEMBER_ROW(dwFramingProtocol, 0) MEMBER_ROW(dwEncryptionType, 0)
    MEMBER_ROW(dwCustomAuthKey, 0) MEMBER_ROW(dwIPv4InterfaceMetric, 0) MEMBER_ROW(dwIPv6InterfaceMetric, 0)
    MEMBER_ROW(szDeviceType, 0) MEMBER_ROW(szDeviceName, 0) MEMBER_ROW(szLocalPhoneNumber, 0)
    MEMBER_ROW(dwAlternateOffset, 0) MEMBER_ROW(dwSubEntries, 0) MEMBER_ROW(guidId, 0) MEMBER_ROW(dwChannels, 0)
    MEMBER_ROW(dwReserved1, 0) MEMBER_ROW(dwReserved2, 0) MEMBER_ROW(dwfOptions3, 0)
    MEMBER_ROW(dwfOptions, RASEO_RequireDataEncryption | RASEO_SharedPhoneNumbers | RASEO_RequireEncryptedPw |
                               RASEO_RequireMsEncryptedPw | RASEO_RequireEAP | RASEO_RequirePAP | RASEO_RequireSPAP |
                               RASEO_RequireCHAP | RASEO_RequireMsCHAP | RASEO_RequireMsCHAP2 | RASEO_RequireW95MSCHAP)
    MEMBER_ROW(dwfOptions2, RASEO2_SharePhoneNumbers | RASEO2_UseTypicalSettings | RASEO2_IPv4ExplicitMetric |
                                RASEO2_IPv6ExplicitMetric | RASEO2_RequireMachineCertificates |
                                RASEO2_UsePreSharedKeyForIkev2Initiator)
};

/* Every member and flag of RASENTRY has its key. */
static void test_keys(void)
{
    static unsigned char covered[sizeof(RASENTRYW)];
    DWORD options = 0, options2 = 0, protocols = 0, *flags;
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(key_rows); i++)
    {
        const struct key_row *row = &key_rows[i];

        memset(covered + row->offset, 1, row->size);
        flags = row->offset == offsetof(RASENTRYW, dwfOptions)    ? &options
                : row->offset == offsetof(RASENTRYW, dwfOptions2) ? &options2
                                                                  : &protocols;
        ok(!(*flags & row->flag), "row %u: %#lx has a key already.\n", i, row->flag);
        *flags |= row->flag;
    }
    ok(options == ~0x00400000u, "dwfOptions: %#lx.\n", options);
    ok(options2 == 0xffffffff, "dwfOptions2: %#lx.\n", options2);
    ok(protocols == 15, "dwfNetProtocols: %#lx.\n", protocols);
    /* Two texts of odd length are followed by padding. */
    for (i = 0; i < sizeof(covered); i++)
        ok(covered[i] || (i & ~1u) % 4 == 2, "byte %u has no key.\n", i);
}

START_TEST(tables)
{
    unsigned int i;

    test_keys();

    for (i = 0; i < aw_structs_count; i++)
    {
        push_context("%s", aw_structs[i]->name);
        test_cover(aw_structs[i]);
        test_round_trip(aw_structs[i]);
        test_overlong(aw_structs[i]);
        pop_context();
    }
    for (i = 0; i < sizeof(editions) / sizeof(editions[0]); i++)
    {
        push_context("%s %lu", editions[i].name, editions[i].size);
        test_edition(editions[i].id, editions[i].size, editions[i].end);
        test_array(editions[i].id, editions[i].size, editions[i].end);
        pop_context();
    }
}
