/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * watch.c - RasConnectionNotification.
 *
 * A watch of all connections lasts as long as the process, through the lives of any number of managers.
 * A program that merely starts to watch, as many do, starts no manager; a thread
 * of ours waits for one that another program starts, joins it, and hears what has happened since.
 */
#include "watch.h"

#include <stdlib.h>
#include <winternl.h>

#include "arrival.h"
#include "client.h"
#include "handles.h"

#define WATCH_FLAGS                                                                                                    \
    (RASCN_Connection | RASCN_Disconnection | RASCN_BandwidthAdded | RASCN_BandwidthRemoved | RASCN_Dormant |          \
     RASCN_ReConnection | RASCN_EPDGPacketArrival)

/* So many sessions that break one after the other, and we try no more until something changes. */
#define BROKEN_MAX 3

/* Guarded by client_lock. */
struct watch
{
    struct watch *next;
    DWORD id;       /* towards the manager */
    DWORD handle;   /* or WIRE_ANY_CONNECTION */
    DWORD flags;
    HANDLE caller;  /* the event as the program names it */
    HANDLE event;   /* a duplicate */
    bool pending;   /* its own call is still about to tell the manager */
    uint64_t since; /* number of the last change that it knows of */
    DWORD live;     /* connections that end when the manager is lost */
};

static struct watch *watches;
static HANDLE follower_wake;
static unsigned int broken;

static void fill_request(struct wire_msg *msg, const struct watch *watch)
{
    wire_init(msg, WIRE_watch, 0);
    msg->u.watch.id = watch->id;
    msg->u.watch.handle = watch->handle;
    msg->u.watch.flags = watch->flags;
    msg->u.watch.since = watch->since;
}

static struct watch *find(DWORD id)
{
    struct watch *watch;

    for (watch = watches; watch && watch->id != id; watch = watch->next) {}
    return watch;
}

static void drop(struct watch *watch)
{
    struct watch **link;

    for (link = &watches; *link != watch; link = &(*link)->next) {}
    *link = watch->next;
    CloseHandle(watch->event);
    free(watch);
}

static void signal(const struct watch *watch, DWORD flags)
{
    if (watch->flags & flags) SetEvent(watch->event);
}

/* ---- what the manager tells --------------------------------------------------------- */

void watch_change(const struct wire_change *change)
{
    struct watch *watch = find(change->id);

    if (!watch || watch->pending) return;
    watch->since = change->number;
    signal(watch, change->flags);
    if (watch->handle == WIRE_ANY_CONNECTION)
        watch->live = change->connections;
    else if (change->flags & RASCN_Disconnection)
        drop(watch);
}

/* Its connections have ended without a word. */
static void end_live(struct watch *watch)
{
    if (watch->live) signal(watch, RASCN_Disconnection);
    watch->live = 0;
}

static void begin(struct watch *watch, const struct wire_watching *watching)
{
    watch->pending = false;
    watch->since = watching->number;
    watch->live = watching->connections;
    signal(watch, watching->flags);
}

void watch_told(const struct wire_watching *watching)
{
    struct watch *watch = find(watching->id);

    /* The call of one that is pending takes its answer itself; this is about one that was replaced. */
    if (!watch || watch->pending) return;
    /* It is another manager's. */
    if (watching->error || watch->since < watching->begun) end_live(watch);
    if (watching->error)
        drop(watch);
    else
        begin(watch, watching);
}

static void tell(const struct watch *watch)
{
    struct wire_msg msg;

    fill_request(&msg, watch);
    client_tell(&msg);
}

void watch_session_open(void)
{
    struct watch *watch;

    for (watch = watches; watch; watch = watch->next)
        if (!watch->pending) tell(watch);
}

static void manager_is_gone(void)
{
    struct watch *watch, *next;

    for (watch = watches; watch; watch = next)
    {
        next = watch->next;
        if (watch->pending) continue;
        end_live(watch);
        if (watch->handle != WIRE_ANY_CONNECTION) drop(watch);
    }
}

void watch_session_over(bool left)
{
    if (left)
        manager_is_gone();
    else
        broken++;
    if (follower_wake) SetEvent(follower_wake);
}

/* ---- the thread that waits for managers ------------------------------------------------ */

/* Wait until there is a watch: without one nobody shall join a manager. */
static void wait_for_watch(void)
{
    bool any;

    for (;;)
    {
        AcquireSRWLockExclusive(&client_lock);
        any = watches != NULL;
        ReleaseSRWLockExclusive(&client_lock);
        if (any) return;
        arrival_disarm();
        WaitForSingleObject(follower_wake, INFINITE);
    }
}

/* Join the manager that runs.  When none does, those who watch learn it. */
static bool follow(void)
{
    bool joined, tired;

    AcquireSRWLockExclusive(&client_lock);
    tired = broken >= BROKEN_MAX;
    ReleaseSRWLockExclusive(&client_lock);
    joined = !tired && transport_manager_runs() && !client_attach();
    AcquireSRWLockExclusive(&client_lock);
    joined = joined || client_is_open();
    if (!joined) manager_is_gone();
    ReleaseSRWLockExclusive(&client_lock);
    return joined;
}

static DWORD WINAPI follower(void *context)
{
    (void)context;
    for (;;)
    {
        wait_for_watch();
        arrival_arm();
        if (follow())
        {
            arrival_disarm();
            WaitForSingleObject(follower_wake, INFINITE);
        }
        else if (arrival_wait(follower_wake))
        {
            AcquireSRWLockExclusive(&client_lock);
            broken = 0;
            ReleaseSRWLockExclusive(&client_lock);
        }
    }
    return 0;
}

