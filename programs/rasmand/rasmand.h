/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * rasmand.h - what the files of the Remote Access Connection Manager share.
 *
 * One thread, one libevent loop, nothing blocks.  The way of a call: client.c
 * reads a dial request, conn.c makes the connection, conn_fsm.c moves it from
 * state to state, port.c and transports/ reach the peer, link_pppd.c runs PPP on
 * what they reached; all of them report by conn_post().
 */
#ifndef RASMAND_H
#define RASMAND_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include <event2/event.h>

#include "errors.h"
#include "ras_wire.h"
#include "tables.h"

struct client;
struct conn;
struct port;

extern struct event_base *loop;

/* ---- log.c: lines start with the connection's number, 0 = none ----------- */

#define LOG_FORMAT(f, a) __attribute__((format(printf, f, a)))

/* To stderr with foreground (-f), else to syslog. */
void log_init(bool foreground, int verbose);
void log_warn(uint32_t conn, const char *format, ...) LOG_FORMAT(2, 3);  /* adds errno */
void log_warnx(uint32_t conn, const char *format, ...) LOG_FORMAT(2, 3);
void log_info(uint32_t conn, const char *format, ...) LOG_FORMAT(2, 3);
void log_debug(uint32_t conn, const char *format, ...) LOG_FORMAT(2, 3);
/* Only while starting. */
void fatal(const char *format, ...) LOG_FORMAT(1, 2) __attribute__((noreturn));

/* ---- conn.c, conn_fsm.c: connections ------------------------------------- */

/* Events of the state machine; names and the table are in conn_fsm.c. */
enum conn_event
{
    EV_DIAL,          /* a program wants the connection */
    EV_PORT_FREE,     /* a port that the connection waits for may be free now */
    EV_PORT_OPENED,   /* the port is ours and open */
    EV_PORT_FAILED,   /* error: RAS error */
    EV_INTERACTIVE,   /* never posted: a step is done, and the entry wants a terminal or a script next */
    EV_DEVICE_UP,     /* modem said CONNECT, TCP is connected, ... */
    EV_DEVICE_FAILED, /* error: RAS error */
    EV_NEXT_NUMBER,   /* never posted: the number failed, and the entry has another */
    EV_LCP_UP,        /* LCP is open */
    EV_AUTHENTICATE,  /* pppd is in the authentication phase */
    EV_AUTH_OK,       /* the peer accepted us, or wants no authentication */
    EV_AUTH_FAILED,   /* error: RAS error; the link goes down by itself */
    EV_AUTH_HELD,     /* refused as well, but the link waits for other credentials */
    EV_AUTH_EXPIRED,  /* the password has expired, and the link waits for another */
    EV_AUTH_LOST,     /* never posted: a refusal without a link, and the program wants to be asked */
    EV_EAP_WANTED,    /* EAP asks for a name or password that is empty; the link waits */
    EV_RESUME,        /* the program has given other credentials */
    EV_CALLBACK_ASKED,   /* the peer offers to call back; error: bits 1 << WIRE_CALLBACK_* */
    EV_CALLBACK_DECIDED, /* never posted: it does, and the program has nothing to say */
    EV_CALLBACK_OPEN,    /* never posted: the program shall say the number */
    EV_CALLBACK_AGREED,  /* the peer will call back; the link ends */
    EV_DEVICE_READY,     /* the device has hung up and can take a call */
    EV_NETWORK,       /* pppd is in the network phase */
    EV_IP_UP,         /* IPCP is open, c->ip is filled; or the link has joined its bundle */
    EV_BUNDLE,        /* never posted: a dial of several links */
    EV_LINKS_UP,      /* each link of the bundle is up or has failed, and not all have */
    EV_LINK_DOWN,     /* the link ends; error: RAS error of the first cause */
    EV_LINK_GONE,     /* the link's process is gone and has let go of the port */
    EV_PORT_CLOSED,   /* line down, port free */
    EV_HANGUP,        /* RasHangUp, carried out at once */
    EV_CLIENT_LOST,   /* the program that dialled is gone */
    EV_NOTICE_DONE,   /* the program's handler has returned */
    EV_TIME_OUT,      /* the state's own time limit */
    EV_COUNT
};

/* Queue an event; error goes with the events that name one, else 0.  It is
 * handled from the loop, never inside the caller, and after the notice that the
 * program still works on - except hang-up, loss of the client and the end
 * of the link, which are handled although a notice is outstanding. */
void conn_post(struct conn *conn, enum conn_event event, uint32_t error);

/* May another name or password help?  Errors with which peers refuse. */
static inline bool conn_is_refusal(uint32_t error)
{
    return error == ERROR_AUTHENTICATION_FAILURE || error == ERROR_RESTRICTED_LOGON_HOURS ||
           error == ERROR_ACCT_DISABLED || error == ERROR_NO_DIALIN_PERMISSION;
}

