import { describeOperation, refuseUnworkable } from './described-operations.ts';
import { AwsError } from './errors.ts';
import { parseRoute, type Route, restInput } from './rest-members.ts';
import { bodyMembers, xmlAnswer } from './rest-xml-body.ts';
import type { RestXmlOperation, RestXmlRequest, RestXmlService } from './rest-xml-service.ts';
import type { Operation, ServiceDescription } from './service-description.ts';

interface Routed {
  route: Route;
  /** As of its description. */
  header: string | undefined;
  /** Query parameters without which a request is another operation's. */
  required: readonly string[];
  /** Query parameters that it reads or is picked by. */
  known: ReadonlySet<string>;
  begin(request: RestXmlRequest, params: Record<string, string>): RestXmlOperation;
}

/** The service as the restXml protocol sees it. Throws TypeError for a description that can't work. */
export function restXmlService<Context>(
  service: ServiceDescription<Context>,
  context: Context,
): RestXmlService {
  const routed = Object.entries(service.operations)
    .map(([name, operation]) => routedOperation(service, name, operation, context))
    // `GET /{Bucket}?acl` before `GET /{Bucket}`.
    .sort((one, other) => conditionsOf(other) - conditionsOf(one));
  const { subresources = new Set<string>() } = service.rest ?? {};
  return {
    signingName: service.signingName,
    find(request) {
      const asked = [...request.query.keys()].filter((name) => subresources.has(name));
      for (const operation of routed) {
        const match = picks(operation, request, asked) && operation.route.path.exec(request.path);
        if (match) return operation.begin(request, decoded(match.groups ?? {}));
      }
      return undefined;
    },
  };
}

function conditionsOf({ route, header, required }: Routed): number {
  return route.query.length + required.length + (header === undefined ? 0 : 1);
}

/** True when all but the path of a request is an operation's. */
function picks(
  { route, header, required, known }: Routed,
  { method, query, headers }: RestXmlRequest,
  subresources: string[],
): boolean {
  return (
    route.method === method &&
    route.query.every(([name, value]) => query.has(name) && (value ?? query.get(name)) === query.get(name)) &&
    (header === undefined || headers[header] !== undefined) &&
    required.every((name) => query.has(name)) &&
    subresources.every((name) => known.has(name))
  );
}

function routedOperation<Context>(
  service: ServiceDescription<Context>,
  name: string,
  operation: Operation<Context>,
  context: Context,
): Routed {
  refuseUnworkable(service, name, operation);
  const { input, output, header, status = 200, root = `${name}Result` } = operation;
  if (operation.route === undefined) throw new TypeError(`${name} of ${service.signingName} has no route.`);
  const described = describeOperation(service, name, operation, context);
  const route = parseRoute(operation.route);
  const read = input.entries.filter(([, { at }]) => at === 'query');
  return {
    route,
    header,
    required: read.filter(([, kind]) => kind.required).map(([member, kind]) => kind.name ?? member),
    known: new Set([
      ...route.query.map(([parameter]) => parameter),
      ...read.map(([member, kind]) => kind.name ?? member),
    ]),
    begin(request, params) {
      const outsideOfBody = restInput(input, { ...request, params });
      return {
        name,
        needs: described.needs(described.read(outsideOfBody)),
        async handle(call) {
          const given = { ...outsideOfBody, ...(await bodyMembers(input, request)) };
          const answer = await described.answer(described.read(given), call);
          return output ? xmlAnswer(root, service, output, answer, status) : { status };
        },
      };
    },
  };
}

function decoded(groups: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([name, text]) => (text === undefined ? [] : [[name, decodedText(text)]])),
  );
}

function decodedText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", { members: { URI: text } });
  }
}
