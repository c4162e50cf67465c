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

# The password is in none of the files that Wine writes, in no form (those of winetest/run).
expect_not_in_prefix()
{
    local prefix dir=$G/not-in-prefix text=$1 hex

    prefix=$(prefix_of $who)
    # Its end writes them.
    as $who "$TEST_WINE_TREE/wineserver" -k
    as $who "$TEST_WINE_TREE/wineserver" -w
    hex=$(printf %s "$text" | od -An -v -tx1 | tr -d ' \n' | sed 's/../&,/g; s/,$//')
    cat "$prefix"/*.reg | tr -d '\0' | sed -e ':a' -e '/\\$/{N;s/\\\n *//;ba' -e '}' > $dir
    grep -q alice $dir || complain "the name is not in the prefix either"
    grep -q -e "$text" -e "$hex" -e "${hex//,/,00,}" $dir && complain "the password can be read in the prefix"
    [ "$(stat -c '%a %U' "$prefix/.wineras/secret")" = "600 $who" ] || complain "others can read the secret"
    as $who "$TEST_WINE_TREE/wineserver" -p
}

for width in 64 32; do
    scenario "credentials, saved by another program" && {
        line_start cable "$(id -u $who)" cable $G/tty-cable chap
        RASPING_SAVE=$good_password saved_dial '' --user alice --only-save
        expect_code 0
        expect_not_in_prefix "$good_password"
        width=$((96 - width))
        saved_dial '****************' --user alice
        expect_good_call
        saved_dial ''
        expect_good_call
        width=$((96 - width))
        # The handle means the password, whoever's name is given.
        saved_dial '****************' --user bob
        expect_refused
        saved_dial '****************' --user alice --notifier sync --forget
        expect_code 0
        # What the last dial left: a name, and no password.
        saved_dial '****************' --user alice
        expect_code 691
        expect_nothing_left
        line_stop cable
        result
    }
done
width=64

scenario "credentials, the dial that stores" && {
    line_start cable "$(id -u $who)" cable $G/tty-cable chap
    RASPING_SAVE=outdated saved_dial '' --user alice --only-save
    saved_dial "$good_password" --user alice
    expect_good_call
    saved_dial ''
    expect_good_call
    saved_dial wrong --user alice
    expect_refused
    saved_dial '' --forget
    expect_code 0
    # Not against the user's will.
    saved_dial "$good_password" --user alice
    expect_good_call
    saved_dial '****************' --user alice
    expect_refused
    line_stop cable
    result
}

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
