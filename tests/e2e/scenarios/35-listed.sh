# SPDX-License-Identifier: LGPL-2.1-or-later
#
# RasEnumDevices, and dials with the type and the name that it gives.

echo "* connect" > $G/listed-plan

# width, type, number, device; the last is there without devices.conf.
while read -r width type number device; do
    scenario "listed: $device" && {
        if [ "$device" = "PPP over TCP" ]; then
            mv /usr/local/etc/wineras/devices.conf $G/devices-unused
            mv /etc/wineras/devices.conf $G/devices-unused-too
        fi
        case $device in
        *TCP) line_start tcp 0 tcp $number mschap-v2 ;;
        *Modem) line_start modem "$(id -u $who)" modem $G/tty-modem mschap-v2 -p $G/listed-plan ;;
        *) line_start cable "$(id -u $who)" cable $G/tty-cable mschap-v2 ;;
        esac
        dial --list-devices --device "$device" --number "$number" --user alice
        expect_line "^Device $type, $device\$"
        expect_good_call
        if [ "$device" = "PPP over TCP" ]; then
            ! tr -d '\r' < "$out" | grep '^Device .*, E2E ' || complain "devices.conf is still read"
            mv $G/devices-unused /usr/local/etc/wineras/devices.conf
            mv $G/devices-unused-too /etc/wineras/devices.conf
        fi
        line_stop tcp
        line_stop cable
        line_stop modem
        result
    }
done <<'EOT'
64 modem 5550104 E2E Modem
64 SERIAL 0 E2E Cable
32 GENERIC 127.0.0.1:4455 E2E TCP
64 GENERIC 127.0.0.1:4455 PPP over TCP
EOT
width=64
