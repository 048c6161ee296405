/** What a browser loses where keys from a file take the place of those it holds. */
import { inCore, type Keyring } from "@cw-vitals/client/core";

export interface Loss {
  /** Generations whose secret the file lacks, or has another of: what was measured under them opens no more. */
  generations: number[];
  /** The file has keys of periods that were erased since. */
  revives: boolean;
  /** Guardians hold shares that the file knows nothing of: they open no backup made from then on. */
  shares: boolean;
}

export const NO_LOSS: Loss = { generations: [], revives: false, shares: false };

export const losesNothing = ({ generations, revives, shares }: Loss) => !generations.length && !revives && !shares;

/** @param held absent where the browser holds none */
export function lossOf(file: Keyring, held: Keyring | undefined): Loss {
  if (!held) return NO_LOSS;
  return inCore(() => {
    const numbers = held.generations().map(({ number }) => number);
    if (held.patient !== file.patient) return { ...NO_LOSS, generations: numbers };
    return {
      generations: numbers.filter((number) => !sameSecret(file, held, number)),
      revives: file.erasures < held.erasures,
      shares: held.recovery() !== null && held.recovery()?.set !== file.recovery()?.set,
    };
  });
}

/** Of one that was erased in part, nothing is left to compare by: it is taken for the same. */
function sameSecret(file: Keyring, held: Keyring, number: number): boolean {
  const [there, here] = [file, held].map((keys) => keys.generations().find((one) => one.number === number));
  if (!there) return false;
  if (!there.whole || !here?.whole) return true;
  return file.commitment(number).join() === held.commitment(number).join();
}
