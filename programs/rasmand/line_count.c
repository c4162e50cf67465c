/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * line_count.c - what the kernel has counted of one line: for the links of a bundle, whose
 * interface counts them all as one.  A file of its own because the kernel's tcp.h and the C
 * library's exclude each other.
 *
 * Not every line is counted: the channels of /dev/ppp have no counters, ptys neither, and some drivers
 * of serial ports count errors alone.  There nobody can tell, because pppd and the kernel hand the
 * fragments of a bundle to its lines, and nothing of them passes through our processes.
 */
#include "rasmand.h"

#include <stddef.h>
#include <string.h>

#include <linux/serial.h>
#include <linux/in.h>
#include <linux/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static bool count_socket(int fd, struct link_counters *counters)
{
    struct tcp_info info;
    socklen_t len = sizeof(info);

    memset(&info, 0, sizeof(info));
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) ||
        len < offsetof(struct tcp_info, tcpi_bytes_received) + sizeof(info.tcpi_bytes_received))
        return false;
    counters->values[COUNT_BYTES_SENT] = info.tcpi_bytes_acked;
    counters->values[COUNT_BYTES_RECEIVED] = info.tcpi_bytes_received;
    return true;
}

static bool count_tty(int fd, struct link_counters *counters)
{
    struct serial_icounter_struct count;

    memset(&count, 0, sizeof(count));
    if (ioctl(fd, TIOCGICOUNT, &count)) return false;
    /* A link that is up has sent something. */
    if (!count.tx && !count.rx) return false;
    counters->values[COUNT_BYTES_SENT] = (uint32_t)count.tx;
    counters->values[COUNT_BYTES_RECEIVED] = (uint32_t)count.rx;
    counters->values[COUNT_OVERRUNS] = (uint32_t)count.overrun;
    counters->values[COUNT_FRAMING_ERRORS] = (uint32_t)count.frame;
    counters->values[COUNT_BUFFER_OVERRUNS] = (uint32_t)count.buf_overrun;
    return true;
}

bool line_count(const struct port *port, struct link_counters *counters)
{
    return port->fd >= 0 && (count_tty(port->fd, counters) || count_socket(port->fd, counters));
}
