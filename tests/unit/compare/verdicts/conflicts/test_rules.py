"""What each kind of conflict finds, and what only looks like one: invented sentences."""

from __future__ import annotations

import pytest

from compare.datamodel import ConflictKind
from compare.kinds import Weight
from compare.verdicts.conflicts.differences import Statement, differences
from compare.verdicts.conflicts.other_counts import chambers
from compare.verdicts.conflicts.role import roles

K = ConflictKind
DAY = "2019-03-24"

# Sentences that a reader would want to be told about: the kind, what one says, what the other says.
CONFLICTS = [
    (K.DATE, "The bridge will be closed until Thursday.", "The bridge will be closed until Friday."),
    (K.DATE, "The strike was called off on 4 May.", "The strike was called off on 5 May."),
    (K.DATE, "The mill burned down in July 2016.", "The mill burned down in June 2016."),
    (K.DATE, "The dam was finished in 1998.", "The dam was finished in 1999."),
    (K.DATE, "The museum opens on Sunday morning.", "The museum opens on Sunday afternoon."),
    (K.DATE, "The vessel left port on Monday.", "The vessel departed from port on Tuesday."),
    (K.DATE, "The film will premiere in March.", "The film is set to debut in May, studio says."),
    (K.DATE, "The council voted on Tuesday to sell the pier.", "On Wednesday, the council passed the sale of the pier."),
    (K.DATE, "Her term as warden ends in 2021.", "She may go before her term as warden ends in 2020."),
    (K.DATE, "The gates opened at 10.20am.", "The gates opened at 11.20am."),
    (K.DATE, "The train left Lisdale at 3 p.m.", "The train left Lisdale at 5 p.m."),
    (K.DATE, "The alarm was raised at 14:05.", "The alarm was raised at 15:40."),
    (K.DATE, "The vote was held at noon.", "The vote was held at midnight."),
    (K.NUMBER, "The repair will cost £2.3 million.", "The repair will cost £3.2 million."),
    (K.NUMBER, "The repair will cost £2.3 million.", "The repair will cost £2.8 million."),
    (K.NUMBER, "Fourteen people were injured.", "Sixteen people were injured."),
    (K.NUMBER, "The crash killed 12 people near the lock.", "The crash killed 14 people near the lock."),
    (K.NUMBER, "The storm left thousands injured in the valley.", "The storm left hundreds injured in the valley."),
    (K.NUMBER, "The fire injured at least 29 people at the depot.", "The fire at the depot injured 22 people."),
    (K.NUMBER, "The flu has infected more than 2,200 people in the county.", "In the county, the flu has infected 1,629 people."),
    (K.NUMBER, "The inquest sat for 38 days.", "The inquest sat for 53 days."),
    (K.NUMBER, "The board sold 33 houses last year.", "The board sold 38 houses last year."),
    (K.NUMBER, "Turnout was 61 percent in the borough.", "Turnout was 66 percent in the borough."),
    (K.NUMBER, "The report has 47 pages.", "The report has 48 pages."),
    (K.NUMBER, "Roe sold between $628,000 and $1.7 million in stock.", "Roe sold between $500,000 and $1.5 million in stock."),
    (K.NUMBER, "The lorry carried 35 tonnes of gravel.", "The lorry carried 53 tonnes of gravel."),
    (K.NUMBER, "Six people came.", "Four people came."),
    (K.NUMBER, "The driver is 34 years old.", "The driver is 43 years old."),
    (K.NUMBER, "Hanne Brandt, 34, was at the wheel.", "At the wheel was Hanne Brandt, 43, a teacher."),
    (K.NUMBER, "Hanne Brandt, aged 61, taught there.", "Police spoke to Hanne Brandt, 16, on the quay."),
    (K.NUMBER, "The 34-year-old Mara Lind was found.", "Mara Lind, 43, was found by a dog."),
    (K.NAME, "The victim was named as Alan Pike.", "The victim was named as Adam Pike."),
    (K.NAME, "The council hired John Conyard to lead the review.", "The council hired John Corwyn to lead the review."),
    (K.NAME, "The prize went to Mara Lind of Lisdale.", "The prize went to Nora Lind of Lisdale."),
    (K.NAME, "The House Foreign Relations Committee met.", "The House Foreign Affairs Committee met."),
    (K.ROLE, "Former campaign chairman Paul Hollis spoke.", "Paul Hollis, the former campaign manager, spoke."),
    (K.ROLE, "Mara Lind, president of Harbour Trust, resigned.", "Mara Lind, treasurer of Harbour Trust, resigned."),
    (K.ROLE, "Tom Beck, chief executive of Skyline, said so.", "Tom Beck, president of the builder Skyline, said so."),
    (K.ROLE, "Roe is the senior Republican on the Senate Budget Committee.", "Roe is the senior Republican on the Senate Veterans Affairs Committee."),
    (K.ROLE, "The victim's brother Tom Beck spoke.", "The victim's son Tom Beck spoke."),
    (K.ROLE, "Team captain Nora Lind scored.", "Nora Lind, the team's coach, scored."),
    (K.ROLE, "Campaign manager Ann Roe left.", "Ann Roe, Mr. Doe's campaign treasurer, left."),
    (K.POLARITY, "The ministry approved the bridge plan.", "The ministry did not approve the bridge plan."),
    (K.POLARITY, "The tower had been inspected by the county.", "The tower had not been inspected by the county."),
    (K.POLARITY, "The wall of the camp had not been breached.", "A breach of the wall of the camp was reported."),
    (K.POLARITY, "The guard locked the north gate that night.", "The guard never locked the north gate that night."),
    (K.WORD, "Her older sister spoke.", "Her younger sister spoke."),
    (K.WORD, "The driver is in critical condition.", "The driver is in stable condition."),
    (K.WORD, "Beck was fired on Tuesday.", "Beck resigned on Tuesday."),
    (K.WORD, "He was forced out of the bank that year.", "He left his position at the bank that year."),
    (K.WORD, "Senators Ann Roe and Tom Beck appear undecided.", "Tom Beck said he would vote against the bill."),
    (K.WORD, "The woman answered further questions.", "The woman declined to answer further questions."),
    (K.WORD, "The mayor declined to comment on Monday.", "The mayor agreed to speak on Monday."),
    (K.WORD, "The suspect surrendered at dawn.", "The suspect was captured at dawn."),
    (K.WORD, "The festival has been cancelled; it was called off for rain, and the show is cancelled.", "The festival was postponed for rain."),
    (K.WORD, "The officer was suspended over the chase.", "The officer was fired over the chase."),
    (K.WORD, "Lind was acquitted by the jury.", "Lind was convicted by the jury."),
    (K.WORD, "The suspect is still at large.", "The suspect was arrested, police say."),
    (K.WORD, "The man was unarmed, police say.", "The man was armed, police say."),
    (K.WORD, "He accepted the offer on Monday.", "He rejected the offer on Monday."),
    (K.QUOTATION, "“We are working out a schedule,” he said.", "“We’re working on a schedule,” he said."),
    (K.QUOTATION, "“There ain't no shortage,” she wrote.", "“There is no shortage coming,” she wrote."),
    (K.QUOTATION, "“I would end up voting for the plan,” he said.", "“I would end up voting for this plan,” he said."),
    (K.QUOTATION, "“They are bravely facing this incident,” she said.", "“They are bravely facing this terrorist incident,” she said."),
    (K.QUOTATION, "“They cannot keep up with this flood,” he said.", "“They just cannot keep up with this flood,” he said."),
    (K.QUOTATION, "“The clerk can open the gate at night,” she said.", "“The clerk cannot open the gate at night,” she said."),
    (K.QUOTATION, "“I knew it should have been used,” he said.", "“I knew it shouldn’t have been used.”"),
    (K.QUOTATION, "“systemic failures of leadership and of care at the home”", "“systematic failures of leadership and of care at the home”"),
    (K.QUOTATION, "He called it a “heinous plot to isolate and stifle” them.", "He called it a “heinous foreign plot to isolate and stifle” them."),
    (K.QUOTATION, "“We have several contracts now running there,” he said.", "“We have lawful contracts now running there,” he said."),
    (K.QUOTATION, "“The pier was violently shaken,” she said.", "“The pier has violently shaken,” she said."),
    (K.PLACE, "Police searched a house in North Lisdale.", "Police searched a house in South Lisdale."),
    (K.PLACE, "The crowd met at the east gate.", "The crowd met at the west gate."),
    (K.PLACE, "Sen. Ann Roe (R-S.D.) agreed.", "North Dakota’s Ann Roe also agreed."),
    (K.PLACE, "Rep. Tom Beck (D-Ohio) wrote it.", "Rep. Tom Beck (D-Iowa) wrote it."),
    (K.WORD, "Police found a rifle in the van.", "Police found a pistol in the van."),
    (K.DATE, "She won the 2003 Halden Prize for her book.", "She won the Halden Prize in 2002 for her book."),
    (K.DATE, "The alarm was raised a little after 3 a.m.", "The alarm was raised at 2:42 a.m."),
    (K.DATE, "He wrote late on Friday night that it was “a great day for the town”.", "On Saturday he wrote that it was “a great day for the town”."),
    (K.NUMBER, "The ban hits an estimated 6,000 contract nurses already at work.", "About 15,000 contract nurses are currently at work."),
    (K.NUMBER, "The freighter was loaded with 35 tonnes of material.", "It says that the freighter carried 38 tonnes of material."),
    (K.NUMBER, "The flu has infected hundreds across the county.", "The flu has infected 2,200 people across the county."),
    (K.NUMBER, "The record of Mr. Roe shows that he and his wife sold 33 shares worth $628,000 to $1.7 million.", "A watchdog found that Ann Roe, in the course of May, sold between $500,000 and $1.5 million in shares."),
    (K.NAME, "Police were called in 2014 when he stabbed his brother.", "He once tried to stab his sister, the mayor said."),
    (K.PLACE, "The parcels came to both his home and work addresses.", "He had 50 parcels sent to him at home and at school."),
    (K.PLACE, "The body was found in the kitchen of the house.", "The body was found in the bedroom of the house."),
    (K.WORD, "Beck has denied that the meeting took place.", "Beck has no memory of the meeting."),
    (K.WORD, "The firm will end its tests on animals, it said.", "The firm pledged to suspend its tests on animals."),
    (K.QUOTATION, "The block is “strong evidence of obstruction” of justice, he said.", "It is “further strong evidence of obstruction of the work of the council,” he said."),
    (K.QUOTATION, "Somebody scrawled “killer” on the pedestal.", "“Killer scum” was painted on the pedestal."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "a", "b"), CONFLICTS)
