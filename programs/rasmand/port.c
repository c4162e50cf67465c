/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * port.c - devices in use.  A device serves one call; two names of one tty are
 * one device.  Locks against other programs are the transports' business.
 */
#include "hash.h"
#include "rasmand.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define TABLE_SIZE 1024

struct used_port
{
    struct port port; /* first: port_release() gets its address */
    struct device device;
    struct used_port *name_next, *path_next; /* with the same place in the tables */
};

static struct used_port *by_name[TABLE_SIZE];
static struct used_port *by_path[TABLE_SIZE];

static uint32_t place(const char *text)
{
    return hash_name(HASH_BEGIN, text) % TABLE_SIZE;
}

uint32_t port_user(const struct device *device)
{
    const struct used_port *used;

    for (used = by_name[place(device->name)]; used; used = used->name_next)
        if (!strcasecmp(used->device.name, device->name)) return conn_id(used->port.conn);
    if (!device->path[0]) return 0;
    for (used = by_path[place(device->path)]; used; used = used->path_next)
        if (!strcmp(used->device.path, device->path)) return conn_id(used->port.conn);
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

/* The device that the request names, without a look at all the others; else NULL. */
static const struct device *named(const char *type, const char *name, uint32_t *error)
{
    const struct device *device = *name ? devices_find(name) : NULL;

    if (!device || !is_wanted(device, type, name)) return NULL;
    *error = port_user(device) ? 633 : 0; /* ERROR_PORT_NOT_AVAILABLE */
    return device;
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

static struct port *use(const struct device *device, struct conn *conn)
{
    struct used_port *used = calloc(1, sizeof(*used)), **first;

    if (!used) return NULL;
    used->device = *device;
    used->device.next = used->device.name_next = NULL;
    apply_entry(&used->device, conn_dial(conn));
    used->port.conn = conn;
    used->port.device = &used->device;
    used->port.fd = -1;
    first = &by_name[place(device->name)];
    used->name_next = *first;
    *first = used;
    first = &by_path[place(device->path)];
    used->path_next = *first;
    *first = used;
    return &used->port;
}

/* Without a descriptor no list of devices can be read, and none of them is known. */
static bool can_read_files(void)
{
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (fd >= 0) close(fd);
    return fd >= 0;
}

struct port *port_acquire(struct conn *conn, const char *type, const char *name, uint32_t *error)
{
    struct device *list = NULL;
    const struct device *device;
    struct port *port = NULL;

    *error = 0;
    if (!(device = named(type, name, error)))
    {
        list = devices_load();
        if ((device = choose(list, type, name, error)))
            *error = 0;
        else if (!can_read_files())
            *error = 8; /* ERROR_NOT_ENOUGH_MEMORY */
    }
    if (device && !*error && !(port = use(device, conn))) *error = 8; /* ERROR_NOT_ENOUGH_MEMORY */
    devices_free(list);
    return port;
}

void port_release(struct port *port)
{
    struct used_port *used = (struct used_port *)port, **link;

    for (link = &by_name[place(used->device.name)]; *link != used; link = &(*link)->name_next);
    *link = used->name_next;
    for (link = &by_path[place(used->device.path)]; *link != used; link = &(*link)->path_next);
    *link = used->path_next;
    if (port->fd >= 0) close(port->fd);
    free(used);
}
