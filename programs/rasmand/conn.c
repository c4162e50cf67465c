/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn.c - the connections as objects: handles, who holds them, what can be asked
 * of them.  What happens to them is decided in conn_fsm.c.
 */
#include "client.h"
#include "errors.h"
#include "hash.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#define RECENT_MAX CONN_MAX
#define TABLE_SIZE (2 * CONN_MAX)

LIST_HEAD(conn_list, conn);
static struct conn_list conns = LIST_HEAD_INITIALIZER(conns);
static unsigned int conns_count;

/* No dial and no request may take longer because many connections are up.  A handle has its
 * place to itself: new_handle() gives none whose place is taken. */
static struct conn *by_handle[TABLE_SIZE];
static struct conn_list by_entry[TABLE_SIZE];

/* Handles of connections that are over: they answer otherwise than one that was
 * never given. */
static uint32_t recent[RECENT_MAX];
static unsigned int recent_next;

uint64_t conn_clock_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_BOOTTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Small and positive for 32-bit programs, and not soon again: a new manager begins
 * where the old one can't have come to, 62 dials a second. */
static uint32_t new_handle(void)
{
    static uint32_t next;

    if (!next) next = (uint32_t)(conn_clock_ms() / 16) & 0x3fffffff;
    do
        next = (next + 1) & 0x3fffffff;
    while (!next || by_handle[next % TABLE_SIZE]);
    return next;
}

/* ---- looking up -------------------------------------------------------------- */

struct conn *conn_first(void)
{
    return LIST_FIRST(&conns);
}

bool conn_any_alive(void)
{
    const struct conn *c;

    LIST_FOREACH(c, &conns, all)
        if (!conn_states[c->state].final) return true;
    return false;
}

struct conn *conn_find_notified(uint32_t handle)
{
    struct conn *c = by_handle[handle % TABLE_SIZE];

    return c && c->handle == handle ? c : NULL;
}

struct conn *conn_find(uint32_t handle)
{
    struct conn *c = conn_find_notified(handle);

    return c && !conn_states[c->state].final ? c : NULL;
}

bool conn_was_known(uint32_t handle)
{
    unsigned int i;

    for (i = 0; i < RECENT_MAX; i++)
        if (handle && recent[i] == handle) return true;
    return false;
}

static struct conn_holder *find_holder(const struct conn *c, const struct client *client)
{
    struct conn_holder *holder;

    LIST_FOREACH(holder, &c->holders, of_conn)
        if (holder->client == client) return holder;
    return NULL;
}

/* Where connections of this entry begin. */
static struct conn_list *entry_place(const char *entry, const char *phonebook)
{
    return &by_entry[hash_name(hash_name(HASH_BEGIN, phonebook), entry) % TABLE_SIZE];
}

static unsigned int held_refs(const struct conn *c)
{
    struct conn_holder *holder;
    unsigned int refs = 0;

    LIST_FOREACH(holder, &c->holders, of_conn) refs += holder->refs;
    return refs;
}

/* ---- life ---------------------------------------------------------------------- */

static void link_conn(struct conn *c)
{
    LIST_INSERT_HEAD(&conns, c, all);
    conns_count++;
}

static void unlink_conn(struct conn *c)
{
    LIST_REMOVE(c, all);
    conns_count--;
    if (c->handle) by_handle[c->handle % TABLE_SIZE] = NULL;
    if (c->has_place) LIST_REMOVE(c, of_place);
}

static void free_holder(struct conn_holder *holder)
{
    LIST_REMOVE(holder, of_conn);
    LIST_REMOVE(holder, of_client);
    free(holder);
}

static void conn_destroy(struct conn *c)
{
    unlink_conn(c);
    while (!LIST_EMPTY(&c->holders)) free_holder(LIST_FIRST(&c->holders));
    if (c->bundle) bundle_forget(c);
    if (c->links) bundle_free(c);
    if (c->terminal) terminal_end(c);
    if (c->run) event_free(c->run);
    if (c->timer) event_free(c->timer);
    if (c->redial) event_free(c->redial);
    wire_wipe_memory(&c->dial, sizeof(c->dial));
    wire_wipe_memory(c->old_password, sizeof(c->old_password));
    free(c);
    control_life_check();
}

