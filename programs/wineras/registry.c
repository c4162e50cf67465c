/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * registry.c - reads and changes one value in the text of a Wine registry file.
 *
 * The file is lines: a signature, then keys, "[Software\\Wine] time", each
 * followed by its lines: #time= and the like, and values, "name"=data, where
 * data may go on over lines that end in a backslash.  Everything that isn't the
 * one value is left as it is.
 */
#include "wineras.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static const char signature[] = "WINE REGISTRY Version 2\n";

/* A part of the text. */
struct span
{
    const char *begin;
    const char *end;
};

bool registry_is_valid(const char *text, size_t len)
{
    return len >= sizeof(signature) - 1 && !memcmp(text, signature, sizeof(signature) - 1) && !memchr(text, 0, len);
}

/* Behind the end of the line. */
static const char *next_line(const char *line, const char *end)
{
    const char *newline = memchr(line, '\n', end - line);

    return newline ? newline + 1 : end;
}

/* The end of a text that starts behind a bracket or quote and ends with close. */
static const char *text_end(const char *text, const char *end, char close)
{
    for (; text < end && *text != '\n'; text++)
    {
        if (*text == close) return text;
        if (*text == '\\' && text + 1 < end) text++;
    }
    return NULL;
}

static bool is_text(const char *begin, const char *end, const char *text)
{
    return (size_t)(end - begin) == strlen(text) && !strncasecmp(begin, text, end - begin);
}

/* Find the key: from its bracket to behind its last line. */
static bool find_key(const char *text, size_t len, const char *key, struct span *found)
{
    const char *end = text + len;
    const char *line, *close;
    bool inside = false;

    for (line = text; line < end; line = next_line(line, end))
    {
        if (*line != '[') continue;
        if (inside) break;
        if (!(close = text_end(line + 1, end, ']')) || !is_text(line + 1, close, key)) continue;
        found->begin = line;
        inside = true;
    }
    found->end = line;
    return inside;
}

/* Behind the value that starts on this line. */
static const char *value_end(const char *line, const char *end)
{
    const char *next;

    for (;;)
    {
        next = next_line(line, end);
        if (next == end || next - line < 2 || next[-2] != '\\') return next;
        line = next;
    }
}

/* Find the value in the key: whole lines; *data is where its data begins. */
static bool find_value(const struct span *key, const char *name, struct span *found, const char **data)
{
    const char *line, *close;

    for (line = next_line(key->begin, key->end); line < key->end; line = value_end(line, key->end))
    {
        if (*line != '"') continue;
        if (!(close = text_end(line + 1, key->end, '"')) || !is_text(line + 1, close, name)) continue;
        if (close + 1 == key->end || close[1] != '=') continue;
        found->begin = line;
        found->end = value_end(line, key->end);
        *data = close + 2;
        return true;
    }
    return false;
}

bool registry_has_key(const char *text, size_t len, const char *key)
{
    struct span found;

    return find_key(text, len, key, &found);
}

char *registry_get(const char *text, size_t len, const char *key, const char *name)
{
    struct span section, value;
    const char *data, *end;

    if (!find_key(text, len, key, &section) || !find_value(&section, name, &value, &data)) return NULL;
    end = value.end;
    if (end > data && end[-1] == '\n') end--;
    return copy_text(data, end - data);
}

/* Put insert in the place of a span. */
static char *replace(const char *text, size_t len, const struct span *span, const char *insert, size_t *new_len)
{
    size_t before = span->begin - text, after = text + len - span->end, middle = strlen(insert);
    char *result = grow(NULL, before + middle + after + 1, 1);

    memcpy(result, text, before);
    memcpy(result + before, insert, middle);
    memcpy(result + before + middle, span->end, after);
    result[before + middle + after] = 0;
    *new_len = before + middle + after;
    return result;
}

/* Does the key hold nothing but its own #lines? */
static bool is_empty_key(const struct span *key, const struct span *except)
{
    const char *line;

    for (line = next_line(key->begin, key->end); line < key->end; line = next_line(line, key->end))
    {
        if (line == except->begin)
        {
            line = except->end;
            if (line >= key->end) break;
        }
        if (*line != '#' && *line != '\n') return false;
    }
    return true;
}

char *registry_set(const char *text, size_t len, const char *key, const char *name, const char *value,
                   bool drop_empty_key, size_t *new_len)
{
    struct span section, span;
    const char *data, *end = text + len;
    char *insert, *result;
    bool ends_line = !len || end[-1] == '\n';

    if (!find_key(text, len, key, &section))
    {
        span.begin = span.end = end;
        insert = value ? format_text("%s\n[%s] %lld\n\"%s\"=%s\n", ends_line ? "" : "\n", key, (long long)time(NULL),
                                     name, value)
                       : copy_text("", 0);
    }
    else if (find_value(&section, name, &span, &data))
    {
        if (value)
        {
            span.begin = data;
            if (span.end > data && span.end[-1] == '\n') span.end--;
            insert = copy_text(value, strlen(value));
        }
        else
        {
            if (drop_empty_key && is_empty_key(&section, &span))
            {
                span = section;
                /* The empty line before it; the one behind it belongs to the next key. */
                if (span.begin - text >= 2 && span.begin[-1] == '\n' && span.begin[-2] == '\n') span.begin--;
                if (span.end - span.begin >= 2 && span.end[-1] == '\n' && span.end[-2] == '\n') span.end--;
            }
            insert = copy_text("", 0);
        }
    }
    else
    {
        /* Behind the last line that says something. */
        span.end = section.end;
        while (span.end - section.begin >= 2 && span.end[-1] == '\n' && span.end[-2] == '\n') span.end--;
        span.begin = span.end;
        insert = value ? format_text("%s\"%s\"=%s\n", span.end[-1] == '\n' ? "" : "\n", name, value)
                       : copy_text("", 0);
    }
    result = replace(text, len, &span, insert, new_len);
    free(insert);
    return result;
}
