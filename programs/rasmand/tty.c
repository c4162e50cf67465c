/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tty.c - see tty.h.
 */
#include "config.h"

#include "tty.h"
#include "args.h"
#include "guard.h"
#include "errtab.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Of ptys that the kernel makes: UNIX98_PTY_SLAVE_MAJOR, and how many there are. */
#define PTY_MAJOR  136
#define PTY_MAJORS 8

static const struct
{
    unsigned int speed;
    speed_t constant;
} speeds[] = {
    {300, B300},         {600, B600},         {1200, B1200},       {2400, B2400},       {4800, B4800},
    {9600, B9600},       {19200, B19200},     {38400, B38400},     {57600, B57600},     {115200, B115200},
    {230400, B230400},   {460800, B460800},   {500000, B500000},   {576000, B576000},   {921600, B921600},
    {1000000, B1000000}, {1152000, B1152000}, {1500000, B1500000}, {2000000, B2000000}, {2500000, B2500000},
    {3000000, B3000000}, {3500000, B3500000}, {4000000, B4000000},
};

static speed_t find_speed(unsigned int speed)
{
    size_t i;

    for (i = 0; i < sizeof(speeds) / sizeof(*speeds); i++)
        if (speeds[i].speed == speed) return speeds[i].constant;
    return B0;
}

static int set_up(const struct tty *tty, const struct device *device)
{
    struct termios settings = tty->saved;
    speed_t speed = find_speed(device->speed);

    cfmakeraw(&settings);
    settings.c_iflag |= IGNBRK;
    settings.c_iflag &= ~(tcflag_t)(IXON | IXOFF | IXANY);
    settings.c_cflag &= ~(tcflag_t)(CRTSCTS | CSTOPB | PARENB | CSIZE);
    settings.c_cflag |= CS8 | CREAD | CLOCAL | HUPCL;
    if (device->flow == FLOW_HARDWARE) settings.c_cflag |= CRTSCTS;
    if (device->flow == FLOW_SOFTWARE) settings.c_iflag |= IXON | IXOFF;
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    if (speed != B0) cfsetspeed(&settings, speed);
    if (tcsetattr(tty->fd, TCSANOW, &settings)) return -1;
    if (device->speed && speed == B0) return tty_set_custom_speed(tty->fd, device->speed);
    return 0;
}

/* A pppd that was killed leaves the tty to the kernel's PPP, where nobody else can read it: for ever, if
 * it is a pty. */
static void leave_ppp(int fd)
{
    const int usual = N_TTY;
    int now;

    if (!ioctl(fd, TIOCGETD, &now) && now == N_PPP) ioctl(fd, TIOCSETD, &usual);
}

uint32_t tty_open(struct tty *tty, const struct device *device)
{
    char *real = realpath(device->path, NULL);
    uint32_t error;
    int lines;

    tty->fd = -1;
    snprintf(tty->path, sizeof(tty->path), "%s", real ? real : device->path);
    free(real);
    if (tty_lock(tty->path)) return errtab_open(errno);
    if ((tty->fd = open(tty->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)) < 0) goto unlock;
    if (flock(tty->fd, LOCK_EX | LOCK_NB)) goto close;
    if (tcgetattr(tty->fd, &tty->saved)) goto close;
    guard_tty(tty->path, &tty->saved);
    tty_unshare(tty);
    if (set_up(tty, device)) goto restore;
    tty->has_lines = !ioctl(tty->fd, TIOCMGET, &lines);
    tty_set_dtr(tty, true);
    tcflush(tty->fd, TCIOFLUSH);
    return 0;

restore:
    error = errtab_open(errno);
    tty_close(tty);
    return error;
close:
    error = errtab_open(errno);
    close(tty->fd);
    tty->fd = -1;
    tty_unlock(tty->path);
    return error;
unlock:
    error = errtab_open(errno);
    tty_unlock(tty->path);
    return error;
}

void tty_close(struct tty *tty)
{
    if (tty->fd < 0) return;
    /* Unsent bytes would hold close() back, where the peer takes none. */
    tcflush(tty->fd, TCIOFLUSH);
    leave_ppp(tty->fd);
    tcsetattr(tty->fd, TCSANOW, &tty->saved);
    ioctl(tty->fd, TIOCNXCL);
    close(tty->fd);
    tty->fd = -1;
    tty_unlock(tty->path);
    guard_tty_gone(tty->path);
}

void tty_give_back(const char *path, const struct termios *saved, pid_t owner)
{
    int fd;

    if (!tty_was_locked_by(path, owner)) return;
    if ((fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)) >= 0)
    {
        if (!flock(fd, LOCK_EX | LOCK_NB))
        {
            tcflush(fd, TCIOFLUSH);
            leave_ppp(fd);
            tcsetattr(fd, TCSANOW, saved);
            ioctl(fd, TIOCNXCL);
        }
        close(fd);
    }
    tty_unlock_of(path, owner);
}

bool tty_has_carrier(const struct tty *tty)
{
    int lines;

    return !tty->has_lines || ioctl(tty->fd, TIOCMGET, &lines) || (lines & TIOCM_CD);
}

int tty_set_dtr(const struct tty *tty, bool on)
{
    int line = TIOCM_DTR;

    return tty->has_lines ? ioctl(tty->fd, on ? TIOCMBIS : TIOCMBIC, &line) : -1;
}

/* A pty keeps this flag as long as its master lives, so also when we are killed:
 * nobody could open it ever after. */
static bool keeps_flags(const struct tty *tty)
{
    struct stat st;

    return !fstat(tty->fd, &st) && major(st.st_rdev) >= PTY_MAJOR && major(st.st_rdev) < PTY_MAJOR + PTY_MAJORS;
}

void tty_share(const struct tty *tty)
{
    ioctl(tty->fd, TIOCNXCL);
}

void tty_unshare(const struct tty *tty)
{
    leave_ppp(tty->fd);
    if (!keeps_flags(tty)) ioctl(tty->fd, TIOCEXCL);
}

void tty_pppd_args(const struct tty *tty, const struct device *device, bool carrier, struct args *args)
{
    char speed[16];

    args_add(args, tty->path);
    /* pppd knows only the usual speeds; it leaves the others as they are. */
    if (find_speed(device->speed) != B0)
    {
        snprintf(speed, sizeof(speed), "%u", device->speed);
        args_add(args, speed);
    }
    switch (device->flow)
    {
    case FLOW_NONE: args_add(args, "nocrtscts"); break;
    case FLOW_HARDWARE: args_add(args, "crtscts"); break;
    case FLOW_SOFTWARE: args_add(args, "xonxoff"); break;
    }
    args_add(args, carrier && tty->has_lines ? "modem" : "local");
}
