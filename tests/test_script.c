/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_script.c - login scripts: what each statement does, what a check refuses and in
 * which line, for both languages.
 */
#include "check_main.h"
#include "script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS_MAX 2000

static const struct script_login login = {"alice", "pass^M\\word"};

/* One script against what the far end says; the transcript is what came of it:
 * {sent}, 5s a delay, t a time-out, 7e1 settings, @address, =error:line the end. */
struct talk
{
    const char *script, *input, *transcript;
};


static void show(char *out, size_t size, const struct script_step *step)
{
    size_t len = strlen(out);

    switch (step->kind)
    {
    case SCRIPT_SEND: snprintf(out + len, size - len, "{%.*s}", (int)step->len, step->data); break;
    case SCRIPT_DELAY: snprintf(out + len, size - len, "%us", (unsigned int)step->timeout / 1000); break;
    case SCRIPT_SETTINGS:
        snprintf(out + len, size - len, "%u%c%u", (unsigned int)step->bits, "noems"[step->parity],
                 step->stop ? 2 : 1);
        break;
    case SCRIPT_ADDRESS: snprintf(out + len, size - len, "@%.*s", (int)step->len, step->data); break;
    case SCRIPT_END: snprintf(out + len, size - len, "=%u:%u", (unsigned int)step->error, step->line); break;
    case SCRIPT_RECEIVE: break;
    }
}

static void run(void *machine, const struct script_language *language, const char *input, char *out, size_t size)
{
    struct script_step step;
    int steps, byte;

    out[0] = 0;
    language->start(machine, &step);
    show(out, size, &step);
    for (steps = 0; step.kind != SCRIPT_END && steps < STEPS_MAX; steps++)
    {
        byte = SCRIPT_NO_INPUT;
        if (step.kind == SCRIPT_RECEIVE)
        {
            if (*input)
                byte = (unsigned char)*input++;
            else if (step.timeout == SCRIPT_FOREVER)
            {
                strcat(out, "...");
                return;
            }
            else
                strcat(out, "t");
        }
        language->next(machine, byte, &step);
        show(out, size, &step);
    }
    if (*input && step.kind == SCRIPT_END) snprintf(out + strlen(out), size - strlen(out), " left %s", input);
}

#define MAIN(text) "proc main\n" text "\nendproc\n"

static const struct talk scp_talks[] = {
    /* The usual one. */
    {"; a comment\nproc main\n string name\n name = $USERID\n waitfor \"ogin:\"\n transmit name + \"^M\"\n"
     " waitfor \"word:\" until 5\n if $FAILURE then\n  goto Bad\n endif\n transmit $PASSWORD, raw\n"
     " transmit \"<cr><lf>\"\n goto Done\nBad:\n halt\nDone:\nendproc",
     "Welcome\r\nLogin: Password: PPP", "{alice\r}{pass^M\\word}{\r\n}=0:17 left  PPP"},
    {"proc main\n waitfor \"ogin:\" until 3\n if $FAILURE\n  halt\n endif\nendproc", "nothing", "t=703:4"},
    /* Escapes. */
    {MAIN("transmit \"a\\\"b\\\\c\\^M\\<cr>^[<CR>^?\""), "", "{a\"b\\c^M<cr>\x1b\r^?}=0:3"},
    {MAIN("transmit \"^M<cr>\", raw"), "", "{^M<cr>}=0:3"},
    {MAIN("transmit $PASSWORD"), "", "{pass\r\\word}=0:3"},
    /* waitfor. */
    {MAIN("waitfor \"AB\", matchcase\ntransmit \"x\""), "ababAB", "{x}=0:4"},
    {MAIN("waitfor \"one\" then First, \"two\" then Second until 9\ntransmit \"0\"\nhalt\nFirst:\ntransmit \"1\"\n"
          "halt\nSecond: transmit \"2\""), "..TWO", "{2}=0:9"},
    {MAIN("waitfor \"one\" then First, \"two\" then Second until 9\ntransmit \"0\"\ngoto End\nFirst:\nSecond:\nhalt\n"
          "End: if not $SUCCESS then transmit \"late\" endif"), "thr", "t{0}{late}=0:9"},
    {MAIN("waitfor \"x\",\n matchcase then L, \"y\", matchcase\nL: transmit \"l\""), "XY", "..."},
    {MAIN("waitfor \"aab\""), "aaab", "=0:3"},
    {MAIN("waitfor \"a^Mb\""), "a\rb", "=0:3"},
    {MAIN("waitfor \"never\""), "", "..."},
    /* Arithmetic, variables, loops. */
    {MAIN("integer n = 3\nboolean on = TRUE\nwhile n > 0 and on do\n transmit \"x\"\n n = n - 1\n if n == 1 then"
          " on = FALSE endif\nendwhile\ndelay n * 10 + -(2 + 3) / 2"), "", "{x}{x}8s=0:10"},
    {MAIN("string s = \"a\"\nif s + \"b\" == \"ab\" and s != \"b\" or FALSE\ntransmit \"yes\"\nendif\nif 1 >= 2\n"
          "transmit \"no\"\nendif"), "", "{yes}=0:9"},
    {MAIN("integer n\nwhile TRUE do\nif n == 2 halt endif n = n + 1\nendwhile"), "", "=703:4"},
    {MAIN("delay 0\ndelay 2"), "", "2s=0:4"},
    /* The port. */
    {MAIN("set port databits 7\nset port parity even\nset port stopbits 2\nset screen keyboard off"), "",
     "7n17e17e2=0:6"},
    {MAIN("set ipaddr getip"), "Your address is 192.0.2.17.\r\n", "..."},
    {MAIN("set ipaddr getip"), "Your address is 192.0.2.17, MTU 1500", "@192.0.2.17=0:3 left  MTU 1500"},
    {MAIN("string a\na = getip 2\ntransmit a"), "300.1.1.1 10.0.0.1 to 10.0.0.2!", "{10.0.0.2}=0:5"},
    /* What goes wrong only while it runs. */
    {MAIN("integer n\ndelay 4 / n"), "", "=752:3"},
    {MAIN("string s = \"0123456789\"\nwhile TRUE do\ns = s + s\nendwhile"), "", "=752:4"},
};

