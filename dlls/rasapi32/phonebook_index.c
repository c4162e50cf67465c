/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * phonebook_index.c - finds the entries of a file in one pass, and remembers where they are.
 * The text is not kept: what it needs of memory is a small part of the file.
 */
#include "phonebook_parts.h"

#include <stdlib.h>

#define CACHE_SIZE  8
#define CHUNK_SIZE  (128u * 1024)
#define NAME_BYTES  1536 /* of a name in the file: 256 characters of up to 6 bytes */

/* A file may be changed twice within one tick of its clock.  An index made so much later than the
 * last change cannot have missed one; FAT counts in steps of 2 s.  In units of FILETIME. */
#define CLOCK_STEP (3u * 10000000)

/* ---- a table that grows ----------------------------------------------------------------- */

static bool grow(void **items, uint32_t *room, uint32_t needed, size_t item_size)
{
    uint32_t more = *room ? *room : 64;
    void *larger;

    if (needed <= *room) return true;
    while (more < needed)
    {
        if (more > UINT32_MAX / 2) return false;
        more *= 2;
    }
    if (more > SIZE_MAX / item_size || !(larger = realloc(*items, more * item_size))) return false;
    *items = larger;
    *room = more;
    return true;
}

/* ---- the hash of a name --------------------------------------------------------------------- */

/* As CompareStringOrdinal() regards case. */
WCHAR NTAPI RtlUpcaseUnicodeChar(WCHAR c);

static uint32_t hash_name(const WCHAR *name, size_t len)
{
    uint32_t hash = 0x811c9dc5;
    WCHAR c;

    while (len--)
    {
        c = *name++;
        if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
        if (c > 127) c = RtlUpcaseUnicodeChar(c);
        hash = (hash ^ c) * 0x01000193;
    }
    return hash;
}

/* ---- the pass over the file -------------------------------------------------------------------- */

struct scan
{
    struct phonebook_index *index;
    bool in_section;
    bool has_encoding; /* the first line of an entry that tells it counts */
    bool is_ansi;
    bool no_memory;
    bool in_long_line; /* whose beginning has been taken */
    uint32_t start;    /* of the section that is being read */
    uint32_t body;
    uint16_t name_len;
    char name[NAME_BYTES];
};

#define WORD_OF(byte)      ((size_t)-1 / 255 * (byte))
#define HAS_ZERO_BYTE(word) (((word)-WORD_OF(1)) & ~(word)&WORD_OF(0x80))

/* The first LF or NUL, or end.  Most of the time of a pass is spent here. */
static const char *find_line_end(const char *text, const char *end)
{
    size_t word, found;

    for (; (size_t)(end - text) >= sizeof(word); text += sizeof(word))
    {
        memcpy(&word, text, sizeof(word));
        /* The lowest bit is that of the first such byte; higher ones may be of others. */
        found = HAS_ZERO_BYTE(word) | HAS_ZERO_BYTE(word ^ WORD_OF('\n'));
        if (found) return text + __builtin_ctzll(found) / 8;
    }
    while (text < end && *text && *text != '\n') text++;
    return text;
}

static bool add_section(struct phonebook_index *index, const struct phonebook_section *section)
{
    if (!grow((void **)&index->sections, &index->sections_room, index->count + 1, sizeof(*index->sections)))
        return false;
    index->sections[index->count] = *section;
    return true;
}

/* The section ends here, and what its bytes mean is known. */
static void end_section(struct scan *scan)
{
    struct phonebook_section section = {.start = scan->start, .body = scan->body};
    struct phonebook_index *index = scan->index;
    int len = 0;

    if (!scan->in_section) return;
    scan->in_section = false;
    if (!grow((void **)&index->names, &index->names_room, index->names_len + NAME_BYTES + 1, sizeof(WCHAR)))
        goto failed;
    if (scan->name_len)
        len = MultiByteToWideChar(scan->is_ansi ? CP_ACP : CP_UTF8, 0, scan->name, scan->name_len,
                                  index->names + index->names_len, NAME_BYTES);
    if (len > RAS_MaxEntryName) len = 0;
    section.is_ansi = scan->is_ansi;
    section.name = index->names_len;
    section.name_len = (uint16_t)len;
    index->names[index->names_len + len] = 0;
    section.hash = hash_name(index->names + index->names_len, len);
    index->names_len += len + 1;
    if (!add_section(index, &section)) goto failed;
    index->count++;
    return;
failed:
    scan->no_memory = true;
}

