/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * responder.c - answers MS-CHAP challenges in pppd's place.  pppd makes each byte of a
 * password a UTF-16 unit, which is right for Latin-1 alone, and knows no change of an
 * expired password.  pppd keeps the rest of CHAP: identifiers, time, what comes after
 * it.
 */
#include "config.h"
#include "plugin.h"

#include <string.h>
#include <sys/random.h>
#include <syslog.h>

#include "mschap.h"
#include "pppd_compat.h"

static char proof[MSCHAP_PROOF_SIZE]; /* of the last response: what success must begin with */
static bool has_proof;

static bool random_bytes(void *bytes, size_t len)
{
    return getrandom(bytes, len, GRND_NONBLOCK) == (ssize_t)len;
}

/* Without this a response that can't be made is one that no peer accepts. */
static void cannot_respond(uint8_t *value)
{
    memset(value, 0, MSCHAP_RESPONSE_SIZE);
    session_log(LOG_ERR, "no response can be made of this password");
}

static void set_keys(uint32_t algorithm, const uint8_t *challenge, const uint8_t *value,
                     const struct mschap_password *password)
{
    uint8_t hash[MSCHAP_HASH_SIZE], hash_hash[MSCHAP_HASH_SIZE], start_key[MSCHAP_KEY_SIZE];

    mschap_nt_hash(hash, password);
    mschap_hash_hash(hash_hash, hash);
    mschap_start_key(start_key, hash_hash, challenge);
    pppd_set_mppe_keys(algorithm, challenge, hash_hash, value + MSCHAP_NT_RESPONSE, start_key);
    wire_wipe_memory(start_key, sizeof(start_key));
    wire_wipe_memory(hash, sizeof(hash));
    wire_wipe_memory(hash_hash, sizeof(hash_hash));
}

void responder_respond(uint8_t *value, uint32_t algorithm, const uint8_t *challenge, const char *user)
{
    struct mschap_password password = {{0}, 0};
    uint8_t peer_challenge[16];

    has_proof = false;
    if (random_bytes(peer_challenge, sizeof(peer_challenge)) && mschap_password_set(&password, credentials_secret()))
    {
        mschap_response(value, algorithm, challenge, peer_challenge, user, &password);
        set_keys(algorithm, challenge, value, &password);
        if ((has_proof = algorithm == CHAP_ALGORITHM_MSCHAP_V2)) mschap_proof(proof, value, challenge, user, &password);
    }
    else
        cannot_respond(value);
    wire_wipe_memory(&password, sizeof(password));
}

/* RFC 2759 section 5: the peer proves that it knows the password as well. */
bool responder_check(const uint8_t *message, size_t len)
{
    return has_proof && len >= sizeof(proof) && !memcmp(message, proof, sizeof(proof));
}

size_t responder_change(uint8_t *packet, uint8_t id, uint32_t algorithm, const uint8_t *challenge,
                        const char *old_secret)
{
    static struct mschap_password old_password, new_password;
    static uint8_t padding[MSCHAP_PADDING_SIZE];
    uint8_t value[MSCHAP_RESPONSE_SIZE];
    size_t len = 0;

    if (random_bytes(padding, sizeof(padding)) && mschap_password_set(&old_password, old_secret) &&
        mschap_password_set(&new_password, credentials_secret()))
    {
        responder_respond(value, algorithm, challenge, credentials_user());
        len = mschap_change_packet(packet, id, algorithm, value, &old_password, &new_password, padding);
    }
    wire_wipe_memory(&old_password, sizeof(old_password));
    wire_wipe_memory(&new_password, sizeof(new_password));
    return len;
}
