import type { Properties } from './properties.ts';

/** The `Tags` of a resource whose type has them as a list (template reference, "AWS CloudFormation resource tags"). */
export function readTags(properties: Properties): Record<string, string> {
  return Object.fromEntries(
    properties.sections('Tags').map((tag) => [tag.requiredText('Key'), tag.requiredText('Value')]),
  );
}
