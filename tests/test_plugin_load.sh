#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# test_plugin_load.sh - pppd itself loads wineras.so and refuses a bad
# descriptor in its words.  No kernel PPP is needed, but root: "plugin" is
# a privileged option.  TEST_PPPD names another pppd.
pppd=${TEST_PPPD:-/usr/sbin/pppd}
plugin=$(pwd)/plugin/wineras.so
[ "$(id -u)" = 0 ] && [ -x "$pppd" ] || exit 77

status=0
check()
{
    text=$("$pppd" plugin "$plugin" nodetach notty wineras-fd "$1" 2>&1 < /dev/null)
    if [ $? -ne 2 ] || ! echo "$text" | grep -q "wineras: wineras-fd: $2"; then
        echo "wineras-fd $1: wanted \"$2\", got: $text"
        status=1
    fi
}
check x 'not a number'
check 3x 'not a number'
check 0 'not a descriptor for this'
check -1 'not a number'
check 99 'not a local socket'
check 99999999999999999999 'not a number'

# Nothing but its entry is offered to pppd, and nothing is needed that a pppd may lack.
exported=$(nm -D --defined-only "$plugin" | awk '{ print $3 }')
[ "$exported" = plugin_init ] || { echo "exported: $exported"; status=1; }
exit $status
