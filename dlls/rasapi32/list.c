/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * list.c - an array that grows.
 */
#include "list.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void *append(struct list *list, DWORD count, size_t size)
{
    DWORD room = max(list->count + count, list->room ? 2 * list->room : 4);
    void *items;

    if (count > list->room - list->count)
    {
        if (room < list->room || room > INT_MAX / size || !(items = realloc(list->items, room * size)))
        {
            list->failed = true;
            return NULL;
        }
        list->items = items;
        list->room = room;
    }
    list->count += count;
    return (char *)list->items + size * (list->count - count);
}

void *list_add(struct list *list, size_t size)
{
    void *item = append(list, 1, size);

    return item ? memset(item, 0, size) : NULL;
}

bool list_add_text(struct list *list, const WCHAR *text, DWORD *at)
{
    DWORD count = (DWORD)wcslen(text) + 1;
    WCHAR *copy = append(list, count, sizeof(*text));

    if (!copy) return false;
    memcpy(copy, text, count * sizeof(*text));
    *at = list->count - count;
    return true;
}