/* With client_lock held. */
static bool start_follower(void)
{
    HANDLE thread;
    HMODULE self;

    if (follower_wake) return true;
    if (!(follower_wake = CreateEventW(NULL, FALSE, FALSE, NULL))) return false;
    if ((thread = CreateThread(NULL, 0, follower, NULL, 0, NULL)))
    {
        /* It runs in this DLL until the process ends. */
        GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                           (const WCHAR *)follower, &self);
        CloseHandle(thread);
        return true;
    }
    CloseHandle(follower_wake);
    follower_wake = NULL;
    return false;
}

/* ---- what the program wants ----------------------------------------------------------- */

/* A duplicate of the program's event, NULL: it is none. */
static HANDLE duplicate_event(HANDLE caller)
{
    struct
    {
        UNICODE_STRING name;
        char rest[512];
    } type;
    HANDLE event;

    if (!DuplicateHandle(GetCurrentProcess(), caller, GetCurrentProcess(), &event, EVENT_MODIFY_STATE, FALSE, 0))
        return NULL;
    if (!NtQueryObject(event, ObjectTypeInformation, &type, sizeof(type), NULL) &&
        (type.name.Length != 5 * sizeof(WCHAR) || wcsncmp(type.name.Buffer, L"Event", 5)))
    {
        CloseHandle(event);
        return NULL;
    }
    return event;
}

/* Nobody has it any more but we? */
static bool is_forgotten(HANDLE event)
{
    PUBLIC_OBJECT_BASIC_INFORMATION info;

    return !NtQueryObject(event, ObjectBasicInformation, &info, sizeof(info), NULL) && info.HandleCount == 1;
}

/* The same event for the same connection is a replacement. */
static void make_room(DWORD handle, HANDLE caller)
{
    struct watch *watch, *next;

    for (watch = watches; watch; watch = next)
    {
        next = watch->next;
        if (watch->pending) continue;
        if ((watch->handle == handle && watch->caller == caller) || is_forgotten(watch->event)) drop(watch);
    }
}

/* Register before the manager is asked, so that no change is missed. */
static DWORD add(DWORD handle, HANDLE caller, DWORD flags, struct wire_msg *msg)
{
    struct watch *watch;

    if (!(watch = calloc(1, sizeof(*watch)))) return ERROR_NOT_ENOUGH_MEMORY;
    watch->handle = handle;
    watch->flags = flags;
    watch->caller = caller;
    watch->pending = true;
    watch->since = WIRE_WATCH_FROM_NOW;
    if (!(watch->event = duplicate_event(caller)))
    {
        free(watch);
        return ERROR_INVALID_HANDLE;
    }
    AcquireSRWLockExclusive(&client_lock);
    if (!start_follower())
    {
        ReleaseSRWLockExclusive(&client_lock);
        CloseHandle(watch->event);
        free(watch);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    make_room(handle, caller);
    if (!watches) SetEvent(follower_wake);
    while (find(watch->id)) watch->id++;
    watch->next = watches;
    watches = watch;
    fill_request(msg, watch);
    ReleaseSRWLockExclusive(&client_lock);
    return ERROR_SUCCESS;
}

static void take_watching(const struct wire_msg *answer, void *context)
{
    const struct wire_watching *watching = &answer->u.watching;
    struct watch *watch;

    if (answer->type != WIRE_watching) return;
    *(DWORD *)context = watching->error;
    if (!watching->error && (watch = find(watching->id))) begin(watch, watching);
}

/* There was no manager when the program asked: all that the next one does is news.  It may have come
 * meanwhile. */
static void settle(DWORD id)
{
    struct watch *watch;

    AcquireSRWLockExclusive(&client_lock);
    if ((watch = find(id)))
    {
        watch->pending = false;
        watch->since = 0;
        if (client_is_open()) tell(watch);
    }
    ReleaseSRWLockExclusive(&client_lock);
}

static void remove_watch(DWORD id)
{
    struct watch *watch;

    AcquireSRWLockExclusive(&client_lock);
    if ((watch = find(id))) drop(watch);
    ReleaseSRWLockExclusive(&client_lock);
}

DWORD WINAPI RasConnectionNotificationW(HRASCONN conn, HANDLE event, DWORD flags)
{
    DWORD handle = WIRE_ANY_CONNECTION, error, answered = ERROR_SERVICE_NOT_ACTIVE, id;
    struct wire_msg msg;

    TRACE("conn %p, event %p, flags %#lx.\n", conn, event, flags);
    if (conn != INVALID_HANDLE_VALUE && !(handle = handle_value(conn))) return ERROR_INVALID_HANDLE;
    if (!event || event == INVALID_HANDLE_VALUE) return ERROR_INVALID_HANDLE;
    if (!flags || (flags & ~WATCH_FLAGS)) return ERROR_INVALID_PARAMETER;
    if ((error = add(handle, event, flags, &msg))) return error;
    id = msg.u.watch.id;
    if (!(error = client_request(TRANSPORT_RUNNING, &msg, take_watching, &answered))) error = answered;
    if (error == ERROR_SERVICE_NOT_ACTIVE && handle == WIRE_ANY_CONNECTION)
    {
        settle(id);
        return ERROR_SUCCESS;
    }
    if (error) remove_watch(id);
    return error == ERROR_SERVICE_NOT_ACTIVE ? ERROR_INVALID_HANDLE : error;
}

DWORD WINAPI RasConnectionNotificationA(HRASCONN conn, HANDLE event, DWORD flags)
{
    return RasConnectionNotificationW(conn, event, flags);
}
