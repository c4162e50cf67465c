/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * script_scp.c - .SCP scripts: a check of the whole file before anything is sent, then a
 * walk over its tokens.  The same functions check and run: a check knows types alone, and
 * remembers where jumps lead.
 *
 * The language is that of Microsoft's "Dial-Up Scripting Command Language" as its users
 * have published it: words without regard of case, line ends mean nothing, ; comments.
 */
#include "script.h"

#include <string.h>

#include "ras_wire.h"
#include "raserror.h"

#define TOKENS_MAX    6000
#define VARIABLES_MAX 48
#define LABELS_MAX    64
#define PATTERNS_MAX  16
#define PATTERN_MAX   128
#define NAME_MAX_     32
#define DEPTH_MAX     24
#define BUDGET        1000 /* statements without a wait, until others may have a say */

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

size_t scp_size(void)
{
    return sizeof(struct scp);
}

/* ---- tokens ------------------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

static bool is_digit(char c)
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
        while (len < left && (is_letter(text[len]) || is_digit(text[len]))) len++;
        return len;
    }
    if (is_digit(*text))
    {
        *kind = TOKEN_NUMBER;
        while (len < left && is_digit(text[len])) len++;
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
static unsigned int read_tokens(struct scp *scp, size_t source_len)
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

static const struct token *peek(const struct scp *scp)
{
    return &scp->tokens[scp->pos];
}

static void advance(struct scp *scp)
{
    if (scp->pos < scp->token_count) scp->pos++;
}

static bool fail(struct scp *scp)
{
    scp->failed = true;
    return false;
}

static bool token_is(const struct scp *scp, unsigned int index, enum token_kind kind, const char *text)
{
    const struct token *token = &scp->tokens[index];

    return token->kind == kind && script_equal(scp->source + token->pos, token->len, text);
}

static bool take_word(struct scp *scp, const char *word)
{
    if (!token_is(scp, scp->pos, TOKEN_WORD, word)) return false;
    advance(scp);
    return true;
}

static bool take_sign(struct scp *scp, const char *sign)
{
    if (!token_is(scp, scp->pos, TOKEN_SIGN, sign)) return false;
    advance(scp);
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

static struct variable *find_variable(struct scp *scp, unsigned int token)
{
    const struct token *name = &scp->tokens[token], *other;
    unsigned int i;
    size_t j;

    for (i = 0; i < scp->variable_count; i++)
    {
        other = &scp->tokens[scp->variables[i].token];
        if (other->len != name->len) continue;
        for (j = 0; j < name->len; j++)
            if (script_lower(scp->source[other->pos + j]) != script_lower(scp->source[name->pos + j])) break;
        if (j == name->len) return &scp->variables[i];
    }
    return NULL;
}

static bool expression(struct scp *scp, struct value *value);

/* getip [which]: the value is there when the statement is run again. */
static bool get_address(struct scp *scp, struct value *value)
{
    unsigned int line = scp->tokens[scp->pos - 1].line, which = 1;
    const struct token *token = peek(scp);

    if (token->kind == TOKEN_NUMBER && token->line == line)
    {
        which = (unsigned int)(scp->source[token->pos] - '0');
        if (token->len != 1 || !which) return fail(scp);
        advance(scp);
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

static bool take_number(struct scp *scp, struct value *value)
{
    const struct token *token = peek(scp);
    int64_t number = 0;
    unsigned int i;

    for (i = 0; i < token->len; i++)
        if ((number = number * 10 + (scp->source[token->pos + i] - '0')) > INT32_MAX) return fail(scp);
    value->type = TYPE_INTEGER;
    value->number = (int32_t)number;
    advance(scp);
    return true;
}

static bool primary(struct scp *scp, struct value *value)
{
    const struct token *token = peek(scp);
    const struct variable *variable;

    if (take_sign(scp, "(")) return expression(scp, value) && (take_sign(scp, ")") || fail(scp));
    if (token->kind == TOKEN_NUMBER) return take_number(scp, value);
    if (token->kind != TOKEN_STRING && token->kind != TOKEN_WORD) return fail(scp);
    advance(scp);
    if (token->kind == TOKEN_STRING)
    {
        if (token->len > sizeof(value->text)) return fail(scp);
        set_text(value, scp->source + token->pos, token->len);
    }
    else if (token_is(scp, scp->pos - 1, TOKEN_WORD, "getip"))
        return get_address(scp, value);
    else if (token_is(scp, scp->pos - 1, TOKEN_WORD, "$USERID"))
        set_text(value, scp->user, strlen(scp->user));
    else if (token_is(scp, scp->pos - 1, TOKEN_WORD, "$PASSWORD"))
        set_text(value, scp->password, strlen(scp->password));
    else if (token_is(scp, scp->pos - 1, TOKEN_WORD, "$SUCCESS"))
        set_boolean(value, scp->success);
    else if (token_is(scp, scp->pos - 1, TOKEN_WORD, "$FAILURE"))
        set_boolean(value, !scp->success);
    else if (token_is(scp, scp->pos - 1, TOKEN_WORD, "TRUE"))
        set_boolean(value, true);
    else if (token_is(scp, scp->pos - 1, TOKEN_WORD, "FALSE"))
        set_boolean(value, false);
    else if ((variable = find_variable(scp, scp->pos - 1)))
        *value = variable->value;
    else
        return fail(scp);
    return true;
}

static bool unary(struct scp *scp, struct value *value)
{
    bool good;

    if (scp->depth == DEPTH_MAX) return fail(scp);
    scp->depth++;
    if (take_sign(scp, "-"))
    {
        good = unary(scp, value) && (value->type == TYPE_INTEGER || fail(scp));
        if (good) value->number = (int32_t)(0u - (uint32_t)value->number);
    }
    else if (take_word(scp, "not"))
    {
        good = unary(scp, value) && (value->type == TYPE_BOOLEAN || fail(scp));
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
    if (b->len > sizeof(a->text) - a->len) return fail(scp);
    memcpy(a->text + a->len, b->text, b->len);
    a->len += b->len;
    return true;
}

/* a = a op b.  Arithmetic wraps. */
static bool operate(struct scp *scp, enum operation operation, struct value *a, const struct value *b)
{
    bool booleans = operation == OP_OR || operation == OP_AND, equality = operation == OP_EQUAL || operation == OP_UNEQUAL;
    uint32_t left = (uint32_t)a->number, right = (uint32_t)b->number;

    if (a->type != b->type || (booleans != (a->type == TYPE_BOOLEAN) && !equality)) return fail(scp);
    if (a->type == TYPE_STRING && operation == OP_PLUS) return join(scp, a, b);
    if (a->type == TYPE_STRING && !equality) return fail(scp);
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
        if (!right) return fail(scp);
        a->number = (int32_t)((int64_t)a->number / b->number);
        break;
    }
    return true;
}

static bool binary(struct scp *scp, unsigned int level, struct value *value)
{
    struct value right;
    size_t i;

    if (level == LEVELS) return unary(scp, value);
    if (!binary(scp, level + 1, value)) return false;
    for (i = 0; i < OPERATIONS; i++)
    {
        if (operations[i].level != level || !token_is(scp, scp->pos, operations[i].kind, operations[i].text)) continue;
        advance(scp);
        if (!binary(scp, level + 1, &right) || !operate(scp, (enum operation)i, value, &right)) return false;
        i = (size_t)-1; /* again from the first */
    }
    return true;
}

static bool expression(struct scp *scp, struct value *value)
{
    bool good;

    if (scp->depth == DEPTH_MAX) return fail(scp);
    scp->depth++;
    good = binary(scp, 0, value);
    scp->depth--;
    return good;
}

static bool expression_of(struct scp *scp, struct value *value, enum type type)
{
    return expression(scp, value) && (value->type == type || fail(scp));
}

/* ---- escapes -------------------------------------------------------------------------- */

/* ^M, <cr>, <lf>, and a backslash before a character that means itself. */
static size_t translate(const struct value *value, char *out, size_t size)
{
    const char *text = value->text;
    size_t i, len = 0, left;

    for (i = 0; i < value->len && len < size; i++)
    {
        left = value->len - i;
        if (text[i] == '\\' && left > 1 && strchr("\"\\^<", text[i + 1]) && text[i + 1])
            out[len++] = text[++i];
        else if (text[i] == '^' && left > 1 && (text[i + 1] & 0xc0) == 0x40)
            out[len++] = text[++i] & 0x1f;
        else if (left >= 4 && (script_equal(text + i, 4, "<cr>") || script_equal(text + i, 4, "<lf>")))
        {
            out[len++] = script_lower(text[i + 1]) == 'c' ? '\r' : '\n';
            i += 3;
        }
        else
            out[len++] = text[i];
    }
    return len;
}

/* ---- statements: false when they fail, and when they want something ---------------------- */

static bool want(struct scp *scp, enum script_kind kind)
{
    scp->step->kind = kind;
    return false;
}

static bool find_label(const struct scp *scp, unsigned int name, unsigned int *target)
{
    const struct token *wanted = &scp->tokens[name], *label;
    unsigned int i;
    size_t j;

    for (i = 0; i < scp->label_count; i++)
    {
        label = &scp->tokens[scp->labels[i]];
        for (j = 0; label->len == wanted->len && j < label->len; j++)
            if (script_lower(scp->source[label->pos + j]) != script_lower(scp->source[wanted->pos + j])) break;
        if (label->len != wanted->len || j != label->len) continue;
        *target = scp->labels[i] + 2u; /* behind its colon */
        return true;
    }
    return false;
}

/* The name of a label; where it is is known only when it runs. */
static bool take_label(struct scp *scp, unsigned int *target)
{
    *target = 0;
    if (peek(scp)->kind != TOKEN_WORD) return fail(scp);
    scp->tokens[scp->pos].is_target = true;
    if (scp->live && !find_label(scp, scp->pos, target)) return fail(scp);
    advance(scp);
    return true;
}

static bool do_transmit(struct scp *scp)
{
    bool raw = false;

    if (!expression_of(scp, &scp->work, TYPE_STRING)) return false;
    if (take_sign(scp, ",") && !(raw = take_word(scp, "raw"))) return fail(scp);
    if (!scp->live) return true;
    scp->step->len = scp->work.len;
    memcpy(scp->step->data, scp->work.text, scp->work.len);
    if (!raw) scp->step->len = translate(&scp->work, scp->step->data, sizeof(scp->step->data));
    wire_wipe_memory(&scp->work, sizeof(scp->work));
    return want(scp, SCRIPT_SEND);
}

/* One text to wait for, and what follows it. */
static bool take_pattern(struct scp *scp, bool *more)
{
    struct pattern *pattern = &scp->patterns[scp->pattern_count];
    unsigned int target = 0;

    if (scp->pattern_count == PATTERNS_MAX || !expression_of(scp, &scp->work, TYPE_STRING)) return fail(scp);
    pattern->match_case = false;
    pattern->len = translate(&scp->work, pattern->text, sizeof(pattern->text));
    if (!scp->live && !pattern->len && scp->tokens[scp->pos - 1].kind == TOKEN_STRING) return fail(scp);
    *more = take_sign(scp, ",");
    if (*more && take_word(scp, "matchcase"))
    {
        pattern->match_case = true;
        *more = take_sign(scp, ",");
    }
    if (!*more && take_word(scp, "then"))
    {
        if (!take_label(scp, &target)) return false;
        *more = take_sign(scp, ",");
    }
    pattern->target = (uint16_t)target;
    scp->pattern_count++;
    return true;
}

static bool do_waitfor(struct scp *scp)
{
    bool more;

    scp->pattern_count = 0;
    do
        if (!take_pattern(scp, &more)) return false;
    while (more);
    scp->step->timeout = SCRIPT_FOREVER;
    if (take_word(scp, "until"))
    {
        if (!expression_of(scp, &scp->work, TYPE_INTEGER)) return false;
        scp->step->timeout = scp->work.number < 0 ? 0 : (uint32_t)scp->work.number;
        scp->step->timeout = scp->step->timeout > 1000000 ? 1000000000 : scp->step->timeout * 1000;
    }
    if (!scp->live) return true;
    scp->success = false;
    scp->waiting = true;
    scp->tail.len = 0;
    scp->waits++;
    return want(scp, SCRIPT_RECEIVE);
}

static bool do_delay(struct scp *scp)
{
    if (!expression_of(scp, &scp->work, TYPE_INTEGER)) return false;
    if (!scp->live || scp->work.number <= 0) return true;
    scp->step->timeout = scp->work.number > 1000000 ? 1000000000 : (uint32_t)scp->work.number * 1000;
    return want(scp, SCRIPT_DELAY);
}

static bool do_halt(struct scp *scp)
{
    if (!scp->live) return true;
    scp->step->error = ERROR_INTERACTIVE_MODE; /* now it is the user's turn */
    return want(scp, SCRIPT_END);
}

static bool do_goto(struct scp *scp)
{
    unsigned int target;

    if (!take_label(scp, &target)) return false;
    if (scp->live) scp->pos = target;
    return true;
}

static bool do_set_port(struct scp *scp)
{
    static const char *const parities[] = {"none", "odd", "even", "mark", "space"};
    struct value *number = &scp->work;
    uint32_t i;

    if (take_word(scp, "parity"))
    {
        for (i = 0; i < 5 && !take_word(scp, parities[i]); i++) {}
        if (i == 5) return fail(scp);
        if (scp->live) scp->parity = i;
    }
    else if (take_word(scp, "databits"))
    {
        if (peek(scp)->kind != TOKEN_NUMBER || !take_number(scp, number) || number->number < 5 || number->number > 8)
            return fail(scp);
        if (scp->live) scp->bits = (uint32_t)number->number;
    }
    else if (take_word(scp, "stopbits"))
    {
        if (peek(scp)->kind != TOKEN_NUMBER || !take_number(scp, number) || number->number < 1 || number->number > 2)
            return fail(scp);
        if (scp->live) scp->stop = number->number == 2 ? 2 : 0;
    }
    else
        return fail(scp);
    return scp->live ? want(scp, SCRIPT_SETTINGS) : true;
}

static bool do_set(struct scp *scp)
{
    if (take_word(scp, "port")) return do_set_port(scp);
    if (take_word(scp, "screen"))
        /* There is no screen. */
        return (take_word(scp, "keyboard") && (take_word(scp, "on") || take_word(scp, "off"))) || fail(scp);
    if (!take_word(scp, "ipaddr")) return fail(scp);
    if (!expression_of(scp, &scp->work, TYPE_STRING)) return false;
    if (!scp->live) return true;
    scp->has_address = false;
    scp->step->len = scp->work.len;
    memcpy(scp->step->data, scp->work.text, scp->work.len);
    return want(scp, SCRIPT_ADDRESS);
}

static bool do_assign(struct scp *scp, struct variable *variable)
{
    if (!expression_of(scp, &scp->work, variable->value.type)) return false;
    if (scp->live) variable->value = scp->work;
    if (scp->live) scp->has_address = false;
    return true;
}

static bool declare(struct scp *scp, enum type type)
{
    struct variable *variable;

    if (peek(scp)->kind != TOKEN_WORD || scp->source[peek(scp)->pos] == '$' || peek(scp)->len > NAME_MAX_)
        return fail(scp);
    variable = find_variable(scp, scp->pos);
    if (!scp->live)
    {
        if (variable || scp->variable_count == VARIABLES_MAX) return fail(scp);
        variable = &scp->variables[scp->variable_count++];
        variable->token = (uint16_t)scp->pos;
        variable->value.type = type;
        variable->value.number = 0;
        variable->value.len = 0;
    }
    advance(scp);
    return !take_sign(scp, "=") || do_assign(scp, variable);
}

static bool do_integer(struct scp *scp)
{
    return declare(scp, TYPE_INTEGER);
}

static bool do_string(struct scp *scp)
{
    return declare(scp, TYPE_STRING);
}

static bool do_boolean(struct scp *scp)
{
    return declare(scp, TYPE_BOOLEAN);
}

static bool check_block(struct scp *scp, const char *end);

static bool do_if(struct scp *scp)
{
    unsigned int start = scp->pos - 1;

    if (!expression_of(scp, &scp->work, TYPE_BOOLEAN)) return false;
    take_word(scp, "then");
    if (scp->live)
    {
        if (!scp->work.number) scp->pos = scp->tokens[start].link;
        return true;
    }
    if (!check_block(scp, "endif")) return false;
    scp->tokens[start].link = (uint16_t)scp->pos;
    return true;
}

static bool do_while(struct scp *scp)
{
    unsigned int start = scp->pos - 1;

    if (!expression_of(scp, &scp->work, TYPE_BOOLEAN)) return false;
    if (!take_word(scp, "do")) return fail(scp);
    if (scp->live)
    {
        if (!scp->work.number) scp->pos = scp->tokens[start].link;
        return true;
    }
    if (!check_block(scp, "endwhile")) return false;
    scp->tokens[start].link = (uint16_t)scp->pos;
    scp->tokens[scp->pos - 1].link = (uint16_t)start;
    return true;
}

/* Only while it runs: a check of a block takes them off. */
static bool do_endif(struct scp *scp)
{
    return scp->live || fail(scp);
}

static bool do_endwhile(struct scp *scp)
{
    if (!scp->live) return fail(scp);
    scp->pos = scp->tokens[scp->pos - 1].link;
    return true;
}

static bool do_endproc(struct scp *scp)
{
    if (!scp->live) return fail(scp);
    scp->step->error = 0;
    return want(scp, SCRIPT_END);
}

static const struct
{
    const char *word;
    bool (*run)(struct scp *scp);
} statements[] = {
    {"transmit", do_transmit}, {"waitfor", do_waitfor}, {"delay", do_delay},     {"halt", do_halt},
    {"goto", do_goto},         {"set", do_set},         {"integer", do_integer}, {"string", do_string},
    {"boolean", do_boolean},   {"if", do_if},           {"endif", do_endif},     {"while", do_while},
    {"endwhile", do_endwhile}, {"endproc", do_endproc},
};

static bool add_label(struct scp *scp)
{
    unsigned int ignored;

    if (scp->live) return true;
    if (scp->label_count == LABELS_MAX || find_label(scp, scp->pos - 2, &ignored)) return fail(scp);
    scp->labels[scp->label_count++] = (uint16_t)(scp->pos - 2);
    return true;
}

static bool statement(struct scp *scp)
{
    struct variable *variable;
    size_t i;

    scp->step->line = peek(scp)->line;
    if (peek(scp)->kind != TOKEN_WORD) return fail(scp);
    for (i = 0; i < sizeof(statements) / sizeof(*statements); i++)
        if (take_word(scp, statements[i].word)) return statements[i].run(scp);
    /* getip alone waits for an address that nobody wants. */
    if (take_word(scp, "getip"))
    {
        if (!get_address(scp, &scp->work)) return false;
        if (scp->live) scp->has_address = false;
        return true;
    }
    variable = find_variable(scp, scp->pos);
    advance(scp);
    if (take_sign(scp, ":")) return add_label(scp);
    if (!variable || !take_sign(scp, "=")) return fail(scp);
    return do_assign(scp, variable);
}

static bool check_block(struct scp *scp, const char *end)
{
    bool good = true;

    if (scp->depth == DEPTH_MAX) return fail(scp);
    scp->depth++;
    while (good && !take_word(scp, end)) good = statement(scp);
    scp->depth--;
    return good;
}

/* ---- the whole ---------------------------------------------------------------------------- */

/* Every jump leads somewhere. */
static bool check_labels(struct scp *scp)
{
    unsigned int i, target;

    for (i = scp->first; i < scp->pos; i++)
    {
        if (!scp->tokens[i].is_target || find_label(scp, i, &target)) continue;
        scp->step->line = scp->tokens[i].line;
        return fail(scp);
    }
    return true;
}

static bool check(struct scp *scp)
{
    while (!(token_is(scp, scp->pos, TOKEN_WORD, "proc") && token_is(scp, scp->pos + 1, TOKEN_WORD, "main")))
    {
        scp->step->line = peek(scp)->line;
        if (peek(scp)->kind == TOKEN_END) return fail(scp);
        advance(scp);
    }
    advance(scp);
    advance(scp);
    scp->first = scp->pos;
    return check_block(scp, "endproc") && check_labels(scp);
}

uint32_t scp_load(struct scp *scp, const char *text, size_t len, const struct script_login *login, unsigned int *line)
{
    struct script_step step = {0};

    memset(scp, 0, sizeof(*scp));
    *line = 1;
    if (len > sizeof(scp->source)) return ERROR_SCRIPT_SYNTAX;
    memcpy(scp->source, text, len);
    if (wire_set_text(scp->user, sizeof(scp->user), login->user) ||
        wire_set_text(scp->password, sizeof(scp->password), login->password))
        return ERROR_SCRIPT_SYNTAX;
    if ((*line = read_tokens(scp, len))) return ERROR_SCRIPT_SYNTAX;
    scp->step = &step;
    check(scp);
    scp->step = NULL;
    *line = step.line;
    return scp->failed ? ERROR_SCRIPT_SYNTAX : 0;
}

/* Run until something is wanted. */
static void run(struct scp *scp, struct script_step *step)
{
    unsigned int budget = BUDGET, start;

    scp->step = step;
    do
    {
        start = scp->pos;
        scp->depth = 0;
        if (!budget--)
        {
            step->timeout = 10;
            want(scp, SCRIPT_DELAY);
            break;
        }
    } while (statement(scp));
    if (scp->failed)
    {
        step->error = ERROR_SCRIPT_SYNTAX;
        step->kind = SCRIPT_END;
    }
    else if (scp->wants_address)
    {
        scp->pos = start;
        scp->tail.len = 0;
        scp->waits++;
        step->timeout = SCRIPT_FOREVER;
        step->kind = SCRIPT_RECEIVE;
    }
    step->wait = scp->waits;
    step->bits = scp->bits;
    step->parity = scp->parity;
    step->stop = scp->stop;
    scp->step = NULL;
}

void scp_start(struct scp *scp, struct script_step *step)
{
    memset(step, 0, sizeof(*step));
    scp->live = true;
    scp->pos = scp->first;
    scp->bits = 8;
    run(scp, step);
}

static bool ends_with(const struct script_tail *tail, const struct pattern *pattern)
{
    const char *text = tail->text + tail->len - pattern->len;
    size_t i;

    if (!pattern->len || tail->len < pattern->len) return false;
    if (pattern->match_case) return !memcmp(text, pattern->text, pattern->len);
    for (i = 0; i < pattern->len; i++)
        if (script_lower(text[i]) != script_lower(pattern->text[i])) return false;
    return true;
}

/* Is what came a text that is waited for?  Then the script goes on. */
static bool take_waited(struct scp *scp, int input)
{
    unsigned int i;

    if (input == SCRIPT_NO_INPUT) return true; /* the time is over */
    script_tail_add(&scp->tail, (char)input);
    for (i = 0; i < scp->pattern_count; i++)
    {
        if (!ends_with(&scp->tail, &scp->patterns[i])) continue;
        scp->success = true;
        if (scp->patterns[i].target) scp->pos = scp->patterns[i].target;
        return true;
    }
    return false;
}

/* 1 to 3 digits, not above 255, four times; text is what stood between other bytes. */
static bool is_address(const char *text, size_t len)
{
    unsigned int parts = 0, digits = 0, number = 0;
    size_t i;

    for (i = 0; i <= len; i++)
    {
        if (i < len && is_digit(text[i]))
        {
            number = number * 10 + (unsigned int)(text[i] - '0');
            if (++digits > 3 || number > 255) return false;
            continue;
        }
        if (!digits) return false;
        parts++;
        digits = number = 0;
    }
    return parts == 4;
}

static bool take_address(struct scp *scp, int input)
{
    char c = (char)input;

    if (input == SCRIPT_NO_INPUT) return true;
    if (is_digit(c) || c == '.')
    {
        script_tail_add(&scp->tail, c);
        return false;
    }
    if (scp->tail.len < sizeof(scp->address) && is_address(scp->tail.text, scp->tail.len) && !--scp->address_left)
    {
        memcpy(scp->address, scp->tail.text, scp->tail.len);
        scp->address[scp->tail.len] = 0;
        scp->has_address = true;
        scp->wants_address = false;
        return true;
    }
    scp->tail.len = 0;
    return false;
}

void scp_next(struct scp *scp, int input, struct script_step *step)
{
    if (step->kind == SCRIPT_END) return;
    if (scp->wants_address)
    {
        if (!take_address(scp, input)) return;
    }
    else if (scp->waiting)
    {
        if (!take_waited(scp, input)) return;
        scp->waiting = false;
    }
    wire_wipe_memory(step->data, sizeof(step->data));
    run(scp, step);
}
