# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A minute in every paused state, all at the same time: the peers want their echo requests
# answered within three seconds, nobody uses the processor meanwhile, and the links are good
# after it.

held_seconds=60

# name:profile:state; the lines but the modem's are cables.
held_kinds="retry:retry-mschap-v2:RetryAuthentication expired:expired-1-mschap-v2:PasswordExpired \
eap:eap:InvokeEapUI terminal:none:Interactive callback::CallbackSetByCaller"

held_entry()
{
    printf '[%s]\r\nEncoding=1\r\nType=1\r\nAuthRestrictions=%s\r\n\r\nMEDIA=rastapi\r\nPort=\r\nDevice=%s\r\n\r\n' \
        "$1" "$2" "$3"
    printf 'DEVICE=%s\r\nPhoneNumber=%s\r\n\r\n' "$4" "$5"
    [ "$1" != terminal ] || printf 'DEVICE=switch\r\nTerminal=1\r\nName=\r\nScript=\r\n\r\n'
}

{
    held_entry retry 512 "Held retry" null ""
    held_entry expired 512 "Held expired" null ""
    held_entry eap 128 "Held eap" null ""
    held_entry terminal 512 "Held terminal" null ""
    held_entry callback 512 "E2E Modem" modem 5550120
} > $G/held.pbk
chmod 644 $G/held.pbk

# More cables than other scenarios know, which are to find their devices all there.
held_devices()
{
    local file name

    for file in /etc/wineras/devices.conf /usr/local/etc/wineras/devices.conf; do
        cp $file $file.saved
        for name in retry expired eap terminal; do
            printf '\n[Held %s]\ntype = serial\npath = %s\nspeed = 115200\n' $name $G/tty-held-$name
        done >> $file
    done
}

held_devices_gone()
{
    local file

    for file in /etc/wineras/devices.conf /usr/local/etc/wineras/devices.conf; do
        mv $file.saved $file
    done
}

# Processor time of pid $1 in hundredths of a second.
cpu_of()
{
    awk '{ print $14 + $15 }' "/proc/$1/stat" 2> /dev/null
}

# The processes that hold.
held_pids()
{
    pgrep -u "$(id -u $who)" -x rasmand
    pgrep -f '^pppd call wineras'
}

scenario "held for a minute in every paused state" && {
    held_devices
    export PEER_OPTIONS="lcp-echo-interval 1 lcp-echo-failure 3 eap-max-sreq 100" PEER_ADDRESSES
    n=0
    for kind in $held_kinds; do
        IFS=: read -r name profile state <<< "$kind"
        n=$((n + 1))
        PEER_ADDRESSES=10.64.7$n.1:10.64.7$n.2
        if [ $name = callback ]; then
            line_start modem "$(id -u $who)" modem $G/tty-modem "" -p $G/plan
        else
            line_start held-$name "$(id -u $who)" cable $G/tty-held-$name $profile
        fi
    done
    unset PEER_OPTIONS PEER_ADDRESSES

    n=0
    pids=
    for kind in $held_kinds; do
        IFS=: read -r name profile state <<< "$kind"
        n=$((n + 1))
        password=wrong
        options=(--user alice)
        case $name in
        expired | callback) password=$good_password ;;
        eap)
            password=
            options=(--retry-user alice)
            ;;
        esac
        [ $name != callback ] || options+=(--callback "*" --callback-answer "")
        RASPING_PASSWORD=$password RASPING_RETRY=$good_password wine "$(rasping)" --phonebook "Z:\\run\\wineras-test\\held.pbk" \
            --entry $name --paused --think $((held_seconds * 1000)) "${options[@]}" > "$L/held-$name.out" 2> "$L/held-$name.err" \
            < /dev/null &
        pids="$pids $!"
        # Without wineboot, programs that start in the same moment wait for it in vain.
        expect_soon "$L/held-$name.out" RASCS_OpenPort 30
    done
    for kind in $held_kinds; do
        IFS=: read -r name profile state <<< "$kind"
        expect_soon "$L/held-$name.out" "RASCS_$state"
    done
    held_pids > $G/held.pids
    while read -r pid; do
        echo "$pid $(cpu_of $pid)"
    done < $G/held.pids > $G/held.before
    sleep $((held_seconds - 15))
    while read -r pid before; do
        used=$(($(cpu_of $pid) - before))
        echo "# $(ps -o comm= $pid) used $used hundredths in $((held_seconds - 15)) seconds"
        [ $used -lt $((held_seconds - 15)) ] || complain "$(ps -o comm= $pid) used $used hundredths of a second"
    done < $G/held.before
    # A manager, four links, and a child of each that waits.
    [ "$(wc -l < $G/held.before)" = 9 ] || complain "$(wc -l < $G/held.before) processes, not 9"
    wait $pids

    for kind in $held_kinds; do
        IFS=: read -r name profile state <<< "$kind"
        out=$L/held-$name.out
        code=$(sed -n 's/\r//; s/^Exit code //p' "$out")
        expect_code 0
        expect_line "RASCS_$state"
        expect_line 'RASCS_Connected'
        expect_line '^Ping 10\.64\.7[0-9]\.1: (ICMP echo answered|no ICMP here; TCP)'
        log=held-$name
        case $name in
        terminal) continue ;; # no PPP yet
        callback) log=modem ;;
        esac
        echoes=$(grep -c 'rcvd \[LCP EchoRep' "$L/pppd-$log.log")
        [ "$echoes" -ge $((held_seconds - 5)) ] || complain "$name: $echoes echo requests answered"
    done
    out=$L/out
    expect_nothing_left
    for kind in $held_kinds; do
        line_stop held-${kind%%:*}
    done
    line_stop modem
    held_devices_gone
    result
}
