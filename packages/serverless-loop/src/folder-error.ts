const REASONS: Record<string, string> = {
  ENOSPC: 'its disk is full',
  EDQUOT: 'the quota of its disk is used up',
  EFBIG: 'a file would be larger than may be',
  EROFS: 'its disk is read-only',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOTDIR: 'a file is in its place',
};

/** A folder of the loop's own that can't be written; the system's error names it seldom. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
  readonly folder: string;

  constructor(folder: string, reason: string, options: ErrorOptions) {
    super(`Can't write to ${folder}: ${reason}. Free it, or have another one by XDG_CACHE_HOME.`, options);
    this.folder = folder;
  }
}

/** Runs what writes below `folder`. Throws FolderError where the system refuses that. */
export function writingTo<Result>(folder: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw ofFolder(folder, error);
  }
}

/** The error to throw for one that came of writing below `folder`. */
export function ofFolder(folder: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return reason === undefined ? cause : new FolderError(folder, `${reason} (${code})`, { cause });
}
