/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * rasapi32.h - the private header of rasapi32.dll: structure editions, ANSI
 * and Unicode twins.  Each other family of functions has its own section below.
 */
#ifndef RASAPI32_H
#define RASAPI32_H

#include <winsock2.h>
#include <windows.h>

#include <ras.h>
#include <raserror.h>

#include "tables.h"
#include "trace.h"

extern HINSTANCE rasapi32_instance;

/* ---- errorstring.c ------------------------------------------------------ */

/* A string of this DLL in the user's language: its address, without a NUL, and its length, 0
 * when there is none.  The last error stays as it is. */
DWORD load_text(UINT id, const WCHAR **text);

/* ---- version.c: editions of structures -------------------------------- */

/* Every structure that begins with dwSize, once per character width.  The rows
 * of version.def: VERSION(id, newest type). */
enum version_id
{
#define VERSION(type, ...) VERSION_##type,
#include "version.def"
#undef VERSION
    VERSION_COUNT
};

/* sizeof the newest edition. */
DWORD version_newest(enum version_id id);

/* Whether size is an edition of the structure. */
BOOL version_accepts(enum version_id id, DWORD size);

/* Copies the caller's structure into newest (of the newest edition): the members
 * that the caller's edition has, zero for the others, dwSize that of the newest.
 * 87 for a NULL pointer, 632 for a size that is no edition; newest untouched. */
DWORD version_enter(enum version_id id, const void *caller, void *newest);

/* Copies into the caller's structure the members its edition has, and nothing
 * else; dwSize stays.  Only after version_enter (or version_check) succeeded. */
void version_leave(enum version_id id, const void *newest, void *caller);

/* As version_enter without a copy: 0, 87 or 632. */
DWORD version_check(enum version_id id, const void *caller);

/* Where, in the newest structure of twin (which may be the other character width of id), the members
 * end that the caller's edition has.  Only after version_check() succeeded. */
DWORD version_end(enum version_id id, const void *caller, enum version_id twin);

/* The size negotiation of the enumeration functions, in two halves.
 * version_array_enter: NULL pointers (87) and the dwSize of element 0 (632);
 * array itself may be NULL.  version_array_leave: writes count items of the newest
 * edition to the array in the edition of element 0, sets *size and *count; or
 * 603 with *size needed, array untouched. */
DWORD version_array_enter(enum version_id id, const void *array, const DWORD *size, const DWORD *count);
DWORD version_array_leave(enum version_id id, void *array, DWORD *size, DWORD *count, const void *items,
                          DWORD items_count);

/* Its steps, for long lists that shall not be in memory twice: 0 or 603, *size and *count set;
 * and item number i (of the newest edition) into an array that it fits. */
DWORD version_array_fits(enum version_id id, const void *array, DWORD *size, DWORD *count, DWORD items_count);
void version_array_put(enum version_id id, void *array, DWORD i, const void *item);

/* ---- aw.c: ANSI and Unicode -------------------------------------------- */

/* How to convert one structure of the newest edition.  A field with text 0 is
 * plain data: length_a bytes, the same for both widths.  A field with text 1 is an
 * array of length_a CHARs and length_w WCHARs. */
struct aw_field
{
    WORD text;
    WORD offset_a;
    WORD length_a;
    WORD offset_w;
    WORD length_w;
};

struct aw_struct
{
    const char *name;
    DWORD size_a;
    DWORD size_w;
    const struct aw_field *fields;
    unsigned int count;
};

extern const struct aw_struct aw_rasdialparams;
extern const struct aw_struct aw_rasconn;
extern const struct aw_struct aw_rasconnstatus;
extern const struct aw_struct aw_rascredentials;
extern const struct aw_struct aw_rasentryname;
extern const struct aw_struct aw_rasentry;
extern const struct aw_struct aw_rassubentry;
extern const struct aw_struct aw_rasdevinfo;
extern const struct aw_struct aw_rasautodialentry;
extern const struct aw_struct aw_rasamb;
extern const struct aw_struct aw_raspppnbf;
extern const struct aw_struct aw_raspppipx;
extern const struct aw_struct aw_raspppip;
extern const struct aw_struct aw_rasppplcp;
extern const struct aw_struct aw_rasslip;

/* All of the above, for the test that walks them. */
extern const struct aw_struct *const aw_structs[];
extern const unsigned int aw_structs_count;

/* Converts a structure of the newest edition; dwSize becomes that of the target.
 * A text that does not fit is cut between characters and ends with NUL; the answer
 * is then FALSE. */
BOOL aw_to_w(const struct aw_struct *type, const void *a, void *w);
BOOL aw_to_a(const struct aw_struct *type, const void *w, void *a);

/* Arrays of programs need not end with NUL: cut those of a wide structure that do not. */
void aw_end_texts(const struct aw_struct *type, void *w);

/* What an A function does around the W function: its structure, of any edition, as one of the
 * newest W edition, and back.  aw_enter: 0, or the error of version_enter; aw_leave as
 * version_leave.  Copies made on the way are wiped. */
DWORD aw_enter(enum version_id id_a, const struct aw_struct *type, const void *caller, void *wide);
void aw_leave(enum version_id id_a, const struct aw_struct *type, const void *wide, void *caller);

/* As version_array_leave, with items of the newest W edition.  type: how to make those of A, NULL in
 * the W function.  Returns 8 as well. */
DWORD aw_array_leave(enum version_id id, const struct aw_struct *type, void *array, DWORD *size, DWORD *count,
                     const void *items, DWORD items_count);

/* Its texts, each of which may be NULL: 0 or ERROR_NOT_ENOUGH_MEMORY.  aw_texts_leave wipes and
 * frees them, also after a failure. */
struct aw_texts
{
    WCHAR *first;
    WCHAR *second;
    WCHAR *third;
};
DWORD aw_texts_enter(struct aw_texts *texts, const char *first, const char *second, const char *third);
void aw_texts_leave(struct aw_texts *texts);

/* A text of the manager into an array of the API, cut to fit. */
void text_from_utf8(WCHAR *dst, int size, const char *src);
#define GET_TEXT(dst, src) text_from_utf8((dst), ARRAYSIZE(dst), (src))

/* A text of the process's code page as WCHARs; free with aw_free, which
 * wipes it.  FALSE: no memory.  NULL stays NULL. */
BOOL aw_dup(const char *text, WCHAR **copy);
void aw_free(WCHAR *text);

#endif
