/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * resolver_mark.h - how one sees that name servers are a link's: the lines around them in
 * /etc/resolv.conf, "# wineras INTERFACE ID begin [created | joined]", and the names that
 * resolvconf knows them by.  An ID begins with the number of the link's pppd.
 */
#ifndef RESOLVER_MARK_H
#define RESOLVER_MARK_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define RESOLVER_MARK "# wineras "
#define RESOLVER_NAME ".wineras-" /* between interface and ID */

struct resolver_mark
{
    char interface[17], id[33], what[8], how[8];
};

/* Read the line of this length, without its end. */
static inline bool resolver_mark_read(struct resolver_mark *mark, const char *line, size_t len)
{
    const size_t start = sizeof(RESOLVER_MARK) - 1;
    char copy[128];

    memset(mark, 0, sizeof(*mark));
    if (len >= sizeof(copy) || len < start || memcmp(line, RESOLVER_MARK, start)) return false;
    memcpy(copy, line, len);
    copy[len] = 0;
    return sscanf(copy + start, "%16s %32s %7s %7s", mark->interface, mark->id, mark->what, mark->how) >= 3;
}

#endif
