"""A running example placement becomes completed: hours, links of a trainer without an account, the decision of the school."""

from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, follow

KEY = "voorbeeld-uren-1"


def enter(page, site, who):
    """Look around as somebody of the example environment."""
    page.goto(site + "/sign-in")
    follow(page, page.locator(f"form[action$='/demo/{who}'] button").first.click)


def link_from_mail(page, site, number=0):
    """The link in a mail to the example trainer, who has no account: of the newest one, or of one before that."""
    page.goto(site + "/demo/mail")
    return page.locator("article a.btn[href^='/guest/']").nth(number).get_attribute("href")


def test_a_running_placement_is_completed_with_a_trainer_without_an_account(open_page, picture, axe, site):
    # the student: the last week is the same as the one before, looked over and sent, on a phone
    student = open_page("/", viewport=PHONE, language="en")
    enter(student, site, "student")
    student.goto(f"{site}/my-placement/{KEY}/hours")
    assert axe(student) == []
    follow(student, student.get_by_role("link", name="Same as last week").click)
    picture(student, "guidance-hours")
    follow(student, student.get_by_role("button", name="Save and send to my company").click)
    expect(student.get_by_text("Your hours are with your company now.")).to_be_visible()
    hours = link_from_mail(student, site)

    # the trainer, who never signed in anywhere, approves by the link and sees the same when opening it again
    trainer = open_page(hours, viewport=PHONE, language="en")
    expect(trainer.get_by_text("Sytse Voorbeeld, student of", exact=False)).to_be_visible()
    assert axe(trainer) == []
    picture(trainer, "guidance-guest-hours")
    follow(trainer, trainer.get_by_role("button", name="Approve these hours").click)
    trainer.goto(site + hours)
    expect(trainer.get_by_text("There is nothing more to do here.", exact=False)).to_be_visible()

    # the school: what is missing, the end talk, and asking for advice
    school = open_page("/", viewport=DESKTOP, language="en")
    enter(school, site, "school")
    school.goto(f"{site}/placements/{KEY}")
    follow(school, school.get_by_role("button", name="Complete the placement").click)
    expect(school.get_by_text("There was no end talk", exact=False).first).to_be_visible()
    school.goto(f"{site}/placements/{KEY}/guidance")
    assert axe(school) == []
    follow(school, school.locator(".gd-talks li", has_text="End talk").get_by_role("link", name="Write down what was agreed").click)
    school.get_by_label("What was agreed?").fill("Everything was practised. Good luck at the hbo.")
    follow(school, school.get_by_role("button", name="Keep the note").click)
    school.locator("summary", has_text="Ask the company for its advice").click()
    school.get_by_label("Which assessment").select_option("end")
    follow(school, school.get_by_role("button", name="Ask", exact=True).click)

    # the trainer again: agrees to the note, then grades and advises
    talk = link_from_mail(school, site, 1)
    trainer.goto(site + talk)
    expect(trainer.get_by_text("Good luck at the hbo.", exact=False)).to_be_visible()
    follow(trainer, trainer.get_by_role("button", name="This is right").click)
    trainer.goto(site + link_from_mail(school, site))
    assert axe(trainer) == []
    picture(trainer, "guidance-guest-advice")
    for group in trainer.locator("fieldset.gd-grade").all():
        group.get_by_label("Good").check()
    trainer.get_by_role("group", name="Works with others and keeps to what was agreed").get_by_label("Good").check()
    trainer.get_by_label("We advise: sufficient").check()
    trainer.get_by_label("In your own words", exact=False).fill("We would hire Sytse at once.")
    follow(trainer, trainer.get_by_role("button", name="Send my advice to the school").click)
    expect(trainer.get_by_text("Your advice is at the school since", exact=False)).to_be_visible()

    # the school decides and completes; the student reads it
    school.goto(f"{site}/placements/{KEY}/guidance")
    expect(school.get_by_text("We would hire Sytse at once.")).to_be_visible()
    school.get_by_role("group", name="Decision of the school").get_by_label("Sufficient", exact=True).check()
    follow(school, school.get_by_role("button", name="Decide").click)
    expect(school.get_by_text("It can be completed.", exact=False)).to_be_visible()
    picture(school, "guidance-school")
    school.goto(f"{site}/placements/{KEY}")
    follow(school, school.get_by_role("button", name="Complete the placement").click)
    expect(school.locator("main header").get_by_text("Completed", exact=True)).to_be_visible()
    student.goto(f"{site}/my-placement/{KEY}/guidance")
    expect(student.locator("main header").get_by_text("Completed", exact=True)).to_be_visible()
    expect(student.get_by_text("We would hire Sytse at once.")).to_be_visible()
