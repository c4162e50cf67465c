/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * client.c - sessions of programs: frames, the table of requests, answers.  A
 * program that breaks the protocol, or does not read, loses its session.
 */
#include "config.h"

#include "client.h"
#include "errors.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <event2/buffer.h>

_Static_assert(CONN_MAX * (sizeof(struct wire_connection) + 64) <= CLIENT_OUTPUT_MAX, "all connections in one answer");

struct watch
{
    uint32_t id; /* the program's */
    uint32_t handle;
    uint32_t flags;
};

struct client
{
    LIST_ENTRY(client) all;
    LIST_ENTRY(client) watching; /* where watched */
    struct conn_holders holders;
    int fd;
    struct event *readable;
    struct event *writable;
    struct event *server_ended; /* Wine's */
    struct evbuffer *out;
    bool greeted; /* its hello was good */
    bool closing; /* dead: leaves when the output is gone */
    bool broken;  /* dead: leaves at once */
    bool unheard; /* takes no output any more; what it has sent before still holds */
    bool parting; /* was told that the manager leaves: nothing of it is heard any more */
    bool watched; /* finds its way back when there is something to be seen */
    char program[261];
    struct watch watches[CLIENT_WATCHES_MAX];
    unsigned int watches_len;
    size_t in_len;
    uint8_t in[WIRE_MESSAGE_MAX]; /* wiped: has passwords */
};

LIST_HEAD(client_list, client);
static struct client_list clients = LIST_HEAD_INITIALIZER(clients);
static struct client_list watchers = LIST_HEAD_INITIALIZER(watchers); /* those of them that have watched */

bool client_any(void)
{
    return !LIST_EMPTY(&clients);
}

bool client_needs_manager(void)
{
    const struct client *client;

    LIST_FOREACH(client, &clients, all)
        if (!client->watched) return true;
    return false;
}

static void client_forget_server(struct client *client)
{
    if (!client->server_ended) return;
    close(event_get_fd(client->server_ended));
    event_free(client->server_ended);
    client->server_ended = NULL;
}

static void client_destroy(struct client *client)
{
    LIST_REMOVE(client, all);
    if (client->watched) LIST_REMOVE(client, watching);
    log_debug(0, "%s leaves", client->program[0] ? client->program : "a program");
    conn_client_lost(client);
    if (client->readable) event_free(client->readable);
    if (client->writable) event_free(client->writable);
    client_forget_server(client);
    if (client->out) evbuffer_free(client->out);
    close(client->fd);
    wire_wipe_memory(client->in, sizeof(client->in));
    free(client);
    control_life_check();
}

void client_destroy_all(void)
{
    while (!LIST_EMPTY(&clients)) client_destroy(LIST_FIRST(&clients));
}

struct conn_holders *client_holders(struct client *client)
{
    return &client->holders;
}

/* ---- output ---------------------------------------------------------------------- */

/* Never destroys the client: its caller may go on with it.  The event does. */
static void client_break(struct client *client)
{
    client->broken = true;
    event_active(client->writable, EV_WRITE, 0);
}

static void wait_to_write(struct client *client)
{
    if (event_add(client->writable, NULL)) client_break(client);
}

static void client_queue(struct client *client, const struct wire_msg *msg)
{
    uint8_t frame[WIRE_MESSAGE_MAX];
    size_t len;

    if (client->broken || client->unheard) return;
    if (!(len = wire_encode(msg, frame, sizeof(frame))))
    {
        log_warnx(0, "%s cannot be encoded", wire_name(msg->type));
        client_break(client);
        return;
    }
    if (evbuffer_get_length(client->out) + len > CLIENT_OUTPUT_MAX)
        log_warnx(0, "%s does not read, dropped", client->program);
    else if (!evbuffer_add(client->out, frame, len))
        return;
    else
        log_warnx(0, "no memory for what %s reads, dropped", client->program);
    client_break(client);
}

