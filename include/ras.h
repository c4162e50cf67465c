/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * ras.h - the Remote Access Service API: every structure in its newest edition
 * (Windows 10), whatever WINVER says, packed to 4 bytes on both widths.
 *
 * A number such as 0x501 behind a member names the first WINVER whose edition
 * of the structure has it and all that follow; dwSize tells which edition a
 * program was compiled with (dlls/rasapi32/version.c).  Members are reached
 * through the packed types only: in 64-bit code pointers are not aligned.
 */
#ifndef _RAS_H_
#define _RAS_H_

#include <windef.h>
#include <winbase.h>
#include <inaddr.h>
#include <in6addr.h>
#include <lmcons.h>

#ifdef __cplusplus
extern "C"
{
#endif

/* ---- limits ---- */

#define RAS_MaxDeviceType     16
#define RAS_MaxPhoneNumber    128
#define RAS_MaxIpAddress      15
#define RAS_MaxIpxAddress     21
#define RAS_MaxEntryName      256
#define RAS_MaxDeviceName     128
#define RAS_MaxCallbackNumber RAS_MaxPhoneNumber
#define RAS_MaxAreaCode       10
#define RAS_MaxPadType        32
#define RAS_MaxX25Address     200
#define RAS_MaxFacilities     200
#define RAS_MaxUserData       200
#define RAS_MaxReplyMessage   1024
#define RAS_MaxDnsSuffix      256
#define RAS_MaxIDSize         256

#ifndef UNLEN
#define UNLEN 256
#endif
#ifndef PWLEN
#define PWLEN 256
#endif
#ifndef DNLEN
#define DNLEN 15
#endif
#ifndef NETBIOS_NAME_LEN
#define NETBIOS_NAME_LEN 16
#endif

/* ---- RasDial ---- */

#define WM_RASDIALEVENT 0xCCCD
#define RASDIALEVENT    "RasDialEvent"

/* RASDIALEXTENSIONS.dwfOptions */
#define RDEOPT_UsePrefixSuffix               0x00000001
#define RDEOPT_PausedStates                  0x00000002
#define RDEOPT_IgnoreModemSpeaker            0x00000004
#define RDEOPT_SetModemSpeaker               0x00000008
#define RDEOPT_IgnoreSoftwareCompression     0x00000010
#define RDEOPT_SetSoftwareCompression        0x00000020
#define RDEOPT_DisableConnectedUI            0x00000040
#define RDEOPT_DisableReconnectUI            0x00000080
#define RDEOPT_DisableReconnect              0x00000100
#define RDEOPT_NoUser                        0x00000200
#define RDEOPT_PauseOnScript                 0x00000400
#define RDEOPT_Router                        0x00000800
#define RDEOPT_CustomDial                    0x00001000
#define RDEOPT_UseCustomScripting            0x00002000
#define RDEOPT_InvokeAutoTriggerCredentialUI 0x00004000
#define RDEOPT_EapInfoCryptInCapable         0x00008000

#define RASCS_PAUSED          0x1000
#define RASCS_DONE            0x2000
#define RASCSS_DONE           0x2000

typedef enum tagRASCONNSTATE
{
#define RASCS(name, value) RASCS_##name = value,
#include "ras_states.def"
#undef RASCS
} RASCONNSTATE, *LPRASCONNSTATE;

typedef enum tagRASCONNSUBSTATE
{
    RASCSS_None = 0,
    RASCSS_Dormant,
    RASCSS_Reconnecting,
    RASCSS_Reconnected = RASCSS_DONE
} RASCONNSUBSTATE, *LPRASCONNSUBSTATE;

/* RASCONN.dwFlags */
#define RASCF_AllUsers     0x00000001
#define RASCF_GlobalCreds  0x00000002
#define RASCF_OwnerKnown   0x00000004
#define RASCF_OwnerMatch   0x00000008
#define RASCF_IsOwner(f)    (((f) & (RASCF_OwnerKnown | RASCF_OwnerMatch)) == (RASCF_OwnerKnown | RASCF_OwnerMatch))
#define RASCF_IsNotOwner(f) (((f) & (RASCF_OwnerKnown | RASCF_OwnerMatch)) == RASCF_OwnerKnown)

/* RasConnectionNotification */
#define RASCN_Connection        0x00000001
#define RASCN_Disconnection     0x00000002
#define RASCN_BandwidthAdded    0x00000004
#define RASCN_BandwidthRemoved  0x00000008
#define RASCN_Dormant           0x00000010
#define RASCN_ReConnection      0x00000020
#define RASCN_EPDGPacketArrival 0x00000040

/* RASTUNNELENDPOINT.dwType */
#define RASTUNNELENDPOINT_UNKNOWN 0
#define RASTUNNELENDPOINT_IPv4    1
#define RASTUNNELENDPOINT_IPv6    2

/* ---- projections ---- */

typedef enum tagRASPROJECTION
{
    RASP_Amb = 0x10000,
    RASP_PppNbf = 0x803F,
    RASP_PppIpx = 0x802B,
    RASP_PppIp = 0x8021,
    RASP_PppCcp = 0x80FD,
    RASP_PppLcp = 0xC021,
    RASP_PppIpv6 = 0x8057,
    RASP_Slip = 0x20000
} RASPROJECTION, *LPRASPROJECTION;

typedef enum tagRASAPIVERSION
{
    RASAPIVERSION_500 = 1,
    RASAPIVERSION_501 = 2,
    RASAPIVERSION_600 = 3,
    RASAPIVERSION_601 = 4
} RASAPIVERSION;

typedef enum tagRASPROJECTION_INFO_TYPE
{
    PROJECTION_INFO_TYPE_PPP = 1,
    PROJECTION_INFO_TYPE_IKEv2 = 2
} RASPROJECTION_INFO_TYPE;

typedef enum tagIKEV2_ID_PAYLOAD_TYPE
{
    IKEV2_ID_PAYLOAD_TYPE_INVALID = 0,
    IKEV2_ID_PAYLOAD_TYPE_IPV4_ADDR = 1,
    IKEV2_ID_PAYLOAD_TYPE_FQDN = 2,
    IKEV2_ID_PAYLOAD_TYPE_RFC822_ADDR = 3,
    IKEV2_ID_PAYLOAD_TYPE_ID_IPV6_ADDR = 5,
    IKEV2_ID_PAYLOAD_TYPE_DER_ASN1_DN = 9,
    IKEV2_ID_PAYLOAD_TYPE_DER_ASN1_GN = 10,
    IKEV2_ID_PAYLOAD_TYPE_KEY_ID = 11
} IKEV2_ID_PAYLOAD_TYPE;

/* RASPPPIP */
#define RASIPO_VJ 0x00000001

/* RASPPPLCP */
#define RASLCPAP_PAP        0xC023
#define RASLCPAP_SPAP       0xC027
#define RASLCPAP_CHAP       0xC223
#define RASLCPAP_EAP        0xC227
#define RASLCPAD_CHAP_MD5   0x05
#define RASLCPAD_CHAP_MS    0x80
#define RASLCPAD_CHAP_MSV2  0x81
#define RASLCPO_PFC         0x00000001
#define RASLCPO_ACFC        0x00000002
#define RASLCPO_SSHF        0x00000004
#define RASLCPO_DES_56      0x00000008
#define RASLCPO_3_DES       0x00000010
#define RASLCPO_AES_128     0x00000020
#define RASLCPO_AES_256     0x00000040
#define RASLCPO_AES_192     0x00000080
#define RASLCPO_GCM_AES_128 0x00000100
#define RASLCPO_GCM_AES_192 0x00000200
#define RASLCPO_GCM_AES_256 0x00000400

/* RASPPPCCP */
#define RASCCPCA_MPPC            6
#define RASCCPCA_STAC            5
#define RASCCPO_Compression      0x00000001
#define RASCCPO_HistoryLess      0x00000002
#define RASCCPO_Encryption56bit  0x00000010
#define RASCCPO_Encryption40bit  0x00000020
#define RASCCPO_Encryption128bit 0x00000040

/* RASIKEV2_PROJECTION_INFO */
#define RASIKEv2_AUTH_MACHINECERTIFICATES 1
#define RASIKEv2_AUTH_EAP                 2
#define RASIKEv2_AUTH_PSK                 3
#define RASIKEV2_PROJECTION_INFO_FLAGS_MOBIKESUPPORTED  1
#define RASIKEV2_PROJECTION_INFO_FLAGS_BEHIND_NAT       2
#define RASIKEV2_PROJECTION_INFO_FLAGS_SERVERBEHIND_NAT 4

/* ---- phone book ---- */

/* RASENTRY.dwfOptions */
#define RASEO_UseCountryAndAreaCodes 0x00000001
#define RASEO_SpecificIpAddr         0x00000002
#define RASEO_SpecificNameServers    0x00000004
#define RASEO_IpHeaderCompression    0x00000008
#define RASEO_RemoteDefaultGateway   0x00000010
#define RASEO_DisableLcpExtensions   0x00000020
#define RASEO_TerminalBeforeDial     0x00000040
#define RASEO_TerminalAfterDial      0x00000080
#define RASEO_ModemLights            0x00000100
#define RASEO_SwCompression          0x00000200
#define RASEO_RequireEncryptedPw     0x00000400
#define RASEO_RequireMsEncryptedPw   0x00000800
#define RASEO_RequireDataEncryption  0x00001000
#define RASEO_NetworkLogon           0x00002000
#define RASEO_UseLogonCredentials    0x00004000
#define RASEO_PromoteAlternates      0x00008000
#define RASEO_SecureLocalFiles       0x00010000
#define RASEO_RequireEAP             0x00020000
#define RASEO_RequirePAP             0x00040000
#define RASEO_RequireSPAP            0x00080000
#define RASEO_Custom                 0x00100000
#define RASEO_PreviewPhoneNumber     0x00200000
#define RASEO_SharedPhoneNumbers     0x00800000
#define RASEO_PreviewUserPw          0x01000000
#define RASEO_PreviewDomain          0x02000000
#define RASEO_ShowDialingProgress    0x04000000
#define RASEO_RequireCHAP            0x08000000
#define RASEO_RequireMsCHAP          0x10000000
#define RASEO_RequireMsCHAP2         0x20000000
#define RASEO_RequireW95MSCHAP       0x40000000
#define RASEO_CustomScript           0x80000000

/* RASENTRY.dwfOptions2 */
#define RASEO2_SecureFileAndPrint                0x00000001
#define RASEO2_SecureClientForMSNet              0x00000002
#define RASEO2_DontNegotiateMultilink            0x00000004
#define RASEO2_DontUseRasCredentials             0x00000008
#define RASEO2_UsePreSharedKey                   0x00000010
#define RASEO2_Internet                          0x00000020
#define RASEO2_DisableNbtOverIP                  0x00000040
#define RASEO2_UseGlobalDeviceSettings           0x00000080
#define RASEO2_ReconnectIfDropped                0x00000100
#define RASEO2_SharePhoneNumbers                 0x00000200
#define RASEO2_SecureRoutingCompartment          0x00000400
#define RASEO2_UseTypicalSettings                0x00000800
#define RASEO2_IPv6SpecificNameServers           0x00001000
#define RASEO2_IPv6RemoteDefaultGateway          0x00002000
#define RASEO2_RegisterIpWithDNS                 0x00004000
#define RASEO2_UseDNSSuffixForRegistration       0x00008000
#define RASEO2_IPv4ExplicitMetric                0x00010000
#define RASEO2_IPv6ExplicitMetric                0x00020000
#define RASEO2_DisableIKENameEkuCheck            0x00040000
#define RASEO2_DisableClassBasedStaticRoute      0x00080000
#define RASEO2_SpecificIPv6Addr                  0x00100000
#define RASEO2_DisableMobility                   0x00200000
#define RASEO2_RequireMachineCertificates        0x00400000
#define RASEO2_UsePreSharedKeyForIkev2Initiator  0x00800000
#define RASEO2_UsePreSharedKeyForIkev2Responder  0x01000000
#define RASEO2_CacheCredentials                  0x02000000
#define RASEO2_AutoTriggerCapable                0x04000000
#define RASEO2_IsThirdPartyProfile               0x08000000
#define RASEO2_AuthTypeIsOtp                     0x10000000
#define RASEO2_IsAlwaysOn                        0x20000000
#define RASEO2_IsPrivateNetwork                  0x40000000
#define RASEO2_PlumbIKEv2TSAsRoutes              0x80000000

/* RASENTRY.dwfNetProtocols, dwFramingProtocol, dwType, dwEncryptionType */
#define RASNP_NetBEUI    0x00000001
#define RASNP_Ipx        0x00000002
#define RASNP_Ip         0x00000004
#define RASNP_Ipv6       0x00000008
#define RASFP_Ppp        0x00000001
#define RASFP_Slip       0x00000002
#define RASFP_Ras        0x00000004
#define RASET_Phone      1
#define RASET_Vpn        2
#define RASET_Direct     3
#define RASET_Internet   4
#define RASET_Broadband  5
#define ET_None          0
#define ET_Require       1
#define ET_RequireMax    2
#define ET_Optional      3

/* RASENTRY.dwVpnStrategy */
#define VS_Default      0
#define VS_PptpOnly     1
#define VS_PptpFirst    2
#define VS_L2tpOnly     3
#define VS_L2tpFirst    4
#define VS_SstpOnly     5
#define VS_SstpFirst    6
#define VS_Ikev2Only    7
#define VS_Ikev2First   8
#define VS_GREOnly      9
#define VS_PptpSstp     12
#define VS_L2tpSstp     13
#define VS_Ikev2Sstp    14
#define VS_ProtocolList 15

/* RASENTRY.dwDialMode, dwIdleDisconnectSeconds */
#define RASEDM_DialAll        1
#define RASEDM_DialAsNeeded   2
#define RASIDS_Disabled       0xFFFFFFFF
#define RASIDS_UseGlobalValue 0

/* szDeviceType; compare without case */
#define RASDT_Modem      TEXT("modem")
#define RASDT_Isdn       TEXT("isdn")
#define RASDT_X25        TEXT("x25")
#define RASDT_Vpn        TEXT("vpn")
#define RASDT_Pad        TEXT("pad")
#define RASDT_Generic    TEXT("GENERIC")
#define RASDT_Serial     TEXT("SERIAL")
#define RASDT_FrameRelay TEXT("FRAMERELAY")
#define RASDT_Atm        TEXT("ATM")
#define RASDT_Sonet      TEXT("SONET")
#define RASDT_SW56       TEXT("SW56")
#define RASDT_Irda       TEXT("IRDA")
#define RASDT_Parallel   TEXT("PARALLEL")
#define RASDT_PPPoE      TEXT("PPPoE")

/* RASENTRYNAME.dwFlags */
#define REN_User     0x00000000
#define REN_AllUsers 0x00000001

/* RASCREDENTIALS.dwMask */
#define RASCM_UserName           0x00000001
#define RASCM_Password           0x00000002
#define RASCM_Domain             0x00000004
#define RASCM_DefaultCreds       0x00000008
#define RASCM_PreSharedKey       0x00000010
#define RASCM_ServerPreSharedKey 0x00000020
#define RASCM_DDMPreSharedKey    0x00000040

/* RasGetEapUserIdentity */
#define RASEAPF_NonInteractive 0x00000002
#define RASEAPF_Logon          0x00000004
#define RASEAPF_Preview        0x00000008

/* AutoDial */
#define RASADFLG_PositionDlg          0x00000001
#define RASADP_DisableConnectionQuery  0
#define RASADP_LoginSessionDisable     1
#define RASADP_SavedAddressesLimit     2
#define RASADP_FailedConnectionTimeout 3
#define RASADP_ConnectionQueryTimeout  4

/* custom dialer */
#define RCD_SingleUser 0x00000000
#define RCD_AllUsers   0x00000001
#define RCD_Eap        0x00000002
#define RCD_Logon      0x00000004

/* RASNAPSTATE.dwFlags; the structure stands before the packed ones */
#define RASNAP_ProbationTime 0x00000001

typedef struct _tagRASNAPSTATE
{
    DWORD dwSize;
    DWORD dwFlags;
    DWORD isolationState;
    FILETIME probationTime;
} RASNAPSTATE, *LPRASNAPSTATE;

#include <pshpack4.h>

DECLARE_HANDLE(HRASCONN);
typedef HRASCONN *LPHRASCONN;

typedef struct in_addr RASIPV4ADDR;
typedef struct in6_addr RASIPV6ADDR;

typedef struct tagRASTUNNELENDPOINT
{
    DWORD dwType;
    union
    {
        RASIPV4ADDR ipv4;
        RASIPV6ADDR ipv6;
    } DUMMYUNIONNAME;
} RASTUNNELENDPOINT, *PRASTUNNELENDPOINT;

typedef struct tagRASEAPINFO
{
    DWORD dwSizeofEapInfo;
    BYTE *pbEapInfo;
} RASEAPINFO, *LPRASEAPINFO;

typedef struct tagRASDEVSPECIFICINFO
{
    DWORD dwSize;
    BYTE *pbDevSpecificInfo;
} RASDEVSPECIFICINFO, *LPRASDEVSPECIFICINFO;

typedef struct tagRASDIALEXTENSIONS
{
    DWORD dwSize;
    DWORD dwfOptions;
    HWND hwndParent;
    ULONG_PTR reserved;
    ULONG_PTR reserved1; /* 0x500 */
    RASEAPINFO RasEapInfo;
    BOOL fSkipPppAuth; /* 0x601 */
    RASDEVSPECIFICINFO RasDevSpecificInfo;
} RASDIALEXTENSIONS, *LPRASDIALEXTENSIONS;

typedef struct _RAS_STATS
{
    DWORD dwSize;
    DWORD dwBytesXmited;
    DWORD dwBytesRcved;
    DWORD dwFramesXmited;
    DWORD dwFramesRcved;
    DWORD dwCrcErr;
    DWORD dwTimeoutErr;
    DWORD dwAlignmentErr;
    DWORD dwHardwareOverrunErr;
    DWORD dwFramingErr;
    DWORD dwBufferOverrunErr;
    DWORD dwCompressionRatioIn;
    DWORD dwCompressionRatioOut;
    DWORD dwBps;
    DWORD dwConnectDuration; /* milliseconds */
} RAS_STATS, *PRAS_STATS;

typedef struct tagRASUPDATECONN
{
    RASAPIVERSION version;
    DWORD dwSize;
    DWORD dwFlags;
    DWORD dwIfIndex;
    RASTUNNELENDPOINT localEndPoint;
    RASTUNNELENDPOINT remoteEndPoint;
} RASUPDATECONN, *LPRASUPDATECONN;

typedef struct RASIPADDR
{
    BYTE a;
    BYTE b;
    BYTE c;
    BYTE d;
} RASIPADDR, *LPRASIPADDR;

/* The name behind dwCountryNameOffset is ANSI or Unicode, as the function is. */
typedef struct RASCTRYINFO
{
    DWORD dwSize;
    DWORD dwCountryID;
    DWORD dwNextCountryID;
    DWORD dwCountryCode;
    DWORD dwCountryNameOffset;
} RASCTRYINFO, *LPRASCTRYINFO;
typedef RASCTRYINFO RASCTRYINFOA, *LPRASCTRYINFOA, RASCTRYINFOW, *LPRASCTRYINFOW;

typedef struct tagRASADPARAMS
{
    DWORD dwSize;
    HWND hwndOwner;
    DWORD dwFlags;
    LONG xDlg;
    LONG yDlg;
} RASADPARAMS, *LPRASADPARAMS;

typedef struct tagRASPPPIPV6
{
    DWORD dwSize;
    DWORD dwError;
    BYTE bLocalInterfaceIdentifier[8];
    BYTE bPeerInterfaceIdentifier[8];
    BYTE bLocalCompressionProtocol[2];
    BYTE bPeerCompressionProtocol[2];
} RASPPPIPV6, *LPRASPPPIPV6;

typedef struct tagRASPPPCCP
{
    DWORD dwSize;
    DWORD dwError;
    DWORD dwCompressionAlgorithm;
    DWORD dwOptions;
    DWORD dwServerCompressionAlgorithm;
    DWORD dwServerOptions;
} RASPPPCCP, *LPRASPPPCCP;

typedef struct _RASPPP_PROJECTION_INFO
{
    DWORD dwIPv4NegotiationError;
    RASIPV4ADDR ipv4Address;
    RASIPV4ADDR ipv4ServerAddress;
    DWORD dwIPv4Options;
    DWORD dwIPv4ServerOptions;
    DWORD dwIPv6NegotiationError;
    UCHAR bInterfaceIdentifier[8];
    UCHAR bServerInterfaceIdentifier[8];
    BOOL fBundled;
    BOOL fMultilink;
    DWORD dwAuthenticationProtocol;
    DWORD dwAuthenticationData;
    DWORD dwServerAuthenticationProtocol;
    DWORD dwServerAuthenticationData;
    DWORD dwEapTypeId;
    DWORD dwServerEapTypeId;
    DWORD dwLcpOptions;
    DWORD dwLcpServerOptions;
    DWORD dwCcpError;
    DWORD dwCcpCompressionAlgorithm;
    DWORD dwCcpServerCompressionAlgorithm;
    DWORD dwCcpOptions;
    DWORD dwCcpServerOptions;
} RASPPP_PROJECTION_INFO, *LPRASPPP_PROJECTION_INFO;

typedef struct _RASIKEV2_PROJECTION_INFO
{
    DWORD dwIPv4NegotiationError;
    RASIPV4ADDR ipv4Address;
    RASIPV4ADDR ipv4ServerAddress;
    DWORD dwIPv6NegotiationError;
    RASIPV6ADDR ipv6Address;
    RASIPV6ADDR ipv6ServerAddress;
    DWORD dwPrefixLength;
    DWORD dwAuthenticationProtocol;
    DWORD dwEapTypeId;
    DWORD dwFlags;
    DWORD dwEncryptionMethod;
    DWORD numIPv4ServerAddresses;
    RASIPV4ADDR *ipv4ServerAddresses;
    DWORD numIPv6ServerAddresses;
    RASIPV6ADDR *ipv6ServerAddresses;
} RASIKEV2_PROJECTION_INFO, *LPRASIKEV2_PROJECTION_INFO;

typedef struct _RAS_PROJECTION_INFO
{
    RASAPIVERSION version;
    RASPROJECTION_INFO_TYPE type;
    union
    {
        RASPPP_PROJECTION_INFO ppp;
        RASIKEV2_PROJECTION_INFO ikev2;
    } DUMMYUNIONNAME;
} RAS_PROJECTION_INFO, *PRAS_PROJECTION_INFO;

/* ---- custom scripting ---- */

typedef struct tagRASCOMMSETTINGS
{
    DWORD dwSize;
    BYTE bParity;
    BYTE bStop;
    BYTE bByteSize;
    BYTE bAlign;
} RASCOMMSETTINGS, *LPRASCOMMSETTINGS;

typedef DWORD(WINAPI *PFNRASSETCOMMSETTINGS)(HANDLE port, RASCOMMSETTINGS *settings, PVOID reserved);

typedef struct tagRASCUSTOMSCRIPTEXTENSIONS
{
    DWORD dwSize;
    PFNRASSETCOMMSETTINGS pfnRasSetCommSettings;
} RASCUSTOMSCRIPTEXTENSIONS, *LPRASCUSTOMSCRIPTEXTENSIONS;
#define RAS_AW(name) name##A
#define RAS_CHAR     CHAR
#define RAS_STR      LPSTR
#define RAS_CSTR     LPCSTR
#include "ras_twins.h"
#undef RAS_AW
#undef RAS_CHAR
#undef RAS_STR
#undef RAS_CSTR

#define RAS_AW(name) name##W
#define RAS_CHAR     WCHAR
#define RAS_STR      LPWSTR
#define RAS_CSTR     LPCWSTR
#include "ras_twins.h"
#undef RAS_AW
#undef RAS_CHAR
#undef RAS_STR
#undef RAS_CSTR

#include <poppack.h>

/* ---- functions without text ---- */

DWORD WINAPI RasClearConnectionStatistics(HRASCONN hrasconn);
DWORD WINAPI RasClearLinkStatistics(HRASCONN hrasconn, DWORD sub_entry);
DWORD WINAPI RasGetConnectionStatistics(HRASCONN hrasconn, RAS_STATS *stats);
DWORD WINAPI RasGetLinkStatistics(HRASCONN hrasconn, DWORD sub_entry, RAS_STATS *stats);
DWORD WINAPI RasGetNapStatus(HRASCONN hrasconn, LPRASNAPSTATE state);
DWORD WINAPI RasGetPCscf(LPWSTR addresses);
DWORD WINAPI RasGetProjectionInfoEx(HRASCONN hrasconn, PRAS_PROJECTION_INFO info, LPDWORD size);
DWORD WINAPI RasInvokeEapUI(HRASCONN hrasconn, DWORD sub_entry, LPRASDIALEXTENSIONS extensions, HWND owner);
DWORD WINAPI RasUpdateConnection(HRASCONN hrasconn, LPRASUPDATECONN update);

/* ---- the names without A or W ---- */

#ifdef UNICODE
#define RAS_AW(name) name##W
#else
#define RAS_AW(name) name##A
#endif

typedef RAS_AW(RASCONN) RASCONN, *LPRASCONN;
typedef RAS_AW(RASCONNSTATUS) RASCONNSTATUS, *LPRASCONNSTATUS;
typedef RAS_AW(RASDIALPARAMS) RASDIALPARAMS, *LPRASDIALPARAMS;
typedef RAS_AW(RASENTRYNAME) RASENTRYNAME, *LPRASENTRYNAME;
typedef RAS_AW(RASENTRY) RASENTRY, *LPRASENTRY;
typedef RAS_AW(RASSUBENTRY) RASSUBENTRY, *LPRASSUBENTRY;
typedef RAS_AW(RASDEVINFO) RASDEVINFO, *LPRASDEVINFO;
typedef RAS_AW(RASCREDENTIALS) RASCREDENTIALS, *LPRASCREDENTIALS;
typedef RAS_AW(RASEAPUSERIDENTITY) RASEAPUSERIDENTITY, *LPRASEAPUSERIDENTITY;
typedef RAS_AW(RASAUTODIALENTRY) RASAUTODIALENTRY, *LPRASAUTODIALENTRY;
typedef RAS_AW(RASAMB) RASAMB, *LPRASAMB;
typedef RAS_AW(RASPPPNBF) RASPPPNBF, *LPRASPPPNBF;
typedef RAS_AW(RASPPPIPX) RASPPPIPX, *LPRASPPPIPX;
typedef RAS_AW(RASPPPIP) RASPPPIP, *LPRASPPPIP;
typedef RAS_AW(RASPPPLCP) RASPPPLCP, *LPRASPPPLCP;
typedef RAS_AW(RASSLIP) RASSLIP, *LPRASSLIP;

#define RasConnectionNotification RAS_AW(RasConnectionNotification)
#define RasCreatePhonebookEntry RAS_AW(RasCreatePhonebookEntry)
#define RasDeleteEntry RAS_AW(RasDeleteEntry)
#define RasDeleteSubEntry RAS_AW(RasDeleteSubEntry)
#define RasDial RAS_AW(RasDial)
#define RasEditPhonebookEntry RAS_AW(RasEditPhonebookEntry)
#define RasEnumAutodialAddresses RAS_AW(RasEnumAutodialAddresses)
#define RasEnumConnections RAS_AW(RasEnumConnections)
#define RasEnumDevices RAS_AW(RasEnumDevices)
#define RasEnumEntries RAS_AW(RasEnumEntries)
#define RasFreeEapUserIdentity RAS_AW(RasFreeEapUserIdentity)
#define RasGetAutodialAddress RAS_AW(RasGetAutodialAddress)
#define RasGetAutodialEnable RAS_AW(RasGetAutodialEnable)
#define RasGetAutodialParam RAS_AW(RasGetAutodialParam)
#define RasGetConnectStatus RAS_AW(RasGetConnectStatus)
#define RasGetCountryInfo RAS_AW(RasGetCountryInfo)
#define RasGetCredentials RAS_AW(RasGetCredentials)
#define RasGetCustomAuthData RAS_AW(RasGetCustomAuthData)
#define RasGetEapUserData RAS_AW(RasGetEapUserData)
#define RasGetEapUserIdentity RAS_AW(RasGetEapUserIdentity)
#define RasGetEntryDialParams RAS_AW(RasGetEntryDialParams)
#define RasGetEntryProperties RAS_AW(RasGetEntryProperties)
#define RasGetErrorString RAS_AW(RasGetErrorString)
#define RasGetProjectionInfo RAS_AW(RasGetProjectionInfo)
#define RasGetSubEntryHandle RAS_AW(RasGetSubEntryHandle)
#define RasGetSubEntryProperties RAS_AW(RasGetSubEntryProperties)
#define RasHangUp RAS_AW(RasHangUp)
#define RasRenameEntry RAS_AW(RasRenameEntry)
#define RasSetAutodialAddress RAS_AW(RasSetAutodialAddress)
#define RasSetAutodialEnable RAS_AW(RasSetAutodialEnable)
#define RasSetAutodialParam RAS_AW(RasSetAutodialParam)
#define RasSetCredentials RAS_AW(RasSetCredentials)
#define RasSetCustomAuthData RAS_AW(RasSetCustomAuthData)
#define RasSetEapUserData RAS_AW(RasSetEapUserData)
#define RasSetEntryDialParams RAS_AW(RasSetEntryDialParams)
#define RasSetEntryProperties RAS_AW(RasSetEntryProperties)
#define RasSetSubEntryProperties RAS_AW(RasSetSubEntryProperties)
#define RasValidateEntryName RAS_AW(RasValidateEntryName)

/* ---- callbacks ---- */

typedef VOID(WINAPI *RASDIALFUNC)(UINT msg, RASCONNSTATE state, DWORD error);
typedef VOID(WINAPI *RASDIALFUNC1)(HRASCONN hrasconn, UINT msg, RASCONNSTATE state, DWORD error, DWORD ext_error);
typedef DWORD(WINAPI *RASDIALFUNC2)(ULONG_PTR callback_id, DWORD sub_entry, HRASCONN hrasconn, UINT msg,
                                    RASCONNSTATE state, DWORD error, DWORD ext_error);

typedef BOOL(WINAPI *ORASADFUNC)(HWND owner, LPSTR entry, DWORD flags, LPDWORD result);
typedef BOOL(WINAPI *RASADFUNCA)(LPSTR phonebook, LPSTR entry, LPRASADPARAMS params, LPDWORD result);
typedef BOOL(WINAPI *RASADFUNCW)(LPWSTR phonebook, LPWSTR entry, LPRASADPARAMS params, LPDWORD result);

typedef DWORD(WINAPI *PFNRASGETBUFFER)(PBYTE *buffer, PDWORD size);
typedef DWORD(WINAPI *PFNRASFREEBUFFER)(PBYTE buffer);
typedef DWORD(WINAPI *PFNRASSENDBUFFER)(HANDLE port, PBYTE buffer, DWORD size);
typedef DWORD(WINAPI *PFNRASRECEIVEBUFFER)(HANDLE port, PBYTE buffer, PDWORD size, DWORD timeout, HANDLE event);
typedef DWORD(WINAPI *PFNRASRETRIEVEBUFFER)(HANDLE port, PBYTE buffer, PDWORD size);

typedef DWORD(WINAPI *RasCustomScriptExecuteFn)(HANDLE port, LPCWSTR phonebook, LPCWSTR entry,
                                                PFNRASGETBUFFER get_buffer, PFNRASFREEBUFFER free_buffer,
                                                PFNRASSENDBUFFER send_buffer, PFNRASRECEIVEBUFFER receive_buffer,
                                                PFNRASRETRIEVEBUFFER retrieve_buffer, HWND owner,
                                                RASDIALPARAMSW *params, PVOID extensions);
typedef DWORD(WINAPI *RasCustomHangUpFn)(HRASCONN hrasconn);
typedef DWORD(WINAPI *RasCustomDialFn)(HINSTANCE dll, LPRASDIALEXTENSIONS extensions, LPCWSTR phonebook,
                                       LPRASDIALPARAMSW params, DWORD notifier_type, LPVOID notifier,
                                       LPHRASCONN hrasconn, DWORD flags);
typedef DWORD(WINAPI *RasCustomDeleteEntryNotifyFn)(LPCWSTR phonebook, LPCWSTR entry, DWORD flags);

/* ---- sizes ---- */

#ifndef __cplusplus
#ifdef _WIN64
#define RAS_ASSERT_SIZE(type, size32, size64) _Static_assert(sizeof(type) == (size64), #type)
#else
#define RAS_ASSERT_SIZE(type, size32, size64) _Static_assert(sizeof(type) == (size32), #type)
#endif

RAS_ASSERT_SIZE(RASDIALPARAMSA, 1068, 1076);
RAS_ASSERT_SIZE(RASDIALPARAMSW, 2112, 2120);
RAS_ASSERT_SIZE(RASDIALEXTENSIONS, 40, 60);
RAS_ASSERT_SIZE(RASEAPINFO, 8, 12);
RAS_ASSERT_SIZE(RASDEVSPECIFICINFO, 8, 12);
RAS_ASSERT_SIZE(RASCONNA, 720, 724);
RAS_ASSERT_SIZE(RASCONNW, 1384, 1388);
RAS_ASSERT_SIZE(RASCONNSTATUSA, 332, 332);
RAS_ASSERT_SIZE(RASCONNSTATUSW, 608, 608);
RAS_ASSERT_SIZE(RASTUNNELENDPOINT, 20, 20);
RAS_ASSERT_SIZE(RAS_STATS, 60, 60);
RAS_ASSERT_SIZE(RASUPDATECONN, 56, 56);
RAS_ASSERT_SIZE(RASNAPSTATE, 20, 20);
RAS_ASSERT_SIZE(RASENTRYNAMEA, 532, 532);
RAS_ASSERT_SIZE(RASENTRYNAMEW, 1048, 1048);
RAS_ASSERT_SIZE(RASENTRYA, 3480, 3480);
RAS_ASSERT_SIZE(RASENTRYW, 6724, 6724);
RAS_ASSERT_SIZE(RASSUBENTRYA, 288, 288);
RAS_ASSERT_SIZE(RASSUBENTRYW, 564, 564);
RAS_ASSERT_SIZE(RASDEVINFOA, 152, 152);
RAS_ASSERT_SIZE(RASDEVINFOW, 296, 296);
RAS_ASSERT_SIZE(RASCTRYINFO, 20, 20);
RAS_ASSERT_SIZE(RASCREDENTIALSA, 540, 540);
RAS_ASSERT_SIZE(RASCREDENTIALSW, 1068, 1068);
RAS_ASSERT_SIZE(RASAUTODIALENTRYA, 272, 272);
RAS_ASSERT_SIZE(RASAUTODIALENTRYW, 528, 528);
RAS_ASSERT_SIZE(RASADPARAMS, 20, 24);
RAS_ASSERT_SIZE(RASEAPUSERIDENTITYA, 268, 268);
RAS_ASSERT_SIZE(RASEAPUSERIDENTITYW, 524, 524);
RAS_ASSERT_SIZE(RASAMBA, 28, 28);
RAS_ASSERT_SIZE(RASAMBW, 44, 44);
RAS_ASSERT_SIZE(RASPPPNBFA, 48, 48);
RAS_ASSERT_SIZE(RASPPPNBFW, 84, 84);
RAS_ASSERT_SIZE(RASPPPIPXA, 32, 32);
RAS_ASSERT_SIZE(RASPPPIPXW, 52, 52);
RAS_ASSERT_SIZE(RASPPPIPA, 48, 48);
RAS_ASSERT_SIZE(RASPPPIPW, 80, 80);
RAS_ASSERT_SIZE(RASPPPIPV6, 28, 28);
RAS_ASSERT_SIZE(RASPPPLCPA, 1080, 1080);
RAS_ASSERT_SIZE(RASPPPLCPW, 2104, 2104);
RAS_ASSERT_SIZE(RASPPPCCP, 24, 24);
RAS_ASSERT_SIZE(RASSLIPA, 24, 24);
RAS_ASSERT_SIZE(RASSLIPW, 40, 40);
RAS_ASSERT_SIZE(RASPPP_PROJECTION_INFO, 100, 100);
RAS_ASSERT_SIZE(RASIKEV2_PROJECTION_INFO, 84, 92);
RAS_ASSERT_SIZE(RAS_PROJECTION_INFO, 108, 108);
RAS_ASSERT_SIZE(RASCOMMSETTINGS, 8, 8);
RAS_ASSERT_SIZE(RASCUSTOMSCRIPTEXTENSIONS, 8, 12);
#undef RAS_ASSERT_SIZE
#endif

#ifdef __cplusplus
}
#endif

#endif
