/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_session.c - the plugin over a socket pair, with a mock of pppd: what it
 * accepts from the manager, what it reports, which cause it names.
 * Each test runs in a process of its own and so finds the plugin unused.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../plugin/cause.h"
#include "../plugin/plugin.h"
#include "check_main.h"
#include "plugin_fixture.h"
#include "pppd_mock.h"
#include "tables.h"

#define FRAME(text) (const uint8_t *)(text), sizeof(text) - 1

static int plugin = -1;

static void setup(void)
{
    mock_reset();
    plugin = make_pair();
}

static void put_hangup(void)
{
    struct wire_msg m;

    wire_init(&m, WIRE_link_hangup, 0);
    put(&m);
}

static void expect_phase(uint32_t phase)
{
    mock.handlers->phase((int)phase);
    ck_assert_int_eq(get(), WIRE_link_phase);
    ck_assert_uint_eq(msg.u.link_phase.phase, phase);
}

static void expect_cause(enum ras_cause cause, uint32_t error)
{
    ck_assert_int_eq(get(), WIRE_link_cause);
    ck_assert_str_eq(ras_cause_name(msg.u.link_cause.cause), ras_cause_name(cause));
    ck_assert_uint_eq(msg.u.link_cause.error, error);
}

static void begin(const char *user, const char *password)
{
    put_config(WIRE_VERSION, 0, 0);
    if (user) put_credentials(0, user, password);
    ck_assert_ptr_null(session_open(plugin));
    report_start();
    ck_assert_int_eq(get(), WIRE_link_hello);
    ck_assert_uint_eq(msg.u.link_hello.version, WIRE_VERSION);
    ck_assert_uint_eq(msg.u.link_hello.pid, (uint32_t)getpid());
    expect_phase(PPPD_SERIALCONN);
    expect_phase(PPPD_ESTABLISH);
}

/* LCP opens; the peer asks for CHAP with this algorithm. */
static void lcp_open(uint8_t algorithm)
{
    uint8_t ack[] = {0xff, 3, 0xc0, 0x21, CP_CONF_ACK, 1, 0, 9, 3, 5, 0xc2, 0x23, algorithm};

    mock.handlers->received(FRAME("\xff\x03\xc0\x21\x02\x01\x00\x08\x01\x04\x05\x78"));
    mock.handlers->sent(ack, sizeof(ack));
    mock.handlers->phase(PPPD_AUTHENTICATE);
    ck_assert_int_eq(get(), WIRE_link_lcp_up);
    ck_assert_uint_eq(msg.u.link_lcp_up.our_mru, 1400);
    ck_assert_uint_eq(msg.u.link_lcp_up.peer_mru, 1500);
    ck_assert_uint_eq(msg.u.link_lcp_up.auth_protocol, PPP_PROTO_CHAP);
    ck_assert_uint_eq(msg.u.link_lcp_up.auth_data, algorithm);
    ck_assert_int_eq(get(), WIRE_link_phase);
}

static void chap_failure(const char *text)
{
    uint8_t frame[256] = {0xff, 3, 0xc2, 0x23, CHAP_FAILURE, 1, 0, (uint8_t)(strlen(text) + 4)};

    memcpy(frame + 8, text, strlen(text));
    mock.handlers->received(frame, 8 + strlen(text));
}

START_TEST(refuses_descriptors)
{
    int stream[2], packet[2], file = open("/dev/null", O_RDWR), inet = socket(AF_INET, SOCK_DGRAM, 0);

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, stream), 0);
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_DGRAM, 0, packet), 0);
    ck_assert_ptr_nonnull(session_open(0));
    ck_assert_ptr_nonnull(session_open(-1));
    ck_assert_ptr_nonnull(session_open(1000));
    ck_assert_ptr_nonnull(session_open(file));
    ck_assert_ptr_nonnull(session_open(inet));
    ck_assert_ptr_nonnull(session_open(stream[0]));
    ck_assert_ptr_nonnull(session_open(packet[0]));
    /* none of them was kept */
    put_config(WIRE_VERSION, 0, 0);
    ck_assert_ptr_null(session_open(plugin));
    ck_assert_int_ne(fcntl(plugin, F_GETFD) & FD_CLOEXEC, 0);
    ck_assert_ptr_nonnull(session_open(plugin));
}
END_TEST

