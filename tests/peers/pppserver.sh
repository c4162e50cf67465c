#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# pppserver.sh [PROFILE] - the far end of a line: pppd as a server on its standard
# input.  Without PROFILE the dialled number names it.  To be run in the peer's
# name spaces, see guest.sh.
#
#   none pap chap mschap mschap-v2 eap   what the server demands
#   retry-pap retry-chap retry-mschap-v2  the same, with another try on the same link
#   expired-N-mschap-v2, -mschap  the password has expired, see retry-expired of retryserver.c
#   error-N  MS-CHAPv2 fails with this error
#   eap-hasty  EAP, and gives up after some seconds
#   mppe     MS-CHAPv2 and encryption
#   noip     no IPv4
#   silent   connected, but nobody speaks
profile=${1:-$HAYES_NUMBER}
case $profile in
5550100) profile=none ;;
5550101) profile=pap ;;
5550102) profile=chap ;;
5550103) profile=mschap ;;
5550104) profile=mschap-v2 ;;
5550105) profile=eap ;;
5550106) profile=mppe ;;
5550107) profile=noip ;;
5550108) profile=silent ;;
5550109) profile=retry-mschap-v2 ;;
esac

case $profile in
none) auth=noauth ;;
pap|chap|mschap|mschap-v2|eap) auth="auth require-$profile" ;;
expired-*)
    profile=${profile#expired-}
    auth="auth require-${profile#*-} plugin $BUILD/tests/peers/retryserver.so retry-expired ${profile%%-*}"
    ;;
error-*) auth="auth require-mschap-v2 plugin $BUILD/tests/peers/retryserver.so retry-error ${profile#error-}" ;;
eap-hasty) auth="auth require-eap eap-restart 1 eap-max-sreq 3" ;;
retry-*) auth="auth require-${profile#retry-} plugin $BUILD/tests/peers/retryserver.so retry-rounds 3" ;;
mppe) auth="auth require-mschap-v2 require-mppe-128" ;;
noip) auth="noauth noip ipv6 ::1,::2" ;;
silent) exec cat > /dev/null ;;
*) echo "pppserver: no profile $profile" >&2; exit 2 ;;
esac
exec /usr/sbin/pppd nodetach local $auth 10.64.64.1:10.64.64.2 ms-dns 10.64.64.53 name peer \
    nodefaultroute noproxyarp debug logfile "${PEER_LOG:-/dev/null}"
