/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * connbench.c - what many connections cost the manager.  It starts one of its own, with
 * scripted devices, and speaks the wire; each connection has a program of its own.
 *
 *   connbench RASMAND curve COUNT...          memory and time with so many connections, ascending
 *   connbench RASMAND idle COUNT SECONDS      processor time while nothing happens
 *   connbench RASMAND notices WATCHERS DIALS  how soon a program hears of a change of state
 *   connbench RASMAND watch WATCHERS          for another to measure: prints the folder for it, and
 *                                             watches until standard input ends
 *   connbench - echo                          answers each notice_done on standard input by a notice
 *
 * Prints "name value..." lines; what is good and what is not is said by scale.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "session.h"

#define AGAIN       20 /* dials that are measured together */
#define BATCHES     10
#define SETTLE_SECS 4  /* from then on the manager trusts that devices.conf does not change */

static char dir[] = "/tmp/connbench.XXXXXX";
static const char *rasmand;
static pid_t manager;

static void clean_up(void)
{
    char command[64];

    if (manager > 0) kill(manager, SIGTERM);
    if (manager > 0) waitpid(manager, NULL, 0);
    snprintf(command, sizeof(command), "rm -rf %s", dir);
    if (system(command)) fprintf(stderr, "%s stays\n", dir);
}

static void __attribute__((format(printf, 1, 2), noreturn)) die(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, ": %s\n", strerror(errno));
    clean_up();
    exit(1);
}

/* ---- the manager ----------------------------------------------------------------- */

static void make_devices(unsigned int count)
{
    char path[256];
    unsigned int i;
    FILE *file;

    if (!mkdtemp(dir)) die("mkdtemp");
    snprintf(path, sizeof(path), "%s/devices.conf", dir);
    if (!(file = fopen(path, "w"))) die("%s", path);
    for (i = 0; i < count; i++) fprintf(file, "[Fake %u]\ntype = fake\n\n", i);
    if (fclose(file)) die("%s", path);
    setenv("WINERAS_CONFIG", dir, 1);
    setenv("XDG_RUNTIME_DIR", dir, 1);
}

/* As rasapi32.dll does, but it stays our child. */
static void start_manager(struct session *s)
{
    int pair[2], null;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) die("socketpair");
    if (!(manager = fork()))
    {
        null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        dup2(pair[1], STDIN_FILENO);
        execl(rasmand, rasmand, "--attach", "-f", (char *)NULL);
        _exit(127);
    }
    close(pair[1]);
    session_init(s, pair[0], NULL);
    if (!session_hello(s)) die("no manager");
}

/* What "rasmand --attach" does for one more program. */
static void attach(struct session *s)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    union
    {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {0};
    char answer = 'a';
    struct iovec iov = {&answer, 1};
    struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
    int pair[2], fd;

    snprintf(address.sun_path, sizeof(address.sun_path), "%s/wineras/manager", dir);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) die("socketpair");
    if ((fd = socket(AF_UNIX, SOCK_STREAM, 0)) < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)))
        die("%s", address.sun_path);
    control.align.cmsg_level = SOL_SOCKET;
    control.align.cmsg_type = SCM_RIGHTS;
    control.align.cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(&control.align), &pair[1], sizeof(int));
    if (sendmsg(fd, &msg, MSG_NOSIGNAL) != 1 || recv(fd, &answer, 1, 0) != 1 || answer != 'y') die("attach");
    close(fd);
    close(pair[1]);
    session_init(s, pair[0], NULL);
    if (!session_hello(s)) die("hello");
}

/* In microseconds. */
static double manager_cpu(void)
{
    struct timespec used;
    clockid_t clock;

    if (clock_getcpuclockid(manager, &clock) || clock_gettime(clock, &used)) die("the manager's clock");
    return used.tv_sec * 1e6 + used.tv_nsec / 1e3;
}

/* In KiB: what it shares counts in part; without the right to see that, what it alone has. */
static double manager_memory(void)
{
    static const char *const sources[][2] = {{"smaps_rollup", "Pss:"}, {"status", "RssAnon:"}};
    char path[64], line[256];
    unsigned int i;
    FILE *file;
    double kib;

    for (i = 0; i < 2; i++)
    {
        snprintf(path, sizeof(path), "/proc/%d/%s", (int)manager, sources[i][0]);
        if (!(file = fopen(path, "r"))) continue;
        while (fgets(line, sizeof(line), file))
            if (!strncmp(line, sources[i][1], strlen(sources[i][1])) &&
                sscanf(line + strlen(sources[i][1]), "%lf", &kib) == 1)
            {
                fclose(file);
                return kib;
            }
        fclose(file);
    }
    die("the manager's memory");
}

static double now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

/* ---- connections ------------------------------------------------------------------ */

struct program
{
    struct session session;
    uint32_t handle;
};

static struct program **programs;

