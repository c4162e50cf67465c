/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * test_devices.c - devices.conf, the search for ttys, and who gets a port.
 */
#include "check_main.h"
#include "rasmand_stubs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>


/* The transports are not under test here. */
const struct transport transport_modem = {.type = "modem", .ras_type = "modem", .needs_path = true, .is_modem = true};
const struct transport transport_serial = {.type = "serial", .ras_type = "SERIAL", .old_ras_type = "null",
                                           .needs_path = true};
const struct transport transport_tcp = {.type = "tcp", .ras_type = "GENERIC", .builtin = "Net"};
const struct transport transport_fake = {.type = "fake", .ras_type = "modem", .is_modem = true};

static char dir[] = "/tmp/test_devices.XXXXXX";
static char config[64], sys_dir[64], dev_dir[64];

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    fclose(file);
}

static void add_tty(const char *name, const char *type)
{
    char path[192];

    snprintf(path, sizeof(path), "%s/%s", dev_dir, name);
    write_file(path, "");
    snprintf(path, sizeof(path), "%s/%s", sys_dir, name);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    snprintf(path, sizeof(path), "%s/%s/type", sys_dir, name);
    if (type) write_file(path, type);
}

static void setup(void)
{
    ck_assert_ptr_nonnull(mkdtemp(dir));
    snprintf(config, sizeof(config), "%s/devices.conf", dir);
    snprintf(sys_dir, sizeof(sys_dir), "%s/sys", dir);
    snprintf(dev_dir, sizeof(dev_dir), "%s/dev", dir);
    ck_assert_int_eq(mkdir(sys_dir, 0700), 0);
    ck_assert_int_eq(mkdir(dev_dir, 0700), 0);
    ck_assert_int_eq(setenv("WINERAS_CONFIG", dir, 1), 0);
    stub_log_clear();
}

static void teardown(void)
{
    char command[64];

    snprintf(command, sizeof(command), "rm -rf %s", dir);
    ck_assert_int_eq(system(command), 0);
}

static struct device *load(const char *text)
{
    write_file(config, text);
    return devices_load_from(config, sys_dir, dev_dir);
}

/* Nothing but what needs no hardware. */
static void check_builtin(struct device *list)
{
    ck_assert_ptr_nonnull(list);
    ck_assert_str_eq(list->name, "Net");
    ck_assert_ptr_eq(list->transport, &transport_tcp);
    ck_assert_str_eq(list->path, "");
    ck_assert_uint_eq(list->answer_timeout, 30000);
    ck_assert_ptr_null(list->next);
    devices_free(list);
}

START_TEST(test_nothing)
{
    struct device *list;

    check_builtin(devices_load_from(config, sys_dir, dev_dir));
    check_builtin(devices_load_from("/nonexistent/devices.conf", "/nonexistent", "/nonexistent"));
    ck_assert_str_eq(stub_log, "");
    check_builtin(load(""));
    devices_free(NULL);

    /* It comes last, and its name may be taken; none beside one of its transport. */
    list = load("[net]\ntype = fake\n");
    ck_assert_ptr_eq(list->transport, &transport_fake);
    ck_assert_str_eq(list->next->name, "Net #2");
    ck_assert_ptr_eq(list->next->transport, &transport_tcp);
    ck_assert_ptr_null(list->next->next);
    devices_free(list);
    list = load("[Mine]\ntype = tcp\n");
    ck_assert_str_eq(list->name, "Mine");
    ck_assert_ptr_null(list->next);
    devices_free(list);
}
END_TEST

