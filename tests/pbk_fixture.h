/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pbk_fixture.h - what the tests of phone book entries share.
 */
#ifndef PBK_FIXTURE_H
#define PBK_FIXTURE_H

#include <check.h>

#include "pbk_entry.h"

extern const struct pbk_group general, net;

struct pbk_group media(unsigned int link);
struct pbk_group device(unsigned int link, unsigned int index);
struct pbk_group number(unsigned int link, unsigned int device, unsigned int index);

struct pbk_entry *parse(const char *text);

/* The entry's lines are these; reading them again finds the same groups. */
void assert_text(const struct pbk_entry *entry, const char *expected);
/* The value of this key; NULL: there is none. */
void assert_get(const struct pbk_entry *entry, struct pbk_group group, const char *key, const char *expected);

bool set(struct pbk_entry *entry, struct pbk_group group, const char *key, const char *value);
bool add(struct pbk_entry *entry, struct pbk_group group, const char *value);

#endif
