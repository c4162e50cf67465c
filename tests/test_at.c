/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_at.c - the dialogue with a modem: every answer, cut at every byte, silence,
 * garbage, cancel.
 */
#include "at.h"
#include "check_main.h"

#include <stdlib.h>
#include <string.h>


static const struct at_settings plain = {"", "", "", "", AT_SPEAKER_LEAVE, 60000, 5000, 90000};

static struct at at;
static struct at_output out;

#define ck_sent(text)                                            \
    do                                                           \
    {                                                            \
        ck_assert_uint_eq(out.send_len, strlen(text));           \
        ck_assert(!memcmp(out.send, text, out.send_len));        \
    } while (0)

/* All of it, byte by byte as a tty may give it; stops when something is sent. */
static void feed(const char *text)
{
    memset(&out, 0, sizeof(out));
    for (; *text && out.result == AT_GOES_ON; text++)
    {
        struct at_output one;

        ck_assert_uint_eq(at_input(&at, text, 1, &one), 1);
        if (one.send_len || one.result != AT_GOES_ON) out = one;
    }
}

/* Up to the dial. */
static void dial(const char *number)
{
    at_start(&at, &plain, number, &out);
    ck_sent("ATZ\r");
    ck_assert_uint_eq(out.timer, 5000);
    feed("ATZ\r\r\nOK\r\n");
    ck_sent("ATE0V1\r");
    feed("ATE0V1\r\r\nOK\r\n");
    ck_assert_uint_eq(out.timer, 60000);
    ck_assert_int_eq(at.state, AT_DIAL);
}

static const struct
{
    const char *text;
    int result;
    uint32_t error; /* or bps */
} final_answers[] = {
    {"\r\nCONNECT\r\n", AT_CONNECTED, 0},
    {"\r\nCONNECT 115200\r\n", AT_CONNECTED, 115200},
    {"\r\nCONNECT 33600/ARQ/V34/LAPM\r\n", AT_CONNECTED, 33600},
    {"\r\nCARRIER 28800\r\n\r\nPROTOCOL: LAPM\r\n\r\nCONNECT 28800\r\n", AT_CONNECTED, 28800},
    {"\r\nRINGING\r\n\r\nRING\r\n\r\nCONNECT 9600\r\n", AT_CONNECTED, 9600},
    {"ATDT5551234\r\r\nCONNECT 2400\r\n", AT_CONNECTED, 2400},
    {"\r\nBUSY\r\n", AT_FAILED, 676},
    {"\r\nVOICE\r\n", AT_FAILED, 677},
    {"\r\nNO ANSWER\r\n", AT_FAILED, 678},
    {"\r\nNO CARRIER\r\n", AT_FAILED, 679},
    {"\r\nNO DIALTONE\r\n", AT_FAILED, 680},
    {"\r\nNO DIAL TONE\r\n", AT_FAILED, 680},
    {"\r\nERROR\r\n", AT_FAILED, 651},
    {"\r\n+CME ERROR: 10\r\n", AT_FAILED, 651},
    {"\r\nDELAYED 00:01:00\r\n", AT_FAILED, 651},
    {"\r\nBLACKLISTED\r\n", AT_FAILED, 651},
    {"\r\n2\r\nBUSY\r\n", AT_FAILED, 676},
    {"1\r", AT_CONNECTED, 0},
    {"12\r", AT_CONNECTED, 9600},
    {"3\r", AT_FAILED, 679},
    {"4\r", AT_FAILED, 651},
    {"6\r", AT_FAILED, 680},
    {"7\r", AT_FAILED, 676},
    {"8\r", AT_FAILED, 678},
    {"\r\nBUSYBODY\r\n", AT_FAILED, 652},
    {"\r\nCONNECTED\r\n", AT_FAILED, 652},
    {"\r\nHELLO WORLD\r\n", AT_FAILED, 652},
    {"\r\n\x01\x02\x03\r\n", AT_FAILED, 652},
    {"\r\n99\r\n", AT_FAILED, 652},
};

