# SPDX-License-Identifier: LGPL-2.1-or-later
#
# RASCS_Interactive: a far end that wants a name and a password before PPP, answered by the
# scripts of the entry; and terminals, which the program resumes.

login_before="OpenPort PortOpened ConnectDevice DeviceConnected ConnectDevice Interactive"
login_states="$login_before DeviceConnected ${all_states#OpenPort PortOpened ConnectDevice DeviceConnected }"
login_book='Z:\run\wineras-test\login.pbk'

# entry NAME NUMBER TERMINAL-BEFORE TERMINAL-AFTER SCRIPT [TYPE DEVICE]
entry()
{
    printf '[%s]\r\nEncoding=1\r\nType=1\r\n\r\nMEDIA=serial\r\nPort=\r\nDevice=%s\r\n\r\n' "$1" "${7:-E2E Modem}"
    [ "$3" = 0 ] || printf 'DEVICE=switch\r\nTerminal=1\r\n\r\n'
    printf 'DEVICE=%s\r\nPhoneNumber=%s\r\n\r\n' "${6:-modem}" "$2"
    printf 'DEVICE=switch\r\nTerminal=%s\r\nName=%s\r\nScript=%s\r\n\r\n' "$4" "$5" "${5:+1}"
}

{
    entry script 5550132 0 0 'Z:\run\wineras-test\login.scp'
    entry 'bad script' 5550132 0 0 'Z:\run\wineras-test\bad.scp'
    entry 'wrong login' 5550132 0 0 'Z:\run\wineras-test\once.scp'
    entry section 5550132 0 0 '[peer login]'
    entry terminals 5550100 1 1 ''
    entry tcp 127.0.0.1:4455 0 0 'Z:\run\wineras-test\login.scp' tcp 'E2E TCP'
    entry silent 5550108 0 1 ''
} > $G/login.pbk

cat > $G/login.scp <<'EOS'
; name and password before PPP
proc main
    integer tries = 2
    while tries > 0 do
        waitfor "ogin:" until 60
        if $FAILURE then
            halt
        endif
        transmit $USERID + "^M"
        waitfor "assword:"
        transmit $PASSWORD, raw
        transmit "<cr>"
        waitfor "PPP from" then Done, "incorrect" until 60
        tries = tries - 1
    endwhile
    halt
Done:
endproc
EOS
sed 's/tries = 2/tries = 1/' $G/login.scp > $G/once.scp
sed '/endwhile/d' $G/login.scp > $G/bad.scp
cat > $G/switch.inf <<'EOS'
[Other Login]
COMMAND=nobody<cr>
NoResponse

[Peer Login]
COMMAND=
OK=<match>"login:"
LOOP=<ignore>
COMMAND=<username><cr>
OK=<match>"Password:"
COMMAND=<password><cr>
CONNECT=<match>"PPP from"
ERROR_DIAGNOSTICS=<match>"incorrect"
EOS
chmod 644 $G/login.pbk $G/*.scp $G/switch.inf

# The folder that programs of this width call system32\ras.
ras_folder()
{
    local system=system32

    [ $width = 64 ] || system=syswow64
    echo "$(prefix_of $who)/drive_c/windows/$system/ras"
}

install_switch_inf()
{
    as $who mkdir -p "$(ras_folder)"
    as $who cp $G/switch.inf "$(ras_folder)/switch.inf"
}

dial_login()
{
    dial --phonebook "$login_book" --entry "$@" --user alice
}

expect_logged_in()
{
    expect_code 0
    expect_states $login_states
    expect_line '^Address 10\.64\.64\.2, peer 10\.64\.64\.1$'
    expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
    expect_nothing_left
}

line_start modem "$(id -u $who)" modem $G/tty-modem ""
for width in 64 32; do
    install_switch_inf
    scenario "interactive, login script" && {
        dial_login script --script
        expect_logged_in
        result
    }
    scenario "interactive, section of SWITCH.INF" && {
        dial_login section --script
        expect_logged_in
        result
    }
done
width=64

scenario "interactive, login script over TCP" && {
    line_start tcp 0 tcp 127.0.0.1:4455 login
    dial_login tcp --script
    expect_logged_in
    line_stop tcp
    result
}

scenario "interactive, login script, wrong password" && {
    password=wrong
    dial_login 'wrong login' --script
    expect_code 703
    expect_states $login_before ConnectDevice:703
    expect_nothing_left
    result
}

scenario "interactive, section of SWITCH.INF, wrong password" && {
    password=wrong
    dial_login section --script
    expect_code 651
    expect_states $login_before ConnectDevice:651
    expect_nothing_left
    result
}

scenario "interactive, bad script" && {
    as $who rm -f "$(ras_folder)/device.log"
    dial_login 'bad script' --script
    expect_code 752
    expect_states $login_before ConnectDevice:752
    grep -q 'bad\.scp(17): error 752' "$(ras_folder)/device.log" || complain "device.log does not name the line"
    expect_nothing_left
    result
}

scenario "interactive, not wanted" && {
    dial_login script
    expect_code 703
    expect_states ${login_before% Interactive} ConnectDevice:703
    expect_nothing_left
    dial_login terminals
    expect_good_call
    result
}

# What the far end says while the program thinks is PPP's.
scenario "interactive, terminals before and after the call, resumed" && {
    RASPING_RETRY=$(printf '%s\n%s' "$good_password" "$good_password") dial_login terminals --paused --think 500
    expect_code 0
    expect_states OpenPort PortOpened ConnectDevice Interactive DeviceConnected \
        ${login_before#OpenPort PortOpened } DeviceConnected \
        ${all_states#OpenPort PortOpened ConnectDevice DeviceConnected }
    expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
    expect_nothing_left
    result
}

scenario "interactive, the carrier is lost in the pause" && {
    dial_start --phonebook "$login_book" --entry silent --user alice --script
    expect_soon "$out" RASCS_Interactive
    echo carrier-loss > $G/modem.ctl
    dial_wait
    expect_code 619
    expect_states $login_before ConnectDevice:619
    expect_nothing_left
    result
}

scenario "interactive, the program is killed in the pause" && {
    dial_start --phonebook "$login_book" --entry silent --user alice --script
    expect_soon "$out" RASCS_Interactive
    kill_program
    expect_nothing_left
    result
}
line_stop modem
