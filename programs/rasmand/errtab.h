/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * errtab.h - what the system and pppd say, as RAS errors.
 */
#ifndef ERRTAB_H
#define ERRTAB_H

#include <stdbool.h>
#include <stdint.h>

/* errno of opening or setting up a tty. */
uint32_t errtab_open(int error);
/* errno of a TCP connection that did not come about. */
uint32_t errtab_tcp(int error);
/* pppd's wait status, when its plugin has named no cause. */
uint32_t errtab_pppd(int wait_status, bool connected);

#endif
