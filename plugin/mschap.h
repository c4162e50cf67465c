/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * mschap.h - the arithmetic of MS-CHAP (RFC 2433) and MS-CHAPv2 (RFC 2759), and the
 * packets that change an expired password.  Pure functions: no pppd, no OS, no
 * allocation; the primitives are nettle's.  What they compute from passwords is as
 * secret as those, their callers wipe it.
 */
#ifndef MSCHAP_H
#define MSCHAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "peer_packets.h"

#define MSCHAP_PASSWORD_MAX 256u /* UTF-16 units, RFC 2759 section 8.9 */
#define MSCHAP_HASH_SIZE    16u
#define MSCHAP_NT_RESPONSE_SIZE 24u
#define MSCHAP_PROOF_SIZE   42u /* "S=" and 40 digits, no NUL */

/* Value field of a response, both versions (RFC 2433 section 6, RFC 2759 section 4): version 1
 * has the LM response where version 2 has the peer challenge and 8 bytes of zero. */
#define MSCHAP_RESPONSE_SIZE 49u
#define MSCHAP_NT_RESPONSE   24u /* where the NT response lies in it */

/* A password as Windows knows it. */
struct mschap_password
{
    uint16_t units[MSCHAP_PASSWORD_MAX]; /* UTF-16 */
    size_t len;
};

/* False, and nothing written, when it is not UTF-8 or too long. */
bool mschap_password_set(struct mschap_password *password, const char *utf8);

/* NtPasswordHash() of RFC 2759 section 8.3 and HashNtPasswordHash() of 8.4. */
void mschap_nt_hash(uint8_t hash[MSCHAP_HASH_SIZE], const struct mschap_password *password);
void mschap_hash_hash(uint8_t hash_hash[MSCHAP_HASH_SIZE], const uint8_t hash[MSCHAP_HASH_SIZE]);

/* GetStartKey() of RFC 3079 section 2.4: the first key of MPPE after version 1. */
#define MSCHAP_KEY_SIZE 16u
void mschap_start_key(uint8_t key[MSCHAP_KEY_SIZE], const uint8_t hash_hash[MSCHAP_HASH_SIZE],
                      const uint8_t challenge[8]);

/* ChallengeHash(), 8.2.  user: a domain before it, up to the last backslash, does not count. */
void mschap_challenge_hash(uint8_t challenge[8], const uint8_t peer_challenge[16],
                           const uint8_t authenticator_challenge[16], const char *user);

/* ChallengeResponse(), 8.5. */
void mschap_challenge_response(uint8_t response[MSCHAP_NT_RESPONSE_SIZE], const uint8_t challenge[8],
                               const uint8_t hash[MSCHAP_HASH_SIZE]);

/* DesEncrypt(), 8.6, with the key expansion that it implies. */
void mschap_des(uint8_t cipher[8], const uint8_t clear[8], const uint8_t key[7]);
void mschap_des_key(uint8_t key[8], const uint8_t raw[7]);

/* The value field of a response.  algorithm: CHAP_ALGORITHM_MSCHAP (challenge of 8 bytes) or
 * CHAP_ALGORITHM_MSCHAP_V2 (16 bytes).  peer_challenge: random, version 2 only. */
void mschap_response(uint8_t value[MSCHAP_RESPONSE_SIZE], uint32_t algorithm, const uint8_t *challenge,
                     const uint8_t peer_challenge[16], const char *user, const struct mschap_password *password);

/* GenerateAuthenticatorResponse(), 8.7: what the success message must begin with. */
void mschap_proof(char proof[MSCHAP_PROOF_SIZE], const uint8_t value[MSCHAP_RESPONSE_SIZE],
                  const uint8_t authenticator_challenge[16], const char *user, const struct mschap_password *password);

#define MSCHAP_PADDING_SIZE (2u * MSCHAP_PASSWORD_MAX)
#define MSCHAP_BLOCK_SIZE   (MSCHAP_PADDING_SIZE + 4u)

/* NewPasswordEncryptedWithOldNtPasswordHash(), 8.9.  padding: random. */
void mschap_encrypt_password(uint8_t block[MSCHAP_BLOCK_SIZE], const struct mschap_password *password,
                             const uint8_t old_hash[MSCHAP_HASH_SIZE], const uint8_t padding[MSCHAP_PADDING_SIZE]);

/* OldNtPasswordHashEncryptedWithNewNtPasswordHash(), 8.12. */
void mschap_encrypt_hash(uint8_t block[16], const uint8_t old_hash[MSCHAP_HASH_SIZE],
                         const uint8_t new_hash[MSCHAP_HASH_SIZE]);

#define MSCHAP_CHANGE_MAX 1118u

/* The packet that changes the password: code 7 of RFC 2759 section 7 (586 bytes), or code 6
 * of RFC 2433 section 9 (1118 bytes, without the LM fields).  id: that of the packet itself.
 * value: the response to the failure's challenge, made with the new password.  Returns its
 * length. */
size_t mschap_change_packet(uint8_t packet[MSCHAP_CHANGE_MAX], uint8_t id, uint32_t algorithm,
                            const uint8_t value[MSCHAP_RESPONSE_SIZE], const struct mschap_password *old_password,
                            const struct mschap_password *new_password, const uint8_t padding[MSCHAP_PADDING_SIZE]);

#endif
