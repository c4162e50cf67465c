/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * scp_expr.c - tokens and expressions of .SCP scripts, see script_scp.h.
 */
#include "script_scp.h"

#include <string.h>

#include "ras_wire.h"
#include "raserror.h"

/* ---- tokens ------------------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

bool scp_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The length of the token at text, 0: there is none that begins so. */
static size_t token_length(const char *text, size_t left, uint8_t *kind)
{
    static const char *const signs[] = {"<=", ">=", "==", "!="};
    size_t len = 1, i;

    if (is_letter(*text))
    {
        *kind = TOKEN_WORD;
        while (len < left && (is_letter(text[len]) || scp_is_digit(text[len]))) len++;
        return len;
    }
    if (scp_is_digit(*text))
    {
        *kind = TOKEN_NUMBER;
        while (len < left && scp_is_digit(text[len])) len++;
        return len;
    }
    if (*text == '"')
    {
        *kind = TOKEN_STRING;
        while (len < left && text[len] != '"' && text[len] != '\n')
            len += text[len] == '\\' && len + 1 < left && text[len + 1] != '\n' ? 2 : 1;
        return len < left && text[len] == '"' ? len + 1 : 0;
    }
    *kind = TOKEN_SIGN;
    for (i = 0; i < sizeof(signs) / sizeof(*signs); i++)
        if (left >= 2 && !memcmp(text, signs[i], 2)) return 2;
    return strchr("+-*/()<>=,:", *text) && *text ? 1 : 0;
}

/* Returns 0 or the line that can't be read. */
unsigned int scp_read_tokens(struct scp *scp, size_t source_len)
{
    struct token *token;
    unsigned int line = 1;
    size_t pos = 0, len;
    uint8_t kind;

    while (pos < source_len)
    {
        char c = scp->source[pos];

        if (c == ';')
        {
            while (pos < source_len && scp->source[pos] != '\n') pos++;
            continue;
        }
        if (c == '\n' || c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == 0x1a)
        {
            line += c == '\n';
            pos++;
            continue;
        }
        len = token_length(scp->source + pos, source_len - pos, &kind);
        if (!len || scp->token_count == TOKENS_MAX - 1) return line;
        token = &scp->tokens[scp->token_count++];
        token->kind = kind;
        token->line = (uint16_t)line;
        token->pos = (uint16_t)(kind == TOKEN_STRING ? pos + 1 : pos);
        token->len = (uint16_t)(kind == TOKEN_STRING ? len - 2 : len);
        pos += len;
    }
    scp->tokens[scp->token_count].kind = TOKEN_END;
    scp->tokens[scp->token_count].line = (uint16_t)line;
    return 0;
}

const struct token *scp_peek(const struct scp *scp)
{
    return &scp->tokens[scp->pos];
}

void scp_advance(struct scp *scp)
{
    if (scp->pos < scp->token_count) scp->pos++;
}

bool scp_fail(struct scp *scp)
{
    scp->failed = true;
    return false;
}

bool scp_token_is(const struct scp *scp, unsigned int index, enum token_kind kind, const char *text)
{
    const struct token *token = &scp->tokens[index];

    return token->kind == kind && script_equal(scp->source + token->pos, token->len, text);
}

bool scp_take_word(struct scp *scp, const char *word)
{
    if (!scp_token_is(scp, scp->pos, TOKEN_WORD, word)) return false;
    scp_advance(scp);
    return true;
}

bool scp_take_sign(struct scp *scp, const char *sign)
{
    if (!scp_token_is(scp, scp->pos, TOKEN_SIGN, sign)) return false;
    scp_advance(scp);
    return true;
}

/* ---- values ------------------------------------------------------------------------- */

static void set_text(struct value *value, const char *text, size_t len)
{
    value->type = TYPE_STRING;
    value->len = len < sizeof(value->text) ? len : sizeof(value->text);
    memcpy(value->text, text, value->len);
}

static void set_boolean(struct value *value, bool truth)
{
    value->type = TYPE_BOOLEAN;
    value->number = truth;
}

bool scp_same_name(const struct scp *scp, unsigned int a, unsigned int b)
{
    const struct token *one = &scp->tokens[a], *other = &scp->tokens[b];
    unsigned int i;

    for (i = 0; i < one->len && i < other->len; i++)
        if (script_lower(scp->source[one->pos + i]) != script_lower(scp->source[other->pos + i])) return false;
    return one->len == other->len;
}

