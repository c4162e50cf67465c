/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * mschap.c - MS-CHAP after RFC 2433 and RFC 2759; names of sections are theirs.
 */
#include "mschap.h"

#include <string.h>

#include <nettle/arcfour.h>
#include <nettle/des.h>
#include <nettle/md4.h>
#include <nettle/sha1.h>

#include "ras_wire.h"

#define CODE_CHANGE_V1 6 /* "Change Password Packet (version 2)" of RFC 2433 */
#define CODE_CHANGE_V2 7

/* A version 1 response or change says that its NT response counts and its LM part does
 * not. */
#define USE_NT_RESPONSE 1

/* Where the other parts of a response's value lie. */
#define VALUE_PEER_CHALLENGE 0
#define VALUE_FLAGS          48

/* ---- passwords ------------------------------------------------------------------- */

/* The character at p and its length, 0 when it is none. */
static size_t utf8_character(uint32_t *character, const char *p)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)*p;
    size_t len, i;

    if (first < 0x80)
    {
        *character = first;
        return 1;
    }
    len = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4) return 0;
    *character = first & (0xffu >> (len + 1));
    for (i = 1; i < len; i++)
    {
        if (((unsigned char)p[i] & 0xc0) != 0x80) return 0;
        *character = *character << 6 | ((unsigned char)p[i] & 0x3f);
    }
    if (*character < least[len] || *character > 0x10ffff || (*character >= 0xd800 && *character < 0xe000)) return 0;
    return len;
}

bool mschap_password_set(struct mschap_password *password, const char *utf8)
{
    struct mschap_password made = {{0}, 0};
    uint32_t character;
    bool whole = false;
    size_t len;

    while (*utf8 && (len = utf8_character(&character, utf8)))
    {
        if (made.len + (character > 0xffff ? 2 : 1) > MSCHAP_PASSWORD_MAX) break;
        if (character > 0xffff)
        {
            made.units[made.len++] = (uint16_t)(0xd800 + ((character - 0x10000) >> 10));
            character = 0xdc00 + ((character - 0x10000) & 0x3ff);
        }
        made.units[made.len++] = (uint16_t)character;
        utf8 += len;
    }
    if ((whole = !*utf8)) *password = made;
    wire_wipe_memory(&made, sizeof(made));
    return whole;
}

static void put_units(uint8_t *bytes, const struct mschap_password *password)
{
    size_t i;

    for (i = 0; i < password->len; i++)
    {
        bytes[2 * i] = (uint8_t)password->units[i];
        bytes[2 * i + 1] = (uint8_t)(password->units[i] >> 8);
    }
}

/* ---- hashes and responses ---------------------------------------------------------- */

static void md4(uint8_t hash[MSCHAP_HASH_SIZE], const uint8_t *data, size_t len)
{
    struct md4_ctx context;

    md4_init(&context);
    md4_update(&context, len, data);
    md4_digest(&context, MSCHAP_HASH_SIZE, hash);
    wire_wipe_memory(&context, sizeof(context));
}

void mschap_nt_hash(uint8_t hash[MSCHAP_HASH_SIZE], const struct mschap_password *password)
{
    uint8_t bytes[MSCHAP_PADDING_SIZE];

    put_units(bytes, password);
    md4(hash, bytes, 2 * password->len);
    wire_wipe_memory(bytes, sizeof(bytes));
}

void mschap_hash_hash(uint8_t hash_hash[MSCHAP_HASH_SIZE], const uint8_t hash[MSCHAP_HASH_SIZE])
{
    md4(hash_hash, hash, MSCHAP_HASH_SIZE);
}

void mschap_start_key(uint8_t key[MSCHAP_KEY_SIZE], const uint8_t hash_hash[MSCHAP_HASH_SIZE],
                      const uint8_t challenge[8])
{
    struct sha1_ctx context;

    sha1_init(&context);
    sha1_update(&context, MSCHAP_HASH_SIZE, hash_hash);
    sha1_update(&context, MSCHAP_HASH_SIZE, hash_hash);
    sha1_update(&context, 8, challenge);
    sha1_digest(&context, MSCHAP_KEY_SIZE, key);
    wire_wipe_memory(&context, sizeof(context));
}

