# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The machinery of the tests that need more than a compiler: a machine with kernel
# PPP, 32-bit Wine, peers.

# the tool wineras
TESTS += tests/lint.sh tests/test_doctor.sh tests/test_hayes.sh tests/test_install.sh tests/test_languages.sh tests/test_session.sh tests/test_setup.sh tests/test_vm.sh
EXTRA_DIST += tests/check_main.h
EXTRA_DIST += tests/lint.sh tests/test_doctor.sh tests/test_hayes.sh tests/test_install.sh tests/test_languages.sh tests/test_session.sh tests/test_setup.sh tests/test_vm.sh
check_PROGRAMS += tests/dialer
tests_dialer_SOURCES = tests/dialer.c
tests_dialer_LDADD = libs/rascommon/librascommon.a
# Modules of rasmand, each linked with stand-ins for the others.
if HAVE_CHECK
rasmand_test_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/programs/rasmand
rasmand_test_cflags = $(AM_CFLAGS) $(CHECK_CFLAGS) $(LIBEVENT_CFLAGS) $(INIH_CFLAGS)
rasmand_test_libs = libs/rascommon/librascommon.a $(CHECK_LIBS) $(LIBEVENT_LIBS) $(INIH_LIBS)
rasmand_test_stubs = tests/rasmand_stubs.c tests/rasmand_stubs.h

check_PROGRAMS += tests/test_devices
TESTS += tests/test_devices
tests_test_devices_SOURCES = tests/test_devices.c $(rasmand_test_stubs) \
	programs/rasmand/devices.c programs/rasmand/port.c programs/rasmand/transports/table.c
tests_test_devices_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_devices_CFLAGS = $(rasmand_test_cflags)
tests_test_devices_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=time
tests_test_devices_LDADD = $(rasmand_test_libs)

check_PROGRAMS += tests/test_at
TESTS += tests/test_at
tests_test_at_SOURCES = tests/test_at.c programs/rasmand/at.c programs/rasmand/at.h
tests_test_at_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_at_CFLAGS = $(rasmand_test_cflags)
tests_test_at_LDADD = $(rasmand_test_libs)

check_PROGRAMS += tests/test_args
TESTS += tests/test_args
tests_test_args_SOURCES = tests/test_args.c $(rasmand_test_stubs) programs/rasmand/args.c programs/rasmand/args.h
tests_test_args_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_args_CFLAGS = $(rasmand_test_cflags)
tests_test_args_LDADD = $(rasmand_test_libs)

check_PROGRAMS += tests/test_link_count
TESTS += tests/test_link_count
tests_test_link_count_SOURCES = tests/test_link_count.c programs/rasmand/link_count.c
tests_test_link_count_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_link_count_CFLAGS = $(rasmand_test_cflags)
tests_test_link_count_LDADD = $(rasmand_test_libs)

check_PROGRAMS += tests/test_hostile_args
TESTS += tests/test_hostile_args
tests_test_hostile_args_SOURCES = tests/test_hostile_args.c tests/pppd_privileged.def $(rasmand_test_stubs) \
	programs/rasmand/args.c programs/rasmand/args.h
tests_test_hostile_args_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_hostile_args_CFLAGS = $(rasmand_test_cflags)
tests_test_hostile_args_LDADD = $(rasmand_test_libs)

check_PROGRAMS += tests/test_child
TESTS += tests/test_child
tests_test_child_SOURCES = tests/test_child.c $(rasmand_test_stubs) programs/rasmand/child.c
tests_test_child_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_child_CFLAGS = $(rasmand_test_cflags)
tests_test_child_LDADD = $(rasmand_test_libs)

check_PROGRAMS += tests/test_link_pppd
TESTS += tests/test_link_pppd
tests_test_link_pppd_SOURCES = tests/test_link_pppd.c $(rasmand_test_stubs) programs/rasmand/args.c \
	programs/rasmand/child.c programs/rasmand/errtab.c programs/rasmand/link_count.c \
	programs/rasmand/link_pppd.c
