/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * linkdrive - plays the manager for one link: starts a peer and pppd with the
 * plugin on the two ends of a pty, prints what the plugin says, and acts on it.
 * A test tool; not the manager.
 *
 *   linkdrive [-U USER] [-c FILE] [-r FILE] [-b NUMBER] [-n NETWORK] [-x COMMAND] [-w SECONDS] [-t SECONDS]
 *             [-a EVENT=ACTION]... -s PEER -- PPPD ARGUMENT...
 *
 * -U  run pppd as this user (needs root); -c file whose two lines are name and
 * password; -r file of the same with the answers to what the link waits for, after -w
 * seconds each: name and password, or old and new password when that has expired; -b how to
 * be called back, after -w seconds: a number, "" not at all, "preset" at the peer's; -n
 * flags of link_network,metric,name server,name server,suffix; -x shell command of "show"; -s shell
 * command of the peer, its standard input and output are the line.
 * @FD@ in an argument becomes the number of the plugin's socket.
 * EVENT: a message without "link_", phase=N, or ip6_up: the ip_up that tells of IPv6.  ACTION: hangup (message), close
 * (end of the manager), term (SIGTERM), kill (SIGKILL to pppd), stop-peer (peer
 * falls silent), kill-peer (line is lost), inspect (print pppd's command line
 * and environment when they can be read), show (run a command),
 * wakeups (print how often an idle pppd wakes in 3 seconds).
 *
 * The last line is "result cause=NAME error=N connected=0|1 status=N".
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pty.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "ras_wire.h"
#include "tables.h"

#define ACTIONS_MAX 8

static struct
{
    const char *event;
    const char *action;
} actions[ACTIONS_MAX];
static unsigned int action_count;

static const struct passwd *user; /* who runs pppd; NULL: who runs this */
static int manager_fd = -1;
static pid_t peer_pid;
static pid_t pppd_pid;
static struct timespec started;
static FILE *answers; /* credentials for held refusals; NULL: none is held */
static unsigned int think_seconds;
static const char *callback; /* NULL: not offered */
static const char *network;  /* NULL: none is sent */
static const char *show_command;

static struct
{
    bool seen;
    uint32_t cause;
    uint32_t error;
    bool connected;
} result;

static void die(const char *what)
{
    perror(what);
    if (peer_pid > 0) kill(-peer_pid, SIGKILL);
    exit(99);
}

static double elapsed(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - started.tv_sec) + (double)(now.tv_nsec - started.tv_nsec) / 1e9;
}

static void send_message(const struct wire_msg *msg)
{
    uint8_t packet[4096];
    size_t len = wire_encode(msg, packet, sizeof(packet));

    if (!len || send(manager_fd, packet, len, MSG_NOSIGNAL) != (ssize_t)len) perror("send");
}

/* Root is needed for the peer alone; all else happens as the user would do it. */
static void as_user(bool on)
{
    if (user && seteuid(on ? user->pw_uid : 0)) die("seteuid");
}

static void read_line(FILE *f, char *line, size_t size)
{
    if (fgets(line, (int)size, f)) line[strcspn(line, "\n")] = 0;
}

/* The next two lines of the file are name and password. */
static void send_credentials(FILE *f, uint32_t hold)
{
    char name[256] = "", password[772] = "";
    struct wire_msg msg;

    read_line(f, name, sizeof(name));
    read_line(f, password, sizeof(password));
    wire_init(&msg, WIRE_link_credentials, 0);
    msg.u.link_credentials.hold = hold;
    WIRE_SET_TEXT(msg.u.link_credentials.user, name);
    WIRE_SET_TEXT(msg.u.link_credentials.password, password);
    send_message(&msg);
}

/* The next two lines are the old password and the new one. */
static void send_password(FILE *f, uint32_t hold)
{
    char old_password[772] = "", password[772] = "";
    struct wire_msg msg;

    read_line(f, old_password, sizeof(old_password));
    read_line(f, password, sizeof(password));
    wire_init(&msg, WIRE_link_password, 0);
    msg.u.link_password.hold = hold;
    WIRE_SET_TEXT(msg.u.link_password.password, password);
    WIRE_SET_TEXT(msg.u.link_password.old_password, old_password);
    send_message(&msg);
}

static void send_callback(uint32_t hold)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_link_callback, 0);
    msg.u.link_callback.hold = hold;
    msg.u.link_callback.delay = 10;
    msg.u.link_callback.type = WIRE_CALLBACK_CALLER;
    if (!*callback) msg.u.link_callback.type = WIRE_CALLBACK_NONE;
    if (!strcmp(callback, "preset")) msg.u.link_callback.type = WIRE_CALLBACK_PRESET;
    WIRE_SET_TEXT(msg.u.link_callback.number, callback);
    send_message(&msg);
}

