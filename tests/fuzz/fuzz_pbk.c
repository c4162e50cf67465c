/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * fuzz_pbk.c - phone books of strangers: their lines, their entries, and changes to these
 * that the bytes of the phone book decide.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "pbk_entry.h"

#define ENTRIES_MAX 8
#define EDITS_MAX 24
#define GROUPS_MAX 4 /* of a kind, to compare */

#define CHECK(condition) do { if (!(condition)) abort(); } while (0)

static const char *const keys[] =
{
    "MEDIA", "DEVICE", "NETCOMPONENTS", "device", "Foreign", "MEDIA=", "",
#define PBK_KEY(kind, name) #name,
#include "pbk_keys.def"
#undef PBK_KEY
};

static uint32_t random_state;

static uint32_t next_random(uint32_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % below;
}

struct lines
{
    char *text;
    size_t len;
    struct pbk_span *line; /* without their ends: a file may lack the last */
    size_t count;
};

static struct lines format(const struct pbk_entry *entry)
{
    struct pbk_cursor cursor;
    struct lines lines = {0};

    CHECK((lines.text = pbk_entry_format(entry, &lines.len)));
    CHECK((lines.line = malloc((lines.len + 1) * sizeof(*lines.line))));
    cursor.next = lines.text;
    cursor.end = lines.text + lines.len;
    while (pbk_next_line(&cursor, &lines.line[lines.count])) lines.count++;
    return lines;
}

static void free_lines(struct lines *lines)
{
    free(lines->line);
    free(lines->text);
}

static bool same_text(const struct lines *a, const struct lines *b)
{
    return a->len == b->len && !memcmp(a->text, b->text, a->len);
}

static bool same_line(const struct pbk_span *a, const struct pbk_span *b)
{
    return a->len == b->len && !memcmp(a->text, b->text, a->len);
}

static bool has_key(const struct pbk_span *line, const char *key)
{
    struct pbk_span name, value;

    return pbk_parse_line(line, &name, &value) == PBK_KEY && pbk_equal_nocase(&name, key);
}

/* One line may have changed, or new ones been added in one place; the rest is as before. */
static void check_place(const struct lines *before, const struct lines *after)
{
    size_t same = 0, end = 0, expected = before->count - (before->count == after->count && before->count);

    CHECK(after->count >= before->count);
    while (same < before->count && same_line(&before->line[same], &after->line[same])) same++;
    while (end < before->count &&
           same_line(&before->line[before->count - 1 - end], &after->line[after->count - 1 - end])) end++;
    CHECK(same + end >= expected);
}

/* Lines with other keys are as before. */
static void check_others(const struct lines *before, const struct lines *after, const char *key)
{
    size_t i = 0, j = 0;

    for (;; i++, j++)
    {
        while (i < before->count && has_key(&before->line[i], key)) i++;
        while (j < after->count && has_key(&after->line[j], key)) j++;
        if (i == before->count || j == after->count) break;
        CHECK(same_line(&before->line[i], &after->line[j]));
    }
    CHECK(i == before->count && j == after->count);
}

/* Lines have been removed. */
static void check_rest(const struct lines *before, const struct lines *after)
{
    size_t i, j = 0;

    for (i = 0; i < before->count && j < after->count; i++) j += same_line(&before->line[i], &after->line[j]);
    CHECK(j == after->count);
}

static void check_equal(const struct pbk_entry *a, const struct pbk_entry *b, struct pbk_group group)
{
    struct pbk_span one, other;
    unsigned int i;
    bool found;

    for (i = 0; i < sizeof(keys) / sizeof(*keys); i++)
    {
        found = pbk_entry_get(a, &group, keys[i], &one);
        CHECK(found == pbk_entry_get(b, &group, keys[i], &other));
        CHECK(same_line(&one, &other));
    }
}

