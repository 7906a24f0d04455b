"""REFI-QDA projects: what winset writes is valid and read again; what other programs write is read as they mean it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree  # type: ignore[import-untyped]
from tests.exchange.projects_made import projects

from winset.actors.types import SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.exchange.projects import Project, ProjectDocument, ProjectStatement, as_coded, reduced
from winset.exchange.qda import LOSSES, is_qdpx, read_qdpx, write_qdpx
from winset.ids import IssueId, PartialDate
from winset.positions.rulings import Codes, Ruling
from winset.positions.types import Stance
from winset.statements.types import Form, Statement

Edit: TypeAlias = Callable[[str], str]
MakeProject: TypeAlias = Callable[..., Path]

TEXT = "Ruritania 🐟 said on Monday that it would never agree to a wider quay. Its neighbour disagreed."
GUIDS = {name: f"{number:08x}-0000-4000-8000-000000000000" for number, name in enumerate("0123456789abcdefghij")}
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="Quays" origin="By hand">'
USERS = f'<Users><User guid="{GUIDS["a"]}" name="Ada Lind"/><User guid="{GUIDS["b"]}" name="Ben O\'Hara"/></Users>'
CODES = f"""
<CodeBook><Codes>
  <Code guid="{GUIDS["0"]}" name="Organisations" isCodable="false">
    <Code guid="{GUIDS["1"]}" name="Harbour Board" isCodable="true"/>
    <Code guid="{GUIDS["2"]}" name="Fishers" isCodable="true"/>
  </Code>
  <Code guid="{GUIDS["3"]}" name="Agreement" isCodable="false">
    <Code guid="{GUIDS["4"]}" name="Agree" isCodable="true"/>
    <Code guid="{GUIDS["5"]}" name="Disagree" isCodable="true"/>
  </Code>
  <Code guid="{GUIDS["6"]}" name="A wider quay" isCodable="true" color="#aabbcc"/>
  <Code guid="{GUIDS["7"]}" name="Night ferries" isCodable="true"/>
</Codes></CodeBook>"""
QUAY = "The quay must be wider, says the board. No, say the fishers."
BROAD = (0, 22)  # The quay must be wider
NO = (40, 42)  # No


def coding(code: str, user: str = "a", note: str = "") -> str:
    """A coding in XML."""
    inside = f'<CodeRef targetGUID="{GUIDS[code]}"/>' + (f'<NoteRef targetGUID="{GUIDS[note]}"/>' if note else "")
    return f'<Coding guid="{GUIDS["j"]}" creatingUser="{GUIDS[user]}">{inside}</Coding>'


def selection(place: tuple[object, object], *codings: str, name: str = "", guid: str = "i") -> str:
    """A selection in XML."""
    start, end = place
    return (
        f'<PlainTextSelection guid="{GUIDS[guid]}" name="{name}" startPosition="{start}" endPosition="{end}">'
        f"{''.join(codings)}</PlainTextSelection>"
    )


def source(*selections: str, path: str = "internal://minutes.txt", rest: str = "", guid: str = "c") -> str:
    """A text source in XML."""
    inside = "".join(selections) + rest
    return f'<TextSource guid="{GUIDS[guid]}" name="Minutes" plainTextPath="{path}">{inside}</TextSource>'


@pytest.fixture
def made(tmp_path: Path) -> MakeProject:
    """Writes a project of these sources, as another program would."""

    def write(
        *sources: str,
        text: str | bytes = QUAY,
        entry: str = "sources/minutes.txt",
        before: str = USERS + CODES,
        after: str = "",
        xml: str | bytes | None = None,
    ) -> Path:
        path = tmp_path / "quays.qdpx"
        body = xml or f"{HEAD}{before}<Sources>{''.join(sources)}</Sources>{after}</Project>"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("project.qde", body)
            archive.writestr(entry, text)
        return path

    return write


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The standard's own."""
    return etree.XMLSchema(etree.parse(str(Path(__file__).parent / "refi_qda" / "Project.xsd")))


