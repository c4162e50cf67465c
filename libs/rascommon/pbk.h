/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pbk.h - the grammar of phone book files: sections and "key=value" lines.  Works
 * on bytes in memory; what the keys mean and where files lie is not known here.
 */
#ifndef RAS_PBK_H
#define RAS_PBK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A piece of the file; not NUL-terminated. */
struct pbk_span
{
    const char *text;
    size_t len;
};

struct pbk_cursor
{
    const char *next;
    const char *end;
};

enum pbk_line
{
    PBK_END,
    PBK_SECTION, /* [name] */
    PBK_KEY      /* name=value */
};

/* Start at the beginning of a file; a UTF-8 byte order mark is skipped. */
void pbk_begin(struct pbk_cursor *cursor, const void *text, size_t len);

/* The next line that means something; others are passed over. */
enum pbk_line pbk_next(struct pbk_cursor *cursor, struct pbk_span *name, struct pbk_span *value);

/* The next line whatever it says, without its end (CR LF, LF, or that of the file).  False: there is none. */
bool pbk_next_line(struct pbk_cursor *cursor, struct pbk_span *line);
/* What a line says; PBK_END: nothing, and name and value are untouched. */
enum pbk_line pbk_parse_line(const struct pbk_span *line, struct pbk_span *name, struct pbk_span *value);

/* Compare with a text of ASCII letters; pbk_equal regards case. */
bool pbk_equal(const struct pbk_span *span, const char *text);
bool pbk_equal_nocase(const struct pbk_span *span, const char *text);

/* Decimal number, negative ones as two's complement.  False: it is none. */
bool pbk_number(const struct pbk_span *span, uint32_t *number);

/* 0 to 15; -1: not a digit. */
int pbk_hex_digit(char c);
/* 32 hex digits. */
bool pbk_guid(const struct pbk_span *span, uint8_t guid[16]);

#endif
