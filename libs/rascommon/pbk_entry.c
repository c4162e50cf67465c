/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pbk_entry.c - the lines and groups of a phone book entry: finding and reading them.
 */
#include "pbk_lines.h"

#include <stdlib.h>
#include <string.h>

/* The documented order. */

static const struct
{
    enum pbk_group_kind kind;
    const char *name;
    size_t len;
} keys[] =
{
#define PBK_KEY(kind, name) {PBK_##kind, #name, sizeof(#name) - 1},
#include "pbk_keys.def"
#undef PBK_KEY
};

#define KEY_COUNT (sizeof(keys) / sizeof(*keys))

static bool key_equal(const char *key, size_t len, const char *other, size_t other_len)
{
    struct pbk_span span = {key, len};

    if (len != other_len) return false;
    if (!memcmp(key, other, len)) return true;
    return pbk_equal_nocase(&span, other) && !pbk_equal_nocase(&span, "MEDIA") && !pbk_equal_nocase(&span, "DEVICE");
}

/* Keys of a device and of its numbers are told apart by the table. */
static unsigned int table_kinds(enum pbk_group_kind kind)
{
    if (kind == PBK_DEVICE || kind == PBK_NUMBER) return 1u << PBK_DEVICE | 1u << PBK_NUMBER;
    return 1u << kind;
}

short pbk_find_rank(enum pbk_group_kind kind, const char *key, size_t len, short from)
{
    unsigned int kinds = table_kinds(kind);
    short rank = from;
    size_t i;

    for (i = 0; i < KEY_COUNT; i++, rank++)
    {
        if (rank == (short)KEY_COUNT) rank = 0;
        if (kinds & 1u << keys[rank].kind && key_equal(key, len, keys[rank].name, keys[rank].len)) return rank;
    }
    return -1;
}

enum pbk_group_kind pbk_rank_kind(short rank)
{
    return keys[rank].kind;
}

/* From lines to blocks. */

static bool reserve(void **items, size_t *room, size_t used, size_t count, size_t size)
{
    size_t wanted;
    void *bigger;

    if (count <= *room - used) return true;
    if (count > SIZE_MAX / 2 / size - used) return false;
    wanted = used + count + used / 2;
    if (!(bigger = realloc(*items, wanted * size))) return false;
    *items = bigger;
    *room = wanted;
    return true;
}

bool pbk_reserve_lines(struct pbk_entry *entry, size_t count)
{
    return reserve((void **)&entry->lines, &entry->line_room, entry->line_count, count, sizeof(*entry->lines));
}

bool pbk_reserve_blocks(struct pbk_entry *entry, size_t count)
{
    return reserve((void **)&entry->blocks, &entry->block_room, entry->block_count, count, sizeof(*entry->blocks));
}

enum pbk_group_kind pbk_key_begins(const char *key, size_t len, bool in_device)
{
    struct pbk_span span = {key, len};

    if (pbk_equal(&span, "MEDIA")) return PBK_MEDIA;
    if (pbk_equal(&span, "DEVICE")) return PBK_DEVICE;
    if (pbk_equal_nocase(&span, "NETCOMPONENTS")) return PBK_NETCOMPONENTS;
    return in_device && pbk_equal_nocase(&span, "PhoneNumber") ? PBK_NUMBER : PBK_GENERAL;
}

struct indexer
{
    size_t link;   /* the block that has the line; 0: none */
    size_t device;
    bool in_number;
    short rank;
};

static bool begin_block(struct pbk_entry *entry, struct indexer *at, enum pbk_group_kind kind, size_t first)
{
    struct block block = {kind, entry->links, BESIDES, 0, 0, first};

    if (!pbk_reserve_blocks(entry, 1)) return false;
    if (kind == PBK_NUMBER)
    {
        block.device = entry->blocks[at->device].device;
        block.number = ++entry->blocks[at->device].children;
    }
    else if (kind == PBK_DEVICE && at->link)
    {
        block.device = ++entry->blocks[at->link].children;
        at->device = entry->block_count;
    }
    else
    {
        at->link = at->device = 0;
        if (kind == PBK_MEDIA)
        {
            block.link = ++entry->links;
            block.device = 0;
            at->link = entry->block_count;
        }
        else if (kind == PBK_NETCOMPONENTS && !entry->netcomponents)
            entry->netcomponents = entry->block_count;
        else if (kind != PBK_GENERAL)
            block.kind = UNNAMED;
    }
    entry->blocks[entry->block_count++] = block;
    return true;
}

