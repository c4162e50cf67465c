/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn.h - what conn.c (the objects), conn_fsm.c (their states) and client.c (the
 * programs that ask) share.  Ports, links and transports need rasmand.h only.
 */
#ifndef CONN_H
#define CONN_H

#include "rasmand.h"

#include <sys/queue.h>

/* STATE(name, published RASCONNSTATE, time limit in ms (0 none), holds, final?)
 * holds: what has to be taken down when the state is left for good.
 * FAILING and FAILED keep status and error for the program, ENDING does not.
 * REFUSED and RETRY, EAP_NOTIFY and EAP_UI come in two kinds: the link is held, or it
 * goes down and the resume dials again.  EXPIRED and PASSWORD need the link: nothing can
 * be changed without it.  Call back: CALLBACK_* negotiate it, from PREPARE on the link goes
 * down and the port stays ours.  LOST: a link that was up, or another try of it, goes down and is
 * dialled again, if the entry wants it.  The terminal or script of an entry is a device of its own, a
 * switch, before or after the one that dials.  BUNDLE: links are dialled, each by these states. */
#define CONN_STATES(STATE)                                             \
    STATE(NEW, OpenPort, 0, NOTHING, false)                            \
    STATE(OPEN_PORT, OpenPort, 0, NOTHING, false)                      \
    STATE(OPENING, OpenPort, 60000, PORT, false)                       \
    STATE(PORT_OPENED, PortOpened, 0, PORT, false)                     \
    STATE(SWITCH_BEFORE, ConnectDevice, 0, PORT, false)                \
    STATE(PAUSE_BEFORE, Interactive, 0, PORT, false)                   \
    STATE(SWITCHED_BEFORE, DeviceConnected, 0, PORT, false)            \
    STATE(CONNECT_DEVICE, ConnectDevice, 0, PORT, false)               \
    STATE(CONNECTING, ConnectDevice, 0, PORT, false)                   \
    STATE(NEXT_NUMBER, ConnectDevice, 60000, PORT, false)              \
    STATE(DEVICE_CONNECTED, DeviceConnected, 0, PORT, false)           \
    STATE(SWITCH_AFTER, ConnectDevice, 0, PORT, false)                 \
    STATE(PAUSE_AFTER, Interactive, 0, PORT, false)                    \
    STATE(ALL_CONNECTED, AllDevicesConnected, 0, PORT, false)          \
    STATE(LCP, AllDevicesConnected, 120000, LINK, false)               \
    STATE(AUTHENTICATE, Authenticate, 180000, LINK, false)             \
    STATE(REFUSED, AuthNotify, 0, LINK, false)                         \
    STATE(REFUSED_DOWN, AuthNotify, 0, DOWN, false)                    \
    STATE(RETRY, RetryAuthentication, 0, LINK, false)                  \
    STATE(RETRY_DOWN, RetryAuthentication, 0, DOWN, false)             \
    STATE(EAP_NOTIFY, AuthNotify, 0, LINK, false)                      \
    STATE(EAP_NOTIFY_DOWN, AuthNotify, 0, DOWN, false)                 \
    STATE(EAP_UI, InvokeEapUI, 0, LINK, false)                         \
    STATE(EAP_UI_DOWN, InvokeEapUI, 0, DOWN, false)                    \
    STATE(EAP_ANSWERED, Authenticate, 180000, LINK, false)             \
    STATE(AUTH_RETRY, AuthRetry, 180000, LINK, false)                  \
    STATE(REDIAL, AuthRetry, 0, DOWN, false)                           \
    STATE(REOPENING, AuthRetry, 60000, PORT, false)                    \
    STATE(EXPIRED, AuthNotify, 0, LINK, false)                         \
    STATE(PASSWORD, PasswordExpired, 0, LINK, false)                   \
    STATE(CHANGE_PASSWORD, AuthChangePassword, 180000, LINK, false)    \
    STATE(AUTH_NOTIFY, AuthNotify, 120000, LINK, false)                \
    STATE(AUTH_CALLBACK, AuthCallback, 0, LINK, false)                 \
    STATE(CALLBACK_SENT, AuthCallback, 60000, LINK, false)             \
    STATE(CALLBACK_SET, CallbackSetByCaller, 0, LINK, false)           \
    STATE(CALLBACK_GIVEN, CallbackSetByCaller, 60000, LINK, false)     \
    STATE(PREPARE, PrepareForCallback, 0, LINK, false)                 \
    STATE(PREPARED, PrepareForCallback, 0, LINK, false)                \
    STATE(PREPARE_DOWN, PrepareForCallback, 0, PORT, false)            \
    STATE(RESET, WaitForModemReset, 0, PORT, false)                    \
    STATE(RESETTING, WaitForModemReset, 0, PORT, false)                \
    STATE(AWAIT_CALL, WaitForCallback, 0, PORT, false)                 \
    STATE(AWAITING_CALL, WaitForCallback, 0, PORT, false)              \
    STATE(CALLED, ReAuthenticate, 0, PORT, false)                      \
    STATE(REAUTHENTICATE, ReAuthenticate, 180000, LINK, false)         \
    STATE(AUTH_PROJECT, AuthProject, 0, LINK, false)                   \
    STATE(AUTHENTICATED, Authenticated, 120000, LINK, false)           \
    STATE(PROJECTED, Projected, 0, LINK, false)                        \
    STATE(BUNDLE, OpenPort, 0, LINK, false)                            \
    STATE(CONNECTED, Connected, 0, LINK, false)                        \
    STATE(LOST, OpenPort, 0, DOWN, false)                              \
    STATE(FAILING_LINK, Disconnected, 0, CLOSING, false)               \
    STATE(FAILING_PORT, Disconnected, 0, CLOSING, false)               \
    STATE(FAILED, Disconnected, 0, CLOSED, false)                      \
    STATE(ENDING_LINK, Disconnected, 0, CLOSING, false)                \
    STATE(ENDING_PORT, Disconnected, 0, CLOSING, false)                \
    STATE(GONE, Disconnected, 0, CLOSED, true)

