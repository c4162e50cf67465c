/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_link_pppd.c - what the link makes of pppd and its plugin.  The program plays
 * both sides: called with --pppd it is a pppd that does the steps named after it.
 *
 *   hello bad-hello phase=N lcp auth-ok auth-fail=N eap=HOLD ip cause=N cause=N,ERROR junk
 *   callback-asked=TYPES,HOLD callback-agreed print=TEXT fds close wait-term ignore-term stay exit=N kill=N
 */
#include "config.h"

#include "check_main.h"
#include "rasmand_stubs.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>


#define PLUGIN_FD 3

/* ---- pppd --------------------------------------------------------------------------- */

static void send_message(const struct wire_msg *msg)
{
    uint8_t buf[WIRE_MESSAGE_MAX];
    size_t len = wire_encode(msg, buf, sizeof(buf));

    if (!len || send(PLUGIN_FD, buf, len, MSG_NOSIGNAL) != (ssize_t)len) _exit(99);
}

static void show_settings(void)
{
    uint8_t buf[WIRE_MESSAGE_MAX];
    struct wire_msg msg;
    ssize_t len;
    int i;

    for (i = 0; i < 3; i++)
    {
        len = recv(PLUGIN_FD, buf, sizeof(buf), MSG_DONTWAIT);
        if (len <= 0 || wire_decode(&msg, buf, (size_t)len, WIRE_MANAGER) != len) _exit(98);
        if (msg.type == WIRE_link_config)
            dprintf(2, "config %u %u, hold %#x, protocols %#x\n", (unsigned int)msg.u.link_config.version,
                    (unsigned int)msg.u.link_config.connection, (unsigned int)msg.u.link_config.hold,
                    (unsigned int)msg.u.link_config.protocols);
        else if (msg.type == WIRE_link_network)
            dprintf(2, "network %#x %u %u <%s> <%s> <%s> <%s> <%s>\n", (unsigned int)msg.u.link_network.flags,
                    (unsigned int)msg.u.link_network.metric, (unsigned int)msg.u.link_network.metric6,
                    msg.u.link_network.dns1, msg.u.link_network.dns2, msg.u.link_network.dns61,
                    msg.u.link_network.dns62, msg.u.link_network.dns_suffix);
        else
            dprintf(2, "credentials <%s> %u\n", msg.u.link_credentials.user,
                    (unsigned int)strlen(msg.u.link_credentials.password));
    }
}

/* What the manager says next. */
static void show_answer(void)
{
    uint8_t buf[WIRE_MESSAGE_MAX];
    struct wire_msg msg;
    ssize_t len = recv(PLUGIN_FD, buf, sizeof(buf), 0);

    if (len <= 0 || wire_decode(&msg, buf, (size_t)len, WIRE_MANAGER) != len) _exit(98);
    if (msg.type == WIRE_link_password)
        dprintf(2, "hold %u, password %u, old %u\n", (unsigned int)msg.u.link_password.hold,
                (unsigned int)strlen(msg.u.link_password.password),
                (unsigned int)strlen(msg.u.link_password.old_password));
    else if (msg.type == WIRE_link_callback)
        dprintf(2, "hold %u, callback %u <%s> after %u\n", (unsigned int)msg.u.link_callback.hold,
                (unsigned int)msg.u.link_callback.type, msg.u.link_callback.number,
                (unsigned int)msg.u.link_callback.delay);
    else if (msg.type == WIRE_link_credentials)
        dprintf(2, "hold %u, <%s> %u\n", (unsigned int)msg.u.link_credentials.hold, msg.u.link_credentials.user,
                (unsigned int)strlen(msg.u.link_credentials.password));
}

static void show_descriptors(void)
{
    int fd;

    for (fd = 4; fd < 300; fd++)
        if (fcntl(fd, F_GETFD) >= 0) dprintf(2, "descriptor %d is open\n", fd);
    dprintf(2, "group %s, home %s\n", getpgrp() == getpid() ? "own" : "manager's", getenv("HOME") ? "set" : "none");
}

static volatile sig_atomic_t terminated;

static void on_term(int sig)
{
    (void)sig;
    terminated = 1;
}

