/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * retryserver.c - plugin for a pppd that is the server: lets its peer try again on
 * the same link after a wrong password, as Windows does and pppd does not.
 *
 *   retry-rounds N   refusals that keep the link; the next one ends it
 *   retry-expired N  MS-CHAP: a good password has expired and has to be changed.  1: told with
 *                    R=1, 2: with R=0, 3: with R=0 and the link is closed, 4: as 1, and the change is
 *                    refused with 709, 5: the same with 691 and another try, 6: it is never answered
 *                    but by closing the link
 *   retry-error N    MS-CHAP: this error with R=0, instead of any answer
 *
 * MS-CHAPv2 and MS-CHAP: failure with R=1 and the next challenge.  CHAP: failure, and
 * a new challenge after half a second.  PAP: a nak, and the next request is heard.
 * For pppd 2.4; a test tool.
 */
#include <stdio.h>
#include <string.h>

#include <pppd/pppd.h>
#include <pppd/chap-new.h>
#include <pppd/magic.h>
#include <pppd/upap.h>

#include "changepw.h"

void plugin_init(void);

#define UNIT      0
#define CHALLENGE 1
#define RESPONSE  2
#define SUCCESS   3
#define FAILURE   4
#define PAP_NAK   3
#define TEXT_MAX  256

static int rounds;
static int expired;
static int named_error;
static char changed_name[MAXNAMELEN], changed_password[MAXSECRETLEN]; /* "": not changed */
static void (*chap_input)(int, u_char *, int);
static void (*pap_input)(int, u_char *, int);

/* The challenge that wants an answer: length, value. */
static u_char challenge[1 + 255];
static int challenge_id = -1;
static int is_ours; /* pppd did not send it */

static void send_packet(int protocol, int code, int id, const char *text, int with_length)
{
    u_char frame[4 + 5 + TEXT_MAX];
    int len = (int)strlen(text), total = 4 + (with_length ? 1 : 0) + len;

    frame[0] = 0xff;
    frame[1] = 3;
    frame[2] = (u_char)(protocol >> 8);
    frame[3] = (u_char)protocol;
    frame[4] = (u_char)code;
    frame[5] = (u_char)id;
    frame[6] = (u_char)(total >> 8);
    frame[7] = (u_char)total;
    if (with_length) frame[8] = (u_char)len;
    memcpy(frame + 4 + total - len, text, (size_t)len);
    output(UNIT, frame, 4 + total);
}

/* A challenge that pppd sends. */
static void sent(unsigned char *frame, int len)
{
    if (len < 9 || frame[2] != 0xc2 || frame[3] != 0x23 || frame[4] != CHALLENGE || frame[8] > len - 9) return;
    challenge_id = frame[5];
    memcpy(challenge, frame + 8, 1u + frame[8]);
    is_ours = 0;
}

/* pppd's server forgets its challenge and its timers. */
static void reset_chap(void)
{
    chap_protent.lowerdown(UNIT);
    chap_protent.lowerup(UNIT);
}

static void challenge_again(void *context)
{
    (void)context;
    reset_chap();
    chap_auth_peer(UNIT, our_name, 5);
}

static void refuse_mschap(int id, int error, int retry)
{
    char text[TEXT_MAX], hex[2 * 16 + 1];
    int i, len = challenge[0];

    random_bytes(challenge + 1, len);
    for (i = 0; i < len; i++) snprintf(hex + 2 * i, 3, "%02X", challenge[1 + i]);
    snprintf(text, sizeof(text), "E=%d R=%d C=%s V=%d M=%s", error, retry, hex, len == 16 ? 3 : 2,
             error == 648 ? "Password expired" : "Try again");
    send_packet(PPP_CHAP, FAILURE, id, text, 0);
    challenge_id = (id + 1) & 0xff;
    is_ours = 1;
    reset_chap();
}

/* Name and value of a response; 0: it is not whole. */
static int parse_response(u_char *packet, int len, char *name)
{
    int total = packet[2] << 8 | packet[3], name_len;

    if (total > len || total < 5 || packet[4] > total - 5) return 0;
    name_len = total - 5 - packet[4];
    if (name_len >= MAXNAMELEN) return 0;
    memcpy(name, packet + 5 + packet[4], (size_t)name_len);
    name[name_len] = 0;
    return 1;
}

/* Returns the algorithm of a response, by its and the challenge's length. */
static int algorithm_of(const u_char *response)
{
    if (response[0] != 49) return 5;
    return challenge[0] == 16 ? 0x81 : 0x80;
}

static int password_of(char *name, char *secret)
{
    int len = 0;

    if (changed_password[0] && !strcmp(name, changed_name))
    {
        strcpy(secret, changed_password);
        return (int)strlen(secret);
    }
    if (!get_secret(UNIT, name, our_name, secret, &len, 1) || len >= MAXSECRETLEN) return -1;
    secret[len] = 0;
    return len;
}

static void accept_peer(int id, const char *name, int algorithm, const char *message)
{
    send_packet(PPP_CHAP, SUCCESS, id, message, 0);
    reset_chap();
    auth_peer_success(UNIT, PPP_CHAP, algorithm, (char *)name, (int)strlen(name));
}

static void refuse_for_good(int id, int error)
{
    refuse_mschap(id, error, 0);
    auth_peer_fail(UNIT, PPP_CHAP);
}

static void tell_expired(int id, const char *name)
{
    strcpy(changed_name, name);
    changed_password[0] = 0;
    info("retryserver: the password of %s has expired", name);
    if (expired == 3)
        refuse_for_good(id, 648);
    else
        refuse_mschap(id, 648, expired != 2);
}

