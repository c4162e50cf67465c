#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# test_vm.sh - tests/vm/run on a machine whose own kernel has PPP: a script's status
# and what it writes to its folder come out, all else that it does to the machine
# is gone.  No PPP is needed for that, but root.
set -u
run=$(cd "${srcdir:-$(dirname "$0")/..}" && pwd)/tests/vm/run
[ "$(id -u)" = 0 ] && unshare --mount --pid --fork true 2>/dev/null || exit 77
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
name=wineras-$(basename "$dir")
failures=0
WINERAS_VM=native
export WINERAS_VM

fail()
{
    echo "FAIL: $*"
    failures=$((failures + 1))
}

cat >"$dir/script" <<EOS
#!/bin/sh
echo "\$1 \$VM_KIND"
[ -c /dev/ppp ] || echo "no /dev/ppp"
echo "1 1 \$\$" >/dev/null
(: </dev/ptmx) || echo "no /dev/ptmx"
[ "\$(ps -e | wc -l)" -lt 20 ] || echo "other processes"
[ -r "\$SRC/tests/vm/run" ] || echo "no sources"
[ "\$(stat -c '%a %u' /tmp /root /home | tr '\n' ' ')" = "$(stat -c '%a %u' /tmp /root /home | tr '\n' ' ')" ] ||
    echo "other rights"
for d in /etc /usr /home /var /tmp /dev /run "$dir"; do
    echo changed >\$d/$name || echo "cannot write to \$d"
done
rm -f /dev/zero /etc/passwd
echo kept >"\$VM_OUT/file"
sleep 1000 &
exit 7
EOS
chmod 755 "$dir/script"
"$run" -t 60 -o "$dir/out" "$dir/script" "one word" >"$dir/log" 2>&1
status=$?
[ $status = 7 ] || fail "status $status"
[ "$(cat "$dir/log")" = "one word native" ] || fail "it says: $(cat "$dir/log")"
[ "$(cat "$dir/out/file")" = kept ] || fail "its folder is lost"
[ -c /dev/zero ] && [ -s /etc/passwd ] || fail "it took files away"
for d in /etc /usr /home /var /tmp /dev /run "$dir"; do
    [ ! -e "$d/$name" ] || { fail "it wrote to $d"; rm -f "$d/$name"; }
done

printf '#!/bin/sh\nsleep 1000\n' >"$dir/script"
"$run" -t 1 "$dir/script" >"$dir/log" 2>&1
status=$?
[ $status = 124 ] || fail "out of time: status $status"

test $failures = 0 || exit 1
