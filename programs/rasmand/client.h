/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * client.h - sessions of programs (client.c), the manager's own socket and life
 * time (control.c), and how a process becomes the manager (attach.c).
 */
#ifndef CLIENT_H
#define CLIENT_H

#include "conn.h"

/* ---- client.c ------------------------------------------------------------------ */

#define CLIENT_DIALS_MAX   64   /* connections that a program dials at a time */
#define CLIENT_WATCHES_MAX 256
#define CLIENT_OUTPUT_MAX  (6u * 1024 * 1024)

/* Serve the program at the other end of fd (a connected stream socket); takes fd,
 * also when it fails (NULL). */
struct client *client_create(int fd);
bool client_any(void);
/* Is there one that is there for more than to watch? */
bool client_needs_manager(void);
void client_destroy_all(void);
/* What it has dialled; conn.c's. */
struct conn_holders *client_holders(struct client *client);

void client_send_result(struct client *client, uint32_t serial, uint32_t error);
/* error: the program can't use the port any more. */
void client_send_port_data(struct client *client, const struct conn *c, uint32_t error, const void *data, size_t len);
void client_send_notice(struct client *client, const struct conn *c, const struct conn_notice *notice);
/* Tell those who watch this connection (flags) or all of them (any_flags). */
void client_send_changes(uint32_t handle, uint32_t flags, uint32_t any_flags, uint32_t connections, uint64_t number);
/* The manager leaves: tell all of them, who then close. */
void client_part_all(void);

/* ---- control.c ------------------------------------------------------------------ */

/* Serve the listening socket and hold the lock until the end of life. */
void control_init(int listen_fd, int lock_fd, int dir_fd, const char *dir);
void control_cleanup(void);
/* Leave after a while if nobody needs the manager, or don't if somebody does. */
void control_life_check(void);
/* Leave as soon as everything is hung up. */
void control_leave(void);

/* ---- attach.c ------------------------------------------------------------------- */

#define SOCKET_NAME "manager"
#define LOCK_NAME   "lock"

/* What attach_or_become() did. */
enum attach_result
{
    ATTACH_HANDED_OVER, /* a manager has the socket */
    ATTACH_NOBODY,      /* only_running, and no manager runs */
    ATTACH_BECOME,      /* we are the manager now: fds are set, the lock is held */
    ATTACH_FAILED       /* logged */
};

struct attach
{
    char dir[4096];
    int dir_fd;
    int lock_fd;   /* locked until lock_release() */
    int listen_fd;
};

enum attach_result attach_or_become(struct attach *attach, int fd, bool only_running);
/* Does anybody answer in this runtime directory?  Ask with its lock held. */
bool attach_manager_runs(int dir_fd);
/* There is no manager any more.  With the lock held: who waits for it sees that it is the lock
 * no more. */
void attach_remove_files(int dir_fd, const char *dir);

#endif