tests_test_link_pppd_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_link_pppd_CFLAGS = $(rasmand_test_cflags)
tests_test_link_pppd_LDADD = $(rasmand_test_libs)
endif
EXTRA_DIST += tests/all tests/demo tests/e2e tests/lib/apt-private.sh tests/lib/build.sh tests/lib/cache.sh \
	tests/lib/demo-guest tests/lib/guest.sh tests/lib/packages.sh tests/lib/wine.sh tests/vm/init tests/vm/run \
	tests/wine/make32 tests/wine/mark-zlib tests/wine/prefix tests/wine/trapfix.c tests/wine10

# The manager's core: connections, sessions, the way to the manager.
rasmand_conn_sources = programs/rasmand/conn.c programs/rasmand/conn_bundle.c programs/rasmand/conn_callback.c \
	programs/rasmand/conn_events.c programs/rasmand/conn_failure.c programs/rasmand/conn_fsm.c programs/rasmand/conn_notice.c \
	programs/rasmand/conn_numbers.c programs/rasmand/conn_queue.c programs/rasmand/conn_reconnect.c \
	programs/rasmand/conn_stats.c programs/rasmand/conn_watch.c programs/rasmand/conn_wishes.c \
	programs/rasmand/conn.h \
	programs/rasmand/client.h programs/rasmand/terminal.c
check_PROGRAMS += tests/dump_states
TESTS += tests/test_states.sh tests/test_api.sh tests/test_uncertain.sh
EXTRA_DIST += tests/test_states.sh doc/states.txt tests/test_api.sh doc/api.md tests/test_uncertain.sh doc/uncertain.md
tests_dump_states_SOURCES = tests/dump_states.c tests/conn_stubs.c tests/conn_stubs.h \
	programs/rasmand/conn_callback.c programs/rasmand/conn_events.c programs/rasmand/conn_failure.c programs/rasmand/conn_fsm.c \
	programs/rasmand/conn_numbers.c programs/rasmand/conn_reconnect.c programs/rasmand/conn_wishes.c \
	programs/rasmand/conn.h
tests_dump_states_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/programs/rasmand
tests_dump_states_CFLAGS = $(AM_CFLAGS) $(LIBEVENT_CFLAGS)
tests_dump_states_LDADD = libs/rascommon/librascommon.a $(LIBEVENT_LIBS)
if HAVE_CHECK
client_fixture = tests/client_fixture.c tests/client_fixture.h tests/client_stubs.c tests/client_stubs.h \
	tests/session.c tests/session.h $(rasmand_conn_sources) \
	programs/rasmand/client.c programs/rasmand/link_fake.c programs/rasmand/log.c programs/rasmand/process.c \
	programs/rasmand/transports/fake.c
check_PROGRAMS += tests/test_bundle tests/test_client tests/test_dials tests/test_no_memory tests/test_reconnect tests/test_terminal
TESTS += tests/test_bundle tests/test_client tests/test_dials tests/test_no_memory tests/test_reconnect tests/test_terminal
tests_test_no_memory_SOURCES = tests/test_no_memory.c $(client_fixture)
tests_test_no_memory_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_no_memory_CFLAGS = $(rasmand_test_cflags)
tests_test_no_memory_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
tests_test_no_memory_LDADD = $(rasmand_test_libs)
tests_test_client_SOURCES = tests/test_client.c $(client_fixture)
tests_test_client_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_client_CFLAGS = $(rasmand_test_cflags)
tests_test_client_LDADD = $(rasmand_test_libs)
tests_test_reconnect_SOURCES = tests/test_reconnect.c $(client_fixture)
tests_test_reconnect_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_reconnect_CFLAGS = $(rasmand_test_cflags)
tests_test_reconnect_LDADD = $(rasmand_test_libs)
tests_test_terminal_SOURCES = tests/test_terminal.c $(client_fixture)
tests_test_terminal_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_terminal_CFLAGS = $(rasmand_test_cflags)
tests_test_terminal_LDADD = $(rasmand_test_libs)
tests_test_bundle_SOURCES = tests/test_bundle.c $(client_fixture)
tests_test_bundle_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_bundle_CFLAGS = $(rasmand_test_cflags)
tests_test_bundle_LDADD = $(rasmand_test_libs)

