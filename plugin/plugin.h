/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * plugin.h - what the files of wineras.so share.
 *
 * The plugin runs as root inside pppd and trusts neither side: the peer is
 * hostile (peer_packets.c), the manager is an ordinary user's program
 * (session.c).  It reports facts (report.c), names the cause of an end (cause.c) and
 * hands over one name and password (credentials.c), and another when the peer
 * refuses those or calls the password expired (hold.c); it asks how to be called
 * back (callback.c); it decides nothing else.
 * Nothing is allocated, nothing blocks, there is no thread.
 */
#ifndef PLUGIN_H
#define PLUGIN_H

#include <stdbool.h>
#include <stdint.h>

#include "peer_packets.h"
#include "ras_wire.h"

/* ---- session.c: the socket to the manager ---------------------------------- */

/* Take over the descriptor, check that its other end is the user who runs pppd,
 * and read what is queued there (link_config, link_credentials).  NULL when
 * good, else why not. */
const char *session_open(int fd);

/* pppd's event loop runs: from now on hear the manager. */
void session_start(void);

/* The link is up and only a hang-up can come: stop looking at intervals. */
void session_link_up(void);

/* From now on, until off: the manager's answer is awaited, which may take the user minutes,
 * and must be heard at once. */
void session_await(bool on);

/* Send an event; a message to fill is in session_message().  Never waits: a manager
 * that does not read is treated as gone, which ends the link. */
struct wire_msg *session_message(enum wire_type type);
void session_send(void);

/* A line for the manager's log, at most some dozens in a session. */
void session_log(int level, const char *text);

/* In a child of pppd: let go of the socket. */
void session_forget(void);

/* ---- waiter.c: a child that waits ----------------------------------------------- */

/* Call fn once when fd is readable.  True also when one waits already; false: there can be
 * none. */
bool waiter_start(int fd, void (*fn)(void));
/* Wait no more: fn is called soon. */
void waiter_stop(void);

/* ---- credentials.c: name and password ---------------------------------------- */

/* From the manager.  NULL when taken, else why not. */
const char *credentials_set(const struct wire_link_credentials *credentials);

/* Give the name to pppd, over what its own options said. */
void credentials_apply(void);

/* For pppd.  algorithm: CHAP algorithm in use, also inside EAP, 0 with PAP. */
bool credentials_are_set(void);
bool credentials_password(char *password, uint32_t algorithm);

/* UTF-8, "" when none is set. */
const char *credentials_user(void);
const char *credentials_secret(void);

/* The password has expired: from now on the other one counts. */
const char *credentials_set_password(const char *password);

void credentials_wipe(void);

/* ---- responder.c: MS-CHAP --------------------------------------------------------- */

/* The value of a response (MSCHAP_RESPONSE_SIZE bytes) to a challenge of 8 or 16 bytes, and
 * the keys for MPPE that follow from it. */
void responder_respond(uint8_t *value, uint32_t algorithm, const uint8_t *challenge, const char *user);

/* Does the peer's message of success prove that it knows the password?  Version 2 only. */
bool responder_check(const uint8_t *message, size_t len);

/* A packet (MSCHAP_CHANGE_MAX bytes) that changes the password from old_secret to what
 * credentials.c has.  Returns its length, 0 when none can be made. */
size_t responder_change(uint8_t *packet, uint8_t id, uint32_t algorithm, const uint8_t *challenge,
                        const char *old_secret);

/* ---- hold.c: refused, and the link waits ----------------------------------------- */

/* What link_config says. */
void hold_configure(uint32_t hold, uint32_t seconds);

/* A refusal came that pppd has not seen yet.  failure: what MS-CHAP says in it, or
 * NULL.  Returns the number of the hold, *retry as in link_auth_fail; or 0: not held, let pppd
 * have it. */
uint32_t hold_begin(const struct ppp_packet *packet, uint32_t chap_algorithm, const struct mschap_failure *failure,
                    bool *retry);

/* A request of EAP came that pppd has not seen yet.  Returns the number of the hold when the
 * manager must be asked for what *wants says; 0: let pppd have it, unless it is held already. */
