# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced by plugin.sh: name servers beside what resolves names elsewhere, from Debian's packages
# as tests/get-resolvers has unpacked them.  Each is there for its rows alone.
# shellcheck disable=SC2154,SC2034 # of plugin.sh

packages=$BUILD/resolvers
users=tester

# Put a package into this machine, which goes away with the test; /lib and /sbin are links.
put_package()
{
    local dir

    for dir in etc lib sbin usr/bin usr/lib usr/sbin usr/share; do
        [ ! -d "$packages/$1/$dir" ] || cp -a "$packages/$1/$dir/." "/$dir/"
    done
}

# resolver_rows NAME SERVERS-SEEN COMMAND: what COMMAND shows while the link is up, and that it
# shows the same before and after.
resolver_rows()
{
    local name=$1 show=$3 entry=1,0,192.0.2.53,192.0.2.54,corp.example

    sh -c "$show" > "$tmp/resolver.before" 2>&1
    after="i=0; until $show 2>&1 | diff $tmp/resolver.before -; do i=\$((i + 1)); [ \$i -lt 100 ] || exit 1; sleep 0.1; done"
    here=(-x "$show" -a ip_up=show)
    shows=$2 row "$name" none "$server" LOCAL_HANGUP 0 1 -n $entry "${here[@]}" $up -- usepeerdns
    shows=$2 row "$name, pppd killed" none "$server" "(none)" 0 1 -n $entry "${here[@]}" -a ip_up=kill -- usepeerdns
    unset after
    # It may still be at work when all is as before.
    while pgrep -f "^$tmp/lib/resolver" > /dev/null; do
        sleep 0.1
    done
}

# ---- systemd-resolved --------------------------------------------------------------------

start_resolved()
{
    put_package systemd-resolved
    id systemd-resolve > /dev/null 2>&1 || useradd -r -U -s /usr/sbin/nologin systemd-resolve
    mkdir -p /run/dbus /run/systemd
    dbus-uuidgen --ensure
    dbus-daemon --system --fork
    setsid /lib/systemd/systemd-resolved > "$tmp/resolved.log" 2>&1 < /dev/null &
    resolved=$!
    ln -sf /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf
    for i in $(seq 100); do
        resolvectl dns > /dev/null 2>&1 && return
        sleep 0.1
    done
    cat "$tmp/resolved.log"
}

start_resolved
resolver_rows "systemd-resolved" '^Link .*ppp[0-9].*: 192.0.2.53 192.0.2.54$' \
    'resolvectl --no-pager dns | grep ppp; readlink /etc/resolv.conf'
resolver_rows "systemd-resolved, domains" '^Link .*ppp[0-9].*: corp.example ~\.$' \
    'resolvectl --no-pager domain | grep ppp; readlink /etc/resolv.conf'
kill $resolved
wait $resolved 2> /dev/null

# ---- resolvconf ----------------------------------------------------------------------------

rm -f /etc/resolv.conf /sbin/resolvconf /usr/bin/resolvectl
put_package openresolv
echo 'nameserver 192.0.2.250' | resolvconf -a wan0
resolver_rows openresolv '^nameserver 192.0.2.53$' 'cat /etc/resolv.conf'

rm -f /etc/resolv.conf /sbin/resolvconf
rm -rf /run/resolvconf
put_package resolvconf
resolvconf --create-runtime-directories
resolvconf --enable-updates
ln -s /run/resolvconf/resolv.conf /etc/resolv.conf
echo 'nameserver 192.0.2.250' | resolvconf -a wan0
resolver_rows "Debian's resolvconf" '^nameserver 192.0.2.53$' 'cat /etc/resolv.conf'
rm -f /etc/resolv.conf /sbin/resolvconf
