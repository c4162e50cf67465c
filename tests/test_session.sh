#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# test_session.sh - wineras status, devices and hangup with a manager that has
# scripted connections.
set -u
tool=$(pwd)/programs/wineras/wineras
rasmand=$(pwd)/programs/rasmand/rasmand
dialer=$(pwd)/tests/dialer
dir=$(mktemp -d) || exit 99
trap 'exec 7>&- 8>&-; "$tool" hangup --all >/dev/null 2>&1; wait; rm -rf "$dir"' EXIT
failures=0

fail()
{
    echo "FAIL: $*"
    failures=$((failures + 1))
}

XDG_RUNTIME_DIR=$dir/run WINERAS_CONFIG=$dir WINERAS_LINGER_MS=0
export XDG_RUNTIME_DIR WINERAS_CONFIG WINERAS_LINGER_MS
mkdir -m 700 "$dir/run"
printf '[Bench]\ntype = fake\n\n[Other]\ntype = fake\n' >"$dir/devices.conf"

# Two programs that stay as long as descriptor 7, 8 is open.
mkfifo "$dir/in7" "$dir/in8" "$dir/out7" "$dir/out8"
"$dialer" "$rasmand" ok 'Of"fice' <"$dir/in7" >"$dir/out7" &
exec 7>"$dir/in7"
read -r state first <"$dir/out7"
test "$state" = Connected || fail "first connection: $state"
"$dialer" "$rasmand" ipv6 Home <"$dir/in8" >"$dir/out8" &
exec 8>"$dir/in8"
read -r state second <"$dir/out8"
test "$state" = Connected || fail "second connection: $state"

"$tool" status --json >"$dir/out" || fail "status --json"
for part in '{"manager":true,"connections":[{"handle":' "\"handle\":$first,\"entry\":\"Of\\\"fice\"," \
    "{\"handle\":$second,\"entry\":\"Home\"," '"state":"Connected","state_number":8192,"error":0,"error_name":"",' \
    '"number":"ok",' '"local":"192.0.2.' '"local6":"fe80::1:2:3:4","remote6":"fe80::5:6:7:8"'; do
    grep -qF "$part" "$dir/out" || fail "status --json: no $part in $(cat "$dir/out")"
done
"$tool" status >"$dir/out" || fail "status"
grep -qx "$second  Home" "$dir/out" || fail "status: $(cat "$dir/out")"
for line in '    fake0: 192.0.2.2, peer 192.0.2.1' '    fake0: fe80::1:2:3:4, peer fe80::5:6:7:8'; do
    grep -qxF "$line" "$dir/out" || fail "status: no $line in $(cat "$dir/out")"
done
"$tool" devices --json >"$dir/out" || fail "devices --json"
for handle in "$first" "$second"; do
    grep -qF "\"connection\":$handle}" "$dir/out" || fail "devices: $handle not in $(cat "$dir/out")"
done

"$tool" hangup Nobody 2>/dev/null && fail "hangup of an entry that is not up"
"$tool" hangup 4294967297 2>/dev/null && fail "hangup of a number that is no handle"
"$tool" hangup "$first" >"$dir/out" || fail "hangup by handle"
"$tool" status --json >"$dir/out" || fail "status after hangup"
grep -qF "\"handle\":$first," "$dir/out" && fail "still there: $(cat "$dir/out")"
grep -qF "\"handle\":$second," "$dir/out" || fail "the other one is gone: $(cat "$dir/out")"
"$tool" hangup "$first" 2>/dev/null && fail "hangup twice"
"$tool" hangup hOME >"$dir/out" || fail "hangup by entry"
test "$("$tool" status)" = 'No connections.' || fail "status: not empty"
"$tool" hangup --all || fail "hangup --all of none"

# A manager that was killed leaves its socket: nobody is there.
mkdir -p -m 700 "$dir/dead/wineras"
cp -a "$dir/run/wineras/manager" "$dir/dead/wineras/manager" || fail "no socket"
test "$(XDG_RUNTIME_DIR=$dir/dead "$tool" status)" = 'No connections.' || fail "dead socket"

test $failures = 0 || exit 1