void mschap_challenge_hash(uint8_t challenge[8], const uint8_t peer_challenge[16],
                           const uint8_t authenticator_challenge[16], const char *user)
{
    const char *name = strrchr(user, '\\');
    struct sha1_ctx context;

    name = name ? name + 1 : user;
    sha1_init(&context);
    sha1_update(&context, 16, peer_challenge);
    sha1_update(&context, 16, authenticator_challenge);
    sha1_update(&context, strlen(name), (const uint8_t *)name);
    sha1_digest(&context, 8, challenge);
}

/* 56 bits become 64: seven of each byte, and one that makes their number odd. */
void mschap_des_key(uint8_t key[8], const uint8_t raw[7])
{
    unsigned int i, bits = 0;

    for (i = 0; i < 8; i++)
    {
        if (i < 7) bits = bits << 8 | raw[i];
        key[i] = i < 7 ? (uint8_t)(bits >> (i + 1) << 1) : (uint8_t)(bits << 1);
    }
    des_fix_parity(8, key, key);
}

void mschap_des(uint8_t cipher[8], const uint8_t clear[8], const uint8_t raw[7])
{
    struct des_ctx context;
    uint8_t key[8];

    mschap_des_key(key, raw);
    des_set_key(&context, key); /* also a weak key: the password decides */
    des_encrypt(&context, 8, cipher, clear);
    wire_wipe_memory(&context, sizeof(context));
    wire_wipe_memory(key, sizeof(key));
}

void mschap_challenge_response(uint8_t response[MSCHAP_NT_RESPONSE_SIZE], const uint8_t challenge[8],
                               const uint8_t hash[MSCHAP_HASH_SIZE])
{
    uint8_t padded[21] = {0};
    unsigned int i;

    memcpy(padded, hash, MSCHAP_HASH_SIZE);
    for (i = 0; i < 3; i++) mschap_des(response + 8 * i, challenge, padded + 7 * i);
    wire_wipe_memory(padded, sizeof(padded));
}

void mschap_response(uint8_t value[MSCHAP_RESPONSE_SIZE], uint32_t algorithm, const uint8_t *challenge,
                     const uint8_t peer_challenge[16], const char *user, const struct mschap_password *password)
{
    uint8_t hash[MSCHAP_HASH_SIZE], hashed[8];

    memset(value, 0, MSCHAP_RESPONSE_SIZE);
    mschap_nt_hash(hash, password);
    if (algorithm == CHAP_ALGORITHM_MSCHAP_V2)
    {
        memcpy(value + VALUE_PEER_CHALLENGE, peer_challenge, 16);
        mschap_challenge_hash(hashed, peer_challenge, challenge, user);
        mschap_challenge_response(value + MSCHAP_NT_RESPONSE, hashed, hash);
    }
    else
    {
        mschap_challenge_response(value + MSCHAP_NT_RESPONSE, challenge, hash);
        value[VALUE_FLAGS] = USE_NT_RESPONSE;
    }
    wire_wipe_memory(hash, sizeof(hash));
}

void mschap_proof(char proof[MSCHAP_PROOF_SIZE], const uint8_t value[MSCHAP_RESPONSE_SIZE],
                  const uint8_t authenticator_challenge[16], const char *user, const struct mschap_password *password)
{
    static const char magic1[] = "Magic server to client signing constant";
    static const char magic2[] = "Pad to make it do more than one iteration";
    static const char digits[] = "0123456789ABCDEF";
    uint8_t hash[MSCHAP_HASH_SIZE], hash_hash[MSCHAP_HASH_SIZE], digest[SHA1_DIGEST_SIZE], challenge[8];
    struct sha1_ctx context;
    size_t i;

    mschap_nt_hash(hash, password);
    mschap_hash_hash(hash_hash, hash);
    sha1_init(&context);
    sha1_update(&context, sizeof(hash_hash), hash_hash);
    sha1_update(&context, MSCHAP_NT_RESPONSE_SIZE, value + MSCHAP_NT_RESPONSE);
    sha1_update(&context, sizeof(magic1) - 1, (const uint8_t *)magic1);
    sha1_digest(&context, sizeof(digest), digest);

    mschap_challenge_hash(challenge, value + VALUE_PEER_CHALLENGE, authenticator_challenge, user);
    sha1_update(&context, sizeof(digest), digest);
    sha1_update(&context, sizeof(challenge), challenge);
    sha1_update(&context, sizeof(magic2) - 1, (const uint8_t *)magic2);
    sha1_digest(&context, sizeof(digest), digest);

    proof[0] = 'S';
    proof[1] = '=';
    for (i = 0; i < sizeof(digest); i++)
    {
        proof[2 + 2 * i] = digits[digest[i] >> 4];
        proof[3 + 2 * i] = digits[digest[i] & 15];
    }
    wire_wipe_memory(hash, sizeof(hash));
    wire_wipe_memory(hash_hash, sizeof(hash_hash));
    wire_wipe_memory(&context, sizeof(context));
}

