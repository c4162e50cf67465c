# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Who lives how long: links outlive programs, dials don't; what a program, the
# manager or pppd leaves behind when it is killed; who sees whose connections.

cat > $G/life-plan <<'EOP'
5550001 silence
* connect
EOP
cat > $G/life-mute-plan <<'EOP'
reply ATZ NOTHING-THAT-COUNTS
EOP
# One phone book for several programs: an entry is known by its file too.
cat > $G/life.pbk <<'EOP'
[Life]
Encoding=1
Type=1

MEDIA=serial
Port=
Device=Patient Modem

DEVICE=modem
PhoneNumber=5550104
EOP
sed "s/^\[Life\]/[Ringing]/; s/5550104/5550001/" $G/life.pbk >> $G/life.pbk
chmod 644 $G/life.pbk
life_book="Z:${G//\//\\}\\life.pbk"

# Here nobody has to be quick: a modem that gives up late.
cat >> /etc/wineras/devices.conf <<EOC

[Patient Modem]
type = modem
path = $G/tty-modem
speed = 115200
answer-timeout = 250s
EOC
cp /etc/wineras/devices.conf /usr/local/etc/wineras/

# life_ring: a program dials, and the telephone rings.
life_ring()
{
    dial_start --device "Patient Modem" --type modem --number 5550001
    expect_soon "$L/modem.log" '^\* dial 5550001'
}

life_modem()
{
    line_start modem "$(id -u $who)" modem $G/tty-modem "" -p $G/life-plan
}

# life_cable PROFILE: with settings of the tty that nobody sets by chance.
life_cable()
{
    line_start cable "$(id -u $who)" cable $G/tty-cable "$1"
    stty -F $G/tty-cable 4800 icanon echo ixon -hupcl
    life_tty=$(readlink -f $G/tty-cable)
    life_settings=$(stty -g -F "$life_tty")
}

expect_tty_restored()
{
    [ "$(stty -g -F "$life_tty")" = "$life_settings" ] ||
        complain "the tty's settings are $(stty -g -F "$life_tty"), were $life_settings"
}

# Our pppd: it runs as root, like the peer's.
life_pppd()
{
    pgrep -c -f '^pppd call wineras'
}

# pgrep's name of a process is the whole path of a PE's loader.
life_kill_program()
{
    pkill -9 -u "$(id -u $who)" -f 'rasping\.cross' || complain "no program to kill"
    wait $dial_pid 2> /dev/null
}

life_kill_manager()
{
    pkill -9 -u "$(id -u $who)" -x rasmand || complain "no manager to kill"
    wait_for 10 eval '! pgrep -x rasmand' || complain "the manager cannot be killed"
}

# A program of the other user's, or of ours: rasdial's words in $L/rasdial.log.
rasdial()
{
    wine "$BUILD/programs/rasdial/rasdial.cross$width.exe" "$@" > "$L/rasdial.log" 2>&1 < /dev/null
    life_status=$?
    sed -i 's/\r//' "$L/rasdial.log"
}

expect_rasdial()
{
    [ "$life_status" = 0 ] || complain "rasdial's exit code is $life_status"
    [ "$(head -n -1 "$L/rasdial.log" | tr '\n' '|')" = "$1" ] ||
        complain "rasdial prints $(tr '\n' '|' < "$L/rasdial.log")"
    [ "$(tail -n 1 "$L/rasdial.log")" = "Command completed successfully." ] || complain "rasdial's last line is wrong"
}

# expect_status TEXT...: wineras status names all of them.
expect_status()
{
    local text

    as $who wineras status > "$L/status.log" 2>&1 || complain "wineras status fails"
    for text in "$@"; do
        grep -q -e "$text" "$L/status.log" || complain "wineras status has no /$text/: $(cat "$L/status.log")"
    done
}

