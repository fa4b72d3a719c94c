"""Twenty invented events, two of each kind so that they look alike, and what outlets write of them."""

from __future__ import annotations

import random
from dataclasses import dataclass

# A kind: its words for a search, headlines, and facts in two wordings each; names are the event's own.
KINDS: dict[str, tuple[str, list[str], list[tuple[str, str]]]] = {
    "ferry": (
        "Ferry {name} runs aground off {place}",
        ["Ferry {name} runs aground off {place}", "{n} taken off stranded ferry near {place}", "{place}: ferry {name} on the rocks"],
        [
            ("The ferry {name} ran aground off {place} early on Sunday with {n} people on board.", "With {n} passengers and crew aboard, the {name} struck rocks near {place} before dawn on Sunday."),
            ("Lifeboats took everyone off the {name} within three hours, the coastguard said.", "All on board were brought ashore by lifeboat before nine in the morning, according to the coastguard."),
            ("The ship's master, {who}, told investigators that the steering had failed.", "{who}, who commanded the ferry, said that the helm stopped answering shortly before the impact."),
            ("Divers found a gash of four metres in the hull.", "A hole about four metres long was found below the waterline by divers."),
            ("The line between {place} and the mainland will stay closed until the wreck is moved.", "Sailings from {place} are suspended for as long as the {name} lies there, the operator said."),
            ("Fuel has leaked into the sound, and booms were laid around the ferry.", "Crews laid floating barriers around the ship after oil was seen on the water."),
        ],
    ),
    "strike": (
        "{name} workers strike in {place} over night shifts",
        ["{name} workers walk out in {place}", "Strike at {name} over night shifts", "{n} staff stop work at {name} in {place}"],
        [
            ("About {n} workers at {name} in {place} walked out on Monday over night shifts.", "Night shifts are behind a walkout of some {n} staff that began on Monday at the {name} plant in {place}."),
            ("The union wants two free weekends a month, its secretary {who} said.", "{who}, who leads the union branch, asked for two weekends off in every month."),
            ("{name} called the demand impossible while orders are high.", "The company said that full order books left it no room to agree."),
            ("Lorries were turned away at the gate, and a nearby depot ran out of stock.", "Pickets sent delivery lorries back, leaving a depot in the next town empty."),
            ("A mediator has invited both sides for Thursday.", "Talks under a mediator are set for Thursday afternoon."),
            ("The last strike there, eleven years ago, ended after nine days.", "It is the first stoppage at the works in eleven years; that one went on for nine days."),
        ],
    ),
    "verdict": (
        "Court convicts {who} in {place} {name} case",
        ["{who} convicted in {name} case", "Court in {place} sentences {who}", "{name} trial: {who} gets {n} months"],
        [
            ("A court in {place} convicted {who} of fraud in the {name} case on Tuesday.", "{who} was found guilty on Tuesday of having defrauded the {name} fund, a judge in {place} ruled."),
            ("The sentence is {n} months in prison, of which half may be served at home.", "Half of the {n} months may be spent under house arrest."),
            ("Prosecutors had shown that invoices were written for work that was never done.", "Bills for jobs that nobody carried out were at the heart of the prosecution."),
            ("{who}'s lawyer said that an appeal would be lodged within the week.", "The defence announced an appeal as it left the courtroom."),
            ("Pensioners who had lost savings applauded in the public gallery.", "There was applause from the benches where former savers sat."),
            ("A second defendant, a bookkeeper, was acquitted for lack of evidence.", "The bookkeeper who stood trial beside him was cleared."),
        ],
    ),
    "flood": (
        "River {name} floods {place}",
        ["River {name} floods {place}", "{place} under water, {n} homes emptied", "{n} households leave {place} as {name} bursts its banks"],
        [
            ("The river {name} burst its banks at {place} on Saturday night, and {n} homes were emptied.", "Families in {n} houses had to leave {place} on Saturday night when the {name} came over the dyke."),
            ("The water stood two metres high in the market square.", "In the square where the market is held the flood reached two metres."),
            ("Mayor {who} asked for soldiers to fill sandbags.", "Troops were called in to help with sandbags at the request of the mayor, {who}."),
            ("A hospital ward was moved to the upper floors by boat and by hand.", "Patients on the ground floor of the hospital were carried upstairs."),
            ("Meteorologists had warned of a month's rain in two days.", "Forecasters said that as much rain fell in two days as in a usual month."),
            ("The railway along the {name} will be shut for at least a week.", "Trains beside the river will not run for a week or more, the railway said."),
        ],
    ),
    "theft": (
        "Thieves take {name} from museum in {place}",
        ["Thieves take {name} from museum in {place}", "{place} museum robbed of {name}", "Alarm was off: {name} stolen in {place}"],
        [
            ("Thieves took the {name} from the town museum of {place} in the night to Wednesday.", "The {name} is gone from its case: burglars came to the museum in {place} during the night to Wednesday."),
            ("It is insured for {n} thousand crowns.", "The insured sum is {n},000 crowns, a figure that experts call low."),
            ("Director {who} said that the alarm had been off for repairs.", "Repairs had silenced the alarm, {who}, who runs the museum, admitted."),
            ("A window to the courtyard was cut open with a diamond blade.", "The intruders sawed through a courtyard window."),
            ("Border police were told to look for a grey van.", "A grey delivery van is being sought at the frontiers."),
            ("The piece was dug up by a farmer some ninety years ago.", "A farmer's plough brought it to light about ninety years back."),
        ],
    ),
    "election": (
        "{who} wins mayoral election in {place}",
        ["{who} wins {place} mayoral election", "{place} elects {who} by {n} votes", "Recount sought as {who} takes {place}"],
        [
            ("{who} won the mayoral election in {place} by {n} votes on Sunday.", "By a margin of only {n} votes the people of {place} made {who} their mayor on Sunday."),
            ("The {name} party lost the town hall that it had held for twenty years.", "For two decades the office had been in the hands of the {name} party."),
            ("Turnout was 71 per cent, the highest since the war.", "Never since the war had so many, 71 in a hundred, gone to vote."),
            ("The loser asked for a recount of two districts.", "A new count in two wards was requested by the defeated candidate."),
            ("{who} promised cheaper trams and a swimming pool.", "Lower tram fares and a public pool were the new mayor's main promises."),
            ("The electoral office will answer within ten days.", "Officials have ten days to decide whether votes are counted anew."),
        ],
    ),
    "outbreak": (
        "Cheese from {name} dairy recalled after illness in {place}",
        ["Cheese of {name} dairy recalled", "{n} ill in {place} after eating cheese", "{place}: dairy {name} stops production"],
        [
            ("{n} people fell ill in {place} after eating soft cheese of the {name} dairy.", "Soft cheese made by the dairy {name} has sickened {n} people in {place}."),
            ("The dairy recalled four batches and stopped its machines.", "Four batches were called back, and nothing is produced for now."),
            ("{who}, the district's doctor, said that the germ was listeria.", "Listeria was found in samples, district physician {who} said."),
            ("Two of the patients, both over eighty, are in intensive care.", "Two patients in their eighties need intensive care."),
            ("Shops were told to clear their shelves by Friday.", "Retailers have until Friday to remove the product."),
            ("A cracked pipe in the ripening cellar is thought to be the source.", "Inspectors suspect a pipe with a crack in the cellar where the cheese ripens."),
        ],
    ),
    "merger": (
        "{name} bank to buy rival in {place}",
        ["{name} bank buys rival in {place}", "{n} branches to close after {name} deal", "{who} to lead merged {name} bank"],
        [
            ("The {name} bank will buy its rival in {place}, both said on Thursday.", "In {place} two savings houses become one: {name} announced on Thursday that it takes over its competitor."),
            ("{n} branches are to be closed by next summer.", "By the summer of next year {n} counters will be gone."),
            ("{who} will chair the merged board.", "The board of the new house will be led by {who}."),
            ("Shareholders get three new shares for every five old ones.", "Five old shares will be exchanged for three new ones."),
            ("The competition authority has six months to look at the deal.", "Cartel officials may take half a year to examine the purchase."),
            ("Unions fear for every fourth job.", "One job in four is at risk, according to the staff's representatives."),
        ],
    ),
    "bridge": (
        "{name} bridge in {place} closed after cracks are found",
        ["{name} bridge in {place} closed", "Cracks shut {place}'s {name} bridge", "{n} vehicles a day must go round as {name} bridge is shut"],
        [
            ("The {name} bridge in {place} was closed to traffic on Friday after cracks were found.", "Cracks in two girders led {place} to shut the {name} bridge on Friday."),
            ("It carries {n} vehicles on a working day.", "On weekdays {n} cars and lorries use the crossing."),
            ("Engineer {who} had asked for an inspection in the spring.", "An inspection was demanded as early as spring by {who}, an engineer of the county."),
            ("Buses go round by the old ford, which takes forty minutes longer.", "A detour past the old ford adds forty minutes to bus journeys."),
            ("Repairs will cost more than a new bridge, the county reckons.", "The county expects that mending it is dearer than building anew."),
            ("The steel came from a mill that closed after complaints about its quality.", "Its girders were rolled by a works that shut down amid complaints."),
        ],
    ),
    "fire": (
        "Fire destroys {name} warehouse in {place}",
        ["Fire destroys {name} warehouse in {place}", "{n} firefighters at blaze in {place}", "{place}: nothing left of {name} warehouse"],
        [
            ("A fire destroyed the {name} warehouse in {place} on Monday night.", "Nothing is left of {name}'s warehouse in {place}, which burned down on Monday night."),
            ("{n} firefighters worked until the morning.", "It took {n} firefighters all night to put it out."),
            ("People nearby were told to keep their windows shut.", "Neighbours were asked to stay in with closed windows."),
            ("Fire chief {who} said that a charging forklift may have been the cause.", "The blaze may have begun at a forklift that was being charged, according to chief {who}."),
            ("Paint and tyres had been stored beside each other against the rules.", "Against regulations, tyres lay next to tins of paint."),
            ("{name} insures its goods abroad and would not give a sum.", "How great the damage is the owner would not say."),
        ],
    ),
}  # fmt: skip

