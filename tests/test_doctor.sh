#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# test_doctor.sh - each finding of wineras doctor, on a made-up machine; and what
# status, devices and hangup say where no manager runs.
set -u
: "${PEERSDIR:=/etc/ppp/peers}" "${PPPD:=/usr/sbin/pppd}"
tool=$(pwd)/programs/wineras/wineras
dir=$(mktemp -d) || exit 99
trap 'chmod -R u+rwx "$dir"; rm -rf "$dir"' EXIT
failures=0
umask 022

fail()
{
    echo "FAIL: $*"
    failures=$((failures + 1))
}

# A machine where all is well.
root=$dir/root
make_machine()
{
    rm -rf "$root" "$dir/prefix" "$dir/lib" "$dir/config" "$dir/run"
    mkdir -p "$root/dev" "$root/proc/tty" "$root/lib/modules/test" "$root/$(dirname "$PPPD")" "$root/$PEERSDIR" \
        "$root/usr/lib/wineras" "$root/usr/lib/wine/x86_64-windows" "$root/usr/lib/wine/i386-windows" "$root/sys/class/tty"
    : >"$root/dev/ppp"
    printf 'Character devices:\n  1 mem\n108 ppp\n' >"$root/proc/devices"
    printf 'n_tty       0\nppp         3\n' >"$root/proc/tty/ldiscs"
    printf '#!/bin/sh\necho "pppd version 2.4.9"\n' >"$root/$PPPD"
    chmod 4755 "$root/$PPPD"
    printf '# comment\nnoauth\nplugin /usr/lib/wineras/wineras.so\n' >"$root/$PEERSDIR/wineras"
    chmod 640 "$root/$PEERSDIR/wineras"
    echo plugin >"$root/usr/lib/wineras/wineras.so"
    : >"$root/usr/lib/wine/x86_64-windows/rasapi32.dll"
    : >"$root/usr/lib/wine/i386-windows/rasapi32.dll"
    printf '#!/bin/sh\necho "wine-8.0 (Test)"\n' >"$dir/wine"
    printf '#!/bin/sh\n' >"$dir/rasmand"
    chmod 755 "$dir/wine" "$dir/rasmand"
    mkdir -p "$dir/lib/i386-windows" "$dir/lib/x86_64-windows" "$dir/config" "$dir/run"
    echo ours32 >"$dir/lib/i386-windows/rasapi32.dll"
    echo ours64 >"$dir/lib/x86_64-windows/rasapi32.dll"
    mkdir -p "$dir/prefix/drive_c/windows/system32" "$dir/prefix/drive_c/windows/syswow64"
    printf 'WINE REGISTRY Version 2\n\n#arch=win64\n' | tee "$dir/prefix/system.reg" >"$dir/prefix/user.reg"
    : >"$dir/tty"
    printf '[Bench "Modem"]\ntype = modem\npath = %s\nspeed = 57600\n\n[Line]\ntype = tcp\n' "$dir/tty" >"$dir/config/devices.conf"
    "$tool" setup >/dev/null || fail "setup"
}

WINERAS_TEST_ROOT=$root WINERAS_LIBDIR=$dir/lib WINELOADER=$dir/wine WINERAS_RASMAND=$dir/rasmand
WINERAS_CONFIG=$dir/config WINEPREFIX=$dir/prefix XDG_RUNTIME_DIR=$dir/run HOME=$dir
export WINERAS_TEST_ROOT WINERAS_LIBDIR WINELOADER WINERAS_RASMAND WINERAS_CONFIG WINEPREFIX XDG_RUNTIME_DIR HOME

# One thing is broken: exactly that is found, and how to mend it is said.
finds() # PATTERN
{
    "$tool" doctor >"$dir/out" 2>"$dir/err" && fail "$1: exit status 0"
    grep -q "^PROBLEM .*$1" "$dir/out" || { fail "not found: $1"; cat "$dir/out"; }
    grep -q '^1 problem\.$' "$dir/out" || { fail "$1: not the only problem"; cat "$dir/out"; }
    test "$(grep -A1 "^PROBLEM .*$1" "$dir/out" | grep -c '^         To mend it: .*[a-z]')" = 1 || fail "$1: no way to mend it"
    make_machine
}

notes() # PATTERN
{
    "$tool" doctor >"$dir/out" 2>&1 || fail "$1: exit status not 0"
    grep -q "^note .*$1" "$dir/out" || { fail "not noted: $1"; cat "$dir/out"; }
    make_machine
}

