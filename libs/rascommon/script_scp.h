/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * script_scp.h - what the two halves of the .SCP machine share: scp_expr.c has the tokens
 * and the expressions, script_scp.c the statements.  The same functions check and run: a
 * check knows types alone, and remembers where jumps lead.
 */
#ifndef RAS_SCRIPT_SCP_H
#define RAS_SCRIPT_SCP_H

#include "script.h"

#define TOKENS_MAX    6000
#define VARIABLES_MAX 48
#define LABELS_MAX    64
#define PATTERNS_MAX  16
#define PATTERN_MAX   128
#define NAME_MAX_     32
#define DEPTH_MAX     24

enum token_kind
{
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_STRING, /* without its quotes */
    TOKEN_SIGN
};

struct token
{
    uint8_t kind;
    bool is_target; /* a jump leads to the label of this name */
    uint16_t line;
    uint16_t pos;
    uint16_t len;
    uint16_t link; /* of if, while and endwhile: where to go */
};

enum type
{
    TYPE_INTEGER,
    TYPE_STRING,
    TYPE_BOOLEAN
};

struct value
{
    enum type type;
    int32_t number;
    size_t len;
    char text[SCRIPT_TEXT_MAX];
};

struct variable
{
    uint16_t token; /* its name */
    struct value value;
};

struct pattern
{
    bool match_case;
    uint16_t target; /* 0: go on behind the statement */
    size_t len;
    char text[PATTERN_MAX];
};

struct scp
{
    char source[SCRIPT_SOURCE_MAX];
    struct token tokens[TOKENS_MAX];
    unsigned int token_count;
    struct variable variables[VARIABLES_MAX];
    unsigned int variable_count;
    uint16_t labels[LABELS_MAX]; /* tokens of their names */
    unsigned int label_count;
    char user[SCRIPT_TEXT_MAX];
    char password[SCRIPT_TEXT_MAX];
    unsigned int first;          /* statement of main */

    bool live;                   /* runs; else it is checked */
    bool failed;
    unsigned int pos;            /* next token */
    unsigned int depth;
    bool success;                /* $SUCCESS: of the last waitfor */
    bool wants_address;          /* an expression can't go on without getip */
    bool has_address;
    unsigned int address_left;   /* addresses that are still to pass by */
    char address[16];
    uint32_t bits, parity, stop;
    unsigned int waits;

    struct pattern patterns[PATTERNS_MAX];
    unsigned int pattern_count;
    bool waiting;
    struct script_tail tail;
    struct value work;           /* of the statement */
    struct script_step *step;
};

/* ---- scp_expr.c: functions that return bool have failed when it is false ------------- */

/* Cut the source into tokens.  0, or the line that can't be read. */
unsigned int scp_read_tokens(struct scp *scp, size_t source_len);
const struct token *scp_peek(const struct scp *scp);
void scp_advance(struct scp *scp);
/* The script is wrong; always false. */
bool scp_fail(struct scp *scp);
bool scp_token_is(const struct scp *scp, unsigned int index, enum token_kind kind, const char *text);
/* Take the next token if it is this one. */
bool scp_take_word(struct scp *scp, const char *word);
bool scp_take_sign(struct scp *scp, const char *sign);
bool scp_take_number(struct scp *scp, struct value *value);
/* Two tokens that are words. */
bool scp_same_name(const struct scp *scp, unsigned int a, unsigned int b);
struct variable *scp_find_variable(struct scp *scp, unsigned int token);
/* Behind getip; it fails without scp->failed when it has to wait. */
bool scp_get_address(struct scp *scp, struct value *value);
bool scp_expression_of(struct scp *scp, struct value *value, enum type type);
bool scp_is_digit(char c);

#endif
