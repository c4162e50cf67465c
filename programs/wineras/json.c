/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * json.c - texts as JSON on standard output.
 */
#include "wineras.h"

#include <stdio.h>

/* Length of the UTF-8 sequence that starts here, 0 when it is none. */
static int sequence_length(const unsigned char *p)
{
    unsigned int code;
    int len, i;

    if (p[0] < 0x80) return 1;
    if (p[0] >= 0xc2 && p[0] < 0xe0)
    {
        len = 2;
        code = p[0] & 0x1f;
    }
    else if (p[0] >= 0xe0 && p[0] < 0xf0)
    {
        len = 3;
        code = p[0] & 0x0f;
    }
    else if (p[0] >= 0xf0 && p[0] < 0xf5)
    {
        len = 4;
        code = p[0] & 0x07;
    }
    else return 0;
    for (i = 1; i < len; i++)
    {
        if ((p[i] & 0xc0) != 0x80) return 0;
        code = code << 6 | (p[i] & 0x3f);
    }
    if (len == 3 && (code < 0x800 || (code >= 0xd800 && code < 0xe000))) return 0;
    if (len == 4 && (code < 0x10000 || code > 0x10ffff)) return 0;
    return len;
}

void json_string(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    int len;

    putchar('"');
    while (*p)
    {
        if (!(len = sequence_length(p)))
        {
            fputs("\\ufffd", stdout);
            p++;
        }
        else if (*p == '"' || *p == '\\')
        {
            printf("\\%c", *p++);
        }
        else if (*p < 0x20 || *p == 0x7f)
        {
            printf("\\u%04x", *p++);
        }
        else
        {
            fwrite(p, 1, len, stdout);
            p += len;
        }
    }
    putchar('"');
}

void json_member(const char *key, const char *text, bool is_first)
{
    if (!is_first) putchar(',');
    json_string(key);
    putchar(':');
    json_string(text);
}
