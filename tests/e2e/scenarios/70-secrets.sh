# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A password is in no command line, environment, log, trace, temporary or core file, whoever
# logs as much as possible.  Command lines and environments are looked at all the time.

# Alone in a file, so that it is in no command line of the tests either.
secret=Zebra7319-Okapi
echo $secret > $G/secret
echo "\"bob\" * \"$secret\" *" | tee -a $G/etc-ppp/chap-secrets >> $G/etc-ppp/pap-secrets

# The manager with all its logs, which pppd's are part of.
cat > $G/loud-rasmand <<EOC
#!/bin/sh
ulimit -c unlimited 2> /dev/null
exec /usr/local/libexec/wineras/rasmand -f -v -v "\$@" 2>> $G/loud/rasmand.log
EOC
chmod 755 $G/loud-rasmand
mkdir -p $G/loud
chmod 1777 $G/loud

# Whatever any process shows, in all phases.  Zeros are dropped: so 16-bit text is found too.
watch_processes()
{
    while :; do
        cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2> /dev/null | tr -d '\0' | grep -q -F -f $G/secret &&
            echo shown >> $G/watched
        echo look >> $G/watched
        sleep 0.1
    done
}

loud_on()
{
    rm -f $G/loud/*
    : > $G/watched
    touch $G/began
    watch_processes &
    watch_pid=$!
    cp /etc/ppp/options $G/ppp-options 2> /dev/null || : > $G/ppp-options
    echo debug >> /etc/ppp/options
    export TEST_WINEDEBUG=+ras,+raswire WINERAS_RASMAND=$G/loud-rasmand
}

loud_off()
{
    kill $watch_pid
    wait $watch_pid 2> /dev/null
    [ "$(grep -c look $G/watched)" -ge 5 ] || complain "processes were looked at $(grep -c look $G/watched) times"
    ! grep -q shown $G/watched || complain "the password was in a command line or an environment"
    cp $G/ppp-options /etc/ppp/options
    unset TEST_WINEDEBUG WINERAS_RASMAND
}

# Dial with the password on standard input, in the background.
secret_dial()
{
    wine "$(rasping)" --user bob --password-stdin "$@" > "$out" 2> "$L/wine.log" < "${secret_file:-$G/secret}" &
    dial_pid=$!
}

# What any process shows of itself, now.  Zeros are dropped: so 16-bit text is found too.
expect_not_shown()
{
    cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2> /dev/null | tr -d '\0' | grep -q -F -f $G/secret &&
        complain "$1: the password is in a command line or in an environment"
    [ "$(stat -c %u "/proc/$(pgrep -u "$(id -u $who)" -x rasmand)/mem")" = 0 ] ||
        complain "$1: others can read the manager's memory"
}

expect_not_logged()
{
    local file

    dmesg > "$L/kernel.log" 2> /dev/null
    for file in $G/loud/* "$L"/*.log "$out" /var/log/* /core* $G/prefix-$who/*.log; do
        [ -f "$file" ] || continue
        tr -d '\0' < "$file" | grep -q -F -f $G/secret && complain "the password is in $file"
    done
    # What has been written since, but to the peer's folder.
    while read -r file; do
        tr -d '\0' < "$file" | grep -q -F -f $G/secret && complain "the password is in $file"
    done < <(find /run /dev/shm /tmp/.wine-* "/home/$guest_user" -maxdepth 3 -type f -newer $G/began -size -4096k \
        ! -path "$G/secret*" ! -path "$G/etc-ppp/*" ! -path "$G/upper-*" 2> /dev/null)
}

# expect_logged FILE TEXT...
expect_logged()
{
    local file=$1 text

    shift
    for text in "$@"; do
        grep -a -q -e "$text" "$file" || complain "$(basename "$file") does not tell /$text/"
    done
}

for who in $guest_user root; do
    for auth in pap mschap-v2; do
        [ $who = root ] && [ $auth = pap ] && continue
        scenario "secrets: a good call, $auth" && {
            loud_on
            line_start modem "$(id -u $who)" modem $G/tty-modem $auth
            secret_dial --number 5550100 --until-lost
            expect_soon "$L/modem.log" '^\* dial 5550100'
            expect_not_shown "while the modem dials"
            expect_soon "$out" '^Ping'
            expect_not_shown "when connected"
            as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup fails"
            dial_wait
            expect_states $all_states
            expect_nothing_left
            expect_not_logged
            expect_logged "$L/wine.log" RasDial RasGetConnectStatus 'RASCS_OpenPort\|OpenPort' 'Connected' '\*\*\*'
            expect_logged $G/loud/rasmand.log 'dial' 'password.*\*\*\*' 'CONNECTING' 'pppd'
            expect_logged $G/loud/rasmand.log 'pppd: sent .LCP ConfReq'
            line_stop modem
            loud_off
            result
        }
    done
done
who=$guest_user

# The entries and scripts of 53-interactive.sh.
scenario "secrets: a login script" && {
    loud_on
    line_start modem "$(id -u $who)" modem $G/tty-modem login
    secret_dial --phonebook "$login_book" --entry script --script --until-lost
    expect_soon "$out" RASCS_Interactive
    expect_not_shown "while the script runs"
    expect_soon "$out" '^Ping'
    as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup fails"
    dial_wait
    expect_states $login_states
    expect_nothing_left
    expect_not_logged
    expect_logged "$L/wine.log" 'port_send.*bytes' script_run
    expect_logged $G/loud/rasmand.log 'port_send.*bytes' 'script done'
    line_stop modem
    loud_off
    result
}

scenario "secrets: a wrong password, 691" && {
    loud_on
    echo "wrong-$secret" > $G/secret-wrong
    line_start modem "$(id -u $who)" modem $G/tty-modem pap
    secret_file=$G/secret-wrong secret_dial --number 5550100
    dial_wait
    expect_refused
    expect_not_logged
    expect_logged "$L/wine.log" RasDial 691 '\*\*\*'
    expect_logged $G/loud/rasmand.log 'failed: 691' 'password.*\*\*\*'
    line_stop modem
    loud_off
    result
}

# core_files on|off
core_files()
{
    if [ "$1" = on ]; then
        core_pattern=$(cat /proc/sys/kernel/core_pattern)
        echo $G/loud/core.%e > /proc/sys/kernel/core_pattern
    else
        echo "$core_pattern" > /proc/sys/kernel/core_pattern
    fi
}

scenario "secrets: no core file of the manager or of pppd" && {
    # That there are some at all.
    core_files on
    bash -c "cd $G/loud && ulimit -c unlimited && kill -XCPU \$\$" > /dev/null 2>&1 || :
    ls $G/loud | grep -q core || complain "this system makes no core files"
    for victim in rasmand:ABRT rasmand:SEGV pppd:XCPU pppd:SEGV; do
        loud_on
        : > "$out" # of the one before
        line_start modem "$(id -u $who)" modem $G/tty-modem mschap-v2
        secret_dial --number 5550100 --until-lost
        expect_soon "$out" '^Ping'
        if [ ${victim%:*} = rasmand ]; then
            pkill -${victim#*:} -u "$(id -u $who)" -x rasmand || complain "no manager"
        else
            link=$(pgrep -f '^pppd call wineras')
            prlimit --pid "$link" --core=unlimited
            kill -${victim#*:} "$link" || complain "no pppd"
        fi
        dial_wait
        expect_line '^Lost: '
        ls $G/loud | grep -q core && complain "$victim: there is a core file"
        expect_not_logged
        line_stop modem
        loud_off
    done
    core_files off
    result
}
