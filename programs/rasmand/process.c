/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * process.c - processes that are not the manager's own.
 */
#include "rasmand.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What is read belongs to the process that fd is of as long as that has not ended; when it has, fd
 * says so at once. */
int process_open(uint32_t pid, const char *name)
{
    int fd = pid ? (int)syscall(SYS_pidfd_open, (pid_t)pid, 0) : -1, file;
    char path[32], found[16] = "";

    if (fd < 0) return -1;
    snprintf(path, sizeof(path), "/proc/%u/comm", (unsigned int)pid);
    if ((file = open(path, O_RDONLY | O_CLOEXEC)) >= 0)
    {
        if (read(file, found, sizeof(found) - 1) < 0) found[0] = 0;
        close(file);
    }
    if (!strncmp(found, name, strlen(name))) return fd;
    close(fd);
    return -1;
}
