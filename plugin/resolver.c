/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * resolver.c - a program that gives a link's name servers to whatever resolves names on this
 * system.  Root's options of pppd name it (wineras-resolver PATH); the plugin runs it as root,
 * with arguments that it has checked and with nothing of the user's in the environment.
 *
 *   resolver set ID INTERFACE DEFAULT SUFFIX SERVER...   DEFAULT: yes, the link has the default route
 *   resolver keep ID INTERFACE         wait for the end of standard input, then take it back
 *
 * systemd-resolved and resolvconf are asked.  A plain /etc/resolv.conf gets the servers before
 * what it has, between two lines with the ID; without those it is byte for byte what it was.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "resolver_mark.h"

#define FILE_NAME "/etc/resolv.conf"
#define LOCK_NAME "/run/wineras-resolver.lock"
#define TEXT_MAX  65536

struct text
{
    char data[TEXT_MAX];
    size_t len;
    bool failed; /* it did not fit */
};

static struct text old, new;
static const char *id, *interface;
static char file[PATH_MAX]; /* what the name leads to */

static void append(struct text *text, const char *data, size_t len)
{
    if (len > sizeof(text->data) - text->len)
        text->failed = true;
    else
    {
        memcpy(text->data + text->len, data, len);
        text->len += len;
    }
}

static void add(struct text *text, const char *data)
{
    append(text, data, strlen(data));
}

/* ---- a plain file ---------------------------------------------------------------------- */

static void add_mark(struct text *text, const char *what)
{
    add(text, RESOLVER_MARK);
    add(text, interface);
    add(text, " ");
    add(text, id);
    add(text, " ");
    add(text, what);
    add(text, "\n");
}

/* Ours, or of an interface that is not there any more. */
static bool is_over(const struct resolver_mark *mark, bool ours)
{
    char path[64];

    if (!strcmp(mark->id, id) || (ours && !strcmp(mark->interface, interface))) return true;
    snprintf(path, sizeof(path), "/sys/class/net/%s", mark->interface);
    return access(path, F_OK) != 0;
}

static bool may_be_ours(const char *line, size_t len)
{
    return (len > 11 && !memcmp(line, "nameserver ", 11)) || (len > 7 && !memcmp(line, "search ", 7));
}

/* What is left of the file without those; created: it was not there before. */
static void strip(struct text *out, const struct text *in, bool ours, bool *created)
{
    size_t pos, len, rest;
    bool inside = false;
    struct resolver_mark mark;
    const char *line, *end;

    out->len = 0;
    for (pos = 0; pos < in->len; pos += len)
    {
        line = in->data + pos;
        end = memchr(line, '\n', in->len - pos);
        len = end ? (size_t)(end - line) + 1 : in->len - pos;
        rest = end ? len - 1 : len;
        if (resolver_mark_read(&mark, line, rest) && is_over(&mark, ours))
        {
            inside = !strcmp(mark.what, "begin");
            if (!strcmp(mark.how, "created")) *created = true;
            if (!strcmp(mark.how, "joined") && out->len) out->len--; /* the line break was ours, too */
        }
        else if (!inside || !may_be_ours(line, rest))
        {
            inside = false;
            append(out, line, len);
        }
    }
}

/* Of several lists of domains the last one counts. */
static void add_suffix(struct text *text, const struct text *before, const char *suffix)
{
    const char *line = before->data, *last = NULL, *end, *stop = before->data + before->len;
    bool joined = before->len && before->data[before->len - 1] != '\n';

    for (; line < stop; line = end ? end + 1 : stop)
    {
        end = memchr(line, '\n', (size_t)(stop - line));
        if (stop - line > 7 && (!memcmp(line, "search ", 7) || !memcmp(line, "domain ", 7))) last = line + 6;
    }
    if (joined) add(text, "\n");
    add_mark(text, joined ? "begin joined" : "begin");
    add(text, "search ");
    add(text, suffix);
    if (last)
    {
        end = memchr(last, '\n', (size_t)(stop - last));
        append(text, last, (size_t)((end ? end : stop) - last));
    }
    add(text, "\n");
    add_mark(text, "end");
}

