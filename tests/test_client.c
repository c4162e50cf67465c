/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_client.c - sessions with the manager in this process: what programs may
 * ask, what they hear and in which order, and what becomes of those that send
 * rubbish.  Links are scripted; the ports are stand-ins.
 */
#include "client.h"
#include "fake.h"
#include "session.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct event_base *loop;

/* ---- stand-ins ------------------------------------------------------------------ */

static struct device devices[4];
static struct port ports[4];

void control_life_check(void)
{
}

struct device *devices_load(void)
{
    return devices;
}

void devices_free(struct device *list)
{
    (void)list;
}

uint32_t port_user(const struct device *device)
{
    size_t i = (size_t)(device - devices);

    return ports[i].conn ? conn_id(ports[i].conn) : 0;
}

struct port *port_acquire(struct conn *conn, const char *type, const char *name, uint32_t *error)
{
    size_t i;

    (void)type;
    *error = 633;
    for (i = 0; i < 4; i++)
    {
        if (ports[i].conn || (*name && strcmp(name, devices[i].name))) continue;
        ports[i].conn = conn;
        ports[i].device = &devices[i];
        return &ports[i];
    }
    return NULL;
}

void port_release(struct port *port)
{
    port->conn = NULL;
}

/* ---- fixture ---------------------------------------------------------------------- */

static struct session a, b;

static void pump(void)
{
    event_base_loop(loop, EVLOOP_NONBLOCK);
    event_base_loop(loop, EVLOOP_NONBLOCK);
}

static int connect_client(void)
{
    int fds[2];

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    ck_assert_ptr_nonnull(client_create(fds[1]));
    return fds[0];
}

static void setup(void)
{
    size_t i;

    log_init(true, 0);
    ck_assert_ptr_nonnull(loop = event_base_new());
    for (i = 0; i < 4; i++)
    {
        devices[i].transport = &transport_fake;
        devices[i].next = i < 3 ? &devices[i + 1] : NULL;
        snprintf(devices[i].name, sizeof(devices[i].name), "Fake %d", (int)i + 1);
    }
    session_init(&a, connect_client(), pump);
    session_init(&b, connect_client(), pump);
    ck_assert(session_hello(&a));
    ck_assert(session_hello(&b));
}

static void teardown(void)
{
    if (a.fd != -1) session_close(&a);
    if (b.fd != -1) session_close(&b);
    conn_hangup_all();
    pump();
    pump();
    ck_assert_ptr_null(conn_first());
    ck_assert(!client_any());
    event_base_free(loop);
}

#define UP "0 1 2 3 4 5 6 10 14 18 C"

static uint32_t dial(struct session *s, const char *number)
{
    uint32_t handle = 0, flags;

    ck_assert_uint_eq(session_dial(s, "", number, WIRE_DIAL_ACKNOWLEDGED, &handle, &flags), 0);
    ck_assert_uint_ne(handle, 0);
    ck_assert_uint_lt(handle, 0x80000000u);
    ck_assert_uint_eq(flags, 0);
    return handle;
}

static uint32_t dial_up(struct session *s, const char *number)
{
    uint32_t handle = dial(s, number);
    char buf[256];

    ck_assert_str_eq(session_notices(s, buf, sizeof(buf)), UP);
    return handle;
}

static bool next_notice(struct session *s, struct wire_notice *notice)
{
    struct wire_msg msg;

    while (session_recv(s, &msg))
        if (msg.type == WIRE_notice)
        {
            *notice = msg.u.notice;
            return true;
        }
    return false;
}

/* Nothing but the answer of a request comes: no notice was sent. */
static void assert_silent(struct session *s)
{
    struct wire_msg msg;
    uint32_t serial;

    wire_init(&msg, WIRE_enum_connections, 0);
    serial = session_send(s, &msg);
    do
    {
        ck_assert(session_recv(s, &msg));
        ck_assert_uint_eq(msg.serial, serial);
    } while (msg.type != WIRE_result);
}

static void assert_gone(struct session *s, uint32_t handle)
{
    struct wire_status status;

    ck_assert_uint_eq(session_status(s, handle, &status), 6);
    ck_assert_uint_eq(session_hangup(s, handle, 0), 668);
}

/* ---- dials -------------------------------------------------------------------------- */

