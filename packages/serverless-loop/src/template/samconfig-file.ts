import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { decodeUtf8, TextError } from '../text-file.ts';
import { Problems } from './problems.ts';
import { toPlain } from './yaml/node.ts';
import { parseYaml } from './yaml/read-yaml.ts';

/** A samconfig.toml that can't be understood. */
export class SamConfigError extends Error {
  override readonly name = 'SamConfigError';
  readonly path: string;
  /** From 1; known for text that can't be parsed. */
  readonly line: number | undefined;

  constructor(path: string, line: number | undefined, message: string, options?: ErrorOptions) {
    super(`${basename(path)}${line === undefined ? '' : `:${line}`}: ${message}`, options);
    this.path = path;
    this.line = line;
  }
}

/** In the order in which the SAM CLI looks for them. */
const NAMES = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'];

/** The files that may say how the template is deployed. */
export function samConfigFiles(templatePath: string): string[] {
  return NAMES.map((name) => join(dirname(resolve(templatePath)), name));
}

/** The one of them that counts: the first that is there, and samconfig.toml where none is. */
export function samConfigOf(templatePath: string): string {
  const files = samConfigFiles(templatePath);
  return files.find((file) => existsSync(file)) ?? files[0] ?? templatePath;
}

/** The formats of the SAM CLI's configuration and of what it refers to, by the endings of their files. */
const FORMATS: Record<string, (path: string, text: string) => unknown> = {
  '.toml': parseToml,
  '.yaml': parseAsYaml,
  '.yml': parseAsYaml,
  '.json': parseAsYaml,
};

/** The content of a file in TOML, YAML or JSON. Throws SamConfigError. */
export function readSettings(path: string): unknown {
  const format = FORMATS[extname(path)];
  if (!format) throw new SamConfigError(path, undefined, `expected a file in TOML, YAML or JSON`);
  let text: string;
  try {
    text = decodeUtf8(readFileSync(path));
  } catch (cause) {
    const message =
      cause instanceof TextError ? cause.message : 'expected a file that can be read, found none';
    throw new SamConfigError(path, undefined, message, { cause });
  }
  return format(path, text);
}

function parseToml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const message = cause.message.split('\n', 1)[0] ?? cause.message;
    throw new SamConfigError(path, cause.line, message, { cause });
  }
}

function parseAsYaml(path: string, text: string): unknown {
  const problems = new Problems(path);
  const root = parseYaml(text, problems);
  const [problem] = problems.found();
  if (problem) throw new SamConfigError(path, problem.line, problem.message);
  return root === undefined ? {} : toPlain(root);
}