static void do_step(const char *step)
{
    const char *value = strchr(step, '=');
    struct wire_msg msg;
    unsigned int a = 0, b = 0;
    sigset_t none;

    if (value) sscanf(value + 1, "%u,%u", &a, &b);
    if (!strcmp(step, "hello") || !strcmp(step, "bad-hello"))
    {
        wire_init(&msg, WIRE_link_hello, 0);
        msg.u.link_hello.version = *step == 'b' ? 999 : WIRE_VERSION;
        msg.u.link_hello.pid = (uint32_t)getpid();
        send_message(&msg);
    }
    else if (!strncmp(step, "phase=", 6))
    {
        wire_init(&msg, WIRE_link_phase, 0);
        msg.u.link_phase.phase = a;
        send_message(&msg);
    }
    else if (!strcmp(step, "lcp"))
    {
        wire_init(&msg, WIRE_link_lcp_up, 0);
        msg.u.link_lcp_up = (struct wire_link_lcp_up){.our_mru = 1400, .peer_mru = 1300, .peer_auth_protocol = 0xc223,
                                                      .peer_auth_data = 5, .options = WIRE_LCP_PFC,
                                                      .peer_options = WIRE_LCP_ACFC, .multilink = 1};
        send_message(&msg);
    }
    else if (!strcmp(step, "auth-ok"))
    {
        wire_init(&msg, WIRE_link_auth_ok, 0);
        msg.u.link_auth_ok.protocol = 0xc227;
        msg.u.link_auth_ok.data = 4;
        WIRE_SET_TEXT(msg.u.link_auth_ok.message, "Welcome");
        send_message(&msg);
    }
    else if (!strncmp(step, "ccp=", 4))
    {
        wire_init(&msg, WIRE_link_ccp, 0);
        msg.u.link_ccp = (struct wire_link_ccp){.up = a, .cause = b, .sent = WIRE_CCP_MPPE,
                                                .sent_options = WIRE_MPPE_128, .received = WIRE_CCP_DEFLATE};
        send_message(&msg);
    }
    else if (!strncmp(step, "auth-fail=", 10))
    {
        wire_init(&msg, WIRE_link_auth_fail, 0);
        msg.u.link_auth_fail.error = a;
        msg.u.link_auth_fail.hold = b;
        msg.u.link_auth_fail.retry = b % 2; /* an even hold can't be answered at once */
        send_message(&msg);
    }
    else if (!strncmp(step, "callback-asked=", 15))
    {
        wire_init(&msg, WIRE_link_callback_asked, 0);
        msg.u.link_callback_asked.types = a;
        msg.u.link_callback_asked.hold = b;
        send_message(&msg);
    }
    else if (!strcmp(step, "callback-agreed"))
    {
        wire_init(&msg, WIRE_link_callback_agreed, 0);
        send_message(&msg);
    }
    else if (!strncmp(step, "eap=", 4))
    {
        wire_init(&msg, WIRE_link_eap_wanted, 0);
        msg.u.link_eap_wanted.hold = a;
        msg.u.link_eap_wanted.method = 4;
        msg.u.link_eap_wanted.wants = WIRE_EAP_PASSWORD;
        send_message(&msg);
    }
    else if (!strcmp(step, "ip"))
    {
        wire_init(&msg, WIRE_link_ip_up, 0);
        WIRE_SET_TEXT(msg.u.link_ip_up.ifname, "ppp7");
        WIRE_SET_TEXT(msg.u.link_ip_up.local, "10.0.0.2");
        WIRE_SET_TEXT(msg.u.link_ip_up.remote, "10.0.0.1");
        msg.u.link_ip_up.options = WIRE_IP_VJ;
        send_message(&msg);
    }
    else if (!strncmp(step, "ip6=", 4)) /* IPv4 has failed, or there is none */
    {
        wire_init(&msg, WIRE_link_ip_up, 0);
        WIRE_SET_TEXT(msg.u.link_ip_up.ifname, "ppp7");
        WIRE_SET_TEXT(msg.u.link_ip_up.local6, "fe80::2");
        WIRE_SET_TEXT(msg.u.link_ip_up.remote6, "fe80::1");
        msg.u.link_ip_up.cause = a;
        send_message(&msg);
    }
    else if (!strncmp(step, "cause=", 6))
    {
        wire_init(&msg, WIRE_link_cause, 0);
        msg.u.link_cause.cause = a;
        msg.u.link_cause.error = b;
        send_message(&msg);
    }
    else if (!strcmp(step, "junk"))
        send(PLUGIN_FD, "junk\0\0\0\0\0\0\0\0\0", 13, MSG_NOSIGNAL);
    else if (!strncmp(step, "print=", 6))
        dprintf(2, "%s\n", value + 1);
    else if (!strcmp(step, "fds"))
        show_descriptors();
    else if (!strcmp(step, "settings"))
        show_settings();
    else if (!strcmp(step, "answer"))
        show_answer();
    else if (!strcmp(step, "close"))
        close(PLUGIN_FD);
    else if (!strcmp(step, "wait-term"))
    {
        sigemptyset(&none);
        while (!terminated) sigsuspend(&none); /* blocked since the start */
    }
    else if (!strcmp(step, "ignore-term"))
        signal(SIGTERM, SIG_IGN);
    else if (!strcmp(step, "stay"))
        for (;;) pause();
    else if (!strncmp(step, "exit=", 5))
        _exit((int)a);
    else if (!strncmp(step, "kill=", 5))
    {
        signal((int)a, SIG_DFL);
        raise((int)a);
    }
    else
        _exit(97);
}

