import path from 'node:path';
import type { Report } from '../../../facts.ts';
import { FolderError } from '../../../folder-error.ts';
import { BuildError } from './build-error.ts';
import type { LoadedCode } from './loaded-code.ts';

/** Tells of the builds of one function. */
export interface BuildReports {
  /** Once, however many steps a save has. `changed`: a file, or undefined where nothing was built before. */
  started(changed: string | undefined): void;
  succeeded(code: LoadedCode, startedAt: number): void;
  /** It came to nothing new, and nothing is told. */
  dropped(): void;
  /** Returns the failure as what it is told. `isServing`: earlier code goes on serving. */
  failed(error: unknown, isServing: boolean): BuildError;
  settled(): void;
}

export function buildReports(functionName: string, projectDir: string, report: Report): BuildReports {
  let isAnnounced = false;

  return {
    started(file) {
      const changed = file === undefined ? 'not built before' : path.relative(projectDir, file);
      if (!isAnnounced) report({ kind: 'build.started', functionName, changed });
      isAnnounced = true;
    },
    succeeded({ sizeBytes }, startedAt) {
      isAnnounced = false;
      const durationMs = performance.now() - startedAt;
      const size = sizeBytes === undefined ? {} : { sizeBytes };
      report({ kind: 'build.succeeded', functionName, durationMs, ...size });
    },
    dropped() {
      isAnnounced = false;
    },
    failed(error, isServing) {
      isAnnounced = false;
      const failure =
        error instanceof BuildError ? error : new BuildError([reasonOf(error)], { cause: error });
      report({ kind: 'build.failed', functionName, errors: failure.errors, isServing });
      return failure;
    },
    settled() {
      report({ kind: 'build.settled', functionName });
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof FolderError ? error.message : String(error);
}
