# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Every fault in every state, for tests/e2e.
check_PROGRAMS += tests/faults/walk
tests_faults_walk_SOURCES = tests/faults/walk.c tests/faults/faults.h tests/faults/states.c tests/faults/fault.c \
	tests/faults/world.c tests/session.c tests/session.h programs/rasmand/conn.h
tests_faults_walk_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/programs/rasmand -I$(top_srcdir)/tests
tests_faults_walk_CFLAGS = $(AM_CFLAGS) $(LIBEVENT_CFLAGS)
tests_faults_walk_LDADD = libs/rascommon/librascommon.a
EXTRA_DIST += tests/faults/table doc/faults.md