static struct
{
    const char *script;
    unsigned int line;
} scp_errors[] = {
    {"", 1},
    {"transmit \"x\"", 1},
    {"proc other\nendproc\n", 3},
    {"proc main\n", 2},
    {"proc main\ntransmit\nendproc", 2},
    {MAIN("transmit \"open\nx\""), 2},
    {MAIN("transmit 5"), 2},
    {MAIN("nonsense"), 2},
    {MAIN("x = 5"), 2},
    {MAIN("integer x\nx = \"text\""), 3},
    {MAIN("integer x\ninteger X"), 3},
    {MAIN("goto nowhere"), 2},
    {MAIN("a:\nb:\nA:"), 4},
    {MAIN("waitfor \"x\" then nowhere"), 2},
    {MAIN("waitfor \"\""), 2},
    {MAIN("if TRUE\n"), 4},
    {MAIN("while TRUE\nendwhile"), 2},
    {MAIN("endif"), 2},
    {MAIN("if 1\nendif"), 2},
    {MAIN("delay 99999999999"), 2},
    {MAIN("set port databits 9"), 2},
    {MAIN("set port speed 9"), 2},
    {MAIN("set ipaddr 5"), 2},
    {MAIN("transmit \"a\", cooked"), 2},
    {MAIN("transmit (\"a\""), 2},
    {MAIN("delay 1 + TRUE"), 2},
    {MAIN("#"), 2},
    {MAIN("integer $x"), 2},
    {MAIN("delay ((((((((((((((((((((((((((((((1"), 2},
    {MAIN("delay -------------------------------1"), 2},
};

START_TEST(test_scp)
{
    struct scp *scp = malloc(scp_size());
    unsigned int line;
    char out[1024];

    ck_assert_uint_eq(scp_load(scp, scp_talks[_i].script, strlen(scp_talks[_i].script), &login, &line), 0);
    run(scp, &script_scp, scp_talks[_i].input, out, sizeof(out));
    ck_assert_str_eq(out, scp_talks[_i].transcript);
    free(scp);
}
END_TEST

START_TEST(test_scp_error)
{
    struct scp *scp = malloc(scp_size());
    unsigned int line;

    ck_assert_uint_eq(scp_load(scp, scp_errors[_i].script, strlen(scp_errors[_i].script), &login, &line), 752);
    ck_assert_uint_eq(line, scp_errors[_i].line);
    free(scp);
}
END_TEST

/* Every cut of a good script is refused, whatever stands where it was. */
START_TEST(test_scp_cut)
{
    const char *script = scp_talks[_i].script;
    struct scp *scp = malloc(scp_size());
    size_t len = strlen(script), cut;
    unsigned int line;
    char *part;

    while (len && (script[len - 1] == '\n' || script[len - 1] == 'c')) len--; /* of "endproc" */
    for (cut = 0; cut < len; cut++)
    {
        part = malloc(cut + 1);
        memcpy(part, script, cut);
        ck_assert_uint_eq(scp_load(scp, part, cut, &login, &line), 752);
        free(part);
    }
    free(scp);
}
END_TEST

/* A script that never waits lets others have a say. */
START_TEST(test_scp_endless)
{
    static const char script[] = MAIN("while TRUE do\nendwhile");
    struct scp *scp = malloc(scp_size());
    struct script_step step;
    unsigned int line;

    ck_assert_uint_eq(scp_load(scp, script, sizeof(script) - 1, &login, &line), 0);
    scp_start(scp, &step);
    ck_assert_int_eq(step.kind, SCRIPT_DELAY);
    scp_next(scp, SCRIPT_NO_INPUT, &step);
    ck_assert_int_eq(step.kind, SCRIPT_DELAY);
    free(scp);
}
END_TEST

