# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced by the parts of the benchmark that run where the kernel has PPP: a cable with the peer
# behind it, and a connection over it.

guest_install
peer_start
guest_prefix root
mkdir -p /etc/wineras
cat > /etc/wineras/devices.conf <<EOC
[Bench Cable]
type = serial
path = $G/tty-cable
speed = 115200
EOC
mkdir -p "$G/conf"
cp /etc/wineras/devices.conf "$G/conf/"
export WINERAS_CONFIG=$G/conf
# Without encryption, which the plugin alone can offer without requiring it.
printf '[bench]\r\nEncoding=1\r\nType=1\r\nDataEncryption=0\r\n\r\nMEDIA=rastapi\r\nPort=\r\nDevice=Bench Cable\r\n\r\nDEVICE=null\r\nPhoneNumber=\r\n' \
    > "$G/bench.pbk"
line_start cable 0 cable "$G/tty-cable" mschap-v2

# A connection that stays; sets manager and link to its processes.
stay()
{
    RASPING_PASSWORD=$good_password as root "$TEST_WINE_TREE/wine64" "$BUILD/tests/programs/rasping.cross64.exe" \
        --phonebook "Z:${G//\//\\}\\bench.pbk" --entry bench --user alice --no-ping --stay < /dev/null > "$G/out" 2>&1
    grep -q 'RASCS_Connected' "$G/out" || { cat "$G/out"; exit 1; }
    manager=$(pgrep -x rasmand)
    link=$(pgrep -f 'pppd call wineras')
}

hang_up()
{
    as root wineras hangup --all > /dev/null
    wait_for 20 test ! -e "/proc/$link"
}

# The same pppd with the same options, but without plugin and manager, until it has its
# addresses: that is when the plugin is told.
grep -v -e '^plugin' -e '^wineras-' /etc/ppp/peers/wineras > /etc/ppp/peers/alone
stay
mapfile -d '' -t options < "/proc/$link/cmdline"
hang_up
[ "${options[*]:1:3}" = "call wineras wineras-fd" ] || { echo "pppd's options are ${options[*]}"; exit 1; }
options=(pppd call alone "${options[@]:5}" logfd 1 user alice password "$good_password")
