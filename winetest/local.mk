# SPDX-License-Identifier: LGPL-2.1-or-later
#
# ras_test: the conformance tests of rasapi32.dll, for both widths.  A new file
# goes into ras_test_sources, its test into tests.def.
ras_test_sources = \
	winetest/autodial.c \
	winetest/books.c \
	winetest/editions.c \
	winetest/entries.c \
	winetest/entries_files.c \
	winetest/connections.c \
	winetest/coverage.c \
	winetest/country.c \
	winetest/credentials.c \
	winetest/credentials_dial.c \
	winetest/credentials_follow.c \
	winetest/custom.c \
	winetest/devices.c \
	winetest/dialogs.c \
	winetest/dial.c \
	winetest/dial_auth.c \
	winetest/dial_codes.c \
	winetest/dial_entry.c \
	winetest/dialing.c \
	winetest/eap_data.c \
	winetest/errorstring.c \
	winetest/exports.c \
	winetest/languages.c \
	winetest/links.c \
	winetest/multilink.c \
	winetest/no_manager.c \
	winetest/notify.c \
	winetest/paused_interactive.c \
	winetest/paused.c \
	winetest/paused_callback.c \
	winetest/paused_eap.c \
	winetest/paused_password.c \
	winetest/pausing.c \
	winetest/projection.c \
	winetest/properties.c \
	winetest/properties_errors.c \
	winetest/properties_files.c \
	winetest/properties_shared.c \
	winetest/ras_test.c \
	winetest/reconnect.c \
	winetest/saving.c \
	winetest/secrets.c \
	winetest/sizes.c \
	winetest/statistics.c \
	winetest/subentries.c \
	winetest/tables.c \
	winetest/test.c \
	winetest/watches.c
ras_test_headers = winetest/api.def winetest/books.h winetest/dialing.h winetest/exports.def winetest/functions.def \
	winetest/pausing.h winetest/properties.h winetest/ras_test.h winetest/saving.h winetest/test.h winetest/tests.def

# Parts of the DLL that tables.c and dial_auth.c look into.
ras_test_parts = dlls/rasapi32/aw.c dlls/rasapi32/dial_auth.c dlls/rasapi32/version.c
ras_test_objects32 = $(ras_test_sources:.c=.cross32.o) $(ras_test_parts:.c=.cross32.o)
ras_test_objects64 = $(ras_test_sources:.c=.cross64.o) $(ras_test_parts:.c=.cross64.o)
ras_test_libs = -lws2_32 -luser32 -ladvapi32

winetest/ras_test.cross32.exe: $(ras_test_objects32)
	$(V_PE)$(CROSSCC32) -static-libgcc -o $@ $(ras_test_objects32) $(ras_test_libs)
winetest/ras_test.cross64.exe: $(ras_test_objects64)
	$(V_PE)$(CROSSCC64) -static-libgcc -o $@ $(ras_test_objects64) $(ras_test_libs)

# The DLLs that paused_interactive.c and custom.c have called.
winetest/custom_dll.cross32.dll: winetest/custom_dll.cross32.o
	$(V_PE)$(CROSSCC32) -shared -static-libgcc -Wl,--kill-at -o $@ winetest/custom_dll.cross32.o
winetest/custom_dll.cross64.dll: winetest/custom_dll.cross64.o
	$(V_PE)$(CROSSCC64) -shared -static-libgcc -o $@ winetest/custom_dll.cross64.o
winetest/script_dll.cross32.dll: winetest/script_dll.cross32.o
	$(V_PE)$(CROSSCC32) -shared -static-libgcc -Wl,--kill-at -o $@ winetest/script_dll.cross32.o
winetest/script_dll.cross64.dll: winetest/script_dll.cross64.o
	$(V_PE)$(CROSSCC64) -shared -static-libgcc -o $@ winetest/script_dll.cross64.o

# The rasdlg.dll that dialogs.c has called.
winetest/dialog_dll.cross32.dll: winetest/dialog_dll.cross32.o
	$(V_PE)$(CROSSCC32) -shared -static-libgcc -Wl,--kill-at -o $@ winetest/dialog_dll.cross32.o
winetest/dialog_dll.cross64.dll: winetest/dialog_dll.cross64.o
	$(V_PE)$(CROSSCC64) -shared -static-libgcc -o $@ winetest/dialog_dll.cross64.o

check_DATA += winetest/ras_test.cross32.exe winetest/ras_test.cross64.exe \
	winetest/custom_dll.cross32.dll winetest/custom_dll.cross64.dll \
	winetest/dialog_dll.cross32.dll winetest/dialog_dll.cross64.dll \
	winetest/script_dll.cross32.dll winetest/script_dll.cross64.dll
EXTRA_DIST += winetest/custom_dll.c winetest/dialog_dll.c winetest/script_dll.c $(ras_test_sources) $(ras_test_headers) winetest/api \
	winetest/run
CLEANFILES += winetest/coverage32 winetest/coverage64