/* ---- the tests -------------------------------------------------------------------------- */

static char dir[] = "/tmp/test_link.XXXXXX";
static char script[64], self[512];

static struct conn conn;
static struct device device;
static struct port port = {&conn, &device, -1, false, 0, NULL};

static int no_args(const struct port *p, struct args *args)
{
    (void)p;
    (void)args;
    return -1;
}

static const struct transport transport = {.type = "test", .ras_type = "test", .pppd_args = no_args};

static void setup(void)
{
    ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

    ck_assert_int_gt(len, 0);
    self[len] = 0;
    ck_assert_ptr_nonnull(mkdtemp(dir));
    snprintf(script, sizeof(script), "%s/pppd", dir);
    ck_assert_int_eq(setenv("WINERAS_PPPD", script, 1), 0);
    ck_assert_ptr_nonnull(loop = event_base_new());
    memset(&conn, 0, sizeof(conn));
    conn.id = 42;
    conn.port = &port;
    device.transport = &transport;
    strcpy(conn.dial.user, "user");
    strcpy(conn.dial.password, "sesame");
    stub_log_clear();
}

static void teardown(void)
{
    char command[64];

    snprintf(command, sizeof(command), "rm -rf %s", dir);
    ck_assert_int_eq(system(command), 0);
}

static uint32_t start(const char *steps)
{
    FILE *file = fopen(script, "w");

    ck_assert_ptr_nonnull(file);
    /* pppd's own arguments come after "--". */
    fprintf(file, "#!/bin/sh\nexec %s --pppd %s -- \"$@\"\n", self, steps);
    ck_assert_int_eq(fchmod(fileno(file), 0700), 0);
    fclose(file);
    return link_pppd.start(&conn);
}

/* Events until EV_LINK_GONE, which is the last. */
static void run(const char *steps)
{
    unsigned int count = 0;

    ck_assert_uint_eq(start(steps), 0);
    do
        ck_assert_msg(stub_wait_events(&conn, ++count), "no event %u; log: %s", count, stub_log);
    while (conn.events[count - 1].event != EV_LINK_GONE);
    ck_assert_uint_eq(conn.count, count);
    ck_assert_ptr_null(conn.link);
}

static void expect(unsigned int i, enum conn_event event, uint32_t error)
{
    ck_assert_msg(i < conn.count && conn.events[i].event == event && conn.events[i].error == error,
                  "event %u is %d, error %u; expected %d, error %u; log: %s", i, conn.events[i].event,
                  conn.events[i].error, event, error, stub_log);
}

static void logged(const char *format, ...)
{
    char text[256];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    ck_assert_msg(strstr(stub_log, text), "'%s' is not in the log: %s", text, stub_log);
}

