/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * waiter.c - a child of pppd that waits for a descriptor and ends when it is readable.
 * Until pppd 2.5.2 the end of a child is the one thing besides timers that pppd tells a
 * plugin of: so an answer is heard at once, and nothing wakes until it comes.
 */
#include "config.h"
#include "plugin.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <unistd.h>

#include "pppd_compat.h"

static pid_t waiter;
static void (*waiter_fn)(void);

static void leave(int number)
{
    (void)number;
    _exit(0);
}

/* Nothing of pppd but the descriptor is left in the child. */
static void wait_in_child(int fd)
{
    struct pollfd pfd = {.fd = fcntl(fd, F_DUPFD, 3), .events = POLLIN};
    sigset_t none;

    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    signal(SIGTERM, leave);
    signal(SIGINT, leave);
    signal(SIGHUP, leave);
    signal(SIGUSR1, SIG_IGN);
    signal(SIGUSR2, SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    pppd_child_forked();
    if (pfd.fd < 0) _exit(0);
    if (pfd.fd > 0) close_range(0, (unsigned int)pfd.fd - 1, 0);
    close_range((unsigned int)pfd.fd + 1, ~0u, 0);
    poll(&pfd, 1, -1);
    _exit(0);
}

static void waiter_ended(void *context)
{
    (void)context;
    waiter = 0;
    waiter_fn();
}

/* It ends by an ordinary exit, of which pppd says nothing in its log. */
bool waiter_start(int fd, void (*fn)(void))
{
    sigset_t all, old;

    if (waiter) return true;
    waiter_fn = fn;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &old); /* pppd's handlers are not for the child */
    waiter = fork();
    if (!waiter) wait_in_child(fd);
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (waiter < 0)
    {
        waiter = 0;
        return false;
    }
    pppd_watch_child(waiter, waiter_ended);
    return true;
}

void waiter_stop(void)
{
    if (waiter) kill(waiter, SIGTERM);
}
