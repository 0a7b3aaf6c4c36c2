import { PACKAGE_FOLDER } from '../../../package-folder.ts';
import type { FunctionModel } from '../../../template/model.ts';
import { reportMissing } from '../code/declared-packages.ts';
import type { RuntimeSdk } from '../code/runtime-sdk.ts';
import type { FunctionCredentials, LambdaOptions } from '../lambda-options.ts';
import { environmentVariables } from './environment-variables.ts';
import type { ViewOptions } from './own-view.ts';
import type { ProcessStarterOptions } from './process-starter.ts';
import type { Views } from './views.ts';

export interface VersionProcessesOptions
  extends Omit<LambdaOptions, 'functions' | 'lingerMs'>,
    Pick<ProcessStarterOptions, 'debugPort'> {
  fn: FunctionModel;
  version: string;
  credentials: FunctionCredentials;
  sdk: RuntimeSdk;
  views: Views;
}

/** All that the processes of one version of a function have, whichever environment they are of. */
export function versionProcesses({ fn, version, credentials, ...options }: VersionProcessesOptions) {
  const { place, endpoint, xrayDaemonAddress } = options;
  const given = { fn, version, region: place.region, endpoint, xrayDaemonAddress, credentials };
  return {
    environmentFor: (logStreamName: string) => environmentVariables({ ...given, logStreamName }),
    startFolder: options.cacheDir,
    newView: () => options.views(viewOf(fn, options)),
    memorySizeMB: fn.memorySizeMB,
    hasSpares: fn.runtime.startsWith('nodejs') && fn.environment.AWS_LAMBDA_EXEC_WRAPPER === undefined,
    freezes: (options.freezes ?? true) && !options.debugPort,
    surroundings: {
      layers: (fn.layers ?? []).toReversed(),
      sdk: options.sdk.foldersFor(fn.runtime),
      hasImports: hasImports(fn),
      aws: { allows: options.allowsAws ?? false, services: options.hosts ?? [] },
    },
    news: {
      wanted: (name: string) => options.sdk.install(name, fn.runtime, fn.name),
      missing: (name: string) => reportMissing(fn, [name], options),
      refused: (host: string) => options.report({ kind: 'aws.refused', functionName: fn.name, host }),
    },
  };
}

function viewOf(
  { code, ephemeralStorageMB, layers = [] }: FunctionModel,
  { cacheDir, projectDir }: Pick<LambdaOptions, 'cacheDir' | 'projectDir'>,
): ViewOptions {
  const ofLayers = layers.map(({ folder }) => folder);
  // A bundle lies in the cache, beside what Node compiles.
  const readOnly = code.kind === 'folder' ? [code.codeUri, ...ofLayers] : ofLayers;
  const sources = 'codeUri' in code ? [code.codeUri] : [];
  const places = [projectDir, cacheDir, ...sources, ...ofLayers, PACKAGE_FOLDER, process.execPath];
  return { ephemeralStorageMB, readOnly, places };
}

/** A bundle of CommonJS has it all, but for what it was told to leave out. */
function hasImports({ code, layers }: FunctionModel): boolean {
  if (code.kind !== 'esbuild') return true;
  if (layers) return true;
  const { Format = 'cjs', External, Packages, Splitting } = code.properties;
  return Format !== 'cjs' || External !== undefined || Packages !== undefined || Splitting !== undefined;
}
