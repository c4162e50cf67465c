/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pausing.h - what the tests of paused states share, besides dialing.h.
 */
#ifndef WINETEST_PAUSING_H
#define WINETEST_PAUSING_H

#include "dialing.h"

#define GOOD_PASSWORD "open sesame"

extern HANDLE paused;        /* a paused notice came; its handler may not have returned yet */
extern HANDLE pause_go_on;   /* lets wait_in_pause() return */
extern DWORD pause_in_hook;  /* what a call inside the handler returned */
extern HRASCONN pause_conn;  /* what was dialled; not every kind of handler is told */

/* FALSE: skip. */
BOOL pausing_init(void);
void pausing_cleanup(void);

/* Hooks, for what happens inside the handler of a paused notice: nothing but the event, waiting
 * for pause_go_on, a resume, a RasHangUp. */
DWORD signal_pause(const struct notice *notice);
DWORD wait_in_pause(const struct notice *notice);
DWORD resume_in_pause(const struct notice *notice);
DWORD hangup_in_pause(const struct notice *notice);

/* Dial with the flag and with the wrong password, and wait for the pause. */
HRASCONN dial_paused(const char *number, DWORD (*hook)(const struct notice *notice));
HRASCONN dial_paused_by(DWORD notifier_type, const char *number, DWORD (*hook)(const struct notice *notice));

/* A second RasDial: of any kind, and as a program does it. */
DWORD resume_as(HRASCONN *conn, const char *password, DWORD size, DWORD type, void *notifier);
DWORD resume(HRASCONN conn, const char *password);

/* The notices are these, none with an error. */
#define CHECK_STATES(states) check_states_(__FILE__, __LINE__, (states), ARRAYSIZE(states))
void check_states_(const char *file, int line, const RASCONNSTATE *states, unsigned int count);

/* The status says this paused state, and no error. */
#define check_paused(conn, state) check_paused_(__FILE__, __LINE__, conn, state)
void check_paused_(const char *file, int line, HRASCONN conn, RASCONNSTATE state);

/* What holds in every paused state, whose name and how to get there the caller gives: what is
 * refused, who may resume and how, and RasHangUp.  resume() must lead to Connected. */
typedef HRASCONN dial_paused_fn(DWORD notifier_type, DWORD (*hook)(const struct notice *notice));
void check_pause_edges(RASCONNSTATE state, dial_paused_fn *dial);

/* In a child that check_pause_edges() has started; its exit code. */
DWORD pause_child(const char *argument);

/* The last notice. */
#define check_end(state, error) check_end_(__FILE__, __LINE__, state, error)
void check_end_(const char *file, int line, RASCONNSTATE state, DWORD error);

/* Notices before and after the pauses of an authentication. */
#define UNTIL_AUTH_NOTIFY RASCS_OpenPort, RASCS_PortOpened, RASCS_ConnectDevice, RASCS_DeviceConnected, \
    RASCS_AllDevicesConnected, RASCS_Authenticate, RASCS_AuthNotify
#define UNTIL_CONNECTED RASCS_AuthProject, RASCS_Authenticated, RASCS_Projected, RASCS_Connected

#endif
