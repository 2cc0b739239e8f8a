import pytest

from stories.reading.credits import Lore, lift_credits, split_caption
from stories.reading.names import run_together


def lift(*texts):
    credits, rest, notes = lift_credits(texts[0], Lore.of(texts))
    return [(c.written, c.credit, c.caption) for c in credits], rest, notes


@pytest.mark.parametrize(
    ("text", "written", "rest"),
    [
        ("Photo © WHOOn Monday, it met.", "Photo © WHO", "On Monday, it met."),
        ("Image: ILOThe office opened in the city.", "Image: ILO", "The office opened in the city."),
        ("© UN Photo/Jane DoeThe council met.", "© UN Photo/Jane Doe", "The council met."),
        ("Photo by Jane McDonaldThe council met.", "Photo by Jane McDonald", "The council met."),
        ("IMAGE MoTAThe ferry left.", "IMAGE MoTA", "The ferry left."),
        ("Image © the PelicansTo help them, all met.", "Image © the Pelicans", "To help them, all met."),
        ("Photo © Port of the SeaWorkers were trained.", "Photo © Port of the Sea", "Workers were trained."),
        ("Photo credit: Ana LimaNurses were trained.", "Photo credit: Ana Lima", "Nurses were trained."),
        ("© Getty Images/iStockphotoThe rain fell.", "© Getty Images/iStockphoto", "The rain fell."),
        ("Photo © NGOs of NordiaThe farmers met.", "Photo © NGOs of Nordia", "The farmers met."),
        ("PHOTO Ana Lima / HaTAs it rained, all left.", "PHOTO Ana Lima / HaT", "As it rained, all left."),
        ("Image © MOTEC The council met on that Monday.", "Image © MOTEC", "The council met on that Monday."),
        ("Image © École de MerLes pilotes arrivent.", "Image © École de Mer", "Les pilotes arrivent."),
        ("Image © MOTEC", "Image © MOTEC", ""),
        ("Photo: YouTube", "Photo: YouTube", ""),
    ],
)
def test_a_credit_ends_where_the_next_sentence_begins(text, written, rest):
    [(found, _, caption)], left, notes = lift(text)
    assert (found, left, caption, notes) == (written, rest, "", [])


@pytest.mark.parametrize(
    ("text", "other", "credit", "rest"),
    [
        ("Photo © MOTECMOTEC joined.", "The MOTEC.", "MOTEC", "MOTEC joined."),
        ("Photo © MOTECILO joined.", "MOTEC and ILO", "MOTEC", "ILO joined."),
        ("Photo © Ana LimaMOTEC joined.", "The MOTEC.", "Ana Lima", "MOTEC joined."),
        ("Photo © MOTECA few joined.", "The MOTEC.", "MOTEC", "A few joined."),
    ],
)
def test_two_names_run_together_are_told_apart_by_the_rest_of_the_document(text, other, credit, rest):
    [(_, found, _)], left, notes = lift(text, other)
    assert (found, left, notes) == (credit, rest, [])


@pytest.mark.parametrize(
    ("text", "caption", "rest"),
    [
        (
            "Director of MOTEC & Head of HaT  - Image © MOTECThe two met.",
            "Director of MOTEC & Head of HaT",
            "The two met.",
        ),
        ("Ana Lima, Mayor - IMAGE MoTAThe mayor spoke.", "Ana Lima, Mayor", "The mayor spoke."),
        ("Delegates at the quay (Photo: MOTEC)", "Delegates at the quay", ""),
        ("Delegates walk on the quay. Photo: MOTEC", "Delegates walk on the quay.", ""),
    ],
)
def test_a_caption_before_the_credit_goes_with_it(text, caption, rest):
    [(_, credit, found)], left, _ = lift(text)
    assert (found, left) == (caption, rest)
    assert credit in ("MOTEC", "MoTA")


def test_a_credit_known_from_elsewhere_ends_before_a_word_in_lower_case_but_is_to_be_checked():
    [(_, credit, _)], rest, notes = lift("Photo © the Red Sailthe Red Sail joined.", "Photo © the Red Sail")
    assert (credit, rest) == ("the Red Sail", "the Red Sail joined.")
    assert "may end elsewhere" in notes[0]


def test_two_credits_in_a_row_are_two():
    credits, rest, _ = lift("Image © MOTECImage © HARThe two met.", "HAR")
    assert ([credit for _, credit, _ in credits], rest) == (["MOTEC", "HAR"], "The two met.")


@pytest.mark.parametrize(
    "text", ["The photo by the artist was seen by all of the visitors.", "The image of the harbour: a clean port."]
)
def test_prose_about_pictures_is_left_alone(text):
    assert lift(text) == ([], text, [])


@pytest.mark.parametrize("text", ["Image © WHICHEVER was seen by all of them on that day", "©", "Photo ©"])
def test_a_credit_without_an_end_stays_in_the_text_and_is_said(text):
    credits, rest, notes = lift(text)
    assert (credits, rest) == ([], text)
    assert "cannot be told" in notes[0]


def test_a_row_of_names_glued_to_a_sentence_is_a_caption_but_prose_is_not():
    names = "Ana Lima, Mayor of Portville, and Jo-Ann Roe, MOTEC Director"
    assert split_caption(f"{names}With the intention of peace") == (names, "With the intention of peace")
    assert split_caption("The mayors of all harbours metWith the intention") is None
    assert split_caption("The mayors met with the director.") is None


def test_sentences_that_run_together_are_found():
    assert run_together("They reached the endThrough the year, LinkedIn and YouTube grew.") == ["endThrough"]
