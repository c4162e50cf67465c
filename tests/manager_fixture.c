/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * manager_fixture.c - see manager_fixture.h.
 */
#include "config.h"

#include "manager_fixture.h"

#include "check_main.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

char runtime[32], dir[64], config[64];
static char rasmand[PATH_MAX];

static void setup(void)
{
    char path[PATH_MAX];
    FILE *file;
    int i;

    ck_assert_ptr_nonnull(realpath("programs/rasmand/rasmand", rasmand));
    strcpy(runtime, "/tmp/test_attach.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(runtime));
    snprintf(dir, sizeof(dir), "%s/wineras", runtime);
    snprintf(config, sizeof(config), "%s/config", runtime);
    ck_assert_int_eq(mkdir(config, 0700), 0);
    snprintf(path, sizeof(path), "%s/devices.conf", config);
    ck_assert_ptr_nonnull(file = fopen(path, "w"));
    for (i = 0; i < 8; i++) fprintf(file, "[Fake %d]\ntype = fake\n", i);
    fclose(file);
    setenv("XDG_RUNTIME_DIR", runtime, 1);
    setenv("WINERAS_CONFIG", config, 1);
    setenv("WINERAS_LINGER_MS", "50", 1);
    /* It forbids ptrace(), which the leak checker needs. */
    setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
}

void wait_for(bool (*done)(void), const char *what)
{
    struct timespec pause = {0, 5000000};
    time_t end = time(NULL) + SESSION_WAIT_MAX;

    while (!done() && time(NULL) < end) nanosleep(&pause, NULL);
    ck_assert_msg(done(), "%s", what);
}

bool dir_is_gone(void)
{
    return access(dir, F_OK) && errno == ENOENT;
}

/* The manager leaves by itself when all programs have left. */
static void teardown(void)
{
    char path[PATH_MAX];
    int status;

    wait_for(dir_is_gone, "the manager leaves and removes its directory");
    while (wait(&status) > 0)
        ck_assert(WIFEXITED(status) ? !WEXITSTATUS(status) : WTERMSIG(status) == SIGKILL);
    snprintf(path, sizeof(path), "%s/devices.conf", config);
    unlink(path);
    rmdir(config);
    ck_assert_int_eq(rmdir(runtime), 0);
}

rlim_t descriptors;

bool as_leader;

pid_t start(const char *mode, int fd)
{
    pid_t pid = fork();

    ck_assert_int_ge(pid, 0);
    if (!pid)
    {
        struct rlimit limit = {descriptors, descriptors};

        if (as_leader) setpgid(0, 0);
        if (descriptors) setrlimit(RLIMIT_NOFILE, &limit);
        dup2(fd, STDIN_FILENO);
        execl(rasmand, "rasmand", mode, (char *)NULL);
        _exit(127);
    }
    close(fd);
    return pid;
}

int exit_status(pid_t pid)
{
    int status;

    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int reach_manager(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(address.sun_path, sizeof(address.sun_path), "%.90s/manager", dir);
    if (fd < 0 || !connect(fd, (struct sockaddr *)&address, sizeof(address))) return fd;
    close(fd);
    return -1;
}

pid_t manager_pid(void)
{
    socklen_t len = sizeof(struct ucred);
    struct ucred who = {0, 0, 0};
    int fd = reach_manager();

    if (fd < 0) return 0;
    getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len);
    close(fd);
    return who.pid;
}

struct session *attach(struct session *s, const char *mode)
{
    int fds[2];

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
    session_init(s, fds[0], NULL);
    start(mode, fds[1]);
    return s;
}

bool hand_over(struct session *s)
{
    union
    {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    char answer = 'a';
    struct iovec iov = {&answer, 1};
    struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
    int fds[2], fd = reach_manager();
    bool taken;

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
    memset(&control, 0, sizeof(control));
    control.align.cmsg_level = SOL_SOCKET;
    control.align.cmsg_type = SCM_RIGHTS;
    control.align.cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(&control.align), &fds[1], sizeof(int));
    taken = sendmsg(fd, &msg, MSG_NOSIGNAL) == 1 && recv(fd, &answer, 1, 0) == 1 && answer == 'y';
    close(fd);
    close(fds[1]);
    session_init(s, fds[0], NULL);
    return taken;
}

void dial(struct session *s, const char *entry, uint32_t *handle)
{
    char buf[256];

    ck_assert_uint_eq(session_dial(s, entry, "ok", WIRE_DIAL_ACKNOWLEDGED, handle, NULL), 0);
    ck_assert_str_eq(session_notices(s, buf, sizeof(buf)), UP);
}

void kill_manager(int sig)
{
    pid_t pid = manager_pid();

    ck_assert_int_gt(pid, 1);
    ck_assert_int_eq(kill(pid, sig), 0);
}

void write_file(const char *path, mode_t mode, const char *format, ...)
{
    va_list args;
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    va_start(args, format);
    vfprintf(file, format, args);
    va_end(args);
    fclose(file);
    ck_assert_int_eq(chmod(path, mode), 0);
}

int fixture_run(const char *name, void (*add_tests)(TCase *tcase))
{
    return check_main_between(name, setup, teardown, 120, add_tests);
}
