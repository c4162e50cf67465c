/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * ras_twins.h - what the RAS API has twice, for ANSI and for Unicode: the
 * structures with text and the functions that take them.  Only ras.h includes
 * it, once per character width, with RAS_AW, RAS_CHAR, RAS_STR and RAS_CSTR
 * defined; hence no guard.
 */

/* ---- connections ---- */

typedef struct RAS_AW(tagRASCONN)
{
    DWORD dwSize;
    HRASCONN hrasconn;
    RAS_CHAR szEntryName[RAS_MaxEntryName + 1];
    RAS_CHAR szDeviceType[RAS_MaxDeviceType + 1];
    RAS_CHAR szDeviceName[RAS_MaxDeviceName + 1];
    RAS_CHAR szPhonebook[MAX_PATH]; /* 0x401 */
    DWORD dwSubEntry;
    GUID guidEntry; /* 0x500 */
    DWORD dwFlags; /* 0x501 */
    LUID luid;
    GUID guidCorrelationId; /* 0x600 */
} RAS_AW(RASCONN), *RAS_AW(LPRASCONN);

typedef struct RAS_AW(tagRASCONNSTATUS)
{
    DWORD dwSize;
    RASCONNSTATE rasconnstate;
    DWORD dwError;
    RAS_CHAR szDeviceType[RAS_MaxDeviceType + 1];
    RAS_CHAR szDeviceName[RAS_MaxDeviceName + 1];
    RAS_CHAR szPhoneNumber[RAS_MaxPhoneNumber + 1]; /* 0x401 */
    RASTUNNELENDPOINT localEndPoint; /* 0x601 */
    RASTUNNELENDPOINT remoteEndPoint;
    RASCONNSUBSTATE rasconnsubstate;
} RAS_AW(RASCONNSTATUS), *RAS_AW(LPRASCONNSTATUS);

typedef struct RAS_AW(tagRASDIALPARAMS)
{
    DWORD dwSize;
    RAS_CHAR szEntryName[RAS_MaxEntryName + 1];
    RAS_CHAR szPhoneNumber[RAS_MaxPhoneNumber + 1];
    RAS_CHAR szCallbackNumber[RAS_MaxCallbackNumber + 1];
    RAS_CHAR szUserName[UNLEN + 1];
    RAS_CHAR szPassword[PWLEN + 1];
    RAS_CHAR szDomain[DNLEN + 1];
    DWORD dwSubEntry; /* 0x401 */
    ULONG_PTR dwCallbackId;
    DWORD dwIfIndex; /* 0x601 */
    RAS_STR szEncPassword; /* 0x602 */
} RAS_AW(RASDIALPARAMS), *RAS_AW(LPRASDIALPARAMS);

/* ---- phone book ---- */

typedef struct RAS_AW(tagRASENTRYNAME)
{
    DWORD dwSize;
    RAS_CHAR szEntryName[RAS_MaxEntryName + 1];
    DWORD dwFlags; /* 0x500 */
    RAS_CHAR szPhonebookPath[MAX_PATH + 1];
} RAS_AW(RASENTRYNAME), *RAS_AW(LPRASENTRYNAME);

