/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * fuzz_script.c - scripts of strangers, and what a far end says to them: the script, a
 * NUL, the far end's bytes.  The first letter chooses the language.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "script.h"

#define STEPS_MAX 2000

static void check_step(const struct script_step *step)
{
    if (step->len > sizeof(step->data) || step->bits > 8 || step->parity > 4) abort();
}

static int input_for(const struct script_step *step, const uint8_t **data, size_t *size)
{
    if (step->kind != SCRIPT_RECEIVE || !*size) return SCRIPT_NO_INPUT;
    (*size)--;
    return *(*data)++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct script_login login = {"user", "pass^Mword"};
    struct scp *scp = malloc(scp_size());
    struct inf *inf = malloc(inf_size());
    struct script_step step;
    const uint8_t *text;
    unsigned int line, steps = 0;
    size_t text_len;
    char *copy = NULL;

    if (!size || !scp || !inf) goto done;
    text = data + 1;
    text_len = size - 1;
    if ((data = memchr(text, 0, text_len))) text_len = (size_t)(data++ - text);
    size = data ? size - 2 - text_len : 0;
    copy = malloc(text_len + !text_len);
    memcpy(copy, text, text_len);
    if (text[-1] == 'S' && !scp_load(scp, copy, text_len, &login, &line))
        for (scp_start(scp, &step); step.kind != SCRIPT_END && steps < STEPS_MAX; steps++)
        {
            check_step(&step);
            scp_next(scp, input_for(&step, &data, &size), &step);
        }
    if (text[-1] == 'I' && !inf_load(inf, copy, text_len, "login", &login, &line))
        for (inf_start(inf, &step); step.kind != SCRIPT_END && steps < STEPS_MAX; steps++)
        {
            check_step(&step);
            inf_next(inf, input_for(&step, &data, &size), &step);
        }
done:
    free(copy);
    free(scp);
    free(inf);
    return 0;
}