static void conn_run(evutil_socket_t fd, short what, void *context)
{
    struct conn *c = context;
    struct conn_queued next;

    (void)fd;
    (void)what;
    while (!conn_states[c->state].final && conn_queue_next(c, &next))
    {
        conn_event(c, next.event, next.error);
        if (conn_states[c->state].final)
        {
            control_life_check();
            recent[recent_next++ % RECENT_MAX] = c->handle;
            log_info(c->handle, "closed");
        }
    }
    if (conn_states[c->state].final)
    {
        c->queue_len = 0;
        if (!c->client || !c->notices_len) conn_destroy(c);
        return;
    }
    if (c->overflow)
    {
        /* EV_DIAL is expected of nobody any more: the link is closed. */
        c->overflow = false;
        conn_event(c, EV_DIAL, 0);
    }
    if (!c->queue_len && !c->outstanding && c->link && c->link->idle) c->link->idle(c);
}

static void conn_timeout(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    conn_post(context, EV_TIME_OUT, 0);
}

static bool add_ref(struct conn *c, struct client *client)
{
    struct conn_holder *holder;

    if (!(holder = find_holder(c, client)))
    {
        if (!(holder = calloc(1, sizeof(*holder)))) return false;
        holder->client = client;
        holder->conn = c;
        LIST_INSERT_HEAD(&c->holders, holder, of_conn);
        LIST_INSERT_HEAD(client_holders(client), holder, of_client);
    }
    holder->refs++;
    c->refs++;
    return true;
}

/* A random one, in the order of bytes that Windows has. */
static void make_guid(uint8_t *guid)
{
    if (getrandom(guid, 16, GRND_NONBLOCK) != 16) log_warn(0, "no random number");
    guid[7] = (guid[7] & 0x0f) | 0x40;
    guid[8] = (guid[8] & 0x3f) | 0x80;
}

/* client: NULL for a link of a bundle. */
static struct conn *conn_create(struct client *client, const struct wire_dial *dial)
{
    struct conn *c;

    if (!(c = calloc(1, sizeof(*c)))) return NULL;
    link_conn(c);
    c->state = ST_NEW;
    c->dial = *dial;
    c->client = client;
    c->notices = c->own_notices;
    c->notices_max = CONN_NOTICES_MAX;
    if (!(c->run = event_new(loop, -1, 0, conn_run, c)) || !(c->timer = evtimer_new(loop, conn_timeout, c)) ||
        (client && !add_ref(c, client)))
    {
        conn_destroy(c);
        return NULL;
    }
    c->handle = new_handle();
    c->luid = conn_new_number();
    make_guid(c->correlation_id);
    by_handle[c->handle % TABLE_SIZE] = c;
    return c;
}

struct conn *conn_create_link(struct conn *bundle, const struct wire_dial *dial)
{
    struct conn *c = conns_count < CONN_MAX ? conn_create(NULL, dial) : NULL;

    if (c) c->bundle = bundle;
    return c;
}

static unsigned int dials_of(struct client *client)
{
    const struct conn_holder *holder;
    unsigned int dials = 0;

    LIST_FOREACH(holder, client_holders(client), of_client)
        if (holder->conn->client == client) dials++;
    return dials;
}

/* The phone book as every program finds it: a path of Windows means another file in another prefix.
 * Where the program can't tell the file, its path of Windows has to do. */
static void find_book(const struct wire_dial *dial, char *book, size_t size)
{
    char path[PATH_MAX];

    if (dial->phonebook_file[0] != '/' || !realpath(dial->phonebook_file, path) || strlen(path) >= size)
        wire_set_text(book, size, dial->phonebook);
    else
        wire_set_text(book, size, path);
}

