/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test.c - counters and main of the conformance tests.  Counters are of the
 * process, contexts and prefixes of each thread: notices come on other threads.
 */
#include "test.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define CONTEXTS 8

struct thread
{
    BOOL todo;
    int guess; /* prefixes may be nested, by functions */
    BOOL loop;
    int depth;
    char contexts[CONTEXTS][128];
};

static const struct test
{
    const char *name;
    void (*run)(void);
} tests[];

int test_argc;
char **test_argv;

static DWORD tls;
static BOOL wine;
static BOOL debug = TRUE;
static const char *current = "";
static LONG executed, todos, failures, skipped, uncertains;

static struct thread *thread(void)
{
    struct thread *data = TlsGetValue(tls);

    if (!data)
    {
        if (!(data = calloc(1, sizeof(*data))))
            abort();
        TlsSetValue(tls, data);
    }
    return data;
}

static void print(const char *file, int line, const char *what, const char *format, va_list args)
{
    struct thread *data = thread();
    const char *slash = strrchr(file, '/');
    char text[2048];
    size_t used;
    int i;

    used = (size_t)snprintf(text, sizeof(text), "%s:%d: ", slash ? slash + 1 : file, line);
    for (i = 0; i < data->depth; i++)
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s: ", data->contexts[i]);
    used += (size_t)snprintf(text + used, sizeof(text) - used, "%s: ", what);
    vsnprintf(text + used, sizeof(text) - used, format, args);
    /* One call for a line: threads do not mix. */
    fputs(text, stdout);
    fflush(stdout);
}

BOOL test_is_wine(void)
{
    return wine;
}

BOOL test_ok(const char *file, int line, BOOL condition, const char *format, ...)
{
    struct thread *data = thread();
    va_list args;

    InterlockedIncrement(&executed);
    va_start(args, format);
    if (data->todo)
    {
        InterlockedIncrement(&todos);
        if (condition)
        {
            InterlockedIncrement(&failures);
            print(file, line, "Test succeeded inside todo block", format, args);
        }
    }
    else if (!condition && data->guess && !wine)
    {
        InterlockedIncrement(&uncertains);
        print(file, line, "Windows differs from our guess", format, args);
    }
    else if (!condition)
    {
        InterlockedIncrement(&failures);
        print(file, line, "Test failed", format, args);
    }
    va_end(args);
    return condition;
}

void test_skip(const char *file, int line, const char *format, ...)
{
    va_list args;

    InterlockedIncrement(&skipped);
    va_start(args, format);
    print(file, line, "Tests skipped", format, args);
    va_end(args);
}

void test_win_skip(const char *file, int line, const char *format, ...)
{
    va_list args;

    InterlockedIncrement(wine ? &failures : &skipped);
    va_start(args, format);
    print(file, line, wine ? "Test failed" : "Tests skipped", format, args);
    va_end(args);
}

void test_trace(const char *file, int line, const char *format, ...)
{
    va_list args;

    if (!debug)
        return;
    va_start(args, format);
    print(file, line, "Trace", format, args);
    va_end(args);
}

void test_push_context(const char *format, ...)
{
    struct thread *data = thread();
    va_list args;

    if (data->depth == CONTEXTS)
        abort();
    va_start(args, format);
    vsnprintf(data->contexts[data->depth], sizeof(data->contexts[0]), format, args);
    va_end(args);
    data->contexts[data->depth++][sizeof(data->contexts[0]) - 1] = 0;
}

void test_pop_context(void)
{
    struct thread *data = thread();

    if (!data->depth)
        abort();
    data->depth--;
}

void test_start_todo(BOOL todo)
{
    thread()->todo = todo;
    thread()->loop = TRUE;
}

BOOL test_in_todo(void)
{
    return thread()->todo;
}

void test_end_todo(void)
{
    thread()->todo = FALSE;
}

void test_start_uncertain(void)
{
    thread()->guess++;
    thread()->loop = TRUE;
}

void test_end_uncertain(void)
{
    thread()->guess--;
}

BOOL test_loop(void)
{
    BOOL loop = thread()->loop;

    thread()->loop = FALSE;
    return loop;
}

static int summary(void)
{
    if (uncertains)
        printf("%04lx:%s: %ld guesses differ from Windows.\n", GetCurrentProcessId(), current, uncertains);
    printf("%04lx:%s: %ld tests executed (%ld marked as todo, %ld failures), %ld skipped.\n", GetCurrentProcessId(),
           current, executed, todos, failures, skipped);
    fflush(stdout);
    test_coverage_end(current);
    return failures != 0;
}

static LONG CALLBACK crashed(EXCEPTION_POINTERS *info)
{
    printf("%s: unhandled exception %08lx at %p\n", current, info->ExceptionRecord->ExceptionCode,
           info->ExceptionRecord->ExceptionAddress);
    failures++;
    summary();
    ExitProcess(1);
}

#define TEST(name) void test_##name(void);
#include "tests.def"
#undef TEST

static const struct test tests[] = {
#define TEST(name) {#name, test_##name},
#include "tests.def"
#undef TEST
    {NULL, NULL}
};

static int run(const struct test *test)
{
    current = test->name;
    executed = todos = failures = skipped = uncertains = 0;
    test->run();
    if (thread()->depth)
    {
        printf("%s: %d contexts left\n", current, thread()->depth);
        failures++;
        thread()->depth = 0;
    }
    return summary();
}

/* ras_test: all tests; ras_test NAME [ARGUMENT ...]: one; ras_test --list. */
int main(int argc, char **argv)
{
    const char *level = getenv("WINETEST_DEBUG");
    const struct test *test;
    int status = 0;

    tls = TlsAlloc();
    wine = GetProcAddress(GetModuleHandleA("ntdll.dll"), "wine_get_version") != NULL;
    debug = !level || atoi(level) > 0;
    SetUnhandledExceptionFilter(crashed);

    if (argc > 1)
    {
        test_argc = argc - 2;
        test_argv = argv + 2;
        for (test = tests; test->name; test++)
        {
            if (!strcmp(argv[1], "--list"))
                puts(test->name);
            else if (!strcmp(argv[1], test->name))
                return run(test);
        }
        return strcmp(argv[1], "--list") ? 2 : 0;
    }
    for (test = tests; test->name; test++) status |= run(test);
    return status;
}
