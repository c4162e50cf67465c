# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced: what scenarios are written with.
#
#   scenario NAME && { dial ...; expect_...; result; }
#
# The first failed expectation of a scenario is told, and its logs are kept.

passed=0
failed=0
scenario_name=
scenario_count=0
reasons=()
who=$guest_user
width=64
out=$L/out

# Begin a scenario; false when it is not wanted.
scenario()
{
    local pattern

    scenario_name="$* ($who, $width bits)"
    reasons=()
    scenario_start=$EPOCHREALTIME
    scenario_count=$((scenario_count + 1))
    if [ -n "${TEST_E2E_PART:-}" ]; then
        [ $((scenario_count % ${TEST_E2E_PART#*/} + 1)) = "${TEST_E2E_PART%/*}" ] || return 1
    fi
    if [ ${#patterns[@]} != 0 ]; then
        for pattern in "${patterns[@]}"; do
            [[ $scenario_name =~ $pattern ]] && break
        done
        [[ $scenario_name =~ $pattern ]] || return 1
    fi
    # Truncated, not removed: who writes them has them open for appending.
    : > "$out"
    for log in "$L"/*.log; do
        [ ! -e "$log" ] || : > "$log"
    done
    code=
    password=$good_password
    return 0
}

complain()
{
    reasons+=("$*")
}

# End a scenario.
result()
{
    local ms=$(( (${EPOCHREALTIME/./} - ${scenario_start/./}) / 1000 )) reason dir

    if [ ${#reasons[@]} = 0 ]; then
        passed=$((passed + 1))
        echo "ok $scenario_name  [$ms ms]"
        return
    fi
    failed=$((failed + 1))
    echo "not ok $scenario_name  [$ms ms]"
    for reason in "${reasons[@]}"; do
        echo "#   $reason"
    done
    sed 's/^/#   | /' "$out" | tail -n 25
    dir="$VM_OUT/${scenario_name//[^A-Za-z0-9]/_}"
    mkdir -p "$dir"
    cp "$out" "$L"/*.log "$dir" 2> /dev/null
    dmesg > "$dir/dmesg" 2> /dev/null
}

wine()
{
    as "$who" timeout -k 5 "${limit:-180}" "$TEST_WINE_TREE/wine$width" "$@"
}

rasping()
{
    echo "$BUILD/tests/programs/rasping.cross$width.exe"
}

# dial OPTION...: a program dials until it ends; exit code in $code.
# The password is $password.
dial()
{
    RASPING_PASSWORD=$password wine "$(rasping)" "$@" > "$out" 2> "$L/wine.log" < /dev/null
    code=$(sed -n 's/\r//; s/^Exit code //p' "$out")
    [ -n "$code" ] || complain "the program did not reach its end"
}

# The same in the background: dial_wait reads how it ended.
dial_start()
{
    RASPING_PASSWORD=$password wine "$(rasping)" "$@" > "$out" 2> "$L/wine.log" < /dev/null &
    dial_pid=$!
}

dial_wait()
{
    wait $dial_pid
    code=$(sed -n 's/\r//; s/^Exit code //p' "$out")
}

# expect_code CODE...: one of them.
expect_code()
{
    case " $* " in *" $code "*) return ;; esac
    complain "exit code $code, expected $*"
}

expect_no_code()
{
    [ -z "$code" ] || complain "the program ended with code $code"
}

# The states without their times, one a word; an error is appended as ":691".
states()
{
    sed -n 's/\r//; s/^.* ms  RASCS_\([A-Za-z]*\)\(  error \([0-9]*\)\)\{0,1\}$/\1:\3/p' "$out" | sed 's/:$//' | tr '\n' ' ' | sed 's/ $//'
}

expect_states()
{
    [ "$(states)" = "$*" ] || complain "states $(states); expected $*"
}

# A line of what the program printed.
expect_line()
{
    tr -d '\r' < "$out" | grep -q -E "$1" || complain "no line /$1/"
}

# A line of a transcript or of the peer's log.
expect_log()
{
    grep -q -e "$2" "$L/$1.log" || complain "$1.log has no /$2/"
}

# Wait for a line in a file.
expect_soon()
{
    wait_for "${3:-120}" grep -q -e "$2" "$1" || complain "no /$2/ in $(basename "$1") in time"
}

# pppd runs as root, and so does the peer's: ours is known by its arguments.
nothing_left_now()
{
    ! pgrep -f '^pppd call wineras' && ! pgrep -u "$(id -u $who)" -x rasmand &&
        ! grep -q ppp /proc/net/dev && [ -z "$(ls /run/lock /var/lock 2> /dev/null | grep LCK)" ] &&
        [ -z "$(find $G/run-$who -mindepth 1 | head -1)" ]
}

# After the end no process, link, lock or file of ours is there.
expect_nothing_left()
{
    wait_for "${1:-60}" nothing_left_now && return
    complain "left behind: $(pgrep -a -x 'pppd|rasmand' | tr '\n' ';') $(grep -o 'ppp[0-9]*' /proc/net/dev) $(ls /run/lock)" \
        "$(find $G/run-$who -mindepth 1 | tr '\n' ' ')"
}

# expect_failed ERROR STATE...: the last state is told twice, then with the error, which
# can be read until RasHangUp; after that nothing is left.
expect_failed()
{
    local error=$1

    shift
    expect_code "$error"
    expect_states "$*:$error"
    expect_failed_status "$error"
}

# The same of a synchronous dial, which tells no states.
expect_failed_sync()
{
    expect_code "$1"
    expect_states ""
    expect_failed_status "$1"
}

expect_failed_status()
{
    expect_line "^Status RASCS_Disconnected, error $1\$"
    expect_line '^Hung up after .*, status now 6$'
    expect_nothing_left
}

all_states="OpenPort PortOpened ConnectDevice DeviceConnected AllDevicesConnected Authenticate AuthNotify AuthProject \
Authenticated Projected Connected"
all_states=$(echo $all_states)
dial_failed="OpenPort PortOpened ConnectDevice ConnectDevice"
auth_failed="OpenPort PortOpened ConnectDevice DeviceConnected AllDevicesConnected Authenticate AuthNotify AuthNotify"

# A dial that must go well from beginning to end.
expect_good_call()
{
    expect_code 0
    expect_states $all_states
    expect_line '^Address 10\.64\.64\.2, peer 10\.64\.64\.1$'
    expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
    expect_line '^Counted [1-9][0-9]* bytes in [1-9][0-9]* frames sent, [1-9][0-9]* in [1-9][0-9]* received'
    expect_line '^Hung up after'
    expect_nothing_left
}

# A dial that the peer refuses.
expect_refused()
{
    expect_failed 691 $auth_failed
}

# ---- phone books --------------------------------------------------------------------

# entries BOOK: from now on this phone book, empty.
entries()
{
    book=$1
    : > $G/$book.pbk
    chmod 644 $G/$book.pbk
}

# modem_entry NAME NUMBER [KEY=VALUE...]: in the phone book, with the modem.
modem_entry()
{
    local name=$1 number=$2

    shift 2
    printf '%s\n' "[$name]" Encoding=1 Type=1 "$@" "" MEDIA=serial Port= "Device=E2E Modem" "" \
        DEVICE=modem "PhoneNumber=$number" "" >> $G/$book.pbk
}

# dial_book NAME [OPTION...]
dial_book()
{
    local name=$1

    shift
    dial --phonebook "Z:${G//\//\\}\\$book.pbk" --entry "$name" --user alice "$@"
}

# ---- paused states ------------------------------------------------------------------

# paused PROFILE [option...]: dial with a password that does not do; those of the resumes are in
# $retries.
paused()
{
    local profile=$1 password=${first_password-wrong}

    shift
    line_start cable "$(id -u $who)" cable $G/tty-cable "$profile"
    RASPING_RETRY=${retries-$good_password} dial --device "E2E Cable" --type null --user alice --paused "$@"
}

# expect_sessions N: so often was the peer called.
expect_sessions()
{
    local count

    count=$(grep -c '^Connect: ' "$L/pppd-cable.log")
    [ "$count" = "$1" ] || complain "the peer was called $count times, not $1"
}