static const struct talk inf_talks[] = {
    /* The usual one. */
    {"[other]\nCOMMAND=no\n\n[Login]\n; comment\nCOMMAND=<cr>\nOK=<match>\"login:\"\nLOOP=<ignore>\n"
     "COMMAND=<username><cr>\nOK=<match>\"Password:\"\nCOMMAND=<password><cr>\nNoResponse\n[next]\nCOMMAND=no",
     "Welcome\r\nto us\r\nLogin: Password: PPP", "{\r}{alice\r}{pass^M\\word\r}=0:11 left  PPP"},
    {"[login]\nCOMMAND=\nCOMMAND_INIT=a<<b>><h41><append>\n  c\nOK=x<?>y<cr>\nCOMMAND=end", "xyzyx-Y\r",
     "2s{a<b>Ac}{end}=0:6"},
    {"[login]\nCOMMAND=d\nERROR_NO_CARRIER=<match>\"no carrier\"\nERROR_DIAGNOSTICS=<cr><lf>BAD<diagnostics>\n"
     "CONNECT=<match>\"PPP\"", "\r\nNO CARRIER", "{d}=679:3"},
    {"[login]\nCOMMAND=d\nERROR_NO_CARRIER=<match>\"no carrier\"\nERROR_DIAGNOSTICS=<cr><lf>BAD<diagnostics>\n"
     "CONNECT=<match>\"PPP\"", "\r\nBad", "{d}=651:4"},
    {"[login]\nCOMMAND=d\nCONNECT=<match>\"PPP\"\nCOMMAND=never", "PPP", "{d}=0:3"},
    {"[login]\nCOMMAND=d\nOK=<match>\"PPP\"", "P", "{d}t=638:2"},
    /* Any response: a line, or what a silence ends. */
    {"[login]\nCOMMAND=d\nOK=<ignore>\nCOMMAND=e", "abc\nd", "{d}{e}=0:4 left d"},
    {"[login]\nCOMMAND=d\nOK=<ignore>\nCOMMAND=e", "abc", "{d}t{e}=0:4"},
    {"[login]\nCOMMAND=d\nLOOP=<ignore>\nOK=<match>\"go\"", "abc\nde\ngo", "{d}=0:4"},
    {"[login]\nDEFAULTOFF=\nCOMMAND=d", "", "{d}=0:3"},
};

static const struct
{
    const char *text;
    uint32_t error;
    unsigned int line;
} inf_errors[] = {
    {"", 659, 0},
    {"[other]\nCOMMAND=", 659, 0},
    {"[login]\n", 752, 1},
    {"[login]\n[other]", 752, 1},
    {"[login]\nOK=x", 752, 2},
    {"[login]\nCOMMAND", 752, 2},
    {"[login]\nCOMMAND=<bad>", 752, 2},
    {"[login]\nCOMMAND=<match>\"x\"", 752, 2},
    {"[login]\nCOMMAND=a>", 752, 2},
    {"[login]\nCOMMAND=<h4>", 752, 2},
    {"[login]\nCOMMAND=x<append>", 752, 2},
    {"[login]\nCOMMAND=x\nOK=<username>", 752, 3},
    {"[login]\nCOMMAND=x\nOK=<match>x", 752, 3},
    {"[login]\nCOMMAND=x\nOK=<match>\"\"", 752, 3},
    {"[login]\nCOMMAND=x\nWRONG=y", 752, 3},
};

START_TEST(test_inf)
{
    struct inf *inf = malloc(inf_size());
    unsigned int line;
    char out[1024];

    ck_assert_uint_eq(inf_load(inf, inf_talks[_i].script, strlen(inf_talks[_i].script), "LOGIN", &login, &line), 0);
    run(inf, &script_inf, inf_talks[_i].input, out, sizeof(out));
    ck_assert_str_eq(out, inf_talks[_i].transcript);
    free(inf);
}
END_TEST

START_TEST(test_inf_error)
{
    struct inf *inf = malloc(inf_size());
    unsigned int line;

    ck_assert_uint_eq(inf_load(inf, inf_errors[_i].text, strlen(inf_errors[_i].text), "login", &login, &line),
                      inf_errors[_i].error);
    ck_assert_uint_eq(line, inf_errors[_i].line);
    free(inf);
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof(*(array)))

static void add_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, test_scp, 0, COUNT(scp_talks));
    tcase_add_loop_test(tcase, test_scp_error, 0, COUNT(scp_errors));
    tcase_add_loop_test(tcase, test_scp_cut, 0, COUNT(scp_talks));
    tcase_add_test(tcase, test_scp_endless);
    tcase_add_loop_test(tcase, test_inf, 0, COUNT(inf_talks));
    tcase_add_loop_test(tcase, test_inf_error, 0, COUNT(inf_errors));
}

int main(void)
{
    return check_main("script", add_tests);
}
