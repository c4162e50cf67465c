/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * walk.c - every fault in every state of a connection, with the real manager, pppd and
 * peers: when was the program told, when was everything as before.
 *
 *   walk -u UID -g GID -d DIR [-s STATE] FAULT...
 *
 * Each fault is gone through by a process of its own, all at the same time.  Prints a
 * line a case: "FAULT<tab>STATE<tab>told ms<tab>clean ms<tab>how", before them
 * "-<tab>STATE<tab>" for each state with why it is not gone through, and "=<tab>FAULT"; status 1 when
 * a case has a complaint.  Environment: BUILD, SRC, WINERAS_RASMAND, FAULTS_PEER (a process in the
 * peers' name spaces).
 */
#include "faults.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define STATE_MS 60000 /* to get into a state */
#define TOLD_MS  40000
#define CLEAN_MS 40000
#define LOOK_MS  20 /* looking costs more than waiting */

struct result
{
    double told, clean;
    const char *how;
};

static const char *only_state;

/* ---- the way into a state ----------------------------------------------------------- */

static void run_until(struct lane *lane, enum conn_state state, bool acknowledges, bool stays)
{
    double end = now_ms() + STATE_MS;

    memset(lane->seen, 0, sizeof(lane->seen));
    for (;;)
    {
        world_look(lane);
        if (lane->state == state || (lane->seen[state] && !stays) || lane->why[0]) return;
        if (acknowledges) acknowledge(lane);
        if (now_ms() > end)
            complain(lane, "%s is not reached, the connection is in %s", conn_states[state].name,
                     conn_states[lane->state].name ? conn_states[lane->state].name : "no state");
    }
}

static uint32_t dial(struct lane *lane, struct session *session, const struct way *way, uint32_t *handle)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_dial, 0);
    WIRE_SET_TEXT(msg.u.dial.entry, session == &lane->program ? "walk" : "before");
    WIRE_SET_TEXT(msg.u.dial.device_type, strstr(way->line, "modem") ? "modem" : "serial");
    WIRE_SET_TEXT(msg.u.dial.device_name, way->line);
    if (strstr(way->line, "modem")) WIRE_SET_TEXT(msg.u.dial.number, way->number ? way->number : "5550100");
    WIRE_SET_TEXT(msg.u.dial.alternates, way->alternates ? way->alternates : "");
    WIRE_SET_TEXT(msg.u.dial.user, "alice");
    WIRE_SET_TEXT(msg.u.dial.password, way->password ? way->password : getenv("FAULTS_PASSWORD"));
    WIRE_SET_TEXT(msg.u.dial.callback_number, way->callback ? way->callback : "");
    msg.u.dial.options = session == &lane->program ? way->options | WIRE_DIAL_ACKNOWLEDGED : 0;
    msg.u.dial.redial_count = 3;
    msg.u.dial.redial_pause = 10;
    return session_dial_message(session, &msg, handle, NULL);
}

static void resume(struct lane *lane, const struct way *way)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_resume, 0);
    msg.u.resume.handle = lane->handle;
    WIRE_SET_TEXT(msg.u.resume.user, "alice");
    WIRE_SET_TEXT(msg.u.resume.password, way->password && *way->password ? "wrong again" : getenv("FAULTS_PASSWORD"));
    WIRE_SET_TEXT(msg.u.resume.callback_number, "5551");
    session_send(&lane->program, &msg);
}

/* Nothing is waited for: notices would get lost. */
static void watch(struct lane *lane)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_watch, 0);
    msg.u.watch.id = WATCH;
    msg.u.watch.since = WIRE_WATCH_FROM_NOW;
    msg.u.watch.handle = lane->handle;
    msg.u.watch.flags = RASCN_DISCONNECTION;
    session_send(&lane->program, &msg);
}

static void hang_up(struct lane *lane)
{
    struct wire_msg msg;

    wire_init(&msg, WIRE_hangup, 0);
    msg.u.hangup.handle = lane->handle;
    session_send(&lane->program, &msg);
}

static void call_before(struct lane *lane, const struct way *way)
{
    char notices[600];
    uint32_t handle;

    if (dial(lane, &lane->other, way, &handle)) complain(lane, "the call before fails");
    session_notices(&lane->other, notices, sizeof(notices));
    if (!strchr(notices, 'C')) complain(lane, "the call before is not connected: %s", notices);
    session_hangup(&lane->other, handle, 0);
}