make_machine
"$tool" doctor >"$dir/out" 2>&1 || { fail "a healthy machine is ill"; cat "$dir/out"; }
grep -q '^All is well\.$' "$dir/out" || fail "a healthy machine is not said to be well"

# kernel
printf 'Character devices:\n  1 mem\n' >"$root/proc/devices"
finds 'no PPP (ppp_generic'
printf 'n_tty       0\n' >"$root/proc/tty/ldiscs"
finds 'ppp_async is neither'
rm "$root/dev/ppp"
finds 'no device /dev/ppp'
# modules that are not loaded yet will do
printf 'Character devices:\n' >"$root/proc/devices"
: >"$root/proc/tty/ldiscs"
echo 'kernel/drivers/net/ppp/ppp_generic.ko.xz: kernel/slhc.ko' >"$root/lib/modules/test/modules.dep"
echo 'kernel/drivers/net/ppp/ppp_async.ko' >"$root/lib/modules/test/modules.builtin"
"$tool" doctor >"$dir/out" 2>&1 || { fail "modules to be loaded"; cat "$dir/out"; }
make_machine

# pppd
rm "$root/$PPPD"
finds 'pppd: .* is not there'
chmod u-s "$root/$PPPD"
finds 'not setuid root'
chmod 4644 "$root/$PPPD"
finds 'pppd: you may not run it'
printf '#!/bin/sh\nexit 1\n' >"$root/$PPPD"
finds 'pppd: it does not run'
for version in 2.4.7 1.0.0 3.0.0 none; do
    printf '#!/bin/sh\necho "pppd version %s"\n' $version >"$root/$PPPD"
    finds 'version is not supported'
done
printf '#!/bin/sh\necho "pppd version 2.5.2"\n' >"$root/$PPPD"
"$tool" doctor >"$dir/out" 2>&1 || fail "pppd 2.5.2"
grep -q 'version 2\.5\.2' "$dir/out" || fail "pppd 2.5.2 is not named"
make_machine

# peers file and plugin
rm "$root/$PEERSDIR/wineras"
finds 'peers/wineras is not there'
rm -r "${root:?}/$PEERSDIR"
finds 'there is no .*peers'
chmod 660 "$root/$PEERSDIR/wineras"
finds 'peers/wineras can be changed by others'
sed -i /noauth/d "$root/$PEERSDIR/wineras"
finds "does not have 'noauth'"
sed -i s/wineras.so/other.so/ "$root/$PEERSDIR/wineras"
finds "and 'plugin"
sed -i 's/^plugin/# plugin/' "$root/$PEERSDIR/wineras"
finds "and 'plugin"
rm "$root/usr/lib/wineras/wineras.so"
finds 'Plugin: .* is not there'
chmod o+w "$root/usr/lib/wineras/wineras.so"
finds 'Plugin: .* can be changed by others'

# our own parts
rm "$dir/rasmand"
finds "Manager: .* can't be run"
rm "$dir/lib/i386-windows/rasapi32.dll"
cp "$dir/prefix/drive_c/windows/syswow64/rasapi32.dll" "$dir/kept"
"$tool" doctor >"$dir/out" 2>&1 && fail "DLL of one width: exit status 0"
grep -q '^PROBLEM .*DLLs: .*i386-windows/rasapi32.dll is not there' "$dir/out" || fail "DLL of one width"
make_machine

# Wine and the prefix
printf '#!/bin/sh\necho wine-7.22\n' >"$dir/wine"
finds 'version 7.22 is too old'
printf '#!/bin/sh\nexit 1\n' >"$dir/wine"
finds 'Wine: .* does not run'
rm "$root/usr/lib/wine/i386-windows/rasapi32.dll"
notes '64-bit programs only'
rm "$root/usr/lib/wine/x86_64-windows/rasapi32.dll"
notes '32-bit programs only'
"$tool" remove >/dev/null
finds 'is not set up'
echo newer >"$dir/lib/x86_64-windows/rasapi32.dll"
finds 'not the installed ones'
sed -i /rasapi32/d "$dir/prefix/user.reg"
finds 'override of rasapi32 .* is missing'
sed -i 's/native,builtin/builtin/' "$dir/prefix/user.reg"
finds 'override of rasapi32 .* is "builtin"'
rm -r "$dir/prefix"
finds "Prefix: .* can't be used"

# runtime folder
mkdir -m 755 "$dir/run/wineras"
finds 'is not a folder of yours alone'
: >"$dir/run/wineras"
finds 'is not a folder of yours alone'

