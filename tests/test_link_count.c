/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_link_count.c - the kernel's counters.  Every machine has lo, which compresses nothing; the
 * rest takes real PPP.
 */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "../programs/rasmand/link_count.h"
#include "check_main.h"

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

static void add_tests(TCase *tests)
{
    tcase_add_test(tests, interfaces);
    tcase_add_test(tests, no_port);
}

int main(void)
{
    return check_main("link_count", add_tests);
}