typedef struct RAS_AW(tagRASENTRY)
{
    DWORD dwSize;
    DWORD dwfOptions;
    DWORD dwCountryID;
    DWORD dwCountryCode;
    RAS_CHAR szAreaCode[RAS_MaxAreaCode + 1];
    RAS_CHAR szLocalPhoneNumber[RAS_MaxPhoneNumber + 1];
    DWORD dwAlternateOffset;
    RASIPADDR ipaddr;
    RASIPADDR ipaddrDns;
    RASIPADDR ipaddrDnsAlt;
    RASIPADDR ipaddrWins;
    RASIPADDR ipaddrWinsAlt;
    DWORD dwFrameSize;
    DWORD dwfNetProtocols;
    DWORD dwFramingProtocol;
    RAS_CHAR szScript[MAX_PATH];
    RAS_CHAR szAutodialDll[MAX_PATH];
    RAS_CHAR szAutodialFunc[MAX_PATH];
    RAS_CHAR szDeviceType[RAS_MaxDeviceType + 1];
    RAS_CHAR szDeviceName[RAS_MaxDeviceName + 1];
    RAS_CHAR szX25PadType[RAS_MaxPadType + 1];
    RAS_CHAR szX25Address[RAS_MaxX25Address + 1];
    RAS_CHAR szX25Facilities[RAS_MaxFacilities + 1];
    RAS_CHAR szX25UserData[RAS_MaxUserData + 1];
    DWORD dwChannels;
    DWORD dwReserved1;
    DWORD dwReserved2;
    DWORD dwSubEntries; /* 0x401 */
    DWORD dwDialMode;
    DWORD dwDialExtraPercent;
    DWORD dwDialExtraSampleSeconds;
    DWORD dwHangUpExtraPercent;
    DWORD dwHangUpExtraSampleSeconds;
    DWORD dwIdleDisconnectSeconds;
    DWORD dwType; /* 0x500 */
    DWORD dwEncryptionType;
    DWORD dwCustomAuthKey;
    GUID guidId;
    RAS_CHAR szCustomDialDll[MAX_PATH];
    DWORD dwVpnStrategy;
    DWORD dwfOptions2; /* 0x501 */
    DWORD dwfOptions3;
    RAS_CHAR szDnsSuffix[RAS_MaxDnsSuffix];
    DWORD dwTcpWindowSize;
    RAS_CHAR szPrerequisitePbk[MAX_PATH];
    RAS_CHAR szPrerequisiteEntry[RAS_MaxEntryName + 1];
    DWORD dwRedialCount;
    DWORD dwRedialPause;
    RASIPV6ADDR ipv6addrDns; /* 0x600 */
    RASIPV6ADDR ipv6addrDnsAlt;
    DWORD dwIPv4InterfaceMetric;
    DWORD dwIPv6InterfaceMetric;
    RASIPV6ADDR ipv6addr; /* 0x601 */
    DWORD dwIPv6PrefixLength;
    DWORD dwNetworkOutageTime;
    RAS_CHAR szIDi[RAS_MaxIDSize + 1]; /* 0xA00 */
    RAS_CHAR szIDr[RAS_MaxIDSize + 1];
    BOOL fIsImsConfig;
    IKEV2_ID_PAYLOAD_TYPE IdiType;
    IKEV2_ID_PAYLOAD_TYPE IdrType;
    BOOL fDisableIKEv2Fragmentation;
} RAS_AW(RASENTRY), *RAS_AW(LPRASENTRY);

typedef struct RAS_AW(tagRASSUBENTRY)
{
    DWORD dwSize;
    DWORD dwfFlags;
    RAS_CHAR szDeviceType[RAS_MaxDeviceType + 1];
    RAS_CHAR szDeviceName[RAS_MaxDeviceName + 1];
    RAS_CHAR szLocalPhoneNumber[RAS_MaxPhoneNumber + 1];
    DWORD dwAlternateOffset;
} RAS_AW(RASSUBENTRY), *RAS_AW(LPRASSUBENTRY);

typedef struct RAS_AW(tagRASDEVINFO)
{
    DWORD dwSize;
    RAS_CHAR szDeviceType[RAS_MaxDeviceType + 1];
    RAS_CHAR szDeviceName[RAS_MaxDeviceName + 1];
} RAS_AW(RASDEVINFO), *RAS_AW(LPRASDEVINFO);

typedef struct RAS_AW(tagRASCREDENTIALS)
{
    DWORD dwSize;
    DWORD dwMask;
    RAS_CHAR szUserName[UNLEN + 1];
    RAS_CHAR szPassword[PWLEN + 1];
    RAS_CHAR szDomain[DNLEN + 1];
} RAS_AW(RASCREDENTIALS), *RAS_AW(LPRASCREDENTIALS);

typedef struct RAS_AW(tagRASEAPUSERIDENTITY)
{
    RAS_CHAR szUserName[UNLEN + 1];
    DWORD dwSizeofEapInfo;
    BYTE pbEapInfo[1];
} RAS_AW(RASEAPUSERIDENTITY), *RAS_AW(LPRASEAPUSERIDENTITY);

typedef struct RAS_AW(tagRASAUTODIALENTRY)
{
    DWORD dwSize;
    DWORD dwFlags;
    DWORD dwDialingLocation;
    RAS_CHAR szEntry[RAS_MaxEntryName + 1];
} RAS_AW(RASAUTODIALENTRY), *RAS_AW(LPRASAUTODIALENTRY);

/* ---- projections ---- */

typedef struct RAS_AW(tagRASAMB)
{
    DWORD dwSize;
    DWORD dwError;
    RAS_CHAR szNetBiosError[NETBIOS_NAME_LEN + 1];
    BYTE bLana;
} RAS_AW(RASAMB), *RAS_AW(LPRASAMB);