static const struct
{
    const char *number, *notices;
    uint32_t error;
} outcomes[] = {
    {"ok", UP, 0},
    {"port-busy", "0 0:633", 633},
    {"busy", "0 1 2 2:676", 676},
    {"voice", "0 1 2 2:677", 677},
    {"no-answer", "0 1 2 2:678", 678},
    {"no-carrier", "0 1 2 2:679", 679},
    {"no-dialtone", "0 1 2 2:680", 680},
    {"modem-error", "0 1 2 2:651", 651},
    {"modem-silent", "0 1 2 2:692", 692},
    {"no-pppd", "0 1 2 3 4 4:711", 711},
    {"carrier-lost", "0 1 2 3 4 4:619", 619},
    {"lcp-silent", "0 1 2 3 4 5 5:721", 721},
    {"lcp-timeout", "0 1 2 3 4 5 5:718", 718},
    {"lcp-loopback", "0 1 2 3 4 5 5:737", 737},
    {"link-died", "0 1 2 3 4 4:630", 630},
    {"bad-auth", "0 1 2 3 4 5 6 6:691", 691},
    {"hours", "0 1 2 3 4 5 6 6:646", 646},
    {"account-disabled", "0 1 2 3 4 5 6 6:647", 647},
    {"password-expired", "0 1 2 3 4 5 6 6:648", 648},
    {"no-permission", "0 1 2 3 4 5 6 6:649", 649},
    {"auth-lost", "0 1 2 3 4 5 5:629", 629},
    {"no-ip", "0 1 2 3 4 5 6 10 14 18 18:720", 720},
    {"ip-rejected", "0 1 2 3 4 5 6 10 14 18 18:733", 733},
    {"unexpected", "0 1 2 3 4 4:635", 635},
    {"drop-after-connect", UP, 629},
    {"idle-after-connect", UP, 828},
};

START_TEST(test_outcome)
{
    struct wire_status status;
    uint32_t handle, options = _i % 2 ? 0 : WIRE_DIAL_ACKNOWLEDGED;
    char buf[256];

    /* Each with a program that acknowledges and one that does not wait. */
    ck_assert_uint_eq(session_dial(&a, "Entry", outcomes[_i / 2].number, options, &handle, NULL), 0);
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), outcomes[_i / 2].notices);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.error, outcomes[_i / 2].error);
    ck_assert_uint_eq(status.state, outcomes[_i / 2].error ? 0x2001 : 0x2000);
    ck_assert_str_eq(status.number, outcomes[_i / 2].number);
    ck_assert_int_eq(session_count(&b, 0), outcomes[_i / 2].error ? 0 : 1);
    assert_silent(&a);
    /* Stays readable until it is hung up, also for others. */
    ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
    assert_gone(&b, handle);
    assert_silent(&a);
}
END_TEST

START_TEST(test_reference)
{
    uint32_t first = 0, second = 0, flags = 0;
    struct wire_notice notice;
    struct wire_status status;
    char buf[256];

    ck_assert_uint_eq(session_dial(&a, "Entry", "ok", WIRE_DIAL_ACKNOWLEDGED, &first, NULL), 0);
    ck_assert_uint_eq(session_dial(&a, "Entry", "ok", 0, &second, NULL), 756);
    ck_assert_uint_eq(session_dial(&b, "Entry", "busy", 0, &second, NULL), 756);
    ck_assert_uint_eq(second, 0);
    /* The refused dials swallowed the first notice. */
    notice.handle = first;
    notice.sequence = 1;
    session_notice_done(&a, &notice);
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), UP + 2);

    ck_assert_uint_eq(session_dial(&b, "Entry", "ok", WIRE_DIAL_ACKNOWLEDGED, &second, &flags), 0);
    ck_assert_uint_eq(second, first);
    ck_assert_uint_eq(flags, WIRE_DIALING_EXISTING);
    ck_assert(next_notice(&b, &notice));
    ck_assert_uint_eq(notice.state, 0x2000);
    ck_assert_uint_eq(notice.flags, WIRE_NOTICE_LAST);
    assert_silent(&a);

    ck_assert_uint_eq(session_hangup(&a, first, 0), 0);
    ck_assert_uint_eq(session_status(&b, first, &status), 0);
    ck_assert_uint_eq(status.state, 0x2000);
    ck_assert_uint_eq(session_hangup(&a, first, 0), 668);
    ck_assert_uint_eq(session_hangup(&b, first, 0), 0);
    assert_gone(&b, first);
}
END_TEST

