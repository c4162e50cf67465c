/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * phonebook_file.c - reads phone book files, and replaces them: a file is never written
 * into, so that whoever reads it, and whoever finds it after a crash, has the old text or the new one.
 */
#include "phonebook_parts.h"

#include <stdlib.h>

/* Real phone books have some kilobytes, those of tests some megabytes. */
#define FILE_SIZE_MAX (256u * 1024 * 1024)

/* How long to wait for other processes: their changes take milliseconds. */
#define PATIENCE_MS 10000
#define PAUSE_MS    5

/* Tells apart what GetLastError() does not. */
LONG NTAPI RtlGetLastNtStatus(void);
#define STATUS_OF_DELETED ((LONG)0xc0000056)

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

/* Opened by whatever it is: FIFOs and devices must not be waited for. */
static DWORD get_identity(HANDLE file, struct phonebook_identity *identity)
{
    BY_HANDLE_FILE_INFORMATION info;

    if (GetFileType(file) != FILE_TYPE_DISK || !GetFileInformationByHandle(file, &info) ||
        (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) || info.nFileSizeHigh || info.nFileSizeLow > FILE_SIZE_MAX)
        return ERROR_CANNOT_LOAD_PHONEBOOK;
    identity->index = (uint64_t)info.nFileIndexHigh << 32 | info.nFileIndexLow;
    identity->written = (uint64_t)info.ftLastWriteTime.dwHighDateTime << 32 | info.ftLastWriteTime.dwLowDateTime;
    identity->volume = info.dwVolumeSerialNumber;
    identity->size = info.nFileSizeLow;
    return ERROR_SUCCESS;
}

DWORD phonebook_file_open(const WCHAR *path, HANDLE *file, struct phonebook_identity *identity)
{
    DWORD error;

    *file = CreateFileW(path, GENERIC_READ, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL);
    if (*file == INVALID_HANDLE_VALUE) return ERROR_CANNOT_OPEN_PHONEBOOK;
    if (!(error = get_identity(*file, identity))) return ERROR_SUCCESS;
    CloseHandle(*file);
    *file = INVALID_HANDLE_VALUE;
    return error;
}

bool phonebook_file_read(HANDLE file, uint32_t offset, void *bytes, uint32_t len)
{
    OVERLAPPED at = {.Offset = offset};
    DWORD got;

    return !len || (ReadFile(file, bytes, len, &got, &at) && got == len);
}

/* ---- changing ------------------------------------------------------------------------------ */

static void make_folders(const WCHAR *path)
{
    WCHAR folder[PHONEBOOK_PATH_SIZE], *p;

    wcscpy(folder, path);
    for (p = folder; *p; p++)
    {
        if (*p != '\\' || p == folder || p[-1] == ':' || p[-1] == '\\') continue;
        *p = 0;
        CreateDirectoryW(folder, NULL);
        *p = '\\';
    }
}

static bool is_missing(DWORD error)
{
    return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND;
}

/* Whoever may write into the folder, but not into the file, must not replace it either. */
static DWORD open_writable(const WCHAR *path, DWORD disposition, HANDLE *file)
{
    DWORD attributes = GetFileAttributesW(path);

    *file = INVALID_HANDLE_VALUE;
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY))
        return ERROR_CANNOT_OPEN_PHONEBOOK;
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_READONLY))
        return ERROR_CANNOT_WRITE_PHONEBOOK;
    *file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, SHARE_ALL, NULL, disposition, 0, NULL);
    if (*file != INVALID_HANDLE_VALUE) return ERROR_SUCCESS;
    return is_missing(GetLastError()) && disposition == OPEN_EXISTING ? ERROR_CANNOT_OPEN_PHONEBOOK
                                                                      : ERROR_CANNOT_WRITE_PHONEBOOK;
}

/* Open the book, and learn where it is: links are followed, for a rename would replace the link.
 * A link that leads nowhere cannot be told from a missing file; making the file follows it too. */
static DWORD open_book(struct phonebook_change *change, const WCHAR *path, bool make)
{
    DWORD error = open_writable(path, OPEN_EXISTING, &change->book), len;

    if (error == ERROR_CANNOT_OPEN_PHONEBOOK && make && GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES)
    {
        make_folders(path);
        error = open_writable(path, OPEN_ALWAYS, &change->book);
        change->made = !error && GetLastError() != ERROR_ALREADY_EXISTS;
    }
    if (error) return error;
    if ((error = get_identity(change->book, &change->identity))) return error;
    len = GetFinalPathNameByHandleW(change->book, change->path, ARRAYSIZE(change->path), FILE_NAME_NORMALIZED);
    return len && len < ARRAYSIZE(change->path) ? ERROR_SUCCESS : ERROR_CANNOT_WRITE_PHONEBOOK;
}

static void close_file(HANDLE *file)
{
    if (*file != INVALID_HANDLE_VALUE) CloseHandle(*file);
    *file = INVALID_HANDLE_VALUE;
}

