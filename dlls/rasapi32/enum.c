/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * enum.c - RasEnumConnections.  Programs and frameworks call it at every start, so
 * the answer "none" must cost next to nothing and start no process.
 */
#include "rasapi32.h"

#include <stdlib.h>

#include "client.h"
#include "handles.h"
#include "list.h"
#include "unix_path.h"

static void take_connection(const struct wire_msg *answer, void *context)
{
    const struct wire_connection *connection = &answer->u.connection;
    RASCONNW *item;

    if (answer->type != WIRE_connection || !(item = list_add(context, sizeof(*item)))) return;
    handle_remember(connection->handle);
    item->dwSize = sizeof(*item);
    item->hrasconn = (HRASCONN)(ULONG_PTR)connection->handle;
    GET_TEXT(item->szEntryName, connection->entry);
    if (!item->szEntryName[0]) /* dialled without an entry */
    {
        item->szEntryName[0] = '.';
        text_from_utf8(item->szEntryName + 1, ARRAYSIZE(item->szEntryName) - 1, connection->number);
    }
    GET_TEXT(item->szDeviceType, connection->device_type);
    GET_TEXT(item->szDeviceName, connection->device_name);
    if (connection->prefix == unix_path_prefix() || connection->phonebook_file[0] != '/' ||
        !unix_path_to_dos(connection->phonebook_file, item->szPhonebook, ARRAYSIZE(item->szPhonebook)))
        GET_TEXT(item->szPhonebook, connection->phonebook);
    item->dwSubEntry = connection->sub_entry;
    if (connection->entry_guid_len == sizeof(item->guidEntry))
        memcpy(&item->guidEntry, connection->entry_guid, sizeof(item->guidEntry));
    /* The manager is this user's, and so are its connections. */
    item->dwFlags = connection->flags | RASCF_OwnerKnown | RASCF_OwnerMatch;
    memcpy(&item->luid, &connection->luid, sizeof(item->luid));
    if (connection->correlation_id_len == sizeof(item->guidCorrelationId))
        memcpy(&item->guidCorrelationId, connection->correlation_id, sizeof(item->guidCorrelationId));
}

static DWORD get_connections(struct list *list)
{
    struct wire_msg msg;
    DWORD error;

    wire_init(&msg, WIRE_enum_connections, 0);
    error = client_request(TRANSPORT_RUNNING, &msg, take_connection, list);
    if (error == ERROR_SERVICE_NOT_ACTIVE) list->count = 0;
    if (error == ERROR_SERVICE_NOT_ACTIVE) return ERROR_SUCCESS;
    return list->failed ? ERROR_NOT_ENOUGH_MEMORY : error;
}

/* type: NULL for W. */
static DWORD enum_connections(enum version_id id, const struct aw_struct *type, void *array, DWORD *size, DWORD *count)
{
    struct list list = {0};
    DWORD error;

    if ((error = version_array_enter(id, array, size, count))) return error;
    if (!(error = get_connections(&list)))
        error = aw_array_leave(id, type, array, size, count, list.items, list.count);
    TRACE("%lu connections, %s.\n", list.count, debugstr_error(error));
    free(list.items);
    return error;
}

DWORD WINAPI RasEnumConnectionsW(LPRASCONNW array, LPDWORD size, LPDWORD count)
{
    TRACE("array %p, size %p, count %p.\n", array, size, count);
    return enum_connections(VERSION_RASCONNW, NULL, array, size, count);
}

DWORD WINAPI RasEnumConnectionsA(LPRASCONNA array, LPDWORD size, LPDWORD count)
{
    TRACE("array %p, size %p, count %p.\n", array, size, count);
    return enum_connections(VERSION_RASCONNA, &aw_rasconn, array, size, count);
}