uint32_t conn_begin(struct client *client, const struct wire_dial *dial, struct conn **c, bool *existing)
{
    char name[sizeof(dial->entry)], book[sizeof(dial->phonebook_file)];
    struct conn_list *place;
    struct conn *other;
    uint32_t error;

    *existing = false;
    if (dial->entry[0])
        wire_set_text(name, sizeof(name), dial->entry);
    else
        snprintf(name, sizeof(name), ".%s", dial->number);
    if (!name[1] && name[0] == '.') return ERROR_BAD_PHONE_NUMBER;

    find_book(dial, book, sizeof(book));
    place = entry_place(name, book);
    LIST_FOREACH(other, place, of_place)
    {
        if (strcmp(other->dial.entry, name) || strcmp(other->dial.phonebook_file, book)) continue;
        if (conn_is_dialing(other)) return ERROR_DIAL_ALREADY_IN_PROGRESS;
        if (other->state != ST_CONNECTED) continue;
        if (!add_ref(other, client)) return ERROR_NOT_ENOUGH_MEMORY;
        *c = other;
        *existing = true;
        return 0;
    }
    if (dials_of(client) >= CLIENT_DIALS_MAX || conns_count >= CONN_MAX || !(*c = conn_create(client, dial)))
        return ERROR_NOT_ENOUGH_MEMORY;
    if (dial->links > 1 && (error = bundle_create(*c)))
    {
        conn_destroy(*c);
        return error;
    }
    wire_set_text((*c)->dial.entry, sizeof((*c)->dial.entry), name);
    WIRE_SET_TEXT((*c)->dial.phonebook_file, book);
    LIST_INSERT_HEAD(place, *c, of_place);
    (*c)->has_place = true;
    log_info((*c)->handle, "dial \"%s\"", name);
    control_life_check();
    return 0;
}

uint32_t conn_add_link(struct conn *c, struct client *client, const struct wire_dial_link *link)
{
    struct wire_dial dial;
    uint32_t error;

    if (c->client != client || !c->links || c->state != ST_NEW || bundle_is_complete(c)) return ERROR_INVALID_HANDLE;
    dial = c->dial;
    dial.sub_entry = link->sub_entry;
    dial.modem_bps = link->modem_bps;
    dial.modem_options = link->modem_options;
    WIRE_SET_TEXT(dial.number, link->number);
    WIRE_SET_TEXT(dial.alternates, link->alternates);
    WIRE_SET_TEXT(dial.device_type, link->device_type);
    WIRE_SET_TEXT(dial.device_name, link->device_name);
    error = bundle_add(c, &dial);
    wire_wipe_memory(&dial, sizeof(dial));
    if (!error && bundle_is_complete(c)) conn_post(c, EV_DIAL, 0);
    return error;
}

uint32_t conn_find_link(struct conn *c, uint32_t sub_entry, struct conn **link)
{
    uint32_t last = c->dial.sub_entries > conn_sub_entry(c) ? c->dial.sub_entries : conn_sub_entry(c);
    struct conn *found = c;

    if (!sub_entry) return ERROR_INVALID_PARAMETER;
    if (sub_entry > last) return ERROR_NO_MORE_ITEMS;
    if (c->links)
        found = bundle_link(c, sub_entry);
    else if (sub_entry != conn_sub_entry(c))
        found = NULL;
    if (!found || found->state != ST_CONNECTED) return ERROR_PORT_NOT_OPEN;
    *link = found;
    return 0;
}

void conn_begin_notices(struct conn *c, struct client *client, bool existing)
{
    struct conn_notice up = {.sub_entry = conn_sub_entry(c), .state = RAS_STATE_Connected, .last = true};

    if (!existing)
    {
        if (!c->links) conn_post(c, EV_DIAL, 0); /* a bundle waits for its links */
        return;
    }
    c->sequence++;
    client_send_notice(client, c, &up);
}

void conn_client_lost(struct client *client)
{
    struct conn_holder *holder;
    struct conn *c;

    while ((holder = LIST_FIRST(client_holders(client))))
    {
        c = holder->conn;
        free_holder(holder);
        if (c->client == client)
        {
            c->client = NULL;
            c->outstanding = false;
            conn_notices_drop(c);
            conn_post(c, EV_CLIENT_LOST, 0);
        }
        else if (LIST_EMPTY(&c->holders) && !conn_is_dialing(c))
            conn_post(c, EV_CLIENT_LOST, 0);
    }
}

void conn_hangup_all(void)
{
    struct conn *c;

    LIST_FOREACH(c, &conns, all) conn_post(c, EV_HANGUP, 0);
}

/* ---- what programs ask ------------------------------------------------------------ */

