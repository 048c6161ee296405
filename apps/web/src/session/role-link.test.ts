import { VitalsError } from "@cw-vitals/client";
import { expect, it } from "vitest";
import { readRoleLink } from "./role-link";
import { roleInPath } from "./roles-in-path";

const link = (json: unknown) =>
  `#/open/${btoa(JSON.stringify(json)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
const patient = { v: 1, role: "patient", mnemonic: "a b c", identity: "AGE-SECRET-KEY-1X", patient: "7" };

function code(hash: string): string {
  try {
    readRoleLink(hash);
    return "none";
  } catch (error) {
    return error instanceof VitalsError ? error.code : String(error);
  }
}

it("a link opens a role with its secrets", () => {
  expect(readRoleLink(link(patient))).toEqual({
    role: "patient",
    secrets: { mnemonic: "a b c", identity: "AGE-SECRET-KEY-1X" },
    patient: "7",
  });
});

it("keys keep every digit of their patient's number, and are refused where it is lost already", () => {
  const keyring = '{"patient":14873233567180687698}';
  expect(readRoleLink(link({ ...patient, keyring }))?.secrets.keyring).toBe(keyring);
  expect(code(link({ ...patient, keyring: JSON.parse(keyring) }))).toBe("session/link");
});

it("another path is no link", () => {
  expect(readRoleLink("#/patient")).toBeUndefined();
});

it("a damaged, a foreign and a future link are refused without repeating what they hold", () => {
  expect(code("#/open/AAAA")).toBe("session/link");
  expect(code(link({ ...patient, role: "root" }))).toBe("session/link");
  expect(code(link({ ...patient, v: 2 }))).toBe("session/link");
  try {
    readRoleLink(link({ ...patient, v: 2 }));
  } catch (error) {
    expect(String(error)).not.toContain("a b c");
  }
});

it("the role is the first part of the path", () => {
  expect(roleInPath("/clinician/patients/7")).toBe("clinician");
  expect(roleInPath("/clinicians")).toBeUndefined();
  expect(roleInPath("/settings")).toBeUndefined();
});