/* FLAGS,METRIC,SERVER,SERVER,SUFFIX; what is left out at the end is 0 or "". */
static void send_network(void)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_link_network, 0);
    sscanf(network, "%u,%u,%15[^,],%15[^,],%255s", &msg.u.link_network.flags, &msg.u.link_network.metric,
           msg.u.link_network.dns1, msg.u.link_network.dns2, msg.u.link_network.dns_suffix);
    msg.u.link_network.metric6 = msg.u.link_network.metric;
    send_message(&msg);
}

/* Queue what the plugin reads when its option is parsed. */
static void send_configuration(const char *file)
{
    struct wire_msg msg;
    FILE *f;

    wire_init(&msg, WIRE_link_config, 0);
    msg.u.link_config.version = WIRE_VERSION;
    msg.u.link_config.connection = 1;
    msg.u.link_config.protocols = WIRE_PROTO_IPV4;
    if (answers)
    {
        msg.u.link_config.hold = WIRE_HOLD_AUTH_FAIL | WIRE_HOLD_EAP;
        msg.u.link_config.hold_seconds = 30;
    }
    if (callback) msg.u.link_config.hold |= WIRE_HOLD_CALLBACK;
    send_message(&msg);
    if (network) send_network();
    if (!file) return;
    if (!(f = fopen(file, "r"))) die(file);
    send_credentials(f, 0);
    fclose(f);
}

static void print_file(const char *name)
{
    char path[64], text[4096];
    ssize_t len, i;
    int fd;

    snprintf(path, sizeof(path), "/proc/%d/%s", (int)pppd_pid, name);
    if ((fd = open(path, O_RDONLY)) < 0)
    {
        printf("inspect %s: %s\n", name, strerror(errno));
        return;
    }
    len = read(fd, text, sizeof(text));
    for (i = 0; i < len; i++)
        if (!text[i] || text[i] == '\n') text[i] = ' ';
    printf("inspect %s: %.*s\n", name, (int)(len < 0 ? 0 : len), text);
    close(fd);
}

/* Times that pppd gave up the processor by itself. */
static long switches(void)
{
    char path[64], line[128];
    long count = -1;
    FILE *f;

    snprintf(path, sizeof(path), "/proc/%d/status", (int)pppd_pid);
    if (!(f = fopen(path, "r"))) return -1;
    while (fgets(line, sizeof(line), f))
        if (!strncmp(line, "voluntary_ctxt_switches:", 24)) count = atol(line + 24);
    fclose(f);
    return count;
}

static void act(const char *action)
{
    struct wire_msg msg;
    long before;

    printf("%7.3f action %s\n", elapsed(), action);
    if (!strcmp(action, "hangup"))
    {
        wire_init(&msg, WIRE_link_hangup, 0);
        send_message(&msg);
    }
    else if (!strcmp(action, "close"))
    {
        close(manager_fd);
        manager_fd = -1;
    }
    else if (!strcmp(action, "term"))
    {
        as_user(true);
        kill(pppd_pid, SIGTERM);
        as_user(false);
    }
    else if (!strcmp(action, "kill"))
    {
        as_user(true);
        kill(pppd_pid, SIGKILL);
        as_user(false);
    }
    else if (!strcmp(action, "stop-peer"))
        kill(-peer_pid, SIGSTOP);
    else if (!strcmp(action, "kill-peer"))
        kill(-peer_pid, SIGKILL);
    else if (!strcmp(action, "inspect"))
    {
        print_file("cmdline");
        print_file("environ");
    }
    else if (!strcmp(action, "show"))
    {
        fflush(stdout);
        if (!show_command || system(show_command)) fprintf(stderr, "the command failed\n");
    }
    else if (!strcmp(action, "wakeups"))
    {
        sleep(2); /* let what belongs to the beginning pass */
        before = switches();
        sleep(3);
        printf("wakeups %ld\n", switches() - before);
    }
    else
        fprintf(stderr, "unknown action %s\n", action);
}

static void check_actions(const char *event)
{
    unsigned int i;

    for (i = 0; i < action_count; i++)
        if (actions[i].event && !strcmp(actions[i].event, event))
        {
            actions[i].event = NULL;
            act(actions[i].action);
        }
}

static void answer(uint32_t hold, uint32_t error)
{
    if (!hold) return;
    sleep(think_seconds);
    printf("%7.3f answer\n", elapsed());
    if (error == 648)
        send_password(answers, hold);
    else
        send_credentials(answers, hold);
}

static void handle(const struct wire_msg *msg)
{
    char text[2048], event[32];

    printf("%7.3f %s\n", elapsed(), wire_dump(msg, text, sizeof(text)));
    fflush(stdout);
    if (msg->type == WIRE_link_cause)
    {
        if (result.seen) printf("a second cause\n");
        result.seen = true;
        result.cause = msg->u.link_cause.cause;
        result.error = msg->u.link_cause.error;
    }
    if (msg->type == WIRE_link_ip_up) result.connected = true;
    if (msg->type == WIRE_link_auth_fail) answer(msg->u.link_auth_fail.hold, msg->u.link_auth_fail.error);
    if (msg->type == WIRE_link_eap_wanted) answer(msg->u.link_eap_wanted.hold, 0);
    if (msg->type == WIRE_link_callback_asked && callback)
    {
        sleep(think_seconds);
        send_callback(msg->u.link_callback_asked.hold);
    }
    if (msg->type == WIRE_link_phase)
    {
        snprintf(event, sizeof(event), "phase=%u", (unsigned int)msg->u.link_phase.phase);
        check_actions(event);
    }
    check_actions(wire_name(msg->type) + 5);
    if (msg->type == WIRE_link_ip_up && msg->u.link_ip_up.local6[0]) check_actions("ip6_up");
}

