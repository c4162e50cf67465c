/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * devices.c - what may be dialled with: the sections of devices.conf, then the
 * ttys of this machine that no section names, then what needs no hardware.  Opens no
 * device: a look at a tty must not raise its DTR.
 */
#include "config.h"

#include "hash.h"
#include "rasmand.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <ini.h>

#define DEFAULT_SPEED 115200
#define MODEM_ANSWER_TIMEOUT 60000
#define MODEM_REPLY_TIMEOUT 5000
#define TCP_ANSWER_TIMEOUT 30000
#define CALLBACK_TIMEOUT 120000
#define TABLE_SIZE 1024
#define SETTLED_SECONDS 2

/* devices.conf while it is read.  libinih cuts section names at 50 bytes and
 * long lines into pieces, so lines and section headers are read here. */
struct reader
{
    FILE *file;
    const char *path;
    unsigned int line;
    char *text;
    size_t text_size;
    struct device **tail;
    struct device *device; /* of the section being read */
    unsigned int section_line;
    bool bad;              /* something in this section is wrong: leave the device out */
};

static void set_defaults(struct device *device)
{
    bool modem = device->transport->is_modem;

    if (device->transport->needs_path && !device->speed) device->speed = DEFAULT_SPEED;
    if (!device->has_flow) device->flow = modem ? FLOW_HARDWARE : FLOW_NONE;
    if (!device->answer_timeout) device->answer_timeout = modem ? MODEM_ANSWER_TIMEOUT : TCP_ANSWER_TIMEOUT;
    if (!device->reply_timeout) device->reply_timeout = MODEM_REPLY_TIMEOUT;
    if (!device->callback_timeout) device->callback_timeout = CALLBACK_TIMEOUT;
}

/* The list that is made, and where its names are. */
struct load
{
    struct reader reader;
    struct device *list;
    struct device *by_name[TABLE_SIZE];
};

static struct device **name_place(struct load *load, const char *name)
{
    return &load->by_name[hash_name(HASH_BEGIN, name) % TABLE_SIZE];
}

static const struct device *find_device(struct load *load, const char *name)
{
    const struct device *device = *name_place(load, name);

    while (device && strcasecmp(device->name, name)) device = device->name_next;
    return device;
}

static void append(struct load *load, struct device *device)
{
    struct device **place = name_place(load, device->name);

    device->name_next = *place;
    *place = device;
    device->next = NULL;
    *load->reader.tail = device;
    load->reader.tail = &device->next;
}

/* ---- devices.conf ---------------------------------------------------------- */

static int set_string(char *dst, size_t size, const char *value)
{
    size_t len = strlen(value), i;

    if (len >= size) return -1;
    for (i = 0; i < len; i++)
        if ((unsigned char)value[i] < 0x20 || value[i] == 0x7f) return -1;
    memcpy(dst, value, len + 1);
    return 0;
}
#define SET_STRING(field, value) set_string(field, sizeof(field), value)

/* "30", "2.5", "30s" or "500ms" as milliseconds. */
static int set_time(unsigned int *dst, const char *value)
{
    char *end;
    double number;

    if (!isdigit((unsigned char)*value)) return -1;
    number = strtod(value, &end);
    if (!strcmp(end, "ms"))
        number /= 1000;
    else if (*end && strcmp(end, "s"))
        return -1;
    if (!(number >= 0.001 && number <= 86400)) return -1;
    *dst = (unsigned int)(number * 1000 + 0.5);
    return 0;
}

static int set_speed(unsigned int *dst, const char *value)
{
    unsigned long number;
    char *end;

    if (!isdigit((unsigned char)*value)) return -1;
    number = strtoul(value, &end, 10);
    if (*end || number < 50 || number > 16000000) return -1;
    *dst = (unsigned int)number;
    return 0;
}

static int set_type(struct device *device, const char *value)
{
    size_t i;

    for (i = 0; transports[i]; i++)
        if (!strcasecmp(transports[i]->type, value))
        {
            device->transport = transports[i];
            return 0;
        }
    return -1;
}

