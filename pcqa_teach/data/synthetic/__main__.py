"""``python -m pcqa_teach.data.synthetic``: rebuild the invented data."""

import argparse
import sys
from pathlib import Path

from pcqa_teach.errors import PcqaError

_ABOUT = """Rebuild the invented data of Riverside Road Surgery and its network.

Everything is drawn from one seed: the same seed gives the same files, byte for byte.
Files are written beside their place and then renamed; nothing else in the folder is touched.
"""
_EXAMPLES = """examples:
  python -m pcqa_teach.data.synthetic -o data/synthetic      the files that are committed
  python -m pcqa_teach.data.synthetic -o /tmp/other --seed 7 another world, to try a lesson on

What each file holds stands in README.md beside the files; what was planted, in truth.json.
Takes about 20 seconds.
"""


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, build, and say how it went."""
    parser = argparse.ArgumentParser(
        prog="python -m pcqa_teach.data.synthetic",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the files")
    parser.add_argument("--seed", type=int, default=None, help="another seed (default: the kit's)")
    given = parser.parse_args(arguments)
    from pcqa_teach.data.synthetic.build import build
    from pcqa_teach.data.synthetic.events import SEED

    try:
        paths = build(given.output, SEED if given.seed is None else given.seed)
    except PcqaError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{len(paths)} files are in {given.output}.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
