/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * modem.c - a Hayes modem on a tty.  The dialogue is at.c's; here are its bytes, its
 * timer, and the ways to hang up: drop DTR, and where that has no effect +++ and ATH.
 */
#include "config.h"

#include "at.h"
#include "tty.h"
#include "args.h"
#include "errors.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DTR_LOW   600  /* milliseconds; modems want 50 to 500 (S25) */
#define GUARD     1100 /* silence around +++ (S12 is 1 s) */
#define HANG_UP_REPLY 1500
#define REOPEN_ATTEMPTS 10 /* DTR_LOW apart: a tty may be away for a while */


enum modem_step
{
    STEP_QUIET,     /* open, nothing under way; or PPP's */
    STEP_DIALOGUE,  /* at.c talks */
    STEP_CANCELLING,
    STEP_DTR,       /* DTR is low */
    STEP_GUARD,     /* silence before +++ */
    STEP_ESCAPE,    /* silence after it */
    STEP_ATH,       /* ATH was sent */
    STEP_REOPEN     /* closed, to be opened anew */
};

struct modem
{
    struct port *port;
    struct tty tty;
    struct at at;
    enum modem_step step;
    bool lost;             /* the tty is gone */
    bool closing;
    bool resetting;        /* hangs up, and is opened anew for a call */
    unsigned int reopens;
    struct event *readable;
    struct event *timer;
    size_t answer_len;     /* to ATH */
    char answer[64];
};

static void line_down(struct modem *modem);
static void reopen(struct modem *modem);
static void hang_up(struct modem *modem, enum modem_step step);

static void set_timer(struct modem *modem, unsigned int milliseconds)
{
    struct timeval limit = {milliseconds / 1000, milliseconds % 1000 * 1000};

    event_add(modem->timer, &limit);
}

static void stop_listening(struct modem *modem)
{
    if (modem->readable) event_del(modem->readable);
    event_del(modem->timer);
}

/* A modem takes a command at any time; a tty whose buffer is full is a dead one. */
static int send_bytes(struct modem *modem, const char *data, size_t len)
{
    return write(modem->tty.fd, data, len) == (ssize_t)len ? 0 : -1;
}

/* ---- dialogue -------------------------------------------------------------------- */

static void dial_failed(struct modem *modem, uint32_t error)
{
    stop_listening(modem);
    modem->step = STEP_QUIET;
    conn_post(modem->port->conn, EV_DEVICE_FAILED, error);
}

static void tty_lost(struct modem *modem)
{
    modem->lost = true;
    stop_listening(modem);
    if (modem->closing || (modem->resetting && modem->reopens < REOPEN_ATTEMPTS))
        line_down(modem);
    else
        dial_failed(modem, ERROR_PORT_DISCONNECTED);
}

/* Carry out what at.c wants. */
static void obey(struct modem *modem, const struct at_output *out)
{
    struct port *port = modem->port;

    if (out->timer) set_timer(modem, out->timer);
    if (out->send_len)
    {
        log_debug(conn_id(port->conn), "modem <- %.*s", (int)out->send_len - 1, out->send);
        if (send_bytes(modem, out->send, out->send_len))
        {
            tty_lost(modem);
            return;
        }
    }
    switch (out->result)
    {
    case AT_GOES_ON:
        break;
    case AT_READY:
        stop_listening(modem);
        modem->step = STEP_QUIET;
        modem->resetting = false;
        conn_post(port->conn, EV_DEVICE_READY, 0);
        break;
    case AT_CONNECTED:
        log_info(conn_id(port->conn), "modem: CONNECT %u", out->bps);
        stop_listening(modem);
        modem->step = STEP_QUIET;
        port->connected = true;
        port->bps = out->bps ? out->bps : tty_get_speed(modem->tty.fd);
        tty_share(&modem->tty);
        conn_post(port->conn, EV_DEVICE_UP, 0);
        break;
    case AT_FAILED:
        if (*modem->at.line) log_info(conn_id(port->conn), "modem: %s", modem->at.line);
        port->connected = modem->at.online;
        dial_failed(modem, out->error);
        break;
    case AT_CANCELLED:
        port->connected = modem->at.online;
        hang_up(modem, STEP_DTR);
        break;
    }
}

static void add_answer(struct modem *modem, char c)
{
    if (modem->answer_len == sizeof(modem->answer) - 1) modem->answer_len = 0;
    modem->answer[modem->answer_len++] = c;
    modem->answer[modem->answer_len] = 0;
    if (c != '\r') return;
    /* NO CARRIER at any time means that it has hung up; an answer to ATH too. */
    if (strstr(modem->answer, "NO CARRIER") ||
        (modem->step == STEP_ATH && (strstr(modem->answer, "OK") || strstr(modem->answer, "ERROR"))))
        line_down(modem);
}

