"""A whole answer as a process, against what the encoder we did not choose costs before its first passage."""

from evals.bench.bench import Bench, guideline_qa, peak, python, wall
from evals.bench.figures import Section, section
from ingest.model_files import model_folder

#: Model folder and text are its arguments.
ENCODE_ONE = """
import sys
from sentence_transformers import SentenceTransformer
SentenceTransformer(sys.argv[1]).encode([sys.argv[2]], show_progress_bar=False)
"""


def measure(bench: Bench) -> Section:
    """The uncounted first round prepares the model and the index, so that the answers counted are warm."""
    ask = ("ask", bench.question, "--format", "json", "--corpus", str(bench.corpus))
    commands = [
        guideline_qa("guideline-qa ask, warm", *ask),
        python("sentence-transformers, 1 sentence", "-c", ENCODE_ONE, str(model_folder()), bench.question),
        python("import chromadb", "-c", "import chromadb"),
    ]
    runs = bench.in_turn(commands)
    samples = [figure(name, found) for figure in (wall, peak) for name, found in runs.items()]
    return section("Answer", samples)
