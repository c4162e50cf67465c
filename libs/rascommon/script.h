/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * script.h - the login scripts of phone book entries: .SCP files of Windows 95 and later,
 * and sections of SWITCH.INF of Windows NT.  Machines without input or output: they say
 * what they want next, and their user says what came of it.
 *
 *   error = scp_load(scp, text, len, &login, &line);
 *   for (scp_start(scp, &step); step.kind != SCRIPT_END; scp_next(scp, input, &step)) do what step wants
 *
 * The texts are bytes in the code page of the script.
 */
#ifndef RAS_SCRIPT_H
#define RAS_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCRIPT_TEXT_MAX    512u
#define SCRIPT_SOURCE_MAX  32768u /* bytes of a file */
#define SCRIPT_FOREVER     0xffffffffu
#define SCRIPT_NO_INPUT    (-1)   /* for *_next(): sent, set, or the time is over */

enum script_kind
{
    SCRIPT_SEND,     /* data */
    SCRIPT_RECEIVE,  /* one byte, until timeout; a wait keeps its number, and its end */
    SCRIPT_DELAY,    /* timeout */
    SCRIPT_SETTINGS, /* of the port, until the script has ended */
    SCRIPT_ADDRESS,  /* data: the IP address that the script wants */
    SCRIPT_END       /* error: 0 or a RAS error */
};

struct script_step
{
    enum script_kind kind;
    unsigned int line;
    unsigned int wait;
    uint32_t timeout; /* ms */
    uint32_t error;
    uint32_t bits, parity, stop; /* as in RASCOMMSETTINGS */
    size_t len;
    char data[SCRIPT_TEXT_MAX]; /* may be a password: wipe it */
};

struct script_login
{
    const char *user, *password;
};

/* ---- script_scp.c -------------------------------------------------------------- */

struct scp;

/* Bytes that a struct scp takes; the machine allocates nothing. */
size_t scp_size(void);
/* 0; or ERROR_SCRIPT_SYNTAX with the line, before anything has been sent. */
uint32_t scp_load(struct scp *scp, const char *text, size_t len, const struct script_login *login, unsigned int *line);
void scp_start(struct scp *scp, struct script_step *step);
void scp_next(struct scp *scp, int input, struct script_step *step);

/* ---- script_inf.c -------------------------------------------------------------- */

struct inf;

size_t inf_size(void);
/* As scp_load; also ERROR_DEVICENAME_NOT_FOUND: there is no such section. */
uint32_t inf_load(struct inf *inf, const char *text, size_t len, const char *section, const struct script_login *login,
                  unsigned int *line);
void inf_start(struct inf *inf, struct script_step *step);
void inf_next(struct inf *inf, int input, struct script_step *step);

/* ---- both ------------------------------------------------------------------------ */

/* A machine of either kind, for those who only run it: memory of size() bytes. */
struct script_language
{
    size_t (*size)(void);
    void (*start)(void *machine, struct script_step *step);
    void (*next)(void *machine, int input, struct script_step *step);
};

extern const struct script_language script_scp, script_inf;

/* Letters of ASCII without case; others as they are. */
static inline char script_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static inline bool script_equal(const char *text, size_t len, const char *word)
{
    size_t i;

    for (i = 0; i < len && word[i] && script_lower(text[i]) == script_lower(word[i]); i++) {}
    return i == len && !word[i];
}

/* The last bytes received during a wait. */
struct script_tail
{
    size_t len;
    char text[SCRIPT_TEXT_MAX];
};

static inline void script_tail_add(struct script_tail *tail, char c)
{
    size_t i;

    if (tail->len == sizeof(tail->text))
    {
        tail->len = sizeof(tail->text) / 2;
        for (i = 0; i < tail->len; i++) tail->text[i] = tail->text[tail->len + i];
    }
    tail->text[tail->len++] = c;
}

#endif