def coded() -> Project:
    """A project of one statement that machine and people judged."""
    document = Document(
        name="quay.txt", text=TEXT, title="Quays", publisher="Harbour Post", published=PartialDate("2024-05")
    )
    said = Statement(
        document_id=document.id,
        source=anchor(document, 0, 9),
        cue=anchor(document, 12, 16),
        contents=(anchor(document, 32, 69),),
        form=Form.INDIRECT,
        coder="machine: cues",
    )
    found = as_coded(said, speaker="Ida Holm", represents="Ruritania", by="machine")
    stance = Stance(statement_id=said.id, issue_id=IssueId("quay"), relevance=0.9, direction=-0.8, confidence=0.7)
    ruling = Ruling(statement_id=said.id, coder="Ada Lind", codes=Codes(stance="oppose", firmness=1.0), why="never")
    each = ProjectStatement(
        statement=said, identification=found, stance=stance, rulings=(ruling,), concept="A wider quay"
    )
    return Project(documents=(ProjectDocument(document=document, statements=(each,)),))


def edited(path: Path, edit: Edit) -> Path:
    """The archive after another program changed its project.qde."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, edit(content.decode()) if name == "project.qde" else content)
    return path


def statements(project: Project) -> list[ProjectStatement]:
    """All of a project."""
    return [said for each in project.documents for said in each.statements]


def words(project: Project) -> list[str]:
    """What is said in each statement of a project."""
    return [each.statement.words for each in statements(project)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that is written over and over."""
    return tmp_path_factory.mktemp("qda") / "case.qdpx"


@given(project=projects(controls=True))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_valid_and_read_again(project: Project, place: Path, schema: etree.XMLSchema) -> None:
    write_qdpx(project, place)
    with zipfile.ZipFile(place) as archive:
        schema.assertValid(etree.fromstring(archive.read("project.qde")))
    found = read_qdpx(place)
    kept = reduced(project, LOSSES)
    assert (found.spec, tuple(found.documents), found.rejected) == (kept.spec, kept.documents, ())


def test_the_same_project_gives_the_same_bytes_and_can_be_read_twice(tmp_path: Path) -> None:
    one, other = io.BytesIO(), io.BytesIO()
    write_qdpx(coded(), one)
    write_qdpx(coded(), other)
    assert one.getvalue() == other.getvalue()
    path = tmp_path / "case.qdpx"
    path.write_bytes(one.getvalue())
    project = read_qdpx(path)
    assert tuple(project.documents) == tuple(project.documents) == coded().documents
    assert is_qdpx(str(path))
    assert not is_qdpx("https://example.org/a.qdpx")


def test_an_empty_project_is_valid_too(tmp_path: Path, schema: etree.XMLSchema) -> None:
    path = tmp_path / "empty.qdpx"
    write_qdpx(Project(documents=()), path)
    with zipfile.ZipFile(path) as archive:
        schema.assertValid(etree.fromstring(archive.read("project.qde")))
    assert tuple(read_qdpx(path).documents) == ()


def test_other_programs_find_codes_users_cases_and_exact_words(tmp_path: Path) -> None:
    path = tmp_path / "case.qdpx"
    write_qdpx(coded(), path)
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        names = {each.get("guid"): each.get("name") for each in root.iter("{*}Code", "{*}User")}
        found = root.find(".//{*}TextSource")
        text = archive.read(found.get("plainTextPath").replace("internal://", "sources/")).decode()
    content = found.findall("{*}PlainTextSelection")[0]
    assert text[int(content.get("startPosition")) : int(content.get("endPosition"))] == TEXT[32:69]
    codings = {
        (names[each.get("creatingUser")], names[each.find("{*}CodeRef").get("targetGUID")])
        for each in content.iter("{*}Coding")
    }
    assert codings == {
        ("machine: cues", "content"),
        ("machine", "Ruritania"),
        ("machine", "Ida Holm"),
        ("machine", "oppose"),
        ("Ada Lind", "oppose"),
        ("machine: cues", "A wider quay"),
    }
    case = root.find(".//{*}Case")
    assert case.get("name") == names[case.find("{*}CodeRef").get("targetGUID")] == "Ruritania"
    assert "Ida Holm, Ruritania; machine: oppose; Ada Lind: oppose\nwinset: {" in content.find("{*}Description").text


