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
    # Until the answer is there, the one before is only hidden.
    with desk.expect_navigation():
        desk.get_by_role("button", name="Dry run").click()
    expect(desk.locator(".results")).to_contain_text(f"Nairobi on {width}")
    assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    desk.get_by_role("button", name="Write this record").click()
    expect(desk.locator(".messagelist .success")).to_contain_text("1 record was written from events.csv.")
    desk.goto(f"/events/{slug}/")
    expect(desk.locator("main")).to_contain_text(f"Nairobi on {width}")


def large_file(path, many, prefix):
    rows = [f"{prefix}-{number},Meeting {prefix} {number},meeting,2020-01-02,draft" for number in range(many)]
    path.write_text("\n".join(["slug,name,kind,starts_on,state", *rows, ""]), encoding="utf-8")
    return path


def test_a_large_import_shows_how_far_it_is(desk, tmp_path):
    desk.goto("/admin/partnerships/event/import/")
    desk.set_input_files("#id_file", large_file(tmp_path / "events.csv", 3000, "shown"))
    desk.get_by_role("button", name="Dry run").click()
    expect(desk.locator("#import-progress")).to_be_visible()
    expect(desk.locator(".upload")).to_be_hidden()
    expect(desk.locator(".verdicts")).to_contain_text("3,000 new", timeout=60_000)
    desk.get_by_role("button", name="Write these 3000 records").click()
    expect(desk.locator("#import-progress .said")).to_contain_text("of 3,000 records", timeout=60_000)
    assert desk.evaluate("document.querySelector('#import-progress progress').max") == 3000
    expect(desk.locator(".messagelist .success")).to_contain_text("3000 records were written", timeout=60_000)


def test_a_large_import_can_be_cancelled(desk, tmp_path):
    desk.goto("/admin/partnerships/event/import/")
    desk.set_input_files("#id_file", large_file(tmp_path / "events.csv", 6000, "stopped"))
    desk.get_by_role("button", name="Dry run").click()
    desk.get_by_role("button", name="Write these 6000 records").click(timeout=60_000)
    expect(desk.locator("#import-progress .said")).to_contain_text("Writing", timeout=60_000)
    desk.get_by_role("button", name="Cancel").click()
    expect(desk.locator(".notice")).to_contain_text("Cancelled. Nothing was written.", timeout=60_000)
    expect(desk.get_by_role("button", name="Write these 6000 records")).to_be_visible()
    desk.goto("/admin/partnerships/event/?q=stopped")
    expect(desk.locator("#result_list")).to_have_count(0)
