/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dump_states.c - writes doc/states.txt from the table of connection states.
 */
#include "conn.h"

#include <stdio.h>

int main(void)
{
    static const char *const holds[] = {"", "going down", "port", "link", "closing", "closed"};
    enum conn_state state, next;
    enum conn_event event;
    bool acts, stays;

    puts("States of a connection: each with the RASCONNSTATE that programs see, its time limit, what it holds, and\n"
         "where events lead.  An event that is not listed is unexpected and closes the link; \"stays\" are expected\n"
         "and change nothing.  Written by tests/dump_states, never by hand.");
    for (state = ST_NEW; state < ST_COUNT; state++)
    {
        printf("\n%s (%s", conn_states[state].name, ras_state_name(conn_states[state].published));
        if (conn_states[state].timeout) printf(", %u s", conn_states[state].timeout / 1000);
        if (conn_states[state].holds != HOLDS_NOTHING) printf(", %s", holds[conn_states[state].holds]);
        puts(conn_states[state].final ? ", final)" : ")");
        stays = false;
        for (event = 0; event < EV_COUNT; event++)
        {
            next = conn_fsm_next(state, event, &acts);
            if (next == state && !acts)
                stays = true;
            else if (next != ST_NONE)
                printf("    %-14s -> %s\n", conn_event_name(event), conn_states[next].name);
        }
        if (!stays) continue;
        printf("    stays:");
        for (event = 0; event < EV_COUNT; event++)
            if (conn_fsm_next(state, event, &acts) == state && !acts) printf(" %s", conn_event_name(event));
        putchar('\n');
    }
    return 0;
}