/* Write what can be written now, and the rest when there is room for it. */
static void write_output(struct client *client)
{
    if (evbuffer_get_length(client->out) && evbuffer_write(client->out, client->fd) < 0 && errno != EAGAIN &&
        errno != EINTR)
    {
        client->unheard = true;
        evbuffer_drain(client->out, evbuffer_get_length(client->out));
    }
    if (evbuffer_get_length(client->out)) wait_to_write(client);
}

static void client_send(struct client *client, const struct wire_msg *msg)
{
    client_queue(client, msg);
    if (!client->broken) wait_to_write(client);
}

/* The same, and not behind all that the loop has to do for others. */
static void client_send_now(struct client *client, const struct wire_msg *msg)
{
    client_queue(client, msg);
    if (!client->broken) write_output(client);
}

void client_send_result(struct client *client, uint32_t serial, uint32_t error)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_result, serial);
    msg.u.result.error = error;
    client_send(client, &msg);
}

static void on_writable(evutil_socket_t fd, short what, void *context)
{
    struct client *client = context;

    (void)what;
    if (!client->broken) write_output(client);
    if (client->broken || (client->closing && !evbuffer_get_length(client->out)))
        client_destroy(client);
    else if (client->parting && !evbuffer_get_length(client->out))
        shutdown(fd, SHUT_WR); /* a close could take from it what it has not read yet */
}

void client_send_notice(struct client *client, const struct conn *c, const struct conn_notice *notice)
{
    const struct conn *link = notice->link ? notice->link : c;
    struct wire_msg msg;

    wire_init(&msg, WIRE_notice, 0);
    msg.u.notice.handle = c->handle;
    msg.u.notice.sequence = c->sequence;
    msg.u.notice.sub_entry = notice->sub_entry;
    msg.u.notice.state = notice->state;
    msg.u.notice.error = notice->error;
    if (notice->last) msg.u.notice.flags = WIRE_NOTICE_LAST;
    if (notice->sub_entry != conn_sub_entry(c)) msg.u.notice.flags |= WIRE_NOTICE_OTHER_LINK;
    if (link->state == ST_PAUSE_AFTER && notice->state == RAS_STATE_Interactive && (c->dial.options & WIRE_DIAL_SCRIPT))
        msg.u.notice.flags |= WIRE_NOTICE_SCRIPT;
    log_debug(c->handle, "notice %s %u", ras_state_name(notice->state), (unsigned int)notice->error);
    client_send_now(client, &msg);
}

void client_send_port_data(struct client *client, const struct conn *c, uint32_t error, const void *data, size_t len)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_port_data, 0);
    msg.u.port_data.handle = c->bundle ? c->bundle->handle : c->handle;
    msg.u.port_data.error = error;
    msg.u.port_data.data_len = (uint16_t)len;
    memcpy(msg.u.port_data.data, data, len);
    client_send(client, &msg);
    wire_wipe(&msg);
}

/* What this change is to the watch; true when its program hears of it. */
static bool sees_change(const struct watch *watch, uint32_t handle, uint32_t flags, uint32_t any_flags, uint32_t *seen)
{
    if (watch->handle == WIRE_ANY_CONNECTION)
    {
        *seen = watch->flags & any_flags;
        return any_flags != 0;
    }
    /* That it is over ends the watch, so the program must know in any case. */
    *seen = watch->handle == handle ? (watch->flags | RASCN_DISCONNECTION) & flags : 0;
    return *seen != 0;
}

static void send_changes(struct client *client, struct wire_msg *msg, uint32_t handle, uint32_t flags,
                         uint32_t any_flags)
{
    struct watch *watch;
    unsigned int i;

    for (i = 0; i < client->watches_len;)
    {
        watch = &client->watches[i];
        msg->u.change.id = watch->id;
        if (sees_change(watch, handle, flags, any_flags, &msg->u.change.flags)) client_send(client, msg);
        /* The handle ends here, so does its watch. */
        if (watch->handle == handle && (flags & RASCN_DISCONNECTION))
            *watch = client->watches[--client->watches_len];
        else
            i++;
    }
}

