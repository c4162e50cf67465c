/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_pbk_books.c - the entries of several systems' phone books stay as they are, and
 * have their keys in the order in which we write them.  PBK_DATA is the folder of the books.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "pbk_fixture.h"

static const char *const books[] =
{
    "handmade-minimal-pptp.pbk", "win2000-vpn-isdn.pbk", "win10-l2tp-ikev2-pptp.pbk", "win81-pppoe-utf8.pbk",
    "winxp-pppoe-modem.pbk",
    "nt4-modem-pad.pbk", /* the last: has another order */
};
#define BOOKS ((int)(sizeof(books) / sizeof(*books)))

static char *load(const char *name)
{
    char path[1024], *text = calloc(1, 65536);
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", PBK_DATA, name);
    ck_assert_ptr_nonnull(file = fopen(path, "rb"));
    ck_assert_uint_gt(fread(text, 1, 65535, file), 0);
    fclose(file);
    return text;
}

/* Calls check for the lines of each entry, and those with LF alone and without the last end. */
static unsigned int for_each_entry(const char *name, void (*check)(const char *lines))
{
    char *book = load(name), *lines = malloc(65536), *at = book, *end, *from, *to;
    unsigned int count = 0;

    ck_assert_int_eq(*at, '[');
    for (; at; at = end ? end + 1 : NULL, count++)
    {
        ck_assert_ptr_nonnull(at = strchr(at, '\n') + 1);
        end = strstr(at, "\n[");
        snprintf(lines, 65536, "%.*s", end ? (int)(end + 1 - at) : (int)strlen(at), at);
        check(lines);
        for (from = to = lines; *from; from++)
            if (*from != '\r') *to++ = *from;
        *to = 0;
        check(lines);
        lines[strlen(lines) - 1] = 0;
        check(lines);
    }
    free(lines);
    free(book);
    return count;
}

static void check_unchanged(const char *lines)
{
    struct pbk_entry *entry = parse(lines);

    assert_text(entry, lines);
    ck_assert(!pbk_entry_changed(entry));
    pbk_entry_free(entry);
}

static bool is_device_key(const char *key)
{
#define PBK_KEY(kind, name) if (PBK_##kind == PBK_DEVICE && !strcmp(key, #name)) return true;
#include "pbk_keys.def"
#undef PBK_KEY
    return false;
}

/* Calls check for each line of the entry that has a key, with its group. */
static void for_each_key(const char *lines, void (*check)(const char *lines, struct pbk_group group, const char *key,
                                                          const char *value))
{
    struct pbk_group group = general, none = {PBK_GENERAL, 0, 0, 0};
    struct pbk_span name, value;
    struct pbk_cursor cursor;
    char key[64], text[256];

    pbk_begin(&cursor, lines, strlen(lines));
    while (pbk_next(&cursor, &name, &value) != PBK_END)
    {
        snprintf(key, sizeof(key), "%.*s", (int)name.len, name.text);
        snprintf(text, sizeof(text), "%.*s", (int)value.len, value.text);
        if (!strcmp(key, "NETCOMPONENTS"))
            group = net;
        else if (!strcmp(key, "MEDIA"))
            group = media(group.kind < PBK_MEDIA ? 0 : group.link + 1);
        else if (!strcmp(key, "DEVICE"))
            group = device(group.link, group.kind == PBK_MEDIA ? 0 : group.device + 1);
        else if (!strcmp(key, "PhoneNumber"))
            group = number(group.link, group.device, group.kind == PBK_NUMBER ? group.number + 1 : 0);
        else if (group.kind == PBK_NUMBER && is_device_key(key))
            group.kind = PBK_DEVICE;
        none = group;
        if (none.kind < PBK_NUMBER) none.number = 0;
        check(lines, none, key, text);
    }
}

