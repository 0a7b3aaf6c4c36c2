import type { Resource } from '../resource.ts';
import { call } from '../yaml/call.ts';
import { entryOf, type Fields, fields, list, type Node, scalar, textOf } from '../yaml/node.ts';
import { type Branches, type Tree, tree } from '../yaml/tree.ts';
import type { ApiEvent } from './api-events.ts';
import { stageSuffixOf } from './stage-names.ts';

const POLICY = 'x-amazon-apigateway-policy';

/**
 * The definition with the resource policy that `Auth.ResourcePolicy` asks for: of the API for each path, of an event for its
 * own (SAM developer guide, "ResourcePolicyStatement"; the statements are those of aws-sam-translator, `add_resource_policy`).
 */
export function withResourcePolicy(body: Node, resource: Resource, events: readonly ApiEvent[]): Node {
  const paths = entryOf(body, 'paths');
  if (body.kind !== 'fields' || paths?.kind !== 'fields') return body;
  const { properties } = resource;
  const stageName = properties.entries.get('StageName');
  const ofApi = policyOf(properties.entries.get('Auth'));
  const hasOwnBody = properties.entries.has('DefinitionBody');
  const statements = [
    ...events.flatMap((event, index) => {
      const auth = event.given.entries.get('Auth');
      const policy = policyOf(auth);
      if (!policy || (hasOwnBody && textOf(entryOf(auth, 'OverrideApiAuth')) !== 'true')) return [];
      const known = hasOwnBody
        ? methodsOf(entryOf(paths, event.path))
        : events.slice(0, index + 1).flatMap(({ path, method }) => (path === event.path ? [method] : []));
      const stage = scalar(event.line, stageSuffixOf(stageName));
      return [...statementsOf(policy, event.path, known, stage), ...customOf(policy)];
    }),
    ...(ofApi
      ? [...paths.entries].flatMap(([path, item]) =>
          statementsOf(ofApi, path, methodsOf(item), stageName ?? scalar(resource.line, null)),
        )
      : []),
    ...(ofApi ? customOf(ofApi) : []),
  ];
  if (statements.length === 0) return body;
  const own = entryOf(body, POLICY);
  const policy = tree(resource.line, {
    Version: '2012-10-17',
    Statement: [...itemsOf(entryOf(own, 'Statement')), ...statements],
  });
  return { ...body, entries: new Map([...body.entries, [POLICY, policy]]) };
}

function policyOf(auth: Node | undefined): Fields | undefined {
  const policy = entryOf(auth, 'ResourcePolicy');
  return policy?.kind === 'fields' ? policy : undefined;
}

function methodsOf(item: Node | undefined): string[] {
  return item?.kind === 'fields' ? [...item.entries.keys()] : [];
}

/** One value or a list of such. */
function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return [];
  return node.kind === 'list' ? node.items : [node];
}

function customOf(policy: Fields): readonly Node[] {
  return itemsOf(policy.entries.get('CustomStatements'));
}

function statementsOf(policy: Fields, path: string, methods: readonly string[], stage: Node): Node[] {
  const { line } = policy;
  const resources = methods.map((method) => resourceOf(line, path, method, stage));
  const given = (name: string) => itemsOf(policy.entries.get(name));
  const common = { Action: 'execute-api:Invoke', Resource: resources };
  const ofAccounts = (Effect: string, accounts: readonly Node[]): Branches[] =>
    accounts.length === 0 ? [] : [{ ...common, Effect, Principal: { AWS: accounts } }];
  /** All may come, but for those that meet the condition. */
  const denied = (operator: string, condition: Branches): Branches[] =>
    Object.values(condition).every((values) => values === undefined)
      ? []
      : [
          { ...common, Effect: 'Allow', Principal: '*' },
          { ...common, Effect: 'Deny', Principal: '*', Condition: { [operator]: condition } },
        ];
  const ips = (kind: string): Branches => ({ 'aws:SourceIp': filled(given(`IpRange${kind}`)) });
  const networks = (kind: string): Branches => {
    const beginning = (start: string) =>
      given(`SourceVpc${kind}`).filter((id) => textOf(id)?.startsWith(start));
    return {
      'aws:SourceVpc': filled([...beginning('vpc-'), ...given(`IntrinsicVpc${kind}`)]),
      'aws:SourceVpce': filled([...beginning('vpce-'), ...given(`IntrinsicVpce${kind}`)]),
    };
  };
  return [
    ...ofAccounts('Allow', given('AwsAccountWhitelist')),
    ...ofAccounts('Deny', given('AwsAccountBlacklist')),
    ...denied('NotIpAddress', ips('Whitelist')),
    ...denied('IpAddress', ips('Blacklist')),
    ...denied('StringEquals', networks('Blacklist')),
    ...denied('StringNotEquals', networks('Whitelist')),
  ].map((statement) => tree(line, statement));
}

function filled(nodes: readonly Node[]): Tree {
  return nodes.length === 0 ? undefined : nodes;
}

/** `execute-api:/<stage>/GET/boxes/*`; a path's parameters stand for anything. */
function resourceOf(line: number, path: string, method: string, stage: Node): Node {
  const isAny = method === 'any' || method === 'x-amazon-apigateway-any-method';
  const anyValue = path.replaceAll(/\{[\w.-]+\+?\}/g, '*');
  const text = `execute-api:/\${__Stage__}/${isAny ? '*' : method.toUpperCase()}${anyValue}`;
  return call(line, 'Fn::Sub', list(line, [scalar(line, text), fields(line, { __Stage__: stage })]));
}
