"""Lines and names by which pages say that there is more to read than they show: to subscribers, members, who go on."""

from __future__ import annotations

import re

# What a text may link in full besides itself: it is whole, and names its source. A "report" is as often the text itself.
_DOCUMENTS = "statement|(?:press )?release|letter|document|study|survey|paper|ruling|verdict|judge?ment|decision|order|complaint|indictment|filing|transcript|speech|resolution|bill"
CONTINUE = re.compile(
    r"^\W*(?:continue reading|read (?:the )?(?:more|full (?:story|article)|rest)|keep reading|view full article|weiterlesen|ganzen artikel lesen|lire la suite|seguir leyendo|leer más|continua a leggere|leia mais)\W*$"
    r"|to continue reading|(?:continue|keep) reading (?:this|the|with|by)|to read (?:the (?:full(?! (?:"
    + _DOCUMENTS
    + r")s?\b)|rest)|this (?:article|story))|for (?:the )?full (?:story|article|access)",
    re.IGNORECASE,
)
# Read in lower-case text: looking for both cases takes four times as long.
_WALL_WORDS = re.compile(
    r"already (?:a |an )?(?:subscriber|member|registered)|subscribers? only|(?:for|exclusive to) (?:our )?(?:paying )?(?:subscribers|members)|members? only|premium (?:content|article)"
    r"|subscribe (?:now |today )?(?:to|for) (?:continue|read|unlock|keep|get (?:full|unlimited)|access|unlimited)|to continue reading|unlock (?:this|the|full)|this (?:article|story|content) is (?:for|only|reserved|available (?:to|only))"
    r"|you(?:'ve| have) (?:reached|read|used) (?:your|all|\d)|free articles? (?:remaining|left|this month)|log ?in to (?:continue|read)|register (?:for free )?to (?:continue|read|keep)"
    r"|jetzt weiterlesen|weiterlesen mit|mit .{0,20}\+ (?:weiter)?lesen|nur für abonnenten|diesen artikel (?:weiter)?lesen"
    r"|sign (?:up|in) .{0,40}to (?:keep|continue) reading|create (?:a|an|your) .{0,20}account to (?:keep|continue|read)|(?:only|exclusive(?:ly)?|reserved|available) (?:to|for) .{0,15}(?:subscribers|members)"
    r"|(?:lesen sie|weiterlesen).{0,40}\b(?:mit|im) .{0,20}\babo(?:nnement)?\b|exklusiv für (?:abonnent|mitglieder|leser)|abonnieren(?: sie)?,? um .{0,30}(?:weiter|lesen)|bereits (?:abonnent|registriert|kunde)|jetzt .{0,25}freischalten|artikel freischalten"
    r"|(?:réservée?s?|exclusif|exclusivement) (?:à|aux|pour) (?:nos )?abonn|abonnez-vous (?:pour|et|à partir)|déjà abonné|(?:lire|voir) la suite .{0,30}abonn|% de cet article|débloquer (?:cet|l)"
    r"|exclusiv[oa]s? (?:para|de) (?:(?:los|nuestros|nossos|os) )?(?:suscriptores|assinantes|socios|sócios|abonados|subscritores)|(?:solo|sólo|únicamente|reservado) (?:para|a) (?:los )?(?:suscriptores|abonados)|suscr[ií]bete (?:para|y)|hazte (?:socio|suscriptor)|(?:ya eres|ya soy) suscriptor"
    r"|(?:para|só|apenas|exclusiv[oa]) .{0,15}assinantes|assine (?:para|já|agora|e) .{0,30}(?:ler|continu|acess)|já é assinante|contingut exclusiu|(?:riservat[oi]|esclusiv[oi]|solo|dedicat[oi]) (?:agli|per gli|per) abbonati|abbonati (?:ora |subito )?per|(?:sei già|hai già).{0,20}abbona"
    r"|(?:alleen|exclusief|enkel) (?:voor|toegankelijk voor) .{0,15}(?:abonnees|leden)|(?:verder lezen|lees verder|verderlezen)\?|al abonnee\b|word abonnee|abonneer .{0,20}om "
    r"|(?:dla|tylko dla|wyłącznie dla) .{0,15}(?:subskrybent|prenumerator|abonent)|(?:wykup|kup) .{0,20}(?:dostęp|prenumerat|subskrypcj)|(?:dalsza|pozostała) część (?:artykułu|tekstu)"
    r"|(?:bli|endast för|kun for|bare for|är du) .{0,15}(?:prenumerant|abonnent)|\bfor abonnenter:|(?:för|til) att läsa vidare|logg? (?:in|inn|ind) (?:för|for|eller|og|och).{0,40}(?:läs|les|læs|prenumer|abonn)|kun for abonnent|\b(?:få|köp|kjøp|køb) (?:full )?(?:tilgang|tillgång|adgang)\b|låst(?:e)? (?:artikk?el|sak)"
    r"|(?:lue|jatka lukemista|lukemista|juttu) .{0,30}tila(?:a|jille|amalla|ajana)\b|vain tilaajille|tilaajille|(?:pouze|jen|len) pro (?:předplatitel|předplacen|predplatiteľ)|(?:odemknout|odomknúť|dočíst) .{0,20}(?:článek|článok)|pokračování článku|(?:csak|kizárólag) .{0,15}előfizető|előfizetőink|doar pentru abona|(?:numai|exclusiv) (?:pentru )?abona|(?:samo|само) (?:za|за) (?:pretplatnike|naročnike|претплатнике|абонати)"
    r"|(?:μόνο|αποκλειστικά) για .{0,10}(?:συνδρομητές|μέλη)|(?:только|доступ(?:ен|на|но)) (?:только )?(?:для )?(?:наших )?подписчик(?:ам|ов)|оформите подписку|за підпискою|за передплатою|(?:тільки|лише) для (?:передплатників|підписників)|(?:yalnızca|sadece|özel) .{0,15}abone|abone(?:lere|lerimize) özel|(?:abone olun|üye olun) .{0,20}(?:oku|devam)"
    r"|有料会員(?:限定|記事)|会員限定記事|残り\d{0,6}文字|続きを(?:読む|お読みいただく|ご覧いただく)には|会員登録(?:が必要|すると)|続きは.{0,20}会員|订阅.{0,8}(?:阅读|全文|解锁)|(?:会员|付费)(?:专享|内容|文章)|訂閱.{0,8}(?:閱讀|全文)|會員專(?:屬|享)|유료 ?(?:회원|구독|기사)|구독자 전용|للمشتركين فقط|למנויים בלבד|hanya untuk pelanggan|chỉ dành cho .{0,15}(?:thành viên|độc giả)|केवल सदस्यों"
    r"|pour lire (?:l['’]intégralité|la totalité|l['’]article|cet article)|réservé aux abonnés|il vous reste .{0,20}% de cet article|pour lire la suite|contenido exclusivo|solo para suscriptores|suscríbete para (?:leer|seguir)|articolo riservato|abbonati per"
)
WALL_NAMES = re.compile(
    r"pay-?_?wall|reg-?wall|metered|subscriber-?only|premium-?(?:content|wall|teaser)|piano-?(?:inline|container)|tp-(?:modal|container)|fade-?out|content-?gate|article-?gate|regwall|locked-?content|truncat",
    re.IGNORECASE,
)


