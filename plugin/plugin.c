/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * plugin.c - what pppd loads: one option, "wineras-fd NUMBER", open to every
 * user.  Without it the plugin does nothing at all, also with "wineras-mppe".  Two are root's: "wineras-routes" and
 * "wineras-resolver PATH" allow what network.c does.
 */
#include "config.h"
#include "plugin.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "pppd_compat.h"

void plugin_init(void) __attribute__((visibility("default")));

static bool set_fd(const char *value)
{
    const char *why;
    char *end, text[128];
    long fd = strtol(value, &end, 10);

    if (end == value || *end || fd < 0 || fd > INT_MAX)
        why = "not a number";
    else
    {
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* a password comes in: no core file */
        why = session_open((int)fd);
    }
    if (why)
    {
        snprintf(text, sizeof(text), "wineras-fd: %s", why);
        pppd_option_error(text);
        return false;
    }
    report_start();
    return true;
}

void plugin_init(void)
{
    const char *missing = pppd_lacks();

    if (missing)
    {
        /* pppd then stops at the unknown option wineras-fd. */
        fprintf(stderr, "wineras: this pppd lacks %s; pppd 2.4.9 and 2.5 are supported\n", missing);
        return;
    }
    pppd_add_option("wineras-fd", "socket to the wineras manager", set_fd);
    pppd_add_flag("wineras-mppe", "encrypt when the peer can do it", &report_may_encrypt, false);
    pppd_add_flag("wineras-routes", "let entries route through the link", &network_may_route, true);
    pppd_add_text("wineras-resolver", "program that sets name servers", network_resolver, sizeof(network_resolver));
}
