/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_crowd.c - many programs at the real rasmand, good ones and bad ones.  Whatever the others
 * do, the connection that is up stays untouched, and who follows the rules is served.
 */
#include "config.h"

#include "manager_fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define CROWD 200

static struct session keeper; /* has the connection that nobody may touch */
static uint32_t kept;

static void keep(void)
{
    char name[1500];

    attach(&keeper, "--attach");
    ck_assert(session_hello(&keeper));
    memset(name, 'K', sizeof(name) - 1); /* a list of it is long, and cheap to ask for */
    name[sizeof(name) - 1] = 0;
    dial(&keeper, name, &kept);
}

/* As it was: connected, and its program was told nothing. */
static void expect_kept(void)
{
    struct wire_status status;
    struct wire_msg msg;
    uint32_t serial;

    ck_assert_uint_eq(session_status(&keeper, kept, &status), 0);
    ck_assert_uint_eq(status.state, 0x2000);
    ck_assert_uint_eq(status.error, 0);
    wire_init(&msg, WIRE_enum_connections, 0);
    serial = session_send(&keeper, &msg);
    do
    {
        ck_assert(session_recv(&keeper, &msg));
        ck_assert_uint_eq(msg.serial, serial);
    } while (msg.type != WIRE_result);
}

static void end_kept(void)
{
    expect_kept();
    ck_assert_uint_eq(session_hangup(&keeper, kept, 0), 0);
    session_close(&keeper);
}

static void come(struct session *s)
{
    ck_assert(hand_over(s));
    ck_assert(session_hello(s));
}

static struct session *crowd_of(unsigned int count)
{
    struct session *crowd = calloc(count, sizeof(*crowd));
    unsigned int i;

    ck_assert_ptr_nonnull(crowd);
    for (i = 0; i < count; i++) come(&crowd[i]);
    return crowd;
}

/* A line of the manager's status, in KiB. */
static long manager_kib(const char *name)
{
    long kib = 0;
    char path[64], line[256];
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/status", (int)manager_pid());
    ck_assert_ptr_nonnull(file = fopen(path, "r"));
    while (fgets(line, sizeof(line), file))
        if (!strncmp(line, name, strlen(name))) kib = strtol(line + strlen(name) + 1, NULL, 10);
    fclose(file);
    ck_assert_int_gt(kib, 0);
    return kib;
}

/* ---- all watch ------------------------------------------------------------------------ */

static void expect_change(struct session *s, uint32_t flags, uint32_t connections, uint64_t *number)
{
    struct wire_msg msg;

    ck_assert(session_recv(s, &msg));
    ck_assert_uint_eq(msg.type, WIRE_change);
    ck_assert_uint_eq(msg.u.change.flags, flags);
    ck_assert_uint_eq(msg.u.change.connections, connections);
    ck_assert_uint_gt(msg.u.change.number, *number);
    *number = msg.u.change.number;
}

/* Each of 200 programs hears of each change, once and in order. */
START_TEST(test_all_watch)
{
    enum { DIALS = 10 };
    static uint64_t numbers[CROWD];
    uint32_t handles[DIALS];
    struct session *crowd, other;
    char name[16];
    int i, k;

    keep();
    crowd = crowd_of(CROWD);
    come(&other);
    for (i = 0; i < CROWD; i++) ck_assert_uint_eq(session_watch(&crowd[i], 1, WIRE_ANY_CONNECTION, 3), 0);
    for (k = 0; k < DIALS; k++)
    {
        snprintf(name, sizeof(name), "Entry %d", k);
        dial(&other, name, &handles[k]);
        if (k % 2) continue;
        ck_assert_uint_eq(session_hangup(&other, handles[k], 0), 0);
    }
    for (k = 1; k < DIALS; k += 2) ck_assert_uint_eq(session_hangup(&other, handles[k], 0), 0);
    for (i = 0; i < CROWD; i++)
    {
        for (k = 0; k < DIALS; k++)
        {
            expect_change(&crowd[i], 1, (uint32_t)(2 + k / 2), &numbers[i]);
            if (k % 2 == 0) expect_change(&crowd[i], 2, (uint32_t)(1 + k / 2), &numbers[i]);
        }
        for (k = 1; k < DIALS; k += 2) expect_change(&crowd[i], 2, (uint32_t)(DIALS / 2 - k / 2), &numbers[i]);
    }
    expect_kept();
    for (i = 0; i < CROWD; i++) session_close(&crowd[i]);
    session_close(&other);
    free(crowd);
    end_kept();
}
END_TEST

