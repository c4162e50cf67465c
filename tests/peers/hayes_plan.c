/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * hayes_plan.c - reading and searching the modem emulator's dial plan.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hayes_plan.h"

static struct plan_row *rows, *replies;

static const struct
{
    const char *word;
    enum answer answer;
    const char *text;
    int code;
} answers[] =
{
    {"connect", ANSWER_CONNECT, "CONNECT 115200", 1},
    {"drop", ANSWER_CONNECT, "CONNECT 115200", 1},
    {"busy", ANSWER_TEXT, "BUSY", 7},
    {"no-carrier", ANSWER_TEXT, "NO CARRIER", 3},
    {"no-dialtone", ANSWER_TEXT, "NO DIALTONE", 6},
    {"no-answer", ANSWER_TEXT, "NO ANSWER", 8},
    {"voice", ANSWER_TEXT, "VOICE", 9},
    {"error", ANSWER_TEXT, "ERROR", 4},
    {"ringing", ANSWER_TEXT, "RINGING", 2},
    {"text", ANSWER_TEXT, "", 4},
    {"garbage", ANSWER_RAW, "\r\n\x01~\xff{CONNE\x80\r\r\nNOCARR\r\n", 0},
    {"silence", ANSWER_SILENCE, "", 0},
};

static void bad(const char *path, int number)
{
    fprintf(stderr, "%s:%d: not understood\n", path, number);
    exit(2);
}

static struct plan_row *row_add(struct plan_row **list, const char *number)
{
    struct plan_row *row = calloc(1, sizeof(*row));

    if (!row)
        abort();
    while (*list)
        list = &(*list)->next;
    *list = row;
    snprintf(row->number, sizeof(row->number), "%s", number);
    row->bytes = -1;
    return row;
}

static void row_fill(struct plan_row *row, const char *word, char *rest, const char *path, int number)
{
    size_t i;

    for (i = 0; i < sizeof(answers) / sizeof(*answers); i++)
        if (!strcmp(word, answers[i].word))
            break;
    if (i == sizeof(answers) / sizeof(*answers))
        bad(path, number);
    row->answer = answers[i].answer;
    row->code = answers[i].code;
    if (!strcmp(word, "drop"))
        row->bytes = strtol(rest, &rest, 10);
    rest += strspn(rest, " \t");
    snprintf(row->text, sizeof(row->text), "%s", *rest ? rest : answers[i].text);
}

void plan_read(const char *path)
{
    FILE *file = fopen(path, "re");
    char text[512], *first, *word, *rest, *at;
    struct plan_row *row;
    int number = 0;

    if (!file)
    {
        perror(path);
        exit(2);
    }
    while (fgets(text, sizeof(text), file))
    {
        number++;
        text[strcspn(text, "#\r\n")] = 0;
        rest = text;
        if (!(first = strsep(&rest, " \t")) || !*first)
            continue;
        word = NULL;
        while (rest && (word = strsep(&rest, " \t")) && !*word)
            ;
        if (!word || !*word)
            bad(path, number);
        if (!rest)
            rest = word + strlen(word);
        if (!strcmp(first, "reply"))
        {
            row = row_add(&replies, word);
            snprintf(row->text, sizeof(row->text), "%s", rest);
            continue;
        }
        at = strchr(first, '@');
        if (at)
            *at++ = 0;
        row = row_add(&rows, first);
        row->delay = at ? atoi(at) : 0;
        row_fill(row, word, rest, path, number);
    }
    fclose(file);
}

const struct plan_row *plan_find(const char *number)
{
    static const struct plan_row none = {.answer = ANSWER_CONNECT, .text = "CONNECT 115200", .bytes = -1};
    const struct plan_row *row;

    for (row = rows; row; row = row->next)
        if (!strcmp(row->number, number) || !strcmp(row->number, "*"))
            return row;
    return &none;
}

const char *plan_reply(const char *command)
{
    const struct plan_row *row;

    for (row = replies; row; row = row->next)
        if (!strcmp(row->number, command))
            return row->text;
    return NULL;
}
