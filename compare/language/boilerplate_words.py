"""The words that credits, captions, buttons, promotions, notices, links and lead-ins of news pages are made of.

Each expression is searched for in one sentence (or line) with its white space made single.
"""

from __future__ import annotations

import re

from compare import agencies

# A notice, credit or button says no more than this beside its own words.
LONGEST_NOTICE = 60
_IGNORED = re.IGNORECASE


def _any(*patterns: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), flags)


_AGENCIES = (
    rf"(?:{agencies.IN_CREDITS}|"
    r"Getty(?: Images)?|EPA(?:-EFE)?|Shutterstock|Alamy|Landov|Zuma(?: Press)?|ZUMA(?: Press)?|Corbis|Rex|NurPhoto|Sipa(?: USA)?|Polaris|Redux|"
    r"The New York Times|Handout|Pool|File Photo|iStock|Flickr|Wikimedia(?: Commons)?)"
)
_NAME = r"(?:[A-ZÀ-Þ][\w.’'-]*|d[aei]|de|der|van|von|la|al|bin|el)"
NAMES = rf"{_NAME}(?: {_NAME}){{0,4}}"
_NAME_LIST = rf"{NAMES}(?:(?:,| and|, and|;| &| in) {NAMES})*"

CREDIT = _any(
    r"\bcontributed (?:to|reporting|to the reporting of|reporting to) ?(?:this|the) (?:report|story|article|post|dispatch)\b",
    r"\bcontributed reporting\b",
    r"\b(?:was|were) used in this (?:story|report)\b",
    r"^(?:— ?)?(?:With|Additional|Further|More|Original) (?:assistance|reporting|material|reports?|files|input) (?:by|from)\b",
    r"^(?:Reporting|Editing|Writing|Compiled|Produced|Written|Photographs?|Photos?|Video|Graphics?|Illustrations?|Edited) by:? [A-Z]",
    rf"^Contributing(?: \w+)?: {NAMES}",
    rf"^[⦁•—*-]* ?{_NAME_LIST} (?:reported|contributed)(?: (?:in|from) {_NAME_LIST})?\.$",
    rf"^(?:By|BY) {_NAME_LIST}(?: \|.*| for .{{3,40}})?$",
    r"^(?:The )?(?:Associated Press|AP|Reuters|Bloomberg) (?:writers?|reporters?|correspondents?|video journalists?)\b.*(?:\bcontributed\b|;)",
    r"^(?:©|\(c\) ?\d{4}|Copyright\b)",
    r"^All rights reserved\b",
    r"\bmay not be published, broadcast\b",
    r"^(?:Follow|Email|Contact|Reach) (?:[A-Z]\w+ |him |her |them |us |the author |me )+(?:on (?:Twitter|X|Facebook|Instagram|Threads|Mastodon|Bluesky)\b|at \S*@|: ?\S*@)",
    r"^Follow @\w+ on\b|\b(?:has|have) (?:more|the details|the story|more on (?:this|the) story)\.$",
    r"^This is a (?:rush )?transcript\b|^Copy may not be in its final form\b",
    r"^(?:This|The) (?:article|story|post|piece|dispatch) (?:originally|first) (?:appeared|ran)\b",
    r"^(?:This|It) (?:article |story |post )?is (?:licensed|republished|reprinted|based in part on wire)\b",
    r"\bis (?:solely )?responsible for all content\b",
    r"\b(?:receives? support for|is (?:made possible|supported|funded) (?:in part )?by)\b.{0,80}\b(?:grant|Foundation|Institute|coverage)\b",
    r"\bdoes not provide editorial input\b",
    r"^Content created by\b",
    r"\bA version of this (?:article|story) (?:appears|appeared|was published)\b",
)
# Who wrote it, at the foot of an article: the rest of such a line goes on about the same person.
BIOGRAPHY = _any(
    rf"^{NAMES} is (?:a |an |the )?[\w, -]{{0,40}}(?:[Rr]eporter|[Ee]ditor(?:-at-[Ll]arge)?|[Cc]orrespondent|[Cc]olumnist|[Pp]roducer|[Ww]riter|[Ff]ellow)"
    r" (?:for|at|with|of) (?:the |The )?[A-Z][\w .']{2,40}(?:\.|$)",
)
CAPTION = _any(
    rf"^\(?(?:Photos?|Pictures?|Images?|Credits?|Photograph(?:er)?|Photo [Cc]redits?|Image [Cc]redits?|Sources?|Screenshot|Video)(?: by|:| via|/).{{0,{LONGEST_NOTICE}}}$",
    r"\btoggle caption\b|^Enlarge this image\b|^Image:? .*\bphotograph\b|\bin an undated (?:photograph|photo|handout)\b",
    r"^FILE ?(?:PHOTO|PIC|IMAGE)?(?::| ?[-–—])",
    r"\b(?:a|an|this) (?:handout|file|undated|courtesy|archive) (?:photo|photograph|image|picture)\b.*\b(?:provided|released|obtained|shows|taken)\b",
    rf"(?:^|[ .(])[\w.’' -]{{2,60}}/ ?{_AGENCIES}(?: via {_AGENCIES}| File| Photo)?\)?\.?$",
    rf"(?:^|\| ?|\()(?:[\w.’' -]{{2,40}}(?: via |, via |, |-))?{_AGENCIES} ?(?:Photo|Images|photo|/[\w.’' -]{{2,40}})(?:/[\w.’' -]{{2,40}})*\)?\.?$",
    rf"\b(?:Photographer|Photograph|Photo|Picture|Credit): ?{NAMES}",
    rf"\(?{_AGENCIES} (?:Photo|photo)/{NAMES}",
    rf"^\| [\w.’'/ -]{{0,40}}\b{_AGENCIES}\b(?: \S+){{0,4}}$",
    r"\b[Pp]hoto by (?:[A-Z]\w+\. ?)*[A-Z]",
    r"^Credit ?(?:\.\.\.|…)",
    rf"\.Credit{NAMES}",
    r"^Slideshow \(\d+ Images?\)|^(?:Photo|Video|Gallery|Slideshow|Audio|Play|Photos|Videos)$|^\(?\d+ of \d+\)?$|^\d{1,2}:\d{2}$",
    rf"^{NAMES}(?:, via|/Handout via) {_AGENCIES}",
    rf"^{NAMES}, (?:(?:second|third|far|at|from) (?:from )?)?(?:left|right|center|centre|pictured(?: here)?)(?:,| and [A-Z])",
)
_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
_DAYS = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\.?"
_CLOCK = r"\d{1,2}(?:[:.]\d{2}){0,2} ?(?:[ap]\.?m\.?)?"
_ZONE = r"(?:E[SD]?T|C[SED]?T|M[SD]T|P[SD]?T|GMT|UTC|BST|CEST|IST|AEST|local time)"
# The longest reading of a number comes first, and is kept: a line of digits has one reading.
_STAMP_PART = rf"(?>\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{4}}(?!\d)|\d{{1,2}}(?:st|nd|rd|th)|{_CLOCK}|{_ZONE}|{_MONTHS}|{_DAYS}|on|at|the|of|[-,./|()–—]{{1,9}})"
# What stands in a line that tells only when its page was made: what was done to it, months, days, zones.
STAMPED = frozenset(
    "published updated update posted modified created revised edited uploaded first last originally latest".split()
)
STAMP_WORDS = STAMPED | frozenset(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    am pm a p m noon midnight st nd rd th t z
    et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest ist aest aedt msk hst akst local time eastern
    central pacific on at the of and in hrs hours date article story
    """.split()
)
TIME = _any(
    rf"^(?=.*(?:\d[:.]\d\d|\d ?[ap]\.?m|{_MONTHS}|{_DAYS}|\d{{4}}|/))(?:(?:Last |First |Originally )?(?:[Uu]pdated?|UPDATED?|[Pp]ublished|PUBLISHED|[Pp]osted|POSTED|[Mm]odified)(?: (?:at|on))?:?)? ?(?:{_STAMP_PART} ?){{1,14}}:?$",
    rf"^[\w.’' -]{{2,40}} ?[/|•–—,-] ?(?=.*\d{{4}})(?:{_STAMP_PART} ?){{3,10}}$",
    rf"^(?:--|—|-)? ?[Uu]pdated? (?:at|on|:) ?{_CLOCK}.{{0,30}}$",
    r"^(?:about )?(?:\d{1,2}|an?|one|two|three) (?:minute|min|hour|hr|day|week|month|year)s? ago$",
    r"^(?:This|The) (?:article|story) is more than \d{1,2} (?:month|year)s? old$",
    rf"^Our original post from {_CLOCK}[^:]{{0,6}}$",
    rf"^[A-ZÀ-Þ][A-ZÀ-Þ .,'’-]{{2,40}}(?:, {NAMES})? ?(?:\((?:{_AGENCIES}|[A-Z]{{2,6}}|CNN)\))? ?[-–—]*$(?<=[)–—-])",
    rf"^\((?:{_AGENCIES}|[A-Z][\w&. ]{{1,22}})\)$",
)
CONTROL = _any(
    r"^(?:ADVERTISEMENT|AD|Advertisement:?|Advertising|Sponsored(?: content)?|Share|SHARE|Tweet|Print|Email|Comments?|Subscribe|Log ?in|Sign (?:in|up)|Menu|Close|Search|Skip ad|Next|Previous|Loading\.*|Reply|Like|Follow|Share this|Top|Trending|Related:?|RELATED:?|Related Coverage|More On This\.*|Most [Rr]ead|Read [Mm]ore:?|Read|Watch|Listen|Story highlights|Story Continued Below|Story continues below(?: advertisement)?|Article continues (?:below|after)\b.*|Read Next|Recommended|Show more|Load more|Vote Here\b.*|\[?(?:audio|video)-clip\]?)$",
    r"\b(?:Share|Tweet|Post|Email|Print|Facebook|Twitter|Pinterest|LinkedIn|WhatsApp|Reddit)(?: (?:on |this |by |via )?(?:Share|Tweet|Post|Email|Print|Facebook|Twitter|Pinterest|LinkedIn|WhatsApp|Reddit|X)){1,6}$",
    r"^SHARE THIS (?:ARTICLE|STORY)\b",
    r"^(?:JUST|MUST) WATCH(?:ED)?\b|^Replay More Videos\b|\bReplay More Videos ?\.{3}$",
    r"^Skip (?:Twitter|X|Facebook|Instagram|to|past)\b|^End of (?:Twitter|X|Facebook|Instagram) (?:post|content)",
    r"^(?:Allow|This content is not available|Please (?:enable|upgrade|turn on)|You(?:r browser)? (?:need|must|does not|do not have))\b.*\b(?:JavaScript|cookies|browser|content|video)\b",
    r"^Video (?:is )?(?:unavailable|player|caption)\b|^Media (?:playback|caption)\b|^Play (?:Video|Audio)\b",
)
SOCIAL = _any(
    r"^(?:(?=[#@]\w|[^\s—–―]{0,300}[/.])[^\s—–―]++ ?){0,12}+[—–―-]{1,2} ?[^—–―\n]{2,60}\(@\w{2,30}\)(?: ?[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}| \d{1,2} [A-Z][a-z]{2,8} \d{4})?\.?$",
    r"^(?:pic\.twitter\.com/\S+|https?://\S+|www\.\S+|@\w{2,30}|#\w+(?: #\w+)*)$",
    r"^\[?email(?:\s| )?protected\]?$",
)
PROMOTION = _any(
    r"^(?:Sign|Signing|By signing) up\b|(?-i:\bSign up) (?:for|to|today|here|now)\b|\bsign up (?:for|to)\b.{0,60}\b(?:newsletters?|briefing|alerts)\b|\bEmail Sign Up\b|\bby signing up you agree\b|^By signing up\b",
    r"\b(?:delivered|straight|sent|directly|right) to your inbox\b|\bin your inbox\b|\bmeet your inbox\b|^Get (?:the|our|a|breaking|unlimited|all|more|today)\b.{0,80}\b(?:alerts?|newsletter|inbox|app|stories|access|updates|reports)\b",
    r"\b(?:delivered|every) (?:weekday|daily|weekly) (?:mornings?|evenings?)\b\.?$",
    r"^(?:You can|To) unsubscribe\b|\bprotected by re?captcha\b",
    r"^(?:Subscribe|Become a (?:member|subscriber)|Support (?:our|independent|us)|Donate|Download|Already a subscriber|Try \w+ (?:free|for))\b",
    r"\b(?:become a|member(?:ship)?) [\w ]{0,25}(?:member|subscriber)s? (?:here|today|now)\b",
    r"^(?:Like|Follow|Join|Find) us\b|^(?:Catch up|Tune in|Stay tuned|Keep up)\b.{0,80}\b(?:podcast|show|channel|here|with)\b",
    r"^(?:Visit|Go to|Head to|Check out|Check back|Click)\b.{0,80}\b(?:homepage|website|site|here|page|for more|more stories|more information|reprint|link|from)\b",
    r"^(?:Have|Got|Do you have) a (?:news )?(?:tip|story|question)\b|^Send (?:your )?tips\b|\b(?:licensing|reprint) (?:opportunities|permissions?)\b",
    r"^(?:Feel free to (?:share|republish))\b|^Tell us\b|\btell us (?:what you think|whether you think)\b|^What do you think\?",
    r"\b(?:will appear|appears|will join|airs|will be (?:a guest )?on)\b.{3,80}\b(?:Channel|Tonight|Show|podcast)\b.{0,40}\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b",
    r"^Listen to\b.{0,80}\b(?:podcast|episode|here|below)\b|^Our (?:reporters|team|journalists) (?:will|are)\b",
    flags=_IGNORED,
)
LINK = _any(
    r"^(?:[▶►»>•*-] ?)?(?:\( ?)?(?:Read|READ|See|SEE|Watch|WATCH|Also|ALSO|More|MORE|Related|RELATED|Listen|LISTEN|Latest|LATEST|Opinion|OPINION|Analysis|ANALYSIS|Full [Cc]overage|Explainer|EXPLAINER|Timeline|Photos|PHOTOS|Gallery|Video|VIDEO|Story|STORY|Quiz|Don[’']t [Mm]iss|In [Pp]ictures|Profile|Q&A|Live|LIVE)(?: (?:more|also|MORE|ALSO|next|on|On|ON|now|it|here|this|from [A-Z]\w+|on [A-Z]\w+))*(?: ?:| ?[|»>›]).{0,160}$",
    r"^Related Coverage\b",
    r"^(?:Profile|Q&A|Explainer|Timeline) (?:Who|What|Why|How|When|Where)\b",
    r"[\w’'?”)] (?:Read more|Read More|READ MORE|Learn more|See more|More here)(?: ?[.»>›…])*$",
    r"^(?:Read|See|Watch|Find|Hear|View)(?: (?:more|the full|our|all|it|the|full|or Share this))\b.{0,90}(?:\bhere\b|\bbelow\b|:|https?://|\bstory\b|\bcoverage\b).{0,80}$",
    r"^(?:Read|See|Hear|Find out|Learn) more (?:about|on|from|in|at)\b",
    r"^You can (?:read|see|watch|find|listen to) (?:it|them|the|more|our|that|all)\b.{0,60}\b(?:here|below|at)\b",
    r"^Full coverage\b",
    r"^Click (?:here )?(?:for|to)\b",
)
NOTICE = _any(
    r"^(?:This|The) (?:is a )?(?:breaking|developing)(?: news)? (?:story|news|report)\b",
    r"^This (?:is a|story is|article is) (?:breaking|developing)\b|^(?:Breaking|Developing)(?: news| story)?[.:!]?$",
    r"^(?:This|The|An earlier version of this|A previous version of this|The headline on this) (?:article|story|post|report|headline|page|file|version)? ?(?:has been|was|will be|is being|incorrectly|on this)\b.{0,40}(?:updated?|corrected|revised|amended|edited|misstated|clarified|misspelled|stated|clarification|changed)\b",
    r"\b(?:an earlier|a previous) version of this (?:article|story|post|report|headline)\b",
    r"^(?:CORRECTION|CLARIFICATION|Correction|Clarification|Editor[’']?s?[’']? [Nn]ote|EDITOR[’']?S NOTE|Author[’']s [Nn]ote|Warning|Disclaimer|Disclosure|Note to readers)(?:[:,.!]| \(|$)",
    r"\binformation reported earlier may turn out to be inaccurate\b|^We[’']ll (?:move quickly to|update|be updating|have more|bring you|keep)\b|\bmove quickly to correct the record\b",
    r"^(?:[A-Z][\w’' ]{1,40}|We|It) (?:will|would|is to|can) (?:report|have|bring|publish|share|know|say|post|add|provide|offer) (?:you )?(?:more|further|updates?|additional)\b.{0,50}\b(?:when|as|once|soon|later|shortly|if)\b.{0,50}$",
    r"^More (?:to (?:come|follow)|details (?:to follow|as|soon|when|will)|soon|as we (?:get|have|know)|when (?:it|we|they) (?:know|have|get)s?\b).{0,40}$",
    r"^(?:Updates?|Details|More) (?:to follow|will follow|are to follow|to come)\b",
    r"^\W*(?:ORIGINAL (?:POST|STORY|REPORT)|Original [Pp]ost)\W*$",
    r"^(?:UPDATED?|Updated?|BREAKING|Breaking)\b[:,.]?(?= .*(?:\d:\d\d|\d ?[ap]\.?m\b))(?: \S+){1,7}$",
    r"\bis an excerpt from\b.{0,80}\bnewsletter\b",
    r"^(?:[A-Z][\w’' ]{2,40}|We) (?:has|have) (?:reached out to|contacted|asked|approached) [^.]{2,60} for (?:a )?comment\.$",
    r"\bsome (?:readers|viewers|people) may find\b",
)
LEAD_IN = _any(
    r"^(?:Here|Below|Following|This)(?:[’']s|’s| is| are| follows?| were| was)\b.{0,90}:?$(?<=:)",
    r"^(?:Here|Below)(?:[’']s|’s| is| are) (?:what|how|why|where|a look|a list|some|the|everything|more|who|five|four|three|ten|six|seven|excerpts)\b.{0,70}[.:]$",
    r"^(?:From|In|On|According to|Via|Per) (?:the |a |an |his |her |their |its )?[\w’' .-]{2,60}:$",
    r"^(?:Excerpts?|Highlights?|The statement|The tweet|The full (?:text|statement)|The letter|The text|The rule|The report|The post)[\w’' ]{0,50}:$",
    r"\b(?:said|says|wrote|writes|added|adds|continued|replied|reported|reports|tweeted|posted|noted|stated|reads?|texted|statement|speech|following|this|responded|response|explained|concerns)(?: (?:in|on|at|to|this|last|that|after|shortly|later|as|back|also|recently|earlier|its|her|his|their|the|a|an|from|following|with)\b[^:]{0,60})?:$",
)
LINKS_FOLLOW = re.compile(
    r"^(?:Related(?: (?:Coverage|stories|articles|content))?|Read (?:more|next|also)|See also|More(?: (?:on|from) .{2,40})?|More stories|Most (?:read|popular)|Recommended|Trending|"
    r"You may also like|Don[’']t miss|Top stories|Also read|In this story)(?: ?[:.…>»]+)?$",
    re.IGNORECASE,
)