# The manager of an idle connection sleeps.
expect_no_wakeups()
{
    local manager before after

    manager=$(pgrep -u "$(id -u $who)" -x rasmand)
    before=$(awk '/^voluntary_ctxt_switches/ { print $2 }' "/proc/$manager/status")
    sleep 3
    after=$(awk '/^voluntary_ctxt_switches/ { print $2 }' "/proc/$manager/status")
    [ -n "$before" ] && [ "$before" = "$after" ] || complain "the idle manager woke up: $before, $after"
}

expect_ping()
{
    ping -c 1 -W 10 10.64.64.1 > /dev/null || complain "no answer through the link"
}

# ---- programs end -----------------------------------------------------------------

for who in $guest_user root; do
    scenario "lifetime: a program exits after Connected, another one hangs up" && {
        life_cable mschap-v2
        dial --device "E2E Cable" --type null --user alice --stay
        expect_code 0
        expect_states $all_states
        expect_ping
        expect_status rasping 'Connected for' '10.64.64.2, peer 10.64.64.1'
        expect_no_wakeups
        rasdial
        expect_rasdial "Connected to|rasping|"
        # It is nobody else's.
        mine=$who
        [ $who = root ] && who=$guest_user || who=root
        expect_status '^No connections.$'
        as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "hangup --all without connections fails"
        rasdial rasping /DISCONNECT
        expect_rasdial "No connections|"
        who=$mine
        expect_ping
        rasdial RASPING /DISCONNECT
        expect_rasdial ""
        expect_tty_restored
        expect_nothing_left
        line_stop cable
        result
    }
done
who=$guest_user

scenario "lifetime: a program is killed after Connected, 'wineras hangup' of its entry" && {
    life_modem
    dial_start --phonebook "$life_book" --entry Life --user alice --until-lost
    expect_soon "$out" '^Ping'
    life_kill_program
    expect_ping
    expect_status Life 'Connected for'
    as $who wineras hangup life > "$L/hangup.log" 2>&1 || complain "wineras hangup fails: $(cat "$L/hangup.log")"
    expect_nothing_left
    line_stop modem
    result
}

for who in $guest_user root; do
    scenario "lifetime: a program is killed while PPP begins" && {
        life_cable silent
        dial_start --device "E2E Cable" --type null --user alice
        expect_soon "$L/cable.log" '^\* far end started'
        wait_for 120 life_pppd || complain "no pppd"
        life_kill_program
        expect_nothing_left
        expect_tty_restored
        line_stop cable
        result
    }
done
who=$guest_user

width=32
scenario "lifetime: a program is killed while the modem dials" && {
    life_modem
    life_ring
    life_kill_program
    expect_nothing_left
    line_stop modem
    result
}
width=64

scenario "lifetime: a program is killed while the modem answers nothing to ATZ" && {
    line_start modem "$(id -u $who)" modem $G/tty-modem "" -p $G/life-mute-plan
    dial_start --number 5550001
    expect_soon "$L/modem.log" '^> ATZ'
    life_kill_program
    expect_nothing_left
    line_stop modem
    result
}

scenario "lifetime: another program hangs up what is dialled" && {
    life_modem
    life_ring
    expect_status '5550001' 'ConnectDevice'
    as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup fails: $(cat "$L/hangup.log")"
    dial_wait
    expect_states OpenPort PortOpened ConnectDevice Disconnected
    expect_nothing_left
    line_stop modem
    result
}

scenario "lifetime: another program hangs up what is connected" && {
    life_modem
    dial_start --number 5550104 --user alice --until-lost
    expect_soon "$out" '^Ping'
    rasdial .5550104 /DISCONNECT
    expect_rasdial ""
    dial_wait
    expect_states $all_states
    expect_line '^Lost: the handle is gone, 6$'
    expect_nothing_left
    line_stop modem
    result
}

# ---- several programs --------------------------------------------------------------

