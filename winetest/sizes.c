/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * sizes.c - every dwSize that Windows headers have had is accepted, every other
 * one refused, and nothing is written beyond the edition that the caller named.
 * The numbers here are those of the Windows headers, not of our declarations.
 */
#include "ras_test.h"

#include <string.h>

START_TEST(sizes)
{
}