/* Ways to end, and the error each must give. */
static const struct
{
    const char *steps;
    uint32_t error;
    uint32_t connected; /* the same after Connected */
} ends[] = {
    {"print=no-such-option exit=2", 711, 711}, /* no hello */
    {"exit=127", 711, 711},
    {"kill=9", 711, 711},
    {"hello exit=0", 629, 629},
    {"hello exit=1", 635, 635},
    {"hello exit=2", 635, 635},
    {"hello exit=4", 711, 711},
    {"hello exit=5", 628, 631},
    {"hello exit=6", 633, 633},
    {"hello exit=7", 633, 633},
    {"hello exit=8", 651, 651},
    {"hello exit=10", 720, 720},
    {"hello exit=11", 778, 778},
    {"hello exit=12", 828, 828},
    {"hello exit=13", 628, 932},
    {"hello exit=15", 721, 829},
    {"hello exit=16", 619, 829},
    {"hello exit=17", 737, 737},
    {"hello exit=19", 691, 691},
    {"hello exit=20", 628, 628},
    {"hello exit=77", 635, 635},
    {"hello kill=9", 630, 630},
    {"hello kill=11", 630, 630},
    /* A cause counts, the first one, whatever the status. */
    {"hello cause=1 exit=16", 721, 829},
    {"hello cause=6 cause=1 exit=16", 691, 691},
    {"hello cause=6,649 exit=19", 649, 649},
    {"hello cause=6,12345 exit=19", 691, 691}, /* no RAS error */
    {"hello cause=999 exit=16", 635, 628},
    {"hello close exit=15", 721, 829},
};

START_TEST(test_ends)
{
    conn.connected = false;
    run(ends[_i].steps);
    expect(0, EV_LINK_DOWN, ends[_i].error);
    ck_assert_uint_eq(conn.count, 2);

    conn.count = 0;
    conn.connected = true;
    run(ends[_i].steps);
    expect(0, EV_LINK_DOWN, ends[_i].connected);
    ck_assert_uint_eq(conn.count, 2);
}
END_TEST

/* Refusals: which of them the program may answer. */
static const struct
{
    uint32_t options;
    const char *steps;
    enum conn_event event;
    uint32_t error;
} refusals[] = {
    {0, "settings hello auth-fail=691,3 wait-term", EV_AUTH_FAILED, 691},
    {0, "settings hello auth-fail=648,3 wait-term", EV_AUTH_FAILED, 648},
    {WIRE_DIAL_PAUSED_STATES, "settings hello auth-fail=691 wait-term", EV_AUTH_FAILED, 691},
    {WIRE_DIAL_PAUSED_STATES, "settings hello auth-fail=709,3 wait-term", EV_AUTH_FAILED, 709},
    {WIRE_DIAL_PAUSED_STATES, "settings hello auth-fail=648,4 wait-term", EV_AUTH_FAILED, 648},
    {WIRE_DIAL_PAUSED_STATES, "settings hello auth-fail=1,3 answer wait-term", EV_AUTH_HELD, 691},
    {WIRE_DIAL_PAUSED_STATES, "settings hello auth-fail=649,4 answer wait-term", EV_AUTH_HELD, 649},
    {WIRE_DIAL_PAUSED_STATES, "settings hello auth-fail=648,5 answer wait-term", EV_AUTH_EXPIRED, 648},
    {0, "settings hello eap=4 wait-term", EV_AUTH_FAILED, 703},
    {WIRE_DIAL_PAUSED_STATES, "settings hello eap=0 wait-term", EV_AUTH_FAILED, 703},
    {WIRE_DIAL_PAUSED_STATES, "settings hello eap=4 answer wait-term", EV_EAP_WANTED, 0},
};

START_TEST(test_refusals)
{
    enum conn_event event = refusals[_i].event;

    conn.dial.options = refusals[_i].options;
    conn.old_password = "old";
    ck_assert_uint_eq(start(refusals[_i].steps), 0);
    ck_assert(stub_wait_events(&conn, 1));
    expect(0, event, refusals[_i].error);
    strcpy(conn.dial.user, "alice");
    strcpy(conn.dial.password, "other");
    if (event == EV_AUTH_HELD || event == EV_EAP_WANTED) ck_assert_uint_eq(link_pppd.resume(&conn), 0);
    if (event == EV_AUTH_EXPIRED) ck_assert_uint_eq(link_pppd.change_password(&conn), 0);
    link_pppd.stop(&conn);
    ck_assert(stub_wait_events(&conn, 3));
    expect(2, EV_LINK_GONE, 0);
    if (event == EV_AUTH_HELD || event == EV_EAP_WANTED)
        logged("hold %u, <alice> 5", refusals[_i].error == 691 ? 3 : 4);
    if (event == EV_AUTH_EXPIRED) logged("hold 5, password 5, old 3");
    ck_assert_uint_eq(link_pppd.resume(&conn), 619);
    ck_assert_uint_eq(link_pppd.change_password(&conn), 619);
}
END_TEST