scenario "lifetime: two programs dial at the same time" && {
    life_modem
    dial_start --phonebook "$life_book" --entry Ringing
    first=$dial_pid
    expect_soon "$L/modem.log" '^\* dial 5550001'
    first_out=$out
    out=$L/second
    dial --phonebook "$life_book" --entry Ringing
    expect_code 756
    dial --phonebook "$life_book" --entry Life --user alice
    expect_code 633
    as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup fails"
    wait $first
    rm -f "$out"
    out=$first_out
    expect_nothing_left
    line_stop modem
    result
}

scenario "lifetime: two programs and one entry that is connected, and another device" && {
    life_modem
    first_out=$out
    limit=600 dial_start --phonebook "$life_book" --entry Life --user alice --until-lost
    first=$dial_pid
    expect_soon "$out" '^Ping'
    out=$L/second
    dial --phonebook "$life_book" --entry Life --user alice --stay
    expect_code 0
    expect_states Connected
    expect_line '^Address 10\.64\.64\.2, peer 10\.64\.64\.1$'
    expect_ping
    expect_status Life 'Connected for'
    [ "$(life_pppd)" = 1 ] || complain "$(life_pppd) pppds"
    line_start tcp 0 tcp 127.0.0.1:4455 none
    dial --device "E2E TCP" --type tcp --number 127.0.0.1:4455 --user alice
    expect_code 0
    expect_states $all_states
    line_stop tcp
    expect_status Life 'Connected for'
    rm -f "$out"
    out=$first_out
    rasdial Life /DISCONNECT
    dial_pid=$first
    dial_wait
    expect_line '^Lost: the handle is gone, 6$'
    expect_nothing_left
    line_stop modem
    result
}

# ---- the manager or pppd ends ---------------------------------------------------------

scenario "lifetime: the manager is killed while connected" && {
    life_cable mschap-v2
    dial_start --device "E2E Cable" --type null --user alice --until-lost
    expect_soon "$out" '^Ping'
    life_kill_manager
    dial_wait
    expect_line '^Lost: '
    wait_for 60 eval '! life_pppd' || complain "pppd goes on"
    [ ! -e "/sys/class/net/ppp0" ] || complain "the link goes on"
    expect_status '^No connections.$'
    # The next one takes over what is left.
    dial --device "E2E Cable" --type null --user alice
    expect_good_call
    line_stop cable
    result
}

scenario "lifetime: the manager is killed while the modem dials" && {
    life_modem
    life_ring
    life_kill_manager
    dial_wait
    expect_line '^RasDial: error '
    dial --number 5550104 --user alice
    expect_good_call
    line_stop modem
    result
}

scenario "lifetime: the manager is killed while PPP begins" && {
    life_cable silent
    dial_start --device "E2E Cable" --type null --user alice
    expect_soon "$L/cable.log" '^\* far end started'
    wait_for 120 life_pppd || complain "no pppd"
    life_kill_manager
    dial_wait
    expect_line '^RasDial: error '
    wait_for 60 eval '! life_pppd' || complain "pppd goes on"
    line_stop cable
    life_cable mschap-v2
    dial --device "E2E Cable" --type null --user alice
    expect_good_call
    line_stop cable
    result
}

scenario "lifetime: the manager is told to end while connected" && {
    life_cable mschap-v2
    dial_start --device "E2E Cable" --type null --user alice --until-lost
    expect_soon "$out" '^Ping'
    pkill -TERM -x rasmand
    dial_wait
    expect_line '^Lost: '
    expect_nothing_left
    expect_tty_restored
    line_stop cable
    result
}

scenario "lifetime: pppd is killed while connected" && {
    life_cable mschap-v2
    dial_start --device "E2E Cable" --type null --user alice --until-lost
    expect_soon "$out" '^Ping'
    pkill -9 -f '^pppd call wineras' || complain "no pppd to kill"
    dial_wait
    expect_line '^Lost: RASCS_Disconnected, error 6[0-9][0-9]$'
    expect_line '^Hung up after .*, status now 6$'
    expect_nothing_left
    expect_tty_restored
    line_stop cable
    result
}
