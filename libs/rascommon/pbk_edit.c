/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pbk_edit.c - changes the lines and groups of a phone book entry.
 */
#include "pbk_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool pbk_make_line(struct line *line, const struct pbk_span *key, const struct pbk_span *value, const char *end,
                      size_t end_len)
{
    size_t len;
    char *text;

    if (value->len > SIZE_MAX / 4 || key->len > SIZE_MAX / 4) return false;
    len = key->len + 1 + value->len + end_len;
    if (!(text = malloc(len))) return false;
    memcpy(text, key->text, key->len);
    text[key->len] = '=';
    if (value->len) memcpy(text + key->len + 1, value->text, value->len);
    if (end_len) memcpy(text + len - end_len, end, end_len);
    line->text = text;
    line->len = len;
    line->key_len = key->len;
    line->end_len = (uint8_t)end_len;
    line->owned = true;
    return true;
}

void pbk_drop_line(struct line *line)
{
    if (line->owned) free((char *)line->text);
    line->owned = false;
    line->len = 0;
}

/* The last line of a file may have no end. */
static bool end_last_line(struct pbk_entry *entry)
{
    struct line *line = &entry->lines[entry->line_count - 1];
    size_t len = line->len - line->end_len;
    char *text;

    if (line->text[line->len - 1] == '\n') return true;
    if (!(text = malloc(len + 2))) return false;
    memcpy(text, line->text, len);
    memcpy(text + len, "\r\n", 2);
    pbk_drop_line(line);
    line->text = text;
    line->len = len + 2;
    line->end_len = 2;
    line->owned = true;
    return true;
}

bool pbk_insert_lines(struct pbk_entry *entry, size_t at, const struct line *lines, size_t count)
{
    size_t i;

    if (!pbk_reserve_lines(entry, count)) return false;
    if (at && at == entry->line_count && !end_last_line(entry)) return false;
    memmove(entry->lines + at + count, entry->lines + at, (entry->line_count - at) * sizeof(*lines));
    memcpy(entry->lines + at, lines, count * sizeof(*lines));
    entry->line_count += count;
    for (i = 1; i < entry->block_count; i++)
        if (entry->blocks[i].first >= at) entry->blocks[i].first += count;
    return entry->changed = true;
}

void pbk_sweep_lines(struct pbk_entry *entry)
{
    size_t i, kept = 0;

    for (i = 0; i < entry->line_count; i++)
        if (entry->lines[i].len) entry->lines[kept++] = entry->lines[i];
    if (kept == entry->line_count) return;
    entry->line_count = kept;
    entry->changed = true;
    pbk_index_lines(entry);
}

static bool is_blank(const struct line *line)
{
    return line->len == line->end_len;
}

static size_t before_blanks(const struct pbk_entry *entry, size_t end)
{
    while (end && is_blank(&entry->lines[end - 1])) end--;
    return end;
}

/* Below the last line of the last number of a device that has some. */
static size_t numbers_end(const struct pbk_entry *entry, const struct block *device)
{
    size_t end = pbk_block_end(entry, device);

    while (!entry->lines[end - 1].in_number || !entry->lines[end - 1].key_len) end--;
    return end;
}

size_t pbk_find_place(const struct pbk_entry *entry, const struct block *block, short rank)
{
    size_t i, end = pbk_block_end(entry, block), last = block->first + (block->kind != PBK_GENERAL);
    size_t below = NO_LINE, above = NO_LINE;
    short nearest = -1;

    for (i = block->first; i < end; i++)
    {
        if (!pbk_is_of(&entry->lines[i], block)) continue;
        last = i + 1;
        if (entry->lines[i].rank > rank && above == NO_LINE) above = i;
        if (entry->lines[i].rank < nearest || entry->lines[i].rank < 0 || entry->lines[i].rank > rank) continue;
        nearest = entry->lines[i].rank;
        below = i + 1;
    }
    if (rank < 0) return last;
    if (below != NO_LINE) return below;
    if (above != NO_LINE) return above;
    return block->kind == PBK_DEVICE && block->children ? numbers_end(entry, block) : last;
}

static bool value_is_good(const struct pbk_span *value)
{
    size_t i;

    for (i = 0; i < value->len; i++)
        if (value->text[i] == '\r' || value->text[i] == '\n' || !value->text[i]) return false;
    return true;
}

bool pbk_key_is_good(const struct block *block, const char *key, short *rank)
{
    size_t len = strlen(key);

    if (!len || *key == '[' || strpbrk(key, "=\r\n") || pbk_key_begins(key, len, false) != PBK_GENERAL) return false;
    *rank = pbk_find_rank(block->kind, key, len, 0);
    return *rank < 0 || pbk_rank_kind(*rank) == block->kind;
}

static bool replace_value(struct pbk_entry *entry, struct line *line, const struct pbk_span *value)
{
    struct pbk_span key = {line->text, line->key_len}, old = pbk_line_value(line);
    struct line changed = *line;

    if (old.len == value->len && (!old.len || !memcmp(old.text, value->text, old.len))) return true;
    if (!pbk_make_line(&changed, &key, value, old.text + old.len, line->end_len)) return false;
    pbk_drop_line(line);
    *line = changed;
    return entry->changed = true;
}

