# Results of the long run: those found on the sources as they are, beside earlier ones of parts that
# were not gone through since. Each names the sources it holds for.
#   $known    the report so far, or null
#   $sources  digest of the sources as they are; mutants and kills name their own, of what each rests on
#   $sequences, $mutants, $killed  lists, $coverage, $four  objects; null where nothing was found
def held: map(. + {sources: $sources});

# those of `old` that `new` has nothing about, and `new`
def beside(old; new; key): [(old // [])[] | key as $k | select(all(new[]; key != $k))] + new;

($known // {}) as $before
| {
    sequences: (beside($before.sequences; ($sequences // [] | held); [.package, .property]) | sort_by(.package)),
    lines_covered: (if $coverage then [$coverage] | held | first else $before.lines_covered end),
    mutants: (beside($before.mutants; $mutants; .part) | sort_by(.part)),
    services_killed: (beside($before.services_killed; $killed; .between) | sort_by(.between)),
    four_validators: (if $four then [$four] | held | first else $before.four_validators end)
  }
