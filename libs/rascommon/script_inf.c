/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * script_inf.c - a section of SWITCH.INF: commands that are sent, each followed by the
 * responses that may come.  As Windows NT's documentation of RAS scripts has it:
 *
 *   COMMAND=<username><cr>    sent; empty: a pause of two seconds
 *   OK=<match>"assword:"      on with the next command
 *   LOOP=<match>"busy"        forget it, wait for the next response
 *   CONNECT=<match>"PPP"      the end
 *   ERROR_NO_CARRIER=...      the end, with an error
 *   NoResponse                nothing is waited for
 */
#include "script.h"

#include <string.h>

#include "ras_wire.h"
#include "raserror.h"

#define LINES_MAX     256
#define ITEMS_MAX     160
#define EMPTY_COMMAND 2000  /* ms */
#define RESPONSE_TIME 60000 /* for a response that is waited for */
#define QUIET_TIME    1000  /* a response that may be anything is over */

/* Characters of a pattern; others are bytes. */
#define ITEM_ANY 0x100u

enum line_kind
{
    LINE_COMMAND,
    LINE_OK,
    LINE_LOOP,
    LINE_CONNECT,
    LINE_ERROR,
    LINE_NO_RESPONSE
};

struct line
{
    uint8_t kind;
    uint16_t number;
    uint16_t error;
    uint16_t pos; /* of its value */
    uint16_t len;
};

struct pattern
{
    bool anything; /* any response will do */
    size_t len;
    uint16_t items[ITEMS_MAX];
};

struct inf
{
    char text[SCRIPT_SOURCE_MAX]; /* the values, lines that were broken are joined */
    size_t text_len;
    struct line lines[LINES_MAX];
    unsigned int line_count;
    char user[SCRIPT_TEXT_MAX];
    char password[SCRIPT_TEXT_MAX];

    unsigned int command; /* the one whose responses are waited for */
    unsigned int next;    /* the command after it */
    unsigned int waits;
    bool waiting;
    struct script_tail tail;
};

static const struct
{
    const char *key; /* a keyword ends here, or goes on with _ and more */
    enum line_kind kind;
    uint32_t error;
} keys[] = {
    {"COMMAND", LINE_COMMAND, 0},
    {"OK", LINE_OK, 0},
    {"LOOP", LINE_LOOP, 0},
    {"CONNECT", LINE_CONNECT, 0},
    {"NORESPONSE", LINE_NO_RESPONSE, 0},
    {"ERROR_BUSY", LINE_ERROR, ERROR_LINE_BUSY},
    {"ERROR_NO_ANSWER", LINE_ERROR, ERROR_NO_ANSWER},
    {"ERROR_NO_CARRIER", LINE_ERROR, ERROR_NO_CARRIER},
    {"ERROR_NO_DIALTONE", LINE_ERROR, ERROR_NO_DIALTONE},
    {"ERROR_VOICE", LINE_ERROR, ERROR_VOICE_ANSWER},
    {"ERROR", LINE_ERROR, ERROR_FROM_DEVICE},
};

/* Settings of a section that say nothing to us. */
static const char *const ignored_keys[] = {"DEFAULTOFF", "MAXCARRIERBPS", "MAXCONNECTBPS", "CALLBACKTIME"};

size_t inf_size(void)
{
    return sizeof(struct inf);
}

/* ---- macros ------------------------------------------------------------------------------ */

enum macro
{
    MACRO_NONE, /* a character that means itself */
    MACRO_BYTE,
    MACRO_USER,
    MACRO_PASSWORD,
    MACRO_MATCH,
    MACRO_ANY,
    MACRO_REST, /* whatever follows is not looked at */
    MACRO_BAD
};

