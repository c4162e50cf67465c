/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * stubs.c - the exports of stubs.def: each says that it is missing and returns an
 * error, touches none of its arguments, and takes them off the stack on i386.
 *
 * Does not include ras.h: all arguments are plain words here.
 */
#include <windef.h>
#include <winbase.h>

#include <raserror.h>

#include "trace.h"

#define WORD_ARG(name) DWORD_PTR name
#define SHOWN(name)    (void *)(name)

#define ARGS_0         void
#define ARGS_1         WORD_ARG(a)
#define ARGS_2         ARGS_1, WORD_ARG(b)
#define ARGS_3         ARGS_2, WORD_ARG(c)
#define ARGS_4         ARGS_3, WORD_ARG(d)
#define ARGS_5         ARGS_4, WORD_ARG(e)
#define ARGS_6         ARGS_5, WORD_ARG(f)
#define ARGS_7         ARGS_6, WORD_ARG(g)
#define ARGS_8         ARGS_7, WORD_ARG(h)

#define SHOW_0         "not implemented.\n"
#define SHOW_1         "not implemented: %p.\n", SHOWN(a)
#define SHOW_2         "not implemented: %p, %p.\n", SHOWN(a), SHOWN(b)
#define SHOW_3         "not implemented: %p, %p, %p.\n", SHOWN(a), SHOWN(b), SHOWN(c)
#define SHOW_4         "not implemented: %p, %p, %p, %p.\n", SHOWN(a), SHOWN(b), SHOWN(c), SHOWN(d)
#define SHOW_5         "not implemented: %p, %p, %p, %p, %p.\n", SHOWN(a), SHOWN(b), SHOWN(c), SHOWN(d), SHOWN(e)
#define SHOW_6                                                                                                         \
    "not implemented: %p, %p, %p, %p, %p, %p.\n", SHOWN(a), SHOWN(b), SHOWN(c), SHOWN(d), SHOWN(e), SHOWN(f)
#define SHOW_7                                                                                                         \
    "not implemented: %p, %p, %p, %p, %p, %p, %p.\n", SHOWN(a), SHOWN(b), SHOWN(c), SHOWN(d), SHOWN(e), SHOWN(f),      \
        SHOWN(g)
#define SHOW_8                                                                                                         \
    "not implemented: %p, %p, %p, %p, %p, %p, %p, %p.\n", SHOWN(a), SHOWN(b), SHOWN(c), SHOWN(d), SHOWN(e), SHOWN(f),  \
        SHOWN(g), SHOWN(h)

#define STUB(name, arguments, error)                                                                                   \
    DWORD WINAPI name(ARGS_##arguments);                                                                               \
    DWORD WINAPI name(ARGS_##arguments)                                                                                \
    {                                                                                                                  \
        FIXME(SHOW_##arguments);                                                                                       \
        return error;                                                                                                  \
    }
#include "stubs.def"
#undef STUB
