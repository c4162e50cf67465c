/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * manager.c - hostile programs and hostile plugins at the manager, message after message: the
 * real sessions, state machine and pppd's link in one process; no pppd runs, and no time passes
 * but what is made to.  A program with a connection of its own, that follows the rules, must not
 * notice; after each session nothing of the others may be left.
 *
 *   manager [-messages=N] [-seed=N] [-log]
 *
 * Counted is what programs and plugins have sent.  The same seed gives the same messages.  In a
 * run that is long enough for it, connections must have been in every state where pppd runs, and
 * every kind of message must have come.
 */
#include "config.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "../client_stubs.h"
#include "../session.h"
#include "random.h"

#define PROGRAMS_MAX 5
#define PLUGINS_MAX  (FIXTURE_PORTS + 4) /* those of bundles stay after their link */
#define HANDLES_MAX  8
#define STEPS        250
#define LONG_RUN     500000u
#define HANG_SECONDS 60

#define CHECK(condition) do { if (!(condition)) failed(#condition, __LINE__); } while (0)

/* ---- what is known of the run ------------------------------------------------------------- */

enum kind
{
    GOOD,      /* a whole message, with fields that make sense mostly */
    FOREIGN,   /* whole, and another's to send */
    REPEATED,
    CHANGED,   /* some bytes */
    TRUNCATED,
    TRAILING,
    HUGE,
    GARBAGE,
    BYTEWISE,
    KINDS
};

static const char *const kind_names[KINDS] = {
    "good", "foreign", "repeated", "changed", "truncated", "trailing", "huge", "garbage", "byte by byte",
};

static unsigned long long wanted = 20000, seed = 1, messages, sessions, answers, reports;
static unsigned long long seen_kinds[2][KINDS], seen_states[ST_COUNT];

static void failed(const char *condition, int line)
{
    fprintf(stderr, "manager.c:%d: %s; seed %llu, session %llu, message %llu\n", line, condition, seed, sessions,
            messages);
    abort();
}

static void on_hang(int number)
{
    (void)number;
    failed("the manager comes to an end", __LINE__);
}

/* ---- log.c ----------------------------------------------------------------------------------- */

static bool is_verbose;

/* Most states don't last until somebody could look. */
static void note_state(const char *name)
{
    size_t len = strcspn(name, " ");
    unsigned int i;

    for (i = 1; i < ST_COUNT; i++)
        if (strlen(conn_states[i].name) == len && !memcmp(conn_states[i].name, name, len)) seen_states[i]++;
}

static void log_line(uint32_t conn, const char *format, va_list args)
{
    char line[2048];

    vsnprintf(line, sizeof(line), format, args);
    if (!strncmp(format, "%s -> ", 6)) note_state(strstr(line, " -> ") + 4);
    if (is_verbose) fprintf(stderr, "%llu: %u: %s\n", sessions, (unsigned int)conn, line);
}

#define LOG(name)                                     \
    void name(uint32_t conn, const char *format, ...) \
    {                                                 \
        va_list args;                                 \
                                                      \
        va_start(args, format);                       \
        log_line(conn, format, args);               \
        va_end(args);                                 \
    }

LOG(log_warn)
LOG(log_warnx)
LOG(log_info)
LOG(log_debug)

void fatal(const char *format, ...)
{
    (void)format;
    failed("no fatal error", __LINE__);
    abort();
}

/* ---- time and chance ---------------------------------------------------------------------------- */

ssize_t __wrap_getrandom(void *buf, size_t len, unsigned int flags);
int __wrap_clock_gettime(clockid_t id, struct timespec *now);

ssize_t __wrap_getrandom(void *buf, size_t len, unsigned int flags)
{
    (void)flags;
    memset(buf, (int)random_below(256), len);
    return (ssize_t)len;
}

int __wrap_clock_gettime(clockid_t id, struct timespec *now)
{
    (void)id;
    now->tv_sec = (time_t)(1000 + messages / 10);
    now->tv_nsec = 0;
    return 0;
}

/* ---- processes: pppd with its plugin -------------------------------------------------------- */