START_TEST(test_hangup_unknown)
{
    struct wire_status status;

    ck_assert_uint_eq(session_hangup(&a, 0, 0), 6);
    ck_assert_uint_eq(session_hangup(&a, 1, 0), 6);
    ck_assert_uint_eq(session_hangup(&a, 0xffffffff, 0), 6);
    ck_assert_uint_eq(session_status(&a, 0xffffffff, &status), 6);
}
END_TEST

/* RasHangUp inside the handler of each notice. */
START_TEST(test_hangup_in_handler)
{
    uint32_t handle = dial(&a, "ok");
    struct wire_status status;
    struct wire_notice notice;
    int i;

    for (i = 0;; i++)
    {
        ck_assert(next_notice(&a, &notice));
        if (i == _i) break;
        session_notice_done(&a, &notice);
    }
    ck_assert_uint_eq(session_hangup(&a, handle, WIRE_HANGUP_IN_HANDLER), 0);
    if (!(notice.flags & WIRE_NOTICE_LAST))
    {
        ck_assert_uint_eq(session_status(&a, handle, &status), 0);
        ck_assert_uint_eq(status.state, notice.state);
        session_notice_done(&a, &notice);
    }
    assert_gone(&a, handle);
    assert_silent(&a);
}
END_TEST

/* RasHangUp from elsewhere while the handler of each notice runs. */
START_TEST(test_hangup_outside)
{
    uint32_t handle = dial(&a, "ok");
    struct wire_notice notice;
    int i;

    for (i = 0;; i++)
    {
        ck_assert(next_notice(&a, &notice));
        if (i == _i) break;
        session_notice_done(&a, &notice);
    }
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
    assert_silent(&a);
    if (notice.flags & WIRE_NOTICE_LAST) return;
    /* Notices never overlap. */
    session_notice_done(&a, &notice);
    ck_assert(next_notice(&a, &notice));
    ck_assert_uint_eq(notice.state, 0x2001);
    ck_assert_uint_eq(notice.error, 0);
    ck_assert_uint_eq(notice.flags, WIRE_NOTICE_LAST);
    assert_silent(&a);
}
END_TEST

START_TEST(test_hangup_slow)
{
    uint32_t handle = dial(&a, "slow");
    struct wire_notice notice;
    int i;

    for (i = 0; i < 3; i++)
    {
        ck_assert(next_notice(&a, &notice));
        session_notice_done(&a, &notice);
    }
    assert_silent(&a);
    ck_assert_uint_eq(session_hangup(&b, handle, 0), 0);
    ck_assert(next_notice(&a, &notice));
    ck_assert_uint_eq(notice.state, 0x2001);
    assert_gone(&a, handle);
}
END_TEST

/* The handler of a state before the failure still runs. */
START_TEST(test_status_before_error_notice)
{
    uint32_t handle = dial(&a, "lcp-silent");
    struct wire_status status;
    struct wire_notice notice;

    do
    {
        ck_assert(next_notice(&a, &notice));
        if (notice.state != 5) session_notice_done(&a, &notice);
    } while (notice.state != 5);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.state, 5);
    ck_assert_uint_eq(status.error, 0);
    ck_assert_uint_eq(session_status(&b, handle, &status), 0);
    ck_assert_uint_eq(status.state, 0x2001);
    ck_assert_uint_eq(status.error, 721);
    session_notice_done(&a, &notice);
    ck_assert(next_notice(&a, &notice));
    ck_assert_uint_eq(notice.error, 721);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.error, 721);
}
END_TEST

/* The program dies in the handler of each notice: nothing stays, unless it is up. */
START_TEST(test_client_lost)
{
    struct wire_notice notice;
    int i;

    dial(&a, "ok");
    for (i = 0;; i++)
    {
        ck_assert(next_notice(&a, &notice));
        if (i == _i) break;
        session_notice_done(&a, &notice);
    }
    session_close(&a);
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), notice.flags & WIRE_NOTICE_LAST ? 1 : 0);
    if (notice.flags & WIRE_NOTICE_LAST)
    {
        ck_assert_uint_eq(session_hangup(&b, notice.handle, 0), 0);
        ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 0);
    }
}
END_TEST

/* A connection that is lost after its program has gone leaves nothing behind. */
START_TEST(test_lost_without_client)
{
    uint32_t handle = dial(&a, "busy");
    char buf[256];

    session_notices(&a, buf, sizeof(buf));
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 1);
    session_close(&a);
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 0);
    assert_gone(&b, handle);
}
END_TEST