def recoded(xml: str, user: str, old: str, new: str) -> str:
    """The XML with another code where this user put one."""
    guids = {name: guid for guid, name in re.findall(r'<(?:Code|User) guid="([^"]+)" name="([^"]+)"', xml)}
    pattern = rf'(creatingUser="{guids[user]}"><CodeRef targetGUID="){guids[old]}'
    assert re.search(pattern, xml)
    return re.sub(pattern, rf"\g<1>{guids[new]}", xml)


def test_a_stance_that_a_person_changed_there_counts(tmp_path: Path) -> None:
    path = tmp_path / "case.qdpx"
    write_qdpx(coded(), path)
    [each] = statements(read_qdpx(edited(path, lambda xml: recoded(xml, "Ada Lind", "oppose", "favour"))))
    [before] = statements(coded())
    assert each.rulings == (
        Ruling(
            statement_id=each.statement.id, coder="Ada Lind", codes=Codes(stance="favour", firmness=1.0), why="never"
        ),
    )
    assert (each.statement, each.stance, each.identification) == (
        before.statement,
        before.stance,
        before.identification,
    )


def test_an_actor_renamed_there_counts_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "case.qdpx"
    write_qdpx(coded(), path)
    [each] = statements(read_qdpx(edited(path, lambda xml: xml.replace('name="Ruritania"', 'name="Zembla"'))))
    found = each.identification
    assert (found.represents, found.speaker, found.actor_id) == ("Zembla", "Ida Holm", None)
    assert (found.standing, found.speaks_as) == (Standing.OUTSIDE, SpeaksAs.ACTOR)
    assert each.stance == statements(coded())[0].stance


def test_words_that_were_moved_there_count_and_are_his_who_moved_them(tmp_path: Path) -> None:
    path = tmp_path / "case.qdpx"
    write_qdpx(coded(), path)

    def edit(xml: str) -> str:
        ada = re.search(r'<User guid="([^"]+)" name="Ada Lind"', xml)
        assert ada
        return xml.replace('endPosition="69"', f'endPosition="53" modifyingUser="{ada[1]}"')

    [each] = statements(read_qdpx(edited(path, edit)))
    assert each.statement.words == TEXT[32:53]
    assert each.statement.source
    assert each.statement.source.exact == "Ruritania"
    assert each.statement.coder == "Ada Lind"
    assert [ruling.statement_id for ruling in each.rulings] == [each.statement.id]


def test_a_program_that_drops_who_coded_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "case.qdpx"
    write_qdpx(coded(), path)
    read = read_qdpx(edited(path, lambda xml: re.sub(r' creatingUser="[^"]+"', "", xml)))
    assert tuple(read.documents) == coded().documents


def test_a_program_that_drops_descriptions_leaves_what_is_coded(tmp_path: Path) -> None:
    path = tmp_path / "case.qdpx"
    write_qdpx(coded(), path)
    read = read_qdpx(edited(path, lambda xml: re.sub(r"<Description>.*?</Description>", "", xml, flags=re.DOTALL)))
    [each] = statements(read)
    assert (each.statement.words, each.concept) == (TEXT[32:69], "A wider quay")
    assert (each.identification.represents, each.identification.speaker) == ("Ruritania", "Ida Holm")
    assert ("Ada Lind", "oppose") in [(ruling.coder, ruling.codes.stance) for ruling in each.rulings]
    assert len(read.rejected) == 2  # source and cue, whose statement nothing tells any more
    [document] = read.documents
    assert (document.document.title, document.document.publisher) == ("Quays", "Harbour Post")


def test_a_program_that_writes_other_line_ends_leaves_every_place_right(tmp_path: Path) -> None:
    text = "First line 🐟\nSecond é line\n"
    document = Document(name="lines", text=text)
    said = Statement(
        document_id=document.id, source=None, cue=None, contents=(anchor(document, 13, 19),), form=Form.ACT, coder="Ada"
    )
    each = ProjectStatement(statement=said, identification=as_coded(said, speaker=None, represents=None, by="Ada"))
    path = tmp_path / "lines.qdpx"
    write_qdpx(Project(documents=(ProjectDocument(document=document, statements=(each,)),)), path)
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            xml = content.replace(
                b'origin="winset', b'origin="Other'
            )  # it writes its own name, and counts CR LF as two, in UTF-16
            xml = xml.replace(b'startPosition="13" endPosition="19"', b'startPosition="15" endPosition="21"')
            archive.writestr(name, xml if name == "project.qde" else content.replace(b"\n", b"\r\n"))
    read = read_qdpx(path)
    assert tuple(read.documents) == (ProjectDocument(document=document, statements=(each,)),)


