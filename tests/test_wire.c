/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_wire.c - every message of ras_wire.def: there and back, cut at every length,
 * too long, of a wrong sender; and rubbish.  The fields come from the table, so a
 * new message is tested as soon as it is in it.
 */
#include "check_main.h"
#include "ras_wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct
{
    const char *name;
    uint16_t type;
    unsigned int senders;
} messages[] = {
#define MESSAGE(name, number, senders) {#name, number, senders},
#include "ras_wire.def"
};
#define MESSAGES_COUNT ((int)(sizeof(messages) / sizeof(*messages)))

/* How long texts and data are made. */
enum fill { FILL_EMPTY, FILL_SHORT, FILL_FULL, FILL_COUNT };

static size_t fill_len(enum fill fill, size_t max)
{
    if (fill == FILL_EMPTY) return 0;
    return fill == FILL_SHORT && max > 3 ? 3 : max;
}

static void fill_text(char *text, enum fill fill, size_t max, char c)
{
    memset(text, c, fill_len(fill, max));
    text[fill_len(fill, max)] = 0;
}

static void fill_message(struct wire_msg *msg, uint16_t type, enum fill fill)
{
    wire_init(msg, type, 0x01020304);
    switch (type)
    {
#define MESSAGE(name, number, senders) case number: { struct wire_##name *m = &msg->u.name; (void)m;
#define U32(field)         m->field = 0x81828384u;
#define U64(field)         m->field = UINT64_C(0x8182838485868788);
#define TEXT(field, max)   fill_text(m->field, fill, max, 't');
#define SECRET(field, max) fill_text(m->field, fill, max, 's');
#define BYTES(field, max)  m->field##_len = (uint16_t)fill_len(fill, max); memset(m->field, 0, max); \
                           memset(m->field, 0xb0, m->field##_len);
#define END(name)          break; }
#include "ras_wire.def"
    }
}

static void assert_same(const struct wire_msg *a, const struct wire_msg *b)
{
    ck_assert_uint_eq(a->type, b->type);
    ck_assert_uint_eq(a->serial, b->serial);
    switch (a->type)
    {
#define MESSAGE(name, number, senders) case number: { const struct wire_##name *m = &a->u.name, *n = &b->u.name; \
                                           (void)m; (void)n;
#define U32(field)         ck_assert_uint_eq(m->field, n->field);
#define U64(field)         ck_assert(m->field == n->field);
#define TEXT(field, max)   ck_assert_str_eq(m->field, n->field);
#define SECRET(field, max) ck_assert_str_eq(m->field, n->field);
#define BYTES(field, max)  ck_assert_uint_eq(m->field##_len, n->field##_len); \
                           ck_assert_mem_eq(m->field, n->field, m->field##_len);
#define END(name)          break; }
#include "ras_wire.def"
    default: ck_abort_msg("no such message");
    }
}

static size_t encode(uint8_t *buf, int i, enum fill fill, struct wire_msg *msg)
{
    fill_message(msg, messages[i].type, fill);
    return wire_encode(msg, buf, WIRE_MESSAGE_MAX);
}

START_TEST(test_round_trip)
{
    struct wire_msg msg, back;
    uint8_t buf[WIRE_MESSAGE_MAX + 16];
    enum fill fill;
    size_t len;

    for (fill = 0; fill < FILL_COUNT; fill++)
    {
        len = encode(buf, _i, fill, &msg);
        ck_assert_uint_gt(len, 0);
        memset(&back, 0xee, sizeof(back));
        ck_assert_int_eq(wire_decode(&back, buf, len, messages[_i].senders), (int)len);
        assert_same(&msg, &back);
        /* More behind it does not matter. */
        memset(buf + len, 0xff, 16);
        ck_assert_int_eq(wire_decode(&back, buf, len + 16, messages[_i].senders), (int)len);
        assert_same(&msg, &back);
        /* A buffer that is one byte too small is not touched beyond its end. */
        buf[len - 1] = 0x5a;
        ck_assert_uint_eq(wire_encode(&msg, buf, len - 1), 0);
        ck_assert_uint_eq(buf[len - 1], 0x5a);
    }
    ck_assert_str_eq(wire_name(messages[_i].type), messages[_i].name);
}
END_TEST

START_TEST(test_cut)
{
    struct wire_msg msg, back;
    uint8_t buf[WIRE_MESSAGE_MAX], cut[WIRE_MESSAGE_MAX];
    size_t len = encode(buf, _i, FILL_SHORT, &msg), i;

    for (i = 0; i < len; i++)
    {
        /* Not all here yet. */
        ck_assert_int_eq(wire_decode(&back, buf, i, messages[_i].senders), WIRE_INCOMPLETE);
        ck_assert_uint_eq(wire_missing(buf, i), (i < WIRE_HEADER_SIZE ? WIRE_HEADER_SIZE : len) - i);
        /* All here, and its header says that it is shorter. */
        if (i < 4) continue;
        memcpy(cut, buf, i);
        cut[0] = (uint8_t)i;
        cut[1] = (uint8_t)(i >> 8);
        ck_assert_int_eq(wire_decode(&back, cut, i, messages[_i].senders), WIRE_MALFORMED);
    }
    ck_assert_uint_eq(wire_missing(buf, len), 0);
    /* A header that can't be read needs no more. */
    memset(cut, 0xff, 4);
    ck_assert_uint_eq(wire_missing(cut, WIRE_HEADER_SIZE), 0);
    /* And longer than its fields. */
    memcpy(cut, buf, len);
    cut[len] = 0;
    cut[0] = (uint8_t)(len + 1);
    cut[1] = (uint8_t)((len + 1) >> 8);
    ck_assert_int_eq(wire_decode(&back, cut, len + 1, messages[_i].senders), WIRE_MALFORMED);
}
END_TEST

START_TEST(test_senders)
{
    unsigned int all = WIRE_CLIENT | WIRE_MANAGER | WIRE_PLUGIN, sender;
    struct wire_msg msg, back;
    uint8_t buf[WIRE_MESSAGE_MAX];
    size_t len = encode(buf, _i, FILL_SHORT, &msg);

    ck_assert_uint_ne(messages[_i].senders & all, 0);
    for (sender = 1; sender <= WIRE_PLUGIN; sender <<= 1)
        ck_assert_int_eq(wire_decode(&back, buf, len, sender),
                         messages[_i].senders & sender ? (int)len : WIRE_FORBIDDEN);
}
END_TEST

/* A NUL inside a text would hide what comes after it. */
START_TEST(test_nul_in_text)
{
    struct wire_msg msg, back;
    uint8_t buf[WIRE_MESSAGE_MAX];
    size_t len = encode(buf, _i, FILL_SHORT, &msg), i;

    for (i = WIRE_HEADER_SIZE; i < len; i++)
    {
        if (buf[i] != 't' && buf[i] != 's') continue;
        buf[i] = 0;
        ck_assert_int_eq(wire_decode(&back, buf, len, messages[_i].senders), WIRE_MALFORMED);
        return;
    }
}
END_TEST

/* Secrets are not in the dump, and control characters neither. */
START_TEST(test_dump)
{
    struct wire_msg msg;
    char line[8192], small[16];

    fill_message(&msg, messages[_i].type, FILL_FULL);
    wire_dump(&msg, line, sizeof(line));
    ck_assert_ptr_eq(strstr(line, messages[_i].name), line);
    ck_assert_ptr_null(strstr(line, "sss"));
    memset(small, 'x', sizeof(small));
    wire_dump(&msg, small, sizeof(small) - 1);
    ck_assert_ptr_nonnull(memchr(small, 0, sizeof(small) - 1));
    ck_assert_int_eq(small[sizeof(small) - 1], 'x');
}
END_TEST

START_TEST(test_dump_control)
{
    struct wire_msg msg;
    char line[2048];

    wire_init(&msg, WIRE_link_log, 0);
    WIRE_SET_TEXT(msg.u.link_log.text, "one\ntwo\033[2J");
    wire_dump(&msg, line, sizeof(line));
    ck_assert_ptr_nonnull(strstr(line, "one?two?[2J"));
}
END_TEST

/* Bytes as they must be, for ever. */
START_TEST(test_vector)
{
    static const uint8_t hangup[] = {20, 0, 0, 0, 19, 0, 0, 0, 7, 0, 0, 0, 0x78, 0x56, 0x34, 0x12, 1, 0, 0, 0};
    static const uint8_t hello[] = {25, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 'R', 'A', 'S', '1', 1, 0, 0, 0,
                                    3, 0, 'a', 'p', 'p'};
    struct wire_msg msg;
    uint8_t buf[64];

    wire_init(&msg, WIRE_hangup, 7);
    msg.u.hangup.handle = 0x12345678;
    msg.u.hangup.flags = WIRE_HANGUP_IN_HANDLER;
    ck_assert_uint_eq(wire_encode(&msg, buf, sizeof(buf)), sizeof(hangup));
    ck_assert_mem_eq(buf, hangup, sizeof(hangup));
    wire_init(&msg, WIRE_hello, 1);
    msg.u.hello.magic = WIRE_MAGIC;
    msg.u.hello.version = 1;
    WIRE_SET_TEXT(msg.u.hello.program, "app");
    ck_assert_uint_eq(wire_encode(&msg, buf, sizeof(buf)), sizeof(hello));
    ck_assert_mem_eq(buf, hello, sizeof(hello));
}
END_TEST

START_TEST(test_encode_bad)
{
    uint8_t buf[WIRE_MESSAGE_MAX];
    struct wire_msg msg;

    wire_init(&msg, WIRE_hello, 1);
    msg.type = 15;
    ck_assert_uint_eq(wire_encode(&msg, buf, sizeof(buf)), 0);
    ck_assert_str_eq(wire_name(15), "unknown");
    wire_init(&msg, WIRE_hello, 1);
    memset(msg.u.hello.program, 'x', sizeof(msg.u.hello.program));
    ck_assert_uint_eq(wire_encode(&msg, buf, sizeof(buf)), 0);
    wire_init(&msg, WIRE_dial, 1);
    msg.u.dial.entry_guid_len = 17;
    ck_assert_uint_eq(wire_encode(&msg, buf, sizeof(buf)), 0);
}
END_TEST

START_TEST(test_set_text)
{
    char text[4] = "old";

    ck_assert_int_eq(wire_set_text(text, sizeof(text), "abc"), 0);
    ck_assert_str_eq(text, "abc");
    ck_assert_int_eq(wire_set_text(text, sizeof(text), "abcd"), -1);
    ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(test_wipe)
{
    struct wire_msg msg;
    size_t i;

    fill_message(&msg, WIRE_dial, FILL_FULL);
    wire_wipe(&msg);
    for (i = 0; i < sizeof(msg); i++) ck_assert_uint_eq(((const uint8_t *)&msg)[i], 0);
}
END_TEST

/* Any bytes give a message or an error, and a message that is given can be encoded
 * again to the same bytes. */
START_TEST(test_garbage)
{
    static const unsigned int senders[] = {WIRE_CLIENT, WIRE_MANAGER, WIRE_PLUGIN};
    uint8_t buf[512], back[WIRE_MESSAGE_MAX];
    struct wire_msg msg;
    int round, len, good = 0;
    size_t i, size;

    srand(_i + 1);
    for (round = 0; round < 50000; round++)
    {
        /* Rubbish, or a message with some bytes changed. */
        if (round % 3)
        {
            size = encode(back, rand() % MESSAGES_COUNT, FILL_SHORT, &msg);
            memcpy(buf, back, size);
            for (i = 0; i < (size_t)(rand() % 4); i++) buf[(size_t)rand() % size] = (uint8_t)rand();
        }
        else
        {
            size = (size_t)rand() % sizeof(buf);
            for (i = 0; i < size; i++) buf[i] = (uint8_t)rand();
            if (size > 4) buf[1] = buf[2] = buf[3] = 0;
        }
        if ((len = wire_decode(&msg, buf, size, senders[rand() % 3])) <= 0) continue;
        good++;
        ck_assert_uint_le((size_t)len, size);
        ck_assert_uint_eq(wire_encode(&msg, back, sizeof(back)), (size_t)len);
        ck_assert_mem_eq(buf, back, (size_t)len);
    }
    ck_assert_int_gt(good, 1000);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, test_round_trip, 0, MESSAGES_COUNT);
    tcase_add_loop_test(tcase, test_cut, 0, MESSAGES_COUNT);
    tcase_add_loop_test(tcase, test_senders, 0, MESSAGES_COUNT);
    tcase_add_loop_test(tcase, test_nul_in_text, 0, MESSAGES_COUNT);
    tcase_add_loop_test(tcase, test_dump, 0, MESSAGES_COUNT);
    tcase_add_test(tcase, test_dump_control);
    tcase_add_test(tcase, test_vector);
    tcase_add_test(tcase, test_encode_bad);
    tcase_add_test(tcase, test_set_text);
    tcase_add_test(tcase, test_wipe);
    tcase_add_loop_test(tcase, test_garbage, 0, 4);
}

int main(void)
{
    return check_main("wire", add_tests);
}
