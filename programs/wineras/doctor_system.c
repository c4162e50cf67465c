/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * doctor_system.c - examines the kernel's PPP, pppd and what pppd loads for us.
 */
#include "wineras.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#define REINSTALL "install wineras again as root ('sudo make install' in its build folder)."

/* ---- kernel -------------------------------------------------------------------- */

/* Does the file have a line with this word? */
static bool file_mentions(const struct doctor *doctor, const char *path, const char *word)
{
    char *full = doctor_path(doctor, path), *text;
    size_t len;
    bool result;

    text = file_read(full, &len);
    result = text && strstr(text, word);
    free(text);
    free(full);
    return result;
}

/* Can the kernel load this module, or has it built in? */
static bool has_module(const struct doctor *doctor, const char *file)
{
    static const char *const lists[] = {"modules.dep", "modules.builtin"};
    struct utsname name;
    char *path;
    size_t i;
    bool result = false;

    uname(&name);
    for (i = 0; i < sizeof(lists) / sizeof(*lists) && !result; i++)
    {
        path = format_text("/lib/modules/%s/%s", *doctor->root ? "test" : name.release, lists[i]);
        result = file_mentions(doctor, path, file);
        free(path);
    }
    return result;
}

void doctor_kernel(struct doctor *doctor)
{
    static const char *const no_ppp =
        "boot a kernel that has PPP (Debian: linux-image-amd64, not the cloud kernel); in a container the host's "
        "kernel needs it, and /dev/ppp has to be passed in.";
    bool is_loaded = file_mentions(doctor, "/proc/devices", " ppp\n");
    bool has_tty = file_mentions(doctor, "/proc/tty/ldiscs", "ppp  ");
    char *path = doctor_path(doctor, "/dev/ppp");
    struct stat st;

    if (!is_loaded && !has_module(doctor, "/ppp_generic.ko"))
        doctor_problem(doctor, no_ppp, "Kernel: it has no PPP (ppp_generic is neither loaded nor to be found).");
    else if (!has_tty && !has_module(doctor, "/ppp_async.ko"))
        doctor_problem(doctor, "'sudo modprobe ppp_async', or a kernel that has it.",
                       "Kernel: no PPP over serial lines (ppp_async is neither loaded nor to be found).");
    else if (lstat(path, &st) || (!*doctor->root && !S_ISCHR(st.st_mode)))
        doctor_problem(doctor, "'sudo modprobe ppp_generic'; if that is not enough, 'sudo mknod /dev/ppp c 108 0'.",
                       "Kernel: it has PPP, but there is no device /dev/ppp.");
    else
        doctor_good(doctor, "Kernel: PPP is there.");
    free(path);
}

/* ---- pppd ------------------------------------------------------------------------ */

static bool is_known_version(const char *text, int *major, int *minor, int *patch)
{
    const char *number = strpbrk(text, "0123456789");

    *major = *minor = *patch = 0;
    if (!number || sscanf(number, "%d.%d.%d", major, minor, patch) < 2) return false;
    return *major == 2 && ((*minor == 4 && *patch >= 9) || *minor >= 5);
}

static void pppd_version(struct doctor *doctor, const char *path)
{
    const char *const argv[] = {path, "--version", NULL};
    char *output = NULL;
    int major, minor, patch;

    if (run_program(argv, NULL, &output, 10) != 0)
        doctor_problem(doctor, "look at what 'pppd --version' says.", "pppd: it does not run.");
    else if (!is_known_version(output, &major, &minor, &patch))
        doctor_problem(doctor, "install ppp 2.4.9 or later.", "pppd: this version is not supported: %.*s",
                       (int)strcspn(output, "\n"), output);
    else
        doctor_good(doctor, "pppd: version %d.%d.%d.", major, minor, patch);
    free(output);
}

void doctor_pppd(struct doctor *doctor)
{
    char *path = doctor_path(doctor, PPPD_PATH), *mend;
    struct stat st;

    if (stat(path, &st))
    {
        doctor_problem(doctor, "install package ppp.", "pppd: %s is not there.", PPPD_PATH);
    }
    else if (st.st_uid != doctor_root_uid(doctor) || !(st.st_mode & S_ISUID))
    {
        doctor_problem(doctor, "'sudo chown root:dip " PPPD_PATH "', then 'sudo chmod 4754 " PPPD_PATH "'.",
                       "pppd: it is not setuid root, so it can do nothing for a user.");
    }
    else if (access(path, X_OK))
    {
        mend = doctor_join_group(st.st_gid);
        doctor_problem(doctor, mend, "pppd: you may not run it.");
        free(mend);
    }
    else
    {
        pppd_version(doctor, path);
    }
    free(path);
}

/* ---- peers file and plugin ---------------------------------------------------------- */

/* May only root change it? */
static bool is_safe(const struct doctor *doctor, const struct stat *st)
{
    return st->st_uid == doctor_root_uid(doctor) && !(st->st_mode & 022);
}

