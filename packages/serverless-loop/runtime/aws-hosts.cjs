// Keeps a function from AWS: what an SDK has signed for one of AWS's hosts goes to the loop, as version 2 of the SDK for
// JavaScript doesn't know AWS_ENDPOINT_URL; any other connection there, or to the machine's own credentials, is refused.
'use strict';

const net = require('node:net');
const { whenLoaded } = require('./builtins.cjs');

const AWS_HOST = /(^|\.)(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws|on\.aws)$/i;
/** Addresses that a machine or container in AWS asks who it is. */
const OWN_CREDENTIALS = new Set(['169.254.169.254', '169.254.170.2', '169.254.170.23', 'fd00:ec2::254']);
/** bucket.s3.amazonaws.com, bucket.s3.eu-west-1.amazonaws.com, bucket.s3-eu-west-1.amazonaws.com. */
const BUCKET_HOST = /^(.+)\.s3(?:[.-][a-z0-9.-]+)?\.amazonaws\.com/i;

/**
 * `aws.allows`: connections to AWS pass, but for those to the services that the loop has, `aws.services`; both may be set
 * later. `tell(host)`: it was refused.
 */
function keepFromAws({ endpoint, aws, tell }) {
  const loop = new URL(endpoint);
  // The SDKs put this before the endpoint's host for StartSyncExecution of Step Functions.
  const prefixed = `sync-${loop.hostname}`;
  const told = new Set();
  const isOfLoop = (host) => !aws.allows || aws.services.some((name) => host.split('.').includes(name));

  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...values) {
    const host = hostOf(values);
    if (host !== undefined && !(aws.allows && !OWN_CREDENTIALS.has(host)) && isAws(host)) {
      if (!told.has(host)) tell(host);
      told.add(host);
      const error = new Error(
        `${host} is AWS, and this function runs in the loop: the connection is refused`,
      );
      process.nextTick(() =>
        this.destroy(Object.assign(error, { code: 'ECONNREFUSED', syscall: 'connect' })),
      );
      return this;
    }
    return connect.apply(this, values);
  };

  whenLoaded(['http', 'https'], () => {
    const http = require('node:http');
    const { addRequest } = http.Agent.prototype;
    let loopAgent;
    http.Agent.prototype.addRequest = function (request, options, ...more) {
      const host = options.host ?? options.hostname;
      const isForLoop =
        host === prefixed || (typeof host === 'string' && AWS_HOST.test(host) && isOfLoop(host));
      if (!isForLoop || !isOfSdk(request)) return addRequest.call(this, request, options, ...more);
      loopAgent ??= new http.Agent({ keepAlive: true });
      const [, bucket] = BUCKET_HOST.exec(host) ?? [];
      if (bucket !== undefined) request.path = `/${bucket}${request.path}`;
      request.setHeader('Host', loop.host);
      const place = { host: loop.hostname, port: loop.port, servername: undefined, protocol: 'http:' };
      return addRequest.call(loopAgent, request, { ...options, ...place }, ...more);
    };
  });
}

function isAws(host) {
  return AWS_HOST.test(host) || OWN_CREDENTIALS.has(host);
}

/** It is signed, or says itself whose it is. */
function isOfSdk(request) {
  const signed = /^AWS(4-|\s)/.test(String(request.getHeader('authorization') ?? ''));
  const presigned = /[?&](X-Amz-Signature|AWSAccessKeyId)=/.test(request.path);
  return signed || presigned || /aws-sdk/.test(String(request.getHeader('user-agent') ?? ''));
}

/** Of `connect(options)`, `connect(port, host)`, and of these as `net` passes them on, in an array. */
function hostOf([first, second]) {
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === 'object' && first !== null) return text(first.host);
  return text(second);
}

function text(value) {
  return typeof value === 'string' ? value.replace(/\.$/, '') : undefined;
}

module.exports = { keepFromAws };
