#!/usr/bin/env bash
# Proves that a file of src/ includes only its own layer and those above it, and that a library stays in its layer.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
layers=(base number expr functions parse algebra eval calc view shell)
failed=0

complain() {
  echo "$1" >&2
  failed=1
}

allowed=()
for layer in "${layers[@]}"; do
  allowed+=("$layer")
  pattern=$(IFS='|'; echo "${allowed[*]}")
  while IFS=: read -r file line include; do
    complain "$file:$line: $layer/ must not use $include"
  done < <(grep -rnE '^#include "' "src/$layer" 2>/dev/null | grep -vE "#include \"($pattern)/")
done

# only LAYER PATTERN: headers that match PATTERN are included in LAYER alone.
only() {
  while IFS=: read -r file line include; do
    complain "$file:$line: $include belongs to $1"
  done < <(grep -rnE "^#include <$2" src 2>/dev/null | grep -vE "^src/($1)")
}
only 'number/' '(flint|arb|acb|fmpq|fmpz|gmp|mpfr)'
only 'parse/muparser_bridge' 'muParser'
only 'functions/' 'sleef'
only 'view/' '(cairo|nlohmann)'
only 'shell/' '(readline|CLI)'
only 'calc/' '(Eigen|boost|nlopt)'
exit $failed
