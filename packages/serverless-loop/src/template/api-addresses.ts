import { API_PATH, DOMAIN_PATH, URL_PATH } from '../aws/api-address.ts';
import type { ApiModel } from '../aws/api-model.ts';
import type { OutputModel, StackModels } from './model.ts';

/** Addresses that templates put together themselves, as `!Sub https://${ServerlessHttpApi}.execute-api.${AWS::Region}.amazonaws.com/`. */
const AT_AWS =
  /https:\/\/(?<id>[a-z0-9]+)\.(?:execute-api|lambda-url)\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws)/g;

/** Those at custom domains. */
const AT_DOMAIN = /https:\/\/(?<name>[\w.-]+)(?![\w.:-])/g;
const DOMAIN = /^AWS::ApiGateway(?:V2)?::DomainName$/;

/**
 * Puts the address at which the loop answers in place of an API's at AWS: in outputs, which people and tests use, and in what
 * functions are told by their environment. By a path, since not every machine resolves `<id>.localhost`.
 */
export function withLoopAddresses(
  models: StackModels,
  outputs: OutputModel[],
  endpoint: string,
): OutputModel[] {
  const apis = new Map(models.apis.map((api) => [api.name, api]));
  const domains = models.others.filter(({ type }) => DOMAIN.test(type)).map(({ model }) => model.name);
  if (apis.size === 0 && domains.length === 0) return outputs;
  const local = (text: string) =>
    text
      .replaceAll(AT_AWS, (whole, id: string) => {
        const api = apis.get(id);
        return api ? apiUrl(api, endpoint) : whole;
      })
      .replaceAll(AT_DOMAIN, (whole, name: string) =>
        domains.includes(name.toLowerCase()) ? domainUrl(name.toLowerCase(), endpoint) : whole,
      );
  for (const { environment } of models.functions)
    for (const [name, value] of Object.entries(environment)) environment[name] = local(value);
  return outputs.map((output) => ({ ...output, value: local(output.value) }));
}

/** The URL at which the loop answers for an API, without a slash at its end. */
export function apiUrl({ protocol, name }: Pick<ApiModel, 'protocol' | 'name'>, endpoint: string): string {
  return `${endpoint}${protocol === 'URL' ? URL_PATH : API_PATH}${name}`;
}

/** The same for a custom domain. */
export function domainUrl(name: string, endpoint: string): string {
  return `${endpoint}${DOMAIN_PATH}${name}`;
}
