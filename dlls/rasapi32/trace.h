/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * trace.h - messages for developers: Wine's channels "ras" and "raswire" when
 * the ntdll around us has them (WINEDEBUG=+ras), else OutputDebugString for
 * WARN and above.  Not for users, and never for secrets: nothing that a program
 * passes as a password goes through here.
 *
 * A message is a sentence that ends in ".\n".  Off, a message costs one load
 * and one test.
 */
#ifndef RASAPI32_TRACE_H
#define RASAPI32_TRACE_H

#include <windef.h>
#include <winbase.h>
#include <stdio.h>

/* Bits of trace_channel.flags, in Wine's order. */
enum trace_class
{
    TRACE_CLASS_FIXME,
    TRACE_CLASS_ERR,
    TRACE_CLASS_WARN,
    TRACE_CLASS_TRACE
};

/* Laid out as ntdll wants it; 0xff: not asked yet. */
struct trace_channel
{
    unsigned char flags;
    char name[15];
};

extern struct trace_channel trace_ras;
extern struct trace_channel trace_raswire;

/* Whether the class is on; for work that only a message needs. */
#define TRACE_ON(channel) trace_is_on(&trace_##channel, TRACE_CLASS_TRACE)

#define TRACE_MESSAGE(channel, class, ...)                                                                             \
    do                                                                                                                 \
    {                                                                                                                  \
        if (trace_is_on(channel, class))                                                                               \
            trace_message(channel, class, __func__, __VA_ARGS__);                                                      \
    } while (0)

/* TRACE: what happens; WARN: the caller's or the peer's fault; ERR: our bug or a
 * broken installation; FIXME: not implemented.  WIRE: a message of the manager. */
#define TRACE(...) TRACE_MESSAGE(&trace_ras, TRACE_CLASS_TRACE, __VA_ARGS__)
#define WARN(...)  TRACE_MESSAGE(&trace_ras, TRACE_CLASS_WARN, __VA_ARGS__)
#define ERR(...)   TRACE_MESSAGE(&trace_ras, TRACE_CLASS_ERR, __VA_ARGS__)
#define FIXME(...) TRACE_MESSAGE(&trace_ras, TRACE_CLASS_FIXME, __VA_ARGS__)
#define WIRE(...)  TRACE_MESSAGE(&trace_raswire, TRACE_CLASS_TRACE, __VA_ARGS__)

/* Looks up ntdll's functions.  Called once, from DllMain. */
void trace_init(void);

BOOL trace_ask(struct trace_channel *channel, enum trace_class class);

static inline BOOL trace_is_on(struct trace_channel *channel, enum trace_class class)
{
    if (channel->flags & 0x80)
        return trace_ask(channel, class);
    return channel->flags >> class & 1;
}

/* Writes a message without asking whether its class is on. */
void trace_message(struct trace_channel *channel, enum trace_class class, const char *function, const char *format, ...)
    __attribute__((format(__MINGW_PRINTF_FORMAT, 4, 5)));

/* A text in quotes and with escapes, "(null)" for NULL; cut after 80 characters.
 * Good until some 60 further calls by any thread. */
const char *debugstr_a(const char *text);
const char *debugstr_w(const WCHAR *text);

/* "ERROR_LINE_BUSY (676)" or the plain number. */
const char *debugstr_error(DWORD error);

#endif
