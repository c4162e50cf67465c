/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * check_main.h - the main() of a program of libcheck's tests.
 */
#ifndef CHECK_MAIN_H
#define CHECK_MAIN_H

#include <check.h>

/* Run what add_tests adds, each test between setup and teardown and for at most so many seconds
 * (0: as libcheck has it); main()'s result. */
static inline int check_main_between(const char *name, SFun setup, SFun teardown, double seconds,
                                     void (*add_tests)(TCase *tests))
{
    Suite *suite = suite_create(name);
    TCase *tests = tcase_create(name);
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, setup, teardown);
    if (seconds > 0) tcase_set_timeout(tests, seconds);
    add_tests(tests);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

static inline int check_main(const char *name, void (*add_tests)(TCase *tests))
{
    return check_main_between(name, NULL, NULL, 0, add_tests);
}

#endif
