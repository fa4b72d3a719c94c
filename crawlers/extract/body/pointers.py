"""Lines among an article's paragraphs that are none of it: "Read more: ...", in any language, a form's terms, "Advertisement"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawlers.extract.body.blocks import Block
from crawlers.extract.body.wording import is_prose

# What stands over a list of other articles; read in lower-case text.
_MORE_LABEL = re.compile(
    r"^\W{0,5}(?:more (?:from|on|in|about)|related|recommended|you (?:may|might) (?:also )?|also read|don['’]t miss|most (?:read|popular)|latest|trending|editors['’]? picks?|mehr (?:zum|aus)|auch interessant|à lire aussi|lire aussi|más (?:noticias|en)|leggi anche|lees ook|läs också|l[æe]s også|lue myös|(?:leia|veja) (?:também|mais)|(?:czytaj|zobacz) (?:też|także|również|więcej)|(?:čtěte|přečtěte si) (?:také|více)|mohlo by vás zajímat|читайте также|читайте також|по теме|ilgili haberler|関連記事|あわせて読みたい|관련 ?기사|相关(?:新闻|阅读)|相關(?:新聞|閱讀)|延伸閱讀|اقرأ أيض[اً]{1,2}|مواضيع ذات صلة)\b",
)
_LONGEST_LABEL = 100  # characters
# A label of a few words, and what sets it off; or an arrow.
_LABEL = re.compile(r"[^:|\n]{2,60}[:|]\s|[→▶►»➡⇒👉>]{1,3}\s?")
# Below a newsletter's form: what who signs up agrees to.
_AGREES = re.compile(
    r"(?:by (?:sign(?:ing)? up|subscribing|submitting|clicking|entering|registering|continuing)|this site is protected by recaptcha|mit (?:der|ihrer) (?:anmeldung|bestellung)|en (?:vous inscrivant|cliquant|validant)|al (?:suscribirte|registrarte|hacer clic)|ao (?:assinar|se inscrever|clicar)|iscrivendoti)\b",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"privacy|terms|datenschutz|nutzungsbedingungen|confidentialité|conditions|privacidad|condiciones|privacidade|termos|termini",
    re.IGNORECASE,
)
# What stands over, in or under an advertisement between two paragraphs.
_ADVERTISES = re.compile(
    r"\W{0,5}(?:advertis(?:e?ment|ing)|sponsored|(?:story|article|text) continues (?:below|after)(?: (?:the |this )?ad(?:vertis(?:e?ment|ing))?)?"
    r"|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|annonse|annons|annonce|reklame|mainos|reklama|reklam|inzerce|hirdetés|publicitate|διαφήμιση"
    r"|реклама|إعلان|פרסומת|広告|廣告|广告|광고|iklan)\W{0,5}",
    re.IGNORECASE,
)
_LONGEST_NOTICE = 60  # characters
_LONGEST_TERMS = 400  # characters
_LABEL_WORDS = 5
_LINKED_WORDS = 4
_LONGEST = 200  # characters
_SLACK = 4  # characters of space and marks that are neither label nor link


def is_more_label(text: str) -> bool:
    """Whether a line begins as what stands over a list of other articles."""
    return _MORE_LABEL.match(text.lower()) is not None


def listed_at_end(blocks: Sequence[Block], kept: Sequence[int]) -> set[int]:
    """The kept lines behind the last paragraph that list other articles: from the label over them on."""
    last = next((k for k in reversed(kept) if is_prose(blocks[k])), None)
    for label in range(last + 1, kept[-1]) if last is not None else ():
        text = blocks[label].text
        if len(text) <= _LONGEST_LABEL and is_more_label(text):
            return {k for k in kept if k >= label}
    return set()


def is_pointer(block: Block) -> bool:
    """Whether a block is a label and a link to another article, a headline, that is, without a full stop; what one agrees to by signing up; or the word over an advertisement."""
    text = block.text
    if len(text) <= _LONGEST_NOTICE and _ADVERTISES.fullmatch(text):
        return True
    if len(text) <= _LONGEST_TERMS and _AGREES.match(text) and _TERMS.search(text):
        return True
    if not block.linked or len(text) > _LONGEST or text.endswith((".", "。")):
        return False
    label = _LABEL.match(text)
    if label is None or len(label[0].split()) > _LABEL_WORDS:
        return False
    if len(text[label.end() :].split()) < _LINKED_WORDS:
        return False
    return block.linked >= len(text) - label.end() - _SLACK - text.count("\n")
