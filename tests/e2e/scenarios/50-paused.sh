# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Paused states: the peer refuses, the program is asked and resumes - on the same link
# where the peer allows it, else by another call.

before_pause="${auth_failed% AuthNotify} RetryAuthentication"
after_pause="AuthNotify AuthProject Authenticated Projected Connected"

for auth in pap chap mschap-v2; do
    scenario "paused, $auth, resumed on the same link" && {
        paused retry-$auth
        expect_code 0
        expect_states $before_pause AuthRetry $after_pause
        expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
        expect_sessions 1
        expect_nothing_left
        line_stop cable
        result
    }
    scenario "paused, $auth, the peer does not wait" && {
        paused $auth --think 1000
        expect_code 0
        expect_states $before_pause AuthRetry ConnectDevice DeviceConnected AllDevicesConnected Authenticate $after_pause
        expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
        expect_sessions 2
        expect_nothing_left
        line_stop cable
        result
    }
done

scenario "paused, three times" && {
    retries=$(printf 'bad\nworse\n%s' "$good_password")
    paused retry-mschap-v2
    expect_code 0
    expect_states $before_pause AuthRetry AuthNotify RetryAuthentication AuthRetry AuthNotify RetryAuthentication \
        AuthRetry $after_pause
    expect_sessions 1
    expect_nothing_left
    line_stop cable
    result
}
unset retries

scenario "paused, resumed with another name" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable retry-mschap-v2
    password=wrong
    RASPING_RETRY=$good_password dial --device "E2E Cable" --type null --user mallory --paused --retry-user alice
    expect_code 0
    expect_states $before_pause AuthRetry $after_pause
    expect_sessions 1
    expect_nothing_left
    line_stop cable
    result
}

scenario "paused, resumed with a domain" && {
    paused retry-mschap-v2 --domain DOMAIN
    expect_code 0
    expect_states $before_pause AuthRetry $after_pause
    expect_log pppd-cable 'retryserver: DOMAIN\\alice accepted'
    expect_nothing_left
    line_stop cable
    result
}

for profile in retry-mschap-v2 mschap-v2; do
    scenario "paused, $profile, hung up" && {
        retries=
        paused $profile --think 1000
        expect_code 631
        expect_line '^Hung up after'
        expect_nothing_left
        line_stop cable
        result
    }
    scenario "paused, $profile, the program is killed" && {
        line_start cable "$(id -u $who)" cable $G/tty-cable $profile
        password=wrong
        RASPING_RETRY=$good_password dial_start --device "E2E Cable" --type null --user alice --paused --think 100000
        expect_soon "$out" RASCS_RetryAuthentication
        kill_program
        expect_nothing_left
        line_stop cable
        result
    }
done
unset retries

scenario "paused, the peer vanishes, resumed by another call" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable retry-mschap-v2
    password=wrong
    RASPING_RETRY=$good_password dial_start --device "E2E Cable" --type null --user alice --paused --think 4000
    expect_soon "$out" RASCS_RetryAuthentication
    echo carrier-loss > $G/cable.ctl
    dial_wait
    expect_code 0
    expect_states $before_pause AuthRetry ConnectDevice DeviceConnected AllDevicesConnected Authenticate $after_pause
    expect_sessions 2
    expect_nothing_left
    line_stop cable
    result
}

scenario "paused states not wanted" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable retry-mschap-v2
    password=wrong
    dial --device "E2E Cable" --type null --user alice
    expect_refused
    line_stop cable
    result
}
