/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * cmd_status.c - "wineras status": the connections that there are.
 */
#include "wineras.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tables.h"

int list_connections(struct session *session, struct wire_connection **list, size_t *count)
{
    struct wire_msg *msg = grow(NULL, 1, sizeof(*msg));
    int result;

    *list = NULL;
    *count = 0;
    wire_init(msg, WIRE_enum_connections, 0);
    msg->u.enum_connections.flags = WIRE_ENUM_ALL;
    result = session_send(session, msg);
    while (!result && !(result = session_receive(session, msg)))
    {
        if (msg->type == WIRE_result)
        {
            if (msg->u.result.error) result = complain("the manager answers with error %u", msg->u.result.error);
            break;
        }
        if (msg->type != WIRE_connection) continue;
        *list = grow(*list, *count + 1, sizeof(**list));
        (*list)[(*count)++] = msg->u.connection;
    }
    free(msg);
    return result;
}

/* Addresses of a connection; without them the texts are empty. */
static int get_addresses(struct session *session, uint32_t handle, struct wire_projection *ip)
{
    struct wire_msg *msg = grow(NULL, 1, sizeof(*msg));
    int result;

    wire_init(msg, WIRE_projection, 0);
    *ip = msg->u.projection;
    wire_init(msg, WIRE_get_projection, 0);
    msg->u.get_projection.handle = handle;
    if (!(result = session_send(session, msg)) && !(result = session_receive(session, msg)) &&
        msg->type == WIRE_projection)
        *ip = msg->u.projection;
    free(msg);
    return result;
}

static void print_servers(const char *name, const char *first, const char *second)
{
    printf(",\"%s\":[", name);
    if (first[0]) json_string(first);
    if (first[0] && second[0]) putchar(',');
    if (second[0]) json_string(second);
    putchar(']');
}

/* Both ways. */
static bool is_encrypted(const struct wire_projection *ip)
{
    const uint32_t keys = WIRE_MPPE_40 | WIRE_MPPE_56 | WIRE_MPPE_128;

    return ip->ccp == WIRE_CCP_MPPE && (ip->ccp_options & keys) && ip->ccp_server == WIRE_CCP_MPPE &&
           (ip->ccp_server_options & keys);
}

static void print_json(const struct wire_connection *c, const struct wire_projection *ip)
{
    const char *error = c->error ? ras_error_name(c->error) : "";

    printf("{\"handle\":%" PRIu32, c->handle);
    json_member("entry", c->entry, false);
    json_member("phonebook", c->phonebook, false);
    json_member("state", ras_state_name(c->state), false);
    printf(",\"state_number\":%" PRIu32 ",\"error\":%" PRIu32, c->state, c->error);
    json_member("error_name", error ? error : "", false);
    json_member("device_type", c->device_type, false);
    json_member("device_name", c->device_name, false);
    json_member("number", c->number, false);
    json_member("interface", ip->ifname[0] ? ip->ifname : c->ifname, false);
    json_member("local", ip->local, false);
    json_member("remote", ip->remote, false);
    json_member("local6", ip->local6, false);
    json_member("remote6", ip->remote6, false);
    print_servers("dns", ip->dns1, ip->dns2);
    print_servers("wins", ip->wins1, ip->wins2);
    printf(",\"vj\":%s", ip->options & WIRE_IP_VJ ? "true" : "false");
    printf(",\"mru\":%" PRIu32 ",\"peer_mru\":%" PRIu32, ip->mru, ip->server_mru);
    printf(",\"ccp\":%" PRIu32 ",\"peer_ccp\":%" PRIu32, ip->ccp, ip->ccp_server);
    printf(",\"encrypted\":%s", is_encrypted(ip) ? "true" : "false");
    printf(",\"connected_ms\":%" PRIu64 "}", c->connected_ms);
}

static void print_text(const struct wire_connection *c, const struct wire_projection *ip)
{
    uint64_t seconds = c->connected_ms / 1000;

    printf("%" PRIu32 "  %s\n    %s", c->handle, c->entry[0] ? c->entry : c->number, ras_state_name(c->state));
    if (c->error) printf(", error %" PRIu32 ": %s", c->error, ras_error_text(c->error) ? ras_error_text(c->error) : "");
    if (c->state == RAS_STATE_Connected)
        printf(" for %" PRIu64 ":%02" PRIu64 ":%02" PRIu64, seconds / 3600, seconds / 60 % 60, seconds % 60);
    printf("\n    %s (%s)%s%s\n", c->device_name, c->device_type, c->number[0] ? ", " : "", c->number);
    if (ip->local[0]) printf("    %s: %s, peer %s\n", ip->ifname, ip->local, ip->remote);
    if (ip->local6[0]) printf("    %s: %s, peer %s\n", ip->ifname, ip->local6, ip->remote6);
}

int cmd_status(const struct options *options)
{
    struct session *session = grow(NULL, 1, sizeof(*session));
    struct wire_connection *list = NULL;
    struct wire_projection ip;
    size_t count = 0, i;
    int status = STATUS_FAILED, running = session_open(session);

    if (running < 0 || (running && list_connections(session, &list, &count))) goto done;
    if (options->json) printf("{\"manager\":%s,\"connections\":[", running ? "true" : "false");
    else if (!count) puts("No connections.");
    for (i = 0; i < count; i++)
    {
        if (get_addresses(session, list[i].handle, &ip)) goto done;
        if (options->json && i) putchar(',');
        if (options->json) print_json(&list[i], &ip);
        else print_text(&list[i], &ip);
    }
    if (options->json) puts("]}");
    status = STATUS_DONE;

done:
    if (running > 0) session_close(session);
    free(list);
    free(session);
    return status;
}