static void begin_dial(struct program *program, unsigned int index)
{
    struct wire_msg msg;
    uint32_t error;

    wire_init(&msg, WIRE_dial, 0);
    snprintf(msg.u.dial.entry, sizeof(msg.u.dial.entry), "Entry %u", index);
    WIRE_SET_TEXT(msg.u.dial.phonebook, "C:\\users\\alice\\rasphone.pbk");
    WIRE_SET_TEXT(msg.u.dial.number, "ok");
    WIRE_SET_TEXT(msg.u.dial.device_type, "modem");
    snprintf(msg.u.dial.device_name, sizeof(msg.u.dial.device_name), "Fake %u", index);
    WIRE_SET_TEXT(msg.u.dial.user, "alice");
    WIRE_SET_TEXT(msg.u.dial.password, "password");
    msg.u.dial.options = WIRE_DIAL_ACKNOWLEDGED;
    if ((error = session_dial_message(&program->session, &msg, &program->handle, NULL)))
        die("dial %u: error %u", index, (unsigned int)error);
}

static void dial(unsigned int index)
{
    char states[256];

    begin_dial(programs[index], index);
    session_notices(&programs[index]->session, states, sizeof(states));
    if (!*states || states[strlen(states) - 1] != 'C') die("dial %u: %s", index, states);
}

static void hang_up(struct program *program)
{
    struct wire_status status;

    if (session_hangup(&program->session, program->handle, 0)) die("hang-up");
    while (!session_status(&program->session, program->handle, &status));
}

/* Programs and connections up to a number. */
static void grow(unsigned int from, unsigned int to)
{
    unsigned int i;

    for (i = from; i < to; i++)
    {
        if (!(programs[i] = calloc(1, sizeof(*programs[i])))) die("calloc");
        attach(&programs[i]->session);
        dial(i);
    }
}

/* A manager, for at most so many connections. */
static void begin(unsigned int most, struct session *first)
{
    if (!(programs = calloc(most, sizeof(*programs)))) die("calloc");
    make_devices(most);
    sleep(SETTLE_SECS);
    start_manager(first);
}

/* ---- what is measured ---------------------------------------------------------------- */

/* Listing all connections once; processor time for each of them. */
static double measure_listing(struct session *observer, unsigned int count)
{
    double began = manager_cpu();

    if (session_count(observer, 0) != (int)count) die("the list is not complete");
    return (manager_cpu() - began) / count;
}

/* Hanging up some, and dialling them again. */
static double measure_dialling(unsigned int count, unsigned int batch)
{
    unsigned int again = count < AGAIN ? count : AGAIN, i, index;
    double began = manager_cpu();

    for (i = 0; i < again; i++)
    {
        index = (i * (count / again) + batch) % count;
        hang_up(programs[index]);
        dial(index);
    }
    return (manager_cpu() - began) / again;
}

/* With this many connections that are up.  The least of some: what is more was somebody else's. */
static void measure(struct session *observer, unsigned int count, double base)
{
    double memory = (manager_memory() - base) / count, listing = 1e9, dialling = 1e9, once;
    unsigned int i;

    for (i = 0; i < BATCHES; i++)
    {
        if ((once = measure_listing(observer, count)) < listing) listing = once;
        if ((once = measure_dialling(count, i)) < dialling) dialling = once;
    }
    printf("at %u %.2f %.2f %.3f\n", count, memory, dialling, listing);
    fflush(stdout);
}

static int bench_curve(int counts, char **texts)
{
    unsigned int count, before = 0;
    struct session observer;
    double base;
    int i;

    begin((unsigned int)atoi(texts[counts - 1]), &observer);
    base = manager_memory();
    printf("base %.0f\n", base);
    for (i = 0; i < counts; i++, before = count)
    {
        count = (unsigned int)atoi(texts[i]);
        grow(before, count);
        measure(&observer, count, base);
    }
    return 0;
}

static int bench_idle(unsigned int count, unsigned int seconds)
{
    struct session observer;
    double cpu, began;

    begin(count, &observer);
    grow(0, count);
    cpu = manager_cpu();
    began = now_us();
    sleep(seconds);
    printf("idle_percent %.4f\n", (manager_cpu() - cpu) / (now_us() - began) * 100);
    return 0;
}

static void watch_and_read(unsigned int count, int ready)
{
    struct session *watchers = calloc(count, sizeof(*watchers));
    int set = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN};
    unsigned int i, heard = 0;
    char buf[4096];

    manager = 0; /* not ours to end */
    if (!watchers || set < 0) _exit(1);
    for (i = 0; i < count; i++)
    {
        attach(&watchers[i]);
        event.data.fd = watchers[i].fd;
        if (session_watch(&watchers[i], 1, WIRE_ANY_CONNECTION, 0x3) ||
            epoll_ctl(set, EPOLL_CTL_ADD, watchers[i].fd, &event))
            _exit(1);
    }
    if (write(ready, "y", 1) != 1) _exit(1);
    for (; epoll_wait(set, &event, 1, -1) == 1; heard++)
        if (read(event.data.fd, buf, sizeof(buf)) <= 0) break;
    _exit(heard ? 0 : 1);
}

/* Programs that watch all connections, in a process of their own that reads what they hear.
 * Returns when all watch. */
