def test_the_landing_page_answers(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Your route into high tech" in answer.text


def test_a_page_that_is_not_there_is_said_calmly(client):
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert "This page is not here" in answer.text
