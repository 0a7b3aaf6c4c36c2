/**
 * Runs a command's module in this process, with `process.argv` as it is: from what was built of it, as long as no source of
 * the build has changed since, else from its source. Under a Node that is too old it says so and ends the process with 1.
 */
export function launch(command: {
  /** The module's file. */
  source: string;
  /** The folder of its build, as `buildCommands` leaves it. */
  build: string;
  /** Returns advice for a Node that can't run it, a line each. */
  whenNodeIsOld?: () => string[];
}): Promise<void>;

/**
 * Joins the files of each entry point into few, and leaves beside them what tells `launch` whether they are still those of
 * their sources. Rejects with esbuild's error.
 */
export function buildCommands(build: {
  /** The folder that the entry points are relative to. */
  root: string;
  /** It gets a file by the name of each entry point, and keeps of others those of the build before, which may run still. */
  folder: string;
  entryPoints: string[];
  /** The module that runs before all that is imported lazily, but for the commands: what it imports becomes one file. */
  core?: string;
}): Promise<void>;
/** True as long as no source of the build in `folder` has changed since. */
export function isBuilt(folder: string): boolean;