struct plugin
{
    pid_t pid; /* 0: there is none */
    int fd;    /* the plugin's end */
    child_exit_fn *fn;
    void *context;
    bool is_ending;
    unsigned int step; /* of the course */
};

int __real_socketpair(int domain, int type, int protocol, int fds[2]);
int __wrap_socketpair(int domain, int type, int protocol, int fds[2]);
int __wrap_kill(pid_t pid, int sig);

static struct plugin plugins[PLUGINS_MAX];
static int plugin_end = -1; /* of the pppd that is being started */

int __wrap_socketpair(int domain, int type, int protocol, int fds[2])
{
    int result = __real_socketpair(domain, type, protocol, fds);

    if (result || !(type & SOCK_SEQPACKET & ~SOCK_STREAM)) return result;
    if (plugin_end >= 0) close(plugin_end);
    plugin_end = dup(fds[1]);
    return result;
}

static struct plugin *plugin_of(pid_t pid)
{
    unsigned int i;

    for (i = 0; i < PLUGINS_MAX && plugins[i].pid != pid; i++) {}
    CHECK(i < PLUGINS_MAX);
    return &plugins[i];
}

pid_t child_fork(void)
{
    static pid_t last = 0x40000000;
    struct plugin *plugin = plugin_of(0);

    if (one_in(50))
    {
        errno = EAGAIN;
        return -1;
    }
    memset(plugin, 0, sizeof(*plugin));
    plugin->pid = ++last;
    plugin->fd = plugin_end;
    plugin_end = -1;
    return plugin->pid;
}

void child_watch(pid_t pid, child_exit_fn *fn, void *context)
{
    struct plugin *plugin = plugin_of(pid);

    plugin->fn = fn;
    plugin->context = context;
}

void child_unwatch(pid_t pid)
{
    plugin_of(pid)->fn = NULL;
}

int __wrap_kill(pid_t pid, int sig)
{
    CHECK(sig == SIGTERM || sig == SIGHUP || sig == SIGKILL);
    plugin_of(pid)->is_ending = true;
    return 0;
}

static void end_plugin(struct plugin *plugin)
{
    struct plugin ended = *plugin;

    if (plugin->fd >= 0) close(plugin->fd);
    plugin->pid = 0;
    if (ended.fn) ended.fn(ended.context, one_in(4) ? SIGKILL : (int)random_below(256) << 8);
}

/* ---- programs --------------------------------------------------------------------------------- */

struct program
{
    int fd; /* -1: gone */
    bool is_deaf;
    uint32_t handle, sequence, state; /* of the last notice */
    size_t in_len, last_len;
    uint8_t in[65536], last[WIRE_MESSAGE_MAX];
};

static struct program programs[PROGRAMS_MAX];
static struct session keeper;
static uint32_t kept;
static uint32_t handles[HANDLES_MAX];
static uint32_t handle_now, phase_now; /* what makes sense next */

static void turn(void)
{
    event_base_loop(loop, EVLOOP_NONBLOCK);
}

static void remember(uint32_t handle)
{
    if (handle && handle != kept) handles[random_below(HANDLES_MAX)] = handle;
}

static void say_done(struct program *program)
{
    struct wire_msg msg;
    uint8_t frame[64];
    size_t len;

    wire_init(&msg, WIRE_notice_done, 0);
    msg.u.notice_done.handle = program->handle;
    msg.u.notice_done.sequence = program->sequence;
    len = wire_encode(&msg, frame, sizeof(frame));
    if (send(program->fd, frame, len, MSG_DONTWAIT | MSG_NOSIGNAL) > 0) messages++;
}

static void hear(struct program *program, const struct wire_msg *msg)
{
    answers++;
    if (msg->type == WIRE_dialing) remember(msg->u.dialing.handle);
    if (msg->type == WIRE_connection) remember(msg->u.connection.handle);
    if (msg->type == WIRE_link) remember(msg->u.link.handle);
    if (msg->type != WIRE_notice) return;
    program->handle = msg->u.notice.handle;
    program->sequence = msg->u.notice.sequence;
    program->state = msg->u.notice.state;
    if (!one_in(6)) say_done(program);
}

static void leave(struct program *program)
{
    if (program->fd >= 0) close(program->fd);
    program->fd = -1;
}