/* 0, or -1 and errno. */
static int read_file(struct text *text)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t got;

    text->len = 0;
    if (fd < 0) return -1;
    while ((got = read(fd, text->data + text->len, sizeof(text->data) - text->len)) > 0) text->len += (size_t)got;
    if (text->len == sizeof(text->data)) errno = EFBIG;
    close(fd);
    return got < 0 || text->len == sizeof(text->data) ? -1 : 0;
}

static int write_to(const char *path, int flags, const struct text *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | flags, 0644), bad;

    if (fd < 0) return -1;
    bad = write(fd, text->data, text->len) != (ssize_t)text->len;
    return close(fd) || bad ? -1 : 0;
}

/* At once, with the rights of the old one; a mount point is written into. */
static int write_file(const struct text *text)
{
    char path[PATH_MAX + 16];
    struct stat st;

    if (text->failed) return -1;
    snprintf(path, sizeof(path), "%s.wineras", file);
    if (write_to(path, O_NOFOLLOW, text)) goto fail;
    if (!stat(file, &st) && (chown(path, st.st_uid, st.st_gid) || chmod(path, st.st_mode & 07777))) goto fail;
    if (!rename(path, file)) return 0;
    unlink(path);
    return write_to(file, 0, text);

fail:
    unlink(path);
    return -1;
}

static int file_set(const char *suffix, char **servers)
{
    static struct text before;
    bool created = false;

    if (read_file(&old))
    {
        if (errno != ENOENT) return -1;
        created = true;
    }
    strip(&before, &old, true, &created);
    add_mark(&new, created ? "begin created" : "begin");
    for (; *servers; servers++)
    {
        add(&new, "nameserver ");
        add(&new, *servers);
        add(&new, "\n");
    }
    add_mark(&new, "end");
    append(&new, before.data, before.len);
    if (*suffix) add_suffix(&new, &before, suffix);
    return write_file(&new);
}

static int file_take_back(void)
{
    bool created = false;

    if (read_file(&old)) return errno == ENOENT ? 0 : -1;
    strip(&new, &old, false, &created);
    if (created && !new.len) return unlink(file);
    if (new.len == old.len) return 0;
    return write_file(&new);
}

/* ---- other programs --------------------------------------------------------------------- */

/* Run a program of the system with this as its standard input.  0 when it ends well. */
static int run(const char *path, char **argv, const struct text *input)
{
    int ends[2], status = -1;
    pid_t pid;

    if (pipe(ends)) return -1;
    if (!(pid = fork()))
    {
        signal(SIGPIPE, SIG_DFL);
        dup2(ends[0], 0);
        close(ends[0]);
        close(ends[1]);
        execv(path, argv);
        _exit(127);
    }
    close(ends[0]);
    if (pid > 0 && input && write(ends[1], input->data, input->len) < 0) status = -1;
    close(ends[1]);
    return pid > 0 && waitpid(pid, &status, 0) == pid && !status ? 0 : -1;
}

static const char *program(const char *name)
{
    static const char *const folders[] = {"/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin"};
    static char path[64];
    size_t i;

    for (i = 0; i < sizeof(folders) / sizeof(*folders); i++)
    {
        snprintf(path, sizeof(path), "%s/%s", folders[i], name);
        if (!access(path, X_OK)) return path;
    }
    return NULL;
}

/* The link's servers are asked first on Windows, and by default for all names: "~.". */
static int resolved_set(const char *path, bool is_default, char *suffix, char **servers)
{
    char *dns[8] = {(char *)path, (char *)"dns", (char *)interface};
    char *route[] = {(char *)path, (char *)"default-route", (char *)interface, (char *)"yes", NULL};
    char *domain[6] = {(char *)path, (char *)"domain", (char *)interface};
    unsigned int i;

    for (i = 0; i < 4 && servers[i]; i++) dns[3 + i] = servers[i];
    i = 3;
    if (*suffix) domain[i++] = suffix;
    if (is_default) domain[i++] = (char *)"~.";
    if (run(path, dns, NULL) || run(path, route, NULL)) return -1;
    return i > 3 ? run(path, domain, NULL) : 0;
}