NAMES: dict[str, list[tuple[str, str, str, int]]] = {
    "ferry": [("Petrel", "Sandvika", "Asta Holm", 214), ("Kittiwake", "Inverlaggan", "Rory Machair", 87)],
    "strike": [("Halden Glass", "Brennport", "Ilse Vater", 640), ("Corvo Tyres", "Montelupo", "Dario Sella", 1150)],
    "verdict": [("Lantern", "Oststad", "Pieter Graaf", 30), ("Evergreen", "Quillon", "Marta Ruiz", 44)],
    "flood": [("Ister", "Weidenau", "Jonas Reber", 320), ("Tamesk", "Lower Hythe", "Grace Penrose", 96)],
    "theft": [("gold collar", "Ballinrobin", "Niamh Duggan", 900), ("bronze horse", "Thrakia", "Elena Kostas", 350)],
    "election": [("Civic Union", "Port Selby", "Amara Okoye", 118), ("Farmers'", "Zelena", "Tomas Havel", 41)],
    "outbreak": [("Alpenhof", "Gratzberg", "Lena Moser", 23), ("Vale Farm", "Ottermouth", "Simon Teague", 61)],
    "merger": [("Meridian", "Castelbo", "Luisa Bravo", 75), ("Northgate", "Harrowby", "Edith Crane", 130)],
    "bridge": [("Queen's", "Saltmarket", "Colin Baird", 18000), ("Linden", "Varsholm", "Nils Ek", 9400)],
    "fire": [("Bergmann", "Kohlfurt", "Uwe Brandt", 160), ("Seaways", "Point Clare", "Teresa Nunn", 90)],
}  # fmt: skip

