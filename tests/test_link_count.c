/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_link_count.c - the kernel's counters.  Every machine has lo, which compresses nothing; the
 * rest takes real PPP.
 */
#include "config.h"

#include <check.h>
#include <fcntl.h>
#include <unistd.h>

#include "../programs/rasmand/link_count.h"

START_TEST(interfaces)
{
    struct link_counters counters = {{0}};

    ck_assert(!link_count_interface("", false, &counters));
    ck_assert(!link_count_interface("nowhere", true, &counters));
    ck_assert(!link_count_interface("a/name/that/is/none", true, &counters));
    ck_assert(link_count_interface("lo", true, &counters));
    ck_assert_uint_eq(counters.values[COUNT_BYTES_SENT] != 0, counters.values[COUNT_FRAMES_SENT] != 0);
    ck_assert_uint_eq(counters.values[COUNT_CRC_ERRORS], 0);
    ck_assert_uint_eq(counters.values[COUNT_PLAIN_SENT], 0);
}
END_TEST

/* What is no serial port leaves everything alone. */
START_TEST(no_port)
{
    struct link_counters counters = {{0}};
    int fd = open("/dev/null", O_RDWR);

    counters.values[COUNT_OVERRUNS] = 7;
    link_count_port(fd, &counters);
    link_count_port(-1, &counters);
    ck_assert_uint_eq(counters.values[COUNT_OVERRUNS], 7);
    close(fd);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("link_count");
    TCase *tests = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_add_test(tests, interfaces);
    tcase_add_test(tests, no_port);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
