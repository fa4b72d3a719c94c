"""`parallax serve` answers this machine about the folder, and nothing and nobody else."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from parallax.commands.serve import server_of


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    folder = tmp_path / "report"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<html><body>the report</body></html>")
    (folder / "assets" / "report.css").write_text("p {}")
    (tmp_path / "secret.html").write_text("secret")
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    server = server_of(folder, 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join(10)


def asked(
    port: int, path: str, *, host: str | None = None, method: str = "GET"
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host if host is not None else f"127.0.0.1:{port}")
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:1", "LOCALHOST"])
def test_this_machine_is_answered(port: int, host: str) -> None:
    answer = asked(port, "/", host=host)
    assert answer.status == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::1]"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/", "/assets/report.css", "/.changed?since="])
def test_a_name_that_leads_here_from_outside_is_not(
    port: int, host: str, method: str, path: str
) -> None:
    assert asked(port, path, host=host, method=method).status == 421


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/a%00.html",
        "/link.html",
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/assets",
        "/assets/",
        "/none",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_no_file_of_the_report_is_not_found(port: int, path: str, method: str) -> None:
    answer = asked(port, path, method=method)
    assert answer.status in {301, 404}
    if answer.status == 301:
        assert answer.headers["Location"].endswith("/assets/")


def test_files_are_given_with_their_kind(port: int) -> None:
    answer = asked(port, "/assets/report.css")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/css")