/* A dial waits for a port that is being closed, and gets it. */
START_TEST(test_ports_busy)
{
    uint32_t handles[5];
    char buf[256];
    int i;

    for (i = 0; i < 4; i++)
    {
        ck_assert_uint_eq(session_dial(&a, (const char[]){(char)('a' + i), 0}, "ok", 2, &handles[i], NULL), 0);
        ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), UP);
    }
    ck_assert_uint_eq(session_dial(&b, "x", "ok", 2, &handles[4], NULL), 0);
    ck_assert_str_eq(session_notices(&b, buf, sizeof(buf)), "0 0:633");
    ck_assert_uint_eq(session_hangup(&b, handles[4], 0), 0);
    ck_assert_uint_eq(session_hangup(&a, handles[2], 0), 0);
    ck_assert_uint_eq(session_dial(&b, "x", "ok", 2, &handles[4], NULL), 0);
    ck_assert_str_eq(session_notices(&b, buf, sizeof(buf)), UP);
    ck_assert_int_eq(session_count(&a, 0), 4);
}
END_TEST

static void never_close(struct port *port)
{
    (void)port;
}

/* A dial at once after a hang-up waits until the port is closed. */
START_TEST(test_port_closing)
{
    struct transport slow = transport_fake;
    uint32_t first, second;
    struct wire_notice notice;
    char buf[256];
    int i;

    slow.close = never_close;
    devices[0].transport = &slow;
    first = dial_up(&a, "ok");
    /* No other port is free. */
    for (i = 1; i < 4; i++) ports[i].conn = conn_find(first);
    ck_assert_uint_eq(session_hangup(&a, first, 0), 0);
    second = dial(&b, "busy");
    ck_assert(next_notice(&b, &notice));
    session_notice_done(&b, &notice);
    assert_silent(&b);
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 2);
    conn_post(ports[0].conn, EV_PORT_CLOSED, 0);
    devices[0].transport = &transport_fake;
    ck_assert_str_eq(session_notices(&b, buf, sizeof(buf)), "1 2 2:676");
    ck_assert_uint_eq(session_hangup(&b, second, 0), 0);
    for (i = 1; i < 4; i++) ports[i].conn = NULL;
}
END_TEST

static struct conn *stays_in_lcp(struct wire_notice *notice)
{
    uint32_t handle = dial(&a, "stays-in-lcp");

    do
    {
        ck_assert(next_notice(&a, notice));
        session_notice_done(&a, notice);
    } while (notice->state != 4);
    assert_silent(&a);
    return conn_find(handle);
}

/* What the peer does waits for the program's handler, in order. */
START_TEST(test_events_wait)
{
    static const uint32_t states[] = {5, 6, 10};
    struct wire_status status;
    struct wire_notice notice;
    struct conn *c = stays_in_lcp(&notice);
    size_t i;

    conn_post(c, EV_AUTHENTICATE, 0);
    conn_post(c, EV_AUTH_OK, 0);
    conn_post(c, EV_NETWORK, 0);
    for (i = 0; i < 3; i++)
    {
        ck_assert(next_notice(&a, &notice));
        ck_assert_uint_eq(notice.state, states[i]);
        assert_silent(&a);
        ck_assert_uint_eq(session_status(&b, notice.handle, &status), 0);
        ck_assert_uint_eq(status.state, states[i]);
        session_notice_done(&a, &notice);
    }
}
END_TEST

/* The end of the link does not wait, but the refusal that caused it goes before. */
START_TEST(test_refusal_before_end)
{
    struct wire_notice notice;
    struct conn *c = stays_in_lcp(&notice);
    struct wire_status status;
    char buf[256];

    conn_post(c, EV_AUTHENTICATE, 0);
    ck_assert(next_notice(&a, &notice));
    conn_post(c, EV_AUTH_FAILED, 649);
    conn_post(c, EV_LINK_DOWN, 629);
    ck_assert_uint_eq(session_status(&b, notice.handle, &status), 0);
    ck_assert_uint_eq(status.error, 649);
    session_notice_done(&a, &notice);
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), "6 6:649");
}
END_TEST

