# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Connections belong to the user, not to a program: programs of another prefix and width see, ask
# about, refer to and end them, and hear of them without having dialled.

# raswatch ARGUMENT: in the prefix and width that are set.
raswatch()
{
    wine "$BUILD/tests/programs/raswatch.cross$width.exe" "$1" 2>> "$L/wine.log" < /dev/null | sed -u 's/\r//'
}

# expect_described FILE TEXT...: its last connection has all of them.
expect_described()
{
    local line text

    line=$(grep '^  handle' "$1" | tail -n 1)
    shift
    for text in "$@"; do
        [[ $line == *"$text"* ]] || complain "no \"$text\" in: $line"
    done
}

# What no other connection has.
identity()
{
    grep '^  handle' "$1" | tail -n 1 | grep -oE '(handle [0-9a-fA-Fx]+|luid [0-9a-f:]+|correlation [0-9A-F-]+)' |
        sed 's/handle [0x]*/handle /'
}

refs_cable()
{
    line_start cable "$(id -u $who)" cable $G/tty-cable mschap-v2
}

scenario "references: programs that only watch, two prefixes and both widths, the manager is killed" && {
    guest_prefix $who second || complain "no second prefix"
    book=$(prefix_of $who)/drive_c/refs.pbk
    printf '%s\r\n' '[Refs]' Encoding=1 Type=1 Guid=00112233445566778899AABBCCDDEEFF '' MEDIA=rastapi Port= \
        'Device=E2E Cable' '' DEVICE=null PhoneNumber= > $book
    chmod 644 $book
    far_book="Z:${book//\//\\}"
    refs_cable

    # Without a runtime folder of the system everything is in the home.
    as $who env -u XDG_RUNTIME_DIR timeout -k 5 180 "$TEST_WINE_TREE/wine64" "$BUILD/tests/programs/raswatch.cross64.exe" 2 \
        > "$L/home.log" 2>> "$L/wine.log" < /dev/null &
    watcher=$!
    expect_soon "$L/home.log" '^Watching'
    RASPING_PASSWORD=$password as $who env -u XDG_RUNTIME_DIR timeout -k 5 180 "$TEST_WINE_TREE/wine64" "$(rasping)" \
        --phonebook 'C:\refs.pbk' --entry Refs --user alice > "$out" 2>> "$L/wine.log" < /dev/null
    wait $watcher
    grep -q '^Disconnection: 0 connections' "$L/home.log" || complain "watched in the home: $(cat "$L/home.log")"
    expect_nothing_left

    # The first connection ever, seen by a program that was there before any manager.
    width=32 prefix=second raswatch 4 > "$L/watch.log" &
    watcher=$!
    expect_soon "$L/watch.log" '^Watching'
    nothing_left_now || complain "watching leaves something"
    dial --phonebook 'C:\refs.pbk' --entry Refs --user alice --stay
    expect_code 0
    expect_states $all_states
    expect_soon "$L/watch.log" '^Connection: 1 connections'
    expect_soon "$L/watch.log" '^  handle'
    expect_described "$L/watch.log" ' entry Refs book ' "book $far_book device" 'device E2E Cable' 'flags 12 ' \
        'entry-id 33221100-5544-7766-8899AABBCCDDEEFF' 'state 0x2000' 'address 10.64.64.2' 'bytes '

    # The same entry by the other prefix's path: a reference, and the same connection.
    width=32 prefix=second dial --phonebook "$far_book" --entry refs --user alice --stay
    expect_code 0
    expect_states Connected
    raswatch list > "$L/list.log"
    expect_described "$L/list.log" 'book C:\refs.pbk device' 'state 0x2000'
    [ "$(identity "$L/list.log")" = "$(identity "$L/watch.log")" ] || complain "another identity"
    [ "$(identity "$L/list.log" | wc -l)" = 3 ] || complain "no identity: $(identity "$L/list.log")"

    # Ended by a program that has no part in it.  The manager leaves although somebody watches.
    prefix=second raswatch hangup > "$L/hangup.log"
    grep -q '^RasHangUp: error 0$' "$L/hangup.log" || complain "$(cat "$L/hangup.log")"
    expect_soon "$L/watch.log" '^Disconnection: 0 connections'
    expect_nothing_left

    # The next manager is found, and that it dies is told.
    dial --phonebook 'C:\refs.pbk' --entry Refs --user alice --stay
    expect_code 0
    expect_soon "$L/watch.log" '^Connection: 1 connections'
    life_kill_manager
    wait $watcher
    [ "$(grep -o '^[A-Z][a-z]*: . connections' "$L/watch.log" | tr '\n' ' ')" = \
        "Connection: 1 connections Disconnection: 0 connections Connection: 1 connections Disconnection: 0 connections " ] ||
        complain "the watch told $(grep '^[A-Z]' "$L/watch.log" | tr '\n' ' ')"
    wait_for 60 eval '! life_pppd' || complain "pppd goes on"
    rm -rf $G/run-$who/wineras
    line_stop cable
    result
}
prefix=
