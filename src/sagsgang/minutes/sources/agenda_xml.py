"""Agenda XML from SBSYS and eDoc, to the extent that its element names are known.

SBSYS exports a `Dagsorden` with its facts in attributes; eDoc a `Root` in Fujitsu's
namespace with the facts in elements; an older eDoc a `Meeting`. The names are those that
public importers of these files use. A case's text is HTML, escaped or in elements, or plain.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Final

from lxml import etree

from ..blocks import HEADING, Block, BlockStream, UnreadableDocument
from .fragments import content_blocks
from .inline import fold, safe_address
from .markup import blocks_of
from .printed import (
    PrintedHead,
    PrintedItem,
    document_word,
    has_decisions,
    raised,
    write_head,
    write_item,
)
from .stream import BlockWriter
from .tree import texts

MEDIA_TYPE: Final = "application/xml"
LARGEST: Final = 100_000_000
MOST_TAGS: Final = 600_000

_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES: Final = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_PUBLISHED: Final = "skal publiceres"
_MARKUP_TAGS: Final = frozenset(
    "p div span br b i u em strong a ul ol li table tbody thead tr td th h1 h2 h3 h4 h5 h6 "
    "html body font blockquote pre hr img dl dt dd center section article sup sub".split()
)
_LABELS: Final = ("Navn", "Overskrift", "Titel", "Title", "Name")


def read_agenda_xml(data: bytes) -> BlockStream:
    """The blocks of an agenda in XML, in the print form that `printed` describes.

    Raises:
        UnreadableDocument: the bytes are not XML, declare entities, or are another kind of XML.
    """
    root = parsed_xml(data)
    notes: list[tuple[str, str]] = []
    name = _name(root)
    if name == "dagsorden":
        head, items = _sbsys(root, notes)
    elif name == "meeting" and _descendant(root, "MeetingAgendaItem") is not None:
        head, items = _older_edoc(root)
    elif _descendant(root, "AgendaElement") is not None:
        head, items = _edoc(root)
    else:
        raise UnreadableDocument(_unknown(root))
    if not items:
        notes.append(("items_missing", "The XML has no items."))
    out = BlockWriter()
    write_head(head, out)
    for item in items:
        write_item(item, out)
    return BlockStream(out.blocks, MEDIA_TYPE, notes=tuple(notes))


def parsed_xml(data: bytes) -> etree._Element:
    """The root of the tree; nothing is fetched, and no entity but XML's own is expanded.

    HTML's named characters (`&nbsp;`), which sloppy exports hold, are read as characters.

    Raises:
        UnreadableDocument: the bytes are not XML, are too large, or declare entities.
    """
    if len(data) > LARGEST or data.count(b"<") > MOST_TAGS:
        raise UnreadableDocument(
            "XML-filen er for stor: højst 100 MB og 600.000 mærker kan læses. "
            "Gem ét møde i hver fil."
        )
    try:
        root = _tree(data)
    except etree.LxmlError:
        root = _tree_or_explain(_ENTITY.sub(_character, data))
    document_type = root.getroottree().docinfo.internalDTD
    # Without its zero bytes, UTF-16 shows the same letters.
    if document_type is not None and b"<!ENTITY" in data.replace(b"\0", b""):
        raise UnreadableDocument(
            "XML-filen erklærer egne entiteter (<!ENTITY …>). De læses ikke af hensyn til "
            "sikkerheden. Eksportér dagsordenen igen uden dem."
        )
    return root


def _tree_or_explain(data: bytes) -> etree._Element:
    try:
        return _tree(data)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(
            f"XML-filen kan ikke læses: fejl i linje {error.lineno}. "
            "Eksportér dagsordenen igen; måske blev filen afbrudt undervejs."
        ) from error
    except etree.LxmlError as error:
        raise UnreadableDocument("XML-filen kan ikke læses. Eksportér dagsordenen igen.") from error


def _tree(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def _character(match: re.Match[bytes]) -> bytes:
    if match[1] in _XML_ENTITIES:
        return match[0]
    characters = html5.get(f"{match[1].decode('ascii')};", "")
    return "".join(f"&#{ord(each)};" for each in characters).encode() or match[0]


def _unknown(root: etree._Element) -> str:
    if _descendant(root, "PathToXml") is not None:
        return (
            "XML-filen er eDocs besked om, hvor en dagsorden ligger (PathToXml), ikke selve "
            "dagsordenen. Læs den fil, som beskeden peger på."
        )
    return (
        f"XML-filen begynder med <{fold(str(etree.QName(root).localname))[:60]}> og er ikke en "
        "dagsorden fra SBSYS eller eDoc. Gem referatet som PDF, Word eller HTML, og læs det."
    )


def _sbsys(
    root: etree._Element, notes: list[tuple[str, str]]
) -> tuple[PrintedHead, list[PrintedItem]]:
    meeting = _descendant(root, "Møde", "Moede")
    facts = meeting if meeting is not None else root
    kind = _attribute(root, "Dagsordentype")
    time = _attribute(facts, "Mødetid", "Moedetid")
    items = [_sbsys_item(point, notes) for point in _all(root, "Dagsordenpunkt")]
    head = PrintedHead(
        document_word(kind, finished=bool(kind) or has_decisions(items)),
        _attribute(facts, "Udvalg"),
        f"{_attribute(facts, 'Mødedato', 'Moededato')} {f'kl. {time}' if time else ''}".strip(),
        _attribute(facts, "Mødested", "Moedested"),
    )
    return head, items


def _sbsys_item(point: etree._Element, notes: list[tuple[str, str]]) -> PrintedItem:
    number = _attribute(point, "Nummer")
    content: list[Block] = []
    for part in _children(point, "Indhold"):
        content += _labelled(part, _attribute(part, *_LABELS))
    attachments: list[str] = []
    held_back = 0
    for attachment in _all(point, "Bilag"):
        name = _attribute(attachment, "Navn") or _line(attachment)
        if _truth(_attribute(attachment, "MaaPubliceres", "MåPubliceres")) is False:
            held_back += 1
        elif name:
            attachments.append(_linked(name, _attribute(attachment, "BilagUrl", "Url")))
    if held_back:
        notes.append(
            (
                "attachment_not_public",
                f"Item {number}: {held_back} attachments may not be published and are left out.",
            )
        )
    return PrintedItem(
        number,
        _child_line(point, "Overskrift") or _attribute(point, "Overskrift"),
        _attribute(point, "Sagsnummer", "SagsNummer", "Sagsnr")
        or _child_line(point, "Sagsnummer", "SagsNummer", "Sagsnr"),
        _truth(_attribute(point, "Åbent", "Aabent")) is False,
        content,
        tuple(attachments),
    )


def _edoc(root: etree._Element) -> tuple[PrintedHead, list[PrintedItem]]:
    committee = _descendant(root, "Committee")
    meeting = _descendant(root, "Meeting")
    facts = meeting if meeting is not None else root
    output = _descendant(root, "OutputTypeEnumName")
    kind = (_line(output) if output is not None else "").lower()
    members = [
        _child_line(member, "Name", "ParticipantName", "FullName", "Navn") or _line(member)
        for member in _all(facts, "MeetingParticipant")
    ]
    head = PrintedHead(
        "DAGSORDEN" if kind == "agenda" else document_word(kind),
        _child_line(committee, "Name") if committee is not None else "",
        _child_line(facts, "MeetingDateTime"),
        _child_line(facts, "MeetingLocation"),
        tuple(filter(None, members)),
    )
    items = [_edoc_item(element) for element in _all(root, "AgendaElement")]
    items = [item for item in items if item.title or item.content]
    if all(item.number.isdecimal() for item in items):
        # The order of the elements is not that of the agenda; the serial number is.
        items.sort(key=lambda item: int(item.number[:9]))
    return head, items


def _edoc_item(element: etree._Element) -> PrintedItem:
    handled = next(_children(element, "HandlingItem"), element)
    content: list[Block] = []
    for presentation in _all(handled, "CasePresentation"):
        title = _child_line(presentation, "Title")
        for part in _children(presentation, "Content"):
            content += _labelled(part, title)
    attachments = [
        _linked(_child_line(attachment, "Title"), _child_line(attachment, "Link"))
        for attachment in _all(handled, "Attachment")
    ]
    return PrintedItem(
        _child_line(handled, "SerialNo"),
        _child_line(handled, "Title"),
        _child_line(handled, "CaseNumber"),
        _truth(_child_line(element, "AccessIsPublic")) is False,
        content,
        tuple(filter(None, attachments)),
    )


def _older_edoc(root: etree._Element) -> tuple[PrintedHead, list[PrintedItem]]:
    state = _child_line(root, "MeetingState")
    head = PrintedHead(
        document_word(state, finished=False),
        _child_line(root, "Committee"),
        _child_line(root, "MeetingDate"),
        _child_line(root, "MeetingLocation", "Location"),
    )
    groups = list(_all(root, "MeetingAgendaType")) or [root]
    items: list[PrintedItem] = []
    for group in groups:
        closed = "lukket" in _child_line(group, "AgendaType").lower()
        items += [_older_edoc_item(each, closed) for each in _all(group, "MeetingAgendaItem")]
    return head, items


def _older_edoc_item(element: etree._Element, closed: bool) -> PrintedItem:
    document = next(_children(element, "Document"), element)
    publishing = _child_line(document, "PublishingType").lower()
    attachments = [_child_line(each, "Title") for each in _all(document, "Attachment")]
    content: list[Block] = []
    for part in _children(element, "FullText"):
        content += _labelled(part, "")
    return PrintedItem(
        _child_line(element, "AgendaItemNumber"),
        _child_line(document, "Title"),
        _child_line(document, "CaseNumber"),
        closed or bool(publishing and publishing != _PUBLISHED),
        content,
        tuple(filter(None, attachments)),
    )


def _labelled(part: etree._Element, label: str) -> list[Block]:
    """The blocks of a case's text under its label; parts with names of their own are labels."""
    children = list(part.iterchildren("*"))
    named = [child for child in children if _name(child) not in _MARKUP_TAGS]
    if named and len(named) == len(children):
        blocks = raised(content_blocks(part.text))
        for child in named:
            child_label = _attribute(child, *_LABELS) or _spoken(child)
            blocks += _labelled(child, child_label)
    else:
        blocks = raised(_text_blocks(part))
    if not label or not blocks:
        return blocks
    if blocks[0].text.strip(" :").casefold().startswith(label.strip(" :").casefold()):
        return blocks
    return [Block(HEADING, label, 1, strong=True), *blocks]


