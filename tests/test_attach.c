/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_attach.c - the real rasmand as programs start it: one manager however many
 * attach at once, sockets handed over, sockets of killed managers replaced, and
 * nothing left behind.
 */
#include "config.h"

#include "manager_fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

START_TEST(test_one)
{
    struct session a;
    uint32_t handle;
    struct stat st;

    attach(&a, "--attach");
    ck_assert(session_hello(&a));
    ck_assert_int_eq(stat(dir, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0700);
    dial(&a, "Entry", &handle);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    session_close(&a);
}
END_TEST

START_TEST(test_leader)
{
    struct session a;
    int fds[2];

    as_leader = true;
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
    session_init(&a, fds[0], NULL);
    ck_assert_int_eq(exit_status(start("--attach", fds[1])), 0);
    ck_assert(session_hello(&a));
    session_close(&a);
}
END_TEST

START_TEST(test_hand_over)
{
    struct session a, b;
    uint32_t handle;

    attach(&a, "--attach");
    ck_assert(session_hello(&a));
    attach(&b, "--attach-running");
    ck_assert(session_hello(&b));
    dial(&a, "Entry", &handle);
    session_close(&a);
    /* The link outlives its program, and the next one finds it. */
    ck_assert_int_eq(session_count(&b, 0), 1);
    session_close(&b);
    attach(&b, "--attach");
    ck_assert(session_hello(&b));
    ck_assert_int_eq(session_count(&b, 0), 1);
    ck_assert_uint_eq(session_hangup(&b, handle, 0), 0);
    session_close(&b);
}
END_TEST

START_TEST(test_not_running)
{
    struct session a;

    attach(&a, "--attach-running");
    ck_assert(session_is_closed(&a));
    ck_assert(dir_is_gone());
    session_close(&a);
}
END_TEST

/* Many at the same moment: each is served, and by the same manager. */
#define MANY 12
START_TEST(test_many)
{
    static struct session sessions[MANY];
    uint32_t handle;
    int i;

    for (i = 0; i < MANY; i++) attach(&sessions[i], "--attach");
    for (i = 0; i < MANY; i++) ck_assert(session_hello(&sessions[i]));
    dial(&sessions[0], "Entry", &handle);
    for (i = 0; i < MANY; i++) ck_assert_int_eq(session_count(&sessions[i], 0), 1);
    ck_assert_uint_eq(session_hangup(&sessions[MANY - 1], handle, 0), 0);
    for (i = 0; i < MANY; i++) session_close(&sessions[i]);
}
END_TEST

/* Programs that come just when the manager leaves. */
START_TEST(test_leaving)
{
    struct timespec pause = {0, 0};
    struct session a;
    int i;

    setenv("WINERAS_LINGER_MS", "1", 1);
    for (i = 0; i < 40; i++)
    {
        attach(&a, "--attach");
        ck_assert(session_hello(&a));
        session_close(&a);
        pause.tv_nsec = i % 8 * 400000;
        nanosleep(&pause, NULL);
    }
}
END_TEST

/* Is somebody waiting for a lock on this file? */
static struct stat lock_stat;
static bool lock_has_waiter(void)
{
    unsigned long inode;
    char line[256];
    bool found = false;
    FILE *file = fopen("/proc/locks", "r");

    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof(line), file))
        if (strstr(line, "-> FLOCK") && sscanf(line, "%*d: -> FLOCK %*s %*s %*d %*x:%*x:%lu", &inode) == 1 &&
            inode == (unsigned long)lock_stat.st_ino)
            found = true;
    fclose(file);
    return found;
}

/* Whoever attaches waits for the lock; if meanwhile a manager left, and took the
 * directory with it, all begins anew.  _i: it did. */
START_TEST(test_lock)
{
    char lock[PATH_MAX], path[PATH_MAX];
    struct session a;
    int fd;

    snprintf(lock, sizeof(lock), "%s/lock", dir);
    snprintf(path, sizeof(path), "%s/manager", dir);
    ck_assert_int_eq(mkdir(dir, 0700), 0);
    ck_assert_int_ge(fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600), 0);
    ck_assert_int_eq(flock(fd, LOCK_EX), 0);
    ck_assert_int_eq(fstat(fd, &lock_stat), 0);
    attach(&a, "--attach");
    wait_for(lock_has_waiter, "the lock is waited for");
    ck_assert_int_ne(access(path, F_OK), 0);
    if (_i)
    {
        ck_assert_int_eq(unlink(lock), 0);
        ck_assert_int_eq(rmdir(dir), 0);
    }
    close(fd);
    ck_assert(session_hello(&a));
    ck_assert_int_eq(access(lock, F_OK), 0);
    session_close(&a);
}
END_TEST

