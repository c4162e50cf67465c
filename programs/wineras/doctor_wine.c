/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * doctor_wine.c - examines Wine, our DLLs and the prefix.
 */
#include "wineras.h"

#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- our DLLs ---------------------------------------------------------------------- */

void doctor_dlls(struct doctor *doctor)
{
    static const char *const widths[] = {"x86_64-windows", "i386-windows"};
    char *libdir = find_libdir(), *path;
    bool is_complete = true;
    size_t i;

    for (i = 0; i < sizeof(widths) / sizeof(*widths); i++)
    {
        path = format_text("%s/%s/rasapi32.dll", libdir, widths[i]);
        if (access(path, R_OK))
        {
            doctor_problem(doctor, "install wineras again.", "DLLs: %s is not there.", path);
            is_complete = false;
        }
        free(path);
    }
    if (is_complete) doctor_good(doctor, "DLLs: %s, 32 and 64 bit.", libdir);
    free(libdir);
}

/* ---- Wine ---------------------------------------------------------------------------- */

/* Where distributions and WineHQ put Wine's Windows files of one width. */
static bool has_width(const struct doctor *doctor, const char *wine, const char *width)
{
    static const char *const patterns[] = {
        "/usr/lib/*/wine", "/usr/lib/wine", "/usr/lib64/wine", "/usr/lib32/wine", "/usr/local/lib/wine",
        "/usr/local/lib64/wine", "/opt/wine*/lib/wine", "/opt/wine*/lib64/wine",
    };
    char real[PATH_MAX], *pattern, *slash;
    glob_t found;
    size_t i;
    bool result = false;

    for (i = 0; i < sizeof(patterns) / sizeof(*patterns) && !result; i++)
    {
        pattern = format_text("%s%s/%s/rasapi32.dll", doctor->root, patterns[i], width);
        result = !glob(pattern, GLOB_NOSORT, NULL, &found);
        if (result) globfree(&found);
        free(pattern);
    }
    /* A Wine somewhere else: BIN/wine and LIB/wine side by side. */
    if (!result && realpath(wine, real) && (slash = strrchr(real, '/')))
    {
        *slash = 0;
        pattern = format_text("%s/../lib*/wine/%s/rasapi32.dll", real, width);
        result = !glob(pattern, GLOB_NOSORT, NULL, &found);
        if (result) globfree(&found);
        free(pattern);
    }
    return result;
}

static void examine_widths(struct doctor *doctor, const char *wine)
{
    bool has64 = has_width(doctor, wine, "x86_64-windows"), has32 = has_width(doctor, wine, "i386-windows");

    if (has64 && has32) doctor_good(doctor, "Wine runs 32-bit and 64-bit programs.");
    else if (has64) doctor_note(doctor, "Wine runs 64-bit programs only (Debian: package wine32:i386 adds 32 bit).");
    else if (has32) doctor_note(doctor, "Wine runs 32-bit programs only (Debian: package wine64 adds 64 bit).");
    else doctor_note(doctor, "Wine's own DLLs are in an unusual place; which widths it runs is not known.");
}

void doctor_wine(struct doctor *doctor)
{
    char *wine = find_wine(0), *output = NULL;
    const char *argv[] = {wine, "--version", NULL};
    int major = 0, minor = 0;

    if (!wine)
    {
        doctor_problem(doctor, "install package wine (8.0 or later).", "Wine: not found.");
        return;
    }
    if (run_program(argv, NULL, &output, 30) != 0 || sscanf(output, "wine-%d.%d", &major, &minor) != 2)
    {
        doctor_problem(doctor, "look at what it says to '--version'.", "Wine: %s does not run.", wine);
    }
    else if (major < 8)
    {
        doctor_problem(doctor, "install Wine 8.0 or later.", "Wine: version %d.%d is too old.", major, minor);
    }
    else
    {
        doctor_good(doctor, "Wine: version %d.%d (%s).", major, minor, wine);
        examine_widths(doctor, wine);
    }
    free(output);
    free(wine);
}

/* ---- prefix ---------------------------------------------------------------------------- */

static bool is_same_content(const char *a, const char *b)
{
    size_t a_len, b_len;
    char *a_data = file_read(a, &a_len), *b_data = file_read(b, &b_len);
    bool result = a_data && b_data && a_len == b_len && !memcmp(a_data, b_data, a_len);

    free(a_data);
    free(b_data);
    return result;
}

/* Are the prefix's copies of rasapi32.dll those that are installed? */
static bool has_current_dlls(const struct prefix *prefix)
{
    const struct prefix_place *place;
    char *libdir = find_libdir(), *source, *target;
    bool result = true;

    for (place = prefix_places(prefix); place->source && result; place++)
    {
        source = format_text("%s/%s/rasapi32.dll", libdir, place->source);
        target = format_text("%s/%s/rasapi32.dll", prefix->windows, place->target);
        result = is_same_content(source, target);
        free(source);
        free(target);
    }
    free(libdir);
    return result;
}

void doctor_prefix(struct doctor *doctor)
{
    char *dir = doctor->prefix ? copy_text(doctor->prefix, strlen(doctor->prefix)) : prefix_default();
    char *mend = format_text("'wineras setup --prefix %s'.", dir), *override = NULL;
    struct manifest manifest = {0};
    struct prefix prefix;
    bool has_key;

    if (prefix_open(&prefix, dir))
    {
        doctor_problem(doctor, "make one with 'wineboot -i', then 'wineras setup'; or name yours with --prefix.",
                       "Prefix: %s can't be used (see above).", dir);
        goto done;
    }
    if (manifest_read(&manifest, &prefix) || override_get(&prefix, &override, &has_key))
        doctor_problem(doctor, mend, "Prefix: %s can't be examined (see above).", dir);
    else if (!manifest.exists)
        doctor_problem(doctor, mend, "Prefix: %s is not set up for wineras.", dir);
    else if (!has_current_dlls(&prefix))
        doctor_problem(doctor, mend, "Prefix: the DLLs in %s are not the installed ones.", dir);
    else if (!override || strcmp(override, OVERRIDE_WANTED))
        doctor_problem(doctor, mend, "Prefix: the override of rasapi32 in %s is %s.", dir,
                       override ? override : "missing");
    else
        doctor_good(doctor, "Prefix: %s is set up (%s).", dir, prefix.is_win64 ? "64 and 32 bit" : "32 bit");
    manifest_free(&manifest);
    prefix_close(&prefix);

done:
    free(override);
    free(mend);
    free(dir);
}
