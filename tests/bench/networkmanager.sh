# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced by link: what memory NetworkManager takes for a PPP connection.  A serial line it dials
# only for ModemManager, which wants hardware, so it dials PPPoE: the same pppd with its plugin, here
# over a pair of virtual cards, to a pppd with the same addresses.  TEST_NETWORKMANAGER is the folder
# of its packages and of rp-pppoe's server.
# shellcheck disable=SC2154 # of link

nm_files()
{
    local m

    # /lib is a link.
    cp -a "$TEST_NETWORKMANAGER/usr/." /usr/
    cp -a "$TEST_NETWORKMANAGER/etc/." /etc/
    for m in pppox pppoe; do
        insmod "/usr/lib/uml/modules/$(uname -r)/kernel/drivers/net/ppp/$m.ko" 2> /dev/null || modprobe -q $m || true
    done
    mkdir -p /run/dbus /run/NetworkManager /etc/NetworkManager/system-connections
    rm -f /etc/NetworkManager/dispatcher.d/[0-9]*
    cat > /etc/NetworkManager/NetworkManager.conf <<EOC
[main]
plugins=keyfile
dns=none
rc-manager=unmanaged
auth-polkit=false
no-auto-default=*
EOC
    cat > /etc/NetworkManager/system-connections/bench.nmconnection <<EOC
[connection]
id=bench
uuid=8a2f2c10-4f0e-4a7e-9d0f-0a1b2c3d4e5f
type=pppoe
autoconnect=false
interface-name=ppp7

[pppoe]
parent=wan
username=alice
password=$good_password

[ipv4]
method=auto

[ipv6]
method=disabled
EOC
    chmod 600 /etc/NetworkManager/system-connections/bench.nmconnection
}

nm_server()
{
    ip link add wan type veth peer name wan-far
    ip link set wan-far netns "$(cat "$G/peer")"
    ip link set wan up
    in_peer ip link set wan-far up
    printf '%s\n' require-chap noipv6 lcp-restart 1 > "$G/etc-ppp/pppoe-server-options"
    nsenter -t "$(cat "$G/peer")" -n -m -r -w pppoe-server -I wan-far -L 10.64.64.1 -R 10.64.64.2 -N 1 -F > "$G/pppoe.log" 2>&1 &
}

nm_start()
{
    dbus-uuidgen --ensure
    dbus-daemon --system --fork
    # It waits for udev where it may write there.
    mount -o remount,bind,ro /sys
    NetworkManager --no-daemon > "$G/nm.log" 2>&1 &
    nm=$!
    wait_for 60 nmcli general status
}

nm_files
nm_server
nm_start
if ! timeout 120 nmcli connection up bench > "$G/nmcli.log" 2>&1; then
    echo "# NetworkManager $(kib "$(memory $nm)") with no connection: it has not dialled"
    tail -q -n 5 "$G/nmcli.log" "$G/nm.log" "$G/pppoe.log"
else
    pppd=$(memory "$(pgrep -f 'pppd.*nm-pppd-plugin')")
    own=$(memory $nm)
    dispatcher=$(pgrep -x nm-dispatcher || true)
    echo "# a PPPoE connection to the same pppd: NetworkManager $(kib $((own + pppd))), of it pppd with its plugin $(kib "$pppd")," \
        "NetworkManager $(kib "$own"); for some seconds after each change nm-dispatcher" \
        "$(kib "$([ -z "$dispatcher" ] && echo 0 || memory "$dispatcher")") more"
fi
kill $nm
