"""Run the tutorial notebook and write it with its outputs: python -m docs.run_notebook [FROM [TO]].

What depends on the machine or the moment is left out: execution times, ids of cells made up by an editor, and the
kernel's own version. A second run of the same winset writes the same file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

TUTORIAL = Path(__file__).parent / "tutorial" / "tokyo-office.ipynb"
SECONDS = 300  # for one cell


def run(source: Path, target: Path) -> None:
    """Run the notebook in the folder where it lies, by the Python that runs this."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(source, as_version=4)
    NotebookClient(
        notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(source.parent)}}
    ).execute()
    target.write_text(nbformat.writes(stripped(notebook), indent=1) + "\n", encoding="utf-8")


def stripped(notebook: Any) -> Any:
    """The notebook without what differs from run to run."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number:02}"
        cell.metadata = {"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {}
        for output in cell.get("outputs", []):
            output.pop("execution_count", None) if output.output_type != "execute_result" else None
            if "metadata" in output:
                output.metadata = {}
    return notebook


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:]]
    first = given[0] if given else TUTORIAL
    run(first, given[1] if len(given) > 1 else first)
