/**
 * Runs a command's module in this process, with `process.argv` as it is: from what was built of it, as long as no source of
 * the build has changed since, else from its source. Under a Node that is too old it says so and ends the process with 1.
 */
export function launch(command: {
  /** The module's file. */
  source: string;
  /** The folder of its build, with a manifest.json as `writeManifest` leaves it. */
  build: string;
  /** What to do about a Node that can't run it, a line each. */
  whenNodeIsOld?: () => string[];
}): Promise<void>;

/** Leaves beside a build what tells later whether it is still that of its sources; `root` is what the metafile's paths are relative to. */
export function writeManifest(
  folder: string,
  root: string,
  metafile: { inputs: object; outputs: Record<string, { entryPoint?: string }> },
): void;
