/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial.c - RasDial: the call, and the thread that calls the program's handler.
 *
 * An asynchronous dial has a worker thread, which lives until the last notice has
 * been handled; a synchronous one waits in the call itself.  Either way the
 * manager does the dialling, and waits with its next step until the handler has
 * returned (notice_done).
 *
 * The script of an entry runs by itself, on the worker, after the handler of
 * RASCS_Interactive has returned.  When it succeeds the dial goes on as if the program had
 * resumed it, for so RasDial is documented for custom script DLLs, and a program that
 * knows nothing of scripts can't wait for one.  When it fails the dial fails.  A program
 * that resumes earlier ends the script; an entry that has a terminal as well leaves the
 * resume to the program.
 */
#include "dial.h"

#include <stdlib.h>

#include "client.h"
#include "custom.h"
#include "dial_entry.h"
#include "handles.h"
#include "notify.h"

/* One notice is under way at a time, besides the news that the dial is over. */
#define NOTICES_MAX 8

/* Guarded by client_lock.  Freed by the worker, or by RasDial when there is none. */
struct dial
{
    struct dial *next;
    DWORD handle;
    DWORD error;         /* of the answer to the dial */
    struct notifier notifier;
    struct dial_later later;
    CONDITION_VARIABLE changed;
    bool existing;       /* the answer: the connection was up already */
    bool started;        /* RasDial has stored the handle: notices may begin */
    bool dropped;        /* RasDial has failed: there will be no notices */
    bool over;           /* the last notice is in the queue, or was */
    bool muted;          /* the program wants no further notice */
    bool hung_up;        /* RasHangUp inside the handler */
    bool lost;           /* the manager is gone */
    DWORD handler_caller; /* thread that is calling the handler, or 0 */
    DWORD last_state;
    RASDIALPARAMSW used;     /* what the server is given, for dial_store_used() */
    bool resuming;           /* a resume is under way: used has its answer */
    struct dial_login login; /* for dialogs */
    bool has_login;          /* the user has answered one */
    bool changes_password;   /* to this one, when the server agrees */
    WCHAR new_password[PWLEN + 1];
    unsigned int queue_len;
    struct wire_notice queue[NOTICES_MAX];
};

static struct dial *dials;

/* With client_lock held. */
static struct dial *find_dial(DWORD handle)
{
    struct dial *dial;

    for (dial = dials; dial && (dial->handle != handle || dial->over); dial = dial->next) {}
    return dial;
}

static void free_dial(struct dial *dial)
{
    dial_later_free(&dial->later);
    wire_wipe_memory(dial, sizeof(*dial));
    free(dial);
}

static void unlink_dial(struct dial *dial)
{
    struct dial **link;

    for (link = &dials; *link; link = &(*link)->next)
    {
        if (*link != dial) continue;
        *link = dial->next;
        break;
    }
}

static void queue_notice(struct dial *dial, const struct wire_notice *notice)
{
    /* A synchronous dial is interested in the end alone, and nobody else fills the
     * queue but a manager that does not wait for the handler. */
    if (!dial->notifier.target || dial->queue_len == NOTICES_MAX) dial->queue_len = 0;
    dial->queue[dial->queue_len++] = *notice;
    dial->last_state = notice->state;
    dial->resuming = false;
    if (notice->flags & WIRE_NOTICE_LAST) dial->over = true;
    WakeAllConditionVariable(&dial->changed);
}

static struct wire_notice next_notice(struct dial *dial)
{
    struct wire_notice notice = dial->queue[0];

    dial->queue_len--;
    memmove(dial->queue, dial->queue + 1, dial->queue_len * sizeof(*dial->queue));
    return notice;
}

void dial_notice(const struct wire_notice *notice)
{
    struct dial *dial;

    for (dial = dials; dial; dial = dial->next)
    {
        if (dial->handle != notice->handle || dial->over) continue;
        queue_notice(dial, notice);
        return;
    }
}

void dial_session_lost(void)
{
    struct wire_notice notice = {.flags = WIRE_NOTICE_LAST, .error = ERROR_DISCONNECTION, .sub_entry = 1};
    struct dial *dial;

    for (dial = dials; dial; dial = dial->next)
    {
        if (dial->over) continue;
        handle_set_lost(dial->handle, notice.error);
        dial->lost = true;
        notice.handle = dial->handle;
        notice.state = dial->last_state;
        queue_notice(dial, &notice);
    }
}

