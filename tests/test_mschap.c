/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_mschap.c - plugin/mschap.c against the examples of RFC 2433 appendix B and RFC
 * 2759 section 9, and the packets that change a password, taken apart again.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include <nettle/arcfour.h>
#include <nettle/des.h>

#include "../plugin/mschap.h"
#include "check_main.h"

/* RFC 2759 section 9.2. */
static const uint8_t authenticator_challenge[16] = {0x5b, 0x5d, 0x7c, 0x7d, 0x7b, 0x3f, 0x2f, 0x3e,
                                                    0x3c, 0x2c, 0x60, 0x21, 0x32, 0x26, 0x26, 0x28};
static const uint8_t peer_challenge[16] = {0x21, 0x40, 0x23, 0x24, 0x25, 0x5e, 0x26, 0x2a,
                                           0x28, 0x29, 0x5f, 0x2b, 0x3a, 0x33, 0x7c, 0x7e};
/* RFC 2433 appendix B.2. */
static const uint8_t challenge_v1[8] = {0x10, 0x2d, 0xb5, 0xdf, 0x08, 0x5d, 0x30, 0x41};

static const char *hex(const uint8_t *bytes, size_t len)
{
    static char text[2 * 64 + 1];
    size_t i;

    ck_assert_uint_le(len, 64);
    for (i = 0; i < len; i++) snprintf(text + 2 * i, 3, "%02X", bytes[i]);
    return text;
}

static struct mschap_password password(const char *utf8)
{
    struct mschap_password made;

    ck_assert_msg(mschap_password_set(&made, utf8), "\"%s\" is refused", utf8);
    return made;
}

static void expect_hash(const char *utf8, const char *expected)
{
    struct mschap_password made = password(utf8);
    uint8_t hash[MSCHAP_HASH_SIZE];

    mschap_nt_hash(hash, &made);
    ck_assert_str_eq(hex(hash, sizeof(hash)), expected);
}

START_TEST(test_hash)
{
    uint8_t hash[MSCHAP_HASH_SIZE], hash_hash[MSCHAP_HASH_SIZE], key[MSCHAP_KEY_SIZE];
    struct mschap_password client_pass = password("clientPass");

    expect_hash("MyPw", "FC156AF7EDCD6C0EDDE3337D427F4EAC");
    expect_hash("clientPass", "44EBBA8D5312B8D611474411F56989AE");
    expect_hash("", "31D6CFE0D16AE931B73C59D7E0C089C0");
    mschap_nt_hash(hash, &client_pass);
    mschap_hash_hash(hash_hash, hash);
    ck_assert_str_eq(hex(hash_hash, sizeof(hash_hash)), "41C00C584BD2D91C4017A2A12FA59F3F");
    /* RFC 3079 section 2.5. */
    mschap_start_key(key, hash_hash, (const uint8_t *)"\x10\x2d\xb5\xdf\x08\x5d\x30\x41");
    ck_assert_str_eq(hex(key, sizeof(key)), "A8947850CFC0ACC1D1789FB62DDCDDB0");
}
END_TEST

START_TEST(test_des_key)
{
    static const struct
    {
        uint8_t raw[7];
        const char *key;
    } rows[] = {
        {{0xfc, 0x15, 0x6a, 0xf7, 0xed, 0xcd, 0x6c}, "FD0B5B5E7F6E34D9"},
        {{0x0e, 0xdd, 0xe3, 0x33, 0x7d, 0x42, 0x7f}, "0E6E796737EA08FE"},
        {{0x4e, 0xac, 0x00, 0x00, 0x00, 0x00, 0x00}, "4F57010101010101"},
    };
    uint8_t key[8];

    mschap_des_key(key, rows[_i].raw);
    ck_assert_str_eq(hex(key, sizeof(key)), rows[_i].key);
}
END_TEST

START_TEST(test_response_v1)
{
    struct mschap_password my_pw = password("MyPw");
    uint8_t value[MSCHAP_RESPONSE_SIZE];

    memset(value, 0x55, sizeof(value));
    mschap_response(value, CHAP_ALGORITHM_MSCHAP, challenge_v1, NULL, "User", &my_pw);
    ck_assert_str_eq(hex(value, 24), "000000000000000000000000000000000000000000000000");
    ck_assert_str_eq(hex(value + 24, 25), "4E9D3C8F9CFD385D5BF4D3246791956CA4C351AB409A3D61" "01");
}
END_TEST

START_TEST(test_response_v2)
{
    static const char *const users[] = {"User", "DOMAIN\\User", "A\\B\\User"};
    struct mschap_password client_pass = password("clientPass");
    uint8_t value[MSCHAP_RESPONSE_SIZE], challenge[8];
    char proof[MSCHAP_PROOF_SIZE + 1] = "";

    mschap_challenge_hash(challenge, peer_challenge, authenticator_challenge, users[_i]);
    ck_assert_str_eq(hex(challenge, sizeof(challenge)), "D02E4386BCE91226");
    memset(value, 0x55, sizeof(value));
    mschap_response(value, CHAP_ALGORITHM_MSCHAP_V2, authenticator_challenge, peer_challenge, users[_i], &client_pass);
    ck_assert_str_eq(hex(value, 24), "21402324255E262A28295F2B3A337C7E" "0000000000000000");
    ck_assert_str_eq(hex(value + 24, 25), "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF" "00");
    mschap_proof(proof, value, authenticator_challenge, users[_i], &client_pass);
    ck_assert_str_eq(proof, "S=407A5589115FD0D6209F510FE9C04566932CDA56");
}
END_TEST