uint32_t hold_eap(const struct ppp_packet *packet, const struct eap_request *request, uint32_t *wants);

/* A failure of EAP-MSCHAPv2 came.  Returns the number of the hold; 0: the peer allows no retry, pppd
 * shall acknowledge the failure. */
uint32_t hold_eap_failure(const struct ppp_packet *packet, const struct mschap_failure *failure);

/* A CHAP challenge came that pppd has not seen yet. */
void hold_challenge(const struct ppp_packet *packet);

/* Other credentials are set for the hold of this number; one that is over is ignored. */
void hold_answer(uint32_t hold);

/* The peer called the password expired, and another one is set for the hold of this
 * number. */
void hold_change_password(uint32_t hold, const char *old_secret);

/* The link has ended, or begins anew. */
void hold_cancel(void);

/* ---- callback.c: the peer offers to call back ------------------------------------ */

/* What link_config says. */
void callback_configure(uint32_t hold, uint32_t seconds);
/* The network protocols wait for the end of CBCP. */
bool callback_is_open(void);
/* The peer does not care for CBCP, although it agreed to it. */
void callback_skip(void);
/* The manager's answer.  NULL when it is good or too late, else what is wrong with it. */
const char *callback_answer(const struct wire_link_callback *answer);
/* The link has ended, or begins anew. */
void callback_cancel(void);

/* ---- network.c: routes and name servers of the link ------------------------------- */

/* From the manager.  NULL when taken, else what is wrong with it. */
const char *network_configure(const struct wire_link_network *network);
/* An address is there; before anybody hears of it.  Values of pppd's scripts tell it. */
void network_ip_up(void);
void network_ip6_up(bool alone); /* no IPv4 is wanted */
void network_ip_down(void);
/* The first and the second name server that the peer has named, "" for none. */
const char *network_peer_server(unsigned int index);
/* True: all is set.  false: the name servers are not yet, fn is called when they are. */
bool network_is_ready(void (*fn)(void));
/* What root allows in pppd's options: that a link has routes, and by which program it has name
 * servers (a path, "" for none).  Without them there are none. */
extern bool network_may_route;
extern char network_resolver[256];

/* ---- routes.c: the kernel's routes ------------------------------------------------ */

struct route
{
    int family;            /* AF_INET, AF_INET6 */
    uint8_t address[16];
    unsigned int prefix;   /* bits of it */
    uint32_t metric;
    bool before;           /* all others of the same address and metric */
};

/* A route through the interface, which goes away with it.  0 or an errno. */
int routes_add(const char *ifname, const struct route *route);
/* What fd sends shall go where it goes now, whatever routes come.  Only TCP of the internet is
 * meant; any other descriptor is left alone. */
void routes_pin(int fd);

/* ---- keeper.c: the program that sets name servers ----------------------------------- */

/* Run "path set ID INTERFACE ..." and call fn when it has ended; and "path keep ID INTERFACE",
 * which undoes it when keeper_stop() is called or pppd is gone, however it ends.  argv has room
 * for path and verb, then ID and interface.  false: nothing is set. */
bool keeper_start(const char *path, char **argv, void (*fn)(void));
void keeper_stop(void);
/* pppd leaves: some seconds for it to be done. */
void keeper_wait(void);

/* ---- report.c: what happens ------------------------------------------------------ */

/* What link_config says: WIRE_PROTO_*.  Before callback_configure(). */
void report_configure(uint32_t wanted);
/* An option of pppd's: encryption is wanted and not required. */
extern bool report_may_encrypt;

/* Say hello and begin to report. */
void report_start(void);

/* The link ends because the manager wants it or is gone. */
void report_hang_up(const char *detail);

/* The link ends because nobody answered a refusal. */
void report_refused(void);

/* The peer offers to call back; it will, and the link ends; the network protocols begin. */
void report_callback_asked(uint32_t hold, uint32_t types);
void report_callback_agreed(uint32_t type);
void report_network(void);

#endif
