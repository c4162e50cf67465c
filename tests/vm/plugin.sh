#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# plugin.sh - wineras.so in a real pppd with real kernel PPP against real and odd
# peers: each row names a peer, pppd's options and what the plugin must report.
# Run it by tests/vm/run; it changes /etc/ppp.  BUILD and SRC say where things are.
#
# TEST_PPPD names another pppd (2.5, by tests/get-debian13), which is run by root
# only; TEST_ONLY a pattern of rows.  Prints TAP.
set -u
shopt -s extglob # for TEST_ONLY
: "${VM_KIND:?run this by tests/vm/run}" "${BUILD:?}" "${SRC:?}"

PATH=$PATH:/usr/sbin:/sbin
pppd=${TEST_PPPD:-/usr/sbin/pppd}
drive=$BUILD/tests/peers/linkdrive
odd=$BUILD/tests/peers/oddpeer
tmp=$(mktemp -d /tmp/plugin-test.XXXXXX)
chmod 711 "$tmp"
count=0
failed=0

ok()
{
    count=$((count + 1))
    echo "ok $count $1"
}

not_ok()
{
    count=$((count + 1))
    failed=$((failed + 1))
    echo "not ok $count $1"
    sed 's/^/# /' "$tmp/log"
    sed 's/^/# peer: /' "$tmp/peer" | tail -n 30
}

# ---- the machine ------------------------------------------------------------------

install -d -m 755 "$tmp/lib"
install -m 644 "$BUILD/plugin/wineras.so" "$tmp/lib/wineras.so"
mkdir -p /etc/ppp/peers
install -m 755 "$BUILD/plugin/resolver" "$tmp/lib/resolver"
sed "s|^plugin .*|plugin $tmp/lib/wineras.so|; s|^wineras-resolver .*|wineras-resolver $tmp/lib/resolver|" \
    "$BUILD/plugin/wineras" > /etc/ppp/peers/wineras
chmod 644 /etc/ppp/peers/wineras
# What the stock file of Debian says, whatever this machine has.
printf '%s\n' 'asyncmap 0' auth crtscts lock hide-password modem 'lcp-echo-interval 30' 'lcp-echo-failure 4' \
    > /etc/ppp/options
for secrets in pap chap; do
    (umask 077; printf 'alice * "open sesame" *\n"CORP\\\\bob" * secret *\n' > /etc/ppp/$secrets-secrets)
done
id tester > /dev/null 2>&1 || useradd -m -s /bin/sh -G dip tester

credentials()
{
    printf '%s\n%s\n' "$2" "$3" > "$tmp/$1"
    chmod 644 "$tmp/$1"
}
credentials good alice "open sesame"
credentials wrong alice "closed sesame"
credentials domain 'CORP\bob' secret
credentials none '' ''
credentials again alice "open sesame"
printf '%s\n' secret "New pa\$\$word 2" > "$tmp/change-bob"
credentials nameonly alice ''
printf '%s\n' mallory "open sesame" alice "open sesame" > "$tmp/twice"
chmod 644 "$tmp/twice"

# Peers.  nodetach and its log to a file; "modem" of /etc/ppp/options is nothing here.
peer_log="nodetach debug logfile $tmp/peer"
# Of the two first requests of LCP one comes before the other side listens; it is repeated after a
# second, not three.
server="/usr/sbin/pppd notty $peer_log lcp-restart 1 local nocrtscts nolock noauth name server 10.9.0.1:10.9.0.2 ms-dns 10.9.0.53 ms-dns 10.9.0.54"
authserver="${server/ noauth/ auth}"

