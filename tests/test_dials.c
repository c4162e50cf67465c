/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_dials.c - connections in sessions of programs: the notices of each outcome
 * and their order, hang-ups at each moment, programs that die.
 */
#include "client_fixture.h"

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

/* Entries with several numbers: each that is dialled is told, and the last one's error is the dial's. */
static const struct
{
    const char *number, *alternates, *notices, *used;
    uint32_t index, error;
} numbers[] = {
    {"busy", "ok", "0 1 2 2 3 4 5 6 10 14 18 C", "ok", 1, 0},
    {"busy", "no-answer\nno-carrier\nok\nvoice", "0 1 2 2 2 2 3 4 5 6 10 14 18 C", "ok", 3, 0},
    {"busy", "no-answer\nvoice", "0 1 2 2 2 2:677", "voice", 2, 677},
    {"ok", "busy", UP, "ok", 0, 0},
    {"busy", "", "0 1 2 2:676", "busy", 0, 676},
    {"no-dialtone", "ok", "0 1 2 2:680", "no-dialtone", 0, 680},
    {"busy", "bad-auth\nok", "0 1 2 2 3 4 5 6 6:691", "bad-auth", 1, 691},
    {"port-busy", "ok", "0 0:633", "port-busy", 0, 633},
};

START_TEST(test_numbers)
{
    struct wire_status status;
    uint32_t handle = 0, options = _i % 2 ? 0 : WIRE_DIAL_ACKNOWLEDGED;
    char buf[256];

    ck_assert_uint_eq(session_dial_numbers(&a, "Entry", numbers[_i / 2].number, numbers[_i / 2].alternates, options,
                                           &handle, NULL), 0);
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), numbers[_i / 2].notices);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.error, numbers[_i / 2].error);
    ck_assert_str_eq(status.number, numbers[_i / 2].used);
    ck_assert_uint_eq(status.number_index, numbers[_i / 2].index);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    assert_gone(&a, handle);
}
END_TEST

/* Hung up in the handler that hears of the second number. */
START_TEST(test_numbers_hangup)
{
    struct wire_status status;
    struct wire_notice notice;
    uint32_t handle = 0;
    int i;

    ck_assert_uint_eq(session_dial_numbers(&a, "Entry", "busy", "ok", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 0);
    for (i = 0;; i++)
    {
        ck_assert(next_notice(&a, &notice));
        if (i == 3) break;
        session_notice_done(&a, &notice);
    }
    ck_assert_uint_eq(notice.state, 2);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.state, 2);
    ck_assert_uint_eq(status.error, 0);
    ck_assert_str_eq(status.number, "ok");
    ck_assert_uint_eq(session_hangup(&a, handle, WIRE_HANGUP_IN_HANDLER), 0);
    session_notice_done(&a, &notice);
    assert_gone(&a, handle);
}
END_TEST

/* Whose entry and credentials they are shows in the list. */
START_TEST(test_flags)
{
    static const struct
    {
        uint32_t options, flags;
    } rows[] = {{0, 0}, {WIRE_DIAL_ALL_USERS, 1}, {WIRE_DIAL_GLOBAL_CREDS, 2},
                {WIRE_DIAL_ALL_USERS | WIRE_DIAL_GLOBAL_CREDS, 3}};
    uint32_t handle = 0;
    char buf[256];

    ck_assert_uint_eq(session_dial(&a, "Entry", "ok", rows[_i].options, &handle, NULL), 0);
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), UP);
    ck_assert_uint_eq(session_flags(&b), rows[_i].flags);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
}
END_TEST

/* Name servers are those of the entry, if any, or the peer's. */
START_TEST(test_servers)
{
    struct wire_projection *projection;
    struct wire_msg msg;
    uint32_t handle = 0;
    char buf[256];

    wire_init(&msg, WIRE_dial, 0);
    WIRE_SET_TEXT(msg.u.dial.entry, "Entry");
    WIRE_SET_TEXT(msg.u.dial.number, "ok");
    if (_i == 0) msg.u.dial.ppp_options = WIRE_PPP_PEER_DNS;
    if (_i <= 1)
    {
        WIRE_SET_TEXT(msg.u.dial.dns1, "203.0.113.1");
        WIRE_SET_TEXT(msg.u.dial.dns2, "203.0.113.2");
        WIRE_SET_TEXT(msg.u.dial.wins1, "203.0.113.3");
        WIRE_SET_TEXT(msg.u.dial.wins2, "203.0.113.4");
    }
    ck_assert_uint_eq(session_dial_message(&a, &msg, &handle, NULL), 0);
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), UP);
    wire_init(&msg, WIRE_get_projection, 0);
    msg.u.get_projection.handle = handle;
    ck_assert(session_answer(&b, session_send(&b, &msg), &msg));
    ck_assert_uint_eq(msg.type, WIRE_projection);
    projection = &msg.u.projection;
    ck_assert_str_eq(projection->dns1, _i == 0 ? "198.51.100.1" : _i == 1 ? "203.0.113.1" : "");
    ck_assert_str_eq(projection->dns2, _i == 0 ? "198.51.100.2" : _i == 1 ? "203.0.113.2" : "");
    ck_assert_str_eq(projection->wins1, _i == 0 ? "198.51.100.3" : _i == 1 ? "203.0.113.3" : "");
    ck_assert_str_eq(projection->wins2, _i == 0 ? "198.51.100.4" : _i == 1 ? "203.0.113.4" : "");
    ck_assert_uint_eq(projection->error, 0);
    ck_assert_uint_eq(projection->error6, 731);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
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

