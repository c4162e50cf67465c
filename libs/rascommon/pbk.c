/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pbk.c - cuts phone book files into lines.
 */
#include "pbk.h"

#include <string.h>

void pbk_begin(struct pbk_cursor *cursor, const void *text, size_t len)
{
    static const char bom[] = "\xef\xbb\xbf";

    cursor->next = text;
    cursor->end = cursor->next + len;
    if (len >= 3 && !memcmp(text, bom, 3)) cursor->next += 3;
}

bool pbk_next_line(struct pbk_cursor *cursor, struct pbk_span *line)
{
    size_t left = cursor->end - cursor->next;
    const char *end;

    if (!left) return false;
    line->text = cursor->next;
    end = memchr(cursor->next, '\n', left);
    cursor->next = end ? end + 1 : cursor->end;
    line->len = (end ? end : cursor->end) - line->text;
    if (line->len && line->text[line->len - 1] == '\r') line->len--;
    return true;
}

/* [name]: the last bracket of the line closes it. */
static bool parse_section(const struct pbk_span *line, struct pbk_span *name)
{
    size_t len = line->len;

    if (len < 3 || line->text[0] != '[') return false;
    while (len && line->text[len - 1] != ']') len--;
    if (len < 3) return false;
    name->text = line->text + 1;
    name->len = len - 2;
    return true;
}

static bool parse_key(const struct pbk_span *line, struct pbk_span *name, struct pbk_span *value)
{
    const char *equals = line->len ? memchr(line->text, '=', line->len) : NULL;

    if (!equals || equals == line->text) return false;
    name->text = line->text;
    name->len = equals - line->text;
    value->text = equals + 1;
    value->len = line->len - name->len - 1;
    return true;
}

enum pbk_line pbk_parse_line(const struct pbk_span *line, struct pbk_span *name, struct pbk_span *value)
{
    if (parse_section(line, name)) return PBK_SECTION;
    return parse_key(line, name, value) ? PBK_KEY : PBK_END;
}

enum pbk_line pbk_next(struct pbk_cursor *cursor, struct pbk_span *name, struct pbk_span *value)
{
    enum pbk_line kind = PBK_END;
    struct pbk_span line;

    while (kind == PBK_END && pbk_next_line(cursor, &line)) kind = pbk_parse_line(&line, name, value);
    return kind;
}

bool pbk_equal(const struct pbk_span *span, const char *text)
{
    return span->len == strlen(text) && !memcmp(span->text, text, span->len);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool pbk_equal_nocase(const struct pbk_span *span, const char *text)
{
    size_t i;

    if (span->len != strlen(text)) return false;
    for (i = 0; i < span->len; i++)
        if (lower(span->text[i]) != lower(text[i])) return false;
    return true;
}

bool pbk_number(const struct pbk_span *span, uint32_t *number)
{
    bool negative = span->len && span->text[0] == '-';
    uint64_t value = 0;
    size_t i = negative;

    if (i == span->len) return false;
    for (; i < span->len; i++)
    {
        if (span->text[i] < '0' || span->text[i] > '9') return false;
        value = value * 10 + (span->text[i] - '0');
        if (value > 0xffffffffu) return false;
    }
    *number = negative ? (uint32_t)(0 - value) : (uint32_t)value;
    return true;
}

int pbk_hex_digit(char c)
{
    c = lower(c);
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool pbk_guid(const struct pbk_span *span, uint8_t guid[16])
{
    uint8_t bytes[16];
    int high, low, i;

    if (span->len != 32) return false;
    for (i = 0; i < 16; i++)
    {
        high = pbk_hex_digit(span->text[2 * i]);
        low = pbk_hex_digit(span->text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    memcpy(guid, bytes, sizeof(bytes));
    return true;
}
