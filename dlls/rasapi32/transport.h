/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * transport.h - a byte stream to the user's connection manager.
 *
 * How the stream comes into being is known to transport.c alone, so that another
 * way (a Unix socket of a newer Wine, a unixlib) can take its place.  Knows no
 * messages.
 */
#ifndef RASAPI32_TRANSPORT_H
#define RASAPI32_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>

#include <windows.h>

struct transport;

enum transport_mode
{
    TRANSPORT_START,  /* start a manager when none runs */
    TRANSPORT_RUNNING /* speak to a running one only */
};

/* A folder that Wine names by an NT path in the environment, as a path for Win32 that has room for
 * size characters.  Its length, 0: there is none. */
DWORD transport_folder(const WCHAR *variable, WCHAR *path, DWORD size);

/* The process of Wine's server as Unix numbers it, 0: not known. */
uint32_t transport_server(void);

/* Is there a sign of a running manager?  A look at one file: some microseconds,
 * no process.  True may prove wrong (a manager that was killed leaves its file),
 * false does not. */
bool transport_manager_runs(void);

/* The folders that lead to the manager's socket, the outermost first, which is not ours and is always
 * there; the next ones need not.  Returns how many, 0 when the place is not known. */
#define TRANSPORT_PATH_SIZE   (2 * MAX_PATH)
#define TRANSPORT_FOLDERS_MAX 3
unsigned int transport_folders(WCHAR paths[TRANSPORT_FOLDERS_MAX][TRANSPORT_PATH_SIZE]);

/* Attach.  Returns 0 and *stream, or ERROR_RASMAN_CANNOT_INITIALIZE.  With
 * TRANSPORT_RUNNING and no manager the stream is at its end at once. */
DWORD transport_open(enum transport_mode mode, struct transport **stream);

/* All of it, or false.  The stream waits at most some seconds for the peer. */
bool transport_send(struct transport *stream, const void *buf, size_t len);

/* Wait for bytes, at most timeout milliseconds unless INFINITE.  Returns how
 * many came, 0 at the end of the stream, after the time-out and on errors. */
size_t transport_receive(struct transport *stream, void *buf, size_t size, DWORD timeout);

/* Make the stream end for both sides; a waiting transport_receive returns. */
void transport_shutdown(struct transport *stream);

/* Free it; no other thread may be using it. */
void transport_close(struct transport *stream);

#endif
