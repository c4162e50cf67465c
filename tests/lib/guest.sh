# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced by scripts that vm/run runs: the installed project, users with
# prefixes, and peers to dial.  Everything goes away with the machine.
#
# From outside: TEST_WINE_TREE, TEST_WINE_PATTERN, TEST_INSTALLED (what "make
# install DESTDIR=" wrote), BUILD, SRC, VM_OUT.

G=/run/wineras-test
mkdir -p -m 755 $G
# Transcripts and logs of what runs now; they survive a machine that hangs.
L=$VM_OUT/now
mkdir -p "$L"
guest_user=rasuser
guest_uid=4242
# Another one, for whom a prefix is made where it is needed.
other_user=rasother
other_uid=4243

# The secret of user alice at the peer.
good_password='Pa$$ word 1'

guest_add()
{
    echo "$1:x:$2:$2::/home/$1:/bin/sh" >> /etc/passwd
    echo "$1:x:$2:" >> /etc/group
    sed -i "s/^dip:\([^:]*:[^:]*\):\(.*\)/dip:\1:\2,$1/; s/:,/:/" /etc/group
    mkdir -p "/home/$1"
    chown "$2:$2" "/home/$1"
}

guest_install()
{
    cp -a "$TEST_INSTALLED/." /
    # Ordinary users who may use PPP.
    guest_add $guest_user $guest_uid
    guest_add $other_user $other_uid
    echo "0 2147483647" > /proc/sys/net/ipv4/ping_group_range
    # Folders on the way to what tests run may be closed to others.
    local d
    for d in "$TEST_WINE_TREE" "$TEST_WINE_PATTERN" "$BUILD" "$SRC"; do
        while [ "$d" != / ]; do
            chmod o+x "$d" 2> /dev/null
            d=$(dirname "$d")
        done
    done
}

# As WHO COMMAND...: as root, or as an ordinary user.
as()
{
    local who=$1 home=/home/$1

    shift
    if [ "$who" = root ]; then
        home=$G/root
        mkdir -p $home
        set -- env HOME=$home USER=root "$@"
    else
        set -- setpriv --reuid="$who" --regid="$who" --init-groups env HOME=$home USER="$who" "$@"
    fi
    mkdir -p -m 700 $G/run-$who
    [ "$who" = root ] || chown "$who:$who" $G/run-$who
    # The manager leaves soon after its last connection, not after some seconds.
    env -u SUDO_USER WINERAS_LINGER_MS=200 XDG_RUNTIME_DIR=$G/run-$who WINEPREFIX="$(prefix_of "$who")" WINEARCH=win64 \
        WINEDEBUG="${TEST_WINEDEBUG:--all}" WINEDLLOVERRIDES="wineboot.exe,winedbg.exe,winemenubuilder.exe=d" \
        WINESERVER="$TEST_WINE_TREE/wineserver" WINELOADER="$TEST_WINE_TREE/lib/wine/wine64" "$@"
}

# The user's first prefix, or the one that $prefix names.
prefix_of()
{
    echo $G/prefix-${prefix:-$1}
}

# guest_prefix WHO [NAME]: a prefix for root or the user, with the project set up in it.
guest_prefix()
{
    local who=$1 prefix=${2:-} dir upper

    dir=$(prefix_of "$who")
    upper=$G/upper-${prefix:-$who}
    mkdir -p "$upper"
    mount -t tmpfs -o mode=755 tmpfs "$upper"
    mkdir "$upper"/{upper,work} "$dir"
    mount -t overlay -o "lowerdir=$TEST_WINE_PATTERN,upperdir=$upper/upper,workdir=$upper/work" overlay "$dir" ||
        return 1
    if [ "$who" != root ]; then
        # Not Windows' own files: changing their owner would copy them all.
        find "$dir" -path '*/windows/*/*' -prune -o -print0 | xargs -0 chown -h "$who:$who"
    fi
    as "$who" wineras setup --prefix "$dir" > $G/setup.log 2>&1 || { cat $G/setup.log; return 1; }
    as "$who" "$TEST_WINE_TREE/wineserver" -p
}

# The peer's name spaces: its own network and its own /etc/ppp.
peer_start()
{
    mkdir -p $G/etc-ppp
    cat > $G/etc-ppp/chap-secrets <<EOS
"alice" * "$good_password" *
"DOMAIN\\\\alice" * "$good_password" *
EOS
    cp $G/etc-ppp/chap-secrets $G/etc-ppp/pap-secrets
    : > $G/etc-ppp/options
    : > $G/peer.tdb # which bundles there are; the peer has its own
    chmod 600 $G/etc-ppp/*-secrets
    unshare --net --mount sh -c "
        mount --bind $G/etc-ppp /etc/ppp
        : >> /run/pppd2.tdb
        mount --bind $G/peer.tdb /run/pppd2.tdb
        ip link set lo up
        echo \$\$ > $G/peer.new
        mv $G/peer.new $G/peer
        exec sleep infinity" &
    wait_for 10 test -e $G/peer
}

# Wait until COMMAND succeeds, at most SECONDS.
wait_for()
{
    local end=$((SECONDS + $1))

    shift
    until "$@" > /dev/null 2>&1; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.1
    done
}

# line_start NAME UID KIND WHERE PROFILE [hayes option...]: a line with the peer behind it.
# KIND: modem, cable, tcp.  Its transcript is $L/NAME.log, its control $G/NAME.ctl.  With
# LINE_NET=peer a TCP port is in the peer's network.
line_start()
{
    local name=$1 uid=$2 kind=$3 where=$4 profile=$5

    shift 5
    rm -f "$L/$name.log"
    # Like a real tty, the new ones belong to group dialout or, here, to their user.
    ${LINE_NET:+nsenter -t "$(cat $G/$LINE_NET)" -n} \
        "$BUILD/tests/peers/hayes" -u "$uid" -l "$L/$name.log" -c "$G/$name.ctl" "$@" "$kind" "$where" -- \
        nsenter -t "$(cat $G/peer)" -n -m -r -w env BUILD="$BUILD" PEER_LOG="$L/pppd-$name.log" \
        "$SRC/tests/peers/pppserver.sh" $profile &
    echo $! > "$G/$name.pid"
    wait_for 10 grep -q -e ready -e listening "$L/$name.log"
}

line_stop()
{
    [ -e "$G/$1.pid" ] || return 0
    kill "$(cat "$G/$1.pid")" 2> /dev/null
    wait "$(cat "$G/$1.pid")" 2> /dev/null
    rm -f "$G/$1.pid"
}
