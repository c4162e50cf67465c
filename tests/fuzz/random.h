/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * random.h - numbers that are the same each time: a run is had again from its seed, and each of its
 * sessions alone.
 */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdbool.h>
#include <stdint.h>

void random_begin(uint64_t seed, uint64_t session);
uint32_t random_below(uint32_t below);
bool one_in(uint32_t n);
/* A number as programs have them, or just beyond. */
uint32_t some_number(void);

#endif