/* The end of a link whose peer calls back has no error, whatever pppd makes of it. */
START_TEST(test_callback)
{
    conn.offers_callback = true;
    conn.dial.options = _i ? WIRE_DIAL_PAUSED_STATES : 0;
    ck_assert_uint_eq(start("settings hello callback-asked=6,3 answer callback-agreed cause=24 wait-term exit=16"), 0);
    ck_assert(stub_wait_events(&conn, 1));
    expect(0, EV_CALLBACK_ASKED, 6);
    ck_assert_uint_eq(link_pppd.callback(&conn, WIRE_CALLBACK_CALLER, "12\r3"), 751);
    ck_assert_uint_eq(link_pppd.callback(&conn, WIRE_CALLBACK_CALLER, "*"), 751);
    ck_assert_uint_eq(link_pppd.callback(&conn, WIRE_CALLBACK_CALLER, "(555) 12-3"), 0);
    ck_assert(stub_wait_events(&conn, 2));
    expect(1, EV_CALLBACK_AGREED, 0);
    link_pppd.stop(&conn);
    ck_assert(stub_wait_events(&conn, 3));
    expect(2, EV_LINK_GONE, 0);
    ck_assert_uint_eq(conn.count, 3);
    logged("config %u 42, hold %#x", WIRE_VERSION,
           WIRE_HOLD_EAP | WIRE_HOLD_CALLBACK | (_i ? WIRE_HOLD_AUTH_FAIL : 0u));
    logged("hold 3, callback 2 <(555) 12-3> after 10");
    ck_assert_uint_eq(link_pppd.callback(&conn, WIRE_CALLBACK_NONE, ""), 619);
}
END_TEST

/* What becomes of the two network protocols. */
static const struct
{
    uint32_t protocols;
    const char *step;
    uint32_t error, error6;
    const char *local6;
} networks[] = {
    {0, "ip", 0, 731, ""},
    {WIRE_PROTO_IPV4, "ip", 0, 731, ""},
    {WIRE_PROTO_IPV4 | WIRE_PROTO_IPV6, "ip", 0, 730, ""},
    {WIRE_PROTO_IPV6, "ip6=0", 731, 0, "fe80::2"},
    {WIRE_PROTO_IPV4 | WIRE_PROTO_IPV6, "ip6=10", 733, 0, "fe80::2"},
};

START_TEST(test_networks)
{
    char steps[64];

    ck_assert_str_eq(ras_cause_name(10), "NCP_REJECTED");
    conn.dial.protocols = networks[_i].protocols;
    snprintf(steps, sizeof(steps), "settings hello phase=7 %s phase=8 wait-term exit=5", networks[_i].step);
    ck_assert_uint_eq(start(steps), 0);
    ck_assert(stub_wait_events(&conn, 2));
    expect(1, EV_IP_UP, 0);
    ck_assert_uint_eq(conn.ip.error, networks[_i].error);
    ck_assert_uint_eq(conn.ip.error6, networks[_i].error6);
    ck_assert_str_eq(conn.ip.local6, networks[_i].local6);
    conn.connected = true;
    link_pppd.stop(&conn);
    ck_assert(stub_wait_events(&conn, 4));
    logged("config %u 42, hold %#x, protocols %#x", WIRE_VERSION, WIRE_HOLD_EAP,
           networks[_i].protocols ? networks[_i].protocols : WIRE_PROTO_IPV4);
}
END_TEST

/* What is known of CCP at the start, and what becomes of it. */
static const struct
{
    uint32_t ppp_options, encryption;
    const char *step;
    uint32_t error;
} ccps[] = {
    {0, WIRE_ENCRYPT_OPTIONAL, "", 731},
    {WIRE_PPP_SW_COMPRESS, WIRE_ENCRYPT_NONE, "", 730},
    {0, WIRE_ENCRYPT_REQUIRE, "", 730},
    {0, WIRE_ENCRYPT_MAX, "ccp=1,0", 0},
    {0, WIRE_ENCRYPT_OPTIONAL, "ccp=1,0", 0},
    {WIRE_PPP_SW_COMPRESS, 0, "ccp=0,10", 733},
    {WIRE_PPP_SW_COMPRESS, 0, "ccp=0,10 ccp=0,0", 730},
};

