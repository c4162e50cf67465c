/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * radius_request - what plugin/mschap.c computes, as the attributes of RFC 2548 in the
 * form that radclient reads, so that a RADIUS server may judge it.
 *
 *   radius_request v1|v2 USER PASSWORD          a response
 *   radius_request change USER OLD NEW          a change of the password, version 2
 *
 * For v2 and change the first line is "# S=...", what a server that agrees must answer.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "../plugin/mschap.h"

#define IDENT          6
#define FRAGMENT       243u /* of the encrypted password, RFC 2548 section 2.1.7 */
#define CPW_V2         7
#define FLAG_USE_NT    1

static const uint8_t challenge[16] = "0123456789abcdef", peer_challenge[16] = "fedcba9876543210";

static void attribute(const char *name, const uint8_t *bytes, size_t len)
{
    size_t i;

    printf("%s = 0x", name);
    for (i = 0; i < len; i++) printf("%02x", bytes[i]);
    putchar('\n');
}

static void print_proof(const uint8_t *value, const char *user, const struct mschap_password *password)
{
    char proof[MSCHAP_PROOF_SIZE + 1] = "";

    mschap_proof(proof, value, challenge, user, password);
    printf("# %s\n", proof);
}

static void print_response(bool v2, const uint8_t *value)
{
    uint8_t response[2 + MSCHAP_RESPONSE_SIZE - 1] = {IDENT, v2 ? 0 : FLAG_USE_NT};

    memcpy(response + 2, value, MSCHAP_RESPONSE_SIZE - 1);
    attribute("MS-CHAP-Challenge", challenge, v2 ? 16 : 8);
    attribute(v2 ? "MS-CHAP2-Response" : "MS-CHAP-Response", response, sizeof(response));
}

static void print_change(const uint8_t *packet)
{
    uint8_t cpw[2 + 16 + 24 + 24 + 2] = {CPW_V2, IDENT}, fragment[4 + FRAGMENT] = {IDENT, IDENT};
    size_t pos, len;

    memcpy(cpw + 2, packet + 4 + MSCHAP_BLOCK_SIZE, sizeof(cpw) - 2);
    attribute("MS-CHAP-Challenge", challenge, 16);
    attribute("MS-CHAP2-CPW", cpw, sizeof(cpw));
    for (pos = 0; pos < MSCHAP_BLOCK_SIZE; pos += len)
    {
        len = MSCHAP_BLOCK_SIZE - pos < FRAGMENT ? MSCHAP_BLOCK_SIZE - pos : FRAGMENT;
        fragment[3]++;
        memcpy(fragment + 4, packet + 4 + pos, len);
        attribute("MS-CHAP-NT-Enc-PW", fragment, 4 + len);
    }
}

int main(int argc, char **argv)
{
    bool v2 = argc > 1 && strcmp(argv[1], "v1"), change = argc == 5;
    struct mschap_password old_password, password;
    uint8_t value[MSCHAP_RESPONSE_SIZE], packet[MSCHAP_CHANGE_MAX], padding[MSCHAP_PADDING_SIZE] = {0};

    if ((argc != 4 && argc != 5) || !mschap_password_set(&old_password, argv[3]) ||
        !mschap_password_set(&password, argv[argc - 1]))
        return 2;
    mschap_response(value, v2 ? CHAP_ALGORITHM_MSCHAP_V2 : CHAP_ALGORITHM_MSCHAP, challenge, peer_challenge, argv[2],
                    &password);
    if (v2) print_proof(value, argv[2], &password);
    printf("User-Name = \"%s\"\n", argv[2]);
    if (change)
    {
        mschap_change_packet(packet, IDENT, CHAP_ALGORITHM_MSCHAP_V2, value, &old_password, &password, padding);
        print_change(packet);
    }
    else
        print_response(v2, value);
    return 0;
}
