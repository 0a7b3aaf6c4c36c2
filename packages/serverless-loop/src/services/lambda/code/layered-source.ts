import { hash } from 'node:crypto';
import type { LayerModel } from '../../../template/model.ts';
import { type Fingerprints, fingerprintAll } from './fingerprint.ts';
import { allOf, inputsOf, joinInputs } from './inputs.ts';
import type { CodeSource, LoadedCode } from './loaded-code.ts';
import { ownFiles, ownFolders } from './own-folders.ts';

/** Code that is other code, too, when a file of one of its layers is saved. */
export function withLayers(source: CodeSource, layers: readonly LayerModel[]): CodeSource {
  const folders = layers.map(({ folder }) => folder);

  function inLayers(code: LoadedCode): LoadedCode {
    const all = fingerprintAll(folders.flatMap(ownFiles));
    const version = hash('sha256', `${code.version} ${JSON.stringify(all)}`);
    return { ...code, version, inputs: joinInputs(inputsOf(all), code.inputs) };
  }

  function withoutLayers(inputs: Fingerprints): Fingerprints {
    const isOfLayer = (file: string) => folders.some((folder) => file.startsWith(`${folder}/`));
    return Object.fromEntries(Object.entries(inputs).filter(([file]) => !isOfLayer(file)));
  }

  const { settle } = source;
  return {
    ...source,
    async load({ known, ...options }) {
      return inLayers(await source.load({ ...options, ...(known && { known: withoutLayers(known) }) }));
    },
    ...(settle && {
      async settle(current: LoadedCode, signal: AbortSignal) {
        const inputs = inputsOf(withoutLayers(allOf(current.inputs)));
        const whole = await settle({ ...current, inputs }, signal);
        return whole && inLayers(whole);
      },
    }),
    folders: () => [...source.folders(), ...folders.flatMap((folder) => [folder, ...ownFolders(folder)])],
  };
}
