/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * world.c - those who take part: a manager, a line with a peer, programs, a bystander;
 * and whether all is as it was.
 */
#include "faults.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PORT_BASE 4600 /* of the bystanders' lines */

void die(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, " (%s)\n", strerror(errno));
    exit(2);
}

void complain(struct lane *lane, const char *format, ...)
{
    va_list args;

    if (lane->why[0]) return;
    va_start(args, format);
    vsnprintf(lane->why, sizeof(lane->why), format, args);
    va_end(args);
}

double now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

void pause_ms(int ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000L};

    nanosleep(&time, NULL);
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);

    if (!value) die("%s is not set", name);
    return value;
}

/* ---- processes ------------------------------------------------------------------ */

static bool read_file(const char *path, char *buf, size_t size, size_t *len)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got;

    if (fd < 0) return false;
    got = read(fd, buf, size - 1);
    close(fd);
    if (got < 0) return false;
    buf[got] = 0;
    *len = (size_t)got;
    return true;
}

static bool is_our_pppd(const char *arguments, size_t len, const char *tty)
{
    static const char begins[] = "pppd\0call\0wineras";
    size_t i;

    if (len < sizeof(begins) || memcmp(arguments, begins, sizeof(begins))) return false;
    for (i = 0; i < len; i += strlen(arguments + i) + 1)
        if (!strcmp(arguments + i, tty)) return true;
    return false;
}

/* The parent, by the fourth word of stat; the name may have anything in it. */
static pid_t parent_of(const char *pid)
{
    char path[300], text[512], *end;
    size_t len;
    int parent = 0;

    snprintf(path, sizeof(path), "/proc/%s/stat", pid);
    if (!read_file(path, text, sizeof(text), &len) || !(end = strrchr(text, ')'))) return 0;
    if (sscanf(end + 1, " %*c %d", &parent) != 1) return 0;
    return parent;
}

/* The first process that is a child of parent, or our pppd on tty when parent is 0. */
static pid_t find_process(pid_t parent, const char *tty)
{
    char path[300], text[4096];
    struct dirent *entry;
    pid_t found = 0;
    size_t len;
    DIR *dir;

    if (!(dir = opendir("/proc"))) die("/proc");
    while (!found && (entry = readdir(dir)))
    {
        if (!isdigit((unsigned char)entry->d_name[0])) continue;
        if (parent)
        {
            if (parent_of(entry->d_name) == parent) found = atoi(entry->d_name);
            continue;
        }
        snprintf(path, sizeof(path), "/proc/%s/cmdline", entry->d_name);
        if (read_file(path, text, sizeof(text), &len) && is_our_pppd(text, len, tty)) found = atoi(entry->d_name);
    }
    closedir(dir);
    return found;
}

/* pppd, not the child of it that waits. */
pid_t find_pppd(const struct lane *lane)
{
    char name[16];
    pid_t pid, parent;

    for (pid = find_process(0, lane->real_tty); pid; pid = parent)
    {
        snprintf(name, sizeof(name), "%d", (int)pid);
        if ((parent = parent_of(name)) == lane->manager || parent <= 1) return pid;
    }
    return 0;
}

pid_t find_peer(const struct lane *lane)
{
    return lane->hayes ? find_process(lane->hayes, NULL) : 0;
}

/* ---- lines ---------------------------------------------------------------------- */

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");

    if (!file || fputs(text, file) < 0 || fclose(file)) die("%s", path);
}

/* Starts hayes; returns when it is ready. */
static pid_t start_hayes(const struct lane *lane, const char *name, const char *kind, const char *where,
                         const char *profile, unsigned int net)
{
    char log[300], control[300], plan[300], addresses[64], build[300], peer_log[320], hayes[300], server[300], text[64];
    char uid[16], buf[4096];
    const char *BUILD = environment("BUILD"), *peer = environment("FAULTS_PEER");
    double end = now_ms() + 20000;
    size_t len = 0;
    pid_t pid;

    snprintf(log, sizeof(log), "%s/%s.log", lane->dir, name);
    snprintf(control, sizeof(control), "%s/%s.ctl", lane->dir, name);
    snprintf(plan, sizeof(plan), "%s/plan", lane->dir);
    snprintf(addresses, sizeof(addresses), "PEER_ADDRESSES=10.64.%u.1:10.64.%u.2", net, net);
    snprintf(build, sizeof(build), "BUILD=%s", BUILD);
    snprintf(peer_log, sizeof(peer_log), "PEER_LOG=%s/pppd-%s.log", lane->dir, name);
    snprintf(hayes, sizeof(hayes), "%s/tests/peers/hayes", BUILD);
    snprintf(server, sizeof(server), "%s/tests/peers/pppserver.sh", environment("SRC"));
    snprintf(uid, sizeof(uid), "%u", (unsigned int)lane->uid);
    unlink(log);
    if (!(pid = fork()))
    {
        execl(hayes, hayes, "-u", uid, "-l", log, "-c", control, "-p", plan, kind, where, "--", "nsenter", "-t", peer,
              "-n", "-m", "-r", "-w", "env", build, peer_log, addresses, server, profile, (char *)NULL);
        die("%s", hayes);
    }
    snprintf(text, sizeof(text), "%s", strcmp(kind, "tcp") ? "* ready" : "* listening");
    while (!read_file(log, buf, sizeof(buf), &len) || !strstr(buf, text))
    {
        if (now_ms() > end || waitpid(pid, NULL, WNOHANG) == pid) die("no line %s", name);
        pause_ms(5);
    }
    return pid;
}