enum conn_state
{
    ST_NONE, /* an empty cell */
#define STATE(name, published, timeout, holds, final) ST_##name,
    CONN_STATES(STATE)
#undef STATE
    ST_COUNT
};

enum conn_holds
{
    HOLDS_NOTHING,
    HOLDS_DOWN, /* link and port go down, or have, and the connection lives on */
    HOLDS_PORT,
    HOLDS_LINK,
    HOLDS_CLOSING, /* on the way down already */
    HOLDS_CLOSED
};

struct conn_state_info
{
    const char *name;
    uint32_t published;
    unsigned int timeout;
    enum conn_holds holds;
    bool final;
};

struct conn_notice
{
    struct conn *link;  /* of a bundle, that waits for the handler; or NULL */
    uint32_t sub_entry;
    uint32_t state;
    uint32_t error;
    bool last;
};

struct conn_queued
{
    enum conn_event event;
    uint32_t error;
};

/* A program that dialled this connection, and how often. */
struct conn_holder
{
    LIST_ENTRY(conn_holder) of_conn;
    LIST_ENTRY(conn_holder) of_client;
    struct conn *conn;
    struct client *client;
    unsigned int refs; /* 0: it has hung up all of its dials */
};
LIST_HEAD(conn_holders, conn_holder);

/* What RasConnectionNotification watches, and the number of the last change of each kind.  Each
 * change has a number, greater than those of all before, also of managers before this one. */
#define RASCN_CONNECTION        0x01u
#define RASCN_DISCONNECTION     0x02u
#define RASCN_BANDWIDTH_ADDED   0x04u
#define RASCN_BANDWIDTH_REMOVED 0x08u
#define RASCN_DORMANT           0x10u
#define RASCN_RECONNECTION      0x20u
#define RASCN_ALL               0x7fu
#define RASCN_KINDS             7

struct change_log
{
    uint64_t last[RASCN_KINDS];
};

#define CONN_QUEUE_MAX   32
#define CONN_NOTICES_MAX 16 /* of one link that wait: a link that fails has to tell what led to it */
#define CONN_MAX         1024 /* at a time */

struct conn
{
    LIST_ENTRY(conn) all;
    LIST_ENTRY(conn) of_place; /* with the same one in conn.c's table of entries, where it has one */
    bool has_place;
    uint32_t handle;
    enum conn_state state;
    uint32_t error;            /* shown with Disconnected */
    struct wire_dial dial;     /* has the password: wiped when freed */
    char old_password[sizeof(((struct wire_dial *)0)->password)]; /* the same */
    bool has_old_password;     /* by RasSetOldPassword; else it is that of the attempt */
    struct client *client;     /* hears the notices; NULL when it is gone */
    struct conn_holders holders;
    unsigned int refs;         /* successful dials that are not hung up yet */