/* ---- bad company ------------------------------------------------------------------------ */

static void put(struct session *s, const void *data, size_t len)
{
    ck_assert_int_eq(send(s->fd, data, len, MSG_NOSIGNAL), (ssize_t)len);
}

static size_t frame_of(uint8_t *frame, uint16_t type)
{
    struct wire_msg msg;

    wire_init(&msg, type, 1);
    return wire_encode(&msg, frame, WIRE_MESSAGE_MAX);
}

/* Asks until the manager takes no more, and reads nothing. */
static void never_reads(struct session *s)
{
    struct pollfd room = {s->fd, POLLOUT, 0};
    uint8_t frame[WIRE_MESSAGE_MAX];
    size_t len = frame_of(frame, WIRE_enum_connections);

    while (poll(&room, 1, SESSION_WAIT_MAX * 1000) > 0 &&
           (send(s->fd, frame, len, MSG_NOSIGNAL) > 0 || errno == EAGAIN)) {}
    ck_assert(errno == EPIPE || errno == ECONNRESET);
}

static void sends_half(struct session *s)
{
    uint8_t frame[WIRE_MESSAGE_MAX];
    size_t len = frame_of(frame, WIRE_dial);

    put(s, frame, len / 2);
}

static void ends_in_half(struct session *s)
{
    sends_half(s);
    shutdown(s->fd, SHUT_WR);
    ck_assert(session_is_closed(s));
}

static void says_huge(struct session *s)
{
    static const uint8_t frame[12] = {255, 255, 255, 127, WIRE_dial, 0, 0, 0, 1, 0, 0, 0};

    put(s, frame, sizeof(frame));
    ck_assert(session_is_closed(s));
}

static void says_unknown(struct session *s)
{
    static const uint8_t frame[12] = {12, 0, 0, 0, 0xe7, 3, 0, 0, 1, 0, 0, 0};

    put(s, frame, sizeof(frame));
    ck_assert(session_is_closed(s));
}

static void greets_twice(struct session *s)
{
    session_hello(s);
    ck_assert(session_is_closed(s));
}

static uint32_t error_of(struct session *s, struct wire_msg *msg)
{
    ck_assert(session_answer(s, session_send(s, msg), msg));
    ck_assert_uint_eq(msg->type, WIRE_result);
    return msg->u.result.error;
}

/* What only the program may do that dials, or nobody now, with this handle. */
static void meddles(struct session *s, uint32_t handle, uint32_t sequence)
{
    const struct wire_notice notice = {.handle = handle, .sequence = sequence};
    struct wire_msg msg;

    session_notice_done(s, &notice);
    wire_init(&msg, WIRE_resume, 0);
    msg.u.resume.handle = handle;
    ck_assert_uint_eq(error_of(s, &msg), 6);
    wire_init(&msg, WIRE_old_password, 0);
    msg.u.old_password.handle = handle;
    ck_assert_uint_ne(error_of(s, &msg), 0);
    wire_init(&msg, WIRE_script_done, 0);
    msg.u.script_done.handle = handle;
    ck_assert_uint_ne(error_of(s, &msg), 0);
    wire_init(&msg, WIRE_port_open, 0);
    msg.u.port_open.handle = handle;
    ck_assert_uint_ne(error_of(s, &msg), 0);
    wire_init(&msg, WIRE_port_send, 0);
    msg.u.port_send.handle = handle;
    msg.u.port_send.data_len = 3;
    ck_assert_uint_ne(error_of(s, &msg), 0);
    wire_init(&msg, WIRE_port_receive, 0);
    msg.u.port_receive.handle = handle;
    msg.u.port_receive.max = 100;
    session_send(s, &msg);
    wire_init(&msg, WIRE_port_settings, 0);
    msg.u.port_settings.handle = handle;
    ck_assert_uint_ne(error_of(s, &msg), 0);
    wire_init(&msg, WIRE_dial_link, 0);
    msg.u.dial_link.handle = handle;
    msg.u.dial_link.sub_entry = 2;
    ck_assert_uint_eq(error_of(s, &msg), 6);
}