START_TEST(test_negotiated)
{
    char steps[96];

    conn.dial.ppp_options = ccps[_i].ppp_options;
    conn.dial.encryption = ccps[_i].encryption;
    memset(&conn.ip, 0xff, sizeof(conn.ip)); /* of an earlier link */
    snprintf(steps, sizeof(steps), "settings hello lcp auth-ok phase=7 %s ip wait-term exit=5", ccps[_i].step);
    ck_assert_uint_eq(start(steps), 0);
    ck_assert(stub_wait_events(&conn, 4));
    expect(3, EV_IP_UP, 0);
    ck_assert_uint_eq(conn.ip.mru, 1400);
    ck_assert_uint_eq(conn.ip.server_mru, 1300);
    ck_assert_uint_eq(conn.ip.server_auth_protocol, 0xc223);
    ck_assert_uint_eq(conn.ip.server_auth_data, 5);
    ck_assert_uint_eq(conn.ip.lcp_options, WIRE_LCP_PFC);
    ck_assert_uint_eq(conn.ip.lcp_server_options, WIRE_LCP_ACFC);
    ck_assert_uint_eq(conn.ip.multilink, 1);
    ck_assert_uint_eq(conn.ip.bundled, 0);
    ck_assert_uint_eq(conn.ip.auth_protocol, 0xc227);
    ck_assert_uint_eq(conn.ip.auth_data, 4);
    ck_assert_str_eq(conn.ip.reply, "Welcome");
    ck_assert_uint_eq(conn.ip.ccp_error, ccps[_i].error);
    ck_assert_uint_eq(conn.ip.ccp, *ccps[_i].step ? WIRE_CCP_MPPE : 0);
    ck_assert_uint_eq(conn.ip.ccp_options, *ccps[_i].step ? WIRE_MPPE_128 : 0);
    ck_assert_uint_eq(conn.ip.ccp_server, *ccps[_i].step ? WIRE_CCP_DEFLATE : 0);
    ck_assert_uint_eq(conn.ip.ccp_server_options, 0);
    conn.connected = true;
    link_pppd.stop(&conn);
    ck_assert(stub_wait_events(&conn, 6));
}
END_TEST

START_TEST(test_good)
{
    ck_assert_uint_eq(start("settings hello fds phase=2 phase=4 lcp phase=5 auth-ok phase=7 ip phase=8 wait-term "
                            "cause=24 exit=5"),
                      0);
    ck_assert(stub_wait_events(&conn, 5));
    expect(0, EV_LCP_UP, 0);
    expect(1, EV_AUTHENTICATE, 0);
    expect(2, EV_AUTH_OK, 0);
    expect(3, EV_NETWORK, 0);
    expect(4, EV_IP_UP, 0);
    ck_assert_str_eq(conn.ip.ifname, "ppp7");
    ck_assert_str_eq(conn.ip.local, "10.0.0.2");
    ck_assert_str_eq(conn.ip.remote, "10.0.0.1");
    ck_assert_str_eq(conn.ip.dns1, "");
    ck_assert_uint_eq(conn.ip.error, 0);
    ck_assert_uint_eq(conn.ip.error6, 731);
    ck_assert_uint_eq(conn.ip.options, WIRE_IP_VJ);
    ck_assert_uint_eq(conn.ip.server_options, 0);
    conn.connected = true;
    link_pppd.stop(&conn);
    link_pppd.stop(&conn);
    ck_assert(stub_wait_events(&conn, 7));
    expect(5, EV_LINK_DOWN, 631);
    expect(6, EV_LINK_GONE, 0);
    link_pppd.stop(&conn); /* too late: nothing */
    logged("42: pppd: config %u 42", WIRE_VERSION);
    logged("42: pppd: credentials <user> 6");
    logged("group own, home none");
    ck_assert_ptr_null(strstr(stub_log, "is open"));
    ck_assert_ptr_null(strstr(stub_log, "sesame"));
}
END_TEST

START_TEST(test_refused)
{
    run("hello phase=5 auth-fail=647 cause=6,647 exit=19");
    expect(0, EV_AUTHENTICATE, 0);
    expect(1, EV_AUTH_FAILED, 647);
    expect(2, EV_LINK_DOWN, 647);

    conn.count = 0;
    run("hello auth-fail=0 cause=6 exit=19");
    expect(0, EV_AUTH_FAILED, 691);
}
END_TEST

