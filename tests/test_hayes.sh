#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The test line of tests/peers/hayes: a port that is closed and opened again before
# the line had time to look is a new call all the same.
[ -n "${TEST_HAYES_WATCHED:-}" ] || TEST_HAYES_WATCHED=1 exec timeout 60 sh "$0"
d=$(mktemp -d) || exit 99

tests/peers/hayes -l "$d/log" cable "$d/tty" -- sh -c 'echo hello; exec sleep 100' &
hayes=$!
trap 'kill $hayes; rm -r "$d"' EXIT

logged()
{
    until grep -q "$1" "$d/log" 2> /dev/null; do sleep 0.01; done
}

logged ready
exec 3<> "$d/tty"
printf x >&3
read -r word <&3
exec 3>&-
exec 3<> "$d/tty"
printf y >&3
word=
read -r word <&3
exec 3>&-
[ "$word" = hello ] || { echo "the second call heard \"$word\""; exit 1; }
[ "$(grep -c 'far end started' "$d/log")" = 2 ] || { cat "$d/log"; exit 1; }
