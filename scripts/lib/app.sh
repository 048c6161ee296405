# The web app: built, tested, and clicked through in a browser.
# shellcheck shell=bash

APP="$ROOT/apps/web"
CLIENT="$ROOT/clients/ts"

# npm_install DIR: what its lock names, unless it is there.
npm_install() {
  [[ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ]] ||
    run_logged "${1#"$ROOT/"} (npm ci)" "up to a minute the first time" npm ci --prefix "$1" --no-audit --no-fund
}

# web_build: core, client and app, to apps/web/dist.
web_build() {
  need_commands
  web_core
  with_lock web-build build_app
}

build_app() {
  npm_install "$CLIENT" || die "clients/ts: npm could not install what package-lock.json names"
  run_logged "clients/ts (build)" "some seconds" npm run --prefix "$CLIENT" build || die "clients/ts does not build"
  npm_install "$APP" || die "apps/web: npm could not install what package-lock.json names"
  run_logged "apps/web (build)" "half a minute" npm run --prefix "$APP" build || die "apps/web does not build"
}

# web_test: what needs neither chain nor browser.
web_test() {
  web_build
  npm test --prefix "$CLIENT"
  npm test --prefix "$APP"
}

# web_e2e [PATTERN]: apps/web/e2e/*.e2e.ts on a network of their own, in a browser.
web_e2e() {
  need_network_and_browser
  vitest_in_browser e2e/vitest.config.ts "$@"
}

# need_network_and_browser: the built app, a browser, and all that a network is made of.
need_network_and_browser() {
  setup_wasmd || die "there is no chain without wasmd"
  setup_chromium || die "there is no browser: install chromium, or name one in CHROMIUM"
  web_build
  build_programs
}

# vitest_in_browser CONFIG [PATTERN]: CONFIG is within apps/web.
vitest_in_browser() {
  VITALS_BIN="$(target_dir)/release" WASMD="$(wasmd_path)" CHROMIUM="$(chromium_path)" \
    "$APP/node_modules/.bin/vitest" run --root "$APP" --config "$@"
}
