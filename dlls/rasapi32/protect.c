/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * protect.c - see protect.h.  The secret is PREFIX/.wineras/secret, which "wineras setup" has
 * made; else it is made when something is to be encrypted for the first time.  It never changes;
 * without it what was stored is lost.
 */
#include "protect.h"

#include <ntsecapi.h>
#include <stdbool.h>
#include <wchar.h>
#include <wincrypt.h>

#include "ras_secret.h"
#include "ras_wire.h"
#include "trace.h"
#include "transport.h"

#define PURPOSE_MAX 300u
#define PATH_MAX_CHARS (2 * MAX_PATH)

struct entropy
{
    BYTE secret[RAS_SECRET_SIZE];
    WCHAR purpose[PURPOSE_MAX];
};

typedef BOOL WINAPI protect_fn(DATA_BLOB *in, const WCHAR *name, DATA_BLOB *entropy, void *reserved,
                               CRYPTPROTECT_PROMPTSTRUCT *prompt, DWORD flags, DATA_BLOB *out);
typedef BOOL WINAPI unprotect_fn(DATA_BLOB *in, WCHAR **name, DATA_BLOB *entropy, void *reserved,
                                 CRYPTPROTECT_PROMPTSTRUCT *prompt, DWORD flags, DATA_BLOB *out);

/* ---- the secret ---------------------------------------------------------------------- */

/* Where it lies; with make, the folder too.  "" when there is no place for it. */
static void secret_path(WCHAR *path, size_t size, bool make)
{
    static const WCHAR folder[] = L"\\.wineras", file[] = L"\\secret";
    DWORD len = transport_folder(L"WINECONFIGDIR", path, size - ARRAYSIZE(folder) - ARRAYSIZE(file));

    if (!len)
    {
        path[0] = 0;
        return;
    }
    wcscpy(path + len, folder);
    if (make) CreateDirectoryW(path, NULL);
    wcscat(path, file);
}

/* For the user alone.  Wine makes it the mode of the file, where the user's group is in as well. */
struct private_file
{
    SECURITY_ATTRIBUTES attributes;
    SECURITY_DESCRIPTOR descriptor;
    union
    {
        ACL acl;
        BYTE room[sizeof(ACL) + sizeof(ACCESS_ALLOWED_ACE) + SECURITY_MAX_SID_SIZE];
    } list;
};

static DWORD private_file_init(struct private_file *private)
{
    union
    {
        TOKEN_USER user;
        BYTE room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    } info;
    DWORD error = ERROR_SUCCESS, size;
    HANDLE token;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return GetLastError();
    if (!GetTokenInformation(token, TokenUser, &info, sizeof(info), &size) ||
        !InitializeAcl(&private->list.acl, sizeof(private->list), ACL_REVISION) ||
        !AddAccessAllowedAce(&private->list.acl, ACL_REVISION, FILE_ALL_ACCESS, info.user.User.Sid) ||
        !InitializeSecurityDescriptor(&private->descriptor, SECURITY_DESCRIPTOR_REVISION) ||
        !SetSecurityDescriptorDacl(&private->descriptor, TRUE, &private->list.acl, FALSE))
        error = GetLastError();
    CloseHandle(token);
    private->attributes.nLength = sizeof(private->attributes);
    private->attributes.lpSecurityDescriptor = &private->descriptor;
    private->attributes.bInheritHandle = FALSE;
    return error;
}

static DWORD write_secret(const WCHAR *path, const BYTE *secret)
{
    struct private_file private;
    DWORD error, written;
    HANDLE file;

    if ((error = private_file_init(&private))) return error;
    file = CreateFileW(path, GENERIC_WRITE, 0, &private.attributes, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) return GetLastError();
    if (!WriteFile(file, secret, RAS_SECRET_SIZE, &written, NULL) || written != RAS_SECRET_SIZE ||
        !FlushFileBuffers(file))
        error = GetLastError() ? GetLastError() : ERROR_WRITE_FAULT;
    CloseHandle(file);
    if (error) DeleteFileW(path);
    return error;
}

static DWORD read_secret(const WCHAR *path, BYTE *secret)
{
    DWORD error = ERROR_SUCCESS, got = 0;
    HANDLE file;

    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                       FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) return GetLastError();
    if (!ReadFile(file, secret, RAS_SECRET_SIZE, &got, NULL)) error = GetLastError();
    if (!error && got != RAS_SECRET_SIZE) error = ERROR_INVALID_DATA;
    CloseHandle(file);
    return error;
}