    struct conn *bundle;       /* this is a link of it; or NULL */
    bool joined;               /* ... which has its network protocols by another link */
    struct bundle *links;      /* this is a bundle; or NULL */
    struct port *port;
    const struct link_ops *link;
    void *link_data;
    bool link_running;         /* between start() and EV_LINK_GONE */
    bool waits_for_port;
    uint32_t number_index;     /* in use: 0 that of the dial, else its line in the alternates */
    uint32_t numbers_used;     /* bytes of the alternates that are behind us */
    uint32_t switches;         /* WIRE_DIAL_TERMINAL_*, WIRE_DIAL_SCRIPT that are still to come */
    struct terminal *terminal; /* in a pause of RASCS_Interactive */
    struct wire_projection ip; /* what PPP gave */
    char device_type[65];
    char device_name[DEVICE_NAME_MAX * 3 + 1];
    uint64_t connected_at;     /* ms of CLOCK_BOOTTIME */
    uint64_t luid;
    uint8_t correlation_id[16]; /* a GUID */
    bool announced;            /* to those who watch all connections */
    struct change_log changes; /* for those who watch this one */
    struct link_counters cleared; /* the counters when they were cleared last */

    uint32_t sequence;
    bool outstanding;          /* the program's handler runs */
    uint32_t outstanding_state;
    struct conn *outstanding_link; /* of a bundle, or NULL */
    bool muted;                /* no further notice */
    bool end_told;             /* the last notice has been sent */
    bool hangup_pending;       /* RasHangUp inside the handler */
    bool resumed;              /* EV_RESUME is under way */
    bool reconnecting;         /* it was connected, and is dialled again */
    bool reconnected;          /* and with success */
    uint32_t redials;          /* since the link was lost */
    struct event *redial;      /* the pause between two of them, or NULL */
    uint32_t callback_types;   /* what the peer offers, bits 1 << WIRE_CALLBACK_* */
    bool called_back;          /* or will be: it is not negotiated again */
    uint32_t noticed;          /* published state of the last notice queued */
    bool any_noticed;
    struct conn_notice own_notices[CONN_NOTICES_MAX];
    struct conn_notice *notices; /* its own, or of a bundle as many for each link */
    unsigned int notices_len, notices_max;

    struct conn_queued queue[CONN_QUEUE_MAX];
    unsigned int queue_len;
    bool overflow;             /* more events than the queue holds: something is broken */
    struct event *run;
    struct event *timer;
};

/* ---- conn_fsm.c ------------------------------------------------------------- */

extern const struct conn_state_info conn_states[ST_COUNT];

const char *conn_event_name(enum conn_event event);

/* The cell of the table: the next state, ST_NONE when the event is unexpected.
 * *acts tells whether something is done besides. */
enum conn_state conn_fsm_next(enum conn_state state, enum conn_event event, bool *acts);

/* Handle one event now.  Only conn_run() and tests call this. */
void conn_event(struct conn *c, enum conn_event event, uint32_t error);

/* The number of a link in its entry, from 1; of a bundle: of its first link. */
static inline uint32_t conn_sub_entry(const struct conn *c)
{
    return c->dial.sub_entry ? c->dial.sub_entry : 1;
}

static inline bool conn_is_dialing(const struct conn *c)
{
    return conn_states[c->state].holds <= HOLDS_LINK && c->state != ST_CONNECTED;
}

static inline bool conn_is_closing(const struct conn *c)
{
    return conn_states[c->state].holds == HOLDS_CLOSING || conn_states[c->state].holds == HOLDS_DOWN;
}

/* Does the program have to resume or to hang up?  Paused states share a bit. */
static inline bool conn_is_paused(const struct conn *c)
{
    return (conn_states[c->state].published & RAS_STATE_PAUSED) != 0;
}

/* ---- conn_stats.c: what goes over a connection ---------------------------------- */

/* Of the connection, or of the link of sub_entry where that is not 0.  stats is zero; clear: from now on the
 * counters begin at 0.  0 or a RAS error. */
uint32_t conn_count(struct conn *c, uint32_t sub_entry, bool clear, struct wire_stats *stats);

/* ---- conn_wishes.c: what the program and the entry want ------------------------ */

