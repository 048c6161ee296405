import { expect, it } from "vitest";
import { isAppPage, sameBuild } from "./kept-page";

const page = (policy: string, script: string) =>
  `<meta http-equiv="Content-Security-Policy" content="${policy}"><script src="./assets/${script}"></script>` +
  `<link rel="stylesheet" href="./assets/index-1.css"><link rel="icon" href="./icon.svg">`;

it("pages of one build differ in their policy alone", () => {
  expect(sameBuild(page("a", "index-1.js"), page("b", "index-1.js"))).toBe(true);
  expect(sameBuild(page("a", "index-1.js"), page("a", "index-2.js"))).toBe(false);
});

it("a page that loads nothing of a build, such as a host's own, is of none", () => {
  expect(sameBuild("<h1>Sign in</h1>", "<h1>Sign in</h1>")).toBe(false);
});

it("the app's page is at its directory or its index, and nothing else is", () => {
  const scope = "https://h.example/vitals/";
  for (const path of ["", "index.html", "?x=1", "#/patient"]) expect(isAppPage(`${scope}${path}`, scope)).toBe(true);
  for (const url of ["https://h.example/", `${scope}icon.svg`, "https://other.example/vitals/"]) {
    expect(isAppPage(url, scope)).toBe(false);
  }
});
