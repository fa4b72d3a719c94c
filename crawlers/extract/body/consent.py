"""Consent dialogues: what asks a reader about cookies is no article, however long it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from crawlers.extract.body.blocks import Block, Box
from crawlers.extract.body.wording import is_prose

# Read in lower-case text: looking for both cases takes four times as long.
_ASKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:we|our|us)\b.{0,40}\bpartners\b|\b(?:unsere|nos|nuestros|nostri|nossos|onze|våra|vores) (?:\d{1,4} )?(?:partnern?|partenaires|socios|parceiros|partners|partnere)\b|\b(?:partenaires et nous|socios y nosotros|noi e i nostri)\b|\b(?:nasi|naszym|našich?|naši) partner|\b(?:kumppanimme|ortaklarımız)|наш\w{1,3} партн[её]р|パートナー|파트너|合作[伙夥]伴",
        r"\b(?:use|uses|using|store|set|accept|reject|essential|necessary|optional|these) (?:\w+ ){0,2}cookies|\bcookies (?:and|or|to)\b|\bcookies (?:oder|und|ou|et|y|e|en|och) |\b(?:verwende\w{0,3}|utilis\w{1,6}|utiliz\w{1,6}|utilizziamo|usamos|gebruiken|använder) (?:\w+ ){0,2}cookies\b|\bplik(?:i|ów|ach) cookies?\b|\bsoubor\w{1,3} cookies?\b|файл\w{1,3} cookie|\bevästei|\bçerez|クッキー|쿠키",
        r"\byour (?:privacy )?(?:choices?|consent|preferences|personal data|privacy|device)\b|personenbezogene\w{0,2} daten|donn[ée]es (?:personnelles|à caractère personnel)|informations personnelles|datos personales|dati personali|dados pessoais|persoonsgegevens|personuppgifter|dan(?:e|ych) osobow|osobní\w{0,2} údaj|персональн\w{1,3} данн|henkilötie|kişisel veri|個人(?:データ|情報)|개인 ?정보|个人(?:信息|数据)",
        r"\bstor(?:e|ing|age)\b.{0,40}\b(?:access|information|device)\b|auf (?:einem|ihrem) gerät|\bstocker\b.{0,60}\baccéder|\balmacenar\b.{0,60}\b(?:acceder|dispositivo)|\barchiviare\b.{0,60}\bdispositivo|op (?:een|uw|je) apparaat|\bna urządzeni|\bv zařízení|на (?:вашем )?устройств|\blaitteel|cihazınız|デバイス|기기에",
        r"\blegitimate interests?\b|\bvendors?\b",
        r"\b(?:accept|reject|manage|agree to|allow) (?:all|cookies|settings|preferences|options|my choices)\b|\b(?:alle[sn]?|alle cookies) (?:akzeptieren|accepteren|ablehnen|zulassen)|\b(?:tout|tous) (?:accepter|refuser)|\baceptar todo|\baccett[ao] tutt|\baceitar tod",
        r"\b(?:withdraw|give|giving|change|manage|refuse) (?:your|my|this|that)? ?(?:consent|choice|mind|settings|preferences)\b|einwilligung.{0,30}widerruf|widerruf.{0,30}einwilligung|\bretirer votre (?:consentement|accord)|\b(?:retirar|revocar) (?:su|tu|el|seu) consent|\brevocare il.{0,20} consenso|toestemming.{0,20}intrekken",
        r"\bpersonali[sz]ed? (?:ads?|advertis|content)|\badvertising that may interest\b|\bmeasure (?:how|ad|content)\b|\bmeasurement\b|(?:inhalte|anzeigen|werbung).{0,40}personalisier|personalisierte|(?:contenus?|publicités?).{0,30}personnalis|(?:contenido|anuncios|publicidad).{0,30}personalizad|(?:contenuti|annunci).{0,30}personalizzat|gepersonaliseerde|spersonalizowan|personalizovan|персонализирован|kohdennet|kişiselleştiril|パーソナライズ|맞춤형",
        r"\b(?:privacy|cookie) (?:policy|notice|settings|statement|centre|center)\b",
        r"datenschutz(?:erklärung|hinweis|einstellung|richtlinie)|politique de (?:confidentialité|cookies)|política de (?:privacidad|cookies)|informativa (?:sulla|privacy)|privacybeleid|integritetspolicy",
        r"einwilligung|zustimm|consentement|votre accord|consentimiento|consenso|toestemming|samtycke|\bzgod[ęy]\b|\bsouhlas|\bsuostumu|\brıza|согласи|同意|동의",
    )
)
# One of these is in whatever asks for consent; nearly every other text has none.
_MENTIONS = [
    *"クッキー 同意 쿠키 동의 zgod souhlas suostumu çerez согласи partnerz cookie consent privacy partner vendor legitimate einwillig datenschutz zustimm partenaire confidentialité socios consenso consenti personenbezogen persoonsgegevens personuppgifter toestemming samtycke".split(),
    "données",
    "datos personales",
    "dati personali",
    "your choice",
    "your preference",
    "your device",
    "your personal",
    "personal data",
]
_DIALOG_NAME = re.compile(
    r"consent|cookie|gdpr|ccpa|onetrust|didomi|usercentrics|qc-cmp|(?<![a-z])cmp(?![a-z])|sp_message|truste|privacy-?(?:manager|banner|notice|modal|wall|overlay)"
)
_PAGE_TAGS = frozenset({"html", "body", "main", "article"})
_SURE = 2  # different things that a consent text says, in one block
_CERTAIN = 3  # in a whole text
_CERTAIN_WITHIN = 4  # in a box of the story's own column
_MOST_BOXES = 50  # that are looked at; a page has one dialogue, or a few
_SHARE = 0.5  # of the words of a box or text that ask for consent


def asks(text: str) -> int:
    """How many different things that only a consent dialogue says are in a text."""
    lowered = text.lower()
    if not any(word in lowered for word in _MENTIONS):
        return 0
    return sum([pattern.search(lowered) is not None for pattern in _ASKS])


def is_consent_text(paragraphs: Sequence[str]) -> bool:
    """Whether a text is a consent dialogue: most of its words ask for consent, in several ways."""
    words = sum(len(p.split()) for p in paragraphs)
    mentioning = [paragraphs[k] for k in _mentioning(paragraphs)]
    if sum(len(p.split()) for p in mentioning) < _SHARE * words:
        return False
    asking = sum(len(p.split()) for p in mentioning if asks(p))
    return words > 0 and asking >= _SHARE * words and asks("\n".join(paragraphs)) >= _CERTAIN


def consent_boxes(blocks: Sequence[Block], heading: int | None) -> list[Box]:
    """The boxes of consent dialogues: marked or named as such, or apart from the titled story."""
    sure = [
        k for k in _mentioning([block.text for block in blocks]) if asks(blocks[k].text) >= _SURE
    ]
    if not sure:
        return []
    titled = set(blocks[heading].box.chain()) if heading is not None else set()
    found: dict[Box, bool] = {}
    for k in sure:
        marked = [b for b in blocks[k].box.chain() if _is_dialog(b) and b not in titled]
        if len(found) >= _MOST_BOXES or (marked and marked[-1] in found):
            continue
        box = marked[-1] if marked else _apart(blocks, k, titled)
        if box is not None and box not in found:
            found[box] = not _holds_most(blocks, box)
        elif box is None:
            found.setdefault(blocks[k].box, False)
    return [box for box, is_consent in found.items() if is_consent]


def _mentioning(texts: Sequence[str]) -> list[int]:
    """Which texts have a word that whatever asks for consent has; looked for in all of them at once."""
    lowered = [text.lower() for text in texts]
    page = "\n".join(lowered)
    starts = list(accumulate((len(text) + 1 for text in lowered), initial=0))
    found: set[int] = set()
    for word in _MENTIONS:
        at = page.find(word)
        while at >= 0:
            k = bisect_right(starts, at) - 1
            found.add(k)
            at = page.find(word, starts[k + 1])
    return sorted(found)


def _is_dialog(box: Box) -> bool:
    if box.tag in _PAGE_TAGS:
        return False
    role = box.element.get("role") or ""
    return (
        role in {"dialog", "alertdialog"}
        or box.element.get("aria-modal") == "true"
        or box.tag == "dialog"
        or _DIALOG_NAME.search(box.name) is not None
    )


def _apart(blocks: Sequence[Block], k: int, titled: set[Box]) -> Box | None:
    """The largest box around a block that is mostly consent text and holds no part of the story's column."""
    column = next((b for b in titled if b.tag in {"article", "main"}), None)
    best: Box | None = None
    within: Box | None = None
    for box in blocks[k].box.chain():
        if box in titled or box.tag in _PAGE_TAGS or box.tag == "blockquote":
            break
        inside = [b for b in blocks if box in b.box.chain()]
        words = sum(len(b.text.split()) for b in inside)
        asking = sum(len(b.text.split()) for b in inside if asks(b.text))
        if asking < _SHARE * words:
            break
        if column is not None and column in box.chain():
            if asks("\n".join(b.text for b in inside)) >= _CERTAIN_WITHIN and len(inside) > 1:
                within = box
            continue
        best = box
    best = best or within
    # A lone paragraph may be the story's own, about cookies.
    return best if best is not None and titled and best.tag != "p" else None


def _holds_most(blocks: Sequence[Block], box: Box) -> bool:
    """Whether a box holds most of the page's prose that asks nothing: then it is the page itself."""
    prose = [b for b in blocks if is_prose(b) and not asks(b.text)]
    inside = sum(box in b.box.chain() for b in prose)
    return len(prose) > 0 and inside > _SHARE * len(prose)