# what a link has left behind, or has
stale()
{
    mkdir -p "$root/etc"
    printf '# wineras ppp7 77-1 begin\nnameserver 192.0.2.7\n# wineras ppp7 77-1 end\nnameserver 192.0.2.1\n' \
        >"$root/etc/resolv.conf"
}
record() # FOLDER of resolvconf
{
    mkdir -p "$root/run/resolvconf/$1"
    : >"$root/run/resolvconf/$1/ppp7.wineras-77-1"
    : >"$root/run/resolvconf/$1/eth0.dhcp"
}
living()
{
    mkdir -p "$root/sys/class/net/ppp7" "$root/proc/1" "$root/proc/77"
}
stale
finds 'resolv.conf has those of a link over ppp7 that is gone'
record interface
finds 'resolvconf has those of a link over ppp7 that is gone'
record interfaces
finds 'resolvconf has those of a link over ppp7 that is gone'
# another link has the interface now
stale
living
rm -r "$root/proc/77"
finds 'resolv.conf has those of a link over ppp7 that is gone'
stale
record interface
living
"$tool" doctor >"$dir/out" 2>&1 || { fail "name servers of a living link"; cat "$dir/out"; }
# where the processes of others are hidden
rm -r "$root/proc/1" "$root/proc/77"
"$tool" doctor >"$dir/out" 2>&1 || { fail "name servers of a hidden link"; cat "$dir/out"; }
make_machine
mkdir -p "$root/proc/sys/net/ipv4/conf/all"
echo 1 >"$root/proc/sys/net/ipv4/conf/all/rp_filter"
notes 'rp_filter is 1'

# devices
rm "$dir/tty"
finds 'Device: .*No such file'
printf '[Bad]\ntype = carrier pigeon\n' >"$dir/config/devices.conf"
finds 'devices.conf: it has mistakes'
rm "$dir/config/devices.conf"
notes 'no modem or serial line'

# Rights, which root has anyway: as another user.
if test "$(id -u)" = 0 && command -v setpriv >/dev/null; then
    as="setpriv --reuid=65534 --regid=65534 --clear-groups"
    sees() # PATTERN
    {
        $as "$tool" doctor >"$dir/out" 2>&1 && fail "$1: exit status 0"
        grep -q "^PROBLEM .*$1" "$dir/out" || { fail "not found: $1"; cat "$dir/out"; }
        make_machine
        chown -R 65534:65534 "$dir"
    }
    if $as test -x "$tool"; then
        chown -R 65534:65534 "$dir"
        chmod 4700 "$root/$PPPD"
        chown 0 "$root/$PPPD"
        sees 'not setuid root'
        chmod 0 "$dir/tty"
        sees 'Device: .* you may not use'
        chmod 0 "$root/$PEERSDIR/wineras"
        sees 'you may not read .*peers/wineras'
        chmod 0 "$root/$PEERSDIR"
        sees 'you may not look into'
        chmod 500 "$dir/run"
        sees "Runtime folder: .* can't be made"
        chown -R 0:0 "$dir/prefix"
        sees "Prefix: .* can't be used"
    fi
    chown -R 0:0 "$dir"
    make_machine
fi

# Without a manager.
same() # EXPECTED COMMAND...
{
    expected=$1
    shift
    "$@" >"$dir/out" 2>"$dir/err" || fail "$*: exit status not 0"
    test "$(cat "$dir/out")" = "$expected" || { fail "$*: $(cat "$dir/out")"; echo "expected: $expected"; }
}
unset WINERAS_TEST_ROOT
same 'No connections.' "$tool" status
same '{"manager":false,"connections":[]}' "$tool" status --json
same '' "$tool" hangup --all
"$tool" hangup 17 2>/dev/null && fail "hangup of nothing"
"$tool" hangup 2>/dev/null && fail "hangup without a word"
"$tool" devices --json >"$dir/out" || fail "devices --json"
expected='{"devices":[{"name":"Bench \"Modem\"","type":"modem","ras_type":"modem","path":"'$dir'/tty","speed":57600,"flow":"hardware","connection":0},{"name":"Line","type":"tcp",'
case $(cat "$dir/out") in
"$expected"*) ;;
*) fail "devices --json: $(cat "$dir/out")" ;;
esac
"$tool" devices >"$dir/out" || fail "devices"
grep -qx 'Bench "Modem"' "$dir/out" || fail "devices: $(cat "$dir/out")"
test -z "$(ls "$dir/run")" || fail "something was made in the runtime folder"

test $failures = 0 || exit 1