static void meddles_with_kept(struct session *s)
{
    uint32_t sequence;

    for (sequence = 0; sequence < 16; sequence++) meddles(s, kept, sequence);
    ck_assert_int_eq(session_count(s, 0), 1);
}

/* Handles that nobody has. */
static void says_rubbish(struct session *s)
{
    static const uint32_t handles[] = {0, 1, 0x7fffffff, 0x80000000, WIRE_ANY_CONNECTION};
    struct wire_status status;
    struct wire_msg msg;
    size_t i;

    for (i = 0; i <= sizeof(handles) / sizeof(*handles); i++)
    {
        /* The last one is in the kept connection's place of any table. */
        uint32_t handle = i < sizeof(handles) / sizeof(*handles) ? handles[i] : kept + 0x40000000;

        meddles(s, handle, 1);
        ck_assert_uint_eq(session_status(s, handle, &status), 6);
        ck_assert_uint_eq(session_hangup(s, handle, 0), 6);
        wire_init(&msg, WIRE_get_stats, 0);
        msg.u.get_stats.handle = handle;
        ck_assert_uint_eq(error_of(s, &msg), 6);
        wire_init(&msg, WIRE_get_projection, 0);
        msg.u.get_projection.handle = handle;
        ck_assert_uint_eq(error_of(s, &msg), 6);
        wire_init(&msg, WIRE_get_link, 0);
        msg.u.get_link.handle = handle;
        msg.u.get_link.sub_entry = 1;
        ck_assert_uint_eq(error_of(s, &msg), 6);
    }
}

static const struct
{
    const char *name;
    void (*behave)(struct session *s);
} bad[] = {
    {"never reads", never_reads},
    {"half a message", sends_half},
    {"half a message, then the end", ends_in_half},
    {"a huge length", says_huge},
    {"an unknown message", says_unknown},
    {"two greetings", greets_twice},
    {"another's connection", meddles_with_kept},
    {"rubbish for a handle", says_rubbish},
};

/* What each of them does harms itself alone: those who have come, and those who come. */
START_TEST(test_bad_company)
{
    enum { SAME = 5 };
    long before;
    struct session *company, watcher, other;
    uint64_t number = 0;
    uint32_t handle;
    int i;

    keep();
    come(&watcher);
    ck_assert_uint_eq(session_watch(&watcher, 1, WIRE_ANY_CONNECTION, 3), 0);
    company = crowd_of(SAME);
    before = manager_kib("VmHWM:");
    for (i = 0; i < SAME; i++)
    {
        bad[_i].behave(&company[i]);
        expect_kept();
    }
    come(&other);
    dial(&other, "Other", &handle);
    expect_change(&watcher, 1, 2, &number);
    ck_assert_uint_eq(session_hangup(&other, handle, 0), 0);
    expect_change(&watcher, 2, 1, &number);
#ifdef __SANITIZE_ADDRESS__ /* keeps what was freed */
    before += 1024 * 1024;
#endif
    /* One that doesn't read costs its output and no more. */
    ck_assert_int_lt(manager_kib("VmHWM:") - before, 24 * 1024);
    for (i = 0; i < SAME; i++) session_close(&company[i]);
    session_close(&other);
    session_close(&watcher);
    free(company);
    end_kept();
}
END_TEST

/* ---- many come ---------------------------------------------------------------------------- */

/* Nothing stays of who has left: a manager with few descriptors serves thousands in a row. */
START_TEST(test_thousands)
{
    struct session s;
    int i, fd;

    descriptors = 40;
    keep();
    for (i = 0; i < 3000; i++)
    {
        ck_assert_int_ge(fd = reach_manager(), 0);
        if (i % 2) ck_assert_int_eq(send(fd, "a", 1, MSG_NOSIGNAL), 1);
        close(fd);
    }
    for (i = 0; i < 1000; i++)
    {
        come(&s);
        session_close(&s);
    }
    end_kept();
}
END_TEST

