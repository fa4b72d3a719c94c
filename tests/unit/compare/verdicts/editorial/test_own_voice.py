"""Sentences of an article as a careful editor reads them: plain senses, others' words, and loaded ones."""

from __future__ import annotations

from functools import lru_cache

import pytest

from compare.claims import claims_of
from compare.datamodel import Article
from compare.embedding.open import open_encoder
from compare.embedding.passages import encode_in_place
from compare.verdicts.editorial.flags import Flag, flags_of
from compare.verdicts.editorial.tone import shipped
from compare.verdicts.evidence import Reading

pytestmark = pytest.mark.model

LITERAL = """
A judge gave him a light sentence on Friday after he pleaded guilty.
The stone hit the guard in the shoulder, striking him once.
She gave her concession speech at eleven at night.
He won the popular vote by two points.
Both sides settled their claims out of court.
Two blasts were heard near the station on Sunday.
The crane collapsed onto the roof of the theatre.
The striking workers returned to the plant on Monday.
The flood destroyed eleven houses on the river bank.
The light aircraft crashed in a field near Osk.
The fire raged for six hours before it was put out.
Police fired tear gas at the crowd near the bridge.
The toxic waste was stored in steel drums.
The heart attack killed him at the scene, the coroner's file shows.
The bomb squad destroyed the device in a controlled explosion.
The team crushed the ore and sold the powder to a mill.
The pipe burst and flooded the cellar of the museum.
Doctors call the condition acute respiratory distress syndrome.
He was convicted of violent disorder and sentenced to two years.
The hospital treated nine people for shock.
The storm lashed the coast with winds of 120 kilometres an hour.
The company dumped 40 tonnes of sand on the beach.
The bill died in committee in March.
The court struck down the law on Tuesday.
The striker fired a shot over the bar.
The bank forgave the loan in 2012.
The tower was demolished in a blast at noon.
The storm dumped 12 inches of snow on the valley.
""".strip().split("\n")
NAMES = """
The cast of Dead to Me met the press in Los Angeles.
The Wicked Witch of the West is played by Ana Roe.
The Savage family has run the shop since 1921.
Judge Learned Hand wrote the opinion.
The Rebel Alliance cafe opened in March.
The Iron Lady opened in cinemas on Friday.
The Great Depression began in 1929.
The Daily Rogue reported that the bridge will be shut for a week.
Slippery Rock lies two hours north of Pittsburgh.
""".strip().split("\n")
ASKED = """
What next for the valley's farmers?
Does the plan work?
Was it a disaster for the party?
""".strip().split("\n")
OF_OTHERS = """
The minister said the reckless plan would ruin the valley's shameless speculators.
The judge ruled that the company's conduct was outrageous and utterly indefensible.
The ministry called the strike a cowardly and barbaric act of terror.
“It is a disgraceful, spineless surrender,” the senator said.
The prosecutor said that the disgraced tycoon had lied brazenly to the court.
Ana Roe (@anaroe): What a pathetic, disgraceful farce from the clowns in the council.
What a pathetic, disgraceful farce. — Ana Roe (@anaroe) May 1, 2018
The mayor tweeted that the governor was a pathetic liar and a total disgrace.
The governor vowed to crush the vicious gangs that terrorize the city.
The union denounced the heartless cuts as an insult to nurses.
In its ruling the court described the scheme as a brazen fraud.
According to the opposition, the budget is a cruel joke.
Critics say the law is a shameful attack on the poor.
To critics, the budget is a cruel joke and a shameless giveaway.
In her view, the budget is a cruel joke and a shameless giveaway.
The budget is a cruel joke and a shameless giveaway, in the eyes of the opposition.
The minister accused the paper of peddling vicious lies.
Calling the vote a shameful farce, the senator left the hall.
""".strip().split("\n")
LOADED = """
The disgraced mayor slunk out of the hall after his humiliating climbdown.
The minister rammed the shameless giveaway through a supine parliament.
In yet another desperate bid to cling to power, the president lashed out at judges.
Her disastrous tenure finally came to its inevitable end.
The senator defended the disgraceful bill on Monday.
His brazen lie fooled nobody.
The regime's cronies gorged themselves on public money.
The governor, clearly rattled, dodged the question.
The party's woke zealots hounded the professor out of his job.
The billionaire's vanity project limps on.
Brushing off the scandal, the shameless mayor vowed to run again.
""".strip().split("\n")
AROUND = ("The council met on Monday in the town hall.", "Forty people came to the hearing.")


@lru_cache(maxsize=1)
def flags() -> dict[str, Flag]:
    """The flag of each sentence, each in an article of its own between two plain sentences."""
    some = [*LITERAL, *NAMES, *ASKED, *OF_OTHERS, *LOADED]
    articles = tuple(
        Article(
            id=f"a{i}",
            outlet="The Daily Rogue",
            title="Council meets on Monday",
            text="\n\n".join((AROUND[0], said, AROUND[1])),
        )
        for i, said in enumerate(some)
    )
    claims = tuple(claim for article in articles for claim in claims_of(article))
    reading = Reading(articles, claims, (), ())
    encoder, found = open_encoder(), {}
    for said, article in zip(some, articles, strict=True):
        inside = [s for s in reading.sentences.values() if s.article == article.id]
        (encoded,) = encode_in_place([[s.text for s in inside]], encoder)
        judged = zip(inside, flags_of(inside, encoded, shipped(encoder.name)), strict=True)
        found[said] = next(f for s, f in judged if s.text in said and s.text not in AROUND)
    return found


@pytest.mark.parametrize("said", [*LITERAL, *NAMES, *ASKED])
def test_a_plain_sense_a_name_or_a_question_is_not_loaded(said: str) -> None:
    assert flags()[said].slant is None


@pytest.mark.parametrize("said", OF_OTHERS)
def test_loaded_words_of_others_are_not_the_outlets(said: str) -> None:
    assert flags()[said].slant is None


@pytest.mark.parametrize("said", LOADED)
def test_the_outlets_own_loaded_words_are_told(said: str) -> None:
    assert flags()[said].cues