typedef struct RAS_AW(tagRASPPPNBF)
{
    DWORD dwSize;
    DWORD dwError;
    DWORD dwNetBiosError;
    RAS_CHAR szNetBiosError[NETBIOS_NAME_LEN + 1];
    RAS_CHAR szWorkstationName[NETBIOS_NAME_LEN + 1];
    BYTE bLana;
} RAS_AW(RASPPPNBF), *RAS_AW(LPRASPPPNBF);

typedef struct RAS_AW(tagRASPPPIPX)
{
    DWORD dwSize;
    DWORD dwError;
    RAS_CHAR szIpxAddress[RAS_MaxIpxAddress + 1];
} RAS_AW(RASPPPIPX), *RAS_AW(LPRASPPPIPX);

typedef struct RAS_AW(tagRASPPPIP)
{
    DWORD dwSize;
    DWORD dwError;
    RAS_CHAR szIpAddress[RAS_MaxIpAddress + 1];
    RAS_CHAR szServerIpAddress[RAS_MaxIpAddress + 1];
    DWORD dwOptions; /* 0x500 */
    DWORD dwServerOptions;
} RAS_AW(RASPPPIP), *RAS_AW(LPRASPPPIP);

typedef struct RAS_AW(tagRASPPPLCP)
{
    DWORD dwSize;
    BOOL fBundled;
    DWORD dwError; /* 0x500 */
    DWORD dwAuthenticationProtocol;
    DWORD dwAuthenticationData;
    DWORD dwEapTypeId;
    DWORD dwServerAuthenticationProtocol;
    DWORD dwServerAuthenticationData;
    DWORD dwServerEapTypeId;
    BOOL fMultilink;
    DWORD dwTerminateReason;
    DWORD dwServerTerminateReason;
    RAS_CHAR szReplyMessage[RAS_MaxReplyMessage];
    DWORD dwOptions;
    DWORD dwServerOptions;
} RAS_AW(RASPPPLCP), *RAS_AW(LPRASPPPLCP);

typedef struct RAS_AW(tagRASSLIP)
{
    DWORD dwSize;
    DWORD dwError;
    RAS_CHAR szIpAddress[RAS_MaxIpAddress + 1];
} RAS_AW(RASSLIP), *RAS_AW(LPRASSLIP);

/* ---- functions ---- */

DWORD WINAPI RAS_AW(RasConnectionNotification)(HRASCONN hrasconn, HANDLE event, DWORD flags);
DWORD WINAPI RAS_AW(RasCreatePhonebookEntry)(HWND owner, RAS_CSTR phonebook);
DWORD WINAPI RAS_AW(RasDeleteEntry)(RAS_CSTR phonebook, RAS_CSTR entry);
DWORD WINAPI RAS_AW(RasDeleteSubEntry)(RAS_CSTR phonebook, RAS_CSTR entry, DWORD sub_entry);
DWORD WINAPI RAS_AW(RasDial)(LPRASDIALEXTENSIONS extensions, RAS_CSTR phonebook, RAS_AW(LPRASDIALPARAMS) params,
                             DWORD notifier_type, LPVOID notifier, LPHRASCONN hrasconn);
DWORD WINAPI RAS_AW(RasEditPhonebookEntry)(HWND owner, RAS_CSTR phonebook, RAS_CSTR entry);
DWORD WINAPI RAS_AW(RasEnumAutodialAddresses)(RAS_STR *addresses, LPDWORD size, LPDWORD count);
DWORD WINAPI RAS_AW(RasEnumConnections)(RAS_AW(LPRASCONN) connections, LPDWORD size, LPDWORD count);
DWORD WINAPI RAS_AW(RasEnumDevices)(RAS_AW(LPRASDEVINFO) devices, LPDWORD size, LPDWORD count);
DWORD WINAPI RAS_AW(RasEnumEntries)(RAS_CSTR reserved, RAS_CSTR phonebook, RAS_AW(LPRASENTRYNAME) entries, LPDWORD size,
                                    LPDWORD count);
void WINAPI RAS_AW(RasFreeEapUserIdentity)(RAS_AW(LPRASEAPUSERIDENTITY) identity);
DWORD WINAPI RAS_AW(RasGetAutodialAddress)(RAS_CSTR address, LPDWORD reserved, RAS_AW(LPRASAUTODIALENTRY) entries,
                                           LPDWORD size, LPDWORD count);