START_TEST(test_user)
{
    strcpy(conn.dial.domain, "DOM");
    strcpy(conn.dial.user, "\xc3\xa4\xff user");
    run("settings hello exit=0");
    logged("credentials <DOM\\\xc3\xa4\xff user> 6");

    memset(conn.dial.user, 'u', 252);
    conn.dial.user[252] = 0;
    ck_assert_uint_eq(start("hello exit=0"), 691);
    ck_assert_ptr_null(conn.link);
    conn.dial.user[251] = 0;
    conn.count = 0;
    run("hello exit=0");

    memset(conn.dial.password, 'p', 256);
    conn.dial.password[256] = 0;
    ck_assert_uint_eq(start("hello exit=0"), 691);
    ck_assert_ptr_null(strstr(stub_log, "pppp"));
}
END_TEST

/* A plugin that is not ours, or gone wild, costs its own link. */
START_TEST(test_bad_plugin)
{
    run("bad-hello stay");
    expect(0, EV_LINK_DOWN, 711);

    conn.count = 0;
    run("hello junk stay");
    expect(0, EV_LINK_DOWN, 630);
    logged("malformed message");

    conn.count = 0;
    run("phase=5 stay");
    expect(0, EV_LINK_DOWN, 630);
    logged("did not say hello");
}
END_TEST

START_TEST(test_not_there)
{
    ck_assert_int_eq(setenv("WINERAS_PPPD", "/nonexistent/pppd", 1), 0);
    ck_assert_uint_eq(link_pppd.start(&conn), 0);
    ck_assert(stub_wait_events(&conn, 2));
    expect(0, EV_LINK_DOWN, 711);
    expect(1, EV_LINK_GONE, 0);
    logged("cannot be run");
}
END_TEST

START_TEST(test_kill)
{
    ck_assert_uint_eq(start("hello ignore-term lcp stay"), 0);
    ck_assert(stub_wait_events(&conn, 1));
    link_pppd.stop(&conn);
    ck_assert(stub_wait_events(&conn, 3));
    expect(2, EV_LINK_GONE, 0);
    logged("does not end, killed");
}
END_TEST

/* The line is lost before pppd opens it. */
START_TEST(test_line_lost)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);

    ck_assert_int_ge(master, 0);
    ck_assert_int_eq(grantpt(master), 0);
    ck_assert_int_eq(unlockpt(master), 0);
    ck_assert_int_ge(port.fd = open(ptsname(master), O_RDWR | O_NOCTTY), 0);
    ck_assert_uint_eq(start("hello lcp wait-term exit=2"), 0);
    ck_assert(stub_wait_events(&conn, 1));
    close(master);
    link_pppd.stop(&conn);
    ck_assert(stub_wait_events(&conn, 3));
    expect(1, EV_LINK_DOWN, 619);
    ck_assert_uint_eq(start("hello exit=0"), 619);
    ck_assert_ptr_null(conn.link);
    close(port.fd);
    port.fd = -1;
}
END_TEST

/* The peer closes a socket at once: pppd's relay ends it before it has a plugin. */
START_TEST(test_socket_closed)
{
    const char *pid;
    int line[2];

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, line), 0);
    port.fd = line[0];
    run("exit=2"); /* open: it is pppd's fault */
    expect(0, EV_LINK_DOWN, 711);
    close(line[1]);
    conn.count = 0;
    ck_assert_uint_eq(start("exit=5"), 619);
    ck_assert_uint_eq(conn.count, 0);

    close(line[0]);
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, line), 0);
    port.fd = line[0];
    stub_log_clear();
    ck_assert_uint_eq(start("print=$$ wait-term exit=5"), 0);
    while (!(pid = strstr(stub_log, "pppd: "))) event_base_loop(loop, EVLOOP_ONCE);
    close(line[1]);
    ck_assert_int_eq(kill(atoi(pid + strlen("pppd: ")), SIGTERM), 0);
    ck_assert(stub_wait_events(&conn, 2));
    expect(0, EV_LINK_DOWN, 619);
    close(line[0]);
    port.fd = -1;
}
END_TEST

