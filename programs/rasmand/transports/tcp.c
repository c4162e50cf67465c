/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tcp.c - PPP over a TCP connection; the number is host:port, [v6]:port or
 * v4:port.  Names are resolved in a child process, because getaddrinfo() blocks.
 */
#include "config.h"

#include "args.h"
#include "errors.h"
#include "errtab.h"
#include "rasmand.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ADDRESSES_MAX 8


/* What the resolving child writes into the pipe, one for each address. */
struct address
{
    socklen_t len;
    int protocol_family;
    struct sockaddr_storage storage;
};

struct tcp
{
    struct port *port;
    char host[256];
    char service[6];
    pid_t resolver; /* 0: none runs */
    int pipe;
    struct event *resolved;
    struct event *writable;
    struct event *give_up;
    struct address addresses[ADDRESSES_MAX];
    size_t bytes; /* of addresses, from the pipe */
    size_t next;  /* to try */
    int error;    /* errno of the last one tried */
};

static void try_next(struct tcp *tcp);

/* Split the number; 0 or -1. */
static int parse_number(struct tcp *tcp, const char *number)
{
    const char *colon, *start = number, *end;
    unsigned long port;
    char *rest;

    if (!(colon = strrchr(number, ':'))) return -1;
    end = colon;
    if (*start == '[')
    {
        if (end[-1] != ']') return -1;
        start++;
        end--;
    }
    else if (memchr(start, ':', (size_t)(end - start)))
        return -1; /* v6 without brackets: where would the port begin? */
    if (end <= start || (size_t)(end - start) >= sizeof(tcp->host)) return -1;
    if (colon[1] < '0' || colon[1] > '9') return -1;
    port = strtoul(colon + 1, &rest, 10);
    if (*rest || !port || port > 65535) return -1;
    memcpy(tcp->host, start, (size_t)(end - start));
    tcp->host[end - start] = 0;
    snprintf(tcp->service, sizeof(tcp->service), "%lu", port);
    return 0;
}

/* ---- the name ---------------------------------------------------------------------- */

static int resolve(const struct tcp *tcp, int flags, struct address *addresses)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = flags | AI_NUMERICSERV}, *list, *info;
    int count = 0;

    if (getaddrinfo(tcp->host, tcp->service, &hints, &list)) return 0;
    memset(addresses, 0, ADDRESSES_MAX * sizeof(*addresses));
    for (info = list; info && count < ADDRESSES_MAX; info = info->ai_next)
    {
        if (info->ai_addrlen > sizeof(addresses->storage)) continue;
        addresses[count].len = info->ai_addrlen;
        addresses[count].protocol_family = info->ai_family;
        memcpy(&addresses[count].storage, info->ai_addr, info->ai_addrlen);
        count++;
    }
    freeaddrinfo(list);
    return count;
}

static void stop_resolver(struct tcp *tcp)
{
    if (tcp->resolved) event_free(tcp->resolved);
    tcp->resolved = NULL;
    if (tcp->pipe >= 0) close(tcp->pipe);
    tcp->pipe = -1;
    if (!tcp->resolver) return;
    child_unwatch(tcp->resolver);
    kill(tcp->resolver, SIGKILL);
    tcp->resolver = 0;
}

static void on_resolver_exit(void *context, int status)
{
    (void)status;
    ((struct tcp *)context)->resolver = 0; /* the end of the pipe tells the result */
}

static void stop(struct tcp *tcp)
{
    stop_resolver(tcp);
    if (tcp->writable) event_free(tcp->writable);
    tcp->writable = NULL;
    if (tcp->give_up) event_del(tcp->give_up);
}

static void finish(struct tcp *tcp, uint32_t error)
{
    stop(tcp);
    conn_post(tcp->port->conn, error ? EV_DEVICE_FAILED : EV_DEVICE_UP, error);
}

