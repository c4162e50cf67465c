/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * table.c - all transports, in the order in which devices.conf knows them.
 */
#include "rasmand.h"

const struct transport *const transports[] = {
    &transport_modem,
    &transport_serial,
    &transport_tcp,
    &transport_fake,
    NULL,
};
