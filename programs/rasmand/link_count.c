/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * link_count.c - what the kernel counts of a link: of its interface, of what compresses it, and
 * of its serial port.  Every user may read all of it.
 *
 * Of broken frames the kernel's PPP knows one kind: a wrong check sum, or torn.  What a serial
 * port counts as framing errors and overruns has broken frames, and shows there again.  Nobody
 * counts frames that are not aligned, or bytes that came too late.
 */
#include "config.h"

#include "link_count.h"

#include <linux/ppp-ioctl.h>
#include <linux/serial.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static bool read_interface(const char *ifname, struct link_counters *counters)
{
    static const struct
    {
        enum link_counter counter;
        const char *name;
    } files[] = {
        {COUNT_BYTES_SENT, "tx_bytes"},      {COUNT_BYTES_RECEIVED, "rx_bytes"}, {COUNT_FRAMES_SENT, "tx_packets"},
        {COUNT_FRAMES_RECEIVED, "rx_packets"}, {COUNT_CRC_ERRORS, "rx_errors"},
    };
    char path[sizeof("/sys/class/net//statistics/") + 64];
    unsigned long long value;
    unsigned int i;
    FILE *file;
    int got;

    for (i = 0; i < sizeof(files) / sizeof(*files); i++)
    {
        snprintf(path, sizeof(path), "/sys/class/net/%s/statistics/%s", ifname, files[i].name);
        if (!(file = fopen(path, "re"))) return false;
        got = fscanf(file, "%llu", &value);
        fclose(file);
        if (got != 1) return false;
        counters->values[files[i].counter] = value;
    }
    return true;
}

/* What could not be made smaller went as it was. */
static void read_compression(const char *ifname, struct link_counters *counters)
{
    struct ppp_comp_stats stats;
    struct ifreq request;
    int fd;

    memset(&stats, 0, sizeof(stats));
    memset(&request, 0, sizeof(request));
    request.ifr_data = (void *)&stats;
    if (wire_set_text(request.ifr_name, sizeof(request.ifr_name), ifname)) return;
    if ((fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0) return;
    if (!ioctl(fd, SIOCGPPPCSTATS, &request))
    {
        counters->values[COUNT_PLAIN_SENT] = stats.c.unc_bytes;
        counters->values[COUNT_PACKED_SENT] = (uint64_t)stats.c.comp_bytes + stats.c.inc_bytes;
        counters->values[COUNT_PLAIN_RECEIVED] = stats.d.unc_bytes;
        counters->values[COUNT_PACKED_RECEIVED] = (uint64_t)stats.d.comp_bytes + stats.d.inc_bytes;
    }
    close(fd);
}

bool link_count_interface(const char *ifname, bool packed, struct link_counters *counters)
{
    if (!ifname[0] || !read_interface(ifname, counters)) return false;
    if (packed) read_compression(ifname, counters);
    return true;
}

void link_count_port(int fd, struct link_counters *counters)
{
    struct serial_icounter_struct port;

    memset(&port, 0, sizeof(port));
    if (fd < 0 || ioctl(fd, TIOCGICOUNT, &port)) return;
    counters->values[COUNT_OVERRUNS] = (uint32_t)port.overrun;
    counters->values[COUNT_FRAMING_ERRORS] = (uint32_t)port.frame;
    counters->values[COUNT_BUFFER_OVERRUNS] = (uint32_t)port.buf_overrun;
}
