/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * hayes_plan.h - the dial plan of the modem emulator: which number answers how.
 */
#ifndef HAYES_PLAN_H
#define HAYES_PLAN_H

enum answer
{
    ANSWER_CONNECT, /* "text", then the far end; carrier lost after bytes, unless -1 */
    ANSWER_TEXT,    /* a result: text, or code when the modem is set to numbers */
    ANSWER_RAW,     /* bytes that are no result */
    ANSWER_SILENCE
};

struct plan_row
{
    struct plan_row *next;
    char number[128];
    enum answer answer;
    char text[200];
    int code;
    long bytes;
    int delay; /* milliseconds until the answer */
};

/* Read a plan, exit with a message when it is wrong.  A line each, '#' comments:
 *   NUMBER connect [TEXT]        "CONNECT 115200" unless TEXT
 *   NUMBER drop BYTES [TEXT]     the same, carrier lost after BYTES from the far end
 *   NUMBER busy | no-carrier | no-dialtone | no-answer | voice | error | ringing
 *   NUMBER silence | garbage
 *   NUMBER text WORDS            any other result
 *   reply ATCOMMAND WORDS        the answer to this very command line
 * NUMBER may be "*", and may be followed by "@MS", the delay. */
void plan_read(const char *path);

/* The row for a number; "connect" for all when there is no plan. */
const struct plan_row *plan_find(const char *number);

/* The scripted reply to a command line, NULL when there is none. */
const char *plan_reply(const char *command);

#endif