/* Whatever the manager says is a message of a manager. */
static void read_answers(struct program *program)
{
    struct wire_msg msg;
    ssize_t got;
    int len;

    while (program->fd >= 0 && !program->is_deaf)
    {
        got = recv(program->fd, program->in + program->in_len, sizeof(program->in) - program->in_len, MSG_DONTWAIT);
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0)
        {
            leave(program);
            return;
        }
        program->in_len += (size_t)got;
        while ((len = wire_decode(&msg, program->in, program->in_len, WIRE_MANAGER)) > 0)
        {
            hear(program, &msg);
            program->in_len -= (size_t)len;
            memmove(program->in, program->in + len, program->in_len);
        }
        CHECK(len == WIRE_INCOMPLETE);
    }
}

static void come(struct program *program)
{
    int fds[2];

    memset(program, 0, sizeof(*program));
    if (__real_socketpair(AF_UNIX, SOCK_STREAM, 0, fds)) abort();
    program->fd = fds[0];
    program->is_deaf = one_in(20);
    CHECK(client_create(fds[1]));
}

/* ---- messages ------------------------------------------------------------------------------------ */

static bool is_named(const char *field, const char *name)
{
    return !strcmp(field, name);
}

static uint32_t number_for(const char *field)
{
    if (one_in(20)) return some_number();
    if (is_named(field, "handle")) return one_in(3) ? handles[random_below(HANDLES_MAX)] : handle_now;
    if (is_named(field, "magic")) return WIRE_MAGIC;
    if (is_named(field, "version")) return WIRE_VERSION;
    if (is_named(field, "sub_entry")) return random_below(4);
    if (is_named(field, "sub_entries")) return random_below(4);
    if (is_named(field, "links")) return one_in(3) ? 2 + random_below(2) : random_below(2);
    if (is_named(field, "phase")) return one_in(8) ? random_below(13) : phase_now;
    if (is_named(field, "hold")) return random_below(3);
    if (is_named(field, "redial_count") || is_named(field, "redial_pause")) return random_below(5);
    if (is_named(field, "types")) return random_below(32);
    if (is_named(field, "error")) return one_in(2) ? 0 : one_in(2) ? 691 : 600 + random_below(300);
    if (is_named(field, "retry")) return random_below(2);
    if (is_named(field, "options"))
        return WIRE_DIAL_ACKNOWLEDGED | random_below(2) | (one_in(3) ? WIRE_DIAL_RECONNECT : 0) |
               (one_in(6) ? random_below(0x8000) : 0);
    if (is_named(field, "ppp_options")) return some_number() & (one_in(4) ? ~0u : ~0xffu);
    if (is_named(field, "extra_seconds") || is_named(field, "less_seconds")) return random_below(2);
    return one_in(2) ? random_below(16) : some_number();
}

/* Mostly short, sometimes as long as it can be; size: with its end. */
static void text_for(const char *field, char *text, size_t size)
{
    static const char *const numbers[] = {"ok", "ok", "ok", "login", "retry", "retry-redial", "eap", "callback", "slow",
                                          "password-expired", "busy", "port-busy", "load", "link-died", "unexpected"};
    static const char letters[] = "alice;|`$'\"\\ \n\r\t%s-@/.0123456789\x01\x7f\xc3\xa4\xff\xed\xa0\x80";
    size_t len = one_in(8) ? size - 1 : random_below(24), i;

    if (one_in(8))
    {
        for (i = 0; i < len && i + 1 < size; i++) text[i] = letters[random_below(sizeof(letters) - 1)];
        text[i] = 0;
        return;
    }
    text[0] = 0;
    if (is_named(field, "number"))
        wire_set_text(text, size, numbers[random_below(sizeof(numbers) / sizeof(*numbers))]);
    else if (is_named(field, "alternates"))
        wire_set_text(text, size, one_in(2) ? "busy\nok" : "");
    else if (is_named(field, "entry") && one_in(2))
        snprintf(text, size, "Entry %u", (unsigned int)random_below(4));
    else if (is_named(field, "device_name") && one_in(2))
        snprintf(text, size, "Fake %u", 2 + (unsigned int)random_below(FIXTURE_PORTS - 1));
    else if (is_named(field, "callback_number") && one_in(2))
        wire_set_text(text, size, one_in(2) ? "*" : "555 0100");
    else if (is_named(field, "password"))
        wire_set_text(text, size, one_in(2) ? FAKE_PASSWORD : "wrong");
}