# row NAME CREDENTIALS PEER CAUSE ERROR CONNECTED [-a EVENT=ACTION...] -- PPPD OPTION...
run_row()
{
    local name=$1 creds=$2 peer=$3 cause=$4 error=$5 connected=$6 got want user
    local -a drive_options=()
    shift 6
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        drive_options+=("$1")
        shift
    done
    shift
    # shellcheck disable=SC2254 # a pattern is wanted
    case $name in ${TEST_ONLY:-*}) ;; *) return ;; esac
    # Another pppd is not setuid.
    for user in $([ "$pppd" = /usr/sbin/pppd ] && echo "$users" || echo root); do
        : > "$tmp/peer"
        "$drive" ${user:+$([ "$user" = root ] || echo "-U $user")} -c "$tmp/$creds" -t 90 \
            ${drive_options[@]+"${drive_options[@]}"} -s "exec $peer" -- \
            "$pppd" call wineras wineras-fd @FD@ local nocrtscts lcp-restart 1 noipv6 "$@" > "$tmp/log" 2>&1
        got=$(sed -n 's/^result \(cause=.* connected=[01]\) status=.*/\1/p' "$tmp/log")
        want="cause=$cause error=$error connected=$connected"
        if [ "$got" != "$want" ]; then
            echo "# wanted $want, got $got"
            not_ok "$name as $user"
        elif [ "$cause" = "(none)" ]; then
            if ! grep -q 'time limit' "$tmp/log"; then ok "$name as $user"; else not_ok "$name as $user"; fi
        elif ! check_order; then
            not_ok "$name as $user: order of messages"
        elif [ -n "${shows:-}" ] && ! grep -q -e "$shows" "$tmp/log"; then
            not_ok "$name as $user: there is no $shows"
        elif [ -n "${after:-}" ] && ! sh -c "$after" >> "$tmp/log" 2>&1; then
            not_ok "$name as $user: afterwards not: $after"
        elif [ -n "${says:-}" ] && ! grep -q -e "$says" "$tmp/peer"; then
            not_ok "$name as $user: the peer does not say $says"
        elif [ -n "${tells:-}" ] && ! grep -q -E -e "$tells" "$tmp/log"; then
            not_ok "$name as $user: the manager does not hear $tells"
        elif ! check_wakeups; then
            not_ok "$name as $user: an idle pppd wakes"
        elif grep -qE 'sesame|secret' "$tmp/log"; then
            not_ok "$name as $user: a secret is shown"
        else
            ok "$name as $user"
        fi
    done
}
row() { run_row "$@"; }

# ordinary users may not do less than root; odd peers are all the same to both
users="root tester"

# An idle link must not be polled: 3 seconds of that would be 60.
check_wakeups()
{
    local n

    n=$(sed -n 's/^wakeups //p' "$tmp/log")
    [ -z "$n" ] || { echo "# $n wake-ups in 3 seconds"; [ "$n" -ge 0 ] && [ "$n" -le 5 ]; }
}

# First the hello, last the exit; one cause, before the exit; LCP before phase 5, acceptance
# before phase 7, addresses after it.
check_order()
{
    awk '
        $2 ~ /^link_/ { n++; last = $2; if (n == 1) first = $2 }
        $2 == "link_cause" { causes++ }
        $2 == "link_exit" && !causes { bad = "exit before the cause" }
        $2 == "link_lcp_up" { lcp = 1; auth = 0 }
        $2 == "link_auth_ok" { auth = 1 }
        $2 == "link_phase" && $4 == "phase=0x5" && !lcp { bad = "phase 5 before LCP" }
        $2 == "link_phase" && $4 == "phase=0x7" && !auth { bad = "phase 7 before acceptance" }
        $2 == "link_ip_up" && !auth { bad = "addresses before acceptance" }
        END {
            if (first != "link_hello") bad = "first message " first
            if (last != "link_exit" && causes) bad = "last message " last
            if (causes != 1) bad = causes " causes"
            if (bad) { print "# " bad; exit 1 }
        }' "$tmp/log"
}

# ---- a link that comes up, and its ends ----------------------------------------------

up="-a ip_up=hangup"
row "no authentication" none "$server" LOCAL_HANGUP 0 1 $up --
row "PAP" good "$authserver require-pap" LOCAL_HANGUP 0 1 $up --
row "CHAP" good "$authserver require-chap" LOCAL_HANGUP 0 1 $up --
row "MS-CHAP" good "$authserver require-mschap" LOCAL_HANGUP 0 1 $up --
row "MS-CHAPv2" good "$authserver require-mschap-v2" LOCAL_HANGUP 0 1 $up --
row "MS-CHAPv2 with a domain" domain "$authserver require-mschap-v2" LOCAL_HANGUP 0 1 $up --
row "MPPE" good "$authserver require-mschap-v2 require-mppe-128" LOCAL_HANGUP 0 1 $up -- require-mppe-128

# What was negotiated: the manager is told $tells.  Of compression it may hear after the addresses.
users=tester
tells='link_ccp .*up=0x1 cause=0x0 sent=0x12 sent_options=0x1000040 received=0x12 received_options=0x1000040' \
row "negotiated: MPPE" good "$authserver require-mschap-v2 require-mppe-128" LOCAL_HANGUP 0 1 $up -- require-mppe-128
tells='link_ccp .*up=0x1 cause=0x0 sent=0x1a sent_options=0x0 received=0x1a received_options=0x0' \
row "negotiated: Deflate" none "$server" TIME_LIMIT 0 1 -- maxconnect 2
tells='link_ccp .*up=0x1 cause=0x0 sent=0x15 sent_options=0x0 received=0x15 received_options=0x0' \
row "negotiated: BSD compression" none "$server nodeflate bsdcomp 12" TIME_LIMIT 0 1 -- nodeflate bsdcomp 12 maxconnect 2
tells='link_ccp .*up=0x0 cause=0xa ' \
row "negotiated: no CCP" none "$server noccp" TIME_LIMIT 0 1 -- maxconnect 2
tells='link_lcp_up .*our_mru=0x578 peer_mru=0x514 auth_protocol=0xc023 .* options=0x1 peer_options=0x1 multilink=0x0' \
row "negotiated: MRU and options" good "$authserver require-pap mru 1300 noaccomp" LOCAL_HANGUP 0 1 $up -- mru 1400
tells='link_auth_ok .*protocol=0xc023 data=0x0 message="?Login ok' \
row "negotiated: PAP, reply" good "$authserver require-pap" LOCAL_HANGUP 0 1 $up --
tells='link_auth_ok .*protocol=0xc223 data=0x81 message="?Access granted' \
row "negotiated: MS-CHAPv2, reply" good "$authserver require-mschap-v2" LOCAL_HANGUP 0 1 $up --
tells='link_auth_ok .*protocol=0xc227 data=0x4 ' \
row "negotiated: EAP" good "$authserver require-eap" LOCAL_HANGUP 0 1 $up --
users="root tester"

