/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * guard.h - what has to be put right when the manager is killed.
 */
#ifndef GUARD_H
#define GUARD_H

#include <sys/types.h>
#include <termios.h>

/* Begin to guard; the runtime directory is there and ours.  Before there are secrets.  The
 * manager works without it, too. */
void guard_start(int dir_fd, const char *dir);

/* A child runs, and has ended. */
void guard_child(pid_t pid);
void guard_child_gone(pid_t pid);
/* A tty is in use that had these settings, and is given back. */
void guard_tty(const char *path, const struct termios *settings);
void guard_tty_gone(const char *path);

#endif
