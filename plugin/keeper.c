/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * keeper.c - runs root's program that sets name servers, twice: once to set them, and once to
 * wait for the end of a pipe and take them back.  The other end is pppd's alone, so the kernel
 * closes it however pppd ends.
 */
#include "config.h"
#include "plugin.h"

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "pppd_compat.h"

#define WAIT_STEPS 300 /* of 10 ms */

static pid_t keeper;
static int lifeline = -1; /* open while the name servers shall stay */
static void (*set_fn)(void);

/* The user who may send signals to pppd must not reach this one.  Nothing of pppd is left but
 * input as the standard input, and held, which stays open. */
static void run(const char *path, char **argv, int input, int held)
{
    static char *const environment[] = {(char *)"PATH=/usr/sbin:/usr/bin:/sbin:/bin", (char *)"LC_ALL=C", NULL};
    int null = open("/dev/null", O_RDWR), i;
    sigset_t none;

    pppd_child_forked();
    for (i = 1; i < NSIG; i++) signal(i, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (setsid() < 0 || setgroups(0, NULL) || setresgid(0, 0, 0) || setresuid(0, 0, 0) || chdir("/")) _exit(126);
    if (null < 0 || (null = fcntl(null, F_DUPFD, 10)) < 0) _exit(126);
    if (input >= 0 && (input = fcntl(input, F_DUPFD, 10)) < 0) _exit(126);
    if (held >= 0 && (held = fcntl(held, F_DUPFD, 10)) < 0) _exit(126);
    /* What the setting says goes where pppd's own messages go. */
    if (dup2(input >= 0 ? input : null, 0) < 0 || dup2(null, 1) < 0 || (held < 0 && dup2(null, 2) < 0) ||
        (held >= 0 && dup2(held, 3) < 0))
        _exit(126);
    if (close_range(held >= 0 ? 4 : 3, ~0u, 0)) _exit(126);
    execve(path, argv, environment);
    _exit(127);
}

static pid_t start(const char *path, char **argv, int input, int held, void (*ended)(void *))
{
    sigset_t all, old;
    pid_t pid;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &old); /* pppd's handlers are not for the child */
    pid = fork();
    if (!pid) run(path, argv, input, held);
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (pid > 0) pppd_watch_child(pid, ended);
    return pid;
}

static void set_ended(void *context)
{
    (void)context;
    set_fn();
}

static void keep_ended(void *context)
{
    (void)context;
    keeper = 0;
}

bool keeper_start(const char *path, char **argv, void (*fn)(void))
{
    char *keep[] = {(char *)path, (char *)"keep", argv[2], argv[3], NULL};
    int ends[2];
    bool runs;

    keeper_stop();
    if (pipe2(ends, O_CLOEXEC)) return false;
    argv[0] = (char *)path;
    argv[1] = (char *)"set";
    set_fn = fn;
    /* The keeper first: then nothing is set that nobody takes back. */
    keeper = start(path, keep, ends[0], -1, keep_ended);
    runs = keeper > 0 && start(path, argv, -1, ends[1], set_ended) > 0;
    close(ends[0]);
    if (runs)
        lifeline = ends[1];
    else
        close(ends[1]);
    return runs;
}

void keeper_wait(void)
{
    const struct timespec step = {0, 10000000};
    unsigned int i;

    keeper_stop();
    for (i = 0; keeper > 0 && i < WAIT_STEPS && !waitpid(keeper, NULL, WNOHANG); i++) nanosleep(&step, NULL);
}

void keeper_stop(void)
{
    if (lifeline >= 0) close(lifeline);
    lifeline = -1;
}
