/** Whether somebody wrote words down: a few of them are asked for, by their places. Which ones is no secret. */

/** One word of each part of the list, so that neither its beginning alone will do nor its end. */
const PARTS = 3;

/** Places from 0 on, in ascending order. `draw` gives a number from 0 to below 1. */
export function drawPlaces(words: number, draw: () => number = Math.random): number[] {
  const part = words / PARTS;
  return Array.from({ length: PARTS }, (_, at) => Math.floor((at + draw()) * part));
}

/** Those of the places whose word is another one than was typed for it. */
export function wrongPlaces(words: readonly string[], places: readonly number[], typed: readonly string[]): number[] {
  return places.filter((place, at) => typed[at]?.trim().toLowerCase() !== words[place]);
}