static void stop(pid_t *pid)
{
    if (!*pid) return;
    kill(*pid, SIGKILL);
    waitpid(*pid, NULL, 0);
    *pid = 0;
}

/* With settings that nobody else makes by chance. */
static void set_up_tty(struct lane *lane)
{
    int fd = open(lane->real_tty, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0 || tcgetattr(fd, &lane->settings)) die("%s", lane->real_tty);
    cfsetspeed(&lane->settings, B4800);
    lane->settings.c_lflag |= ICANON | ECHO;
    lane->settings.c_iflag |= IXON;
    lane->settings.c_cflag &= ~(tcflag_t)HUPCL;
    if (tcsetattr(fd, TCSANOW, &lane->settings) || tcgetattr(fd, &lane->settings)) die("%s", lane->real_tty);
    close(fd);
}

static bool is_locked(const struct lane *lane)
{
    char path[100], *p;

    snprintf(path, sizeof(path), "/var/lock/LCK..%s", lane->real_tty + 5);
    for (p = path + sizeof("/var/lock/") - 1; *p; p++)
        if (*p == '/') *p = '_';
    return !access(path, F_OK);
}

void line_begin(struct lane *lane, const char *kind, const char *profile)
{
    double end = now_ms() + 20000;
    char *real;

    lane->hayes = start_hayes(lane, "line", kind, lane->tty, profile, 120 + lane->index);
    if (!(real = realpath(lane->tty, NULL))) die("%s", lane->tty);
    snprintf(lane->real_tty, sizeof(lane->real_tty), "%s", real);
    free(real);
    /* The name was another lane's, whose line has gone, but not yet the lock of it. */
    while (is_locked(lane) && now_ms() < end) pause_ms(20);
    set_up_tty(lane);
}

void line_end(struct lane *lane)
{
    pid_t peer = find_peer(lane);

    stop(&lane->hayes);
    if (peer) kill(peer, SIGKILL);
    unlink(lane->tty);
}

/* ---- the manager and programs --------------------------------------------------- */

static void become_user(const struct lane *lane)
{
    char groups[64];
    gid_t ids[2] = {lane->gid, 0};
    struct group *dip = getgrnam("dip");

    if (dip) ids[1] = dip->gr_gid;
    snprintf(groups, sizeof(groups), "%u", (unsigned int)lane->uid);
    if (lane->uid && (setgroups(dip ? 2 : 1, ids) || setgid(lane->gid) || setuid(lane->uid))) die("user %s", groups);
}

static void exec_attach(const struct lane *lane, int fd)
{
    const char *rasmand = environment("WINERAS_RASMAND");
    char log[300];
    int out;

    snprintf(log, sizeof(log), "%s/rasmand.log", lane->dir);
    setpgid(0, 0);
    become_user(lane);
    setenv("XDG_RUNTIME_DIR", lane->dir, 1);
    setenv("WINERAS_CONFIG", lane->dir, 1);
    setenv("WINERAS_LINGER_MS", "100", 1);
    setenv("HOME", lane->dir, 1);
    if ((out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600)) < 0) die("%s", log);
    dup2(fd, 0);
    dup2(out, 2);
    execl(rasmand, rasmand, "--attach", "-f", "-v", (char *)NULL);
    die("%s", rasmand);
}

bool program_begin(struct lane *lane, struct session *session, pid_t *attach)
{
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) return false;
    if (!(*attach = fork())) exec_attach(lane, pair[1]);
    close(pair[1]);
    session_init(session, pair[0], NULL);
    return *attach > 0;
}

void wineserver_begin(struct lane *lane)
{
    struct wire_msg msg;
    int status;

    if (!(lane->wineserver = fork()))
    {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        prctl(PR_SET_NAME, "wineserver");
        close(lane->program.fd);
        raise(SIGSTOP); /* the name is there */
        for (;;) pause();
    }
    if (lane->wineserver < 0 || waitpid(lane->wineserver, &status, WUNTRACED) != lane->wineserver)
        die("no wineserver");
    wire_init(&msg, WIRE_server, 0);
    msg.u.server.process = (uint32_t)lane->wineserver;
    session_send(&lane->program, &msg);
}

