/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * conn_bundle.c - multilink (RFC 1990): a connection with several links.
 *
 * Each link is a connection of its own to conn_fsm.c, with its port, its pppd and its handle, but
 * without a program.  The bundle is a connection as well, the one that programs dial and see; it
 * has no port, and where others have a link engine it has this file, which dials its links and
 * watches them.  pppd and the kernel do the bundling.
 *
 * The pppd that made the bundle's interface has to stay when its link goes down and others are
 * up (conn_link_stays()); it ends with the last link.
 *
 * Dial as needed: the first link that comes up is the connection, and the use of the bundle is
 * looked at every second.  Use above (below) the entry's percentage of what the links can carry,
 * for its seconds without a pause, dials (hangs up) one more.
 */
#include "client.h"
#include "errors.h"

#include <stdlib.h>
#include <string.h>

#define NOMINAL_BPS 64000 /* a channel of ISDN, for which all this was made */

/* What the links' own ports count; all else their interface does, which is the bundle's. */
static const enum link_counter port_counters[] = {COUNT_OVERRUNS, COUNT_FRAMING_ERRORS, COUNT_BUFFER_OVERRUNS};
#define PORT_COUNTERS (sizeof(port_counters) / sizeof(*port_counters))

struct bundle_link
{
    struct conn *conn;    /* NULL: its end is over */
    struct wire_dial *dial; /* to dial it later; has the password */
    bool dialed;
    bool failed;          /* with this error, in this published state */
    uint32_t error;
    uint32_t state;
    uint64_t port_seen[PORT_COUNTERS];
};

struct bundle
{
    struct bundle_link links[BUNDLE_LINKS_MAX];
    unsigned int count;
    uint32_t last_error;    /* of the link that went down last */
    const struct conn *network;     /* the link that has the network protocols, or had and stays */
    const struct link_ops *staying; /* the engine of what conn_link_stays() has left */
    struct event *sample;
    uint64_t sampled_at;
    uint64_t bytes[2];      /* sent, received, at the last sample */
    unsigned int high, low; /* seconds in a row above, below */
    uint64_t port_sums[PORT_COUNTERS]; /* also of links that are down */
};

static bool is_closed(const struct conn *link)
{
    return !link || conn_states[link->state].holds >= HOLDS_CLOSED;
}

static bool is_up(const struct conn *link)
{
    return link && link->state == ST_CONNECTED;
}

static bool as_needed(const struct conn *c)
{
    return (c->dial.options & WIRE_DIAL_AS_NEEDED) != 0;
}

/* How many of the links are so? */
static unsigned int count_links(const struct conn *c, bool (*is)(const struct conn *link))
{
    unsigned int i, count = 0;

    for (i = 0; i < c->links->count; i++)
        if (c->links->links[i].conn && is(c->links->links[i].conn)) count++;
    return count;
}

static bool is_there(const struct conn *link)
{
    (void)link;
    return true;
}

static struct conn *first_link(const struct conn *c, bool (*is)(const struct conn *link))
{
    unsigned int i;

    for (i = 0; i < c->links->count; i++)
        if (c->links->links[i].conn && is(c->links->links[i].conn)) return c->links->links[i].conn;
    return NULL;
}

static struct bundle_link *find_link(const struct conn *link)
{
    struct bundle *bundle = link->bundle->links;
    unsigned int i;

    for (i = 0; i < bundle->count && bundle->links[i].conn != link; i++);
    return i < bundle->count ? &bundle->links[i] : NULL;
}

/* ---- life ---------------------------------------------------------------------- */