/* One switch after the call has both. */
#define SWITCHES_AFTER (WIRE_DIAL_TERMINAL_AFTER | WIRE_DIAL_SCRIPT)

/* What an event is when all wishes are taken into account; EV_COUNT: nothing at all. */
enum conn_event conn_wishes_event(struct conn *c, enum conn_event event, uint32_t *error);

/* ---- conn_bundle.c: a connection with several links ------------------------------ */

#define BUNDLE_LINKS_MAX 16

extern const struct link_ops link_bundle;

/* c becomes a bundle, whose first link is that of its own dial.  Then the others are added.  0 or a
 * RAS error. */
uint32_t bundle_create(struct conn *c);
uint32_t bundle_add(struct conn *c, const struct wire_dial *dial);
bool bundle_is_complete(const struct conn *c);
void bundle_free(struct conn *c);
/* A link is freed. */
void bundle_forget(struct conn *link);

/* A link came up; went down, or failed, in the state was. */
void bundle_link_up(struct conn *link);
void bundle_link_down(struct conn *link, enum conn_state was);
/* Some link is in another state: what does it mean to the bundle? */
void bundle_changed(struct conn *c);
/* Are the bundle's network protocols another link's? */
bool bundle_has_other(const struct conn *link);
/* Nothing is left when this one goes. */
bool bundle_is_last(const struct conn *link);
/* The state in which the first link failed. */
uint32_t bundle_failed_state(const struct conn *c);
/* It is up: look whether it needs more links, or less. */
void bundle_up(struct conn *c);
/* The speeds of its links that are up, as far as they are known. */
uint32_t bundle_bps(const struct conn *c);

/* A link by its number, the one that stands for the bundle, the one whose pause the program has
 * heard of; each may be NULL. */
struct conn *bundle_link(const struct conn *c, uint32_t sub_entry);
struct conn *bundle_shown(const struct conn *c);
struct conn *bundle_paused(const struct conn *c);
/* The program has given others: links that are dialled later take them. */
void bundle_set_credentials(struct conn *c, const struct wire_dial *from);

/* ---- conn_callback.c: the peer offers to call back ----------------------------- */

/* What an event is when the program's wishes are taken into account. */
enum conn_event conn_callback_event(struct conn *c, enum conn_event event, uint32_t *error);

/* Actions of the table. */
void conn_callback_answer(struct conn *c, enum conn_event event, uint32_t error);
void conn_callback_agreed(struct conn *c, enum conn_event event, uint32_t error);
void conn_callback_reset(struct conn *c, enum conn_event event, uint32_t error);
void conn_callback_await(struct conn *c, enum conn_event event, uint32_t error);
void conn_callback_none(struct conn *c, enum conn_event event, uint32_t error);

/* ---- conn_numbers.c: an entry with several numbers ------------------------------ */

/* What a failed call is when there is another number to try. */
enum conn_event conn_numbers_event(const struct conn *c, enum conn_event event, uint32_t *error);

/* Action of the table: take the next number; EV_DEVICE_READY follows. */
void conn_numbers_next(struct conn *c, enum conn_event event, uint32_t error);

/* ---- conn_reconnect.c: the link is lost, and the entry wants it back ------------ */

/* Ended on purpose, or by what stays so at the next call: a password that is refused twice may
 * cost the account. */
bool conn_is_final(uint32_t error);
/* Does what failed or was lost with this error end in another dial? */
bool conn_reconnects(const struct conn *c, uint32_t error);
/* It does: the link goes down and nobody is told. */
void conn_reconnect(struct conn *c, uint32_t error);
/* The port is closed: EV_PORT_FREE comes when it is time. */
void conn_reconnect_wait(struct conn *c);
/* It is connected, or over. */
void conn_reconnect_end(struct conn *c);
/* WIRE_SUBSTATE_*: between two dials, in one, or connected by one. */
uint32_t conn_substate(const struct conn *c);

/* ---- conn_failure.c ---------------------------------------------------------- */

/* The dial fails by this event in the state it is in: note the error, and queue the notices
 * that tell the program. */
void conn_tell_failure(struct conn *c, enum conn_event event, uint32_t error);

/* ---- conn_notice.c: what the program hears ----------------------------------- */

