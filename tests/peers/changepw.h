/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * changepw.h - what a server makes of a packet that changes a password (RFC 2433
 * section 9, RFC 2759 section 7).  Written apart from the plugin and with another
 * library, so that both must be right to agree.
 */
#ifndef CHANGEPW_H
#define CHANGEPW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHANGEPW_V1 6
#define CHANGEPW_V2 7

/* packet: from its code on.  Decrypt the new password with the old one and check that the
 * old hash is in it, too.  Both are ASCII.  False: what is wrong is in why.  response: the value
 * field that a response with the new password would have (49 bytes). */
bool changepw_read(const uint8_t *packet, size_t len, const char *old_password, char *new_password, size_t size,
                   uint8_t response[49], const char **why);

#endif
