# SPDX-License-Identifier: LGPL-2.1-or-later
#
# PPP over a TCP connection: the number is host:port.

tcp()
{
    line_start tcp 0 tcp 127.0.0.1:4455 "$1"
    dial --device "E2E TCP" --type tcp --number 127.0.0.1:4455 --user alice
}

for who in $guest_user root; do
    auths="none pap chap mschap-v2"
    [ $who != root ] || auths="mschap-v2"
    for auth in $auths; do
        scenario "TCP, $auth" && {
            tcp $auth
            expect_good_call
            line_stop tcp
            result
        }
        [ $auth != none ] && scenario "TCP, $auth, bad password" && {
            password=wrong
            tcp $auth
            expect_refused
            line_stop tcp
            result
        }
    done
done
who=$guest_user

scenario "TCP, nobody listens" && {
    dial --device "E2E TCP" --type tcp --number 127.0.0.1:4456 --user alice
    expect_failed 678 $dial_failed
    result
}

scenario "TCP, a name that nobody knows" && {
    dial --device "E2E TCP" --type tcp --number nobody.invalid:4455 --user alice
    expect_failed 868 $dial_failed
    result
}

scenario "TCP, the far end closes at once" && {
    line_start tcp 0 tcp 127.0.0.1:4455 no-such-profile
    dial --device "E2E TCP" --type tcp --number 127.0.0.1:4455 --user alice
    expect_failed 619 OpenPort PortOpened ConnectDevice DeviceConnected AllDevicesConnected AllDevicesConnected
    line_stop tcp
    result
}
