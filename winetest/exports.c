/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * exports.c - every export is there, can be called, and fails honestly when all
 * arguments are zero.
 */
#include "ras_test.h"

enum kind
{
    STUB,
    FAILS,
    NOTHING,
    UI
};

static const struct
{
    const char *name;
    unsigned int arguments;
    enum kind kind;
} exports[] = {
#define EXPORT(name, arguments, kind) {#name, arguments, kind},
#include "exports.def"
#undef EXPORT
};

/* Calls function with zeros.  *taken is the number of bytes that it took off the
 * stack itself, which only i386 code does. */
#ifdef __i386__
static DWORD call_with_zeros(void *function, unsigned int arguments, unsigned int *taken)
{
    DWORD result;

    __asm__ volatile("movl %%esp, %%esi\n\t"
                     "1: testl %%ecx, %%ecx\n\t"
                     "jz 2f\n\t"
                     "pushl $0\n\t"
                     "decl %%ecx\n\t"
                     "jmp 1b\n\t"
                     "2: movl %%esp, %%edi\n\t"
                     "call *%%edx\n\t"
                     "movl %%esp, %%ecx\n\t"
                     "subl %%edi, %%ecx\n\t"
                     "movl %%esi, %%esp"
                     : "=a"(result), "=c"(*taken), "+d"(function)
                     : "1"(arguments)
                     : "esi", "edi", "memory", "cc");
    return result;
}
#else
static DWORD call_with_zeros(void *function, unsigned int arguments, unsigned int *taken)
{
    DWORD(WINAPI *call)(void *, void *, void *, void *, void *, void *, void *, void *) = function;

    *taken = arguments * 4;
    return call(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
}
#endif

START_TEST(exports)
{
    unsigned int i, taken;
    void *function;
    DWORD result;

    if (!load_rasapi32())
        return;
    for (i = 0; i < sizeof(exports) / sizeof(exports[0]); i++)
    {
        push_context("%s", exports[i].name);
        function = (void *)GetProcAddress(rasapi32, exports[i].name);
        if (!function && !test_is_wine())
            skip("not in this Windows.\n");
        else
            ok(function != NULL, "error %lu.\n", GetLastError());
        if (function && exports[i].kind != UI && (exports[i].kind != STUB || test_is_wine()))
        {
            result = call_with_zeros(function, exports[i].arguments, &taken);
            ok(taken == exports[i].arguments * 4, "takes %u bytes.\n", taken);
            if (exports[i].kind != NOTHING)
                ok(result != 0, "got 0.\n");
        }
        pop_context();
    }

    /* Windows 95 programs and Wine's own DLL use numbers. */
    function = (void *)GetProcAddress(rasapi32, "RnaEngineRequest");
    if (test_is_wine())
        ok(function && function == (void *)GetProcAddress(rasapi32, MAKEINTRESOURCEA(500)), "500 is not %p.\n",
           function);
}
