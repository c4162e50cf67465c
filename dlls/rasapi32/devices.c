/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * devices.c - RasEnumDevices.  The devices are the manager's, who alone knows what can be
 * dialled with, so it is started for them.
 */
#include "rasapi32.h"

#include <stdlib.h>

#include "client.h"
#include "list.h"

static void take_device(const struct wire_msg *answer, void *context)
{
    RASDEVINFOW *item;

    if (answer->type != WIRE_device || !(item = list_add(context, sizeof(*item)))) return;
    item->dwSize = sizeof(*item);
    GET_TEXT(item->szDeviceType, answer->u.device.type);
    GET_TEXT(item->szDeviceName, answer->u.device.name);
}

/* 87, 1784 where Windows 2000 and later tell a bad address from a bad size, 632. */
static DWORD enter_array(enum version_id id, const void *array, const DWORD *size, const DWORD *count)
{
    if (size && count && array && IsBadReadPtr(array, sizeof(DWORD))) return ERROR_INVALID_USER_BUFFER;
    return version_array_enter(id, array, size, count);
}

/* Which of its bytes will be written shows when the devices are known. */
static DWORD check_array(enum version_id id, void *array, DWORD size, DWORD count)
{
    DWORD needed = count * version_newest(id);

    return array && size >= needed && IsBadWritePtr(array, needed) ? ERROR_INVALID_USER_BUFFER : ERROR_SUCCESS;
}

static DWORD get_devices(struct list *list)
{
    struct wire_msg msg;
    DWORD error;

    wire_init(&msg, WIRE_enum_devices, 0);
    error = client_request(TRANSPORT_START, &msg, take_device, list);
    if (error == ERROR_SERVICE_NOT_ACTIVE) error = ERROR_RASMAN_CANNOT_INITIALIZE;
    return list->failed ? ERROR_NOT_ENOUGH_MEMORY : error;
}

/* type: NULL for W. */
static DWORD enum_devices(enum version_id id, const struct aw_struct *type, void *array, DWORD *size, DWORD *count)
{
    struct list list = {0};
    DWORD error;

    if ((error = enter_array(id, array, size, count))) return error;
    if (!(error = get_devices(&list)) && !(error = check_array(id, array, *size, list.count)))
        error = aw_array_leave(id, type, array, size, count, list.items, list.count);
    TRACE("%lu devices, %s.\n", list.count, debugstr_error(error));
    free(list.items);
    return error;
}

DWORD WINAPI RasEnumDevicesW(LPRASDEVINFOW array, LPDWORD size, LPDWORD count)
{
    TRACE("array %p, size %p, count %p.\n", array, size, count);
    return enum_devices(VERSION_RASDEVINFOW, NULL, array, size, count);
}

DWORD WINAPI RasEnumDevicesA(LPRASDEVINFOA array, LPDWORD size, LPDWORD count)
{
    TRACE("array %p, size %p, count %p.\n", array, size, count);
    return enum_devices(VERSION_RASDEVINFOA, &aw_rasdevinfo, array, size, count);
}
