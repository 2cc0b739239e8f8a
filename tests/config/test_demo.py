import socket

import pytest

from config import demo


def test_a_used_port_is_told_with_the_way_out(monkeypatch):
    with socket.socket() as other:
        other.bind((demo.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(SystemExit, match=f"Port {port} cannot be used .*make demo PORT=8123"):
            demo.read_port()
    monkeypatch.setenv("PORT", str(port))
    assert demo.read_port() == port


@pytest.mark.parametrize("port", ["", "0", "65536", "eighty", "-1"])
def test_what_is_no_port_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="is not a port"):
        demo.read_port()


def test_the_settings_last_and_only_their_owner_reads_them(monkeypatch, tmp_path):
    monkeypatch.setattr(demo, "VAR", tmp_path / "var")
    kept = demo.keep_settings()
    assert len(kept["SECRET_KEY"]) > 50
    assert kept["DATABASE_URL"] == f"sqlite:///{tmp_path}/var/demo.sqlite3"
    assert kept["MEDIA_ROOT"] == f"{tmp_path}/var/demo-media"
    assert demo.keep_settings() == kept
    assert (tmp_path / "var" / "demo.env").stat().st_mode & 0o777 == 0o600


def test_it_asks_for_no_second_factor_unless_its_owner_wants_one(monkeypatch, tmp_path):
    monkeypatch.setattr(demo, "VAR", tmp_path / "var")
    assert demo.keep_settings()["REQUIRE_SECOND_FACTOR"] == "false"
    with (tmp_path / "var" / "demo.env").open("a") as file:
        file.write("REQUIRE_SECOND_FACTOR=true\n")
    assert demo.keep_settings()["REQUIRE_SECOND_FACTOR"] == "true"


@pytest.mark.django_db
def test_each_run_gives_the_desk_user_a_new_password(django_user_model):
    first, second = demo.renew_password(), demo.renew_password()
    user = django_user_model.objects.get()
    assert (user.username, user.is_superuser) == ("demo", True)
    assert first != second
    assert user.check_password(second)
