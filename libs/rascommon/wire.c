/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * wire.c - encodes and decodes the messages of ras_wire.def.  The table becomes
 * a list of field descriptions that a few small functions walk; no message
 * has code of its own.
 */
#include "ras_wire.h"

#include <stdio.h>
#include <string.h>

enum field_kind
{
    FIELD_END,
    FIELD_U32,
    FIELD_U64,
    FIELD_TEXT,
    FIELD_SECRET,
    FIELD_BYTES
};

struct field
{
    const char *name;
    enum field_kind kind;
    uint16_t max;      /* bytes of text or data */
    size_t offset;     /* of the value in the message's struct */
    size_t len_offset; /* FIELD_BYTES: of its length */
};

/* A function for each message, because only there "self" can name its struct. */
#define MESSAGE(name, number, senders)               \
    static const struct field *name##_fields(void)   \
    {                                                \
        typedef struct wire_##name self;             \
        static const struct field fields[] = {
#define U32(field)         {#field, FIELD_U32, 0, offsetof(self, field), 0},
#define U64(field)         {#field, FIELD_U64, 0, offsetof(self, field), 0},
#define TEXT(field, max)   {#field, FIELD_TEXT, max, offsetof(self, field), 0},
#define SECRET(field, max) {#field, FIELD_SECRET, max, offsetof(self, field), 0},
#define BYTES(field, max)  {#field, FIELD_BYTES, max, offsetof(self, field), offsetof(self, field##_len)},
#define END(name)                                    \
            {NULL, FIELD_END, 0, sizeof(self), 0}    \
        };                                           \
        return fields;                               \
    }
#include "ras_wire.def"

static const struct message
{
    const char *name;
    uint16_t type;
    unsigned int senders;
    const struct field *(*fields)(void);
} messages[] = {
#define MESSAGE(name, number, senders) {#name, number, senders, name##_fields},
#include "ras_wire.def"
};

static const struct message *find_message(uint16_t type)
{
    size_t i;

    for (i = 0; i < sizeof(messages) / sizeof(*messages); i++)
        if (messages[i].type == type) return &messages[i];
    return NULL;
}

/* A place in a buffer.  Once something does not fit, failed stays set and nothing
 * is read or written any more; only the end has to be checked. */
struct cursor
{
    uint8_t *out;
    const uint8_t *in;
    size_t pos;
    size_t size;
    int failed;
};

static int cursor_has(struct cursor *c, size_t len)
{
    if (c->failed || len > c->size - c->pos) c->failed = 1;
    return !c->failed;
}

static void put_number(struct cursor *c, uint64_t value, unsigned int len)
{
    if (!cursor_has(c, len)) return;
    for (; len; len--, value >>= 8) c->out[c->pos++] = (uint8_t)value;
}

static uint64_t get_number(struct cursor *c, unsigned int len)
{
    uint64_t value = 0;
    unsigned int i;

    if (!cursor_has(c, len)) return 0;
    for (i = 0; i < len; i++) value |= (uint64_t)c->in[c->pos++] << (8 * i);
    return value;
}

static void put_bytes(struct cursor *c, const void *data, size_t len)
{
    put_number(c, len, 2);
    if (!cursor_has(c, len)) return;
    memcpy(c->out + c->pos, data, len);
    c->pos += len;
}

static size_t get_bytes(struct cursor *c, void *data, size_t max)
{
    size_t len = (size_t)get_number(c, 2);

    if (len > max) c->failed = 1;
    if (!cursor_has(c, len)) return 0;
    memcpy(data, c->in + c->pos, len);
    c->pos += len;
    return len;
}

static void encode_field(struct cursor *c, const struct field *field, const char *base)
{
    const char *value = base + field->offset;
    const char *end;
    uint16_t len;

    switch (field->kind)
    {
    case FIELD_U32:
        put_number(c, *(const uint32_t *)value, 4);
        break;
    case FIELD_U64:
        put_number(c, *(const uint64_t *)value, 8);
        break;
    case FIELD_TEXT:
    case FIELD_SECRET:
        if ((end = memchr(value, 0, field->max + 1u)))
            put_bytes(c, value, (size_t)(end - value));
        else
            c->failed = 1;
        break;
    case FIELD_BYTES:
        len = *(const uint16_t *)(base + field->len_offset);
        if (len <= field->max)
            put_bytes(c, value, len);
        else
            c->failed = 1;
        break;
    case FIELD_END:
        break;
    }
}

static void decode_field(struct cursor *c, const struct field *field, char *base)
{
    char *value = base + field->offset;
    size_t len;

    switch (field->kind)
    {
    case FIELD_U32:
        *(uint32_t *)value = (uint32_t)get_number(c, 4);
        break;
    case FIELD_U64:
        *(uint64_t *)value = get_number(c, 8);
        break;
    case FIELD_TEXT:
    case FIELD_SECRET:
        len = get_bytes(c, value, field->max);
        value[len] = 0;
        if (memchr(value, 0, len)) c->failed = 1;
        break;
    case FIELD_BYTES:
        *(uint16_t *)(base + field->len_offset) = (uint16_t)get_bytes(c, value, field->max);
        break;
    case FIELD_END:
        break;
    }
}