START_TEST(refuses_another_user)
{
    if (getuid()) return; /* takes root to act as another */
    put_config(WIRE_VERSION, 0, 0);
    ck_assert_int_eq(setresuid(12345, 0, 0), 0);
    ck_assert_str_eq(session_open(plugin), "the socket belongs to another user");
}
END_TEST

START_TEST(refuses_first_messages)
{
    struct wire_msg m;
    uint8_t long_packet[5000];

    switch (_i)
    {
    case 0: break; /* nothing there */
    case 1: put_config(WIRE_VERSION + 1, 0, 0); break;
    case 2: put_credentials(0, "a", "b"); break;
    case 3: put_config(WIRE_VERSION, 0, 0); put_config(WIRE_VERSION, 0, 0); break;
    case 4: ck_assert_int_eq(send(manager, "\x0c\0\0\0\x40\0\0\0\0\0\0", 11, 0), 11); break;
    case 5:
        wire_init(&m, WIRE_link_hello, 0); /* a plugin's own */
        put(&m);
        break;
    case 6:
        memset(long_packet, 0x41, sizeof(long_packet));
        ck_assert_int_eq(send(manager, long_packet, sizeof(long_packet), 0), sizeof(long_packet));
        break;
    case 7: close(manager); break;
    case 8:
        wire_init(&m, WIRE_get_status, 0); /* a client's */
        put(&m);
        break;
    }
    ck_assert_ptr_nonnull(session_open(plugin));
}
END_TEST

START_TEST(dials)
{
    static const struct mock_env env[] = {{"IFNAME", "ppp7"}, {"IPLOCAL", "10.9.0.2"}, {"IPREMOTE", "10.9.0.1"},
                                          {"DNS1", "10.9.0.53"}, {"DNS2", "far too long to be an address"},
                                          {NULL, NULL}};
    char password[PPPD_NAME_SIZE];

    begin("alice", "open sesame");
    ck_assert_str_eq(mock.user, "alice");
    ck_assert(mock.handlers->has_password());
    lcp_open(CHAP_ALGORITHM_MSCHAP_V2);
    /* pppd may think that there is an empty one: responder.c answers. */
    ck_assert(mock.handlers->get_password(password));
    ck_assert_str_eq(password, "");
    mock.handlers->phase(PPPD_NETWORK);
    ck_assert_int_eq(get(), WIRE_link_auth_ok);
    ck_assert_uint_eq(msg.u.link_auth_ok.protocol, PPP_PROTO_CHAP);
    ck_assert_uint_eq(msg.u.link_auth_ok.data, CHAP_ALGORITHM_MSCHAP_V2);
    ck_assert_int_eq(get(), WIRE_link_phase);
    mock.env = env;
    expect_phase(PPPD_RUNNING);
    mock.handlers->ip_up();
    ck_assert_int_eq(get(), WIRE_link_ip_up);
    ck_assert_str_eq(msg.u.link_ip_up.ifname, "ppp7");
    ck_assert_str_eq(msg.u.link_ip_up.local, "10.9.0.2");
    ck_assert_str_eq(msg.u.link_ip_up.remote, "10.9.0.1");
    ck_assert_str_eq(msg.u.link_ip_up.dns1, "10.9.0.53");
    ck_assert_str_eq(msg.u.link_ip_up.dns2, "");
    chap_failure("E=691 R=0"); /* a stray packet */
    ck_assert_int_eq(get(), 0);
    /* The peer closes; what follows from that is not a second cause. */
    mock.handlers->received(FRAME("\xff\x03\xc0\x21\x05\x02\x00\x07" "bye"));
    expect_cause(CAUSE_PEER_TERMINATED, 0);
    ck_assert_str_eq(msg.u.link_cause.detail, "bye");
    mock.status = PPPD_EXIT_HANGUP;
    mock.handlers->ip_down();
    ck_assert_int_eq(get(), WIRE_link_ip_down);
    expect_phase(PPPD_DISCONNECT);
    expect_phase(PPPD_DEAD);
    mock.handlers->leaving(16);
    ck_assert_int_eq(get(), WIRE_link_exit);
    ck_assert_uint_eq(msg.u.link_exit.status, 16);
    ck_assert_int_eq(get(), 0);
    ck_assert(!mock.handlers->has_password());
    ck_assert(!mock.handlers->get_password(password));
    ck_assert_uint_gt(mock.password_wipes, 0);
    ck_assert_uint_eq(mock.hang_ups, 0);
}
END_TEST

