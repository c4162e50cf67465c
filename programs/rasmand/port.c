/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * port.c - devices in use.  A device serves one call; two names of one tty are
 * one device.  Locks against other programs are the transports' business.
 */
#include "rasmand.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct used_port
{
    struct port port; /* first: port_release() gets its address */
    struct device device;
    struct used_port *next;
};

static struct used_port *used_ports;

uint32_t port_user(const struct device *device)
{
    const struct used_port *used;

    for (used = used_ports; used; used = used->next)
        if (!strcasecmp(used->device.name, device->name) ||
            (device->path[0] && !strcmp(used->device.path, device->path)))
            return conn_id(used->port.conn);
    return 0;
}

static bool is_type(const struct transport *transport, const char *type)
{
    return !strcasecmp(transport->ras_type, type) || !strcasecmp(transport->type, type) ||
           (transport->old_ras_type && !strcasecmp(transport->old_ras_type, type));
}

static bool is_known_type(const char *type)
{
    size_t i;

    for (i = 0; transports[i]; i++)
        if (is_type(transports[i], type)) return true;
    return false;
}

/* Is this a device that the request means? */
static bool is_wanted(const struct device *device, const char *type, const char *name)
{
    if (*type && !is_type(device->transport, type)) return false;
    if (*name) return !strcasecmp(device->name, name);
    return *type || device->transport->is_modem;
}

static bool any_wanted(const struct device *list, const char *type, const char *name)
{
    while (list && !is_wanted(list, type, name)) list = list->next;
    return list != NULL;
}

/* The first free device that is wanted; else NULL and why.  Entries outlive devices:
 * for one that does not exist stands any of its type. */
static const struct device *choose(const struct device *list, const char *type, const char *name, uint32_t *error)
{
    if (*type && !any_wanted(list, type, name)) name = "";
    *error = *name || *type ? 608 : 797; /* ERROR_DEVICE_DOES_NOT_EXIST, modem not found */
    if (*type && !is_known_type(type))
    {
        *error = 609; /* ERROR_DEVICETYPE_DOES_NOT_EXIST */
        return NULL;
    }
    for (; list; list = list->next)
    {
        if (!is_wanted(list, type, name)) continue;
        if (!port_user(list)) return list;
        *error = 633; /* ERROR_PORT_NOT_AVAILABLE */
    }
    return NULL;
}

/* What the entry says of a modem, where devices.conf leaves it open. */
static void apply_entry(struct device *device, const struct wire_dial *dial)
{
    if (!device->transport->is_modem) return;
    if (dial->modem_bps && !device->has_speed) device->speed = dial->modem_bps;
    if (device->has_flow) return;
    if (dial->modem_options & WIRE_MODEM_FLOW_ON) device->flow = FLOW_HARDWARE;
    if (dial->modem_options & WIRE_MODEM_FLOW_OFF) device->flow = FLOW_NONE;
}

struct port *port_acquire(struct conn *conn, const char *type, const char *name, uint32_t *error)
{
    struct device *list = devices_load();
    const struct device *device;
    struct used_port *used = NULL;

    if (!(device = choose(list, type, name, error))) goto done;
    if (!(used = calloc(1, sizeof(*used))))
    {
        *error = 8; /* ERROR_NOT_ENOUGH_MEMORY */
        goto done;
    }
    used->device = *device;
    used->device.next = NULL;
    apply_entry(&used->device, conn_dial(conn));
    used->port.conn = conn;
    used->port.device = &used->device;
    used->port.fd = -1;
    used->next = used_ports;
    used_ports = used;
    *error = 0;
done:
    devices_free(list);
    return used ? &used->port : NULL;
}

void port_release(struct port *port)
{
    struct used_port **link, *used;

    for (link = &used_ports; (used = *link); link = &used->next)
    {
        if (&used->port != port) continue;
        *link = used->next;
        if (port->fd >= 0) close(port->fd);
        free(used);
        return;
    }
}