# What a wall speaks of, and the paragraph of a story that happens to say "members only" does not.
_OF_READING = re.compile(
    r"\b(?:articles?|(?:this|the (?:full|whole|rest)|our|all|premium|exclusive) (?:story|content|page|site|journalism|coverage|text|post)|content is|subscribe|log ?in|sign ?(?:in|up)|register|unlock (?:full|all|unlimited)|(?:full|unlimited) access"
    r"|read(?:ing)? (?:on|more|this|the (?:full|rest|article|story))|to continue|(?:continue|keep) reading|join (?:us|now|today)|our (?:\w+ )?(?:subscribers|members|readers)"
    r"|artikel\w*|beitrag|inhalt\w*|(?:weiter)?lesen|anmelden|abonnieren|registrieren|contenus?|lire|abonnez|connectez|contenido|noticia|leer|suscr[ií]b\w+|conteúdo|matéria|notícia|ler|assine|artigo|art[ií]culo|articolo|contenut[oi]|leggere|abbonati|accedi|lezen|abonneer|artykuł\w*|treś\w+|czyta\w+|art?ikk?el\w*|l[äæ]s[ae]?|les[e]?|logga?|lue|juttu|kirjaudu|článe?k\w*|obsah)\b"
    r"|статья|материал|читать|記事|続き|文章|阅读|閱讀|기사|مقال"
)
_LABEL_WORDS = 5
_QUOTED = re.compile(r"[“„\"«][^“”„\"«»]*+[”“\"»]")


def asks_in_text(line: str) -> bool:
    """Whether a line among those of a text is a wall: outside quotation marks it speaks of reading on, or is a mere label."""
    if not asks_to_subscribe(line):
        return False
    said = _QUOTED.sub("", line)
    return asks_to_subscribe(said) and (
        len(line.split()) <= _LABEL_WORDS or _OF_READING.search(said.lower()) is not None
    )


def asks_to_subscribe(line: str) -> bool:
    """Whether a line says that more is for those who subscribe, register or pay."""
    return _WALL_WORDS.search(line.lower()) is not None
