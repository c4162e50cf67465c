# SPDX-License-Identifier: LGPL-2.1-or-later
#
# RASCS_PasswordExpired: the server wants a new password and gets it on the same link.

before_expired="${auth_failed% AuthNotify} PasswordExpired"
new_password='Neues Pa$$wort 2'

# expired PROFILE [option...]
expired()
{
    first_password=$good_password retries=${retries-$new_password} paused "$@"
}

# The server has taken the new password.
expect_changed()
{
    expect_code 0
    expect_states $before_expired AuthChangePassword $after_pause
    expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
    expect_log pppd-cable "password of alice changed, ${#new_password} characters"
    expect_sessions 1
    expect_nothing_left
}

# MS-CHAP of version 1 is nothing that an entry allows by itself.
for auth in mschap:64 mschap-v2:512; do
    scenario "expired, ${auth%:*}, changed" && {
        expired expired-1-${auth%:*} --auth ${auth#*:}
        expect_changed
        line_stop cable
        result
    }
done

width=32
scenario "expired, mschap-v2, R=0, changed" && {
    expired expired-2-mschap-v2
    expect_changed
    line_stop cable
    result
}
width=64

scenario "expired, the server refuses the new password" && {
    expired expired-4-mschap-v2
    expect_code 709
    expect_states $before_expired AuthChangePassword AuthNotify AuthNotify:709
    expect_sessions 1
    expect_nothing_left
    line_stop cable
    result
}

scenario "expired, the server closes the link after the change" && {
    expired expired-6-mschap-v2
    expect_code 709
    expect_nothing_left
    line_stop cable
    result
}

scenario "expired, the server does not wait" && {
    expired expired-3-mschap-v2 --think 3000
    expect_code 648
    [[ $(states) == *AuthNotify:648 ]] || complain "states $(states)"
    expect_sessions 1
    expect_nothing_left
    line_stop cable
    result
}

scenario "expired, refused first" && {
    first_password=wrong retries=$(printf '%s\n%s' "$good_password" "$new_password") paused expired-1-mschap-v2
    expect_code 0
    expect_states $before_pause AuthRetry ConnectDevice DeviceConnected AllDevicesConnected Authenticate AuthNotify \
        PasswordExpired AuthChangePassword $after_pause
    expect_sessions 2
    expect_nothing_left
    line_stop cable
    result
}

scenario "expired, hung up" && {
    retries=
    expired expired-1-mschap-v2 --think 500
    expect_code 631
    expect_nothing_left
    line_stop cable
    result
}
unset retries

scenario "expired, the peer vanishes" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable expired-1-mschap-v2
    RASPING_RETRY=$new_password dial_start --device "E2E Cable" --type null --user alice --paused --think 100000
    expect_soon "$out" RASCS_PasswordExpired
    echo carrier-loss > $G/cable.ctl
    expect_soon "$out" 'RASCS_AuthNotify  error 619'
    [[ $(states) == "$before_expired AuthNotify:619" ]] || complain "states $(states)"
    kill_program
    expect_nothing_left
    line_stop cable
    result
}

scenario "expired, the program is killed" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable expired-1-mschap-v2
    RASPING_RETRY=$new_password dial_start --device "E2E Cable" --type null --user alice --paused --think 100000
    expect_soon "$out" RASCS_PasswordExpired
    kill_program
    expect_nothing_left
    line_stop cable
    result
}

scenario "expired, paused states not wanted" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable expired-1-mschap-v2
    dial --device "E2E Cable" --type null --user alice
    expect_code 648
    expect_states $auth_failed:648
    expect_nothing_left
    line_stop cable
    result
}

# What a server of Windows says besides 691 and 648.
for error in 646 647 649 709; do
    scenario "refused with $error" && {
        line_start cable "$(id -u $who)" cable $G/tty-cable error-$error
        dial --device "E2E Cable" --type null --user alice
        expect_code $error
        expect_states $auth_failed:$error
        expect_nothing_left
        line_stop cable
        result
    }
done