static int set_flow(struct device *device, const char *value)
{
    if (!strcasecmp(value, "none"))
        device->flow = FLOW_NONE;
    else if (!strcasecmp(value, "hardware") || !strcasecmp(value, "rtscts"))
        device->flow = FLOW_HARDWARE;
    else if (!strcasecmp(value, "software") || !strcasecmp(value, "xonxoff"))
        device->flow = FLOW_SOFTWARE;
    else
        return -1;
    return 0;
}

static int set_handshake(struct device *device, const char *value)
{
    if (!strcasecmp(value, "none"))
        device->handshake = false;
    else if (!strcasecmp(value, "client"))
        device->handshake = true;
    else
        return -1;
    return 0;
}

/* 0, -1 for a bad value, -2 for a key that does not exist. */
static int set_key(struct reader *reader, const char *key, const char *value)
{
    struct device *device = reader->device;

    if (!strcmp(key, "type")) return set_type(device, value);
    if (!strcmp(key, "path")) return *value == '/' ? SET_STRING(device->path, value) : -1;
    if (!strcmp(key, "speed"))
    {
        device->has_speed = true;
        return set_speed(&device->speed, value);
    }
    if (!strcmp(key, "init")) return SET_STRING(device->init, value);
    if (!strcmp(key, "error-control-off")) return SET_STRING(device->error_control[0], value);
    if (!strcmp(key, "error-control-on")) return SET_STRING(device->error_control[1], value);
    if (!strcmp(key, "compression-off")) return SET_STRING(device->compression[0], value);
    if (!strcmp(key, "compression-on")) return SET_STRING(device->compression[1], value);
    if (!strcmp(key, "dial-prefix")) return SET_STRING(device->dial_prefix, value);
    if (!strcmp(key, "answer-timeout")) return set_time(&device->answer_timeout, value);
    if (!strcmp(key, "reply-timeout")) return set_time(&device->reply_timeout, value);
    if (!strcmp(key, "callback-timeout")) return set_time(&device->callback_timeout, value);
    if (!strcmp(key, "handshake")) return set_handshake(device, value);
    if (!strcmp(key, "script")) return SET_STRING(device->script, value);
    if (!strcmp(key, "flow"))
    {
        device->has_flow = true;
        return set_flow(device, value);
    }
    return -2;
}

/* Put the section that was read into the list, unless it is not usable. */
static void end_section(struct load *load)
{
    struct reader *reader = &load->reader;
    struct device *device = reader->device;

    reader->device = NULL;
    if (!device) return;
    if (!reader->bad && !device->transport)
    {
        log_warnx(0, "%s:%u: [%s] has no type", reader->path, reader->section_line, device->name);
        reader->bad = true;
    }
    if (!reader->bad && device->transport->needs_path && !device->path[0])
    {
        log_warnx(0, "%s:%u: [%s] has no path", reader->path, reader->section_line, device->name);
        reader->bad = true;
    }
    if (reader->bad)
    {
        log_warnx(0, "%s:%u: [%s] is left out", reader->path, reader->section_line, device->name);
        free(device);
        return;
    }
    set_defaults(device);
    append(load, device);
}

static size_t utf8_characters(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        if (((unsigned char)*text & 0xc0) != 0x80) n++;
    return n;
}

static void begin_section(struct load *load, const char *name, size_t len)
{
    struct reader *reader = &load->reader;

    end_section(load);
    reader->section_line = reader->line;
    reader->bad = false;
    if (!(reader->device = calloc(1, sizeof(*reader->device)))) return;
    if (!len || len >= sizeof(reader->device->name))
    {
        log_warnx(0, "%s:%u: the name of the section is empty or too long", reader->path, reader->line);
        reader->bad = true;
        snprintf(reader->device->name, sizeof(reader->device->name), "%.*s", 20, len ? name : "");
        return;
    }
    memcpy(reader->device->name, name, len);
    if (utf8_characters(reader->device->name) > DEVICE_NAME_MAX)
    {
        log_warnx(0, "%s:%u: a name has at most %d characters", reader->path, reader->line, DEVICE_NAME_MAX);
        reader->bad = true;
    }
    if (find_device(load, reader->device->name))
    {
        log_warnx(0, "%s:%u: [%s] exists already", reader->path, reader->line, reader->device->name);
        reader->bad = true;
    }
}

