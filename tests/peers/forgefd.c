/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * forgefd - runs a command with a descriptor that is not what the manager would give to
 * pppd; @FD@ in an argument becomes its number.  A test tool.
 *
 *   forgefd [-U USER] KIND COMMAND [ARGUMENT...]
 *
 * -U: the command is run by this user (needs root), who makes the descriptor unless KIND says
 * else.  KIND: pipe, file, stream, datagram (a socket of that type), inet, mute (nothing comes
 * from it), gone (its other end is closed), foreign (made by root), version, garbage, twice,
 * late (credentials without a configuration), long (4097 bytes), good.
 */
#include "config.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ras_wire.h"

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void put(int fd, const void *data, size_t len)
{
    if (send(fd, data, len, 0) != (ssize_t)len) die("send");
}

static void put_message(int fd, enum wire_type type, uint32_t version)
{
    static struct wire_msg msg;
    uint8_t packet[4096];

    wire_init(&msg, type, 0);
    if (type == WIRE_link_config) msg.u.link_config.version = version;
    put(fd, packet, wire_encode(&msg, packet, sizeof(packet)));
}

static void fill(const char *kind, int fd)
{
    static const uint8_t bytes[4097] = {1, 2, 3};

    if (!strcmp(kind, "version"))
        put_message(fd, WIRE_link_config, WIRE_VERSION + 1);
    else if (!strcmp(kind, "garbage"))
        put(fd, bytes, 100);
    else if (!strcmp(kind, "long"))
        put(fd, bytes, sizeof(bytes));
    else if (!strcmp(kind, "late"))
        put_message(fd, WIRE_link_credentials, 0);
    else if (strcmp(kind, "mute") && strcmp(kind, "gone"))
    {
        put_message(fd, WIRE_link_config, WIRE_VERSION);
        if (!strcmp(kind, "twice")) put_message(fd, WIRE_link_config, WIRE_VERSION);
    }
}

/* Returns what the command gets; *manager is the other end, or -1. */
static int forge(const char *kind, int *manager)
{
    int type = SOCK_SEQPACKET, pair[2];

    *manager = -1;
    if (!strcmp(kind, "file")) return open("/dev/null", O_RDWR);
    if (!strcmp(kind, "inet")) return socket(AF_INET, SOCK_STREAM, 0);
    if (!strcmp(kind, "pipe"))
    {
        if (pipe(pair)) die("pipe");
        return pair[0];
    }
    if (!strcmp(kind, "stream")) type = SOCK_STREAM;
    if (!strcmp(kind, "datagram")) type = SOCK_DGRAM;
    if (socketpair(AF_UNIX, type, 0, pair)) die("socketpair");
    fill(kind, pair[0]);
    *manager = pair[0];
    return pair[1];
}

int main(int argc, char **argv)
{
    const struct passwd *user = NULL;
    int c, i, fd, manager, status;
    char number[16];
    const char *kind;
    pid_t pid;

    while ((c = getopt(argc, argv, "+U:")) != -1)
        if (c != 'U' || !(user = getpwnam(optarg))) return 2;
    if (argc - optind < 2) return 2;
    kind = argv[optind];
    argv += optind + 1;
    if (user && strcmp(kind, "foreign") && seteuid(user->pw_uid)) die("seteuid");
    if ((fd = forge(kind, &manager)) < 0) die(kind);
    if (user && seteuid(0)) die("seteuid");
    snprintf(number, sizeof(number), "%d", fd);
    for (i = 0; argv[i]; i++)
        if (!strcmp(argv[i], "@FD@")) argv[i] = number;
    if (!strcmp(kind, "gone")) close(manager);
    if ((pid = fork()) < 0) die("fork");
    if (!pid)
    {
        if (manager >= 0 && strcmp(kind, "gone")) close(manager);
        if (user && (initgroups(user->pw_name, user->pw_gid) || setgid(user->pw_gid) || setuid(user->pw_uid)))
            die("setuid");
        execv(argv[0], argv);
        die(argv[0]);
    }
    close(fd);
    if (waitpid(pid, &status, 0) != pid) die("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
