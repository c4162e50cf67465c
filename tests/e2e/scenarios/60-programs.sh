# SPDX-License-Identifier: LGPL-2.1-or-later
#
# All kinds of programs: with and without a console, both widths, each kind of
# notifier, and hanging up inside a handler.

programs_modem()
{
    line_start modem "$(id -u $who)" modem $G/tty-modem "" -p $G/programs-plan
}

programs_cable()
{
    line_start cable "$(id -u $who)" cable $G/tty-cable mschap-v2
}

cat > $G/programs-plan <<'EOP'
5550001 silence
* connect
EOP

# A program without a console writes to a file: its user has to be able to.
echo "* busy" > $G/programs-busy
mkdir -p $G/programs
chmod 1777 $G/programs

# dial_gui OPTION...: as dial.
dial_gui()
{
    local file=$G/programs/$who-$width

    rm -f "$file"
    RASPING_PASSWORD=$password wine "$BUILD/tests/programs/rasping_gui.cross$width.exe" \
        --output "Z:${file//\//\\}" "$@" > "$L/console.log" 2> "$L/wine.log" < /dev/null
    programs_status=$?
    cat "$file" > "$out"
    code=$(sed -n 's/\r//; s/^Exit code //p' "$out")
    [ -n "$code" ] || complain "the program did not reach its end"
}

for row in "64 $guest_user" "32 $guest_user" "64 root"; do
    width=${row% *}
    who=${row#* }
    scenario "programs: no console, a window is notified" && {
        programs_cable
        dial_gui --device "E2E Cable" --type null --user alice --notifier window
        expect_good_call
        [ $programs_status = 0 ] || complain "the process's exit code is $programs_status"
        [ ! -s "$L/console.log" ] || complain "it writes to the console: $(cat "$L/console.log")"
        line_stop cable
        result
    }
done
who=$guest_user

# width, notifier, line
while read -r width notifier line; do
    scenario "programs: notifier $notifier, $line" && {
        case $line in
        modem)
            programs_modem
            dial --number 5550104 --user alice --notifier $notifier
            ;;
        serial)
            programs_cable
            dial --device "E2E Cable" --type null --user alice --notifier $notifier
            ;;
        TCP)
            line_start tcp 0 tcp 127.0.0.1:4455 mschap-v2
            dial --device "E2E TCP" --type tcp --number 127.0.0.1:4455 --user alice --notifier $notifier
            ;;
        esac
        if [ $notifier = sync ]; then
            expect_code 0
            expect_states ""
            expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
            expect_line '^Hung up after'
            expect_nothing_left
        else
            expect_good_call
        fi
        for line in modem cable tcp; do
            line_stop $line
        done
        result
    }
done <<'EOT'
64 func modem
64 func1 TCP
64 sync serial
32 window modem
32 func TCP
EOT
width=64

scenario "programs: no console, the modem is busy" && {
    line_start modem "$(id -u $who)" modem $G/tty-modem "" -p $G/programs-busy
    dial_gui --number 5550001 --notifier window
    expect_failed 676 $dial_failed
    line_stop modem
    result
}

# A handler that hangs up is the last to be called.
# width, notifier, line, number, states
while read -r width notifier line number states; do
    scenario "programs: hang up in the handler, $notifier, at ${states##* }" && {
        programs_$line
        case $line in
        modem) set -- --number $number ;;
        cable) set -- --device "E2E Cable" --type null ;;
        esac
        dial "$@" --user alice --notifier $notifier --hangup-at ${states##* }
        expect_code 0
        expect_states $states
        expect_line '^RasHangUp in the handler: 0$'
        expect_line '^Hung up after .*, status now 6$'
        expect_nothing_left
        line_stop $line
        result
    }
done <<EOT
64 func1 modem 5550001 OpenPort PortOpened ConnectDevice
64 func1 cable - $all_states
32 window cable - ${all_states% AuthNotify*}
EOT
width=64
