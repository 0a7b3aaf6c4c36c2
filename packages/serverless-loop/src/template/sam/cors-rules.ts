import type { Complain } from '../problems.ts';
import { entryOf, type Node, textOf } from '../yaml/node.ts';

/** Members of `Cors` of AWS::Serverless::Api. */
export const REST_CORS = ['AllowCredentials', 'AllowHeaders', 'AllowMethods', 'AllowOrigin', 'MaxAge'];
/** The same of `CorsConfiguration` of AWS::Serverless::HttpApi. */
export const HTTP_CORS = [
  'AllowCredentials',
  'AllowHeaders',
  'AllowMethods',
  'AllowOrigins',
  'ExposeHeaders',
  'MaxAge',
];

/** Complains of what SAM refuses, in its words (aws-sam-translator, `_add_cors` of both generators). */
export function checkCors(given: Node | undefined, members: readonly string[], complain: Complain): void {
  if (given?.kind !== 'fields' || [...given.entries.keys()].some((name) => /^(?:Ref|Fn::)/.test(name)))
    return;
  for (const [name, value] of given.entries)
    if (!members.includes(name)) complain(value.line, `Invalid key '${name}' for 'Cors' property.`);
  const origins = given.entries.get('AllowOrigins');
  const isAnybody =
    members === HTTP_CORS
      ? origins?.kind === 'list' && origins.items.length === 1 && textOf(origins.items[0]) === '*'
      : (textOf(entryOf(given, 'AllowOrigin')) ?? "'*'") === "'*'";
  if (isAnybody && textOf(given.entries.get('AllowCredentials')) === 'true')
    complain(
      given.line,
      "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set",
    );
}
