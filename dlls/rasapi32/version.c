/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * version.c - the editions of the structures (version.def), the only place that
 * compares a dwSize.  An edition's tail padding is not its own: a newer edition
 * may keep a member there, so members are copied up to the end of the last one,
 * not up to dwSize.
 */
#include "rasapi32.h"

#include <stddef.h>
#include <string.h>

#define END_OF(type, member) (offsetof(type, member) + sizeof(((type *)0)->member))
#define ROUND_UP(n)          (((n) + 3) & ~(size_t)3)

#ifdef _WIN64
#define SIZE_OF_EDITION(size32, size64) size64
#else
#define SIZE_OF_EDITION(size32, size64) size32
#endif

/* What Windows calls the size of an edition is what our declaration says. */
#define VERSION(type, ...) __VA_ARGS__
#define EDITION(type, last, size32, size64)                                                                            \
    _Static_assert(ROUND_UP(END_OF(type, last)) == SIZE_OF_EDITION(size32, size64), #type " " #last);
#include "version.def"
#undef EDITION
#undef VERSION

struct edition
{
    WORD size; /* dwSize */
    WORD end;  /* behind the last member */
};

#define EDITION(type, last, size32, size64) {SIZE_OF_EDITION(size32, size64), END_OF(type, last)},
#define VERSION(type, ...)                                                                                             \
    static const struct edition editions_##type[] = {__VA_ARGS__};                                                     \
    _Static_assert(offsetof(type, dwSize) == 0, #type);
#include "version.def"
#undef VERSION
#undef EDITION

static const struct version
{
    DWORD newest;
    unsigned int count;
    const struct edition *editions;
} versions[VERSION_COUNT] = {
#define VERSION(type, ...)                                                                                             \
    [VERSION_##type] = {sizeof(type), sizeof(editions_##type) / sizeof(editions_##type[0]), editions_##type},
#include "version.def"
#undef VERSION
};

static const struct edition *find_edition(enum version_id id, DWORD size)
{
    unsigned int i;

    for (i = 0; i < versions[id].count; i++)
    {
        if (versions[id].editions[i].size == size)
            return &versions[id].editions[i];
    }
    return NULL;
}

DWORD version_newest(enum version_id id)
{
    return versions[id].newest;
}

BOOL version_accepts(enum version_id id, DWORD size)
{
    return find_edition(id, size) != NULL;
}

DWORD version_check(enum version_id id, const void *caller)
{
    if (!caller)
        return ERROR_INVALID_PARAMETER;
    return find_edition(id, *(const DWORD *)caller) ? ERROR_SUCCESS : ERROR_INVALID_SIZE;
}

DWORD version_end(enum version_id id, const void *caller, enum version_id twin)
{
    const struct edition *edition = find_edition(id, *(const DWORD *)caller);

    return edition ? versions[twin].editions[edition - versions[id].editions].end : 0;
}

DWORD version_enter(enum version_id id, const void *caller, void *newest)
{
    const struct edition *edition;

    if (!caller)
        return ERROR_INVALID_PARAMETER;
    if (!(edition = find_edition(id, *(const DWORD *)caller)))
        return ERROR_INVALID_SIZE;
    memcpy(newest, caller, edition->end);
    memset((char *)newest + edition->end, 0, versions[id].newest - edition->end);
    *(DWORD *)newest = versions[id].newest;
    return ERROR_SUCCESS;
}

static void write_members(const struct edition *edition, const void *newest, void *caller)
{
    memcpy((char *)caller + sizeof(DWORD), (const char *)newest + sizeof(DWORD), edition->end - sizeof(DWORD));
}

void version_leave(enum version_id id, const void *newest, void *caller)
{
    const struct edition *edition = find_edition(id, *(const DWORD *)caller);

    if (edition)
        write_members(edition, newest, caller);
}

DWORD version_array_enter(enum version_id id, const void *array, const DWORD *size, const DWORD *count)
{
    if (!size || !count)
        return ERROR_INVALID_PARAMETER;
    return array ? version_check(id, array) : ERROR_SUCCESS;
}

DWORD version_array_fits(enum version_id id, const void *array, DWORD *size, DWORD *count, DWORD items_count)
{
    const struct edition *edition;
    DWORD element, given = *size;

    /* Without an array any edition may follow, so ask for the largest. */
    edition = array ? find_edition(id, *(const DWORD *)array) : NULL;
    element = edition ? edition->size : versions[id].newest;

    *size = items_count * element;
    *count = items_count;
    if (!items_count)
        return ERROR_SUCCESS;
    return edition && given >= *size ? ERROR_SUCCESS : ERROR_BUFFER_TOO_SMALL;
}

void version_array_put(enum version_id id, void *array, DWORD i, const void *item)
{
    DWORD element = *(const DWORD *)array;
    char *out = (char *)array + (size_t)i * element;

    *(DWORD *)out = element;
    write_members(find_edition(id, element), item, out);
}

DWORD version_array_leave(enum version_id id, void *array, DWORD *size, DWORD *count, const void *items,
                          DWORD items_count)
{
    DWORD error = version_array_fits(id, array, size, count, items_count), i;

    if (error)
        return error;
    for (i = 0; i < items_count; i++)
        version_array_put(id, array, i, (const char *)items + (size_t)i * versions[id].newest);
    return ERROR_SUCCESS;
}
