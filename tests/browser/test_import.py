"""Download, change, import: under the strict Content Security Policy, on a wide and on a narrow screen."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("width", [1280, 390])
def test_staff_bring_back_what_they_downloaded(desk, width, tmp_path):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto("/admin/partnerships/event/")
    desk.get_by_role("link", name="Import").click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Download CSV").click()
    lines = download.value.path().read_bytes().decode("utf-8-sig").splitlines()
    file = tmp_path / "events.csv"
    slug = lines[1].split(",")[1]
    file.write_text(f"slug,place,kind\n{slug},Nairobi on {width},\nnew-event,Lima,nonsense\n", encoding="utf-8")
    desk.set_input_files("#id_file", file)
    desk.get_by_role("button", name="Dry run").click()
    expect(desk.locator(".verdicts .error")).to_contain_text("2")
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    file.write_text(f"slug,place\n{slug},Nairobi on {width}\n", encoding="utf-8")
    desk.set_input_files("#id_file", file)
    desk.get_by_role("button", name="Dry run").click()
    expect(desk.locator(".results")).to_contain_text(f"Nairobi on {width}")
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    desk.get_by_role("button", name="Write this record").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("1 record was written from events.csv.")
    desk.goto(f"/events/{slug}/")
    expect(desk.locator("main")).to_contain_text(f"Nairobi on {width}")
