# The TypeScript client as it is published: in a browser, from its tarball, and on a chain.
# shellcheck shell=bash

# web_client: what `npm test` of clients/ts leaves out.
web_client() {
  setup_wasmd || die "there is no chain without wasmd"
  setup_chromium || die "there is no browser: install chromium, or name one in CHROMIUM"
  setup_biome || die "there is no lint without biome"
  web_core
  npm_install "$CLIENT" || die "clients/ts: npm could not install what package-lock.json names"
  with_lock web-build npm run --prefix "$CLIENT" build
  PATH="$(biome_path):$PATH" npm run --prefix "$CLIENT" lint
  CHROMIUM="$(chromium_path)" npm run --prefix "$CLIENT" test:package
  build_programs
  VITALS_BIN="$(target_dir)/release" WASMD="$(wasmd_path)" npm run --prefix "$CLIENT" test:chain
}