void client_send_changes(uint32_t handle, uint32_t flags, uint32_t any_flags, uint32_t connections, uint64_t number)
{
    struct client *client;
    struct wire_msg msg;

    wire_init(&msg, WIRE_change, 0);
    msg.u.change.connections = connections;
    msg.u.change.number = number;
    LIST_FOREACH(client, &watchers, watching)
        send_changes(client, &msg, handle, flags, any_flags);
}

void client_part_all(void)
{
    struct client *client;
    struct wire_msg msg;

    wire_init(&msg, WIRE_leaving, 0);
    LIST_FOREACH(client, &clients, all)
    {
        client_send(client, &msg);
        client->parting = true;
    }
}

/* ---- requests ----------------------------------------------------------------------- */

static void on_hello(struct client *client, const struct wire_msg *msg)
{
    const struct wire_hello *hello = &msg->u.hello;
    struct wire_msg answer;

    wire_init(&answer, WIRE_hello, msg->serial);
    answer.u.hello.magic = WIRE_MAGIC;
    answer.u.hello.version = WIRE_VERSION;
    WIRE_SET_TEXT(answer.u.hello.program, "rasmand " PACKAGE_VERSION);
    client_send(client, &answer);
    if (hello->magic != WIRE_MAGIC || hello->version != WIRE_VERSION || client->greeted)
    {
        log_warnx(0, "%s speaks version %u, this is %u", hello->program, (unsigned int)hello->version, WIRE_VERSION);
        client->closing = true;
        return;
    }
    client->greeted = true;
    WIRE_SET_TEXT(client->program, hello->program);
    log_debug(0, "%s comes", client->program);
}

static void on_server_ended(evutil_socket_t fd, short what, void *context)
{
    struct client *client = context;

    (void)fd, (void)what;
    log_warnx(0, "the wineserver of %s has ended", client->program);
    client_destroy(client);
}

/* What is not a wineserver is none of ours: the program may be in a name space of its own. */
static void on_server(struct client *client, const struct wire_msg *msg)
{
    int fd;

    client_forget_server(client);
    if ((fd = process_open(msg->u.server.process, "wineserver")) < 0) return;
    if ((client->server_ended = event_new(loop, fd, EV_READ, on_server_ended, client)) &&
        !event_add(client->server_ended, NULL))
        return;
    if (client->server_ended) event_free(client->server_ended);
    client->server_ended = NULL;
    close(fd);
}

static void on_dial(struct client *client, const struct wire_msg *msg)
{
    struct conn *c = NULL;
    struct wire_msg answer;
    bool existing;
    uint32_t error;

    error = conn_begin(client, &msg->u.dial, &c, &existing);
    wire_init(&answer, WIRE_dialing, msg->serial);
    answer.u.dialing.error = error;
    if (!error)
    {
        answer.u.dialing.handle = c->handle;
        if (existing) answer.u.dialing.flags = WIRE_DIALING_EXISTING;
    }
    client_send(client, &answer);
    if (!error) conn_begin_notices(c, client, existing);
}

static void on_resume(struct client *client, const struct wire_msg *msg)
{
    struct conn *c = conn_find(msg->u.resume.handle);

    client_send_result(client, msg->serial, c ? conn_resume(c, client, &msg->u.resume) : ERROR_INVALID_HANDLE);
}

static void on_old_password(struct client *client, const struct wire_msg *msg)
{
    struct conn *c = conn_find(msg->u.old_password.handle);

    client_send_result(client, msg->serial,
                       c ? conn_set_old_password(c, client, msg->u.old_password.password) : ERROR_INVALID_HANDLE);
}

static void on_hangup(struct client *client, const struct wire_msg *msg)
{
    const struct wire_hangup *hangup = &msg->u.hangup;
    struct conn *c = conn_find(hangup->handle);
    uint32_t error;

    if (c)
        error = conn_hangup(c, client, (hangup->flags & WIRE_HANGUP_IN_HANDLER) != 0);
    else
        error = conn_was_known(hangup->handle) ? ERROR_NO_CONNECTION : ERROR_INVALID_HANDLE;
    client_send_result(client, msg->serial, error);
}

