"""Does an institution speak for a state or a body? Judged from its name, where nobody declared it.

Offices of state speak for their state: ministries, governments, heads of state and of government,
embassies, missions, and what parliaments and public bodies have that makes statements. Parties,
universities and associations do not, whatever else their names hold. A wrong voice is worse than
none, so a name that says neither is nobody's.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from domain.actors import BODIES, is_body, is_state

# One meaning a line. A star stands for any beginning or ending of a word; quotes hold a phrase
# together. Scripts that set no spaces, or write articles in one word with the noun, have a star on
# both sides.
OFFICES = """
ministry         minist* *ministeri* *ministeeri* *miniszt* kementeri* bakanlığı nazirli* wizara*
ministry         министер* министар* министр* міністер* міністэр* мініст* *υπουργ* *նախարար*
ministry         *মন্ত্রণালয়* სამინისტრ* მინისტრ* *وزارة* *وزارت* *משרד* मंत्रालय* *กระทรวง*
ministry         "bộ ngoại giao" *ráðuneyti* *外务省* *外務省* *外交部* *외교부* *외무성* *部 *省
department       department* departament* *departement* dipartiment* roinn департамент*
foreign affairs  affairs auswärtig* *außenpolit* buitenlandse udenrigs* utenriks* utrikes*
foreign affairs  ulkoasi* väli* ārliet* užsienio exteriores extérieur* étrangèr* "afaceri externe"
foreign affairs  zagranicz* zahranič* vanjsk* spolj* zunanj* külügy* dışişleri закордонн*
foreign affairs  иностранн* външн* надворешн* спољн* замежн* *εξωτερικ* *الخارجية* *خارجه* *החוץ*
foreign affairs  cancillería itamaraty kemlu kantei "external action"
abbreviations    mfa mofa fcdo fco dfat mfat dfa dfae bmeia msz mzv mae maec maeci meae mre mrec
abbreviations    minrel minrex mirex mvep mvp msp mne мид мзс мвнр мнр мсп υπεξ
office           office amt *kanzlei* *kanzleramt* chancell* kancel* канцеляр* კანცელარი* *kansli*
office           kanslia kantselei cabinet gabinet* kabinet* treasury *官邸* *内閣*
government       government* gouvernement* *regierung* regering* *regjering* hallitus*
government       valtioneuvosto valitsus* gobierno govern governo guvern* rząd* vlád* vlad*
government       kormán* hükümet* уряд* правительств* правителств* влада ўрад* *κυβέρνησ* *حكومة*
government       دولت *ממשל* *政府* *정부* *รัฐบาล* valdīb* vyriausyb* kerajaan pemerintah serikali
government       "chính phủ" rialtas stjórnarráð* *bundesrat*
head of state    presiden* präsident* présiden* prezident* prezyden* predsed* прэзідэнт* predsjed*
head of state    elnök* cumhurbaşkan* президент* председ* претседател* *πρόεδρ* *προεδρ* *رئاسة*
head of state    *נשיא* uachtará* forseti* palace palais *总统* *大統領* *대통령* "white house"
head of state    "royal court"
prime minister   premier* primăr* taoiseach statsminister* *首相* *総理* *总理* *총리* премьер*
prime minister   прем'єр* başbakan* "downing street"
spokesperson     spokes* *sprecher* porte-parole portavo* rzeczni* mluvčí говорител*
embassy          embass* ambass* ambasci* ambasad* embajad* embaixad* *botschaft* *nagykövetség*
embassy          velvysl* veľvysl* veleposl* посольств* посолств* амбасад* *πρεσβεί* *elçili*
embassy          saatkon* vēstniec* *lähetyst* sendiráð* kedutaan ubalozi "đại sứ quán" *سفارة*
embassy          *سفارت* *שגרירות* *大使館* *大使馆* *대사관* *สถานทูต*
consulate        consul* *konsul* *konzul* консул* *προξεν* *قنصلية* *领事* *領事* *영사*
mission          mission* misión missão missione misja misie representation représentation
mission          representa* rappresentan* *vertretung* delegat* delegac* délégation delegaz*
mission          delegaç* представи* *代表部* *代表团* *代表団*
secretariat      secretar* sekretari* secrétar* segreteri* titkárság* секретар*
commission       commission* comisi* comiss* kommission* komisj* komise komisi* komisyon*
commission       bizottság* coimisiún* комисс* коміс* комиси* *επιτροπ* *委员会* *委員会* *委員會*
commission       *위원회*
council          council conseil consejo consiglio conselho consell rada *raad *rådet *staatsrat
council          совет рада съвет савет *συμβούλ* konsey* tanács* nõukogu *مجلس*
assembly         assembl* asamble* parliament* *parlament* *parlement* congress* congreso senat*
assembly         sénat* sejm* *bundestag* *landtag* riksdag* folketing* storting* eduskunta
assembly         riigikogu saeima seimas országgyűl* zastupitel* сейм* парламент* дума верховна
assembly         собрание събрание skupština *βουλή* meclis* məclis* "ազգային ժողով" *البرلمان*
assembly         *כנסת* *国会* *國會* *국회* "quốc hội"
"""

# Whatever else their names hold, these are private voices.
PRIVATE = """
party        party partei parti partito partido partia partij partiet strana партия партія
learning     universit* univerzit* uniwersytet* университет* університет* *大学* *大學* institut*
learning     academ* akadem* faculty school college think-tank
association  association* *verein *verband ngo foundation fundaci* fundação fondation fondazione
association  *stiftung* фонд* *gewerkschaft* syndicat* club klub amnesty "refugee council"
association  "atlantic council" "council on foreign relations"
press        newspaper *zeitung* journal* agence agencja magazine news radio tv
business     ltd inc gmbh company corporation
"""

BODY_NAMES = """
EU      European Union; Union européenne; Europäische Union; Unión Europea; Unione europea; EU
EU      União Europeia; Unia Europejska; Europese Unie; Европейский союз; Європейський Союз
EU      Avrupa Birliği; الاتحاد الأوروبي; 欧盟; 欧洲联盟; 欧州連合; 유럽연합; European Parliament
EU      European Commission; Commission européenne; Europäische Kommission; European Council
EU      Council of the European Union; European External Action Service; EEAS
UN      United Nations; Nations unies; Vereinte Nationen; Naciones Unidas; Nazioni Unite; UN
UN      Nações Unidas; Organización de las Naciones Unidas; Организация Объединённых Наций; ООН
UN      Організація Об'єднаних Націй; الأمم المتحدة; 联合国; 國際連合; 国際連合; 유엔
UN      United Nations Secretary-General; UN Secretary-General
OSCE    OSCE; OSZE; ОБСЕ; ОБСЄ; ODIHR; OSCE/ODIHR; OSCE Parliamentary Assembly
COE     Council of Europe; Conseil de l'Europe; Europarat; Consejo de Europa; Rada Europy
COE     Рада Європи; Совет Европы; Parliamentary Assembly of the Council of Europe
NATO    NATO; OTAN; НАТО
AFU     African Union; Union africaine; União Africana; Unión Africana; الاتحاد الأفريقي
OAS     OAS; OEA; Organización de los Estados Americanos; Organização dos Estados Americanos
OIC     OIC; منظمة التعاون الإسلامي
OIF     OIF; La Francophonie
ICC     ICC; Cour pénale internationale; Corte Penal Internacional
ICC     Internationaler Strafgerichtshof
ECOWAS  ECOWAS; CEDEAO; CÉDÉAO
"""


def speaks_for(institution: str, *, country: str) -> str | None:
    """The state or body whose voice an institution is; None where it is nobody's.

    >>> speaks_for("Ministerstwo Spraw Zagranicznych", country="PL")
    'PL'
    >>> speaks_for("University of Warsaw", country="PL") is None
    True
    >>> speaks_for("União Africana", country="")
    'AFU'
    """
    code = country.strip().upper()
    if is_body(code):
        return code
    name = _plain(institution)
    if (body := _bodies().get(name)) is not None:
        return body
    is_office = _any_of(OFFICES).search(name) and not _any_of(PRIVATE).search(name)
    return code if is_state(code) and is_office else None


@cache
def _bodies() -> dict[str, str]:
    """The bodies by their names."""
    written = [(name, code) for code, name in BODIES.items()]
    for line in BODY_NAMES.strip().split("\n"):
        code, _, names = line.partition(" ")
        written += [(name, code) for name in names.split(";")]
    return {_plain(name): code for name, code in written}


@cache
def _any_of(table: str) -> re.Pattern[str]:
    """What finds any word or phrase of a table in a plain name."""
    terms = []
    for line in table.strip().split("\n"):
        # The meaning in front is for people.
        _, terms_of_line = re.split(r"\s{2,}", line, maxsplit=1)
        terms += re.findall(r'"([^"]+)"|(\S+)', terms_of_line)
    parts = (re.escape(_plain(phrase or word)) for phrase, word in terms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)".replace(r"\*", r"\w*"))


def _plain(name: str) -> str:
    """A name without capitals, accents, articles in front and doubled spaces."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in letters if not unicodedata.category(sign).startswith("M"))
    return " ".join(plain.replace("’", "'").split()).removeprefix("the ")
