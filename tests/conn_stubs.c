/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_stubs.c - see conn_stubs.h.
 */
#include "conn_stubs.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct event_base *loop;
char conn_stubs_calls[4096], conn_stubs_posts[1024];
uint32_t conn_stubs_port_error, conn_stubs_link_error;

static void LOG_FORMAT(1, 2) called(const char *format, ...)
{
    size_t pos = strlen(conn_stubs_calls);
    va_list args;

    if (pos) pos += (size_t)snprintf(conn_stubs_calls + pos, sizeof(conn_stubs_calls) - pos, " ");
    va_start(args, format);
    vsnprintf(conn_stubs_calls + pos, sizeof(conn_stubs_calls) - pos, format, args);
    va_end(args);
}

void conn_stubs_clear(void)
{
    conn_stubs_calls[0] = conn_stubs_posts[0] = 0;
    conn_stubs_port_error = conn_stubs_link_error = 0;
}

#define LOG_STUB(name)                                          \
    void name(uint32_t conn, const char *format, ...)           \
    {                                                           \
        (void)conn;                                             \
        (void)format;                                           \
    }
LOG_STUB(log_warn)
LOG_STUB(log_info)
LOG_STUB(log_debug)

void log_warnx(uint32_t conn, const char *format, ...)
{
    (void)conn;
    (void)format;
    called("warn()");
}

void conn_post(struct conn *c, enum conn_event event, uint32_t error)
{
    size_t pos = strlen(conn_stubs_posts);

    (void)c;
    pos += (size_t)snprintf(conn_stubs_posts + pos, sizeof(conn_stubs_posts) - pos, "%s%s", pos ? " " : "",
                            conn_event_name(event));
    if (error) snprintf(conn_stubs_posts + pos, sizeof(conn_stubs_posts) - pos, ":%u", (unsigned int)error);
}

void conn_queue_drop(struct conn *c, enum conn_event event)
{
    (void)c;
    (void)event;
}

void conn_notice(struct conn *c, uint32_t state, uint32_t error, bool last)
{
    c->noticed = state;
    c->any_noticed = true;
    if (last) c->end_told = true;
    if (error)
        called("notice(%u:%u%s)", (unsigned int)state, (unsigned int)error, last ? "!" : "");
    else
        called("notice(%u%s)", (unsigned int)state, last ? "!" : "");
}

void conn_notices_drop(struct conn *c)
{
    (void)c;
}

bool conn_port_will_be_free(const struct conn *except)
{
    (void)except;
    return false;
}

void conn_port_became_free(void)
{
}

void conn_changed(struct conn *c, uint32_t flags)
{
    (void)c;
    called(flags & RASCN_CONNECTION ? "up()" : flags & RASCN_BANDWIDTH_REMOVED ? "down()" : "ended()");
}

void terminal_begin(struct conn *c)
{
    static char terminal;

    c->terminal = (struct terminal *)&terminal;
    called("terminal()");
}

void terminal_end(struct conn *c)
{
    c->terminal = NULL;
    called("no_terminal()");
}

uint64_t conn_clock_ms(void)
{
    return 1;
}

/* ---- port and link -------------------------------------------------------------- */

static void open_port(struct port *port)
{
    (void)port;
    called("open()");
}

static void connect_port(struct port *port, const char *number)
{
    (void)port;
    called("connect(%s)", number);
}

static void close_port(struct port *port)
{
    (void)port;
    called("close()");
}

static uint32_t start_link(struct conn *conn)
{
    (void)conn;
    called("start()");
    return conn_stubs_link_error;
}

static uint32_t resume_link(struct conn *conn)
{
    called("resume(%s)", conn->dial.user);
    return conn_stubs_link_error;
}

static uint32_t change_password(struct conn *conn)
{
    called("change(%s)", conn->dial.user);
    return conn_stubs_link_error;
}

static uint32_t call_back(struct conn *conn, uint32_t type, const char *number)
{
    (void)conn;
    called("callback(%u%s%s)", (unsigned int)type, *number ? "," : "", number);
    return conn_stubs_link_error;
}

static void reset_port(struct port *port)
{
    (void)port;
    called("reset()");
}

static void answer_port(struct port *port)
{
    (void)port;
    called("answer()");
}

static void stop_link(struct conn *conn)
{
    (void)conn;
    called("stop()");
}

static const struct link_ops stub_link = {
    .name = "stub", .start = start_link, .stop = stop_link, .resume = resume_link,
    .change_password = change_password,
    .callback = call_back,
};
const struct link_ops link_bundle = {.name = "bundle", .start = start_link, .stop = stop_link};

void bundle_up(struct conn *c)
{
    (void)c;
}

void bundle_link_up(struct conn *link)
{
    (void)link;
}

void bundle_link_down(struct conn *link, enum conn_state was)
{
    (void)link;
    (void)was;
}

uint32_t bundle_failed_state(const struct conn *c)
{
    return conn_states[c->state].published;
}

static const struct transport stub_transport = {
    .type = "stub", .ras_type = "modem", .link = &stub_link, .open = open_port, .connect = connect_port,
    .close = close_port, .reset = reset_port, .answer = answer_port,
};
static struct device stub_device = {.transport = &stub_transport, .name = "Stub"};
static struct port stub_port = {.device = &stub_device, .fd = -1};

struct port *port_acquire(struct conn *conn, const char *type, const char *name, uint32_t *error)
{
    (void)type;
    (void)name;
    called("acquire()");
    *error = conn_stubs_port_error;
    if (*error) return NULL;
    stub_port.conn = conn;
    return &stub_port;
}

void port_release(struct port *port)
{
    (void)port;
    called("release()");
}

static void nothing(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    (void)context;
}

struct conn *conn_stubs_conn(enum conn_state state)
{
    static struct conn_holder holder;
    static struct conn c;

    if (!loop) loop = event_base_new();
    if (c.timer) event_free(c.timer);
    memset(&c, 0, sizeof(c));
    conn_stubs_clear();
    c.handle = 1;
    c.state = state;
    LIST_INSERT_HEAD(&c.holders, &holder, of_conn);
    c.timer = event_new(loop, -1, 0, nothing, NULL);
    c.end_told = state == ST_CONNECTED || conn_states[state].holds > HOLDS_LINK;
    strcpy(c.dial.number, "5551234");
    if (state != ST_NEW)
    {
        c.noticed = conn_states[state].published;
        c.any_noticed = true;
    }
    if (conn_states[state].holds >= HOLDS_PORT && conn_states[state].holds <= HOLDS_CLOSING)
    {
        stub_port.conn = &c;
        c.port = &stub_port;
    }
    if (conn_states[state].holds == HOLDS_LINK || state == ST_FAILING_LINK || state == ST_ENDING_LINK)
    {
        c.link = &stub_link;
        c.link_running = true;
    }
    return &c;
}
