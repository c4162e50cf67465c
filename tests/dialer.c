/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dialer.c - the shortest program that dials: "dialer RASMAND NUMBER ENTRY" starts
 * the manager as rasapi32.dll does, dials, prints the state that it ends in and
 * the handle, and stays until its standard input ends.  For tests of others.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ras_wire.h"
#include "tables.h"

static int manager;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void send_message(const struct wire_msg *msg)
{
    static unsigned char frame[WIRE_MESSAGE_MAX];
    size_t len = wire_encode(msg, frame, sizeof(frame));

    if (!len || send(manager, frame, len, MSG_NOSIGNAL) != (ssize_t)len) die("send");
}

static void receive_message(struct wire_msg *msg)
{
    static unsigned char buffer[WIRE_MESSAGE_MAX];
    static size_t used;
    ssize_t got;
    int len;

    while (!(len = wire_decode(msg, buffer, used, WIRE_MANAGER)))
    {
        if ((got = recv(manager, buffer + used, sizeof(buffer) - used, 0)) <= 0) die("recv");
        used += got;
    }
    if (len < 0) die("decode");
    used -= len;
    memmove(buffer, buffer + len, used);
}

static void start_manager(const char *rasmand)
{
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) die("socketpair");
    if (!fork())
    {
        dup2(pair[1], 0);
        execl(rasmand, rasmand, "--attach", (char *)NULL);
        _exit(127);
    }
    close(pair[1]);
    manager = pair[0];
}

int main(int argc, char **argv)
{
    static struct wire_msg msg;
    char byte;

    if (argc != 4) return 2;
    start_manager(argv[1]);
    wire_init(&msg, WIRE_hello, 1);
    msg.u.hello.magic = WIRE_MAGIC;
    msg.u.hello.version = WIRE_VERSION;
    WIRE_SET_TEXT(msg.u.hello.program, "dialer");
    send_message(&msg);
    receive_message(&msg);
    wire_init(&msg, WIRE_dial, 2);
    WIRE_SET_TEXT(msg.u.dial.number, argv[2]);
    WIRE_SET_TEXT(msg.u.dial.entry, argv[3]);
    send_message(&msg);
    do
    {
        receive_message(&msg);
        if (msg.type == WIRE_dialing && msg.u.dialing.error)
        {
            printf("error %u\n", (unsigned int)msg.u.dialing.error);
            return 1;
        }
    } while (msg.type != WIRE_notice || !(msg.u.notice.state & RAS_STATE_DONE || msg.u.notice.error));
    printf("%s %u\n", ras_state_name(msg.u.notice.state), (unsigned int)msg.u.notice.handle);
    fflush(stdout);
    while (read(0, &byte, 1) == 1) {}
    return 0;
}
