/**
 * Days that pass at once, for programs of a test. A program in Go asks the kernel's vDSO for the time, where no library
 * can be put in between: that function is overwritten in the memory of the one process, and nobody else's clock moves.
 */
import { closeSync, openSync, readdirSync, readFileSync, readSync, writeSync } from "node:fs";
import { sleep } from "./service";

const SECTION_DYNSYM = 11;
const MOST_S = 2 ** 31 - 1;

interface Mapping {
  from: number;
  to: number;
}

/** As if so long had passed since they began, for all programs that this process started and those that these did. */
export async function ahead(seconds: number): Promise<void> {
  for (const pid of descendants(process.pid)) {
    try {
      await putForward(pid, seconds);
    } catch (error) {
      if (!gone(pid)) throw error;
    }
  }
}

function descendants(of: number): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const children = all.map(Number).filter((pid) => parentOf(pid) === of);
  return children.flatMap((pid) => [pid, ...descendants(pid)]);
}

/** Of one that ended, none. */
function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}

/** It ended meanwhile, or only waits to be noticed. */
function gone(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return true;
  }
}

/** The process's clock is `seconds` ahead of the machine's from now on; zero sets it right. */
export async function putForward(pid: number, seconds: number): Promise<void> {
  if (process.arch !== "x64") throw new Error(`clocks are put forward on x64 only, this is ${process.arch}`);
  if (!Number.isInteger(seconds) || Math.abs(seconds) > MOST_S) throw new Error(`${seconds} s is no such time`);
  const vdso = mapping(pid);
  const memory = openSync(`/proc/${pid}/mem`, "r+");
  try {
    const image = Buffer.alloc(vdso.to - vdso.from);
    readSync(memory, image, 0, image.length, vdso.from);
    const parts = Object.entries(codes(seconds)).map(
      ([name, code]) => [vdso.from + addressOf(image, name), code] as const,
    );
    await stopped(pid, vdso, () => {
      for (const [at, code] of parts) writeSync(memory, code, 0, code.length, at);
    });
  } finally {
    closeSync(memory);
  }
}

function mapping(pid: number): Mapping {
  const line = readFileSync(`/proc/${pid}/maps`, "utf8")
    .split("\n")
    .find((one) => one.endsWith("[vdso]"));
  const [, from = "", to = ""] = /^([0-9a-f]+)-([0-9a-f]+)/.exec(line ?? "") ?? [];
  if (to === "") throw new Error(`process ${pid} has no vDSO`);
  return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) };
}

/** Does it while no thread of the process is within the code that changes. */
async function stopped(pid: number, { from, to }: Mapping, act: () => void): Promise<void> {
  for (;;) {
    process.kill(pid, "SIGSTOP");
    try {
      const at = await instructions(pid);
      if (at.every((place) => place < from || place >= to)) return act();
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await sleep(5);
  }
}

/** Where each thread stands, once all of them do. */
async function instructions(pid: number): Promise<number[]> {
  for (;;) {
    const threads = readdirSync(`/proc/${pid}/task`);
    const told = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/syscall`, "utf8").trim());
    if (told.every((one) => one !== "running")) return told.map((one) => Number(one.split(" ").at(-1)));
    await sleep(2);
  }
}

/** The vDSO's functions by their system calls, with seconds added to the time of day. */
function codes(seconds: number): Record<string, Buffer> {
  const ahead = Buffer.alloc(4);
  ahead.writeInt32LE(seconds);
  return {
    __vdso_clock_gettime: Buffer.from([
      ...[0xb8, 0xe4, 0x00, 0x00, 0x00], // mov eax, 228
      ...[0x0f, 0x05], // syscall
      ...[0x85, 0xff], // test edi, edi: CLOCK_REALTIME is 0
      ...[0x75, 0x07], // jne past the addition
      ...[0x48, 0x81, 0x06, ...ahead], // add qword [rsi], seconds
      0xc3, // ret
    ]),
    __vdso_gettimeofday: Buffer.from([
      ...[0xb8, 0x60, 0x00, 0x00, 0x00], // mov eax, 96
      ...[0x0f, 0x05], // syscall
      ...[0x48, 0x85, 0xff], // test rdi, rdi: it may be asked for the zone alone
      ...[0x74, 0x07], // je past the addition
      ...[0x48, 0x81, 0x07, ...ahead], // add qword [rdi], seconds
      0xc3, // ret
    ]),
  };
}

/** Of a function in an ELF image of 64 bits. */
function addressOf(image: Buffer, name: string): number {
  const sectionAt = (place: number) => Number(image.readBigUInt64LE(0x28)) + place * image.readUInt16LE(0x3a);
  const sections = Array.from({ length: image.readUInt16LE(0x3c) }, (_, place) => sectionAt(place));
  const offset = (section: number) => Number(image.readBigUInt64LE(section + 0x18));
  const symbols = sections.find((section) => image.readUInt32LE(section + 4) === SECTION_DYNSYM);
  if (symbols === undefined) throw new Error("the vDSO has no symbols");
  const names = offset(sectionAt(image.readUInt32LE(symbols + 0x28)));
  const size = Number(image.readBigUInt64LE(symbols + 0x20));
  for (let at = offset(symbols); at < offset(symbols) + size; at += 24) {
    const begins = names + image.readUInt32LE(at);
    const ends = image.indexOf(0, begins);
    if (image.toString("latin1", begins, ends) === name) return Number(image.readBigUInt64LE(at + 8));
  }
  throw new Error(`the vDSO has no ${name}`);
}