/* A packet that changes the password. */
static void change_received(u_char *packet, int len)
{
    char secret[MAXSECRETLEN], password[MAXSECRETLEN], message[TEXT_MAX] = "";
    int algorithm = packet[0] == CHANGEPW_V2 ? 0x81 : 0x80, secret_len;
    struct chap_digest_type *digest = chap_find_digest(algorithm);
    const char *why = "identifier";
    u_char response[50] = {49};

    secret_len = password_of(changed_name, secret);
    if (packet[1] != challenge_id || secret_len < 0 ||
        !changepw_read(packet, (size_t)len, secret, password, sizeof(password), response + 1, &why))
    {
        info("retryserver: change refused: %s", why);
        refuse_for_good(packet[1], 709);
    }
    else if (!digest->verify_response(packet[1], changed_name, (u_char *)password, (int)strlen(password), challenge,
                                      response, message, sizeof(message)))
    {
        info("retryserver: change refused: response");
        refuse_for_good(packet[1], 709);
    }
    else if (expired == 4)
        refuse_for_good(packet[1], 709);
    else if (expired == 5)
        refuse_mschap(packet[1], 691, 1);
    else if (expired == 6)
        auth_peer_fail(UNIT, PPP_CHAP);
    else
    {
        info("retryserver: password of %s changed, %d characters", changed_name, (int)strlen(password));
        strcpy(changed_password, password);
        accept_peer(packet[1], changed_name, algorithm, message);
    }
    memset(secret, 0, sizeof(secret));
    memset(password, 0, sizeof(password));
}

static void chap_received(int unit, u_char *packet, int len)
{
    char name[MAXNAMELEN], secret[MAXSECRETLEN], message[TEXT_MAX] = "";
    int secret_len, algorithm, good;
    struct chap_digest_type *digest;

    if (expired && len >= 4 && (packet[0] == CHANGEPW_V1 || packet[0] == CHANGEPW_V2))
    {
        change_received(packet, len);
        return;
    }
    if (len < 5 || packet[0] != RESPONSE || !parse_response(packet, len, name))
    {
        chap_input(unit, packet, len);
        return;
    }
    if (packet[1] != challenge_id)
    {
        info("retryserver: response %d, wanted %d", packet[1], challenge_id);
        return;
    }
    algorithm = algorithm_of(packet + 4);
    digest = chap_find_digest(algorithm);
    secret_len = password_of(name, secret);
    good = digest && secret_len >= 0 &&
           digest->verify_response(packet[1], name, (u_char *)secret, secret_len, challenge, packet + 4, message,
                                   sizeof(message));
    memset(secret, 0, sizeof(secret));
    info("retryserver: %s %s, %d rounds left", name, good ? "accepted" : "refused", rounds);
    if (named_error)
        refuse_for_good(packet[1], named_error);
    else if (good && expired && !changed_password[0] && algorithm != 5)
        tell_expired(packet[1], name);
    else if (good && is_ours)
        accept_peer(packet[1], name, algorithm, message);
    else if (!good && rounds > 0)
    {
        rounds--;
        if (algorithm != 5)
            refuse_mschap(packet[1], 691, 1);
        else
        {
            send_packet(PPP_CHAP, FAILURE, packet[1], "No", 0);
            timeout(challenge_again, NULL, 0, 500000);
        }
    }
    else if (is_ours)
        refuse_for_good(packet[1], 691);
    else
        chap_input(unit, packet, len);
}

/* Is it a request with a wrong password? */
static int is_wrong_request(const u_char *packet, int len)
{
    char name[MAXNAMELEN], secret[MAXSECRETLEN];
    int user_len, password_len, secret_len = 0, good;

    if (len < 6 || packet[0] != 1) return 0;
    user_len = packet[4];
    if (6 + user_len > len) return 0;
    password_len = packet[5 + user_len];
    if (6 + user_len + password_len > len) return 0;
    memcpy(name, packet + 5, (size_t)user_len);
    name[user_len] = 0;
    good = get_secret(UNIT, name, our_name, secret, &secret_len, 1) && secret_len == password_len &&
           !memcmp(secret, packet + 6 + user_len, (size_t)secret_len);
    memset(secret, 0, sizeof(secret));
    info("retryserver: %s %s, %d rounds left", name, good ? "accepted" : "refused", rounds);
    return !good;
}

static void pap_received(int unit, u_char *packet, int len)
{
    if (rounds > 0 && is_wrong_request(packet, len))
    {
        rounds--;
        send_packet(PPP_PAP, PAP_NAK, packet[1], "Try again", 1);
        return;
    }
    pap_input(unit, packet, len);
}

void plugin_init(void)
{
    static option_t options[] = {
        {"retry-rounds", o_int, &rounds, "refusals that keep the link", 0, NULL, 0, 0, NULL, 0, 0},
        {"retry-expired", o_int, &expired, "the password has expired", 0, NULL, 0, 0, NULL, 0, 0},
        {"retry-error", o_int, &named_error, "error of MS-CHAP", 0, NULL, 0, 0, NULL, 0, 0},
        {NULL, o_wild, NULL, NULL, 0, NULL, 0, 0, NULL, 0, 0},
    };

    add_options(options);
    chap_input = chap_protent.input;
    chap_protent.input = chap_received;
    pap_input = pap_protent.input;
    pap_protent.input = pap_received;
    snoop_send_hook = sent;
}
