"""In a real browser, on a phone: a week later somebody looks back, talks again, and sees both talks together."""

import re

from playwright.sync_api import expect

from coach.domain.conversation import Chosen
from coach.domain.course import check_ins_of, predecessor_of
from coach.services.play import play, play_on, read_script
from coach.services.suggestions import chosen_of, suggestions_for
from coach.settings import Settings
from coach.wiring import build
from tests.browser.conftest import PHONE, NewPage
from tests.browser.harness import SEEN_MILLISECONDS, RunningApp, see, settle, shot
from tests.browser.test_entrepreneur import SCRIPTS

DID = "Drie avonden opgeschreven wat er bleef liggen."


def test_she_looks_back_talks_again_and_sees_both(app: RunningApp, new_page: NewPage) -> None:
    own, script = build(Settings(data_dir=app.data_dir)), read_script(SCRIPTS / "prater_bakker.json")
    words, talk = own.words[script.language], play(script, own.guidance)
    action = suggestions_for(talk, own.catalogue, own.search).shown[0].action
    own.guidance.choose(talk.id, Chosen(0, None, action.id, action.title, action.first_step, confidence=5))

    page = new_page(PHONE)
    page.goto(f"{app.url}/profiel?c={talk.id}&lang=nl")
    see(page, words("checkin.offer"))
    page.get_by_role("button", name=words("checkin.open")).click()
    page.wait_for_url(re.compile("/terugkijken"))
    settle(page)
    page.get_by_label(words("checkin.did")).first.fill(DID)
    page.get_by_role("button", name=words("checkin.save")).click()
    see(page, words("checkin.stored"))
    shot(page, "terugkijken-390")
    assert [one.did for one in check_ins_of(own.archive.get(talk.id))[0].tried] == [DID]

    page.get_by_role("button", name=words("checkin.again")).click()
    page.wait_for_url(re.compile(r"/gesprek\?"))
    see(page, words("compare.see"))
    second = re.search(r"[?&]c=([a-z0-9]+)", page.url)
    assert second is not None
    begun = own.archive.get(second.group(1))
    assert predecessor_of(begun) == talk.id
    assert not chosen_of(begun)
    play_on(script, own.guidance, begun)

    page.reload()
    page.get_by_role("link", name=words("compare.see")).click()
    page.wait_for_url(re.compile("/toen-en-nu"))
    see(page, words("compare.title"))
    picture = page.locator(".st-key-wb-movement").get_by_test_id("stVegaLiteChart")
    expect(picture).to_be_visible(timeout=SEEN_MILLISECONDS)
    shot(page, "toen-en-nu-390")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