bool dial_hangup_in_handler(DWORD handle)
{
    struct dial *dial;
    bool inside = false;

    AcquireSRWLockExclusive(&client_lock);
    for (dial = dials; dial && !inside; dial = dial->next)
    {
        if (dial->handle != handle || !notifier_runs_here(&dial->notifier, dial->handler_caller)) continue;
        /* The last notice is not acknowledged, so nothing can be put off until then. */
        if (dial->over) continue;
        inside = true;
        dial->hung_up = true;
    }
    ReleaseSRWLockExclusive(&client_lock);
    return inside;
}

static bool in_handler(DWORD handle)
{
    struct dial *dial;
    bool inside = false;

    AcquireSRWLockExclusive(&client_lock);
    for (dial = dials; dial && !inside; dial = dial->next)
        inside = dial->handle == handle && notifier_runs_here(&dial->notifier, dial->handler_caller);
    ReleaseSRWLockExclusive(&client_lock);
    return inside;
}

/* Call the handler; with client_lock held, which is let go meanwhile. */
static void handle_notice(struct dial *dial, const struct wire_notice *notice)
{
    bool go_on;

    dial->handler_caller = GetCurrentThreadId();
    ReleaseSRWLockExclusive(&client_lock);
    go_on = notifier_call(&dial->notifier, notice);
    AcquireSRWLockExclusive(&client_lock);
    dial->handler_caller = 0;
    if (!go_on) dial->muted = true;
}

/* With client_lock held. */
static void acknowledge(const struct wire_notice *notice)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_notice_done, 0);
    msg.u.notice_done.handle = notice->handle;
    msg.u.notice_done.sequence = notice->sequence;
    client_tell(&msg);
}

/* With client_lock held, which is let go meanwhile. */
static void run_script(struct dial *dial)
{
    struct script_plan *plan = script_plan_copy(dial->later.script);

    if (!plan) return; /* the program may still resume */
    ReleaseSRWLockExclusive(&client_lock);
    script_run(dial->handle, plan);
    script_plan_free(plan);
    AcquireSRWLockExclusive(&client_lock);
}

/* The server has taken a new password: the network protocols come next.  The stored one would
 * be of no use any more.  With client_lock held, which is let go meanwhile. */
static void store_new_password(struct dial *dial)
{
    dial->changes_password = false;
    ReleaseSRWLockExclusive(&client_lock);
    credstore_replace_password(&dial->later.key, dial->new_password);
    wire_wipe_memory(dial->new_password, sizeof(dial->new_password));
    AcquireSRWLockExclusive(&client_lock);
}

/* What the entry learns of a success, before the program hears of it.  With client_lock held,
 * which is let go meanwhile. */
static void store_used(struct dial *dial, const struct wire_notice *notice)
{
    if (notice->state != RASCS_Connected || notice->error) return;
    ReleaseSRWLockExclusive(&client_lock);
    dial_store_used(&dial->later.key, &dial->used);
    if (dial->later.promotion) dial_promotion_run(dial->handle, dial->later.promotion);
    AcquireSRWLockExclusive(&client_lock);
}

static DWORD WINAPI worker(void *context)
{
    struct dial *dial = context;
    struct wire_notice notice;
    bool last = false;

    AcquireSRWLockExclusive(&client_lock);
    while (!last)
    {
        while (!dial->dropped && !(dial->started && dial->queue_len))
            SleepConditionVariableSRW(&dial->changed, &client_lock, INFINITE, 0);
        if (dial->dropped) break;
        notice = next_notice(dial);
        if (dial->changes_password && notice.state == RASCS_AuthProject && !notice.error) store_new_password(dial);
        store_used(dial, &notice);
        if (!dial->muted) handle_notice(dial, &notice);
        last = (notice.flags & WIRE_NOTICE_LAST) || dial->hung_up;
        if (!(notice.flags & WIRE_NOTICE_LAST) && !dial->lost) acknowledge(&notice);
        if ((notice.flags & WIRE_NOTICE_SCRIPT) && !last && dial->later.script) run_script(dial);
    }
    unlink_dial(dial);
    ReleaseSRWLockExclusive(&client_lock);
    free_dial(dial);
    return 0;
}