row "user option does not win" good "$authserver require-chap" LOCAL_HANGUP 0 1 $up -- user mallory
row "debug shows no secret" good "$authserver require-pap" LOCAL_HANGUP 0 1 -a ip_up=inspect -a phase=8=hangup -- debug
row "hang-up by SIGTERM" none "$server" LOCAL_HANGUP 0 1 -a ip_up=term --
# Nobody is left to be told; pppd must leave by itself.
row "manager gone" none "$server" "(none)" 0 1 -a ip_up=close --
row "manager gone before LCP" none "sleep 60" "(none)" 0 0 -a phase=4=close --
row "hang-up before LCP" none "sleep 60" LOCAL_HANGUP 0 0 -a phase=4=hangup --
row "hang-up while authenticating" good "$odd chap-mute" LOCAL_HANGUP 0 0 -a phase=5=hangup --
row "idle" none "$server" IDLE 0 1 -- idle 2
row "time limit" none "$server" TIME_LIMIT 0 1 -- maxconnect 2
row "line lost" none "$server" CARRIER_LOST 0 1 -a ip_up=kill-peer --
row "peer dead" none "$server" PEER_DEAD 0 1 -a ip_up=stop-peer -- lcp-echo-interval 1 lcp-echo-failure 2
row "peer hangs up" none "$server maxconnect 2" PEER_TERMINATED 0 1 --
row "no wake-ups" none "$server" LOCAL_HANGUP 0 1 -a ip_up=wakeups -a phase=8=hangup -- lcp-echo-interval 0 lcp-echo-failure 0

# ---- routes --------------------------------------------------------------------------------------

# Another network with the default route; what is before our link and after it.
ip link add wan type veth peer name wan-far && ip link set wan up && ip link set wan-far up
ip address add 192.0.2.2/24 dev wan
ip route add default via 192.0.2.1 dev wan
ip route show > "$tmp/routes"
here=(-x "ip route get 198.51.100.7; ip route get 10.99.0.1; ip route show default; ip -6 route show default"
    -a ip_up=show)
after="ip route show | diff $tmp/routes -"
users="root tester"
shows='^198.51.100.7 dev ppp[0-9] ' \
    row "default route" none "$server" LOCAL_HANGUP 0 1 -n 1 "${here[@]}" $up --
shows='^default via 192.0.2.1 dev wan *$' \
    row "default route, the other stays" none "$server" LOCAL_HANGUP 0 1 -n 1 "${here[@]}" $up --
users=tester
shows='^198.51.100.7 via 192.0.2.1 dev wan ' \
    row "default route, explicit metric" none "$server" LOCAL_HANGUP 0 1 -n 1,50 "${here[@]}" $up --
shows='^default dev ppp[0-9] proto static scope link metric 50 *$' \
    row "default route, and it is there" none "$server" LOCAL_HANGUP 0 1 -n 1,50 "${here[@]}" $up --
shows='^198.51.100.7 via 192.0.2.1 dev wan ' \
    row "split route" none "$server" LOCAL_HANGUP 0 1 -n 2 "${here[@]}" $up --
shows='^10.99.0.1 dev ppp[0-9] ' \
    row "split route, the network of the class" none "$server" LOCAL_HANGUP 0 1 -n 2 "${here[@]}" $up --
shows='^10.99.0.1 via 192.0.2.1 dev wan ' \
    row "no route" none "$server" LOCAL_HANGUP 0 1 -n 0 "${here[@]}" $up --
shows='^198.51.100.7 via 192.0.2.1 dev wan ' \
    row "no route, none asked for" none "$server" LOCAL_HANGUP 0 1 "${here[@]}" $up --
shows='^198.51.100.7 dev ppp[0-9] ' \
    row "default route, pppd killed" none "$server" "(none)" 0 1 -n 1 "${here[@]}" -a ip_up=kill --
