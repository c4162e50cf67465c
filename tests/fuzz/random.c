/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * random.c - see random.h.
 */
#include "random.h"

static uint64_t random_state;

void random_begin(uint64_t seed, uint64_t session)
{
    uint64_t z = seed * 0x9e3779b97f4a7c15ull + session * 0xd1342543de82ef95ull + 1;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    random_state = z | 1;
}

uint32_t random_below(uint32_t below)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (uint32_t)((random_state * 0x2545f4914f6cdd1dull) >> 33) % below;
}

bool one_in(uint32_t n)
{
    return !random_below(n);
}

uint32_t some_number(void)
{
    static const uint32_t numbers[] = {0, 1, 2, 3, 4, 60, 255, 256, 0x7fffffff, 0x80000000, 0xffffffff};

    return one_in(4) ? random_below(0x7fffffff) * 2 : numbers[random_below(sizeof(numbers) / sizeof(*numbers))];
}