static void on_resolved(evutil_socket_t fd, short what, void *context)
{
    struct tcp *tcp = context;
    ssize_t len;

    (void)what;
    len = read(fd, (char *)tcp->addresses + tcp->bytes, sizeof(tcp->addresses) - tcp->bytes);
    if (len < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (len > 0)
    {
        tcp->bytes += (size_t)len;
        if (tcp->bytes < sizeof(tcp->addresses)) return;
    }
    stop_resolver(tcp);
    if (tcp->bytes < sizeof(*tcp->addresses))
        finish(tcp, ERROR_DNSNAME_NOT_RESOLVABLE);
    else
        try_next(tcp);
}

static uint32_t start_resolver(struct tcp *tcp)
{
    struct address addresses[ADDRESSES_MAX];
    int pipes[2], count;
    size_t len;

    if (pipe2(pipes, O_CLOEXEC | O_NONBLOCK)) return ERROR_NOT_ENOUGH_MEMORY;
    tcp->pipe = pipes[0];
    if ((tcp->resolver = child_fork()) < 0)
    {
        tcp->resolver = 0;
        close(pipes[1]);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    if (!tcp->resolver)
    {
        count = resolve(tcp, 0, addresses);
        len = (size_t)count * sizeof(*addresses); /* below PIPE_BUF */
        _exit(count && write(pipes[1], addresses, len) == (ssize_t)len ? 0 : 1);
    }
    close(pipes[1]);
    child_watch(tcp->resolver, on_resolver_exit, tcp);
    if (!(tcp->resolved = event_new(loop, tcp->pipe, EV_READ | EV_PERSIST, on_resolved, tcp)) ||
        event_add(tcp->resolved, NULL))
        return ERROR_NOT_ENOUGH_MEMORY;
    return 0;
}

/* ---- the connection ------------------------------------------------------------------ */

static void close_socket(struct tcp *tcp)
{
    if (tcp->writable) event_free(tcp->writable);
    tcp->writable = NULL;
    if (tcp->port->fd >= 0) close(tcp->port->fd);
    tcp->port->fd = -1;
}

static void connected(struct tcp *tcp)
{
    int on = 1, fd = tcp->port->fd;

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK); /* pppd expects it so */
    tcp->port->connected = true;
    finish(tcp, 0);
}

static void on_writable(evutil_socket_t fd, short what, void *context)
{
    struct tcp *tcp = context;
    socklen_t len = sizeof(tcp->error);

    (void)what;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &tcp->error, &len)) tcp->error = errno;
    if (!tcp->error)
        connected(tcp);
    else
        try_next(tcp);
}

/* Connect to the next address; when none is left, the last one's error counts. */
static void try_next(struct tcp *tcp)
{
    const struct address *address;
    int fd;

    close_socket(tcp);
    while (tcp->next < ADDRESSES_MAX && (tcp->next + 1) * sizeof(*address) <= tcp->bytes)
    {
        address = &tcp->addresses[tcp->next++];
        if (!address->len) break;
        if ((fd = socket(address->protocol_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) < 0)
        {
            tcp->error = errno;
            continue;
        }
        tcp->port->fd = fd;
        if (!connect(fd, (const struct sockaddr *)&address->storage, address->len) || errno == EINPROGRESS)
        {
            if ((tcp->writable = event_new(loop, fd, EV_WRITE, on_writable, tcp)) && !event_add(tcp->writable, NULL))
                return;
            errno = ENOMEM;
        }
        tcp->error = errno;
        close_socket(tcp);
    }
    log_info(conn_id(tcp->port->conn), "tcp: %s port %s: %s", tcp->host, tcp->service, strerror(tcp->error));
    finish(tcp, errtab_tcp(tcp->error));
}

static void on_give_up(evutil_socket_t fd, short what, void *context)
{
    struct tcp *tcp = context;

    (void)fd;
    (void)what;
    close_socket(tcp);
    finish(tcp, ERROR_NO_ANSWER);
}

/* ---- the transport ----------------------------------------------------------------- */

static void tcp_open(struct port *port)
{
    struct tcp *tcp;

    if (!(tcp = calloc(1, sizeof(*tcp))) || !(tcp->give_up = event_new(loop, -1, 0, on_give_up, tcp)))
    {
        free(tcp);
        conn_post(port->conn, EV_PORT_FAILED, ERROR_NOT_ENOUGH_MEMORY);
        return;
    }
    tcp->port = port;
    tcp->pipe = -1;
    port->transport_data = tcp;
    conn_post(port->conn, EV_PORT_OPENED, 0);
}

static void tcp_connect(struct port *port, const char *number)
{
    unsigned int limit = port->device->answer_timeout;
    struct timeval end = {limit / 1000, limit % 1000 * 1000};
    struct tcp *tcp = port->transport_data;
    uint32_t error;
    int count;

    if (parse_number(tcp, number))
    {
        finish(tcp, ERROR_BAD_PHONE_NUMBER);
        return;
    }
    /* Of an earlier number. */
    tcp->next = 0;
    tcp->bytes = 0;
    tcp->error = 0;
    memset(tcp->addresses, 0, sizeof(tcp->addresses));
    event_add(tcp->give_up, &end);
    if ((count = resolve(tcp, AI_NUMERICHOST, tcp->addresses)))
    {
        tcp->bytes = (size_t)count * sizeof(*tcp->addresses);
        try_next(tcp);
    }
    else if ((error = start_resolver(tcp)))
        finish(tcp, error);
}

static void tcp_close(struct port *port)
{
    struct tcp *tcp = port->transport_data;

    if (tcp)
    {
        stop(tcp);
        close_socket(tcp);
        event_free(tcp->give_up);
        free(tcp);
    }
    port->transport_data = NULL;
    port->connected = false;
    conn_post(port->conn, EV_PORT_CLOSED, 0);
}

static int tcp_pppd_args(const struct port *port, struct args *args)
{
    args_add(args, "notty");
    args_add(args, "local");
    return port->fd;
}

const struct transport transport_tcp = {
    .type = "tcp",
    .ras_type = "GENERIC",
    .builtin = "PPP over TCP",
    .link = &link_pppd,
    .open = tcp_open,
    .connect = tcp_connect,
    .close = tcp_close,
    .count = line_count,
    .pppd_args = tcp_pppd_args,
};
