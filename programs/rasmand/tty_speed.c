/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tty_speed.c - speeds, also those that have no B constant.  A file of its own because the
 * kernel's termios and the C library's exclude each other.
 */
#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <sys/ioctl.h>

int tty_set_custom_speed(int fd, unsigned int speed);
unsigned int tty_get_speed(int fd);

int tty_set_custom_speed(int fd, unsigned int speed)
{
    struct termios2 settings;

    if (ioctl(fd, TCGETS2, &settings)) return -1;
    settings.c_cflag &= ~(tcflag_t)(CBAUD | (CBAUD << IBSHIFT));
    settings.c_cflag |= BOTHER | (BOTHER << IBSHIFT);
    settings.c_ispeed = settings.c_ospeed = speed;
    return ioctl(fd, TCSETS2, &settings);
}

unsigned int tty_get_speed(int fd)
{
    struct termios2 settings;

    return ioctl(fd, TCGETS2, &settings) ? 0 : settings.c_ospeed;
}
