# From source files to lines of `code<TAB>text`: every string that begins with a stable code
# (`contract/code: text`) and every code given to what makes an error, in Rust and JavaScript, tests
# left out. With -v literals=1 to every string that has the form of a code, whatever takes it.

FNR == 1 { flush(); source = "" }
/^[[:space:]]*\/\// { next }
/^#\[cfg\(test\)\]/ { held = 1; next }
held && /^mod / { nextfile }
{ held = 0; source = source $0 "\n" }
END { flush() }

function flush(   rest) {
  rest = source
  gsub(/\\\n[[:space:]]*/, "", rest)
  if (literals) return every_literal(rest)
  rust(rest)
  refusals(rest)
  javascript(source)
}

# "code: text", as thiserror and format! take it.
function rust(rest,   literal, split_at) {
  while (match(rest, /"[a-z_]+\/[a-z0-9_]+: ([^"\\]|\\.)*"/)) {
    literal = substr(rest, RSTART + 1, RLENGTH - 2)
    rest = substr(rest, RSTART + RLENGTH)
    split_at = index(literal, ": ")
    print substr(literal, 1, split_at - 1) "\t" shown(substr(literal, split_at + 2))
  }
}

# Refusal::kind(STATUS, "code", "text"), Failure::new("code", text), Refused::new(why, "code"): the
# text may be a format!, come from elsewhere, or not be there.
function refusals(rest,   call, parts) {
  while (match(rest, /((Refusal|Refused|Failure|Self)::[a-z_]+|refused)\([ \n]*([A-Za-z_:.]+,[ \n]*)?"[a-z_]+\/[a-z0-9_]+",?[ \n]*((format!\([ \n]*)?"([^"\\]|\\.)*")?/)) {
    call = substr(rest, RSTART, RLENGTH)
    rest = substr(rest, RSTART + RLENGTH)
    split(call, parts, "\"")
    sub(/^[^"]*"[^"]*"[^"]*"?/, "", call)
    sub(/"$/, "", call)
    print parts[2] "\t" (call == "" && rest ~ /^\)/ ? "*the code alone*" : shown(call))
  }
}

function every_literal(rest) {
  while (match(rest, /"[a-z_]+\/[a-z0-9_]+"/)) {
    print substr(rest, RSTART + 1, RLENGTH - 2)
    rest = substr(rest, RSTART + RLENGTH)
  }
}

# new AppError("code", `text`), new VitalsError("code", "text"), over one line or several; a text that is
# a name comes from elsewhere.
function javascript(rest,   call, code) {
  while (match(rest, /(App|Vitals)Error\([ \n]*"[a-z_]+\/[a-z0-9_]+",[ \n]*(`[^`]*`|"[^"]*"|[A-Za-z.\[\]0-9]+)/)) {
    call = substr(rest, RSTART, RLENGTH)
    rest = substr(rest, RSTART + RLENGTH)
    split(call, code, "\"")
    sub(/^[^"]*"[^"]*",[ \n]*/, "", call)
    if (call ~ /^[A-Za-z.\[\]0-9]+$/) call = ""
    gsub(/^"|"$|`/, "", call)
    while (match(call, /\$\{[^}]*\}/)) call = last_name(call, RSTART, RLENGTH)
    sub(/\\n\{usage\}/, "", call)
    print code[2] "\t" shown(call)
  }
}

# `${a.b?.c || d}` is {c}.
function last_name(text, start, length_,   inside, parts, n) {
  inside = substr(text, start + 2, length_ - 3)
  match(inside, /^[A-Za-z_.?]+/)
  n = split(substr(inside, 1, RLENGTH), parts, ".")
  return substr(text, 1, start - 1) "{" tolower(parts[n]) "}" substr(text, start + length_)
}

# Values stand as {name}, without how they are formatted; those without a name as "…".
function shown(text) {
  if (text ~ /^(\{[0-9]*\})?$/) return "*says its cause*"
  gsub(/\{[^a-z}][^}]*\}|\{\}/, "…", text)
  while (match(text, /\{[a-z_]+[^a-z_}][^}]*\}/)) text = named(text, RSTART, RLENGTH)
  gsub(/\\"/, "\"", text)
  gsub(/\\\\/, "\\", text)
  gsub(/\|/, "\\|", text)
  gsub(/</, "\\&lt;", text)
  return text
}

function named(text, start, length_,   inside) {
  inside = substr(text, start + 1, length_ - 2)
  match(inside, /^[a-z_]+/)
  return substr(text, 1, start) substr(inside, 1, RLENGTH) substr(text, start + length_ - 1)
}
