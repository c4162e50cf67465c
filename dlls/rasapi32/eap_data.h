/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * eap_data.h - the EAP user data of an entry, for those who rename or delete it.  Names are
 * the targets of credstore.h.
 */
#ifndef RASAPI32_EAP_DATA_H
#define RASAPI32_EAP_DATA_H

#include "rasapi32.h"

/* The caller's data; what was stored under the new name is lost.  0, also when there is none, or
 * an error of Windows. */
DWORD eap_data_rename(const WCHAR *old_target, const WCHAR *new_target);
DWORD eap_data_remove(const WCHAR *target);

#endif
