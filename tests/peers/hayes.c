/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * hayes.c - what hangs on the other end of a serial port: a modem with a
 * telephone network behind it, a null-modem cable, or a TCP port.
 *
 *   hayes [options] modem LINK -- COMMAND...   a pty that talks AT; LINK points to it
 *   hayes [options] cable LINK -- COMMAND...   a pty; the first byte starts the far end
 *   hayes [options] tcp ADDRESS:PORT -- COMMAND...
 *
 *     -p FILE   dial plan, see plan_read()
 *     -l FILE   transcript: "> " from the computer, "< " from us, "* " what happens
 *     -c FIFO   control: ring, carrier-loss, peer-hangup, stall, quit; a line each
 *     -u UID    owner of the pty
 *     -g MS     guard time of +++ (1000)
 *
 * The far end, mostly a pppd, is COMMAND on a pty of its own, with the dialled number
 * in HAYES_NUMBER.  One that ends with status 14 calls back: the modem rings until it is
 * answered, by a new far end.  A pty has no modem lines: closing its last descriptor counts as
 * loss of DTR, and loss of carrier is a real hang-up of the pty (the reader gets an
 * end of file), after which LINK points to a new one.
 *
 * Tests only; one connection at a time.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "hayes_plan.h"

#define EXIT_CALLS_BACK 14
#define RING_DELAY_MS   1500
#define RING_EVERY_MS   1000
#define RINGS_MAX       30

enum kind { KIND_MODEM, KIND_CABLE, KIND_TCP };

/* Where a modem can be. */
enum mode
{
    MODE_COMMAND, /* AT commands; with a far end: after +++ */
    MODE_WAIT,    /* dialled, the answer comes later; any byte cancels */
    MODE_DATA
};

struct buffer
{
    char data[4096];
    size_t length;
};

static enum kind kind;
static const char *link_path, *owner, *control_path;
static char **command;
static FILE *transcript;
static int guard_ms = 1000;

static enum mode mode;
static int near = -1, far = -1, listener = -1, control = -1, watch = -1, near_watch = -1, signals = -1;
static unsigned int near_opens; /* descriptions that the other side has */
static bool near_open, echo = true, verbose = true, quiet, stalled;
static bool far_spoke; /* what it hears before it is ready would be lost: kept until it speaks first */
static pid_t far_pid;
static long drop_after = -1; /* bytes from the far end until the carrier is lost, -1: never */
static const struct plan_row *answer;
static long long answer_at, last_byte_at, escape_at, ring_at; /* 0: none */
static int rings;
static int pluses;
static char line[256];
static size_t line_length;
static struct buffer to_far, to_near;