def test_a_value_exchanged_in_one_slot_is_a_hard_conflict(
    kind: ConflictKind, a: str, b: str
) -> None:
    left, right = Statement(a, DAY, article=a), Statement(b, DAY, article=b)
    for one, other in ((left, right), (right, left)):
        assert kind in {d.kind for d in differences(one, other) if d.weight is Weight.HARD}


# What looks like a conflict and is none.
NONE = [
    ("“It looks as if al-Harun is going to win the port,” he said.", "“It looks as if Haroun is going to win the port,” he said."),
    ("Worldwide, it has 151 million subscribers.", "It has 150 million international subscribers."),
    ("The firm expected five million sign-ups.", "The firm had 2.7 million sign-ups."),
    ("A further 12 people were hurt.", "In all, 40 people were hurt."),
    ("32 Kenyans were on board.", "Passengers came from 35 countries."),
    ("The crash killed 157 people.", "The earlier crash treated 189 people."),
    ("20 people were killed.", "20 people were hurt."),
    ("500 people were wounded.", "500 people were at mass."),
    ("It took two years.", "It took 24 months."),
    ("It lasted almost two weeks.", "It lasted 12 days."),
    ("6 million people saw it.", "6.02 million people saw it."),
    ("About 100 troops landed.", "Nearly 100 troops landed."),
    ("He has 21 percent, Roe 17 percent and Poe 9 percent.", "He has 20 percent."),
    ("They asked for $5.7 billion.", "They got $1.3 billion."),
    ("The hospital treated 58 people wounded there.", "The hospital treated 23 of the people wounded there."),
    ("One person was found wounded.", "Three people were wounded in all."),
    ("The council bought 14 buses.", "The council bought 14 buses and 9 vans."),
    ("Rates rose by 35.7 percent.", "Rates rose by 9 percent."),
    ("The average fine was $300.", "The fine was $450."),
    ("The planes took off on Friday.", "The planes landed on Saturday."),
    ("The panel said so on Tuesday.", "On Wednesday, the panel said it again."),
    ("It opened in March.", "It opened last week."),
    ("They voted on Monday.", "As of Tuesday, votes were being counted."),
    ("The planes landed on Saturday.", "Planes landed there yesterday."),
    ("The trial began on Monday.", "The verdict came on Friday."),
    ("The mayor was in court on Wednesday.", "The driver was in court on Monday."),
    ("She joined the firm in 2010.", "He left the firm in 2014."),
    ("It was closed on 3 May and opened on 9 May.", "It was opened on 9 May."),
    ("The permit runs until Thursday.", "The permit was issued on Friday."),
    ("Doors open at 7 p.m., the show is at 8 p.m.", "The show is at 8 p.m."),
    ("It happened at about 3 a.m.", "It happened at 2:42 a.m."),
    ("It happened at 10.20am.", "It happened at 10.22am."),
    ("The vote was at 3 p.m.", "The vote was at 15:00."),
    ("Mara Lind, 34, and Tom Beck, 43, were found.", "Tom Beck, 43, was found."),
    ("Mara Lind, 34, spoke.", "Tom Beck, 43, spoke."),
    ("The 6-year-old Mara Lind was found.", "Mara Lind was found after six years."),
    ("The victim was named as Michael Pike.", "The victim was named as Mike Pike."),
    ("The victim was named as Mohammad Reza.", "The victim was named as Mohammed Reza."),
    ("The victim was named as William Pike.", "The victim was named as Bill Pike."),
    ("Prime Minister Ann Roe spoke.", "Former Minister Ann Roe spoke."),
    ("Tom Beck wrote to Ann Roe.", "Ann Roe wrote to Nora Lind."),
    ("White House Asked Tom Beck to Urge Lind to Go", "White House Used Tom Beck to Ask Lind to Go"),
    ("Senate Majority Leader Ann Roe spoke.", "Senate Republican Leader Ann Roe spoke."),
    ("Campaign chairman Paul Hollis spoke.", "Campaign chair Paul Hollis spoke."),
    ("Spokeswoman Nora Lind of the county said so.", "Nora Lind, a county spokesperson, said so."),
    ("Tom Beck, chairman and chief executive of Skyline, spoke.", "Tom Beck, president of Skyline, spoke."),
    ("Nora Lind, vice president of Skyline, spoke.", "Nora Lind, director of Skyline, spoke."),
    ("Nora Lind, president of Skyline, spoke.", "Nora Lind, director of the Lisdale museum, spoke."),
    ("Tom Beck, chairman of the Budget Committee, spoke.", "Tom Beck, a member of the Finance Committee, spoke."),
    ("Campaign manager Ann Roe spoke.", "Campaign chairman Tom Beck spoke."),
    ("The ministry did not reply.", "The ministry did not reply on Friday."),
    ("The bridge did not fall.", "The wall fell."),
    ("“That is not the aim,” Roe said of the plan.", "“That is the aim,” Beck said of the plan."),
    ("The town was unable to sell the pier.", "The town did not sell the pier."),
    ("Not only the mayor came to the pier.", "The mayor came to the pier."),
    ("No fewer than 40 boats came to the pier.", "Some 40 boats came to the pier."),
    ("Her older sister spoke.", "Her elder sister spoke."),
    ("Her older sister spoke.", "Her younger brother spoke."),
    ("Beck was fired on Tuesday and Lind resigned.", "Lind resigned on Friday."),
    ("Ann Roe is undecided.", "Tom Beck would vote against the bill."),
    ("Roe pleaded not guilty.", "Beck pleaded guilty."),
    ("Roe died in the river.", "Beck survived."),
    ("The planes landed.", "The planes left."),
    ("“We have several contracts now running there,” he said.", "“We have several contracts now,” he said."),
    ("“They backed same-sex couples in this,” he said.", "“They backed same sex couples in this.”"),
    ("“We will honour the agreement in full,” he said.", "“We will honor the agreement in full.”"),
    ("“We don’t negotiate with thieves,” he said.", "“We do not negotiate with thieves.”"),
    ("“We … must stand by the plan today,” he said.", "“We all must stand by the plan today.”"),
    ("“We [the council] must stand by the plan,” he said.", "“We must stand by the plan.”"),
    ("“We fight for your jobs,” he said.", "“We fight for you,” he said."),
    ("“He died like a dog,” she said.", "“He died like a coward,” she said."),
    ("“We want any way out of this mess,” he said.", "“We want anyway out of this mess.”"),
    ("“The U.S. will never leave the treaty,” he said.", "“The US will never leave the treaty.”"),
    ("“I think that it is time to go home,” he said.", "“I think it is time to go home.”"),
    ("“Leave the pier as it is,” he said.", "“Nobody wants the pier,” she said."),
    ("Police searched Lisdale.", "Police searched North Lisdale."),
    ("Troops left North Varia for South Varia.", "Troops entered South Varia."),
    ("Sen. Ann Roe (R-S.D.) agreed.", "South Dakota’s Ann Roe also agreed."),
    ("Sen. Ann Roe (R-S.D.) agreed.", "North Dakota’s Tom Beck also agreed."),
    ("The 2003 prize went to Lind.", "The 2012 election went to Beck."),
    ("The alarm was raised a little after 3 a.m.", "The alarm was raised at 3:10 a.m."),
    ("The mayor confirmed it on Wednesday morning.", "The mayor will announce it on Wednesday afternoon."),
    ("On Friday he wrote that it was “a great day”.", "On Saturday he wrote that it was “a bad day”."),
    ("The town has 6,000 contract nurses.", "The town has 400 school nurses."),
    ("The freighter carried 35 tonnes of material.", "The plane carried 38 tonnes of fuel and 35 tonnes of material."),
    ("He stabbed his brother.", "He hugged his sister."),
    ("He told his brother.", "He told his sister."),
    ("He stabbed his brother and, later, stabbed his sister.", "He stabbed his sister."),
    ("The parcels came to his home and work addresses.", "The parcels came to his home and office."),
    ("The body was found in the kitchen.", "The body was taken to the hospital."),
    ("Beck has denied it.", "Roe has no memory of the meeting."),
    ("It is “strong evidence of obstruction” of justice.", "It is “strong evidence of obstruction of justice,” he said."),
    ("He spoke of “strong evidence” of theft.", "He spoke of “weak proof of murder”."),
    ("Somebody called him a “killer”.", "He is called a “killer scum”."),
    ("“The only reason to fire so many rounds is to kill,” he said.", "“The only reason you need it is to kill a lot,” she said."),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), NONE)
