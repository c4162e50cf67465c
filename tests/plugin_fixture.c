/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * plugin_fixture.c - see plugin_fixture.h.
 */
#include "config.h"
#include "plugin_fixture.h"

#include <check.h>
#include <sys/socket.h>

int manager = -1;
struct wire_msg msg;
uint32_t config_protocols = WIRE_PROTO_IPV4;

int make_pair(void)
{
    int pair[2];

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
    manager = pair[0];
    return pair[1];
}

void put(const struct wire_msg *m)
{
    uint8_t packet[4096];
    size_t len = wire_encode(m, packet, sizeof(packet));

    ck_assert_uint_gt(len, 0);
    ck_assert_int_eq(send(manager, packet, len, 0), (ssize_t)len);
}

int get(void)
{
    uint8_t packet[4096];
    ssize_t len = recv(manager, packet, sizeof(packet), MSG_DONTWAIT);

    if (len <= 0) return 0;
    ck_assert_int_eq(wire_decode(&msg, packet, (size_t)len, WIRE_PLUGIN), (int)len);
    return msg.type;
}

void put_config(uint32_t version, uint32_t hold, uint32_t hold_seconds)
{
    struct wire_msg m;

    wire_init(&m, WIRE_link_config, 0);
    m.u.link_config.version = version;
    m.u.link_config.connection = 1;
    m.u.link_config.hold = hold;
    m.u.link_config.hold_seconds = hold_seconds;
    m.u.link_config.protocols = config_protocols;
    put(&m);
}

void put_credentials(uint32_t hold, const char *user, const char *password)
{
    struct wire_msg m;

    wire_init(&m, WIRE_link_credentials, 0);
    m.u.link_credentials.hold = hold;
    WIRE_SET_TEXT(m.u.link_credentials.user, user);
    WIRE_SET_TEXT(m.u.link_credentials.password, password);
    put(&m);
}