static int resolvconf(const char *path, const char *option, const struct text *input)
{
    char name[64];
    char *argv[] = {(char *)path, (char *)option, name, NULL};

    snprintf(name, sizeof(name), "%s" RESOLVER_NAME "%s", interface, id);
    return run(path, argv, input);
}

static int resolvconf_set(const char *path, const char *suffix, char **servers)
{
    for (; *servers; servers++)
    {
        add(&new, "nameserver ");
        add(&new, *servers);
        add(&new, "\n");
    }
    if (*suffix)
    {
        add(&new, "search ");
        add(&new, suffix);
        add(&new, "\n");
    }
    return resolvconf(path, "-a", &new);
}

/* ---- which of them ------------------------------------------------------------------------ */

static bool uses_resolved(void)
{
    return !strncmp(file, "/run/systemd/resolve/", 21) || !strcmp(file, "/usr/lib/systemd/resolv.conf") ||
           !strcmp(file, "/lib/systemd/resolv.conf");
}

/* systemd's own resolvconf speaks to a resolved that is not in use here. */
static const char *find_resolvconf(void)
{
    const char *path = program("resolvconf"), *name;
    static char real[PATH_MAX];

    if (!path || !realpath(path, real)) return NULL;
    name = strrchr(real, '/');
    return name && !strcmp(name, "/resolvectl") ? NULL : path;
}

static void find_file(void)
{
    ssize_t len;

    if (realpath(FILE_NAME, file)) return;
    /* It leads to what is not there, or is not there itself. */
    len = readlink(FILE_NAME, file, sizeof(file) - 1);
    if (len > 0) file[len] = 0;
    if (len <= 0 || file[0] != '/') strcpy(file, FILE_NAME);
}

/* One at a time; after some seconds without the others' leave. */
static void lock(void)
{
    const struct timespec pause = {0, 20000000};
    int fd = open(LOCK_NAME, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), i;

    for (i = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) && i < 200; i++) nanosleep(&pause, NULL);
}

static int set(bool is_default, char *suffix, char **servers)
{
    const char *path;

    if (uses_resolved() && (path = program("resolvectl"))) return resolved_set(path, is_default, suffix, servers);
    if ((path = find_resolvconf())) return resolvconf_set(path, suffix, servers);
    return file_set(suffix, servers);
}

/* systemd-resolved forgets it with the interface.  resolvconf may be at work for another. */
static int take_back(void)
{
    const char *path;
    int i;

    if (uses_resolved() && program("resolvectl")) return 0;
    if (!(path = find_resolvconf())) return file_take_back();
    for (i = 0; i < 5; i++)
    {
        if (!resolvconf(path, "-d", NULL)) return 0;
        sleep(1);
    }
    return -1;
}

static void wait_for_end(void)
{
    char byte;
    ssize_t got;

    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    do
        got = read(0, &byte, 1);
    while (got > 0 || (got < 0 && errno == EINTR));
}

int main(int argc, char **argv)
{
    bool keeps = argc == 4 && !strcmp(argv[1], "keep");
    int result;

    if (!keeps && (argc < 7 || strcmp(argv[1], "set")))
    {
        fprintf(stderr, "usage: resolver set ID INTERFACE yes|no SUFFIX SERVER... | resolver keep ID INTERFACE\n");
        return 2;
    }
    id = argv[2];
    interface = argv[3];
    umask(022);
    signal(SIGPIPE, SIG_IGN);
    if (keeps) wait_for_end();
    lock();
    find_file();
    errno = 0;
    result = keeps ? take_back() : set(!strcmp(argv[4], "yes"), argv[5], argv + 6);
    if (!result) return 0;
    fprintf(stderr, "resolver: the name servers of %s: %s\n", interface, errno ? strerror(errno) : "failed");
    return 1;
}
