/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_child.c - processes of the manager and signals.
 */
#include "config.h"

#include "check_main.h"
#include "rasmand_stubs.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>


static int handled[2];

static void tell_handled(int sig)
{
    (void)sig;
    if (write(handled[1], "h", 1) != 1) _exit(97);
}

/* Somebody sends it while it is still this program. */
static void terminate_child(void)
{
    raise(SIGTERM);
}

/* A signal to a child that has just been made must not be taken for one to the manager. */
START_TEST(test_early_signal)
{
    int status;
    pid_t pid;
    char byte;

    ck_assert_int_eq(pipe2(handled, O_NONBLOCK | O_CLOEXEC), 0);
    signal(SIGTERM, tell_handled);
    ck_assert_int_eq(pthread_atfork(NULL, NULL, terminate_child), 0);
    if (!(pid = child_fork())) _exit(0);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM, "status %#x", (unsigned int)status);
    ck_assert_int_eq(read(handled[0], &byte, 1), -1);
    ck_assert_int_eq(errno, EAGAIN);
    raise(SIGTERM);
    ck_assert_int_eq(read(handled[0], &byte, 1), 1);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_early_signal);
}

int main(void)
{
    return check_main("child", add_tests);
}
