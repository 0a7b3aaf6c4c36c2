import { formatArn, type Place } from '../../aws/arn.ts';
import type { Statement } from '../../aws/statement.ts';
import type { CodeModel, LayerModel } from '../../template/model.ts';
import { invalid } from './api/function-errors.ts';

/** A version of a layer that a call has published. */
export interface LayerVersion {
  layerName: string;
  layerArn: string;
  arn: string;
  version: number;
  code: CodeModel & { kind: 'package' };
  description: string;
  runtimes: string[];
  architectures: string[];
  license?: string;
  /** Epoch milliseconds. */
  createdAt: number;
  policy: Statement[];
  /** Of the policy. */
  revisionId: string;
}

export interface Layers {
  /** The newest first. */
  versionsOf(nameOrArn: string): LayerVersion[];
  /** The newest version of each. */
  latest(): LayerVersion[];
  byArn(arn: string): LayerVersion | undefined;
  publish(version: Omit<LayerVersion, 'arn' | 'layerArn' | 'version'>): LayerVersion;
  remove(version: LayerVersion): void;
  /** The folders of the layers that a function names. Throws AwsError as Lambda refuses them. */
  foldersOf(arns: readonly string[]): LayerModel[];
}

/** A function has at most five (Lambda guide, "Managing Lambda dependencies with layers"). */
const MAX_PER_FUNCTION = 5;

export function layerStore(place: Place): Layers {
  /** By ARN, in the order of their publishing. */
  const versions = new Map<string, LayerVersion>();
  /** Numbers are not given again. */
  const lastOf = new Map<string, number>();

  const isOf = ({ layerName, layerArn }: LayerVersion, nameOrArn: string) =>
    layerName === nameOrArn || layerArn === nameOrArn;

  return {
    versionsOf: (nameOrArn) => [...versions.values()].filter((each) => isOf(each, nameOrArn)).reverse(),
    latest: () => [...new Map([...versions.values()].map((each) => [each.layerName, each])).values()],
    byArn: (arn) => versions.get(arn),
    publish(given) {
      const version = (lastOf.get(given.layerName) ?? 0) + 1;
      lastOf.set(given.layerName, version);
      const layerArn = formatArn(place, 'lambda', `layer:${given.layerName}`);
      const made = { ...given, version, layerArn, arn: `${layerArn}:${version}` };
      versions.set(made.arn, made);
      return made;
    },
    remove: ({ arn }) => void versions.delete(arn),
    foldersOf(arns) {
      // In these words (LocalStack's record, test_lambda_api.snapshot.json, test_layer_function_exceptions).
      if (arns.length > MAX_PER_FUNCTION)
        throw invalid(`Cannot reference more than ${MAX_PER_FUNCTION} layers.`);
      const seen = new Map<string, string>();
      return arns.map((arn) => {
        const layer = arn.slice(0, arn.lastIndexOf(':'));
        const other = seen.get(layer);
        if (other !== undefined)
          throw invalid(
            `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
          );
        seen.set(layer, arn);
        const found = versions.get(arn);
        if (!found) throw invalid(`Layer version ${arn} does not exist.`);
        return { folder: found.code.codeUri, at: '' };
      });
    },
  };
}
