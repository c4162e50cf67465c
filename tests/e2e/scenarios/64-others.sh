# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A connection is its user's: another one, who may dial as well, neither sees nor touches it,
# whatever is tried at the files, the socket and the processes that carry it.

intruder=$BUILD/tests/peers/intruder

# in_vain WHO WHAT...: every try has to fail.
in_vain()
{
    local by=$1 status

    shift
    as "$by" "$intruder" "$@" > "$L/intruder.log" 2>&1
    status=$?
    [ $status = 0 ] || complain "$* by $by: status $status, $(grep POSSIBLE "$L/intruder.log" | tr '\n' ' ')"
}

# expect_peek WHERE: another's program sees no connection, and the handle is none.
expect_peek()
{
    local line

    tr -d '\r' < "$L/peek.log" > "$L/peek.txt.log"
    for line in "RasEnumConnections 0, 0 connections" "RasGetConnectStatus 6" "RasGetProjectionInfo 6" \
        "RasGetConnectionStatistics 6" "RasConnectionNotification 6" "RasHangUp 6"; do
        grep -q -x "$line" "$L/peek.txt.log" || complain "$1: no '$line': $(tr '\n' ';' < "$L/peek.txt.log")"
    done
}

peek()
{
    as $other_user env "$@" timeout -k 5 120 "$TEST_WINE_TREE/wine64" "$BUILD/tests/programs/raspeek.cross64.exe" \
        "$others_handle" > "$L/peek.log" 2> "$L/wine-other.log" < /dev/null
}

forged_attach()
{
    as $other_user env XDG_RUNTIME_DIR="$others_run" "$intruder" attach /usr/local/libexec/wineras/rasmand \
        > "$L/intruder.log" 2>&1 || complain "another's folder serves"
}

scenario "others: a connection of another user" && {
    guest_prefix $other_user || complain "no prefix of the other user"
    printf '%s\r\n' '[Theirs]' Encoding=1 Type=1 '' MEDIA=rastapi Port= 'Device=E2E Cable' '' DEVICE=null PhoneNumber= \
        > $G/theirs.pbk
    chmod 644 $G/theirs.pbk
    line_start cable "$(id -u $who)" cable $G/tty-cable mschap-v2
    RASPING_SAVE=$good_password dial_start --phonebook "Z:${G//\//\\}\\theirs.pbk" --entry Theirs --user alice --save \
        --until-lost
    expect_soon "$out" '^Ping'
    others_run=$G/run-$who
    others_manager=$(pgrep -u "$(id -u $who)" -x rasmand)
    others_link=$(pgrep -f '^pppd call wineras')
    others_handle=$(as $who wineras status | awk '/Theirs/ { print $1; exit }')
    [ -n "$others_manager" ] && [ -n "$others_link" ] && [ -n "$others_handle" ] ||
        complain "manager $others_manager, pppd $others_link, handle $others_handle"

    # By the API, with a folder of one's own and with that of the other.
    peek A=B
    expect_peek "own folder"
    peek XDG_RUNTIME_DIR="$others_run"
    expect_peek "the other's folder"
    as $other_user env XDG_RUNTIME_DIR="$others_run" wineras status 2>&1 | grep -q Theirs && complain "status shows it"
    as $other_user env XDG_RUNTIME_DIR="$others_run" wineras hangup --all > "$L/hangup.log" 2>&1

    # The folder, and what is in it.
    for file in wineras/manager wineras/lock; do
        [ -e "$others_run/$file" ] || complain "no $file"
        as $other_user cat "$others_run/$file" > "$L/cat.log" 2>&1 && complain "$file can be read"
    done
    as $other_user ls "$others_run/wineras" > "$L/ls.log" 2>&1 && complain "the folder can be read"
    in_vain $other_user socket "$others_run/wineras/manager"
    in_vain $other_user lock "$others_run/wineras/lock"
    forged_attach
    # Somebody was careless with modes: the socket asks who comes.
    chmod 755 "$others_run" "$others_run/wineras"
    chmod 666 "$others_run/wineras/manager"
    in_vain $other_user socket "$others_run/wineras/manager"
    grep -q 'connect: done' "$L/intruder.log" || complain "the socket was not reached: $(cat "$L/intruder.log")"
    in_vain $other_user lock "$others_run/wineras/lock"
    forged_attach
    # Who owns it does not trust it either.
    as $who wineras status 2>&1 | grep -q Theirs && complain "an open folder is used"
    chmod 700 "$others_run" "$others_run/wineras"
    chmod 600 "$others_run/wineras/manager"

    # The processes; not even other programs of the same user may read them.
    for by in $other_user $who; do
        in_vain $by process "$others_manager"
        in_vain $by process "$others_link"
    done
    as $other_user kill -0 "$others_manager" 2> /dev/null && complain "the manager can be signalled"
    as $other_user kill -0 "$others_link" 2> /dev/null && complain "pppd can be signalled"

    # What was saved for the entry.
    others_key=$(prefix_of $who)/.wineras/secret
    [ -s "$others_key" ] || complain "nothing was saved"
    as $other_user cat "$others_key" > "$L/cat.log" 2>&1 && complain "the key of the credentials can be read"
    [ "$(stat -c %a "$others_key")" = 600 ] || complain "the key has mode $(stat -c %a "$others_key")"

    as $who wineras status | grep -q "^$others_handle .*Theirs" || complain "the connection is gone"
    as $who wineras hangup "$others_handle" > "$L/hangup.log" 2>&1 || complain "wineras hangup fails"
    dial_wait
    expect_nothing_left
    line_stop cable
    result
}

