/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * fuzz.h - what a fuzz target is, for libFuzzer and for fuzz_main.c.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Returns 0; a finding ends the process. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