static void step(struct lane *lane, const struct way *way, const char *word, bool is_last)
{
    enum conn_state state = ST_NONE;
    int i;

    for (i = 1; i < ST_COUNT; i++)
        if (!strcmp(conn_states[i].name, word + (*word == '!'))) state = (enum conn_state)i;
    if (state)
        run_until(lane, state, *word != '!', is_last);
    else if (!strcmp(word, "freeze"))
        kill(find_peer(lane), SIGSTOP);
    else if (!strcmp(word, "drop"))
        kill(find_peer(lane), SIGTERM);
    else if (!strcmp(word, "term"))
        kill(find_pppd(lane), SIGTERM);
    else if (!strcmp(word, "resume"))
    {
        acknowledge(lane);
        resume(lane, way);
    }
    else if (!strcmp(word, "hangup"))
        hang_up(lane);
    else if (!strcmp(word, "others"))
        session_hangup(&lane->other, lane->handle, 0);
    else
        die("no step \"%s\"", word);
}

static void go(struct lane *lane, const struct way *way)
{
    char words[200], *word, *rest;
    pid_t attach;

    snprintf(words, sizeof(words), "%s", way->way);
    rest = words;
    if (!strncmp(words, "before ", 7))
    {
        call_before(lane, way);
        strsep(&rest, " ");
    }
    if (!program_begin(lane, &lane->program, &attach) || !session_hello(&lane->program)) die("no program");
    waitpid(attach, NULL, 0);
    wineserver_begin(lane);
    if (dial(lane, &lane->program, way, &lane->handle))
    {
        complain(lane, "the dial fails");
        return;
    }
    watch(lane);
    while ((word = strsep(&rest, " ")) && !lane->why[0]) step(lane, way, word, !rest);
}

/* ---- what comes of it ---------------------------------------------------------------- */

static bool is_held(enum conn_state state)
{
    return conn_states[state].holds <= HOLDS_LINK;
}

/* The machine asks its user, or goes on where nobody can be told yet. */
static bool may_hang_up(const struct lane *lane, const struct fault *fault, enum conn_state struck)
{
    if (fault->unfelt || (struck != ST_CONNECTED && lane->state == ST_CONNECTED)) return true;
    if (lane->state != struck) return (conn_states[lane->state].published & RAS_STATE_PAUSED) != 0;
    return !is_held(struck) || conn_states[struck].holds == HOLDS_DOWN;
}

/* The program's handlers return at once again; it hangs up as soon as there is nothing
 * to wait for. */
static void react(struct lane *lane, const struct fault *fault, enum conn_state struck, struct result *result)
{
    double began = now_ms();

    result->told = -1;
    while (!lane->told && !lane->over && !may_hang_up(lane, fault, struck))
    {
        world_look(lane);
        acknowledge(lane);
        if (now_ms() - began > TOLD_MS)
        {
            complain(lane, "the program is not told, the connection is in %s", conn_states[lane->state].name);
            break;
        }
    }
    if (lane->told) result->told = now_ms() - began;
    if (lane->told && lane->ended) result->how = "session lost";
    else if (lane->told) result->how = "told";
    else if (fault->unfelt) result->how = "hung up";
    else if (lane->state == ST_CONNECTED) result->how = "went on";
    else if (struck == ST_LOST) result->how = "lost before";
    else result->how = is_held(struck) || conn_states[struck].holds == HOLDS_DOWN ? "asked" : "ending";
    if (lane->program.fd >= 0) hang_up(lane);
}

static void await_clean(struct lane *lane, const struct fault *fault, double began, struct result *result)
{
    const char *left;

    while ((left = left_behind(lane, fault)))
    {
        pause_ms(LOOK_MS);
        world_look(lane);
        acknowledge(lane);
        if (now_ms() - began < CLEAN_MS) continue;
        complain(lane, "%s is left behind", left);
        break;
    }
    result->clean = now_ms() - began;
}

static bool outlives_program(enum conn_state state)
{
    return state == ST_CONNECTED || state == ST_LOST;
}

/* A connection that is up stays up without its program; one that was lost comes back. */
static void check_survivor(struct lane *lane)
{
    struct wire_status status;
    double began = now_ms();

    for (;;)
    {
        memset(&status, 0, sizeof(status));
        if (session_status(&lane->other, lane->handle, &status) || status.error || now_ms() - began > CLEAN_MS)
        {
            complain(lane, "the connection has gone with its program");
            break;
        }
        if (status.state == RAS_STATE_Connected) break;
        pause_ms(LOOK_MS);
        world_look(lane);
    }
    if (session_hangup(&lane->other, lane->handle, 0)) complain(lane, "nobody else can hang it up");
}

static bool has_link(enum conn_state state)
{
    return conn_states[state].holds == HOLDS_LINK || state == ST_FAILING_LINK || state == ST_ENDING_LINK;
}