/* A line that the table does not know belongs to what the line before it belongs to. */
static void rank_line(const struct pbk_entry *entry, struct indexer *at, struct line *line)
{
    enum pbk_group_kind kind = entry->blocks[entry->block_count - 1].kind;

    line->rank = pbk_find_rank(kind, line->text, line->key_len, at->rank);
    if (line->rank >= 0)
    {
        at->rank = line->rank;
        at->in_number = kind == PBK_NUMBER && keys[line->rank].kind == PBK_NUMBER;
    }
    else if (kind != PBK_NUMBER)
        at->in_number = false;
    line->in_number = at->in_number;
}

bool pbk_index_lines(struct pbk_entry *entry)
{
    struct indexer at = {0, 0, false, 0};
    enum pbk_group_kind kind;
    struct line *line;
    size_t i;

    entry->block_count = entry->netcomponents = 0;
    entry->links = 0;
    if (!begin_block(entry, &at, PBK_GENERAL, 0)) return false;
    entry->blocks[0].device = 0;
    for (i = 0; i < entry->line_count; i++)
    {
        line = &entry->lines[i];
        if (!line->key_len) continue;
        kind = pbk_key_begins(line->text, line->key_len, at.device != 0);
        if (kind != PBK_GENERAL && !begin_block(entry, &at, kind, i)) return false;
        rank_line(entry, &at, line);
    }
    return true;
}

static bool add_line(struct pbk_entry *entry, const struct pbk_span *span, size_t len)
{
    struct line line = {span->text, len, 0, -1, (uint8_t)(len - span->len), false, false};
    struct pbk_span name, value;

    if (!pbk_reserve_lines(entry, 1)) return false;
    if (pbk_parse_line(span, &name, &value) == PBK_KEY) line.key_len = name.len;
    entry->lines[entry->line_count++] = line;
    return true;
}

struct pbk_entry *pbk_entry_parse(const void *text, size_t len)
{
    struct pbk_entry *entry = calloc(1, sizeof(*entry));
    struct pbk_cursor cursor;
    struct pbk_span span;

    if (!entry || !(entry->text = malloc(len + !len))) goto no_memory;
    if (len) memcpy(entry->text, text, len);
    cursor.next = entry->text;
    cursor.end = entry->text + len;
    while (pbk_next_line(&cursor, &span))
        if (!add_line(entry, &span, cursor.next - span.text)) goto no_memory;
    if (pbk_index_lines(entry)) return entry;

no_memory:
    pbk_entry_free(entry);
    return NULL;
}

void pbk_entry_free(struct pbk_entry *entry)
{
    size_t i;

    if (!entry) return;
    for (i = 0; i < entry->line_count; i++)
        if (entry->lines[i].owned) free((char *)entry->lines[i].text);
    free(entry->lines);
    free(entry->blocks);
    free(entry->text);
    free(entry);
}

char *pbk_entry_format(const struct pbk_entry *entry, size_t *len)
{
    size_t i, total = 0;
    char *text;

    for (i = 0; i < entry->line_count; i++) total += entry->lines[i].len;
    if (!(text = malloc(total + 1))) return NULL;
    for (i = total = 0; i < entry->line_count; i++)
    {
        memcpy(text + total, entry->lines[i].text, entry->lines[i].len);
        total += entry->lines[i].len;
    }
    text[total] = 0;
    *len = total;
    return text;
}

bool pbk_entry_changed(const struct pbk_entry *entry)
{
    return entry->changed;
}

/* Blocks and their lines. */

static int compare_block(const struct block *block, unsigned int link, unsigned int device, unsigned int number)
{
    if (block->link != link) return block->link < link ? -1 : 1;
    if (block->device != device) return block->device < device ? -1 : 1;
    if (block->number != number) return block->number < number ? -1 : 1;
    return 0;
}

/* One that is there. */
static struct block *search_block(const struct pbk_entry *entry, unsigned int link, unsigned int device,
                                  unsigned int number)
{
    size_t low = 0, high = entry->block_count, middle;

    while (high - low > 1)
    {
        middle = low + (high - low) / 2;
        if (compare_block(&entry->blocks[middle], link, device, number) > 0) high = middle;
        else low = middle;
    }
    return &entry->blocks[low];
}