@pytest.mark.published("REFI-QDA Standard 1.5 (2019): users, codes, a text source with coded selections")
def test_a_project_made_by_hand_is_read(made: MakeProject, schema: etree.XMLSchema) -> None:
    notes = f'<Notes><Note guid="{GUIDS["d"]}" name="memo"><PlainTextContent>must\nbe</PlainTextContent></Note></Notes>'
    path = made(
        source(
            selection(BROAD, coding("1"), coding("4", note="d"), coding("4", "b"), coding("6")),
            selection(NO, coding("2"), coding("5"), coding("6")),
        ),
        after=notes,
    )
    with zipfile.ZipFile(path) as archive:
        schema.assertValid(etree.fromstring(archive.read("project.qde")))
    project = read_qdpx(path)
    assert project.rejected == ()
    [document] = project.documents
    assert (document.document.title, document.document.text) == ("Minutes", QUAY)
    first, second = document.statements
    assert first.statement == Statement(
        document_id=document.document.id,
        source=None,
        cue=None,
        contents=(anchor(document.document, *BROAD),),
        form=Form.INDIRECT,
        confidence=1.0,
        coder="Ada Lind",
    )
    assert first.identification == as_coded(first.statement, speaker=None, represents="Harbour Board", by="Ada Lind")
    assert first.rulings == (
        Ruling(statement_id=first.statement.id, coder="Ada Lind", codes=Codes(stance="favour"), why="must be"),
        Ruling(statement_id=first.statement.id, coder="Ben O'Hara", codes=Codes(stance="favour")),
    )
    assert (first.concept, second.concept) == ("A wider quay", "A wider quay")
    assert (second.identification.represents, second.rulings[0].codes.stance) == ("Fishers", "oppose")


def test_one_selection_for_each_code_is_one_statement_and_an_actor_within_it_is_its(made: MakeProject) -> None:
    path = made(
        source(
            selection(BROAD, coding("6"), name="0,22"),
            selection(BROAD, coding("4"), name="0,22"),
            selection((0, 38), coding("1"), name="0,38"),
        )
    )
    [each] = statements(read_qdpx(path))
    assert (each.concept, each.identification.represents) == ("A wider quay", "Harbour Board")
    assert [ruling.codes.stance for ruling in each.rulings] == ["favour"]


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        ("Sources/minutes.txt", "internal://minutes.txt"),
        ("sources/MINUTES.TXT", "internal://minutes.txt"),
        ("sources\\minutes.txt", "internal:///minutes.txt"),
        ("minutes.txt", "minutes.txt"),
    ],
)
def test_texts_are_found_where_programs_put_them(made: MakeProject, entry: str, path: str) -> None:
    project = read_qdpx(made(source(selection(BROAD, coding("6")), path=path), entry=entry))
    assert words(project) == ["The quay must be wider"]


def test_guids_in_braces_or_in_other_case_are_the_same(made: MakeProject) -> None:
    xml = source(selection(BROAD, coding("6"))).replace(GUIDS["6"], f"{{{GUIDS['6'].upper()}}}")
    assert [each.concept for each in statements(read_qdpx(made(xml)))] == ["A wider quay"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_texts_in_other_encodings_are_read(made: MakeProject, encoding: str) -> None:
    text = "Der Kai muss größer werden, sagt die Behörde; die Fischer hörten es, für sie wäre es schön gewesen."
    project = read_qdpx(made(source(selection((4, 7), coding("6"))), text=text.encode(encoding)))
    assert words(project) == ["Kai"]


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ((14, 20), "second"),  # code points, CR LF as two: the standard
        ((15, 21), "second"),  # UTF-16
        ((13, 19), "second"),  # CR LF as one
        ((14, 20), ""),
    ],
)
def test_the_counting_is_found_by_the_words_that_a_selection_names(
    made: MakeProject, place: tuple[int, int], name: str
) -> None:
    text = "first 🐟 line\r\nsecond line".replace(" line\r", " lin\r")
    project = read_qdpx(made(source(selection((place[0] - 1, place[1] - 1), coding("6"), name=name)), text=text))
    assert words(project) == ["second"]