void wineserver_end(struct lane *lane)
{
    stop(&lane->wineserver);
}

/* Dials by TCP, and is connected when this returns. */
static void begin_bystander(struct lane *lane)
{
    char text[600];
    struct wire_msg msg;
    uint32_t error;

    wire_init(&msg, WIRE_dial, 0);
    WIRE_SET_TEXT(msg.u.dial.device_type, "tcp");
    WIRE_SET_TEXT(msg.u.dial.device_name, "Bystander");
    snprintf(text, sizeof(text), "127.0.0.1:%u", PORT_BASE + lane->index);
    WIRE_SET_TEXT(msg.u.dial.number, text);
    WIRE_SET_TEXT(msg.u.dial.entry, "bystander");
    if ((error = session_dial_message(&lane->other, &msg, &lane->bystander, NULL)))
        die("the bystander's dial fails with %u", (unsigned int)error);
    session_notices(&lane->other, text, sizeof(text));
    if (!strchr(text, 'C')) die("the bystander is not connected: %s", text);
}

static void write_devices(const struct lane *lane)
{
    static const char *const modems[] = {"modem", "hasty modem"};
    char path[300], text[2000];
    unsigned int i;
    int n;

    n = snprintf(text, sizeof(text),
                 "[Bystander]\ntype = tcp\n\n[cable]\ntype = serial\npath = %s\nspeed = 115200\n", lane->tty);
    for (i = 0; i < 2; i++)
        n += snprintf(text + n, sizeof(text) - (size_t)n,
                      "\n[%s]\ntype = modem\npath = %s\nspeed = 115200\nanswer-timeout = %ds\n", modems[i], lane->tty,
                      i ? 1 : 60);
    snprintf(path, sizeof(path), "%s/devices.conf", lane->dir);
    write_file(path, text);
    snprintf(path, sizeof(path), "%s/plan", lane->dir);
    write_file(path, "5550001 silence\n5550003 silence\n* connect\n");
}

