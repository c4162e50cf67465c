# SPDX-License-Identifier: LGPL-2.1-or-later
EXTRA_DIST += include/ras_wire.def include/ras_wire.h include/ras_countries.def include/ras_errors.def \
	include/ras_states.def include/ras_causes.def include/ras_secret.h include/resolver_mark.h
EXTRA_DIST += include/ras.h include/ras_twins.h include/raserror.h include/rasdlg.h