static uint32_t dial_book(struct session *s, const char *book, const char *file, uint32_t *handle, uint32_t *flags)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_dial, 0);
    WIRE_SET_TEXT(msg.u.dial.entry, "Entry");
    WIRE_SET_TEXT(msg.u.dial.number, "ok");
    WIRE_SET_TEXT(msg.u.dial.phonebook, book);
    WIRE_SET_TEXT(msg.u.dial.phonebook_file, file);
    return session_dial_message(s, &msg, handle, flags);
}

static void describe(struct session *s, uint32_t handle, struct wire_connection *found)
{
    struct wire_msg msg;
    uint32_t serial;

    memset(found, 0, sizeof(*found));
    wire_init(&msg, WIRE_enum_connections, 0);
    serial = session_send(s, &msg);
    while (session_answer(s, serial, &msg) && msg.type == WIRE_connection)
        if (msg.u.connection.handle == handle) *found = msg.u.connection;
    ck_assert_uint_eq(found->handle, handle);
}

/* The file is what tells phone books apart, not what programs of different prefixes call it. */
START_TEST(test_books)
{
    uint32_t first = 0, second = 0, third = 0, flags = 0;
    struct wire_connection one, two;
    char buf[256];

    ck_assert_uint_eq(dial_book(&a, "C:\\b.pbk", "/proc/self/../self/status", &first, &flags), 0);
    session_notices(&a, buf, sizeof(buf));
    /* The same path of Windows, another file. */
    ck_assert_uint_eq(dial_book(&b, "C:\\b.pbk", "/proc/version", &second, &flags), 0);
    ck_assert_uint_eq(flags, 0);
    ck_assert_uint_ne(second, first);
    session_notices(&b, buf, sizeof(buf));
    /* The same file by another path. */
    ck_assert_uint_eq(dial_book(&a, "Z:\\proc\\version", "/proc/./version", &third, &flags), 0);
    ck_assert_uint_eq(flags, WIRE_DIALING_EXISTING);
    ck_assert_uint_eq(third, second);

    describe(&a, first, &one);
    describe(&a, second, &two);
    ck_assert_str_eq(two.phonebook, "C:\\b.pbk");
    ck_assert_str_eq(two.phonebook_file, "/proc/version");
    ck_assert(one.luid != two.luid && one.luid && two.luid);
    ck_assert_uint_eq(one.correlation_id_len, 16);
    ck_assert(memcmp(one.correlation_id, two.correlation_id, 16));
    ck_assert_uint_eq(session_hangup(&b, first, 0), 0);
    ck_assert_uint_eq(session_hangup(&a, second, 0), 0);
    ck_assert_uint_eq(session_hangup(&b, second, 0), 0);
}
END_TEST