struct variable *scp_find_variable(struct scp *scp, unsigned int token)
{
    unsigned int i;

    for (i = 0; i < scp->variable_count; i++)
        if (scp_same_name(scp, scp->variables[i].token, token)) return &scp->variables[i];
    return NULL;
}

static bool expression(struct scp *scp, struct value *value);

/* getip [which]: the value is there when the statement is run again. */
bool scp_get_address(struct scp *scp, struct value *value)
{
    unsigned int line = scp->tokens[scp->pos - 1].line, which = 1;
    const struct token *token = scp_peek(scp);

    if (token->kind == TOKEN_NUMBER && token->line == line)
    {
        which = (unsigned int)(scp->source[token->pos] - '0');
        if (token->len != 1 || !which) return scp_fail(scp);
        scp_advance(scp);
    }
    set_text(value, scp->address, scp->has_address ? strlen(scp->address) : 0);
    if (scp->live && !scp->has_address)
    {
        scp->wants_address = true;
        scp->address_left = which;
        return false;
    }
    return true;
}

bool scp_take_number(struct scp *scp, struct value *value)
{
    const struct token *token = scp_peek(scp);
    int64_t number = 0;
    unsigned int i;

    for (i = 0; i < token->len; i++)
        if ((number = number * 10 + (scp->source[token->pos + i] - '0')) > INT32_MAX) return scp_fail(scp);
    value->type = TYPE_INTEGER;
    value->number = (int32_t)number;
    scp_advance(scp);
    return true;
}

static bool primary(struct scp *scp, struct value *value)
{
    const struct token *token = scp_peek(scp);
    const struct variable *variable;

    if (scp_take_sign(scp, "(")) return expression(scp, value) && (scp_take_sign(scp, ")") || scp_fail(scp));
    if (token->kind == TOKEN_NUMBER) return scp_take_number(scp, value);
    if (token->kind != TOKEN_STRING && token->kind != TOKEN_WORD) return scp_fail(scp);
    scp_advance(scp);
    if (token->kind == TOKEN_STRING)
    {
        if (token->len > sizeof(value->text)) return scp_fail(scp);
        set_text(value, scp->source + token->pos, token->len);
    }
    else if (scp_token_is(scp, scp->pos - 1, TOKEN_WORD, "getip"))
        return scp_get_address(scp, value);
    else if (scp_token_is(scp, scp->pos - 1, TOKEN_WORD, "$USERID"))
        set_text(value, scp->user, strlen(scp->user));
    else if (scp_token_is(scp, scp->pos - 1, TOKEN_WORD, "$PASSWORD"))
        set_text(value, scp->password, strlen(scp->password));
    else if (scp_token_is(scp, scp->pos - 1, TOKEN_WORD, "$SUCCESS"))
        set_boolean(value, scp->success);
    else if (scp_token_is(scp, scp->pos - 1, TOKEN_WORD, "$FAILURE"))
        set_boolean(value, !scp->success);
    else if (scp_token_is(scp, scp->pos - 1, TOKEN_WORD, "TRUE"))
        set_boolean(value, true);
    else if (scp_token_is(scp, scp->pos - 1, TOKEN_WORD, "FALSE"))
        set_boolean(value, false);
    else if ((variable = scp_find_variable(scp, scp->pos - 1)))
        *value = variable->value;
    else
        return scp_fail(scp);
    return true;
}

static bool unary(struct scp *scp, struct value *value)
{
    bool good;

    if (scp->depth == DEPTH_MAX) return scp_fail(scp);
    scp->depth++;
    if (scp_take_sign(scp, "-"))
    {
        good = unary(scp, value) && (value->type == TYPE_INTEGER || scp_fail(scp));
        if (good) value->number = (int32_t)(0u - (uint32_t)value->number);
    }
    else if (scp_take_word(scp, "not"))
    {
        good = unary(scp, value) && (value->type == TYPE_BOOLEAN || scp_fail(scp));
        if (good) value->number = !value->number;
    }
    else
        good = primary(scp, value);
    scp->depth--;
    return good;
}

/* From the weakest to the strongest; what a level gives and takes follows from its signs. */
enum operation
{
    OP_OR,
    OP_AND,
    OP_EQUAL,
    OP_UNEQUAL,
    OP_LESS,
    OP_GREATER,
    OP_LESS_EQUAL,
    OP_GREATER_EQUAL,
    OP_PLUS,
    OP_MINUS,
    OP_TIMES,
    OP_OVER
};

