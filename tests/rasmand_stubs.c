/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * rasmand_stubs.c - see rasmand_stubs.h.
 */
#include "rasmand_stubs.h"

#include "guard.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAIT_MAX 20 /* seconds; a safety net */

struct event_base *loop;
char stub_log[65536];

void stub_log_clear(void)
{
    stub_log[0] = 0;
}

static void add_line(uint32_t conn, const char *format, va_list args, const char *tail)
{
    size_t len = strlen(stub_log);
    int n;

    n = snprintf(stub_log + len, sizeof(stub_log) - len, "%u: ", conn);
    if (n > 0 && (size_t)n < sizeof(stub_log) - len) len += (size_t)n;
    n = vsnprintf(stub_log + len, sizeof(stub_log) - len, format, args);
    if (n > 0 && (size_t)n < sizeof(stub_log) - len) len += (size_t)n;
    snprintf(stub_log + len, sizeof(stub_log) - len, "%s\n", tail);
}

#define LOG_STUB(name, tail)                        \
    void name(uint32_t conn, const char *format, ...) \
    {                                               \
        va_list args;                               \
        va_start(args, format);                     \
        add_line(conn, format, args, tail);         \
        va_end(args);                               \
    }
LOG_STUB(log_warn, strerror(errno))
LOG_STUB(log_warnx, "")
LOG_STUB(log_info, "")
LOG_STUB(log_debug, "")

void fatal(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    abort();
}

void conn_post(struct conn *conn, enum conn_event event, uint32_t error)
{
    if (conn->count < sizeof(conn->events) / sizeof(*conn->events))
    {
        conn->events[conn->count].event = event;
        conn->events[conn->count].error = error;
        conn->count++;
    }
    if (loop) event_base_loopbreak(loop);
}

uint32_t conn_id(const struct conn *conn)
{
    return conn->id;
}

bool conn_offers_callback(const struct conn *conn)
{
    return conn->offers_callback;
}

const struct wire_dial *conn_dial(const struct conn *conn)
{
    return &conn->dial;
}

const char *conn_old_password(const struct conn *conn)
{
    return conn->old_password;
}

struct port *conn_port(const struct conn *conn)
{
    return conn->port;
}

struct wire_projection *conn_ip(struct conn *conn)
{
    return &conn->ip;
}

bool conn_is_connected(const struct conn *conn)
{
    return conn->connected;
}

/* Each connection has one link. */
struct conn *conn_bundle(const struct conn *conn)
{
    (void)conn;
    return NULL;
}

bool conn_bundle_stays(const struct conn *conn)
{
    (void)conn;
    return false;
}

bool conn_has_network(struct conn *conn)
{
    (void)conn;
    return true;
}

void conn_joined(struct conn *conn)
{
    (void)conn;
}

struct conn *conn_link_stays(struct conn *conn)
{
    (void)conn;
    return NULL;
}

void conn_link_left(struct conn *bundle, uint32_t error)
{
    (void)bundle;
    (void)error;
}

void conn_bundle_lost(struct conn *conn, uint32_t error)
{
    (void)conn;
    (void)error;
}

void *conn_link(const struct conn *conn)
{
    return conn->link;
}

void conn_set_link(struct conn *conn, void *link)
{
    conn->link = link;
}

static void on_limit(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    *(bool *)context = true;
    event_base_loopbreak(loop);
}

bool stub_wait_events(struct conn *conn, unsigned int count)
{
    struct timeval limit = {WAIT_MAX, 0};
    bool late = false;
    struct event *timer = event_new(loop, -1, 0, on_limit, &late);

    event_add(timer, &limit);
    while (conn->count < count && !late) event_base_dispatch(loop);
    event_free(timer);
    return conn->count >= count;
}

/* ---- guard.c ------------------------------------------------------------------- */

void guard_child(pid_t pid)
{
    (void)pid;
}

void guard_child_gone(pid_t pid)
{
    (void)pid;
}
