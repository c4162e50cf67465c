/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * session.h - a program's side of a session with rasmand, for tests.
 */
#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "ras_wire.h"

#define SESSION_WAIT_MAX 20 /* seconds; a safety net */

struct session
{
    int fd;
    void (*pump)(void); /* runs the other side where it is in this process; may be NULL */
    uint32_t serial;
    uint8_t in[65536];
    size_t in_len;
};

void session_init(struct session *s, int fd, void (*pump)(void));
void session_close(struct session *s);

/* Send; returns the serial, a new one unless event (serial 0). */
uint32_t session_send(struct session *s, struct wire_msg *msg);
/* The next message.  false: the session was closed, or nothing came. */
bool session_recv(struct session *s, struct wire_msg *msg);
/* The next message of this serial; notices and changes on the way are lost. */
bool session_answer(struct session *s, uint32_t serial, struct wire_msg *msg);
/* The manager has closed the session. */
bool session_is_closed(struct session *s);

bool session_hello(struct session *s);
/* options as WIRE_DIAL_*; returns the error, *handle and *flags as answered. */
uint32_t session_dial(struct session *s, const char *entry, const char *number, uint32_t options, uint32_t *handle,
                      uint32_t *flags);
/* The same of an entry with other numbers, one a line. */
uint32_t session_dial_numbers(struct session *s, const char *entry, const char *number, const char *alternates,
                              uint32_t options, uint32_t *handle, uint32_t *flags);
/* The same with a message that is filled already, and changed. */
uint32_t session_dial_message(struct session *s, struct wire_msg *msg, uint32_t *handle, uint32_t *flags);
uint32_t session_hangup(struct session *s, uint32_t handle, uint32_t flags);
/* The answer's error (6 ...) or 0 and *status. */
uint32_t session_status(struct session *s, uint32_t handle, struct wire_status *status);
/* From now on; 0 or the error. */
uint32_t session_watch(struct session *s, uint32_t id, uint32_t handle, uint32_t flags);
void session_watch_since(struct session *s, uint32_t id, uint32_t handle, uint32_t flags, uint64_t since,
                         struct wire_watching *watching);
void session_notice_done(struct session *s, const struct wire_notice *notice);
/* WIRE_CONNECTION_* of the last connection listed, UINT32_MAX when there is none. */
uint32_t session_flags(struct session *s);
/* Number of connections listed. */
int session_count(struct session *s, uint32_t flags);
/* Receive notices and acknowledge them until the last.  Writes them as "0 1 2 2:676"
 * (states in decimal, "C" connected, "D" disconnected). */
const char *session_notices(struct session *s, char *buf, size_t size);

#endif