/* Queue a notice; it goes out when the program has worked off those before. */
void conn_notice(struct conn *c, uint32_t state, uint32_t error, bool last);
/* Forget those that have not gone out. */
void conn_notices_drop(struct conn *c);
/* A pause of a link may be over. */
void conn_notices_go_on(struct conn *c);
/* A link is freed: nobody waits for its notices. */
void conn_notices_forget(struct conn *link);
/* The program has returned from the notice of this sequence. */
void conn_notice_done(struct conn *c, uint32_t sequence);

/* ---- terminal.c: a port's bytes, while its connection is paused ---------------- */

/* The pause begins: watch the line; its loss is EV_DEVICE_FAILED. */
void terminal_begin(struct conn *c);
/* The pause is over, what is left unread is PPP's.  Frees c->terminal. */
void terminal_end(struct conn *c);

/* The program's requests.  c: its connection, or NULL; results are RAS errors.
 * terminal_send answers by itself, later. */
uint32_t terminal_open(struct conn *c);
void terminal_send(struct conn *c, struct client *client, uint32_t serial, const uint8_t *data, size_t len);
void terminal_receive(struct conn *c, uint32_t max);
uint32_t terminal_settings(struct conn *c, const struct wire_port_settings *settings);

/* ---- conn_queue.c: events that wait ------------------------------------------- */

/* Take the next event that may be handled now.  false: there is none. */
bool conn_queue_next(struct conn *c, struct conn_queued *next);
void conn_queue_drop(struct conn *c, enum conn_event event);

/* ---- conn.c ------------------------------------------------------------------ */

/* RasDial.  Returns 0 and the connection; *existing tells that a reference to a
 * connection that is up was added.  Or a RAS error. */
uint32_t conn_begin(struct client *client, const struct wire_dial *dial, struct conn **c, bool *existing);
/* A further link of a dial with several. */
uint32_t conn_add_link(struct conn *c, struct client *client, const struct wire_dial_link *link);
/* For conn_bundle.c: a connection without program, in ST_NEW; NULL: no memory. */
struct conn *conn_create_link(struct conn *bundle, const struct wire_dial *dial);
/* RasGetSubEntryHandle. */
uint32_t conn_find_link(struct conn *c, uint32_t sub_entry, struct conn **link);
/* To be called after the answer to the dial has gone out: makes the first notice. */
void conn_begin_notices(struct conn *c, struct client *client, bool existing);

/* NULL when the handle is unknown or the connection is over. */
struct conn *conn_find(uint32_t handle);
/* As conn_find(), but also one that is over and has notices to deliver. */
struct conn *conn_find_notified(uint32_t handle);
/* The handle was given away not long ago and its connection is over. */
bool conn_was_known(uint32_t handle);
struct conn *conn_first(void);
/* Is there one that is not over? */
bool conn_any_alive(void);

uint32_t conn_hangup(struct conn *c, struct client *client, bool in_handler);
/* RasDial of a paused connection, with credentials that replace those of the dial. */
uint32_t conn_resume(struct conn *c, struct client *client, const struct wire_resume *resume);
/* RasSetOldPassword. */
uint32_t conn_set_old_password(struct conn *c, struct client *client, const char *password);
/* The script that the program ran for a paused connection has ended. */
uint32_t conn_script_done(struct conn *c, struct client *client, uint32_t error);
/* 0 or 6 when this client has hung up and must see no more of it. */
uint32_t conn_status(const struct conn *c, struct client *client, struct wire_status *status);
void conn_describe(const struct conn *c, struct wire_connection *connection);

/* The program is gone. */
void conn_client_lost(struct client *client);
/* The manager has to leave: hang up everything. */
void conn_hangup_all(void);

/* Called by conn_fsm.c: is there a port that will be free soon, and one became free. */
bool conn_port_will_be_free(const struct conn *except);
void conn_port_became_free(void);

uint64_t conn_clock_ms(void);

/* ---- conn_watch.c: what RasConnectionNotification tells of them --------------- */

/* Once, before everything else. */
void conn_watch_begin(void);

/* Greater than all before, also those of managers before this one. */
uint64_t conn_new_number(void);

/* To be called after the change can be seen.  flags: RASCN_* bits of this one change; Connection
 * when the first link is up, Disconnection when the connection ends, also one that was
 * never up.  Of that only those hear who watch this handle, and it ends their watches. */
void conn_changed(struct conn *c, uint32_t flags);

/* A program wants to watch: fills the answer, which has the id already.  False: it has no watch,
 * the answer says why. */
bool conn_watch(const struct wire_watch *wanted, struct wire_watching *answer);

#endif