START_TEST(test_answers)
{
    size_t len = strlen(final_answers[_i].text), cut, used;

    dial("5551234");
    ck_sent("ATDT5551234\r");
    feed(final_answers[_i].text);
    ck_assert_int_eq(out.result, final_answers[_i].result);
    if (out.result == AT_CONNECTED)
        ck_assert_uint_eq(out.bps, final_answers[_i].error);
    else
        ck_assert_uint_eq(out.error, final_answers[_i].error);
    ck_assert_int_eq(at.online, out.result == AT_CONNECTED);

    /* In two pieces, and nothing too early. */
    for (cut = 0; cut <= len; cut++)
    {
        dial("5551234");
        used = at_input(&at, final_answers[_i].text, cut, &out);
        if (out.result == AT_GOES_ON)
        {
            ck_assert_uint_eq(used, cut);
            used += at_input(&at, final_answers[_i].text + used, len - used, &out);
        }
        ck_assert_int_eq(out.result, final_answers[_i].result);
        /* What follows the line's CR is not the dialogue's. */
        ck_assert_uint_ge(used, len - 1);
    }
}
END_TEST

START_TEST(test_rest_is_ppp)
{
    static const char data[] = "\r\nCONNECT 9600\r\n~\xff}#\xc0!";

    dial("1");
    ck_assert_uint_eq(at_input(&at, data, sizeof(data) - 1, &out), 15);
    ck_assert_int_eq(out.result, AT_CONNECTED);
    ck_assert_uint_eq(at_input(&at, data + 15, 4, &out), 0);
}
END_TEST

START_TEST(test_settings)
{
    struct at_settings settings = {"&F&D2", "AT\\N3", "%C1", "ATDP9,", AT_SPEAKER_OFF, 1000, 500, 0};

    at_start(&at, &settings, "555", &out);
    feed("OK\r");
    feed("OK\r");
    ck_sent("AT&F&D2\r");
    feed("OK\r");
    ck_sent("AT\\N3\r");
    feed("OK\r");
    ck_sent("AT%C1\r");
    feed("OK\r");
    ck_sent("ATM0\r");
    feed("OK\r");
    ck_sent("ATDP9,555\r");
    ck_assert_uint_eq(out.timer, 1000);

    settings.init = "at+cgdcont=1";
    settings.error_control = settings.compression = "";
    settings.speaker = AT_SPEAKER_ON;
    at_start(&at, &settings, "*99***1#", &out);
    feed("0\r"); /* a modem with digits */
    feed("OK\r");
    ck_sent("at+cgdcont=1\r");
    feed("OK\r");
    ck_sent("ATM1\r");
    feed("\r\nERROR\r\n");
    ck_assert_int_eq(out.result, AT_FAILED);
    ck_assert_uint_eq(out.error, 651);

    /* The second alone, and a modem that does not answer it. */
    settings.init = "";
    settings.compression = "%C0";
    at_start(&at, &settings, "555", &out);
    feed("OK\r");
    feed("OK\r");
    ck_sent("AT%C0\r");
    at_timeout(&at, &out);
    ck_assert_int_eq(out.result, AT_FAILED);
    ck_assert_uint_eq(out.error, 638);
}
END_TEST

static const struct
{
    const char *number;
    const char *dialled; /* NULL: refused */
} numbers[] = {
    {"555 12-34", "ATDT5551234\r"},
    {"(0555) 12.34", "ATDT05551234\r"},
    {"+49,*31#W1!@T2P3", "ATDT+49,*31#W1!@T2P3\r"},
    {"", NULL},
    {"()", NULL},
    {",,", NULL},
    {"123;+++", NULL},
    {"123\rATZ", NULL},
    {"123\n", NULL},
    {"hello", NULL},
    {"12\xc3\xa4", NULL},
    {"1111111111222222222233333333334444444444555555555566666666667777777777888888888899999999990000000000"
     "11111111112222222222333333333",
     NULL},
};

