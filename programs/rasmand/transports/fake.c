/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * fake.c - the transport of scripted connections: a device of type "fake" that
 * needs nothing.  The number that is dialled says what happens (../fake.h).  It
 * proves the API's side only: no modem, no PPP, no address is real.
 */
#include "../errors.h"
#include "../fake.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The far end of a port that speaks. */
struct fake_talk
{
    const struct fake_script *script;
    int fd;
    struct event *readable;
    unsigned int next; /* what it waits for */
    size_t len;
    char line[64];
};

static void fake_open(struct port *port)
{
    uint32_t error = fake_script(conn_dial(port->conn)->number)->open_error;

    conn_post(port->conn, error ? EV_PORT_FAILED : EV_PORT_OPENED, error);
}

static void end_talk(struct port *port)
{
    struct fake_talk *talk = port->transport_data;

    port->transport_data = NULL;
    if (!talk) return;
    if (talk->readable) event_free(talk->readable);
    if (talk->fd >= 0) close(talk->fd);
    close(port->fd);
    port->fd = -1;
    free(talk);
}

static void say_prompt(struct fake_talk *talk)
{
    const char *prompt = talk->script->talk[talk->next].prompt;

    if (send(talk->fd, prompt, strlen(prompt), MSG_NOSIGNAL) < 0) log_debug(0, "nobody hears \"%s\"", prompt);
    if (talk->script->talk[talk->next].line || !talk->script->hangs_up) return;
    event_del(talk->readable);
    close(talk->fd);
    talk->fd = -1;
}

static void on_readable(evutil_socket_t fd, short what, void *context)
{
    struct fake_talk *talk = context;
    const char *wanted = talk->script->talk[talk->next].line;
    char c;

    (void)what;
    while (talk->fd == fd && recv(fd, &c, 1, MSG_DONTWAIT) == 1)
    {
        if (!wanted) continue;
        if (c != '\r')
        {
            if (talk->len < sizeof(talk->line) - 1) talk->line[talk->len++] = c;
            continue;
        }
        talk->line[talk->len] = 0;
        talk->len = 0;
        talk->next = strcmp(talk->line, wanted) ? 0 : talk->next + 1;
        say_prompt(talk);
        wanted = talk->script->talk[talk->next].line;
    }
}

static uint32_t begin_talk(struct port *port, const struct fake_script *script)
{
    struct fake_talk *talk;
    int fds[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds)) return ERROR_NOT_ENOUGH_MEMORY;
    port->fd = fds[0];
    if (!(talk = calloc(1, sizeof(*talk))))
    {
        close(fds[1]);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    talk->script = script;
    talk->fd = fds[1];
    port->transport_data = talk;
    if (!(talk->readable = event_new(loop, fds[1], EV_READ | EV_PERSIST, on_readable, talk)) ||
        event_add(talk->readable, NULL))
        return ERROR_NOT_ENOUGH_MEMORY;
    say_prompt(talk);
    return 0;
}

static void fake_connect(struct port *port, const char *number)
{
    const struct fake_script *script = fake_script(number);
    uint32_t error = script->connect_error;

    if (script->never_connects || (script->hides_then && fake_was_dropped(port->conn))) return;
    port->bps = FAKE_BPS;
    if (!error && script->talk[0].prompt) error = begin_talk(port, script);
    conn_post(port->conn, error ? EV_DEVICE_FAILED : EV_DEVICE_UP, error);
}

static void fake_close(struct port *port)
{
    end_talk(port);
    conn_post(port->conn, EV_PORT_CLOSED, 0);
}

static void fake_reset(struct port *port)
{
    conn_post(port->conn, EV_DEVICE_READY, 0);
}

static void fake_answer(struct port *port)
{
    uint32_t error = fake_script(conn_dial(port->conn)->number)->callback_error;

    conn_post(port->conn, error ? EV_DEVICE_FAILED : EV_DEVICE_UP, error);
}

static bool fake_count_line(const struct port *port, struct link_counters *counters)
{
    static const struct link_counters fixed = {{FAKE_COUNTERS}};

    *counters = fixed;
    return !fake_script(conn_dial(port->conn)->number)->is_uncounted;
}

static int fake_pppd_args(const struct port *port, struct args *args)
{
    (void)port;
    (void)args;
    return -1;
}

const struct transport transport_fake = {
    .type = "fake",
    .ras_type = "modem",
    .link = &link_fake,
    .is_modem = true,
    .open = fake_open,
    .connect = fake_connect,
    .close = fake_close,
    .reset = fake_reset,
    .answer = fake_answer,
    .count = fake_count_line,
    .pppd_args = fake_pppd_args,
};
