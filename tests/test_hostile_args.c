/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_hostile_args.c - texts of programs, phone books and users that would like to be
 * options of pppd: its command line is the same as without them, and of those options that a
 * user must not have, none is ever in it.
 */
#include "check_main.h"
#include "rasmand_stubs.h"

#include "args.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


static const char *const options[] = {
#define PRIVILEGED(name) name,
#define FIXED(name)      name,
#define RISKY(name)      name,
#include "pppd_privileged.def"
#undef PRIVILEGED
#undef FIXED
#undef RISKY
};
#define OPTIONS (sizeof(options) / sizeof(*options))

static uint32_t random_state = 1;

static uint32_t next_random(uint32_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % below;
}

/* An option in the ways in which one might get through. */
static void hostile_text(char *text, size_t size)
{
    static const char *const forms[] =
    {
        "%s", "-%s", "--%s", " %s", "%s ", "\n%s", "x\n%s /tmp/evil.so\n", "'%s'", "\"%s\"", "; %s", "%s=/tmp/evil.so",
        "$(%s)", "`%s`", "\\\n%s", "%%s%%n%s", "\r%s", "\t%s",
    };
    char whole[256];
    size_t len;

    snprintf(whole, sizeof(whole), forms[next_random(sizeof(forms) / sizeof(*forms))], options[next_random(OPTIONS)]);
    len = strlen(whole);
    if (len >= size) len = size - 1;
    memset(text, 0, size);
    memcpy(text, whole, len);
}

#define HOSTILE(field) hostile_text(dial->field, sizeof(dial->field))

/* Each text of the message; what is no text comes from a settings. */
static void fill(struct wire_dial *dial)
{
    HOSTILE(entry);
    HOSTILE(phonebook);
    HOSTILE(number);
    HOSTILE(device_type);
    HOSTILE(device_name);
    HOSTILE(user);
    HOSTILE(password);
    HOSTILE(domain);
    HOSTILE(callback_number);
    HOSTILE(alternates);
    HOSTILE(dns1);
    HOSTILE(dns2);
    HOSTILE(wins1);
    HOSTILE(wins2);
}

static void settings(struct wire_dial *dial)
{
    memset(dial, 0, sizeof(*dial));
    dial->options = next_random(0xffffffff);
    dial->auth_allowed = next_random(0xffffffff);
    dial->encryption = next_random(6);
    dial->protocols = next_random(8);
    dial->ppp_options = next_random(0xffffffff);
    dial->idle_seconds = next_random(2) ? next_random(0xffffffff) : 0;
    dial->modem_bps = next_random(0xffffffff);
    dial->modem_options = next_random(0xffffffff);
    dial->sub_entry = next_random(0xffffffff);
    if (next_random(2)) strcpy(dial->ip_address, "10.1.2.3");
}

static bool is_harmless(const char *arg)
{
    size_t option;

    for (option = 0; option < OPTIONS; option++)
        if (!strcmp(arg, options[option])) return false;
    return arg[0] && arg[0] != '-' && !strpbrk(arg, " \t\r\n'\"\\`$;");
}

static void check_none(const struct args *args)
{
    unsigned int i;

    for (i = 0; i < args->count; i++)
        if (!is_harmless(args->argv[i])) ck_abort_msg("an argument is '%s'", args->argv[i]);
}

START_TEST(test_texts)
{
    static struct wire_dial plain, hostile;
    struct args a, b;
    unsigned int i, n;

    for (n = 0; n < 20000; n++)
    {
        settings(&plain);
        hostile = plain;
        fill(&hostile);
        args_init(&a);
        args_init(&b);
        args_build(&a, &plain, n, 3);
        args_build(&b, &hostile, n, 3);
        ck_assert(!a.failed && !b.failed);
        ck_assert_uint_eq(a.count, b.count);
        for (i = 0; i < a.count; i++)
            if (strcmp(a.argv[i], b.argv[i])) ck_abort_msg("'%s' has become '%s'", a.argv[i], b.argv[i]);
        check_none(&b);
        args_clear(&a);
        args_clear(&b);
    }
}
END_TEST

/* The one text that gets there: an address, or the dial fails. */
START_TEST(test_address)
{
    static struct wire_dial dial;
    struct in_addr address;
    char expected[32], text[64];
    struct args args;
    unsigned int n, i, found;

    for (n = 0; n < 20000; n++)
    {
        settings(&dial);
        dial.protocols = WIRE_PROTO_IPV4;
        if (next_random(2))
            hostile_text(dial.ip_address, sizeof(dial.ip_address));
        else
        {
            snprintf(text, sizeof(text), "%u.%u.%u.%u%s", next_random(300), next_random(300), next_random(300),
                     next_random(300), next_random(4) ? "" : ":x");
            text[sizeof(dial.ip_address) - 1] = 0;
            strcpy(dial.ip_address, text);
        }
        args_init(&args);
        args_build(&args, &dial, n, 3);
        ck_assert_int_eq(args.failed, inet_pton(AF_INET, dial.ip_address, &address) != 1);
        if (!args.failed)
        {
            check_none(&args);
            snprintf(expected, sizeof(expected), "%s:", dial.ip_address);
            for (i = found = 0; i < args.count; i++) found += !strcmp(args.argv[i], expected);
            ck_assert_uint_eq(found, 1);
        }
        args_clear(&args);
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_texts);
    tcase_add_test(tcase, test_address);
    tcase_set_timeout(tcase, 120);
}

int main(void)
{
    return check_main("hostile args", add_tests);
}
