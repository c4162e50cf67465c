# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The modem: authentication, and each answer that a modem can give.

cat > $G/plan <<'EOP'
5550001 busy
5550002 no-carrier
5550003 no-dialtone
5550004 no-answer
5550005 voice
5550006 error
5550007 silence
5550008 garbage
5550009 drop 60
* connect
EOP

modem_up()
{
    line_start modem "$(id -u $who)" modem $G/tty-modem "" -p $G/plan
}

for who in $guest_user root; do
    modem_up
    for row in none:5550100 pap:5550101 chap:5550102 mschap-v2:5550104; do
        auth=${row%:*}
        number=${row#*:}
        [ $who = root ] && [ $auth != mschap-v2 ] && continue
        scenario "modem, $auth" && {
            dial --number $number --user alice
            expect_good_call
            expect_log modem "^\* dial $number$"
            expect_soon "$L/modem.log" "hang-up\|far end hung up"
            result
        }
        [ $auth != none ] && scenario "modem, $auth, bad password" && {
            password=wrong
            dial --number $number --user alice
            expect_refused
            result
        }
    done
    line_stop modem
done
who=$guest_user

modem_up
width=32
scenario "modem, mschap-v2" && {
    dial --number 5550104 --user alice
    expect_good_call
    result
}
width=64

# number, answer, RAS error
while read -r number answer error; do
    scenario "modem answers $answer" && {
        dial --number $number --user alice
        expect_failed $error $dial_failed
        expect_log modem "^\* dial $number$"
        result
    }
done <<'EOT'
5550001 BUSY 676
5550002 NO-CARRIER 679
5550003 NO-DIALTONE 680
5550004 NO-ANSWER 678
5550005 VOICE 677
5550006 ERROR 651
5550007 nothing 678
5550008 garbage 652
EOT

scenario "modem loses the carrier while PPP begins" && {
    dial --number 5550009 --user alice
    expect_code 619 629
    expect_nothing_left
    result
}
line_stop modem

scenario "modem is not there" && {
    rm -f $G/tty-modem
    dial --device "E2E Modem" --type modem --number 5550104 --user alice
    expect_failed 608 OpenPort OpenPort
    result
}
