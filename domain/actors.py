"""Who can hold a view, or publish: states, bodies and groups with their codes and English names.

The one list for sources, positions and digests. States go by ISO 3166-1 alpha-2, and so do the
territories that the standard counts among them; bodies and groups go by codes of our own, longer
than two letters wherever the standard could need the short form (``AU`` is Australia, so the
African Union is ``AFU``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType


def _table(rows: str) -> Mapping[str, str]:
    """Codes and names; cells are parted by two or more spaces."""
    cells = re.split(r"\s{2,}|\n", rows.strip())
    return MappingProxyType(dict(cell.split(" ", 1) for cell in cells))


STATES = _table("""
AD Andorra                                          LA Laos
AE United Arab Emirates                             LB Lebanon
AF Afghanistan                                      LC Saint Lucia
AG Antigua and Barbuda                              LI Liechtenstein
AI Anguilla                                         LK Sri Lanka
AL Albania                                          LR Liberia
AM Armenia                                          LS Lesotho
AO Angola                                           LT Lithuania
AQ Antarctica                                       LU Luxembourg
AR Argentina                                        LV Latvia
AS American Samoa                                   LY Libya
AT Austria                                          MA Morocco
AU Australia                                        MC Monaco
AW Aruba                                            MD Moldova
AX Åland Islands                                    ME Montenegro
AZ Azerbaijan                                       MF Saint Martin
BA Bosnia and Herzegovina                           MG Madagascar
BB Barbados                                         MH Marshall Islands
BD Bangladesh                                       MK North Macedonia
BE Belgium                                          ML Mali
BF Burkina Faso                                     MM Myanmar
BG Bulgaria                                         MN Mongolia
BH Bahrain                                          MO Macao
BI Burundi                                          MP Northern Mariana Islands
BJ Benin                                            MQ Martinique
BL Saint Barthélemy                                 MR Mauritania
BM Bermuda                                          MS Montserrat
BN Brunei                                           MT Malta
BO Bolivia                                          MU Mauritius
BQ Caribbean Netherlands                            MV Maldives
BR Brazil                                           MW Malawi
BS Bahamas                                          MX Mexico
BT Bhutan                                           MY Malaysia
BV Bouvet Island                                    MZ Mozambique
BW Botswana                                         NA Namibia
BY Belarus                                          NC New Caledonia
BZ Belize                                           NE Niger
CA Canada                                           NF Norfolk Island
CC Cocos Islands                                    NG Nigeria
CD Democratic Republic of the Congo                 NI Nicaragua
CF Central African Republic                         NL Netherlands
CG Republic of the Congo                            NO Norway
CH Switzerland                                      NP Nepal
CI Côte d'Ivoire                                    NR Nauru
CK Cook Islands                                     NU Niue
CL Chile                                            NZ New Zealand
CM Cameroon                                         OM Oman
CN China                                            PA Panama
CO Colombia                                         PE Peru
CR Costa Rica                                       PF French Polynesia
CU Cuba                                             PG Papua New Guinea
CV Cabo Verde                                       PH Philippines
CW Curaçao                                          PK Pakistan
CX Christmas Island                                 PL Poland
CY Cyprus                                           PM Saint Pierre and Miquelon
CZ Czechia                                          PN Pitcairn
DE Germany                                          PR Puerto Rico
DJ Djibouti                                         PS Palestine
DK Denmark                                          PT Portugal
DM Dominica                                         PW Palau
DO Dominican Republic                               PY Paraguay
DZ Algeria                                          QA Qatar
EC Ecuador                                          RE Réunion
EE Estonia                                          RO Romania
EG Egypt                                            RS Serbia
EH Western Sahara                                   RU Russia
ER Eritrea                                          RW Rwanda
ES Spain                                            SA Saudi Arabia
ET Ethiopia                                         SB Solomon Islands
FI Finland                                          SC Seychelles
FJ Fiji                                             SD Sudan
FK Falkland Islands                                 SE Sweden
FM Micronesia                                       SG Singapore
FO Faroe Islands                                    SH Saint Helena
FR France                                           SI Slovenia
GA Gabon                                            SJ Svalbard and Jan Mayen
GB United Kingdom                                   SK Slovakia
GD Grenada                                          SL Sierra Leone
GE Georgia                                          SM San Marino
GF French Guiana                                    SN Senegal
GG Guernsey                                         SO Somalia
GH Ghana                                            SR Suriname
GI Gibraltar                                        SS South Sudan
GL Greenland                                        ST São Tomé and Príncipe
GM Gambia                                           SV El Salvador
GN Guinea                                           SX Sint Maarten
GP Guadeloupe                                       SY Syria
GQ Equatorial Guinea                                SZ Eswatini
GR Greece                                           TC Turks and Caicos Islands
GS South Georgia and the South Sandwich Islands     TD Chad
GT Guatemala                                        TF French Southern Territories
GU Guam                                             TG Togo
GW Guinea-Bissau                                    TH Thailand
GY Guyana                                           TJ Tajikistan
HK Hong Kong                                        TK Tokelau
HM Heard and McDonald Islands                       TL Timor-Leste
HN Honduras                                         TM Turkmenistan
HR Croatia                                          TN Tunisia
HT Haiti                                            TO Tonga
HU Hungary                                          TR Türkiye
ID Indonesia                                        TT Trinidad and Tobago
IE Ireland                                          TV Tuvalu
IL Israel                                           TW Taiwan
IM Isle of Man                                      TZ Tanzania
IN India                                            UA Ukraine
IO British Indian Ocean Territory                   UG Uganda
IQ Iraq                                             UM United States Minor Outlying Islands
IR Iran                                             US United States
IS Iceland                                          UY Uruguay
IT Italy                                            UZ Uzbekistan
JE Jersey                                           VA Holy See
JM Jamaica                                          VC Saint Vincent and the Grenadines
JO Jordan                                           VE Venezuela
JP Japan                                            VG British Virgin Islands
KE Kenya                                            VI United States Virgin Islands
KG Kyrgyzstan                                       VN Vietnam
KH Cambodia                                         VU Vanuatu
KI Kiribati                                         WF Wallis and Futuna
KM Comoros                                          WS Samoa
KN Saint Kitts and Nevis                            XK Kosovo
KP North Korea                                      YE Yemen
KR South Korea                                      YT Mayotte
KW Kuwait                                           ZA South Africa
KY Cayman Islands                                   ZM Zambia
KZ Kazakhstan                                       ZW Zimbabwe
""")

BODIES = _table("""
AFU African Union
ASEAN Association of Southeast Asian Nations
COE Council of Europe
COMMONWEALTH The Commonwealth
ECOWAS Economic Community of West African States
EU European Union
ICC International Criminal Court
IDEA International IDEA
NATO North Atlantic Treaty Organization
OAS Organization of American States
OIC Organisation of Islamic Cooperation
OIF Organisation internationale de la Francophonie
OSCE Organization for Security and Co-operation in Europe
SADC Southern African Development Community
UN United Nations
""")

GROUPS = _table("""
G7 Group of Seven
NB8 Nordic-Baltic Eight
UN-JOINT UN member states
""")

# For sources that no actor stands behind: bodies without a code, and trials.
NOBODY = _table("""
INT International bodies
XX Trials
""")

NAMES: Mapping[str, str] = MappingProxyType({**STATES, **BODIES, **GROUPS, **NOBODY})


def name_of(code: str) -> str:
    """The English name of a state, body or group; a code that is not in the list stays as it is.

    >>> name_of("PL"), name_of("UN-JOINT"), name_of("Q9")
    ('Poland', 'UN member states', 'Q9')
    """
    return NAMES.get(code, code)


def is_state(code: str) -> bool:
    """True for what ISO 3166-1 lists, and for Kosovo.

    >>> is_state("PL"), is_state("EU")
    (True, False)
    """
    return code in STATES


def is_body(code: str) -> bool:
    """True for bodies that speak with a voice of their own.

    >>> is_body("EU"), is_body("G7"), is_body("INT")
    (True, False, False)
    """
    return code in BODIES