/* A program that only watches does not keep the manager, and learns that it leaves.  _i: it does not
 * even close when it is told. */
START_TEST(test_watching)
{
    struct session a, b;
    uint32_t handle;
    struct wire_msg msg;

    attach(&a, "--attach");
    attach(&b, "--attach");
    ck_assert(session_hello(&a));
    ck_assert(session_hello(&b));
    ck_assert_uint_eq(session_watch(&b, 1, WIRE_ANY_CONNECTION, 3), 0);
    dial(&a, "Entry", &handle);
    ck_assert(session_recv(&b, &msg));
    ck_assert_uint_eq(msg.type, WIRE_change);
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    ck_assert(session_recv(&b, &msg));
    ck_assert_uint_eq(msg.type, WIRE_change);
    ck_assert_uint_eq(msg.u.change.connections, 0);
    session_close(&a);
    ck_assert(session_recv(&b, &msg));
    ck_assert_uint_eq(msg.type, WIRE_leaving);
    ck_assert(dir_is_gone());
    ck_assert(session_is_closed(&b));
    /* The next one comes although the program still has the old session. */
    if (_i)
    {
        attach(&a, "--attach");
        ck_assert(session_hello(&a));
        ck_assert_int_eq(session_count(&a, 0), 0);
        session_close(&a);
    }
    session_close(&b);
}
END_TEST

