/** A change that can't be written where it would outlive the process, and so is not done. */
export class StoreWriteError extends Error {
  override readonly name = 'StoreWriteError';
  readonly folder: string;

  constructor(folder: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Nothing can be kept in ${folder}: ${reason}. Calls that change tables or items are refused until it can be written again; what was answered before is in memory still.`,
      { cause },
    );
    this.folder = folder;
  }
}

/** The file that all is written to has no name any more: its folder was removed. */
export class FolderGoneError extends Error {
  override readonly name = 'FolderGoneError';

  constructor() {
    super('the folder, or its log, was removed. Start the loop anew to make it again');
  }
}