START_TEST(test_good)
{
    struct device *list = load("\xef\xbb\xbf; two devices\n[Bench Modem]\ntype = modem\npath = /dev/ttyUSB0\n"
                               "speed = 57600\n"
                               "flow = none\ninit = AT&F;+CX=1\ndial-prefix = ATDP\nanswer-timeout = 2.5\n"
                               "callback-timeout = 9\nerror-control-on = \\N3\nerror-control-off = \\N0\n"
                               "compression-on = %C1\ncompression-off = %C0\n"
                               "reply-timeout = 500ms\n\n[Bench Cable]\ntype=serial\npath=/dev/ttyS1\n"
                               "handshake=client\n"
                               "[Net]\ntype = TCP\n[Sim]\ntype = fake\nscript = busy 3\n");
    struct device *d = list;

    ck_assert_str_eq(stub_log, "");
    ck_assert_ptr_nonnull(d);
    ck_assert_str_eq(d->name, "Bench Modem");
    ck_assert_ptr_eq(d->transport, &transport_modem);
    ck_assert_str_eq(d->path, "/dev/ttyUSB0");
    ck_assert_uint_eq(d->speed, 57600);
    ck_assert_int_eq(d->flow, FLOW_NONE);
    ck_assert_str_eq(d->init, "AT&F;+CX=1");
    ck_assert_str_eq(d->dial_prefix, "ATDP");
    ck_assert_uint_eq(d->answer_timeout, 2500);
    ck_assert_uint_eq(d->callback_timeout, 9000);
    ck_assert_str_eq(d->error_control[0], "\\N0");
    ck_assert_str_eq(d->error_control[1], "\\N3");
    ck_assert_str_eq(d->compression[0], "%C0");
    ck_assert_str_eq(d->compression[1], "%C1");
    ck_assert(d->has_speed && d->has_flow);
    ck_assert_uint_eq(d->reply_timeout, 500);
    ck_assert_ptr_nonnull(d = d->next);
    ck_assert_str_eq(d->name, "Bench Cable");
    ck_assert_ptr_eq(d->transport, &transport_serial);
    ck_assert_uint_eq(d->speed, 115200);
    ck_assert_int_eq(d->flow, FLOW_NONE);
    ck_assert(d->handshake);
    ck_assert_ptr_nonnull(d = d->next);
    ck_assert_str_eq(d->name, "Net");
    ck_assert_str_eq(d->path, "");
    ck_assert_uint_eq(d->speed, 0);
    ck_assert_ptr_nonnull(d = d->next);
    ck_assert_str_eq(d->script, "busy 3");
    ck_assert_ptr_null(d->next);
    devices_free(list);
}
END_TEST

static const struct
{
    const char *text;
    const char *logged; /* after the path */
} bad_files[] = {
    {"[A]\ntype = modem\npath = /dev/a\nspede = 1\n", ":4: unknown key 'spede'"},
    {"[A]\ntype = modem\npath = /dev/a\nspeed = fast\n", ":4: bad value for 'speed'"},
    {"[A]\ntype = modem\npath = /dev/a\nspeed = 0\n", ":4: bad value for 'speed'"},
    {"[A]\ntype = modem\npath = /dev/a\nspeed = 99999999999999999999\n", ":4: bad value for 'speed'"},
    {"[A]\ntype = modem\npath = /dev/a\nanswer-timeout = -1\n", ":4: bad value for 'answer-timeout'"},
    {"[A]\ntype = modem\npath = /dev/a\nanswer-timeout = 1h\n", ":4: bad value for 'answer-timeout'"},
    {"[A]\ntype = modem\npath = /dev/a\nreply-timeout = 1e99\n", ":4: bad value for 'reply-timeout'"},
    {"[A]\ntype = modem\npath = /dev/a\nflow = some\n", ":4: bad value for 'flow'"},
    {"[A]\ntype = modem\npath = /dev/a\ninit = a\tb\n", ":4: bad value for 'init'"},
    {"[A]\ntype = modem\npath = /dev/a\nhandshake = x\n", ":4: bad value for 'handshake'"},
    {"[A]\ntype = modem\npath = dev/a\n", ":3: bad value for 'path'"},
    {"[A]\ntype = carrier pigeon\n", ":2: bad value for 'type'"},
    {"[A]\npath = /dev/a\n", ":1: [A] has no type"},
    {"[A]\n", ":1: [A] has no type"},
    {"[A]\ntype = modem\n", ":1: [A] has no path"},
    {"[]\ntype = tcp\n", ":1: the name of the section is empty"},
    {"[G]\ntype = tcp\n[A]\ntype = tcp\ndial-prefix = 12345678901234567\n", ":5: bad value for 'dial-prefix'"},
};