# trap_dir NAME: a folder of the other user where this one is told to have its own.
trap_dir()
{
    rm -rf "$G/trap"
    mkdir -m 777 "$G/trap"
    case $1 in
    theirs) mkdir -m 700 $G/trap/wineras ;;
    open) mkdir $G/trap/wineras && chmod 777 $G/trap/wineras ;;
    link) mkdir -m 777 $G/trap/real && ln -s real $G/trap/wineras ;;
    victim) ln -s "$G/run-$who" $G/trap/wineras ;;
    file) : > $G/trap/wineras ;;
    fifo) mkfifo $G/trap/wineras ;;
    nowhere) ln -s /nonexistent/wineras $G/trap/wineras ;;
    esac
    chown -h -R $other_user:$other_user $G/trap
}

scenario "others: folders laid out by another user" && {
    for kind in theirs open link victim file fifo nowhere; do
        trap_dir $kind
        as $who env XDG_RUNTIME_DIR=$G/trap timeout 30 "$intruder" attach /usr/local/libexec/wineras/rasmand \
            > "$L/intruder.log" 2>&1 || complain "$kind: $(tr '\n' ' ' < "$L/intruder.log")"
    done
    # One of this user's that others may write to.
    rm -rf $G/trap
    mkdir -m 777 $G/trap $G/trap/wineras
    chmod 770 $G/trap/wineras
    chown $who:$who $G/trap/wineras
    as $who env XDG_RUNTIME_DIR=$G/trap timeout 30 "$intruder" attach /usr/local/libexec/wineras/rasmand \
        > "$L/intruder.log" 2>&1 || complain "open to a group: $(tr '\n' ' ' < "$L/intruder.log")"
    # The same as it has to be: so it was for nothing else.
    chmod 700 $G/trap/wineras
    as $who env XDG_RUNTIME_DIR=$G/trap timeout 30 "$intruder" attach /usr/local/libexec/wineras/rasmand \
        > "$L/intruder.log" 2>&1
    grep -q 'attach: POSSIBLE' "$L/intruder.log" || complain "a good folder is refused: $(cat "$L/intruder.log")"
    wait_for 20 test ! -e $G/trap/wineras || complain "the manager does not leave"
    rm -rf $G/trap
    result
}
