/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * list.h - structures or texts that come one by one, for the functions that give an array
 * of them.  Starts as {0}; free(list.items) ends it.
 */
#ifndef RASAPI32_LIST_H
#define RASAPI32_LIST_H

#include <stdbool.h>

#include <windows.h>

struct list
{
    void *items;
    DWORD count;
    DWORD room;
    bool failed; /* no memory: something is missing */
};

/* A new item of this size, always the same, of zeros; NULL: no memory. */
void *list_add(struct list *list, size_t size);
/* In a list of WCHARs: a text with its NUL, where it begins in *at.  false: no memory. */
bool list_add_text(struct list *list, const WCHAR *text, DWORD *at);

#endif
