/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * override.c - the DLL override of rasapi32 in a prefix.
 *
 * A wineserver holds the registry in memory and overwrites the file when it
 * ends, so while one runs the change goes through Wine's own reg; else the file
 * is edited.
 */
#include "wineras.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define VALUE_NAME "rasapi32"
#define FILE_KEY   "Software\\\\Wine\\\\DllOverrides"
#define REG_KEY    "HKCU\\Software\\Wine\\DllOverrides"
#define REG_WAIT   60 /* seconds, for a machine that is very busy */

/* Run Wine's reg with these words.  Its exit status, or complains, -1. */
static int run_reg(const struct prefix *prefix, pid_t server, const char *const words[], char **output)
{
    const char *argv[16];
    char *env[5] = {format_text("WINEPREFIX=%s", prefix->dir), copy_text("WINEDEBUG=-all", 14),
                    copy_text("WINEDLLOVERRIDES=wineboot.exe=d", 31), NULL, NULL};
    char *wine = find_wine(server), *server_path = NULL;
    char exe[PATH_MAX];
    size_t i;
    int result;

    if (!wine)
    {
        for (i = 0; env[i]; i++) free(env[i]);
        return complain("a wineserver runs on %s but no wine was found; stop it with 'wineserver -k' or set WINELOADER",
                        prefix->dir);
    }
    /* The same server, not the one that this wine would start. */
    if (server > 1 && !getenv("WINESERVER"))
    {
        server_path = format_text("/proc/%d/exe", (int)server);
        if (realpath(server_path, exe)) env[3] = format_text("WINESERVER=%s", exe);
    }
    argv[0] = wine;
    argv[1] = "reg";
    for (i = 0; words[i]; i++) argv[i + 2] = words[i];
    argv[i + 2] = NULL;
    result = run_program(argv, (const char *const *)env, output, REG_WAIT);
    if (result < 0) complain("can't run '%s reg' in %s", wine, prefix->dir);
    for (i = 0; env[i]; i++) free(env[i]);
    free(server_path);
    free(wine);
    return result;
}

/* The value of a line "    rasapi32    REG_SZ    native,builtin", as the file
 * would have it. */
static char *parse_query(const char *output)
{
    const char *type = strstr(output, "REG_SZ");
    const char *end;
    char *value, *p;

    if (!type) return NULL;
    type += strlen("REG_SZ");
    type += strspn(type, " \t");
    end = type + strcspn(type, "\r\n");
    p = value = grow(NULL, (end - type) * 2 + 3, 1);
    *p++ = '"';
    for (; type < end; type++)
    {
        if (*type == '"' || *type == '\\') *p++ = '\\';
        *p++ = *type;
    }
    *p++ = '"';
    *p = 0;
    return value;
}

/* The text between the quotes, or NULL when the value is no plain text. */
static char *plain_text(const char *value)
{
    size_t len = strlen(value);
    char *text, *p;

    if (len < 2 || value[0] != '"' || value[len - 1] != '"') return NULL;
    text = p = grow(NULL, len, 1);
    for (value++; value[1]; value++)
    {
        if (*value == '\\' && (value[1] == '\\' || value[1] == '"')) value++;
        *p++ = *value;
    }
    *p = 0;
    return text;
}

static int get_from_server(const struct prefix *prefix, pid_t server, char **value, bool *has_key)
{
    static const char *const query_key[] = {"query", REG_KEY, NULL};
    static const char *const query[] = {"query", REG_KEY, "/v", VALUE_NAME, NULL};
    char *output = NULL;
    int status;

    *value = NULL;
    if ((status = run_reg(prefix, server, query_key, NULL)) < 0) return -1;
    *has_key = !status;
    if (!*has_key) return 0;
    if ((status = run_reg(prefix, server, query, &output)) < 0)
    {
        free(output);
        return -1;
    }
    if (!status && !(*value = parse_query(output)))
    {
        free(output);
        return complain("the override of rasapi32 in %s is no text", prefix->dir);
    }
    free(output);
    return 0;
}

