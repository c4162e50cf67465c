# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Direct serial lines: every kind of authentication, good and bad credentials.

serial()
{
    local auth=$1

    line_start cable "$(id -u $who)" cable $G/tty-cable "$auth"
    dial --device "E2E Cable" --type null --user alice
}

for who in $guest_user root; do
    auths="none pap chap mschap-v2"
    [ $who != root ] || auths="mschap-v2"
    for auth in $auths; do
        scenario "serial, $auth" && {
            serial $auth
            expect_good_call
            case $auth in
            none) expect_line '^Authenticated by 0 0$' ;;
            pap) expect_line '^Authenticated by 0xc023 0$' ;;
            chap) expect_line '^Authenticated by 0xc223 0x5$' ;;
            mschap-v2) expect_line '^Authenticated by 0xc223 0x81$' ;;
            esac
            line_stop cable
            result
        }
        [ $auth != none ] && scenario "serial, $auth, bad password" && {
            password=wrong
            serial $auth
            expect_refused
            line_stop cable
            result
        }
    done
done
who=$guest_user

# The first MS-CHAP is not allowed unless the entry says so.
scenario "serial, the peer wants MS-CHAP version 1" && {
    serial mschap
    expect_failed 919 $auth_failed
    line_stop cable
    result
}

width=32
scenario "serial, mschap-v2" && {
    serial mschap-v2
    expect_good_call
    line_stop cable
    result
}
width=64
