/** The chain's client: most of the app's code, loaded once somebody opened an account. */
export { Vitals } from "@cw-vitals/client";
