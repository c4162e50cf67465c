/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * log.c - the manager's log: standard error in the foreground, else syslog.
 */
#include "rasmand.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

static bool log_foreground = true;
static int log_verbose;

void log_init(bool foreground, int verbose)
{
    log_foreground = foreground;
    log_verbose = verbose;
    if (!foreground) openlog("rasmand", LOG_PID, LOG_DAEMON);
}

/* Names and messages come from peers and programs: no control characters. */
static void clean(char *line)
{
    for (; *line; line++)
        if ((unsigned char)*line < 0x20 || *line == 0x7f) *line = '?';
}

static void LOG_FORMAT(3, 0) log_line(int level, uint32_t conn, const char *format, va_list args, int error)
{
    char line[1024];
    size_t pos = 0;
    int n;

    if (conn) pos = (size_t)snprintf(line, sizeof(line), "%u: ", (unsigned int)conn);
    n = vsnprintf(line + pos, sizeof(line) - pos, format, args);
    if (n > 0) pos += (size_t)n;
    if (pos > sizeof(line) - 1) pos = sizeof(line) - 1;
    if (error) snprintf(line + pos, sizeof(line) - pos, ": %s", strerror(error));
    clean(line);
    if (log_foreground)
        fprintf(stderr, "rasmand: %s\n", line);
    else
        syslog(level, "%s", line);
}

void log_warn(uint32_t conn, const char *format, ...)
{
    int error = errno;
    va_list args;

    va_start(args, format);
    log_line(LOG_WARNING, conn, format, args, error);
    va_end(args);
    errno = error;
}

void log_warnx(uint32_t conn, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    log_line(LOG_WARNING, conn, format, args, 0);
    va_end(args);
}

void log_info(uint32_t conn, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    log_line(LOG_INFO, conn, format, args, 0);
    va_end(args);
}

void log_debug(uint32_t conn, const char *format, ...)
{
    va_list args;

    if (!log_verbose) return;
    va_start(args, format);
    log_line(LOG_DEBUG, conn, format, args, 0);
    va_end(args);
}

void fatal(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    log_line(LOG_ERR, 0, format, args, 0);
    va_end(args);
    exit(1);
}
