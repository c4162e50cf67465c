/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * phonebook_parts.h - what the parts of the phone book store have for each other.  The
 * rest of the DLL uses phonebook.h.
 */
#ifndef RASAPI32_PHONEBOOK_PARTS_H
#define RASAPI32_PHONEBOOK_PARTS_H

#include "phonebook.h"

/* WCHARs of a path with its NUL; longer ones cannot be opened. */
#define PHONEBOOK_PATH_SIZE 1041

/* ---- phonebook_path.c: which files there are --------------------------------------- */

/* A file that a search looks into.  Returns 623 to have the next one looked into, else what the
 * search shall end with. */
typedef DWORD phonebook_file_fn(const WCHAR *path, bool all_users, void *context);

/* The file that is given, or for NULL and "" those of the user and of all users.  Of those, ones
 * that cannot be read are passed over. */
DWORD phonebook_each_file(const WCHAR *phonebook, phonebook_file_fn *look, void *context);

/* ---- phonebook_file.c: the bytes of a file ------------------------------------------- */

/* Tells whether a file is still the same. */
struct phonebook_identity
{
    uint64_t index;
    uint64_t written; /* FILETIME */
    uint32_t volume;
    uint32_t size;
};

/* Open for reading: 0, 621 or 622. */
DWORD phonebook_file_open(const WCHAR *path, HANDLE *file, struct phonebook_identity *identity);

/* Read len bytes at offset.  False: there are not as many. */
bool phonebook_file_read(HANDLE file, uint32_t offset, void *bytes, uint32_t len);

/* A phone book that is being changed: the new text grows in a file beside it, which is also
 * the lock that keeps other processes from changing it at the same time. */
struct phonebook_change
{
    WCHAR path[PHONEBOOK_PATH_SIZE];          /* the file itself, where path is a link */
    WCHAR temporary[PHONEBOOK_PATH_SIZE + 4];
    HANDLE lock;                              /* the new file */
    HANDLE book;                              /* the old one */
    struct phonebook_identity identity;
    size_t written;                           /* bytes of the new text */
    bool made;                                /* was not there; is empty */
    bool failed;                              /* a write failed, or the text is too long to be read again */
};

/* 0; ERROR_CANNOT_WRITE_PHONEBOOK, 621 or 622.  make: have an empty file when there is none. */
DWORD phonebook_change_begin(struct phonebook_change *change, const WCHAR *path, bool make);
/* Add to the new text: bytes, or a piece of the old one. */
void phonebook_change_write(struct phonebook_change *change, const void *bytes, size_t len);
void phonebook_change_copy(struct phonebook_change *change, uint32_t from, uint32_t to);
/* All is written and on the disk?  Then the next takes the place of the old file. */
bool phonebook_change_flush(struct phonebook_change *change);
bool phonebook_change_commit(struct phonebook_change *change);
/* Also after a commit; without one the file is as it was. */
void phonebook_change_end(struct phonebook_change *change);

/* ---- phonebook_index.c: where the entries of a file stand ----------------------------- */

#define PHONEBOOK_NO_SECTION 0xffffffffu

struct phonebook_section
{
    uint32_t start;    /* of its [name] line in the file; it ends where the next one starts */
    uint32_t body;     /* behind that line */
    uint32_t name;     /* offset of its NUL-terminated name in the names */
    uint32_t hash;     /* of the name without its case */
    uint32_t next;     /* section of the same bucket that comes later */
    uint16_t name_len; /* 0: no name that a program could give */
    uint16_t is_ansi;  /* Encoding=0 */
};

struct phonebook_index
{
    LONG refs;
    WCHAR *path;
    struct phonebook_identity identity;
    bool is_text;        /* else there are no sections */
    uint32_t text_start; /* behind a byte order mark */
    struct phonebook_section *sections; /* in the order of the file, and one that ends the last */
    uint32_t count;
    uint32_t sections_room;
    WCHAR *names;
    uint32_t names_len;
    uint32_t names_room;
    uint32_t *buckets;
    uint32_t bucket_mask;
};

/* The index of an open file.  anew: not one from before.  0, 8 or 622. */
DWORD phonebook_index_get(const WCHAR *path, HANDLE file, const struct phonebook_identity *identity, bool anew,
                          struct phonebook_index **index);
void phonebook_index_release(struct phonebook_index *index);

/* The first section of this name, and how many there are. */
uint32_t phonebook_index_find(const struct phonebook_index *index, const WCHAR *name, unsigned int *count);

/* The file has changed; NULL: all have. */
void phonebook_index_forget(const WCHAR *path);

static inline const WCHAR *phonebook_section_name(const struct phonebook_index *index, uint32_t section)
{
    return index->names + index->sections[section].name;
}

static inline UINT phonebook_section_codepage(const struct phonebook_index *index, uint32_t section)
{
    return index->sections[section].is_ansi ? CP_ACP : CP_UTF8;
}

/* ---- phonebook.c ---------------------------------------------------------------------- */

/* The entry at a section; 623 when the file has something else there, 8 or 622. */
DWORD phonebook_record_load(const struct phonebook_index *index, HANDLE file, uint32_t section, const WCHAR *path,
                            bool all_users, struct phonebook_record **record);
/* One without lines. */
DWORD phonebook_record_create(const WCHAR *path, bool all_users, const WCHAR *name, struct phonebook_record **record);

#endif