tests_test_dials_SOURCES = tests/test_dials.c $(client_fixture)
tests_test_dials_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_dials_CFLAGS = $(rasmand_test_cflags)
tests_test_dials_LDADD = $(rasmand_test_libs)

check_PROGRAMS += tests/test_wire
TESTS += tests/test_wire
tests_test_wire_SOURCES = tests/test_wire.c
tests_test_wire_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_wire_LDADD = libs/rascommon/librascommon.a $(CHECK_LIBS)

# Runs the real rasmand.
check_PROGRAMS += tests/test_attach tests/test_crowd
TESTS += tests/test_attach tests/test_crowd
manager_fixture = tests/manager_fixture.c tests/manager_fixture.h tests/session.c tests/session.h
tests_test_attach_SOURCES = tests/test_attach.c $(manager_fixture)
tests_test_attach_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_attach_LDADD = libs/rascommon/librascommon.a $(CHECK_LIBS)
tests_test_crowd_SOURCES = tests/test_crowd.c $(manager_fixture)
tests_test_crowd_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_crowd_LDADD = libs/rascommon/librascommon.a $(CHECK_LIBS)

check_PROGRAMS += tests/test_conn_fsm
TESTS += tests/test_conn_fsm
tests_test_conn_fsm_SOURCES = tests/test_conn_fsm.c tests/conn_stubs.c tests/conn_stubs.h \
	programs/rasmand/conn_callback.c programs/rasmand/conn_events.c programs/rasmand/conn_failure.c programs/rasmand/conn_fsm.c \
	programs/rasmand/conn_numbers.c programs/rasmand/conn_reconnect.c programs/rasmand/conn_wishes.c \
	programs/rasmand/conn.h
tests_test_conn_fsm_CPPFLAGS = $(rasmand_test_cppflags)
tests_test_conn_fsm_CFLAGS = $(rasmand_test_cflags)
tests_test_conn_fsm_LDADD = $(rasmand_test_libs)
endif

# The plugin; tests/vm/plugin.sh runs it in a real pppd.
EXTRA_DIST += tests/get-debian13 tests/get-resolvers tests/plugin-2.5 tests/test_plugin_load.sh tests/vm/plugin.sh tests/vm/options.sh tests/vm/resolvers.sh tests/fuzz/run \
	tests/fuzz/fuzz.h tests/fuzz/fuzz_main.c tests/fuzz/fuzz_cbcp_packets.c tests/fuzz/fuzz_pbk.c tests/fuzz/fuzz_peer_packets.c \
	tests/fuzz/fuzz_script.c tests/fuzz/fuzz_session.c tests/fuzz/manager.c tests/fuzz/messages.c tests/fuzz/random.c tests/fuzz/random.h tests/fuzz/plugin_state.c tests/fuzz/plugin_state.h tests/fuzz/corpus
TESTS += tests/test_plugin_load.sh
EXTRA_DIST += tests/radius
check_PROGRAMS += tests/radius_request
tests_radius_request_SOURCES = tests/radius_request.c plugin/mschap.c plugin/mschap.h
tests_radius_request_CFLAGS = $(AM_CFLAGS) $(NETTLE_CFLAGS)
tests_radius_request_LDADD = libs/rascommon/librascommon.a $(NETTLE_LIBS)
if HAVE_CHECK
check_PROGRAMS += tests/test_callback tests/test_hold tests/test_mppe_packets tests/test_mschap tests/test_negotiated tests/test_networks \
	tests/test_peer_packets tests/test_routes tests/test_session
TESTS += tests/test_callback tests/test_hold tests/test_mppe_packets tests/test_mschap tests/test_negotiated tests/test_networks \
	tests/test_peer_packets tests/test_routes tests/test_session
