/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * tables.c - look-ups in ras_states.def, ras_errors.def and ras_causes.def.
 */
#include "tables.h"

#include <stddef.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof(*(a)))

const char *ras_state_name(uint32_t state)
{
    switch (state)
    {
#define RASCS(name, value) case value: return #name;
#include "ras_states.def"
#undef RASCS
    default: return "unknown";
    }
}

const char *ras_error_name(uint32_t code)
{
    switch (code)
    {
#define ERR(number, name, text) case number: return #name;
#include "ras_errors.def"
#undef ERR
    default: return NULL;
    }
}

const char *ras_error_text(uint32_t code)
{
    switch (code)
    {
#define ERR(number, name, text) case number: return text;
#include "ras_errors.def"
#undef ERR
    default: return NULL;
    }
}

static const struct
{
    const char *name;
    uint32_t dialling;
    uint32_t connected;
    const char *text;
} causes[] = {
#define CAUSE(name, dialling, connected, text) {#name, dialling, connected, text},
#include "ras_causes.def"
#undef CAUSE
};

const char *ras_cause_name(uint32_t cause)
{
    return cause < ARRAY_SIZE(causes) ? causes[cause].name : "unknown";
}

const char *ras_cause_text(uint32_t cause)
{
    return cause < ARRAY_SIZE(causes) ? causes[cause].text : "unknown";
}

uint32_t ras_cause_error(uint32_t cause, int connected)
{
    if (cause >= ARRAY_SIZE(causes)) cause = CAUSE_NONE;
    return connected ? causes[cause].connected : causes[cause].dialling;
}
