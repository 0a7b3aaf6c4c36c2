import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Bundle, bundler } from '../../../src/services/lambda/code/bundler.ts';
import { freshBundle } from '../../../src/services/lambda/code/fresh-bundle.ts';
import { testFolder } from './test-lambda.ts';

/** The bundle of a file that is saved meanwhile: what is in it when it is read the n-th time, and right after that. */
async function bundled(save: (build: number) => { read?: string; after?: string }) {
  const codeUri = testFolder({ 'handler.ts': 'export const handler = 0;' });
  const file = path.join(codeUri, 'handler.ts');
  const esbuild = bundler(1000);
  let builds = 0;
  const { bundle, inputs } = await freshBundle<Bundle>({
    noticeable: ({ inputs }) => inputs,
    async bundle() {
      builds += 1;
      const { read, after } = save(builds);
      if (read !== undefined) writeFileSync(file, read);
      const made = await esbuild.bundle({
        codeUri,
        entryPoints: ['handler.ts'],
        options: { format: 'cjs' },
        outdir: codeUri,
      });
      if (after !== undefined) writeFileSync(file, after);
      return made;
    },
  });
  const [code] = bundle.files;
  return { builds, fingerprint: inputs[file], text: Buffer.from(code?.contents ?? '').toString() };
}

describe('a file that is saved while esbuild reads it', () => {
  it('is bundled again', async () => {
    const save = (build: number) => (build === 1 ? { after: 'export const handler = 1;' } : {});
    expect((await bundled(save)).text).toContain('handler = 1');
  });

  it('and each time anew is bundled three times, and known as one that is in no bundle yet', async () => {
    const { builds, fingerprint, text } = await bundled((build) => ({
      after: `export const handler = ${build};`,
    }));
    expect(builds).toBe(3);
    expect(text).toContain('handler = 2');
    expect(fingerprint).toMatch(/^unsure /);
  });

  it('and was empty then, as a save leaves it for a moment, is bundled when there is something in it', async () => {
    const save = (build: number) =>
      build <= 5 ? { read: '', after: `export const handler = ${build};` } : {};
    expect((await bundled(save)).text).toContain('handler = 5');
  });

  it('and is empty for good is bundled as that', async () => {
    const save = (build: number) => (build === 1 ? { after: '' } : {});
    expect((await bundled(save)).text).not.toContain('handler');
  });
});
