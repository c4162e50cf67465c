/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * prefix.c - what a Wine prefix is: its folders, its width, its wineserver.
 */
#include "wineras.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct prefix_place win64_places[] = {
    {"x86_64-windows", "system32"},
    {"i386-windows", "syswow64"},
    {NULL, NULL},
};

static const struct prefix_place win32_places[] = {
    {"i386-windows", "system32"},
    {NULL, NULL},
};

const struct prefix_place *prefix_places(const struct prefix *prefix)
{
    return prefix->is_win64 ? win64_places : win32_places;
}

char *prefix_default(void)
{
    const char *env = getenv("WINEPREFIX"), *home = getenv("HOME");

    if (env && *env) return copy_text(env, strlen(env));
    return format_text("%s/.wine", home ? home : "");
}

static bool is_directory(const char *path)
{
    struct stat st;

    return !stat(path, &st) && S_ISDIR(st.st_mode);
}

/* Wine writes #arch=win64 near the start of each of its registry files. */
static bool is_win64(const struct prefix *prefix, const char *registry, size_t len)
{
    const char *keys = memmem(registry, len, "\n[", 2);
    size_t head = keys ? (size_t)(keys - registry) : len;
    char *syswow64;
    bool result;

    if (memmem(registry, head, "\n#arch=win64", 12)) return true;
    if (memmem(registry, head, "\n#arch=win32", 12)) return false;
    syswow64 = format_text("%s/syswow64", prefix->windows);
    result = is_directory(syswow64);
    free(syswow64);
    return result;
}

