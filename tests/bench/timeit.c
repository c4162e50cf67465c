/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * timeit.c - runs a command and prints how long it took, in milliseconds.
 *
 *   timeit COMMAND [ARG...]
 *
 * pppd with "updetach" leaves its first process when the link is up, so this is
 * the time to a link without wineras.  Exits with the command's status.
 */
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    double begun = now_ms();
    int status;
    pid_t pid;

    if (argc < 2 || posix_spawnp(&pid, argv[1], NULL, NULL, argv + 1, environ)) return 127;
    if (waitpid(pid, &status, 0) != pid) return 127;
    printf("%.2f\n", now_ms() - begun);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