static char *read_line(char *buf, int size, void *context)
{
    struct load *load = context;
    struct reader *reader = &load->reader;
    const char *start, *end;
    ssize_t len;

    if ((len = getline(&reader->text, &reader->text_size, reader->file)) < 0) return NULL;
    reader->line++;
    if (strlen(reader->text) != (size_t)len || len + 1 > size)
    {
        log_warnx(0, "%s:%u: line too long or not text", reader->path, reader->line);
        reader->bad = true;
        strcpy(buf, "\n");
        return buf;
    }
    memcpy(buf, reader->text, (size_t)len + 1);
    start = buf;
    if (reader->line == 1 && !strncmp(start, "\xef\xbb\xbf", 3)) start += 3;
    while (isspace((unsigned char)*start)) start++;
    if (*start == '[' && (end = strchr(start, ']')))
        begin_section(load, start + 1, (size_t)(end - start - 1));
    return buf;
}

static int read_key(void *context, const char *section, const char *key, const char *value)
{
    struct reader *reader = &((struct load *)context)->reader;
    int result;

    (void)section;
    if (!reader->device)
    {
        log_warnx(0, "%s:%u: '%s' stands in no section", reader->path, reader->line, key);
        return 1;
    }
    if (!(result = set_key(reader, key, value ? value : ""))) return 1;
    log_warnx(0, "%s:%u: %s '%s'", reader->path, reader->line, result == -2 ? "unknown key" : "bad value for", key);
    reader->bad = true;
    return 1;
}

/* Returns 0, or -1 when the file can't be read. */
static int read_config(struct load *load, const char *path)
{
    int line;

    load->reader.path = path;
    if (!(load->reader.file = fopen(path, "re"))) return -1;
    line = ini_parse_stream(read_line, load, read_key, load);
    end_section(load);
    if (line > 0) log_warnx(0, "%s:%d: not understood", path, line);
    free(load->reader.text);
    fclose(load->reader.file);
    return 0;
}

#define SYSTEM_CONFIG SYSCONFDIR "/wineras/devices.conf"

/* Where the user's own is.  Returns false when that of the system does not stand in for it. */
static bool user_config(char *path, size_t size)
{
    const char *dir = getenv("WINERAS_CONFIG"), *config_home = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

    if (dir && *dir)
    {
        snprintf(path, size, "%s/devices.conf", dir);
        return false;
    }
    if (config_home && *config_home == '/')
        snprintf(path, size, "%s/wineras/devices.conf", config_home);
    else
        snprintf(path, size, "%s/.config/wineras/devices.conf", home && *home ? home : "");
    return true;
}

/* The first devices.conf that exists. */
static void read_user_config(struct load *load)
{
    char path[PATH_MAX];
    bool stands_in = user_config(path, sizeof(path));

    if (!read_config(load, path)) return;
    if (errno != ENOENT) log_warn(0, "%s", path);
    if (stands_in && read_config(load, SYSTEM_CONFIG) && errno != ENOENT) log_warn(0, "%s", SYSTEM_CONFIG);
}

/* ---- devices that no section names ------------------------------------------ */

/* Programs tell devices by their names. */
static void set_unique_name(struct device *device, struct load *load, const char *name)
{
    int n;

    snprintf(device->name, sizeof(device->name), "%s", name);
    for (n = 2; find_device(load, device->name); n++)
        snprintf(device->name, sizeof(device->name), "%s #%d", name, n);
}

static void add_device(struct load *load, const struct transport *transport, const char *name, const char *path)
{
    struct device *device = calloc(1, sizeof(*device));

    if (!device) return;
    device->transport = transport;
    snprintf(device->path, sizeof(device->path), "%s", path);
    set_unique_name(device, load, name);
    set_defaults(device);
    append(load, device);
}

/* A transport that needs nothing but its program can always be dialled with.  So there is a
 * device also where there is no hardware: Windows lists its WAN miniports everywhere, and
 * programs do not expect an empty list. */
static void add_builtin_devices(struct load *load)
{
    const struct device *device;
    size_t i;

    for (i = 0; transports[i]; i++)
    {
        if (!transports[i]->builtin) continue;
        for (device = load->list; device && device->transport != transports[i]; device = device->next) continue;
        if (!device) add_device(load, transports[i], transports[i]->builtin, "");
    }
}

