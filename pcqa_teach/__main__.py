"""`python -m pcqa_teach` is `pcqa`."""

from pcqa_teach.cli import main

if __name__ == "__main__":
    main()
