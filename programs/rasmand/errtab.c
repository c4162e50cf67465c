/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * errtab.c - the only place where errno values and exit statuses become RAS
 * errors.  Causes that the plugin saw are in ras_causes.def.
 */
#include "errtab.h"

#include <errno.h>
#include <stddef.h>
#include <sys/wait.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof(*(a)))

struct errno_row
{
    int error;
    uint32_t ras;
};

static const struct errno_row open_errors[] = {
    {ENOENT, 608}, /* ERROR_DEVICE_DOES_NOT_EXIST */
    {ENOTDIR, 608},
    {ENODEV, 608},
    {ENXIO, 608},
    {EACCES, 5}, /* ERROR_ACCESS_DENIED */
    {EPERM, 5},
    {EBUSY, 633}, /* ERROR_PORT_NOT_AVAILABLE */
    {EWOULDBLOCK, 633},
    {ENOTTY, 605}, /* ERROR_CANNOT_SET_PORT_INFO: not a tty at all */
    {EINVAL, 605}, /* a speed that the hardware does not know */
    {EIO, 692},    /* ERROR_HARDWARE_FAILURE */
    {ENOMEM, 8},   /* ERROR_NOT_ENOUGH_MEMORY */
    {EMFILE, 614}, /* ERROR_OUT_OF_BUFFERS */
    {ENFILE, 614},
};

static const struct errno_row tcp_errors[] = {
    {ECONNREFUSED, 678}, /* ERROR_NO_ANSWER: as a number that nobody picks up */
    {ETIMEDOUT, 678},
    {EHOSTUNREACH, 678},
    {ENETUNREACH, 678},
    {ECONNRESET, 679}, /* ERROR_NO_CARRIER: picked up, and put down at once */
    {EPIPE, 679},
    {EACCES, 5},
    {EPERM, 5},
    {ENOMEM, 8},
    {EMFILE, 614},
    {ENFILE, 614},
};

static uint32_t find_errno(const struct errno_row *rows, size_t count, int error, uint32_t other)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (rows[i].error == error) return rows[i].ras;
    return other;
}

uint32_t errtab_open(int error)
{
    return find_errno(open_errors, ARRAY_SIZE(open_errors), error, 633);
}

uint32_t errtab_tcp(int error)
{
    return find_errno(tcp_errors, ARRAY_SIZE(tcp_errors), error, 651); /* ERROR_FROM_DEVICE */
}

/* By exit status, as in pppd(8). */
static const struct
{
    uint32_t dialling;
    uint32_t connected;
} pppd_exits[] = {
    {629, 629}, /*  0 the peer closed a good link */
    {635, 635}, /*  1 fatal error */
    {635, 635}, /*  2 options */
    {711, 711}, /*  3 not root */
    {711, 711}, /*  4 the kernel has no PPP */
    {628, 631}, /*  5 ended by a signal */
    {633, 633}, /*  6 the port is locked */
    {633, 633}, /*  7 the port could not be opened */
    {651, 651}, /*  8 connect script */
    {651, 651}, /*  9 pty command */
    {720, 720}, /* 10 negotiation failed */
    {778, 778}, /* 11 the peer did not prove its identity */
    {828, 828}, /* 12 idle */
    {628, 932}, /* 13 connect time is over */
    {628, 628}, /* 14 callback */
    {721, 829}, /* 15 no echo replies */
    {619, 829}, /* 16 the line was lost */
    {737, 737}, /* 17 loopback */
    {651, 651}, /* 18 init script */
    {691, 691}, /* 19 the peer refused us */
    {628, 628}, /* 20 traffic limit */
    {691, 691}, /* 21 caller id refused */
};

uint32_t errtab_pppd(int wait_status, bool connected)
{
    unsigned int exit_status;

    if (!WIFEXITED(wait_status)) return 630; /* ERROR_HARDWARE_FAILURE: pppd died */
    exit_status = (unsigned int)WEXITSTATUS(wait_status);
    if (exit_status >= ARRAY_SIZE(pppd_exits)) return 635; /* ERROR_UNKNOWN */
    return connected ? pppd_exits[exit_status].connected : pppd_exits[exit_status].dialling;
}
