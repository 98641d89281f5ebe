"""What is done once the list is drawn waits for the keys."""

from __future__ import annotations

from tests.tui.fakes import make_app, reader_of
from tui_digest.tui.tasks.startup import REST_S, until_rest


async def test_rest_is_a_while_without_a_key() -> None:
    keys = iter((9.5, 10.25, 10.25))
    now, slept = 10.0, []
    key_at = next(keys)

    async def sleep(seconds: float) -> None:
        nonlocal now, key_at
        slept.append(seconds)
        now += seconds
        key_at = next(keys)

    await until_rest(lambda: key_at, lambda: now, sleep)
    assert slept == [REST_S - 0.5, REST_S - 0.25]
    assert now == 10.25 + REST_S


async def test_every_key_is_noted_also_one_in_a_field_or_a_dialog() -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        reader = reader_of(app)
        for key in ("j", "f", "a", "escape", "question_mark", "escape"):
            reader.key_at = 0.0
            await pilot.press(key)
            assert reader.key_at > 0, key