def test_what_only_looks_like_a_conflict_is_no_hard_one(a: str, b: str) -> None:
    left, right = Statement(a, DAY, article=a), Statement(b, DAY, article=b)
    for one, other in ((left, right), (right, left)):
        assert not [d for d in differences(one, other) if d.weight is Weight.HARD]


SOFT = [
    ("Some 100 troops landed.", "At least 100 troops landed."),
    ("450 people were held.", "At least 450 people were held."),
    ("More than 30 nations agreed.", "At least 30 nations agreed."),
    ("The fire injured 29 people.", "The fire injured at least 22 people."),
    ("She was missing for several days.", "She was missing for two days."),
    ("90 percent of them agreed.", "90-plus percent of them agreed."),
    (
        "“Everything she touches she kind of wrecks with haste,” he wrote.",
        "“Everything she touches she wrecks with haste,” he wrote.",
    ),
]


@pytest.mark.parametrize(("a", "b"), SOFT)
def test_another_bound_or_a_shortened_quotation_is_soft(a: str, b: str) -> None:
    found = differences(Statement(a, DAY), Statement(b, DAY))
    assert {d.weight for d in found} <= {Weight.SOFT}


def test_a_bound_that_the_other_number_keeps_is_told_softly() -> None:
    a, b = "450 people were held.", "At least 450 people were held."
    (found,) = differences(Statement(a), Statement(b))
    assert (found.kind, found.weight) == (K.NUMBER, Weight.SOFT)
    assert (a[found.a.start : found.a.end], b[found.b.start : found.b.end]) == (
        "450",
        "At least 450",
    )


