/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * timeit.c - runs a command and prints how long it took, in milliseconds, until it
 * printed a text.
 *
 *   timeit TEXT COMMAND [ARG...]
 *
 * pppd tells of its addresses at the moment at which a plugin hears of them, so this
 * is the time to a link without wineras.  Reads on until the command ends; exits with
 * its status, or with 1 when the text did not come.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    double begun = now_ms();
    int pipes[2], status, told = 0;
    char line[512];
    FILE *output;
    pid_t pid;

    if (argc < 3 || pipe(pipes) || (pid = fork()) < 0) return 127;
    if (!pid)
    {
        if (dup2(pipes[1], STDOUT_FILENO) < 0) _exit(127);
        close(pipes[0]);
        close(pipes[1]);
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    close(pipes[1]);
    if (!(output = fdopen(pipes[0], "r"))) return 127;
    while (fgets(line, sizeof(line), output))
    {
        if (told || !strstr(line, argv[1])) continue;
        printf("%.2f\n", now_ms() - begun);
        fflush(stdout);
        told = 1;
    }
    if (waitpid(pid, &status, 0) != pid || !told) return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
