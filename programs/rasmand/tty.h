/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tty.h - a tty in exclusive use: lock, settings, modem lines.  Used by the
 * transports modem and serial.
 */
#ifndef TTY_H
#define TTY_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

#include "rasmand.h"

struct tty
{
    int fd;
    bool has_lines; /* has DTR and DCD; ptys have not */
    char path[PATH_MAX];
    struct termios saved;
};

/* Lock, open and set up the device's tty, raw, 8N1.  Returns 0 or a RAS error,
 * then nothing is open.  Never blocks. */
uint32_t tty_open(struct tty *tty, const struct device *device);
/* Give everything back as it was.  DTR falls. */
void tty_close(struct tty *tty);

/* The same for a process that was killed and can't; nothing is done to a tty that others have
 * taken since. */
void tty_give_back(const char *path, const struct termios *saved, pid_t owner);

/* Does the line have a carrier?  Always, where that can't be seen. */
bool tty_has_carrier(const struct tty *tty);
/* Raise or drop DTR.  0, or -1 where there is none. */
int tty_set_dtr(const struct tty *tty, bool on);

/* Let pppd open the tty too; and take it back, also from one that was killed.  The lock file stays ours: the
 * peers file says nolock. */
void tty_share(const struct tty *tty);
void tty_unshare(const struct tty *tty);

/* pppd's arguments for the tty. */
void tty_pppd_args(const struct tty *tty, const struct device *device, bool carrier, struct args *args);

/* ---- UUCP locks, which pppd, minicom, mgetty ... honour --------------------- */

/* 0; -1 with errno EBUSY: another program has the tty.  No place for lock files
 * that this user may write is no error. */
int tty_lock(const char *path);
/* Remove our lock. */
void tty_unlock(const char *path);
/* The same of another process, which is dead. */
void tty_unlock_of(const char *path, pid_t owner);
/* Nobody has locked it since owner has; there may be no lock at all. */
bool tty_was_locked_by(const char *path, pid_t owner);

/* Any speed, also those without a B constant.  tty_speed.c */
int tty_set_custom_speed(int fd, unsigned int speed);
/* 0: there is none. */
unsigned int tty_get_speed(int fd);

#endif
