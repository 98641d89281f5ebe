"""Papers as a mail with a text and an HTML part, for `sendmail -t`."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP

from tui_digest.export.collection import EVERYTHING, Collection, select_contents
from tui_digest.export.html import collection_title, render_html
from tui_digest.export.markdown import completeness_line
from tui_digest.render.labels import count_words
from tui_digest.render.plain import plain_page
from tui_digest.settings import ExportContents
from tui_digest.text.sanitise import one_line, sanitise

_COLUMNS = 76


def render_mail(collection: Collection, contents: ExportContents = EVERYTHING) -> str:
    """Return the papers as a message in the form of RFC 5322.

    The mail program adds date, sender and id.

    Lines end with a line feed, as `sendmail` takes them.
    """
    count = count_words(len(collection.entries), "paper")
    message = EmailMessage(policy=SMTP.clone(linesep="\n", cte_type="7bit"))
    message["Subject"] = one_line(f"{collection_title(collection)}: {count}")
    if contents.mail_to:
        message["To"] = one_line(contents.mail_to)
    text, html = sanitise(_text(collection, contents)), sanitise(render_html(collection, contents))
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    message.set_boundary(f"=={hashlib.sha256((text + html).encode()).hexdigest()[:32]}==")
    return message.as_string()


def _text(collection: Collection, contents: ExportContents) -> str:
    head = [collection_title(collection), completeness_line(collection.completeness)]
    papers = [plain_page(select_contents(entry, contents), _COLUMNS) for entry in collection.entries]
    rule = f"\n\n{'-' * _COLUMNS}\n\n"
    return "\n".join(filter(None, head)) + rule + rule.join(papers) + "\n"