static uint16_t bytes_for(uint8_t *bytes, uint16_t max)
{
    uint16_t len = (uint16_t)(one_in(2) ? max : random_below(max + 1u)), i;

    for (i = 0; i < len; i++) bytes[i] = one_in(8) ? '\r' : (uint8_t)random_below(256);
    return len;
}

/* A function for each message. */
#define MESSAGE(name, number, senders)                 \
    static void fill_##name(struct wire_##name *msg)   \
    {                                                  \
        (void)msg;
#define U32(field)         msg->field = number_for(#field);
#define U64(field)         msg->field = one_in(2) ? some_number() : (uint64_t)some_number() << 32;
#define TEXT(field, max)   text_for(#field, msg->field, (max) + 1u);
#define SECRET(field, max) text_for(#field, msg->field, (max) + 1u);
#define BYTES(field, max)  msg->field##_len = bytes_for(msg->field, (max));
#define END(name)                                      \
    }
#include "ras_wire.def"

static const struct
{
    uint16_t type;
    unsigned int senders;
} types[] = {
#define MESSAGE(name, number, senders) {WIRE_##name, senders},
#include "ras_wire.def"
};

static void fill(struct wire_msg *msg)
{
    switch (msg->type)
    {
#define MESSAGE(name, number, senders) case WIRE_##name: fill_##name(&msg->u.name); break;
#include "ras_wire.def"
    }
}

static uint16_t some_type(unsigned int sender, bool is_theirs)
{
    unsigned int i;

    do i = random_below(sizeof(types) / sizeof(*types));
    while (((types[i].senders & sender) != 0) != is_theirs);
    return types[i].type;
}

/* What the kept connection's own program alone may do. */
static bool touches_kept(const uint8_t *frame, size_t len)
{
    static struct wire_msg msg;

    if (wire_decode(&msg, frame, len, WIRE_CLIENT) <= 0) return false;
    return msg.type == WIRE_hangup && msg.u.hangup.handle == kept;
}

static size_t make_frame(uint8_t *frame, enum kind kind, unsigned int sender, uint16_t type)
{
    static struct wire_msg msg;
    size_t len, i;

    if (kind == GARBAGE)
    {
        len = 1 + random_below(64);
        for (i = 0; i < len; i++) frame[i] = (uint8_t)random_below(256);
        return len;
    }
    wire_init(&msg, kind == FOREIGN ? some_type(sender, false) : type, some_number());
    fill(&msg);
    CHECK((len = wire_encode(&msg, frame, WIRE_MESSAGE_MAX)));
    switch (kind)
    {
    case CHANGED:
        for (i = 1 + random_below(4); i; i--) frame[random_below((uint32_t)len)] ^= (uint8_t)(1 + random_below(255));
        break;
    case TRUNCATED:
        len = random_below((uint32_t)len);
        break;
    case TRAILING:
        for (i = 1 + random_below(16); i && len < WIRE_MESSAGE_MAX; i--) frame[len++] = (uint8_t)random_below(256);
        break;
    case HUGE:
        frame[2 + random_below(2)] = (uint8_t)(1 + random_below(255));
        break;
    default:
        break;
    }
    return len;
}

