# SPDX-License-Identifier: LGPL-2.1-or-later

# Plays the manager for one pppd with the plugin.
check_PROGRAMS += tests/peers/linkdrive
tests_peers_linkdrive_SOURCES = tests/peers/linkdrive.c
tests_peers_linkdrive_LDADD = libs/rascommon/librascommon.a -lutil
