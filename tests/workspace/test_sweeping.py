"""What a sweep takes for left behind, looked at in the moments in which it could be wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from salesmetrics.workspace import Store
from salesmetrics.workspace.folders import Folders

ONE, OTHER = "1" * 32, "2" * 32


def test_a_version_listed_after_the_first_look_stays(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()
    for name in (ONE, OTHER):
        (folders.versions / name / "tables").mkdir(parents=True)
    answers = iter([set[str](), {ONE}, {ONE}])
    assert folders.sweep_versions(lambda: next(answers)) == 1
    assert [path.name for path in folders.versions.iterdir()] == [ONE]


def test_a_held_id_is_left_alone_and_swept_when_let_go(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()
    with folders.writing() as held:
        for place in (folders.aside, folders.versions):
            (place / held).mkdir()
        assert folders.sweep_versions(set) == 0
        assert (folders.aside / held).is_dir()
        assert (folders.versions / held).is_dir()
    assert folders.sweep_versions(set) == 2
    assert {path.name for path in tmp_path.rglob("*")} == {"aside", "versions", "incoming", "locks", "gate.lock"}


def test_what_is_no_version_is_not_touched(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()
    stray = [folders.versions / ".DS_Store", folders.aside / "lost+found", tmp_path / "workspaces.sqlite"]
    for path in stray:
        path.write_text("")
    assert folders.sweep_versions(set) == 0
    assert all(path.exists() for path in stray)


def test_uploads_of_a_killed_server_go_at_once_and_those_of_a_live_one_stay(tmp_path: Path) -> None:
    serve = (
        "import sys, time; from pathlib import Path; from salesmetrics.workspace import Store\n"
        "with Store.open(Path(sys.argv[1])).landing() as folder:\n"
        "    (folder / 'half.part').write_bytes(b'1'); print(folder, flush=True); time.sleep(600)\n"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", serve, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    try:
        assert server.stdout is not None
        folder = Path(server.stdout.readline().strip())
        Store.open(tmp_path).close()
        assert (folder / "half.part").exists()
    finally:
        server.kill()
        server.wait()
    Store.open(tmp_path).close()
    assert list((tmp_path / "incoming").iterdir()) == []


def test_a_server_that_ends_takes_its_uploads_along(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store.landing() as folder:
        (folder / "half.part").write_bytes(b"1")
    assert list((tmp_path / "incoming").iterdir()) == []
