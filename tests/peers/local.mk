# SPDX-License-Identifier: LGPL-2.1-or-later

# Plays the manager for one pppd with the plugin.
check_PROGRAMS += tests/peers/linkdrive
tests_peers_linkdrive_SOURCES = tests/peers/linkdrive.c
tests_peers_linkdrive_LDADD = libs/rascommon/librascommon.a -lutil

# Misbehaves in one chosen way.
check_PROGRAMS += tests/peers/oddpeer
tests_peers_oddpeer_SOURCES = tests/peers/oddpeer.c plugin/mschap.c plugin/mschap.h plugin/peer_packets.c \
	plugin/peer_packets.h
tests_peers_oddpeer_CFLAGS = $(AM_CFLAGS) $(NETTLE_CFLAGS)
tests_peers_oddpeer_LDADD = libs/rascommon/librascommon.a $(NETTLE_LIBS)
# The other end of a serial port: modem, cable or TCP port.
check_PROGRAMS += tests/peers/hayes
tests_peers_hayes_SOURCES = tests/peers/hayes.c tests/peers/hayes_plan.c tests/peers/hayes_plan.h
tests_peers_hayes_LDADD = -lutil
EXTRA_DIST += tests/peers/pppserver.sh

# Plugins for the server's pppd, 2.4.
if SERVER_PLUGINS
check_PROGRAMS += tests/peers/cbcpserver.so tests/peers/retryserver.so
tests_peers_cbcpserver_so_SOURCES = tests/peers/cbcpserver.c
tests_peers_cbcpserver_so_CPPFLAGS = $(PPPD_CPPFLAGS)
tests_peers_cbcpserver_so_CFLAGS = -std=gnu99 $(WARN_CFLAGS) -Wno-write-strings -fPIC
tests_peers_cbcpserver_so_LDFLAGS = -shared
tests_peers_retryserver_so_SOURCES = tests/peers/retryserver.c tests/peers/changepw.c tests/peers/changepw.h
tests_peers_retryserver_so_CPPFLAGS = $(PPPD_CPPFLAGS) $(GCRYPT_CFLAGS)
tests_peers_retryserver_so_LDADD = $(GCRYPT_LIBS)
# pppd 2.4 takes strings as char *.
tests_peers_retryserver_so_CFLAGS = -std=gnu99 $(WARN_CFLAGS) -Wno-write-strings -fPIC
tests_peers_retryserver_so_LDFLAGS = -shared
else
EXTRA_DIST += tests/peers/cbcpserver.c tests/peers/retryserver.c tests/peers/changepw.c tests/peers/changepw.h
endif

# A descriptor that pppd must not take for the manager's; what pppd says of its options.
check_PROGRAMS += tests/peers/forgefd tests/peers/pppdoptions.so
tests_peers_forgefd_SOURCES = tests/peers/forgefd.c
tests_peers_forgefd_LDADD = libs/rascommon/librascommon.a
tests_peers_pppdoptions_so_SOURCES = tests/peers/pppdoptions.c
tests_peers_pppdoptions_so_CFLAGS = -std=gnu99 $(WARN_CFLAGS) -fPIC
tests_peers_pppdoptions_so_LDFLAGS = -shared

# What another user tries.
check_PROGRAMS += tests/peers/intruder
tests_peers_intruder_SOURCES = tests/peers/intruder.c
tests_peers_intruder_LDADD = libs/rascommon/librascommon.a
