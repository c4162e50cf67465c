# SPDX-License-Identifier: LGPL-2.1-or-later
#
# wineras: the user's tool.
bin_PROGRAMS += programs/wineras/wineras
programs_wineras_wineras_SOURCES = programs/wineras/wineras.h programs/rasmand/devices.c \
	programs/wineras/cmd_devices.c \
	programs/wineras/cmd_doctor.c \
	programs/wineras/cmd_hangup.c \
	programs/wineras/cmd_remove.c \
	programs/wineras/cmd_setup.c \
	programs/wineras/cmd_status.c \
	programs/wineras/devices_table.c \
	programs/wineras/doctor_devices.c \
	programs/wineras/doctor_network.c \
	programs/wineras/doctor_system.c \
	programs/wineras/doctor_wine.c \
	programs/wineras/json.c \
	programs/wineras/main.c \
	programs/wineras/manifest.c \
	programs/wineras/override.c \
	programs/wineras/prefix.c \
	programs/wineras/registry.c \
	programs/wineras/session.c \
	programs/wineras/util.c
programs_wineras_wineras_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/programs/rasmand -D_GNU_SOURCE -DBINDIR='"$(bindir)"' \
	-DPACKAGE_VERSION='"$(PACKAGE_VERSION)"'
programs_wineras_wineras_CFLAGS = $(AM_CFLAGS) $(LIBEVENT_CFLAGS) $(INIH_CFLAGS)
programs_wineras_wineras_LDADD = libs/rascommon/librascommon.a $(INIH_LIBS)