static void begin_section(struct scan *scan, uint32_t start, uint32_t body, const struct pbk_span *name)
{
    end_section(scan);
    scan->in_section = true;
    scan->has_encoding = scan->is_ansi = false;
    scan->start = start;
    scan->body = body;
    scan->name_len = name->len <= NAME_BYTES ? (uint16_t)name->len : 0;
    memcpy(scan->name, name->text, scan->name_len);
}

/* Most lines mean nothing here, and are left by their first character. */
static void take_line(struct scan *scan, uint32_t start, uint32_t next, const char *text, size_t len)
{
    struct pbk_span name, value;
    struct pbk_cursor cursor;
    enum pbk_line line;

    if (!len || (text[0] != '[' && (text[0] | 0x20) != 'e')) return;
    if (text[0] != '[' && (!scan->in_section || scan->has_encoding)) return;
    cursor.next = text;
    cursor.end = text + len;
    line = pbk_next(&cursor, &name, &value);
    if (line == PBK_SECTION) begin_section(scan, start, next, &name);
    if (line != PBK_KEY || !pbk_equal_nocase(&name, "Encoding")) return;
    scan->has_encoding = true;
    scan->is_ansi = pbk_equal(&value, "0");
}

static bool is_utf16(const unsigned char *text, uint32_t len)
{
    return len >= 2 && ((text[0] == 0xff && text[1] == 0xfe) || (text[0] == 0xfe && text[1] == 0xff));
}

static uint32_t skip_mark(const char *text, uint32_t len)
{
    struct pbk_cursor cursor;

    pbk_begin(&cursor, text, len);
    return (uint32_t)(cursor.next - text);
}

/* The lines of text; returns how many bytes they have, or -1: this is no text.  What has no line end
 * is left for the next call, unless it is the last, or the line fills the buffer: then its beginning
 * stands for it. */
static int64_t take_lines(struct scan *scan, uint32_t offset, const char *text, uint32_t len, bool last)
{
    const char *line = text, *end = text + len, *line_end, *next;

    while (line < end)
    {
        line_end = find_line_end(line, end);
        if (line_end < end && !*line_end) return -1;
        if (line_end == end && !last && !scan->in_long_line && len < CHUNK_SIZE) break;
        if (line_end == end && !last && line != text) break;
        next = line_end < end ? line_end + 1 : end;
        if (!scan->in_long_line)
            take_line(scan, offset + (uint32_t)(line - text), offset + (uint32_t)(next - text), line, line_end - line);
        scan->in_long_line = line_end == end && !last;
        line = next;
    }
    return line - text;
}

static DWORD scan_file(struct scan *scan, HANDLE file, char *buffer)
{
    uint32_t size = scan->index->identity.size, offset, kept = 0, len = min(size, 3);
    int64_t taken;

    if (!phonebook_file_read(file, 0, buffer, len)) return ERROR_CANNOT_LOAD_PHONEBOOK;
    scan->index->is_text = !is_utf16((unsigned char *)buffer, len);
    offset = scan->index->text_start = skip_mark(buffer, len);
    while (scan->index->is_text && offset + kept < size && !scan->no_memory)
    {
        len = min(CHUNK_SIZE - kept, size - offset - kept);
        if (!phonebook_file_read(file, offset + kept, buffer + kept, len)) return ERROR_CANNOT_LOAD_PHONEBOOK;
        kept += len;
        taken = take_lines(scan, offset, buffer, kept, offset + kept == size);
        scan->index->is_text = taken >= 0;
        if (taken < 0) break;
        kept -= (uint32_t)taken;
        offset += (uint32_t)taken;
        memmove(buffer, buffer + taken, kept);
    }
    end_section(scan);
    return scan->no_memory ? ERROR_NOT_ENOUGH_MEMORY : ERROR_SUCCESS;
}

/* Chain the sections; the one that comes first in the file is found first. */
static DWORD hash_sections(struct phonebook_index *index)
{
    struct phonebook_section end = {.start = index->identity.size};
    uint32_t buckets = 16, *bucket, i;

    while (buckets < index->count) buckets *= 2;
    if (!add_section(index, &end) || !(index->buckets = malloc(buckets * sizeof(*index->buckets))))
        return ERROR_NOT_ENOUGH_MEMORY;
    memset(index->buckets, 0xff, buckets * sizeof(*index->buckets));
    index->bucket_mask = buckets - 1;
    for (i = index->count; i--;)
    {
        bucket = &index->buckets[index->sections[i].hash & index->bucket_mask];
        index->sections[i].next = *bucket;
        *bucket = i;
    }
    return ERROR_SUCCESS;
}