/* Wait for the end of a synchronous dial.  Its result. */
static DWORD wait_for_end(struct dial *dial)
{
    struct wire_notice notice = {0};
    DWORD error;

    AcquireSRWLockExclusive(&client_lock);
    while (!(notice.flags & WIRE_NOTICE_LAST))
    {
        while (!dial->queue_len) SleepConditionVariableSRW(&dial->changed, &client_lock, INFINITE, 0);
        notice = next_notice(dial);
        TRACE("Handle %#x: %s, %s.\n", notice.handle, ras_state_name(notice.state), debugstr_error(notice.error));
    }
    store_used(dial, &notice);
    unlink_dial(dial);
    ReleaseSRWLockExclusive(&client_lock);
    error = notice.error;
    if (!error && notice.state != RASCS_Connected) error = ERROR_USER_DISCONNECTION; /* RasHangUp elsewhere */
    return error;
}

/* The answer to the dial; notices come after it. */
static void take_dialing(const struct wire_msg *answer, void *context)
{
    struct dial *dial = context;

    if (answer->type != WIRE_dialing) return;
    dial->error = answer->u.dialing.error;
    dial->handle = answer->u.dialing.handle;
    handle_set_dialed(dial->handle);
    /* Nobody has looked at the password, nor dialled a number. */
    dial->existing = answer->u.dialing.flags & WIRE_DIALING_EXISTING;
    if (dial->existing) dial_later_free(&dial->later);
    if (dial->error || !dial->handle) return;
    dial->next = dials;
    dials = dial;
}

static bool start_worker(struct dial *dial)
{
    HANDLE thread = CreateThread(NULL, 0, worker, dial, 0, NULL);

    if (!thread) return false;
    CloseHandle(thread);
    return true;
}

/* Let the worker begin, or end when the dial came to nothing. */
static void release_worker(struct dial *dial, bool begin)
{
    AcquireSRWLockExclusive(&client_lock);
    dial->started = begin;
    dial->dropped = !begin;
    WakeAllConditionVariable(&dial->changed);
    ReleaseSRWLockExclusive(&client_lock);
}

/* The links after the first, that the dial waits for. */
struct further_links
{
    unsigned int count;
    struct wire_msg *messages;
};

static DWORD fill_links(struct further_links *links, const RASDIALEXTENSIONS *ext, struct dial_entry *entry,
                        const RASDIALPARAMSW *params)
{
    unsigned int count = dial_entry_links(entry), first = entry->link, i;
    DWORD error = ERROR_SUCCESS;

    if (count < 2) return ERROR_SUCCESS;
    if (!(links->messages = calloc(count, sizeof(*links->messages)))) return ERROR_NOT_ENOUGH_MEMORY;
    for (i = 1; i < count && !error; i++)
    {
        struct wire_msg *message = &links->messages[links->count++];

        wire_init(message, WIRE_dial_link, 0);
        if (!(error = dial_entry_take_link(entry, (first + i) % count)))
            error = dial_fill_link(&message->u.dial_link, ext, entry, params);
    }
    return error;
}

static DWORD send_links(struct further_links *links, DWORD handle)
{
    struct wire_msg hangup;
    DWORD error = ERROR_SUCCESS;
    unsigned int i;

    for (i = 0; i < links->count && !error; i++)
    {
        links->messages[i].u.dial_link.handle = handle;
        error = client_request(TRANSPORT_RUNNING, &links->messages[i], NULL, NULL);
    }
    if (!error) return ERROR_SUCCESS;
    wire_init(&hangup, WIRE_hangup, 0);
    hangup.u.hangup.handle = handle;
    client_request(TRANSPORT_RUNNING, &hangup, NULL, NULL);
    return error;
}

/* Start a new connection and, when synchronous, wait for it.  Takes what later has. */
static DWORD dial_new(struct wire_msg *request, struct further_links *links, const RASDIALPARAMSW *params,
                      struct dial_later *later, const struct notifier *notifier, HRASCONN *conn)
{
    bool synchronous = !notifier->target;
    struct dial *dial;
    DWORD error;

