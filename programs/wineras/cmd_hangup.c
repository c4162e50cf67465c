/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * cmd_hangup.c - "wineras hangup": end connections, and wait until they are gone.
 */
#include "wineras.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "tables.h"

#define GONE_WAIT 60   /* seconds; a modem takes its time */
#define GONE_LOOK 100  /* ms between looks */

/* The handle that a word is, or 0. */
static uint32_t parse_handle(const char *word)
{
    char *end;
    unsigned long value;

    if (!strlen(word) || strspn(word, "0123456789") != strlen(word)) return 0;
    value = strtoul(word, &end, 10);
    return value <= UINT32_MAX ? (uint32_t)value : 0;
}

static bool is_meant(const struct options *options, const struct wire_connection *c)
{
    uint32_t handle;

    if (options->all) return true;
    if (!strcasecmp(c->entry, options->argument)) return true;
    handle = parse_handle(options->argument);
    return handle && c->handle == handle;
}

/* A RAS error, 0, or -1 when the session is over. */
static int64_t hang_up(struct session *session, uint32_t handle)
{
    struct wire_msg *msg = grow(NULL, 1, sizeof(*msg));
    int64_t result = -1;

    wire_init(msg, WIRE_hangup, 0);
    msg->u.hangup.handle = handle;
    if (!session_send(session, msg) && !session_receive(session, msg))
        result = msg->type == WIRE_result ? (int64_t)msg->u.result.error : -1;
    free(msg);
    return result;
}

/* 1 gone, 0 still there, -1 complained. */
static int is_gone(struct session *session, uint32_t handle)
{
    struct wire_connection *list;
    size_t count, i;
    int result = 1;

    if (list_connections(session, &list, &count)) result = -1;
    for (i = 0; result == 1 && i < count; i++)
    {
        if (list[i].handle == handle) result = 0;
    }
    free(list);
    return result;
}

static int wait_until_gone(struct session *session, uint32_t handle)
{
    struct timespec look = {0, GONE_LOOK * 1000000L};
    unsigned int looks = GONE_WAIT * 1000 / GONE_LOOK;
    int gone;

    while (!(gone = is_gone(session, handle)) && looks--) nanosleep(&look, NULL);
    if (!gone) return complain("connection %u is still going down", handle);
    return gone == 1 ? 0 : -1;
}

int cmd_hangup(const struct options *options)
{
    struct session *session = grow(NULL, 1, sizeof(*session));
    struct wire_connection *list = NULL;
    size_t count = 0, meant = 0, i;
    int status = STATUS_FAILED, running = session_open(session);
    int64_t error;

    if (running < 0 || (running && list_connections(session, &list, &count))) goto done;
    status = STATUS_DONE;
    for (i = 0; i < count; i++)
    {
        if (!is_meant(options, &list[i])) continue;
        meant++;
        error = hang_up(session, list[i].handle);
        /* Gone by itself meanwhile is as good. */
        if (error > 0 && error != 6)
        {
            complain("can't hang up connection %u: error %u, %s", list[i].handle, (unsigned int)error,
                     ras_error_text((uint32_t)error) ? ras_error_text((uint32_t)error) : "unknown");
            status = STATUS_FAILED;
        }
        else if (error < 0 || wait_until_gone(session, list[i].handle))
        {
            status = STATUS_FAILED;
            break;
        }
        else
        {
            printf("Connection %u (%s) is hung up.\n", list[i].handle, list[i].entry);
        }
    }
    if (!meant && !options->all)
    {
        complain("there is no connection %s", options->argument);
        status = STATUS_FAILED;
    }

done:
    if (running > 0) session_close(session);
    free(list);
    free(session);
    return status;
}