def test_text_that_is_not_normalised_keeps_its_words(made: MakeProject) -> None:
    text = "Cafe\u0301 owners\r\nagree."
    project = read_qdpx(made(source(selection((0, 5), coding("6")), selection((6, 12), coding("6"))), text=text))
    assert words(project) == ["Café", "owners"]


def test_inline_text_the_text_of_a_pdf_and_variables_are_read(made: MakeProject) -> None:
    variables = f'<Variables><Variable guid="{GUIDS["e"]}" name="Date" typeOfVariable="Date"/></Variables>'
    value = f'<VariableValue><VariableRef targetGUID="{GUIDS["e"]}"/><DateValue>2024-05-06</DateValue></VariableValue>'
    text = (
        f'<TextSource guid="{GUIDS["c"]}" name="Inline"><PlainTextContent>One two</PlainTextContent>'
        f"{selection((4, 7), coding('6'))}{value}</TextSource>"
    )
    pdf = (
        f'<PDFSource guid="{GUIDS["d"]}" name="Scan" path="internal://scan.pdf">'
        f'<PDFSelection guid="{GUIDS["f"]}" page="1" firstX="0" firstY="0" secondX="1" secondY="1"/>'
        f'<Representation guid="{GUIDS["g"]}" plainTextPath="internal://minutes.txt">'
        f"{selection(BROAD, coding('7'))}</Representation></PDFSource>"
    )
    project = read_qdpx(made(text, pdf, before=USERS + CODES + variables))
    assert words(project) == ["two", "The quay must be wider"]
    assert [each.document.published for each in project.documents] == [PartialDate("2024-05-06"), None]
    assert [each.reason for each in project.rejected] == [
        "1 selections on its pages are no words: code its text instead"
    ]


def test_cases_and_codes_on_a_whole_source_tell_who_speaks(made: MakeProject) -> None:
    case = f'<Case guid="{GUIDS["e"]}" name="Ida Holm"><SourceRef targetGUID="{GUIDS["c"]}"/></Case>'
    one = source(selection(BROAD, coding("6")), selection(NO, coding("6"), coding("2")))
    two = source(selection(BROAD, coding("7")), rest=coding("1") + coding("7"), guid="d")
    project = read_qdpx(made(one, two, before=f"{USERS}{CODES}<Cases>{case}</Cases>"))
    assert [each.identification.represents for each in statements(project)] == ["Ida Holm", "Fishers", "Harbour Board"]
    assert [each.reason for each in project.rejected] == [
        "is coded 'Night ferries' as a whole: code the words that say so"
    ]


def test_groups_are_found_in_sets_prefixes_and_by_the_names_a_user_gives(made: MakeProject) -> None:
    codes = f"""<CodeBook><Codes>
      <Code guid="{GUIDS["1"]}" name="Fishers" isCodable="true"/>
      <Code guid="{GUIDS["2"]}" name="Person: Ida Holm" isCodable="true"/>
      <Code guid="{GUIDS["3"]}" name="Lager" isCodable="false">
        <Code guid="{GUIDS["4"]}" name="Dagegen" isCodable="true"/></Code>
      <Code guid="{GUIDS["6"]}" name="Kai" isCodable="true"/>
    </Codes></CodeBook>"""
    sets = f'<Sets><Set guid="{GUIDS["e"]}" name="Akteure"><MemberCode targetGUID="{GUIDS["1"]}"/></Set></Sets>'
    path = made(
        source(selection(NO, coding("1"), coding("2"), coding("4"), coding("6"))), before=USERS + codes, after=sets
    )
    [each] = statements(read_qdpx(path, agreement="lager"))
    assert (each.identification.represents, each.identification.speaker) == ("Fishers", "Ida Holm")
    assert ([ruling.codes.stance for ruling in each.rulings], each.concept) == (["oppose"], "Kai")


