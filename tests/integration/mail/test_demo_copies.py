"""What the demo leaves for those who want to see the digest as its readers do."""

import subprocess
import sys
from email import message_from_bytes
from email.policy import default

LONGEST_S = 120


def test_the_demo_leaves_its_digest_as_a_page_and_as_a_mail(tmp_path):
    folder = tmp_path / "town"
    done = subprocess.run(
        [sys.executable, "-m", "pollwatch", "demo", "--keep", str(folder)],
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=True,
    )
    page = (folder / "digest.html").read_text(encoding="utf-8")
    mail = message_from_bytes((folder / "digest.eml").read_bytes(), policy=default)

    assert f"The digest as a web page:  {folder / 'digest.html'}\n" in done.stderr
    assert f"The digest as a mail file: {folder / 'digest.eml'}\n" in done.stderr
    head = page[page.index("<h1>") + 4 : page.index("</h1>")]
    assert done.stdout.startswith(head.replace("\u00a0", " "))
    assert mail["List-Unsubscribe"] == "<mailto:unsubscribe@town.example?subject=unsubscribe>"
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n").strip() == (
        done.stdout.strip()
    )
