# SPDX-License-Identifier: LGPL-2.1-or-later
#
# librascommon: compiled by all three compilers, makes no OS call.  The plugin
# links the _pic edition, which never has sanitizers: pppd has none.
rascommon_sources = libs/rascommon/wire.c libs/rascommon/tables.c libs/rascommon/tables.h

noinst_LIBRARIES += libs/rascommon/librascommon.a libs/rascommon/librascommon_pic.a
libs_rascommon_librascommon_a_SOURCES = $(rascommon_sources) libs/rascommon/dial_number.c \
	libs/rascommon/dial_number.h libs/rascommon/pbk.c libs/rascommon/pbk.h \
	libs/rascommon/pbk_blob.c libs/rascommon/pbk_edit.c libs/rascommon/pbk_entry.c libs/rascommon/pbk_entry.h \
	libs/rascommon/pbk_keys.def libs/rascommon/pbk_lines.h \
	libs/rascommon/scp_expr.c libs/rascommon/script.h libs/rascommon/script_inf.c libs/rascommon/script_scp.c \
	libs/rascommon/script_scp.h
libs_rascommon_librascommon_pic_a_SOURCES = $(rascommon_sources)
libs_rascommon_librascommon_pic_a_CFLAGS = -std=gnu99 $(WARN_CFLAGS) $(HARDEN_CFLAGS) -fPIC -fvisibility=hidden

rascommon_cross32 = libs/rascommon/dial_number.cross32.o \
	libs/rascommon/wire.cross32.o libs/rascommon/tables.cross32.o libs/rascommon/pbk.cross32.o \
	libs/rascommon/pbk_blob.cross32.o libs/rascommon/pbk_edit.cross32.o libs/rascommon/pbk_entry.cross32.o \
	libs/rascommon/scp_expr.cross32.o libs/rascommon/script_inf.cross32.o libs/rascommon/script_scp.cross32.o
rascommon_cross64 = libs/rascommon/dial_number.cross64.o \
	libs/rascommon/wire.cross64.o libs/rascommon/tables.cross64.o libs/rascommon/pbk.cross64.o \
	libs/rascommon/pbk_blob.cross64.o libs/rascommon/pbk_edit.cross64.o libs/rascommon/pbk_entry.cross64.o \
	libs/rascommon/scp_expr.cross64.o libs/rascommon/script_inf.cross64.o libs/rascommon/script_scp.cross64.o
