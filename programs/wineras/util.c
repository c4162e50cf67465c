/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * util.c - messages, memory, files and child processes for the tool.
 */
#include "wineras.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int complain(const char *format, ...)
{
    va_list args;

    fputs("wineras: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    return -1;
}

int complain_errno(const char *format, ...)
{
    int error = errno;
    va_list args;

    fputs("wineras: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, ": %s\n", strerror(error));
    return -1;
}

static void out_of_memory(void)
{
    complain("out of memory");
    exit(STATUS_FAILED);
}

char *format_text(const char *format, ...)
{
    char *text;
    va_list args;

    va_start(args, format);
    if (vasprintf(&text, format, args) < 0) out_of_memory();
    va_end(args);
    return text;
}

char *copy_text(const char *text, size_t len)
{
    char *copy = malloc(len + 1);

    if (!copy) out_of_memory();
    memcpy(copy, text, len);
    copy[len] = 0;
    return copy;
}

void *grow(void *mem, size_t count, size_t size)
{
    mem = reallocarray(mem, count, size);
    if (!mem) out_of_memory();
    return mem;
}

/* Everything from a descriptor; it stays open. */
static char *read_all(int fd, size_t *len)
{
    char *data = NULL;
    size_t used = 0, size = 0;
    ssize_t got;

    do
    {
        if (size - used < 2)
        {
            size = size ? size * 2 : 65536;
            data = grow(data, size, 1);
        }
        got = read(fd, data + used, size - used - 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
        {
            free(data);
            return NULL;
        }
        used += got;
    } while (got);
    data[used] = 0;
    *len = used;
    return data;
}

char *file_read(const char *path, size_t *len)
{
    char *data;
    int fd, error;

    if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0) return NULL;
    data = read_all(fd, len);
    error = errno;
    close(fd);
    errno = error;
    return data;
}

static int write_all(int fd, const char *data, size_t len)
{
    ssize_t done;

    while (len)
    {
        if ((done = write(fd, data, len)) < 0)
        {
            if (errno == EINTR) continue;
            return -1;
        }
        data += done;
        len -= done;
    }
    return 0;
}

int file_write(const char *path, const void *data, size_t len, mode_t mode)
{
    char *temp = format_text("%s.wineras-new", path);
    int fd, error;

    /* What an interrupted run left behind; O_EXCL then refuses a link. */
    unlink(temp);
    if ((fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) < 0) goto fail;
    if (write_all(fd, data, len) || fchmod(fd, mode) || fsync(fd)) goto fail_close;
    if (close(fd)) goto fail_unlink;
    if (rename(temp, path)) goto fail_unlink;
    free(temp);
    return 0;

fail_close:
    error = errno;
    close(fd);
    errno = error;
fail_unlink:
    error = errno;
    unlink(temp);
    errno = error;
fail:
    error = errno;
    free(temp);
    errno = error;
    return -1;
}

int file_keep(const char *path, const char *kept)
{
    struct stat st;
    char *data, target[4096];
    size_t len;
    ssize_t target_len;
    int result, error;

    if (!linkat(AT_FDCWD, path, AT_FDCWD, kept, 0)) return 0;
    /* EEXIST and ENOENT would be the same with a copy. */
    if (errno == EEXIST || errno == ENOENT || errno == ENOSPC) return -1;
    if (lstat(path, &st)) return -1;
    if (S_ISLNK(st.st_mode))
    {
        if ((target_len = readlink(path, target, sizeof(target) - 1)) < 0) return -1;
        target[target_len] = 0;
        return symlink(target, kept);
    }
    if (!(data = file_read(path, &len))) return -1;
    result = file_write(kept, data, len, st.st_mode & 07777);
    error = errno;
    free(data);
    if (!result)
    {
        struct timespec times[2] = {st.st_atim, st.st_mtim};

        result = utimensat(AT_FDCWD, kept, times, 0);
        return result;
    }
    errno = error;
    return result;
}

uint64_t hash_bytes(const void *data, size_t len)
{
    const unsigned char *p = data;
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    while (len--) hash = (hash ^ *p++) * UINT64_C(0x100000001b3);
    return hash;
}

int make_directories(const char *path)
{
    char *part = copy_text(path, strlen(path));
    char *p;
    int result = 0, error;

    for (p = part + 1; *p; p++)
    {
        if (*p != '/') continue;
        *p = 0;
        if (mkdir(part, 0700) && errno != EEXIST) result = -1;
        *p = '/';
        if (result) break;
    }
    if (!result && mkdir(part, 0700) && errno != EEXIST) result = -1;
    error = errno;
    free(part);
    errno = error;
    return result;
}

void sync_directory(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **list_names(const char *dir)
{
    char **names = grow(NULL, 1, sizeof(*names));
    size_t count = 0;
    struct dirent *entry;
    struct stat st;
    DIR *d = opendir(dir);

    while (d && (entry = readdir(d)))
    {
        if (fstatat(dirfd(d), entry->d_name, &st, 0) || !S_ISREG(st.st_mode)) continue;
        names = grow(names, count + 2, sizeof(*names));
        names[count++] = copy_text(entry->d_name, strlen(entry->d_name));
    }
    if (d) closedir(d);
    names[count] = NULL;
    qsort(names, count, sizeof(*names), compare_names);
    return names;
}

void free_names(char **names)
{
    char **name;

    for (name = names; *name; name++) free(*name);
    free(names);
}

char *installed_path(const char *path)
{
    char exe[4096];
    const char *bin = BINDIR "/wineras";
    ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
    size_t bin_len = strlen(bin);

    if (len < (ssize_t)bin_len) return copy_text(path, strlen(path));
    exe[len] = 0;
    if (strcmp(exe + len - bin_len, bin)) return copy_text(path, strlen(path));
    exe[len - bin_len] = 0;
    return format_text("%s%s", exe, path);
}

char *find_libdir(void)
{
    const char *env = getenv("WINERAS_LIBDIR");

    if (env && *env) return copy_text(env, strlen(env));
    return installed_path(LIBDIR "/wineras");
}

static void on_alarm(int signal)
{
    (void)signal;
}

int run_program(const char *const argv[], const char *const env[], char **output, unsigned int seconds)
{
    struct sigaction action = {.sa_handler = on_alarm}, old;
    int out, status, result = -1;
    size_t len;
    pid_t pid;

    /* Not a pipe: a server that the program starts would hold it open. */
    if ((out = memfd_create("output", MFD_CLOEXEC)) < 0) return -1;
    if ((pid = fork()) < 0)
    {
        close(out);
        return -1;
    }
    if (!pid)
    {
        int null = open("/dev/null", O_RDWR);

        dup2(null, 0);
        dup2(out, 1);
        dup2(null, 2);
        for (; env && *env; env++) putenv((char *)*env);
        execvp(argv[0], (char *const *)argv);
        _exit(127);
    }
    sigaction(SIGALRM, &action, &old);
    alarm(seconds);
    if (waitpid(pid, &status, 0) == pid)
    {
        if (WIFEXITED(status) && WEXITSTATUS(status) != 127) result = WEXITSTATUS(status);
    }
    else
    {
        kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    }
    alarm(0);
    sigaction(SIGALRM, &old, NULL);
    if (output)
    {
        lseek(out, 0, SEEK_SET);
        if (!(*output = read_all(out, &len))) *output = copy_text("", 0);
    }
    close(out);
    return result;
}