struct block *pbk_find_link(const struct pbk_entry *entry, unsigned int link)
{
    return link < entry->links ? search_block(entry, link + 1, 0, 0) : NULL;
}

struct block *pbk_find_device(const struct pbk_entry *entry, unsigned int link, unsigned int device)
{
    struct block *above = pbk_find_link(entry, link);

    return above && device < above->children ? search_block(entry, link + 1, device + 1, 0) : NULL;
}

static struct block *find_number(const struct pbk_entry *entry, unsigned int link, unsigned int device,
                                 unsigned int number)
{
    struct block *above = pbk_find_device(entry, link, device);

    return above && number < above->children ? search_block(entry, link + 1, device + 1, number + 1) : NULL;
}

struct block *pbk_find_block(const struct pbk_entry *entry, const struct pbk_group *group)
{
    switch (group->kind)
    {
    case PBK_GENERAL: return &entry->blocks[0];
    case PBK_NETCOMPONENTS: return entry->netcomponents ? &entry->blocks[entry->netcomponents] : NULL;
    case PBK_MEDIA: return pbk_find_link(entry, group->link);
    case PBK_DEVICE: return pbk_find_device(entry, group->link, group->device);
    case PBK_NUMBER: return find_number(entry, group->link, group->device, group->number);
    default: return NULL;
    }
}

unsigned int pbk_entry_links(const struct pbk_entry *entry)
{
    return entry->links;
}

unsigned int pbk_entry_devices(const struct pbk_entry *entry, unsigned int link)
{
    const struct block *block = pbk_find_link(entry, link);

    return block ? block->children : 0;
}

unsigned int pbk_entry_numbers(const struct pbk_entry *entry, unsigned int link, unsigned int device)
{
    const struct block *block = pbk_find_device(entry, link, device);

    return block ? block->children : 0;
}

static size_t block_first(const struct pbk_entry *entry, size_t block)
{
    return block < entry->block_count ? entry->blocks[block].first : entry->line_count;
}

size_t pbk_block_end(const struct pbk_entry *entry, const struct block *block)
{
    return block_first(entry, block - entry->blocks + 1 + (block->kind == PBK_DEVICE ? block->children : 0));
}

size_t pbk_link_end(const struct pbk_entry *entry, const struct block *block)
{
    size_t next = block - entry->blocks + 1;

    while (next < entry->block_count && entry->blocks[next].kind >= PBK_DEVICE && entry->blocks[next].kind != UNNAMED)
        next++;
    return block_first(entry, next);
}

bool pbk_is_of(const struct line *line, const struct block *block)
{
    return line->key_len && line->in_number == (block->kind == PBK_NUMBER);
}

size_t pbk_find_line(const struct pbk_entry *entry, const struct block *block, const char *key, size_t from)
{
    size_t i, end = pbk_block_end(entry, block), len = strlen(key);
    const struct line *line;

    for (i = from; i < end; i++)
    {
        line = &entry->lines[i];
        if (pbk_is_of(line, block) && key_equal(line->text, line->key_len, key, len)) return i;
    }
    return NO_LINE;
}

struct pbk_span pbk_line_value(const struct line *line)
{
    struct pbk_span value = {line->text + line->key_len + 1, line->len - line->end_len - line->key_len - 1};

    return value;
}

bool pbk_is_head(const struct block *block, size_t line)
{
    return block->kind != PBK_GENERAL && line == block->first;
}

bool pbk_entry_get(const struct pbk_entry *entry, const struct pbk_group *group, const char *key,
                   struct pbk_span *value)
{
    return pbk_entry_get_index(entry, group, key, 0, value);
}

bool pbk_entry_get_index(const struct pbk_entry *entry, const struct pbk_group *group, const char *key,
                         unsigned int index, struct pbk_span *value)
{
    const struct block *block = pbk_find_block(entry, group);
    size_t line = block ? pbk_find_line(entry, block, key, block->first) : NO_LINE;

    while (line != NO_LINE && index--) line = pbk_find_line(entry, block, key, line + 1);
    value->text = "";
    value->len = 0;
    if (line != NO_LINE) *value = pbk_line_value(&entry->lines[line]);
    return line != NO_LINE;
}

bool pbk_entry_get_number(const struct pbk_entry *entry, const struct pbk_group *group, const char *key,
                          uint32_t *number)
{
    struct pbk_span value;

    return pbk_entry_get(entry, group, key, &value) && pbk_number(&value, number);
}