START_TEST(test_bad)
{
    struct device *list;
    char expected[192], text[512];

    snprintf(text, sizeof(text), "%s[Good]\ntype = tcp\n", bad_files[_i].text);
    list = load(text);
    snprintf(expected, sizeof(expected), "%s%s", config, bad_files[_i].logged);
    ck_assert_msg(strstr(stub_log, expected), "'%s' not in '%s'", expected, stub_log);
    ck_assert_ptr_nonnull(list);
    ck_assert_str_ne(list->name, "A");
    while (list->next)
    {
        struct device *next = list->next;

        free(list);
        list = next;
    }
    ck_assert_str_eq(list->name, "Good");
    devices_free(list);
}
END_TEST

START_TEST(test_bad_lines)
{
    struct device *list;
    char *text = malloc(100000);

    ck_assert_ptr_nonnull(text);
    /* A line that is too long spoils its own section only. */
    strcpy(text, "[A]\ntype = modem\npath = /dev/a\ninit = ");
    memset(text + strlen(text) + 1, 0, 1);
    memset(text + strlen(text), 'x', 90000);
    text[38 + 90000] = 0;
    strcat(text, "\n[B]\ntype = tcp\n");
    list = load(text);
    ck_assert_ptr_nonnull(list);
    ck_assert_str_eq(list->name, "B");
    ck_assert_ptr_null(list->next);
    ck_assert_ptr_nonnull(strstr(stub_log, ":4: line too long"));
    devices_free(list);

    /* Keys before the first section, lines that are neither. */
    stub_log_clear();
    list = load("type = tcp\n[B]\ntype = tcp\nnonsense\n");
    ck_assert_ptr_nonnull(strstr(stub_log, ":1: 'type' stands in no section"));
    ck_assert_ptr_nonnull(strstr(stub_log, ":4: not understood"));
    devices_free(list);

    /* A name twice, in any case: the first one counts. */
    stub_log_clear();
    list = load("[B]\ntype = tcp\n[b]\ntype = fake\n");
    ck_assert_ptr_eq(list->transport, &transport_tcp);
    ck_assert_ptr_null(list->next);
    ck_assert_ptr_nonnull(strstr(stub_log, ":3: [b] exists already"));
    devices_free(list);
    free(text);
}
END_TEST

/* libinih alone would cut this name. */
START_TEST(test_long_name)
{
    char text[1024], name[DEVICE_NAME_MAX * 2 + 3];
    struct device *list;
    size_t i;

    for (i = 0; i < DEVICE_NAME_MAX * 2; i += 2) memcpy(name + i, "\xc3\xa4", 3);
    snprintf(text, sizeof(text), "[%.90s]\ntype = tcp\n", name);
    list = load(text);
    ck_assert_ptr_nonnull(list);
    ck_assert_uint_eq(strlen(list->name), 90);
    devices_free(list);

    memcpy(name + i, "z", 2);
    snprintf(text, sizeof(text), "[%s]\ntype = tcp\n", name);
    check_builtin(load(text));
}
END_TEST

