/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * handles.c - a ring of the HRASCONN values that this process has seen.
 */
#include "rasapi32.h"

#include <stdint.h>

#include "handles.h"

#define HANDLES_MAX 256
#define LINK_BIT    0x40000000u /* the manager's numbers are smaller */

static struct
{
    DWORD handle;
    DWORD lost_error;
    bool dialed;
} ring[HANDLES_MAX];
static unsigned int ring_next;

DWORD handle_value(HRASCONN conn)
{
    ULONG_PTR value = (ULONG_PTR)conn;

    return (uint64_t)value < 0xffffffffu ? (DWORD)value & ~LINK_BIT : 0;
}

HRASCONN handle_of_link(DWORD handle)
{
    return (HRASCONN)(ULONG_PTR)(handle | LINK_BIT);
}

bool handle_is_link(HRASCONN conn)
{
    return ((ULONG_PTR)conn & LINK_BIT) != 0;
}

/* Its place, or -1. */
static int find(DWORD handle)
{
    int i;

    for (i = 0; i < HANDLES_MAX; i++)
        if (handle && ring[i].handle == handle) return i;
    return -1;
}

void handle_remember(DWORD handle)
{
    if (!handle || find(handle) >= 0) return;
    ring[ring_next].handle = handle;
    ring[ring_next].lost_error = 0;
    ring[ring_next].dialed = false;
    ring_next = (ring_next + 1) % HANDLES_MAX;
}

bool handle_is_known(DWORD handle)
{
    return find(handle) >= 0;
}

void handle_set_dialed(DWORD handle)
{
    int i;

    handle_remember(handle);
    if ((i = find(handle)) >= 0) ring[i].dialed = true;
}

bool handle_is_dialed(DWORD handle)
{
    int i = find(handle);

    return i >= 0 && ring[i].dialed;
}

void handle_set_lost(DWORD handle, DWORD error)
{
    int i;

    handle_remember(handle);
    if ((i = find(handle)) >= 0) ring[i].lost_error = error;
}

DWORD handle_lost_error(DWORD handle)
{
    int i = find(handle);

    return i < 0 ? 0 : ring[i].lost_error;
}
