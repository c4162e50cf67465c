# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Call back: the peer hangs up and calls, for the three kinds of account; what the program
# says when it is asked; a peer that does not call, or does not wait.

# As for the other modems, and nobody waits two minutes here.
cat >> /etc/wineras/devices.conf <<EOC

[Callback Modem]
type = modem
path = $G/tty-modem
speed = 115200
callback-timeout = 8s
EOC
cp /etc/wineras/devices.conf /usr/local/etc/wineras/

before_callback="OpenPort PortOpened ConnectDevice DeviceConnected AllDevicesConnected Authenticate AuthNotify"
hung_up_for_it="PrepareForCallback WaitForModemReset WaitForCallback"
called_back="$hung_up_for_it ReAuthenticate AuthNotify AuthProject Authenticated Projected Connected"
not_called="AuthProject Authenticated Projected Connected"

# callback NUMBER [option...]: dials it.
callback()
{
    local number=$1

    shift
    line_start modem "$(id -u $who)" modem $G/tty-modem ""
    dial --device "Callback Modem" --type modem --number "$number" --user alice "$@"
}

# expect_callback STATE...: all went well.
expect_callback()
{
    expect_code 0
    expect_states $before_callback "$@"
    expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
    expect_line '^Hung up after'
    expect_nothing_left
    line_stop modem
}

# expect_log_count NAME TEXT N
expect_log_count()
{
    local count

    count=$(grep -c -e "$2" "$L/$1.log")
    [ "$count" = "$3" ] || complain "$1.log has /$2/ $count times, not $3"
}

callback_to_number()
{
    callback 5550120 --callback "(555) 999" "$@"
    expect_log_count modem '^> ATDT' 1
    expect_log_count modem '^> ATA$' 1
    expect_log pppd-modem "response 2 number '(555) 999'"
    expect_log_count pppd-modem 'the caller cannot be called back' 1
}

scenario "callback, the number is given" && {
    callback_to_number
    expect_callback AuthCallback $called_back
    result
}

scenario "callback, synchronous" && {
    callback_to_number --notifier sync
    expect_code 0
    expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
    expect_nothing_left
    line_stop modem
    result
}

width=32
scenario "callback, the program is asked and gives a number" && {
    callback 5550120 --callback "*" --paused --callback-answer 5550000 --think 1000
    expect_log pppd-modem "response 2 number '5550000'"
    expect_callback AuthCallback CallbackSetByCaller $called_back
    result
}
width=64

scenario "callback, the program is asked and wants none" && {
    callback 5550120 --callback "*" --paused --callback-answer ""
    expect_log pppd-modem "response 1 "
    expect_callback AuthCallback CallbackSetByCaller $not_called
    result
}

scenario "callback, not wanted" && {
    callback 5550120
    expect_log pppd-modem "response 1 "
    expect_callback $not_called
    result
}

scenario "callback, at a number that the peer knows" && {
    callback 5550121
    expect_log pppd-modem "response 3 "
    expect_callback $called_back
    result
}

scenario "callback, the account has none" && {
    callback 5550122 --callback 5550000
    expect_log pppd-modem "response 1 "
    expect_callback $not_called
    result
}

scenario "callback, the program cannot be asked" && {
    callback 5550120 --callback "*"
    expect_code 704
    expect_states $before_callback AuthCallback AuthCallback:704
    expect_nothing_left
    line_stop modem
    result
}

scenario "callback, the peer does not call" && {
    callback 5550123 --callback 5550000
    expect_code 638
    expect_states $before_callback AuthCallback $hung_up_for_it WaitForCallback:638
    expect_nothing_left
    line_stop modem
    result
}

scenario "callback, the peer does not wait for the number" && {
    callback 5550124 --callback "*" --paused --think 8000 --callback-answer 5550000
    expect_line '^RasDial .resume.: error 6'
    expect_states $before_callback AuthCallback CallbackSetByCaller AuthCallback:629
    expect_nothing_left
    line_stop modem
    result
}

scenario "callback, hung up while asked" && {
    callback 5550120 --callback "*" --paused
    expect_code 631
    expect_states $before_callback AuthCallback CallbackSetByCaller Disconnected
    expect_line '^Hung up after'
    expect_nothing_left
    line_stop modem
    result
}

for state in $hung_up_for_it ReAuthenticate; do
    scenario "callback, hung up at $state" && {
        callback 5550120 --callback 5550000 --hangup-at $state
        expect_line '^RasHangUp in the handler: 0'
        expect_line '^Hung up after'
        expect_nothing_left
        line_stop modem
        result
    }
done

scenario "callback, the program is killed while it is waited for" && {
    line_start modem "$(id -u $who)" modem $G/tty-modem ""
    dial_start --device "Callback Modem" --type modem --number 5550123 --user alice --callback 5550000
    expect_soon "$out" RASCS_WaitForCallback
    kill_program
    expect_nothing_left
    line_stop modem
    result
}

scenario "callback, the modem goes away while the call is waited for" && {
    line_start modem "$(id -u $who)" modem $G/tty-modem ""
    dial_start --device "Callback Modem" --type modem --number 5550123 --user alice --callback 5550000
    expect_soon "$out" RASCS_WaitForCallback
    echo carrier-loss > $G/modem.ctl
    dial_wait
    expect_code 619
    expect_states $before_callback AuthCallback $hung_up_for_it WaitForCallback:619
    expect_nothing_left
    line_stop modem
    result
}

scenario "callback, a wrong password, then called back" && {
    line_start modem "$(id -u $who)" modem $G/tty-modem ""
    password=wrong
    RASPING_RETRY=$good_password dial --device "Callback Modem" --type modem --number 5550120 --user alice --paused \
        --callback 5550000
    expect_code 0
    expect_states $before_callback RetryAuthentication AuthRetry ConnectDevice DeviceConnected AllDevicesConnected \
        Authenticate AuthNotify AuthCallback $called_back
    expect_nothing_left
    line_stop modem
    result
}
