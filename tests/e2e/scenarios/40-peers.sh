# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Peers that do not do what one hopes for, and links that end.

modem_up

cat > $G/ipv4.pbk <<'EOP'
[IPv4]
Encoding=1
Type=1
ExcludedProtocols=11

MEDIA=serial
Port=
Device=E2E Modem

DEVICE=modem
PhoneNumber=5550107
EOP
chmod 644 $G/ipv4.pbk

scenario "the peer has no IPv4" && {
    dial --phonebook "Z:${G//\//\\}\\ipv4.pbk" --entry IPv4 --user alice
    expect_code 733
    # Depends on whether the peer or the program is quicker; both are right.
    case $(states) in
    "${all_states% Authenticated*} AuthProject:733") ;;
    "${all_states% Connected} Projected:733") ;;
    *) complain "states $(states)" ;;
    esac
    expect_failed_status 733
    result
}

scenario "the peer is silent" && {
    limit=120 dial --number 5550108 --user alice
    expect_failed 721 ${all_states% AuthNotify*} Authenticate
    # A pty has no DTR, and this far end hangs up by itself only when the modem does.
    expect_log modem '^> ATH$'
    result
}

scenario "the program exits after Connected: the link stays, another program hangs up" && {
    dial --number 5550104 --user alice --stay
    expect_code 0
    pgrep -U "$(id -u $who)" -x pppd > /dev/null || complain "no pppd any more"
    ping -c 1 -W 10 10.64.64.1 > /dev/null || complain "no ping any more"
    as $who wineras status > "$L/status.log" 2>&1 || complain "wineras status failed"
    wine "$BUILD/programs/rasdial/rasdial.cross64.exe" /DISCONNECT > "$L/rasdial.log" 2>&1 ||
        complain "rasdial /DISCONNECT failed"
    expect_nothing_left
    result
}

scenario "wineras hangup ends the link" && {
    dial --number 5550104 --user alice --stay
    expect_code 0
    as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup failed"
    expect_nothing_left
    result
}

# How a connection ends, and the error that the status then has.
while read -r end error; do
    scenario "$end while connected" && {
        dial_start --number 5550104 --user alice --until-lost
        expect_soon "$out" '^Ping'
        echo $end > $G/modem.ctl
        dial_wait
        expect_states $all_states
        expect_line "^Lost: RASCS_Disconnected, error $error\$"
        expect_line '^Hung up after .*, status now 6$'
        expect_nothing_left
        result
    }
done <<'EOT'
carrier-loss 629
peer-hangup 629
EOT

scenario "carrier loss while connected, and no program" && {
    dial --number 5550104 --user alice --stay
    expect_code 0
    echo carrier-loss > $G/modem.ctl
    expect_nothing_left
    result
}

cat > $G/idle.pbk <<'EOP'
[Idle]
Encoding=1
Type=1
IdleDisconnectSeconds=2

MEDIA=serial
Port=
Device=E2E Modem

DEVICE=modem
PhoneNumber=5550100
EOP
chmod 644 $G/idle.pbk

scenario "idle while connected" && {
    dial --phonebook "Z:${G//\//\\}\\idle.pbk" --entry Idle --until-lost
    expect_states $all_states
    expect_line '^Lost: RASCS_Disconnected, error 828$'
    expect_line '^Hung up after .*, status now 6$'
    expect_nothing_left
    result
}

# kill_program: as the system would, without any chance to clean up.
kill_program()
{
    pkill -9 -u "$(id -u $who)" -f 'rasping\.cross'
    wait $dial_pid 2> /dev/null
}

scenario "the program is killed while the modem dials" && {
    settings=$(stty -g -F "$(readlink -f $G/tty-modem)")
    dial_start --number 5550007 --user alice
    expect_soon "$L/modem.log" '^\* dial 5550007'
    kill_program
    expect_nothing_left
    [ "$(stty -g -F "$(readlink -f $G/tty-modem)")" = "$settings" ] || complain "the tty's settings are changed"
    result
}

scenario "the program is killed while PPP begins" && {
    dial_start --number 5550108 --user alice
    expect_soon "$L/modem.log" '^\* far end started'
    wait_for 30 pgrep -U "$(id -u $who)" -x pppd || complain "no pppd"
    kill_program
    expect_nothing_left
    result
}

line_stop modem