/* The documented error of each cause, while dialling and when connected. */
static const struct
{
    uint32_t cause;
    uint32_t dialling;
    uint32_t connected;
} causes[] = {
    {CAUSE_NONE, 635, 628},
    {CAUSE_LCP_NO_REPLY, 721, 829},
    {CAUSE_LCP_TIMEOUT, 718, 829},
    {CAUSE_LCP_NOT_CONVERGING, 732, 829},
    {CAUSE_LCP_LOOPBACK, 737, 829},
    {CAUSE_LCP_TERMINATED, 734, 629},
    {CAUSE_AUTH_REFUSED, 691, 691},
    {CAUSE_AUTH_TIMEOUT, 718, 829},
    {CAUSE_AUTH_NO_PROTOCOL, 919, 919},
    {CAUSE_AUTH_SERVER_UNVERIFIED, 778, 778},
    {CAUSE_NCP_REJECTED, 733, 736},
    {CAUSE_NCP_NONE, 720, 736},
    {CAUSE_NCP_TIMEOUT, 718, 829},
    {CAUSE_NCP_ADDRESS_REJECTED, 735, 735},
    {CAUSE_NCP_NO_ADDRESS, 738, 738},
    {CAUSE_NCP_TERMINATED, 736, 736},
    {CAUSE_ENCRYPTION_REMOTE, 742, 742},
    {CAUSE_ENCRYPTION_LOCAL, 741, 741},
    {CAUSE_PEER_TERMINATED, 629, 629},
    {CAUSE_PEER_DEAD, 721, 829},
    {CAUSE_CARRIER_LOST, 619, 629},
    {CAUSE_IDLE, 828, 828},
    {CAUSE_TIME_LIMIT, 628, 932},
    {CAUSE_TRAFFIC_LIMIT, 628, 628},
    {CAUSE_LOCAL_HANGUP, 631, 631},
    {CAUSE_NO_KERNEL_PPP, 711, 711},
    {CAUSE_NO_PPPD, 711, 711},
    {CAUSE_PPPD_OPTIONS, 635, 635},
    {CAUSE_PPPD_DIED, 635, 635},
    {CAUSE_PORT_LOCKED, 633, 633},
    {CAUSE_PORT_OPEN, 633, 633},
};

START_TEST(test_causes)
{
    size_t i;

    for (i = 0; i < sizeof(causes) / sizeof(*causes); i++)
    {
        ck_assert_msg(ras_cause_error(causes[i].cause, false) == causes[i].dialling &&
                          ras_cause_error(causes[i].cause, true) == causes[i].connected,
                      "cause %s", ras_cause_name(causes[i].cause));
    }
}
END_TEST

START_TEST(test_log)
{
    run("hello print=one print=$(printf 'a\\033b') print=$(printf '%%2000d' 0) exit=0");
    logged("42: pppd: one\n");
    logged("42: pppd: a?b\n");
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_ends, 0, sizeof(ends) / sizeof(*ends));
    tcase_add_loop_test(tcase, test_refusals, 0, sizeof(refusals) / sizeof(*refusals));
    tcase_add_loop_test(tcase, test_callback, 0, 2);
    tcase_add_loop_test(tcase, test_negotiated, 0, (int)(sizeof(ccps) / sizeof(*ccps)));
    tcase_add_test(tcase, test_good);
    tcase_add_loop_test(tcase, test_networks, 0, (int)(sizeof(networks) / sizeof(*networks)));
    tcase_add_test(tcase, test_refused);
    tcase_add_test(tcase, test_user);
    tcase_add_test(tcase, test_bad_plugin);
    tcase_add_test(tcase, test_not_there);
    tcase_add_test(tcase, test_kill);
    tcase_add_test(tcase, test_line_lost);
    tcase_add_test(tcase, test_socket_closed);
    tcase_add_test(tcase, test_causes);
    tcase_add_test(tcase, test_log);
    tcase_set_timeout(tcase, 60);
}

int main(int argc, char **argv)
{
    sigset_t term;
    int i;

    if (argc > 1 && !strcmp(argv[1], "--pppd"))
    {
        sigemptyset(&term);
        sigaddset(&term, SIGTERM);
        for (i = 2; i < argc && strcmp(argv[i], "--"); i++)
            if (!strcmp(argv[i], "wait-term"))
            {
                sigprocmask(SIG_BLOCK, &term, NULL);
                signal(SIGTERM, on_term);
            }
        for (i = 2; i < argc && strcmp(argv[i], "--"); i++) do_step(argv[i]);
        _exit(96);
    }
    return check_main("link_pppd", add_tests);
}
