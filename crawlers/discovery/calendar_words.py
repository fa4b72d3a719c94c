"""What dates are written with: months, weekdays and zones, and the words that may stand around them."""

from __future__ import annotations

# English as news writes it, then German, French, Spanish, Italian, Portuguese, Dutch, and the
# Scandinavian languages; abbreviations without their point.
_MONTHS = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari",
    "february feb febr februar février févr fevrier febrero febbraio fevereiro fev februari",
    "march mar mars märz mrz marzo março marco maart mrt marts",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei maj",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus augusti",
    "september sept sep septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember",
)
# Polish, Russian, Ukrainian, Czech, Turkish, Greek, Finnish, Romanian, Catalan, Indonesian, Arabic and
# Hebrew, as dates have them. "Listopada" is November in Polish and October in Croatian, and left out.
_MONTHS_ELSEWHERE = (
    "stycznia января січня ledna ocak ιανουαρίου tammikuuta ianuarie gener يناير ינואר",
    "lutego февраля лютого února şubat φεβρουαρίου helmikuuta februarie febrer فبراير شباط פברואר",
    "marca марта березня března mart μαρτίου maaliskuuta martie març maret مارس آذار מרץ",
    "kwietnia апреля квітня dubna nisan απριλίου huhtikuuta aprilie أبريل ابريل نيسان אפריל",
    "maja мая травня května mayıs μαΐου toukokuuta maig مايو أيار מאי",
    "czerwca июня червня června haziran ιουνίου kesäkuuta iunie juny يونيو حزيران יוני",
    "lipca июля липня července temmuz ιουλίου heinäkuuta iulie juliol يوليو تموز יולי",
    "sierpnia августа серпня srpna ağustos αυγούστου elokuuta agost agustus أغسطس اغسطس אוגוסט",
    "września сентября вересня září eylül σεπτεμβρίου syyskuuta septembrie setembre سبتمبر أيلول ספטמבר",
    "października октября жовтня října ekim οκτωβρίου lokakuuta octombrie أكتوبر اكتوبر אוקטובר",
    "listopadu ноября kasım νοεμβρίου marraskuuta noiembrie نوفمبر נובמבר",
    "grudnia декабря грудня prosince aralık δεκεμβρίου joulukuuta decembrie ديسمبر דצמבר",
)
MONTHS: dict[str, int] = {
    word.casefold(): number
    for months in (_MONTHS, _MONTHS_ELSEWHERE)
    for number, words in enumerate(months, start=1)
    for word in words.split()
}
_WEEKDAYS = (
    "monday mon montag mo lundi lunes lunedì maandag mandag måndag ma lun seg segunda",
    "tuesday tue tues dienstag di mardi martes martedì dinsdag tirsdag tisdag ter terça",
    "wednesday wed weds mittwoch mi mercredi miércoles mié mercoledì woensdag onsdag wo mer qua quarta",
    "thursday thu thur thurs donnerstag do jeudi jueves giovedì donderdag torsdag jeu jue gio qui quinta",
    "friday fri freitag fr vendredi viernes venerdì vrijdag fredag vr ven vie sex sexta",
    "saturday sat samstag sonnabend sa samedi sábado sáb sabato zaterdag lørdag lördag za sam sab",
    "sunday sun sonntag so dimanche domingo domenica zondag søndag söndag zo dim dom",
)
WEEKDAYS: dict[str, int] = {
    word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()
}

# Names that mean one zone, in minutes east of Greenwich. IST, AST and GST mean several; the North
# American ones are RFC 822's.
ZONES: dict[str, int] = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "AKST": -540, "AKDT": -480, "HST": -600,
    "BST": 60, "WEST": 60, "CET": 60, "MEZ": 60, "WAT": 60,
    "CEST": 120, "MESZ": 120, "EET": 120, "SAST": 120, "CAT": 120,
    "EEST": 180, "MSK": 180, "EAT": 180, "PKT": 300, "NPT": 345, "WIB": 420,
    "SGT": 480, "HKT": 480, "AWST": 480, "JST": 540, "KST": 540,
    "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
# Names that stand for a place's clock, summer and winter.
PLACES: dict[str, str] = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
# Words beside a date that change nothing of it.
FILLERS = frozenset(
    """
    t at on um uhr clock o à a the of le la el il den der die dem am as às kl ore ora om op um de
    feira hrs veröffentlicht erstellt publié publiée publicado pubblicato gepubliceerd publicerad publisert opublikowano published posted updated date first last time on by
    """.split()
)
