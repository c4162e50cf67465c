# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Failures on every kind of line, as each kind of notifier hears of them; devices that
# cannot be had.

cat >> /etc/wineras/devices.conf <<EOC

[Mute Modem]
type = modem
path = $G/tty-modem
speed = 115200
reply-timeout = 1s
EOC
cp /etc/wineras/devices.conf /usr/local/etc/wineras/
echo "* busy" > $G/busy-plan
echo "reply ATZ NOTHING-THAT-COUNTS" > $G/mute-plan

# notifier, line, what is wrong, error
while read -r notifier line what error; do
    scenario "failures: $line, $what, notifier $notifier" && {
        [ $what = refused ] && password=wrong
        case $line,$what in
        modem,busy)
            line_start modem "$(id -u $who)" modem $G/tty-modem "" -p $G/busy-plan
            dial --number 5550001 --user alice --notifier $notifier
            failed_states=$dial_failed
            ;;
        serial,refused)
            line_start cable "$(id -u $who)" cable $G/tty-cable mschap-v2
            dial --device "E2E Cable" --type null --user alice --notifier $notifier
            failed_states=$auth_failed
            ;;
        TCP,refused)
            line_start tcp 0 tcp 127.0.0.1:4455 chap
            dial --device "E2E TCP" --type tcp --number 127.0.0.1:4455 --user alice --notifier $notifier
            failed_states=$auth_failed
            ;;
        TCP,unreachable)
            dial --device "E2E TCP" --type tcp --number 127.0.0.1:4456 --user alice --notifier $notifier
            failed_states=$dial_failed
            ;;
        serial,missing)
            rm -f $G/tty-cable
            dial --device "E2E Cable" --type null --user alice --notifier $notifier
            failed_states="OpenPort OpenPort"
            ;;
        esac
        if [ $notifier = sync ]; then
            expect_failed_sync $error
        else
            expect_failed $error $failed_states
        fi
        for line in modem cable tcp; do
            line_stop $line
        done
        result
    }
done <<'EOT'
sync modem busy 676
func modem busy 676
sync serial refused 691
window serial refused 691
func1 serial missing 608
sync serial missing 608
window TCP refused 691
sync TCP refused 691
func TCP unreachable 678
EOT

scenario "failures: the modem does not reply" && {
    line_start modem "$(id -u $who)" modem $G/tty-modem "" -p $G/mute-plan
    dial --device "Mute Modem" --type modem --number 5550100
    expect_failed 638 $dial_failed
    line_stop modem
    result
}

scenario "failures: another program has locked the line" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable none
    tty=$(readlink -f $G/tty-cable)
    # As uucp names it; its owner lives.
    lock=/run/lock/LCK..$(echo "${tty#/dev/}" | tr / _)
    printf '%10d\n' 1 > "$lock"
    chmod 644 "$lock"
    dial --device "E2E Cable" --type null
    rm -f "$lock"
    expect_failed 633 OpenPort OpenPort
    line_stop cable
    result
}

scenario "failures: the line belongs to others" && {
    line_start cable 0 cable $G/tty-cable none
    chmod 600 "$(readlink -f $G/tty-cable)"
    dial --device "E2E Cable" --type null
    expect_failed 5 OpenPort OpenPort
    line_stop cable
    result
}