static int hex_digit(char c)
{
    c = script_lower(c);
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What begins at text: how long it is, and the byte it stands for. */
static enum macro read_macro(const char *text, size_t left, size_t *len, char *byte)
{
    static const struct
    {
        const char *name;
        enum macro macro;
        char byte;
    } macros[] = {
        {"cr", MACRO_BYTE, '\r'},         {"lf", MACRO_BYTE, '\n'},   {"username", MACRO_USER, 0},
        {"userid", MACRO_USER, 0},        {"?", MACRO_ANY, 0},        {"password", MACRO_PASSWORD, 0},
        {"match", MACRO_MATCH, 0},        {"ignore", MACRO_REST, 0},  {"wildcard", MACRO_ANY, 0},
        {"diagnostics", MACRO_REST, 0},
    };
    const char *end;
    size_t i, inside;

    *len = 1;
    *byte = *text;
    if (*text != '<' && *text != '>') return MACRO_NONE;
    if (left > 1 && text[1] == *text)
    {
        *len = 2;
        return MACRO_NONE;
    }
    if (*text == '>' || !(end = memchr(text, '>', left))) return MACRO_BAD;
    *len = (size_t)(end - text) + 1;
    inside = *len - 2;
    for (i = 0; i < sizeof(macros) / sizeof(*macros); i++)
    {
        if (!script_equal(text + 1, inside, macros[i].name)) continue;
        *byte = macros[i].byte;
        return macros[i].macro;
    }
    if (inside != 3 || script_lower(text[1]) != 'h' || hex_digit(text[2]) < 0 || hex_digit(text[3]) < 0)
        return MACRO_BAD;
    *byte = (char)(hex_digit(text[2]) << 4 | hex_digit(text[3]));
    return MACRO_BYTE;
}

static bool add_text(char *out, size_t *len, const char *text, size_t text_len)
{
    if (text_len > SCRIPT_TEXT_MAX - *len) return false;
    memcpy(out + *len, text, text_len);
    *len += text_len;
    return true;
}

/* A command with its macros replaced.  out has SCRIPT_TEXT_MAX bytes. */
static bool make_command(const struct inf *inf, const struct line *line, char *out, size_t *out_len)
{
    const char *text = inf->text + line->pos;
    size_t i, len;
    bool good;
    char byte;

    *out_len = 0;
    for (i = 0; i < line->len; i += len)
    {
        switch (read_macro(text + i, line->len - i, &len, &byte))
        {
        case MACRO_NONE:
        case MACRO_BYTE: good = add_text(out, out_len, &byte, 1); break;
        case MACRO_USER: good = add_text(out, out_len, inf->user, strlen(inf->user)); break;
        case MACRO_PASSWORD: good = add_text(out, out_len, inf->password, strlen(inf->password)); break;
        default: good = false; break;
        }
        if (!good) return false;
    }
    return true;
}

/* <match>"text": the text alone counts, wherever it stands. */
static bool make_match(struct pattern *pattern, const char *text, size_t left)
{
    const char *end;

    if (left < 3 || *text != '"' || !(end = memchr(text + 1, '"', left - 1)) || end == text + 1) return false;
    if ((size_t)(end - text) > ITEMS_MAX) return false;
    pattern->len = 0;
    for (text++; text < end; text++) pattern->items[pattern->len++] = (uint8_t)script_lower(*text);
    return true;
}

static bool make_pattern(const struct inf *inf, const struct line *line, struct pattern *pattern)
{
    const char *text = inf->text + line->pos;
    size_t i, len;
    char byte;

    pattern->len = 0;
    pattern->anything = false;
    for (i = 0; i < line->len; i += len)
    {
        enum macro macro = read_macro(text + i, line->len - i, &len, &byte);

        if (macro == MACRO_MATCH) return make_match(pattern, text + i + len, line->len - i - len);
        if (macro == MACRO_REST) break;
        if (macro != MACRO_NONE && macro != MACRO_BYTE && macro != MACRO_ANY) return false;
        if (pattern->len == ITEMS_MAX) return false;
        pattern->items[pattern->len++] = macro == MACRO_ANY ? ITEM_ANY : (uint8_t)script_lower(byte);
    }
    pattern->anything = !pattern->len;
    return true;
}

/* ---- the file ------------------------------------------------------------------------------ */

struct reader
{
    const char *text;
    size_t left;
    unsigned int number;
};

static bool next_line(struct reader *reader, const char **line, size_t *len)
{
    const char *end;
    size_t whole;

    if (!reader->left) return false;
    *line = reader->text;
    end = memchr(reader->text, '\n', reader->left);
    whole = end ? (size_t)(end - reader->text) + 1 : reader->left;
    *len = end ? whole - 1 : whole;
    reader->text += whole;
    reader->left -= whole;
    reader->number++;
    while (*len && strchr(" \t\r\x1a", (*line)[*len - 1])) (*len)--;
    while (*len && (**line == ' ' || **line == '\t'))
    {
        (*line)++;
        (*len)--;
    }
    return true;
}

/* Move to the line after [section]. */
static bool find_section(struct reader *reader, const char *section)
{
    const char *line;
    size_t len;

    while (next_line(reader, &line, &len))
        if (len > 2 && line[0] == '[' && line[len - 1] == ']' && script_equal(line + 1, len - 2, section)) return true;
    return false;
}

static int find_key(const char *key, size_t len)
{
    size_t i, word;

    for (i = 0; i < sizeof(keys) / sizeof(*keys); i++)
    {
        word = strlen(keys[i].key);
        if (len >= word && script_equal(key, word, keys[i].key) && (len == word || key[word] == '_')) return (int)i;
    }
    return -1;
}

static bool is_ignored(const char *key, size_t len)
{
    size_t i;

    for (i = 0; i < sizeof(ignored_keys) / sizeof(*ignored_keys); i++)
        if (script_equal(key, len, ignored_keys[i])) return true;
    return false;
}

/* The value into inf->text; with <append> at its end it goes on in the next line. */
static bool add_value(struct inf *inf, struct line *added, struct reader *reader, const char *value, size_t len)
{
    static const char append[] = "<append>";
    const size_t append_len = sizeof(append) - 1;
    bool more;

    added->pos = (uint16_t)inf->text_len;
    do
    {
        more = len >= append_len && script_equal(value + len - append_len, append_len, append);
        if (more) len -= append_len;
        if (len > sizeof(inf->text) - 1 - inf->text_len) return false;
        memcpy(inf->text + inf->text_len, value, len);
        inf->text_len += len;
    } while (more && next_line(reader, &value, &len));
    added->len = (uint16_t)(inf->text_len - added->pos);
    return !more;
}

/* Can it be used, with any name and password? */
static bool is_good(const struct inf *inf, const struct line *line)
{
    struct pattern pattern;
    char command[SCRIPT_TEXT_MAX];
    size_t len;
    bool good;

    switch (line->kind)
    {
    case LINE_NO_RESPONSE: return true;
    case LINE_COMMAND:
        good = make_command(inf, line, command, &len);
        wire_wipe_memory(command, sizeof(command));
        return good;
    default: return make_pattern(inf, line, &pattern);
    }
}

static bool add_line(struct inf *inf, struct reader *reader, const char *text, size_t len)
{
    const char *equals = memchr(text, '=', len);
    size_t key_len = equals ? (size_t)(equals - text) : len;
    struct line *line = &inf->lines[inf->line_count];
    int key;

    line->number = (uint16_t)reader->number;
    while (key_len && text[key_len - 1] == ' ') key_len--;
    if ((key = find_key(text, key_len)) < 0) return is_ignored(text, key_len);
    if (inf->line_count == LINES_MAX - 1 || (!equals && keys[key].kind != LINE_NO_RESPONSE)) return false;
    line->kind = (uint8_t)keys[key].kind;
    line->error = (uint16_t)keys[key].error;
    if (equals && !add_value(inf, line, reader, equals + 1, len - (size_t)(equals + 1 - text))) return false;
    if ((!inf->line_count && line->kind != LINE_COMMAND) || !is_good(inf, line)) return false;
    inf->line_count++;
    return true;
}

uint32_t inf_load(struct inf *inf, const char *text, size_t len, const char *section, const struct script_login *login,
                  unsigned int *line)
{
    struct reader reader = {text, len, 0};
    const char *next;
    size_t next_len;

    memset(inf, 0, sizeof(*inf));
    *line = 0;
    if (len > 16 * (size_t)SCRIPT_SOURCE_MAX) return ERROR_SCRIPT_SYNTAX;
    if (wire_set_text(inf->user, sizeof(inf->user), login->user) ||
        wire_set_text(inf->password, sizeof(inf->password), login->password))
        return ERROR_SCRIPT_SYNTAX;
    if (!find_section(&reader, section)) return ERROR_DEVICENAME_NOT_FOUND;
    *line = reader.number;
    while (next_line(&reader, &next, &next_len) && *next != '[')
    {
        if (!next_len || *next == ';') continue;
        *line = reader.number;
        if (!add_line(inf, &reader, next, next_len)) return ERROR_SCRIPT_SYNTAX;
    }
    return inf->line_count ? 0 : ERROR_SCRIPT_SYNTAX;
}

/* ---- running --------------------------------------------------------------------------------- */

static void end(struct script_step *step, uint32_t error)
{
    step->kind = SCRIPT_END;
    step->error = error;
}

/* The responses of the command that was sent: the first and the one behind the last. */
static unsigned int responses(const struct inf *inf)
{
    return inf->command + 1;
}

static bool expects_anything(const struct inf *inf)
{
    struct pattern pattern;
    unsigned int i;

    for (i = responses(inf); i < inf->next; i++)
        if (make_pattern(inf, &inf->lines[i], &pattern) && pattern.anything) return true;
    return false;
}

static bool expects_response(const struct inf *inf)
{
    unsigned int i;

    for (i = responses(inf); i < inf->next; i++)
        if (inf->lines[i].kind == LINE_NO_RESPONSE) return false;
    return inf->next > responses(inf);
}

static void wait_response(struct inf *inf, struct script_step *step)
{
    inf->waiting = true;
    inf->waits += !inf->tail.len;
    step->kind = SCRIPT_RECEIVE;
    step->timeout = inf->tail.len && expects_anything(inf) ? QUIET_TIME : RESPONSE_TIME;
    if (inf->tail.len && step->timeout == QUIET_TIME) inf->waits++;
    step->wait = inf->waits;
}

/* Send the next command. */
static void go_on(struct inf *inf, struct script_step *step)
{
    const struct line *line;

    inf->waiting = false;
    inf->tail.len = 0;
    wire_wipe_memory(step->data, sizeof(step->data));
    if ((inf->command = inf->next) == inf->line_count)
    {
        end(step, 0);
        return;
    }
    line = &inf->lines[inf->command];
    do
        inf->next++;
    while (inf->next < inf->line_count && inf->lines[inf->next].kind != LINE_COMMAND);
    step->line = line->number;
    step->kind = line->len ? SCRIPT_SEND : SCRIPT_DELAY;
    step->timeout = EMPTY_COMMAND;
    if (!make_command(inf, line, step->data, &step->len)) end(step, ERROR_SCRIPT_SYNTAX);
}

void inf_start(struct inf *inf, struct script_step *step)
{
    memset(step, 0, sizeof(*step));
    inf->next = 0;
    go_on(inf, step);
}

static bool ends_with(const struct script_tail *tail, const struct pattern *pattern)
{
    const char *text = tail->text + tail->len - pattern->len;
    size_t i;

    if (tail->len < pattern->len) return false;
    for (i = 0; i < pattern->len; i++)
        if (pattern->items[i] != ITEM_ANY && pattern->items[i] != (uint8_t)script_lower(text[i])) return false;
    return true;
}

/* A whole line, or what came before a silence. */
static bool is_response(const struct script_tail *tail, bool quiet)
{
    char last = tail->len ? tail->text[tail->len - 1] : 0;

    return tail->len && (quiet || (tail->len > 2 && (last == '\r' || last == '\n')));
}

static const struct line *find_response(const struct inf *inf, bool quiet)
{
    const struct line *anything = NULL;
    struct pattern pattern;
    unsigned int i;

    for (i = responses(inf); i < inf->next; i++)
    {
        if (!make_pattern(inf, &inf->lines[i], &pattern)) continue;
        if (pattern.anything)
            anything = anything ? anything : &inf->lines[i];
        else if (!quiet && ends_with(&inf->tail, &pattern))
            return &inf->lines[i];
    }
    return anything && is_response(&inf->tail, quiet) ? anything : NULL;
}

void inf_next(struct inf *inf, int input, struct script_step *step)
{
    const struct line *line;

    if (step->kind == SCRIPT_END) return;
    if (!inf->waiting)
    {
        if (expects_response(inf))
            wait_response(inf, step);
        else
            go_on(inf, step);
        return;
    }
    if (input != SCRIPT_NO_INPUT) script_tail_add(&inf->tail, (char)input);
    if (!(line = find_response(inf, input == SCRIPT_NO_INPUT)))
    {
        if (input == SCRIPT_NO_INPUT)
            end(step, ERROR_REQUEST_TIMEOUT);
        else
            wait_response(inf, step);
        return;
    }
    step->line = line->number;
    switch (line->kind)
    {
    case LINE_OK: go_on(inf, step); break;
    case LINE_CONNECT: end(step, 0); break;
    case LINE_ERROR: end(step, line->error); break;
    default:
        inf->tail.len = 0;
        wait_response(inf, step);
        break;
    }
}

static void start_machine(void *machine, struct script_step *step)
{
    inf_start(machine, step);
}

static void next_machine(void *machine, int input, struct script_step *step)
{
    inf_next(machine, input, step);
}

const struct script_language script_inf = {inf_size, start_machine, next_machine};
