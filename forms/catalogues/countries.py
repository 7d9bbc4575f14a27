"""Countries: the 23 OEI members, every ISO 3166-1 country, the locales, the hours and the paper of each member."""
from __future__ import annotations

from forms.values import N_
from forms.view import Options

_MEMBERS = "AND ARG BOL BRA CHL COL CRI CUB ECU SLV ESP GTM GNQ HND MEX NIC PAN PRY PER PRT DOM URY VEN"
MEMBERS = tuple(_MEMBERS.split())
"""OEI members, ISO 3166-1 alpha-3; their names come from the locale."""

_PAIRS = """
AFG=AF ALB=AL DZA=DZ ASM=AS AND=AD AGO=AO AIA=AI ATA=AQ ATG=AG ARG=AR ARM=AM ABW=AW AUS=AU AUT=AT AZE=AZ BHS=BS BHR=BH BGD=BD BRB=BB BLR=BY
BEL=BE BLZ=BZ BEN=BJ BMU=BM BTN=BT BOL=BO BES=BQ BIH=BA BWA=BW BVT=BV BRA=BR IOT=IO BRN=BN BGR=BG BFA=BF BDI=BI CPV=CV KHM=KH CMR=CM CAN=CA
CYM=KY CAF=CF TCD=TD CHL=CL CHN=CN CXR=CX CCK=CC COL=CO COM=KM COD=CD COG=CG COK=CK CRI=CR CIV=CI HRV=HR CUB=CU CUW=CW CYP=CY CZE=CZ DNK=DK
DJI=DJ DMA=DM DOM=DO ECU=EC EGY=EG SLV=SV GNQ=GQ ERI=ER EST=EE SWZ=SZ ETH=ET FLK=FK FRO=FO FJI=FJ FIN=FI FRA=FR GUF=GF PYF=PF ATF=TF GAB=GA
GMB=GM GEO=GE DEU=DE GHA=GH GIB=GI GRC=GR GRL=GL GRD=GD GLP=GP GUM=GU GTM=GT GGY=GG GIN=GN GNB=GW GUY=GY HTI=HT HMD=HM VAT=VA HND=HN HKG=HK
HUN=HU ISL=IS IND=IN IDN=ID IRN=IR IRQ=IQ IRL=IE IMN=IM ISR=IL ITA=IT JAM=JM JPN=JP JEY=JE JOR=JO KAZ=KZ KEN=KE KIR=KI PRK=KP KOR=KR KWT=KW
KGZ=KG LAO=LA LVA=LV LBN=LB LSO=LS LBR=LR LBY=LY LIE=LI LTU=LT LUX=LU MAC=MO MDG=MG MWI=MW MYS=MY MDV=MV MLI=ML MLT=MT MHL=MH MTQ=MQ MRT=MR
MUS=MU MYT=YT MEX=MX FSM=FM MDA=MD MCO=MC MNG=MN MNE=ME MSR=MS MAR=MA MOZ=MZ MMR=MM NAM=NA NRU=NR NPL=NP NLD=NL NCL=NC NZL=NZ NIC=NI NER=NE
NGA=NG NIU=NU NFK=NF MKD=MK MNP=MP NOR=NO OMN=OM PAK=PK PLW=PW PSE=PS PAN=PA PNG=PG PRY=PY PER=PE PHL=PH PCN=PN POL=PL PRT=PT PRI=PR QAT=QA
REU=RE ROU=RO RUS=RU RWA=RW BLM=BL SHN=SH KNA=KN LCA=LC MAF=MF SPM=PM VCT=VC WSM=WS SMR=SM STP=ST SAU=SA SEN=SN SRB=RS SYC=SC SLE=SL SGP=SG
SXM=SX SVK=SK SVN=SI SLB=SB SOM=SO ZAF=ZA SGS=GS SSD=SS ESP=ES LKA=LK SDN=SD SUR=SR SJM=SJ SWE=SE CHE=CH SYR=SY TWN=TW TJK=TJ TZA=TZ THA=TH
TLS=TL TGO=TG TKL=TK TON=TO TTO=TT TUN=TN TUR=TR TKM=TM TCA=TC TUV=TV UGA=UG UKR=UA ARE=AE GBR=GB USA=US UMI=UM URY=UY UZB=UZ VUT=VU VEN=VE
VNM=VN VGB=VG VIR=VI WLF=WF ESH=EH YEM=YE ZMB=ZM ZWE=ZW ALA=AX
"""
ALPHA_2: dict[str, str] = dict(pair.split("=") for pair in _PAIRS.split())
"""ISO 3166-1 alpha-3 → alpha-2, all 249."""

_ZONES = """
AND=Europe/Andorra ARG=America/Argentina/Buenos_Aires BOL=America/La_Paz BRA=America/Sao_Paulo CHL=America/Santiago COL=America/Bogota
CRI=America/Costa_Rica CUB=America/Havana ECU=America/Guayaquil SLV=America/El_Salvador ESP=Europe/Madrid GTM=America/Guatemala
GNQ=Africa/Malabo HND=America/Tegucigalpa MEX=America/Mexico_City NIC=America/Managua PAN=America/Panama PRY=America/Asuncion
PER=America/Lima PRT=Europe/Lisbon DOM=America/Santo_Domingo URY=America/Montevideo VEN=America/Caracas
"""
ZONES: dict[str, str] = dict(pair.split("=") for pair in _ZONES.split())
"""ISO 3166-1 alpha-3 → IANA time zone of the capital, all members."""
HOUR_OF = N_("hora de {country}")
"""What is printed beside an hour of a member's capital."""

SPANISH = tuple(code for code in MEMBERS if code not in ("AND", "BRA", "PRT"))
"""Members whose documents are in a Spanish of their own."""
_LETTER = "MEX CHL COL VEN CRI SLV GTM HND NIC PAN DOM"
LETTER = frozenset(_LETTER.split())
"""Members that print on Letter (forms.md §9); the others print on A4."""

LOCALE = Options("LOCALE", (
    ("es_AR", N_("Español de Argentina")), ("es_BO", N_("Español de Bolivia")), ("es_CL", N_("Español de Chile")),
    ("es_CO", N_("Español de Colombia")), ("es_CR", N_("Español de Costa Rica")), ("es_CU", N_("Español de Cuba")),
    ("es_EC", N_("Español de Ecuador")), ("es_SV", N_("Español de El Salvador")), ("es_ES", N_("Español de España")),
    ("es_GT", N_("Español de Guatemala")), ("es_GQ", N_("Español de Guinea Ecuatorial")), ("es_HN", N_("Español de Honduras")),
    ("es_MX", N_("Español de México")), ("es_NI", N_("Español de Nicaragua")), ("es_PA", N_("Español de Panamá")),
    ("es_PY", N_("Español de Paraguay")), ("es_PE", N_("Español de Perú")), ("es_DO", N_("Español de República Dominicana")),
    ("es_UY", N_("Español de Uruguay")), ("es_VE", N_("Español de Venezuela")),
    ("pt_BR", N_("Portugués de Brasil")), ("pt_PT", N_("Portugués de Portugal"))))
"""Language and country of a document: they drive its dates, figures and paper."""


def paper(country: str) -> str:
    """'Letter' or 'A4', by ISO alpha-3 country (forms.md §9)."""
    return "Letter" if country in LETTER else "A4"
