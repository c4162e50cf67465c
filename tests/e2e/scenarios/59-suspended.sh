# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Processes that are suspended while a connection is up: the manager, and then pppd.

# ends_soon WHAT STATUS: it failed, and by itself.
ends_soon()
{
    case $2 in 0 | 124 | 137) complain "$1: status $2, $(tr '\n' ' ' < "$L/$1.log")" ;; esac
}

# Programs wait for a manager that says nothing as long as for one that is busy, and no longer; the link does
# not need it.
scenario "suspended: the manager, then pppd" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable mschap-v2
    dial_start --device "E2E Cable" --type null --user alice --until-lost
    expect_soon "$out" '^Ping'
    suspended=$(pgrep -u "$(id -u $who)" -x rasmand)
    kill -STOP "$suspended" || complain "no manager"
    ping -c 1 -W 10 10.64.64.1 > /dev/null || complain "the link needs the manager"
    as $who timeout 100 wineras status > "$L/tool.log" 2>&1 < /dev/null &
    tool_pid=$!
    limit=100 wine "$BUILD/tests/programs/raslook.cross64.exe" > "$L/program.log" 2>&1 < /dev/null
    ends_soon program $?
    wait $tool_pid
    ends_soon tool $?
    kill -CONT "$suspended"
    as $who wineras status > "$L/status.log" 2>&1
    grep -q 'Connected for' "$L/status.log" || complain "not connected: $(tr '\n' ' ' < "$L/status.log")"
    ping -c 1 -W 10 10.64.64.1 > /dev/null || complain "no answer through the link"

    pkill -STOP -f '^pppd call wineras' || complain "no pppd"
    as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup: $(cat "$L/hangup.log")"
    expect_nothing_left
    dial_wait
    # It may have asked while nobody answered.
    expect_line '^Lost: the handle is gone, (6|711)$'
    line_stop cable
    result
}