bool pbk_entry_set(struct pbk_entry *entry, const struct pbk_group *group, const char *key, const char *value,
                   size_t len)
{
    const struct block *block = pbk_find_block(entry, group);
    struct pbk_span name = {key, strlen(key)}, text = {value, len};
    struct line line = {0};
    size_t at;

    if (!block || !value_is_good(&text)) return false;
    at = pbk_find_line(entry, block, key, block->first);
    if (at != NO_LINE) return replace_value(entry, &entry->lines[at], &text);
    if (!pbk_key_is_good(block, key, &line.rank) || !pbk_make_line(&line, &name, &text, "\r\n", 2)) return false;
    line.in_number = block->kind == PBK_NUMBER;
    if (pbk_insert_lines(entry, pbk_find_place(entry, block, line.rank), &line, 1)) return true;
    pbk_drop_line(&line);
    return false;
}

bool pbk_entry_set_number(struct pbk_entry *entry, const struct pbk_group *group, const char *key, uint32_t number)
{
    uint32_t old;
    char text[16];

    if (pbk_entry_get_number(entry, group, key, &old) && old == number) return true;
    return pbk_entry_set(entry, group, key, text, (size_t)snprintf(text, sizeof(text), "%u", (unsigned int)number));
}

bool pbk_entry_copy(struct pbk_entry *entry, const struct pbk_group *from, const struct pbk_group *to, const char *key)
{
    struct pbk_span span;
    char *value;
    bool good;

    if (!pbk_entry_get(entry, from, key, &span)) return true;
    if (!(value = malloc(span.len + 1))) return false;
    memcpy(value, span.text, span.len); /* the span ends with the first change */
    good = pbk_entry_set(entry, to, key, value, span.len);
    free(value);
    return good;
}

void pbk_entry_remove(struct pbk_entry *entry, const struct pbk_group *group, const char *key)
{
    const struct block *block = pbk_find_block(entry, group);
    size_t line;

    if (!block) return;
    for (line = block->first; (line = pbk_find_line(entry, block, key, line)) != NO_LINE; line++)
        if (!pbk_is_head(block, line)) pbk_drop_line(&entry->lines[line]);
    pbk_sweep_lines(entry);
}

/* Groups. */

/* A device has its numbers above the keys that are known to be its own. */
static size_t first_number_place(const struct pbk_entry *entry, const struct block *device)
{
    size_t i, end = pbk_block_end(entry, device), place = device->first + 1;

    for (i = place; i < end; i++)
    {
        if (!entry->lines[i].key_len) continue;
        if (entry->lines[i].rank >= 0 && pbk_rank_kind(entry->lines[i].rank) == PBK_DEVICE) break;
        place = i + 1;
    }
    return place;
}

/* NO_LINE: it has no place. */
static size_t find_group_place(const struct pbk_entry *entry, const struct pbk_group *group)
{
    const struct block *above, *sibling = pbk_find_block(entry, group);

    switch (group->kind)
    {
    case PBK_NETCOMPONENTS:
        return sibling ? NO_LINE : before_blanks(entry, pbk_block_end(entry, &entry->blocks[0]));
    case PBK_MEDIA:
        if (sibling) return before_blanks(entry, sibling->first);
        above = entry->links ? pbk_find_link(entry, entry->links - 1) : NULL;
        return before_blanks(entry, above ? pbk_link_end(entry, above) : entry->line_count);
    case PBK_DEVICE:
        if (!(above = pbk_find_link(entry, group->link))) return NO_LINE;
        return before_blanks(entry, sibling ? sibling->first : pbk_link_end(entry, above));
    case PBK_NUMBER:
        if (!(above = pbk_find_device(entry, group->link, group->device))) return NO_LINE;
        if (sibling) return sibling->first;
        return above->children ? numbers_end(entry, above) : first_number_place(entry, above);
    default: return NO_LINE;
    }
}

bool pbk_entry_add_group(struct pbk_entry *entry, const struct pbk_group *group, const char *value, size_t len)
{
    static const char *const heads[PBK_GROUP_KINDS] =
    {
        [PBK_NETCOMPONENTS] = "NETCOMPONENTS", [PBK_MEDIA] = "MEDIA", [PBK_DEVICE] = "DEVICE",
        [PBK_NUMBER] = "PhoneNumber",
    };
    struct line lines[2] = {{.text = "\r\n", .len = 2, .rank = -1, .end_len = 2}, {0}};
    struct pbk_span key, text = {value, len};
    size_t at = find_group_place(entry, group);
    bool blank = at && group->kind != PBK_NUMBER;

    if (at == NO_LINE || !value_is_good(&text)) return false;
    key.text = heads[group->kind];
    key.len = strlen(key.text);
    if (!pbk_reserve_blocks(entry, 1) || !pbk_make_line(&lines[1], &key, &text, "\r\n", 2)) return false;
    if (!pbk_insert_lines(entry, at, lines + !blank, 1 + blank)) goto no_memory;
    return pbk_index_lines(entry);

no_memory:
    pbk_drop_line(&lines[1]);
    return false;
}

bool pbk_entry_remove_group(struct pbk_entry *entry, const struct pbk_group *group)
{
    const struct block *block = pbk_find_block(entry, group);
    size_t i, end;

    if (!block || block->kind == PBK_GENERAL) return false;
    i = block->first;
    if (block->kind == PBK_NUMBER)
    {
        for (end = pbk_block_end(entry, block); i < end; i++)
            if (pbk_is_of(&entry->lines[i], block)) pbk_drop_line(&entry->lines[i]);
    }
    else
    {
        end = before_blanks(entry, block->kind == PBK_MEDIA ? pbk_link_end(entry, block) : pbk_block_end(entry, block));
        if (i && is_blank(&entry->lines[i - 1])) i--;
        for (; i < end; i++) pbk_drop_line(&entry->lines[i]);
    }
    pbk_sweep_lines(entry);
    return true;
}