static void examine_plugin(struct doctor *doctor, const char *plugin)
{
    char *path = doctor_path(doctor, plugin);
    struct stat st;

    if (stat(path, &st))
        doctor_problem(doctor, REINSTALL, "Plugin: %s, which the peers file names, is not there.", plugin);
    else if (!is_safe(doctor, &st))
        doctor_problem(doctor, REINSTALL, "Plugin: %s can be changed by others than root.", plugin);
    else if (access(path, R_OK))
        doctor_problem(doctor, "'sudo chmod 755' that file.", "Plugin: %s can't be read.", plugin);
    else
        doctor_good(doctor, "Plugin: %s.", plugin);
    free(path);
}

/* The first word behind this first word of a line, for the caller to free. */
static char *find_option(const char *text, const char *option)
{
    const char *line, *word;
    size_t len = strlen(option);

    for (line = text; line; line = (line = strchr(line, '\n')) ? line + 1 : NULL)
    {
        word = line + strspn(line, " \t");
        if (strncmp(word, option, len) || !strchr(" \t\n", word[len])) continue;
        word += len + strspn(word + len, " \t\"'");
        return copy_text(word, strcspn(word, " \t\n\"'"));
    }
    return NULL;
}

static void examine_options(struct doctor *doctor, const char *text)
{
    char *plugin = find_option(text, "plugin"), *noauth = find_option(text, "noauth");
    const char *name = plugin ? strrchr(plugin, '/') : NULL;

    if (!noauth || !name || strcmp(name, "/wineras.so"))
    {
        doctor_problem(doctor, REINSTALL, "Peers file: %s/wineras does not have 'noauth' and 'plugin .../wineras.so'.",
                       PEERSDIR);
    }
    else
    {
        doctor_good(doctor, "Peers file: %s/wineras.", PEERSDIR);
        examine_plugin(doctor, plugin);
    }
    free(noauth);
    free(plugin);
}

void doctor_peers(struct doctor *doctor)
{
    char *dir = doctor_path(doctor, PEERSDIR), *path = doctor_path(doctor, PEERSDIR "/wineras"), *text, *mend;
    struct stat st;
    size_t len;

    if (stat(dir, &st))
    {
        doctor_problem(doctor, "install package ppp, then wineras again.", "Peers file: there is no %s.", PEERSDIR);
    }
    else if (access(dir, X_OK))
    {
        mend = doctor_join_group(st.st_gid);
        doctor_problem(doctor, mend, "Peers file: you may not look into %s.", PEERSDIR);
        free(mend);
    }
    else if (stat(path, &st))
    {
        doctor_problem(doctor, REINSTALL, "Peers file: %s/wineras is not there.", PEERSDIR);
    }
    else if (!is_safe(doctor, &st))
    {
        doctor_problem(doctor, "'sudo chown root:dip' that file, then 'sudo chmod 640'.",
                       "Peers file: %s/wineras can be changed by others than root.", PEERSDIR);
    }
    else if (!(text = file_read(path, &len)))
    {
        mend = errno == EACCES ? doctor_join_group(st.st_gid) : copy_text(REINSTALL, strlen(REINSTALL));
        doctor_problem(doctor, mend, "Peers file: you may not read %s/wineras.", PEERSDIR);
        free(mend);
    }
    else
    {
        examine_options(doctor, text);
        free(text);
    }
    free(path);
    free(dir);
}

/* ---- our own native parts -------------------------------------------------------------- */

void doctor_rasmand(struct doctor *doctor)
{
    const char *env = getenv("WINERAS_RASMAND");
    char *path = env && *env ? copy_text(env, strlen(env)) : installed_path(LIBEXECDIR "/wineras/rasmand");

    if (access(path, X_OK))
        doctor_problem(doctor, env ? "set WINERAS_RASMAND rightly, or not at all." : REINSTALL,
                       "Manager: %s can't be run.", path);
    else
        doctor_good(doctor, "Manager: %s.", path);
    free(path);
}

void doctor_runtime(struct doctor *doctor)
{
    char *dir = runtime_directory(), *parent = copy_text(dir, strlen(dir)), *slash;
    struct stat st;

    if (!lstat(dir, &st))
    {
        if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid() || st.st_mode & 077)
            doctor_problem(doctor, "delete it; it is made anew when needed.",
                           "Runtime folder: %s is not a folder of yours alone (mode 0700).", dir);
        else
            doctor_good(doctor, "Runtime folder: %s.", dir);
        goto done;
    }
    /* Made when needed, in the first parent that exists. */
    while ((slash = strrchr(parent, '/')) && slash != parent)
    {
        *slash = 0;
        if (!lstat(parent, &st)) break;
    }
    if (access(parent, W_OK | X_OK))
        doctor_problem(doctor, "log in in the usual way, or set XDG_RUNTIME_DIR to a folder of yours.",
                       "Runtime folder: %s can't be made: you may not write to %s.", dir, parent);
    else
        doctor_good(doctor, "Runtime folder: %s will be made when needed.", dir);

done:
    free(parent);
    free(dir);
}
