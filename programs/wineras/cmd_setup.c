/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * cmd_setup.c - "wineras setup": our DLLs and the override into a Wine prefix.
 *
 * Everything is done or nothing: what was replaced is kept under a second name
 * until the end, and put back when a later step fails.
 */
#include "wineras.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ras_secret.h"

/* One file to put into the prefix. */
struct job
{
    char *name;   /* "system32/rasapi32.dll" */
    char *source;
    char *target;
    char *undo;   /* what was there, under another name; NULL: nothing was */
    char *data;
    size_t len;
    bool is_done;
};

struct work
{
    struct job *jobs;
    size_t count;
};

static bool is_windows_file(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot && (!strcmp(dot, ".dll") || !strcmp(dot, ".exe"));
}

static int add_place(struct work *work, const struct prefix *prefix, const char *libdir,
                     const struct prefix_place *place)
{
    char *dir = format_text("%s/%s", libdir, place->source);
    char **names = list_names(dir), **name;
    struct job *job;
    int result = 0;

    for (name = names; *name && !result; name++)
    {
        if (!is_windows_file(*name)) continue;
        work->jobs = grow(work->jobs, work->count + 1, sizeof(*work->jobs));
        job = &work->jobs[work->count++];
        memset(job, 0, sizeof(*job));
        job->name = format_text("%s/%s", place->target, *name);
        job->source = format_text("%s/%s", dir, *name);
        job->target = format_text("%s/%s", prefix->windows, job->name);
        if (!(job->data = file_read(job->source, &job->len))) result = complain_errno("can't read %s", job->source);
    }
    free_names(names);
    free(dir);
    return result;
}

static bool has_job(const struct work *work, const char *name)
{
    size_t i;

    for (i = 0; i < work->count; i++)
    {
        if (!strcmp(work->jobs[i].name, name)) return true;
    }
    return false;
}

static int find_jobs(struct work *work, const struct prefix *prefix)
{
    const struct prefix_place *place;
    char *libdir = find_libdir(), *name, *dir;
    int result = 0;

    for (place = prefix_places(prefix); place->source && !result; place++)
    {
        if ((result = add_place(work, prefix, libdir, place))) break;
        name = format_text("%s/rasapi32.dll", place->target);
        if (!has_job(work, name))
        {
            result = complain("%s/%s/rasapi32.dll not found: wineras is not installed; WINERAS_LIBDIR can name "
                              "another folder", libdir, place->source);
        }
        free(name);
        dir = format_text("%s/%s", prefix->windows, place->target);
        if (!result && make_directories(dir)) result = complain_errno("can't make %s", dir);
        free(dir);
    }
    free(libdir);
    return result;
}

static void free_work(struct work *work)
{
    struct job *job;

    for (job = work->jobs; job != work->jobs + work->count; job++)
    {
        free(job->name);
        free(job->source);
        free(job->target);
        free(job->undo);
        free(job->data);
    }
    free(work->jobs);
}

static bool is_current(const struct job *job)
{
    size_t len;
    char *data = file_read(job->target, &len);
    bool result = data && len == job->len && !memcmp(data, job->data, len);

    free(data);
    return result;
}

static bool exists(const char *path)
{
    struct stat st;

    return !lstat(path, &st);
}

/* Put one file in its place.  entry: what the manifest knows of it already. */
static int do_job(struct job *job, const struct prefix *prefix, const struct manifest_file *known)
{
    char *dir, *slash;
    int result;

    if (exists(job->target))
    {
        /* The first original is kept for remove, later ones only for this run. */
        job->undo = known ? format_text("%s.wineras-undo", job->target) : manifest_kept(prefix, job->name);
        dir = copy_text(job->undo, strlen(job->undo));
        if ((slash = strrchr(dir, '/'))) *slash = 0;
        unlink(job->undo);
        result = make_directories(dir) || file_keep(job->target, job->undo);
        free(dir);
        if (result)
        {
            complain_errno("can't keep a copy of %s", job->target);
            free(job->undo);
            job->undo = NULL;
            return -1;
        }
    }
    job->is_done = true;
    if (file_write(job->target, job->data, job->len, 0644)) return complain_errno("can't write %s", job->target);
    return 0;
}

static void undo_job(struct job *job)
{
    if (!job->is_done) return;
    if (!job->undo)
    {
        unlink(job->target);
        return;
    }
    if (rename(job->undo, job->target)) complain_errno("can't put %s back, it is kept as %s", job->target, job->undo);
    else unlink(job->undo); /* two names of one file: rename does nothing */
}

