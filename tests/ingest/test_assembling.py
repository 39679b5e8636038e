"""What a kill leaves of a corpus that is put together goes with the next one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ingest.assembling import assemble
from ingest.documents import load_documents

ROOT = Path(__file__).parents[2]
KILLED = """
import os, sys
from pathlib import Path
from ingest.assembling import assemble

shipped, added, target = map(Path, sys.argv[1:])
assemble(shipped=shipped, added=added, target=target, check=lambda root, ids: os._exit(9))
"""


def test_however_often_assembling_is_killed_one_copy_is_left_and_the_next_removes_it(
    small_corpus: Path, tmp_path: Path
) -> None:
    target, added = tmp_path / "cache" / "joined", tmp_path / "added"
    added.mkdir()
    given = [str(small_corpus), str(added), str(target)]
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", KILLED, *given], cwd=ROOT, env=os.environ, check=False)
        assert done.returncode == 9
    assert sorted(path.name for path in target.parent.iterdir()) == [".joined.staging", "joined"]
    (target / ".part.md.7.partial").write_text("left by a kill")
    assert assemble(shipped=small_corpus, added=added, target=target, check=lambda root, ids: ()) == ()
    assert load_documents(target).keys() == load_documents(small_corpus).keys()
    assert [path.name for path in target.parent.iterdir()] == ["joined"]
    assert not (target / ".part.md.7.partial").exists()
