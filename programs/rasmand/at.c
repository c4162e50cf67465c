/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * at.c - see at.h.  Understands words (ATV1) and digits (ATV0), with and without
 * echo; the reset usually ends echo and digits.
 */
#include "at.h"
#include "errors.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define RESET_ATTEMPTS 3
#define CANCEL_TIMEOUT 2000
#define ANSWER_ATTEMPTS 3 /* the first call may be a wrong one */


enum answer
{
    ANSWER_NONE, /* no result code */
    ANSWER_OK,
    ANSWER_CONNECT,
    ANSWER_RING,
    ANSWER_INFO,   /* something between command and result */
    ANSWER_FAILURE /* error says which */
};

static const struct
{
    const char *word;
    const char *digit; /* "" where there is none */
    enum answer answer;
    uint32_t error;
} answers[] = {
    {"OK", "0", ANSWER_OK, 0},
    {"CONNECT", "1", ANSWER_CONNECT, 0},
    {"RING", "2", ANSWER_RING, 0},
    {"NO CARRIER", "3", ANSWER_FAILURE, ERROR_NO_CARRIER},
    {"ERROR", "4", ANSWER_FAILURE, ERROR_FROM_DEVICE},
    {"NO DIALTONE", "6", ANSWER_FAILURE, ERROR_NO_DIALTONE},
    {"NO DIAL TONE", "", ANSWER_FAILURE, ERROR_NO_DIALTONE},
    {"BUSY", "7", ANSWER_FAILURE, ERROR_LINE_BUSY},
    {"NO ANSWER", "8", ANSWER_FAILURE, ERROR_NO_ANSWER},
    {"VOICE", "", ANSWER_FAILURE, ERROR_VOICE_ANSWER},
    {"DELAYED", "", ANSWER_FAILURE, ERROR_FROM_DEVICE},
    {"BLACKLISTED", "", ANSWER_FAILURE, ERROR_FROM_DEVICE},
    {"+CME ERROR", "", ANSWER_FAILURE, ERROR_FROM_DEVICE},
    {"RINGING", "", ANSWER_INFO, 0},
    {"RRING", "", ANSWER_INFO, 0},
    {"DIALING", "", ANSWER_INFO, 0},
    {"CARRIER", "", ANSWER_INFO, 0},
    {"PROTOCOL", "", ANSWER_INFO, 0},
    {"COMPRESSION", "", ANSWER_INFO, 0},
    {"+", "", ANSWER_INFO, 0},
};

/* Digits that stand for a connection with a speed. */
static const struct
{
    const char *digits;
    unsigned int bps;
} connect_digits[] = {{"1", 0}, {"5", 1200}, {"10", 2400}, {"11", 4800}, {"12", 9600}, {"13", 14400}, {"14", 19200}};

static bool is_word(const char *line, const char *word)
{
    size_t len = strlen(word);

    return !strncmp(line, word, len) && (!isalpha((unsigned char)word[len - 1]) || !isalnum((unsigned char)line[len]));
}

static enum answer parse(const char *line, uint32_t *error, unsigned int *bps)
{
    const char *p;
    size_t i;

    *bps = 0;
    for (i = 0; i < sizeof(connect_digits) / sizeof(*connect_digits); i++)
        if (!strcmp(line, connect_digits[i].digits))
        {
            *bps = connect_digits[i].bps;
            return ANSWER_CONNECT;
        }
    for (i = 0; i < sizeof(answers) / sizeof(*answers); i++)
    {
        if (!is_word(line, answers[i].word) && (!*answers[i].digit || strcmp(line, answers[i].digit))) continue;
        *error = answers[i].error;
        if (answers[i].answer == ANSWER_CONNECT)
        {
            p = line + strlen("CONNECT");
            p += strcspn(p, "0123456789");
            *bps = (unsigned int)strtoul(p, NULL, 10);
        }
        return answers[i].answer;
    }
    return ANSWER_NONE;
}

/* ---- commands ------------------------------------------------------------------- */

static void send_command(struct at *at, struct at_output *out, const char *command, unsigned int timer)
{
    int n = snprintf(at->sent, sizeof(at->sent), "%s", command);

    if (n < 0 || (size_t)n >= sizeof(at->sent) - 1) n = 0; /* can't be: limits of the settings */
    memcpy(out->send, at->sent, (size_t)n);
    out->send[n] = '\r';
    out->send_len = (size_t)n + 1;
    out->timer = timer;
}

static void fail(struct at *at, struct at_output *out, uint32_t error)
{
    at->state = AT_DONE;
    out->result = AT_FAILED;
    out->error = error;
}

