# SPDX-License-Identifier: LGPL-2.1-or-later
#
# EAP: the peer asks for a name or password that the program has not given; it is asked
# and resumes, on the same link while the peer waits, else by another call.

before_eap="OpenPort PortOpened ConnectDevice DeviceConnected AllDevicesConnected Authenticate AuthNotify"
after_eap="AuthNotify AuthProject Authenticated Projected Connected"
eap_redial="AuthRetry ConnectDevice DeviceConnected AllDevicesConnected Authenticate"

# Entries want EAP by their AuthRestrictions.
printf '%s\r\n' '[EAP]' Encoding=1 Type=1 AuthRestrictions=128 '' MEDIA=rastapi Port= 'Device=E2E Cable' '' DEVICE=null \
    PhoneNumber= > $G/eap.pbk
chmod 644 $G/eap.pbk
eap_book="Z:${G//\//\\}\\eap.pbk"

# eap_dial PASSWORD [option...]: passwords of the resumes in $retries.
eap_dial()
{
    password=$1
    shift
    line_start cable "$(id -u $who)" cable $G/tty-cable ${eap_profile-eap}
    RASPING_RETRY=${retries-$good_password} dial --phonebook "$eap_book" --entry EAP "$@"
}

eap_good()
{
    expect_code 0
    expect_states "$@"
    expect_line '^Ping 10\.64\.64\.1: (ICMP echo answered|no ICMP here; TCP)'
    expect_nothing_left
    line_stop cable
    result
}

for width in 64 32; do
    scenario "eap, no name, resumed on the same link" && {
        eap_dial "" --paused --retry-user alice --think 1000
        expect_sessions 1
        eap_good $before_eap InvokeEapUI Authenticate $after_eap
    }
done
width=64

scenario "eap, no password" && {
    eap_dial "" --user alice --paused
    expect_sessions 1
    eap_good $before_eap InvokeEapUI Authenticate $after_eap
}

scenario "eap, a name, then a password" && {
    retries=$(printf '%s\n%s' wrong "$good_password")
    eap_dial "" --paused --retry-user alice
    expect_sessions 2
    eap_good $before_eap InvokeEapUI Authenticate AuthNotify RetryAuthentication $eap_redial $after_eap
}
unset retries

scenario "eap, wrong password" && {
    eap_dial wrong --user alice --paused
    expect_sessions 2
    eap_good $before_eap RetryAuthentication $eap_redial $after_eap
}

scenario "eap, nothing is missing" && {
    eap_dial "$good_password" --user alice --paused
    expect_sessions 1
    eap_good $before_eap ${after_eap#AuthNotify }
}

scenario "eap, the peer does not wait that long" && {
    eap_profile=eap-hasty eap_dial "" --paused --retry-user alice --think 10000
    expect_sessions 2
    eap_good $before_eap InvokeEapUI $eap_redial $after_eap
}

scenario "eap, hung up in the pause" && {
    retries=
    eap_dial "" --paused
    expect_code 631
    expect_line 'RASCS_InvokeEapUI$'
    expect_line '^Hung up after'
    expect_nothing_left
    line_stop cable
    result
}
unset retries

for width in 64 32; do
    scenario "eap, paused states not wanted" && {
        eap_dial ""
        expect_code 703
        expect_states $before_eap AuthNotify:703
        expect_nothing_left
        line_stop cable
        result
    }
done
width=64

scenario "eap, no password and paused states not wanted" && {
    eap_dial "" --user alice
    expect_code 703
    expect_states $before_eap AuthNotify:703
    expect_nothing_left
    line_stop cable
    result
}
