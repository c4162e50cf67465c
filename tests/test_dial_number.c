/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_dial_number.c - from a number of the phone book to what is dialled
 * (libs/rascommon/dial_number.c).
 */
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "dial_number.h"

static const struct dial_location nowhere = {0}, berlin = {49, "30"}, seattle = {1, "(206)"};

static const struct
{
    struct dial_number number;
    const struct dial_location *here;
    const char *dialled;
} rows[] =
{
    /* Without the rules the number is what it is. */
    {{"555-0100", "206", 1, false}, &berlin, "555-0100"},
    {{"vpn.example.com", "", 0, false}, &nowhere, "vpn.example.com"},
    {{"", "206", 1, false}, &berlin, ""},
    /* Nobody knows where we are: as at home. */
    {{"555-0100", "206", 1, true}, &nowhere, "2065550100"},
    {{"(030) 12.34/56", "", 49, true}, &nowhere, "030123456"},
    /* The same area, another one, another country. */
    {{"555 0100", "206", 1, true}, &seattle, "5550100"},
    {{"555 0100", "425", 1, true}, &seattle, "4255550100"},
    {{"123456", "30", 49, true}, &seattle, "+4930123456"},
    {{"123456", "30", 49, true}, &berlin, "123456"},
    {{"123456", "206", 49, true}, &berlin, "206123456"},
    {{"5550100", "206", 1, true}, &berlin, "+12065550100"},
    /* The area code of another country does not make it the same area. */
    {{"5550100", "30", 1, true}, &berlin, "+1305550100"},
    {{"5550100", "", 1, true}, &berlin, "+15550100"},
    /* The country of the number is not known. */
    {{"5550100", "206", 0, true}, &berlin, "2065550100"},
    {{"5550100", "206", 0, true}, &seattle, "5550100"},
    /* A modem's characters stay. */
    {{"9,W*70#5550100", "", 1, true}, &seattle, "9,W*70#5550100"},
    {{"", "206", 1, true}, &berlin, ""},
};

START_TEST(test_compose)
{
    char text[64];

    memset(text, 'x', sizeof(text));
    ck_assert(dial_number_compose(&rows[_i].number, rows[_i].here, text, sizeof(text)));
    ck_assert_str_eq(text, rows[_i].dialled);
}
END_TEST

/* Each room below what is needed is too little, and nothing beyond it is written. */
START_TEST(test_room)
{
    size_t needed = strlen(rows[_i].dialled) + 1, size;
    char *text;

    for (size = 1; size <= needed; size++)
    {
        text = malloc(size);
        ck_assert_int_eq(dial_number_compose(&rows[_i].number, rows[_i].here, text, size), size == needed);
        ck_assert_str_eq(text, size == needed ? rows[_i].dialled : "");
        free(text);
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, test_compose, 0, sizeof(rows) / sizeof(*rows));
    tcase_add_loop_test(tcase, test_room, 0, sizeof(rows) / sizeof(*rows));
}

int main(void)
{
    return check_main("dial_number", add_tests);
}
