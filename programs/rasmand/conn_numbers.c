/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_numbers.c - an entry with several numbers: they are tried in their order, on one port,
 * until one answers.  Which one it was stays in the connection, for the program's status.
 */
#include "conn.h"
#include "errors.h"

#include <string.h>

/* Is it the number that fails, so that another may do?  Without a dial tone, or with a modem
 * that is silent or gone, no number does; and who has answered is not left for another. */
static bool is_of_number(uint32_t error)
{
    switch (error)
    {
    case ERROR_LINE_BUSY:
    case ERROR_VOICE_ANSWER:
    case ERROR_NO_ANSWER:
    case ERROR_NO_CARRIER:
    case ERROR_FROM_DEVICE: /* the modem does not dial it, or the host can't be reached */
    case ERROR_BAD_PHONE_NUMBER:
    case ERROR_DNSNAME_NOT_RESOLVABLE:
        return true;
    default:
        return false;
    }
}

enum conn_event conn_numbers_event(const struct conn *c, enum conn_event event, uint32_t *error)
{
    if (c->state != ST_CONNECTING || event != EV_DEVICE_FAILED || !c->dial.alternates[c->numbers_used]) return event;
    if (!is_of_number(*error)) return event;
    log_info(c->handle, "number %u: %u %s", (unsigned int)c->number_index, (unsigned int)*error,
             ras_error_name(*error));
    *error = 0;
    return EV_NEXT_NUMBER;
}

/* The modem may still be dialling the last one. */
void conn_numbers_next(struct conn *c, enum conn_event event, uint32_t error)
{
    const char *next = c->dial.alternates + c->numbers_used;
    size_t len = strcspn(next, "\n");

    (void)event;
    (void)error;
    c->number_index++;
    c->numbers_used += (uint32_t)(len + (next[len] != 0));
    /* One that is too long is none, and fails. */
    if (len >= sizeof(c->dial.number)) len = 0;
    memcpy(c->dial.number, next, len);
    c->dial.number[len] = 0;
    if (c->port->connected && c->port->device->transport->reset)
        c->port->device->transport->reset(c->port);
    else
        conn_post(c, EV_DEVICE_READY, 0);
}
