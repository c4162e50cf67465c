# SPDX-License-Identifier: LGPL-2.1-or-later
#
# rasapi32.dll, twice.  A new source file goes into rasapi32_sources, a header
# into rasapi32_headers; nothing else has to know.
rasapi32_sources = \
	dlls/rasapi32/arrival.c \
	dlls/rasapi32/autodial.c \
	dlls/rasapi32/autodial_store.c \
	dlls/rasapi32/aw.c \
	dlls/rasapi32/client.c \
	dlls/rasapi32/connection.c \
	dlls/rasapi32/country.c \
	dlls/rasapi32/credentials.c \
	dlls/rasapi32/credstore.c \
	dlls/rasapi32/custom.c \
	dlls/rasapi32/custom_auth.c \
	dlls/rasapi32/devices.c \
	dlls/rasapi32/dial.c \
	dlls/rasapi32/dial_auth.c \
	dlls/rasapi32/dial_entry.c \
	dlls/rasapi32/dial_numbers.c \
	dlls/rasapi32/dial_request.c \
	dlls/rasapi32/dial_stored.c \
	dlls/rasapi32/eap.c \
	dlls/rasapi32/eap_data.c \
	dlls/rasapi32/entries.c \
	dlls/rasapi32/entry.c \
	dlls/rasapi32/entry_dialog.c \
	dlls/rasapi32/entry_link.c \
	dlls/rasapi32/entry_text.c \
	dlls/rasapi32/enum.c \
	dlls/rasapi32/errorstring.c \
	dlls/rasapi32/handles.c \
	dlls/rasapi32/layout.c \
	dlls/rasapi32/list.c \
	dlls/rasapi32/main.c \
	dlls/rasapi32/native_process.c \
	dlls/rasapi32/notify.c \
	dlls/rasapi32/numbered.c \
	dlls/rasapi32/phonebook.c \
	dlls/rasapi32/phonebook_file.c \
	dlls/rasapi32/phonebook_index.c \
	dlls/rasapi32/phonebook_path.c \
	dlls/rasapi32/phonebook_update.c \
	dlls/rasapi32/projection.c \
	dlls/rasapi32/properties.c \
	dlls/rasapi32/protect.c \
	dlls/rasapi32/script_custom.c \
	dlls/rasapi32/script_port.c \
	dlls/rasapi32/script_run.c \
	dlls/rasapi32/statistics.c \
	dlls/rasapi32/stubs.c \
	dlls/rasapi32/subentries.c \
	dlls/rasapi32/trace.c \
	dlls/rasapi32/transport.c \
	dlls/rasapi32/unix_path.c \
	dlls/rasapi32/version.c \
	dlls/rasapi32/watch.c
rasapi32_headers = \
	dlls/rasapi32/arrival.h \
	dlls/rasapi32/autodial_store.h \
	dlls/rasapi32/client.h \
	dlls/rasapi32/credstore.h \
	dlls/rasapi32/custom.h \
	dlls/rasapi32/dial.h \
	dlls/rasapi32/dial_auth.h \
	dlls/rasapi32/dial_entry.h \
	dlls/rasapi32/dialogs.h \
	dlls/rasapi32/eap_data.h \
	dlls/rasapi32/entry.h \
	dlls/rasapi32/entry_keys.def \
	dlls/rasapi32/handles.h \
	dlls/rasapi32/list.h \
	dlls/rasapi32/native_process.h \
	dlls/rasapi32/notify.h \
	dlls/rasapi32/numbered.h \
	dlls/rasapi32/phonebook.h \
	dlls/rasapi32/phonebook_parts.h \
	dlls/rasapi32/protect.h \
	dlls/rasapi32/rasapi32.h \
	dlls/rasapi32/script_port.h \
	dlls/rasapi32/script_run.h \
	dlls/rasapi32/stubs.def \
	dlls/rasapi32/trace.h \
	dlls/rasapi32/transport.h \
	dlls/rasapi32/unix_path.h \
	dlls/rasapi32/version.def \
	dlls/rasapi32/watch.h

rasapi32_libs = -lws2_32 -luser32 -ladvapi32 -lntdll
rasapi32_objects32 = $(rasapi32_sources:.c=.cross32.o) dlls/rasapi32/rasapi32.cross32.res $(rascommon_cross32)
rasapi32_objects64 = $(rasapi32_sources:.c=.cross64.o) dlls/rasapi32/rasapi32.cross64.res $(rascommon_cross64)
rasapi32_def = $(top_srcdir)/dlls/rasapi32/rasapi32.def

# The .def file names exports without the @bytes of stdcall; the fix-up finds the
# decorated functions.
dlls/rasapi32/rasapi32.cross32.dll: $(rasapi32_objects32) $(rasapi32_def)
	$(V_PE)$(CROSSCC32) -shared -static-libgcc -Wl,--enable-stdcall-fixup -o $@ \
		$(rasapi32_objects32) $(rasapi32_def) $(rasapi32_libs)
dlls/rasapi32/rasapi32.cross64.dll: $(rasapi32_objects64) $(rasapi32_def)
	$(V_PE)$(CROSSCC64) -shared -static-libgcc -o $@ $(rasapi32_objects64) $(rasapi32_def) $(rasapi32_libs)

pe32_files += dlls/rasapi32/rasapi32.cross32.dll
pe64_files += dlls/rasapi32/rasapi32.cross64.dll
EXTRA_DIST += $(rasapi32_sources) $(rasapi32_headers) dlls/rasapi32/rasapi32.def $(rasapi32_resources)

# windres writes no dependencies.
rasapi32_resources = \
	dlls/rasapi32/language.rc \
	dlls/rasapi32/po/de.def \
	dlls/rasapi32/po/en.def \
	dlls/rasapi32/po/fr.def \
	dlls/rasapi32/po/ja.def \
	dlls/rasapi32/po/zh_CN.def \
	dlls/rasapi32/rasapi32.rc
dlls/rasapi32/rasapi32.cross32.res dlls/rasapi32/rasapi32.cross64.res: $(rasapi32_resources) \
	include/ras_countries.def include/ras_errors.def dlls/rasapi32/dialogs.h
