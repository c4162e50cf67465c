/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * cmd_devices.c - "wineras devices": what can be dialled with.  The list is made
 * here; a manager, where one runs, only says which are in use.
 */
#include "wineras.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "rasmand.h"

/* A device that a connection has. */
struct use
{
    struct use *next;
    char name[517];
    uint32_t handle;
};

/* -1: complained. */
static int find_uses(struct session *session, struct use **uses)
{
    struct wire_msg *msg = grow(NULL, 1, sizeof(*msg));
    struct use *use;
    int result;

    wire_init(msg, WIRE_enum_devices, 0);
    result = session_send(session, msg);
    while (!result && !(result = session_receive(session, msg)))
    {
        if (msg->type == WIRE_result) break;
        if (msg->type != WIRE_device || !msg->u.device.handle) continue;
        use = grow(NULL, 1, sizeof(*use));
        use->handle = msg->u.device.handle;
        snprintf(use->name, sizeof(use->name), "%s", msg->u.device.name);
        use->next = *uses;
        *uses = use;
    }
    free(msg);
    return result;
}

static uint32_t user_of(const struct use *uses, const char *name)
{
    for (; uses; uses = uses->next)
    {
        if (!strcasecmp(uses->name, name)) return uses->handle;
    }
    return 0;
}

static void print_json(const struct device *device, uint32_t handle, bool is_first)
{
    static const char *const flows[] = {
        [FLOW_NONE] = "none", [FLOW_HARDWARE] = "hardware", [FLOW_SOFTWARE] = "software"};

    if (!is_first) putchar(',');
    putchar('{');
    json_member("name", device->name, true);
    json_member("type", device->transport->type, false);
    json_member("ras_type", device->transport->ras_type, false);
    json_member("path", device->path, false);
    printf(",\"speed\":%u", device->speed);
    json_member("flow", flows[device->flow], false);
    printf(",\"connection\":%u}", handle);
}

static void print_text(const struct device *device, uint32_t handle)
{
    printf("%s\n    %s", device->name, device->transport->type);
    if (device->path[0]) printf(", %s", device->path);
    if (device->speed) printf(", %u bit/s", device->speed);
    if (handle) printf(", in use by connection %u", handle);
    putchar('\n');
}

int cmd_devices(const struct options *options)
{
    struct session *session = grow(NULL, 1, sizeof(*session));
    struct device *list = NULL, *device;
    struct use *uses = NULL, *use;
    uint32_t handle;
    int status = STATUS_FAILED, running = session_open(session);

    if (running < 0 || (running && find_uses(session, &uses))) goto done;
    list = devices_load();
    if (options->json) fputs("{\"devices\":[", stdout);
    for (device = list; device; device = device->next)
    {
        handle = user_of(uses, device->name);
        if (options->json) print_json(device, handle, device == list);
        else print_text(device, handle);
    }
    if (options->json) puts("]}");
    status = STATUS_DONE;

done:
    if (running > 0) session_close(session);
    devices_free(list);
    while ((use = uses))
    {
        uses = use->next;
        free(use);
    }
    free(session);
    return status;
}
