/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * faults.h - what the parts of walk share: states.c says how a connection gets into each
 * state, fault.c what breaks there, world.c who takes part and whether all is as before,
 * walk.c goes through the states and writes what it measured.
 */
#ifndef FAULTS_H
#define FAULTS_H

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

#include "conn.h"
#include "session.h"

/* How to get into a state and to stay there.  Words of the way:
 *   STATE   acknowledge notices until the manager is in it, or has been, but for the last one
 *   !STATE  the same without: the program's handler runs on
 *   freeze  the peer's pppd stops; drop: it hangs up
 *   resume  the program resumes the paused connection
 *   hangup  it hangs up; others: another program does
 *   term    somebody sends SIGTERM to our pppd
 *   before  another program's call on this line is being hung up when the dial begins
 * A row without a way has the reason why nobody can be held there. */
struct way
{
    enum conn_state state;
    const char *line;     /* modem, hasty modem (gives up early), cable; or the reason */
    const char *profile;  /* of pppserver.sh */
    const char *way;
    uint32_t options;     /* WIRE_DIAL_* */
    const char *number;
    const char *alternates;
    const char *password; /* NULL: the right one */
    const char *callback;
};

extern const struct way ways[ST_COUNT];

#define WATCH 1u /* what the program calls its watch for the end */

/* One kind of fault at a time, with a manager, a line and programs of its own. */
struct lane
{
    unsigned int index;
    char dir[200];
    char tty[210];         /* a link to what hayes made */
    uid_t uid;
    gid_t gid;

    pid_t manager;
    pid_t hayes;
    pid_t server;          /* of the bystander's line */
    struct session other;  /* another program, which has begun the manager and a connection */
    struct session program;
    pid_t wineserver;      /* as the program has it */
    uint32_t bystander;
    uint32_t handle;

    char real_tty[64];
    struct termios settings;
    int log;
    char log_line[1024];
    size_t log_len;
    enum conn_state state; /* of the program's connection, by the manager's log */
    bool seen[ST_COUNT];   /* states of this step of the way */
    bool over;             /* it has been closed, by the log */

    bool outstanding;      /* a notice that is not acknowledged */
    struct wire_notice notice;
    bool told;
    bool ended;            /* the program's session */
    char why[400];         /* the first complaint of the case */
};

struct fault
{
    const char *name;   /* of the table's row */
    const char *option;
    /* false: there is nothing that could break in this state. */
    bool (*strike)(struct lane *lane);
    bool needs_link;    /* what breaks is there only with PPP */
    bool ends_manager;
    bool unfelt;        /* nobody could notice: the program has to hang up */
    bool ends_program;
    bool ends_line;
    unsigned int parts; /* lanes that share its states */
};

extern const struct fault faults[];
extern const unsigned int faults_count;

/* ---- world.c ------------------------------------------------------------------ */

void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
/* The first complaint counts. */
void complain(struct lane *lane, const char *format, ...) __attribute__((format(printf, 2, 3)));
double now_ms(void);
void pause_ms(int ms);

/* The manager, and the bystander's connection. */
void world_begin(struct lane *lane, bool has_bystander);
void world_end(struct lane *lane);
void line_begin(struct lane *lane, const char *kind, const char *profile);
void line_end(struct lane *lane);
/* A program's session: starts the attach step. */
bool program_begin(struct lane *lane, struct session *session, pid_t *attach);
/* The program's process of that name, which its session tells of. */
void wineserver_begin(struct lane *lane);
void wineserver_end(struct lane *lane);
/* Read what the manager has logged and said. */
void world_look(struct lane *lane);
void acknowledge(struct lane *lane);
/* Processes: pppd on this line; the peer on it; the process of the peer's line. */
pid_t find_pppd(const struct lane *lane);
pid_t find_peer(const struct lane *lane);
/* What is not as it was before the dial, or NULL. */
const char *left_behind(struct lane *lane, const struct fault *fault);
/* The bystander's link is up and carries packets. */
void check_bystander(struct lane *lane);

#endif
