/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * manifest.c - what setup changed in a prefix, kept in the prefix itself.
 *
 * PREFIX/.wineras/manifest is lines of text:
 *   wineras 1
 *   override KEY VALUE         KEY: key | nokey (was there a key for overrides?);
 *                              VALUE: the old value, or - when there was none
 *   file KIND HASH NAME        KIND: had (the original is kept) | new
 * The originals are in PREFIX/.wineras/kept, by name.
 */
#include "wineras.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *manifest_path(const struct prefix *prefix)
{
    return format_text("%s/.wineras/manifest", prefix->dir);
}

char *manifest_kept(const struct prefix *prefix, const char *name)
{
    return format_text("%s/.wineras/kept/%s", prefix->dir, name);
}

struct manifest_file *manifest_find(const struct manifest *manifest, const char *name)
{
    size_t i;

    for (i = 0; i < manifest->count; i++)
    {
        if (!strcmp(manifest->files[i].name, name)) return &manifest->files[i];
    }
    return NULL;
}

struct manifest_file *manifest_add(struct manifest *manifest, const char *name)
{
    struct manifest_file *file;

    manifest->files = grow(manifest->files, manifest->count + 1, sizeof(*manifest->files));
    file = &manifest->files[manifest->count++];
    memset(file, 0, sizeof(*file));
    file->name = copy_text(name, strlen(name));
    return file;
}

/* Names come from a file in the prefix: they must stay below windows. */
static bool is_safe_name(const char *name)
{
    const char *slash = strchr(name, '/');

    return slash && slash != name && slash[1] && !strchr(slash + 1, '/') && name[0] != '.' && slash[1] != '.';
}

static int parse_line(struct manifest *manifest, char *line)
{
    struct manifest_file *file;
    char kind[8];
    uint64_t hash;
    int used = 0;

    if (sscanf(line, "file %7s %" SCNx64 " %n", kind, &hash, &used) == 2 && used && is_safe_name(line + used) &&
        (!strcmp(kind, "had") || !strcmp(kind, "new")))
    {
        file = manifest_add(manifest, line + used);
        file->hash = hash;
        file->had_file = !strcmp(kind, "had");
        return 0;
    }
    if (sscanf(line, "override %7s %n", kind, &used) == 1 && used && line[used] &&
        (!strcmp(kind, "key") || !strcmp(kind, "nokey")))
    {
        free(manifest->old_override);
        manifest->had_key = !strcmp(kind, "key");
        manifest->old_override = strcmp(line + used, "-") ? copy_text(line + used, strlen(line + used)) : NULL;
        return 0;
    }
    return -1;
}

int manifest_read(struct manifest *manifest, const struct prefix *prefix)
{
    char *path = manifest_path(prefix), *text, *line, *rest;
    size_t len;
    int result = 0;

    memset(manifest, 0, sizeof(*manifest));
    if (!(text = file_read(path, &len)))
    {
        if (errno != ENOENT) result = complain_errno("can't read %s", path);
        free(path);
        return result;
    }
    rest = text;
    line = strsep(&rest, "\n");
    if (strcmp(line, "wineras 1"))
    {
        result = complain("%s is not of this version of wineras", path);
    }
    while (!result && (line = strsep(&rest, "\n")))
    {
        if (*line && parse_line(manifest, line)) result = complain("%s is damaged: %s", path, line);
    }
    manifest->exists = true;
    free(text);
    free(path);
    if (result) manifest_free(manifest);
    return result;
}

int manifest_write(const struct manifest *manifest, const struct prefix *prefix)
{
    char *path = manifest_path(prefix), *dir = format_text("%s/.wineras", prefix->dir), *text = NULL;
    size_t len = 0, i;
    FILE *stream = open_memstream(&text, &len);
    int result = -1;

    if (!stream) goto done;
    fprintf(stream, "wineras 1\noverride %s %s\n", manifest->had_key ? "key" : "nokey",
            manifest->old_override ? manifest->old_override : "-");
    for (i = 0; i < manifest->count; i++)
    {
        fprintf(stream, "file %s %016" PRIx64 " %s\n", manifest->files[i].had_file ? "had" : "new",
                manifest->files[i].hash, manifest->files[i].name);
    }
    if (fclose(stream) || make_directories(dir) || file_write(path, text, len, 0600)) goto done;
    sync_directory(dir);
    result = 0;

done:
    if (result) complain_errno("can't write %s", path);
    free(text);
    free(dir);
    free(path);
    return result;
}

void manifest_free(struct manifest *manifest)
{
    size_t i;

    for (i = 0; i < manifest->count; i++) free(manifest->files[i].name);
    free(manifest->files);
    free(manifest->old_override);
    memset(manifest, 0, sizeof(*manifest));
}

void manifest_remove(const struct prefix *prefix)
{
    static const char *const dirs[] = {"kept/system32", "kept/syswow64", "kept", "."};
    char *path = manifest_path(prefix);
    size_t i;

    unlink(path);
    free(path);
    for (i = 0; i < sizeof(dirs) / sizeof(*dirs); i++)
    {
        path = format_text("%s/.wineras/%s", prefix->dir, strcmp(dirs[i], ".") ? dirs[i] : "");
        rmdir(path);
        free(path);
    }
}
