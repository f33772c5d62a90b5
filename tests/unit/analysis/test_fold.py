import unicodedata

import pytest

from analysis.fold import fold


@pytest.mark.parametrize(
    ("language", "text", "folded"),
    [
        (None, "ELECTIONS", "elections"),
        (None, "Élection", "election"),
        (None, "wybo\u0301r", "wybor"),
        (None, "ＥＵ", "eu"),
        (None, "l’élection", "l'election"),
        (None, "“a” „b“ «c» ‹d› 「e」", '"a" "b" "c" "d" "e"'),
        (None, "run‑off run–off run-off", "run off run off run off"),
        (None, "a  b\u00a0c\n\n – d", "a b c d"),
        (None, "elec\u00adtion \u200bvote", "election vote"),
        (None, "Głosów", "glosow"),
        (None, "cœur, fæst, øst", "coeur, faest, ost"),
        (None, "١٧ ۱۷ १७", "17 17 17"),
        (None, "ŞİŞLİ Seçım ılık", "sisli secim ilik"),
        (None, "ΕΚΛΟΓΕΣ εκλογές", "εκλογεσ εκλογεσ"),
        (None, "ещё Ґанок стре\u0301сс", "еще ганок стресс"),
        (None, "آراء أعلى إلى ٱلا", "اراء اعلي الي الا"),
        (None, "الانْتِخَابَاتُ مدرسة", "الانتخابات مدرسه"),
        (None, "ی ک ۀ", "ي ك ه"),
        (None, "בְּחִירוֹת שלום", "בחירות שלומ"),
        (None, "फ़ैसला चुनाव माँ", "फैसला चुनाव मां"),
        (None, "য়", "য"),
        (None, "ﾊﾞﾝ ガ", "バン ガ"),
        (None, unicodedata.normalize("NFD", "대통령 선거"), "대통령 선거"),
        (None, "ᲐᲠᲩᲔᲕᲜᲔᲑᲘ", "არჩევნები"),
        (None, "Ընտրություննե՞ր և", "ընտրություններ եւ"),
        ("de", "Wähler WÄHLER Waehler wahl", "waehler waehler waehler wahl"),
        ("de", unicodedata.normalize("NFD", "Größe"), "groesse"),
        ("fi", "Äänestys ÄÄNESTYS", "aanestys aanestys"),
        ("ca", "Col·legi", "collegi"),
        ("vi", "Bầu CỬ bau cu đắc", "bầu cử bau cu đắc"),
        ("vi", unicodedata.normalize("NFD", "bầu cử"), "bầu cử"),
        ("sr", "Избори у Ђаковици", "izbori u djakovici"),
        ("sr", "izbori u Đakovici", "izbori u djakovici"),
        ("hr", "Љубљана Njegoš", "ljubljana njegos"),
        ("zh", "總統選舉", "总统选举"),
        ("zh", "第二輪投票，僑民連任", "第二轮投票,侨民连任"),
        ("ja", "選挙總", "選挙總"),
        ("ja", "選擧", "選挙"),
        ("el", "ΕΚΛΟΓΈΣ ἐκλογὰς", "εκλογεσ εκλογασ"),
        ("el", "ΕΚΛOΓΕΣ", "εκλογεσ"),
        ("uk", "вибopи ICAO у Kиєві", "вибори icao у києві"),
        ("sr", "Избopи", "izbori"),
        ("tr", "SEÇİM SEÇIM SECIM seçim", "secim secim secim secim"),
        ("az", "SEÇKİLƏR Сечкиләр seçkilər", "seckiler seckiler seckiler"),
        ("kk", "САЙЛАУ saılaý sailau saylau", "sailau sailau sailau sailau"),
        ("kk", unicodedata.normalize("NFD", "saılaý Сайлау"), "sailau sailau"),
        ("ro", "şedinţă ședință", "sedinta sedinta"),
        ("fa", "رأی‌گیری", "راي گيري"),
        ("fa", "ھمه‌پرسی", "همه پرسي"),
        ("ur", "نو‌منتخب", "نو منتخب"),
        ("hi", "चुनाव‍ों", "चुनावों"),
        ("bn", "নির্বাচন চাঁদ", "নির্বাচন চাদ"),
        ("th", "เเต่ แต่ สิทธิ์", "เเต่ เเต่ สิทธิ"),
        ("th", "กํา กำ", "กํา กํา"),
        ("hy", "ԵՎ ԵՒ և", "եւ եւ եւ"),
        ("ga", "ṫoghċán thoghchán", "thoghchan thoghchan"),
        ("mt", "fl-Elezzjonijiet Ħal Għargħur", "fl elezzjonijiet hal gharghur"),
        ("vi", "hòa ỦY thúy hoà uỷ thuý", "hoà uỷ thuý hoà uỷ thuý"),
        ("vi", unicodedata.normalize("NFD", "hòa hoà"), "hoà hoà"),
        ("vi", "hò­a", "hoà"),
    ],
)
def test_form_is_folded_away(language, text, folded):
    assert fold(text, language).text == folded


def original(text, language, part):
    folded = fold(text, language)
    start = folded.text.index(part)
    first, last = folded.original(start, start + len(part))
    return text[first:last]


@pytest.mark.parametrize(
    ("language", "text", "part", "found"),
    [
        (None, "The elections", "elections", "elections"),
        (None, "die „WAHLEN“", "wahlen", "WAHLEN"),
        ("de", "größte Wähler", "waehler", "Wähler"),
        ("de", "größte Wähler", "groesste", "größte"),
        (None, "elec\u00adtion day", "election", "elec\u00adtion"),
        (None, "a \n\n free  –  vote", "free vote", "free  –  vote"),
        (None, "vote\u0301 now", "vote", "vote\u0301"),
        (None, "İİ İstanbul", "istanbul", "İstanbul"),
        ("sr", "Љубав и избори", "izbori", "избори"),
        (None, "ﾊﾞﾝの選挙", "選挙", "選挙"),
        (None, "וּבְּחִירוֹת", "בחירות", "בְּחִירוֹת"),
        ("vi", "Về hòa bình", "hoà", "hòa"),
        ("fa", "رأی‌گیری آزاد", "گيري", "گیری"),
        ("th", "ชนะการเลือกตั้ง", "เลือกตั้ง", "เลือกตั้ง"),
    ],
)
def test_places_lead_back_to_the_original(language, text, part, found):
    assert original(text, language, part) == found


def test_an_empty_stretch_at_the_start_leads_back_to_the_start():
    assert fold("Vote", None).original(0, 0) == (0, 0)


def test_places_lead_back_in_whatever_order_one_asks():
    folded = fold("Straße – Größe", None)
    assert folded.original(0, 7) == (0, 6)
    assert folded.original(8, 14) == (9, 14)
    assert folded.original(0, 7) == (0, 6)