int prefix_open(struct prefix *prefix, const char *dir)
{
    char *given = dir ? copy_text(dir, strlen(dir)) : prefix_default();
    char *system32 = NULL, *path = NULL, *registry = NULL;
    struct stat st;
    size_t len;

    memset(prefix, 0, sizeof(*prefix));
    prefix->fd = -1;
    if (!(prefix->dir = realpath(given, NULL)))
    {
        complain_errno("can't find the Wine prefix %s", given);
        goto fail;
    }
    if ((prefix->fd = open(prefix->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0 || fstat(prefix->fd, &st))
    {
        complain_errno("can't open the Wine prefix %s", given);
        goto fail;
    }
    if (st.st_uid != geteuid())
    {
        complain("the Wine prefix %s belongs to another user", given);
        goto fail;
    }
    /* Wine itself goes by dosdevices/c:. */
    prefix->windows = format_text("%s/dosdevices/c:/windows", prefix->dir);
    if (!is_directory(prefix->windows))
    {
        free(prefix->windows);
        prefix->windows = format_text("%s/drive_c/windows", prefix->dir);
    }
    system32 = format_text("%s/system32", prefix->windows);
    path = format_text("%s/system.reg", prefix->dir);
    if (!is_directory(system32))
    {
        complain("%s is no Wine prefix (it has no windows/system32); make it with 'WINEPREFIX=%s wineboot -i'",
                 given, given);
        goto fail;
    }
    if (flock(prefix->fd, LOCK_EX | LOCK_NB))
    {
        complain("another wineras works on %s", given);
        goto fail;
    }
    if (!(registry = file_read(path, &len)))
    {
        /* A new prefix has none until its first wineserver ends. */
        if (errno != ENOENT || !prefix_server(prefix))
        {
            complain_errno("can't read %s", path);
            goto fail;
        }
        registry = copy_text("", 0);
        len = 0;
    }
    else if (!registry_is_valid(registry, len))
    {
        complain("%s is not a Wine registry file", path);
        goto fail;
    }
    prefix->is_win64 = is_win64(prefix, registry, len);
    free(registry);
    free(path);
    free(system32);
    free(given);
    return 0;

fail:
    free(registry);
    free(path);
    free(system32);
    free(given);
    prefix_close(prefix);
    return -1;
}

void prefix_close(struct prefix *prefix)
{
    if (prefix->fd >= 0) close(prefix->fd);
    free(prefix->dir);
    free(prefix->windows);
    memset(prefix, 0, sizeof(*prefix));
    prefix->fd = -1;
}

/* A wineserver works in a folder that is named after device and inode of the
 * prefix; where that folder is differs between distributions. */
static char *server_name(const struct prefix *prefix)
{
    struct stat st;

    if (fstat(prefix->fd, &st)) return copy_text("", 0);
    return format_text("server-%llx-%llx", (unsigned long long)st.st_dev, (unsigned long long)st.st_ino);
}

/* Is it a wineserver whose working directory has this name? */
static bool is_server_process(const char *pid, const char *name)
{
    char path[64], text[PATH_MAX];
    const char *last;
    ssize_t len;
    char *comm;
    size_t comm_len;
    bool result;

    snprintf(path, sizeof(path), "/proc/%.20s/cwd", pid);
    if ((len = readlink(path, text, sizeof(text) - 1)) < 0) return false;
    text[len] = 0;
    last = strrchr(text, '/');
    if (!last || strcmp(last + 1, name)) return false;
    snprintf(path, sizeof(path), "/proc/%.20s/comm", pid);
    if (!(comm = file_read(path, &comm_len))) return false;
    result = !strncmp(comm, "wineserver", 10);
    free(comm);
    return result;
}

/* Does someone hold the lock of the server folder in base? */
static bool is_locked(const char *base, const char *name)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
    char *path = format_text("%s/%s/lock", base, name);
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    bool result = fd >= 0 && !fcntl(fd, F_GETLK, &lock) && lock.l_type != F_UNLCK;

    if (fd >= 0) close(fd);
    free(path);
    return result;
}

/* The places that Wine and Debian's Wine use, for servers whose process is not
 * to be seen (containers). */
static bool has_locked_folder(const struct prefix *prefix, const char *name)
{
    const char *runtime = getenv("XDG_RUNTIME_DIR"), *temp = getenv("TMPDIR");
    char *base, *path, *own;
    size_t len;
    bool result;

    base = format_text("/tmp/.wine-%u", (unsigned int)getuid());
    result = is_locked(base, name);
    free(base);
    base = runtime ? format_text("%s/wine", runtime) : format_text("/run/user/%u/wine", (unsigned int)getuid());
    result = result || is_locked(base, name);
    free(base);
    path = format_text("%s/wineserver", prefix->dir);
    if ((own = file_read(path, &len)))
    {
        base = format_text("%s/%s", temp ? temp : "/tmp", own);
        result = result || is_locked(base, name);
        free(base);
        free(own);
    }
    free(path);
    return result;
}

pid_t prefix_server(const struct prefix *prefix)
{
    char *name = server_name(prefix);
    struct dirent *entry;
    pid_t pid = 0;
    DIR *d = opendir("/proc");

    while (d && !pid && (entry = readdir(d)))
    {
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
        if (is_server_process(entry->d_name, name)) pid = atoi(entry->d_name);
    }
    if (d) closedir(d);
    if (!pid && has_locked_folder(prefix, name)) pid = 1;
    free(name);
    return pid;
}

/* A program in PATH. */
static char *find_in_path(const char *name)
{
    const char *path = getenv("PATH"), *end;
    char *file;

    for (path = path ? path : "/usr/bin:/bin"; *path; path = *end ? end + 1 : end)
    {
        end = strchrnul(path, ':');
        file = format_text("%.*s/%s", (int)(end - path), path, name);
        if (!access(file, X_OK)) return file;
        free(file);
    }
    return NULL;
}

char *find_wine(pid_t server)
{
    static const char *const names[] = {"wine64", "wine"};
    const char *loader = getenv("WINELOADER");
    char path[64], dir[PATH_MAX];
    char *file, *slash;
    ssize_t len;
    size_t i;

    if (loader && *loader) return copy_text(loader, strlen(loader));
    /* The loader that fits a server lies beside it. */
    snprintf(path, sizeof(path), "/proc/%d/exe", (int)server);
    if (server > 1 && (len = readlink(path, dir, sizeof(dir) - 1)) > 0)
    {
        dir[len] = 0;
        if ((slash = strrchr(dir, '/'))) *slash = 0;
        for (i = 0; i < sizeof(names) / sizeof(*names); i++)
        {
            file = format_text("%s/%s", dir, names[i]);
            if (!access(file, X_OK)) return file;
            free(file);
        }
    }
    if (!access("/usr/lib/wine/wine64", X_OK)) return copy_text("/usr/lib/wine/wine64", 20);
    for (i = 0; i < sizeof(names) / sizeof(*names); i++)
    {
        if ((file = find_in_path(names[i]))) return file;
    }
    return NULL;
}
