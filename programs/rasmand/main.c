/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * main.c - rasmand, the Remote Access Connection Manager of a user: arguments,
 * the attach step, the loop.  Programs start it with their end of a connected
 * socket as standard input; it is never started by hand.
 */
#include "config.h"

#include "client.h"
#include "guard.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct event_base *loop;

static void usage(FILE *out)
{
    fputs("Usage: rasmand --attach | --attach-running [-f] [-v]\n"
          "Manage the remote access connections of this user.  Programs start it by themselves,\n"
          "with a connected socket as standard input.\n\n"
          "  --attach          hand the socket to the manager, or become the manager\n"
          "  --attach-running  hand the socket to the manager if there is one\n"
          "  -f, --foreground  stay in the foreground, log to standard error\n"
          "  -v, --verbose     log more\n"
          "      --version     show the version\n"
          "      --help        show this\n",
          out);
}

/* What Wine's process had open must not stay open as long as a manager lives. */
static void close_inherited(void)
{
    struct dirent *entry;
    DIR *dir;
    int fd;

    if (!(dir = opendir("/proc/self/fd"))) return;
    while ((entry = readdir(dir)))
    {
        fd = atoi(entry->d_name);
        if (fd > STDERR_FILENO && fd != dirfd(dir)) close(fd);
    }
    closedir(dir);
}

static void reset_signals(void)
{
    struct sigaction action;
    sigset_t none;
    int sig;

    memset(&action, 0, sizeof(action));
    action.sa_handler = SIG_DFL;
    for (sig = 1; sig < NSIG; sig++)
        if (sig != SIGKILL && sig != SIGSTOP) sigaction(sig, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Passwords stay out of core files and of other processes' eyes. */
static void protect_memory(void)
{
    struct rlimit none = {0, 0};

    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* Leave the session of the program that started us.  Its socket was standard input:
 * returns where it is now. */
static int detach(bool foreground)
{
    int null, program;
    pid_t pid;

    if ((program = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)) < 0 || (null = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0)
        fatal("cannot set up: %s", strerror(errno));
    dup2(null, STDIN_FILENO);
    if (!foreground)
    {
        if (setsid() < 0)
        {
            if ((pid = fork()) < 0) fatal("cannot fork: %s", strerror(errno));
            if (pid) _exit(0);
            setsid();
        }
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
    }
    close(null);
    return program;
}

static void on_signal(evutil_socket_t sig, short what, void *context)
{
    (void)what;
    (void)context;
    log_info(0, "signal %d, leaving", (int)sig);
    control_leave();
}

static void run(struct attach *attach, bool foreground, int verbose)
{
    struct event *term, *interrupt;
    int program;

    program = detach(foreground);
    guard_start(attach->dir_fd, attach->dir);
    protect_memory(); /* not sooner: it closes /proc/self to us */
    log_init(foreground, verbose);
    if (chdir("/")) log_warn(0, "cannot leave the directory");
    umask(0077);
    if (!(loop = event_base_new()) || !(term = evsignal_new(loop, SIGTERM, on_signal, NULL)) ||
        !(interrupt = evsignal_new(loop, SIGINT, on_signal, NULL)) || event_add(term, NULL) ||
        event_add(interrupt, NULL))
        fatal("cannot set up the loop");
    conn_watch_begin();
    control_init(attach->listen_fd, attach->lock_fd, attach->dir_fd, attach->dir);
    if (!client_create(program)) log_warnx(0, "cannot serve the first program");
    /* From now on others can hand over. */
    flock(attach->lock_fd, LOCK_UN);
    event_base_dispatch(loop);
    control_cleanup();
    event_free(term);
    event_free(interrupt);
    event_base_free(loop);
}

/* The end of the session alone would say that there is no manager. */
static void tell_failure(int program)
{
    struct wire_msg msg;
    uint8_t frame[64];
    size_t len;

    wire_init(&msg, WIRE_result, 0);
    msg.u.result.error = ERROR_RASMAN_CANNOT_INITIALIZE;
    len = wire_encode(&msg, frame, sizeof(frame));
    if (send(program, frame, len, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) log_warn(0, "the program does not hear of it");
}

int main(int argc, char **argv)
{
    enum { OPT_ATTACH = 256, OPT_RUNNING, OPT_VERSION, OPT_HELP };
    static const struct option options[] = {
        {"attach", no_argument, NULL, OPT_ATTACH},
        {"attach-running", no_argument, NULL, OPT_RUNNING},
        {"foreground", no_argument, NULL, 'f'},
        {"verbose", no_argument, NULL, 'v'},
        {"version", no_argument, NULL, OPT_VERSION},
        {"help", no_argument, NULL, OPT_HELP},
        {NULL, 0, NULL, 0}
    };
    bool attach_any = false, attach_running = false, foreground = false;
    struct sockaddr_storage peer;
    socklen_t len = sizeof(peer);
    struct attach attach;
    int c, verbose = 0;

    while ((c = getopt_long(argc, argv, "fv", options, NULL)) != -1)
    {
        switch (c)
        {
        case OPT_ATTACH: attach_any = true; break;
        case OPT_RUNNING: attach_running = true; break;
        case 'f': foreground = true; break;
        case 'v': verbose++; break;
        case OPT_VERSION: puts("rasmand (wineras) " PACKAGE_VERSION); return 0;
        case OPT_HELP: usage(stdout); return 0;
        default: usage(stderr); return 2;
        }
    }
    if (attach_any == attach_running || optind != argc)
    {
        usage(stderr);
        return 2;
    }
    close_inherited();
    reset_signals();
    if (getpeername(STDIN_FILENO, (struct sockaddr *)&peer, &len))
        fatal("standard input is not a connected socket");

    switch (attach_or_become(&attach, STDIN_FILENO, attach_running))
    {
    case ATTACH_HANDED_OVER:
    case ATTACH_NOBODY: return 0;
    case ATTACH_FAILED: tell_failure(STDIN_FILENO); return 1;
    case ATTACH_BECOME: break;
    }
    run(&attach, foreground, verbose);
    return 0;
}