static int set_in_server(const struct prefix *prefix, pid_t server, const char *value, bool drop_key)
{
    static const char *const delete[] = {"delete", REG_KEY, "/v", VALUE_NAME, "/f", NULL};
    static const char *const delete_key[] = {"delete", REG_KEY, "/f", NULL};
    static const char *const query_key[] = {"query", REG_KEY, NULL};
    const char *add[] = {"add", REG_KEY, "/v", VALUE_NAME, "/d", NULL, "/f", NULL};
    char *text = NULL, *output = NULL, *now = NULL;
    bool has_key;
    int status;

    if (value)
    {
        if (!(text = plain_text(value)))
            return complain("the old override %s can't be set while Wine runs; stop it with 'wineserver -k'", value);
        add[5] = text;
        status = run_reg(prefix, server, add, NULL);
        free(text);
    }
    else
    {
        status = run_reg(prefix, server, delete, NULL);
        if (!status && drop_key)
        {
            if (!run_reg(prefix, server, query_key, &output) && !strstr(output, "REG_"))
                status = run_reg(prefix, server, delete_key, NULL);
            free(output);
        }
    }
    if (status < 0) return -1;
    /* reg's status alone is not trusted: a Wine that can't start also ends. */
    if (get_from_server(prefix, server, &now, &has_key)) return -1;
    status = value ? !now || strcmp(now, value) : now != NULL;
    free(now);
    return status ? complain("Wine did not change the override of rasapi32 in %s", prefix->dir) : 0;
}

/* The file itself, where user.reg is a symbolic link. */
static char *registry_path(const struct prefix *prefix)
{
    char *path = format_text("%s/user.reg", prefix->dir), *real = realpath(path, NULL);

    if (!real) return path;
    free(path);
    return real;
}

static char *read_registry(const char *path, size_t *len)
{
    char *text = file_read(path, len);

    if (!text)
    {
        complain_errno("can't read %s", path);
    }
    else if (!registry_is_valid(text, *len))
    {
        complain("%s is not a Wine registry file", path);
        free(text);
        text = NULL;
    }
    return text;
}

int override_get(const struct prefix *prefix, char **value, bool *has_key)
{
    pid_t server = prefix_server(prefix);
    char *path, *text;
    size_t len;

    *value = NULL;
    if (server) return get_from_server(prefix, server, value, has_key);
    path = registry_path(prefix);
    if ((text = read_registry(path, &len)))
    {
        *has_key = registry_has_key(text, len, FILE_KEY);
        *value = registry_get(text, len, FILE_KEY, VALUE_NAME);
    }
    free(path);
    if (!text) return -1;
    free(text);
    return 0;
}

static int set_in_file(const struct prefix *prefix, const char *value, bool drop_key)
{
    char *path = registry_path(prefix), *text, *new_text;
    size_t len, new_len;
    struct stat st;
    int result = -1;

    if (!(text = read_registry(path, &len))) goto done;
    new_text = registry_set(text, len, FILE_KEY, VALUE_NAME, value, drop_key, &new_len);
    if (new_len == len && !memcmp(text, new_text, len)) result = 0;
    else if (stat(path, &st) || file_write(path, new_text, new_len, st.st_mode & 07777))
        complain_errno("can't write %s", path);
    else
        result = 0;
    free(new_text);
    free(text);
done:
    free(path);
    return result;
}

int override_set(const struct prefix *prefix, const char *value, bool drop_key)
{
    pid_t server = prefix_server(prefix);

    if (server) return set_in_server(prefix, server, value, drop_key);
    if (set_in_file(prefix, value, drop_key)) return -1;
    /* One that has started meanwhile may have read the old file. */
    if ((server = prefix_server(prefix))) return set_in_server(prefix, server, value, drop_key);
    return 0;
}