    if (!(dial = calloc(1, sizeof(*dial))))
    {
        dial_later_free(later);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    dial->later = *later;
    dial->notifier = *notifier;
    dial->used = *params;
    if (request->u.dial.options & WIRE_DIAL_GLOBAL_CREDS) dial->used.szUserName[0] = 0;
    MultiByteToWideChar(CP_UTF8, 0, request->u.dial.entry, -1, dial->login.entry, ARRAYSIZE(dial->login.entry));
    MultiByteToWideChar(CP_UTF8, 0, request->u.dial.user, -1, dial->login.user, ARRAYSIZE(dial->login.user));
    dial->error = ERROR_RASMAN_CANNOT_INITIALIZE;
    InitializeConditionVariable(&dial->changed);
    if (!synchronous && !start_worker(dial))
    {
        free_dial(dial);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    error = client_request(TRANSPORT_START, request, take_dialing, dial);
    if (error == ERROR_SERVICE_NOT_ACTIVE) error = ERROR_RASMAN_CANNOT_INITIALIZE;
    if (!error) error = dial->error;
    if (!error && !dial->existing) error = send_links(links, dial->handle);
    *conn = (HRASCONN)(ULONG_PTR)dial->handle;
    if (!synchronous)
    {
        release_worker(dial, !error);
        return error;
    }
    if (!error) error = wait_for_end(dial);
    free_dial(dial);
    return error;
}

bool dial_get_login(DWORD handle, DWORD state, struct dial_login *login)
{
    struct dial *dial;

    AcquireSRWLockExclusive(&client_lock);
    if ((dial = find_dial(handle)) && dial->last_state == state)
        *login = dial->login;
    else
        dial = NULL;
    ReleaseSRWLockExclusive(&client_lock);
    return dial != NULL;
}

bool dial_set_login(DWORD handle, DWORD state, const struct dial_login *login)
{
    struct dial *dial;

    AcquireSRWLockExclusive(&client_lock);
    if ((dial = find_dial(handle)) && dial->last_state == state)
    {
        dial->login = *login;
        dial->has_login = true;
    }
    else
        dial = NULL;
    ReleaseSRWLockExclusive(&client_lock);
    return dial != NULL;
}

/* What a dialog of ours has asked for goes before what the program gives: the documentation
 * wants the values of the first call there. */
static void take_login(DWORD handle, RASDIALPARAMSW *params, struct credstore_key *key)
{
    struct dial *dial;

    memset(key, 0, sizeof(*key));
    AcquireSRWLockExclusive(&client_lock);
    if ((dial = find_dial(handle)))
    {
        *key = dial->later.key;
        if (dial->has_login)
        {
            wcscpy(params->szUserName, dial->login.user);
            wcscpy(params->szPassword, dial->login.password);
            wire_wipe_memory(dial->login.password, sizeof(dial->login.password));
            dial->has_login = false;
        }
    }
    ReleaseSRWLockExclusive(&client_lock);
}

static void remember_login(DWORD handle, const RASDIALPARAMSW *params)
{
    struct dial *dial;

    AcquireSRWLockExclusive(&client_lock);
    for (dial = dials; dial; dial = dial->next)
    {
        if (dial->handle != handle || !dial->later.script) continue;
        memcpy(dial->later.script->params.szUserName, params->szUserName, sizeof(params->szUserName));
        memcpy(dial->later.script->params.szPassword, params->szPassword, sizeof(params->szPassword));
        memcpy(dial->later.script->params.szDomain, params->szDomain, sizeof(params->szDomain));
    }
    ReleaseSRWLockExclusive(&client_lock);
}

/* What the manager makes of the answer in the state that asked. */
static void take_answer(struct dial *dial, const RASDIALPARAMSW *params)
{
    RASDIALPARAMSW *used = &dial->used;

    if (dial->last_state == RASCS_CallbackSetByCaller)
    {
        memcpy(used->szCallbackNumber, params->szCallbackNumber, sizeof(used->szCallbackNumber));
        return;
    }
    if (dial->last_state == RASCS_Interactive && !params->szUserName[0] && !params->szPassword[0]) return;
    if (dial->last_state != RASCS_PasswordExpired)
    {
        memcpy(used->szUserName, params->szUserName, sizeof(used->szUserName));
        memcpy(used->szDomain, params->szDomain, sizeof(used->szDomain));
    }
    memcpy(used->szPassword, params->szPassword, sizeof(used->szPassword));
}

/* Before the resume, as the notices may be quicker than its answer.  Of several at a time the
 * manager takes the first. */
static bool begin_resume(DWORD handle, const RASDIALPARAMSW *params, RASDIALPARAMSW *before)
{
    struct dial *dial;
    bool begun;

    AcquireSRWLockExclusive(&client_lock);
    if ((begun = (dial = find_dial(handle)) && !dial->resuming))
    {
        *before = dial->used;
        dial->resuming = true;
        take_answer(dial, params);
    }
    ReleaseSRWLockExclusive(&client_lock);
    return begun;
}

static void undo_resume(DWORD handle, const RASDIALPARAMSW *before)
{
    struct dial *dial;

    AcquireSRWLockExclusive(&client_lock);
    if ((dial = find_dial(handle)))
    {
        dial->used = *before;
        dial->resuming = false;
    }
    ReleaseSRWLockExclusive(&client_lock);
}

DWORD dial_resume_with(DWORD handle, const RASDIALPARAMSW *params)
{
    RASDIALPARAMSW before = {0};
    struct wire_msg msg;
    bool begun = begin_resume(handle, params, &before);
    DWORD error;

    wire_init(&msg, WIRE_resume, 0);
    msg.u.resume.handle = handle;
    if (in_handler(handle)) msg.u.resume.flags = WIRE_RESUME_IN_HANDLER;
    DIAL_FILL_CREDENTIALS(&msg.u.resume, params);
    if (!(error = client_request(TRANSPORT_RUNNING, &msg, NULL, NULL)) && params->szUserName[0])
        remember_login(handle, params);
    if (error && begun) undo_resume(handle, &before);
    wire_wipe_memory(&before, sizeof(before));
    return error == ERROR_SERVICE_NOT_ACTIVE ? ERROR_INVALID_HANDLE : error;
}

/* Before the resume, as the notices may be quicker than its answer. */
static void remember_new_password(DWORD handle, const RASDIALPARAMSW *params)
{
    struct dial *dial;

    AcquireSRWLockExclusive(&client_lock);
    if ((dial = find_dial(handle)) && dial->last_state == RASCS_PasswordExpired)
    {
        wcscpy(dial->new_password, params->szPassword);
        dial->changes_password = true;
    }
    ReleaseSRWLockExclusive(&client_lock);
}

/* RasDial with the handle of a paused connection.  The first handler stays. */
static DWORD dial_resume(HRASCONN conn, RASDIALPARAMSW *params)
{
    DWORD handle = handle_value(conn);
    struct credstore_key key;

    if (!handle || handle_is_link(conn)) return ERROR_INVALID_HANDLE;
    /* It stays paused: the user can be asked again. */
    if (!dial_is_callback_number(params->szCallbackNumber, ARRAYSIZE(params->szCallbackNumber)))
        return ERROR_INVALID_CALLBACK_NUMBER;
    take_login(handle, params, &key);
    dial_take_stored(params, &key, false);
    remember_new_password(handle, params);
    return dial_resume_with(handle, params);
}

/* Not documented: for a change of an expired password, what it was.  Of use to a program that
 * did not dial with it.  The name has no A or W, as those that take WCHAR alone. */
DWORD WINAPI RasSetOldPassword(HRASCONN conn, const WCHAR *password);
DWORD WINAPI RasSetOldPassword(HRASCONN conn, const WCHAR *password)
{
    DWORD handle = handle_value(conn), error;
    struct wire_msg msg;

    TRACE("conn %p, password %s.\n", conn, password ? "***" : "(null)");
    if (!handle) return ERROR_INVALID_HANDLE;
    if (!password) return ERROR_INVALID_PARAMETER;
    wire_init(&msg, WIRE_old_password, 0);
    msg.u.old_password.handle = handle;
    if (!dial_set_text(msg.u.old_password.password, sizeof(msg.u.old_password.password), password, PWLEN + 1))
        return ERROR_INVALID_PARAMETER;
    error = client_request(TRANSPORT_RUNNING, &msg, NULL, NULL);
    return error == ERROR_SERVICE_NOT_ACTIVE ? ERROR_INVALID_HANDLE : error;
}

/* RasDial of the entry, with structures of the newest edition. */
static DWORD dial_here(const RASDIALEXTENSIONS *ext, struct dial_entry *entry, RASDIALPARAMSW *params,
                       const struct notifier *notifier, HRASCONN *conn)
{
    struct dial_later later = {{{0}}};
    struct further_links links = {0};
    struct wire_msg request;
    DWORD error;

    if ((error = dial_entry_choose_link(entry, params->dwSubEntry))) return error;
    wire_init(&request, WIRE_dial, 0);
    if (!(error = dial_fill_request(&request.u.dial, ext, entry, params, !notifier->target, &later)) &&
        !(error = fill_links(&links, ext, entry, params)))
        error = dial_new(&request, &links, params, &later, notifier, conn);
    else
        dial_later_free(&later);
    free(links.messages);
    wire_wipe(&request);
    return error;
}

/* RasDial; ext and params are call's in their newest edition. */
static DWORD dial(struct custom_call *call, const RASDIALEXTENSIONS *ext, RASDIALPARAMSW *params)
{
    struct notifier notifier = {.type = call->notifier_type, .target = call->notifier,
                                .callback_id = params->dwCallbackId};
    bool is_dialer = ext->dwfOptions & RDEOPT_CustomDial;
    struct dial_entry entry;
    DWORD error;

    if (notifier.target && !notifier_type_is_valid(notifier.type)) return ERROR_INVALID_PARAMETER;
    if (*call->conn && !is_dialer && custom_resume(call, &error)) return error;
    if (*call->conn) return dial_resume(*call->conn, params);
    if ((error = dial_entry_find(call->phonebook, params->szEntryName, &entry))) return error;
    if (entry.properties.szCustomDialDll[0] && !is_dialer)
    {
        call->flags = custom_flags(&entry.properties, entry.record->all_users);
        if (ext->dwfOptions & RDEOPT_NoUser) call->flags |= RCD_Logon;
        error = custom_dial(entry.properties.szCustomDialDll, call);
    }
    else
        error = dial_here(ext, &entry, params, &notifier, call->conn);
    dial_entry_free(&entry);
    return error;
}

DWORD WINAPI RasDialW(LPRASDIALEXTENSIONS ext, LPCWSTR phonebook, LPRASDIALPARAMSW params, DWORD notifier_type,
                      LPVOID notifier, LPHRASCONN conn)
{
    struct custom_call call = {ext, phonebook, params, notifier_type, notifier, conn, 0};
    RASDIALEXTENSIONS newest_ext = {0};
    RASDIALPARAMSW newest;
    DWORD error;

    TRACE("ext %p, phonebook %s, params %p, type %#lx, notifier %p, conn %p.\n", ext, debugstr_w(phonebook), params,
          notifier_type, notifier, conn);
    if (!conn || !params) return ERROR_INVALID_PARAMETER;
    if ((error = version_enter(VERSION_RASDIALPARAMSW, params, &newest))) return error;
    aw_end_texts(&aw_rasdialparams, &newest);
    if (!ext || !(error = version_enter(VERSION_RASDIALEXTENSIONS, ext, &newest_ext)))
    {
        TRACE("Entry %s, number %s, user %s, domain %s, handle %p.\n", debugstr_w(newest.szEntryName),
              debugstr_w(newest.szPhoneNumber), debugstr_w(newest.szUserName), debugstr_w(newest.szDomain), *conn);
        error = dial(&call, &newest_ext, &newest);
    }
    wire_wipe_memory(&newest, sizeof(newest));
    TRACE("Handle %p, %s.\n", *conn, debugstr_error(error));
    return error;
}

DWORD WINAPI RasDialA(LPRASDIALEXTENSIONS ext, LPCSTR phonebook, LPRASDIALPARAMSA params, DWORD notifier_type,
                      LPVOID notifier, LPHRASCONN conn)
{
    WCHAR *phonebook_w = NULL;
    RASDIALPARAMSA newest;
    RASDIALPARAMSW wide;
    DWORD error;

    if (!conn || !params) return ERROR_INVALID_PARAMETER;
    if ((error = version_enter(VERSION_RASDIALPARAMSA, params, &newest))) return error;
    aw_to_w(&aw_rasdialparams, &newest, &wide);
    if (aw_dup(phonebook, &phonebook_w))
        error = RasDialW(ext, phonebook_w, &wide, notifier_type, notifier, conn);
    else
        error = ERROR_NOT_ENOUGH_MEMORY;
    aw_free(phonebook_w);
    wire_wipe_memory(&newest, sizeof(newest));
    wire_wipe_memory(&wide, sizeof(wide));
    return error;
}