uint32_t conn_hangup(struct conn *c, struct client *client, bool in_handler)
{
    struct conn_holder *holder;

    if (c->bundle && bundle_is_last(c))
    {
        conn_post(c->bundle, EV_HANGUP, 0);
        return 0;
    }
    holder = find_holder(c, client);
    if (c->state == ST_ENDING_LINK || c->state == ST_ENDING_PORT) return ERROR_NO_CONNECTION;
    if (holder && !holder->refs) return ERROR_NO_CONNECTION;

    if (c->client != client) in_handler = false;
    if (conn_is_dialing(c) && !c->reconnecting)
    {
        if (c->hangup_pending) return ERROR_NO_CONNECTION;
        if (in_handler)
        {
            c->muted = true;
            conn_notices_drop(c);
            if (c->outstanding)
            {
                c->hangup_pending = true;
                return 0;
            }
        }
    }
    else if (holder)
    {
        holder->refs--;
        c->refs--;
        if (c->state == ST_CONNECTED || c->reconnecting ? c->refs : held_refs(c)) return 0;
    }
    if (in_handler) c->muted = true;
    log_info(c->handle, "hang up");
    conn_post(c, EV_HANGUP, 0);
    return 0;
}

/* Each paused state reads what it has asked for, and leaves the rest of the dial as it is. */
static void take_answer(struct conn *c, const struct wire_resume *resume)
{
    switch (conn_states[c->state].published)
    {
    case RAS_STATE_CallbackSetByCaller:
        WIRE_SET_TEXT(c->dial.callback_number, resume->callback_number);
        return;
    case RAS_STATE_PasswordExpired:
        if (!c->has_old_password) WIRE_SET_TEXT(c->old_password, c->dial.password);
        break;
    case RAS_STATE_Interactive:
        /* It has asked for nothing; a script may have changed them. */
        if (!resume->user[0] && !resume->password[0]) return;
        /* fall through */
    default:
        WIRE_SET_TEXT(c->dial.user, resume->user);
        WIRE_SET_TEXT(c->dial.domain, resume->domain);
        break;
    }
    wire_wipe_memory(c->dial.password, sizeof(c->dial.password));
    WIRE_SET_TEXT(c->dial.password, resume->password);
}

uint32_t conn_set_old_password(struct conn *c, struct client *client, const char *password)
{
    if (c->links && c->client == client && bundle_paused(c))
        return conn_set_old_password(bundle_paused(c), NULL, password);
    if (c->client != client || !conn_is_dialing(c)) return ERROR_INVALID_HANDLE;
    WIRE_SET_TEXT(c->old_password, password);
    c->has_old_password = true;
    return 0;
}

uint32_t conn_resume(struct conn *c, struct client *client, const struct wire_resume *resume)
{
    if (c->client != client || c->hangup_pending) return ERROR_INVALID_HANDLE;
    if (c->links && bundle_paused(c)) return conn_resume(bundle_paused(c), NULL, resume);
    if (resume->flags & WIRE_RESUME_IN_HANDLER) return ERROR_DIAL_ALREADY_IN_PROGRESS;
    if (c->state == ST_CONNECTED) return ERROR_INVALID_PARAMETER;
    if (!conn_is_dialing(c)) return ERROR_INVALID_HANDLE;
    if (!conn_is_paused(c) || c->resumed) return ERROR_DIAL_ALREADY_IN_PROGRESS;
    take_answer(c, resume);
    c->resumed = true;
    if (c->bundle) bundle_set_credentials(c->bundle, &c->dial);
    log_info(c->handle, "resumed");
    conn_post(c, EV_RESUME, 0);
    return 0;
}

uint32_t conn_script_done(struct conn *c, struct client *client, uint32_t error)
{
    if (c->links && c->client == client && bundle_paused(c)) return conn_script_done(bundle_paused(c), NULL, error);
    if (c->client != client || c->state != ST_PAUSE_AFTER || c->resumed) return ERROR_INVALID_HANDLE;
    if (error)
    {
        log_info(c->handle, "script: %u %s", (unsigned int)error, ras_error_name(error) ? ras_error_name(error) : "");
        conn_post(c, EV_DEVICE_FAILED, error);
        return 0;
    }
    log_info(c->handle, "script done");
    c->resumed = true;
    conn_post(c, EV_RESUME, 0);
    return 0;
}

static const char *device_type(const struct conn *c)
{
    return c->device_type[0] ? c->device_type : c->dial.device_type;
}

static const char *device_name(const struct conn *c)
{
    return c->device_name[0] ? c->device_name : c->dial.device_name;
}

