/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * child.c - processes of the manager: one SIGCHLD event collects them all and
 * tells who waits.  What they do is the caller's work.
 */
#include "rasmand.h"
#include "guard.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct child
{
    struct child *next;
    pid_t pid;
    child_exit_fn *fn; /* NULL: nobody waits any more */
    void *context;
};

static struct child *children;
static struct event *sigchld;

static struct child **child_find(pid_t pid)
{
    struct child **link;

    for (link = &children; *link; link = &(*link)->next)
        if ((*link)->pid == pid) return link;
    return NULL;
}

static void on_sigchld(evutil_socket_t sig, short what, void *context)
{
    struct child **link, *child;
    child_exit_fn *fn;
    int status;
    pid_t pid;

    (void)sig;
    (void)what;
    (void)context;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0 || (pid < 0 && errno == EINTR))
    {
        if (pid < 0 || !(link = child_find(pid))) continue;
        child = *link;
        *link = child->next;
        fn = child->fn;
        context = child->context;
        free(child);
        guard_child_gone(pid);
        if (fn) fn(context, status);
    }
}

pid_t child_fork(void)
{
    sigset_t all, old;
    pid_t pid;
    int i;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &old);
    if (!(pid = fork()))
    {
        for (i = 1; i < NSIG; i++) signal(i, SIG_DFL);
        sigemptyset(&old);
    }
    sigprocmask(SIG_SETMASK, &old, NULL);
    return pid;
}

void child_watch(pid_t pid, child_exit_fn *fn, void *context)
{
    struct child *child;

    guard_child(pid); /* first of all: it ends the child if we can't go on */
    if (!(child = malloc(sizeof(*child)))) fatal("out of memory");
    child->pid = pid;
    child->fn = fn;
    child->context = context;
    child->next = children;
    children = child;
    if (sigchld) return;
    if (!(sigchld = evsignal_new(loop, SIGCHLD, on_sigchld, NULL)) || event_add(sigchld, NULL))
        fatal("cannot watch for SIGCHLD");
    /* It may have ended before the signal was watched. */
    event_active(sigchld, EV_SIGNAL, 1);
}

void child_unwatch(pid_t pid)
{
    struct child **link = child_find(pid);

    if (link) (*link)->fn = NULL;
}