def _text_blocks(part: etree._Element) -> list[Block]:
    if not len(part):
        return content_blocks(part.text)
    for element in part.iter("*"):
        # Elements of XHTML are known by their names, whatever their namespace.
        element.tag = _name(element)
    return blocks_of((part,))


def _spoken(element: etree._Element) -> str:
    return etree.QName(element).localname.replace("_", " ").strip()


def _linked(name: str, address: str) -> str:
    address = safe_address(address)
    return f"[{name}]({address})" if name and address else name


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iter(f"{{*}}{name}")


def _descendant(element: etree._Element, *names: str) -> etree._Element | None:
    return next(element.iter(*(f"{{*}}{name}" for name in names)), None)


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iterchildren(f"{{*}}{name}")


def _child_line(element: etree._Element, *names: str) -> str:
    """The text of the first child with one of `names`, as one line, or `""`."""
    for name in names:
        for child in _children(element, name):
            text = _line(child)
            if text:
                return text
    return ""


def _line(element: etree._Element) -> str:
    """All text in an element as one line; escaped characters in it are undone."""
    return fold(html.unescape(" ".join(texts(element))))


def _attribute(element: etree._Element, *names: str) -> str:
    for name in names:
        value = element.get(name)
        if value and value.strip():
            return fold(value)
    return ""


def _truth(word: str) -> bool | None:
    lowered = word.lower()
    if lowered in ("true", "1", "ja", "sand"):
        return True
    return False if lowered in ("false", "0", "nej", "falsk") else None