uint32_t conn_status(const struct conn *c, struct client *client, struct wire_status *status)
{
    const struct conn_holder *holder = find_holder(c, client);
    const struct conn *link = c->links && bundle_shown(c) ? bundle_shown(c) : c;

    /* It has hung up; that others still may read the error is not its business. */
    if (holder && !holder->refs &&
        (c->state == ST_FAILING_LINK || c->state == ST_FAILING_PORT || c->state == ST_FAILED))
        return ERROR_INVALID_HANDLE;
    status->state = conn_states[c->state == ST_BUNDLE ? link->state : c->state].published;
    status->substate = conn_substate(c->bundle ? c->bundle : c);
    status->error = c->error;
    /* The program's handler runs, and the notice of the failure comes only after it. */
    if (c->outstanding && c->notices_len && c->client == client && c->error)
    {
        status->state = c->outstanding_state;
        status->error = 0;
    }
    WIRE_SET_TEXT(status->device_type, device_type(link));
    WIRE_SET_TEXT(status->device_name, device_name(link));
    WIRE_SET_TEXT(status->number, link->dial.number);
    status->number_index = link->number_index;
    return 0;
}

void conn_describe(const struct conn *c, struct wire_connection *connection)
{
    const struct conn *link = c->links && bundle_shown(c) ? bundle_shown(c) : c;

    connection->handle = c->handle;
    connection->state = conn_states[c->state].published;
    connection->error = c->error;
    WIRE_SET_TEXT(connection->entry, c->dial.entry);
    WIRE_SET_TEXT(connection->phonebook, c->dial.phonebook);
    connection->entry_guid_len = c->dial.entry_guid_len;
    memcpy(connection->entry_guid, c->dial.entry_guid, sizeof(connection->entry_guid));
    WIRE_SET_TEXT(connection->device_type, device_type(link));
    WIRE_SET_TEXT(connection->device_name, device_name(link));
    WIRE_SET_TEXT(connection->number, link->dial.number);
    WIRE_SET_TEXT(connection->ifname, c->ip.ifname);
    connection->sub_entry = conn_sub_entry(link);
    if (c->dial.options & WIRE_DIAL_ALL_USERS) connection->flags |= WIRE_CONNECTION_ALL_USERS;
    if (c->dial.options & WIRE_DIAL_GLOBAL_CREDS) connection->flags |= WIRE_CONNECTION_GLOBAL_CREDS;
    WIRE_SET_TEXT(connection->phonebook_file, c->dial.phonebook_file);
    connection->prefix = c->dial.prefix;
    connection->luid = c->luid;
    connection->correlation_id_len = sizeof(c->correlation_id);
    memcpy(connection->correlation_id, c->correlation_id, sizeof(c->correlation_id));
    if (c->state == ST_CONNECTED) connection->connected_ms = conn_clock_ms() - c->connected_at;
}

/* ---- for the state machine ---------------------------------------------------------- */

/* Does one of them wait for a port? */
static bool any_waits;

bool conn_port_will_be_free(const struct conn *except)
{
    const struct conn *c;

    LIST_FOREACH(c, &conns, all)
        if (c != except && conn_is_closing(c) && c->port) return any_waits = true;
    return false;
}

void conn_port_became_free(void)
{
    struct conn *c;

    if (!any_waits) return;
    any_waits = false;
    LIST_FOREACH(c, &conns, all)
    {
        if (!c->waits_for_port) continue;
        any_waits = true;
        c->waits_for_port = false; /* it looks once, however many get free meanwhile */
        conn_post(c, EV_PORT_FREE, 0);
    }
}

/* ---- for ports and links ------------------------------------------------------------ */

uint32_t conn_id(const struct conn *conn)
{
    return conn->handle;
}

const struct wire_dial *conn_dial(const struct conn *conn)
{
    return &conn->dial;
}

const char *conn_old_password(const struct conn *conn)
{
    return conn->old_password;
}

bool conn_offers_callback(const struct conn *conn)
{
    return conn->port->device->transport->answer && !conn->called_back &&
           !(conn->dial.ppp_options & WIRE_PPP_NO_LCP_EXT);
}

struct port *conn_port(const struct conn *conn)
{
    return conn->port;
}

struct wire_projection *conn_ip(struct conn *conn)
{
    return conn->bundle && !bundle_has_other(conn) ? &conn->bundle->ip : &conn->ip;
}

bool conn_is_connected(const struct conn *conn)
{
    return conn->state == ST_CONNECTED;
}

void *conn_link(const struct conn *conn)
{
    return conn->link_data;
}

void conn_set_link(struct conn *conn, void *link)
{
    conn->link_data = link;
}
