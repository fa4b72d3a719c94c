"""Where a crawl may go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.downloader.safety import PublicResolver, may_connect, refusal

INSIDE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::1",
    "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2001:0:0:0:0:0:80ff:fffe",
    "::127.0.0.1", "::10.0.0.1", "::ffff:0:127.0.0.1", "::ffff:0:a00:1", "fec0::1", "64:ff9b:1:7f00:0:100::",
    "64:ff9b:1:ffff:7f:0:1::", "2606:2800:220:1:0:5efe:7f00:1", "2606:2800:220:1:200:5efe:a00:1",
    "4000::1", "8000::1", "1000::1", "e000::1", "fe00::1", "0.1.2.3", "fd00:ec2::254", "100.100.100.200",
]  # fmt: skip
OUTSIDE = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_of_inner_networks_in_any_clothes_are_not_public(address: str) -> None:
    assert not may_connect(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert may_connect(address)


@given(st.text(max_size=40))
def test_what_is_no_address_is_not_connected_to(text: str) -> None:
    assert may_connect(text) in {True, False}
    assert not may_connect(f"{text}.example", allow_private=True)


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "fd00:ec2::254", "::169.254.169.254"],
)
def test_a_clouds_metadata_is_refused_even_where_private_addresses_are_allowed(
    address: str,
) -> None:
    assert not may_connect(address, allow_private=True)
    assert may_connect("10.0.0.1", allow_private=True)
    host = f"[{address}]" if ":" in address else address
    assert refusal(f"http://{host}/latest/meta-data", allow_private=True)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.251",
        "ff02::1",
        "::",
        "240.0.0.1",
        "fec0::1",
        "8000::1",
    ],
)
def test_what_is_no_machines_address_is_refused_even_where_private_ones_are_allowed(
    address: str,
) -> None:
    assert not may_connect(address, allow_private=True)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "192.168.1.1", "::1", "fd12:3456::1", "::ffff:10.0.0.1", "8.8.8.8"]
)
def test_private_addresses_are_those_that_may_be_allowed(address: str) -> None:
    assert may_connect(address, allow_private=True)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/x",
        "gopher://a.example/",
        "data:text/html,hello",
        "http:///nohost",
        "http://[::1]/",
        "http://127.0.0.1/",
        "http://10.1.2.3:8080/",
        "https://[::ffff:192.168.0.1]/",
        "http://[fe80::1%25eth0]/",
        "http://[broken/",
        "http://a.example:99999/",
    ],
)
def test_addresses_that_are_never_asked_for_say_why(url: str) -> None:
    assert refusal(url, allow_private=False)


def test_names_are_judged_when_they_are_resolved() -> None:
    assert refusal("https://news.example/x", allow_private=False) is None


def test_loopback_may_be_allowed_but_other_schemes_never() -> None:
    assert refusal("http://127.0.0.1:8000/", allow_private=True) is None
    assert refusal("file:///etc/passwd", allow_private=True)


@dataclass
class Address:
    host: str


@dataclass
class Receiver:
    got: list[str] = field(default_factory=list)
    completed: bool = False

    def resolutionBegan(self, resolution: Any) -> None:
        pass

    def addressResolved(self, address: Address) -> None:
        self.got.append(address.host)

    def resolutionComplete(self) -> None:
        self.completed = True


@dataclass
class Names:
    """A name server that gives other answers each time it is asked, as in DNS rebinding."""

    answers: list[list[str]]

    @property
    def nameResolver(self) -> Names:
        return self

    def resolveHostName(self, receiver: Any, name: str, *rest: Any) -> None:
        receiver.resolutionBegan(None)
        for host in self.answers.pop(0):
            receiver.addressResolved(Address(host))
        receiver.resolutionComplete()


def resolver(*answers: list[str], allow_private: bool = False) -> PublicResolver:
    return PublicResolver(Names(list(answers)), 0, allow_private=allow_private)


def test_only_public_addresses_reach_the_connection() -> None:
    receiver = Receiver()
    resolver(["10.0.0.1", "93.184.216.34", "::1"]).resolveHostName(receiver, "mixed.example")  # type: ignore[arg-type]
    assert receiver.got == ["93.184.216.34"]
    assert receiver.completed
    assert "mixed.example" not in PublicResolver.refused


def test_a_name_that_turns_private_at_connection_time_is_refused_and_remembered() -> None:
    both = resolver(["93.184.216.34"], ["127.0.0.1"])
    first, second = Receiver(), Receiver()
    both.resolveHostName(first, "rebinds.example")  # type: ignore[arg-type]
    both.resolveHostName(second, "rebinds.example")  # type: ignore[arg-type]
    assert (first.got, second.got) == (["93.184.216.34"], [])
    assert PublicResolver.refused["rebinds.example"] == "127.0.0.1"


def test_private_addresses_pass_where_they_are_allowed() -> None:
    receiver = Receiver()
    resolver(["127.0.0.1"], allow_private=True).resolveHostName(receiver, "local.example")  # type: ignore[arg-type]
    assert receiver.got == ["127.0.0.1"]


@dataclass
class SlowNames:
    """A name server that answers when it is told to, and a clock that is set by hand."""

    open: list[tuple[str, Any]] = field(default_factory=list)
    timers: list[tuple[float, Any]] = field(default_factory=list)

    @property
    def nameResolver(self) -> SlowNames:
        return self

    def resolveHostName(self, receiver: Any, name: str, *rest: Any) -> None:
        receiver.resolutionBegan(None)
        self.open.append((name, receiver))

    def answer(self, name: str) -> None:
        at, (_, receiver) = next((i, one) for i, one in enumerate(self.open) if one[0] == name)
        del self.open[at]
        receiver.addressResolved(Address("93.184.216.34"))
        receiver.resolutionComplete()

    def callLater(self, seconds: float, function: Any) -> Any:
        self.timers.append((seconds, function))
        return self

    def cancel(self) -> None:
        """A timer, too, for as much as these tests need."""


def test_slow_names_of_one_domain_take_no_others_turn() -> None:
    server = SlowNames()
    slow = PublicResolver(server, 0, allow_private=False)
    receivers = [Receiver() for _ in range(5)]
    for number, receiver in enumerate(receivers):
        slow.resolveHostName(receiver, f"n{number}.evil.example")  # type: ignore[arg-type]
    honest = Receiver()
    slow.resolveHostName(honest, "www.honest.example")  # type: ignore[arg-type]
    assert [name for name, _ in server.open] == [
        "n0.evil.example",
        "n1.evil.example",
        "www.honest.example",
    ]
    server.answer("n0.evil.example")
    assert receivers[0].completed
    assert server.open[-1][0] == "n2.evil.example"


def test_a_name_that_takes_too_long_is_given_up_while_its_thread_still_counts() -> None:
    server = SlowNames()
    slow = PublicResolver(server, 0, allow_private=False, seconds=10)
    receivers = [Receiver() for _ in range(3)]
    for number, receiver in enumerate(receivers):
        slow.resolveHostName(receiver, f"n{number}.evil.example")  # type: ignore[arg-type]
    assert {seconds for seconds, _ in server.timers} == {10}
    for _, give_up in server.timers:
        give_up()
    assert all(receiver.completed and not receiver.got for receiver in receivers)
    assert len(server.open) == 2
    server.answer("n0.evil.example")  # too late to count
    assert receivers[0].got == []
    assert [name for name, _ in server.open] == ["n1.evil.example", "n2.evil.example"]
