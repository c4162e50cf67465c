/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * wineras.h - what the files of the user's tool share.
 *
 * One file a sub-command (cmd_*.c), found by the table in main.c.  Below them:
 * prefix.c knows where things are in a Wine prefix, registry.c edits the text of
 * a registry file, override.c uses that or a running Wine, manifest.c remembers
 * what setup changed, session.c talks to the manager, util.c is the rest.
 */
#ifndef WINERAS_H
#define WINERAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "ras_wire.h"

/* ---- util.c ------------------------------------------------------------------ */

#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/* Exit status of the tool. */
enum
{
    STATUS_DONE = 0,
    STATUS_FAILED = 1,
    STATUS_USAGE = 2
};

/* "wineras: ..." on stderr.  Returns -1. */
int complain(const char *format, ...) PRINTF_LIKE(1, 2);
/* The same with ": " and the text of errno. */
int complain_errno(const char *format, ...) PRINTF_LIKE(1, 2);

/* Memory of the caller; without memory the tool ends. */
char *format_text(const char *format, ...) PRINTF_LIKE(1, 2);
char *copy_text(const char *text, size_t len);
void *grow(void *mem, size_t count, size_t size);

/* The whole file, with a NUL behind it, for the caller to free.  NULL with errno. */
char *file_read(const char *path, size_t *len);

/* Replace path by these bytes: a new file beside it, synced, then renamed, so
 * that neither a hard link of the old one nor a half-written file can result.
 * 0, or -1 with errno. */
int file_write(const char *path, const void *data, size_t len, mode_t mode);

/* Give path a second name, or make a copy where that can't be; a symbolic link
 * stays one.  0, or -1 with errno. */
int file_keep(const char *path, const char *kept);

/* 64-bit FNV-1a of the bytes. */
uint64_t hash_bytes(const void *data, size_t len);

/* As mkdir -p with mode 0700 for what is new.  0, or -1 with errno. */
int make_directories(const char *path);

/* Sync a directory, so that a rename in it lasts.  Errors do not matter. */
void sync_directory(const char *path);

/* Names of the ordinary files in a directory, sorted, ending with NULL; an empty
 * list when it can't be read.  Free with free_names(). */
char **list_names(const char *dir);
void free_names(char **names);

/* The directory that holds i386-windows and x86_64-windows: WINERAS_LIBDIR, else
 * where make install put it, also under a DESTDIR. */
char *find_libdir(void);
/* The same for an installed file: DESTDIR and path. */
char *installed_path(const char *path);

/* Run a program: its exit status, or -1 when it could not be run or did not end
 * in seconds.  *output, unless NULL: what it wrote to stdout, for the caller to
 * free.  stderr goes nowhere. */
int run_program(const char *const argv[], const char *const env[], char **output, unsigned int seconds);

/* ---- prefix.c ------------------------------------------------------------------ */

struct prefix
{
    char *dir;     /* absolute */
    char *windows; /* .../drive_c/windows */
    bool is_win64;
    int fd;        /* locked against another wineras */
};

/* Where a kind of our files goes. */
struct prefix_place
{
    const char *source; /* under the library directory */
    const char *target; /* under windows */
};

/* Open the prefix dir, or the user's usual one when dir is NULL.  Complains and
 * returns -1 when it is none, or not the user's. */
int prefix_open(struct prefix *prefix, const char *dir);
void prefix_close(struct prefix *prefix);

/* The user's usual prefix: WINEPREFIX, else ~/.wine. */
char *prefix_default(void);

/* Ends with a place whose source is NULL. */
const struct prefix_place *prefix_places(const struct prefix *prefix);

/* Process id of the wineserver that serves the prefix, 0 if there is none, 1 if
 * there is one that can't be seen. */
pid_t prefix_server(const struct prefix *prefix);

/* Path of Wine's loader for a server's process id (or 0), NULL if there is none. */
char *find_wine(pid_t server);

/* ---- registry.c: the text of user.reg -------------------------------------------- */

/* Is this a registry file that we understand? */
bool registry_is_valid(const char *text, size_t len);

/* Is the key there?  Keys are written as in the file, with doubled backslashes. */
bool registry_has_key(const char *text, size_t len, const char *key);

/* The value as it stands behind "name"=, for the caller to free; NULL: none. */
char *registry_get(const char *text, size_t len, const char *key, const char *name);

/* A new text with the value set; value NULL takes it out, and the key as well
 * with drop_empty_key if nothing is left in it.  All else stays byte for byte.
 * The caller frees it. */
char *registry_set(const char *text, size_t len, const char *key, const char *name, const char *value,
                   bool drop_empty_key, size_t *new_len);

/* ---- override.c: DllOverrides of a prefix ----------------------------------------- */