DWORD WINAPI RAS_AW(RasGetAutodialEnable)(DWORD location, LPBOOL enabled);
DWORD WINAPI RAS_AW(RasGetAutodialParam)(DWORD key, LPVOID value, LPDWORD size);
DWORD WINAPI RAS_AW(RasGetConnectStatus)(HRASCONN hrasconn, RAS_AW(LPRASCONNSTATUS) status);
DWORD WINAPI RAS_AW(RasGetCountryInfo)(RAS_AW(LPRASCTRYINFO) info, LPDWORD size);
DWORD WINAPI RAS_AW(RasGetCredentials)(RAS_CSTR phonebook, RAS_CSTR entry, RAS_AW(LPRASCREDENTIALS) credentials);
DWORD WINAPI RAS_AW(RasGetCustomAuthData)(RAS_CSTR phonebook, RAS_CSTR entry, BYTE *data, DWORD *size);
DWORD WINAPI RAS_AW(RasGetEapUserData)(HANDLE token, RAS_CSTR phonebook, RAS_CSTR entry, BYTE *data, DWORD *size);
DWORD WINAPI RAS_AW(RasGetEapUserIdentity)(RAS_CSTR phonebook, RAS_CSTR entry, DWORD flags, HWND owner,
                                           RAS_AW(LPRASEAPUSERIDENTITY) *identity);
DWORD WINAPI RAS_AW(RasGetEntryDialParams)(RAS_CSTR phonebook, RAS_AW(LPRASDIALPARAMS) params, LPBOOL has_password);
DWORD WINAPI RAS_AW(RasGetEntryProperties)(RAS_CSTR phonebook, RAS_CSTR entry, RAS_AW(LPRASENTRY) properties,
                                           LPDWORD size, LPBYTE device_info, LPDWORD device_info_size);
DWORD WINAPI RAS_AW(RasGetErrorString)(UINT code, RAS_STR text, DWORD chars);
DWORD WINAPI RAS_AW(RasGetProjectionInfo)(HRASCONN hrasconn, RASPROJECTION projection, LPVOID info, LPDWORD size);
DWORD WINAPI RAS_AW(RasGetSubEntryHandle)(HRASCONN hrasconn, DWORD sub_entry, LPHRASCONN sub_hrasconn);
DWORD WINAPI RAS_AW(RasGetSubEntryProperties)(RAS_CSTR phonebook, RAS_CSTR entry, DWORD sub_entry,
                                              RAS_AW(LPRASSUBENTRY) properties, LPDWORD size, LPBYTE device_info,
                                              LPDWORD device_info_size);
DWORD WINAPI RAS_AW(RasHangUp)(HRASCONN hrasconn);
DWORD WINAPI RAS_AW(RasRenameEntry)(RAS_CSTR phonebook, RAS_CSTR old_name, RAS_CSTR new_name);
DWORD WINAPI RAS_AW(RasSetAutodialAddress)(RAS_CSTR address, DWORD reserved, RAS_AW(LPRASAUTODIALENTRY) entries,
                                           DWORD size, DWORD count);
DWORD WINAPI RAS_AW(RasSetAutodialEnable)(DWORD location, BOOL enabled);
DWORD WINAPI RAS_AW(RasSetAutodialParam)(DWORD key, LPVOID value, DWORD size);
DWORD WINAPI RAS_AW(RasSetCredentials)(RAS_CSTR phonebook, RAS_CSTR entry, RAS_AW(LPRASCREDENTIALS) credentials,
                                       BOOL clear);
DWORD WINAPI RAS_AW(RasSetCustomAuthData)(RAS_CSTR phonebook, RAS_CSTR entry, BYTE *data, DWORD size);
DWORD WINAPI RAS_AW(RasSetEapUserData)(HANDLE token, RAS_CSTR phonebook, RAS_CSTR entry, BYTE *data, DWORD size);
DWORD WINAPI RAS_AW(RasSetEntryDialParams)(RAS_CSTR phonebook, RAS_AW(LPRASDIALPARAMS) params, BOOL remove_password);
DWORD WINAPI RAS_AW(RasSetEntryProperties)(RAS_CSTR phonebook, RAS_CSTR entry, RAS_AW(LPRASENTRY) properties,
                                           DWORD size, LPBYTE device_info, DWORD device_info_size);
DWORD WINAPI RAS_AW(RasSetSubEntryProperties)(RAS_CSTR phonebook, RAS_CSTR entry, DWORD sub_entry,
                                              RAS_AW(LPRASSUBENTRY) properties, DWORD size, LPBYTE device_info,
                                              DWORD device_info_size);
DWORD WINAPI RAS_AW(RasValidateEntryName)(RAS_CSTR phonebook, RAS_CSTR entry);
