/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * phonebook.h - the phone book files: where they lie, reading an entry, changing one.
 * What the keys of an entry mean is entry.c's.
 *
 * A phone book given as NULL or "" means the user's phone books (rasphone.pbk goes first),
 * then those of all users.  Errors common to all functions: 8 no memory, 621 the given file
 * is not there or cannot be opened, 622 it cannot be read (not a plain file, too large), 623 no
 * such entry.  A file that is no text (UTF-16, NUL bytes) has no entries, and is never written.
 */
#ifndef RASAPI32_PHONEBOOK_H
#define RASAPI32_PHONEBOOK_H

#include <stdbool.h>

#include "pbk_entry.h"
#include "rasapi32.h"

/* An entry as it stands in its file. */
struct phonebook_record
{
    WCHAR *path;    /* full path of the file */
    bool all_users; /* the file lies below the folder of all users */
    WCHAR *name;    /* as the file spells it */
    UINT codepage;  /* of the entry's bytes: CP_UTF8, or CP_ACP for Encoding=0 */
    struct pbk_entry *entry;
};

/* What functions say that document one error for a phone book that is no good: 621 for 622 and 625,
 * all others as they are. */
DWORD phonebook_one_error(DWORD error);

DWORD phonebook_read(const WCHAR *phonebook, const WCHAR *name, struct phonebook_record **record);
void phonebook_record_free(struct phonebook_record *record);

/* What an entry is called and where, for phonebook_enum(); valid during the call. */
struct phonebook_name
{
    const WCHAR *path;
    const WCHAR *name;
    bool all_users;
};

/* Calls visit for each entry, in the order of the files.  It returns false to stop. */
typedef bool phonebook_visit_fn(const struct phonebook_name *entry, void *context);
DWORD phonebook_enum(const WCHAR *phonebook, phonebook_visit_fn *visit, void *context);

/* Changes an entry: edit gets the record and changes record->entry (and may change codepage, when
 * it has made the lines anew in that encoding); it returns 0 to have it written.  With create an
 * entry that is not there is made, and its file and folders too: is_new then tells edit, whose
 * record has no lines yet.  While edit runs the file is locked against other processes.  Nothing is
 * written when nothing changed.  5: a file of all users that may not be written; 624: another one
 * that cannot be; 625: the name is there twice, or the file is no text; or the error of edit. */
typedef DWORD phonebook_edit_fn(struct phonebook_record *record, bool is_new, void *context);
DWORD phonebook_update(const WCHAR *phonebook, const WCHAR *name, bool create, phonebook_edit_fn *edit, void *context);

/* As phonebook_update().  rename: 183 when there is another entry of the new name in the file, 123
 * when there can be none.  before may be NULL; it is called with the record as it stands when all
 * is written but in place (what hangs on the entry's name is moved or removed there), and its error
 * ends the change. */
DWORD phonebook_rename(const WCHAR *phonebook, const WCHAR *name, const WCHAR *new_name,
                       phonebook_edit_fn *before, void *context);
DWORD phonebook_remove(const WCHAR *phonebook, const WCHAR *name, phonebook_edit_fn *before, void *context);

/* Free what is remembered of files, for a DLL that is unloaded. */
void phonebook_forget(void);

/* May an entry be called so?  RasValidateEntryName's rules. */
bool phonebook_name_is_valid(const WCHAR *name);

/* The file that a new entry goes to: that given, or the user's rasphone.pbk. */
DWORD phonebook_path(const WCHAR *phonebook, WCHAR *path, DWORD size);

#endif
