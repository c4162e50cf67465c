/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tables.h - names and numbers from the shared tables: states, errors, causes.
 */
#ifndef RAS_TABLES_H
#define RAS_TABLES_H

#include <stdint.h>

enum ras_state
{
#define RASCS(name, value) RAS_STATE_##name = value,
#include "ras_states.def"
#undef RASCS
};
#define RAS_STATE_PAUSED 0x1000u /* bit: waits for the user */
#define RAS_STATE_DONE   0x2000u /* bit: over */

enum ras_cause
{
#define CAUSE(name, dialling, connected, text) CAUSE_##name,
#include "ras_causes.def"
#undef CAUSE
    CAUSE_COUNT
};

/* Name of a published RASCONNSTATE ("OpenPort"), "unknown" if there is none. */
const char *ras_state_name(uint32_t state);

/* Name ("ERROR_LINE_BUSY") and English text of a RAS error; NULL when code is not
 * in ras_errors.def. */
const char *ras_error_name(uint32_t code);
const char *ras_error_text(uint32_t code);

/* Name and text of a cause; "unknown" for a number beyond the table. */
const char *ras_cause_name(uint32_t cause);
const char *ras_cause_text(uint32_t cause);

/* The RAS error that tells a program of this cause, before or after the
 * connection was up. */
uint32_t ras_cause_error(uint32_t cause, int connected);

#endif