/* Both "AT&F" and "&F" are what people write. */
static void send_setting(struct at *at, struct at_output *out, const char *setting)
{
    char command[160];

    snprintf(command, sizeof(command), "%s%s", strncasecmp(setting, "AT", 2) ? "AT" : "", setting);
    send_command(at, out, command, at->settings.reply_timeout);
}

static void send_dial(struct at *at, struct at_output *out)
{
    char command[AT_NUMBER_MAX + 32];

    snprintf(command, sizeof(command), "%.20s%s", *at->settings.dial_prefix ? at->settings.dial_prefix : "ATDT",
             at->number);
    send_command(at, out, command, at->settings.answer_timeout);
}

/* Send the command of the first state from here on that has one. */
static void enter(struct at *at, enum at_state state, struct at_output *out)
{
    if (state == AT_INIT && !*at->settings.init) state = AT_ERROR_CONTROL;
    if (state == AT_ERROR_CONTROL && !*at->settings.error_control) state = AT_COMPRESSION;
    if (state == AT_COMPRESSION && !*at->settings.compression) state = AT_SPEAKER;
    if (state == AT_SPEAKER && at->settings.speaker == AT_SPEAKER_LEAVE) state = AT_DIAL;
    at->state = state;
    if (state == AT_DIAL && at->only_resets)
    {
        at->state = AT_DONE;
        out->result = AT_READY;
        return;
    }
    switch (state)
    {
    case AT_RESET: send_command(at, out, "ATZ", at->settings.reply_timeout); break;
    case AT_ECHO: send_command(at, out, "ATE0V1", at->settings.reply_timeout); break;
    case AT_INIT: send_setting(at, out, at->settings.init); break;
    case AT_ERROR_CONTROL: send_setting(at, out, at->settings.error_control); break;
    case AT_COMPRESSION: send_setting(at, out, at->settings.compression); break;
    case AT_SPEAKER:
        send_command(at, out, at->settings.speaker == AT_SPEAKER_OFF ? "ATM0" : "ATM1", at->settings.reply_timeout);
        break;
    case AT_DIAL: send_dial(at, out); break;
    case AT_RING: out->timer = at->settings.ring_timeout; break;
    case AT_ANSWER: send_command(at, out, "ATA", at->settings.answer_timeout); break;
    default: break;
    }
}

static int copy_number(char *dst, const char *number)
{
    size_t len = 0;
    bool has_digit = false;

    for (; *number; number++)
    {
        unsigned char c = (unsigned char)*number;

        if (strchr(" -().", c)) continue; /* for people */
        /* A to D are tones; the rest are the modifiers of ATD, but ';', which would
         * end the dial, and no letters besides. */
        if (!isdigit(c) && !strchr("*#+,!@$&ABCDabcdPTWptw/", c)) return -1;
        if (len >= AT_NUMBER_MAX) return -1;
        has_digit |= isdigit(c) || c == '*' || c == '#';
        dst[len++] = (char)c;
    }
    dst[len] = 0;
    return has_digit ? 0 : -1;
}

/* ---- answers --------------------------------------------------------------------- */

/* A command other than the dial was answered. */
static void command_answered(struct at *at, enum answer answer, uint32_t error, struct at_output *out)
{
    if (answer == ANSWER_OK)
    {
        at->attempts = 0;
        enter(at, (enum at_state)(at->state + 1), out);
    }
    /* What an earlier call left behind. */
    else if (answer == ANSWER_FAILURE && at->state == AT_RESET && error != ERROR_FROM_DEVICE)
        return;
    else if (answer == ANSWER_FAILURE)
        fail(at, out, ERROR_FROM_DEVICE);
}

static void connected(struct at *at, unsigned int bps, struct at_output *out)
{
    at->state = AT_DONE;
    at->online = true;
    out->result = AT_CONNECTED;
    out->bps = bps;
}

/* Other lines tell who calls. */
static void answer_answered(struct at *at, enum answer answer, uint32_t error, unsigned int bps, struct at_output *out)
{
    if (answer == ANSWER_CONNECT)
        connected(at, bps, out);
    else if (answer == ANSWER_FAILURE && ++at->attempts < ANSWER_ATTEMPTS)
        enter(at, AT_RING, out);
    else if (answer == ANSWER_FAILURE)
        fail(at, out, error);
}

static void dial_answered(struct at *at, enum answer answer, uint32_t error, unsigned int bps, struct at_output *out)
{
    if (answer == ANSWER_CONNECT)
        connected(at, bps, out);
    else if (answer == ANSWER_FAILURE)
        fail(at, out, error);
    else if (answer == ANSWER_NONE)
        fail(at, out, ERROR_UNRECOGNIZED_RESPONSE);
}

