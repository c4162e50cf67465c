/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * raserror.h - the numbers of the RAS errors, 600 and up, from ras_errors.def.
 * Not their texts: those are strings of rasapi32.dll and in tables.h.
 */
#ifndef _RASERROR_H_
#define _RASERROR_H_

#define RASBASE    600
#define SUCCESS    0
#define RASBASEEND (RASBASE + 275)

enum
{
#define ERR(code, name, text) name = code,
#include "ras_errors.def"
#undef ERR
};

#endif
