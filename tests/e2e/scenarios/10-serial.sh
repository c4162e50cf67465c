# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Direct serial lines: every kind of authentication, good and bad credentials.

serial_states="OpenPort PortOpened ConnectDevice DeviceConnected AllDevicesConnected"

serial_dial()
{
    dial --device "E2E Cable" --type null --user alice "$@"
}

for auth in none pap chap mschap mschap-v2; do
    scenario "serial, $auth" && {
        line_start cable "$(id -u $who)" cable $G/tty-cable $auth
        serial_dial
        expect_code 0
        expect_line '^Address 10\.64\.64\.2, peer 10\.64\.64\.1$'
        expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
        expect_line '^Hung up after'
        expect_line 'RASCS_Connected$'
        expect_nothing_left
        line_stop cable
        result
    }
done
