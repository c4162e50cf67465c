/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * fake.h - what transports/fake.c and link_fake.c share: the outcomes of scripted
 * connections, chosen by the number that is dialled.
 */
#ifndef FAKE_H
#define FAKE_H

#include "rasmand.h"

#define FAKE_STEPS_MAX     8
#define FAKE_LINES_MAX     4
#define FAKE_PASSWORD      "open sesame"
/* In the order of enum link_counter. */
#define FAKE_COUNTERS      1001, 1002, 1003, 1004, 5, 6, 7, 8, 2000, 500, 3000, 1000
#define FAKE_BPS           33600
#define FAKE_UNLESS_GOOD   0x10000u /* in step.error, besides the error */

struct fake_script
{
    const char *number;
    uint32_t open_error;    /* the port cannot be opened */
    bool never_connects;    /* dials until it is hung up */
    uint32_t connect_error; /* the modem's answer */
    uint32_t start_error;   /* PPP cannot be started */
    /* After the call the port speaks: each prompt is followed by the line that the far
     * end wants to read; any other line, and all begins anew.  A prompt without a line is
     * the last word.  hangs_up: after it the line is lost. */
    struct
    {
        const char *prompt, *line;
    } talk[FAKE_LINES_MAX];
    bool hangs_up;
    bool drops;             /* the peer hangs up after it has refused a password, or offered a call back */
    const struct wire_projection *gives; /* what PPP gives, NULL: the usual */
    bool drops_once;        /* the last step is left out when the connection dials again */
    bool hides_then;        /* then the number does not answer any more */
    bool is_loaded;         /* for some samples of its counters */
    bool is_uncounted;      /* the line counts nothing */
    uint32_t callback_error; /* the peer does not call back */
    /* The link's events one after the other, each when the program has worked off
     * the notice before.  EV_DIAL, which no link posts, ends the list.
     * EV_AUTH_HELD, EV_AUTH_EXPIRED, EV_EAP_WANTED and EV_AUTH_FAILED with FAKE_UNLESS_GOOD
     * come only to those who don't know FAKE_PASSWORD; the only password that an expired one
     * may be changed to is that, too.  What EV_CALLBACK_ASKED is answered with decides
     * whether the list goes on or begins anew with a call back. */
    struct fake_step
    {
        enum conn_event event;
        uint32_t error;
    } steps[FAKE_STEPS_MAX];
};

/* The row of a number; unknown numbers have no answer (678). */
const struct fake_script *fake_script(const char *number);

/* Has this connection been dropped once? */
bool fake_was_dropped(const struct conn *conn);

#endif