/* Reading what was written gives the same groups and values. */
static void check_again(const struct pbk_entry *entry)
{
    struct lines lines = format(entry);
    struct pbk_entry *again = pbk_entry_parse(lines.text, lines.len);
    unsigned int i, j, k;

    CHECK(again && pbk_entry_links(again) == pbk_entry_links(entry));
    check_equal(entry, again, (struct pbk_group){PBK_GENERAL, 0, 0, 0});
    check_equal(entry, again, (struct pbk_group){PBK_NETCOMPONENTS, 0, 0, 0});
    for (i = 0; i < pbk_entry_links(entry) && i < GROUPS_MAX; i++)
    {
        check_equal(entry, again, (struct pbk_group){PBK_MEDIA, i, 0, 0});
        CHECK(pbk_entry_devices(again, i) == pbk_entry_devices(entry, i));
        for (j = 0; j < pbk_entry_devices(entry, i) && j < GROUPS_MAX; j++)
        {
            check_equal(entry, again, (struct pbk_group){PBK_DEVICE, i, j, 0});
            CHECK(pbk_entry_numbers(again, i, j) == pbk_entry_numbers(entry, i, j));
            for (k = 0; k < pbk_entry_numbers(entry, i, j) && k < GROUPS_MAX; k++)
                check_equal(entry, again, (struct pbk_group){PBK_NUMBER, i, j, k});
        }
    }
    pbk_entry_free(again);
    free_lines(&lines);
}

static struct pbk_group some_group(const struct pbk_entry *entry)
{
    struct pbk_group group;

    group.kind = (enum pbk_group_kind)next_random(PBK_GROUP_KINDS + 1);
    group.link = next_random(pbk_entry_links(entry) + 1);
    group.device = next_random(pbk_entry_devices(entry, group.link) + 1);
    group.number = next_random(pbk_entry_numbers(entry, group.link, group.device) + 1);
    if (!next_random(64)) group.link = group.device = ~0u;
    return group;
}

static unsigned int siblings(const struct pbk_entry *entry, const struct pbk_group *group)
{
    struct pbk_span value;

    switch (group->kind)
    {
    case PBK_NETCOMPONENTS: return pbk_entry_get(entry, group, "NETCOMPONENTS", &value);
    case PBK_MEDIA: return pbk_entry_links(entry);
    case PBK_DEVICE: return pbk_entry_devices(entry, group->link);
    case PBK_NUMBER: return pbk_entry_numbers(entry, group->link, group->device);
    default: return 0;
    }
}

static bool edit_value(struct pbk_entry *entry, const struct pbk_group *group, const char *key)
{
    static const char letters[] = "ab=]0123456789. \xc3\xa4\r";
    char value[40];
    struct pbk_span got;
    size_t i, len = next_random(sizeof(value));

    for (i = 0; i < len; i++) value[i] = letters[next_random(sizeof(letters) - 1 - !!next_random(8))];
    if (!pbk_entry_set(entry, group, key, value, len)) return false;
    CHECK(pbk_entry_get(entry, group, key, &got) && got.len == len && !memcmp(got.text, value, len));
    return true;
}

static bool edit_number(struct pbk_entry *entry, const struct pbk_group *group, const char *key)
{
    uint32_t got, number = next_random(2) ? next_random(~0u) : next_random(8);

    if (!pbk_entry_set_number(entry, group, key, number)) return false;
    CHECK(pbk_entry_get_number(entry, group, key, &got) && got == number);
    return true;
}

static bool edit_blob(struct pbk_entry *entry, const struct pbk_group *group, const char *key)
{
    uint8_t data[200], got[200];
    size_t i, got_len, len = next_random(sizeof(data) + 1);

    for (i = 0; i < len; i++) data[i] = (uint8_t)next_random(256);
    if (!pbk_entry_set_blob(entry, group, key, data, len)) return false;
    CHECK(pbk_entry_get_blob(entry, group, key, got, sizeof(got), &got_len));
    CHECK(got_len == len && !memcmp(got, data, len));
    return true;
}

