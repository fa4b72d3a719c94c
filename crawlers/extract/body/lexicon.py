"""How publishers name the parts of a page, and how lines begin that are no text of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable

TAGS = "p h1 h2 h3 h4 h5 li blockquote figcaption div td dd section article header footer pre aside center".split()
AROUND = "nav aside footer header figure form table li ul blockquote section article".split()
# What publishers call the things around an article, in class, id and data attributes.
LEXICON: dict[str, str] = {
    "caption": r"caption|credit|copyright|photo|image-|img|gallery|figure|slideshow|bildtext|legend|lightbox",
    "related": r"relat|recommend|read-?more|more-?on|also|promo|trending|popular|most-|next-|-next|outbrain|taboola|card|list-item|mostread|carousel|swiper|feed|river|stream",
    "share": r"share|social|sharing|facebook|whatsapp|follow|toolbar|tools|button|btn",
    "newsletter": r"newsletter|subscri|sign-?_?up|register|login|\babo|paywall|piano|offer|donat|support|membership|cta|inscri",
    "comment": r"comment|disqus|reply|respond|discussion|forum",
    "author": r"author|byline|contributor|\bbio|autor|writer|redakteur|profile|avatar|signature",
    "meta": r"meta|date|time|\btag|-tag|categor|breadcrumb|kicker|eyebrow|section-|label|topic|keyword|info|source|published|badge|rubri",
    "nav": r"nav|menu|footer|header|masthead|side-?bar|side-|rail|banner|cookie|consent|modal|popup|overlay|widget|\btoc|skip|logo|sticky|search|dropdown|hidden|sr-only|visually",
    "ad": r"\bads?\b|advert|sponsor|dfp|anzeige|commerc|affiliate|partner",
    "box": r"box|highlight|key-?points|bullets|glance|note|editor|correction|disclaimer|poll|quiz|timeline|embed|pull|quote|table|chart",
    "body": r"article-?_?body|article-?_?content|article-?_?text|entry-?content|post-?content|story-?body|story-?content|story-?text|body-?text|rich-?text|article__|paragraph|maintext|content-?body|prose",
    "lead": r"lead|standfirst|intro|dek\b|deck|subtitle|sub-title|subhead|summary|excerpt|abstract|teaser|vorspann|entradilla|ingress|chapo|perex|description|sottotitolo|bajada|tagline|strapline|lede|sapo",
}
NAMES = [re.compile(pattern) for pattern in LEXICON.values()]


def _by_first_letter(patterns: Iterable[str]) -> str:
    """One expression for alternatives that hold no groups, those of a letter together: so it is looked at few of them at each place."""
    alike: dict[str, list[str]] = {}
    for alternative in "|".join(patterns).split("|"):
        bare = alternative.removeprefix(r"\b")
        mark = alternative[: len(alternative) - len(bare)]
        alike.setdefault(bare[0] + mark, []).append(bare[1:])
    return "|".join(f"{k[1:]}{k[0]}(?:{'|'.join(rest)})" for k, rest in alike.items())


ANY_NAME = re.compile(_by_first_letter(LEXICON.values()))
TERMINAL = tuple('.!?…"”»’。！？」')
# Every alternative begins with a letter, not with \b: so most places of a text are passed at once.
CREDIT = re.compile(
    r"getty|shutterstock|reuters|afp(?<!\wafp)\b|ap photo(?<!\wap photo)|dpa(?<!\wdpa)\b|imago|epa(?<!\wepa)\b|©|\(c\)|photos? ?:|foto ?:|image ?:"
    r"|photograph|picture ?:|file photo|bild ?:|quelle ?:|credit",
)
MORE = re.compile(
    r"^\W*(read (more|also|next|the)|also read|more (on|from|:|stories)|see also|see more|related|watch|click here"
    r"|lesen sie|mehr zum|mehr:|lesetipp|auch interessant|lire aussi|à lire|lea también|leia (também|mais)|leggi anche"
    r"|les også|läs (mer|också|även)|læs (også|mere)|lees ook|czytaj (także|też|więcej)|zobacz|čtěte|ler mais|follow us"
    r"|sign up|subscribe|newsletter|share|copyright|all rights|tags?:|topics?:|recommended|trending|up next"
    r"|advertisement|anzeige|publicidad|story continues|also on|don'?t miss|like this story|not a subscriber|get the latest|for more (on|news|info)|want more|photo gallery|in pictures|must read|editors?'? picks?|you (may|might) (also )?like|hear more|listen to|print (this|edition)|posted (in|on|by)|filed under|published (by|on|:)|updated|last (updated|modified)|contact (us|the)|email)",
)
INVITES = re.compile(
    r"newsletter|subscri|sign up|inbox|whatsapp|telegram|follow us|abonn|suscr|iscriviti|inscrev"
    r"|download (our|the) app|cookie|log ?in|sign in|einloggen|anmelden|registr|e-?mail address|contact us"
    r"|send (us )?tips|join (the|our)|donat",
)
