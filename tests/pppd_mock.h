/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pppd_mock.h - a pppd for tests of the plugin: the functions of pppd_compat.h
 * that remember how they were called.
 */
#ifndef PPPD_MOCK_H
#define PPPD_MOCK_H

#include "../plugin/pppd_compat.h"

struct mock_env
{
    const char *name;
    const char *value;
};

extern struct mock
{
    const struct pppd_handlers *handlers;
    int status;             /* what pppd_status() says */
    unsigned int hang_ups;
    unsigned int password_wipes;
    char user[PPPD_NAME_SIZE];
    bool can_watch;         /* as pppd 2.5.3 */
    int watched_fd;         /* -1: none */
    void (*watch_fn)(void);
    bool can_wait;          /* a child can be made */
    void (*wait_fn)(void);  /* NULL: none waits */
    const struct mock_env *env;
    bool (*swallow)(uint16_t protocol);
    bool can_keep;          /* name servers can be set */
    void (*keeper_fn)(void);
    unsigned int keeper_stops;
    int route_error;        /* what routes_add() says */
    char auth[1024];        /* what was done to CHAP, PAP, CBCP, network protocols and routes, in words */
    uint8_t packet[1200];   /* the last that was sent */
    void (*respond)(uint8_t *value, uint32_t algorithm, const uint8_t *challenge, const char *user);
    bool (*check)(const uint8_t *message, size_t len);
    bool (*mppe_wanted)(void);
    unsigned int mppe_forgotten;
    bool networks_wait;     /* the peer has agreed to CBCP */
    void (*cbcp_input)(const uint8_t *packet, size_t len);
    void (*cbcp_rejected)(void);
} mock;

void mock_reset(void);

/* Run the timers that were started; returns how many. */
unsigned int mock_run_timers(void);
unsigned int mock_timers(void);

#endif
