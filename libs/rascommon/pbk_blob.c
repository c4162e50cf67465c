/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pbk_blob.c - binary values of a phone book entry, in several lines of hex digits.
 */
#include "pbk_lines.h"

#include <stdlib.h>
#include <string.h>

#define BLOB_LINE 64 /* bytes of a line */

enum
{
    HEX_END = -1,
    HEX_BAD = -2
};

struct hex_reader
{
    const struct pbk_entry *entry;
    const struct block *block;
    const char *key;
    size_t line; /* the next one with the key */
    struct pbk_span left;
};

static void hex_begin(struct hex_reader *reader, const struct pbk_entry *entry, const struct block *block,
                      const char *key)
{
    memset(reader, 0, sizeof(*reader));
    reader->entry = entry;
    reader->block = block;
    reader->key = key;
    reader->line = pbk_find_line(entry, block, key, block->first);
}

static int hex_digit(struct hex_reader *reader)
{
    int digit;

    while (!reader->left.len)
    {
        if (reader->line == NO_LINE) return HEX_END;
        reader->left = pbk_line_value(&reader->entry->lines[reader->line]);
        reader->line = pbk_find_line(reader->entry, reader->block, reader->key, reader->line + 1);
    }
    reader->left.len--;
    digit = pbk_hex_digit(*reader->left.text++);
    return digit < 0 ? HEX_BAD : digit;
}

static int hex_byte(struct hex_reader *reader)
{
    int high = hex_digit(reader), low;

    if (high < 0) return high;
    low = hex_digit(reader);
    return low < 0 ? HEX_BAD : high << 4 | low;
}

bool pbk_entry_get_blob(const struct pbk_entry *entry, const struct pbk_group *group, const char *key, uint8_t *data,
                        size_t room, size_t *len)
{
    const struct block *block = pbk_find_block(entry, group);
    struct hex_reader reader;
    size_t i;
    int byte;

    *len = 0;
    if (!block) return true;
    hex_begin(&reader, entry, block, key);
    while ((byte = hex_byte(&reader)) >= 0) (*len)++;
    if (byte == HEX_BAD) *len = 0;
    if (byte == HEX_BAD || (data && *len > room)) return false;
    hex_begin(&reader, entry, block, key);
    for (i = 0; data && i < *len; i++) data[i] = (uint8_t)hex_byte(&reader);
    return true;
}

static bool blob_equal(const struct pbk_entry *entry, const struct block *block, const char *key, const uint8_t *data,
                       size_t len)
{
    struct hex_reader reader;
    size_t i;

    hex_begin(&reader, entry, block, key);
    for (i = 0; i < len; i++)
        if (hex_byte(&reader) != data[i]) return false;
    return hex_byte(&reader) == HEX_END;
}

/* The rest of these lines is the caller's. */
static struct line *make_blob_lines(const char *key, const uint8_t *data, size_t len, size_t count)
{
    static const char digits[] = "0123456789ABCDEF";
    struct line *lines = calloc(count + !count, sizeof(*lines));
    struct pbk_span name = {key, strlen(key)}, value;
    char text[2 * BLOB_LINE];
    size_t i;

    if (!lines) return NULL;
    for (i = 0; i < count; i++)
    {
        value.text = text;
        for (value.len = 0; value.len < sizeof(text) && len; len--, data++)
        {
            text[value.len++] = digits[*data >> 4];
            text[value.len++] = digits[*data & 15];
        }
        if (!pbk_make_line(&lines[i], &name, &value, "\r\n", 2)) goto no_memory;
    }
    return lines;

no_memory:
    while (i--) pbk_drop_line(&lines[i]);
    free(lines);
    return NULL;
}

bool pbk_entry_set_blob(struct pbk_entry *entry, const struct pbk_group *group, const char *key, const uint8_t *data,
                        size_t len)
{
    const struct block *block = pbk_find_block(entry, group);
    size_t i, at, count = len / BLOB_LINE + !!(len % BLOB_LINE);
    struct line *lines;
    short rank;

    if (!block || !pbk_key_is_good(block, key, &rank)) return false;
    if (blob_equal(entry, block, key, data, len)) return true;
    at = pbk_find_line(entry, block, key, block->first);
    if (at != NO_LINE && pbk_is_head(block, at)) return false;
    if (at == NO_LINE) at = pbk_find_place(entry, block, rank);
    if (!(lines = make_blob_lines(key, data, len, count))) return false;
    for (i = 0; i < count; i++)
    {
        lines[i].rank = rank;
        lines[i].in_number = block->kind == PBK_NUMBER;
    }
    if (!pbk_insert_lines(entry, at, lines, count)) goto no_memory;
    free(lines);
    for (at += count; (at = pbk_find_line(entry, block, key, at)) != NO_LINE; at++) pbk_drop_line(&entry->lines[at]);
    pbk_sweep_lines(entry);
    return true;

no_memory:
    for (i = 0; i < count; i++) pbk_drop_line(&lines[i]);
    free(lines);
    return false;
}
