"""An answer to a meeting that is typed and not pressed: "I'll be there", "je ne viens pas"."""

import re

from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.meetings import answering, mine, telling
from storage import delivered
from storage.engine import Tx
from storage.rsvps import Answer
from storage.words import fold

router = Router()

WORD = re.compile(r"[\w'-]+")
# Said around an answer. Alone they may answer anything: a "yes" is none.
AROUND = frozenset(
    {"yes", "no", "oui", "non", "sorry", "desole", "desolee", "hi", "hello", "bonjour", "allo"}
    | {"thanks", "thank", "you", "merci"}
)
# All of a message, but for what is said around it, folded. The button's own words are among them.
PHRASES = {
    Answer.COMING: """
        coming; i'm coming; im coming; i am coming; i'll come; i will come; i can come
        i'll be there; i will be there; i can make it; count me in; i'm in
        je viens; je viendrai; je peux venir; je serai la; j'y serai; j'y vais; je participe
        je participerai; je serai present; je serai presente; comptez sur moi; compte sur moi
    """,
    Answer.NOT_COMING: """
        not coming; i'm not coming; im not coming; i am not coming; i won't come; i can't come
        i cannot come; i can't make it; i cannot make it; i can't be there; i won't be there
        i will not be there; can't make it; can't come
        je ne viens pas; je viens pas; je ne viendrai pas; je ne peux pas; je ne peux pas venir
        je ne pourrai pas; je ne pourrai pas venir; je ne serai pas la; je n'y serai pas
        je serai absent; je serai absente
    """,
    Answer.MAYBE: """
        maybe; perhaps; not sure; i'm not sure; not sure yet; i'm not sure yet; i might come
        peut-etre; je ne sais pas; je ne sais pas encore; pas sur; pas sure; je viens peut-etre
    """,
}
ANSWERS = {
    phrase.strip(): answer
    for answer, phrases in PHRASES.items()
    for phrase in re.split(r"[;\n]", phrases)
    if phrase.strip()
}


def read(text: str) -> Answer | None:
    """The answer that a message is, and nothing else."""
    words = WORD.findall(fold(text).replace("’", "'"))
    return ANSWERS.get(" ".join(word for word in words if word not in AROUND))


@router.take_words
async def answer(msg: Incoming, ctx: Context) -> Reply | None:
    """Take it as the answer to the meeting that whoever typed it was told of last."""
    says = read(msg.text)
    if says is None:
        return None
    session = await ctx.store.read(_asked, ctx)
    if session is None:
        raise UserError("meeting.none_to_answer")
    return await answering.take_in(ctx, session, says, replace=False)


def _asked(tx: Tx, ctx: Context) -> int | None:
    """The meeting to come that they were told of last, else the next one that they are asked to."""
    invited = [one.session.id for one in mine.to_come(tx, ctx) if one.invited]
    told = delivered.newest_to(tx, ctx.person.id, telling.SAYS)
    if told and (last := int(told.post.values["session"])) in invited:
        return last
    return invited[0] if invited else None