/* Would it change anything? */
static bool is_set_up(const struct work *work, const struct manifest *manifest, const char *override)
{
    size_t i;

    if (!manifest->exists || !override || strcmp(override, OVERRIDE_WANTED)) return false;
    for (i = 0; i < work->count; i++)
    {
        if (!manifest_find(manifest, work->jobs[i].name) || !is_current(&work->jobs[i])) return false;
    }
    return true;
}

/* What the manifest will say when all is done. */
static void plan_manifest(struct manifest *plan, const struct manifest *old, const struct work *work)
{
    const struct manifest_file *known;
    struct manifest_file *file;
    size_t i;

    for (i = 0; i < old->count; i++)
    {
        file = manifest_add(plan, old->files[i].name);
        file->hash = old->files[i].hash;
        file->had_file = old->files[i].had_file;
    }
    for (i = 0; i < work->count; i++)
    {
        known = manifest_find(old, work->jobs[i].name);
        file = known ? manifest_find(plan, work->jobs[i].name) : manifest_add(plan, work->jobs[i].name);
        file->hash = hash_bytes(work->jobs[i].data, work->jobs[i].len);
        if (!known) file->had_file = exists(work->jobs[i].target);
    }
}

static int apply(struct work *work, const struct prefix *prefix, const struct manifest *old, const char *override,
                 bool has_key)
{
    struct manifest plan = {.exists = true};
    size_t i;

    plan.had_key = old->exists ? old->had_key : has_key;
    plan.old_override = old->exists ? old->old_override : (char *)override;
    plan_manifest(&plan, old, work);
    if (manifest_write(&plan, prefix)) goto fail;
    for (i = 0; i < work->count; i++)
    {
        if (do_job(&work->jobs[i], prefix, manifest_find(old, work->jobs[i].name))) goto fail;
    }
    if (override_set(prefix, OVERRIDE_WANTED, false)) goto fail;
    for (i = 0; i < work->count; i++)
    {
        if (work->jobs[i].undo && manifest_find(old, work->jobs[i].name)) unlink(work->jobs[i].undo);
    }
    plan.old_override = NULL;
    manifest_free(&plan);
    return 0;

fail:
    for (i = work->count; i--;) undo_job(&work->jobs[i]);
    if (old->exists) manifest_write(old, prefix);
    else manifest_remove(prefix);
    complain("nothing was changed in %s", prefix->dir);
    plan.old_override = NULL;
    manifest_free(&plan);
    return -1;
}

/* That with which programs encrypt what they store (dlls/rasapi32/protect.h).  They can make it as
 * well, but not without the user's group being able to read it. */
static int make_secret(const struct prefix *prefix)
{
    char *dir = format_text("%s/.wineras", prefix->dir), *path = format_text("%s/.wineras/secret", prefix->dir);
    unsigned char secret[RAS_SECRET_SIZE];
    struct stat st;
    int result = 0;

    if (lstat(path, &st))
    {
        if (getrandom(secret, sizeof(secret), 0) != (ssize_t)sizeof(secret) || make_directories(dir) ||
            file_write(path, secret, sizeof(secret), 0600))
            result = complain_errno("can't write %s", path);
    }
    else if (S_ISREG(st.st_mode) && (st.st_mode & 077) && chmod(path, 0600))
        result = complain_errno("can't make %s private", path);
    wire_wipe_memory(secret, sizeof(secret));
    free(path);
    free(dir);
    return result;
}

int cmd_setup(const struct options *options)
{
    struct prefix prefix;
    struct manifest manifest = {0};
    struct work work = {0};
    char *override = NULL;
    bool has_key = false;
    int status = STATUS_FAILED;
    size_t i;

    if (prefix_open(&prefix, options->prefix)) return STATUS_FAILED;
    if (find_jobs(&work, &prefix) || manifest_read(&manifest, &prefix)) goto done;
    if (override_get(&prefix, &override, &has_key)) goto done;
    if (override && (override[0] != '"' || strchr(override, '\n')))
    {
        complain("the override of rasapi32 in %s is no text; delete it first", prefix.dir);
        goto done;
    }
    if (is_set_up(&work, &manifest, override))
    {
        if (make_secret(&prefix)) goto done;
        printf("%s is set up already.\n", prefix.dir);
        status = STATUS_DONE;
        goto done;
    }
    if (apply(&work, &prefix, &manifest, override, has_key) || make_secret(&prefix)) goto done;
    printf("%s is set up (%s):\n", prefix.dir, prefix.is_win64 ? "64 and 32 bit" : "32 bit");
    for (i = 0; i < work.count; i++) printf("  %s\n", work.jobs[i].name);
    puts("  override of rasapi32: native,builtin");
    status = STATUS_DONE;

done:
    free(override);
    free_work(&work);
    manifest_free(&manifest);
    prefix_close(&prefix);
    return status;
}
