/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * errors.h - the numbers that programs get: the RAS errors by their names, and
 * the few of winerror.h that the manager answers with.
 */
#ifndef ERRORS_H
#define ERRORS_H

#include "raserror.h"

enum
{
    ERROR_ACCESS_DENIED = 5,
    ERROR_INVALID_HANDLE = 6,
    ERROR_NOT_ENOUGH_MEMORY = 8,
    ERROR_NOT_SUPPORTED = 50,
    ERROR_INVALID_PARAMETER = 87,
    ERROR_NO_MORE_ITEMS = 259
};

#endif