/* A byte a time: what follows CONNECT is PPP, and pppd's. */
static void on_readable(evutil_socket_t fd, short what, void *context)
{
    struct modem *modem = context;
    struct at_output out;
    ssize_t len;
    char c;

    (void)what;
    while ((len = read(fd, &c, 1)) == 1)
    {
        if (modem->step == STEP_DIALOGUE || modem->step == STEP_CANCELLING)
        {
            at_input(&modem->at, &c, 1, &out);
            obey(modem, &out);
            /* The next byte may be pppd's, or the modem is freed. */
            if (out.result != AT_GOES_ON || out.send_len) return;
        }
        else
        {
            add_answer(modem, c);
            if (c == '\r') return; /* may be closed and freed */
        }
    }
    if (!len || (errno != EAGAIN && errno != EINTR)) tty_lost(modem);
}

static void on_timer(evutil_socket_t fd, short what, void *context)
{
    struct modem *modem = context;
    struct at_output out;

    (void)fd;
    (void)what;
    switch (modem->step)
    {
    case STEP_DIALOGUE:
    case STEP_CANCELLING:
        at_timeout(&modem->at, &out);
        obey(modem, &out);
        break;
    case STEP_DTR:
        tty_set_dtr(&modem->tty, true);
        if (tty_has_carrier(&modem->tty))
            hang_up(modem, STEP_GUARD);
        else
            line_down(modem);
        break;
    case STEP_GUARD:
        hang_up(modem, STEP_ESCAPE);
        break;
    case STEP_ESCAPE:
        hang_up(modem, STEP_ATH);
        break;
    case STEP_ATH:
        line_down(modem);
        break;
    case STEP_REOPEN:
        reopen(modem);
        break;
    case STEP_QUIET:
        break;
    }
}

/* ---- hang up ----------------------------------------------------------------------- */

/* pppd drops DTR too, and waits. */
static bool has_hung_up(const struct modem *modem)
{
    return modem->tty.has_lines && !tty_has_carrier(&modem->tty) && modem->step == STEP_QUIET;
}

static void hang_up(struct modem *modem, enum modem_step step)
{
    if (modem->lost || (step == STEP_DTR && (!modem->port->connected || has_hung_up(modem))))
    {
        line_down(modem);
        return;
    }
    if (step == STEP_DTR && tty_set_dtr(&modem->tty, false)) step = STEP_GUARD; /* there is no DTR */
    modem->step = step;
    switch (step)
    {
    case STEP_DTR:
        set_timer(modem, DTR_LOW);
        break;
    case STEP_GUARD:
        tcflush(modem->tty.fd, TCOFLUSH);
        set_timer(modem, GUARD);
        break;
    case STEP_ESCAPE:
        if (send_bytes(modem, "+++", 3))
            tty_lost(modem);
        else
            set_timer(modem, GUARD);
        break;
    default:
        modem->answer_len = 0;
        if (send_bytes(modem, "ATH\r", 4))
            tty_lost(modem);
        else
            set_timer(modem, HANG_UP_REPLY);
        break;
    }
}

static void let_go(struct modem *modem)
{
    if (modem->readable) event_free(modem->readable);
    modem->readable = NULL;
    tty_close(&modem->tty);
    modem->port->fd = -1;
    modem->port->connected = false;
}

static void destroy(struct modem *modem)
{
    let_go(modem);
    if (modem->timer) event_free(modem->timer);
    free(modem);
}

static uint32_t open_tty(struct modem *modem)
{
    uint32_t error;

    if ((error = tty_open(&modem->tty, modem->port->device))) return error;
    modem->readable = event_new(loop, modem->tty.fd, EV_READ | EV_PERSIST, on_readable, modem);
    if (!modem->readable) return ERROR_NOT_ENOUGH_MEMORY;
    modem->port->fd = modem->tty.fd;
    return 0;
}

static void finish_close(struct modem *modem)
{
    struct port *port = modem->port;

    destroy(modem);
    port->transport_data = NULL;
    conn_post(port->conn, EV_PORT_CLOSED, 0);
}

/* Hung up, or lost.  A tty that has lost its carrier under pppd is of no use any
 * more, and one that is closed drops DTR once more: it is always opened anew. */
static void line_down(struct modem *modem)
{
    if (modem->closing)
    {
        finish_close(modem);
        return;
    }
    let_go(modem);
    modem->step = STEP_REOPEN;
    set_timer(modem, DTR_LOW);
}

/* ---- the transport ----------------------------------------------------------------- */