/* A link that another pppd's bundle takes has no network protocols of its own. */
START_TEST(joins)
{
    static const struct mock_env env[] = {{"IFNAME", "ppp7"}, {NULL, NULL}};

    begin("alice", "open sesame");
    lcp_open(CHAP_ALGORITHM_MSCHAP_V2);
    mock.handlers->phase(PPPD_NETWORK);
    ck_assert_int_eq(get(), WIRE_link_auth_ok);
    ck_assert_int_eq(get(), WIRE_link_phase);
    mock.env = env;
    mock.handlers->joined();
    ck_assert_int_eq(get(), WIRE_link_joined);
    ck_assert_str_eq(msg.u.link_joined.ifname, "ppp7");
    mock.handlers->received(FRAME("\xff\x03\xc0\x21\x05\x02\x00\x07" "bye"));
    expect_cause(CAUSE_PEER_TERMINATED, 0);
    ck_assert_uint_eq(mock.hang_ups, 0);
}
END_TEST

START_TEST(no_authentication)
{
    begin("", "");
    mock.handlers->phase(PPPD_AUTHENTICATE);
    ck_assert_int_eq(get(), WIRE_link_lcp_up);
    ck_assert_uint_eq(msg.u.link_lcp_up.auth_protocol, 0);
    ck_assert_int_eq(get(), WIRE_link_phase);
    mock.handlers->phase(PPPD_NETWORK);
    ck_assert_int_eq(get(), WIRE_link_auth_ok);
    ck_assert_uint_eq(msg.u.link_auth_ok.protocol, 0);
    ck_assert_int_eq(get(), WIRE_link_phase);
    /* It never gets further: the time limit ends it. */
    ck_assert_uint_eq(mock_run_timers(), 2); /* look and limit */
    expect_cause(CAUSE_NCP_TIMEOUT, 0);
    ck_assert_uint_eq(mock.hang_ups, 1);
}
END_TEST

/* We reject the authentication that the peer wants, and LCP opens without it. */
static void lcp_open_declined(void)
{
    begin("alice", "open sesame");
    mock.handlers->sent(FRAME("\xff\x03\xc0\x21\x04\x01\x00\x09\x03\x05\xc2\x23\x80"));
    mock.handlers->sent(FRAME("\xff\x03\xc0\x21\x02\x02\x00\x04"));
    mock.handlers->phase(PPPD_AUTHENTICATE);
    ck_assert_int_eq(get(), WIRE_link_lcp_up);
    ck_assert_int_eq(get(), WIRE_link_phase);
    mock.handlers->phase(PPPD_NETWORK);
    ck_assert_int_eq(get(), 0);
}

START_TEST(declined_and_refused)
{
    lcp_open_declined();
    mock.handlers->received(FRAME("\xff\x03\xc0\x21\x05\x03\x00\x06no"));
    expect_cause(CAUSE_AUTH_NO_PROTOCOL, 0);
    ck_assert_int_eq(get(), 0);
}
END_TEST

/* Without authentication there are no keys for the encryption that pppd requires. */
START_TEST(declined_and_encrypted)
{
    lcp_open_declined();
    if (_i) mock.handlers->received(FRAME("\xff\x03\x80\x21\x01\x01\x00\x04")); /* it goes on all the same */
    while (get()) {}
    mock.handlers->sent(FRAME("\xff\x03\xc0\x21\x05\x03\x00\x21" "MPPE required but not available"));
    expect_cause(_i ? CAUSE_ENCRYPTION_REMOTE : CAUSE_AUTH_NO_PROTOCOL, 0);
}
END_TEST