/* The socket of a manager that was killed together with its guard. */
static void leave_socket(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(address.sun_path, sizeof(address.sun_path), "%.90s/manager", dir);
    ck_assert_int_eq(mkdir(dir, 0700), 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    close(fd);
}

START_TEST(test_killed)
{
    struct session a, b;
    uint32_t handle;

    attach(&a, "--attach");
    ck_assert(session_hello(&a));
    dial(&a, "Entry", &handle);
    kill_manager(SIGKILL);
    ck_assert(session_is_closed(&a));
    session_close(&a);
    wait_for(dir_is_gone, "the guard removes what is left of the manager");
    leave_socket();
    attach(&a, "--attach-running");
    ck_assert(session_is_closed(&a));
    session_close(&a);
    attach(&b, "--attach");
    ck_assert(session_hello(&b));
    ck_assert_int_eq(session_count(&b, WIRE_ENUM_ALL), 0);
    session_close(&b);
}
END_TEST

/* Asked to leave it hangs up first, although a handler never returns. */
START_TEST(test_terminated)
{
    struct session a, b;
    struct wire_msg msg;
    uint32_t handle;

    attach(&a, "--attach");
    ck_assert(session_hello(&a));
    attach(&b, "--attach");
    ck_assert(session_hello(&b));
    dial(&a, "Entry", &handle);
    ck_assert_uint_eq(session_watch(&b, 1, WIRE_ANY_CONNECTION, 3), 0);
    ck_assert_uint_eq(session_dial(&a, "Other", "slow", WIRE_DIAL_ACKNOWLEDGED, &handle, NULL), 0);
    ck_assert(session_recv(&a, &msg));
    kill_manager(SIGTERM);
    ck_assert(session_is_closed(&a));
    /* First that the connection has ended, then that the manager leaves. */
    ck_assert(session_recv(&b, &msg));
    ck_assert_uint_eq(msg.type, WIRE_change);
    ck_assert_uint_eq(msg.u.change.flags, 2);
    ck_assert(session_recv(&b, &msg));
    ck_assert_uint_eq(msg.type, WIRE_leaving);
    session_close(&a);
    session_close(&b);
}
END_TEST

static char started[64];
static bool is_started(void)
{
    return !access(started, F_OK);
}

/* Who attaches while the manager hangs up, here because pppd does not end, is served
 * by the next manager. */
START_TEST(test_attach_while_leaving)
{
    char pppd[64], end[64], path[PATH_MAX];
    int tty = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    struct session a, b, c;
    struct wire_msg msg;
    pid_t first;

    ck_assert(!grantpt(tty) && !unlockpt(tty));
    snprintf(pppd, sizeof(pppd), "%s/pppd", runtime);
    snprintf(end, sizeof(end), "%s/end", runtime);
    snprintf(started, sizeof(started), "%s/started", runtime);
    write_file(pppd, 0700, "#!/bin/sh\ntrap '' TERM\n: > %s\nwhile ! test -e %s; do sleep 0.05; done\n", started, end);
    snprintf(path, sizeof(path), "%s/devices.conf", config);
    write_file(path, 0600, "[Line]\ntype = serial\npath = %s\n", ptsname(tty));
    setenv("WINERAS_PPPD", pppd, 1);

    attach(&a, "--attach");
    ck_assert(session_hello(&a));
    wire_init(&msg, WIRE_dial, 0);
    WIRE_SET_TEXT(msg.u.dial.entry, "Entry");
    WIRE_SET_TEXT(msg.u.dial.device_type, "null");
    ck_assert(session_answer(&a, session_send(&a, &msg), &msg));
    ck_assert_uint_eq(msg.u.dialing.error, 0);
    wait_for(is_started, "pppd runs");

    ck_assert_int_gt(first = manager_pid(), 1);
    snprintf(path, sizeof(path), "%s/lock", dir);
    ck_assert_int_eq(stat(path, &lock_stat), 0);
    kill_manager(SIGTERM);
    attach(&b, "--attach");
    attach(&c, "--attach");
    wait_for(lock_has_waiter, "the lock is waited for");
    ck_assert_int_eq(manager_pid(), first);
    write_file(end, 0600, "");
    ck_assert(session_hello(&b));
    ck_assert(session_hello(&c));
    ck_assert_int_ne(manager_pid(), first);
    ck_assert(session_is_closed(&a));
    session_close(&a);
    session_close(&b);
    session_close(&c);
    unlink(pppd);
    unlink(started);
    unlink(end);
    close(tty);
}
END_TEST

/* Descriptors that the program had open are not kept open by the manager, neither
 * then by what it starts. */
START_TEST(test_inherited)
{
    struct session a;
    int fds[2];
    char byte;

    ck_assert_int_eq(pipe(fds), 0);
    fcntl(fds[0], F_SETFD, FD_CLOEXEC);
    attach(&a, "--attach");
    close(fds[1]);
    ck_assert(session_hello(&a));
    /* Its end: nobody can write any more. */
    alarm(SESSION_WAIT_MAX);
    ck_assert_int_eq(read(fds[0], &byte, 1), 0);
    alarm(0);
    ck_assert_int_gt(manager_pid(), 1);
    session_close(&a);
    close(fds[0]);
}
END_TEST

START_TEST(test_foreign_dir)
{
    struct session a;
    struct wire_msg msg;
    int fds[2];

    /* Others could read it. */
    ck_assert_int_eq(mkdir(dir, 0700), 0);
    ck_assert_int_eq(chmod(dir, 0755), 0);
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
    session_init(&a, fds[0], NULL);
    ck_assert_int_eq(exit_status(start("--attach", fds[1])), 1);
    ck_assert(session_recv(&a, &msg)); /* not as if there were none */
    ck_assert_uint_eq(msg.type, WIRE_result);
    ck_assert_uint_eq(msg.u.result.error, 711);
    ck_assert(session_is_closed(&a));
    session_close(&a);
    rmdir(dir);
    /* Somebody else chose where it is. */
    ck_assert_int_eq(symlink("/tmp", dir), 0);
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
    ck_assert_int_eq(exit_status(start("--attach", fds[1])), 1);
    close(fds[0]);
    unlink(dir);
}
END_TEST

START_TEST(test_not_a_socket)
{
    int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

    ck_assert_int_eq(exit_status(start("--attach", fd)), 1);
}
END_TEST

START_TEST(test_usage)
{
    ck_assert_int_eq(exit_status(start("--nonsense", open("/dev/null", O_RDWR | O_CLOEXEC))), 2);
    ck_assert_int_eq(exit_status(start("--version", open("/dev/null", O_RDWR | O_CLOEXEC))), 0);
}
END_TEST

/* What somebody hands over who does not follow the rules costs the manager nothing. */
START_TEST(test_bad_hand_over)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct session a;
    char byte;
    int fd, i;

    attach(&a, "--attach");
    ck_assert(session_hello(&a));
    snprintf(address.sun_path, sizeof(address.sun_path), "%.90s/manager", dir);
    for (i = 0; i < 3; i++)
    {
        union
        {
            struct cmsghdr align;
            char bytes[CMSG_SPACE(2 * sizeof(int))];
        } control;
        struct iovec iov = {&byte, 1};
        struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};
        int many[2] = {STDIN_FILENO, STDERR_FILENO};

        byte = 'a';
        memset(&control, 0, sizeof(control));
        fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
        if (i) /* i descriptors, none of them a socket */
        {
            msg.msg_control = &control;
            msg.msg_controllen = CMSG_SPACE((size_t)i * sizeof(int));
            CMSG_FIRSTHDR(&msg)->cmsg_level = SOL_SOCKET;
            CMSG_FIRSTHDR(&msg)->cmsg_type = SCM_RIGHTS;
            CMSG_FIRSTHDR(&msg)->cmsg_len = CMSG_LEN((size_t)i * sizeof(int));
            memcpy(CMSG_DATA(CMSG_FIRSTHDR(&msg)), many, (size_t)i * sizeof(int));
        }
        ck_assert_int_eq(sendmsg(fd, &msg, MSG_NOSIGNAL), 1);
        /* Refused. */
        ck_assert_int_le(recv(fd, &byte, 1, 0), 0);
        close(fd);
    }
    ck_assert_int_eq(session_count(&a, 0), 0);
    session_close(&a);
}
END_TEST

