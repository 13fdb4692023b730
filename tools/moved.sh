#!/bin/sh
# Print those of the virtual environments that do not work here: their Python is gone, or they were made
# elsewhere, so that their programs begin with a path into the folder that they stood in, and what is
# installed editable is that folder's. A link to another place is somebody's own doing.
here=$(pwd -P)
for venv in "$@"; do
  pip="$venv/bin/pip"
  if [ -d "$venv" ] && [ ! -L "$venv" ] && [ -f "$pip" ]; then
    # Where the path is long or holds a blank, it stands in the second line.
    [ -x "$venv/bin/python" ] && head -n 2 "$pip" | grep -qF "$here/$venv/bin/" || echo "$venv"
  fi
done
