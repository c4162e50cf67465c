#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# test_setup.sh - wineras setup and remove on made-up prefixes, without Wine.
# A running wineserver and its reg are played by scripts.
set -u
tool=$(pwd)/programs/wineras/wineras
dir=$(mktemp -d) || exit 99
server=
trap 'test -z "$server" || kill $server 2>/dev/null; chmod -R u+rwx "$dir"; rm -rf "$dir"' EXIT
failures=0

fail()
{
    echo "FAIL: $*"
    failures=$((failures + 1))
}

check() # DESCRIPTION COMMAND...
{
    what=$1
    shift
    "$@" >"$dir/out" 2>&1 || { fail "$what"; cat "$dir/out"; }
}

refuse() # DESCRIPTION COMMAND...
{
    what=$1
    shift
    "$@" >"$dir/out" 2>&1 && { fail "$what: exit status 0"; cat "$dir/out"; }
}

make_prefix() # NAME ARCH [LINES OF DllOverrides]
{
    p=$dir/$1
    mkdir -p "$p/dosdevices" "$p/drive_c/windows/system32"
    ln -s ../drive_c "$p/dosdevices/c:"
    test "$2" = win32 || mkdir "$p/drive_c/windows/syswow64"
    printf 'WINE REGISTRY Version 2\n;; All keys\n\n#arch=%s\n\n[System\\\\Select] 1\n"Current"=dword:1\n' "$2" >"$p/system.reg"
    {
        printf 'WINE REGISTRY Version 2\n;; All keys\n\n#arch=%s\n\n' "$2"
        printf '[Software\\\\Alpha] 5\n#time=1\n"rasapi32"="not this one"\n"x"=hex:01,02,\\\n  03,04\n'
        test -z "${3-}" || printf '\n[Software\\\\Wine\\\\DllOverrides] 7\n#time=2\n%b' "$3"
        printf '\n[Software\\\\Zeta] 9\n"[Software\\\\Wine\\\\DllOverrides]"="\\"quoted\\""\n'
    } >"$p/user.reg"
    echo stub >"$p/drive_c/windows/system32/rasapi32.dll"
    cp -a "$p" "$p.before"
}

# The secret of what programs have stored stays.
same_as_before() # NAME
{
    test "$(ls -A "$dir/$1/.wineras" 2>&1)" = secret || test ! -e "$dir/$1/.wineras" || { ls -A "$dir/$1/.wineras"; false; } &&
        diff -r -x .wineras "$dir/$1" "$dir/$1.before"
}

mkdir -p "$dir/lib/i386-windows" "$dir/lib/x86_64-windows"
echo ours32 >"$dir/lib/i386-windows/rasapi32.dll"
echo ours64 >"$dir/lib/x86_64-windows/rasapi32.dll"
echo program >"$dir/lib/x86_64-windows/rasdial.exe"
echo text >"$dir/lib/x86_64-windows/README"
WINERAS_LIBDIR=$dir/lib HOME=$dir/home
export WINERAS_LIBDIR HOME
unset WINEPREFIX XDG_RUNTIME_DIR WINELOADER WINESERVER

# 64 bit: both widths, the override, twice the same, and back.
make_prefix p64 win64
check "setup" "$tool" setup --prefix "$dir/p64"
w=$dir/p64/drive_c/windows
check "64-bit DLL" cmp "$w/system32/rasapi32.dll" "$dir/lib/x86_64-windows/rasapi32.dll"
check "32-bit DLL" cmp "$w/syswow64/rasapi32.dll" "$dir/lib/i386-windows/rasapi32.dll"
check "program" cmp "$w/system32/rasdial.exe" "$dir/lib/x86_64-windows/rasdial.exe"
refuse "only DLLs and programs" test -e "$w/system32/README"
check "override" grep -qx '"rasapi32"="native,builtin"' "$dir/p64/user.reg"
check "secret" test "$(stat -c '%a %s' "$dir/p64/.wineras/secret")" = '600 32'
cp -a "$dir/p64" "$dir/once"
check "second setup" "$tool" setup --prefix "$dir/p64"
check "second setup changes nothing" diff -r "$dir/p64" "$dir/once"
# A newer version of ours; the original is still Wine's.
echo newer >"$dir/lib/x86_64-windows/rasapi32.dll"
check "setup of a newer version" "$tool" setup --prefix "$dir/p64"
check "newer DLL" cmp "$w/system32/rasapi32.dll" "$dir/lib/x86_64-windows/rasapi32.dll"
check "remove" "$tool" remove --prefix "$dir/p64"
check "as before" same_as_before p64
check "the secret stays" cmp "$dir/p64/.wineras/secret" "$dir/once/.wineras/secret"
check "second remove" "$tool" remove --prefix "$dir/p64"
check "still as before" same_as_before p64

# The key is there already, with and without a value, in another case.
make_prefix key win64 '"other"="builtin"\n'
check "setup by WINEPREFIX" env WINEPREFIX=$dir/key "$tool" setup
check "value joins the key" grep -A3 -F '[Software\\Wine\\DllOverrides] 7' "$dir/key/user.reg"
tail -n 1 "$dir/out" | grep -qx '"rasapi32"="native,builtin"' || fail "value joins the key: $(cat "$dir/out")"
check "remove by WINEPREFIX" env WINEPREFIX=$dir/key "$tool" remove
check "as before with a key" same_as_before key
make_prefix value win64 '"RasApi32"="builtin"\n"z"="native"\n'
check "setup over a value" "$tool" setup --prefix "$dir/value"
check "one value" test "$(grep -ci '^"rasapi32"=' "$dir/value/user.reg")" = 2
check "value" grep -qx '"RasApi32"="native,builtin"' "$dir/value/user.reg"
check "remove, old value" "$tool" remove --prefix "$dir/value"
check "as before with a value" same_as_before value

