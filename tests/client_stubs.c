/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * client_stubs.c - see client_stubs.h.
 */
#include "client_stubs.h"

#include <stdio.h>
#include <string.h>

struct event_base *loop;

struct device fixture_devices[FIXTURE_PORTS];
struct port fixture_ports[FIXTURE_PORTS];

void control_life_check(void)
{
}

struct device *devices_load(void)
{
    return fixture_devices;
}

void devices_free(struct device *list)
{
    (void)list;
}

uint32_t port_user(const struct device *device)
{
    size_t i = (size_t)(device - fixture_devices);

    return fixture_ports[i].conn ? conn_id(fixture_ports[i].conn) : 0;
}

struct port *port_acquire(struct conn *conn, const char *type, const char *name, uint32_t *error)
{
    size_t i;

    (void)type;
    *error = 633;
    for (i = 0; i < FIXTURE_PORTS; i++)
    {
        if (fixture_ports[i].conn || (*name && strcmp(name, fixture_devices[i].name))) continue;
        fixture_ports[i].conn = conn;
        fixture_ports[i].device = &fixture_devices[i];
        fixture_ports[i].fd = -1;
        return &fixture_ports[i];
    }
    return NULL;
}

void port_release(struct port *port)
{
    port->conn = NULL;
}

void client_stubs_init(void)
{
    int i;

    for (i = 0; i < FIXTURE_PORTS; i++)
    {
        fixture_devices[i].transport = &transport_fake;
        fixture_devices[i].next = i + 1 < FIXTURE_PORTS ? &fixture_devices[i + 1] : NULL;
        snprintf(fixture_devices[i].name, sizeof(fixture_devices[i].name), "Fake %d", i + 1);
    }
}