static void check_get_and_set(const char *lines, struct pbk_group group, const char *key, const char *value)
{
    struct pbk_entry *entry = parse(lines);
    struct pbk_span span = {value, strlen(value)};
    uint32_t before, after;

    assert_get(entry, group, key, value);
    ck_assert(set(entry, group, key, value));
    ck_assert_int_eq(pbk_entry_get_number(entry, &group, key, &before), pbk_number(&span, &after));
    if (pbk_number(&span, &after))
    {
        ck_assert_uint_eq(before, after);
        ck_assert(pbk_entry_set_number(entry, &group, key, after));
    }
    ck_assert(!pbk_entry_changed(entry));
    assert_text(entry, lines);
    pbk_entry_free(entry);
}

static bool in_table(const char *key)
{
#define PBK_KEY(kind, name) if (!strcmp(key, #name)) return true;
#include "pbk_keys.def"
#undef PBK_KEY
    return false;
}

/* A key that is removed and set again comes back to its place. */
static void check_order(const char *lines, struct pbk_group group, const char *key, const char *value)
{
    struct pbk_entry *entry;

    if (!in_table(key) || !strcmp(key, "PhoneNumber") || !strchr(lines, '\r')) return;
    entry = parse(lines);
    pbk_entry_remove(entry, &group, key);
    ck_assert(pbk_entry_changed(entry));
    assert_get(entry, group, key, NULL);
    ck_assert(set(entry, group, key, value));
    assert_text(entry, lines);
    pbk_entry_free(entry);
}

static void check_keys(const char *lines)
{
    for_each_key(lines, check_get_and_set);
}

static void check_key_order(const char *lines)
{
    for_each_key(lines, check_order);
}

START_TEST(test_books)
{
    ck_assert_uint_gt(for_each_entry(books[_i], check_unchanged), 0);
}
END_TEST

START_TEST(test_books_keys)
{
    for_each_entry(books[_i], check_keys);
}
END_TEST

START_TEST(test_books_order)
{
    for_each_entry(books[_i], check_key_order);
}
END_TEST

/* What was added is removed again without a trace. */
static void check_add_remove(const char *lines)
{
    static const enum pbk_group_kind kinds[] = {PBK_MEDIA, PBK_DEVICE, PBK_NUMBER};
    struct pbk_entry *entry = parse(lines);
    unsigned int i, link, dev, index;
    struct pbk_group group;
    size_t len = strlen(lines);
    char *ended = calloc(1, len + 3);

    for (i = 0; i < 3; i++)
        for (link = 0; link < 3; link++)
            for (dev = 0; dev < 4; dev++)
                for (index = 0; index < 3; index++)
                {
                    group = number(link, dev, index);
                    group.kind = kinds[i];
                    if (!add(entry, group, "Example")) continue;
                    if (group.kind == PBK_MEDIA && link >= pbk_entry_links(entry))
                        group.link = pbk_entry_links(entry) - 1;
                    if (group.kind == PBK_DEVICE && dev >= pbk_entry_devices(entry, link))
                        group.device = pbk_entry_devices(entry, link) - 1;
                    if (group.kind == PBK_NUMBER && index >= pbk_entry_numbers(entry, link, dev))
                        group.number = pbk_entry_numbers(entry, link, dev) - 1;
                    assert_get(entry, group, i == 0 ? "MEDIA" : i == 1 ? "DEVICE" : "PhoneNumber", "Example");
                    ck_assert(pbk_entry_remove_group(entry, &group));
                }
    ck_assert(pbk_entry_changed(entry));
    strcpy(ended, lines);
    /* but for the end of a file that had none */
    if (lines[len - 1] != '\n') strcpy(ended + len, "\r\n");
    assert_text(entry, ended);
    pbk_entry_free(entry);
    free(ended);
}

START_TEST(test_add_remove)
{
    for_each_entry(books[_i], check_add_remove);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, test_books, 0, BOOKS);
    tcase_add_loop_test(tcase, test_books_keys, 0, BOOKS);
    tcase_add_loop_test(tcase, test_books_order, 0, BOOKS - 1);
    tcase_add_loop_test(tcase, test_add_remove, 0, BOOKS);
}

int main(void)
{
    return check_main("pbk_books", add_tests);
}
