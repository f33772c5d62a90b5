"""What lies in the place of a file: a mistake to mend, never a wait or a crash."""

import os
import socket

import pytest

from tests.integration.crawler.certificates import self_signed

NO_FILE = "is no file that can be read; put a file in its place, or delete it"
TOO_DEEP = "is nested too deeply; no file needs that"
LISTING = """\
name: Ministry of Economy
country: XX
language: en
feeds:
  - name: news
    kind: listing
    url: https://economy.example/news
    listing:
      item: "{selector}"
      link: a::attr(href)
      title: a
"""


def a_socket(path):
    with socket.socket(socket.AF_UNIX) as ours:
        ours.bind(path)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, a_socket])
@pytest.mark.parametrize("name", ["settings.toml", "subscribers.yaml", "sources/xx/xx_a.yaml"])
def test_what_is_no_file_is_a_mistake(folder, monkeypatch, name, make):
    folder.write(name, "").unlink()
    # The path of a socket must be short.
    monkeypatch.chdir((folder.path / name).parent)
    make(name.rpartition("/")[2])

    assert f"{name}: {NO_FILE}" in folder.mistakes(POLLWATCH_SOURCES__SHIPPED="false")


def test_a_link_that_leads_nowhere_is_a_mistake(folder):
    (folder.path / "subscribers.yaml").symlink_to("/nowhere/at/all")

    assert folder.mistakes() == [
        "subscribers.yaml: leads nowhere; mend the link, or delete it",
    ]


@pytest.mark.parametrize(
    ("name", "text", "mistake"),
    [
        ("settings.toml", "a = " + "[" * 1000 + "]" * 1000, f"settings.toml: {TOO_DEEP}"),
        ("settings.toml", "a = " + "{b = " * 1000 + "1" + "}" * 1000, f"settings.toml: {TOO_DEEP}"),
        ("subscribers.yaml", "- " * 1000 + "a", f"subscribers.yaml:1: {TOO_DEEP}"),
        (
            "subscribers.yaml",
            "a: " + "[" * 1000 + "]" * 1000,
            (
                "subscribers.yaml:1: cannot be read as YAML (exceeded maximum nesting depth);"
                " take brackets out; no file needs so many"
            ),
        ),
    ],
)
def test_what_is_nested_a_thousandfold_is_a_mistake(folder, name, text, mistake):
    folder.write(name, text)

    assert folder.mistakes(POLLWATCH_SOURCES__SHIPPED="false") == [mistake]


@pytest.mark.parametrize("selector", ["a > " * 1000 + "b", ":is(" * 1000 + "a" + ")" * 1000])
def test_a_selector_that_is_nested_a_thousandfold_is_a_mistake(folder, selector):
    folder.write("sources/xx/xx_a.yaml", LISTING.format(selector=selector))

    assert folder.mistakes() == [
        (
            f"sources/xx/xx_a.yaml:9: item: '{selector[:40]}…' has more than 300 characters;"
            " no page needs so long a selector: write one like 'h3 a::attr(href)'"
        )
    ]


@pytest.mark.parametrize("option", ["crawl.ca_file", "mail.password_file"])
def test_a_pipe_is_no_file_to_read_a_setting_from(folder, option):
    table, name = option.split(".")
    os.mkfifo(folder.path / "pipe")
    folder.write("settings.toml", f'[{table}]\n{name} = "{folder.path}/pipe"\n')

    assert folder.mistakes() == [
        f"settings.toml:2: {name}: 'pipe' is no file; write the path of a text file"
    ]


BEGIN, END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "no certificate"),
        ("Ask the ministry for it.\n", "no certificate"),
        (f"{BEGIN}\nAAAA\n{END}\n", "a certificate that cannot be read"),
    ],
)
def test_a_file_without_a_certificate_is_a_mistake(folder, text, what):
    folder.write("ca.pem", text)
    folder.write("settings.toml", f'[crawl]\nca_file = "{folder.path}/ca.pem"\n')

    assert folder.mistakes() == [
        (
            f"settings.toml:2: ca_file: 'ca.pem' holds {what}; write the path of a file with"
            " '-----BEGIN CERTIFICATE-----' in it"
        )
    ]


def test_a_file_with_a_certificate_is_taken_whatever_else_it_holds(folder):
    file = self_signed("press.example", folder.path)
    file.write_text(f"# Ministère\n{file.read_text()}", encoding="utf-8")
    folder.write("settings.toml", f'[crawl]\nca_file = "{file}"\n[sources]\nshipped = false\n')

    assert folder.load().settings.crawl.ca_file == str(file)