static void on_get_status(struct client *client, const struct wire_msg *msg)
{
    struct conn *c = conn_find(msg->u.get_status.handle);
    struct wire_msg answer;
    uint32_t error;

    wire_init(&answer, WIRE_status, msg->serial);
    if (!(error = c ? conn_status(c, client, &answer.u.status) : ERROR_INVALID_HANDLE))
        client_send(client, &answer);
    else
        client_send_result(client, msg->serial, error);
}

static void on_enum_connections(struct client *client, const struct wire_msg *msg)
{
    struct wire_msg answer;
    struct conn *c;

    for (c = conn_first(); c; c = LIST_NEXT(c, all))
    {
        if (conn_states[c->state].final || c->bundle) continue;
        if (c->state != ST_CONNECTED && !(msg->u.enum_connections.flags & WIRE_ENUM_ALL)) continue;
        wire_init(&answer, WIRE_connection, msg->serial);
        conn_describe(c, &answer.u.connection);
        client_send(client, &answer);
    }
    client_send_result(client, msg->serial, 0);
}

static void on_notice_done(struct client *client, const struct wire_msg *msg)
{
    struct conn *c = conn_find_notified(msg->u.notice_done.handle);

    if (c && c->client == client) conn_notice_done(c, msg->u.notice_done.sequence);
}

/* Room for a watch of this id; NULL: there is none. */
static struct watch *place_watch(struct client *client, uint32_t id)
{
    unsigned int i;

    for (i = 0; i < client->watches_len; i++)
        if (client->watches[i].id == id) return &client->watches[i];
    return i < CLIENT_WATCHES_MAX ? &client->watches[client->watches_len++] : NULL;
}

static void add_watcher(struct client *client)
{
    if (client->watched) return;
    client->watched = true;
    LIST_INSERT_HEAD(&watchers, client, watching);
}

static void on_watch(struct client *client, const struct wire_msg *msg)
{
    const struct wire_watch *wanted = &msg->u.watch;
    struct wire_msg answer;
    struct watch *watch;

    wire_init(&answer, WIRE_watching, msg->serial);
    answer.u.watching.id = wanted->id;
    if (conn_watch(wanted, &answer.u.watching))
    {
        if ((watch = place_watch(client, wanted->id)))
        {
            watch->id = wanted->id;
            watch->handle = wanted->handle;
            watch->flags = wanted->flags;
            add_watcher(client);
            control_life_check();
        }
        else
            answer.u.watching.error = ERROR_NOT_ENOUGH_MEMORY;
    }
    client_send(client, &answer);
}

static void fill_servers(struct wire_projection *projection, const struct wire_dial *dial)
{
    /* The entry has its own, or takes those that the peer names. */
    if (dial->ppp_options & WIRE_PPP_PEER_DNS) return;
    WIRE_SET_TEXT(projection->dns1, dial->dns1);
    WIRE_SET_TEXT(projection->dns2, dial->dns2);
    WIRE_SET_TEXT(projection->wins1, dial->wins1);
    WIRE_SET_TEXT(projection->wins2, dial->wins2);
}

static void on_dial_link(struct client *client, const struct wire_msg *msg)
{
    struct conn *c = conn_find(msg->u.dial_link.handle);

    client_send_result(client, msg->serial,
                       c ? conn_add_link(c, client, &msg->u.dial_link) : ERROR_INVALID_HANDLE);
}

static void on_get_link(struct client *client, const struct wire_msg *msg)
{
    struct conn *c = conn_find(msg->u.get_link.handle), *link;
    struct wire_msg answer;
    uint32_t error;

    if ((error = c ? conn_find_link(c, msg->u.get_link.sub_entry, &link) : ERROR_INVALID_HANDLE))
    {
        client_send_result(client, msg->serial, error);
        return;
    }
    wire_init(&answer, WIRE_link, msg->serial);
    answer.u.link.handle = link->handle;
    client_send(client, &answer);
}

