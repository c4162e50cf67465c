/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dialing.h - what the tests that dial share: the scripted device, handlers that
 * record their notices.  The device is of type "fake" (rasmand-devices): the number
 * tells it what shall happen.
 */
#ifndef WINETEST_DIALING_H
#define WINETEST_DIALING_H

#include "ras_test.h"

#define NOTICES_MAX     64
#define WAIT_MS         30000 /* safety net of each wait for an event */
#define NOTIFIER_WINDOW 0xffffffff
#define NOTIFIER_SYNC   0xfffffffe /* not of the API: no notifier */

struct notice
{
    UINT msg;
    ULONG_PTR id;
    DWORD sub_entry;
    HRASCONN conn;
    RASCONNSTATE state;
    DWORD error;
    DWORD ext_error;
};

/* What the handlers see, one dial at a time. */
struct recorder
{
    CRITICAL_SECTION lock;
    unsigned int count;
    struct notice notices[NOTICES_MAX];
    HANDLE ended; /* manual reset: Connected, Disconnected, or an error came */
    HWND window;
    /* Called inside the handler; its value is that of a RasDialFunc2. */
    DWORD (*hook)(const struct notice *notice);
};
extern struct recorder recorder;

/* Load the DLL and see that the scripted device is there.  FALSE: skip. */
BOOL dialing_init(void);
void dialing_cleanup(void);

/* Dial the number on the scripted device with an empty recorder. */
DWORD dial_number(const char *number, DWORD notifier_type, DWORD (*hook)(const struct notice *notice), HRASCONN *conn);

/* The same with dwfOptions of RASDIALEXTENSIONS. */
DWORD dial_number_options(const char *number, DWORD notifier_type, DWORD (*hook)(const struct notice *notice),
                          DWORD options, HRASCONN *conn);

/* And with szCallbackNumber. */
DWORD dial_number_callback(const char *number, DWORD notifier_type, DWORD (*hook)(const struct notice *notice),
                           DWORD options, const char *callback, HRASCONN *conn);
/* Dial an entry of a phone book with this login. */
DWORD dial_book_entry(const char *phonebook, const char *entry, const char *user, const char *password,
                      DWORD notifier_type, DWORD (*hook)(const struct notice *notice), DWORD options, HRASCONN *conn);
/* And with szCallbackNumber. */
DWORD dial_book_entry_callback(const char *phonebook, const char *entry, const char *user, const char *password,
                               DWORD notifier_type, DWORD (*hook)(const struct notice *notice), DWORD options,
                               const char *callback, HRASCONN *conn);

/* A new phone book of such entries, whose path goes into path (MAX_PATH).  more: further keys. */
#define PHONEBOOK_TEXT(name, number, more)                                                                            \
    "[" name "]\r\nEncoding=1\r\nType=1\r\n" more "\r\nMEDIA=serial\r\nPort=\r\nDevice=\r\n\r\nDEVICE=modem\r\n"      \
    "PhoneNumber=" number "\r\n\r\n"
void write_phonebook(char *path, const char *entries);

/* Wait for the event; sent messages arrive meanwhile. */
#define wait_event(event) wait_event_(__FILE__, __LINE__, event)
void wait_event_(const char *file, int line, HANDLE event);

/* Wait until the status of the handle is 6. */
#define wait_gone(conn) wait_gone_(__FILE__, __LINE__, conn)
void wait_gone_(const char *file, int line, HRASCONN conn);

/* RasHangUp that must succeed, then wait_gone. */
#define hang_up(conn) hang_up_(__FILE__, __LINE__, conn)
void hang_up_(const char *file, int line, HRASCONN conn);

/* Wait until the connection is in this state. */
#define wait_state(conn, state) wait_state_(__FILE__, __LINE__, conn, state)
void wait_state_(const char *file, int line, HRASCONN conn, RASCONNSTATE state);

/* Number of connections, and whether conn is among them. */
DWORD count_connections(HRASCONN conn, BOOL *found);

/* Run this program again with the test's name and an argument.  Its exit code. */
DWORD run_child(const char *test, const char *argument);
/* The same of another ras_test, NULL: this one. */
DWORD run_child_of(const char *program, const char *test, const char *argument);

#endif