/* Is the file that was locked still the one of this name?  It may have become the phone book. */
static bool still_there(const struct phonebook_change *change)
{
    struct phonebook_identity locked, named;
    HANDLE file;

    if (get_identity(change->lock, &locked) || phonebook_file_open(change->temporary, &file, &named)) return false;
    CloseHandle(file);
    return named.index == locked.index && named.volume == locked.volume;
}

/* One attempt: 0, ERROR_BUSY, or why there will never be a lock.  The region that is locked is
 * far behind any text: where locks bind, those who read must not feel it. */
static DWORD try_lock(struct phonebook_change *change)
{
    OVERLAPPED region = {.OffsetHigh = 0x40000000};
    DWORD error;

    change->lock = CreateFileW(change->temporary, GENERIC_READ | GENERIC_WRITE | DELETE, SHARE_ALL, NULL, OPEN_ALWAYS,
                               0, NULL);
    if (change->lock == INVALID_HANDLE_VALUE)
    {
        error = GetLastError();
        /* Its last user is about to remove it. */
        if (error == ERROR_SHARING_VIOLATION || RtlGetLastNtStatus() == STATUS_OF_DELETED) return ERROR_BUSY;
        return error;
    }
    if (GetFileType(change->lock) != FILE_TYPE_DISK) return ERROR_CANNOT_WRITE_PHONEBOOK;
    if (!LockFileEx(change->lock, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &region))
        return ERROR_BUSY;
    return still_there(change) ? ERROR_SUCCESS : ERROR_BUSY;
}

static bool lock_book(struct phonebook_change *change)
{
    DWORD begun = GetTickCount(), error;

    while ((error = try_lock(change)) == ERROR_BUSY && GetTickCount() - begun < PATIENCE_MS)
    {
        close_file(&change->lock);
        Sleep(PAUSE_MS);
    }
    if (!error) return true;
    WARN("%s: %s.\n", debugstr_w(change->temporary), debugstr_error(error));
    /* Not ours: phonebook_change_end() must not remove it. */
    close_file(&change->lock);
    return false;
}

DWORD phonebook_change_begin(struct phonebook_change *change, const WCHAR *path, bool make)
{
    DWORD error;

    memset(change, 0, sizeof(*change));
    change->lock = change->book = INVALID_HANDLE_VALUE;
    if ((error = open_book(change, path, make))) goto failed;
    /* Who has the lock can replace it only while nobody has it open; it is another one then. */
    close_file(&change->book);
    wcscpy(change->temporary, change->path);
    wcscat(change->temporary, L".new");
    if (!lock_book(change))
    {
        error = ERROR_CANNOT_WRITE_PHONEBOOK;
        goto failed;
    }
    if ((error = phonebook_file_open(change->path, &change->book, &change->identity))) goto failed;
    change->made = change->made && !change->identity.size;
    if (SetEndOfFile(change->lock)) return ERROR_SUCCESS;
    error = ERROR_CANNOT_WRITE_PHONEBOOK;
failed:
    phonebook_change_end(change);
    return error;
}

void phonebook_change_write(struct phonebook_change *change, const void *bytes, size_t len)
{
    DWORD written;

    if (len > FILE_SIZE_MAX - change->written) change->failed = true;
    if (!len || change->failed) return;
    change->written += len;
    if (!WriteFile(change->lock, bytes, (DWORD)len, &written, NULL) || written != len) change->failed = true;
}

void phonebook_change_copy(struct phonebook_change *change, uint32_t from, uint32_t to)
{
    char bytes[16384];
    uint32_t len;

    for (; from < to && !change->failed; from += len)
    {
        len = min(to - from, sizeof(bytes));
        if (phonebook_file_read(change->book, from, bytes, len))
            phonebook_change_write(change, bytes, len);
        else
            change->failed = true;
    }
}

bool phonebook_change_flush(struct phonebook_change *change)
{
    return !change->failed && FlushFileBuffers(change->lock);
}

/* A file cannot be replaced while someone has it open, be it for reading. */
bool phonebook_change_commit(struct phonebook_change *change)
{
    DWORD begun = GetTickCount(), error;

    close_file(&change->book);
    while (!MoveFileExW(change->temporary, change->path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
    {
        error = GetLastError();
        if ((error != ERROR_ACCESS_DENIED && error != ERROR_SHARING_VIOLATION) ||
            GetTickCount() - begun >= PATIENCE_MS)
        {
            WARN("%s: %s.\n", debugstr_w(change->path), debugstr_error(error));
            return false;
        }
        Sleep(PAUSE_MS);
    }
    close_file(&change->lock);
    return true;
}

void phonebook_change_end(struct phonebook_change *change)
{
    FILE_DISPOSITION_INFO remove = {TRUE};

    close_file(&change->book);
    if (change->lock == INVALID_HANDLE_VALUE) return;
    if (change->made) DeleteFileW(change->path);
    SetFileInformationByHandle(change->lock, FileDispositionInfo, &remove, sizeof(remove));
    close_file(&change->lock);
}