static void send_from_program(struct program *program, enum kind kind, uint16_t type)
{
    uint8_t frame[WIRE_MESSAGE_MAX];
    size_t len, i, step;

    len = make_frame(frame, kind, WIRE_CLIENT, type);
    if (kind == REPEATED && program->last_len) memcpy(frame, program->last, len = program->last_len);
    if (touches_kept(frame, len)) return;
    if (kind == GOOD) memcpy(program->last, frame, program->last_len = len);
    step = kind == BYTEWISE && len < 200 ? 1 : len;
    for (i = 0; i < len; i += step)
    {
        if (send(program->fd, frame + i, step, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) break;
        turn();
    }
    messages++;
    seen_kinds[0][kind]++;
}

static void send_from_plugin(struct plugin *plugin, enum kind kind, uint16_t type)
{
    uint8_t frame[WIRE_MESSAGE_MAX];
    size_t len = make_frame(frame, kind, WIRE_PLUGIN, type);

    if (plugin->fd < 0 || send(plugin->fd, frame, len, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) return;
    messages++;
    reports++;
    seen_kinds[1][kind]++;
}

/* ---- what happens ------------------------------------------------------------------------------------ */

static struct event *some_timer;
static unsigned int timers;

static int choose_timer(const struct event_base *base, const struct event *event, void *context)
{
    (void)base;
    (void)context;
    if (event_get_fd(event) != -1 || !event_pending(event, EV_TIMEOUT, NULL) || random_below(++timers)) return 0;
    some_timer = (struct event *)(uintptr_t)event;
    return 0;
}

static void fire_timer(void)
{
    timers = 0;
    event_base_foreach_event(loop, choose_timer, NULL);
    if (timers) event_active(some_timer, EV_TIMEOUT, 0);
}

static enum kind some_kind(unsigned int malice)
{
    enum kind kind = (enum kind)(1 + random_below(KINDS - 1));

    return one_in(malice) ? kind : GOOD;
}

static void act_program(struct program *program, unsigned int malice)
{
    handle_now = program->handle;
    if (program->fd < 0)
    {
        come(program);
        if (!one_in(10)) send_from_program(program, GOOD, WIRE_hello);
    }
    else if (one_in(100))
        leave(program);
    else if (one_in(100))
        shutdown(program->fd, one_in(2) ? SHUT_RD : SHUT_WR);
    else if (one_in(3))
        say_done(program);
    else if ((program->state & RAS_STATE_PAUSED) && one_in(2))
        send_from_program(program, some_kind(malice), one_in(4) ? WIRE_old_password : WIRE_resume);
    else
        send_from_program(program, some_kind(malice), one_in(3) ? WIRE_dial : some_type(WIRE_CLIENT, true));
}

/* The course of a link that comes up, mostly. */
static void act_plugin(struct plugin *plugin, unsigned int malice)
{
    static const struct
    {
        uint16_t type;
        uint32_t phase;
    } course[] = {{WIRE_link_hello, 0},   {WIRE_link_lcp_up, 0}, {WIRE_link_phase, 5},
                  {WIRE_link_auth_ok, 0}, {WIRE_link_phase, 7},  {WIRE_link_ip_up, 0}};

    if (one_in(60) || (plugin->is_ending && one_in(3)))
        end_plugin(plugin);
    else if (one_in(100))
    {
        close(plugin->fd);
        plugin->fd = -1;
    }
    else if (plugin->step < sizeof(course) / sizeof(*course) && (!plugin->step || one_in(2)))
    {
        phase_now = course[plugin->step].phase;
        send_from_plugin(plugin, some_kind(malice), course[plugin->step++].type);
    }
    else
    {
        if (one_in(4)) plugin->step = (one_in(2) ? 1 : 3);
        send_from_plugin(plugin, some_kind(malice), some_type(WIRE_PLUGIN, true));
    }
}

/* NULL: there is none. */
static struct plugin *some_plugin(void)
{
    struct plugin *plugin = NULL;
    unsigned int i, count = 0;

    for (i = 0; i < PLUGINS_MAX; i++)
        if (plugins[i].pid && !random_below(++count)) plugin = &plugins[i];
    return plugin;
}

static void read_all_answers(void)
{
    unsigned int i;

    for (i = 0; i < PROGRAMS_MAX; i++) read_answers(&programs[i]);
}

/* Connected, and told of nothing. */
static void check_kept(void)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_get_status, 0);
    msg.u.get_status.handle = kept;
    CHECK(session_send(&keeper, &msg));
    CHECK(session_recv(&keeper, &msg));
    CHECK(msg.type == WIRE_status && msg.serial == keeper.serial);
    CHECK(msg.u.status.state == 0x2000 && !msg.u.status.error);
}

