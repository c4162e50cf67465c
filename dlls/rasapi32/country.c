/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * country.c - RasGetCountryInfo, over ras_countries.def; the names are strings of this DLL.
 */
#include "rasapi32.h"

#include "dialogs.h"

static const struct country
{
    DWORD id;
    DWORD code;
} countries[] = {
#define COUNTRY(id, code, iso, name) {id, code},
#include "ras_countries.def"
#undef COUNTRY
};

static const struct country *find_country(DWORD id)
{
    unsigned int i;

    for (i = 0; i < ARRAYSIZE(countries); i++)
        if (countries[i].id == id) return &countries[i];
    return NULL;
}

/* What comes before the size of the name is known.  740 is for a Windows whose telephony has no
 * list of countries: ours is part of the DLL, and would have to have lost its strings. */
static DWORD enter_country(const RASCTRYINFO *info, const DWORD *size, const struct country **country,
                           const WCHAR **name, DWORD *length)
{
    DWORD error;

    if (!size) return ERROR_INVALID_PARAMETER;
    if (IsBadReadPtr(info, RTL_SIZEOF_THROUGH_FIELD(RASCTRYINFO, dwCountryID))) return ERROR_INVALID_USER_BUFFER;
    if ((error = version_check(VERSION_RASCTRYINFO, info))) return error;
    if (!(*country = find_country(info->dwCountryID))) return ERROR_INVALID_PARAMETER;
    *length = load_text(COUNTRY_STRINGS + (*country)->id, name);
    return *length ? ERROR_SUCCESS : ERROR_TAPI_CONFIGURATION;
}

/* Everything but the name, which the caller adds behind the structure. */
static DWORD leave_country(RASCTRYINFO *info, DWORD *size, DWORD needed, const struct country *country)
{
    DWORD given = *size;

    if (given < needed)
    {
        *size = needed;
        return ERROR_BUFFER_TOO_SMALL;
    }
    if (IsBadWritePtr(info, needed)) return ERROR_INVALID_USER_BUFFER;
    *size = needed;
    info->dwNextCountryID = country + 1 < countries + ARRAYSIZE(countries) ? country[1].id : 0;
    info->dwCountryCode = country->code;
    info->dwCountryNameOffset = sizeof(*info);
    return ERROR_SUCCESS;
}

DWORD WINAPI RasGetCountryInfoW(LPRASCTRYINFOW info, LPDWORD size)
{
    const struct country *country;
    const WCHAR *name;
    DWORD error, length;
    WCHAR *out;

    TRACE("info %p, size %p.\n", info, size);
    if ((error = enter_country(info, size, &country, &name, &length))) return error;
    if ((error = leave_country(info, size, sizeof(*info) + (length + 1) * sizeof(*out), country))) return error;
    out = (WCHAR *)(info + 1);
    memcpy(out, name, length * sizeof(*out));
    out[length] = 0;
    return ERROR_SUCCESS;
}

DWORD WINAPI RasGetCountryInfoA(LPRASCTRYINFOA info, LPDWORD size)
{
    const struct country *country;
    const WCHAR *name;
    DWORD error, length, bytes;
    char *out;

    TRACE("info %p, size %p.\n", info, size);
    if ((error = enter_country(info, size, &country, &name, &length))) return error;
    bytes = WideCharToMultiByte(CP_ACP, 0, name, length, NULL, 0, NULL, NULL);
    if ((error = leave_country(info, size, sizeof(*info) + bytes + 1, country))) return error;
    out = (char *)(info + 1);
    WideCharToMultiByte(CP_ACP, 0, name, length, out, bytes, NULL, NULL);
    out[bytes] = 0;
    return ERROR_SUCCESS;
}
