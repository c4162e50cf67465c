/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * trapfix.c - the trap number that QEMU's i386 user mode forgets.
 *
 * An i386 library for the 32-bit Wine of the tests, and for nothing else.  Wine's
 * signal handlers look at the trap number in the signal frame to tell a page
 * fault from an illegal instruction; QEMU leaves it at -1, so that every fault
 * would be an illegal instruction and neither exceptions nor stack growth
 * would work.  We stand in front of each handler and derive the number from the
 * signal's code.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>
#include <ucontext.h>

/* Exception vectors of the i386 that Wine knows. */
enum trap
{
    TRAP_UNKNOWN = -1,
    TRAP_DIVIDE = 0,
    TRAP_DEBUG = 1,
    TRAP_BREAKPOINT = 3,
    TRAP_OVERFLOW = 4,
    TRAP_INVALID_OPCODE = 6,
    TRAP_PROTECTION = 13,
    TRAP_PAGE_FAULT = 14,
    TRAP_FLOATING_POINT = 16,
    TRAP_ALIGNMENT = 17
};

#define EFLAGS_SINGLE_STEP 0x100

int sigaction(int sig, const struct sigaction *action, struct sigaction *old);

static void (*handlers[NSIG])(int, siginfo_t *, void *);

static enum trap trap_of_signal(int sig, int code, unsigned int eflags)
{
    switch (sig)
    {
    case SIGSEGV:
        return code == SEGV_MAPERR || code == SEGV_ACCERR ? TRAP_PAGE_FAULT : TRAP_PROTECTION;
    case SIGBUS:
        return TRAP_ALIGNMENT;
    case SIGILL:
        return TRAP_INVALID_OPCODE;
    case SIGTRAP:
        return code == TRAP_TRACE || (eflags & EFLAGS_SINGLE_STEP) ? TRAP_DEBUG : TRAP_BREAKPOINT;
    case SIGFPE:
        if (code == FPE_INTDIV)
            return TRAP_DIVIDE;
        return code == FPE_INTOVF ? TRAP_OVERFLOW : TRAP_FLOATING_POINT;
    }
    return TRAP_UNKNOWN;
}

static void handle(int sig, siginfo_t *info, void *context)
{
    greg_t *regs = ((ucontext_t *)context)->uc_mcontext.gregs;

    if (regs[REG_TRAPNO] == TRAP_UNKNOWN)
        regs[REG_TRAPNO] = trap_of_signal(sig, info->si_code, regs[REG_EFL]);
    handlers[sig](sig, info, context);
}

int sigaction(int sig, const struct sigaction *action, struct sigaction *old)
{
    static int (*next)(int, const struct sigaction *, struct sigaction *);
    struct sigaction ours;
    int ret;

    if (!next)
        next = (int (*)(int, const struct sigaction *, struct sigaction *))dlsym(RTLD_NEXT, "sigaction");
    if (action && (action->sa_flags & SA_SIGINFO) && sig > 0 && sig < NSIG
            && trap_of_signal(sig, 0, 0) != TRAP_UNKNOWN)
    {
        ours = *action;
        handlers[sig] = action->sa_sigaction;
        ours.sa_sigaction = handle;
        action = &ours;
    }
    ret = next(sig, action, old);
    /* Not quite the former handler when this very call replaced it; Wine never asks. */
    if (!ret && old && old->sa_sigaction == handle)
        old->sa_sigaction = handlers[sig];
    return ret;
}