static void modem_open(struct port *port)
{
    struct modem *modem;
    uint32_t error = ERROR_NOT_ENOUGH_MEMORY;

    if (!(modem = calloc(1, sizeof(*modem)))) goto fail;
    modem->port = port;
    modem->tty.fd = -1;
    if (!(modem->timer = event_new(loop, -1, 0, on_timer, modem)) || (error = open_tty(modem))) goto fail;
    port->transport_data = modem;
    conn_post(port->conn, EV_PORT_OPENED, 0);
    return;

fail:
    if (modem) destroy(modem);
    conn_post(port->conn, EV_PORT_FAILED, error);
}

/* The command for what the entry wants, if any. */
static const char *choose(const char commands[2][32], uint32_t options, uint32_t off, uint32_t on)
{
    if (options & (off | on)) return commands[(options & on) != 0];
    return "";
}

static struct at_settings dialogue_settings(const struct port *port)
{
    uint32_t options = conn_dial(port->conn)->options, wishes = conn_dial(port->conn)->modem_options;
    const struct device *device = port->device;
    struct at_settings settings = {
        .init = device->init,
        .error_control = choose(device->error_control, wishes, WIRE_MODEM_PROTOCOL_OFF, WIRE_MODEM_PROTOCOL_ON),
        .compression = choose(device->compression, wishes, WIRE_MODEM_COMPRESSION_OFF, WIRE_MODEM_COMPRESSION_ON),
        .dial_prefix = device->dial_prefix,
        .answer_timeout = device->answer_timeout,
        .reply_timeout = device->reply_timeout,
        .ring_timeout = device->callback_timeout,
    };

    if (options & WIRE_DIAL_SPEAKER_OFF)
        settings.speaker = AT_SPEAKER_OFF;
    else if (options & WIRE_DIAL_SPEAKER_ON)
        settings.speaker = AT_SPEAKER_ON;
    return settings;
}

static bool begin_dialogue(struct modem *modem)
{
    modem->step = STEP_DIALOGUE;
    if (!event_add(modem->readable, NULL)) return true;
    dial_failed(modem, ERROR_NOT_ENOUGH_MEMORY);
    return false;
}

static void modem_connect(struct port *port, const char *number)
{
    struct at_settings settings = dialogue_settings(port);
    struct modem *modem = port->transport_data;
    struct at_output out;

    if (!begin_dialogue(modem)) return;
    at_start(&modem->at, &settings, number, &out);
    obey(modem, &out);
}

static void reopen(struct modem *modem)
{
    struct at_settings settings = dialogue_settings(modem->port);
    struct at_output out;
    uint32_t error;

    modem->lost = false;
    modem->reopens++;
    if ((error = open_tty(modem)))
    {
        let_go(modem);
        if (modem->reopens < REOPEN_ATTEMPTS)
            set_timer(modem, DTR_LOW);
        else
            dial_failed(modem, error);
        return;
    }
    if (!begin_dialogue(modem)) return;
    at_reset(&modem->at, &settings, &out);
    obey(modem, &out);
}

static void modem_reset(struct port *port)
{
    struct modem *modem = port->transport_data;

    modem->resetting = true;
    modem->reopens = 0;
    tty_unshare(&modem->tty);
    event_add(modem->readable, NULL);
    hang_up(modem, STEP_DTR);
}

static void modem_answer(struct port *port)
{
    struct modem *modem = port->transport_data;
    struct at_output out;

    if (!begin_dialogue(modem)) return;
    at_answer(&modem->at, &out);
    obey(modem, &out);
}

static void modem_close(struct port *port)
{
    struct modem *modem = port->transport_data;
    struct at_output out;

    if (!modem) /* was never open */
    {
        conn_post(port->conn, EV_PORT_CLOSED, 0);
        return;
    }
    if (modem->closing) return;
    modem->closing = true;
    if (port->connected) tty_unshare(&modem->tty);
    if (modem->readable) event_add(modem->readable, NULL);
    if (modem->step == STEP_DIALOGUE)
    {
        modem->step = STEP_CANCELLING;
        at_cancel(&modem->at, &out);
        obey(modem, &out);
        return;
    }
    hang_up(modem, STEP_DTR);
}

static bool modem_is_lost(const struct port *port)
{
    return port->connected && !tty_has_carrier(&((const struct modem *)port->transport_data)->tty);
}

static int modem_pppd_args(const struct port *port, struct args *args)
{
    tty_pppd_args(&((const struct modem *)port->transport_data)->tty, port->device, true, args);
    return -1;
}

const struct transport transport_modem = {
    .type = "modem",
    .ras_type = "modem",
    .link = &link_pppd,
    .needs_path = true,
    .is_modem = true,
    .open = modem_open,
    .connect = modem_connect,
    .close = modem_close,
    .reset = modem_reset,
    .answer = modem_answer,
    .is_lost = modem_is_lost,
    .count = line_count,
    .pppd_args = modem_pppd_args,
};
