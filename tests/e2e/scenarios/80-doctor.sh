# SPDX-License-Identifier: LGPL-2.1-or-later
#
# "wineras doctor" on a machine where all is well, and where one thing is missing.

doctor()
{
    as $who wineras doctor > "$out" 2>&1 < /dev/null
    doctor_status=$?
}

doctor_machine()
{
    line_start modem "$(id -u $who)" modem $G/tty-modem ""
    line_start cable "$(id -u $who)" cable $G/tty-cable none
}

doctor_machine_end()
{
    line_stop modem
    line_stop cable
}

# expect_problem WHAT HOW-TO-MEND [COUNT]: and no other.
expect_problem()
{
    [ $doctor_status = 1 ] || complain "exit status $doctor_status"
    expect_line "^PROBLEM  $1"
    expect_line "^         To mend it: .*$2"
    [ "$(grep -c '^PROBLEM' "$out")" = "${3:-1}" ] || complain "$(grep -c '^PROBLEM' "$out") problems"
}

for who in root $guest_user; do
    scenario "doctor: all is well" && {
        doctor_machine
        doctor
        [ $doctor_status = 0 ] || complain "exit status $doctor_status"
        grep -q '^PROBLEM' "$out" && complain "a problem where there is none"
        [ "$(tail -n 1 "$out")" = "All is well." ] || complain "all is not well"
        doctor_machine_end
        result
    }
done

scenario "doctor: the user is not in group dip" && {
    doctor_machine
    cp /etc/group $G/group
    sed -i '/^dip:/s/:[^:]*$/:/' /etc/group
    doctor
    [ $doctor_status = 1 ] || complain "exit status $doctor_status"
    expect_line '^PROBLEM  pppd: you may not run it'
    expect_line "usermod -aG dip $guest_user"
    dial --number 5550104 --user alice
    expect_code 711
    cp $G/group /etc/group
    expect_nothing_left
    doctor_machine_end
    result
}

# File, problem, how to mend it, how many problems that makes.
while IFS='|' read -r file problem mend count; do
    scenario "doctor: $file is missing" && {
        doctor_machine
        mv "$file" "$file.away"
        doctor
        mv "$file.away" "$file"
        expect_problem "$problem" "$mend" $count
        doctor_machine_end
        result
    }
done <<'EOT'
/etc/ppp/peers/wineras|Peers file: .* is not there|install
/usr/local/lib/wineras/wineras.so|Plugin: .* is not there|install
/usr/local/libexec/wineras/rasmand|Manager: .* can't be run|install
/usr/local/lib/wineras/i386-windows/rasapi32.dll|DLLs: .* is not there|install|2
/dev/ppp|Kernel: .*no device /dev/ppp|modprobe
EOT

scenario "doctor: without /dev/ppp a dial fails" && {
    doctor_machine
    mv /dev/ppp /dev/ppp.away
    # The silent peer does without it.
    dial --number 5550108
    mv /dev/ppp.away /dev/ppp
    expect_failed 711 ${all_states% Authenticate *} AllDevicesConnected
    doctor_machine_end
    result
}

scenario "doctor: the override is missing" && {
    doctor_machine
    wine reg delete 'HKCU\Software\Wine\DllOverrides' /v rasapi32 /f > "$L/reg.log" 2>&1 || complain "reg delete fails"
    doctor
    expect_problem 'Prefix: the override of rasapi32 .* missing' 'wineras setup'
    as $who wineras setup --prefix "$(prefix_of $who)" > "$L/setup.log" 2>&1 || complain "wineras setup fails"
    doctor
    [ $doctor_status = 0 ] || complain "setup did not mend it"
    doctor_machine_end
    result
}

scenario "doctor: a device is unplugged" && {
    line_start modem "$(id -u $who)" modem $G/tty-modem ""
    rm -f $G/tty-cable
    doctor
    expect_problem 'Device: E2E Cable: .*: No such file or directory' 'plug it in'
    line_stop modem
    result
}

entries doctor
modem_entry servers 5550100

scenario "doctor: name servers of a link that is gone" && {
    doctor_machine
    cp /etc/resolv.conf $G/resolv.before
    printf '# wineras ppp7 1-1 begin\nnameserver 192.0.2.7\n# wineras ppp7 1-1 end\n' |
        cat - $G/resolv.before > $G/resolv.stale
    cat $G/resolv.stale > /etc/resolv.conf
    doctor
    expect_problem 'Name servers: /etc/resolv.conf .* over ppp7 that is gone' 'delete'
    # A link that lives has its own, and takes those away.
    dial_book servers --stay
    expect_code 0
    grep -q '^# wineras ppp0 [0-9]*-1 begin' /etc/resolv.conf || complain "the link has no name servers"
    doctor
    [ $doctor_status = 0 ] || complain "exit status $doctor_status while the link lives"
    as $who wineras hangup --all > "$L/hangup.log" 2>&1 || complain "wineras hangup failed"
    expect_nothing_left
    cmp /etc/resolv.conf $G/resolv.before || complain "resolv.conf is $(tr '\n' ';' < /etc/resolv.conf)"
    doctor_machine_end
    result
}