# What the user changed afterwards is the user's.
check "setup" "$tool" setup --prefix "$dir/value"
sed -i 's/="native,builtin"/="native"/' "$dir/value/user.reg"
echo other >"$dir/value/drive_c/windows/system32/rasapi32.dll"
check "remove after changes" "$tool" remove --prefix "$dir/value"
check "other override stays" grep -qx '"RasApi32"="native"' "$dir/value/user.reg"
check "other DLL stays" grep -qx other "$dir/value/drive_c/windows/system32/rasapi32.dll"

# 32 bit, in ~/.wine, with a hard link and a symbolic link in the way.
make_prefix home/.wine win32
w=$dir/home/.wine/drive_c/windows/system32
ln "$w/rasapi32.dll" "$dir/linked"
check "setup of ~/.wine" "$tool" setup
check "32-bit DLL in system32" cmp "$w/rasapi32.dll" "$dir/lib/i386-windows/rasapi32.dll"
check "no syswow64" test ! -e "$w/../syswow64"
check "not written through the hard link" grep -qx stub "$dir/linked"
check "remove" "$tool" remove
check "as before, 32 bit" same_as_before home/.wine
check "still one file" test "$dir/linked" -ef "$w/rasapi32.dll"
ln -sf "$dir/linked" "$w/rasapi32.dll"
check "setup over a symbolic link" "$tool" setup
check "not written through the symbolic link" grep -qx stub "$dir/linked"
check "remove" "$tool" remove
check "symbolic link is back" test "$(readlink "$w/rasapi32.dll")" = "$dir/linked"

# What must fail, and change nothing.
refuse "no prefix" "$tool" setup --prefix "$dir/lib"
refuse "no folder" "$tool" setup --prefix "$dir/none"
refuse "a word too much" "$tool" setup "$dir/p64"
refuse "wrong option" "$tool" setup --json
refuse "no command" "$tool"
refuse "wrong command" "$tool" dial
WINERAS_LIBDIR=$dir/none refuse "nothing installed" "$tool" setup --prefix "$dir/p64"
check "nothing installed: unchanged" same_as_before p64
make_prefix bad win64
echo 'REGEDIT4' >"$dir/bad/user.reg"
cp "$dir/bad/user.reg" "$dir/bad.before/user.reg"
refuse "foreign registry file" "$tool" setup --prefix "$dir/bad"
check "foreign registry file: unchanged" same_as_before bad
# The last file can't be written: all that came before is put back.
make_prefix half win64
mkdir -p "$dir/half/drive_c/windows/syswow64/rasapi32.dll.wineras-new/x"
cp -a "$dir/half/drive_c/windows/syswow64/rasapi32.dll.wineras-new" "$dir/half.before/drive_c/windows/syswow64/"
refuse "a file can't be written" "$tool" setup --prefix "$dir/half"
check "rolled back" same_as_before half
check "rolled back: setup works once the obstacle is gone" rm -r "$dir/half/drive_c/windows/syswow64/rasapi32.dll.wineras-new"
check "rolled back: setup" "$tool" setup --prefix "$dir/half"
# A manifest that leads out of the prefix.
sed -i 's,system32/rasdial.exe,../../../../linked,' "$dir/half/.wineras/manifest"
refuse "damaged manifest" "$tool" remove --prefix "$dir/half"
check "damaged manifest: nothing deleted" test -e "$dir/linked"

# A wineserver runs: the registry file is left alone, Wine's reg does it.
make_prefix live win64
# shellcheck disable=SC2046
set -- $(stat -c '%d %i' "$dir/live")
work=$dir/server-$(printf '%x-%x' "$1" "$2")
mkdir "$work"
cp "$(command -v sleep)" "$dir/wineserver"
(cd "$work" && exec "$dir/wineserver" 600) &
server=$!
cat >"$dir/wine" <<'END'
#!/bin/sh
# reg, with the value in a file
value=$WINEPREFIX/../live.value
shift
case "$1 $3" in
"query /v") test -f "$value" && printf '\r\nHKEY\r\n    rasapi32    REG_SZ    %s\r\n\r\n' "$(cat "$value")" ;;
"query ") test -f "$value" ;;
"add /v") printf %s "$6" >"$value" ;;
"delete /v") rm "$value" ;;
*) exit 1 ;;
esac
END
chmod +x "$dir/wine"
tries=0
until test "$(readlink /proc/$server/exe)" = "$dir/wineserver" || test $tries -gt 1000; do tries=$((tries + 1)); done
refuse "no wine for the server" env WINELOADER=$dir/none "$tool" setup --prefix "$dir/live"
check "no wine for the server: unchanged" same_as_before live
refuse "reg does nothing" env WINELOADER=/bin/true "$tool" setup --prefix "$dir/live"
check "reg does nothing: unchanged" same_as_before live
WINELOADER=$dir/wine
export WINELOADER
check "setup with a server" "$tool" setup --prefix "$dir/live"
check "override by reg" grep -qx native,builtin "$dir/live.value"
check "registry file untouched" cmp "$dir/live/user.reg" "$dir/live.before/user.reg"
check "remove with a server" "$tool" remove --prefix "$dir/live"
check "override taken out by reg" test ! -e "$dir/live.value"
check "as before with a server" same_as_before live

test $failures = 0 || exit 1
