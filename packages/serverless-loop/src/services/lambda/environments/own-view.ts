import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Program } from './runtime-program.ts';

/**
 * The file system as an execution environment sees it: /tmp is its own, outlives its processes and goes with it (Lambda guide,
 * "Understanding the execution environment lifecycle", "Configure ephemeral storage for Lambda functions").
 */
export interface OwnView {
  start(program: Program, options: StartOptions): StartedInView;
  /** No process comes any more. */
  stop(): void;
}

export interface StartOptions extends Pick<SpawnOptions, 'env'> {
  /** The process begins there. */
  folder: string;
  /** It waits until it is told that it sees what it is to see. */
  isTold: boolean;
}

export interface StartedInView {
  child: ChildProcess;
  /** Resolves when the process sees what it is to see, or has ended. */
  ready: Promise<void>;
}

export interface ViewOptions {
  ephemeralStorageMB: number;
  /** Folders that it sees for reading only. */
  readOnly: readonly string[];
  /** Files and folders that it sees though they may lie in the machine's /tmp. */
  places: readonly string[];
}

/** A folder that TMPDIR names is all that is there without mounts: who says /tmp means the machine's. */
export function folderView(): OwnView {
  let folder: string | undefined;
  return {
    start({ file, args, environment }, { env, folder: cwd }) {
      folder ??= mkdtempSync(path.join(tmpdir(), 'serverless-loop-'));
      const child = spawn(file, args, {
        cwd,
        env: { TMPDIR: folder, ...env, ...environment },
        stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
        detached: true,
      });
      return { child, ready: Promise.resolve() };
    },
    stop() {
      if (folder !== undefined) void rm(folder, { recursive: true, force: true }).catch(() => {});
    },
  };
}
