/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * trace.c - see trace.h.  Knows Wine's debug interface of ntdll, which Wine
 * 8 to 10 have alike, and nothing of RAS but the names of errors.
 */
#include "trace.h"

#include "tables.h"

#include <stdarg.h>
#include <string.h>

#define ALL_BUT_TRACE (1u << TRACE_CLASS_FIXME | 1u << TRACE_CLASS_ERR | 1u << TRACE_CLASS_WARN)

#define SLOTS     64
#define SLOT_SIZE 512
#define SHOWN     80

struct trace_channel trace_ras = {0xff, "ras"};
struct trace_channel trace_raswire = {0xff, "raswire"};

static unsigned char(CDECL *get_channel_flags)(struct trace_channel *channel);
static int(CDECL *dbg_header)(enum trace_class class, struct trace_channel *channel, const char *function);
static int(CDECL *dbg_output)(const char *text);

void trace_init(void)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");

    get_channel_flags = (void *)GetProcAddress(ntdll, "__wine_dbg_get_channel_flags");
    dbg_header = (void *)GetProcAddress(ntdll, "__wine_dbg_header");
    dbg_output = (void *)GetProcAddress(ntdll, "__wine_dbg_output");
    if (!get_channel_flags || !dbg_header || !dbg_output)
    {
        get_channel_flags = NULL;
        trace_ras.flags = trace_raswire.flags = ALL_BUT_TRACE;
    }
}

/* ntdll stores the answer in the channel, without bit 7, so that it is asked
 * once. */
BOOL trace_ask(struct trace_channel *channel, enum trace_class class)
{
    unsigned char flags = get_channel_flags ? get_channel_flags(channel) : ALL_BUT_TRACE;

    return flags >> class & 1;
}

void trace_message(struct trace_channel *channel, enum trace_class class, const char *function, const char *format, ...)
{
    static const char *const names[] = {"fixme", "err", "warn", "trace"};
    char text[1024];
    size_t used = 0;
    va_list args;

    if (!get_channel_flags)
        used = (size_t)snprintf(text, sizeof(text), "%04lx:%s:%s:%s ", GetCurrentThreadId(), names[class],
                                channel->name, function);
    va_start(args, format);
    vsnprintf(text + used, sizeof(text) - used, format, args);
    va_end(args);
    text[sizeof(text) - 1] = 0;

    if (!get_channel_flags)
        OutputDebugStringA(text);
    else if (dbg_header(class, channel, function) != -1)
        dbg_output(text);
}

static char *next_slot(void)
{
    static char slots[SLOTS][SLOT_SIZE];
    static LONG turn;

    return slots[(ULONG)InterlockedIncrement(&turn) % SLOTS];
}

/* One character of a text, at most six bytes. */
static char *put_char(char *p, unsigned int c, unsigned int max)
{
    switch (c)
    {
    case '\n':
        return p + sprintf(p, "\\n");
    case '\r':
        return p + sprintf(p, "\\r");
    case '\t':
        return p + sprintf(p, "\\t");
    case '"':
    case '\\':
        return p + sprintf(p, "\\%c", (char)c);
    }
    if (c >= ' ' && c < 0x7f)
    {
        *p++ = (char)c;
        return p;
    }
    return p + sprintf(p, max > 0xff ? "\\%04x" : "\\x%02x", c);
}

const char *debugstr_a(const char *text)
{
    char *slot, *p;
    unsigned int i;

    if (!text)
        return "(null)";
    p = slot = next_slot();
    *p++ = '"';
    for (i = 0; i < SHOWN && text[i]; i++) p = put_char(p, (unsigned char)text[i], 0xff);
    strcpy(p, text[i] ? "\"..." : "\"");
    return slot;
}

const char *debugstr_w(const WCHAR *text)
{
    char *slot, *p;
    unsigned int i;

    if (!text)
        return "(null)";
    p = slot = next_slot();
    *p++ = 'L';
    *p++ = '"';
    for (i = 0; i < SHOWN && text[i]; i++) p = put_char(p, text[i], 0xffff);
    strcpy(p, text[i] ? "\"..." : "\"");
    return slot;
}

const char *debugstr_error(DWORD error)
{
    const char *name = ras_error_name(error);
    char *slot = next_slot();

    if (name)
        snprintf(slot, SLOT_SIZE, "%s (%lu)", name, error);
    else
        snprintf(slot, SLOT_SIZE, "%lu", error);
    return slot;
}
