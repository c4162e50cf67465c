# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Entries with two links, which pppd and the kernel make one: both come up, one fails, one is hung
# up, one is lost, one is not needed.

cp /etc/wineras/devices.conf $G/devices-single
cat >> /etc/wineras/devices.conf <<EOC

[Second Modem]
type = modem
path = $G/tty-second
speed = 115200
EOC
cp /etc/wineras/devices.conf /usr/local/etc/wineras/
cat > $G/bundle-plan <<'EOP'
5550001 busy
* connect
EOP

# bundle_entry NAME MODE NUMBER NUMBER [KEY=VALUE...]
bundle_entry()
{
    printf '%s\r\n' "[$1]" Encoding=1 Type=1 "DialMode=$2" "${@:5}" DialPercent=1 DialSeconds=1 HangUpPercent=1 \
        HangUpSeconds=4 '' MEDIA=serial Port= 'Device=E2E Modem' '' DEVICE=modem "PhoneNumber=$3" '' \
        MEDIA=serial Port= 'Device=Second Modem' '' DEVICE=modem "PhoneNumber=$4" ''
}
{
    bundle_entry Both 1 5550111 5550111
    bundle_entry Half 1 5550111 5550001
    bundle_entry Needed 2 5550111 5550111
    bundle_entry Encrypted 1 5550112 5550112 DataEncryption=512
    bundle_entry Again 1 5550111 5550111 RedialOnLinkFailure=1 RedialAttempts=2 RedialSeconds=1
} > $G/bundle.pbk
chmod 644 $G/bundle.pbk

bundle_dial()
{
    dial --phonebook "Z:${G//\//\\}\\bundle.pbk" --user alice "$@"
}

bundle_dial_start()
{
    : > "$out" # nobody may take what an earlier dial has said
    dial_start --phonebook "Z:${G//\//\\}\\bundle.pbk" --user alice "$@"
}

# The peer's interface has another name: the files of the processes that have one are in one folder.
bundle_start()
{
    local -x PEER_OPTIONS="unit 9"

    line_start modem "$(id -u $who)" modem $G/tty-modem "" -p $G/bundle-plan
    line_start second "$(id -u $who)" modem $G/tty-second "" -p $G/bundle-plan
}

bundle_stop()
{
    line_stop modem
    line_stop second
}

# The far ends joined each other, on one interface.
expect_bundle()
{
    grep -q 'Link attached to ppp' "$L/pppd-modem.log" "$L/pppd-second.log" || complain "the peer has no bundle"
    grep -q 'New bundle ppp[0-9]* created' "$L/pppd-modem.log" "$L/pppd-second.log" || complain "the peer made no bundle"
}

bundle_start
scenario "multilink: both links, the first is hung up, then all" && {
    bundle_dial --entry Both --links p1p
    expect_code 0
    expect_bundle
    expect_line '^Link 1: RASCS_Connected, E2E Modem$'
    expect_line '^Link 2: RASCS_Connected, Second Modem$'
    expect_line '^Link 1 hung up$'
    expect_line '^Link 1: 618$'
    expect_line '^Links 1$'
    expect_nothing_left
    result
}

# The second one hung up is the last.
width=32
scenario "multilink: the second link is hung up, then the first" && {
    bundle_dial --entry Both --links 2p1 --no-ping
    expect_line '^Link 2 hung up$'
    expect_line '^Link 1 hung up$'
    expect_line '^Links 0$'
    expect_nothing_left
    result
}
width=64

scenario "multilink: one link fails" && {
    bundle_dial --entry Half --links p
    expect_code 0
    expect_line 'RASCS_SubEntryDisconnected  error 676$'
    expect_line '^Link 2: 618$'
    expect_nothing_left
    result
}

# One of the two has the pppd that made the interface.
for bundle_line in modem second; do
    scenario "multilink: the peer drops one link ($bundle_line)" && {
        bundle_dial --entry Both --links "p-p" &
        dial_pid=$!
        expect_soon "$out" '^Links 2'
        echo carrier-loss > "$G/$bundle_line.ctl"
        wait $dial_pid
        code=$(sed -n 's/\r//; s/^Exit code //p' "$out")
        expect_code 0
        expect_line '^Links 1$'
        expect_nothing_left
        result
    }
done

# The keys come from the authentication of the link that made the interface.
scenario "multilink: both links, encrypted" && {
    bundle_dial --entry Encrypted --links pp1p
    expect_code 0
    expect_line '^Links 2$'
    expect_bundle
    grep -q 'MPPE 128-bit stateless compression enabled' "$L/pppd-modem.log" "$L/pppd-second.log" || complain "not encrypted"
    expect_nothing_left
    result
}

scenario "multilink: the second link comes and goes as it is needed" && {
    bundle_dial --entry Needed --links "p+-p"
    expect_code 0
    expect_line '^Link 2: 618$'
    expect_line '^Links 2$'
    expect_line '^Links 1$'
    expect_bundle
    expect_nothing_left
    result
}
# ---- pppd is killed: who has the interface takes it along, which nobody tells the other links -------------

interface_pppd()
{
    cat /run/ppp0.pid
}

other_pppds()
{
    pgrep -f '^pppd call wineras' | grep -v -x "$(interface_pppd)"
}

expect_bundle_lost()
{
    dial_wait
    expect_line '^Lost: RASCS_Disconnected, error 630$'
    expect_line '^Hung up after .*, status now 6$'
    expect_nothing_left
}

scenario "multilink: the pppd of the interface is killed, also when its link is down" && {
    bundle_dial_start --entry Both --links p --until-lost
    expect_soon "$out" '^Links 2'
    kill -9 $(interface_pppd)
    expect_bundle_lost
    bundle_dial_start --entry Both --links p- --until-lost
    expect_soon "$out" '^Links 2'
    kill -HUP $(interface_pppd)
    expect_soon "$out" '^Links 1'
    kill -9 $(interface_pppd)
    expect_bundle_lost
    result
}

scenario "multilink: the pppd of the other link is killed" && {
    bundle_dial_start --entry Both --links p-p
    expect_soon "$out" '^Links 2'
    kill -9 $(other_pppds)
    dial_wait
    expect_code 0
    expect_line '^Links 1$'
    expect_nothing_left
    result
}

bundle_is_back()
{
    [ "$(pgrep -c -f '^pppd call wineras')" = 2 ] && [ "$(interface_pppd)" != "$killed" ] &&
        ping -c 1 -W 2 10.64.64.1
}

scenario "multilink: the pppd of the interface is killed, and the links are dialled again" && {
    bundle_dial --entry Again --links p --stay
    expect_code 0
    expect_line '^Links 2$'
    killed=$(interface_pppd)
    kill -9 $killed
    wait_for 60 bundle_is_back || complain "not dialled again"
    as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup fails"
    expect_nothing_left
    result
}
bundle_stop
# Nobody else has the second modem.
cp $G/devices-single /etc/wineras/devices.conf
cp /etc/wineras/devices.conf /usr/local/etc/wineras/