plugin_test_sources = tests/plugin_fixture.c tests/plugin_fixture.h tests/pppd_mock.c tests/pppd_mock.h $(plugin_sources)
tests_test_callback_SOURCES = tests/test_callback.c $(plugin_test_sources)
tests_test_callback_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_callback_LDADD = libs/rascommon/librascommon.a $(NETTLE_LIBS) $(CHECK_LIBS)
tests_test_hold_SOURCES = tests/test_hold.c $(plugin_test_sources)
tests_test_hold_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_hold_LDADD = libs/rascommon/librascommon.a $(NETTLE_LIBS) $(CHECK_LIBS)
tests_test_negotiated_SOURCES = tests/test_negotiated.c $(plugin_test_sources)
tests_test_negotiated_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_negotiated_LDADD = libs/rascommon/librascommon.a $(NETTLE_LIBS) $(CHECK_LIBS)
tests_test_networks_SOURCES = tests/test_networks.c $(plugin_test_sources)
tests_test_networks_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_networks_LDADD = libs/rascommon/librascommon.a $(NETTLE_LIBS) $(CHECK_LIBS)
tests_test_routes_SOURCES = tests/test_routes.c $(plugin_test_sources)
tests_test_routes_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_routes_LDADD = libs/rascommon/librascommon.a $(NETTLE_LIBS) $(CHECK_LIBS)
tests_test_mppe_packets_SOURCES = tests/test_mppe_packets.c plugin/mppe_packets.c plugin/mppe_packets.h plugin/cause.c \
	plugin/cause.h plugin/peer_packets.c plugin/peer_packets.h
tests_test_mppe_packets_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_mppe_packets_LDADD = libs/rascommon/librascommon.a $(CHECK_LIBS)
tests_test_mschap_SOURCES = tests/test_mschap.c plugin/mschap.c plugin/mschap.h
tests_test_mschap_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(NETTLE_CFLAGS)
tests_test_mschap_LDADD = libs/rascommon/librascommon.a $(NETTLE_LIBS) $(CHECK_LIBS)
tests_test_peer_packets_SOURCES = tests/test_peer_packets.c plugin/peer_packets.c plugin/peer_packets.h
tests_test_peer_packets_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_peer_packets_LDADD = $(CHECK_LIBS)
tests_test_session_SOURCES = tests/test_session.c $(plugin_test_sources)
tests_test_session_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_session_LDADD = libs/rascommon/librascommon.a $(NETTLE_LIBS) $(CHECK_LIBS)
endif

check-fuzz:
	$(srcdir)/tests/fuzz/run $(builddir)
.PHONY: check-fuzz
clean-local:
	-rm -rf tests/fuzz.out

# libs/rascommon
TESTS += tests/test_manual.sh
EXTRA_DIST += tests/data/pbk tests/test_manual.sh
if HAVE_CHECK
check_PROGRAMS += tests/test_dial_number
TESTS += tests/test_dial_number
tests_test_dial_number_SOURCES = tests/test_dial_number.c libs/rascommon/dial_number.c libs/rascommon/dial_number.h
tests_test_dial_number_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_dial_number_LDADD = $(CHECK_LIBS)
check_PROGRAMS += tests/test_pbk
TESTS += tests/test_pbk
tests_test_pbk_SOURCES = tests/test_pbk.c libs/rascommon/pbk.c libs/rascommon/pbk.h
tests_test_pbk_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_pbk_LDADD = $(CHECK_LIBS)
check_PROGRAMS += tests/test_pbk_books tests/test_pbk_entry
TESTS += tests/test_pbk_books tests/test_pbk_entry
tests_test_pbk_books_SOURCES = tests/test_pbk_books.c tests/pbk_fixture.c tests/pbk_fixture.h
tests_test_pbk_books_CPPFLAGS = $(AM_CPPFLAGS) -DPBK_DATA=\"$(srcdir)/tests/data/pbk\"
tests_test_pbk_books_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_pbk_books_LDADD = libs/rascommon/librascommon.a $(CHECK_LIBS)
tests_test_pbk_entry_SOURCES = tests/test_pbk_entry.c tests/pbk_fixture.c tests/pbk_fixture.h
tests_test_pbk_entry_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_pbk_entry_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
tests_test_pbk_entry_LDADD = libs/rascommon/librascommon.a $(CHECK_LIBS)
check_PROGRAMS += tests/test_script
TESTS += tests/test_script
tests_test_script_SOURCES = tests/test_script.c
tests_test_script_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_test_script_LDADD = libs/rascommon/librascommon.a $(CHECK_LIBS)
endif