START_TEST(test_find_ttys)
{
    struct device *list, *d;
    char text[256], path[192];

    add_tty("ttyS0", "4\n");
    add_tty("ttyS1", "0\n");
    add_tty("ttyS2", NULL);
    add_tty("ttyUSB10", NULL);
    add_tty("ttyUSB2", NULL);
    add_tty("ttyACM0", NULL);
    add_tty("tty1", NULL);
    add_tty("ttyS", "4\n");
    add_tty("ttyUSBx", NULL);
    add_tty("ttyUSB3", NULL);
    snprintf(path, sizeof(path), "%s/ttyUSB3", dev_dir);
    unlink(path);
    snprintf(path, sizeof(path), "%s/link", dev_dir);
    ck_assert_int_eq(symlink("ttyUSB2", path), 0);

    /* A link to a tty that is found as well, and a name that is taken. */
    snprintf(text, sizeof(text), "[Mine]\ntype=modem\npath=%s\n[standard modem on ttyACM0]\ntype=tcp\n", path);
    list = d = load(text);
    ck_assert_str_eq(d->name, "Mine");
    ck_assert_str_eq((d = d->next)->name, "standard modem on ttyACM0");
    ck_assert_str_eq((d = d->next)->name, "Standard Modem on ttyACM0 #2");
    ck_assert_str_eq((d = d->next)->name, "Standard Modem on ttyS0");
    ck_assert_ptr_eq(d->transport, &transport_modem);
    ck_assert_int_eq(d->flow, FLOW_HARDWARE);
    ck_assert_str_eq((d = d->next)->name, "Standard Modem on ttyUSB10");
    ck_assert_ptr_null(d->next);
    devices_free(list);
}
END_TEST

/* What the entry says counts where devices.conf says nothing, and for modems alone. */
START_TEST(test_entry_settings)
{
    static const struct
    {
        const char *config;
        uint32_t bps, options;
        unsigned int speed;
        int flow;
    } rows[] = {
        {"type=modem", 0, 0, 115200, FLOW_HARDWARE},
        {"type=modem", 57600, WIRE_MODEM_FLOW_OFF, 57600, FLOW_NONE},
        {"type=modem", 57600, WIRE_MODEM_FLOW_ON, 57600, FLOW_HARDWARE},
        {"type=modem\nspeed=9600", 57600, WIRE_MODEM_FLOW_OFF, 9600, FLOW_NONE},
        {"type=modem\nflow=software", 57600, WIRE_MODEM_FLOW_ON, 57600, FLOW_SOFTWARE},
        {"type=serial", 57600, WIRE_MODEM_FLOW_ON, 115200, FLOW_NONE},
    };
    struct conn a = {.id = 1};
    struct port *port;
    char text[128];
    uint32_t error;

    snprintf(text, sizeof(text), "[One]\npath=/dev/x1\n%s\n", rows[_i].config);
    write_file(config, text);
    a.dial.modem_bps = rows[_i].bps;
    a.dial.modem_options = rows[_i].options;
    port = port_acquire(&a, _i == 5 ? "serial" : "modem", "One", &error);
    ck_assert_ptr_nonnull(port);
    ck_assert_uint_eq(port->device->speed, rows[_i].speed);
    ck_assert_int_eq(port->device->flow, rows[_i].flow);
    port_release(port);
}
END_TEST

#define TWO_MODEMS                                                                                            \
    "[Cable]\ntype=serial\npath=/dev/x0\n[One]\ntype=modem\npath=/dev/x1\n[Two]\ntype=modem\npath=/dev/x2\n" \
    "[Alias]\ntype=serial\npath=/dev/x2\n"

