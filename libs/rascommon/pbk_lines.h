/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * pbk_lines.h - what a phone book entry is made of; for pbk_entry.c, pbk_edit.c and pbk_blob.c alone.
 *
 * The lines are an array.  A second one has the blocks that they form; it is always what reading
 * the lines again would give, so that what is written can be read back.
 */
#ifndef RAS_PBK_LINES_H
#define RAS_PBK_LINES_H

#include "pbk_entry.h"

struct line
{
    const char *text; /* with its end */
    size_t len;       /* 0: to be removed */
    size_t key_len;   /* 0: says nothing */
    short rank;       /* in the documented order; -1: none */
    uint8_t end_len;  /* CR LF, LF or nothing */
    bool in_number;   /* is the number's, not the device's */
    bool owned;       /* text is this line's alone, no part of entry->text */
};

/* Lines from one that begins a group to the next such one.  Counts are from 1, so that blocks are in
 * ascending order and can be searched: 0 is the parent itself.  BESIDES: lies among the
 * lines of a link, or before all of them, and is no part of it. */
struct block
{
    enum pbk_group_kind kind; /* UNNAMED: nobody can ask for it */
    unsigned int link;
    unsigned int device;
    unsigned int number;
    unsigned int children; /* devices of a link, numbers of a device */
    size_t first;
};

#define BESIDES (~0u)
#define UNNAMED PBK_GROUP_KINDS

struct pbk_entry
{
    char *text;
    struct line *lines;
    size_t line_count;
    size_t line_room;
    struct block *blocks; /* the first is that of the general keys */
    size_t block_count;
    size_t block_room;
    size_t netcomponents; /* its block, 0: none */
    unsigned int links;
    bool changed;
};

#define NO_LINE (~(size_t)0)

/* The key's place in the documented order, looking from one place on, as files have their keys in this
 * order; -1: it has none.  Keys of a device and of its numbers are found for either kind: pbk_rank_kind()
 * tells whose they are. */
short pbk_find_rank(enum pbk_group_kind kind, const char *key, size_t len, short from);
enum pbk_group_kind pbk_rank_kind(short rank);
/* The kind of group that a line with this key begins; PBK_GENERAL: none. */
enum pbk_group_kind pbk_key_begins(const char *key, size_t len, bool in_device);

/* Room for more; false: no memory. */
bool pbk_reserve_lines(struct pbk_entry *entry, size_t count);
bool pbk_reserve_blocks(struct pbk_entry *entry, size_t count);
/* Make the blocks anew.  False: no memory.  There is enough when they are no more than before, or than
 * pbk_reserve_blocks() has made room for. */
bool pbk_index_lines(struct pbk_entry *entry);

/* NULL: there is none. */
struct block *pbk_find_block(const struct pbk_entry *entry, const struct pbk_group *group);
struct block *pbk_find_link(const struct pbk_entry *entry, unsigned int link);
struct block *pbk_find_device(const struct pbk_entry *entry, unsigned int link, unsigned int device);
/* Where its lines end; those of a device are among and below those of its numbers. */
size_t pbk_block_end(const struct pbk_entry *entry, const struct block *block);
/* With its devices. */
size_t pbk_link_end(const struct pbk_entry *entry, const struct block *block);

/* Is it a key of this block?  From its first line to its end there may be others. */
bool pbk_is_of(const struct line *line, const struct block *block);
/* Is it the line that makes the group? */
bool pbk_is_head(const struct block *block, size_t line);
/* The next line with the key, or NO_LINE. */
size_t pbk_find_line(const struct pbk_entry *entry, const struct block *block, const char *key, size_t from);
struct pbk_span pbk_line_value(const struct line *line);

/* May the group have a new line with this key?  Not one that reading would give to another. */
bool pbk_key_is_good(const struct block *block, const char *key, short *rank);
/* Where a new line goes: below the one that the order has nearest before it, else above the first that the
 * order has behind it, else below the numbers of a device, else to the end; one without order to the end. */
size_t pbk_find_place(const struct pbk_entry *entry, const struct block *block, short rank);
/* Give the line its text; the rest of it is the caller's.  False: no memory. */
bool pbk_make_line(struct line *line, const struct pbk_span *key, const struct pbk_span *value, const char *end,
                   size_t end_len);
/* The entry becomes their owner.  False, and nothing changed: no memory.  No line may begin a group
 * unless pbk_index_lines() follows. */
bool pbk_insert_lines(struct pbk_entry *entry, size_t at, const struct line *lines, size_t count);
/* Removing: pbk_drop_line() for each, then pbk_sweep_lines(). */
void pbk_drop_line(struct line *line);
void pbk_sweep_lines(struct pbk_entry *entry);

#endif