/* Projections are the bundle's, also for its links. */
static bool has_projections(const struct conn *c)
{
    return c->state == ST_PROJECTED || c->state == ST_CONNECTED || (c->state == ST_BUNDLE && c->ip.ifname[0]);
}

static void on_get_projection(struct client *client, const struct wire_msg *msg)
{
    struct conn *c = conn_find(msg->u.get_projection.handle);
    struct wire_msg answer;

    if (c && c->bundle) c = c->bundle;
    if (!c || !has_projections(c))
    {
        client_send_result(client, msg->serial, c ? ERROR_PROJECTION_NOT_COMPLETE : ERROR_INVALID_HANDLE);
        return;
    }
    wire_init(&answer, WIRE_projection, msg->serial);
    answer.u.projection = c->ip;
    fill_servers(&answer.u.projection, &c->dial);
    client_send(client, &answer);
}

static void on_get_stats(struct client *client, const struct wire_msg *msg)
{
    const struct wire_get_stats *wanted = &msg->u.get_stats;
    struct conn *c = conn_find(wanted->handle);
    struct wire_msg answer;
    uint32_t error;

    wire_init(&answer, WIRE_stats, msg->serial);
    error = c ? conn_count(c, wanted->sub_entry, wanted->clear != 0, &answer.u.stats) : ERROR_INVALID_HANDLE;
    if (error)
        client_send_result(client, msg->serial, error);
    else
        client_send(client, &answer);
}

static void on_enum_devices(struct client *client, const struct wire_msg *msg)
{
    struct device *devices = devices_load(), *device;
    struct wire_msg answer;

    for (device = devices; device; device = device->next)
    {
        wire_init(&answer, WIRE_device, msg->serial);
        WIRE_SET_TEXT(answer.u.device.type, device->transport->ras_type);
        WIRE_SET_TEXT(answer.u.device.name, device->name);
        WIRE_SET_TEXT(answer.u.device.path, device->path);
        answer.u.device.handle = port_user(device);
        client_send(client, &answer);
    }
    devices_free(devices);
    client_send_result(client, msg->serial, 0);
}

/* The program's own paused connection whose port it may use, else NULL. */
static struct conn *find_terminal(const struct client *client, uint32_t handle)
{
    struct conn *c = conn_find(handle);

    if (!c || c->client != client) return NULL;
    if (c->links) c = bundle_paused(c);
    return c && c->terminal ? c : NULL;
}

static void on_port_open(struct client *client, const struct wire_msg *msg)
{
    client_send_result(client, msg->serial, terminal_open(find_terminal(client, msg->u.port_open.handle)));
}

static void on_port_send(struct client *client, const struct wire_msg *msg)
{
    const struct wire_port_send *send = &msg->u.port_send;

    terminal_send(find_terminal(client, send->handle), client, msg->serial, send->data, send->data_len);
}

static void on_port_receive(struct client *client, const struct wire_msg *msg)
{
    terminal_receive(find_terminal(client, msg->u.port_receive.handle), msg->u.port_receive.max);
}

static void on_port_settings(struct client *client, const struct wire_msg *msg)
{
    const struct wire_port_settings *settings = &msg->u.port_settings;

    client_send_result(client, msg->serial, terminal_settings(find_terminal(client, settings->handle), settings));
}

static void on_script_done(struct client *client, const struct wire_msg *msg)
{
    struct conn *c = conn_find(msg->u.script_done.handle);

    client_send_result(client, msg->serial,
                       c ? conn_script_done(c, client, msg->u.script_done.error) : ERROR_INVALID_HANDLE);
}