def test_statements_that_hardly_match_need_more_than_one_number_alike() -> None:
    a, b = (
        Statement("The board sold 33 houses last year."),
        Statement("The board sold 38 houses there."),
    )
    assert differences(a, b, match=0.9)
    assert not differences(a, b, match=0.2)


def test_a_role_that_the_other_article_gives_too_is_held_besides() -> None:
    a = Statement("Campaign manager Ann Roe left.", article="Campaign manager Ann Roe left.")
    both = "Campaign chairman Ann Roe left. Campaign manager Ann Roe had come in May."
    assert differences(a, Statement("Campaign chairman Ann Roe left."))
    assert not differences(a, Statement("Campaign chairman Ann Roe left.", article=both))


@pytest.mark.cost
def test_thousands_of_quotations_end_soon() -> None:
    text = '"a "a' * 5600
    assert differences(Statement(text), Statement(text + " b")) is not None


def test_a_role_does_not_begin_with_the_verb_before_it() -> None:
    text = "He was told to investigate Lantern campaign chairman Paul Hollis."
    assert [text[r.span.start : r.span.end] for r in roles(text)] == ["Lantern campaign chairman"]


def test_chambers_are_told_from_houses() -> None:
    assert chambers("The White House said so.") == frozenset()
    assert chambers("The House of Lords and the Senate agreed.") == {"Lords", "Senate"}


@pytest.mark.parametrize(
    ("published", "weight"),
    [
        ("2019-03-24T18:00:00Z", Weight.SOFT),  # counted later
        ("2019-03-24T10:30:00Z", Weight.HARD),  # too close for another count
        ("2019-03-24T01:00:00Z", Weight.HARD),  # a toll does not fall
        ("2019-03-25", Weight.HARD),  # nobody knows how much later
    ],
)
def test_a_toll_that_rose_over_hours_is_a_later_count(published: str, weight: Weight) -> None:
    a = Statement("The fire killed 20 people.", "2019-03-24T10:00:00Z")
    b = Statement("The fire killed 27 people.", published)
    assert [d.weight for d in differences(a, b)] == [weight]
