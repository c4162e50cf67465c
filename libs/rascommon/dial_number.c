/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_number.c - see dial_number.h.  What TAPI knows of countries (their trunk prefixes, who dials
 * ten digits at home) is in no public table, so an area code is dialled as the entry has it.
 */
#include "dial_number.h"

#include <stdio.h>
#include <string.h>

static const char separators[] = " -()./";

/* A text as far as it is dialled.  False: it does not fit. */
static bool append(char *text, size_t size, size_t *len, const char *part)
{
    for (; *part; part++)
    {
        if (strchr(separators, *part)) continue;
        if (*len + 1 >= size) return false;
        text[(*len)++] = *part;
    }
    text[*len] = 0;
    return true;
}

static bool equal_dialled(const char *first, const char *second)
{
    for (;; first++, second++)
    {
        while (*first && strchr(separators, *first)) first++;
        while (*second && strchr(separators, *second)) second++;
        if (*first != *second) return false;
        if (!*first) return true;
    }
}

static bool is_abroad(const struct dial_number *number, const struct dial_location *here)
{
    return number->country_code && here->country_code && number->country_code != here->country_code;
}

bool dial_number_compose(const struct dial_number *number, const struct dial_location *here, char *text, size_t size)
{
    bool abroad = is_abroad(number, here), good;
    char country[16] = "";
    size_t len = strlen(number->number);

    text[0] = 0;
    if (!number->use_rules || !len)
    {
        if (len >= size) return false;
        memcpy(text, number->number, len + 1);
        return true;
    }
    len = 0;
    if (abroad) snprintf(country, sizeof(country), "+%u", (unsigned int)number->country_code);
    good = append(text, size, &len, country);
    if (abroad || !here->country_code || !equal_dialled(number->area_code, here->area_code))
        good = good && append(text, size, &len, number->area_code);
    good = good && append(text, size, &len, number->number);
    if (!good) text[0] = 0;
    return good;
}
