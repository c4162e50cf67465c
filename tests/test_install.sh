#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# test_install.sh - make install puts everything where the documentation says, what
# is installed works from there, and make uninstall leaves nothing.
set -u
: "${MAKE:=make}" "${bindir:?}" "${libdir:?}" "${libexecdir:?}" "${mandir:?}" "${PEERSDIR:?}"
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
root=$dir/root
failures=0

fail()
{
    echo "FAIL: $*"
    failures=$((failures + 1))
}

# Not the jobs and variables of the make that runs this.
unset MAKEFLAGS MFLAGS MAKELEVEL
"$MAKE" install DESTDIR="$root" >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }

for file in "$bindir/wineras" "$libexecdir/wineras/rasmand" "$libexecdir/wineras/resolver"; do
    test -x "$root$file" || fail "no program $file"
done
for file in "$libdir/wineras/i386-windows/rasapi32.dll" "$libdir/wineras/x86_64-windows/rasapi32.dll" \
    "$libdir/wineras/i386-windows/rasdial.exe" "$libdir/wineras/x86_64-windows/rasdial.exe" \
    "$libdir/wineras/wineras.so" "$PEERSDIR/wineras" "$mandir/man1/wineras.1" "$mandir/man5/wineras-devices.5" \
    "$mandir/man5/wineras-phonebook.5" "$mandir/man8/rasmand.8"; do
    test -s "$root$file" || fail "no file $file"
done
grep -qx "plugin $libdir/wineras/wineras.so" "$root$PEERSDIR/wineras" || fail "the peers file names another plugin"
# IMAGE_FILE_HEADER.Machine, at the offset that stands at 60.
for width in i386-windows:4c01 x86_64-windows:6486; do
    file=$root$libdir/wineras/${width%:*}/rasapi32.dll
    test -s "$file" || continue
    at=$(od -An -tu4 -j60 -N4 "$file" | tr -d ' ')
    test "$(od -An -tx1 -j$((at + 4)) -N2 "$file" | tr -d ' ')" = "${width#*:}" || fail "$file is of the wrong width"
done

# The installed tool finds the installed DLLs.
unset WINERAS_LIBDIR WINEPREFIX
mkdir -p "$dir/prefix/drive_c/windows/system32" "$dir/prefix/drive_c/windows/syswow64"
printf 'WINE REGISTRY Version 2\n\n#arch=win64\n' | tee "$dir/prefix/system.reg" >"$dir/prefix/user.reg"
"$root$bindir/wineras" setup --prefix "$dir/prefix" >"$dir/log" 2>&1 || { fail "setup"; cat "$dir/log"; }
cmp "$root$libdir/wineras/x86_64-windows/rasapi32.dll" "$dir/prefix/drive_c/windows/system32/rasapi32.dll" ||
    fail "setup, 64 bit"
cmp "$root$libdir/wineras/i386-windows/rasapi32.dll" "$dir/prefix/drive_c/windows/syswow64/rasapi32.dll" ||
    fail "setup, 32 bit"

"$MAKE" uninstall DESTDIR="$root" >"$dir/log" 2>&1 || { cat "$dir/log"; fail "uninstall"; }
find "$root" ! -type d >"$dir/left"
find "$root" -type d \( -name wineras -o -name '*-windows' \) >>"$dir/left"
test ! -s "$dir/left" || fail "left behind: $(cat "$dir/left")"

test $failures = 0 || exit 1
