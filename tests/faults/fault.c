/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * fault.c - what breaks.
 */
#include "faults.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PLUGIN_FD 3 /* in pppd, as link_pppd.c has it */

/* A process that holds the program's socket, as the program did, is killed. */
static bool strike_program(struct lane *lane)
{
    pid_t pid = fork();

    if (!pid)
        for (;;) pause();
    close(lane->program.fd);
    lane->program.fd = -1;
    lane->ended = true;
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    return true;
}

/* The program hangs, with its socket open. */
static bool strike_wineserver(struct lane *lane)
{
    wineserver_end(lane);
    return true;
}

static bool strike_manager(struct lane *lane)
{
    return !kill(lane->manager, SIGKILL);
}

/* In a state with a link the process is there, or about to be; 0 when it does not come. */
static pid_t await_process(struct lane *lane, pid_t (*find)(const struct lane *))
{
    enum conn_state state = lane->state;
    double end = now_ms() + 5000;
    pid_t pid;

    while (!(pid = find(lane)) && lane->state == state && now_ms() < end) world_look(lane);
    return pid;
}

static bool strike_pppd(struct lane *lane)
{
    pid_t pid = await_process(lane, find_pppd);

    return pid && !kill(pid, SIGKILL);
}

/* As if either side had lost it: both are told. */
static bool strike_socket(struct lane *lane)
{
    pid_t pid = await_process(lane, find_pppd);
    int process, fd;
    bool done;

    if (!pid || (process = (int)syscall(SYS_pidfd_open, pid, 0)) < 0) return false;
    fd = (int)syscall(SYS_pidfd_getfd, process, PLUGIN_FD, 0);
    done = fd >= 0 && !shutdown(fd, SHUT_RDWR);
    if (fd >= 0) close(fd);
    close(process);
    return done;
}

static bool strike_line(struct lane *lane)
{
    pid_t peer = find_peer(lane);

    unlink(lane->tty); /* its name may be another line's soon */
    kill(lane->hayes, SIGKILL);
    waitpid(lane->hayes, NULL, 0);
    lane->hayes = 0;
    if (peer) kill(peer, SIGKILL);
    return true;
}

static bool strike_peer(struct lane *lane)
{
    pid_t peer = await_process(lane, find_peer);

    return peer && !kill(peer, SIGSTOP);
}

/* Is this process waiting with the lock of the runtime folder? */
static bool has_lock(pid_t pid)
{
    char path[64], target[256];
    ssize_t len;
    int fd;

    for (fd = 3; fd < 16; fd++)
    {
        snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
        len = readlink(path, target, sizeof(target) - 1);
        if (len < 0) continue;
        target[len] = 0;
        if (strstr(target, "/lock")) return true;
    }
    return false;
}

/* Two programs attach, the step of one is killed on its way; the other one is served. */
static bool strike_attach(struct lane *lane)
{
    struct session victim = {.fd = -1}, next = {.fd = -1};
    double end = now_ms() + 5000;
    pid_t step, another;

    if (!program_begin(lane, &victim, &step)) return false;
    while (!has_lock(step) && !waitpid(step, NULL, WNOHANG) && now_ms() < end) {}
    kill(step, SIGKILL);
    waitpid(step, NULL, 0);
    session_close(&victim);
    if (!program_begin(lane, &next, &another) || !session_hello(&next))
        complain(lane, "the next program is not served");
    session_close(&next);
    waitpid(another, NULL, 0);
    return true;
}

const struct fault faults[] = {
    {"the program is killed", "program", strike_program, .ends_program = true, .parts = 1},
    {"Wine's server is killed", "wineserver", strike_wineserver, .ends_program = true, .parts = 1},
    {"the manager is killed", "manager", strike_manager, .ends_manager = true, .parts = 1},
    {"pppd is killed", "pppd", strike_pppd, .needs_link = true, .parts = 1},
    {"the plugin's socket is shut", "socket", strike_socket, .needs_link = true, .parts = 1},
    {"the line is unplugged", "line", strike_line, .ends_line = true, .parts = 1},
    {"the peer is suspended", "peer", strike_peer, .needs_link = true, .unfelt = true, .parts = 1},
    {"an attach step is killed", "attach", strike_attach, .unfelt = true, .parts = 1},
};
const unsigned int faults_count = sizeof(faults) / sizeof(*faults);