static const struct
{
    unsigned int level;
    enum token_kind kind;
    const char *text;
} operations[] = {
    [OP_OR] = {0, TOKEN_WORD, "or"},           [OP_AND] = {1, TOKEN_WORD, "and"},
    [OP_EQUAL] = {2, TOKEN_SIGN, "=="},        [OP_UNEQUAL] = {2, TOKEN_SIGN, "!="},
    [OP_LESS] = {3, TOKEN_SIGN, "<"},          [OP_GREATER] = {3, TOKEN_SIGN, ">"},
    [OP_LESS_EQUAL] = {3, TOKEN_SIGN, "<="},   [OP_GREATER_EQUAL] = {3, TOKEN_SIGN, ">="},
    [OP_PLUS] = {4, TOKEN_SIGN, "+"},          [OP_MINUS] = {4, TOKEN_SIGN, "-"},
    [OP_TIMES] = {5, TOKEN_SIGN, "*"},         [OP_OVER] = {5, TOKEN_SIGN, "/"},
};
#define OPERATIONS (sizeof(operations) / sizeof(*operations))
#define LEVELS     6

static bool values_equal(const struct value *a, const struct value *b)
{
    if (a->type != TYPE_STRING) return a->number == b->number;
    return a->len == b->len && !memcmp(a->text, b->text, a->len);
}

static bool join(struct scp *scp, struct value *a, const struct value *b)
{
    if (b->len > sizeof(a->text) - a->len) return scp_fail(scp);
    memcpy(a->text + a->len, b->text, b->len);
    a->len += b->len;
    return true;
}

/* a = a op b.  Arithmetic wraps. */
static bool operate(struct scp *scp, enum operation operation, struct value *a, const struct value *b)
{
    bool equality = operation == OP_EQUAL || operation == OP_UNEQUAL;
    bool booleans = operation == OP_OR || operation == OP_AND;
    uint32_t left = (uint32_t)a->number, right = (uint32_t)b->number;

    if (a->type != b->type || (booleans != (a->type == TYPE_BOOLEAN) && !equality)) return scp_fail(scp);
    if (a->type == TYPE_STRING && operation == OP_PLUS) return join(scp, a, b);
    if (a->type == TYPE_STRING && !equality) return scp_fail(scp);
    switch (operation)
    {
    case OP_OR: set_boolean(a, a->number || b->number); break;
    case OP_AND: set_boolean(a, a->number && b->number); break;
    case OP_EQUAL: set_boolean(a, values_equal(a, b)); break;
    case OP_UNEQUAL: set_boolean(a, !values_equal(a, b)); break;
    case OP_LESS: set_boolean(a, a->number < b->number); break;
    case OP_GREATER: set_boolean(a, a->number > b->number); break;
    case OP_LESS_EQUAL: set_boolean(a, a->number <= b->number); break;
    case OP_GREATER_EQUAL: set_boolean(a, a->number >= b->number); break;
    case OP_PLUS: a->number = (int32_t)(left + right); break;
    case OP_MINUS: a->number = (int32_t)(left - right); break;
    case OP_TIMES: a->number = (int32_t)(left * right); break;
    case OP_OVER:
        if (!scp->live) break; /* values are not known yet */
        if (!right) return scp_fail(scp);
        a->number = (int32_t)((int64_t)a->number / b->number);
        break;
    }
    return true;
}

static bool binary(struct scp *scp, unsigned int level, struct value *value)
{
    struct value right;
    bool good;
    size_t i;

    if (level == LEVELS) return unary(scp, value);
    if (!binary(scp, level + 1, value)) return false;
    for (i = 0; i < OPERATIONS; i++)
    {
        if (operations[i].level != level) continue;
        if (!scp_token_is(scp, scp->pos, operations[i].kind, operations[i].text)) continue;
        scp_advance(scp);
        good = binary(scp, level + 1, &right) && operate(scp, (enum operation)i, value, &right);
        wire_wipe_memory(&right, sizeof(right)); /* may be the password */
        if (!good) return false;
        i = (size_t)-1; /* again from the first */
    }
    return true;
}

static bool expression(struct scp *scp, struct value *value)
{
    bool good;

    if (scp->depth == DEPTH_MAX) return scp_fail(scp);
    scp->depth++;
    good = binary(scp, 0, value);
    scp->depth--;
    return good;
}

bool scp_expression_of(struct scp *scp, struct value *value, enum type type)
{
    return expression(scp, value) && (value->type == type || scp_fail(scp));
}
