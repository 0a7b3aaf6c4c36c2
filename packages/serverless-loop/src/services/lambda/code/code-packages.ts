import { mkdir, stat, utimes } from 'node:fs/promises';
import type { FunctionModel } from '../../../template/model.ts';
import type { Lambda } from '../functions.ts';
import type { CodePackage } from './zipped-folder.ts';

/** The deployment packages of functions. On AWS each has one; here it is made when somebody asks. */
export interface CodePackages {
  /** The zip that was uploaded, or one of what runs now; undefined where nothing is built, and for what can't be zipped. */
  of(fn: FunctionModel): Promise<CodePackage | undefined>;
  /** The one that was made of what runs now. */
  known(functionName: string): CodePackage | undefined;
}

export interface CodePackagesOptions {
  codeOf: Lambda['codeOf'];
  cacheDir: string;
}

interface Made {
  /** Of the code. */
  version: string;
  making: Promise<CodePackage | undefined>;
  zip?: CodePackage | undefined;
}

export function codePackages({ codeOf, cacheDir }: CodePackagesOptions): CodePackages {
  const packages = new Map<string, Made>();

  async function zipOf(folder: string): Promise<CodePackage | undefined> {
    const [{ dropOld }, { zipFolder }] = await Promise.all([
      import('./package.ts'),
      import('./zipped-folder.ts'),
    ]);
    try {
      await mkdir(cacheDir, { recursive: true });
      await dropOld(cacheDir);
      return await zipFolder(folder, cacheDir);
    } catch {
      // A file that may not be read, or a folder that is changed meanwhile: the rest of the answer is as good without.
      return undefined;
    }
  }

  function make(name: string, version: string, taskRoot: string): Made {
    const making = zipOf(taskRoot);
    const made: Made = { version, making };
    packages.set(name, made);
    void making.then((zip) => {
      made.zip = zip;
    });
    return made;
  }

  return {
    async of({ name, code: model }) {
      if (model.kind === 'package') {
        const { sha256Base64, sizeBytes } = model;
        const { uploadedZip } = await import('./package.ts');
        const file = uploadedZip(model);
        if (await isKept(file)) return { file, sha256Base64, sizeBytes };
      }
      const runs = codeOf(name);
      if (runs && !runs.code()) await runs.first.catch(() => {});
      const code = runs?.code();
      if (!code) return undefined;
      const last = packages.get(name);
      if (last?.version === code.version) {
        const zip = await last.making;
        if (zip && (await isKept(zip.file))) return zip;
      }
      return await make(name, code.version, code.taskRoot).making;
    },
    known(name) {
      const made = packages.get(name);
      return made?.version === codeOf(name)?.code()?.version ? made?.zip : undefined;
    },
  };
}

/** And goes on being kept, for as long as a file is that is used. */
async function isKept(file: string): Promise<boolean> {
  const now = new Date();
  return utimes(file, now, now).then(
    async () => (await stat(file)).isFile(),
    () => false,
  );
}
