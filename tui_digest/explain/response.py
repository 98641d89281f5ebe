"""One answer while it comes in, and the explanation with its receipt made from it."""

from __future__ import annotations

from datetime import UTC, datetime

from tui_digest.entry import LENGTH_LIMIT, RECORD_ONLY, Explanation, Receipt
from tui_digest.explain.errors import BadAnswer, ServiceError, ServiceRefused
from tui_digest.explain.formats.base import AnswerText, EndOfAnswer, ServedModel, StreamPart, TokenCounts
from tui_digest.explain.prompt import PromptFile, headings_of, prompt_version
from tui_digest.explain.providers import Service
from tui_digest.explain.reasoning_filter import ReasoningFilter
from tui_digest.explain.shown_text import ShownText
from tui_digest.explain.stream_filter import StreamCleaner, SurrogateJoiner, WrappingFence
from tui_digest.paper import Paper
from tui_digest.settings import ExplanationKind
from tui_digest.text.sanitise import one_line

_LONGEST_NAME = 100
_LONGEST_TEXT = 100_000
_TOO_LONG = "the answer was too long"
STOPPED_EARLY = "stopped early"
_NO_END = "the stream ended before its end marker"


class AnswerBuilder:
    """Collects the parts of one answer, incomplete until the service's end marker."""

    def __init__(
        self,
        paper: Paper,
        service: Service,
        asked_at: datetime,
        kind: ExplanationKind = "mathematics",
        own: PromptFile | None = None,
        shown: ShownText | None = None,
    ) -> None:
        self._paper = paper
        self._shown = shown
        self._kind = kind
        self._own = own or PromptFile()
        self._service = service
        self._asked_at = asked_at
        self._joiner = SurrogateJoiner()
        self._reasoning = ReasoningFilter()
        self._fence = WrappingFence()
        self._cleaner = StreamCleaner()
        self._pieces: list[str] = []
        self._length = 0
        self._restarted = False
        self._ended = False
        self._stopped = _NO_END
        self.model = service.model
        self.counts = TokenCounts()

    @property
    def has_text(self) -> bool:
        """Whether anything that can be read has come."""
        return any(piece.strip() for piece in self._pieces)

    def take(self, part: StreamPart) -> str:
        """Take the next part; return the words that can be shown now, sanitised.

        Raises:
            BadAnswer: the text is longer than any explanation.
        """
        match part:
            case AnswerText(text):
                self._length += len(text)
                if self._length > _LONGEST_TEXT:
                    raise BadAnswer(f"{self._service.label} does not come to an end; ask again.", _TOO_LONG)
                return self._show(self._cleaner.feed(self._answer_in(text)))
            case ServedModel(model):
                self.model = one_line(model)[:_LONGEST_NAME] or self.model
            case TokenCounts(tokens_in, tokens_out):
                self.counts = TokenCounts(
                    self.counts.tokens_in if tokens_in is None else tokens_in,
                    self.counts.tokens_out if tokens_out is None else tokens_out,
                )
            case EndOfAnswer(stopped) if not self._ended:
                self._ended = True
                self._stopped = stopped
        return ""

    def rest(self) -> str:
        """The last words, held back until it was certain that nothing follows."""
        last = self._cleaner.feed(self._reasoning.finish()) + self._cleaner.finish()
        return self._show(last) + self._fence.finish()

    def _answer_in(self, text: str) -> str:
        """Return what of the next text is answer; drop what came before if it is none."""
        answer = self._reasoning.feed(self._joiner.feed(text))
        if self._reasoning.restarted:
            self._reasoning.restarted = False
            self._restarted = bool(self._pieces)
            self._pieces.clear()
            self._fence = WrappingFence()
            self._cleaner = StreamCleaner()
        return answer

    def take_restart(self) -> bool:
        """Tell, once, whether what was shown so far turned out to be reasoning."""
        restarted, self._restarted = self._restarted, False
        return restarted

    def fail(self, error: ServiceError) -> None:
        """Note why the answer broke off."""
        self._stopped = error.stopped

    def stop(self) -> None:
        """Note that the user stopped it."""
        self._stopped = STOPPED_EARLY

    def empty_answer(self) -> ServiceError:
        """Return the error for an answer without a word."""
        name = self._service.label
        if self._reasoning.is_reasoning:
            return BadAnswer(
                f"{name} gave its reasoning and no answer; set a longer limit with max_tokens under [model], "
                "or set LLM_MODEL to another model.",
                "the answer was reasoning only",
            )
        if self._stopped == LENGTH_LIMIT:
            return BadAnswer(
                f"{name} gave no answer ({LENGTH_LIMIT}); set a longer limit with max_tokens under [model], "
                "or set LLM_MODEL to another model.",
                LENGTH_LIMIT,
            )
        if self._stopped:
            return ServiceRefused(
                f"{name} gave no answer ({self._stopped}); ask again, or set LLM_MODEL to another model.",
                self._stopped,
            )
        return BadAnswer(f"{name} gave an empty answer; ask again.", "the answer was empty")

    def explanation(self, seconds: float | None) -> Explanation:
        """Return the tidied explanation, checked statement by statement, with its receipt."""
        from tui_digest.explain.answer_cleanup import drop_open_mark, tidy
        from tui_digest.explain.answer_form import form_problem
        from tui_digest.explain.checking import assess, assess_translation

        source = "the abstract" if self._shown is None else "what was shown"
        is_cut = not self._ended or bool(self._stopped)
        text = tidy("".join(self._pieces), source)
        if is_cut:
            text = drop_open_mark(text)
        places = self._shown.places if self._shown is not None else None
        if self._kind == "translation":
            assessment = assess_translation(text, self._paper)
        else:
            assessment = assess(text, self._paper, places)
        if is_cut:
            assessment = assessment.cut_off(len(text))
        counts = assessment.counts
        if self._ended and not self._stopped:
            headings = headings_of(self._kind, self._own, self._shown)
            self._stopped = form_problem(text, headings, self._kind, self._paper.abstract)
        receipt = Receipt(
            provider=self._service.label,
            model=self.model,
            asked_at=self._asked_at.astimezone(UTC),
            prompt_version=prompt_version(self._kind, self._own),
            paper_version=self._paper.version,
            shown=self._shown.scope if self._shown is not None else RECORD_ONLY,
            tokens_in=self.counts.tokens_in,
            tokens_out=self.counts.tokens_out,
            seconds=None if seconds is None else round(seconds, 1),
            kind=self._kind,
            complete=self._ended and not self._stopped,
            stopped=self._stopped,
            unsupported=counts.flagged,
            statements=counts,
        )
        return Explanation(
            paper_id=self._paper.id, text=text, receipt=receipt, statements=assessment.statements
        )

    def _show(self, text: str) -> str:
        """Keep the text; what of it can be shown is without the fence around the answer."""
        if text:
            self._pieces.append(text)
        return self._fence.feed(text)
