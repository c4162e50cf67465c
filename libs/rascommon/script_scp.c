/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * script_scp.c - .SCP scripts: a check of the whole file before anything is sent, then a
 * walk over its tokens (script_scp.h).
 *
 * The language is that of Microsoft's "Dial-Up Scripting Command Language" as its users
 * have published it: words without regard of case, line ends mean nothing, ; comments.
 */
#include "script_scp.h"

#include <string.h>

#include "ras_wire.h"
#include "raserror.h"

#define BUDGET 1000 /* statements without a wait, until others may have a say */

size_t scp_size(void)
{
    return sizeof(struct scp);
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
    unsigned int i;

    for (i = 0; i < scp->label_count; i++)
    {
        if (!scp_same_name(scp, scp->labels[i], name)) continue;
        *target = scp->labels[i] + 2u; /* behind its colon */
        return true;
    }
    return false;
}

/* The name of a label; where it is is known only when it runs. */
static bool take_label(struct scp *scp, unsigned int *target)
{
    *target = 0;
    if (scp_peek(scp)->kind != TOKEN_WORD) return scp_fail(scp);
    scp->tokens[scp->pos].is_target = true;
    if (scp->live && !find_label(scp, scp->pos, target)) return scp_fail(scp);
    scp_advance(scp);
    return true;
}

