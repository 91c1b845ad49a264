#!/usr/bin/env bash
# Proves that a file of src/ uses only its own room and those before it, by its includes and, where there is a build in
# build/release, by the symbols of its object file; that a library stays where it belongs, and that nothing below the
# terminal writes to the process.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
# Folders in their order, with the folders inside them that are not listed; those on one line may use each other.
rooms=(
  base
  number
  number/functions
  expr
  expr/write
  view/answers
  view/cairo:view/plots
  functions
  parse:parse/notation
  algebra/rules
  algebra/derivative
  algebra/rational
  algebra/simplify
  eval/balls
  eval/tape
  eval/batch
  eval/jets
  eval/doubles
  eval/quadrature
  calc/elaborate
  calc/asymptotics
  calc/steps
  calc/landmarks
  calc/antiderivative
  calc/operations
  calc
  session:session/tables:session/help:session/commands
  assist
  terminal
  program
)
build=build/release
order=$(printf '%s\n' "${rooms[@]}" | awk -F: '{ for (i = 1; i <= NF; i++) print $i, NR }')

# Reads lines "room file what room-of-what"; complains where the second room comes after the first.
judge() {
  awk -v order="$order" '
    BEGIN { n = split(order, part, /[ \n]/); for (i = 1; i < n; i += 2) at[part[i]] = part[i + 1] }
    function listed(folder) { while (!(folder in at) && sub(/\/[^\/]*$/, "", folder)); return folder }
    { $1 = listed($1); $4 = listed($4) }
    !($1 in at) { print $2 ": the folder " $1 " has no place in scripts/check-layers.sh"; next }
    at[$4] > at[$1] || !($4 in at) { print $2 ": " $1 " must not use " $3 " of " $4 }' | sort -u
}

includes() {
  grep -rnE '^#include "' src --include='*.cpp' --include='*.h' --include='*.in' | grep -v '^src/main.cpp' |
    sed -nE 's|^src/(.*)/([^/]*):([0-9]+):#include "(.*)/([^/"]*)".*|\1 src/\1/\2:\3 \4/\5 \4|p'
}

# Every symbol that an object file needs is defined in its own room or before; of those that several define (inline
# functions, templates), the first one counts.
symbols() {
  local objects
  objects=$(find "$build/CMakeFiles/nabla_core.dir/src" -name '*.o' 2>/dev/null) || return
  [ -n "$objects" ] || return
  # shellcheck disable=SC2086
  nm -A -P $objects 2>/dev/null | awk -v order="$order" '
    BEGIN { n = split(order, part, /[ \n]/); for (i = 1; i < n; i += 2) at[part[i]] = part[i + 1] }
    {
      file = $1; sub(/:$/, "", file); sub(/.*nabla_core.dir\/src\//, "", file); sub(/\.o$/, "", file)
      room = file
      do sub(/\/[^\/]*$/, "", room); while (!(room in at) && room ~ /\//)
      if (index($2, "_ZN5nabla") != 1 && index($2, "_ZNK5nabla") != 1) next
      if ($3 == "U") needs[file, $2] = room
      else if (!($2 in home) || at[room] < at[home[$2]]) home[$2] = room
    }
    END {
      for (key in needs) {
        split(key, k, SUBSEP)
        if (k[2] in home) print needs[key], "src/" k[1], k[2], home[k[2]]
      }
    }' | c++filt
}

# only PLACE PATTERN: headers that match PATTERN are included in PLACE alone.
only() {
  grep -rnE "^#include <$2" src | grep -vE "^src/($1)" | sed -E "s|(.*):#include (<[^>]*>).*|\1: \2 belongs to $1|"
}

# Below the terminal nothing writes to the process or ends it: a session speaks to its output.
speechless() {
  grep -rnE '\b(stdout|stderr|isatty|_exit|STDOUT_FILENO|STDERR_FILENO)\b|std::(cout|cerr|exit|printf|puts)\b|fmt::print\b' src |
    grep -vE '^src/(terminal/|program/|main.cpp)' | sed -E 's|^([^:]*:[0-9]+):.*|\1: writes to the process, which belongs to terminal|'
}

complaints=$(
  includes | judge
  symbols | sed -E 's/^(\S+) (\S+) (.*) (\S+)$/\1 \2 \3\t\4/' | awk '{ what = $0; sub(/^[^ ]+ [^ ]+ /, "", what); sub(/\t.*/, "", what); gsub(/ /, "_", what); print $1, $2, what, $NF }' | judge
  only 'number/' '(flint|arb|acb|fmpq|fmpz|gmp|mpfr)'
  only 'parse/notation/muparser_bridge' 'muParser'
  only 'functions/' 'sleef'
  only 'view/cairo/' 'cairo'
  only 'terminal/' 'readline'
  speechless
)
[ -z "$complaints" ] && exit 0
echo "$complaints" >&2
exit 1