/* false: the fault is not possible in this state. */
static bool run_case(struct lane *lane, const struct fault *fault, const struct way *way, struct result *result)
{
    enum conn_state struck;
    bool done = false;
    double began;

    lane->state = ST_NONE;
    lane->why[0] = 0;
    lane->handle = 0;
    lane->over = lane->outstanding = lane->told = lane->ended = false;
    if (fault->needs_link && !has_link(way->state)) return false;
    line_begin(lane, strstr(way->line, "modem") ? "modem" : "cable", way->profile);
    go(lane, way);
    struck = lane->state;
    lane->told = false;
    began = now_ms();
    if (!lane->why[0] && (done = fault->strike(lane)))
    {
        if (fault->ends_program && outlives_program(struck))
        {
            result->told = -1;
            result->how = struck == ST_LOST ? "comes back" : "stays up";
            check_survivor(lane);
        }
        else if (fault->ends_program)
        {
            result->told = -1;
            result->how = "ended";
        }
        else
            react(lane, fault, struck, result);
        await_clean(lane, fault, began, result);
    }
    line_end(lane);
    wineserver_end(lane);
    if (lane->program.fd >= 0) session_close(&lane->program);
    if (fault->ends_manager && done)
    {
        waitpid(lane->manager, NULL, 0);
        session_close(&lane->other);
        lane->other.fd = -1;
        world_begin(lane, !fault->ends_manager);
    }
    else if (!done)
        await_clean(lane, fault, began, result);
    if (!fault->ends_manager) check_bystander(lane);
    return done;
}

static int walk(struct lane *lane, const struct fault *fault, unsigned int part)
{
    struct result result;
    unsigned int i, count = 0;
    int failed = 0;
    bool done;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (mkdir(lane->dir, 0700) || chown(lane->dir, lane->uid, lane->gid)) die("%s", lane->dir);
    snprintf(lane->tty, sizeof(lane->tty), "%s/tty", lane->dir);
    lane->log = -1;
    world_begin(lane, !fault->ends_manager);
    for (i = 1; i < ST_COUNT; i++)
    {
        if (!ways[i].line) die("no row for %s", conn_states[i].name);
        if (!ways[i].way || count++ % fault->parts != part) continue;
        if (only_state && strcmp(only_state, conn_states[i].name)) continue;
        memset(&result, 0, sizeof(result));
        done = run_case(lane, fault, &ways[i], &result);
        if (done && result.told < 0)
            printf("%s\t%s\t-\t%.0f\t%s\n", fault->name, conn_states[i].name, result.clean, result.how);
        else if (done)
            printf("%s\t%s\t%.0f\t%.0f\t%s\n", fault->name, conn_states[i].name, result.told, result.clean, result.how);
        else
            printf("%s\t%s\t-\t-\timpossible\n", fault->name, conn_states[i].name);
        if (lane->why[0])
        {
            printf("! %s in %s: %s\n", fault->name, conn_states[i].name, lane->why);
            failed = 1;
        }
        fflush(stdout);
    }
    world_end(lane);
    return failed;
}

static const struct fault *find_fault(const char *option)
{
    unsigned int i;

    for (i = 0; i < faults_count; i++)
        if (!strcmp(faults[i].option, option)) return &faults[i];
    die("no fault \"%s\"", option);
}

int main(int argc, char **argv)
{
    static struct lane lane;
    const char *dir = NULL;
    const struct fault *fault;
    unsigned int part, lanes = 0;
    int option, status, failed = 0, i;

    while ((option = getopt(argc, argv, "u:g:d:s:")) != -1)
    {
        switch (option)
        {
        case 'u': lane.uid = (uid_t)atoi(optarg); break;
        case 'g': lane.gid = (gid_t)atoi(optarg); break;
        case 'd': dir = optarg; break;
        case 's': only_state = optarg; break;
        default: return 2;
        }
    }
    if (!dir || optind == argc) die("usage: walk -u UID -g GID -d DIR [-s STATE] FAULT...");
    signal(SIGPIPE, SIG_IGN);
    for (i = 1; i < ST_COUNT; i++)
        printf("-\t%s\t%s\n", conn_states[i].name, ways[i].line && !ways[i].way ? ways[i].line : "");
    for (i = optind; i < argc; i++) printf("=\t%s\n", find_fault(argv[i])->name);
    fflush(stdout);
    for (; optind < argc; optind++)
        for (fault = find_fault(argv[optind]), part = 0; part < fault->parts; part++)
        {
            lane.index = lanes++;
            snprintf(lane.dir, sizeof(lane.dir), "%s/%s-%u", dir, fault->option, part);
            if (!fork()) exit(walk(&lane, fault, part));
        }
    while (wait(&status) > 0)
        if (status) failed = 1;
    return failed;
}
