/** An error whose text begins with a stable code, as those of the contracts do. */
export class AppError extends Error {
  /** @param {string} code @param {string} text */
  constructor(code, text) {
    super(`${code}: ${text}`);
    this.code = code;
  }
}
