# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What breaks: everything in every state of a connection (tests/faults/walk, of which
# doc/faults.md is written; what it measured is in $VM_OUT/faults.tsv), and beside the
# connection a real server of Wine, the clock, the disk.
#
# The walk through all states takes minutes and runs only when TEST_FAULTS names faults, or is "all":
#   TEST_FAULTS=all tests/e2e/run 'faults in every state'

faults=${TEST_FAULTS:-}
[ "$faults" != all ] || faults="program wineserver manager pppd socket line peer attach"

faults_world()
{
    ip route
    awk 'NR > 2 { print $1 }' /proc/net/dev
    cat /etc/resolv.conf
    ls /run/lock /var/lock | grep LCK
    pgrep -a -x 'pppd|rasmand|rasmand-guard'
}

expect_world()
{
    wait_for 30 eval 'faults_world > $G/faults.after 2> /dev/null; cmp -s $G/faults.before $G/faults.after' ||
        complain "not as before: $(diff $G/faults.before $G/faults.after)"
}

[ -n "$faults" ] && scenario "faults in every state" && {
    mkdir -m 755 $G/faults
    faults_world > $G/faults.before 2> /dev/null
    FAULTS_PEER=$(cat $G/peer) FAULTS_PASSWORD=$good_password WINERAS_RASMAND=$BUILD/programs/rasmand/rasmand \
        "$BUILD/tests/faults/walk" -u $guest_uid -g $guest_uid -d $G/faults \
        ${TEST_FAULTS_STATE:+-s $TEST_FAULTS_STATE} $faults > $VM_OUT/faults.tsv 2> "$L/walk.log" ||
        complain "$(tail -n 5 "$L/walk.log")"
    while read -r line; do
        complain "$line"
    done < <(grep '^!' $VM_OUT/faults.tsv)
    [ "$TEST_FAULTS${TEST_FAULTS_STATE:-}" != all ] ||
        "$SRC/tests/faults/table" --check $VM_OUT/faults.tsv "$SRC/doc/faults.md" > "$L/table.log" ||
        complain "$(cat "$L/table.log")"
    expect_world
    [ ${#reasons[@]} = 0 ] || cp -r $G/faults $VM_OUT/
    result
}

# ---- Wine's server ends: its programs end, or hang with their sockets open --------------

faults_kill_wineserver()
{
    pkill -9 -u "$(id -u $who)" -x wineserver || complain "no wineserver to kill"
}

# What hangs is ended as its user would do it; others have a server again.
faults_restore_wineserver()
{
    pkill -9 -u "$(id -u $who)" -f 'rasping\.cross'
    wait $dial_pid 2> /dev/null
    as $who "$TEST_WINE_TREE/wineserver" -p
}

cat > $G/faults-plan <<'EOP'
5550001 silence
* connect
EOP

scenario "faults: Wine's server is killed while the modem dials" && {
    line_start modem "$(id -u $who)" modem $G/tty-modem "" -p $G/faults-plan
    dial_start --number 5550001
    expect_soon "$L/modem.log" '^\* dial 5550001'
    faults_kill_wineserver
    expect_nothing_left
    faults_restore_wineserver
    line_stop modem
    result
}

scenario "faults: Wine's server is killed while connected" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable mschap-v2
    dial_start --device "E2E Cable" --type null --user alice --until-lost
    expect_soon "$out" '^Ping'
    faults_kill_wineserver
    ping -c 1 -W 10 10.64.64.1 > /dev/null || complain "the link has gone with its program"
    as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup fails: $(cat "$L/hangup.log")"
    expect_nothing_left
    faults_restore_wineserver
    line_stop cable
    result
}

# ---- the clock, the disk --------------------------------------------------------------

# A clock of our own there is only in a machine of our own.
[ "$VM_KIND" = uml ] && scenario "faults: the clock jumps while connected" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable mschap-v2
    dial_start --device "E2E Cable" --type null --user alice --until-lost
    expect_soon "$out" '^Ping'
    for jump in "+3 days" "-6 days" "+3 days"; do
        date -s "$(date -d "$jump" '+%F %T')" > /dev/null || complain "the clock cannot be set"
        sleep 1
        ping -c 1 -W 10 10.64.64.1 > /dev/null || complain "$jump: no answer through the link"
    done
    as $who wineras status > "$L/status.log" 2>&1
    grep -q 'Connected for' "$L/status.log" || complain "not connected: $(cat "$L/status.log")"
    as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup fails"
    dial_wait
    expect_line '^Lost: the handle is gone, 6$'
    expect_nothing_left
    line_stop cable
    result
}

scenario "faults: the disk of the locks is full" && {
    mount -t tmpfs -o size=4k,mode=1777 tmpfs /run/lock
    dd if=/dev/zero of=/run/lock/full bs=4096 count=1 2> /dev/null
    line_start cable "$(id -u $who)" cable $G/tty-cable mschap-v2
    dial --device "E2E Cable" --type null --user alice
    expect_good_call
    line_stop cable
    umount /run/lock
    result
}