static DWORD make_index(const WCHAR *path, HANDLE file, const struct phonebook_identity *identity,
                        struct phonebook_index **made)
{
    struct phonebook_index *index = calloc(1, sizeof(*index));
    char *buffer = malloc(CHUNK_SIZE);
    struct scan *scan = calloc(1, sizeof(*scan));
    DWORD error = ERROR_NOT_ENOUGH_MEMORY;

    if (!index || !buffer || !scan || !(index->path = _wcsdup(path))) goto done;
    index->refs = 1;
    index->identity = *identity;
    scan->index = index;
    if (!(error = scan_file(scan, file, buffer)))
    {
        if (!index->is_text) index->count = 0;
        error = hash_sections(index);
    }
done:
    free(scan);
    free(buffer);
    if (error)
        phonebook_index_release(index);
    else
        *made = index;
    return error;
}

void phonebook_index_release(struct phonebook_index *index)
{
    if (!index || (index->refs && InterlockedDecrement(&index->refs))) return;
    free(index->path);
    free(index->sections);
    free(index->names);
    free(index->buckets);
    free(index);
}

/* ---- those of before --------------------------------------------------------------------------- */

static SRWLOCK cache_lock = SRWLOCK_INIT;
/* The one that was used last goes first. */
static struct phonebook_index *cache[CACHE_SIZE];

static void to_front(unsigned int i)
{
    struct phonebook_index *index = cache[i];

    memmove(cache + 1, cache, i * sizeof(*cache));
    cache[0] = index;
}

static bool is_path(const struct phonebook_index *index, const WCHAR *path)
{
    return index && CompareStringOrdinal(index->path, -1, path, -1, TRUE) == CSTR_EQUAL;
}

static struct phonebook_index *find_cached(const WCHAR *path, const struct phonebook_identity *identity)
{
    struct phonebook_index *found = NULL;
    unsigned int i;

    AcquireSRWLockExclusive(&cache_lock);
    for (i = 0; i < CACHE_SIZE && !found; i++)
    {
        if (!is_path(cache[i], path) || memcmp(&cache[i]->identity, identity, sizeof(*identity))) continue;
        found = cache[i];
        InterlockedIncrement(&found->refs);
        to_front(i);
    }
    ReleaseSRWLockExclusive(&cache_lock);
    return found;
}

void phonebook_index_forget(const WCHAR *path)
{
    struct phonebook_index *gone[CACHE_SIZE];
    unsigned int count = 0, i;

    AcquireSRWLockExclusive(&cache_lock);
    for (i = 0; i < CACHE_SIZE; i++)
    {
        if (!cache[i] || (path && !is_path(cache[i], path))) continue;
        gone[count++] = cache[i];
        cache[i] = NULL;
    }
    ReleaseSRWLockExclusive(&cache_lock);
    while (count) phonebook_index_release(gone[--count]);
}

void phonebook_forget(void)
{
    phonebook_index_forget(NULL);
}

static void remember(struct phonebook_index *index)
{
    struct phonebook_index *last;

    phonebook_index_forget(index->path);
    InterlockedIncrement(&index->refs);
    AcquireSRWLockExclusive(&cache_lock);
    last = cache[CACHE_SIZE - 1];
    cache[CACHE_SIZE - 1] = index;
    to_front(CACHE_SIZE - 1);
    ReleaseSRWLockExclusive(&cache_lock);
    phonebook_index_release(last);
}

DWORD phonebook_index_get(const WCHAR *path, HANDLE file, const struct phonebook_identity *identity, bool anew,
                          struct phonebook_index **index)
{
    FILETIME time;
    uint64_t now;
    DWORD error;

    if (!anew && (*index = find_cached(path, identity))) return ERROR_SUCCESS;
    GetSystemTimeAsFileTime(&time);
    now = (uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime;
    if ((error = make_index(path, file, identity, index))) return error;
    TRACE("%s: %u entries.\n", debugstr_w(path), (*index)->count);
    if (now > identity->written + CLOCK_STEP) remember(*index);
    return ERROR_SUCCESS;
}

uint32_t phonebook_index_find(const struct phonebook_index *index, const WCHAR *name, unsigned int *count)
{
    uint32_t hash = hash_name(name, wcslen(name)), section, found = PHONEBOOK_NO_SECTION;

    *count = 0;
    if (!name[0]) return found;
    for (section = index->buckets[hash & index->bucket_mask]; section != PHONEBOOK_NO_SECTION;
         section = index->sections[section].next)
    {
        if (index->sections[section].hash != hash || !index->sections[section].name_len ||
            CompareStringOrdinal(phonebook_section_name(index, section), -1, name, -1, TRUE) != CSTR_EQUAL)
            continue;
        if (!(*count)++) found = section;
    }
    return found;
}
