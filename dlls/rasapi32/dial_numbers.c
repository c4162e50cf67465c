/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * dial_numbers.c - the numbers of an entry as they are dialled where the computer stands, and
 * the one that worked to the front.
 *
 * Where the computer stands is the current location of the telephony settings, if somebody has
 * made one (HKCU or HKLM, Software\Microsoft\Windows\CurrentVersion\Telephony\Locations).  Prefixes and
 * suffixes of the phone book (RDEOPT_UsePrefixSuffix) were a list of NT 4's user preferences, whose
 * place is not documented: there are none.
 */
#include "dial_entry.h"

#include <stdlib.h>

#include "client.h"
#include "dial.h"
#include "dial_number.h"

#define NUMBER_SIZE sizeof(((struct wire_dial *)0)->number)

/* ---- the location -------------------------------------------------------------------- */

/* The calling code of a country of TAPI, 0 for one that nobody knows. */
static DWORD country_code(DWORD id)
{
    struct
    {
        RASCTRYINFO info;
        WCHAR name[256];
    } country = {.info.dwSize = sizeof(country.info)};
    DWORD size = sizeof(country);

    if (!id) return 0;
    country.info.dwCountryID = id;
    return RasGetCountryInfoW(&country.info, &size) ? 0 : country.info.dwCountryCode;
}

static bool read_location(HKEY root, struct dial_location *location)
{
    static const WCHAR key[] = L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Locations";
    WCHAR path[ARRAYSIZE(key) + 32], area[RAS_MaxAreaCode + 1] = L"";
    DWORD id, country, size = sizeof(id);

    if (RegGetValueW(root, key, L"CurrentID", RRF_RT_REG_DWORD, NULL, &id, &size)) return false;
    _snwprintf(path, ARRAYSIZE(path), L"%ls\\Location%lu", key, id);
    size = sizeof(country);
    if (RegGetValueW(root, path, L"Country", RRF_RT_REG_DWORD, NULL, &country, &size)) return false;
    size = sizeof(area);
    if (RegGetValueW(root, path, L"AreaCode", RRF_RT_REG_SZ, NULL, area, &size)) area[0] = 0;
    location->country_code = country_code(country);
    DIAL_SET_TEXT(location->area_code, area);
    return location->country_code != 0;
}

static void find_location(struct dial_location *location)
{
    memset(location, 0, sizeof(*location));
    if (!read_location(HKEY_CURRENT_USER, location)) read_location(HKEY_LOCAL_MACHINE, location);
}

/* ---- dial strings ----------------------------------------------------------------------- */

/* The device whose numbers are dialled.  False: it has none. */
static bool find_numbers(const struct phonebook_record *record, unsigned int link, struct pbk_group *group)
{
    bool shared = entry_number(record, ENTRY_GENERAL, "SharedPhoneNumbers", 0) != 0;

    return entry_find_place(record->entry, shared ? 0 : link, ENTRY_NUMBER, group);
}

static void get_text(const struct phonebook_record *record, const struct pbk_group *group, const char *key, char *text,
                     size_t size)
{
    WCHAR wide[NUMBER_SIZE];
    struct pbk_span span;

    pbk_entry_get(record->entry, group, key, &span);
    entry_decode(record, &span, wide, ARRAYSIZE(wide));
    if (!dial_set_text(text, size, wide, ARRAYSIZE(wide))) text[0] = 0;
}

static uint32_t get_number(const struct phonebook_record *record, const struct pbk_group *group, const char *key)
{
    uint32_t number = 0;

    pbk_entry_get_number(record->entry, group, key, &number);
    return number;
}

/* A number group as it is dialled.  False, and "", when it is too long. */
static bool compose(const struct phonebook_record *record, const struct pbk_group *group,
                    const struct dial_location *here, char *text, size_t size)
{
    char number[NUMBER_SIZE], area_code[64];
    struct dial_number parts = {.number = number, .area_code = area_code};

    get_text(record, group, "PhoneNumber", number, sizeof(number));
    get_text(record, group, "AreaCode", area_code, sizeof(area_code));
    /* The rules are those of telephones. */
    parts.use_rules = get_number(record, group, "UseDialingRules") &&
                      entry_number(record, ENTRY_GENERAL, "Type", RASET_Phone) == RASET_Phone;
    parts.country_code = get_number(record, group, "CountryCode");
    if (parts.use_rules && !parts.country_code)
        parts.country_code = country_code(get_number(record, group, "CountryID"));
    return dial_number_compose(&parts, here, text, size);
}

/* A line more, if it fits. */
static bool append_line(char *lines, size_t size, const char *line)
{
    size_t len = strlen(lines);

    if (len + (len != 0) + strlen(line) >= size) return false;
    if (len) lines[len++] = '\n';
    strcpy(lines + len, line);
    return true;
}

