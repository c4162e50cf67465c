# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What a program saves with RasSetCredentials or RasSetEntryDialParams, another one dials with:
# by 16 asterisks and "*", or by neither name nor password.

printf '%s\r\n' '[Saved]' Encoding=1 Type=1 AuthRestrictions=32 '' MEDIA=rastapi Port= 'Device=E2E Cable' '' DEVICE=null \
    PhoneNumber= > $G/saved.pbk
chmod 644 $G/saved.pbk
saved_book="Z:${G//\//\\}\\saved.pbk"

# saved_dial PASSWORD [option...]
saved_dial()
{
    password=$1
    shift
    dial --phonebook "$saved_book" --entry Saved "$@"
}

for width in 64 32; do
    scenario "credentials, saved, used and removed" && {
        line_start cable "$(id -u $who)" cable $G/tty-cable chap
        RASPING_SAVE=$good_password saved_dial '****************' --user alice --save
        expect_code 0
        expect_states $all_states
        expect_log pppd-cable 'name = "alice"'
        # Another program of the other width, with neither name nor password.
        width=$((96 - width))
        saved_dial '' --forget
        expect_code 0
        expect_states $all_states
        width=$((96 - width))
        saved_dial '****************'
        expect_code 691
        expect_nothing_left
        line_stop cable
        result
    }
done
width=64

scenario "credentials, a saved domain" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable chap
    RASPING_SAVE=$good_password saved_dial '****************' --user alice --domain DOMAIN --save
    expect_code 0
    expect_log pppd-cable 'name = "DOMAIN'
    saved_dial "$good_password" --user alice --domain '*' --forget
    expect_code 0
    expect_states $all_states
    expect_nothing_left
    line_stop cable
    result
}
