# Reads the story's report; gives the list of what is wrong with it.
[
  ["chain is named", (.chain | . != null and . != "")],
  ["contracts are listed", ((.contracts | length) >= 5)],
  ["the recording is named", (.recording | . != null and . != "")],
  ["readings were sent", (.readings.sent > 0)],
  ["every reading sent was anchored", (.readings.anchored == .readings.sent)],
  ["every reading sent was decrypted", (.readings.decrypted == .readings.sent)],
  ["no reading was lost", (.readings.lost == 0)],
  ["batches were anchored", (.batches > 0)],
  ["at least two alerts were raised", (.alerts.raised >= 2)],
  ["at least one claim was made", ((.claims | length) >= 1)],
  ["at least thirteen attempts were refused", ((.refused | length) >= 13)],
  ["gas: no-op contract", (.gas.noop > 0)],
  ["gas: cw20 transfer", (.gas.cw20_transfer > 0)],
  ["gas: what the story does", (.gas | .register_device > 0 and .pair > 0 and .grant > 0 and .revoke > 0 and .anchor > 0 and .claim > 0)],
  ["gas: every figure is positive", ([.gas | .. | numbers] | length > 2 and all(. > 0))],
  ["ciphertext bytes a reading", (.ciphertext_bytes_per_reading > 0)],
  ["seconds a step", (.seconds | length > 6 and all(. >= 0))]
] | map(select(.[1] | not) | .[0])