START_TEST(test_ports)
{
    struct conn a = {.id = 1}, b = {.id = 2};
    struct port *one, *two, *third;
    unsigned int i;
    uint32_t error;

    write_file(config, TWO_MODEMS);
    one = port_acquire(&a, "", "", &error);
    ck_assert_ptr_nonnull(one);
    ck_assert_uint_eq(error, 0);
    ck_assert_str_eq(one->device->name, "One");
    ck_assert_int_eq(one->fd, -1);
    ck_assert_uint_eq(port_user(one->device), 1);

    ck_assert_ptr_null(port_acquire(&b, "modem", "One", &error));
    ck_assert_uint_eq(error, 633);
    ck_assert_ptr_null(port_acquire(&b, "fake", "Two", &error));
    ck_assert_uint_eq(error, 608);
    ck_assert_ptr_null(port_acquire(&b, "", "Three", &error));
    ck_assert_uint_eq(error, 608);
    ck_assert_ptr_null(port_acquire(&b, "pigeon", "Two", &error));
    ck_assert_uint_eq(error, 609);

    /* No device of this type has the name: another one of the type. */
    two = port_acquire(&b, "modem", "Three", &error);
    ck_assert_ptr_nonnull(two);
    ck_assert_uint_eq(error, 0);
    ck_assert_str_eq(two->device->name, "Two");
    third = port_acquire(&b, "serial", "One", &error);
    ck_assert_ptr_nonnull(third);
    ck_assert_str_eq(third->device->name, "Cable");
    /* The other serial device has the tty of "Two". */
    ck_assert_ptr_null(port_acquire(&b, "serial", "One", &error));
    ck_assert_uint_eq(error, 633);
    port_release(third);
    port_release(two);

    two = port_acquire(&b, "MODEM", "", &error);
    ck_assert_ptr_nonnull(two);
    ck_assert_str_eq(two->device->name, "Two");
    /* The other name of the same tty. */
    ck_assert_ptr_null(port_acquire(&b, "", "Alias", &error));
    ck_assert_uint_eq(error, 633);

    port_release(one);
    one = port_acquire(&a, "modem", "oNE", &error);
    ck_assert_ptr_nonnull(one);
    port_release(one);
    port_release(two);

    write_file(config, "[Cable]\ntype=serial\npath=/dev/x0\n");
    for (i = 0; i < 3; i++)
    {
        one = port_acquire(&a, (const char *const[]){"null", "serial", "SERIAL"}[i], "Cable", &error);
        ck_assert_ptr_nonnull(one);
        ck_assert_str_eq(one->device->name, "Cable");
        port_release(one);
    }
    one = port_acquire(&a, "generic", "", &error);
    ck_assert_ptr_nonnull(one);
    ck_assert_str_eq(one->device->name, "Net");
    port_release(one);
}
END_TEST

/* As if the file had been written long ago. */
static time_t time_passed;
time_t __real_time(time_t *result);
time_t __wrap_time(time_t *result);

time_t __wrap_time(time_t *result)
{
    return __real_time(result) + time_passed;
}

/* A file that is remembered, and changes. */
START_TEST(test_find)
{
    const struct device *device;

    time_passed = _i ? 60 : 0;
    ck_assert_ptr_null(devices_find("One"));
    write_file(config, "[One]\ntype=serial\npath=/dev/x1\nspeed=4800\n[Two]\ntype=fake\n");
    device = devices_find("oNE");
    ck_assert_ptr_nonnull(device);
    ck_assert_uint_eq(device->speed, 4800);
    ck_assert_ptr_nonnull(device = devices_find("two"));
    ck_assert_str_eq(device->name, "Two");
    ck_assert_ptr_null(devices_find("Three"));
    ck_assert_ptr_null(devices_find("Net"));
    write_file(config, "[One]\ntype=serial\npath=/dev/x1\nspeed=9600\n");
    ck_assert_ptr_nonnull(device = devices_find("One"));
    ck_assert_uint_eq(device->speed, 9600);
    ck_assert_ptr_null(devices_find("Two"));
    ck_assert_int_eq(unlink(config), 0);
    ck_assert_ptr_null(devices_find("One"));
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_nothing);
    tcase_add_test(tcase, test_good);
    tcase_add_loop_test(tcase, test_bad, 0, sizeof(bad_files) / sizeof(*bad_files));
    tcase_add_test(tcase, test_bad_lines);
    tcase_add_test(tcase, test_long_name);
    tcase_add_test(tcase, test_find_ttys);
    tcase_add_test(tcase, test_ports);
    tcase_add_loop_test(tcase, test_find, 0, 2);
    tcase_add_loop_test(tcase, test_entry_settings, 0, 6);
}

int main(void)
{
    return check_main("devices", add_tests);
}
