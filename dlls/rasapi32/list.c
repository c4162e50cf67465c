/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * list.c - an array that grows.
 */
#include "list.h"

#include <stdlib.h>
#include <string.h>

void *list_add(struct list *list, size_t size)
{
    DWORD room = list->room ? 2 * list->room : 4;
    void *items;

    if (list->count == list->room)
    {
        if (!(items = realloc(list->items, room * size)))
        {
            list->failed = true;
            return NULL;
        }
        list->items = items;
        list->room = room;
    }
    return memset((char *)list->items + size * list->count++, 0, size);
}