START_TEST(declined_and_accepted)
{
    lcp_open_declined();
    mock.handlers->received(FRAME("\xff\x03\x80\x21\x01\x01\x00\x04"));
    ck_assert_int_eq(get(), WIRE_link_auth_ok);
    ck_assert_uint_eq(msg.u.link_auth_ok.protocol, 0);
    ck_assert_int_eq(get(), WIRE_link_phase);
    ck_assert_uint_eq(msg.u.link_phase.phase, PPPD_NETWORK);
    mock.handlers->received(FRAME("\xff\x03\x80\x21\x01\x02\x00\x04"));
    ck_assert_int_eq(get(), 0);
}
END_TEST

START_TEST(refused)
{
    begin("alice", "wrong");
    lcp_open(CHAP_ALGORITHM_MSCHAP_V2);
    chap_failure("E=648 R=1 C=00112233445566778899AABBCCDDEEFF V=3 M=Expired");
    ck_assert_int_eq(get(), WIRE_link_auth_fail);
    ck_assert_uint_eq(msg.u.link_auth_fail.error, 648);
    ck_assert_uint_eq(msg.u.link_auth_fail.retry, 1);
    ck_assert_uint_eq(msg.u.link_auth_fail.version, 3);
    ck_assert_uint_eq(msg.u.link_auth_fail.protocol, PPP_PROTO_CHAP);
    ck_assert_str_eq(msg.u.link_auth_fail.message, "Expired");
    expect_cause(CAUSE_AUTH_REFUSED, 648);
    chap_failure("E=691 R=0");
    ck_assert_int_eq(get(), 0);
    /* A failure in a protocol that was not agreed on says nothing. */
    mock.handlers->received(FRAME("\xff\x03\xc0\x23\x03\x01\x00\x05\x00"));
    ck_assert_int_eq(get(), 0);
}
END_TEST

START_TEST(ipcp_rejected)
{
    begin(NULL, NULL);
    mock.handlers->phase(PPPD_AUTHENTICATE);
    mock.handlers->phase(PPPD_NETWORK);
    while (get()) {}
    mock.handlers->received(FRAME("\xff\x03\xc0\x21\x08\x01\x00\x08\x80\xfd\x01\x01")); /* CCP: no harm */
    ck_assert_int_eq(get(), WIRE_link_ccp);
    ck_assert_uint_eq(mock.hang_ups, 0);
    mock.handlers->received(FRAME("\xff\x03\xc0\x21\x08\x01\x00\x08\x80\x21\x01\x01"));
    expect_cause(CAUSE_NCP_REJECTED, 0);
    ck_assert_uint_eq(mock.hang_ups, 1);
}
END_TEST

START_TEST(hangs_up)
{
    begin("alice", "pw");
    switch (_i)
    {
    case 0: put_hangup(); break;
    case 1: put_config(WIRE_VERSION, 0, 0); break; /* not now */
    case 2: ck_assert_int_eq(send(manager, "rubbish", 7, 0), 7); break;
    case 3: ck_assert_int_eq(shutdown(manager, SHUT_WR), 0); break;
    }
    mock_run_timers();
    expect_cause(CAUSE_LOCAL_HANGUP, 0);
    ck_assert_uint_eq(mock.hang_ups, 1);
    mock_run_timers();
    ck_assert_uint_eq(mock.hang_ups, 1);
    mock.status = PPPD_EXIT_PEER_DEAD;
    mock.handlers->phase(PPPD_DISCONNECT);
    mock.handlers->leaving(15);
}
END_TEST

START_TEST(manager_gone)
{
    begin("alice", "pw");
    close(manager);
    mock.handlers->phase(PPPD_AUTHENTICATE); /* sending finds out, and raises no SIGPIPE */
    ck_assert_uint_eq(mock.hang_ups, 1);
    mock_run_timers();
    mock.handlers->phase(PPPD_TERMINATE);
    ck_assert_uint_eq(mock.hang_ups, 1);
    ck_assert_uint_eq(mock_timers(), 0);
}
END_TEST

