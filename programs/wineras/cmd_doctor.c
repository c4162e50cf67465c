/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * cmd_doctor.c - "wineras doctor": what is missing on this machine, and how to
 * mend it.  The examinations are in doctor_*.c; they change nothing.
 */
#include "wineras.h"

#include <grp.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*const examinations[])(struct doctor *doctor) = {
    doctor_kernel, doctor_pppd, doctor_peers,  doctor_rasmand, doctor_dlls,
    doctor_wine,   doctor_prefix, doctor_runtime, doctor_network,
    doctor_devices,
};

void doctor_good(struct doctor *doctor, const char *format, ...)
{
    va_list args;

    (void)doctor;
    fputs("ok       ", stdout);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

void doctor_note(struct doctor *doctor, const char *format, ...)
{
    va_list args;

    (void)doctor;
    fputs("note     ", stdout);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

void doctor_problem(struct doctor *doctor, const char *mend, const char *format, ...)
{
    va_list args;

    doctor->problems++;
    fputs("PROBLEM  ", stdout);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n         To mend it: %s\n", mend);
}

char *doctor_path(const struct doctor *doctor, const char *path)
{
    return format_text("%s%s", doctor->root, path);
}

uid_t doctor_root_uid(const struct doctor *doctor)
{
    return *doctor->root ? geteuid() : 0;
}

/* Is the user in the group by the user database, whatever this session has? */
static bool is_listed(const char *user, gid_t main_group, gid_t gid)
{
    gid_t groups[1024];
    int count = sizeof(groups) / sizeof(*groups);

    if (getgrouplist(user, main_group, groups, &count) < 0) return false;
    while (count--)
    {
        if (groups[count] == gid) return true;
    }
    return false;
}

char *doctor_join_group(gid_t gid)
{
    const struct group *group = getgrgid(gid);
    const struct passwd *passwd;
    char *name = group ? copy_text(group->gr_name, strlen(group->gr_name)) : format_text("%u", (unsigned int)gid);
    char *text;

    passwd = getpwuid(getuid());
    if (passwd && is_listed(passwd->pw_name, passwd->pw_gid, gid))
        text = format_text("you have joined group %s, but this session is older: log out and in again.", name);
    else
        text = format_text("'sudo usermod -aG %s %s', then log out and in again.", name,
                           passwd ? passwd->pw_name : "YOURSELF");
    free(name);
    return text;
}

int cmd_doctor(const struct options *options)
{
    const char *root = getenv("WINERAS_TEST_ROOT");
    struct doctor doctor = {root ? root : "", options->prefix, 0};
    size_t i;

    for (i = 0; i < sizeof(examinations) / sizeof(*examinations); i++) examinations[i](&doctor);
    if (!doctor.problems) puts("All is well.");
    else if (doctor.problems == 1) puts("1 problem.");
    else printf("%u problems.\n", doctor.problems);
    return doctor.problems ? STATUS_FAILED : STATUS_DONE;
}
