/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dialogs.h - numbers of the dialogs and strings in rasapi32.rc.
 */
#ifndef RASAPI32_DIALOGS_H
#define RASAPI32_DIALOGS_H

#define IDD_LOGIN    1
#define IDC_ENTRY    100
#define IDC_USER     101
#define IDC_PASSWORD 102

/* The string of a RAS error has its code, that of a country this and TAPI's ID. */
#define COUNTRY_STRINGS 10000

#endif
