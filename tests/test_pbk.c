/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_pbk.c - the grammar of phone book files (libs/rascommon/pbk.c).
 */
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "pbk.h"

static const char file[] =
    "\xef\xbb\xbf; no line of a phone book\r\n"
    "\r\n"
    "[First]\r\n"
    "Encoding=1\r\n"
    "=no key\r\n"
    "Empty=\r\n"
    "Equals=a=b \r\n"
    "[]\r\n"
    "[a]b]\n"
    "MEDIA=serial\n"
    "Device=x";

struct line
{
    enum pbk_line kind;
    const char *name;
    const char *value;
};

static const struct line lines[] =
{
    {PBK_SECTION, "First", NULL}, {PBK_KEY, "Encoding", "1"}, {PBK_KEY, "Empty", ""}, {PBK_KEY, "Equals", "a=b "},
    {PBK_SECTION, "a]b", NULL}, {PBK_KEY, "MEDIA", "serial"}, {PBK_KEY, "Device", "x"}, {PBK_END, NULL, NULL},
};

START_TEST(test_lines)
{
    struct pbk_span name, value;
    struct pbk_cursor cursor;
    size_t i;

    pbk_begin(&cursor, file, sizeof(file) - 1);
    for (i = 0; i < sizeof(lines) / sizeof(*lines); i++)
    {
        ck_assert_int_eq(pbk_next(&cursor, &name, &value), lines[i].kind);
        if (lines[i].name) ck_assert(pbk_equal(&name, lines[i].name));
        if (lines[i].value) ck_assert(pbk_equal(&value, lines[i].value));
    }
    ck_assert_int_eq(pbk_next(&cursor, &name, &value), PBK_END);
}
END_TEST

/* Every part of the file, in memory of just its size: nothing beyond is read. */
START_TEST(test_cut)
{
    struct pbk_span name, value;
    struct pbk_cursor cursor;
    char *part;

    ck_assert_ptr_nonnull(part = malloc(_i + 1));
    memcpy(part, file, _i);
    part = realloc(part, _i ? _i : 1);
    pbk_begin(&cursor, part, _i);
    while (pbk_next(&cursor, &name, &value) != PBK_END)
    {
        ck_assert(name.text >= part && name.len && name.text + name.len <= part + _i);
        ck_assert_uint_le(name.len, (unsigned int)_i);
    }
    free(part);
}
END_TEST

static struct pbk_span span(const char *text)
{
    struct pbk_span made = {text, strlen(text)};

    return made;
}

static const struct
{
    const char *text;
    bool good;
    uint32_t number;
} numbers[] =
{
    {"0", true, 0}, {"552", true, 552}, {"4294967295", true, 0xffffffff}, {"-1", true, 0xffffffff},
    {"-2147483648", true, 0x80000000}, {"", false, 0}, {"-", false, 0}, {"4294967296", false, 0}, {"1 ", false, 0},
    {"0x10", false, 0}, {"99999999999999999999999", false, 0},
};

START_TEST(test_number)
{
    struct pbk_span text = span(numbers[_i].text);
    uint32_t number = 77;

    ck_assert_int_eq(pbk_number(&text, &number), numbers[_i].good);
    ck_assert_uint_eq(number, numbers[_i].good ? numbers[_i].number : 77);
}
END_TEST

START_TEST(test_guid)
{
    static const uint8_t expected[16] = {0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                                         0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};
    struct pbk_span good = span("00112233445566778899AABBccddeeff"), bad = span("0011223344556677-899AABBCCDDEEFF"),
                    cut = span("00112233");
    uint8_t guid[16] = {0};

    ck_assert(pbk_guid(&good, guid));
    ck_assert_mem_eq(guid, expected, sizeof(guid));
    ck_assert(!pbk_guid(&bad, guid));
    ck_assert(!pbk_guid(&cut, guid));
    ck_assert_mem_eq(guid, expected, sizeof(guid));
}
END_TEST

START_TEST(test_equal)
{
    struct pbk_span text = span("Device");

    ck_assert(pbk_equal(&text, "Device"));
    ck_assert(!pbk_equal(&text, "DEVICE"));
    ck_assert(pbk_equal_nocase(&text, "DEVICE"));
    ck_assert(!pbk_equal_nocase(&text, "Devic"));
    ck_assert(!pbk_equal_nocase(&text, "Devices"));
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_lines);
    tcase_add_loop_test(tcase, test_cut, 0, sizeof(file));
    tcase_add_loop_test(tcase, test_number, 0, sizeof(numbers) / sizeof(*numbers));
    tcase_add_test(tcase, test_guid);
    tcase_add_test(tcase, test_equal);
}

int main(void)
{
    return check_main("pbk", add_tests);
}