static int is_tty_name(const struct dirent *entry)
{
    const char *name = entry->d_name;

    if (strncmp(name, "tty", 3)) return 0;
    name += 3;
    if (!strncmp(name, "USB", 3) || !strncmp(name, "ACM", 3))
        name += 3;
    else if (*name == 'S')
        name++;
    else
        return 0;
    if (!*name) return 0;
    while (isdigit((unsigned char)*name)) name++;
    return !*name;
}

/* A ttyS is listed by the kernel also where there is no UART; type 0 is
 * PORT_UNKNOWN.  USB's are there only while the hardware is. */
static bool is_usable(const char *sys_dir, const char *name, const char *dev_path)
{
    char path[PATH_MAX];
    int type = 0;
    FILE *file;

    if (access(dev_path, F_OK)) return false;
    if (name[3] != 'S') return true;
    snprintf(path, sizeof(path), "%s/%s/type", sys_dir, name);
    if (!(file = fopen(path, "re"))) return false;
    if (fscanf(file, "%d", &type) != 1) type = 0;
    fclose(file);
    return type != 0 && !access(dev_path, R_OK | W_OK);
}

/* Do both paths name the same tty?  Links as in /dev/serial/by-id are usual. */
static bool is_same_path(const char *a, const char *b)
{
    char *real_a = realpath(a, NULL), *real_b = realpath(b, NULL);
    bool same = !strcmp(real_a ? real_a : a, real_b ? real_b : b);

    free(real_a);
    free(real_b);
    return same;
}

static void find_ttys(struct load *load, const char *sys_dir, const char *dev_dir)
{
    struct dirent **entries;
    const struct device *other;
    char path[DEVICE_PATH_MAX + 1], name[DEVICE_NAME_MAX + 1];
    int count, i, n;

    if ((count = scandir(sys_dir, &entries, is_tty_name, versionsort)) < 0) return;
    for (i = 0; i < count; i++)
    {
        n = snprintf(path, sizeof(path), "%s/%s", dev_dir, entries[i]->d_name);
        if (n < 0 || (size_t)n >= sizeof(path) || !is_usable(sys_dir, entries[i]->d_name, path)) continue;
        for (other = load->list; other; other = other->next)
            if (other->path[0] && is_same_path(other->path, path)) break;
        if (other) continue;
        snprintf(name, sizeof(name), "Standard Modem on %.64s", entries[i]->d_name);
        add_device(load, &transport_modem, name, path);
    }
    for (i = 0; i < count; i++) free(entries[i]);
    free(entries);
}

struct device *devices_load_from(const char *config, const char *sys_dir, const char *dev_dir)
{
    struct load load = {0};

    load.reader.tail = &load.list;
    if (config)
        read_config(&load, config);
    else
        read_user_config(&load);
    find_ttys(&load, sys_dir, dev_dir);
    add_builtin_devices(&load);
    return load.list;
}

struct device *devices_load(void)
{
    return devices_load_from(NULL, "/sys/class/tty", "/dev");
}

void devices_free(struct device *list)
{
    struct device *next;

    for (; list; list = next)
    {
        next = list->next;
        free(list);
    }
}

/* ---- one device of many ------------------------------------------------------- */

/* The file as it was when it was read; without one st_nlink is 0. */
static struct load known;
static struct stat known_file;
static bool known_settled;

static void stat_user_config(struct stat *file)
{
    char path[PATH_MAX];
    bool stands_in = user_config(path, sizeof(path));

    memset(file, 0, sizeof(*file));
    if (stat(path, file) && (!stands_in || stat(SYSTEM_CONFIG, file))) file->st_nlink = 0;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_nlink && b->st_nlink && a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
           a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec && a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
           a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

const struct device *devices_find(const char *name)
{
    struct stat file;

    stat_user_config(&file);
    if (!known_settled || !is_same_file(&file, &known_file))
    {
        devices_free(known.list);
        memset(&known, 0, sizeof(known));
        known.reader.tail = &known.list;
        read_user_config(&known);
        known_file = file;
        /* What is written right after we read may have the times of before. */
        known_settled = file.st_ctim.tv_sec + SETTLED_SECONDS < time(NULL);
    }
    return find_device(&known, name);
}
