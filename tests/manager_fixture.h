/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * manager_fixture.h - the real rasmand in a runtime directory of its own, with scripted devices,
 * for tests that start it as programs do.
 */
#ifndef MANAGER_FIXTURE_H
#define MANAGER_FIXTURE_H

#include <check.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "session.h"

#define UP "0 1 2 3 4 5 6 10 14 18 C"

/* Of the test; dir is the manager's, config has devices.conf. */
extern char runtime[32], dir[64], config[64];

/* How many descriptors a manager may have; 0: as many as we. */
extern rlim_t descriptors;
/* Leaders of a process group must fork to get a session of their own. */
extern bool as_leader;

void wait_for(bool (*done)(void), const char *what);
bool dir_is_gone(void);
void write_file(const char *path, mode_t mode, const char *format, ...);

/* Start rasmand with fd as standard input; takes fd. */
pid_t start(const char *mode, int fd);
int exit_status(pid_t pid);
/* A session by a rasmand that was started so; returns s. */
struct session *attach(struct session *s, const char *mode);
/* A session without such a process: the socket is handed over here.  false: it was not taken. */
bool hand_over(struct session *s);
/* Connect to the manager's socket: its descriptor, or -1. */
int reach_manager(void);
/* The process that listens, as the kernel knows it; 0: none. */
pid_t manager_pid(void);
void kill_manager(int sig);

/* Dial until connected. */
void dial(struct session *s, const char *entry, uint32_t *handle);

/* Run what add_tests adds, each with a fresh directory, which the manager must have removed
 * at the end; main()'s result. */
int fixture_run(const char *name, void (*add_tests)(TCase *tcase));

#endif
