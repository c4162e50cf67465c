/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * rasdial.h - what the files of rasdial.exe share.  The program knows RAS by its
 * public functions only.
 */
#ifndef RASDIAL_H
#define RASDIAL_H

#include <stdbool.h>

#include <windows.h>
#include <raserror.h>
#include "ras.h"

/* What the command line asks for. */
struct request
{
    const WCHAR *entry; /* NULL: none named */
    const WCHAR *user;  /* NULL: the saved one */
    const WCHAR *password;
    const WCHAR *domain;
    const WCHAR *phone;
    const WCHAR *callback;
    const WCHAR *phonebook;
    bool use_prefix_suffix;
    bool is_disconnect;
    bool is_help;
};

/* Called by the C runtime. */
int wmain(int argc, WCHAR **argv);

/* arguments.c: false when the words make no sense. */
bool parse_arguments(int argc, WCHAR **argv, struct request *request);

/* console.c */
void print(const WCHAR *format, ...);
/* A line without echo, for a password; false when there is none. */
bool read_secret(const WCHAR *prompt, WCHAR *text, DWORD size);

/* dial.c, connections.c: a RAS error, which has been told. */
DWORD dial(const struct request *request);
DWORD list_connections(void);
DWORD disconnect(const WCHAR *entry);

/* connections.c: hang up and wait until the line is down. */
DWORD hang_up(HRASCONN hrasconn);
void print_error(DWORD error);
void print_done(void);

#endif
