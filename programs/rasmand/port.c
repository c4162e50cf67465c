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
#include <sys/queue.h>
#include <unistd.h>

#define TABLE_SIZE 1024

struct used_port
{
    struct port port; /* first: port_release() gets its address */
    struct device device;
    LIST_ENTRY(used_port) of_name, of_path; /* with the same place in the tables */
};
LIST_HEAD(used_ports, used_port);

static struct used_ports by_name[TABLE_SIZE];
static struct used_ports by_path[TABLE_SIZE];

static uint32_t place(const char *text)
{
    return hash_name(HASH_BEGIN, text) % TABLE_SIZE;
}

uint32_t port_user(const struct device *device)
{
    const struct used_port *used;

    LIST_FOREACH(used, &by_name[place(device->name)], of_name)
        if (!strcasecmp(used->device.name, device->name)) return conn_id(used->port.conn);
    if (!device->path[0]) return 0;
    LIST_FOREACH(used, &by_path[place(device->path)], of_path)
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
    struct used_port *used = calloc(1, sizeof(*used));

    if (!used) return NULL;
    used->device = *device;
    used->device.next = used->device.name_next = NULL;
    apply_entry(&used->device, conn_dial(conn));
    used->port.conn = conn;
    used->port.device = &used->device;
    used->port.fd = -1;
    LIST_INSERT_HEAD(&by_name[place(device->name)], used, of_name);
    LIST_INSERT_HEAD(&by_path[place(device->path)], used, of_path);
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
    struct used_port *used = (struct used_port *)port;

    LIST_REMOVE(used, of_name);
    LIST_REMOVE(used, of_path);
    if (port->fd >= 0) close(port->fd);
    free(used);
}
