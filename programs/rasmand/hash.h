/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * hash.h - where names stand in a table.
 */
#ifndef HASH_H
#define HASH_H

#include <stdint.h>

#define HASH_BEGIN 2166136261u

/* FNV-1a.  ASCII letters of either case are the same: names that strcasecmp() calls equal
 * have one value. */
static inline uint32_t hash_name(uint32_t hash, const char *name)
{
    for (; *name; name++)
    {
        unsigned char c = (unsigned char)*name;

        hash = (hash ^ (c >= 'A' && c <= 'Z' ? c | 0x20u : c)) * 16777619u;
    }
    return hash;
}

#endif