/* More come than it has descriptors for: it waits for free ones, and does not spin. */
#ifndef __SANITIZE_ADDRESS__
/* Is it served, as far as its dial? */
static bool is_served(struct session *s)
{
    uint32_t handle;

    return session_hello(s) && !session_dial(s, "Other", "slow", 0, &handle, NULL);
}

/* Without memory programs that come are refused, who is connected stays so, and with memory
 * all goes on. */
START_TEST(test_out_of_memory)
{
    struct rlimit none = {1, RLIM_INFINITY}, all = {RLIM_INFINITY, RLIM_INFINITY};
    static struct session a, many[64];
    struct wire_status status;
    unsigned int count = 0;
    bool refused = false;
    uint32_t handle;
    pid_t manager;

    attach(&a, "--attach");
    ck_assert(session_hello(&a));
    dial(&a, "Entry", &handle);
    manager = manager_pid();
    ck_assert_int_eq(prlimit(manager, RLIMIT_AS, &none, NULL), 0);
    while (!refused && count < 64)
    {
        attach(&many[count], "--attach");
        refused = !is_served(&many[count++]);
    }
    ck_assert(refused);
    ck_assert_uint_eq(session_status(&a, handle, &status), 0);
    ck_assert_uint_eq(status.state, 0x2000);
    ck_assert_int_eq(prlimit(manager, RLIMIT_AS, &all, NULL), 0);
    while (count-- > 0) session_close(&many[count]);
    attach(&many[0], "--attach");
    ck_assert(session_hello(&many[0]));
    ck_assert_uint_eq(session_hangup(&a, handle, 0), 0);
    session_close(&many[0]);
    session_close(&a);
}
END_TEST
#endif

START_TEST(test_out_of_descriptors)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timespec before, after, pause = {0, 300000000};
    struct session a, b;
    int fds[28], i;
    clockid_t clock;

    descriptors = 24;
    attach(&a, "--attach");
    ck_assert(session_hello(&a));
    ck_assert_int_eq(clock_getcpuclockid(manager_pid(), &clock), 0);
    snprintf(address.sun_path, sizeof(address.sun_path), "%.90s/manager", dir);
    for (i = 0; i < 28; i++)
    {
        ck_assert_int_ge(fds[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), 0);
        ck_assert_int_eq(connect(fds[i], (struct sockaddr *)&address, sizeof(address)), 0);
    }
    ck_assert_int_eq(session_count(&a, 0), 0); /* it has seen them */
    clock_gettime(clock, &before);
    nanosleep(&pause, NULL);
    clock_gettime(clock, &after);
    ck_assert_int_lt((after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000, 50);
    for (i = 0; i < 28; i++) close(fds[i]);
    attach(&b, "--attach");
    ck_assert(session_hello(&b));
    session_close(&a);
    session_close(&b);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_one);
    tcase_add_test(tcase, test_leader);
    tcase_add_test(tcase, test_hand_over);
    tcase_add_test(tcase, test_not_running);
    tcase_add_test(tcase, test_many);
    tcase_add_test(tcase, test_leaving);
    tcase_add_loop_test(tcase, test_watching, 0, 2);
    tcase_add_loop_test(tcase, test_lock, 0, 2);
    tcase_add_test(tcase, test_killed);
    tcase_add_test(tcase, test_terminated);
    tcase_add_test(tcase, test_attach_while_leaving);
    tcase_add_test(tcase, test_inherited);
    tcase_add_test(tcase, test_foreign_dir);
    tcase_add_test(tcase, test_not_a_socket);
    tcase_add_test(tcase, test_usage);
    tcase_add_test(tcase, test_bad_hand_over);
    tcase_add_test(tcase, test_out_of_descriptors);
#ifndef __SANITIZE_ADDRESS__ /* which ends the manager then */
    tcase_add_test(tcase, test_out_of_memory);
#endif
}

int main(void)
{
    return fixture_run("attach", add_tests);
}
