# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Routes and name servers as the entry says, as before when the link is gone, however it ended;
# links that are lost and dialled again.

# A network that has the default route, and a plain file of name servers.
ip link add wan type veth peer name wan-far
ip link set wan up
ip link set wan-far up
ip address add 192.0.2.2/24 dev wan
ip route add default via 192.0.2.1 dev wan
rm -f /etc/resolv.conf
printf 'search old.example\nnameserver 192.0.2.250\noptions timeout:1' > /etc/resolv.conf

entries network
modem_entry default 5550100
modem_entry split 5550100 IpPrioritizeRemote=0 IpNameAssign=2 IpDnsAddress=192.0.2.53 IpDnsSuffix=corp.example
modem_entry none 5550100 IpPrioritizeRemote=0 DisableClassBasedDefaultRoute=1 IpNameAssign=2 IpDnsAddress=0.0.0.0
printf '%s\n' '[tcp]' Encoding=1 Type=1 '' MEDIA=serial Port= 'Device=E2E TCP' '' DEVICE=tcp \
    PhoneNumber=203.0.113.9:4455 '' >> $G/$book.pbk
modem_entry again 5550101 RedialOnLinkFailure=1 RedialAttempts=2 RedialSeconds=1

# What must be the same afterwards, up to the file's number.
network_state()
{
    ip route show
    ip -6 route show default
    stat -c '%a %u:%g %s' /etc/resolv.conf
    cat /etc/resolv.conf
}

network_before()
{
    network_state > $G/network.before
    stat -c '%i %y' /etc/resolv.conf > $G/network.file
}

network_is_back()
{
    network_state | cmp -s $G/network.before -
}

expect_network_back()
{
    wait_for 30 network_is_back || complain "not as before: $(network_state | diff $G/network.before - | tr '\n' ';')"
}

# expect_route ADDRESS INTERFACE: packets to it go there.
expect_route()
{
    [[ $(ip route get "$1" | head -n 1) = *" dev $2"* ]] || complain "$1 goes $(ip route get "$1" | head -n 1)"
}

# expect_servers "LINE;LINE...": how the file begins.
expect_servers()
{
    [[ $(grep -v '^# wineras' /etc/resolv.conf | tr '\n' ';') = "$1"* ]] ||
        complain "resolv.conf is $(tr '\n' ';' < /etc/resolv.conf)"
}

our_pppd()
{
    pgrep -f '^pppd call wineras'
}

hang_up()
{
    as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup failed"
}

stay()
{
    network_before
    dial_book "$1" --stay
    expect_code 0
    expect_states $all_states
}

modem_up

scenario "network: default route and the peer's name servers" && {
    stay default
    expect_route 198.51.100.7 ppp0
    ip route show default | grep -q '^default via 192.0.2.1 dev wan' || complain "the other default route is gone"
    expect_servers 'nameserver 10.64.64.53;search old.example;nameserver 192.0.2.250;'
    hang_up
    expect_nothing_left
    network_is_back || complain "not as before: $(network_state | diff $G/network.before - | tr '\n' ';')"
    result
}

scenario "network: split route, the entry's name servers and suffix" && {
    stay split
    expect_route 198.51.100.7 wan
    expect_route 10.1.2.3 ppp0
    expect_servers 'nameserver 192.0.2.53;search old.example;nameserver 192.0.2.250;options timeout:1;'
    grep -q '^search corp.example old.example$' /etc/resolv.conf || complain "the suffix is not in resolv.conf"
    hang_up
    expect_nothing_left
    expect_network_back
    result
}

scenario "network: neither routes nor name servers" && {
    stay none
    expect_route 198.51.100.7 wan
    expect_route 10.1.2.3 wan
    expect_route 10.64.64.1 ppp0
    hang_up
    expect_nothing_left
    expect_network_back
    [ "$(stat -c '%i %y' /etc/resolv.conf)" = "$(cat $G/network.file)" ] || complain "resolv.conf was written"
    result
}

scenario "network: pppd is killed" && {
    stay default
    kill -9 $(our_pppd)
    expect_nothing_left
    expect_network_back
    line_stop modem
    modem_up
    result
}

scenario "network: the manager is killed" && {
    stay default
    pkill -9 -u "$(id -u $who)" -x rasmand || complain "no manager to kill"
    wait_for 60 eval '! our_pppd' || complain "pppd is still there"
    expect_network_back
    rm -rf $G/run-$who/wineras
    line_stop modem
    modem_up
    result
}

is_connected()
{
    as $who wineras status --json 2> /dev/null | grep -q '"state_number":8192'
}

in_peer()
{
    nsenter -t "$(cat $G/peer)" -n "$@"
}

wan_works()
{
    ! ip route show | grep -q linkdown
}

# The far end is where the other default route leads to; its address is not in a network of ours.
far_network()
{
    ip link set wan-far netns "$(cat $G/peer)"
    in_peer ip address add 192.0.2.1/24 dev wan-far
    in_peer ip link set wan-far up
    in_peer ip address add 203.0.113.9/32 dev lo
    wait_for 20 wan_works || complain "no way to the far network"
    LINE_NET=peer line_start tcp 0 tcp 203.0.113.9:4455 none
}

far_network_end()
{
    line_stop tcp
    in_peer ip address del 203.0.113.9/32 dev lo
    in_peer ip link set wan-far netns 1
    ip link set wan-far up
    wait_for 20 wan_works || complain "no way back from the far network"
}

scenario "network: a TCP link does not swallow its own packets" && {
    far_network
    stay tcp
    expect_route 198.51.100.7 ppp0
    # So would the line itself go, were its socket not held to where it went before.
    expect_route 203.0.113.9 ppp0
    ping -q -c 5 -i 0.2 -W 5 10.64.64.1 > "$L/ping.log" 2>&1 || complain "nothing goes over the link: $(tail -n 2 "$L/ping.log")"
    is_connected || complain "the link is lost"
    hang_up
    expect_nothing_left
    expect_network_back
    far_network_end
    result
}

another_pppd()
{
    local now

    now=$(our_pppd) && [ "$now" != "$first_pppd" ] && is_connected
}

# By the manager, with the credentials of the dial: the program is gone.
scenario "network: the link is lost and dialled again" && {
    stay again
    first_pppd=$(our_pppd)
    handle=$(as $who wineras status --json | grep -o '"handle":[0-9]*')
    echo carrier-loss > $G/modem.ctl
    wait_for 60 another_pppd || complain "not dialled again"
    as $who wineras status --json | grep -q "$handle" || complain "the handle is another one"
    expect_route 198.51.100.7 ppp0
    expect_servers 'nameserver 10.64.64.53;search old.example;'
    hang_up
    expect_nothing_left
    expect_network_back
    result
}

scenario "network: a link that can't be dialled again" && {
    stay again
    line_stop modem
    expect_nothing_left
    expect_network_back
    result
    modem_up
}
line_stop modem
ip link del wan
