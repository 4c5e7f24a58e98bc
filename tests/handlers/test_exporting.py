"""/export: everything as files, for managers alone, in private; who took it is kept."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from storage import audit
from storage.people import Newcomer
from tests.conversation import FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat

LINE = "/log 2h15 with a CDA at EMSB yesterday re =cmd()"


def unpacked(answer: Answer) -> dict[str, bytes]:
    file = answer.reply.file
    assert file is not None
    with ZipFile(BytesIO(file.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


async def test_a_manager_gets_every_table_and_what_explains_it(chat: Chat) -> None:
    await chat.say(LINE)
    answer = await chat.say("/export", MANAGER)
    assert answer.reply.private
    assert answer.reply.file is not None
    assert answer.reply.file.name == "jalon-2025-02-12-csv.zip"
    files = unpacked(answer)
    [entry] = csv.DictReader(StringIO(files["entries.csv"].decode("utf-8-sig")))
    assert entry["minutes"] == "135"
    assert entry["objective"].startswith("'=")  # nothing that was typed can run
    explained = csv.DictReader(StringIO(files["dictionary.csv"].decode("utf-8-sig")))
    tables = {row["table"] for row in explained}
    assert tables | {"dictionary"} >= {name.removesuffix(".csv") for name in files}


async def test_as_json_in_french_and_the_same_bytes_twice(chat: Chat) -> None:
    await chat.say(LINE)
    await chat.say("/langue français", MANAGER)
    first, second = [await chat.say("/exporter JSON", MANAGER) for _ in range(2)]
    assert "contient un fichier par table" in first.text
    [entry] = json.loads(unpacked(first)["entries.json"])
    assert entry["minutes"] == 135
    assert first.reply.file == second.reply.file


async def test_that_it_was_taken_is_kept(chat: Chat) -> None:
    before = await chat.store.read(audit.head)
    await chat.say("/export", MANAGER)
    assert await chat.store.read(audit.head) != before


@pytest.mark.parametrize("who", [STAFF, FRENCH, MEMBER])
async def test_nobody_else_gets_it(chat: Chat, who: Newcomer) -> None:
    refused = await chat.say("/export", who)
    assert refused.reply.refused
    assert refused.reply.file is None


async def test_another_format_is_answered_with_those_there_are(chat: Chat) -> None:
    refused = await chat.say("/export pdf", MANAGER)
    assert refused.reply.refused
    assert "CSV" in refused.text
    assert "/export json" in refused.text