uint32_t bundle_create(struct conn *c)
{
    struct conn_notice *notices;

    if (c->dial.links > BUNDLE_LINKS_MAX) return ERROR_PORT_LIMIT_REACHED;
    if (!(notices = calloc(c->dial.links, sizeof(c->own_notices)))) return ERROR_NOT_ENOUGH_MEMORY;
    if (!(c->links = calloc(1, sizeof(*c->links))))
    {
        free(notices);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    c->notices = notices;
    c->notices_max = c->dial.links * CONN_NOTICES_MAX;
    return bundle_add(c, &c->dial);
}

uint32_t bundle_add(struct conn *c, const struct wire_dial *dial)
{
    struct bundle_link *link = &c->links->links[c->links->count];

    if (!(link->dial = malloc(sizeof(*link->dial)))) return ERROR_NOT_ENOUGH_MEMORY;
    *link->dial = *dial;
    link->dial->links = 0;
    link->dial->options &= ~WIRE_DIAL_RECONNECT; /* the bundle does */
    link->dial->ppp_options |= WIRE_PPP_MULTILINK;
    c->links->count++;
    return 0;
}

bool bundle_is_complete(const struct conn *c)
{
    return c->links->count == c->dial.links;
}

void bundle_free(struct conn *c)
{
    unsigned int i;

    for (i = 0; i < c->links->count; i++)
    {
        wire_wipe_memory(c->links->links[i].dial, sizeof(*c->links->links[i].dial));
        free(c->links->links[i].dial);
    }
    if (c->links->sample) event_free(c->links->sample);
    free(c->notices);
    c->notices = c->own_notices;
    c->notices_max = CONN_NOTICES_MAX;
    c->notices_len = 0;
    free(c->links);
    c->links = NULL;
}

static void forget_network(struct conn *c)
{
    c->links->network = NULL;
    c->ip.ifname[0] = 0;
}

void bundle_forget(struct conn *link)
{
    struct bundle_link *place = find_link(link);

    conn_notices_forget(link);
    if (link->bundle->links->network == link && !link->bundle->link_data) forget_network(link->bundle);
    if (!place) return;
    place->conn = NULL;
    bundle_changed(link->bundle);
}

/* ---- what becomes of the links ----------------------------------------------------- */

static uint32_t dial_link(struct conn *c, struct bundle_link *link)
{
    /* One that failed keeps its error until it is dialled again, or the bundle ends. */
    if (link->conn)
    {
        conn_post(link->conn, EV_HANGUP, 0);
        link->conn->bundle = NULL;
    }
    link->dialed = true;
    link->failed = false;
    memset(link->port_seen, 0, sizeof(link->port_seen));
    /* The notices have ended: nobody would resume. */
    if (c->reconnecting || c->state == ST_CONNECTED)
        link->dial->options &= ~(WIRE_DIAL_PAUSED_STATES | WIRE_DIAL_TERMINAL_BEFORE | WIRE_DIAL_TERMINAL_AFTER);
    if (!(link->conn = conn_create_link(c, link->dial))) return ERROR_NOT_ENOUGH_MEMORY;
    conn_post(link->conn, EV_DIAL, 0);
    return 0;
}

/* Dial the next one that is not under way.  again: also one that was dialled before, if it may come up now.
 * False: there is none. */
static bool dial_next(struct conn *c, bool again)
{
    struct bundle_link *link;
    unsigned int i;

    for (i = 0; i < c->links->count; i++)
    {
        link = &c->links->links[i];
        if (!is_closed(link->conn) || (link->dialed && !again)) continue;
        if (!link->failed || !conn_is_final(link->error)) return !dial_link(c, link);
    }
    return false;
}

static const struct bundle_link *first_failed(const struct conn *c)
{
    unsigned int i;

    for (i = 0; i < c->links->count; i++)
        if (c->links->links[i].failed) return &c->links->links[i];
    return NULL;
}

uint32_t bundle_failed_state(const struct conn *c)
{
    const struct bundle_link *failed = first_failed(c);

    return failed ? failed->state : RAS_STATE_OpenPort;
}

static void dialing_changed(struct conn *c)
{
    const struct bundle_link *failed;

    if (count_links(c, conn_is_dialing)) return;
    if (count_links(c, is_up))
        conn_post(c, EV_LINKS_UP, 0);
    else if (!dial_next(c, false))
    {
        failed = first_failed(c);
        conn_post(c, EV_LINK_DOWN, failed && failed->error ? failed->error : ERROR_DISCONNECTION);
    }
}

void bundle_changed(struct conn *c)
{
    conn_notices_go_on(c);
    if (c->state == ST_BUNDLE)
        dialing_changed(c);
    else if (c->state == ST_CONNECTED && !count_links(c, is_up))
        conn_post(c, EV_LINK_DOWN, c->links->last_error ? c->links->last_error : ERROR_DISCONNECTION);
    else if (conn_is_closing(c) && c->link_running && !count_links(c, is_there) && !c->link_data)
    {
        c->link_running = false;
        conn_post(c, EV_LINK_GONE, 0);
    }
}

void bundle_link_up(struct conn *link)
{
    struct conn *c = link->bundle;
    struct bundle_link *place = find_link(link);

    if (place) place->failed = false;
    if (bundle_has_other(link)) link->ip = c->ip;
    c->ip.bundled = count_links(c, is_up) > 1;
    if (c->state == ST_CONNECTED) conn_changed(c, RASCN_BANDWIDTH_ADDED);
    bundle_changed(c);
}

void bundle_link_down(struct conn *link, enum conn_state was)
{
    struct conn *c = link->bundle;
    struct bundle_link *place = find_link(link);

    c->links->last_error = link->error;
    if (place && link->error)
    {
        place->failed = true;
        place->error = link->error;
        place->state = conn_states[was].published;
    }
    if (was == ST_CONNECTED && c->state == ST_CONNECTED && count_links(c, is_up))
        conn_changed(c, RASCN_BANDWIDTH_REMOVED);
    c->ip.bundled = count_links(c, is_up) > 1;
    /* pppd looks at the whole bundle, and ends its own link. */
    if (was == ST_CONNECTED && link->error == ERROR_IDLE_TIMEOUT) conn_post(c, EV_LINK_DOWN, link->error);
    bundle_changed(c);
}

bool bundle_has_other(const struct conn *link)
{
    return link->bundle->links->network && link->bundle->links->network != link;
}

bool bundle_is_last(const struct conn *link)
{
    return is_up(link) && count_links(link->bundle, is_up) == 1 && !count_links(link->bundle, conn_is_dialing);
}

/* ---- for programs --------------------------------------------------------------------- */

struct conn *bundle_link(const struct conn *c, uint32_t sub_entry)
{
    unsigned int i;

    for (i = 0; i < c->links->count; i++)
        if (c->links->links[i].dial->sub_entry == sub_entry) return c->links->links[i].conn;
    return NULL;
}

static bool is_open(const struct conn *link)
{
    return !is_closed(link);
}

/* As long as it is dialled: what is not done yet. */
struct conn *bundle_shown(const struct conn *c)
{
    struct conn *link = NULL;

    if (c->state == ST_BUNDLE && !(link = first_link(c, conn_is_paused))) link = first_link(c, conn_is_dialing);
    if (!link) link = first_link(c, is_up);
    if (!link) link = first_link(c, is_open);
    return link ? link : first_link(c, is_there);
}

static bool waits_for_program(const struct conn *link)
{
    return conn_is_paused(link) && !link->outstanding;
}

struct conn *bundle_paused(const struct conn *c)
{
    return first_link(c, waits_for_program);
}

void bundle_set_credentials(struct conn *c, const struct wire_dial *from)
{
    struct wire_dial *dial;
    unsigned int i;

    for (i = 0; i < c->links->count; i++)
    {
        dial = c->links->links[i].dial;
        WIRE_SET_TEXT(dial->user, from->user);
        WIRE_SET_TEXT(dial->domain, from->domain);
        wire_wipe_memory(dial->password, sizeof(dial->password));
        WIRE_SET_TEXT(dial->password, from->password);
    }
}

/* ---- dial as needed ---------------------------------------------------------------------- */

/* What the links that are up can carry.  guess: a line whose speed nobody knows counts, too. */
static uint64_t capacity(const struct conn *c, bool guess)
{
    const struct conn *link;
    uint64_t sum = 0;
    unsigned int i, bps;

    for (i = 0; i < c->links->count; i++)
    {
        if (!is_up(link = c->links->links[i].conn) || !link->port) continue;
        bps = link->port->bps;
        if (guess && !bps) bps = link->port->device->speed ? link->port->device->speed : NOMINAL_BPS;
        sum += bps;
    }
    return sum;
}

/* Percentage in use since the last sample; false: nobody knows. */
static bool measure(struct conn *c, unsigned int *percent)
{
    struct link_counters now = {{0}};
    uint64_t sent, received, elapsed, bps = capacity(c, true), clock = conn_clock_ms();

    if (!bps || !c->link->count(c, &now)) return false;
    sent = now.values[COUNT_BYTES_SENT] - c->links->bytes[0];
    received = now.values[COUNT_BYTES_RECEIVED] - c->links->bytes[1];
    c->links->bytes[0] = now.values[COUNT_BYTES_SENT];
    c->links->bytes[1] = now.values[COUNT_BYTES_RECEIVED];
    elapsed = clock - c->links->sampled_at;
    c->links->sampled_at = clock;
    if (!elapsed) return false;
    *percent = (unsigned int)((sent > received ? sent : received) * 8 * 1000 / elapsed * 100 / bps);
    return true;
}

static void hang_up_extra(struct conn *c)
{
    unsigned int i;

    for (i = c->links->count; i-- > 0;)
    {
        if (!is_up(c->links->links[i].conn)) continue;
        log_info(c->handle, "link %u is not needed", (unsigned int)c->links->links[i].dial->sub_entry);
        conn_post(c->links->links[i].conn, EV_HANGUP, 0);
        return;
    }
}

static void take_sample(struct conn *c)
{
    struct bundle *bundle = c->links;
    unsigned int percent;

    if (!measure(c, &percent)) return;
    bundle->high = percent > c->dial.extra_percent ? bundle->high + 1 : 0;
    bundle->low = percent < c->dial.less_percent ? bundle->low + 1 : 0;
    if (count_links(c, conn_is_dialing)) return;
    if (c->dial.extra_seconds && bundle->high >= c->dial.extra_seconds)
    {
        bundle->high = 0;
        if (dial_next(c, true)) log_info(c->handle, "%u %% in use, one more link", percent);
    }
    else if (c->dial.less_seconds && bundle->low >= c->dial.less_seconds && count_links(c, is_up) > 1)
    {
        bundle->low = 0;
        hang_up_extra(c);
    }
}

static void on_sample(evutil_socket_t fd, short what, void *context)
{
    struct conn *c = context;

    (void)fd;
    (void)what;
    if (c->state == ST_CONNECTED) take_sample(c);
}

void bundle_up(struct conn *c)
{
    struct timeval second = {1, 0};
    unsigned int percent, i;

    if (!as_needed(c))
    {
        if (c->dial.options & WIRE_DIAL_RECONNECT) return;
        /* From now on nobody asks for them. */
        for (i = 0; i < c->links->count; i++)
            wire_wipe_memory(c->links->links[i].dial->password, sizeof(c->links->links[i].dial->password));
        return;
    }
    measure(c, &percent);
    if (!c->links->sample) c->links->sample = event_new(loop, -1, EV_PERSIST, on_sample, c);
    if (!c->links->sample || event_add(c->links->sample, &second))
        log_warnx(c->handle, "no memory: no link will be added");
}

/* ---- the bundle as a link engine ------------------------------------------------------------ */

static uint32_t bundle_start(struct conn *c)
{
    unsigned int i;
    uint32_t error = 0;

    for (i = 0; i < c->links->count; i++) c->links->links[i].dialed = c->links->links[i].failed = false;
    if (as_needed(c)) return dial_next(c, false) ? 0 : ERROR_NOT_ENOUGH_MEMORY;
    for (i = 0; i < c->links->count && !error; i++) error = dial_link(c, &c->links->links[i]);
    return error;
}

static void bundle_stop(struct conn *c)
{
    unsigned int i;

    if (c->links->sample) event_del(c->links->sample);
    for (i = 0; i < c->links->count; i++)
        if (c->links->links[i].conn) conn_post(c->links->links[i].conn, EV_HANGUP, 0);
    if (c->link_data) c->links->staying->stop(c);
    /* There may be none left to tell of its end. */
    if (!count_links(c, is_there) && !c->link_data)
    {
        c->link_running = false;
        conn_post(c, EV_LINK_GONE, 0);
    }
}

/* The links come and go, the sums stay. */
static void sum_port(struct bundle *bundle, struct bundle_link *link, const struct link_counters *now)
{
    uint64_t value;
    unsigned int i;

    for (i = 0; i < PORT_COUNTERS; i++)
    {
        value = now->values[port_counters[i]];
        if (value > link->port_seen[i]) bundle->port_sums[i] += value - link->port_seen[i];
        link->port_seen[i] = value;
    }
}

static bool bundle_count(struct conn *c, struct link_counters *counters)
{
    struct bundle_link *link;
    bool counted = false;
    unsigned int i;

    for (i = 0; i < c->links->count; i++)
    {
        link = &c->links->links[i];
        if (!is_up(link->conn) || !link->conn->link->count(link->conn, counters)) continue;
        sum_port(c->links, link, counters);
        counted = true;
    }
    for (i = 0; i < PORT_COUNTERS; i++) counters->values[port_counters[i]] = c->links->port_sums[i];
    return counted;
}

uint32_t bundle_bps(const struct conn *c)
{
    uint64_t bps = capacity(c, false);

    return bps < UINT32_MAX ? (uint32_t)bps : UINT32_MAX;
}

const struct link_ops link_bundle = {
    .name = "bundle",
    .start = bundle_start,
    .stop = bundle_stop,
    .count = bundle_count,
};

/* ---- for link engines ------------------------------------------------------------------------- */

struct conn *conn_bundle(const struct conn *conn)
{
    return conn->bundle;
}

bool conn_bundle_stays(const struct conn *conn)
{
    const struct conn *c = conn->bundle;

    return c && c->ip.ifname[0] && (c->state == ST_BUNDLE || c->state == ST_CONNECTED) &&
           count_links(c, is_up) + count_links(c, conn_is_dialing) > (is_up(conn) || conn_is_dialing(conn));
}

struct conn *conn_link_stays(struct conn *conn)
{
    struct conn *c = conn->bundle;

    if (!c || c->link_data) return NULL;
    c->link_data = conn->link_data;
    c->links->staying = conn->link;
    conn->link_data = NULL;
    conn_post(conn, EV_LINK_GONE, 0);
    if (conn_is_closing(c)) c->links->staying->stop(c);
    return c;
}

/* The interface is gone, and the pppds of the other links do not notice.  A link that is on its way yet makes
 * another one; what is connected is lost as a whole, because its addresses are. */
static void lose_network(struct conn *c, uint32_t error)
{
    struct conn *link;
    unsigned int i;

    forget_network(c);
    if (c->state == ST_CONNECTED) conn_post(c, EV_LINK_DOWN, error);
    if (c->state != ST_BUNDLE) return;
    for (i = 0; i < c->links->count; i++)
        if ((link = c->links->links[i].conn) && link->joined && (is_up(link) || conn_is_dialing(link)))
            conn_post(link, EV_LINK_DOWN, error);
}

void conn_link_left(struct conn *bundle, uint32_t error)
{
    bundle->link_data = NULL;
    if (error)
        lose_network(bundle, error);
    else
        forget_network(bundle);
    bundle_changed(bundle);
}

bool conn_has_network(struct conn *conn)
{
    struct conn *c = conn->bundle;
    unsigned int i;

    if (!c) return true;
    if (c->links->network && c->links->network != conn) return false;
    c->links->network = conn;
    for (i = 0; i < c->links->count; i++)
        if (c->links->links[i].conn && c->links->links[i].conn->joined) conn_post(c->links->links[i].conn, EV_IP_UP, 0);
    return true;
}

void conn_joined(struct conn *conn)
{
    conn->joined = true;
    if (conn->bundle && conn->bundle->ip.ifname[0]) conn_post(conn, EV_IP_UP, 0);
}

void conn_bundle_lost(struct conn *conn, uint32_t error)
{
    if (conn->bundle && conn->bundle->links->network == conn) lose_network(conn->bundle, error);
}
