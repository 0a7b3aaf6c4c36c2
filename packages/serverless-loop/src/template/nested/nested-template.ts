import { readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { decodeUtf8 } from '../../text-file.ts';
import type { DeploymentContext } from '../deployment.ts';
import type { Complain } from '../problems.ts';
import type { Resource } from '../resource.ts';
import type { ResourceScope } from '../resource-scope.ts';
import { evaluate } from '../values/intrinsics.ts';
import { describe, entryOf, missingIn, missingText, type Node, textOf } from '../yaml/node.ts';

/** The text of a nested stack's template, and where it was found: the absolute path of a file, or a URL of S3. */
export interface NestedTemplate {
  file: string;
  source: string;
}

export interface FindingTemplate {
  /** Of the template that the resource stands in. */
  scope: ResourceScope;
  /** The templates that lead to it, the outermost first. */
  chain: readonly string[];
  deployment: DeploymentContext | undefined;
  complain: Complain;
  /** Takes the path of every file that is asked for, whether it is there or not. */
  onFile(file: string): void;
}

/**
 * Finds the template that `TemplateURL` names: a file, relative to the template that names it, as `sam build` and `sam package`
 * find it; of what is deployed, an object in S3. Undefined when there is none, which makes the stack unavailable; a circle is
 * complained about.
 */
export function findNestedTemplate(resource: Resource, around: FindingTemplate): NestedTemplate | undefined {
  const node = locationOf(resource, around);
  if (!node) return undefined;
  const location = textOf(node);
  if (location === undefined) {
    around.complain(node.line, `TemplateURL, expected the template's place, found ${describe(node)}`);
    return undefined;
  }
  const found = around.deployment ? inS3(location, node, around) : inFile(location, node, resource, around);
  if (!found) return undefined;
  const circle = around.chain.indexOf(found.file);
  if (circle < 0) return found;
  const { deployment, chain } = around;
  const folder = dirname(chain[0] ?? '');
  const shown = [...chain.slice(circle), found.file].map((file) =>
    deployment ? file : relative(folder, file),
  );
  around.complain(node.line, `TemplateURL, the template holds itself: ${shown.join(' -> ')}`);
  return undefined;
}

/** The value of TemplateURL, or the file that the CDK has put there (AWS CDK guide, "Asset metadata for AWS SAM"). */
function locationOf(resource: Resource, { scope, deployment, complain }: FindingTemplate): Node | undefined {
  const asset = deployment ? undefined : entryOf(resource.metadata, 'aws:asset:path');
  const declared = asset ?? resource.properties.entries.get('TemplateURL');
  if (!declared) {
    complain(resource.line, 'TemplateURL, expected the place of a template, found nothing');
    return undefined;
  }
  const node = evaluate(declared, scope, complain);
  const missing = missingIn(node)?.missing;
  if (missing) return unavailable(resource, node.line, missingText(missing));
  return node.kind === 'unknown' ? undefined : node;
}

function inFile(
  location: string,
  { line }: Node,
  resource: Resource,
  { scope, onFile }: FindingTemplate,
): NestedTemplate | undefined {
  if (/^(?:https?|s3):\/\//.test(location))
    return unavailable(
      resource,
      line,
      `its template is in S3 (${location}): the loop reads those of a deployment, or a local file`,
    );
  const file = resolve(dirname(scope.file), location.replace(/^file:\/\//, ''));
  onFile(file);
  try {
    if (statSync(file).isFile()) return { file, source: decodeUtf8(readFileSync(file)) };
  } catch (error) {
    if (error instanceof Error && !('code' in error))
      return unavailable(resource, line, `${file}: ${error.message}`);
  }
  return unavailable(resource, line, `expected a template (TemplateURL), found no file at ${file}`);
}

function inS3(
  url: string,
  { line }: Node,
  { deployment, complain }: FindingTemplate,
): NestedTemplate | undefined {
  const source = deployment?.textAt(url);
  if (source !== undefined) return { file: url, source };
  // CloudFormation's words when it comes to make the stack.
  complain(line, 'TemplateURL must reference a valid S3 object to which you have access.');
  return undefined;
}

function unavailable(resource: Resource, line: number, reason: string): undefined {
  resource.unavailable = { line, reason };
}
