/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * errorstring.c - RasGetErrorString: the texts of the RAS errors, which are
 * strings of this DLL.  Codes below 600 are FormatMessage's.
 */
#include "rasapi32.h"

DWORD load_text(UINT id, const WCHAR **text)
{
    DWORD last_error = GetLastError();
    /* With a size of 0 the loader gives the address. */
    int length = LoadStringW(rasapi32_instance, id, (WCHAR *)text, 0);

    SetLastError(last_error);
    return length > 0 ? (DWORD)length : 0;
}

/* Codes 900-956 have texts here too, but belong to the MPR administration
 * functions. */
static BOOL is_ras_error(UINT code)
{
    return code >= RASBASE && code <= RASBASEEND;
}

/***********************************************************************
 *      RasGetErrorStringW
 *
 * The text of a RAS error, at most 512 characters.  chars counts
 * characters.  87: not a RAS error, or text NULL; 122: does not fit.
 */
DWORD WINAPI RasGetErrorStringW(UINT code, LPWSTR text, DWORD chars)
{
    const WCHAR *string;
    DWORD length;

    TRACE("code %u, text %p, chars %lu.\n", code, text, chars);
    if (!is_ras_error(code) || !text)
        return ERROR_INVALID_PARAMETER;
    if (!(length = load_text(code, &string)))
        return ERROR_INVALID_PARAMETER;
    if (length >= chars)
        return ERROR_INSUFFICIENT_BUFFER;
    memcpy(text, string, length * sizeof(*text));
    text[length] = 0;
    return ERROR_SUCCESS;
}

/***********************************************************************
 *      RasGetErrorStringA
 *
 * See RasGetErrorStringW.
 */
DWORD WINAPI RasGetErrorStringA(UINT code, LPSTR text, DWORD chars)
{
    WCHAR wide[512];
    DWORD error;
    int length;

    if (!text)
        return ERROR_INVALID_PARAMETER;
    if ((error = RasGetErrorStringW(code, wide, sizeof(wide) / sizeof(wide[0]))))
        return error;
    length = WideCharToMultiByte(CP_ACP, 0, wide, -1, NULL, 0, NULL, NULL);
    if (length <= 0 || (DWORD)length > chars)
        return ERROR_INSUFFICIENT_BUFFER;
    WideCharToMultiByte(CP_ACP, 0, wide, -1, text, length, NULL, NULL);
    return ERROR_SUCCESS;
}
