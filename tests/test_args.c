/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_args.c - pppd's command line: what each setting adds, and that nothing of
 * the user's, no secret and no privileged option is ever in it.
 */
#include "rasmand_stubs.h"

#include "args.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

static bool has(const struct args *args, const char *arg)
{
    unsigned int i;

    for (i = 0; i < args->count; i++)
        if (!strcmp(args->argv[i], arg)) return true;
    return false;
}

/* Is value the argument after option? */
static bool has_value(const struct args *args, const char *option, const char *value)
{
    unsigned int i;

    for (i = 0; i + 1 < args->count; i++)
        if (!strcmp(args->argv[i], option)) return !strcmp(args->argv[i + 1], value);
    return false;
}

static void fill(struct wire_dial *dial)
{
    memset(dial, 0, sizeof(*dial));
    strcpy(dial->entry, "entry-text");
    strcpy(dial->phonebook, "/book-text");
    strcpy(dial->number, "number-text");
    strcpy(dial->device_name, "device-text");
    strcpy(dial->user, "user-text");
    strcpy(dial->password, "password-text");
    strcpy(dial->domain, "domain-text");
    strcpy(dial->callback_number, "callback-text");
}

static const char *const privileged[] = {
    "plugin", "noauth", "name", "linkname", "ifname", "domain", "nolock", "privgroup", "allow-ip", "allow-number",
    "enable-session", "replacedefaultroute", "defaultroute-metric", "ip-up-script", "ip-down-script",
    "pppol2tp_ifname", "ntlm_auth-helper", "set", "unset",
    /* Not privileged, but programs to run, files to write, secrets to show. */
    "connect", "disconnect", "init", "pty", "welcome", "file", "logfile", "record", "user", "password", "show-password",
    "debug", "dump",
};

/* All combinations of everything that args_build() looks at. */
START_TEST(test_closed)
{
    static const uint32_t idles[] = {0, 1, 0xffffffff};
    uint32_t auth, encryption, options, protocols;
    struct wire_dial dial;
    struct args args;
    unsigned int i;

    fill(&dial);
    for (auth = 0; auth < 32; auth++)
        for (encryption = 0; encryption < 5; encryption++)
            for (options = 0; options < 32; options++)
                for (protocols = 0; protocols < 4; protocols++)
                {
                    dial.auth_allowed = auth;
                    dial.encryption = encryption;
                    dial.ppp_options = options;
                    dial.protocols = protocols;
                    dial.idle_seconds = idles[options % 3];
                    args_init(&args);
                    args_build(&args, &dial, 0xffffffff, 3);
                    ck_assert(!args.failed);
                    ck_assert_uint_le(args.count, ARGS_MAX - 8); /* room for the port's */
                    ck_assert_ptr_null(args.argv[args.count]);
                    for (i = 0; i < args.count; i++) ck_assert_ptr_null(strstr(args.argv[i], "-text"));
                    for (i = 0; i < sizeof(privileged) / sizeof(*privileged); i++)
                        ck_assert_msg(!has(&args, privileged[i]), "%s", privileged[i]);
                    args_clear(&args);
                }
}
END_TEST

static void build(struct args *args, const struct wire_dial *dial)
{
    args_clear(args);
    args_build(args, dial, 7, 3);
}

START_TEST(test_settings)
{
    struct wire_dial dial;
    struct args args;

    memset(&dial, 0, sizeof(dial));
    args_init(&args);
    build(&args, &dial);
    ck_assert_str_eq(args.argv[0], "pppd");
    ck_assert_str_eq(args.argv[1], "call");
    ck_assert_str_eq(args.argv[2], "wineras");
    ck_assert(has_value(&args, "wineras-fd", "3"));
    ck_assert(has_value(&args, "ipparam", "wineras-7"));
    ck_assert(has_value(&args, "logfd", "2"));
    ck_assert(has(&args, "nodetach"));
    ck_assert(has(&args, "noipdefault"));
    ck_assert(has(&args, "nodefaultroute"));
    ck_assert(has(&args, "nomppe"));
    ck_assert(has(&args, "noccp"));
    ck_assert(has(&args, "novj"));
    ck_assert(has(&args, "noipv6"));
    ck_assert(!has(&args, "noip"));
    ck_assert(!has(&args, "usepeerdns"));
    ck_assert(!has(&args, "refuse-pap"));
    ck_assert(!has(&args, "idle"));

    dial.ppp_options = WIRE_PPP_DEFAULT_ROUTE | WIRE_PPP_PEER_DNS | WIRE_PPP_HEADER_COMPRESS | WIRE_PPP_SW_COMPRESS;
    dial.idle_seconds = 300;
    build(&args, &dial);
    ck_assert(has(&args, "defaultroute"));
    ck_assert(!has(&args, "nodefaultroute"));
    ck_assert(has(&args, "usepeerdns"));
    ck_assert(!has(&args, "novj"));
    ck_assert(!has(&args, "noccp"));
    ck_assert(has_value(&args, "idle", "300"));

    dial.ppp_options = WIRE_PPP_NO_LCP_EXT;
    dial.encryption = WIRE_ENCRYPT_REQUIRE;
    dial.auth_allowed = WIRE_AUTH_MSCHAPV2;
    build(&args, &dial);
    ck_assert(has(&args, "require-mppe"));
    ck_assert(!has(&args, "noccp")); /* MPPE is CCP's */
    ck_assert(has(&args, "nopcomp"));
    ck_assert(has(&args, "refuse-pap"));
    ck_assert(has(&args, "refuse-chap"));
    ck_assert(has(&args, "refuse-mschap"));
    ck_assert(has(&args, "refuse-eap"));
    ck_assert(!has(&args, "refuse-mschap-v2"));

    dial.encryption = WIRE_ENCRYPT_MAX;
    dial.protocols = WIRE_PROTO_IPV6;
    build(&args, &dial);
    ck_assert(has(&args, "require-mppe-128"));
    ck_assert(has(&args, "noip"));
    ck_assert(has(&args, "+ipv6"));

    dial.encryption = WIRE_ENCRYPT_OPTIONAL;
    build(&args, &dial);
    ck_assert(!has(&args, "nomppe"));
    ck_assert(!has(&args, "require-mppe"));
    args_clear(&args);
}
END_TEST

START_TEST(test_overflow)
{
    struct args args;
    char text[400];
    int i;

    args_init(&args);
    for (i = 0; i < ARGS_MAX; i++) args_add(&args, "x");
    ck_assert(!args.failed);
    args_add(&args, "x");
    ck_assert(args.failed);
    ck_assert_ptr_null(args.argv[args.count]);
    args_clear(&args);

    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = 0;
    args_addf(&args, "%s", text);
    ck_assert(args.failed);
    ck_assert_uint_eq(args.count, 0);
    args_clear(&args);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("args");
    TCase *tcase = tcase_create("args");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, test_closed);
    tcase_add_test(tcase, test_settings);
    tcase_add_test(tcase, test_overflow);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
