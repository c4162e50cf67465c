/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * watch.c - RasConnectionNotification.
 *
 * A watch of all connections lasts as long as the process.  The manager hears of it
 * when there is a session, at once or later; a program that merely starts to
 * watch, as many do, starts no manager.
 */
#include "watch.h"

#include <stdbool.h>
#include <stdlib.h>

#include "client.h"
#include "handles.h"

#define WATCH_FLAGS                                                                                                    \
    (RASCN_Connection | RASCN_Disconnection | RASCN_BandwidthAdded | RASCN_BandwidthRemoved | RASCN_Dormant |          \
     RASCN_ReConnection | RASCN_EPDGPacketArrival)

/* Guarded by client_lock. */
struct watch
{
    struct watch *next;
    DWORD handle;  /* or WIRE_ANY_CONNECTION */
    DWORD flags;
    HANDLE caller; /* the event as the program names it */
    HANDLE event;  /* a duplicate */
};

static struct watch *watches;

static void fill_request(struct wire_msg *msg, DWORD handle, DWORD flags)
{
    wire_init(msg, WIRE_watch, 0);
    msg->u.watch.handle = handle;
    msg->u.watch.flags = flags;
}

static void destroy(struct watch *watch)
{
    CloseHandle(watch->event);
    free(watch);
}

/* Remove those that match; caller NULL: with any event. */
static void drop(DWORD handle, HANDLE caller)
{
    struct watch **link = &watches, *watch;

    while ((watch = *link))
    {
        if (watch->handle != handle || (caller && watch->caller != caller))
        {
            link = &watch->next;
            continue;
        }
        *link = watch->next;
        destroy(watch);
    }
}

void watch_change(const struct wire_change *change)
{
    struct watch *watch;

    for (watch = watches; watch; watch = watch->next)
        if (watch->handle == change->handle && (watch->flags & change->flags)) SetEvent(watch->event);
    if (change->handle != WIRE_ANY_CONNECTION && (change->flags & RASCN_Disconnection)) drop(change->handle, NULL);
}

void watch_session_open(void)
{
    struct watch *watch;
    struct wire_msg msg;

    for (watch = watches; watch; watch = watch->next)
    {
        fill_request(&msg, watch->handle, watch->flags);
        client_tell(&msg);
    }
}

/* The manager's connections are gone with it. */
void watch_session_lost(void)
{
    struct watch **link = &watches, *watch;

    while ((watch = *link))
    {
        if (watch->flags & RASCN_Disconnection) SetEvent(watch->event);
        if (watch->handle == WIRE_ANY_CONNECTION)
        {
            link = &watch->next;
            continue;
        }
        *link = watch->next;
        destroy(watch);
    }
}

/* Register before the manager is asked, so that no change is missed. */
static bool add(DWORD handle, HANDLE caller, DWORD flags)
{
    struct watch *watch;

    if (!(watch = calloc(1, sizeof(*watch)))) return false;
    watch->handle = handle;
    watch->flags = flags;
    watch->caller = caller;
    if (!DuplicateHandle(GetCurrentProcess(), caller, GetCurrentProcess(), &watch->event, EVENT_MODIFY_STATE, FALSE, 0))
    {
        free(watch);
        return false;
    }
    AcquireSRWLockExclusive(&client_lock);
    drop(handle, caller);
    watch->next = watches;
    watches = watch;
    ReleaseSRWLockExclusive(&client_lock);
    return true;
}

DWORD WINAPI RasConnectionNotificationW(HRASCONN conn, HANDLE event, DWORD flags)
{
    DWORD handle = WIRE_ANY_CONNECTION, error;
    struct wire_msg msg;

    TRACE("conn %p, event %p, flags %#lx.\n", conn, event, flags);
    if (conn != INVALID_HANDLE_VALUE && !(handle = handle_value(conn))) return ERROR_INVALID_HANDLE;
    if (!event || event == INVALID_HANDLE_VALUE) return ERROR_INVALID_HANDLE;
    if (!flags || (flags & ~WATCH_FLAGS)) return ERROR_INVALID_PARAMETER;
    if (!add(handle, event, flags)) return ERROR_INVALID_HANDLE;
    fill_request(&msg, handle, flags);
    error = client_request(TRANSPORT_RUNNING, &msg, NULL, NULL);
    if (error == ERROR_SERVICE_NOT_ACTIVE)
    {
        if (handle == WIRE_ANY_CONNECTION) return ERROR_SUCCESS;
        error = ERROR_INVALID_HANDLE;
    }
    if (error)
    {
        AcquireSRWLockExclusive(&client_lock);
        drop(handle, event);
        ReleaseSRWLockExclusive(&client_lock);
    }
    return error;
}

DWORD WINAPI RasConnectionNotificationA(HRASCONN conn, HANDLE event, DWORD flags)
{
    return RasConnectionNotificationW(conn, event, flags);
}
