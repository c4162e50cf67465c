/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * plugin_state.c - see plugin_state.h.
 */
#include "config.h"
#include "plugin_state.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The linker's names for the ends of a section. */
extern volatile uint64_t __start_plugin_state[], __stop_plugin_state[];
extern volatile uint64_t __start_mock_state[], __stop_mock_state[];
static uint64_t *plugin_fresh, *mock_fresh;

static size_t words(const volatile uint64_t *start, const volatile uint64_t *stop)
{
    return (size_t)((uintptr_t)stop - (uintptr_t)start) / sizeof(*start);
}

/* Word by word, for what the sanitizer has put between the variables is touched as well. */
__attribute__((no_sanitize("address", "undefined"))) static void copy_words(volatile uint64_t *to,
                                                                            const volatile uint64_t *from, size_t n)
{
    while (n--) *to++ = *from++;
}

static uint64_t *save(volatile uint64_t *start, volatile uint64_t *stop)
{
    uint64_t *copy = malloc(words(start, stop) * sizeof(*copy) + 1);

    if (!copy) abort();
    copy_words(copy, start, words(start, stop));
    return copy;
}

void plugin_state_save(void)
{
    plugin_fresh = save(__start_plugin_state, __stop_plugin_state);
    mock_fresh = save(__start_mock_state, __stop_mock_state);
}

void plugin_state_put_back(void)
{
    copy_words(__start_plugin_state, plugin_fresh, words(__start_plugin_state, __stop_plugin_state));
    copy_words(__start_mock_state, mock_fresh, words(__start_mock_state, __stop_mock_state));
}

__attribute__((no_sanitize("address", "undefined"))) bool plugin_state_has(const char *text)
{
    const volatile char *state = (const volatile char *)__start_plugin_state;
    size_t at, i, len = words(__start_plugin_state, __stop_plugin_state) * sizeof(uint64_t), text_len = strlen(text);

    for (at = 0; at + text_len <= len; at++)
    {
        for (i = 0; text[i] && state[at + i] == text[i]; i++) {}
        if (!text[i]) return true;
    }
    return false;
}