DWORD dial_numbers_fill(struct wire_dial *dial, const struct dial_entry *entry)
{
    const struct phonebook_record *record = entry->record;
    struct dial_location here;
    char text[NUMBER_SIZE];
    struct pbk_group group;
    unsigned int count;

    if (!find_numbers(record, entry->link, &group)) return ERROR_SUCCESS;
    find_location(&here);
    if (!compose(record, &group, &here, dial->number, sizeof(dial->number))) return ERROR_BAD_PHONE_NUMBER;
    if (!dial_entry_number(entry, ENTRY_DEVICE, "TryNextAlternateOnFail", 1)) return ERROR_SUCCESS;
    count = pbk_entry_numbers(record->entry, group.link, group.device);
    for (group.number = 1; group.number < count; group.number++)
        if (compose(record, &group, &here, text, sizeof(text)) && text[0] &&
            !append_line(dial->alternates, sizeof(dial->alternates), text))
            break;
    return ERROR_SUCCESS;
}

/* ---- the number that worked --------------------------------------------------------------- */

struct dial_promotion
{
    WCHAR phonebook[MAX_PATH * 4];
    WCHAR name[RAS_MaxEntryName + 1];
    unsigned int link;
    char number[NUMBER_SIZE]; /* that worked, as it was dialled */
};

struct dial_promotion *dial_promotion_new(const struct wire_dial *dial, const struct dial_entry *entry)
{
    struct dial_promotion *promotion;

    if (!dial->alternates[0] || !(entry->properties.dwfOptions & RASEO_PromoteAlternates)) return NULL;
    if (!(promotion = calloc(1, sizeof(*promotion)))) return NULL;
    lstrcpynW(promotion->phonebook, entry->record->path, ARRAYSIZE(promotion->phonebook));
    lstrcpynW(promotion->name, entry->record->name, ARRAYSIZE(promotion->name));
    promotion->link = entry->link;
    return promotion;
}

void dial_promotion_free(struct dial_promotion *promotion)
{
    free(promotion);
}

/* Keys of a number group besides PhoneNumber. */
static const char *const number_keys[] =
{
    "AreaCode", "CountryCode", "CountryID", "UseDialingRules", "Comment", "FriendlyName",
};

/* The group becomes the first of its device. */
static DWORD move_to_front(struct pbk_entry *entry, struct pbk_group group)
{
    struct pbk_group first = group;
    size_t i;

    first.number = 0;
    if (!pbk_entry_add_group(entry, &first, "", 0)) return ERROR_NOT_ENOUGH_MEMORY;
    group.number++;
    if (!pbk_entry_copy(entry, &group, &first, "PhoneNumber")) return ERROR_NOT_ENOUGH_MEMORY;
    for (i = 0; i < ARRAYSIZE(number_keys); i++)
        if (!pbk_entry_copy(entry, &group, &first, number_keys[i])) return ERROR_NOT_ENOUGH_MEMORY;
    return pbk_entry_remove_group(entry, &group) ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

/* Others may have changed the entry meanwhile: the number is looked for by what it comes to. */
static DWORD promote(struct phonebook_record *record, bool is_new, void *context)
{
    const struct dial_promotion *promotion = context;
    struct dial_location here;
    char text[NUMBER_SIZE];
    struct pbk_group group;
    unsigned int count;

    (void)is_new;
    if (!find_numbers(record, promotion->link, &group)) return ERROR_SUCCESS;
    find_location(&here);
    count = pbk_entry_numbers(record->entry, group.link, group.device);
    for (group.number = 0; group.number < count; group.number++)
    {
        if (!compose(record, &group, &here, text, sizeof(text)) || strcmp(text, promotion->number)) continue;
        return group.number ? move_to_front(record->entry, group) : ERROR_SUCCESS;
    }
    return ERROR_SUCCESS;
}

static void take_number(const struct wire_msg *answer, void *context)
{
    struct dial_promotion *promotion = context;

    if (answer->type == WIRE_status && answer->u.status.number_index)
        wire_set_text(promotion->number, sizeof(promotion->number), answer->u.status.number);
}

void dial_promotion_run(DWORD handle, const struct dial_promotion *promotion)
{
    struct dial_promotion done = *promotion;
    struct wire_msg msg;
    DWORD error;

    wire_init(&msg, WIRE_get_status, 0);
    msg.u.get_status.handle = handle;
    if (client_request(TRANSPORT_RUNNING, &msg, take_number, &done) || !done.number[0]) return;
    error = phonebook_update(done.phonebook, done.name, false, promote, &done);
    TRACE("%s of %s is first: %s.\n", debugstr_a(done.number), debugstr_w(done.name), debugstr_error(error));
}