/* Read access for ports and links. */
uint32_t conn_id(const struct conn *conn);                  /* the handle, for logs */
const struct wire_dial *conn_dial(const struct conn *conn); /* the dial request, with the latest credentials */
const char *conn_old_password(const struct conn *conn);     /* what a new one replaces */
bool conn_offers_callback(const struct conn *conn);         /* may the peer call back, and has it not done so? */
struct port *conn_port(const struct conn *conn);
struct wire_projection *conn_ip(struct conn *conn);         /* what PPP gave, as the program may see it */
bool conn_is_connected(const struct conn *conn);

/* The connection that this one is a link of, or NULL; conn_ip() is the bundle's then. */
struct conn *conn_bundle(const struct conn *conn);
/* Does it stay when this link ends? */
bool conn_bundle_stays(const struct conn *conn);
/* The link's network protocols are up.  False: they can't be, for those of its bundle are
 * another link's. */
bool conn_has_network(struct conn *conn);
/* It has none of its own: EV_IP_UP comes when the bundle's are up. */
void conn_joined(struct conn *conn);
/* The link has ended and let go of its port, but its process is needed by the bundle, which is
 * returned and has the engine's storage from now on: stop() is called with it.  Posts
 * EV_LINK_GONE.  NULL: that can't be.  When the process ends: conn_link_left(), with an error where it
 * ended before the other links. */
struct conn *conn_link_stays(struct conn *conn);
void conn_link_left(struct conn *bundle, uint32_t error);
/* The process that the bundle needs has ended with its link. */
void conn_bundle_lost(struct conn *conn, uint32_t error);

/* Storage of the link engine, NULL until it sets it. */
void *conn_link(const struct conn *conn);
void conn_set_link(struct conn *conn, void *link);

/* ---- link_pppd.c, link_fake.c: PPP on a port that is connected ------------ */

/* What a link counts from its start. */
enum link_counter
{
    COUNT_BYTES_SENT,
    COUNT_BYTES_RECEIVED,
    COUNT_FRAMES_SENT,
    COUNT_FRAMES_RECEIVED,
    COUNT_CRC_ERRORS,
    COUNT_OVERRUNS,
    COUNT_FRAMING_ERRORS,
    COUNT_BUFFER_OVERRUNS,
    COUNT_PLAIN_SENT, /* bytes that went into the compression of the link, and what came out */
    COUNT_PACKED_SENT,
    COUNT_PLAIN_RECEIVED,
    COUNT_PACKED_RECEIVED,
    COUNTERS
};

struct link_counters
{
    uint64_t values[COUNTERS];
};

struct link_ops
{
    const char *name;
    /* Start PPP on the connection's port.  0 and events follow, the last of
     * them EV_LINK_GONE; or a RAS error and nothing follows. */
    uint32_t (*start)(struct conn *conn);
    /* End it in an orderly way, with force when the peer does not answer.
     * EV_LINK_GONE follows.  May be called at any time until then, also when the
     * link is going down already. */
    void (*stop)(struct conn *conn);
    /* After EV_AUTH_HELD or EV_EAP_WANTED: answer the peer with the credentials that the dial has now.
     * 0, or a RAS error when they can't be sent.  When the peer has gone meanwhile,
     * EV_LINK_DOWN tells. */
    uint32_t (*resume)(struct conn *conn);
    /* After EV_AUTH_EXPIRED: change the password to the one that the dial has now.  As
     * resume(). */
    uint32_t (*change_password)(struct conn *conn);
    /* After EV_CALLBACK_ASKED: type is WIRE_CALLBACK_*, number goes with WIRE_CALLBACK_CALLER.
     * 0 or a RAS error, as above.  EV_CALLBACK_AGREED or EV_NETWORK follows. */
    uint32_t (*callback)(struct conn *conn, uint32_t type, const char *number);
    /* What went over the link since it is up; false when nobody can tell. */
    bool (*count)(struct conn *conn, struct link_counters *counters);
    /* May be NULL.  Every event is handled, no notice is out: link_fake goes on. */
    void (*idle)(struct conn *conn);
};

extern const struct link_ops link_pppd;
extern const struct link_ops link_fake;

/* ---- devices.c: what may be dialled with ----------------------------------- */

#define DEVICE_NAME_MAX 128
#define DEVICE_PATH_MAX 255

/* A section of devices.conf, or a tty that was found.  Times in milliseconds. */
struct device
{
    struct device *next, *name_next;
    const struct transport *transport;
    char name[DEVICE_NAME_MAX * 3 + 1]; /* what RasEnumDevices gives, UTF-8 */
    char path[DEVICE_PATH_MAX + 1];     /* tty; "" where the transport needs none */
    unsigned int speed;                 /* bits per second, 0: leave as it is */
    enum { FLOW_NONE, FLOW_HARDWARE, FLOW_SOFTWARE } flow;
    bool has_speed;                     /* devices.conf names it: the entry has no say */
    bool has_flow;
    char init[128];                     /* AT command(s) after the reset, without AT's CR */
    char error_control[2][32];          /* the same: off, on, as the entry wants it; "" for none */
    char compression[2][32];
    char dial_prefix[16];               /* "ATDT" */
    unsigned int answer_timeout;        /* dialled, no answer */
    unsigned int reply_timeout;         /* no reply to a command */
    unsigned int callback_timeout;      /* the peer does not call back */
    bool handshake;                     /* serial: answer Windows' null modem, CLIENT and CLIENTSERVER */
    char script[256];                   /* transport fake */
};