START_TEST(test_numbers)
{
    if (numbers[_i].dialled)
    {
        dial(numbers[_i].number);
        ck_sent(numbers[_i].dialled);
        return;
    }
    at_start(&at, &plain, numbers[_i].number, &out);
    ck_assert_int_eq(out.result, AT_FAILED);
    ck_assert_uint_eq(out.error, 749);
    ck_assert_uint_eq(out.send_len, 0);
}
END_TEST

START_TEST(test_silence)
{
    at_start(&at, &plain, "1", &out);
    at_timeout(&at, &out);
    ck_sent("ATZ\r"); /* once more: it may have been busy */
    at_timeout(&at, &out);
    ck_sent("ATZ\r");
    at_timeout(&at, &out);
    ck_assert_int_eq(out.result, AT_FAILED);
    ck_assert_uint_eq(out.error, 638);

    at_start(&at, &plain, "1", &out);
    feed("\r\nOK\r\n");
    at_timeout(&at, &out);
    ck_assert_uint_eq(out.error, 638);

    dial("1");
    at_timeout(&at, &out);
    ck_assert_int_eq(out.result, AT_FAILED);
    ck_assert_uint_eq(out.error, 678);
    ck_assert(at.online); /* it dials still */
}
END_TEST

START_TEST(test_garbage)
{
    char *noise = malloc(AT_LINE_MAX + 2);
    unsigned int i;

    ck_assert_ptr_nonnull(noise);
    memset(noise, 'x', AT_LINE_MAX + 1);
    noise[AT_LINE_MAX + 1] = 0;
    dial("1");
    feed(noise);
    ck_assert_int_eq(out.result, AT_FAILED);
    ck_assert_uint_eq(out.error, 652);
    free(noise);

    /* Left over from the call before. */
    at_start(&at, &plain, "1", &out);
    feed("~\xff}#\xc0!\r\n\r\nNO CARRIER\r\nATZ\r\r\nOK\r\n");
    ck_sent("ATE0V1\r");

    srand(1);
    for (i = 0; i < 20000; i++)
    {
        char c = (char)(rand() >> 7);

        if (at.state == AT_DONE) dial("1");
        if (!(rand() & 63)) at_timeout(&at, &out);
        if (at.state != AT_DONE) at_input(&at, &c, 1, &out);
    }
}
END_TEST

START_TEST(test_cancel)
{
    at_start(&at, &plain, "1", &out);
    at_cancel(&at, &out); /* a modem that only sets up has nothing to give up */
    ck_assert_int_eq(out.result, AT_CANCELLED);
    ck_assert_uint_eq(out.send_len, 0);

    dial("1");
    at_cancel(&at, &out);
    ck_sent("\r");
    ck_assert_int_eq(out.result, AT_GOES_ON);
    ck_assert_uint_gt(out.timer, 0);
    feed("\r\nNO CARRIER\r\n");
    ck_assert_int_eq(out.result, AT_CANCELLED);
    ck_assert(!at.online);

    dial("1");
    at_cancel(&at, &out);
    feed("\r\nCONNECT 1200\r\n"); /* too late */
    ck_assert_int_eq(out.result, AT_CANCELLED);
    ck_assert(at.online);

    dial("1");
    at_cancel(&at, &out);
    at_timeout(&at, &out);
    ck_assert_int_eq(out.result, AT_CANCELLED);
    ck_assert(at.online);
    at_cancel(&at, &out); /* again: nothing more */
    ck_assert_int_eq(out.result, AT_CANCELLED);
}
END_TEST

/* Up to the wait for a call. */
static void reset(void)
{
    struct at_settings settings = plain;

    settings.init = "&F";
    at_reset(&at, &settings, &out);
    ck_sent("ATZ\r");
    feed("\r\nNO CARRIER\r\n\r\nRING\r\n\r\nOK\r\n"); /* of the call before, and a quick peer */
    ck_sent("ATE0V1\r");
    feed("\r\nOK\r\n");
    ck_sent("AT&F\r");
    feed("\r\nOK\r\n");
    ck_assert_int_eq(out.result, AT_READY);
    ck_assert_uint_eq(out.send_len, 0);
}

