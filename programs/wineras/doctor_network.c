/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * doctor_network.c - examines what links leave behind when the machine stops without warning: name
 * servers in files.  Routes go away with their interface.  And which rule of the kernel's keeps
 * a link from working.
 */
#include "wineras.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "resolver_mark.h"

static bool is_there(const struct doctor *doctor, const char *folder, const char *name)
{
    char *path = format_text("%s%s/%s", doctor->root, folder, name);
    bool result = !access(path, F_OK);

    free(path);
    return result;
}

/* Does the link live?  Its interface may be another's by now; where a user does not see the
 * processes of others, they tell nothing. */
static bool is_living(const struct doctor *doctor, const char *interface, const char *id)
{
    char *pid = copy_text(id, strspn(id, "0123456789"));
    bool result = is_there(doctor, "/sys/class/net", interface) &&
                  (is_there(doctor, "/proc", pid) || !is_there(doctor, "/proc", "1"));

    free(pid);
    return result;
}

/* ---- a plain file ------------------------------------------------------------------------ */

/* How many blocks of dead links it has; *first is one of them. */
static unsigned int stale_blocks(const struct doctor *doctor, const char *text, struct resolver_mark *first)
{
    struct resolver_mark mark;
    unsigned int count = 0;
    const char *line;
    size_t len;

    for (line = text; *line; line += len + (line[len] == '\n'))
    {
        len = strcspn(line, "\n");
        if (!resolver_mark_read(&mark, line, len) || strcmp(mark.what, "begin")) continue;
        if (is_living(doctor, mark.interface, mark.id)) continue;
        if (!count++) *first = mark;
    }
    return count;
}

static unsigned int examine_file(struct doctor *doctor)
{
    char *path = doctor_path(doctor, "/etc/resolv.conf"), *text, *mend;
    struct resolver_mark mark;
    unsigned int count = 0;
    size_t len;

    if ((text = file_read(path, &len)) && (count = stale_blocks(doctor, text, &mark)))
    {
        mend = format_text("delete as root what is from '%s%s %s begin' to 'end'; the next connection with name "
                           "servers does so, too.", RESOLVER_MARK, mark.interface, mark.id);
        doctor_problem(doctor, mend, "Name servers: /etc/resolv.conf has those of a link over %s that is gone.",
                       mark.interface);
        free(mend);
    }
    free(text);
    free(path);
    return count;
}

/* ---- resolvconf --------------------------------------------------------------------------- */

static unsigned int examine_records(struct doctor *doctor)
{
    char *pattern = doctor_path(doctor, "/run/resolvconf/interface*/*" RESOLVER_NAME "*"), *interface, *mend;
    const char *name, *id;
    unsigned int count = 0;
    glob_t found;
    size_t i;

    if (glob(pattern, GLOB_NOSORT, NULL, &found)) found.gl_pathc = 0;
    for (i = 0; i < found.gl_pathc; i++)
    {
        name = strrchr(found.gl_pathv[i], '/') + 1;
        id = strstr(name, RESOLVER_NAME);
        interface = copy_text(name, (size_t)(id - name));
        if (!is_living(doctor, interface, id + sizeof(RESOLVER_NAME) - 1))
        {
            mend = format_text("'sudo resolvconf -d %s'.", name);
            doctor_problem(doctor, mend, "Name servers: resolvconf has those of a link over %s that is gone.",
                           interface);
            free(mend);
            count++;
        }
        free(interface);
    }
    if (found.gl_pathc) globfree(&found);
    free(pattern);
    return count;
}

/* ---- the way back --------------------------------------------------------------------------- */

/* What comes from where a packet to it would not go is dropped then. */
static void examine_filter(struct doctor *doctor)
{
    char *path = doctor_path(doctor, "/proc/sys/net/ipv4/conf/all/rp_filter"), *text;
    size_t len;

    if ((text = file_read(path, &len)) && text[0] == '1')
        doctor_note(doctor, "The kernel drops what comes another way than it would go (rp_filter is 1): a connection "
                            "over TCP can't have the default route; with 2 ('sudo sysctl "
                            "net.ipv4.conf.all.rp_filter=2') it can.");
    free(text);
    free(path);
}

void doctor_network(struct doctor *doctor)
{
    if (!(examine_file(doctor) + examine_records(doctor)))
        doctor_good(doctor, "Name servers: none of a link that is gone.");
    examine_filter(doctor);
}