START_TEST(never_blocks)
{
    unsigned int i;

    begin("alice", "pw");
    for (i = 0; i < 100000 && !mock.hang_ups; i++) mock.handlers->phase(PPPD_ESTABLISH);
    ck_assert_uint_eq(mock.hang_ups, 1);
}
END_TEST

static volatile sig_atomic_t terminated;

static void on_term(int number)
{
    (void)number;
    terminated = 1;
}

/* Until 2.5.2: looked at by timer, and by signal once the link is up. */
START_TEST(signalled_when_up)
{
    signal(SIGTERM, on_term);
    begin("alice", "pw");
    ck_assert_uint_eq(mock_timers(), 1);
    mock.handlers->ip_up();
    ck_assert_uint_eq(mock_timers(), 0);
    while (get()) {} /* room for sending is no message */
    ck_assert_int_eq(terminated, 0);
    if (_i)
        put_hangup();
    else
        close(manager);
    ck_assert_int_eq(terminated, 1);
}
END_TEST

START_TEST(hangup_before_signal)
{
    begin("alice", "pw");
    put_hangup();
    mock.handlers->ip_up();
    ck_assert_uint_eq(mock.hang_ups, 1);
}
END_TEST

START_TEST(watched)
{
    mock.can_watch = true;
    begin("alice", "pw");
    ck_assert_int_eq(mock.watched_fd, plugin);
    mock_run_timers();
    ck_assert_uint_eq(mock_timers(), 0);
    close(manager);
    mock.watch_fn();
    ck_assert_uint_eq(mock.hang_ups, 1);
    ck_assert_int_eq(mock.watched_fd, -1);
}
END_TEST

START_TEST(passwords)
{
    char password[PPPD_NAME_SIZE], long_one[300];

    begin("alice", "\xc3\xa4\xc3\xb6");
    lcp_open(CHAP_ALGORITHM_MD5);
    ck_assert(mock.handlers->get_password(password));
    ck_assert_str_eq(password, "\xc3\xa4\xc3\xb6");
    memset(long_one, 'x', 256);
    long_one[256] = 0;
    put_credentials(0, "alice", long_one);
    mock_run_timers();
    ck_assert(!mock.handlers->get_password(password));
    ck_assert_int_eq(password[0], 0);
    long_one[255] = 0;
    put_credentials(0, "alice", long_one);
    mock_run_timers();
    ck_assert(mock.handlers->get_password(password));
    put_credentials(0, "", "");
    mock_run_timers();
    ck_assert(mock.handlers->get_password(password));
    ck_assert_str_eq(password, "");
    ck_assert_uint_eq(mock.hang_ups, 0);
}
END_TEST

/* pppd calls the loss of a line a request of the user's when SIGHUP tells it first. */
START_TEST(line_lost)
{
    begin("alice", "pw");
    mock.status = PPPD_EXIT_USER_REQUEST;
    mock.handlers->signalled(_i ? SIGHUP : SIGTERM);
    mock.handlers->phase(PPPD_DISCONNECT);
    expect_cause(_i ? CAUSE_CARRIER_LOST : CAUSE_LOCAL_HANGUP, 0);
}
END_TEST

START_TEST(lets_children_go)
{
    char byte;

    begin("alice", "pw");
    mock.handlers->forked();
    ck_assert(!mock.handlers->has_password());
    ck_assert_int_eq(recv(manager, &byte, 1, MSG_DONTWAIT), 0);
}
END_TEST