/* Those who connect and hand nothing over make room for who does. */
START_TEST(test_idle_hand_overs)
{
    enum { IDLE = 60 };
    struct session s;
    int fds[IDLE], i, open = 0;
    char byte;

    keep();
    for (i = 0; i < IDLE; i++) ck_assert_int_ge(fds[i] = reach_manager(), 0);
    expect_kept();
    attach(&s, "--attach-running");
    ck_assert(session_hello(&s));
    for (i = 0; i < IDLE; i++)
        if (recv(fds[i], &byte, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN) open++;
    ck_assert_int_gt(open, 0);
    ck_assert_int_lt(open, IDLE);
    for (i = 0; i < IDLE; i++) close(fds[i]);
    session_close(&s);
    end_kept();
}
END_TEST

/* ---- no room for it -------------------------------------------------------------------------- */

/* The disk of the runtime directory takes one file less than a manager needs: it does not start,
 * and leaves nothing.  _i: how many it takes. */
START_TEST(test_full_disk)
{
    char options[64];
    struct session s;
    int fds[2];

    if (unshare(CLONE_NEWNS) && unshare(CLONE_NEWUSER | CLONE_NEWNS)) return; /* not here */
    snprintf(options, sizeof(options), "nr_inodes=%d,mode=700", 1 + _i);
    ck_assert_int_eq(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), 0);
    ck_assert_int_eq(mkdir(config, 0700) && errno != EEXIST, 0);
    ck_assert_int_eq(mount("tmpfs", config, "tmpfs", 0, options), 0);
    setenv("XDG_RUNTIME_DIR", config, 1);
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
    session_init(&s, fds[0], NULL);
    ck_assert_int_eq(exit_status(start("--attach", fds[1])), 1);
    ck_assert(session_is_closed(&s));
    session_close(&s);
    snprintf(options, sizeof(options), "%.50s/wineras", config);
    ck_assert_int_eq(access(options, F_OK), -1);
    ck_assert_int_eq(umount(config), 0);
}
END_TEST

/* A dial on a line, until it is over: what the program is told. */
static const char *try_line(struct session *s, char *told, size_t size)
{
    struct wire_msg msg;
    uint32_t handle;

    wire_init(&msg, WIRE_dial, 0);
    WIRE_SET_TEXT(msg.u.dial.entry, "Line");
    WIRE_SET_TEXT(msg.u.dial.device_name, "Line");
    WIRE_SET_TEXT(msg.u.dial.device_type, "null");
    msg.u.dial.options = WIRE_DIAL_ACKNOWLEDGED;
    ck_assert_uint_eq(session_dial_message(s, &msg, &handle, NULL), 0);
    session_notices(s, told, size);
    ck_assert_uint_eq(session_hangup(s, handle, 0), 0);
    return told;
}

/* A manager that can open nothing more says so, and goes on when it can again. */
START_TEST(test_no_descriptors)
{
    int tty = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    struct rlimit none = {3, 0}, before;
    char path[80], told[256];
    struct session s;
    pid_t manager;

    ck_assert(!grantpt(tty) && !unlockpt(tty));
    snprintf(path, sizeof(path), "%s/devices.conf", config);
    write_file(path, 0600, "[Fake]\ntype = fake\n[Line]\ntype = serial\npath = %s\n", ptsname(tty));
    setenv("WINERAS_PPPD", "/bin/false", 1);
    keep();
    come(&s);
    ck_assert_int_gt(manager = manager_pid(), 1);
    ck_assert_str_eq(try_line(&s, told, sizeof(told)), "0 1 2 3 4 4:711"); /* a pppd that is none */
    ck_assert_int_eq(prlimit(manager, RLIMIT_NOFILE, NULL, &before), 0);
    none.rlim_max = before.rlim_max;
    ck_assert_int_eq(prlimit(manager, RLIMIT_NOFILE, &none, NULL), 0);
    ck_assert_str_eq(try_line(&s, told, sizeof(told)), "0 0:8"); /* ERROR_NOT_ENOUGH_MEMORY */
    expect_kept();
    ck_assert_int_eq(prlimit(manager, RLIMIT_NOFILE, &before, NULL), 0);
    ck_assert_str_eq(try_line(&s, told, sizeof(told)), "0 1 2 3 4 4:711");
    session_close(&s);
    end_kept();
    close(tty);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_all_watch);
    tcase_add_loop_test(tcase, test_bad_company, 0, sizeof(bad) / sizeof(*bad));
    tcase_add_test(tcase, test_thousands);
    tcase_add_test(tcase, test_idle_hand_overs);
    tcase_add_loop_test(tcase, test_full_disk, 0, 3);
    tcase_add_test(tcase, test_no_descriptors);
}

int main(void)
{
    return fixture_run("crowd", add_tests);
}
