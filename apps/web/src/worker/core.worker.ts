/// <reference lib="webworker" />
/** Runs the wasm core off the page's thread. */
import { reader } from "./reader";
import { serve } from "./serve";

serve(reader);
