"""Which month does a word name? By language: *listopad* is October in one and November in another.

A line a language, a month between bars, its forms as dates use them (nominative, genitive or
the case after a day, short forms). Written in small letters; a full stop is not part of a form.
Of languages without a line CLDR knows the forms; for the others it knows too few.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

_FORMS = {
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug"
    "|september sept sep|october oct|november nov|december dec",
    "de": "januar jänner jan jän|februar feber feb|märz mär mrz|april apr|mai|juni jun|juli jul"
    "|august aug|september sept sep|oktober okt|november nov|dezember dez",
    "fr": "janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août aout"
    "|septembre sept|octobre oct|novembre nov|décembre déc",
    "es": "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago"
    "|septiembre setiembre sept sep|octubre oct|noviembre nov|diciembre dic",
    "ca": "gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre",
    "pt": "janeiro jan|fevereiro fev|março mar|abril abr|maio mai|junho jun|julho jul|agosto ago"
    "|setembro set|outubro out|novembro nov|dezembro dez",
    "it": "gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug"
    "|agosto ago|settembre set sett|ottobre ott|novembre nov|dicembre dic",
    "ro": "ianuarie ian|februarie feb|martie mar|aprilie apr|mai|iunie iun|iulie iul|august aug"
    "|septembrie sept sep|octombrie oct|noiembrie nov noi|decembrie dec",
    "nl": "januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug"
    "|september sept sep|oktober okt|november nov|december dec",
    "sv": "januari jan|februari feb|mars mar|april apr|maj|juni jun|juli jul|augusti aug"
    "|september sept sep|oktober okt|november nov|december dec",
    "da": "januar jan|februar feb|marts mar|april apr|maj|juni jun|juli jul|august aug"
    "|september sept sep|oktober okt|november nov|december dec",
    "no": "januar jan|februar feb|mars mar|april apr|mai|juni jun|juli jul|august aug"
    "|september sept sep|oktober okt|november nov|desember des",
    "is": "janúar jan|febrúar feb|mars mar|apríl apr|maí|júní jún|júlí júl|ágúst ágú"
    "|september sep|október okt|nóvember nóv|desember des",
    "fi": "tammikuu tammikuuta|helmikuu helmikuuta|maaliskuu maaliskuuta|huhtikuu huhtikuuta"
    "|toukokuu toukokuuta|kesäkuu kesäkuuta|heinäkuu heinäkuuta|elokuu elokuuta"
    "|syyskuu syyskuuta|lokakuu lokakuuta|marraskuu marraskuuta|joulukuu joulukuuta",
    "et": "jaanuar|veebruar|märts|aprill|mai|juuni|juuli|august|september|oktoober|november"
    "|detsember",
    "lv": "janvāris janvārī|februāris februārī|marts martā|aprīlis aprīlī|maijs maijā"
    "|jūnijs jūnijā|jūlijs jūlijā|augusts augustā|septembris septembrī|oktobris oktobrī"
    "|novembris novembrī|decembris decembrī",
    "lt": "sausis sausio saus|vasaris vasario vas|kovas kovo kov|balandis balandžio bal"
    "|gegužė gegužės geg|birželis birželio birž|liepa liepos liep|rugpjūtis rugpjūčio rugp"
    "|rugsėjis rugsėjo rugs|spalis spalio spal|lapkritis lapkričio lapkr|gruodis gruodžio gruod",
    "pl": "styczeń stycznia sty|luty lutego lut|marzec marca mar|kwiecień kwietnia kwi"
    "|maj maja|czerwiec czerwca cze|lipiec lipca lip|sierpień sierpnia sie"
    "|wrzesień września wrz|październik października paź|listopad listopada lis"
    "|grudzień grudnia gru",
    "cs": "leden ledna led|únor února úno|březen března bře|duben dubna dub|květen května kvě"
    "|červen června čvn|červenec července čvc|srpen srpna srp|září zář|říjen října říj"
    "|listopad listopadu lis|prosinec prosince pro",
    "sk": "január januára jan|február februára feb|marec marca mar|apríl apríla apr|máj mája"
    "|jún júna|júl júla|august augusta aug|september septembra sep|október októbra okt"
    "|november novembra nov|december decembra dec",
    "sl": "januar januarja jan|februar februarja feb|marec marca mar|april aprila apr|maj maja"
    "|junij junija jun|julij julija jul|avgust avgusta avg|september septembra sep"
    "|oktober oktobra okt|november novembra nov|december decembra dec",
    "hr": "siječanj siječnja sij|veljača veljače velj|ožujak ožujka ožu|travanj travnja tra"
    "|svibanj svibnja svi|lipanj lipnja lip|srpanj srpnja srp|kolovoz kolovoza kol"
    "|rujan rujna ruj|listopad listopada lis|studeni studenoga studenog stu"
    "|prosinac prosinca pro",
    "sr": "januar januara jan јануар јануара јан|februar februara feb фебруар фебруара феб"
    "|mart marta mar март марта мар|april aprila apr април априла апр|maj maja мај маја"
    "|jun juna juni јун јуна|jul jula juli јул јула|avgust avgusta avg август августа авг"
    "|septembar septembra sep септембар септембра сеп|oktobar oktobra okt октобар октобра окт"
    "|novembar novembra nov новембар новембра нов|decembar decembra dec децембар децембра дец",
    "mk": "јануари|февруари|март|април|мај|јуни|јули|август|септември|октомври|ноември|декември",
    "bg": "януари яну|февруари фев|март|април апр|май|юни|юли|август авг|септември сеп"
    "|октомври окт|ноември ное|декември дек",
    "ru": "январь января янв|февраль февраля фев|март марта мар|апрель апреля апр|май мая"
    "|июнь июня июн|июль июля июл|август августа авг|сентябрь сентября сент сен"
    "|октябрь октября окт|ноябрь ноября нояб ноя|декабрь декабря дек",
    "uk": "січень січня січ|лютий лютого лют|березень березня бер|квітень квітня квіт кві"
    "|травень травня трав тра|червень червня черв чер|липень липня лип|серпень серпня серп сер"
    "|вересень вересня вер|жовтень жовтня жовт жов|листопад листопада лист лис"
    "|грудень грудня груд гру",
    "be": "студзень студзеня|люты лютага|сакавік сакавіка|красавік красавіка|май мая травень"
    " траўня|чэрвень чэрвеня|ліпень ліпеня|жнівень жніўня|верасень верасня"
    "|кастрычнік кастрычніка|лістапад лістапада|снежань снежня",
    "hu": "január jan|február febr|március márc|április ápr|május máj|június jún|július júl"
    "|augusztus aug|szeptember szept|október okt|november nov|december dec",
    "el": "ιανουάριος ιανουαρίου ιαν|φεβρουάριος φεβρουαρίου φεβ|μάρτιος μαρτίου μαρ"
    "|απρίλιος απριλίου απρ|μάιος μαΐου μάϊος μαϊ|ιούνιος ιουνίου ιουν|ιούλιος ιουλίου ιουλ"
    "|αύγουστος αυγούστου αυγ|σεπτέμβριος σεπτεμβρίου σεπ|οκτώβριος οκτωβρίου οκτ"
    "|νοέμβριος νοεμβρίου νοε|δεκέμβριος δεκεμβρίου δεκ",
    "tr": "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
    "sq": "janar|shkurt|mars|prill|maj|qershor|korrik|gusht|shtator|tetor|nëntor|dhjetor",
    "id": "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember",
    "ka": "იანვარი იანვარს|თებერვალი თებერვალს|მარტი მარტს|აპრილი აპრილს|მაისი მაისს"
    "|ივნისი ივნისს|ივლისი ივლისს|აგვისტო აგვისტოს|სექტემბერი სექტემბერს"
    "|ოქტომბერი ოქტომბერს|ნოემბერი ნოემბერს|დეკემბერი დეკემბერს",
    "he": "ינואר בינואר|פברואר בפברואר|מרץ במרץ מרס במרס|אפריל באפריל|מאי במאי|יוני ביוני"
    "|יולי ביולי|אוגוסט באוגוסט|ספטמבר בספטמבר|אוקטובר באוקטובר|נובמבר בנובמבר"
    "|דצמבר בדצמבר",
    "ar": "يناير كانون_الثاني جانفي|فبراير شباط فيفري|مارس آذار اذار"
    "|أبريل ابريل إبريل نيسان أفريل|مايو أيار ايار ماي|يونيو يونيه حزيران جوان"
    "|يوليو يوليه تموز يوليوز جويلية|أغسطس اغسطس آب اب غشت أوت|سبتمبر أيلول ايلول شتنبر"
    "|أكتوبر اكتوبر تشرين_الأول تشرين_الاول|نوفمبر تشرين_الثاني نونبر"
    "|ديسمبر كانون_الأول كانون_الاول دجنبر",
}


def _table(forms: str) -> Mapping[str, int]:
    return MappingProxyType(
        {
            form.replace("_", " "): number
            for number, names in enumerate(forms.split("|"), start=1)
            for form in names.split()
        }
    )


MONTHS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {language: _table(forms) for language, forms in _FORMS.items()}
)


def month_named(word: str, *, languages: Sequence[str] = ()) -> int | None:
    """The number of the month that a word names.

    The languages decide; where they do not know the word, all others must agree on it.

    >>> month_named("listopada", languages=("pl",)), month_named("listopada", languages=("hr",))
    (11, 10)
    >>> month_named("listopada") is None
    True
    """
    form = word.replace(".", "")
    for code in languages:
        language = code.split("-")[0]
        if number := (MONTHS.get(language) or _of_cldr(language)).get(form):
            return number
    numbers = {table[form] for table in MONTHS.values() if form in table}
    return numbers.pop() if len(numbers) == 1 else None


def is_day_first(languages: Sequence[str]) -> bool:
    """True where all who write these languages put the day before the month: 18/03/2024.

    English is written both ways.

    >>> is_day_first(["fr"]), is_day_first(["fr", "en"]), is_day_first(["hu"]), is_day_first([])
    (True, False, False, False)
    """
    return bool(languages) and all(
        _writes_day_first(language.split("-")[0]) for language in languages
    )


@cache
def _writes_day_first(language: str) -> bool:
    locale = _locale(language)
    pattern = locale.date_formats["short"].pattern if locale else "M"
    return language != "en" and -1 < pattern.find("d") < pattern.find("M")


@cache
def _of_cldr(language: str) -> Mapping[str, int]:
    locale = _locale(language)
    if locale is None:
        return MappingProxyType({})
    return MappingProxyType(
        {
            unicodedata.normalize("NFKC", name).lower().replace(".", ""): number
            for forms in locale.months.values()
            for width in ("abbreviated", "wide")
            for number, name in forms[width].items()
        }
    )


def _locale(language: str) -> Locale | None:
    try:
        return Locale(language)
    except (UnknownLocaleError, ValueError):
        return None