static void expect_units(const char *utf8, const char *expected)
{
    struct mschap_password made = password(utf8);
    uint8_t bytes[64];
    size_t i;

    for (i = 0; i < made.len; i++)
    {
        bytes[2 * i] = (uint8_t)(made.units[i] >> 8);
        bytes[2 * i + 1] = (uint8_t)made.units[i];
    }
    ck_assert_str_eq(hex(bytes, 2 * made.len), expected);
}

START_TEST(test_unicode)
{
    static const char *const bad[] = {"\x80", "a\xc3", "\xc0\xaf", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                      "\xf8\x88\x80\x80\x80", "\xff"};
    struct mschap_password made = password("keep");
    char text[2 * MSCHAP_PASSWORD_MAX + 2];
    size_t i;

    expect_units("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\x91", "0061" "00E9" "20AC" "D83DDD11");
    expect_units("\xd0\xbf\xd0\xb0", "043F0430");
    for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        ck_assert_msg(!mschap_password_set(&made, bad[i]), "row %zu is taken", i);
    ck_assert_uint_eq(made.len, 4);

    memset(text, 'x', sizeof(text));
    text[MSCHAP_PASSWORD_MAX] = 0;
    ck_assert(mschap_password_set(&made, text));
    ck_assert_uint_eq(made.len, MSCHAP_PASSWORD_MAX);
    text[MSCHAP_PASSWORD_MAX] = 'x';
    text[MSCHAP_PASSWORD_MAX + 1] = 0;
    ck_assert(!mschap_password_set(&made, text));
    /* A pair must not be cut. */
    memcpy(text + MSCHAP_PASSWORD_MAX - 1, "\xf0\x9f\x94\x91", 5);
    ck_assert(!mschap_password_set(&made, text));
}
END_TEST

static void des_decrypt_block(uint8_t *clear, const uint8_t *cipher, const uint8_t *raw)
{
    struct des_ctx context;
    uint8_t key[8];

    mschap_des_key(key, raw);
    des_set_key(&context, key);
    des_decrypt(&context, 8, clear, cipher);
}

/* As the server does it: what it knows is the hash of the old password. */
START_TEST(test_change)
{
    static const uint32_t algorithms[] = {CHAP_ALGORITHM_MSCHAP_V2, CHAP_ALGORITHM_MSCHAP};
    struct mschap_password old_password = password("clientPass"), new_password = password("n\xc3\xb6w");
    uint8_t packet[MSCHAP_CHANGE_MAX], padding[MSCHAP_PADDING_SIZE], block[MSCHAP_BLOCK_SIZE];
    uint8_t old_hash[16], new_hash[16], clear[16], value[MSCHAP_RESPONSE_SIZE];
    uint32_t algorithm = algorithms[_i];
    bool v2 = algorithm == CHAP_ALGORITHM_MSCHAP_V2;
    struct arcfour_ctx context;
    size_t len, i;

    for (i = 0; i < sizeof(padding); i++) padding[i] = (uint8_t)(i * 7);
    mschap_response(value, algorithm, v2 ? authenticator_challenge : challenge_v1, peer_challenge, "User",
                    &new_password);
    len = mschap_change_packet(packet, 0x42, algorithm, value, &old_password, &new_password, padding);
    ck_assert_uint_eq(len, v2 ? 586 : 1118);
    ck_assert_str_eq(hex(packet, 4), v2 ? "0742024A" : "0642045E");

    mschap_nt_hash(old_hash, &old_password);
    mschap_nt_hash(new_hash, &new_password);
    arcfour_set_key(&context, 16, old_hash);
    arcfour_crypt(&context, MSCHAP_BLOCK_SIZE, block, packet + 4);
    ck_assert_str_eq(hex(block + 512, 4), "06000000");
    ck_assert_str_eq(hex(block + 506, 6), "6E00F6007700");
    ck_assert(!memcmp(block, padding, 506));

    des_decrypt_block(clear, packet + 520, new_hash);
    des_decrypt_block(clear + 8, packet + 528, new_hash + 7);
    ck_assert(!memcmp(clear, old_hash, 16));

    if (v2)
    {
        ck_assert(!memcmp(packet + 536, value, 16));
        ck_assert_str_eq(hex(packet + 552, 8), "0000000000000000");
        ck_assert(!memcmp(packet + 560, value + 24, 24));
        ck_assert_str_eq(hex(packet + 584, 2), "0000");
        return;
    }
    for (i = 536; i < 536 + 516 + 16 + 24; i++) ck_assert_msg(!packet[i], "byte %zu of the LM fields is set", i);
    ck_assert(!memcmp(packet + 1092, value + 24, 24));
    ck_assert_str_eq(hex(packet + 1116, 2), "0001");
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_hash);
    tcase_add_loop_test(tcase, test_des_key, 0, 3);
    tcase_add_test(tcase, test_response_v1);
    tcase_add_loop_test(tcase, test_response_v2, 0, 3);
    tcase_add_test(tcase, test_unicode);
    tcase_add_loop_test(tcase, test_change, 0, 2);
}

int main(void)
{
    return check_main("mschap", add_tests);
}