static const struct
{
    uint16_t type;
    void (*handle)(struct client *client, const struct wire_msg *msg);
} requests[] = {
    {WIRE_hello, on_hello},
    {WIRE_server, on_server},
    {WIRE_dial, on_dial},
    {WIRE_dial_link, on_dial_link},
    {WIRE_get_link, on_get_link},
    {WIRE_resume, on_resume},
    {WIRE_old_password, on_old_password},
    {WIRE_hangup, on_hangup},
    {WIRE_get_status, on_get_status},
    {WIRE_enum_connections, on_enum_connections},
    {WIRE_notice_done, on_notice_done},
    {WIRE_watch, on_watch},
    {WIRE_get_projection, on_get_projection},
    {WIRE_get_stats, on_get_stats},
    {WIRE_enum_devices, on_enum_devices},
    {WIRE_port_open, on_port_open},
    {WIRE_port_send, on_port_send},
    {WIRE_port_receive, on_port_receive},
    {WIRE_port_settings, on_port_settings},
    {WIRE_script_done, on_script_done},
};

static void dispatch(struct client *client, const struct wire_msg *msg)
{
    size_t i;

    for (i = 0; i < sizeof(requests) / sizeof(*requests); i++)
    {
        if (requests[i].type != msg->type) continue;
        if (msg->type != WIRE_hello && !client->greeted) break;
        requests[i].handle(client, msg);
        return;
    }
    log_warnx(0, "%s is not expected of %s", wire_name(msg->type), client->program[0] ? client->program : "a program");
    client_break(client);
}

/* ---- input ---------------------------------------------------------------------------- */

static void handle_input(struct client *client)
{
    struct wire_msg msg;
    char line[512];
    int len;

    if ((len = wire_decode(&msg, client->in, client->in_len, WIRE_CLIENT)) == WIRE_INCOMPLETE) return;
    wire_wipe_memory(client->in, client->in_len);
    client->in_len = 0;
    if (len < 0)
    {
        log_warnx(0, "%s: %s message", client->program[0] ? client->program : "a program",
                  len == WIRE_FORBIDDEN ? "forbidden" : "malformed");
        client_break(client);
        return;
    }
    log_debug(0, "%s", wire_dump(&msg, line, sizeof(line)));
    dispatch(client, &msg);
    wire_wipe(&msg);
}

/* Up to the end of the first message and no further: what else has come stays in the socket, and
 * others have their turn before it.  As read(). */
static ssize_t read_message(struct client *client)
{
    ssize_t got = 1;
    size_t missing;

    while ((missing = wire_missing(client->in, client->in_len)))
    {
        if ((got = read(client->fd, client->in + client->in_len, missing)) <= 0) break;
        client->in_len += (size_t)got;
    }
    return got;
}

static ssize_t read_nothing(struct client *client)
{
    ssize_t got = read(client->fd, client->in, sizeof(client->in));

    wire_wipe_memory(client->in, sizeof(client->in));
    client->in_len = 0;
    return got;
}

static void on_readable(evutil_socket_t fd, short what, void *context)
{
    struct client *client = context;
    ssize_t got;

    (void)fd;
    (void)what;
    got = client->parting ? read_nothing(client) : read_message(client);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0)
    {
        client_destroy(client);
        return;
    }
    if (!client->parting) handle_input(client);
    if (client->closing || client->broken) event_del(client->readable);
}

struct client *client_create(int fd)
{
    struct client *client;

    if (!(client = calloc(1, sizeof(*client))))
    {
        close(fd);
        return NULL;
    }
    client->fd = fd;
    LIST_INSERT_HEAD(&clients, client, all);
    evutil_make_socket_nonblocking(fd);
    evutil_make_socket_closeonexec(fd);
    if (!(client->out = evbuffer_new()) ||
        !(client->readable = event_new(loop, fd, EV_READ | EV_PERSIST, on_readable, client)) ||
        !(client->writable = event_new(loop, fd, EV_WRITE, on_writable, client)) || event_add(client->readable, NULL))
    {
        client_destroy(client);
        return NULL;
    }
    control_life_check();
    return client;
}