/* Serial lines need no number; only a dial without an entry does. */
START_TEST(test_no_number)
{
    uint32_t handle = 0;
    char buf[256];

    ck_assert_uint_eq(session_dial(&a, "", "", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 749);
    ck_assert_uint_eq(session_dial(&a, "Entry", "", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 0);
    /* The scripted modem does. */
    ck_assert_str_eq(session_notices(&a, buf, sizeof(buf)), "0 1 2 2:678");
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
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
    fixture_devices[0].transport = &slow;
    first = dial_up(&a, "ok");
    /* No other port is free. */
    for (i = 1; i < FIXTURE_PORTS; i++) fixture_ports[i].conn = conn_find(first);
    ck_assert_uint_eq(session_hangup(&a, first, 0), 0);
    second = dial(&b, "busy");
    ck_assert(next_notice(&b, &notice));
    session_notice_done(&b, &notice);
    assert_silent(&b);
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 2);
    conn_post(fixture_ports[0].conn, EV_PORT_CLOSED, 0);
    fixture_devices[0].transport = &transport_fake;
    ck_assert_str_eq(session_notices(&b, buf, sizeof(buf)), "1 2 2:676");
    ck_assert_uint_eq(session_hangup(&b, second, 0), 0);
    for (i = 1; i < FIXTURE_PORTS; i++) fixture_ports[i].conn = NULL;
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

/* With paused states the end waits behind the refusal, and that behind its turn. */
START_TEST(test_pause_before_end)
{
    static const uint32_t states[] = {RAS_STATE_Authenticate, RAS_STATE_AuthNotify, RAS_STATE_RetryAuthentication};
    struct wire_notice notice;
    struct conn *c = stays_in_lcp(&notice);
    size_t i;

    c->dial.options |= WIRE_DIAL_PAUSED_STATES;
    conn_post(c, EV_LCP_UP, 0);
    conn_post(c, EV_AUTHENTICATE, 0);
    conn_post(c, EV_AUTH_HELD, 691);
    conn_post(c, EV_LINK_DOWN, 691);
    for (i = 0; i < 3; i++)
    {
        ck_assert(next_notice(&a, &notice));
        ck_assert_uint_eq(notice.state, states[i]);
        ck_assert_uint_eq(notice.error, 0);
        session_notice_done(&a, &notice);
    }
    assert_silent(&a);
}
END_TEST

/* A link whose peer will call back ends without a failure, however quick it is. */
START_TEST(test_callback_before_end)
{
    static const uint32_t states[] = {RAS_STATE_Authenticate, RAS_STATE_AuthNotify, RAS_STATE_PrepareForCallback,
                                      RAS_STATE_WaitForModemReset, RAS_STATE_WaitForCallback,
                                      RAS_STATE_ReAuthenticate};
    struct wire_notice notice;
    struct conn *c = stays_in_lcp(&notice);
    size_t i;

    conn_post(c, EV_AUTHENTICATE, 0);
    conn_post(c, EV_AUTH_OK, 0);
    conn_post(c, EV_CALLBACK_AGREED, 0);
    conn_post(c, EV_LINK_DOWN, 631);
    for (i = 0; i < sizeof(states) / sizeof(*states); i++)
    {
        ck_assert(next_notice(&a, &notice));
        ck_assert_uint_eq(notice.state, states[i]);
        ck_assert_uint_eq(notice.error, 0);
        session_notice_done(&a, &notice);
    }
    assert_silent(&a);
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

static void close_later(struct port *port)
{
    (void)port;
}

/* Two ports get free at once: who waits takes one. */
START_TEST(test_two_ports_free)
{
    static const char *const taken[FIXTURE_PORTS] = {"ok", "load", "ipv6", "deflated"};
    struct transport closes_later = transport_fake;
    struct conn *closing[FIXTURE_PORTS];
    uint32_t handles[FIXTURE_PORTS], late;
    int i, used = 0;

    closes_later.close = close_later;
    for (i = 0; i < FIXTURE_PORTS; i++)
    {
        if (i < 2) fixture_devices[i].transport = &closes_later;
        handles[i] = dial_up(&a, taken[i]);
        closing[i] = conn_find(handles[i]);
    }
    for (i = 0; i < 2; i++) ck_assert_uint_eq(session_hangup(&a, handles[i], 0), 0);
    ck_assert_uint_eq(session_dial(&b, "Late", "slow", 0, &late, NULL), 0);
    pump();
    ck_assert_int_eq(conn_find(late)->state, ST_OPENING);
    for (i = 0; i < 2; i++)
    {
        fixture_devices[i].transport = &transport_fake;
        conn_post(closing[i], EV_PORT_CLOSED, 0);
    }
    pump();
    for (i = 0; i < FIXTURE_PORTS; i++) used += fixture_ports[i].conn != NULL;
    ck_assert_int_eq(used, FIXTURE_PORTS - 1);
    for (i = 2; i < FIXTURE_PORTS; i++) ck_assert_uint_eq(session_hangup(&a, handles[i], 0), 0);
    ck_assert_uint_eq(session_hangup(&b, late, 0), 0);
    pump();
    for (i = 0; i < FIXTURE_PORTS; i++) ck_assert_ptr_null(fixture_ports[i].conn);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_two_ports_free);
    tcase_add_loop_test(tcase, test_outcome, 0, 2 * (int)(sizeof(outcomes) / sizeof(*outcomes)));
    tcase_add_loop_test(tcase, test_numbers, 0, 2 * (int)(sizeof(numbers) / sizeof(*numbers)));
    tcase_add_test(tcase, test_numbers_hangup);
    tcase_add_loop_test(tcase, test_flags, 0, 4);
    tcase_add_loop_test(tcase, test_servers, 0, 3);
    tcase_add_test(tcase, test_reference);
    tcase_add_test(tcase, test_books);
    tcase_add_test(tcase, test_no_number);
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
    tcase_add_test(tcase, test_pause_before_end);
    tcase_add_test(tcase, test_callback_before_end);
    tcase_add_test(tcase, test_event_flood);
}

int main(void)
{
    return fixture_run("dials", add_tests);
}