# Which facts the first and the second event of a kind have: alike in what happened and to whom.
TOLD = ((0, 1, 2, 3), (0, 2, 4, 5))

CHATTER = (
    "Readers may write to us about this report.",
    "Our reporter was there from the morning.",
    "People in the street spoke of little else.",
    "More will be known in the coming days.",
    "No one from the ministry was there to answer questions.",
)


@dataclass(frozen=True)
class News:
    """One event: the words that a user would search for, and all that its articles are made of."""

    key: str
    about: str
    headlines: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]

    def story(self, chance: random.Random) -> tuple[str, list[str]]:
        """A headline and paragraphs, as one more outlet would put them."""
        told = [chance.choice(wordings) for wordings in self.facts]
        paragraphs = [told[0], *chance.sample(told[1:], len(told) - 1)]
        for text in chance.sample(CHATTER, 2):
            paragraphs.insert(chance.randint(1, len(paragraphs)), text)
        return chance.choice(self.headlines), paragraphs


def all_news() -> list[News]:
    """Every event, in a fixed order."""
    news = []
    for kind, (about, headlines, facts) in KINDS.items():
        for number, (name, place, who, n) in enumerate(NAMES[kind]):
            fields = {"name": name, "place": place, "who": who, "n": n}
            news.append(
                News(
                    key=f"{kind}-{number}",
                    about=about.format(**fields),
                    headlines=tuple(text.format(**fields) for text in headlines),
                    facts=tuple(
                        (facts[place][0].format(**fields), facts[place][1].format(**fields))
                        for place in TOLD[number]
                    ),
                )
            )
    return news
