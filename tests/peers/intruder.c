/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * intruder - tries at somebody's manager and pppd what no other user, and no program of the
 * same user, shall be able to do.  Prints a line for each try; exit code 0 when all of
 * them were in vain.  A test tool.
 *
 *   intruder socket PATH   connect, hand a socket over, ask for the connections
 *   intruder lock PATH     open what is there, take the lock on it
 *   intruder process PID   read and trace the process
 *   intruder attach RASMAND
 *                          have RASMAND --attach find, or become, a manager that answers
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ras_wire.h"

static int successes;

static void tell(const char *what, bool success)
{
    if (success)
    {
        printf("%s: POSSIBLE\n", what);
        successes++;
    }
    else
        printf("%s: %s\n", what, errno ? strerror(errno) : "nothing came");
}

/* ---- the socket ------------------------------------------------------------------------- */

static bool hand_over(int manager, int fd)
{
    union
    {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    char byte = 'a';
    struct iovec iov = {&byte, 1};
    struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control,
                         .msg_controllen = sizeof(control)};
    struct cmsghdr *cmsg;

    memset(&control, 0, sizeof(control));
    cmsg = CMSG_FIRSTHDR(&msg);
    cmsg->cmsg_level = SOL_SOCKET;
    cmsg->cmsg_type = SCM_RIGHTS;
    cmsg->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(cmsg), &fd, sizeof(int));
    return sendmsg(manager, &msg, MSG_NOSIGNAL) == 1;
}

static void set_limit(int fd)
{
    struct timeval limit = {5, 0};

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
}

static void say_hello(int fd)
{
    static struct wire_msg msg;
    uint8_t frame[1024];
    size_t len;

    wire_init(&msg, WIRE_hello, 1);
    msg.u.hello.magic = WIRE_MAGIC;
    msg.u.hello.version = WIRE_VERSION;
    len = wire_encode(&msg, frame, sizeof(frame));
    if (send(fd, frame, len, MSG_NOSIGNAL) < 0) return;
    wire_init(&msg, WIRE_enum_connections, 2);
    len = wire_encode(&msg, frame, sizeof(frame));
    if (send(fd, frame, len, MSG_NOSIGNAL) < 0) return;
}

static void try_socket(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0), pair[2];
    bool connected;
    char byte;

    if (fd < 0 || strlen(path) >= sizeof(address.sun_path) || socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) exit(2);
    strcpy(address.sun_path, path);
    set_limit(fd);
    set_limit(pair[0]);
    connected = !connect(fd, (struct sockaddr *)&address, sizeof(address));
    printf("connect: %s\n", connected ? "done" : strerror(errno));
    if (!connected) return;
    say_hello(pair[0]);
    errno = 0;
    tell("hand over", hand_over(fd, pair[1]) && recv(fd, &byte, 1, 0) == 1 && byte == 'y');
    close(pair[1]);
    errno = 0;
    tell("answer", recv(pair[0], &byte, 1, 0) == 1);
}

/* ---- files and processes ------------------------------------------------------------------ */

static void try_lock(const char *path)
{
    int fd = open(path, O_RDONLY);

    tell("open", fd >= 0);
    if (fd >= 0) tell("lock", !flock(fd, LOCK_EX | LOCK_NB));
}

static void try_file(const char *pid, const char *name)
{
    char path[64], byte;
    int fd;

    snprintf(path, sizeof(path), "/proc/%s/%s", pid, name);
    fd = open(path, O_RDONLY);
    /* Opening is possible with some, and reading then fails. */
    tell(name, fd >= 0 && read(fd, &byte, 1) == 1);
    if (fd >= 0) close(fd);
}

static void try_link(const char *pid, const char *name)
{
    char path[64], target[512];

    snprintf(path, sizeof(path), "/proc/%s/%s", pid, name);
    tell(name, readlink(path, target, sizeof(target)) >= 0);
}

static void try_process(const char *pid)
{
    static const char *const files[] = {"environ", "maps", "auxv", "syscall", "stack", "fd/3", "pagemap"};
    char path[64];
    size_t i;
    int fd;

    snprintf(path, sizeof(path), "/proc/%s/mem", pid);
    fd = open(path, O_RDWR);
    tell("mem", fd >= 0);
    for (i = 0; i < sizeof(files) / sizeof(*files); i++) try_file(pid, files[i]);
    try_link(pid, "cwd");
    try_link(pid, "fd/0");
    if (ptrace(PTRACE_ATTACH, (pid_t)atoi(pid), NULL, NULL) < 0)
        tell("ptrace", false);
    else
    {
        tell("ptrace", true);
        waitpid((pid_t)atoi(pid), NULL, __WALL);
        ptrace(PTRACE_DETACH, (pid_t)atoi(pid), NULL, NULL);
    }
}

/* Does a manager answer?  The attach step itself says that there is none to be had. */
static bool is_answered(int fd)
{
    static struct wire_msg msg;
    uint8_t frame[1024];
    size_t len = 0;
    ssize_t got;
    int decoded;

    while ((decoded = wire_decode(&msg, frame, len, WIRE_MANAGER)) == WIRE_INCOMPLETE && len < sizeof(frame))
    {
        if ((got = recv(fd, frame + len, sizeof(frame) - len, 0)) <= 0) return false;
        len += (size_t)got;
    }
    /* What cannot be read is no refusal. */
    return decoded < 0 || msg.type != WIRE_result || msg.u.result.error == 0;
}

static void try_attach(const char *rasmand)
{
    int pair[2], status;
    pid_t pid;

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) || (pid = fork()) < 0) exit(2);
    if (!pid)
    {
        dup2(pair[1], STDIN_FILENO);
        close(pair[0]);
        close(pair[1]);
        execl(rasmand, rasmand, "--attach", NULL);
        _exit(127);
    }
    close(pair[1]);
    set_limit(pair[0]);
    say_hello(pair[0]);
    errno = 0;
    tell("attach", is_answered(pair[0]));
    close(pair[0]);
    if (waitpid(pid, &status, 0) != pid || (WIFEXITED(status) && WEXITSTATUS(status) == 127)) exit(2);
}

int main(int argc, char **argv)
{
    if (argc != 3) return 2;
    if (!strcmp(argv[1], "socket"))
        try_socket(argv[2]);
    else if (!strcmp(argv[1], "lock"))
        try_lock(argv[2]);
    else if (!strcmp(argv[1], "process"))
        try_process(argv[2]);
    else if (!strcmp(argv[1], "attach"))
        try_attach(argv[2]);
    else
        return 2;
    return successes ? 1 : 0;
}