void world_begin(struct lane *lane, bool has_bystander)
{
    char where[64], log[300];

    write_devices(lane);
    snprintf(where, sizeof(where), "127.0.0.1:%u", PORT_BASE + lane->index);
    if (has_bystander && !lane->server)
        lane->server = start_hayes(lane, "bystander", "tcp", where, "none", 160 + lane->index);
    snprintf(log, sizeof(log), "%s/rasmand.log", lane->dir);
    if (lane->log >= 0) close(lane->log);
    if ((lane->log = open(log, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) < 0) die("%s", log);
    if (fchown(lane->log, lane->uid, lane->gid)) die("%s", log);
    lseek(lane->log, 0, SEEK_END);
    lane->log_len = 0;
    if (!program_begin(lane, &lane->other, &lane->manager) || !session_hello(&lane->other)) die("no manager");
    if (has_bystander) begin_bystander(lane);
}

void world_end(struct lane *lane)
{
    double end = now_ms() + 20000;

    if (lane->server) session_hangup(&lane->other, lane->bystander, 0);
    if (lane->other.fd >= 0) session_close(&lane->other);
    while (lane->manager && !waitpid(lane->manager, NULL, WNOHANG))
    {
        if (now_ms() > end) die("the manager does not leave");
        pause_ms(10);
    }
    stop(&lane->server);
}

/* ---- what happens --------------------------------------------------------------- */

static enum conn_state state_named(const char *name)
{
    int state;

    for (state = 1; state < ST_COUNT; state++)
        if (!strcmp(conn_states[state].name, name)) return (enum conn_state)state;
    return ST_NONE;
}

/* "rasmand: HANDLE: OLD -> NEW (EVENT)" */
static void log_says(struct lane *lane)
{
    unsigned int handle;
    char text[64];

    if (sscanf(lane->log_line, "rasmand: %u: %*[A-Z_] -> %63[A-Z_] (", &handle, text) == 2 && handle == lane->handle)
        lane->seen[lane->state = state_named(text)] = true;
    if (sscanf(lane->log_line, "rasmand: %u: %63s", &handle, text) == 2 && handle == lane->handle &&
        !strcmp(text, "closed"))
        lane->over = true;
}

static void read_log(struct lane *lane)
{
    char buf[4096];
    ssize_t got, i;

    while ((got = read(lane->log, buf, sizeof(buf))) > 0)
        for (i = 0; i < got; i++)
        {
            if (buf[i] != '\n' && lane->log_len < sizeof(lane->log_line) - 1) lane->log_line[lane->log_len++] = buf[i];
            if (buf[i] != '\n') continue;
            lane->log_line[lane->log_len] = 0;
            lane->log_len = 0;
            log_says(lane);
        }
}

static void message(struct lane *lane, const struct wire_msg *msg)
{
    if (msg->type == WIRE_notice && msg->u.notice.handle == lane->handle)
    {
        lane->notice = msg->u.notice;
        lane->outstanding = !(msg->u.notice.flags & WIRE_NOTICE_LAST);
        if (msg->u.notice.error || msg->u.notice.state == RAS_STATE_Disconnected) lane->told = true;
    }
    if (msg->type == WIRE_change && msg->u.change.id == WATCH && (msg->u.change.flags & RASCN_DISCONNECTION))
        lane->told = true;
}

static void read_program(struct lane *lane)
{
    struct session *s = &lane->program;
    struct wire_msg msg;
    ssize_t got;
    int len;

    while (s->fd >= 0)
    {
        while ((len = wire_decode(&msg, s->in, s->in_len, WIRE_MANAGER)) > 0)
        {
            s->in_len -= (size_t)len;
            memmove(s->in, s->in + len, s->in_len);
            message(lane, &msg);
        }
        if (len < 0) die("the manager sends nonsense");
        got = recv(s->fd, s->in + s->in_len, sizeof(s->in) - s->in_len, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0)
        {
            close(s->fd);
            s->fd = -1;
            lane->ended = lane->told = true;
            return;
        }
        s->in_len += (size_t)got;
    }
}

void world_look(struct lane *lane)
{
    struct pollfd p = {lane->program.fd, POLLIN, 0};

    poll(&p, 1, 5);
    read_program(lane);
    read_log(lane);
}

void acknowledge(struct lane *lane)
{
    if (!lane->outstanding || lane->program.fd < 0) return;
    lane->outstanding = false;
    session_notice_done(&lane->program, &lane->notice);
}

/* ---- as before? --------------------------------------------------------------------- */

static bool has_entries(const char *path)
{
    struct dirent *entry;
    DIR *dir = opendir(path);
    bool found = false;

    if (!dir) return false;
    while ((entry = readdir(dir)))
        if (entry->d_name[0] != '.') found = true;
    closedir(dir);
    return found;
}

/* A route to the peer of this line, or to its interface. */
static bool has_route(const struct lane *lane)
{
    char text[16384], address[16];
    size_t len;

    snprintf(address, sizeof(address), "\t01%02X400A\t", 120 + lane->index);
    return read_file("/proc/net/route", text, sizeof(text), &len) && strstr(text, address);
}

/* A line gets another tty when it is hung up, maybe with the same name. */
static bool is_same_tty(const struct lane *lane)
{
    char path[300], text[16384], *first;
    size_t len;

    snprintf(path, sizeof(path), "%s/line.log", lane->dir);
    if (!read_file(path, text, sizeof(text), &len) || !(first = strstr(text, "* tty "))) return false;
    return !strstr(first + 1, "* tty ");
}

static bool tty_differs(const struct lane *lane)
{
    struct termios now;
    bool differs;
    int fd;

    if (!is_same_tty(lane)) return false;
    if ((fd = open(lane->real_tty, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)) < 0) return false;
    differs = !tcgetattr(fd, &now) && (now.c_iflag != lane->settings.c_iflag || now.c_oflag != lane->settings.c_oflag ||
                                       now.c_cflag != lane->settings.c_cflag || now.c_lflag != lane->settings.c_lflag);
    close(fd);
    return differs;
}

const char *left_behind(struct lane *lane, const struct fault *fault)
{
    char path[400];
    struct wire_status status;

    if (is_locked(lane)) return "the lock of the line";
    if (find_process(0, lane->real_tty)) return "pppd";
    if (has_route(lane)) return "a route";
    snprintf(path, sizeof(path), "%s/wineras", lane->dir);
    if (fault->ends_manager)
    {
        if (has_entries(path)) return "files of the manager";
    }
    else
    {
        if (lane->handle && session_status(&lane->other, lane->handle, &status) != 6) return "the handle";
        if (session_count(&lane->other, WIRE_ENUM_ALL) != 1) return "a connection";
    }
    if (!fault->ends_line && tty_differs(lane)) return "the settings of the tty";
    return NULL;
}

void check_bystander(struct lane *lane)
{
    struct wire_status status = {0};
    char command[100];

    if (session_status(&lane->other, lane->bystander, &status) || status.state != RAS_STATE_Connected)
        complain(lane, "the bystander is not connected any more");
    snprintf(command, sizeof(command), "ping -c 1 -W 10 10.64.%u.1 > /dev/null 2>&1", 160 + lane->index);
    if (system(command)) complain(lane, "the bystander's link carries nothing");
}