static void handle_line(struct at *at, struct at_output *out)
{
    enum answer answer;
    uint32_t error = 0;
    unsigned int bps;
    char *line = at->line;

    while (at->line_len && line[at->line_len - 1] == ' ') at->line_len--;
    line[at->line_len] = 0;
    while (*line == ' ') line++;
    at->line_len = 0;
    if (!*line || !strcasecmp(line, at->sent)) return; /* empty, or the echo */
    answer = parse(line, &error, &bps);
    switch (at->state)
    {
    case AT_DIAL:
        dial_answered(at, answer, error, bps, out);
        break;
    case AT_RING:
        if (answer == ANSWER_RING) enter(at, AT_ANSWER, out);
        break;
    case AT_ANSWER:
        answer_answered(at, answer, error, bps, out);
        break;
    case AT_CANCEL:
        if (answer != ANSWER_OK && answer != ANSWER_FAILURE && answer != ANSWER_CONNECT) break;
        at->state = AT_DONE;
        at->online = answer == ANSWER_CONNECT;
        out->result = AT_CANCELLED;
        break;
    default:
        command_answered(at, answer, error, out);
        break;
    }
}

static void add_byte(struct at *at, char c, struct at_output *out)
{
    c &= 0x7f; /* modems may send parity until their first AT */
    if (c == '\r' || c == '\n')
        handle_line(at, out);
    else if (at->line_len < AT_LINE_MAX)
        at->line[at->line_len++] = (unsigned char)c < 0x20 || c == 0x7f ? '?' : c;
    else
        fail(at, out, ERROR_UNRECOGNIZED_RESPONSE);
}

/* ---- interface ------------------------------------------------------------------- */

void at_start(struct at *at, const struct at_settings *settings, const char *number, struct at_output *out)
{
    memset(at, 0, sizeof(*at));
    memset(out, 0, sizeof(*out));
    at->settings = *settings;
    if (copy_number(at->number, number))
        fail(at, out, ERROR_BAD_PHONE_NUMBER);
    else
        enter(at, AT_RESET, out);
}

void at_reset(struct at *at, const struct at_settings *settings, struct at_output *out)
{
    memset(at, 0, sizeof(*at));
    memset(out, 0, sizeof(*out));
    at->settings = *settings;
    at->only_resets = true;
    enter(at, AT_RESET, out);
}

void at_answer(struct at *at, struct at_output *out)
{
    memset(out, 0, sizeof(*out));
    at->attempts = 0;
    enter(at, AT_RING, out);
}

size_t at_input(struct at *at, const char *data, size_t len, struct at_output *out)
{
    size_t used;

    memset(out, 0, sizeof(*out));
    for (used = 0; used < len && at->state != AT_DONE; used++)
    {
        add_byte(at, data[used], out);
        if (out->send_len) /* one command a time; what came before its answer is old */
        {
            used++;
            break;
        }
    }
    return used;
}

void at_timeout(struct at *at, struct at_output *out)
{
    memset(out, 0, sizeof(*out));
    switch (at->state)
    {
    case AT_RESET:
        if (++at->attempts < RESET_ATTEMPTS)
            enter(at, AT_RESET, out);
        else
            fail(at, out, ERROR_REQUEST_TIMEOUT);
        break;
    case AT_ECHO:
    case AT_INIT:
    case AT_ERROR_CONTROL:
    case AT_COMPRESSION:
    case AT_SPEAKER:
        fail(at, out, ERROR_REQUEST_TIMEOUT);
        break;
    case AT_DIAL:
        at->online = true;
        fail(at, out, ERROR_NO_ANSWER);
        break;
    case AT_RING:
        fail(at, out, ERROR_REQUEST_TIMEOUT);
        break;
    case AT_ANSWER:
        at->online = true;
        fail(at, out, ERROR_NO_CARRIER);
        break;
    case AT_CANCEL:
        at->online = true;
        at->state = AT_DONE;
        out->result = AT_CANCELLED;
        break;
    default:
        break;
    }
}

void at_cancel(struct at *at, struct at_output *out)
{
    memset(out, 0, sizeof(*out));
    if (at->state != AT_DIAL && at->state != AT_ANSWER)
    {
        at->state = AT_DONE;
        out->result = AT_CANCELLED;
        return;
    }
    /* Any character makes a dialling modem hang up. */
    at->state = AT_CANCEL;
    at->line_len = 0;
    out->send[0] = '\r';
    out->send_len = 1;
    out->timer = CANCEL_TIMEOUT;
}
