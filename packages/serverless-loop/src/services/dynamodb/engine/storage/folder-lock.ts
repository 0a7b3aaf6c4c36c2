import path from 'node:path';
import { type LockFile, takeLockFile } from '../../../../lock-file.ts';

/** Another process has the folder. */
export class StoreInUseError extends Error {
  override readonly name = 'StoreInUseError';
  readonly folder: string;
  readonly pid: number;

  constructor(folder: string, pid: number) {
    super(
      `${folder} is in use by the process ${pid}. End it, or choose another folder; if it is no loop, delete the file "lock" there.`,
    );
    this.folder = folder;
    this.pid = pid;
  }
}

/** Takes the folder for this process until it is given back; a process that died has given it back. Throws StoreInUseError. */
export function lockFolder(folder: string): LockFile {
  const taken = takeLockFile(path.join(folder, 'lock'));
  if ('heldBy' in taken) throw new StoreInUseError(folder, taken.heldBy);
  return taken;
}