static pid_t start_peer(const char *command, int line)
{
    pid_t pid = fork();

    if (pid < 0) die("fork");
    if (pid) return pid;
    setsid();
    dup2(line, 0);
    dup2(line, 1);
    closefrom(3);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

static pid_t start_pppd(char **argv, int line, int plugin_fd)
{
    static char number[16];
    pid_t pid;
    int i;

    snprintf(number, sizeof(number), "%d", plugin_fd);
    for (i = 0; argv[i]; i++)
        if (!strcmp(argv[i], "@FD@")) argv[i] = number;
    if ((pid = fork()) < 0) die("fork");
    if (pid) return pid;
    setsid();
    if (user && (initgroups(user->pw_name, user->pw_gid) || setgid(user->pw_gid) || setuid(user->pw_uid)))
        die("setuid");
    dup2(line, 0);
    dup2(line, 1);
    fcntl(plugin_fd, F_SETFD, 0);
    execv(argv[0], argv);
    perror(argv[0]);
    _exit(127);
}


int main(int argc, char **argv)
{
    const char *peer = NULL, *credentials = NULL;
    int limit = 60, c, master, slave, pair[2], status = 0, left;
    struct termios raw;
    struct wire_msg msg;
    struct pollfd pfd;
    uint8_t packet[4096];
    ssize_t len;
    char *equals;

    while ((c = getopt(argc, argv, "+U:c:r:b:n:x:w:t:a:s:")) != -1)
        switch (c)
        {
        case 'r':
            if (!(answers = fopen(optarg, "r"))) die(optarg);
            break;
        case 'b': callback = optarg; break;
        case 'n': network = optarg; break;
        case 'x': show_command = optarg; break;
        case 'w': think_seconds = (unsigned int)atoi(optarg); break;
        case 'U':
            if (!(user = getpwnam(optarg))) die(optarg);
            break;
        case 'c': credentials = optarg; break;
        case 't': limit = atoi(optarg); break;
        case 's': peer = optarg; break;
        case 'a':
            if (!(equals = strrchr(optarg, '=')) || action_count == ACTIONS_MAX) return 2;
            *equals = 0;
            actions[action_count].event = optarg;
            actions[action_count++].action = equals + 1;
            break;
        default: return 2;
        }
    if (!peer || optind >= argc) return 2;
    clock_gettime(CLOCK_MONOTONIC, &started);
    setvbuf(stdout, NULL, _IOLBF, 0);

    if (openpty(&master, &slave, NULL, NULL, NULL)) die("openpty");
    tcgetattr(slave, &raw);
    cfmakeraw(&raw);
    tcsetattr(slave, TCSANOW, &raw);
    fcntl(master, F_SETFD, FD_CLOEXEC);
    fcntl(slave, F_SETFD, FD_CLOEXEC);
    if (user && fchown(slave, user->pw_uid, (gid_t)-1)) die("fchown");
    peer_pid = start_peer(peer, master);
    close(master);

    as_user(true);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair)) die("socketpair");
    as_user(false);
    manager_fd = pair[0];
    send_configuration(credentials);
    pppd_pid = start_pppd(argv + optind, slave, pair[1]);
    close(pair[1]);
    close(slave);

    while (manager_fd >= 0)
    {
        left = (int)((limit - elapsed()) * 1000);
        pfd.fd = manager_fd;
        pfd.events = POLLIN;
        if (left <= 0 || poll(&pfd, 1, left) <= 0)
        {
            printf("time limit\n");
            kill(pppd_pid, SIGKILL);
            break;
        }
        len = recv(manager_fd, packet, sizeof(packet), 0);
        /* A plugin that closes before it has read all resets, once; what it sent comes after that. */
        if (len < 0 && errno == ECONNRESET) continue;
        if (len <= 0) break;
        if (wire_decode(&msg, packet, (size_t)len, WIRE_PLUGIN) != (int)len)
        {
            printf("malformed message\n");
            break;
        }
        handle(&msg);
    }
    /* After the end of the socket only pppd's exit is waited for. */
    while (waitpid(pppd_pid, &status, WNOHANG) == 0)
    {
        if (elapsed() > limit)
        {
            printf("time limit\n");
            kill(pppd_pid, SIGKILL);
        }
        usleep(20000);
    }
    printf("%7.3f pppd ended\n", elapsed());
    kill(-peer_pid, SIGKILL);
    printf("result cause=%s error=%u connected=%d status=%d\n", result.seen ? ras_cause_name(result.cause) : "(none)",
           (unsigned int)result.error, result.connected,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
