import {
  type LoadOptions as ReadOptions,
  loadDeployment as readDeployment,
  loadStack as readStack,
} from '../template/load.ts';
import type { LoadedDeployment, Stack } from '../template/model.ts';
import type { YamlReader } from '../template/yaml/read-yaml.ts';
import { kinds } from './kinds.ts';

export type LoadOptions = Omit<ReadOptions, 'kinds'>;

/** Reads a template with every kind that a service here has. Throws a TemplateError with every problem that it finds. */
export function loadStack(options: LoadOptions): Stack {
  return readStack({ ...options, kinds });
}

/** The same for a deployment, which goes on where only single resources are wrong. */
export function loadDeployment(options: LoadOptions, readYaml?: YamlReader): LoadedDeployment {
  return readDeployment({ ...options, kinds }, readYaml);
}