/* Ends without a packet that says why. */
static const struct ending
{
    enum link_stage stage;
    int status;
    bool heard;
    uint64_t silence;
    enum ras_cause cause;
} endings[] = {
    {STAGE_LCP, 10, false, 0, CAUSE_LCP_NO_REPLY},
    {STAGE_LCP, 10, true, 30000, CAUSE_LCP_TIMEOUT},
    {STAGE_LCP, 10, true, 1000, CAUSE_LCP_NOT_CONVERGING},
    {STAGE_LCP, PPPD_EXIT_LOOPBACK, true, 0, CAUSE_LCP_LOOPBACK},
    {STAGE_LCP, PPPD_EXIT_HANGUP, false, 0, CAUSE_CARRIER_LOST},
    {STAGE_LCP, PPPD_EXIT_USER_REQUEST, false, 0, CAUSE_LOCAL_HANGUP},
    {STAGE_AUTH, 19, true, 1000, CAUSE_AUTH_TIMEOUT},
    {STAGE_NETWORK, 10, true, 1000, CAUSE_NCP_TIMEOUT},
    {STAGE_UP, PPPD_EXIT_IDLE, true, 0, CAUSE_IDLE},
    {STAGE_UP, PPPD_EXIT_TIME_LIMIT, true, 0, CAUSE_TIME_LIMIT},
    {STAGE_UP, PPPD_EXIT_PEER_DEAD, true, 0, CAUSE_PEER_DEAD},
    {STAGE_UP, PPPD_EXIT_HANGUP, true, 0, CAUSE_CARRIER_LOST},
    {STAGE_UP, PPPD_EXIT_TRAFFIC_LIMIT, true, 0, CAUSE_TRAFFIC_LIMIT},
    {STAGE_UP, 0, true, 0, CAUSE_NONE},
    {STAGE_LCP, PPPD_EXIT_FATAL, false, 0, CAUSE_PPPD_DIED},
    {STAGE_AUTH, PPPD_EXIT_CRASHED, true, 0, CAUSE_PPPD_DIED},
    {STAGE_LCP, PPPD_EXIT_OPTIONS, false, 0, CAUSE_PPPD_OPTIONS},
    {STAGE_LCP, PPPD_EXIT_NO_KERNEL, false, 0, CAUSE_NO_KERNEL_PPP},
    {STAGE_LCP, PPPD_EXIT_LOCK_FAILED, false, 0, CAUSE_PORT_LOCKED},
    {STAGE_LCP, PPPD_EXIT_OPEN_FAILED, false, 0, CAUSE_PORT_OPEN},
};

START_TEST(ends)
{
    const struct ending *e = &endings[_i];
    struct link link;

    cause_init(&link, WIRE_PROTO_IPV4);
    link.stage = e->stage;
    link.lcp_heard = e->heard;
    link.lcp_heard_ms = 50000;
    cause_ending(&link, e->status, 50000 + e->silence);
    ck_assert_str_eq(ras_cause_name(link.cause), ras_cause_name(e->cause));
    cause_set(&link, CAUSE_AUTH_REFUSED, 691, "");
    ck_assert_int_eq(link.cause, e->cause); /* the first wins */
}
END_TEST

static void add_tests(TCase *tests)
{
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, refuses_descriptors);
    tcase_add_test(tests, refuses_another_user);
    tcase_add_loop_test(tests, refuses_first_messages, 0, 9);
    tcase_add_test(tests, dials);
    tcase_add_test(tests, joins);
    tcase_add_test(tests, no_authentication);
    tcase_add_test(tests, declined_and_refused);
    tcase_add_loop_test(tests, declined_and_encrypted, 0, 2);
    tcase_add_test(tests, declined_and_accepted);
    tcase_add_test(tests, refused);
    tcase_add_test(tests, ipcp_rejected);
    tcase_add_loop_test(tests, hangs_up, 0, 4);
    tcase_add_loop_test(tests, line_lost, 0, 2);
    tcase_add_test(tests, manager_gone);
    tcase_add_test(tests, never_blocks);
    tcase_add_loop_test(tests, signalled_when_up, 0, 2);
    tcase_add_test(tests, hangup_before_signal);
    tcase_add_test(tests, watched);
    tcase_add_test(tests, passwords);
    tcase_add_test(tests, lets_children_go);
    tcase_add_loop_test(tests, ends, 0, (int)(sizeof(endings) / sizeof(*endings)));
}

int main(void)
{
    return check_main("session", add_tests);
}