# Root does not allow it.
sed -i 's/^wineras-routes/#&/' /etc/ppp/peers/wineras
shows='^198.51.100.7 via 192.0.2.1 dev wan ' \
    row "default route, not allowed" none "$server" LOCAL_HANGUP 0 1 -n 1 "${here[@]}" $up --
sed -i 's/^#wineras-routes/wineras-routes/' /etc/ppp/peers/wineras

# IPv6; link-local routes come and go by themselves.
ip address add 2001:db8::2/64 dev wan nodad
ip route add default via 2001:db8::1 dev wan
routes6="ip route show; ip -6 route show | grep -v ^fe80"
sh -c "$routes6" > "$tmp/routes6"
here=(-x "ip route get 2001:db8:7::7; ip -6 route show default" -a ip6_up=show)
after="{ $routes6; } | diff $tmp/routes6 -"
peer6="$server ipv6 ::1,::2"
for end in LOCAL_HANGUP/hangup '(none)/kill'; do
    action=${end#*/}
    shows='^2001:db8:7::7 .*dev ppp[0-9] ' \
        row "default route of IPv6, $action" none "$peer6" "${end%/*}" 0 1 -n 5 "${here[@]}" -a ip6_up=$action -- +ipv6
    shows='^2001:db8:7::7 .*via 2001:db8::1 dev wan ' \
        row "split route beside IPv6, $action" none "$peer6" "${end%/*}" 0 1 -n 2 "${here[@]}" -a ip6_up=$action -- +ipv6
done
shows='^default dev ppp[0-9] .*metric 50 ' \
    row "default route of IPv6 alone, explicit metric" none "$peer6" LOCAL_HANGUP 0 1 -n 4,50 "${here[@]}" \
    -a ip6_up=hangup -- +ipv6
unset after
ip link del wan

# ---- name servers: a plain file -------------------------------------------------------------------

# Without a line break at its end, which must not be there afterwards either.
rm -f /etc/resolv.conf
printf 'search old.example\nnameserver 192.0.2.250\noptions timeout:1' > /etc/resolv.conf
chmod 640 /etc/resolv.conf
cp -p /etc/resolv.conf "$tmp/resolv.conf"
untouched="cmp /etc/resolv.conf $tmp/resolv.conf && [ \$(stat -c %a /etc/resolv.conf) = 640 ]"
here=(-x "tr '\n' ';' < /etc/resolv.conf; echo" -a ip_up=show)
old='search old.example;nameserver 192.0.2.250;options timeout:1'
begin='# wineras ppp[0-9] [0-9-]* begin;' end='# wineras ppp[0-9] [0-9-]* end;'
after=$untouched
users="root tester"
shows="^${begin}nameserver 10.9.0.53;nameserver 10.9.0.54;$end$old\$" \
    row "name servers of the peer" none "$server" LOCAL_HANGUP 0 1 -n 1 "${here[@]}" $up -- usepeerdns
users=tester
suffix="${begin%;} joined;search corp.example old.example;$end"
shows="^${begin}nameserver 192.0.2.53;nameserver 192.0.2.54;$end$old;$suffix\$" \
    row "name servers of the entry, with a suffix" none "$server" LOCAL_HANGUP 0 1 \
    -n 0,0,192.0.2.53,192.0.2.54,corp.example "${here[@]}" $up -- usepeerdns
shows="^$old\$" row "name servers, none wanted" none "$server" LOCAL_HANGUP 0 1 -n 1 "${here[@]}" $up --
# Nothing of pppd's own is run then.
after="i=0; until $untouched; do i=\$((i + 1)); [ \$i -lt 100 ] || exit 1; sleep 0.1; done"
shows="^${begin}nameserver 10.9.0.53;" \
    row "name servers, pppd killed" none "$server" "(none)" 0 1 -n 1 "${here[@]}" -a ip_up=kill -- usepeerdns
after=$untouched
sed -i 's/^wineras-resolver/#&/' /etc/ppp/peers/wineras
shows="^$old\$" row "name servers, not allowed" none "$server" LOCAL_HANGUP 0 1 -n 1 "${here[@]}" $up -- usepeerdns
sed -i 's/^#wineras-resolver/wineras-resolver/' /etc/ppp/peers/wineras
# What a machine without power has left of an interface that is not there.
printf '# wineras ppp7 1-1 begin\nnameserver 192.0.2.7\n# wineras ppp7 1-1 end\n' |
    cat - "$tmp/resolv.conf" > /etc/resolv.conf
shows="^${begin}nameserver 10.9.0.53;nameserver 10.9.0.54;$end$old\$" \
    row "name servers, the rest of another link" none "$server" LOCAL_HANGUP 0 1 -n 1 "${here[@]}" $up -- usepeerdns
rm -f /etc/resolv.conf
after='! [ -e /etc/resolv.conf ]'
shows="^${begin%;} created;nameserver 10.9.0.53;nameserver 10.9.0.54;$end\$" \
    row "name servers, and no file" none "$server" LOCAL_HANGUP 0 1 -n 1 "${here[@]}" $up -- usepeerdns
unset after
[ ! -e "$BUILD/resolvers/done" ] || . "$SRC/tests/vm/resolvers.sh"

# ---- refused ----------------------------------------------------------------------------

row "PAP, wrong password" wrong "$authserver require-pap" AUTH_REFUSED 0 0 --
row "CHAP, wrong password" wrong "$authserver require-chap" AUTH_REFUSED 0 0 --
row "MS-CHAP, wrong password" wrong "$authserver require-mschap" AUTH_REFUSED 691 0 --
row "MS-CHAPv2, wrong password" wrong "$authserver require-mschap-v2" AUTH_REFUSED 691 0 --
row "MS-CHAPv2, no name and password" none "$authserver require-mschap-v2" AUTH_REFUSED 691 0 --
users=tester
row "no common authentication" good "$authserver require-pap" AUTH_NO_PROTOCOL 0 0 -- refuse-pap
row "E=646" good "$odd hours" AUTH_REFUSED 646 0 --
row "E=647" good "$odd disabled" AUTH_REFUSED 647 0 --
row "E=648" good "$odd expired" AUTH_REFUSED 648 0 --
row "E=649" good "$odd no-dialin" AUTH_REFUSED 649 0 --
row "E=0 is no success" good "$odd impossible-error" AUTH_REFUSED 691 0 --
row "CHAP-MD5 failure" good "$odd md5-failure" AUTH_REFUSED 0 0 --
row "691 of Windows" good "$odd windows-691" AUTH_REFUSED 691 0 --
row "PAP, terminated" good "$odd pap-terminate" AUTH_REFUSED 0 0 --
row "CHAP, no answer" good "$odd chap-mute" AUTH_TIMEOUT 0 0 -- chap-timeout 3
row "PAP, no answer" good "$odd pap-mute" AUTH_TIMEOUT 0 0 -- pap-restart 1 pap-max-authreq 3
row "server without proof" good "$odd unverified" AUTH_SERVER_UNVERIFIED 0 0 --

# ---- refused, and the link waits for another password ----------------------------------------

# The server that lets us try again is a plugin too, made for the machine's own pppd.
retryserver="$authserver plugin $BUILD/tests/peers/retryserver.so retry-rounds"
users="root tester"
if [ -e "$BUILD/tests/peers/retryserver.so" ]; then
    for auth in pap chap mschap mschap-v2; do
        row "$auth again" wrong "$retryserver 1 require-$auth" LOCAL_HANGUP 0 1 $up -r "$tmp/again" --
    done
    users=tester
    for auth in pap chap mschap mschap-v2; do
        row "$auth, other name and again" wrong "$retryserver 2 require-$auth" LOCAL_HANGUP 0 1 $up -r "$tmp/twice" --
    done
    row "again after 5 s" wrong "$retryserver 1 require-mschap-v2 lcp-echo-interval 1 lcp-echo-failure 3" \
        LOCAL_HANGUP 0 1 $up -r "$tmp/again" -w 5 --
    row "MPPE after another try" wrong "$retryserver 1 require-mschap-v2 require-mppe-128" LOCAL_HANGUP 0 1 $up \
        -r "$tmp/again" -- require-mppe-128
    row "no more rounds" wrong "$retryserver 1 require-mschap-v2" AUTH_REFUSED 0 0 -r "$tmp/wrong" --
fi

# A password that has expired is changed on the link; the server takes it only when pppd's own
# check and libgcrypt agree with the plugin.
printf '%s\n' "open sesame" "New pa\$\$word 2" > "$tmp/change"
printf '%s\n' "not this one" "New pa\$\$word 2" > "$tmp/change-wrong"
printf '%s\n' alice "open sesame" "open sesame" "New pa\$\$word 2" > "$tmp/retry-change"
printf '%s\n' "open sesame" "New pa\$\$word 2" alice "open sesame" "open sesame" other > "$tmp/change-retry"
chmod 644 "$tmp"/*change*
expiring="$authserver plugin $BUILD/tests/peers/retryserver.so retry-expired"
if [ -e "$BUILD/tests/peers/retryserver.so" ]; then
    users="root tester"
    for auth in mschap mschap-v2; do
        row "$auth, expired" good "$expiring 1 require-$auth" LOCAL_HANGUP 0 1 $up -r "$tmp/change" --
    done
    users=tester
    row "expired, R=0" good "$expiring 2 require-mschap-v2" LOCAL_HANGUP 0 1 $up -r "$tmp/change" --
    row "expired, with a domain" domain "$expiring 1 require-mschap-v2" LOCAL_HANGUP 0 1 $up \
        -r "$tmp/change-bob" --
    row "MPPE after the change" good "$expiring 1 require-mschap-v2 require-mppe-128" LOCAL_HANGUP 0 1 $up \
        -r "$tmp/change" -- require-mppe-128
    row "MPPE after the change, MS-CHAP" good "$expiring 1 require-mschap require-mppe-128" LOCAL_HANGUP 0 1 $up \
        -r "$tmp/change" -- require-mppe-128
    row "expired after a wrong password" wrong "$expiring 1 retry-rounds 1 require-mschap-v2" LOCAL_HANGUP 0 1 $up \
        -r "$tmp/retry-change" --
    row "expired, changed after 5 s" good \
        "$expiring 1 require-mschap-v2 lcp-echo-interval 1 lcp-echo-failure 3" LOCAL_HANGUP 0 1 $up -r "$tmp/change" -w 5 --
    row "wrong old password" good "$expiring 1 require-mschap-v2" AUTH_REFUSED 0 0 -r "$tmp/change-wrong" --
    row "change refused" good "$expiring 4 require-mschap-v2" AUTH_REFUSED 0 0 -r "$tmp/change" --
    row "change refused, another try" good "$expiring 5 require-mschap-v2 retry-rounds 1" AUTH_REFUSED 0 0 -r "$tmp/change-retry" --
    row "change answered by closing" good "$expiring 6 require-mschap-v2" AUTH_REFUSED 0 0 -r "$tmp/change" --
    row "expired, and closed" good "$expiring 3 require-mschap-v2" AUTH_REFUSED 0 0 -r "$tmp/change" -w 1 --
fi
users=tester
row "held, terminated at once" wrong "$authserver require-mschap-v2" AUTH_REFUSED 0 0 -r "$tmp/again" -w 1 --
row "held PAP, terminated" wrong "$authserver require-pap" AUTH_REFUSED 0 0 -r "$tmp/again" -w 1 --
row "held, then silence" good "$odd md5-failure" AUTH_REFUSED 0 0 -r "$tmp/again" --

# ---- call back -----------------------------------------------------------------------------

# The option is offered in vain, and to a server that knows it.
row "callback, not here" good "$authserver require-chap" LOCAL_HANGUP 0 1 $up -b 5551234 --
cbcpserver="$authserver plugin $BUILD/tests/peers/cbcpserver.so callback-offers"
if [ -e "$BUILD/tests/peers/cbcpserver.so" ]; then
    users="root tester"
    says='response 1 ' \
        row "callback, none" good "$cbcpserver 12 require-mschap-v2" LOCAL_HANGUP 0 1 $up -b "" --
    says='response 2 number .(555) 12-34.' \
        row "callback, at a number" good "$cbcpserver 12 require-mschap-v2" LOCAL_HANGUP 0 0 -b "(555) 12-34" --
    users=tester
    says='response 3 ' \
        row "callback, preset" good "$cbcpserver 3 require-chap" LOCAL_HANGUP 0 0 -b preset --
    says='response 2 number .1234.' \
        row "callback, all kinds" good "$cbcpserver 1234 require-pap" LOCAL_HANGUP 0 0 -b 1234 --
    says='response 2 number .1234.' \
        row "callback, no authentication" none "$server plugin $BUILD/tests/peers/cbcpserver.so callback-offers 12" \
        LOCAL_HANGUP 0 0 -b 1234 --
    says='response 1 ' \
        row "callback, after 9 s" good "$cbcpserver 12 require-chap lcp-echo-interval 1 lcp-echo-failure 3" \
        LOCAL_HANGUP 0 1 $up -b "" -w 9 --
    says='response 2 number .1234.' \
        row "callback, the server repeats" good "$cbcpserver 12 callback-resend 1 require-chap" LOCAL_HANGUP 0 0 \
        -b 1234 -w 4 --
    says='gives up' \
        row "callback, the server gives up" good "$cbcpserver 12 callback-patience 2 require-chap" PEER_TERMINATED 0 0 \
        -b 1234 -w 4 --
    row "callback, MPPE" good "$cbcpserver 12 require-mschap-v2 require-mppe-128" LOCAL_HANGUP 0 1 $up -b "" -- \
        require-mppe-128
    row "callback, IPv6 too" good "$cbcpserver 12 require-chap ipv6 ::1,::2" LOCAL_HANGUP 0 1 $up -b "" -- +ipv6
    row "callback, bad number" good "$cbcpserver 12 require-chap" LOCAL_HANGUP 0 0 -b "1;2" --
    row "callback, hung up before the answer" good "$cbcpserver 12 require-chap" LOCAL_HANGUP 0 0 \
        -b 1234 -a callback_asked=term -w 1 --
    says='cannot be called back' \
        row "callback, not offered" good "$cbcpserver 12 require-chap" LOCAL_HANGUP 0 1 $up --
fi
users=tester
# ---- EAP: what is not there is asked for ------------------------------------------------------

eapserver="$authserver require-eap"
users="root tester"
row "EAP-MD5" good "$eapserver" LOCAL_HANGUP 0 1 $up --
row "EAP-MD5, no name" none "$eapserver lcp-echo-interval 1 lcp-echo-failure 3" LOCAL_HANGUP 0 1 $up -r "$tmp/again" -w 6 --
users=tester
row "EAP-MD5, no password" nameonly "$eapserver" LOCAL_HANGUP 0 1 $up -r "$tmp/again" --
row "EAP-MD5, no answer but nothing" none "$eapserver" AUTH_REFUSED 0 0 -r "$tmp/none" --
row "EAP-MD5, wrong password" wrong "$eapserver" AUTH_REFUSED 0 0 -r "$tmp/again" --
row "EAP-MD5, server gives up" none "$eapserver eap-restart 1 eap-max-sreq 2" AUTH_REFUSED 0 0 -r "$tmp/again" -w 9 --
row "EAP-MSCHAPv2, E=649" nameonly "$odd eap-no-dialin" AUTH_REFUSED 649 0 -r "$tmp/again" --
row "EAP-MSCHAPv2" good "$odd eap-mschap" NCP_NO_ADDRESS 0 0 --
row "EAP-MSCHAPv2, no name" none "$odd eap-mschap" NCP_NO_ADDRESS 0 0 -r "$tmp/again" --
row "EAP-MSCHAPv2 again" wrong "$odd eap-mschap" NCP_NO_ADDRESS 0 0 -r "$tmp/again" --
row "EAP-MSCHAPv2, no retry wanted" wrong "$odd eap-mschap" AUTH_REFUSED 691 0 --
# pppd 2.5.2 dies by a fatal signal there, also without a plugin.
no_certificate=EAP_NO_CERTIFICATE
[ "$pppd" = /usr/sbin/pppd ] || no_certificate=PPPD_DIED
row "EAP-TLS without a certificate" good "$odd eap-tls" $no_certificate 0 0 -r "$tmp/again" --

# The certificates that root has configured: the user names none.
if [ "$pppd" = /usr/sbin/pppd ]; then
    mkdir -m 700 "$tmp/tls"
    for ca in ca other; do
        openssl req -x509 -newkey rsa:2048 -nodes -subj "/CN=$ca" -days 10 -keyout "$tmp/tls/$ca.key" \
            -out "$tmp/tls/$ca.pem" 2> /dev/null
    done
    for cert in server:ca tina:ca mallory:other; do
        name=${cert%:*} ca=${cert#*:}
        openssl req -newkey rsa:2048 -nodes -subj "/CN=$name" -keyout "$tmp/tls/$name.key" 2> /dev/null |
            openssl x509 -req -CA "$tmp/tls/$ca.pem" -CAkey "$tmp/tls/$ca.key" -CAcreateserial -days 10 \
                -out "$tmp/tls/$name.pem" 2> /dev/null
    done
    (
        umask 077
        cd "$tmp/tls"
        printf '%s * %s - %s %s\n' tina "$PWD/tina.pem" "$PWD/ca.pem" "$PWD/tina.key" \
            mallory "$PWD/mallory.pem" "$PWD/ca.pem" "$PWD/mallory.key" > /etc/ppp/eaptls-client
        printf '%s server - %s %s %s *\n' tina "$PWD/server.pem" "$PWD/ca.pem" "$PWD/server.key" \
            mallory "$PWD/server.pem" "$PWD/ca.pem" "$PWD/server.key" > /etc/ppp/eaptls-server
    )
    # No name that has a password as well.
    credentials mallory mallory ''
    credentials tina tina ''
    users="root tester"
    row "EAP-TLS" tina "$eapserver" LOCAL_HANGUP 0 1 $up --
    users=tester
    row "EAP-TLS, no name" none "$eapserver" LOCAL_HANGUP 0 1 $up -r "$tmp/tina" --
    row "EAP-TLS, another authority" mallory "$eapserver" AUTH_REFUSED 0 0 --
    rm -f /etc/ppp/eaptls-client /etc/ppp/eaptls-server
fi
row "EAP, unknown method" good "$odd eap-unknown" AUTH_REFUSED 0 0 -r "$tmp/again" --

# ---- LCP, network, encryption ---------------------------------------------------------------

quick="lcp-restart 1 lcp-max-configure 3"
row "silent peer" none "sleep 90" LCP_NO_REPLY 0 0 -- $quick
row "silent after a reply" none "$odd lcp-then-mute" LCP_TIMEOUT 0 0 -- lcp-restart 1 lcp-max-configure 10
row "not converging" none "$odd lcp-bad-reject" LCP_NOT_CONVERGING 0 0 -- $quick
row "loop" none "$odd loop" LCP_LOOPBACK 0 0 --
row "terminated in LCP" none "$odd lcp-terminate" LCP_TERMINATED 0 0 --
row "line lost in LCP" none "sleep 60" CARRIER_LOST 0 0 -a phase=4=kill-peer --
row "peer without IPv4" none "$server noip" NCP_REJECTED 0 0 --
row "address rejected" none "$odd reject-address" NCP_ADDRESS_REJECTED 0 0 --
row "no address" none "$odd no-address" NCP_NO_ADDRESS 0 0 --
row "IPCP silent" none "$odd ipcp-mute" NCP_TIMEOUT 0 0 -- ipcp-restart 1 ipcp-max-configure 3
row "IPCP terminated" none "$odd ipcp-terminate" NCP_TERMINATED 0 0 --
row "742 of Windows" none "$odd windows-742" PEER_TERMINATED 742 0 --
row "peer wants encryption" none "$odd wants-mppe" ENCRYPTION_LOCAL 0 0 --
row "peer does not encrypt" good "$authserver require-mschap-v2 nomppe" ENCRYPTION_REMOTE 0 0 -- require-mppe-128
row "no key without MS-CHAP" good "$odd no-mppe" ENCRYPTION_REMOTE 0 0 -- require-mppe-128

# Optional: with the peers that can do it, and without it otherwise.
msv2="$authserver require-mschap-v2"
both='link_ccp .*up=0x1 cause=0x0 sent=0x12 sent_options=0x10000%s received=0x12 received_options=0x10000%s$'
users="root tester"
tells=${both//%s/40} row "optional, the peer requires it" good "$msv2 require-mppe-128" LOCAL_HANGUP 0 1 $up -- wineras-mppe
tells='link_ccp .*up=0x1 cause=0x0 sent=0x1a .*received=0x1a ' says='sent \[CCP ConfRej .*mppe' \
    row "optional, refused" good "$msv2 nomppe" LOCAL_HANGUP 0 1 $up -- wineras-mppe
users=tester
tells=${both//%s/40} row "optional, any strength" good "$msv2 require-mppe" LOCAL_HANGUP 0 1 $up -- \
    wineras-mppe nodeflate nobsdcomp
tells=${both//%s/20} row "optional, 40 bits" good "$msv2 require-mppe-40 nomppe-128" LOCAL_HANGUP 0 1 $up -- wineras-mppe
tells=${both//%s/40} row "optional, MS-CHAP" good "$authserver require-mschap require-mppe" LOCAL_HANGUP 0 1 $up -- wineras-mppe
says='sent \[CCP ConfRej .*mppe' row "optional, refused, and no compression" good "$msv2 nomppe nodeflate nobsdcomp" \
    LOCAL_HANGUP 0 1 $up -- wineras-mppe nodeflate nobsdcomp
says='sent \[LCP ProtRej .* 80 fd ' \
    row "optional, no CCP" good "$msv2 noccp ipv6 ::1,::2" LOCAL_HANGUP 0 1 $up -- wineras-mppe +ipv6
after="! grep -q mppe $tmp/peer" row "optional, no keys" good "$authserver require-chap" LOCAL_HANGUP 0 1 $up -- wineras-mppe
row "optional, required, and no keys" good "$authserver require-chap require-mppe" ENCRYPTION_LOCAL 0 0 -- wineras-mppe
row "not at all, and required" good "$msv2 require-mppe-128" ENCRYPTION_LOCAL 0 0 -- nomppe
# These have no address for us, but ask for it: the network protocols begin.
row "optional, CCP rejected" good "$odd ccp-reject" NCP_NO_ADDRESS 0 0 -- wineras-mppe
row "optional, CCP silent" good "$odd ccp-mute" NCP_NO_ADDRESS 0 0 -- wineras-mppe
row "optional, CCP terminated" good "$odd ccp-terminate" NCP_NO_ADDRESS 0 0 -- wineras-mppe
row "optional, with state" good "$odd ccp-stateful" NCP_NO_ADDRESS 0 0 -- wineras-mppe
tells='link_ccp .*up=0x1 cause=0x0 sent=0x0 .*received=0x12 ' \
    row "optional, one way" good "$odd ccp-deflate" NCP_NO_ADDRESS 0 0 -- wineras-mppe
if [ -e "$BUILD/tests/peers/cbcpserver.so" ]; then
    tells=${both//%s/40} row "optional, callback" good "$cbcpserver 12 require-mschap-v2 require-mppe-128" \
        LOCAL_HANGUP 0 1 $up -b "" -- wineras-mppe
fi

# TEST_ONLY=options: nothing but this.
case ${TEST_ONLY:-options} in options) . "$SRC/tests/vm/options.sh" ;; esac

rm -rf "$tmp"
echo "1..$count"
[ "$failed" = 0 ]