void wire_wipe_memory(void *mem, size_t len)
{
    memset(mem, 0, len);
    /* For all that the compiler knows, somebody looks at it. */
    __asm__ __volatile__("" : : "r"(mem) : "memory");
}

void wire_wipe(struct wire_msg *msg)
{
    wire_wipe_memory(msg, sizeof(*msg));
}

void wire_init(struct wire_msg *msg, enum wire_type type, uint32_t serial)
{
    memset(msg, 0, sizeof(*msg));
    msg->type = (uint16_t)type;
    msg->serial = serial;
}

size_t wire_encode(const struct wire_msg *msg, void *buf, size_t size)
{
    const struct message *message = find_message(msg->type);
    struct cursor c = {buf, buf, 0, size, 0};
    const struct field *field;
    size_t len;

    if (!message) return 0;
    put_number(&c, 0, 4);
    put_number(&c, msg->type, 2);
    put_number(&c, 0, 2);
    put_number(&c, msg->serial, 4);
    for (field = message->fields(); field->kind != FIELD_END; field++)
        encode_field(&c, field, (const char *)&msg->u);
    len = c.pos;
    if (c.failed || len > WIRE_MESSAGE_MAX) return 0;
    c.pos = 0;
    put_number(&c, len, 4);
    return len;
}

size_t wire_missing(const void *buf, size_t len)
{
    struct cursor c = {NULL, buf, 0, len, 0};
    size_t total;

    if (len < WIRE_HEADER_SIZE) return WIRE_HEADER_SIZE - len;
    total = (size_t)get_number(&c, 4);
    return total > len && total <= WIRE_MESSAGE_MAX ? total - len : 0;
}

int wire_decode(struct wire_msg *msg, const void *buf, size_t len, unsigned int senders)
{
    struct cursor c = {NULL, buf, 0, len, 0};
    const struct message *message;
    const struct field *field;
    uint32_t total;
    uint16_t type, reserved;
    uint32_t serial;

    if (len < 4) return WIRE_INCOMPLETE;
    total = (uint32_t)get_number(&c, 4);
    if (total < WIRE_HEADER_SIZE || total > WIRE_MESSAGE_MAX) return WIRE_MALFORMED;
    if (len < total) return WIRE_INCOMPLETE;
    c.size = total;
    type = (uint16_t)get_number(&c, 2);
    reserved = (uint16_t)get_number(&c, 2);
    serial = (uint32_t)get_number(&c, 4);
    if (reserved || !(message = find_message(type))) return WIRE_MALFORMED;
    if (!(message->senders & senders)) return WIRE_FORBIDDEN;

    wire_init(msg, type, serial);
    for (field = message->fields(); field->kind != FIELD_END; field++)
        decode_field(&c, field, (char *)&msg->u);
    if (c.failed || c.pos != c.size)
    {
        wire_wipe(msg);
        return WIRE_MALFORMED;
    }
    return (int)total;
}

const char *wire_name(uint16_t type)
{
    const struct message *message = find_message(type);

    return message ? message->name : "unknown";
}

int wire_set_text(char *dst, size_t dst_size, const char *src)
{
    size_t len = strlen(src);

    dst[0] = 0;
    if (len >= dst_size) return -1;
    memcpy(dst, src, len + 1);
    return 0;
}

/* Text from a peer may hold control characters: they must not reach a log. */
static void dump_text(char *out, size_t size, const char *text)
{
    size_t i;

    for (i = 0; text[i] && i + 1 < size; i++)
        out[i] = (unsigned char)text[i] < 0x20 || text[i] == 0x7f ? '?' : text[i];
    out[i] = 0;
}

const char *wire_dump(const struct wire_msg *msg, char *buf, size_t size)
{
    const struct message *message = find_message(msg->type);
    const struct field *field;
    char text[64];
    size_t pos;
    int n;

    if (!size) return buf;
    n = snprintf(buf, size, "%s #%u", wire_name(msg->type), (unsigned int)msg->serial);
    pos = n < 0 ? 0 : (size_t)n;
    if (!message) return buf;
    for (field = message->fields(); field->kind != FIELD_END && pos < size; field++)
    {
        const char *base = (const char *)&msg->u, *value = base + field->offset;

        switch (field->kind)
        {
        case FIELD_U32:
            n = snprintf(buf + pos, size - pos, " %s=0x%x", field->name, (unsigned int)*(const uint32_t *)value);
            break;
        case FIELD_U64:
            n = snprintf(buf + pos, size - pos, " %s=0x%x%08x", field->name,
                         (unsigned int)(*(const uint64_t *)value >> 32), (unsigned int)*(const uint64_t *)value);
            break;
        case FIELD_TEXT:
            dump_text(text, sizeof(text), value);
            n = snprintf(buf + pos, size - pos, " %s=\"%s\"", field->name, text);
            break;
        case FIELD_SECRET:
            n = snprintf(buf + pos, size - pos, " %s=***", field->name);
            break;
        case FIELD_BYTES:
            n = snprintf(buf + pos, size - pos, " %s=<%u bytes>", field->name,
                         (unsigned int)*(const uint16_t *)(base + field->len_offset));
            break;
        case FIELD_END:
            n = 0;
            break;
        }
        if (n > 0) pos += (size_t)n;
    }
    return buf;
}