START_TEST(test_called)
{
    unsigned int i;

    reset();
    at_answer(&at, &out);
    ck_assert_uint_eq(out.send_len, 0);
    ck_assert_uint_eq(out.timer, 90000);
    feed("\n\r\nNO CARRIER\r\n\r\nRINGING\r\n\r\nDATE = 1126\r\n");
    ck_assert_int_eq(out.result, AT_GOES_ON);
    ck_assert_uint_eq(out.send_len, 0);
    feed(_i ? "2\r" : "\r\nRING\r\n");
    ck_sent("ATA\r");
    ck_assert_uint_eq(out.timer, 60000);
    /* A character would make it give up. */
    feed("ATA\r\r\nRING\r\n\r\nNMBR = 5551234\r\n\r\nCARRIER 9600\r\n");
    ck_assert_uint_eq(out.send_len, 0);
    /* Somebody else, who gave up. */
    feed("\r\nNO CARRIER\r\n");
    ck_assert_int_eq(out.result, AT_GOES_ON);
    ck_assert_uint_eq(out.send_len, 0);
    feed("\r\nRING\r\n");
    ck_sent("ATA\r");
    feed("\r\nCONNECT 9600\r\n");
    ck_assert_int_eq(out.result, AT_CONNECTED);
    ck_assert_uint_eq(out.bps, 9600);
    ck_assert(at.online);

    reset();
    at_answer(&at, &out);
    for (i = 0; i < 3; i++)
    {
        ck_assert_int_eq(out.result, AT_GOES_ON);
        feed("\r\nRING\r\n");
        feed("\r\nNO CARRIER\r\n");
    }
    ck_assert_int_eq(out.result, AT_FAILED);
    ck_assert_uint_eq(out.error, 679);
    ck_assert(!at.online);
}
END_TEST

START_TEST(test_not_called)
{
    reset();
    at_answer(&at, &out);
    at_timeout(&at, &out);
    ck_assert_int_eq(out.result, AT_FAILED);
    ck_assert_uint_eq(out.error, 638);
    ck_assert(!at.online);

    reset();
    at_answer(&at, &out);
    feed("\r\nRING\r\n");
    at_timeout(&at, &out);
    ck_assert_uint_eq(out.error, 679);
    ck_assert(at.online); /* it may be answering still */

    reset();
    at_answer(&at, &out);
    at_cancel(&at, &out);
    ck_assert_int_eq(out.result, AT_CANCELLED);
    ck_assert_uint_eq(out.send_len, 0);

    reset();
    at_answer(&at, &out);
    feed("\r\nRING\r\n");
    at_cancel(&at, &out);
    ck_sent("\r");
    feed("\r\nNO CARRIER\r\n");
    ck_assert_int_eq(out.result, AT_CANCELLED);

    at_reset(&at, &plain, &out);
    at_timeout(&at, &out);
    at_timeout(&at, &out);
    at_timeout(&at, &out);
    ck_assert_int_eq(out.result, AT_FAILED);
    ck_assert_uint_eq(out.error, 638);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, test_answers, 0, sizeof(final_answers) / sizeof(*final_answers));
    tcase_add_test(tcase, test_rest_is_ppp);
    tcase_add_test(tcase, test_settings);
    tcase_add_loop_test(tcase, test_numbers, 0, sizeof(numbers) / sizeof(*numbers));
    tcase_add_test(tcase, test_silence);
    tcase_add_test(tcase, test_garbage);
    tcase_add_test(tcase, test_cancel);
    tcase_add_loop_test(tcase, test_called, 0, 2);
    tcase_add_test(tcase, test_not_called);
}

int main(void)
{
    return check_main("at", add_tests);
}