static void note(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void note(const char *format, ...)
{
    va_list args;

    if (!transcript)
        return;
    va_start(args, format);
    vfprintf(transcript, format, args);
    va_end(args);
    fputc('\n', transcript);
    fflush(transcript);
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static long long now_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void set_nonblock(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
}

/* Small answers always fit into a pty that somebody reads; nobody: they are lost, as on a wire. */
static void near_write(const char *text, size_t length)
{
    ssize_t n = write(near, text, length);

    if (n < 0 || (size_t)n < length)
        note("* lost output");
}

static void say(const char *words, int code)
{
    char out[300];

    if (quiet)
        return;
    if (verbose)
        snprintf(out, sizeof(out), "\r\n%s\r\n", words);
    else
        snprintf(out, sizeof(out), "%d\r", code);
    near_write(out, strlen(out));
    note("< %s", words);
}

/* A new pty, with the link pointing to it. */
static void near_create(void)
{
    struct termios tio;
    char name[128], temporary[300];
    int slave, old = near;

    if (openpty(&near, &slave, name, NULL, NULL))
        die("openpty");
    tcgetattr(slave, &tio);
    cfmakeraw(&tio);
    tcsetattr(slave, TCSANOW, &tio);
    if (owner && chown(name, (uid_t)atoi(owner), (gid_t)-1))
        die("chown");
    chmod(name, 0660);
    close(slave);
    if (near_watch != -1)
        inotify_rm_watch(watch, near_watch);
    if ((near_watch = inotify_add_watch(watch, name, IN_OPEN | IN_CLOSE)) < 0)
        die("inotify");
    set_nonblock(near);
    near_open = false;
    near_opens = 0;
    snprintf(temporary, sizeof(temporary), "%s.new", link_path);
    unlink(temporary);
    if (symlink(name, temporary) || rename(temporary, link_path))
        die(link_path);
    note("* tty %s", name);
    /* Not before: who hears of the hang-up may open the new one at once. */
    if (old != -1)
        close(old);
}

static void far_start(const char *number)
{
    int slave, i;
    struct termios tio;

    if (openpty(&far, &slave, NULL, NULL, NULL))
        die("openpty");
    tcgetattr(slave, &tio);
    cfmakeraw(&tio);
    tcsetattr(slave, TCSANOW, &tio);
    set_nonblock(far);
    to_far.length = to_near.length = 0;
    if ((far_pid = fork()) < 0)
        die("fork");
    if (!far_pid)
    {
        sigset_t none;

        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        setsid();
        ioctl(slave, TIOCSCTTY, 0);
        dup2(slave, 0);
        dup2(slave, 1);
        for (i = 3; i < 64; i++)
            close(i);
        setenv("HAYES_NUMBER", number, 1);
        execvp(command[0], command);
        _exit(127);
    }
    close(slave);
    stalled = far_spoke = false;
    note("* far end started");
}

/* The line is down; what the far end runs on is gone. */
static void far_end(void)
{
    if (far != -1)
        close(far);
    far = -1;
    if (far_pid)
        kill(-far_pid, SIGHUP);
    to_far.length = to_near.length = 0;
    pluses = 0;
    escape_at = 0;
    drop_after = -1;
    mode = MODE_COMMAND;
}

static void carrier_lost(void)
{
    note("* carrier lost");
    far_end();
    if (kind == KIND_TCP)
    {
        close(near);
        near = -1;
    }
    else
        near_create();
}

/* The computer has let go of the port. */
static void dtr_lost(void)
{
    struct pollfd p = {near, 0, 0};

    near_open = false;
    note("* close");
    if (far != -1)
        note("* hang-up");
    far_end();
    line_length = 0;
    answer_at = 0;
    echo = verbose = true;
    quiet = false;
    /* Not what the next user has written already. */
    if (near != -1 && poll(&p, 1, 0) == 1)
        tcflush(near, TCIOFLUSH);
}

static void connected(const char *number, const char *words)
{
    say(words, 1);
    far_start(number);
    mode = MODE_DATA;
    last_byte_at = now_ms();
}

static char dialled[128];

static void give_answer(void)
{
    const struct plan_row *row = answer;

    answer_at = 0;
    mode = MODE_COMMAND;
    switch (row->answer)
    {
    case ANSWER_CONNECT:
        drop_after = row->bytes;
        connected(dialled, row->text);
        break;
    case ANSWER_TEXT:
        say(row->text, row->code);
        break;
    case ANSWER_RAW:
        near_write(row->text, strlen(row->text));
        note("< (raw)");
        break;
    case ANSWER_SILENCE:
        mode = MODE_WAIT;
        break;
    }
}

static void dial(const char *text)
{
    size_t n = 0;

    if (*text == 'T' || *text == 'P')
        text++;
    for (; *text && n + 1 < sizeof(dialled); text++)
        if (!strchr(" -()W,;@!", *text))
            dialled[n++] = *text;
    dialled[n] = 0;
    note("* dial %s", dialled);
    ring_at = 0;
    answer = plan_find(dialled);
    mode = MODE_WAIT;
    answer_at = now_ms() + answer->delay;
}

/* One command line.  The letters that matter to a dialler are obeyed, others
 * only have to look like commands. */
static void execute(const char *text)
{
    const char *p = text + 2;
    long value;
    char *end, letter;

    if (plan_reply(text))
    {
        say(plan_reply(text), 4);
        return;
    }
    while (*p)
    {
        letter = *p++;
        if (letter == 'D')
        {
            dial(p);
            return;
        }
        if (letter == 'A' || letter == 'O')
        {
            if (letter == 'O' && far == -1)
            {
                say("NO CARRIER", 3);
                return;
            }
            if (letter == 'O')
            {
                say("CONNECT", 1);
                mode = MODE_DATA;
            }
            else
            {
                ring_at = 0;
                connected(dialled, "CONNECT 115200");
            }
            return;
        }
        if (letter == '&' || letter == '\\' || letter == '%')
            letter = *p ? (char)(*p++ | 0x80) : ' ';
        else if (letter == '+' || letter == '$' || letter == '#' || letter == '*')
            break; /* the rest belongs to it */
        if (letter == 'S')
        {
            strtol(p, &end, 10);
            p = end;
            if (*p == '=')
                p++;
        }
        value = strtol(p, &end, 10);
        p = end;
        if (letter == 'E')
            echo = value != 0;
        else if (letter == 'V')
            verbose = value != 0;
        else if (letter == 'Q')
            quiet = value != 0;
        else if (letter == 'H' && far != -1)
        {
            note("* hang-up");
            far_end();
        }
        else if (letter == 'Z' || (letter & 0x80 && (letter & 0x7f) == 'F'))
        {
            if (far != -1)
                note("* hang-up");
            far_end();
            echo = verbose = true;
            quiet = false;
        }
        else if (!(letter & 0x80) && !isalpha((unsigned char)letter))
        {
            say("ERROR", 4);
            return;
        }
    }
    say("OK", 0);
}

static void command_byte(char c)
{
    char clean[sizeof(line)];
    size_t i, n = 0;

    if (mode == MODE_WAIT)
    {
        if (c == '\n')
            return;
        note("* dialling cancelled");
        mode = MODE_COMMAND;
        answer_at = 0;
        say("NO CARRIER", 3);
        return;
    }
    if (echo)
        near_write(&c, 1);
    if (c == '\b' && line_length)
        line_length--;
    else if (c != '\r' && c != '\n' && line_length < sizeof(line) - 1)
        line[line_length++] = c;
    if (c != '\r')
        return;
    for (i = 0; i < line_length; i++)
        if (line[i] != ' ')
            clean[n++] = (char)toupper((unsigned char)line[i]);
    clean[n] = 0;
    line_length = 0;
    if (!n)
        return;
    note("> %s", clean);
    if (!strncmp(clean, "AT", 2))
        execute(clean);
}

/* Watch for the escape: guard time, three pluses, guard time. */
static void watch_escape(const char *data, size_t length)
{
    size_t i;
    long long now = now_ms();

    escape_at = 0;
    for (i = 0; i < length; i++)
    {
        if (data[i] == '+' && (pluses || now - last_byte_at >= guard_ms))
            pluses++;
        else
            pluses = 0;
        last_byte_at = now;
    }
    if (pluses == 3)
        escape_at = now + guard_ms;
    else if (pluses > 3)
        pluses = 0;
}

static void near_readable(void)
{
    char data[sizeof(to_far.data)];
    ssize_t n = read(near, data, sizeof(data)), i;
    size_t room;

    if (n <= 0)
    {
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (kind != KIND_TCP)
            return; /* opened_or_closed() tells */
        close(near);
        near = -1;
        dtr_lost();
        return;
    }
    if (kind != KIND_MODEM && far == -1)
    {
        far_start("");
        mode = MODE_DATA;
    }
    for (i = 0; i < n && mode != MODE_DATA; i++)
        command_byte(data[i]);
    if (i >= n || mode != MODE_DATA)
        return;
    if (kind == KIND_MODEM)
        watch_escape(data + i, (size_t)(n - i));
    if (stalled)
        return;
    room = sizeof(to_far.data) - to_far.length;
    if ((size_t)(n - i) < room)
        room = (size_t)(n - i);
    memcpy(to_far.data + to_far.length, data + i, room);
    to_far.length += room;
}

static void far_readable(void)
{
    ssize_t n = read(far, to_near.data, sizeof(to_near.data));

    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0)
    {
        note("* far end hung up");
        if (kind == KIND_MODEM)
        {
            far_end();
            say("NO CARRIER", 3);
            /* The carrier detect line would tell it; here the pty does. */
            near_create();
        }
        else if (kind == KIND_TCP)
            carrier_lost();
        else
            far_end();
        return;
    }
    far_spoke = true;
    to_near.length = stalled ? 0 : (size_t)n;
    if (drop_after >= 0 && (drop_after -= n) < 0)
        carrier_lost();
}

static void flush(struct buffer *buffer, int fd)
{
    ssize_t n = write(fd, buffer->data, buffer->length);

    if (n < 0 && errno != EAGAIN && errno != EINTR)
        buffer->length = 0;
    if (n <= 0)
        return;
    buffer->length -= (size_t)n;
    memmove(buffer->data, buffer->data + n, buffer->length);
}

static void control_readable(void)
{
    char text[256], *word, *next;
    ssize_t n = read(control, text, sizeof(text) - 1);

    if (n <= 0)
        return;
    text[n] = 0;
    for (word = text; word && *word; word = next)
    {
        if ((next = strchr(word, '\n')))
            *next++ = 0;
        note("* control %s", word);
        if (!strcmp(word, "ring"))
            say("RING", 2);
        else if (!strcmp(word, "carrier-loss"))
            carrier_lost();
        else if (!strcmp(word, "peer-hangup") && far_pid)
            kill(far_pid, SIGTERM);
        else if (!strcmp(word, "stall"))
            stalled = true;
        else if (!strcmp(word, "quit"))
            exit(0);
    }
}

static void children(void)
{
    struct signalfd_siginfo info;
    int status;
    pid_t pid;

    if (read(signals, &info, sizeof(info)) != sizeof(info))
        return;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
    {
        note("* far end ended, status %d", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
        if (pid == far_pid)
            far_pid = 0;
        if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_CALLS_BACK)
            continue;
        rings = RINGS_MAX;
        ring_at = now_ms() + RING_DELAY_MS;
    }
}

/* The state of the pty does not tell of a close that is followed by an open at once: the events
 * are counted.  The kernel joins equal ones in a row, so the folder is watched, too, whose events
 * come between. */
static void opened_or_closed(void)
{
    char events[4096] __attribute__((aligned(8)));
    const struct inotify_event *event;
    ssize_t n, at;

    while ((n = read(watch, events, sizeof(events))) > 0)
        for (at = 0; at < n; at += (ssize_t)(sizeof(*event) + event->len))
        {
            event = (const struct inotify_event *)(events + at);
            if (event->wd != near_watch)
                continue;
            if (event->mask & IN_OPEN && !near_opens++)
            {
                near_open = true;
                note("* open");
            }
            else if (event->mask & IN_CLOSE && near_opens && !--near_opens)
                dtr_lost();
        }
}

static int next_timeout(void)
{
    long long at = answer_at, now = now_ms();

    if (escape_at && (!at || escape_at < at))
        at = escape_at;
    if (ring_at && (!at || ring_at < at))
        at = ring_at;
    if (!at)
        return -1;
    return at > now ? (int)(at - now) : 0;
}

static void timers(void)
{
    long long now = now_ms();

    if (answer_at && now >= answer_at)
        give_answer();
    if (ring_at && now >= ring_at)
    {
        if (near_open && mode == MODE_COMMAND)
            say("RING", 2);
        ring_at = --rings ? now + RING_EVERY_MS : 0;
    }
    if (escape_at && now >= escape_at)
    {
        escape_at = 0;
        pluses = 0;
        mode = MODE_COMMAND;
        line_length = 0;
        note("* escape");
        say("OK", 0);
    }
}

static void loop(void)
{
    enum { NEAR, FAR, LISTENER, CONTROL, WATCH, SIGNALS, COUNT };
    struct pollfd p[COUNT];

    for (;;)
    {
        memset(p, 0, sizeof(p));
        p[NEAR].fd = near_open ? near : -1;
        p[NEAR].events = (short)((to_far.length && far_spoke ? 0 : POLLIN) | (to_near.length ? POLLOUT : 0));
        p[FAR].fd = far;
        p[FAR].events = (short)((to_near.length ? 0 : POLLIN) | (to_far.length && far_spoke ? POLLOUT : 0));
        p[LISTENER].fd = near == -1 ? listener : -1;
        p[CONTROL].fd = control;
        p[WATCH].fd = watch;
        p[SIGNALS].fd = signals;
        p[LISTENER].events = p[CONTROL].events = p[WATCH].events = p[SIGNALS].events = POLLIN;
        if (poll(p, COUNT, next_timeout()) < 0 && errno != EINTR)
            die("poll");
        timers();
        if (p[WATCH].revents)
            opened_or_closed();
        if (p[SIGNALS].revents)
            children();
        if (p[CONTROL].revents)
            control_readable();
        if (p[LISTENER].revents && near == -1 && (near = accept(listener, NULL, NULL)) != -1)
        {
            set_nonblock(near);
            near_open = true;
            note("* open");
            far_start("");
            mode = MODE_DATA;
            continue;
        }
        /* Each may have ended the other's connection. */
        if (p[NEAR].fd == near && near != -1 && near_open && p[NEAR].revents & POLLOUT && to_near.length)
            flush(&to_near, near);
        if (p[FAR].fd == far && far != -1 && p[FAR].revents & POLLOUT && to_far.length && far_spoke)
            flush(&to_far, far);
        if (p[FAR].fd == far && far != -1 && p[FAR].revents & (POLLIN | POLLHUP) && !to_near.length)
            far_readable();
        if (p[NEAR].fd == near && near != -1 && near_open && p[NEAR].revents & (POLLIN | POLLHUP)
                && !(to_far.length && far_spoke))
            near_readable();
    }
}

static void tcp_listen(char *where)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found;
    char *port = strrchr(where, ':');
    int one = 1;

    if (!port)
        die(where);
    *port++ = 0;
    if (getaddrinfo(where, port, &hints, &found))
        die(where);
    listener = socket(found->ai_family, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (bind(listener, found->ai_addr, found->ai_addrlen) || listen(listener, 1))
        die("listen");
    freeaddrinfo(found);
    set_nonblock(listener);
    note("* listening");
}

static void usage(void)
{
    fprintf(stderr, "usage: hayes [-p PLAN] [-l LOG] [-c FIFO] [-u UID] [-g MS] modem|cable|tcp WHERE -- COMMAND...\n");
    exit(2);
}

int main(int argc, char **argv)
{
    sigset_t mask;
    int option;

    while ((option = getopt(argc, argv, "+p:l:c:u:g:")) != -1)
    {
        if (option == 'p')
            plan_read(optarg);
        else if (option == 'l' && !(transcript = fopen(optarg, "ae")))
            die(optarg);
        else if (option == 'c')
            control_path = optarg;
        else if (option == 'u')
            owner = optarg;
        else if (option == 'g')
            guard_ms = atoi(optarg);
        else if (option == '?')
            usage();
    }
    if (argc - optind < 4 || strcmp(argv[optind + 2], "--"))
        usage();
    kind = !strcmp(argv[optind], "modem") ? KIND_MODEM : !strcmp(argv[optind], "cable") ? KIND_CABLE : KIND_TCP;
    link_path = argv[optind + 1];
    command = argv + optind + 3;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&mask);
    sigaddset(&mask, SIGCHLD);
    sigprocmask(SIG_BLOCK, &mask, NULL);
    signals = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
    if (control_path)
    {
        unlink(control_path);
        if (mkfifo(control_path, 0600) || (control = open(control_path, O_RDWR | O_NONBLOCK | O_CLOEXEC)) < 0)
            die(control_path);
    }
    if (kind == KIND_TCP)
        tcp_listen(argv[optind + 1]);
    else
    {
        watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        if (inotify_add_watch(watch, "/dev/pts", IN_OPEN | IN_CLOSE) < 0)
            die("/dev/pts");
        near_create();
        note("* ready");
    }
    loop();
}
