/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * changepw.c - see changepw.h.  The library is libgcrypt.
 */
#include "changepw.h"

#include <string.h>

#include <gcrypt.h>

#define BLOCK 516u

static void nt_hash(uint8_t hash[16], const char *ascii)
{
    uint8_t wide[512];
    size_t i, len = strlen(ascii);

    if (len > 256) len = 256;
    for (i = 0; i < len; i++)
    {
        wide[2 * i] = (uint8_t)ascii[i];
        wide[2 * i + 1] = 0;
    }
    gcry_md_hash_buffer(GCRY_MD_MD4, hash, wide, 2 * len);
}

static bool decrypt(int algorithm, int mode, const uint8_t *key, size_t key_len, uint8_t *out, const uint8_t *in,
                    size_t len)
{
    gcry_cipher_hd_t cipher;
    bool done;

    if (gcry_cipher_open(&cipher, algorithm, mode, 0)) return false;
    done = (!gcry_cipher_setkey(cipher, key, key_len) || algorithm == GCRY_CIPHER_DES) && /* a weak key is used, too */
           !gcry_cipher_decrypt(cipher, out, len, in, len);
    gcry_cipher_close(cipher);
    return done;
}

/* Seven bytes as a key of eight; libgcrypt does not look at the parity. */
static void spread(uint8_t key[8], const uint8_t raw[7])
{
    uint64_t bits = 0;
    int i;

    for (i = 0; i < 7; i++) bits = bits << 8 | raw[i];
    for (i = 0; i < 8; i++) key[i] = (uint8_t)((bits >> (49 - 7 * i) & 0x7f) << 1);
}

static bool des_decrypt(uint8_t out[8], const uint8_t in[8], const uint8_t raw[7])
{
    uint8_t key[8];

    spread(key, raw);
    return decrypt(GCRY_CIPHER_DES, GCRY_CIPHER_MODE_ECB, key, 8, out, in, 8);
}

bool changepw_read(const uint8_t *packet, size_t len, const char *old_password, char *new_password, size_t size,
                   uint8_t response[49], const char **why)
{
    bool v2 = len && packet[0] == CHANGEPW_V2;
    size_t wanted = v2 ? 586 : 1118, bytes, i;
    uint8_t old_hash[16], new_hash[16], block[BLOCK], clear[16];

    *why = "length";
    if (len != wanted || (size_t)(packet[2] << 8 | packet[3]) != wanted) return false;
    if (!gcry_check_version(NULL)) return false;
    nt_hash(old_hash, old_password);

    *why = "the new password can't be decrypted";
    if (!decrypt(GCRY_CIPHER_ARCFOUR, GCRY_CIPHER_MODE_STREAM, old_hash, 16, block, packet + 4, BLOCK)) return false;
    bytes = (size_t)block[512] | (size_t)block[513] << 8;
    if (block[514] || block[515] || bytes > 512 || bytes % 2 || bytes / 2 >= size) return false;
    for (i = 0; i < bytes / 2; i++)
    {
        if (block[512 - bytes + 2 * i + 1]) return false;
        new_password[i] = (char)block[512 - bytes + 2 * i];
    }
    new_password[bytes / 2] = 0;

    *why = "the old hash is not encrypted with the new one";
    nt_hash(new_hash, new_password);
    if (!des_decrypt(clear, packet + 520, new_hash) || !des_decrypt(clear + 8, packet + 528, new_hash + 7) ||
        memcmp(clear, old_hash, 16))
        return false;

    memset(response, 0, 49);
    if (v2)
    {
        *why = "reserved bytes or flags are set";
        for (i = 552; i < 560; i++)
            if (packet[i]) return false;
        if (packet[584] || packet[585]) return false;
        memcpy(response, packet + 536, 24);
        memcpy(response + 24, packet + 560, 24);
        return true;
    }
    *why = "LM fields or flags";
    for (i = 536; i < 1092; i++)
        if (packet[i]) return false;
    if (packet[1116] || packet[1117] != 1) return false;
    memcpy(response + 24, packet + 1092, 24);
    response[48] = 1;
    return true;
}
