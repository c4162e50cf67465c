/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_number.h - the digits that a phone book number comes to where the computer stands.
 */
#ifndef RAS_DIAL_NUMBER_H
#define RAS_DIAL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number of a phone book.  The country and the area count with use_rules only. */
struct dial_number
{
    const char *number;
    const char *area_code;
    uint32_t country_code; /* calling code; 0: not known */
    bool use_rules;
};

/* Where the computer stands; country_code 0: nobody has said. */
struct dial_location
{
    uint32_t country_code;
    char area_code[16];
};

/* What is dialled: the number itself; in front of it the area code, unless it is that of the
 * location; in front of these "+" and the country, if it is another one.  Without a location the
 * number is one of the own country.  Blanks and the like go, as they are for people; characters that
 * mean something to a modem stay.  False, and an empty text: it does not fit. */
bool dial_number_compose(const struct dial_number *number, const struct dial_location *here, char *text, size_t size);

#endif