static bool do_transmit(struct scp *scp)
{
    bool raw = false;

    if (!scp_expression_of(scp, &scp->work, TYPE_STRING)) return false;
    if (scp_take_sign(scp, ",") && !(raw = scp_take_word(scp, "raw"))) return scp_fail(scp);
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

    if (scp->pattern_count == PATTERNS_MAX || !scp_expression_of(scp, &scp->work, TYPE_STRING)) return scp_fail(scp);
    pattern->match_case = false;
    pattern->len = translate(&scp->work, pattern->text, sizeof(pattern->text));
    if (!scp->live && !pattern->len && scp->tokens[scp->pos - 1].kind == TOKEN_STRING) return scp_fail(scp);
    *more = scp_take_sign(scp, ",");
    if (*more && scp_take_word(scp, "matchcase"))
    {
        pattern->match_case = true;
        *more = scp_take_sign(scp, ",");
    }
    if (!*more && scp_take_word(scp, "then"))
    {
        if (!take_label(scp, &target)) return false;
        *more = scp_take_sign(scp, ",");
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
    if (scp_take_word(scp, "until"))
    {
        if (!scp_expression_of(scp, &scp->work, TYPE_INTEGER)) return false;
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
    if (!scp_expression_of(scp, &scp->work, TYPE_INTEGER)) return false;
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

/* A number, into work. */
static bool take_between(struct scp *scp, int32_t min, int32_t max)
{
    if (scp_peek(scp)->kind != TOKEN_NUMBER) return scp_fail(scp);
    if (!scp_take_number(scp, &scp->work)) return false;
    return (scp->work.number >= min && scp->work.number <= max) || scp_fail(scp);
}

static bool do_set_port(struct scp *scp)
{
    static const char *const parities[] = {"none", "odd", "even", "mark", "space"};
    uint32_t i;

    if (scp_take_word(scp, "parity"))
    {
        for (i = 0; i < 5 && !scp_take_word(scp, parities[i]); i++) {}
        if (i == 5) return scp_fail(scp);
        if (scp->live) scp->parity = i;
    }
    else if (scp_take_word(scp, "databits"))
    {
        if (!take_between(scp, 5, 8)) return false;
        if (scp->live) scp->bits = (uint32_t)scp->work.number;
    }
    else if (scp_take_word(scp, "stopbits"))
    {
        if (!take_between(scp, 1, 2)) return false;
        if (scp->live) scp->stop = scp->work.number == 2 ? 2 : 0;
    }
    else
        return scp_fail(scp);
    return scp->live ? want(scp, SCRIPT_SETTINGS) : true;
}

static bool do_set(struct scp *scp)
{
    if (scp_take_word(scp, "port")) return do_set_port(scp);
    if (scp_take_word(scp, "screen")) /* there is none */
    {
        if (!scp_take_word(scp, "keyboard")) return scp_fail(scp);
        return scp_take_word(scp, "on") || scp_take_word(scp, "off") || scp_fail(scp);
    }
    if (!scp_take_word(scp, "ipaddr")) return scp_fail(scp);
    if (!scp_expression_of(scp, &scp->work, TYPE_STRING)) return false;
    if (!scp->live) return true;
    scp->has_address = false;
    scp->step->len = scp->work.len;
    memcpy(scp->step->data, scp->work.text, scp->work.len);
    return want(scp, SCRIPT_ADDRESS);
}

static bool do_assign(struct scp *scp, struct variable *variable)
{
    if (!scp_expression_of(scp, &scp->work, variable->value.type)) return false;
    if (scp->live) variable->value = scp->work;
    if (scp->live) scp->has_address = false;
    return true;
}

static bool declare(struct scp *scp, enum type type)
{
    struct variable *variable;

    if (scp_peek(scp)->kind != TOKEN_WORD || scp->source[scp_peek(scp)->pos] == '$' || scp_peek(scp)->len > NAME_MAX_)
        return scp_fail(scp);
    variable = scp_find_variable(scp, scp->pos);
    if (!scp->live)
    {
        if (variable || scp->variable_count == VARIABLES_MAX) return scp_fail(scp);
        variable = &scp->variables[scp->variable_count++];
        variable->token = (uint16_t)scp->pos;
        variable->value.type = type;
        variable->value.number = 0;
        variable->value.len = 0;
    }
    scp_advance(scp);
    return !scp_take_sign(scp, "=") || do_assign(scp, variable);
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

    if (!scp_expression_of(scp, &scp->work, TYPE_BOOLEAN)) return false;
    scp_take_word(scp, "then");
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

    if (!scp_expression_of(scp, &scp->work, TYPE_BOOLEAN)) return false;
    if (!scp_take_word(scp, "do")) return scp_fail(scp);
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
    return scp->live || scp_fail(scp);
}

static bool do_endwhile(struct scp *scp)
{
    if (!scp->live) return scp_fail(scp);
    scp->pos = scp->tokens[scp->pos - 1].link;
    return true;
}

static bool do_endproc(struct scp *scp)
{
    if (!scp->live) return scp_fail(scp);
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
    if (scp->label_count == LABELS_MAX || find_label(scp, scp->pos - 2, &ignored)) return scp_fail(scp);
    scp->labels[scp->label_count++] = (uint16_t)(scp->pos - 2);
    return true;
}

static bool statement(struct scp *scp)
{
    struct variable *variable;
    size_t i;

    scp->step->line = scp_peek(scp)->line;
    if (scp_peek(scp)->kind != TOKEN_WORD) return scp_fail(scp);
    for (i = 0; i < sizeof(statements) / sizeof(*statements); i++)
        if (scp_take_word(scp, statements[i].word)) return statements[i].run(scp);
    /* getip alone waits for an address that nobody wants. */
    if (scp_take_word(scp, "getip"))
    {
        if (!scp_get_address(scp, &scp->work)) return false;
        if (scp->live) scp->has_address = false;
        return true;
    }
    variable = scp_find_variable(scp, scp->pos);
    scp_advance(scp);
    if (scp_take_sign(scp, ":")) return add_label(scp);
    if (!variable || !scp_take_sign(scp, "=")) return scp_fail(scp);
    return do_assign(scp, variable);
}

static bool check_block(struct scp *scp, const char *end)
{
    bool good = true;

    if (scp->depth == DEPTH_MAX) return scp_fail(scp);
    scp->depth++;
    while (good && !scp_take_word(scp, end)) good = statement(scp);
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
        return scp_fail(scp);
    }
    return true;
}

static bool check(struct scp *scp)
{
    while (!(scp_token_is(scp, scp->pos, TOKEN_WORD, "proc") && scp_token_is(scp, scp->pos + 1, TOKEN_WORD, "main")))
    {
        scp->step->line = scp_peek(scp)->line;
        if (scp_peek(scp)->kind == TOKEN_END) return scp_fail(scp);
        scp_advance(scp);
    }
    scp_advance(scp);
    scp_advance(scp);
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
    if ((*line = scp_read_tokens(scp, len))) return ERROR_SCRIPT_SYNTAX;
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
        if (i < len && scp_is_digit(text[i]))
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
    if (scp_is_digit(c) || c == '.')
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

static void start_machine(void *machine, struct script_step *step)
{
    scp_start(machine, step);
}

static void next_machine(void *machine, int input, struct script_step *step)
{
    scp_next(machine, input, step);
}

const struct script_language script_scp = {scp_size, start_machine, next_machine};
