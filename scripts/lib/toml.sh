# Setting values in the node's configuration files.
# shellcheck shell=bash

# toml_set FILE SECTION KEY VALUE: replaces the value of an existing KEY in [SECTION] ('' is the top);
# VALUE is TOML. Fails if there is no such key, so that a renamed setting is noticed.
toml_set() {
  local fresh="$1.partial"
  SECTION="$2" KEY="$3" VALUE="$4" awk '
    /^\[.*\]/ { section = $0; gsub(/^\[+|\]+.*$/, "", section) }
    section == ENVIRON["SECTION"] && $1 == ENVIRON["KEY"] && $2 == "=" {
      print ENVIRON["KEY"] " = " ENVIRON["VALUE"]
      found = 1
      next
    }
    { print }
    END { exit !found }' "$1" >"$fresh" || die "$1 has no [$2] $3"
  mv "$fresh" "$1"
}