#define OVERRIDE_WANTED "\"native,builtin\""

/* The override of rasapi32 as it stands in the registry, quotes included; *value
 * is NULL when there is none; *has_key: is there a key for overrides?  Complains
 * and returns -1 on failure. */
int override_get(const struct prefix *prefix, char **value, bool *has_key);

/* Set it, or take it out (value NULL; drop_key: and the key if it is empty then). */
int override_set(const struct prefix *prefix, const char *value, bool drop_key);

/* ---- manifest.c: what setup changed ------------------------------------------------ */

struct manifest_file
{
    char *name;     /* "system32/rasapi32.dll" */
    uint64_t hash;  /* of what we put there */
    bool had_file;  /* something was there and is kept aside */
};

struct manifest
{
    bool exists;
    char *old_override; /* NULL: there was none */
    bool had_key;
    struct manifest_file *files;
    size_t count;
};

/* Read it; without one the manifest is empty.  Complains, -1. */
int manifest_read(struct manifest *manifest, const struct prefix *prefix);
int manifest_write(const struct manifest *manifest, const struct prefix *prefix);
void manifest_free(struct manifest *manifest);
struct manifest_file *manifest_find(const struct manifest *manifest, const char *name);
struct manifest_file *manifest_add(struct manifest *manifest, const char *name);

/* Where the original of a file is kept. */
char *manifest_kept(const struct prefix *prefix, const char *name);
/* Take away our folder in the prefix. */
void manifest_remove(const struct prefix *prefix);

/* ---- session.c: talking to the manager --------------------------------------------- */

struct session
{
    int fd;
    uint32_t serial;
    uint8_t buffer[WIRE_MESSAGE_MAX];
    size_t used;
};

/* $XDG_RUNTIME_DIR/wineras, else ~/.cache/wineras. */
char *runtime_directory(void);

/* 1: connected; 0: no manager runs; -1: complained. */
int session_open(struct session *session);
void session_close(struct session *session);
/* Send a request; its serial is filled in.  -1: complained. */
int session_send(struct session *session, struct wire_msg *msg);
/* The next message that answers the last request.  -1: complained. */
int session_receive(struct session *session, struct wire_msg *msg);

/* Every connection, for the caller to free.  -1: complained.  (cmd_status.c) */
int list_connections(struct session *session, struct wire_connection **list, size_t *count);

/* ---- json.c ------------------------------------------------------------------------- */

/* A JSON string on stdout, quotes included; bytes that are no UTF-8 become U+FFFD. */
void json_string(const char *text);
/* ,"key":"text" or "key":"text" for the first of an object. */
void json_member(const char *key, const char *text, bool is_first);

/* ---- cmd_doctor.c, doctor_*.c --------------------------------------------------------- */

struct doctor
{
    const char *root;   /* WINERAS_TEST_ROOT: stands for / (tests), else "" */
    const char *prefix; /* --prefix */
    unsigned int problems;
};

/* One line each; a problem says how to mend it. */
void doctor_good(struct doctor *doctor, const char *format, ...) PRINTF_LIKE(2, 3);
void doctor_note(struct doctor *doctor, const char *format, ...) PRINTF_LIKE(2, 3);
void doctor_problem(struct doctor *doctor, const char *mend, const char *format, ...) PRINTF_LIKE(3, 4);

/* path below the root, for the caller to free. */
char *doctor_path(const struct doctor *doctor, const char *path);

/* Who must own what only root may change: root, in a test whoever runs it. */
uid_t doctor_root_uid(const struct doctor *doctor);

/* How to get at a file of this group, for the caller to free. */
char *doctor_join_group(gid_t gid);

/* How many mistakes devices_load() has complained of. */
extern unsigned int device_warnings;

void doctor_kernel(struct doctor *doctor);
void doctor_pppd(struct doctor *doctor);
void doctor_peers(struct doctor *doctor);
void doctor_rasmand(struct doctor *doctor);
void doctor_dlls(struct doctor *doctor);
void doctor_runtime(struct doctor *doctor);
void doctor_wine(struct doctor *doctor);
void doctor_prefix(struct doctor *doctor);
void doctor_network(struct doctor *doctor);
void doctor_devices(struct doctor *doctor);

/* ---- commands ------------------------------------------------------------------------ */

struct options
{
    const char *prefix;   /* --prefix */
    bool json;            /* --json */
    bool all;             /* --all */
    const char *argument; /* the one word behind the command */
};

int cmd_setup(const struct options *options);
int cmd_remove(const struct options *options);
int cmd_status(const struct options *options);
int cmd_devices(const struct options *options);
int cmd_hangup(const struct options *options);
int cmd_doctor(const struct options *options);

#endif