static void end_all(void)
{
    unsigned int i, turns;
    struct conn *c;

    for (i = 0; i < PROGRAMS_MAX; i++) leave(&programs[i]);
    turn();
    for (c = conn_first(); c; c = LIST_NEXT(c, all))
        if (c->handle != kept) conn_post(c, EV_HANGUP, 0);
    for (turns = 0; turns < 10; turns++)
    {
        turn();
        for (i = 0; i < PLUGINS_MAX; i++)
            if (plugins[i].pid) end_plugin(&plugins[i]);
    }
    CHECK(conn_first() && conn_first()->handle == kept && !LIST_NEXT(conn_first(), all));
    for (i = 1; i < FIXTURE_PORTS; i++) CHECK(!fixture_ports[i].conn);
    for (i = 0; i < PLUGINS_MAX; i++) CHECK(!plugins[i].pid);
}

static void run_session(void)
{
    static int free_fd = -1;
    unsigned int malice, step;
    int fd;

    random_begin(seed, sessions);
    alarm(HANG_SECONDS);
    malice = one_in(4) ? 2 : 30;
    for (step = 0; step < STEPS; step++)
    {
        struct plugin *plugin = some_plugin();

        if (plugin && !one_in(3))
            act_plugin(plugin, malice);
        else if (one_in(50))
            fire_timer();
        else
            act_program(&programs[random_below(PROGRAMS_MAX)], malice);
        if (!one_in(4)) turn();
        read_all_answers();
    }
    check_kept();
    end_all();
    check_kept();
    if (plugin_end >= 0) close(plugin_end);
    plugin_end = -1;
    /* No descriptor is left. */
    CHECK((fd = dup(0)) >= 0);
    close(fd);
    if (free_fd < 0) free_fd = fd;
    CHECK(fd == free_fd);
    sessions++;
}

/* ---- the run ------------------------------------------------------------------------------------------- */

static void begin(void)
{
    static struct transport with_pppd;
    char states[256];
    int fds[2], i;

    signal(SIGPIPE, SIG_IGN);
    signal(SIGALRM, on_hang);
    if (!(loop = event_base_new())) abort();
    client_stubs_init();
    with_pppd = transport_fake;
    with_pppd.link = &link_pppd;
    for (i = 2; i < FIXTURE_PORTS; i++) fixture_devices[i].transport = &with_pppd;
    for (i = 0; i < PROGRAMS_MAX; i++) programs[i].fd = -1;
    if (__real_socketpair(AF_UNIX, SOCK_STREAM, 0, fds)) abort();
    CHECK(client_create(fds[1]));
    session_init(&keeper, fds[0], turn);
    CHECK(session_hello(&keeper));
    CHECK(!session_dial(&keeper, "Kept", "ok", WIRE_DIAL_ACKNOWLEDGED, &kept, NULL));
    session_notices(&keeper, states, sizeof(states));
    check_kept();
}

static int print_seen(void)
{
    unsigned int i, side, missing = 0;

    for (side = 0; side < 2; side++)
    {
        printf("%s:", side ? "plugins" : "programs");
        for (i = 0; i < KINDS; i++)
        {
            printf(" %s %llu%s", kind_names[i], seen_kinds[side][i], i + 1 < KINDS ? "," : "\n");
            missing += !seen_kinds[side][i] && !(side && (i == REPEATED || i == BYTEWISE));
        }
    }
    printf("states never seen:");
    for (i = 1; i < ST_COUNT; i++)
    {
        if (seen_states[i]) continue;
        printf(" %s", conn_states[i].name);
        missing += conn_states[i].holds == HOLDS_LINK;
    }
    printf("\n");
    return missing && wanted >= LONG_RUN;
}

int main(int argc, char **argv)
{
    int i;

    for (i = 1; i < argc; i++)
    {
        if (!strncmp(argv[i], "-messages=", 10)) wanted = strtoull(argv[i] + 10, NULL, 10);
        if (!strncmp(argv[i], "-seed=", 6)) seed = strtoull(argv[i] + 6, NULL, 10);
        if (!strcmp(argv[i], "-log")) is_verbose = true;
    }
    begin();
    while (messages < wanted) run_session();
    i = print_seen();
    printf("seed %llu: %llu messages, %llu of them of plugins, %llu answers, %llu sessions\n", seed, messages, reports,
           answers, sessions);
    return i;
}
