import { map, oneOf, required, text } from '../../aws/members.ts';
import { arnOwners } from '../arn-owners.ts';
import { endpoint } from '../context.ts';
import { notFound } from '../invalid.ts';
import { request } from '../send-request.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

export const API_ENDPOINTS = {
  'GET /_loop/apis': endpoint({
    purpose: 'the HTTP and REST APIs and functions’ URLs, with their addresses and routes',
    input: {},
    answer(_input, { apis, stack }) {
      const { ownerOf } = arnOwners(stack());
      return {
        apis: apis().map(({ model, url, pathUrl }) => ({
          logicalId: model.logicalId,
          id: model.name,
          name: model.title,
          protocol: model.protocol,
          url,
          pathUrl,
          routes: model.routes.map(({ method, path, integration }) => ({
            method,
            path,
            ...(integration?.kind === 'function' && { function: ownerOf(integration.functionArn) }),
          })),
        })),
      };
    },
  }),
  'POST /_loop/request': endpoint({
    purpose: 'sends an HTTP request to an API, by its logical id or id and the path behind its stage',
    changes: true,
    input: {
      api: required(text({ min: 1 })),
      method: oneOf(METHODS),
      path: text(),
      headers: map(text()),
      body: text(),
    },
    async answer({ api, method = 'GET', path = '/', headers = {}, body }, { apis }, { signal }) {
      const found = apis().find(({ model }) => model.logicalId === api || model.name === api);
      if (!found) throw notFound(`There is no API "${api}".`);
      const url = found.pathUrl.replace(/\/$/, '') + (path.startsWith('/') ? path : `/${path}`);
      return { url, ...(await request({ url, method, headers, body, signal })) };
    },
  }),
  'GET /_loop/schedules': endpoint({
    purpose: 'all that time sets off: rules with a schedule, and schedules of EventBridge Scheduler',
    input: {},
    answer: (_input, { schedules }) => ({ schedules: schedules.list() }),
  }),
  'POST /_loop/schedule/fire': endpoint({
    purpose: 'meets a schedule before its time, by its logical id, its name or the name of its event',
    changes: true,
    input: { name: required(text({ min: 1 })) },
    answer: ({ name }, { schedules }) => ({ ...schedules.fire(name) }),
  }),
};
