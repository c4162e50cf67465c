/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_args.c - pppd's command line: what each setting adds, and that nothing of
 * the user's, no secret and no privileged option is ever in it.
 */
#include "check_main.h"
#include "rasmand_stubs.h"

#include "args.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>


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
    strcpy(dial->alternates, "other-text");
    strcpy(dial->dns1, "dns1-text");
    strcpy(dial->dns2, "dns2-text");
    strcpy(dial->wins1, "wins1-text");
    strcpy(dial->wins2, "wins2-text");
}

static const char *const privileged[] = {
    "plugin", "noauth", "name", "linkname", "ifname", "domain", "nolock", "privgroup", "allow-ip", "allow-number",
    "enable-session", "defaultroute", "defaultroute6",
    "replacedefaultroute", "defaultroute-metric", "ip-up-script", "ip-down-script",
    "pppol2tp_ifname", "ntlm_auth-helper", "set", "unset",
    /* Not privileged, but programs to run, files to write, secrets to show. */
    "connect", "disconnect", "init", "pty", "welcome", "file", "logfile", "record", "user", "password", "show-password",
    "debug", "dump",
};

/* All combinations of everything that args_build() looks at. */
START_TEST(test_closed)
{
    static const uint32_t idles[] = {0, 1, 0xffffffff};
    static const char *const addresses[] = {"", "10.1.2.3"};
    uint32_t auth, encryption, options, protocols;
    struct wire_dial dial;
    struct args args;
    unsigned int i;

    fill(&dial);
    for (auth = 0; auth < 32; auth++)
        for (encryption = 0; encryption < 5; encryption++)
            for (options = 0; options < 64; options++)
                for (protocols = 0; protocols < 4; protocols++)
                {
                    dial.auth_allowed = auth;
                    dial.encryption = encryption;
                    dial.ppp_options = options;
                    dial.protocols = protocols;
                    dial.idle_seconds = idles[options % 3];
                    strcpy(dial.ip_address, addresses[options % 2]);
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
    ck_assert(has(&args, "nodefaultroute")); /* the plugin's */
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
    ck_assert(has(&args, "noendpoint"));
    ck_assert(!has(&args, "nopcomp")); /* of RFC 1661 */
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
    ck_assert(has(&args, "wineras-mppe"));
    ck_assert(!has(&args, "nomppe"));
    ck_assert(!has(&args, "require-mppe"));
    args_clear(&args);
}
END_TEST

/* Every set of methods with every encryption: what is refused. */
START_TEST(test_methods)
{
    static const char *const refusals[] = {"refuse-pap", "refuse-chap", "refuse-mschap", "refuse-mschap-v2",
                                           "refuse-eap"};
    static const uint32_t all = 0x1f, keyless = WIRE_AUTH_PAP | WIRE_AUTH_CHAP;
    uint32_t auth, encryption, allowed, i;
    struct wire_dial dial;
    struct args args;

    memset(&dial, 0, sizeof(dial));
    args_init(&args);
    for (auth = 0; auth <= all; auth++)
        for (encryption = WIRE_ENCRYPT_NONE; encryption <= WIRE_ENCRYPT_OPTIONAL; encryption++)
        {
            dial.auth_allowed = auth;
            dial.encryption = encryption;
            build(&args, &dial);
            allowed = auth ? auth : all;
            if ((encryption == WIRE_ENCRYPT_REQUIRE || encryption == WIRE_ENCRYPT_MAX) && (allowed & ~keyless))
                allowed &= ~keyless;
            for (i = 0; i < sizeof(refusals) / sizeof(*refusals); i++)
                ck_assert_msg(has(&args, refusals[i]) == !(allowed & (1u << i)), "%s, auth %#x, encryption %u",
                              refusals[i], auth, encryption);
            ck_assert(has(&args, "nomppe") == (encryption == WIRE_ENCRYPT_NONE));
            ck_assert(has(&args, "require-mppe") == (encryption == WIRE_ENCRYPT_REQUIRE));
            ck_assert(has(&args, "require-mppe-128") == (encryption == WIRE_ENCRYPT_MAX));
            ck_assert(has(&args, "wineras-mppe") == (encryption == WIRE_ENCRYPT_OPTIONAL));
        }
    args_clear(&args);
}
END_TEST

/* RASEO_Require* of an entry, as AuthRestrictions says them, and what is left of the methods. */
START_TEST(test_require)
{
    static const struct
    {
        const char *entry;
        uint32_t auth;
        uint32_t encryption;
        const char *refused; /* in the table's order */
    } rows[] = {
        {"no bit", 0, WIRE_ENCRYPT_OPTIONAL, ""},
        {"RequirePAP", WIRE_AUTH_PAP, WIRE_ENCRYPT_NONE, "refuse-chap refuse-mschap refuse-mschap-v2 refuse-eap "},
        {"RequireCHAP", WIRE_AUTH_CHAP, WIRE_ENCRYPT_NONE, "refuse-pap refuse-mschap refuse-mschap-v2 refuse-eap "},
        {"RequireMsCHAP", WIRE_AUTH_MSCHAP, WIRE_ENCRYPT_NONE, "refuse-pap refuse-chap refuse-mschap-v2 refuse-eap "},
        {"RequireMsCHAP2", WIRE_AUTH_MSCHAPV2, WIRE_ENCRYPT_NONE, "refuse-pap refuse-chap refuse-mschap refuse-eap "},
        {"RequireEAP", WIRE_AUTH_EAP, WIRE_ENCRYPT_NONE, "refuse-pap refuse-chap refuse-mschap refuse-mschap-v2 "},
        {"RequireEncryptedPw", WIRE_AUTH_CHAP | WIRE_AUTH_MSCHAP | WIRE_AUTH_MSCHAPV2, WIRE_ENCRYPT_OPTIONAL,
         "refuse-pap refuse-eap "},
        {"RequireMsEncryptedPw", WIRE_AUTH_MSCHAP | WIRE_AUTH_MSCHAPV2, WIRE_ENCRYPT_OPTIONAL,
         "refuse-pap refuse-chap refuse-eap "},
        {"RequireMsEncryptedPw, RequireDataEncryption", WIRE_AUTH_MSCHAP | WIRE_AUTH_MSCHAPV2, WIRE_ENCRYPT_REQUIRE,
         "refuse-pap refuse-chap refuse-eap "},
        {"PAP, CHAP, MS-CHAP v2, encryption", WIRE_AUTH_PAP | WIRE_AUTH_CHAP | WIRE_AUTH_MSCHAPV2, WIRE_ENCRYPT_MAX,
         "refuse-pap refuse-chap refuse-mschap refuse-eap "},
        {"PAP alone, encryption", WIRE_AUTH_PAP, WIRE_ENCRYPT_REQUIRE,
         "refuse-chap refuse-mschap refuse-mschap-v2 refuse-eap "},
    };
    struct wire_dial dial;
    struct args args;
    char refused[128];
    unsigned int arg;
    size_t i;

    memset(&dial, 0, sizeof(dial));
    args_init(&args);
    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
    {
        dial.auth_allowed = rows[i].auth;
        dial.encryption = rows[i].encryption;
        build(&args, &dial);
        refused[0] = 0;
        for (arg = 0; arg < args.count; arg++)
        {
            if (strncmp(args.argv[arg], "refuse-", 7)) continue;
            strcat(refused, args.argv[arg]);
            strcat(refused, " ");
        }
        ck_assert_msg(!strcmp(refused, rows[i].refused), "%s: %s", rows[i].entry, refused);
    }
    args_clear(&args);
}
END_TEST

START_TEST(test_addresses)
{
    struct wire_dial dial;
    struct args args;

    memset(&dial, 0, sizeof(dial));
    args_init(&args);
    build(&args, &dial);
    ck_assert(has(&args, "ipcp-accept-local"));
    ck_assert(has(&args, "nomp"));

    strcpy(dial.ip_address, "10.1.2.3");
    build(&args, &dial);
    ck_assert(has(&args, "10.1.2.3:"));
    ck_assert(has(&args, "ipcp-accept-remote"));
    ck_assert(!has(&args, "ipcp-accept-local"));
    ck_assert(!has(&args, "noipdefault"));

    dial.protocols = WIRE_PROTO_IPV6;
    build(&args, &dial);
    ck_assert(!has(&args, "10.1.2.3:"));
    ck_assert(has(&args, "nodefaultroute6"));
    ck_assert(!has(&args, "defaultroute6"));
    dial.ppp_options = WIRE_PPP_IPV6_DEFAULT_ROUTE;
    build(&args, &dial);
    ck_assert(has(&args, "nodefaultroute6"));
    args_clear(&args);

    /* Nothing but an address gets on the command line. */
    dial.protocols = WIRE_PROTO_IPV4;
    strcpy(dial.ip_address, "10.1.2");
    args_build(&args, &dial, 7, 3);
    ck_assert(args.failed);
    args_clear(&args);
    strcpy(dial.ip_address, "file");
    args_build(&args, &dial, 7, 3);
    ck_assert(args.failed);
    args_clear(&args);
}
END_TEST

START_TEST(test_idle)
{
    struct wire_dial dial;
    struct args args;

    memset(&dial, 0, sizeof(dial));
    args_init(&args);
    build(&args, &dial);
    ck_assert(!has(&args, "idle"));
    dial.idle_seconds = 1;
    build(&args, &dial);
    ck_assert(has_value(&args, "idle", "1"));
    dial.idle_seconds = 0xffffffff;
    build(&args, &dial);
    ck_assert(has_value(&args, "idle", "0"));
    args_clear(&args);
}
END_TEST

/* All links of a bundle have its name, here and for the peer. */
START_TEST(test_multilink)
{
    struct wire_dial dial;
    struct args args;
    char name[64];

    memset(&dial, 0, sizeof(dial));
    args_init(&args);
    build(&args, &dial);
    ck_assert(has(&args, "nomp") && !has(&args, "mp") && !has(&args, "endpoint"));
    dial.ppp_options = WIRE_PPP_MULTILINK | WIRE_PPP_SW_COMPRESS;
    args_clear(&args);
    args_build(&args, &dial, 0x1020304, 3);
    snprintf(name, sizeof(name), "wineras-%u-16909060", (unsigned int)getuid());
    ck_assert(has(&args, "mp") && !has(&args, "nomp") && has(&args, "nodeflate") && has(&args, "nobsdcomp"));
    ck_assert(has_value(&args, "bundle", name));
    snprintf(name, sizeof(name), "local:%02x.%02x.%02x.%02x.01.02.03.04", (unsigned int)getuid() >> 24,
             (unsigned int)getuid() >> 16 & 0xff, (unsigned int)getuid() >> 8 & 0xff, (unsigned int)getuid() & 0xff);
    ck_assert(has_value(&args, "endpoint", name));
    dial.ppp_options |= WIRE_PPP_NO_LCP_EXT;
    args_clear(&args);
    args_build(&args, &dial, 0x1020304, 3);
    ck_assert(has(&args, "mp") && !has(&args, "endpoint") && has(&args, "noendpoint"));
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

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_closed);
    tcase_add_test(tcase, test_settings);
    tcase_add_test(tcase, test_methods);
    tcase_add_test(tcase, test_require);
    tcase_add_test(tcase, test_addresses);
    tcase_add_test(tcase, test_idle);
    tcase_add_test(tcase, test_multilink);
    tcase_add_test(tcase, test_overflow);
    tcase_set_timeout(tcase, 60);
}

int main(void)
{
    return check_main("args", add_tests);
}
