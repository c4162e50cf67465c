/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * errtab.c - the only place where errno values and exit statuses become RAS
 * errors.  Causes that the plugin saw are in ras_causes.def.
 */
#include "errtab.h"
#include "errors.h"

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
    {ENOENT, ERROR_DEVICE_DOES_NOT_EXIST},
    {ENOTDIR, ERROR_DEVICE_DOES_NOT_EXIST},
    {ENODEV, ERROR_DEVICE_DOES_NOT_EXIST},
    {ENXIO, ERROR_DEVICE_DOES_NOT_EXIST},
    {EACCES, ERROR_ACCESS_DENIED},
    {EPERM, ERROR_ACCESS_DENIED},
    {EBUSY, ERROR_PORT_NOT_AVAILABLE},
    {EWOULDBLOCK, ERROR_PORT_NOT_AVAILABLE},
    {ENOTTY, ERROR_CANNOT_SET_PORT_INFO}, /* not a tty at all */
    {EINVAL, ERROR_CANNOT_SET_PORT_INFO}, /* a speed that the hardware does not know */
    {EIO, ERROR_PORT_OR_DEVICE},
    {ENOMEM, ERROR_NOT_ENOUGH_MEMORY},
    {EMFILE, ERROR_OUT_OF_BUFFERS},
    {ENFILE, ERROR_OUT_OF_BUFFERS},
};

static const struct errno_row tcp_errors[] = {
    {ECONNREFUSED, ERROR_NO_ANSWER}, /* as a number that nobody picks up */
    {ETIMEDOUT, ERROR_NO_ANSWER},
    {EHOSTUNREACH, ERROR_NO_ANSWER},
    {ENETUNREACH, ERROR_NO_ANSWER},
    {ECONNRESET, ERROR_NO_CARRIER}, /* picked up, and put down at once */
    {EPIPE, ERROR_NO_CARRIER},
    {EACCES, ERROR_ACCESS_DENIED},
    {EPERM, ERROR_ACCESS_DENIED},
    {ENOMEM, ERROR_NOT_ENOUGH_MEMORY},
    {EMFILE, ERROR_OUT_OF_BUFFERS},
    {ENFILE, ERROR_OUT_OF_BUFFERS},
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
    return find_errno(open_errors, ARRAY_SIZE(open_errors), error, ERROR_PORT_NOT_AVAILABLE);
}

uint32_t errtab_tcp(int error)
{
    return find_errno(tcp_errors, ARRAY_SIZE(tcp_errors), error, ERROR_FROM_DEVICE);
}

/* By exit status, as in pppd(8). */
static const struct
{
    uint32_t dialling;
    uint32_t connected;
} pppd_exits[] = {
    {ERROR_REMOTE_DISCONNECTION, ERROR_REMOTE_DISCONNECTION}, /*  0 the peer closed a good link */
    {ERROR_UNKNOWN, ERROR_UNKNOWN}, /*  1 fatal error */
    {ERROR_UNKNOWN, ERROR_UNKNOWN}, /*  2 options */
    {ERROR_RASMAN_CANNOT_INITIALIZE, ERROR_RASMAN_CANNOT_INITIALIZE}, /*  3 not root */
    {ERROR_RASMAN_CANNOT_INITIALIZE, ERROR_RASMAN_CANNOT_INITIALIZE}, /*  4 the kernel has no PPP */
    {ERROR_DISCONNECTION, ERROR_USER_DISCONNECTION}, /*  5 ended by a signal */
    {ERROR_PORT_NOT_AVAILABLE, ERROR_PORT_NOT_AVAILABLE}, /*  6 the port is locked */
    {ERROR_PORT_NOT_AVAILABLE, ERROR_PORT_NOT_AVAILABLE}, /*  7 the port could not be opened */
    {ERROR_FROM_DEVICE, ERROR_FROM_DEVICE}, /*  8 connect script */
    {ERROR_FROM_DEVICE, ERROR_FROM_DEVICE}, /*  9 pty command */
    {ERROR_PPP_NO_PROTOCOLS_CONFIGURED, ERROR_PPP_NO_PROTOCOLS_CONFIGURED}, /* 10 negotiation failed */
    {ERROR_UNABLE_TO_AUTHENTICATE_SERVER, ERROR_UNABLE_TO_AUTHENTICATE_SERVER}, /* 11 peer not verified */
    {ERROR_IDLE_TIMEOUT, ERROR_IDLE_TIMEOUT}, /* 12 idle */
    {ERROR_DISCONNECTION, ERROR_PPP_SESSION_TIMEOUT}, /* 13 connect time is over */
    {ERROR_DISCONNECTION, ERROR_DISCONNECTION}, /* 14 callback */
    {ERROR_PPP_NO_RESPONSE, ERROR_LINK_FAILURE}, /* 15 no echo replies */
    {ERROR_PORT_DISCONNECTED, ERROR_LINK_FAILURE}, /* 16 the line was lost */
    {ERROR_PPP_LOOPBACK_DETECTED, ERROR_PPP_LOOPBACK_DETECTED}, /* 17 loopback */
    {ERROR_FROM_DEVICE, ERROR_FROM_DEVICE}, /* 18 init script */
    {ERROR_AUTHENTICATION_FAILURE, ERROR_AUTHENTICATION_FAILURE}, /* 19 the peer refused us */
    {ERROR_DISCONNECTION, ERROR_DISCONNECTION}, /* 20 traffic limit */
    {ERROR_AUTHENTICATION_FAILURE, ERROR_AUTHENTICATION_FAILURE}, /* 21 caller id refused */
};

uint32_t errtab_pppd(int wait_status, bool connected)
{
    unsigned int exit_status;

    if (!WIFEXITED(wait_status)) return ERROR_HARDWARE_FAILURE; /* pppd died */
    exit_status = (unsigned int)WEXITSTATUS(wait_status);
    if (exit_status >= ARRAY_SIZE(pppd_exits)) return ERROR_UNKNOWN;
    return connected ? pppd_exits[exit_status].connected : pppd_exits[exit_status].dialling;
}
