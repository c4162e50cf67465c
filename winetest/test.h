/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test.h - conformance tests that run in Wine and on Windows alike: checks,
 * contexts, counters.  A test file has START_TEST(name) and a row in tests.def;
 * test.c has main.
 *
 * Output goes to standard output.  The exit status is 0 only without failures.
 */
#ifndef WINETEST_TEST_H
#define WINETEST_TEST_H

#include <windef.h>
#include <winbase.h>
#include <stdio.h>

#define START_TEST(name)                                                                                               \
    void test_##name(void);                                                                                            \
    void test_##name(void)

/* ok(condition, format, ...): the format ends in "\n" and shows what was got. */
#define ok(condition, ...) test_ok(__FILE__, __LINE__, (condition) != 0, __VA_ARGS__)

/* ok_error(RasFooW, got, expected): as ok(got == expected, ...) of what RasFooW returned, and
 * noted, when it passes, as the test of this return code (coverage.c, api.def).  Tests that choose
 * the function while they run use ok_error_of("RasFooW", ...), the name a literal.  A literal at
 * the end, as in ok_error(RasFooW, got, expected, "no event"), tells the case. */
#define ok_error(function, got, ...)    ((void)sizeof(p##function), ok_error_of(#function, (got), __VA_ARGS__))
#define ok_error_of(name, got, ...)     ok_error_with((name), (got), __VA_ARGS__, "")
#define ok_error_with(name, got, expected, text, ...)                                                                  \
    test_ok_error(__FILE__, __LINE__, (name), (got), (expected), (text))

/* skip: a part that cannot run here; win_skip: only an old Windows may lack it,
 * Wine fails; trace: a message when WINETEST_DEBUG is above 0 (the default). */
#define skip(...)     test_skip(__FILE__, __LINE__, __VA_ARGS__)
#define win_skip(...) test_win_skip(__FILE__, __LINE__, __VA_ARGS__)
#define trace(...)    test_trace(__FILE__, __LINE__, __VA_ARGS__)

/* Prefix of one ok: known to fail in Wine; that it passes is a failure. */
#define todo_wine todo_wine_if(TRUE)
#define todo_wine_if(condition)                                                                                        \
    for (test_start_todo((condition) && test_is_wine()); test_loop(); test_end_todo())

/* Prefix of one ok: what we do is advice, not known of Windows.  Checked in Wine as any
 * other; a difference on Windows is printed and is no failure. */
#define uncertain for (test_start_uncertain(); test_loop(); test_end_uncertain())

/* A value that only some Windows versions give; never true in Wine. */
#define broken(condition) (!test_is_wine() && (condition))

/* Each line of this thread begins with the contexts pushed. */
#define push_context(...) test_push_context(__VA_ARGS__)
#define pop_context()     test_pop_context()

#define TEST_FORMAT(n) __attribute__((format(__MINGW_PRINTF_FORMAT, n, n + 1)))

BOOL test_is_wine(void);
BOOL test_ok(const char *file, int line, BOOL condition, const char *format, ...) TEST_FORMAT(4);
BOOL test_ok_error(const char *file, int line, const char *function, DWORD got, DWORD expected,
                   const char *text);
void test_skip(const char *file, int line, const char *format, ...) TEST_FORMAT(3);
void test_win_skip(const char *file, int line, const char *format, ...) TEST_FORMAT(3);
void test_trace(const char *file, int line, const char *format, ...) TEST_FORMAT(3);
void test_push_context(const char *format, ...) TEST_FORMAT(1);
void test_pop_context(void);
void test_start_todo(BOOL todo);
BOOL test_in_todo(void);
void test_end_todo(void);
void test_start_uncertain(void);
void test_end_uncertain(void);
BOOL test_loop(void);

/* What ok_error noted goes to the file, for the test of this name. */
void test_coverage_end(const char *test);

/* The arguments behind the test's name. */
extern int test_argc;
extern char **test_argv;

#endif