/* More events than any link makes: the connection is closed, its end is not lost. */
START_TEST(test_event_flood)
{
    struct wire_notice notice;
    struct conn *c = stays_in_lcp(&notice);
    struct wire_status status;
    char buf[256];
    int i;

    conn_post(c, EV_AUTHENTICATE, 0);
    ck_assert(next_notice(&a, &notice));
    for (i = 0; i < 1000; i++) conn_post(c, EV_LCP_UP, 0);
    ck_assert_uint_eq(session_status(&b, notice.handle, &status), 0);
    ck_assert_uint_eq(status.error, 635);
    session_notice_done(&a, &notice);
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), "5:635");
    ck_assert_uint_eq(session_hangup(&a, notice.handle, 0), 0);
    assert_gone(&a, notice.handle);
}
END_TEST

/* ---- watches -------------------------------------------------------------------------- */

static bool next_change(struct session *s, struct wire_change *change)
{
    struct wire_msg msg;

    while (session_recv(s, &msg))
        if (msg.type == WIRE_change)
        {
            *change = msg.u.change;
            return true;
        }
    return false;
}

START_TEST(test_watch)
{
    struct wire_change change;
    uint32_t handle;

    ck_assert_uint_eq(session_watch(&b, 12345, 2), 6);
    ck_assert_uint_eq(session_watch(&b, WIRE_ANY_CONNECTION, 0), 87);
    ck_assert_uint_eq(session_watch(&b, WIRE_ANY_CONNECTION, 0x80), 87);
    ck_assert_uint_eq(session_watch(&b, WIRE_ANY_CONNECTION, 3), 0);
    assert_silent(&b);
    handle = dial_up(&a, "ok");
    ck_assert(next_change(&b, &change));
    ck_assert_uint_eq(change.handle, WIRE_ANY_CONNECTION);
    ck_assert_uint_eq(change.flags, 1);
    /* Seen in the list before it is told. */
    ck_assert_int_eq(session_count(&b, 0), 1);
    ck_assert_uint_eq(session_watch(&b, handle, 2), 0);
    ck_assert_uint_eq(session_watch(&b, handle, 2), 0);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    ck_assert(next_change(&b, &change));
    ck_assert_uint_eq(change.flags, 2);
    ck_assert(next_change(&b, &change));
    ck_assert_uint_eq(change.flags, 2);
    assert_silent(&b);
    ck_assert_uint_eq(session_watch(&b, handle, 2), 6);
}
END_TEST

/* A dial that fails was no connection for those who watch all; for those who watch
 * the handle it ends.  The change comes although the handler of a notice blocks. */
START_TEST(test_watch_dialing)
{
    struct wire_notice notice;
    struct wire_change change;
    uint32_t handle;

    ck_assert_uint_eq(session_watch(&b, WIRE_ANY_CONNECTION, 3), 0);
    handle = dial(&a, "slow");
    ck_assert(next_notice(&a, &notice));
    ck_assert_uint_eq(session_watch(&a, handle, 2), 0);
    ck_assert_uint_eq(session_hangup(&b, handle, 0), 0);
    ck_assert(next_change(&a, &change));
    ck_assert_uint_eq(change.handle, handle);
    assert_silent(&b);
}
END_TEST

START_TEST(test_watch_lost)
{
    struct wire_change change;
    struct wire_status status;
    uint32_t handle;

    ck_assert_uint_eq(session_watch(&b, WIRE_ANY_CONNECTION, 3), 0);
    handle = dial_up(&a, "drop-after-connect");
    ck_assert(next_change(&b, &change));
    ck_assert_uint_eq(change.flags, 1);
    ck_assert(next_change(&b, &change));
    ck_assert_uint_eq(change.flags, 2);
    ck_assert_int_eq(session_count(&b, 0), 0);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.error, 629);
}
END_TEST

/* ---- other requests ------------------------------------------------------------------- */

START_TEST(test_projection)
{
    struct wire_notice notice;
    struct wire_msg msg;
    uint32_t handle = dial(&a, "ok");

    for (;;)
    {
        ck_assert(next_notice(&a, &notice));
        if (notice.state == 18) break;
        wire_init(&msg, WIRE_get_ip_projection, 0);
        msg.u.get_ip_projection.handle = handle;
        ck_assert(session_answer(&b, session_send(&b, &msg), &msg));
        ck_assert_uint_eq(msg.type, WIRE_result);
        ck_assert_uint_eq(msg.u.result.error, 730);
        session_notice_done(&a, &notice);
    }
    wire_init(&msg, WIRE_get_ip_projection, 0);
    msg.u.get_ip_projection.handle = handle;
    ck_assert(session_answer(&b, session_send(&b, &msg), &msg));
    ck_assert_uint_eq(msg.type, WIRE_ip_projection);
    ck_assert_str_eq(msg.u.ip_projection.local, "192.0.2.2");
    ck_assert_str_eq(msg.u.ip_projection.remote, "192.0.2.1");
}
END_TEST