static bool edit_add(struct pbk_entry *entry, const struct pbk_group *group)
{
    unsigned int count = siblings(entry, group);

    if (!pbk_entry_add_group(entry, group, "new", 3)) return false;
    CHECK(siblings(entry, group) == count + 1);
    return true;
}

static bool edit_remove(struct pbk_entry *entry, const struct pbk_group *group, const char *key)
{
    struct pbk_span value;

    pbk_entry_remove(entry, group, key);
    /* the line that makes a group stays */
    CHECK(!pbk_entry_get_index(entry, group, key, group->kind != PBK_GENERAL, &value));
    return true;
}

static bool edit_remove_group(struct pbk_entry *entry, const struct pbk_group *group)
{
    unsigned int count = siblings(entry, group);

    if (!pbk_entry_remove_group(entry, group)) return false;
    /* below the first NETCOMPONENTS there may be another, that counts now */
    CHECK(siblings(entry, group) < count || group->kind == PBK_NETCOMPONENTS);
    return true;
}

static void edit(struct pbk_entry *entry)
{
    const char *key = keys[next_random(sizeof(keys) / sizeof(*keys))];
    struct lines before = format(entry), after;
    struct pbk_group group = some_group(entry);
    unsigned int choice = next_random(6);
    bool done = false;

    switch (choice)
    {
    case 0: done = edit_value(entry, &group, key); break;
    case 1: done = edit_number(entry, &group, key); break;
    case 2: done = edit_blob(entry, &group, key); break;
    case 3: done = edit_remove(entry, &group, key); break;
    case 4: done = edit_add(entry, &group); break;
    case 5: done = edit_remove_group(entry, &group); break;
    }
    after = format(entry);
    CHECK(done || same_text(&before, &after));
    CHECK(pbk_entry_changed(entry) || same_text(&before, &after));
    if (choice < 4) check_others(&before, &after, key);
    if (choice == 3 || choice == 5) check_rest(&before, &after);
    if (choice < 2 || choice == 4) check_place(&before, &after);
    free_lines(&before);
    free_lines(&after);
}

static void try_entry(const char *text, size_t len)
{
    struct pbk_entry *entry;
    struct lines lines;
    unsigned int edits;

    CHECK((entry = pbk_entry_parse(text, len)));
    lines = format(entry);
    CHECK(lines.len == len && !memcmp(lines.text, text, len) && !pbk_entry_changed(entry));
    free_lines(&lines);
    for (edits = next_random(EDITS_MAX); edits; edits--) edit(entry);
    check_again(entry);
    pbk_entry_free(entry);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *book = malloc(size + !size);
    struct pbk_span name = {NULL, 0}, value = {NULL, 0};
    struct pbk_cursor cursor;
    const char *from = book, *before;
    unsigned int entries = 0;
    enum pbk_line kind;
    uint8_t guid[16];
    uint32_t number;
    size_t i;

    random_state = 2166136261u;
    for (i = 0; i < size; i++) random_state = (random_state ^ data[i]) * 16777619u;
    random_state |= 1;
    if (size) memcpy(book, data, size);
    pbk_begin(&cursor, book, size);
    do
    {
        before = cursor.next;
        kind = pbk_next(&cursor, &name, &value);
        CHECK(kind == PBK_END || (name.len && name.text >= before && name.text + name.len <= cursor.next));
        CHECK(kind != PBK_KEY || (value.text > name.text && value.text + value.len <= cursor.next));
        CHECK(cursor.next >= before && cursor.next <= book + size && (cursor.next > before || kind == PBK_END));
        if (kind == PBK_KEY)
        {
            pbk_number(&value, &number);
            pbk_guid(&value, guid);
        }
        else if (entries++ < ENTRIES_MAX)
        {
            try_entry(from, (kind == PBK_SECTION ? name.text - 1 : cursor.end) - from);
            from = cursor.next;
        }
    } while (kind != PBK_END);
    free(book);
    return 0;
}