/* ---- change of the password ----------------------------------------------------------- */

void mschap_encrypt_password(uint8_t block[MSCHAP_BLOCK_SIZE], const struct mschap_password *password,
                             const uint8_t old_hash[MSCHAP_HASH_SIZE], const uint8_t padding[MSCHAP_PADDING_SIZE])
{
    size_t len = 2 * password->len;
    struct arcfour_ctx context;

    /* The password at the end of the buffer, its length in bytes behind it. */
    memcpy(block, padding, MSCHAP_PADDING_SIZE - len);
    put_units(block + MSCHAP_PADDING_SIZE - len, password);
    block[MSCHAP_PADDING_SIZE] = (uint8_t)len;
    block[MSCHAP_PADDING_SIZE + 1] = (uint8_t)(len >> 8);
    block[MSCHAP_PADDING_SIZE + 2] = block[MSCHAP_PADDING_SIZE + 3] = 0;
    arcfour_set_key(&context, MSCHAP_HASH_SIZE, old_hash);
    arcfour_crypt(&context, MSCHAP_BLOCK_SIZE, block, block);
    wire_wipe_memory(&context, sizeof(context));
}

void mschap_encrypt_hash(uint8_t block[16], const uint8_t old_hash[MSCHAP_HASH_SIZE],
                         const uint8_t new_hash[MSCHAP_HASH_SIZE])
{
    mschap_des(block, old_hash, new_hash);
    mschap_des(block + 8, old_hash + 8, new_hash + 7);
}

size_t mschap_change_packet(uint8_t packet[MSCHAP_CHANGE_MAX], uint8_t id, uint32_t algorithm,
                            const uint8_t value[MSCHAP_RESPONSE_SIZE], const struct mschap_password *old_password,
                            const struct mschap_password *new_password, const uint8_t padding[MSCHAP_PADDING_SIZE])
{
    uint8_t old_hash[MSCHAP_HASH_SIZE], new_hash[MSCHAP_HASH_SIZE], *p = packet + 4;
    bool v2 = algorithm == CHAP_ALGORITHM_MSCHAP_V2;
    size_t len;

    memset(packet, 0, MSCHAP_CHANGE_MAX);
    mschap_nt_hash(old_hash, old_password);
    mschap_nt_hash(new_hash, new_password);
    mschap_encrypt_password(p, new_password, old_hash, padding);
    p += MSCHAP_BLOCK_SIZE;
    mschap_encrypt_hash(p, old_hash, new_hash);
    p += 16;
    if (v2)
    {
        memcpy(p, value + VALUE_PEER_CHALLENGE, 24); /* with 8 bytes that are reserved */
        p += 24;
    }
    else
        p += MSCHAP_BLOCK_SIZE + 16 + 24; /* the same for LAN Manager: zero is "not given" */
    memcpy(p, value + MSCHAP_NT_RESPONSE, MSCHAP_NT_RESPONSE_SIZE);
    p += MSCHAP_NT_RESPONSE_SIZE + 2;
    if (!v2) p[-1] = USE_NT_RESPONSE; /* flags: the bit of the response, no LM fields */

    len = (size_t)(p - packet);
    packet[0] = v2 ? CODE_CHANGE_V2 : CODE_CHANGE_V1;
    packet[1] = id;
    packet[2] = (uint8_t)(len >> 8);
    packet[3] = (uint8_t)len;
    wire_wipe_memory(old_hash, sizeof(old_hash));
    wire_wipe_memory(new_hash, sizeof(new_hash));
    return len;
}