static pid_t start_watchers(unsigned int count)
{
    int ready[2];
    char byte;
    pid_t pid;

    if (pipe(ready)) die("pipe");
    fflush(stdout);
    if (!(pid = fork())) watch_and_read(count, ready[1]);
    close(ready[1]);
    if (read(ready[0], &byte, 1) != 1) die("no watchers");
    close(ready[0]);
    return pid;
}

static size_t notice_done_size(void)
{
    uint8_t buf[WIRE_MESSAGE_MAX];
    struct wire_msg msg;

    wire_init(&msg, WIRE_notice_done, 0);
    return wire_encode(&msg, buf, sizeof(buf));
}

/* Answers what a program says after each state by a notice, and does nothing else. */
static int echo(int fd)
{
    uint8_t notice[WIRE_MESSAGE_MAX], buf[WIRE_MESSAGE_MAX];
    size_t asked = notice_done_size(), answered;
    struct wire_msg msg;

    wire_init(&msg, WIRE_notice, 0);
    answered = wire_encode(&msg, notice, sizeof(notice));
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK); /* those of Wine are not blocking */
    while (recv(fd, buf, asked, MSG_WAITALL) == (ssize_t)asked)
        if (send(fd, notice, answered, MSG_NOSIGNAL) != (ssize_t)answered) return 1;
    return 0;
}

static int start_echo(pid_t *pid)
{
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) die("socketpair");
    if (!(*pid = fork()))
    {
        close(pair[0]);
        _exit(echo(pair[1]));
    }
    close(pair[1]);
    return pair[0];
}

/* Waits as a session does. */
static void echo_once(int fd)
{
    size_t asked = notice_done_size();

    struct pollfd poll_fd = {fd, POLLIN, 0};
    char buf[WIRE_MESSAGE_MAX] = {0};
    double began = now_us();
    ssize_t got;

    if (send(fd, buf, asked, MSG_NOSIGNAL) != (ssize_t)asked) die("echo");
    while ((got = recv(fd, buf, sizeof(buf), MSG_DONTWAIT)) < 0 && errno == EAGAIN) poll(&poll_fd, 1, -1);
    if (got <= 0) die("echo");
    printf("echo %.2f\n", now_us() - began);
}

/* A dial changes its state when the program is done with the notice before: from there to the
 * next notice.  Beside it the bare socket, as often. */
static void time_dial(struct program *program, int echoing)
{
    struct wire_msg msg;
    double began = 0;

    puts("dial");
    begin_dial(program, 0);
    for (;;)
    {
        if (!session_recv(&program->session, &msg)) die("no notice");
        if (msg.type != WIRE_notice) continue;
        if (began != 0)
            printf("%s %.2f\n", msg.u.notice.flags & WIRE_NOTICE_LAST ? "connected" : "notice", now_us() - began);
        echo_once(echoing);
        if (msg.u.notice.flags & WIRE_NOTICE_LAST) break;
        began = now_us();
        session_notice_done(&program->session, &msg.u.notice);
    }
    hang_up(program);
}

/* The manager leaves; did the watchers hear anything? */
static void end_watchers(pid_t watchers)
{
    int status;

    kill(manager, SIGTERM);
    waitpid(manager, NULL, 0);
    manager = 0;
    if (watchers && (waitpid(watchers, &status, 0) != watchers || status)) die("the watchers heard nothing");
}

static int bench_notices(unsigned int watchers, unsigned int dials)
{
    struct program *program = calloc(1, sizeof(*program));
    pid_t watching = 0, echoing;
    int fd;

    if (!program) die("calloc");
    begin(1, &program->session);
    if (watchers) watching = start_watchers(watchers);
    fd = start_echo(&echoing);
    while (dials--) time_dial(program, fd);
    close(fd);
    waitpid(echoing, NULL, 0);
    end_watchers(watching);
    return 0;
}

static int watch_for_others(unsigned int count)
{
    struct session session;
    pid_t watching;
    char byte;

    begin(1, &session);
    watching = start_watchers(count);
    printf("%s\n", dir);
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) == 1) continue;
    end_watchers(watching);
    return 0;
}

int main(int argc, char **argv)
{
    struct rlimit files;
    int result = 2;

    if (argc == 3 && !strcmp(argv[2], "echo")) return echo(STDIN_FILENO);
    if (argc < 4)
    {
        fprintf(stderr, "usage: connbench RASMAND curve COUNT... | idle COUNT SECONDS | notices WATCHERS DIALS |"
                        " watch WATCHERS | echo\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    if (!getrlimit(RLIMIT_NOFILE, &files))
    {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    rasmand = argv[1];
    if (!strcmp(argv[2], "curve")) result = bench_curve(argc - 3, argv + 3);
    if (!strcmp(argv[2], "idle") && argc == 5)
        result = bench_idle((unsigned int)atoi(argv[3]), (unsigned int)atoi(argv[4]));
    if (!strcmp(argv[2], "notices") && argc == 5)
        result = bench_notices((unsigned int)atoi(argv[3]), (unsigned int)atoi(argv[4]));
    if (!strcmp(argv[2], "watch") && argc == 4) result = watch_for_others((unsigned int)atoi(argv[3]));
    clean_up();
    return result;
}