static uint32_t resume(struct session *s, uint32_t handle, uint32_t flags)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_resume, 0);
    msg.u.resume.handle = handle;
    msg.u.resume.flags = flags;
    if (!session_answer(s, session_send(s, &msg), &msg)) return UINT32_MAX;
    return msg.u.result.error;
}

START_TEST(test_resume_not_paused)
{
    struct wire_notice notice;
    uint32_t handle = dial(&a, "ok");
    char buf[256];

    ck_assert(next_notice(&a, &notice));
    ck_assert_uint_eq(resume(&a, handle, 0), 756);
    ck_assert_uint_eq(resume(&a, handle, WIRE_RESUME_IN_HANDLER), 756);
    ck_assert_uint_eq(resume(&b, handle, 0), 6);
    session_notice_done(&a, &notice);
    session_notices(&a, buf, sizeof(buf));
    ck_assert_uint_eq(resume(&a, handle, 0), 87);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    ck_assert_uint_eq(resume(&a, handle, 0), 6);
}
END_TEST

START_TEST(test_devices)
{
    uint32_t serial, handle = dial_up(&a, "ok");
    struct wire_msg msg;
    int count = 0;

    wire_init(&msg, WIRE_enum_devices, 0);
    serial = session_send(&b, &msg);
    while (session_answer(&b, serial, &msg) && msg.type == WIRE_device)
    {
        ck_assert_str_eq(msg.u.device.type, "modem");
        ck_assert_uint_eq(msg.u.device.handle, count ? 0 : handle);
        count++;
    }
    ck_assert_int_eq(count, 4);
}
END_TEST

/* ---- bad programs ---------------------------------------------------------------------- */

START_TEST(test_version)
{
    struct session c;
    struct wire_msg msg;

    session_init(&c, connect_client(), pump);
    wire_init(&msg, WIRE_hello, 0);
    msg.u.hello.magic = WIRE_MAGIC;
    msg.u.hello.version = WIRE_VERSION + 1;
    ck_assert(session_answer(&c, session_send(&c, &msg), &msg));
    ck_assert_uint_eq(msg.type, WIRE_hello);
    ck_assert_uint_eq(msg.u.hello.version, WIRE_VERSION);
    ck_assert(session_is_closed(&c));
    session_close(&c);
}
END_TEST

START_TEST(test_no_hello)
{
    struct session c;
    uint32_t handle;

    session_init(&c, connect_client(), pump);
    ck_assert_uint_eq(session_dial(&c, "", "ok", 0, &handle, NULL), UINT32_MAX);
    ck_assert(session_is_closed(&c));
    session_close(&c);
    ck_assert_int_eq(session_count(&a, WIRE_ENUM_ALL), 0);
}
END_TEST

/* What a program must not send ends its session, and no other. */
START_TEST(test_bad_frame)
{
    static const uint8_t frames[][24] = {
        {0, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0},             /* no length */
        {11, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0},            /* shorter than a header */
        {1, 64, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0},            /* too long */
        {255, 255, 255, 255, 20, 0, 0, 0, 1, 0, 0, 0},     /* much too long */
        {12, 0, 0, 0, 255, 255, 0, 0, 1, 0, 0, 0},         /* no such message */
        {16, 0, 0, 0, 20, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0}, /* reserved is not 0 */
        {15, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0},   /* field cut */
        {17, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}, /* more than its fields */
        {16, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}, /* result: only the manager's */
        {12, 0, 0, 0, 102, 0, 0, 0, 1, 0, 0, 0},           /* link_ip_down: only the plugin's */
    };
    uint32_t handle = dial_up(&a, "ok");

    ck_assert_int_eq(send(b.fd, frames[_i], frames[_i][0] < 24 ? 24 : 12, 0), frames[_i][0] < 24 ? 24 : 12);
    ck_assert(session_is_closed(&b));
    ck_assert_int_eq(session_count(&a, 0), 1);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
}
END_TEST

