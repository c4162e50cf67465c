/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * at.h - the dialogue with a Hayes modem, without I/O of its own: bytes go in, the
 * caller sends what comes out and keeps the one timer.
 */
#ifndef AT_H
#define AT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AT_LINE_MAX   256 /* of an answer */
#define AT_NUMBER_MAX 128 /* of a number that is dialled */

struct at_settings
{
    const char *init;           /* after the reset, "" for none */
    const char *error_control;  /* after that, as init */
    const char *compression;
    const char *dial_prefix;    /* "" for ATDT */
    enum { AT_SPEAKER_LEAVE, AT_SPEAKER_OFF, AT_SPEAKER_ON } speaker;
    unsigned int answer_timeout; /* milliseconds */
    unsigned int reply_timeout;
    unsigned int ring_timeout;   /* until somebody calls */
};

/* What the caller has to do after each at_ call. */
struct at_output
{
    char send[AT_NUMBER_MAX + 192]; /* for the modem */
    size_t send_len;
    unsigned int timer;             /* restart the timer: milliseconds, 0: leave it as it is */
    enum { AT_GOES_ON, AT_READY, AT_CONNECTED, AT_FAILED, AT_CANCELLED } result;
    uint32_t error;                 /* AT_FAILED: RAS error */
    unsigned int bps;               /* AT_CONNECTED: from the answer, 0 when it names none */
};

enum at_state
{
    AT_IDLE,
    AT_RESET,   /* ATZ */
    AT_ECHO,    /* ATE0 */
    AT_INIT,
    AT_ERROR_CONTROL,
    AT_COMPRESSION,
    AT_SPEAKER,
    AT_DIAL,
    AT_RING,    /* until RING */
    AT_ANSWER,  /* ATA */
    AT_CANCEL,  /* CR was sent, any answer ends it */
    AT_DONE
};

struct at
{
    struct at_settings settings;
    char number[AT_NUMBER_MAX + 1];
    enum at_state state;
    bool only_resets;      /* nothing is dialled */
    unsigned int attempts; /* of ATZ, or of ATA */
    bool online;           /* at the end: the line may be up, or still be dialled */
    size_t line_len;
    char line[AT_LINE_MAX + 1];
    char sent[AT_NUMBER_MAX + 192]; /* the command, as the modem may echo it */
};

/* Begin: reset, set up, dial number.  The texts of settings must live as long as at.
 * Characters that no modem dials ("(", ")", ".", ...) are left out; a number with
 * letters, control characters or nothing to dial fails with 749
 * ERROR_BAD_PHONE_NUMBER. */
void at_start(struct at *at, const struct at_settings *settings, const char *number, struct at_output *out);
/* Begin: reset and set up, no more; ends with AT_READY. */
void at_reset(struct at *at, const struct at_settings *settings, struct at_output *out);
/* After that: wait for a call and take it. */
void at_answer(struct at *at, struct at_output *out);
/* Bytes from the modem.  Returns how many were used: after AT_CONNECTED the rest
 * belongs to PPP. */
size_t at_input(struct at *at, const char *data, size_t len, struct at_output *out);
/* The timer has run out. */
void at_timeout(struct at *at, struct at_output *out);
/* Give up, at any moment; AT_CANCELLED follows, now or later. */
void at_cancel(struct at *at, struct at_output *out);

#endif
