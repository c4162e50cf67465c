/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * main.c - rasdial.exe: dials, lists and hangs up connections.  Its exit code is
 * the RAS error.
 */
#include "rasdial.h"

static void print_usage(void)
{
    print(L"rasdial                            list the connections\r\n"
          L"rasdial ENTRY [USER [PASSWORD|*]] [/DOMAIN:DOMAIN] [/PHONE:NUMBER]\r\n"
          L"        [/CALLBACK:NUMBER] [/PHONEBOOK:FILE] [/PREFIXSUFFIX]\r\n"
          L"rasdial [ENTRY] /DISCONNECT        hang up\r\n"
          L"Without USER the saved name and password are used; * asks for the password.\r\n");
}

int wmain(int argc, WCHAR **argv)
{
    struct request request;

    if (!parse_arguments(argc, argv, &request))
    {
        print_usage();
        return ERROR_INVALID_PARAMETER;
    }
    if (request.is_help)
    {
        print_usage();
        return 0;
    }
    if (request.is_disconnect) return (int)disconnect(request.entry);
    return request.entry ? (int)dial(&request) : (int)list_connections();
}