/* Whole messages byte by byte. */
START_TEST(test_slow_sender)
{
    uint8_t frame[WIRE_MESSAGE_MAX];
    struct wire_msg msg;
    size_t len, i;

    wire_init(&msg, WIRE_enum_connections, 77);
    len = wire_encode(&msg, frame, sizeof(frame));
    for (i = 0; i < len; i++)
    {
        ck_assert_int_eq(send(b.fd, frame + i, 1, 0), 1);
        pump();
    }
    ck_assert(session_answer(&b, 77, &msg));
    ck_assert_uint_eq(msg.type, WIRE_result);
}
END_TEST

START_TEST(test_garbage)
{
    struct session c;
    uint8_t bytes[256];
    int round;
    size_t i;

    srand(1);
    for (round = 0; round < 300; round++)
    {
        session_init(&c, connect_client(), pump);
        ck_assert(session_hello(&c));
        for (i = 0; i < sizeof(bytes); i++) bytes[i] = (uint8_t)rand();
        /* Half of them with a header that is nearly right. */
        if (round % 2)
        {
            bytes[0] = (uint8_t)(12 + rand() % 200);
            bytes[1] = bytes[2] = bytes[3] = bytes[5] = bytes[6] = bytes[7] = 0;
            bytes[4] = (uint8_t)(rand() % 32);
        }
        ck_assert_int_eq(send(c.fd, bytes, sizeof(bytes), 0), sizeof(bytes));
        pump();
        session_close(&c);
    }
    ck_assert_int_eq(session_count(&a, WIRE_ENUM_ALL), 0);
}
END_TEST

/* A program that asks and never reads is dropped before it costs much memory. */
START_TEST(test_never_reads)
{
    uint8_t frame[WIRE_MESSAGE_MAX];
    struct wire_msg msg;
    size_t len;
    int i;

    fcntl(b.fd, F_SETFL, fcntl(b.fd, F_GETFL) | O_NONBLOCK);
    wire_init(&msg, WIRE_enum_devices, 1);
    len = wire_encode(&msg, frame, sizeof(frame));
    for (i = 0; i < 100000; i++)
    {
        if (send(b.fd, frame, len, MSG_NOSIGNAL) < 0) break;
        pump();
    }
    ck_assert_int_lt(i, 100000);
    ck_assert_int_eq(session_count(&a, 0), 0);
    close(b.fd);
    b.fd = -1;
}
END_TEST

START_TEST(test_limits)
{
    uint32_t handle = 0;
    char name[32];
    int i;

    for (i = 0; i < CLIENT_DIALS_MAX; i++)
    {
        snprintf(name, sizeof(name), "Entry %d", i);
        ck_assert_uint_eq(session_dial(&a, name, "slow", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 0);
    }
    ck_assert_uint_eq(session_dial(&a, "one more", "slow", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 8);
    ck_assert_uint_eq(session_dial(&b, "one more", "slow", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 0);
    ck_assert_uint_eq(session_dial(&b, "", "", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 749);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("client");
    TCase *tcase = tcase_create("client");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, test_outcome, 0, 2 * (int)(sizeof(outcomes) / sizeof(*outcomes)));
    tcase_add_test(tcase, test_reference);
    tcase_add_test(tcase, test_hangup_unknown);
    tcase_add_loop_test(tcase, test_hangup_in_handler, 0, 11);
    tcase_add_loop_test(tcase, test_hangup_outside, 0, 11);
    tcase_add_test(tcase, test_hangup_slow);
    tcase_add_test(tcase, test_status_before_error_notice);
    tcase_add_loop_test(tcase, test_client_lost, 0, 11);
    tcase_add_test(tcase, test_lost_without_client);
    tcase_add_test(tcase, test_ports_busy);
    tcase_add_test(tcase, test_port_closing);
    tcase_add_test(tcase, test_events_wait);
    tcase_add_test(tcase, test_refusal_before_end);
    tcase_add_test(tcase, test_event_flood);
    tcase_add_test(tcase, test_watch);
    tcase_add_test(tcase, test_watch_dialing);
    tcase_add_test(tcase, test_watch_lost);
    tcase_add_test(tcase, test_projection);
    tcase_add_test(tcase, test_resume_not_paused);
    tcase_add_test(tcase, test_devices);
    tcase_add_test(tcase, test_version);
    tcase_add_test(tcase, test_no_hello);
    tcase_add_loop_test(tcase, test_bad_frame, 0, 10);
    tcase_add_test(tcase, test_slow_sender);
    tcase_add_test(tcase, test_garbage);
    tcase_add_test(tcase, test_never_reads);
    tcase_add_test(tcase, test_limits);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
