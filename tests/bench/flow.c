/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * flow.c - how fast bytes go over a link.
 *
 *   flow serve PORT                  takes what comes, and tells at the end that it has all
 *   flow send ADDRESS PORT BYTES     sends so many; prints KiB per second until the server has them
 *
 * What is sent cannot be compressed.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static char block[65536];

static double now_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static int serve(int port)
{
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1, fd;

    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (listener < 0 || bind(listener, (struct sockaddr *)&addr, sizeof(addr)) || listen(listener, 4)) return 1;
    while ((fd = accept(listener, NULL, NULL)) >= 0)
    {
        while (recv(fd, block, sizeof(block), 0) > 0) continue;
        if (send(fd, "y", 1, MSG_NOSIGNAL) != 1) perror("flow: send");
        close(fd);
    }
    return 1;
}

static int send_bytes(const char *address, int port, long bytes)
{
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    long left = bytes;
    double began;
    ssize_t sent;
    char done;

    if (fd < 0 || inet_pton(AF_INET, address, &addr.sin_addr) != 1 ||
        connect(fd, (struct sockaddr *)&addr, sizeof(addr)))
    {
        perror("flow: connect");
        return 1;
    }
    began = now_s();
    for (; left; left -= sent)
    {
        sent = send(fd, block, left < (long)sizeof(block) ? (size_t)left : sizeof(block), MSG_NOSIGNAL);
        if (sent <= 0) return 1;
    }
    shutdown(fd, SHUT_WR);
    if (recv(fd, &done, 1, 0) != 1) return 1;
    printf("%.2f\n", bytes / 1024.0 / (now_s() - began));
    return 0;
}

int main(int argc, char **argv)
{
    size_t i;

    srandom(1);
    for (i = 0; i < sizeof(block); i++) block[i] = (char)(random() >> 8);
    if (argc == 3 && !strcmp(argv[1], "serve")) return serve(atoi(argv[2]));
    if (argc == 5 && !strcmp(argv[1], "send")) return send_bytes(argv[2], atoi(argv[3]), atol(argv[4]));
    fprintf(stderr, "usage: flow serve PORT | flow send ADDRESS PORT BYTES\n");
    return 2;
}
