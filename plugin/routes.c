/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * routes.c - routes in the kernel, by netlink.  Nothing is ever replaced or removed: what is
 * added goes through the link's own interface, with which the kernel takes it away, also when
 * pppd is killed.
 */
#include "config.h"
#include "plugin.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct request
{
    struct nlmsghdr header;
    struct rtmsg route;
    char attributes[128];
};

static void begin(struct request *request, uint16_t type, uint16_t flags, int family)
{
    memset(request, 0, sizeof(*request));
    request->header.nlmsg_len = NLMSG_LENGTH(sizeof(request->route));
    request->header.nlmsg_type = type;
    request->header.nlmsg_flags = NLM_F_REQUEST | flags;
    request->route.rtm_family = (unsigned char)family;
}

static void add(struct request *request, unsigned short type, const void *data, size_t len)
{
    struct rtattr *attribute = (struct rtattr *)((char *)request + NLMSG_ALIGN(request->header.nlmsg_len));

    attribute->rta_type = type;
    attribute->rta_len = (unsigned short)RTA_LENGTH(len);
    memcpy(RTA_DATA(attribute), data, len);
    request->header.nlmsg_len = NLMSG_ALIGN(request->header.nlmsg_len) + RTA_ALIGN(attribute->rta_len);
}

static size_t address_size(int family)
{
    return family == AF_INET ? 4 : 16;
}

/* The kernel answers before send() returns.  Length of the answer, or -1 and errno. */
static ssize_t ask(const struct request *request, void *answer, size_t size)
{
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), saved;
    ssize_t len = -1;

    if (fd < 0) return -1;
    if (send(fd, request, request->header.nlmsg_len, 0) >= 0) len = recv(fd, answer, size, MSG_DONTWAIT);
    saved = errno;
    close(fd);
    errno = saved;
    return len;
}

/* NULL when it is an error, then *error says which; 0 is the acknowledgement. */
static const struct nlmsghdr *answer_of(const void *answer, ssize_t len, int *error)
{
    const struct nlmsghdr *header = answer;

    *error = len < 0 ? errno : EPROTO;
    if (len < 0 || !NLMSG_OK(header, (size_t)len)) return NULL;
    if (header->nlmsg_type != NLMSG_ERROR) return header;
    if (header->nlmsg_len >= NLMSG_LENGTH(sizeof(struct nlmsgerr)))
        *error = -((const struct nlmsgerr *)NLMSG_DATA(header))->error;
    return NULL;
}

int routes_add(const char *ifname, const struct route *route)
{
    uint32_t interface = if_nametoindex(ifname);
    union { struct nlmsghdr header; char bytes[1024]; } answer;
    struct request request;
    int error;

    if (!interface) return errno;
    /* With neither NLM_F_EXCL, NLM_F_REPLACE nor NLM_F_APPEND it goes before its like. */
    begin(&request, RTM_NEWROUTE, (uint16_t)(NLM_F_CREATE | NLM_F_ACK | (route->before ? 0 : NLM_F_APPEND)),
          route->family);
    request.route.rtm_dst_len = (unsigned char)route->prefix;
    request.route.rtm_table = RT_TABLE_MAIN;
    request.route.rtm_protocol = RTPROT_STATIC;
    request.route.rtm_scope = route->family == AF_INET ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
    request.route.rtm_type = RTN_UNICAST;
    if (route->prefix) add(&request, RTA_DST, route->address, address_size(route->family));
    add(&request, RTA_OIF, &interface, sizeof(interface));
    if (route->metric) add(&request, RTA_PRIORITY, &route->metric, sizeof(route->metric));
    answer_of(&answer, ask(&request, &answer, sizeof(answer)), &error);
    return error;
}

/* The interface that packets to address take now, 0 when it is not another machine. */
static uint32_t interface_to(int family, const void *address)
{
    union { struct nlmsghdr header; char bytes[1024]; } answer;
    const struct nlmsghdr *header;
    const struct rtattr *attribute;
    const struct rtmsg *route;
    struct request request;
    uint32_t interface = 0;
    int error;
    int left;

    begin(&request, RTM_GETROUTE, 0, family);
    request.route.rtm_dst_len = (unsigned char)(address_size(family) * 8);
    add(&request, RTA_DST, address, address_size(family));
    header = answer_of(&answer, ask(&request, &answer, sizeof(answer)), &error);
    if (!header || header->nlmsg_type != RTM_NEWROUTE) return 0;
    route = NLMSG_DATA(header);
    if (route->rtm_type != RTN_UNICAST) return 0;
    left = (int)RTM_PAYLOAD(header);
    for (attribute = RTM_RTA(route); RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left))
        if (attribute->rta_type == RTA_OIF && RTA_PAYLOAD(attribute) == sizeof(interface))
            memcpy(&interface, RTA_DATA(attribute), sizeof(interface));
    return interface;
}

/* The line's own packets must not go into the line.  A route to the far end would outlive
 * pppd; the socket bound to an interface forgets it by itself. */
void routes_pin(int fd)
{
    struct sockaddr_storage peer;
    socklen_t len = sizeof(peer);
    char name[IF_NAMESIZE];
    uint32_t interface = 0;
    int type = 0;

    if (getpeername(fd, (struct sockaddr *)&peer, &len)) return;
    len = sizeof(type);
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) || type != SOCK_STREAM) return;
    if (peer.ss_family == AF_INET) interface = interface_to(AF_INET, &((struct sockaddr_in *)&peer)->sin_addr);
    if (peer.ss_family == AF_INET6) interface = interface_to(AF_INET6, &((struct sockaddr_in6 *)&peer)->sin6_addr);
    if (interface && if_indextoname(interface, name))
        setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, (socklen_t)strlen(name) + 1);
}
