# SPDX-License-Identifier: LGPL-2.1-or-later
#
# wineras.so is what dlopen() takes, not a library: automake makes it as a
# program that happens to be linked with -shared, so that no libtool is needed.
# It goes into pppd, which has no sanitizer: SANITIZE_CFLAGS stay away.
pluginlibdir = $(libdir)/wineras
pluginlib_PROGRAMS = plugin/wineras.so
peers_DATA = plugin/wineras
rasmand_PROGRAMS += plugin/resolver
plugin_resolver_SOURCES = plugin/resolver.c

plugin_sources = plugin/session.c plugin/credentials.c plugin/report.c plugin/hold.c plugin/responder.c \
	plugin/mschap.c plugin/mschap.h plugin/callback.c plugin/cbcp_packets.c plugin/cbcp_packets.h plugin/cause.c \
	plugin/compression.c plugin/compression.h plugin/network.c plugin/peer_packets.c \
	plugin/plugin.h plugin/cause.h plugin/peer_packets.h plugin/pppd_compat.h
plugin_wineras_so_SOURCES = plugin/plugin.c plugin/pppd_compat.c plugin/pppd_callback.c plugin/pppd_mppe.c \
	plugin/mppe_packets.c plugin/mppe_packets.h \
	plugin/pppd_symbols.h plugin/keeper.c plugin/routes.c plugin/waiter.c $(plugin_sources)
plugin_wineras_so_CPPFLAGS = $(AM_CPPFLAGS) $(PPPD_CPPFLAGS) $(NETTLE_CFLAGS)
plugin_wineras_so_CFLAGS = -std=gnu99 $(WARN_CFLAGS) $(HARDEN_CFLAGS) -fPIC -fvisibility=hidden
plugin_wineras_so_LDFLAGS = -shared -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack
plugin_wineras_so_LDADD = libs/rascommon/librascommon_pic.a $(NETTLE_LIBS)

plugin/wineras: plugin/wineras.peers.in Makefile
	$(V_GEN)$(MKDIR_P) $(@D) && sed 's|@pluginlibdir[@]|$(pluginlibdir)|; s|@rasmanddir[@]|$(rasmanddir)|' \
		$(srcdir)/plugin/wineras.peers.in > $@

EXTRA_DIST += plugin/wineras.peers.in
CLEANFILES += plugin/wineras
