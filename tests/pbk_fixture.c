/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pbk_fixture.c - see pbk_fixture.h.
 */
#include "pbk_fixture.h"

#include <stdlib.h>
#include <string.h>

const struct pbk_group general = {PBK_GENERAL, 0, 0, 0}, net = {PBK_NETCOMPONENTS, 0, 0, 0};

struct pbk_group media(unsigned int link)
{
    struct pbk_group group = {PBK_MEDIA, link, 0, 0};

    return group;
}

struct pbk_group device(unsigned int link, unsigned int index)
{
    struct pbk_group group = {PBK_DEVICE, link, index, 0};

    return group;
}

struct pbk_group number(unsigned int link, unsigned int device, unsigned int index)
{
    struct pbk_group group = {PBK_NUMBER, link, device, index};

    return group;
}

struct pbk_entry *parse(const char *text)
{
    struct pbk_entry *entry = pbk_entry_parse(text, strlen(text));

    ck_assert_ptr_nonnull(entry);
    return entry;
}

void assert_text(const struct pbk_entry *entry, const char *expected)
{
    struct pbk_entry *again;
    size_t len;
    char *text = pbk_entry_format(entry, &len);
    unsigned int i, j;

    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(text, expected);
    ck_assert_uint_eq(len, strlen(expected));
    again = parse(text);
    ck_assert_uint_eq(pbk_entry_links(again), pbk_entry_links(entry));
    for (i = 0; i < pbk_entry_links(again); i++)
    {
        ck_assert_uint_eq(pbk_entry_devices(again, i), pbk_entry_devices(entry, i));
        for (j = 0; j < pbk_entry_devices(again, i); j++)
            ck_assert_uint_eq(pbk_entry_numbers(again, i, j), pbk_entry_numbers(entry, i, j));
    }
    pbk_entry_free(again);
    free(text);
}

void assert_get(const struct pbk_entry *entry, struct pbk_group group, const char *key, const char *expected)
{
    struct pbk_span value = {NULL, 77};

    ck_assert_msg(pbk_entry_get(entry, &group, key, &value) == (expected != NULL), "%s", key);
    ck_assert_ptr_nonnull(value.text);
    ck_assert_msg(pbk_equal(&value, expected ? expected : ""), "%s is %.*s", key, (int)value.len, value.text);
}

bool set(struct pbk_entry *entry, struct pbk_group group, const char *key, const char *value)
{
    return pbk_entry_set(entry, &group, key, value, strlen(value));
}

bool add(struct pbk_entry *entry, struct pbk_group group, const char *value)
{
    return pbk_entry_add_group(entry, &group, value, strlen(value));
}
