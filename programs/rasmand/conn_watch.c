/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_watch.c - changes of connections, for those who watch: their numbers, and what
 * happened while nobody told a program that wanted to know.
 */
#include "client.h"

#include <time.h>

static struct change_log all_changes;
static uint64_t begun, last_number;

/* A clock that all managers of this machine share, as a number that grows with each call. */
uint64_t conn_new_number(void)
{
    struct timespec now;
    uint64_t number;

    clock_gettime(CLOCK_BOOTTIME, &now);
    number = (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
    return last_number = number > last_number ? number : last_number + 1;
}

void conn_watch_begin(void)
{
    begun = conn_new_number();
}

static void note(struct change_log *log, uint32_t flags)
{
    unsigned int i;

    for (i = 0; i < RASCN_KINDS; i++)
        if (flags & (1u << i)) log->last[i] = last_number;
}

static uint32_t happened_since(const struct change_log *log, uint64_t since)
{
    uint32_t flags = 0;
    unsigned int i;

    for (i = 0; i < RASCN_KINDS; i++)
        if (log->last[i] > since) flags |= 1u << i;
    return flags;
}

static uint32_t connections_up;

static void set_announced(struct conn *c, bool announced)
{
    connections_up += (uint32_t)announced - (uint32_t)c->announced;
    c->announced = announced;
}

void conn_changed(struct conn *c, uint32_t flags)
{
    uint32_t any_flags;

    conn_new_number();
    /* A link is none for those who watch all. */
    if ((flags & RASCN_CONNECTION) && !c->bundle) set_announced(c, true);
    any_flags = c->announced ? flags : 0;
    /* Its handle lives on, but it is not among the connections. */
    if (any_flags & RASCN_DORMANT) any_flags |= RASCN_DISCONNECTION;
    if (flags & (RASCN_DISCONNECTION | RASCN_DORMANT)) set_announced(c, false);
    note(&c->changes, flags);
    note(&all_changes, any_flags);
    client_send_changes(c->handle, flags, any_flags, connections_up, last_number);
}

bool conn_watch(const struct wire_watch *wanted, struct wire_watching *answer)
{
    const struct change_log *log = &all_changes;
    const struct conn *c;

    answer->number = last_number;
    answer->begun = begun;
    if (!wanted->flags || (wanted->flags & ~RASCN_ALL))
        answer->error = ERROR_INVALID_PARAMETER;
    else if (wanted->handle == WIRE_ANY_CONNECTION)
        answer->connections = connections_up;
    else if (!(c = conn_find(wanted->handle)) || conn_states[c->state].holds > HOLDS_LINK)
        answer->error = ERROR_INVALID_HANDLE;
    else
    {
        answer->connections = 1;
        log = &c->changes;
    }
    if (answer->error) return false;
    answer->flags = wanted->flags & happened_since(log, wanted->since);
    return true;
}
