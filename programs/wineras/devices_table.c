/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * devices_table.c - what devices.c of rasmand needs where no manager is: the
 * names of the transports without their code, and a log that goes to stderr.
 */
#include "wineras.h"

#include <stdarg.h>
#include <stdio.h>

#include "rasmand.h"

/* As in transports/, where the functions are. */
const struct transport transport_modem = {
    .type = "modem", .ras_type = "modem", .needs_path = true, .is_modem = true};
const struct transport transport_serial = {.type = "serial", .ras_type = "SERIAL", .needs_path = true};
const struct transport transport_tcp = {.type = "tcp", .ras_type = "GENERIC", .builtin = "PPP over TCP"};
const struct transport transport_fake = {.type = "fake", .ras_type = "modem", .is_modem = true};

const struct transport *const transports[] = {
    &transport_modem, &transport_serial, &transport_tcp, &transport_fake, NULL};

unsigned int device_warnings;

void log_warnx(uint32_t conn, const char *format, ...)
{
    va_list args;

    (void)conn;
    device_warnings++;
    fputs("wineras: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

void log_warn(uint32_t conn, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    log_warnx(conn, "%s: %m", text);
}
