/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * cmd_remove.c - "wineras remove": a Wine prefix as it was before setup.
 */
#include "wineras.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum target_state
{
    TARGET_NONE,
    TARGET_OURS,
    TARGET_OTHER
};

static enum target_state look_at(const char *target, uint64_t hash)
{
    struct stat st;
    size_t len;
    char *data;
    bool is_ours;

    if (lstat(target, &st)) return TARGET_NONE;
    if (!(data = file_read(target, &len))) return TARGET_OTHER;
    is_ours = hash_bytes(data, len) == hash;
    free(data);
    return is_ours ? TARGET_OURS : TARGET_OTHER;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat sa, sb;

    return !lstat(a, &sa) && !lstat(b, &sb) && sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

static int restore(const struct prefix *prefix, const struct manifest_file *file)
{
    char *target = format_text("%s/%s", prefix->windows, file->name);
    char *kept = manifest_kept(prefix, file->name);
    enum target_state state = look_at(target, file->hash);
    bool has_kept = !access(kept, F_OK) || errno != ENOENT;
    int result = 0;

    if (state == TARGET_OTHER && !is_same_file(target, kept))
    {
        /* Only a setup that was interrupted has kept nothing yet. */
        if (has_kept || !file->had_file)
            printf("%s is not ours any more and stays as it is.\n", file->name);
        unlink(kept);
    }
    else if (has_kept)
    {
        if (rename(kept, target)) result = complain_errno("can't put %s back", target);
        else unlink(kept); /* two names of one file: rename does nothing */
    }
    else if (state == TARGET_OURS && file->had_file)
    {
        result = complain("the original of %s is lost; 'wineboot -u' makes a new one once the file is deleted", target);
    }
    else if (state == TARGET_OURS && unlink(target))
    {
        result = complain_errno("can't delete %s", target);
    }
    free(kept);
    free(target);
    return result;
}

static int restore_override(const struct prefix *prefix, const struct manifest *manifest)
{
    char *override;
    bool has_key;
    int result = 0;

    if (override_get(prefix, &override, &has_key)) return -1;
    if (!override || strcmp(override, OVERRIDE_WANTED))
    {
        if (override && (!manifest->old_override || strcmp(override, manifest->old_override)))
            printf("The override of rasapi32 is not ours any more and stays as it is: %s\n", override);
    }
    else
    {
        result = override_set(prefix, manifest->old_override, !manifest->had_key);
    }
    free(override);
    return result;
}

int cmd_remove(const struct options *options)
{
    struct prefix prefix;
    struct manifest manifest = {0};
    int status = STATUS_FAILED;
    size_t i;
    bool has_failed = false;

    if (prefix_open(&prefix, options->prefix)) return STATUS_FAILED;
    if (manifest_read(&manifest, &prefix)) goto done;
    if (!manifest.exists)
    {
        printf("%s is not set up.\n", prefix.dir);
        status = STATUS_DONE;
        goto done;
    }
    if (restore_override(&prefix, &manifest)) goto done;
    for (i = 0; i < manifest.count; i++)
    {
        if (restore(&prefix, &manifest.files[i])) has_failed = true;
    }
    /* With the manifest still there remove can be run again. */
    if (has_failed) goto done;
    manifest_remove(&prefix);
    printf("%s is as it was before.\n", prefix.dir);
    status = STATUS_DONE;

done:
    manifest_free(&manifest);
    prefix_close(&prefix);
    return status;
}
