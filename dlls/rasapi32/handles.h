/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * handles.h - what this process remembers of HRASCONN values: which it has seen,
 * and which ended because the manager was lost.  The manager owns the
 * connections; this only tells "gone" from "never given".
 */
#ifndef RASAPI32_HANDLES_H
#define RASAPI32_HANDLES_H

#include <stdbool.h>

#include <windows.h>
#include <ras.h>

/* The number behind an HRASCONN, 0 when it can't be one.  That of a link (RasGetSubEntryHandle) has
 * a bit more than that of its connection, and stands for it; but no dial goes on by it. */
DWORD handle_value(HRASCONN conn);
HRASCONN handle_of_link(DWORD handle);
bool handle_is_link(HRASCONN conn);

/* Ask the manager for a link, from 1; that of a connection with one link has the same number.  0, 6, 259
 * or 618, without client_lock.  connection.c */
DWORD handle_find_link(HRASCONN conn, DWORD sub_entry, DWORD *link);

/* The others need client_lock.  The oldest values are forgotten after some
 * hundred newer ones. */
void handle_remember(DWORD handle);
bool handle_is_known(DWORD handle);
/* RasDial of this process has given it. */
void handle_set_dialed(DWORD handle);
bool handle_is_dialed(DWORD handle);

/* The connection ended with this error and no manager knows of it any more. */
void handle_set_lost(DWORD handle, DWORD error);
/* Its error, 0 when it was not lost. */
DWORD handle_lost_error(DWORD handle);

#endif
