/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pppd_compat.h - pppd as the rest of the plugin sees it: plain functions and
 * numbers that are the same in every pppd.  No header of pppd is needed to include
 * this one; pppd_compat.c proves that the numbers are pppd's.
 */
#ifndef PPPD_COMPAT_H
#define PPPD_COMPAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "mschap.h"

#define PPPD_NAME_SIZE 256u /* user and password, NUL included */

enum pppd_phase
{
    PPPD_DEAD,
    PPPD_INITIALIZE,
    PPPD_SERIALCONN,
    PPPD_DORMANT,
    PPPD_ESTABLISH,
    PPPD_AUTHENTICATE,
    PPPD_CALLBACK,
    PPPD_NETWORK,
    PPPD_RUNNING,
    PPPD_TERMINATE,
    PPPD_DISCONNECT,
    PPPD_HOLDOFF,
    PPPD_MASTER
};

/* pppd's exit status, those that tell something. */
enum pppd_status
{
    PPPD_EXIT_FATAL = 1,
    PPPD_EXIT_OPTIONS = 2,
    PPPD_EXIT_NO_KERNEL = 4,
    PPPD_EXIT_USER_REQUEST = 5,
    PPPD_EXIT_LOCK_FAILED = 6,
    PPPD_EXIT_OPEN_FAILED = 7,
    PPPD_EXIT_IDLE = 12,
    PPPD_EXIT_TIME_LIMIT = 13,
    PPPD_EXIT_PEER_DEAD = 15,
    PPPD_EXIT_HANGUP = 16,
    PPPD_EXIT_LOOPBACK = 17,
    PPPD_EXIT_TRAFFIC_LIMIT = 20,
    PPPD_EXIT_CRASHED = 127 /* pppd has caught a fatal signal */
};

/* What the plugin hears of pppd.  All run in pppd's event loop except forked,
 * which runs in each child that pppd makes, and signalled. */
struct pppd_handlers
{
    void (*phase)(int phase);
    void (*received)(const uint8_t *frame, size_t len); /* control packets, ff 03 first, before pppd checks them */
    void (*sent)(const uint8_t *frame, size_t len);
    void (*ip_up)(void);
    void (*ip6_up)(void);
    void (*ip_down)(void);
    void (*joined)(void); /* another pppd's bundle, which has the network protocols */
    void (*leaving)(int status);
    void (*signalled)(int number); /* inside the signal handler */
    void (*forked)(void);
    bool (*has_password)(void);
    /* Fill password (PPPD_NAME_SIZE bytes).  false: there is none. */
    bool (*get_password)(char *password);
};

/* NULL when this pppd has all that the plugin uses, else the name of what it
 * lacks.  Nothing else may be called before this said NULL. */
const char *pppd_lacks(void);

/* "2.4", "2.5" or "2.5.3" (and later): the family, which is all it can know. */
const char *pppd_family(void);

/* Add the option "name NUMBER", open to every user.  set returns false to make
 * pppd stop with an option error. */
void pppd_add_option(const char *name, const char *help, bool (*set)(const char *value));

/* A flag, and a text that is cut to size.  The text, and what is privileged, root alone can give, in
 * a file of root's. */
void pppd_add_flag(const char *name, const char *help, bool *flag, bool privileged);
void pppd_add_text(const char *name, const char *help, char *text, size_t size);

/* Begin to call the handlers; h stays in use.  Hooks of other plugins that
 * were set before are called too. */
void pppd_set_handlers(const struct pppd_handlers *h);

/* Call fn once after so many milliseconds; one time for each fn. */
void pppd_start_timer(void (*fn)(void), unsigned int milliseconds);
void pppd_stop_timer(void (*fn)(void));

/* Call fn when fd is readable.  false: this pppd cannot. */
bool pppd_watch_fd(int fd, void (*fn)(void));
void pppd_unwatch_fd(int fd);

/* In a child that the plugin has forked itself: what pppd's own children do. */
void pppd_child_forked(void);
/* Call fn when that child has ended, once. */
void pppd_watch_child(pid_t pid, void (*fn)(void *));

/* The exit status as it stands now. */
int pppd_status(void);

/* The name that pppd gives to the peer; len < PPPD_NAME_SIZE. */
void pppd_set_user(const char *name);
/* Overwrite pppd's own copy of the password. */
void pppd_wipe_password(void);

/* ---- MS-CHAP ---- */

/* Answer MS-CHAP challenges by respond, which fills a value of 49 bytes; what check says of
 * the message of success of version 2 counts.  pppd's own are not used any more. */
void pppd_take_mschap(void (*respond)(uint8_t *value, uint32_t algorithm, const uint8_t *challenge, const char *user),
                      bool (*check)(const uint8_t *message, size_t len));

/* The keys of MPPE as this side, the one that is authenticated, uses them.  start_key: version 1
 * alone; what pppd 2.5.2 makes itself is zero one way.  A pppd without MPPE takes none. */
void pppd_set_mppe_keys(uint32_t algorithm, const uint8_t *challenge, const uint8_t *hash_hash,
                        const uint8_t *nt_response, const uint8_t start_key[MSCHAP_KEY_SIZE]);

/* When CCP opens and wanted() says so, agree with the peer on MPPE before the network protocols
 * begin; they begin without where the peer, the kernel or this pppd has none.  Before
 * pppd_offer_callback(), which puts that off. */
void pppd_offer_mppe(bool (*wanted)(void));
/* The network protocols end, or the link begins anew. */
void pppd_forget_mppe(void);

/* ---- CHAP, PAP and EAP towards the peer; protocol: 0xc223, 0xc023 or 0xc227 ---- */

/* From now on ask swallow whenever the peer has sent a packet of protocol; true: pppd
 * does not get it.  The handler "received" has seen it before. */
void pppd_filter_auth(bool (*swallow)(uint16_t protocol));

/* Stop pppd's part of the authentication with its timers. */
void pppd_auth_stop(uint16_t protocol);

/* Begin it anew after that.  CHAP and EAP wait for the peer; PAP sends its request, with
 * this password, of which pppd keeps a copy. */
void pppd_auth_start(uint16_t protocol, uint32_t algorithm, const char *password);

/* Give pppd a packet as if it came from the peer; it begins with its code. */
void pppd_auth_input(uint16_t protocol, uint8_t *packet, size_t len);

/* ---- CBCP: between authentication and network protocols ---- */

/* Offer the peer to be called back; input gets its packets, which begin with their code;
 * rejected: it does not know the protocol.  Where this pppd lacks what that takes, nothing is
 * offered and nothing is called. */
void pppd_offer_callback(void (*input)(const uint8_t *packet, size_t len), void (*rejected)(void));

/* The peer has agreed, and the network protocols wait; let them begin; let them be, for the
 * link is down. */
bool pppd_networks_wait(void);
void pppd_start_networks(void);
void pppd_forget_networks(void);

/* Send a packet to the peer; it begins with its code. */
void pppd_send(uint16_t protocol, const uint8_t *packet, size_t len);

/* A value that pppd gives to its scripts (IPLOCAL, IFNAME, ...); "" if unset. */
const char *pppd_script_value(const char *name);
/* Give it to no script any more. */
void pppd_unset_script_value(const char *name);

/* End the link in an orderly way, in any phase. */
void pppd_hang_up(void);

void pppd_warn(const char *text);
void pppd_option_error(const char *text);

#endif