def test_of_several_concepts_the_one_asked_for_counts(made: MakeProject) -> None:
    path = made(source(selection(BROAD, coding("6"), coding("7"))))
    project = read_qdpx(path)
    assert [each.concept for each in statements(project)] == ["A wider quay"]
    assert [each.reason for each in project.rejected] == [
        "is about 'A wider quay' and 'Night ferries': the first counts; name the one"
    ]
    project = read_qdpx(path, about="night FERRIES")
    assert ([each.concept for each in statements(project)], project.rejected) == (["Night ferries"], ())


def test_two_words_of_one_coder_are_unclear_and_nobody_is_taken_for_the_machine(made: MakeProject) -> None:
    users = USERS.replace("Ada Lind", "Machine room").replace("Ben O'Hara", "machine")
    path = made(
        source(selection(BROAD, coding("4"), coding("5")), selection(NO, coding("5", "b"))), before=users + CODES
    )
    project = read_qdpx(path)
    first, second = statements(project)
    assert [(each.coder, each.codes.stance) for each in first.rulings] == [("user Machine room", "unclear")]
    assert [each.coder for each in second.rulings] == ["unknown coder"]
    assert [each.reason for each in project.rejected] == [
        "user Machine room coded favour and oppose: counted as unclear; keep one of them"
    ]


@pytest.mark.parametrize(
    ("xml", "line"),
    [
        (source(selection((0, 99), coding("6"))), "quays.qdpx: 'Minutes', 0-99 | stands outside of its text"),
        (source(selection((5, 5), coding("6"))), "'Minutes', 5-5 | stands outside of its text, or holds nothing"),
        (source(selection((-3, 5), coding("6"))), "stands outside of its text"),
        (source(selection(("x", 5), coding("6"))), "a selection from 'x' to '5': write whole numbers"),
        (source(selection(BROAD, coding("9"))), "is coded with a code that is not in the code book"),
        (source(selection(BROAD)), "is marked, but no code is on it"),
        (source(path="internal://other.txt"), "its text 'other.txt' is not in the file"),
        (source(path="internal://../../etc/passwd"), "is not in the file"),
        (source(path="relative://minutes.txt"), "its text lies outside of the file"),
        (source(path="absolute://C:/minutes.txt"), "its text lies outside of the file"),
        (source(path="file:///etc/passwd"), "its text lies outside of the file"),
        (f'<TextSource guid="{GUIDS["c"]}" name="Word" richTextPath="internal://a.docx"/>', "formatted text alone"),
        (f'<TextSource guid="{GUIDS["c"]}" name="Nothing"/>', "has no text"),
        (f'<PictureSource guid="{GUIDS["c"]}" name="Map" path="internal://a.png"/>', "'Map' | is a picture, no text"),
        (f'<AudioSource guid="{GUIDS["c"]}" name="Talk" path="internal://a.mp3"/>', "is a recording, no text"),
        (f'<VideoSource guid="{GUIDS["c"]}" name="Film" path="internal://a.mp4"/>', "is a film, no text"),
        (f'<PDFSource guid="{GUIDS["c"]}" name="Scan" path="internal://a.pdf"/>', "is a PDF, no text"),
    ],
)
def test_what_cannot_be_used_is_named_with_place_and_cure(made: MakeProject, xml: str, line: str) -> None:
    good = source(selection(NO, coding("7")), guid="d")
    project = read_qdpx(made(xml, good))
    assert words(project)[-1] == "No"
    assert [line in f"{each.name} | {each.reason}" for each in project.rejected] == [True]


def test_guids_that_are_there_twice_are_named(made: MakeProject) -> None:
    codes = CODES.replace(GUIDS["7"], GUIDS["6"])
    users = USERS.replace(GUIDS["b"], GUIDS["a"])
    project = read_qdpx(made(source(selection(NO, coding("6"))), source(), before=users + codes))
    assert [each.concept for each in statements(project)] == ["A wider quay"]
    reasons = " ".join(each.reason for each in project.rejected)
    assert "two users have the GUID" in reasons
    assert "'Night ferries' has the GUID of another" in reasons
    assert "of another source" in reasons