/* Whole from its first moment. */
static DWORD make_secret(const WCHAR *path, BYTE *secret)
{
    WCHAR temporary[PATH_MAX_CHARS + 8];
    DWORD error;

    if (!RtlGenRandom(secret, RAS_SECRET_SIZE)) return ERROR_GEN_FAILURE;
    _snwprintf(temporary, ARRAYSIZE(temporary), L"%s.new", path);
    if ((error = write_secret(temporary, secret))) return error;
    if (MoveFileW(temporary, path)) return ERROR_SUCCESS;
    error = GetLastError();
    DeleteFileW(temporary);
    return error;
}

/* One program at a time makes it, so that all have the same. */
static DWORD read_or_make_secret(const WCHAR *path, BYTE *secret)
{
    HANDLE mutex = CreateMutexW(NULL, FALSE, L"wineras-secret");
    DWORD error;

    if (!mutex) return GetLastError();
    WaitForSingleObject(mutex, INFINITE);
    if ((error = read_secret(path, secret)) == ERROR_FILE_NOT_FOUND) error = make_secret(path, secret);
    ReleaseMutex(mutex);
    CloseHandle(mutex);
    return error;
}

static DWORD get_secret(bool make, BYTE *secret)
{
    WCHAR path[PATH_MAX_CHARS];
    DWORD error;

    secret_path(path, ARRAYSIZE(path), make);
    if (!path[0]) return ERROR_PATH_NOT_FOUND;
    error = read_secret(path, secret);
    if (error == ERROR_FILE_NOT_FOUND && make) error = read_or_make_secret(path, secret);
    if (error) WARN("No secret in %s: %s.\n", debugstr_w(path), debugstr_error(error));
    return error;
}

/* ---- encryption ------------------------------------------------------------------------- */

static DWORD make_entropy(struct entropy *entropy, const WCHAR *purpose, bool make, DATA_BLOB *blob)
{
    size_t len = wcslen(purpose);

    if (len > PURPOSE_MAX) return ERROR_INVALID_PARAMETER;
    memcpy(entropy->purpose, purpose, len * sizeof(*purpose));
    blob->pbData = (BYTE *)entropy;
    blob->cbData = offsetof(struct entropy, purpose) + len * sizeof(*purpose);
    return get_secret(make, entropy->secret);
}

/* Programs that merely load the DLL need not pay for it. */
static void *crypt32_function(const char *name)
{
    static HMODULE module;

    if (!module) module = LoadLibraryExW(L"crypt32.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    return module ? (void *)GetProcAddress(module, name) : NULL;
}

static void take_result(const DATA_BLOB *blob, struct protect_data *data)
{
    data->bytes = blob->pbData;
    data->size = blob->cbData;
}

DWORD protect_encrypt(const WCHAR *purpose, const void *bytes, DWORD size, struct protect_data *encrypted)
{
    protect_fn *protect = (protect_fn *)crypt32_function("CryptProtectData");
    DATA_BLOB in = {size, (BYTE *)bytes}, out = {0}, entropy_blob;
    struct entropy entropy;
    DWORD error;

    memset(encrypted, 0, sizeof(*encrypted));
    if (!protect) return ERROR_MOD_NOT_FOUND;
    error = make_entropy(&entropy, purpose, true, &entropy_blob);
    if (!error && !protect(&in, L"", &entropy_blob, NULL, NULL, CRYPTPROTECT_UI_FORBIDDEN, &out))
        error = GetLastError();
    wire_wipe_memory(&entropy, sizeof(entropy));
    if (!error) take_result(&out, encrypted);
    return error;
}

DWORD protect_decrypt(const WCHAR *purpose, const void *bytes, DWORD size, struct protect_data *plain)
{
    unprotect_fn *unprotect = (unprotect_fn *)crypt32_function("CryptUnprotectData");
    DATA_BLOB in = {size, (BYTE *)bytes}, out = {0}, entropy_blob;
    struct entropy entropy;
    DWORD error;

    memset(plain, 0, sizeof(*plain));
    if (!unprotect) return ERROR_MOD_NOT_FOUND;
    error = make_entropy(&entropy, purpose, false, &entropy_blob);
    if (!error && !unprotect(&in, NULL, &entropy_blob, NULL, NULL, CRYPTPROTECT_UI_FORBIDDEN, &out))
        error = GetLastError();
    wire_wipe_memory(&entropy, sizeof(entropy));
    if (!error) take_result(&out, plain);
    return error;
}

void protect_free(struct protect_data *data)
{
    if (data->bytes) SecureZeroMemory(data->bytes, data->size);
    LocalFree(data->bytes);
    memset(data, 0, sizeof(*data));
}
