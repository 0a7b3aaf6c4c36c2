import { parseObject } from '../../aws/json-limits.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { cloudWatchError } from './cloudwatch-error.ts';

/** A fault in a part of a dashboard, in the words of CloudWatch's own checks. */
interface Message {
  dataPath: string;
  message: string;
}

const MAX_WIDGETS = 500;
/** In grid units. */
const WIDEST = 24;
const HIGHEST = 1000;

/** The properties that each type of widget must have (API reference, "Dashboard Body Structure and Syntax"). */
const REQUIRED = new Map([
  ['alarm', ['alarms']],
  ['chart', []],
  ['custom', ['endpoint']],
  ['explorer', []],
  ['log', ['query', 'region']],
  ['metric', []],
  ['text', ['markdown']],
]);

/**
 * Throws DashboardInvalidInputError with all that is wrong with a dashboard's body. No page has the words; those for a body
 * that is no JSON, for lists, for required properties and for a metric widget without a source are as PutDashboard's answers
 * are quoted in public repositories; those for numbers and types are in the same form, and on no record that was found.
 */
export function refuseInvalidBody(body: string): void {
  const dashboard = parseObject(body);
  const messages = dashboard ? dashboardMessages(dashboard) : undefined;
  if (!messages)
    throw cloudWatchError(
      'DashboardInvalidInputError',
      'The field DashboardBody must be a valid JSON object',
    );
  if (messages.length === 0) return;
  throw cloudWatchError(
    'DashboardInvalidInputError',
    `The dashboard body is invalid, there are ${messages.length} validation errors:\n${JSON.stringify(messages, null, 2)}`,
    {
      dashboardValidationMessages: messages.map(({ dataPath, message }) => ({
        DataPath: dataPath,
        Message: message,
      })),
    },
  );
}

function dashboardMessages({ widgets }: JsonObject): Message[] {
  if (widgets === undefined) return [missing('', 'widgets')];
  if (!Array.isArray(widgets)) return [{ dataPath: '/widgets', message: 'Should be array' }];
  if (widgets.length > MAX_WIDGETS)
    return [{ dataPath: '/widgets', message: `Should NOT have more than ${MAX_WIDGETS} items` }];
  return widgets.flatMap((widget, at) => widgetMessages(widget, `/widgets/${at}`));
}

function widgetMessages(widget: unknown, dataPath: string): Message[] {
  if (!isObject(widget)) return [{ dataPath, message: 'Should be object' }];
  const { type, properties } = widget;
  const required = typeof type === 'string' ? REQUIRED.get(type) : undefined;
  const messages = [
    ...(type === undefined ? [missing(dataPath, 'type')] : []),
    ...(type !== undefined && !required
      ? [{ dataPath: `${dataPath}/type`, message: 'Should be equal to one of the allowed values' }]
      : []),
    ...sizeMessages(widget, dataPath),
  ];
  if (properties === undefined) return [...messages, missing(dataPath, 'properties')];
  const path = `${dataPath}/properties`;
  if (!isObject(properties)) return [...messages, { dataPath: path, message: 'Should be object' }];
  const absent = (required ?? []).filter((name) => properties[name] === undefined);
  return [
    ...messages,
    ...absent.map((name) => missing(path, name)),
    ...(type === 'metric' ? metricMessages(properties, path) : []),
    ...(type === 'alarm' ? alarmMessages(properties, path) : []),
  ];
}

function sizeMessages(widget: JsonObject, dataPath: string): Message[] {
  const limits = { x: [0, WIDEST - 1], y: [0, Infinity], width: [1, WIDEST], height: [1, HIGHEST] } as const;
  return Object.entries(limits).flatMap(([name, [least, most]]) => {
    const value = widget[name];
    const path = `${dataPath}/${name}`;
    if (value === undefined) return [];
    if (typeof value !== 'number' || !Number.isInteger(value))
      return [{ dataPath: path, message: 'Should be integer' }];
    if (value < least) return [{ dataPath: path, message: `Should be >= ${least}` }];
    return value > most ? [{ dataPath: path, message: `Should be <= ${most}` }] : [];
  });
}

/** A graph of metrics, or of an alarm, which its annotations name. */
function metricMessages({ metrics, annotations, region }: JsonObject, path: string): Message[] {
  if (metrics === undefined && annotations === undefined) {
    return [
      missing(path, 'metrics'),
      {
        dataPath: path,
        message: 'The metric widget should have specified a region and a data source or an alarm annotation',
      },
      missing(path, 'annotations'),
    ];
  }
  if (metrics === undefined) return [];
  if (!Array.isArray(metrics)) return [{ dataPath: `${path}/metrics`, message: 'Should be array' }];
  return [
    ...(region === undefined ? [missing(path, 'region')] : []),
    ...metrics.flatMap((metric, at) => {
      if (Array.isArray(metric)) return [];
      const dataPath = `${path}/metrics/${at}`;
      return [
        { dataPath, message: 'Should be array' },
        {
          dataPath,
          message:
            'Field "metrics" has to be an array of array of strings, with an optional metricRenderer object as last element',
        },
      ];
    }),
  ];
}

function alarmMessages({ alarms }: JsonObject, path: string): Message[] {
  if (alarms === undefined) return [];
  const dataPath = `${path}/alarms`;
  if (!Array.isArray(alarms)) return [{ dataPath, message: 'Should be array' }];
  return alarms.length === 0 ? [{ dataPath, message: 'Should NOT have less than 1 items' }] : [];
}

function missing(dataPath: string, name: string): Message {
  return { dataPath, message: `Should have required property '${name}'` };
}