/* Read devices.conf and look for ttys, anew.  Returns a list owned by the
 * caller, free it with devices_free(); an empty list when there is nothing. */
struct device *devices_load(void);
/* The same with other places; config NULL: the user's. */
struct device *devices_load_from(const char *config, const char *sys_dir, const char *dev_dir);
void devices_free(struct device *list);
/* The section of the user's devices.conf that has this name, in any case, or NULL.  The file is
 * read again only when it has changed.  Good until the next call. */
const struct device *devices_find(const char *name);

/* ---- port.c: a device in use ------------------------------------------------ */

struct port
{
    struct conn *conn;             /* the connection that has the port */
    const struct device *device;   /* a copy that the port owns */
    int fd;                        /* tty or socket, -1 when closed; terminal.c reads and writes it in a pause */
    bool connected;                /* the line may be up: close must hang up */
    unsigned int bps;              /* of the line: from CONNECT, or of the tty; 0 unknown */
    void *transport_data;          /* the transport's own */
};

/* Take a port for the connection: the device named type and name (any case), the
 * first free one of the type when no device has the name, the first free modem when
 * both are empty.  Fills *error with a RAS error (608,
 * 609, 633, 797 ...) and returns NULL when there is none. */
struct port *port_acquire(struct conn *conn, const char *type, const char *name, uint32_t *error);
void port_release(struct port *port);

/* Is the device in use, and by which connection?  0: free. */
uint32_t port_user(const struct device *device);

/* ---- transports/: ways to reach a peer ------------------------------------ */

/* Arguments for pppd. */
struct args;
void args_add(struct args *args, const char *arg);

struct transport
{
    const char *type;             /* "type" in devices.conf */
    const char *ras_type;         /* device type of RasEnumDevices, a RASDT_* */
    const char *old_ras_type;     /* another one that entries may have, or NULL */
    const char *builtin;          /* name of the device that is there unless devices.conf has one; NULL: none */
    const struct link_ops *link;
    bool needs_path;
    bool is_modem;                /* eligible for a dial without an entry */
    /* Each begins something that ends with an event of port->conn. */
    void (*open)(struct port *port);                        /* EV_PORT_OPENED, EV_PORT_FAILED */
    void (*connect)(struct port *port, const char *number); /* EV_DEVICE_UP, EV_DEVICE_FAILED */
    void (*close)(struct port *port);                       /* at any moment; EV_PORT_CLOSED */
    /* Only where a peer can call back, else NULL.  reset hangs up and makes the device ready:
     * EV_DEVICE_READY, EV_DEVICE_FAILED; answer waits for a call and takes it: EV_DEVICE_UP,
     * EV_DEVICE_FAILED. */
    void (*reset)(struct port *port);
    void (*answer)(struct port *port);
    /* May be NULL: has the line gone down without a sign on the descriptor? */
    bool (*is_lost)(const struct port *port);
    /* May be NULL: what went over the line; false when nobody can tell. */
    bool (*count)(const struct port *port, struct link_counters *counters);
    /* pppd's arguments for this port.  Returns the descriptor that becomes
     * pppd's standard input and output, or -1. */
    int (*pppd_args)(const struct port *port, struct args *args);
};

extern const struct transport transport_modem;
extern const struct transport transport_serial;
extern const struct transport transport_tcp;
extern const struct transport transport_fake;

/* For .count: by the port's descriptor.  line_count.c */
bool line_count(const struct port *port, struct link_counters *counters);

/* All of them, NULL at the end. */
extern const struct transport *const transports[];

/* ---- process.c: processes of others -------------------------------------------- */

/* A descriptor that gets readable when this process ends; -1 when there is none whose name begins
 * so.  The caller closes it. */
int process_open(uint32_t pid, const char *name);

/* ---- child.c: processes ------------------------------------------------------ */

/* Called in the loop when the process has ended; status as from waitpid(). */
/* fork(), and in the child all signals are as they are by default: a signal to it before its
 * exec must never run a handler of ours, which would tell the manager's loop of it. */
pid_t child_fork(void);
typedef void child_exit_fn(void *context, int status);

/* Watch a process of ours; one SIGCHLD event serves all. */
void child_watch(pid_t pid, child_exit_fn *fn, void *context);
/* Forget it: fn is not called any more, the zombie is still collected. */
void child_unwatch(pid_t pid);

#endif
