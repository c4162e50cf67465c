# SPDX-License-Identifier: LGPL-2.1-or-later
#
# rasmand: the Remote Access Connection Manager.
rasmand_sources = \
	programs/rasmand/args.c \
	programs/rasmand/args.h \
	programs/rasmand/at.c \
	programs/rasmand/at.h \
	programs/rasmand/attach.c \
	programs/rasmand/child.c \
	programs/rasmand/guard.c programs/rasmand/guard.h \
	programs/rasmand/client.c \
	programs/rasmand/client.h \
	programs/rasmand/conn.c \
	programs/rasmand/conn_bundle.c \
	programs/rasmand/conn_callback.c \
	programs/rasmand/conn.h \
	programs/rasmand/conn_events.c \
	programs/rasmand/conn_failure.c \
	programs/rasmand/conn_fsm.c \
	programs/rasmand/conn_notice.c \
	programs/rasmand/conn_numbers.c \
	programs/rasmand/conn_queue.c \
	programs/rasmand/conn_reconnect.c \
	programs/rasmand/conn_stats.c \
	programs/rasmand/conn_watch.c \
	programs/rasmand/conn_wishes.c \
	programs/rasmand/control.c \
	programs/rasmand/devices.c \
	programs/rasmand/errors.h \
	programs/rasmand/errtab.c \
	programs/rasmand/errtab.h \
	programs/rasmand/fake.h \
	programs/rasmand/hash.h \
	programs/rasmand/line_count.c \
	programs/rasmand/link_fake.c \
	programs/rasmand/link_count.c \
	programs/rasmand/link_count.h \
	programs/rasmand/link_pppd.c \
	programs/rasmand/log.c \
	programs/rasmand/main.c \
	programs/rasmand/port.c \
	programs/rasmand/process.c \
	programs/rasmand/rasmand.h \
	programs/rasmand/terminal.c \
	programs/rasmand/transports/fake.c \
	programs/rasmand/transports/modem.c \
	programs/rasmand/transports/serial.c \
	programs/rasmand/transports/table.c \
	programs/rasmand/transports/tcp.c \
	programs/rasmand/tty.c \
	programs/rasmand/tty.h \
	programs/rasmand/tty_lock.c \
	programs/rasmand/tty_speed.c

rasmand_PROGRAMS += programs/rasmand/rasmand
programs_rasmand_rasmand_SOURCES = $(rasmand_sources)
programs_rasmand_rasmand_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/programs/rasmand
programs_rasmand_rasmand_CFLAGS = $(AM_CFLAGS) $(LIBEVENT_CFLAGS) $(INIH_CFLAGS)
programs_rasmand_rasmand_LDADD = libs/rascommon/librascommon.a $(LIBEVENT_LIBS) $(INIH_LIBS)
